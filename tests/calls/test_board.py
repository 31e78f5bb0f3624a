"""How many calls an edge takes, by hand and by simulation; what becomes of calls at the edges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import exchange_calendars as xcals
import numpy as np
import pytest

from springtide.calls.board import EDGE, LEAST, LEAST_DAYS, board, needed
from springtide.calls.ledger import file, identity, load
from springtide.calls.outcomes import settle
from springtide.claims.model import BaseRate, Call, Claim, Evidence, Measurement, Outcome, Said
from springtide.market.ingest import import_bars
from springtide.market.lake import Lake
from springtide.market.view import View
from springtide.metrics.registry import params_of

# By hand: (1.95996 * 0.5 / 0.1)^2 = 96.04; with 0.84162 * sqrt(0.6 * 0.4) = 0.41231 beside 0.97998
# it is (1.39229 / 0.1)^2 = 193.85. At 0.2: (1.95996 * 0.4 / 0.1)^2 = 61.46.


@pytest.mark.parametrize(
    ("rates", "power", "count"),
    [((), 0.5, 96), ((0.5,), 0.8, 194), ((0.2,), 0.5, 61), ((0.2, 0.8), 0.5, 61)],
)
def test_how_many_calls_an_edge_takes(rates: Sequence[float], power: float, count: int) -> None:
    assert needed(rates, power=power) == count


@pytest.mark.parametrize("base", [0.3, 0.5, 0.6])
@pytest.mark.parametrize("power", [0.5, 0.8])
def test_so_many_calls_see_an_edge_so_often(base: float, power: float) -> None:
    """Who is right ten points more often: how often a two-sided 95% interval leaves out zero."""
    count = needed((base,), power=power)
    rng = np.random.default_rng(20250213)
    surprise = rng.binomial(count, base + EDGE, 100_000) / count - base
    seen = surprise > 1.96 * np.sqrt(base * (1 - base) / count)
    # Hits are whole numbers, so that a few points beside the formula are to be expected.
    assert float(seen.mean()) == pytest.approx(power, abs=0.05)


# -- who is ranked ---------------------------------------------------------------------------


def _outcome(day: date, k: int, *, source: str = "Jane Roe", happened: bool = True) -> Outcome:
    params = params_of("close_above_within", level=100.0 + k, since=day, sessions=20)
    claim = Claim("close_above_within", "SPX", params, day)
    rate = BaseRate(0.5, "history", 1000, 50.0, day)
    call = Call(claim, day, date(2030, 1, 1), None, source, base_rate=rate)
    nothing = Measurement(claim.metric, "SPX", params, day, happened, "", Evidence(""))
    decided = date(2021, 1, 1 + k % 28)
    return Outcome(call, nothing, happened, decided, "decided")


def test_a_source_is_ranked_with_twenty_events_on_ten_dates_and_not_before() -> None:
    days = [date(2020, 1, 2 + k) for k in range(LEAST_DAYS)]
    enough = [_outcome(days[k % LEAST_DAYS], k) for k in range(LEAST)]
    (one,) = board(enough).standings
    assert (one.rank, one.events, one.days) == (1, LEAST, LEAST_DAYS)
    (few,) = board(enough[:-1]).standings
    assert (few.rank, few.events) == (None, LEAST - 1)
    near = [_outcome(days[k % (LEAST_DAYS - 1)], k) for k in range(LEAST + 8)]
    (narrow,) = board(near).standings
    assert (narrow.rank, narrow.days) == (None, LEAST_DAYS - 1)
    # Twenty ceilings of one day that one close passed are one event.
    same = [replace(one, decided_on=date(2021, 1, 1)) for one in enough]
    (once,) = board([replace(one, call=replace(one.call, made=days[0])) for one in same]).standings
    assert (once.rank, once.events, once.decided) == (None, 1, LEAST)


# -- what becomes of calls at the edges of their data --------------------------------------------

DAYS = [
    f"{day:%Y-%m-%d}"
    for day in xcals.get_calendar("XNYS").sessions_in_range("2024-01-02", "2024-12-31")
]


def on(session: int) -> date:
    return date.fromisoformat(DAYS[session])


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    """SPX goes on for a year between 100 and 104; NDX ends on session 30; AAPL is split on it."""
    folder = tmp_path_factory.mktemp("edges")
    lines = ["symbol,date,close,volume"]
    for i, day in enumerate(DAYS):
        close = 100 + i % 5
        lines.append(f"SPX,{day},{close},")
        if i <= 30:
            lines.append(f"NDX,{day},{close},")
        lines.append(f"AAPL,{day},{100 if i < 30 else 50},{9 if i < 30 else 18}")
    (folder / "closes.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    made = Lake.create(folder / "lake")
    assert not import_bars(made, [folder / "closes.csv"], today=date(2026, 1, 1)).errors
    return made


def _call(key: str, subject: str, due: int, condition: Claim | None = None, **given: Any) -> Call:
    params = params_of(key, since=on(20), **given)
    said = Said("ours.md", "words", 0, 5, "Jane Roe")
    claim = Claim(key, subject, params, on(20))
    return Call(
        claim, on(20), on(due), None, "Jane Roe", said=said, close=100.0, condition=condition
    )


def _status(lake: Lake, session: int, call: Call) -> tuple[str, object, str]:
    (one,) = settle(View(lake, on(session)), [call])
    return one.status, one.happened, one.measurement.missing


def test_open_until_it_is_decided_on_the_due_day(lake: Lake) -> None:
    call = _call("target_met", "SPX", 24, target=104.0, sessions=4)  # 104 comes on session 24
    assert _status(lake, 23, call)[:2] == ("open", None)
    assert _status(lake, 24, call)[:2] == ("decided", True)
    call = _call("target_met", "SPX", 23, target=104.0, sessions=3)
    assert _status(lake, 23, call)[:2] == ("decided", False)


def test_a_series_that_ends_is_no_longer_measurable(lake: Lake) -> None:
    call = _call("target_met", "NDX", 60, target=120.0, sessions=40)
    assert _status(lake, 35, call)[0] == "open"
    status, happened, why = _status(lake, 200, call)
    assert (status, happened) == ("unmeasurable", None)
    assert f"closes of NDX after {DAYS[30]}" in why
    # Decided before it ends: that stays.
    met = _call("target_met", "NDX", 60, target=104.0, sessions=40)
    assert _status(lake, 200, met)[:2] == ("decided", True)


def test_a_split_between_is_no_longer_measurable(lake: Lake) -> None:
    call = _call("floor_holds", "AAPL", 60, level=80.0, sessions=40)
    status, happened, why = _status(lake, 200, call)
    assert (status, happened) == ("unmeasurable", None)
    assert "the share was split" in why


def test_a_close_that_was_restated_is_no_longer_measurable(lake: Lake) -> None:
    call = replace(_call("target_met", "SPX", 60, target=120.0, sessions=40), close=200.0)
    assert _status(lake, 200, call)[0] == "unmeasurable"


def test_a_condition_that_never_comes_lapses_and_one_that_comes_starts_the_count(
    lake: Lake,
) -> None:
    def beyond(level: float) -> Claim:
        params = params_of("close_above_within", level=level, since=on(20), sessions=60)
        return Claim("close_above_within", "SPX", params, on(20))

    never = _call("target_met", "SPX", 80, beyond(110.0), target=120.0, sessions=60)
    assert _status(lake, 60, never)[0] == "open"
    assert _status(lake, 100, never)[0] == "lapsed"
    # Above 103 on session 24; from there one session is counted: 100 on session 25.
    comes = _call("close_below_within", "SPX", 80, beyond(103.0), level=101.0, sessions=1)
    assert _status(lake, 24, comes)[0] == "open"
    assert _status(lake, 25, comes)[:2] == ("decided", True)


def test_a_level_that_is_never_tested_lapses(lake: Lake) -> None:
    call = _call("level_holds", "SPX", 80, level=140.0, sessions=60)
    assert _status(lake, 60, call)[0] == "open"
    assert _status(lake, 100, call)[0] == "lapsed"


def test_what_is_only_mentioned_is_measured_and_not_scored(lake: Lake) -> None:
    call = replace(_call("target_met", "SPX", 24, target=104.0, sessions=4), mentioned=True)
    assert _status(lake, 100, call)[:2] == ("mentioned", None)


def test_what_is_on_file_keeps_its_base_rate_and_benchmark(tmp_path: Path) -> None:
    lake = Lake.create(tmp_path / "lake")
    rate = BaseRate(0.581, "study", 500, 12.0, on(20), own=0.52)
    call = replace(
        _call("outperforms_within", "SPX", 60, benchmark="NDX", side="behind", sessions=40),
        base_rate=rate,
    )
    assert file(lake, [call]).new == 1
    (held,) = load(View(lake, on(30))).calls
    assert (held.base_rate, held.claim) == (rate, call.claim)
    assert identity(held) == identity(call)
