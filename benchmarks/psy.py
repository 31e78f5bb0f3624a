"""PSY against the package ``pyexuber``: same answers, and how many times faster.

Prints the time of the backward SADF sequence at lags 0 and 1 and of the wild bootstrap, both on one
thread, the largest difference between the answers, how the time grows with the sample, and what
share of the machine's peak arithmetic rate the kernels reach. The peak is that of one core in a
loop of fused multiply-adds over independent numbers.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable

import exuber
import numba
import numpy as np

from springtide.numerics import psy
from springtide.numerics.psy.loading import load
from springtide.numerics.psy.sequence import regression_rows

SIZES = (500, 1000, 2000, 4000)
LAGS = (0, 1)
TOLERANCE = {0: 1e-9, 1: 1e-8}
WANTED = 10.0
WANTED_PLAIN = {500: 10.0, 1000: 15.0, 2000: 25.0, 4000: 30.0}
ROUNDS_TIMES_SIZE = 40_000
BATCH_SECONDS = 0.003
DRAWS = 499
SHORT, SERIES = (100, 250), 1000
BOOTSTRAP_SIZE = 1000
BOOTSTRAP_ROUNDS = 3
# Additions, multiplications and divisions a window, counted in the innermost loops of
# `springtide.numerics.psy.plain` and ``best_one_lag``; a fused multiply-add is two, comparisons are
# none.
OPERATIONS = {0: 25, 1: 50}


def main() -> None:
    print(f"PSY and pyexuber 0.1.0 on one of {os.cpu_count()} cores, best of several rounds")
    print(f"first call, kernels to compile: {first_call(fresh=True):.1f} s; cached: ", end="")
    print(f"{first_call(fresh=False):.1f} s")
    print("\n    T  lag   springtide     pyexuber   ratio   largest difference")
    for lag in LAGS:
        for size in SIZES:
            sequence(size, lag)
    for lag in LAGS:
        growth(lag)
    for size in SHORT:
        many(size)
    bootstrap()
    arithmetic()


def sequence(size: int, lag: int) -> None:
    y = np.cumsum(np.random.default_rng(size).standard_normal(size))
    ours = psy.bsadf(y, lag, threads=1)
    theirs = exuber.radf(y, lag=lag).bsadf[:, 0]
    difference = float(np.abs(ours.statistic[ours.min_window + lag :] - theirs).max())
    assert difference < TOLERANCE[lag], f"the answers differ by {difference:.1e}"
    fast, slow = shortest(
        lambda: psy.bsadf(y, lag, threads=1),
        lambda: exuber.radf(y, lag=lag),
        rounds=ROUNDS_TIMES_SIZE // size,
    )
    print(
        f"{size:>5}  {lag:>3}  {fast * 1e3:>8.2f} ms  {slow * 1e3:>8.2f} ms  {slow / fast:>5.1f}x"
        f"  {difference:.1e}{verdict(slow / fast, WANTED if lag else WANTED_PLAIN[size])}"
    )


def many(size: int) -> None:
    walks = np.cumsum(np.random.default_rng(size).standard_normal((SERIES, size)), axis=1)
    ours = psy.bsadf_many(walks)
    theirs = exuber.radf(walks[-1], lag=0).bsadf[:, 0]
    difference = float(np.abs(ours.statistic[-1, ours.min_window :] - theirs).max())
    assert difference < TOLERANCE[0], f"the answers differ by {difference:.1e}"
    fast, slow = shortest(
        lambda: psy.bsadf_many(walks),
        lambda: [exuber.radf(walk, lag=0) for walk in walks],
        rounds=5,
    )
    print(
        f"{SERIES} series of {size} at once: {fast * 1e3:.1f} ms against a loop's "
        f"{slow * 1e3:.1f} ms, {slow / fast:.1f}x{verdict(slow / fast)}"
    )


def growth(lag: int) -> None:
    seconds = []
    for size in (4000, 8000):
        y = np.cumsum(np.random.default_rng(size).standard_normal(size))
        seconds.append(shortest(lambda y=y: psy.bsadf(y, lag, threads=1), rounds=3)[0])
    exponent = np.log2(seconds[1] / seconds[0])
    print(f"lag {lag}: from T = 4000 to 8000 the time grows as T^{exponent:.2f}")


def bootstrap() -> None:
    y = np.cumsum(np.random.default_rng(1).standard_normal(BOOTSTRAP_SIZE))
    ours = psy.bootstrap_critical_values(y, draws=DRAWS, threads=1)
    theirs = exuber.radf_wb_cv(y, nboot=DRAWS, seed=1)
    error = 3 * np.hypot(ours.gsadf.standard_error(0.95), ours.gsadf.standard_error(0.95))
    apart = abs(ours.gsadf.critical_value(0.95) - float(np.ravel(theirs.gsadf_cv)[1]))
    assert apart < error, f"the 95% critical values differ by {apart:.2f}"
    fast, slow = shortest(
        lambda: psy.bootstrap_critical_values(y, draws=DRAWS, threads=1),
        lambda: exuber.radf_wb_cv(y, nboot=DRAWS, seed=1),
        rounds=BOOTSTRAP_ROUNDS,
    )
    print(
        f"\nwild bootstrap, {DRAWS} draws, T = {BOOTSTRAP_SIZE}: {fast * 1e3:.0f} ms against "
        f"{slow * 1e3:.0f} ms, {slow / fast:.1f}x{verdict(slow / fast)}; 95% GSADF values "
        f"{apart:.2f} apart (Monte Carlo error {error / 3:.2f})"
    )


def arithmetic() -> None:
    peak = peak_rate()
    print(f"\npeak of one core: {peak / 1e9:.0f} Gflop/s")
    size = 4000
    y = np.cumsum(np.random.default_rng(1).standard_normal(size))
    for lag, operations in OPERATIONS.items():
        best_windows = load(lag)[1]
        rows = regression_rows(y[np.newaxis], lag)
        count, window = size - 1 - lag, psy.default_window(size)
        best, length = np.empty((1, count)), np.empty((1, count), dtype=np.int64)
        seconds = shortest(
            lambda best_windows=best_windows, rows=rows, best=best, length=length: best_windows(
                rows, psy.default_window(size), best, length, 0, 1
            ),
            rounds=7,
        )[0]
        windows = (count - window + 1) * (count - window + 2) / 2
        rate = operations * windows / seconds
        print(
            f"lag {lag}: {seconds / windows * 1e9:.2f} ns a window, {operations} operations, "
            f"{rate / 1e9:.0f} Gflop/s, {rate / peak:.0%} of the peak"
        )


def peak_rate() -> float:
    numbers, rounds = 96, 2_000_000
    multiply_adds(1, numbers, 0.5, 0.1)
    seconds = shortest(lambda: multiply_adds(rounds, numbers, 0.5, 0.1), rounds=5)[0]
    return 2.0 * numbers * rounds / seconds


@numba.njit(fastmath={"contract"})
def multiply_adds(rounds: int, count: int, factor: float, term: float) -> float:
    numbers = np.zeros(96)
    for _ in range(rounds):
        for i in range(96):
            numbers[i] = numbers[i] * factor + term
    return numbers.sum()


def first_call(*, fresh: bool) -> float:
    """Return the seconds of a first call in a new process, with an empty cache if ``fresh``."""
    program = (
        "import time; import numpy as np; from springtide.numerics import psy; "
        "y = np.cumsum(np.random.default_rng(1).standard_normal(200)); "
        "start = time.perf_counter(); [psy.bsadf(y, lag) for lag in (0, 1, 2)]; "
        "print(time.perf_counter() - start)"
    )
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "NUMBA_CACHE_DIR": folder} if fresh else None
        done = subprocess.run(
            [sys.executable, "-c", program],
            check=True,
            capture_output=True,
            text=True,
            env=environment,
        )
    return float(done.stdout)


def shortest(*functions: Callable[[], object], rounds: int) -> tuple[float, ...]:
    """Return the shortest time of each function over rounds in turn.

    A short function is called several times in a row, so that a round takes some milliseconds.
    """
    calls = [max(1, round(BATCH_SECONDS / timed(function, 1))) for function in functions]
    times = [
        [timed(function, n) for function, n in zip(functions, calls, strict=True)]
        for _ in range(rounds)
    ]
    return tuple(min(column) for column in zip(*times, strict=True))


def timed(function: Callable[[], object], calls: int) -> float:
    start = time.perf_counter()
    for _ in range(calls):
        function()
    return (time.perf_counter() - start) / calls


def verdict(ratio: float, wanted: float = WANTED) -> str:
    return "" if ratio >= wanted else f"   BELOW the {wanted:.0f}x wanted"


if __name__ == "__main__":
    main()
