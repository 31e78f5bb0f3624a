"""The track record: how well each method's forecasts did against what came.

Methods are compared on the same forecasts, those that all of them made. Intervals come from blocks
of two years of months (:mod:`springtide.numerics.resampling`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from springtide.numerics import scores
from springtide.numerics.resampling import BLOCK, DRAWS, confidence_set, monthly_means, ratio, skill
from springtide.outlook.cases import Aligned, Cases, FloatArray, Quantity, align
from springtide.outlook.model import GAINS, HORIZONS, METHODS, NEW_HIGH, SESSIONS, MethodName
from springtide.outlook.record import (
    Against,
    Coverage,
    Group,
    GroupBy,
    MethodScore,
    Target,
    TargetScore,
    TrackRecord,
    Variant,
)

if TYPE_CHECKING:
    import polars as pl

LEVELS = (0.5, 0.8)
"""Central intervals whose coverage is counted."""

REFERENCES: tuple[MethodName, ...] = ("climatology", "random_walk", "garch")
"""What the skill of the others is measured against."""

PUBLISHED = MappingProxyType(
    {
        "CSI300": date(2005, 4, 8),
        "HSCEI": date(1994, 8, 8),
        "HSI": date(1969, 11, 24),
        "HSTECH": date(2020, 7, 27),
        "IXIC": date(1971, 2, 5),
        "MSCI_CHINA": date(1995, 10, 31),
        "N225": date(1950, 9, 7),
        "NDX": date(1985, 1, 31),
        "SPX": date(1957, 3, 4),
        "SSE": date(1991, 7, 15),
    }
)
"""The day from which an index was published, as its provider states; before it was calculated back.

