"""Running a scan: symbols in batches, in this process or several, rows stored as they come."""

from __future__ import annotations

import contextlib
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING

from springtide.errors import LakeError, SpringtideError
from springtide.language.messages import say
from springtide.market import instruments
from springtide.market.lake import Lake
from springtide.market.runs import names_in
from springtide.market.view import View
from springtide.scan.batch import at_once, kernel_of, known_by
from springtide.scan.plan import Plan
from springtide.scan.rows import Row, frame_of, ordered
from springtide.scan.store import store, stored

if TYPE_CHECKING:
    import polars as pl

BATCH = 100
"""Symbols that are handed to a process together."""

MANY_ROWS = 1_500_000
"""Bars that are held at once where kernels measure all that is asked: some 150 MB."""

THREADS = 2
"""Batches that are at hand at a time where kernels measure all that is asked."""

Said = Callable[[str, int, int], None]
"""Called with a symbol, how many symbols are done and how many there are."""


def scan(
    plan: Plan,
    symbols: Sequence[str] | None = None,
    *,
    workers: int = 1,
    progress: Said = lambda part, done, total: None,
    keep: Callable[[pl.DataFrame], object] = lambda rows: None,
) -> pl.DataFrame:
    """Measure what a plan asks of instruments of a lake.

    Parameters
    ----------
    plan
        What, and as of when.
    symbols
        Of which instruments; by default of all that have bars by the last day.
    workers
        Processes that work at a time.
    progress
        Called as symbols are done.
    keep
        Called with the rows of each batch, as soon as they are there.

    Returns
    -------
    pl.DataFrame
        See :func:`springtide.scan.rows.frame_of`; ordered by symbol, day, and as asked.

    Raises
    ------
    LakeError
        The lake cannot be opened.

    Examples
    --------
    >>> import tempfile
    >>> from datetime import date
    >>> import polars as pl
    >>> from springtide.market.ingest import load_bundled
    >>> from springtide.scan.asked import asked_of
    >>> from springtide.scan.plan import plan_of
    >>> lake = Lake.create(tempfile.mkdtemp())
    >>> _ = load_bundled(lake)
    >>> rows = scan(plan_of(lake, asked_of(["close_level"]), date(2000, 3, 10)))
    >>> rows.select("symbol", pl.col("value").round(2)).rows()
    [('IXIC', 5048.62), ('SPX', 1395.07)]
    """
    import polars as pl

    wanted = list(symbols) if symbols is not None else _candidates(plan, workers)
    parts: dict[str, pl.DataFrame] = {}
    done = 0
    for batch, rows in _batches(plan, wanted, workers, seen=symbols is None):
        keep(rows)
        parts[batch[0]] = rows
        done += len(batch)
        progress(batch[-1], done, len(wanted))
    return pl.concat([frame_of([]), *(parts[first] for first in sorted(parts))])


def resumed(
    lake: Lake,
    plan: Plan,
    symbols: Sequence[str] | None = None,
    *,
    workers: int = 1,
    progress: Said = lambda part, done, total: None,
) -> pl.DataFrame:
    """Run a scan and keep its rows in the table ``scans``; what is there already is taken.

    Parameters
    ----------
    lake
        The lake of the plan, not held at a version.
    plan, symbols, workers, progress
        As of :func:`scan`.

    Raises
    ------
    LakeError
        The lake cannot be opened, or rows cannot be stored.
    """
    import polars as pl

    wanted = list(symbols) if symbols is not None else all_symbols(plan)
    held = stored(lake, plan).filter(pl.col("symbol").is_in(wanted))
    there = complete(plan, held)
    rows = scan(
        plan,
        [symbol for symbol in wanted if symbol not in there],
        workers=workers,
        progress=progress,
        keep=lambda part: store(lake, plan, part),
    )
    tidied(lake)
    of_before = held.filter(pl.col("symbol").is_in(list(there)))
    return ordered(pl.concat([of_before, rows]), plan.asked) if len(of_before) else rows


def tidied(lake: Lake) -> None:
    """Put the small files of a scan together; the scan itself is done, so this may fail."""
    with contextlib.suppress(LakeError):
        lake.tidy()


