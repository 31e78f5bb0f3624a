"""Cut an article at the ends of its claims, so that overlapping claims can all be shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from springtide.claims.model import Verdict


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text that the same claims cover.

    ``claims`` are positions in the list of verdicts, in order; ``opens`` and ``closes`` are those
    whose first and last segment this is.
    """

    start: int
    end: int
    claims: tuple[int, ...] = ()
    opens: tuple[int, ...] = ()
    closes: tuple[int, ...] = ()


def segments(length: int, verdicts: Sequence[Verdict], cuts: Sequence[int] = ()) -> list[Segment]:
    """Cut a text of a length into segments that cover it without gap or overlap.

    A claim without a place in the text (offsets outside it, or an empty stretch) covers nothing.

    Parameters
    ----------
    length
        Number of characters of the text.
    verdicts
        The claims with their offsets.
    cuts
        Further offsets at which a segment must end.

    Examples
    --------
    >>> segments(5, [])
    [Segment(start=0, end=5, claims=(), opens=(), closes=())]
    """
    placed = {
        position: (verdict.claim.start, verdict.claim.end)
        for position, verdict in enumerate(verdicts)
        if 0 <= verdict.claim.start < verdict.claim.end <= length
    }
    starts: dict[int, list[int]] = {}
    ends: dict[int, list[int]] = {}
    for position, (start, end) in placed.items():
        starts.setdefault(start, []).append(position)
        ends.setdefault(end, []).append(position)
    edges = sorted({0, length, *starts, *ends, *(cut for cut in cuts if 0 < cut < length)})
    parts = []
    covering: list[int] = []
    for start, end in pairwise(edges):
        covering = sorted(
            [position for position in covering if position not in ends.get(start, ())]
            + starts.get(start, [])
        )
        parts.append(
            Segment(
                start,
                end,
                tuple(covering),
                tuple(starts.get(start, ())),
                tuple(position for position in covering if placed[position][1] == end),
            )
        )
    return parts
