"""Files and tables of daily bars, as vendors export them, onto the columns of the lake."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from springtide.errors import DataError, UsageError
from springtide.market import adjustment, calendars, instruments
from springtide.market.adjustment import Adjustment
from springtide.market.reports import LISTED, Refusal
from springtide.market.sources import cells, headers, volume
from springtide.market.sources.batch import Batch, bars_frame
from springtide.market.sources.days import parse_dates
from springtide.market.sources.files import from_file_name, moments
from springtide.market.sources.grid import Grid, read_grids
from springtide.market.sources.stacked import BARS, told, unstack

if TYPE_CHECKING:
    import polars as pl

PRICES = ("open", "high", "low", "close")
_CURRENCIES = {"RMB": "CNY", "人民币": "CNY", "港币": "HKD", "港元": "HKD", "美元": "USD"}
_EVENT = r"(?i)\b(?:dividend|split|distribution)|分红|派息|股息|拆股|合股"
_SUSPENDED = ("0", "停牌", "suspended", "halted")


@dataclass(frozen=True, slots=True)
class Stated:
    """What is said of a file of bars beside the file.

    Attributes
    ----------
    symbol
        The instrument, where the file has no column for it and another name.
    source
        What to record as the rows' source, by default the file's name.
    date_format
        Such as ``%d/%m/%Y`` where the order of day and month cannot be told from the file.
    columns
        What the columns hold, in order, of a file that has no line of column names:
        ``date``, ``open``, ``high``, ``low``, ``close``, ``volume``, ``amount``, ``symbol`` or "".
    adjusted
        What the prices are, where the file does not say it.
    calendar
        The market of an instrument of one's own: moments of world time become its days.
    """

    symbol: str | None = None
    source: str | None = None
    date_format: str | None = None
    columns: tuple[str, ...] = ()
    adjusted: Adjustment | None = None
    calendar: str | None = None

    def __post_init__(self) -> None:
        wrong = [each for each in self.columns if each and headers.role(each) is None]
        if wrong:
            raise UsageError(
                "A column holds something else",
                given=", ".join(wrong),
                allowed="date, open, high, low, close, volume, amount, symbol; empty for none",
            )


@dataclass(slots=True)
class _Reading:
    """What is noted while a table is read."""

    grid: Grid
    names: dict[str, str]
    notes: list[str] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)

    def refuse(self, index: int, day: object, reason: str, symbol: str = "") -> None:
        import datetime as dt

        where = f"sheet {self.grid.sheet}, " if self.grid.sheet else ""
        known = day if isinstance(day, dt.date) else None
        self.refusals.append(Refusal(symbol, known, index + 1, where + reason))

    def cell(self, key: str) -> pl.Series:
        return self.grid.frame[self.names[key]]


def read_bars(path: Path, stated: Stated = Stated()) -> Batch:
    """Read one file of daily bars.

    Parameters
    ----------
    path
        CSV (any separator; UTF-8, UTF-16, GB18030, Big5), Parquet or Excel. Of a workbook every
        sheet that is understood is read, if each says of which instrument it is.

    Raises
    ------
    DataError
        The file cannot be used; the message names file, line and column.
    """
    grids = read_grids(path, BARS) if not stated.columns else [_headerless(path, stated)]
    batches = [_read(unstack(grid), path.name, stated) for grid in grids[:1]]
    others = []
    for grid in grids[1:]:
        try:
            batches.append(_read(unstack(grid), path.name, stated))
        except DataError:
            others.append(grid.sheet)
    if len(grids) > 1 and stated.symbol is not None:
        batches, others = batches[:1], [grid.sheet for grid in grids[1:]]
    return _together(path.name, batches, others)


def bars_of_table(table: pl.DataFrame, *, symbol: str | None, source: str) -> Batch:
    """Read daily bars from a table whose columns are named as those of files are.

    Raises
    ------
    DataError
        It has no date or close, or does not say of which instrument it is.
    """
    grid = unstack(Grid("the table", table, 1)) if len(table) else Grid("the table", table, 1)
    return _read(grid, symbol or "the table", Stated(symbol, source))


def _headerless(path: Path, stated: Stated) -> Grid:
    from springtide.market.sources.grid import read_plain

    return read_plain(path, headers.distinct(stated.columns))


def _together(name: str, batches: Sequence[Batch], others: Sequence[str]) -> Batch:
    import polars as pl

    notes = [note for batch in batches for note in batch.warnings]
    if others:
        notes.append(f"sheets that are not read: {', '.join(others)}")
    return Batch(
        name,
        pl.concat([batch.frame for batch in batches], how="vertical_relaxed"),
        tuple(refusal for batch in batches for refusal in batch.refusals),
        tuple(dict.fromkeys(notes)),
    )


def _read(grid: Grid, name: str, stated: Stated) -> Batch:
    names, notes = headers.holders(grid.frame.columns)
    names = _with_unnamed(grid, names, stated, notes)
    if "date" not in names or "close" not in names:
        raise _no_columns(grid, names)
    reading = _Reading(grid, names, notes)
    symbols = _symbols(reading, stated.symbol)
    frame = _figures(reading, symbols, stated)
    if frame.is_empty() and reading.refusals:
        raise DataError(f"{grid.path} has no usable row: {reading.refusals[0].reason}")
    kind = _adjustment(reading, stated)
    source = adjustment.marked(stated.source or name, kind)
    if "source" in frame.columns and kind:
        import polars as pl

        frame = frame.with_columns(pl.col("source") + f" [{kind}]")
    used = set(names.values())
    if note := headers.not_used([each for each in grid.frame.columns if each not in used]):
        reading.notes.append(note)
    refusals = tuple(reading.refusals)
    return Batch(name, bars_frame(frame, None, source), refusals, tuple(reading.notes))


def _with_unnamed(
    grid: Grid, names: dict[str, str], stated: Stated, notes: list[str]
) -> dict[str, str]:
    """Add what columns hold that no name tells: dates under no header, the one series of a file."""
    frame = grid.frame
    if "date" not in names:
        for each in frame.columns:
            if headers.UNNAMED.fullmatch(each) and frame[each].dtype.is_temporal():
                return {**names, "date": each}
            if headers.UNNAMED.fullmatch(each) and parse_dates(frame[each])[0].null_count() == 0:
                return {**names, "date": each}
    others = [each for each in frame.columns if each != names.get("date")]
    if names.keys() == {"date"} and len(others) == 1 and stated.symbol is not None:
        notes.append(f"column {others[0]} is taken for the close")
        return {**names, "close": others[0]}
    return names


def _no_columns(grid: Grid, names: dict[str, str]) -> DataError:
    given = ", ".join(grid.frame.columns[:12])
    if "adjusted" in names and "date" in names:
        return DataError(
            f"{grid.path} holds only adjusted prices (column {names['adjusted']})",
            given=given,
            hint="levels need prices as traded: export the unadjusted close too",
        )
    missing = " and ".join(each for each in ("date", "close") if each not in names)
    unknown = headers.not_used(grid.frame.columns)
    return DataError(
        f"{grid.path} has no column for {missing}",
        given=given,
        allowed=headers.ALLOWED,
        hint=unknown if "?" in unknown else None,
    )


def _symbols(reading: _Reading, symbol: str | None) -> pl.Series:
    """Return each row's instrument: as given, by its column, by a title, by the file's name."""
    import polars as pl

    grid, names = reading.grid, reading.names
    count = len(grid.frame)
    if symbol is None and "symbol" in names:
        return _by_code(reading)
    known = instruments.canonical(symbol) if symbol is not None else None
    if known is None and "name" in names:
        titles = reading.cell("name").drop_nulls().unique().to_list()
        known = told(str(titles[0])) if len(titles) == 1 else None
    known = known or _of_title(grid) or from_file_name(Path(grid.path).name)
    if known is None:
        raise DataError(
            f"{grid.path} does not say which instrument it is of",
            hint="give it: --symbol HSI, say, or name the file after it",
        )
    return pl.Series([known]).new_from_index(0, count)


def _of_title(grid: Grid) -> str | None:
    """Return the one instrument that the title, or the sheet's name, is of."""
    words = [word for line in grid.above for cell in line for word in (cell, *cell.split())]
    known = dict.fromkeys(filter(None, (told(word.strip("#:：()（）")) for word in words)))
    if len(known) == 1:
        return next(iter(known))
    return told(grid.sheet) if grid.sheet else None


