"""Compiled kernels: the best window for all end points, and one window to full precision.

Every regression is over rows. Row ``t`` explains the difference ``z[t]`` by a constant, the level
before it ``x[t]`` and the ``lag`` differences before it. ``rows`` holds them for one or many series
as an array of shape ``(series, lag + 2, LANES + count + LANES)``: lagged differences first, then
levels, then differences, with ``LANES`` columns of NaN on both sides.

Choosing the best window
    For a block of ``LANES`` end points at once, windows grow backwards by one row a step, and each
    lane adds one row to its own running sums. Sums never leave their window: nothing is subtracted
    from a total over the whole sample. Each variable is measured from its last value inside the
    window, so that a sum of squares exceeds the centred one by a factor of at most the window's
    length ``n`` (a member ``a`` of the window has ``n (mean - a)^2 <= (n - 1) centred``): at most
    ``log10(n)`` of sixteen digits are lost, at any level of the series. Centring removes the
    constant, elimination the lagged differences. The signed square of the t-statistic is then one
    division; square roots wait until the sup is known. A lane that runs past the start of the
    sample reads NaN, and NaN never beats the best so far.

Reporting it
    The residual variance is what the fit leaves of the variance of ``z``, a difference that loses
    digits when little is left; elimination loses digits when regressors are nearly collinear. Where
    the best window leaves less than half of the variance, or elimination less than a thousandth of
    a variable, its statistic is computed again from centred values and the residuals themselves
    (`window_statistic`). Such a window's length is handed over with a minus sign.

The kernels ``best_*`` share one signature: blocks of end rows are counted from the last, ``first``
is the first of them and ``step`` the distance to the next, so that several threads can share a
series; ``best`` and ``length``, of shape ``(series, count)``, receive the signed squares (minus
infinity where no window has a statistic) and the windows' lengths in rows (0 there).

The kernels without lagged differences stand in `springtide.numerics.psy.plain`.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba
import numpy as np
from numpy.typing import NDArray

F = TypeVar("F", bound=Callable[..., Any])
Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

LANES = 64
"""End points that share a block: eight vectors of eight doubles."""

_LINE = 8
"""Doubles in a cache line. Sums that straddle two lines halve the speed."""

EPSILON = 2.0**-52

_COLLINEAR = 1e-10
"""A variable is collinear with others if this share of its sum of squares is left without them.

Rounding in sums of 20,000 terms reaches 1e-12 of them; what is left must stand well above that.
"""

_SOUND = 1e-3
"""Elimination that leaves at least this share of every variable's sum of squares is good enough."""


def compiled(function: F) -> F:
    """Allow fused multiply-add; NaN, infinity and the order of sums keep their meaning."""
    compiler = numba.njit(cache=True, nogil=True, error_model="numpy", fastmath={"contract"})
    return cast(F, compiler(function))


def inlined(function: F) -> F:
    """Compile a piece of a kernel into it, so that loops around it run in vectors."""
    compiler = numba.njit(forceinline=True, error_model="numpy", fastmath={"contract"})
    return cast(F, compiler(function))


def _compiled_sum(function: F) -> F:
    """Allow a sum to change its order, so that it runs in vectors. NaN keeps its meaning."""
    fastmath = {"contract", "reassoc"}
    compiler = numba.njit(cache=True, nogil=True, error_model="numpy", fastmath=fastmath)
    return cast(F, compiler(function))


@compiled
def fill_rows(paths: Floats, rows: Floats) -> None:
    """Write the regression rows of ``paths``, of shape ``(series, size)``, between the margins."""
    lag = rows.shape[1] - 2
    for s in range(paths.shape[0]):
        for i in range(paths.shape[1] - 1 - lag):
            t = i + lag
            for j in range(lag):
                rows[s, j, LANES + i] = paths[s, t - j] - paths[s, t - j - 1]
            rows[s, lag, LANES + i] = paths[s, t]
            rows[s, lag + 1, LANES + i] = paths[s, t + 1] - paths[s, t]


@compiled
def signed_square(cxx: float, cxz: float, czz: float, freedom: float, resolution: float) -> float:
    """Return ``t |t|`` for the slope of ``z`` on ``x`` from centred products.

    The share of variance left over is taken to be at least ``resolution``; NaN if either variable
    is constant.
    """
    product = cxx * czz
    residual = product - cxz * cxz
    smallest = resolution * product
    residual = residual if residual > smallest else smallest
    return freedom * cxz * abs(cxz) / residual


