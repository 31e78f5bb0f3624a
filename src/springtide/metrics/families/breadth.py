"""Breadth: how many members of a basket or an index take part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from springtide.claims.model import Claim, Measurement, Params
from springtide.language.messages import Message, Number, Percent, message
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics import members
from springtide.metrics.answers import Measured, Missing
from springtide.metrics.params import Limits
from springtide.metrics.patterns import Draft, Phrase, en, is_fact, zh
from springtide.metrics.registry import Metric
from springtide.metrics.simulated import computed
from springtide.numerics import breadth

Side = Literal["high", "low"]
Count = Literal["advances", "declines", "unchanged", "ratio"]

MEMBERS = "members"
"""Unit of a count."""


@dataclass(frozen=True, slots=True)
class BreadthAbove(Params):
    """Closes of the mean; whether the list of an index's members must be one of the time."""

    window: Annotated[int, Limits(2)] = 50
    pit: bool = True


@dataclass(frozen=True, slots=True)
class BreadthHighs(Params):
    """Closes looked back on, highest or lowest, members or their share; ``pit`` as before."""

    window: Annotated[int, Limits(2)] = 250
    side: Side = "high"
    of: Literal["count", "share"] = "count"
    pit: bool = True


@dataclass(frozen=True, slots=True)
class AdvanceDecline(Params):
    """What is counted, or the advances for each decline; ``pit`` as before."""

    count: Count = "advances"
    pit: bool = True


def _panel(view: View, instrument: Instrument, sessions: int, pit: bool) -> members.Panel:
    who = members.members_of(view, instrument, pit=pit)
    return members.panel(view, instrument, who, sessions)


def _measured(
    view: View, instrument: Instrument, made: members.Panel, value: float, counted: dict[str, int]
) -> Measured:
    shown, windows = members.cited(view, instrument, made)
    figures = tuple(
        computed(instrument, what, view.as_of, count) for what, count in counted.items()
    )
    return Measured(value, (*figures, *shown), windows)


def _above(view: View, instrument: Instrument, params: BreadthAbove) -> Measured:
    made = _panel(view, instrument, params.window, params.pit)
    share = breadth.above_mean(made.closes, params.window)
    members.check_counted(view, instrument, share.counted, share.left_out)
    figures = {"above": share.count, "counted": share.counted, "left out": share.left_out}
    return _measured(view, instrument, made, share.percent, figures)


def _highs(view: View, instrument: Instrument, params: BreadthHighs) -> Measured:
    made = _panel(view, instrument, params.window, params.pit)
    share = breadth.at_extreme(made.closes, params.window, params.side)
    members.check_counted(view, instrument, share.counted, share.left_out)
    figures = {f"at a {params.side}": share.count, "counted": share.counted,
               "left out": share.left_out}  # fmt: skip
    value = float(share.count) if params.of == "count" else share.percent
    return _measured(view, instrument, made, value, figures)


def _advances(view: View, instrument: Instrument, params: AdvanceDecline) -> Measured:
    made = _panel(view, instrument, 2, params.pit)
    if len(made.days) < 2:
        raise Missing("missing.no-member-close-before", subject=instrument.id, day=str(view.as_of))
    ad = breadth.advances(made.closes[-2:])
    members.check_counted(view, instrument, ad.rose + ad.fell + ad.unchanged, ad.left_out)
    if params.count == "ratio" and not ad.fell:
        raise Missing("missing.none-fell", subject=instrument.id, day=str(view.as_of))
    value = {
        "advances": ad.rose, "declines": ad.fell, "unchanged": ad.unchanged, "ratio": ad.ratio,
    }[params.count]  # fmt: skip
    figures = {"rose": ad.rose, "fell": ad.fell, "unchanged": ad.unchanged,
               "left out": ad.left_out}  # fmt: skip
    return _measured(view, instrument, made, float(value), figures)


def _say_above(claim: Claim, measurement: Measurement) -> Message:
    assert isinstance(claim.params, BreadthAbove) and isinstance(claim.value, float)
    return message(
        "metrics.breadth_above-said", value=Percent(claim.value, 1), window=claim.params.window
    )


def _say_highs(claim: Claim, measurement: Measurement) -> Message:
    params = claim.params
    assert isinstance(params, BreadthHighs) and isinstance(claim.value, float)
    share = params.of == "share"
    return message(
        "metrics.breadth_highs-said",
        value=Percent(claim.value, 1) if share else Number(claim.value),
        window=params.window,
        side=params.side,
    )


def _say_advances(claim: Claim, measurement: Measurement) -> Message:
    params = claim.params
    assert isinstance(params, AdvanceDecline) and isinstance(claim.value, float)
    digits = 2 if params.count == "ratio" else 0
    return message(
        "metrics.advance_decline-said", value=Number(claim.value, digits), count=params.count
    )


def _read_above(phrase: Phrase) -> Draft | None:
    if not is_fact(phrase):
        return None
    return Draft(BreadthAbove(phrase.window(50)), phrase.quantity())


def _read_highs(phrase: Phrase) -> Draft | None:
    quantity = phrase.quantity()
    if not is_fact(phrase) or quantity.unit not in ("", "%"):
        return None
    side: Side = "low" if phrase.words.get("down") else "high"
    of: Literal["count", "share"] = "count" if quantity.unit == "" else "share"
    params = BreadthHighs(phrase.window(250), side, of)
    return Draft(params, quantity, unit=MEMBERS if of == "count" else "%")


_BLUE_CHIPS = "HSI"
"""What Hong Kong's papers call 藍籌 are the members of the Hang Seng Index."""


