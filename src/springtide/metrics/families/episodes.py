"""Named rallies of the past, from trough to peak: how far they went and how long they took."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from springtide.claims.model import Claim, Measurement, Params, Row, Window
from springtide.errors import UnknownNameError
from springtide.language.format import format_duration, format_percent
from springtide.language.types import Language, PeriodMention, Quantity
from springtide.market import episodes
from springtide.market.episodes import Episode, Span
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics import rows
from springtide.metrics.answers import Measured, Missing
from springtide.metrics.patterns import Draft, Found, en, is_fact, zh
from springtide.metrics.registry import Metric

OVER = 0.20
"""A peak is known to be one once a later close lies this far below it."""


@dataclass(frozen=True, slots=True)
class Episodes(Params):
    """Ids of the episodes, separated by commas; all of the instrument's that are over if empty."""

    episodes: str = ""


Move = tuple[float, tuple[Row, Row], Window | None]


def _gain(view: View, instrument: Instrument, params: Episodes) -> Measured:
    return _average(view, instrument, params, _gain_of)


def _days(view: View, instrument: Instrument, params: Episodes) -> Measured:
    return _average(view, instrument, params, _days_of)


def _average(
    view: View,
    instrument: Instrument,
    params: Episodes,
    of: Callable[[View, Instrument, Span], Move],
) -> Measured:
    """Measure each episode from the closes of its trough and peak, and average."""
    moves = [of(view, instrument, span) for span in _spans(view, instrument, params)]
    return Measured(
        math.fsum(value for value, _, _ in moves) / len(moves),
        tuple(row for _, ends, _ in moves for row in ends),
        tuple(window for _, _, window in moves if window is not None),
    )


def _gain_of(view: View, instrument: Instrument, span: Span) -> Move:
    bars, trough = rows.at(view, instrument, "close", span.trough)
    _, peak = rows.at(view, instrument, "close", span.peak)
    ends = rows.row(bars, trough, "close"), rows.row(bars, peak, "close")
    return 100.0 * (ends[1].value / ends[0].value - 1.0), ends, None


def _days_of(view: View, instrument: Instrument, span: Span) -> Move:
    _, ends, _ = _gain_of(view, instrument, span)
    held = rows.stretch(view, instrument, "close", span.trough, span.peak)
    bars = view.bars(instrument.id)
    return float(len(held) - 1), ends, rows.window(view, bars, held, "close")


def _spans(view: View, instrument: Instrument, params: Episodes) -> list[Span]:
    """Return the spans of the episodes asked for, each known to be over on the view's date.

    Raises
    ------
    Missing
        Dates of an episode in this instrument are not known, or it was not over then.
    """
    if not params.episodes:
        spans = [one.spans[instrument.id] for one in episodes.all() if instrument.id in one.spans]
        over = [span for span in spans if _is_over(view, instrument, span)]
        if not over:
            raise Missing(
                f"no named episode of {instrument.id} that was over by {view.as_of} is known",
                f"尚无{instrument.id}截至{view.as_of}已结束的命名行情",
            )
        return over
    asked = _named(params)
    undated = [episode for episode in asked if instrument.id not in episode.spans]
    if undated:
        names = {language: _listed(undated, language) for language in ("en", "zh-cn")}
        raise Missing(
            f"the dates of {names['en']} in {instrument.id}, from trough to peak: "
            f"put them in {episodes.FILE}",
            f"需要{names['zh-cn']}中{instrument.id}由低点至高点的日期：请写入{episodes.FILE}",
        )
    for episode in asked:
        span = episode.spans[instrument.id]
        rows.check_past(view, span.peak)
        if not _is_over(view, instrument, span):
            raise Missing(
                f"closes of {instrument.id} by {view.as_of} do not show the peak of {span.peak} "
                f"({episode.name('en')}): none after it lies {OVER:.0%} below it",
                f"截至{view.as_of}，{instrument.id}的收盘价尚不能确认{episode.name('zh-cn')}"
                f"在{span.peak}见顶：此后没有较其低{OVER:.0%}的收盘价",
            )
    return [episode.spans[instrument.id] for episode in asked]


