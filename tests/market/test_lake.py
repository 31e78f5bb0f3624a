"""The lake: idempotent imports, history, versions, and errors that say what to do."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from springtide.errors import LakeError, UsageError
from springtide.market.delta import FORMAT
from springtide.market.ingest import store_bars, store_observations
from springtide.market.lake import Lake
from springtide.market.sources.batch import Batch
from springtide.market.view import View

Maker = Callable[..., Batch]
LATER = datetime(2025, 3, 1, 12, 0, tzinfo=UTC)
D12, D13, D14 = date(2025, 2, 12), date(2025, 2, 13), date(2025, 2, 14)


def test_importing_twice_changes_nothing(lake: Lake, bars_of: Maker) -> None:
    batch = bars_of("HSI", [(D12, 21857.92), (D13, 21814.37)])
    assert store_bars(lake, batch).new == 2
    before = lake.versions()
    again = store_bars(lake, batch)
    assert (again.new, again.same, again.revised) == (0, 2, 0)
    assert lake.versions() == before


def test_same_figures_from_another_source_are_there_already(lake: Lake, bars_of: Maker) -> None:
    store_bars(lake, bars_of("HSI", [(D13, 21814.37)], "a"))
    assert store_bars(lake, bars_of("HSI", [(D13, 21814.37)], "b")).same == 1
    # Single precision: 21814.37 becomes 21814.369140625.
    assert store_bars(lake, bars_of("HSI", [(D13, float(np.float32(21814.37)))], "c")).same == 1


def test_a_contradiction_is_a_revision_known_from_its_import(lake: Lake, bars_of: Maker) -> None:
    store_bars(lake, bars_of("HSI", [(D13, 21814.37)]))
    report = store_bars(lake, bars_of("HSI", [(D13, 21814.73)]), now=LATER)
    assert (report.revised, report.new) == (1, 0)
    assert View(lake, date(2025, 2, 28)).bars("HSI").close.tolist() == [21814.37]
    assert View(lake, date(2025, 3, 1)).bars("HSI").close.tolist() == [21814.73]
    assert lake.sql("SELECT count(*) AS n FROM bars")["n"].item() == 2


def test_two_sources_that_disagree_do_not_flip_with_each_import(lake: Lake, bars_of: Maker) -> None:
    one = bars_of("HSI", [(D13, 21814.37)], "one")
    other = bars_of("HSI", [(D13, 21814.00)], "other")
    store_bars(lake, one)
    assert store_bars(lake, other, now=LATER).revised == 1
    for batch in (one, other, one, other):
        assert store_bars(lake, batch).same == 1


def test_a_vendor_that_takes_its_correction_back_is_believed(lake: Lake, bars_of: Maker) -> None:
    for hour, close in enumerate((100.0, 101.0, 100.0)):
        store_bars(lake, bars_of("X", [(D13, close)]), now=datetime(2025, 3, 1, hour, tzinfo=UTC))
    assert View(lake, date(2025, 3, 1)).bars("X").close.tolist() == [100.0]
    assert lake.sql("SELECT count(*) AS n FROM bars")["n"].item() == 3


def test_a_close_gains_its_high_and_low(lake: Lake, bars_of: Maker) -> None:
    store_bars(lake, bars_of("KC", [(D13, 16.05)]))
    full = bars_of("KC", [(D13, 18.0, 18.4, 15.9, 16.05, 5e6)])
    assert store_bars(lake, full, now=LATER).completed == 1
    bars = View(lake, D13).bars("KC")
    assert (bars.high[0], bars.low[0], bars.volume[0]) == (18.4, 15.9, 5e6)
    # The close alone says nothing new, and takes nothing away.
    assert store_bars(lake, bars_of("KC", [(D13, 16.05)], "other")).same == 1


@pytest.mark.parametrize(("factor", "words"), [(100.0, "100 times"), (0.01, "0.01 times")])
def test_another_unit_is_refused_by_its_factor(
    lake: Lake, bars_of: Maker, factor: float, words: str
) -> None:
    days = [date(2025, 2, d) for d in (10, 11, 12, 13, 14)]
    store_bars(lake, bars_of("KC", [(d, 15.0 + i) for i, d in enumerate(days)]))
    report = store_bars(lake, bars_of("KC", [(d, (15.0 + i) * factor) for i, d in enumerate(days)]))
    assert (report.refused, report.revised) == (5, 0)
    assert words in report.refusals[0].reason
    assert View(lake, D14).bars("KC").close.tolist() == [15.0, 16.0, 17.0, 18.0, 19.0]


def test_one_common_day_is_enough_to_see_a_hundredfold(lake: Lake, bars_of: Maker) -> None:
    store_bars(lake, bars_of("KC", [(D12, 15.0), (D13, 16.0)]))
    assert store_bars(lake, bars_of("KC", [(D13, 1600.0), (D14, 1610.0)])).refused == 2


def test_dividend_adjusted_prices_are_not_mixed_in(lake: Lake, bars_of: Maker) -> None:
    days = [date(2025, 1, d) for d in range(6, 11)] + [date(2025, 2, d) for d in range(10, 15)]
    close = [100.0, 101.0, 99.0, 100.5, 102.0, 103.0, 104.0, 102.5, 103.5, 105.0]
    adjusted = [c * (0.97 if i < 5 else 1.0) for i, c in enumerate(close)]
    store_bars(lake, bars_of("X", list(zip(days, close, strict=True))))
    report = store_bars(lake, bars_of("X", list(zip(days, adjusted, strict=True)), "adjusted"))
    assert report.refused == 10
    assert "adjusted for dividends" in report.refusals[0].reason
    assert store_bars(
        lake, bars_of("X", list(zip(days, adjusted, strict=True)), "adjusted"), rescale=True
    ).revised == 5  # fmt: skip


def test_an_earlier_version_reads_as_it_was(lake: Lake, bars_of: Maker) -> None:
    store_bars(lake, bars_of("HSI", [(D12, 21857.92)]))
    then = lake.versions()
    store_bars(lake, bars_of("HSI", [(D13, 21814.37)]))
    again = Lake.open(lake.address).at(then)
    assert View(again, D14).bars("HSI").close.tolist() == [21857.92]
    assert View(again, D14).versions == tuple(sorted(then.items()))
    with pytest.raises(LakeError, match="held at a version"):
        store_bars(again, bars_of("HSI", [(D14, 22620.33)]))
    with pytest.raises(LakeError):
        View(lake.at({"bars": 99}), D14).bars("HSI")


def test_a_view_does_not_see_what_is_written_after_it_was_made(lake: Lake, bars_of: Maker) -> None:
    store_bars(lake, bars_of("HSI", [(D12, 21857.92)]))
    view = View(lake, D14)
    store_bars(lake, bars_of("HSI", [(D13, 21814.37)]))
    assert len(view.bars("HSI")) == 1
    assert len(View(lake, D14).bars("HSI")) == 2


def test_observations_of_two_brokers_stand_beside_each_other(lake: Lake) -> None:
    def rows(value: float | None, source: str, text: str | None = None) -> Batch:
        frame = pl.DataFrame(
            [("KC", "target_price", D13, value, "USD", text, source, None)],
            schema={
                "subject": pl.String, "field": pl.String, "date": pl.Date, "value": pl.Float64,
                "unit": pl.String, "text": pl.String, "source": pl.String,
                "known_at": pl.Datetime("us", "UTC"),
            },
            orient="row",
        )  # fmt: skip
        return Batch("t", frame)

    assert store_observations(lake, rows(13.0, "A")).new == 1
    assert store_observations(lake, rows(20.0, "B")).new == 1
    assert store_observations(lake, rows(13.0, "A")).same == 1
    assert store_observations(lake, rows(14.0, "A"), now=LATER).revised == 1
    seen = View(lake, D13).observations("KC", "target_price")
    assert [(each.source, each.value) for each in seen] == [("A", 13.0), ("B", 20.0)]
    assert [o.value for o in View(lake, date(2025, 3, 1)).observations("KC", "target_price")] == [
        14.0,
        20.0,
    ]


def test_no_lake_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(LakeError, match=r"There is no lake at .*springtide import bars"):
        Lake.open(tmp_path / "none")


def test_a_newer_lake_is_refused(lake: Lake) -> None:
    log = Path(lake.address) / "bars" / "_delta_log" / f"{0:020}.json"
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    for line in lines:
        if "metaData" in line:
            line["metaData"]["configuration"]["springtideFormat"] = str(FORMAT + 1)
    log.write_text("\n".join(map(json.dumps, lines)))
    with pytest.raises(LakeError, match="newer version") as caught:
        Lake.open(lake.address)
    assert f"lake format {FORMAT + 1}" in str(caught.value)


def test_a_foreign_delta_table_is_not_taken_for_a_lake(tmp_path: Path) -> None:
    from deltalake import DeltaTable, Field, Schema

    (tmp_path / "bars").mkdir()
    DeltaTable.create(tmp_path / "bars", schema=Schema([Field("a", "string")]))
    with pytest.raises(LakeError, match="not made by Springtide"):
        Lake.open(tmp_path)


def test_a_damaged_log_is_a_lake_error(lake: Lake) -> None:
    (Path(lake.address) / "bars" / "_delta_log" / f"{0:020}.json").write_text("{not json")
    with pytest.raises(LakeError, match="cannot be read"):
        Lake.open(lake.address)


def test_a_file_in_the_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "lake").write_text("a file")
    with pytest.raises(LakeError, match=r"written to|cannot be read"):
        Lake.create(tmp_path / "lake")
    with pytest.raises(LakeError):
        Lake.open(tmp_path / "lake")


@pytest.mark.parametrize(
    "query", ["SELECT nonsense FROM bars", "SELEC 1", "SELECT * FROM nowhere", ""]
)
def test_bad_sql_is_a_usage_error(lake: Lake, query: str) -> None:
    with pytest.raises(UsageError, match="cannot be run"):
        lake.sql(query)


def test_sql_cannot_change_the_lake(lake: Lake, bars_of: Maker) -> None:
    store_bars(lake, bars_of("HSI", [(D12, 21857.92)]))
    before = lake.versions()
    for query in ("DELETE FROM bars", "TRUNCATE TABLE bars", "DROP TABLE bars"):
        with contextlib.suppress(UsageError):  # some of them ask for no table
            lake.sql(query)
    assert lake.versions() == before
    with pytest.raises(UsageError, match="never change"):
        lake.sql("DROP TABLE bars")
    assert lake.sql("SELECT close FROM bars")["close"].to_list() == [21857.92]


def test_other_engines_read_the_tables(lake: Lake, bars_of: Maker) -> None:
    from deltalake import DeltaTable, QueryBuilder

    store_bars(lake, bars_of("HSI", [(D12, 21857.92), (D13, 21814.37)]))
    table = DeltaTable(f"{lake.address}/bars")
    asked = QueryBuilder().register("bars", table).execute("SELECT max(close) AS m FROM bars")
    assert pl.DataFrame(asked.read_all())["m"].to_list() == [21857.92]


def test_files_that_cannot_hold_a_symbol_are_passed_over(lake: Lake, bars_of: Maker) -> None:
    for symbol in ("AAA", "MMM", "ZZZ"):
        store_bars(lake, bars_of(symbol, [(D12, 10.0)]))
    snapshot = lake.snapshot("bars")
    assert len(snapshot.parts) == 3
    # A file that is not needed may be gone without harm.
    (wanted,) = [part for part in snapshot.parts if part.low == "MMM"]
    for part in snapshot.parts:
        if part is not wanted:
            Path(part.path).unlink()
    assert View(lake, D13).bars("MMM").close.tolist() == [10.0]


def test_many_small_files_become_one_and_nothing_else_changes(lake: Lake, bars_of: Maker) -> None:
    days = [date(2025, 1, 1) + timedelta(days=i) for i in range(60)]
    days = [d for d in days if d.weekday() < 5][:34]
    for i, each in enumerate(days):
        store_bars(lake, bars_of("X.T", [(each, 10.0 + i / 100)]))
    before = lake.versions()
    held = View(lake, date(2025, 3, 1)).bars("X.T")
    assert len(held) == 34
    assert lake.tidy() == 34
    assert len(lake.snapshot("bars").parts) == 1
    assert lake.tidy() == 0
    again = View(Lake.open(lake.address), date(2025, 3, 1)).bars("X.T")
    assert again.close.tolist() == held.close.tolist()
    assert lake.sql("SELECT count(*) AS n FROM bars")["n"].item() == 34
    # The version before it reads as it was.
    earlier = View(Lake.open(lake.address).at(before), date(2025, 3, 1)).bars("X.T")
    assert earlier.close.tolist() == held.close.tolist()


def test_few_files_are_read_for_one_symbol_once_it_is_tidied(
    lake: Lake, bars_of: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    from springtide.market import tables

    monkeypatch.setattr(tables.split_by_key, "__defaults__", (40,))
    names = [f"X{k}.T" for k in range(8)]
    days = [date(2025, 1, 1) + timedelta(days=i) for i in range(60)]
    for i, each in enumerate([d for d in days if d.weekday() < 5][:34]):
        made = [bars_of(name, [(each, 10.0 + i / 100)]) for name in names]
        store_bars(lake, replace(made[0], frame=pl.concat([one.frame for one in made])))

    def files_read(symbol: str) -> int:
        return len(tables.holding(lake.snapshot("bars").parts, [symbol]))

    assert [files_read(name) for name in names] == [34] * 8
    assert lake.tidy() == 34
    assert len(lake.snapshot("bars").parts) == 8
    assert [files_read(name) for name in names] == [1] * 8
    assert len(View(lake, date(2025, 3, 1)).bars("X3.T")) == 34


class InObjectStore(Lake):
    """A lake that takes the way of object stores, though its address is on this disk."""

    @property
    def local(self) -> None:
        return None


def test_the_way_of_object_stores(tmp_path: Path, bars_of: Maker) -> None:
    address = f"file://{tmp_path}/lake"
    (tmp_path / "lake").mkdir()
    lake = InObjectStore.create(address)
    assert store_bars(lake, bars_of("HSI", [(D12, 21857.92)])).new == 1
    other = InObjectStore.open(address)
    assert store_bars(other, bars_of("HSI", [(D12, 21857.92), (D13, 21814.37)])).new == 1
    assert store_bars(lake, bars_of("HSI", [(D13, 21814.37)])).same == 1
    # What it wrote is read as any lake on a disk.
    assert View(Lake.open(tmp_path / "lake"), D14).bars("HSI").close.tolist() == [
        21857.92,
        21814.37,
    ]
    assert View(lake, D14).bars("HSI").close.tolist() == [21857.92, 21814.37]
    with pytest.raises(LakeError, match="no lake"):
        InObjectStore.open(f"file://{tmp_path}/none")
