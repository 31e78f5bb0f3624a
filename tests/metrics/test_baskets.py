"""Baskets against hand-worked cases: values, weights, who comes and goes, and what is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import exchange_calendars as xcals
import pytest

from springtide.claims.model import Measurement
from springtide.market import instruments, registry
from springtide.market.ingest import import_bars, import_observations
from springtide.market.lake import Lake
from springtide.market.view import View
from springtide.metrics.params import params_from_text
from springtide.metrics.registry import get, measure

SESSIONS = [
    f"{day:%Y-%m-%d}"
    for day in xcals.get_calendar("XNYS").sessions_in_range("2024-01-25", "2024-02-09")
]

# Twelve sessions over the turn of a month, 31 January the fifth of them.
CLOSES = {
    "IXIC": "100 110 120 110 120 130 140 150 160 170 180 190",
    "SPX": "50 50 50 45 50 40 45 50 55 60 65 70",
    "DJIA": "10 11 12 13 14 15 16 17 18 19 20 21",
    # no close from 1 February on, for seven sessions
    "RUT": "20 22 21 20 20 - - - - - - -",
}

TOML = """
[[basket]]
id = "two_drift"
currency = "USD"
base = 2024-01-25
calendar = "XNYS"
source = "a test, made 2024-02-01"
en = ["Drifting pair"]
zh-cn = ["漂移组合"]
zh-hk = ["漂移組合"]
benchmark = "DJIA"
[[basket.member]]
instrument = "IXIC"
[[basket.member]]
instrument = "SPX"

[[basket]]
id = "two_daily"
currency = "USD"
rebalance = "daily"
base = 2024-01-25
calendar = "XNYS"
source = "a test"
selected = 2023-12-31
[[basket.member]]
instrument = "IXIC"
[[basket.member]]
instrument = "SPX"

[[basket]]
id = "two_monthly"
currency = "USD"
rebalance = "monthly"
base = 2024-01-25
calendar = "XNYS"
source = "a test, made 2023-12-31"
[[basket.member]]
instrument = "IXIC"
[[basket.member]]
instrument = "SPX"

[[basket]]
id = "two_fixed"
currency = "USD"
weights = "fixed"
base = 2024-01-25
calendar = "XNYS"
source = "a test, made 2023-12-31"
[[basket.member]]
instrument = "IXIC"
weight = 3
[[basket.member]]
instrument = "SPX"
weight = 1

[[basket]]
id = "who_comes"
currency = "USD"
base = 2024-01-25
calendar = "XNYS"
source = "a test, made 2023-12-31"
[[basket.member]]
instrument = "IXIC"
to = 2024-01-30
[[basket.member]]
instrument = "SPX"
[[basket.member]]
instrument = "DJIA"
from = 2024-01-30

[[basket]]
id = "with_gap"
currency = "USD"
base = 2024-01-25
calendar = "XNYS"
source = "a test, made 2023-12-31"
[[basket.member]]
instrument = "IXIC"
[[basket.member]]
instrument = "RUT"

[[basket]]
id = "by_cap"
currency = "USD"
weights = "cap"
base = 2024-01-25
calendar = "XNYS"
source = "a test, made 2023-12-31"
[[basket.member]]
instrument = "IXIC"
[[basket.member]]
instrument = "SPX"

[[basket]]
id = "in_dollars"
currency = "USD"
base = 2024-01-25
calendar = "XNYS"
source = "a test, made 2023-12-31"
[[basket.member]]
instrument = "IXIC"
[[basket.member]]
instrument = "HSI"

