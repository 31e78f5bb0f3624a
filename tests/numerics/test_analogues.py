"""Analogues against stumpy, a plain search in loops, worked cases and their own invariances."""

from __future__ import annotations

import csv
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from springtide.numerics import analogues
from springtide.numerics.analogues import (
    Analogues,
    Apart,
    Candidates,
    Queries,
    nearest,
    unit_paths,
    windows,
)


def walk(seed: int, n: int) -> np.ndarray:
    return np.cumsum(np.random.default_rng(seed).normal(0, 0.01, n)) + 4


def everything(paths: np.ndarray) -> Candidates:
    """Candidates that are each a group of their own and were known before anything."""
    n, zero = len(paths), np.zeros(len(paths), dtype=int)
    return Candidates(paths, zero - 1, zero - 1, zero - 1, zero, np.arange(n))


def asked(paths: np.ndarray) -> Queries:
    zero = np.zeros(len(paths), dtype=int)
    return Queries(paths, zero, zero, zero)


def all_distances(query: np.ndarray, series: np.ndarray) -> np.ndarray:
    """Distance of one window to every window of a series, in the order of the series."""
    length = len(query)
    ends = np.arange(length - 1, len(series))
    candidates = everything(unit_paths(windows(series, ends, length)))
    found = nearest(asked(unit_paths([query])), candidates, count=len(ends))
    distance = np.full(len(ends), math.nan)
    known = found.index[0] >= 0
    distance[found.index[0][known]] = found.distance[0][known]
    return distance


@pytest.mark.parametrize("length", [5, 60, 250])
def test_distances_equal_stumpy_on_random_walks(length: int) -> None:
    import stumpy

    series, query = walk(1, 1500), walk(2, length)
    np.testing.assert_allclose(all_distances(query, series), stumpy.mass(query, series), atol=1e-7)


@pytest.mark.shared
def test_distances_equal_stumpy_on_the_hang_seng(shared: Path) -> None:
    import stumpy

    with (shared / "market/index/hsi.csv").open(encoding="utf-8") as file:
        series = np.log([float(row["close"]) for row in csv.DictReader(file)][-4000:])
    query = series[3000:3120]
    ours, peer = all_distances(query, series), stumpy.mass(query, series)
    assert ours[3000] < 1e-6
    np.testing.assert_allclose(ours, peer, atol=1e-6)
    order = np.argsort(ours)[:20]
    np.testing.assert_array_equal(order, np.argsort(peer)[:20])


def test_by_hand() -> None:
    # z-scores (-1, 1), (1, -1): opposite paths are 2 sqrt(2) apart, the farthest there is.
    found = nearest(asked(unit_paths([[1, 2]])), everything(unit_paths([[9, 3], [5, 5.1]])), 2)
    assert found.index.tolist() == [[1, 0]]
    np.testing.assert_allclose(found.distance, [[0, 2 * math.sqrt(2)]], atol=1e-12)
    # z-scores of 1 2 3: -s 0 s with s = sqrt(1.5); of 1 3 2: -s s 0; distance sqrt(2 s^2).
    found = nearest(asked(unit_paths([[1, 2, 3]])), everything(unit_paths([[10, 30, 20]])), 1)
    assert found.distance[0, 0] == pytest.approx(math.sqrt(3))


def test_windows_are_the_values_up_to_their_end() -> None:
    series = [1.0, 2.0, math.nan, 4.0, 5.0]
    gathered = windows(series, [4, 1, 3], 2)
    np.testing.assert_array_equal(gathered, [[4, 5], [1, 2], [math.nan, 4]])
    assert windows(series, [], 3).shape == (0, 3)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_unit_paths_are_z_scores_over_root_m(dtype: type) -> None:
    paths = np.stack([walk(seed, 50) for seed in range(4)])
    units = unit_paths(paths, dtype)
    assert units.dtype == dtype
    scores = (paths - paths.mean(1, keepdims=True)) / paths.std(1, keepdims=True)
    np.testing.assert_allclose(units, scores / math.sqrt(50), atol=1e-7)


