"""Codes in running text: in brackets after a name, with their market, or as a cash tag.

"騰訊（00700）", "联想[0992.HK]", "Nvidia (NASDAQ:NVDA)", "贵州茅台(600519.SH)", "$TSLA". A code in
brackets says which instrument the name before it means, whether a table holds the name or not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from springtide.language.scanning import Anchored
from springtide.market import codes, listed


@dataclass(frozen=True, slots=True)
class Code:
    """A code where it stands, with its brackets where it has some.

    ``start`` and ``end`` span brackets and all. ``id`` is what it means, "" for a code of a market
    that is not known. ``sure`` says that its own form leaves no doubt that it is a code (a market
    stands with it); ``bracketed`` that it stands in brackets.
    """

    start: int
    end: int
    text: str
    id: str
    sure: bool
    bracketed: bool


_PLACES = "[A-Za-z]{1,12}|[\u4e00-\u9fff]{1,8}"
_OF_REUTERS = r"(?:OQ?|N|K)\s?[）)\]】]"
"""AAPL.O, GE.N: exchanges of New York as Reuters writes them, which are no place before a code."""
_IN_BRACKETS = re.compile(
    r"[（(\[【]\s?(?P<double>[（(])?\s?\$?"
    rf"(?:(?P<before>(?:NYSE |NASDAQ ?)?(?:{_PLACES}))\s?(?:[:：]|\.(?!{_OF_REUTERS}))\s?)?"
    rf"(?P<code>[A-Z]{{1,5}}(?=\.{_OF_REUTERS})|"
    r"(?:HK|SH|SZ|BJ|hk|sh|sz|bj)[0-9]{3,6}|[0-9]{3,6}[A-Z]?|[A-Z]{1,5}(?:[.\-/][A-Z])?|[A-Z0-9\-&]{2,12}(?=\.[A-Z]))"
    r"(?:\s?[.,，、\-]\s?(?P<after>[A-Z]{1,4}|[\u4e00-\u9fff]{1,4}))?"
    r"(?P<rest>(?:[,，;；/、: ][^（()）\[\]【】\n]{0,40})?)"
    r"\s?[）)]?\s?[）)\]】]"
)
_BARE = Anchored(
    r"\.(?:HK|S[HSZ]|BJ|XSH|T|KS|US)|\$[A-Z]|[AEGKNOQXq]\s?[:：]|(?:SH|SZ|BJ|HK|sh|sz|hk)\.?[0-9]",
    r"(?<![A-Za-z0-9.$/])(?:"
    r"(?P<dotted>[0-9]{3,6}\.(?:HK|SH|SZ|SS|BJ|XSHG|XSHE|T|KS|TW|TWO)|[A-Z]{1,5}\.US)"
    r"|(?P<joined>(?:SH|SZ|BJ|HK|sh|sz|hk)\.?[0-9]{5,6})"
    r"|\$(?P<tag>[A-Z]{1,5})"
    r"|(?P<place>NYSE|NASDAQ|Nasdaq|NYSEARCA|AMEX|TSE|HKEX|HKG|SEHK|LSE|LON|ASX|KRX|TYO|SGX|NSE|BSE)"
    r"\s?[:：]\s?(?P<listed>[A-Z0-9][A-Z0-9.\-]{0,9})"
    r")(?![A-Za-z0-9])",
    10,
    16,
    r"[.$:：0-9](?:(?<=\.)[HSBXTKU]|(?<=\$)[A-Z]|(?<=[AEGKNOQXq][:：])|(?<=[AEGKNOQXq]\s[:：])"
    r"|(?<=[HZJKhz][0-9])|(?<=[HZJKhz]\.[0-9]))",
)
"""The screen is what the anchors hold, each by its one character that few words have."""
_ENDS_A_CELL = re.compile(
    r"(?:(?<=[\u4e00-\u9fff])|(?<=-[A-Z])|(?<=-[A-Z]{2}))"
    r"(?:\s{0,2}(?P<hk>0[0-9]{4}|[0-9]{5}\.hk)|\s{2}(?P<us>[A-Z]{1,5}))(?=，[-+]?[0-9])"
)
"""The code that a cell of a table has after a name, without brackets: the figures come next."""
_LAST_OF_A_CELL = re.compile("[0-9kA-Z]，[-+0-9]")
"""What stands where such a code does; few texts hold it."""
_OPENING = re.compile("[（(\\[【]")
_ACRONYMS = """
CEO CFO COO CTO IPO AI US USA UK EU UN ET EST GMT PMI CPI PPI GDP ETF ADR ADS ESG EPS FY YOY QOQ MOM
YTD TTM AUM NAV RSI MACD EMA SMA VWAP FOMC FED ECB BOJ OPEC IEA EIA API SEC FDA NYSE LLC INC LTD PLC
EV HK CN RMB USD HKD CNY EUR JPY GBP PCE NFP R AP AFP UTC PE PB PS ROE KPI FT WSJ LME CBOE CME RIC
INR KRW SGD TWD AUD CAD CHF NZD THB MYR IDR PHP VND BRL MXN ZAR RUB TRY CNH LNG EBITDA CEPA CDR NATO
WHO IMF BIS ISM VR AR IT TV PC
"""
NOT_TICKERS = frozenset(_ACRONYMS.split())


def find_codes(text: str, day: date | None, chinese: bool) -> list[Code]:
    """Return the codes of a normalised text, left to right.

    Parameters
    ----------
    day
        The day of the text: a code is that of its company on this day.
    chinese
        Whether the text is Chinese: bare digits in brackets are codes of Hong Kong or the mainland.

    Examples
    --------
    >>> text = "联想[0992.HK]、腾讯（00700）、Nvidia (NASDAQ:NVDA)、SH600519"
    >>> [code.id for code in find_codes(text, None, True)]
    ['0992.HK', '0700.HK', 'NVDA', '600519.SH']
    """
    made = [*_bracketed(text, day, chinese), *_of_cells(text, day)]
    taken = [(code.start, code.end) for code in made]
    for match in _BARE.finditer(text):
        if any(start <= match.start() < end for start, end in taken):
            continue
        identity = _bare(match, day)
        if identity:
            made.append(Code(match.start(), match.end(), match.group(), identity, True, False))
    made.sort(key=lambda code: code.start)
    return made


def _of_cells(text: str, day: date | None) -> Iterator[Code]:
    """Yield the codes that end cells of tables; they say what the name before them means."""
    if "，" not in text or _LAST_OF_A_CELL.search(text) is None:
        return
    for match in _ENDS_A_CELL.finditer(text):
        code = match["us"] or match["hk"].removesuffix(".hk")
        identity = codes.of_exchange("US" if match["us"] else "HK", code, day)
        if identity and listed.facts(identity) is not None:
            yield Code(match.start(), match.end(), code, identity, True, True)


def _bare(match: re.Match[str], day: date | None) -> str | None:
    if match["tag"]:
        return codes.of_exchange("US", match["tag"], day) if _is_listed(match["tag"]) else None
    if match["listed"]:
        return codes.of_exchange(match["place"], match["listed"], day)
    return codes.read(match["dotted"] or match["joined"], day)


def _bracketed(text: str, day: date | None, chinese: bool) -> Iterator[Code]:
    if _OPENING.search(text) is None:
        return
    for match in _IN_BRACKETS.finditer(text):
        code, before, after = match["code"], match["before"], match["after"]
        if (
            match["rest"]
            and not (before or after or code.isdigit())
            and match["rest"][0] not in ",，"
        ):
            continue
        identity, sure = _meant(code, before or "", after or "", day, chinese)
        if identity is None and match["double"] and re.fullmatch("[A-Z]{3,5}", code):
            identity, sure = codes.of_exchange("US", code, day), True  # Acme ((ACMEF))
        if identity is not None:
            yield Code(match.start(), match.end(), code, identity, sure, True)


def _meant(
    code: str, before: str, after: str, day: date | None, chinese: bool
) -> tuple[str | None, bool]:
    """Return the id of a code in brackets ("" for a market not known, None for no code)."""
    for place in (before.split()[0] if before else "", before, after):
        if place:
            identity = codes.of_exchange(place, code, day)
            if identity:
                return identity, True
    if before or (after and code.isdigit() and not chinese):
        known_form = before.isupper() and before not in NOT_TICKERS and len(before) >= 2
        return ("", True) if known_form and code not in NOT_TICKERS else (None, False)
    if code[0].isdigit():
        if not chinese or not code.isdigit():
            return None, False
        if len(code) == 3:  # 东风（489）, but also 沪深（300）: its name has to agree
            short = codes.of_exchange("HK", code, day)
            return (short, False) if short and listed.facts(short) else (None, False)
        year = len(code) == 4 and 1900 <= int(code) < 2100
        return codes.of_exchange("CN" if len(code) == 6 else "HK", code, day), not year
    joined = re.fullmatch("(?i)(HK|SH|SZ|BJ)([0-9]{3,6})", code)
    if joined:
        return codes.of_exchange(joined[1], joined[2], day), True
    if code in NOT_TICKERS or not _is_listed(code):
        return None, False
    return codes.of_exchange("US", code, day), False


def _is_listed(ticker: str) -> bool:
    """Say whether New York lists a ticker: a word in capitals alone is no proof of being one."""
    return listed.facts(ticker) is not None or listed.facts(f"{ticker}.US") is not None
