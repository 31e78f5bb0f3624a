"""The bundled sheet of figures: well-formed, true to the record, and enough for what it is for."""

from __future__ import annotations

import csv
import math
import re
from datetime import UTC, date, datetime
from importlib.resources import files
from pathlib import Path

import polars as pl
import pytest

from springtide.market import instruments
from springtide.market.fields import complaint, spec_of
from springtide.market.independence import is_quotation

DATA = files("springtide.market") / "data"
PRICES = ("open", "high", "low", "close")
NUMBERS = (*PRICES, "volume")
SHARED_BARS = {
    "HSI": "index/hsi.csv",
    "HSTECH": "index/hstech.csv",
    "9988.HK": "stock/9988.hk.csv",
    "0981.HK": "stock/0981.hk.csv",
    "KC": "stock/kc.csv",
    "3896.HK": "stock/3896.hk.csv",
}


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


BARS = rows("figures_bars.csv")
OBSERVATIONS = rows("figures_observations.csv")
CLOSES = {(row["symbol"], row["date"]): float(row["close"]) for row in BARS}
VALUES = {
    (row["subject"], row["field"], row["date"]): float(row["value"])
    for row in OBSERVATIONS
    if row["value"]
}


def gain(symbol: str, start: str, end: str) -> float:
    """Percentage change from one close to another."""
    return 100 * (CLOSES[symbol, end] / CLOSES[symbol, start] - 1)


# Well-formed


def test_columns() -> None:
    assert list(BARS[0]) == ["symbol", "date", *NUMBERS, "source"]
    assert list(OBSERVATIONS[0]) == [
        "subject", "field", "date", "value", "unit", "text", "source", "known_at",
    ]  # fmt: skip


def test_size_of_a_sheet_not_of_a_data_product() -> None:
    assert 80 <= len(BARS) + len(OBSERVATIONS) <= 120


@pytest.mark.parametrize("row", BARS, ids=lambda row: f"{row['symbol']}-{row['date']}")
def test_bar(row: dict[str, str]) -> None:
    known = {column: float(row[column]) for column in NUMBERS if row[column]}
    assert known["close"] > 0
    assert all(math.isfinite(price) and price > 0 for price in known.values())
    low, high = known.get("low", 0.0), known.get("high", math.inf)
    assert all(low <= known[column] <= high for column in PRICES if column in known)
    session = date.fromisoformat(row["date"])
    assert session.weekday() < 5
    assert session <= date(2025, 2, 13)
    assert row["source"].endswith(f"session of {row['date']}")
    assert "/" not in row["source"]


@pytest.mark.parametrize("row", OBSERVATIONS, ids=lambda row: f"{row['subject']}-{row['field']}")
def test_observation(row: dict[str, str]) -> None:
    assert row["subject"]
    known = instruments.find(row["subject"])
    assert spec_of(row["field"]) is not None, "a field of the vocabulary"
    assert complaint(row["field"], row["unit"], known) == ""
    assert row["source"]
    assert row["value"] or row["text"], "a figure is a number or a word"
    assert not row["value"] or math.isfinite(float(row["value"]))
    assert bool(row["value"]) == bool(row["unit"]), "numbers have units, words have none"
    known_at = datetime.fromisoformat(row["known_at"])
    assert known_at.tzinfo == UTC
    assert date.fromisoformat(row["date"]) <= known_at.date() <= date(2025, 2, 13)


def test_what_an_article_cites_is_told_from_what_was_published() -> None:
    """Only the exchange's own figures of flows are not cited by the article."""
    independent = {row["field"] for row in OBSERVATIONS if not is_quotation(row["source"])}
    assert independent == {"flow_net"}


def test_nothing_twice_and_in_order() -> None:
    bars = [(row["symbol"], row["date"]) for row in BARS]
    observations = [(row["subject"], row["field"], row["date"]) for row in OBSERVATIONS]
    assert len(set(bars)) == len(bars)
    assert len(set(observations)) == len(observations)
    for symbol in SHARED_BARS:
        dates = [row["date"] for row in BARS if row["symbol"] == symbol]
        assert dates == sorted(dates)


def test_no_stand_in_for_figures_that_nobody_published() -> None:
    """Open, high and low of HSTECH end on 2024-11-12; KC's come from one venue only."""
    for row in BARS:
        if row["symbol"] == "KC" or (row["symbol"] == "HSTECH" and row["date"] > "2024-11-12"):
            assert [row[column] for column in ("open", "high", "low")] == ["", "", ""]


# What the example turns on: hand-worked from the closes


@pytest.mark.parametrize(
    ("symbol", "start", "end", "percent", "decimals"),
    [
        ("HSTECH", "2024-12-31", "2025-02-13", 17.17, 2),  # 5235.28 / 4468.11, the year to date
        ("HSTECH", "2025-01-13", "2025-02-13", 24.0, 1),  # 5235.28 / 4221.92, since the low
        ("HSTECH", "2025-01-13", "2025-02-12", 25.1, 1),  # 5281.18 / 4221.92
        ("HSTECH", "2025-02-12", "2025-02-13", -0.87, 2),  # 5235.28 / 5281.18
        ("HSI", "2025-02-12", "2025-02-13", -0.20, 2),  # 21814.37 / 21857.92
        ("9988.HK", "2025-02-12", "2025-02-13", 2.55, 2),  # 116.7 / 113.8
        ("9988.HK", "2025-02-11", "2025-02-12", 8.5, 1),  # 113.8 / 104.9
        ("9988.HK", "2025-01-13", "2025-02-13", 49.4, 1),  # 116.7 / 78.1, since the low
        ("0981.HK", "2025-02-12", "2025-02-13", -4.07, 2),  # 46 / 47.95
    ],
)
def test_gain_between_two_closes(
    symbol: str, start: str, end: str, percent: float, decimals: int
) -> None:
    assert round(gain(symbol, start, end), decimals) == percent


