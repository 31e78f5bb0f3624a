"""What an outlook says, in plain sentences.

What has happened is stated by metrics, whose sentences are read back and verified. The sentences
here speak of what may come and of the cases that this rests on: no data of the day can verify them,
so they are worded as chances, which reading takes for no claim.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

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
from springtide.outlook.ahead import Ahead, said_ahead
from springtide.outlook.model import (
    GAINS,
    SESSIONS,
    THRESHOLD,
    Forecast,
    Lifetimes,
    MethodName,
    Outlook,
    Skill,
)
from springtide.outlook.words import edge_of, probability, probability_percent

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
    told = said_ahead(outlook)
    if said is None or told is None:
        return (began, *real, *age, _nothing(outlook))
    return (
        began,
        *real,
        *age,
        _chances(told),
        *_further(told),
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
    """Say how many earlier rallies, which are over, lasted longer than this one has so far."""
    lives = outlook.lifetimes
    if lives is None or not lives.times:
        return ()
    share = longer_than(lives, rally.sessions)
    rallies, instruments = _counts(lives.over, lives.instruments)
    return (
        message(
            "outlook.lasted-longer",
            rallies=rallies,
            instruments=instruments,
            edge="none" if share is None else edge_of(share),
            share=probability_percent(share or 0.0),
            censored="yes" if lives.running else "no",
            running=message("outlook.still-running", count=lives.running),
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


def _chances(told: Ahead) -> Message:
    three, six = SAID_SKILL
    return message(
        "outlook.chances",
        now=probability(told.top_is_in),
        place="here" if round(100 * told.above) < 1 else "above",
        above=Percent(100 * told.above),
        three=months(three),
        by_three=probability(told.within_60),
        six=months(six),
        by_six=probability(told.within_120),
    )


def _further(told: Ahead) -> tuple[Message, ...]:
    """Say when and how high the top comes, given that it is still ahead."""
    if not told.sessions:
        return ()
    low, middle, high = (_sessions(each) for each in told.sessions)
    least, usual, most = (_gain(each) for each in told.gain)
    return (
        message(
            "outlook.further",
            chance=probability_percent(1 - told.top_is_in),
            middle=middle,
            when=when(told),
            ahead=_span(low, high),
            days=_days(told),
            usual=usual,
            above=_span(least, most),
            method=method_name(told.method),
        ),
    )


def when(told: Ahead) -> Message:
    """Return about when the median top comes: how far off, and in which part of which month.

    Examples
    --------
    >>> from datetime import date
    >>> off = (1.0, 72.0, 300.0)
    >>> days = (date(2025, 2, 14), date(2025, 5, 29), date(2026, 5, 6))
    >>> told = Ahead("combination", 0.1, 0.4, 0.6, 0.0, off, (0.0, 0.1, 0.2), days)
    >>> for each in ("en", "zh-cn", "zh-hk"):
    ...     print(when(told).text(each))
    in about 3½ months, in late May 2025
    约3个半月、至2025年5月下旬
    約3個半月、至2025年5月下旬
    """
    day = told.middle_date
    if day is None:
        return message("outlook.when-beyond")
    weeks = told.sessions[1] / _WEEK
    return message("outlook.when", off=_off(weeks), part=_part(day), month=Day(day, "month"))


_WEEK = 5
"""Sessions."""

_WEEKS_OF_MONTH = 52 / 12


def _off(weeks: float) -> Message:
    """Return a time to come as people say it: days, weeks, halves of months, halves of years."""
    months_off = weeks / _WEEKS_OF_MONTH
    if weeks < 1:
        return message("outlook.off-days")
    if months_off < 1.75:
        return message("outlook.off-weeks", count=round(weeks))
    few = months_off < 17.75
    halves = round(2 * (months_off if few else months_off / 12))
    key = "outlook.off-months" if few else "outlook.off-years"
    return message(key, count=halves // 2, half="yes" if halves % 2 else "no")


def _part(day: date) -> str:
    return "early" if day.day <= 10 else "middle" if day.day <= 20 else "late"


def _days(told: Ahead) -> Message:
    """Return the 80% interval as dates."""
    low, high = told.dates[0], told.dates[-1]
    if low is None:
        return message("outlook.when-beyond")
    if high is None:
        return message("outlook.days-from", low=low)
    return message("outlook.days-between", low=low, high=high)


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
        return (_pooled(outlook), _record(records, outlook.gain_skill), *_partly(outlook, records))
    if said.method == "climatology":
        return (_base_rates(outlook, said), _no_skill(records))
    alone = message("outlook.one-method", method=method_name(said.method), cases=said.cases)
    return (alone, _no_skill(records))


def _partly(outlook: Outlook, records: Sequence[Skill]) -> tuple[Message, ...]:
    """Say that a record is not that of fewer methods than went into it."""
    all_methods, here = outlook.pooled, len(outlook.weights)
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
    known = "yes" if base is not None and "climatology" in dict(outlook.weights) else "no"
    return message("outlook.pooled", count=count, known=known, base=base or "")


def _base_rates(outlook: Outlook, said: Forecast) -> Message:
    base = _fitted(outlook) or message("outlook.rallies", count=said.cases)
    return message("outlook.base-rates", base=base)


def _record(records: Sequence[Skill], of_gain: Skill | None) -> Message:
    if not records:
        return message("outlook.no-record")
    proved = of_gain is not None and _is_known(of_gain)
    return message(
        "outlook.record",
        forecasts=records[0].forecasts,
        skills=_skills(records),
        gain=_told_of_gain(of_gain if proved else None),
        far=_size(of_gain) if proved and of_gain is not None else "",
        simulation=_against_simulation(records),
        proved="yes" if all(one.simulation_low > 0 for one in records) else "no",
    )


def _told_of_gain(record: Skill | None) -> str:
    if record is None:
        return "no"
    return "yes" if record.climatology_low > 0 else "open"


def _against_simulation(records: Sequence[Skill]) -> Message:
    """Say the same skills against the simulation."""
    return _skills(
        [
            replace(
                one,
                climatology=one.simulation,
                climatology_low=one.simulation_low,
                climatology_high=one.simulation_high,
            )
            for one in records
        ]
    )


def _size(one: Skill) -> Message:
    return message(
        "outlook.skill-size",
        size=Percent(100 * one.climatology, 1),
        low=Percent(100 * one.climatology_low, 1),
        high=Percent(100 * one.climatology_high, 1),
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
