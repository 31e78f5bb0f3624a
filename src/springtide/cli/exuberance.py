"""The command that tests for a bubble: both tests and how often they raise a false alarm."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Annotated, Literal, get_args

from cyclopts import Parameter

from springtide.cli.analysis import AsOf, measurement_json, open_view
from springtide.cli.options import Json, LakeAddress
from springtide.cli.output import print_json, print_table, progress

if TYPE_CHECKING:
    from springtide.claims.model import Measurement, Params, Row
    from springtide.language.types import Language
    from springtide.market.types import Instrument
    from springtide.market.view import View

Written = Literal["en", "zh-cn"]

_COLUMNS = {
    "en": ["test", "result", "false-alarm rate"],
    "zh-cn": ["检验", "结果", "误报率"],
}
_BOUNDS: tuple[Literal["earliest", "median", "latest"], ...] = ("earliest", "median", "latest")
_SCALES_ZH = {"short": "短期", "medium": "中期", "long": "长期"}


def exuberance(
    subject: str,
    /,
    *,
    as_of: AsOf,
    window: int = 500,
    lang: Annotated[Written, Parameter(help="Language of the answer.")] = "en",
    lake: LakeAddress = None,
    json: Json = False,
) -> int:
    """Test an instrument for a bubble as of a date, with the rate of false alarms.

    Two tests: PSY (Phillips, Shi and Yu), whether the price grows faster than chance would have it,
    and LPPLS, in how many windows it has the shape of a bubble and when that would end. Beside
    every alarm stands how often it goes off without a bubble. Sees only what was known on that
    date. The first answer for a date takes some seconds, and is kept.

    For example:

    ```console
    springtide exuberance SPX --as-of 2018-01-26
    ```

    Parameters
    ----------
    subject
        An instrument by identifier, name or symbol.
    window
        Sessions that the PSY test looks at: 100, 150, 200, 250, 300, 400, 500, 750, 1000, 1500 or
        2000.
    """
    from springtide.brief.exuberance import LIMITS
    from springtide.metrics.asof import check_close
    from springtide.metrics.families.exuberance import Exuberance
    from springtide.metrics.params import params_from_text

    params_from_text(Exuberance, {"window": str(window)})
    view = open_view(lake, as_of)
    instrument = view.instrument(subject)
    check_close(view, instrument)
    found = _measured(view, instrument, window)
    answers = [one for one in found.all if one.value is not None]
    if json:
        print_json(
            {
                "subject": instrument.id,
                "as_of": as_of,
                "measurements": [measurement_json(one) for one in found.all],
                "limits": LIMITS[lang],
            }
        )
    else:
        _print(found, view, instrument, lang)
    return 0 if answers else 1


@dataclass(frozen=True, slots=True)
class _Found:
    """What both tests found; each confidence is followed by its false-alarm rate."""

    verdict: Measurement
    statistic: Measurement
    p_value: Measurement
    shapes: tuple[tuple[Measurement, Measurement], ...]
    times: tuple[Measurement, Measurement, Measurement]

    @property
    def all(self) -> list[Measurement]:
        shapes = [one for pair in self.shapes for one in pair]
        return [self.verdict, self.statistic, self.p_value, *shapes, *self.times]


def _measured(view: View, instrument: Instrument, window: int) -> _Found:
    from springtide.metrics.families.bubbles import (
        Bubble,
        Direction,
        FalseAlarm,
        ScaleName,
    )
    from springtide.metrics.families.critical_time import CriticalTime
    from springtide.metrics.families.exuberance import Exuberance, Psy
    from springtide.metrics.registry import get, measure
    from springtide.metrics.simulated import part, reporting

    asked: list[tuple[str, Params]] = [
        ("exuberance", Exuberance(window)),
        ("exuberance_statistic", Psy(window)),
        ("exuberance_p_value", Psy(window)),
    ]
    for way in get_args(Direction):
        for scale in get_args(ScaleName):
            asked.append(("bubble_confidence", Bubble(scale, way)))
            asked.append(("bubble_false_alarm_rate", FalseAlarm(scale, way)))
    asked += [("critical_time", CriticalTime(bound=bound)) for bound in _BOUNDS]
    found: list[Measurement] = []
    with progress("Testing") as report:
        for number, (key, params) in enumerate(asked):
            told = partial(report, get(key).title["en"])
            with reporting(told), part(number, len(asked)):
                found.append(measure(key, view, instrument, params))
    shapes = tuple(zip(found[3:-3:2], found[4:-3:2], strict=True))
    earliest, median, latest = found[-3:]
    return _Found(found[0], found[1], found[2], shapes, (earliest, median, latest))


def _print(found: _Found, view: View, instrument: Instrument, lang: Written) -> None:
    from springtide.brief.exuberance import HEADING, LIMITS
    from springtide.language.format import format_date

    name = next(iter(instrument.names.get(lang, ())), instrument.id)
    day = format_date(view.as_of, lang)
    who = f" {name}, {day}" if lang == "en" else f"{name}，{day}"
    print(f"{HEADING[lang]}{who}\n")
    rows = [_explosive(found, lang)]
    rows += [_shape(share, rate, lang) for share, rate in found.shapes]
    rows.append(_time(found.times, instrument, lang))
    print_table(_COLUMNS[lang], rows)
    print(f"\n{LIMITS[lang]}")


def _missing(one: Measurement, lang: Written) -> str:
    if lang == "en":
        return f"not enough information: {one.missing}"
    return f"信息不足：{one.missing_zh}"


def _explosive(found: _Found, lang: Written) -> list[str]:
    from springtide.language.format import format_number, format_percent
    from springtide.metrics.registry import get

    verdict, title = found.verdict, get("exuberance").title[lang]
    label = f"{title} (PSY)" if lang == "en" else f"{title}（PSY）"
    if verdict.value is None or not isinstance(found.p_value.value, float):
        return [label, _missing(verdict, lang), ""]
    figures = {row.field: row for row in verdict.evidence.rows}
    statistic, critical = (
        format_number(figures[name].value, 2, lang)
        for name in ("BSADF statistic", "critical value")
    )
    rate = format_percent(100.0 * found.p_value.value, 2, lang)
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
    from springtide.language.format import format_date
    from springtide.metrics.families.exuberance import BEGAN, CONFIRMED

    if BEGAN not in figures:
        return ""
    began = format_date(figures[BEGAN].date, lang)
    known = format_date(figures[CONFIRMED].date, lang) if CONFIRMED in figures else ""
    if lang == "en":
        return f" since {began} ({f'confirmed {known}' if known else 'not confirmed yet'})"
    return f"，始于{began}（{f'{known}确认' if known else '尚未确认'}）"


def _shape(share: Measurement, rate: Measurement, lang: Written) -> list[str]:
    from springtide.language.format import format_percent
    from springtide.metrics.families.bubbles import Bubble
    from springtide.metrics.registry import get

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


def _time(
    times: tuple[Measurement, Measurement, Measurement], instrument: Instrument, lang: Written
) -> list[str]:
    from springtide.language.format import format_date, format_duration
    from springtide.metrics.families.critical_time import session_ahead
    from springtide.metrics.registry import get

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
    earliest, median, latest = said
    if lang == "en":
        return [label, f"{median} ahead; 80% interval {earliest} to {latest}", ""]
    return [label, f"{median}后；80%区间：{earliest}至{latest}", ""]
