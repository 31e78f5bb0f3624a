"""The section on bubbles: each alarm beside its rate, what cannot be said, and both charts."""

from __future__ import annotations

import re
from datetime import date
from html import escape
from pathlib import Path

import numpy as np
import pytest
from tests.brief.conftest import day_of

from springtide.brief.compose import compose
from springtide.brief.exuberance import exuberance_section
from springtide.brief.exuberance_charts import confidence_chart, psy_chart
from springtide.brief.model import Brief, Chart, Section
from springtide.brief.plot import Area, Line, Shade
from springtide.brief.render import brief_json, chart_svg, terminal_summary, write_brief
from springtide.brief.render.svg import INKS
from springtide.claims.schema import validate
from springtide.language.messages import say
from springtide.market.lake import Lake
from springtide.market.view import View
from springtide.metrics.families.bubbles import OverTime
from springtide.metrics.simulated import reporting
from springtide.numerics.psy import Episode

TOP = date(2018, 1, 26)
NAMES = {"en": "Nasdaq Composite", "zh-cn": "纳斯达克综合指数"}
LIMITS = {language: say("brief.bubble-limits", language) for language in ("en", "zh-cn")}
AS_OF = date(2000, 3, 10)
DAYS = np.arange(np.datetime64("1999-06-01"), np.datetime64("2000-03-11"))
DAYS = DAYS[np.is_busday(DAYS)]
RISE, FALL = INKS["green"], INKS["red"]


def section(lake: Lake, subject: str, day: date) -> Section:
    view = View(lake, day)
    return exuberance_section(view, view.instrument(subject), ("en", "zh-cn"))


@pytest.fixture(scope="module")
def alarmed(bundled_lake: Lake) -> Section:
    return section(bundled_lake, "SPX", TOP)


@pytest.fixture(scope="module")
def whole(bundled_lake: Lake) -> Brief:
    view = View(bundled_lake, TOP)
    return compose(view, view.instrument("SPX"), ("en", "zh-cn"), exuberance=True)


def test_a_brief_has_the_section_where_it_is_asked_for(bundled_lake: Lake, whole: Brief) -> None:
    view = View(bundled_lake, TOP)
    plain = compose(view, view.instrument("SPX"))
    assert [one.key for one in whole.sections] == [
        *(one.key for one in plain.sections),
        "exuberance",
    ]
    assert whole.sections[:-1] == plain.sections
    assert whole.sections[-1].heading == {"en": "Is it a bubble?", "zh-cn": "是泡沫吗？"}


def test_every_alarm_stands_beside_its_rate(alarmed: Section) -> None:
    alarms = 0
    for sentence in alarmed.sentences:
        found = {one.claim.metric: one.measurement for one in sentence.statements}
        share = found.get("bubble_confidence")
        if share is not None and share.value:
            alarms += 1
            rate = found["bubble_false_alarm_rate"]
            assert (rate.params.scale, rate.params.direction) == (  # type: ignore[attr-defined]
                share.params.scale,  # type: ignore[attr-defined]
                share.params.direction,  # type: ignore[attr-defined]
            )
            assert "simulated markets without a bubble" in sentence.text["en"]
            assert "没有泡沫的模拟市场" in sentence.text["zh-cn"]
        if "exuberance_statistic" in found:
            assert "exuberance_p_value" in found
    assert alarms == 3
    assert alarmed.missing is None


def test_it_says_how_the_run_is_dated_and_what_the_tests_cannot_say(alarmed: Section) -> None:
    notes = [one for one in alarmed.sentences if not one.statements]
    assert len(notes) == 3
    assert "nats of information" in notes[1].text["en"]
    assert "first session on which that could have been known" in notes[0].text["en"]
    assert "当时即可得知的首个交易日" in notes[0].text["zh-cn"]
    assert notes[-1].text == LIMITS
    assert alarmed.sentences[-1] == notes[-1]


def test_notes_hold_no_figure(bundled_lake: Lake, alarmed: Section) -> None:
    sections = [alarmed, section(bundled_lake, "IXIC", date(2000, 2, 25))]
    for one in sections:
        for sentence in one.sentences:
            # The information on a critical time is one of the fits, and no claim of the market.
            if not sentence.statements and "nats of information" not in sentence.text["en"]:
                assert not re.search(r"\d", "".join(sentence.text.values()))


