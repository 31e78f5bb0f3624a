"""A window summarised on about a hundred nodes: Gauss quadrature panel by panel.

Far from its end a window holds many sessions over which the model hardly moves: its basis
functions are smooth in ``ln x``. So the sessions nearest to the end are kept as they are, and
older ones are gathered in panels, each twice as old as the one before at most. In a panel, the
sum over its sessions of a product of two basis functions equals, nearly to rounding, a sum
over a few nodes with weights (the Gauss rule of the discrete measure, Golub and Welsch 1969,
doi:10.1090/S0025-5718-69-99647-1), and the data enter through their projection onto the
panel's polynomials. The search runs on the nodes; its result is finished on all sessions.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

SINGLE = 32
"""Sessions nearest to the end that are kept one by one."""

NODES = 14
"""Nodes of a panel."""


@dataclass(frozen=True, slots=True)
class Panels:
    """Nodes, weights and the projection of one window length.

    Attributes
    ----------
    age
        Where the nodes lie, in sessions back from the window's end; float64, shape (nodes,).
    weight
        How many sessions each node stands for; float64, shape (nodes,). Nodes added to make
        their number a multiple of four have the weight 0.
    first, count
        The sessions that each node draws on: ``count`` of them from age ``first``.
    projection
        Row k holds the factors of those sessions; float64, shape (nodes, longest panel).
    """

    age: np.ndarray
    weight: np.ndarray
    first: np.ndarray
    count: np.ndarray
    projection: np.ndarray


def gauss(points: np.ndarray, order: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Gauss rule of ``order`` nodes for sums over ``points``, and the projection onto the nodes.

    Parameters
    ----------
    points
        Distinct abscissae, float64, shape (n,) with ``n >= order``.
    order
        Number of nodes.

    Returns
    -------
    tuple
        Nodes (order,); weights (order,), which sum to n; projection (order, n), such that
        ``sum_k weight_k f(node_k) (projection @ y)_k = sum_i f(points_i) y_i`` for every
        polynomial f of a degree below ``order``.

    Examples
    --------
    >>> import numpy as np
    >>> points = np.arange(20.0)
    >>> nodes, weights, _ = gauss(points, 3)
    >>> bool(np.isclose(weights @ nodes**5, np.sum(points**5)))
    True
    """
    n = points.size
    alpha, beta = np.zeros(order), np.zeros(order)
    basis = np.zeros((order, n))
    basis[0] = 1.0 / math.sqrt(n)
    for j in range(order):
        following = points * basis[j]
        alpha[j] = following @ basis[j]
        for _ in range(2):  # once is not enough to stay orthogonal to the last bit
            following = following - basis[: j + 1].T @ (basis[: j + 1] @ following)
        if j + 1 < order:
            beta[j + 1] = math.sqrt(following @ following)
            basis[j + 1] = following / beta[j + 1]
    jacobi = np.diag(alpha) + np.diag(beta[1:], 1) + np.diag(beta[1:], -1)
    nodes, vectors = np.linalg.eigh(jacobi)
    weights = n * vectors[0] ** 2
    at_nodes = vectors / vectors[0] / math.sqrt(n)  # basis polynomial j at node k
    return nodes, weights, at_nodes.T @ basis


def panels(length: int) -> Panels:
    """Lay the panels of a window of ``length`` sessions.

    Examples
    --------
    >>> rule = panels(400)
    >>> rule.age.size, float(rule.weight.sum().round(9))
    (88, 400.0)
    """
    single = min(length, SINGLE)
    number = math.ceil(math.log2(length / SINGLE)) if length > SINGLE else 0
    if number and length - SINGLE <= NODES * number:
        single, number = length, 0
    edges = np.round(single * (length / single) ** (np.arange(number + 1) / max(number, 1)))
    total = single + NODES * number
    padded = -(-total // 4) * 4
    longest = int(max([1, *np.diff(edges)]))
    age, weight = np.zeros(padded), np.zeros(padded)
    first, count = np.zeros(padded, np.int64), np.zeros(padded, np.int64)
    projection = np.zeros((padded, longest))
    age[:single] = first[:single] = np.arange(single)
    weight[:single] = count[:single] = 1
    projection[:single, 0] = 1.0
    for i in range(number):
        low, high = int(edges[i]), int(edges[i + 1])
        here = slice(single + NODES * i, single + NODES * (i + 1))
        nodes, weights, onto = gauss(np.log1p(np.arange(low, high)), NODES)
        age[here], weight[here] = np.expm1(nodes), weights
        first[here], count[here] = low, high - low
        projection[here, : high - low] = onto
    return Panels(age, weight, first, count, projection)
