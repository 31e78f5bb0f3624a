"""Arithmetic of token prices: a blend for a workload, and what serving earns at stated costs."""

from __future__ import annotations

from dataclasses import dataclass

SECONDS_AN_HOUR = 3600.0
MILLION = 1e6


@dataclass(frozen=True, slots=True)
class Prices:
    """Prices per million tokens, in one currency; ``cached`` is None where it is not known."""

    input: float
    output: float
    cached: float | None = None


@dataclass(frozen=True, slots=True)
class Workload:
    """What a blend is weighted by: tokens in, tokens out, and the share of input from the cache."""

    input: float = 3.0
    output: float = 1.0
    cached: float = 0.0


def blend(prices: Prices, workload: Workload) -> float | None:
    """Return the price of a million tokens of a workload.

    ``(in * ((1 - c) * p_in + c * p_cached) + out * p_out) / (in + out)``; None where a part of the
    input is served from the cache and the price of cached input is not known.

    Examples
    --------
    >>> round(blend(Prices(0.14, 0.28), Workload()), 4), blend(Prices(2, 8), Workload())
    (0.175, 3.5)
    >>> blend(Prices(2, 8, 0.5), Workload(cached=0.5)), blend(Prices(2, 8), Workload(cached=0.5))
    (2.9375, None)
    """
    price_in = prices.input
    if workload.cached > 0:
        if prices.cached is None:
            return None
        price_in = (1 - workload.cached) * prices.input + workload.cached * prices.cached
    total = workload.input + workload.output
    return (workload.input * price_in + workload.output * prices.output) / total


def revenue_an_hour(price: float, workload: Workload, tokens_per_second: float) -> float:
    """Return what an hour of serving brings in at full load.

    Parameters
    ----------
    price
        Of a million tokens of the workload, see :func:`blend`.
    workload
        Input and output tokens; each output token brings its input with it.
    tokens_per_second
        Output tokens.

    Examples
    --------
    >>> round(revenue_an_hour(blend(Prices(0.27, 1.10), Workload()), Workload(), 5000), 2)
    34.38
    """
    tokens = tokens_per_second * (workload.input + workload.output) / workload.output
    return tokens * SECONDS_AN_HOUR / MILLION * price


def margin(cost: float, revenue: float, utilisation: float = 1.0) -> float:
    """Return the share of revenue that is left after a cost that does not depend on the load.

    Examples
    --------
    >>> round(margin(16, 34.38), 3), margin(16, 32, 0.5)
    (0.535, 0.0)
    """
    return 1.0 - cost / (revenue * utilisation)
