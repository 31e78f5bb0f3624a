"""The section that comes first: its claim, its sentences, its charts, and doing without each."""

from __future__ import annotations

import dataclasses
import re
from datetime import date
from itertools import pairwise

import altair as alt
import numpy as np
import pytest

from springtide.brief import drawing
from springtide.brief.compose import compose
from springtide.brief.model import Section
from springtide.brief.outlook import outlook_section, without_outlook
from springtide.brief.outlook_charts import Dating, fan_chart, lifetimes_chart
from springtide.brief.render import brief_json, render_svg
from springtide.brief.render.hugo import hugo_page
from springtide.claims.schema import validate
from springtide.errors import DataError
from springtide.language.messages import message
from springtide.market.lake import Lake
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.outlook.ahead import said_ahead
from springtide.outlook.model import Fan, LeftOut, Lifetimes, Outlook
from springtide.outlook.words import probability

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
    assert others[0].text["en"].startswith("That day's low is where this rally began")


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
    assert section.sentences[0].text["en"].startswith("The low of 8 March 2009 is where")
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
    assert [chart.key for chart in section.charts] == ["outlook_fan", "outlook_lifetimes"]
    for chart in section.charts:
        for language in LANGUAGES:
            alt.LayerChart.from_dict(chart.spec[language], validate=True)
            svg = render_svg(chart.spec[language])
            assert chart.title[language].replace("&", "&amp;") in svg
            assert not re.search("NaN|undefined|null", svg)


def test_alternative_text_holds_no_figure_but_the_date(section: Section) -> None:
    for chart in section.charts:
        for language, text in chart.alt.items():
            assert NAMES[language] in text
            without = text.replace(NAMES[language], "")
            without = re.sub("31 December 2009|2009年12月31日", "", without)
            assert not re.search(r"\d|[{}]", without), text


def rows_of(spec: dict[str, object], *keys: str) -> list[dict[str, float]]:
    """Return the rows that have exactly these columns."""
    datasets = spec["datasets"]
    assert isinstance(datasets, dict)
    return [row for rows in datasets.values() for row in rows if set(row) == set(keys)]


def test_the_fan_opens_at_the_last_close_and_holds_its_quantiles(
    section: Section, outlook_by_hand: Outlook
) -> None:
    fan = outlook_by_hand.fan
    assert fan is not None
    rows = rows_of(section.charts[0].spec["en"], "s", "low", "high", "k")
    assert {(row["low"], row["high"]) for row in rows if row["s"] == 0} == {(1115.10, 1115.10)}
    widest = {row["s"]: (row["low"], row["high"]) for row in rows if row["k"] == 0}
    assert widest[250] == pytest.approx((fan.prices[0][-1], fan.prices[-1][-1]))
    narrow = {row["s"]: (row["low"], row["high"]) for row in rows if row["k"] == 1}
    assert narrow[250] == pytest.approx((fan.prices[1][-1], fan.prices[-2][-1]))
    shown = section.charts[0].spec["en"]["datasets"]["shown"]
    assert [shown[0]["s"], shown[-1]["s"], shown[-1]["v"]] == [-120, 0, 1115.10]
    assert "50% and 80% of paths (GARCH" in str(section.charts[0].spec["en"]["title"])


def test_analogues_go_through_the_last_close_and_not_beyond_the_picture(
    section: Section, outlook_by_hand: Outlook
) -> None:
    rows = rows_of(section.charts[0].spec["en"], "s", "v", "k")
    lines = [row for row in rows if row["k"] != "past"]
    assert {row["k"] for row in lines} == {0, 1, 2}
    assert {row["v"] for row in lines if row["s"] == 0} == {1115.10}
    assert all(-120 <= row["s"] <= 250 for row in lines)
    after = {row["s"]: row["v"] for row in lines if row["k"] == 0}
    assert after[180] == pytest.approx(1115.10 * np.exp(0.0007 * 180))


