"""Sums, runs and records of flows, by hand and by their properties."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from springtide.numerics.flows import Run, is_record, mean, run, total

flows = st.lists(st.floats(-1e11, 1e11).map(lambda x: round(x, 2)), min_size=1, max_size=40)


@given(flows, st.sampled_from([1e-6, 1e-2, 100.0, 1e6]))
def test_units_scale_sums_and_change_neither_runs_nor_records(
    values: list[float], factor: float
) -> None:
    array = np.array(values)
    assert total(array * factor) == pytest.approx(
        total(array) * factor, rel=1e-9, abs=1e-3 * factor
    )
    assert run(array * factor) == run(array)
    if len(set(values)) == len(values):
        assert is_record(array * factor) == is_record(array)


@given(flows)
def test_buying_is_selling_in_a_mirror(values: list[float]) -> None:
    array = np.array(values)
    assert run(array, 1) == run(-array, -1)
    assert is_record(array, 1) == is_record(-array, -1)
    assert total(-array) == -total(array)


@given(flows)
def test_a_run_is_as_long_as_the_last_sessions_of_one_sign(values: list[float]) -> None:
    slow = 0
    for value in reversed(values):
        if value <= 0:
            break
        slow += 1
    assert run(values) == Run(slow, len(values) - slow, slow < len(values))


def test_a_sum_needs_every_figure() -> None:
    with pytest.raises(ValueError, match="not known"):
        total([1.0, math.nan])
    with pytest.raises(ValueError, match="needs a session"):
        total([])
    with pytest.raises(ValueError, match="needs a session"):
        mean([1.0], 0)
