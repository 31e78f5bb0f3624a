"""Who is in a basket or an index on a day, and the closes of all of them.

A basket says so itself. Of an index it is read from the rows ``index_weight:INDEX`` on file, one
for each member: those of a list dated shortly before the day, so that nobody who came later counts.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta
from weakref import WeakKeyDictionary

import numpy as np

from springtide.claims.model import Row, Window
from springtide.market import calendars, instruments
from springtide.market.basket_closes import CARRIED
from springtide.market.baskets import Basket
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics import rows
from springtide.metrics.answers import Missing

FEWEST = 5
"""Of fewer members no breadth is said."""

LEAST_SHARE = 0.8
"""So many of the members must be counted."""

LIST_DAYS = 45
"""A list of members is not older than so many days, as lists are published by the month."""

MOST_LISTED = 12
"""Of more members the closes are cited together."""


@dataclass(frozen=True, slots=True)
class Members:
    """The members of an instrument as of a day.

    Attributes
    ----------
    ids
        Ascending.
    weights
        Of an index, in per cent, in the same order; empty for a basket.
    listed
        Where an index's list stands; None for a basket.
    """

    ids: tuple[str, ...]
    weights: tuple[float, ...] = ()
    listed: Row | None = None


@dataclass(frozen=True, slots=True)
class Panel:
    """Closes of members: ``closes`` has a row a session of ``days`` and a column a member."""

    members: Members
    days: tuple[date, ...]
    closes: rows.Array


_LISTS: WeakKeyDictionary[View, dict[tuple[str, date, bool], Members]] = WeakKeyDictionary()


def members_of(
    view: View, instrument: Instrument, day: date | None = None, *, pit: bool = True
) -> Members:
    """Return the members of a basket or an index at the close of a day.

    Parameters
    ----------
    view, instrument
        As known when, of what.
    day
        Not after the view's day, which it is where None.
    pit
        Whether the list must be one of the time, at most :data:`LIST_DAYS` old; else the last one
        known is taken, however old.

    Raises
    ------
    Missing
        It is neither, or no such list is on file.
    """
    day = day or view.as_of
    basket = instruments.basket(instrument.id)
    if basket is not None:
        return Members(_of_basket(basket, day))
    known = _LISTS.setdefault(view, {})
    key = (instrument.id, day, pit)
    if key not in known:
        known[key] = _of_index(view, instrument, day, pit)
    return known[key]


def _of_basket(basket: Basket, day: date) -> tuple[str, ...]:
    ids = tuple(sorted(member.instrument for member in basket.on(day)))
    if not ids:
        raise Missing("missing.no-members", subject=basket.id, day=str(day))
    return ids


def _of_index(view: View, instrument: Instrument, day: date, pit: bool) -> Members:
    import polars as pl

    from springtide.market.merge import latest_observations

    field = f"index_weight:{instrument.id}"
    listed = view.scan("observations").filter(pl.col("field") == field, pl.col("date") <= day)
    known = latest_observations(listed).drop_nulls("value").collect()
    oldest = day - timedelta(days=LIST_DAYS) if pit else date.min
    known = known.filter(pl.col("date") >= oldest)
    if known.is_empty():
        age = "young" if pit else "any"
        raise Missing(
            "missing.no-list", subject=instrument.id, day=str(day), days=LIST_DAYS, age=age
        )
    last = known.filter(pl.col("date") == known["date"].max())
    sizes = last.group_by("source").len().sort("len", "source", descending=[True, False])
    of_source = last.filter(pl.col("source") == sizes["source"][0]).sort("subject")
    ids = tuple(of_source["subject"].to_list())
    row = Row(instrument.id, "members", of_source["date"][0], float(len(ids)), sizes["source"][0])
    return Members(ids, tuple(of_source["value"].to_list()), row)


def panel(view: View, instrument: Instrument, members: Members, sessions: int) -> Panel:
    """Return the closes of members on the last sessions up to the view's day, NaN where none.

    Sessions are days on which a member has a close; as many more as closes may be carried are
    added, for members that lack some.

    Raises
    ------
    Missing
        No member has a close on the day, or there are too few of them.
    """
    if len(members.ids) < FEWEST:
        raise Missing(
            "missing.few-members", subject=instrument.id, needed=FEWEST, held=len(members.ids)
        )
    view.load(members.ids)
    series = []
    for one in members.ids:
        bars = view.bars(one)
        held = rows.rows_with(bars, "close")[-(sessions + CARRIED) :]
        series.append((bars.dates[held].astype("datetime64[D]"), bars.close[held]))
    days = np.unique(np.concatenate([dates for dates, _ in series]))
    days = days[calendars.on_sessions(instrument.calendar, days)][-(sessions + CARRIED) :]
    if not days.size or days[-1] != np.datetime64(view.as_of):
        raise Missing("missing.no-member-close", subject=instrument.id, day=str(view.as_of))
    closes = np.full((days.size, len(series)), np.nan)
    for column, (dates, close) in enumerate(series):
        inside = np.isin(dates, days)
        closes[np.searchsorted(days, dates[inside]), column] = close[inside]
    return Panel(members, tuple(days.tolist()), closes)


def check_counted(view: View, instrument: Instrument, counted: int, left_out: int) -> None:
    """Be sure that enough members were counted.

    Raises
    ------
    Missing
        Fewer than :data:`FEWEST`, or fewer than :data:`LEAST_SHARE` of all.
    """
    total = counted + left_out
    if counted < FEWEST or counted < LEAST_SHARE * total:
        raise Missing(
            "missing.members-counted",
            subject=instrument.id,
            day=str(view.as_of),
            needed=max(FEWEST, int(np.ceil(LEAST_SHARE * total))),
            total=total,
            held=counted,
        )


def cited(
    view: View, instrument: Instrument, made: Panel
) -> tuple[tuple[Row, ...], tuple[Window, ...]]:
    """Cite a panel: the list of members, and a window a member, or one over all where many."""
    listed = () if made.members.listed is None else (made.members.listed,)
    if len(made.members.ids) > MOST_LISTED:
        return listed, (_whole(instrument, made),)
    windows = []
    for one in made.members.ids:
        bars = view.bars(one)
        held = rows.rows_with(bars, "close")
        held = held[bars.dates[held] >= np.datetime64(made.days[0])]
        if held.size:
            windows.append(rows.window(view, bars, held, "close"))
    return listed, tuple(windows)


def _whole(instrument: Instrument, made: Panel) -> Window:
    """Cite all closes of a panel as one window: its digest is over days, members and closes."""
    digest = hashlib.sha256()
    digest.update(np.array(made.days, "datetime64[D]").astype("<i8").tobytes())
    digest.update("\n".join(made.members.ids).encode())
    digest.update(made.closes.astype("<f8").tobytes())
    return Window(
        instrument.id,
        f"close of {len(made.members.ids)} members",
        made.days[0],
        made.days[-1],
        len(made.days),
        int(np.isnan(made.closes[-1]).sum()),
        digest.hexdigest()[:16],
    )
