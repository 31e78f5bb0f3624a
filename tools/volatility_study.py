"""Which forecast of variance is best: the table on volatility in docs/evidence/outlook.md.

    python tools/volatility_study.py LAKE

Reads the indices of a lake (and the VIX where it holds it), forecasts the mean variance of the
coming 20 to 250 sessions every week with what was known at the last year's end, and prints how much
lower the QLIKE of each forecast is than that of GARCH(1,1), with 95% intervals, and the R² of its
logs.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numba
import numpy as np
import numpy.typing as npt
import polars as pl
from scipy.optimize import minimize

from springtide.market.closes import Closes
from springtide.market.lake import Lake
from springtide.numerics.garch import Garch, fit_garch, variances
from springtide.numerics.resampling import skill
from springtide.numerics.volatility import (
    fit_log_linear,
    garman_klass,
    parkinson,
    qlike,
    rogers_satchell,
    yang_zhang,
)
from springtide.outlook.panel import load_panel
from springtide.outlook.simulation import MOST, year_start
from springtide.outlook.volatility import HORIZONS, state

Array = npt.NDArray[np.float64]

EVERY, FIRST, LEAST = 5, 260, 250
RANGES = ("Parkinson", "Garman-Klass", "Rogers-Satchell", "Yang-Zhang")
AMERICAN = ("SPX", "NDX", "IXIC")
DRAWS = 999
_CALMEST = 1e-7


@dataclass(frozen=True)
class Rows:
    """Weekly origins of all indices: what was known, what came, and single-series forecasts."""

    day: npt.NDArray[np.int64]
    state: Array
    ranges: Mapping[str, Array]
    vix: Array
    realised: Array
    known: npt.NDArray[np.int64]
    forecasts: Mapping[str, Array]


@numba.njit(cache=True)
def component(theta: np.ndarray, shocks: np.ndarray, level: float, last: np.ndarray) -> float:
    """Return the loss of a component GARCH (Engle and Lee 1999); ``last`` takes where it ends."""
    slow = 0.95 + 0.0499 / (1 + np.exp(-theta[0]))
    fast = 0.95 / (1 + np.exp(-theta[1]))
    alpha = fast / (1 + np.exp(-theta[2]))
    phi = 0.08 / (1 + np.exp(-theta[3]))
    long_run = level * np.exp(theta[4])
    trend, short, total = level, 0.0, 0.0
    for t in range(len(shocks)):
        variance = max(trend + short, 1e-3 * level)
        square = shocks[t] * shocks[t]
        total += np.log(variance) + square / variance
        trend = long_run * (1 - slow) + slow * trend + phi * (square - variance)
        trend = max(trend, 1e-3 * level)
        short = fast * short + alpha * (square - variance)
    last[:] = (trend, short, slow, fast, long_run)
    return total / len(shocks)


def fit_component(shocks: Array) -> Array:
    """Return the numbers under which a component GARCH is likeliest."""
    level, last = float(np.mean(shocks**2)), np.empty(5)
    start = np.array([1.5, 1.5, -2.2, -1.0, 0.0])
    least = minimize(
        lambda x: component(np.clip(x, -12, 12), shocks, level, last),
        start,
        method="Nelder-Mead",
        options={"maxiter": 500, "xatol": 1e-3, "fatol": 1e-7},
    )
    best: Array = np.clip(least.x, -12, 12)
    return best


def component_ahead(theta: Array, shocks: Array, level: float) -> list[float]:
    """Return the mean variance that it expects over each horizon after the last shock."""
    last = np.empty(5)
    component(theta, shocks, level, last)
    trend, short, slow, fast, long_run = last.tolist()

    def mean(left: float, steps: int) -> float:
        return (1 - left**steps) / (steps * (1 - left))

    return [
        max(long_run + (trend - long_run) * mean(slow, n) + short * mean(fast, n), _CALMEST)
        for n in HORIZONS
    ]


def ahead(garch: Garch, shocks: Array) -> list[float]:
    """Return the mean variance that a GARCH process expects over each horizon."""
    _, variance = variances(shocks, garch)
    return [garch.mean_ahead(variance, n) for n in HORIZONS]


def single(series: Closes, rows: npt.NDArray[np.int64]) -> dict[str, Array]:
    """Forecast by processes of one series, with the parameters of the last year's end."""
    returns = np.diff(np.log(series.close))
    names = ("GARCH(1,1)", "GJR", "component GARCH")
    made = {name: np.full((len(rows), len(HORIZONS)), np.nan) for name in names}
    starts = np.array([year_start(int(day)) for day in series.days[rows]])
    for start in np.unique(starts):
        held = int(np.searchsorted(series.days, start)) - 1
        sample = returns[max(0, held - MOST) : held]
        if len(sample) < LEAST:
            continue
        centre = sample.mean()
        shocks, level = sample - centre, float(np.mean((sample - centre) ** 2))
        plain, falls, parts = (
            fit_garch(shocks),
            fit_garch(shocks, falls=True),
            fit_component(shocks),
        )
        for k in np.flatnonzero(starts == start):
            past = returns[max(0, held - MOST) : rows[k]] - centre
            if plain is not None and falls is not None:
                made["GARCH(1,1)"][k] = ahead(plain, past)
                made["GJR"][k] = ahead(falls, past)
            made["component GARCH"][k] = component_ahead(parts, past, level)
    return made


