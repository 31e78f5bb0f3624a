"""Technical indicators of a price series: averages, RSI, drawdown, volatility.

Every function takes a one-dimensional series in time order and returns an array of the same length
whose element ``i`` depends on elements ``0..i`` alone: appending data never changes what was
computed before, not even in the last bit.

Missing values are NaN and nothing is filled. A series may begin with NaN (not listed yet): the
indicator starts at the first number, as TA-Lib does. What a NaN inside the series does is stated
for each function: a window that holds one has no value, and a recursion that meets one has no value
from there on. Drop missing sessions before calling where another convention is wanted.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from springtide.numerics.series import FloatArray, IntArray, as_prices, as_series, check_window

_LARGEST_WEIGHT = 1e100
"""How far the weights of one block of a recursion may spread: keeps them inside a float64."""


def returns(close: npt.ArrayLike) -> FloatArray:
    """Percent change of each price on the one before it.

    Parameters
    ----------
    close
        Prices, shape (n,), above zero.

    Returns
    -------
    FloatArray
        Percent, shape (n,); NaN at the first price and wherever either price is NaN.

    Raises
    ------
    ValueError
        The series is not one-dimensional, or holds an infinite, zero or negative price.

    Examples
    --------
    >>> returns([100.0, 102.0, 96.9])
    array([nan,  2., -5.])
    """
    prices = as_prices(close)
    change = np.full(len(prices), np.nan)
    change[1:] = 100 * (prices[1:] / prices[:-1] - 1)
    return change


def sma(close: npt.ArrayLike, window: int) -> FloatArray:
    """Average the last ``window`` values with equal weights.

    Each mean is summed from the members of its own window only, so nothing drifts along a long
    series and a huge early value leaves no trace in later means. Work is O(n) whatever the window.

    Parameters
    ----------
    close
        Values, shape (n,).
    window
        Number of values averaged, at least 1.

    Returns
    -------
    FloatArray
        Shape (n,); NaN for the first ``window - 1`` values and where the window holds a NaN. Equal
        to ``talib.SMA`` on a series without gaps; after a gap TA-Lib has no value for the rest of
        the series, this has one again as soon as the gap has left the window.

    Raises
    ------
    ValueError
        The series is not one-dimensional or holds an infinite value, or the window is below 1.

    Examples
    --------
    >>> sma([1.0, 2.0, 3.0, 5.0], 3)
    array([       nan,        nan, 2.        , 3.33333333])
    """
    check_window(window)
    return _window_sums(as_series(close), window) / window


def rsi(close: npt.ArrayLike, window: int = 14) -> FloatArray:
    """Relative strength index with Wilder's smoothing.

    100 × average gain / (average gain + average loss), each average being Wilder's, seeded by the
    simple mean of the first ``window`` changes. Equal to ``talib.RSI``, but where no price has ever
    changed: nothing divided by nothing is no number, and TA-Lib's 0 reads as "oversold".

    Parameters
    ----------
    close
        Prices, shape (n,).
    window
        Number of changes, at least 2.

    Returns
    -------
    FloatArray
        From 0 to 100, shape (n,); NaN for the first ``window`` prices, while no price has ever
        changed, and from a NaN inside the series on.

    Raises
    ------
    ValueError
        The series is not one-dimensional or holds an infinite value, or the window is below 2.

    References
    ----------
    J. Welles Wilder (1978), *New Concepts in Technical Trading Systems*, Trend Research.

    Examples
    --------
    >>> rsi([10.0, 11.0, 10.0, 12.0, 13.0], window=2)
    array([        nan,         nan, 50.        , 83.33333333, 90.        ])
    """
    prices = as_series(close)
    check_window(window, least=2)
    change = np.full(len(prices), np.nan)
    change[1:] = prices[1:] - prices[:-1]
    gain = _wilder_average(np.maximum(change, 0), window)
    loss = _wilder_average(np.maximum(-change, 0), window)
    total = gain + loss
    share = np.full(len(prices), np.nan)
    np.divide(gain, total, out=share, where=total != 0)
    return 100 * share


def drawdown(close: npt.ArrayLike) -> FloatArray:
    """Percent by which each price is below the highest price so far.

    Parameters
    ----------
    close
        Prices, shape (n,), above zero.

    Returns
    -------
    FloatArray
        Percent, zero or negative, shape (n,). NaN where the price is NaN; an unknown price is no
        peak.

    Raises
    ------
    ValueError
        The series is not one-dimensional, or holds an infinite, zero or negative price.

    Examples
    --------
    >>> drawdown([100.0, 120.0, 90.0, 150.0])
    array([  0.,   0., -25.,   0.])
    """
    prices = as_prices(close)
    return 100 * (prices / np.fmax.accumulate(prices) - 1)


def realised_volatility(
    close: npt.ArrayLike, window: int, sessions_per_year: float = 252
) -> FloatArray:
    """Annualised standard deviation of the last ``window`` log returns.

    Parameters
    ----------
    close
        Prices, shape (n,), above zero.
    window
        Number of returns, at least 2.
    sessions_per_year
        Sessions in a year, by whose square root the standard deviation (``ddof=1``) is multiplied.

    Returns
    -------
    FloatArray
        Percent a year, shape (n,); NaN for the first ``window`` prices and where one of the
        ``window + 1`` prices is NaN. Returns that are all equal give zero up to about a hundred
        millionth of their size.

    Raises
    ------
    ValueError
        The series is not one-dimensional, or holds an infinite, zero or negative price; the window
        is below 2; ``sessions_per_year`` is not above zero.

    Examples
    --------
    >>> realised_volatility([100.0, 101.0, 100.0, 101.0], window=2)
    array([        nan,         nan, 22.33843736, 22.33843736])
    """
    prices = as_prices(close)
    check_window(window, least=2)
    if not sessions_per_year > 0:
        raise ValueError(f"sessions_per_year must be above zero, not {sessions_per_year}")
    log_returns = np.full(len(prices), np.nan)
    log_returns[1:] = np.log(prices[1:] / prices[:-1])
    total = _window_sums(log_returns, window)
    squares = _window_sums(log_returns**2, window)
    variance = np.maximum(squares - total**2 / window, 0) / (window - 1)
    return 100 * np.sqrt(variance * sessions_per_year)


def last_rsi(close: FloatArray, first: IntArray, end: IntArray, window: int = 14) -> FloatArray:
    """Return the last value of :func:`rsi` of many series that stand in one array, to the last bit.

    Parameters
    ----------
    close
        Prices without NaN.
    first, end
        Where each series begins, and the position after its last price: more than ``window``.
    window
        Number of changes, at least 2 and at most :data:`LONGEST_SUM`.

    Returns
    -------
    FloatArray
        Shape (series,); NaN where no price has ever changed.

    Examples
    --------
    >>> prices = np.array([10.0, 11.0, 10.0, 12.0, 13.0, 9.0, 8.0, 7.0, 6.0, 5.0])
    >>> last_rsi(prices, np.array([0, 5]), np.array([5, 10]), window=2)
    array([90.,  0.])
    """
    decay = 1 - 1 / window
    block = max(1, int(math.log(_LARGEST_WEIGHT) / -math.log(decay)))
    longest = int((end - first).max(initial=1))
    powers = np.cumprod(np.full(min(block, longest), decay))
    from springtide.numerics.indicator_kernels import last_rsi as each

    values: FloatArray = each(close, first, end, window, powers)
    return values


LONGEST_SUM = 128
"""So many values NumPy sums in one run; longer sums it halves."""


def means(values: FloatArray, first: IntArray, end: IntArray) -> FloatArray:
    """Return the mean of slices of one array, each to the last bit that of ``numpy.mean``.

    Parameters
    ----------
    values
        Numbers, shape (n,).
    first, end
        Where each slice begins, and the position after its last number; none is empty.

    Examples
    --------
    >>> means(np.array([1.0, 2.0, 6.0, 8.0]), np.array([0, 2]), np.array([3, 4]))
    array([3., 7.])
    """
    from springtide.numerics.indicator_kernels import means as each

    averages: FloatArray = each(values, first, end)
    return averages


def last_volatility(close: FloatArray, window: int, sessions_per_year: float = 252) -> FloatArray:
    """Return the last :func:`realised_volatility` of many series, to the last digit.

    Parameters
    ----------
    close
        Prices above zero, shape (series, window + 1), without NaN.
    window, sessions_per_year
        As of :func:`realised_volatility`.

    Returns
    -------
    FloatArray
        Percent a year, shape (series,).

    Examples
    --------
    >>> last_volatility(np.array([[100.0, 101.0, 100.0]]), 2)
    array([22.33843736])
    """
    log_returns = np.ascontiguousarray(np.log(close[:, 1:] / close[:, :-1]).T)
    total = _sum_of_last(log_returns)
    squares = _sum_of_last(log_returns**2)
    variance = np.maximum(squares - total**2 / window, 0) / (window - 1)
    deviation: FloatArray = 100 * np.sqrt(variance * sessions_per_year)
    return deviation


def _sum_of_last(by_time: FloatArray) -> FloatArray:
    """Sum as :func:`_window_sums` does: back from the last but one, then the last."""
    total = by_time[-2].copy()
    for k in range(len(by_time) - 3, -1, -1):
        total += by_time[k]
    summed: FloatArray = total + by_time[-1]
    return summed


def recursive_average_reference(values: FloatArray, seed: float, weight: float) -> FloatArray:
    """Average recursively, value by value: the plain form of the fast one, for tests.

    Examples
    --------
    >>> recursive_average_reference(np.array([4.0, 8.0]), seed=2.0, weight=0.5)
    array([3. , 5.5])
    """
    averages = np.empty(len(values))
    average = seed
    for i, value in enumerate(values):
        average = (1 - weight) * average + weight * value
        averages[i] = average
    return averages


def recursive_average(values: FloatArray, seed: float, weight: float) -> FloatArray:
    """Average recursively: ``average = (1 - weight) * average + weight * value``, from ``seed``.

    The solution ``decay**i * (seed + weight * cumsum(values / decay**i))`` in blocks short enough
    for ``decay**i`` to stay well inside a float64: O(n) and as exact as the loop of
    :func:`recursive_average_reference`.

    Parameters
    ----------
    values
        Shape (n,). From a NaN on, the averages are NaN.
    seed
        The average before the first value.
    weight
        Weight of the newest value, above 0 and at most 1.

    Returns
    -------
    FloatArray
        The average after each value, shape (n,).

    Examples
    --------
    >>> recursive_average(np.array([4.0, 8.0]), seed=2.0, weight=0.5)
    array([3. , 5.5])
    """
    if weight == 1:
        return values.copy()
    decay = 1 - weight
    block = max(1, min(len(values), int(math.log(_LARGEST_WEIGHT) / -math.log(decay))))
    powers = np.cumprod(np.full(block, decay))
    averages = np.empty(len(values))
    for first in range(0, len(values), block):
        chunk = values[first : first + block]
        power = powers[: len(chunk)]
        averages[first : first + block] = power * (seed + weight * np.cumsum(chunk / power))
        seed = averages[first + len(chunk) - 1]
    return averages


def _wilder_average(values: FloatArray, window: int) -> FloatArray:
    """Seed by the mean of the first ``window`` values after leading NaN, then average on."""
    averages = np.full(len(values), np.nan)
    known = np.flatnonzero(~np.isnan(values))
    if len(known) == 0 or known[0] + window > len(values):
        return averages
    after_seed = known[0] + window
    seed = float(values[known[0] : after_seed].mean())
    averages[after_seed - 1] = seed
    averages[after_seed:] = recursive_average(values[after_seed:], seed, weight=1 / window)
    return averages


def _window_sums(values: FloatArray, window: int) -> FloatArray:
    """Sum every window from its own members: the tail of one block plus the head of the next."""
    sums = np.full(len(values), np.nan)
    if len(values) < window:
        return sums
    blocks = np.zeros((-(-len(values) // window), window))
    blocks.reshape(-1)[: len(values)] = values
    heads = np.cumsum(blocks, axis=1).reshape(-1)
    tails = np.cumsum(blocks[:, ::-1], axis=1)[:, ::-1].copy()
    tails[:, 0] = 0  # a window that starts a block is that block's whole head
    last = np.arange(window - 1, len(values))
    sums[window - 1 :] = tails.reshape(-1)[last - window + 1] + heads[last]
    return sums
