"""The command that walks through history and keeps score of the outlook."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from springtide.cli.options import Json, LakeAddress, open_lake
from springtide.cli.output import print_json, print_parts, progress

if TYPE_CHECKING:
    from springtide.market.lake import Lake
    from springtide.market.reports import Progress
    from springtide.outlook.backtest import Run
    from springtide.outlook.record import TrackRecord


def backtest(
    *,
    report: Annotated[Path | None, Parameter(help="Folder for the page and its charts.")] = None,
    export: Annotated[
        Path | None, Parameter(help="Parquet file for what was learned year by year.")
    ] = None,
    workers: Annotated[
        int | None, Parameter(help="Processes; as many as there are cores by default.")
    ] = None,
    lake: LakeAddress = None,
    json: Json = False,
) -> int:
    """Forecast every rally of the lake month by month, and score what was said.

    Walks through the history of all instruments in the lake. At every month's end at which a rally
    was running each method says how it goes on, with what was known then; every forecast and
    outcome is stored in the lake. Goes on where it was interrupted. The outlook learns from the
    lake's own record from then on.

    For example:

    ```console
    springtide backtest --report track-record
    ```
    """
    from springtide.errors import UsageError
    from springtide.market.closes import date_of
    from springtide.outlook.backtest import backtest as walk
    from springtide.outlook.learned import write_rows
    from springtide.outlook.occasions import named_days
    from springtide.outlook.report import Made, write_report

    if workers is not None and workers < 1:
        raise UsageError(
            "There must be a process to work", given=str(workers), allowed="1 and more"
        )
    opened = open_lake(lake)
    began = perf_counter()
    with progress("Backtest:") as said:
        run = walk(opened, workers=workers, progress=said)
        seconds = perf_counter() - began
        record = _scored(opened, run, said)
        if export is not None:
            write_rows(run.learned, export)
        if report is not None:
            said("Telling of named days", 0, 1)
            last = date_of(run.landmarks.day.max())
            made = Made(_command(report), tuple(opened.versions().items()), last, seconds)
            write_report(record, report, made, tuple(named_days(opened, last)))
    if json:
        print_json({"run": run.name, "record": record})
    else:
        from springtide.outlook.terminal import record_parts

        print_parts(record_parts(record, run.name))
        if report is not None:
            print(f"\nThe whole record: {report / 'outlook.md'}")
    return 0


def _command(report: Path) -> str:
    return f"springtide backtest --report {report}"


def _scored(lake: Lake, run: Run, said: Progress) -> TrackRecord:
    import polars as pl

    from springtide.outlook.scoring import score

    of_run = pl.col("run") == run.name
    forecasts = lake.snapshot("forecasts").scan().filter(of_run).collect()
    outcomes = lake.snapshot("outcomes").scan().filter(of_run).collect()
    return score(forecasts, outcomes, progress=lambda done, all_: said("Scoring", done, all_))
