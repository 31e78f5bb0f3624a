"""The PSY test as metrics: the same as the numerics called directly, on prices known and made."""

from __future__ import annotations

import dataclasses
import math
import typing
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from springtide.claims.model import Measurement, Params
from springtide.language.messages import LANGUAGES
from springtide.language.types import Language
from springtide.market import calendars
from springtide.market.ingest import store_bars
from springtide.market.lake import Lake
from springtide.market.sources.batch import Batch
from springtide.market.view import View
from springtide.metrics.families.exuberance import (
    BEGAN,
    Exuberance,
    Null,
    Psy,
    PValue,
    say_figures,
    say_run,
    way_of,
)
from springtide.metrics.params import params_from_text
from springtide.metrics.registry import get, measure, state
from springtide.numerics import psy
from springtide.reading.document import read_document
from springtide.reading.read import read_claims

TOP = date(2000, 3, 10)
NAMES = {"en": "The Nasdaq Composite ", "zh-cn": "纳斯达克综合指数", "zh-hk": "納斯達克綜合指數"}


def ask(lake: Lake, key: str, day: date, params: Params, subject: str = "IXIC") -> Measurement:
    view = View(lake, day)
    return measure(key, view, view.instrument(subject), params)


def closes(lake: Lake, day: date, count: int) -> np.ndarray:
    return np.log(View(lake, day).bars("IXIC").close[-count:])


def lake_of(folder: Path, close: np.ndarray, gap: int | None = None) -> tuple[Lake, date]:
    """A lake of these closes on sessions of New York, ten left out from where asked for."""
    days = calendars.sessions("XNYS", date(2015, 1, 2), date(2024, 12, 31))
    assert days is not None
    frame = pl.DataFrame(
        {
            "symbol": "IXIC",
            "date": days[: close.size],
            **dict.fromkeys(("open", "high", "low", "close"), close),
            "volume": 1.0,
            "source": "made",
            "known_at": pl.Series([None] * close.size, dtype=pl.Datetime("us", "UTC")),
        }
    )
    last = frame["date"][-1]
    if gap is not None:
        frame = frame.filter(~pl.int_range(pl.len()).is_between(gap, gap + 9))
    lake = Lake.create(folder)
    assert store_bars(lake, Batch("made", frame)).accepted == len(frame)
    return lake, last


def test_windows_are_those_whose_critical_values_come_with_the_package() -> None:
    hint = typing.get_type_hints(Exuberance, include_extras=True)["window"]
    (choices,) = hint.__metadata__
    assert set(choices.values) <= set(psy.tabulated_sizes())
    for lag in range(5):
        assert psy.critical_values(Exuberance().window, lag).packaged


def test_the_nasdaq_was_explosive_at_its_top(bundled_lake: Lake) -> None:
    measurement = ask(bundled_lake, "exuberance", TOP, Exuberance(250))
    assert measurement.value is True
    series = closes(bundled_lake, TOP, 250)
    result, null = psy.bsadf(series, 1), psy.critical_values(250, 1)
    running = psy.episodes(result, null)[-1]
    assert running.running
    days = View(bundled_lake, TOP).bars("IXIC").dates[-250:]
    told = {row.field: (row.date, row.value) for row in measurement.evidence.rows}
    assert told == {
        "BSADF statistic": (TOP, result.statistic[-1]),
        "critical value": (TOP, null.sequence.critical_values(0.95)[-1]),
        "p-value": (TOP, null.sequence.p_values(result.statistic)[-1]),
        "statistic where the run began": (
            days[running.start].astype(object),
            result.statistic[running.start],
        ),
        "statistic where the run was confirmed": (
            days[running.confirmed].astype(object),
            result.statistic[running.confirmed],
        ),
        "log change over the window that shows it most": (
            TOP,
            series[-1] - series[result.window_start[-1]],
        ),
    }
    (cited,) = measurement.evidence.windows
    assert (cited.count, cited.last) == (250, TOP)


def test_statistic_and_p_value_are_those_of_the_verdict(bundled_lake: Lake) -> None:
    for lag in (0, 4):
        verdict = ask(bundled_lake, "exuberance", TOP, Exuberance(200, lag))
        statistic = ask(bundled_lake, "exuberance_statistic", TOP, Psy(200, lag))
        p_value = ask(bundled_lake, "exuberance_p_value", TOP, PValue(200, lag))
        rows = {row.field: row.value for row in verdict.evidence.rows}
        assert statistic.value == rows["BSADF statistic"]
        assert p_value.value == rows["p-value"]
        assert verdict.value is (rows["p-value"] < 0.05)
        assert psy.bsadf(closes(bundled_lake, TOP, 200), lag).statistic[-1] == statistic.value


