"""Logarithm, power, sine and cosine of a whole window at once, in loops the compiler vectorises.

numba calls the scalar C library for ``log``, ``exp``, ``sin`` and ``cos``, and that would take
nine tenths of the time of a fit. The loops below do the same with a range reduction and a
polynomial, several numbers to an instruction where the processor can, to within a few units
in the last place over the range that a window needs (tested against NumPy).

All work on rows of one scratch array, ``work`` (float64) and ``bits`` (the same memory seen as
int64): row 0 is ``u = ln(x / reference)``, row 1 is ``1 / x``, row 2 is ``p = exp(m u)``, rows 3
and 4 are ``p cos(omega u)`` and ``p sin(omega u)``, row 5 is free. Additions must not be
re-ordered here: that would undo those of ``ROUND``.
"""

from __future__ import annotations

import math
from typing import Any

from springtide.numerics.lppls.compiling import ordered_part

LN2_HIGH = 6.93147180369123816490e-01  # ln 2 in two parts, so that k * LN2_HIGH is exact
LN2_LOW = 1.90821492927058770002e-10
HALF_PI_HIGH = 1.57079632673412561417e00  # pi / 2 in two parts
HALF_PI_LOW = 6.07710050650619224932e-11
ROUND = 6755399441055744.0  # 1.5 * 2**52: adding it rounds to an integer, left in the low bits
ONE_BITS = 0x3FF0000000000000
SQRT_HALF_BITS = 0x3FE6A09E667F3BCD


@ordered_part
def columns(
    age: Any, delta: float, m: float, omega: float, reference: float, work: Any, bits: Any
) -> None:
    """Fill rows 0 to 4 of ``work`` for ``x = age + delta``."""
    _logarithm(age, delta, reference, work, bits)
    _power(m, work, bits)
    _oscillation(omega, work, bits)


@ordered_part
def _logarithm(age: Any, delta: float, reference: float, work: Any, bits: Any) -> None:
    """Rows 0 and 1: with x = 2**e f, the series of ln f in (f - 1) / (f + 1)."""
    scale = 1.0 / reference
    for k in range(age.size):
        work[1, k] = (age[k] + delta) * scale
    for k in range(age.size):
        exponent = (bits[1, k] - SQRT_HALF_BITS) >> 52
        bits[1, k] -= exponent << 52
        work[0, k] = float(exponent)
    for k in range(age.size):
        f = work[1, k] - 1.0
        s = f / (2.0 + f)
        z = s * s
        t = 1.0 / 21.0
        t = t * z + 1.0 / 19.0
        t = t * z + 1.0 / 17.0
        t = t * z + 1.0 / 15.0
        t = t * z + 1.0 / 13.0
        t = t * z + 1.0 / 11.0
        t = t * z + 1.0 / 9.0
        t = t * z + 1.0 / 7.0
        t = t * z + 1.0 / 5.0
        t = t * z + 1.0 / 3.0
        t = t * z
        e = work[0, k]
        work[0, k] = e * LN2_HIGH + (2.0 * s + (2.0 * s * t + e * LN2_LOW))
        work[1, k] = 1.0 / (age[k] + delta)


@ordered_part
def _power(m: float, work: Any, bits: Any) -> None:
    """Row 2: exp(m u) = 2**q exp(r) with r at most half of ln 2, and the series of exp."""
    inverse_ln2 = 1.0 / math.log(2.0)
    for k in range(work.shape[1]):
        z = m * work[0, k]
        work[5, k] = z * inverse_ln2 + ROUND
        q = work[5, k] - ROUND
        r = (z - q * LN2_HIGH) - q * LN2_LOW
        t = 1.0 / 6227020800.0
        t = t * r + 1.0 / 479001600.0
        t = t * r + 1.0 / 39916800.0
        t = t * r + 1.0 / 3628800.0
        t = t * r + 1.0 / 362880.0
        t = t * r + 1.0 / 40320.0
        t = t * r + 1.0 / 5040.0
        t = t * r + 1.0 / 720.0
        t = t * r + 1.0 / 120.0
        t = t * r + 1.0 / 24.0
        t = t * r + 1.0 / 6.0
        t = t * r + 0.5
        work[2, k] = 1.0 + (r + r * r * t)
    for k in range(work.shape[1]):
        bits[5, k] = (bits[5, k] << 52) + ONE_BITS
    for k in range(work.shape[1]):
        work[2, k] *= work[5, k]


@ordered_part
def _oscillation(omega: float, work: Any, bits: Any) -> None:
    """Rows 3 and 4: the angle less a multiple of pi / 2, the two series, and the quadrant."""
    two_over_pi = 2.0 / math.pi
    for k in range(work.shape[1]):
        z = omega * work[0, k]
        work[5, k] = z * two_over_pi + ROUND
        q = work[5, k] - ROUND
        r = (z - q * HALF_PI_HIGH) - q * HALF_PI_LOW
        w = r * r
        t = -1.0 / 1307674368000.0
        t = t * w + 1.0 / 6227020800.0
        t = t * w - 1.0 / 39916800.0
        t = t * w + 1.0 / 362880.0
        t = t * w - 1.0 / 5040.0
        t = t * w + 1.0 / 120.0
        t = t * w - 1.0 / 6.0
        work[4, k] = r + r * w * t
        t = 1.0 / 20922789888000.0
        t = t * w - 1.0 / 87178291200.0
        t = t * w + 1.0 / 479001600.0
        t = t * w - 1.0 / 3628800.0
        t = t * w + 1.0 / 40320.0
        t = t * w - 1.0 / 720.0
        t = t * w + 1.0 / 24.0
        work[3, k] = 1.0 + w * (w * t - 0.5)
    for k in range(work.shape[1]):
        quadrant = bits[5, k]
        odd = (quadrant & 1) != 0
        cosine = work[4, k] if odd else work[3, k]
        sine = work[3, k] if odd else work[4, k]
        p = work[2, k]
        work[3, k] = p * (-cosine if ((quadrant + 1) & 2) != 0 else cosine)
        work[4, k] = p * (-sine if (quadrant & 2) != 0 else sine)
