"""Files of bars and observations, as vendors export them, onto the columns of the lake."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from springtide.errors import DataError, UnknownNameError
from springtide.market import instruments
from springtide.market.independence import quotation
from springtide.market.reports import LISTED, Refusal
from springtide.market.sources import columns
from springtide.market.sources.batch import OBSERVATION_COLUMNS, Batch, bars_frame
from springtide.market.sources.grid import Grid, read_grid

if TYPE_CHECKING:
    import polars as pl

ENDINGS = (".csv", ".tsv", ".txt", ".parquet", ".xlsx", ".xls", ".xlsb", ".ods")
_PRICES = ("open", "high", "low", "close")
_IN_NAMES = re.compile(
    r"[\s_-]*(historical data|price history|历史数据|歷史數據|历史行情|日线|行情|daily|_d)"
    r"[\s\d()_-]*$",
    re.IGNORECASE,
)
_LOT = 100.0


def find(paths: Sequence[str | Path]) -> list[Path]:
    """Return the files to import: those given, and those in the folders given, in order of name.

    Raises
    ------
    DataError
        A path does not exist, or a folder holds no file of a supported kind.
    """
    chosen: list[Path] = []
    for each in paths:
        path = Path(each).expanduser()
        if path.is_dir():
            inside = sorted(
                p for p in path.rglob("*") if p.is_file() and p.suffix.lower() in ENDINGS
            )
            if not inside:
                raise DataError(f"No data files in {path}", allowed=", ".join(ENDINGS))
            chosen += inside
        elif path.exists():
            chosen.append(path)
        else:
            raise DataError(f"There is no file {path}")
    return chosen


def read_bars(
    path: Path,
    *,
    symbol: str | None = None,
    source: str | None = None,
    date_format: str | None = None,
) -> Batch:
    """Read one file of daily bars.

    Parameters
    ----------
    path
        CSV (any separator; UTF-8, UTF-16, GB18030, Big5), Parquet or Excel.
    symbol
        The instrument, where the file has no column for it; by default told from the file's name.
    source
        What to record as the rows' source, by default the file's name.
    date_format
        Such as ``%d/%m/%Y`` where the order of day and month cannot be told from the file.

    Raises
    ------
    DataError
        The file cannot be used; the message names file, line and column.
    """
    grid = read_grid(path)
    return _bars(grid, path.name, symbol, source or path.name, date_format)


def bars_of_table(table: pl.DataFrame, *, symbol: str | None, source: str) -> Batch:
    """Read daily bars from a table whose columns are named as those of files are.

    Raises
    ------
    DataError
        It has no date or close, or does not say of which instrument it is.
    """
    return _bars(Grid("the table", table, 1), symbol or "the table", symbol, source, None)


def _bars(grid: Grid, name: str, symbol: str | None, source: str, date_format: str | None) -> Batch:
    names = _roles(grid)
    if "date" not in names or "close" not in names:
        raise _no_columns(grid, names)
    frame, refusals, warnings = _figures(grid, names, date_format)
    frame = _with_symbol(frame, grid, names, symbol)
    if frame.is_empty() and refusals:
        raise DataError(f"{grid.path} has no usable row: {refusals[0].reason}")
    return Batch(name, bars_frame(frame, None, source), refusals, warnings)


def _roles(grid: Grid) -> dict[str, str]:
    """Return for each thing known which column holds it: the first that does."""
    holder: dict[str, str] = {}
    for name in grid.frame.columns:
        known = columns.role(name)
        if known and known != "unused":
            holder.setdefault(known, name)
    return holder


def _no_columns(grid: Grid, names: dict[str, str]) -> DataError:
    given = ", ".join(grid.frame.columns[:12])
    if "adjusted" in names and "date" in names:
        return DataError(
            f"{grid.path} holds only adjusted prices (column {names['adjusted']})",
            given=given,
            hint="levels need prices as traded: export the unadjusted close too",
        )
    missing = " and ".join(each for each in ("date", "close") if each not in names)
    return DataError(
        f"{grid.path} has no column for {missing}", given=given, allowed=columns.ALLOWED
    )


def _figures(
    grid: Grid, names: dict[str, str], date_format: str | None
) -> tuple[pl.DataFrame, tuple[Refusal, ...], tuple[str, ...]]:
    """Read dates and figures, naming the cells that are neither."""
    import polars as pl

    raw = grid.frame
    days, complaint = columns.parse_dates(raw[names["date"]], date_format)
    if complaint:
        raise DataError(f"{grid.path}, column {names['date']}: {complaint}")
    for key in (*_PRICES, "volume", "amount"):
        kind = raw[names[key]].dtype if key in names else pl.Float64()
        if not (kind.is_numeric() or kind in (pl.String, pl.Null)):
            raise DataError(f"{grid.path}, column {names[key]}: {kind} is no kind of number")
    comma = grid.separator != "," and columns.uses_decimal_comma(raw[names["close"]])
    figures = {
        key: columns.parse_numbers(raw[names[key]], decimal_comma=comma)
        if raw[names[key]].dtype == pl.String
        else raw[names[key]]
        for key in (*_PRICES, "volume", "amount")
        if key in names
    }
    refusals, good = _unreadable(grid, names, days, figures)
    frame = pl.DataFrame({"date": days, **figures})
    warnings: list[str] = []
    if "volume" in names:
        frame = _volume_in_shares(frame, names["volume"], warnings)
    for key in ("symbol", "source"):
        if key in names:
            frame = frame.with_columns(raw[names[key]].alias(key))
    if "known_at" in names:
        frame = frame.with_columns(_moments(raw[names["known_at"]]).alias("known_at"))
    if good is not None:
        frame = frame.filter(good)
    unused = [name for name in raw.columns if columns.role(name) is None]
    if unused:
        warnings.append(f"columns not used: {', '.join(unused[:8])}")
    return frame, refusals, tuple(warnings)


def _unreadable(
    grid: Grid, names: dict[str, str], days: pl.Series, figures: dict[str, pl.Series]
) -> tuple[tuple[Refusal, ...], pl.Series | None]:
    """Name the cells that could not be read; returns which rows are good (None: all)."""
    import polars as pl

    raw = grid.frame
    bad: dict[str, pl.Series] = {}
    if days.null_count():
        bad["date"] = days.is_null()
    for key, parsed in figures.items():
        if key != "amount" and raw[names[key]].dtype == pl.String:
            wrong = parsed.is_null() & ~columns.is_unknown(raw[names[key]])
            if wrong.any():
                bad[key] = wrong
    if not bad:
        return (), None
    unusable = pl.Series([False]).new_from_index(0, len(raw))
    for wrong in bad.values():
        unusable = unusable | wrong
    refusals = []
    for index in unusable.arg_true().to_list():
        if "date" in bad and bad["date"][index] and _is_footer(figures, index):
            continue
        key = next(key for key, wrong in bad.items() if wrong[index])
        cell = raw[names[key]][index]
        kind = "a date" if key == "date" else "a number"
        refusals.append(
            Refusal(
                symbol="",
                date=days[index],
                row=index + 1,
                reason=f"line {grid.first_line + index}, column {names[key]}: "
                f"{str(cell or '')[:40]!r} is not {kind}",
            )
        )
    if len(refusals) > max(LISTED, len(raw) // 2):
        raise DataError(f"{grid.path}: most rows cannot be read, such as {refusals[0].reason}")
    return tuple(refusals), ~unusable


def _is_footer(figures: dict[str, pl.Series], index: int) -> bool:
    """Tell a line below the table (数据来源：Wind) from a row: it has no figure."""
    return all(parsed[index] is None for parsed in figures.values())


def _volume_in_shares(frame: pl.DataFrame, name: str, warnings: list[str]) -> pl.DataFrame:
    """Bring volume to shares: by the unit in its name, else by the amount traded beside it.

    Eastmoney counts lots of 100 for mainland shares and says so nowhere; amount divided by close
    and volume shows it.
    """
    import polars as pl

    factor = columns.unit_factor(name)
    if factor == 1.0 and "amount" in frame.columns:
        told = frame.filter((pl.col("volume") > 0) & (pl.col("close") > 0))
        ratio = (told["amount"] / (told["volume"] * told["close"])).median()
        if isinstance(ratio, float) and abs(ratio / _LOT - 1) < 0.2:
            factor = _LOT
            warnings.append(f"column {name} counts lots of 100 (by the amount traded): now shares")
    return frame.with_columns(pl.col("volume") * factor) if factor != 1.0 else frame


def _moments(texts: pl.Series) -> pl.Series:
    import polars as pl

    if isinstance(texts.dtype, pl.Datetime):
        zone = texts.dtype.time_zone
        return texts.dt.convert_time_zone("UTC") if zone else texts.dt.replace_time_zone("UTC")
    return texts.str.to_datetime(time_unit="us", time_zone="UTC", strict=False)


def _with_symbol(
    frame: pl.DataFrame, grid: Grid, names: dict[str, str], symbol: str | None
) -> pl.DataFrame:
    """Set the symbol: as given, else from its column, else from the file's name."""
    import polars as pl

    if symbol is not None:
        return frame.with_columns(pl.lit(instruments.canonical(symbol)).alias("symbol"))
    if "symbol" in frame.columns:
        return _canonical_symbols(frame)
    if "name" in names:
        titles = grid.frame[names["name"]].drop_nulls().unique().to_list()
        if len(titles) == 1:
            named = _by_name(str(titles[0]))
            if named:
                return frame.with_columns(pl.lit(named).alias("symbol"))
    named = from_file_name(Path(grid.path).name)
    if named is None:
        raise DataError(
            f"{grid.path} does not say which instrument it is of",
            hint="give it: --symbol HSI, say, or name the file after it",
        )
    return frame.with_columns(pl.lit(named).alias("symbol"))


