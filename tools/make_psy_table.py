"""Make the table of PSY critical values that ships in the package.

    python tools/make_psy_table.py [--out FILE]

Simulates the null of Phillips, Shi and Yu (2015) on one core at the sizes and lags below and
writes quantiles of the statistics, their standard errors and the number of replications of each
case. Cases that cost more get fewer replications, from 9999 down to 999 (lags 0 and 1) and 199
(lags 2 to 4): the file says how many. It takes about ten minutes; the same seed, the same file.
"""

from __future__ import annotations

import argparse
import functools
import json
from pathlib import Path

import numpy as np
from rich.progress import Progress

from springtide.numerics.psy import critical, default_window
from springtide.numerics.psy.simulation import (
    GENERATOR,
    SEQUENCE_PROBABILITIES,
    SUP_PROBABILITIES,
    null_distribution,
    sequence_distribution,
    simulate,
)

SIZES = (
    *(50, 60, 70, 80, 90, 100, 120, 150, 200, 250, 300, 400, 500, 600, 750, 800, 1000),
    *(1250, 1500, 1600, 2000, 2500, 3000, 4000, 5000, 10000),
)
LAGS = (0, 1, 2, 3, 4)
NANOSECONDS_A_WINDOW = (0.7, 1.1, 5.0, 7.5, 11.0)
SECONDS_A_CASE = 3.0
FEWEST = (1000, 1000, 200, 200, 200)
DEFAULT_FILE = Path(critical.__file__).with_name(critical.TABLE)


def replications(size: int, lag: int) -> int:
    """Return as many replications as the time for a case allows, one short of a round number."""
    seconds = NANOSECONDS_A_WINDOW[lag] * 1e-9 * (size - default_window(size)) ** 2 / 2
    affordable = SECONDS_A_CASE / seconds
    step = 1000 if affordable >= 1000 else 200
    return int(np.clip(affordable // step * step, FEWEST[lag], 10_000)) - 1


def main() -> None:
    """Simulate all cases and write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=DEFAULT_FILE)
    out = parser.parse_args().out
    shape = (len(SIZES), len(LAGS))
    counts = np.zeros(shape, dtype=np.int32)
    sup = np.zeros((*shape, 3, len(SUP_PROBABILITIES) + 2), dtype=np.float32)
    sup_error = np.zeros_like(sup)
    longest = max(critical.stored_positions(size - default_window(size)).size for size in SIZES)
    sequence = np.zeros((*shape, len(SEQUENCE_PROBABILITIES) + 2, longest), dtype=np.float32)
    with Progress() as bars:
        task = bars.add_task("PSY critical values", total=len(SIZES) * len(LAGS))
        for s, size in enumerate(SIZES):
            for k, lag in enumerate(LAGS):
                window = default_window(size)
                draws = simulate(
                    functools.partial(critical.random_walks, size=size),
                    size,
                    lag,
                    window,
                    replications=replications(size, lag),
                    seed=critical.SEED,
                    threads=1,
                )
                counts[s, k] = draws.sup.shape[0]
                for j, column in enumerate(draws.sup.T):
                    distribution = null_distribution(column)
                    told = distribution.probabilities.size
                    sup[s, k, j, :told] = distribution.quantiles
                    sup_error[s, k, j, :told] = distribution.standard_errors
                positions = critical.stored_positions(size - lag - window)
                stored = sequence_distribution(draws.sequence[:, positions], positions.size)
                told = stored.probabilities.size
                sequence[s, k, :told, : positions.size] = stored.quantiles
                bars.advance(task)
    about = {
        "method": critical.METHOD,
        "seed": critical.SEED,
        "generator": GENERATOR,
        "program": "tools/make_psy_table.py",
        "numpy": np.__version__,
    }
    np.savez_compressed(
        out,
        about=np.array(json.dumps(about)),
        sizes=np.array(SIZES, dtype=np.int32),
        lags=np.array(LAGS, dtype=np.int32),
        replications=counts,
        sup=sup,
        sup_error=sup_error,
        sequence=np.round(sequence, 3),
    )
    kilobytes = out.stat().st_size / 1000
    print(f"{out}: {kilobytes:.0f} kB, {counts.min()} to {counts.max()} replications a case")


if __name__ == "__main__":
    main()
