"""Validation of daily bars: bad rows are refused and named, good rows kept, odd ones warned of.

Refused
    a close that is missing, not a number or not positive; any other price that is negative; a high
    below the low; an open or close outside high and low; a negative volume; a date in the future
    or before 1800; a weekend day on which the calendar has no session; two different rows for one
    date; a price that multiplies by 3 or more (or falls to a third or less) for one session and
    comes back; prices that are suddenly in another unit (times 100, 1000 or 10,000, or one of
    their inverses), until they come back.
Kept, with a warning
    rows out of order (they are sorted) and repeated rows; an open, high or low of zero (read as
    unknown); weekdays that are no session of the calendar; moves of 45% and more in a session,
    with the split that they look like; the same close for ten sessions and more; sessions of the
    calendar without a row.

Large moves are real: the Hang Seng fell by a third on 1987-10-26, Shanghai doubled on 1992-05-21,
SMIC rose by 74% on 2009-11-11. So a move alone never refuses a row.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from springtide.market import calendars, instruments
from springtide.market.reports import LISTED, Refusal

if TYPE_CHECKING:
    import polars as pl

PRICES = ("open", "high", "low", "close")
OUTSIDE = 1e-6
"""How far open and close may stick out of high and low (relative): single-precision rounding."""

JUMP = 1.45
SPIKE = 3.0
BACK = 0.1
UNIT_FACTORS = (100.0, 1000.0, 10_000.0)
UNIT_TOLERANCE = 0.03
SPLITS = (2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0, 15.0, 20.0, 25.0, 50.0)
SPLIT_TOLERANCE = 0.05
STALE = 10
EARLIEST = date(1800, 1, 1)
_SHOWN = 5


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

    def refuse(self, rows: pl.DataFrame, reason: str | Callable[[dict[str, object]], str]) -> None:
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
    found = _Findings()
    columns = frame.columns
    rows = _sorted(frame.with_row_index("_row", offset=1), found)
    rows = _without_bad_rows(rows, today or date.today(), calendar_of, found)
    rows = _without_duplicates(rows, found)
    rows = _without_spikes(rows, found)
    _warn_of_stale(rows, found)
    _warn_of_missing(rows, calendar_of, found)
    found.refusals.sort(key=lambda each: each.row)
    return Validated(
        rows.select(columns), found.refused, tuple(found.refusals), tuple(found.warnings)
    )


def _sorted(rows: pl.DataFrame, found: _Findings) -> pl.DataFrame:
    """Bring rows into order, saying so where they were neither ascending nor descending."""
    import polars as pl

    same = pl.col("symbol") == pl.col("symbol").shift()
    step = pl.col("date").diff()
    up = (same & (step > pl.duration(days=0))).sum().alias("up")
    down = (same & (step < pl.duration(days=0))).sum().alias("down")
    runs = (1 + (~same).sum()).alias("runs")
    told = rows.select(up, down, runs, pl.col("symbol").n_unique().alias("symbols")).row(
        0, named=True
    )
    if not told["down"] and told["runs"] <= max(told["symbols"], 1):
        return rows
    if told["down"] and told["up"]:
        found.warnings.append("rows were not in order of date and have been sorted")
    return rows.sort("symbol", "date", "_row")


def _without_bad_rows(
    rows: pl.DataFrame,
    today: date,
    calendar_of: Callable[[str], str],
    found: _Findings,
) -> pl.DataFrame:
    """Refuse the rows that are wrong by themselves."""
    import polars as pl

    rows = _zeros_to_null(rows, found)
    negative_allowed = _may_be_negative(rows)
    close, high, low = pl.col("close"), pl.col("high"), pl.col("low")
    checks: dict[str, pl.Expr] = {
        "no close": close.is_null() | close.is_nan(),
        "date": (pl.col("date") > today) | (pl.col("date") < EARLIEST) | pl.col("date").is_null(),
        "price": pl.any_horizontal(pl.col(name) <= 0 for name in PRICES) & ~negative_allowed,
        "volume": pl.col("volume") < 0,
        "high low": high < low,
        "above": pl.any_horizontal(
            pl.col(x) > high + OUTSIDE * high.abs() for x in ("open", "close")
        ),
        "below": pl.any_horizontal(
            pl.col(x) < low - OUTSIDE * low.abs() for x in ("open", "close")
        ),
    }
    hits = rows.lazy().select(check.any().alias(name) for name, check in checks.items()).collect()
    for name in checks:
        if hits[name].item():
            bad = checks[name].fill_null(False)
            found.refuse(rows.filter(bad), _reason(name, today))
            rows = rows.filter(~bad)
    return _without_odd_days(rows, calendar_of, found)


def _reason(check: str, today: date) -> str | Callable[[dict[str, object]], str]:
    def price(row: dict[str, object]) -> str:
        bad = [f"{name} {row[name]:g}" for name in PRICES if (row[name] or 1) <= 0]  # type: ignore[operator]
        return f"{' and '.join(bad)}: not positive"

    def outside(row: dict[str, object]) -> str:
        return (
            f"open {_show(row['open'])} or close {_show(row['close'])} is outside low "
            f"{_show(row['low'])} to high {_show(row['high'])}"
        )

    reasons: dict[str, str | Callable[[dict[str, object]], str]] = {
        "no close": "no close",
        "date": f"the date is missing, in the future (today is {today}) or before {EARLIEST.year}",
        "price": price,
        "volume": lambda row: f"volume {_show(row['volume'])} is negative",
        "high low": lambda row: f"high {_show(row['high'])} is below low {_show(row['low'])}",
        "above": outside,
        "below": outside,
    }
    return reasons[check]


def _show(value: object) -> str:
    return "unknown" if value is None else f"{value:.10g}"


def _zeros_to_null(rows: pl.DataFrame, found: _Findings) -> pl.DataFrame:
    """Read an open, high or low of zero as unknown: vendors write it so."""
    import polars as pl

    others = PRICES[:3]
    zero = pl.any_horizontal(pl.col(name) == 0 for name in others) & (pl.col("close") > 0)
    count = int(rows.lazy().select(zero.sum()).collect().item())
    if not count:
        return rows
    found.warnings.append(f"{count} rows have an open, high or low of 0, which is read as unknown")
    blank = [
        pl.when((pl.col(name) == 0) & (pl.col("close") > 0)).then(None).otherwise(name).alias(name)
        for name in others
    ]
    return rows.with_columns(blank)


def _may_be_negative(rows: pl.DataFrame) -> pl.Expr:
    """Commodities have settled below zero (WTI on 2020-04-20)."""
    import polars as pl

    commodities = [each.id for each in instruments.all() if each.kind == "commodity"]
    return pl.col("symbol").cast(pl.String).is_in(commodities)


def _without_odd_days(
    rows: pl.DataFrame, calendar_of: Callable[[str], str], found: _Findings
) -> pl.DataFrame:
    """Refuse weekend days without a session; warn of other days without one."""
    import polars as pl

    if rows.is_empty():
        return rows
    session = _is_session(rows, calendar_of)
    if session.all():
        return rows
    odd = rows.with_columns(pl.Series("_session", session)).filter(~pl.col("_session"))
    weekend = odd.filter(pl.col("date").dt.weekday() > 5)
    found.refuse(weekend, lambda row: f"{row['date']:%A} is not a session of its market")
    holidays = odd.filter(pl.col("date").dt.weekday() <= 5)
    if len(holidays):
        days = holidays["date"].unique().sort().head(_SHOWN).to_list()
        found.warnings.append(
            f"{len(holidays)} rows are on weekdays that are no session of their market, such as "
            f"{', '.join(map(str, days))}; they are kept"
        )
    return rows.filter(~pl.col("_row").is_in(weekend["_row"].implode()))


def _is_session(
    rows: pl.DataFrame, calendar_of: Callable[[str], str]
) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Tell for each row whether its date is a session; True beyond the calendar's reach."""
    days = rows["date"].to_physical().to_numpy()
    result = np.ones(len(rows), dtype=np.bool_)
    for code, start, stop in _stretches(rows, calendar_of):
        part = days[start:stop]
        result[start:stop] = _session_table(code, int(part.min()), int(part.max()))[
            part - part.min()
        ]
    return result


