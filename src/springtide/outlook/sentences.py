"""What an outlook says, in plain sentences.

What has happened is stated by metrics, whose sentences are read back and verified. The sentences
here speak of what may come and of the cases that this rests on: no data of the day can verify them,
so they are worded as chances, which reading takes for no claim.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence

from springtide.language.messages import (
    Day,
    Duration,
    Given,
    Listed,
    Message,
    Number,
    Percent,
    message,
)
from springtide.market.rallies import Rally
from springtide.outlook.model import (
    GAINS,
    METHODS,
    SESSIONS,
    THRESHOLD,
    Forecast,
    Lifetimes,
    MethodName,
    Outlook,
    Skill,
)
from springtide.outlook.words import probability, probability_percent

SAID_SKILL = (60, 120)
"""Horizons of the track record that the paragraph states: three and six months."""

_FALL = Percent(100 * THRESHOLD)


def paragraph(outlook: Outlook, *, after_fact: bool) -> tuple[Message, ...]:
    """Return the sentences that answer how long a rally can last.

    Parameters
    ----------
    outlook
        The answer.
    after_fact
        Whether a sentence stands before them that states how far the price has come since the
        start of the rally, or since the peak of a bear market, and names that day.

    Returns
    -------
    tuple of Message
        One sentence each.
    """
    real = _real_moves(outlook)
    if outlook.market == "bear":
        return (_bear(outlook, after_fact), *real)
    if outlook.rally is None:
        return (_unknown(outlook),)
    said = outlook.said
    began = _began(outlook.rally, after_fact)
    age = _age(outlook.rally, outlook)
    if said is None:
        return (began, *real, *age, _nothing(outlook))
    return (
        began,
        *real,
        *age,
        _chances(said),
        _further(said, outlook.said_gain or said),
        *_certainty(outlook, said),
    )


def method_name(method: MethodName) -> Message:
    """Return what a method is called.

    Examples
    --------
    >>> method_name("garch").text("en"), method_name("random_walk").text("zh-hk")
    ('GARCH simulation', '隨機漫步')
    """
    return message("outlook.method", method=method)


def months(sessions: int) -> Message:
    """Return a horizon in words, and in sessions.

    Examples
    --------
    >>> [months(60).text(each) for each in ("en", "zh-cn", "zh-hk")]
    ['three months (60 sessions)', '三个月（60个交易日）', '三個月（60個交易日）']
    """
    return message("outlook.horizon", months=_months(sessions), duration=Duration(sessions))


def _months(sessions: int) -> Message:
    return message("outlook.months", sessions=sessions)


def _unknown(outlook: Outlook) -> Message:
    """Say why nothing can be said: whether a rally is running, or where it began, is not known."""
    if outlook.left_out:
        return message("outlook.cannot-tell", why=outlook.left_out[0].why)
    return message("outlook.no-turn", fall=_FALL)


def _bear(outlook: Outlook, after_fact: bool) -> Message:
    if outlook.since is None or outlook.change is None:
        return message("outlook.bear-began-before", fall=_FALL)
    return message(
        "outlook.bear",
        told="yes" if after_fact else "no",
        since=outlook.since,
        down=Percent(-100 * outlook.change, 2),
        fall=_FALL,
    )


def _real_moves(outlook: Outlook) -> tuple[Message, ...]:
    """Say which closes that doubled or halved were taken for real moves."""
    if not outlook.real_moves:
        return ()
    return (message("outlook.real-moves", days=Listed(tuple(map(Day, outlook.real_moves)))),)


def _began(rally: Rally, after_fact: bool) -> Message:
    return message(
        "outlook.began",
        told="yes" if after_fact else "no",
        day=rally.start,
        age=Duration(rally.sessions),
        fall=_FALL,
    )


def _age(rally: Rally, outlook: Outlook) -> tuple[Message, ...]:
    """Say how many earlier rallies lasted longer than this one has so far."""
    lives = outlook.lifetimes
    share = None if lives is None else longer_than(lives, rally.sessions)
    if lives is None or share is None:
        return ()
    rallies, instruments = _counts(lives.rallies, lives.instruments)
    return (
        message(
            "outlook.lasted-longer",
            rallies=rallies,
            instruments=instruments,
            share=probability_percent(share),
        ),
    )


def longer_than(lives: Lifetimes, sessions: float) -> float | None:
    """Return the share of rallies that lasted longer, None beyond the longest known.

    Examples
    --------
    >>> lives = Lifetimes((10, 30), (0.6, 0.2), (0.5, 0.1), (0.7, 0.3), 40, 2, 3)
    >>> [longer_than(lives, age) for age in (5, 10, 29, 30, 31)]
    [1.0, 0.6, 0.6, 0.2, None]
    """
    if not lives.times or sessions > lives.times[-1]:
        return None
    known = bisect_right(lives.times, sessions)
    return lives.survival[known - 1] if known else 1.0


def _chances(said: Forecast) -> Message:
    three, six = SAID_SKILL
    return message(
        "outlook.chances",
        now=probability(said.top_is_in),
        three=months(three),
        by_three=probability(said.peak_within(three)),
        six=months(six),
        by_six=probability(said.peak_within(six)),
    )


def _further(said: Forecast, of_gain: Forecast) -> Message:
    """Say how long and how far such rallies go on; the gain may be that of base rates."""
    at = (0.1, 0.5, 0.9)
    low, middle, high = (_sessions(said.sessions_quantile(q)) for q in at)
    least, usual, most = (_gain(of_gain.gain_quantile(q)) for q in at)
    return message(
        "outlook.further",
        middle=middle,
        ahead=_span(low, high),
        usual=usual,
        above=_span(least, most),
        gain="same" if of_gain.method == said.method else "base",
    )


def _span(low: Message, high: Message) -> Message:
    """Return an interval, or its one end where both are beyond the grid."""
    return low if low == high else message("outlook.span", low=low, high=high)


def _sessions(value: float) -> Message:
    """Return a number of sessions, or more than the last of the grid."""
    beyond = math.isinf(value)
    return _number(beyond, Number(SESSIONS[-1] if beyond else value))


def _gain(value: float) -> Message:
    """Return a gain in whole per cent, or more than the last of the grid."""
    beyond = math.isinf(value)
    return _number(beyond, Percent(100 * (GAINS[-1] if beyond else value)))


def _number(beyond: bool, number: Given) -> Message:
    return message("outlook.number", beyond="yes" if beyond else "no", number=number)


def _certainty(outlook: Outlook, said: Forecast) -> tuple[Message, ...]:
    """Say on how many cases it rests, and how well that has done."""
    records = [one for one in outlook.skill if one.horizon in SAID_SKILL and _is_known(one)]
    if said.method == "combination":
        return (_pooled(outlook), _record(records), *_partly(outlook, records))
    if said.method == "climatology":
        return (_base_rates(outlook, said), _no_skill(records))
    alone = message("outlook.one-method", method=method_name(said.method), cases=said.cases)
    return (alone, _no_skill(records))


def _partly(outlook: Outlook, records: Sequence[Skill]) -> tuple[Message, ...]:
    """Say that a record is not that of fewer methods than went into it."""
    all_methods, here = len(METHODS) - 1, len(outlook.weights)
    if not records or here == all_methods:
        return ()
    return (message("outlook.partly", all=all_methods, here=here),)


def _is_known(skill: Skill) -> bool:
    """Say whether a skill has its interval: the record may be too short for one."""
    shares = (skill.climatology, skill.climatology_low, skill.climatology_high)
    return all(map(math.isfinite, shares))


def _counts(rallies: int, instruments: int) -> tuple[Message, Message]:
    return (
        message("outlook.rallies", count=rallies),
        message("outlook.instruments", count=instruments),
    )


def _fitted(outlook: Outlook) -> Message | None:
    """Say which rallies base rates are of."""
    if outlook.fitted_on is None or outlook.fitted_to is None:
        return None
    rallies, instruments = _counts(*outlook.fitted_on)
    return message(
        "outlook.known-rallies", rallies=rallies, instruments=instruments, day=outlook.fitted_to
    )


def _pooled(outlook: Outlook) -> Message:
    count = len(outlook.weights) or len(outlook.forecasts) - 1
    if len({weight for _, weight in outlook.weights}) == 1 or outlook.fitted_to is None:
        return message("outlook.pooled-equally", count=count)
    base = _fitted(outlook)
    known = "no" if base is None else "yes"
    return message("outlook.pooled", count=count, known=known, base=base or "")


def _base_rates(outlook: Outlook, said: Forecast) -> Message:
    base = _fitted(outlook) or message("outlook.rallies", count=said.cases)
    return message("outlook.base-rates", base=base)


def _record(records: Sequence[Skill]) -> Message:
    if not records:
        return message("outlook.no-record")
    return message(
        "outlook.record",
        forecasts=records[0].forecasts,
        skills=_skills(records),
        proved="yes" if all(one.simulation_low > 0 for one in records) else "no",
    )


def _skills(records: Sequence[Skill]) -> Message:
    said, *others = [
        message(
            "outlook.skill",
            size=Percent(100 * one.climatology, 1),
            months=_months(one.horizon),
            low=Percent(100 * one.climatology_low, 1),
            high=Percent(100 * one.climatology_high, 1),
        )
        for one in records
    ]
    for other in others:
        said = message("outlook.skills", first=said, last=other)
    return said


def _no_skill(records: Sequence[Skill]) -> Message:
    if not records:
        return message("outlook.no-skill-known")
    if all(one.climatology_low > 0 for one in records):
        return message("outlook.better-silent")
    return message("outlook.no-skill", forecasts=records[0].forecasts, skills=_skills(records))


def _nothing(outlook: Outlook) -> Message:
    if outlook.forecasts:
        return message("outlook.too-few-of-kind")
    if outlook.fitted_to is None:
        return message("outlook.nothing-fitted")
    return message("outlook.no-answer")
