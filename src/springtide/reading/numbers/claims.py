"""From what was read of a number to the claim of a metric, with its other admissible readings."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from springtide.claims.compare import mirrored
from springtide.claims.model import Claim
from springtide.language.periods import find_periods
from springtide.language.required import Screened
from springtide.language.scanning import lowered
from springtide.language.types import Comparator, Interval, Period
from springtide.market import instruments
from springtide.market.types import Instrument
from springtide.metrics.frames import LIVE, Frame
from springtide.metrics.patterns import Draft
from springtide.metrics.registry import Metric, registry
from springtide.reading.moment import session_of
from springtide.reading.numbers.admissible import admissible
from springtide.reading.numbers.contrary import CONTRARY, is_contrary
from springtide.reading.numbers.frame import NumberReading, Subject, When
from springtide.reading.numbers.hours import HOURS, moment
from springtide.reading.numbers.names import Name
from springtide.reading.numbers.net_changes import as_change
from springtide.reading.numbers.opinions import NOBODYS, opinion, without_house
from springtide.reading.numbers.scene import BlockScene, Scene, overlapping, starting
from springtide.reading.numbers.sureness import WEIGHED, Facts, facts, sure
from springtide.reading.numbers.that_day import of_that_day
from springtide.reading.numbers.unclaimed import (
    is_a_line,
    is_against_another,
    is_ahead,
    is_in_a_name,
    is_no_price,
    is_of_no_day,
    is_of_the_other_currency,
    is_plain_yuan,
)
from springtide.reading.numbers.whose import pair_of

MOST_OTHERS = 6

TOLD_BY_OTHERS = 0.9
"""Probability that the time is as read or as one of the other readings says."""

BY_ITS_NAME = 0.8
"""Probability that a number in a metric's own words is of the only name of its sentence."""

BY_WORDS = 0.9
"""Probability that a number is what words right beside it say, whatever else it looks like."""


def claim_of(scene: Scene, number: NumberReading) -> Claim | None:
    """Return the claim of a metric that a number states, None where no metric measures it.

    Further readings of day, price and listing go with it (``Claim.others``); they have the measure,
    the value and the comparator of the first.
    """
    if not number.is_claim or number.value is None:
        return None
    known = as_change(scene, number)
    if known is None or is_no_price(known):
        return None
    number = of_that_day(scene, known)
    if is_a_line(scene, number) or is_in_a_name(scene, number):
        return None
    if is_against_another(scene, number) or is_of_the_other_currency(number):
        return None
    if not number.subject.id and (not number.subject.name or _SEVERAL.match(number.subject.name)):
        return None
    number = without_house(scene.blocks[number.block], number)
    text = scene.blocks[number.block].text
    if _INTO_A_SESSION.search(text, lowered(text), *_sentence(scene, number)):
        number = replace(number, when=replace(number.when, basis="live"))
    drafted = _draft(_frame(scene, number, number.when))
    closed = _closed(scene, number, drafted)
    first = _claim(
        scene, number, number.subject, closed, drafted if closed is number.when else None
    )
    if first is None or drafted is None or is_of_no_day(scene, number, first.metric):
        return None
    others = [
        replace(first, params=params, unit=unit or first.unit) for params, unit in drafted[1].also
    ]
    for subject, when in admissible(scene, number):
        other = _claim(scene, number, subject, when, drafted if when is number.when else None)
        if other is not None and other != first and other not in others:
            others.append(other)
    if first.metric == _RUN:
        latest = replace(number.when, as_of=None, last=None)  # a run is counted up to now
        now = _claim(scene, number, number.subject, latest)
        ways = [params for params, _ in drafted[1].also] if now is not None else []
        every = [now, *(replace(now, params=one) for one in ways)] if now is not None else []
        others += [one for one in every if one != first and one not in others]
    if drafted[1].worded:
        number = _by_words(scene, number)
    told_by = facts_of(scene, number, others[len(drafted[1].also) :])
    if drafted[1].dated:
        told_by = {**told_by, "dated": 1.0}
    if first.metric in WEIGHED:
        confidence = sure(told_by, "claims")
    else:
        # What is not sure of the time is told by its other readings, which are measured as well.
        told = max(number.when.confidence, TOLD_BY_OTHERS) if others else number.when.confidence
        time = 1.0 if drafted[1].dated else told
        confidence = number.kind.confidence * number.subject.confidence * time
    if first.metric == "period_return" and _opens_with_stretch(scene, number):
        told = BY_WORDS * number.kind.confidence * number.subject.confidence
        confidence = max(confidence, told)
    if is_contrary(scene, number):
        confidence = min(confidence, CONTRARY)
    confidence = min(confidence, drafted[1].confidence)
    return replace(first, confidence=confidence, others=tuple(others[:MOST_OTHERS]))


