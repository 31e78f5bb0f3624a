"""The loop of :mod:`.last_stretch` over rows, compiled with the rule for splits in it.

In a module of its own, so that what is compiled is kept on disk.
"""

from __future__ import annotations

import math
from typing import Any

import numba
import numpy as np

from springtide.market.closes import (
    AMONG,
    BEYOND,
    LONGEST,
    MOST_MISSING,
    NEAR,
    THREE_FOR_TWO,
    is_split,
)

_FIRST, _GAP, _SCALE, _SPLIT = range(4)  # as in last_stretch.CUTS
_STEP = -math.log(THREE_FOR_TWO + NEAR)

_compiled: Any = numba.njit(cache=True, nogil=True)
_split = _compiled(is_split)


def _last(
    opens: Any, close: Any, volume: Any, gaps: Any, start: Any, ends: Any, shares: Any
) -> tuple[Any, Any]:
    """Return where the last stretch of each run begins, and the number of why."""
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
                    shown = _split(opens[rows], close[rows], volume[rows], i - first)
                    cut = _SPLIT if shown else _FIRST
            if cut != _FIRST:
                begins[k], why[k] = i, cut
    return begins, why


last = _compiled(_last)
