"""What a member adds to a basket or an index, and the weight that a contribution implies."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated, Literal

import numpy as np

from springtide.claims.model import Claim, Measurement, Params, Row
from springtide.language.messages import Change, Message, Percent, When, message
from springtide.language.types import Period
from springtide.market import instruments
from springtide.market.basket_closes import basket_closes
from springtide.market.baskets import Basket
from springtide.market.closes import day_of
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics import benchmarks, members, rows
from springtide.metrics.answers import Measured, Missing
from springtide.metrics.families.changes import YEAR_TO_DATE, PeriodReturn, ends
from springtide.metrics.families.relative import TODAY, close_by
from springtide.metrics.params import Limits
from springtide.metrics.patterns import Draft, NameMention, Phrase, en, is_fact, period_of, zh
from springtide.metrics.registry import Metric
from springtide.metrics.simulated import computed

Unit = Literal["pp", "points"]

ROUNDING = 0.1
"""Contributions of an index's members may differ from its move by so many percentage points, as
weights are published rounded ..."""

ROUNDING_SHARE = 0.02
"""... and by this share of the move."""


@dataclass(frozen=True, slots=True)
class Contribution(Params):
    """Whose, over which period, in percentage points or in points.

    ``member`` is an id; "" is the member that added most.
    """

    member: str = ""
    period: Period = YEAR_TO_DATE
    unit: Unit = "pp"


@dataclass(frozen=True, slots=True)
class ImpliedWeight(Params):
    """Whose (an id), and how many points of the index it is said to have added on the day."""

    member: str = ""
    points: Annotated[float, Limits(-1e6, 1e6)] = 100.0


def _contribution(view: View, instrument: Instrument, params: Contribution) -> Measured:
    basket = instruments.basket(instrument.id)
    base, end = ends(view, instrument, PeriodReturn(params.period))
    if basket is not None:
        return _of_basket(view, instrument, basket, params, base, end)
    return _of_index(view, instrument, params, base, end)


def _of_basket(
    view: View, instrument: Instrument, basket: Basket, params: Contribution, base: Row, end: Row
) -> Measured:
    """Follow what was held of a member: its points add up to the basket's with the others'."""
    made = basket_closes(view, basket)
    first, last = (int(np.searchsorted(made.days, day_of(row.date))) for row in (base, end))
    added = made.contributions(first, last)
    held = tuple(dict.fromkeys(member.instrument for member in basket.members))
    column = _column(instrument, params.member, held, added)
    shown = [close_by(view, instruments.of_id(held[column]), row.date) for row in (base, end)]
    weight = 100.0 * float(made.weights(first)[column])
    shown.append(computed(instrument, f"weight of {held[column]}, %", base.date, weight))
    value = float(added[column])
    if params.unit == "pp":
        value *= 100.0 / base.value
    return Measured(value, (*shown, base, end))


def _of_index(
    view: View, instrument: Instrument, params: Contribution, base: Row, end: Row
) -> Measured:
    """Multiply weights at the start by returns; together they must give the index's own."""
    who = members.members_of(view, instrument, base.date)
    view.load(who.ids)
    closes = [
        [close_by(view, instruments.of_id(one), row.date) for row in (base, end)] for one in who.ids
    ]
    moves = np.array([stop.value / start.value - 1.0 for start, stop in closes])
    added = np.array(who.weights) * moves
    whole = 100.0 * (end.value / base.value - 1.0)
    if abs(float(added.sum()) - whole) > ROUNDING + ROUNDING_SHARE * abs(whole):
        raise Missing(
            "missing.contributions",
            subject=instrument.id,
            first=str(base.date),
            last=str(end.date),
            sum=Change(float(added.sum()), "pp"),
            whole=Change(whole, "pp"),
        )
    column = _column(instrument, params.member, who.ids, added)
    weight = Row(who.ids[column], f"index_weight:{instrument.id}", who.listed.date,
                 who.weights[column], who.listed.source) if who.listed else None  # fmt: skip
    value = float(added[column])
    if params.unit == "points":
        value *= base.value / 100.0
    return Measured(value, (*closes[column], *((weight,) if weight else ()), base, end))


def _column(instrument: Instrument, member: str, known: tuple[str, ...], added: rows.Array) -> int:
    if not member:
        return int(np.argmax(added))
    if member not in known:
        raise Missing("missing.no-member", subject=member, of=instrument.id)
    return known.index(member)


def _implied_weight(view: View, instrument: Instrument, params: ImpliedWeight) -> Measured:
    """Divide the points by what the whole index would have added with the member's change."""
    if not params.member:
        raise Missing("missing.parameter-needed", name="member", subject=instrument.id)
    member = benchmarks.other(view, instrument, params.member, "member")
    bars, i = rows.at(view, instrument, "close")
    before = rows.row(bars, rows.before(view, instrument, "close", view.as_of), "close")
    held, now = rows.at(view, member, "close")
    then = rows.before(view, member, "close", view.as_of)
    start, stop = rows.row(held, then, "close"), rows.row(held, now, "close")
    if start.value == stop.value:
        raise Missing("missing.no-change", subject=member.id, day=str(view.as_of))
    value = params.points / before.value / (stop.value / start.value - 1.0)
    return Measured(100.0 * value, (start, stop, before, rows.row(bars, i, "close")))


def _say(claim: Claim, measurement: Measurement) -> Message:
    params = claim.params
    assert isinstance(params, Contribution) and isinstance(claim.value, float)
    name = benchmarks.in_words(params.member) if params.member else message("metrics.one-member")
    return message(
        "metrics.contribution-said",
        value=Change(abs(claim.value), params.unit),
        member=name,
        period=When(params.period, claim.as_of),
        way="down" if claim.value < 0 else "up",
    )


