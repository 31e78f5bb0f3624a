"""Compiled kernels of :mod:`.indicators`: sums in the order in which NumPy adds.

They stand in a module of their own so that what is compiled is kept on disk: a kernel that is made
within a function out of another is compiled anew by every process.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba
import numpy as np

from springtide.numerics.indicators import LONGEST_SUM
from springtide.numerics.series import FloatArray, IntArray

Function = TypeVar("Function", bound=Callable[..., Any])


def _compiled(function: Function) -> Function:
    return cast(Function, numba.njit(cache=True, nogil=True)(function))


@_compiled
def pairwise(values: FloatArray, count: int) -> float:
    """Sum the first values, at most :data:`.indicators.LONGEST_SUM`, in the order of NumPy."""
    total = 0.0
    if count < 8:
        for i in range(count):
            total += values[i]
        return total
    parts = values[:8].copy()
    whole = count - count % 8
    for i in range(8, whole, 8):
        for j in range(8):
            parts[j] += values[i + j]
    low = (parts[0] + parts[1]) + (parts[2] + parts[3])
    total = low + ((parts[4] + parts[5]) + (parts[6] + parts[7]))
    for i in range(whole, count):
        total += values[i]
    return float(total)


@_compiled
def means(values: FloatArray, first: IntArray, end: IntArray) -> FloatArray:
    """Do as :func:`.indicators.means` says: sums of more than a run are halved as NumPy does."""
    averages = np.empty(len(first))
    sizes, sums = np.empty(64, np.int64), np.empty(64)
    for k in range(len(first)):
        at, depth, done = first[k], 1, 0
        sizes[0] = end[k] - first[k]
        # A stack of what is still to be summed; a size below zero adds the two sums before it.
        while depth:
            depth -= 1
            size = sizes[depth]
            if size < 0:
                done -= 1
                sums[done - 1] += sums[done]
            elif size <= LONGEST_SUM:
                sums[done] = pairwise(values[at : at + size], size)
                at += size
                done += 1
            else:
                half = size // 2
                half -= half % 8
                sizes[depth], sizes[depth + 1], sizes[depth + 2] = -1, size - half, half
                depth += 3
        averages[k] = sums[0] / (end[k] - first[k])
    return averages


@_compiled
def last_rsi(
    close: FloatArray, first: IntArray, end: IntArray, window: int, powers: FloatArray
) -> FloatArray:
    """Do as :func:`.indicators.last_rsi` says: the sums of ``rsi`` in the same order."""
    weight = 1 / window
    values = np.empty(len(first))
    for k in range(len(first)):
        count = end[k] - first[k] - 1
        gains, losses = np.empty(count), np.empty(count)
        for i in range(count):
            change = close[first[k] + i + 1] - close[first[k] + i]
            gains[i] = max(change, 0.0)
            losses[i] = max(-change, 0.0)
        gain = pairwise(gains, window) / window
        loss = pairwise(losses, window) / window
        at = window
        while at < count:
            size = min(len(powers), count - at)
            of_gains, of_losses = gains[at] / powers[0], losses[at] / powers[0]
            for i in range(1, size):
                of_gains += gains[at + i] / powers[i]
                of_losses += losses[at + i] / powers[i]
            gain = powers[size - 1] * (gain + weight * of_gains)
            loss = powers[size - 1] * (loss + weight * of_losses)
            at += size
        total = gain + loss
        values[k] = 100 * (gain / total) if total != 0 else np.nan
    return values
