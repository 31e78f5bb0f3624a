"""A compiled kernel for many series of one length: each lane of a vector is a series of its own.

The kernel of one series puts end points side by side, which a short series has too few of to fill
a block. Sums are the same, term by term. The formula of the statistic is written out here again,
since Numba's cache follows changes of a file but not of what it imports.
"""

from __future__ import annotations

import numba
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

LANES = 64
_LINE = 8
_EPSILON = 2.0**-52


@numba.njit(cache=True, nogil=True, error_model="numpy", fastmath={"contract"})
def best_side_by_side(
    levels: Floats,
    changes: Floats,
    min_window: int,
    best: Floats,
    length: Integers,
    growing: Floats,
) -> None:
    """Find the best windows of many series without lagged differences.

    All arrays have the shape ``(blocks, rows, LANES)``. ``best`` and ``length`` are filled as those
    of :func:`springtide.numerics.psy.kernels.best_plain` are; ``growing`` receives the signed
    squares of the windows that start at the first row.
    """
    work = np.empty((10, LANES + _LINE))
    o = (-work.ctypes.data // 8) % _LINE
    e = o + LANES
    sx, sz, sxx, sxz, szz = work[0, o:e], work[1, o:e], work[2, o:e], work[3, o:e], work[4, o:e]
    top, size, x_end, z_end = work[5, o:e], work[6, o:e], work[7, o:e], work[8, o:e]
    whole = work[9, o:e]
    for block in range(levels.shape[0]):
        xs, zs = levels[block], changes[block]
        for end in range(min_window - 1, levels.shape[1]):
            work[:] = 0.0
            top[:] = -np.inf
            x_end[:] = xs[end]
            z_end[:] = zs[end]
            for n in range(1, end + 2):
                x, z = xs[end - n + 1], zs[end - n + 1]
                if n < min_window:
                    for i in range(LANES):
                        a, b = x[i] - x_end[i], z[i] - z_end[i]
                        sx[i] += a
                        sz[i] += b
                        sxx[i] += a * a
                        sxz[i] += a * b
                        szz[i] += b * b
                    continue
                inverse, freedom, resolution = 1.0 / n, n - 2.0, 2.0 * _EPSILON * n
                n_float = float(n)
                for i in range(LANES):
                    a, b = x[i] - x_end[i], z[i] - z_end[i]
                    sx[i] += a
                    sz[i] += b
                    sxx[i] += a * a
                    sxz[i] += a * b
                    szz[i] += b * b
                    mean = sx[i] * inverse
                    cxx = sxx[i] - mean * sx[i]
                    cxz = sxz[i] - mean * sz[i]
                    czz = szz[i] - inverse * sz[i] * sz[i]
                    product = cxx * czz
                    residual = product - cxz * cxz
                    smallest = resolution * product
                    residual = residual if residual > smallest else smallest
                    square = freedom * cxz * abs(cxz) / residual
                    signed = n_float if abs(square) <= freedom else -n_float
                    whole[i] = square
                    better = square > top[i]
                    top[i] = square if better else top[i]
                    size[i] = signed if better else size[i]
            for i in range(LANES):
                growing[block, end, i] = whole[i] if whole[i] > -np.inf else -np.inf  # not NaN
                best[block, end, i] = top[i]
                length[block, end, i] = int(size[i])
