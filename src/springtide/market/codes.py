"""Codes of instruments in every vendor's spelling, read to the one id.

``0700.HK``, ``00700.HK``, ``HK.00700``, ``hk00700``, ``HKG:0700`` and ``700 HK Equity`` are one
share; so are ``600519.SH``, ``600519.SS``, ``600519.XSHG``, ``sh600519`` and ``SHA:600519``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from springtide.market import listed

_US, _HK, _SH, _SZ, _BJ, _CN = "US", "HK", "SH", "SZ", "BJ", "CN"

# How exchanges are written beside a code (before it with a colon or a full stop, or after it), and
# the suffix that their codes have here. CN is either mainland exchange, told by the code.
_WRITTEN = """
US: US NASDAQ NASDAQGS NASDAQGM NASDAQCM NASD NAS XNAS NYSE XNYS NYSEARCA NYSEAMERICAN NYS AMEX
US: NYSEMKT ARCA ARCX BATS CBOE O N OQ K P A PK UN UW UQ UA UR UP OTC OTCMKTS OTCPK OTCQX OTCQB
US: OTCBB OTCM NYQ NMS 美 美股 纽交所 纽约证券交易所 纳斯达克 纳斯达克证券交易所
HK: HK HKG HKEX HKSE SEHK XHKG 港 港股 港交所 香港 香港交易所 香港联交所 联交所
SH: SH SS SHA SHG SSE XSHG SHSE CG C1 沪 上交所 沪市
SZ: SZ SHE SZSE XSHE CS C2 深 深交所 深市
BJ: BJ BJSE 京 北交所
CN: CH CN A股
T: T TYO TSE XTKS JP JT JPX
KS: KS KRX KOSE XKRX KP
TW: TW TPE TWSE XTAI TT
L: L LON LSE XLON LN
DE: DE ETR XETRA XETR FRA GR GY
PA: PA EPA XPAR FP ENXTPA
AS: AS AMS XAMS NA ENXTAM
MI: MI BIT XMIL IM
SW: SW SWX XSWX VTX
SI: SI SGX XSES SP
AX: AX ASX XASX AT AU
NS: NS NSE XNSE
BO: BO BOM XBOM
MC: MC BME XMAD SM
CO: CO CPH XCSE DC
SR: SR TADAWUL XSAU
"""
_EXCHANGES = {
    name: line.partition(":")[0]
    for line in _WRITTEN.strip().splitlines()
    for name in line.partition(":")[2].split()
}
_DIGITS = {
    "HK": "0*[0-9]{1,5}",
    "SH": "[0-9]{6}",
    "SZ": "[0-9]{6}",
    "BJ": "[0-9]{6}",
    "CN": "[0-9]{6}",
    "T": "[0-9]{3}[0-9A-Z]",
    "KS": "[0-9]{5}[0-9A-Z]",
    "TW": "[0-9]{4,5}[A-Z]?",
    "SR": "[0-9]{4}",
    "BO": "[0-9]{6}|[A-Z]{2,12}",
}
_US_TICKER = re.compile(r"[A-Z]{1,5}(?:[.\-/ ][A-Z])?")
_TICKER = re.compile(r"(?=.*[A-Z])[A-Z0-9][A-Z0-9\-&]{0,11}")

# Suffix: exchange (ISO 10383), currency, for codes that the table does not hold.
_MARKETS = {
    "HK": ("XHKG", "HKD"), "SH": ("XSHG", "CNY"), "SZ": ("XSHE", "CNY"), "BJ": ("BJSE", "CNY"),
    "T": ("XTKS", "JPY"), "KS": ("XKRX", "KRW"), "KQ": ("XKRX", "KRW"), "TW": ("XTAI", "TWD"),
    "L": ("XLON", "GBP"), "DE": ("XETR", "EUR"), "PA": ("XPAR", "EUR"), "AS": ("XAMS", "EUR"),
    "MI": ("XMIL", "EUR"), "SW": ("XSWX", "CHF"), "SI": ("XSES", "SGD"), "AX": ("XASX", "AUD"),
    "NS": ("XBOM", "INR"), "BO": ("XBOM", "INR"), "MC": ("XMAD", "EUR"), "CO": ("XCSE", "DKK"),
    "SR": ("XSAU", "SAR"),
}  # fmt: skip

# What the first digits of a six-digit code say: (exchange, kind). Longest first.
_MAINLAND = (
    ("399", _SZ, "index"), ("899", _BJ, "index"), ("920", _BJ, "stock"),
    ("688", _SH, "stock"), ("689", _SH, "stock"),
    ("60", _SH, "stock"), ("90", _SH, "stock"), ("00", _SZ, "stock"), ("20", _SZ, "stock"),
    ("30", _SZ, "stock"), ("43", _BJ, "stock"), ("83", _BJ, "stock"), ("87", _BJ, "stock"),
    ("88", _BJ, "stock"), ("50", _SH, "etf"), ("51", _SH, "etf"), ("52", _SH, "etf"),
    ("53", _SH, "etf"), ("56", _SH, "etf"), ("58", _SH, "etf"), ("15", _SZ, "etf"),
    ("16", _SZ, "etf"), ("18", _SZ, "etf"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Market:
    """What a code alone says of its instrument: kind, exchange (ISO 10383) and currency."""

    kind: str
    mic: str
    currency: str


_SPELLINGS = (
    re.compile(r"(?P<exchange>[A-Z]{2,8})[:.#](?P<code>[A-Z0-9][A-Z0-9.\-]*)"),  # HK.00700
    re.compile(r"(?P<code>[A-Z0-9\-^&]+(?:\.[A-Z])?)\.(?P<exchange>[A-Z]{1,6})"),  # 0700.HK
    re.compile(r"(?P<exchange>SH|SZ|BJ|HK)(?P<code>[0-9]{3,6})"),  # sh600519
    re.compile(r"(?P<code>[0-9]+[A-Z]?) (?P<exchange>[A-Z]{2})(?: EQUITY)?"),  # 700 HK Equity
    re.compile(r"(?P<code>[A-Z0-9/\-]+) (?P<exchange>[A-Z]{2}) EQUITY"),
)


def read(written: str, day: date | None = None) -> str | None:
    """Return the id that a code with its market means, or a bare code that tells its market.

    Parameters
    ----------
    written
        The code in any vendor's spelling. Case does not matter, nor does a leading apostrophe
        (as spreadsheets write it). A bare six-digit code is a share or fund of the mainland.
    day
        The day of the text, which decides between two companies that have had the same code.

    Returns
    -------
    str or None
        The id, whether the table holds it or not; None for what is no such code, and for codes
        of markets that are not known.

    Examples
    --------
    >>> read("HK.00700"), read("700 HK Equity"), read("sh600519"), read("600519.XSHG")
    ('0700.HK', '0700.HK', '600519.SH', '600519.SH')
    >>> read("TSE:8392"), read("NASDAQ:NVDA"), read("'600111"), read("KLSE:1155")
    ('8392.T', 'NVDA', '600111.SH', None)
    >>> read("FB.US", date(2021, 3, 1)), read("META")
    ('FB~2022-05', None)
    """
    code = written.strip().lstrip("'").upper()  # as spreadsheets keep leading noughts
    if re.fullmatch("[0-9]{6}", code):
        return of_exchange(_CN, code, day)
    if re.fullmatch("[0-9]{5}", code):
        return of_exchange(_HK, code, day)
    for spelling in _SPELLINGS:
        match = spelling.fullmatch(code)
        if match and match["exchange"] in _EXCHANGES:
            return of_exchange(match["exchange"], match["code"], day)
    return None


def of_exchange(exchange: str, code: str, day: date | None = None) -> str | None:
    """Return the id of a code at an exchange, as "NASDAQ" or "港股" writes it; None for others.

    Examples
    --------
    >>> of_exchange("NYSE", "BRK.B"), of_exchange("港股", "9988"), of_exchange("SSE", "000001")
    ('BRK-B', '9988.HK', 'SSE')
    >>> of_exchange("TSX", "SHOP") is None
    True
    """
    suffix = _EXCHANGES.get(re.sub("[ -]", "", exchange).upper())
    code = code.strip().upper()
    if suffix is None or not re.fullmatch(_DIGITS.get(suffix, ".+"), code):
        return None
    if suffix == _US:
        return _american(code, day)
    if suffix == _HK:
        return _dated(f"{int(code):04d}.HK", day) if int(code) else None
    if suffix == _CN:
        told = next((row for row in _MAINLAND if code.startswith(row[0])), None)
        return _dated(f"{code}.{told[1]}", day) if told else None
    if suffix in _DIGITS or _TICKER.fullmatch(code):
        return _dated(f"{code}.{suffix}", day)
    return None


def _american(code: str, day: date | None) -> str | None:
    if not _US_TICKER.fullmatch(code):
        return None
    ticker = re.sub("[./ ]", "-", code)
    # A ticker that is also the name of an index or a metal here stands with its market.
    apart = f"{ticker}.US"
    return apart if listed.facts(apart) else _dated(ticker, day)


def _dated(code: str, day: date | None) -> str:
    """Return the id that a code had on a day, and the registry's id where it has another one."""
    if day is not None:
        for former in _former().get(code, ()):
            row = listed.facts(former)
            if row is not None and row.on(day):
                now = listed.facts(code)
                if now is None or not now.since or now.since > day.isoformat():
                    return former
    return _registered().get(code, code)


