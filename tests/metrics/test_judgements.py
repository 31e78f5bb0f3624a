"""Claims about the days to come: by hand at every edge, read back, and their share of a history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import exchange_calendars as xcals
import numpy as np
import pytest

from springtide.claims.model import Claim
from springtide.language.messages import LANGUAGES
from springtide.language.types import Language
from springtide.market.ingest import import_bars
from springtide.market.lake import Lake
from springtide.market.view import View
from springtide.metrics.registry import get, measure, params_of
from springtide.numerics import ahead
from springtide.reading.document import read_document
from springtide.reading.read import read_claims

SESSIONS = xcals.get_calendar("XNYS").sessions_in_range("2024-01-02", "2024-02-29")
DAYS = [f"{day:%Y-%m-%d}" for day in SESSIONS]
# 2024-01-15 is a holiday, a Monday: session 8 is Friday the 12th, session 9 Tuesday the 16th.

CLOSES: Mapping[str, Sequence[float]] = {
    # From 100 on session 4: 105 is touched on session 8, passed on 9; 96 on session 7.
    "SPX": [99, 98, 101, 99, 100, 102, 98, 96, 105, 106, 104, 103, 101, 97],
    # Ends on session 6.
    "NDX": [100, 101, 102, 103, 104, 103, 102],
    # Split two for one and not undone on session 6: the volume doubles.
    "AAPL": [130, 100, 110, 120, 140, 138, 69, 67, 80, 90],
    # 100 is tested from below on session 5, reached at 99.6, and left below 98 on session 7; armed
    # again, it is broken on session 10.
    "DJIA": [90, 91, 92, 93, 94, 99.6, 99, 97, 96, 99.8, 103, 104],
    # 102 to 98 is 3.92% down by session 6; to 105 on session 8 is 2.9% up.
    "RUT": [99, 98, 101, 99, 102, 102, 98, 96, 105, 106, 104, 103, 101, 97],
}
VOLUMES = {"AAPL": [9, 9, 9, 9, 9, 9, 18, 17, 18, 18]}


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    folder = tmp_path_factory.mktemp("judgements")
    lines = ["symbol,date,close,volume"]
    for symbol, values in CLOSES.items():
        volumes: Sequence[object] = VOLUMES.get(symbol, [""] * len(DAYS))
        lines += [f"{symbol},{d},{c},{v}" for d, c, v in zip(DAYS, values, volumes, strict=False)]
    (folder / "closes.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    made = Lake.create(folder / "lake")
    assert not import_bars(made, [folder / "closes.csv"], today=date(2026, 1, 1)).errors
    return made


def on(session: int) -> date:
    return date.fromisoformat(DAYS[session])


def came(lake: Lake, key: str, subject: str, session: int, **given: Any) -> tuple[object, str, str]:
    """Return the answer as of a session, the day of the last row cited, and what is missing."""
    view = View(lake, on(session))
    measured = measure(key, view, view.instrument(subject), params_of(key, since=on(4), **given))
    last = str(measured.evidence.rows[-1].date) if measured.evidence.rows else ""
    return measured.value, last, measured.missing


def test_a_level_is_passed_by_a_close_beyond_it_and_not_at_it(lake: Lake) -> None:
    # 105 on session 8 is at the level; 106 on session 9 is above it.
    assert came(lake, "close_above_within", "SPX", 8, level=105.0, sessions=4)[0] is False
    assert came(lake, "close_above_within", "SPX", 8, level=105.0, sessions=5)[0] is None
    assert came(lake, "close_above_within", "SPX", 9, level=105.0, sessions=5)[:2] == (
        True,
        DAYS[9],
    )
    # Decided as soon as it is there, whatever is left of the horizon.
    assert came(lake, "close_below_within", "SPX", 7, level=97.0, sessions=60)[:2] == (
        True,
        DAYS[7],
    )


def test_touched_on_the_due_day_counts(lake: Lake) -> None:
    assert came(lake, "target_met", "SPX", 8, target=105.0, sessions=4)[:2] == (True, DAYS[8])
    assert came(lake, "target_met", "SPX", 8, target=105.0, sessions=3)[:2] == (False, DAYS[7])
    # A target below the price is met from above.
    assert came(lake, "target_met", "SPX", 8, target=96.0, sessions=3)[:2] == (True, DAYS[7])
    # At the end: 103 on session 11 is short of 104, although 106 was reached.
    assert came(lake, "target_met", "SPX", 13, target=104.0, sessions=7, by="end")[0] is False
    assert came(lake, "target_met", "SPX", 13, target=104.0, sessions=6, by="end")[0] is True


def test_a_ceiling_is_broken_by_the_first_close_above_it(lake: Lake) -> None:
    assert came(lake, "ceiling_holds", "SPX", 8, level=105.0, sessions=60)[0] is None
    assert came(lake, "ceiling_holds", "SPX", 9, level=105.0, sessions=60)[:2] == (False, DAYS[9])
    assert came(lake, "floor_holds", "SPX", 9, level=96.0, sessions=5)[:2] == (True, DAYS[9])


def test_a_horizon_that_ends_on_a_holiday_ends_with_the_session_before(lake: Lake) -> None:
    holiday = date(2024, 1, 15)
    assert came(lake, "ceiling_holds", "SPX", 7, level=105.0, until=holiday)[0] is None
    # Friday the 12th is the last session that counts: 106 on Tuesday comes too late.
    for session in (8, 9, 13):
        assert came(lake, "ceiling_holds", "SPX", session, level=105.0, until=holiday)[:2] == (
            True,
            DAYS[8],
        )
    until = date(2024, 1, 16)
    assert came(lake, "ceiling_holds", "SPX", 13, level=105.0, until=until)[:2] == (False, DAYS[9])


def test_a_split_between_and_a_series_that_ends_decide_nothing(lake: Lake) -> None:
    assert came(lake, "floor_holds", "AAPL", 5, level=120.0, sessions=1)[0] is True
    value, _, why = came(lake, "floor_holds", "AAPL", 9, level=120.0, sessions=4)
    assert value is None
    assert why == (f"closes of AAPL after {DAYS[5]} that go on from it: the share was split then")
    value, _, why = came(lake, "target_met", "NDX", 13, target=120.0, sessions=8)
    assert value is None
    assert why.startswith(f"closes of NDX after {DAYS[6]}: the horizon ends on {DAYS[12]}")


def test_a_fall_of_exactly_the_size_counts(lake: Lake) -> None:
    assert came(lake, "falls_within", "SPX", 7, size=4.0, sessions=3)[:2] == (True, DAYS[7])
    assert came(lake, "falls_within", "SPX", 7, size=4.1, sessions=3)[0] is False
    assert came(lake, "falls_within", "SPX", 6, size=4.0, sessions=3)[0] is None


def test_a_range_moves_up_where_its_middle_does(lake: Lake) -> None:
    # Sessions 0 to 4: 98 to 101, middle 99.5; 5 to 9: 96 to 106, middle 101.
    assert came(lake, "centre_higher", "SPX", 9, sessions=5)[:2] == (True, DAYS[9])
    assert came(lake, "centre_higher", "SPX", 8, sessions=5)[0] is None
    # 3 and 4 with 2: 99 to 101, middle 100; 5 to 7: 96 to 102, middle 99.
    assert came(lake, "centre_higher", "SPX", 9, sessions=3)[0] is False
    value, _, why = came(lake, "centre_higher", "SPX", 13, sessions=6)
    assert (value, why) == (None, f"6 closes of SPX up to {DAYS[4]}: only 5 are there")


def test_a_level_holds_where_its_first_test_ends_as_it_came(lake: Lake) -> None:
    assert came(lake, "level_holds", "DJIA", 6, level=100.0)[0] is None
    assert came(lake, "level_holds", "DJIA", 7, level=100.0)[:2] == (True, DAYS[7])
    assert came(lake, "level_holds", "DJIA", 11, level=100.0)[:2] == (True, DAYS[7])
    value, _, why = came(lake, "level_holds", "DJIA", 11, level=130.0, sessions=5)
    assert value is None
    assert why == f"a test of the level by DJIA up to {DAYS[9]}"


def test_who_did_better_is_decided_on_the_due_day_alone(lake: Lake) -> None:
    # From session 4 to 8: 105 / 100 against 105 / 102. Behind from 5 to 6: 98 against 98 of 102.
    ahead_of = {"benchmark": "RUT"}
    key = "outperforms_within"
    assert came(lake, key, "SPX", 7, **ahead_of, sessions=4)[0] is None
    view = View(lake, on(8))
    measured = measure(
        key, view, view.instrument("SPX"), params_of(key, since=on(4), **ahead_of, sessions=4)
    )
    assert measured.value is True
    cited = [(row.subject, str(row.date), row.value) for row in measured.evidence.rows]
    assert cited == [
        ("SPX", DAYS[4], 100.0),
        ("SPX", DAYS[8], 105.0),
        ("RUT", DAYS[4], 102.0),
        ("RUT", DAYS[8], 105.0),
    ]
    # What comes after the due day changes nothing, and what came before it decides nothing.
    assert came(lake, key, "SPX", 13, **ahead_of, sessions=4)[0] is True
    assert came(lake, key, "SPX", 13, **ahead_of, sessions=4, side="behind")[0] is False
    assert came(lake, key, "RUT", 13, benchmark="SPX", sessions=4, side="behind")[0] is True


def test_equal_returns_are_on_neither_side(lake: Lake) -> None:
    given: dict[str, Any] = {"benchmark": "RUT", "sessions": 1}
    view = View(lake, on(13))
    for side in ("ahead", "behind"):  # from session 5 on both are the same
        params = params_of("outperforms_within", since=on(5), side=side, **given)
        assert measure("outperforms_within", view, view.instrument("SPX"), params).value is False


def test_a_holiday_as_due_day_of_a_comparison_is_the_session_before(lake: Lake) -> None:
    holiday = date(2024, 1, 15)
    key = "outperforms_within"
    assert came(lake, key, "SPX", 7, benchmark="RUT", until=holiday)[0] is None
    assert came(lake, key, "SPX", 13, benchmark="RUT", until=holiday)[0] is True


def test_a_comparison_with_what_ends_or_was_split_decides_nothing(lake: Lake) -> None:
    key = "outperforms_within"
    value, _, why = came(lake, key, "SPX", 13, benchmark="AAPL", sessions=4)
    assert value is None
    assert why == f"closes of AAPL after {DAYS[5]} that go on from it: the share was split then"
    assert came(lake, key, "SPX", 13, benchmark="AAPL", sessions=1)[0] is True  # +2% and -1.4%
    assert came(lake, key, "SPX", 13, benchmark="NDX", sessions=8)[0] is None
    assert came(lake, key, "NDX", 13, benchmark="SPX", sessions=8)[0] is None
    value, _, why = came(lake, key, "SPX", 13, sessions=4)
    assert (value, "the parameter benchmark" in why) == (None, True)  # it stands for its market


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("key", "given"),
    [
        ("close_above_within", {"level": 105.0, "sessions": 20}),
        ("close_above_within", {"level": 105.0, "until": date(2024, 12, 31)}),
        ("close_below_within", {"level": 90.0, "sessions": 20}),
        ("ceiling_holds", {"level": 105.0, "until": date(2024, 12, 31)}),
        ("floor_holds", {"level": 90.0, "sessions": 20}),
        ("level_holds", {"level": 105.0}),
        ("centre_higher", {}),
        ("target_met", {"target": 105.0, "until": date(2024, 12, 31)}),
        ("target_met", {"target": 105.0, "sessions": 20, "by": "end"}),
        ("outperforms_within", {"benchmark": "RUT", "sessions": 20}),
        ("outperforms_within", {"benchmark": "HSI", "sessions": 60, "side": "behind"}),
        ("outperforms_within", {"benchmark": "RUT", "until": date(2024, 12, 31)}),
        ("falls_within", {}),
        ("falls_within", {"size": 5.0, "until": date(2024, 12, 31)}),
    ],
)
def test_our_own_words_are_read_back(
    lake: Lake, key: str, given: dict[str, Any], language: Language
) -> None:
    view = View(lake, on(13))
    instrument = view.instrument("SPX")
    measured = measure(key, view, instrument, params_of(key, since=on(4), **given))
    claim = Claim(key, "SPX", measured.params, view.as_of)
    said = get(key).wording(claim, measured).predicate(language).text
    text = f"The {instrument.name('en')} {said}." if language == "en" else ""
    text = text or f"{instrument.name(language)}{said}。"
    (read,) = read_claims(read_document(text), view.as_of)
    assert (read.metric, read.subject, read.params) == (key, "SPX", claim.params)


KEYS_AHEAD = [
    ("close_above_within", {"level": 103.0}),
    ("close_below_within", {"level": 98.0}),
    ("ceiling_holds", {"level": 103.0}),
    ("floor_holds", {"level": 98.0}),
    ("target_met", {"target": 103.0}),
    ("target_met", {"target": 103.0, "by": "end"}),
    ("falls_within", {"size": 2.0}),
    ("centre_higher", {}),
]


@pytest.mark.parametrize(("key", "given"), KEYS_AHEAD)
def test_a_share_of_history_is_the_claim_measured_at_every_start(
    tmp_path: Path, key: str, given: dict[str, Any]
) -> None:
    rng = np.random.default_rng(7)
    close = np.round(100 * np.exp(np.cumsum(rng.normal(0, 0.015, len(DAYS)))), 2)
    lines = [f"SPX,{day},{c}" for day, c in zip(DAYS, close, strict=True)]
    path = tmp_path / "walk.csv"
    path.write_text("\n".join(["symbol,date,close", *lines]) + "\n", encoding="utf-8")
    lake = Lake.create(tmp_path / "lake")
    import_bars(lake, [path], today=date(2026, 1, 1))
    view = View(lake, on(len(DAYS) - 1))
    sessions = 6
    params = params_of(key, sessions=sessions, **given)
    flags = get(key).ahead(close, params, sessions, 100.0)  # type: ignore[misc]
    first = sessions - 1 if key == "centre_higher" else 0
    starts = range(first, len(close) - sessions)
    assert len(flags) == len(starts)
    for flag, start in zip(flags, starts, strict=True):
        scaled = {
            name: value * close[start] / 100.0 if name in ("level", "target") else value
            for name, value in given.items()
        }
        asked = params_of(key, since=on(start), sessions=sessions, **scaled)
        assert measure(key, view, view.instrument("SPX"), asked).value == flag


def _walks(tmp_path: Path, names: Sequence[str]) -> Lake:
    rng = np.random.default_rng(11)
    lines = ["symbol,date,close,high,low"]
    for name in names:
        close = np.round(100 * np.exp(np.cumsum(rng.normal(0, 0.02, len(DAYS)))), 2)
        lines += [
            f"{name},{day},{c},{c * 1.004:.2f},{c * 0.996:.2f}"
            for day, c in zip(DAYS, close, strict=True)
        ]
    (tmp_path / "walks.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    lake = Lake.create(tmp_path / "lake")
    import_bars(lake, [tmp_path / "walks.csv"], today=date(2026, 1, 1))
    return lake


@pytest.mark.parametrize("side", ["ahead", "behind"])
def test_the_share_of_a_comparison_is_it_measured_at_every_start(tmp_path: Path, side: str) -> None:
    lake, key, sessions = _walks(tmp_path, ["SPX", "RUT"]), "outperforms_within", 5
    view = View(lake, on(len(DAYS) - 1))
    metric, instrument = get(key), view.instrument("SPX")
    given: dict[str, Any] = {"benchmark": "RUT", "sessions": sessions, "side": side}
    past = metric.past(view, instrument, params_of(key, **given))  # type: ignore[misc]
    flags = metric.ahead(past, params_of(key, **given), sessions, 100.0)  # type: ignore[misc]
    assert len(flags) == len(DAYS) - sessions
    came = [
        measure(key, view, instrument, params_of(key, since=on(start), **given)).value
        for start in range(len(DAYS) - sessions)
    ]
    assert flags.tolist() == came
    assert set(came) == {True, False}


def test_the_share_of_a_level_is_its_test_measured_at_every_start(tmp_path: Path) -> None:
    lake, sessions = _walks(tmp_path, ["SPX"]), 8
    view = View(lake, on(len(DAYS) - 1))
    metric, instrument = get("level_holds"), view.instrument("SPX")
    for ratio in (0.97, 0.995, 1.03):
        params = params_of("level_holds", level=100.0 * ratio, sessions=sessions)
        past = metric.past(view, instrument, params)  # type: ignore[misc]
        flags = metric.ahead(past, params, sessions, 100.0)  # type: ignore[misc]
        assert len(flags) == len(DAYS) - sessions
        for start, flag in enumerate(flags):
            asked = params_of(
                "level_holds",
                level=ratio * float(past.close[start]),
                since=on(start),
                sessions=sessions,
            )
            value = measure("level_holds", view, instrument, asked).value
            assert value == (None if np.isnan(flag) else bool(flag))
        assert np.isfinite(flags).sum() > 5


def test_a_share_says_on_how_little_it_rests() -> None:
    close = np.array([1.0, 2.0, 3.0])
    assert ahead.share(ahead.furthest(close, 5, up=True) > 1, 5) is None
    one = ahead.share(ahead.furthest(close, 2, up=True) > 2, 2)
    assert one == ahead.Share(1.0, 1, 0.5)
