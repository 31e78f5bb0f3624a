"""The command that measures a whole market."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from springtide.cli.analysis import as_date
from springtide.cli.options import Json, LakeAddress, open_lake
from springtide.cli.output import print_json, print_table, progress
from springtide.errors import LakeError, UsageError
from springtide.language.types import Language
from springtide.market.reports import Progress

if TYPE_CHECKING:
    import polars as pl

    from springtide.market.lake import Lake
    from springtide.scan.plan import Plan

Step = Literal["day", "week", "month", "quarter", "year"]

FORMATS = (".parquet", ".csv", ".json")
"""What a scan is written as, by the end of the file's name."""


def scan(
    metrics: Annotated[list[str], Parameter(negative=())] = [],  # noqa: B006 - read by cyclopts
    /,
    *,
    preset: Annotated[str | None, Parameter(show_default=False)] = None,
    as_of: Annotated[
        date | None,
        Parameter(name="--as-of", converter=as_date, show_default=False),
    ] = None,
    every: Annotated[Step | None, Parameter(show_default=False)] = None,
    since: Annotated[date | None, Parameter(converter=as_date, show_default=False)] = None,
    of: Annotated[list[str] | None, Parameter(name="--of", negative=(), show_default=False)] = None,
    where: Annotated[str | None, Parameter(show_default=False)] = None,
    sort: Annotated[str | None, Parameter(allow_leading_hyphen=True, show_default=False)] = None,
    top: int = 40,
    workers: int = 1,
    scheduler: Annotated[str | None, Parameter(show_default=False)] = None,
    out: Annotated[Path | None, Parameter(show_default=False)] = None,
    store: Annotated[bool, Parameter(name="--store", negative="--no-store")] = True,
    lang: Annotated[Language, Parameter(help="Language of the reasons.")] = "en",
    lake: LakeAddress = None,
    json: Json = False,
) -> int:
    """Measure metrics of every instrument of the lake, and find those that stand out.

    A metric is written as its key, with parameters after a colon: `rsi`, `rsi:window=9`,
    `overbought:side=oversold,threshold=30`. Forecasts are `outlook.top_within_60`,
    `outlook.new_high_within_20`, `outlook.rise_before_fall` and `outlook.top_is_in`. What is
    missing says why. Rows are kept in the lake's table `scans`: the same scan started again goes on
    where it stopped.

    For example:

    ```console
    springtide scan rsi phase_age --as-of 2000-03-10 --where "rsi > 60" --sort -rsi
    ```

    Parameters
    ----------
    metrics
        What is measured, see `springtide metrics`.
    preset
        A list of metrics: heat, trend, risk or exuberance.
    as_of
        The day, as YYYY-MM-DD, or today; without it the last day of which bars are on file.
    every
        Measure as of the last session of each day, week, month, quarter or year.
    since
        From when on, with --every; without it for a year.
    of
        Only these instruments, by identifier or name, separated by commas.
    where
        Only rows for which a condition holds, such as "phase_age > 20 AND rsi > 70". Columns are
        the metrics as they are written (in double quotes where signs are in them), symbol, as_of,
        kind and calendar.
    sort
        A column to sort by, with a minus for the largest first.
    top
        Rows that are printed at most; a file has all.
    workers
        Processes that work at a time.
    scheduler
        Address of a Dask scheduler on whose workers the scan runs, such as tcp://host:8786.
    out
        A file for the rows: .parquet, .csv or .json.
    store
        Whether rows are kept in the lake.
    """
    from springtide.scan.asked import asked_of
    from springtide.scan.plan import asked_day, plan_of
    from springtide.scan.table import wanted, wide

    asked = asked_of(metrics, preset)
    _check(out, workers, top)
    opened = open_lake(lake)
    day = asked_day(opened, as_of)
    wanted(wide(_nothing(), asked), where, sort)  # what cannot be used is told before the work
    plan = plan_of(opened, asked, day, since=since, every=every, language=lang)
    rows = _run(opened, plan, _symbols(opened, of, day), workers, store, scheduler)
    table = wanted(wide(rows, asked), where, sort)
    rows = table.select("symbol", date="as_of").join(
        rows, on=["symbol", "date"], how="left", maintain_order="left"
    )
    if out is not None:
        _write(rows, plan, out)
    if json:
        print_json({"as_of": day, "versions": dict(plan.versions), "rows": rows.to_dicts()})
    elif out is None or sys.stdout.isatty():
        _print(table, top)
    _tell_missing(rows)
    return 0 if rows["value"].count() or rows.is_empty() else 1


