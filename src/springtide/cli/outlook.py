"""The command that answers the headline's question: how long a rally may last, and how far."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from springtide.cli.analysis import AsOf, open_day
from springtide.cli.options import Json, LakeAddress
from springtide.cli.output import print_json, print_parts, progress
from springtide.language.types import Language


def outlook(
    subject: str,
    /,
    *,
    as_of: AsOf = None,
    lang: Annotated[Language, Parameter(help="Language of the answer.")] = "en",
    file: Annotated[
        bool,
        Parameter(
            name="--file",
            negative=(),
            show_default=False,
            help="File what it says as calls, to be scored: see springtide calls.",
        ),
    ] = False,
    lake: LakeAddress = None,
    json: Json = False,
) -> int:
    """Say how long a rally may last and how far it may go, with probabilities.

    How far it has come, the chance that its top is in or comes within three or six months, how far
    such rallies went on, and how well such forecasts have done; then what each method says. Sees
    only what was known on that date. Ends with 1 where nothing can be said.

    For example:

    ```console
    springtide outlook SPX --as-of 2009-12-31
    ```

    Parameters
    ----------
    subject
        An instrument by identifier, name or symbol.
    """
    from springtide.outlook.compose import outlook as make_outlook
    from springtide.outlook.document import outlook_json

    view, instrument = open_day(lake, subject, as_of)
    with progress("Looking ahead:") as report:
        made = make_outlook(view, instrument, progress=report)
    if json:
        print_json(outlook_json(made))
    else:
        from springtide.brief.outlook import outlook_section
        from springtide.brief.render.outlook import outlook_parts

        section = outlook_section(made, view, instrument, [lang], drawn=False)
        print_parts(outlook_parts(made, section, instrument, lang))
    answered = made.market == "bear" or made.said is not None
    if file:
        from springtide.cli.calls import file_outlook

        return 0 if file_outlook(made, instrument, lake) and answered else 1
    return 0 if answered else 1
