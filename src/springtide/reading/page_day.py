"""The day of a page that says so in no way that our own rules read, by htmldate.

The library htmldate (A. Barbaresi, 2020, https://doi.org/10.21105/joss.02439) looks through tags, the
address of the page and the places where pages have their day; not, as asked here, through its text,
where any day of the story would do. It takes some days that are written in Chinese for New Year's
Day, and a year of copyright for a day, so its answer counts only where the page writes that day out.
"""

from __future__ import annotations

import logging
import re
from datetime import datetime

from springtide.reading.stamps import EARLIEST_YEAR, Stamp, written_days

_NUMBERS = re.compile(
    r"(?<!\d)((?:19|20)\d{2})([-/_.]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)"
)
_EUROPEAN = re.compile(r"(?<!\d)(\d{1,2})([-/.])(\d{1,2})\2((?:19|20)\d{2})(?!\d)")


def page_day(page: str) -> tuple[Stamp | None, list[str]]:
    """Find the day of publication of a page; the note says that it was looked for.

    Examples
    --------
    >>> page = "<html><body><p>Up 3%</p><p>Published: 13/02/2025</p></body></html>"
    >>> page_day(page)[0]
    (datetime.datetime(2025, 2, 13, 0, 0), False)
    """
    import htmldate

    for name in ("htmldate", "dateparser"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        text = htmldate.find_date(page, original_date=True, extensive_search=False)
    except Exception:  # whatever a page does to its parser, the reader can name the day
        return None, []
    if text is None:
        return None, []
    day = datetime.strptime(text, "%Y-%m-%d")
    if day.year < EARLIEST_YEAR or not _is_written(page, day):
        return None, []
    return (day, False), [
        f"its day, {text}, is the one that its page seems to be of; --as-of names another"
    ]


def _is_written(page: str, day: datetime) -> bool:
    if any(written == day.date() for written in written_days(page)):
        return True
    numbers = [(m[1], m[3], m[4]) for m in _NUMBERS.finditer(page)]
    for match in _EUROPEAN.finditer(page):  # day and month are told apart where one is over 12
        first, second = sorted((match[1], match[3]), key=int)
        if int(second) > 12 or first == second:
            numbers.append((match[4], first, second))
    return (day.year, day.month, day.day) in {tuple(map(int, each)) for each in numbers}
