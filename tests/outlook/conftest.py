"""Stored tables with a known truth."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import numpy as np
import polars as pl
import pytest

from springtide.market.tables import polars_schema
from springtide.outlook.model import GAINS, NEW_HIGH, SESSIONS
from springtide.outlook.record import TrackRecord
from springtide.outlook.scoring import score

WRITTEN = datetime(2020, 1, 15, tzinfo=UTC)


@dataclass(frozen=True)
class Tables:
    forecasts: pl.DataFrame
    outcomes: pl.DataFrame


def distribution(grid: tuple[float, ...], atom: np.ndarray, scale: np.ndarray) -> np.ndarray:
    """Return an atom at zero and an exponential rest, a row for each pair."""
    points = np.asarray(grid)
    rest = 1 - np.exp(-points / scale[:, None])
    return atom[:, None] + (1 - atom[:, None]) * rest


def drawn(grid: tuple[float, ...], said: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Draw outcomes from distributions linear between a grid's points; NaN beyond the last."""
    level = rng.random(len(said))
    found = np.array([np.interp(u, row, grid) for u, row in zip(level, said, strict=True)])
    return np.where(level > said[:, -1], np.nan, found)


@pytest.fixture(scope="session")
def simulated() -> Callable[..., Tables]:
    """Make tables in which ``combination`` says the true distribution of every case.

    ``climatology`` says the average of them, ``garch`` the truth with its odds bent away, and
    ``random_walk`` the same for everybody, far off.
    """

    def make(years: int = 20, symbols: int = 6, seed: int = 1, first: int = 2000) -> Tables:
        rng = np.random.default_rng(seed)
        months = [date(first + k // 12, k % 12 + 1, 28) for k in range(12 * years)]
        count = len(months) * symbols
        atom = rng.uniform(0.05, 0.9, count)
        scale = rng.uniform(30, 250, count)
        truth = {
            "peak": distribution(SESSIONS, atom, scale),
            "gain": distribution(GAINS, atom, scale / 400),
            "new_high": distribution((0.0, *NEW_HIGH), np.zeros(count), scale)[:, 1:],
            "up_first": rng.uniform(0.1, 0.9, (count, 1)),
        }
        methods = {
            "combination": truth,
            "climatology": {k: np.tile(v.mean(axis=0), (count, 1)) for k, v in truth.items()},
            "garch": {k: v**1.5 for k, v in truth.items()},
            "random_walk": {k: np.full_like(v, 0.5) for k, v in truth.items()},
        }
        symbol = np.repeat([f"S{k}" for k in range(symbols)], len(months))
        kind = np.where(np.isin(symbol, ["S0", "S1", "S2"]), "index", "stock")
        day = months * symbols
        key = {
            "symbol": symbol,
            "date": day,
            "kind": kind,
            "run": ["first"] * count,
            "known_at": [WRITTEN] * count,
        }
        forecasts = [
            pl.DataFrame(
                {
                    **key,
                    "method": [method] * count,
                    **{q: said[q].tolist() for q in ("peak", "gain", "new_high")},
                    "up_first": said["up_first"][:, 0],
                    "cases": [100.0] * count,
                }
            )
            for method, said in methods.items()
        ]
        sessions = np.ceil(drawn(SESSIONS, truth["peak"], rng))
        runs = np.isnan(sessions)
        gain = drawn(GAINS, truth["gain"], rng)
        gain = np.where(np.isnan(gain), 9.0, gain)
        high = np.ceil(drawn((0.0, *NEW_HIGH), _with_zero(truth["new_high"]), rng))
        outcomes = pl.DataFrame(
            {
                **key,
                "start": [one.replace(month=1, day=2) for one in day],
                "sessions": sessions,
                "gain": np.where(runs, np.nan, gain),
                "passed": np.where(runs, 900.0, sessions),
                "decided": [
                    None if is_running else one + timedelta(days=int(1.5 * after) + 60)
                    for one, after, is_running in zip(
                        day, np.nan_to_num(sessions), runs, strict=True
                    )
                ],
                "new_high": high,
                "watched": np.full(count, 1000.0),
                "up_first": (rng.random(count) < truth["up_first"][:, 0]).astype(float),
                "move_decided": day,
            }
        )
        said_schema, came_schema = polars_schema("forecasts"), polars_schema("outcomes")
        return Tables(
            pl.concat(forecasts).select(pl.col(n).cast(t) for n, t in said_schema.items()),
            outcomes.select(pl.col(n).cast(t) for n, t in came_schema.items()).with_columns(
                pl.col(pl.Float64).fill_nan(None)
            ),
        )

    return make


def _with_zero(said: np.ndarray) -> np.ndarray:
    return np.concatenate([np.zeros((len(said), 1)), said], axis=1)


@pytest.fixture(scope="session")
def long_tables(simulated: Callable[..., Tables]) -> Tables:
    """Twenty years of six instruments, three of them indices."""
    return simulated(years=20, symbols=6)


@pytest.fixture(scope="session")
def record(long_tables: Tables) -> TrackRecord:
    return score(long_tables.forecasts, long_tables.outcomes)
