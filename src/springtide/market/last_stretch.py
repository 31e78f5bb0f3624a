"""Where the last stretch of closes begins that may be joined, of many symbols at once.

The rules are those of :func:`springtide.market.closes.joined`, for rows that are plain
(:mod:`springtide.market.columns`): each has a close above zero, and no split is on file.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from springtide.market.closes import _SPLIT_KINDS, Cut
from springtide.market.columns import Columns, IntArray

CUTS: tuple[Cut, ...] = ("first", "gap", "scale", "split")
"""Why the last stretch begins, by number."""


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
    from springtide.market.stretch_kernel import last

    shares = np.array([kind in _SPLIT_KINDS for kind in kinds], np.bool_)
    starts, why = last(
        columns.figure("open"), columns.figure("close"), columns.figure("volume"), columns.gaps,
        columns.start, ends, shares,
    )  # fmt: skip
    return starts, why
