"""Bringing bars and flows up to date from feeds, compared with what is stored."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from types import ModuleType
from typing import TYPE_CHECKING, cast

from springtide.errors import SourceError, UnknownNameError
from springtide.market import calendars, gaps, instruments
from springtide.market.figure_store import sync_figures
from springtide.market.ingest import quiet, reported, store_bars
from springtide.market.lake import Lake
from springtide.market.reports import FileReport, ImportReport, Progress
from springtide.market.sources import feeds
from springtide.market.sources.batch import Batch, bars_frame
from springtide.market.tables import Snapshot, Table
from springtide.market.types import Instrument
from springtide.plugins import Group, lacking, plugins

if TYPE_CHECKING:
    import polars as pl

GROUP: Group = "springtide.sources"
"""Entry points by which installed packages add sources: modules as :mod:`.sources.yahoo` is one."""


OVERLAP = timedelta(days=30)
"""How far back of the last stored bar a feed is asked, to compare."""

EARLIEST_FETCHED = date(1990, 1, 1)

WAITS, WAIT = 3, 15.0
"""How often a feed that refuses for now is waited for, and how many pauses the first time."""

_SPLIT_SHOWN = 0.05


def sync(
    lake: Lake,
    symbols: Sequence[str],
    source: str,
    *,
    first: date | None = None,
    now: datetime | None = None,
    pause: float = feeds.PAUSE,
    progress: Progress = quiet,
) -> ImportReport:
    """Bring instruments up to date from a feed.

    Each is fetched from some days before its last stored bar, so that what is new can be compared
    with what is stored: a feed whose unit has changed is refused by name and factor. Where the feed
    tells of a split since then, all stored dates are fetched again and kept as revisions. The bar
    of a session that has not closed is not taken.

    Parameters
    ----------
    symbols
        Ids, symbols or exact names of instruments; a basket stands for its members.
    source
        ``yahoo``, ``akshare``, or one that an installed package adds.
    first
        Where to begin with an instrument that is not stored; by default at its first session.
    now
        The moment of fetching.
    pause
        Seconds before a second attempt.

    Raises
    ------
    SourceError
        Nothing at all could be fetched.
    UsageError
        The source is not known, or an instrument is not.
    """
    feed = _feed(source)
    moment = now or datetime.now(UTC)
    stored = lake.snapshot("bars")
    named = [instruments.get(symbol, _Stored(stored)) for symbol in symbols]
    known = {one.id: one for instrument in named for one in _members_of(instrument)}
    reports: list[FileReport] = []
    errors: list[SourceError] = []
    for done, instrument in enumerate(known.values()):
        progress(instrument.id, done, len(known))
        once = partial(_sync_one, lake, feed, instrument, first, moment, pause)
        wait = partial(_wait, instrument.id, done, len(known), progress, pause)
        try:
            reports.append(_patiently(once, wait))
        except SourceError as error:
            errors.append(error)
            reports.append(FileReport(instrument.id, error=str(error)))
    progress("", len(known), len(known))
    if errors and len(errors) == len(reports):
        raise errors[0]
    return reported(lake, reports)


def of_source(lake: Lake, source: str) -> tuple[str, ...]:
    """Return the symbols and subjects of which a feed has brought anything, ascending.

    Raises
    ------
    UsageError
        The source is not known.
    """
    import polars as pl

    name = _feed(source).NAME
    known: set[str] = set()
    for table, key in (("bars", "symbol"), ("observations", "subject")):
        rows = lake.snapshot(cast(Table, table)).scan().filter(pl.col("source") == name)
        known.update(rows.select(pl.col(key).unique()).collect()[key].to_list())
    return tuple(sorted(known))


def _patiently(once: Callable[[], FileReport], wait: Callable[[float], None]) -> FileReport:
    """Sync one instrument, waiting where the feed refuses for now because of too many requests."""
    for attempt in range(WAITS):
        try:
            return once()
        except feeds.RateLimitError:
            wait(WAIT * 2**attempt)
    return once()


def _wait(
    name: str, done: int, count: int, progress: Progress, pause: float, pauses: float
) -> None:
    seconds = pause * pauses
    progress(f"{name}: too many requests, waiting {seconds:.0f} s", done, count)
    time.sleep(seconds)


def _members_of(instrument: Instrument) -> tuple[Instrument, ...]:
    """Return the members of a basket, every other instrument as it is."""
    basket = instruments.basket(instrument.id)
    if basket is None:
        return (instrument,)
    return tuple(instruments.of_id(member.instrument) for member in basket.members)


def _feed(source: str) -> ModuleType:
    from springtide.market.sources import akshare, yahoo

    by_name = {"yahoo": yahoo, "akshare": akshare}
    if source not in by_name:
        for plugin in plugins(GROUP):
            lacking(plugin, GROUP, ("NAME", "available", "ticker", "fetch"))
            by_name.setdefault(plugin.name, plugin.module)
    if source not in by_name:
        raise UnknownNameError("source", source, hint=f"the sources are {', '.join(by_name)}")
    return by_name[source]


class _Stored:
    """The symbols of a snapshot, read only when a name is asked for that no registry knows."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._keys: tuple[str, ...] | None = None

    def _read(self) -> tuple[str, ...]:
        if self._keys is None:
            self._keys = self._snapshot.keys()
        return self._keys

    def __contains__(self, symbol: object) -> bool:
        return symbol in self._read()

    def __iter__(self) -> Iterator[str]:
        return iter(self._read())

    def __len__(self) -> int:
        return len(self._read())


