"""When a number is of: its day, stretch, part of the session, and how it is said.

Days are worked by hand from the exchanges' holidays: Hong Kong closed from 29 to 31 January 2025
for the Lunar New Year, the mainland from 28 January to 4 February; 13 February 2025 is a Thursday.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from springtide.reading.document import read_document
from springtide.reading.numbers.frame import Kind, Subject, When
from springtide.reading.numbers.scene import lay_out
from springtide.reading.numbers.times import assign

Claims = dict[str, tuple[str, int, str]]


def whens(text: str, stamp: str, claims: Claims) -> dict[str, When]:
    """Read the time of the numbers that are told to be claims: measure, sign, instrument."""
    article = read_document(f'---\ntitle: "note"\ndate: "{stamp}"\n---\n\n{text}\n')
    scene = lay_out(article)
    kinds: list[list[Kind]] = []
    subjects: list[list[tuple[Subject, ...]]] = []
    at: dict[tuple[int, int], str] = {}
    for block in scene.blocks:
        kinds.append([])
        subjects.append([])
        for i, number in enumerate(block.numbers):
            key = next((one for one in claims if one in number.text), "")
            measure, sign, instrument = claims.get(key, ("", 0, ""))
            kinds[-1].append(Kind(bool(key), measure, sign=sign))
            subjects[-1].append((Subject("", instrument),) if key else ())
            if key:
                at[block.index, i] = key
    read = assign(scene, kinds, subjects)
    assert set(at.values()) == set(claims), "a number was not found"
    return {key: read[b][i] for (b, i), key in at.items()}


def when(text: str, stamp: str, number: str, *claim: Any) -> When:
    """Read the time of one number."""
    return whens(text, stamp, {number: claim})[number]


CHANGE_UP = ("price_change", 1, "HSI")
CHANGE_DOWN = ("price_change", -1, "HSI")
LEVEL = ("price_level", 0, "HSI")

DAYS = [
    # Stamps without a zone are China's: a Hong Kong session runs until 16:00.
    ("恒指升1.3%。", "2025-02-13 17:05:00", "1.3", CHANGE_UP, "2025-02-13", "close"),
    ("恒指升1.3%。", "2025-02-13 11:05:00", "1.3", CHANGE_UP, "2025-02-13", "live"),
    ("恒指升1.3%。", "2025-02-13 08:05:00", "1.3", CHANGE_UP, "2025-02-12", "close"),
    # After the Lunar New Year holiday the last session is that of 28 January.
    ("恒指升1.3%。", "2025-02-02 10:00:00", "1.3", CHANGE_UP, "2025-01-28", "close"),
    # New York's session of the day before has closed at eight in the morning in China.
    (
        "道指收跌1.3%。",
        "2025-02-13 08:05:00",
        "1.3",
        ("price_change", -1, "DJIA"),
        "2025-02-12",
        "close",
    ),
    ("恒指上一交易日跌1.3%。", "2025-02-13", "1.3", CHANGE_DOWN, "2025-02-12", "close"),
    ("恒指周二跌1.3%。", "2025-02-13 10:00:00", "1.3", CHANGE_DOWN, "2025-02-11", "close"),
    ("截至2月7日收市，恒指报21133点。", "2025-02-13 10:00", "21133", LEVEL, "2025-02-07", "close"),
    ("恒指一年前收报15746点。", "2025-02-13", "15746", LEVEL, "2024-02-09", "close"),
    ("恒指上周累升4.5%。", "2025-02-12 11:00:00", "4.5", CHANGE_UP, "2025-02-07", "close"),
    ("今日恒指曾高见22100点。", "2025-02-13 18:00:00", "22100", LEVEL, "2025-02-13", "high"),
    ("恒指高开1.1%。", "2025-02-13 18:00:00", "1.1", CHANGE_UP, "2025-02-13", "open"),
    (
        "The Hang Seng Index rose as much as 2.4% on Wednesday.",
        "2025-02-13 18:00:00",
        "2.4",
        CHANGE_UP,
        "2025-02-12",
        "high",
    ),
    (
        "The Hang Seng Index closed at 20,900 points a week ago.",
        "2025-02-13",
        "20,900",
        LEVEL,
        "2025-02-06",
        "close",
    ),
    (
        "Shares of the carmaker rose 2% in premarket trading.",
        "2025-02-13 21:30:00",
        "2%",
        ("price_change", 1, "TSLA"),
        "2025-02-13",
        "premarket",
    ),
]


@pytest.mark.parametrize(("text", "stamp", "number", "claim", "day", "basis"), DAYS)
def test_the_day_and_the_part_of_the_session(
    text: str, stamp: str, number: str, claim: tuple[str, int, str], day: str, basis: str
) -> None:
    read = when(text, stamp, number, *claim)
    assert (str(read.as_of), read.basis) == (day, basis)


STRETCHES = [
    ("恒指升1.3%。", "day", "2025-02-12"),
    ("恒指较一年前升1.3%。", "year", "2024-02-09"),  # 13 February 2024 is a holiday
    ("恒指较1月底升1.3%。", "since", "2025-01-28"),
    ("恒指较上周五升1.3%。", "since", "2025-02-07"),
    ("恒指今年以来累升1.3%。", "ytd", "2024-12-31"),
    ("恒指新年以来累升1.3%。", "ytd", "2024-12-31"),
    ("恒指自去年11月以来升1.3%。", "since", "2024-10-31"),
    ("恒指自年中以来升1.3%。", "since", "2024-06-28"),
    ("恒指过去30天升1.3%。", "last", "2025-01-14"),
    ("恒指全周累升1.3%。", "week", "2025-02-07"),
    ("The Hang Seng Index rose 1.3% from a week ago.", "week", "2025-02-06"),
    ("The Hang Seng Index was up 1.3% from last Friday.", "since", "2025-02-07"),
    ("The Hang Seng Index has gained 1.3% since November.", "since", "2024-10-31"),
    ("The Hang Seng Index gained 1.3% over the past month.", "month", "2025-01-13"),
    ("The Hang Seng Index jumped 1.3% weekly.", "week", "2025-02-07"),
    ("The Hang Seng Index is 1.3% below its 52-week high.", "since", "None"),
    ("恒指本轮累计升1.3%。", "since", "None"),
    ("本轮行情以来，恒指已累计升1.3%。", "since", "None"),
    ("这一波上涨中，恒指累计涨幅达1.3%。", "since", "None"),
    ("行情启动至今，恒指已累计上涨1.3%。", "since", "None"),
    ("In the current rally, the Hang Seng Index has gained 1.3%.", "since", "None"),
    ("恒指周升1.3%。", "week", "2025-02-07"),
    ("恒指月涨1.3%。", "month", "2025-01-28"),
    ("The Hang Seng Index ended the month 1.3% higher.", "month", "2025-01-28"),
    ("1月涨3%的恒指今日升1.3%。", "day", "2025-02-12"),
]


@pytest.mark.parametrize(("text", "kind", "first"), STRETCHES)
def test_the_stretch_and_the_day_it_counts_from(text: str, kind: str, first: str) -> None:
    read = when(text, "2025-02-13", "1.3", *CHANGE_UP)
    assert (read.period, str(read.first)) == (kind, first)
    assert read.as_of == date(2025, 2, 13)


def test_a_week_with_a_holiday_counts_from_the_last_session_before_it() -> None:
    hong_kong = when("恒指上周累升1.3%。", "2025-02-11", "1.3", *CHANGE_UP)
    mainland = when("上证指数上周累升1.3%。", "2025-02-11", "1.3", "price_change", 1, "SSE")
    assert (str(hong_kong.first), str(hong_kong.last)) == ("2025-01-28", "2025-02-07")
    assert (str(mainland.first), str(mainland.last)) == ("2025-01-27", "2025-02-07")


def test_a_fall_a_day_earlier_counts_from_the_rise_before_it() -> None:
    for text in (
        "恒指上涨5.6%，前一交易日下跌0.9%。",
        "恒指上涨5.6%，前日跌0.9%。",
        "The Hang Seng Index rose 5.6% after falling 0.9% a day earlier.",
    ):
        read = whens(text, "2025-02-14", {"5.6": CHANGE_UP, "0.9": CHANGE_DOWN})
        assert (str(read["5.6"].as_of), str(read["0.9"].as_of)) == ("2025-02-14", "2025-02-13")


def test_against_the_session_before_is_todays_move() -> None:
    read = when("恒指较前一交易日上涨3.7%。", "2025-02-14", "3.7", *CHANGE_UP)
    assert (read.period, str(read.as_of), str(read.first)) == ("day", "2025-02-14", "2025-02-13")


def test_two_weekdays_in_one_sentence_each_have_their_number() -> None:
    text = "The Hang Seng Index rose 3.7% on Friday after a 0.9% loss on Thursday."
    read = whens(text, "2025-02-14", {"3.7": CHANGE_UP, "0.9": CHANGE_DOWN})
    assert (str(read["3.7"].as_of), str(read["0.9"].as_of)) == ("2025-02-14", "2025-02-13")


def test_two_moves_in_one_clause_have_their_own_part_of_the_session() -> None:
    read = whens(
        "恒指早段升3.1%，收市倒跌0.2%。", "2025-02-13", {"3.1": CHANGE_UP, "0.2": CHANGE_DOWN}
    )
    assert (read["3.1"].basis, read["0.2"].basis) == ("live", "close")


def test_a_path_begins_at_a_moment_of_the_session() -> None:
    read = whens(
        "恒指跌幅由2.1%收窄至0.2%。", "2025-02-13", {"2.1": CHANGE_DOWN, "0.2": CHANGE_DOWN}
    )
    assert (read["2.1"].basis, read["0.2"].basis) == ("live", "close")


def test_a_heading_and_a_list_pass_their_stretch_on() -> None:
    text = "今年以来，恒指涨幅已达9.1%；国指涨幅17.3%。"
    read = whens(text, "2025-02-14", {"9.1": CHANGE_UP, "17.3": ("price_change", 1, "HSCEI")})
    assert [read[key].period for key in ("9.1", "17.3")] == ["ytd", "ytd"]


def test_a_contract_month_is_no_stretch() -> None:
    read = when("3月交割的原油期货上涨1.3%。", "2025-02-13 20:00", "1.3", "price_change", 1, "WTI")
    assert (read.period, str(read.as_of)) == ("day", "2025-02-13")


def test_a_period_of_figures_is_not_that_of_the_price() -> None:
    text = "公司第四季度收入胜预期，股价升1.3%。"
    read = when(text, "2025-02-13 17:00:00", "1.3", "price_change", 1, "0700.HK")
    assert (read.period, str(read.as_of)) == ("day", "2025-02-13")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("If the Hang Seng Index were to close at 24,000 it would be a record.", "conditional"),
        ("如果恒指升至24,000点，将创新高。", "conditional"),
        ("该行预计恒指年底将升至24,000点。", "forecast"),
        ("恒指收报24,000点。", "stated"),
    ],
)
def test_how_a_number_is_said(text: str, said: str) -> None:
    assert when(text, "2025-02-13", "24,000", *LEVEL).modality == said


@pytest.mark.parametrize(
    "text",
    [
        "There is a 60% chance that the Hang Seng Index falls 1.3%.",
        "The Hang Seng Index could fall another 1.3%, strategists said.",
        "The Hang Seng Index would need to fall 1.3% to give it all back.",
        "若恒指失守关口，料可再跌1.3%。",
        "该行认为恒指有四成机会下跌1.3%。",
    ],
)
def test_what_may_happen_has_not_happened(text: str) -> None:
    assert when(text, "2025-02-13", "1.3", *CHANGE_DOWN).modality != "stated"


def test_a_stamp_without_a_zone_admits_the_day_of_the_markets_own_clock() -> None:
    read = when("The S&P 500 fell 1.3%.", "2025-02-13 17:30:00", "1.3", "price_change", -1, "SPX")
    assert str(read.as_of) == "2025-02-12"  # New York had not opened, by the clock of China
    assert "2025-02-13" in {str(other.as_of) for other in read.others}


def test_a_stamp_with_a_zone_leaves_no_doubt() -> None:
    read = when(
        "The S&P 500 fell 1.3%.", "2025-02-13T17:30:00-05:00", "1.3", "price_change", -1, "SPX"
    )
    assert (str(read.as_of), read.basis) == ("2025-02-13", "close")
    assert not {other.as_of for other in read.others} - {read.as_of}


def test_who_is_quoted_is_named_in_the_script_of_the_article() -> None:
    text = "建銀國際首席策略師趙文利表示，恒指有望升至24,000點。"
    assert when(text, "2025-02-13", "24,000", *LEVEL).speaker == "趙文利（建銀國際）"
