"""What was learned, through rows and back; what ships with the package."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from springtide.outlook.combination import POOLED
from springtide.outlook.covariates import COVARIATES
from springtide.outlook.curves import TARGETS
from springtide.outlook.fits import GROUPS, climatology, survival
from springtide.outlook.learned import from_rows, shipped, to_rows, write_rows


def of_year(year: int) -> pl.DataFrame:
    return shipped().filter(pl.col("date") == date(year, 12, 31)).collect()


@pytest.mark.parametrize("year", [1940, 1975, 2024])
def test_rows_hold_everything(year: int, tmp_path: Path) -> None:
    learned = from_rows(of_year(year))
    write_rows([learned], tmp_path / "fits.parquet")
    again = from_rows(pl.read_parquet(tmp_path / "fits.parquet"))
    keys = ["method", "target", "edge", "name"]
    assert to_rows(again).sort(keys).equals(to_rows(learned).sort(keys))
    assert again.skill == learned.skill
    x = np.random.default_rng(1).standard_normal((5, len(COVARIATES)))
    one, two = survival(learned.fit, x), survival(again.fit, x)
    assert (one is None) == (two is None)
    if one and two:
        assert np.array_equal(one.peak, two.peak)


def test_what_ships_is_whole() -> None:
    """Every year from 1940 on has distributions that rise from zero to one."""
    rows = shipped().collect()
    years = sorted({day.year for day in rows["date"].unique()})
    assert years == list(range(years[0], years[-1] + 1))
    assert years[-1] >= 2025
    for year in (1950, 1980, 2000, 2024):
        learned = from_rows(of_year(year))
        for group, rates in learned.fit.base_rates.items():
            assert group in GROUPS
            for target in TARGETS:
                curve = rates.curves[target]
                assert (np.diff(curve) >= 0).all()
                assert curve[0] >= 0
                assert curve[-1] <= 1
            assert rates.lifetimes.rallies >= rates.lifetimes.running
        for weights in learned.weights.values():
            for each in weights.values():
                assert each.sum() == pytest.approx(1.0)
                assert len(each) == len(POOLED)


def test_base_rates_by_kind_differ() -> None:
    """Rallies of stocks end sooner than those of indices."""
    fit = from_rows(of_year(2024)).fit
    index, stock = climatology(fit, "index", 1), climatology(fit, "stock", 1)
    assert index is not None
    assert stock is not None
    assert (index.peak < stock.peak).all()


def test_a_hazard_at_the_mean_is_its_intercept() -> None:
    fit = from_rows(of_year(2024)).fit
    assert fit.hazards is not None
    model = fit.hazards.models["peak"]
    first = float(model.hazard(model.mean[None])[0, 0])
    assert first == pytest.approx(1 / (1 + np.exp(-model.intercepts[0])))
    flat = replace(model, slopes=np.zeros_like(model.slopes))
    assert flat.cdf(model.mean[None])[0, -1] < 1
