"""The currency that 元 and ¥ are in an article, and the unit that a column is headed with."""

from __future__ import annotations

from datetime import date

import pytest

from springtide.reading.document import read_document
from springtide.reading.numbers.scene import lay_out


def units(text: str) -> list[str]:
    scene = lay_out(read_document(text), date(2025, 2, 13))
    return [
        number.quantity.unit
        for block in scene.blocks
        for number in block.numbers
        if number.quantity is not None
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("集團純利114.08億元（新加坡元‧下同），派息60坡仙，營業額151.7億元。", ["SGD", "SGD"]),
        ("總收入報75.7億元(美元‧下同)，每股賺1.9元。", ["USD", "USD"]),
        ("兩市成交18197億元人民幣（下同），其中滬市7058億元。", ["CNY", "CNY"]),
        ("長建股價收報51.4元，成交額達1.59億元，該公司續獲大行看好。", ["HKD", "HKD"]),
        ("公司收入51.4元，成本1.59亿美元，该公司继续获得看好。", ["CNY", "USD"]),
        ("The Tokyo company pays ¥60 a share.", ["JPY"]),
        ("The Shanghai company pays ¥60 a share.", ["CNY"]),
    ],
)
def test_a_bare_currency_is_that_of_its_scope(text: str, expected: list[str]) -> None:
    made = [unit for unit in units(text) if len(unit) == 3 and unit.isupper()]
    assert [unit for unit in made if unit in {*expected}] == expected


def test_a_column_gives_its_unit() -> None:
    table = "| 名称 | 涨跌幅(%) |\n| --- | --- |\n| 甲股份 | 3.1 |\n"
    assert units(table) == ["%"]
