"""Indicators over a long daily series against TA-Lib: same answer, time of each."""

from __future__ import annotations

import timeit
from collections.abc import Callable

import numpy as np
import talib

from springtide.numerics import indicators

POINTS = 14_000


def best_of(call: Callable[[], object]) -> float:
    """Shortest time of one call in microseconds."""
    return min(timeit.repeat(call, number=20, repeat=15)) / 20 * 1e6


def main() -> None:
    close = 100 * np.exp(np.cumsum(np.random.default_rng(1).normal(0, 0.012, POINTS)))
    pairs: list[tuple[str, Callable[[], np.ndarray], Callable[[], np.ndarray]]] = [
        ("rsi(14)", lambda: indicators.rsi(close, 14), lambda: talib.RSI(close, 14)),
        ("sma(200)", lambda: indicators.sma(close, 200), lambda: talib.SMA(close, 200)),
    ]
    print(f"indicators over {POINTS:,} points (limit for rsi: 1000 us)")
    for name, ours, theirs in pairs:
        np.testing.assert_allclose(ours(), theirs(), rtol=0, atol=1e-9)
        our_time, their_time = best_of(ours), best_of(theirs)
        ratio = our_time / their_time
        print(f"  {name:10} {our_time:6.0f} us   TA-Lib {their_time:6.0f} us   ratio {ratio:.1f}")


if __name__ == "__main__":
    main()