def _read_advances(phrase: Phrase) -> Draft | None:
    quantity = phrase.quantity()
    if not is_fact(phrase) or quantity.unit != "" or not _is_whole(quantity.value):
        return None
    words = phrase.words
    count: Count = "declines" if words.get("down") else "advances"
    if words.get("still"):
        count = "unchanged"
    subject = _BLUE_CHIPS if words.get("chips") else ""
    return Draft(AdvanceDecline(count), quantity, unit=MEMBERS, subject=subject)


def _read_ratio(phrase: Phrase) -> Draft | None:
    return Draft(AdvanceDecline("ratio"), phrase.quantity(), unit="x") if is_fact(phrase) else None


def _is_whole(value: object) -> bool:
    return isinstance(value, float | int) and float(value).is_integer()


_NEEDS = f"{members.FEWEST} members or more, {members.LEAST_SHARE:.0%} of all with"

BREADTH_ABOVE = Metric(
    key="breadth_above",
    params=BreadthAbove,
    formula="count(members whose close > mean of their last closes) / count(members with as many)",
    minimum=f"{_NEEDS} as many closes as the mean has; of an index, a list of its members",
    unit="%",
    decimals=1,
    measure=_above,
    wording=_say_above,
    needs_close=False,
    patterns=(
        en(
            r"{pct:value} of (?:its|the (?:index|basket)'s) (?:members|constituents|components|stocks) "
            r"(?:(?:are|were|is|closed|ended|stood|trade[ds]?) )?above their (?:own )?{average:window}",
            _read_above,
            7,
        ),
        zh(
            "站上{average:window}的成[分份]股(?:占比|比例|占)(?:为|达到?)?{pct:value}",
            _read_above,
            7,
        ),
        zh(
            "成[分份]股(?:中|里)?有{pct:value}的?(?:收盘价?|收)?(?:高于|站上|位于)(?:各自的?|其)?"
            "{average:window}",
            _read_above,
            7,
        ),
        zh(
            "{pct:value}的?成[分份]股(?:收盘价?|收)?(?:高于|位于|处于|站上|在|于)(?:各自的?|其|自身的?)?"
            "{average:window}",
            _read_above,
            7,
        ),
    ),
)

_WHOSE = r"of (?:its|the (?:index|basket)'s)(?: {number})? (?:members|constituents|components)"
_HIGH = r"(?:closing )?(?:highs?|(?P<down>lows?))"

BREADTH_HIGHS = Metric(
    key="breadth_highs",
    params=BreadthHighs,
    formula="count(members whose close is the highest, or lowest, of their last closes)",
    minimum=f"{_NEEDS} so many closes; of an index, a list of its members",
    unit=lambda params, instrument: MEMBERS if params.of == "count" else "%",
    decimals=lambda value, unit: 1 if unit == "%" else 0,
    measure=_highs,
    wording=_say_highs,
    needs_close=False,
    example=12.0,
    patterns=(
        *(
            en(
                mark + f" {_WHOSE} (?:closed |are |were |stood )?at (?:a |their )?"
                "{span:window} " + _HIGH,
                _read_highs,
                7,
            )
            for mark in ("{number:value}", "{pct:value}")
        ),
        *(
            zh(
                mark + "[只隻]?的?成[分份]股(?:收盘|收市)?创(?:下|出)?{span:window}(?:以来)?的?"
                "(?:收盘|收市)?新?(?:高|(?P<down>低))",
                _read_highs,
                7,
            )
            for mark in ("{number:value}", "{pct:value}")
        ),
    ),
)

_ZH_WAY = "(?:(?P<down>下跌|跌|挫)|(?P<still>平盘|持平|无升跌|没有升跌|无涨跌)|上涨|上升|涨|升)"

ADVANCE_DECLINE = Metric(
    key="advance_decline",
    params=AdvanceDecline,
    formula="count(members with close > close(previous session)), <, =, or the first by the second",
    minimum=f"{_NEEDS} a close on both sessions; of an index, a list of its members",
    unit=lambda params, instrument: "x" if params.count == "ratio" else MEMBERS,
    decimals=lambda value, unit: 2 if unit == "x" else 0,
    measure=_advances,
    wording=_say_advances,
    needs_close=False,
    example=12.0,
    patterns=(
        en(
            "{number:value} "
            + _WHOSE
            + r" (?:rose|rise|advanced|gained|(?P<down>fell|fall|declined|"
            r"dropped|lost)|(?P<still>were unchanged|st(?:oo|an)d still))\b",
            _read_advances,
            7,
        ),
        en(
            r"{times:value} as many of its members rise as fall",
            _read_ratio,
            7,
        ),
        zh(f"{{number:value}}[只隻]?成[分份]股{_ZH_WAY}", _read_advances, 7),
        zh(f"成[分份]股(?:中|里|当中)?(?:有)?{{number:value}}[只隻]?{_ZH_WAY}", _read_advances, 7),
        zh(
            f"(?P<chips>蓝筹股?)(?:中|里|当中)?(?:有)?{{number:value}}[只隻]?{_ZH_WAY}",
            _read_advances,
            7,
        ),
        zh(
            "(?P<chips>蓝筹股?)(?:中|里|当中)?(?:有)?{number}[只隻]?(?:上涨|上升|涨|升)[，、,]?"
            "{number:value}[只隻]?(?P<down>下跌|跌|挫)",
            _read_advances,
            7,
        ),
        zh(
            "(?:{number}[只隻]?成[分份]股|成[分份]股(?:中|里|当中)?(?:有)?{number}[只隻]?)"
            "(?:上涨|上升|涨|升)[，、,]?"
            "{number:value}[只隻]?(?P<down>下跌|跌|挫)",
            _read_advances,
            7,
        ),
        zh("成[分份]股中上涨家数是下跌家数的{times:value}", _read_ratio, 7),
    ),
)

METRICS = (BREADTH_ABOVE, BREADTH_HIGHS, ADVANCE_DECLINE)