@compiled
def best_one_lag(
    rows: Floats, min_window: int, best: Floats, length: Integers, first: int, step: int
) -> None:
    """Find the best windows with one lagged difference ``d``: nine sums a lane.

    A window whose level or difference is collinear with its lagged difference has none.
    """
    count = best.shape[1]
    work = np.empty((14, LANES + _LINE))
    o = (-work.ctypes.data // 8) % _LINE
    e = o + LANES
    sd, sx, sz, sdd, sdx = work[0, o:e], work[1, o:e], work[2, o:e], work[3, o:e], work[4, o:e]
    sdz, sxx, sxz, szz = work[5, o:e], work[6, o:e], work[7, o:e], work[8, o:e]
    top, size = work[9, o:e], work[10, o:e]
    d_end, x_end, z_end = work[11, o:e], work[12, o:e], work[13, o:e]
    for s in range(rows.shape[0]):
        ds, xs, zs = rows[s, 0], rows[s, 1], rows[s, 2]
        for end in range(count - LANES - first * LANES, min_window - LANES - 1, -step * LANES):
            work[:] = 0.0
            top[:] = -np.inf
            d_end[:] = ds[LANES + end : LANES + end + LANES]
            x_end[:] = xs[LANES + end : LANES + end + LANES]
            z_end[:] = zs[LANES + end : LANES + end + LANES]
            for n in range(1, end + LANES + 1):
                start = LANES + end - n + 1
                d, x = ds[start : start + LANES], xs[start : start + LANES]
                z = zs[start : start + LANES]
                inverse, freedom, resolution = 1.0 / n, n - 3.0, 2.0 * EPSILON * n
                n_float = float(n) if n >= min_window else 0.0
                for i in range(LANES):
                    a, b, c = d[i] - d_end[i], x[i] - x_end[i], z[i] - z_end[i]
                    sd[i] += a
                    sx[i] += b
                    sz[i] += c
                    sdd[i] += a * a
                    sdx[i] += a * b
                    sdz[i] += a * c
                    sxx[i] += b * b
                    sxz[i] += b * c
                    szz[i] += c * c
                    d_mean, x_mean = sd[i] * inverse, sx[i] * inverse
                    cdd = sdd[i] - d_mean * sd[i]
                    cdx = sdx[i] - d_mean * sx[i]
                    cdz = sdz[i] - d_mean * sz[i]
                    slope = cdx / cdd
                    x_alone = sxx[i] - x_mean * sx[i]
                    z_alone = szz[i] - inverse * sz[i] * sz[i]
                    cxx = x_alone - slope * cdx
                    cxz = sxz[i] - x_mean * sz[i] - slope * cdz
                    czz = z_alone - cdz * cdz / cdd
                    square = signed_square(cxx, cxz, czz, freedom, resolution)
                    determined = (cxx > _COLLINEAR * x_alone) & (czz > _COLLINEAR * z_alone)
                    determined &= n_float > 0.0
                    sound = (cxx > _SOUND * x_alone) & (czz > _SOUND * z_alone)
                    signed = n_float if sound & (abs(square) <= freedom) else -n_float
                    better = determined & (square > top[i])
                    top[i] = square if better else top[i]
                    size[i] = signed if better else size[i]
            for i in range(max(0, min_window - 1 - end), LANES):
                best[s, end + i] = top[i]
                length[s, end + i] = int(size[i])


@compiled
def _pair(v: int, u: int) -> int:
    """Return where the pair of variables ``(v, u <= v)`` stands in a lower triangle."""
    return v * (v + 1) // 2 + u


@compiled
def _add_row(variables: Floats, start: int, work: Floats) -> None:
    count = variables.shape[0]
    for v in range(count):
        row, anchor = variables[v, start : start + LANES], work[v]
        new, total = work[count + v], work[2 * count + v]
        for i in range(LANES):
            new[i] = row[i] - anchor[i]
            total[i] += new[i]


@compiled
def _add_products(count: int, n: int, work: Floats) -> None:
    inverse = 1.0 / n
    products = 3 * count
    centred = products + _pair(count, 0)
    mean = work[work.shape[0] - 1]
    for v in range(count):
        total = work[2 * count + v]
        for i in range(LANES):
            mean[i] = total[i] * inverse
        for u in range(v + 1):
            a, b, other = work[count + v], work[count + u], work[2 * count + u]
            product, target = work[products + _pair(v, u)], work[centred + _pair(v, u)]
            for i in range(LANES):
                product[i] += a[i] * b[i]
                target[i] = product[i] - mean[i] * other[i]
        alone = work[centred + _pair(count, 0) + v]
        alone[:] = work[centred + _pair(v, v)]


@compiled
def _eliminate_lags(count: int, n: int, work: Floats) -> None:
    products = 3 * count
    centred = products + _pair(count, 0)
    remember = centred + _pair(count, 0)
    sound, reciprocal = work[remember + count], work[remember + count + 1]
    sound[:] = 1.0
    for p in range(count - 2):
        pivot, alone = work[centred + _pair(p, p)], work[remember + p]
        for i in range(LANES):
            reciprocal[i] = 1.0 / pivot[i] if pivot[i] > _COLLINEAR * alone[i] else np.nan
        for i in range(LANES):
            sound[i] = sound[i] if pivot[i] > _SOUND * alone[i] else 0.0
        for v in range(p + 1, count):
            for u in range(p + 1, v + 1):
                a, b = work[centred + _pair(v, p)], work[centred + _pair(u, p)]
                target = work[centred + _pair(v, u)]
                for i in range(LANES):
                    target[i] -= a[i] * reciprocal[i] * b[i]


@compiled
def _keep_best(count: int, n: int, work: Floats, top: Floats, size: Floats) -> None:
    resolution, freedom, n_float = 2.0 * EPSILON * n, n - float(count), float(n)
    alone = 3 * count + 2 * _pair(count, 0)
    x_alone, z_alone = work[alone + count - 2], work[alone + count - 1]
    cxx, cxz, czz = work[alone - 1 - count], work[alone - 2], work[alone - 1]
    sound = work[alone + count]
    for i in range(LANES):
        square = signed_square(cxx[i], cxz[i], czz[i], freedom, resolution)
        determined = (cxx[i] > _COLLINEAR * x_alone[i]) & (czz[i] > _COLLINEAR * z_alone[i])
        better = determined & (square > top[i])
        sound[i] = sound[i] if cxx[i] > _SOUND * x_alone[i] else 0.0
        sound[i] = sound[i] if czz[i] > _SOUND * z_alone[i] else 0.0
        signed = n_float if (sound[i] > 0.0) & (abs(square) <= freedom) else -n_float
        top[i] = square if better else top[i]
        size[i] = signed if better else size[i]


@compiled
def best_many_lags(
    rows: Floats, min_window: int, best: Floats, length: Integers, first: int, step: int
) -> None:
    """Find the best windows with any number of lagged differences.

    A lane is a column of ``work``. With ``c`` variables and ``p = c (c + 1) / 2`` pairs its rows
    are: the ``c`` values at the end row, ``c`` of the row that joins, ``c`` sums, ``p`` products,
    ``p`` centred products, ``c`` centred squares to remember, one that says whether no digits were
    lost, and one for a mean or a pivot's reciprocal. A window whose variables are collinear has no
    statistic.
    """
    count, variables = best.shape[1], rows.shape[1]
    shape = (4 * variables + 2 * _pair(variables, 0) + 2, LANES)
    buffer = np.empty(shape[0] * LANES + _LINE)
    o = (-buffer.ctypes.data // 8) % _LINE
    work = buffer[o : o + shape[0] * LANES].reshape(shape)
    top, size = np.empty(LANES), np.empty(LANES)
    for s in range(rows.shape[0]):
        for end in range(count - LANES - first * LANES, min_window - LANES - 1, -step * LANES):
            work[:] = 0.0
            top[:] = -np.inf
            size[:] = 0.0
            for v in range(variables):
                work[v] = rows[s, v, LANES + end : LANES + end + LANES]
            for n in range(1, end + LANES + 1):
                _add_row(rows[s], LANES + end - n + 1, work)
                _add_products(variables, n, work)
                if n >= min_window:
                    _eliminate_lags(variables, n, work)
                    _keep_best(variables, n, work, top, size)
            for i in range(max(0, min_window - 1 - end), LANES):
                best[s, end + i] = top[i]
                length[s, end + i] = int(size[i])


@compiled
def _eliminate(centred: Floats, alone: Floats) -> bool:
    """Eliminate the lagged differences from one window's centred products, in the lower triangle.

    ``alone`` receives the diagonal as it was. Returns whether no variable is collinear with others.
    """
    count = centred.shape[0]
    for v in range(count):
        alone[v] = centred[v, v]
    for p in range(count - 2):
        if not centred[p, p] > _COLLINEAR * alone[p]:
            return False
        for v in range(p + 1, count):
            factor = centred[v, p] / centred[p, p]
            for u in range(p + 1, v + 1):
                centred[v, u] -= factor * centred[u, p]
    x, z = count - 2, count - 1
    return bool((centred[x, x] > _COLLINEAR * alone[x]) & (centred[z, z] > _COLLINEAR * alone[z]))


@compiled
def growing_windows(rows: Floats, min_window: int, square: Floats) -> None:
    """Compute the signed squares of the statistics of all windows that start at the first row.

    Running sums are measured from the first row's values, a member of every such window.
    ``square``, of shape ``(series, count)``, is minus infinity before the first full window and
    where the regression is not determined.
    """
    variables = rows.shape[1]
    x, z = variables - 2, variables - 1
    new, sums, alone = np.empty(variables), np.empty(variables), np.empty(variables)
    products, centred = np.empty((variables, variables)), np.empty((variables, variables))
    for s in range(rows.shape[0]):
        sums[:] = 0.0
        products[:] = 0.0
        for end in range(square.shape[1]):
            n = end + 1
            for v in range(variables):
                new[v] = rows[s, v, LANES + end] - rows[s, v, LANES]
                sums[v] += new[v]
                for u in range(v + 1):
                    products[v, u] += new[v] * new[u]
            square[s, end] = -np.inf
            if n < min_window:
                continue
            inverse = 1.0 / n
            for v in range(variables):
                for u in range(v + 1):
                    centred[v, u] = products[v, u] - sums[v] * inverse * sums[u]
            if _eliminate(centred, alone):
                resolution, freedom = 2.0 * EPSILON * n, n - float(variables)
                square[s, end] = signed_square(
                    centred[x, x], centred[z, x], centred[z, z], freedom, resolution
                )


@_compiled_sum
def _dot(a: Floats, b: Floats) -> float:
    total = 0.0
    for i in range(a.size):
        total += a[i] * b[i]
    return total


@_compiled_sum
def _centre(column: Floats) -> None:
    total = 0.0
    for i in range(column.size):
        total += column[i]
    mean = total / column.size
    for i in range(column.size):
        column[i] -= mean


@compiled
def _project_out(column: Floats, directions: Floats) -> None:
    """Remove from a column its projections on orthonormal directions, in place, twice over."""
    for _ in range(2):
        for v in range(directions.shape[0]):
            length = _dot(column, directions[v])
            for i in range(column.size):
                column[i] -= length * directions[v, i]


@compiled
def window_statistic(variables: Floats, first: int, last: int) -> float:
    """Return the ADF t-statistic of the rows in columns ``first`` to ``last``, both included.

    ``variables`` are one series' rows. Level and difference are projected off the lagged
    differences by Gram-Schmidt, so that nearly collinear regressors lose digits once, not squared.
    The residual sum of squares is summed from the residuals and taken to be no smaller than
    rounding. NaN where the regression is not determined.
    """
    count, n = variables.shape[0], last - first + 1
    x, z = count - 2, count - 1
    columns = np.empty((count, n))
    for v in range(count):
        for i in range(n):
            columns[v, i] = variables[v, first + i] - variables[v, last]
        _centre(columns[v])
        _centre(columns[v])
        whole = _dot(columns[v], columns[v])
        _project_out(columns[v], columns[: min(v, x)])
        left = _dot(columns[v], columns[v])
        if not left > _COLLINEAR * whole:
            return np.nan
        if v < z:
            scale = 1.0 / math.sqrt(left)
            for i in range(n):
                columns[v, i] *= scale
    slope = _dot(columns[x], columns[z])
    smallest = EPSILON**2 * _dot(columns[z], columns[z])
    _project_out(columns[z], columns[x:z])
    remaining = max(_dot(columns[z], columns[z]), smallest)
    return float(slope / math.sqrt(remaining / (n - count)))


@compiled
def recompute(
    variables: Floats, length: Integers, statistic: Floats, first: int, step: int
) -> None:
    """Recompute the statistics of best windows that lost digits: those of negative length.

    Every ``step``-th end row from ``first`` on.
    """
    for end in range(first, length.size, step):
        if length[end] < 0:
            start = LANES + end + length[end] + 1
            statistic[end] = window_statistic(variables, start, LANES + end)


@compiled
def finish(
    rows: Floats,
    best: Floats,
    length: Integers,
    growing: Floats,
    statistic: Floats,
    start: Integers,
    ends: Floats,
) -> None:
    """Write what many series report: sequences, starts of windows, ADF and SADF in ``ends``.

    ``statistic`` and ``start`` have a column an observation, the rest one a row of the regression.
    """
    count = length.shape[1]
    before = statistic.shape[1] - count
    for s in range(rows.shape[0]):
        for end in range(count):
            n = length[s, end]
            if n != 0:
                square = best[s, end]
                statistic[s, before + end] = math.copysign(math.sqrt(abs(square)), square)
                start[s, before + end] = end - abs(n) + 1
        recompute(rows[s], length[s], statistic[s, before:], 0, 1)
        ends[s, 0] = window_statistic(rows[s], LANES, LANES + count - 1)
        ends[s, 1] = window_statistic(rows[s], LANES, LANES + int(np.argmax(growing[s])))
