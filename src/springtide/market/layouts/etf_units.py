"""Units of funds and what one is worth, a row a fund and day.

The net asset value is in the fund's own currency. Units may be scaled by the header (亿份) or by
what is given (``--unit "million shares"``).
"""

from __future__ import annotations

from pathlib import Path

from springtide.market.layouts.model import Given, Layout
from springtide.market.layouts.sheet import Line, Long, Names, number, read_sheet
from springtide.market.reports import Refusal
from springtide.market.sources.batch import Batch

_NAMES: Names = {
    "date": ("date", "日期", "统计日期", "净值日期"),
    "subject": ("symbol", "ticker", "code", "代码", "基金代码", "证券代码"),
    "units": ("units", "shares", "units_outstanding", "基金份额", "份额", "场内流通份额"),
    "nav": ("nav", "unit_nav", "单位净值", "净值"),
}  # fmt: skip


def _read(path: Path, given: Given) -> Batch:
    sheet = read_sheet(path, given, _NAMES, ("date", "subject", "units"))
    factor = next((unit.factor for unit in given.units if unit.name in ("shares", "")), 1.0)
    long = Long([])
    refusals = list(sheet.refusals)
    source = given.source or path.name
    for line in sheet.lines:
        refused = _line(long, line, sheet.factors.get("units", factor), source)
        if refused is not None:
            refusals.append(refused)
    return long.batch(sheet.name, refusals)


def _line(long: Long, line: Line, factor: float, source: str) -> Refusal | None:
    """Add one row's figures, or return why it is refused."""
    units = number(line.text("units")) if line.text("units") else None
    nav = number(line.text("nav")) if line.text("nav") else None
    for role, value in (("units", units), ("nav", nav)):
        if line.text(role) and (value is None or value <= 0):
            return line.refusal(f"{role}: {line.text(role)[:40]!r} is not a number above zero")
    if units is not None:
        long.add(line, "units_outstanding", source, value=round(units * factor, 2), unit="shares")
    if nav is not None:
        if not line.subject.currency:
            return line.refusal("the currency of the fund is not known")
        long.add(line, "nav", source, value=nav, unit=line.subject.currency)
    return None


LAYOUT = Layout(
    "etf-units", "Units of funds and their net asset value, a row a fund and day", _read
)
