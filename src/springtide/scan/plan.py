"""A scan as it is handed on: what is measured, of which instruments, as of which days."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np

from springtide import __version__
from springtide.errors import DataError, UsageError
from springtide.language.types import Language
from springtide.market import calendars
from springtide.market.lake import Lake
from springtide.market.tables import OUTPUTS
from springtide.metrics.asof import check_date
from springtide.scan.asked import Asked, asked_of

Every = Literal["day", "week", "month", "quarter", "year"]

_UNITS: Mapping[Every, str] = {"week": "W", "month": "M", "year": "Y"}


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a process needs to measure its part of a scan.

    Attributes
    ----------
    address, storage_options
        Where the lake is.
    versions
        Of its tables, at which it is read.
    names
        What is measured, as it is spelt.
    as_of
        The last day.
    since, every
        With ``every`` the last session of each week, month and so on from ``since`` to ``as_of``,
        of the market of each instrument.
    language
        Of the reasons why values are missing.
    """

    address: str
    storage_options: tuple[tuple[str, str], ...]
    versions: tuple[tuple[str, int], ...]
    names: tuple[str, ...]
    as_of: date
    since: date | None = None
    every: Every | None = None
    language: Language = "en"

    @property
    def asked(self) -> tuple[Asked, ...]:
        """What is measured."""
        return asked_of(self.names)

    @property
    def run(self) -> str:
        """16 hexadecimal digits: scans with the same ask the same of the same data, and agree."""
        data = [[name, version] for name, version in self.versions if name not in OUTPUTS]
        columns = [[one.metric, one.params_text] for one in self.asked]
        days = [str(self.as_of), str(self.since), self.every]
        text = json.dumps([__version__, data, columns, days, self.language])
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    @property
    def versions_text(self) -> str:
        """The versions as JSON, as rows of the table record them."""
        return json.dumps(dict(self.versions))

    def open(self) -> Lake:
        """Open the lake, held at the versions of the plan."""
        return Lake.open(self.address, dict(self.storage_options)).at(dict(self.versions))

    def days(self, calendar: str) -> tuple[date, ...]:
        """Return the days that instruments of a calendar are measured as of, ascending."""
        if self.every is None or self.since is None:
            return (self.as_of,)
        low, high = calendars.reach(calendar)
        known = calendars.sessions(calendar, max(self.since, low), min(self.as_of, high))
        if known is None or not len(known):
            return ()
        return tuple(known[_ends(known, self.every)].tolist())


def _ends(days: np.ndarray, every: Every) -> np.ndarray:
    """Tell which of some ascending days are the last of their week, month, ..."""
    if every == "day":
        return np.ones(len(days), np.bool_)
    if every == "quarter":
        number = days.astype("datetime64[M]").astype(np.int64) // 3
    elif every == "week":
        number = (days.astype("datetime64[D]").astype(np.int64) + 3) // 7  # from Monday
    else:
        number = days.astype(f"datetime64[{_UNITS[every]}]").astype(np.int64)
    last = np.ones(len(days), np.bool_)
    last[:-1] = number[1:] != number[:-1]
    return last


def asked_day(lake: Lake, as_of: date | None) -> date:
    """Return the day asked for, else the last of which bars are on file, today at most.

    Raises
    ------
    UsageError
        The day has not come yet.
    DataError
        None is asked for, and there are no bars.
    """
    import polars as pl

    if as_of is not None:
        check_date(as_of)
        return as_of
    last = lake.snapshot("bars").scan().select(pl.col("date").max()).collect().item()
    if last is None:
        raise DataError("The lake has no bars", hint="fill it with springtide import bars FILE")
    day: date = min(last, date.today())
    return day


def plan_of(
    lake: Lake,
    asked: Sequence[Asked],
    as_of: date,
    *,
    since: date | None = None,
    every: Every | None = None,
    language: Language = "en",
) -> Plan:
    """Make the plan of a scan on a lake as it is now, or at the versions that it is held at.

    Raises
    ------
    UsageError
        ``since`` comes after ``as_of``, or is given without ``every``.

    Examples
    --------
    >>> import tempfile
    >>> made = plan_of(Lake.create(tempfile.mkdtemp()), asked_of(["rsi"]), date(2025, 3, 14),
    ...     since=date(2025, 1, 1), every="month")
    >>> [str(day) for day in made.days("XHKG")]
    ['2025-01-28', '2025-02-28', '2025-03-14']
    """
    if since is not None and every is None:
        raise UsageError("A first day needs a step", allowed="--every day, week, month, ...")
    if every is not None and since is None:
        since = as_of.replace(year=as_of.year - 1, day=min(as_of.day, 28))
    if since is not None and since > as_of:
        raise UsageError(f"The first day {since} is after the last one", allowed=f"up to {as_of}")
    return Plan(
        lake.address,
        tuple(lake.storage_options.items()),
        tuple(sorted(lake.versions().items())),
        tuple(one.name for one in asked),
        as_of,
        since,
        every,
        language,
    )
