"""What vendors call their columns, in the languages that they export in.

A name is understood whole, without the unit in its brackets, or by its Chinese or its Latin half
(``收盘Close``). Of several columns with one role the one named first in the vocabulary is the
better: a close before a last price, traded volume before a count of ticks.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache

from springtide.language.script import normalise

ALLOWED = (
    "a date column (Date, 日期, <DATE>, ...) and at least a close (Close, Price, 收盘, 收盘价, "
    "<CLOSE>, ...), as Yahoo, Eastmoney, Stooq, Investing.com and Wind export them"
)

# By role, the best name first. Names of other languages are those of Stooq (Polish) and of the
# editions of Investing.com; accents do not matter.
_NAMES = {
    "date": (
        "date|dates|trade_date|tradedate|trading date|trade date|observation_date|datetime|"
        "timestamp|time|day|日期|交易日期|交易日|交易时间|时间|日付け|日付|날짜|data|datum|fecha|"
        "tarih|дата|tanggal|ngay"
    ),
    "symbol": (
        "symbol|ticker|ts_code|secid|instrument|code|index code|stock code|代码|证券代码|股票代码|"
        "指数代码|品种代码|交易代码|合约代码"
    ),
    "name": (
        "name|security name|名称|证券名称|股票名称|股票简称|证券简称|简称|指数名称|指数简称|"
        "指数中文简称"
    ),
    "open": (
        "open|opening|open price|opening price|px_open|开盘|开盘价|今开|今开盘|开市|开市价|开|始値|"
        "시가|otwarcie|eroffn|eroffnung|eroffnungskurs|ouv|ouverture|apertura|abertura|acılıs|откр|"
        "oppen|pembukaan|lan cuoi mo"
    ),
    "high": (
        "high|high price|day high|max|px_high|最高|最高价|高|高値|고가|najwyzszy|hoch|hochst|"
        "plus haut|maximo|massimo|maxima|yuksek|макс|hoog|hogst|tertinggi"
    ),
    "low": (
        "low|low price|day low|min|px_low|最低|最低价|低|安値|저가|najnizszy|tief|tiefst|plus bas|"
        "minimo|minima|dusuk|мин|laag|lagst|terendah"
    ),
    "close": (
        "close|closing|close price|closing price|index close|px_close|px_last|close/last|收盘|"
        "收盘价|收市|收市价|收盘点位|收盘指数|收|終値|终値|종가|zamkniecie|schluss|schlusskurs|"
        "cloture|cierre|chiusura|fechamento|kapanıs|settle|settlement|price|last price|last|"
        "最新价|最新|点位|价格|ostatnio|zuletzt|dernier|ultimo|simdi|цена|laatst|senaste|terakhir"
    ),
    "adjusted": (
        "adjusted|adj close|adj. close|adjclose|adj_close|adjusted close|adjusted_close|"
        "复权收盘价|前复权收盘价|后复权收盘价|前复权价|后复权价"
    ),
    "volume": (
        "volume|px_volume|shares traded|number of shares|trade volume|vol|vol.|成交量|成交股数|"
        "成交数量|总手|交易量|出来高|거래량|wolumen|wol|volumen|volumi|hac|объем|volym"
    ),
    "amount": (
        "amount|turnover|value traded|money|成交额|成交金额|总成交额|金额|成交额(元)|売買代金"
    ),
    "currency": "currency|ccy|货币|币种|交易币种|报价货币",
    "traded": "tradestatus|trade_status|交易状态",
    "adjustment": "adjustflag|adjust|复权状态|复权方式|复权类型|复权",
    "source": "source|来源|数据来源",
    "known_at": "known_at|published_at|发布时间",
    "subject": "subject",
    "field": "field",
    "value": "value",
    "unused": (
        "per|openint|open interest|open_interest|change|change %|change%|% change|chg|chg%|"
        "chg. %|pct_chg|pctchg|dividends|dividend|dividend_amount|split_coefficient|stock splits|"
        "splits|capital gains|涨跌|涨跌额|涨跌幅|涨幅|振幅|换手率|换手|变动百分率|更改|变动|升跌|"
        "前收盘|前收盘价|昨收|均价|vwap|市盈率|市净率|总市值|流通市值|成交笔数|成交次数|"
        "number of trades|pre_close|preclose|outstanding_share|date.1|time.1|涨停价|跌停价|turn|"
        "isst|row|tickvol|spread|样本数量|variation|var|% var|zmiana|变化率|변동|изм|fark"
    ),
}
_ALSO_INDEX = ("指数", "index")
_SHARES = {"股": 1.0, "手": 100.0, "千股": 1e3, "万股": 1e4, "百万股": 1e6, "万手": 1e6,
           "亿股": 1e8, "亿手": 1e10, "m shares": 1e6, "mn shares": 1e6, "thousand": 1e3,
           "千": 1e3, "万": 1e4, "亿": 1e8}  # fmt: skip
_MONEY = {"元": 1.0, "千元": 1e3, "万元": 1e4, "百万元": 1e6, "亿元": 1e8, "万": 1e4, "亿": 1e8,
          "mn": 1e6, "million": 1e6, "m": 1e6, "bn": 1e9, "billion": 1e9}  # fmt: skip
_CURRENCIES = {
    "港元": "HKD", "港币": "HKD", "hkd": "HKD", "hk$": "HKD", "美元": "USD", "usd": "USD",
    "us$": "USD", "人民币": "CNY", "cny": "CNY", "rmb": "CNY", "日元": "JPY", "jpy": "JPY",
    "欧元": "EUR", "eur": "EUR", "英镑": "GBP", "gbp": "GBP",
}  # fmt: skip
_BRACKETED = re.compile(r"[(\[]([^)\]]*)[)\]]")
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
UNNAMED = re.compile(r"column(\.\d+)?|unnamed: ?\d+|index|_c0", re.IGNORECASE)
"""What a column is called whose header is empty, by us, pandas or Spark."""


def _plain(name: str) -> str:
    """Return a name without case, accents, width, script, frames and a final full stop."""
    text = normalise(name).casefold().strip().strip("<>\"'").strip()
    text = unicodedata.normalize("NFKD", text)
    text = "".join(char for char in text if not unicodedata.combining(char))
    text = unicodedata.normalize("NFC", text)
    return re.sub(r"\s+", " ", text).strip().rstrip(".*").strip()


@cache
def _meanings() -> Mapping[str, tuple[str, int]]:
    """Return for each name its role and how good a name for that it is (0 is best)."""
    return {
        _plain(name): (role, rank)
        for role, names in _NAMES.items()
        for rank, name in reversed(list(enumerate(names.split("|"))))
    }


@cache
def _meaning(name: str) -> tuple[str, int] | None:
    meanings = _meanings()
    plain = _plain(name)
    bare = _BRACKETED.sub(" ", plain).strip()
    for whole in (plain, bare, re.sub(r"\s+", " ", bare), bare.rstrip(" %").rstrip(".").strip()):
        if whole in meanings:
            return meanings[whole]
    han = "".join(_HAN.findall(bare))
    latin = _HAN.sub(" ", bare).strip()
    halves = [meanings[half] for half in (han, latin) if half in meanings]
    if len({role for role, _ in halves}) == 1 and (han and latin):
        return min(halves, key=lambda half: half[1])
    return None


def role(name: str) -> str | None:
    """Return what a column holds, None where its name is not known.

    Examples
    --------
    >>> role("<CLOSE>"), role("收盘价(元)"), role("開盤"), role("Vol."), role("Adj Close")
    ('close', 'close', 'open', 'volume', 'adjusted')
    >>> role("收盘Close"), role("Index Close 收市"), role("成交量（万手）Volume(M Shares)")
    ('close', 'close', 'volume')
    >>> role("Najwyższy"), role("Schlußkurs"), role("終値"), role("Clsoe")
    ('high', 'close', 'close', None)
    """
    meaning = _meaning(name)
    return meaning[0] if meaning else None


def holders(names: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    """Return for each role the column that holds it, and a note on each that lost to a better one.

    Examples
    --------
    >>> holders(["Date", "Last", "Close"])
    ({'date': 'Date', 'close': 'Close'}, ['columns Close and Last: Close is taken'])
    """
    by_role: dict[str, list[tuple[int, int, str]]] = {}
    for place, name in enumerate(names):
        meaning = _meaning(name)
        if meaning and meaning[0] != "unused":
            by_role.setdefault(meaning[0], []).append((meaning[1], place, name))
    chosen: dict[str, str] = {}
    notes = []
    for each, candidates in by_role.items():
        ranked = [name for _, _, name in sorted(candidates)]
        chosen[each] = ranked[0]
        if len(ranked) > 1 and each in ("close", "open", "high", "low", "volume", "date"):
            notes.append(f"columns {' and '.join(ranked)}: {ranked[0]} is taken")
    return chosen, notes


def is_of_indices(name: str) -> bool:
    """Tell whether a column of codes is one of indices: 000001 is Shanghai's, no bank's.

    Examples
    --------
    >>> is_of_indices("指数代码Index Code"), is_of_indices("证券代码")
    (True, False)
    """
    return any(word in _plain(name) for word in _ALSO_INDEX)


def shares_factor(name: str) -> float:
    """Return by what figures of volume are multiplied, from a unit in the column's name.

    Examples
    --------
    >>> shares_factor("成交量(万股)"), shares_factor("成交量(手)"), shares_factor("Volume")
    (10000.0, 100.0, 1.0)
    """
    return _factor(name, _SHARES)


def money_factor(name: str) -> float:
    """Return by what figures of the amount traded are multiplied.

    Examples
    --------
    >>> money_factor("成交额(万元)"), money_factor("Turnover HK$ Mn 成交額"), money_factor("Amount")
    (10000.0, 1000000.0, 1.0)
    """
    return _factor(name, _MONEY)


def _factor(name: str, units: Mapping[str, float]) -> float:
    plain = _plain(name)
    for unit in _BRACKETED.findall(plain):
        for text in (unit.strip(), re.sub(r"^(港|美|人民币)", "", unit.strip())):
            if text in units:
                return units[text]
    for word in _BRACKETED.sub(" ", plain).split():
        if word in units and word.isascii():
            return units[word]
    return 1.0


def currency_of(name: str) -> str | None:
    """Return the currency that a column's name states; 元 alone states none.

    Examples
    --------
    >>> currency_of("收盘(港元)"), currency_of("Close (USD)"), currency_of("收盘价(元)")
    ('HKD', 'USD', None)
    """
    for unit in _BRACKETED.findall(_plain(name)):
        for text, code in _CURRENCIES.items():
            if unit.strip().startswith(text):
                return code
    return None


def count_known(names: Sequence[str]) -> int:
    """Return how many different things these column names are known to mean.

    Names that are known and not used count nothing.
    """
    roles = {role(name) for name in names} - {None, "unused"}
    return len(roles) if {"date", "value"} & roles or "close" in roles else 0


def nearest(name: str) -> str | None:
    """Return the known name that one that is not known looks like.

    Examples
    --------
    >>> nearest("Clsoe"), nearest("Beta")
    ('close', None)
    """
    near = difflib.get_close_matches(_plain(name), list(_meanings()), 1, 0.75)
    return near[0] if near else None


def not_used(names: Sequence[str]) -> str:
    """Word the columns of which nothing is known, with the name that each may have meant; "" none.

    Examples
    --------
    >>> not_used(["Date", "Closee", "Beta", "column"])
    'columns not used: Closee (close?), Beta'
    """
    unknown = [name for name in names if role(name) is None and not UNNAMED.fullmatch(name)]
    shown = [f"{each} ({near}?)" if (near := nearest(each)) else each for each in unknown[:8]]
    return f"columns not used: {', '.join(shown)}" if shown else ""


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
