"""Compiled kernels: the reduced sum of squares with its derivatives, and Newton's method on it.

Everything here is checked against the plain NumPy version in :mod:`.model`. A window is seen
backwards: ``age`` counts sessions back from its end, so ``x = delta + age`` is the distance to
the critical time, ``delta`` sessions after the end. Times enter as ``ln(x / reference)``: that
only rescales B and turns (C1, C2), and keeps ``x**m`` near one. The scratch arrays are the
caller's, so that a fit allocates nothing: ``work`` (9 rows as long as the window) with
``bits`` (see :mod:`.elementary`), and ``small`` (:data:`SMALL` numbers: all the little
matrices, flat so that the compiler keeps them in registers).
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from springtide.numerics.lppls.compiling import part
from springtide.numerics.lppls.elementary import columns

SMALL = 128
"""Length of the small scratch array."""

SLACK = 3.0
"""How many times the promised gain of its next step a start may still hope for."""

_GRAM, _CHOLESKY, _RIGHT, LINEAR, _CROSS, _FORWARD = 0, 16, 32, 36, 40, 52
_NOW, _TRIAL, _STEP, _HELD, _FACTOR = 64, 84, 104, 108, 112
_GRADIENT, _SCALE, _HESSIAN = 0, 4, 8


@part
def _cholesky(small: Any) -> bool:
    """Factor the 4 x 4 Gram matrix (reciprocal diagonal); False if it is singular."""
    for i in range(4):
        for j in range(i + 1):
            s = small[_GRAM + 4 * i + j]
            for k in range(j):
                s -= small[_CHOLESKY + 4 * i + k] * small[_CHOLESKY + 4 * j + k]
            if i == j:
                if s <= 1e-15 * small[_GRAM + 4 * i + i]:
                    return False
                small[_CHOLESKY + 4 * i + i] = 1.0 / math.sqrt(s)
            else:
                small[_CHOLESKY + 4 * i + j] = s * small[_CHOLESKY + 4 * j + j]
    return True


@part
def _forward(small: Any, right: int, out: int) -> None:
    """Solve L out = right; both are places in ``small``."""
    for i in range(4):
        s = small[right + i]
        for k in range(i):
            s -= small[_CHOLESKY + 4 * i + k] * small[out + k]
        small[out + i] = s * small[_CHOLESKY + 4 * i + i]


@part
def linear(weight: Any, y: Any, work: Any, small: Any) -> bool:
    """Solve the weighted normal equations for A, B, C1, C2 (at ``LINEAR`` of ``small``)."""
    s1 = sp = sc = ss = 0.0
    pp = pc = ps = cc = cs = sn = 0.0
    y1 = yp = yc = ys = 0.0
    for k in range(y.size):
        w = weight[k]
        p = work[2, k]
        c = work[3, k]
        s = work[4, k]
        wp = w * p
        wc = w * c
        ws = w * s
        s1 += w
        sp += wp
        sc += wc
        ss += ws
        pp += wp * p
        pc += wp * c
        ps += wp * s
        cc += wc * c
        cs += wc * s
        sn += ws * s
        y1 += w * y[k]
        yp += wp * y[k]
        yc += wc * y[k]
        ys += ws * y[k]
    small[_GRAM + 0] = s1
    small[_GRAM + 4] = sp
    small[_GRAM + 8] = sc
    small[_GRAM + 12] = ss
    small[_GRAM + 5] = pp
    small[_GRAM + 9] = pc
    small[_GRAM + 13] = ps
    small[_GRAM + 10] = cc
    small[_GRAM + 14] = cs
    small[_GRAM + 15] = sn
    small[_RIGHT + 0] = y1
    small[_RIGHT + 1] = yp
    small[_RIGHT + 2] = yc
    small[_RIGHT + 3] = ys
    if not _cholesky(small):
        return False
    _forward(small, _RIGHT, LINEAR)
    for i in range(3, -1, -1):
        s = small[LINEAR + i]
        for k in range(i + 1, 4):
            s -= small[_CHOLESKY + 4 * k + i] * small[LINEAR + k]
        small[LINEAR + i] = s * small[_CHOLESKY + 4 * i + i]
    return True


@part
def _residuals(weight: Any, y: Any, m: float, omega: float, work: Any, small: Any) -> float:
    """Weighted residuals and the model's derivatives in delta, m, omega (rows 5-8); the SSE."""
    a = small[LINEAR + 0]
    b = small[LINEAR + 1]
    c1 = small[LINEAR + 2]
    c2 = small[LINEAR + 3]
    sse = 0.0
    for k in range(y.size):
        trend = b * work[2, k] + c1 * work[3, k] + c2 * work[4, k]
        turned = c2 * work[3, k] - c1 * work[4, k]
        r = y[k] - a - trend
        sse += weight[k] * r * r
        work[5, k] = weight[k] * r
        work[6, k] = (m * trend + omega * turned) * work[1, k]
        work[7, k] = work[0, k] * trend
        work[8, k] = work[0, k] * turned
    return sse