def _session_table(code: str, first: int, last: int) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
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
    found: date = np.datetime64(number, "D").item()
    return found


def _stretches(rows: pl.DataFrame, calendar_of: Callable[[str], str]) -> list[tuple[str, int, int]]:
    """Return stretches of rows (sorted by symbol) that share a calendar: (code, start, stop)."""
    stretches: list[tuple[str, int, int]] = []
    for symbol, start, stop in _runs(rows):
        code = calendar_of(symbol)
        if stretches and stretches[-1][0] == code:
            stretches[-1] = (code, stretches[-1][1], stop)
        else:
            stretches.append((code, start, stop))
    return stretches


def _runs(rows: pl.DataFrame) -> list[tuple[str, int, int]]:
    """Return for each symbol where its rows start and stop."""
    runs = rows["symbol"].rle().struct.unnest()
    stops = runs["len"].to_numpy().astype(np.int64).cumsum()
    starts = stops - runs["len"].to_numpy()
    symbols = runs["value"].to_list()
    return list(zip(symbols, starts.tolist(), stops.tolist(), strict=True))


def _without_duplicates(rows: pl.DataFrame, found: _Findings) -> pl.DataFrame:
    """Keep one of equal rows; refuse different rows for one date, since none is known to be right."""
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
        found.warnings.append(f"{repeated} rows are repeated word for word and counted once")
    double = pl.len().over(key) > 1
    found.refuse(distinct.filter(double), "the file has different rows for this date")
    return distinct.filter(~double)


