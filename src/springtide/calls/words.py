"""Calls in words: what is said, how likely it was, and what came, in the three languages."""

from __future__ import annotations

from collections.abc import Sequence

from springtide.calls.people import printed
from springtide.claims.compare import price_decimals
from springtide.claims.model import BaseRate, Call, Claim, Measurement, Outcome
from springtide.claims.words import stated_in_words
from springtide.language.format import format_number
from springtide.language.messages import Level, Percent, say
from springtide.language.types import Language
from springtide.market import instruments
from springtide.metrics.registry import get


def claim_in_words(claim: Claim, lang: Language) -> str:
    """Return the metric's title and the value: "New high within a horizon: 60 sessions"."""
    title = get(claim.metric).title[lang]
    level = getattr(claim.params, "level", None) or getattr(claim.params, "target", None)
    if level is not None:
        known = instruments.find(claim.subject)
        unit = known.unit if known is not None else "points"
        value = Level(level, unit, 0 if level >= 1000 else price_decimals(level, unit)).write(lang)
        return say("calls.claim", lang, metric=title, value=value)
    benchmark = getattr(claim.params, "benchmark", None)
    if benchmark:
        other = instruments.find(benchmark)
        name = other.name(lang) if other is not None else benchmark
        behind = getattr(claim.params, "side", "") == "behind"
        key = "calls.claim-behind" if behind else "calls.claim"
        return say(key, lang, metric=title, value=name)
    size = getattr(claim.params, "size", None)
    if size is not None:
        return say("calls.claim", lang, metric=title, value=Percent.short(size).write(lang))
    if claim.value is None:
        return title
    return say("calls.claim", lang, metric=title, value=stated_in_words(claim, lang))


def call_in_words(call: Call, lang: Language) -> str:
    """Return what a call says; on which condition, where there is one."""
    said = claim_in_words(call.claim, lang)
    if call.condition is None:
        return said
    return say("calls.if", lang, condition=claim_in_words(call.condition, lang), then=said)


def said_by(source: str, lang: Language) -> str:
    """Return who makes a call, as a language writes them."""
    return printed(source, lang)


def rate_in_words(rate: BaseRate | None, lang: Language) -> str:
    """Return a base rate; a dash where there is none, or it rests on too little to be printed."""
    if rate is None or rate.value is None or rate.is_poor:
        return "—"
    return f"{format_number(100 * rate.value, 1, lang)}%"


def few_in_words(calls: Sequence[Call], lang: Language) -> str:
    """Return how many calls have a base rate that is not printed, and why; "" where none has."""
    poor = sum(call.base_rate is not None and call.base_rate.is_poor for call in calls)
    return say("calls.few-windows", lang, poor=poor, all=len(calls)) if poor else ""


def basis_in_words(rate: BaseRate | None, lang: Language) -> str:
    """Return how a base rate came about, or why there is none."""
    if rate is None or (rate.value is None and rate.basis != "history"):
        return say("calls.basis-none", lang)
    windows = format_number(rate.windows, 1, lang)
    if rate.basis == "study":
        study = say("calls.basis-study", lang, rate=rate_in_words(rate, lang))
        if rate.own is None:
            return study
        own = say(
            "calls.basis-own",
            lang,
            rate=f"{format_number(100 * rate.own, 1, lang)}%",
            windows=windows,
            starts=rate.starts,
            last=str(rate.last),
        )
        return say("calls.basis-beside", lang, study=study, own=own)
    last = str(rate.last)
    if rate.is_poor or rate.value is None:
        return say("calls.basis-poor", lang, windows=windows, starts=rate.starts, last=last)
    return say(
        "calls.basis-history",
        lang,
        rate=rate_in_words(rate, lang),
        windows=windows,
        starts=rate.starts,
        last=last,
    )


def status_in_words(one: Outcome, lang: Language) -> str:
    """Return what became of a call in a word."""
    if one.status == "decided":
        return say("calls.happened" if one.happened else "calls.not-happened", lang)
    words = {
        "open": "calls.open",
        "lapsed": "calls.lapsed",
        "mentioned": "calls.mentioned",
        "unmeasurable": "calls.unmeasurable",
        "corrected": "calls.corrected",
    }
    return say(words[one.status], lang)


def outcome_in_words(one: Outcome, lang: Language) -> str:
    """Return what the data say of a call in a sentence: so, not so, or what is awaited."""
    if one.measurement.value is None:
        return say("calls.awaits", lang, what=one.measurement.missing_in(lang))
    sentence = sentence_of(one.call.claim, one.measurement, lang)
    if one.happened is False:
        return say("calls.not-so", lang, sentence=sentence)
    return sentence


def sentence_of(claim: Claim, measurement: Measurement, lang: Language) -> str:
    """Return the claim as its metric says it, with the days that it counted from."""
    instrument = instruments.find(claim.subject)
    name = instrument.name(lang) if instrument is not None else claim.subject
    said = get(claim.metric).wording(claim, measurement).predicate(lang).text
    return say("calls.sentence", lang, name=name, said=said)