def range_states(
    bars: pl.DataFrame, series: Closes, rows: npt.NDArray[np.int64]
) -> dict[str, Array]:
    """Return logs of range variances over 20 and 60 sessions against those of closes, else 0."""
    days = pl.DataFrame({"date": series.days})
    joined = days.join(bars, on="date", how="left", maintain_order="left")
    o, h, low = (joined[name].to_numpy().astype(float) for name in ("open", "high", "low"))
    c = series.close
    there = np.isfinite(o + h + low) & (h > low)
    o, h, low = (np.where(there, each, np.nan) for each in (o, h, low))
    night = np.append(np.nan, np.log(o[1:] / c[:-1]) ** 2)
    daily = {
        "Parkinson": parkinson(h, low),
        "Garman-Klass": night + garman_klass(o, h, low, c),
        "Rogers-Satchell": night + rogers_satchell(o, h, low, c),
    }
    states = {}
    for name in RANGES:
        columns = []
        for n, column in ((20, 1), (60, 2)):
            if name == "Yang-Zhang":
                level = yang_zhang(o, h, low, c, n)[rows]
            else:
                views = np.lib.stride_tricks.sliding_window_view(daily[name], n)
                level = views.mean(axis=1)[rows - n + 1]
            gap = np.log(np.maximum(level, 1e-8)) - state(c, rows)[:, column]
            columns.append(np.where(np.isfinite(gap), np.clip(gap, -2, 2), 0.0))
        states[name] = np.column_stack([*columns, np.isfinite(level)])
    return states


def vix_state(series: Closes, rows: npt.NDArray[np.int64], vix: pl.DataFrame) -> Array:
    """Return the log of the variance that the VIX implies against the last month's; 0 for none."""
    nothing = np.zeros((len(rows), 2))
    if series.symbol not in AMERICAN or vix.is_empty():
        return nothing
    days = pl.DataFrame({"date": series.days[rows]})
    level = days.join_asof(vix, on="date", tolerance=7)["close"].to_numpy().astype(float)
    gap = 2 * np.log(level / 100) - np.log(250) - state(series.close, rows)[:, 1]
    there = np.isfinite(gap)
    return np.column_stack([np.where(there, np.clip(gap, -3, 3), 0.0), there])


def rows_of(lake: Lake) -> Rows:
    """Gather the origins of all indices of a lake."""
    bars = lake.snapshot("bars").scan()
    panel = load_panel(bars, lake.snapshot("observations").scan())
    indices = [one for one in panel if one.is_index and one.symbol != "VIX"]
    dated = bars.with_columns(pl.col("date").cast(pl.Int32).cast(pl.Int64))
    vix = dated.filter(pl.col("symbol") == "VIX").select("date", "close").sort("date").collect()
    parts = []
    for series in indices:
        rows = np.arange(FIRST, len(series) - 1, EVERY)
        of_one = dated.filter(pl.col("symbol") == series.symbol)
        own = of_one.select("date", "open", "high", "low").unique("date", keep="last").collect()
        squares = np.concatenate([[0.0], np.cumsum(np.diff(np.log(series.close)) ** 2)])
        realised = np.full((len(rows), len(HORIZONS)), np.nan)
        known = np.full(realised.shape, np.iinfo(np.int64).max)
        for k, n in enumerate(HORIZONS):
            inside = rows + n < len(series)
            realised[inside, k] = (squares[rows[inside] + n] - squares[rows[inside]]) / n
            known[inside, k] = series.days[rows[inside] + n]
        parts.append(
            Rows(
                series.days[rows], state(series.close, rows), range_states(own, series, rows),
                vix_state(series, rows, vix), realised, known, single(series, rows),
            )
        )  # fmt: skip
    return Rows(
        day=np.concatenate([one.day for one in parts]),
        state=np.concatenate([one.state for one in parts]),
        ranges={name: np.concatenate([one.ranges[name] for one in parts]) for name in RANGES},
        vix=np.concatenate([one.vix for one in parts]),
        realised=np.concatenate([one.realised for one in parts]),
        known=np.concatenate([one.known for one in parts]),
        forecasts={
            name: np.concatenate([one.forecasts[name] for one in parts])
            for name in parts[0].forecasts
        },
    )


