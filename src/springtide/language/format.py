"""Numbers, levels, dates and periods as each language writes them.

What these functions write, the readers of this room read back: the same value, unit and step, the
same day, the same period. Figures, days and plurals are those of CLDR for en-GB, zh-Hans-CN and
zh-Hant-HK, which the tests hold against Babel; written here, they cost a command nothing to load.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal

from springtide.language.stretches import Stretch, half_of, month_of, quarter_of, year_of
from springtide.language.types import DurationUnit, Language, Period

_WIDE = Context(prec=400)  # any float with any sensible count of decimals
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def format_number(value: float, decimals: int, language: Language, *, sign: bool = False) -> str:
    """Write a number with a fixed count of decimals and grouped thousands.

    Parameters
    ----------
    value
        A finite number. It is rounded as printed in decimal, a tie away from zero: 2.675 with two
        decimals is 2.68, which binary rounding would make 2.67.
    decimals
        Digits after the point.
    language
        Language to write in.
    sign
        Write a plus sign before a number above zero.

    Raises
    ------
    ValueError
        The value is not finite, or ``decimals`` is negative.

    Examples
    --------
    >>> format_number(21814.365, 2, "en"), format_number(0.2, 1, "zh-cn", sign=True)
    ('21,814.37', '+0.2')
    """
    number = rounded(value, decimals)
    written = f"{number:,f}"  # all three languages group by comma and begin decimals with a point
    return f"+{written}" if sign and number > 0 else written


def format_percent(value: float, decimals: int, language: Language, *, sign: bool = False) -> str:
    """Write a percentage, given in percent.

    Examples
    --------
    >>> format_percent(17.17, 1, "en"), format_percent(-0.2, 2, "zh-hk")
    ('17.2%', '-0.20%')
    """
    return f"{format_number(value, decimals, language, sign=sign)}%"


_SIGNS = {
    "USD": "$", "HKD": "HK$", "CNY": "CN¥", "EUR": "€", "GBP": "£", "TWD": "NT$", "SGD": "S$",
    "KRW": "₩", "INR": "₹", "AUD": "A$", "CAD": "C$",
}  # fmt: skip
_NAMES: dict[str, tuple[str, str]] = {
    "USD": ("美元", "美元"), "HKD": ("港元", "港元"), "CNY": ("元", "元人民幣"),
    "EUR": ("欧元", "歐元"),
    "GBP": ("英镑", "英鎊"), "TWD": ("新台币", "新台幣"), "SGD": ("新元", "新元"),
    "KRW": ("韩元", "韓元"), "JPY": ("日元", "日圓"), "INR": ("卢比", "盧比"),
    "AUD": ("澳元", "澳元"), "CAD": ("加元", "加元"), "CHF": ("瑞郎", "瑞郎"),
    "points": ("点", "點"), "x": ("倍", "倍"), "pp": ("个百分点", "個百分點"),
    "bp": ("个基点", "個基點"), "shares": ("股", "股"), "%": ("%", "%"), "": ("", ""),
}  # fmt: skip
_ENGLISH_NAMES = {
    "points": "", "x": "x", "pp": " percentage points", "bp": " basis points", "shares": " shares",
    "%": "%", "": "",
}  # fmt: skip
_LARGE: dict[Language, tuple[tuple[int, str], ...]] = {
    "en": ((12, "tn"), (9, "bn"), (6, "m")),
    "zh-cn": ((12, "万亿"), (8, "亿")),
    "zh-hk": ((12, "萬億"), (8, "億")),
}


_AXIS: dict[Language, tuple[tuple[float, float, str], ...]] = {
    "en": ((1e6, 1e6, "m"), (1e9, 1e9, "bn")),
    "zh-cn": ((1e5, 1e4, "万"), (1e8, 1e8, "亿")),
    "zh-hk": ((1e5, 1e4, "萬"), (1e8, 1e8, "億")),
}


def axis_units(language: Language) -> tuple[tuple[float, float, str], ...]:
    """Return the large units of an axis: from which value on, how large, and the word; ascending.

    Examples
    --------
    >>> axis_units("zh-hk")
    ((100000.0, 10000.0, '萬'), (100000000.0, 100000000.0, '億'))
    """
    return _AXIS[language]


def format_level(
    value: float, unit: str, language: Language, decimals: int = 2, *, scaled: bool = True
) -> str:
    """Write a level with its unit: index points, a price, a sum of money, a multiple.

    A sum from a million (in Chinese: a hundred million) on is written with a scale word and at
    most two decimals, or ``decimals`` where these are more, without idle zeros. An index level has
    no unit word in English, and reads back as a number without one.

    Parameters
    ----------
    value
        A finite number in ``unit``.
    unit
        ``points``, an ISO 4217 code, ``%``, ``pp``, ``bp``, ``x``, ``shares`` or "".
    language
        Language to write in.
    decimals
        Digits after the point.
    scaled
        Whether a large sum is written with a scale word.

    Examples
    --------
    >>> format_level(5048.62, "points", "en"), format_level(21814.37, "points", "zh-hk")
    ('5,048.62', '21,814.37點')
    >>> format_level(116.7, "HKD", "en"), format_level(12.3e9, "USD", "zh-cn")
    ('HK$116.70', '123亿美元')
    >>> format_level(881e6, "USD", "zh-cn", 0), format_level(881e6, "USD", "en", 0)
    ('8.81亿美元', '$881m')
    >>> format_level(0.733, "CNY", "zh-hk", 3)
    '0.733元人民幣'
    """
    money = scaled and (unit.isupper() or unit == "shares")
    scale, word = next(
        ((p, w) for p, w in _LARGE[language] if money and abs(value) >= 10**p), (0, "")
    )
    if scale:
        size = rounded(float(Decimal(repr(value)).scaleb(-scale)), max(decimals, 2))
        number = format_number(float(size), _needed(size), language) + word
    else:
        number = format_number(value, decimals, language)
    if language != "en":
        names = _NAMES.get(unit)
        return number + (names[language == "zh-hk"] if names else f" {unit}")
    if not unit.isupper():
        return number + _ENGLISH_NAMES[unit]
    sign = _SIGNS.get(unit, f"{unit} ")
    return f"-{sign}{number[1:]}" if number.startswith("-") else sign + number


_STEPS: dict[str, tuple[str, str, str]] = {
    "points": (" points", "点", "點"),
    "x": (" times", "倍", "倍"),
}


def format_change(value: float, unit: str, language: Language, decimals: int = 2) -> str:
    """Write the size of a move of a price: in index points, in its currency, or times over.

    Examples
    --------
    >>> format_change(406, "points", "en"), format_change(1.5, "x", "zh-hk")
    ('406.00 points', '1.50倍')
    >>> format_change(39.7, "USD", "en")
    '$39.70'
    """
    words = _STEPS.get(unit)
    if words is None:
        return format_level(value, unit, language, decimals, scaled=False)
    which = {"en": 0, "zh-cn": 1, "zh-hk": 2}[language]
    return format_number(value, decimals, language) + words[which]


def format_date(day: date, language: Language) -> str:
    """Write a day.

    Examples
    --------
    >>> format_date(date(2000, 3, 10), "en"), format_date(date(2000, 3, 10), "zh-cn")
    ('10 March 2000', '2000年3月10日')
    """
    if language == "en":
        return f"{day.day} {format_month(day, language)}"
    return f"{format_month(day, language)}{day.day}日"


_ENGLISH_TO_DATE = {
    "ytd": "year to date", "qtd": "quarter to date", "mtd": "month to date",
    "wtd": "week to date", "all": "on record",
}  # fmt: skip
_HAN_TO_DATE = {
    "ytd": ("年初至今", "年初至今"), "qtd": ("本季以来", "本季以來"),
    "mtd": ("本月以来", "本月以來"), "wtd": ("本周以来", "本周以來"),
    "all": ("有史以来", "有史以來"),
}  # fmt: skip


def format_period(period: Period, language: Language, anchor: date) -> str:
    """Write a period as it would stand in a sentence about the day ``anchor``.

    Examples
    --------
    >>> day = date(2025, 2, 13)
    >>> format_period(Period.parse("since-low:2025-01-13..2025-01-13"), "en", day)
    'since its low of 13 January 2025'
    >>> format_period(Period("last", count=5, unit="sessions"), "zh-cn", day)
    '近5个交易日'
    """
    write = _english_period if language == "en" else _han_period
    return write(period, language, anchor)


def format_duration(count: int, unit: DurationUnit, language: Language) -> str:
    """Write a number of sessions, days, weeks, months, quarters or years.

    Examples
    --------
    >>> format_duration(1, "sessions", "en"), format_duration(3, "months", "zh-hk")
    ('1 session', '3個月')
    """
    if language == "en":
        return (
            f"{format_number(count, 0, language)} {unit.removesuffix('s') if count == 1 else unit}"
        )
    return format_number(count, 0, language) + _HAN_UNITS[unit][language == "zh-hk"]


_HAN_UNITS: dict[DurationUnit, tuple[str, str]] = {
    "sessions": ("个交易日", "個交易日"), "days": ("天", "天"), "weeks": ("周", "周"),
    "months": ("个月", "個月"), "quarters": ("个季度", "個季度"), "years": ("年", "年"),
}  # fmt: skip


def _english_period(period: Period, language: Language, anchor: date) -> str:
    if period.kind in _ENGLISH_TO_DATE:
        return _ENGLISH_TO_DATE[period.kind]
    if period.kind == "last":
        assert period.count is not None
        assert period.unit is not None
        if period.count == 1:
            return f"over the past {period.unit.removesuffix('s')}"
        return f"over the last {format_duration(period.count, period.unit, language)}"
    if period.first is None:
        return f"since its recent {period.kind.removeprefix('since-')}"
    if period.kind == "since":
        return f"since {format_date(period.first, language)}"
    assert period.last is not None
    if period.kind == "span":
        name = _english_stretch(period.first, period.last)
        return f"in {name}" if name else f"from {_english_days(period, ' to ')}"
    extreme = period.kind.removeprefix("since-")
    if (period.first, period.last) == (date(anchor.year, 1, 1), anchor):
        return f"since this year's {extreme}"
    if period.first == period.last:
        return f"since its {extreme} of {format_date(period.first, language)}"
    if month_of(period.first.year, period.first.month) == (period.first, period.last):
        return f"since its {extreme} of {format_month(period.first, language)}"
    name = _english_stretch(period.first, period.last)
    if name:
        return f"since its {extreme} of {name}"
    return f"since its {extreme} between {_english_days(period, ' and ')}"


def _english_days(period: Period, joint: str) -> str:
    assert period.first is not None
    assert period.last is not None
    return format_date(period.first, "en") + joint + format_date(period.last, "en")


def _english_stretch(first: date, last: date) -> str:
    """Return the name of a year, a half or a quarter, "" for any other stretch."""
    if (first, last) == year_of(first.year):
        return str(first.year)
    if half := _number_of(half_of, 2, first, last):
        return f"H{half} {first.year}"
    quarter = _number_of(quarter_of, 4, first, last)
    return f"Q{quarter} {first.year}" if quarter else ""


def _han_period(period: Period, language: Language, anchor: date) -> str:
    hk = language == "zh-hk"
    tail = "以來" if hk else "以来"
    if period.kind in _HAN_TO_DATE:
        return _HAN_TO_DATE[period.kind][hk]
    if period.kind == "last":
        assert period.count is not None
        assert period.unit is not None
        return "近" + format_duration(period.count, period.unit, language)
    extreme = {"since-low": ("低点", "低位"), "since-high": ("高点", "高位")}.get(period.kind)
    if period.first is None:
        assert extreme is not None
        return f"自近期{extreme[hk]}{tail}"
    if period.kind == "since":
        return f"自{format_date(period.first, language)}{tail}"
    assert period.last is not None
    if period.kind == "span":
        return _han_stretch(period.first, period.last, language) or (
            f"{format_date(period.first, language)}至{format_date(period.last, language)}"
        )
    assert extreme is not None
    if (period.first, period.last) == (date(anchor.year, 1, 1), anchor):
        return f"自今年{extreme[hk]}{tail}"
    if period.first == period.last:
        when = format_date(period.first, language)
    elif month_of(period.first.year, period.first.month) == (period.first, period.last):
        when = format_month(period.first, language)
    else:
        when = _han_stretch(period.first, period.last, language).removesuffix("全年") or (
            f"{format_date(period.first, language)}至{format_date(period.last, language)}"
        )
    return f"自{when}{extreme[hk]}{tail}"


def _han_stretch(first: date, last: date, language: Language) -> str:
    if (first, last) == year_of(first.year):
        return f"{first.year}年全年"
    if half := _number_of(half_of, 2, first, last):
        return f"{first.year}年{'上下'[half - 1]}半年"
    quarter = _number_of(quarter_of, 4, first, last)
    name = f"{first.year}年第{'一二三四'[quarter - 1]}季"
    return (name if language == "zh-hk" else f"{name}度") if quarter else ""


def _number_of(stretch: Callable[[int, int], Stretch], count: int, first: date, last: date) -> int:
    """Return which half or quarter of its year a stretch is, 0 if none."""
    return next((n for n in range(1, count + 1) if stretch(first.year, n) == (first, last)), 0)


def format_month(day: date, language: Language) -> str:
    """Write the month and year of a day.

    Examples
    --------
    >>> format_month(date(2000, 3, 10), "en"), format_month(date(2000, 3, 10), "zh-hk")
    ('March 2000', '2000年3月')
    """
    if language == "en":
        return f"{_MONTHS[day.month - 1]} {day.year}"
    return f"{day.year}年{day.month}月"


def plural_form(value: float, language: Language) -> str:
    """Return the plural form that goes with a number: of Chinese there is one.

    Examples
    --------
    >>> plural_form(1, "en"), plural_form(1.5, "en"), plural_form(1, "zh-cn")
    ('one', 'other', 'other')
    """
    return "one" if language == "en" and abs(value) == 1 else "other"


def rounded(value: float, decimals: int) -> Decimal:
    """Round as a printed figure is rounded: half up in magnitude, on the decimal digits.

    Binary floats make ``round(0.285, 2)`` 0.28; readers expect 0.29.

    Raises
    ------
    ValueError
        The value is not finite, or ``decimals`` is negative.

    Examples
    --------
    >>> rounded(0.285, 2), rounded(-0.285, 2)
    (Decimal('0.29'), Decimal('-0.29'))
    """
    exact = Decimal(repr(float(value)))
    if not exact.is_finite() or decimals < 0:
        raise ValueError(f"cannot write {value!r} with {decimals} decimals")
    number = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, _WIDE)
    return abs(number) if number.is_zero() else number


def _needed(number: Decimal) -> int:
    """Return how many decimals a number has without idle zeros."""
    return max(0, -int(number.normalize().as_tuple().exponent))


def tag(language: Language) -> str:
    """Return the tag of a language for web pages (BCP 47).

    Examples
    --------
    >>> tag("zh-hk")
    'zh-HK'
    """
    base, _, region = language.partition("-")
    return f"{base}-{region.upper()}" if region else base
