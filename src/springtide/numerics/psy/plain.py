"""Compiled kernels without lagged differences: of one series, and of many at once.

What a lane holds and why no digits are lost is told in `springtide.numerics.psy.kernels`. Here two
rows join a window at a step: five sums, the best and its length then stay in registers for twice
as long, which takes a quarter of the time away and changes no bit.
"""

from __future__ import annotations

import numpy as np

from springtide.numerics.psy.kernels import (
    EPSILON,
    LANES,
    Floats,
    Integers,
    compiled,
    inlined,
    signed_square,
)

_LINE = 8
"""Doubles in a cache line. Sums that straddle two lines halve the speed."""

_ROWS = 9
"""Of ``work``: five sums, the best square, its window's length, the values at the end row."""


@inlined
def _lanes() -> Floats:
    """Return the rows of ``work``, each of which begins with a line of the cache."""
    work = np.empty((_ROWS, LANES + _LINE))
    first = (-work.ctypes.data // 8) % _LINE
    return work[:, first : first + LANES]


@inlined
def _joined(
    a: float, b: float, sx: float, sz: float, sxx: float, sxz: float, szz: float
) -> tuple[float, float, float, float, float]:
    """Return the sums of a window that a row with the level ``a`` and difference ``b`` joins."""
    return sx + a, sz + b, sxx + a * a, sxz + a * b, szz + b * b


@inlined
def _square(
    sx: float, sz: float, sxx: float, sxz: float, szz: float, inverse: float, n: float
) -> float:
    """Return the signed square of the statistic of a window of ``n`` rows."""
    mean = sx * inverse
    cxx = sxx - mean * sx
    cxz = sxz - mean * sz
    czz = szz - inverse * sz * sz
    return signed_square(cxx, cxz, czz, n - 2.0, 2.0 * EPSILON * n)


@inlined
def _scan(
    xs: Floats, zs: Floats, at: int, stride: int, steps: int, min_window: int, work: Floats
) -> None:
    """Let the windows of all lanes grow backwards by ``steps`` rows, and keep the best.

    The end rows stand in ``LANES`` values of ``xs`` and ``zs`` from ``at`` on, the row before each
    ``stride`` values earlier.
    """
    sx, sz, sxx, sxz, szz = work[0], work[1], work[2], work[3], work[4]
    top, size, x_end, z_end = work[5], work[6], work[7], work[8]
    work[:] = 0.0
    top[:] = -np.inf
    x_end[:] = xs[at : at + LANES]
    z_end[:] = zs[at : at + LANES]
    # Windows are tried in pairs up to the last; the first of them may be one row too short.
    paired = min_window - (steps - min_window + 1) % 2
    for n in range(1, paired):
        start = at - (n - 1) * stride
        x, z = xs[start : start + LANES], zs[start : start + LANES]
        for i in range(LANES):
            sums = _joined(x[i] - x_end[i], z[i] - z_end[i], sx[i], sz[i], sxx[i], sxz[i], szz[i])
            sx[i], sz[i], sxx[i], sxz[i], szz[i] = sums
    for n in range(paired, steps, 2):
        start = at - (n - 1) * stride
        x, z = xs[start : start + LANES], zs[start : start + LANES]
        x_next, z_next = xs[start - stride :][:LANES], zs[start - stride :][:LANES]
        one, two = float(n), n + 1.0
        one_inverse = 1.0 / one if n >= min_window else np.nan  # which never is the best
        two_inverse = 1.0 / two
        for i in range(LANES):
            sums = _joined(x[i] - x_end[i], z[i] - z_end[i], sx[i], sz[i], sxx[i], sxz[i], szz[i])
            square = _square(*sums, one_inverse, one)
            best = square if square > top[i] else top[i]
            length = one if square > top[i] else size[i]
            sums = _joined(x_next[i] - x_end[i], z_next[i] - z_end[i], *sums)
            square = _square(*sums, two_inverse, two)
            top[i] = square if square > best else best
            size[i] = two if square > best else length
            sx[i], sz[i], sxx[i], sxz[i], szz[i] = sums


@inlined
def _signed_length(top: float, size: float) -> int:
    """Return a window's length, with a minus sign where half of the variance or less is left."""
    return int(size if abs(top) <= size - 2.0 else -size)


@compiled
def best_plain(
    rows: Floats, min_window: int, best: Floats, length: Integers, first: int, step: int
) -> None:
    """Find the best windows of series, each lane an end point: five sums a lane."""
    count = best.shape[1]
    work = _lanes()
    for s in range(rows.shape[0]):
        for end in range(count - LANES - first * LANES, min_window - LANES - 1, -step * LANES):
            _scan(rows[s, 0], rows[s, 1], LANES + end, 1, end + LANES, min_window, work)
            for i in range(max(0, min_window - 1 - end), LANES):
                best[s, end + i] = work[5, i]
                length[s, end + i] = _signed_length(work[5, i], work[6, i])


@compiled
def best_side_by_side(
    levels: Floats,
    changes: Floats,
    min_window: int,
    best: Floats,
    length: Integers,
    growing: Floats,
) -> None:
    """Find the best windows of many series, each lane a series: a short one cannot fill a block.

    All arrays have the shape ``(rows, LANES)``. ``best`` and ``length`` are filled as those of
    :func:`best_plain` are; ``growing`` receives the signed squares of the windows that start at the
    first row.
    """
    work = _lanes()
    xs, zs = levels.reshape(levels.size), changes.reshape(changes.size)
    for end in range(min_window - 1, levels.shape[0]):
        n = end + 1
        _scan(xs, zs, end * LANES, LANES, n, min_window, work)
        for i in range(LANES):
            whole = _square(
                work[0, i], work[1, i], work[2, i], work[3, i], work[4, i], 1.0 / n, float(n)
            )
            growing[end, i] = whole if whole > -np.inf else -np.inf  # not NaN
            best[end, i] = work[5, i]
            length[end, i] = _signed_length(work[5, i], work[6, i])
