"""What is read of a number: the typed results of each step, and of all of them together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from springtide.language.types import Comparator, Interval

Basis = Literal["close", "open", "high", "low", "live", "premarket", "afterhours", "na"]
Modality = Literal["stated", "forecast", "conditional", "generic", "hypothetical"]

MARKET = frozenset(
    {
        "price_change",
        "price_level",
        "record",
        "streak",
        "valuation",
        "flow",
        "turnover",
        "market_cap",
        "target_price",
        "rating",
        "implied_move",
        "technical",
        "level",
        "breadth",
        "bond_yield",
        "fx",
    }
)
"""Measures of a market; the others (fundamental, macro, holding, ...) are read and not measured."""

MEASURES = tuple(
    sorted(
        MARKET
        | {
            "fundamental",
            "fundamental_growth",
            "macro",
            "macro_growth",
            "holding",
            "probability",
            "other",
        }
    )
)
WHY = ("date", "time", "ticker", "name", "version", "id", "count-of-text", "page", "other")


@dataclass(frozen=True, slots=True)
class Kind:
    """What a number is: a claim of a measure, or none and why.

    ``sign`` is the direction that the words give it (+1 or -1, 0 where they give none), not yet
    applied to the value. ``confidence`` is the probability of this answer; ``others`` are further
    ones with theirs, the likeliest first.
    """

    is_claim: bool
    measure: str = ""
    why: str = ""
    sign: int = 0
    confidence: float = 1.0
    others: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose a number is: the words for it, and the instrument where there is just one.

    ``start`` and ``end`` are offsets in block ``block`` (-1 where it is not said there).
    """

    name: str
    id: str = ""
    block: int = -1
    start: int = -1
    end: int = -1
    confidence: float = 1.0
    why: str = ""


@dataclass(frozen=True, slots=True)
class When:
    """What day and stretch a number is of, and how it is said.

    ``period`` is one of day, session, week, month, quarter, year, ytd, last, since, span, yoy, qoq,
    mom, none; ``first`` the day of the base of a change (or the first day of a sum), ``last`` its
    end; ``as_of`` the day that the value is of. ``others`` are further admissible readings.
    ``sure`` holds the probabilities of stretch, day and part of the session, ``told`` says by what
    the day and the stretch are told: features of the likeliest candidates.
    """

    period: str = "none"
    words: str = ""
    first: date | None = None
    last: date | None = None
    as_of: date | None = None
    basis: Basis = "na"
    modality: Modality = "stated"
    speaker: str = ""
    confidence: float = 1.0
    others: tuple[When, ...] = ()
    sure: tuple[float, float, float] = (1.0, 1.0, 1.0)
    told: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class NumberReading:
    """A number of an article with everything that was read of it.

    ``start`` and ``end`` are offsets in the article as given, ``text`` exactly that slice. ``value``
    is signed and as printed, ``scaled`` with its scale word (万, bn) expanded where it has one;
    ``within`` are the true values that the wording admits, expanded and signed. ``subjects`` holds
    the candidates for whose it is, the likeliest first. ``confidence`` is the probability that
    measure, value and subject are as read.
    """

    start: int
    end: int
    text: str
    kind: Kind
    value: float | tuple[float, float] | None = None
    scaled: float | tuple[float, float] | None = None
    unit: str = ""
    comparator: Comparator = "="
    within: Interval | None = None
    step: float = 0.0
    subjects: tuple[Subject, ...] = ()
    when: When = When()
    block: int = -1
    at: int = -1
    confidence: float = 1.0

    @property
    def is_claim(self) -> bool:
        """Whether the number states something that can be true or false."""
        return self.kind.is_claim

    @property
    def subject(self) -> Subject:
        """The likeliest subject."""
        return self.subjects[0] if self.subjects else Subject("")

    def to_dict(self) -> dict[str, Any]:
        """Return the entry of ``numbers`` in check.json, without the index of its claim."""
        base: dict[str, Any] = {"start": self.start, "end": self.end, "text": self.text}
        if not self.kind.is_claim:
            return {
                **base,
                "kind": "none",
                "why": self.kind.why,
                "confidence": round(self.kind.confidence, 3),
            }
        when = self.when
        return {
            **base,
            "kind": "claim",
            "measure": self.kind.measure,
            "subject": self.subject.id or None,
            "name": self.subject.name,
            "value": _listed(self.value),
            "scaled": _listed(self.scaled),
            "unit": self.unit,
            "comparator": self.comparator,
            "period": {
                "kind": when.period,
                "words": when.words,
                "from": _iso(when.first),
                "to": _iso(when.last),
            },
            "as_of": _iso(when.as_of),
            "basis": when.basis,
            "speaker": when.speaker,
            "modality": when.modality,
            "confidence": round(self.confidence, 3),
        }


def _listed(value: float | tuple[float, float] | None) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