@cache
def _former() -> dict[str, list[str]]:
    """Return the ids of the companies that had a code before, the earliest first."""
    former: dict[str, list[str]] = {}
    for identity in listed.ids():
        code, mark, _ = identity.partition("~")
        if mark:
            former.setdefault(code, []).append(identity)
    return former


@cache
def _registered() -> dict[str, str]:
    """Return the registry's ids of the codes that it holds under another name (000300.SH)."""
    from springtide.market import instruments

    ids = {"399300.SZ": "CSI300"}
    for one in instruments.all():
        for symbol in one.symbols.values():
            code, _, suffix = symbol.upper().rpartition(".")
            if suffix in ("SS", "SZ", "HK") and one.kind != "stock":
                ids[f"{code}.{'SH' if suffix == 'SS' else suffix}"] = one.id
    return ids


def market(identity: str) -> Market | None:
    """Return what an id says of an instrument that no table holds, None where it says nothing.

    Examples
    --------
    >>> market("688999.SH"), market("8392.T").currency, market("399999.SZ").kind
    (Market(kind='stock', mic='XSHG', currency='CNY'), 'JPY', 'index')
    """
    code, dot, suffix = identity.upper().partition("~")[0].rpartition(".")
    if not dot or suffix not in _MARKETS:
        return None
    mic, currency = _MARKETS[suffix]
    kind = "stock"
    if suffix in (_SH, _SZ, _BJ):
        kind = next((row[2] for row in _MAINLAND if code.startswith(row[0]) and row[1] == suffix),
                    "index" if suffix == _SH and code.startswith("000") else "stock")  # fmt: skip
        if code.startswith("900"):
            currency = "USD"
        elif code.startswith("200"):
            currency = "HKD"
    return Market(kind, mic, currency)
