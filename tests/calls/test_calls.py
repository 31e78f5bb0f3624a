"""The ledger of calls: made from an outlook, filed once, settled by the data, scored by hand."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import exchange_calendars as xcals
import polars as pl
import pytest

from springtide.calls.forecasts import from_outlook
from springtide.calls.ledger import claim_of, file, load
from springtide.calls.outcomes import calls_json, score, settle
from springtide.claims.model import Call, Claim, Outcome, Params
from springtide.claims.schema import claim_json, validate
from springtide.language.types import Interval, Period
from springtide.market import calendars, instruments
from springtide.market.lake import Lake
from springtide.market.tables import polars_schema
from springtide.market.view import View
from springtide.metrics.families.changes import PeriodReturn
from springtide.metrics.families.levels import CloseLevel
from springtide.metrics.families.outcomes import NewHighWithin, RiseBeforeFall, TopWithin
from springtide.metrics.registry import registry
from springtide.outlook.model import Outlook

MADE = date(2009, 12, 31)
NEW_YORK = xcals.get_calendar("XNYS").sessions_in_range("2009-12-31", "2011-03-31")
SPX = instruments.get("SPX")

# -- made from an outlook --------------------------------------------------------------------


def test_an_outlook_makes_the_calls_that_it_says(outlook_by_hand: Outlook) -> None:
    calls = from_outlook(outlook_by_hand, SPX)
    pool = [call for call in calls if call.source.endswith(" combination")]
    rates = [call for call in calls if call.source.endswith(" climatology")]
    assert len(calls) == len(pool) + len(rates) == 20
    said = {(call.claim.metric, call.claim.params): call.probability for call in pool}
    assert said == {
        ("top_within", TopWithin(MADE, 0, 20.0)): 0.14,
        ("top_within", TopWithin(MADE, 20, 20.0)): 0.33,
        ("top_within", TopWithin(MADE, 60, 20.0)): 0.51,
        ("top_within", TopWithin(MADE, 120, 20.0)): 0.63,
        ("top_within", TopWithin(MADE, 250, 20.0)): 0.8,
        ("new_high_within", NewHighWithin(MADE, 20, 20.0)): 0.6,
        ("new_high_within", NewHighWithin(MADE, 60, 20.0)): 0.74,
        ("new_high_within", NewHighWithin(MADE, 120, 20.0)): 0.79,
        ("new_high_within", NewHighWithin(MADE, 250, 20.0)): 0.82,
        ("rise_before_fall", RiseBeforeFall(MADE, 10.0)): 0.553,
    }
    for call in calls:
        sessions = getattr(call.claim.params, "sessions", None)
        expected = None if sessions is None else NEW_YORK[sessions].date()
        assert (call.made, call.due, call.claim.as_of) == (MADE, expected, MADE)
        assert (call.claim.subject, call.filed) == ("SPX", None)


def test_what_is_not_said_is_not_called(outlook_by_hand: Outlook) -> None:
    base, pool = outlook_by_hand.forecasts
    only_base = replace(outlook_by_hand, shown="climatology")
    assert {call.source.split()[-1] for call in from_outlook(only_base, SPX)} == {"climatology"}
    without = replace(outlook_by_hand, forecasts=(replace(pool, up_first=math.nan),))
    assert [call.claim.metric for call in from_outlook(without, SPX)] == [
        *["top_within"] * 5,
        *["new_high_within"] * 4,
    ]
    silent = replace(outlook_by_hand, forecasts=(), shown="")
    assert from_outlook(silent, SPX) == ()
    assert base.method == "climatology"


def test_beyond_the_calendar_weekdays_are_counted() -> None:
    assert calendars.session_after("XTKS", date(1989, 12, 29), 5) == date(1990, 1, 5)  # a Friday
    far = date(date.today().year + 1, 12, 1)
    assert calendars.session_after("XNYS", far, 100) > far


# -- filed -----------------------------------------------------------------------------------


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake.create(tmp_path / "lake")


def a_call(p: float, params: Params | None = None, source: str = "a strategist") -> Call:
    params = params or NewHighWithin(MADE, 20)
    claim = Claim("new_high_within", "SPX", params, MADE, value=20.0, unit="sessions")
    return Call(claim, MADE, date(2010, 2, 1), p, source)


def test_the_same_call_is_not_stored_twice(lake: Lake, outlook_by_hand: Outlook) -> None:
    calls = from_outlook(outlook_by_hand, SPX)
    first, again = file(lake, calls), file(lake, calls)
    assert (first.new, first.known, first.refused) == (20, 0, ())
    assert (again.new, again.known, again.refused) == (0, 20, ())
    assert lake.sql("SELECT count(*) AS n FROM calls")["n"].item() == 20
    ledger = load(View(lake, MADE))
    assert ledger.refused == ()
    assert set(ledger.calls) == set(calls)
    assert {call.filed for call in ledger.calls} == {datetime.now(UTC).date()}
    assert load(View(lake, date(2009, 12, 30))).calls == ()
    assert load(View(lake, MADE), "HSI").calls == ()
    assert file(lake, ()).new == 0


def test_what_is_on_file_is_never_changed(lake: Lake) -> None:
    assert file(lake, [a_call(0.6)]).new == 1
    filed = file(lake, [a_call(0.7), a_call(0.7, source="another")])
    assert (filed.new, filed.known) == (1, 0)
    (why,) = filed.refused
    assert why == (
        "new_high_within of SPX due 2010-02-01, made on 2009-12-31 by a strategist: 0.6000 is on "
        "file and stays, 0.7000 is not filed"
    )
    twice = file(lake, [a_call(0.1, source="third"), a_call(0.2, source="third")])
    assert (twice.new, len(twice.refused)) == (1, 1)
    held = {call.source: call.probability for call in load(View(lake, MADE)).calls}
    assert held == {"a strategist": 0.6, "another": 0.7, "third": 0.1}


def test_a_row_that_cannot_be_read_is_named_and_the_others_are(lake: Lake) -> None:
    file(lake, [a_call(0.6)])
    text = json.dumps(claim_json(a_call(0.6).claim)).replace("new_high_within", "new_hihg_within")
    for claim in (text, "{}", "no claim"):
        row = ["SPX", MADE, None, claim, 0.5, "elsewhere", None, datetime.now(UTC)]
        rows = pl.DataFrame([row], schema=polars_schema("calls"), orient="row")
        lake.append("calls", lambda _, rows=rows: rows)  # type: ignore[misc]
    ledger = load(View(lake, MADE))
    assert [call.source for call in ledger.calls] == ["a strategist"]
    assert len(ledger.refused) == 3
    assert all("made on 2009-12-31 by elsewhere cannot be read" in why for why in ledger.refused)
    assert "Unknown metric: new_hihg_within" in ledger.refused[0]


@pytest.mark.parametrize(
    "claim",
    [
        *(
            Claim(key, "SPX", metric.params(), MADE, value=1.5, unit="%")
            for key, metric in registry().items()
        ),
        Claim(
            "period_return", "HSI", PeriodReturn(Period("ytd")), MADE, ">", 25.0, "%",
            Interval(25, math.inf, low_open=True), "this year",
        ),
        Claim(
            "close_level", "HSI", CloseLevel(), MADE, "range", (20000.0, 23000.0), "points",
            Interval(20000, 23000),
        ),
    ],
    ids=lambda claim: f"{claim.metric} {claim.comparator}",
)  # fmt: skip
def test_every_claim_comes_back_from_its_text(claim: Claim) -> None:
    assert claim_of(json.loads(json.dumps(claim_json(claim)))) == claim


def test_a_call_is_a_probability_and_not_due_before_it_is_made() -> None:
    with pytest.raises(ValueError, match=r"not a probability: 1\.2"):
        a_call(1.2)
    with pytest.raises(ValueError, match="not a probability: nan"):
        a_call(math.nan)
    with pytest.raises(ValueError, match="due on 2009-12-30, before it was made on 2009-12-31"):
        replace(a_call(0.5), due=date(2009, 12, 30))


# -- settled and scored ----------------------------------------------------------------------

DAYS = [f"{d:%Y-%m-%d}" for d in NEW_YORK[:12]]

# A rally from 100 that is known on session 3 and highest at 150; over at 120, on session 8.
CLOSES: Mapping[str, Sequence[float]] = {
    "SPX": [130, 100, 110, 120, 140, 130, 150, 140, 120, 115],
}


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory, lake_of_closes) -> Lake:  # type: ignore[no-untyped-def]
    return lake_of_closes(tmp_path_factory.mktemp("calls"), DAYS, CLOSES)  # type: ignore[no-any-return]


def on(session: int) -> date:
    return date.fromisoformat(DAYS[session])


def call_of(
    metric: str, params: Params, p: float, source: str = "springtide 9 combination"
) -> Call:
    return Call(Claim(metric, "SPX", params, on(4)), on(4), None, p, source)


def came(lake: Lake, session: int, calls: Sequence[Call]) -> tuple[Outcome, ...]:
    return settle(View(lake, on(session)), calls)


def test_calls_are_decided_when_the_data_decide_them(market: Lake) -> None:
    calls = [
        call_of("top_within", TopWithin(on(4), 0), 0.3),
        call_of("top_within", TopWithin(on(4), 5), 0.6),
        call_of("new_high_within", NewHighWithin(on(4), 1), 0.5),
    ]
    expected = {
        4: [None, None, None],
        5: [None, None, False],
        6: [False, None, False],
        7: [False, None, False],
        8: [False, True, False],
        9: [False, True, False],
    }
    for session, answers in expected.items():
        outcomes = came(market, session, calls)
        assert [one.happened for one in outcomes] == answers
        assert [one.call for one in outcomes] == calls
        for one in outcomes:
            assert (one.happened is None) == bool(one.measurement.missing)
    assert [one.decided_on for one in outcomes] == [on(6), on(8), on(5)]
    assert [one.brier for one in outcomes] == pytest.approx([0.09, 0.16, 0.25])


def test_a_strategists_level_is_scored_like_any_claim(market: Lake) -> None:
    def level(low: float, session: int) -> Call:
        within = Interval(low, math.inf)
        claim = Claim(
            "close_level", "SPX", CloseLevel(), on(session), ">", low, "points", within
        )  # fmt: skip
        return Call(claim, on(4), on(session), 0.8, "a strategist")

    calls = [level(145, 6), level(145, 7)]
    assert [one.happened for one in came(market, 5, calls)] == [None, None]
    assert came(market, 5, calls)[0].measurement.missing == f"data of SPX on {DAYS[6]}"
    outcomes = came(market, 9, calls)
    assert [one.happened for one in outcomes] == [True, False]
    assert [one.brier for one in outcomes] == pytest.approx([0.04, 0.64])
    assert [one.decided_on for one in outcomes] == [on(6), on(7)]


def test_a_subject_that_is_nowhere_is_open(market: Lake) -> None:
    claim = Claim("close_level", "Acme", CloseLevel(), on(4))
    (one,) = came(market, 9, [Call(claim, on(4), None, 0.5, "a strategist")])
    assert (one.happened, one.brier, one.decided_on) == (None, None, None)
    assert one.measurement.missing == "Acme is not in the registry of instruments"


def test_scores_by_hand(market: Lake) -> None:
    base = "springtide 9 climatology"
    calls = [
        call_of("top_within", TopWithin(on(4), 0), 0.3),  # no: 0.09
        call_of("top_within", TopWithin(on(4), 5), 0.6),  # yes: 0.16
        call_of("new_high_within", NewHighWithin(on(4), 60), 0.1),  # yes: 0.81
        call_of("new_high_within", NewHighWithin(on(7), 60), 0.1),  # open
        call_of("top_within", TopWithin(on(4), 0), 0.2, base),  # 0.04
        call_of("top_within", TopWithin(on(4), 5), 0.2, base),  # 0.64
        call_of("new_high_within", NewHighWithin(on(7), 60), 0.2, base),  # open
    ]
    rates, pool = score(came(market, 9, calls))
    assert (rates.source, rates.decided, rates.undecided, rates.beside) == (base, 2, 1, None)
    assert rates.brier == pytest.approx(0.34)
    assert (pool.decided, pool.undecided, pool.days, pool.subjects, pool.late) == (3, 1, 1, 1, 0)
    assert pool.brier == pytest.approx((0.09 + 0.16 + 0.81) / 3)
    assert pool.beside is not None
    assert pool.beside.decided == 2
    assert pool.beside.brier == pytest.approx(0.125)
    assert pool.beside.base_rates == pytest.approx(0.34)
    (only,) = score(came(market, 4, calls[:1]))
    assert (only.decided, only.brier, only.beside) == (0, None, None)


def test_a_call_filed_after_the_fact_is_counted(market: Lake) -> None:
    call = call_of("top_within", TopWithin(on(4), 0), 0.3)
    in_time, late = (replace(call, filed=on(session)) for session in (5, 9))
    assert [one.late for one in score(came(market, 9, [in_time]))] == [0]
    assert [one.late for one in score(came(market, 9, [late]))] == [1]


def test_json_fits_its_schema(market: Lake) -> None:
    calls = [
        call_of("top_within", TopWithin(on(4), 0), 0.3),
        call_of("top_within", TopWithin(on(4), 5), 0.6, "springtide 9 climatology"),
        call_of("new_high_within", NewHighWithin(on(7), 60), 0.1),
    ]
    view = View(market, on(8))
    outcomes = settle(view, calls)
    document = calls_json(view.as_of, view.versions, outcomes, score(outcomes), "springtide 9")
    validate(document, "calls")
    assert [one["happened"] for one in document["calls"]] == [False, True, None]
    document["calls"][0]["probability"] = 1.5
    with pytest.raises(ValueError, match=r"\$.calls\[0\].probability: 1.5"):
        validate(document, "calls")
