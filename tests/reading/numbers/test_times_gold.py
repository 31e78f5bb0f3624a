"""Floors for the steps of time on the annotated posts beside the checkout."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from tools.reader.gold import posts
from tools.reader.times_exam import judged

FLOORS = {"period": 0.90, "day": 0.88, "basis": 0.88, "modality": 0.94, "full": 0.75}
"""Of the shipped weights, on annotated kinds and subjects."""


def test_the_steps_of_time_stay_at_their_floors(shared: Path) -> None:
    count: Counter[str] = Counter()
    for post in posts(shared / "articles" / "numbers"):
        for _, _, right in judged(post, None):
            count["n"] += 1
            count.update(slot for slot, good in right.items() if good)
    shares = {slot: count[slot] / count["n"] for slot in FLOORS}
    assert all(shares[slot] >= floor for slot, floor in FLOORS.items()), shares