def _without_spikes(rows: pl.DataFrame, found: _Findings) -> pl.DataFrame:
    """Refuse one-session spikes and stretches in another unit; warn of other large moves."""
    import polars as pl

    same = pl.col("symbol") == pl.col("symbol").shift()
    ratio = pl.col("close") / pl.col("close").shift()
    jump = same & ((ratio >= JUMP) | (ratio <= 1 / JUMP))
    at = rows.lazy().select(jump.fill_null(False).arg_true()).collect().to_series().to_numpy()
    if not len(at):
        return rows
    close = rows["close"].to_numpy()
    symbols, dates = rows["symbol"], rows["date"]
    ends = {symbol: stop for symbol, _, stop in _runs(rows)}
    bad = np.zeros(len(rows), dtype=np.bool_)
    reasons: dict[int, str] = {}
    moves: list[str] = []
    for i in at.astype(np.int64).tolist():
        if bad[i]:
            continue
        factor = close[i] / (close[i - 1] if not bad[i - 1] else _last_good(close, bad, i))
        stop = ends[symbols[i]]
        if unit := _unit(factor):
            back = _comes_back(close, i, stop, factor)
            bad[i:back] = True
            reasons |= dict.fromkeys(range(i, back), f"in another unit: prices suddenly {unit}")
        elif _is_spike(rows, close, i, stop, factor):
            bad[i] = True
            reasons[i] = f"a one-session spike to {factor:.4g} times the previous close, and back"
        elif factor >= JUMP or factor <= 1 / JUMP:
            moves.append(f"{symbols[i]} {dates[i]} {factor - 1:+.1%}{_like_split(factor)}")
    if moves:
        more = f" and {len(moves) - _SHOWN} more" if len(moves) > _SHOWN else ""
        found.warnings.append(
            f"{len(moves)} large moves are kept: {'; '.join(moves[:_SHOWN])}{more}"
        )
    if reasons:
        by_row = {int(rows["_row"][i]): text for i, text in reasons.items()}
        flagged = rows.filter(pl.Series(bad))
        found.refuse(flagged, lambda row: by_row[row["_row"]])  # type: ignore[index]
        rows = rows.filter(pl.Series(~bad))
    return rows


def _last_good(close: np.ndarray, bad: np.ndarray, i: int) -> float:  # type: ignore[type-arg]
    while i > 0 and bad[i - 1]:
        i -= 1
    return float(close[i - 1])


def _unit(factor: float) -> str:
    """Name the change of unit that a factor is, "" where it is none."""
    for unit in UNIT_FACTORS:
        if abs(factor / unit - 1) <= UNIT_TOLERANCE:
            return f"{unit:,.0f} times as high"
        if abs(factor * unit - 1) <= UNIT_TOLERANCE:
            return f"a {unit:,.0f}th"
    return ""


