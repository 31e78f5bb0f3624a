"""From the bytes of a file to a grid of texts: encodings, separators, header lines, sheets.

What a file is, is told by its content, not by its name: vendors call tab-separated text ``.xls``.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from springtide.errors import DataError
from springtide.market.sources import headers

if TYPE_CHECKING:
    import polars as pl

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_CHINESE = ("gb18030", "big5hkscs")
_SEPARATORS = (",", "\t", ";", "|")
_HEADER_WITHIN = 30
_ZIP, _OLE, _PARQUET = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"PAR1"


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as read, before its columns are understood.

    ``frame`` has one column for each header, all text from CSV and Excel, typed from Parquet.
    ``first_line`` is the line of the file (row of the sheet) on which the first row stands.
    ``separator`` is empty where there was none. ``above`` holds the lines above the header, cell by
    cell: a title, or a first line of a header of two. ``sheet`` is the sheet's name.
    """

    path: str
    frame: pl.DataFrame
    first_line: int
    separator: str = ""
    above: tuple[tuple[str, ...], ...] = ()
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Header:
    """How a line of column names is told from other lines.

    ``known`` counts how many different things the names of a line are known to mean; ``allowed``
    says in an error which names would have been understood.
    """

    known: Callable[[Sequence[str]], int]
    allowed: str


COLUMNS = Header(headers.count_known, headers.ALLOWED)


def read_grid(path: Path, header: Header = COLUMNS) -> Grid:
    """Read one file of any supported kind: of a workbook the first sheet that is understood.

    See :func:`read_grids`.
    """
    return read_grids(path, header)[0]


def read_grids(path: Path, header: Header = COLUMNS) -> list[Grid]:
    """Read one file of any supported kind, a workbook sheet by sheet.

    Parameters
    ----------
    header
        How its line of column names is told; by default as one of known columns.

    Raises
    ------
    DataError
        It is empty, binary, in no known encoding, has no line of column names, or a line does not
        fit them (named by number).
    """
    import polars as pl

    if _starts(path, _PARQUET):
        try:
            return [Grid(str(path), pl.read_parquet(path), 1)]
        except (pl.exceptions.PolarsError, OSError) as error:
            raise DataError(f"{path} is a damaged Parquet file", hint="export it again") from error
    data = _bytes(path)
    if data.startswith((_ZIP, _OLE)):
        return _from_excel(path, data, header)
    text = decode(data, str(path), header)
    if not text.strip():
        raise DataError(f"{path} is empty", hint="export it again")
    return [_from_text(path, text.replace("\r\n", "\n").replace("\r", "\n"), header)]


def read_plain(path: Path, names: Sequence[str]) -> Grid:
    """Read separated text that has no line of column names, with the names that it is given.

    Raises
    ------
    DataError
        Its lines have another number of fields.
    """
    data = _bytes(path)
    if data.startswith((_ZIP, _OLE, _PARQUET)):
        raise DataError(f"{path} is no separated text", hint="it names its columns itself")
    text = decode(data, str(path)).replace("\r\n", "\n").replace("\r", "\n")
    first = text.lstrip().split("\n", 1)[0]
    for separator in _SEPARATORS:
        if len(_fields(first, separator)) == len(names):
            whole = separator.join(names) + "\n" + text.lstrip()
            told = Header(lambda given: 2 * (list(given) == list(names)), ", ".join(names))
            return replace(_from_text(path, whole, told), first_line=1)
    raise DataError(
        f"{path} has another number of columns than the {len(names)} that were named", given=first
    )


def _starts(path: Path, mark: bytes) -> bool:
    if not path.is_file():
        raise DataError(f"{path} is no ordinary file", allowed="a file on disk, or a folder")
    try:
        with path.open("rb") as file:
            return file.read(len(mark)) == mark
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror}") from error


def _bytes(path: Path) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror}") from error
    if not data.strip():
        raise DataError(f"{path} is empty", hint="export it again")
    return data


