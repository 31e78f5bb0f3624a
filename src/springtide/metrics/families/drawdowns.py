"""Drawdown: how far below its peak a price stands."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from springtide.claims.model import Claim, Measurement, Params
from springtide.language.format import format_percent, format_period
from springtide.language.types import Language, Period
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics import rows
from springtide.metrics.answers import Measured
from springtide.metrics.params import Lookback
from springtide.metrics.patterns import Draft, Found, en, is_price_fact, zh
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
    value = 100.0 * (float(bars.close[i]) / float(bars.close[peak]) - 1.0)
    return Measured(
        value,
        (rows.row(bars, peak, "close"), rows.row(bars, i, "close")),
        (rows.window(view, bars, held, "close"),),
    )


def _size(claim: Claim, language: Language) -> str:
    assert isinstance(claim.value, float)
    return format_percent(abs(claim.value), 2, language)


def _say_en(claim: Claim, measurement: Measurement) -> str:
    assert isinstance(claim.params, Drawdown)
    period = format_period(claim.params.period, "en", claim.as_of)
    return f"stands {_size(claim, 'en')} below its highest close {period}"


def _say_zh(claim: Claim, measurement: Measurement) -> str:
    assert isinstance(claim.params, Drawdown)
    period = format_period(claim.params.period, "zh-cn", claim.as_of)
    return f"较{period}最高收盘价低{_size(claim, 'zh-cn')}"


def _read(found: Found) -> Draft | None:
    if found.period is None or not is_price_fact(found):
        return None
    period = found.period.period
    if period.kind not in ("last", "ytd", "all", "since"):
        return None
    return Draft(Drawdown(period), found.quantity(), -1, period=found.period.text)


DRAWDOWN = Metric(
    key="drawdown",
    params=Drawdown,
    title={"en": "Drawdown", "zh-cn": "回撤"},
    definition={
        "en": "The close against the highest close of the period, the session itself included: "
        "zero at a new high, negative below it.",
        "zh-cn": "收盘价相对区间（含当日）最高收盘价的跌幅：创新高时为零。",
    },
    formula="close(as_of) / max(close over the period) - 1",
    minimum="every session of the period",
    unit="%",
    decimals=2,
    measure=_drawdown,
    wording={"en": _say_en, "zh-cn": _say_zh},
    patterns=(
        zh(
            "[较比]{period:span}的?最高收盘(?:价|点位)?(?:低|回落|下跌|跌){gap}{pct:value}",
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
