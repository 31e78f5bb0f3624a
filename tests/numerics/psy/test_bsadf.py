"""The sequence against hand-worked cases, peers and a slower reference of higher precision."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from springtide.errors import DataError, UsageError
from springtide.numerics import psy
from springtide.numerics.psy import reference
from springtide.numerics.psy.loading import load


def walk(size: int, seed: int, *, scale: float = 1.0, level: float = 0.0) -> np.ndarray:
    return level + scale * np.cumsum(np.random.default_rng(seed).standard_normal(size))


def explosive(size: int, seed: int, root: float = 1.04) -> np.ndarray:
    """A walk, a stretch with a root above one in its middle fifth, a fall back, a walk."""
    noise = np.random.default_rng(seed).standard_normal(size)
    y = np.empty(size)
    y[0] = 100.0
    first, last = 2 * size // 5, 3 * size // 5
    for t in range(1, size):
        growth = root if first <= t < last else 1.0
        y[t] = growth * (y[t - 1] if t != last else y[first]) + noise[t]
    return y


def suspended(size: int, seed: int) -> np.ndarray:
    """A walk that stands still for its middle third, as a suspended stock does."""
    y = walk(size, seed)
    y[size // 3 : 2 * size // 3] = y[size // 3]
    return y


SERIES = {
    "walk": walk,
    "explosive": explosive,
    "level 1e-3": lambda size, seed: 1e-3 * np.exp(walk(size, seed, scale=0.01)),
    "level 1e6": lambda size, seed: 1e6 * np.exp(walk(size, seed, scale=0.01)),
}
HARD = {
    "far from zero": lambda size, seed: walk(size, seed, level=1e6),
    "suspended": suspended,
}


def test_the_adf_statistic_is_the_one_worked_by_hand() -> None:
    # x = 0 1 1 3 4, z = 1 0 2 1 4: sums of squares 10.8 and 9.2, of products 6.6. The slope is
    # 6.6 / 10.8 and the residual sum of squares 9.2 - 6.6**2 / 10.8 = 31 / 6, with 3 degrees left.
    y = np.array([0.0, 1.0, 1.0, 3.0, 4.0, 8.0])
    by_hand = (6.6 / 10.8) / np.sqrt((31 / 6 / 3) / 10.8)
    assert reference.adf(y) == pytest.approx(by_hand, rel=1e-14)
    assert psy.bsadf(y, min_window=5).adf == pytest.approx(by_hand, rel=1e-14)


@pytest.mark.parametrize("lag", range(9))
def test_the_adf_statistic_equals_that_of_statsmodels(lag: int) -> None:
    from statsmodels.tsa.stattools import adfuller

    y = walk(300, 5)
    theirs = adfuller(y, maxlag=lag, regression="c", autolag=None, result_object=False)[0]
    assert psy.bsadf(y, lag).adf == pytest.approx(theirs, rel=1e-10)


@settings(max_examples=60, deadline=None)
@given(
    kind=st.sampled_from(sorted(SERIES | HARD)),
    size=st.integers(24, 60),
    seed=st.integers(0, 10_000),
    lag=st.integers(0, 4),
    longer=st.integers(0, 3),
)
def test_kernels_equal_the_reference(
    kind: str, size: int, seed: int, lag: int, longer: int
) -> None:
    y = (SERIES | HARD)[kind](size, seed)
    result = psy.bsadf(y, lag, min_window=max(8, lag + 5) + longer)
    expected = reference.bsadf(y, lag, result.min_window)
    # At a standstill after a single step every window may fit perfectly, with slope -1: minus
    # infinity, or minus whatever rounding leaves.
    ours, theirs = (np.maximum(sequence, -1e5) for sequence in (result.statistic, expected))
    tolerance = {"rtol": 1e-8, "atol": 1e-9}
    np.testing.assert_allclose(ours, theirs, **tolerance)
    np.testing.assert_allclose(result.adf, reference.adf(y, lag), **tolerance)
    np.testing.assert_allclose(result.sadf, reference.sadf(y, lag, result.min_window), **tolerance)
    assert result.gsadf == np.nanmax(result.statistic)


@settings(max_examples=40, deadline=None)
@given(
    period=st.lists(st.integers(-3, 3), min_size=2, max_size=5).filter(lambda p: len(set(p)) > 1),
    size=st.integers(30, 200),
    window=st.integers(6, 20),
)
def test_windows_all_but_alike_are_told_apart(period: list[int], size: int, window: int) -> None:
    # Windows of the same phase differ by the degrees of freedom alone; those of a straight line
    # or of perfect fits apart from rounding do not at all.
    y = np.resize(np.array(period, dtype=float), size) + 0.25 * (np.arange(size) % 7 == 0)
    result = psy.bsadf(y, min_window=window)
    expected = reference.bsadf(y, 0, window)
    ours, theirs = (np.clip(sequence, -1e5, 1e5) for sequence in (result.statistic, expected))
    np.testing.assert_allclose(ours, theirs, rtol=1e-8, atol=1e-9)
    for end in np.flatnonzero(result.window_start >= 0)[::7]:
        own = reference.adf(y[result.window_start[end] : end + 1])
        assert np.clip(own, -1e5, 1e5) == pytest.approx(ours[end], rel=1e-8, abs=1e-9)


@pytest.mark.parametrize("kind", sorted(SERIES))
@pytest.mark.parametrize("lag", range(5))
def test_statistics_equal_those_of_pyexuber(kind: str, lag: int) -> None:
    import exuber

    y = SERIES[kind](400, 11)
    theirs = exuber.radf(y, lag=lag)
    ours = psy.bsadf(y, lag)
    tolerance = 1e-9 if lag == 0 else 1e-8
    assert ours.min_window == theirs.minw
    np.testing.assert_allclose(
        ours.statistic[ours.min_window + lag :], theirs.bsadf[:, 0], rtol=tolerance, atol=tolerance
    )
    for name in ("adf", "sadf", "gsadf"):
        np.testing.assert_allclose(
            getattr(ours, name), getattr(theirs, name)[0], rtol=tolerance, atol=tolerance
        )


@pytest.mark.shared
@pytest.mark.parametrize("index", ["hsi", "ixic", "n225", "sse"])
def test_statistics_of_real_closes_equal_those_of_pyexuber(shared: Path, index: str) -> None:
    import exuber

    closes = pl.read_csv(shared / "market" / "index" / f"{index}.csv")["close"].drop_nulls()
    y = np.log(closes.to_numpy()[-2500:])
    for lag, tolerance in ((0, 1e-9), (1, 1e-8), (4, 1e-8)):
        theirs = exuber.radf(y, lag=lag)
        ours = psy.bsadf(y, lag)
        sequence = ours.statistic[ours.min_window + lag :]
        np.testing.assert_allclose(sequence, theirs.bsadf[:, 0], rtol=tolerance, atol=tolerance)


def precise_sup(y: np.ndarray, lag: int, min_window: int, end: int) -> float:
    """Return the backward SADF at ``end`` from centred sums in extended precision, all windows."""
    wide = y[: end + 1].astype(np.longdouble)
    dy = np.diff(wide)
    columns = [dy[lag - j : dy.size - j] for j in range(1, lag + 1)] + [wide[lag:-1], dy[lag:]]
    backwards = [(column - column[-1])[::-1] for column in columns]
    n = np.arange(1, backwards[0].size + 1, dtype=np.longdouble)
    sums = [np.cumsum(column) for column in backwards]
    centred = [
        [np.cumsum(a * b) - sa * sb / n for b, sb in zip(backwards, sums, strict=True)]
        for a, sa in zip(backwards, sums, strict=True)
    ]
    window = slice(min_window - 1, None)
    matrix = [[entry[window] for entry in row] for row in centred]
    for p in range(lag):
        for v in range(p + 1, lag + 2):
            factor = matrix[v][p] / matrix[p][p]
            for u in range(lag + 1, p, -1):
                matrix[v][u] = matrix[v][u] - factor * matrix[p][u]
    xx, xz, zz = matrix[lag][lag], matrix[lag + 1][lag], matrix[lag + 1][lag + 1]
    t = xz / np.sqrt((zz * xx - xz * xz) / (n[window] - lag - 2))
    return float(t.max())


@pytest.mark.skipif(np.finfo(np.longdouble).nmant < 63, reason="this machine has no long double")
@pytest.mark.parametrize("lag", [0, 1, 3])
def test_twenty_thousand_points_lose_no_digits(lag: int) -> None:
    size = 20_000 if lag < 2 else 6_000
    y = walk(size, 3, scale=0.01, level=10.0)
    result = psy.bsadf(y, lag)
    for end in (result.min_window + lag, size // 3, size // 2, size - 2, size - 1):
        expected = precise_sup(y, lag, result.min_window, end)
        assert result.statistic[end] == pytest.approx(expected, rel=1e-10, abs=1e-11)
    whole = reference.adf(y.astype(np.longdouble), lag)
    assert result.adf == pytest.approx(whole, rel=1e-11)


@pytest.mark.skipif(np.finfo(np.longdouble).nmant < 63, reason="this machine has no long double")
def test_an_almost_perfect_fit_keeps_its_digits() -> None:
    # The residuals are a hundred-millionth of the differences: their variance is below the
    # rounding of the variance they are left from.
    noise = np.random.default_rng(1).standard_normal(300)
    y = np.empty(300)
    y[0] = 1.0
    for t in range(1, 300):
        y[t] = 1.02 * y[t - 1] + 1e-9 * noise[t]
    result = psy.bsadf(y, min_window=30)
    first = result.window_start[-1]
    expected = reference.adf(y[first:].astype(np.longdouble))
    assert result.statistic[-1] == pytest.approx(expected, rel=1e-7)
    assert result.adf == pytest.approx(reference.adf(y.astype(np.longdouble)), rel=1e-7)
    assert result.adf > 1e6


@pytest.mark.skipif(np.finfo(np.longdouble).nmant < 63, reason="this machine has no long double")
@pytest.mark.parametrize("lag", [0, 1, 2])
def test_a_level_far_from_zero_costs_no_digits(lag: int) -> None:
    # pyexuber 0.1.0 differs from this reference by 1e-3 here.
    y = walk(120, 11, level=1e6)
    expected = reference.bsadf(y.astype(np.longdouble), lag, 20)
    np.testing.assert_allclose(psy.bsadf(y, lag, 20).statistic, expected, rtol=1e-11, atol=1e-12)


def test_a_far_outlier_costs_its_neighbours_no_digits() -> None:
    y = walk(120, 2)
    y[60] += 1e7
    result = psy.bsadf(y, min_window=20)
    expected = reference.bsadf(y.astype(np.longdouble), 0, 20)
    np.testing.assert_allclose(result.statistic, expected, rtol=1e-8, atol=1e-9)


@pytest.mark.parametrize("lag", [0, 1, 2])
def test_a_statistic_never_changes_when_later_data_arrive(lag: int) -> None:
    y = explosive(200, 4)
    whole = psy.bsadf(y, lag, min_window=30)
    for size in (60, 111, 163):
        part = psy.bsadf(y[:size], lag, min_window=30)
        np.testing.assert_allclose(part.statistic, whole.statistic[:size], rtol=1e-12)


@pytest.mark.parametrize("lag", [0, 1, 3])
@pytest.mark.parametrize("factor", [2.0**40, 2.0**-40, 1e300, 1e-300])
def test_the_unit_of_the_series_does_not_matter(lag: int, factor: float) -> None:
    y = walk(150, 8)
    expected = psy.bsadf(y, lag).statistic
    np.testing.assert_allclose(psy.bsadf(factor * y, lag).statistic, expected, rtol=1e-11)
    if factor in (2.0**40, 2.0**-40):
        assert np.array_equal(psy.bsadf(factor * y, lag).statistic, expected, equal_nan=True)


@pytest.mark.parametrize("lag", [0, 1, 2])
def test_threads_give_the_same_bits(lag: int) -> None:
    y = walk(700, 6)
    one, three = psy.bsadf(y, lag, threads=1), psy.bsadf(y, lag, threads=3)
    assert np.array_equal(one.statistic, three.statistic, equal_nan=True)
    assert np.array_equal(one.window_start, three.window_start)
    assert (one.adf, one.sadf, one.gsadf) == (three.adf, three.sadf, three.gsadf)


def test_the_result_says_what_was_tested() -> None:
    y = explosive(200, 9)
    result = psy.bsadf(y, 2)
    assert (result.sample, result.lag, result.lag_rule) == (200, 2, "fixed")
    assert result.min_window == 27  # floor((0.01 + 1.8 / sqrt(200)) * 200)
    assert "random walk" in result.null
    assert "explosive" in result.alternative
    assert result.statistic.shape == result.window_start.shape == (200,)
    assert np.isnan(result.statistic[: 27 + 2]).all()
    assert np.isfinite(result.statistic[27 + 2 :]).all()
    end = int(np.nanargmax(result.statistic))
    window = y[result.window_start[end] : end + 1]
    assert reference.adf(window, 2) == pytest.approx(result.gsadf, rel=1e-9)
    assert result.adf <= result.sadf <= result.gsadf


def test_the_kernel_that_runs_is_compiled_and_fits_the_lag() -> None:
    for lag, name in ((0, "best_plain"), (1, "best_one_lag"), (2, "best_many_lags")):
        _, best = load(lag)
        assert best.__name__ == name
        assert best.signatures, "not compiled"
        assert best.targetoptions["nogil"]


@pytest.mark.parametrize("size", [20, 50, 100, 547, 1000, 1680, 4000, 10_000])
def test_the_default_window_is_that_of_pyexuber(size: int) -> None:
    import exuber

    assert psy.default_window(size) == exuber.psy_minw(size)


def test_windows_without_variation_do_not_take_part() -> None:
    y = np.concatenate([walk(60, 1), np.full(60, 3.0), walk(60, 2)])
    result = psy.bsadf(y, min_window=20)
    # The last of these windows that still holds a change of the level starts before the standstill.
    assert np.isfinite(result.statistic[20:]).all()
    assert (result.window_start[90:120] < 60).all()
    flat_start = np.concatenate([np.full(60, 3.0), walk(60, 2)])
    late = psy.bsadf(flat_start, min_window=20)
    assert np.isnan(late.statistic[:61]).all()
    assert (late.window_start[:61] == -1).all()
    assert np.isfinite(late.statistic[62:]).all()


@pytest.mark.parametrize("lag", [0, 1, 2])
@pytest.mark.parametrize("y", [np.full(50, 7.0), np.arange(50.0)], ids=["constant", "straight"])
def test_a_series_without_variation_is_refused(y: np.ndarray, lag: int) -> None:
    with pytest.raises(DataError, match="do not vary"):
        psy.bsadf(y, lag)


def test_missing_and_infinite_values_are_refused_by_name() -> None:
    y = walk(50, 1)
    y[17] = np.nan
    y[30] = np.inf
    with pytest.raises(DataError, match=r"2 of 50, the first at position 17"):
        psy.bsadf(y)


@pytest.mark.parametrize(
    ("y", "message"),
    [
        (np.ones((5, 5)), "one dimension"),
        (["a", "b"], "not made of numbers"),
        ([], "empty"),
        ([1.0, 2.0, 3.0], "too short"),
    ],
)
def test_other_input_is_refused(y: object, message: str) -> None:
    with pytest.raises(DataError, match=message):
        psy.bsadf(y)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "arguments",
    [{"lag": 9}, {"lag": -1}, {"lag": "hqic"}, {"lag": True}, {"min_window": 2}, {"threads": 0}],
)
def test_arguments_outside_their_range_are_refused(arguments: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        psy.bsadf(walk(100, 1), **arguments)  # type: ignore[arg-type]


@pytest.mark.parametrize("criterion", ["aic", "bic"])
@pytest.mark.parametrize("seed", range(6))
def test_the_chosen_lag_is_that_of_statsmodels(criterion: str, seed: int) -> None:
    from statsmodels.tsa.stattools import adfuller

    noise = np.random.default_rng(seed).standard_normal(400)
    steps = noise.copy()
    for t in range(3, 400):
        steps[t] += 0.3 * steps[t - 1] - 0.25 * steps[t - 3]
    y = np.cumsum(steps)
    theirs = adfuller(y, maxlag=8, regression="c", autolag=criterion.upper(), result_object=False)[
        2
    ]
    result = psy.bsadf(y, criterion)  # type: ignore[arg-type]
    assert result.lag == theirs
    assert result.lag_rule == criterion


def test_importing_the_package_compiles_nothing() -> None:
    program = "import sys, springtide.numerics.psy; sys.exit('numba' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
