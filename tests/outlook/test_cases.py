"""Stored tables as aligned arrays, by hand."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest
from numpy.testing import assert_array_equal

from springtide.errors import DataError
from springtide.outlook.cases import align


@pytest.fixture
def tables(simulated):  # type: ignore[no-untyped-def]
    return simulated(years=1, symbols=2)


def test_only_dates_that_all_methods_forecast_are_compared(tables) -> None:  # type: ignore[no-untyped-def]
    left_out = (
        (pl.col("method") == "garch") & (pl.col("symbol") == "S1") & (pl.col("date").dt.month() > 9)
    )
    aligned = align(tables.forecasts.filter(~left_out), tables.outcomes)
    assert len(aligned.cases) == 24 - 3
    assert aligned.alone == 3
    assert dict(aligned.made) == {
        "climatology": 24, "random_walk": 24, "garch": 21, "combination": 24
    }  # fmt: skip
    assert aligned.cases.methods == ("climatology", "random_walk", "garch", "combination")


def test_every_row_keeps_its_own_numbers(tables) -> None:  # type: ignore[no-untyped-def]
    shuffled = tables.forecasts.sample(fraction=1, shuffle=True, seed=3)
    cases = align(shuffled, tables.outcomes.sample(fraction=1, shuffle=True, seed=4)).cases
    place = int(
        np.flatnonzero((cases.symbol == "S1") & (cases.day == np.datetime64("2000-05-28")))[0]
    )
    row = pl.col("symbol") == "S1", pl.col("date") == date(2000, 5, 28)
    said = tables.forecasts.filter(*row, pl.col("method") == "garch").row(0, named=True)
    came = tables.outcomes.filter(*row).row(0, named=True)
    assert cases.said["garch", "gain"][place].tolist() == said["gain"]
    assert cases.said["garch", "up_first"][place].tolist() == [said["up_first"]]
    assert cases.watched[place] == came["watched"]
    assert cases.month[place] == 30 * 12 + 4  # since January 1970
    assert_array_equal(np.isnan(cases.sessions[place]), came["sessions"] is None)


def test_of_rows_with_one_key_the_last_written_counts(tables) -> None:  # type: ignore[no-untyped-def]
    later = pl.col("known_at") + timedelta(days=1)
    newer = tables.outcomes.with_columns(later, watched=pl.lit(7.0))
    cases = align(tables.forecasts, pl.concat([newer, tables.outcomes])).cases
    assert len(cases) == 24
    assert (cases.watched == 7).all()


def test_runs_are_not_mixed(tables) -> None:  # type: ignore[no-untyped-def]
    later = pl.col("known_at") + timedelta(days=1)
    second = [
        rows.filter(pl.col("symbol") == "S0").with_columns(later, run=pl.lit("second"))
        for rows in (tables.forecasts, tables.outcomes)
    ]
    both = pl.concat([second[0], tables.forecasts]), pl.concat([second[1], tables.outcomes])
    assert len(align(*both).cases) == 12
    assert len(align(both[0], tables.outcomes).cases) == 24


def test_what_is_known_of_running_rallies(tables) -> None:  # type: ignore[no-untyped-def]
    some = tables.outcomes.head(4).with_columns(
        sessions=pl.Series([0.0, 60.0, None, None]),
        passed=pl.Series([0.0, 60.0, 61.0, 60.0]),
        new_high=pl.Series([None, 60.0, 61.0, 3.0]),
        watched=pl.Series([60.0, 60.0, 90.0, 59.0]),
    )
    cases = align(tables.forecasts, some).cases
    assert_array_equal(cases.peak_came(0), [1, 0, 0, 0])
    assert_array_equal(cases.peak_came(60), [1, 1, 0, np.nan])
    assert_array_equal(cases.high_came(60), [0, 1, 0, np.nan])
    assert_array_equal(cases.sessions_at_least(), [0, 60, np.nan, np.nan])
    beyond = align(tables.forecasts, some.with_columns(passed=pl.lit(501.0))).cases
    assert_array_equal(beyond.sessions_at_least(), [0, 60, np.inf, np.inf])


def test_dates_without_an_outcome_are_counted(tables) -> None:  # type: ignore[no-untyped-def]
    aligned = align(tables.forecasts, tables.outcomes.head(20))
    assert (len(aligned.cases), aligned.unmatched) == (20, 4)


def test_a_forecast_on_another_grid_is_refused(tables) -> None:  # type: ignore[no-untyped-def]
    shorter = tables.forecasts.with_columns(pl.col("peak").list.head(5))
    with pytest.raises(DataError, match="peak does not have the 12 points"):
        align(shorter, tables.outcomes)
