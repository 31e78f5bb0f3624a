"""Every metric on prices that can be worked by hand: values, the rows that gave them, units."""

from __future__ import annotations

import hashlib
import math
import struct
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from springtide.claims.model import Measurement, Row
from springtide.metrics.registry import registry

Ask = Callable[..., Measurement]

# metric, subject, as-of date, parameters, value, unit, rows ("field date value", in order)
CASES: list[tuple[str, str, str, str, float | bool, str, str]] = [
    # --- close_level
    ("close_level", "IXIC", "2024-01-08", "", 114, "points", "close 2024-01-08 114"),
    ("close_level", "KC", "2024-01-05", "", 18, "USD", "close 2024-01-05 18"),
    ("close_level", "513130.SH", "2021-06-02", "", 0.99, "CNY", "close 2021-06-02 0.99"),
    ("close_level", "IXIC", "2024-01-08", "above=2024-01-02", True, "",
     "close 2024-01-02 110; close 2024-01-08 114"),
    ("close_level", "IXIC", "2024-01-08", "above=2024-01-05", False, "",
     "close 2024-01-05 120; close 2024-01-08 114"),
    # 6 January 2024 was a Saturday: its level is that of the last session before it.
    ("close_level", "IXIC", "2024-01-08", "above=2024-01-06", False, "",
     "close 2024-01-05 120; close 2024-01-08 114"),
    # No level is above itself.
    ("close_level", "IXIC", "2024-01-08", "above=2024-01-08", False, "",
     "close 2024-01-08 114; close 2024-01-08 114"),
    # --- intraday_level
    ("intraday_level", "IXIC", "2024-01-08", "", 126, "points", "high 2024-01-08 126"),
    ("intraday_level", "IXIC", "2024-01-08", "field=low", 113, "points", "low 2024-01-08 113"),
    ("intraday_level", "IXIC", "2024-01-08", "field=open", 123, "points", "open 2024-01-08 123"),
    ("intraday_level", "IXIC", "2024-01-08", "above=2024-01-05", True, "",
     "close 2024-01-05 120; high 2024-01-08 126"),
    ("intraday_level", "IXIC", "2024-01-04", "above=2024-01-02", False, "",
     "close 2024-01-02 110; high 2024-01-04 100"),
    ("intraday_level", "IXIC", "2024-01-08", "field=low above=2024-01-05", False, "",
     "close 2024-01-05 120; low 2024-01-08 113"),
    # The high is not known, and a close above proves that the high was.
    ("intraday_level", "SPX", "2024-05-10", "above=2024-04-30", True, "",
     "close 2024-04-30 231; close 2024-05-10 250"),
    # --- pct_change: 120 is the close before
    ("pct_change", "IXIC", "2024-01-08", "", -5, "%", "close 2024-01-05 120; close 2024-01-08 114"),
    ("pct_change", "IXIC", "2024-01-08", "price=high", 5, "%",
     "close 2024-01-05 120; high 2024-01-08 126"),
    ("pct_change", "IXIC", "2024-01-08", "price=low", 100 * (113 / 120 - 1), "%",
     "close 2024-01-05 120; low 2024-01-08 113"),
    ("pct_change", "IXIC", "2024-01-08", "price=open", 2.5, "%",
     "close 2024-01-05 120; open 2024-01-08 123"),
    ("pct_change", "IXIC", "2024-01-08", "unit=points", -6, "points",
     "close 2024-01-05 120; close 2024-01-08 114"),
    ("pct_change", "IXIC", "2024-01-08", "price=high unit=points", 6, "points",
     "close 2024-01-05 120; high 2024-01-08 126"),
    ("pct_change", "KC", "2024-01-05", "unit=points", 1, "USD",
     "close 2024-01-04 17; close 2024-01-05 18"),
    # The session before 2 January is 29 December: over a holiday and a weekend.
    ("pct_change", "IXIC", "2024-01-02", "", 10, "%",
     "close 2023-12-29 100; close 2024-01-02 110"),
    # --- price_streak: closes of 96, 100, 110, 88, 99, 120 and 114
    ("price_streak", "IXIC", "2024-01-05", "", 2, "sessions",
     "close 2024-01-03 88; close 2024-01-05 120"),
    ("price_streak", "IXIC", "2024-01-08", "", 0, "sessions", "close 2024-01-08 114"),
    ("price_streak", "IXIC", "2024-01-08", "until=before", 2, "sessions",
     "close 2024-01-03 88; close 2024-01-05 120"),
    ("price_streak", "IXIC", "2024-01-08", "side=down", 1, "sessions",
     "close 2024-01-05 120; close 2024-01-08 114"),
    # The sessions of the 4th and the 5th closed above their opening prices, that of the 3rd below.
    ("price_streak", "IXIC", "2024-01-05", "by=candle", 2, "sessions",
     "close 2024-01-03 88; close 2024-01-05 120"),
    # The weeks ended at 100 and at 120; the third stands at 114.
    ("price_streak", "IXIC", "2024-01-08", "side=down every=weeks", 1, "weeks",
     "close 2024-01-05 120; close 2024-01-08 114"),
    # --- period_return
    ("period_return", "IXIC", "2024-01-08", "period=ytd", 14, "%",
     "close 2023-12-29 100; close 2024-01-08 114"),
    ("period_return", "IXIC", "2024-01-08", "period=ytd price=high", 26, "%",
     "close 2023-12-29 100; high 2024-01-08 126"),
    ("period_return", "IXIC", "2024-01-08", "period=ytd unit=points", 14, "points",
     "close 2023-12-29 100; close 2024-01-08 114"),
    ("period_return", "IXIC", "2024-01-08", "period=ytd unit=x", 0.14, "x",
     "close 2023-12-29 100; close 2024-01-08 114"),
    ("period_return", "IXIC", "2024-01-05", "period=last:1:sessions", 100 * (120 / 99 - 1), "%",
     "close 2024-01-04 99; close 2024-01-05 120"),
    ("period_return", "IXIC", "2024-01-05", "period=last:3:sessions", 100 * (120 / 110 - 1), "%",
     "close 2024-01-02 110; close 2024-01-05 120"),
    ("period_return", "IXIC", "2024-01-08", "period=all", 18.75, "%",
     "close 2023-12-28 96; close 2024-01-08 114"),
    ("period_return", "IXIC", "2024-01-08", "period=since-low:2024-01-02..2024-01-05",
     100 * (114 / 88 - 1), "%", "close 2024-01-03 88; close 2024-01-08 114"),
    ("period_return", "IXIC", "2024-01-08",
     "period=since-low:2024-01-02..2024-01-05 start=intraday",
     100 * (114 / 85 - 1), "%", "low 2024-01-04 85; close 2024-01-08 114"),
    ("period_return", "IXIC", "2024-01-08", "period=since-high:2024-01-02..2024-01-08", -5, "%",
     "close 2024-01-05 120; close 2024-01-08 114"),
    ("period_return", "IXIC", "2024-01-08",
     "period=since-high:2024-01-02..2024-01-08 start=intraday",
     100 * (114 / 126 - 1), "%", "high 2024-01-08 126; close 2024-01-08 114"),
    # An end after the as-of date ends at the as-of date.
    ("period_return", "IXIC", "2024-01-04", "period=since-low:2024-01-02..2024-01-31", 12.5, "%",
     "close 2024-01-03 88; close 2024-01-04 99"),
    ("period_return", "IXIC", "2024-01-08", "period=span:2024-01-02..2024-01-05", 20, "%",
     "close 2023-12-29 100; close 2024-01-05 120"),
    # A span that ends on a Sunday ends with the session before it.
    ("period_return", "IXIC", "2024-01-08", "period=span:2024-01-04..2024-01-07",
     100 * (120 / 88 - 1), "%", "close 2024-01-03 88; close 2024-01-05 120"),
    # Two published closes are enough, whatever is missing between them.
    ("period_return", "SPX", "2024-05-15", "period=ytd", 21, "%",
     "close 2023-12-29 200; close 2024-05-15 242"),
    ("period_return", "SPX", "2024-05-15", "period=qtd", 10, "%",
     "close 2024-03-28 220; close 2024-05-15 242"),
    ("period_return", "SPX", "2024-05-15", "period=mtd", 100 * (242 / 231 - 1), "%",
     "close 2024-04-30 231; close 2024-05-15 242"),
    ("period_return", "SPX", "2024-05-15", "period=wtd", -3.2, "%",
     "close 2024-05-10 250; close 2024-05-15 242"),
    ("period_return", "SPX", "2024-05-15", "period=last:2:weeks", 100 * (242 / 235 - 1), "%",
     "close 2024-05-01 235; close 2024-05-15 242"),
    ("period_return", "SPX", "2024-05-15", "period=last:1:months", 100 * (242 / 212 - 1), "%",
     "close 2024-04-15 212; close 2024-05-15 242"),
    ("period_return", "SPX", "2024-05-15", "period=last:1:quarters", 100 * (242 / 216 - 1), "%",
     "close 2024-02-15 216; close 2024-05-15 242"),
    ("period_return", "SPX", "2024-05-15", "period=last:1:years", 100 * (242 / 190 - 1), "%",
     "close 2023-05-15 190; close 2024-05-15 242"),
    # 10 May is three sessions before 15 May: the two between need not be known.
    ("period_return", "SPX", "2024-05-15", "period=last:3:sessions", -3.2, "%",
     "close 2024-05-10 250; close 2024-05-15 242"),
    ("period_return", "SPX", "2024-05-15", "period=since:2024-04-30", 100 * (242 / 231 - 1), "%",
     "close 2024-04-30 231; close 2024-05-15 242"),
    # Since a Saturday: since the close of the Friday.
    ("period_return", "SPX", "2024-05-15", "period=since:2024-05-11", -3.2, "%",
     "close 2024-05-10 250; close 2024-05-15 242"),
    # 29 March 2024 was a holiday.
    ("period_return", "SPX", "2024-05-15", "period=since:2024-03-29", 10, "%",
     "close 2024-03-28 220; close 2024-05-15 242"),
    # --- high_low_record. Three years before 1 March 2024 are 1,096 days; 5% of them are 54.8, so
    # the lookback starts on 24 April 2021: without the peak of the 22nd, with that of June 2022.
    ("high_low_record", "NDX", "2024-03-01", "lookback=last:3:years", True, "",
     "close 2022-06-01 124; close 2024-03-01 125"),
    ("high_low_record", "NDX", "2024-02-29", "lookback=last:3:years", False, "",
     "close 2022-06-01 124; close 2024-02-29 122"),
    # 122 is 1.6% under 124, 121.5 is 2.02% under it.
    ("high_low_record", "NDX", "2024-02-29", "lookback=last:3:years near=true", True, "",
     "close 2022-06-01 124; close 2024-02-29 122"),
    ("high_low_record", "NDX", "2024-02-28", "lookback=last:3:years near=true", False, "",
     "close 2022-06-01 124; close 2024-02-28 121.5"),
    ("high_low_record", "NDX", "2024-03-01", "lookback=last:3:years near=true", True, "",
     "close 2022-06-01 124; close 2024-03-01 125"),
    # Within the session 140 was reached in June 2022.
    ("high_low_record", "NDX", "2024-03-01", "lookback=last:3:years basis=intraday", False, "",
     "high 2022-06-01 140; high 2024-03-01 126"),
    # 52 weeks where nothing else is said: the best before is the day before.
    ("high_low_record", "NDX", "2024-03-01", "", True, "",
     "close 2024-02-29 122; close 2024-03-01 125"),
    ("high_low_record", "NDX", "2024-03-01", "lookback=since:2021-04-22", True, "",
     "close 2022-06-01 124; close 2024-03-01 125"),
    ("high_low_record", "NDX", "2024-03-01", "lookback=since:2021-04-21", False, "",
     "close 2021-04-22 130; close 2024-03-01 125"),
    ("high_low_record", "NDX", "2023-10-02", "side=low", True, "",
     "close - -; close 2023-10-02 90"),
    ("high_low_record", "NDX", "2023-10-02", "side=low basis=intraday", True, "",
     "low - -; low 2023-10-02 60"),
    ("high_low_record", "NDX", "2024-02-29", "side=low", False, "",
     "close 2023-10-02 90; close 2024-02-29 122"),
    ("high_low_record", "IXIC", "2024-01-05", "lookback=ytd", True, "",
     "close 2024-01-02 110; close 2024-01-05 120"),
    # Sessions are counted without slack: the two before the 4th closed at 110 and 88.
    ("high_low_record", "IXIC", "2024-01-04", "lookback=last:1:sessions", True, "",
     "close 2024-01-03 88; close 2024-01-04 99"),
    ("high_low_record", "IXIC", "2024-01-04", "lookback=last:2:sessions", False, "",
     "close 2024-01-02 110; close 2024-01-04 99"),
    # BABA closes at 100 and 102 in turn: who reaches the best again sets no record, but is near it.
    ("high_low_record", "BABA", "2024-01-05", "lookback=last:3:sessions", False, "",
     "close 2024-01-03 102; close 2024-01-05 102"),
    ("high_low_record", "BABA", "2024-01-05", "lookback=last:3:sessions near=true", True, "",
     "close 2024-01-03 102; close 2024-01-05 102"),
    ("high_low_record", "BABA", "2024-01-08", "lookback=last:4:sessions side=low", False, "",
     "close 2024-01-02 100; close 2024-01-08 100"),
    # From the first session on all time is known: 1 June 2021.
    ("high_low_record", "513130.SH", "2021-06-03", "lookback=all", True, "",
     "close 2021-06-01 1; close 2021-06-03 1.04"),
    ("high_low_record", "513130.SH", "2021-06-02", "lookback=all", False, "",
     "close 2021-06-01 1; close 2021-06-02 0.99"),
    # --- reversal
    ("reversal", "IXIC", "2024-01-08", "", True, "",
     "close 2024-01-05 120; high 2024-01-08 126; close 2024-01-08 114"),
    ("reversal", "IXIC", "2024-01-05", "", False, "",
     "close 2024-01-04 99; high 2024-01-05 121; close 2024-01-05 120"),
    ("reversal", "IXIC", "2024-01-05", "turn=up", True, "",
     "close 2024-01-04 99; low 2024-01-05 98; close 2024-01-05 120"),
    ("reversal", "IXIC", "2024-01-08", "turn=up", False, "",
     "close 2024-01-05 120; low 2024-01-08 113; close 2024-01-08 114"),
    # --- drawdown
    ("drawdown", "IXIC", "2024-01-08", "period=ytd", -5, "%",
     "close 2024-01-05 120; close 2024-01-08 114"),
    ("drawdown", "IXIC", "2024-01-05", "period=ytd", 0, "%",
     "close 2024-01-05 120; close 2024-01-05 120"),
    ("drawdown", "IXIC", "2024-01-04", "period=last:2:sessions", -10, "%",
     "close 2024-01-02 110; close 2024-01-04 99"),
    ("drawdown", "IXIC", "2024-01-04", "period=last:1:sessions", 0, "%",
     "close 2024-01-04 99; close 2024-01-04 99"),
    ("drawdown", "IXIC", "2024-01-08", "period=ytd of=deepest", -20, "%",
     "close 2024-01-02 110; close 2024-01-03 88"),
    ("drawdown", "IXIC", "2024-01-08", "period=ytd basis=intraday", 100 * (114 / 126 - 1), "%",
     "high 2024-01-08 126; close 2024-01-08 114"),
    # --- phase: 80 is 20% under 100, 96 is 20% over 80, 96 is 20% under 120
    ("phase", "DJIA", "2024-01-08", "", 20, "%",
     "close 2024-01-04 80; close 2024-01-08 96; close 2024-01-08 96"),
    ("phase", "DJIA", "2024-01-09", "", 50, "%",
     "close 2024-01-04 80; close 2024-01-08 96; close 2024-01-09 120"),
    ("phase", "DJIA", "2024-01-10", "", -20, "%",
     "close 2024-01-09 120; close 2024-01-10 96; close 2024-01-10 96"),
    ("phase", "DJIA", "2024-01-11", "", -25, "%",
     "close 2024-01-09 120; close 2024-01-10 96; close 2024-01-11 90"),
    ("phase_age", "DJIA", "2024-01-09", "", 3, "sessions",
     "close 2024-01-04 80; close 2024-01-08 96; close 2024-01-09 120"),
    ("phase_age", "DJIA", "2024-01-11", "turn=peak", 2, "sessions",
     "close 2024-01-09 120; close 2024-01-10 96; close 2024-01-11 90"),
    ("phase_pace", "DJIA", "2024-01-09", "", 100 * (1.5 ** (1 / 3) - 1), "%",
     "close 2024-01-04 80; close 2024-01-08 96; close 2024-01-09 120"),
    ("phase_pace", "DJIA", "2024-01-11", "", 100 * (0.75 ** (1 / 2) - 1), "%",
     "close 2024-01-09 120; close 2024-01-10 96; close 2024-01-11 90"),
    ("phase", "DJIA", "2024-01-05", "threshold=10", 10, "%",
     "close 2024-01-04 80; close 2024-01-05 88; close 2024-01-05 88"),
    # --- target_price and implied_move: the latest by the date, 9 of 3 January
    ("target_price", "KC", "2024-01-05", "", 9, "USD", "target_price 2024-01-03 9"),
    ("implied_move", "KC", "2024-01-05", "", -50, "%",
     "target_price 2024-01-03 9; close 2024-01-05 18"),
    ("implied_move", "KC", "2024-01-05", "target=13", 100 * (13 / 18 - 1), "%",
     "target_price 2024-01-05 13; close 2024-01-05 18"),
    ("implied_move", "KC", "2024-01-05", "target=27", 50, "%",
     "target_price 2024-01-05 27; close 2024-01-05 18"),
    # --- turnover
    ("turnover", "IXIC", "2024-01-05", "", 5_000_000, "USD", "turnover 2024-01-05 5000000"),
    ("turnover", "IXIC", "2024-01-05", "of=volume", 1500, "shares", "volume 2024-01-05 1500"),
    # --- moving_average and ma_distance: 99, 120 and 114
    ("moving_average", "IXIC", "2024-01-08", "window=3", 111, "points", ""),
    ("moving_average", "IXIC", "2024-01-08", "window=1", 114, "points", ""),
    ("moving_average", "IXIC", "2024-01-08", "window=7", 727 / 7, "points", ""),
    ("ma_distance", "IXIC", "2024-01-08", "window=3", 100 * (114 / 111 - 1), "%",
     "close 2024-01-08 114"),
    ("ma_distance", "IXIC", "2024-01-04", "window=3", 0, "%", "close 2024-01-04 99"),
    # --- rsi over two sessions. Ten changes of +2, -2, ...: the first averages are 1 and 1, then
    # each gain is (average + 2) / 2 and each fall average / 2; the two always add up to 2.
    ("rsi", "BABA", "2024-01-17", "window=2", 50 * 0.66796875, "", ""),
    ("rsi", "BABA", "2024-01-18", "window=2", 50 * 1.333984375, "", ""),
    ("overbought", "BABA", "2024-01-18", "window=2", False, "", ""),
    ("overbought", "BABA", "2024-01-18", "window=2 threshold=66", True, "", ""),
    ("overbought", "BABA", "2024-01-17", "side=oversold window=2 threshold=33", False, "", ""),
    ("overbought", "BABA", "2024-01-17", "side=oversold window=2 threshold=34", True, "", ""),
    # --- volatility of ln(120/99) and ln(114/120): their sample deviation is the half difference
    # times the root of two
    ("volatility", "IXIC", "2024-01-08", "window=2",
     100 * math.sqrt(252) * (math.log(120 / 99) - math.log(114 / 120)) / math.sqrt(2), "%", ""),
]  # fmt: skip