def _by_code(reading: _Reading) -> pl.Series:
    """Write each symbol as the registry does, keeping the ones that it does not know."""
    import polars as pl

    codes = reading.cell("symbol")
    of_indices = headers.is_of_indices(reading.names["symbol"])
    if "name" not in reading.names:
        different = codes.drop_nulls().unique().cast(pl.String).to_list()
        ids = {code: _identity(code, None, of_indices) for code in different}
        if all(code == each for code, each in ids.items()):
            return codes
        return codes.cast(pl.String).replace_strict(ids, default=None, return_dtype=pl.String)
    pairs = pl.DataFrame(
        {"code": codes.cast(pl.String), "title": reading.cell("name").cast(pl.String)}
    )
    known = {
        (code, title): _identity(code, title, of_indices)
        for code, title in pairs.unique().rows()
        if code is not None
    }
    if all(code == each for (code, _), each in known.items()):
        return codes
    return pl.Series([known.get(pair) for pair in pairs.rows()], dtype=pl.String)


def _identity(code: str, title: str | None, of_indices: bool) -> str:
    """Return the id of a code; one of six digits may be an index, by its column or its name."""
    if re.fullmatch("[0-9]{6}", code.strip()):
        for exchange in ("SH", "SZ"):
            candidate = instruments.canonical(f"{code.strip()}.{exchange}")
            known = instruments.registered(candidate)
            index = known is not None and known.kind == "index"
            if known and index and (of_indices or (title and told(title) == known.id)):
                return known.id
    return instruments.canonical(code)


