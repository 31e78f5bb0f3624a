"""Kernels answer what measure answers, to the last digit and the last word."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from springtide.market.ingest import import_bars
from springtide.market.lake import Lake
from springtide.market.view import View
from springtide.metrics.registry import registry
from springtide.scan.asked import Asked, asked_of
from springtide.scan.batch import at_once
from springtide.scan.measuring import one_by_one
from springtide.scan.rows import frame_of

WITH_KERNEL = [
    "close_level",
    "intraday_level", "intraday_level:field=low", "intraday_level:field=open",
    "pct_change", "pct_change:unit=points", "pct_change:price=high", "pct_change:price=low",
    "period_return", "period_return:period=qtd", "period_return:period=mtd",
    "period_return:period=wtd", "period_return:period=last:5:sessions",
    "period_return:period=last:250:sessions", "period_return:period=last:12:months",
    "period_return:unit=x,period=last:4:weeks", "period_return:period=since:2025-01-15",
    "moving_average", "moving_average:window=5", "moving_average:window=250", "ma_distance",
    "ma_distance:window=200", "rsi", "rsi:window=5", "rsi:window=21", "overbought",
    "overbought:side=oversold,threshold=35", "volatility", "volatility:window=2",
    "volatility:window=60", "turnover:of=volume", "drawdown", "drawdown:basis=intraday",
    "drawdown:of=deepest", "drawdown:period=ytd,of=deepest", "drawdown:period=last:3:years",
    "high_low_record", "high_low_record:side=low", "high_low_record:basis=intraday",
    "high_low_record:lookback=last:60:sessions", "high_low_record:lookback=since:2024-10-08",
    "range_ceiling", "range_floor", "range_centre", "range_width", "range_position",
    "range_position:period=ytd", "range_width:period=last:20:sessions", "reversal",
    "reversal:turn=up", "phase", "phase:threshold=10", "phase_age", "phase_age:turn=peak",
    "phase_pace", "phase_pace:threshold=35",
]  # fmt: skip

LEFT_OPEN = [
    "close_level:above=2025-01-15", "phase:method=turning_points", "drawdown:period=all",
    "high_low_record:near=true", "range_ceiling:basis=intraday", "period_return:period=all",
]  # fmt: skip

DAYS = [
    date(2025, 8, 29),
    date(2025, 1, 2),
    date(2024, 10, 8),
    date(2023, 12, 29),
    date(2022, 3, 3),
]


@pytest.fixture(scope="module")
def panel(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Lake, list[str]]:
    """500 instruments of the reference panel, several files, every market; and some indices."""
    folder = tmp_path_factory.mktemp("panel")
    lake = Lake.create(folder / "lake")
    import_bars(lake, sorted((shared / "market" / "index").glob("*.csv"))[:8])
    chosen: set[str] = set()
    for name, count in (
        ("hk_daily_2009_2025", 150), ("us_daily_1990_2026", 60), ("us_close_2022_2026", 90),
        ("cn_a_daily_2022_2025", 120), ("cn_etf_daily_2025", 80),
    ):  # fmt: skip
        bars = pl.read_parquet(shared / "market" / "panel" / f"{name}.parquet")
        bars = bars.with_columns(pl.col("symbol").cast(pl.String))
        symbols = bars["symbol"].unique().sort()
        of_it = symbols.gather_every(max(1, len(symbols) // count)).to_list()[:count]
        chosen.update(of_it)
        bars.filter(pl.col("symbol").is_in(of_it)).write_parquet(folder / f"{name}.parquet")
        import_bars(lake, [folder / f"{name}.parquet"])
    held = lake.at()
    return held, list(View(held, DAYS[0]).symbols())


def both(lake: Lake, symbols: list[str], asked: tuple[Asked, ...], day: date) -> pl.DataFrame:
    """Return the rows of both ways side by side."""
    view = View(lake, day)
    instruments = [one for symbol in symbols if (one := view.find(symbol)) is not None]
    days = {one.calendar: [day] for one in instruments}
    fast = at_once(lake, instruments, days, asked)
    slow = frame_of(one_by_one(lake, {day: [(one, asked) for one in instruments]}))
    assert len(fast) == len(slow) == len(instruments) * len(asked)
    return slow.join(fast, on=["symbol", "date", "metric", "params"], suffix="_fast")


def unequal(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.filter(
        pl.col("value").ne_missing(pl.col("value_fast"))
        | (pl.col("unit") != pl.col("unit_fast"))
        | pl.col("missing").ne_missing(pl.col("missing_fast"))
    )


@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_kernels_answer_what_measure_answers(panel: tuple[Lake, list[str]], day: date) -> None:
    lake, symbols = panel
    assert len(symbols) >= 500
    # All of them as of the first day; on others, of which each costs a minute, some of them.
    some = symbols if day == DAYS[0] else symbols[DAYS.index(day) :: 5]
    rows = both(lake, some, asked_of(WITH_KERNEL), day)
    assert rows["value"].count() > 0.2 * len(rows)
    different = unequal(rows)
    assert different.is_empty(), str(different.head(5).to_dicts())


@pytest.mark.shared
def test_what_kernels_leave_open_is_measured(panel: tuple[Lake, list[str]]) -> None:
    lake, symbols = panel
    assert unequal(both(lake, symbols[::8], asked_of(LEFT_OPEN), DAYS[0])).is_empty()


def test_every_kernel_is_compared() -> None:
    with_kernel = {key for key, metric in registry().items() if metric.kernel is not None}
    assert with_kernel == {one.metric for one in asked_of(WITH_KERNEL)}


def test_later_data_change_nothing(bundled_lake: Lake, tmp_path: Path) -> None:
    """A lake that ends on the day gives what one gives that goes on."""
    day = date(2008, 10, 10)
    rows = bundled_lake.snapshot("bars").scan().filter(pl.col("date") <= day).collect()
    short = Lake.create(tmp_path / "short")
    short.append("bars", lambda _: rows)
    asked = asked_of(WITH_KERNEL)
    view = View(bundled_lake, day)
    instruments = [view.instrument(symbol) for symbol in ("IXIC", "SPX")]
    days = {one.calendar: [day] for one in instruments}
    whole, cut = (at_once(lake.at(), instruments, days, asked) for lake in (bundled_lake, short))
    assert whole.equals(cut)
    assert whole["value"].count() > 50


COUNTING = """
import sys, tempfile
import os
import subprocess
import sys
from datetime import date
from numba.core import event
from springtide.market.ingest import load_bundled
from springtide.market.lake import Lake
from springtide.scan.asked import asked_of
from springtide.scan.plan import plan_of
from springtide.scan.run import scan

lake = Lake.create(tempfile.mkdtemp())
load_bundled(lake)
with event.install_recorder("numba:compile") as compiled:
    scan(plan_of(lake, asked_of(sys.argv[1:]), date(2018, 1, 26)))
print(sum(one.is_start for _, one in compiled.buffer))
"""


@pytest.mark.slow
def test_what_is_compiled_is_kept_for_the_next_process(tmp_path: Path) -> None:
    """A kernel made within a function out of another one is compiled anew each time."""
    counts = [
        int(
            subprocess.run(
                [sys.executable, "-c", COUNTING, *WITH_KERNEL, "outlook.top_within_60"],
                env={**os.environ, "NUMBA_CACHE_DIR": str(tmp_path)},
                check=True,
                capture_output=True,
                text=True,
            ).stdout
        )
        for _ in range(2)
    ]
    assert counts[0] > 10
    assert counts[1] == 0
