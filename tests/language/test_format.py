"""Formatting: fixed examples, and what is written is read back."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext

import pytest
from babel import Locale
from babel.dates import format_date as babel_date
from babel.numbers import parse_pattern
from hypothesis import given, settings
from hypothesis import strategies as st

from springtide.language.dates import find_dates
from springtide.language.format import (
    format_date,
    format_duration,
    format_level,
    format_month,
    format_number,
    format_percent,
    format_period,
    plural_form,
)
from springtide.language.periods import find_periods
from springtide.language.quantities import find_quantities
from springtide.language.script import normalise
from springtide.language.types import DurationUnit, Language, Period

ANCHOR = date(2025, 2, 13)
LOCALES: dict[Language, str] = {"en": "en_GB", "zh-cn": "zh_Hans_CN", "zh-hk": "zh_Hant_HK"}
LANGUAGES = st.sampled_from(["en", "zh-cn", "zh-hk"])
UNITS = st.sampled_from(
    ["points", "USD", "HKD", "CNY", "JPY", "CHF", "ILS", "%", "pp", "bp", "x", "shares", ""]
)


def rounded(value: float, decimals: int) -> float:
    return float(Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


@given(
    st.floats(-1e18, 1e18) | st.floats(-1e5, 1e5) | st.integers(-(10**40), 10**40).map(float),
    st.integers(0, 8),
    LANGUAGES,
)
def test_numbers_are_those_of_the_locale(value: float, decimals: int, language: Language) -> None:
    pattern = parse_pattern("#,##0." + "0" * decimals if decimals else "#,##0")
    exact = Decimal(repr(value)).quantize(
        Decimal(1).scaleb(-decimals), ROUND_HALF_UP, Context(prec=400)
    )
    with localcontext(Context(prec=400)):
        theirs = pattern.apply(abs(exact) if exact.is_zero() else exact, LOCALES[language])
    assert format_number(value, decimals, language) == theirs


@given(st.dates(min_value=date(1000, 1, 1)), LANGUAGES)
def test_days_are_those_of_the_locale(day: date, language: Language) -> None:
    whole, month = ("d MMMM y", "MMMM y") if language == "en" else ("y年M月d日", "y年M月")
    assert format_date(day, language) == babel_date(day, whole, LOCALES[language])
    assert format_month(day, language) == babel_date(day, month, LOCALES[language])


@given(st.integers(-1000, 1000) | st.floats(-1e6, 1e6), LANGUAGES)
def test_plurals_are_those_of_the_locale(value: float, language: Language) -> None:
    assert plural_form(value, language) == Locale.parse(LOCALES[language]).plural_form(value)


def test_examples() -> None:
    assert format_number(-1234567.885, 2, "en") == "-1,234,567.89"
    assert format_number(-0.001, 2, "zh-cn") == "0.00"
    assert format_number(2.675, 2, "en") == "2.68"  # binary rounding would give 2.67
    assert format_number(3, 1, "en", sign=True) == "+3.0"
    assert format_number(-3, 0, "en", sign=True) == "-3"
    assert format_percent(17.17, 1, "en") == "17.2%"
    assert format_level(5048.62, "points", "en") == "5,048.62"
    assert format_level(21814.37, "points", "zh-cn") == "21,814.37点"
    assert format_level(116.7, "HKD", "en") == "HK$116.70"
    assert format_level(116.7, "HKD", "zh-cn") == "116.70港元"
    assert format_level(16.85, "USD", "en") == "$16.85"
    assert format_level(16.85, "USD", "zh-hk") == "16.85美元"
    assert format_level(12.3e9, "USD", "en") == "$12.3bn"
    assert format_level(12.3e9, "USD", "zh-cn") == "123亿美元"
    assert format_level(807.869e9, "HKD", "zh-hk") == "8,078.69億港元"
    assert format_level(-5, "USD", "en", 0) == "-$5"
    assert format_level(17.4, "x", "zh-cn", 1) == "17.4倍"
    assert format_date(date(2000, 3, 10), "en") == "10 March 2000"
    assert format_date(date(2000, 3, 10), "zh-hk") == "2000年3月10日"
    assert format_duration(5, "sessions", "zh-cn") == "5个交易日"
    assert format_duration(1, "years", "en") == "1 year"


@pytest.mark.parametrize(
    ("period", "english", "mainland", "hong_kong"),
    [
        ("ytd", "year to date", "年初至今", "年初至今"),
        ("last:5:sessions", "over the last 5 sessions", "近5个交易日", "近5個交易日"),
        ("last:1:weeks", "over the past week", "近1周", "近1周"),
        ("since:2025-01-10", "since 10 January 2025", "自2025年1月10日以来", "自2025年1月10日以來"),
        (
            "since-low:2025-01-13..2025-01-13",
            "since its low of 13 January 2025",
            "自2025年1月13日低点以来",
            "自2025年1月13日低位以來",
        ),
        (
            "since-low:2024-11-01..2024-11-30",
            "since its low of November 2024",
            "自2024年11月低点以来",
            "自2024年11月低位以來",
        ),
        (
            "since-low:2025-01-01..2025-02-13",
            "since this year's low",
            "自今年低点以来",
            "自今年低位以來",
        ),
        ("since-high", "since its recent high", "自近期高点以来", "自近期高位以來"),
        ("span:2024-01-01..2024-12-31", "in 2024", "2024年全年", "2024年全年"),
        ("all", "on record", "有史以来", "有史以來"),
    ],
)
def test_period_examples(period: str, english: str, mainland: str, hong_kong: str) -> None:
    parsed = Period.parse(period)
    assert format_period(parsed, "en", ANCHOR) == english
    assert format_period(parsed, "zh-cn", ANCHOR) == mainland
    assert format_period(parsed, "zh-hk", ANCHOR) == hong_kong


def test_what_cannot_be_written_is_refused() -> None:
    for value in (float("nan"), float("inf")):
        with pytest.raises(ValueError, match="cannot write"):
            format_number(value, 2, "en")
    with pytest.raises(ValueError, match="decimals"):
        format_number(1.0, -1, "en")


@given(st.floats(-1e9, 1e9), st.integers(0, 4), UNITS, LANGUAGES)
@settings(max_examples=200)
def test_levels_read_back(value: float, decimals: int, unit: str, language: Language) -> None:
    written = normalise(format_level(value, unit, language, decimals))
    (read,) = find_quantities(written)
    assert read.text == written
    assert read.unit == ("" if unit == "points" and language == "en" else unit)
    assert value in read.within
    if read.scale == 1:
        assert read.value == rounded(value, decimals)
        assert read.step == pytest.approx(10.0**-decimals)
    else:
        assert abs(read.value - value) <= read.step / 2 * (1 + 1e-9)


@given(st.floats(-1e6, 1e6), st.integers(0, 4), LANGUAGES, st.booleans())
@settings(max_examples=100)
def test_percentages_read_back(value: float, decimals: int, language: Language, sign: bool) -> None:
    written = format_percent(value, decimals, language, sign=sign)
    (read,) = find_quantities(written)
    assert (read.value, read.unit) == (rounded(value, decimals), "%")
    assert read.step == pytest.approx(10.0**-decimals)


@given(st.dates(date(1950, 1, 1), date(2049, 12, 31)), LANGUAGES)
@settings(max_examples=150)
def test_dates_read_back(day: date, language: Language) -> None:
    written = format_date(day, language)
    (read,) = find_dates(written, ANCHOR)
    assert (read.text, read.first, read.last) == (written, day, day)


@given(
    st.integers(1, 999),
    st.sampled_from(["sessions", "days", "weeks", "months", "quarters", "years"]),
    LANGUAGES,
)
@settings(max_examples=150)
def test_durations_read_back(count: int, unit: DurationUnit, language: Language) -> None:
    written = normalise(format_duration(count, unit, language))
    (read,) = find_quantities(written)
    assert (read.text, read.value, read.unit) == (written, float(count), unit)


@st.composite
def periods(draw: st.DrawFn) -> Period:
    kind = draw(
        st.sampled_from(
            ["ytd", "qtd", "mtd", "wtd", "all", "last", "since", "since-low", "since-high", "span"]
        )
    )
    if kind in ("ytd", "qtd", "mtd", "wtd", "all"):
        return Period(kind)
    if kind == "last":
        unit = draw(st.sampled_from(["sessions", "days", "weeks", "months", "quarters", "years"]))
        return Period("last", count=draw(st.integers(1, 300)), unit=unit)
    first = draw(st.dates(date(1990, 1, 1), ANCHOR))
    if kind == "since":
        return Period("since", first=first)
    if kind != "span" and draw(st.booleans()):
        return Period(kind)
    length = draw(st.integers(1 if kind == "span" else 0, 800))
    last = first + timedelta(days=length)
    return Period(kind, first, last)


@given(periods(), LANGUAGES)
@settings(max_examples=200)
def test_periods_read_back(period: Period, language: Language) -> None:
    written = normalise(format_period(period, language, ANCHOR))
    (read,) = find_periods(written, ANCHOR)
    assert (read.text, read.period) == (written, period)
    assert find_dates(written, ANCHOR) == []


@pytest.mark.parametrize("language", ["en", "zh-cn", "zh-hk"])
@pytest.mark.parametrize(
    "period",
    [
        "since-low:2024-01-01..2024-12-31",
        "since-high:2023-04-01..2023-06-30",
        "since-low:2023-01-01..2023-06-30",
        "span:2023-07-01..2023-12-31",
        "span:2024-10-01..2024-12-31",
    ],
)
def test_stretches_with_a_name_read_back(period: str, language: Language) -> None:
    written = normalise(format_period(Period.parse(period), language, ANCHOR))
    assert [str(m.period) for m in find_periods(written, ANCHOR)] == [period]


def test_numbers_of_forty_digits_are_written() -> None:
    written = format_number(1e40, 2, "en")
    assert written.replace(",", "") == "1" + "0" * 40 + ".00"
