"""The dates of rows beside the calendars: weekends, holidays, and sessions without a row."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from springtide.market import calendars
from springtide.market.findings import SHOWN, Findings, runs_of
from springtide.market.history import repeats

if TYPE_CHECKING:
    import polars as pl

Mask = npt.NDArray[np.bool_]
Runs = list[tuple[str, str, int, int]]
"""For each symbol: it, its calendar, and where its rows start and stop."""


def on_sessions(
    rows: pl.DataFrame, calendar_of: Callable[[str], str], findings: Findings
) -> pl.DataFrame:
    """Compare the dates with the calendars: weekend days are refused, other differences named."""
    import polars as pl

    if rows.is_empty():
        return rows
    runs = [(symbol, calendar_of(symbol), start, stop) for symbol, start, stop in runs_of(rows)]
    days = rows["date"].to_physical().to_numpy()
    session = _is_session(days, runs)
    _warn_of_missing(rows, days, session, runs, findings)
    if session.all():
        return rows
    odd = rows.filter(pl.Series(~session))
    weekend = odd.filter(pl.col("date").dt.weekday() > 5)
    findings.refuse(weekend, lambda row: f"{row['date']:%A} is not a session of its market")
    _warn_of_holidays(rows, session, findings)
    if weekend.is_empty():
        return rows
    return rows.filter(~pl.col("_row").is_in(weekend["_row"].implode()))


def _warn_of_holidays(rows: pl.DataFrame, session: Mask, findings: Findings) -> None:
    """Warn of rows on weekdays without a session, apart those that only repeat the row before."""
    at = np.flatnonzero(~session)
    at = at[(rows["date"][at].dt.weekday() <= 5).to_numpy()]
    again = _repeats(rows, at)
    for chosen, what in (
        (
            at[again],
            "repeat the close before on weekdays that are no session of their "
            "market, such as {days}; they are stored, and left out of every measurement",
        ),
        (
            at[~again],
            "are on weekdays that are no session of their market, such as {days}; they are kept",
        ),
    ):
        if len(chosen):
            days = rows["date"][chosen].unique().sort().head(SHOWN).to_list()
            listed = ", ".join(map(str, days))
            findings.warnings.append(f"{len(chosen)} rows {what.format(days=listed)}")


def _repeats(rows: pl.DataFrame, at: npt.NDArray[np.int64]) -> Mask:
    """Tell which of some rows repeat the close of the row before, of the same symbol."""
    before = np.maximum(at - 1, 0)
    same = (rows["symbol"][at] == rows["symbol"][before]).fill_null(False).to_numpy()
    close = rows["close"]
    told: Mask = repeats(close[before].to_numpy(), close[at].to_numpy()) & same & (at > 0)
    return told


def _is_session(days: npt.NDArray[np.int32], runs: Runs) -> Mask:
    """Tell for each row whether its date is a session; True beyond the calendar's reach."""
    first, last = int(days.min()), int(days.max())
    tables = {code: _session_table(code, first, last) for code in {run[1] for run in runs}}
    if len(tables) == 1:
        return next(iter(tables.values()))[days - first]
    result = np.ones(len(days), dtype=np.bool_)
    for _, code, start, stop in runs:
        result[start:stop] = tables[code][days[start:stop] - first]
    return result


def _session_table(code: str, first: int, last: int) -> Mask:
    """Return for each day from ``first`` to ``last`` (days since 1970) whether it is a session."""
    table = np.ones(last - first + 1, dtype=np.bool_)
    low, high = (int(np.datetime64(day).astype(np.int64)) for day in calendars.reach(code))
    start, stop = max(first, low), min(last, high)
    if start > stop:
        return table
    known = calendars.sessions(code, _day(start), _day(stop))
    table[start - first : stop - first + 1] = False
    if known is not None:
        table[known.astype(np.int64) - first] = True
    return table


def _day(number: int) -> date:
    day: date = np.datetime64(number, "D").item()
    return day


def _warn_of_missing(
    rows: pl.DataFrame,
    days: npt.NDArray[np.int32],
    session: Mask,
    runs: Runs,
    findings: Findings,
) -> None:
    """Warn of sessions between a symbol's first and last row that have no row."""
    base = int(days.min())
    sums = {
        code: np.concatenate([[0], np.cumsum(_session_table(code, base, int(days.max())))])
        for code in {run[1] for run in runs}
    }
    reach = {code: int(np.datetime64(calendars.reach(code)[0]).astype(np.int64)) for code in sums}
    odd = np.flatnonzero(~session)  # few: counting the others would take a pass over all rows
    starts, stops = (np.array([run[k] for run in runs]) for k in (2, 3))
    present = stops - starts - np.searchsorted(odd, stops) + np.searchsorted(odd, starts)
    missing: list[tuple[int, int]] = []
    for at, (_, code, start, stop) in enumerate(runs):
        low, high = int(days[start]), int(days[stop - 1])
        expected = int(sums[code][high - base + 1] - sums[code][low - base])
        if low >= reach[code] and expected > present[at]:
            missing.append((expected - int(present[at]), at))
    if missing:
        findings.warnings.append(_name_missing(rows, missing, runs))


def _name_missing(rows: pl.DataFrame, missing: list[tuple[int, int]], runs: Runs) -> str:
    """Word the sessions without a row: how many, of which symbols, and the first few days."""
    missing.sort(key=lambda each: (-each[0], each[1]))
    parts = []
    for count, at in missing[:SHOWN]:
        symbol, code, start, stop = runs[at]
        held = rows["date"][start:stop].to_numpy().astype("datetime64[D]")
        known = calendars.sessions(code, held[0].item(), held[-1].item())
        gaps: list[date] = [] if known is None else np.setdiff1d(known, held)[:3].tolist()
        dots = ", ..." if count > len(gaps) else ""
        parts.append(f"{symbol} {count} ({', '.join(map(str, gaps))}{dots})")
    more = f" and {len(missing) - SHOWN} more symbols" if len(missing) > SHOWN else ""
    return f"sessions without a row: {'; '.join(parts)}{more}"
