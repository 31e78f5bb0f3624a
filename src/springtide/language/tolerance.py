"""What a wording admits: one table from "nearly 5%" to the numbers for which that is true.

The precision of a number is read off the number itself. Its *step* is one unit of its last printed
digit (25% has step 1, 17.20% has 0.01). Its *grain* is one unit of its last digit that is not zero
(50 has grain 10, 165 has 1, 23000 has 1000): who writes a round number with "about" rounds
coarsely, who writes a sharp one does not.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from springtide.language.types import Comparator, Interval

Value = float | tuple[float, float]


@dataclass(frozen=True, slots=True)
class ToleranceRow:
    """One row of the table.

    Attributes
    ----------
    key
        Name of the row, as ``interval`` takes it.
    comparator
        What a quantity or claim with this wording carries.
    cues_en, cues_zh
        The words, as people write them.
    rule
        The rule in words.
    example, example_value, example_step
        A printed example, with its value and step.
    within
        The interval as a function of value and step.
    """

    key: str
    comparator: Comparator
    cues_en: tuple[str, ...]
    cues_zh: tuple[str, ...]
    rule: str
    example: str
    example_value: Value
    example_step: float
    within: Callable[[Value, float], Interval]


def grain(value: float, step: float) -> float:
    """Return one unit of the last digit of ``value`` that is not zero, at least ``step``.

    Examples
    --------
    >>> grain(23000, 1), grain(165, 1), grain(0.5, 0.1), grain(7, 1)
    (1000.0, 1.0, 0.1, 1.0)
    """
    if value == 0 or not math.isfinite(value):
        return step
    exponent = Decimal(f"{abs(value):.12g}").normalize().as_tuple().exponent
    return max(float(Decimal(1).scaleb(int(exponent))), step)


def interval(key: str, value: Value, step: float) -> Interval:
    """Return the true values that a wording admits for a printed value.

    Parameters
    ----------
    key
        Key of a row of the table, or a comparator (``=``, ``~``, ``>``, ``<``, ``range``,
        ``up_to``), which stands for the first row that carries it.
    value
        The printed value; a pair for a range.
    step
        One unit of the last printed digit, in the unit of ``value``.

    Raises
    ------
    KeyError
        There is no such row.

    Examples
    --------
    >>> print(interval("exact", 25, 1), interval("=", -3.5, 0.1))
    [24.5, 25.5) (-3.55, -3.45]
    >>> 0.87 in interval("nearly", 1, 1)
    True
    """
    return _BY_KEY[key].within(value, step)


def _single(value: Value) -> float:
    return value[1] if isinstance(value, tuple) else value


def _mirrored(
    of_magnitude: Callable[[float, float], Interval],
) -> Callable[[Value, float], Interval]:
    """Apply a rule for magnitudes to a signed value: a fall admits what the rise does, mirrored."""

    def within(value: Value, step: float) -> Interval:
        x = _single(value)
        admitted = of_magnitude(abs(x), step)
        return admitted.negated() if x < 0 else admitted

    return within


def _plus(v: float, change: float) -> float:
    """Add as decimals, so that 0.3 - 0.05 is 0.25 and not a little less."""
    return float(Decimal(repr(float(v))) + Decimal(f"{change:.12g}"))


def _exact(v: float, step: float) -> Interval:
    return Interval(_plus(v, -step / 2), _plus(v, step / 2), high_open=True)


def _about(v: float, step: float) -> Interval:
    slack = max(step / 2, min(grain(v, step) / 2, 0.05 * v))
    return Interval(_plus(v, -slack), _plus(v, slack))


def _shortfall(v: float, step: float) -> float:
    return max(step / 2, min(grain(v, step), 0.10 * v))


def _nearly(v: float, step: float) -> Interval:
    return Interval(_plus(v, -_shortfall(v, step)), _plus(v, step / 2), high_open=True)


def _just_under(v: float, step: float) -> Interval:
    return Interval(_plus(v, -_shortfall(v, step)), v, high_open=True)


def _just_over(v: float, step: float) -> Interval:
    return Interval(v, _plus(v, _shortfall(v, step)), low_open=True)


def _odd(v: float, step: float) -> Interval:
    return Interval(v, _plus(v, grain(v, step)), high_open=True)


def _short_of(v: float, step: float) -> Interval:
    return Interval(0.0, v, high_open=True)


def _above(value: Value, step: float) -> Interval:
    return Interval(_single(value), math.inf, low_open=True)


def _at_least(value: Value, step: float) -> Interval:
    return Interval(_single(value), math.inf)


def _below(value: Value, step: float) -> Interval:
    return Interval(-math.inf, _single(value), high_open=True)


def _at_most(value: Value, step: float) -> Interval:
    return Interval(-math.inf, _single(value))


def _range(value: Value, step: float) -> Interval:
    low, high = value if isinstance(value, tuple) else (value, value)
    return Interval(_plus(low, -step / 2), _plus(high, step / 2), high_open=True)


TABLE: tuple[ToleranceRow, ...] = (
    ToleranceRow(
        "exact",
        "=",
        ("(none)",),
        ("（无）",),
        "All that rounds to the printed number: half a step each side. A tie rounds away from "
        "zero, so the lower end belongs to it and the upper one does not; mirrored for negatives.",
        "25%",
        25,
        1,
        _mirrored(_exact),
    ),
    ToleranceRow(
        "about",
        "~",
        (
            "about",
            "around",
            "roughly",
            "approximately",
            "approx.",
            "circa",
            "some",
            "near",
            "in the region of",
            "in the vicinity of",
            "~",
            "…or so",
        ),
        ("约", "大约", "大概", "约莫", "大致", "约为", "约合", "…左右", "…上下", "…附近", "…前后"),
        "Half a grain each side, but no more than 5% of the value and no less than half a step.",
        "about 20%",
        20,
        1,
        _mirrored(_about),
    ),
    ToleranceRow(
        "nearly",
        "~",
        ("nearly", "almost", "close to", "approaching", "nearing", "not far from", "virtually"),
        ("近", "将近", "接近", "逼近", "几乎", "几近", "迫近", "直逼", "趋近"),
        "A little below: up to one grain less, but no more than 10% of the value and no less than "
        "half a step; above, only what rounds to the printed number.",
        "逼近50%",
        50,
        1,
        _mirrored(_nearly),
    ),
    ToleranceRow(
        "above",
        ">",
        (
            "more than",
            "over",
            "above",
            "exceeding",
            "exceeded",
            "exceeds",
            "topping",
            "topped",
            "surpassing",
            "surpassed",
            "greater than",
            "higher than",
            "well over",
            "well above",
            "upwards of",
            "in excess of",
            "north of",
            "beyond",
            "past",
        ),
        (
            "超过",
            "超",
            "逾",
            "超出",
            "突破",
            "升破",
            "涨破",
            "升穿",
            "冲破",
            "站上",
            "重上",
            "重回",
            "重返",
            "破",
            "高于",
            "大于",
            "多于",
            "超越",
            "远超",
            "不止",
            "…之上",
            "…上方",
        ),
        "Strictly more, however much: 24.96% is not more than 25%, and 80% is. The number is "
        "taken as a threshold, without rounding.",
        "超过25%",
        25,
        1,
        _above,
    ),
    ToleranceRow(
        "at_least",
        ">",
        (
            "at least",
            "no less than",
            "not less than",
            "no fewer than",
            "a minimum of",
            "…or more",
            "…or higher",
            "…or above",
            "…and above",
            "…+",
        ),
        (
            "至少",
            "不低于",
            "不少于",
            "不下",
            "不小于",
            "起码",
            "最少",
            "…以上",
            "…或以上",
            "…及以上",
        ),
        "The number itself or more, however much; without rounding.",
        "25%以上",
        25,
        1,
        _at_least,
    ),
    ToleranceRow(
        "odd",
        ">",
        ("…-odd",),
        ("…多", "…余", "…有余"),
        "From the number up to the next of its grain.",
        "40多点",
        40,
        1,
        _mirrored(_odd),
    ),
    ToleranceRow(
        "just_over",
        ">",
        (
            "just over",
            "just above",
            "slightly more than",
            "slightly over",
            "slightly above",
            "a little over",
            "a little more than",
        ),
        ("略高于", "略超", "略超过", "刚过", "刚超过", "稍高于", "稍超"),
        "More, by no more than one grain and 10% of the value, half a step being always granted.",
        "just over 3%",
        3,
        1,
        _mirrored(_just_over),
    ),
    ToleranceRow(
        "short_of",
        "<",
        ("less than", "fewer than", "under"),
        ("不到", "不足", "未到", "未满", "不满", "不及", "未及", "少于"),
        "Said of a size: less, in the direction of the sentence, so from zero up to the number. "
        "A rise of less than 1% is no fall.",
        "不到1%",
        1,
        1,
        _mirrored(_short_of),
    ),
    ToleranceRow(
        "below",
        "<",
        ("below", "lower than"),
        ("低于", "小于", "跌破", "跌穿", "失守", "…以下", "…之下", "…下方"),
        "Said of a level: less, however much, below zero too; without rounding.",
        "低于23000点",
        23000,
        1,
        _below,
    ),
    ToleranceRow(
        "just_under",
        "<",
        (
            "just under",
            "just below",
            "just shy of",
            "slightly less than",
            "slightly under",
            "slightly below",
            "a little under",
        ),
        ("略低于", "稍低于", "略少于"),
        "Less, by no more than one grain and 10% of the value, half a step being always granted.",
        "just under 3%",
        3,
        1,
        _mirrored(_just_under),
    ),
    ToleranceRow(
        "range",
        "range",
        ("10% to 15%", "between 10% and 15%"),
        ("10%至15%", "10%~15%"),
        "From half a step below the lower number to half a step above the upper one.",
        "4~14个百分点",
        (4.0, 14.0),
        1,
        _range,
    ),
    ToleranceRow(
        "up_to",
        "up_to",
        ("up to", "as much as", "as high as", "as many as", "a maximum of"),
        ("最多", "高达", "最高达", "多达", "最高", "最大", "最高可达", "可达"),
        'The largest value reached is the printed one, so it rounds to it: "as much as 4%" is '
        "the extreme of the day, not a bound that a rise of 1% would satisfy.",
        "最多涨406点",
        406,
        1,
        _mirrored(_exact),
    ),
    ToleranceRow(
        "at_most",
        "<",
        (
            "at most",
            "no more than",
            "not more than",
            "not exceeding",
            "…or less",
            "…or lower",
            "…or fewer",
            "…or below",
            "…and below",
        ),
        (
            "至多",
            "不超过",
            "不高于",
            "不多于",
            "不大于",
            "未超过",
            "…以内",
            "…之内",
            "…或以下",
            "…及以下",
        ),
        "The number itself or less, however much; without rounding.",
        "不超过10%",
        10,
        1,
        _at_most,
    ),
)

_BY_KEY: dict[str, ToleranceRow] = {row.key: row for row in TABLE}
for _row in TABLE:
    _BY_KEY.setdefault(_row.comparator, _row)


def comparator(key: str) -> Comparator:
    """Return the comparator that a row carries.

    Examples
    --------
    >>> comparator("nearly"), comparator("at_least")
    ('~', '>')
    """
    return _BY_KEY[key].comparator


_PAGE_HEAD = """\
# What a wording admits