_SO_FAR = ("ytd", "qtd", "mtd", "wtd")


def _opens_with_stretch(scene: Scene, number: NumberReading) -> bool:
    """Say whether a sentence of one number opens with its stretch: 今年以来，该指数上涨超过25%."""
    block = scene.blocks[number.block]
    first, last = _sentence(scene, number)
    if number.when.period not in _SO_FAR or not number.when.words:
        return False
    alone = sum(one.quantity is not None for one in starting(block.numbers, first, last))
    return alone == 1 and block.text.startswith(number.when.words, first)


def _by_words(scene: Scene, number: NumberReading) -> NumberReading:
    """Return a number as sure as the words beside it and the one name of its sentence make it."""
    kind = replace(number.kind, confidence=max(number.kind.confidence, BY_WORDS))
    number = replace(number, kind=kind)
    first, last = _sentence(scene, number)
    names = starting(scene.blocks[number.block].names, first, last)
    named = {one.ids for one in names if one.how != "word"}
    if len(named) != 1 or number.subject.id not in named.pop():
        return number
    only = replace(number.subject, confidence=max(number.subject.confidence, BY_ITS_NAME))
    return replace(number, subjects=(only, *number.subjects[1:]))


_SEVERAL = re.compile("(?:[一二两三四五六七八九十]|[0-9]+)(?:家|只|大)(?:公司|企业|个股|股票|股$)")
"""两家公司: nobody whose price could be looked up."""

_INTO_A_SESSION = Screened(
    r"\b(?:(?:coming|heading|going) into|ahead of|before) (?:\w+day|the)(?:'s)? "
    r"(?:trading|session|trade)\b",
    re.IGNORECASE,
)
"""What stands before a session is of no close that words name."""


_OF_NOW = ("drawdown", "ma_distance")


def _closed(scene: Scene, number: NumberReading, drafted: tuple[Metric, Draft] | None) -> When:
    """Return the time of a number; where a price stands once the session is over is its close.

    "Is down 12% from its high" is live while the session runs, and afterwards no more.
    """
    when = number.when
    instrument = instruments.find(number.subject.id) if number.subject.id else None
    if drafted is None or drafted[0].key not in _OF_NOW or when.basis != "live":
        return when
    if instrument is None or moment(scene.clock, instrument.calendar).phase != "after":
        return when
    return replace(when, basis="close")


def _sentence(scene: Scene, number: NumberReading) -> tuple[int, int]:
    block = scene.blocks[number.block]
    return block.sentence(block.numbers[number.at].start)


def shared_claims(scene: Scene, number: NumberReading, claim: Claim) -> list[Claim]:
    """Return the same claim of the other names of a list that share its number: "A和B齐升5%".

    The list ends right before the verb or the number, and each of its names is an instrument.
    """
    block = scene.blocks[number.block]
    mention, subject = block.numbers[number.at], number.subject
    verb = _SHARED.get(number.kind.measure)
    if verb is None or subject.block != block.index:
        return []
    run = _list_before(block, mention.start, verb)
    if not any(name.start == subject.start for name in run) or pair_of(block, number.at):
        return []
    made = []
    for name in run:
        if name.start != subject.start and name.ids:
            listing = _listing_like(name.ids, subject.id)
            one = replace(subject, name=name.text, id=listing, start=name.start)
            other = _claim(scene, number, one, number.when)
            if other is not None:
                made.append(replace(other, confidence=claim.confidence))
    return made


_JOINT = re.compile(r"(?:[（(\[][^）)\]]{0,40}[）)\]])?\s*(?:[、,，/]|和|与|及|以及|,? and|&)\s*")
_VERB = re.compile(
    r"(?:[（(\[][^）)\]]{0,40}[）)\]])?(?:股价)?(?:等(?:[多数]?(?:只|家)?(?:个?股|公司|股票))?)?"
    r"(?:今日|今早|一度|曾|收盘|收市|均|双双|齐齐|齐|同|各|都|也|亦|又|再|急|大|劲|收|纷纷|集体|大幅|小幅)*"
    r"(?:上涨|下跌|上升|下挫|[涨升跌挫飙弹泻])(?:了|逾|超|近|约)?|"
    r"(?: shares)?,? (?:both |each |all )*(?:rose|fell|gained|lost|added|jumped|dropped|climbed|slid|"
    r"advanced|declined|surged|tumbled)(?: by| about| nearly| more than)?\s*"
)