def _check(out: Path | None, workers: int, top: int) -> None:
    if out is not None and out.suffix.lower() not in FORMATS:
        raise UsageError("A scan cannot be written as that", given=str(out),
                         allowed=f"names that end in {', '.join(FORMATS)}")  # fmt: skip
    for name, value in (("--workers", workers), ("--top", top)):
        if value < 1:
            raise UsageError(f"{name} is too small", given=str(value), allowed="1 and more")


def _nothing() -> pl.DataFrame:
    from springtide.scan.rows import frame_of

    return frame_of([])


def _symbols(lake: Lake, of: list[str] | None, day: date) -> list[str] | None:
    from springtide.market.view import View

    if of is None:
        return None
    view = View(lake, day)
    names = [name.strip() for text in of for name in text.split(",") if name.strip()]
    return list(dict.fromkeys(view.instrument(name).id for name in names))


def _run(
    lake: Lake,
    plan: Plan,
    symbols: list[str] | None,
    workers: int,
    store: bool,
    scheduler: str | None,
) -> pl.DataFrame:
    """Run a scan with a progress bar; rows are stored as they come where they can be."""
    from springtide.scan.run import resumed
    from springtide.scan.run import scan as run_scan

    with progress("Scanning") as report:
        if scheduler is not None:
            return _on_cluster(lake, plan, symbols, scheduler, report)
        if not store:
            return run_scan(plan, symbols, workers=workers, progress=report)
        try:
            return resumed(lake, plan, symbols, workers=workers, progress=report)
        except LakeError as error:
            print(f"Not kept in the lake: {error}", file=sys.stderr)
            return run_scan(plan, symbols, workers=workers, progress=report)


def _on_cluster(
    lake: Lake, plan: Plan, symbols: list[str] | None, scheduler: str, report: Progress
) -> pl.DataFrame:
    from springtide.scan.cluster import on_cluster

    rows, notes = on_cluster(lake, plan, scheduler, symbols, progress=report)
    for note in notes:
        print(f"Not kept in the lake: {note}", file=sys.stderr)
    return rows


def _write(rows: pl.DataFrame, plan: Plan, out: Path) -> None:
    """Write rows to a file by the end of its name, whole or not at all."""
    import io

    import polars as pl

    from springtide.files import write_files

    buffer = io.BytesIO()
    rows = rows.with_columns(versions=pl.lit(plan.versions_text))
    match out.suffix.lower():
        case ".parquet":
            rows.write_parquet(buffer, compression="zstd")
        case ".csv":
            rows.write_csv(buffer)
        case _:
            rows.write_json(buffer)
    write_files(out.parent, {out.name: buffer.getvalue()})


def _print(table: pl.DataFrame, top: int) -> None:
    from springtide.scan.table import FIRST

    shown = table.drop("kind", "calendar")
    if shown["as_of"].n_unique() <= 1 and len(shown):
        print(f"as of {shown['as_of'][0]}")
        shown = shown.drop("as_of")
    cells = [[_cell(value) for value in row] for row in shown.head(top).rows()]
    print_table(shown.columns, cells, right=[n for n in shown.columns if n not in FIRST])
    if len(shown) > top:
        print(f"{len(shown) - top} more rows: --top prints more, --out writes all")


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:,.2f}" if isinstance(value, float) else value


def _tell_missing(rows: pl.DataFrame) -> None:
    """Say on standard error how many values are missing, and the first reason of each metric."""
    import polars as pl

    lacking = rows.filter(pl.col("missing").is_not_null())
    told = lacking.group_by("metric", maintain_order=True).agg(pl.len(), pl.col("missing").first())
    for metric, count, first in told.rows():
        print(f"{metric}: {count} of no value, such as: {first}", file=sys.stderr)
