"""Results as tables of Polars, and these as tables of pandas."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from springtide.claims.model import Measurement, Outcome
from springtide.claims.schema import params_json
from springtide.market.types import Bars

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

    from springtide.brief.model import Brief
    from springtide.checking.report.model import CheckReport
    from springtide.outlook.model import Outlook


def to_pandas(frame: pl.DataFrame) -> pd.DataFrame:
    """Return a table of Polars as one of pandas: dates as ``datetime64``, a missing number as NaN.

    Examples
    --------
    >>> import polars as pl
    >>> to_pandas(pl.DataFrame({"close": [1.5, None]}))["close"].tolist()
    [1.5, nan]
    """
    import pandas as pd

    columns: dict[str, Any] = {}
    for name, kind in frame.schema.items():
        series = frame[name]
        if kind.is_numeric() or kind.is_temporal():
            columns[name] = series.to_numpy()
        else:
            columns[name] = pd.Series(series.to_list(), dtype="object")
    return pd.DataFrame(columns)


def from_pandas(frame: pd.DataFrame) -> pl.DataFrame:
    """Return a table of pandas as one of Polars; an index of dates becomes the column ``date``.

    A moment with a time zone keeps the date that its own clock shows.
    """
    import polars as pl

    index = frame.index
    if type(index).__name__ == "PeriodIndex":
        index = index.to_timestamp()
    if type(index).__name__ == "DatetimeIndex":
        frame = frame.copy(deep=False)
        frame.insert(0, "date", index)
    columns = {str(name): _column(frame[name]) for name in frame.columns}
    return pl.DataFrame(columns)


def _column(series: pd.Series) -> pl.Series:
    import pandas as pd
    import polars as pl

    kind = pd.api.types
    if kind.is_datetime64_any_dtype(series.dtype):
        if getattr(series.dtype, "tz", None) is not None:
            series = series.dt.tz_localize(None)
        return pl.Series(series.to_numpy(dtype="datetime64[us]"))
    if kind.is_numeric_dtype(series.dtype) and not kind.is_bool_dtype(series.dtype):
        values = series.to_numpy(dtype="float64", na_value=float("nan"))
        return pl.Series(values, nan_to_null=True)
    column = pl.Series([None if value is pd.NA else value for value in series], strict=False)
    if column.dtype == pl.Object:
        return pl.Series([None if value is None else str(value) for value in column.to_list()])
    return column


def on_own_clock(frame: pl.DataFrame) -> pl.DataFrame:
    """Return a table whose moments have no time zone: each as its own clock shows it."""
    import polars as pl

    return frame.with_columns(
        pl.col(name).dt.replace_time_zone(None)
        for name, kind in frame.schema.items()
        if isinstance(kind, pl.Datetime) and kind.time_zone and name != "known_at"
    )


def measurements(measurements: Sequence[Measurement]) -> pl.DataFrame:
    """Return measurements, one a row: yes is 1 and no is 0; parameters are JSON."""
    import polars as pl

    return pl.DataFrame(
        {
            "metric": [one.metric for one in measurements],
            "subject": [one.subject for one in measurements],
            "as_of": [one.as_of for one in measurements],
            "value": [None if one.value is None else float(one.value) for one in measurements],
            "unit": [one.unit for one in measurements],
            "missing": [one.missing for one in measurements],
            "params": [json.dumps(params_json(one.params)) for one in measurements],
        },
        schema={
            "metric": pl.String,
            "subject": pl.String,
            "as_of": pl.Date,
            "value": pl.Float64,
            "unit": pl.String,
            "missing": pl.String,
            "params": pl.String,
        },
    )


def bars(bars: Bars) -> pl.DataFrame:
    """Return daily bars, one a row; a figure that is not known is null."""
    import polars as pl

    columns: dict[str, Any] = {}
    for field in fields(Bars):
        if field.name == "symbol":
            columns["symbol"] = [bars.symbol] * len(bars)
            continue
        values = getattr(bars, field.name)
        name = "date" if field.name == "dates" else field.name
        if name == "source":
            columns[name] = pl.Series(values.tolist(), dtype=pl.String)
        else:
            columns[name] = pl.Series(values, nan_to_null=True)
    return pl.DataFrame(columns)


def brief(made: Brief) -> pl.DataFrame:
    """Return the statements of a brief, one a row, with the section and sentence of each."""
    import polars as pl

    told = [
        (section.key, sentence.text[made.languages[0]], statement.measurement)
        for section in made.sections
        for sentence in section.sentences
        for statement in sentence.statements
    ]
    table = measurements([measurement for _, _, measurement in told])
    return table.select(
        pl.Series("section", [key for key, _, _ in told], dtype=pl.String),
        pl.all(),
        pl.Series("sentence", [text for _, text, _ in told], dtype=pl.String),
    )


def outlook(made: Outlook) -> pl.DataFrame:
    """Return what each method gives: the probability of each event by its horizon.

    ``event`` is ``peak`` (the top is in, or comes within so many sessions), ``gain`` (the further
    gain to the top is at most this fraction), ``new_high`` (a new high within so many sessions) or
    ``up_first`` (a rise by the fraction before a fall by it); ``at`` is the sessions or fraction.
    """
    import polars as pl

    from springtide.outlook.model import GAINS, MOVE, NEW_HIGH, SESSIONS

    rows = []
    for one in made.forecasts:
        for event, grid, values in (
            ("peak", SESSIONS, one.peak),
            ("gain", GAINS, one.gain),
            ("new_high", NEW_HIGH, one.new_high),
            ("up_first", (MOVE,), (one.up_first,)),
        ):
            rows += [
                (made.subject, made.as_of, one.method, event, float(at), float(value))
                for at, value in zip(grid, values, strict=True)
            ]
    names = ("subject", "as_of", "method", "event", "at", "probability")
    kinds = (pl.String, pl.Date, pl.String, pl.String, pl.Float64, pl.Float64)
    schema = dict(zip(names, kinds, strict=True))
    return pl.DataFrame(rows, schema=schema, orient="row").with_columns(
        pl.col("probability").fill_nan(None)
    )


def check(report: CheckReport) -> pl.DataFrame:
    """Return the numbers of an article, one a row, with the verdict of the claim each is in."""
    from springtide.checking.report.json import check_json
    from springtide.checking.report.rows import number_rows, table_of

    return table_of(number_rows(check_json(report), report.source, Path(report.source)))


def calls(outcomes: Sequence[Outcome]) -> pl.DataFrame:
    """Return calls, one a row, with what came of them."""
    import polars as pl

    from springtide.calls.ledger import identity

    claims = [one.call.claim for one in outcomes]
    return pl.DataFrame(
        {
            "made": [one.call.made for one in outcomes],
            "subject": [claim.subject for claim in claims],
            "metric": [claim.metric for claim in claims],
            "params": [json.dumps(params_json(claim.params)) for claim in claims],
            "due": [one.call.due for one in outcomes],
            "source": [one.call.source for one in outcomes],
            "probability": [one.call.probability for one in outcomes],
            "happened": [one.happened for one in outcomes],
            "decided_on": [one.decided_on for one in outcomes],
            "brier": [one.brier for one in outcomes],
            "id": [identity(one.call) for one in outcomes],
            "status": [one.status for one in outcomes],
            "base_rate": [
                None if rate is None or rate.is_poor else rate.value
                for rate in (one.call.base_rate for one in outcomes)
            ],
        },
        schema={
            "made": pl.Date,
            "subject": pl.String,
            "metric": pl.String,
            "params": pl.String,
            "due": pl.Date,
            "source": pl.String,
            "probability": pl.Float64,
            "happened": pl.Boolean,
            "decided_on": pl.Date,
            "brier": pl.Float64,
            "id": pl.String,
            "status": pl.String,
            "base_rate": pl.Float64,
        },
    )
