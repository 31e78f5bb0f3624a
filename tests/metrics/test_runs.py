"""Daily limits of mainland shares, worked by hand: 10% on the main board, 20% on ChiNext."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from springtide.claims.model import Measurement
from springtide.market import instruments
from springtide.market.ingest import import_bars
from springtide.market.lake import Lake
from springtide.market.view import View
from springtide.metrics.params import params_from_text
from springtide.metrics.registry import get, measure
from springtide.reading.document import read_document
from springtide.reading.read import read_claims

# 5.20 x 1.1 is 5.72, then 6.29 (6.292 rounded); the next session touched 6.92 and closed at 6.80.
MAIN = """date,open,high,low,close,volume
2025-01-24,5.00,5.20,5.00,5.10,100
2025-01-27,5.10,5.30,5.00,5.20,100
2025-02-05,5.30,5.72,5.30,5.72,100
2025-02-06,5.80,6.29,5.70,6.29,100
2025-02-07,6.40,6.92,6.30,6.80,100
"""

# 10.00 x 1.2 is 12.00: 10% is no limit on ChiNext.
GROWTH = """date,open,high,low,close,volume
2025-01-27,10.00,10.10,9.90,10.00,100
2025-02-05,10.00,11.00,10.00,11.00,100
2025-02-06,11.00,13.20,11.00,13.20,100
2025-02-07,13.00,13.00,10.56,10.56,100
"""


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    made = Lake.create(str(tmp_path / "lake"))
    for symbol, rows in (("600126.SH", MAIN), ("300251.SZ", GROWTH), ("HSI", MAIN)):
        path = tmp_path / f"{symbol}.csv"
        path.write_text(rows, encoding="utf-8")
        import_bars(made, [path], symbol=symbol)
    return made


def ask(lake: Lake, metric: str, subject: str, day: date, **params: str) -> Measurement:
    instrument = instruments.find(subject)
    assert instrument is not None
    typed = params_from_text(get(metric).params, params)
    return measure(metric, View(lake, day), instrument, typed)


@pytest.mark.parametrize(
    ("subject", "day", "params", "expected"),
    [
        ("600126.SH", 5, {}, True),
        ("600126.SH", 6, {}, True),
        ("600126.SH", 7, {}, False),
        ("600126.SH", 7, {"price": "high"}, True),
        ("600126.SH", 7, {"side": "down"}, False),
        ("300251.SZ", 5, {}, False),
        ("300251.SZ", 6, {}, True),
        ("300251.SZ", 7, {"side": "down"}, True),
    ],
)
def test_daily_limit(
    lake: Lake, subject: str, day: int, params: dict[str, str], expected: bool
) -> None:
    answer = ask(lake, "daily_limit", subject, date(2025, 2, day), **params)
    assert answer.value is expected


def test_limits_in_a_row(lake: Lake) -> None:
    runs = [
        ask(lake, "price_streak", "600126.SH", date(2025, 2, day), side="limit-up").value
        for day in (5, 6, 7)
    ]
    assert runs == [1.0, 2.0, 0.0]


def test_an_index_has_no_daily_limit(lake: Lake) -> None:
    answer = ask(lake, "daily_limit", "HSI", date(2025, 2, 6))
    assert answer.value is None
    assert "a limit of the day" in answer.missing


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("光线传媒涨停。", [("300251.SZ", "up", "close")]),
        ("光线传媒收盘跌停。", [("300251.SZ", "down", "close")]),
        ("光线传媒一度触及涨停。", [("300251.SZ", "up", "high")]),
        ("光线传媒逼近涨停，逾170股涨停。", []),
        ("光线传媒连续3日涨停。", []),
        ("光线传媒20%涨停。", []),
        ("光线传媒有望涨停。", []),
    ],
)
def test_daily_limits_are_read(text: str, expected: list[tuple[str, str, str]]) -> None:
    claims = read_claims(read_document(text), date(2025, 2, 14))
    assert [
        (one.subject, one.params.side, one.params.price)  # type: ignore[attr-defined]
        for one in claims
        if one.metric == "daily_limit"
    ] == expected
