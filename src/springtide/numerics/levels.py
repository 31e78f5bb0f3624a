"""Swing points of a price path, the levels that they make, tests of a level, and double tops.

Everything here is known at the time: a swing carries the bar by which it was confirmed, and what is
found in the first ``n`` bars is what is found in the whole series with ``confirmed < n``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from springtide.numerics.series import as_prices

Side = Literal["above", "below"]
Ending = Literal["held", "broken", "open"]


@dataclass(frozen=True, slots=True)
class Swing:
    """A swing high or low: where it stands, its price, and the bar from which on it is known."""

    index: int
    price: float
    confirmed: int
    high: bool


@dataclass(frozen=True, slots=True)
class PriceLevel:
    """A price at which a path turned: that of the first of its swings, the most recent first."""

    swings: tuple[Swing, ...]

    @property
    def price(self) -> float:
        """The price of its most recent swing."""
        return self.swings[0].price

    @property
    def count(self) -> int:
        """How many swings turned there."""
        return len(self.swings)


@dataclass(frozen=True, slots=True)
class LevelTest:
    """A visit to a level: its first bar, the side it came from, how it ended and with which bar.

    ``end`` is None while the test is open.
    """

    start: int
    side: Side
    ending: Ending
    end: int | None


@dataclass(frozen=True, slots=True)
class DoubleTop:
    """Two swing highs at one height: their mean, the low between them, and when it was known.

    ``completed`` is the bar of the first close below the neckline, None without one. Of a double
    bottom the highs are lows and the neckline is the high between them.
    """

    first: Swing
    second: Swing
    mean: float
    neckline: float
    neckline_index: int
    formed: int
    completed: int | None


def swing_points(
    high: npt.ArrayLike, low: npt.ArrayLike, reversal: float = 0.05
) -> tuple[Swing, ...]:
    """Find the swing highs and lows of a path by the size of the reversal after them.

    The highest high since the last swing low becomes a swing high at the first *later* bar whose
    low is at or below it x (1 - reversal); the lowest low since the last swing high becomes a swing
    low at the first later bar whose high is at or above it x (1 + reversal). Never by the same bar:
    the order of the prices within it is not known.

    Parameters
    ----------
    high, low
        One of each for every bar, shape (n,), above zero, none missing. Give closes for both where
        highs and lows are not known.
    reversal
        As a fraction, between 0 and 1.

    Returns
    -------
    tuple of Swing
        In order, highs and lows in turn.

    Raises
    ------
    ValueError
        A price is missing or not above zero, the lengths differ, or the reversal is out of range.

    Examples
    --------
    >>> high = [100, 110, 108, 104, 112]
    >>> low = [98, 101, 106, 102, 105]
    >>> for swing in swing_points(high, low, 0.05):
    ...     print("high" if swing.high else "low", swing.index, swing.price, swing.confirmed)
    low 0 98.0 1
    high 1 110.0 3
    low 3 102.0 4
    """
    highs, lows = _bars(high, low)
    if not 0 < reversal < 1:
        raise ValueError(f"a reversal must be between 0 and 1, not {reversal}")
    return tuple(_swings(highs, lows, 1 - reversal, 1 + reversal))


def _bars(high: npt.ArrayLike, low: npt.ArrayLike) -> tuple[list[float], list[float]]:
    highs, lows = as_prices(high), as_prices(low)
    if len(highs) != len(lows):
        raise ValueError(
            f"{len(highs)} highs and {len(lows)} lows: there must be one of each a bar"
        )
    if np.isnan(highs).any() or np.isnan(lows).any():
        raise ValueError("a price is missing: swing points need one for every bar")
    return highs.tolist(), lows.tolist()


def _swings(highs: list[float], lows: list[float], fall: float, rise: float) -> Iterator[Swing]:
    """Yield the swings; ``top`` and ``bottom`` are the extremes since the last swing."""
    if not highs:
        return
    top, bottom = 0, 0
    rising: bool | None = None  # since the last swing, None before the first
    for t, (high, low) in enumerate(zip(highs, lows, strict=True)):
        if high > highs[top]:
            top = t
        if low < lows[bottom]:
            bottom = t
        if rising is not False and top < t and low <= highs[top] * fall:
            yield Swing(top, highs[top], t, True)
            # The first low that is deep enough is the lowest since the high.
            rising, bottom = False, t
        elif rising is not True and bottom < t and high >= lows[bottom] * rise:
            yield Swing(bottom, lows[bottom], t, False)
            rising, top = True, t


def levels(
    swings: Sequence[Swing], as_of: int, lookback: int = 250, merge: float = 0.01
) -> tuple[PriceLevel, ...]:
    """Return the levels that swings make, the most recent first.

    From the most recent swing back, one within ``merge`` of a level adds to the count of the
    nearest such level; else it is a level of its own.

    Parameters
    ----------
    swings
        From :func:`swing_points`.
    as_of
        The bar as of which the levels are known: swings confirmed later are passed over.
    lookback
        How many bars back a swing may stand.
    merge
        As a fraction of the level.

    Examples
    --------
    >>> swings = [Swing(0, 100.0, 2, True), Swing(3, 90.0, 5, False), Swing(6, 100.5, 8, True)]
    >>> [(level.price, level.count) for level in levels(swings, as_of=8)]
    [(100.5, 2), (90.0, 1)]
    >>> [(level.price, level.count) for level in levels(swings, as_of=7)]
    [(90.0, 1), (100.0, 1)]
    """
    made: list[PriceLevel] = []
    for swing in reversed(swings):
        if swing.confirmed > as_of or as_of - swing.index > lookback:
            continue
        near = [
            (abs(swing.price / level.price - 1), i)
            for i, level in enumerate(made)
            if abs(swing.price / level.price - 1) <= merge
        ]
        if near:
            _, i = min(near)
            made[i] = PriceLevel((*made[i].swings, swing))
        else:
            made.append(PriceLevel((swing,)))
    return tuple(made)


def level_tests(
    high: npt.ArrayLike,
    low: npt.ArrayLike,
    close: npt.ArrayLike,
    level: float,
    band: float = 0.005,
    away: float = 0.02,
) -> tuple[LevelTest, ...]:
    """Find the tests of a level: visits, not days.

    A close at least ``away`` off the level arms the side that it is on. A test begins at the next
    bar that reaches the near edge, level x (1 -/+ band), or jumps over it. It ends with the first
    close ``away`` off: *held* on the side that it came from, *broken* on the other, and is *open*
    until then; meanwhile no other test begins. One bar may begin and end a test.

    Parameters
    ----------
    high, low, close
        One of each for every bar, shape (n,), none missing.
    level
        A price.
    band, away
        As fractions of the level, ``band`` below ``away``.

    Raises
    ------
    ValueError
        A price is missing or not above zero, lengths differ, or ``band`` is not below ``away``.

    Examples
    --------
    A rise to 99.8 that turns, and one that goes through:

    >>> close = [97, 99.8, 99, 97.5, 99.7, 102.5]
    >>> for test in level_tests(close, close, close, 100.0):
    ...     print(test.start, test.side, test.ending, test.end)
    1 below held 3
    4 below broken 5
    """
    highs, lows = _bars(high, low)
    closes = as_prices(close).tolist()
    if len(closes) != len(highs) or any(one != one for one in closes):
        raise ValueError("there must be a close for every bar")
    if not 0 <= band < away < 1:
        raise ValueError(f"band must be below away and away below 1, not {band} and {away}")
    if not level > 0:
        raise ValueError(f"a level must be above zero, not {level}")
    return tuple(_tests(highs, lows, closes, level, band, away))


def _tests(
    highs: list[float],
    lows: list[float],
    closes: list[float],
    level: float,
    band: float,
    away: float,
) -> Iterator[LevelTest]:
    reach = {"below": level * (1 - band), "above": level * (1 + band)}
    under, over = level * (1 - away), level * (1 + away)
    armed: Side | None = None
    start: int | None = None
    for t, close in enumerate(closes):
        if start is None and armed is not None:
            touched = highs[t] >= reach["below"] if armed == "below" else lows[t] <= reach["above"]
            start = t if touched else None
        side: Side | None = "below" if close <= under else "above" if close >= over else None
        if side is None:
            continue
        if start is not None and armed is not None:
            yield LevelTest(start, armed, "held" if side == armed else "broken", t)
            start = None
        armed = side
    if start is not None and armed is not None:
        yield LevelTest(start, armed, "open", None)


def double_tops(
    high: npt.ArrayLike,
    low: npt.ArrayLike,
    close: npt.ArrayLike,
    swings: Sequence[Swing],
    *,
    tolerance: float = 0.015,
    apart: int = 22,
    within: int = 130,
    depth: float = 0.05,
) -> tuple[DoubleTop, ...]:
    """Find double tops: two swing highs at one height with a low between them.

    The highs are ``apart`` to ``within`` bars apart, each within ``tolerance`` of their mean, no
    high between them is above the mean by more, and a low between them, the neckline, is at least
    ``depth`` under it. A double top has *formed* when its second high is confirmed and is
    *completed* by the first close below the neckline after that high.

    Parameters
    ----------
    high, low, close
        One of each for every bar, shape (n,), none missing.
    swings
        From :func:`swing_points`.
    tolerance, depth
        As fractions of the mean of the two highs.
    apart, within
        In bars.

    Returns
    -------
    tuple of DoubleTop
        In the order in which they formed.

    References
    ----------
    A. W. Lo, H. Mamaysky and J. Wang (2000), "Foundations of technical analysis", *Journal of
    Finance* 55(4), 1705-1765, doi:10.1111/0022-1082.00265, whose double tops lie more than 22 days
    apart and within 1.5% of their mean; the neckline and the upper limit are conventions.

    Examples
    --------
    >>> close = [90, 100, 93, 94, 99.5, 92]
    >>> swings = swing_points(close, close, 0.05)
    >>> for top in double_tops(close, close, close, swings, apart=2):
    ...     print(top.first.price, top.second.price, top.neckline, top.formed, top.completed)
    100.0 99.5 93.0 5 5
    """
    highs, lows = as_prices(high), as_prices(low)
    tops = [swing for swing in swings if swing.high]
    return tuple(_doubles(highs, lows, as_prices(close), tops, tolerance, apart, within, depth))


def double_bottoms(
    high: npt.ArrayLike,
    low: npt.ArrayLike,
    close: npt.ArrayLike,
    swings: Sequence[Swing],
    *,
    tolerance: float = 0.015,
    apart: int = 22,
    within: int = 130,
    depth: float = 0.05,
) -> tuple[DoubleTop, ...]:
    """Find double bottoms: as :func:`double_tops`, upside down.

    Examples
    --------
    >>> close = [110, 100, 108, 107, 100.5, 109]
    >>> swings = swing_points(close, close, 0.05)
    >>> [(one.mean, one.neckline) for one in double_bottoms(close, close, close, swings, apart=2)]
    [(100.25, 108.0)]
    """
    # Upside down: with their sign changed, lows are highs and a fall is a rise.
    highs, lows, closes = -as_prices(low), -as_prices(high), -as_prices(close)
    turned = [
        Swing(swing.index, -swing.price, swing.confirmed, True)
        for swing in swings
        if not swing.high
    ]
    made = _doubles(highs, lows, closes, turned, tolerance, apart, within, depth)
    return tuple(_upright(one) for one in made)


def _upright(one: DoubleTop) -> DoubleTop:
    first, second = (
        Swing(swing.index, -swing.price, swing.confirmed, False)
        for swing in (one.first, one.second)
    )
    return DoubleTop(
        first, second, -one.mean, -one.neckline, one.neckline_index, one.formed, one.completed
    )


def _doubles(
    highs: npt.NDArray[np.float64],
    lows: npt.NDArray[np.float64],
    closes: npt.NDArray[np.float64],
    tops: Sequence[Swing],
    tolerance: float,
    apart: int,
    within: int,
    depth: float,
) -> Iterator[DoubleTop]:
    for k, second in enumerate(tops):
        for first in tops[:k]:
            if not apart <= second.index - first.index <= within:
                continue
            mean = (first.price + second.price) / 2
            slack = abs(mean) * tolerance
            inside = slice(first.index + 1, second.index)
            if abs(second.price - mean) > slack or highs[inside].max() > mean + slack:
                continue
            deepest = first.index + 1 + int(np.argmin(lows[inside]))
            neckline = float(lows[deepest])
            if neckline > mean - abs(mean) * depth:
                continue
            below = np.flatnonzero(closes[second.index + 1 :] < neckline)
            completed = second.index + 1 + int(below[0]) if below.size else None
            yield DoubleTop(first, second, mean, neckline, deepest, second.confirmed, completed)