def _name(case: tuple[object, ...]) -> str:
    return " ".join(map(str, case[:4])).rstrip()


@pytest.mark.parametrize("case", CASES, ids=_name)
def test_value_unit_and_rows(
    ask: Ask, case: tuple[str, str, str, str, float | bool, str, str]
) -> None:
    metric, subject, as_of, params, value, unit, rows = case
    measurement = ask(metric, subject, as_of, *params.split())
    assert (measurement.missing, measurement.lacks) == ("", None)
    if isinstance(value, bool):
        assert measurement.value is value
    else:
        assert isinstance(measurement.value, float)
        assert measurement.value == pytest.approx(value, rel=1e-12, abs=1e-9)
    assert measurement.unit == unit
    assert (measurement.metric, measurement.subject, str(measurement.as_of)) == (
        metric,
        subject,
        as_of,
    )
    assert measurement.evidence.formula == registry()[metric].formula
    assert [name for name, _ in measurement.evidence.versions] == ["bars", "observations"]
    written = [text.split() for text in rows.split("; ")] if rows else []
    assert len(measurement.evidence.rows) == len(written)
    for row, (field, day, price) in zip(measurement.evidence.rows, written, strict=True):
        assert row.field == field
        if day != "-":
            assert (str(row.date), row.value) == (day, pytest.approx(float(price)))


