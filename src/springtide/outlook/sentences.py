"""What an outlook says, in plain sentences of both languages.

What has happened is stated by metrics, whose sentences are read back and verified. The sentences
here speak of what may come and of the cases that this rests on: no data of the day can verify them,
so they are worded as chances, which reading takes for no claim.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Mapping, Sequence

from springtide.language.format import (
    format_date,
    format_duration,
    format_number,
    format_percent,
)
from springtide.language.types import Language
from springtide.outlook.model import (
    GAINS,
    METHODS,
    SESSIONS,
    THRESHOLD,
    Forecast,
    Lifetimes,
    MethodName,
    Outlook,
    Rally,
    Skill,
)
from springtide.outlook.words import probability, probability_percent

Text = Mapping[Language, str]

METHOD_NAMES: Mapping[Language, Mapping[MethodName, str]] = {
    "en": {
        "climatology": "base rates",
        "survival": "survival model",
        "analogues": "analogues",
        "random_walk": "random walk",
        "garch": "GARCH simulation",
        "combination": "pool",
    },
    "zh-cn": {
        "climatology": "基准频率",
        "survival": "生存模型",
        "analogues": "历史相似行情",
        "random_walk": "随机游走",
        "garch": "GARCH模拟",
        "combination": "综合",
    },
}

SAID_SKILL = (60, 120)
"""Horizons of the track record that the paragraph states: three and six months."""

_MONTHS: Mapping[int, tuple[str, str]] = {
    20: ("one month", "一个月"),
    60: ("three months", "三个月"),
    120: ("six months", "六个月"),
    250: ("a year", "一年"),
}
_BOTH: tuple[Language, Language] = ("en", "zh-cn")
_FALL = format(100 * THRESHOLD, ".0f") + "%"


def paragraph(outlook: Outlook, *, after_fact: bool) -> tuple[Text, ...]:
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
    tuple of mappings
        One sentence each, by language (``en`` and ``zh-cn``).
    """
    if outlook.market == "bear":
        return (_bear(outlook, after_fact),)
    if outlook.rally is None:
        return (_unknown(outlook),)
    said = outlook.said
    began = _began(outlook.rally, after_fact)
    age = _age(outlook.rally, outlook)
    if said is None:
        return (began, *age, _nothing(outlook))
    return (
        began,
        *age,
        _chances(said),
        _further(said, outlook.said_gain or said),
        *_certainty(outlook, said),
    )


def months(sessions: int, language: Language) -> str:
    """Return a horizon in words, and in sessions.

    Examples
    --------
    >>> months(60, "en"), months(60, "zh-cn")
    ('three months (60 sessions)', '三个月（60个交易日）')
    """
    duration = format_duration(sessions, "sessions", language)
    words = _MONTHS[sessions][language != "en"]
    return f"{words} ({duration})" if language == "en" else f"{words}（{duration}）"


def _unknown(outlook: Outlook) -> Text:
    """Say why nothing can be said: whether a rally is running, or where it began, is not known."""
    if outlook.left_out:
        why = outlook.left_out[0]
        return {
            "en": f"How long it can last cannot be told: {why.en}.",
            "zh-cn": f"无法判断行情还能走多远：{why.zh}。",
        }
    return {
        "en": "Whether a rally is running cannot be told from the closes that are there: it would "
        f"begin at a low that is {_FALL} below a later close, and they show no such turn, up or "
        "down.",
        "zh-cn": "现有收盘价不足以判断是否有一轮上涨行情正在进行：行情始于比其后某一收盘价低"
        f"{_FALL}的低点，而现有数据中还没有这样的转折（无论向上向下）。",
    }


def _bear(outlook: Outlook, after_fact: bool) -> Text:
    assert outlook.since is not None
    assert outlook.change is not None
    en = zh = ""
    if not after_fact:
        down = format_percent(-100 * outlook.change, 2, "en")
        en = f"The last high was that of {format_date(outlook.since, 'en')}, {down} above. "
        zh = f"前一高点出现在{format_date(outlook.since, 'zh-cn')}，回撤幅度{down}。"
    return {
        "en": f"{en}No rally is running that could last: this is a bear market (a fall of {_FALL} "
        f"or more from a high), until a close {_FALL} above its low ends it.",
        "zh-cn": f"{zh}目前没有正在进行的上涨行情，也就谈不上还能走多远：市场仍是熊市（自高点回撤"
        f"{_FALL}或以上），直到收盘价高出低点{_FALL}才告结束。",
    }


