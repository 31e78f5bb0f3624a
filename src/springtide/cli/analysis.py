"""Commands that answer: measure, brief, and what the metrics are."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter, Token

from springtide.cli.options import Json, LakeAddress, open_lake
from springtide.cli.output import print_json, print_parts, print_rich, progress
from springtide.language.types import Colours, Language

if TYPE_CHECKING:
    from springtide.market.types import Instrument
    from springtide.market.view import View


def as_day(kind: object, tokens: Sequence[Token]) -> Day:
    """Read a date of the command line, or the word ``today``."""
    text = tokens[0].value
    if text.lower() == "today":
        return "today"
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text} is not a date: write it as YYYY-MM-DD, or today") from None


def as_date(kind: object, tokens: Sequence[Token]) -> date:
    """Read a date of the command line; the word ``today`` is today's."""
    day = as_day(kind, tokens)
    return date.today() if day == "today" else day


Day = date | Literal["today"]
AsOf = Annotated[
    Day | None,
    Parameter(
        name="--as-of",
        converter=as_day,
        show_default=False,
        help="The session, as YYYY-MM-DD, or today; without it that of the last close on file.",
    ),
]


def measure(
    metric: str,
    subject: str,
    /,
    *,
    as_of: AsOf = None,
    param: Annotated[
        list[str], Parameter(name=["--param", "-p"], negative=(), show_default=False)
    ] = [],  # noqa: B006 - the form that the command line parser reads
    lang: Annotated[Language, Parameter(help="Language of the answer.")] = "en",
    lake: LakeAddress = None,
    json: Json = False,
) -> int:
    """Measure one metric of an instrument as of a date, with its evidence.

    Sees only what was known on that date. Where data are missing it says which, and ends with 1.

    For example:

    ```console
    springtide measure period_return IXIC --as-of 2000-03-10 --param period=ytd
    ```

    Parameters
    ----------
    metric
        A metric's key, see `springtide metrics`.
    subject
        An instrument by identifier, name or symbol.
    param
        A parameter of the metric as `name=value`; may be given several times.
    """
    from springtide.metrics.asof import check_close
    from springtide.metrics.params import params_from_text
    from springtide.metrics.registry import get
    from springtide.metrics.registry import measure as measure_metric
    from springtide.metrics.simulated import reporting

    spec = get(metric)
    params = params_from_text(spec.params, _pairs(param))
    view, instrument = open_day(lake, subject, as_of)
    if spec.needs_close:
        check_close(view, instrument)
    with progress("Measuring") as report, reporting(partial(report, spec.title["en"])):
        measurement = measure_metric(metric, view, instrument, params)
    if json:
        from springtide.claims.schema import measurement_json

        print_json(measurement_json(measurement))
    else:
        from springtide.metrics.terminal import measurement_parts

        print_parts(measurement_parts(measurement, lang))
    return 0 if measurement.value is not None else 1