def _canonical_symbols(frame: pl.DataFrame) -> pl.DataFrame:
    """Write each symbol as the registry does, keeping the ones that it does not know."""
    import polars as pl

    texts = frame["symbol"]
    distinct = texts.unique().drop_nulls().cast(pl.String).to_list()
    changed = {each: instruments.canonical(each) for each in distinct}
    changed = {old: new for old, new in changed.items() if old != new}
    if not changed:
        return frame
    return frame.with_columns(texts.cast(pl.String).replace(changed).alias("symbol"))


def _by_name(name: str) -> str | None:
    try:
        return instruments.get(name).id
    except UnknownNameError:
        return None


def from_file_name(name: str) -> str | None:
    """Return the instrument that a file is named after, None where that is not clear.

    Examples
    --------
    >>> from_file_name("9988.hk.csv"), from_file_name("恒生指数历史数据.csv")
    ('9988.HK', 'HSI')
    >>> from_file_name("gspc.csv"), from_file_name("600519.SS.xlsx"), from_file_name("data.csv")
    ('SPX', '600519.SH', None)
    """
    stem = name
    for ending in ENDINGS:
        if stem.lower().endswith(ending):
            stem = stem[: -len(ending)]
    stem = _IN_NAMES.sub("", stem).strip()
    for candidate in (stem, f"^{stem}", stem.replace("_", "."), stem.replace("_", " ")):
        known = instruments.registered(candidate)
        if known:
            return known.id
    listed = instruments.listed_ids(stem)
    if len(listed) == 1 and not stem.isascii():  # open.csv, all.csv: words, not tickers
        return listed[0]
    code = instruments.canonical(stem)
    return code if re.fullmatch(r"\d{4,6}\.[A-Z]{2}", code) else None


