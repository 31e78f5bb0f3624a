"""Analogues: the windows of other series whose path is most alike, by z-normalised distance.

Two paths are alike where they have the same shape, whatever their level and size: each is brought
to mean zero and standard deviation one before their Euclidean distance is taken. That distance is
``sqrt(2 m (1 - correlation))`` for paths of ``m`` values, so all distances between many queries and
many candidates are one matrix product of unit vectors.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from springtide.numerics.series import FloatArray, as_series, check_window

IntArray = npt.NDArray[np.int64]
Apart = Literal["time", "series"]

_ROUNDING = 1e-12
"""A window that varies by less than this share of its size is constant."""

_CELLS = 1 << 23
"""Correlations held at once: 32 megabytes in single precision."""


def windows(series: npt.ArrayLike, ends: npt.ArrayLike, length: int) -> FloatArray:
    """Gather the windows of a series that end at given places.

    Parameters
    ----------
    series
        Values in time order, shape (n,); NaN where missing.
    ends
        Index of the last value of each window, shape (w,).
    length
        Values in a window, at least 2.

    Returns
    -------
    FloatArray
        Shape (w, length); a NaN stays where it is.

    Raises
    ------
    ValueError
        The series is not one-dimensional or holds an infinite value, the length is below 2, or a
        window reaches beyond the series.

    Examples
    --------
    >>> windows([1.0, 2.0, 4.0, 8.0], ends=[1, 3], length=2)
    array([[1., 2.],
           [4., 8.]])
    """
    values = as_series(series)
    check_window(length, least=2)
    last = _whole(ends, "an end")
    outside = last[(last < length - 1) | (last >= len(values))]
    if len(outside):
        raise ValueError(
            f"a window of {length} that ends at {outside[0]} reaches beyond {len(values)} values"
        )
    if not len(last):
        return np.empty((0, length))
    return np.asarray(np.lib.stride_tricks.sliding_window_view(values, length)[last - length + 1])


def unit_paths(paths: npt.ArrayLike, dtype: npt.DTypeLike = np.float64) -> npt.NDArray[Any]:
    """Bring every path to mean zero and length one.

    The product of two such rows is the correlation of the paths.

    Parameters
    ----------
    paths
        One path a row, shape (n, m), m at least 2: log prices, so that equal percent moves count
        equally.
    dtype
        ``float64``, or ``float32`` for half the memory and about twice the speed of
        :func:`nearest`; computed in double precision either way.

    Returns
    -------
    numpy.ndarray
        Shape (n, m). A path that is constant (to twelve digits) or holds a NaN has no shape to
        compare: its row is NaN, and it is nobody's analogue.

    Raises
    ------
    ValueError
        The paths are not two-dimensional, shorter than 2, or hold an infinite value.

    Examples
    --------
    >>> unit_paths([[1.0, 3.0], [250.0, 50.0], [7.0, 7.0]])
    array([[-0.70710678,  0.70710678],
           [ 0.70710678, -0.70710678],
           [        nan,         nan]])
    """
    values = np.asarray(paths, dtype=np.float64)
    if values.ndim != 2 or values.shape[1] < 2:
        raise ValueError(f"paths must be rows of at least 2 values, not of shape {values.shape}")
    if np.isinf(values).any():
        raise ValueError("a path must not hold an infinite value")
    spread = values.max(axis=1) - values.min(axis=1)
    constant = spread <= _ROUNDING * np.abs(values).max(axis=1)
    centred = values - values.mean(axis=1, keepdims=True)
    length = np.sqrt(np.einsum("ij,ij->i", centred, centred))
    length[constant] = np.nan
    centred /= length[:, None]
    return np.asarray(centred, dtype=dtype)


@dataclass(frozen=True, slots=True)
class Queries:
    """Paths as they stood on a day, for which analogues are wanted.

    Days are whole numbers of any calendar, the same for queries and candidates. Every attribute has
    one element (or row) a query.

    Attributes
    ----------
    paths
        From :func:`unit_paths`, shape (q, m).
    first
        First day of the span that no analogue may overlap: that of the path, or of the rally it
        belongs to. The span goes on beyond ``day``, through all that is being forecast.
    day
        The day of the forecast, not before ``first``.
    series
        Number of the series the path is from.
    """

    paths: npt.NDArray[Any]
    first: IntArray
    day: IntArray
    series: IntArray


@dataclass(frozen=True, slots=True)
class Candidates:
    """Paths of the past, with when they took place and when what followed was known.

    Every attribute has one element (or row) a candidate.

    Attributes
    ----------
    paths
        From :func:`unit_paths`, shape (n, m).
    first, last
        The span of days it stands for: its path, and what followed if that must not overlap with
        what is being forecast.
    known
        The day on which everything used about it is known (that its rally has ended, say), not
        before ``last``.
    series
        Number of the series it is from.
    group
        Number of the case it belongs to (a rally): at most one candidate of a group is returned.
    """

    paths: npt.NDArray[Any]
    first: IntArray
    last: IntArray
    known: IntArray
    series: IntArray
    group: IntArray


@dataclass(frozen=True, slots=True)
class Analogues:
    """The candidates nearest to each query, nearest first.

    Attributes
    ----------
    index
        Row among the candidates, shape (q, k); -1 where there are fewer.
    distance
        z-normalised Euclidean distance, from 0 to ``2 sqrt(m)``, shape (q, k); NaN where there are
        fewer.
    """

    index: IntArray
    distance: FloatArray


def nearest(
    queries: Queries, candidates: Candidates, count: int, apart: Apart = "time"
) -> Analogues:
    """Find the nearest candidates of each query that its day allows, one of each group at most.

    A candidate is allowed where it was ``known`` by the day of the query and its span lies apart
    from the query's: as it is known by then, that means it ended before the query's span began.

    Correlations are computed in the precision of the paths, block by block, so that memory does not
    grow with the number of queries; the distances returned are those of the rows found, in double
    precision. In single precision candidates within about 1e-6 of each other may change places.

    Parameters
    ----------
    queries, candidates
        Paths of the same length, with their days.
    count
        How many to return for each query (k), at least 1.
    apart
        ``"time"``: no candidate may overlap with the query's span, whichever series it is from,
        because markets rise and fall together. ``"series"``: only those of the query's own series.

    Returns
    -------
    Analogues
        Nearest first. A query whose path is NaN has none.

    Raises
    ------
    ValueError
        Shapes do not fit, days are not whole numbers or out of order, ``count`` is below 1, or
        ``apart`` is unknown.

    References
    ----------
    A. Mueen, S. Nath and J. Liu (2010), "Fast Approximate Correlation for Massive Time-Series
    Data", *Proceedings of SIGMOD 2010*, 171-182, doi:10.1145/1807167.1807188 (distance from
    correlation).

    Examples
    --------
    Two rallies ended by day 30; the second one's path has the shape of the query's.

    >>> past = Candidates(
    ...     paths=unit_paths([[1.0, 2.0, 1.0], [1.0, 2.0, 4.0], [5.0, 6.0, 8.0]]),
    ...     first=np.array([1, 11, 41]), last=np.array([10, 20, 50]),
    ...     known=np.array([15, 30, 60]), series=np.array([0, 0, 1]), group=np.array([0, 1, 2]))
    >>> asked = Queries(paths=unit_paths([[10.0, 20.0, 40.0]]), first=np.array([38]),
    ...     day=np.array([40]), series=np.array([2]))
    >>> near = nearest(asked, past, count=3)
    >>> near.index, near.distance.round(3)
    (array([[ 1,  0, -1]]), array([[0.   , 2.671,   nan]]))
    """
    if count < 1:
        raise ValueError(f"count must be at least 1, not {count}")
    if apart not in ("time", "series"):
        raise ValueError(f"apart must be 'time' or 'series', not {apart!r}")
    _check(queries, candidates)
    index = np.full((len(queries.paths), count), -1, dtype=np.int64)
    distance = np.full(index.shape, np.nan)
    ordered = _Ordered.of(candidates)
    for rows, width in _blocks(queries, ordered):
        likeness = _likeness(queries, rows, ordered, width, apart)
        position = _best(likeness, ordered.starts, count)
        found_index, found_distance = _measure(queries.paths[rows], ordered, position)
        index[rows, : position.shape[1]] = found_index
        distance[rows, : position.shape[1]] = found_distance
    return Analogues(index=index, distance=distance)


@dataclass(frozen=True, slots=True)
class _Ordered:
    """Candidates with a shape, each group together, groups in the order in which they get known.

    The candidates that a day allows are then all within a first stretch. ``starts`` holds where
    each group begins, ``order`` the rows among all candidates.
    """

    order: IntArray
    starts: IntArray
    opening: IntArray
    paths: npt.NDArray[Any]
    last: IntArray
    known: IntArray
    series: IntArray

    @classmethod
    def of(cls, candidates: Candidates) -> _Ordered:
        usable = np.flatnonzero(~np.isnan(candidates.paths).any(axis=1))
        known = candidates.known[usable]
        _, group = np.unique(candidates.group[usable], return_inverse=True)
        opening = np.full(int(group.max(initial=-1)) + 1, np.iinfo(np.int64).max)
        np.minimum.at(opening, group, known)
        inner = np.lexsort((usable, group, opening[group]))
        order, group = usable[inner], group[inner]
        starts = np.flatnonzero(np.diff(group, prepend=-1))
        return cls(
            order=order,
            starts=starts,
            opening=opening[group[starts]],
            paths=candidates.paths[order],
            last=candidates.last[order],
            known=candidates.known[order],
            series=candidates.series[order],
        )

    def width(self, day: int) -> int:
        """Return the length of the stretch that holds all candidates known by a day."""
        groups = int(np.searchsorted(self.opening, day, side="right"))
        return int(self.starts[groups]) if groups < len(self.starts) else len(self.order)


def _blocks(queries: Queries, ordered: _Ordered) -> Iterator[tuple[IntArray, int]]:
    """Yield rows of queries whose days are near, and how many candidates they need to see."""
    rows = np.flatnonzero(~np.isnan(queries.paths).any(axis=1))
    rows = rows[np.argsort(queries.day[rows], kind="stable")]
    size = max(1, _CELLS // max(1, len(ordered.order)))
    for start in range(0, len(rows), size):
        block = rows[start : start + size]
        width = ordered.width(int(queries.day[block[-1]]))
        if width:
            yield block, width


def _likeness(
    queries: Queries, rows: IntArray, ordered: _Ordered, width: int, apart: Apart
) -> npt.NDArray[Any]:
    """Return the correlation of each query with each candidate; -inf where it is not allowed."""
    likeness = queries.paths[rows] @ ordered.paths[:width].T
    refused = ordered.last[:width] >= queries.first[rows, None]
    if apart == "series":
        refused &= ordered.series[:width] == queries.series[rows, None]
    refused |= ordered.known[:width] > queries.day[rows, None]
    np.putmask(likeness, refused, -np.inf)
    return np.asarray(likeness)


def _best(likeness: npt.NDArray[Any], starts: IntArray, count: int) -> IntArray:
    """Return the positions of the best candidates of the best groups; -1 where there is none."""
    queries, width = likeness.shape
    starts = starts[: np.searchsorted(starts, width)]
    stops = np.append(starts[1:], width)
    best = np.maximum.reduceat(likeness, starts, axis=1)
    count = min(count, len(starts))
    groups = np.argpartition(-best, count - 1, axis=1)[:, :count]
    position = np.empty((queries, count), dtype=np.int64)
    for column, group in enumerate(groups.T):
        reach = np.arange(int((stops - starts)[group].max()))
        inside = np.minimum(starts[group, None] + reach, stops[group, None] - 1)
        within = np.argmax(np.take_along_axis(likeness, inside, axis=1), axis=1)
        position[:, column] = inside[np.arange(queries), within]
    position[np.isneginf(np.take_along_axis(best, groups, axis=1))] = -1
    return position


def _measure(
    paths: npt.NDArray[Any], ordered: _Ordered, position: IntArray
) -> tuple[IntArray, FloatArray]:
    """Return rows and distances of the candidates found, nearest first."""
    # From the difference of the vectors: 1 - correlation loses its digits where paths are alike.
    difference = ordered.paths[position].astype(np.float64) - paths[:, None, :]
    distance = np.sqrt(paths.shape[1] * np.einsum("ijk,ijk->ij", difference, difference))
    distance[position < 0] = np.nan
    index = np.where(position < 0, -1, ordered.order[position])
    nearest_first = np.lexsort((index, distance), axis=1)
    return (
        np.take_along_axis(index, nearest_first, axis=1),
        np.take_along_axis(distance, nearest_first, axis=1),
    )


def _check(queries: Queries, candidates: Candidates) -> None:
    """Refuse queries and candidates that do not fit together, or whose days are out of order."""
    for name, paths in (("queries", queries.paths), ("candidates", candidates.paths)):
        if paths.ndim != 2 or paths.dtype.kind != "f":
            raise ValueError(f"the paths of {name} must be a matrix from unit_paths")
    if queries.paths.shape[1] != candidates.paths.shape[1]:
        raise ValueError(
            f"paths of queries have {queries.paths.shape[1]} values, those of candidates "
            f"{candidates.paths.shape[1]}"
        )
    for each, names in (
        (queries, ("first", "day", "series")),
        (candidates, ("first", "last", "known", "series", "group")),
    ):
        for name in names:
            values = _whole(getattr(each, name), name)
            if len(values) != len(each.paths):
                raise ValueError(f"there are {len(each.paths)} paths but {len(values)} of {name}")
    if (queries.first > queries.day).any():
        raise ValueError("the span of a query must not begin after its day")
    if (candidates.first > candidates.last).any():
        raise ValueError("the span of a candidate must not begin after its end")
    if (candidates.last > candidates.known).any():
        raise ValueError("a candidate must not be known before the end of its span")


def _whole(values: npt.ArrayLike, name: str) -> IntArray:
    """Return the values as a one-dimensional array of whole numbers."""
    numbers = np.asarray(values)
    if numbers.ndim != 1 or (numbers.size and numbers.dtype.kind not in "iu"):
        raise ValueError(f"{name} must be whole numbers in one dimension")
    return numbers.astype(np.int64, copy=False)