For the S&P 500 the day from which it had 500 stocks.
"""

LATE_DAYS = 1096
"""Days before the last forecast from which on many an outcome is not decided."""

_FEW_DRAWS = 1999


EVENTS = (
    *(Target("peak", horizon) for horizon in (0, *HORIZONS)),
    *(Target("new_high", horizon) for horizon in HORIZONS),
    Target("up_first"),
)
DISTRIBUTIONS = (Target("sessions"), Target("gain"))
PEAKS = tuple(Target("peak", horizon) for horizon in HORIZONS)
GOALS = (Target("peak", 60), Target("peak", 120))
"""What the outlook is to be good at, before all else."""


def score(
    forecasts: pl.DataFrame,
    outcomes: pl.DataFrame,
    methods: Sequence[MethodName] = METHODS,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> TrackRecord:
    """Score stored forecasts against stored outcomes.

    All forecasts together and those of indices alone are scored in full. Every other kind of
    instrument, the indices since they were published, every decade (also of the indices alone) and
    every index are scored on the time to the peak and the further gain only.

    An undecided forecast is one of a rally that still runs: whether its peak comes within a horizon
    is known only if the high has moved on beyond it already. What is not known is left out and
    counted.

    Parameters
    ----------
    forecasts, outcomes
        Rows of the lake's tables of these names.
    methods
        To compare.
    progress
        Called with how many groups are done, and of how many.

    Returns
    -------
    TrackRecord
        Without groups where no forecast has an outcome.

    Raises
    ------
    DataError
        A forecast's distribution has another length than its grid.

    Examples
    --------
    >>> import polars as pl
    >>> from springtide.market.tables import polars_schema
    >>> empty = [pl.DataFrame(schema=polars_schema(name)) for name in ("forecasts", "outcomes")]
    >>> score(*empty).whole is None
    True
    """
    aligned = align(forecasts, outcomes, methods)
    parts = list(_parts(aligned.cases))
    groups = []
    for done, (by, name, cases) in enumerate(parts):
        progress(done, len(parts))
        in_full = by == "whole" or (by, name) == ("kind", "index")
        groups.append(_group(by, name, cases, in_full=in_full))
    progress(len(parts), len(parts))
    return _record(aligned, tuple(groups))


def _record(aligned: Aligned, groups: tuple[Group, ...]) -> TrackRecord:
    days = aligned.cases.day
    return TrackRecord(
        methods=aligned.cases.methods,
        made=aligned.made,
        compared=len(days),
        alone=aligned.alone,
        unmatched=aligned.unmatched,
        first=days.min().item() if len(days) else None,
        last=days.max().item() if len(days) else None,
        groups=groups,
    )


def _parts(cases: Cases) -> Iterator[tuple[GroupBy, str, Cases]]:
    """Yield the parts that are scored."""
    if not len(cases):
        return
    yield "whole", "all", cases
    for kind in np.unique(cases.kind).tolist():
        yield "kind", kind, cases.where(cases.kind == kind)
    indices = cases.where(cases.kind == "index")
    published = indices.where(_is_published(indices))
    if 0 < len(published) < len(indices):
        yield "published", "index", published
    by_decade: tuple[tuple[GroupBy, Cases], ...] = (("decade", cases), ("index decade", indices))
    for by, some in by_decade:
        decade = (some.day.astype("datetime64[Y]").astype(np.int64) + 1970) // 10 * 10
        for year in np.unique(decade).tolist():
            yield by, str(year), some.where(decade == year)
    for symbol in np.unique(indices.symbol).tolist():
        yield "market", symbol, indices.where(indices.symbol == symbol)


def _is_published(cases: Cases) -> npt.NDArray[np.bool_]:
    """Return where an index was published already; false for one whose first day is not known."""
    first = [PUBLISHED.get(symbol, date.max) for symbol in cases.symbol.tolist()]
    return cases.day >= np.array(first, dtype="datetime64[D]")


def _group(by: GroupBy, name: str, cases: Cases, *, in_full: bool) -> Group:
    targets = (*EVENTS, *DISTRIBUTIONS) if in_full else (*PEAKS, *DISTRIBUTIONS)
    scored = (_target(target, cases, in_full=in_full) for target in targets)
    symbols = len(np.unique(cases.symbol))
    return Group(by, name, symbols, tuple(one for one in scored if one is not None))


def _target(target: Target, cases: Cases, *, in_full: bool) -> TargetScore | None:
    """Score all methods on one target, None where nothing of it is known."""
    came = _came(target, cases)
    said = {method: _said(target, cases, method) for method in cases.methods}
    said = {method: values for method, values in said.items() if np.isfinite(values).any()}
    is_known = ~np.isnan(came)
    for values in said.values():
        is_known &= np.isfinite(values).all(axis=1)
    if not (said and is_known.any()):
        return None
    known, came = cases.where(is_known), came[is_known]
    said = {method: values[is_known] for method, values in said.items()}
    losses = {method: _losses(target, values, came) for method, values in said.items()}
    return TargetScore(
        target=target,
        forecasts=len(known),
        rallies=len(np.unique(known.rally)),
        months=len(np.unique(known.month)),
        undecided=int(np.isnan(_came(target, cases)).sum()),
        happened=float(came.mean()) if target in EVENTS else float("nan"),
        in_set=_in_set(losses, known) if in_full else (),
        methods=tuple(
            _method(target, method, losses, said[method], came, known, in_full=in_full)
            for method in losses
        ),
        variants=_variants(losses, known) if in_full and target in GOALS else (),
    )


def _method(
    target: Target,
    method: MethodName,
    losses: Mapping[MethodName, FloatArray],
    said: FloatArray,
    came: FloatArray,
    cases: Cases,
    *,
    in_full: bool,
) -> MethodScore:
    parts, bins = _calibration(target, said, came, cases) if in_full else (None, ())
    return MethodScore(
        method=method,
        loss=float(losses[method].mean()),
        skills=_skills(method, losses, cases, DRAWS if in_full else _FEW_DRAWS),
        coverage=_coverage(target, said, came, cases),
        parts=parts,
        bins=bins,
        pit=_histogram(target, said, came) if in_full else (),
        sharpness=_sharpness(target, said) if in_full else float("nan"),
    )


def _came(target: Target, cases: Cases) -> FloatArray:
    """Return what came, NaN where not known yet."""
    if target.name == "sessions":
        return cases.sessions_at_least()
    if target.name == "gain":
        return cases.gain
    if target.name == "up_first":
        return cases.up_first
    horizon = target.horizon or 0
    return cases.peak_came(horizon) if target.name == "peak" else cases.high_came(horizon)


def _said(target: Target, cases: Cases, method: MethodName) -> FloatArray:
    """Return what a method said of a target: one column for an event, all of a distribution's."""
    quantity: Quantity = "peak" if target.name == "sessions" else target.name
    values = cases.said[method, quantity]
    if target.horizon is None:
        return values
    grid = SESSIONS if target.name == "peak" else NEW_HIGH
    place = grid.index(target.horizon)
    return values[:, place : place + 1]


def _losses(target: Target, said: FloatArray, came: FloatArray) -> FloatArray:
    if target in EVENTS:
        return scores.brier(said[:, 0], came)
    return scores.crps(_edges(target), said, came)


def _edges(target: Target) -> tuple[float, ...]:
    return SESSIONS if target.name == "sessions" else GAINS


