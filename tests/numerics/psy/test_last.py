"""The statistic of the last point alone against the whole sequence."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from springtide.numerics import psy


@settings(max_examples=40, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    sample=st.integers(60, 300),
    level=st.sampled_from([0.0, 8.0, 1e4]),
    growth=st.floats(0.99, 1.03),
)
def test_equals_the_end_of_the_sequence(
    seed: int, sample: int, level: float, growth: float
) -> None:
    rng = np.random.default_rng(seed)
    series = np.empty((3, sample))
    series[:, 0] = 0.1
    for t in range(1, sample):
        series[:, t] = growth * series[:, t - 1] + 0.01 * rng.standard_normal(3)
    series += level
    wanted = [psy.bsadf(one, 0).statistic[-1] for one in series]
    assert psy.last_statistic(series) == pytest.approx(wanted, rel=1e-6, abs=1e-7)


def test_a_series_that_does_not_vary_has_none() -> None:
    assert np.isnan(psy.last_statistic(np.full((1, 100), 5.0))).all()
