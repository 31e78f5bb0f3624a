"""Do levels hold more often than the prices beside them? Tests of both, compared.

A bare share of levels that held says nothing: any price is left more often on the side that it was
reached from, and drift makes supports look good. So each level is set beside prices a few per cent
off it, reached in the same months from the same side.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
import numpy.typing as npt

from springtide.numerics.levels import PriceLevel, Swing, levels, swing_points
from springtide.numerics.series import FloatArray, IntArray, as_prices
from springtide.numerics.turning_points import last_of_each

BoolArray = npt.NDArray[np.bool_]
Outcome = Literal["held", "exact"]


@dataclass(frozen=True, slots=True)
class Rules:
    """What is taken for a level, for a test of it, and for the prices that it is set beside.

    Fractions of the price, and counts of bars. ``nearest`` levels a side, ``least`` to ``most`` off
    the close of a month, whose first test begins in the next month and is decided within
    ``decided`` bars; beside each, ``neighbours`` prices a side, evenly ``inner`` to ``outer`` off
    it, without those within ``clear`` of a swing.
    """

    reversal: float = 0.05
    lookback: int = 500
    merge: float = 0.01
    band: float = 0.005
    away: float = 0.02
    nearest: int = 3
    least: float = 0.05
    most: float = 0.15
    decided: int = 60
    neighbours: int = 16
    inner: float = 0.01
    outer: float = 0.03
    clear: float = 0.01


@dataclass(frozen=True, slots=True)
class Visits:
    """First tests of levels and of the prices beside them, shape (n,) each.

    ``own`` marks those of levels; ``count`` and ``reversed`` are those of the level, for its
    neighbours too. ``held`` says that the test ended on the side it came from, ``exact`` that no
    price passed the far edge of the band meanwhile either.
    """

    quarter: IntArray
    above: BoolArray
    own: BoolArray
    count: IntArray
    reversed: BoolArray
    held: BoolArray
    exact: BoolArray


@dataclass(frozen=True, slots=True)
class Comparison:
    """How often levels and their neighbours held, in per cent, and the difference in points.

    ``low`` and ``high`` bound the 95% interval of the difference. All but ``tests`` are NaN where
    there is nothing to compare.
    """

    tests: int
    held: float
    neighbours: float
    difference: float
    low: float
    high: float


def shuffled(
    high: npt.ArrayLike, low: npt.ArrayLike, close: npt.ArrayLike, seed: int
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return the bars with their days in another order: the same moves, and no memory of prices.

    Each day's high, low and close go along as multiples of the close before it.

    Examples
    --------
    >>> high, low, close = shuffled([10, 12, 12], [10, 10, 9], [10, 11, 9.9], seed=1)
    >>> bool(np.isclose(close[-1], 9.9)), bool((high >= close).all()), bool((low <= close).all())
    (True, True, True)
    """
    highs, lows, closes = as_prices(high), as_prices(low), as_prices(close)
    order = np.random.default_rng(seed).permutation(len(closes) - 1)
    moves = [prices[1:] / closes[:-1] for prices in (highs, lows, closes)]
    path = closes[0] * np.cumprod(np.concatenate(([1.0], moves[2][order])))
    return (
        np.concatenate((highs[:1], path[:-1] * moves[0][order])),
        np.concatenate((lows[:1], path[:-1] * moves[1][order])),
        path,
    )


def visits(
    high: npt.ArrayLike,
    low: npt.ArrayLike,
    close: npt.ArrayLike,
    months: npt.ArrayLike,
    rules: Rules | None = None,
) -> Visits:
    """Find the first tests, month by month, of levels known at the month's end and beside them.

    Parameters
    ----------
    high, low, close
        One of each for every bar, shape (n,), none missing.
    months
        The number of its month for each bar, ascending (months since some January).
    rules
        The defaults unless given.
    """
    rules = rules or Rules()
    highs, lows, closes = as_prices(high), as_prices(low), as_prices(close)
    numbers = np.asarray(months)
    swings = swing_points(highs, lows, rules.reversal)
    ends = last_of_each(numbers)
    made = [_nothing()]
    for end, following in pairwise(ends):
        if end < rules.lookback:
            continue
        asked = list(_asked(swings, int(end), float(closes[end]), rules))
        if asked:
            stop = int(following) + 1
            last = min(len(closes), stop + rules.decided)
            bars = (highs[end + 1 : last], lows[end + 1 : last], closes[end + 1 : last])
            quarter = int(numbers[following]) // 3
            made.append(_first_tests(bars, stop - int(end) - 1, asked, quarter, rules))
    return Visits(*(np.concatenate(columns) for columns in zip(*map(_columns, made), strict=True)))


