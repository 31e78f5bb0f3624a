"""A check put together by hand: what the renderers of a report are given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from springtide.checking.report import CheckReport
from springtide.claims.model import (
    Claim,
    Evidence,
    Label,
    Measurement,
    Params,
    Reading,
    Row,
    Verdict,
    Window,
)
from springtide.language.types import Interval, Language, Period

AS_OF = date(2025, 2, 13)
YTD = Period("ytd")
VERSIONS = (("bars", 4), ("observations", 2))

ENGLISH = """---
title: "A fast start, then second thoughts"
date: "2025-02-13"
---

## A fast start

The Hang Seng TECH Index has gained more than 25% this year. It was up in the morning and
slipped **0.87%** by the close, while the broad Hang Seng ended at 21,814.37 points.

One broker, asked about margins, said the sector "trades at 17.4 times next year's earnings".
Volume on the day was the largest since records began.
"""

CHINESE = """---
title: "开局很快，随后犹豫"
date: "2025-02-13"
---

## 开局很快

恒生科技指数今年以来上涨超过25%。该指数早盘走高，收盘下跌0.87%，恒生指数则收报21,814.37点。

一位券商人士谈到利润率时说，该板块“按明年盈利计为17.4倍”。
"""


@dataclass(frozen=True)
class Return(Params):
    period: Period = YTD


@dataclass(frozen=True)
class Close(Params):
    price: str = "close"


def measured(metric: str, subject: str, params: Params, value: float, unit: str) -> Measurement:
    rows = (
        Row(subject, "close", date(2024, 12, 31), 4468.11, "HKEX"),
        Row(subject, "close", AS_OF, 5235.33, "HKEX"),
    )
    windows = (Window(subject, "close", date(2025, 1, 2), AS_OF, 28, 0, "00ff00ff00ff00ff"),)
    evidence = Evidence("close[t] / close[s] - 1", rows, windows, VERSIONS)
    return Measurement(metric, subject, params, AS_OF, value, unit, evidence)


def verdict(
    text: str,
    quote: str,
    label: Label,
    claim: Claim,
    measurement: Measurement | None,
    reason: str,
    nearest: tuple[Reading, ...] = (),
) -> Verdict:
    start = text.index(quote)
    placed = claim.at(quote, start, start + len(quote))
    return Verdict(placed, label, reason, measurement, nearest)


def report_of(text: str, quotes: tuple[str, str, str, str], language: Language) -> CheckReport:
    gain, slip, level, multiple = quotes
    year = Claim(
        "period_return", "HSTECH", Return(), AS_OF, ">", 25.0, "%",
        Interval(25, float("inf"), low_open=True), "ytd",
    )  # fmt: skip
    low = Return(Period("since-low"))
    nearest = Reading(
        Claim("period_return", "HSTECH", low, AS_OF, ">", 25.0, "%"),
        measured("period_return", "HSTECH", low, 26.4123, "%"),
        ("since the low of the year" if language == "en" else "自年内低点起算",),
        1.0,
    )
    day = Claim("pct_change", "HSTECH", Close(), AS_OF, "=", -0.87, "%", Interval(-0.875, -0.865))
    close = Claim(
        "close_level",
        "HSI",
        Close(),
        AS_OF,
        "=",
        21814.37,
        "points",
        Interval(21814.365, 21814.375),
    )
    earnings = Claim(
        "forward_pe", "the sector", Params(), AS_OF, "=", 17.4, "x", Interval(17.35, 17.45),
        attributed_to="One broker" if language == "en" else "一位券商人士",
    )  # fmt: skip
    return CheckReport(
        source="article.md",
        text=text,
        as_of=AS_OF,
        language=language,
        verdicts=(
            verdict(
                text, gain, "refuted", year,
                measured("period_return", "HSTECH", Return(), 17.1710, "%"),
                "17.17% is not more than 25%", (nearest,),
            ),
            verdict(
                text, slip, "supported", day,
                measured("pct_change", "HSTECH", Close(), -0.8701, "%"), "within rounding",
            ),
            verdict(
                text, level, "supported", close,
                measured("close_level", "HSI", Close(), 21814.37, "points"), "within rounding",
            ),
            verdict(
                text, multiple, "not_enough_information", earnings, None,
                "no forward P/E of the sector in the data",
            ),
        ),
        versions=VERSIONS,
        software="springtide 0.1.0",
        title="A fast start, then second thoughts" if language == "en" else "开局很快，随后犹豫",
        author="The author",
        url="https://example.org/a-fast-start",
    )  # fmt: skip


@pytest.fixture(scope="session")
def report() -> CheckReport:
    """An English article with one refuted, two supported claims and one without data."""
    quotes = (
        "has gained more than 25% this year",
        "slipped **0.87%** by the close",
        "ended at 21,814.37 points",
        "trades at 17.4 times next year's earnings",
    )
    return report_of(ENGLISH, quotes, "en")


@pytest.fixture(scope="session")
def chinese_report() -> CheckReport:
    """The same in Chinese."""
    quotes = ("今年以来上涨超过25%", "收盘下跌0.87%", "收报21,814.37点", "按明年盈利计为17.4倍")
    return report_of(CHINESE, quotes, "zh-cn")
