"""Arithmetic between an article's own numbers, which need not agree with each other.

Three relations are looked for, each between claims of one paragraph about one subject:

- price and target against the implied move: ``target / price - 1``;
- two levels against a percentage ("from 66 to 75, 14%");
- points and per cent of one move against its close: ``points / (close - points)``.

Each number is taken as the interval that its wording admits, so that rounding never makes a
contradiction; only numbers that cannot agree are reported.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace

from springtide.claims.model import Claim
from springtide.language.messages import Percent, say
from springtide.language.quantities import find_quantities
from springtide.language.script import normalise
from springtide.language.types import Interval, Language, Quantity
from springtide.metrics.families.targets import ImpliedMove
from springtide.metrics.patterns import MARKS

NEAR = 400
"""Characters within which two numbers are taken to speak of each other."""

BESIDE = 40
"""Characters around a percentage within which "from A to B" is taken to be the same move."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A claim that other numbers of the same text rule out."""

    claim: Claim
    value: float
    formula: str
    others: tuple[Claim, ...]

    def reason(self, language: Language = "en") -> str:
        """Say it in a sentence."""
        value = Percent(self.value, 1, sign=True)
        return say("check.own-numbers", language, formula=self.formula, value=value)


def link_targets(claims: list[Claim], text: str = "") -> list[Claim]:
    """Give each implied move the target that its text states for the same subject nearby.

    A target that somebody else is quoted with is not that of the move.
    """
    return [
        _linked(claim, claims, text) if claim.metric == "implied_move" else claim
        for claim in claims
    ]


def _linked(claim: Claim, claims: list[Claim], text: str) -> Claim:
    if claim.params == ImpliedMove("consensus"):  # its own words say of which target
        together = _nearest(claim, claims, ("target_consensus",))
        return claim if together is None else replace(claim, subject=together.subject)
    target = _target_of(claim, claims, text)
    if target is None or not isinstance(target.value, float):
        return claim
    params, subject = ImpliedMove(target.value), target.subject
    day, unlinked = claim.as_of, claim.others
    if subject != claim.subject:  # of another listing, whose last close may be of another day
        price = _nearest(target, claims, ("close_level",))
        if price is not None and price.subject == subject:
            day, unlinked = price.as_of, (replace(claim, others=()), *unlinked)
    others = (replace(one, params=params, subject=subject) for one in unlinked)
    linked = replace(claim, params=params, subject=subject, as_of=day)
    different = dict.fromkeys(one for one in others if one != replace(linked, others=()))
    return replace(linked, others=tuple(different))


def contradictions(claims: list[Claim], text: str = "") -> list[Contradiction]:
    """Find the claims that the other numbers of the text rule out.

    Parameters
    ----------
    claims
        Read from one text.
    text
        The text as given, where levels that are no claims of their own are looked for.

    Examples
    --------
    A price above 18 and a target of 13 do not make a fall of 23%:

    >>> from datetime import date
    >>> from springtide.claims.model import Params
    >>> day = date(2025, 2, 13)
    >>> price = Claim("close_level", "KC", Params(), day, ">", 18.0, "USD",
    ...               Interval(18, math.inf), start=0, end=9)
    >>> target = Claim("target_price", "KC", Params(), day, "=", 13.0, "USD",
    ...                Interval(12.5, 13.5), start=20, end=29)
    >>> move = Claim("implied_move", "KC", Params(), day, "=", -23.0, "%",
    ...              Interval(-23.5, -22.5), start=40, end=49)
    >>> [one.reason() for one in contradictions([price, target, move])]
    ["The text's own numbers give 13 / 18 - 1 = -27.8%"]
    """
    contradicted = []
    for claim in claims:
        contradiction = (
            _against_target(claim, claims, text)
            or _against_points(claim, claims)
            or _against_levels(claim, text)
        )
        if contradiction is not None:
            contradicted.append(contradiction)
    return contradicted


_SCENARIO = re.compile(
    r"乐观|樂觀|悲观|悲觀|(?:牛市|熊市)(?:情景|情形|预测|預測)|\b(?:bull|bear)(?:ish)?[- ]case|"
    r"\b(?:optimistic|pessimistic|best|worst)[- ](?:case|scenario)",
    re.IGNORECASE,
)


def _is_of_another_case(claim: Claim, other: Claim, text: str) -> bool:
    """Say whether a scenario named between two numbers sets them apart: a bull case's target."""
    return bool(_SCENARIO.search(text, min(other.end, claim.end), max(other.start, claim.start)))


def _target_of(claim: Claim, claims: list[Claim], text: str) -> Claim | None:
    """Return the nearest target that an implied move can be meant to lead to."""
    theirs = [one for one in claims if _same_speaker(one, claim)]
    target = _nearest(claim, theirs, ("target_price",))
    if target is None or _is_of_another_case(claim, target, text):
        return None
    return target


def _same_speaker(one: Claim, other: Claim) -> bool:
    """Say whether two claims may be one speaker's: one of them may quote nobody."""
    return one.attributed_to == other.attributed_to or not (
        one.attributed_to and other.attributed_to
    )


