"""What houses think of a share together: mean, high and low target, their number, a score.

A snapshot, known on its day and not before. Where the file has the price of that day, a target that
is more than ten times it, or less than a tenth, is refused.
"""

from __future__ import annotations

from pathlib import Path

from springtide.market.layouts.model import Given, Layout
from springtide.market.layouts.sheet import (
    Line,
    Long,
    Names,
    Sheet,
    currency_of,
    number,
    read_sheet,
)
from springtide.market.reports import Refusal
from springtide.market.sources.batch import Batch
from springtide.market.targets import oddity

_NAMES: Names = {
    "date": ("date", "as_of", "as-of", "日期"),
    "subject": ("ticker", "symbol", "code", "代码", "证券代码"),
    "target_mean": ("target_mean", "target_price", "target_consensus", "targetmeanprice",
                    "mean target", "平均目标价", "一致目标价"),
    "target_high": ("target_high", "high", "targethighprice", "最高目标价"),
    "target_low": ("target_low", "low", "targetlowprice", "最低目标价"),
    "analysts": ("analysts", "numberofanalystopinions", "机构家数", "家数"),
    "rating_score": ("score", "rating_score", "recommendation", "recommendationmean"),
    "price": ("price", "close", "currentprice", "最新价", "收盘价"),
    "currency": ("currency", "货币", "币种"),
    "source": ("source", "来源"),
}  # fmt: skip
_TARGETS = ("target_mean", "target_high", "target_low")
_UNITS = {"analysts": "count", "rating_score": "score"}
_BEST, _WORST = 1.0, 5.0


def _read(path: Path, given: Given) -> Batch:
    sheet = read_sheet(path, given, _NAMES, ("date", "subject", "target_mean"))
    long = Long([])
    refusals = list(sheet.refusals)
    warnings: list[str] = []
    for line in sheet.lines:
        source = line.text("source") or given.source or path.name
        refused = _line(long, line, sheet, given, source, warnings)
        if refused is not None:
            refusals.append(refused)
    return long.batch(sheet.name, refusals, warnings)


def _line(
    long: Long, line: Line, sheet: Sheet, given: Given, source: str, warnings: list[str]
) -> Refusal | None:
    """Add one row's figures, or return why it is refused as a whole."""
    figures: dict[str, float] = {}
    for role in (*_TARGETS, "analysts", "rating_score", "price"):
        written = line.text(role)
        value = number(written) if written else None
        if written and value is None:
            return line.refusal(f"{role}: {written[:40]!r} is not a number")
        if value is not None:
            figures[role] = value
    wrong = _wrong(line, figures, warnings)
    if wrong:
        return line.refusal(wrong)
    currency = currency_of(line, sheet, given, "target_mean")
    if any(role in figures for role in _TARGETS) and not currency:
        own = line.subject.currency or "USD"
        return line.refusal(
            f"the currency of the target is not known: give it, such as --unit {own}"
        )
    for role, value in figures.items():
        if role != "price":
            long.add(line, role, source, value=value, unit=_UNITS.get(role, currency))
    return None


def _wrong(line: Line, figures: dict[str, float], warnings: list[str]) -> str:
    """Say why a row's figures cannot be; odd ones are added to the warnings."""
    score = figures.get("rating_score")
    if score is not None and not _BEST <= score <= _WORST:
        return f"the score of {score:g} is not from 1 (strong buy) to 5 (sell)"
    low, mean, high = (figures.get(role) for role in ("target_low", "target_mean", "target_high"))
    if mean is not None and ((low or mean) > mean or (high or mean) < mean):
        return "the mean target is not between the low and the high one"
    price = figures.get("price")
    if mean is None or not price:
        return ""
    said, is_refused = oddity(mean, price)
    if said and not is_refused:
        warnings.append(f"{line.subject.id} {line.day}: {said}")
    return said if is_refused else ""


LAYOUT = Layout(
    "consensus",
    "Mean, high and low target, number of houses and score of many shares on one day",
    _read,
)