def test_the_fan_marks_the_top_that_the_words_tell_and_dates_its_axis(
    section: Section, outlook_by_hand: Outlook
) -> None:
    told = said_ahead(outlook_by_hand)
    assert told is not None
    assert told.middle_gain is not None
    spec = section.charts[0].spec["en"]
    (top,) = rows_of(spec, "s", "v", "low", "high", "first", "last")
    assert top["s"] == pytest.approx(told.middle_sessions)
    assert top["v"] == pytest.approx(1115.10 * (1 + told.middle_gain))
    axis = spec["layer"][0]["encoding"]["x"]["axis"]
    assert '"120": "Jun 2010"' in axis["labelExpr"]
    assert "the top in the middle case" in str(spec["title"])
    assert "of paths (GARCH simulation)" in str(spec["title"])


def test_a_fan_alone_says_nothing_of_analogues(outlook_by_hand: Outlook) -> None:
    fan = Fan((5, 20), (0.1, 0.5, 0.9), ((99.0, 98.0), (99.5, 99.0), (100.5, 101.0)))
    dating = Dating((date(2009, 12, 30), date(2009, 12, 31)))
    chart = fan_chart(np.array([98.0, 100.0]), dating, fan, (), None, NAMES)
    assert "similar" not in chart.alt["en"] + str(chart.spec["en"]["title"])
    assert "below the last close" in chart.alt["en"]
    assert "低于最后一个收盘价" in chart.alt["zh-cn"]
    render_svg(chart.spec["zh-cn"])


def test_the_age_is_marked_on_the_survival_curve(section: Section) -> None:
    spec = section.charts[1].spec
    assert {"s": 207} in rows_of(spec["en"], "s")
    svg = render_svg(spec["en"])
    assert "207 sessions so far" in svg
    assert "1,189 rallies that are over, 45 still running" in svg
    chinese = render_svg(spec["zh-cn"])
    assert "至今207个交易日" in chinese
    assert "1,189轮已结束的行情，45轮仍在进行" in chinese
    shown = spec["en"]["datasets"]["shown"]
    assert shown[0] == {"s": 0.0, "v": 100.0, "low": 100.0, "high": 100.0}
    assert all(before["v"] >= after["v"] for before, after in pairwise(shown))


def test_a_rally_older_than_any_is_still_in_the_picture(outlook_by_hand: Outlook) -> None:
    rally = outlook_by_hand.rally
    assert rally is not None
    lives = Lifetimes((20.0, 60.0), (0.5, 0.0), (0.2, 0.0), (0.8, 0.0), 2, 0, 1)
    chart = lifetimes_chart(lives, rally, NAMES)
    assert chart.spec["en"]["layer"][0]["encoding"]["x"]["scale"]["domain"] == [0, 207]
    assert "few of them lasted longer" in chart.alt["en"]
    assert chart.spec["en"]["datasets"]["shown"][-1]["s"] == 207
    assert drawing.INK in render_svg(chart.spec["en"])


# --- the brief -----------------------------------------------------------------------------------


def test_a_brief_begins_with_it_and_holds_every_figure(view: View, spx: Instrument) -> None:
    brief = compose(view, spx)
    first = brief.sections[0]
    assert (first.key, first.heading["en"]) == ("outlook", "How long can it last?")
    assert brief.outlook is not None
    said = brief.outlook.said
    assert said is not None
    text = " ".join(one.text["en"] for one in first.sentences)
    for p in (said.top_is_in, said.peak_within(60), said.peak_within(120)):
        assert probability(p).text("en") in text
    document = brief_json(brief)
    validate(document, "brief")
    validate(document["outlook"], "outlook")
    shown = document["outlook"]["shown"]
    (made,) = [one for one in document["outlook"]["forecasts"] if one["method"] == shown]
    assert made["peak"][0] == {"sessions": 0, "probability": said.top_is_in}


def test_a_brief_without_an_outlook_is_still_one(view: View, spx: Instrument) -> None:
    brief = compose(view, spx, ("en",))
    failed = without_outlook(DataError("There is no close of X"), ("en",))
    without = dataclasses.replace(brief, outlook=None, sections=(failed, *brief.sections[1:]))
    document = brief_json(without)
    validate(document, "brief")
    assert document["outlook"] is None
    assert "No outlook could be made" in hugo_page(without, "en")
