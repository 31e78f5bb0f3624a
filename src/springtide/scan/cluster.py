"""A scan past one machine: batches as tasks of a Dask cluster, each of which stores its own rows.

The driver pins the versions of the lake and sends words alone: address, versions, symbols, days,
metrics. A worker reads its own files and appends its rows to the table ``scans``, by run, symbol,
metric and day, so that a task that runs twice stores nothing twice, and whoever is lost costs only
what was at hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from springtide.cluster import LostError, connected, cores
from springtide.errors import LakeError
from springtide.market.lake import Lake
from springtide.scan.plan import Plan
from springtide.scan.rows import frame_of, ordered
from springtide.scan.run import (
    Said,
    all_symbols,
    batches_of,
    complete,
    ended,
    measure_batch,
    shared_out,
    tidied,
)
from springtide.scan.store import store, stored

if TYPE_CHECKING:
    import polars as pl
    from distributed import Client

PARTS = 10
"""A batch that ended its worker is tried again in so many parts."""


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a batch: stored, or its rows with why they could not be."""

    rows: int
    unstored: pl.DataFrame | None = None
    why: str = ""


def on_cluster(
    lake: Lake,
    plan: Plan,
    scheduler: str,
    symbols: Sequence[str] | None = None,
    *,
    progress: Said = lambda part, done, total: None,
) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Run a scan on a cluster; what an earlier start has stored is taken.

    Parameters
    ----------
    lake
        The lake of the plan, not held at a version.
    plan, symbols, progress
        As of :func:`springtide.scan.run.scan`.
    scheduler
        Address of the scheduler.

    Returns
    -------
    tuple
        The rows, and what went wrong in storing them; rows that could not be stored are among the
        rows nevertheless.

    Raises
    ------
    SpringtideError
        No scheduler answers, or it went away. What was stored by then is taken by the next start.
    """
    import polars as pl

    wanted = list(symbols) if symbols is not None else all_symbols(plan)
    held = stored(lake, plan).filter(pl.col("symbol").is_in(wanted))
    there = complete(plan, held)
    left = [symbol for symbol in wanted if symbol not in there]
    extra: list[pl.DataFrame] = []
    notes: list[str] = []
    if left:
        with connected(scheduler) as client:
            extra, notes = _Run(client, plan, scheduler, lake, progress).all(left)
        tidied(lake)
    rows = stored(lake, plan).filter(pl.col("symbol").is_in(wanted))
    whole = pl.concat([rows, *extra]).unique(
        ["symbol", "date", "metric", "params"], keep="first", maintain_order=True
    )
    return ordered(whole, plan.asked), tuple(dict.fromkeys(notes))


class _Run:
    """One run: which batches are out, and what came back."""

    def __init__(
        self, client: Client, plan: Plan, scheduler: str, lake: Lake, progress: Said
    ) -> None:
        self.client, self.plan, self.scheduler = client, plan, scheduler
        self.lake, self.progress = lake, progress
        self.out: dict[Any, tuple[str, ...]] = {}
        self.extra: list[pl.DataFrame] = []
        self.notes: list[str] = []

    def all(self, symbols: Sequence[str]) -> tuple[list[pl.DataFrame], list[str]]:
        from distributed import as_completed

        batches = shared_out(self.plan, symbols, cores(self.client))
        waiting: Any = as_completed([self._send(one) for one in batches], loop=self.client.loop)
        done = 0
        for future in waiting:
            batch = self.out.pop(future.key)
            again = self._taken(future, batch)
            if again:
                waiting.update([self._send(part) for part in again])
                continue
            done += len(batch)
            self.progress(batch[-1], done, len(symbols))
        return self.extra, self.notes

    def _send(self, batch: tuple[str, ...]) -> Any:
        key = f"scan-{self.plan.run}-{batch[0]}-{len(batch)}"
        future = self.client.submit(task, self.plan, batch, key=key, pure=False)
        self.out[future.key] = batch
        return future

    def _taken(self, future: Any, batch: tuple[str, ...]) -> list[tuple[str, ...]]:
        """Take the result of a batch; return the parts to try again where its worker ended."""
        if future.status == "lost":  # with the worker that held its result; the rows are stored
            return [batch]
        if future.status == "cancelled":
            raise LostError(self.scheduler)
        if future.status == "error":
            if len(batch) > 1:
                return batches_of(batch, max(1, len(batch) // PARTS))
            self._keep(frame_of(ended(self.plan, batch[0])))
            return []
        done: Done = future.result()
        if done.unstored is not None:
            self.extra.append(done.unstored)
            self.notes.append(done.why)
        return []

    def _keep(self, rows: pl.DataFrame) -> None:
        try:
            store(self.lake, self.plan, rows)
        except LakeError as error:
            self.extra.append(rows)
            self.notes.append(str(error))


def task(plan: Plan, batch: tuple[str, ...]) -> Done:
    """Measure a batch and store its rows: what a worker runs."""
    rows = measure_batch(plan, batch, _opened(plan))
    try:
        store(Lake.open(plan.address, dict(plan.storage_options)), plan, rows)
    except LakeError as error:
        return Done(len(rows), rows, str(error))
    return Done(len(rows))


@lru_cache(maxsize=1)
def _opened(plan: Plan) -> Lake:
    return plan.open()