@part
def evaluate(
    age: Any,
    weight: Any,
    y: Any,
    reference: float,
    theta: Any,
    work: Any,
    bits: Any,
    small: Any,
    out: Any,
) -> float:
    """Half the reduced sum of squares at ``theta = (ln delta, m, omega)``, with derivatives.

    From ``out`` on, ``small`` gets the gradient, the Gauss-Newton diagonal and the exact
    Hessian of the problem with the linear parameters solved out.
    """
    delta = math.exp(theta[0])
    m = theta[1]
    omega = theta[2]
    columns(age, delta, m, omega, reference, work, bits)
    if not linear(weight, y, work, small):
        return np.inf
    sse = _residuals(weight, y, m, omega, work, small)
    for i in range(3):
        j1 = jp = jc = js = 0.0
        jd = jm = jo = jr = 0.0
        for k in range(y.size):
            jr += work[5, k] * work[6 + i, k]
            j = weight[k] * work[6 + i, k]
            j1 += j
            jp += j * work[2, k]
            jc += j * work[3, k]
            js += j * work[4, k]
            jd += j * work[6, k]
            jm += j * work[7, k]
            jo += j * work[8, k]
        small[_CROSS + 4 * i + 0] = j1
        small[_CROSS + 4 * i + 1] = jp
        small[_CROSS + 4 * i + 2] = jc
        small[_CROSS + 4 * i + 3] = js
        small[out + _HESSIAN + 4 * i + 0] = jd
        small[out + _HESSIAN + 4 * i + 1] = jm
        small[out + _HESSIAN + 4 * i + 2] = jo
        small[out + _GRADIENT + i] = -jr
    _second_derivatives(y.size, m, omega, work, small, out)
    for i in range(3):  # from delta to ln delta
        small[out + _HESSIAN + i] *= delta
    for i in range(3):
        small[out + _HESSIAN + 4 * i + 0] *= delta
    small[out + _HESSIAN] += delta * small[out + _GRADIENT]
    small[out + _GRADIENT] *= delta
    small[out + _SCALE] *= delta * delta
    return 0.5 * sse


@part
def _keep_scale(small: Any, out: int) -> None:
    """Keep the diagonal of J'J with the linear parameters solved out: that of Gauss and Newton."""
    for i in range(3):
        _forward(small, _CROSS + 4 * i, _FORWARD + 4 * i)
        s = small[out + _HESSIAN + 5 * i]
        for k in range(4):
            s -= small[_FORWARD + 4 * i + k] * small[_FORWARD + 4 * i + k]
        small[out + _SCALE + i] = max(s, 1e-300)


@part
def _schur_complement(small: Any, hess: int) -> None:
    """Solve the linear parameters out of the Hessian, in both of its triangles."""
    for i in range(3):
        _forward(small, _CROSS + 4 * i, _FORWARD + 4 * i)
    for i in range(3):
        for j in range(i, 3):
            s = small[hess + 4 * i + j]
            for k in range(4):
                s -= small[_FORWARD + 4 * i + k] * small[_FORWARD + 4 * j + k]
            small[hess + 4 * i + j] = s
            small[hess + 4 * j + i] = s


@part
def _second_derivatives(n: int, m: float, omega: float, work: Any, small: Any, out: int) -> None:
    """Turn J'J into the Hessian of the reduced problem; keep its Gauss-Newton diagonal.

    With f the model, F the columns and r the residuals, the Hessian of the full problem has
    the blocks J'J - r'f'', J'F - r'F' and F'F; the reduced one is their Schur complement.
    """
    up = uc = us = 0.0  # sums of r (p, p cos, p sin) times u, v = 1 / x, u u, u v, v v
    vp = vc = vs = 0.0
    uup = uuc = uus = 0.0
    uvp = uvc = uvs = 0.0
    vvp = vvc = vvs = 0.0
    for k in range(n):
        u = work[0, k]
        v = work[1, k]
        rp = work[5, k] * work[2, k]
        rc = work[5, k] * work[3, k]
        rs = work[5, k] * work[4, k]
        up += u * rp
        uc += u * rc
        us += u * rs
        vp += v * rp
        vc += v * rc
        vs += v * rs
        uup += u * u * rp
        uuc += u * u * rc
        uus += u * u * rs
        uvp += u * v * rp
        uvc += u * v * rc
        uvs += u * v * rs
        vvp += v * v * rp
        vvc += v * v * rc
        vvs += v * v * rs
    hess = out + _HESSIAN
    _keep_scale(small, out)
    b = small[LINEAR + 1]
    c1 = small[LINEAR + 2]
    c2 = small[LINEAR + 3]
    small[hess + 5] -= b * uup + c1 * uuc + c2 * uus
    small[hess + 6] -= c2 * uuc - c1 * uus
    small[hess + 10] += c1 * uuc + c2 * uus
    along = c1 * uvc + c2 * uvs
    turned = c2 * uvc - c1 * uvs
    small[hess + 1] -= b * (vp + m * uvp) + c1 * vc + c2 * vs + m * along + omega * turned
    small[hess + 2] -= c2 * vc - c1 * vs + m * turned - omega * along
    along = c1 * vvc + c2 * vvs
    turned = c2 * vvc - c1 * vvs
    small[hess] -= (
        (m * m - m) * (b * vvp + along) + (2.0 * m - 1.0) * omega * turned - omega * omega * along
    )
    small[_CROSS + 1] -= m * vp
    small[_CROSS + 2] -= m * vc - omega * vs
    small[_CROSS + 3] -= m * vs + omega * vc
    small[_CROSS + 5] -= up
    small[_CROSS + 6] -= uc
    small[_CROSS + 7] -= us
    small[_CROSS + 10] += us
    small[_CROSS + 11] -= uc
    _schur_complement(small, hess)


