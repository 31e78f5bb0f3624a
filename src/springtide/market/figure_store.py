"""Published figures into the lake: read from files, fetched from feeds, compared and stored."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from springtide.errors import SourceError
from springtide.market import calendars, refused
from springtide.market.declared import keep
from springtide.market.fields import ENDED
from springtide.market.lake import Lake
from springtide.market.layouts.model import Given
from springtide.market.merge import merge_observations
from springtide.market.reports import LISTED, FileReport
from springtide.market.sources.batch import Batch
from springtide.market.storing import append_compared, rows_of, with_counts
from springtide.market.types import Instrument

if TYPE_CHECKING:
    import polars as pl


def read_figures(path: Path, layout: str | None = None, given: Given | None = None) -> Batch:
    """Read one file of published figures, in a layout or in the columns of ``observations``.

    Raises
    ------
    DataError
        The file cannot be used; the message names it.
    UsageError
        A layout needs to know more than was given.
    """
    from springtide.market import layouts
    from springtide.market.sources import files

    asked = given or Given()
    if layout is None:
        return files.read_observations(path, source=asked.source, date_format=asked.date_format)
    return layouts.get(layout).read(path, asked)


def compare_figures(
    lake: Lake | None, batch: Batch, *, now: datetime | None = None, today: date | None = None
) -> tuple[FileReport, pl.DataFrame]:
    """Say what :func:`store_observations` would do with a batch, and store nothing.

    Returns
    -------
    tuple
        The report, and the rows that would be added.
    """
    import polars as pl

    from springtide.market.figures import validated
    from springtide.market.tables import polars_schema

    batch = _plausible(lake, validated(batch, today=today))
    subjects = batch.frame["subject"].unique().to_list()
    nothing = pl.LazyFrame(schema=polars_schema("observations"))
    stored = nothing if lake is None else lake.snapshot("observations").scan(subjects)
    merged = merge_observations(batch.frame, stored, now or datetime.now(UTC))
    return with_counts(_figures_report(batch), merged), merged.rows


def store_observations(
    lake: Lake, batch: Batch, *, now: datetime | None = None, today: date | None = None
) -> FileReport:
    """Validate the observations of a batch, compare them with the lake, and add what is new."""
    from springtide.market.figures import validated

    batch = _plausible(lake, validated(batch, today=today))
    report = _figures_report(batch)
    rows = batch.frame
    if not rows.is_empty():
        if batch.described:
            keep(lake, batch.described)
        moment = now or datetime.now(UTC)
        merged = append_compared(
            lake, "observations", rows, lambda stored: merge_observations(rows, stored, moment)
        )
        report = with_counts(report, merged)
    refused.note(lake, report, rows_of(rows), now)
    return report


def _figures_report(batch: Batch) -> FileReport:
    return FileReport(
        name=batch.name,
        rows=len(batch.frame) + len(batch.refusals),
        refused=len(batch.refusals),
        refusals=batch.refusals[:LISTED],
        warnings=batch.warnings,
    )


def _plausible(lake: Lake | None, batch: Batch) -> Batch:
    """Return a batch without the targets that cannot be of the share whose closes are on file."""
    from springtide.market.targets import FIELDS, beside_closes

    targets = batch.frame.filter(batch.frame["field"].is_in(FIELDS))
    if lake is None or targets.is_empty():
        return batch
    bars = lake.snapshot("bars").scan(targets["subject"].unique().to_list())
    frame, refusals, warnings = beside_closes(batch.frame, bars)
    return replace(
        batch,
        frame=frame,
        refusals=(*batch.refusals, *refusals),
        warnings=(*batch.warnings, *warnings),
    )


def sync_figures(
    lake: Lake,
    feed: ModuleType,
    instrument: Instrument,
    first: date | None,
    now: datetime,
    *,
    earliest: date,
    overlap: timedelta,
    pause: float,
) -> FileReport:
    """Fetch published figures from some days before the last stored one, and compare.

    Raises
    ------
    SourceError
        The feed has no figures of the instrument, or none of them could be stored.
    """
    import polars as pl

    if not hasattr(feed, "fetch_figures"):
        raise SourceError(
            f"{feed.NAME} does not carry {instrument.id}", hint="try --source akshare"
        )
    stored = lake.snapshot("observations").scan([instrument.id])
    flows = stored.filter(pl.col("field") == "flow_net", pl.col("source") == feed.NAME)
    held = flows.select(pl.col("date").max()).collect().item()
    begin = first or instrument.inception or earliest
    start = begin if held is None else max(held - overlap, begin)
    last = calendars.last_closed(instrument.calendar, now)
    if start > last:
        return FileReport(instrument.id)
    batch = feed.fetch_figures(instrument, start, last, pause=pause)
    report = store_observations(lake, batch, now=now, today=now.date())
    if report.refused and not report.accepted:
        raise SourceError(f"{feed.NAME}: {report.refusals[0]}", hint="nothing was stored")
    told = "history as the source knows it today: what it has revised since is not told"
    notes = (*_lacking(batch, instrument, start, last), *((told,) if held is None else ()))
    return replace(report, warnings=(*report.warnings, *notes))


def _lacking(batch: Batch, instrument: Instrument, first: date, last: date) -> tuple[str, ...]:
    """Name the sessions that were asked for and did not come, as far as sessions are known."""
    low, _ = calendars.reach(instrument.calendar)
    end = min(last, ENDED.get((instrument.id, "flow_net"), last))
    known = calendars.sessions(instrument.calendar, max(first, low), end) if low <= end else None
    if known is None:
        return ()
    came = set(batch.frame["date"].to_list())
    absent = [day for day in known.tolist() if day not in came]
    if not absent:
        return ()
    return (f"{len(absent)} of {len(known)} sessions did not come, the first of them {absent[0]}",)
