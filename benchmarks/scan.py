"""A whole market at once: against decoding its columns, and against loops over other libraries."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Sequence
from datetime import date
from itertools import islice
from pathlib import Path

import numpy as np
import polars as pl

from benchmarks._runs import SHARED, own_cache
from springtide.market import calendars, columns, instruments, listed, runs
from springtide.market.lake import Lake
from springtide.market.merge import end_of_day
from springtide.market.view import View
from springtide.metrics.batches import Batch
from springtide.scan.asked import Asked, asked_of
from springtide.scan.batch import kernel_of
from springtide.scan.plan import plan_of
from springtide.scan.run import scan

DAY = date(2025, 8, 29)
ROUNDS = 9
THIRTY = (
    "close_level", "pct_change", "pct_change:unit=points", "period_return",
    "period_return:period=mtd", "period_return:period=last:20:sessions",
    "period_return:period=last:12:months", "moving_average:window=20", "moving_average",
    "moving_average:window=200", "ma_distance:window=20", "ma_distance", "ma_distance:window=200",
    "rsi", "rsi:window=9", "overbought", "overbought:side=oversold,threshold=30", "volatility",
    "volatility:window=60", "drawdown", "drawdown:of=deepest", "high_low_record",
    "high_low_record:side=low", "range_ceiling", "range_floor", "range_width", "range_position",
    "phase", "phase_age", "phase_pace",
)  # fmt: skip
FIELDS = ("open", "close", "volume", "high", "low")
FIVE = (
    "rsi", "moving_average", "moving_average:window=200", "volatility",
    "range_ceiling:period=last:250:sessions",
)  # fmt: skip


def panel_lake(folder: Path) -> Lake:
    """Put every file of the reference panel into a lake, prices as they stand."""
    lake = Lake.create(folder)
    seen: set[str] = set()
    for path in sorted((SHARED / "market" / "panel").glob("*daily*.parquet")):
        bars = pl.read_parquet(path).with_columns(pl.col("symbol").cast(pl.String))
        bars = bars.filter(~pl.col("symbol").is_in(list(seen)))
        seen |= set(bars["symbol"].unique())
        absent = [name for name in columns.FIGURES if name not in bars.columns]
        rows = bars.with_columns(
            *(pl.lit(None, pl.Float64).alias(name) for name in absent),
            end_of_day(),
            source=pl.lit(path.stem),
        ).sort("symbol", "date")
        lake.append("bars", lambda _, rows=rows: rows)
    return lake


def cost(work: Callable[[], object], runs: int = 3) -> tuple[float, float]:
    """Return the least seconds by the clock and of processor time."""
    clocks, processors = [], []
    for _ in range(runs):
        clock, processor = time.perf_counter(), time.process_time()
        work()
        clocks.append(time.perf_counter() - clock)
        processors.append(time.process_time() - processor)
    return min(clocks), min(processors)


def of_decoding(lake: Lake) -> list[str]:
    held = lake.at()
    asked = asked_of(THIRTY)
    plan = plan_of(held, asked, DAY)
    scan(plan, ["AAPL", "MSFT", "0005.HK"])  # compiles
    symbols = View(held, DAY).symbols()
    table = held.snapshot("bars")
    rows = sum(part.rows or 0 for part in table.parts)

    def decoded(fields: Sequence[str]) -> pl.DataFrame:
        return table.scan().select("symbol", "date", "known_at", *fields).collect()

    def scanned() -> pl.DataFrame:
        runs._runs_in.cache_clear()  # where each symbol's rows lie is found anew
        return scan(plan)

    read = sorted({name for one in asked for name in _kernel(one).fields(one.params)})
    works: dict[str, Callable[[], object]] = {
        "decoding symbol, date, known_at and all five figures": lambda: decoded(FIELDS),
        f"decoding those of them that are needed: {', '.join(read)}": lambda: decoded(read),
        "the scan": scanned,
    }
    # In turn, so that what else the machine does meets all of them.
    rounds = [{name: cost(work, 1) for name, work in works.items()} for _ in range(ROUNDS)]
    costs = {
        name: (min(one[name][0] for one in rounds), min(one[name][1] for one in rounds))
        for name in works
    }
    (whole, needed, ours) = (processor for _, processor in costs.values())
    size = decoded(read).estimated_size()
    copied = cost(lambda: np.ones(size // 8).copy())[1]
    return [
        f"### 30 metrics of {len(symbols):,} instruments, {rows:,} bars, as of {DAY}",
        "",
        f"The least of {ROUNDS} rounds in turn; load of the machine: {os.getloadavg()[0]:.0f}.",
        "",
        "| | by the clock | of processor | ns a bar | times all five, processor |",
        "| --- | --- | --- | --- | --- |",
        *(
            f"| {name} | {clock:.2f} s | {processor:.2f} s | {1e9 * processor / rows:.0f} | "
            f"{processor / whole:.2f} |"
            for name, (clock, processor) in costs.items()
        ),
        "",
        f"Of the scan {needed / ours:.0%} is decoding, which is the least it can take: it is "
        f"{ours / needed:.1f} times what it decodes. Decoding makes {size / 1e6:.0f} MB, "
        f"{size / needed / 1e9:.1f} GB/s; writing and copying as many in memory takes "
        f"{copied:.2f} s.",
    ]


def of_peers(lake: Lake) -> list[str]:
    held = lake.at()
    names = [s for s in View(held, DAY).symbols() if instruments.is_told(s)]
    known = [instruments.get(name) for name in sorted(names)]
    first = columns.load(held, known, ("open", "volume"))
    assert first is not None
    batch = Batch(first, tuple(map(instruments.get, first.symbols)), DAY)
    asked = asked_of(FIVE)
    close = first.figure("close")
    series = [close[a:b] for a, b in zip(batch.start, batch.end, strict=True) if b - a > 250]

    def by_kernels() -> dict[Asked, np.ndarray]:
        anew = Batch(first, batch.instruments, DAY)  # which has kept nothing yet
        return {one: _kernel(one).answer(anew, one.params).value for one in asked}

    values, ours = by_kernels(), cost(by_kernels)[1] / len(series) / 5
    per = {"springtide": ours}
    for name, loop in (("TA-Lib", _talib), ("ta", _ta), ("pandas-ta-classic", _pandas_ta),
                       ("stockstats", _stockstats)):  # fmt: skip
        some = series if name == "TA-Lib" else series[::60]
        _agree(loop(series[-1]), batch, values, len(series[-1]))
        seconds = cost(lambda: [loop(one) for one in some], 1 if name != "TA-Lib" else 3)[1]  # noqa: B023
        per[name] = seconds / len(some) / 5
    bars = np.mean([len(one) for one in series])
    return [
        f"### Five metrics of {len(series)} instruments of {bars:,.0f} bars, columns in memory",
        "",
        "RSI(14), means of 50 and 200, volatility over 20, highest close of 250: the last value.",
        "",
        "| | µs of processor a metric and instrument | ns a bar | times ours |",
        "| --- | --- | --- | --- |",
        *(
            f"| {name} | {1e6 * each:.1f} | {1e9 * each / bars:.2f} | {each / ours:.0f} |"
            for name, each in per.items()
        ),
    ]


def _kernel(one: Asked):  # type: ignore[no-untyped-def]
    kernel = kernel_of(one)
    assert kernel is not None
    return kernel


def _talib(close: np.ndarray) -> tuple[float, ...]:
    import talib

    log = np.diff(np.log(close))
    return (
        talib.RSI(close, 14)[-1], talib.SMA(close, 50)[-1], talib.SMA(close, 200)[-1],
        talib.STDDEV(log, 20)[-1], talib.MAX(close, 250)[-1],
    )  # fmt: skip


def _ta(close: np.ndarray) -> tuple[float, ...]:
    import pandas as pd
    from ta.momentum import RSIIndicator
    from ta.trend import SMAIndicator

    prices = pd.Series(close)
    return (
        RSIIndicator(prices, 14).rsi().iloc[-1],
        SMAIndicator(prices, 50).sma_indicator().iloc[-1],
        SMAIndicator(prices, 200).sma_indicator().iloc[-1],
        np.log(prices).diff().rolling(20).std().iloc[-1],
        prices.rolling(250).max().iloc[-1],
    )


def _pandas_ta(close: np.ndarray) -> tuple[float, ...]:
    import pandas as pd
    import pandas_ta_classic as ta

    prices = pd.Series(close)
    return (
        ta.rsi(prices, 14).iloc[-1], ta.sma(prices, 50).iloc[-1], ta.sma(prices, 200).iloc[-1],
        ta.stdev(np.log(prices).diff(), 20).iloc[-1], prices.rolling(250).max().iloc[-1],
    )  # fmt: skip


def _stockstats(close: np.ndarray) -> tuple[float, ...]:
    import pandas as pd
    from stockstats import wrap

    frame = wrap(pd.DataFrame({"close": close}))
    return (
        frame["rsi_14"].iloc[-1], frame["close_50_sma"].iloc[-1], frame["close_200_sma"].iloc[-1],
        frame["log-ret"].rolling(20).std().iloc[-1], frame["close"].rolling(250).max().iloc[-1],
    )  # fmt: skip


def _agree(
    theirs: tuple[float, ...], batch: Batch, ours: dict[Asked, np.ndarray], length: int
) -> None:
    """Be sure that means and highest closes agree: others differ by convention."""
    place = int(np.flatnonzero(batch.end - batch.start == length)[-1])
    values = list(ours.values())
    for k in (1, 2, 4):
        if not np.isnan(values[k][place]):
            np.testing.assert_allclose(values[k][place], theirs[k], rtol=1e-9)


OUTLOOK = ("outlook.top_within_60", "outlook.top_is_in")


def of_outlooks(lake: Lake, folder: Path, count: int = 500) -> list[str]:
    """Return what outlooks of so many instruments cost, of which nothing has been kept before."""
    held = lake.at()
    plan = plan_of(held, asked_of(OUTLOOK), DAY)
    names = View(held, DAY).symbols()
    some = list(names[:: len(names) // count])[:count]
    with own_cache(folder / "warm"):
        scan(plan, ["AAPL", "0005.HK"])  # compiles
    with own_cache(folder / "anew"):
        began, processor = time.perf_counter(), time.process_time()
        rows = scan(plan, some)
        clock, processor = time.perf_counter() - began, time.process_time() - processor
    rallies = rows.filter(metric=OUTLOOK[0])["value"].count()
    return [
        f"### Outlooks of {len(some)} instruments, nothing kept from before",
        "",
        f"{processor:.1f} s of processor, {clock:.1f} s by the clock (wanted: 40 s); {rallies} are "
        f"in a rally: {processor / rallies:.3f} s each, the peers of their groups made among them "
        f"(wanted: 0.06 s).",
    ]


LARGE = """
import resource, sys, time
from springtide.market.lake import Lake
from springtide.scan.asked import asked_of
from springtide.scan.plan import plan_of
from springtide.scan.run import scan
from datetime import date

