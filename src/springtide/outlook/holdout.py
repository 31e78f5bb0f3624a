"""The exam: markets from which nothing was learned, forecast as a walk would have forecast them.

Base rates, hazards, weights, mean growth and variances are those that the walk on the lake's own
panel had learned by each year's end. Analogues are looked for among the lake's own instruments. The
markets of the exam are in neither.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from springtide.errors import DataError
from springtide.market.closes import Closes
from springtide.market.history import repeats_before
from springtide.outlook import analogues, store
from springtide.outlook.backtest import process_pool, simulate_series
from springtide.outlook.combination import POOLED, combine, first_weights
from springtide.outlook.curves import Curves
from springtide.outlook.fits import climatology, survival
from springtide.outlook.landmarks import Landmarks, landmarks_of_all
from springtide.outlook.learned import Learned
from springtide.outlook.model import METHODS, MethodName
from springtide.outlook.panel import load_panel, usable
from springtide.outlook.record import TrackRecord
from springtide.outlook.scoring import score
from springtide.outlook.simulation import NOTHING_COMMON, SIMULATED, year_start

if TYPE_CHECKING:
    from springtide.market.lake import Lake

Progress = Callable[[str, int, int], None]

NOT_NEW = MappingProxyType(
    {
        "DJIA": "one market with the S&P 500",
        "RUT": "one market with the S&P 500",
        "SZSE": "one market with the SSE Composite and the CSI 300",
        "CHINEXT": "one market with the SSE Composite and the CSI 300",
        **dict.fromkeys(("VIX", "US3M", "US10Y", "TNX"), "no price of a market"),
        **dict.fromkeys(("USDHKD", "USDCNY", "USDJPY", "XAU", "BRENT"), "no index of stocks"),
    }
)
"""Files of a folder that are no markets for an exam, and why."""


@dataclass(frozen=True, slots=True)
class Exam:
    """What an exam gave.

    Attributes
    ----------
    record
        The scores.
    markets
        Symbols forecast, with the first and the last session of each.
    dropped
        Files left out, and why.
    learned_to
        The last year's end whose learning was used.
    """

    record: TrackRecord
    markets: tuple[tuple[str, date, date], ...]
    dropped: tuple[tuple[str, str], ...]
    learned_to: date


def read_markets(
    folder: Path, known: Sequence[str]
) -> tuple[list[Closes], tuple[tuple[str, str], ...]]:
    """Read the histories of a folder that are markets for an exam, and say which are not.

    Parameters
    ----------
    folder
        CSV files with columns ``date`` and ``close``, one market each, named by its symbol.
    known
        Symbols of the panel that was learned from.

    Raises
    ------
    DataError
        The folder holds no such file.
    """
    import polars as pl

    markets, dropped = [], []
    files = sorted(folder.glob("*.csv")) if folder.is_dir() else []
    if not files:
        raise DataError(
            "There is no market to be examined on",
            given=str(folder),
            allowed="a folder of CSV files with the columns date and close",
            hint="name the folder that holds them: springtide backtest --holdout FOLDER",
        )
    for file in files:
        symbol = file.stem.upper()
        why = NOT_NEW.get(symbol) or ("learned from" if symbol in known else "")
        rows = pl.read_csv(file, infer_schema_length=None, columns=["date", "close"])
        rows = rows.drop_nulls().with_columns(pl.col("date").str.to_date()).sort("date")
        days = rows["date"].cast(pl.Int32).to_numpy().astype(np.int64)
        close = rows["close"].cast(pl.Float64).to_numpy().astype(np.float64)
        # A close that only repeats the one before is a holiday that was filled in.
        held = (close > 0) & ~repeats_before(close)
        series = Closes(symbol, "index", days[held], close[held])
        if not why and usable(series):
            markets.append(series)
        else:
            dropped.append((symbol, why or "too short, or not daily"))
    return markets, tuple(dropped)


def examine(
    lake: Lake,
    folder: Path,
    learned: Mapping[int, Learned],
    *,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Exam:
    """Forecast markets that nothing was learned from, month by month, and score what was said.

    Parameters
    ----------
    lake
        Whose instruments analogues are looked for among.
    folder
        As for :func:`read_markets`.
    learned
        By the day of a year's end, what was learned by then.
    workers, progress
        As for :func:`.backtest`.

    Raises
    ------
    DataError
        There is no market, or none has a rally.
    """
    said = progress or (lambda what, done, total: None)
    panel = load_panel(lake.snapshot("bars").scan(), lake.snapshot("observations").scan())
    markets, dropped = read_markets(folder, [series.symbol for series in panel])
    landmarks = landmarks_of_all(markets)
    if landmarks is None:
        raise DataError("None of these markets has a rally", given=str(folder))
    with process_pool(workers) as pool:
        curves = _simulated(markets, landmarks, learned, pool, said)
    _fitted(landmarks, learned, curves)
    said("Comparing paths", 0, 1)
    history = landmarks_of_all([series for series in panel if series.is_index], described=False)
    every = np.arange(len(landmarks))
    curves["analogues"] = (
        Curves.empty(len(landmarks))
        if history is None
        else analogues.forecast(landmarks, every, history)
    )
    _pooled(landmarks, learned, curves)
    return Exam(
        record=_scored(landmarks, curves, said),
        markets=tuple((one.symbol, one.day(0), one.day(-1)) for one in markets),
        dropped=dropped,
        learned_to=np.datetime64(max(learned), "D").item(),
    )


def _by_year(
    landmarks: Landmarks, learned: Mapping[int, Learned]
) -> list[tuple[Learned, np.ndarray]]:
    """Return what was learned by each year's end with the landmarks of the year after."""
    ends = np.array([year_start(int(day)) - 1 for day in landmarks.day])
    years = [
        (learned[int(end)], np.flatnonzero(ends == end))
        for end in np.unique(ends)
        if end in learned
    ]
    return years


