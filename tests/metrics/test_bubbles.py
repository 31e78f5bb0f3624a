"""LPPLS as metrics: the same as the numerics called directly, and read back as they are worded."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from springtide.claims.model import Measurement, Params
from springtide.language.messages import LANGUAGES
from springtide.language.types import Language
from springtide.market.lake import Lake
from springtide.market.view import View
from springtide.metrics.families.bubbles import (
    Bubble,
    FalseAlarm,
    ScaleName,
    say_listed,
    say_with_rate,
)
from springtide.metrics.families.critical_time import (
    BOUNDS,
    CriticalTime,
    say_interval,
    session_ahead,
)
from springtide.metrics.params import params_from_text
from springtide.metrics.registry import Stated, get, measure, state
from springtide.metrics.simulated import reporting
from springtide.numerics import lppls
from springtide.reading.document import read_document
from springtide.reading.read import read_claims

# The closing high before the sharp fall of February 2018.
TOP = date(2018, 1, 26)
NAMES = {"en": "The S&P 500 ", "zh-cn": "标普500指数", "zh-hk": "標普500指數"}


def ask(lake: Lake, key: str, params: Params, day: date = TOP, subject: str = "SPX") -> Measurement:
    view = View(lake, day)
    return measure(key, view, view.instrument(subject), params)


def log_closes(lake: Lake, day: date = TOP) -> np.ndarray:
    return np.log(View(lake, day).bars("SPX").close)


@pytest.mark.parametrize("name", ["short", "medium", "long"])
def test_confidence_is_that_of_the_whole_series(bundled_lake: Lake, name: str) -> None:
    y = log_closes(bundled_lake)
    scale = next(one for one in lppls.SCALES if one.name == name)
    direct = lppls.confidence(y, ends=[y.size - 1], scales=[scale])
    for way, share in (("up", direct.positive[0, 0]), ("down", direct.negative[0, 0])):
        measurement = ask(bundled_lake, "bubble_confidence", Bubble(name, way))  # type: ignore[arg-type]
        assert measurement.value == 100 * share
        fitted, qualified = (row.value for row in measurement.evidence.rows)
        assert (fitted, qualified / fitted) == (scale.windows.size, pytest.approx(share))
        (cited,) = measurement.evidence.windows
        assert (cited.count, cited.last) == (scale.longest, TOP)


def test_the_false_alarm_rate_is_the_larger_of_the_two_nulls(bundled_lake: Lake) -> None:
    y = log_closes(bundled_lake)[-(90 + 1250) :]
    share = lppls.confidence(y, ends=[y.size - 1], scales=[lppls.SHORT]).positive[0, 0]
    null = lppls.null_rates(y[:-90], lppls.SHORT, replications=49, seed=0)
    garch, bootstrap = null.rates(share)
    measurement = ask(bundled_lake, "bubble_false_alarm_rate", FalseAlarm(replications=49))
    assert measurement.value == 100 * max(garch.share, bootstrap.share)
    told = {row.field: row.value for row in measurement.evidence.rows}
    assert told["GARCH(1,1), % of markets"] == 100 * garch.share
    assert told["block bootstrap, % at most"] == 100 * bootstrap.high
    again = ask(bundled_lake, "bubble_false_alarm_rate", FalseAlarm(replications=49))
    assert again.value == measurement.value


def test_every_market_reaches_a_confidence_of_nothing(bundled_lake: Lake) -> None:
    assert ask(bundled_lake, "bubble_confidence", Bubble("short", "down")).value == 0
    measurement = ask(bundled_lake, "bubble_false_alarm_rate", FalseAlarm("short", "down"))
    assert measurement.value == 100


def test_progress_is_told_while_markets_are_simulated(
    bundled_lake: Lake, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SPRINGTIDE_CACHE", str(tmp_path))
    told: list[tuple[int, int]] = []
    with reporting(lambda done, total: told.append((done, total))):
        ask(bundled_lake, "bubble_false_alarm_rate", FalseAlarm(replications=19))
    windows = len(lppls.SHORT.windows)
    assert told[-1] == (windows, windows)
    before = len(told)
    ask(bundled_lake, "bubble_false_alarm_rate", FalseAlarm(replications=19))
    assert len(told) == before


def test_the_critical_time_is_that_of_the_window(bundled_lake: Lake) -> None:
    direct = lppls.critical_time(log_closes(bundled_lake)[-150:])
    earliest, latest = direct.interval(0.8)
    expected = {"earliest": earliest, "median": direct.median, "latest": latest}
    for bound, sessions in expected.items():
        measurement = ask(bundled_lake, "critical_time", CriticalTime(150, bound))  # type: ignore[arg-type]
        assert (measurement.value, measurement.unit) == (sessions, "sessions")
    assert earliest < direct.median < latest


def test_sessions_ahead_are_counted_on_the_calendar(bundled_lake: Lake) -> None:
    spx = View(bundled_lake, TOP).instrument("SPX")
    assert session_ahead(spx, TOP, 0.4) == TOP
    assert session_ahead(spx, TOP, 1) == date(2018, 1, 29)  # the Monday after
    # Presidents' Day, 19 February 2018, is a holiday: 15 weekdays on Friday the 16th, then Tuesday.
    assert session_ahead(spx, TOP, 15) == date(2018, 2, 16)
    assert session_ahead(spx, TOP, 16.2) == date(2018, 2, 20)
    assert session_ahead(spx, TOP, 100_000) is None


@pytest.mark.parametrize(
    ("key", "params", "day", "why"),
    [
        ("bubble_confidence", Bubble("long"), date(2000, 3, 10), "745 sessions of close of SPX"),
        (
            "bubble_false_alarm_rate",
            FalseAlarm(),
            date(2000, 3, 10),
            "341 sessions of close of SPX",
        ),
        ("critical_time", CriticalTime(400), date(2000, 3, 10), "400 sessions of close of SPX"),
        ("critical_time", CriticalTime(59), TOP, "window 59 cannot be measured"),
        ("bubble_false_alarm_rate", FalseAlarm(replications=0), TOP, "replications 0 cannot be"),
    ],
)
def test_missing_data_are_named(
    bundled_lake: Lake, key: str, params: Params, day: date, why: str
) -> None:
    measurement = ask(bundled_lake, key, params, day)
    assert measurement.value is None
    assert why in measurement.missing
    assert measurement.missing_in("zh-hk")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("key", "given"),
    [
        ("bubble_confidence", {}),
        ("bubble_confidence", {"scale": "medium", "direction": "down"}),
        ("bubble_false_alarm_rate", {"replications": "49"}),
        ("bubble_false_alarm_rate", {"direction": "down"}),
        ("critical_time", {}),
        ("critical_time", {"window": "150", "bound": "earliest"}),
        ("critical_time", {"window": "250", "bound": "latest"}),
    ],
)
def test_our_own_words_are_read_back(
    bundled_lake: Lake, key: str, given: dict[str, str], language: Language
) -> None:
    metric = get(key)
    measurement = ask(bundled_lake, key, params_from_text(metric.params, given))
    claim = state(measurement)
    text = NAMES[language] + metric.wording(claim, measurement).predicate(language).text
    (read,) = read_claims(read_document(text + ("." if language == "en" else "。")), TOP)
    fields = ("metric", "subject", "params", "as_of", "value", "unit")
    assert [getattr(read, one) for one in fields] == [getattr(claim, one) for one in fields]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_said_in_one_predicate_is_read_back_as_each_claim(
    bundled_lake: Lake, language: Language
) -> None:
    def claims(key: str, *params: Params) -> list[Stated]:
        found = [ask(bundled_lake, key, one) for one in params]
        return [(state(one), one) for one in found]

    (share,) = claims("bubble_confidence", Bubble("medium"))
    (rate,) = claims("bubble_false_alarm_rate", FalseAlarm("medium", replications=49))
    up = claims("bubble_confidence", *(Bubble(scale, "up") for scale in get_args(ScaleName)))
    down = claims("bubble_confidence", Bubble("short", "down"), Bubble("long", "down"))
    times = claims("critical_time", *(CriticalTime(bound=bound) for bound in BOUNDS))
    for said, made in (
        (say_with_rate([share, rate]), [share, rate]),
        (say_listed(up), up),
        (say_listed(down), down),
        (say_listed(down[1:]), down[1:]),
        (say_interval(times), times),
    ):
        text = NAMES[language] + said.predicate(language).text + ("." if language == "en" else "。")
        fields = ("metric", "subject", "params", "as_of", "value", "unit")
        read = read_claims(read_document(text), TOP)
        assert [[getattr(one, field) for field in fields] for one in read] == [
            [getattr(one, field) for field in fields] for one, _ in made
        ], text


@pytest.mark.parametrize(
    ("text", "params", "value"),
    [
        ("The S&P 500 has an LPPLS confidence of 0.65.", Bubble(), 65),
        ("The S&P 500's LPPLS confidence indicator reached 65%.", Bubble(), 65),
        ("The LPPLS confidence of the S&P 500 is 0.07.", Bubble(), 7),
        ("The S&P 500's medium-scale LPPLS confidence is 0.3.", Bubble("medium"), 30),
        ("The S&P 500 has a negative-bubble LPPLS confidence of 0.2.", Bubble("short", "down"), 20),
        ("标普500指数的LPPLS置信度为0.65。", Bubble(), 65),
        ("标普500指数的长期LPPLS置信指标达到62%。", Bubble("long"), 62),
        ("The LPPLS model puts the S&P 500's critical time 20 sessions ahead.", CriticalTime(), 20),
        ("LPPLS模型显示标普500指数的临界时间在20个交易日之后。", CriticalTime(), 20),
    ],
)
def test_how_others_say_it(text: str, params: Params, value: float) -> None:
    (read,) = read_claims(read_document(text), TOP)
    assert (read.subject, read.params, read.value) == ("SPX", params, value)
    assert read.within is not None
    assert value in read.within


@pytest.mark.parametrize(
    "text",
    [
        "The S&P 500's LPPLS confidence could reach 0.65.",
        "The S&P 500's LPPLS confidence is 65.",
        "Business confidence of the S&P 500's members is 0.65.",
    ],
)
def test_what_is_no_confidence_is_not_claimed(text: str) -> None:
    metrics = [one.metric for one in read_claims(read_document(text), TOP)]
    assert "bubble_confidence" not in metrics
