"""GARCH fits against the arch package, and the variance they filter against a hand-made loop."""

from __future__ import annotations

import numpy as np
import pytest
from arch import arch_model

from springtide.numerics.garch import Garch, fit_garch, variances


def simulated(garch: Garch, count: int, seed: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    variance, shocks = garch.long_run, np.empty(count)
    for t in range(count):
        shocks[t] = np.sqrt(variance) * rng.standard_t(7) * np.sqrt(5 / 7)
        weight = garch.alpha + garch.gamma * (shocks[t] < 0)
        variance = garch.omega + weight * shocks[t] ** 2 + garch.beta * variance
    return shocks


def loglik(shocks: np.ndarray, garch: Garch) -> float:
    before, _ = variances(shocks, garch)
    return float(-0.5 * (np.log(2 * np.pi * before) + shocks**2 / before).sum())


@pytest.mark.parametrize("falls", [False, True])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_as_arch_fits_it(seed: int, falls: bool) -> None:
    true = Garch(2e-6, 0.04, 0.09 if falls else 0.0, 0.90)
    shocks = simulated(true, 2500, seed)
    fitted = fit_garch(shocks, falls=falls)
    assert fitted is not None
    peer = arch_model(100 * shocks, mean="Zero", vol="GARCH", p=1, o=int(falls), q=1).fit(
        disp="off"
    )
    omega, alpha, *gamma, beta = peer.params.tolist()
    theirs = Garch(omega / 1e4, alpha, gamma[0] if gamma else 0.0, beta)
    # Both begin at another variance: under our own beginning ours must not be worse.
    assert loglik(shocks, fitted) >= loglik(shocks, theirs) - 0.02
    assert fitted.persistence == pytest.approx(theirs.persistence, abs=0.02)
    assert fitted.alpha == pytest.approx(theirs.alpha, abs=0.015)


def test_the_filtered_variance_is_that_of_the_recursion() -> None:
    shocks = np.array([0.01, -0.02, 0.015])
    garch = Garch(1e-6, 0.05, 0.1, 0.85)
    before, after = variances(shocks, garch)
    first = float(np.mean(shocks**2))
    second = 1e-6 + 0.05 * 0.01**2 + 0.85 * first
    third = 1e-6 + 0.15 * 0.02**2 + 0.85 * second
    assert before == pytest.approx([first, second, third])
    assert after == pytest.approx(1e-6 + 0.05 * 0.015**2 + 0.85 * third)


def test_nothing_that_varies_is_no_process() -> None:
    assert fit_garch(np.zeros(300)) is None
