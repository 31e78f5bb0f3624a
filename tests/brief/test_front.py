"""The first screen, and how paragraphs are planned."""

from __future__ import annotations

import re
from datetime import date

import pytest

from springtide.brief.compose import compose
from springtide.brief.model import Brief, Section
from springtide.language.messages import LANGUAGES
from springtide.language.types import Period
from springtide.market.lake import Lake
from springtide.market.view import View
from springtide.outlook.ahead import said_ahead
from springtide.outlook.words import probability_percent


def made(lake: Lake, subject: str, day: str) -> Brief:
    view = View(lake, date.fromisoformat(day))
    return compose(view, view.instrument(subject), LANGUAGES)


def section(brief: Brief, key: str) -> Section:
    return next(one for one in brief.sections if one.key == key)


def test_it_says_how_far_the_chances_and_when(bundled_lake: Lake) -> None:
    """S&P 500: 676.53 on 9 March 2009, 1,115.10 on 31 December, 207 sessions later."""
    brief = made(bundled_lake, "SPX", "2009-12-31")
    far, chance, top = section(brief, "front").tiles
    assert far.figure["en"] == far.figure["zh-hk"] == "+64.8%"
    assert far.caption["en"] == "in 207 sessions, since the low of 9 March 2009"
    assert far.caption["zh-cn"] == "207个交易日内，自2009年3月9日低点起"
    assert brief.outlook is not None
    told = said_ahead(brief.outlook)
    assert told is not None
    assert chance.figure["en"] == probability_percent(told.top_is_in).text("en")
    assert probability_percent(told.within_60).text("en") in chance.caption["en"]
    assert probability_percent(told.within_120).text("en") in chance.caption["en"]
    day = told.middle_date
    assert day is not None
    assert top.figure["zh-cn"] == f"{day.year}年{day.month}月{day.day}日"


def test_in_a_bear_market_it_says_how_far_the_price_has_fallen(bundled_lake: Lake) -> None:
    """S&P 500: 1,565.15 on 9 October 2007, 1,003.35 on 13 October 2008."""
    front = section(made(bundled_lake, "SPX", "2008-10-13"), "front")
    (far,) = front.tiles
    assert far.figure["en"] == "-35.9%"
    assert far.caption["en"].endswith("since the high of 9 October 2007")
    assert front.charts[0].plot["en"].panels


@pytest.mark.parametrize("day", ["2000-03-10", "2002-10-09", "2009-06-30", "2018-12-24"])
def test_each_side_has_at_most_three_facts_each_a_claim(bundled_lake: Lake, day: str) -> None:
    front = section(made(bundled_lake, "IXIC", day), "front")
    for side in ("for", "against"):
        listed = [one for one in front.sentences if one.side == side]
        assert 1 <= len(listed) <= 3
        assert all(len(one.statements) == 1 for one in listed)


def test_its_chart_has_the_phases_the_price_and_what_may_come(bundled_lake: Lake) -> None:
    brief = made(bundled_lake, "SPX", "2009-12-31")
    (chart,) = section(brief, "front").charts
    assert chart.key == "front"
    assert "outlook_fan" not in {c.key for s in brief.sections for c in s.charts}
    assert "rising" in chart.alt["en"]


def test_a_move_is_said_once(bundled_lake: Lake) -> None:
    """The low of the year 2009 was that of the rally: since it, and since then, is one thing."""
    text = made(bundled_lake, "SPX", "2009-12-31")
    moves = [
        one.measurement.evidence.rows[0].date
        for part in text.sections
        for line in part.sentences
        for one in line.statements
        if one.claim.metric == "period_return"
    ]
    assert len(moves) == len(set(moves))


def test_a_record_says_since_when_data_are_on_file(bundled_lake: Lake) -> None:
    """The sample's Nasdaq Composite begins on 4 January 1999; the index is of 1971."""
    level = section(made(bundled_lake, "IXIC", "2000-03-10"), "level")
    (line,) = [
        one for one in level.sentences if one.statements[0].claim.metric == "high_low_record"
    ]
    (statement,) = line.statements
    first = date(1999, 1, 4)
    assert statement.claim.params.lookback == Period("since", first)  # type: ignore[attr-defined]
    assert line.text["en"].endswith("since 4 January 1999, where the data on file begin.")
    assert line.text["zh-cn"].endswith("（数据自该日起）。")


NEVER = re.compile(
    r"has its \d+-day moving average|saw a volume|is over, and its top is known|"
    r"。该(?:指数|股)(?!本轮)|。該(?:指數|股)(?!今輪)"
)


@pytest.mark.parametrize(("subject", "day"), [("IXIC", "2000-03-10"), ("SPX", "2017-01-25")])
def test_an_editor_has_nothing_to_strike_out(bundled_lake: Lake, subject: str, day: str) -> None:
    brief = made(bundled_lake, subject, day)
    planned = [one for one in brief.sections if one.key in ("level", "advance", "momentum", "risk")]
    for part in (*planned, section(brief, "outlook")):
        for language in LANGUAGES:
            text = "".join(one.text[language] for one in part.text)
            assert not NEVER.search(text), text
        assert len((part.missing or {}).get("en", ())) <= 3
