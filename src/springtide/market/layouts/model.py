"""What a layout is, and what the person who imports a file says of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from springtide.errors import UsageError
from springtide.language.script import normalise
from springtide.language.units import scale_of, unit_of
from springtide.market.sources.batch import Batch


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit with the factor that brings figures to it: ``HKD million`` is HKD by 1e6.

    ``name`` is "" for a scale alone.
    """

    name: str
    factor: float = 1.0

    @classmethod
    def parse(cls, text: str) -> Unit:
        """Read a unit as people write it, with its scale before or after.

        Raises
        ------
        UsageError
            It is no unit and no scale.

        Examples
        --------
        >>> Unit.parse("HKD million"), Unit.parse("亿港元"), Unit.parse("x")
        (Unit(name='HKD', factor=1000000.0), Unit(name='HKD', factor=100000000.0), Unit(name='x', \
factor=1.0))
        >>> Unit.parse("million shares"), Unit.parse("万")
        (Unit(name='shares', factor=1000000.0), Unit(name='', factor=10000.0))
        """
        read = _read_unit(normalise(text).strip())
        if read is None:
            raise UsageError(
                "The unit is not understood",
                given=text,
                allowed='a currency or another unit, with its scale: "HKD million", 亿港元, x, %',
            )
        return read


def _read_unit(text: str) -> Unit | None:
    words = text.split()
    scaled = [word for word in words if scale_of(word)]
    if len(words) == 2 and len(scaled) == 1:
        (other,) = (word for word in words if word not in scaled)
        name, power = unit_of(other)
        return Unit(name, 10.0 ** (scale_of(scaled[0]) + power)) if name else None
    whole = re.fullmatch(r"([万亿千百十]*)\s*(.*)", text)
    assert whole is not None
    power = scale_of(whole[1]) or scale_of(text)
    rest = whole[2] if whole[1] else ("" if power else text)
    if not rest:
        return Unit("", 10.0**power) if power else None
    name, more = unit_of(rest)
    return Unit(name, 10.0 ** (power + more)) if name else None


@dataclass(frozen=True, slots=True)
class Given:
    """What is said on the command line beside the file.

    Attributes
    ----------
    subject
        Whose figures they are, where the file does not say.
    units
        The units of columns that carry none.
    source
        What to record as the source; "" for the layout's own way, else the file's name.
    date_format
        Such as ``%d/%m/%Y`` where the order of day and month cannot be told.
    variant
        Which of several columns of one meaning is wanted, in the layout's own words.
    day
        The day of a snapshot that does not say it.
    """

    subject: str | None = None
    units: tuple[Unit, ...] = ()
    source: str | None = None
    date_format: str | None = None
    variant: str | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """One layout: its name, what files have it, and how one is read.

    Attributes
    ----------
    name
        As it is given on the command line.
    about
        Whose files are laid out so, and what becomes of them, in one sentence.
    read
        Reads one file; raises ``DataError`` naming the file where it is of another layout.
    variants
        The variants that :class:`Given` may ask for.
    endings
        What its files in a folder end in, where these are no tables.
    """

    name: str
    about: str
    read: Callable[[Path, Given], Batch]
    variants: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()

    def variant(self, given: Given, otherwise: str) -> str:
        """Return the variant that is asked for, ``otherwise`` where none is.

        Raises
        ------
        UsageError
            The layout has none of that name.
        """
        asked = given.variant or otherwise
        if asked not in self.variants:
            raise UsageError(
                f"The layout {self.name} has no such variant",
                given=asked,
                allowed=", ".join(self.variants),
            )
        return asked
