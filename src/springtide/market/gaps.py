"""Sessions that a feed was asked for and did not bring: they are asked for again.

A feed that answers with part of what was asked leaves holes that nobody sees later. So what did not
come is kept in the table ``gaps``, a row a stretch and answer, and asked for again at later syncs,
until it comes or a feed has left it out on so many days that there is nothing to come: the
instrument was not listed yet, or did not trade.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from springtide.market import calendars
from springtide.market.lake import Lake
from springtide.market.types import Instrument

if TYPE_CHECKING:
    import polars as pl

    from springtide.market.tables import Snapshot

Dates = npt.NDArray[np.datetime64]

SETTLED = 3
"""On so many days a feed must have left a session out, to be taken at its word."""

_SHOWN = 3


def missing(lake: Lake, instrument: Instrument, source: str, held: Dates) -> Dates:
    """Return the sessions that are to be asked for again, ascending.

    They are those without a bar between the first and the last that is held, and those that were
    asked for before and did not come, without the settled ones.

    Parameters
    ----------
    held
        The dates of the bars that are stored, ascending.
    """
    asked = _asked(lake, instrument.id, source)
    wanted = held[:0]
    if len(held):
        wanted = _without_bar(instrument, held[0].item(), held[-1].item(), held)
    for first, last, _ in asked:
        wanted = np.union1d(wanted, _without_bar(instrument, first, last, held))
    if not len(wanted):
        return wanted
    days: list[set[date]] = [set() for _ in wanted]
    for first, last, told in asked:
        inside = (wanted >= np.datetime64(first)) & (wanted <= np.datetime64(last))
        for i in np.flatnonzero(inside).tolist():
            days[i].add(told)
    open_ones: Dates = wanted[np.array([len(each) < SETTLED for each in days])]
    return open_ones


def _asked(lake: Lake, symbol: str, source: str) -> list[tuple[date, date, date]]:
    """Return the stretches that did not come: first and last session, and the day of the answer."""
    import polars as pl

    rows = lake.snapshot("gaps").scan([symbol]).filter(pl.col("source") == source)
    told = pl.col("known_at").dt.date().alias("told")
    return rows.select("date", "last", told).collect().rows()


def _without_bar(instrument: Instrument, first: date, last: date, held: Dates) -> Dates:
    sessions = calendars.sessions(instrument.calendar, first, last)
    return held[:0] if sessions is None else np.setdiff1d(sessions, held)


def note(
    lake: Lake,
    instrument: Instrument,
    source: str,
    asked: tuple[date, date],
    present: Dates,
    now: datetime,
) -> str:
    """Keep which of the sessions asked for are not there now, and say how many; "" none.

    Parameters
    ----------
    asked
        The first and the last day of the question.
    present
        The dates of the bars that are stored after the answer, ascending.
    """
    import polars as pl

    from springtide.market.tables import polars_schema

    absent = _without_bar(instrument, *asked, present)
    if not len(absent):
        return ""
    sessions = calendars.sessions(instrument.calendar, *asked)
    assert sessions is not None
    stretches = _stretches(sessions, absent)
    rows = pl.DataFrame(
        {
            "symbol": [instrument.id] * len(stretches),
            "date": [first for first, _ in stretches],
            "last": [last for _, last in stretches],
            "source": [source] * len(stretches),
            "known_at": [now] * len(stretches),
        },
        schema=polars_schema("gaps"),
    )

    def choose(snapshot: Snapshot) -> pl.DataFrame:
        return rows

    lake.append("gaps", choose)
    return _said(len(absent), len(sessions), stretches)


def _stretches(sessions: Dates, absent: Dates) -> list[tuple[date, date]]:
    """Join sessions that follow each other."""
    at = np.searchsorted(sessions, absent)
    breaks = np.flatnonzero(np.diff(at) > 1) + 1
    parts = np.split(absent, breaks)
    return [(part[0].item(), part[-1].item()) for part in parts]


def _said(absent: int, asked: int, stretches: Sequence[tuple[date, date]]) -> str:
    shown = [
        str(first) if first == last else f"{first} to {last}" for first, last in stretches[:_SHOWN]
    ]
    more = f" and {len(stretches) - _SHOWN} more stretches" if len(stretches) > _SHOWN else ""
    return (
        f"{absent:,} of {asked:,} sessions did not come ({', '.join(shown)}{more}); they are asked "
        "for again at later syncs"
    )
