"""The tool that tells which numbers a change of the reader reads otherwise."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from tools.reader import changes

from springtide.checking.report.rows import number_rows, table_of

CLAIM = {
    "start": 4, "end": 6, "text": "2%", "kind": "claim", "measure": "price_change",
    "subject": "HSI", "name": "HSI", "value": 2.0, "scaled": None, "unit": "%", "comparator": "=",
    "period": {"kind": "day", "words": "", "from": None, "to": None}, "as_of": "2025-02-13",
    "basis": "close", "speaker": "", "modality": "stated", "confidence": 0.9,
}  # fmt: skip


def table(*numbers: dict) -> pl.DataFrame:
    document = {"claims": [], "numbers": [{**CLAIM, **one} for one in numbers]}
    return table_of(number_rows(document, "a", Path("a")))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({}, set()),
        ({"value": -2.0}, {"value"}),
        ({"subject": "HSTECH", "as_of": "2025-02-12"}, {"subject", "as_of"}),
        ({"kind": "none", "why": "date", "measure": None, "subject": None}, {"kind"}),
        ({"confidence": 0.8}, {"confidence"}),
        ({"confidence": 0.88}, set()),
        ({"basis": "high", "confidence": 0.2}, {"basis"}),
        ({"start": 5}, {"lost", "new"}),
    ],
)
def test_what_differs_is_told_by_field(change: dict, told: set[str]):
    assert set(changes.compare(table({}), table(change))) == told


def test_a_number_stands_under_each_field_and_others_are_left_out():
    before = table({}, {"start": 10, "end": 12}, {"start": 20, "end": 22})
    after = table(
        {}, {"start": 10, "end": 12, "measure": "flow", "unit": "pp"}, {"start": 20, "end": 22}
    )
    made = changes.compare(before, after)
    assert {name: [row["start"] for row in rows] for name, rows in made.items()} == {
        "measure": [10],
        "unit": [10],
    }