_RAN = re.compile(
    r"(?:[（(\[][^）)\]]{0,40}[）)\]])?(?:今日|均|双双|同|都|也|又|录得|走出|晋级|收获)*"
)
"""What stands between the names of a list and the run that they share: 杭钢股份、梦网科技录得7连板."""

_SHARED = {"price_change": _VERB, "streak": _RAN}


def _list_before(block: BlockScene, at: int, verb: re.Pattern[str]) -> list[Name]:
    """Return the names of the list whose common verb ends where a number begins, [] for none."""
    clause = block.sentence(at)
    names = [one for one in starting(block.names, clause[0], at) if one.how != "word"]
    if len(names) < 2 or not verb.fullmatch(block.text, names[-1].end, at):
        return []
    run = [names[-1]]
    for name in reversed(names[:-1]):
        if not _JOINT.fullmatch(block.text, name.end, run[0].start):
            break
        run.insert(0, name)
    return run if len(run) > 1 else []


def _listing_like(ids: tuple[str, ...], other: str) -> str:
    """Choose the listing on the market of another share."""
    market = instruments.calendar_of(other) if other else ""
    return next((one for one in ids if instruments.calendar_of(one) == market), ids[0])


def facts_of(scene: Scene, number: NumberReading, others: Sequence[Claim]) -> Facts:
    """Return what speaks for and against the reading of a claim with its other readings."""
    block = scene.blocks[number.block]
    known = facts(scene, block, number.at, number.kind, number.subjects, number.when)
    names = [f"others:{min(len(others), 3)}"]
    if any(one.live for one in others):
        names.append("others:live")
    if any(one.as_of != number.when.as_of for one in others):
        names.append("others:day")
    if any(one.subject != number.subject.id for one in others):
        names.append("others:subject")
    return {**known, **dict.fromkeys(names, 1.0)}


def _claim(
    scene: Scene,
    number: NumberReading,
    subject: Subject,
    when: When,
    drafted: tuple[Metric, Draft] | None = None,
) -> Claim | None:
    """Return the claim of a number read of a subject and a time; ``drafted`` where it is known."""
    drafted = drafted or _draft(_frame(scene, number, when))
    if drafted is None:
        return None
    metric, draft = drafted
    instrument = instruments.find(subject.id) if subject.id else None
    start, end = _quoted(scene, number, subject)
    value, comparator, within = _stated(number, draft)
    unit = number.unit
    if instrument is not None and (unit == "" or is_plain_yuan(scene, number, instrument)):
        unit = metric.unit_for(draft.params, instrument)
    if metric.key == _RUN:
        unit = metric.unit_for(draft.params, instrument) if instrument is not None else unit
    day = _session(scene, instrument, draft, when)
    by_the_close = metric.key in _CLOSES and getattr(draft.params, "price", "close") == "close"
    return Claim(
        metric=metric.key,
        subject=subject.id or subject.name,
        params=draft.params,
        as_of=day,
        comparator=comparator,
        value=value,
        unit=unit,
        within=within,
        period=when.words if when.period not in ("none", "day", "session") else "",
        quote=scene.article.source[start:end],
        start=start,
        end=end,
        attributed_to=when.speaker,
        live=when.basis in LIVE or (by_the_close and _is_to_close(scene, subject, day)),
    )


_RUN = "price_streak"
"""Its days are sessions."""

_CLOSES = ("close_level", "pct_change", "period_return", _RUN)


def _is_to_close(scene: Scene, subject: Subject, day: date) -> bool:
    """Say whether a session had not closed yet by any clock that the article's stamp may be of.

    A reading's day is found on the market of the likeliest listing: another listing's session of
    that day may run still. A name in capitals is looked up as a ticker.
    """
    instrument = instruments.find(subject.id or subject.name)
    hours = HOURS.get(instrument.calendar) if instrument is not None else None
    if instrument is None or hours is None:
        return False
    clocks = (moment(scene.clock, instrument.calendar, zone) for zone in ("", hours.zone))
    return day > max(clock.closed for clock in clocks)