def decode(data: bytes, path: str, header: Header = COLUMNS) -> str:
    """Return the text of a file in UTF-8, UTF-16, GB18030 or Big5.

    Raises
    ------
    DataError
        It is in none of these, or not text at all.

    Examples
    --------
    >>> decode("日期,收盘".encode("gb18030"), "a.csv"), decode("日期,收盤".encode("big5"), "b.csv")
    ('日期,收盘', '日期,收盤')
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strictly(data, encoding, path)
    head = data[:4096]
    if b"\x00" in head:
        return _without_mark(data, path)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        where = error.start
    texts = []
    for encoding in _CHINESE:
        try:
            texts.append(data.decode(encoding))
        except UnicodeDecodeError:
            continue
    if not texts:
        line = data.count(b"\n", 0, where) + 1
        raise DataError(
            f"{path}, line {line}: byte {data[where]:#04x} is not text in a known encoding",
            allowed="UTF-8, UTF-16, GB18030, Big5",
            hint="export the file as UTF-8",
        )
    return max(texts, key=lambda text: _names_known(text, header))


def _without_mark(data: bytes, path: str) -> str:
    """Read UTF-16 that does not say that it is: in Latin text every other byte is zero."""
    head = data[:4096]
    zeros = (head[0::2].count(0), head[1::2].count(0))
    encoding = "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"
    text = data.decode(encoding, errors="replace") if max(zeros) > len(head) // 4 else "\x00"
    if any(char < "\t" or char == "\ufffd" for char in text[:2048]):
        raise DataError(
            f"{path} is a binary file", allowed="CSV or other separated text, Parquet, Excel"
        )
    return _strictly(data, encoding, path)


def _strictly(data: bytes, encoding: str, path: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise DataError(
            f"{path} begins like {encoding.upper()} and is not: byte {error.start}"
        ) from error


def _names_known(text: str, header: Header) -> int:
    """Count the column names known in the first lines: tells GB18030 from Big5."""
    lines = text.splitlines()[:_HEADER_WITHIN]
    return max((header.known(line.split(sep)) for line in lines for sep in _SEPARATORS), default=0)


def _from_text(path: Path, text: str, header: Header) -> Grid:
    import polars as pl

    line, separator, names = _header(path, text, header)
    lines = text.split("\n")
    names, between = _rows_separator(lines[line + 1 :], separator, names)
    try:
        frame = pl.read_csv(
            "\n".join(lines[line:]).encode(),
            separator=between,
            has_header=False,
            new_columns=names,
            skip_lines=1,
            infer_schema=False,
            raise_if_empty=False,
        )
    except pl.exceptions.PolarsError as error:
        raise _malformed(path, lines[line:], line, between, names) or DataError(
            f"{path} cannot be read as separated text", hint="is a quotation mark not closed?"
        ) from error
    if frame.is_empty():
        raise DataError(f"{path} has column names and no rows", hint="export it again")
    if len(frame.columns) != len(names):
        raise _malformed(path, lines[line:], line, between, names) or DataError(
            f"{path} has {len(frame.columns)} columns where its header names {len(names)}"
        )
    above = tuple(tuple(_fields(each, separator)) for each in lines[:line])
    return Grid(str(path), frame, line + 2, between, above)


def _rows_separator(rows: Sequence[str], separator: str, names: list[str]) -> tuple[list[str], str]:
    """Return the names and the separator of the rows: another one than the header's at times.

    A separator too many at the end of every row makes a column without a name.
    """
    first = next((row for row in rows if row.strip()), "")
    fields = _fields(first, separator)
    if len(fields) == 1 and len(names) > 2:
        for other in _SEPARATORS:
            if len(_fields(first, other)) == len(names):
                return names, other
    if len(fields) == len(names) + 1 and not fields[-1].strip():
        return headers.distinct([*names, ""]), separator
    return names, separator


def _header(path: Path, text: str, header: Header) -> tuple[int, str, list[str]]:
    """Find the line of column names: (its index, the separator, the names)."""
    best: tuple[int, int, str, list[str]] = (0, 0, "", [])
    for index, line in enumerate(text.split("\n", _HEADER_WITHIN)[:_HEADER_WITHIN]):
        for separator in _SEPARATORS:
            names = _fields(line, separator)
            known = header.known(names)
            if known > best[0]:
                best = (known, index, separator, names)
    known, index, separator, names = best
    if known < 2:
        first = text.strip().splitlines()[0][:80]
        raise DataError(
            f"{path} has no line of column names that is understood",
            given=first,
            allowed=header.allowed,
        )
    return index, separator, headers.distinct(names)


def _fields(line: str, separator: str) -> list[str]:
    try:
        return next(csv.reader([line.strip("\r\n")], delimiter=separator), [])
    except csv.Error:
        return []


def _malformed(
    path: Path, lines: Sequence[str], header: int, separator: str, names: list[str]
) -> DataError | None:
    """Find the first line that does not fit the header, to name it."""
    reader = csv.reader(io.StringIO("\n".join(lines)), delimiter=separator)
    try:
        for row in reader:
            if len(row) > len(names):
                return DataError(
                    f"{path}, line {header + reader.line_num}: {len(row)} fields where the header "
                    f"has {len(names)}",
                    given=separator.join(row)[:120],
                    hint=f"the column after {names[-1]} has no name",
                )
    except csv.Error as error:
        where = f"{path}, line {header + reader.line_num}"
        return DataError(f"{where} cannot be split into fields", given=str(error))
    return None


def _from_excel(path: Path, data: bytes, header: Header) -> list[Grid]:
    """Read the sheets in which a line of column names is found."""
    import polars as pl

    try:
        sheets = pl.read_excel(
            data,
            sheet_id=0,
            has_header=False,
            infer_schema_length=0,
            drop_empty_rows=False,
            raise_if_empty=False,
        )
    except Exception as error:  # calamine's own kinds of error are not public
        raise DataError(
            f"{path} is not an Excel file that can be read",
            hint="open it and save it again, or export CSV",
        ) from error
    grids = [_from_sheet(path, name, sheet, header) for name, sheet in sheets.items()]
    understood = [grid for grid in grids if grid is not None]
    if not understood:
        raise DataError(
            f"{path} has no sheet with a line of column names that is understood",
            given=", ".join(sheets),
            allowed=header.allowed,
        )
    filled = [grid for grid in understood if not grid.frame.is_empty()]
    if not filled:
        raise DataError(f"{path} has column names and no rows", hint="export it again")
    return filled


def _from_sheet(path: Path, name: str, sheet: pl.DataFrame, header: Header) -> Grid | None:
    import polars as pl

    best = (1, -1)
    rows = [tuple(str(cell or "") for cell in row) for row in sheet.head(_HEADER_WITHIN).rows()]
    for index, row in enumerate(rows):
        known = header.known(row)
        if known > best[0]:
            best = (known, index)
    known, at = best
    if known < 2:
        return None
    frame = sheet.slice(at + 1).cast(pl.String)
    frame.columns = headers.distinct(rows[at])
    return Grid(str(path), frame, at + 2, above=tuple(rows[:at]), sheet=name)
