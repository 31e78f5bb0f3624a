"""What a match states: further values listed after its own, whose each is, sign and tolerance."""

from __future__ import annotations

import re
from dataclasses import replace

from springtide.claims.compare import mirrored
from springtide.language.types import Comparator, Interval, Language, Quantity
from springtide.market.types import Instrument
from springtide.metrics.patterns import Draft, NameMention
from springtide.metrics.registry import registry
from springtide.reading import context
from springtide.reading.mask import Masked

_RENMINBI = re.compile("人民币|RMB|CNY|¥|￥", re.IGNORECASE)
_SEPARATOR = r"(?: ?(?:、|，|,|和|及|与|以及|\band\b|/) ?)+"


def listed_after(
    masked: Masked, match: re.Match[str], where: context.Place
) -> tuple[list[Quantity], int]:
    """Return further values of the same kind listed right after the match's own."""
    if "value" not in match.re.groupindex or match.end("value") != match.end():
        return [], where.end
    mark = masked.text[match.start("value")]
    listed = re.compile(f"(?:{_SEPARATOR}{mark})+").match(masked.text, match.end())
    if listed is None:
        return [], where.end
    quantities = []
    for at in range(listed.start(), listed.end()):
        mention = masked.mentions.get(at)
        if isinstance(mention, Quantity):
            quantities.append(mention)
    return quantities, listed.end()


def pair(
    names: list[NameMention], quantities: list[Quantity | None], respectively: bool, carried: bool
) -> list[tuple[NameMention, Quantity | None]]:
    """Give each name its value: one to one for equal lists, each value to the last name else."""
    if len(quantities) > 1 and len(quantities) == len(names):
        return list(zip(names, quantities, strict=True))
    if len(quantities) > 1 and not respectively:
        return [(names[-1], quantities[0])]
    if len(quantities) > 1:
        return []
    if carried:
        return [(names[-1], quantities[0])]
    return [(name, quantities[0]) for name in names]


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
