"""The section on calls: what named people and houses say of the days to come, and their record.

Only calls that are on file and still open, none of ours: the outlook has its own section. What they
say is theirs and no claim of the brief, so that its sentences hold none.
"""

from __future__ import annotations

from collections.abc import Sequence

from springtide.brief.model import Section, Sentence
from springtide.brief.wording import heading
from springtide.claims.model import Outcome
from springtide.language.format import format_number
from springtide.language.messages import say
from springtide.language.types import Language
from springtide.market.types import Instrument
from springtide.market.view import View

MOST = 6
"""Open calls that are shown, the latest first."""


def calls_section(
    view: View, instrument: Instrument, languages: Sequence[Language]
) -> Section | None:
    """Write the open calls on an instrument, and the record of those who made them.

    Parameters
    ----------
    view, instrument
        As known when, of what.
    languages
        In the order wanted.

    Returns
    -------
    Section or None
        Its key is ``calls``; None where none is on file, or none is open.
    """
    if "calls" not in dict(view.versions):
        return None
    from springtide.calls.ledger import load
    from springtide.calls.outcomes import settle

    said = [call for call in load(view, instrument.id).calls if call.said is not None]
    if not said:
        return None
    outcomes = settle(view, said)
    still = [one for one in outcomes if one.status == "open"]
    if not still:
        return None
    latest = sorted(still, key=lambda one: (one.call.made, one.call.source), reverse=True)[:MOST]
    sources = list(dict.fromkeys(one.call.source for one in latest))
    sentences = [_open(one, languages) for one in latest]
    sentences += _records(view, sources, languages)
    return Section("calls", heading("calls", languages), tuple(sentences))


def _open(one: Outcome, languages: Sequence[Language]) -> Sentence:
    from springtide.calls.words import call_in_words, rate_in_words, said_by

    call = one.call
    rate = call.base_rate
    known = rate is not None and rate.value is not None and not rate.is_poor
    return Sentence(
        {
            lang: say(
                "brief.open-call",
                lang,
                who=said_by(call.source, lang),
                day=call.made,
                call=call_in_words(call, lang),
                due=call.due or call.made,
                known="yes" if known else "no",
                rate=rate_in_words(rate, lang),
            )
            for lang in languages
        },
        (),
    )


def _records(view: View, sources: Sequence[str], languages: Sequence[Language]) -> list[Sentence]:
    """Say of each source how its decided calls did, on whatever instrument."""
    from springtide.calls.board import board
    from springtide.calls.ledger import load
    from springtide.calls.outcomes import settle
    from springtide.calls.words import said_by

    theirs = [call for call in load(view).calls if call.source in sources and call.said is not None]
    sentences = []
    for one in board(settle(view, theirs)).standings:
        if not one.decided or one.expected is None:
            continue
        sentences.append(
            Sentence(
                {
                    lang: say(
                        "brief.record-of",
                        lang,
                        who=said_by(one.source, lang),
                        decided=one.rated,
                        true=one.rated_true,
                        expected=format_number(one.expected, 1, lang),
                        enough="yes" if one.rank is not None else "no",
                    )
                    for lang in languages
                },
                (),
            )
        )
    return sentences
