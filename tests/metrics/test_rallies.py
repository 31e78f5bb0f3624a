"""Ranks of a rally among earlier ones, by hand and on published index histories."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import get_args

import exchange_calendars as xcals
import pytest

from springtide.claims.model import Measurement, Params
from springtide.language.messages import LANGUAGES
from springtide.language.types import Language
from springtide.market import calendars
from springtide.market.ingest import import_bars
from springtide.market.lake import Lake
from springtide.market.view import View
from springtide.metrics.families.phase import Phase, PhaseAge, PhasePace
from springtide.metrics.families.rallies import Among, By, RallyRank
from springtide.metrics.rallies import datings_disagree
from springtide.metrics.registry import get, measure, state
from springtide.reading.document import read_document
from springtide.reading.read import read_claims

NAMES = {"en": "The S&P 500 ", "zh-cn": "标普500指数", "zh-hk": "標普500指數"}
SESSIONS = xcals.get_calendar("XNYS").sessions_in_range("2024-01-02", "2024-01-25")
DAYS = [f"{day:%Y-%m-%d}" for day in SESSIONS]

# Rallies of the first: 80 to 120 in 2 sessions (known to be over at 96), 90 to 126 in 3 (at 100),
# 100 to 120 in one (at 96); then one from 90 that runs.
CLOSES: Mapping[str, Sequence[float]] = {
    "SPX": [100, 80, 96, 120, 96, 90, 108, 117, 126, 100, 120, 96, 90, 108, 112.5, 113.5],
    "IXIC": [100, 80, 96, 120, 96, 90, 108, 117, 126, 100, 120, 96],
    # The rise to 150 began before the data, for all one knows; 96 to 130 in 2 sessions counts.
    "NDX": [100, 120, 150, 120, 96, 116, 130, 104],
    "VIX": [20, 30, 20, 30, 20, 30, 20, 30, 20, 30, 20],
    "AAPL": [100, 80, 96, 120, 96, 90, 108, 117, 126, 100, 120, 96],
    "WTI": [20, 16, 18, -37.63, 10, 9, 12],
}


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory, lake_of_closes) -> Lake:  # type: ignore[no-untyped-def]
    return lake_of_closes(tmp_path_factory.mktemp("rallies"), DAYS, CLOSES)  # type: ignore[no-any-return]


def rank(lake: Lake, subject: str, session: int, params: RallyRank) -> Measurement:
    view = View(lake, date.fromisoformat(DAYS[session]))
    return measure("rally_rank", view, view.instrument(subject), params)


@pytest.mark.parametrize(
    ("params", "count", "sample"),
    [
        (RallyRank("age"), 2, 3),  # 3 sessions: longer than 2 and 1, as long as 3
        (RallyRank("gain"), 1, 3),  # 26%: more than 20%, less than 50% and 40%
        (RallyRank("pace"), 0, 3),
        (RallyRank("age", "peers"), 3, 4),
        (RallyRank("gain", "peers"), 1, 4),
        # The latest three, by the day on which they were known to be over.
        (RallyRank("age", "peers", 3), 2, 3),
    ],
)
def test_ranks_by_hand(lake: Lake, params: RallyRank, count: int, sample: int) -> None:
    measurement = rank(lake, "SPX", 15, params)
    assert (measurement.value, measurement.unit) == (count, "rallies")
    start, today, counted = measurement.evidence.rows
    assert (start.value, str(start.date), today.value) == (90, DAYS[12], 113.5)
    assert counted.value == sample
    symbols = ["SPX", "IXIC", "NDX"] if params.among == "peers" else ["SPX"]
    assert sorted(one.subject for one in measurement.evidence.windows) == sorted(symbols)


def test_a_rally_counts_from_the_session_on_which_its_end_is_known(lake: Lake) -> None:
    # NDX fell 20% from its peak of session 6 at session 7; SPX rises again from session 6 on.
    for session, known in ((6, 1), (7, 2)):
        measurement = rank(lake, "SPX", session, RallyRank("age", "peers", 3))
        assert measurement.missing == (
            f"3 earlier bull markets of peers of SPX by the 20% convention are needed, "
            f"{known} are known"
        )


def test_prices_below_zero_have_no_rally(lake: Lake) -> None:
    measurement = rank(lake, "WTI", 3, RallyRank())
    assert measurement.missing == f"closes above zero of WTI, not as on {DAYS[3]}"
    measurement = rank(lake, "WTI", 6, RallyRank())
    assert measurement.missing == (
        f"closes of WTI before {DAYS[4]}, as the close before it is not above zero: "
        "the running phase began before the data do"
    )
    assert "不大于零" in measurement.missing_in("zh-cn")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("key", "params"),
    [
        ("phase_age", PhaseAge()),
        ("phase_pace", PhasePace()),
        *(
            ("rally_rank", RallyRank(by, among, 3))
            for by in get_args(By)
            for among in get_args(Among)
        ),
        ("rally_rank", RallyRank("gain", "peers", 3, 15.0)),
    ],
)
def test_our_own_words_are_read_back(
    lake: Lake, key: str, params: Params, language: Language
) -> None:
    view = View(lake, date.fromisoformat(DAYS[15]))
    measurement = measure(key, view, view.instrument("SPX"), params)
    claim = state(measurement)
    text = NAMES[language] + get(key).wording(claim, measurement).predicate(language).text
    text += "." if language == "en" else "。"
    (read,) = read_claims(read_document(text), view.as_of)
    fields = ("metric", "subject", "params", "as_of", "value", "unit")
    assert [getattr(read, one) for one in fields] == [getattr(claim, one) for one in fields]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_bull_market_below_its_trough_is_still_one(tmp_path: Path, language: Language) -> None:
    """From 100 to 120 and back to 97 is a fall of 19%: no bear market, and no gain either."""
    closes = zip(DAYS, [130, 100, 120, 97], strict=False)
    lines = ["symbol,date,close", *(f"SPX,{day},{close}" for day, close in closes)]
    (tmp_path / "closes.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    lake = Lake.create(tmp_path / "lake")
    assert not import_bars(lake, [tmp_path / "closes.csv"], today=date(2026, 1, 1)).errors
    view = View(lake, date.fromisoformat(DAYS[3]))
    measurement = measure("phase", view, view.instrument("SPX"))
    assert measurement.value == pytest.approx(-3)
    said = get("phase").wording(state(measurement), measurement).predicate(language).text
    bull = {
        "en": "is in a bull market by the 20% convention, down 3.00% from its trough of ",
        "zh-cn": "按20%的惯例处于牛市，自",
        "zh-hk": "按20%的慣例處於牛市，自",
    }
    assert said.startswith(bull[language])
    text = NAMES[language] + said + ("." if language == "en" else "。")
    (read,) = read_claims(read_document(text), view.as_of)
    assert (read.metric, read.value) == ("phase", -3.0)
    assert measure("phase_age", view, view.instrument("SPX")).value == 2


@pytest.fixture(scope="module")
def monthly(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    """A point up or down a month, the same close all month: from 100 to 120, 105 and 115."""
    levels = [*range(100, 120), *range(120, 105, -1), *range(105, 116)]
    lines = ["symbol,date,close"]
    for day in xcals.get_calendar("XNYS").sessions_in_range("2010-01-01", "2013-10-31"):
        month = 12 * (day.year - 2010) + day.month - 1
        lines.append(f"SPX,{day:%Y-%m-%d},{levels[month]}")
    folder = tmp_path_factory.mktemp("monthly")
    (folder / "closes.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    made = Lake.create(folder / "lake")
    assert not import_bars(made, [folder / "closes.csv"], today=date(2026, 1, 1)).errors
    return made


@pytest.mark.parametrize("threshold", [20.0, 12.5])
@pytest.mark.parametrize("language", LANGUAGES)
def test_turning_points_are_known_months_later(
    monthly: Lake, language: Language, threshold: float
) -> None:
    """Peak of September 2011, trough of December 2012, which is a turn from June 2013 on."""
    params = Phase(threshold, "turning_points")
    view = View(monthly, date(2013, 10, 31))
    measurement = measure("phase", view, view.instrument("SPX"), params)
    assert measurement.value == pytest.approx(100 * (115 / 105 - 1))
    cited = [(str(row.date), row.value) for row in measurement.evidence.rows]
    assert cited == [("2012-12-31", 105), ("2013-06-28", 111), ("2013-10-31", 115)]
    claim = state(measurement)
    said = get("phase").wording(claim, measurement).predicate(language).text
    text = NAMES[language] + said + ("." if language == "en" else "。")
    (read,) = read_claims(read_document(text), view.as_of)
    fields = ("metric", "subject", "params", "as_of", "value", "unit")
    assert [getattr(read, one) for one in fields] == [getattr(claim, one) for one in fields]
    # June is over on its last session only once July has one.
    for day, missing in (("2013-06-28", "began before the data do"), ("2013-07-01", "")):
        earlier = View(monthly, date.fromisoformat(day))
        assert missing in measure("phase", earlier, earlier.instrument("SPX"), params).missing


def test_before_any_turn_there_is_no_phase_by_turning_points(monthly: Lake) -> None:
    view = View(monthly, date(2011, 6, 30))
    measurement = measure("phase", view, view.instrument("SPX"), Phase(20.0, "turning_points"))
    assert measurement.missing == (
        "monthly closes of SPX with a turning point, known months after it, since 2010-01-04"
    )


# From 105 in December 2012 to 115 is a rise of 9.5%; the peak was in September 2011.
@pytest.mark.parametrize(
    ("day", "threshold", "disagree"),
    [
        ("2013-10-31", 9.0, False),  # a bull market from December 2012 on, either way
        ("2013-10-31", 12.0, True),  # by the convention a bear market still
        ("2013-10-31", 20.0, False),  # no move of 20% back since 120: no phase to agree with
        ("2011-06-30", 9.0, False),  # no turning point yet
    ],
)
def test_the_datings_disagree_by_hand(
    monthly: Lake, day: str, threshold: float, disagree: bool
) -> None:
    view = View(monthly, date.fromisoformat(day))
    assert datings_disagree(view, view.instrument("SPX"), threshold) is disagree


@pytest.mark.parametrize(
    ("day", "disagree"),
    [
        ("2009-12-31", False),  # 9 March by the convention, the end of February by turning points
        (
            "2018-01-26",
            True,
        ),  # since 2009 by the convention, since September 2015 by turning points
        ("2009-06-30", True),  # the turn of February is known in August only
    ],
)
def test_a_month_end_beside_the_day_is_the_same_beginning(
    bundled_lake: Lake, day: str, disagree: bool
) -> None:
    view = View(bundled_lake, date.fromisoformat(day))
    assert datings_disagree(view, view.instrument("SPX")) is disagree


# Troughs that everybody names: the S&P 500's of 9 March 2009 (more than ten years before) and the
# Nasdaq's of 8 October 1998.
@pytest.mark.shared
@pytest.mark.parametrize(
    ("subject", "day", "trough"),
    [
        ("SPX", "2020-02-19", "2009-03-09"),
        ("IXIC", "2000-03-10", "1998-10-08"),
        ("HSTECH", "2025-02-13", "2025-01-13"),
    ],
)
def test_the_trough_of_a_rally(market_lake: Lake, subject: str, day: str, trough: str) -> None:
    view = View(market_lake, date.fromisoformat(day))
    measurement = measure("phase_age", view, view.instrument(subject))
    assert str(measurement.evidence.rows[0].date) == trough
    between = calendars.sessions_between("XNYS", date.fromisoformat(trough), view.as_of)
    if subject != "HSTECH":
        assert measurement.value == between


@pytest.mark.shared
def test_the_longest_bull_market_is_the_longest(market_lake: Lake) -> None:
    """The bull market of 2009 to 2020 is the second longest since 1928, after that of 1987."""
    view = View(market_lake, date(2020, 2, 19))
    instrument = view.instrument("SPX")
    measurement = measure("rally_rank", view, instrument, RallyRank("age"))
    sample = measurement.evidence.rows[2].value
    assert measurement.value == sample - 1
    # Known on its last day: nothing of the fall that ended it, nor of what came later.
    later = View(market_lake, date(2026, 8, 21)).at(date(2020, 2, 19))
    assert measure("rally_rank", later, instrument, RallyRank("age")).value == measurement.value
