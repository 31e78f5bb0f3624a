"""The visits of a price to a level in a period, as far as they are known on the as-of date."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from springtide.claims.compare import price_decimals
from springtide.language.messages import Level, Percent
from springtide.language.types import Period
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics import paths
from springtide.metrics.answers import Missing
from springtide.metrics.paths import Path, band_of
from springtide.numerics.levels import LevelTest, level_tests

BEFORE = 500
"""Sessions before a period that are searched for the close that armed its first test."""


def visits(
    view: View,
    instrument: Instrument,
    level: float,
    period: Period,
    band: float | None = None,
    away: float | None = None,
) -> tuple[Path, tuple[LevelTest, ...]]:
    """Return the tests of a level that began in a period, with the path that they stand in.

    Parameters
    ----------
    level
        In the unit of the instrument.
    band, away
        In per cent; by default as for the kind of instrument.

    Raises
    ------
    Missing
        A session is missing, or no close is ``away`` off the level.
    """
    near = band_of(instrument, band)
    off = away if away is not None else 4 * band_of(instrument)
    if near >= off:
        raise Missing("missing.parameter", name="band", given=f"{near:g}", allowed=f"< {off:g}")
    path = paths.within(view, instrument, period, BEFORE)
    far = np.abs(path.close / level - 1) * 100 >= off
    if not far.any():
        raise Missing(
            "missing.never-away",
            subject=instrument.id,
            level=Level(level, instrument.unit, price_decimals(level, instrument.unit)),
            away=Percent.short(off),
        )
    armed = np.flatnonzero(far[: path.begin])  # by a close before: the first session may be a test
    first = int(armed[-1]) if armed.size else 0
    bars = (path.high[first:], path.low[first:], path.close[first:])
    end = paths.until(path, period)
    tests = (_moved(one, first) for one in level_tests(*bars, level, near / 100, off / 100))
    return path, tuple(one for one in tests if path.begin <= one.start < end)


def _moved(test: LevelTest, by: int) -> LevelTest:
    return replace(test, start=test.start + by, end=None if test.end is None else test.end + by)