def _simulated(
    markets: Sequence[Closes],
    landmarks: Landmarks,
    learned: Mapping[int, Learned],
    pool: ProcessPoolExecutor,
    said: Progress,
) -> dict[MethodName, Curves]:
    common = {end + 1: each.process.get("index", NOTHING_COMMON) for end, each in learned.items()}
    curves = {method: Curves.empty(len(landmarks)) for method in SIMULATED}
    by_symbol = {series.symbol: series for series in markets}
    tasks = []
    for k, symbol in enumerate(landmarks.symbols):
        rows = np.flatnonzero(landmarks.series == k)
        at = (landmarks.row[rows], landmarks.high_row[rows])
        tasks.append((rows, pool.submit(simulate_series, by_symbol[symbol], *at, common)))
    for done, (rows, task) in enumerate(tasks):
        for method, made in task.result().items():
            curves[method].put(rows, made)
        said("Simulating", done + 1, len(tasks))
    return curves


def _fitted(
    landmarks: Landmarks, learned: Mapping[int, Learned], curves: dict[MethodName, Curves]
) -> None:
    curves["climatology"] = Curves.empty(len(landmarks))
    curves["survival"] = Curves.empty(len(landmarks))
    for each, rows in _by_year(landmarks, learned):
        rates = climatology(each.fit, "index", len(rows))
        hazards = survival(each.fit, landmarks.covariates[rows])
        if rates is not None:
            curves["climatology"].put(rows, rates)
        if hazards is not None:
            curves["survival"].put(rows, hazards)


def _pooled(
    landmarks: Landmarks, learned: Mapping[int, Learned], curves: dict[MethodName, Curves]
) -> None:
    curves["combination"] = Curves.empty(len(landmarks))
    for each, rows in _by_year(landmarks, learned):
        weights = each.weights.get("index", first_weights())
        made = {method: curves[method].take(rows) for method in POOLED}
        curves["combination"].put(rows, combine(made, weights))


def _scored(
    landmarks: Landmarks, curves: Mapping[MethodName, Curves], said: Progress
) -> TrackRecord:
    import polars as pl

    now = pl.lit(datetime.now(UTC))
    forecasts = pl.concat(
        [store.forecast_rows(landmarks, curves[one], one, "exam") for one in METHODS]
    )
    outcomes = store.outcome_rows(landmarks, "exam")
    return score(
        forecasts.with_columns(known_at=now),
        outcomes.with_columns(known_at=now),
        progress=lambda done, total: said("Scoring", done, total),
    )
