"""What several houses think of a price together: the mean of their latest targets, say.

Kept apart from the families, since the move that a target implies needs it as well.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import fmean, median
from typing import Annotated

from springtide.claims.compare import price_decimals
from springtide.claims.model import Claim, Params, Row
from springtide.claims.words import field_name
from springtide.language.messages import Level
from springtide.market.independence import is_quotation
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics import opinions
from springtide.metrics.answers import Measured, Missing
from springtide.metrics.frames import Statistic
from springtide.metrics.params import Limits

_PUBLISHED: dict[str, str] = {
    "mean": "target_mean",
    "high": "target_high",
    "low": "target_low",
}
"""Where a vendor publishes the statistic himself."""


@dataclass(frozen=True, slots=True)
class Consensus(Params):
    """Which statistic of the latest targets, how old one may be, how many houses are needed."""

    statistic: Statistic = "mean"
    max_age: Annotated[int, Limits(1)] = 180
    minimum: Annotated[int, Limits(1)] = 3


def consensus(view: View, instrument: Instrument, params: Consensus) -> Measured:
    """Return a statistic of the latest target of each house, else the published one.

    Raises
    ------
    Missing
        There are fewer houses than are needed, and nobody has published it.
    """
    words = opinions.last_words(view, instrument, "target_price", params.max_age)
    if len(words) < params.minimum:
        return _published(view, instrument, params, len(words))
    values = [one.value for one in words.values()]
    statistics: dict[Statistic, Callable[[list[float]], float]] = {
        "mean": fmean, "median": median, "high": max, "low": min,
    }  # fmt: skip
    count = Row(instrument.id, "houses", view.as_of, float(len(values)), "counted")
    rows, windows = opinions.cited(list(words.values()), (count,))
    return Measured(float(statistics[params.statistic](values)), rows, windows)


def _published(view: View, instrument: Instrument, params: Consensus, held: int) -> Measured:
    field = _PUBLISHED.get(params.statistic, "")
    seen = [
        one
        for one in (opinions.published(view, instrument, field) if field else ())
        if (view.as_of - one.date).days <= params.max_age and not is_quotation(one.source)
    ]
    if seen:
        return Measured(seen[-1].value, (opinions.row(seen[-1]),))
    raise Missing(
        "missing.few-houses",
        needed=params.minimum,
        field=field_name("target_price"),
        subject=instrument.id,
        count=params.max_age,
        day=str(view.as_of),
        held=held,
    )


def number_of(claim: Claim) -> float:
    """Return the number of a claim of ours."""
    assert isinstance(claim.value, float)
    return claim.value


def level_of(claim: Claim) -> Level:
    """Return the price of a claim of ours, as it is printed."""
    value = number_of(claim)
    return Level(value, claim.unit, price_decimals(value, claim.unit))
