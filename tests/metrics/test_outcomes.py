"""What came after a date: by hand, against the outlook's own record, and read back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import exchange_calendars as xcals
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from springtide.claims.model import Measurement, Params
from springtide.language.messages import LANGUAGES
from springtide.language.types import Language
from springtide.market.closes import closes_of
from springtide.market.ingest import import_bars
from springtide.market.lake import Lake
from springtide.market.view import View
from springtide.metrics.families.outcomes import NewHighWithin, RiseBeforeFall, TopWithin
from springtide.metrics.registry import get, measure, state
from springtide.outlook.landmarks import NEVER, landmarks_of
from springtide.outlook.model import HORIZONS
from springtide.reading.document import read_document
from springtide.reading.read import read_claims

SESSIONS = xcals.get_calendar("XNYS").sessions_in_range("2024-01-02", "2024-01-31")
DAYS = [f"{day:%Y-%m-%d}" for day in SESSIONS]

CLOSES: Mapping[str, Sequence[float]] = {
    # A rally from 100 (session 1), known at 120 (3), highest at 150 (6), over at 120 (8): a fall of
    # exactly 20%. Back at 151 on session 12.
    "SPX": [140, 100, 110, 120, 140, 130, 150, 140, 120, 115, 130, 140, 151, 150],
    # The same with a second close of 150: of equal ones the last is the top.
    "IXIC": [130, 100, 110, 120, 150, 140, 150, 140, 120, 115],
    # Still running.
    "NDX": [130, 100, 110, 120, 140, 130, 135],
    # From 140 on session 4: 154 exactly is a rise of 10%, 126 a fall of 10%.
    "DJIA": [130, 100, 110, 120, 140, 150, 154],
    "RUT": [130, 100, 110, 120, 140, 150, 126],
    # Split two for one and not undone on session 6: the volume doubles.
    "AAPL": [130, 100, 110, 120, 140, 138, 69, 67, 80, 90],
    # It rose from the first close on, for all one knows.
    "HXC": [100, 110, 120, 125, 130],
}


VOLUMES = {"AAPL": [9, 9, 9, 9, 9, 9, 18, 17, 18, 18]}


def made(folder: Path, closes: Mapping[str, Sequence[float | None]]) -> Lake:
    lines = ["symbol,date,close,volume"]
    for symbol, values in closes.items():
        rows = zip(DAYS, values, VOLUMES.get(symbol, [""] * len(DAYS)), strict=False)  # type: ignore[list-item]
        lines += [f"{symbol},{day},{close},{v}" for day, close, v in rows if close is not None]
    (folder / "closes.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    lake = Lake.create(folder / "lake")
    report = import_bars(lake, [folder / "closes.csv"], today=date(2026, 1, 1))
    assert not report.errors
    return lake


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    return made(tmp_path_factory.mktemp("outcomes"), CLOSES)


def on(session: int) -> date:
    return date.fromisoformat(DAYS[session])


KEYS = {
    TopWithin: "top_within",
    NewHighWithin: "new_high_within",
    RiseBeforeFall: "rise_before_fall",
}


def ask(lake: Lake, subject: str, session: int, params: Params) -> Measurement:
    view = View(lake, on(session))
    return measure(KEYS[type(params)], view, view.instrument(subject), params)


def first_decided(lake: Lake, subject: str, params: Params) -> tuple[bool, int]:
    """Return the answer and the session on which it could first be given; it never changes."""
    answers = [ask(lake, subject, k, params) for k in range(len(CLOSES[subject]))]
    decided = [k for k, found in enumerate(answers) if found.value is not None]
    values = [answers[k].value for k in decided]
    assert decided == list(range(decided[0], len(answers)))
    assert len(set(values)) == 1
    assert isinstance(values[0], bool)
    assert {answers[k].evidence.rows for k in decided} == {answers[decided[0]].evidence.rows}
    assert answers[decided[0]].evidence.rows[-1].date == on(decided[0])
    return values[0], decided[0]


@pytest.mark.parametrize(
    ("subject", "params", "value", "session"),
    [
        ("SPX", TopWithin(on(4), 0), False, 6),  # 150 came later
        ("SPX", TopWithin(on(4), 1), False, 6),
        ("SPX", TopWithin(on(4), 2), True, 8),  # the fall of exactly 20% confirms it
        ("SPX", TopWithin(on(7), 0), True, 8),  # it was in
        ("SPX", TopWithin(on(4), 1, 25.0), False, 6),  # at 140 a rise of 25% is known as well
        ("IXIC", TopWithin(on(4), 0), False, 6),  # as high again counts
        ("IXIC", TopWithin(on(4), 2), True, 8),
        ("SPX", NewHighWithin(on(4), 1), False, 5),
        ("SPX", NewHighWithin(on(4), 2), True, 6),
        ("IXIC", NewHighWithin(on(4), 3), False, 7),  # as high is not higher
        ("SPX", NewHighWithin(on(7), 4), False, 11),
        ("SPX", NewHighWithin(on(7), 5), True, 12),  # after the fall that ended the rally
        ("DJIA", RiseBeforeFall(on(4)), True, 6),
        ("RUT", RiseBeforeFall(on(4)), False, 6),
        ("SPX", RiseBeforeFall(on(4), 7.0), False, 5),  # 130 is 7.1% below 140
    ],
)
def test_by_hand(lake: Lake, subject: str, params: Params, value: bool, session: int) -> None:
    assert first_decided(lake, subject, params) == (value, session)


def test_the_closes_that_decide_are_cited(lake: Lake) -> None:
    measurement = ask(lake, "SPX", 12, TopWithin(on(4), 2))
    assert [(str(row.date), row.value) for row in measurement.evidence.rows] == [
        (DAYS[4], 140.0),
        (DAYS[6], 150.0),
        (DAYS[8], 120.0),
    ]
    (window,) = measurement.evidence.windows
    assert (window.first, window.last, window.count) == (on(1), on(8), 8)


def test_without_a_date_it_counts_back_from_the_as_of_date(lake: Lake) -> None:
    for params, same in (
        (TopWithin(sessions=3), TopWithin(on(5), 3)),
        (NewHighWithin(sessions=3), NewHighWithin(on(5), 3)),
    ):
        assert ask(lake, "SPX", 8, params).value == ask(lake, "SPX", 8, same).value is True
    measurement = ask(lake, "SPX", 8, RiseBeforeFall())
    assert measurement.missing.startswith("251 sessions of close of SPX")


@pytest.mark.parametrize(
    ("subject", "session", "params", "missing", "zh"),
    [
        (
            "NDX", 6, TopWithin(on(4), 60),
            f"closes of NDX after {DAYS[6]}: the rally that ran on {DAYS[4]} has not fallen 20% "
            f"from its high of {DAYS[4]}, nor closed as high later than 60 sessions after "
            f"{DAYS[4]}",
            "尚未自",
        ),
        (
            "NDX", 6, NewHighWithin(on(4), 5),
            f"closes of NDX after {DAYS[6]}: 3 more sessions are awaited, as no close since "
            f"{DAYS[4]} was above the high of {DAYS[4]}",
            "还须等待3个交易日",
        ),
        (
            "NDX", 6, RiseBeforeFall(on(4)),
            f"closes of NDX after {DAYS[6]}: none has been 10% above or below that of {DAYS[4]} "
            "yet",
            "高出或低出10%",
        ),
        (
            "SPX", 9, TopWithin(on(9)),
            f"a rally of SPX that ran on {DAYS[9]}: by the 20% convention none did",
            "没有运行中的上涨行情",
        ),
        (
            "SPX", 9, TopWithin(on(2)),
            f"a rally of SPX that ran on {DAYS[2]}: by the 20% convention none did",
            "没有运行中的上涨行情",
        ),
        (
            "HXC", 4, NewHighWithin(on(3)),
            f"closes of HXC before {DAYS[0]}: the rally that ran on {DAYS[3]} began before the "
            "data do",
            "始于数据之前",
        ),
        ("SPX", 9, TopWithin(on(10)), f"{DAYS[10]} is after {DAYS[9]}", "晚于"),
        (
            "SPX", 9, TopWithin(date(2024, 1, 6)),
            "no close of SPX on 2024-01-06", "没有SPX在2024-01-06的收盘价",
        ),
        *(
            (
                "AAPL", 9, params,
                f"closes of AAPL after {DAYS[5]} that go on from it: the share was split then",
                "股份拆分",
            )
            for params in (TopWithin(on(4)), NewHighWithin(on(4)), RiseBeforeFall(on(4)))
        ),
    ],
)  # fmt: skip
def test_what_is_awaited_or_missing(
    lake: Lake, subject: str, session: int, params: Params, missing: str, zh: str
) -> None:
    measurement = ask(lake, subject, session, params)
    assert (measurement.value, measurement.missing) == (None, missing)
    assert zh in measurement.missing_in("zh-cn")


@pytest.mark.parametrize(
    "params", [TopWithin(on(4), 2), NewHighWithin(on(4), 4), RiseBeforeFall(on(4))]
)
def test_a_session_without_a_close_is_said(tmp_path: Path, params: Params) -> None:
    closes = [130, 100, 110, 120, 140, None, 150, 140, 120, 115]
    lake = made(tmp_path, {"SPX": closes})  # type: ignore[dict-item]
    measurement = ask(lake, "SPX", 9, params)
    assert measurement.value is None
    assert measurement.missing.startswith(
        f"all 3 sessions of close of SPX from {DAYS[4]} to {DAYS[6]}"
    ) or (
        measurement.missing.startswith(
            f"all 5 sessions of close of SPX from {DAYS[4]} to {DAYS[8]}"
        )
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("subject", "params"),
    [
        ("SPX", TopWithin(on(4), 2)),
        ("SPX", TopWithin(on(7), 0)),
        ("SPX", NewHighWithin(on(4), 2)),
        ("DJIA", RiseBeforeFall(on(4))),
    ],
)
def test_our_own_words_are_read_back(
    lake: Lake, subject: str, params: Params, language: Language
) -> None:
    view = View(lake, on(len(CLOSES[subject]) - 1))
    instrument = view.instrument(subject)
    key = KEYS[type(params)]
    measurement = measure(key, view, instrument, params)
    claim = state(measurement)
    said = get(key).wording(claim, measurement).predicate(language).text
    text = f"The {instrument.name('en')} {said}." if language == "en" else ""
    text = text or f"{instrument.name(language)}{said}。"
    (read,) = read_claims(read_document(text), view.as_of)
    fields = ("metric", "subject", "params", "as_of", "value", "unit")
    assert [getattr(read, one) for one in fields] == [getattr(claim, one) for one in fields]


# -- against what the outlook is scored by -----------------------------------------------------


def agree(lake: Lake, subject: str, every: int = 1) -> tuple[int, int]:
    """Hold month's ends in rallies against their landmarks; count those that agreed, and open."""
    view = View(lake, date(2026, 8, 31))
    instrument = view.instrument(subject)
    series = closes_of(view, instrument)
    marks = landmarks_of(series, described=False)
    assert marks is not None
    agreed = undecided = 0

    def hold(key: str, params: Params, expected: bool | None) -> None:
        nonlocal agreed, undecided
        measurement = measure(key, view, instrument, params)
        if measurement.value is None and "are needed" in measurement.missing:
            return  # sessions are missing here; the outlook counts closes
        assert measurement.value == expected, (subject, params, measurement.missing)
        agreed += expected is not None
        undecided += expected is None

    for k in range(0, len(marks), every):
        day: date = marks.day[k].astype("datetime64[D]").astype(object)
        ended, watched = marks.decided[k] < NEVER, int(marks.watched[k])
        for horizon in (0, *HORIZONS):
            came = bool(marks.sessions[k] <= horizon)
            # Of an undecided rally, the sessions to its high so far.
            hold("top_within", TopWithin(day, horizon), came if ended or not came else None)
        for horizon in HORIZONS:
            came = bool(marks.new_high[k] <= horizon)
            known = came or watched >= horizon
            hold("new_high_within", NewHighWithin(day, horizon), came if known else None)
        moved = marks.move_day[k] < NEVER
        hold("rise_before_fall", RiseBeforeFall(day), bool(marks.up_first[k]) if moved else None)
    return agreed, undecided


