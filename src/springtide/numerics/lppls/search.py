"""Compiled search: bases, summary, screening of the grid, refinement, finish on all sessions."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from springtide.numerics.lppls.compiling import entry, part
from springtide.numerics.lppls.elementary import columns
from springtide.numerics.lppls.kernels import LINEAR, SMALL, linear, newton

TILE = 64
"""Windows screened together: the innermost loop of the matrix product."""

STARTS = 8
"""Grid minima that are refined."""

OUTPUTS = 10
"""tc, m, omega, A, B, C1, C2, SSE, largest relative error, unit-root statistic."""


@part
def _project_out(vector: Any, unit: Any) -> None:
    s = 0.0
    for k in range(vector.size):
        s += vector[k] * unit[k]
    for k in range(vector.size):
        vector[k] -= s * unit[k]


@part
def _normalise(vector: Any) -> None:
    s = 0.0
    for k in range(vector.size):
        s += vector[k] * vector[k]
    s = 1.0 / math.sqrt(s) if s > 1e-24 else 0.0
    for k in range(vector.size):
        vector[k] *= s


@entry
def bases(age: Any, root: Any, reference: float, theta: Any, trend: Any, basis: Any) -> None:
    """Fill the rows of a grid's orthonormal bases (Gram-Schmidt, twice); see :class:`.Grid`."""
    n = age.size
    work = np.zeros((9, n))
    ones, power, cosine, sine = work[5], work[6], work[7], work[8]
    bits = work.view(np.int64)
    for i in range(theta.shape[0]):
        columns(age, math.exp(theta[i, 0]), theta[i, 1], theta[i, 2], reference, work, bits)
        for k in range(n):
            ones[k] = root[k]
            power[k] = root[k] * work[2, k]
            cosine[k] = root[k] * work[3, k]
            sine[k] = root[k] * work[4, k]
        _normalise(ones)
        _normalise(power)
        _normalise(cosine)
        _normalise(sine)
        for _ in range(2):
            _project_out(power, ones)
        _normalise(power)
        for _ in range(2):
            _project_out(cosine, ones)
            _project_out(cosine, power)
        _normalise(cosine)
        for _ in range(2):
            _project_out(sine, ones)
            _project_out(sine, power)
            _project_out(sine, cosine)
        _normalise(sine)
        for k in range(n):
            basis[2 * i, k] = np.float32(cosine[k])
            basis[2 * i + 1, k] = np.float32(sine[k])
            basis[trend[i], k] = np.float32(power[k])


@part
def summarise(y: Any, first: Any, count: Any, projection: Any, out: Any) -> None:
    """Project a window (newest first) onto the nodes of its panels."""
    for k in range(first.size):
        s = 0.0
        a = first[k]
        for i in range(count[k]):
            s += projection[k, i] * y[a + i]
        out[k] = s


@part
def _products(basis: Any, summaries: Any, out: Any) -> None:
    """``basis @ summaries`` for a tile of windows, rows two at a time, nodes four at a time."""
    for i in range(0, basis.shape[0], 2):
        for e in range(TILE):
            out[i, e] = np.float32(0.0)
            out[i + 1, e] = np.float32(0.0)
        for k in range(0, basis.shape[1], 4):
            a0, a1, a2, a3 = basis[i, k], basis[i, k + 1], basis[i, k + 2], basis[i, k + 3]
            b0, b1, b2, b3 = (
                basis[i + 1, k],
                basis[i + 1, k + 1],
                basis[i + 1, k + 2],
                basis[i + 1, k + 3],
            )
            for e in range(TILE):
                y0 = summaries[k, e]
                y1 = summaries[k + 1, e]
                y2 = summaries[k + 2, e]
                y3 = summaries[k + 3, e]
                out[i, e] += (a0 * y0 + a1 * y1) + (a2 * y2 + a3 * y3)
                out[i + 1, e] += (b0 * y0 + b1 * y1) + (b2 * y2 + b3 * y3)


@part
def screen(basis: Any, trend: Any, summaries: Any, products: Any, explained: Any) -> None:
    """Sum of squares explained by every grid point (rows) in every window of a tile (columns)."""
    _products(basis, summaries, products)
    for i in range(trend.size):
        t = trend[i]
        for e in range(TILE):
            explained[i, e] = (
                products[2 * i, e] * products[2 * i, e]
                + products[2 * i + 1, e] * products[2 * i + 1, e]
                + products[t, e] * products[t, e]
            )


@part
def candidates(explained: Any, first: Any, frequencies: Any, best: Any, value: Any) -> None:
    """Grid points that explain no less than their neighbours in exponent and frequency.

    ``best`` gets the indices of the :data:`STARTS` highest of each window, highest first (-1
    where there are fewer), ``value`` what they explain.
    """
    for e in range(TILE):
        for j in range(STARTS):
            best[e, j] = -1
            value[e, j] = np.float32(-1.0)
    peak = np.empty(TILE, np.bool_)
    total = explained.shape[0]
    for a in range(first.size):
        nf = frequencies[a]
        low = first[a]
        high = first[a + 1] if a + 1 < first.size else total
        for i in range(low, high):
            q = (i - low) % nf
            left = i - 1 if q > 0 else i
            right = i + 1 if q < nf - 1 else i
            below = i - nf if i - nf >= low else i
            above = i + nf if i + nf < high else i
            for e in range(TILE):
                v = explained[i, e]
                peak[e] = (
                    (v >= explained[left, e])
                    & (v >= explained[right, e])
                    & (v >= explained[below, e])
                    & (v >= explained[above, e])
                    & (v > value[e, STARTS - 1])
                )
            for e in range(TILE):
                if peak[e]:
                    v = explained[i, e]
                    j = STARTS - 1
                    while j > 0 and v > value[e, j - 1]:
                        value[e, j] = value[e, j - 1]
                        best[e, j] = best[e, j - 1]
                        j -= 1
                    value[e, j] = v
                    best[e, j] = i


