"""A brief put together by hand: what the renderers are given, without the rooms that compute it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

import numpy as np
import pytest

from springtide.brief.charts import drawdown_chart, ma_distance_chart, price_chart, rsi_chart
from springtide.brief.drawing import Span
from springtide.brief.model import Brief, Figure, Section, Sentence, Statement
from springtide.brief.plot import Line, Plot
from springtide.claims.model import Claim, Evidence, Measurement, Params, Row, Window
from springtide.language.types import Interval, Language, Period
from springtide.market.types import Bars
from springtide.numerics.indicators import drawdown, rsi, sma
from springtide.numerics.phases import date_phases

AS_OF = date(2000, 3, 10)
YTD = Period("ytd")
NAMES = {"en": "Nasdaq Composite", "zh-cn": "纳斯达克综合指数"}
VERSIONS = (("bars", 3), ("observations", 1))


def line_of(plot: Plot, number: int = 0) -> Line:
    """The line of that number among those of all panels."""
    return [mark for mark in plot.marks if isinstance(mark, Line)][number]


def day_of(place: float) -> str:
    """The day that lies at a place of an axis."""
    return str(np.datetime64(int(place), "D"))


@dataclass(frozen=True)
class Close(Params):
    price: str = "close"


@dataclass(frozen=True)
class Return(Params):
    period: Period = YTD


@dataclass(frozen=True)
class Window14(Params):
    window: int = 14


def spans_of(bars: Bars) -> list[Span]:
    """The phases of all closes."""
    days = bars.dates.tolist()
    found = date_phases(bars.close)
    return [Span(days[one.start], days[one.end], one.kind == "bull") for one in found]


@pytest.fixture(scope="session")
def bars() -> Bars:
    """Five years of sessions to 10 March 2000: a seeded walk that rises, falls and rises."""
    days = np.arange(np.datetime64("1995-03-10"), np.datetime64("2000-03-11"))
    dates = days[np.is_busday(days)]
    turns = np.arange(len(dates)) / len(dates)
    drift = np.where((turns > 0.55) & (turns < 0.65), -0.004, 0.0018)
    steps = np.random.default_rng(7).normal(drift, 0.01)
    close = np.round(1000 * np.exp(np.cumsum(steps)), 2)
    unknown = np.full(len(dates), np.nan)
    source = np.array(["sample"] * len(dates))
    return Bars("^IXIC", dates, unknown, unknown, unknown, close, unknown, source)


def statement(metric: str, params: Params, value: float, printed: float, unit: str) -> Statement:
    rows = (
        Row("^IXIC", "close", date(1999, 12, 31), 4069.31, "sample: arch"),
        Row("^IXIC", "close", AS_OF, 5048.62, "sample: arch"),
    )
    window = Window("^IXIC", "close", date(1999, 1, 4), AS_OF, 300, 0, "0123456789abcdef")
    evidence = Evidence("close[t] / close[s] - 1", rows, (window,), VERSIONS)
    within = Interval(printed - 0.005, printed + 0.005, high_open=True)
    claim = Claim(metric, "^IXIC", params, AS_OF, "=", printed, unit, within)
    return Statement(claim, Measurement(metric, "^IXIC", params, AS_OF, value, unit, evidence))


def no_number(metric: str) -> Statement:
    evidence = Evidence("rsi > 70", (), (), VERSIONS)
    claim = Claim(metric, "^IXIC", Window14(), AS_OF)
    return Statement(claim, Measurement(metric, "^IXIC", Window14(), AS_OF, True, "", evidence))


def sentence(marked: dict[Language, str], statements: tuple[Statement, ...]) -> Sentence:
    """Make a sentence whose figures stand in square brackets, one for each statement in order."""
    texts = {language: re.sub(r"[\[\]]", "", text) for language, text in marked.items()}
    figures = {
        language: tuple(
            Figure(found.start() - 2 * number, found.end() - 2 * number - 2, number)
            for number, found in enumerate(re.finditer(r"\[[^\]]*\]", text))
        )
        for language, text in marked.items()
    }
    return Sentence(texts, statements, figures)


@pytest.fixture(scope="session")
def brief(bars: Bars) -> Brief:
    """Three sections in English and Chinese, four charts, one gap."""
    close, dates = bars.close, bars.dates
    distances = {n: 100 * (close / sma(close, n) - 1) for n in (50, 200)}
    level = statement("close_level", Close(), 5048.62, 5048.62, "points")
    gain = statement("period_return", Return(), 24.0659, 24.07, "%")
    fall = statement("pct_change", Close(), -0.2031, -0.2, "%")
    strength = statement("rsi", Window14(), 74.1234, 74.12, "")
    sections = (
        Section(
            "level",
            {"en": "Where it stands", "zh-cn": "点位"},
            (
                sentence(
                    {
                        "en": "The Nasdaq Composite closed at [5,048.62] points on 10 March 2000.",
                        "zh-cn": "2000年3月10日，纳斯达克综合指数收报[5,048.62点]。",
                    },
                    (level,),
                ),
                sentence(
                    {
                        "en": "It has gained [24.07%] this year and fell [0.20%] on the day.",
                        "zh-cn": "该指数今年以来累计上涨[24.07%]，当日下跌[0.20%]。",
                    },
                    (gain, fall),
                ),
            ),
            (price_chart(bars, spans_of(bars), AS_OF, NAMES),),
        ),
        Section(
            "momentum",
            {"en": "Momentum", "zh-cn": "动能"},
            (
                sentence(
                    {
                        "en": "RSI(14) stands at [74.12], which is overbought.",
                        "zh-cn": "RSI（14）为[74.12]，处于超买。",
                    },
                    (strength, no_number("overbought")),
                ),
            ),
            (
                rsi_chart(dates, rsi(close), AS_OF, NAMES),
                ma_distance_chart(dates, distances, AS_OF, NAMES),
            ),
        ),
        Section(
            "risk",
            {"en": "Setbacks & turnover", "zh-cn": "回撤与成交"},
            (),
            (drawdown_chart(dates, drawdown(close), AS_OF, NAMES),),
            {
                "en": ("Turnover: no volume of ^IXIC <on this day>",),
                "zh-cn": ("成交额：没有^IXIC当日的成交量",),
            },
        ),
    )
    return Brief(
        subject="^IXIC",
        as_of=AS_OF,
        languages=("en", "zh-cn"),
        title={
            "en": "How long can the Nasdaq Composite keep rising? 10 March 2000",
            "zh-cn": "纳斯达克综合指数的涨势能持续多久？2000年3月10日",
        },
        sections=sections,
        versions=VERSIONS,
        software="springtide 0.1.0",
    )
