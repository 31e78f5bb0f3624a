"""Survival curves against published tables, statsmodels and worked cases."""

from __future__ import annotations

import math
from dataclasses import asdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from springtide.numerics import survival
from springtide.numerics.survival import kaplan_meier

# Weeks of remission under 6-mercaptopurine and whether it ended: E. J. Freireich et al. (1963),
# Blood 21(6), 699-716, doi:10.1182/blood.V21.6.699.699.
FREIREICH = (
    ([6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]),
    ([1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]),
)
# Survival and Greenwood's standard error as printed by R's survival::survfit for these data.
FREIREICH_TABLE = {
    6: (21, 3, 0.857, 0.0764),
    7: (17, 1, 0.807, 0.0869),
    10: (15, 1, 0.753, 0.0963),
    13: (12, 1, 0.690, 0.1068),
    16: (11, 1, 0.627, 0.1141),
    22: (7, 1, 0.538, 0.1282),
    23: (6, 1, 0.448, 0.1346),
}
CASES = st.lists(
    st.tuples(st.integers(0, 12), st.booleans(), st.integers(1, 4)), min_size=1, max_size=40
)


def standard_error(curve: survival.SurvivalCurve) -> np.ndarray:
    """Undo the log-log scale of a 95% band."""
    z = 1.959963984540054
    upper = np.log(-np.log(curve.low)) - np.log(-np.log(curve.survival))
    lower = np.log(-np.log(curve.survival)) - np.log(-np.log(curve.high))
    np.testing.assert_allclose(upper, lower, rtol=1e-9)
    return upper / z * curve.survival * -np.log(curve.survival)


def test_published_remissions() -> None:
    curve = kaplan_meier(*FREIREICH)
    at_risk, events, share, error = np.array(list(FREIREICH_TABLE.values())).T
    assert curve.times.tolist() == list(FREIREICH_TABLE)
    assert curve.at_risk.tolist() == at_risk.tolist()
    assert curve.events.tolist() == events.tolist()
    np.testing.assert_allclose(curve.survival, share, atol=5.1e-4)
    np.testing.assert_allclose(standard_error(curve), error, atol=5.1e-5)
    assert curve.quantile(0.5) == 23
    assert curve.last == 35


@given(CASES, st.booleans())
@settings(max_examples=60, deadline=None)
def test_equals_statsmodels(cases: list[tuple[int, bool, int]], weighted: bool) -> None:
    from statsmodels.duration.survfunc import SurvfuncRight

    durations, observed, weights = (np.array(each) for each in zip(*cases, strict=True))
    if not observed.any():
        observed[0] = True
    given_weights = weights if weighted else None
    peer = SurvfuncRight(durations, observed.astype(int), freq_weights=given_weights)
    curve = kaplan_meier(durations, observed, given_weights)
    np.testing.assert_array_equal(curve.times, peer.surv_times)
    np.testing.assert_allclose(curve.survival, peer.surv_prob, atol=1e-12)
    np.testing.assert_allclose(curve.at_risk, peer.n_risk)
    np.testing.assert_allclose(curve.events, peer.n_events)
    if not weighted:  # with weights statsmodels has another variance than Greenwood's
        inside = curve.survival > 0
        peers = np.asarray(peer.surv_prob_se)[inside]
        np.testing.assert_allclose(standard_error(curve_part(curve, inside)), peers, rtol=1e-6)


def curve_part(curve: survival.SurvivalCurve, kept: np.ndarray) -> survival.SurvivalCurve:
    arrays = ("times", "survival", "at_risk", "events", "low", "high")
    parts = {name: getattr(curve, name)[kept] for name in arrays}
    return survival.SurvivalCurve(**parts, last=curve.last, level=curve.level)


@given(st.lists(st.integers(0, 20), min_size=1, max_size=60))
@settings(max_examples=60, deadline=None)
def test_without_censoring_it_is_the_share_still_alive(durations: list[int]) -> None:
    curve = kaplan_meier(durations, [True] * len(durations))
    for time in range(-1, 23):
        share = sum(duration > time for duration in durations) / len(durations)
        assert curve.at(time) == pytest.approx(share, abs=1e-12)
    assert curve.survival[-1] == 0
    assert math.isnan(curve.low[-1])
    assert math.isnan(curve.high[-1])


