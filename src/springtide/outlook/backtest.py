"""The walk through history: forecasts month by month, each with what was known then.

For every month's end at which a rally of the panel was running, every method forecasts how it goes
on. What is fitted is fitted once a year on what was known at the last year's end, and so are the
weights of the combination. Everything is stored in the lake; a run that was interrupted goes on
where it stopped, as long as panel and methods are the same.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from springtide.errors import DataError
from springtide.market.closes import Closes
from springtide.numerics.series import IntArray
from springtide.outlook import analogues, store
from springtide.outlook.combination import POOLED, Weights, combine, first_weights, learn_weights
from springtide.outlook.curves import Curves
from springtide.outlook.fits import GROUPS, Fit, Group, climatology, group_of, learn, survival
from springtide.outlook.landmarks import Known, Landmarks, known, landmarks_of_all
from springtide.outlook.learned import Learned, to_rows
from springtide.outlook.model import MethodName
from springtide.outlook.panel import digest, load_panel
from springtide.outlook.simulation import SIMULATED, GroupProcess, year_start
from springtide.outlook.skills import gain_skill, skills
from springtide.outlook.volatility import cases_of, learn_variance, mean_growth

if TYPE_CHECKING:
    from springtide.market.lake import Lake

Progress = Callable[[str, int, int], None]

Common = dict[Group, dict[int, GroupProcess]]
"""By group and first day of a year, what its simulations have in common."""

LEAST_RALLIES = 30
"""Finished rallies in the panel without which there is nothing to learn from."""

_BATCH = 24
"""Series that are simulated and stored together."""


@dataclass(frozen=True, slots=True)
class Run:
    """A finished walk: the landmarks, the forecasts of each method, and what was learned."""

    name: str
    landmarks: Landmarks
    curves: dict[MethodName, Curves]
    learned: tuple[Learned, ...]


def backtest(
    lake: Lake,
    *,
    symbols: Sequence[str] | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Run:
    """Walk through the history of a lake's instruments and store every forecast and outcome.

    Parameters
    ----------
    lake
        An opened lake; the tables ``forecasts``, ``outcomes`` and ``fits`` are added to.
    symbols
        The panel; every symbol of the lake by default.
    workers
        Processes; as many as there are cores by default.
    progress
        Called with what is done, how much of it, and all of it.

    Raises
    ------
    DataError
        The panel holds too few rallies to learn from.
    """
    said = progress or (lambda what, done, total: None)
    said("Reading closes", 0, 1)
    panel = load_panel(
        lake.snapshot("bars").scan(symbols), lake.snapshot("observations").scan(symbols)
    )
    said("Finding rallies", 0, len(panel))
    landmarks = landmarks_of_all(
        panel, progress=lambda done, total: said("Finding rallies", done, total)
    )
    if landmarks is None or len(np.unique(landmarks.rally)) < LEAST_RALLIES:
        raise DataError(
            "The lake holds too few rallies to learn from",
            given=f"{len(panel)} series of daily closes with enough history",
            allowed=f"{LEAST_RALLIES} rallies",
            hint="import indices or stocks with long histories: springtide import bars",
        )
    name = digest(panel)
    common = common_processes(panel, landmarks)
    with process_pool(workers) as pool:
        curves = _simulated(lake, name, panel, landmarks, common, pool, said)
        fits = _learned(landmarks, pool, said)
    _apply(fits, landmarks, curves)
    said("Comparing paths", 0, 1)
    curves["analogues"] = analogues.forecast(landmarks, np.arange(len(landmarks)))
    said("Weighing methods", 0, 1)
    learned = tuple(
        each for each in _combined(fits, landmarks, curves, common) if each.fit.base_rates
    )
    run = Run(name, landmarks, curves, learned)
    _store(lake, run, said)
    return run


def process_pool(workers: int | None) -> ProcessPoolExecutor:
    """Return processes that use one thread of linear algebra each: together they use all cores."""
    return ProcessPoolExecutor(
        workers or os.cpu_count() or 1,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_one_thread,
    )


def _one_thread() -> None:
    from threadpoolctl import threadpool_limits

    threadpool_limits(1)


def _simulated(
    lake: Lake,
    name: str,
    panel: Sequence[Closes],
    landmarks: Landmarks,
    common: Common,
    pool: ProcessPoolExecutor,
    said: Progress,
) -> dict[MethodName, Curves]:
    """Simulate all landmarks, except those that an earlier run of the same name has stored."""
    curves: dict[MethodName, Curves] = {
        method: store.stored(lake, name, method, landmarks) for method in SIMULATED
    }
    done = np.unique(landmarks.series[curves["random_walk"].given])
    by_symbol = {series.symbol: series for series in panel}
    wanted = [k for k in range(len(landmarks.symbols)) if k not in set(done.tolist())]
    said("Simulating", len(done), len(landmarks.symbols))
    for batch in _batches(wanted, _BATCH):
        rows = [np.flatnonzero(landmarks.series == k) for k in batch]
        tasks = [
            pool.submit(
                simulate_series,
                by_symbol[landmarks.symbols[k]],
                landmarks.row[which],
                landmarks.high_row[which],
                common[group_of(landmarks.kinds[k])],
            )
            for k, which in zip(batch, rows, strict=True)
        ]
        for which, task in zip(rows, tasks, strict=True):
            for method, simulated in task.result().items():
                curves[method].put(which, simulated)
        every = np.concatenate(rows)
        for method in SIMULATED:
            made = store.forecast_rows(
                landmarks.take(every), curves[method].take(every), method, name
            )
            store.append(lake, "forecasts", made)
        said("Simulating", len(done) + wanted.index(batch[-1]) + 1, len(landmarks.symbols))
    return curves


def _batches(items: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    for first in range(0, len(items), size):
        yield items[first : first + size]


def common_processes(panel: Sequence[Closes], landmarks: Landmarks) -> Common:
    """Learn what the simulations of a group have in common, for every year with landmarks."""
    days = _year_ends(landmarks)
    cases = cases_of(panel)
    common: Common = {}
    for group in GROUPS:
        index = group == "index"
        growth = mean_growth(panel, days, index=index)
        common[group] = {
            int(day) + 1: GroupProcess(
                None if np.isnan(mean) else float(mean),
                learn_variance(cases, int(day), index=index),
            )
            for day, mean in zip(days.tolist(), growth, strict=True)
        }
    return common


def simulate_series(
    series: Closes, rows: IntArray, highs: IntArray, common: Mapping[int, GroupProcess]
) -> dict[MethodName, Curves]:
    """Simulate the landmarks of one series, in a process of its own.

    As an outlook does, on the closes alone that may be joined with that of the landmark.
    """
    from springtide.outlook.simulation import drawn_once, simulate

    drawn = drawn_once()
    curves = {method: Curves.empty(len(rows)) for method in SIMULATED}
    for first, past in series.stretches:
        which = np.flatnonzero((rows >= first) & (rows < past))
        if len(which):
            part = series.part(first, past)
            at = (rows[which] - first, highs[which] - first)
            simulated = simulate(part.days, part.close, *at, drawn, common)
            for method, made in simulated.items():
                curves[method].put(which, made)
    return curves


def _learned(landmarks: Landmarks, pool: ProcessPoolExecutor, said: Progress) -> list[Fit]:
    """Learn at the end of every year before one with landmarks."""
    years = _year_ends(landmarks)
    # What analogues are found by is not needed there and is most of what would be sent.
    slim = replace(landmarks, likeness=np.empty((len(landmarks), 0), np.float32))
    tasks = [pool.submit(learn, slim.take(np.flatnonzero(slim.day <= y)), int(y)) for y in years]
    fits = []
    for k, task in enumerate(tasks):
        fits.append(task.result())
        said("Learning", k + 1, len(tasks))
    return fits


def _year_ends(landmarks: Landmarks) -> IntArray:
    """Return the last day before every year from the first with landmarks to the last."""
    first, last = (
        np.datetime64(int(day), "D").astype("datetime64[Y]").astype(int)
        for day in (landmarks.day.min(), landmarks.day.max())
    )
    starts = np.arange(first, last + 1).astype("datetime64[Y]").astype("datetime64[D]")
    ends: IntArray = starts.astype(np.int64) - 1
    return ends


def _year(landmarks: Landmarks, fit: Fit) -> IntArray:
    """Return the landmarks of the year after a fit."""
    following = year_start(fit.day + 370)
    chosen: IntArray = np.flatnonzero((landmarks.day > fit.day) & (landmarks.day < following))
    return chosen


def _apply(fits: Sequence[Fit], landmarks: Landmarks, curves: dict[MethodName, Curves]) -> None:
    """Forecast each year by what was learned before it."""
    curves["climatology"] = Curves.empty(len(landmarks))
    curves["survival"] = Curves.empty(len(landmarks))
    is_index = landmarks.is_index
    for fit in fits:
        rows = _year(landmarks, fit)
        for group in GROUPS:
            inside = rows[is_index[rows] == (group == "index")]
            rates = climatology(fit, group, len(inside))
            if rates is not None:
                curves["climatology"].put(inside, rates)
        hazards = survival(fit, landmarks.covariates[rows])
        if hazards is not None:
            curves["survival"].put(rows, hazards)


def _combined(
    fits: Sequence[Fit],
    landmarks: Landmarks,
    curves: dict[MethodName, Curves],
    common: Common,
) -> Iterator[Learned]:
    """Pool each year's forecasts with weights, and a record, known before it."""
    curves["combination"] = Curves.empty(len(landmarks))
    is_index = landmarks.is_index
    for fit in fits:
        seen = known(landmarks, fit.day)
        rows = _year(landmarks, fit)
        weights, skill, gains = {}, {}, {}
        for group in GROUPS:
            of_group = seen.take(is_index[seen.rows] == (group == "index"))
            weights[group] = _weights(curves, of_group, landmarks)
            skill[group] = skills(landmarks, curves, of_group, fit.day)
            gains[group] = gain_skill(landmarks, curves, of_group, fit.day)
            inside = rows[is_index[rows] == (group == "index")]
            if len(inside):
                made = {method: curves[method].take(inside) for method in POOLED}
                curves["combination"].put(inside, combine(made, weights[group]))
        process = {group: common[group][fit.day + 1] for group in GROUPS}
        yield Learned(fit, weights, skill, gains, process)