# Worked by hand elsewhere, or fitted and simulated and held against the numerics: in which file.
ELSEWHERE = {
    "test_bubbles.py": ("bubble_confidence", "bubble_false_alarm_rate", "critical_time"),
    "test_exuberance.py": (
        "exuberance", "exuberance_duration", "exuberance_p_value", "exuberance_statistic",
    ),
    "test_episodes.py": ("episode_days", "episode_gain"),
    "test_outcomes.py": ("new_high_within", "rise_before_fall", "top_within"),
    "test_judgements.py": (
        "ceiling_holds", "centre_higher", "close_above_within", "close_below_within",
        "falls_within", "floor_holds", "level_holds", "outperforms_within", "target_met",
    ),
    "test_rallies.py": ("rally_rank",),
    "test_runs.py": ("daily_limit",),
    "test_opinions.py": (
        "estimate_revision", "rating", "rating_balance", "target_consensus", "target_revision",
    ),
    "test_tokens.py": (
        "break_even_utilisation", "serving_margin", "token_price", "token_price_blend",
        "token_price_change", "token_price_cuts", "token_price_ratio",
    ),
    "test_flows.py": (
        "flow_average", "flow_net", "flow_ratio", "flow_record", "flow_share", "flow_streak",
    ),
    "test_holdings.py": ("etf_creations", "holding_change"),
    "test_levels_and_ranges.py": (
        "centre_shift", "double_bottom", "double_top", "level_broken", "level_record",
        "level_tests", "range_ceiling", "range_centre", "range_efficiency", "range_floor",
        "range_position", "range_width", "resistance_level", "risk_reward", "support_level",
        "within_range",
    ),
    "test_baskets.py": (
        "advance_decline", "breadth_above", "breadth_highs", "contribution", "implied_weight",
        "lead_lag", "relative_return",
    ),
    "test_valuation.py": (
        "cape", "excess_yield", "relative_valuation", "rerating_share", "valuation_average",
        "valuation_gap", "valuation_multiple", "valuation_percentile",
    ),
}  # fmt: skip