held = Lake.open(sys.argv[1]).at()
asked = asked_of(sys.argv[2:])
plan = plan_of(held, asked, date(2025, 8, 29))
scan(plan, ["AAPL", "MSFT"])  # compiled code is loaded
began, processor = time.perf_counter(), time.process_time()
rows = scan(plan)
seconds, processor = time.perf_counter() - began, time.process_time() - processor
# What the process that began this one once took counts in the usage of a child: the system knows.
status = open("/proc/self/status").read() if sys.platform == "linux" else ""
most = [line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")]
memory = most[0] if most else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(seconds, processor, memory, len(rows), rows["value"].count())
"""


def large_lake(folder: Path, count: int) -> Lake:
    """Make a lake of instruments of 20 years out of real closes, said again and again."""
    panel = pl.read_parquet(SHARED / "market" / "panel" / "us_daily_1990_2026.parquet")
    days = calendars.sessions("XNYS", date(2005, 9, 1), DAY)
    assert days is not None
    listed_there = (one for one in listed.ids() if instruments.calendar_of(one) == "XNYS")
    names = sorted({"AAPL", "MSFT", *islice(listed_there, count - 2)})
    held = panel.with_columns(pl.col("symbol").cast(pl.String)).sort("symbol", "date")
    close = held.filter(pl.col("close") > 0)["close"].to_numpy()
    figures = np.resize(close, len(days) * len(names))
    lake = Lake.create(folder)
    for first in range(0, len(names), 1000):
        some = names[first : first + 1000]
        at = slice(first * len(days), (first + len(some)) * len(days))
        rows = (
            pl.DataFrame(
                {
                    "symbol": np.repeat(some, len(days)),
                    "date": np.tile(days.astype("datetime64[D]"), len(some)),
                    **dict.fromkeys(("open", "high", "low", "close"), figures[at]),
                    "volume": np.full(len(days) * len(some), 1e6),
                    "source": "said again",
                }
            )
            .with_columns(pl.col("date").cast(pl.Date))
            .with_columns(end_of_day())
        )
        lake.append("bars", lambda _, rows=rows: rows)
    return lake


def of_size(folder: Path, count: int = 5000) -> list[str]:
    lake = large_lake(folder, count)
    done = subprocess.run(
        [sys.executable, "-c", LARGE, str(lake.address), *THIRTY], capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    seconds, processor, memory, rows, values = done.stdout.split()
    return [
        f"### {count:,} instruments of 20 years",
        "",
        f"30 metrics of {count:,} instruments of 5,000 bars: {float(seconds):.2f} s by the clock, "
        f"{float(processor):.2f} s of processor, at a load of {os.getloadavg()[0]:.0f}; "
        f"{int(memory) / 1e6:.2f} GB at most (targets for "
        f"5,000 of them: 3 s and 1.5 GB); {int(values):,} values in {int(rows):,} rows.",
    ]


def main() -> None:
    warnings.simplefilter("ignore")
    if not SHARED.is_dir():
        print("scan: the folder 'shared' is not beside the checkout")
        return
    with tempfile.TemporaryDirectory() as folder:
        lake = panel_lake(Path(folder) / "panel")
        lines = [
            *of_decoding(lake), "", *of_peers(lake), "", *of_outlooks(lake, Path(folder)), "",
            *of_size(Path(folder) / "large"),
        ]  # fmt: skip
    text = "\n".join(lines)
    print(text)
    print(
        f"at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB in this process"
    )


if __name__ == "__main__":
    main()
