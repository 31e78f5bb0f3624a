"""Many series at once: the same statistics as one by one, and the same refusals."""

from __future__ import annotations

import numpy as np
import pytest

from springtide.errors import DataError, UsageError
from springtide.numerics import psy


@pytest.mark.parametrize(("lag", "size"), [(0, 100), (0, 61), (1, 80), (2, 70)])
def test_as_one_by_one(lag: int, size: int) -> None:
    random = np.random.default_rng(size)
    walks = 1e3 + np.cumsum(random.standard_normal((70, size)), axis=1)
    walks[3, size // 2 :] += 1.2 ** np.arange(size - size // 2)  # fits all but perfectly at its end
    walks[5] *= 1e12
    walks[64, : size // 2] = walks[64, 0]  # does not vary at first
    many = psy.bsadf_many(walks, lag)
    for s in (0, 1, 3, 5, 63, 64, 69):  # on both sides of a block of 64
        one = psy.bsadf(walks[s], lag, threads=1)
        np.testing.assert_allclose(many.statistic[s], one.statistic, rtol=1e-12, equal_nan=True)
        np.testing.assert_array_equal(many.window_start[s], one.window_start)
        assert (many.adf[s], many.sadf[s]) == (one.adf, one.sadf)
        assert many.gsadf[s] == pytest.approx(one.gsadf, rel=1e-12)


def test_a_series_that_does_not_vary_hinders_no_other() -> None:
    walks = np.cumsum(np.random.default_rng(2).standard_normal((3, 90)), axis=1)
    alone = psy.bsadf(walks[2])
    walks[1] = 5.0
    many = psy.bsadf_many(walks)
    assert np.isnan([many.adf[1], many.sadf[1], many.gsadf[1]]).all()
    assert np.isnan(many.statistic[1]).all()
    assert (many.window_start[1] == -1).all()
    assert many.gsadf[2] == pytest.approx(alone.gsadf, rel=1e-12)


@pytest.mark.parametrize("paths", [np.zeros(50), np.zeros((0, 50)), [[1.0, np.nan] * 30], [["a"]]])
def test_refused(paths: object) -> None:
    with pytest.raises(DataError):
        psy.bsadf_many(paths)  # type: ignore[arg-type]


def test_a_window_too_short_is_refused() -> None:
    with pytest.raises(UsageError):
        psy.bsadf_many(np.zeros((2, 50)), min_window=2)
