"""Forecasts set beside what came of them: the stored tables as arrays, row by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import numpy.typing as npt

from springtide.errors import DataError
from springtide.outlook.model import GAINS, METHODS, NEW_HIGH, SESSIONS, MethodName

if TYPE_CHECKING:
    import polars as pl

FloatArray = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

Quantity = Literal["peak", "gain", "new_high", "up_first"]
"""What a stored forecast is of: its column in the table."""

_WIDTHS: Mapping[Quantity, int] = {
    "peak": len(SESSIONS),
    "gain": len(GAINS),
    "new_high": len(NEW_HIGH),
    "up_first": 1,
}


@dataclass(frozen=True, slots=True)
class Cases:
    """Forecasts that every one of some methods made, and their outcomes; n rows, by date.

    Attributes
    ----------
    methods
        Those compared, in the order of :data:`springtide.outlook.model.METHODS`.
    symbol, kind
        Of the instrument, shape (n,).
    day
        Session of the forecast, ``datetime64[D]``, shape (n,).
    month
        Its calendar month as a running number, shape (n,).
    rally
        Running number of the rally, shape (n,).
    said
        By method and quantity, what was forecast: shape (n, k), k the length of its grid.
    sessions, gain
        To the peak and up to it; NaN while the rally runs. Shape (n,).
    passed
        Sessions after the day at which the highest close so far stands, as last known; the peak of
        a running rally is at least so far away. NaN where not known. Shape (n,).
    new_high, watched
        Sessions to the first close above the high (NaN: none so far), and how many sessions of data
        there are after the day. Shape (n,).
    up_first
        1 where the rise came before the fall, 0 the other way round, NaN neither yet. Shape (n,).
    decided, known
        Day on which the fall confirmed the peak (NaT: not yet), and on which the row was written,
        ``datetime64[D]``, shape (n,).
    """

    methods: tuple[MethodName, ...]
    symbol: npt.NDArray[np.str_]
    kind: npt.NDArray[np.str_]
    day: npt.NDArray[np.datetime64]
    month: npt.NDArray[np.int64]
    rally: npt.NDArray[np.int64]
    said: Mapping[tuple[MethodName, Quantity], FloatArray]
    sessions: FloatArray
    gain: FloatArray
    passed: FloatArray
    new_high: FloatArray
    watched: FloatArray
    up_first: FloatArray
    decided: npt.NDArray[np.datetime64]
    known: npt.NDArray[np.datetime64]

    def __len__(self) -> int:
        return len(self.day)

    def where(self, mask: Mask) -> Cases:
        """Return the rows of a mask, shape (n,)."""
        rows = {
            field.name: getattr(self, field.name)[mask]
            for field in fields(self)
            if field.name not in ("methods", "said")
        }
        said = {key: values[mask] for key, values in self.said.items()}
        return replace(self, said=said, **rows)

    def peak_came(self, horizon: int) -> FloatArray:
        """Return 1 where the peak came within so many sessions (0: was in), 0 where not.

        NaN where it is not known: the rally runs, and its high has not moved on beyond the horizon.
        """
        known = np.where(self.sessions <= horizon, 1.0, 0.0)
        running = np.where(self.passed > horizon, 0.0, np.nan)
        return np.where(np.isnan(self.sessions), running, known)

    def high_came(self, horizon: int) -> FloatArray:
        """Return 1 where a new high came within so many sessions, 0 where not.

        NaN where there are fewer sessions of data, even if a new high has come already: otherwise
        the last months would show nothing but successes.
        """
        return np.where(self.watched >= horizon, self.new_high <= horizon, np.nan)

    def sessions_at_least(self) -> FloatArray:
        """Return the sessions to the peak; infinity where it is beyond the grid; NaN if unknown."""
        running = np.where(self.passed > SESSIONS[-1], np.inf, np.nan)
        return np.where(np.isnan(self.sessions), running, self.sessions)


@dataclass(frozen=True, slots=True)
class Aligned:
    """The cases of two tables, and how many rows did not become one.

    ``made`` counts the forecasts of each method, ``alone`` the dates that some compared method left
    out, ``unmatched`` those without a row of outcomes.
    """

    cases: Cases
    made: tuple[tuple[MethodName, int], ...]
    alone: int
    unmatched: int


def align(
    forecasts: pl.DataFrame, outcomes: pl.DataFrame, methods: Sequence[MethodName] = METHODS
) -> Aligned:
    """Set forecasts beside their outcomes, those dates only that all methods forecast.

    Parameters
    ----------
    forecasts, outcomes
        Rows of the lake's tables of these names. Where they hold several runs, the one whose
        outcomes were written last counts; within it, of rows with one key, the one written last.
    methods
        To compare; one that made no forecast at all is left out.

    Returns
    -------
    Aligned
        With the cases by date and symbol; there may be none.

    Raises
    ------
    DataError
        A forecast's distribution has another length than its grid.

    Examples
    --------
    >>> import polars as pl
    >>> from springtide.market.tables import polars_schema
    >>> empty = [pl.DataFrame(schema=polars_schema(name)) for name in ("forecasts", "outcomes")]
    >>> len(align(*empty).cases)
    0
    """
    import polars as pl

    key = ["symbol", "date"]
    in_run = pl.col("run").eq_missing(pl.lit(_last_run(outcomes), pl.String))
    said = forecasts.filter(in_run, pl.col("method").is_in(list(methods))).sort("known_at")
    said = said.unique([*key, "method"], keep="last", maintain_order=True)
    came = outcomes.filter(in_run).sort("known_at").unique(key, keep="last", maintain_order=True)
    counts = dict(said.group_by("method").len().iter_rows())
    present = tuple(method for method in METHODS if counts.get(method))
    dates = said.group_by(key).len()
    shared = dates.filter(pl.col("len") == len(present)).drop("len")
    rows = shared.join(came, on=key, how="inner").sort("date", "symbol")
    cases = Cases(
        methods=present,
        said={
            (method, quantity): values
            for method in present
            for quantity, values in _said(said.filter(pl.col("method") == method), rows).items()
        },
        **_outcomes(rows),
    )
    made = tuple((method, int(counts[method])) for method in present)
    return Aligned(cases, made, len(dates) - len(shared), len(shared) - len(rows))


def _last_run(outcomes: pl.DataFrame) -> str | None:
    """Return the run whose outcomes were written last."""
    ordered = outcomes.sort("known_at")["run"].to_list()
    return ordered[-1] if ordered else None


def _said(forecasts: pl.DataFrame, rows: pl.DataFrame) -> dict[Quantity, FloatArray]:
    """Return one method's distributions in the order of the rows."""
    import polars as pl

    key = ["symbol", "date"]
    ordered = rows.select(key).join(
        forecasts.select(*key, *_WIDTHS), on=key, how="left", maintain_order="left"
    )
    columns: dict[Quantity, FloatArray] = {}
    for quantity, width in _WIDTHS.items():
        column = ordered[quantity]
        if column.dtype == pl.List:
            if not (column.list.len() == width).all():
                raise DataError(
                    f"A stored forecast's {quantity} does not have the {width} points of its grid",
                    hint="It was made by another version: run springtide backtest again",
                )
            column = column.explode()
        columns[quantity] = column.cast(pl.Float64).to_numpy().reshape(len(rows), width)
    return columns


def _outcomes(rows: pl.DataFrame) -> dict[str, Any]:
    """Return the arrays of the outcomes."""
    import polars as pl

    numbers = ("sessions", "gain", "passed", "new_high", "watched", "up_first")
    day = rows["date"].to_numpy().astype("datetime64[D]")
    rally = rows.select(pl.struct("symbol", "start").rank("dense")).to_series()
    return {
        "symbol": rows["symbol"].to_numpy().astype(np.str_),
        "kind": rows["kind"].to_numpy().astype(np.str_),
        "day": day,
        "month": day.astype("datetime64[M]").astype(np.int64),
        "rally": rally.to_numpy().astype(np.int64),
        **{name: rows[name].cast(pl.Float64).to_numpy().astype(np.float64) for name in numbers},
        "decided": rows["decided"].to_numpy().astype("datetime64[D]"),
        "known": rows["known_at"].dt.date().to_numpy().astype("datetime64[D]"),
    }
