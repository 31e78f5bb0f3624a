"""The command that checks articles: one, or any number of them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from springtide.cli.analysis import as_date
from springtide.cli.options import Json, LakeAddress, open_lake
from springtide.cli.output import print_rich, progress
from springtide.language.types import Language

if TYPE_CHECKING:
    from springtide.checking.many import Checked, Job
    from springtide.checking.report.model import CheckReport

StreamFormat = Literal["text", "jsonl", "github", "sarif"]
Format = Literal["text", "json", "jsonl", "github", "sarif"]

STDIN = Path("-")

OPTIONS = (
    "--as-of", "--out", "--lang", "--jobs", "--scheduler", "--format", "--fail-on", "--explain",
    "--lake", "--json",
)  # fmt: skip


def check(
    files: Annotated[list[Path], Parameter(allow_leading_hyphen=True)],
    /,
    *,
    as_of: Annotated[
        date | None,
        Parameter(
            name="--as-of",
            converter=as_date,
            help="The day they speak of; without it, each article's own date.",
        ),
    ] = None,
    out: Path = Path("check"),
    lang: Annotated[
        Language | None,
        Parameter(help="Language of the report; without it, that of the article."),
    ] = None,
    jobs: Annotated[int, Parameter(name=["--jobs", "-j"])] = 1,
    scheduler: Annotated[str | None, Parameter(show_default=False)] = None,
    form: Annotated[Format, Parameter(name="--format")] = "text",
    fail_on: Annotated[Literal["refuted"] | None, Parameter(show_default=False)] = None,
    explain: Annotated[
        list[str] | None,
        Parameter(negative=(), consume_multiple=(0, 1), show_default=False),
    ] = None,
    lake: LakeAddress = None,
    json: Json = False,
) -> int:
    """Check every number of articles against the data.

    Reads Markdown with front matter, HTML or plain text, in Chinese or English. Writes
    `check.json`, `check.html` (the text with every claim marked) and `claimreview.jsonld`, and
    prints a table. Of several articles, each has a folder of its own, and `checks.parquet` has a
    row for each of their numbers; one that cannot be checked is named, and the rest goes on.

    For example:

    ```console
    springtide check article.md --as-of 2025-02-13 --out check
    ```

    Parameters
    ----------
    files
        The articles: files, folders of files, or `-` for standard input.
    out
        The folder to write to; it is made where it does not exist.
    jobs
        How many articles are checked at a time.
    scheduler
        Address of a Dask scheduler on whose workers several articles are checked, such as
        tcp://host:8786; files and results must lie where all workers reach them.
    form
        What to print: text; the document of one article as JSON; a line of JSON for each number;
        annotations of refuted claims for GitHub's workflows; or a SARIF log of them.
    fail_on
        End with 1 when a claim is refuted, for pipelines.
    explain
        After the file: print why each number was read so, with all candidates and their scores.
        With a number as printed, words around it or its offset, that number alone:
        `springtide check article.md --explain 0.2%`.
    """
    from springtide.errors import UsageError
    from springtide.metrics.asof import check_date

    if as_of is not None:
        check_date(as_of)
    _refuse_options(files)
    if jobs < 1:
        raise UsageError(
            "Articles cannot be checked so", given=f"--jobs {jobs}", allowed="1 or more"
        )
    form = _form(form, json, explain)
    if len(files) == 1 and (files[0] == STDIN or not files[0].is_dir()):
        report = _one(files[0], as_of, lang, lake)
        if explain is not None:
            report = _explained(report, explain, as_of)
        return _show_one(report, files[0], out, form, fail_on)
    if explain is not None:
        raise UsageError(
            "Numbers of one article are explained",
            given="several files or a folder",
            allowed="springtide check ARTICLE --explain [NUMBER]",
        )
    if STDIN in files:
        raise UsageError(
            "Standard input is one article", given=f"- and {len(files) - 1} more", allowed="- alone"
        )
    if form == "json":
        raise UsageError(
            "There is one check.json for each article",
            hint="use --format jsonl, or read them there",
        )
    return _several(files, _job(out, as_of, lang, lake), jobs, form, fail_on, scheduler)


def _job(out: Path, as_of: date | None, lang: Language | None, lake: str | None) -> Job:
    """Return what every article of a run has in common."""
    from springtide import settings
    from springtide.checking.many import Job  # with process pools, which one article needs not

    where = settings.load(lake)
    return Job(where.lake, where.storage_options, out, as_of, lang)


def _form(form: Format, json: bool, explain: list[str] | None) -> Format:
    """Return what is to be printed; refuse two forms, and explanations in one that has none."""
    from springtide.errors import UsageError

    if json and form not in ("text", "json"):
        raise UsageError("Two forms are asked for", given=f"--json and --format {form}")
    if explain is not None and form not in ("text", "json"):
        raise UsageError(
            "What was weighed is not part of that form",
            given=f"--explain and --format {form}",
            allowed="--format text or json",
        )
    return "json" if json else form


def _refuse_options(files: list[Path]) -> None:
    """Refuse what begins with a hyphen and is not standard input: an option that does not exist."""
    from difflib import get_close_matches

    from springtide.errors import UnknownNameError

    for file in files:
        if str(file).startswith("-") and file != STDIN:
            raise UnknownNameError(
                "option", str(file), suggestions=get_close_matches(str(file), OPTIONS)
            )


def _one(file: Path, as_of: date | None, lang: Language | None, lake: str | None) -> CheckReport:
    from springtide.checking.check import check_file, check_text
    from springtide.reading.document import decode

    if file != STDIN:
        return check_file(file, open_lake(lake), as_of, lang)
    name = "standard input"
    return check_text(decode(sys.stdin.buffer.read(), name), name, open_lake(lake), as_of, lang)


def _explained(report: CheckReport, explain: list[str], as_of: date | None) -> CheckReport:
    from springtide.checking.check import explained

    return explained(report, explain[0] if explain else "", as_of)


def _show_one(report: CheckReport, file: Path, out: Path, form: Format, fail_on: str | None) -> int:
    """Write the results of one article and print them."""
    from springtide.checking.report import check_table, explanations, numbers_text, write_check

    write_check(report, out)
    for note in report.notes:
        print(f"note: {note}", file=sys.stderr)
    if form == "json":
        print((out / "check.json").read_text(encoding="utf-8"), end="")
    elif form == "text":
        if report.weighings:
            for part in explanations(report):
                print_rich(part)
        else:
            print_rich(check_table(report))
            print(numbers_text(report))
        print(f"Wrote check.json, check.html and claimreview.jsonld to {out}", file=sys.stderr)
    else:
        from springtide.checking.many import Item, checked

        _print_all(iter([checked(report, Item(file, file.stem))]), form)
    return 1 if fail_on == "refuted" and report.count("refuted") else 0


def _several(
    files: list[Path],
    job: Job,
    jobs: int,
    form: StreamFormat,
    fail_on: str | None,
    scheduler: str | None = None,
) -> int:
    """Check several articles, writing and printing each as soon as it is done."""
    from springtide.checking.cluster import check_on_cluster
    from springtide.checking.many import articles_in, check_many
    from springtide.checking.report.rows import Table

    items = articles_in(files)
    if scheduler is None:
        checks = check_many(items, job, min(jobs, len(items)))
    else:
        checks = check_on_cluster(items, job, scheduler)
    with progress("Checking") as report, Table(job.out) as table:

        def told() -> Iterator[Checked]:
            for i, one in enumerate(checks):
                report(one.item.name, i + 1, len(items))
                table.add(one.rows)
                for note in one.notes:
                    print(f"note: {one.item.path}: {note}", file=sys.stderr)
                if one.error:
                    print(f"Error: {one.item.path}: {one.error}", file=sys.stderr)
                yield one

        failed, refuted = _print_all(told(), form)
    print(f"Wrote a folder an article and checks.parquet to {job.out}", file=sys.stderr)
    return 1 if failed or (fail_on == "refuted" and refuted) else 0


def _print_all(checks: Iterator[Checked], form: StreamFormat) -> tuple[int, int]:
    """Print checks as they come; return how many failed, and how many claims are refuted."""
    from springtide.checking.streams import stream

    lines = stream(form)
    failed = refuted = 0
    for line in lines.begin():
        print(line)
    for one in checks:
        failed += bool(one.error)
        refuted += len(one.findings)
        for line in lines.article(one):
            print(line)
        sys.stdout.flush()  # a long run is read as it goes
    for line in lines.end():
        print(line)
    return failed, refuted
