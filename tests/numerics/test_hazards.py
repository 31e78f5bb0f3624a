"""Hazards by interval and logistic regressions against statsmodels, scipy and worked cases."""

from __future__ import annotations

import json
import math
from dataclasses import asdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from springtide.numerics import hazards
from springtide.numerics.hazards import HazardModel, LogisticModel, fit_hazard, fit_logistic
from springtide.numerics.survival import kaplan_meier

# Logistic regression


def sample(seed: int, n: int = 400, p: int = 4) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Correlated covariates of unequal scale, outcomes and weights."""
    rng = np.random.default_rng(seed)
    values = rng.standard_normal((n, p)) @ rng.normal(size=(p, p)) * 10.0 ** np.arange(p) + 3
    odds = (values - values.mean(0)) / values.std(0) @ rng.normal(size=p) - 0.7
    return values, rng.random(n) < 1 / (1 + np.exp(-odds)), rng.uniform(0.2, 2, n)


def standardised(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    mean = np.average(values, axis=0, weights=weights)
    return (values - mean) / np.sqrt(np.average((values - mean) ** 2, axis=0, weights=weights))


@pytest.mark.parametrize(("seed", "ridge"), [(1, 1.0), (2, 0.01), (3, 50.0)])
def test_logistic_is_the_minimum_scipy_finds(seed: int, ridge: float) -> None:
    from scipy.optimize import minimize

    values, outcome, weights = sample(seed)
    columns = standardised(values, weights)

    def loss(beta: np.ndarray) -> float:
        odds = beta[0] + columns @ beta[1:]
        likelihood = np.where(outcome, -np.logaddexp(0, -odds), -np.logaddexp(0, odds))
        return float(-weights @ likelihood + ridge / 2 * beta[1:] @ beta[1:])

    peer = minimize(loss, np.zeros(5), method="BFGS", options={"gtol": 1e-4})
    model = fit_logistic(values, outcome, weights, ridge)
    ours = np.array([model.intercept, *model.slopes])
    np.testing.assert_allclose(ours, peer.x, atol=2e-4)
    assert loss(ours) <= peer.fun + 1e-9
    expected = 1 / (1 + np.exp(-(model.intercept + columns @ model.slopes)))
    np.testing.assert_allclose(model.predict(values), expected, rtol=1e-9)


def test_logistic_without_penalty_equals_statsmodels() -> None:
    from statsmodels.discrete.discrete_model import Logit

    values, outcome, _ = sample(7)
    columns = standardised(values, np.ones(len(values)))
    peer = Logit(outcome.astype(float), np.column_stack([np.ones(400), columns])).fit(disp=0)
    model = fit_logistic(values, outcome, ridge=1e-9)
    np.testing.assert_allclose([model.intercept, *model.slopes], peer.params, rtol=1e-6)


@given(st.integers(0, 10_000), st.floats(0.01, 100), st.integers(0, 5))
@settings(max_examples=60, deadline=None)
def test_the_gradient_vanishes(seed: int, ridge: float, p: int) -> None:
    values, outcome, weights = sample(seed, n=150, p=p)
    outcome[:30] = np.arange(30) % 2 == 0
    model = fit_logistic(values, outcome, weights, ridge)
    residual = weights * (model.predict(values) - outcome)
    columns = standardised(values, weights)
    assert residual.sum() == pytest.approx(0, abs=1e-5)
    np.testing.assert_allclose(columns.T @ residual + ridge * model.slopes, 0, atol=1e-5)


def test_perfectly_separated_outcomes_have_finite_slopes() -> None:
    x = np.arange(40.0)[:, None]
    model = fit_logistic(x, x[:, 0] >= 20, ridge=1e-3)
    assert np.isfinite(model.slopes).all()
    assert model.predict([[0.0], [39.0]]) == pytest.approx([0, 1], abs=1e-6)


def test_outliers_do_not_stop_newton() -> None:
    rng = np.random.default_rng(5)
    x, outcome = rng.standard_cauchy((3000, 3)) ** 3, rng.random(3000) < 0.01
    model = fit_logistic(x, outcome, ridge=1e-6)
    assert model.predict(x).sum() == pytest.approx(outcome.sum(), rel=1e-4)


def test_a_covariate_that_does_not_vary_has_no_slope() -> None:
    values, outcome, weights = sample(9)
    constant = np.column_stack([values, np.full(len(values), 0.1)])
    with_it, without = (fit_logistic(x, outcome, weights) for x in (constant, values))
    assert with_it.slopes[-1] == pytest.approx(0, abs=1e-9)
    np.testing.assert_allclose(with_it.slopes[:-1], without.slopes, rtol=1e-9)


@pytest.mark.parametrize(("events", "rate"), [(0, 0.5 / 21), (4, 4.5 / 21), (17, 17.5 / 21)])
def test_too_few_of_one_outcome_gives_the_pooled_rate(events: int, rate: float) -> None:
    x = np.arange(20.0)[:, None]
    model = fit_logistic(x, np.arange(20) < events)
    assert model.slopes.tolist() == [0]
    np.testing.assert_allclose(model.predict(x), rate)


def test_five_of_each_are_enough() -> None:
    assert fit_logistic(np.arange(20.0)[:, None], np.arange(20) < 5).slopes[0] < 0


def test_not_converging_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    values, outcome, _ = sample(1)
    monkeypatch.setattr(hazards, "_MOST_STEPS", 1)
    with pytest.raises(ArithmeticError, match="did not converge in 1 steps"):
        fit_logistic(values, outcome)


# Hazards


EDGES = [0, 5, 10, 20]


def by_hand() -> HazardModel:
    durations = [-3, 0, 0.1, 5, 5.1, 20, 20.1, 5, 5.1, 20, 20.1]
    observed = [True] * 7 + [False] * 4
    return fit_hazard(np.empty((11, 0)), durations, observed, EDGES)


def test_which_interval_a_duration_falls_into() -> None:
    model = by_hand()
    # Events at -3 and 0; at 0.1 and 5; at 5.1; at 20; the one at 20.1 lies beyond. Lost at 5: has
    # survived (-inf, 0] only; at 5.1: up to 5; at 20: up to 10; at 20.1: everything.
    assert model.events.tolist() == [2, 2, 1, 1]
    assert model.at_risk.tolist() == [11, 8, 5, 3]
    rates = [2.5 / 12, 2.5 / 9, 1.5 / 6, 1.5 / 4]
    np.testing.assert_allclose(model.hazard(np.empty((1, 0)))[0], rates)
    alive = np.cumprod(1 - np.array(rates))
    np.testing.assert_allclose(model.cdf(np.empty((2, 0))), [1 - alive] * 2)


def test_without_covariates_it_is_kaplan_meier_on_the_grid() -> None:
    rng = np.random.default_rng(11)
    edges = np.arange(0, 10, dtype=float)
    durations = rng.integers(0, 12, 3000).astype(float)
    observed = rng.random(3000) < 0.7
    durations[~observed] += 0.5
    model = fit_hazard(np.empty((3000, 0)), durations, observed, edges)
    curve = kaplan_meier(durations, observed)
    np.testing.assert_allclose(1 - model.cdf(np.empty((1, 0)))[0], curve.at(edges), rtol=1e-9)
    np.testing.assert_allclose(model.at_risk, curve.at_risk[:10])


def cases(seed: int, n: int, slopes: list[list[float]]) -> tuple[np.ndarray, ...]:
    """Durations 0.5, 1.5, … drawn interval by interval from known log odds; -2 + slopes x."""
    rng = np.random.default_rng(seed)
    x = rng.standard_normal((n, len(slopes[0])))
    hazard = 1 / (1 + np.exp(2 - x @ np.array(slopes).T))
    ends = rng.random(hazard.shape) < hazard
    first = np.where(ends.any(1), ends.argmax(1), len(slopes))
    lost = rng.integers(0, 2 * len(slopes), n)
    observed = (first < len(slopes)) & (first < lost)
    last = np.minimum(first, lost)
    return x, np.where(observed, last + 0.5, last + 0.001), observed


SLOPES = [[1.0, 0.0], [0.5, -0.5], [0.0, -1.0]]


def test_known_coefficients_are_recovered() -> None:
    x, durations, observed = cases(3, 40_000, SLOPES)
    model = fit_hazard(x * [1, 100], durations, observed, [1, 2, 3])
    # Standard errors are about 1 / sqrt(40,000 x 0.1), larger in later intervals.
    np.testing.assert_allclose(model.slopes / model.sd * [1, 100], SLOPES, atol=0.09)
    at_zero = model.intercepts - (model.slopes / model.sd) @ model.mean
    np.testing.assert_allclose(at_zero, -2, atol=0.09)
    hazard = 1 / (1 + np.exp(2 - x[:500] @ np.array(SLOPES).T))
    np.testing.assert_allclose(model.hazard(x[:500] * [1, 100]), hazard, atol=0.06)


def test_each_interval_is_a_logistic_regression_of_those_at_risk() -> None:
    x, durations, observed = cases(4, 2000, SLOPES)
    x /= x.std(0)
    x -= x.mean(0)
    model = fit_hazard(x, durations, observed, [1, 2, 3], ridge=2.0)
    for j, edge in enumerate([1, 2, 3]):
        entered = durations > edge - 1 if j else np.full(len(x), True)
        at_risk = entered & (observed | (durations > edge))
        outcome = at_risk & observed & (durations <= edge)
        columns, happened = x[at_risk], outcome[at_risk]
        gap = 1 / (1 + np.exp(-(model.intercepts[j] + columns @ model.slopes[j]))) - happened
        assert gap.sum() == pytest.approx(0, abs=1e-5)
        np.testing.assert_allclose(columns.T @ gap + 2 * model.slopes[j], 0, atol=1e-4)


@given(st.integers(0, 1000), st.floats(0.01, 1000), st.floats(-100, 100))
@settings(max_examples=50, deadline=None)
def test_scale_of_covariates_does_not_matter_and_cdf_never_falls(
    seed: int, scale: float, shift: float
) -> None:
    x, durations, observed = cases(seed, 200, SLOPES)
    plain = fit_hazard(x, durations, observed, [1, 2, 3]).cdf(x)
    moved = fit_hazard(x * scale + shift, durations, observed, [1, 2, 3]).cdf(x * scale + shift)
    np.testing.assert_allclose(moved, plain, atol=1e-6)
    assert (np.diff(plain, axis=1) >= 0).all()
    assert (plain >= 0).all()
    assert (plain <= 1).all()


def test_hazard_weights_count_as_cases() -> None:
    x, durations, observed = cases(6, 300, SLOPES)
    weights = np.arange(300) % 3
    weighted = fit_hazard(x, durations, observed, [1, 2, 3], weights)
    repeated = fit_hazard(
        *(np.repeat(each, weights, axis=0) for each in (x, durations, observed)), [1, 2, 3]
    )
    for name, value in asdict(repeated).items():
        np.testing.assert_allclose(asdict(weighted)[name], value, rtol=1e-6, err_msg=name)


def test_an_interval_nobody_reached_says_so() -> None:
    model = fit_hazard(np.empty((9, 0)), [1] * 9, [True] * 9, [2, 4])
    assert model.at_risk.tolist() == [9, 0]
    np.testing.assert_allclose(model.hazard(np.empty((1, 0))), [[9.5 / 10, 0.5]])


def test_models_survive_json() -> None:
    x, durations, observed = cases(8, 300, SLOPES)
    hazard = fit_hazard(x, durations, observed, [1, 2, 3])
    logistic = fit_logistic(x, observed)
    for model, kind, answer in (
        (hazard, HazardModel, "cdf"),
        (logistic, LogisticModel, "predict"),
    ):
        text = json.dumps({k: np.asarray(v).tolist() for k, v in asdict(model).items()})
        read = kind(**{name: np.array(value) for name, value in json.loads(text).items()})
        np.testing.assert_array_equal(getattr(read, answer)(x), getattr(model, answer)(x))


@pytest.mark.parametrize(
    ("changed", "match"),
    [
        ({"covariates": [[math.nan], [1.0]]}, "covariate must be a finite"),
        ({"covariates": [1.0, 2.0]}, "two dimensions"),
        ({"covariates": [[1.0]]}, "1 rows of covariates but 2 durations"),
        ({"durations": [1.0, math.inf]}, "duration must be a finite"),
        ({"edges": []}, "edges"),
        ({"edges": [2.0, 2.0]}, "edges"),
        ({"edges": [math.nan]}, "edges"),
        ({"ridge": 0.0}, "ridge"),
        ({"weights": [0.0, 0.0]}, "at least one case"),
    ],
)
def test_hazard_refuses(changed: dict[str, object], match: str) -> None:
    good: dict[str, object] = {
        "covariates": [[1.0], [2.0]],
        "durations": [1.0, 2.0],
        "observed": [True, False],
        "edges": [1.0, 2.0],
    }
    fit_hazard(**good)
    with pytest.raises(ValueError, match=match):
        fit_hazard(**(good | changed))


def test_models_refuse_covariates_they_do_not_know() -> None:
    x, durations, observed = cases(8, 300, SLOPES)
    hazard, logistic = fit_hazard(x, durations, observed, [1, 2, 3]), fit_logistic(x, observed)
    for answer in (hazard.cdf, hazard.hazard, logistic.predict):
        with pytest.raises(ValueError, match="2 covariates, not 3"):
            answer(np.zeros((1, 3)))
        with pytest.raises(ValueError, match="finite"):
            answer([[math.nan, 0.0]])