def _against_target(claim: Claim, claims: list[Claim], text: str) -> Contradiction | None:
    if claim.metric != "implied_move" or claim.within is None:
        return None
    target = _target_of(claim, claims, text)
    if target is None or target.within is None:
        return None
    price = _nearest(claim, claims, ("close_level", "intraday_level"), unit=target.unit)
    if price is None or price.within is None:
        return None
    low = _percent(target.within.low, price.within.high)
    high = _percent(target.within.high, price.within.low)
    t, p = _middle(target), _middle(price)
    if not _apart(claim.within, low, high) or _percent(p, t) in claim.within:
        return None  # also where the one was taken for the other: "from 66, up 14% to 75"
    return Contradiction(claim, _percent(t, p), f"{t:g} / {p:g} - 1", (price, target))


def _against_points(claim: Claim, claims: list[Claim]) -> Contradiction | None:
    """Set a percentage against the points of the same move and the close that they led to."""
    if claim.metric not in ("pct_change", "period_return") or claim.unit != "%":
        return None
    points = next(
        (
            other
            for other in claims
            if other.metric == claim.metric
            and other.unit == "points"
            and other.subject == claim.subject
            and other.as_of == claim.as_of
            and replace(other.params, unit="%") == claim.params  # type: ignore[call-arg]
            and abs(other.start - claim.start) <= 60
        ),
        None,
    )
    close = _nearest(claim, claims, ("close_level",), unit="points")
    if points is None or close is None or claim.within is None:
        return None
    if points.within is None or close.within is None or close.as_of != claim.as_of:
        return None
    low = _percent(close.within.low, close.within.low - points.within.low)
    high = _percent(close.within.high, close.within.high - points.within.high)
    if not _apart(claim.within, min(low, high), max(low, high)):
        return None
    d, c = _middle(points), _middle(close)
    return Contradiction(claim, _percent(c, c - d), f"{d:g} / {c - d:g}", (points, close))


_LEVEL = MARKS["other"]
_FROM_TO = re.compile(
    f"(?:从|由|自|from )(?:目前|当前|现在)?的?{_LEVEL}[^。；]{{0,8}}?"
    f"(?:至|到|to )[^。；{_LEVEL}]{{0,4}}{_LEVEL}"
)


def _against_levels(claim: Claim, text: str) -> Contradiction | None:
    """Set a percentage against two levels beside it: "from 66 to 75, a gain of 14%"."""
    if claim.metric not in ("pct_change", "period_return") or claim.unit != "%":
        return None
    if claim.within is None or not text:
        return None
    begin = max(0, claim.start - BESIDE)
    around = normalise(text[begin : claim.end + BESIDE])
    levels = [one for one in find_quantities(around) if _is_level(one, around)]
    masked, at = _masked(around, levels)
    for match in _FROM_TO.finditer(masked):
        first, last = (levels[at.index(i)] for i in range(*match.span()) if i in at)
        if first.unit != last.unit or not isinstance(first.value, float):
            continue
        low = _percent(last.within.low, first.within.high)
        high = _percent(last.within.high, first.within.low)
        if _apart(claim.within, low, high) and isinstance(last.value, float):
            formula = f"{last.value:g} / {first.value:g} - 1"
            return Contradiction(claim, _percent(last.value, first.value), formula, ())
    return None


_THINGS = re.compile(
    r" ?-?(?!(?:to|from|and|or|in|on|at|by|after|last|a|an|the|for|points?|with|as|when|since)\b)"
    "[a-z]{2,}"
)
"""A word right after a bare number that says what is counted: "46 meters"."""


def _is_level(quantity: Quantity, text: str) -> bool:
    unit = quantity.unit
    if unit == "":
        return _THINGS.match(text, quantity.end) is None
    return unit == "points" or (len(unit) == 3 and unit.isupper())


def _masked(text: str, levels: list[Quantity]) -> tuple[str, list[int]]:
    """Put one mark in the place of each level; return the text and where the marks stand."""
    pieces: list[str] = []
    at: list[int] = []
    position = length = 0
    for level in levels:
        before = text[position : level.start]
        length += len(before)
        pieces += [before, _LEVEL]
        at.append(length)
        length += 1
        position = level.end
    return "".join([*pieces, text[position:]]), at


def _nearest(
    claim: Claim, claims: list[Claim], metrics: tuple[str, ...], unit: str | None = None
) -> Claim | None:
    """Return the nearest claim of these metrics about the same company, if there is one nearby."""
    near = [
        other
        for other in claims
        if other.metric in metrics
        and abs(other.start - claim.start) <= NEAR
        and (unit is None or other.unit == unit)
        and (_same_company(other.subject, claim.subject) or other.subject == claim.subject)
    ]
    return min(near, key=lambda other: abs(other.start - claim.start), default=None)


def _same_company(one: str, other: str) -> bool:
    """Two listings of one company share a name in the registry."""
    from springtide.market import instruments

    ids = {instrument.id for instrument in instruments.all()}
    if one not in ids or other not in ids:
        return one == other
    return any({one, other} <= set(shared) for shared in instruments.aliases().values())


def _percent(now: float, base: float) -> float:
    if base <= 0 or (math.isinf(now) and math.isinf(base)):
        return math.nan
    return 100.0 * (now / base - 1.0)


def _apart(stated: Interval, low: float, high: float) -> bool:
    if math.isnan(low) or math.isnan(high):
        return False
    return stated.high < low or stated.low > high


def _middle(claim: Claim) -> float:
    value = claim.value
    return sum(value) / 2 if isinstance(value, tuple) else float(value or 0.0)
