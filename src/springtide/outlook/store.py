"""Forecasts and outcomes as rows of the lake, so that scores can be recomputed and disputed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np

from springtide.outlook.curves import TARGETS, Curves
from springtide.outlook.landmarks import NEVER, Landmarks, known
from springtide.outlook.model import MethodName

if TYPE_CHECKING:
    import polars as pl

    from springtide.market.lake import Lake
    from springtide.market.tables import Table


def append(lake: Lake, table: Table, rows: pl.DataFrame) -> None:
    """Add rows to a table in one commit."""
    import polars as pl

    stamped = rows.with_columns(known_at=pl.lit(datetime.now(UTC)))
    lake.append(table, lambda _: stamped)


def forecast_rows(
    landmarks: Landmarks, curves: Curves, method: MethodName, run: str
) -> pl.DataFrame:
    """Return the rows of the forecasts that were given."""
    import polars as pl

    given = np.flatnonzero(curves.given)
    columns: dict[str, object] = {
        name: getattr(curves, name)[given].round(6).tolist() for name in TARGETS
    }
    return pl.DataFrame(
        _where(landmarks.take(given))
        | columns
        | {
            "method": method,
            "up_first": curves.up_first[given],
            "cases": curves.cases[given],
            "run": run,
        },
        schema_overrides={name: pl.List(pl.Float64) for name in TARGETS},
    )


def outcome_rows(landmarks: Landmarks, run: str) -> pl.DataFrame:
    """Return the rows of what came of each landmark, as far as the data go."""
    import polars as pl

    ended = landmarks.decided < NEVER
    seen = known(landmarks, NEVER - 1)
    moved, risen = landmarks.move_day < NEVER, landmarks.new_high < NEVER
    return pl.DataFrame(
        {
            **_where(landmarks),
            "start": _dates(landmarks.start_day),
            "sessions": np.where(ended, landmarks.sessions, np.nan),
            "gain": np.where(ended, np.expm1(landmarks.further), np.nan),
            "passed": seen.sessions,
            "decided": _dates(landmarks.decided),
            "new_high": np.where(risen, landmarks.new_high, np.nan).astype(np.float64),
            "watched": landmarks.watched.astype(np.float64),
            "up_first": np.where(moved, landmarks.up_first, np.nan),
            "move_decided": _dates(landmarks.move_day),
            "run": run,
        }
    ).with_columns(pl.col(pl.Float64).fill_nan(None))


def stored(lake: Lake, run: str, method: MethodName, landmarks: Landmarks) -> Curves:
    """Return the forecasts of a method that an earlier, interrupted run has stored."""
    import polars as pl

    curves = Curves.empty(len(landmarks))
    rows = (
        lake.snapshot("forecasts")
        .scan()
        .filter((pl.col("run") == run) & (pl.col("method") == method))
        .collect()
    )
    if rows.is_empty():
        return curves
    wanted = pl.DataFrame(_where(landmarks)).with_row_index("row")
    there = rows.join(wanted.select("symbol", "date", "row"), on=["symbol", "date"])
    there = there.unique("row")
    where = there["row"].to_numpy()
    grids = [np.array(there[name].to_list(), dtype=np.float64) for name in TARGETS]
    up_first, cases = there["up_first"].to_numpy(), there["cases"].to_numpy()
    curves.put(where, Curves(grids[0], grids[1], grids[2], up_first, cases))
    return curves


def _where(landmarks: Landmarks) -> dict[str, object]:
    import polars as pl

    symbols = np.array(landmarks.symbols, dtype=object)
    kinds = np.array(landmarks.kinds, dtype=object)
    return {
        "symbol": pl.Series(symbols[landmarks.series].tolist(), dtype=pl.String),
        "date": _dates(landmarks.day),
        "kind": pl.Series(kinds[landmarks.series].tolist(), dtype=pl.String),
    }


def _dates(days: np.ndarray) -> pl.Series:
    import polars as pl

    known_days = pl.Series([None if day >= NEVER else int(day) for day in days], dtype=pl.Int32)
    return known_days.cast(pl.Date)
