"""Scales, units and currencies as they are written beside a number."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

_SCALES = {
    "万亿": 12, "千亿": 11, "百亿": 10, "十亿": 9, "亿": 8, "千万": 7, "百万": 6, "十万": 5,
    "万": 4, "千": 3, "兆": 12,
    "thousand": 3, "million": 6, "billion": 9, "trillion": 12, "lakh": 5, "crore": 7,
    "mn": 6, "mln": 6, "mio": 6, "bn": 9, "bln": 9, "tn": 12, "trn": 12, "trln": 12,
    "m": 6, "b": 9, "k": 3, "t": 12,
}  # fmt: skip

_PERCENT = ("%", "percent", "per cent", "pct")
_UNITS: dict[str, str] = {
    **dict.fromkeys(_PERCENT, "%"),
    **dict.fromkeys(("百分点", "percentage point", "% point", "pp", "ppt", "%-pt", "pct pt"), "pp"),
    **dict.fromkeys(("基点", "点子", "basis point", "bp"), "bp"),
    **dict.fromkeys(("倍", "x", "time", "-fold", "fold"), "x"),
    **dict.fromkeys(("点", "point", "pt"), "points"),
    **dict.fromkeys(("股", "share"), "shares"),
    **dict.fromkeys(("交易日", "session", "trading session", "trading day"), "sessions"),
    **dict.fromkeys(("日", "天", "day", "calendar day"), "days"),
    **dict.fromkeys(("周", "星期", "礼拜", "week"), "weeks"),
    **dict.fromkeys(("月", "month"), "months"),
    **dict.fromkeys(("季度", "季", "quarter"), "quarters"),
    **dict.fromkeys(("年", "year", "yr"), "years"),
    **dict.fromkeys(("元人民币", "元", "yuan", "renminbi", "人民币"), "CNY"),
    **dict.fromkeys(("港元", "港币", "元港币", "元港元", "hong kong dollar"), "HKD"),
    **dict.fromkeys(("美元", "美金", "dollar", "u.s. dollar", "us dollar"), "USD"),
    **dict.fromkeys(("日元", "日圆", "yen"), "JPY"),
    **dict.fromkeys(("英镑", "pound", "pound sterling"), "GBP"),
    **dict.fromkeys(("欧元", "euro"), "EUR"),
    **dict.fromkeys(("韩元", "韩圜", "韩圆", "won"), "KRW"),
    **dict.fromkeys(("新元", "新加坡元", "新加坡币", "坡元", "singapore dollar"), "SGD"),
    **dict.fromkeys(("台币", "新台币", "元新台币", "元台币", "台元"), "TWD"),
    **dict.fromkeys(("澳元", "australian dollar"), "AUD"),
    **dict.fromkeys(("加元", "canadian dollar"), "CAD"),
    **dict.fromkeys(("瑞郎", "瑞士法郎", "swiss franc"), "CHF"),
    **dict.fromkeys(("卢比", "印度卢比", "rupee"), "INR"),
    **dict.fromkeys(("卢布", "rouble", "ruble"), "RUB"),
    **dict.fromkeys(("令吉", "林吉特", "ringgit"), "MYR"),
    **dict.fromkeys(("泰铢", "baht"), "THB"),
    **dict.fromkeys(("澳门元", "澳门币", "pataca"), "MOP"),
    "越南盾": "VND", "印尼盾": "IDR", "雷亚尔": "BRL",
}  # fmt: skip
# Units that are a part of another one: the unit, and the power of ten by which.
_PARTS: dict[str, tuple[str, int]] = {
    "成": ("%", 1), "厘": ("%", 0), "港仙": ("HKD", -2), "仙": ("HKD", -2), "美分": ("USD", -2),
    "cent": ("USD", -2), "pence": ("GBP", -2), "penny": ("GBP", -2),
}  # fmt: skip
_ISO = [
    "USD", "HKD", "CNY", "CNH", "EUR", "GBP", "JPY", "KRW", "SGD", "TWD", "AUD", "CAD", "CHF",
    "INR", "ILS", "NZD", "MYR", "THB", "IDR", "PHP", "VND", "BRL", "MXN", "ZAR", "RUB", "TRY",
    "SEK", "NOK", "DKK", "PLN", "SAR", "AED", "MOP",
]  # fmt: skip
_SIGNS = {
    "US$": "USD", "HK$": "HKD", "NT$": "TWD", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD",
    "S$": "SGD", "NZ$": "NZD", "R$": "BRL", "$": "USD", "€": "EUR", "£": "GBP", "¥": "CNY",
    "CN¥": "CNY", "₩": "KRW", "₹": "INR", "RMB": "CNY", "Rs": "INR", "Rs.": "INR", "人民币": "CNY",
    "港币": "HKD", "美元": "USD", "港元": "HKD",
} | {code: code for code in _ISO}  # fmt: skip

# Letters after a number that are a scale only where money is meant: 5k may be a race, 4K a screen.
_MONEY_ONLY = frozenset({"m", "b", "k", "t", "K", "T"})


def unit_of(written: str) -> tuple[str, int]:
    """Return the unit that the words after a number mean, and the power of ten that goes with it.

    Examples
    --------
    >>> unit_of("港元"), unit_of("percentage points"), unit_of("成"), unit_of("5G")
    (('HKD', 0), ('pp', 0), ('%', 1), ('', 0))
    """
    word = written.strip(" -").lower() if written not in _UNITS else written
    for form in (written, word, word.removesuffix("s"), word.replace("-", " ").removesuffix("s")):
        if form in _UNITS:
            return _UNITS[form], 0
        if form in _PARTS:
            return _PARTS[form]
    upper = written.strip().upper()
    return (upper, 0) if upper in _ISO else ("", 0)


def scale_of(written: str) -> int:
    """Return the power of ten of a scale word, 0 for none."""
    return _SCALES.get(written.strip(" -").lower(), 0)


def is_money_only(written: str) -> bool:
    """Tell whether a letter counts as a scale only beside a currency."""
    return written in _MONEY_ONLY


def currency_before(text: str, end: int) -> tuple[int, str]:
    """Return where a currency sign that ends at ``end`` begins, and its code; "" if there is none.

    Examples
    --------
    >>> currency_before("HK$", 3), currency_before("ABC", 3)
    ((0, 'HKD'), (3, ''))
    """
    stop = end - 1 if text[end - 1 : end] == " " else end
    if stop == 0 or text[stop - 1] not in _sign_ends():
        return end, ""
    for length in range(min(4, stop), 0, -1):
        sign = text[stop - length : stop]
        code = _SIGNS.get(sign)
        if code:
            glued = sign[0].isalpha() and sign.isascii() and text[stop - length - 1 : stop - length]
            if glued and glued.isascii() and glued.isalpha():
                return end, ""
            return stop - length, code
    return end, ""


@cache
def _sign_ends() -> frozenset[str]:
    return frozenset(sign[-1] for sign in _SIGNS)


def power(exponent: int) -> Decimal:
    """Return a power of ten, exactly."""
    return Decimal(1).scaleb(exponent)


@cache
def after_number() -> re.Pattern[str]:
    """Compile what may follow a number: scale word, "多" or "余", and unit."""
    han_scale = "万亿|千亿|百亿|十亿|亿|千万|百万|十万|万|千(?![瓦克米])|兆(?=元|港|美|日|台|韩)"
    english_scale = "thousand|million|billion|trillion|lakh|crore"
    short_scale = "mln|mio|mn|bln|bn|trln|trn|tn|[mbktMBKT]"
    units = {u for u in (*_UNITS, *_PARTS) if not u.isascii()}
    han = sorted(units, key=lambda u: (-len(u), u))  # the same in every process
    han = [_HAN_GUARDS.get(u, u) for u in han]
    english = (
        r"percentage[ -]points?|per cent\b|percent\b|pct(?: pts?)?\b|%(?:[ -](?:points?"
        r"|pts?)\b)?|ppts?\b|pps?\b"
        r"|basis[ -]points?|bps?\b|points?\b|pts?\b|times\b|-?fold\b|[xX](?![A-Za-z0-9])|shares?\b"
        r"|(?:trading |calendar )?(?:sessions?|days?)\b|(?:weeks?|months?|quarters?"
        r"|years?|yrs?)\b(?!-old| old)"
        r"|(?:U\.S\. |US |Hong Kong |Singapore |Australian |Canadian )?dollars?\b|yuan\b"
        r"|renminbi\b|yen\b"
        r"|euros?\b|pounds?(?: sterling)?\b|won\b|rupees?\b|(?:swiss )?francs?\b|cents?\b"
        r"|pence\b|ringgit\b|baht\b"
        rf"|r(?:o)?ubles?\b|(?:{'|'.join(_ISO)})\b"
    )
    return re.compile(
        rf"(?P<odd>[多余](?=[万亿千百个倍点元%港美日天周年家只名股]))?"
        rf"(?: ?(?P<han>{han_scale})|[ -](?P<words>(?i:{english_scale}))\b"
        rf"|(?P<short>{short_scale})(?![A-Za-z0-9]))?"
        rf"(?P<odd2>[多余](?=[个倍点元%港美日天周年股人名家只户]))?"
        rf"(?: ?个?(?P<unit>{'|'.join(han)})|[ -]?(?P<unit2>{english}))?"
    )


# Characters that are a unit only where no other word begins with them.
_HAN_GUARDS = {
    "点": r"点(?!钟|半|评|赞|击|心|名|燃|明|缀|拨|单|阵)",
    "成": r"成(?![立为员功交本长绩果都份分熟型就效])",
    "股": r"股(?![市份票价东指民息本权])",
    "元": r"元(?![月旦件素首气])",
    "厘": r"厘(?![米定清])",
    "年": r"年(?![报代轮级初底末中终度薪华龄货])",
    "日": r"日(?![本圆元经历])",
    "天": r"天(?![然津地气猫])",
    "季": r"季(?![报节后末军])",
    "周": r"周(?![年边转大小围])",
    "仙": r"仙(?![股人])",
    "月": r"(?<=个)月",
}
