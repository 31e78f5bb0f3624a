"""The day and time that an article says it is of: stamps, tags of a page, a dateline near its title.

Nothing is guessed: a day counts where it is written out with its year. A stamp without a zone is
returned as it is, on a clock that nobody knows.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime

from springtide.language.scanning import expression
from springtide.reading.blocks import Block

EARLIEST_YEAR = 1800
"""No article is older: a stamp before it is none."""

Stamp = tuple[datetime, bool]
"""A moment, aware and in UTC where its zone is known, and whether a time of day was given."""

_STAMP = re.compile(
    r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?"
    r"[ ]?(Z|[+-]\d{2}:?\d{2})?)?"
)
_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTH = (
    "Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    "|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?"
)
_ZONES = {
    "GMT": "UTC",
    "UTC": "UTC",
    "ET": "America/New_York",
    "EST": "America/New_York",
    "EDT": "America/New_York",
    "BST": "Europe/London",
    "HKT": "Asia/Hong_Kong",
    "JST": "Asia/Tokyo",
    "KST": "Asia/Seoul",
    "SGT": "Asia/Singapore",
    "北京时间": "Asia/Shanghai",
}
_WRITTEN = expression(
    r"(?P<beijing>北京时间 ?)?(?P<y>\d{4}) ?(?:年 ?(?P<m>\d{1,2}) ?月 ?(?P<d>\d{1,2}) ?日"
    r"|[-/.](?P<m2>\d{1,2})[-/.](?P<d2>\d{1,2})(?![\d.]))"
    rf"|\b(?P<mon>{_MONTH})\.? (?P<d3>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y3>\d{{4}})\b"
    rf"|\b(?P<d4>\d{{1,2}})(?:st|nd|rd|th)? (?P<mon4>{_MONTH})\.?,? (?P<y4>\d{{4}})\b",
    re.IGNORECASE,
)
_TIME = expression(
    r"[ ,，|·T]*(?:(?:星期|周)[一二三四五六日天][ ,，]*|at )?(?P<h>\d{1,2}):(?P<min>\d{2})(?::\d{2})?"
    r"(?: ?(?P<half>[ap])\.?m\b\.?)?(?: ?\(?(?P<zone>GMT|UTC|EST|EDT|ET|BST|HKT|JST|KST|SGT)\b"
    r"(?![+-]))?",
    re.IGNORECASE,
)
_OTHER_DAY = re.compile(
    r"(?:截[至止]|自|从|至|到|于|在|自从|以来|since|until|till|through|from|to|of|ended|ending|by|on|before"
    r"|after|[-~])[ （(]*$",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"(?:发布|发表|刊登|时间|日期|更新|published|posted|date|updated|dated)\w*[ :：]*(?:on|于)?[ :：]*$",
    re.IGNORECASE,
)
_PROSE = re.compile(r"(?:[。！？!?]|(?<![ap]\.m)\.)[\"'”’)）]*$", re.IGNORECASE)
_BYLINE = re.compile(r"\W{0,2}(?:来源|作者|编辑|记者|撰文|文章来源|By |Source)", re.IGNORECASE)
_APART = re.compile(r"(?:[|｜·•/,，:：-]|  ) *$")
_DATELINE = re.compile(r"\W{0,3}(?:[A-Z][\w.' ]{1,30}, ){0,2}\W{0,3}$")
_DATELINE_ENDS = re.compile(
    r" ?(?:\((?:[A-Z][\w ./-]{1,30})\)|/[\w ]{3,30}/|[)）】\]讯電电]| ?-{1,2} )"
)

NEAR = 8
"""Blocks from the title on among which a dateline is looked for."""

LONGEST = 100
"""Characters of a line that is a dateline or byline and not prose."""


def read_stamp(text: str) -> Stamp | None:
    """Read a time stamp: the moment, and whether a time of day was given; None where it is none.

    Examples
    --------
    >>> read_stamp("2025-02-13 22:19:12")
    (datetime.datetime(2025, 2, 13, 22, 19, 12), True)
    """
    match = _STAMP.search(text)
    if match is None:
        return None
    year, month, day = (int(part) for part in match.group(1, 2, 3))
    hour, minute, second = (int(part or 0) for part in match.group(4, 5, 6))
    zone = match.group(7)
    try:
        moment = datetime(year, month, day, hour, minute, second)
        if zone:
            stated = moment.isoformat() + zone.replace("Z", "+00:00")
            moment = datetime.fromisoformat(stated).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return (moment, match.group(4) is not None) if moment.year >= EARLIEST_YEAR else None


def dateline(blocks: Sequence[Block]) -> Stamp | None:
    """Find the day that is written near the title, with its time where it has one.

    It stands in a line of its own, in a byline, or before the first words of a report. A day in
    prose is none, nor are two days of which neither is said to be that of publication.

    Examples
    --------
    >>> text = "来源：某报 2025年2月13日 16:30"
    >>> dateline([Block("paragraph", text, range(len(text)))])
    (datetime.datetime(2025, 2, 13, 16, 30), True)
    """
    titles = []
    for block in blocks[:NEAR]:
        if block.kind in ("title", "heading"):
            titles.append(block)
            continue
        stamp = _of_line(block.text) or _of_report(block.text)
        if stamp is not None:
            return stamp
    return next((stamp for block in titles if (stamp := _of_line(block.text))), None)


def _of_line(text: str) -> Stamp | None:
    """Read the day of a short line: the one said to be of publication, or the only one."""
    if len(text) > LONGEST or _PROSE.search(text):
        return None
    days = [match for match in _WRITTEN.finditer(text) if not _is_other(text, match)]
    said = [match for match in days if _PUBLISHED.search(text[: match.start()])]
    if said:
        return _stamp(text, said[0])
    return _stamp(text, days[0]) if len(days) == 1 and _is_apart(text, days[0]) else None


def _is_apart(text: str, match: re.Match[str]) -> bool:
    """Say whether a day is a stamp or part of a byline, begins or ends its line, or is set apart."""
    time = _TIME.match(text, match.end())
    if time is not None or _BYLINE.match(text):
        return True
    before, after = text[: match.start()], text[match.end() :]
    return (
        not re.search(r"\w", before) or not re.search(r"\w", after) or bool(_APART.search(before))
    )


def _of_report(text: str) -> Stamp | None:
    """Read the day before the first words of a report: "HONG KONG, Feb. 13, 2025 (Wire) --"."""
    match = _WRITTEN.search(text, 0, 120)
    if match is None or not _DATELINE.match(text[: match.start()]):
        return None
    return _stamp(text, match) if _DATELINE_ENDS.match(text, match.end()) else None


def _is_other(text: str, match: re.Match[str]) -> bool:
    before = text[: match.start()]
    if _PUBLISHED.search(before):
        return False
    return bool(_OTHER_DAY.search(before)) or bool(
        re.match(r" ?(?:以来|至|到|[-~]|to\b|through\b)", text[match.end() :])
    )


def _stamp(text: str, match: re.Match[str]) -> Stamp | None:
    day = written_day(match)
    if day is None:
        return None
    moment = datetime(day.year, day.month, day.day)
    time = _TIME.match(text, match.end())
    if time is None:
        return moment, False
    hour, minute, half = int(time["h"]), int(time["min"]), (time["half"] or "").lower()
    hour = hour % 12 + 12 * (half == "p") if half else hour
    if hour > 23 or minute > 59:
        return moment, False
    moment = moment.replace(hour=hour, minute=minute)
    zone = _ZONES.get("北京时间" if match["beijing"] else (time["zone"] or "").upper())
    if zone is not None:
        from zoneinfo import ZoneInfo

        moment = moment.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    return moment, True


def written_day(match: re.Match[str]) -> date | None:
    """Return the day of a match of a written date, None where there is no such day."""
    year = int(match["y"] or match["y3"] or match["y4"])
    name = match["mon"] or match["mon4"]
    if name:
        month = 1 + next(i for i, full in enumerate(_MONTHS) if full.startswith(name[:3].lower()))
    else:
        month = int(match["m"] or match["m2"])
    try:
        day = date(year, month, int(match["d"] or match["d2"] or match["d3"] or match["d4"]))
    except ValueError:
        return None
    return day if day.year >= EARLIEST_YEAR else None


def written_days(text: str) -> Iterator[date]:
    """Find the days that a text writes out with their year."""
    days = (written_day(match) for match in _WRITTEN.finditer(text))
    return (day for day in days if day is not None)


_META = re.compile(r"<meta\b([^<>]{1,2000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([\w:.-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_META_NAMES = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "pubdate",
    "publishdate",
    "publish-date",
    "publication_date",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dc.date",
    "date",
)
_JSON_DAY = re.compile(r"\"datePublished\"\s*:\s*\"([^\"]{8,40})\"")
_ITEMPROP = re.compile(
    r"<[^<>]{0,500}itemprop\s*=\s*[\"']?datePublished\b[^<>]{0,500}>", re.IGNORECASE
)
_TIME_TAG = re.compile(r"<time\b([^<>]{1,500})>", re.IGNORECASE)
_HEADLINE = re.compile(r"<h1\b", re.IGNORECASE)


def page_stamp(page: str) -> Stamp | None:
    """Read the time of publication that the tags of a page state.

    First ``<meta>`` (``article:published_time`` and its like), then JSON-LD and microdata
    (https://schema.org/datePublished), then the first ``<time datetime>`` after the headline.

    Examples
    --------
    >>> page_stamp('<meta content="2025-02-13" property="article:published_time">')
    (datetime.datetime(2025, 2, 13, 0, 0), False)
    """
    metas: dict[str, str] = {}
    for match in _META.finditer(page):
        given = _attributes(match.group(1))
        name = given.get("property") or given.get("name") or given.get("itemprop") or ""
        metas.setdefault(name.lower(), given.get("content", ""))
    candidates = [metas[name] for name in _META_NAMES if name in metas]
    candidates += [match.group(1) for match in _JSON_DAY.finditer(page)][:1]
    for match in _ITEMPROP.finditer(page):
        given = _attributes(match.group())
        candidates.append(given.get("content") or given.get("datetime") or "")
    headline = _HEADLINE.search(page)
    for match in _TIME_TAG.finditer(page, headline.end() if headline else 0):
        candidates.append(_attributes(match.group(1)).get("datetime", ""))
    stamps = (read_stamp(text) or _written_stamp(text) for text in candidates)
    return next((stamp for stamp in stamps if stamp is not None), None)


def _attributes(text: str) -> dict[str, str]:
    return {
        match.group(1).lower(): html.unescape(
            match.group(2) or match.group(3) or match.group(4) or ""
        )
        for match in _ATTRIBUTE.finditer(text)
    }


def _written_stamp(text: str) -> Stamp | None:
    match = _WRITTEN.search(text)
    return _stamp(text, match) if match else None
