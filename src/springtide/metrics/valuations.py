"""Multiples over time, as metrics and briefs need them: the rows of one source that are multiples.

A figure at or below zero is a loss and no multiple: it is counted, left out of averages, and said
where it is the figure that was asked for. A period is of one source (2.5 of the specification), and
the value that is compared with it is that source's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Literal

import numpy as np
import numpy.typing as npt

from springtide.claims.model import Params, Row, Window
from springtide.claims.words import field_name
from springtide.language.messages import Message, Number, message
from springtide.language.types import Period
from springtide.market import fields, series
from springtide.market.series import Figure, Series
from springtide.market.types import Figures, Instrument
from springtide.market.view import View
from springtide.metrics import observed
from springtide.metrics.answers import Missing
from springtide.metrics.params import Kinds

Field = Literal[
    "trailing_pe",
    "static_pe",
    "forward_pe",
    "price_to_book",
    "price_to_sales",
    "ev_ebitda",
    "dividend_yield",
    "earnings_yield",
]
"""What a price is set against; the yields are per cent, all others times."""

YIELDS: tuple[Field, ...] = ("dividend_yield", "earnings_yield")

Stretch = Annotated[Period, Kinds(("ytd", "qtd", "mtd", "wtd", "last", "since", "span", "all"))]
"""A period over which sessions are counted."""

Move = Annotated[
    Period,
    Kinds(("ytd", "qtd", "mtd", "wtd", "last", "since", "span", "since-low", "since-high")),
]
"""A period over which a price moves."""

YEAR_TO_DATE = Period("ytd")
FIVE_YEARS = Period("last", count=5, unit="years")

Statistic = Literal["mean", "median", "harmonic"]
Against = Literal["average", "peak", "benchmark"]

BENCHMARK = "HSI"


@dataclass(frozen=True, slots=True)
class ValuationMultiple(Params):
    """Which multiple, and whose figures; by default the source with most rows."""

    field: Field = "trailing_pe"
    source: str | None = None


@dataclass(frozen=True, slots=True)
class ValuationAverage(Params):
    """Which multiple, over which sessions, and which average of them."""

    field: Field = "trailing_pe"
    period: Stretch = FIVE_YEARS
    statistic: Statistic = "mean"
    source: str | None = None


@dataclass(frozen=True, slots=True)
class ValuationPercentile(Params):
    """Which multiple, among which sessions; by its rank among them, or its place in their range."""

    field: Field = "trailing_pe"
    period: Stretch = FIVE_YEARS
    by: Literal["rank", "range"] = "rank"
    source: str | None = None


@dataclass(frozen=True, slots=True)
class ValuationGap(Params):
    """Which multiple, against the mean or the peak of a period or that of a benchmark."""

    field: Field = "trailing_pe"
    against: Against = "average"
    period: Stretch = FIVE_YEARS
    benchmark: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class RelativeValuation(Params):
    """Which multiple, over that of a benchmark."""

    field: Field = "trailing_pe"
    benchmark: str = BENCHMARK
    source: str | None = None


@dataclass(frozen=True, slots=True)
class ReratingShare(Params):
    """Over which period, by which multiple, and the part of the multiple or of earnings."""

    period: Move = YEAR_TO_DATE
    field: Field = "trailing_pe"
    part: Literal["multiple", "earnings"] = "multiple"
    source: str | None = None


Basis = Literal["published", "known"]


@dataclass(frozen=True, slots=True)
class Cape(Params):
    """The published figure, or the one from what was known by the day."""

    basis: Basis = "published"


@dataclass(frozen=True, slots=True)
class ExcessYield(Params):
    """By which CAPE, and what the bond yield is made real with."""

    basis: Basis = "published"
    deflator: Literal["past10y"] = "past10y"


MOST_LOSSES = 0.05
"""Which share of the sessions of a period may be losses for an average or a percentile."""

TOO_SMALL = "missing.move-too-small"
"""What is said of a move that is too small to be divided."""

LEFT_OUT = "not above zero"
"""The field of the row of evidence that says how many sessions were left out."""


def unit_of(field: Field) -> str:
    """Return the unit of a field.

    Examples
    --------
    >>> unit_of("trailing_pe"), unit_of("dividend_yield")
    ('x', '%')
    """
    return "%" if field in YIELDS else "x"


def name_of(field: str) -> Message:
    """Return what a multiple is called in a sentence."""
    return message("metrics.multiple-name", field=field)


@dataclass(frozen=True, slots=True)
class Multiples:
    """The multiples of a period, from one source.

    Attributes
    ----------
    made
        Every row of the period, losses among them.
    positive
        Which rows are above zero.
    """

    made: Series
    positive: npt.NDArray[np.bool_]

    @property
    def values(self) -> npt.NDArray[np.float64]:
        """The figures above zero."""
        return self.made.values[self.positive]

    @property
    def losses(self) -> int:
        """How many rows are at or below zero."""
        return int((~self.positive).sum())

    def highest(self) -> Row:
        """Cite the highest multiple, where it stood first."""
        at = np.flatnonzero(self.positive)
        return observed.row_of(self.made, int(at[np.argmax(self.values)]))

    def evidence(self) -> tuple[Window, tuple[Row, ...]]:
        """Cite the multiples, and how many rows were left out where some were."""
        dates, values = self.made.dates[self.positive], self.values
        made = self.made
        window = Window(
            made.subject, made.field, dates[0].item(), dates[-1].item(), len(dates),
            len(made.coverage.missing), observed.digest(dates, values),
        )  # fmt: skip
        if not self.losses:
            return window, ()
        left = Row(made.subject, LEFT_OUT, made.last, float(self.losses), made.source)
        return window, (left,)


def value(view: View, instrument: Instrument, field: Field, source: str | None = None) -> Figure:
    """Return the multiple that holds on the as-of day.

    Raises
    ------
    Missing
        There is none, only quotations are on file, it is too old, or it is a loss.
    """
    figure = observed.value(view, instrument, field, source=source)
    return checked(figure, instrument)


def checked(figure: Figure, instrument: Instrument) -> Figure:
    """Be sure that a figure is a multiple.

    Raises
    ------
    Missing
        It is at or below zero: losses.
    """
    if figure.value > 0 or (figure.field == "dividend_yield" and figure.value == 0):
        return figure
    raise Missing(
        "missing.losses",
        field=field_name(figure.field),
        subject=instrument.id,
        day=str(figure.date),
        value=Number(figure.value, 2),
    )


def over(
    view: View,
    instrument: Instrument,
    field: Field,
    period: Period,
    source: str | None = None,
    *,
    minimum: int = 1,
) -> Multiples:
    """Return the multiples of the sessions of a period.

    ``last:5:years`` are the sessions after the same day five years before, up to and with the
    as-of day; ``all`` begins with the first row.

    Raises
    ------
    Missing
        See :func:`springtide.metrics.observed.stretch`, with 95% of the sessions needed; or more
        than a twentieth of the rows are losses.
    """
    days = _days(view, instrument, field, period, source)
    made = observed.stretch(
        view, instrument, field, days, source=source, whole=False, minimum=minimum
    )
    multiples = Multiples(made, made.values > 0)
    if multiples.losses > MOST_LOSSES * len(made):
        raise Missing(
            "missing.mostly-losses",
            field=field_name(field),
            subject=instrument.id,
            losses=multiples.losses,
            count=len(made),
            first=str(made.first),
            last=str(made.last),
        )
    return multiples


def _days(
    view: View, instrument: Instrument, field: Field, period: Period, source: str | None
) -> tuple[date, date]:
    if period.kind == "all":
        rows = series.independent_of(view, instrument.id, field)
        if source is not None:
            rows = rows.taken(rows.sources == source)
        if not len(rows):
            raise observed.none_of(view, instrument, field, "", str(view.as_of))
        made = series.observed(
            view, instrument.id, field, instrument.calendar, rows.dates[0].item(), view.as_of,
            source=source,
        )  # fmt: skip
        return (made.first if made is not None else rows.dates[0].item()), view.as_of
    first, last = observed.span(view, instrument, period)
    if period.kind == "last" and period.unit not in ("sessions", "days"):
        first += timedelta(days=1)  # the day itself belongs to the years before
    return first, last


def now(view: View, instrument: Instrument, field: Field, multiples: Multiples) -> Figure:
    """Return the multiple that holds on the as-of day, by the source of a period's multiples.

    Raises
    ------
    Missing
        It is too old, or a loss.
    """
    return value(view, instrument, field, multiples.made.source)


def common(
    view: View, instrument: Instrument, other: Instrument, field: Field, source: str | None = None
) -> tuple[Figure, Figure]:
    """Return the multiples of two instruments on the last day on which both have one.

    Raises
    ------
    Missing
        One has none that holds on the as-of day, they have no day in common that does, or one of
        them is a loss.
    """
    mine = _of_source(view, instrument, field, source)
    theirs = _of_source(view, other, field, source)
    days = np.intersect1d(mine.dates, theirs.dates)
    spec = fields.vocabulary()[field]
    if not len(days) or series.is_stale(days[-1].item(), spec, instrument.calendar, view.as_of):
        raise Missing(
            "missing.no-day-in-common",
            field=field_name(field),
            subject=instrument.id,
            other=other.id,
            day=str(view.as_of),
        )
    return tuple(  # type: ignore[return-value]
        checked(_on(rows, days[-1].item()), one)
        for rows, one in ((mine, instrument), (theirs, other))
    )


def _of_source(view: View, instrument: Instrument, field: Field, source: str | None) -> Figures:
    """Return the figures of the source whose figure holds on the as-of day."""
    last = observed.value(view, instrument, field, source=source)
    rows = series.independent_of(view, instrument.id, field)
    return rows.taken(rows.sources == last.source)


def _on(rows: Figures, day: date) -> Figure:
    i = int(np.searchsorted(rows.dates, np.datetime64(day)))
    return Figure(
        rows.subject, rows.field, day, float(rows.values[i]), str(rows.units[i]),
        str(rows.sources[i]),
    )  # fmt: skip


def ends(
    view: View, instrument: Instrument, field: Field, first: date, last: date, source: str | None
) -> tuple[Figure, Figure]:
    """Return the multiples of two sessions by one source: the one with most rows between them.

    Raises
    ------
    Missing
        No source has both, or one of them is a loss.
    """
    made = series.observed(
        view, instrument.id, field, instrument.calendar, first, last, source=source
    )
    if made is None:
        raise observed.none_of(view, instrument, field, f"{first}", f"{last}")
    rows = series.independent_of(view, instrument.id, field)
    rows = rows.taken(rows.sources == made.source)
    for day in (first, last):
        if np.datetime64(day) not in rows.dates:
            raise Missing(
                "missing.none-on", field=field_name(field), subject=instrument.id, day=str(day)
            )
    return checked(_on(rows, first), instrument), checked(_on(rows, last), instrument)
