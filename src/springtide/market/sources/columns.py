"""What vendors call their columns, and how they write dates and numbers in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from springtide.language.script import normalise

if TYPE_CHECKING:
    import polars as pl

ALLOWED = (
    "a date column (Date, 日期, <DATE>, ...) and at least a close (Close, Price, 收盘, 收盘价, "
    "<CLOSE>, ...), as Yahoo, Eastmoney, Stooq, Investing.com and Wind export them"
)

_NAMES = {
    "date": (
        "date|datetime|time|timestamp|day|trade_date|tradedate|trading date|日期|"
        "交易日期|交易日|时间"
    ),
    "symbol": (
        "symbol|ticker|code|ts_code|secid|instrument|代码|证券代码|股票代码|指数代码|"
        "品种代码|交易代码"
    ),
    "name": ("name|名称|证券名称|股票名称|股票简称|证券简称|简称|指数名称"),
    "open": ("open|opening|open price|开盘|开盘价|今开|今开盘|开市价"),
    "high": ("high|high price|max|最高|最高价|高"),
    "low": ("low|low price|min|最低|最低价|低"),
    "close": (
        "close|closing|close price|closing price|price|last|close/last|settle|收盘|"
        "收盘价|收市价|最新价|收盘点位|收盘指数|点位|收"
    ),
    "adjusted": (
        "adj close|adj. close|adjclose|adj_close|adjusted close|adjusted_close|"
        "复权收盘价|前复权收盘价|后复权收盘价|前复权价|后复权价"
    ),
    "volume": ("volume|vol|vol.|shares traded|trade volume|成交量|总手|交易量|成交股数"),
    "amount": ("amount|turnover|value traded|成交额|成交金额|总成交额|金额"),
    "source": ("source|来源|数据来源"),
    "known_at": ("known_at|published_at|发布时间"),
    "subject": ("subject"),
    "field": ("field"),
    "value": ("value"),
    "unused": (
        "per|openint|open interest|open_interest|change|change %|change%|chg|chg%|"
        "pct_chg|dividends|dividend|stock splits|splits|capital gains|涨跌|涨跌额|涨跌幅|"
        "涨幅|振幅|换手率|前收盘|前收盘价|昨收|均价|市盈率|市净率|总市值|流通市值|"
        "成交笔数|pre_close|outstanding_share|date.1|time.1|涨停价|跌停价|交易状态|"
        "adjustflag|turn|row"
    ),
}
_UNITS = {"万股": 1e4, "百万股": 1e6, "亿股": 1e8, "手": 100.0, "万手": 1e6, "千股": 1e3}
_MAGNITUDES = {"k": 1e3, "m": 1e6, "b": 1e9, "t": 1e12, "万": 1e4, "亿": 1e8, "万亿": 1e12}
_UNKNOWN = ("", "-", "--", "---", "n/a", "na", "nan", "null", "none", "#n/a", "nil", ".")

DATE_FORMATS = (
    "%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%Y.%m.%d", "%Y年%m月%d日", "%b %d, %Y", "%B %d, %Y",
    "%d %b %Y", "%d %B %Y", "%d-%b-%Y", "%d-%b-%y", "%d.%m.%Y",
)  # fmt: skip
AMBIGUOUS_FORMATS = ("%m/%d/%Y", "%d/%m/%Y", "%m-%d-%Y", "%d-%m-%Y")


@cache
def _meanings() -> dict[str, str]:
    return {name: role for role, names in _NAMES.items() for name in names.split("|")}


def role(name: str) -> str | None:
    """Return what a column holds, None where its name is not known.

    Examples
    --------
    >>> role("<CLOSE>"), role("收盘价(元)"), role("開盤"), role("Vol."), role("Adj Close")
    ('close', 'close', 'open', 'volume', 'adjusted')
    """
    meanings = _meanings()
    plain = normalise(name).casefold().strip().strip("<>\"'").strip().replace("（", "(")
    if plain in meanings:
        return meanings[plain]
    return meanings.get(plain.partition("(")[0].strip())


def unit_factor(name: str) -> float:
    """Return by what a column's figures are multiplied, from a unit in its name.

    Examples
    --------
    >>> unit_factor("成交量(万股)"), unit_factor("成交量(手)"), unit_factor("Volume")
    (10000.0, 100.0, 1.0)
    """
    bracketed = re.search(r"[(\[（]([^)\]）]*)[)\]）]", normalise(name))
    return _UNITS.get(bracketed.group(1).strip(), 1.0) if bracketed else 1.0


def count_known(names: Sequence[str]) -> int:
    """Return how many different things these column names are known to mean.

    Names that are known and not used count a little: fewer than any that is.
    """
    roles = {role(name) for name in names} - {None, "unused"}
    return len(roles) if {"date", "value"} & roles or "close" in roles else 0


def distinct(names: Sequence[str]) -> list[str]:
    """Return column names with empty and repeated ones made different."""
    seen: dict[str, int] = {}
    result = []
    for name in names:
        plain = name.strip().strip("\ufeff") or "column"
        count = seen.get(plain, 0)
        seen[plain] = count + 1
        result.append(f"{plain}.{count}" if count else plain)
    return result


def parse_numbers(texts: pl.Series, *, decimal_comma: bool = False) -> pl.Series:
    """Read figures: plain, with thousands separators, with K, M, B, 万 or 亿.

    Texts that mean "unknown" (empty, ``-``, ``N/A``) and texts that are no number both become null;
    :func:`is_unknown` tells them apart.

    Examples
    --------
    >>> import polars as pl
    >>> parse_numbers(pl.Series(["21,814.37", "1.2M", "1.05亿", "-", "x"])).to_list()
    [21814.37, 1200000.0, 105000000.0, None, None]
    >>> parse_numbers(pl.Series(["21.814,37"]), decimal_comma=True).to_list()
    [21814.37]
    """
    import polars as pl

    if texts.dtype.is_numeric():
        return texts.cast(pl.Float64)
    if not decimal_comma:
        quick = texts.cast(pl.Float64, strict=False)
        if quick.null_count() == texts.null_count():
            return quick
    plain = pl.Series(
        [normalise(text) if text and not text.isascii() else text for text in texts.to_list()],
        dtype=pl.String,
    ).str.strip_chars()
    plain = plain.str.replace_all(r"[\s$¥€£'，]", "")
    if decimal_comma:
        plain = plain.str.replace_all(".", "", literal=True).str.replace(",", ".", literal=True)
    else:
        plain = plain.str.replace_all(",", "", literal=True)
    parts = plain.str.to_lowercase().str.extract_groups(
        r"^([+-]?[\d.]+(?:e[+-]?\d+)?)(k|m|b|t|万亿|万|亿)?$"
    )
    fields = parts.struct.unnest()
    number = fields["1"].cast(pl.Float64, strict=False)
    scale = fields["2"].replace_strict(_MAGNITUDES, default=1.0, return_dtype=pl.Float64)
    return number * scale.fill_null(1.0)


def magnitude(texts: pl.Series) -> float:
    """Return the largest scale that stands beside figures: 1e8 where any is in 亿, else 1.

    Examples
    --------
    >>> import polars as pl
    >>> magnitude(pl.Series(["1.05亿", "300万"])), magnitude(pl.Series(["21,814.37"]))
    (100000000.0, 1.0)
    """
    import polars as pl

    if texts.dtype != pl.String:
        return 1.0
    plain = texts.str.strip_chars().str.to_lowercase()
    used = [size for name, size in _MAGNITUDES.items() if plain.str.ends_with(name).any()]
    return max(used, default=1.0)


def is_unknown(texts: pl.Series) -> pl.Series:
    """Tell the texts that say that a figure is not known."""
    import polars as pl

    if texts.dtype != pl.String:
        return texts.is_null()
    return texts.is_null() | texts.str.strip_chars().str.to_lowercase().is_in(_UNKNOWN)


def uses_decimal_comma(texts: pl.Series) -> bool:
    """Tell whether figures are written as on the European continent: 21.814,37.

    Examples
    --------
    >>> import polars as pl
    >>> uses_decimal_comma(pl.Series(["21.814,37", "999,5"]))
    True
    >>> uses_decimal_comma(pl.Series(["21,814.37", "1,000"]))
    False
    """
    import polars as pl

    if texts.dtype != pl.String:
        return False
    texts = texts.drop_nulls()
    continental = texts.str.contains(r"^\s*[+-]?(\d{1,3}(\.\d{3})+|\d+),\d+\s*$")
    grouped = texts.str.contains(r"^\s*[+-]?\d{1,3}(,\d{3})+\s*$")
    with_point = texts.str.contains(r"\.\d{1,2}$|\.\d{4,}$|,\d{3}\.")
    return bool((continental & ~grouped).any()) and not bool(with_point.any())


def parse_dates(texts: pl.Series, date_format: str | None = None) -> tuple[pl.Series, str]:
    """Read dates in whatever one format fits them.

    Parameters
    ----------
    texts
        Dates as text, or as dates or times already (a time is cut to its day).
    date_format
        The format where it is known (``%d/%m/%Y``).

    Returns
    -------
    tuple
        The dates, null where a text is none, and a complaint: "" or why the order of day and month
        cannot be told.

    Examples
    --------
    >>> import polars as pl
    >>> parse_dates(pl.Series(["2025年2月13日"]))[0].to_list()
    [datetime.date(2025, 2, 13)]
    >>> parse_dates(pl.Series(["02/12/2025", "02/13/2025"]))[0].to_list()[0]
    datetime.date(2025, 2, 12)
    """
    import polars as pl

    if texts.dtype == pl.Date:
        return texts, ""
    if isinstance(texts.dtype, pl.Datetime):
        return texts.dt.replace_time_zone(None).cast(pl.Date), ""
    plain = texts.cast(pl.String).str.strip_chars()
    # A time of day after the date says nothing of a daily bar.
    plain = plain.str.replace(r"[T ]\d{1,2}:\d{2}.*$", "")
    if date_format:
        return plain.str.to_date(date_format, strict=False), ""
    parsed = [(plain.str.to_date(form, strict=False), form) for form in DATE_FORMATS]
    best = max((each for each, _ in parsed), key=lambda each: len(each) - each.null_count())
    if best.null_count() < len(best):
        return best, ""
    return _ambiguous_dates(plain)


def _ambiguous_dates(plain: pl.Series) -> tuple[pl.Series, str]:
    """Tell 02/03/2025 from 02/03/2025: by a day over 12, else by the order of the rows."""
    candidates = [plain.str.to_date(form, strict=False) for form in AMBIGUOUS_FORMATS]
    read = [len(each) - each.null_count() for each in candidates]
    top = max(read)
    best = [each for each, count in zip(candidates, read, strict=True) if count == top]
    if top == 0 or len(best) == 1:
        return best[0], ""
    ordered = [each for each in best if _in_order(each)]
    if len(ordered) == 1:
        return ordered[0], ""
    return best[0].clear(len(plain)), (
        "the order of day and month cannot be told: give the date format, such as %d/%m/%Y"
    )


def _in_order(days: pl.Series) -> bool:
    """Tell whether dates run one way without gaps of a month: what daily rows do."""
    import datetime as dt

    steps = days.drop_nulls().diff().drop_nulls()
    if not len(steps):
        return False
    zero, month = dt.timedelta(0), dt.timedelta(days=27)
    one_way = bool((steps > zero).all()) or bool((steps < zero).all())
    return one_way and bool((steps.abs() < month).all())
