"""Further readings of a number that its words admit: another subject, day or part of the session."""

from __future__ import annotations

import re
from dataclasses import replace

from springtide.market import instruments, listed
from springtide.reading.numbers.frame import NumberReading, Subject, When
from springtide.reading.numbers.hours import Moment, moment
from springtide.reading.numbers.scene import Scene

LEAST_SHARE = 0.1
"""A subject less likely than this is no admissible reading."""


def admissible(scene: Scene, number: NumberReading) -> list[tuple[Subject, When]]:
    """Return the admissible readings after the first, by one change from it at a time."""
    first = number.subject
    made = [(first, when) for when in number.when.others]
    likely = (
        one
        for one in number.subjects[1:]
        if one.id and one.confidence >= LEAST_SHARE and not _is_no_index(scene, number, one)
    )
    made += [(subject, number.when) for subject in likely]
    if number.unit == "%":  # a price in money is one listing's, a move may be any's
        made += [(replace(first, id=one), number.when) for one in _siblings(first.id)]
    more = (_running(scene, number), _opening(scene, number))
    return [*made, *((first, when) for when in more if when is not None)]


_THE_INDEX = re.compile(r"\b(?:the|this) index\b(?!')|[该这]指数", re.IGNORECASE)


def _is_no_index(scene: Scene, number: NumberReading, other: Subject) -> bool:
    """Say whether a sentence speaks of "the index", which another subject is not."""
    block = scene.blocks[number.block]
    at = block.numbers[number.at].start
    first = instruments.find(number.subject.id) if number.subject.id else None
    if first is None or first.kind != "index":
        return False
    if not _THE_INDEX.search(block.text, block.sentence(at)[0], at):
        return False
    known = instruments.find(other.id)
    return known is not None and known.kind != "index"


def _siblings(subject: str) -> tuple[str, ...]:
    """Return the other listings of the same company, but for counters of one share in renminbi."""
    if not subject:
        return ()
    return tuple(
        one for one in listed.listings(subject) if one != subject and not _COUNTER.match(one)
    )


_COUNTER = re.compile(r"8[0-9]{4}\.HK$")


_CLOSING = re.compile(r"收|\b(?:clos|end|finish|settl)\w*", re.IGNORECASE)


def _running(scene: Scene, number: NumberReading) -> When | None:
    """Return the same of the session that ran, or was about to, when the article was published.

    None where no session did, or the words say that it is a close.
    """
    when = number.when
    instrument = instruments.find(number.subject.id) if number.subject.id else None
    if instrument is None or when.basis not in ("close", "na") or _is_told(when):
        return None
    block = scene.blocks[number.block]
    start, end = block.sentence(block.numbers[number.at].start)
    if _CLOSING.search(block.text, start, end):
        return None
    seen = moment(scene.clock, instrument.calendar)
    if seen.phase not in ("running", "lunch", "open") and not _outside(seen):
        return None
    return replace(when, basis="live", as_of=seen.running or seen.local)


_OPENS = re.compile(r"[高低平]开|开[盘市](?![以后])|集合竞价|\bopen(?:s|ed|ing)?\b", re.IGNORECASE)


def _opening(scene: Scene, number: NumberReading) -> When | None:
    """Return the same of the opening price where the sentence or the title tells of the opening.

    None for what is printed without decimals: too many prices of a session round to it.
    """
    when = number.when
    block = scene.blocks[number.block]
    mention = block.numbers[number.at]
    if when.basis != "live" or "." not in mention.text:
        return None
    titles = (one.text for one in scene.blocks if one.block.kind == "title")
    told = _OPENS.search(block.text, *block.sentence(mention.start))
    if told is None and not any(_OPENS.search(text) for text in titles):
        return None
    return replace(when, basis="open")


_TOLD = re.compile("said:(?:clause|next|on|touching)|prior:|point:")


def _is_told(when: When) -> bool:
    """Say whether the words near a number name its day, so that it is of no other."""
    return any(_TOLD.match(one) for one in when.told)


def _outside(seen: Moment) -> bool:
    """Say whether shares changed hands outside the session: New York's do all night."""
    return seen.early or (seen.phase == "before" and seen.market == "XNYS")