@part
def report(y: Any, theta: Any, reference: float, work: Any, small: Any, out: Any) -> None:
    """Write a fit's row of :data:`OUTPUTS` from the state that the last evaluation left."""
    omega = theta[2]
    scale = reference ** (-theta[1])
    turn = omega * math.log(reference)
    a, b, c1, c2 = small[LINEAR], small[LINEAR + 1], small[LINEAR + 2], small[LINEAR + 3]
    out[0] = math.exp(theta[0])
    out[1] = theta[1]
    out[2] = omega
    out[3] = a
    out[4] = b * scale
    out[5] = scale * (c1 * math.cos(turn) - c2 * math.sin(turn))
    out[6] = scale * (c1 * math.sin(turn) + c2 * math.cos(turn))
    n = y.size
    sse = 0.0
    highest = 0.0
    lowest = 0.0
    for k in range(n):
        r = y[k] - a - (b * work[2, k] + c1 * work[3, k] + c2 * work[4, k])
        work[5, k] = r
        sse += r * r
        highest = max(highest, r)
        lowest = min(lowest, r)
    lagged = 0.0
    product = 0.0
    change = 0.0
    for k in range(n - 1):  # row k + 1 is the session before row k
        d = work[5, k] - work[5, k + 1]
        lagged += work[5, k + 1] * work[5, k + 1]
        product += d * work[5, k + 1]
        change += d * d
    variance = (change - product * product / lagged) / (n - 2)
    out[7] = sse
    out[8] = max(math.expm1(highest), -math.expm1(lowest))
    out[9] = product / math.sqrt(variance * lagged)


@part
def _centre(y: Any, t: int, window: Any) -> float:
    """Fill a window that ends at ``y[t]``, latest first, less its mean, which is returned."""
    length = window.size
    s = 0.0
    for k in range(length):
        s += y[t - k] - y[t]
    mean = y[t] + s / length
    for k in range(length):
        window[k] = y[t - k] - mean
    return float(mean)


@part
def _refine(
    all_ages: Any, all_weights: Any, window: Any, age: Any, weight: Any, summary: Any, theta: Any,
    best: Any, reference: float, lower: Any, upper: Any, place: Any, trial: Any, whole: Any,
    whole_bits: Any, work: Any, bits: Any, small: Any,
) -> int:  # fmt: skip
    """Refine the starts on the summary, and the best of them on all sessions into ``place``."""
    total = 0
    lowest = np.inf
    for j in range(STARTS + 1):
        last = j == STARTS
        if not last and best[j] < 0:
            continue
        for i in range(3):
            trial[i] = place[i] if last else theta[best[j], i]
        f, evaluations = newton(
            all_ages if last else age,
            all_weights if last else weight,
            window if last else summary,
            reference,
            trial,
            lower,
            upper,
            1e-11 if last else 1e-10,
            60,
            np.inf if last else lowest,
            whole if last else work,
            whole_bits if last else bits,
            small,
        )
        total += evaluations
        if last or f < lowest:
            lowest = f
            for i in range(3):
                place[i] = trial[i]
    return total


@entry
def fit_windows(
    series: Any, row: Any, end: Any, all_ages: Any, age: Any, weight: Any, root: Any, first: Any,
    count: Any, projection: Any, theta: Any, grid_first: Any, frequencies: Any, basis: Any,
    trend: Any, lower: Any, upper: Any, out: Any,
) -> int:  # fmt: skip
    """Fit windows of one length, each ending at ``series[row, end]``; see :mod:`.scanning`."""
    length = all_ages.size
    reference = float(length)
    nodes = age.size
    all_weights = np.empty(length)
    for k in range(length):
        all_weights[k] = 1.0
    summaries = np.zeros((nodes, TILE), np.float32)
    products = np.empty((basis.shape[0], TILE), np.float32)
    explained = np.empty((theta.shape[0], TILE), np.float32)
    best = np.empty((TILE, STARTS), np.int64)
    value = np.empty((TILE, STARTS), np.float32)
    windows = np.empty((TILE, length))
    summary = np.empty((TILE, nodes))
    mean = np.empty(TILE)
    place = np.empty(3)
    trial = np.empty(3)
    work = np.zeros((9, nodes))  # contiguous, or the loops over its rows would not vectorise
    whole = np.zeros((9, length))
    bits = work.view(np.int64)
    whole_bits = whole.view(np.int64)
    small = np.zeros(SMALL)
    total = 0
    for start in range(0, end.size, TILE):
        number = min(TILE, end.size - start)
        for e in range(number):
            mean[e] = _centre(series[row[start + e]], end[start + e], windows[e])
            summarise(windows[e], first, count, projection, summary[e])
            for k in range(nodes):
                summaries[k, e] = np.float32(root[k] * summary[e, k])
        screen(basis, trend, summaries, products, explained)
        candidates(explained, grid_first, frequencies, best, value)
        for e in range(number):
            total += _refine(
                all_ages, all_weights, windows[e], age, weight, summary[e], theta, best[e],
                reference, lower, upper, place, trial, whole, whole_bits, work, bits, small,
            )  # fmt: skip
            columns(all_ages, math.exp(place[0]), place[1], place[2], reference, whole, whole_bits)
            linear(all_weights, windows[e], whole, small)
            report(windows[e], place, reference, whole, small, out[start + e])
            out[start + e, 3] += mean[e]
    return total
