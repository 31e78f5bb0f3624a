"""Every number of a text: digits, Chinese numerals with a quantity, English quantity words.

What the language room can read is a quantity with its unit, a date, or the window of an indicator;
``wording`` reads numbers in words. Whatever digits are left are mentions too, so that no number
goes without a trace.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from springtide.language.blanks import blank_out, windows
from springtide.language.mentions import mentions as find_mentions
from springtide.language.numerals import HAN_NUMERAL
from springtide.language.quantities import find_quantities
from springtide.language.required import Screened
from springtide.language.scanning import Anchored, lowered
from springtide.language.tolerance import interval
from springtide.language.types import Quantity
from springtide.reading.numbers.wording import find_words, plain

Shape = Literal[
    "quantity", "date", "window", "bare", "words", "order", "item", "streak", "span", "time", "code",
    "id",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class NumberMention:
    """A number where it stands, before anything is known of its meaning.

    ``start`` and ``end`` are offsets in the block's normalised text. ``shape`` is what its form
    alone says: a ``quantity``, a ``date`` or ``time`` of day, the ``window`` of an indicator, a
    ``code`` in brackets or with its exchange, the ``id`` of a paper or a telephone, number ``words`` (``order`` 第二, ``item`` 一是,
    ``streak`` 三连升, ``span`` "a year"), or ``bare`` digits of which nothing is known.
    ``quantity`` is its value and unit where they can be read.
    """

    start: int
    end: int
    text: str
    shape: Shape
    quantity: Quantity | None = None


_ANY_HAN = re.compile(f"[0-9{HAN_NUMERAL}半倍翻斩双数几]")
_ANY_ENGLISH = Screened(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twel|thir|fif|fort|eigh|nin"
    r"|first|second|fourth|twent|hundred|thousand|million|billion|trillion|dozen|half|halv|doubl|dual"
    r"|tripl|quadrupl|quintupl|quarter|once|twice|couple|back-to|zero|a (?:week|month|year|day|dec)"
    r"|an hour)|fold\b"
)
_DIGITS = re.compile(
    r"(?<![0-9])(?P<time>[0-2]?[0-9][:：][0-5][0-9](?:[:：][0-5][0-9])?(?![0-9])(?: ?[AaPp]\.?[Mm]\b)?"
    r"|[0-2]?[0-9](?:\.[0-5][0-9])? ?[AaPp]\.?[Mm]\b\.?)"
    r"|(?P<code>[0-9]{3,6}\.(?:HK|SZ|SH|SS|BJ|TW|KS|KQ|T|SI|L|NS|BO)(?![A-Za-z0-9_])|[0-9]{4,6}(?=[)）\]]))"
    r"|[0-9][0-9,.]*(?<=[0-9])(?P<letter>[kKmMbB]\b)?|[0-9]"
)
_MODEL = re.compile("[HQ][0-9]{3,}")  # H100 is a chip, H1 a half-year
_HAS_NUMBER = re.compile(
    rf"[0-9]|[{HAN_NUMERAL}半]|(?i:one|two|three|four|five|six|seven|eight|nine|ten|first|second"
    "|third|half|quarter)"
)


_ID = Anchored(
    r"-[0-9]{4}|10\.[0-9]{4}",
    r"(?<![0-9])(?:\+[0-9]{1,3}[- ])?(?:\([0-9]{2,4}\)|[0-9]{3,4})[- ][0-9]{3,4}-[0-9]{4}(?![0-9])"
    r"|(?<![0-9.])10\.[0-9]{4,5}/[A-Za-z0-9._()-]+",
    24,
    64,
    r"[-.][0-9]{4}",
)


def find_numbers(text: str, anchor: date) -> list[NumberMention]:
    """Find every number of a normalised text, in order and without overlaps.

    Parameters
    ----------
    text
        Normalised text of a block.
    anchor
        The day of the article, from which incomplete dates are understood.

    Examples
    --------
    >>> day = date(2025, 2, 13)
    >>> [(n.text, n.shape) for n in find_numbers("2月13日，小鹏G6升2.5%（09868）", day)]
    [('2月13日', 'date'), ('6', 'bare'), ('2.5%', 'quantity'), ('09868', 'code')]
    >>> [(n.text, n.quantity.value) for n in find_numbers("沪指三连升，涨近6个点，净利增1.2倍", day)]
    [('三连升', 3.0), ('近6个点', 6.0), ('1.2倍', 120.0)]
    """
    low = lowered(text)
    if _ANY_HAN.search(text) is None and _ANY_ENGLISH.search(low, low) is None:
        return []
    mended = _mended(text)
    words = list(find_words(text, low))
    mentions = [
        *_shared(
            [
                _quantity(text, mended, q)
                for q in find_quantities(mended)
                if not _is_previous(text, q)
            ],
            text,
        ),
        *(
            NumberMention(d.start, d.end, text[d.start : d.end], "date")
            for d in find_mentions(text)
            if _HAS_NUMBER.search(text, d.start, d.end)
            and not _MODEL.fullmatch(text, d.start, d.end)
        ),
        *(NumberMention(m.start(), m.end(), m.group(), "id") for m in _ID.finditer(text)),
        *(NumberMention(a, b, text[a:b], "window") for a, b, _ in windows(blank_out(mended))),
        *(
            NumberMention(a, b, text[a:b], shape, q)  # type: ignore[arg-type]
            for a, b, shape, q in words
        ),
    ]
    return _without_overlaps(text, mentions)


def _without_overlaps(text: str, mentions: list[NumberMention]) -> list[NumberMention]:
    """Keep the better of mentions that overlap, and add the digits between them."""
    mentions.sort(key=lambda one: (_rank(one), one.start, -one.end))
    taken = bytearray(len(text))
    kept = []
    for one in mentions:
        if not any(taken[one.start : one.end]):
            taken[one.start : one.end] = b"\1" * (one.end - one.start)
            kept.append(one)
    kept.sort(key=lambda one: one.start)
    whole: list[NumberMention] = []
    reached = 0
    for one in kept:
        whole += _bare(text, reached, one.start)
        whole.append(one)
        reached = one.end
    whole += _bare(text, reached, len(text))
    return whole


def _rank(mention: NumberMention) -> int:
    """Say which goes first where two overlap: a streak or 近3月 before a date, words last."""
    if mention.shape in ("streak", "id") or (
        mention.quantity and mention.quantity.unit == "months"
    ):
        return 0
    if mention.shape in ("words", "order", "item", "span"):
        return 2
    return 1


# 2，886.79 and 22 620.33 are 2,886.79 and 22,620.33; 3303,77 is 3303.77.
_GROUPS = re.compile(
    "(?<![0-9.,，])[0-9]{1,3}(?:[，\u2009\u202f\u00a0][0-9]{3})+(?![0-9])"
    r"|(?<![0-9.,，] )(?<![0-9.,，])[1-9][0-9]{0,2}(?: [0-9]{3})+(?=\.[0-9]{1,3}(?![0-9]))"
)
_MENDABLE = re.compile("[0-9](?:[，\u2009\u202f\u00a0 ][0-9]{3}|,[0-9]{2}(?![0-9]))")
_DECIMAL_COMMA = re.compile(r"(?<![0-9.,])[0-9]{4,5},[0-9]{2}(?![0-9]|[,.][0-9])")


def _mended(text: str) -> str:
    """Return the text, of the same length, with the usual marks within numbers."""
    if _MENDABLE.search(text) is None:
        return text
    text = _GROUPS.sub(lambda m: re.sub("[^0-9]", ",", m.group()), text)
    return _DECIMAL_COMMA.sub(lambda m: m.group().replace(",", "."), text)


_PER = re.compile(r" ?[/每](?:[吨克斤桶股手份张两]|千克|公斤|盎司|金属吨|美元盎司|平方米?|平方英尺|"
                  r"(?:oz|lb|share|barrel|bbl|ounce|tonne|(?:metric )?ton|MWh|kg)\b)")  # fmt: skip
_COUNTERS = re.compile(
    r" ?(?:个(?![点百])|家|只|枚|张|人(?![民])|名|次|款|台(?!积)|辆|条|架|部(?!分)|户|笔|万吨|吨|盎司|桶|份|宗|套|间|项|位|颗|批|片|座|幢|手(?!机)|支|件"
    r"|(?:barrels?|tonnes?|tons?|ounces|vehicles|units|bitcoins?|BTC|ETH|people|jobs|employees|stores"
    r"|contracts|stocks|companies|analysts|investors)\b)"
)
_PHYSICAL = re.compile(
    r" ?(?:(?:km|kg|mm|cm|nm|kW|MW|GW|kWh|MWh|GB|TB|MB|Hz|GHz|MHz|dB|ml|mph|rpm|rmp|mtpa|bpd|[TGMk]H/s|J/[TGM]H|[WVAL])"
    r"(?:/[a-zA-Z]+)?(?![A-Za-z])|°C|℃|°|英寸|公里|千米|平方(?:米|公里|呎)?|方呎|立方米|千瓦时?|兆瓦|公斤|摄氏度|[奈纳]特|吋|呎|米(?![其饭])|克(?![罗里莱])"
    r"|-?(?:megawatts?|kilomet(?:er|re)s?|miles|feet|nats|inch(?:es)?)\b)"
)
_WEIGHTS = {"吨": "tons", "万吨": "tons", "盎司": "oz", "桶": "barrels"}
_GROWN = re.compile(
    r"(?:增|升|涨|高|多|飙|激增|劲增|大增|贵|扩大)(?:了|长|加|幅|出|逾|近|约|超过?|达|至少|不止|接近|将近)*$"
)
_MOST_PERCENT_POINTS = 30


def _quantity(text: str, mended: str, quantity: Quantity) -> NumberMention:
    """Make a mention of a quantity, with the counter or the "per" that follows it."""
    start, end = quantity.start, quantity.end
    if quantity.unit in _DURATIONS and (own := _OWN.match(text, start)):
        quantity = _exact(text, quantity, own.end())  # below its 52-week high
        start = quantity.start
    if _CLOCK.match(text, end):
        return NumberMention(start, end, text[start:end], "time")
    if quantity.unit in ("", "USD", "JPY") and (hours := _HOURS.match(text, end)):
        if start < (first := first_digit(text, start, end)) and quantity.unit:
            start = first
        return NumberMention(start, hours.end(), text[start : hours.end()], "span")
    if quantity.unit == "" and (contract := _CONTRACT.match(text, end)):
        return NumberMention(start, contract.end(), text[start : contract.end()], "date")
    if quantity.unit == "" and (counter := _COUNTERS.match(text, end)):
        unit = _WEIGHTS.get(counter.group().strip(), "count")
        quantity, end = replace(quantity, unit=unit), counter.end()
    elif quantity.unit == "" and (physical := _PHYSICAL.match(text, end)):
        quantity, end = replace(quantity, unit="physical"), physical.end()
    elif quantity.unit.isupper() and (per := _PER.match(text, end)):
        end = per.end()
    elif quantity.unit == "points" and "个点" in text[start:end]:
        value = quantity.value
        if _upper(value) <= _MOST_PERCENT_POINTS:
            quantity = replace(quantity, unit="%")
    elif quantity.unit == "x" and "倍" in text[start:end]:
        quantity = _growth(text, quantity)
    written = text[start:end]
    if end != quantity.end or text is not mended:
        quantity = replace(quantity, end=end, text=written)
    return NumberMention(start, end, written, "quantity", quantity)


_PREVIOUS = frozenset("上前每这那新某同另")


def _is_previous(text: str, quantity: Quantity) -> bool:
    """Tell 前一交易日, a certain day, from 一年, a stretch."""
    return (
        quantity.unit in _DURATIONS
        and text[quantity.start] == "一"
        and text[quantity.start - 1 : quantity.start] in _PREVIOUS
        and quantity.start > 0
    )


_DURATIONS = frozenset({"sessions", "days", "weeks", "months", "quarters", "years"})
_OWN = re.compile(r"(?:below|above|under|over) (?:its|their|the|a|an) ", re.IGNORECASE)


def _exact(text: str, quantity: Quantity, start: int) -> Quantity:
    """Return a quantity without the words before it that speak of something else."""
    if isinstance(quantity.value, tuple):
        return quantity
    within = interval("exact", quantity.value, quantity.step)
    written = text[start : quantity.end]
    return replace(quantity, start=start, text=written, comparator="=", within=within)


_CONTRACT = re.compile("月(?:份)?(?=[日夜]?(?:期|交割|合约|到期|原油|黄金))")  # 2月期指
_CLOCK = re.compile(r" ?[AaPp]\.?[Mm]\b")
_HOURS = re.compile(
    r"[ -]?(?:个?小时|分钟|秒|个?季度?(?![度节报])|hours?\b|minutes?\b|hrs?\b|seconds?\b)"
)
_DIGIT = re.compile(rf"[0-9{HAN_NUMERAL}]")


def first_digit(text: str, start: int, end: int) -> int:
    """Return where the digits or numerals of a number begin, behind its approximator."""
    match = _DIGIT.search(text, start, end)
    return match.start() if match else start


_LISTED = re.compile(r" ?(?:[、/]|,? ?and|,|，|和|及|与|或|or) ?")


def _shared(mentions: list[NumberMention], text: str) -> list[NumberMention]:
    """Give the numbers of a list the unit of its last: 10、15、20% and "65%, 70 and 75%"."""
    listed = -1  # the last mention that was given its unit here
    for i in range(len(mentions) - 2, -1, -1):
        one, other = mentions[i], mentions[i + 1]
        quantity, last = one.quantity, other.quantity
        if quantity is None or last is None or quantity.unit or quantity.scale != 1.0:
            continue
        if last.unit not in _LIST_UNITS or isinstance(quantity.value, tuple):
            continue
        gap = text[one.end : other.start]
        if not _LISTED.fullmatch(gap):
            continue
        if gap[0] in ",，" and listed != i + 1 and "." not in one.text:
            continue
        if quantity.value > _MUCH_MORE * abs(_upper(last.value)):
            continue
        scale = last.scale
        shared = replace(
            quantity,
            unit=last.unit,
            value=quantity.value * scale,
            step=quantity.step * scale,
            within=interval("exact", quantity.value * scale, quantity.step * scale),
            scale=scale,
        )
        mentions[i] = replace(one, quantity=shared)
        listed = i
    return mentions


_LIST_UNITS = frozenset({"%", "pp", "bp", "points", "USD", "HKD", "CNY", "x"})
_MUCH_MORE = 1000


def _upper(value: float | tuple[float, float]) -> float:
    return value[1] if isinstance(value, tuple) else value


def _growth(text: str, quantity: Quantity) -> Quantity:
    """Read 增1.2倍 as +120%; 增至1.2倍 and 1.2倍 alone stay multiples."""
    if not _GROWN.search(text[max(0, quantity.start - 6) : quantity.start]):
        return quantity
    if isinstance(quantity.value, tuple):
        low, high = quantity.value
        value: float | tuple[float, float] = (round(100 * low, 9), round(100 * high, 9))
    else:
        value = round(100 * quantity.value, 9)
    step = 100 * quantity.step
    key = {"=": "exact", "~": "about", ">": "above", "<": "below", "range": "range"}.get(
        quantity.comparator, "exact"
    )
    return replace(
        quantity, value=value, unit="%", step=step, within=interval(key, value, step), scale=1.0
    )


def _bare(text: str, start: int, end: int) -> list[NumberMention]:
    """Return the digits that nothing else has read in a stretch of text."""
    if _ARABIC.search(text, start, end) is None:
        return []
    return [_digits(text, match) for match in _DIGITS.finditer(text, start, end)]


_ARABIC = re.compile("[0-9]")
_POWERS = {"k": 1e3, "m": 1e6, "b": 1e9}


def _digits(text: str, match: re.Match[str]) -> NumberMention:
    """Make a mention of digits, with their value where they are a number by themselves."""
    start, end, written = match.start(), match.end(), match.group()
    if match["time"] or match["code"]:
        return NumberMention(start, end, written, "time" if match["time"] else "code")
    if hours := _HOURS.match(text, end):
        return NumberMention(start, hours.end(), text[start : hours.end()], "span")
    letter = match["letter"] or ""
    digits = written.removesuffix(letter).replace(",", "")
    try:
        value = float(digits)
    except ValueError:
        return NumberMention(start, end, written, "bare")
    unit = ""
    if not letter and (counter := _COUNTERS.match(text, end)):
        end, unit = counter.end(), _WEIGHTS.get(counter.group().strip(), "count")
    elif not letter and (physical := _PHYSICAL.match(text, end)):
        end, unit = physical.end(), "physical"
    elif contract := _CONTRACT.match(text, end):
        return NumberMention(start, contract.end(), text[start : contract.end()], "date")
    quantity = plain(text, start, end, value, unit, _POWERS.get(letter.lower(), 1.0))
    return NumberMention(start, end, text[start:end], "quantity" if unit else "bare", quantity)