def _days(reading: _Reading, symbols: pl.Series, stated: Stated) -> pl.Series:
    """Read the dates, moments by the time zone of each row's market."""
    import polars as pl

    texts = reading.cell("date")
    where = f"{reading.grid.path}, column {reading.names['date']}"
    days, complaint = parse_dates(texts, stated.date_format)
    if not complaint.startswith("moments") and not _has_zone(texts):
        if complaint:
            raise DataError(f"{where}: {complaint}")
        return days
    result = days.clear(len(days)).alias("date")
    for symbol in symbols.unique().to_list():
        zone = _zone(str(symbol), stated.calendar)
        mine, complaint = parse_dates(texts, stated.date_format, zone)
        if complaint:
            raise DataError(
                f"{where}: {complaint}", hint="give --calendar, such as XHKG, with --kind"
            )
        both = pl.DataFrame({"mine": mine, "rest": result, "symbol": symbols})
        result = both.select(
            pl.when(pl.col("symbol") == symbol).then("mine").otherwise("rest").alias("date")
        ).to_series()
    return result


def _has_zone(texts: pl.Series) -> bool:
    import polars as pl

    if isinstance(texts.dtype, pl.Datetime):
        return texts.dtype.time_zone is not None
    if texts.dtype == pl.Date:
        return False
    plain = texts.cast(pl.String)
    return bool(plain.str.contains(r":\d{2}.*(?:[+-]\d{2}:?\d{2}|Z|UTC)$|^\d{10}(?:\d{3})?$").any())


def _zone(symbol: str, calendar: str | None) -> str | None:
    if calendar is None and not instruments.is_told(symbol):
        return None
    return calendars.zone(calendar or instruments.calendar_of(symbol))


def _figures(reading: _Reading, symbols: pl.Series, stated: Stated) -> pl.DataFrame:
    """Read dates and figures, naming the cells that are neither and the rows that are no bars."""
    import polars as pl

    raw, names = reading.grid.frame, reading.names
    days = _days(reading, symbols, stated)
    for key in (*PRICES, "volume", "amount"):
        kind = raw[names[key]].dtype if key in names else pl.Float64()
        if not (kind.is_numeric() or kind in (pl.String, pl.Null)):
            raise DataError(
                f"{reading.grid.path}, column {names[key]}: {kind} is no kind of number"
            )
    comma = cells.uses_decimal_comma(raw[names["close"]])
    figures = {
        key: cells.parse_numbers(raw[names[key]], decimal_comma=comma)
        for key in (*PRICES, "volume", "amount")
        if key in names
    }
    good = _good_rows(reading, days, figures) & _in_currency(reading, symbols)
    frame = pl.DataFrame({"date": days, **figures, "symbol": symbols})
    if "volume" in names:
        frame = volume.in_shares(
            frame, names["volume"], names.get("amount"), raw[names["volume"]], reading.notes
        )
    if "source" in names:
        frame = frame.with_columns(reading.cell("source").cast(pl.String).alias("source"))
    if "known_at" in names:
        frame = frame.with_columns(moments(reading.cell("known_at")).alias("known_at"))
    return frame if good.all() else frame.filter(good)


def _good_rows(reading: _Reading, days: pl.Series, figures: dict[str, pl.Series]) -> pl.Series:
    """Tell the rows that can be read, naming cells that cannot, events and suspended days."""
    import polars as pl

    raw, names = reading.grid.frame, reading.names
    texts = {key: raw[names[key]] for key in figures if raw[names[key]].dtype == pl.String}
    events = pl.Series([False]).new_from_index(0, len(raw))
    for each in texts.values():
        events = events | each.str.contains(_EVENT).fill_null(False)
    if events.any():
        reading.notes.append(f"{_rows(events)} of dividends or splits, not of prices")
    suspended = _suspended(reading) & ~events
    if suspended.any():
        shown = ", ".join(map(str, days.filter(suspended).head(3).to_list()))
        reading.notes.append(
            f"{_rows(suspended)} of days without trading, such as {shown}: no sessions"
        )
    wrong = {"date": days.is_null()} | {
        key: figures[key].is_null() & ~cells.is_unknown(text)
        for key, text in texts.items()
        if key != "amount"
    }
    bad = pl.Series([False]).new_from_index(0, len(raw))
    for each in wrong.values():
        bad = bad | each
    named = bad & ~events
    if named.any():
        _name(reading, named, wrong, days, figures)
    return ~(bad | events | suspended)


