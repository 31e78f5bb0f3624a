"""Drawdown: how far below its peak a price stands."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from springtide.claims.model import Claim, Measurement, Params
from springtide.language.messages import Message, Percent, When, message
from springtide.language.types import Period
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics import rows
from springtide.metrics.answers import Measured
from springtide.metrics.params import Lookback
from springtide.metrics.patterns import Draft, Phrase, en, is_price_fact, zh
from springtide.metrics.registry import Metric

YEAR = Period("last", count=250, unit="sessions")


@dataclass(frozen=True, slots=True)
class Drawdown(Params):
    """Over which period the peak close is sought; the as-of session counts."""

    period: Lookback = YEAR


def _drawdown(view: View, instrument: Instrument, params: Drawdown) -> Measured:
    bars, i = rows.at(view, instrument, "close")
    first = rows.first_day(view, instrument, params.period)
    held = rows.stretch(view, instrument, "close", first, view.as_of)
    peak = int(held[int(np.argmax(bars.close[held]))])
    top, now = rows.row(bars, peak, "close"), rows.row(bars, i, "close")
    rows.check_base(top)
    return Measured(
        100.0 * (now.value / top.value - 1.0),
        (top, now),
        (rows.window(view, bars, held, "close"),),
    )


def _say(claim: Claim, measurement: Measurement) -> Message:
    assert isinstance(claim.params, Drawdown) and isinstance(claim.value, float)
    period = When(claim.params.period, claim.as_of)
    return message("metrics.drawdown-said", value=Percent(abs(claim.value), 2), period=period)


def _read(phrase: Phrase) -> Draft | None:
    if phrase.period is None or not is_price_fact(phrase):
        return None
    period = phrase.period.period
    if period.kind not in ("last", "ytd", "all", "since"):
        return None
    return Draft(Drawdown(period), phrase.quantity(), -1, period=phrase.period.text)


DRAWDOWN = Metric(
    key="drawdown",
    params=Drawdown,
    formula="close(as_of) / max(close over the period) - 1",
    minimum="every session of the period",
    unit="%",
    decimals=2,
    measure=_drawdown,
    wording=_say,
    patterns=(
        zh(
            "[较比]{period:span}的?最高收[盘市](?:价|点位)?(?:低|回落|下跌|跌){gap}{pct:value}",
            _read,
            5,
        ),
        en(
            r"{pct:value} below (?:its|the|their) highest clos(?:e|ing level) ?(?:of |in |over |for )?{period:span}",
            _read,
            5,
        ),
    ),
)

METRICS = (DRAWDOWN,)
