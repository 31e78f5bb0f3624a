"""Whether a lake on disk is whole, and what can be brought back where it is not.

Commits are atomic, so a lake is not damaged by a process that dies. Disks, copies and other
programs do it: a log entry that is empty after a power cut (readers pass over it, and its rows are
gone without a word), a log that was not copied, a data file that is missing or cut short. A cheap
look at names and sizes is taken whenever a lake is opened; :func:`check` reads every file.

Rows are never made up. What a repair brings back are rows of files that are still there; what it
takes out of the table are files that are gone or unreadable, and it says which rows those were.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from springtide.errors import LakeError
from springtide.market.tables import SCHEMAS, Part, Table

if TYPE_CHECKING:
    import polars as pl

    from springtide.market.lake import Lake

Fault = Literal[
    "empty log entry", "no log", "log entry missing", "file missing", "file damaged",
    "repair not finished",
]  # fmt: skip

_ENTRY = re.compile(r"(\d{20})\.json")
_CHECKPOINT = re.compile(r"(\d{20})\.checkpoint.*\.parquet")
_ENDING = b"PAR1"
_ASIDE = ".damaged"
_BEGUN = ".repairing"
"""A file beside the log for as long as it is being mended: a repair that dies is taken up again."""


@dataclass(frozen=True, slots=True)
class Damage:
    """One thing that is wrong with a table.

    Attributes
    ----------
    table, fault
        Where, and of which kind.
    file
        The name of the file concerned.
    part
        What the log says of a data file, with its rows and the range of its keys.
    """

    table: Table
    fault: Fault
    file: str
    part: Part | None = None

    def __str__(self) -> str:
        rows = ""
        if self.part is not None and self.part.rows is not None:
            rows = f" ({self.part.rows:,} rows, {self.part.low} to {self.part.high})"
        return f"table {self.table}: {self.fault}: {self.file}{rows}"


@dataclass(frozen=True, slots=True)
class Repair:
    """What was done about one damage: rows brought back, rows that are lost."""

    damage: Damage
    recovered: int = 0
    lost: int = 0


def damages_of_log(folder: Path, table: Table) -> list[Damage]:
    """Look at the names and sizes of a table's log, as is done whenever a lake is opened.

    Parameters
    ----------
    folder
        The table's folder; one that does not exist is no table, and not damaged.
    """
    log = folder / "_delta_log"
    entries = {name: size for name, size in _files(log) if _ENTRY.fullmatch(name)}
    checkpoints = [m for name, size in _files(log) if (m := _CHECKPOINT.fullmatch(name)) and size]
    if not entries and not checkpoints:
        data = [name for name, _ in _files(folder) if name.endswith(".parquet")]
        return [Damage(table, "no log", f"{len(data)} data files")] if data else []
    empty = [
        Damage(table, "empty log entry", name) for name in sorted(entries) if not entries[name]
    ]
    begun = [Damage(table, "repair not finished", _BEGUN)] if (folder / _BEGUN).exists() else []
    numbers = sorted(int(name[:20]) for name in entries)
    since = max((int(m.group(1)) for m in checkpoints), default=-1) + 1
    there = {number for number in numbers if number >= since}
    last = max(there, default=since - 1)
    gaps = sorted(set(range(since, last + 1)) - there)
    missing = [Damage(table, "log entry missing", f"{number:020}.json") for number in gaps]
    return empty + missing + begun


def damages_of_files(folder: Path, table: Table, parts: Sequence[Part]) -> list[Damage]:
    """Look at the names, sizes and last bytes of a table's data files."""
    there = dict(_files(folder))
    damages = []
    for part in parts:
        name = Path(part.path).name
        if name not in there:
            damages.append(Damage(table, "file missing", name, part))
        elif there[name] != part.size or not _ends_well(folder / name):
            damages.append(Damage(table, "file damaged", name, part))
    return damages


def _files(folder: Path) -> Iterator[tuple[str, int]]:
    try:
        with os.scandir(folder) as entries:
            yield from ((each.name, each.stat().st_size) for each in entries if each.is_file())
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        raise LakeError(f"The lake at {folder} cannot be read: {error.strerror}") from error