def _named(params: Episodes) -> list[Episode]:
    try:
        return [episodes.get(one.strip()) for one in params.episodes.split(",")]
    except UnknownNameError as error:
        raise Missing(
            f"no episode {error.name} is known: put it in {episodes.FILE}",
            f"没有名为{error.name}的行情：请写入{episodes.FILE}",
        ) from None


def _is_over(view: View, instrument: Instrument, span: Span) -> bool:
    """Say whether the peak was known to be one: nothing is known of a peak that comes later."""
    if span.peak > view.as_of:
        return False
    bars, peak = rows.at(view, instrument, "close", span.peak)
    after = bars.close[peak + 1 :]
    return bool((after <= (1 - OVER) * bars.close[peak]).any())


def _listed(named: Sequence[Episode], language: Language) -> str:
    names = [episode.name(language) for episode in named]
    if language != "en":
        return "、".join(names)
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _where(claim: Claim, language: Language) -> tuple[str, bool]:
    """Say in which episodes, and whether an average over several is meant."""
    assert isinstance(claim.params, Episodes)
    if not claim.params.episodes:
        return ("over its past episodes", True) if language == "en" else ("历次行情", True)
    named = [episodes.get(one.strip()) for one in claim.params.episodes.split(",")]
    names = _listed(named, language)
    if len(named) == 1:
        return (f"in {names}" if language == "en" else names), False
    if language == "en":
        return f"over {len(named)} episodes ({names})", True
    return f"{names}（{len(named)}轮）", True


def _say_gain_en(claim: Claim, measurement: Measurement) -> str:
    assert isinstance(claim.value, float)
    where, several = _where(claim, "en")
    size = format_percent(abs(claim.value), 2, "en")
    verb = "rose" if claim.value >= 0 else "fell"
    return f"{verb} {'an average of ' if several else ''}{size} from trough to peak {where}"


def _say_gain_zh(claim: Claim, measurement: Measurement) -> str:
    assert isinstance(claim.value, float)
    where, several = _where(claim, "zh-cn")
    size = format_percent(abs(claim.value), 2, "zh-cn")
    verb = "上涨" if claim.value >= 0 else "下跌"
    return f"在{where}中从低点到高点{'平均' if several else ''}{verb}{size}"


def _say_days_en(claim: Claim, measurement: Measurement) -> str:
    assert isinstance(claim.value, float)
    where, several = _where(claim, "en")
    length = format_duration(round(claim.value), "sessions", "en")
    return f"took {'an average of ' if several else ''}{length} from trough to peak {where}"


def _say_days_zh(claim: Claim, measurement: Measurement) -> str:
    assert isinstance(claim.value, float)
    where, several = _where(claim, "zh-cn")
    length = format_duration(round(claim.value), "sessions", "zh-cn")
    return f"在{where}中从低点到高点{'平均' if several else ''}历时{length}"


_LOW_TO_HIGH = re.compile(
    "(?:底部|低点|低位|谷底)[至到](?:高点|高位|顶部|顶峰|峰值)"
    r"|\b(?:trough|bottom|low)s? to (?:peak|top|high)s?\b",
    re.IGNORECASE,
)
_PAST = re.compile(r"历次行情|\bpast episodes\b", re.IGNORECASE)


def _meant(found: Found) -> Episodes | None:
    """Return the episodes that a sentence on moves from trough to peak names."""
    if not is_fact(found) or not _LOW_TO_HIGH.search(found.sentence):
        return None
    named = episodes.named_in(found.sentence)
    if not named and not _PAST.search(found.sentence):
        return None
    return Episodes(",".join(episode.id for episode in named))


def _read_gain(found: Found) -> Draft | None:
    params = _meant(found)
    return None if params is None else Draft(params, found.quantity(), found.sign)