@given(CASES)
@settings(max_examples=60, deadline=None)
def test_a_weight_counts_as_cases(cases: list[tuple[int, bool, int]]) -> None:
    durations, observed, weights = zip(*cases, strict=True)
    weighted = kaplan_meier(durations, observed, weights)
    repeated = kaplan_meier(np.repeat(durations, weights), np.repeat(observed, weights))
    for name, value in asdict(repeated).items():
        np.testing.assert_allclose(asdict(weighted)[name], value, rtol=1e-9, err_msg=name)
    assert np.all(np.diff(repeated.survival) < 0)
    known = repeated.survival > 0
    assert (repeated.low[known] < repeated.survival[known]).all()
    assert (repeated.survival[known] < repeated.high[known]).all()


def test_unit_weights_are_no_weights_and_zero_leaves_out() -> None:
    plain = asdict(kaplan_meier(*FREIREICH))
    for name, value in asdict(kaplan_meier(*FREIREICH, weights=np.ones(21))).items():
        np.testing.assert_array_equal(value, plain[name])
    durations, observed = FREIREICH
    padded = kaplan_meier([*durations, 3, 99], [*observed, 1, 0], weights=[1] * 21 + [0, 0])
    for name, value in asdict(padded).items():
        np.testing.assert_array_equal(value, plain[name])


def test_by_hand_with_an_event_at_zero_and_ties() -> None:
    # Of 5 cases one ends at once; at 2 one of 4 ends and one is lost (it was at risk); at 7 one of
    # 2 ends; the last is lost at 9.
    curve = kaplan_meier([0, 2, 2, 7, 9], [True, True, False, True, False])
    assert curve.times.tolist() == [0, 2, 7]
    assert curve.at_risk.tolist() == [5, 4, 2]
    np.testing.assert_allclose(curve.survival, [4 / 5, 3 / 5, 3 / 10])
    asked = [-1, 0, 1.9, 2, 6.9, 7, 9, 9.1, math.nan]
    np.testing.assert_allclose(
        curve.at(asked), [1, 0.8, 0.8, 0.6, 0.6, 0.3, 0.3, math.nan, math.nan]
    )
    assert [curve.quantile(q) for q in (0.2, 0.21, 0.4, 0.7)] == [0, 2, 2, 7]
    assert math.isnan(curve.quantile(0.71))


def test_a_wider_level_gives_a_wider_band() -> None:
    narrow, wide = (kaplan_meier(*FREIREICH, level=level) for level in (0.5, 0.99))
    assert (wide.low < narrow.low).all()
    assert (narrow.high < wide.high).all()


def test_all_censored_has_no_step() -> None:
    curve = kaplan_meier([3, 5], [False, False])
    assert len(curve.times) == len(curve.survival) == len(curve.low) == 0
    np.testing.assert_array_equal(curve.at([0, 5, 5.1]), [1, 1, math.nan])
    assert math.isnan(curve.quantile(0.5))


@pytest.mark.parametrize(
    ("arguments", "match"),
    [
        (([], []), "at least one case"),
        (([1], [True], [0]), "at least one case"),
        (([-1.0], [True]), "negative"),
        (([math.nan], [True]), "finite"),
        (([[1.0]], [[True]]), "one dimension"),
        (([1, 2], [True]), "2 times true or false"),
        (([1], [2]), "true or false"),
        (([1], [True], [-1]), "weight"),
        (([1], [True], [math.nan]), "weight"),
        (([1], [True], [1, 1]), "weights"),
        (([1], [True], None, 1.0), "level"),
    ],
)
def test_kaplan_meier_refuses(arguments: tuple[object, ...], match: str) -> None:
    with pytest.raises(ValueError, match=match):
        kaplan_meier(*arguments)


@pytest.mark.parametrize("q", [0, 1.01, math.nan])
def test_quantile_refuses(q: float) -> None:
    with pytest.raises(ValueError, match="q must be"):
        kaplan_meier([1], [True]).quantile(q)
