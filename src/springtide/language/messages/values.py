"""What a message is given: typed values that each language writes in its own way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal, TypeAlias

from springtide.language import format as written
from springtide.language.types import DurationUnit, Language, Period

if TYPE_CHECKING:
    from springtide.language.messages import Message, Said, Written


@dataclass(frozen=True, slots=True)
class Number:
    """A number with a fixed count of decimals."""

    value: float
    decimals: int = 0
    sign: bool = False

    def write(self, language: Language) -> str:
        """Return it as the language writes it."""
        return written.format_number(self.value, self.decimals, language, sign=self.sign)


@dataclass(frozen=True, slots=True)
class Percent:
    """A percentage, in per cent, with a fixed count of decimals."""

    value: float
    decimals: int = 0
    sign: bool = False

    @classmethod
    def short(cls, value: float) -> Percent:
        """Return a percentage with as many decimals as it has.

        Examples
        --------
        >>> Percent.short(20.0).write("en"), Percent.short(12.5).write("en")
        ('20%', '12.5%')
        """
        return cls(value, len(f"{value:.6f}".rstrip("0").partition(".")[2]))

    def write(self, language: Language) -> str:
        """Return it as the language writes it."""
        return written.format_percent(self.value, self.decimals, language, sign=self.sign)


@dataclass(frozen=True, slots=True)
class Level:
    """A price, an index level, a sum: a number in a unit."""

    value: float
    unit: str
    decimals: int = 2
    scaled: bool = True

    def write(self, language: Language) -> str:
        """Return it as the language writes it."""
        return written.format_level(
            self.value, self.unit, language, self.decimals, scaled=self.scaled
        )


@dataclass(frozen=True, slots=True)
class Change:
    """The size of a move of a price: in index points, in its currency, or times over."""

    value: float
    unit: str
    decimals: int = 2

    def write(self, language: Language) -> str:
        """Return it as the language writes it."""
        return written.format_change(self.value, self.unit, language, self.decimals)


@dataclass(frozen=True, slots=True)
class Duration:
    """So many sessions, days, weeks, months, quarters or years."""

    value: int
    unit: DurationUnit = "sessions"

    def write(self, language: Language) -> str:
        """Return it as the language writes it."""
        return written.format_duration(self.value, self.unit, language)


@dataclass(frozen=True, slots=True)
class Day:
    """A day; ``month`` writes its month and year alone."""

    day: date
    part: Literal["day", "month"] = "day"

    def write(self, language: Language) -> str:
        """Return it as the language writes it."""
        if self.part == "month":
            return written.format_month(self.day, language)
        return written.format_date(self.day, language)


@dataclass(frozen=True, slots=True)
class When:
    """A period, as it stands in a sentence about the day ``anchor``."""

    period: Period
    anchor: date

    def write(self, language: Language) -> str:
        """Return it as the language writes it."""
        return written.format_period(self.period, language, self.anchor)


@dataclass(frozen=True, slots=True)
class Name:
    """What has a name in each language: an instrument, a metric, an episode."""

    of: Callable[[Language], str]

    def write(self, language: Language) -> str:
        """Return the name in the language."""
        return self.of(language)


@dataclass(frozen=True, slots=True)
class Listed:
    """Several values in a row: "a, b and c"."""

    values: tuple[Given, ...]


Given: TypeAlias = (
    "str | int | date | Number | Percent | Level | Change | Duration | Day | When | Name "
    "| Listed | Message | Written | Said"
)
