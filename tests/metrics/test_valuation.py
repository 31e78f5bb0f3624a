"""Multiples: hand-worked on a small lake, what is missing, and the published truth on real data."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from springtide.claims.model import Measurement
from springtide.market import calendars
from springtide.market.ingest import import_bars, import_observations, store_observations
from springtide.market.lake import Lake
from springtide.market.layouts.model import Given
from springtide.market.sources.batch import Batch
from springtide.market.view import View
from springtide.metrics.params import params_from_text
from springtide.metrics.registry import get, measure

FIRST, LAST = date(2023, 1, 3), date(2025, 2, 13)
Ask = Callable[[str], Measurement]


def asker(lake: Lake) -> Ask:
    """Measure as a line says: metric, subject, day, parameters."""

    def ask(line: str) -> Measurement:
        key, subject, day, *given = line.split()
        view = View(lake, date.fromisoformat(day))
        params = params_from_text(get(key).params, dict(one.split("=", 1) for one in given))
        return measure(key, view, view.instrument(subject), params)

    return ask


def series(
    subject: str, field: str, values: dict[date, float], source: str, unit: str = "x"
) -> pl.DataFrame:
    days = list(values)
    return pl.DataFrame(
        {
            "subject": subject,
            "field": field,
            "date": days,
            "value": [float(values[day]) for day in days],
            "unit": unit,
            "text": pl.Series([None] * len(days), dtype=pl.String),
            "source": source,
            "known_at": pl.Series([None] * len(days), dtype=pl.Datetime("us", "UTC")),
        }
    )


def sessions(calendar: str, first: date = FIRST, last: date = LAST) -> list[date]:
    days = calendars.sessions(calendar, first, last)
    assert days is not None
    return days.tolist()


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """A lake of multiples that can be worked by hand: HSI at 10 and 20 in turn, 30 on the day."""
    lake = Lake.create(tmp_path_factory.mktemp("multiples"))
    days = sessions("XHKG")
    hsi = {day: 10.0 + 10.0 * (i % 2) for i, day in enumerate(days)} | {LAST: 30.0}
    closed = date(2025, 1, 30)  # the second day of the Lunar New Year: Hong Kong was shut
    assert closed not in days
    rows = [
        series("HSI", "trailing_pe", hsi | {closed: 9999.0}, "vendor A"),
        series("HSI", "trailing_pe", dict.fromkeys(days[-300:], 50.0), "vendor B"),
        series("HSI", "dividend_yield", {LAST: 4.0}, "vendor A", "%"),
        series("HSI", "price_to_book", dict.fromkeys(days[:-6], 1.0), "vendor A"),
        series("HSI", "static_pe", dict.fromkeys(days[:-5], 12.0), "vendor A"),
        series("HSTECH", "trailing_pe", dict.fromkeys(days[:-1], 25.0) | {LAST: -4.0}, "vendor A"),
        series("HSTECH", "static_pe", dict.fromkeys(days[:-3], 24.0), "vendor A"),
        series("HSCEI", "trailing_pe",
               dict.fromkeys(days, 8.0) | dict.fromkeys(days[:40], -8.0), "vendor A"),
        series("HSCEI", "price_to_book",
               dict.fromkeys(days, 2.0) | dict.fromkeys(days[:10], -2.0) | {LAST: 3.0}, "vendor A"),
        series("HSTECH", "forward_pe", {LAST: 17.4}, "a strategist, quoted by a newspaper"),
    ]  # fmt: skip
    for number, frame in enumerate(rows):
        report = store_observations(lake, Batch(f"rows {number}", frame))
        assert report.refused == 0, report.refusals
    closes = {date(2025, 1, 2): 100.0, LAST: 121.0, date(2025, 2, 12): 120.5}
    folder = tmp_path_factory.mktemp("closes")
    lines = ["symbol,date,close"]
    lines += [f"HSI,{day},{closes.get(day, 100)}" for day in sessions("XHKG", date(2024, 12, 2))]
    (folder / "hsi.csv").write_text("\n".join(lines) + "\n")
    assert not import_bars(lake, [folder / "hsi.csv"]).errors
    return asker(lake)


HAND = {
    "valuation_multiple HSI 2025-02-13": 30.0,
    "valuation_multiple HSI 2025-02-13 field=dividend_yield": 4.0,
    # the last row is five sessions old, and no older
    "valuation_multiple HSI 2025-02-13 field=static_pe": 12.0,
    # 20 the day before, 30 on the day
    "valuation_average HSI 2025-02-13 period=last:2:sessions": 25.0,
    "valuation_average HSI 2025-02-13 period=last:2:sessions statistic=harmonic": 24.0,
    "valuation_average HSI 2025-02-13 period=span:2025-01-28..2025-02-03": 15.0,
    "valuation_percentile HSI 2025-02-13 period=all by=range": 100.0,
    "valuation_gap HSI 2025-02-13 period=last:2:sessions": 20.0,
    "valuation_gap HSI 2025-02-13 against=peak period=span:2024-01-01..2024-12-31": 50.0,
    # the last day on which both have one is three sessions back
    "relative_valuation HSTECH 2025-02-13 field=static_pe benchmark=HSI": 2.0,
    "valuation_gap HSTECH 2025-02-13 field=static_pe against=benchmark benchmark=HSI": 100.0,
}


def test_by_hand(ask: Ask) -> None:
    for line, value in HAND.items():
        measurement = ask(line)
        assert measurement.value == pytest.approx(value), (line, measurement.missing)


def test_a_period_is_of_one_source_on_sessions_only(ask: Ask) -> None:
    rank = ask("valuation_percentile HSI 2025-02-13 period=all")
    (window,) = rank.evidence.windows
    days = sessions("XHKG")
    assert (window.count, window.missing) == (len(days), 0)
    assert rank.value == pytest.approx(100 * (len(days) - 0.5) / len(days))
    assert {row.source for row in rank.evidence.rows} == {"vendor A"}


def test_losses_are_left_out_and_counted(ask: Ask) -> None:
    average = ask("valuation_average HSCEI 2025-02-13 field=price_to_book period=all")
    count = len(sessions("XHKG"))
    assert average.value == pytest.approx((2.0 * (count - 11) + 3.0) / (count - 10))
    assert [(row.field, row.value) for row in average.evidence.rows] == [("not above zero", 10.0)]


def test_a_move_is_split_into_earnings_and_multiple(ask: Ask) -> None:
    share = ask("rerating_share HSI 2025-02-13 period=since:2025-01-02")
    first = next(row.value for row in share.evidence.rows if row.field == "trailing_pe")
    assert share.value == pytest.approx(100 * np.log(30 / first) / np.log(1.21))
    (earnings,) = (row.value for row in share.evidence.rows if row.field == "implied earnings")
    assert earnings == pytest.approx(100 * (1.21 * first / 30 - 1))


MISSING = {
    "valuation_multiple HSTECH 2025-02-13": (
        "trailing P/E of HSTECH above zero: that of 2025-02-13 is -4.00, which means losses and "
        "is no multiple"
    ),
    "valuation_multiple HSI 2025-02-13 field=price_to_book": (
        "the last price-to-book ratio of HSI is of 2025-02-05, older than 5 sessions on 2025-02-13"
    ),
    "valuation_multiple HSTECH 2025-02-13 field=forward_pe": (
        "forward P/E of HSTECH is on file only as quoted: 17.4 x (a strategist, quoted by a "
        "newspaper, 2025-02-13)"
    ),
    "valuation_average HSI 2025-02-13": (
        "trailing P/E of HSI begins on 2023-01-03, the period on 2020-02-14"
    ),
    "valuation_average HSCEI 2025-02-13 period=all": "are losses",
    "valuation_percentile HSI 2025-02-13 period=last:249:sessions": "250 sessions",
    "valuation_gap HSI 2025-02-13 against=benchmark benchmark=NOBODY": "not NOBODY",
    "valuation_average HSI 2025-02-13 period=span:2025-02-03..2025-02-14": "after 2025-02-13",
    "rerating_share HSI 2025-02-13 period=since:2025-02-12": "0.41% is too small to divide",
    "relative_valuation HSI 2025-02-13 field=ev_ebitda": "no EV/EBITDA of HSI is on file",
    "rerating_share HSI 2025-02-13 field=static_pe period=since:2025-01-02": (
        "no static P/E of HSI on 2025-02-13"
    ),
}


@pytest.mark.parametrize("line", MISSING)
def test_what_is_missing_is_named(ask: Ask, line: str) -> None:
    measurement = ask(line)
    assert measurement.value is None
    assert MISSING[line] in measurement.missing
    for language in ("zh-cn", "zh-hk"):
        assert measurement.missing_in(language)  # type: ignore[arg-type]


# --- CAPE --------------------------------------------------------------------------------


def monthly(folder: Path, *, until: date) -> Path:
    """Write ten years and some of months: earnings 2, prices of consumers 100, price 40."""
    lines = ["Date,P,D,E,CPI,GS10,CAPE"]
    day = date(2000, 1, 1)
    while day <= until:
        cape = "19.5" if day.year == until.year else ""
        lines.append(f"{day:%Y.%m},40,1,2,100,5,{cape}")
        day = (day + timedelta(days=32)).replace(day=1)
    path = folder / "ie_data.csv"
    path.write_text("\n".join(lines) + "\n")
    return path


def test_cape_from_what_was_known(tmp_path: Path) -> None:
    lake = Lake.create(tmp_path / "lake")
    import_observations(lake, [monthly(tmp_path, until=date(2010, 6, 1))], layout="shiller")
    ask = asker(lake)
    known = ask("cape SPX 2010-06-30 basis=known")
    assert known.value == pytest.approx(20.0)
    (window,) = known.evidence.windows
    assert (window.first, window.last, window.count) == (date(2000, 4, 30), date(2010, 3, 31), 120)
    assert ask("cape SPX 2010-06-30").value == 19.5
    assert ask("cape SPX 2010-08-15").missing.startswith("the last CAPE of SPX is of 2010-06-30")
    assert ask("excess_yield SPX 2010-06-30 basis=known").value == pytest.approx(5.0 - 5.0)
    early = ask("cape SPX 2009-12-31 basis=known")
    assert "3 months of earnings of the index of SPX are missing, 1999-10" in early.missing


# --- the truth of the specification, on real histories ----------------------------------------


@pytest.fixture(scope="module")
def real(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Ask:
    lake = Lake.create(tmp_path_factory.mktemp("real-multiples"))
    folder = shared / "market" / "valuation"
    for name, subject in (("hstech", "HSTECH"), ("hsi", "HSI"), ("csi300", "CSI300"),
                          ("spx", "SPX"), ("ndx", "NDX")):  # fmt: skip
        import_observations(
            lake, [folder / f"{name}.csv"], layout="valuation-wide", given=Given(subject=subject)
        )
    import_observations(lake, [folder / "shiller_sp500_monthly.csv"], layout="shiller")
    index = shared / "market" / "index"
    import_bars(lake, [index / f"{name}.csv" for name in ("hstech", "hsi", "csi300")])
    return asker(lake)


# Where every row is on a session (CSI 300, S&P 500) these are the specification's own figures.
# Those of Hong Kong are its figures without the rows on days that were no session, which repeat the
# last: 25.13% and 34.4193 become 25.02% and 34.4941.
TRUTH = {
    "valuation_multiple HSTECH 2025-02-13": 23.58,
    "valuation_multiple HSTECH 2025-02-13 field=price_to_book": 2.88,
    "valuation_multiple HSI 2025-02-13 field=dividend_yield": 3.88,
    "valuation_average CSI300 2025-02-13": 12.6860,
    "valuation_average CSI300 2025-02-13 statistic=harmonic": 12.5482,
    "valuation_average CSI300 2025-02-13 statistic=median": 12.22,
    "valuation_percentile CSI300 2025-02-13": 59.90,
    "valuation_percentile CSI300 2025-02-13 period=all": 46.57,
    "valuation_average SPX 2025-02-13": 26.1770,
    "valuation_average SPX 2025-02-13 statistic=harmonic": 25.3133,
    "valuation_percentile SPX 2025-02-13": 75.42,
    "valuation_percentile SPX 2025-02-13 period=all": 85.51,
    "valuation_average HSTECH 2025-02-13 period=all": 34.4941,
    "valuation_percentile HSTECH 2025-02-13 period=all": 25.02,
    "valuation_percentile HSTECH 2025-02-13 period=all by=range": 15.62,
    "valuation_gap HSTECH 2025-02-13 against=peak period=span:2021-01-01..2021-06-30": -66.66,
    "valuation_gap HSTECH 2025-02-13 against=peak period=span:2023-01-01..2023-12-31": -59.57,
    "relative_valuation HSTECH 2025-02-13": 2.404,
    "rerating_share HSTECH 2025-02-13 period=since:2025-01-13": 97.5,
    "rerating_share HSTECH 2025-02-13": 84.0,
    "rerating_share HSI 2025-02-13": 80.5,
    "rerating_share HSI 2023-01-27 period=since:2022-10-31": 99.4,
    "rerating_share HSTECH 2023-01-27 period=since:2022-10-24": 106.2,
    "rerating_share CSI300 2015-06-08 period=since:2014-03-20": 90.1,
    "cape SPX 1999-12-31": 44.20,
    "cape SPX 2021-11-30": 38.58,
    # What was known: no earnings after September, no consumer prices after November.
    "cape SPX 1999-12-31 basis=known": 44.54,
    "excess_yield SPX 1999-12-31": -1.07,
}


@pytest.mark.shared
@pytest.mark.parametrize("line", TRUTH)
def test_the_truth_of_the_specification(real: Ask, line: str) -> None:
    digits = len(str(TRUTH[line]).partition(".")[2])
    measurement = real(line)
    assert measurement.value == pytest.approx(TRUTH[line], abs=0.5001 * 10.0**-digits)


@pytest.mark.shared
def test_five_years_of_a_younger_index_are_missing(real: Ask) -> None:
    told = real("valuation_percentile HSTECH 2025-02-13").missing
    assert told == "trailing P/E of HSTECH begins on 2020-07-27, the period on 2020-02-14"


# --- nothing later is seen, and scale does not matter ------------------------------------------


def walk(seed: int, days: list[date], start: float) -> dict[date, float]:
    steps = np.random.default_rng(seed).normal(0, 0.02, len(days))
    path = start * np.exp(np.cumsum(steps))
    return dict(zip(days, path.tolist(), strict=True))


def monthly_rows(field: str, first: float, lag: int, unit: str) -> pl.DataFrame:
    """Return thirteen years of months, each known so many months after it ended."""
    ends = pl.date_range(date(2012, 1, 1), date(2025, 1, 1), "1mo", eager=True).dt.month_end()
    values = {day: first + 0.1 * i for i, day in enumerate(ends.to_list())}
    frame = series("HSI", field, values, "monthly", unit)
    known = frame["date"].dt.offset_by(f"{lag}mo").dt.month_end().cast(pl.Datetime("us"))
    return frame.with_columns(known.dt.replace_time_zone("UTC").alias("known_at"))


def published(scale: float = 1.0) -> list[pl.DataFrame]:
    days = sessions("XHKG")
    return [
        series("HSI", "trailing_pe", {d: scale * v for d, v in walk(1, days, 12).items()}, "A"),
        series("HSI", "trailing_pe", walk(2, days[::2], 13), "B"),
        series("HSCEI", "trailing_pe", walk(3, days, 9), "A"),
        series("HSI", "dividend_yield", walk(4, days, 3), "A", "%"),
        monthly_rows("index_price", 20000, 0, "points"),
        monthly_rows("index_earnings", 1000, 3, "points"),
        monthly_rows("cpi", 100, 1, "points"),
        monthly_rows("bond_yield_10y", 3, 0, "%"),
        monthly_rows("cape", 12, 0, "x"),
    ]


ASKED = (
    "valuation_multiple HSI {day}",
    "valuation_multiple HSI {day} source=B",
    "valuation_multiple HSI {day} field=dividend_yield",
    "valuation_average HSI {day} period=last:6:months",
    "valuation_average HSI {day} period=all statistic=harmonic",
    "valuation_percentile HSI {day} period=all",
    "valuation_percentile HSI {day} period=all by=range",
    "valuation_gap HSI {day} period=last:3:months",
    "valuation_gap HSI {day} against=peak period=ytd",
    "valuation_gap HSI {day} against=benchmark benchmark=HSCEI",
    "relative_valuation HSI {day} benchmark=HSCEI",
    "rerating_share HSI {day} period=last:40:sessions",
    "rerating_share HSI {day} period=last:40:sessions part=earnings",
    "cape HSI {day}",
    "cape HSI {day} basis=known",
    "excess_yield HSI {day}",
    "excess_yield HSI {day} basis=known",
)


def filled(folder: Path, frames: list[pl.DataFrame], closes: dict[date, float]) -> Lake:
    lake = Lake.create(folder / "lake")
    lines = ["symbol,date,close", *(f"HSI,{day},{close}" for day, close in closes.items())]
    (folder / "hsi.csv").write_text("\n".join(lines) + "\n")
    assert not import_bars(lake, [folder / "hsi.csv"]).errors
    for number, frame in enumerate(frames):
        report = store_observations(lake, Batch(f"rows {number}", frame))
        assert report.refused == 0, report.refusals
    return lake


def test_no_later_figure_changes_a_measurement(tmp_path: Path) -> None:
    frames, closes = published(), walk(5, sessions("XHKG"), 20000)
    (tmp_path / "whole").mkdir()
    whole = filled(tmp_path / "whole", frames, closes)
    revised = [frame.with_columns(pl.col("value") * 1.03, known_at=None) for frame in frames]
    for frame in revised:
        store_observations(whole, Batch("revised", frame.cast(frames[0].schema)))
    measured = 0
    for cut in (date(2024, 2, 29), date(2024, 7, 31), date(2024, 12, 31)):
        folder = tmp_path / f"{cut}"
        folder.mkdir()
        seen = [
            frame.filter(
                pl.col("date") <= cut, pl.col("known_at").is_null() | (pl.col("known_at") <= cut)
            )
            for frame in frames
        ]
        early = filled(folder, seen, {d: v for d, v in closes.items() if d <= cut})
        before, after = asker(early), asker(whole)
        for line in ASKED:
            one, other = before(line.format(day=cut)), after(line.format(day=cut))
            assert (one.value, one.missing) == (other.value, other.missing), (line, cut)
            assert one.evidence.rows == other.evidence.rows
            assert one.evidence.windows == other.evidence.windows
            measured += one.value is not None
    assert measured == 3 * len(ASKED)


def test_multiples_scale_and_shares_do_not(tmp_path: Path) -> None:
    closes = walk(5, sessions("XHKG"), 20000)
    lakes = []
    for name, scale in (("one", 1.0), ("two", 2.0)):
        (tmp_path / name).mkdir()
        lakes.append(asker(filled(tmp_path / name, published(scale), closes)))
    scaled = {"valuation_multiple", "valuation_average", "relative_valuation"}
    for line in ASKED[:1] + ASKED[3:9] + ASKED[10:13]:
        one, two = (ask(line.format(day="2024-12-31")).value for ask in lakes)
        factor = 2.0 if line.split()[0] in scaled else 1.0
        assert two == pytest.approx(factor * one), line  # type: ignore[operator]


@pytest.mark.shared
def test_two_vendors_are_never_mixed(shared: Path, tmp_path: Path) -> None:
    lake = Lake.create(tmp_path / "lake")
    folder = shared / "market" / "valuation"
    for name, source in (("csi300", "A vendor"), ("csi300_csindex_pe", "CSIndex")):
        given = Given(subject="CSI300", source=source)
        import_observations(lake, [folder / f"{name}.csv"], layout="valuation-wide", given=given)
    ask = asker(lake)
    day = "CSI300 2025-02-13 source"
    # The specification's figures: the rank of five years is 59.90% by one, 54.58% by the other.
    assert ask(f"valuation_multiple {day}=CSIndex").value == 12.84
    assert ask(f"valuation_average {day}=CSIndex").value == pytest.approx(13.1598, abs=5e-5)
    assert ask(f"valuation_percentile {day}=CSIndex").value == pytest.approx(54.58, abs=0.005)
    either = ask("valuation_percentile CSI300 2025-02-13")
    assert len({row.source for row in either.evidence.rows}) == 1
