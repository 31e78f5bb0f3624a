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
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from springtide.market import instruments
from springtide.market.findings import SHOWN, Findings, runs_of
from springtide.market.frequency import APART, coarser
from springtide.market.jumps import without_spikes
from springtide.market.reports import Refusal
from springtide.market.session_days import on_sessions

if TYPE_CHECKING:
    import polars as pl

PRICES = ("open", "high", "low", "close")
ROUNDING = 1e-6
"""How far open and close may stick out of high and low (relative) by single precision."""

OUTSIDE = 1e-3
"""How far they may stick out before the row is refused: vendors adjust each price by itself."""

STALE = 10
EARLIEST = date(1800, 1, 1)


@dataclass(frozen=True, slots=True)
class Validated:
    """Good rows, ascending by symbol and date, and what was found.

    ``refused`` counts all rows refused; ``refusals`` names the first of them.
    """

    accepted: pl.DataFrame
    refused: int
    refusals: tuple[Refusal, ...]
    warnings: tuple[str, ...]


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
    findings = Findings()
    last_day = today or date.today()
    rows = frame.with_row_index("_row", offset=1)
    screened = _screen(rows, last_day)
    rows = _without_bad_rows(rows, screened, last_day, findings)
    rows = _sorted(rows, screened, findings)
    rows = _without_duplicates(rows, findings)
    rows = _daily(rows, findings)
    rows = without_spikes(rows, findings)
    rows = on_sessions(rows, calendar_of, findings)
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


def _sorted(rows: pl.DataFrame, screened: dict[str, bool], findings: Findings) -> pl.DataFrame:
    """Bring rows into order, saying so where they were neither ascending nor descending."""
    symbols = [symbol for symbol, _, _ in runs_of(rows)]
    if not screened["not rising"] and len(set(symbols)) == len(symbols):
        return rows
    if screened["not rising"] and screened["rising"]:
        findings.warnings.append("rows were not in order of date and have been sorted")
    return rows.sort("symbol", "date", "_row")


def _without_bad_rows(
    rows: pl.DataFrame, screened: dict[str, bool], today: date, findings: Findings
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


def _without_outside(rows: pl.DataFrame, outside: pl.Expr, findings: Findings) -> pl.DataFrame:
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


def _zeros_to_null(rows: pl.DataFrame, findings: Findings) -> pl.DataFrame:
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


def _without_duplicates(rows: pl.DataFrame, findings: Findings) -> pl.DataFrame:
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


def _daily(rows: pl.DataFrame, findings: Findings) -> pl.DataFrame:
    """Refuse rows of symbols whose dates are those of weekly or monthly bars."""
    import polars as pl

    if rows.is_empty():
        return rows
    numbers = rows["date"].to_physical().to_numpy()
    runs = runs_of(rows)
    starts, stops = (np.array([run[k] for run in runs]) for k in (1, 2))
    # The first two rows of almost every symbol lie close together: it is daily at a glance.
    second = np.minimum(starts + 1, stops - 1)
    near = (second > starts) & (numbers[second] - numbers[starts] < APART)
    told = {
        symbol: coarser(numbers[start:stop].astype("datetime64[D]"))
        for (symbol, start, stop), is_near in zip(runs, near.tolist(), strict=True)
        if not is_near
    }
    other = {symbol: name for symbol, name in told.items() if name}
    if not other:
        return rows
    of_them = pl.col("symbol").cast(pl.String).is_in(list(other))
    findings.refuse(
        rows.filter(of_them),
        lambda row: f"{other[row['symbol']]} rows are no daily bars: export daily ones",
    )
    return rows.filter(~of_them)


def _warn_of_stale(rows: pl.DataFrame, findings: Findings) -> None:
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
    for k in long[:SHOWN].tolist():
        start = int(at[firsts[k]]) - 1
        shown.append(f"{rows['symbol'][start]} from {rows['date'][start]} for {lengths[k]}")
    more = f" and {len(long) - SHOWN} more" if len(long) > SHOWN else ""
    findings.warnings.append(
        f"the same close for {STALE} sessions or more: {'; '.join(shown)}{more}"
    )