def test_a_young_run_says_so(bundled_lake: Lake) -> None:
    # The run of February 2000 began on the 23rd; it takes six sessions to tell it from a flare-up.
    texts = [one.text["en"] for one in section(bundled_lake, "IXIC", date(2000, 2, 25)).sentences]
    assert "in a run of 3 sessions so far" in texts[0]
    assert "It is still too short to be told from a flare-up." in texts
    texts = [one.text["en"] for one in section(bundled_lake, "IXIC", AS_OF).sentences]
    assert "in a run of 13 sessions so far" in texts[0]
    assert "It is still too short to be told from a flare-up." not in texts


def test_a_short_history_is_tested_as_far_as_it_goes(bundled_lake: Lake) -> None:
    written = section(bundled_lake, "IXIC", AS_OF)
    params = {one.claim.params for sentence in written.sentences for one in sentence.statements}
    assert {one.window for one in params if type(one).__name__ == "Psy"} == {300}  # type: ignore[attr-defined]
    assert written.missing is not None
    gaps = " ".join(written.missing["en"])
    assert "LPPLS confidence: 745 sessions of close of IXIC up to 2000-03-10 are needed" in gaps
    assert "False-alarm rate of the LPPLS confidence: 341 sessions" in gaps
    told = "How often a market without a bubble reaches that could not be measured."
    assert [one.text["en"] for one in written.sentences].count(told) == 2
    early = section(bundled_lake, "IXIC", date(1999, 1, 29))
    assert [one.text for one in early.sentences] == [LIMITS]
    assert early.charts == ()
    assert early.missing is not None
    assert any("100 sessions of close of IXIC" in one for one in early.missing["en"])


def test_without_an_alarm_nothing_is_said_of_an_end(bundled_lake: Lake) -> None:
    quiet = section(bundled_lake, "SPX", date(2015, 7, 20))
    metrics = [one.claim.metric for line in quiet.sentences for one in line.statements]
    assert metrics == ["exuberance_statistic", "exuberance_p_value", *["bubble_confidence"] * 6]
    confidence = quiet.charts[-1]
    assert "hill" not in confidence.plot["en"].note


def test_progress_is_told_as_one_thing(bundled_lake: Lake) -> None:
    told: list[tuple[int, int]] = []
    with reporting(lambda done, total: told.append((done, total))):
        section(bundled_lake, "SPX", TOP)
    assert told
    assert len({total for _, total in told}) == 1
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_every_renderer_takes_sentences_without_claims(whole: Brief, tmp_path: Path) -> None:
    from rich.console import Console

    document = brief_json(whole)
    validate(document, "brief")
    last = document["sections"][-1]["sentences"][-1]  # type: ignore[index]
    assert last == {"text": LIMITS, "side": "", "statements": []}
    names = {path.name for path in write_brief(whole, tmp_path / "brief")}
    assert {"psy.en.svg", "psy.zh-cn.svg", "confidence.en.svg", "confidence.zh-cn.svg"} <= names
    for name, text in (("brief.html", "en"), ("index.en.md", "en"), ("index.zh-cn.md", "zh-cn")):
        path = tmp_path / name if name == "brief.html" else tmp_path / "brief" / name
        assert LIMITS[text] in path.read_text(encoding="utf-8")  # type: ignore[index]
    console = Console(width=10_000, color_system=None)
    with console.capture() as captured:
        console.print(terminal_summary(whole, "en"))
    assert LIMITS["en"] in captured.get()


def test_charts_are_valid_drawn_and_described(alarmed: Section) -> None:
    assert [chart.key for chart in alarmed.charts] == ["psy", "confidence"]
    for chart in alarmed.charts:
        for language in chart.plot:
            svg = chart_svg(chart, language)
            assert escape(chart.title[language], quote=False) in svg
            assert "nan" not in svg
            without = re.sub(
                r"\d+ [A-Z]\w+ \d{4}|[A-Z]\w+ \d{4}|\d{4}年\d+月(\d+日)?|(S&P |标普)500",
                "",
                chart.alt[language],
            )
            assert not re.search(r"\d", without), without


