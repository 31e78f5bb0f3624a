"""The commands that walk through history: the score of the outlook, and whether levels hold."""

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
    holdout: Annotated[
        Path | None,
        Parameter(help="Folder of markets, one CSV file each, to be examined on instead."),
    ] = None,
    settled: Annotated[
        str, Parameter(help="Commit in which all was settled before the exam, for its page.")
    ] = "",
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

    With ``--holdout`` nothing is learned or stored: markets of a folder are forecast by what ships
    with Springtide, which never saw them, and scored.

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
    if holdout is not None:
        return _examine(opened, holdout, report, settled, workers, json=json)
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


def levels(
    *,
    report: Annotated[Path | None, Parameter(help="Folder for the page.")] = None,
    export: Annotated[
        Path | None, Parameter(help="JSON file for the figures that briefs print.")
    ] = None,
    shuffles: Annotated[
        int | None, Parameter(help="Times that the days are shuffled; 12 by default.")
    ] = None,
    seed: Annotated[
        int | None, Parameter(help="Of the shuffles and the bootstrap; one seed, one result.")
    ] = None,
    lake: LakeAddress = None,
    json: Json = False,
) -> int:
    """Compare how often prices turn at levels and at the prices beside them.

    Takes the prices at which indices of the lake turned before, month by month with what was known
    then, and asks of their first tests how many held; of prices 1 to 3% beside them the same; and
    of both on shuffled days, where no price can mean anything. Takes some minutes.

    For example:

    ```console
    springtide backtest levels --report evidence
    ```
    """
    from springtide.errors import UsageError
    from springtide.outlook.level_evidence import SEED, SHUFFLES, study, to_json, write
    from springtide.outlook.level_page import PAGE, write_page

    for name, given in (("shuffles", shuffles), ("seed", seed)):
        if given is not None and given < 0:
            raise UsageError(f"{name} cannot be negative", given=str(given), allowed="0 and more")
    opened = open_lake(lake)
    with progress("Levels:") as said:
        evidence = study(
            opened,
            shuffles=SHUFFLES if shuffles is None else shuffles,
            seed=SEED if seed is None else seed,
            progress=said,
        )
    if export is not None:
        write(evidence, export)
    if report is not None:
        write_page(evidence, report, f"springtide backtest levels --report {report}")
    if json:
        print_json(to_json(evidence))
        return 0
    from springtide.outlook.terminal import level_parts

    print_parts(level_parts(evidence))
    if report is not None:
        print(f"\nThe page: {report / PAGE}")
    return 0


def _command(report: Path) -> str:
    return f"springtide backtest --report {report}"


def _examine(
    lake: Lake, folder: Path, report: Path | None, settled: str, workers: int | None, *, json: bool
) -> int:
    from springtide.outlook.exam_page import PAGE, summary, write_exam
    from springtide.outlook.holdout import examine
    from springtide.outlook.learned import shipped_by_year

    learned = {each.fit.day: each for each in shipped_by_year()}
    with progress("Exam:") as said:
        exam = examine(lake, folder, learned, workers=workers, progress=said)
    if report is not None:
        command = f"springtide backtest --holdout {folder.name} --report {report}"
        write_exam(exam, report, command, settled)
    if json:
        print_json({"record": exam.record, "markets": exam.markets, "dropped": exam.dropped})
        return 0
    for line in summary(exam):
        print(f"- {line}")
    if report is not None:
        print(f"\nThe whole exam: {report / PAGE}")
    return 0


def _scored(lake: Lake, run: Run, said: Progress) -> TrackRecord:
    import polars as pl

    from springtide.outlook.scoring import score

    of_run = pl.col("run") == run.name
    forecasts = lake.snapshot("forecasts").scan().filter(of_run).collect()
    outcomes = lake.snapshot("outcomes").scan().filter(of_run).collect()
    return score(forecasts, outcomes, progress=lambda done, all_: said("Scoring", done, all_))
