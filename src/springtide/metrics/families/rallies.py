"""Where a rally stands among all the earlier ones that were over by its date."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Literal
from weakref import WeakKeyDictionary

from springtide.claims.model import Claim, Measurement, Params, Window
from springtide.language.messages import Message, Number, Percent, message
from springtide.market import rallies as dating
from springtide.market.rallies import Rally
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics import rallies, rows
from springtide.metrics.answers import Measured, Missing
from springtide.metrics.params import Limits
from springtide.metrics.patterns import Draft, Phrase, en, zh
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
    phases, phase = rallies.running(view, instrument, params.threshold)
    if phase.kind == "bear":
        raise rallies.other_phase(instrument, phases, phase, params.threshold)
    whose = (instrument,) if params.among == "own" else rallies.peers(view, instrument)
    earlier, windows = _earlier(view, whose, params.threshold)
    wanted = params.sample or FEWEST
    if len(earlier) < wanted:
        raise _too_few(instrument, params, wanted, len(earlier))
    if params.sample is not None:
        earlier = earlier[-params.sample :]
    value = _MEASURE[params.by]
    today = value(dating.rally(phases.closes, phase, len(phases.held) - 1))
    count = sum(value(rally) < today for rally in earlier)
    cited = [rows.row(phases.bars, int(phases.held[i]), "close") for i in (phase.start, -1)]
    how = "bull markets over by the as-of date"
    cited.append(computed(instrument, "earlier rallies", view.as_of, len(earlier), how))
    cited += rallies.real_moves(instrument, phases, phase.start)
    if params.among == "peers":
        windows.insert(0, rows.window(view, phases.bars, phases.held, "close"))
    return Measured(float(count), tuple(cited), tuple(windows))


_Key = tuple[tuple[str, ...], float]
_DATED: WeakKeyDictionary[View, dict[_Key, tuple[list[Rally], list[Window]]]] = WeakKeyDictionary()


def _earlier(
    view: View, whose: Sequence[Instrument], threshold: float
) -> tuple[list[Rally], list[Window]]:
    """Return the rallies that were over, by the day on which that was known, and the rows dated.

    A brief asks by age and by gain, of its own and of its peers: each is dated once a view.
    """
    kept = _DATED.setdefault(view, {})
    key = (tuple(instrument.id for instrument in whose), threshold)
    if key not in kept:
        kept[key] = _dated(view, whose, threshold)
    over, windows = kept[key]
    return list(over), list(windows)


def _dated(
    view: View, whose: Sequence[Instrument], threshold: float
) -> tuple[list[Rally], list[Window]]:
    over: list[Rally] = []
    windows: list[Window] = []
    for instrument in whose:
        try:
            phases = rallies.dated(view, instrument, threshold)
        except Missing:  # no price above zero: no peer
            continue
        over += rallies.completed(phases)
        windows.append(rows.window(view, phases.bars, phases.held, "close"))
    return sorted(over, key=lambda rally: (rally.over, rally.subject)), windows


def _too_few(instrument: Instrument, params: RallyRank, wanted: int, there: int) -> Missing:
    return Missing(
        "missing.few-rallies",
        wanted=wanted,
        there=there,
        whose=params.among,
        subject=instrument.id,
        line=Percent.short(params.threshold),
    )


def _say(claim: Claim, measurement: Measurement) -> Message:
    params = claim.params
    assert isinstance(params, RallyRank) and isinstance(claim.value, float)
    return message(
        "metrics.rally_rank-said",
        value=Number(claim.value),
        by=params.by,
        among=params.among,
        sample=params.sample or _sample_of(measurement),
        convention="usual" if params.threshold == CONVENTION else "other",
        line=Percent.short(params.threshold),
    )


_BY: Mapping[str, By] = {
    "outlasted": "age", "持续时间": "age", "历时": "age",
    "outgained": "gain", "涨幅": "gain", "升幅": "gain",
    "outpaced": "pace", "平均涨速": "pace", "平均升速": "pace",
}  # fmt: skip


def _counted(measurement: Measurement) -> RallyRank:
    """Return the parameters with the number of earlier rallies among which a rank was found."""
    assert isinstance(measurement.params, RallyRank)
    return replace(measurement.params, sample=_sample_of(measurement))


def _sample_of(measurement: Measurement) -> int:
    counted = [row.value for row in measurement.evidence.rows if row.field == "earlier rallies"]
    return round(counted[0]) if counted else FEWEST


def _read(phrase: Phrase) -> Draft | None:
    line = phrase.quantity("line").value if "line" in phrase.mentions else CONVENTION
    sample = phrase.quantity("sample").value
    assert isinstance(line, float)
    if not isinstance(sample, float) or not sample.is_integer():
        return None
    by = _BY[phrase.words["by"].lower()]
    among: Among = "peers" if phrase.words.get("peers") else "own"
    return Draft(RallyRank(by, among, int(sample), line), phrase.quantity(), unit="rallies")


RALLY_RANK = Metric(
    key="rally_rank",
    params=RallyRank,
    formula="count(earlier rallies whose age, gain or pace is below that of the running one)",
    minimum=f"a running bull market and {FEWEST} earlier ones that are over",
    unit="rallies",
    decimals=0,
    measure=_rank,
    wording=_say,
    completed=_counted,
    example=2.0,
    patterns=(
        zh(
            "(?:按{pct:line}的惯例)?[本今]轮牛市的(?P<by>持续时间|历时|[涨升]幅|平均[涨升]速)超[过越]"
            "(?:自身|(?P<peers>同类(?:标的|证券)))[此之]前{number:sample}轮牛市中的{number:value}轮",
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
        zh(
            "[本今]轮牛市的(?P<by>持续时间|历时|[涨升]幅|平均[涨升]速)超[过越]自身[^。；，,]{0,24}?轮、"
            "(?P<peers>同类(?:标的|证券)){number:sample}轮中的{number:value}轮",
            _read,
            9,
        ),
        en(
            r"\b(?P<by>outlasted|outgained|outpaced) [^.;]{0,24}? earlier bull markets and "
            r"{number:value} of the {number:sample} of (?P<peers>its peers)",
            _read,
            9,
        ),
    ),
)

METRICS = (RALLY_RANK,)