def _weights(curves: dict[MethodName, Curves], seen: Known, landmarks: Landmarks) -> Weights:
    if not len(seen.rows):
        return first_weights()
    made = {method: curves[method].take(seen.rows) for method in POOLED}
    return learn_weights(made, seen, landmarks.rally[seen.rows])


def _store(lake: Lake, run: Run, said: Progress) -> None:
    """Store what is not stored yet: forecasts of the fitted methods, fits, and all outcomes."""
    import polars as pl

    late: tuple[MethodName, ...] = ("climatology", "survival", "analogues", "combination")
    there = lake.snapshot("outcomes").scan().filter(pl.col("run") == run.name).limit(1).collect()
    if len(there):  # stored last, so everything before it is there as well
        return
    for k, method in enumerate(late):
        said("Storing", k, len(late) + 2)
        if not store.stored(lake, run.name, method, run.landmarks).given.any():
            rows = store.forecast_rows(run.landmarks, run.curves[method], method, run.name)
            store.append(lake, "forecasts", rows)
    fitted = pl.concat([to_rows(each) for each in run.learned])
    store.append(lake, "fits", fitted.with_columns(run=pl.lit(run.name)))
    said("Storing", len(late) + 1, len(late) + 2)
    store.append(lake, "outcomes", store.outcome_rows(run.landmarks, run.name))
    said("Storing", len(late) + 2, len(late) + 2)
