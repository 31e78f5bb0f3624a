"""What vendors export becomes the same bars, whatever the shape; what is unclear is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from formats import CASES, Case
from springtide.errors import SpringtideError
from springtide.market.adjustment import of_source
from springtide.market.declared import Description
from springtide.market.ingest import import_bars
from springtide.market.lake import Lake
from springtide.market.sources.bars import Stated
from springtide.market.view import View

SPRING = Description("stock", "XSHG", "CNY")


def stored(lake: Lake, case: Case, folder: Path) -> str:
    """Import a case; return everything that was said of it."""
    path = folder / case.name
    path.write_bytes(case.content())
    description = SPRING if case.stated.symbol == "SPRING" else None
    try:
        report = import_bars(
            lake, [path], stated=case.stated, description=description, today=date(2025, 12, 31)
        )
    except SpringtideError as error:
        return str(error)
    (file,) = report.files
    return "\n".join([*map(str, file.refusals), *file.warnings])


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.vendor}: {case.shape}")
def test_an_export_is_read_as_it_was_meant(tmp_path: Path, lake: Lake, case: Case) -> None:
    told = stored(lake, case, tmp_path)
    rows = lake.snapshot("bars").scan().collect().sort("symbol", "date")
    stored_rows = rows.select("symbol", "date", "open", "close", "volume").rows()
    assert [row[:2] for row in stored_rows] == [row[:2] for row in case.rows], told
    for row, expected in zip(stored_rows, case.rows, strict=True):
        for value, meant in zip(row[2:], expected[2:], strict=True):
            assert value == (meant if meant is None else pytest.approx(meant, rel=1e-12))
    assert case.note in told
    assert case.refused in told
    kinds = {of_source(source) for source in rows["source"]}
    assert kinds == ({case.adjusted or None} if case.rows else set())


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_messages_speak_no_library_s_words(tmp_path: Path, lake: Lake, ending: str) -> None:
    case = Case("any", "", f"HSI.{ending}", "")
    path = tmp_path / case.name
    path.write_bytes(
        b"PK\x03\x04 and no workbook" if ending == "xlsx" else b'Date,Close\n1,"2\n3,4'
    )
    with pytest.raises(SpringtideError) as told:
        import_bars(lake, [path])
    assert not any(
        word in str(told.value).casefold() for word in ("polars", "calamine", "zip", "new_columns")
    )


def test_prices_of_another_kind_are_never_stored_beside(tmp_path: Path, lake: Lake) -> None:
    rows = "Date,Close\n2025-02-12,10.30\n2025-02-13,10.60\n"
    (tmp_path / "600111.csv").write_text(rows, encoding="utf-8")
    (tmp_path / "600111_qfq.csv").write_text(rows.replace("12,10.30", "11,10.10"), encoding="utf-8")
    import_bars(lake, [tmp_path / "600111.csv"])
    (file,) = import_bars(lake, [tmp_path / "600111_qfq.csv"]).files
    assert "prices adjusted forward, where those stored are as traded" in str(file.refusals[0])
    assert file.new == 0
    assert len(View(lake, date(2025, 2, 13)).bars("600111.SH")) == 2


def test_what_is_said_of_prices_stands_in_the_evidence(tmp_path: Path, lake: Lake) -> None:
    (tmp_path / "600111.csv").write_text("Date,Close\n2025-02-13,10.60\n", encoding="utf-8")
    stated = Stated(adjusted="adjusted backward")
    import_bars(lake, [tmp_path / "600111.csv"], stated=stated)
    bars = View(lake, date(2025, 2, 13)).bars("600111.SH")
    assert str(bars.source[0]) == "600111.csv [adjusted backward]"


def test_a_pipe_is_no_file_to_import(tmp_path: Path, lake: Lake) -> None:
    import os

    os.mkfifo(tmp_path / "bars.csv")
    with pytest.raises(SpringtideError, match="no ordinary file"):
        import_bars(lake, [tmp_path / "bars.csv"])


def test_columns_can_only_hold_what_is_known() -> None:
    with pytest.raises(SpringtideError, match="tomorrow"):
        replace(Stated(), columns=("date", "tomorrow"))
