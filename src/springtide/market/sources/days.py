"""Dates as vendors write them: one format over a whole column, moments brought to a market's day.

Which is the day and which the month is decided over all rows, by a day over 12 or by the order of
the rows; where neither tells, nothing is assumed. A moment (seconds since 1970, a time with its
offset) becomes the date that it has in the market, except midnight as written, which is a date.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

FORMATS = (
    "%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%Y.%m.%d", "%Y年%m月%d日", "%b %d, %Y", "%B %d, %Y",
    "%d %b %Y", "%d %B %Y", "%d-%b-%Y", "%d-%b-%y", "%d.%m.%Y",
)  # fmt: skip
AMBIGUOUS = ("%m/%d/%Y", "%d/%m/%Y", "%m-%d-%Y", "%d-%m-%Y")
AMBIGUOUS_SHORT = (
    "%m/%d/%y", "%d/%m/%y", "%y/%m/%d", "%m-%d-%y", "%d-%m-%y", "%y-%m-%d", "%d.%m.%y",
)  # fmt: skip
_WEEKDAYS = "mon|tue|wed|thu|fri|sat|sun"
_BEFORE = rf"(?i)^(?:{_WEEKDAYS})[a-z]*\.?,?\s+"
_AFTER = (
    rf"(?i)[,\s(]+(?:{_WEEKDAYS})[a-z]*\.?\)?$"
    r"|(?:[,，\s]+|[(（])(?:星期|周|週)?[一二三四五六日天][)）]?$|(?:星期|周|週)[一二三四五六日天]$"
)
_TIME_OF_DAY = r"[T ]+\d{1,2}:\d{2}.*$"
_WITH_OFFSET = (
    r"^(\d{4}-\d{2}-\d{2})[T ]+(\d{1,2}:\d{2})(?::\d{2})?(?:\.\d+)?\s*"
    r"(?:(Z|UTC)|([+-]\d{2}):?(\d{2}))$"
)
_SERIAL = r"^[2-5]\d{4}(?:\.0+)?$"
_SERIAL_ZERO = dt.date(1899, 12, 30)
_MONTH = dt.timedelta(days=27)


def parse_dates(
    texts: pl.Series, date_format: str | None = None, zone: str | None = None
) -> tuple[pl.Series, str]:
    """Read dates in whatever one format fits them.

    Parameters
    ----------
    texts
        Dates as text or numbers, or as dates or times already.
    date_format
        The format where it is known (``%d/%m/%Y``).
    zone
        The time zone of the market, to which moments are brought; None where it is not known.

    Returns
    -------
    tuple
        The dates, null where a text is none, and a complaint: "" or why they cannot be told.

    Examples
    --------
    >>> import polars as pl
    >>> parse_dates(pl.Series(["2025年2月13日"]))[0].to_list()
    [datetime.date(2025, 2, 13)]
    >>> parse_dates(pl.Series(["02/12/2025", "02/13/2025"]))[0].to_list()[0]
    datetime.date(2025, 2, 12)
    >>> utc = pl.Series(["2025-02-09 16:00:00+00:00"])
    >>> parse_dates(utc, zone="Asia/Hong_Kong")[0].to_list(), parse_dates(utc)[1]
    ([datetime.date(2025, 2, 10)], 'moments of world time: in which market is not known')
    >>> parse_dates(pl.Series(["02/03/2025"]))[1]
    '02/03/2025 is 2025-02-03 or 2025-03-02: give the date format, such as %d/%m/%Y'
    """
    import polars as pl

    if texts.dtype == pl.Date:
        return texts, ""
    if isinstance(texts.dtype, pl.Datetime):
        return _of_times(texts, zone)
    plain = texts.cast(pl.String).str.strip_chars().str.replace(r"^(\d{5,13})\.0+$", "$1")
    if not date_format:
        moments = _moments(plain)
        if moments is not None:
            return _of_moments(*moments, zone)
    plain = plain.str.replace(_BEFORE, "").str.replace(_AFTER, "")
    # A time of day after the date says nothing of a daily bar.
    plain = plain.str.replace(_TIME_OF_DAY, "").str.strip_chars()
    if date_format:
        return plain.str.to_date(date_format, strict=False), ""
    if _most(plain, _SERIAL):
        days = plain.cast(pl.Float64, strict=False).cast(pl.Int64, strict=False)
        zero = (_SERIAL_ZERO - dt.date(1970, 1, 1)).days
        return (days + zero).cast(pl.Int32).cast(pl.Date), ""
    if _most(plain, r"^\d{1,2}[./-]\d{1,2}[./-]\d{2}$"):
        return _decided(plain, AMBIGUOUS_SHORT)
    parsed = [plain.str.to_date(form, strict=False) for form in FORMATS]
    best = max(parsed, key=lambda each: len(each) - each.null_count())
    if best.null_count() < len(best):
        return best, ""
    return _decided(plain, AMBIGUOUS)


def _most(texts: pl.Series, pattern: str) -> bool:
    """Tell whether texts are so, but for a few such as a footer."""
    told = texts.drop_nulls().filter(texts.drop_nulls() != "")
    return len(told) > 0 and float(told.str.contains(pattern).mean() or 0) > 0.8  # type: ignore[arg-type]


def _of_times(times: pl.Series, zone: str | None) -> tuple[pl.Series, str]:
    """Return the days of times: as written where they have no zone, or all are midnight in it."""
    import polars as pl

    own = times.dtype.time_zone if isinstance(times.dtype, pl.Datetime) else None
    local = times.dt.replace_time_zone(None)
    if own is None or bool((local.dt.time() == dt.time(0)).all()):
        return local.cast(pl.Date), ""
    return _of_moments(times.dt.convert_time_zone("UTC"), own == "UTC", local, zone)


def _moments(texts: pl.Series) -> tuple[pl.Series, bool, pl.Series] | None:
    """Read moments: (in UTC, whether they were written so, the times as written); None others."""
    import polars as pl

    digits = texts.cast(pl.Int64, strict=False)
    for pattern, unit in ((r"^\d{10}$", 1_000_000), (r"^\d{13}$", 1_000)):
        if _most(texts, pattern):
            utc = (digits * unit).cast(pl.Datetime("us")).dt.replace_time_zone("UTC")
            return utc, True, utc.dt.replace_time_zone(None)
    if not _most(texts, _WITH_OFFSET):
        return None
    fields = texts.str.extract_groups(_WITH_OFFSET).struct.unnest()
    written = (fields["1"] + " " + fields["2"].str.zfill(5)).str.to_datetime(
        "%Y-%m-%d %H:%M", strict=False, time_unit="us"
    )
    hours = fields["4"].cast(pl.Int64, strict=False).fill_null(0)
    sign = fields["4"].str.starts_with("-").fill_null(False)
    minutes = fields["5"].cast(pl.Int64, strict=False).fill_null(0)
    offset = hours * 60 + minutes * (1 - 2 * sign.cast(pl.Int64))
    utc = (written - (offset * 60_000_000).cast(pl.Duration("us"))).dt.replace_time_zone("UTC")
    return utc, bool((offset == 0).all()), written


def _of_moments(
    utc: pl.Series, is_world_time: bool, written: pl.Series, zone: str | None
) -> tuple[pl.Series, str]:
    import polars as pl

    if bool((written.drop_nulls().dt.time() == dt.time(0)).all()):
        return written.cast(pl.Date), ""
    if zone is not None:
        return utc.dt.convert_time_zone(zone).dt.replace_time_zone(None).cast(pl.Date), ""
    if is_world_time:
        return written.cast(pl.Date), "moments of world time: in which market is not known"
    return written.cast(pl.Date), ""


def _decided(plain: pl.Series, formats: tuple[str, ...]) -> tuple[pl.Series, str]:
    """Tell 02/03/2025 from 02/03/2025: by a day over 12, else by the order of the rows."""
    candidates = [plain.str.to_date(form, strict=False) for form in formats]
    read = [len(each) - each.null_count() for each in candidates]
    top = max(read)
    best = [each for each, count in zip(candidates, read, strict=True) if count == top]
    if top == 0 or len(best) == 1:
        return best[0], ""
    ordered = [each for each in best if _in_order(each)]
    if len(ordered) == 1:
        return ordered[0], ""
    at = int(best[0].is_not_null().arg_max() or 0)
    readings = " or ".join(sorted({str(each[at]) for each in best}))
    return best[0].clear(len(plain)), (
        f"{plain[at]} is {readings}: give the date format, such as %d/%m/%Y"
    )


def _in_order(days: pl.Series) -> bool:
    """Tell whether dates run one way without gaps of a month: what daily rows do."""
    steps = days.drop_nulls().diff().drop_nulls()
    if not len(steps):
        return False
    zero = dt.timedelta(0)
    one_way = bool((steps > zero).all()) or bool((steps < zero).all())
    return one_way and bool((steps.abs() < _MONTH).all())
