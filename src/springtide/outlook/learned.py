"""What was learned by the end of each year, as rows: in the lake, and shipped with the package.

The rows that ship were made by ``springtide backtest --export`` on a reference panel of indices and
stocks (see ``docs/evidence/outlook.md``); those of the user's own lake come first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np

from springtide.market.closes import date_of, day_of
from springtide.market.view import View
from springtide.numerics.hazards import HazardModel, LogisticModel
from springtide.numerics.series import FloatArray
from springtide.numerics.volatility import LogLinear
from springtide.outlook.combination import POOLED, WEIGHED, Weighed, Weights
from springtide.outlook.covariates import COVARIATES
from springtide.outlook.curves import TARGETS, Target
from springtide.outlook.fits import GROUPS, BaseRates, Fit, Group, Hazards
from springtide.outlook.model import Lifetimes, Skill
from springtide.outlook.simulation import GroupProcess
from springtide.outlook.volatility import STATE

if TYPE_CHECKING:
    import polars as pl

SHIPPED = "fits.parquet"

_MOST_TIMES = 100
"""Points at which a curve of lifetimes is kept."""

Row = tuple[str, str, float | None, str, float]


@dataclass(frozen=True, slots=True)
class Learned:
    """What was learned by the end of a year, and serves the next.

    Attributes
    ----------
    fit
        Base rates and hazards.
    weights
        Of the methods in the combination, by group.
    skill, gain_skill
        The combination's record as it was known, by group: for the peak, and for the further gain.
    process
        What the simulations of each group have in common.
    """

    fit: Fit
    weights: Mapping[Group, Weights]
    skill: Mapping[Group, tuple[Skill, ...]]
    gain_skill: Mapping[Group, Skill | None]
    process: Mapping[Group, GroupProcess]


def to_rows(learned: Learned) -> pl.DataFrame:
    """Return what was learned as rows of the table ``fits``, without ``run`` and ``known_at``."""
    import polars as pl

    rows = [
        *_base_rate_rows(learned.fit),
        *_hazard_rows(learned.fit),
        *_weight_rows(learned.weights),
        *_skill_rows("skill", learned.skill),
        *_skill_rows("gain_skill", {g: (s,) for g, s in learned.gain_skill.items() if s}),
        *_process_rows(learned.process),
    ]
    names = ("method", "target", "edge", "name", "value")
    frame = pl.DataFrame(rows, schema=list(names), orient="row", infer_schema_length=None)
    day = date_of(learned.fit.day)
    return frame.with_columns(
        pl.col("edge", "value").cast(pl.Float64), date=pl.lit(day, dtype=pl.Date)
    )


def write_rows(learned: Sequence[Learned], path: Path) -> None:
    """Write what was learned to a Parquet file, such as ships with the package.

    Raises
    ------
    SpringtideError
        The file cannot be written.
    """
    import io

    import polars as pl

    from springtide.files import write_files

    buffer = io.BytesIO()
    rows = pl.concat([to_rows(each) for each in learned])
    rows.write_parquet(buffer, compression="zstd", compression_level=19)
    write_files(path.parent, {path.name: buffer.getvalue()})


_LOADED: WeakKeyDictionary[View, Learned | None] = WeakKeyDictionary()


def load(view: View) -> Learned | None:
    """Return what was learned last before the year of a view's date: in its lake, else as shipped.

    None where nothing had been learned by then. Read once a view.
    """
    if view not in _LOADED:
        _LOADED[view] = _load(view)
    return _LOADED[view]


def _load(view: View) -> Learned | None:
    import polars as pl

    before = pl.col("date") < date(view.as_of.year, 1, 1)
    for rows in (_last_run(view.scan("fits")), shipped()):
        newest = rows.filter(before).filter(pl.col("date") == pl.col("date").max()).collect()
        if not newest.is_empty():
            return from_rows(newest)
    return None


def _last_run(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return the rows that were stored last, in one commit with one time."""
    import polars as pl

    return rows.filter(pl.col("known_at") == pl.col("known_at").max())


def shipped() -> pl.LazyFrame:
    """Return the rows that ship with the package."""
    import polars as pl

    return pl.scan_parquet((files("springtide.outlook") / "data" / SHIPPED).read_bytes())


def shipped_by_year() -> tuple[Learned, ...]:
    """Return all that ships with the package, by the year's end.

    Examples
    --------
    >>> shipped_by_year()[-1].fit.day > 20000
    True
    """
    rows = shipped().sort("date").collect()
    return tuple(from_rows(part) for _, part in rows.group_by("date", maintain_order=True))


