"""What is missing is said: which figure, of which instrument, on which day. Nothing is filled."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from springtide.claims.model import Measurement

Ask = Callable[..., Measurement]

# call, the whole answer in English
CASES = [
    # --- a figure of the session itself
    ("close_level IXIC 2024-01-06", "no close of IXIC on 2024-01-06"),
    ("close_level HSI 2024-01-05", "no close of HSI on 2024-01-05"),
    ("close_level VIX 2024-01-05", "no close of VIX on 2024-01-05"),
    ("intraday_level SPX 2024-05-15", "no high of SPX on 2024-05-15"),
    ("intraday_level SPX 2024-05-15 field=low", "no low of SPX on 2024-05-15"),
    ("intraday_level HSI 2024-01-04 field=high", "no high of HSI on 2024-01-04"),
    ("turnover SPX 2024-05-15 of=volume", "no volume of SPX on 2024-05-15"),
    ("turnover IXIC 2024-01-08", "no turnover of IXIC in USD published for 2024-01-08"),
    # --- the level of another day
    ("close_level IXIC 2024-01-08 above=2023-12-27", "no close of IXIC before 2023-12-28"),
    ("close_level HSI 2024-01-08 above=2024-01-05", "no close of HSI on 2024-01-05"),
    ("close_level IXIC 2024-01-08 above=2024-01-09", "2024-01-09 is after 2024-01-08"),
    ("close_level IXIC 2024-01-08 above=9999-12-31", "9999-12-31 is after 2024-01-08"),
    # A lower close proves nothing of a high that is not known.
    ("intraday_level SPX 2024-05-15 above=2024-05-10", "no high of SPX on 2024-05-15"),
    # --- the session before
    ("pct_change IXIC 2023-12-28", "no close of IXIC before 2023-12-28"),
    ("pct_change HSI 2024-01-08", "no close of HSI on 2024-01-05"),
    ("pct_change SPX 2024-05-15", "no close of SPX on 2024-05-14"),
    ("pct_change SPX 2024-05-10 price=high", "no high of SPX on 2024-05-10"),
    ("reversal HSI 2024-01-08", "no close of HSI on 2024-01-05"),
    ("reversal SPX 2024-05-10", "no high of SPX on 2024-05-10"),
    ("reversal SPX 2024-05-10 turn=up", "no low of SPX on 2024-05-10"),
    # --- the start of a period
    ("period_return IXIC 2023-12-29 period=ytd", "no close of IXIC before 2023-01-01"),
    ("period_return SPX 2024-05-15 period=last:1:sessions", "no close of SPX on 2024-05-14"),
    ("period_return SPX 2024-05-15 period=last:1:weeks", "no close of SPX on 2024-05-08"),
    ("period_return SPX 2024-05-15 period=last:2:years", "no close of SPX before 2022-05-16"),
    ("period_return SPX 2024-05-15 period=last:9999:years", "no close of SPX before 0001-01-02"),
    (
        "period_return SPX 2024-05-15 period=last:99999999999:weeks",
        "no close of SPX before 0001-01-04",
    ),
    (
        "period_return IXIC 2024-01-08 period=last:10:sessions",
        "11 sessions of close of IXIC up to 2024-01-08 are needed, 7 are there",
    ),
    ("period_return SPX 2024-05-15 period=since:2024-05-09", "no close of SPX on 2024-05-09"),
    ("period_return SPX 2024-05-15 period=since:2024-05-16", "2024-05-16 is after 2024-05-15"),
    (
        "period_return SPX 2024-05-15 period=span:2024-05-01..2024-06-01",
        "2024-06-01 is after 2024-05-15",
    ),
    (
        "period_return SPX 2024-05-15 period=span:2024-05-11..2024-05-14",
        "no close of SPX on 2024-05-14",
    ),
    # --- every session among which a low is sought: 1 to 15 May 2024 has eleven
    (
        "period_return SPX 2024-05-15 period=since-low:2024-05-01..2024-05-31",
        "all 11 sessions of close of SPX from 2024-05-01 to 2024-05-15 are needed, 3 are there",
    ),
    (
        "period_return IXIC 2024-01-08 period=since-low",
        "251 sessions of close of IXIC up to 2024-01-08 are needed, 7 are there",
    ),
    (
        "period_return HSI 2024-01-04 period=since-high:2024-01-02..2024-01-04 start=intraday",
        "all 3 sessions of high of HSI from 2024-01-02 to 2024-01-04 are needed, 2 are there",
    ),
    (
        "period_return IXIC 2024-01-08 period=since-low:2024-02-01..2024-02-29",
        "2024-02-01 is after 2024-01-08",
    ),
    # --- every session of a lookback
    (
        "drawdown HSI 2024-01-09 period=last:1:weeks",
        "all 6 sessions of close of HSI from 2024-01-02 to 2024-01-09 are needed, 5 are there",
    ),
    (
        "drawdown IXIC 2024-01-08",
        "251 sessions of close of IXIC up to 2024-01-08 are needed, 7 are there",
    ),
    (
        "high_low_record NDX 2024-03-01 lookback=last:4:years",
        "all 956 sessions of close of NDX from 2020-05-13 to 2024-02-29 are needed, 794 are there",
    ),
    (
        "high_low_record HSI 2024-01-09 lookback=ytd",
        "all 5 sessions of close of HSI from 2024-01-01 to 2024-01-08 are needed, 4 are there",
    ),
    # 8 January 2024 was a Monday: nothing of its week comes before it.
    (
        "high_low_record IXIC 2024-01-08 lookback=wtd",
        "no session of IXIC between 2024-01-08 and 2024-01-07",
    ),
    (
        "high_low_record NDX 2024-03-01 lookback=all",
        "the data of NDX do not reach back to 1985-01-31",
    ),
    ("high_low_record HXC 2024-01-08 lookback=all", "the first session of HXC is not known"),
    # --- so many sessions without a gap
    (
        "moving_average IXIC 2024-01-08",
        "50 sessions of close of IXIC up to 2024-01-08 are needed, 7 are there",
    ),
    (
        "moving_average HSI 2024-01-09 window=3",
        "all 4 sessions of close of HSI from 2024-01-04 to 2024-01-09 are needed, 3 are there",
    ),
    (
        "ma_distance IXIC 2024-01-08 window=8",
        "8 sessions of close of IXIC up to 2024-01-08 are needed, 7 are there",
    ),
    (
        "volatility IXIC 2024-01-08",
        "21 sessions of close of IXIC up to 2024-01-08 are needed, 7 are there",
    ),
    # Five windows of changes and one price more.
    (
        "rsi BABA 2024-01-18",
        "71 sessions of close of BABA up to 2024-01-18 are needed, 12 are there",
    ),
    (
        "rsi BABA 2024-01-16 window=2",
        "11 sessions of close of BABA up to 2024-01-16 are needed, 10 are there",
    ),
    (
        "overbought IXIC 2024-01-08 window=2",
        "11 sessions of close of IXIC up to 2024-01-08 are needed, 7 are there",
    ),
    # --- the phase: 10% down is no phase; the first one began before the data, or may have
    (
        "phase DJIA 2024-01-03",
        "closes of DJIA have not moved 20% from a low or a high since 2024-01-02",
    ),
    (
        "phase DJIA 2024-01-04",
        "closes of DJIA before 2024-01-02: the running phase began before the data do",
    ),
    (
        "phase RUT 2024-01-08",
        "closes of RUT before 2024-01-04: the running phase began before the data do",
    ),
    (
        "phase_age DJIA 2024-01-10",
        "DJIA is in a bear market by the 20% convention, since its peak of 2024-01-09",
    ),
    (
        "phase_age DJIA 2024-01-09 turn=peak",
        "DJIA is in a bull market by the 20% convention, since its trough of 2024-01-04",
    ),
    (
        "rally_rank DJIA 2024-01-10",
        "DJIA is in a bear market by the 20% convention, since its peak of 2024-01-09",
    ),
    (
        "rally_rank DJIA 2024-01-09",
        "3 earlier bull markets of DJIA by the 20% convention are needed, 0 are known",
    ),
    (
        "rally_rank DJIA 2024-01-09 among=peers sample=7",
        "7 earlier bull markets of peers of DJIA by the 20% convention are needed, 1 are known",
    ),
    (
        "phase DJIA 2024-01-02",
        "2 sessions of close of DJIA up to 2024-01-02 are needed, 1 are there",
    ),
    # --- targets: none yet, none in the instrument's own currency
    ("target_price KC 2023-11-29", "no target price of KC in USD published by 2023-11-29"),
    ("target_price BABA 2024-01-05", "no target price of BABA in USD published by 2024-01-05"),
    ("implied_move BABA 2024-01-05", "no target price of BABA in USD published by 2024-01-05"),
    ("implied_move KC 2024-01-08 target=13", "no close of KC on 2024-01-08"),
]


@pytest.mark.parametrize(("call", "missing"), CASES, ids=[call for call, _ in CASES])
def test_which_data_are_missing(ask: Ask, call: str, missing: str) -> None:
    measurement = ask(*call.split())
    assert measurement.value is None
    assert measurement.missing == missing
    assert (measurement.evidence.rows, measurement.evidence.windows) == ((), ())
    # In Chinese the same figures are named: every date, every count, the instrument.
    assert re.search("[一-鿿]", measurement.missing_in("zh-cn"))
    figures = re.compile(r"\d{4}-\d\d-\d\d|\d+|[A-Z]{2,}[A-Z0-9.]*")
    assert sorted(figures.findall(measurement.missing_in("zh-cn"))) == sorted(
        figures.findall(missing)
    )