Fit = Callable[[npt.NDArray[np.bool_], npt.NDArray[np.bool_]], Array]


def walked(rows: Rows, k: int, fit: Fit) -> Array:
    """Forecast each year by what is fitted to all that was known before it."""
    starts = np.array([year_start(int(day)) for day in rows.day])
    made = np.full(len(rows.day), np.nan)
    for start in np.unique(starts):
        seen = (rows.known[:, k] < start) & (rows.realised[:, k] > 0)
        if seen.sum() >= LEAST:
            now = starts == start
            made[now] = fit(seen, now)
    return made


def _log_linear(x: Array, came: Array) -> Fit:
    def fit(seen: npt.NDArray[np.bool_], now: npt.NDArray[np.bool_]) -> Array:
        made = fit_log_linear(x[seen], came[seen]).predict(x[now])
        # Ranges begin late: of what was hardly ever seen nothing beyond all experience is said.
        return np.clip(made, came[seen].min(), came[seen].max())

    return fit


def pooled(rows: Rows, k: int) -> Iterator[tuple[str, Array]]:
    """Yield the forecasts whose slopes all indices share."""
    came, past = rows.realised[:, k], rows.state
    sets = {
        "log-HAR": past[:, :4],
        "log-HAR, last changes": past,
        **{f"and {name}": np.hstack([past, rows.ranges[name]]) for name in RANGES},
        "and the VIX": np.hstack([past, rows.vix]),
    }
    for name, x in sets.items():
        yield name, walked(rows, k, _log_linear(x, came))
    levels = np.column_stack([np.ones(len(past)), np.exp(past[:, :4])])

    def linear(seen: npt.NDArray[np.bool_], now: npt.NDArray[np.bool_]) -> Array:
        slopes = np.linalg.lstsq(levels[seen], came[seen], rcond=None)[0]
        made: Array = np.maximum(levels[now] @ slopes, 0.1 * levels[now, 4])
        return made

    yield "HAR in levels", walked(rows, k, linear)


def combined(rows: Rows, k: int, said: Mapping[str, Array]) -> Array:
    """Return the geometric mean of forecasts with the weights of the lowest past QLIKE."""
    names = [name for name in said if not name.startswith("and ") or name == "and Rogers-Satchell"]
    logs = np.column_stack([np.log(np.maximum(said[name], 1e-8)) for name in names])
    came, equal = rows.realised[:, k], np.full(len(names), 1 / len(names))

    def fit(seen: npt.NDArray[np.bool_], now: npt.NDArray[np.bool_]) -> Array:
        seen = seen & np.isfinite(logs).all(axis=1)
        weights = equal
        if seen.sum() >= 2 * LEAST:
            past, real = logs[seen], came[seen]

            def loss(w: Array) -> tuple[float, Array]:
                ratio = real * np.exp(-past @ w)
                return float((ratio + past @ w).mean()), ((1 - ratio)[:, None] * past).mean(axis=0)

            whole = {"type": "eq", "fun": lambda w: w.sum() - 1}
            bounds = [(0, 1)] * len(names)
            weights = minimize(
                loss, equal, jac=True, bounds=bounds, constraints=whole, method="SLSQP"
            ).x
        return np.asarray(np.exp(logs[now] @ weights))

    return walked(rows, k, fit)


def main(arguments: Sequence[str]) -> None:
    """Print the table."""
    rows = rows_of(Lake.open(arguments[0]))
    month = rows.day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    for k, horizon in enumerate(HORIZONS):
        said = {name: each[:, k] for name, each in rows.forecasts.items()} | dict(pooled(rows, k))
        said["all by past QLIKE"] = combined(rows, k, said)
        came = rows.realised[:, k]
        shared = np.isfinite(came) & (came > 0)
        for each in said.values():
            shared &= np.isfinite(each) & (each > 0)
        at = np.flatnonzero(shared)[np.argsort(rows.day[shared], kind="stable")]
        base = qlike(said["GARCH(1,1)"][at], came[at])
        print(f"{horizon} sessions: {len(at):,} weeks, QLIKE of GARCH(1,1) {base.mean():.3f}")
        for name, each in said.items():
            better = skill(qlike(each[at], came[at]), base, month[at], draws=DRAWS)
            share = np.corrcoef(np.log(each[at]), np.log(came[at]))[0, 1] ** 2
            print(
                f"  {name:24} {100 * better.value:+.1f} ({100 * better.low:+.1f} to "
                f"{100 * better.high:+.1f}), R² {share:.2f}"
            )


if __name__ == "__main__":
    main(sys.argv[1:])
