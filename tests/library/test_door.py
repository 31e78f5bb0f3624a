"""The front door: what a user of the library does, and what is refused."""

from __future__ import annotations

import resource
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
import pytest

import springtide
from springtide.errors import (
    DataError,
    LakeError,
    UndescribedError,
    UnknownNameError,
    UsageError,
)
from springtide.language.types import Period
from springtide.market import registry
from springtide.market.lake import Lake as StoredLake
from springtide.market.view import View
from springtide.metrics.params import params_from_text
from springtide.metrics.registry import get, measure

TOP = date(2018, 1, 26)


@pytest.fixture(scope="module")
def lake(bundled_lake: StoredLake) -> springtide.Lake:
    return springtide.open(bundled_lake.address)


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> springtide.Lake:
    monkeypatch.setattr(registry, "_DECLARED", {})
    registry.forget()
    return springtide.create(tmp_path / "lake")


def closes(values: list[float], first: str = "2025-02-10") -> pl.DataFrame:
    days = np.busday_offset(first, np.arange(len(values))).astype("datetime64[D]")
    return pl.DataFrame({"Date": days.astype(object).tolist(), "Close": values})


# -- what is imported ------------------------------------------------------------------------


def test_importing_it_costs_little_more_than_python_itself() -> None:
    def best(program: str) -> float:
        took = []
        for _ in range(9):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run([sys.executable, "-c", program], check=True)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            took.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        return min(took)

    assert best("import springtide") < 2 * best("pass")