A number in a text is rarely meant to the last digit, and its wording says how far it may be off.
This table is the one that reading, verification and briefs use. The *step* of a number is one unit
of its last printed digit (25% has step 1, 17.20% has 0.01); its *grain* is one unit of its last
digit that is not zero (50 has 10, 165 has 1, 23000 has 1000). Words that begin with "…" follow the
number, the others come before it. `[` and `]` include the end, `(` and `)` do not.

| row | comparator | English | 中文 | rule | example | admits |
| --- | --- | --- | --- | --- | --- | --- |
"""

_PAGE_FOOT = """
A value is read as written and its sign is the sentence's: in "fell nearly 3%" the wording admits
[2.5, 3.5) and the sentence turns it into (-3.5, -2.5].

Units worth a note:

- 成 is ten percent, and so is its step: 一成 admits [5%, 15%), 三成二 is 32% with step 1.
- 厘 is one percent, as Hong Kong quotes interest rates (5厘 is 5%). On the mainland a 厘 is a tenth
  of a percent a month or a thousandth of a yuan; it is read so nowhere here.
- 元 alone is the renminbi; a reader who knows better from the instrument says so.
- Doubling (翻倍) is a change of +100%, 翻两番 of +300%, halving (腰斩) of -50%, each with step 1.
- Numerals in words keep the precision they are spoken with: 二万三 is 23000 with step 1000.
"""


def tolerance_table_markdown() -> str:
    """Return the page of the documentation that states the table."""
    rows = []
    for row in TABLE:
        cells = (
            row.key,
            f"`{row.comparator}`",
            ", ".join(row.cues_en),
            "、".join(row.cues_zh),
            row.rule,
            row.example,
            f"{row.within(row.example_value, row.example_step)}",
        )
        rows.append("| " + " | ".join(cells) + " |\n")
    return _PAGE_HEAD + "".join(rows) + _PAGE_FOOT
