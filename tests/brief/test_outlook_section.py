"""The section that comes first: its claim, its sentences, its charts, and doing without each."""

from __future__ import annotations

import dataclasses
import re
from datetime import date
from itertools import pairwise

import pytest
from tests.brief.conftest import day_of, line_of

from springtide.brief.compose import compose
from springtide.brief.model import Section
from springtide.brief.outlook import outlook_section, without_outlook
from springtide.brief.outlook_charts import lifetimes_chart
from springtide.brief.plot import Area, Line, Points, Rule
from springtide.brief.render import brief_json, chart_svg
from springtide.brief.render.hugo import hugo_page
from springtide.brief.render.svg import INKS
from springtide.claims.schema import validate
from springtide.errors import DataError
from springtide.language.messages import message
from springtide.market.lake import Lake
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.outlook.ahead import said_ahead
from springtide.outlook.model import LeftOut, Lifetimes, Outlook
from springtide.outlook.words import probability_percent

LANGUAGES = ("en", "zh-cn")
NAMES = {"en": "S&P 500", "zh-cn": "标普500指数"}


@pytest.fixture(scope="module")
def view(bundled_lake: Lake) -> View:
    return View(bundled_lake, date(2009, 12, 31))


@pytest.fixture(scope="module")
def spx(view: View) -> Instrument:
    return view.instrument("SPX")


@pytest.fixture(scope="module")
def section(outlook_by_hand: Outlook, view: View, spx: Instrument) -> Section:
    return outlook_section(outlook_by_hand, view, spx, LANGUAGES)


def test_the_move_so_far_is_a_claim_and_what_may_come_is_none(section: Section) -> None:
    first, *others = section.sentences
    assert first.text["en"] == "The S&P 500 has risen 64.83% since 9 March 2009."
    assert first.text["zh-cn"] == "标普500指数自2009年3月9日以来累计上涨64.83%。"
    (statement,) = first.statements
    assert statement.claim.metric == "period_return"
    # 1,115.10 over 676.53, the published closes of 31 December and 9 March 2009.
    assert statement.measurement.value == pytest.approx(100 * (1115.10 / 676.53 - 1))
    assert len(others) == 7
    assert not any(one.statements for one in others)
    assert others[0].text["en"].startswith("This rally began at that low")


def test_what_was_left_out_is_listed_with_the_reason(section: Section) -> None:
    assert section.missing == {
        "en": ("survival model: closes of SPX before 1999-01-04: valuation is needed",),
        "zh-cn": ("生存模型：需要SPX在1999-01-04之前的收盘价",),
    }


def test_a_bear_market_is_measured_from_its_high(
    bundled_lake: Lake, outlook_by_hand: Outlook
) -> None:
    view = View(bundled_lake, date(2008, 10, 13))
    bear = Outlook("SPX", view.as_of, None, "bear", date(2007, 10, 9), 1003.35 / 1565.15 - 1)
    section = outlook_section(bear, view, view.instrument("SPX"), LANGUAGES)
    # From 1,565.15 on 9 October 2007 to 1,003.35, as published.
    assert section.sentences[0].text["en"] == "The S&P 500 has fallen 35.89% since 9 October 2007."
    assert "No rally is running" in section.sentences[1].text["en"]
    assert section.charts == ()
    assert section.missing is None


def test_without_the_low_in_the_data_the_paragraph_says_it_itself(
    outlook_by_hand: Outlook, view: View, spx: Instrument
) -> None:
    assert outlook_by_hand.rally is not None
    rally = dataclasses.replace(outlook_by_hand.rally, start=date(2009, 3, 8))  # a Sunday
    moved = dataclasses.replace(outlook_by_hand, rally=rally)
    section = outlook_section(moved, view, spx, LANGUAGES, drawn=False)
    assert not any(one.statements for one in section.sentences)
    assert section.sentences[0].text["en"].startswith("This rally began at the low of 8 March 2009")
    assert section.charts == ()


def test_nothing_known_needs_no_chart_and_no_claim(view: View, spx: Instrument) -> None:
    why = LeftOut("garch", message("outlook.not-daily"))
    unknown = Outlook("SPX", view.as_of, None, "undetermined", left_out=(why,))
    section = outlook_section(unknown, view, spx, LANGUAGES)
    (only,) = section.sentences
    assert only.text["en"] == "How long it can last cannot be told: daily closes are needed."
    assert (section.charts, section.missing) == ((), None)


def test_an_outlook_that_failed_says_why() -> None:
    section = without_outlook(DataError("There is no close of X"), LANGUAGES)
    assert section.missing == {
        "en": ("No outlook could be made: There is no close of X.",),
        "zh-cn": ("无法作出展望：There is no close of X.",),
    }


# --- charts --------------------------------------------------------------------------------------


def test_both_charts_are_drawn_in_both_languages(section: Section) -> None:
    assert [chart.key for chart in section.charts] == ["front", "outlook_lifetimes"]
    for chart in section.charts:
        for language in LANGUAGES:
            svg = chart_svg(chart, language)
            assert chart.title[language].replace("&", "&amp;") in svg
            assert "nan" not in svg


def test_alternative_text_holds_no_figure_but_the_date(section: Section) -> None:
    for chart in section.charts:
        for language, text in chart.alt.items():
            assert NAMES[language] in text
            without = text.replace(NAMES[language], "")
            without = re.sub(r"31 December 2009|\w+ 2008|2009年12月31日|2008年\d+月", "", without)
            assert not re.search(r"\d|[{}]", without), text


