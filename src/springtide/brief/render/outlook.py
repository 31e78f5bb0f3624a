"""An outlook for the terminal: the paragraph, what each method says, and how well it has done."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from springtide.brief.model import Section
from springtide.claims.terminal import folded, table
from springtide.language.format import (
    format_date,
    format_duration,
    format_number,
    format_percent,
)
from springtide.language.types import Language
from springtide.market.types import Instrument
from springtide.outlook.model import GAINS, HORIZONS, MOVE, SESSIONS, Forecast, Outlook, Skill
from springtide.outlook.sentences import METHOD_NAMES
from springtide.outlook.words import probability_percent

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

_NEW_HIGH = 60
"""Sessions within which a new high is asked for."""

_WORDS: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "title": "How long can it last? {name}, {day}",
        "chance": "chance that",
        "top_is_in": "the top is in",
        "within": "it is in or comes within {sessions}",
        "new_high": "a new high within {sessions}",
        "up_first": "up {move} before down {move}",
        "sessions": "sessions to the top: median",
        "gain": "gain to the top: median",
        "interval": "80% interval",
        "cases": "rallies or simulated paths",
        "weight": "weight in the pool",
        "said": "* as said above",
        "to": "{low} to {high}",
        "record": "How well the pool had done by then: the top comes in time",
        "horizon": "within",
        "forecasts": "forecasts",
        "undecided": "still open",
        "brier": "Brier score",
        "base": "skill over base rates",
        "simulation": "skill over simulation",
        "score": "{score} ({low} to {high})",
        "is_in": "(is in)",
        "of_gain": "gain, by CRPS",
        "left_out": "Left out: ",
        "limits": "Intervals of skill: 95%. What it cannot know: news, and what has no like in the "
        "past. Rallies of markets and companies that are no longer there are not among its cases.",
    },
    "zh-cn": {
        "title": "行情还能走多远？{name}，{day}",
        "chance": "概率",
        "top_is_in": "顶部已经出现",
        "within": "已经出现或在{sessions}内",
        "new_high": "{sessions}内再创新高",
        "up_first": "上涨{move}先于下跌{move}",
        "sessions": "距顶部交易日：中位数",
        "gain": "距顶部涨幅：中位数",
        "interval": "80%区间",
        "cases": "行情或模拟路径数",
        "weight": "综合中的权重",
        "said": "* 上文所述",
        "to": "{low}至{high}",
        "record": "截至当时综合方法的成绩：顶部在期限内出现",
        "horizon": "期限",
        "forecasts": "预测数",
        "undecided": "尚无结果",
        "brier": "布赖尔分数",
        "base": "相对基准频率的技巧",
        "simulation": "相对模拟的技巧",
        "score": "{score}（{low}至{high}）",
        "is_in": "（已出现）",
        "of_gain": "涨幅（CRPS）",
        "left_out": "未纳入：",
        "limits": "技巧的区间为95%。无从知晓的：消息，以及史无前例之事。"
        "已不复存在的市场和公司的行情不在其样本之中。",
    },
}


def outlook_parts(
    outlook: Outlook, section: Section, instrument: Instrument, language: Language
) -> Iterator[RenderableType]:
    """Yield an outlook for a rich console, from the top: lines, texts to fold, and tables.

    Parameters
    ----------
    outlook, section
        What is said, and its section of a brief.
    instrument
        What it is said of.
    language
        One in which the section is written.
    """
    words = _WORDS[language]
    day = format_date(outlook.as_of, language)
    yield words["title"].format(name=instrument.name(language), day=day)
    yield ""
    space = " " if language == "en" else ""
    yield folded(space.join(one.text[language] for one in section.sentences), language)
    if outlook.forecasts:
        yield ""
        yield _forecasts(outlook, language)
        if outlook.shown:
            yield words["said"]
    if outlook.rally is not None and outlook.skill:
        yield f"\n{words['record']}\n"
        yield _records(outlook, language)
    if section.missing:
        yield ""
        for line in section.missing[language]:
            yield folded(words["left_out"] + line, language)
    if outlook.forecasts:
        yield ""
        yield folded(words["limits"], language)


def _forecasts(outlook: Outlook, lang: Language) -> Table:
    names = [
        METHOD_NAMES[lang][one.method] + ("*" if one.method == outlook.shown else "")
        for one in outlook.forecasts
    ]
    gain = outlook.said_gain
    apart = None if gain is None or gain.method == outlook.shown else gain.method
    columns = [
        _column(one, dict(outlook.weights), lang, marked=one.method == apart)
        for one in outlook.forecasts
    ]
    heads = [_WORDS[lang]["chance"], *names]
    return table(heads, list(zip(_labels(lang), *columns, strict=True)), right=names)


def _labels(lang: Language) -> list[str]:
    """Return what the rows of the table of forecasts are, in the order of :func:`_column`."""
    words = _WORDS[lang]
    return [
        words["top_is_in"],
        *(words["within"].format(sessions=format_duration(h, "sessions", lang)) for h in HORIZONS),
        words["new_high"].format(sessions=format_duration(_NEW_HIGH, "sessions", lang)),
        words["up_first"].format(move=format_percent(100 * MOVE, 0, lang)),
        *(words[key] for key in ("sessions", "interval", "gain", "interval", "cases", "weight")),
    ]


def _column(
    one: Forecast, weights: Mapping[str, float], lang: Language, *, marked: bool
) -> list[str]:
    """Return what one method says, its gains ``marked`` where they alone are said above."""
    chances = [
        one.top_is_in,
        *(one.peak_within(horizon) for horizon in HORIZONS),
        one.new_high_within(_NEW_HIGH),
        one.up_first,
    ]

    def sessions(q: float) -> str:
        return _within(one.sessions_quantile(q), SESSIONS[-1], lambda n: format_number(n, 0, lang))

    def gain(q: float) -> str:
        return _within(one.gain_quantile(q), GAINS[-1], lambda x: format_percent(100 * x, 0, lang))

    def span(low: str, high: str) -> str:
        return low if low == high else _WORDS[lang]["to"].format(low=low, high=high)

    weight, mark = weights.get(one.method), "*" if marked else ""
    return [
        *("" if math.isnan(p) else probability_percent(p, lang) for p in chances),
        sessions(0.5),
        span(sessions(0.1), sessions(0.9)),
        gain(0.5) + mark,
        span(gain(0.1), gain(0.9)) + mark,
        format_number(one.cases, 0, lang),
        "" if weight is None else format_percent(100 * weight, 0, lang),
    ]


def _within(value: float, most: float, written: Callable[[float], str]) -> str:
    return f">{written(most)}" if math.isinf(value) else written(value)


def _records(outlook: Outlook, lang: Language) -> Table:
    words = _WORDS[lang]
    keys = ("horizon", "forecasts", "undecided", "brier", "base", "simulation")
    heads = [words[key] for key in keys]
    rows = [_record(one, _horizon(one, lang), lang) for one in outlook.skill]
    if outlook.gain_skill is not None:
        rows.append(_record(outlook.gain_skill, words["of_gain"], lang))
    return table(heads, rows, right=heads[1:])


def _horizon(one: Skill, lang: Language) -> str:
    return format_duration(one.horizon, "sessions", lang) if one.horizon else _WORDS[lang]["is_in"]


def _record(one: Skill, label: str, lang: Language) -> list[str]:
    words = _WORDS[lang]
    against = (
        (one.climatology, one.climatology_low, one.climatology_high),
        (one.simulation, one.simulation_low, one.simulation_high),
    )
    return [
        label,
        format_number(one.forecasts, 0, lang),
        format_number(one.undecided, 0, lang),
        _number(one.brier, 3, lang),
        *(
            words["score"].format(score=score, low=low, high=high)
            for score, low, high in (
                [_percent(share, lang) for share in shares] for shares in against
            )
        ),
    ]


def _number(value: float, decimals: int, lang: Language) -> str:
    return "—" if math.isnan(value) else format_number(value, decimals, lang)


def _percent(share: float, lang: Language) -> str:
    return "—" if math.isnan(share) else _number(100 * share, 1, lang) + "%"
