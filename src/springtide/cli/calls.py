"""The command that keeps score of calls, and how an outlook's are filed."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from springtide.cli.analysis import as_date, open_view
from springtide.cli.options import Json, LakeAddress, open_lake
from springtide.cli.output import print_parts, progress
from springtide.language.types import Language

if TYPE_CHECKING:
    from springtide.market.types import Instrument
    from springtide.outlook.model import Outlook


def calls(
    *,
    as_of: Annotated[
        date | None,
        Parameter(
            name="--as-of",
            converter=as_date,
            help="Calls made by this day, decided by the data known then; today by default.",
        ),
    ] = None,
    subject: Annotated[
        str | None, Parameter(help="Of one instrument, by identifier, name or symbol.")
    ] = None,
    lang: Annotated[Language, Parameter(help="Language of the answer.")] = "en",
    lake: LakeAddress = None,
    json: Json = False,
) -> int:
    """List the calls on file, what came of them, and how well their sources did.

    A call is a claim about what is to come with the probability given to it, filed by
    `springtide outlook SUBJECT --as-of DATE --file`. Once the data decide it, it is scored; until
    then it is open. Sources are held against base rates on the calls that both made.

    For example:

    ```console
    springtide calls --as-of 2018-12-31
    ```
    """
    from springtide.calls.ledger import load
    from springtide.calls.outcomes import calls_json, score, settle

    day = as_of or date.today()
    view = open_view(lake, day)
    wanted = None if subject is None else view.instrument(subject).id
    ledger = load(view, wanted)
    for why in ledger.refused:
        print(f"note: {why}", file=sys.stderr)
    with progress("Settling") as report:
        outcomes = settle(view, ledger.calls, report)
    scores = score(outcomes)
    if json:
        from springtide import __version__
        from springtide.claims.schema import to_text

        software = f"springtide {__version__}"
        print(to_text(calls_json(day, view.versions, outcomes, scores, software)), end="")
    else:
        from springtide.calls.terminal import calls_parts

        print_parts(calls_parts(outcomes, scores, day, lang))
    return 1 if ledger.refused else 0


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
