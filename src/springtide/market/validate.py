"""Validation of daily bars: bad rows are refused and named, good rows kept, odd ones warned of.

Refused
    a close that is missing, not a number or not positive; any other price that is negative; a high
    below the low; an open or close outside high and low by more than 0.1%; a negative volume; a
    date in the future or before 1800; a weekend day on which the calendar has no session; two
    different rows for one date; all rows of a symbol whose rows are weekly or monthly; a price that
    multiplies by 3 or more (or falls to a third or less) for one session and comes back; prices
    that are suddenly in another unit (times 100, 1000 or 10,000, or one of their inverses), until
    they come back.
Kept, with a warning
    rows out of order (they are sorted) and repeated rows; an open, high or low of zero (read as
    unknown); an open or close outside high and low by less than that; weekdays that are no session
    of the calendar; moves to 1.45 times the previous close, or its inverse (-31%), and more, with
    the split that they look like; the same close for ten sessions and more; sessions of the
    calendar without a row.

Large moves are real: the Hang Seng fell by a third on 1987-10-26, Shanghai doubled on 1992-05-21,
SMIC rose by 74% on 2009-11-11. So a move alone never refuses a row.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from springtide.market import calendars, instruments
from springtide.market.frequency import coarser
from springtide.market.history import repeats_before
from springtide.market.reports import LISTED, Refusal

if TYPE_CHECKING:
    import polars as pl

PRICES = ("open", "high", "low", "close")
ROUNDING = 1e-6
"""How far open and close may stick out of high and low (relative) by single precision."""

OUTSIDE = 1e-3
"""How far they may stick out before the row is refused: vendors adjust each price by itself."""

JUMP = 1.45
"""A close this many times the one before, or its inverse, is a large move."""

SPIKE = 3.0
BACK = 0.1
UNIT_FACTORS = (100.0, 1000.0, 10_000.0)
UNIT_TOLERANCE = 0.03
SPLITS = (2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0, 15.0, 20.0, 25.0, 50.0)
SPLIT_TOLERANCE = 0.05
GAP = 10
"""Closes further apart than this many days are not compared."""

STALE = 10
EARLIEST = date(1800, 1, 1)
_SHOWN = 5

Mask = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Validated:
    """Good rows, ascending by symbol and date, and what was found.

    ``refused`` counts all rows refused; ``refusals`` names the first of them.
    """

    accepted: pl.DataFrame
    refused: int
    refusals: tuple[Refusal, ...]
    warnings: tuple[str, ...]


@dataclass(slots=True)
class _Findings:
    """What is noted while a frame goes through the checks."""

    refused: int = 0
    refusals: list[Refusal] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def refuse(self, rows: pl.DataFrame, reason: str | Callable[[dict[str, Any]], str]) -> None:
        self.refused += len(rows)
        for row in rows.head(max(LISTED - len(self.refusals), 0)).iter_rows(named=True):
            text = reason if isinstance(reason, str) else reason(row)
            self.refusals.append(Refusal(row["symbol"], row["date"], row["_row"], text))


def validate_bars(
    frame: pl.DataFrame,
    *,
    calendar_of: Callable[[str], str] = instruments.calendar_of,
    today: date | None = None,
) -> Validated:
    """Check daily bars of any number of symbols.

    Parameters
    ----------
    frame
        Columns ``symbol``, ``date``, ``open``, ``high``, ``low``, ``close``, ``volume`` (null where
        not known) and any others, in any order of rows.
    calendar_of
        Gives a symbol's calendar.
    today
        The last date that is not in the future; by default today's.

    Returns
    -------
    Validated
        The rows kept have the columns of ``frame``.

    Examples
    --------
    >>> import polars as pl
    >>> frame = pl.DataFrame({
    ...     "symbol": "HSI", "date": [date(2025, 2, 12), date(2025, 2, 13)],
    ...     "open": [None, 21800.0], "high": [21870.0, 21700.0], "low": [21300.0, 21750.0],
    ...     "close": [21857.92, 21814.37], "volume": None})
    >>> done = validate_bars(frame.cast({"open": pl.Float64, "volume": pl.Float64}))
    >>> len(done.accepted), str(done.refusals[0])
    (1, 'row 2: HSI 2025-02-13: high 21700 is below low 21750')
    """
    findings = _Findings()
    last_day = today or date.today()
    rows = frame.with_row_index("_row", offset=1)
    screened = _screen(rows, last_day)
    rows = _without_bad_rows(rows, screened, last_day, findings)
    rows = _sorted(rows, screened, findings)
    rows = _without_duplicates(rows, findings)
    rows = _daily(rows, findings)
    rows = _without_spikes(rows, findings)
    rows = _on_sessions(rows, calendar_of, findings)
    _warn_of_stale(rows, findings)
    findings.refusals.sort(key=lambda each: each.row)
    return Validated(
        rows.select(frame.columns),
        findings.refused,
        tuple(findings.refusals),
        tuple(findings.warnings),
    )


def _checks(today: date) -> dict[str, pl.Expr]:
    """Return what makes a row wrong by itself (or worth a word: zero, outside)."""
    import polars as pl

    close, high, low = pl.col("close"), pl.col("high"), pl.col("low")
    both = (pl.col("open"), close)
    return {
        "zero": pl.any_horizontal(pl.col(name) == 0 for name in PRICES[:3]) & (close > 0),
        "no close": close.is_null() | close.is_nan(),
        "date": (pl.col("date") > today) | (pl.col("date") < EARLIEST) | pl.col("date").is_null(),
        "price": pl.any_horizontal(pl.col(name) <= 0 for name in PRICES),
        "volume": pl.col("volume") < 0,
        "high low": high < low,
        "outside": pl.any_horizontal(
            *(x > high + ROUNDING * high.abs() for x in both),
            *(x < low - ROUNDING * low.abs() for x in both),
        ),
    }


def _screen(rows: pl.DataFrame, today: date) -> dict[str, bool]:
    """Tell in one pass which checks any row fails: most files fail none."""
    import polars as pl

    same = pl.col("symbol") == pl.col("symbol").shift()
    step = pl.col("date").diff()
    asked = _checks(today) | {
        "rising": same & (step > pl.duration(days=0)),
        "not rising": same & (step <= pl.duration(days=0)),
    }
    answers = rows.lazy().select(each.any().alias(name) for name, each in asked.items()).collect()
    return answers.row(0, named=True)


def _sorted(rows: pl.DataFrame, screened: dict[str, bool], findings: _Findings) -> pl.DataFrame:
    """Bring rows into order, saying so where they were neither ascending nor descending."""
    symbols = [symbol for symbol, _, _ in _runs(rows)]
    if not screened["not rising"] and len(set(symbols)) == len(symbols):
        return rows
    if screened["not rising"] and screened["rising"]:
        findings.warnings.append("rows were not in order of date and have been sorted")
    return rows.sort("symbol", "date", "_row")


def _without_bad_rows(
    rows: pl.DataFrame, screened: dict[str, bool], today: date, findings: _Findings
) -> pl.DataFrame:
    """Refuse the rows that are wrong by themselves."""
    if screened["zero"]:
        rows = _zeros_to_null(rows, findings)
    checks = _checks(today)
    checks["price"] = checks["price"] & ~_may_be_negative()
    for name in ("no close", "date", "price", "volume", "high low"):
        if screened[name]:
            bad = checks[name].fill_null(False)
            findings.refuse(rows.filter(bad), _reason(name, today))
            rows = rows.filter(~bad)
    if screened["outside"]:
        rows = _without_outside(rows, checks["outside"].fill_null(False), findings)
    return rows


def _without_outside(rows: pl.DataFrame, outside: pl.Expr, findings: _Findings) -> pl.DataFrame:
    """Refuse an open or close that is clearly outside high and low; warn where it hardly is."""
    import polars as pl

    tops = pl.max_horizontal("open", "close") / pl.col("high") - 1
    bottoms = 1 - pl.min_horizontal("open", "close") / pl.col("low")
    far = outside & (pl.max_horizontal(tops, bottoms) > OUTSIDE)
    refused = rows.filter(far)
    findings.refuse(refused, _reason("outside", EARLIEST))
    hardly = len(rows.filter(outside)) - len(refused)
    if hardly:
        findings.warnings.append(
            f"{hardly} rows have an open or close outside high and low by less than "
            f"{OUTSIDE:.1%} (rounding); they are kept"
        )
    return rows.filter(~far.fill_null(False))


def _reason(check: str, today: date) -> str | Callable[[dict[str, Any]], str]:
    def price(row: dict[str, Any]) -> str:
        known = [(name, row[name]) for name in PRICES if row[name] is not None]
        bad = [f"{name} {value:g}" for name, value in known if value <= 0]
        why = "not positive"
        if all(value < 0 for _, value in known):
            why += ", as prices adjusted forward (前复权) can be: export them as traded"
        return f"{' and '.join(bad)}: {why}"

    def outside(row: dict[str, Any]) -> str:
        return (
            f"open {_show(row['open'])} or close {_show(row['close'])} is outside low "
            f"{_show(row['low'])} to high {_show(row['high'])}"
        )

    reasons: dict[str, str | Callable[[dict[str, Any]], str]] = {
        "no close": "no close",
        "date": f"the date is missing, in the future (today is {today}) or before {EARLIEST.year}",
        "price": price,
        "volume": lambda row: f"volume {_show(row['volume'])} is negative",
        "high low": lambda row: f"high {_show(row['high'])} is below low {_show(row['low'])}",
        "outside": outside,
    }
    return reasons[check]


def _show(value: object) -> str:
    return "unknown" if value is None else f"{value:.10g}"


def _zeros_to_null(rows: pl.DataFrame, findings: _Findings) -> pl.DataFrame:
    """Read an open, high or low of zero as unknown: vendors write it so."""
    import polars as pl

    others = PRICES[:3]
    zero = pl.any_horizontal(pl.col(name) == 0 for name in others) & (pl.col("close") > 0)
    count = int(rows.select(zero.sum()).item())
    findings.warnings.append(
        f"{count} rows have an open, high or low of 0, which is read as unknown"
    )
    return rows.with_columns(
        pl.when((pl.col(name) == 0) & (pl.col("close") > 0)).then(None).otherwise(name).alias(name)
        for name in others
    )


def _may_be_negative() -> pl.Expr:
    """Commodities have settled below zero (WTI on 2020-04-20)."""
    import polars as pl

    commodities = [each.id for each in instruments.all() if each.kind == "commodity"]
    return pl.col("symbol").cast(pl.String).is_in(commodities)


def _on_sessions(
    rows: pl.DataFrame, calendar_of: Callable[[str], str], findings: _Findings
) -> pl.DataFrame:
    """Compare the dates with the calendars: weekend days are refused, other differences named."""
    import polars as pl

    if rows.is_empty():
        return rows
    runs = [(symbol, calendar_of(symbol), start, stop) for symbol, start, stop in _runs(rows)]
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


def _warn_of_holidays(rows: pl.DataFrame, session: Mask, findings: _Findings) -> None:
    """Warn of rows on weekdays without a session, apart those that only repeat the row before."""
    import polars as pl

    again = (rows["symbol"] == rows["symbol"].shift()).fill_null(False).to_numpy().copy()
    again &= repeats_before(rows["close"].to_numpy())
    weekday = (rows["date"].dt.weekday() <= 5).to_numpy() & ~session
    for chosen, what in (
        (
            weekday & again,
            "repeat the close before on weekdays that are no session of their "
            "market, such as {days}; they are stored, and left out of every measurement",
        ),
        (
            weekday & ~again,
            "are on weekdays that are no session of their market, such as {days}; they are kept",
        ),
    ):
        if chosen.any():
            days = rows.filter(pl.Series(chosen))["date"].unique().sort().head(_SHOWN).to_list()
            listed = ", ".join(map(str, days))
            findings.warnings.append(f"{chosen.sum()} rows {what.format(days=listed)}")


Runs = list[tuple[str, str, int, int]]
"""For each symbol: it, its calendar, and where its rows start and stop."""


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


def _runs(rows: pl.DataFrame) -> list[tuple[str, int, int]]:
    """Return for each symbol where its rows start and stop."""
    runs = rows["symbol"].rle().struct.unnest()
    stops = runs["len"].to_numpy().astype(np.int64).cumsum()
    starts = stops - runs["len"].to_numpy()
    symbols = runs["value"].to_list()
    return list(zip(symbols, starts.tolist(), stops.tolist(), strict=True))


def _without_duplicates(rows: pl.DataFrame, findings: _Findings) -> pl.DataFrame:
    """Keep one of equal rows; refuse different rows for one date: none is known to be right."""
    import polars as pl

    again = (pl.col("symbol") == pl.col("symbol").shift()) & (
        pl.col("date") == pl.col("date").shift()
    )
    if not rows.lazy().select(again.any()).collect().item():
        return rows
    key = ["symbol", "date"]
    figures = [*PRICES, "volume"]
    distinct = rows.unique([*key, *figures], keep="first", maintain_order=True)
    if repeated := len(rows) - len(distinct):
        findings.warnings.append(f"{repeated} rows are repeated word for word and counted once")
    double = pl.len().over(key) > 1
    findings.refuse(distinct.filter(double), "the file has different rows for this date")
    return distinct.filter(~double)


def _daily(rows: pl.DataFrame, findings: _Findings) -> pl.DataFrame:
    """Refuse rows of symbols whose dates are those of weekly or monthly bars."""
    import polars as pl

    days = rows["date"].to_numpy().astype("datetime64[D]")
    told = {symbol: coarser(days[start:stop]) for symbol, start, stop in _runs(rows)}
    other = {symbol: name for symbol, name in told.items() if name}
    if not other:
        return rows
    of_them = pl.col("symbol").cast(pl.String).is_in(list(other))
    findings.refuse(
        rows.filter(of_them),
        lambda row: f"{other[row['symbol']]} rows are no daily bars: export daily ones",
    )
    return rows.filter(~of_them)


def _without_spikes(rows: pl.DataFrame, findings: _Findings) -> pl.DataFrame:
    """Refuse one-session spikes and stretches in another unit; warn of other large moves."""
    import polars as pl

    same = pl.col("symbol") == pl.col("symbol").shift()
    near = pl.col("date").diff() <= pl.duration(days=GAP)
    ratio = pl.col("close") / pl.col("close").shift()
    jump = same & near & ((ratio >= JUMP) | (ratio <= 1 / JUMP))
    at = rows.lazy().select(jump.fill_null(False).arg_true()).collect().to_series().to_list()
    if not at:
        return rows
    reasons, moves = _tell_jumps(rows, at)
    if moves:
        more = f" and {len(moves) - _SHOWN} more" if len(moves) > _SHOWN else ""
        findings.warnings.append(
            f"{len(moves)} large moves are kept: {'; '.join(moves[:_SHOWN])}{more}"
        )
    if not reasons:
        return rows
    bad = np.zeros(len(rows), dtype=np.bool_)
    bad[list(reasons)] = True
    flagged = rows.filter(pl.Series(bad))
    by_row = dict(
        zip(flagged["_row"].to_list(), (reasons[i] for i in sorted(reasons)), strict=True)
    )
    findings.refuse(flagged, lambda row: by_row[row["_row"]])
    return rows.filter(pl.Series(~bad))


def _tell_jumps(rows: pl.DataFrame, at: list[int]) -> tuple[dict[int, str], list[str]]:
    """Tell bad prices from large moves: (reason to refuse by row, the moves in words)."""
    close = rows["close"].to_numpy()
    symbols, dates = rows["symbol"], rows["date"]
    spans = {symbol: (start, stop) for symbol, start, stop in _runs(rows)}
    reasons: dict[int, str] = {}
    moves: list[str] = []
    for i in at:
        start, stop = spans[symbols[i]]
        before = i - 1
        while before >= start and before in reasons:
            before -= 1
        if i in reasons or before < start:
            continue
        factor = float(close[i] / close[before])
        if 1 / JUMP < factor < JUMP:
            continue
        if unit := _unit(factor):
            wrong = _other_unit(close, start, i, stop, factor)
            reasons |= dict.fromkeys(wrong, f"in another unit: on {dates[i]} prices become {unit}")
        elif _is_spike(rows, close, i, stop, factor):
            reasons[i] = f"a one-session spike to {factor:.4g} times the previous close, and back"
        else:
            moves.append(f"{symbols[i]} {dates[i]} {factor - 1:+.1%}{_like_split(factor)}")
    return reasons, moves


def _unit(factor: float) -> str:
    """Name the change of unit that a factor is, "" where it is none."""
    for unit in UNIT_FACTORS:
        if abs(factor / unit - 1) <= UNIT_TOLERANCE:
            return f"{unit:,.0f} times as high"
        if abs(factor * unit - 1) <= UNIT_TOLERANCE:
            return f"a {unit:,.0f}th of what they were"
    return ""


def _other_unit(close: Numbers, start: int, i: int, stop: int, factor: float) -> range:
    """Return the rows in another unit where it changes at row ``i``.

    They last until prices come back by the inverse factor. Where they never do, the shorter part is
    taken to be the wrong one: a few rows before a listing, or the last days of a feed.
    """
    ratios = close[i + 1 : stop] / close[i : stop - 1]
    back = np.flatnonzero(np.abs(ratios * factor - 1) <= 4 * UNIT_TOLERANCE)
    if len(back):
        return range(i, i + 1 + int(back[0]))
    return range(start, i) if i - start < stop - i else range(i, stop)


def _is_spike(rows: pl.DataFrame, close: Numbers, i: int, stop: int, factor: float) -> bool:
    """Tell a bad tick from a move: it comes back at once, and nothing traded in between."""
    if 1 / SPIKE < factor < SPIKE or i + 1 >= stop:
        return False
    if abs(close[i + 1] / close[i] * factor - 1) > BACK:
        return False
    low, high = rows["low"][i], rows["high"][i]
    traded_from_there = low is not None and high is not None and low <= close[i - 1] <= high
    return not traded_from_there


def _like_split(factor: float) -> str:
    for split in SPLITS:
        if abs(factor / split - 1) <= SPLIT_TOLERANCE:
            return f" (looks like a consolidation {split:g} to 1)"
        if abs(factor * split - 1) <= SPLIT_TOLERANCE:
            return f" (looks like a split 1 to {split:g})"
    return ""


def _warn_of_stale(rows: pl.DataFrame, findings: _Findings) -> None:
    """Warn of closes that do not change for ten sessions and more."""
    import polars as pl

    repeats = (pl.col("symbol") == pl.col("symbol").shift()) & (
        pl.col("close") == pl.col("close").shift()
    )
    at = rows.lazy().select(repeats.fill_null(False).arg_true()).collect().to_series().to_numpy()
    if not len(at):
        return
    breaks = np.flatnonzero(np.diff(at.astype(np.int64)) != 1) + 1
    firsts = np.concatenate([[0], breaks])
    lengths = np.diff(np.append(firsts, len(at))) + 1
    long = np.flatnonzero(lengths >= STALE)
    if not len(long):
        return
    shown = []
    for k in long[:_SHOWN].tolist():
        start = int(at[firsts[k]]) - 1
        shown.append(f"{rows['symbol'][start]} from {rows['date'][start]} for {lengths[k]}")
    more = f" and {len(long) - _SHOWN} more" if len(long) > _SHOWN else ""
    findings.warnings.append(
        f"the same close for {STALE} sessions or more: {'; '.join(shown)}{more}"
    )


def _warn_of_missing(
    rows: pl.DataFrame,
    days: npt.NDArray[np.int32],
    session: Mask,
    runs: Runs,
    findings: _Findings,
) -> None:
    """Warn of sessions between a symbol's first and last row that have no row."""
    base = int(days.min())
    sums = {
        code: np.concatenate([[0], np.cumsum(_session_table(code, base, int(days.max())))])
        for code in {run[1] for run in runs}
    }
    reach = {code: int(np.datetime64(calendars.reach(code)[0]).astype(np.int64)) for code in sums}
    present = np.add.reduceat(session, [run[2] for run in runs], dtype=np.int64)
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
    for count, at in missing[:_SHOWN]:
        symbol, code, start, stop = runs[at]
        held = rows["date"][start:stop].to_numpy().astype("datetime64[D]")
        known = calendars.sessions(code, held[0].item(), held[-1].item())
        gaps: list[date] = [] if known is None else np.setdiff1d(known, held)[:3].tolist()
        dots = ", ..." if count > len(gaps) else ""
        parts.append(f"{symbol} {count} ({', '.join(map(str, gaps))}{dots})")
    more = f" and {len(missing) - _SHOWN} more symbols" if len(missing) > _SHOWN else ""
    return f"sessions without a row: {'; '.join(parts)}{more}"
