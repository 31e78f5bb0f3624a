"""Where a rally stands among all the earlier ones that were over by its date."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from springtide.claims.model import Claim, Measurement, Params, Window
from springtide.language.format import format_number, format_percent
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics import rallies, rows
from springtide.metrics.answers import Measured, Missing
from springtide.metrics.params import Limits
from springtide.metrics.patterns import Draft, Found, en, zh
from springtide.metrics.rallies import Rally
from springtide.metrics.registry import Metric
from springtide.metrics.simulated import computed

FEWEST = 3
"""Earlier rallies below which nothing is said: a rank among two is none."""

CONVENTION = 20.0
"""The move in per cent that makes a bull market where no other is said."""

By = Literal["age", "gain", "pace"]
Among = Literal["own", "peers"]


@dataclass(frozen=True, slots=True)
class RallyRank(Params):
    """What is compared, with whose earlier rallies, with the last how many, by which threshold."""

    by: By = "age"
    among: Among = "own"
    sample: Annotated[int | None, Limits(FEWEST)] = None
    threshold: Annotated[float, Limits(0, 100, strict=True)] = CONVENTION


_MEASURE: Mapping[By, Callable[[Rally], float]] = {
    "age": lambda rally: rally.sessions,
    "gain": lambda rally: rally.gain,
    "pace": lambda rally: rally.pace,
}


def _rank(view: View, instrument: Instrument, params: RallyRank) -> Measured:
    """Count the earlier rallies that the running one exceeds."""
    found, phase = rallies.running(view, instrument, params.threshold)
    if phase.kind == "bear":
        raise rallies.other_phase(instrument, found, phase, params.threshold)
    whose = (instrument,) if params.among == "own" else rallies.peers(view, instrument)
    earlier, windows = _earlier(view, whose, params.threshold)
    wanted = params.sample or FEWEST
    if len(earlier) < wanted:
        raise _too_few(instrument, params, wanted, len(earlier))
    if params.sample is not None:
        earlier = earlier[-params.sample :]
    value = _MEASURE[params.by]
    today = value(_so_far(found, phase.start))
    count = sum(value(rally) < today for rally in earlier)
    cited = [rows.row(found.bars, int(found.held[i]), "close") for i in (phase.start, -1)]
    how = "bull markets over by the as-of date"
    cited.append(computed(instrument, "earlier rallies", view.as_of, len(earlier), how))
    if params.among == "peers":
        windows.insert(0, rows.window(view, found.bars, found.held, "close"))
    return Measured(float(count), tuple(cited), tuple(windows))


def _so_far(found: rallies.Dated, start: int) -> Rally:
    """Return the running rally as if it ended today."""
    sessions = len(found.held) - 1 - start
    growth = found.close(-1) / found.close(start)
    today = found.day(-1)
    pace = math.log(growth) / sessions
    return Rally(found.bars.symbol, found.day(start), today, today, sessions, growth - 1.0, pace)


def _earlier(
    view: View, whose: Sequence[Instrument], threshold: float
) -> tuple[list[Rally], list[Window]]:
    """Return the rallies that were over, by the day on which that was known, and the rows dated."""
    over: list[Rally] = []
    windows: list[Window] = []
    for instrument in whose:
        try:
            found = rallies.dated(view, instrument, threshold)
        except Missing:  # prices below zero cannot be dated: no peer
            continue
        over += rallies.completed(found)
        windows.append(rows.window(view, found.bars, found.held, "close"))
    return sorted(over, key=lambda rally: (rally.known, rally.symbol)), windows


def _too_few(instrument: Instrument, params: RallyRank, wanted: int, there: int) -> Missing:
    line, own = params.threshold, params.among == "own"
    whose = instrument.id if own else f"peers of {instrument.id}"
    whose_zh = instrument.id if own else f"{instrument.id}的同类标的"
    return Missing(
        f"{wanted} earlier bull markets of {whose} by the {line:g}% convention are needed, "
        f"{there} are known",
        f"需要{whose_zh}按{line:g}%惯例划分的{wanted}轮此前牛市，已知{there}轮",
    )


_DID_EN: Mapping[By, str] = {"age": "outlasted", "gain": "outgained", "pace": "outpaced"}
_DID_ZH: Mapping[By, str] = {"age": "持续时间", "gain": "涨幅", "pace": "平均涨速"}
_BY_EN: Mapping[str, By] = {words: by for by, words in _DID_EN.items()}
_BY_ZH: Mapping[str, By] = {words: by for by, words in _DID_ZH.items()}


def sample_of(measurement: Measurement) -> int:
    """Return among how many earlier rallies a rank was found."""
    counted = [row.value for row in measurement.evidence.rows if row.field == "earlier rallies"]
    return round(counted[0]) if counted else FEWEST


def _say_en(claim: Claim, measurement: Measurement) -> str:
    params = claim.params
    assert isinstance(params, RallyRank) and isinstance(claim.value, float)
    count, sample = (
        format_number(one, 0, "en")
        for one in (claim.value, params.sample or sample_of(measurement))
    )
    line = format_percent(params.threshold, 0, "en")
    rule = "" if params.threshold == CONVENTION else f" by the {line} convention"
    whose = (
        f"its own {sample} earlier bull markets"
        if params.among == "own"
        else f"the {sample} earlier bull markets of its peers"
    )
    return f"has {_DID_EN[params.by]} {count} of {whose}{rule}"


def _say_zh(claim: Claim, measurement: Measurement) -> str:
    params = claim.params
    assert isinstance(params, RallyRank) and isinstance(claim.value, float)
    count, sample = (
        format_number(one, 0, "zh-cn")
        for one in (claim.value, params.sample or sample_of(measurement))
    )
    line = format_percent(params.threshold, 0, "zh-cn")
    rule = "" if params.threshold == CONVENTION else f"按{line}的惯例"
    whose = "自身" if params.among == "own" else "同类标的"
    return f"{rule}本轮牛市的{_DID_ZH[params.by]}超过{whose}此前{sample}轮牛市中的{count}轮"


def _read(found: Found) -> Draft | None:
    line = found.quantity("line").value if "line" in found.mentions else CONVENTION
    sample = found.quantity("sample").value
    assert isinstance(line, float)
    if not isinstance(sample, float) or not sample.is_integer():
        return None
    by = {**_BY_EN, **_BY_ZH}[found.words["by"].lower()]
    among: Among = "peers" if found.words.get("peers") else "own"
    return Draft(RallyRank(by, among, int(sample), line), found.quantity(), unit="rallies")


RALLY_RANK = Metric(
    key="rally_rank",
    params=RallyRank,
    title={"en": "Rank among earlier rallies", "zh-cn": "在历次牛市中的位置"},
    definition={
        "en": "How many of the earlier bull markets the running one exceeds so far: in sessions "
        "since its trough (by=age), in gain (gain) or in its mean change a session (pace). It is "
        "counted to today's close, the earlier ones from trough to peak. Earlier are all that were "
        "known to be over by the as-of date, in the whole history without a gap, but for the first "
        "phase of the data, whose beginning is not known; sample takes the latest so many. Peers "
        "are the other instruments of the registry of the same kind (indices with indices) that "
        "have bars. Their markets move together, so their rallies are no independent cases.",
        "zh-cn": "本轮牛市目前超过了此前多少轮牛市：按自低点以来的交易日数（age）、涨幅（gain）或平均每日涨幅（pace）比较。"
        "本轮计至当日收盘，此前各轮自低点计至高点。此前各轮指截至当日已确认结束者，取自全部连续已知的历史，"
        "但不含数据中起点未知的第一个阶段；sample取最近若干轮。同类标的指注册表中同一类别（如同为指数）且有行情的其他标的；"
        "各市场往往同涨同跌，其牛市并非相互独立的样本。",
    },
    formula="count(earlier rallies whose age, gain or pace is below that of the running one)",
    minimum=f"a running bull market and {FEWEST} earlier ones that are over",
    unit="rallies",
    decimals=0,
    measure=_rank,
    wording={"en": _say_en, "zh-cn": _say_zh},
    example=2.0,
    patterns=(
        zh(
            "(?:按{pct:line}的惯例)?本轮牛市的(?P<by>持续时间|涨幅|平均涨速)超过"
            "(?:自身|(?P<peers>同类标的))此前{number:sample}轮牛市中的{number:value}轮",
            _read,
            9,
        ),
        en(
            r"\b(?P<by>outlasted|outgained|outpaced) {number:value} of (?:its own|the) "
            r"{number:sample} earlier bull markets(?P<peers> of its peers)?"
            r"(?: by the {pct:line} convention)?",
            _read,
            9,
        ),
    ),
)

METRICS = (RALLY_RANK,)
