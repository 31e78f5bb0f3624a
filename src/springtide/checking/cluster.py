"""Checking many articles on a Dask cluster, each a task of its own."""

from __future__ import annotations

import contextlib
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from springtide.checking.done import keep, kept, key_of
from springtide.checking.many import AHEAD, ENDED, Checked, Item, Job, Worker
from springtide.cluster import LostError, connected, cores
from springtide.errors import SpringtideError
from springtide.market.lake import Lake


def check_on_cluster(items: Iterable[Item], job: Job, scheduler: str) -> Iterator[Checked]:
    """Check articles on the workers of a cluster, in the order given.

    Workers read the articles and write the results themselves: both must lie where all of them
    reach them by the same path. All read the lake at the versions that it has now. An article that
    an earlier start has checked, with the same text, data and program, is not checked again.

    Yields
    ------
    Checked
        What came of each. An article that ends the worker that reads it is told by its ``error``.

    Raises
    ------
    LakeError
        The lake cannot be opened.
    SpringtideError
        No scheduler answers, or it went away.
    """
    versions = Lake.open(job.lake, dict(job.storage_options)).versions()
    pinned = replace(job, out=job.out.absolute(), versions=tuple(sorted(versions.items())))
    waiting = deque(items)
    running: deque[tuple[Item, Any]] = deque()
    with connected(scheduler) as client:
        most = cores(client) * AHEAD
        while waiting or running:
            while waiting and len(running) < most:
                item = waiting.popleft()
                there = replace(item, path=Path(item.path).absolute())
                running.append((item, client.submit(task, pinned, there, pure=False)))
            item, future = running.popleft()
            yield _taken(item, future, scheduler)


def _taken(item: Item, future: Any, scheduler: str) -> Checked:
    with contextlib.suppress(Exception):
        future.exception()  # waits until it is over, one way or the other
    if future.status in ("cancelled", "lost"):
        raise LostError(scheduler)
    if future.status == "error":
        return Checked(item, ENDED)
    done: Checked = future.result()
    return replace(done, item=item)


def task(job: Job, item: Item) -> Checked:
    """Check an article, or take what an earlier start has made of it: what a worker runs."""
    try:
        key = key_of(job, item, item.path.read_bytes())
    except OSError:
        return _worker(job).check(item)  # which says what is wrong
    done = kept(job, key, item)
    if done is not None:
        return done
    done = _worker(job).check(item)
    if not done.error:
        with contextlib.suppress(SpringtideError):  # the results are there: it is checked again
            keep(job, key, done)
    return done


@lru_cache(maxsize=1)
def _worker(job: Job) -> Worker:
    return Worker(job)