def _skills(
    method: MethodName,
    losses: Mapping[MethodName, FloatArray],
    cases: Cases,
    draws: int,
    block: int = BLOCK,
) -> tuple[Against, ...]:
    return tuple(
        Against(one, skill(losses[method], losses[one], cases.month, draws=draws, block=block))
        for one in REFERENCES
        if one in losses and one != method
    )


def _variants(losses: Mapping[MethodName, FloatArray], cases: Cases) -> tuple[Variant, ...]:
    """Return the combination's skill where months count alike, rallies once, and so on.

    No weight hangs on what came: rallies that count alike however many months they have would give
    short ones more weight, and with it every forecast that expects the end soon.
    """
    if "combination" not in losses:
        return ()
    ones = np.ones(len(cases))
    until = cases.day.max() - np.timedelta64(LATE_DAYS, "D")
    ways = {
        "every forecast alike": (ones, BLOCK),
        "every month alike": (_shares(cases.month), BLOCK),
        "only the first forecast of every rally": (_first(cases.rally), BLOCK),
        f"blocks of {2 * BLOCK} months": (ones, 2 * BLOCK),
        "without the last three years": ((cases.day <= until).astype(np.float64), BLOCK),
    }
    variants = []
    for name, (weight, block) in ways.items():
        if weight.any():
            weighed = {method: weight * loss for method, loss in losses.items()}
            variants.append(Variant(name, _skills("combination", weighed, cases, DRAWS, block)))
    return tuple(variants)


def _shares(labels: npt.NDArray[np.int64]) -> FloatArray:
    """Return weights that add up to one for every label."""
    _, place, counts = np.unique(labels, return_inverse=True, return_counts=True)
    return 1.0 / counts[place]


def _first(labels: npt.NDArray[np.int64]) -> FloatArray:
    """Return one for the first row of every label, zero for the others; rows are by date."""
    weight = np.zeros(len(labels))
    weight[np.unique(labels, return_index=True)[1]] = 1.0
    return weight


def _in_set(
    losses: Mapping[MethodName, FloatArray], cases: Cases
) -> tuple[tuple[MethodName, float], ...]:
    """Return the p-values of the model confidence set."""
    if len(losses) < 2:
        return ()
    monthly = monthly_means(np.stack(list(losses.values()), axis=1), cases.month)
    return tuple(zip(losses, confidence_set(monthly).tolist(), strict=True))


def _coverage(
    target: Target, said: FloatArray, came: FloatArray, cases: Cases
) -> tuple[Coverage, ...]:
    """Return how often the central intervals of a distribution held what came; none for events."""
    if target in EVENTS:
        return ()
    ends = _ends(target, said, came)
    ones = np.ones(len(cases))
    return tuple(
        Coverage(level, ratio(scores.within(*ends, level), ones, cases.month)) for level in LEVELS
    )


def _ends(target: Target, said: FloatArray, came: FloatArray) -> tuple[FloatArray, FloatArray]:
    return scores.pit(_edges(target), said, came, 1.0 if target.name == "sessions" else 0.0)


def _histogram(target: Target, said: FloatArray, came: FloatArray) -> tuple[float, ...]:
    """Return the PIT histogram of a distribution; none for events."""
    if target in EVENTS:
        return ()
    return tuple(scores.pit_histogram(*_ends(target, said, came)).tolist())


def _sharpness(target: Target, said: FloatArray) -> float:
    if target in EVENTS:
        return float(said[:, 0].std())
    edges = np.asarray(_edges(target), np.float64)
    low, high = (_at_level(edges, said, level) for level in (0.1, 0.9))
    return float((high - low).mean())


def _at_level(edges: FloatArray, said: FloatArray, level: float) -> FloatArray:
    """Return a quantile of each distribution, the last edge where it lies beyond."""
    place = np.minimum((said < level).sum(axis=1), len(edges) - 1)
    rows = np.arange(len(said))
    right, left = said[rows, place], said[rows, np.maximum(place - 1, 0)]
    share = np.clip((level - left) / np.maximum(right - left, 1e-12), 0, 1)
    inside = edges[np.maximum(place - 1, 0)] + share * (
        edges[place] - edges[np.maximum(place - 1, 0)]
    )
    quantile: FloatArray = np.where(place == 0, edges[0], inside)
    return quantile


def _calibration(
    target: Target, said: FloatArray, came: FloatArray, cases: Cases
) -> tuple[scores.Decomposition | None, tuple[scores.Bin, ...]]:
    """Return the parts of an event's Brier score and its bins; neither for distributions."""
    if target not in EVENTS:
        return None, ()
    bins = scores.reliability(said[:, 0], came, cases.month, draws=_FEW_DRAWS)
    return scores.decompose(said[:, 0], came), bins
