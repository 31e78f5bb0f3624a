"""Episodes by hand, against a peer, and in the series of the literature."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from springtide.errors import UsageError
from springtide.numerics import psy


def test_runs_become_episodes() -> None:
    statistic = np.array([np.nan, 0, 2, 3, 2, 0, 5, 0, 2, 2, np.nan, 2, 2, 4.0])
    episodes = psy.date_episodes(statistic, np.ones(14), min_duration=2)
    assert episodes == (
        psy.Episode(start=2, confirmed=3, peak=3, end=5, duration=3),
        psy.Episode(start=8, confirmed=9, peak=8, end=10, duration=2),
        psy.Episode(start=11, confirmed=12, peak=13, end=None, duration=3),
    )
    assert [episode.running for episode in episodes] == [False, False, True]


def test_the_default_shortest_duration_is_the_logarithm_of_the_sample() -> None:
    statistic = np.zeros(150)  # log(150) = 5.01
    statistic[10:15] = 2
    statistic[30:36] = 2
    (only,) = psy.date_episodes(statistic, np.ones(150))
    assert (only.start, only.confirmed, only.end) == (30, 35, 36)


def test_a_statistic_at_its_critical_value_does_not_exceed_it() -> None:
    assert psy.date_episodes(np.ones(9), np.ones(9), min_duration=1) == ()


def test_an_episode_is_known_when_it_is_confirmed_and_not_before() -> None:
    random = np.random.default_rng(1)
    y = np.cumsum(random.standard_normal(160))
    y[90:125] += 1.15 ** np.arange(35)
    window, shortest = 25, 5
    critical = psy.critical_values(160, min_window=window, replications=299)
    threshold = critical.sequence.critical_values()
    whole = psy.date_episodes(
        psy.bsadf(y, min_window=window).statistic, threshold, min_duration=shortest
    )
    (episode,) = [e for e in whole if e.start >= 90]

    def known_by(day: int) -> list[int]:
        statistic = psy.bsadf(y[: day + 1], min_window=window).statistic
        episodes = psy.date_episodes(statistic, threshold[: day + 1], min_duration=shortest)
        return [e.start for e in episodes if e.start >= 90]

    assert known_by(episode.confirmed - 1) == []
    assert known_by(episode.confirmed) == [episode.start]
    assert known_by(episode.confirmed + 3) == [episode.start]


@pytest.mark.parametrize("seed", range(5))
def test_episodes_equal_those_of_pyexuber(seed: int) -> None:
    import exuber
    from exuber.sim import sim_psy1

    y = sim_psy1(200, seed=seed)
    theirs = exuber.radf(y)
    values = exuber.radf_mc_cv(200, nrep=200, seed=1)
    expected = exuber.datestamp(theirs, values, min_duration=3).get("series1", [])
    assert expected, "the peer finds no episode: nothing to compare"
    ours = psy.bsadf(y)
    threshold = np.full(200, np.nan)
    threshold[ours.min_window :] = values.bsadf_cv[:, 1]
    episodes = psy.date_episodes(ours.statistic, threshold, min_duration=3)
    assert [(e.start, e.peak, e.duration) for e in episodes] == [
        (e.start, e.peak, e.duration) for e in expected
    ]
    assert [e.end for e in episodes if not e.running] == [e.end for e in expected if not e.ongoing]


def test_values_of_another_test_are_refused() -> None:
    result = psy.bsadf(np.cumsum(np.random.default_rng(1).standard_normal(100)))
    with pytest.raises(UsageError, match="another test"):
        psy.episodes(result, psy.critical_values(120))
    with pytest.raises(UsageError, match="another test"):
        psy.episodes(result, psy.critical_values(100, 1))
    with pytest.raises(UsageError, match="same length"):
        psy.date_episodes(np.ones(3), np.ones(4))
    with pytest.raises(UsageError, match="duration"):
        psy.date_episodes(np.ones(3), np.ones(3), min_duration=0)


def dated(
    y: np.ndarray, months: list[str], *, min_duration: int | None = None
) -> list[tuple[str, str]]:
    result = psy.bsadf(y)
    critical = psy.critical_values(result.sample, replications=999, seed=1)
    assert critical.gsadf.p_value(result.gsadf) < 0.01
    episodes = psy.episodes(result, critical, min_duration=min_duration)
    return [(months[e.start], months[e.end] if e.end is not None else "") for e in episodes]


@pytest.mark.shared
def test_the_price_dividend_ratio_of_the_sp500_has_the_episodes_of_the_paper(shared: Path) -> None:
    """Phillips, Shi and Yu (2015), section 6: S&P 500 real price-dividend ratio, 1871 to 2010."""
    table = pl.read_csv(shared / "market" / "valuation" / "shiller_sp500_monthly.csv").filter(
        pl.col("date") < "2011"
    )
    ratio = (table["real_price"] / table["real_dividend"]).to_numpy()
    result = psy.bsadf(ratio)
    # They report SADF 3.30 and GSADF 4.21 on the data of 2011; Shiller has revised them since.
    assert result.sample == 1680
    assert result.sadf == pytest.approx(3.30, abs=0.2)
    assert result.gsadf == pytest.approx(4.21, abs=0.1)
    months = [date[:7] for date in table["date"]]
    episodes = dated(ratio, months)
    published = {
        "the post long-depression period": ("1879-05", "1880-04"),
        "the great crash": ("1928-11", "1929-09"),
        "the postwar boom": ("1955-01", "1956-04"),
        "Black Monday": ("1986-06", "1987-09"),
        "the dot-com bubble": ("1995-11", "2001-08"),
    }
    for name, (start, end) in published.items():
        overlapping = [(s, e) for s, e in episodes if s <= end and start <= e]
        assert overlapping, f"{name} is not found"
        assert abs(months_between(overlapping[-1][1], end)) <= 3, f"{name} ends elsewhere"
        assert 0 <= months_between(overlapping[0][0], start) + 3 <= 15, f"{name} starts elsewhere"
    # The subprime crisis (2009M02 to M04) is shorter than the rule of the logarithm asks.
    short = dated(ratio, months, min_duration=1)
    assert any("2008-09" <= start <= "2009-03" < end <= "2009-05" for start, end in short)


@pytest.mark.shared
def test_the_series_of_psymonitor_has_its_episodes(shared: Path) -> None:
    """Phillips, Shi and Caspi, psymonitor: S&P 500 price-dividend ratio, 1973 to July 2018."""
    table = pl.read_csv(shared / "market" / "valuation" / "sp500_dividend_yield_psy.csv")
    ratio = table["price_dividend_ratio"].to_numpy()
    months = [date[:7] for date in table["date"]]
    assert psy.default_window(ratio.size) == 47  # "With a training period of 47 observations"
    episodes = dated(ratio, months, min_duration=2)
    # Black Monday from 1986M06; dot-com from January 1996 "with several breaks in between";
    # subprime from October 2008 to February 2009, its last month inside.
    assert any("1986-03" <= start <= "1986-08" for start, _ in episodes)
    assert any(end == "1987-10" for _, end in episodes)
    assert any("1995-11" <= start <= "1996-03" for start, _ in episodes)
    assert any("2000-10" <= end <= "2001-03" for _, end in episodes)
    assert any(start == "2008-10" and "2009-03" <= end <= "2009-04" for start, end in episodes)
    assert not any("1974" <= start < "1986" or start > "2010" for start, _ in episodes)


def months_between(later: str, earlier: str) -> int:
    year, month = (int(part) for part in later.split("-"))
    other_year, other_month = (int(part) for part in earlier.split("-"))
    return 12 * (year - other_year) + month - other_month
