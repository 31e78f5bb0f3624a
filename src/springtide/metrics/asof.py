"""Can anything be measured on this date? If not: why, and which date to ask for instead."""

from __future__ import annotations

from datetime import date, timedelta

from springtide.errors import DataError, UsageError
from springtide.market import calendars, instruments
from springtide.market.basket_closes import basket_closes
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics import rows

EARLIEST = date(1800, 1, 1)


def check_date(as_of: date, today: date | None = None) -> None:
    """Refuse a date that has not come yet, and one before all markets.

    Raises
    ------
    UsageError
        ``as_of`` is after today, or before 1800.

    Examples
    --------
    >>> check_date(date(2030, 1, 1), today=date(2025, 2, 13))
    Traceback (most recent call last):
    springtide.errors.UsageError: 2030-01-01 is in the future. Allowed: up to 2025-02-13.
    """
    today = today or date.today()
    if as_of > today:
        raise UsageError(f"{as_of} is in the future", allowed=f"up to {today}")
    if as_of < EARLIEST:
        raise UsageError(f"{as_of} is before all data", allowed=f"from {EARLIEST}")


def last_close(view: View, instrument: Instrument) -> date:
    """Return the session of the last close that a view holds of an instrument.

    Flows have no closes: theirs is the day of the last figure.

    Raises
    ------
    DataError
        It holds none.
    """
    if instrument.kind in ("flow", "service"):
        return _last_figure(view, instrument)
    bars = view.bars(instrument.id)
    held = rows.rows_with(bars, "close")
    if not held.size:
        raise _no_close(view, instrument)
    return rows.day_of(bars, int(held[-1]))


def session_taken(view: View, instrument: Instrument) -> str:
    """Say which session stands for the view's day, and what is not on file since."""
    last, today = last_close(view, instrument), view.as_of
    said = f"as of {last}, the last close of {instrument.id} on file up to {today}"
    yesterday = today - timedelta(days=1)  # today's session may not be over
    behind = calendars.sessions_between(instrument.calendar, last, max(last, yesterday))
    if not behind:
        return said
    return f"{said}; sessions since then that are not on file: {behind}"


def _check_members(view: View, instrument: Instrument) -> None:
    basket = instruments.basket(instrument.id)
    why = None if basket is None else basket_closes(view, basket).why_not(view.as_of)
    if why is not None:
        raise DataError(
            f"{instrument.id} has no close on {view.as_of}: {why.text('en')}",
            hint=f"springtide baskets {instrument.id} shows what is on file of its members",
        )


def _last_figure(view: View, instrument: Instrument) -> date:
    names = view.fields(instrument.id)
    days = [view.figures(instrument.id, name).dates[-1:].tolist() for name in names]
    known: list[date] = [day for some in days for day in some]
    if not known:
        raise DataError(
            f"The lake has no figure of {instrument.id} up to {view.as_of}",
            hint="fill it with springtide import observations FILE, or springtide sync "
            f"{instrument.id} --source akshare",
        )
    return max(known)


def _no_close(view: View, instrument: Instrument) -> DataError:
    return DataError(
        f"The lake has no close of {instrument.id} up to {view.as_of}",
        hint=f"fill it with springtide import bars FILE, or springtide sync {instrument.id}",
    )


def check_close(view: View, instrument: Instrument) -> None:
    """Make sure that the view holds the close of its date.

    Raises
    ------
    DataError
        It does not: the instrument has no data, the date is before its first bar, is not a session,
        or its bar is missing. The hint names the date to ask for.
    """
    bars = view.bars(instrument.id)
    held = rows.rows_with(bars, "close")
    if held.size and rows.day_of(bars, int(held[-1])) == view.as_of:
        return
    _check_members(view, instrument)
    if not held.size:
        raise _no_close(view, instrument)
    last = rows.day_of(bars, int(held[-1]))
    if view.as_of in view.repeated(instrument.id):
        raise DataError(
            f"The row of {instrument.id} on {view.as_of} repeats the close of {last}: it was not "
            f"a session of {instrument.calendar}",
            hint=f"the last close before it is that of {last}",
        )
    what = f"There is no close of {instrument.id} on {view.as_of}"
    if calendars.is_session(instrument.calendar, view.as_of) is False:
        what += f", which is not a session of {instrument.calendar}"
    raise DataError(what, hint=f"the last close before it is that of {last}")
