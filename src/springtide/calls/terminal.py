"""Calls for the terminal: each with what came of it, and how well their sources have done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from springtide.calls.outcomes import Score
from springtide.claims.model import Claim, Outcome
from springtide.claims.terminal import folded, table
from springtide.language.format import format_number, format_percent
from springtide.language.types import Language
from springtide.metrics.registry import get
from springtide.outlook.words import probability_percent

if TYPE_CHECKING:
    from rich.console import RenderableType

_WORDS: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "none": "No calls are on file that were made by {day}. File some with: "
        "springtide outlook SUBJECT --as-of DATE --file",
        "made": "made",
        "subject": "subject",
        "call": "call",
        "due": "due",
        "source": "source",
        "chance": "chance",
        "came": "came",
        "decided": "decided",
        "brier": "Brier score",
        "True": "yes",
        "False": "no",
        "None": "open",
        "open": "open",
        "beside": "same calls: own",
        "base": "base rates",
        "on": "of",
        "days": "dates",
        "subjects": "instruments",
        "limits": "Brier score: the mean squared distance of the chance from what came, 0 the "
        "best. Calls of one date, or whose horizons overlap, are not independent cases. A top is "
        "known only by the fall after it, a higher close at once: while many are open, the "
        "decided ones are not like all.",
        "due_and_open": "Past due and still open for want of:",
        "late": "{late} of {all} calls were put on file more than a day after the date that they "
        "are made as of, when some of what came was known.",
    },
    "zh-cn": {
        "none": "截至{day}没有存档的预测。存档方法：springtide outlook SUBJECT --as-of DATE --file",
        "made": "作出日期",
        "subject": "标的",
        "call": "预测",
        "due": "到期",
        "source": "来源",
        "chance": "概率",
        "came": "结果",
        "decided": "已有结果",
        "brier": "布赖尔分数",
        "True": "是",
        "False": "否",
        "None": "待定",
        "open": "待定",
        "beside": "同一批预测：自身",
        "base": "基准频率",
        "on": "数目",
        "days": "日期数",
        "subjects": "标的数",
        "limits": "布赖尔分数：概率与结果之差的平方的平均，0为最佳。"
        "同一日期或期限重叠的预测并非相互独立。顶部须待其后回落才能确认，而新高即刻可知："
        "待定者尚多时，已有结果者不能代表全部。",
        "due_and_open": "已到期而仍待定：",
        "late": "{all}条预测中有{late}条在其日期一日以后才存档，彼时部分结果已知。",
    },
}


def calls_parts(
    outcomes: Sequence[Outcome], scores: Sequence[Score], day: date, language: Language
) -> Iterator[RenderableType]:
    """Yield calls for a rich console, from the top: tables, lines, and texts to fold.

    Parameters
    ----------
    outcomes, scores
        What came of the calls, and how well their sources did; without calls a line says how to
        file some.
    day
        The day as of which it is known.
    """
    words = _WORDS[language]
    if not outcomes:
        yield words["none"].format(day=day)
        return
    keys = ("made", "subject", "call", "due", "source", "chance", "came", "decided", "brier")
    right = [words["chance"], words["brier"]]
    yield table(
        [words[key] for key in keys], [_row(one, language) for one in outcomes], right=right
    )
    yield ""
    yield from _awaited(outcomes, day, language)
    keys = ("source", "decided", "open", "days", "subjects", "brier", "beside", "base", "on")
    heads = [words[key] for key in keys]
    yield table(heads, [_score_row(one, language) for one in scores], right=heads[1:])
    yield ""
    yield folded(words["limits"], language)
    late = sum(one.late for one in scores)
    if late:
        yield folded(words["late"].format(late=late, all=len(outcomes)), language)


def _awaited(outcomes: Sequence[Outcome], day: date, lang: Language) -> Iterator[RenderableType]:
    """Say which data the calls need whose horizon has ended and which are not decided."""
    due = [
        one.measurement.missing if lang == "en" else one.measurement.missing_zh
        for one in outcomes
        if one.happened is None and one.call.due is not None and one.call.due < day
    ]
    if due:
        yield folded(_WORDS[lang]["due_and_open"], lang)
        for reason in dict.fromkeys(due):
            yield folded(f"- {reason}", lang)
        yield ""


def _row(one: Outcome, lang: Language) -> list[str]:
    call = one.call
    return [
        str(call.made),
        call.claim.subject,
        _claim_in_words(call.claim, lang),
        str(call.due or "—"),
        call.source,
        probability_percent(call.probability, lang),
        _WORDS[lang][str(one.happened)],
        str(one.decided_on or "—"),
        _number(one.brier, lang),
    ]


def _claim_in_words(claim: Claim, lang: Language) -> str:
    """Return the metric's title and the value: "New high within a horizon: 60 sessions"."""
    title = get(claim.metric).title[lang]
    if claim.value is None:
        return title
    values = claim.value if isinstance(claim.value, tuple) else (claim.value,)
    digits = 0 if all(value.is_integer() for value in values) else 2
    if claim.unit == "%":
        written = [format_percent(value, digits, lang) for value in values]
    else:
        written = [format_number(value, digits, lang) for value in values]
    sign = claim.comparator if claim.comparator in ("~", ">", "<") else ""
    unit = _UNITS[lang].get(claim.unit, f" {claim.unit}" if claim.unit else "")
    return f"{title}{': ' if lang == 'en' else '：'}{sign}{'–'.join(written)}{unit}"


_UNITS: Mapping[Language, Mapping[str, str]] = {
    "en": {"%": "", "sessions": " sessions", "points": " points"},
    "zh-cn": {"%": "", "sessions": "个交易日", "points": "点"},
}


def _score_row(one: Score, lang: Language) -> list[str]:
    beside = one.beside
    return [
        one.source,
        str(one.decided),
        str(one.undecided),
        str(one.days),
        str(one.subjects),
        _number(one.brier, lang),
        *(
            ["—"] * 3
            if beside is None
            else [
                _number(beside.brier, lang),
                _number(beside.base_rates, lang),
                str(beside.decided),
            ]
        ),
    ]


def _number(value: float | None, lang: Language) -> str:
    return "—" if value is None else format_number(value, 3, lang)
