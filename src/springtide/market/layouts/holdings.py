"""Shares that a group of investors holds through Stock Connect, a row a share and day or month.

The holder is southbound investors unless ``--variant northbound`` says otherwise. A month stands
for its last day. Where a publisher gives its own correction beside the raw snapshot
(``shares_mn_clean``), the correction counts. A sector is the publisher's word for the share.
"""

from __future__ import annotations

from pathlib import Path

from springtide.errors import UsageError
from springtide.market.layouts.model import Given, Layout
from springtide.market.layouts.sheet import Line, Long, Names, number, read_sheet
from springtide.market.reports import Refusal
from springtide.market.sources.batch import Batch

HOLDERS = ("southbound", "northbound")
_MILLION = 1e6
_NAMES: Names = {
    "date": ("date", "month", "日期", "月份", "持股日期"),
    "subject": ("symbol", "ticker", "code", "代码", "证券代码", "股票代码"),
    "clean": ("shares_mn_clean",),
    "millions": ("shares_mn", "shares_mn_raw"),
    "shares": ("shares", "holding_shares", "持股数量", "持股量"),
    "share": ("share", "holding_share", "持股比例", "持股占比"),
    "sector": ("sector", "industry", "行业", "所属行业", "行業"),
}  # fmt: skip


def _read(path: Path, given: Given) -> Batch:
    holder = given.variant or HOLDERS[0]
    if holder not in HOLDERS:
        raise UsageError("The variant is not known", given=holder, allowed=", ".join(HOLDERS))
    sheet = read_sheet(path, given, _NAMES, ("date", "subject"))
    long = Long([])
    refusals = list(sheet.refusals)
    source = given.source or path.name
    for line in sheet.lines:
        refused = _line(long, line, holder, source)
        if refused is not None:
            refusals.append(refused)
    return long.batch(sheet.name, refusals)


def _line(long: Long, line: Line, holder: str, source: str) -> Refusal | None:
    """Add one row's figures, or return why it is refused."""
    role = next((each for each in ("clean", "millions", "shares") if line.text(each)), "")
    if not role:
        return line.refusal("no number of shares")
    held = number(line.text(role))
    if held is None or held < 0:
        return line.refusal(f"{line.text(role)[:40]!r} is not a number of shares")
    shares = held if role == "shares" else round(held * _MILLION, 2)
    long.add(line, f"holding_shares:{holder}", source, value=shares, unit="shares")
    if line.text("sector"):
        long.add(line, "sector", source, value=None, unit="", text=line.text("sector"))
    if not line.text("share"):
        return None
    part = number(line.text("share").removesuffix("%"))
    if part is None or not 0 <= part <= 100:
        return line.refusal(f"{line.text('share')[:40]!r} is not a share in per cent")
    long.add(line, f"holding_share:{holder}", source, value=part, unit="%")
    return None


LAYOUT = Layout(
    "holdings",
    "Shares held through Stock Connect, a row a share and day or month",
    _read,
    variants=HOLDERS,
)
