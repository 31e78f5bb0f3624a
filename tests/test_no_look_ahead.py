"""No measurement as of a date changes when later data arrive: bars, revisions, observations."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from springtide.language.types import Period
from springtide.market import calendars
from springtide.market.ingest import store_bars, store_observations
from springtide.market.lake import Lake
from springtide.market.sources.batch import Batch
from springtide.market.view import View
from springtide.metrics.families.breadth import AdvanceDecline, BreadthAbove, BreadthHighs
from springtide.metrics.families.bubbles import Bubble
from springtide.metrics.families.changes import PctChange, PeriodReturn
from springtide.metrics.families.contributions import Contribution, ImpliedWeight
from springtide.metrics.families.double_tops import DoubleTop, RiskReward
from springtide.metrics.families.exuberance import Exuberance, Psy, PValue
from springtide.metrics.families.judgements import Beyond, LevelHolds, TargetMet
from springtide.metrics.families.level_tests import LevelBroken, LevelRecord, LevelTests
from springtide.metrics.families.levels import CloseLevel
from springtide.metrics.families.outcomes import NewHighWithin, RiseBeforeFall, TopWithin
from springtide.metrics.families.phase import Phase, PhaseAge, PhasePace
from springtide.metrics.families.rallies import RallyRank
from springtide.metrics.families.range_moves import CentreShift, Efficiency, WithinRange
from springtide.metrics.families.ranges import Range
from springtide.metrics.families.records import HighLowRecord
from springtide.metrics.families.relative import LeadLag, RelativeReturn
from springtide.metrics.families.support import SupportResistance
from springtide.metrics.registry import measure, registry

FIRST, LAST = date(2021, 1, 4), date(2022, 12, 30)
CUTS = 6
OPINIONS = ((date(2021, 2, 1), 0.0), (date(2021, 3, 1), 10.0), (date(2022, 3, 1), 20.0))
QUARTER = Period("last", count=60, unit="sessions")


MEMBERS = ("SPX", "DJIA", "NDX", "RUT", "HXC")


def market(cut: date = LAST) -> pl.DataFrame:
    """Return the bars of the index and of what stands for its members, up to a day."""
    every = [walk(7), *(walk(11 + k, symbol) for k, symbol in enumerate(MEMBERS))]
    return pl.concat(every).filter(pl.col("date") <= cut)


def weights(day: date, *of: float) -> pl.DataFrame:
    """Return a list of the members with their weights, as published on a day."""
    count = len(MEMBERS)
    known = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    return pl.DataFrame(
        {
            "subject": list(MEMBERS),
            "field": ["index_weight:IXIC"] * count,
            "date": [day] * count,
            "value": list(of),
            "unit": ["%"] * count,
            "text": [None] * count,
            "source": ["the index house"] * count,
            "known_at": [known] * count,
        },
        schema_overrides={"text": pl.String},
    )


def walk(seed: int, symbol: str = "IXIC") -> pl.DataFrame:
    """Return two years of daily bars of a random walk on the sessions of New York."""
    days = calendars.sessions("XNYS", FIRST, LAST)
    assert days is not None
    rng = np.random.default_rng(seed)
    close = 1000 * np.exp(np.cumsum(rng.normal(0, 0.015, len(days))))
    opened = close * np.exp(rng.normal(0, 0.004, len(days)))
    return pl.DataFrame(
        {
            "symbol": symbol,
            "date": days,
            "open": opened,
            "high": np.maximum(opened, close) * 1.003,
            "low": np.minimum(opened, close) * 0.997,
            "close": close,
            "volume": rng.integers(10**6, 10**8, len(days)).astype(float),
            "source": "a random walk",
            "known_at": pl.Series([None] * len(days), dtype=pl.Datetime("us", "UTC")),
        }
    )


def target(day: date, value: float) -> pl.DataFrame:
    known = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    return pl.DataFrame(
        {
            "subject": ["IXIC", "IXIC"],
            "field": ["target_price", "turnover"],
            "date": [day, day],
            "value": [value, value * 1e6],
            "unit": ["points", "USD"],
            "text": [None, None],
            "source": ["a broker", "the exchange"],
            "known_at": [known, known],
        },
        schema_overrides={"text": pl.String},
    )


def opinions(day: date, shift: float) -> pl.DataFrame:
    """Return what five houses think: a target, a rating and an estimate each."""
    known = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    rows = [
        {"field": field, "value": value, "unit": unit, "text": text, "source": f"House {name}"}
        for name, word in zip("ABCDE", ("Buy", "Hold", "Outperform", "Sell", "Buy"), strict=True)
        for field, value, unit, text in (
            ("target_price", 900.0 + shift + 40 * ord(name), "points", None),
            ("rating", None, "", word if shift < 50 else "Neutral"),
            ("eps_forecast:FY2022", 20.0 + shift, "points", None),
        )
    ]
    told = {"subject": "IXIC", "date": day, "known_at": known}
    made = pl.DataFrame([{**told, **row} for row in rows], schema_overrides={"text": pl.String})
    return made.select(target(day, 1.0).columns)


def everything(lake: Lake, as_of: date) -> list[object]:
    """Measure every registered metric, and those with parameters in several ways."""
    view = View(lake, as_of)
    instrument = view.instrument("IXIC")
    asked: list[tuple[str, object]] = [(key, metric.params()) for key, metric in registry().items()]
    asked += [
        ("close_level", CloseLevel(above=as_of - timedelta(days=40))),
        ("pct_change", PctChange("high", "points")),
        (
            "period_return",
            PeriodReturn(Period("since-low", date(as_of.year, 1, 1), date(2030, 1, 1))),
        ),
        ("period_return", PeriodReturn(Period("last", count=3, unit="months"), "low")),
        ("period_return", PeriodReturn(Period("span", date(2021, 3, 1), date(2021, 6, 30)))),
        ("period_return", PeriodReturn(Period("all"))),
        (
            "high_low_record",
            HighLowRecord(Period("last", count=3, unit="months"), "low", "intraday"),
        ),
        ("phase", Phase(3.0)),
        ("phase", Phase(5.0, "turning_points")),
        ("phase_pace", PhasePace(3.0)),
        ("phase_age", PhaseAge("trough", 3.0)),
        ("phase_age", PhaseAge("peak", 3.0)),
        ("rally_rank", RallyRank("gain", "own", None, 3.0)),
        ("rally_rank", RallyRank("age", "own", None, 4.0)),
        *(("top_within", TopWithin(None, sessions, 3.0)) for sessions in (0, 5, 20, 40)),
        *(("new_high_within", NewHighWithin(None, sessions, 4.0)) for sessions in (5, 20, 40)),
        *(("rise_before_fall", RiseBeforeFall(date(2021, 2, 1), move)) for move in (2.0, 5.0)),
        *(
            (key, Beyond(level, sessions=sessions))
            for key in ("close_above_within", "close_below_within", "ceiling_holds", "floor_holds")
            for level, sessions in ((1000.0, 20), (900.0, 5))
        ),
        *(("level_holds", LevelHolds(level, None, 60)) for level in (900.0, 1000.0)),
        *(("target_met", TargetMet(1000.0, sessions=20, by=by)) for by in ("any", "end")),
        ("bubble_confidence", Bubble("medium", "down")),
        ("support_level", SupportResistance(1, 3.0, 60)),
        ("resistance_level", SupportResistance(2, 2.0, 60)),
        ("support_level", SupportResistance(level=900.0, lookback=60)),
        *(("level_tests", LevelTests(level, QUARTER)) for level in (900.0, 1000.0, 1100.0)),
        ("level_tests", LevelTests(1000.0, Period("span", date(2021, 2, 1), date(2021, 3, 31)))),
        *(
            ("level_record", LevelRecord(level, Period("all"), band=0.1, away=0.5))
            for level in (950.0, 1000.0)
        ),
        *(("level_broken", LevelBroken(level, by="intraday")) for level in (900.0, 1000.0)),
        *(("double_top", DoubleTop(None, QUARTER, "single", reversal=r)) for r in (2.0, 5.0)),
        ("double_top", DoubleTop(None, QUARTER, tolerance=5.0, apart=5, depth=2.0, reversal=2.0)),
        (
            "double_bottom",
            DoubleTop(None, QUARTER, tolerance=5.0, apart=5, depth=2.0, reversal=2.0),
        ),
        ("risk_reward", RiskReward(None, 5000.0, 100.0)),
        *(("range_ceiling", Range(QUARTER, basis)) for basis in ("close", "intraday")),
        *((f"range_{part}", Range(QUARTER)) for part in ("floor", "centre", "width", "position")),
        *(
            (f"range_{part}", Range(Period("ytd"), "intraday"))
            for part in ("ceiling", "floor", "centre", "width", "position")
        ),
        ("range_efficiency", Efficiency(QUARTER)),
        ("range_efficiency", Efficiency(Period("all"))),
        ("centre_shift", CentreShift(Period("last", count=30, unit="sessions"), 20)),
        ("within_range", WithinRange(500.0, 1500.0, QUARTER)),
        ("within_range", WithinRange(None, 1500.0, Period("span", FIRST, LAST))),
        ("exuberance", Exuberance(100)),
        ("exuberance_statistic", Psy(100)),
        ("exuberance_p_value", PValue(100)),
        ("exuberance_p_value", PValue(100, null="wild")),
        ("relative_return", RelativeReturn("NDX", Period("last", count=3, unit="months"), "ratio")),
        ("relative_return", RelativeReturn(period=Period("since-low", date(as_of.year, 1, 1)))),
        ("lead_lag", LeadLag("DJIA", 60, 3)),
        ("breadth_above", BreadthAbove(20, pit=False)),
        ("breadth_highs", BreadthHighs(20, "low", "share", pit=False)),
        ("advance_decline", AdvanceDecline("declines", pit=False)),
        ("contribution", Contribution("SPX")),
        ("implied_weight", ImpliedWeight("RUT", 12.0)),
    ]
    answers = [measure(key, view, instrument, params) for key, params in asked]  # type: ignore[arg-type]
    return [
        (a.metric, a.params, a.value, a.missing, a.evidence.rows, a.evidence.windows)
        for a in answers
    ]


@pytest.fixture(scope="module")
def lakes(tmp_path_factory: pytest.TempPathFactory) -> tuple[Lake, Lake, list[date]]:
    """A lake that ends on each cut, and one in which later data of every kind have arrived."""
    frame = walk(7)
    days = frame["date"].to_list()
    whole = Lake.create(tmp_path_factory.mktemp("whole"))
    store_bars(whole, Batch("walk", market()))
    store_observations(whole, Batch("list", weights(date(2021, 3, 1), 30, 25, 20, 15, 10)))
    store_observations(whole, Batch("later list", weights(date(2022, 12, 1), 50, 20, 10, 10, 10)))
    store_observations(whole, Batch("a", target(date(2021, 6, 1), 1500.0)))
    store_observations(whole, Batch("b", target(date(2022, 11, 1), 2900.0)))
    for day, shift in OPINIONS:
        assert not store_observations(whole, Batch("opinions", opinions(day, shift))).refused
    later = opinions(date(2022, 12, 20), 90.0)
    assert not store_observations(whole, Batch("later opinions", later)).refused
    touched = pl.int_range(pl.len()) % 7 == 0
    prices = pl.col("open", "high", "low", "close")
    corrected = frame.with_columns(pl.when(touched).then(prices * 1.013).otherwise(prices))
    report = store_bars(whole, Batch("correction", corrected))
    assert report.revised == len(frame.gather_every(7))
    early = Lake.create(tmp_path_factory.mktemp("early"))
    return early, whole, [days[i] for i in np.linspace(60, len(days) - 60, CUTS).astype(int)]


def test_later_bars_revisions_and_observations_change_nothing(
    lakes: tuple[Lake, Lake, list[date]], tmp_path: Path
) -> None:
    early, whole, cuts = lakes
    store_observations(early, Batch("a", target(date(2021, 6, 1), 1500.0)))
    store_observations(early, Batch("list", weights(date(2021, 3, 1), 30, 25, 20, 15, 10)))
    for day, shift in OPINIONS:
        store_observations(early, Batch("opinions", opinions(day, shift)))
    done = FIRST - timedelta(days=1)
    measured = 0
    for cut in cuts:
        rows = market(cut).filter(pl.col("date") > done)
        store_bars(early, Batch("part", rows))
        done = cut
        before, after = everything(early, cut), everything(whole, cut)
        assert before == after
        measured += sum(answer[2] is not None for answer in before)  # type: ignore[index]
    # The answers are numbers, not all "missing"; published figures have tests of their own besides.
    assert measured > CUTS * sum(one.needs_close for one in registry().values())


@given(offset=st.integers(min_value=0, max_value=240))
@settings(max_examples=25, deadline=None)
def test_a_view_of_the_revised_lake_is_the_first_print(
    lakes: tuple[Lake, Lake, list[date]], offset: int
) -> None:
    _, whole, _ = lakes
    frame = walk(7)
    day = frame["date"].to_list()[200 + offset]
    bars = View(whole, day).bars("IXIC")
    printed = frame.filter(pl.col("date") <= day)
    assert bars.close.tolist() == printed["close"].to_list()