@part
def _newton_step(small: Any, damping: float, now: Any) -> bool:
    """Solve (H + damping * scale) step = -gradient on the free coordinates; False if not convex.

    Coordinates with a nonzero flag in ``_HELD`` stay at their bound.
    """
    for i in range(3):
        small[_STEP + i] = 0.0
        for j in range(i + 1):
            small[_FACTOR + 4 * i + j] = 0.0
    for i in range(3):
        if small[_HELD + i] != 0.0:
            continue
        for j in range(i + 1):
            if small[_HELD + j] != 0.0:
                continue
            s = small[now + _HESSIAN + 4 * i + j]
            if i == j:
                s += damping * small[now + _SCALE + i]
            for k in range(j):
                s -= small[_FACTOR + 4 * i + k] * small[_FACTOR + 4 * j + k]
            if i == j:
                if s <= 1e-12 * small[now + _SCALE + i]:
                    return False
                small[_FACTOR + 5 * i] = 1.0 / math.sqrt(s)
            else:
                small[_FACTOR + 4 * i + j] = s * small[_FACTOR + 5 * j]
        s = -small[now + _GRADIENT + i]
        for k in range(i):
            s -= small[_FACTOR + 4 * i + k] * small[_FACTOR + 12 + k]
        small[_FACTOR + 12 + i] = s * small[_FACTOR + 5 * i]
    for i in range(2, -1, -1):
        if small[_HELD + i] == 0.0:
            s = small[_FACTOR + 12 + i]
            for k in range(i + 1, 3):
                s -= small[_FACTOR + 4 * k + i] * small[_STEP + k]
            small[_STEP + i] = s * small[_FACTOR + 5 * i]
    return True


@part
def newton(
    age: Any,
    weight: Any,
    y: Any,
    reference: float,
    theta: Any,
    lower: Any,
    upper: Any,
    tolerance: float,
    limit: int,
    best: float,
    work: Any,
    bits: Any,
    small: Any,
) -> tuple[float, int]:
    """Minimise the reduced sum of squares from ``theta`` (changed in place) inside the box.

    Damped Newton with the exact Hessian, bounds held while the gradient points out of them.
    Stops when a step promises less than ``tolerance`` of the value, after ``limit``
    evaluations, or when the promised gain (times :data:`SLACK` while it is large) would not
    beat ``best``, which also ends a start on its way to the same minimum.

    Returns
    -------
    tuple
        Half the sum of squares, and the number of evaluations.
    """
    now = np.int64(_NOW)
    trial = np.int64(_TRIAL)  # typed, or numba would compile evaluate() for the constant as well
    f = np.inf
    evaluations = 0
    damping = 0.0
    old = theta[0], theta[1], theta[2]
    while True:
        g = evaluate(age, weight, y, reference, theta, work, bits, small, trial)
        evaluations += 1
        if g < f:
            f = g
            now, trial = trial, now
            damping = 0.0 if damping < 1e-3 else damping / 8.0
        else:
            theta[0], theta[1], theta[2] = old
            damping = max(4.0 * damping, 1e-2)
        if not f < np.inf or evaluations >= limit or damping > 1e8:
            break
        for i in range(3):
            g = small[now + _GRADIENT + i]
            out = (theta[i] <= lower[i] and g > 0.0) or (theta[i] >= upper[i] and g < 0.0)
            small[_HELD + i] = 1.0 if out else 0.0
        convex = False
        while not convex:
            convex = _newton_step(small, damping, now)
            if not convex:
                damping = max(4.0 * damping, 1e-2)
        gain = 0.0
        for i in range(3):
            target = min(max(theta[i] + small[_STEP + i], lower[i]), upper[i])
            small[_STEP + i] = target - theta[i]
            gain -= small[now + _GRADIENT + i] * small[_STEP + i]
        hope = gain if gain < 1e-3 * f else SLACK * gain
        if gain <= tolerance * f or f - hope > best * (1.0 - 1e-6):
            break
        old = theta[0], theta[1], theta[2]
        for i in range(3):
            theta[i] = min(max(theta[i] + small[_STEP + i], lower[i]), upper[i])
    return f, evaluations
