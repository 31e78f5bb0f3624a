"""Averages, percentiles, re-rating and CAPE: hand-worked, published, and by their properties."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from springtide.numerics import multiples

positive = st.floats(0.5, 500)


def test_averages_by_hand() -> None:
    values = np.array([10.0, 20.0, 60.0])
    assert multiples.average(values) == 30
    assert multiples.average(values, "median") == 20
    assert multiples.average(values, "harmonic") == pytest.approx(3 / (0.1 + 0.05 + 1 / 60))
    for bad in ([], [10.0, 0.0], [10.0, -5.0]):
        with pytest.raises(ValueError, match="above zero"):
            multiples.average(np.array(bad))


@given(st.lists(positive, min_size=1, max_size=40))
def test_the_harmonic_mean_is_never_above_the_mean(values: list[float]) -> None:
    array = np.array(values)
    harmonic = multiples.average(array, "harmonic")
    assert harmonic <= multiples.average(array) * (1 + 1e-12)
    assert harmonic == pytest.approx(1 / np.mean(1 / array))


def test_a_rank_counts_half_of_what_is_equal() -> None:
    values = np.array([1.0, 2.0, 2.0, 5.0])
    assert [multiples.rank(values, one) for one in (0.5, 1, 2, 3, 5, 6)] == [
        0.0, 12.5, 50.0, 75.0, 87.5, 100.0,
    ]  # fmt: skip
    assert multiples.place(values, 2.0) == 25.0
    assert multiples.place(np.full(3, 7.0), 7.0) is None


@given(st.lists(positive, min_size=2, max_size=40), st.floats(0.01, 100))
def test_percentiles_do_not_depend_on_the_unit(values: list[float], factor: float) -> None:
    array = np.round(np.array(values), 3)
    scaled = np.array([float(one) * factor for one in array])
    assert multiples.rank(scaled, scaled[0]) == multiples.rank(array, array[0])


@given(positive, positive, positive, positive)
def test_what_re_rating_and_earnings_gave_adds_up_to_the_price(
    p0: float, p1: float, m0: float, m1: float
) -> None:
    split = multiples.rerating((p0, p1), (m0, m1))
    assert split.multiple + split.earnings == pytest.approx(np.log(p1 / p0), abs=1e-9)
    assert split.earnings_change == pytest.approx(100 * (p1 / m1 / (p0 / m0) - 1), abs=1e-6)
    if abs(split.price) > 1e-6:
        assert split.share == pytest.approx(100 * np.log(m1 / m0) / np.log(p1 / p0), abs=1e-6)


def test_re_rating_by_hand() -> None:
    # Hang Seng TECH, 13 January to 13 February 2025: +24.00%, P/E 19.12 to 23.58.
    split = multiples.rerating((100.0, 124.0), (19.12, 23.58))
    assert split.share == pytest.approx(97.5, abs=0.05)
    assert split.earnings_change == pytest.approx(0.55, abs=0.005)
    with pytest.raises(ValueError, match="above zero"):
        multiples.rerating((100.0, 124.0), (19.12, -3.0))


def test_cape_by_hand() -> None:
    # Prices rose by a tenth since: 2 of earnings then are 2.2 of today's money.
    args = (np.full(120, 2.0), np.full(120, 100.0))
    assert multiples.cape(44.0, 110.0, *args) == pytest.approx(20.0)
    with pytest.raises(ValueError, match="120 months"):
        multiples.cape(44.0, 110.0, args[0][:-1], args[1][:-1])
    with pytest.raises(ValueError, match="not above zero"):
        multiples.cape(44.0, 110.0, -args[0], args[1])
    assert multiples.inflation(121.0, 100.0, 2) == pytest.approx(10.0)
    assert multiples.excess_yield(20.0, 4.0, 2.5) == pytest.approx(3.5)


PUBLISHED = {
    # month: CAPE as Shiller publishes it, and the excess yield of the specification
    "1929-09": (32.56, -0.60),
    "1966-01": (24.06, 1.27),
    "1982-08": (6.64, 10.81),
    "1999-12": (44.20, -1.09),
    "2009-03": (13.32, 7.26),
    "2021-11": (38.58, 3.11),
    "2023-06": (29.94, 2.30),
}


@pytest.mark.shared
@pytest.mark.parametrize("month", PUBLISHED)
def test_cape_is_the_published_one(shared: Path, month: str) -> None:
    import polars as pl

    path = shared / "market" / "valuation" / "shiller_sp500_monthly.csv"
    table = pl.read_csv(path, try_parse_dates=True)
    i = table["date"].dt.strftime("%Y-%m").to_list().index(month)
    price, earnings, prices, rate = (
        table[name].cast(pl.Float64).to_numpy()
        for name in ("price", "earnings", "cpi", "long_rate")
    )
    before = slice(i - 120, i)
    ratio = multiples.cape(price[i], prices[i], earnings[before], prices[before])
    stated, excess = PUBLISHED[month]
    assert ratio == pytest.approx(stated, abs=0.005)
    past = multiples.inflation(prices[i], prices[i - 120])
    # The specification's excess yields rest on the published ratio, of two decimals.
    assert multiples.excess_yield(stated, rate[i], past) == pytest.approx(excess, abs=0.005)
    assert multiples.excess_yield(ratio, rate[i], past) == pytest.approx(excess, abs=0.011)