def from_rows(rows: pl.DataFrame) -> Learned:
    """Return what rows of one date hold.

    Examples
    --------
    >>> import polars as pl
    >>> rows = shipped().filter(pl.col("date") == date(2024, 12, 31)).collect()
    >>> learned = from_rows(rows)
    >>> learned.fit.base_rates["index"].instruments, [one.horizon for one in learned.skill["index"]]
    (10, [0, 20, 60, 120, 250])
    """
    table: dict[tuple[str, str], dict[str, list[tuple[float | None, float]]]] = {}
    for method, target, edge, name, value in rows.select(
        "method", "target", "edge", "name", "value"
    ).iter_rows():
        table.setdefault((method, target), {}).setdefault(name, []).append((edge, value))
    day = day_of(rows["date"][0])
    groups = [
        group for group in GROUPS if f"{group}.rallies" in table.get(("climatology", "cases"), {})
    ]
    base_rates = {group: _base_rates(table, group) for group in groups}
    weights = {group: {name: _weights(table, name, group) for name in WEIGHED} for group in GROUPS}
    skill = {group: _skills(table.get(("combination", "skill"), {}), group) for group in GROUPS}
    gains = {
        group: _skills(table.get(("combination", "gain_skill"), {}), group) for group in GROUPS
    }
    first = {group: records[0] if records else None for group, records in gains.items()}
    process = {group: _process(table, group) for group in GROUPS}
    return Learned(Fit(day, base_rates, _hazards(table)), weights, skill, first, process)


_Table = Mapping[tuple[str, str], Mapping[str, list[tuple[float | None, float]]]]


# -- base rates ------------------------------------------------------------------------------


def _base_rate_rows(fit: Fit) -> Iterator[Row]:
    for group, rates in fit.base_rates.items():
        for target, grid in TARGETS.items():
            for edge, value in zip(grid, rates.curves[target], strict=True):
                yield "climatology", target, edge, group, float(value)
        yield "climatology", "up_first", None, group, rates.up_first
        for name in ("rallies", "instruments", "landmarks"):
            yield "climatology", "cases", None, f"{group}.{name}", float(getattr(rates, name))
        yield from _lifetime_rows(group, rates.lifetimes)


def _lifetime_rows(group: Group, lifetimes: Lifetimes) -> Iterator[Row]:
    count = len(lifetimes.times)
    kept = np.unique(np.linspace(0, count - 1, min(count, _MOST_TIMES)).round().astype(int))
    for k in kept.tolist():
        for name in ("survival", "low", "high"):
            value = getattr(lifetimes, name)[k]
            yield "climatology", "lifetime", lifetimes.times[k], f"{group}.{name}", value
    for name in ("rallies", "running", "instruments"):
        value = float(getattr(lifetimes, name))
        yield "climatology", "lifetimes", None, f"{group}.{name}", value


def _base_rates(table: _Table, group: Group) -> BaseRates:
    cases = {name: table["climatology", "cases"][f"{group}.{name}"][0][1] for name in _COUNTS}
    return BaseRates(
        curves={target: _ordered(table["climatology", target][group])[1] for target in TARGETS},
        up_first=table["climatology", "up_first"][group][0][1],
        rallies=int(cases["rallies"]),
        instruments=int(cases["instruments"]),
        landmarks=int(cases["landmarks"]),
        lifetimes=_lifetimes(table, group),
    )


_COUNTS = ("rallies", "instruments", "landmarks")


def _lifetimes(table: _Table, group: Group) -> Lifetimes:
    points = table.get(("climatology", "lifetime"), {})
    times, survival = _ordered(points.get(f"{group}.survival", []))
    low, high = (_ordered(points.get(f"{group}.{name}", []))[1] for name in ("low", "high"))
    counts = table["climatology", "lifetimes"]
    return Lifetimes(
        times=tuple(times.tolist()),
        survival=tuple(survival.tolist()),
        low=tuple(low.tolist()),
        high=tuple(high.tolist()),
        rallies=int(counts[f"{group}.rallies"][0][1]),
        running=int(counts[f"{group}.running"][0][1]),
        instruments=int(counts[f"{group}.instruments"][0][1]),
    )


def _ordered(points: list[tuple[float | None, float]]) -> tuple[FloatArray, FloatArray]:
    """Return the edges, ascending, and the values at them."""
    pairs = sorted((0.0 if edge is None else edge, value) for edge, value in points)
    array = np.array(pairs, dtype=np.float64).reshape(-1, 2)
    return array[:, 0], array[:, 1]


# -- hazards ---------------------------------------------------------------------------------


def _hazard_rows(fit: Fit) -> Iterator[Row]:
    hazards = fit.hazards
    if hazards is None:
        return
    yield "survival", "cases", None, "rallies", float(hazards.rallies)
    for target, model in hazards.models.items():
        yield from _scale_rows(target, model)
        for k, edge in enumerate(TARGETS[target]):
            yield "survival", target, edge, "intercept", float(model.intercepts[k])
            yield "survival", target, edge, "at_risk", float(model.at_risk[k])
            yield "survival", target, edge, "events", float(model.events[k])
            for name, slope in zip(COVARIATES, model.slopes[k], strict=True):
                yield "survival", target, edge, name, float(slope)
    yield from _scale_rows("up_first", hazards.move)
    yield "survival", "up_first", None, "intercept", hazards.move.intercept
    for name, slope in zip(COVARIATES, hazards.move.slopes, strict=True):
        yield "survival", "up_first", None, name, float(slope)


