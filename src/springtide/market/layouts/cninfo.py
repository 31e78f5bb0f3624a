"""Ratings of mainland shares as CNINFO publishes them (akshare: ``stock_rank_forecast_cninfo``).

A row an opinion, with its day of publication. The target is the middle of the two limits, which
stand in the text; the house is the source.
"""

from __future__ import annotations

from pathlib import Path

from springtide.market import houses
from springtide.market.layouts.model import Given, Layout
from springtide.market.layouts.ratings import add_rating, words_not_known
from springtide.market.layouts.sheet import Line, Long, Names, number, read_sheet
from springtide.market.reports import Refusal
from springtide.market.sources.batch import Batch

_NAMES: Names = {
    "date": ("发布日期",),
    "subject": ("证券代码",),
    "name": ("证券简称",),
    "firm": ("研究机构简称", "研究机构"),
    "rating": ("投资评级",),
    "low": ("目标价格-下限", "目标价格下限"),
    "high": ("目标价格-上限", "目标价格上限"),
    "before": ("前一次投资评级",),
    "change": ("评级变化",),
}


def _read(path: Path, given: Given) -> Batch:
    sheet = read_sheet(path, given, _NAMES, ("date", "subject", "firm", "rating"))
    long = Long([])
    refusals = list(sheet.refusals)
    unknown: set[str] = set()
    for line in sheet.lines:
        firm = line.text("firm")
        if not firm:
            refusals.append(line.refusal("no house: whose rating it is is not said"))
            continue
        source = houses.canonical(firm)
        add_rating(long, line, source, line.text("rating"), unknown)
        refused = _target(long, line, source)
        if refused is not None:
            refusals.append(refused)
    return long.batch(sheet.name, refusals, words_not_known(unknown))


def _target(long: Long, line: Line, source: str) -> Refusal | None:
    limits: list[float] = []
    for role in ("low", "high"):
        written = line.text(role)
        value = number(written) if written else None
        if written and value is None:
            return line.refusal(f"target: {written[:40]!r} is not a number")
        if value:  # 0 stands for none
            limits.append(value)
    if not limits:
        return None
    low, high = min(limits), max(limits)
    text = f"{low:g} to {high:g}" if low != high else ""
    long.add(line, "target_price", source, value=(low + high) / 2, unit="CNY", text=text)
    return None


LAYOUT = Layout(
    "cninfo",
    "Ratings of mainland shares from CNINFO; the target is the middle of its two limits",
    _read,
)
