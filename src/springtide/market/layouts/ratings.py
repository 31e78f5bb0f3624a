"""Brokers' ratings, a row an opinion: date, ticker, firm, rating, and a target where there is one.

As Yahoo's upgrades and downgrades are exported. The firm is the source of its row, which keeps
houses apart; ``rating`` is stored as worded, and as a class (see
:mod:`springtide.market.ratings`) where the word is known.
"""

from __future__ import annotations

from pathlib import Path

from springtide.market import houses, ratings
from springtide.market.layouts.model import Given, Layout
from springtide.market.layouts.sheet import (
    Line,
    Long,
    Names,
    Sheet,
    currency_of,
    number,
    read_sheet,
)
from springtide.market.reports import Refusal
from springtide.market.sources.batch import Batch

_NAMES: Names = {
    "date": ("date", "日期", "published", "gradedate", "发布日期"),
    "subject": ("ticker", "symbol", "code", "证券代码", "代码"),
    "firm": ("firm", "house", "broker", "研究机构", "机构"),
    "rating": ("rating", "to", "tograde", "to grade", "grade", "评级", "投资评级"),
    "from": ("from", "fromgrade", "from grade", "前次评级"),
    "action": ("action", "评级变化"),
    "target": ("target", "target_price", "price target", "currentpricetarget", "目标价"),
    "currency": ("currency", "货币", "币种"),
}


def _read(path: Path, given: Given) -> Batch:
    sheet = read_sheet(path, given, _NAMES, ("date", "subject", "firm", "rating"))
    long = Long([])
    refusals = list(sheet.refusals)
    unknown: set[str] = set()
    for line in sheet.lines:
        firm = line.text("firm")
        if not firm:
            refusals.append(line.refusal("no firm: whose rating it is is not said"))
            continue
        source = houses.canonical(firm)
        add_rating(long, line, source, line.text("rating"), unknown)
        refused = _target(long, line, sheet, given, source)
        if refused is not None:
            refusals.append(refused)
    return long.batch(sheet.name, refusals, words_not_known(unknown))


def add_rating(long: Long, line: Line, source: str, word: str, unknown: set[str]) -> None:
    """Add a rating as worded and, where the word is known, as a class."""
    if not word:
        return
    long.add(line, "rating", source, value=None, unit="", text=word)
    score = ratings.class_of(word)
    if score is not None:
        long.add(line, "rating_score", source, value=float(score), unit="score", text=word)
    elif not ratings.is_withdrawn(word):
        unknown.add(word)


def words_not_known(words: set[str]) -> list[str]:
    """Return a note on the words of ratings that are stored without a class."""
    if not words:
        return []
    listed = ", ".join(sorted(words)[:8])
    return [f"ratings in words that are not on the scale, stored as they are: {listed}"]


def _target(long: Long, line: Line, sheet: Sheet, given: Given, source: str) -> Refusal | None:
    written = line.text("target")
    if not written:
        return None
    value = number(written)
    if value is None:
        return line.refusal(f"target: {written[:40]!r} is not a number")
    if value == 0:  # Yahoo writes 0 where a firm gives none
        return None
    currency = currency_of(line, sheet, given, "target")
    if not currency:
        return line.refusal(
            "the currency of the target is not known: give it, such as --unit "
            f"{line.subject.currency or 'USD'}"
        )
    long.add(line, "target_price", source, value=value, unit=currency)
    return None


LAYOUT = Layout(
    "ratings",
    "Brokers' ratings and targets, a row an opinion; the firm is the source",
    _read,
)