def brief(
    subject: str,
    /,
    *,
    as_of: AsOf = None,
    lang: str = "en,zh-cn",
    exuberance: bool = False,
    colours: Annotated[Colours | None, Parameter(show_default=False)] = None,
    out: Path = Path("brief"),
    pdf: bool = False,
    png: bool = False,
    theme_keys: Annotated[Path | None, Parameter(show_default=False)] = None,
    force: bool = False,
    lake: LakeAddress = None,
    json: Json = False,
) -> None:
    """Write the brief of an instrument as of a date.

    Writes a Hugo page bundle (`index.en.md`, `index.zh-cn.md`, the charts and `brief.json`) and
    beside its folder a page of the same name, `brief.html`, which needs no network, and prints a
    summary. Files that were edited since they were written are never overwritten unasked.

    For example:

    ```console
    springtide brief SPX --as-of 2018-01-26 --lang en,zh-cn --out brief
    ```

    Parameters
    ----------
    subject
        An instrument by identifier, name or symbol.
    lang
        Languages, separated by commas: en, zh-cn, zh-hk.
    exuberance
        Ask too whether it is a bubble: both tests with their false-alarm rates. Takes some seconds
        the first time, as markets without a bubble are simulated; the result is kept.
    colours
        How rises and falls are coloured; without it red and green on the mainland's pages, green
        and red on English ones and Hong Kong's.
    out
        The folder to write to; it is made where it does not exist.
    pdf
        Write a PDF of each language too, `brief.en.pdf`, for mail. Needs the extra `pdf`.
    png
        Write each chart as PNG too, beside its SVG.
    theme_keys
        A TOML file that says how your theme wants the front matter: names, leave_out, add.
    force
        Overwrite files that were edited since a brief wrote them.
    """
    from springtide.brief.compose import compose
    from springtide.brief.render import terminal_summary, write_brief
    from springtide.brief.render.theme_keys import read_theme_keys
    from springtide.metrics.simulated import reporting

    languages = _languages(lang)
    keys = None if theme_keys is None else read_theme_keys(theme_keys)
    view, instrument = open_day(lake, subject, as_of)
    with progress("Writing the brief") as report:
        report("measuring", 0, 2)
        with reporting(partial(report, "testing for a bubble")):
            made = compose(view, instrument, languages, exuberance=exuberance, colours=colours)
        report("drawing", 1, 2)
        written = write_brief(made, out, keys=keys, pdf=pdf, png=png, force=force)
    if json:
        print((out / "brief.json").read_text(encoding="utf-8"), end="")
        return
    print_rich(terminal_summary(made, languages[0]))
    print(f"Wrote {len(written)} files to {out}", file=sys.stderr)


def metrics(
    name: Annotated[str, Parameter(show_default=False)] = "", /, *, json: Json = False
) -> None:
    """Show what a metric is: definition, formula, parameters, smallest sample, wording.

    Without a name, lists all.

    For example:

    ```console
    springtide metrics rsi
    ```

    Parameters
    ----------
    name
        A metric's key.
    """
    from springtide.metrics.describe import describe
    from springtide.metrics.registry import get, registry
    from springtide.metrics.terminal import description_parts, list_parts

    if name:
        one = describe(get(name))
        if json:
            print_json(one)
        else:
            print_parts(description_parts(one))
        return
    descriptions = [describe(metric) for metric in registry().values()]
    if json:
        print_json(descriptions)
    else:
        print_parts(list_parts(descriptions))


def open_view(lake: str | None, as_of: date) -> View:
    """Open the lake as of a date that can be asked about."""
    from springtide.market.view import View
    from springtide.metrics.asof import check_date

    check_date(as_of)
    return View(open_lake(lake), as_of)


def open_day(lake: str | None, subject: str, as_of: Day | None) -> tuple[View, Instrument]:
    """Open the lake as of a date, as of today, or as of the last close on file; find the subject.

    For ``today`` a note says which session was taken.
    """
    from springtide.metrics.asof import last_close, session_taken

    view = open_view(lake, as_of if isinstance(as_of, date) else date.today())
    instrument = view.instrument(subject)
    if isinstance(as_of, date):
        return view, instrument
    day = last_close(view, instrument)
    if as_of == "today":
        print(f"note: {session_taken(view, instrument)}", file=sys.stderr)
    return view.at(day), instrument


def _pairs(given: list[str]) -> dict[str, str]:
    from springtide.errors import UsageError

    pairs: dict[str, str] = {}
    for text in given:
        name, equals, value = (part.strip() for part in text.partition("="))
        if not (name and equals):
            raise UsageError("A parameter has no name or value", given=text, allowed="name=value")
        if name in pairs:
            raise UsageError(
                f"The parameter {name} is given twice", given=f"{pairs[name]}, {value}"
            )
        pairs[name] = value
    return pairs


def _languages(text: str) -> tuple[Language, ...]:
    """Return the languages of a list; ``zh`` is the mainland's Chinese."""
    from typing import get_args

    from springtide.errors import UsageError

    allowed: tuple[Language, ...] = get_args(Language)
    names: dict[str, Language] = {"zh": "zh-cn", **{one: one for one in allowed}}
    languages: list[Language] = []
    for part in text.split(","):
        language = names.get(part.strip().lower())
        if language is None:
            raise UsageError(
                "A brief cannot be written in that language",
                given=part.strip(),
                allowed=", ".join(allowed),
            )
        languages.append(language)
    return tuple(dict.fromkeys(languages))