def test_what_has_no_shape_is_nobodys_analogue() -> None:
    paths = unit_paths([[1, 2, 3], [7, 7, 7], [1, math.nan, 3], [0.1, 0.1, 0.1], [3, 2, 1]])
    np.testing.assert_array_equal(np.isnan(paths).all(1), [False, True, True, True, False])
    found = nearest(asked(paths), everything(paths), 5)
    assert found.index[0].tolist() == [0, 4, -1, -1, -1]
    assert np.isnan(found.distance[0, 2:]).all()
    assert (found.index[1:4] == -1).all()
    assert np.isnan(found.distance[1:4]).all()
    assert found.index[4].tolist() == [4, 0, -1, -1, -1]


def rallies() -> Candidates:
    """Four points of three rallies, all of the query's shape but ever less exactly so."""
    paths = unit_paths([[0, 1, 2.0], [0, 1, 2.1], [0, 1, 2.2], [0, 1, 2.3]])
    return Candidates(
        paths,
        first=np.array([10, 12, 50, 70]),
        last=np.array([40, 40, 60, 90]),
        known=np.array([45, 45, 65, 95]),
        series=np.array([1, 1, 2, 3]),
        group=np.array([7, 7, 5, 6]),
    )


@pytest.mark.parametrize(
    ("day", "first", "series", "apart", "expected"),
    [
        (100, 95, 9, "time", [0, 2, 3]),  # one point of rally 7, then the others
        (94, 94, 9, "time", [0, 2, -1]),  # rally 6 is known from day 95 on
        (95, 91, 9, "time", [0, 2, 3]),  # ... of which day it is
        (100, 90, 9, "time", [0, 2, -1]),  # it ended on day 90, where the query's span begins
        (100, 60, 9, "time", [0, -1, -1]),
        (100, 60, 9, "series", [0, 2, 3]),  # overlaps with other series do not matter here
        (100, 60, 2, "series", [0, 3, -1]),  # but with its own they do
        (44, 44, 9, "time", [-1, -1, -1]),  # nothing was known yet
    ],
)
def test_one_of_each_rally_that_was_known_and_lies_apart(
    day: int, first: int, series: int, apart: Apart, expected: list[int]
) -> None:
    query = Queries(unit_paths([[0, 1, 2]]), np.array([first]), np.array([day]), np.array([series]))
    found = nearest(query, rallies(), 3, apart)
    assert found.index.tolist() == [expected]
    assert (np.isnan(found.distance[0]) == (found.index[0] < 0)).all()


def plainly(queries: Queries, candidates: Candidates, count: int, apart: Apart) -> Analogues:
    """Search in loops, by the definition."""
    length = queries.paths.shape[1]
    index = np.full((len(queries.paths), count), -1)
    distance = np.full(index.shape, math.nan)
    for i, path in enumerate(queries.paths):
        best: dict[int, tuple[float, int]] = {}
        for j, other in enumerate(candidates.paths):
            apart_in_time = candidates.last[j] < queries.first[i]
            same = apart == "time" or candidates.series[j] == queries.series[i]
            if candidates.known[j] > queries.day[i] or (same and not apart_in_time):
                continue
            far = math.sqrt(length) * math.dist(path, other)
            group = int(candidates.group[j])
            if not math.isnan(far):
                best[group] = min(best.get(group, (math.inf, -1)), (far, j))
        for place, (far, j) in enumerate(sorted(best.values())[:count]):
            index[i, place], distance[i, place] = j, far
    return Analogues(index, distance)


def random_case(seed: int) -> tuple[Queries, Candidates]:
    rng = np.random.default_rng(seed)
    n, q, length = rng.integers(0, 60), rng.integers(0, 12), rng.integers(4, 12)
    paths = np.cumsum(rng.standard_normal((n + q, length)), axis=1)
    paths[rng.random(n + q) < 0.1] = 3.0
    units = unit_paths(paths)
    first = rng.integers(0, 80, n)
    last = first + rng.integers(0, 20, n)
    day = rng.integers(0, 130, q)
    return (
        Queries(units[n:], day - rng.integers(0, 30, q), day, rng.integers(0, 3, q)),
        Candidates(
            units[:n],
            first,
            last,
            last + rng.integers(0, 15, n),
            rng.integers(0, 3, n),
            rng.integers(0, 10, n) * 100 - 300,
        ),
    )


