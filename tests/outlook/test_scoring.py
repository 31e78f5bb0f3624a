"""The track record on simulated tables whose truth is known, and by hand."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from springtide.outlook.model import GAINS, HORIZONS, SESSIONS
from springtide.outlook.record import TrackRecord
from springtide.outlook.scoring import DISTRIBUTIONS, EVENTS, score


@pytest.fixture
def tables(long_tables):  # type: ignore[no-untyped-def]
    return long_tables


def test_the_record_says_what_it_rests_on(record: TrackRecord) -> None:
    assert record.compared == 20 * 12 * 6
    assert (record.first, record.last) == (date(2000, 1, 28), date(2019, 12, 28))
    whole = record.whole
    assert whole is not None
    assert [one.target for one in whole.targets] == [*EVENTS, *DISTRIBUTIONS]
    peak = whole.target("peak", 60)
    assert peak is not None
    assert (peak.forecasts, peak.rallies, peak.months) == (1440, 120, 240)
    assert peak.undecided == 0  # of those that run, the high moved on for 900 sessions


def test_brier_and_crps_are_means_over_the_table(record: TrackRecord, tables) -> None:  # type: ignore[no-untyped-def]
    place = SESSIONS.index(60)
    rows = tables.forecasts.filter(method="garch").join(tables.outcomes, on=["symbol", "date"])
    said = rows["peak"].list.get(place).to_numpy()
    came = (rows["sessions"].fill_null(999) <= 60).to_numpy()
    target = record.whole.target("peak", 60)  # type: ignore[union-attr]
    assert target is not None
    assert target.method("garch").loss == pytest.approx(np.mean((said - came) ** 2))  # type: ignore[union-attr]
    assert target.happened == pytest.approx(came.mean())


@pytest.mark.parametrize("horizon", HORIZONS)
def test_the_truth_has_skill_against_all_others(record: TrackRecord, horizon: int) -> None:
    target = record.whole.target("peak", horizon)  # type: ignore[union-attr]
    assert target is not None
    own = target.method("combination")
    assert own is not None
    for reference in ("climatology", "random_walk", "garch"):
        against = own.against(reference)
        assert against is not None
        assert 0 < against.low <= against.value <= against.high < 1
    in_set = dict(target.in_set)
    assert in_set["combination"] == 1
    assert max(in_set["climatology"], in_set["random_walk"], in_set["garch"]) < 0.05


def test_skill_is_that_of_the_mean_scores(record: TrackRecord) -> None:
    for target in record.whole.targets:  # type: ignore[union-attr]
        own, base = target.method("combination"), target.method("climatology")
        assert own is not None
        assert base is not None
        assert own.against("climatology").value == pytest.approx(1 - own.loss / base.loss)  # type: ignore[union-attr]


def test_intervals_of_the_truth_cover_what_they_state(record: TrackRecord) -> None:
    sessions = record.whole.target("sessions")  # type: ignore[union-attr]
    assert sessions is not None
    for coverage in sessions.method("combination").coverage:  # type: ignore[union-attr]
        assert coverage.share.value == pytest.approx(coverage.level, abs=0.04)
        assert coverage.share.low <= coverage.level <= coverage.share.high
    constant = sessions.method("random_walk").coverage[0]  # type: ignore[union-attr]
    assert abs(constant.share.value - constant.level) > 0.02


def test_the_truth_is_calibrated_and_the_bent_is_not(record: TrackRecord) -> None:
    target = record.whole.target("peak", 60)  # type: ignore[union-attr]
    assert target is not None
    own, bent = target.method("combination"), target.method("garch")
    assert own is not None
    assert bent is not None
    assert sum(one.happened.low <= one.said <= one.happened.high for one in own.bins) >= 8
    assert sum(one.happened.low <= one.said <= one.happened.high for one in bent.bins) <= 5
    assert own.parts.miscalibration < 0.5 * bent.parts.miscalibration  # type: ignore[union-attr]


def test_the_goals_are_counted_in_other_ways(record: TrackRecord, tables) -> None:  # type: ignore[no-untyped-def]
    target = record.whole.target("peak", 60)  # type: ignore[union-attr]
    assert target is not None
    ways = {variant.name: variant.against("climatology") for variant in target.variants}
    own = target.method("combination").against("climatology")  # type: ignore[union-attr]
    assert ways["every forecast alike"] == own
    # Every month has six forecasts: counting months alike changes nothing.
    assert ways["every month alike"].value == pytest.approx(own.value)  # type: ignore[union-attr]
    place = SESSIONS.index(60)
    rows = tables.forecasts.join(tables.outcomes, on=["symbol", "date"])
    early = rows.filter(pl.col("date") <= date(2019, 12, 28) - timedelta(days=1096))
    loss = {
        method: np.mean(
            (
                early.filter(method=method)["peak"].list.get(place).to_numpy()
                - (early.filter(method=method)["sessions"].fill_null(999) <= 60).to_numpy()
            )
            ** 2
        )
        for method in ("combination", "climatology")
    }
    expected = 1 - loss["combination"] / loss["climatology"]
    assert ways["without the last three years"].value == pytest.approx(expected)  # type: ignore[union-attr]


def test_the_first_forecast_of_every_rally(record: TrackRecord, tables) -> None:  # type: ignore[no-untyped-def]
    """Every rally of the table begins in January and has that year's months."""
    place = SESSIONS.index(60)
    loss = {}
    for method in ("combination", "climatology"):
        rows = tables.forecasts.filter(method=method).join(tables.outcomes, on=["symbol", "date"])
        rows = rows.filter(pl.col("date").dt.month() == 1)
        came = (rows["sessions"].fill_null(999) <= 60).to_numpy()
        loss[method] = np.mean((rows["peak"].list.get(place).to_numpy() - came) ** 2)
    target = record.whole.target("peak", 60)  # type: ignore[union-attr]
    assert target is not None
    ways = {variant.name: variant.against("climatology") for variant in target.variants}
    expected = 1 - loss["combination"] / loss["climatology"]
    found = ways["only the first forecast of every rally"]
    assert found is not None
    assert found.value == pytest.approx(expected)


