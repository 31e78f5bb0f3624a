"""Both tests for a bubble as a table for the terminal, each alarm beside its false-alarm rate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from springtide.brief.bubble_tests import BubbleTests
from springtide.brief.exuberance import HEADING, LIMITS
from springtide.claims.model import Measurement, Row
from springtide.claims.terminal import table
from springtide.language.format import format_date, format_duration, format_number, format_percent
from springtide.language.types import Language
from springtide.market.types import Instrument
from springtide.metrics.families.bubbles import Bubble
from springtide.metrics.families.critical_time import session_ahead
from springtide.metrics.families.exuberance import BEGAN, CONFIRMED
from springtide.metrics.registry import get

if TYPE_CHECKING:
    from rich.console import RenderableType

_COLUMNS = {
    "en": ["test", "result", "false-alarm rate"],
    "zh-cn": ["检验", "结果", "误报率"],
}
_SCALES_ZH = {"short": "短期", "medium": "中期", "long": "长期"}


def exuberance_parts(
    tests: BubbleTests, instrument: Instrument, day: date, language: Language
) -> Iterator[RenderableType]:
    """Yield both tests for a rich console, from the top: lines and a table.

    Parameters
    ----------
    tests
        What they gave.
    instrument, day
        What was tested, and as of when.
    """
    name = next(iter(instrument.names.get(language, ())), instrument.id)
    on = format_date(day, language)
    who = f" {name}, {on}" if language == "en" else f"{name}，{on}"
    yield f"{HEADING[language]}{who}\n"
    rows = [_explosive(tests, language)]
    rows += [_shape(share, rate, language) for share, rate in tests.shapes]
    rows.append(_time(tests.times, instrument, language))
    yield table(_COLUMNS[language], rows)
    yield f"\n{LIMITS[language]}"


def _missing(one: Measurement, lang: Language) -> str:
    if lang == "en":
        return f"not enough information: {one.missing}"
    return f"信息不足：{one.missing_zh}"


def _explosive(tests: BubbleTests, lang: Language) -> list[str]:
    verdict, title = tests.verdict, get("exuberance").title[lang]
    label = f"{title} (PSY)" if lang == "en" else f"{title}（PSY）"
    if verdict.value is None or not isinstance(tests.p_value.value, float):
        return [label, _missing(verdict, lang), ""]
    figures = {row.field: row for row in verdict.evidence.rows}
    statistic, critical = (
        format_number(figures[name].value, 2, lang)
        for name in ("BSADF statistic", "critical value")
    )
    rate = format_percent(100.0 * tests.p_value.value, 2, lang)
    if lang == "en":
        answer = ("yes" if verdict.value else "no") + _since(figures, lang)
        return [
            label,
            f"{answer}; statistic {statistic}, critical value {critical}",
            f"{rate} of random walks",
        ]
    answer = ("是" if verdict.value else "否") + _since(figures, lang)
    return [label, f"{answer}；统计量{statistic}，临界值{critical}", f"随机游走中的{rate}"]


def _since(figures: dict[str, Row], lang: Language) -> str:
    if BEGAN not in figures:
        return ""
    began = format_date(figures[BEGAN].date, lang)
    known = format_date(figures[CONFIRMED].date, lang) if CONFIRMED in figures else ""
    if lang == "en":
        return f" since {began} ({f'confirmed {known}' if known else 'not confirmed yet'})"
    return f"，始于{began}（{f'{known}确认' if known else '尚未确认'}）"


def _shape(share: Measurement, rate: Measurement, lang: Language) -> list[str]:
    assert isinstance(share.params, Bubble)
    scale, up = share.params.scale, share.params.direction == "up"
    title = get("bubble_confidence").title[lang]
    if lang == "en":
        label = f"{title}, {scale} scale, {'upward' if up else 'downward'}"
    else:
        label = f"{title}，{_SCALES_ZH[scale]}，{'向上' if up else '向下'}"
    if not isinstance(share.value, float):
        return [label, _missing(share, lang), ""]
    fitted, qualified = (f"{row.value:.0f}" for row in share.evidence.rows)
    size = format_percent(share.value, 2, lang)
    counted = (
        f" ({qualified} of {fitted} windows)"
        if lang == "en"
        else f"（{fitted}个窗口中{qualified}个）"
    )
    if share.value == 0:
        return [label, size + counted, ""]
    if not isinstance(rate.value, float):
        return [label, size + counted, _missing(rate, lang)]
    often = format_percent(rate.value, 2, lang)
    beside = f"{often} of simulated markets" if lang == "en" else f"模拟市场中的{often}"
    return [label, size + counted, beside]


def _time(times: Sequence[Measurement], instrument: Instrument, lang: Language) -> list[str]:
    title = get("critical_time").title[lang]
    label = f"{title}, if it is a bubble" if lang == "en" else f"{title}（如果是泡沫）"
    said = []
    for one in times:
        if not isinstance(one.value, float):
            return [label, _missing(one, lang), ""]
        day = session_ahead(instrument, one.as_of, one.value)
        ahead = format_duration(round(one.value), "sessions", lang)
        on = "" if day is None else format_date(day, lang)
        said.append(ahead + (on and (f" ({on})" if lang == "en" else f"（{on}）")))
    median, earliest, latest = said
    if lang == "en":
        return [label, f"{median} ahead; 80% interval {earliest} to {latest}", ""]
    return [label, f"{median}后；80%区间：{earliest}至{latest}", ""]