def _comes_back(close: np.ndarray, i: int, stop: int, factor: float) -> int:  # type: ignore[type-arg]
    """Return where prices return from another unit by the inverse factor; the end if never."""
    ratios = close[i + 1 : stop] / close[i : stop - 1]
    back = np.flatnonzero(np.abs(ratios * factor - 1) <= 4 * UNIT_TOLERANCE)
    return i + 1 + int(back[0]) if len(back) else stop


def _is_spike(rows: pl.DataFrame, close: np.ndarray, i: int, stop: int, factor: float) -> bool:  # type: ignore[type-arg]
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


def _warn_of_stale(rows: pl.DataFrame, found: _Findings) -> None:
    """Warn of closes that do not change for ten sessions and more."""
    import polars as pl

    changed = (pl.col("symbol") != pl.col("symbol").shift()) | (
        pl.col("close") != pl.col("close").shift()
    )
    starts = rows.lazy().select(changed.fill_null(True).arg_true()).collect().to_series().to_numpy()
    lengths = np.diff(np.append(starts.astype(np.int64), len(rows)))
    long = np.flatnonzero(lengths >= STALE)
    if not len(long):
        return
    shown = [
        f"{rows['symbol'][int(starts[k])]} from {rows['date'][int(starts[k])]} for {lengths[k]}"
        for k in long[:_SHOWN].tolist()
    ]
    more = f" and {len(long) - _SHOWN} more" if len(long) > _SHOWN else ""
    found.warnings.append(f"the same close for {STALE} sessions or more: {'; '.join(shown)}{more}")


def _warn_of_missing(
    rows: pl.DataFrame, calendar_of: Callable[[str], str], found: _Findings
) -> None:
    """Warn of sessions between a symbol's first and last row that have no row."""
    if rows.is_empty():
        return
    days = rows["date"].to_physical().to_numpy()
    tables: dict[str, tuple[int, np.ndarray[tuple[int], np.dtype[np.int64]]]] = {}
    missing: list[tuple[int, str, int, int]] = []
    first_day, last_day = int(days.min()), int(days.max())
    for symbol, start, stop in _runs(rows):
        code = calendar_of(symbol)
        if code not in tables:
            tables[code] = _cumulative(code, first_day, last_day)
        base, sums = tables[code]
        low, high = int(days[start]), int(days[stop - 1])
        if low < base:
            continue  # the calendar does not reach so far back
        expected = int(sums[high - base + 1] - sums[low - base])
        held = days[start:stop]
        present = int((sums[held - base + 1] - sums[held - base]).sum())
        if expected > present:
            missing.append((expected - present, symbol, start, stop))
    if missing:
        found.warnings.append(_name_missing(rows, missing, calendar_of))


def _cumulative(
    code: str, first: int, last: int
) -> tuple[int, np.ndarray[tuple[int], np.dtype[np.int64]]]:
    """Return how many sessions there are before each day, from where the calendar reaches."""
    low = int(np.datetime64(calendars.reach(code)[0]).astype(np.int64))
    first = max(first, low)
    table = _session_table(code, first, max(last, first))
    return first, np.concatenate([[0], np.cumsum(table)])


def _name_missing(
    rows: pl.DataFrame,
    missing: list[tuple[int, str, int, int]],
    calendar_of: Callable[[str], str],
) -> str:
    """Word the sessions without a row: how many, of which symbols, and the first few days."""
    missing.sort(reverse=True)
    parts = []
    for count, symbol, start, stop in missing[:_SHOWN]:
        held = rows["date"][start:stop].to_numpy().astype("datetime64[D]")
        known = calendars.sessions(calendar_of(symbol), held[0].item(), held[-1].item())
        gaps = np.setdiff1d(known, held)[:3] if known is not None else []
        days = ", ".join(str(day) for day in gaps)
        parts.append(f"{symbol} {count} ({days}{', ...' if count > len(gaps) else ''})")
    more = f" and {len(missing) - _SHOWN} more symbols" if len(missing) > _SHOWN else ""
    return f"sessions without a row: {'; '.join(parts)}{more}"
