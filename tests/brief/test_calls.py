"""The section on calls: who has an open call on the instrument, and how their others came out."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from springtide.brief.calls import calls_section
from springtide.calls.ledger import file
from springtide.calls.reading.read import Reader
from springtide.language.messages import LANGUAGES
from springtide.market.lake import Lake
from springtide.market.view import View
from springtide.reading.document import read_document

# The S&P 500 closed at 2,673.61 on 29 December 2017, and above 2,750 first on 9 January 2018.
TEXT = "Goldman Sachs expects the S&P 500 to reach {level} by the end of 2018."
NEAR = "Goldman Sachs expects the S&P 500 to reach 2,750 this year."


@pytest.fixture
def lake(bundled_lake: Lake, tmp_path: Path) -> Lake:
    shutil.copytree(bundled_lake.address, tmp_path / "lake")
    made = Lake.open(tmp_path / "lake")
    reader = Reader(made)
    day = date(2017, 12, 29)
    calls = reader.read(read_document(TEXT.format(level="2,850")), "one.md", day).calls
    calls += reader.read(read_document(NEAR), "two.md", date(2018, 1, 2)).calls
    assert file(made, calls).new == 2
    return made


def test_open_calls_and_their_makers_record(lake: Lake) -> None:
    view = View(lake, date(2018, 3, 1))
    section = calls_section(view, view.instrument("SPX"), LANGUAGES)
    assert section is not None
    said, record = section.sentences
    assert "Goldman Sachs said on 29 December 2017" in said.text["en"]
    assert "2,850" in said.text["en"]
    assert "31 December 2018" in said.text["en"]
    assert "高盛于2017年12月29日表示" in said.text["zh-cn"]
    assert "高盛於2017年12月29日表示" in said.text["zh-hk"]
    # 2,750 was passed on 9 January: one decided call, which came true.
    assert record.text["en"].startswith("Goldman Sachs so far: 1 of 1 decided came true;")
    assert record.text["en"].endswith("and so few show nothing.")
    assert (said.statements, record.statements) == ((), ())


def test_without_an_open_call_there_is_no_section(lake: Lake, bundled_lake: Lake) -> None:
    for view, subject in (
        (View(lake, date(2018, 3, 1)), "IXIC"),
        (View(lake, date(2018, 12, 31)), "SPX"),  # all are decided
        (View(lake, date(2017, 12, 28)), "SPX"),  # none was made
        (View(bundled_lake, date(2018, 3, 1)), "SPX"),
    ):
        assert calls_section(view, view.instrument(subject), LANGUAGES) is None