def test_a_run_too_young_to_be_confirmed_says_only_where_it_began(bundled_lake: Lake) -> None:
    measurement = ask(bundled_lake, "exuberance", TOP, Exuberance(250))
    rows = {row.field: row.date for row in measurement.evidence.rows}
    began = rows["statistic where the run began"]
    sessions = calendars.sessions("XNYS", began, TOP)
    assert sessions is not None
    third = sessions[2].astype(object)
    young = ask(bundled_lake, "exuberance", third, Exuberance(250))
    fields = {row.field: row.date for row in young.evidence.rows}
    assert fields["statistic where the run began"] == began
    assert "statistic where the run was confirmed" not in fields
    minimum = math.ceil(math.log(250))
    assert rows["statistic where the run was confirmed"] == sessions[minimum - 1].astype(object)


def test_the_run_is_counted_from_the_first_session_that_could_be_known(
    bundled_lake: Lake,
) -> None:
    verdict = ask(bundled_lake, "exuberance", TOP, Exuberance(250))
    began = next(row.date for row in verdict.evidence.rows if row.field == BEGAN)
    duration = ask(bundled_lake, "exuberance_duration", TOP, Exuberance(250))
    sessions = calendars.sessions("XNYS", began, TOP)
    assert sessions is not None
    assert (duration.value, duration.unit) == (len(sessions), "sessions")
    for row in duration.evidence.rows:
        assert row in verdict.evidence.rows
    quiet = ask(bundled_lake, "exuberance_duration", date(2015, 7, 20), Exuberance(250))
    assert (quiet.value, quiet.evidence.rows) == (0, ())


def test_the_wild_bootstrap_judges_by_the_closes_themselves(bundled_lake: Lake) -> None:
    """Its draws are made of the sample's own changes: other critical values, one statistic."""
    values = closes(bundled_lake, TOP, 250)
    null = psy.bootstrap_critical_values(values, 1, draws=499)
    verdict = ask(bundled_lake, "exuberance", TOP, Exuberance(250, null="wild"))
    rows = {row.field: row for row in verdict.evidence.rows}
    assert rows["critical value"].value == null.sequence.critical_values(0.95)[-1]
    assert "wild bootstrap, 499 replications" in rows["critical value"].source
    p_value = ask(bundled_lake, "exuberance_p_value", TOP, PValue(250, null="wild"))
    assert p_value.value == rows["p-value"].value
    simulated = ask(bundled_lake, "exuberance", TOP, Exuberance(250))
    walks = {row.field: row.value for row in simulated.evidence.rows}
    assert rows["BSADF statistic"].value == walks["BSADF statistic"]
    assert rows["critical value"].value != walks["critical value"]


@pytest.mark.parametrize("null", typing.get_args(Null))
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_said_in_one_predicate_is_read_back_as_each_claim(
    bundled_lake: Lake, language: Language, null: Null
) -> None:
    verdict, p_value = Exuberance(250, null=null), PValue(250, null=null)
    params = (verdict, verdict, Psy(250), p_value)
    keys = ("exuberance", "exuberance_duration", "exuberance_statistic", "exuberance_p_value")
    found = [ask(bundled_lake, key, TOP, one) for key, one in zip(keys, params, strict=True)]
    claims = [(state(one), one) for one in found]
    for said, made in (
        (say_run(claims[:2]), claims[:2]),
        (say_figures(claims[2:]), claims[2:]),
    ):
        text = NAMES[language] + said.predicate(language).text + ("." if language == "en" else "。")
        fields = ("metric", "subject", "params", "as_of", "value", "unit")
        read = read_claims(read_document(text), TOP)
        assert [[getattr(one, field) for field in fields] for one in read] == [
            [getattr(one, field) for field in fields] for one, _ in made
        ]


def test_a_random_walk_is_rarely_explosive_and_a_growing_one_is(tmp_path: Path) -> None:
    steps = np.random.default_rng(11).normal(0, 0.01, 400)
    walk = np.cumsum(steps)
    lake, day = lake_of(tmp_path / "walk", 1000 * np.exp(walk))
    assert ask(lake, "exuberance", day, Exuberance(300)).value is False
    walk[-40:] += 0.02 * 1.08 ** np.arange(40)
    lake, day = lake_of(tmp_path / "boom", 1000 * np.exp(walk))
    assert ask(lake, "exuberance", day, Exuberance(300)).value is True
    p_value = ask(lake, "exuberance_p_value", day, PValue(300)).value
    assert p_value is not None
    assert 0 < p_value < 0.001