def _ends_well(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            file.seek(-4, os.SEEK_END)
            return file.read() == _ENDING
    except OSError:
        return False


def refuse(address: str, damages: Sequence[Damage]) -> LakeError:
    """Return the error that names what is damaged."""
    more = f" and {len(damages) - 3} more" if len(damages) > 3 else ""
    return LakeError(
        f"The lake at {address} is damaged: {'; '.join(map(str, damages[:3]))}{more}",
        hint=f"springtide lake check --lake {address} tells all; springtide lake repair mends it",
    )


def unreadable(address: str) -> LakeError:
    """Return the error of a data file that cannot be read, though its name and size are right."""
    return LakeError(
        f"A data file of the lake at {address} cannot be read",
        hint=f"springtide lake check --lake {address} names it",
    )


@contextlib.contextmanager
def reading(address: str) -> Iterator[None]:
    """Turn what Polars says of a data file into an error that says what to do."""
    import polars as pl

    try:
        yield
    except (pl.exceptions.PolarsError, OSError) as error:
        raise unreadable(address) from error


def check(address: str, lake: Lake | None = None) -> list[Damage]:
    """Read every file of a lake, and say what is wrong.

    Parameters
    ----------
    address
        The lake's folder.
    lake
        The opened lake, of one in an object store, whose log no folder shows.

    Raises
    ------
    LakeError
        There is no lake there.
    """
    root = Path(address).expanduser()
    if lake is None and not any((root / table).is_dir() for table in SCHEMAS):
        raise LakeError(f"There is no lake at {address}", hint="give its folder with --lake")
    damages: list[Damage] = []
    for table in SCHEMAS:
        log = [] if lake is not None else damages_of_log(root / table, table)
        damages += log
        if log:
            continue  # what its files are is known when the log is mended
        parts = lake.snapshot(table).parts if lake is not None else _parts(root, table)
        quick = [] if lake is not None else damages_of_files(root / table, table, parts)
        damages += quick
        known = {each.part for each in quick}
        damages += [
            Damage(table, "file damaged", Path(part.path).name, part)
            for part in parts
            if part not in known and not _reads(part, lake)
        ]
    return damages


def _parts(root: Path, table: Table) -> tuple[Part, ...]:
    from springtide.market.lake import Lake

    if not (root / table / "_delta_log").is_dir():
        return ()
    return Lake(str(root), {}).parts_in_log(table)


def _reads(part: Part, lake: Lake | None) -> bool:
    import polars as pl

    options = dict(lake.storage_options) if lake is not None else None
    try:
        frame = pl.read_parquet(part.path, storage_options=options or None, glob=False)
    except (pl.exceptions.PolarsError, OSError):
        return False
    return part.rows is None or len(frame) == part.rows


def repair(address: str) -> list[Repair]:
    """Bring back what is still there, and take out of the tables what is not.

    An empty log entry is replaced by one that changes nothing, and the rows of the files that it
    named are stored again; so are the rows of a table whose log is gone. Files that are missing or
    damaged leave the table. Whatever is replaced is kept beside it with the ending ``.damaged``.

    Raises
    ------
    LakeError
        It is in an object store, or cannot be written to.
    """
    if "://" in address:
        raise LakeError(
            "Only a lake on disk can be repaired", given=address,
            hint="copy it to a folder, repair it there, and copy it back",
        )  # fmt: skip
    root = Path(address).expanduser()
    done: list[Repair] = []
    for table in SCHEMAS:
        done += _repair_log(root, table)
        done += _repair_files(root, table)
    return done


def _repair_log(root: Path, table: Table) -> list[Repair]:
    damages = damages_of_log(root / table, table)
    if not damages:
        return []
    log = root / table / "_delta_log"
    begun = root / table / _BEGUN
    begun.touch()
    useless = any(each.fault == "no log" or each.file == f"{0:020}.json" for each in damages)
    if useless and log.is_dir():
        log.rename(_free(log.with_name("_delta_log" + _ASIDE)))
    for each in damages if log.is_dir() else []:
        if not _ENTRY.fullmatch(each.file):
            continue
        entry = log / each.file
        if entry.exists():
            entry.rename(_free(entry.with_name(entry.name + _ASIDE)))
        note = {"commitInfo": {"operation": "REPAIR", "engineInfo": "springtide"}}
        entry.write_text(json.dumps(note) + "\n", encoding="utf-8")
    recovered = _store_again(root, table)
    begun.unlink()
    first, *others = damages
    return [Repair(first, recovered), *(Repair(each) for each in others)]


def _free(path: Path) -> Path:
    """Return a path under which nothing is yet."""
    count = 0
    while (path if not count else path.with_name(f"{path.name}{count}")).exists():
        count += 1
    return path if not count else path.with_name(f"{path.name}{count}")


def _store_again(root: Path, table: Table) -> int:
    """Store the rows of data files that no entry of the log speaks of, once each."""
    import polars as pl

    from springtide.market.lake import Lake
    from springtide.market.tables import Snapshot, polars_schema

    folder = root / table
    spoken = _named_in_log(folder / "_delta_log")
    orphans = sorted(
        folder / name for name, _ in _files(folder)
        if name.endswith(".parquet") and name not in spoken
    )  # fmt: skip
    frames = [frame for path in orphans if (frame := _read(path, table)) is not None]
    if not frames:
        return 0
    columns = list(polars_schema(table))
    rows = pl.concat(frames).unique(maintain_order=True)

    def choose(snapshot: Snapshot) -> pl.DataFrame:
        stored = snapshot.scan().collect()
        return rows.join(stored, on=columns, how="anti", nulls_equal=True) if len(stored) else rows

    _, count = Lake(str(root), {}).append(table, choose)
    return count


def _read(path: Path, table: Table) -> pl.DataFrame | None:
    import polars as pl

    from springtide.market.tables import polars_schema

    schema = polars_schema(table)
    try:
        frame = pl.read_parquet(path, glob=False)
    except (pl.exceptions.PolarsError, OSError):
        return None
    if not set(frame.columns) <= set(schema):
        frame = frame.select(name for name in frame.columns if name in schema)
    absent = [pl.lit(None, dtype=kind).alias(name) for name, kind in schema.items()
              if name not in frame.columns]  # fmt: skip
    return frame.with_columns(absent).select(list(schema)).cast(pl.Schema(schema))


def _named_in_log(log: Path) -> set[str]:
    """Return the files that the log has ever added or removed."""
    import polars as pl

    named: set[str] = set()
    for name, size in _files(log):
        if _ENTRY.fullmatch(name) and size:
            for line in (log / name).read_text(encoding="utf-8").splitlines():
                action = cast(dict[str, dict[str, str]], json.loads(line))
                for kind in ("add", "remove"):
                    if kind in action:
                        named.add(Path(action[kind]["path"]).name)
        elif _CHECKPOINT.fullmatch(name) and size:
            frame = pl.read_parquet(log / name)
            for kind in ("add", "remove"):
                if kind in frame.columns:
                    paths = frame[kind].struct.field("path").drop_nulls().to_list()
                    named.update(Path(path).name for path in paths)
    return named


def _repair_files(root: Path, table: Table) -> list[Repair]:
    from springtide.market.lake import Lake

    parts = _parts(root, table)
    damages = damages_of_files(root / table, table, parts)
    known = {each.part for each in damages}
    damages += [
        Damage(table, "file damaged", Path(part.path).name, part)
        for part in parts
        if part not in known and not _reads(part, None)
    ]
    if not damages:
        return []
    gone = [each.part for each in damages if each.part is not None]
    Lake(str(root), {}).drop(table, gone)
    for each in damages:
        path = root / table / each.file
        if path.exists():
            path.rename(_free(path.with_name(path.name + _ASIDE)))
    return [Repair(each, lost=(each.part.rows or 0) if each.part else 0) for each in damages]
