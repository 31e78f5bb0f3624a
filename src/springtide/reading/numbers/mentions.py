"""Every number of a text: digits, Chinese numerals with a quantity, English quantity words.

What the language room can read is a quantity with its unit, a date, or the window of an indicator.
Whatever digits are left are mentions too, so that no number goes without a trace.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from springtide.language.dates import find_dates
from springtide.language.quantities import find_quantities, find_windows
from springtide.language.types import Quantity

Shape = Literal["quantity", "date", "window", "bare"]


@dataclass(frozen=True, slots=True)
class NumberMention:
    """A number where it stands, before anything is known of its meaning.

    ``start`` and ``end`` are offsets in the block's normalised text; ``shape`` is what its form
    alone says; ``quantity`` its value and unit where the language room can read them.
    """

    start: int
    end: int
    text: str
    shape: Shape
    quantity: Quantity | None = None


_DIGITS = re.compile(r"[0-9][0-9,.:/]*(?<=[0-9])(?:%|[A-Za-z]{1,2}\b)?|[0-9]")


def find_numbers(text: str, anchor: date) -> list[NumberMention]:
    """Find every number of a normalised text, in order and without overlaps.

    Parameters
    ----------
    text
        Normalised text of a block.
    anchor
        The day of the article, from which incomplete dates are understood.

    Examples
    --------
    >>> day = date(2025, 2, 13)
    >>> [(n.text, n.shape) for n in find_numbers("2月13日，小鹏G6升2.5%（09868）", day)]
    [('2月13日', 'date'), ('6', 'bare'), ('2.5%', 'quantity'), ('09868', 'bare')]
    """
    mentions = [
        *(NumberMention(q.start, q.end, q.text, "quantity", q) for q in find_quantities(text)),
        *(NumberMention(d.start, d.end, d.text, "date") for d in find_dates(text, anchor)),
        *(NumberMention(a, b, text[a:b], "window") for a, b, _ in find_windows(text)),
    ]
    mentions.sort(key=lambda one: (one.start, -one.end))
    kept: list[NumberMention] = []
    reached = 0
    for one in mentions:
        if one.start < reached:
            continue
        kept += _bare(text, reached, one.start)
        kept.append(one)
        reached = one.end
    kept += _bare(text, reached, len(text))
    return kept


def _bare(text: str, start: int, end: int) -> list[NumberMention]:
    """Return the digits that nothing else has read in a stretch of text."""
    return [
        NumberMention(match.start(), match.end(), match.group(), "bare")
        for match in _DIGITS.finditer(text, start, end)
    ]
