"""Commands that fill the lake and look into it."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from springtide.cli.options import Json, LakeAddress, open_lake, open_or_make_lake
from springtide.cli.output import print_json, print_table, progress

if TYPE_CHECKING:
    from springtide.market.adjustment import Adjustment
    from springtide.market.declared import Description
    from springtide.market.layouts.model import Given
    from springtide.market.reports import FileReport, ImportReport

DateFormat = Annotated[
    str | None,
    Parameter(
        help='How dates are written, such as "%d/%m/%Y", where the file does not tell which is the '
        "day and which the month."
    ),
]

_ADJUSTED: dict[str, Adjustment] = {
    "no": "as traded",
    "forward": "adjusted forward",
    "backward": "adjusted backward",
    "yes": "adjusted",
}
_COUNTS = ("rows", "new", "completed", "revised", "same", "refused")
_FILES_SHOWN = 20
_NOTES_SHOWN = 5
_ROWS_CHECKED = 12


def sync(
    symbols: Annotated[list[str], Parameter(show_default=False)] = [],  # noqa: B006
    /,
    *,
    source: str = "yahoo",
    field: str | None = None,
    all_: Annotated[bool, Parameter(name="--all", negative=(), show_default=False)] = False,
    since: Annotated[date | None, Parameter(show_default=False)] = None,
    lake: LakeAddress = None,
    json: Json = False,
) -> int:
    """Fetch daily bars, and flows of Stock Connect, from a data source into the lake.

    Fetches what the lake does not hold yet. Rows that cannot be right are refused and named; a
    figure that the source has changed is kept beside the one stored before.

    For example:

    ```console
    springtide sync HSI HSTECH 0700.HK --source yahoo
    springtide sync SOUTHBOUND --source akshare
    springtide sync NVDA --field rating --source yahoo
    springtide sync CSI300 --field trailing_pe --source akshare
    springtide sync prices/ --source llm-prices
    springtide sync --all
    ```

    Sessions that were asked for and did not come are asked for again at later syncs. A source that
    refuses because of too many requests is waited for.

    Parameters
    ----------
    symbols
        Instruments by identifier, name or symbol, or symbols of the source; files, folders or
        addresses of the project llm-prices for the source of that name.
    source
        The data source: yahoo, akshare, llm-prices, or one that an installed package adds. Two
        need a package: `pip install "springtide[yahoo]"` or `"springtide[akshare]"`.
    field
        What to fetch instead of bars: `rating`, what brokers say of a share (yahoo), or
        `trailing_pe`, the P/E of an index of China Securities Index (akshare).
    all_
        Everything in the lake that came from this source before.
    since
        Where to begin with an instrument that the lake does not hold, as YYYY-MM-DD; without it at
        its first session.
    """
    from springtide.errors import UsageError
    from springtide.market import fetching, syncing

    opened = open_or_make_lake(lake)
    if source == fetching.PRICES or field is not None:
        with progress("Fetching") as report:
            if field is None:
                done = fetching.sync_prices(opened, symbols, progress=report)
            else:
                done = fetching.sync_field(
                    opened, symbols, field, source, first=since, progress=report
                )
        return _show(done, "source", json)
    wanted = [*symbols, *(syncing.of_source(opened, source) if all_ else ())]
    if not wanted:
        raise UsageError(
            "Nothing is named to be fetched" if not all_ else f"Nothing came from {source} before",
            hint="springtide sync HSI, say",
        )
    with progress("Fetching") as report:
        done = syncing.sync(opened, wanted, source, first=since, progress=report)
    return _show(done, "symbol", json)


def import_bars(
    paths: list[Path],
    /,
    *,
    symbol: str | None = None,
    source: str | None = None,
    date_format: DateFormat = None,
    columns: str | None = None,
    adjusted: Literal["no", "forward", "backward", "yes"] | None = None,
    rescale: Annotated[bool, Parameter(negative=(), show_default=False)] = False,
    kind: str | None = None,
    calendar: str | None = None,
    currency: str | None = None,
    name: Annotated[list[str], Parameter(negative=(), show_default=False)] = [],  # noqa: B006
    lake: LakeAddress = None,
    json: Json = False,
) -> int:
    """Read files of daily bars into the lake.

    Takes CSV, Parquet and Excel files as Yahoo, Eastmoney, Stooq, Investing.com and Wind export
    them, one instrument a file or many. Rows that cannot be right are refused and named; the others
    are stored. Of an instrument of your own say what it is: kind, calendar and currency are kept in
    the lake. Whether prices are adjusted is told by columns, titles and file names where they say
    it; prices of one kind are never stored beside those of another.

    For example:

    ```console
    springtide import bars hsi.csv --symbol HSI
    springtide import bars fund.csv --symbol FUND --kind etf --calendar XSHG --currency CNY
    springtide import bars old.txt --symbol IXIC --columns date,open,high,low,close,volume
    ```

    Parameters
    ----------
    paths
        Files, or folders of files.
    symbol
        The instrument (identifier, name or symbol), where the file has no column for it and
        another name.
    source
        What to record as the source of the rows; without it the file's name.
    columns
        What the columns hold, in order and with commas between them, of a file that has no line of
        column names: date, open, high, low, close, volume, amount, symbol, or nothing.
    adjusted
        Whether prices are adjusted for dividends, where the file does not say it: no (as traded),
        forward (前复权), backward (后复权), or yes, in a way that is not known.
    rescale
        Take prices whose scale differs from the stored ones, after a split say, as revisions
        instead of refusing them.
    kind
        What an instrument of your own is: index, stock, etf and so on.
    calendar
        On which sessions it trades, such as XHKG, XSHG or XNYS.
    currency
        In which it is priced, such as HKD.
    name
        What it is called, in English or Chinese; may be given several times.
    """
    from springtide.errors import UndescribedError
    from springtide.market import ingest
    from springtide.market import instruments as known
    from springtide.market.declared import Description
    from springtide.market.sources.bars import Stated

    opened = open_or_make_lake(lake)
    stated = Stated(
        symbol=known.symbol_of(symbol) if symbol else None,
        source=source,
        date_format=date_format,
        columns=tuple(each.strip() for each in columns.split(",")) if columns else (),
        adjusted=_ADJUSTED[adjusted] if adjusted else None,
    )

    def take(description: Description | None) -> ImportReport:
        with progress("Importing") as report:
            return ingest.import_bars(
                opened,
                paths,
                stated=stated,
                rescale=rescale,
                description=description,
                progress=report,
            )

    try:
        done = take(Description.given(kind, calendar, currency, name))
    except UndescribedError as error:
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            raise
        done = take(_asked(error.symbols, kind, calendar, currency, name))
    return _show(done, "file", json)


def _asked(
    symbols: tuple[str, ...],
    kind: str | None,
    calendar: str | None,
    currency: str | None,
    names: list[str],
) -> Description | None:
    """Ask on the terminal what instruments are."""
    from rich.console import Console
    from rich.prompt import Prompt

    from springtide.market.declared import Description
    from springtide.market.types import DESCRIBED

    console = Console(stderr=True)
    console.print(f"Not known yet: {', '.join(symbols)}", markup=False)
    kind = kind or Prompt.ask("Kind", choices=list(DESCRIBED), console=console)
    calendar = calendar or Prompt.ask("Calendar, such as XHKG or XNYS", console=console)
    currency = currency or Prompt.ask("Currency, such as HKD", console=console)
    return Description.given(kind, calendar, currency, names)


def import_observations(
    paths: list[Path],
    /,
    *,
    layout: str | None = None,
    subject: str | None = None,
    unit: Annotated[list[str], Parameter(negative=(), show_default=False)] = [],  # noqa: B006
    variant: str | None = None,
    source: str | None = None,
    date_format: DateFormat = None,
    as_of: Annotated[date | None, Parameter(show_default=False)] = None,
    check: Annotated[bool, Parameter(negative=(), show_default=False)] = False,
    lake: LakeAddress = None,
    json: Json = False,
) -> int:
    """Read files of published figures into the lake.

    Valuations, flows, targets, ratings: any figure with a subject and a date. Without a layout the
    columns are `subject`, `field`, `date`, `value`, `unit` and, where known, `text`, `source`,
    `quoted_by`, `known_at`. A figure whose unit does not fit its field is refused.

    For example:

    ```console
    springtide import observations valuations.csv --source "Company reports"
    springtide import observations flows.csv --layout connect --unit "HKD million"
    springtide import observations pe.csv --layout valuation-wide --subject HSTECH --check
    ```

    Parameters
    ----------
    paths
        Files, or folders of files.
    layout
        How the files are laid out, where they are not in the columns above: calls, cninfo,
        connect, consensus, csindex, etf-units, holdings, legulegu, llm-prices, ratings, shiller,
        valuation-wide or weights. The how-to page on figures has a sample of each; `calls` is a
        sheet of calls, one row each, as `springtide calls read` takes it.
    subject
        Whose figures they are (identifier, name or symbol), where the file does not say.
    unit
        The unit of columns that carry none, with its scale, such as "HKD million"; may be given
        several times, once a currency.
    variant
        Which of several columns of one meaning is wanted, where a layout has several.
    source
        What to record as the source of rows that do not say it; without it the file's name.
    as_of
        The day of a snapshot that does not say it, as YYYY-MM-DD.
    check
        Print what would be stored, and store nothing.
    """
    from springtide.market import ingest
    from springtide.market.layouts.model import Given, Unit

    given = Given(subject, tuple(map(Unit.parse, unit)), source, date_format, variant, as_of)
    if layout == "calls":
        return _import_calls(paths, given, lake, check, json)
    if check:
        return _check_figures(paths, layout, given, lake, json)
    with progress("Importing") as report:
        done = ingest.import_observations(
            open_or_make_lake(lake), paths, layout=layout, given=given, progress=report
        )
    return _show(done, "file", json)


def _import_calls(
    paths: list[Path], given: Given, lake: str | None, check: bool, as_json: bool
) -> int:
    """File sheets of calls, whose rows say everything themselves."""
    from springtide.cli.call_sheets import import_sheets
    from springtide.errors import UsageError
    from springtide.market.layouts.model import Given as Nothing

    if given != Nothing():
        raise UsageError(
            "A sheet of calls says everything itself",
            given="--subject, --unit, --variant, --source, --date-format or --as-of",
            allowed="--check, --lake and --json beside --layout calls",
        )
    code = _show(import_sheets(paths, lake, check=check), "file", as_json)
    if check:
        print("Nothing has been stored (--check).", file=sys.stderr)
    return code


def _check_figures(
    paths: list[Path], layout: str | None, given: Given, lake: str | None, as_json: bool
) -> int:
    """Print what files of figures hold and what would be stored of them."""
    import polars as pl

    from springtide.errors import LakeError
    from springtide.market import ingest
    from springtide.market.reports import ImportReport
    from springtide.market.sources import files

    try:
        opened = open_lake(lake)
    except LakeError:
        opened = None
    told = [
        ingest.compare_figures(opened, ingest.read_figures(path, layout, given))
        for path in files.find(paths, ingest.layout_endings(layout) or files.ENDINGS)
    ]
    rows = pl.concat([rows for _, rows in told])
    report = ImportReport(tuple(each for each, _ in told), ())
    if as_json:
        from springtide.market.reports import report_json

        print_json({**report_json(report), "rows": rows.rows(named=True)})
        return 0
    code = _show(report, "file", False)
    shown = rows.sort("date", "subject", "field").head(_ROWS_CHECKED)
    names = ["subject", "field", "date", "value", "unit", "text", "source"]
    print_table(names, shown.select(names).rows(), right=["value"])
    if len(rows) > len(shown):
        print(
            f"The first {len(shown):,} of {len(rows):,} rows; --json prints all.", file=sys.stderr
        )
    print("Nothing has been stored (--check).", file=sys.stderr)
    return code


def import_instruments(path: Path, /, *, json: Json = False) -> None:
    """Add instruments of your own from a file.

    They go into `instruments.toml` of the settings folder, and articles, `sync` and `import` know
    them from then on. The file is CSV, Parquet or TOML with the columns `id`, `kind`, `currency`,
    `calendar`, `inception`, `primary`, `en`, `zh-cn`, `zh-hk`, `yahoo`, `akshare` and `stooq`. Only
    `id` must be there; kind, currency and calendar follow from a code whose market is known.
    Several names stand in one cell with | between them, the one to print first.

    For example:

    ```console
    springtide import instruments mine.csv
    ```

    Parameters
    ----------
    path
        The file.
    """
    from springtide.market.own import add
    from springtide.settings import config_folder

    target = config_folder() / "instruments.toml"
    added = add(path, target)
    if json:
        print_json({"file": str(target), "added": list(added)})
    elif added:
        print(f"Added {', '.join(added)} to {target}")
    else:
        print(f"{target} holds them all already.")


def instruments(
    query: Annotated[str, Parameter(show_default=False)] = "", /, *, json: Json = False
) -> int:
    """Find instruments by any of their names, in Chinese or English.

    The best match comes first. Case, width and script (simplified or traditional) do not matter,
    and a name may be misspelt a little. Without a query, lists all.

    For example:

    ```console
    springtide instruments 恒生
    ```

    Parameters
    ----------
    query
        A name, a part of one, an identifier, or a symbol at a data source.
    """
    from springtide.language.messages import LANGUAGES, say
    from springtide.market.instruments import search

    matches = search(query)
    if json:
        print_json(matches)
    elif matches:
        names = [say("format.language", language) for language in LANGUAGES]
        columns = ["id", *names, "kind", "currency", "calendar"]
        rows = [[i.id, *map(i.name, LANGUAGES), i.kind, i.currency, i.calendar] for i in matches]
        print_table(columns, rows)
    else:
        print(f"No instrument has a name like {query}.", file=sys.stderr)
    return 0 if matches else 1


def sql(
    query: str,
    /,
    *,
    limit: Annotated[int, Parameter(name=["--limit", "-n"])] = 100,
    files: Annotated[bool, Parameter(negative=(), show_default=False)] = False,
    lake: LakeAddress = None,
    json: Json = False,
) -> None:
    """Query the lake's tables with SQL.

    `bars` and `observations` hold every row with its history, `latest_bars` and
    `latest_observations` each figure as last known. A query only asks: what would change data is
    refused.

    For example:

    ```console
    springtide sql "SELECT symbol, max(date), count(*) FROM latest_bars GROUP BY symbol"
    ```

    Parameters
    ----------
    query
        A SELECT statement in the SQL of Polars.
    limit
        Rows of the printed table, 0 for all. JSON always holds all.
    files
        Let the query read files of this machine too (`read_csv('…')` and its like).
    """
    from springtide.errors import UsageError

    if limit < 0:
        raise UsageError("The limit is below zero", given=str(limit), allowed="0 or more")
    frame = open_lake(lake).sql(query, files=files)
    if json:
        print_json(frame.rows(named=True))
        return
    shown = frame if limit == 0 else frame.head(limit)
    numbers = [name for name, kind in frame.schema.items() if kind.is_numeric()]
    print_table(frame.columns, shown.rows(), right=numbers)
    if len(shown) < len(frame):
        print(
            f"The first {len(shown):,} of {len(frame):,} rows; --limit 0 prints all.",
            file=sys.stderr,
        )


def _show(report: ImportReport, heading: str, as_json: bool) -> int:
    """Print what an import did; 1 where something given came to nothing, else 0."""
    if as_json:
        from springtide.market.reports import report_json

        print_json(report_json(report))
    else:
        odd = [each for each in report.files if each.error or each.refused or each.warnings]
        listed = report.files if len(report.files) <= _FILES_SHOWN else odd[:_FILES_SHOWN]
        rows = [[each.name, *(getattr(each, name) for name in _COUNTS)] for each in listed]
        if len(report.files) != 1:
            rows.append([f"all {len(report.files):,}", *(report.total(name) for name in _COUNTS)])
        print_table([heading, *_COUNTS], rows, right=_COUNTS)
        for each in odd[:_FILES_SHOWN]:
            _tell(each)
        if len(odd) > _FILES_SHOWN:
            print(f"{len(odd) - _FILES_SHOWN:,} more need a look: see --json.", file=sys.stderr)
    failed = any(each.error or (each.rows and not each.accepted) for each in report.files)
    return 1 if failed else 0


def _tell(file: FileReport) -> None:
    """Say on standard error what was wrong with a file, naming the first rows of each kind."""
    if file.error:
        print(f"{file.name} could not be read: {file.error}", file=sys.stderr)
    _tell_first("refused", file.name, [str(each) for each in file.refusals], file.refused)
    _tell_first("note", file.name, list(file.warnings), len(file.warnings))


def _tell_first(kind: str, name: str, notes: list[str], count: int) -> None:
    for note in notes[:_NOTES_SHOWN]:
        print(f"{kind}: {name}: {note}", file=sys.stderr)
    if count > _NOTES_SHOWN:
        print(f"{kind}: {name}: and {count - _NOTES_SHOWN:,} more", file=sys.stderr)
