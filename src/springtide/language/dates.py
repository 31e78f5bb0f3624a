"""Dates and parts of the session as people write them, in Chinese and in English."""

from __future__ import annotations

from datetime import date
from itertools import chain

from springtide.language.mentions import mentions
from springtide.language.periods import PERIOD_KINDS, find_periods
from springtide.language.scanning import Anchored, lowered
from springtide.language.types import DateMention, PartMention, SessionPart


def find_dates(text: str, anchor: date) -> list[DateMention]:
    """Find days and months, in the order of the text.

    An incomplete date is the latest one not after the anchor: in an article of 13 February 2025
    "September" is September 2024 and 13日 is that day itself. A stretch (a month, 年底, "late
    2022") is given by its first and last day. Whole years, halves, quarters and weeks, and dates
    that are part of a period (自2024年9月以来), are periods: ``find_periods`` has them.

    Parameters
    ----------
    text
        Normalised text.
    anchor
        The day of the article.

    Returns
    -------
    list of DateMention
        Without overlaps; dates that the calendar does not have (2月30日) are not among them.

    Examples
    --------
    >>> [str(d.first) for d in find_dates("2月12日大涨,去年9月则不然", date(2025, 2, 13))]
    ['2025-02-12', '2024-09-01']
    >>> find_dates("since Feb. 7, 2025", date(2025, 2, 13))
    []
    """
    periods = [(p.start, p.end) for p in find_periods(text, anchor)]
    dates = []
    for mention in mentions(text):
        while periods and periods[0][1] <= mention.start:
            periods.pop(0)
        if mention.kind in PERIOD_KINDS or (periods and periods[0][0] < mention.end):
            continue
        stretch = mention.resolve(anchor)
        if stretch:
            piece = text[mention.start : mention.end]
            dates.append(DateMention(mention.start, mention.end, piece, *stretch))
    return dates


def find_parts(text: str) -> list[PartMention]:
    """Find the words for parts of the session, in the order of the text.

    Examples
    --------
    >>> [(p.text, p.part) for p in find_parts("早盘一度突破4%,收跌4.07%")]
    [('早盘', 'morning'), ('一度', 'intraday'), ('收跌', 'close')]
    >>> [p.part for p in find_parts("rose as much as 4% before it closed lower")]
    ['intraday', 'close']
    """
    parts = []
    for match in chain(_HAN_PART.finditer(text), _ENGLISH_PART.finditer(lowered(text))):
        start, end = match.span()
        part: SessionPart = match.lastgroup  # type: ignore[assignment]
        parts.append(PartMention(start, end, text[start:end], part))
    return sorted(parts, key=lambda mention: mention.start)


_HAN_PARTS = {
    "high": (
        r"高见|最高见|盘中(?:最高|高[点位]|高见)|(?:全?日|即市)(?:最高|高[点位])"
        r"|最高(?=[见曾触报升涨至])"
    ),
    "low": (
        r"低见|最低见|盘中(?:最低|低[点位]|低见)|(?:全?日|即市)(?:最低|低[点位])"
        r"|最低(?=[见曾触报跌至])"
    ),
    "midday": r"午盘|午间|中午|半日市?|半天市?|午市休市",
    "afternoon": r"午后|下午(?!茶)|午市|后市段|午段",
    "morning": r"早盘|早段|早市|早间|上午|晨早|今早",
    "open": r"开盘|高开|低开|平开|(?<!公)开市|裂口高开|裂口低开",
    "close": (
        r"收盘|收市|收报|收于|收跌|收涨|收升|收高|收低|收挫|收平|高收|低收|平收|埋单|尾盘|尾市"
        r"|全日[升跌收]|截止收盘|收红|收绿|报收"
    ),
    "intraday": r"盘中|(?<![周期二三四五六])一度|曾(?=[升跌涨挫见高低])|即市|期间曾",
}
_ENGLISH_PARTS = {
    "high": r"(?:intraday|session|day's) (?:high|peak)s?|high of the (?:day|session)",
    "low": r"(?:intraday|session|day's) (?:low|trough)s?|low of the (?:day|session)",
    "midday": r"midday|mid-day|lunch(?:time)? break|(?:by|at) (?:noon|lunch)|morning session close",
    "afternoon": r"(?:in|late|early|this|the) (?:the )?afternoon(?: (?:trad(?:e|ing)|session))?",
    "morning": (
        r"(?:early|morning) (?:trad(?:e|ing)|deals|session)|(?:in|this|early|the) (?:the )?morning"
    ),
    "open": (
        r"(?:at|after|from) the open(?:ing(?: bell)?)?\b(?! (?:of|source|market))|opening bell"
        r"|opened(?= (?:up|down|higher|lower|flat|at|with|\d))"
    ),
    "close": (
        r"(?:at|by|into|since|on|from|before|after) the close\b|(?:market|previous|prior|last"
        r"|friday's) "
        r"close\b|closing (?:level|price|high|low|bell|basis|at|up|down)|closed(?= (?:up|down"
        r"|higher|lower|at|above|below|flat|little|mostly|mixed|unchanged|firmer|weaker|out"
        r"|near|more|about|\$?\d|on (?:mon|tues|wednes|thurs|fri)day)|[,.])"
        r"|closes(?= (?:up|down|higher|lower|flat|at|above|below))|close(?= (?:up|down|higher"
        r"|lower|above|below|of \d))"
        r"|(?:ended|settled|finished|ends|settles|finishes|ending|settling|finishing)"
        r"(?= (?:[\w.]+ ){0,2}?(?:the (?:day|session)|up(?! (?:being|with|as))|down|higher"
        r"|lower|flat|at|above|below|"
        r"unchanged|firmer|weaker|mixed|on (?:mon|tues|wednes|thurs|fri)day)| \$?\d)"
        r"|end of (?:the )?(?:day|trad(?:e|ing)|session)"
    ),
    "intraday": (
        r"intraday|intra-day|as (?:much|high|low|little|far) as|at one point"
        r"|during (?:the (?:day|session)|trading)"
        r"|earlier in the (?:day|session)|mid-session|(?:at|to) its (?:highest|lowest)"
    ),
}


_HAN_PART = Anchored(
    "[盘市午高低开收度曾]|即市|全日|早间|晨早|今早|埋单",
    "|".join(f"(?P<{part}>{words})" for part, words in _HAN_PARTS.items()),
    4,
    5,
)
_ENGLISH_PART = Anchored(
    "open|clos|midday|mid-|lunch|noon|morning|early|session|intra|as (?:much|high|low|little"
    "|far) as"
    "|one point|during|highest|lowest|end|settl|finish|day's|of the day",
    r"\b(?:" + "|".join(f"(?P<{part}>{words})" for part, words in _ENGLISH_PARTS.items()) + r")\b",
    20,
    40,
    "open|clos|midday|mid-|lunch|noon|morning|early|session|intra|as much|as high|as low|as little"
    "|as far|one point|during|highest|lowest|end|settl|finish|day's|of the day",
)
