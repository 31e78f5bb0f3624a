"""What a match states: further values listed after its own, whose each is, sign and tolerance."""

from __future__ import annotations

import re
from dataclasses import replace

from springtide.claims.compare import mirrored
from springtide.language.types import Comparator, Interval, Language, Quantity
from springtide.market.types import Instrument
from springtide.metrics.patterns import Draft
from springtide.metrics.registry import registry

_RENMINBI = re.compile("人民币|RMB|CNY|¥|￥", re.IGNORECASE)


def metric_for(key: str, draft: Draft) -> str:
    """Return the metric whose parameters the pattern read: a move with a period is a return."""
    if isinstance(draft.params, registry()[key].params):
        return key
    return next(name for name, metric in registry().items() if metric.params is type(draft.params))


def valued(
    draft: Draft, quantity: Quantity | None
) -> tuple[float | tuple[float, float] | None, Comparator, Interval | None]:
    """Give value, comparator and admitted interval the sign that the words say."""
    if quantity is None:
        return draft.value, draft.comparator or "=", draft.within
    comparator = draft.comparator or quantity.comparator
    within = _or_cut(quantity, draft.within or quantity.within)
    if draft.sign > 0:
        return quantity.value, comparator, within
    return mirrored(quantity.value, comparator, within)


def unit_of(quantity: Quantity | None, instrument: Instrument | None, language: Language) -> str:
    """Return a quantity's unit; a bare 元 is the currency that the instrument is quoted in."""
    if quantity is None:
        return ""
    if quantity.unit != "CNY" or _RENMINBI.search(quantity.text):
        return quantity.unit
    if instrument is not None and instrument.currency and instrument.kind in ("stock", "flow"):
        return instrument.currency
    return "HKD" if language == "zh-hk" else "CNY"


def _or_cut(quantity: Quantity, within: Interval) -> Interval:
    """Admit whole points that are cut off as well as rounded: papers print 21,294.86 as 21294."""
    whole = quantity.unit == "points" and quantity.step == 1
    if not whole or within.high - within.low != 1:
        return within
    return replace(within, high=within.low + 1.5, high_open=True)
