"""Where a rally began, and what is a real move: every part of the product says the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from springtide.market.closes import closes_of
from springtide.market.ingest import import_bars
from springtide.market.lake import Lake
from springtide.market.rallies import dated
from springtide.market.view import View
from springtide.metrics.registry import measure
from springtide.outlook.compose import outlook
from springtide.outlook.sentences import paragraph

FIRST, LAST = date(2016, 6, 1), date(2018, 1, 26)


# -- where a rally began -------------------------------------------------------------------------


def cut_lake(source: Lake, folder: Path, keep: Callable[[date], bool]) -> View:
    """Make a lake of the closes of the S&P 500 on some days, and look at it on 26 January 2018."""
    bars = View(source, LAST).bars("SPX")
    pairs = zip(bars.dates.tolist(), bars.close.tolist(), strict=True)
    rows = [f"{day},{close}" for day, close in pairs if keep(day)]
    (folder / "SPX.csv").write_text("\n".join(["date,close", *rows]) + "\n", encoding="utf-8")
    lake = Lake.create(folder / "lake")
    assert not import_bars(lake, [folder / "SPX.csv"], symbol="SPX").errors
    return View(lake, LAST)


def missing_in_spring(day: date) -> bool:
    return not date(2016, 3, 1) <= day < date(2016, 6, 1)


@pytest.mark.parametrize(
    ("keep", "first", "why"),
    [
        (lambda day: day >= FIRST, "2016-06-01", ""),
        (missing_in_spring, "2016-06-01", ", as sessions before it are missing"),
    ],
)
def test_every_section_says_that_the_rally_began_before_the_data(
    bundled_lake: Lake, tmp_path: Path, keep: Callable[[date], bool], first: str, why: str
) -> None:
    """It began on 9 March 2009; from June 2016 on nothing shows that, nor that it did not."""
    from springtide.brief.compose import compose
    from springtide.brief.drawing import place
    from springtide.brief.plot import Shade

    view = cut_lake(bundled_lake, tmp_path, keep)
    instrument = view.instrument("SPX")
    found = outlook(view, instrument)
    assert (found.market, found.rally, found.forecasts) == ("bull", None, ())
    (told,) = paragraph(found, after_fact=False)
    assert told.text("en") == (
        "How long it can last cannot be told: the rally began before the data do, at "
        f"{first}{why}: its trough is not known."
    )
    assert "始于数据之前" in told.text("zh-cn")
    for key in ("phase", "phase_age", "phase_pace", "rally_rank"):
        answer = measure(key, view, instrument)
        assert answer.value is None
        assert answer.missing == (
            f"closes of SPX before {first}{why}: the running phase began before the data do"
        )
    brief = compose(view, instrument)
    text = " ".join(
        one.text[lang]
        for part in brief.sections
        for one in part.sentences
        for lang in ("en", "zh-cn")
    )
    for never in ("324.65", "43.60", "2009", "27 June 2016", "6月27日", "2,174", "bull market"):
        assert never not in text
    (price,) = next(part.charts for part in brief.sections if part.key == "advance")
    assert "Not shaded: began before the data" in price.plot["en"].note
    assert "始于数据之前" in price.plot["zh-cn"].note
    assert "began before the data is not shaded" in price.alt["en"]
    shaded = [one for one in price.plot["en"].marks if isinstance(one, Shade)]
    assert not [one for one in shaded if one.last > place(date.fromisoformat(first))]


def test_with_all_closes_it_began_in_march_2009(bundled_lake: Lake) -> None:
    view = View(bundled_lake, LAST)
    instrument = view.instrument("SPX")
    assert measure("phase", view, instrument).value == pytest.approx(324.65, abs=0.005)
    found = outlook(view, instrument).rally
    assert found is not None
    assert (found.start, found.sessions) == (date(2009, 3, 9), 2238)


@pytest.mark.shared
def test_a_rally_that_opens_the_data_has_no_known_beginning(market_lake: Lake) -> None:
    """Of all series whose first phase is a rally, each is caught on every day of it: 17."""
    whole = View(market_lake, date(2026, 8, 21))
    opens = []
    for symbol in whole.symbols():
        closes = closes_of(whole, whole.instrument(symbol))
        made = dated(closes.part(*closes.stretches[0]), 0.2)
        if made.phases and made.phases[0].kind == "bull":
            opens.append((symbol, made))
    assert len(opens) == 17
    for symbol, made in opens:
        rally = made.phases[0]
        end = made.phases[1].confirmed if len(made.phases) > 1 else len(made.closes)
        for at in sorted({rally.confirmed, (rally.confirmed + end) // 2, end - 1}):
            view = whole.at(made.closes.day(at))
            instrument = view.instrument(symbol)
            assert "began before the data do" in measure("phase", view, instrument).missing
            found = outlook(view, instrument)
            assert (found.rally, found.forecasts) == (None, ())
            assert found.market == ("bull" if at > 1 else "undetermined")  # two closes are none


# -- real falls and rises by half ----------------------------------------------------------------


@pytest.fixture(scope="module")
def apple(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Lake:
    folder = tmp_path_factory.mktemp("apple")
    rows = pl.read_parquet(shared / "market" / "panel" / "us_daily_1990_2026.parquet")
    rows.filter(pl.col("symbol") == "AAPL").drop("symbol").write_csv(folder / "AAPL.csv")
    lake = Lake.create(folder / "lake")
    assert not import_bars(lake, [folder / "AAPL.csv"], symbol="AAPL").errors
    return lake


@pytest.mark.shared
def test_apple_fell_by_half_on_29_september_2000(apple: Lake) -> None:
    """It had warned of its sales the evening before, and no share was split."""
    view = View(apple, date(2000, 9, 29))
    instrument = view.instrument("AAPL")
    assert measure("pct_change", view, instrument).value == pytest.approx(-51.9, abs=0.05)
    closes = closes_of(view, instrument)
    assert closes.day(closes.unproved[-1]) == view.as_of
    assert closes.starts == (0,)
    phase, found = measure("phase", view, instrument), outlook(view, instrument)
    assert found.market == "bear"
    assert (found.since, found.real_moves) == (phase.evidence.rows[0].date, (view.as_of,))
    assert found.since == date(2000, 9, 1)  # its highest close since May
    assert found.change is not None
    assert 100 * found.change == pytest.approx(phase.value)
    assert phase.evidence.rows[-1].field == "change taken as real"
    assert phase.evidence.rows[-1].value == pytest.approx(-51.9, abs=0.05)


@pytest.mark.shared
def test_shanghai_doubled_on_21_may_1992(market_lake: Lake) -> None:
    """Price limits had been lifted that day."""
    view = View(market_lake, date(1992, 5, 21))
    instrument = view.instrument("SSE")
    assert measure("pct_change", view, instrument).value == pytest.approx(105, abs=0.5)
    closes = closes_of(View(market_lake, date(2026, 8, 21)), instrument)
    assert (closes.starts, closes.unproved) == ((0,), ())
    # Half a year later: the fall from May to November 1992 stands on the same stretch.
    later = View(market_lake, date(1992, 11, 30))
    found = outlook(later, instrument)
    assert found.rally is not None
    assert found.rally.start == measure("phase", later, instrument).evidence.rows[0].date
    assert found.rally.start == date(1992, 11, 17)


@pytest.mark.shared
def test_the_nikkei_lacks_april_1972(market_lake: Lake) -> None:
    view = View(market_lake, date(1972, 12, 29))
    closes = closes_of(view, view.instrument("N225"))
    assert [closes.day(at) for at in closes.starts[1:]] == [date(1972, 5, 1)]
    assert closes.cuts[1:] == ("gap",)