def _columns(one: Visits) -> tuple[npt.NDArray[np.generic], ...]:
    return (one.quarter, one.above, one.own, one.count, one.reversed, one.held, one.exact)


def _nothing() -> Visits:
    none, no = np.zeros(0, np.int64), np.zeros(0, np.bool_)
    return Visits(none, no, no, none, no, no, no)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A level with the prices beside it, its own first."""

    prices: FloatArray
    above: bool
    count: int
    reversed: bool


def _asked(swings: Sequence[Swing], end: int, close: float, rules: Rules) -> Iterator[_Asked]:
    """Yield the levels to watch from a month's end, with their neighbours."""
    known = [s for s in _recent(swings, end, rules.lookback) if s.confirmed <= end]
    turned = np.array([swing.price for swing in known])
    made = levels(known, end, rules.lookback, rules.merge)
    for above in (True, False):
        side = [one for one in made if (one.price > close) == above]
        near = [one for one in side if rules.least <= abs(one.price / close - 1) <= rules.most]
        near.sort(key=lambda one: abs(one.price / close - 1))
        for one in near[: rules.nearest]:
            beside = _beside(one, turned, close, rules)
            prices = np.concatenate(([one.price], beside))
            yield _Asked(prices, above, one.count, one.swings[0].high != above)


def _recent(swings: Sequence[Swing], end: int, lookback: int) -> Sequence[Swing]:
    from bisect import bisect_left, bisect_right

    first = bisect_left(swings, end - lookback, key=lambda swing: swing.index)
    return swings[first : bisect_right(swings, end, key=lambda swing: swing.index)]


def _beside(level: PriceLevel, turned: FloatArray, close: float, rules: Rules) -> FloatArray:
    """Return prices beside a level that no swing is near, and that the close is clear of."""
    off = np.linspace(rules.inner, rules.outer, rules.neighbours)
    prices = level.price * (1 + np.concatenate((-off, off)))
    nearest = np.abs(prices[:, None] / turned - 1).min(axis=1)
    sign = 1.0 if level.price > close else -1.0
    armed = sign * (prices * (1 - sign * rules.away) - close) >= 0
    chosen: FloatArray = prices[(nearest > rules.clear) & armed]
    return chosen


def _first_tests(
    bars: tuple[FloatArray, FloatArray, FloatArray],
    month: int,
    asked: Sequence[_Asked],
    quarter: int,
    rules: Rules,
) -> Visits:
    """Return the tests that begin among the first ``month`` bars and are decided in time."""
    sizes = [len(one.prices) for one in asked]
    prices = np.concatenate([one.prices for one in asked])[:, None]
    above = np.repeat([one.above for one in asked], sizes)
    own = np.concatenate([np.arange(size) == 0 for size in sizes])
    high, low, close = bars
    sign = np.where(above, 1.0, -1.0)[:, None]  # the side beyond the level, from the close
    far = np.where(above[:, None], high, low)
    reached = sign * (far - prices * (1 - sign * rules.band)) >= 0
    start = np.argmax(reached[:, :month], axis=1)
    began = reached[np.arange(len(start)), start]
    place = np.arange(len(close))
    inside = (place >= start[:, None]) & (place <= start[:, None] + rules.decided)
    back = inside & (sign * (close - prices * (1 - sign * rules.away)) <= 0)
    through = inside & (sign * (close - prices * (1 + sign * rules.away)) >= 0)
    ended = back | through
    end = np.argmax(ended, axis=1)
    each = np.arange(len(end))
    decided = began & ended[each, end]
    beyond = sign * (far - prices * (1 + sign * rules.band)) > 0
    passed = (beyond & (place >= start[:, None]) & (place <= end[:, None])).any(axis=1)
    held = back[each, end]
    chosen = np.flatnonzero(decided)
    return Visits(
        np.full(len(chosen), quarter),
        above[chosen],
        own[chosen],
        np.repeat([one.count for one in asked], sizes)[chosen],
        np.repeat([one.reversed for one in asked], sizes)[chosen],
        held[chosen],
        (held & ~passed)[chosen],
    )


