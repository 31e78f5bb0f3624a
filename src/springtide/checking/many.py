"""Checking many articles: each by itself, in one process or several, none of which stops the rest.

A process opens the lake once. Nothing of an article outlives its check but a few rows, so that
memory stays what it is however many there are.
"""

from __future__ import annotations

import os
import signal
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from springtide.checking.report.findings import Finding, findings
from springtide.checking.report.json import check_json
from springtide.checking.report.model import CheckReport
from springtide.checking.report.rows import Row, number_rows
from springtide.claims.model import Label
from springtide.claims.words import SIGNS
from springtide.errors import SpringtideError, UsageError
from springtide.language.types import Language

KINDS = (".md", ".markdown", ".html", ".htm", ".txt")
"""What is an article in a folder, by the end of its name."""

AHEAD = 4
"""Articles that wait for each process: enough that none is idle, few enough to hold at once."""

ENDED = "Reading it ended the process. This is a defect."
"""Why an article could not be checked that no process survives."""


@dataclass(frozen=True, slots=True)
class Item:
    """An article to check: its file, and the folder of its results below that of all."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class Job:
    """How every article of a run is checked, in words that another process understands.

    Attributes
    ----------
    lake, storage_options
        Where the data are.
    out
        The folder of all results.
    as_of
        The day the articles speak of, where it is not their time stamp.
    language
        Language of the reports, where it is not that of each article.
    versions
        Of the lake's tables, where it is not read as it is now.
    """

    lake: str
    storage_options: tuple[tuple[str, str], ...]
    out: Path
    as_of: date | None = None
    language: Language | None = None
    versions: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of an article.

    Attributes
    ----------
    item
        The article.
    error
        Why it could not be checked, "" where it was.
    counts
        Claims by verdict.
    rows
        A row for each of its numbers.
    findings
        Its refuted claims with their lines.
    notes
        What of it could not be read.
    """

    item: Item
    error: str = ""
    counts: dict[Label, int] = field(default_factory=dict)
    rows: tuple[Row, ...] = ()
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()


def checked(report: CheckReport, item: Item) -> Checked:
    """Return what is kept of the check of an article."""
    return Checked(
        item,
        counts={label: report.count(label) for label in SIGNS},
        rows=number_rows(check_json(report), item.name, item.path),
        findings=findings(report),
        notes=report.notes,
    )


def articles_in(paths: Sequence[Path]) -> list[Item]:
    """List the articles that files and folders name, in order, each with a name of its own.

    A folder means the articles below it (:data:`KINDS`), in the order of their paths; hidden files
    and folders are passed over. The name is the path below the folder that all have in common,
    without its ending where that leaves two names different.

    Raises
    ------
    UsageError
        There is no article among them.
    """
    files: list[Path] = []
    for path in paths:
        files += _below(path) if path.is_dir() else [path]
    files = list(dict.fromkeys(files))
    if not files:
        raise UsageError(
            "There is no article to check",
            given=", ".join(map(str, paths)),
            allowed=f"files, or folders that hold some of {', '.join(KINDS)}",
        )
    whole = [Path(os.path.abspath(path)) for path in files]
    root = Path(os.path.commonpath([path.parent for path in whole]))
    below = [path.relative_to(root) for path in whole]
    times = Counter(path.with_suffix("") for path in below)
    names = [path.with_suffix("") if times[path.with_suffix("")] == 1 else path for path in below]
    return [Item(path, name.as_posix()) for path, name in zip(files, names, strict=True)]


def _below(folder: Path) -> list[Path]:
    return sorted(
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in KINDS
        and path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )


def check_many(items: Iterable[Item], job: Job, processes: int = 1) -> Iterator[Checked]:
    """Check articles and write each one's results to a folder of its own, in the order given.

    Parameters
    ----------
    items
        The articles.
    job
        How they are checked.
    processes
        How many are checked at a time.

    Yields
    ------
    Checked
        What came of each. An article that cannot be read, or that ends the process that reads it,
        is told by its ``error``; the rest goes on.

    Raises
    ------
    LakeError
        The lake cannot be opened.
    """
    if processes == 1:
        worker = Worker(job)
        for item in items:
            yield worker.check(item)
        return
    Worker(job)  # a lake that cannot be opened is told before any process begins
    yield from _in_processes(items, job, processes)


class Worker:
    """Checks one article after the other with one opened lake."""

    def __init__(self, job: Job) -> None:
        from springtide.checking.views import Views
        from springtide.market.lake import Lake

        self.job = job
        self.lake = Lake.open(job.lake, dict(job.storage_options)).at(dict(job.versions))
        self.views = Views(self.lake)

    def check(self, item: Item) -> Checked:
        """Check an article and write its results; whatever goes wrong is its error."""
        try:
            return self._check(item)
        except SpringtideError as error:
            return Checked(item, str(error))
        except Exception as error:  # a defect of ours must not cost the other articles
            said = " ".join([f"{type(error).__name__}:", *str(error).split()]).rstrip(":")
            return Checked(item, f"Unexpected {said}. This is a defect.")
        finally:
            self.views.forget()

    def _check(self, item: Item) -> Checked:
        from springtide.checking.check import check_file
        from springtide.checking.report import write_check

        job = self.job
        report = check_file(item.path, self.lake, job.as_of, job.language, self.views)
        write_check(report, job.out / item.name)
        return checked(report, item)


_worker: Worker | None = None


def _begin(job: Job) -> None:
    """Set up a process: it opens the lake, and leaves Ctrl-C to the one that began it."""
    global _worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _worker = Worker(job)


def _check(item: Item) -> Checked:
    assert _worker is not None
    return _worker.check(item)


def _in_processes(items: Iterable[Item], job: Job, processes: int) -> Iterator[Checked]:
    """Check in several processes; where one ends, those at hand are looked at one by one."""
    waiting = deque(items)
    suspects: deque[Item] = deque()
    while waiting or suspects:
        if suspects:
            yield _alone(suspects.popleft(), job)
            continue
        running: deque[tuple[Item, Future[Checked]]] = deque()
        with _pool(job, processes) as pool:
            try:
                while waiting or running:
                    while waiting and len(running) < processes * AHEAD:
                        running.append((waiting[0], pool.submit(_check, waiting[0])))
                        waiting.popleft()
                    done = running[0][1].result()
                    running.popleft()
                    yield done
            except BrokenProcessPool:
                suspects.extend([item for item, _ in running] or [waiting.popleft()])
            finally:
                pool.shutdown(wait=False, cancel_futures=True)


def _alone(item: Item, job: Job) -> Checked:
    """Check an article in a process of its own."""
    with _pool(job, 1) as pool:
        try:
            return pool.submit(_check, item).result()
        except BrokenProcessPool:
            return Checked(item, ENDED)


def _pool(job: Job, processes: int) -> ProcessPoolExecutor:
    """Return processes that begin anew: those that copy this one may copy a lock that is held."""
    from multiprocessing import get_context

    return ProcessPoolExecutor(processes, get_context("spawn"), _begin, (job,))