def test_charts_show_what_the_sentences_say(alarmed: Section) -> None:
    stated = {
        (one.claim.metric, one.claim.params): one.measurement.value
        for sentence in alarmed.sentences
        for one in sentence.statements
    }
    psy, confidence = alarmed.charts
    statistic = next(m for m in psy.plot["en"].marks if isinstance(m, Line) and m.name == "BSADF")
    assert day_of(statistic.xs[-1]) == "2018-01-26"
    (value,) = (v for (key, _), v in stated.items() if key == "exuberance_statistic")
    assert statistic.ys[-1] == pytest.approx(value, abs=1e-6)
    ends = {
        mark.name.partition(" ")[0]: mark.ys[-1]
        for mark in confidence.plot["en"].panels[1].marks
        if isinstance(mark, Line) and mark.ys[-1] > 0
    }
    said = {p.scale: v for (key, p), v in stated.items() if key == "bubble_confidence" and v}  # type: ignore[attr-defined]
    assert ends == pytest.approx(said, abs=1e-4)


def sequence() -> tuple[np.ndarray, np.ndarray]:
    statistic = np.full(len(DAYS), -1.0)
    statistic[50:60] = 2.0
    statistic[-20:] = 3.0
    critical = np.full(len(DAYS), 1.0)
    statistic[:10] = critical[:10] = np.nan
    return statistic, critical


def psy(rising: tuple[bool, bool]) -> Chart:
    episodes = (Episode(50, 55, 52, 60, 10), Episode(len(DAYS) - 20, len(DAYS) - 14, 150, None, 20))
    return psy_chart(DAYS, *sequence(), episodes, rising, AS_OF, NAMES)  # type: ignore[arg-type]


def test_episodes_are_shaded_where_they_lie() -> None:
    spans = [one for one in psy((True, True)).plot["en"].marks if isinstance(one, Shade)]
    assert [(day_of(one.first), day_of(one.last)) for one in spans] == [
        (str(DAYS[50]), str(DAYS[60])),
        (str(DAYS[-20]), "2000-03-10"),
    ]


def test_upward_and_downward_episodes_have_the_colours_of_the_language() -> None:
    up, down = psy((True, True)), psy((False, False))
    for chart, english, chinese in ((up, RISE, FALL), (down, FALL, RISE)):
        assert english in chart_svg(chart, "en")
        assert chinese not in chart_svg(chart, "en")
        assert chinese in chart_svg(chart, "zh-cn")
        assert english not in chart_svg(chart, "zh-cn")


def confidence(down: float, end: bool) -> Chart:
    close = 100.0 + np.arange(len(DAYS))
    days = DAYS[::5]
    late = np.arange(len(days)) > 20
    shares = OverTime(
        days,
        {"short": np.linspace(0, 40, len(days)), "medium": np.where(late, 5.0, np.nan)},
        {"short": np.full(len(days), down), "medium": np.where(late, 0.0, np.nan)},
    )
    moments = np.array(["2000-03-13T12:00", "2000-03-20", "2000-04-03"], "datetime64[m]")
    hill = (moments, np.array([0.02, 0.1, 0.0001])) if end else None
    return confidence_chart(DAYS, close, shares, hill, AS_OF, NAMES)  # type: ignore[arg-type]


def test_downward_bubbles_lie_below_zero_in_the_other_colour() -> None:
    without, with_ = confidence(0.0, False), confidence(25.0, False)
    svg = chart_svg(without, "en")
    assert RISE in svg
    assert FALL not in svg
    svg = chart_svg(with_, "en")
    assert RISE in svg
    assert FALL in svg
    panel = with_.plot["en"].panels[1]
    lines = [one for one in panel.marks if isinstance(one, Line) and "short" in one.name]
    rows = [y for one in lines for y in one.ys]
    assert (min(rows), max(rows)) == (-25.0, 40.0)


def test_the_hill_stands_on_the_time_axis_and_ends_where_it_is_flat() -> None:
    made = confidence(0.0, True)
    (hill,) = [one for one in made.plot["en"].marks if isinstance(one, Area)]
    first = (np.datetime64("2000-03-13") - np.datetime64("1970-01-01")).astype(int)
    assert hill.xs == (first + 0.5, first + 7.0)
    assert hill.high[0] == pytest.approx(0.2 * hill.high[1])
    assert made.plot["en"].last == first + 7.0
    assert "hill" in made.plot["en"].note
    assert "hill" in made.alt["en"]
    assert "hill" not in confidence(0.0, False).alt["en"]
    assert not any(isinstance(one, Area) for one in confidence(0.0, False).plot["en"].marks)