Chosen = Literal["all", "supports", "resistances", "often", "reversed"]

OFTEN = 3
"""Swings at a level from which on it counts as one where prices turned often."""


def compare(
    series: Sequence[Visits],
    *,
    chosen: Chosen = "all",
    outcome: Outcome = "held",
    draws: int = 2000,
    seed: int = 0,
) -> Comparison:
    """Compare levels with their neighbours within each series and side.

    The difference of a series and side is that of the shares of all its tests; differences are
    averaged with the number of levels' tests as weights. (Matched inside quarters instead, levels
    come out ahead on shuffled days too, where no price can mean anything.) Its interval is that of
    a bootstrap over quarters, which all series share.

    Parameters
    ----------
    series
        The tests of each price series, from :func:`visits`.
    chosen
        Which levels: all, those on one side of the close, those where at least three swings turned,
        or those that prices have been on both sides of.
    outcome
        ``held``, or ``exact``: without passing the far edge of the band.
    draws, seed
        Of the bootstrap.
    """
    tables = [_sums(one, _mask(one, chosen), outcome) for one in series]
    quarters = sorted(set[int]().union(*(quarter for quarter, _ in tables)))
    place = {quarter: i for i, quarter in enumerate(quarters)}
    sums = np.zeros((len(tables), 2, 4, len(quarters)))
    for number, (of_series, table) in enumerate(tables):
        sums[number][..., [place[quarter] for quarter in of_series]] = table
    tests = int(sums[:, :, 0].sum())
    if not tests:
        return Comparison(0, *(float("nan") for _ in range(5)))
    cells = sums.reshape(-1, 4, len(quarters))
    held, beside, difference = (float(one[0]) for one in _shares(cells.sum(axis=2)[None]))
    rng = np.random.default_rng(seed)
    weights = rng.multinomial(len(quarters), np.full(len(quarters), 1 / len(quarters)), draws)
    drawn = _shares(np.einsum("dq,csq->dcs", weights.astype(float), cells))[2]
    low, high = np.nanquantile(drawn, (0.025, 0.975))
    return Comparison(tests, held, beside, difference, float(low), float(high))


def _mask(one: Visits, chosen: Chosen) -> BoolArray:
    match chosen:
        case "supports":
            return ~one.above
        case "resistances":
            return one.above
        case "often":
            return one.count >= OFTEN
        case "reversed":
            return one.reversed
        case _:
            return np.ones(len(one.own), np.bool_)


def _sums(one: Visits, mask: BoolArray, outcome: Outcome) -> tuple[list[int], FloatArray]:
    """Return quarters, and by side and quarter: levels' tests, held, neighbours' tests, held."""
    quarters, place = np.unique(one.quarter, return_inverse=True)
    table = np.zeros((2, 4, len(quarters)))
    ended = one.held if outcome == "held" else one.exact
    for column, counted in enumerate((one.own, one.own & ended, ~one.own, ~one.own & ended)):
        use = mask & counted
        for side in (0, 1):
            chosen = place[use & (one.above == bool(side))]
            table[side, column] = np.bincount(chosen, minlength=len(quarters))
    return quarters.tolist(), table


def _shares(sums: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return, for sums of shape (draws, cells, 4), the weighted shares and their difference."""
    with np.errstate(divide="ignore", invalid="ignore"):
        own, beside = sums[..., 1] / sums[..., 0], sums[..., 3] / sums[..., 2]
        weights = np.where((sums[..., 0] > 0) & (sums[..., 2] > 0), sums[..., 0], 0.0)
        total = weights.sum(axis=-1)
        held = np.nansum(np.where(weights > 0, own * weights, 0.0), axis=-1) / total
        other = np.nansum(np.where(weights > 0, beside * weights, 0.0), axis=-1) / total
    return 100 * held, 100 * other, 100 * (held - other)