def test_missing_data_are_named(tmp_path: Path, bundled_lake: Lake) -> None:
    short = ask(bundled_lake, "exuberance", TOP, Exuberance())
    assert short.value is None
    assert (
        "500 sessions of close of IXIC up to 2000-03-10 are needed, 300 are there" in short.missing
    )
    walk = 100 * np.exp(np.cumsum(np.random.default_rng(3).normal(0, 0.01, 200)))
    lake, day = lake_of(tmp_path / "gap", walk, gap=150)
    gap = ask(lake, "exuberance", day, Exuberance(100))
    assert gap.value is None
    assert "sessions of close of IXIC" in gap.missing
    lake, day = lake_of(tmp_path / "flat", np.full(200, 100.0))
    flat = ask(lake, "exuberance_statistic", day, Psy(100))
    assert (flat.value, "closes of IXIC that vary" in flat.missing) == (None, True)
    assert "没有变化" in flat.missing_in("zh-cn")


@pytest.mark.parametrize(
    ("params", "why"),
    [
        (Exuberance(333), "window 333 cannot be measured (allowed: 100, 150, 200"),
        (Exuberance(250, 5), "lag 5 cannot be measured (allowed: 0 to 4)"),
        (Exuberance(250, 1, 80.0), "level 80.0 cannot be measured (allowed: 90, 95 or 99)"),
    ],
)
def test_what_no_table_holds_is_refused(bundled_lake: Lake, params: Params, why: str) -> None:
    assert why in ask(bundled_lake, "exuberance", TOP, params).missing


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("key", "given"),
    [
        ("exuberance", {"window": "250"}),
        ("exuberance", {"window": "300", "lag": "0", "level": "90"}),
        ("exuberance_duration", {"window": "250"}),
        ("exuberance_duration", {"window": "300", "lag": "0", "level": "90"}),
        ("exuberance_statistic", {"window": "250", "lag": "2"}),
        ("exuberance_p_value", {"window": "200"}),
    ],
)
def test_our_own_words_are_read_back(
    bundled_lake: Lake, key: str, given: dict[str, str], language: Language
) -> None:
    metric = get(key)
    measurement = ask(bundled_lake, key, TOP, params_from_text(metric.params, given))
    claim = state(measurement)
    text = NAMES[language] + metric.wording(claim, measurement).predicate(language).text
    (read,) = read_claims(read_document(text + ("." if language == "en" else "。")), TOP)
    fields = ("metric", "subject", "params", "as_of", "value", "unit")
    assert [getattr(read, one) for one in fields] == [getattr(claim, one) for one in fields]


@pytest.mark.parametrize(
    ("text", "params"),
    [
        ("The PSY test shows explosive behaviour in the Nasdaq Composite.", Exuberance()),
        (
            "GSADF tests find that the Nasdaq Composite is explosive at the 1% significance level.",
            Exuberance(level=99.0),
        ),
        ("The Nasdaq Composite is explosive by the Phillips, Shi and Yu test.", Exuberance()),
        ("According to the GSADF test, the Nasdaq Composite is explosive.", Exuberance()),
        ("Based on the PSY test, the Nasdaq Composite is explosive.", Exuberance()),
        ("Judging by the PSY test, the Nasdaq Composite is exuberant.", Exuberance()),
        ("纳斯达克综合指数的GSADF检验显示存在爆炸性行为。", Exuberance()),
    ],
)
def test_how_others_say_it(text: str, params: Params) -> None:
    (read,) = read_claims(read_document(text), TOP)
    assert (read.metric, read.subject, read.params) == ("exuberance", "IXIC", params)


@pytest.mark.parametrize(
    "text",
    [
        "The PSY test does not show explosive behaviour in the Nasdaq Composite.",
        "The Nasdaq Composite is not explosive by the PSY test.",
        "The Nasdaq Composite could turn explosive by the PSY test.",
        "纳斯达克综合指数的PSY检验未发现爆炸性行为。",
        "Sales of the Nasdaq Composite's members grew explosively.",
    ],
)
def test_what_is_denied_or_only_possible_is_not_claimed(text: str) -> None:
    assert [one.metric for one in read_claims(read_document(text), TOP)] == []


def test_parameters_say_what_they_accept() -> None:
    assert dataclasses.replace(Exuberance(), lag=0).lag == 0
    with pytest.raises(Exception, match="Parameter window is out of range"):
        params_from_text(Exuberance, {"window": "499"})


@pytest.mark.shared
@pytest.mark.parametrize(
    ("symbol", "day", "way", "words"),
    [
        ("SPX", date(2008, 10, 10), "down", "on the way down"),
        ("SPX", date(2020, 3, 23), "down", "on the way down"),
        ("HSTECH", date(2022, 3, 15), "down", "on the way down"),
        ("IXIC", date(2000, 3, 10), "up", "on the way up"),
    ],
)
def test_an_explosive_fall_is_told_from_a_rise(
    market_lake: Lake, symbol: str, day: date, way: str, words: str
) -> None:
    view = View(market_lake, day)
    measured = measure("exuberance", view, view.instrument(symbol), Exuberance())
    assert measured.value is True
    assert way_of(measured) == way
    claim = state(measured)
    assert words in get("exuberance").wording(claim, measured).text("en")