def _read_days(found: Found) -> Draft | None:
    params, length = _meant(found), found.mentions["value"]
    if params is None:
        return None
    if isinstance(length, Quantity):
        return Draft(params, length) if length.unit == "sessions" else None
    if isinstance(length, PeriodMention) and length.period.unit == "sessions":
        return Draft(params, value=float(length.period.count or 0), unit="sessions")
    return None


_FROM_ZH = "(?:底部|低点|低位|谷底)[至到](?:高点|高位|顶部|顶峰|峰值)的?(?:平均)?(?:累计)?"
_RISE_ZH = "(?:(?P<up>涨幅|升幅|上涨|上升)|(?P<down>下跌|跌幅))(?:为|达到?)?"
_FROM_EN = r"from (?:its |the )?(?:trough|bottom|low)s? to (?:peak|top|high)s?"
_DEFINED_EN = (
    "over one named rally of the past, or the average over several, from the close of its trough "
    "to the close of its peak. Without names: all that have dates for the instrument. An episode "
    "counts once a later close lies 20% below its peak: before, nobody could know of it. Names and "
    "dates, each with its source, come from the table of episodes, which episodes.toml in the "
    "settings folder extends; where nobody has published dates (the 4G, 5G and cloud rallies of "
    "Chinese shares) there are none."
)
_DEFINED_ZH = (
    "单次命名行情、或多次行情的平均值，自低点收盘至高点收盘；不指名时取该标的有日期的全部行情。"
    "此后出现较高点低20%的收盘价方计入，此前无人能知其已见顶。名称与日期及其来源见行情表，可用设置文件夹中的episodes.toml补充；"
    "无人公布日期者（中国股票的4G、5G与云计算行情）不设日期。"
)

EPISODE_GAIN = Metric(
    key="episode_gain",
    params=Episodes,
    title={"en": "Gain of past episodes", "zh-cn": "历次行情涨幅"},
    definition={"en": f"The rise {_DEFINED_EN}", "zh-cn": f"涨幅：{_DEFINED_ZH}"},
    formula="mean over the episodes of close(peak) / close(trough) - 1",
    minimum="the closes of trough and peak of each episode, and one 20% below the peak",
    unit="%",
    decimals=2,
    measure=_gain,
    wording={"en": _say_gain_en, "zh-cn": _say_gain_zh},
    patterns=(
        zh(f"{_FROM_ZH}{_RISE_ZH}{{gap}}{{pct:value}}", _read_gain, 9),
        zh(f"平均{_RISE_ZH}{{gap}}{{pct:value}}", _read_gain, 8),
        en(
            rf"{{move}}(?: by)?(?: an average of)? {{pct:value}}(?: on average)? {_FROM_EN}",
            _read_gain,
            9,
        ),
        en(
            r"\baverag(?:e|ed|ing)(?: (?:gain|rise|rally|advance|return)s?)?(?: (?:was|is|were))?"
            r"(?: of)? {pct:value}",
            _read_gain,
            8,
        ),
    ),
)

EPISODE_DAYS = Metric(
    key="episode_days",
    params=Episodes,
    title={"en": "Length of past episodes", "zh-cn": "历次行情持续时间"},
    definition={"en": f"The sessions {_DEFINED_EN}", "zh-cn": f"交易日数：{_DEFINED_ZH}"},
    formula="mean over the episodes of the sessions after the trough up to the peak",
    minimum="every session of each episode, and a close 20% below the peak",
    unit="sessions",
    decimals=0,
    measure=_days,
    wording={"en": _say_days_en, "zh-cn": _say_days_zh},
    example=358.0,
    patterns=(
        zh(f"{_FROM_ZH}(?:历时|用时|持续){{gap}}{{span:value}}", _read_days, 9),
        en(
            rf"\b(?:took|lasted)(?: an average of)? {{span:value}}(?: on average)? {_FROM_EN}",
            _read_days,
            9,
        ),
    ),
)

METRICS = (EPISODE_GAIN, EPISODE_DAYS)
