"""Days of which everybody knows what came, and days when nothing happened."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from springtide.errors import SpringtideError
from springtide.market.closes import closes_of, date_of, day_of
from springtide.market.view import View
from springtide.outlook.compose import outlook
from springtide.outlook.landmarks import NEVER, landmarks_of
from springtide.outlook.report_tables import NamedDay

if TYPE_CHECKING:
    from springtide.market.lake import Lake

OCCASIONS = (
    ("HSTECH", date(2025, 2, 13), "a three-year high in the session, then a fall"),
    ("HSI", date(2025, 2, 13), "the same day"),
    ("IXIC", date(2000, 3, 10), "the last close of the dot-com rally"),
    ("N225", date(1989, 12, 29), "the last close of the bubble years"),
    ("HSI", date(2007, 10, 30), "the last close before the financial crisis"),
    ("SPX", date(1995, 6, 30), "nothing happened"),
    ("N225", date(2005, 9, 30), "nothing happened"),
    ("HSI", date(2006, 6, 30), "nothing happened"),
    ("SPX", date(2017, 6, 30), "nothing happened"),
)
"""Instrument, day, and what day it is."""


def named_days(lake: Lake, last: date) -> Iterator[NamedDay]:
    """Yield what was said on each of :data:`OCCASIONS` in a lake, and what came by ``last``."""
    whole = View(lake, last)
    for symbol, day, why in OCCASIONS:
        view = whole.at(day)
        try:
            instrument = view.instrument(symbol)
            answer = outlook(view, instrument)
        except SpringtideError:
            continue
        series = closes_of(whole, instrument)
        at = np.flatnonzero(series.days == day_of(day))
        marks = landmarks_of(series, at)
        if marks is None:
            yield NamedDay(instrument.name("en"), why, answer)
            continue
        ended = bool(marks.decided[0] < NEVER)
        yield NamedDay(
            instrument.name("en"),
            why,
            answer,
            sessions=float(marks.sessions[0]) if ended else None,
            gain=float(np.expm1(marks.further[0])) if ended else None,
            decided=date_of(marks.decided[0]) if ended else None,
            passed=None if ended else float(marks.sessions[0]),
        )
