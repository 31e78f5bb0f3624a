"""Units that stand outside the number: the currency that 元 is in an article, a column's unit.

A paper writes 元 for its own currency, or says once for all which one it means: 114亿元（新加坡元‧下同）.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from springtide.language.units import unit_of
from springtide.reading.document import Article, Block
from springtide.reading.numbers.mentions import NumberMention

_DECLARED = re.compile(
    r"(?P<unit>美元|欧元|欧罗|港元|港币|人民币|新加坡元|坡元|日元|日圆|英镑|加元|澳元|新台币|台币)[‧·•・,，、 ]{0,2}下同"
    r"|(?P<after>人民币)[(（]下同"
)
_JAPAN = re.compile(r"JP¥|\bJapan|\bTokyo|\bNikkei|\byen\b")
_BARE_YUAN = re.compile(r"(?<![民币港美日韩欧加澳台新坡门])元(?:$|[/每])")
_COLUMN_UNITS = (
    ("%", "%"),
    ("percent", "%"),
    ("HK$", "HKD"),
    ("$", "USD"),
    ("港元", "HKD"),
    ("美元", "USD"),
    ("点", "points"),
)


@dataclass(frozen=True, slots=True)
class Scope:
    """What 元 and ¥ are in an article."""

    yuan: str = "CNY"
    yen: str = "CNY"

    @classmethod
    def of_article(cls, article: Article) -> Scope:
        """Return the currency that an article declares, else that of its readers.

        Examples
        --------
        >>> from springtide.reading.document import read_document
        >>> Scope.of_article(read_document("收入报75.7亿元(美元‧下同)，每股赚1.9元")).yuan
        'USD'
        """
        yuan = "HKD" if article.language == "zh-hk" else "CNY"
        yen = "CNY"
        for block in article.blocks:
            if "下同" in block.text and (match := _DECLARED.search(block.text)):
                written = match["unit"] or match["after"]
                yuan = "EUR" if written == "欧罗" else unit_of(written)[0]
                break
        if article.language == "en" and any("¥" in block.text for block in article.blocks):
            yen = "JPY" if any(_JAPAN.search(block.text) for block in article.blocks) else "CNY"
        return cls(yuan, yen)


def in_scope(
    numbers: Sequence[NumberMention], scope: Scope, block: Block
) -> tuple[NumberMention, ...]:
    """Return numbers with the units that the article and the heading of a column give them."""
    if scope == Scope() and not block.cells:
        return tuple(numbers)
    return tuple(_scoped(one, scope, block) for one in numbers)


def _scoped(number: NumberMention, scope: Scope, block: Block) -> NumberMention:
    quantity = number.quantity
    if quantity is None:
        return number
    unit = quantity.unit
    if unit == "CNY" and "¥" in number.text:
        unit = scope.yen
    elif unit == "CNY" and scope.yuan != "CNY" and _BARE_YUAN.search(number.text):
        unit = scope.yuan
    elif unit == "" and block.headers:
        unit = _column_unit(number, block)
    return (
        number if unit == quantity.unit else replace(number, quantity=replace(quantity, unit=unit))
    )


def _column_unit(number: NumberMention, block: Block) -> str:
    """Return the unit in the heading of the column in which a number stands alone."""
    for column, (start, end) in enumerate(block.cells):
        if (start, end) == (number.start, number.end) and column < len(block.headers):
            heading = block.headers[column]
            for mark, unit in _COLUMN_UNITS:
                if mark in heading or mark in heading.lower():
                    return unit
    return ""