def _sync_one(
    lake: Lake,
    feed: ModuleType,
    instrument: Instrument,
    first: date | None,
    now: datetime,
    pause: float,
) -> FileReport:
    import polars as pl

    if instrument.kind == "flow":
        return sync_figures(
            lake, feed, instrument, first, now,
            earliest=EARLIEST_FETCHED, overlap=OVERLAP, pause=pause,
        )  # fmt: skip
    held = _dates_of(lake, instrument)
    begin = first or instrument.inception or EARLIEST_FETCHED
    start = max(held[-1].item() - OVERLAP, begin) if len(held) else begin
    wanted = gaps.missing(lake, instrument, feed.NAME, held)
    if len(wanted):
        start = min(start, wanted[0].item())
    last = calendars.last_closed(instrument.calendar, now)
    if start > last:
        return FileReport(instrument.id)
    fetched = feed.fetch(instrument, start, last, pause=pause)
    split = [each for each in fetched.splits if len(held) and each[0] > held[-1].item()]
    warnings: tuple[str, ...] = ()
    if split:
        fetched = feed.fetch(instrument, held[0].item(), last, pause=pause)
        warnings = (_restated(lake, feed, instrument, fetched.frame, split),)
    frame, repeated = feeds.one_a_day(fetched.frame.filter(pl.col("date") <= last))
    warnings += (repeated,) if repeated else ()
    batch = Batch(instrument.id, bars_frame(frame, instrument.id, feed.NAME), (), warnings)
    report = store_bars(lake, batch, now=now, today=now.date(), rescale=bool(split))
    if report.refused and not report.accepted:
        raise SourceError(f"{feed.NAME}: {report.refusals[0]}", hint="nothing was stored")
    present = _dates_of(lake, instrument)
    lacking = gaps.note(lake, instrument, feed.NAME, (start, last), present, now)
    return replace(report, warnings=(*report.warnings, lacking)) if lacking else report


def _dates_of(lake: Lake, instrument: Instrument) -> gaps.Dates:
    dates = lake.snapshot("bars").scan([instrument.id]).select("date").unique().sort("date")
    return dates.collect()["date"].to_numpy().astype("datetime64[D]")


def _restated(
    lake: Lake,
    feed: ModuleType,
    instrument: Instrument,
    fetched: pl.DataFrame,
    split: Sequence[tuple[date, float]],
) -> str:
    """Say that stored prices are restated for a split, where the fetched ones show it.

    Raises
    ------
    SourceError
        They do not: nothing may be restated by it.
    """
    import math

    import polars as pl

    from springtide.market.merge import latest_bars

    told = ", ".join(f"{ratio:g} for 1 on {day}" for day, ratio in split)
    stored = latest_bars(lake.snapshot("bars").scan([instrument.id])).collect()
    both = stored.join(fetched.select("date", pl.col("close").alias("fetched")), on="date")
    seen = (both["fetched"] / both["close"]).median()
    expected = 1 / math.prod(ratio for _, ratio in split)
    if isinstance(seen, float) and abs(seen / expected - 1) > _SPLIT_SHOWN:
        raise SourceError(
            f"{feed.NAME} tells of a split of {instrument.id} ({told}), and its prices do not show "
            f"it: those of stored days are {seen:.4g} times the stored ones, not {expected:.4g}",
            hint="nothing was stored; compare with another source",
        )
    return f"split {told}: the stored prices are restated, as revisions"
