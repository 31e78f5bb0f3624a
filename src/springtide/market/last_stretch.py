"""Where the last stretch of closes begins that may be joined, of many symbols at once.

The rules are those of :func:`springtide.market.closes.joined`, for rows that are plain
(:mod:`springtide.market.columns`): each has a close above zero, and no split is on file.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from springtide.market.closes import (
    _SPLIT_KINDS,
    AMONG,
    BEYOND,
    LONGEST,
    MOST_MISSING,
    NEAR,
    THREE_FOR_TWO,
    Cut,
    is_split,
)
from springtide.market.columns import Columns, IntArray

CUTS: tuple[Cut, ...] = ("first", "gap", "scale", "split")
"""Why the last stretch begins, by number."""

_FIRST, _GAP, _SCALE, _SPLIT = range(4)
_STEP = -math.log(THREE_FOR_TWO + NEAR)


def last_stretches(
    columns: Columns, ends: IntArray, kinds: Sequence[str]
) -> tuple[IntArray, npt.NDArray[np.int8]]:
    """Return for each symbol the row at which its last stretch begins, and the number of why.

    Parameters
    ----------
    columns
        With open, close and volume.
    ends
        The position after the last row that is seen of each symbol.
    kinds
        ``stock``, ``index`` and so on, of each.
    """
    shares = np.array([kind in _SPLIT_KINDS for kind in kinds], np.bool_)
    starts, why = _kernel()(
        columns.figure("open"), columns.figure("close"), columns.figure("volume"), columns.gaps,
        columns.start, ends, shares,
    )  # fmt: skip
    return starts, why


@cache
def _kernel() -> Any:
    """Return the loop over rows, compiled with the rule for splits in it."""
    import numba

    split = numba.njit(cache=True, nogil=True)(is_split)

    def last(
        opens: Any, close: Any, volume: Any, gaps: Any, start: Any, ends: Any, shares: Any
    ) -> Any:
        begins = start.copy()
        why = np.zeros(len(start), np.int8)
        places = np.empty(AMONG + 1, np.int64)
        lengths = np.empty(AMONG + 1, np.int64)
        for k in range(len(start)):
            first, end = start[k], ends[k]
            count = 0
            for i in range(first + 1, end):
                cut = _FIRST
                missing = gaps[i] - gaps[i - 1]
                if missing > 0:
                    kept = total = 0
                    for j in range(count):
                        apart = (i + gaps[i]) - (places[j] + gaps[places[j]])
                        if apart + 1 < AMONG:
                            places[kept], lengths[kept] = places[j], lengths[j]
                            total += lengths[j]
                            kept += 1
                    places[kept], lengths[kept] = i, missing
                    count = kept + 1
                    if missing > LONGEST or total + missing > MOST_MISSING:
                        cut = _GAP
                        count = 0
                ratio = close[i] / close[i - 1]
                if ratio > 1.4 or ratio < 0.7:
                    move = abs(math.log(ratio))
                    if move > BEYOND:
                        cut = _SCALE
                    elif cut == _FIRST and shares[k] and move > _STEP:
                        rows = slice(first, end)
                        shown = split(opens[rows], close[rows], volume[rows], i - first)
                        cut = _SPLIT if shown else _FIRST
                if cut != _FIRST:
                    begins[k], why[k] = i, cut
        return begins, why

    return numba.njit(cache=True, nogil=True)(last)