def test_nothing_heavy_is_imported_before_it_is_used() -> None:
    program = (
        "import sys, springtide\n"
        "heavy = {'numpy', 'polars', 'pandas', 'deltalake', 'altair', 'numba', 'rich'}\n"
        "print(sorted(heavy & set(sys.modules)), [n for n in dir(springtide) if n == 'open'])\n"
        "springtide.errors.UsageError\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == ["[] ['open']", "[]"]


def test_every_public_name_is_there_and_in_the_stub() -> None:
    for name in springtide.__all__:
        assert getattr(springtide, name) is not None
        assert name in dir(springtide)
    stub = Path(springtide.__file__).with_name("__init__.pyi").read_text(encoding="utf-8")
    stated = {line.rpartition(" as ")[2] for line in stub.splitlines() if " as " in line}
    assert stated | {"__version__"} == set(springtide.__all__)
    with pytest.raises(AttributeError, match="no attribute 'opne'"):
        springtide.opne  # type: ignore[attr-defined]  # noqa: B018


def test_pandas_is_imported_where_it_is_asked_for(bundled_lake: StoredLake) -> None:
    program = (
        "import sys, springtide\n"
        f"lake = springtide.open({bundled_lake.address!r})\n"
        "found = lake['SPX'].asof('2018-01-26').measure('rsi')\n"
        "found.to_polars(), found.to_dict()\n"
        "print('pandas' in sys.modules, round(found.to_pandas()['value'][0], 2))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["False", "86.69"]


# -- a lake ----------------------------------------------------------------------------------


def test_a_lake_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(LakeError, match="There is no lake at"):
        springtide.open(tmp_path / "nothing")
    with pytest.raises(TypeError, match="a lake's address is a text or a path, not int"):
        springtide.open(7)  # type: ignore[arg-type]


def test_the_settings_say_where_it_is(
    bundled_lake: StoredLake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPRINGTIDE_LAKE", str(bundled_lake.address))
    assert springtide.open().address == str(bundled_lake.address)


def test_a_lake_tells_what_it_holds(lake: springtide.Lake) -> None:
    assert "SPX" in lake.symbols
    assert list(lake) == list(lake.symbols)
    assert len(lake) == len(lake.symbols)
    assert "标普500" in lake
    assert "恒生科技指数" in lake  # a few published closes
    assert "MSFT" not in lake
    assert "no such name" not in lake
    assert 7 not in lake
    assert lake.versions["bars"] > 0
    assert [one.id for one in lake.find("恒科")][:1] == ["HSTECH"]
    assert (
        lake.sql("SELECT count(*) AS n FROM latest_bars WHERE symbol = 'SPX'")["n"].item() == 5031
    )
    with pytest.raises(UsageError, match="never change"):
        lake.sql("DROP TABLE bars")
    with pytest.raises(UnknownNameError, match="Unknown instrument"):
        lake["no such name"]
    with pytest.raises(TypeError, match="the name of an instrument is a text, not int"):
        lake[0]  # type: ignore[index]


def test_a_scan_is_a_table_or_rows_with_reasons(lake: springtide.Lake) -> None:
    table = lake.scan("close_level", "rsi:window=9", asof="2018-01-26", sort="-close_level")
    assert table["symbol"].to_list() == ["IXIC", "SPX"]
    assert table["close_level"].round(2).to_list() == [7505.77, 2872.87]
    rows = lake.scan("rsi", asof="1999-01-15", of=["S&P 500"], reasons=True)
    assert rows["value"].to_list() == [None]
    assert "sessions of close of SPX" in rows["missing"][0]
    with pytest.raises(UsageError, match="cannot be used"):
        lake.scan("rsi", asof="2018-01-26", where="rsj > 70")


def test_it_reads_the_same_whatever_is_written(own: springtide.Lake) -> None:
    described = {"kind": "index", "calendar": "XHKG", "currency": "HKD"}
    springtide.load(closes([100, 101]), symbol="MYIDX", **described, into=own)
    other = springtide.open(own.address)
    day = own["MYIDX"].asof()
    springtide.load(closes([100, 101, 102]), symbol="MYIDX", into=other)
    assert other["MYIDX"].asof().as_of == date(2025, 2, 12)
    assert own["MYIDX"].asof().as_of == date(2025, 2, 11)
    assert own.refresh()["MYIDX"].asof().as_of == date(2025, 2, 12)
    assert len(day.bars()) == 2


# -- a day -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "given",
    [
        "2018-01-26",
        " 2018-01-26 ",
        "2018-01-26T16:00:00",
        TOP,
        datetime(2018, 1, 26, 16, tzinfo=UTC),
        pd.Timestamp("2018-01-26"),
        np.datetime64("2018-01-26"),
    ],
)
def test_a_day_in_every_form(lake: springtide.Lake, given: object) -> None:
    assert lake["SPX"].asof(given).as_of == TOP  # type: ignore[arg-type]


@pytest.mark.parametrize("given", [20180126, 2018.5, ["2018-01-26"], (2018, 1, 26), object()])
def test_what_is_no_day_is_a_type_error(lake: springtide.Lake, given: object) -> None:
    with pytest.raises(TypeError, match="a day is a text such as"):
        lake["SPX"].asof(given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("26.1.2018", "That is not a date"),
        ("yesterday", "That is not a date"),
        ("2099-01-01", "is in the future"),
        (pd.NaT, "That is no day"),
        (np.datetime64("NaT"), "That is no day"),
    ],
)
def test_a_day_that_there_is_not(lake: springtide.Lake, given: object, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        lake["SPX"].asof(given)  # type: ignore[arg-type]


@pytest.mark.parametrize("given", [None, "today", "Today"])
def test_without_a_day_the_last_close_is_meant(lake: springtide.Lake, given: str | None) -> None:
    assert lake["S&P 500"].asof(given).as_of == date(2018, 12, 31)


def test_it_measures_what_the_rooms_below_measure(
    lake: springtide.Lake, bundled_lake: StoredLake
) -> None:
    view = View(bundled_lake, TOP)
    day = lake["标普500"].asof(TOP)
    for key, given in (
        ("rsi", {"window": 14}),
        ("rsi", {"window": np.int64(9)}),
        ("period_return", {"period": "ytd"}),
        ("period_return", {"period": Period("since", date(2009, 3, 9))}),
        ("moving_average", {}),
        ("overbought", {}),
    ):
        params = params_from_text(get(key).params, {name: str(v) for name, v in given.items()})
        expected = measure(key, view, view.instrument("SPX"), params)
        measurement = day.measure(key, **given)
        assert (measurement.value, measurement.params, measurement.evidence) == (
            expected.value, expected.params, expected.evidence,
        )  # fmt: skip
        assert measurement.value is not None


def test_missing_data_are_an_answer(lake: springtide.Lake) -> None:
    measurement = lake["SPX"].asof("1999-01-06").measure("rsi")
    assert measurement.value is None
    assert "sessions of close of SPX" in measurement.missing


def test_wrong_parameters_are_refused(lake: springtide.Lake) -> None:
    day = lake["SPX"].asof(TOP)
    for wrong in ([14], {"window": 14}, object(), 1j):
        with pytest.raises(TypeError, match="window is a number, a text, a date or a period"):
            day.measure("rsi", window=wrong)
    for given in ({"window": 14.5}, {"window": 0}, {"windows": 14}, {"window": True}):
        with pytest.raises(UsageError):
            day.measure("rsi", **given)
    with pytest.raises(UnknownNameError, match="Did you mean rsi"):
        day.measure("rsj")
    with pytest.raises(TypeError, match="a metric is a text, not NoneType"):
        day.measure(None)  # type: ignore[arg-type]
    with pytest.raises(DataError, match="not a session of XNYS"):
        lake["SPX"].asof("2018-01-27").measure("rsi")
    with pytest.raises(UsageError, match="window"):
        day.exuberance(251)
    with pytest.raises(UsageError, match="no such language"):
        day.brief("fr")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="a language is a text, not int"):
        day.brief([1])  # type: ignore[list-item]


# -- what is loaded --------------------------------------------------------------------------


def test_an_index_of_ones_own_from_polars_and_pandas(own: springtide.Lake) -> None:
    frame = closes([100, 101, 102, 103])
    with pytest.raises(UndescribedError, match="not known what MYIDX is"):
        springtide.load(frame, symbol="MYIDX", into=own)
    done = springtide.load(
        frame, symbol="MYIDX", kind="index", calendar="XHKG", currency="HKD",
        name=["Spring Index", "春潮指数"], into=own,
    )  # fmt: skip
    assert done.total("new") == 4
    measurement = own["春潮指数"].asof("2025-02-13").measure("pct_change")
    assert measurement.value == pytest.approx(100 / 102)
    assert measurement.evidence.rows[0].source == "a table of the user's own"
    indexed = pd.DataFrame(
        {"Close": frame["Close"].to_numpy()}, index=pd.DatetimeIndex(frame["Date"].to_numpy())
    )
    assert springtide.load(indexed, symbol="MYIDX", into=own).total("same") == 4
    plain = indexed.reset_index(names="date")
    assert springtide.load(plain, symbol="MYIDX", into=own.address).total("same") == 4
    assert springtide.load(frame.lazy(), symbol="MYIDX", into=own).total("same") == 4


def moments_and(close: list[object]) -> pl.DataFrame:
    return pl.DataFrame({"date": [date(2025, 2, 12), date(2025, 2, 13)], "close": close})


def test_dates_are_those_of_their_own_clock(own: springtide.Lake) -> None:
    days = pd.DatetimeIndex(["2025-02-12", "2025-02-13"], tz="Asia/Hong_Kong")
    closes_ = pd.array([21857.92, 21814.37], dtype="Float64")
    frame = pd.DataFrame({"Close": closes_, "Volume": pd.array([1, pd.NA], "Int64")}, index=days)
    springtide.load(frame, symbol="HSI", into=own)
    bars = own["HSI"].asof().bars().to_polars()
    assert bars["date"].to_list() == [date(2025, 2, 12), date(2025, 2, 13)]
    assert bars["volume"].to_list() == [1.0, None]
    moments = pl.Series(["2025-02-12T00:00", "2025-02-13T00:00"]).str.to_datetime(
        time_zone="Asia/Hong_Kong"
    )
    again = pl.DataFrame({"date": moments, "close": [21857.92, 21814.37]})
    assert springtide.load(again, symbol="HSI", into=own).total("same") == 2
    odd = pd.DataFrame(
        {"date": [date(2025, 2, 14), date(2025, 2, 17)], "close": [22620.33, object()]}
    )
    assert springtide.load(odd, symbol="HSI", into=own).total("refused") == 1
    for wrong in ([True, False], [[1.0], [2.0]], [date(2025, 1, 1)] * 2):
        with pytest.raises(DataError, match="is no kind of number"):
            springtide.load(moments_and(wrong), symbol="HSI", into=own)


def test_bad_rows_are_refused_and_named(own: springtide.Lake) -> None:
    done = springtide.load(closes([18000.0, -1.0, 18100.0]), symbol="HSI", into=own)
    assert (done.total("new"), done.total("refused")) == (2, 1)
    assert "not positive" in done.to_polars()["notes"][0]


def test_the_only_series_of_a_table_is_its_close(own: springtide.Lake) -> None:
    done = springtide.load(closes([18000.0]).rename({"Close": "x"}), symbol="HSI", into=own)
    assert done.total("new") == 1
    assert done.to_polars()["notes"].to_list() == ["column x is taken for the close"]


def test_what_cannot_be_loaded(own: springtide.Lake) -> None:
    for wrong in ([1, 2], {"close": [1]}, None, "hsi.csv", np.ones(3)):
        with pytest.raises(TypeError, match="a table of Polars or pandas is needed"):
            springtide.load(wrong, symbol="HSI", into=own)  # type: ignore[arg-type]
    with pytest.raises(DataError, match="no column for close"):
        springtide.load(
            closes([1.0]).rename({"Close": "x"}).with_columns(y=2.0), symbol="HSI", into=own
        )
    with pytest.raises(DataError, match="does not say which instrument"):
        springtide.load(closes([1.0]), into=own)
    with pytest.raises(TypeError, match="symbol is a text, not int"):
        springtide.load(closes([1.0]), symbol=700, into=own)  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="Give currency too"):
        springtide.load(closes([1.0]), symbol="X1", kind="index", calendar="XHKG", into=own)


@pytest.mark.shared
def test_a_basket_is_asked_like_any_instrument(market_lake: StoredLake) -> None:
    lake = springtide.open(market_lake.address)
    assert "hk_ai_cloud" in lake
    day = lake["hk_ai_cloud"].asof("2025-02-13")
    relative = day.measure("relative_return", benchmark="HSTECH", period="ytd")
    assert relative.value == pytest.approx(10.35, abs=0.005)  # 27.52% against 17.17%
    assert lake["港股AI云计算篮子"].id == "hk_ai_cloud"
    assert day.measure("advance_decline").missing.startswith("5 members of hk_ai_cloud are needed")
