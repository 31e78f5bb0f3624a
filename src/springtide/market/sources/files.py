"""Files of bars and observations, as vendors export them, onto the columns of the lake."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from springtide.errors import DataError
from springtide.market import instruments
from springtide.market.independence import quotation
from springtide.market.reports import LISTED, Refusal
from springtide.market.sources import cells
from springtide.market.sources.batch import OBSERVATION_COLUMNS, Batch
from springtide.market.sources.days import parse_dates
from springtide.market.sources.grid import Grid, read_grid

if TYPE_CHECKING:
    import polars as pl

ENDINGS = (".csv", ".tsv", ".txt", ".parquet", ".xlsx", ".xls", ".xlsb", ".ods")
_IN_NAMES = re.compile(
    r"[\s_-]*(historical data|price history|历史数据|歷史數據|历史行情|日线|行情|daily|_d"
    r"|qfq|hfq|bfq|adj|adjusted|unadjusted|前复权|后复权|不复权)"
    r"[\s\d()_-]*$",
    re.IGNORECASE,
)


def find(paths: Sequence[str | Path], endings: tuple[str, ...] = ENDINGS) -> list[Path]:
    """Return the files to import: those given, and those in the folders given, in order of name.

    Parameters
    ----------
    paths
        Files and folders.
    endings
        What files of a folder end in; a file that is given by itself may end in anything.

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
                p for p in path.rglob("*") if p.is_file() and p.suffix.lower() in endings
            )
            if not inside:
                raise DataError(f"No data files in {path}", allowed=", ".join(endings))
            chosen += inside
        elif path.exists():
            chosen.append(path)
        else:
            raise DataError(f"There is no file {path}")
    return chosen


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
            wrong = parsed.is_null() & ~cells.is_unknown(raw[names[key]])
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


def moments(texts: pl.Series) -> pl.Series:
    """Read the moments at which rows were known, in UTC."""
    import polars as pl

    if isinstance(texts.dtype, pl.Datetime):
        zone = texts.dtype.time_zone
        return texts.dt.convert_time_zone("UTC") if zone else texts.dt.replace_time_zone("UTC")
    return texts.str.to_datetime(time_unit="us", time_zone="UTC", strict=False)


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
    days, complaint = parse_dates(raw["date"], date_format)
    if complaint:
        raise DataError(f"{path}, column date: {complaint}")
    figures = {"value": cells.parse_numbers(raw["value"])}
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
        moments(raw["known_at"])
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
