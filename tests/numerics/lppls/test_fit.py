"""Fits against the plain reference, the package lppls, known parameters, and properties."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from springtide.errors import DataError, UsageError
from springtide.numerics.lppls import Bounds, fit, scan, search
from springtide.numerics.lppls.model import reference_fit, solve

BOUNDS = Bounds()


def walk(n: int, seed: int) -> np.ndarray:
    return np.cumsum(0.01 * np.random.default_rng(seed).standard_normal(n))


def bubble(
    n: int, delta: float, m: float, omega: float, damping: float = 1.0, sign: float = -1.0
) -> np.ndarray:
    x = delta + np.arange(n)[::-1]
    b = sign * 0.7 / (x[0] ** m - x[-1] ** m)
    return 7 + x**m * (b + m * abs(b) / (omega * damping) * np.cos(omega * np.log(x) - 1.0))


@pytest.mark.parametrize(
    "y",
    [
        walk(40, 1),
        walk(60, 2) * 1e-6 + 3.0,
        walk(50, 3) * 1e3,
        np.where(np.arange(40) < 20, 0.0, 1.0),
        np.linspace(0.0, 1.0, 45),
        np.eye(1, 40, 39)[0],
    ],
    ids=["walk", "tiny", "huge", "step", "line", "last"],
)
def test_no_worse_than_the_reference(y: np.ndarray) -> None:
    _, sse = reference_fit(y)
    assert fit(y).sse <= sse * (1 + 1e-9) + 1e-18 * (y @ y)


@pytest.mark.shared
@pytest.mark.parametrize(("date", "n"), [("2000-03-10", 45), ("2000-03-10", 120)])
def test_no_worse_than_the_reference_on_the_nasdaq(shared: Path, date: str, n: int) -> None:
    with (shared / "market" / "index" / "ixic.csv").open() as file:
        rows = [(row["date"], float(row["close"])) for row in csv.DictReader(file)]
    end = [day for day, _ in rows].index(date)
    y = np.log([close for _, close in rows[end - n + 1 : end + 1]])
    assert fit(y).sse <= reference_fit(y)[1] * (1 + 1e-9)


@given(
    seed=st.integers(0, 10**6),
    n=st.integers(20, 300),
    place=st.tuples(st.floats(0, 1), st.floats(0.01, 1.2), st.floats(2.0, 25.0)),
)
@settings(max_examples=60, deadline=None)
def test_no_parameters_inside_the_bounds_do_better(
    seed: int, n: int, place: tuple[float, float, float]
) -> None:
    y = walk(n, seed)
    best = fit(y)
    delta = 1.0 + place[0] * (BOUNDS.last(n) - 1.0)
    assert best.sse <= solve(y, delta, place[1], place[2])[1] * (1 + 1e-9)
    assert 1.0 <= best.critical_time <= BOUNDS.last(n) * (1 + 1e-12)
    assert 0.01 <= best.exponent <= 1.2
    assert 2.0 <= best.frequency <= 25.0


@given(seed=st.integers(0, 10**6), n=st.integers(20, 750))
@settings(max_examples=50, deadline=None)
def test_numbers_of_a_fit_are_those_of_the_model(seed: int, n: int) -> None:
    y = 8.0 + walk(n, seed)
    best = fit(y)
    linear, sse = solve(y, best.critical_time, best.exponent, best.frequency)
    assert best.sse == pytest.approx(sse, rel=1e-8)
    curve = best.curve()
    assert np.sum((y - curve) ** 2) == pytest.approx(sse, rel=1e-6)
    np.testing.assert_allclose(
        [best.a, best.b, best.c1, best.c2], linear, rtol=1e-4, atol=1e-6 * np.abs(linear).max()
    )
    assert best.relative_error == pytest.approx(np.abs(np.expm1(y - curve)).max(), rel=1e-4)
    errors = y - curve
    change, before = np.diff(errors), errors[:-1]
    slope = change @ before / (before @ before)
    spread = np.sum((change - slope * before) ** 2) / (n - 2) / (before @ before)
    assert best.unit_root == pytest.approx(slope / np.sqrt(spread), rel=1e-3)


@pytest.mark.parametrize("sign", [-1.0, 1.0])
@pytest.mark.parametrize(
    ("n", "delta", "m", "omega"),
    [(60, 5.0, 0.5, 7.0), (150, 30.0, 0.3, 9.0), (400, 3.0, 0.8, 6.0), (750, 120.0, 0.6, 14.0)],
)
def test_known_parameters_are_found(
    n: int, delta: float, m: float, omega: float, sign: float
) -> None:
    best = fit(bubble(n, delta, m, omega, damping=0.9, sign=sign))
    found = (best.critical_time, best.exponent, best.frequency)
    assert found == pytest.approx((delta, m, omega), rel=1e-4)
    assert bool(best.positive) is (sign < 0)
    assert bool(best.negative) is (sign > 0)
    assert float(best.damping) == pytest.approx(0.9, rel=1e-4)
    assert float(best.oscillations) == pytest.approx(
        omega / (2 * np.pi) * np.log((delta + n - 1) / delta), rel=1e-4
    )


@given(seed=st.integers(0, 10**6), level=st.floats(-20, 20), factor=st.floats(0.01, 100))
@settings(max_examples=30, deadline=None)
def test_level_and_scale_do_not_matter(seed: int, level: float, factor: float) -> None:
    y = walk(90, seed)
    plain, moved = fit(y), fit(level + factor * y)
    assert moved.sse == pytest.approx(plain.sse * factor**2, rel=1e-7)


def test_scan_holds_the_fits_of_its_windows() -> None:
    y = walk(300, 11)
    result = scan(y, [30, 77, 200], [25, 80, 299])
    assert result.fits.sse.shape == (3, 3)
    for i, end in enumerate(result.ends):
        for j, n in enumerate(result.windows):
            if end < n - 1:
                assert np.isnan(result.fits.sse[i, j])
                assert not result.fits.positive[i, j]
            else:
                assert result.fits.at(i, j).sse == pytest.approx(
                    fit(y[end - n + 1 : end + 1]).sse, rel=1e-9
                )


def test_same_bits_with_one_and_two_threads_and_again() -> None:
    y = walk(400, 12)
    ends = np.arange(250, 400)
    one = scan(y, [40, 90, 200], ends, threads=1).fits
    for threads in (2, 1):
        other = scan(y, [40, 90, 200], ends, threads=threads).fits
        for name in ("critical_time", "exponent", "frequency", "b", "sse", "unit_root"):
            assert getattr(one, name).tobytes() == getattr(other, name).tobytes()


@pytest.mark.slow
def test_same_bits_compiled_just_now_or_loaded_from_disk(tmp_path: Path) -> None:
    code = (
        "import numpy as np; from springtide.numerics.lppls import fit; "
        "y = np.cumsum(np.random.default_rng(5).standard_normal(120)); "
        "best = fit(y); print(best.sse.hex(), best.exponent.hex())"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "NUMBA_CACHE_DIR": str(tmp_path)},
        )
        for _ in range(2)
    ]
    assert runs[0].stdout == runs[1].stdout
    assert "Compiling the LPPLS kernels" in runs[0].stderr
    assert "Compiling" not in runs[1].stderr


def test_later_prices_change_nothing() -> None:
    y = walk(200, 13)
    full, cut = scan(y, [30, 60], [120]), scan(y[:121], [30, 60], [120])
    assert full.fits.sse.tobytes() == cut.fits.sse.tobytes()


def test_kernels_run_compiled() -> None:
    fit(walk(40, 1))
    assert search.fit_windows.signatures


def test_constant_window_has_no_fit() -> None:
    y = np.concatenate([np.full(60, 1.0), 1.0 + walk(60, 3)])
    result = scan(y, [30], [40, 119])
    assert np.isnan(result.fits.sse[0, 0])
    assert np.isfinite(result.fits.sse[1, 0])


def test_missing_values_are_named() -> None:
    y = walk(50, 1)
    y[[7, 9]] = np.nan
    with pytest.raises(DataError, match="2 of 50 log prices are missing or infinite, first at pos"):
        fit(y)
    y[7] = -np.inf
    with pytest.raises(DataError, match="first at position 7"):
        scan(y, [30])


def test_bad_input_is_refused() -> None:
    with pytest.raises(UsageError, match="too short"):
        fit(walk(19, 1))
    with pytest.raises(DataError, match="All log prices are equal"):
        fit(np.full(50, 4.6))
    with pytest.raises(UsageError, match="one series"):
        fit(np.zeros((30, 2)))
    with pytest.raises(UsageError, match="window is too short"):
        scan(walk(50, 1), [10, 30])
    with pytest.raises(UsageError, match="outside of the series"):
        scan(walk(50, 1), [30], [50])
    with pytest.raises(UsageError, match="whole number"):
        scan(walk(50, 1), [30.5])  # type: ignore[list-item]


@pytest.mark.parametrize(
    "wrong",
    [
        {"earliest": 0.0},
        {"latest": 0.5},
        {"share": 0.0},
        {"exponent": (0.5, 0.5)},
        {"exponent": (0.0, 1.0)},
        {"frequency": (0.5, 3.0)},
    ],
)
def test_bounds_must_hold_something(wrong: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        Bounds(**wrong)  # type: ignore[arg-type]


def test_narrower_bounds_are_kept() -> None:
    bounds = Bounds(earliest=5.0, latest=20.0, exponent=(0.1, 0.9), frequency=(6.0, 13.0))
    fits = scan(walk(300, 2), [60, 120], [150, 299], bounds=bounds).fits
    assert ((fits.critical_time >= 5 - 1e-9) & (fits.critical_time <= 20 + 1e-9)).all()
    assert ((fits.exponent >= 0.1) & (fits.exponent <= 0.9)).all()
    assert ((fits.frequency >= 6) & (fits.frequency <= 13)).all()


def test_no_worse_than_the_package_lppls(monkeypatch: pytest.MonkeyPatch) -> None:
    config = pytest.importorskip("numba").config
    with monkeypatch.context() as patch:
        patch.setattr(config, "DISABLE_JIT", True)  # it compiles for longer than it then computes
        peer = pytest.importorskip("lppls.lppls", reason="lppls 0.6.24 is not here (group bench)")
    for seed in range(3):
        y = walk(80, 100 + seed)
        observations = np.array([np.arange(80.0), y])
        draw = np.random.default_rng(seed)
        for _ in range(8):
            start = draw.uniform([63.2, 0.1, 6.0], [94.8, 1.0, 13.0])
            try:
                with np.errstate(all="ignore"):
                    tc, m, omega, *_ = peer.LPPLS(observations).estimate_params(
                        observations, start, "Nelder-Mead"
                    )
            except (UnboundLocalError, np.linalg.LinAlgError):  # a start that did not converge
                continue
            if 1 <= tc - 79 <= 39.5 and 0.01 <= m <= 1.2 and 2 <= omega <= 25:
                assert fit(y).sse <= solve(y, tc - 79, m, omega)[1] * (1 + 1e-9)


def test_import_loads_nothing_heavy() -> None:
    code = (
        "import sys, springtide.numerics.lppls; "
        "print([m for m in ('numba', 'scipy', 'arch', 'pandas', 'lppls') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