def _rows(told: pl.Series) -> str:
    count = int(told.sum())
    return f"{count} row{'s' if count > 1 else ''}"


def _name(
    reading: _Reading,
    named: pl.Series,
    wrong: dict[str, pl.Series],
    days: pl.Series,
    figures: dict[str, pl.Series],
) -> None:
    raw, grid = reading.grid.frame, reading.grid
    for index in named.arg_true().to_list():
        if wrong["date"][index] and all(parsed[index] is None for parsed in figures.values()):
            continue  # a line below the table: 数据来源：Wind
        key = next(key for key, each in wrong.items() if each[index])
        cell = raw[reading.names[key]][index]
        kind = "a date" if key == "date" else "a number"
        reading.refuse(
            index,
            days[index],
            f"line {grid.first_line + index}, column {reading.names[key]}: "
            f"{str(cell or '')[:40]!r} is not {kind}",
        )
    if len(reading.refusals) > max(LISTED, len(raw) // 2):
        raise DataError(
            f"{grid.path}: most rows cannot be read, such as {reading.refusals[0].reason}"
        )


def _suspended(reading: _Reading) -> pl.Series:
    """Tell the rows of days on which the instrument did not trade, where a column says it."""
    import polars as pl

    if "traded" not in reading.names:
        return pl.Series([False]).new_from_index(0, len(reading.grid.frame))
    texts = reading.cell("traded").cast(pl.String).str.strip_chars().str.to_lowercase()
    return texts.str.replace(r"\.0$", "").is_in(_SUSPENDED).fill_null(False)


def _in_currency(reading: _Reading, symbols: pl.Series) -> pl.Series:
    """Refuse rows in another currency than the instrument's, and columns in several."""
    import polars as pl

    raw, names = reading.grid.frame, reading.names
    signs = cells.signs_of_currency(raw[names["close"]])
    if len(signs) > 1:
        raise DataError(
            f"{reading.grid.path}, column {names['close']}: prices in several currencies",
            given=", ".join(signs),
            hint="split the file by currency",
        )
    column = headers.currency_of(names["close"])
    if "currency" not in names and not column:
        return pl.Series([True]).new_from_index(0, len(raw))
    of_each = {
        str(symbol): instruments.of_id(str(symbol))
        for symbol in symbols.unique().drop_nulls().to_list()
        if instruments.is_told(str(symbol))
    }
    own = symbols.cast(pl.String).replace_strict(
        {key: one.currency for key, one in of_each.items() if one.kind != "index"},
        default=None,
        return_dtype=pl.String,
    )
    if "currency" in names:
        stated = reading.cell("currency").cast(pl.String).str.strip_chars().str.to_uppercase()
        stated = stated.replace(_CURRENCIES)
    else:
        stated = pl.Series([column]).new_from_index(0, len(raw))
    other = ((stated != own) & (own != "")).fill_null(False)
    for index in other.arg_true().head(LISTED).to_list():
        reason = f"in {stated[index]}, where {symbols[index]} is priced in {own[index]}"
        reading.refuse(index, None, reason, str(symbols[index]))
    return ~other


def _adjustment(reading: _Reading, stated: Stated) -> Adjustment | None:
    """Return what the prices are, by the command, a column, the title or the file's name."""
    import polars as pl

    if stated.adjusted:
        return stated.adjusted
    if "adjustment" in reading.names:
        flags = reading.cell("adjustment").cast(pl.String).drop_nulls().unique().to_list()
        kinds = {adjustment.said(str(flag)) for flag in flags}
        if len(kinds) > 1:
            raise DataError(
                f"{reading.grid.path} holds prices of several kinds "
                f"(column {reading.names['adjustment']})",
                given=", ".join(sorted(map(str, flags))),
                hint="export one kind, best the prices as traded",
            )
        if kinds:
            return kinds.pop()
    titles = [" ".join(line) for line in reading.grid.above]
    kinds = {adjustment.said(each) for each in (*titles, reading.names["close"])} - {None}
    if kinds:
        return kinds.pop()
    return adjustment.said(Path(reading.grid.path).name)
