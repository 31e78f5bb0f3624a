"""LPPLS against the package ``lppls``: squared errors, fits a second, memory; and coverage.

The package is given 25 starting points drawn from its own ranges, and only those of its results
that lie inside our bounds count; their squared errors are taken with the linear parameters at
their best. Real windows come from the folder ``shared`` beside the checkout.
"""

from __future__ import annotations

import csv
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
import warnings
from pathlib import Path

import numpy as np

from springtide.numerics import lppls
from springtide.numerics.lppls.model import solve

SHARED = Path(__file__).resolve().parents[2] / "shared" / "market" / "index"
TOPS = [
    ("ixic", "2000-03-10"),
    *(("hsi", str(year)) for year in (1973, 1987, 1997, 2007, 2018, 2021)),
]
BEFORE = (0, 20, 60)
LENGTHS = (45, 90, 180, 350, 700)
WALKS = 200
STARTS = 25
SCAN_ENDS, SCAN_WINDOWS = 500, np.arange(30, 766, 15)


def closes(name: str) -> tuple[list[str], np.ndarray]:
    with (SHARED / f"{name}.csv").open() as file:
        rows = [(row["date"], float(row["close"])) for row in csv.DictReader(file) if row["close"]]
    return [date for date, _ in rows], np.log([close for _, close in rows])


def top(dates: list[str], y: np.ndarray, when: str) -> int:
    """Position of a date, or of the highest close of a year."""
    if when in dates:
        return dates.index(when)
    year = [i for i, date in enumerate(dates) if date.startswith(when)]
    return max(year, key=lambda i: y[i])


def real_windows() -> list[np.ndarray]:
    windows = []
    for name, when in TOPS:
        dates, y = closes(name)
        last = top(dates, y, when)
        for before in BEFORE:
            end = last - before
            windows += [y[end - n + 1 : end + 1] for n in LENGTHS if end >= n - 1]
    return windows


def walks() -> list[np.ndarray]:
    rng = np.random.default_rng(2026)
    return [np.cumsum(0.01 * rng.standard_normal(LENGTHS[i % len(LENGTHS)])) for i in range(WALKS)]


def peer_ends(y: np.ndarray, starts: int, seed: int) -> list[tuple[float, float, float]]:
    """Where the package's search ends from each starting point: (delta, m, omega)."""
    from lppls.lppls import LPPLS

    draw = random.Random(seed)
    last = len(y) - 1.0
    observations = np.array([np.arange(len(y), dtype=float), y])
    model = LPPLS(observations)
    ends = []
    for _ in range(starts):
        seeds = [draw.uniform(0.8 * last, 1.2 * last), draw.uniform(0.1, 1), draw.uniform(6, 13)]
        try:
            tc, m, omega, *_ = model.estimate_params(observations, np.array(seeds), "Nelder-Mead")
        except Exception:  # the package counts a start without convergence as failed, too
            continue
        ends.append((tc - last, m, omega))
    return ends


def peer_best(y: np.ndarray, seed: int) -> float:
    """Least squared error among the package's ends inside our bounds, or infinity."""
    bounds = lppls.Bounds()
    inside = [
        (delta, m, omega)
        for delta, m, omega in peer_ends(y, STARTS, seed)
        if bounds.earliest <= delta <= bounds.last(len(y))
        and bounds.exponent[0] <= m <= bounds.exponent[1]
        and bounds.frequency[0] <= omega <= bounds.frequency[1]
    ]
    return min((solve(y, *theta)[1] for theta in inside), default=np.inf)


def squared_errors() -> None:
    sets = [("random walks", walks())]
    if SHARED.is_dir():
        sets.insert(0, ("Nasdaq and Hang Seng", real_windows()))
    else:
        print("  real windows left out: no folder 'shared' beside the checkout")
    for name, windows in sets:
        theirs = np.array([peer_best(y, i) for i, y in enumerate(windows)])
        ours = np.array([lppls.fit(y).sse for y in windows])
        compared = np.isfinite(theirs)
        good = ours[compared] <= theirs[compared] * (1 + 1e-9)
        lower = ours[compared] < theirs[compared] * (1 - 1e-6)
        print(
            f"  {name}: ours lower or equal (1e-9) on {good.sum()} of {compared.sum()} windows "
            f"({good.mean():.1%}), clearly lower on {lower.mean():.0%}; on "
            f"{(~compared).sum()} more the package ended outside of our bounds 25 times"
        )


def long_series() -> np.ndarray:
    if SHARED.is_dir():
        dates, y = closes("ixic")
        last = top(dates, y, "2000-03-10")
        return y[last - 1400 : last + 1]
    return np.cumsum(0.01 * np.random.default_rng(7).standard_normal(1401))


def our_scan(threads: int) -> float:
    """Processor time of a fit, so that other programs on the machine don't count."""
    y = long_series()
    ends = np.arange(y.size - SCAN_ENDS, y.size)
    begin = time.process_time()
    lppls.scan(y, SCAN_WINDOWS, ends, threads=threads)
    return (time.process_time() - begin) / (SCAN_ENDS * SCAN_WINDOWS.size)