def _say_weight(claim: Claim, measurement: Measurement) -> Message:
    params = claim.params
    assert isinstance(params, ImpliedWeight) and isinstance(claim.value, float)
    name = benchmarks.in_words(params.member) if params.member else message("metrics.one-member")
    return message(
        "metrics.implied_weight-said",
        value=Percent(claim.value, 1),
        member=name,
        points=Change(params.points, "points"),
    )


def _with_member(measurement: Measurement) -> Contribution:
    """Return the parameters with the member that added most, which the sentence names."""
    assert isinstance(measurement.params, Contribution)
    return replace(measurement.params, member=measurement.evidence.rows[0].subject)


def _named(phrase: Phrase, label: str) -> str:
    mention = phrase.mentions.get(label)
    return mention.ids[0] if isinstance(mention, NameMention) and mention.ids else ""


def _read_points(phrase: Phrase) -> Draft | None:
    """Read "Acme added 170 points to the Hang Seng": it is the index that is spoken of."""
    member, index = _named(phrase, "member"), _named(phrase, "index")
    index = "HSI" if phrase.words.get("market") else index
    if not member or not index or not is_fact(phrase):
        return None
    if instruments.of_id(index).kind not in ("index", "basket"):
        return None
    params = Contribution(member, period_of(phrase) or TODAY, "points")
    written = phrase.period.text if phrase.period else ""
    return Draft(params, phrase.quantity(), phrase.sign, period=written, subject=index)


def _read_added(phrase: Phrase) -> Draft | None:
    """Read "升8%，貢獻大市170點": whom the sentence speaks of is the member."""
    index = "HSI" if phrase.words.get("market") else _named(phrase, "index")
    if not index or not is_fact(phrase) or instruments.of_id(index).kind != "index":
        return None
    params = Contribution("", period_of(phrase) or TODAY, "points")
    written = phrase.period.text if phrase.period else ""
    return Draft(
        params,
        phrase.quantity(),
        phrase.sign,
        period=written,
        subject=index,
        whose=lambda member: replace(params, member=member),
    )


def _read(phrase: Phrase) -> Draft | None:
    quantity, member = phrase.quantity(), _named(phrase, "member")
    units: dict[str, Unit] = {"pp": "pp", "points": "points"}
    if not member or not is_fact(phrase) or quantity.unit not in units:
        return None
    params = Contribution(member, period_of(phrase) or TODAY, units[quantity.unit])
    written = phrase.period.text if phrase.period else ""
    return Draft(params, quantity, phrase.sign, unit=quantity.unit, period=written)


def _read_weight(phrase: Phrase) -> Draft | None:
    member, points = _named(phrase, "member"), phrase.quantity("points").value
    if not member or not isinstance(points, float):
        return None
    return Draft(ImpliedWeight(member, points), phrase.quantity(), unit="%")


_ADDED = (
    r"(?:added|contributed|lifted|boosted|gave|(?P<down>dragged|weighed|took|shaved|knocked|cut))"
)
_ZH_ADDED = "(?:贡献|推高|推升|拉动|带动|拉升|(?P<down>拖累|拖低|拉低|推低))"
_ZH_INDEX = "(?:{name:index}|(?P<market>大市))"

CONTRIBUTION = Metric(
    key="contribution",
    params=Contribution,
    formula="weight(start) * (close(end) / close(start) - 1), times the index in points",
    minimum="the closes of all members at both ends; of an index, its weights at the start",
    unit=lambda params, instrument: params.unit,
    decimals=2,
    measure=_contribution,
    wording=_say,
    completed=_with_member,
    example=3.42,
    patterns=(
        en(
            r"{name:member} (?:alone )?" + _ADDED + r"{gap}{points:value} (?:to|on|off|from) "
            r"(?:the )?{name:index}",
            _read_points,
            8,
        ),
        en(
            r"{name:member} (?:alone )?" + _ADDED + r" (?:the )?{name:index} (?:up |down |higher "
            r"|lower )?by {points:value}",
            _read_points,
            8,
        ),
        *(
            en(
                r"\b(?:gained|(?P<down>lost)) " + mark + r" {within}through (?:the )?{name:member}",
                _read,
                8,
            )
            for mark in ("{other:value}", "{points:value}")
        ),
        zh(
            "{name:member}[^\ue001。，,]{0,14}?"
            + _ZH_ADDED
            + "了?"
            + _ZH_INDEX
            + "{gap}{points:value}",
            _read_points,
            8,
        ),
        zh(
            "(?:^|(?<=[，,、；;]))并?(?:为)?"
            + _ZH_ADDED
            + "了?"
            + _ZH_INDEX
            + "{gap}{points:value}",
            _read_added,
            7,
        ),
        *(
            zh(whose + "(?:了)?" + mark, _read, 8)
            for whose in ("由{name:member}贡献", "(?P<down>被){name:member}拖累")
            for mark in ("{other:value}", "{points:value}")
        ),
    ),
)

IMPLIED_WEIGHT = Metric(
    key="implied_weight",
    params=ImpliedWeight,
    formula="points / index close(previous session) / (close / close(previous session) - 1)",
    minimum="the index's close before, and two neighbouring closes of the member that differ",
    unit="%",
    decimals=1,
    measure=_implied_weight,
    wording=_say_weight,
    example=9.4,
    patterns=(
        en(
            r"\bwould hold (?:the )?{name:member} at a weight of {pct:value} if that added "
            r"{points:points}",
            _read_weight,
            8,
        ),
        zh("若由{name:member}贡献{points:points}[，,]?其权重(?:将)?为{pct:value}", _read_weight, 8),
    ),
)

METRICS = (CONTRIBUTION, IMPLIED_WEIGHT)