@given(
    st.integers(0, 100_000),
    st.integers(1, 12),
    st.sampled_from(["time", "series"]),
    st.sampled_from([1, 150, 1 << 20]),
)
@settings(max_examples=150, deadline=None)
def test_equals_a_plain_search_in_blocks_of_any_size(
    seed: int, count: int, apart: Apart, cells: int
) -> None:
    queries, candidates = random_case(seed)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(analogues, "_CELLS", cells)
        found = nearest(queries, candidates, count, apart)
    expected = plainly(queries, candidates, count, apart)
    np.testing.assert_array_equal(found.index, expected.index)
    np.testing.assert_allclose(found.distance, expected.distance, atol=1e-9)


@given(st.integers(0, 100_000), st.floats(0.01, 100), st.floats(-50, 50))
@settings(max_examples=50, deadline=None)
def test_level_and_scale_do_not_matter(seed: int, scale: float, level: float) -> None:
    queries, candidates = random_case(seed)
    moved = replace(queries, paths=unit_paths(queries.paths * scale + level))
    found, again = nearest(queries, candidates, 5), nearest(moved, candidates, 5)
    np.testing.assert_array_equal(found.index, again.index)
    np.testing.assert_allclose(found.distance, again.distance, atol=1e-7)


@given(st.integers(0, 100_000), st.integers(0, 130))
@settings(max_examples=50, deadline=None)
def test_what_is_known_later_changes_nothing(seed: int, day: int) -> None:
    queries, candidates = random_case(seed)
    queries = replace(queries, day=np.full(len(queries.day), day), first=queries.first * 0 + day)
    earlier = np.flatnonzero(candidates.known <= day)
    names = ("paths", "first", "last", "known", "series", "group")
    known = Candidates(**{name: getattr(candidates, name)[earlier] for name in names})
    found, then = nearest(queries, candidates, 4), nearest(queries, known, 4)
    translated = np.append(earlier, -1)[then.index]
    np.testing.assert_array_equal(found.index, translated)
    np.testing.assert_array_equal(found.distance, then.distance)


def test_single_precision_finds_the_same() -> None:
    paths = np.stack([walk(seed, 120) for seed in range(300)])
    double = nearest(asked(unit_paths(paths[:40])), everything(unit_paths(paths[40:])), 10)
    units = unit_paths(paths, np.float32)
    single = nearest(asked(units[:40]), everything(units[40:]), 10)
    np.testing.assert_array_equal(single.index, double.index)
    np.testing.assert_allclose(single.distance, double.distance, atol=1e-5)


@pytest.mark.parametrize(
    ("call", "match"),
    [
        (lambda: windows([1, 2, 3], [1], 3), "reaches beyond"),
        (lambda: windows([1, 2, 3], [3], 2), "reaches beyond"),
        (lambda: windows([1, 2, 3], [1.5], 2), "whole numbers"),
        (lambda: windows([1, 2, 3], [2], 1), "at least 2"),
        (lambda: unit_paths([1, 2]), "rows of at least 2"),
        (lambda: unit_paths([[1], [2]]), "rows of at least 2"),
        (lambda: unit_paths([[1, math.inf]]), "infinite"),
        (lambda: nearest(asked(unit_paths([[0, 1, 2]])), rallies(), 0), "count"),
        (lambda: nearest(asked(unit_paths([[0, 1, 2]])), rallies(), 1, "far"), "apart"),
        (lambda: nearest(asked(unit_paths([[0, 1]])), rallies(), 1), "have 2 values"),
        (lambda: with_candidates(group=np.array([1.0] * 4)), "group must be whole"),
        (lambda: with_candidates(known=np.array([45, 45, 65])), "4 paths but 3 of known"),
        (lambda: with_candidates(known=np.array([39, 45, 65, 95])), "known before the end"),
        (lambda: with_candidates(first=np.array([41, 12, 50, 70])), "begin after its end"),
        (lambda: with_candidates(paths=np.ones(4)), "must be a matrix"),
        (
            lambda: nearest(
                replace(asked(unit_paths([[0, 1, 2]])), first=np.array([1])), rallies(), 1
            ),
            "begin after its day",
        ),
    ],
)
def test_refuses(call: object, match: str) -> None:
    with pytest.raises(ValueError, match=match):
        call()


def with_candidates(**changed: np.ndarray) -> Analogues:
    return nearest(asked(unit_paths([[0, 1, 2]])), replace(rallies(), **changed), 1)