def _began(rally: Rally, after_fact: bool) -> Text:
    day = {language: format_date(rally.start, language) for language in _BOTH}
    age = {language: format_duration(rally.sessions, "sessions", language) for language in _BOTH}
    en = "That day's low" if after_fact else f"The low of {day['en']}"
    zh = "该日的低点" if after_fact else f"{day['zh-cn']}的低点"
    return {
        "en": f"{en} is where this rally began, {age['en']} ago; it is over, and its top is "
        f"known, once the close stands {_FALL} below its highest.",
        "zh-cn": f"{zh}是本轮行情的起点，至今{age['zh-cn']}；收盘价自最高处回撤达"
        f"{_FALL}时，行情即告结束，该最高收盘价就是顶部。",
    }


def _age(rally: Rally, outlook: Outlook) -> tuple[Text, ...]:
    """Say how many earlier rallies lasted longer than this one has so far."""
    lives = outlook.lifetimes
    share = None if lives is None else longer_than(lives, rally.sessions)
    if lives is None or share is None:
        return ()
    rallies, instruments = _counts(lives.rallies, lives.instruments)
    return (
        {
            "en": f"Of {rallies['en']} on record for {instruments['en']}, "
            f"an estimated {probability_percent(share, 'en')} lasted longer.",
            "zh-cn": f"在{instruments['zh-cn']}有记录的{rallies['zh-cn']}中，"
            f"估计有{probability_percent(share, 'zh-cn')}持续得更久。",
        },
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


def _chances(said: Forecast) -> Text:
    within = {language: [probability(said.top_is_in, language)] for language in _BOTH}
    for language, printed in within.items():
        printed += [probability(said.peak_within(h), language) for h in SAID_SKILL]
    en, zh = within["en"], within["zh-cn"]
    three, six = ([months(h, language) for language in _BOTH] for h in SAID_SKILL)
    return {
        "en": f"The chance that its top is already in is {en[0]}; that it is in or comes within "
        f"{three[0]}, {en[1]}; within {six[0]}, {en[2]}.",
        "zh-cn": f"顶部已经出现的概率为{zh[0]}；已经出现或在{three[1]}内出现的概率为{zh[1]}；"
        f"{six[1]}内的概率为{zh[2]}。",
    }


def _further(said: Forecast, of_gain: Forecast) -> Text:
    """Say how long and how far such rallies go on; the gain may be that of base rates."""
    at = (0.1, 0.5, 0.9)
    counts = [said.sessions_quantile(q) for q in at]
    gains = [of_gain.gain_quantile(q) for q in at]
    low, middle, high = ([_number(x, SESSIONS, language) for language in _BOTH] for x in counts)
    least, usual, most = (
        [_number(100 * x, [100 * one for one in GAINS], language) + "%" for language in _BOTH]
        for x in gains
    )
    ahead = _span(low[0], high[0], "en"), _span(low[1], high[1], "zh-cn")
    above = _span(least[0], most[0], "en"), _span(least[1], most[1], "zh-cn")
    text: dict[Language, str] = {
        "en": f"In the middle case (the median) such a rally goes on for {middle[0]} sessions to "
        f"its top, {usual[0]} above the latest close; in eight cases of ten (the 80% interval), "
        f"for {ahead[0]} sessions, to a top {above[0]} above it.",
        "zh-cn": f"按中位数（居中的情形），行情还要走{middle[1]}个交易日才到顶部，"
        f"顶部比最新收盘价高{usual[1]}；按80%区间（十次中有八次），"
        f"还要走{ahead[1]}个交易日，顶部比最新收盘价高{above[1]}。",
    }
    if of_gain.method != said.method:
        text["en"] += (
            " How far it goes is said by base rates, the same for every rally: no skill over them "
            "is proved for that."
        )
        text["zh-cn"] += "涨幅取自基准频率（对每轮行情一视同仁）：在这一点上没有证实更好的方法。"
    return text


def _span(low: str, high: str, language: Language) -> str:
    """Return an interval, or its one end where both are beyond the grid."""
    if low == high:
        return low
    return f"{low} to {high}" if language == "en" else f"{low}至{high}"


def _number(value: float, grid: Sequence[float], language: Language) -> str:
    """Return a whole number, or more than the end of its grid where it lies beyond."""
    if math.isinf(value):
        more = "more than " if language == "en" else "超过"
        return more + format_number(grid[-1], 0, language)
    return format_number(value, 0, language)


def _certainty(outlook: Outlook, said: Forecast) -> tuple[Text, ...]:
    """Say on how many cases it rests, and how well that has done."""
    records = [one for one in outlook.skill if one.horizon in SAID_SKILL and _is_known(one)]
    if said.method == "combination":
        return (_pooled(outlook), _record(records), *_partly(outlook, records))
    if said.method == "climatology":
        return (_base_rates(outlook, said), _no_skill(records))
    name = {language: METHOD_NAMES[language][said.method] for language in _BOTH}
    cases = format_number(said.cases, 0, "en")
    return (
        {
            "en": f"These chances come from one method alone ({name['en']}, {cases} cases).",
            "zh-cn": f"以上概率只来自一种方法（{name['zh-cn']}，{cases}个样本）。",
        },
        _no_skill(records),
    )


def _partly(outlook: Outlook, records: Sequence[Skill]) -> tuple[Text, ...]:
    """Say that a record is not that of fewer methods than went into it."""
    all_methods, here = len(METHODS) - 1, len(outlook.weights)
    if not records or here == all_methods:
        return ()
    return (
        {
            "en": f"That is the record of all {all_methods} methods pooled; here {here} of them "
            "could answer.",
            "zh-cn": f"以上是全部{all_methods}种方法综合的成绩；此处只有{here}种能够作答。",
        },
    )


def _is_known(skill: Skill) -> bool:
    """Say whether a skill has its interval: the record may be too short for one."""
    shares = (skill.climatology, skill.climatology_low, skill.climatology_high)
    return all(map(math.isfinite, shares))


def _counts(rallies: int, instruments: int) -> tuple[Text, Text]:
    counted = format_number(rallies, 0, "en")
    series = format_number(instruments, 0, "en")
    return (
        {
            "en": f"{counted} earlier {'rally' if rallies == 1 else 'rallies'}",
            "zh-cn": f"{counted}轮先前的行情",
        },
        {
            "en": f"{series} {'instrument' if instruments == 1 else 'instruments'}",
            "zh-cn": f"{series}个品种",
        },
    )


def _fitted(outlook: Outlook) -> Text:
    """Say which rallies base rates are of, as it stands after "those of" and 取自."""
    if outlook.fitted_on is None or outlook.fitted_to is None:
        return {"en": "", "zh-cn": ""}
    rallies, instruments = _counts(*outlook.fitted_on)
    return {
        "en": f"{rallies['en']} of {instruments['en']}, as known on "
        f"{format_date(outlook.fitted_to, 'en')}",
        "zh-cn": f"截至{format_date(outlook.fitted_to, 'zh-cn')}已知的{instruments['zh-cn']}的"
        f"{rallies['zh-cn']}",
    }


def _pooled(outlook: Outlook) -> Text:
    count = len(outlook.weights) or len(outlook.forecasts) - 1
    methods = f"{count} method{'' if count == 1 else 's'}"
    if len({weight for _, weight in outlook.weights}) == 1 or outlook.fitted_to is None:
        return {
            "en": f"These chances pool {methods} with equal weights, as none had proved better "
            "than another on earlier rallies by then.",
            "zh-cn": f"以上概率由{count}种方法等权综合而成：截至当时，先前的行情还不足以分出优劣。",
        }
    fitted = _fitted(outlook)
    en = f"; the base rates among them are those of {fitted['en']}" if fitted["en"] else ""
    zh = f"，其中基准频率取自{fitted['zh-cn']}" if fitted["zh-cn"] else ""
    return {
        "en": f"These chances pool {methods} by how well each has done before{en}.",
        "zh-cn": f"以上概率由{count}种方法按各自以往的表现综合而成{zh}。",
    }


def _base_rates(outlook: Outlook, said: Forecast) -> Text:
    fitted = _fitted(outlook)
    cases = format_number(said.cases, 0, "en")
    return {
        "en": "These are base rates: how "
        f"{fitted['en'] or f'{cases} earlier rallies'}, went on, whatever their state.",
        "zh-cn": "以上是基准频率：不论当时状态如何，"
        f"{fitted['zh-cn'] or f'{cases}轮先前的行情'}后来怎样发展。",
    }


def _record(records: Sequence[Skill]) -> Text:
    if not records:
        return {
            "en": "They have no track record by then, so nothing shows that they are better than "
            "base rates.",
            "zh-cn": "截至当时，它们还没有过往成绩，无从证明优于基准频率。",
        }
    forecasts = format_number(records[0].forecasts, 0, "en")
    proved = all(one.simulation_low > 0 for one in records)
    return {
        "en": f"On {forecasts} past forecasts their squared error was smaller than that of base "
        f"rates, which give every rally the same chances, by {_skills(records, 'en')}. "
        f"{_SIMULATED['en'][proved]}",
        "zh-cn": f"在{forecasts}次历史预测中，其平方误差比对所有行情一视同仁的基准频率小："
        f"{_skills(records, 'zh-cn')}。{_SIMULATED['zh-cn'][proved]}",
    }


_SIMULATED: Mapping[Language, tuple[str, str]] = {
    "en": (
        "That they also do better than simulations of this price alone is not proved.",
        "They also do better than simulations of this price alone.",
    ),
    "zh-cn": (
        "是否也优于仅凭该价格自身的模拟，尚未得到证明。",
        "它们也优于仅凭该价格自身的模拟。",
    ),
}


def _skills(records: Sequence[Skill], language: Language) -> str:
    said = []
    for one in records:
        size, low, high = (
            format_percent(100 * share, 1, language)
            for share in (one.climatology, one.climatology_low, one.climatology_high)
        )
        horizon = _MONTHS[one.horizon][language != "en"]
        said.append(
            f"{size} at {horizon} (95% interval {low} to {high})"
            if language == "en"
            else f"{horizon}为{size}（95%区间{low}至{high}）"
        )
    return " and ".join(said) if language == "en" else "，".join(said)


def _no_skill(records: Sequence[Skill]) -> Text:
    if not records:
        return {
            "en": "No method had a track record by then that proves more skill.",
            "zh-cn": "截至当时，还没有任何方法有过往成绩能证明预测力更强。",
        }
    if all(one.climatology_low > 0 for one in records):
        return {
            "en": "Methods that had done better by then could not answer here.",
            "zh-cn": "截至当时表现更好的方法，此处未能作答。",
        }
    forecasts = format_number(records[0].forecasts, 0, "en")
    return {
        "en": "No method had proved more skill by then: on "
        f"{forecasts} past forecasts the squared error of all methods pooled was smaller by "
        f"{_skills(records, 'en')}.",
        "zh-cn": "截至当时，没有任何方法被证明预测力更强："
        f"在{forecasts}次历史预测中，各方法综合后的平方误差减小幅度，{_skills(records, 'zh-cn')}。",
    }


def _nothing(outlook: Outlook) -> Text:
    if outlook.forecasts:
        return {
            "en": "No chances are given: too few rallies of its kind were over by then to know how "
            "they usually go on, and simulations of this price alone can be absurdly sure.",
            "zh-cn": "不给出概率：截至当时，已经结束的同类行情太少，不足以知道它们通常如何发展；"
            "而仅凭自身价格的模拟可能自信得离谱。",
        }
    if outlook.fitted_to is None:
        return {
            "en": "No chances can be given: nothing had been fitted to rallies that were over by "
            "then.",
            "zh-cn": "无法给出概率：截至当时，还没有任何方法用已经结束的行情拟合过。",
        }
    return {
        "en": "No chances can be given: no method could answer with what was known then.",
        "zh-cn": "无法给出概率：以当时已知的数据，没有任何方法能够作答。",
    }
