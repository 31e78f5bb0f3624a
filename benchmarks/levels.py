"""All metrics of levels and ranges of an index with 20 years of bars, in one process and warm.

The baseline is one pass over the same bars in NumPy: the extremes of every 250 sessions.
"""

from __future__ import annotations

import tempfile
import time
from datetime import date
from pathlib import Path

import numpy as np

from springtide.market.ingest import load_bundled
from springtide.market.lake import Lake
from springtide.market.view import View
from springtide.metrics.registry import measure, params_of

LIMIT = 40.0
"""Milliseconds for all of them."""

RUNS = 15
ASKED: dict[str, dict[str, object]] = {
    "support_level": {},
    "resistance_level": {},
    "level_tests": {"level": 2800.0},
    "level_record": {"level": 2800.0},
    "level_broken": {"level": 2800.0},
    "double_top": {},
    "double_bottom": {},
    "risk_reward": {"target": 3000.0, "stop": 2000.0},
    "range_ceiling": {},
    "range_floor": {},
    "range_centre": {},
    "range_width": {},
    "range_position": {},
    "range_efficiency": {},
    "centre_shift": {},
    "within_range": {"low": 2000.0, "high": 3000.0},
}


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        lake = Lake.create(Path(scratch) / "lake")
        load_bundled(lake)
        view = View(lake, date(2018, 6, 29))
        instrument = view.instrument("SPX")
        bars = view.bars("SPX")
        asked = [(key, params_of(key, **given)) for key, given in ASKED.items()]

        def ours() -> None:
            for key, params in asked:
                measure(key, view, instrument, params)

        def theirs() -> None:
            np.lib.stride_tricks.sliding_window_view(bars.high, 250).max(axis=1)
            np.lib.stride_tricks.sliding_window_view(bars.low, 250).min(axis=1)

        own, baseline = _best(ours), _best(theirs)
        print(f"{len(asked)} metrics of levels and ranges, {len(bars)} bars (limit {LIMIT:.0f} ms)")
        print(f"  all {own:6.1f} ms   one pass {baseline:6.1f} ms   ratio {own / baseline:.1f}")
        assert own < LIMIT


def _best(call: object) -> float:
    """Return the shortest time of a call in milliseconds."""
    assert callable(call)
    times = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        call()
        times.append(time.perf_counter() - begun)
    return 1000 * min(times)


if __name__ == "__main__":
    main()