[[basket]]
id = "six_members"
currency = "USD"
base = 2024-01-25
calendar = "XNYS"
source = "a test, made 2023-12-31"
[[basket.member]]
instrument = "IXIC"
[[basket.member]]
instrument = "SPX"
[[basket.member]]
instrument = "DJIA"
[[basket.member]]
instrument = "NDX"
[[basket.member]]
instrument = "HXC"
[[basket.member]]
instrument = "RUT"
"""

MORE = {
    "NDX": "10 10 10 10 10 10 10 10 10 10 10 10",
    "HXC": "9 8 7 6 5 6 7 6 5 4 3 2",
    "HSI": "100 100 100 100 100 100 100 100 100 100 100 110",
    "USDHKD=X": "8 8 8 8 8 8 8 8 8 8 8 10",
}

FIGURES = """\
subject,field,date,value,unit,text,source,known_at
IXIC,free_float_cap,2024-01-24,900,USD,,House,
SPX,free_float_cap,2024-01-24,100,USD,,House,
IXIC,index_weight:DJIA,2024-01-25,60,%,,Index house,
SPX,index_weight:DJIA,2024-01-25,40,%,,Index house,
"""


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Settings with baskets of the test's own."""
    folder = tmp_path_factory.mktemp("settings")
    (folder / "baskets.toml").write_text(TOML, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPRINGTIDE_CONFIG", str(folder))
        registry.forget()
        yield folder
    registry.forget()


@pytest.fixture(scope="module")
def lake(settings: Path, tmp_path_factory: pytest.TempPathFactory) -> Lake:
    return made_in(tmp_path_factory.mktemp("baskets"))


def made_in(folder: Path, until: str = "2024-02-09") -> Lake:
    """Make a lake of the closes up to a day."""
    lines = ["symbol,date,close"]
    for symbol, closes in {**CLOSES, **MORE}.items():
        for day, close in zip(SESSIONS, closes.split(), strict=False):
            if close != "-" and day <= until:
                lines.append(f"{symbol},{day},{close}")
    (folder / "bars.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "figures.csv").write_text(FIGURES, encoding="utf-8")
    made = Lake.create(folder / "lake")
    report = import_bars(made, [folder / "bars.csv"], today=date(2026, 1, 1))
    assert (report.errors, report.total("refused")) == ((), 0)
    assert not import_observations(made, [folder / "figures.csv"]).errors
    return made


Ask = Callable[..., Measurement]


@pytest.fixture(scope="module")
def ask(lake: Lake) -> Ask:
    views: dict[str, View] = {}

    def call(metric: str, subject: str, as_of: str, *params: str) -> Measurement:
        view = views.setdefault(as_of, View(lake, date.fromisoformat(as_of)))
        typed = params_from_text(get(metric).params, dict(p.split("=", 1) for p in params))
        return measure(metric, view, view.instrument(subject), typed)

    return call


LEVELS = [
    # Held: half of 190 / 100 and half of 70 / 50.
    ("two_drift", "2024-01-25", 100.0),
    ("two_drift", "2024-02-09", 100 * (1.9 + 1.4) / 2),
    # Set anew every day: the product of (1 + mean of the two changes).
    ("two_daily", "2024-01-30", 100 * 1.05 * (1 + (120 / 110 - 1) / 2)
     * (1 + (110 / 120 + 45 / 50 - 2) / 2)),
    # Held to the last close of January, 120 and 50; then half each.
    ("two_monthly", "2024-02-02", 100 * (1.2 + 1.0) / 2 * (140 / 120 + 45 / 50) / 2),
    # Three to one at the base.
    ("two_fixed", "2024-02-09", 100 * (0.75 * 1.9 + 0.25 * 1.4)),
    # One leaves and one comes at the close of 30 January: 110, 45 and 13.
    ("who_comes", "2024-01-30", 100 * (110 / 100 + 45 / 50) / 2),
    ("who_comes", "2024-02-09", 100 * (110 / 100 + 45 / 50) / 2 * (70 / 45 + 21 / 13) / 2),
    # Its last close counts for five sessions: 20 on 31 January, up to 7 February.
    ("with_gap", "2024-02-07", 100 * (1.7 + 1.0) / 2),
    # Nine to one by capitalisation.
    ("by_cap", "2024-02-09", 100 * (0.9 * 1.9 + 0.1 * 1.4)),
    # 100 HKD at 8 to the dollar, 110 at 10.
    ("in_dollars", "2024-02-09", 100 * (1.9 + (110 / 10) / (100 / 8)) / 2),
]  # fmt: skip


@pytest.mark.parametrize(("subject", "day", "level"), LEVELS)
def test_levels_worked_by_hand(ask: Ask, subject: str, day: str, level: float) -> None:
    made = ask("close_level", subject, day)
    assert made.missing == ""
    assert made.value == pytest.approx(level, rel=1e-12)
    assert made.unit == "points"


def test_a_member_without_a_close_for_long_leaves_the_basket_without_one(ask: Ask) -> None:
    made = ask("close_level", "with_gap", "2024-02-08")
    assert made.missing == (
        "no close of RUT, a member of with_gap, within 5 sessions up to 2024-02-08"
    )
    assert "RUT" in made.missing_in("zh-hk")


@pytest.mark.parametrize(
    ("call", "value"),
    [
        # 65% against the 110% of the Dow.
        ("relative_return two_drift 2024-02-09 period=all", 65.0 - 110.0),
        ("relative_return two_drift 2024-02-09 period=all by=ratio", 100 * (1.65 / 2.1 - 1)),
        ("relative_return two_drift 2024-02-09 period=all benchmark=NDX", 65.0),
        # 10% in Hong Kong, and 10 / 8 less for who counts in dollars: 1.1 * 0.8.
        ("relative_return IXIC 2024-02-09 period=all benchmark=HSI", 90.0 - (-12.0)),
        ("contribution two_drift 2024-02-09 period=all member=IXIC", 45.0),
        ("contribution two_drift 2024-02-09 period=all member=SPX", 20.0),
        ("contribution two_drift 2024-02-09 period=all", 45.0),
        ("contribution two_drift 2024-02-09 period=last:1:sessions member=IXIC unit=points", 5.0),
        # 5 points of 200 by a change of 5%.
        ("implied_weight two_drift 2024-01-26 member=IXIC points=1", 100 * 1 / 100 / 0.1),
        # IXIC, SPX and DJIA rose, HXC fell, NDX stood still, RUT has no close.
        ("advance_decline six_members 2024-02-09", 3.0),
        ("advance_decline six_members 2024-02-09 count=declines", 1.0),
        ("advance_decline six_members 2024-02-09 count=unchanged", 1.0),
        ("advance_decline six_members 2024-02-09 count=ratio", 3.0),
        ("breadth_above six_members 2024-02-09 window=3", 60.0),
        ("breadth_highs six_members 2024-02-09 window=3", 4.0),
        ("breadth_highs six_members 2024-02-09 window=3 side=low", 2.0),
        ("breadth_highs six_members 2024-02-09 window=3 of=share", 80.0),
        # 31 January: IXIC 120 of 100 to 120, SPX 50, DJIA 14, NDX 10, HXC 5, RUT 20.
        ("breadth_highs six_members 2024-01-31 window=5", 4.0),
    ],
)
def test_metrics_worked_by_hand(ask: Ask, call: str, value: float) -> None:
    made = ask(*call.split())
    assert made.missing == ""
    assert made.value == pytest.approx(value, rel=1e-9)


def test_contributions_add_up_whatever_is_rebalanced(ask: Ask) -> None:
    for subject in ("two_drift", "two_daily", "two_monthly", "who_comes"):
        whole = ask("period_return", subject, "2024-02-09", "period=all").value
        parts = [
            ask("contribution", subject, "2024-02-09", "period=all", f"member={member}").value
            for member in ("IXIC", "SPX", *(["DJIA"] if subject == "who_comes" else []))
        ]
        assert sum(parts) == pytest.approx(whole, abs=1e-9)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("call", "missing"),
    [
        ("advance_decline two_drift 2024-02-09", "5 members of two_drift are needed, 2 are there"),
        (
            "advance_decline SPX 2024-02-09",
            "a list of the members of SPX with their weights of the 45 days up to 2024-02-09",
        ),
        ("relative_return SPX 2024-02-09", "the parameter benchmark: with what or whom SPX"),
        ("relative_return SPX 2024-02-09 benchmark=NOSUCH", "NOSUCH is not in the registry"),
        ("contribution two_drift 2024-02-09 period=all member=DJIA", "DJIA is no member of"),
        (
            # 60% of 90% and 40% of 40% are 70%, and the index rose 110%.
            "contribution DJIA 2024-02-09 period=all member=IXIC",
            "weights of DJIA that hold from 2024-01-25 to 2024-02-09",
        ),
        ("breadth_above six_members 2024-02-09 window=50", "enough closes up to 2024-02-09 of 5"),
        ("lead_lag two_drift 2024-02-09", "251 sessions on which both two_drift and DJIA"),
        ("implied_weight two_drift 2024-02-09 member=NDX", "closes of NDX that differ on"),
    ],
)
def test_what_is_missing_is_said(ask: Ask, call: str, missing: str) -> None:
    made = ask(*call.split())
    assert made.value is None
    assert made.missing.startswith(missing)
    for language in ("zh-cn", "zh-hk"):
        assert made.missing_in(language)  # type: ignore[arg-type]


def test_evidence_lists_the_members_closes(ask: Ask) -> None:
    made = ask("period_return", "two_drift", "2024-02-09", "period=all")
    cited = [(row.subject, str(row.date), row.value) for row in made.evidence.rows]
    assert cited == [
        ("two_drift", "2024-01-25", 100.0),
        ("two_drift", "2024-02-09", pytest.approx(165.0)),
        ("IXIC", "2024-01-25", 100.0),
        ("IXIC", "2024-02-09", 190.0),
        ("SPX", "2024-01-25", 50.0),
        ("SPX", "2024-02-09", 70.0),
    ]


def test_breadth_cites_the_closes_of_members_once(ask: Ask) -> None:
    made = ask("breadth_above", "six_members", "2024-02-09", "window=3")
    assert [window.subject for window in made.evidence.windows] == [
        "DJIA", "HXC", "IXIC", "NDX", "RUT", "SPX",
    ]  # fmt: skip
    assert {row.field: row.value for row in made.evidence.rows} == {
        "above": 3.0, "counted": 5.0, "left out": 1.0,
    }  # fmt: skip


def test_hindsight_is_said_where_members_were_chosen_later(ask: Ask) -> None:
    made = ask("period_return", "two_drift", "2024-02-09", "period=all")
    first, last = made.evidence.rows[:2]
    assert first.source.endswith("chosen with hindsight on 2024-02-01")
    assert "hindsight" not in last.source
    foreseen = ask("period_return", "two_monthly", "2024-02-09", "period=all")
    assert not any("hindsight" in row.source for row in foreseen.evidence.rows)


def test_a_value_does_not_change_when_later_closes_arrive(lake: Lake) -> None:
    """The basket as of a day is the same in every later view, and in that of the day itself."""
    late = View(lake, date(2024, 2, 9))
    for basket in instruments.all_baskets():
        if basket.id == "hk_ai_cloud":
            continue
        whole = late.bars(basket.id)
        for day in SESSIONS:
            bars = View(lake, date.fromisoformat(day)).bars(basket.id)
            assert bars.close.tolist() == whole.close[: len(bars)].tolist()
            assert bars.dates.tolist() == whole.dates[: len(bars)].tolist()


ASKED = [
    "close_level two_monthly",
    "period_return who_comes period=all",
    "relative_return two_drift period=all by=ratio",
    "relative_return IXIC period=all benchmark=HSI",
    "lead_lag two_drift",
    "breadth_above six_members window=3",
    "breadth_highs six_members window=3 side=low",
    "advance_decline six_members count=ratio",
    "contribution two_daily period=all",
    "contribution DJIA period=all member=IXIC",
    "implied_weight two_drift member=IXIC",
]


@pytest.mark.parametrize("call", ASKED)
@pytest.mark.parametrize("day", ["2024-02-01", "2024-02-05"])
def test_no_measurement_changes_when_later_closes_arrive(
    ask: Ask, settings: Path, tmp_path: Path, call: str, day: str
) -> None:
    metric, subject, *params = call.split()
    early = View(made_in(tmp_path, day), date.fromisoformat(day))
    typed = params_from_text(get(metric).params, dict(p.split("=", 1) for p in params))
    then = measure(metric, early, early.instrument(subject), typed)
    now = ask(metric, subject, day, *params)
    assert (then.value, then.missing) == (now.value, now.missing)
    assert then.evidence.rows == now.evidence.rows
    assert then.evidence.windows == now.evidence.windows
