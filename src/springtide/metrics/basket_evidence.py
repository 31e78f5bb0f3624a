"""What a measurement of a basket cites besides: the members' closes that its own are made of."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date

import numpy as np

from springtide.claims.model import Measurement, Row, Window
from springtide.language.messages import Message
from springtide.market import instruments
from springtide.market.basket_closes import CARRIED, BasketCloses, basket_closes
from springtide.market.closes import day_of
from springtide.market.pairs import pair_on_file
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics import rows
from springtide.metrics.answers import Measured

MOST_ROWS = 12
"""So many closes of members are listed; of more, a window for each member ..."""

MOST_WINDOWS = 12
"""... and of more members one window over all."""

_NO_CLOSE = (
    "missing.none-on", "missing.none-before", "missing.no-bars", "missing.no-price",
    "missing.too-few", "missing.gaps", "missing.no-session",
)  # fmt: skip


def of_basket(
    view: View, instrument: Instrument, measured: Measured, lacks: Message | None
) -> tuple[Measured, Message | None]:
    """Add the members' closes to what a measurement of a basket cites, or say whose is missing.

    Parameters
    ----------
    measured, lacks
        The measurement of the basket by its own closes, and what is missing for it.
    """
    basket = instruments.basket(instrument.id)
    if basket is None:
        return measured, lacks
    made = basket_closes(view, basket)
    if lacks is not None:
        why = made.why_not(view.as_of) if lacks.key in _NO_CLOSE else None
        return measured, why or lacks
    mine = {one.date for one in measured.rows if one.subject == basket.id and one.field == "close"}
    windows = [one for one in measured.windows if one.subject == basket.id and one.field == "close"]
    mine |= {day for one in windows for day in (one.first, one.last)}
    if not mine:
        return measured, None
    first, last = min(mine), max(mine)
    ids = [
        one.instrument
        for one in basket.members
        if one.first <= last and (one.last is None or one.last >= first)
    ]
    ids = list(dict.fromkeys((*ids, *_pairs(view, ids, instrument.currency))))
    if not windows and len(ids) * len(mine) <= MOST_ROWS:
        known = set(measured.rows)
        added = [one for one in _closes(view, ids, sorted(mine)) if one not in known]
        return Measured(measured.value, (*measured.rows, *added), measured.windows), None
    more = tuple(_windows(view, ids, first, last, made))
    return Measured(measured.value, measured.rows, (*measured.windows, *more)), None


def hindsight(measurement: Measurement) -> date | None:
    """Return when a basket's members were chosen, if that was after the stretch measured began.

    None for what is no basket, was not measured, or had its members chosen before.
    """
    basket = instruments.basket(measurement.subject)
    if basket is None or measurement.value is None:
        return None
    evidence = measurement.evidence
    days = [row.date for row in evidence.rows if row.field == "close"]
    days += [window.first for window in evidence.windows]
    return basket.chosen if days and basket.in_hindsight(min(days)) else None


def _pairs(view: View, ids: list[str], wanted: str) -> Iterator[str]:
    """Yield the pairs of currencies by which members' closes were converted."""
    for one in ids:
        currency = instruments.of_id(one).currency
        known = None if currency == wanted else pair_on_file(view, currency, wanted)
        if known is not None:
            yield known[0]


def _closes(view: View, ids: list[str], days: list[date]) -> Iterator[Row]:
    """Yield the last close of each member by each day."""
    for one in ids:
        bars = view.bars(one)
        held = rows.rows_with(bars, "close")
        for day in days:
            at = int(np.searchsorted(bars.dates[held], np.datetime64(day), "right")) - 1
            if at >= 0:
                yield rows.row(bars, int(held[at]), "close")


def _windows(
    view: View, ids: list[str], first: date, last: date, made: BasketCloses
) -> Iterator[Window]:
    """Yield a window for each member, or one over all where they are many."""
    if len(ids) > MOST_WINDOWS:
        yield _whole(first, last, made)
        return
    for one in ids:
        bars = view.bars(one)
        held = rows.rows_with(bars, "close")
        inside = held[
            (bars.dates[held] >= np.datetime64(first)) & (bars.dates[held] <= np.datetime64(last))
        ]
        if inside.size:
            yield rows.window(view, bars, inside, "close")


def _whole(first: date, last: date, made: BasketCloses) -> Window:
    """Cite the closes of all members between two days: the digest is over days and closes."""
    start, stop = np.searchsorted(made.days, [day_of(first), day_of(last) + 1])
    days, closes = made.days[start:stop], made.closes[start:stop]
    digest = hashlib.sha256(days.astype("<i8").tobytes() + closes.astype("<f8").tobytes())
    lacking = sum(int(day) in made.lacking for day in days)
    return Window(
        made.basket.id, f"close of {closes.shape[1]} members, carried at most {CARRIED} sessions",
        first, last, len(days), lacking, digest.hexdigest()[:16],
    )  # fmt: skip
