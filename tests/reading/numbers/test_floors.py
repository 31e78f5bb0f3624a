"""Floors of the first two steps on annotated posts, by weights that have not seen the source."""

from __future__ import annotations

from pathlib import Path

import pytest

pytestmark = [pytest.mark.shared, pytest.mark.slow]


def test_numbers_are_found_told_apart_and_measured(shared: Path) -> None:
    from tools.reader import kinds as learning
    from tools.reader.gold import FOLDS, fold_of, posts
    from tools.reader.kinds_exam import examine, scorer

    from springtide.reading.numbers.frame import MARKET

    folder = shared / "articles" / "numbers"
    fold, score = fold_of(folder), scorer(folder)
    rows = []
    for k in range(FOLDS):
        models = learning.fit([post for post in posts(folder) if fold[post.source] != k])
        unseen = [post for post in posts(folder) if fold[post.source] == k]
        rows += [row for post in unseen for row in examine(post, models, score)]
    market = [row for row in rows if row["gold"].get("measure") in MARKET]
    made = [
        score.same_measure(row["gold"].get("measure", ""), kind.measure)
        for row in rows
        for _, kind, _ in row["near"][:1]
        if kind.measure in MARKET
    ]
    assert sum(bool(row["near"]) for row in rows) / len(rows) >= 0.99
    assert sum(row["told"] for row in rows) / len(rows) >= 0.955
    assert sum(row["measure"] for row in market) / len(market) >= 0.935
    assert sum(row["both"] for row in market) / len(market) >= 0.93
    assert sum(made) / len(made) >= 0.935