def test_what_is_measured_is_what_the_outlook_learns_from(bundled_lake: Lake) -> None:
    for subject in ("SPX", "IXIC"):
        agreed, _ = agree(bundled_lake, subject, every=7)
        assert agreed > 100


@pytest.mark.shared
@pytest.mark.parametrize(
    ("subject", "least"), [("HSI", 2000), ("N225", 2000), ("0700.HK", 800), ("KC", 100)]
)
def test_the_same_of_real_markets(market_lake: Lake, subject: str, least: int) -> None:
    agreed, _ = agree(market_lake, subject, every=2)
    assert agreed > least


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_the_same_of_random_walks(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    rng = np.random.default_rng(seed)
    days = xcals.get_calendar("XNYS").sessions_in_range("2020-01-02", "2024-06-28")
    close = 100 * np.exp(np.cumsum(rng.normal(0.0005, 0.02, len(days))))
    folder = tmp_path_factory.mktemp("walk")
    lines = [f"SPX,{day:%Y-%m-%d},{value:.2f}" for day, value in zip(days, close, strict=True)]
    (folder / "walk.csv").write_text("\n".join(["symbol,date,close", *lines]) + "\n", "utf-8")
    lake = Lake.create(folder / "lake")
    assert not import_bars(lake, [folder / "walk.csv"], today=date(2026, 1, 1)).errors
    view = View(lake, date(2026, 8, 31))
    if landmarks_of(closes_of(view, view.instrument("SPX")), described=False) is not None:
        agree(lake, "SPX", every=5)
