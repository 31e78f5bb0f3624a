"""What holds digits and is no quantity: addresses, codes, names of indices and products, times."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from springtide.language.numerals import han_number
from springtide.language.scanning import Anchored, Finders

# A blanked character: it is neither a letter nor a digit nor a space, so that no number touches it.
BLANK = "\x1a"

_ADDRESS = (
    r"(?:https?:|ftp:)?//[!-~]*[!-'*+\--;=?-~]|\b(?:www\.|bit\.ly/)[!-'*-~]*"
    r"|\b[\w.+-]{1,64}@[\w-]{1,64}\.[\w.]{2,64}"
)
_MARKDOWN_TARGET = r"\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*"
_HTML_TAG = r"</?[A-Za-z][^<>]{0,2000}>|<!--|&#?\w{1,8};"
_PERCENT_ENCODED = r"(?:%[0-9A-Fa-f]{2}){2,}[!-'*-~]*"

# Names whose digits belong to them: the name, then the numbers that it is written with.
_INDEX_NAMES = (
    (r"S&P|标普|标准普尔|S&amp;P|普尔", "500|400|600|100|1500"),
    (r"Nasdaq|NASDAQ|纳斯达克|纳指|Nasdaq-", "100"),
    (r"Nikkei|NIKKEI|日经", "225|400"),
    (r"Russell|罗素", "1000|2000|3000"),
    (r"STOXX|Stoxx(?: Europe)?|STOXX Europe|斯托克|斯托克欧洲|欧洲", "600|50"),
    (r"FTSE|Footsie|富时(?:中国)?", "100|250|350"),
    (r"CAC|DAX|IBEX|SMI|AEX|BEL|OMX|TecDAX|MDAX", "40|30|35|20|25"),
    (r"TOPIX|Topix|东证", "100|500|150"),
    (r"KOSPI|Kospi|Nifty|NIFTY|ASX|TSX|Sensex|JSX|LQ", "200|100|50|500|300|20|60|30|45"),
    (r"CSI|沪深|中证|国证|中小", "300|500|1000|800|2000|100|200"),
    (
        r"SSE|STAR|ChiNext|上证|科创|创业板|科创创业|双创|深证|北证|创业|台湾|恒生A股",
        "50|100|180|380|200|300",
    ),
    (r"Fortune|Forbes|财富|世界|胡润", "500|100|2000"),
    (r"Wilshire", "5000"),
    (r"MSCI中国A", "50"),
)
_INDEX = "|".join(f"(?:{name})[ -]?(?:{numbers})" for name, numbers in _INDEX_NAMES)

_TICKER = (
    r"\(?(?<![A-Za-z0-9_.])\d{3,6}\.(?:HK|SZ|SH|SS|BJ|TW|TWO|KS|KQ|T|SI|L|NS|BO|KL|JK|BK)(?![A-Za-z0-9_])\)?"
    r"|(?<![A-Za-z0-9_])(?:HK|SZ|SH|BJ|SEHK|HKEX|HKG|SHA|SHE|SZSE|SSE|TYO|TSE|KRX|NYSE|NASDAQ"
    r"|US)[:：] ?\.?\d{1,6}\b"
    r"|[(（\[]\d{4,6}[)）\]]|[(（\[]0\d{2,5}[)）\]]"
)
_TIME = (
    r"(?<![\d.])\d{1,2}:\d{2}(?::\d{2})?(?!\d)(?: ?[AaPp]\.?[Mm]\b\.?)?"
    r"|(?<![\d.,])\b\d{1,2} ?(?:[AaPp]\.[Mm]\.|[AaPp][Mm]\b)"
    r"|(?<![\d.])\d{1,2}[时時](?:\d{1,2}分)?(?!代|段)|(?<![\d.])\d{1,2}点(?:\d{1,2}分|半|钟|整|许)"
    r"|(?:上午|下午|早上|早晨|晚上?|凌晨|中午|傍晚|夜间|清晨|今早|今晚|昨晚"
    r"|[日号]) ?\d{1,2}点(?:前|后|起|左右)?"
)
# 2025-26, 2023/24: a fiscal year.
_FISCAL_YEAR = r"(?<![\w.,$])(?:FY)?(?:19|20)[0-9][0-9][-/][0-9][0-9](?![\w.,%/-]*[0-9]|%)"
_INDEX_NUMBERS = "|".join(
    sorted({n for _, ns in _INDEX_NAMES for n in ns.split("|")}, reverse=True)
)

# The order matters: what a former one has blanked a later one does not see.
_BLANKED = (
    Anchored(r"\]\(", _MARKDOWN_TARGET, 0, 4000),
    Anchored(r"//|www\.|bit\.ly/|@", _ADDRESS, 64, 4000),
    Anchored("[<&]", _HTML_TAG, 0, 2010),
    Anchored("%[0-9A-Fa-f][0-9A-Fa-f]%", _PERCENT_ENCODED, 0, 4000, "%"),
    Anchored(
        r"[0-9]\.[A-Z]|[A-Z][:：]|[(（\[][0-9]",
        _TICKER,
        8,
        12,
        r"[.:：(（\[](?:(?<=[0-9]\.)[A-Z]|(?<=[A-Z][:：])|(?<=[(（\[])[0-9])",
    ),
    Anchored(
        "[0-9]:[0-9]|[点时]|[AaPp]\\.?[Mm]",
        _TIME,
        8,
        14,
        r"[:点时mM](?:(?<=[0-9]:)[0-9]|(?<=[点时])|(?<=[AaPp][Mm])|(?<=[AaPp]\.[Mm]))",
    ),
    Anchored("(?:19|20)[0-9][0-9][-/]", _FISCAL_YEAR, 4, 6, "19|20"),
    Anchored(f"(?:{_INDEX_NUMBERS})(?![0-9])", _INDEX, 24, 1),
)

_FINDERS = Finders(_BLANKED)

_WINDOW_NAMES = r"RSI|MA|EMA|SMA|WMA|DMA|ATR|ADX|CCI|ROC|BOLL|BIAS|WR|KDJ|MACD|DMI|VR|MFI|HMA"
_WINDOW = Anchored(
    rf"{_WINDOW_NAMES}|dma|线|均|相对|average|relative",
    rf"(?<![A-Za-z])(?:{_WINDOW_NAMES}) ?[(（] ?(?P<n1>\d{{1,3}})(?: ?[,，] ?\d{{1,3}})* ?[)）]"
    rf"|(?<![A-Za-z])(?:{_WINDOW_NAMES}) ?(?P<n2>\d{{1,3}})(?![\d.%])"
    r"|(?<![\d.])(?P<n3>\d{1,3}|[一二三四五六七八九十百两]{1,5}) ?(?:个?交易日|日|天|周|月"
    r"|年)(?:的|简单|指数|加权)?"
    rf"(?:移动)?(?:平均线?|均线|线(?!上|下)|均价|(?:{_WINDOW_NAMES})(?![A-Za-z])|相对强弱)"
    rf"|(?<![\d.])\b(?P<n4>\d{{1,3}})(?:[- ]?(?:days?|weeks?|periods?|months?|sessions?|D|W"
    rf"|hour)?[- ]"
    rf"(?:(?:simple|exponential|weighted) )?(?:moving[- ]averages?|(?:{_WINDOW_NAMES})\b"
    rf"|average line|relative strength)"
    r"|-?(?:DMA|dma|SMA|EMA)s?\b)",
    24,
    32,
    "RSI|MA|ATR|ADX|CCI|ROC|BOLL|BIAS|WR|KDJ|DMI|VR|MFI|dma|线|均|相对|average|relative",
)


@lru_cache(maxsize=4)
def blank_out(text: str) -> str:
    """Return the text, of the same length, without what only looks like a quantity.

    Examples
    --------
    >>> blank_out("小米(01810)与标普500见 https://x.org/2025").replace(BLANK, "_")
    '小米_______与_____见 __________________'
    """
    for number in _FINDERS.standing(text):
        spans = [match.span() for match in _BLANKED[number].finditer(text)]
        if spans:
            text = blanked(text, spans)
    return text


def blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return the text with ordered spans blanked; they may overlap."""
    pieces = []
    reached = 0
    for start, end in spans:
        if end > reached:
            pieces += [text[reached : max(start, reached)], BLANK * (end - max(start, reached))]
            reached = end
    return "".join([*pieces, text[reached:]]) if pieces else text


@lru_cache(maxsize=4)
def windows(text: str) -> tuple[tuple[int, int, int], ...]:
    """Return the windows of indicators in a text: start, end and number of sessions.

    Examples
    --------
    >>> [w[2] for w in windows("RSI(14)超买,升穿50日均线; the 200-day moving average")]
    [14, 50, 200]
    """
    spans = []
    for match in _WINDOW.finditer(text):
        digits = match["n1"] or match["n2"] or match["n3"] or match["n4"]
        number = (int(digits), 1) if digits.isdecimal() else han_number(digits)
        if number:
            spans.append((*match.span(), number[0]))
    return tuple(spans)
