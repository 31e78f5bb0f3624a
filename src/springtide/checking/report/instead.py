"""What could be written instead of a refuted claim: the same measure, as the data have it."""

from __future__ import annotations

from springtide.claims.model import Verdict
from springtide.language.messages import say
from springtide.language.types import Language
from springtide.market import instruments
from springtide.market.types import Instrument


def instead(verdict: Verdict, language: Language) -> str:
    """Return a true sentence of the measure of a refuted claim, "" where there is none.

    There is none where nothing was measured, or where the measure is a question that is answered
    with no.

    Examples
    --------
    >>> from datetime import date
    >>> from springtide.claims.model import Claim, Evidence, Measurement
    >>> from springtide.metrics.registry import params_of
    >>> params, day = params_of("pct_change"), date(2025, 2, 13)
    >>> claim = Claim("pct_change", "HSI", params, day, value=2.0, unit="%")
    >>> measured = Measurement("pct_change", "HSI", params, day, -0.1992, "%", Evidence(""))
    >>> refuted = Verdict(claim, "refuted", "", measured)
    >>> instead(refuted, "en")
    'On 13 February 2025 the Hang Seng Index fell 0.20% on the day.'
    >>> instead(refuted, "zh-hk")
    '2025年2月13日，恒生指數全日跌0.20%。'
    """
    from springtide.metrics.registry import get, state

    measured = verdict.measurement
    if verdict.label != "refuted" or measured is None or measured.value in (None, False):
        return ""
    instrument = instruments.find(measured.subject)
    if instrument is None:
        return ""
    try:
        words = get(measured.metric).wording(state(measured), measured).predicate(language)
    except (AssertionError, IndexError, KeyError):  # its wording needs rows that a claim does not
        return ""
    return say(
        "brief.sentence-dated",
        language,
        day=measured.as_of,
        subject=_subject(instrument, language),
        predicate=words,
    )


def _subject(instrument: Instrument, language: Language) -> str:
    name = instrument.name(language)
    if instrument.kind not in ("index", "basket"):
        return name
    return say("brief.the-index-inside", language, name=name.removeprefix("The "))
