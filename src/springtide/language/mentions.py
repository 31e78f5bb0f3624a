"""Where a text names a date, before an anchor says which one it is."""

from __future__ import annotations

from functools import lru_cache

from springtide.language.blanks import blank_out
from springtide.language.english_dates import ENGLISH_READERS
from springtide.language.han_dates import HAN_READERS
from springtide.language.scanning import Finders
from springtide.language.stretches import Mention

_READERS = (*HAN_READERS, *ENGLISH_READERS)
_FINDERS = Finders([finder for finder, _ in _READERS])


@lru_cache(maxsize=4)
def mentions(text: str) -> tuple[Mention, ...]:
    """Return the dates of a normalised text in order and without overlaps; the longest wins.

    The last few texts are remembered: quantities, dates and periods each ask for the same one.
    """
    clean = blank_out(text)
    candidates = [
        mention
        for finder, read in map(_READERS.__getitem__, _FINDERS.standing(clean))
        for match in finder.finditer(clean)
        if (mention := read(match))
    ]
    candidates.sort(key=lambda m: (m.start, -m.end))
    kept: list[Mention] = []
    for mention in candidates:
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
        elif mention.end - mention.start > kept[-1].end - kept[-1].start:
            kept[-1] = mention
    return tuple(kept)
