"""The lake: Delta Lake tables of bars and observations, written and read with Polars.

A lake is a folder, or an object-store address, with one Delta table for each kind of row. Rows are
only ever added: a figure that changed is a new row with a later ``known_at``, so that every state
the lake was ever in can be read again by its version.

A commit is atomic. Data files are written first and become part of the table when the commit names
them, so that a process that dies leaves at most a file that nothing refers to. A writer commits
only on top of the version that it compared its rows with; where another was faster, it reads again
and compares again, so that no row is lost and none is stored twice.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from springtide.errors import LakeError
from springtide.market.commits import commit_files, commit_rows
from springtide.market.delta import (
    accept,
    columns_lacking,
    create,
    has_commit,
    parts_of,
    saying,
)
from springtide.market.integrity import damages_of_files, damages_of_log, refuse
from springtide.market.tables import (
    SCHEMAS,
    SMALL,
    Part,
    Snapshot,
    Table,
    as_stored,
    key_of,
)

if TYPE_CHECKING:
    import polars as pl
    from deltalake import DeltaTable

MADE_FIRST: tuple[Table, ...] = ("bars", "observations")
"""The tables that every lake has; the others are made when something is first put into them."""

_ATTEMPTS = 50
_MANY = 32
"""So many small files of a table are made into one."""


class Lake:
    """A lake that has been opened. Make one with :meth:`open` or :meth:`create`.

    Examples
    --------
    >>> import tempfile
    >>> lake = Lake.create(tempfile.mkdtemp())
    >>> lake.versions()
    {'bars': 0, 'observations': 0}
    >>> lake.sql("SELECT count(*) AS n FROM bars")["n"].item()
    0
    """

    def __init__(
        self,
        address: str,
        storage_options: Mapping[str, str],
        pins: Mapping[str, int] | None = None,
    ) -> None:
        self.address = address
        self._options = dict(storage_options)
        self._pins = pins
        self._tables: dict[str, DeltaTable] = {}
        self._snapshots: dict[tuple[str, int], Snapshot] = {}

    def __reduce__(self) -> tuple[object, ...]:
        """Travel as an address, held at the same versions: who gets it reads the files anew."""
        return Lake, (self.address, self._options, self._pins)

    @classmethod
    def open(cls, address: str | Path, storage_options: Mapping[str, str] | None = None) -> Lake:
        """Open a lake that exists.

        Raises
        ------
        LakeError
            There is none, it cannot be read, or a newer version of Springtide made it.
        """
        lake = cls(str(address), storage_options or {})
        lake._look_over()
        if lake._delta("bars") is None:
            raise LakeError(
                f"There is no lake at {address}",
                hint="make one with springtide import bars FILE, or with springtide demo",
            )
        lake._delta("observations")
        lake._register()
        return lake

    @classmethod
    def create(cls, address: str | Path, storage_options: Mapping[str, str] | None = None) -> Lake:
        """Open a lake, making it first where there is none.

        Raises
        ------
        LakeError
            It cannot be made there (read-only, a file in its place, no space), or exists and
            cannot be read.
        """
        lake = cls(str(address), storage_options or {})
        lake._look_over()
        for table in MADE_FIRST:
            if lake._delta(table) is None:
                lake._make(table)
        lake._register()
        return lake

    def _look_over(self) -> None:
        """Refuse a lake whose log is damaged, which readers of Delta would pass over."""
        if self.local is None:
            return
        damages = [each for table in SCHEMAS for each in damages_of_log(self.local / table, table)]
        if damages:
            raise refuse(self.address, damages)

    @property
    def storage_options(self) -> Mapping[str, str]:
        """What an object store needs to know."""
        return MappingProxyType(self._options)

    def _register(self) -> None:
        """Make what the lake says of its own instruments known."""
        from springtide.market import declared

        declared.register(self)

    @cached_property
    def local(self) -> Path | None:
        """The lake's folder; None where it is in an object store."""
        scheme, colon, _ = self.address.partition("://")
        if colon and scheme != "file":
            return None
        return Path(self.address.removeprefix("file://")).expanduser()

    def versions(self) -> dict[str, int]:
        """Return the version of each table, such as a brief records.

        Examples
        --------
        >>> import tempfile
        >>> Lake.create(tempfile.mkdtemp()).versions()["bars"]
        0
        """
        if self._pins is not None:
            return dict(self._pins)
        tables = {name: self.snapshot(name).version for name in SCHEMAS}
        return {name: version for name, version in tables.items() if version >= 0}

    def at(self, versions: Mapping[str, int] | None = None) -> Lake:
        """Return this lake held at certain versions, by default the present ones.

        Whatever is written later, a lake so held reads the same. It cannot be written to.

        Raises
        ------
        LakeError
            A version does not exist (yet, or any more).
        """
        lake = Lake(self.address, self._options, dict(versions or self.versions()))
        lake._tables = dict(self._tables)
        lake._snapshots = dict(self._snapshots)
        return lake

    def snapshot(self, table: Table) -> Snapshot:
        """Return a table as it is now, or at the version this lake is held at."""
        if self._pins is None:
            delta = self._delta(table)
            version = -1 if delta is None else delta.version()
        else:
            version = self._pins.get(table, -1)
            delta = None
        known = self._snapshots.get((table, version))
        if known is None:
            if version >= 0 and (delta is None or delta.version() != version):
                delta = self._load(table, version)
            parts = () if delta is None or version < 0 else self._parts(table, delta)
            known = Snapshot(table, version, parts, MappingProxyType(self._options))
            self._snapshots[(table, version)] = known
        return known

    def append(
        self, table: Table, choose: Callable[[Snapshot], pl.DataFrame | None]
    ) -> tuple[int, int]:
        """Add rows in one commit, chosen by comparison with what is there.

        Parameters
        ----------
        choose
            Given the table as it is, returns the rows to add (columns as in :data:`SCHEMAS`), or
            None where there are none. Called again whenever another process committed in between.

        Returns
        -------
        tuple of int
            The version of the table after it, and how many rows were added.

        Raises
        ------
        LakeError
            The lake cannot be written to, or no space is left; what was stored is untouched.
        """
        if self._pins is not None:
            raise LakeError("This lake is held at a version and cannot be written to")
        if self._delta(table) is None:
            self._make(table)
        with self._lock():
            self._complete(table)
            for attempt in range(_ATTEMPTS):
                snapshot = self.snapshot(table)
                rows = choose(snapshot)
                if rows is None or rows.is_empty():
                    return snapshot.version, 0
                if self._commit(table, snapshot, rows):
                    return self.snapshot(table).version, len(rows)
                time.sleep(min(0.01 * 2**attempt, 1.0))
        raise LakeError(
            f"The lake at {self.address} is being written to by too many processes at once",
            hint="try again",
        )

    def tidy(self) -> int:
        """Make many small files of a table into few, so that reading stays fast.

        Rows of one symbol (subject) are put together and each file holds a range of them, so that
        a reader of some passes over the others. Rows and history are untouched: earlier versions
        read as before. Does nothing where there are few small files, or while another process
        writes.

        Returns
        -------
        int
            How many files were replaced.
        """
        replaced = 0
        for table in SCHEMAS:
            snapshot = self.snapshot(table)
            small = [part for part in snapshot.parts if (part.rows or 0) < SMALL]
            if len(small) < _MANY:
                continue
            if self.local is None:
                with self._saying("written to"):
                    self._tables[table].optimize.z_order([key_of(table), "date"])
                replaced += len(small)
                continue
            of_small = replace(snapshot, parts=tuple(small))
            with self._lock():
                rows = of_small.scan().sort(key_of(table), "date", "known_at").collect()
                if self._commit(table, snapshot, rows, small):
                    replaced += len(small)
        return replaced

    def parts_in_log(self, table: Table) -> tuple[Part, ...]:
        """Return the data files that the log names, whether they are there or not."""
        delta = self._delta(table)
        return () if delta is None else self._named(table, delta)

    def drop(self, table: Table, parts: Sequence[Part]) -> None:
        """Take data files out of a table whose rows are gone (see :mod:`.integrity`)."""
        from deltalake import CommitProperties
        from deltalake.transaction import RemoveAction

        with self._lock(), self._saying("written to"):
            delta = self._load(table, None)
            now = int(time.time() * 1000)
            delta.create_write_transaction(
                [RemoveAction(part.name, True, now, part.size) for part in parts],
                mode="append",
                schema=delta.schema(),
                commit_properties=CommitProperties(max_commit_retries=0),
            )

    def sql(self, query: str, *, files: bool = False) -> pl.DataFrame:
        """Run a SQL query (Polars' dialect) over the tables; nothing can be changed by it.

        ``bars`` and ``observations`` hold every row with its history; ``latest_bars`` and
        ``latest_observations`` one row for each figure, as last known; ``forecasts``, ``outcomes``,
        ``fits`` and ``calls`` what the outlook has stored.

        Parameters
        ----------
        files
            Whether it may read files of this machine (``read_csv`` and its like).

        Raises
        ------
        UsageError
            The query is not valid SQL, would change data, reads files without being allowed to,
            asks for no table, or names something that does not exist.
        """
        from springtide.market.query import run

        return run(self, query, files=files)

    # -- inside ------------------------------------------------------------------------------

    def _uri(self, table: str) -> str:
        if self.local is not None:
            return os.path.join(self.local, table)
        return f"{self.address.rstrip('/')}/{table}"

    def _delta(self, table: Table) -> DeltaTable | None:
        """Return the newest state of a table; None where it does not exist."""
        from deltalake.exceptions import TableNotFoundError

        delta = self._tables.get(table)
        if delta is not None:
            with self._saying("read"):
                delta.update_incremental()
            return delta
        if self.local is not None and not has_commit(self._uri(table)):
            return None
        try:
            delta = self._load(table, None)
        except TableNotFoundError:
            return None
        self._tables[table] = delta
        return delta

    def _load(self, table: Table, version: int | None) -> DeltaTable:
        from deltalake import DeltaTable
        from deltalake.exceptions import TableNotFoundError

        with self._saying("read", passing=TableNotFoundError if version is None else ()):
            delta = DeltaTable(
                self._uri(table), version=version, storage_options=self._options or None
            )
        accept(self.address, table, delta)
        return delta

    def _make(self, table: Table) -> None:
        from deltalake.exceptions import CommitFailedError, DeltaError

        with self._saying("written to", passing=CommitFailedError):
            if self.local:
                (self.local / table).mkdir(parents=True, exist_ok=True)
            try:
                create(self._uri(table), table, self._options)
            except DeltaError:
                if self._delta(table) is None:  # not another process that was faster
                    raise
        self._delta(table)

    def _complete(self, table: Table) -> None:
        """Add the columns that a table of an earlier version of Springtide has not yet."""
        from deltalake.exceptions import CommitFailedError

        delta = self._delta(table)
        assert delta is not None
        lacking = columns_lacking(delta, table)
        if lacking:
            with self._saying("written to", passing=CommitFailedError):
                try:
                    delta.alter.add_columns(lacking)
                except CommitFailedError:  # another process that was faster
                    delta.update_incremental()

    def _parts(self, table: Table, delta: DeltaTable) -> tuple[Part, ...]:
        parts = self._named(table, delta)
        if self.local is not None:
            damages = damages_of_files(self.local / table, table, parts)
            if (
                damages
                and self._pins is not None
                and all(each.fault == "file missing" for each in damages)
            ):
                raise LakeError(
                    f"Version {delta.version()} of the table {table} can no longer be read: "
                    f"{len(damages)} of its files were removed (vacuumed)",
                    hint="read a newer version",
                )
            if damages:
                raise refuse(self.address, damages)
        return parts

    def _named(self, table: Table, delta: DeltaTable) -> tuple[Part, ...]:
        with self._saying("read"):
            return parts_of(delta, table, self._uri(table))

    def _commit(
        self,
        table: Table,
        snapshot: Snapshot,
        rows: pl.DataFrame,
        replacing: Sequence[Part] = (),
    ) -> bool:
        """Write rows and commit them on top of a snapshot; False where another was faster."""
        from deltalake.exceptions import CommitFailedError

        rows = as_stored(table, rows)
        with self._saying("written to"):
            try:
                base = self._base(table, snapshot.version)
                if self.local:
                    commit_files(base, table, self.local / table, rows, replacing)
                else:
                    commit_rows(base, rows)
            except CommitFailedError:
                return False
        return True

    def _base(self, table: Table, version: int) -> DeltaTable:
        """Return a table at exactly the version that rows were compared with."""
        delta = self._tables[table]
        return delta if delta.version() == version else self._load(table, version)

    @contextlib.contextmanager
    def _lock(self) -> Iterator[None]:
        """Let writers on one machine wait for each other rather than do their work twice.

        Only a courtesy: commits are safe without it (other machines, object stores).
        """
        local = self.local
        if local is None or os.name != "posix":
            yield
            return
        import fcntl

        with self._saying("written to"):
            file = open(local / ".writing", "ab")  # noqa: SIM115 (closed below; errors are ours)
        with file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _saying(
        self,
        done: str,
        passing: type[BaseException] | tuple[type[BaseException], ...] = (),
    ) -> AbstractContextManager[None]:
        return saying(self.address, done, passing)
