"""Filling the lake from files and from the bundled sample; :mod:`.syncing` does it from feeds."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from springtide.errors import DataError, LakeError, UndescribedError
from springtide.market import refused
from springtide.market.declared import Description, describe
from springtide.market.figure_store import (
    compare_figures,
    read_figures,
    store_observations,
)
from springtide.market.lake import Lake
from springtide.market.layouts.model import Given
from springtide.market.merge import merge_bars
from springtide.market.reports import FileReport, ImportReport, Progress
from springtide.market.sources.batch import Batch
from springtide.market.storing import append_compared, rows_of, with_counts

if TYPE_CHECKING:
    import polars as pl

    from springtide.market.sources.bars import Stated


def quiet(_what: str, _done: int, _all: int) -> None:
    """Report progress to nobody."""


def load_bundled(lake: Lake, *, progress: Progress = quiet) -> ImportReport:
    """Load the bundled sample: two index series and the sheets of published figures.

    Loading it again changes nothing.

    Examples
    --------
    >>> import tempfile
    >>> lake = Lake.create(tempfile.mkdtemp())
    >>> report = load_bundled(lake)
    >>> [(each.name, each.new) for each in report.files][:2]
    [('IXIC', 5031), ('SPX', 5031)]
    >>> load_bundled(lake).total("new")
    0
    """
    from springtide.market.sources import bundled

    batches = bundled.bars()
    reports = []
    for done, batch in enumerate(batches):
        progress(batch.name, done, len(batches) + 1)
        reports.append(store_bars(lake, batch))
    progress("figures_observations.csv", len(batches), len(batches) + 1)
    reports.append(store_observations(lake, bundled.observations()))
    progress("", len(batches) + 1, len(batches) + 1)
    return reported(lake, reports)


def import_bars(
    lake: Lake,
    paths: Sequence[str | Path],
    *,
    symbol: str | None = None,
    stated: Stated | None = None,
    rescale: bool = False,
    description: Description | None = None,
    now: datetime | None = None,
    today: date | None = None,
    progress: Progress = quiet,
) -> ImportReport:
    """Import files of daily bars, and folders of such files.

    Each file is one commit: what was imported before a failure stays. A file that cannot be used is
    reported and does not stop the others, unless it is the only one.

    Parameters
    ----------
    symbol
        The instrument, where one file has no column for it and another name.
    stated
        What else is said of the files beside them.
    rescale, description, now, today
        See :func:`store_bars`.
    progress
        Called before each file and at the end.

    Raises
    ------
    DataError
        The only file cannot be used, or a path does not exist.
    LakeError
        The lake cannot be written to.
    """
    from springtide.market.sources.bars import Stated, read_bars

    asked = stated or Stated()
    asked = replace(asked, symbol=symbol or asked.symbol)
    if description is not None:
        asked = replace(asked, calendar=description.calendar)

    def store(path: Path) -> FileReport:
        batch = read_bars(path, asked)
        return store_bars(
            lake, batch, now=now, today=today, rescale=rescale, description=description
        )

    return _import(lake, paths, store, progress)


def import_frame(
    lake: Lake,
    table: pl.DataFrame,
    *,
    symbol: str | None = None,
    source: str,
    rescale: bool = False,
    description: Description | None = None,
) -> ImportReport:
    """Import a table of daily bars.

    Parameters
    ----------
    symbol
        The instrument, where the table has no column for it.
    rescale, description
        As for :func:`import_bars`.
    source
        What to record as the rows' source.

    Raises
    ------
    DataError
        It cannot be used: no date, no close, no instrument.
    LakeError
        The lake cannot be written to.
    """
    from springtide.market.sources.bars import bars_of_table

    batch = bars_of_table(table, symbol=symbol, source=source)
    report = store_bars(lake, batch, rescale=rescale, description=description)
    return reported(lake, [report])


def import_observations(
    lake: Lake,
    paths: Sequence[str | Path],
    *,
    source: str | None = None,
    date_format: str | None = None,
    layout: str | None = None,
    given: Given | None = None,
    now: datetime | None = None,
    today: date | None = None,
    progress: Progress = quiet,
) -> ImportReport:
    """Import files of published figures, and folders of such files.

    See :func:`import_bars`; without a layout the files have the columns of the table
    ``observations``.

    Parameters
    ----------
    layout
        How the files are laid out (:mod:`springtide.market.layouts`).
    given
        What a layout needs to know beside the file.
    """

    def store(path: Path) -> FileReport:
        asked = given or Given(source=source, date_format=date_format)
        return store_observations(lake, read_figures(path, layout, asked), now=now, today=today)

    return _import(lake, paths, store, progress, layout_endings(layout))


def layout_endings(layout: str | None) -> tuple[str, ...]:
    """Return what files of a layout end in where these are no tables, () for tables."""
    from springtide.market import layouts

    return layouts.get(layout).endings if layout is not None else ()


def _import(
    lake: Lake,
    paths: Sequence[str | Path],
    store: Callable[[Path], FileReport],
    progress: Progress,
    endings: tuple[str, ...] = (),
) -> ImportReport:
    from springtide.market.sources import files

    chosen = files.find(paths, endings or files.ENDINGS)
    reports = []
    for done, path in enumerate(chosen):
        progress(path.name, done, len(chosen))
        try:
            reports.append(store(path))
        except (DataError, UndescribedError) as error:
            if len(chosen) == 1:
                raise
            reports.append(FileReport(path.name, error=str(error)))
    progress("", len(chosen), len(chosen))
    return reported(lake, reports)


def store_bars(
    lake: Lake,
    batch: Batch,
    *,
    now: datetime | None = None,
    today: date | None = None,
    rescale: bool = False,
    description: Description | None = None,
) -> FileReport:
    """Validate the bars of a batch, compare them with the lake, and add what is new.

    Parameters
    ----------
    now
        The time of the import, by default the present: when revisions count as known.
    today
        The last date that is not in the future.
    rescale
        Take prices whose scale differs from the stored ones (after a split, say) as revisions
        instead of refusing them.
    description
        What the instruments are that neither a table nor their code tells of.

    Raises
    ------
    UndescribedError
        It is not known what an instrument is, and nothing says it.
    """
    from springtide.market.validate import validate_bars

    given = rows_of(batch.frame)
    describe(lake, given, description)
    checked = validate_bars(batch.frame, today=today)
    report = FileReport(
        name=batch.name,
        rows=len(batch.frame) + len(batch.refusals),
        refused=checked.refused + len(batch.refusals),
        refusals=(*batch.refusals, *checked.refusals),
        warnings=(*batch.warnings, *checked.warnings),
    )
    rows = checked.accepted
    if not rows.is_empty():
        moment = now or datetime.now(UTC)
        merged = append_compared(
            lake, "bars", rows, lambda stored: merge_bars(rows, stored, moment, rescale=rescale)
        )
        report = with_counts(report, merged)
    refused.note(lake, report, given, now)
    return report


def reported(lake: Lake, reports: Iterable[FileReport]) -> ImportReport:
    """Tidy a lake, and return the report of all that was brought in."""
    with contextlib.suppress(LakeError):  # the import itself is done; tidying can wait
        lake.tidy()
    return ImportReport(tuple(reports), tuple(sorted(lake.versions().items())))


__all__ = [
    "compare_figures",
    "import_bars",
    "import_frame",
    "import_observations",
    "load_bundled",
    "read_figures",
    "reported",
    "store_bars",
    "store_observations",
]