def speed() -> None:
    from lppls.lppls import LPPLS

    y = long_series()
    lppls.fit(y[-100:])
    one, two = min(our_scan(1) for _ in range(2)), min(our_scan(2) for _ in range(2))
    print(
        f"  ours, {SCAN_ENDS} end points x {SCAN_WINDOWS.size} windows, bases included: "
        f"{1 / one:,.0f} fits a second of processor time ({1 / two:,.0f} with two threads)"
    )
    sample = [y[-n:] for n in SCAN_WINDOWS[::7]]
    peer_ends(sample[0], 1, 0)
    begin = time.process_time()
    for y in sample:
        peer_ends(y, STARTS, 1)
    best = (time.process_time() - begin) / len(sample)
    random.seed(1)
    begin = time.process_time()
    for y in sample * 5:
        LPPLS(np.array([np.arange(len(y), dtype=float), y])).fit(STARTS)
    single = (time.process_time() - begin) / len(sample) / 5
    print(f"  lppls, best of {STARTS} starts: {1 / best:.1f}; ours {best / one:,.0f} times as many")
    print(
        f"  lppls, one start (its fit()): {1 / single:.0f}; ours {single / one:,.0f} times as many"
    )


def child(code: str, **environment: str) -> str:
    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, **environment},
    )
    return run.stdout.strip()


def memory_and_compilation() -> None:
    scan = "from benchmarks import lppls as b; b.our_scan(1); b.print_peak()"
    print(f"  peak memory of that scan: {child(scan)} MB")
    first = "import time; t = time.process_time(); from benchmarks import lppls as b; "
    first += "b.lppls.fit(b.long_series()[-100:]); print(f'{time.process_time() - t:.1f}')"
    with tempfile.TemporaryDirectory() as folder:
        cold, warm = (child(first, NUMBA_CACHE_DIR=folder) for _ in range(2))
    print(
        f"  first fit in a new process: {cold} s of processor time with "
        f"compilation, {warm} s from the disk cache"
    )


def print_peak() -> None:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)


def simulate(
    rng: np.random.Generator, persistence: float, noise: float, sessions: int = 250
) -> tuple[np.ndarray, float]:
    """Simulate a bubble that the filters admit, with AR(1) noise; and its critical time."""
    oscillations = 0.0
    while oscillations < 2.5:
        delta, omega = rng.uniform(1, 0.5 * (sessions - 1)), rng.uniform(2, 15)
        oscillations = omega / (2 * np.pi) * np.log((delta + sessions - 1) / delta)
    m, damping = rng.uniform(0.1, 0.9), rng.uniform(0.5, 1.5)
    x = delta + np.arange(sessions)[::-1]
    b = -rng.uniform(0.3, 1.0) / (x[0] ** m - x[-1] ** m)
    wave = m * b / (omega * damping) * np.cos(omega * np.log(x) + rng.uniform(0, 2 * np.pi))
    shocks = rng.standard_normal(sessions)
    shocks[1:] *= np.sqrt(1 - persistence**2)
    for t in range(1, sessions):
        shocks[t] += persistence * shocks[t - 1]
    return x**m * (b + wave) + noise * shocks, delta


def coverage(replications: int = 150) -> None:
    windows = np.arange(90, 251, 10)
    for persistence, noise in ((0.0, 0.01), (0.9, 0.02), (0.97, 0.03)):
        rng = np.random.default_rng(80)
        hits, widths, quantiles, chosen, chosen_hits = 0, [], [], 0, 0
        for _ in range(replications):
            y, delta = simulate(rng, persistence, noise)
            low, high = lppls.critical_time(y).interval(0.8)
            hits += low <= delta <= high
            widths.append(high - low)
            fits = lppls.scan(y, windows, [y.size - 1], threads=1).fits
            qualified = lppls.DEMIRER_2019.check(fits).qualified & fits.positive
            if qualified[0, -1]:
                chosen += 1
                chosen_hits += low <= delta <= high
            times = fits.critical_time[qualified]
            if times.size >= 3:
                low, high = np.quantile(times, [0.1, 0.9])
                quantiles.append(low <= delta <= high)
        print(
            f"  noise of {noise:.0%}, AR(1) {persistence}: 80% interval holds tc in "
            f"{hits / replications:.0%} of {replications} (where the fit qualifies, in "
            f"{chosen_hits / max(chosen, 1):.0%} of {chosen}), median width "
            f"{np.median(widths):.0f} sessions; quantiles of tc over qualified windows: "
            f"{np.mean(quantiles):.0%} of {len(quantiles)}"
        )


def main() -> None:
    warnings.simplefilter("ignore")
    print("LPPLS against lppls 0.6.24")
    squared_errors()
    speed()
    memory_and_compilation()
    print("Critical time of simulated bubbles")
    coverage()


if __name__ == "__main__":
    main()