def _scale_rows(target: str, model: HazardModel | LogisticModel) -> Iterator[Row]:
    for name, mean, sd in zip(COVARIATES, model.mean, model.sd, strict=True):
        yield "survival", target, None, f"mean.{name}", float(mean)
        yield "survival", target, None, f"sd.{name}", float(sd)


def _hazards(table: _Table) -> Hazards | None:
    if ("survival", "cases") not in table:
        return None
    models = {target: _hazard_model(table["survival", target], target) for target in TARGETS}
    numbers = table["survival", "up_first"]
    mean, sd = _scales(numbers)
    slopes = np.array([numbers[name][0][1] for name in COVARIATES])
    move = LogisticModel(mean, sd, numbers["intercept"][0][1], slopes)
    return Hazards(models, move, int(table["survival", "cases"]["rallies"][0][1]))


def _hazard_model(
    numbers: Mapping[str, list[tuple[float | None, float]]], target: Target
) -> HazardModel:
    from springtide.outlook.fits import edges

    mean, sd = _scales(numbers)
    return HazardModel(
        edges=edges(target),
        mean=mean,
        sd=sd,
        intercepts=_ordered(numbers["intercept"])[1],
        slopes=np.column_stack([_ordered(numbers[name])[1] for name in COVARIATES]),
        at_risk=_ordered(numbers["at_risk"])[1],
        events=_ordered(numbers["events"])[1],
    )


def _scales(
    numbers: Mapping[str, list[tuple[float | None, float]]],
) -> tuple[FloatArray, FloatArray]:
    mean, sd = (np.array([numbers[f"{of}.{c}"][0][1] for c in COVARIATES]) for of in ("mean", "sd"))
    return mean, sd


# -- what simulations have in common ---------------------------------------------------------


def _process_rows(process: Mapping[Group, GroupProcess]) -> Iterator[Row]:
    for group, common in process.items():
        if common.growth is not None:
            yield "simulation", "growth", None, f"{group}.growth", common.growth
        for horizon, model in common.variance.items():
            edge = float(horizon)
            constant, *slopes = model.slopes.tolist()
            yield "volatility", "variance", edge, f"{group}.constant", constant
            for k, name in enumerate(STATE):
                yield "volatility", "variance", edge, f"{group}.{name}", slopes[k]
                yield "volatility", "variance", edge, f"{group}.mean.{name}", float(model.mean[k])
                yield "volatility", "variance", edge, f"{group}.sd.{name}", float(model.sd[k])


def _process(table: _Table, group: Group) -> GroupProcess:
    growth = table.get(("simulation", "growth"), {}).get(f"{group}.growth")
    numbers = table.get(("volatility", "variance"), {})
    horizons = _ordered(numbers.get(f"{group}.constant", []))[0]
    columns = {
        name: _ordered(numbers[f"{group}.{name}"])[1]
        for name in ("constant", *STATE, *(f"{of}.{one}" for of in ("mean", "sd") for one in STATE))
        if len(horizons)
    }
    variance = {
        int(horizon): LogLinear(
            mean=np.array([columns[f"mean.{name}"][k] for name in STATE]),
            sd=np.array([columns[f"sd.{name}"][k] for name in STATE]),
            slopes=np.array([columns[name][k] for name in ("constant", *STATE)]),
        )
        for k, horizon in enumerate(horizons)
    }
    return GroupProcess(growth[0][1] if growth else None, variance)


# -- weights and skill -----------------------------------------------------------------------


def _weight_rows(weights: Mapping[Group, Weights]) -> Iterator[Row]:
    for group, by_target in weights.items():
        for target, values in by_target.items():
            for method, value in zip(POOLED, values, strict=True):
                yield "combination", f"weight.{target}", None, f"{group}.{method}", float(value)


def _weights(table: _Table, target: Weighed, group: Group) -> FloatArray:
    numbers = table["combination", f"weight.{target}"]
    # What was stored before a method was there gives it no weight.
    nothing = [(None, 0.0)]
    return np.array([numbers.get(f"{group}.{m}", nothing)[0][1] for m in POOLED])


def _skill_rows(target: str, skill: Mapping[Group, tuple[Skill, ...]]) -> Iterator[Row]:
    for group, records in skill.items():
        for record in records:
            for each in fields(Skill):
                if each.name != "horizon":
                    value = float(getattr(record, each.name))
                    name = f"{group}.{each.name}"
                    yield "combination", target, float(record.horizon), name, value


def _skills(
    numbers: Mapping[str, list[tuple[float | None, float]]], group: Group
) -> tuple[Skill, ...]:
    horizons = _ordered(numbers.get(f"{group}.brier", []))[0].astype(int)
    columns = {
        each.name: _ordered(numbers[f"{group}.{each.name}"])[1]
        for each in fields(Skill)
        if each.name != "horizon" and len(horizons)
    }
    return tuple(
        Skill(
            horizon=int(horizon),
            forecasts=int(columns["forecasts"][k]),
            undecided=int(columns["undecided"][k]),
            **{
                name: float(values[k])
                for name, values in columns.items()
                if name not in ("forecasts", "undecided")
            },
        )
        for k, horizon in enumerate(horizons)
    )
