"""The command that keeps score of calls, and how an outlook's are filed."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from springtide.cli.analysis import as_date, open_view
from springtide.cli.call_sheets import is_sheet, read_sheets
from springtide.cli.options import Json, LakeAddress, open_lake
from springtide.cli.output import print_parts, progress
from springtide.language.types import Language

if TYPE_CHECKING:
    from springtide.calls.reading.model import Left
    from springtide.claims.model import Call, Outcome
    from springtide.market.lake import Lake
    from springtide.market.types import Instrument
    from springtide.market.view import View
    from springtide.outlook.model import Outlook


AsOf = Annotated[
    date | None,
    Parameter(
        name="--as-of",
        converter=as_date,
        help="Calls made by this day, decided by the data known then; today by default.",
    ),
]
Lang = Annotated[Language, Parameter(help="Language of the answer.")]


def calls(
    *,
    as_of: AsOf = None,
    subject: Annotated[
        str | None, Parameter(help="Of one instrument, by identifier, name or symbol.")
    ] = None,
    source: Annotated[
        str | None, Parameter(help="Of one source: a person or a house, by any of their names.")
    ] = None,
    lang: Lang = "en",
    lake: LakeAddress = None,
    json: Json = False,
) -> int:
    """List the calls on file, what came of them, and how well their sources did.

    A call is a claim about what is to come: of a named person or house, read from an article by
    `springtide calls read`, or of an outlook with its probability, filed by
    `springtide outlook SUBJECT --as-of DATE --file`. Once the data decide it, it is scored; until
    then it is open. Sources are held against base rates.

    For example:

    ```console
    springtide calls --as-of 2018-12-31
    springtide calls --source 高盛
    ```
    """
    from springtide.calls.outcomes import calls_json, score

    day = as_of or date.today()
    view, outcomes, refused = _settled(lake, day, subject, source)
    scores = score(outcomes)
    if json:
        from springtide import __version__
        from springtide.claims.schema import to_text

        software = f"springtide {__version__}"
        print(to_text(calls_json(day, view.versions, outcomes, scores, software)), end="")
    else:
        from springtide.calls.terminal import calls_parts

        print_parts(calls_parts(outcomes, scores, day, lang))
    return 1 if refused else 0


def read(
    articles: Annotated[list[Path], Parameter(negative=())],
    /,
    *,
    as_of: Annotated[
        date | None,
        Parameter(
            name="--as-of",
            converter=as_date,
            help="The day of the articles, where their own does not count.",
        ),
    ] = None,
    lang: Lang = "en",
    lake: LakeAddress = None,
    json: Json = False,
) -> int:
    """Read the calls of articles, file each once, and say why others are not filed.

    A call needs somebody who makes it, a measure, a level or a direction with a size, and a horizon
    by word or by rule. What is only said to be possible is kept as mentioned and not scored; the
    same view of the same source within ten sessions is one call. Each is filed with its base rate:
    how likely it was by what was known on that day.

    For example:

    ```console
    springtide calls read article.md
    springtide calls read articles/ --lang zh-cn
    ```

    Parameters
    ----------
    articles
        Files, or folders of them; a table (CSV, a workbook) is a sheet of calls, one row each.
    """
    from springtide.calls.board_terminal import read_parts
    from springtide.calls.ledger import file, filed_json, identity

    opened = open_lake(lake)
    made, left, failed = _views(articles, as_of, opened)
    filed = file(opened, made)
    if json:
        from springtide import __version__
        from springtide.claims.schema import to_text

        views = [(one.quote, one.who, one.why.text(lang)) for one in left]
        software = f"springtide {__version__}"
        print(to_text(filed_json(made, filed, views, failed, opened.versions(), software)), end="")
        return 1 if failed else 0
    for why in (*failed, *filed.refused):
        print(f"Not filed: {why}", file=sys.stderr)
    new = [call for call in made if identity(call) in filed.ids]
    print_parts(read_parts(new, left, lang))
    print(
        f"Filed {_counted(filed.new)} of {len(made)}; {filed.known} on file already, "
        f"{len(filed.refused)} refused",
        file=sys.stderr,
    )
    return 1 if failed else 0


def _views(
    articles: Sequence[Path], as_of: date | None, opened: Lake
) -> tuple[list[Call], list[Left], list[str]]:
    """Read articles in the order of their days; say of each that cannot be read why."""
    from springtide.calls.reading.read import Reader
    from springtide.checking.many import articles_in
    from springtide.errors import SpringtideError
    from springtide.reading.document import load_text, read_document

    reader = Reader(opened)
    left: list[Left] = []
    made, failed = read_sheets([path for path in articles if is_sheet(path)], opened)
    texts = [path for path in articles if not is_sheet(path)]
    items = articles_in(texts) if texts else []
    with progress("Reading") as report:
        for k, item in enumerate(items):
            report(item.path.name, k, len(items))
            try:
                article = read_document(load_text(item.path))
                if as_of is None and article.published is None:
                    failed.append(f"{item.path}: it states no date; say which with --as-of")
                    continue
                views = reader.read(article, item.path.name, as_of)
            except SpringtideError as error:
                failed.append(f"{item.path}: {error}")
                continue
            made += views.calls
            left += views.left
    return sorted(made, key=lambda call: call.made), left, failed


def board(
    *, as_of: AsOf = None, lang: Lang = "en", lake: LakeAddress = None, json: Json = False
) -> int:
    """Show by source how many calls came true, and how many base rates let expect.

    Who says the likely is often right: what counts is the surprise, what happened less its base
    rate, with its 95% interval. A source is ranked only with 20 decided events on 10 dates.

    For example:

    ```console
    springtide calls board --as-of 2026-08-21
    ```
    """
    from springtide.calls.board import board as board_of

    day = as_of or date.today()
    view, outcomes, refused = _settled(lake, day, None, None)
    made = board_of(outcomes)
    if json:
        from springtide import __version__
        from springtide.calls.export import board_json
        from springtide.claims.schema import to_text

        document = board_json(made, day, view.versions, f"springtide {__version__}")
        print(to_text(document), end="")
    else:
        from springtide.calls.board_terminal import board_parts

        print_parts(board_parts(made, day, lang))
    return 1 if refused else 0


def show(
    call: str,
    /,
    *,
    as_of: AsOf = None,
    lang: Lang = "en",
    lake: LakeAddress = None,
    json: Json = False,
) -> int:
    """Show one call: its words, its base rate, what came of it, and a chart.

    For example:

    ```console
    springtide calls show 0df93e4856 --as-of 2026-08-21
    ```

    Parameters
    ----------
    call
        Its identifier, or the first digits of it: `springtide calls` lists them.
    """
    from springtide.calls.board_terminal import show_parts
    from springtide.calls.ledger import identity
    from springtide.errors import UnknownNameError, UsageError

    view, outcomes, _ = _settled(lake, as_of or date.today(), None, None, only=call)
    if not outcomes:
        raise UnknownNameError("call", call, hint="list them with: springtide calls")
    if len({identity(one.call) for one in outcomes}) > 1:
        raise UsageError(
            "More than one call begins so",
            given=call,
            allowed=", ".join(identity(one.call) for one in outcomes[:5]),
        )
    if json:
        from springtide import __version__
        from springtide.calls.outcomes import calls_json
        from springtide.claims.schema import to_text

        software = f"springtide {__version__}"
        print(to_text(calls_json(view.as_of, view.versions, outcomes[:1], (), software)), end="")
        return 0
    print_parts(show_parts(view, outcomes[0], lang))
    return 0


def export(path: Path, /, *, as_of: AsOf = None, lake: LakeAddress = None) -> int:
    """Write the board as a page that can be published, or as JSON or CSV.

    The page is one file in three written languages; it holds who said what and what came of it, and
    no words of articles.

    For example:

    ```console
    springtide calls export board.html --as-of 2026-08-21
    ```

    Parameters
    ----------
    path
        Where to; its name ends with .html, .json or .csv.
    """
    from springtide import __version__
    from springtide.calls.board import board as board_of
    from springtide.calls.export import KINDS
    from springtide.calls.export import export as write
    from springtide.errors import UsageError

    if path.suffix.lower() not in KINDS:
        raise UsageError(
            "The board is not written in that form", given=path.name, allowed=", ".join(KINDS)
        )
    day = as_of or date.today()
    view, outcomes, refused = _settled(lake, day, None, None)
    write(path, board_of(outcomes), outcomes, day, view.versions, f"springtide {__version__}")
    print(f"Wrote {path}", file=sys.stderr)
    return 1 if refused else 0


def _settled(
    lake: str | None, day: date, subject: str | None, source: str | None, only: str = ""
) -> tuple[View, tuple[Outcome, ...], tuple[str, ...]]:
    """Read the ledger and settle it; say what of it cannot be read."""
    from springtide.calls.ledger import identity, load
    from springtide.calls.outcomes import settle
    from springtide.calls.people import key_of, source_of

    view = open_view(lake, day)
    ledger = load(view, None if subject is None else view.instrument(subject).id)
    for why in ledger.refused:
        print(f"note: {why}", file=sys.stderr)
    chosen = ledger.calls
    if source is not None:
        wanted = key_of(source_of(source))
        chosen = tuple(
            one
            for one in chosen
            if wanted in (key_of(one.source), key_of(one.source.split(" (")[0]))
        )
    if only:
        chosen = tuple(one for one in chosen if identity(one).startswith(only))
    with progress("Settling") as report:
        outcomes = settle(view, chosen, report)
    return view, outcomes, ledger.refused


def file_outlook(outlook: Outlook, instrument: Instrument, lake: str | None) -> bool:
    """File what an outlook says, say what became of it, and whether nothing was refused."""
    from springtide.calls.forecasts import from_outlook
    from springtide.calls.ledger import file

    made = from_outlook(outlook, instrument)
    if not made:
        print("No calls to file: the outlook gives no probabilities", file=sys.stderr)
        return True
    filed = file(open_lake(lake), made)
    for why in filed.refused:
        print(f"Not filed: {why}", file=sys.stderr)
    print(
        f"Filed {_counted(filed.new)} of {len(made)}; {filed.known} on file already, "
        f"{len(filed.refused)} refused",
        file=sys.stderr,
    )
    return not filed.refused


def _counted(number: int) -> str:
    return "1 new call" if number == 1 else f"{number} new calls"