def complete(plan: Plan, held: pl.DataFrame) -> set[str]:
    """Return the symbols of which every row of a plan is there."""
    counts = held.group_by("symbol").len()
    asked = len(plan.asked)
    of_days: dict[str, int] = {}
    there = set()
    for symbol, count in counts.rows():
        known = instruments.told(symbol)
        calendar = "" if known is None else known.calendar
        if calendar not in of_days:
            of_days[calendar] = len(plan.days(calendar)) if calendar else 1
        if count >= asked * of_days[calendar]:
            there.add(symbol)
    return there


def all_symbols(plan: Plan) -> list[str]:
    """Return every symbol that has bars by the last day of a plan, ascending."""
    return list(View(plan.open(), plan.as_of).symbols())


def batches_of(symbols: Sequence[str], size: int = BATCH) -> list[tuple[str, ...]]:
    """Split symbols into batches, each a range of keys that the files are sorted by.

    Examples
    --------
    >>> batches_of(["B", "C", "A"], 2)
    [('A', 'B'), ('C',)]
    """
    ordered = sorted(symbols)
    return [tuple(ordered[at : at + size]) for at in range(0, len(ordered), size)]


def shared_out(plan: Plan, symbols: Sequence[str], workers: int) -> list[tuple[str, ...]]:
    """Split symbols into batches for several processes, of which the last are small.

    There are several for each process, so that none is idle; who ends first would else wait for a
    whole batch of another.
    """
    size = max(1, min(_most(plan, plan.open(), len(symbols)), -(-len(symbols) // (4 * workers))))
    return _small_at_the_end(batches_of(symbols, size), workers)


def _small_at_the_end(batches: list[tuple[str, ...]], workers: int) -> list[tuple[str, ...]]:
    """Quarter the last two batches of each process.

    Examples
    --------
    >>> [len(each) for each in _small_at_the_end(batches_of("ABCDEFGHIJKLMNOP", 4), 1)]
    [4, 4, 1, 1, 1, 1, 1, 1, 1, 1]
    """
    at = max(0, len(batches) - 2 * workers)
    small = [part for one in batches[at:] for part in batches_of(one, -(-len(one) // 4))]
    return [*batches[:at], *small]


def _candidates(plan: Plan, workers: int) -> list[str]:
    """Return all symbols, those too of which no bar was known by the last day where that is quick.

    To know these their rows must be read, which measuring them in this process does anyway.
    """
    if workers > 1 or not _by_kernels(plan):
        return all_symbols(plan)
    return list(names_in(plan.open().snapshot("bars")))


def _by_kernels(plan: Plan) -> bool:
    return all(kernel_of(one) is not None for one in plan.asked)


def measure_batch(
    plan: Plan, symbols: Sequence[str], lake: Lake | None = None, *, seen: bool = False
) -> pl.DataFrame:
    """Measure what a plan asks of some symbols; rows by symbol, day, and as asked.

    Where files cannot be read, the symbols whose rows are in them say so, and the rest is measured.
    With ``seen`` symbols of which no bar was known by the last day are left out.
    """
    import polars as pl

    lake = lake or plan.open()
    try:
        return _measured(plan, symbols, lake, seen=seen)
    except (SpringtideError, OSError, pl.exceptions.PolarsError) as error:
        if len(symbols) == 1:
            return frame_of(_none(plan, symbols[0], _unread(error)))
    middle = len(symbols) // 2
    halves = (symbols[:middle], symbols[middle:])
    return pl.concat([measure_batch(plan, half, lake, seen=seen) for half in halves])


def _unread(error: Exception) -> str:
    if isinstance(error, SpringtideError):
        return str(error)
    said = str(error).strip().splitlines() or [type(error).__name__]
    return f"A file of the lake's tables bars or observations cannot be read: {said[0]}"


def _measured(plan: Plan, symbols: Sequence[str], lake: Lake, *, seen: bool) -> pl.DataFrame:
    import polars as pl

    told, untold = [], []
    for symbol in symbols:
        instrument = instruments.told(symbol)
        if instrument is None:
            untold.append(symbol)
        else:
            told.append(instrument)
    calendars = {one.calendar for one in told}
    days = {calendar: plan.days(calendar) for calendar in calendars}
    seen_by = plan.as_of if seen else None
    rows = at_once(lake, told, days, plan.asked, plan.language, seen_by=seen_by)
    if seen:
        untold = sorted(known_by(lake, untold, plan.as_of))
    if not untold:
        return rows
    silent = [
        row
        for symbol in untold
        for row in _none(plan, symbol, say("scan.not-told", plan.language, symbol=symbol))
    ]
    return ordered(pl.concat([rows, frame_of(silent)]), plan.asked)


def _none(plan: Plan, symbol: str, why: str) -> list[Row]:
    """Return the rows of a symbol that cannot be measured at all."""
    known = instruments.told(symbol)
    days = (plan.as_of,) if known is None else plan.days(known.calendar)
    return [
        Row(symbol, day, one.metric, one.params_text, None, "", why)
        for day in days
        for one in plan.asked
    ]


def _batches(
    plan: Plan, symbols: Sequence[str], workers: int, *, seen: bool
) -> Iterator[tuple[tuple[str, ...], pl.DataFrame]]:
    if not symbols:
        return
    if workers > 1:
        yield from _in_processes(plan, shared_out(plan, symbols, workers), workers)
        return
    lake = plan.open()
    batches = batches_of(symbols, _most(plan, lake, len(symbols)))
    if _by_kernels(plan) and len(batches) > 1:
        yield from _in_threads(plan, lake, batches, seen=seen)
        return
    for batch in batches:
        yield batch, measure_batch(plan, batch, lake, seen=seen)


def _in_threads(
    plan: Plan, lake: Lake, batches: Sequence[tuple[str, ...]], *, seen: bool
) -> Iterator[tuple[tuple[str, ...], pl.DataFrame]]:
    """Measure batches while the next are decoded: Polars and kernels run beside the interpreter."""
    waiting: deque[tuple[tuple[str, ...], Future[pl.DataFrame]]] = deque()
    with ThreadPoolExecutor(THREADS) as pool:
        for batch in batches:
            waiting.append((batch, pool.submit(measure_batch, plan, batch, lake, seen=seen)))
            if len(waiting) == THREADS:
                done, future = waiting.popleft()
                yield done, future.result()
        for done, future in waiting:
            yield done, future.result()


def _most(plan: Plan, lake: Lake, count: int) -> int:
    """Return how many symbols are measured together at most."""
    if not _by_kernels(plan):
        return BATCH
    table = lake.snapshot("bars")
    rows = sum(part.rows or 0 for part in table.parts)
    return max(BATCH, MANY_ROWS * count // max(rows, 1))


def _in_processes(
    plan: Plan, batches: Sequence[tuple[str, ...]], workers: int
) -> Iterator[tuple[tuple[str, ...], pl.DataFrame]]:
    """Measure in several processes; batches at hand when one dies are measured symbol by symbol."""
    waiting, broken = list(batches), False
    with _pool(workers) as pool:
        running = {pool.submit(_batch, plan, batch): batch for batch in batches}
        for future in as_completed(running):
            try:
                rows = future.result()
            except BrokenProcessPool:
                broken = True
                break
            waiting.remove(running[future])
            yield running[future], rows
    if broken:
        for batch in waiting:
            yield from _suspected(plan, batch)


def _suspected(
    plan: Plan, batch: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], pl.DataFrame]]:
    """Measure a batch in a process of its own; where that dies too, halve it to find the symbol."""
    with _pool(1) as pool:
        try:
            yield batch, pool.submit(_batch, plan, batch).result()
            return
        except BrokenProcessPool:
            pass
    if len(batch) == 1:
        yield batch, frame_of(ended(plan, batch[0]))
        return
    middle = len(batch) // 2
    yield from _suspected(plan, batch[:middle])
    yield from _suspected(plan, batch[middle:])


def ended(plan: Plan, symbol: str) -> list[Row]:
    """Return the rows of a symbol whose measuring ended the process that did it."""
    return _none(plan, symbol, "Measuring it ended the process. This is a defect.")


def _batch(plan: Plan, batch: tuple[str, ...]) -> pl.DataFrame:
    return measure_batch(plan, batch)


def _pool(workers: int) -> ProcessPoolExecutor:
    """Return processes that begin anew: those that copy this one may copy a lock that is held."""
    from multiprocessing import get_context

    return ProcessPoolExecutor(workers, get_context("spawn"))