def test_every_metric_has_a_case() -> None:
    elsewhere = {key for keys in ELSEWHERE.values() for key in keys}
    assert {case[0] for case in CASES} == set(registry()) - elsewhere


@pytest.mark.parametrize("name", ELSEWHERE)
def test_the_cases_are_where_they_are_said_to_be(name: str) -> None:
    text = (Path(__file__).parent / name).read_text(encoding="utf-8")
    parts = {key: key.rpartition("_")[2] for key in ELSEWHERE[name]}  # f"range_{part}"
    lacking = [key for key in parts if f'"{key}' not in text and f'"{parts[key]}"' not in text]
    assert lacking == []


@pytest.mark.parametrize(
    ("call", "window"),
    [
        ("moving_average IXIC 2024-01-08 window=3", "close 2024-01-04 2024-01-08 3 0"),
        ("ma_distance IXIC 2024-01-08 window=3", "close 2024-01-04 2024-01-08 3 0"),
        ("volatility IXIC 2024-01-08 window=2", "close 2024-01-04 2024-01-08 3 0"),
        ("drawdown IXIC 2024-01-08 period=ytd", "close 2024-01-02 2024-01-08 5 0"),
        ("high_low_record IXIC 2024-01-05 lookback=ytd", "close 2024-01-02 2024-01-04 3 0"),
        ("high_low_record IXIC 2024-01-05 lookback=ytd basis=intraday side=low",
         "low 2024-01-02 2024-01-04 3 0"),
        ("high_low_record NDX 2024-03-01 lookback=last:3:years",
         "close 2021-04-26 2024-02-29 717 0"),
        ("phase DJIA 2024-01-09", "close 2024-01-02 2024-01-09 6 0"),
        # What was before the gap is not looked at, and the evidence says so.
        ("phase RUT 2024-01-10", "close 2024-01-04 2024-01-10 5 0"),
        ("rsi BABA 2024-01-17 window=2", "close 2024-01-02 2024-01-17 11 0"),
    ],
)  # fmt: skip
def test_long_stretches_are_cited_by_their_ends(ask: Ask, call: str, window: str) -> None:
    (cited,) = ask(*call.split()).evidence.windows
    said = f"{cited.field} {cited.first} {cited.last} {cited.count} {cited.missing}"
    assert said == window
    assert len(cited.digest) == 16


def test_the_digest_is_that_of_dates_and_values(ask: Ask) -> None:
    """SHA-256 over the dates (int64 days since 1970), then the values (float64), little-endian."""
    (cited,) = ask("moving_average", "IXIC", "2024-01-08", "window=2").evidence.windows
    days = [(date(2024, 1, day) - date(1970, 1, 1)).days for day in (5, 8)]
    packed = struct.pack("<2q2d", *days, 120.0, 114.0)
    assert cited.digest == hashlib.sha256(packed).hexdigest()[:16]


def test_a_row_names_its_source(ask: Ask) -> None:
    (target, close) = ask("implied_move", "KC", "2024-01-05").evidence.rows
    assert target == Row("KC", "target_price", date(2024, 1, 3), 9.0, "House B")
    assert (close.subject, close.source) == ("KC", "toys.csv")
    (stated, _) = ask("implied_move", "KC", "2024-01-05", "target=13").evidence.rows
    assert stated.source == "as stated"


def test_what_is_published_later_is_not_seen(ask: Ask) -> None:
    assert ask("target_price", "KC", "2024-01-02").value == 20
    assert ask("target_price", "KC", "2024-01-08").value == 9
    assert ask("target_price", "KC", "2024-01-09").value == 30
