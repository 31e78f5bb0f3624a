"""Confidence indicators, against the fits they count."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from springtide.errors import UsageError
from springtide.numerics.lppls import (
    DEMIRER_2019,
    SHORT,
    Scale,
    confidence,
    fit,
)

SMALL = Scale("small", 30, 50, 10)
LARGER = Scale("larger", 60, 90, 15)


def accelerating(n: int = 150, seed: int = 3, sign: float = -1.0) -> np.ndarray:
    x = 8.0 + np.arange(n)[::-1]
    noise = 0.002 * np.random.default_rng(seed).standard_normal(n)
    return 7 + sign * x**0.5 * (0.05 - 0.0025 * np.cos(9 * np.log(x))) + noise


@pytest.mark.parametrize("sign", [-1.0, 1.0])
def test_indicator_is_the_share_of_qualified_windows(sign: float) -> None:
    y = accelerating(sign=sign)
    result = confidence(y, [100, 149], scales=[SMALL, LARGER])
    for i, end in enumerate([100, 149]):
        for j, scale in enumerate([SMALL, LARGER]):
            fits = [fit(y[end - n + 1 : end + 1]) for n in scale.windows]
            up = [bool(DEMIRER_2019.check(one).qualified and one.positive) for one in fits]
            down = [bool(DEMIRER_2019.check(one).qualified and one.negative) for one in fits]
            assert result.positive[i, j] == pytest.approx(np.mean(up))
            assert result.negative[i, j] == pytest.approx(np.mean(down))


def test_a_bubble_shows_and_has_the_right_sign() -> None:
    up = confidence(accelerating(), [149], scales=[SHORT])
    down = confidence(accelerating(sign=1.0), [149], scales=[SHORT])
    assert up.positive[0, 0] > 0.5
    assert up.negative[0, 0] == 0.0
    assert down.negative[0, 0] > 0.5
    assert down.positive[0, 0] == 0.0


def test_not_before_every_window_of_a_scale_fits() -> None:
    result = confidence(accelerating(), [48, 49, 88, 89], scales=[SMALL, LARGER])
    assert np.isnan(result.positive).tolist() == [
        [True, True],
        [False, True],
        [False, True],
        [False, False],
    ]
    assert np.array_equal(np.isnan(result.negative), np.isnan(result.positive))


def test_nothing_later_is_used() -> None:
    y = accelerating()
    full = confidence(y, [120], scales=[SMALL])
    cut = confidence(y[:121], [120], scales=[SMALL])
    assert full.positive.tobytes() == cut.positive.tobytes()
    assert full.scan.fits.critical_time.tobytes() == cut.scan.fits.critical_time.tobytes()


def test_critical_times_are_those_of_the_qualified_fits() -> None:
    y = accelerating()
    result = confidence(y, [149], scales=[SMALL, SHORT])
    times = result.critical_times(149, SHORT)
    assert times.size == round(float(result.positive[0, 1]) * SHORT.windows.size)
    assert (np.diff(times) >= 0).all()
    assert np.median(times) == pytest.approx(8.0, abs=3.0)
    assert result.critical_times(149, SHORT, positive=False).size == 0
    with pytest.raises(UsageError, match="not scanned"):
        result.critical_times(148, SHORT)


def test_stricter_filters_never_raise_the_indicator() -> None:
    y = accelerating(seed=4)
    ends = np.arange(100, 150, 5)
    loose = confidence(y, ends, scales=[SHORT])
    strict = confidence(y, ends, scales=[SHORT], filters=replace(DEMIRER_2019, damping=1.1))
    assert (strict.positive <= loose.positive).all()
    assert loose.positive.max() > strict.positive.max()


def test_scale_without_windows_is_refused() -> None:
    with pytest.raises(UsageError, match="no usable window"):
        Scale("tiny", 10, 20)
    with pytest.raises(UsageError, match="no usable window"):
        Scale("reversed", 90, 30)
