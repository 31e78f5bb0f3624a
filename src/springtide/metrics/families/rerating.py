"""Re-rating: which part of a move of the price came from its multiple, not from earnings.

ln(P1/P0) = ln(E1/E0) + ln(M1/M0): logarithms add up, so that the shares of earnings and of the
multiple do. The earnings are those that price and multiple imply.
"""

from __future__ import annotations

from datetime import date, timedelta

from springtide.claims.model import Claim, Measurement, Row
from springtide.language.messages import Message, Percent, When, message
from springtide.language.types import Period
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics import observed, rows, valuation_words, valuations
from springtide.metrics.answers import Measured, Missing
from springtide.metrics.families.changes import start_of
from springtide.metrics.registry import Metric
from springtide.metrics.valuations import TOO_SMALL, ReratingShare, name_of
from springtide.numerics.multiples import Rerating, rerating

LEAST_MOVE = 2.0
"""Per cent that a price must have moved for its move to be divided."""

EARNINGS = "implied earnings"
"""The field of the row of evidence that says by how many per cent the implied earnings changed."""


def split(
    view: View, instrument: Instrument, params: ReratingShare
) -> tuple[Rerating, tuple[Row, ...]]:
    """Return the move of a period split into earnings and multiple, and what it rests on.

    Raises
    ------
    Missing
        A close or a multiple of either end is not there, or a multiple is a loss.
    """
    base, last = _prices(view, instrument, params.period)
    first, now = valuations.ends(
        view, instrument, params.field, base.date, last.date, params.source
    )
    made = rerating((base.value, last.value), (first.value, now.value))
    earnings = Row(instrument.id, EARNINGS, last.date, made.earnings_change, "price / multiple")
    return made, (base, last, observed.row(first), observed.row(now), earnings)


def _prices(view: View, instrument: Instrument, period: Period) -> tuple[Row, Row]:
    """Return the closes from which and to which a period counts."""
    bars = view.bars(instrument.id)
    if period.kind == "span":
        assert period.first is not None and period.last is not None
        rows.check_past(view, period.last)
        day: date = period.last + timedelta(days=1)
        i = rows.before(view, instrument, "close", day)
        j = rows.before(view, instrument, "close", period.first)
        return rows.row(bars, j, "close"), rows.row(bars, i, "close")
    bars, i = rows.at(view, instrument, "close")
    return start_of(view, instrument, period, "close"), rows.row(bars, i, "close")


def _share(view: View, instrument: Instrument, params: ReratingShare) -> Measured:
    made, cited = split(view, instrument, params)
    if abs(made.price_change) < LEAST_MOVE:
        raise Missing(
            TOO_SMALL,
            subject=instrument.id,
            move=Percent(abs(made.price_change), 2),
            least=Percent.short(LEAST_MOVE),
            first=str(cited[0].date),
            last=str(cited[1].date),
        )
    share = made.share if params.part == "multiple" else 100.0 - made.share
    return Measured(share, cited)


def _say(claim: Claim, measurement: Measurement) -> Message:
    assert isinstance(claim.params, ReratingShare)
    assert isinstance(claim.value, float)
    return message(
        "metrics.rerating_share-said",
        value=Percent(claim.value, 1),
        field=name_of(claim.params.field),
        part=claim.params.part,
        period=When(claim.params.period, claim.as_of),
    )


RERATING_SHARE = Metric(
    key="rerating_share",
    params=ReratingShare,
    formula="ln(multiple / multiple at the start) / ln(close / close at the start); "
    "of earnings: what is left of 100%",
    minimum="close and multiple of both ends by one source, a move of at least 2%",
    unit="%",
    decimals=1,
    measure=_share,
    wording=_say,
    patterns=valuation_words.RERATING,
    example=97.5,
)

METRICS = (RERATING_SHARE,)
