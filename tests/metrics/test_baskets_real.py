"""Baskets, contributions and breadth on real prices, against figures worked out beforehand.

Returns are of the closes as traded in Hong Kong from 31 December 2024 to 13 February 2025; the
breadth is that of the 500 Hong Kong shares of the reference data that are still listed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from springtide.market import registry
from springtide.market.ingest import store_bars
from springtide.market.lake import Lake
from springtide.market.sources.batch import Batch
from springtide.market.view import View
from springtide.metrics.params import params_from_text
from springtide.metrics.registry import get, measure

pytestmark = pytest.mark.shared

MEMBERS = {
    "cloud": "9988 0700 9888 3896",
    "app": "1024 9999 0020 0268",
    "hardware": "0981 0992 1810",
    "software": "0268 0020",
    "every": "0700 9988 3896 9888 0981 0992 0268 0020 1810 1024 9618 3690 9999 2015 9868",
}


def basket(identity: str, members: list[str], base: str, rebalance: str = "none") -> str:
    head = (
        f'[[basket]]\nid = "{identity}"\ncurrency = "HKD"\nrebalance = "{rebalance}"\n'
        f'base = {base}\nbenchmark = "HSTECH"\nsource = "a test, made 2025-02-14"\n'
    )
    return head + "".join(f'[[basket.member]]\ninstrument = "{one}"\n' for one in members)


@pytest.fixture(scope="module")
def panel(shared: Path) -> pl.DataFrame:
    """A year and a half of the closes of every Hong Kong share of the panel."""
    frame = pl.read_parquet(shared / "market" / "panel" / "hk_daily_2009_2025.parquet")
    dated = pl.col("date").is_between(date(2023, 9, 1), date(2025, 2, 13))
    return frame.filter(dated).select("symbol", "date", pl.col("close").cast(pl.Float64))


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory, panel: pl.DataFrame) -> Iterator[None]:
    folder = tmp_path_factory.mktemp("settings")
    text = ""
    for name, codes in MEMBERS.items():
        members = [f"{code}.HK" for code in codes.split()]
        text += basket(f"held_{name}", members, "2024-12-31")
        text += basket(f"daily_{name}", members, "2024-12-31", "daily")
        text += basket(f"long_{name}", members, "2023-12-29", "daily")
    text += basket("hk_large", panel["symbol"].unique().sort().to_list(), "2024-12-31")
    (folder / "baskets.toml").write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPRINGTIDE_CONFIG", str(folder))
        registry.forget()
        yield
    registry.forget()


Look = Callable[..., float]


def look_at(lake: Lake) -> Look:
    views: dict[str, View] = {}

    def call(words: str) -> float:
        metric, subject, as_of, *params = words.split()
        view = views.setdefault(as_of, View(lake, date.fromisoformat(as_of)))
        typed = params_from_text(get(metric).params, dict(text.split("=", 1) for text in params))
        made = measure(metric, view, view.instrument(subject), typed)
        assert isinstance(made.value, float), made.missing
        return made.value

    return call


@pytest.fixture(scope="module")
def look(settings: None, market_lake: Lake) -> Look:
    return look_at(market_lake)


FIGURES = [
    ("period_return held_cloud 2025-02-13", 27.52),
    ("period_return daily_cloud 2025-02-13", 28.21),
    ("relative_return held_cloud 2025-02-13", 10.35),
    ("relative_return held_cloud 2025-02-13 by=ratio", 8.83),
    ("period_return held_app 2025-02-13", 28.44),
    ("period_return daily_app 2025-02-13", 27.87),
    ("relative_return held_app 2025-02-13", 11.27),
    ("relative_return held_app 2025-02-13 by=ratio", 9.62),
    ("period_return held_hardware 2025-02-13", 28.49),
    ("period_return daily_hardware 2025-02-13", 29.19),
    ("relative_return held_hardware 2025-02-13", 11.32),
    ("relative_return held_hardware 2025-02-13 by=ratio", 9.66),
    ("period_return held_software 2025-02-13", 38.17),
    ("period_return daily_software 2025-02-13", 36.62),
    ("relative_return held_software 2025-02-13", 21.00),
    ("relative_return held_software 2025-02-13 by=ratio", 17.93),
    ("period_return held_every 2025-02-13", 23.90),
    ("period_return daily_every 2025-02-13", 24.39),
    ("relative_return held_every 2025-02-13", 6.73),
    ("relative_return held_every 2025-02-13 by=ratio", 5.75),
    ("contribution held_cloud 2025-02-13 member=9988.HK", 10.21),
    ("contribution held_cloud 2025-02-13 member=0700.HK", 1.32),
    ("contribution held_cloud 2025-02-13 member=9888.HK", 3.42),
    ("contribution held_cloud 2025-02-13 member=3896.HK", 12.56),
    # The one that comes with Springtide was last rebalanced on 31 December.
    ("relative_return hk_ai_cloud 2025-02-13 benchmark=HSTECH period=ytd", 10.35),
    # All fifteen stand above both averages, and Alibaba alone at its highest close of 250 sessions.
    ("breadth_above held_every 2025-02-13 window=50", 100.0),
    ("breadth_above held_every 2025-02-13 window=200", 100.0),
    ("breadth_highs held_every 2025-02-13", 1.0),
    # "Nearly 170 points" of Alibaba on 12 February: 170 / 21,294.86 / 8.48%.
    ("implied_weight HSI 2025-02-12 member=9988.HK points=170", 9.41),
    # Correlations at lags up to three sessions: 0.63 on the same day and 0.11 at most otherwise.
    ("lead_lag long_cloud 2025-02-13 other=long_hardware most=3", 0.0),
]


@pytest.mark.parametrize(("call", "value"), FIGURES, ids=[row[0] for row in FIGURES])
def test_figures_of_the_rally_of_2025(look: Look, call: str, value: float) -> None:
    assert look(call) == pytest.approx(value, abs=0.01)


def test_no_lead_is_said_where_the_same_day_is_the_closest(look: Look, market_lake: Lake) -> None:
    view = View(market_lake, date(2025, 2, 13))
    typed = params_from_text(get("lead_lag").params, {"other": "long_hardware", "most": "3"})
    made = measure("lead_lag", view, view.instrument("long_cloud"), typed)
    rows = {row.field.removeprefix("correlation with long_hardware, "): row.value
            for row in made.evidence.rows}  # fmt: skip
    # of simple means of members' log changes: 0.080, -0.043, -0.073, 0.636, 0.004, 0.075, 0.106
    shown = [rows[f"lag {lag}"] for lag in range(-3, 4)]
    assert shown == pytest.approx([0.080, -0.043, -0.073, 0.636, 0.004, 0.075, 0.106], abs=0.01)


@pytest.fixture(scope="module")
def breadth(settings: None, panel: pl.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> Look:
    lake = Lake.create(tmp_path_factory.mktemp("panel"))
    empty = [pl.lit(None, dtype=pl.Float64).alias(n) for n in ("open", "high", "low", "volume")]
    known = pl.lit(None, dtype=pl.Datetime("us", "UTC")).alias("known_at")
    frame = panel.with_columns(*empty, pl.lit("the panel").alias("source"), known)
    columns = ["symbol", "date", "open", "high", "low", "close", "volume", "source", "known_at"]
    assert not store_bars(lake, Batch("panel", frame.select(columns))).error
    return look_at(lake)


BREADTH = [
    # 301 with 1969.HK, whose price of 10 January is a hundred times the others and is refused
    ("2025-01-13", (13.3, 21.9, 47.1), 146, 300, 2, 20),
    ("2025-02-12", (74.7, 63.1, 61.4), 351, 105, 36, 2),
    ("2025-02-13", (65.8, 54.9, 59.6), 112, 349, 12, 3),
]


@pytest.mark.parametrize(("day", "above", "rose", "fell", "highs", "lows"), BREADTH)
def test_breadth_of_the_panel(
    breadth: Look, day: str, above: tuple[float, ...], rose: int, fell: int, highs: int, lows: int
) -> None:
    for window, share in zip((20, 50, 200), above, strict=True):
        assert breadth(f"breadth_above hk_large {day} window={window}") == pytest.approx(
            share, abs=0.06
        )
    assert breadth(f"advance_decline hk_large {day}") == rose
    assert breadth(f"advance_decline hk_large {day} count=declines") == fell
    assert breadth(f"breadth_highs hk_large {day}") == highs
    assert breadth(f"breadth_highs hk_large {day} side=low") == lows