def read_observations(
    path: Path, *, source: str | None = None, date_format: str | None = None
) -> Batch:
    """Read one file of published figures.

    It has the columns ``subject, field, date, value, unit`` and may have ``text``, ``source``,
    ``quoted_by`` (who cites that source) and ``known_at``.

    Raises
    ------
    DataError
        The file cannot be used; the message names file, line and column.
    """
    import polars as pl

    grid = read_grid(path)
    raw = grid.frame.rename(lambda name: name.strip().casefold())
    required = ("subject", "field", "date", "value", "unit")
    missing = [name for name in required if name not in raw.columns]
    if missing:
        raise DataError(
            f"{path} has no column {' and no column '.join(missing)}",
            given=", ".join(grid.frame.columns[:12]),
            allowed=", ".join(OBSERVATION_COLUMNS),
        )
    days, complaint = columns.parse_dates(raw["date"], date_format)
    if complaint:
        raise DataError(f"{path}, column date: {complaint}")
    figures = {"value": columns.parse_numbers(raw["value"])}
    names = {"date": "date", "value": "value"}
    refusals, good = _unreadable(
        Grid(grid.path, raw, grid.first_line, grid.separator), names, days, figures
    )
    texts = {
        name: raw[name].cast(pl.String)
        if name in raw.columns
        else pl.Series([default], dtype=pl.String).new_from_index(0, len(raw))
        for name, default in {
            "subject": None, "field": None, "unit": None, "text": None,
        }.items()
    } | {"source": _sources(raw, source or path.name)}  # fmt: skip
    known = (
        _moments(raw["known_at"])
        if "known_at" in raw.columns
        else pl.Series([None], dtype=pl.Datetime("us", "UTC")).new_from_index(0, len(raw))
    )
    frame = pl.DataFrame({"date": days, **figures, **texts, "known_at": known}).select(
        OBSERVATION_COLUMNS
    )
    frame = frame.with_row_index("_row", offset=1)
    if good is not None:
        frame = frame.filter(good)
    empty = pl.col("subject").is_null() | pl.col("field").is_null()
    empty = empty | (pl.col("value").is_null() & pl.col("text").is_null())
    refusals += tuple(
        Refusal(row["subject"] or "", row["date"], row["_row"], "no subject, field, or figure")
        for row in frame.filter(empty).head(LISTED).iter_rows(named=True)
    )
    frame = frame.filter(~empty).drop("_row")
    return Batch(path.name, _canonical_subjects(frame), refusals)


def _sources(raw: pl.DataFrame, default: str) -> pl.Series:
    """Return each row's source, with who cites it where a column says so."""
    import polars as pl

    if "source" in raw.columns:
        own = raw["source"].cast(pl.String).fill_null(default)
    else:
        own = pl.Series([default]).new_from_index(0, len(raw))
    if "quoted_by" not in raw.columns:
        return own
    citing = raw["quoted_by"].cast(pl.String).fill_null("").to_list()
    return pl.Series([quotation(*each) for each in zip(own.to_list(), citing, strict=True)])


def _canonical_subjects(frame: pl.DataFrame) -> pl.DataFrame:
    return _canonical_symbols(frame.rename({"subject": "symbol"})).rename({"symbol": "subject"})
