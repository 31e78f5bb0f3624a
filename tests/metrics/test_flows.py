"""Net buying: a published year to the digit, what is missing by name, and what is never summed."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest

from springtide.claims.model import Measurement, Row, Value
from springtide.market import calendars, series
from springtide.market.ingest import import_observations, store_observations
from springtide.market.lake import Lake
from springtide.market.layouts.model import Given, Unit
from springtide.market.sources.batch import OBSERVATION_COLUMNS, Batch
from springtide.market.view import View
from springtide.metrics import flows
from springtide.metrics.params import params_from_text
from springtide.metrics.registry import get, measure

UNITS = (Unit("HKD", 1e6), Unit("CNY", 1e6))
MILLION = 1e6


def ask(lake: Lake, metric: str, subject: str, day: str, **params: str) -> Measurement:
    view = View(lake, date.fromisoformat(day))
    typed = params_from_text(get(metric).params, params)
    return measure(metric, view, view.instrument(subject), typed)


@pytest.fixture(scope="module")
def record(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Lake:
    """Stock Connect since its first day, as the exchanges published it."""
    lake = Lake.create(tmp_path_factory.mktemp("flows"))
    path = shared / "market" / "flow" / "stock_connect_daily.csv"
    import_observations(lake, [path], layout="connect", given=Given(units=UNITS))
    return lake


# Sums in HKD million; sessions of its own, of Hong Kong, of the mainland.
TRUTH = [
    ("2023-12-31", "span:2023-01-01..2023-12-31", 318_841.51, (231, 243, 242)),
    ("2024-12-31", "ytd", 807_869.34, (233, 246, 242)),
    ("2024-02-13", "ytd", 21_295.85, (28, 29, 28)),
    ("2025-02-07", "ytd", 130_420.02, (21, 24, 21)),
    ("2025-02-13", "ytd", 144_477.66, (25, 28, 25)),
    ("2025-12-31", "ytd", 1_404_843.63, (237, 246, 243)),
    ("2025-02-13", "span:2025-01-01..2025-01-31", 125_592.21, (18, 19, 18)),
]


@pytest.mark.shared
@pytest.mark.parametrize(("day", "period", "total", "sessions"), TRUTH)
def test_sums_and_averages_of_the_record(
    record: Lake, day: str, period: str, total: float, sessions: tuple[int, int, int]
) -> None:
    net = ask(record, "flow_net", "SOUTHBOUND", day, period=period)
    assert net.value == pytest.approx(total * MILLION, abs=5000)
    assert net.unit == "HKD"
    assert net.evidence.windows[0].count == sessions[0]
    assert net.evidence.windows[0].missing == 0
    for per, count in zip(("own", "exchange", "mainland"), sessions, strict=True):
        mean = ask(record, "flow_average", "SOUTHBOUND", day, period=period, per=per)
        assert mean.value == pytest.approx(total * MILLION / count, abs=500)


@pytest.mark.shared
@pytest.mark.parametrize(
    ("day", "params", "ratio"),
    [
        ("2025-02-13", {}, 1.667),
        ("2025-02-13", {"per": "exchange"}, 1.571),
        ("2025-01-27", {}, 2.012),
        ("2025-02-13", {"against": "same-period-last-year", "measure": "sum"}, 6.784),
    ],
)
def test_one_period_against_another(
    record: Lake, day: str, params: dict[str, str], ratio: float
) -> None:
    answer = ask(record, "flow_ratio", "SOUTHBOUND", day, **params)
    assert answer.value == pytest.approx(ratio, abs=5e-4)
    assert answer.unit == "x"


@pytest.mark.shared
def test_days_runs_and_records_of_the_record(record: Lake) -> None:
    for day, net in {
        "2025-02-10": 16_467.83, "2025-02-11": -8_898.11, "2025-02-12": 7_511.58,
        "2025-02-13": -1_023.66, "2025-02-14": 7_712.96,
    }.items():  # fmt: skip
        assert ask(record, "flow_net", "SOUTHBOUND", day).value == pytest.approx(net * MILLION)
    days = calendars.sessions("CONNECT_SOUTH", date(2025, 1, 2), date(2025, 2, 13))
    assert days is not None
    runs = [ask(record, "flow_streak", "SOUTHBOUND", str(day)).value for day in days]
    longest = max(run for run in runs if isinstance(run, float))
    assert longest >= 16  # sixteen in 2025, after those at the end of 2024
    every = {"lookback": "all"}
    assert ask(record, "flow_record", "SOUTHBOUND", "2025-08-15", **every).value is True
    assert ask(record, "flow_record", "SOUTHBOUND", "2025-08-14", **every).value is False
    selling = ask(record, "flow_streak", "SOUTHBOUND", "2025-02-13", side="selling")
    assert selling.value == 1.0


@pytest.mark.shared
def test_northbound_ends_with_its_publication(record: Lake) -> None:
    before = ask(record, "flow_net", "NORTHBOUND", "2024-08-16", period="ytd")
    assert before.unit == "CNY"
    assert before.evidence.windows[0].count == 148
    after = ask(record, "flow_net", "NORTHBOUND", "2024-12-31", period="ytd")
    assert after.value is None
    assert after.missing == "net buying of NORTHBOUND has not been published since 2024-08-16"


# -- by hand ---------------------------------------------------------------------------------

FEBRUARY = {
    "2025-02-05": 5.0, "2025-02-06": 9.0, "2025-02-07": -3.0, "2025-02-10": 16.0,
    "2025-02-11": 8.0, "2025-02-12": 7.0, "2025-02-13": 20.0,
}  # fmt: skip


def figures(
    values: dict[str, float], field: str = "flow_net", subject: str = "SOUTHBOUND",
    source: str = "an exchange", unit: str = "HKD",
) -> Batch:  # fmt: skip
    frame = pl.DataFrame(
        {
            "subject": subject,
            "field": field,
            "date": [date.fromisoformat(day) for day in values],
            "value": list(values.values()),
            "unit": unit,
            "text": pl.Series([None] * len(values), dtype=pl.String),
            "source": source,
            "known_at": pl.Series([None] * len(values), dtype=pl.Datetime("us", "UTC")),
        }
    )
    return Batch(field, frame.select(OBSERVATION_COLUMNS))


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake.create(tmp_path / "lake")


WEEK = {"period": "last:4:sessions"}


def test_a_week_by_hand(lake: Lake) -> None:
    store_observations(lake, figures(FEBRUARY))
    assert ask(lake, "flow_net", "SOUTHBOUND", "2025-02-13", **WEEK).value == 51.0
    assert ask(lake, "flow_average", "SOUTHBOUND", "2025-02-13", **WEEK).value == 12.75
    earlier = ask(lake, "flow_net", "SOUTHBOUND", "2025-02-13", to="2025-02-11", **WEEK)
    assert earlier.value == 9.0 - 3.0 + 16.0 + 8.0
    assert ask(lake, "flow_streak", "SOUTHBOUND", "2025-02-13").value == 4.0
    assert ask(lake, "flow_streak", "SOUTHBOUND", "2025-02-07", side="selling").value == 1.0
    assert ask(lake, "flow_record", "SOUTHBOUND", "2025-02-13", lookback="last:7:sessions").value
    ratio = ask(
        lake, "flow_ratio", "SOUTHBOUND", "2025-02-13", period="last:1:sessions", against="span",
        base="span:2025-02-05..2025-02-06",
    )  # fmt: skip
    assert ratio.value == pytest.approx(20.0 / 7.0)


def test_a_missing_day_names_that_day(lake: Lake) -> None:
    store_observations(lake, figures({d: v for d, v in FEBRUARY.items() if d != "2025-02-11"}))
    for metric in ("flow_net", "flow_average"):
        answer = ask(lake, metric, "SOUTHBOUND", "2025-02-13", **WEEK)
        assert answer.value is None
        assert answer.missing == "net buying of SOUTHBOUND is missing for 2025-02-11"
    run = ask(lake, "flow_streak", "SOUTHBOUND", "2025-02-13")
    assert run.missing == "net buying of SOUTHBOUND is missing for 2025-02-11"


def test_a_day_on_which_one_market_is_closed_has_no_flow(lake: Lake) -> None:
    store_observations(lake, figures({"2025-01-27": 5.0}))
    answer = ask(lake, "flow_net", "SOUTHBOUND", "2025-02-03")  # the mainland's holidays
    assert answer.missing == "no session of SOUTHBOUND between 2025-02-03 and 2025-02-03"


def test_the_publishers_own_sum_is_the_second_choice_and_a_quotation_none(lake: Lake) -> None:
    said = {"2025-02-13": 99.0}
    quoted = "a broker, quoted by a newspaper on 2025-02-13"
    store_observations(lake, figures(said, "flow_net_ytd", source=quoted))
    year = {"period": "ytd"}
    assert ask(lake, "flow_net", "SOUTHBOUND", "2025-02-13", **year).value is None
    store_observations(lake, figures(said, "flow_net_ytd"))
    answer = ask(lake, "flow_net", "SOUTHBOUND", "2025-02-13", **year)
    assert answer.value == 99.0
    assert [(row.field, row.source) for row in answer.evidence.rows] == [
        ("flow_net_ytd", "an exchange")
    ]
    assert ask(lake, "flow_net", "SOUTHBOUND", "2025-02-14", **year).value is None  # of that day


def test_only_quotations_say_what_was_quoted(lake: Lake) -> None:
    quoted = "a broker, quoted by a newspaper on 2025-02-13"
    store_observations(lake, figures({"2025-02-13": 20.0}, source=quoted))
    answer = ask(lake, "flow_net", "SOUTHBOUND", "2025-02-13")
    assert answer.value is None
    assert answer.missing.startswith("net buying of SOUTHBOUND is on file only as quoted: 20 HKD")


def test_two_sources_and_two_bases_are_never_mixed(lake: Lake) -> None:
    store_observations(lake, figures(FEBRUARY))
    more = {day: value + 1 for day, value in FEBRUARY.items() if day > "2025-02-06"}
    store_observations(lake, figures(more, source="another"))
    assert ask(lake, "flow_net", "SOUTHBOUND", "2025-02-13", **WEEK).value == 51.0  # ties by name
    quota = ask(lake, "flow_net", "SOUTHBOUND", "2025-02-13", basis="quota", **WEEK)
    assert quota.value is None
    assert quota.unit == "CNY"


@pytest.mark.parametrize("field", ["flow_cumulative", "flow_net_ytd", "flow_daily_average"])
def test_what_is_no_flow_of_a_day_can_not_be_summed(lake: Lake, field: str) -> None:
    store_observations(lake, figures(FEBRUARY, field))
    view = View(lake, date(2025, 2, 13))
    made = series.observed(
        view, "SOUTHBOUND", field, "CONNECT_SOUTH", date(2025, 2, 5), date(2025, 2, 13)
    )
    assert made is not None
    with pytest.raises(TypeError, match="do not add up"):
        flows.total(made)


PARTS = {"SOUTHBOUND.IT": 10.0, "SOUTHBOUND.FINANCIALS": 41.0}


def test_the_part_of_a_sector(lake: Lake) -> None:
    store_observations(lake, figures(FEBRUARY))
    for name, whole in PARTS.items():
        share = {day: value * whole / 51.0 for day, value in FEBRUARY.items()}
        store_observations(lake, figures(share, subject=name, source="a monitor"))
    day = ("flow_share", "SOUTHBOUND", "2025-02-13")
    assert ask(lake, *day, part="IT", **WEEK).value == pytest.approx(100 * 10 / 51)
    unknown = ask(lake, *day, part="Health care", **WEEK)
    assert unknown.missing == "net buying of Health care among the parts of SOUTHBOUND"


def test_parts_that_do_not_make_up_the_whole(lake: Lake) -> None:
    store_observations(lake, figures(FEBRUARY))
    half = {day: value / 2 for day, value in FEBRUARY.items()}
    store_observations(lake, figures(half, subject="SOUTHBOUND.IT", source="a monitor"))
    answer = ask(lake, "flow_share", "SOUTHBOUND", "2025-02-13", part="IT", **WEEK)
    assert answer.value is None
    assert "add up to 50.0% of it" in answer.missing


ASKED: list[tuple[str, dict[str, str]]] = [
    ("flow_net", {}), ("flow_net", WEEK), ("flow_average", WEEK),
    ("flow_ratio", {"period": "last:1:sessions", "against": "span",
                    "base": "span:2025-02-05..2025-02-06"}),
    ("flow_streak", {}), ("flow_record", {"lookback": "last:3:sessions"}),
    ("flow_share", {"part": "IT", **WEEK}),
]  # fmt: skip


@pytest.mark.parametrize(("metric", "params"), ASKED)
def test_later_rows_and_revisions_change_nothing_before(
    lake: Lake, metric: str, params: dict[str, str]
) -> None:
    def everything() -> list[tuple[Value, str, tuple[Row, ...]]]:
        days = [date(2025, 2, 5) + timedelta(days=k) for k in range(8)]
        answers = [ask(lake, metric, "SOUTHBOUND", str(day), **params) for day in days]
        return [(one.value, one.missing, one.evidence.rows) for one in answers]

    store_observations(lake, figures(FEBRUARY))
    store_observations(lake, figures(FEBRUARY, subject="SOUTHBOUND.IT", source="a monitor"))
    before = everything()
    assert any(value is not None for value, *_ in before)
    store_observations(lake, figures({"2025-02-14": 70.0, "2025-02-17": -9.0}))
    store_observations(lake, figures({"2025-02-11": 8.5}))  # known today, not then
    assert everything() == before


@pytest.mark.parametrize(("metric", "params"), ASKED)
def test_another_unit_changes_sums_and_nothing_else(
    tmp_path: Path, metric: str, params: dict[str, str]
) -> None:
    answers = []
    for name, factor in (("a", 1.0), ("b", 1e6)):
        lake = Lake.create(tmp_path / name)
        scaled = {day: value * factor for day, value in FEBRUARY.items()}
        store_observations(lake, figures(scaled))
        store_observations(lake, figures(scaled, subject="SOUTHBOUND.IT", source="a monitor"))
        answers.append(ask(lake, metric, "SOUTHBOUND", "2025-02-13", **params))
    one, other = (answer.value for answer in answers)
    assert one is not None
    assert other is not None
    in_money = answers[0].unit == "HKD"
    assert other == pytest.approx(one * (1e6 if in_money else 1.0))
