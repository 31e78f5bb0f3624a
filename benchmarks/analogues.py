"""Nearest analogues against ``stumpy.mass``: same answers, and how many times faster.

Eight random walks hold 100,000 windows; every hundred windows that begin in a row are one rally.
For each query the nearest window of each of the nearest rallies is wanted. One side takes distance
profiles from stumpy, query by query and walk by walk, and picks from them; the other asks
``nearest`` once. Last, the size of a whole track record: 10,000 queries, of which each may see only
what was known on its day.
"""

from __future__ import annotations

import resource
import sys
import time

import numpy as np
import stumpy

from springtide.numerics.analogues import Candidates, Queries, nearest, unit_paths, windows

LENGTH = 120
WALKS, WINDOWS, RALLY = 8, 12_500, 100
COUNT = 50
COMPARED, ASKED = 100, 10_000


def main() -> None:
    rng = np.random.default_rng(1)
    walks = np.cumsum(rng.normal(0, 0.01, (WALKS, WINDOWS + LENGTH - 1)), axis=1)
    queries = np.cumsum(rng.normal(0, 0.01, (ASKED, LENGTH)), axis=1)
    total = WALKS * WINDOWS
    print(f"analogues: {total:,} windows of {LENGTH} values in {total // RALLY:,} rallies")
    against_stumpy(walks, queries[:COMPARED])
    track_record(walks, queries)


def against_stumpy(walks: np.ndarray, queries: np.ndarray) -> None:
    stumpy.mass(queries[0], walks[0])
    start = time.perf_counter()
    expected = np.stack([profile(walks, query) for query in queries])
    slow = time.perf_counter() - start
    for dtype, tolerance in ((np.float64, 1e-6), (np.float32, 1e-4)):
        start = time.perf_counter()
        candidates = gathered(walks, dtype)
        prepared = time.perf_counter() - start
        neighbours = nearest(at_the_end(unit_paths(queries, dtype)), candidates, COUNT)
        fast = time.perf_counter() - start
        difference = float(np.abs(neighbours.distance - expected).max())
        assert difference < tolerance, f"the answers differ by {difference:.1e}"
        print(
            f"  {len(queries)} queries, {np.dtype(dtype).name}: {fast:6.2f} s ({prepared:.2f} s of "
            f"it once, to gather the windows)   stumpy.mass {slow:6.2f} s   ratio "
            f"{slow / fast:.1f}   largest difference {difference:.0e}"
        )


def profile(walks: np.ndarray, query: np.ndarray) -> np.ndarray:
    """Return the distances of the nearest rallies, from stumpy."""
    distances = np.concatenate([stumpy.mass(query, walk) for walk in walks])
    return np.sort(distances.reshape(-1, RALLY).min(axis=1))[:COUNT]


def gathered(walks: np.ndarray, dtype: type) -> Candidates:
    ends = np.arange(LENGTH - 1, walks.shape[1])
    paths = np.concatenate([unit_paths(windows(walk, ends, LENGTH), dtype) for walk in walks])
    last = np.tile(ends, WALKS)
    group = np.arange(len(paths)) // RALLY
    known = last.reshape(-1, RALLY).max(axis=1)[group] + 20
    return Candidates(
        paths, last - LENGTH + 1, last, known, np.repeat(range(WALKS), len(ends)), group
    )


def at_the_end(paths: np.ndarray) -> Queries:
    day = np.full(len(paths), WINDOWS * 2)
    return Queries(paths, day - LENGTH, day, np.full(len(paths), -1))


def track_record(walks: np.ndarray, queries: np.ndarray) -> None:
    candidates = gathered(walks, np.float32)
    day = np.random.default_rng(2).integers(LENGTH * 4, WINDOWS, len(queries))
    for name, asked in (
        ("each may see all", at_the_end(unit_paths(queries, np.float32))),
        (
            "each on its day",
            Queries(unit_paths(queries, np.float32), day - LENGTH, day, np.full(len(day), -1)),
        ),
    ):
        start = time.perf_counter()
        nearest(asked, candidates, COUNT)
        print(f"  {len(queries):,} queries, {name}: {time.perf_counter() - start:.1f} s")
    unit = 2**30 if sys.platform == "darwin" else 2**20
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    print(f"  most memory held by the process: {peak:.1f} GB")


if __name__ == "__main__":
    main()
