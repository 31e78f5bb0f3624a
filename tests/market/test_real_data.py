"""Facts about real prices, checked by hand against what exchanges and vendors published."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from springtide.market.lake import Lake
from springtide.market.types import Bars
from springtide.market.view import View

pytestmark = pytest.mark.shared


def close_on(bars: Bars, day: str) -> float:
    (at,) = np.flatnonzero(bars.dates == np.datetime64(day))
    return float(bars.close[at])


@pytest.mark.parametrize(
    ("symbol", "day", "close", "decimals"),
    [
        ("HSI", "2025-02-13", 21814.37, 2),
        ("HSI", "1987-10-26", 2241.7, 1),
        ("HSTECH", "2024-12-31", 4468.11, 2),
        ("HSTECH", "2025-01-13", 4221.92, 2),
        ("HSTECH", "2025-02-12", 5281.18, 2),
        ("HSTECH", "2025-02-13", 5235.28, 2),
        ("IXIC", "2000-03-10", 5048.62, 2),
        ("NDX", "2000-03-27", 4704.73, 2),
        ("N225", "1989-12-29", 38915.87, 2),
        ("SPX", "2000-03-24", 1527.46, 2),
    ],
)
def test_published_closes(
    market_lake: Lake, symbol: str, day: str, close: float, decimals: int
) -> None:
    bars = View(market_lake, date(2026, 8, 31)).bars(symbol)
    assert round(close_on(bars, day), decimals) == round(close, decimals)


def test_the_view_ends_at_its_date(market_lake: Lake) -> None:
    bars = View(market_lake, date(2025, 2, 13)).bars("HSI")
    assert bars.dates[0] == np.datetime64("1969-11-24")
    assert bars.dates[-1] == np.datetime64("2025-02-13")
    assert bars.close[-1] / bars.close[-2] - 1 == pytest.approx(-0.0020, abs=5e-5)


def test_real_large_moves_are_kept(market_lake: Lake) -> None:
    view = View(market_lake, date(2026, 8, 31))
    for symbol, day, move in [
        ("HSI", "1987-10-26", -0.333),
        ("SSE", "1992-05-21", 1.053),
        ("0981.HK", "2009-11-11", 0.737),
        ("KC", "2022-03-16", 0.723),
    ]:
        bars = view.bars(symbol)
        (at,) = np.flatnonzero(bars.dates == np.datetime64(day))
        assert bars.close[at] / bars.close[at - 1] - 1 == pytest.approx(move, abs=5e-4)


def test_coverage_of_a_complete_year(market_lake: Lake) -> None:
    # The Hong Kong market had 246 sessions in 2024 (HKEX trading calendar).
    covered = View(market_lake, date(2025, 6, 30)).coverage(
        "HSI", date(2024, 1, 1), date(2024, 12, 31)
    )
    assert (covered.expected, covered.present, covered.missing) == (246, 246, ())
    assert covered.complete


def test_symbols_of_every_file_are_found(market_lake: Lake) -> None:
    symbols = View(market_lake, date(2026, 8, 31)).symbols()
    assert {"SPX", "MSCI_CHINA", "CSI300", "9988.HK", "513180.SH", "KWEB", "KC"} <= set(symbols)
    assert len(symbols) == 31
