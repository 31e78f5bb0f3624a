"""Sentences of a brief: joined by structure, and with the places of their figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from springtide.brief.compose import compose
from springtide.brief.model import Sentence, Statement
from springtide.brief.wording import sentence, sentence_of
from springtide.language.messages import LANGUAGES
from springtide.language.types import Language, Period
from springtide.market.lake import Lake
from springtide.market.view import View
from springtide.metrics.families.bubbles import Bubble, say_listed
from springtide.metrics.families.changes import PeriodReturn
from springtide.metrics.families.exuberance import Exuberance, Psy, PValue, say_figures, say_run
from springtide.metrics.families.levels import IntradayLevel
from springtide.metrics.registry import measure, state
from springtide.reading.document import read_document
from springtide.reading.read import read_claims

DAY = date(2000, 3, 10)


@pytest.fixture(scope="module")
def view(bundled_lake: Lake) -> View:
    return View(bundled_lake, DAY)


def stated(view: View, key: str, params: object = None, value: float | None = None) -> Statement:
    measurement = measure(key, view, view.instrument("IXIC"), params)  # type: ignore[arg-type]
    claim = state(measurement)
    return Statement(claim if value is None else replace(claim, value=value), measurement)


def printed(said: Sentence, language: Language) -> list[tuple[int, str]]:
    return [
        (one.statement, said.text[language][one.start : one.end]) for one in said.figures[language]
    ]


def test_a_verb_that_clauses_share_is_said_once(view: View) -> None:
    year = stated(view, "period_return", PeriodReturn(Period("ytd")))
    month = stated(view, "period_return", PeriodReturn(Period("last", count=1, unit="months")))
    said = sentence([year, month], view.instrument("IXIC"), ("en",), named=False)
    assert said.text["en"].startswith("It has risen ")
    assert " year to date and risen " in said.text["en"]
    high = stated(view, "intraday_level", IntradayLevel("high"))
    low = stated(view, "intraday_level", IntradayLevel("low"))
    said = sentence([high, low], view.instrument("IXIC"), ("en",), named=False)
    assert said.text["en"] == "It traded as high as 5,132.52 and as low as 5,039.35."


def test_verbs_that_differ_are_both_said(view: View) -> None:
    """To open and to close are two verbs, whatever their first letters."""
    opened = stated(view, "intraday_level", IntradayLevel("open"))
    closed = stated(view, "close_level")
    said = sentence([opened, closed], view.instrument("IXIC"), ("en",), named=False)
    assert said.text["en"] == "It opened at 5,060.34 and closed at 5,048.62."


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_statement_has_its_own_figure(view: View, language: Language) -> None:
    """Also where both print the same number, which no search could tell apart."""
    one = stated(view, "period_return", PeriodReturn(Period("ytd")), 24.07)
    two = stated(view, "period_return", PeriodReturn(Period("mtd")), 24.07)
    said = sentence([one, two], view.instrument("IXIC"), (language,), named=True, dated=True)
    assert printed(said, language) == [(0, "24.07%"), (1, "24.07%")]
    first, second = said.figures[language]
    assert first.end < second.start


@pytest.mark.parametrize(
    ("language", "run", "figures"),
    [
        ("en", "13 sessions", ["3.61", "0.0000"]),
        ("zh-cn", "13个交易日", ["3.61", "0.0000"]),
        ("zh-hk", "13個交易日", ["3.61", "0.0000"]),
    ],
)
def test_a_predicate_of_several_statements_knows_whose_figure_each_is(
    view: View, language: Language, run: str, figures: list[str]
) -> None:
    params = Exuberance(250)
    pair = [stated(view, "exuberance", params), stated(view, "exuberance_duration", params)]
    said = sentence_of(
        say_run([(one.claim, one.measurement) for one in pair]),
        pair,
        view.instrument("IXIC"),
        (language,),
        named=True,
    )
    assert printed(said, language) == [(1, run)]
    pair = [
        stated(view, "exuberance_statistic", Psy(250), 3.61),
        stated(view, "exuberance_p_value", PValue(250), 0.0),
    ]
    said = sentence_of(
        say_figures([(one.claim, one.measurement) for one in pair]),
        pair,
        view.instrument("IXIC"),
        (language,),
        named=False,
    )
    assert printed(said, language) == list(enumerate(figures))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_list_of_statements_knows_whose_figure_each_is(view: View, language: Language) -> None:
    shares = [
        stated(view, "bubble_confidence", Bubble("short"), 1.0),
        stated(view, "bubble_confidence", Bubble("medium"), 2.0),
    ]
    predicate = say_listed([(one.claim, one.measurement) for one in shares])
    said = sentence_of(predicate, shares, view.instrument("IXIC"), (language,), named=True)
    assert printed(said, language) == [(0, "1.00%"), (1, "2.00%")]


def test_every_number_that_a_brief_claims_is_placed(view: View) -> None:
    made = compose(view, view.instrument("IXIC"))
    for section in made.sections:
        for one in section.sentences:
            for language in made.languages:
                placed = {figure.statement for figure in one.figures.get(language, ())}
                numbers = {
                    number
                    for number, statement in enumerate(one.statements)
                    if isinstance(statement.claim.value, float)
                }
                assert placed == numbers, one.text[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_move_from_the_years_low_is_read_as_one(language: Language) -> None:
    """The low is where the stretch begins, not a record that the stretch is of."""
    texts: dict[Language, str] = {
        "en": "The Nasdaq Composite has risen 35.46% since this year's low.",
        "zh-cn": "纳斯达克综合指数自今年低点以来累计上涨35.46%。",
        "zh-hk": "納斯達克綜合指數自今年低位以來累升35.46%。",
    }
    (claim,) = read_claims(read_document(texts[language]), DAY)
    assert isinstance(claim.params, PeriodReturn)
    assert (claim.params.period.kind, claim.value) == ("since-low", 35.46)
