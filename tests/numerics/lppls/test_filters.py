"""Filter conditions on hand-worked fits."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from springtide.errors import UsageError
from springtide.numerics.lppls import (
    BUBBLE_END_2015,
    DEMIRER_2019,
    EARLY_WARNING_2015,
    Bounds,
    Fit,
    Fits,
)

# tc 10 sessions after a window of 101: the span is 100, (tc - t1) / (tc - t2) = 11, and
# 8 / (2 pi) ln 11 = 3.053 oscillations; damping 0.5 * 2 / (8 * 0.1) = 1.25 with C = 0.1.
GOOD = Fit(
    length=101,
    critical_time=10.0,
    exponent=0.5,
    frequency=8.0,
    a=5.0,
    b=-2.0,
    c1=0.06,
    c2=0.08,
    sse=0.1,
    relative_error=0.04,
    unit_root=-3.0,
    bounds=Bounds(),
)


def test_derived_numbers_by_hand() -> None:
    assert float(GOOD.c) == pytest.approx(0.1)
    assert float(GOOD.damping) == pytest.approx(1.25)
    assert float(GOOD.oscillations) == pytest.approx(8 / (2 * math.pi) * math.log(11))
    assert GOOD.positive
    assert not GOOD.negative
    assert replace(GOOD, b=2.0).negative


@pytest.mark.parametrize("filters", [DEMIRER_2019, BUBBLE_END_2015])
def test_a_good_fit_qualifies(filters: object) -> None:
    if filters is BUBBLE_END_2015:
        assert not BUBBLE_END_2015.check(GOOD).critical_time  # 10 is not below a tenth of 100
        assert BUBBLE_END_2015.check(replace(GOOD, critical_time=9.9)).qualified
    else:
        assert DEMIRER_2019.check(GOOD).qualified


@pytest.mark.parametrize(
    ("change", "condition"),
    [
        ({"exponent": 1.0}, "exponent"),
        ({"frequency": 15.0}, "frequency"),
        ({"frequency": 21.0}, "frequency"),
        ({"b": -0.7}, "damping"),  # 0.5 * 0.7 / 0.8 = 0.4375
        ({"frequency": 6.5, "b": -3.0}, "oscillations"),  # 6.5 / (2 pi) ln 11 = 2.4806
        ({"critical_time": 50.0, "frequency": 14.9}, "critical_time"),
        ({"exponent": 1.2}, "interior"),
        ({"frequency": 2.0}, "interior"),
        ({"critical_time": 50.0}, "interior"),
    ],
)
def test_each_condition_disqualifies(change: dict[str, float], condition: str) -> None:
    conditions = DEMIRER_2019.check(replace(GOOD, **change))
    assert not getattr(conditions, condition)
    assert not conditions.qualified


def test_the_last_session_before_the_critical_time_is_admitted() -> None:
    assert DEMIRER_2019.check(replace(GOOD, critical_time=1.0)).qualified


def test_relative_error_and_stationary_residuals_are_optional() -> None:
    strict = replace(DEMIRER_2019, relative_error=0.03)
    assert not strict.check(GOOD).relative_error
    assert replace(DEMIRER_2019, relative_error=0.05).check(GOOD).qualified
    assert replace(DEMIRER_2019, stationary_residuals=-2.57).check(GOOD).qualified
    assert not replace(DEMIRER_2019, stationary_residuals=-3.5).check(GOOD).stationary_residuals


def test_published_settings() -> None:
    # Sornette et al. (2015), Table 1; Demirer et al. (2019), also the defaults of lppls 0.6.24
    assert EARLY_WARNING_2015.exponent == (0.01, 1.2)
    assert EARLY_WARNING_2015.frequency == (2.0, 25.0)
    assert (EARLY_WARNING_2015.damping, EARLY_WARNING_2015.relative_error) == (0.8, 0.05)
    assert (BUBBLE_END_2015.damping, BUBBLE_END_2015.relative_error) == (1.0, 0.2)
    assert (DEMIRER_2019.damping, DEMIRER_2019.oscillations) == (0.5, 2.5)
    assert (DEMIRER_2019.exponent, DEMIRER_2019.frequency) == ((0.0, 1.0), (2.0, 15.0))
    assert (DEMIRER_2019.latest, DEMIRER_2019.share) == (252.0, 0.5)


def test_no_fit_never_qualifies() -> None:
    nan = np.full((1, 2), np.nan)
    fits = Fits(np.array([[30, 40]]), *[nan] * 10, bounds=Bounds())
    assert not DEMIRER_2019.check(fits).qualified.any()
    assert not fits.positive.any()
    assert not fits.negative.any()


def test_empty_ranges_are_refused() -> None:
    with pytest.raises(UsageError, match="exponent"):
        replace(DEMIRER_2019, exponent=(0.5, 0.5))
    with pytest.raises(UsageError, match="damping"):
        replace(DEMIRER_2019, damping=-1.0)
