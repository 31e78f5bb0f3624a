"""Token prices through the view: which was in force on a day, and on which days it changed.

A price holds from its first day until a later one of the same source begins, and no longer than 90
days after anybody last confirmed it. Days are UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from springtide.claims.model import Row
from springtide.claims.words import field_name
from springtide.language.types import Period
from springtide.market import fields
from springtide.market.types import Instrument, Observation
from springtide.market.view import View
from springtide.metrics.answers import Missing
from springtide.metrics.observed import span
from springtide.numerics.tokens import Prices, Workload
from springtide.numerics.tokens import blend as blended

SIDES = ("token_price_input", "token_price_output", "token_price_cached")


@dataclass(frozen=True, slots=True)
class Change:
    """A change of a blend: its day, the blend before and after it, and who says so."""

    day: date
    before: float
    after: float
    source: str


def digits(value: float) -> int:
    """Return how many decimals a weight has.

    Examples
    --------
    >>> digits(3.0), digits(2.5)
    (0, 1)
    """
    return len(f"{value:.4f}".rstrip("0").partition(".")[2])


def in_force(
    view: View, instrument: Instrument, field: str, day: date, *, checked: bool = True
) -> Observation:
    """Return the price of a side that was in force on a day.

    Parameters
    ----------
    checked
        Whether it must have been confirmed in the 90 days before.

    Raises
    ------
    Missing
        None is on file that had begun by then, or it was last confirmed too long before.
    """
    told = [one for one in view.observations(instrument.id, field) if one.date <= day]
    seen = [one for one in told if one.unit == instrument.unit]
    if not seen:
        raise Missing(
            "missing.no-token-price",
            field=field_name(field),
            subject=instrument.id,
            told="yes" if told else "no",
            unit=instrument.unit,
            day=str(day),
        )
    last = seen[-1]
    spec = fields.spec_of(field)
    assert spec is not None
    limit = spec.age.days or 0
    if checked and (day - last.date).days > limit:
        raise Missing(
            "missing.not-confirmed",
            field=field_name(field),
            subject=instrument.id,
            last=str(last.date),
            count=limit,
            day=str(day),
        )
    begun = [one for one in seen if one.source == last.source]
    since = len(begun) - 1
    while since > 0 and begun[since - 1].value == last.value:
        since -= 1
    return begun[since]


def before(view: View, instrument: Instrument, field: str, one: Observation) -> Observation:
    """Return the price that another took the place of.

    Raises
    ------
    Missing
        None is on file.
    """
    earlier = [
        each
        for each in view.observations(instrument.id, field)
        if each.source == one.source and each.date < one.date
    ]
    if not earlier:
        raise Missing("missing.no-price-change", subject=instrument.id, day=str(view.as_of))
    return earlier[-1]


def blend(
    view: View,
    instrument: Instrument,
    workload: Workload,
    day: date,
    *,
    checked: bool = True,
) -> tuple[float, tuple[Row, ...]]:
    """Return the blend of a day with the prices that went in.

    Raises
    ------
    Missing
        A price that the workload needs is not on file.
    """
    needed = SIDES if workload.cached > 0 else SIDES[:2]
    used = [in_force(view, instrument, field, day, checked=checked) for field in needed]
    cached = used[2].value if len(used) > 2 else None
    value = blended(Prices(used[0].value, used[1].value, cached), workload)
    assert value is not None
    return value, tuple(map(row, used))


def changes(view: View, instrument: Instrument, workload: Workload) -> list[Change]:
    """Return every day on which the blend changed, ascending, as far as prices are on file."""
    needed = SIDES if workload.cached > 0 else SIDES[:2]
    days = sorted({one.date for field in needed for one in view.observations(instrument.id, field)})
    made: list[Change] = []
    last: float | None = None
    for day in days:
        try:
            value, cited = blend(view, instrument, workload, day, checked=False)
        except Missing:  # before all sides are known
            continue
        if last is not None and value != last:
            made.append(Change(day, last, value, cited[0].source))
        last = value
    return made


def first_day(view: View, instrument: Instrument, period: Period) -> date:
    """Return the day from which a period of prices counts: the one before its first."""
    first, _ = span(view, instrument, period)
    return first


def row(one: Observation) -> Row:
    """Cite a price."""
    return Row(one.subject, one.field, one.date, one.value, one.source)