def test_the_fan_opens_at_the_last_close_and_holds_its_quantiles(
    section: Section, outlook_by_hand: Outlook
) -> None:
    fan = outlook_by_hand.fan
    assert fan is not None
    plot = section.charts[0].plot["en"]
    wide, narrow = (one for one in plot.marks if isinstance(one, Area))
    assert (wide.low[0], wide.high[0]) == (1115.10, 1115.10)
    assert (wide.low[-1], wide.high[-1]) == pytest.approx((fan.prices[0][-1], fan.prices[-1][-1]))
    inner = (fan.prices[1][-1], fan.prices[-2][-1])
    assert (narrow.low[-1], narrow.high[-1]) == pytest.approx(inner)
    close = next(one for one in plot.marks if isinstance(one, Line) and one.name == "close")
    assert (day_of(close.xs[-1]), close.ys[-1]) == ("2009-12-31", 1115.10)
    assert "50% and 80% of simulated paths" in plot.note


@pytest.mark.parametrize(("calendar", "last"), [("XNYS", "2010-12-29"), ("", "2010-12-16")])
def test_the_fan_is_dated_by_the_sessions_of_the_calendar(
    outlook_by_hand: Outlook, view: View, spx: Instrument, calendar: str, last: str
) -> None:
    """The New York Stock Exchange traded 252 sessions in 2010: its 250th was 29 December."""
    dated = dataclasses.replace(outlook_by_hand, calendar=calendar)
    plot = outlook_section(dated, view, spx, ("en",)).charts[0].plot["en"]
    (wide, _) = (one for one in plot.marks if isinstance(one, Area))
    assert day_of(wide.xs[-1]) == last
    assert plot.last == wide.xs[-1]


def test_the_chart_marks_the_top_that_the_words_tell(
    section: Section, outlook_by_hand: Outlook
) -> None:
    told = said_ahead(outlook_by_hand)
    assert told is not None
    assert told.middle_gain is not None
    plot = section.charts[0].plot["en"]
    (top,) = (one for one in plot.marks if isinstance(one, Points) and one.shape == "diamond")
    assert day_of(top.xs[0]) == str(told.middle_date)
    assert top.ys[0] == pytest.approx(1115.10 * (1 + told.middle_gain))
    assert "the top in the middle case" in plot.note


def test_the_chart_reaches_back_to_before_the_rally_began(section: Section) -> None:
    plot = section.charts[0].plot["en"]
    assert day_of(plot.first) < "2009-03-09"


def test_the_age_is_marked_on_the_survival_curve(section: Section) -> None:
    chart = section.charts[1]
    assert [one.at for one in chart.plot["en"].marks if isinstance(one, Rule)] == [207.0]
    svg = chart_svg(chart, "en")
    assert "207 sessions so far" in svg
    assert "1,189 rallies that are over, 45 still running" in chart.plot["en"].note
    assert "至今207个交易日" in chart_svg(chart, "zh-cn")
    assert "1,189轮已结束的行情，45轮仍在进行" in chart.plot["zh-cn"].note
    line = line_of(chart.plot["en"])
    assert (line.xs[0], line.ys[0]) == (0.0, 100.0)
    assert all(before >= after for before, after in pairwise(line.ys))


def test_a_rally_older_than_any_is_still_in_the_picture(outlook_by_hand: Outlook) -> None:
    rally = outlook_by_hand.rally
    assert rally is not None
    lives = Lifetimes((20.0, 60.0), (0.5, 0.0), (0.2, 0.0), (0.8, 0.0), 2, 0, 1)
    chart = lifetimes_chart(lives, rally, NAMES)
    assert (chart.plot["en"].first, chart.plot["en"].last) == (0, 207)
    assert "few of them lasted longer" in chart.alt["en"]
    assert line_of(chart.plot["en"]).xs[-1] == 207
    assert INKS["ink"] in chart_svg(chart, "en")


# --- the brief -----------------------------------------------------------------------------------


def test_a_brief_begins_with_it_and_holds_every_figure(view: View, spx: Instrument) -> None:
    brief = compose(view, spx)
    first = brief.sections[0]
    assert [one.key for one in brief.sections[:2]] == ["front", "outlook"]
    assert brief.outlook is not None
    said = brief.outlook.said
    assert said is not None
    text = " ".join(one.text["en"] for one in first.sentences)
    for p in (said.top_is_in, said.peak_within(60), said.peak_within(120)):
        assert probability_percent(p).text("en") in text
    document = brief_json(brief)
    validate(document, "brief")
    validate(document["outlook"], "outlook")
    shown = document["outlook"]["shown"]
    (made,) = [one for one in document["outlook"]["forecasts"] if one["method"] == shown]
    assert made["peak"][0] == {"sessions": 0, "probability": said.top_is_in}


def test_a_brief_without_an_outlook_is_still_one(view: View, spx: Instrument) -> None:
    brief = compose(view, spx, ("en",))
    failed = without_outlook(DataError("There is no close of X"), ("en",))
    without = dataclasses.replace(brief, outlook=None, sections=(failed, *brief.sections[2:]))
    document = brief_json(without)
    validate(document, "brief")
    assert document["outlook"] is None
    assert "No outlook could be made" in hugo_page(without, "en")