def _stated(
    number: NumberReading, draft: Draft
) -> tuple[float | tuple[float, float] | None, Comparator, Interval | None]:
    """Return value, comparator and admitted values; a metric may know the direction or the bound."""
    value = number.scaled if number.scaled is not None else number.value
    comparator, within = number.comparator, number.within
    if not isinstance(value, float) or within is None:
        return value, comparator, within
    if draft.sign < 0 < value:
        value, comparator, within = mirrored(value, comparator, within)
        assert isinstance(value, float)
    if draft.comparator == ">":
        comparator, within = ">", Interval(value, math.inf)
    return value, comparator, within


_OF_HOUSES = ("target_price", "implied_move")


def _frame(scene: Scene, number: NumberReading, when: When) -> Frame:
    to_come = is_ahead(scene, number)
    ahead = when.modality == "stated" and to_come
    said = NOBODYS
    if number.kind.measure in _OF_HOUSES:
        said = opinion(scene.blocks[number.block], number.at)
    value = number.scaled if number.scaled is not None else number.value
    assert value is not None
    block = scene.blocks[number.block]
    mention = block.numbers[number.at]
    first, last = block.clause(mention.start)
    return Frame(
        measure=number.kind.measure,
        value=value,
        unit=number.unit,
        period=when.period,
        stretch=_stretch(when, scene.clock.day),
        first=when.first,
        last=when.last,
        basis=when.basis,
        is_forecast=when.modality == "forecast" or ahead,
        is_stated=when.modality == "stated" and not ahead,
        is_ahead=to_come,
        text=block.text[mention.start : mention.end],
        before=block.text[first : mention.start],
        after=block.text[mention.end : last],
        named=_named(block, first, last),
        lately=_lately(block, *block.sentence(mention.start)),
        day=scene.clock.day,
        house=said.house,
        is_previous=said.is_previous,
        of_houses=said.of_houses,
    )


def _named(block: BlockScene, first: int, last: int) -> Period | None:
    """Return the one stretch of days that a clause names."""
    periods = starting(block.periods, first, last)
    spans = {one.period for one in periods if one.period.kind != "last"}
    spans |= {
        Period("span", one.first, one.last)
        for one in starting(block.dates, first, last)
        if not overlapping(block.periods, one.start, one.start + 1)
    }
    return spans.pop() if len(spans) == 1 else None


def _lately(block: BlockScene, first: int, last: int) -> Period | None:
    """Return the one stretch up to now that a sentence counts."""
    periods = starting(block.periods, first, last)
    counted = {one.period for one in periods if one.period.kind == "last"}
    return counted.pop() if len(counted) == 1 else None


def _stretch(when: When, day: date) -> Period | None:
    """Return the stretch in canonical form where the words alone say it, counted to their day."""
    if not when.words or when.period in ("none", "day", "session"):
        return None
    mentions = find_periods(when.words, day)
    if len(mentions) != 1:
        return None
    period = mentions[0].period
    ends_today = when.last is None or abs((when.last - day).days) <= _A_WEEK
    if period.kind in ("span", "all"):
        return None if period.kind == "all" else period
    return period if ends_today else None


_A_WEEK = 7


def _draft(frame: Frame) -> tuple[Metric, Draft] | None:
    """Return the metric that measures a frame, and its draft: that of the highest rank."""
    best: tuple[Metric, Draft] | None = None
    for metric, make in _makers(frame.measure):
        draft = make(frame)
        if draft is not None and (best is None or draft.rank > best[1].rank):
            best = metric, draft
    return best


@cache
def _makers(measure: str) -> tuple[tuple[Metric, Callable[[Frame], Draft | None]], ...]:
    """Return the metrics that read frames of a measure, each with what makes its draft."""
    return tuple(
        (metric, metric.frames[measure])
        for metric in registry().values()
        if measure in metric.frames
    )


def _session(scene: Scene, instrument: Instrument | None, draft: Draft, when: When) -> date:
    if draft.published:
        return scene.clock.day
    if draft.dated:
        return scene.clock.session(instrument)
    day = when.as_of or when.last
    if day is None:
        return scene.clock.session(instrument)
    return session_of(instrument, day)


def _quoted(scene: Scene, number: NumberReading, subject: Subject) -> tuple[int, int]:
    """Return what is quoted: from the subject in the same clause, else from the words before."""
    block = scene.blocks[number.block]
    mention = block.numbers[number.at]
    clause, _ = block.clause(mention.start)
    start = mention.start
    if subject.block == block.index and clause <= subject.start < start:
        start = subject.start
    else:
        before = block.hits.within(clause, start)
        moves = [hit for hit in before if {"rise", "fall"} & set(hit.classes)]
        start = moves[-1].start if moves else start
    return block.block.span(start, mention.end)


__all__ = ["claim_of"]
