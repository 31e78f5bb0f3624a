"""The section that comes first: how long it can last, in one paragraph and two charts.

How far the rally has come is a claim like any other; what may come is not, and carries no
statement: its figures are in the outlook itself, which stands whole in ``brief.json``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from springtide.brief.model import Chart, Section, Sentence, Statement
from springtide.brief.wording import heading, sentence
from springtide.errors import SpringtideError
from springtide.language.messages import say
from springtide.language.types import Language, Period
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics.registry import measure, params_of, state
from springtide.outlook.model import Outlook
from springtide.outlook.sentences import method_name, paragraph

_ON_FRONT = frozenset({"outlook.chances"})
"""Sentences that the first screen says in its own words."""


def with_outlook(
    view: View, instrument: Instrument, languages: Sequence[Language]
) -> tuple[Outlook | None, Statement | None, Section]:
    """Make the outlook, how far the phase has come, and the section without what the front says.

    Where no outlook can be made, the section says why.

    Parameters
    ----------
    view, instrument, languages
        As for :func:`springtide.brief.compose.compose`.
    """
    from springtide.outlook.compose import outlook as make_outlook

    try:
        outlook = make_outlook(view, instrument)
    except SpringtideError as why:
        return None, None, without_outlook(why, languages)
    move = move_since_start(outlook, view, instrument)
    return outlook, move, outlook_section(outlook, view, instrument, languages, after_front=True)


def outlook_section(
    outlook: Outlook,
    view: View,
    instrument: Instrument,
    languages: Sequence[Language],
    *,
    drawn: bool = True,
    after_front: bool = False,
) -> Section:
    """Write what an outlook says.

    Parameters
    ----------
    outlook
        The answer for the instrument as of the view's date.
    view, instrument, languages
        As for :func:`springtide.brief.compose.compose`.
    drawn
        Whether with charts.
    after_front
        Whether the first screen of a brief stands before it, which says how far the price has come
        and the chances.

    Returns
    -------
    Section
        Its key is ``outlook``. Its first sentence is a claim where the move since the start of the
        phase can be measured; the others make none. Methods that were left out are listed as
        missing, with the reason.
    """
    fact = move_since_start(outlook, view, instrument)
    told = paragraph(outlook, after_fact=fact is not None and not after_front)
    if after_front:
        told = tuple(one for one in told if one.key not in _ON_FRONT)
    sentences = [
        Sentence({language: one.text(language) for language in languages}, ()) for one in told
    ]
    if fact is not None and not after_front:
        sentences.insert(0, sentence([fact], instrument, languages, named=True))
    return Section(
        key="outlook",
        heading=heading("behind" if after_front else "outlook", languages),
        sentences=tuple(sentences),
        charts=tuple(_charts(outlook, view, instrument, languages, after_front)) if drawn else (),
        missing=_left_out(outlook, languages),
    )


def without_outlook(why: SpringtideError, languages: Sequence[Language]) -> Section:
    """Write that there is no outlook, and why."""
    return Section(
        key="outlook",
        heading=heading("outlook", languages),
        sentences=(),
        missing={
            language: (say("brief.no-outlook", language, why=str(why)),) for language in languages
        },
    )


def move_since_start(outlook: Outlook, view: View, instrument: Instrument) -> Statement | None:
    """Return how far the price has come since the rally's low, or since the bear market's high."""
    start = outlook.rally.start if outlook.rally else outlook.since
    if start is None:
        return None
    params = params_of("period_return", period=Period("since", start))
    move = measure("period_return", view, instrument, params)
    if move.value is None or move.evidence.rows[0].date != start:
        return None
    return Statement(state(move), move)


def _left_out(
    outlook: Outlook, languages: Sequence[Language]
) -> dict[Language, tuple[str, ...]] | None:
    if outlook.rally is None or not outlook.left_out:
        return None
    return {
        language: tuple(
            say("brief.because", language, what=method_name(one.method), why=one.why)
            for one in outlook.left_out
        )
        for language in languages
    }


def _charts(
    outlook: Outlook,
    view: View,
    instrument: Instrument,
    languages: Sequence[Language],
    after_front: bool,
) -> Iterator[Chart]:
    """Yield what may come, where no first screen shows it, and how long others lasted."""
    if outlook.rally is None:
        return
    from springtide.brief.front import dated_chart
    from springtide.brief.outlook_charts import lifetimes_chart
    from springtide.brief.phases import phases_of

    if not after_front:
        yield from dated_chart(outlook, view, instrument, languages, phases_of(view, instrument))
    names = {language: instrument.name(language) for language in languages}
    if outlook.lifetimes is not None and outlook.lifetimes.times:
        yield lifetimes_chart(outlook.lifetimes, outlook.rally, names, outlook.calendar)