@pytest.mark.parametrize(
    ("price_on", "percent"),
    [
        ("2025-02-07", -23.3),  # 13 / 16.94: the reading that "23% downside" fits
        ("2025-02-10", -29.2),  # 13 / 18.365
        ("2025-02-11", -23.7),  # 13 / 17.04: rounds to 24
        ("2025-02-12", -27.8),  # 13 / 18.01: the price of which the sentence speaks
        ("2025-02-13", -25.1),  # 13 / 17.35
    ],
)
def test_target_of_kingsoft_cloud_over_its_closes(price_on: str, percent: float) -> None:
    target = VALUES["KC", "target_price", "2025-02-13"]
    assert round(100 * (target / CLOSES["KC", price_on] - 1), 1) == percent


def test_hstech_against_its_past() -> None:
    """Above the end of February 2022, but three years hold higher closes, one only months ago."""
    today = CLOSES["HSTECH", "2025-02-13"]
    assert today > CLOSES["HSTECH", "2022-02-28"]
    assert CLOSES["HSTECH", "2024-10-07"] > today
    assert CLOSES["HSTECH", "2022-02-17"] > today


@pytest.mark.parametrize("symbol", ["HSTECH", "9988.HK"])
def test_low_of_the_year_can_be_proved(symbol: str) -> None:
    """Every session from year end on has its close, by the exchange's calendar."""
    import exchange_calendars

    sessions = exchange_calendars.get_calendar("XHKG").sessions_in_range("2024-12-31", "2025-02-13")
    closes = {day: close for (name, day), close in CLOSES.items() if name == symbol}
    year = {day: close for day, close in closes.items() if day >= "2024-12-31"}
    assert sorted(year) == [str(session.date()) for session in sessions]
    assert min(year, key=lambda day: year[day]) == "2025-01-13"


def test_published_figures_agree_among_themselves() -> None:
    """A daily average of 0.881bn doubles 0.42bn, and 17bn is between 19 and 20 such days."""
    year = VALUES["SOUTHBOUND", "flow_daily_average", "2025-02-13"]
    before = VALUES["SOUTHBOUND", "flow_daily_average", "2024-12-31"]
    assert round(year / before, 1) == 2.1
    assert 19 < VALUES["SOUTHBOUND", "flow_net_ytd", "2025-02-13"] / year < 20


# True to the record


@pytest.mark.shared
@pytest.mark.parametrize("symbol", SHARED_BARS)
def test_bars_agree_with_the_record_to_the_cent(symbol: str, shared: Path) -> None:
    record = pl.read_csv(
        shared / "market" / SHARED_BARS[symbol],
        columns=["date", *PRICES],
        schema_overrides=dict.fromkeys(PRICES, pl.Float64),
    )
    by_date = {row["date"]: row for row in record.to_dicts()}
    for row in (row for row in BARS if row["symbol"] == symbol):
        for column in (column for column in PRICES if row[column]):
            # Half a cent, and what four printed decimals can be off
            assert abs(by_date[row["date"]][column] - float(row[column])) <= 0.005, row


@pytest.mark.shared
def test_low_of_the_year_of_kingsoft_cloud(shared: Path) -> None:
    record = pl.read_csv(shared / "market" / SHARED_BARS["3896.HK"], columns=["date", "close"])
    year = record.filter(pl.col("date").is_between(pl.lit("2025-01-01"), pl.lit("2025-02-13")))
    assert year["close"].min() == CLOSES["3896.HK", "2025-01-20"]


@pytest.mark.shared
def test_flows_agree_with_the_record(shared: Path) -> None:
    record = pl.read_csv(
        shared / "market" / "flow" / "stock_connect_daily.csv",
        columns=["date", "southbound_net"],
        schema_overrides={"southbound_net": pl.Float64},
    )
    millions = dict(record.iter_rows())
    ours = {day: value for (_, field, day), value in VALUES.items() if field == "flow_net"}
    assert len(ours) == 4
    for day, value in ours.items():
        assert value == pytest.approx(millions[day] * 1e6, abs=5e3)  # printed to 0.01 million


@pytest.mark.shared
def test_every_figure_of_the_model_article_is_printed_in_it(shared: Path) -> None:
    text = (shared / "articles" / "annotated" / "00-hstech-rally.md").read_text(encoding="utf-8")
    scale = {"flow_net_ytd": 1e8, "flow_daily_average": 1e8}
    for (_, field, _), value in VALUES.items():
        if field != "flow_net":
            number = re.escape(f"{abs(value) / scale.get(field, 1):g}")
            assert re.search(rf"(?<![\d.]){number}(?![\d.])", text), field