def test_years_before_an_index_was_published_are_left_out(tables) -> None:  # type: ignore[no-untyped-def]
    """The Hang Seng TECH Index was launched on 27 July 2020 and calculated back to 2014.

    S1 and S2 are indices of which it is not known when they were published: they are left out.
    """
    moved = [
        rows.with_columns(
            pl.col("symbol").replace("S0", "HSTECH"), pl.col("date").dt.offset_by("10y")
        )
        for rows in (tables.forecasts, tables.outcomes)
    ]
    group = score(*moved).group("published", "index")
    assert group is not None
    assert group.symbols == 1
    assert group.target("peak", 60).forecasts == 6 + 9 * 12  # type: ignore[union-attr]


def test_parts_are_taken_by_kind_decade_and_market(record: TrackRecord) -> None:
    names = [(group.by, group.name) for group in record.groups]
    assert names == [
        ("whole", "all"),
        ("kind", "index"),
        ("kind", "stock"),
        ("decade", "2000"),
        ("decade", "2010"),
        ("index decade", "2000"),
        ("index decade", "2010"),
        ("market", "S0"),
        ("market", "S1"),
        ("market", "S2"),
    ]
    decade = record.group("index decade", "2010")
    assert decade is not None
    assert decade.symbols == 3
    assert decade.target("peak", 60).forecasts == 3 * 120  # type: ignore[union-attr]


def test_what_is_not_known_is_left_out_and_counted(tables) -> None:  # type: ignore[no-untyped-def]
    runs = pl.col("sessions").is_null()
    outcomes = tables.outcomes.with_columns(passed=pl.when(runs).then(100.0).otherwise("passed"))
    whole = score(tables.forecasts, outcomes).whole
    assert whole is not None
    running = outcomes.filter(runs).height
    assert running > 20
    assert whole.target("peak", 60).undecided == 0  # type: ignore[union-attr]
    for name, horizon in (("peak", 120), ("sessions", None), ("gain", None)):
        target = whole.target(name, horizon)
        assert target is not None
        assert target.undecided == running
        assert target.forecasts == 1440 - running


def test_a_method_that_leaves_a_target_out_is_not_compared_on_it(tables) -> None:  # type: ignore[no-untyped-def]
    silent = pl.when(method="garch").then(None).otherwise("up_first")
    record = score(tables.forecasts.with_columns(up_first=silent), tables.outcomes)
    target = record.whole.target("up_first")  # type: ignore[union-attr]
    assert target is not None
    assert target.method("garch") is None
    assert target.forecasts == 1440
    assert record.whole.target("peak", 60).method("garch") is not None  # type: ignore[union-attr]


def test_a_perfect_forecast_scores_zero(tables) -> None:  # type: ignore[no-untyped-def]
    came = tables.outcomes.with_columns(pl.col("gain", "sessions").fill_null(999))
    grids = {"peak": ("sessions", SESSIONS), "gain": ("gain", GAINS)}
    exact = {
        name: [[float(value <= point) for point in grid] for value in came[column]]
        for name, (column, grid) in grids.items()
    }
    mine = tables.outcomes.select("symbol", "date").with_columns(
        *(pl.Series(name, values) for name, values in exact.items())
    )
    others = tables.forecasts.filter(pl.col("method") != "combination")
    own = tables.forecasts.filter(method="combination").drop("peak", "gain")
    own = own.join(mine, on=["symbol", "date"]).select(others.columns)
    whole = score(pl.concat([others, own]), tables.outcomes).whole
    assert whole is not None
    for horizon in (0, *HORIZONS):
        found = whole.target("peak", horizon).method("combination")  # type: ignore[union-attr]
        assert found is not None
        assert found.loss == 0
        assert found.against("climatology").value == 1  # type: ignore[union-attr]


def test_progress_is_told(tables) -> None:  # type: ignore[no-untyped-def]
    told: list[tuple[int, int]] = []
    early = pl.col("date") < date(2001, 1, 1)
    score(
        tables.forecasts.filter(early),
        tables.outcomes.filter(early),
        progress=lambda done, total: told.append((done, total)),
    )
    assert told[0][0] == 0
    assert told[-1][0] == told[-1][1]
