"""Compiled kernel of :mod:`.critical`: the likelihood of (tc, m, omega) under AR(1) errors."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from springtide.numerics.lppls.compiling import entry, part
from springtide.numerics.lppls.elementary import columns


@part
def _lag_products(y: Any, work: Any, sums: Any) -> None:
    """Sum over the window products of 1, p, p cos, p sin, y with each other, lags 0 and 1.

    ``sums`` holds, for every pair, the full sum, the sum of both products one session apart,
    and the sum without the first and the last session.
    """
    n = y.size
    for i in range(5):
        for j in range(i + 1):
            same = 0.0
            apart = 0.0
            for k in range(n - 1):
                same += work[1 + i, k] * work[1 + j, k]
                apart += work[1 + i, k] * work[1 + j, k + 1] + work[1 + i, k + 1] * work[1 + j, k]
            first = work[1 + i, 0] * work[1 + j, 0]
            last = work[1 + i, n - 1] * work[1 + j, n - 1]
            sums[0, i, j] = same + last
            sums[1, i, j] = apart
            sums[2, i, j] = same - first


@part
def _residual_sum(gram: Any) -> float:
    """Last pivot of the Cholesky factor of a 5 x 5 Gram matrix: the SSE of its last column."""
    for i in range(5):
        for j in range(i + 1):
            s = gram[i, j]
            for k in range(j):
                s -= gram[i, k] * gram[j, k]
            if i < 4:
                if i == j:
                    if s <= 1e-15 * gram[i, i]:
                        return np.inf
                    gram[i, i] = math.sqrt(s)
                else:
                    gram[i, j] = s / gram[j, j]
            elif j < 4:
                gram[4, j] = s / gram[j, j]
            else:
                return float(max(s, 1e-15 * gram[4, 4]))
    return np.inf


@entry
def log_likelihood(y: Any, theta: Any, persistence: Any, out: Any) -> None:
    """Log likelihood of each row (delta, m, omega) of ``theta``, up to a constant.

    The errors are AR(1) with each of ``persistence`` in turn, averaged with equal weight; the
    linear parameters and the variance are solved and integrated out. ``y`` is newest first.
    """
    n = y.size
    age = np.empty(n)
    for k in range(n):
        age[k] = float(k)
    work = np.zeros((9, n))
    bits = work.view(np.int64)
    sums = np.empty((3, 5, 5))
    gram = np.empty((5, 5))
    terms = np.empty(persistence.size)
    for i in range(theta.shape[0]):
        columns(age, theta[i, 0], theta[i, 1], theta[i, 2], float(n), work, bits)
        for k in range(n):
            work[1, k] = 1.0
            work[5, k] = y[k]
        _lag_products(y, work, sums)
        highest = -np.inf
        for q in range(persistence.size):
            phi = persistence[q]
            for a in range(5):
                for b in range(a + 1):
                    gram[a, b] = sums[0, a, b] - phi * sums[1, a, b] + phi * phi * sums[2, a, b]
            sse = _residual_sum(gram)
            terms[q] = 0.5 * math.log(1.0 - phi * phi) - 0.5 * (n - 4) * math.log(sse)
            highest = max(highest, terms[q])
        total = 0.0
        for q in range(persistence.size):
            total += math.exp(terms[q] - highest)
        out[i] = highest + math.log(total)
