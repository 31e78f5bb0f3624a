"""Flows of money: sums, runs of one direction, and records, from one figure a session.

A flow is signed: above zero what is bought net, below zero what is sold net. Arrays hold one figure
a session in order; a figure that is not known is not in them, so that whoever calls proves before
that none is missing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy.typing as npt

from springtide.numerics.series import as_series


@dataclass(frozen=True, slots=True)
class Run:
    """The run of one direction that ends with the last session.

    ``length`` is its sessions, ``start`` the position of its first; ``began`` tells whether a
    session of another direction stands before it, without which its length is not known.
    """

    length: int
    start: int
    began: bool


def total(flows: npt.ArrayLike) -> float:
    """Return the sum, without the error that adding one by one collects.

    Raises
    ------
    ValueError
        A figure is not a finite number, or there is none.

    Examples
    --------
    >>> total([0.1] * 10)
    1.0
    """
    return math.fsum(_known(flows))


def mean(flows: npt.ArrayLike, sessions: int) -> float:
    """Return the sum for each of so many sessions.

    Raises
    ------
    ValueError
        As :func:`total`, or there is no session.

    Examples
    --------
    >>> mean([30.0, 10.0], 4)
    10.0
    """
    if sessions < 1:
        raise ValueError(f"a mean needs a session, not {sessions}")
    return total(flows) / sessions


def run(flows: npt.ArrayLike, direction: int = 1) -> Run:
    """Return the run of one direction up to the last session; a flow of zero ends it.

    Parameters
    ----------
    direction
        1 for net buying, -1 for net selling.

    Examples
    --------
    >>> run([1.0, -2.0, 3.0, 4.0])
    Run(length=2, start=2, began=True)
    >>> run([3.0, 4.0]), run([3.0, -1.0])
    (Run(length=2, start=0, began=False), Run(length=0, start=2, began=True))
    """
    values = _known(flows)
    k = len(values)
    while k and values[k - 1] * direction > 0:
        k -= 1
    return Run(len(values) - k, k, k > 0)


def is_record(flows: npt.ArrayLike, direction: int = 1) -> bool:
    """Tell whether the last flow is the largest of its direction: none before is as large.

    Examples
    --------
    >>> is_record([1.0, 3.0, 2.0, 4.0]), is_record([1.0, 4.0, 4.0]), is_record([-3.0, -5.0], -1)
    (True, False, True)
    """
    values = _known(flows)
    last = values[-1] * direction
    return last > 0 and all(value * direction < last for value in values[:-1])


def _known(flows: npt.ArrayLike) -> list[float]:
    values: list[float] = as_series(flows).tolist()
    if not values:
        raise ValueError("a flow needs a session")
    if any(math.isnan(value) for value in values):
        raise ValueError("a flow that is not known cannot be added up")
    return values
