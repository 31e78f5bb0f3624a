"""Some metrics of one symbol in a lake of 500: what one asks most often.

The process is warm and the lake open; of each symbol nothing has been read. Prints the processor
time of a symbol, from opening a view of the day to the last value, and what of it is reading the
symbol's rows. The values are held against those of a scan, which reads columns whole.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

import polars as pl

from benchmarks._runs import SHARED
from benchmarks.scan import DAY, panel_lake
from springtide.market.lake import Lake
from springtide.market.view import View
from springtide.metrics.registry import measure
from springtide.scan.asked import asked_of
from springtide.scan.plan import plan_of
from springtide.scan.run import scan

SYMBOLS, ROUNDS = 500, 5
EIGHT = (
    "close_level", "pct_change", "moving_average", "ma_distance", "rsi", "volatility", "drawdown",
    "high_low_record",
)  # fmt: skip
WANTED_MS = 4.0


def lake_of(folder: Path, count: int) -> Lake:
    """Make a lake of so many instruments of the panel, spread over its markets."""
    whole = panel_lake(folder / "panel").snapshot("bars")
    every = len(whole.keys()) // count
    kept = list(whole.keys())[::every][:count]
    lake = Lake.create(folder / "some")
    rows = whole.scan(kept).sort("symbol", "date").collect()
    lake.append("bars", lambda snapshot: rows)
    return lake


def main() -> None:
    if not SHARED.is_dir():
        print("one_symbol: needs the folder 'shared' beside the checkout")
        return
    with tempfile.TemporaryDirectory() as scratch:
        lake = lake_of(Path(scratch), SYMBOLS)
        symbols = View(lake, DAY).symbols()
        values = {symbol: measured(lake, symbol)[0] for symbol in symbols[::10]}  # warms up, too
        agree(lake, values)
        whole, reading = [], []
        for _ in range(ROUNDS):
            for symbol in symbols:
                start = time.process_time()
                read_alone(lake, symbol)
                reading.append(time.process_time() - start)
                whole.append(measured(lake, symbol)[1])
    took, read = (1000 * statistics.median(each) for each in (whole, reading))
    verdict = "ok" if took <= WANTED_MS else "OVER THE LIMIT"
    slow = 1000 * statistics.quantiles(whole, n=20)[-1]
    print(f"{len(EIGHT)} metrics of one of {len(symbols)} symbols, medians over all of them")
    print(f"  processor      {took:5.2f} ms (at most {WANTED_MS:g}) {verdict}")
    print(f"  of it reading  {read:5.2f} ms; 19 of 20 symbols take less than {slow:.1f} ms")


def measured(lake: Lake, symbol: str) -> tuple[list[object], float]:
    """Return the values of a symbol of which nothing has been read, and the processor time."""
    start = time.process_time()
    view = View(lake, DAY)
    instrument = view.instrument(symbol)
    values = [measure(name, view, instrument).value for name in EIGHT]
    return values, time.process_time() - start


def read_alone(lake: Lake, symbol: str) -> None:
    View(lake, DAY).bars(symbol)


def agree(lake: Lake, values: dict[str, list[object]]) -> None:
    """Compare values with those of a scan."""
    rows = scan(plan_of(lake, asked_of(EIGHT), DAY), list(values))
    assert rows.height == len(values) * len(EIGHT)
    for (symbol,), part in rows.group_by("symbol"):
        assert part.select(pl.col("value")).to_series().to_list() == values[str(symbol)], symbol


if __name__ == "__main__":
    main()
