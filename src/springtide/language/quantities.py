"""Numbers with their units as people write them, in Chinese and in English."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from springtide.language.blanks import blank_out, blanked, windows
from springtide.language.cues import cue_after, cue_before
from springtide.language.mentions import mentions
from springtide.language.number import Number, digit_numbers
from springtide.language.scanning import compiled
from springtide.language.spoken import english_numbers, han_numbers, word_numbers
from springtide.language.tolerance import comparator, interval
from springtide.language.types import Quantity
from springtide.language.units import power

_DURATIONS = frozenset({"sessions", "days", "weeks", "months", "quarters", "years"})


def find_quantities(text: str) -> list[Quantity]:
    """Find the numbers of a text with their units and what their wording admits.

    Not among them is what has digits and measures nothing: dates and times, security codes,
    addresses, names of products and indices (H100, 沪深300), windows of indicators (RSI(14)),
    ordinals, bare years and the numbers of a list's items.

    Parameters
    ----------
    text
        Normalised text. Offsets are into it.

    Returns
    -------
    list of Quantity
        In the order of the text, without overlaps.

    Examples
    --------
    >>> for q in find_quantities("恒指收报21,814.37点,近六成股份升逾1%"):
    ...     print(q.text, q.value, q.unit, q.comparator, q.within)
    21,814.37点 21814.37 points = [21814.365, 21814.375)
    近六成 60.0 % ~ [54, 65)
    逾1% 1.0 % > (1, ∞)
    >>> find_quantities("Nvidia H100 on 13 February 2025, 0700.HK")
    []
    """
    clean = _without_dates(text)
    numbers = sorted(
        [*digit_numbers(clean), *han_numbers(clean), *english_numbers(clean), *word_numbers(clean)],
        key=lambda n: (n.start, -n.end),
    )
    quantities: list[Quantity] = []
    reached = 0
    position = 0
    while position < len(numbers):
        number = numbers[position]
        position += 1
        if number.start < reached:
            continue
        following = numbers[position] if position < len(numbers) else None
        other = _joined(clean, number, following) if following else None
        if other:
            position += 1
        quantity = _quantity(
            text, clean, other[0] if other else number, other[1] if other else None
        )
        if quantity and quantity.start >= reached:
            quantities.append(quantity)
            reached = quantity.end
    return _with_shared_hedges(text, quantities)


_RESTATED = "或| or "
_LISTED = "、|及|和|, | and |, and "
_EACH_ITS_OWN = r"[^。；;]{0,24}?(?:分别|respectively)"

_EACH_BEFORE = "分别[^，。；、]{0,8}$"


def _with_shared_hedges(text: str, quantities: list[Quantity]) -> list[Quantity]:
    """Give the hedge of a number to those that restate it or stand in one list with it.

    最多跌180点或0.47% is at most both; "rose by more than 5% and 4%, respectively" more than each.
    """
    for i in range(1, len(quantities)):
        before, this = quantities[i - 1], quantities[i]
        if this.comparator != "=" or before.comparator in ("=", "range"):
            continue
        gap = text[before.end : this.start]
        restated = before.comparator == "up_to" and compiled(_RESTATED).fullmatch(gap)
        listed = (
            before.unit == this.unit
            and compiled(_LISTED).fullmatch(gap)
            and (
                compiled(_EACH_ITS_OWN).match(text, this.end)
                or compiled(_EACH_BEFORE).search(text, max(0, before.start - 16), before.start)
            )
        )
        if restated or listed:
            within = interval(before.comparator, this.value, this.step)
            quantities[i] = replace(this, comparator=before.comparator, within=within)
    return quantities


def find_windows(text: str) -> list[tuple[int, int, int]]:
    """Find the windows of indicators: RSI(14), 50日均线, "the 200-day moving average".

    Returns
    -------
    list of tuple
        Start, end and number of sessions (or weeks, months, as written) of each.

    Examples
    --------
    >>> find_windows("9天RSI升至84")
    [(0, 5, 9)]
    """
    return list(windows(text))


def _without_dates(text: str) -> str:
    """Blank what has digits and is no quantity."""
    clean = blank_out(text)
    spans = [(m.start, m.end) for m in mentions(text)]
    spans += [(start, end) for start, end, _ in windows(clean)]
    return blanked(clean, sorted(spans))


# --- ranges, approximators, the result ------------------------------------------------------

_JOINT = r" ?(?:[-~]|至|到) ?| to |-to-| and "
_FROM = r"(?:从|由|自|从目前的?|from|From|from about|from around)(?:目前的|约|人民币)? ?$"
_BETWEEN = r"\b[Bb]etween (?:about |around |roughly )?$"


def _joined(clean: str, low: Number, high: Number) -> tuple[Number, Number] | None:
    """Return the two ends where two numbers stand as a range, with unit and scale shared."""
    gap = clean[low.end : high.start]
    if len(gap) > 5 or low.cue or low.pattern == "words" or high.pattern == "words":
        return None
    start = high.start
    if high.sign == -1 and not gap:
        gap, high = "-", replace(high, sign=0)
    if not compiled(_JOINT).fullmatch(gap):
        return None
    if gap == " and ":
        if not compiled(_BETWEEN).search(clean, max(0, low.start - 24), low.start):
            return None
    elif gap.strip() in ("至", "到", "to") and compiled(_FROM).search(
        clean, max(0, low.start - 12), low.start
    ):
        return None
    if gap.strip() in ("至", "到", "to") and _is_change_to_level(clean, low, high):
        return None
    if low.unit and not high.unit and not low.unit.isupper():
        return None
    bare = not low.unit or (low.unit != high.unit and high.unit in ("", "points"))
    if low.unit and high.unit and low.unit != high.unit:
        return None
    if (
        not low.unit
        and not high.unit
        and low.scale == high.scale == 0
        and (low.value >= high.value)
    ):
        return None
    unit = low.unit or high.unit
    shared = not low.scale and (bare or low.unit.isupper()) and high.scale
    low = replace(low, unit=unit, scale=high.scale if shared else low.scale)
    high = replace(high, start=start, unit=unit)
    if _signed(low) > _signed(high):
        return None
    return low, high


_MOVED = (
    r"(?i)(?:[涨升跌挫扬增减降弹飙泻滑落高低缩]了?|\b(?:up|down|higher|lower|rose|rises|rise|fell|falls|fall|"
    r"gained|gains|gain|lost|loses|lose|dropped|drops|drop|climbed|added|adds|slipped|slid|jumped|surged|"
    r"edged|shed|sheds|sank|rallied|soared|plunged|tumbled|advanced|declined|eased|increased|decreased)"
    r"(?: (?:by|about|nearly|almost|over|more than|around))?) ?$"
)
_WIDEST_RANGE = 3


def _is_change_to_level(clean: str, low: Number, high: Number) -> bool:
    """Tell 升388点至21521点, a change and then a level, from 上望23000至23500点, a range.

    After a verb of change, points and money are a change; percentages are one where the second
    is more than three times the first ("rose 0.3% to 4.5%").
    """
    start, _ = cue_before(clean, low.start)
    if not compiled(_MOVED).search(clean, max(0, start - 24), start):
        return False
    return high.unit != "%" or abs(high.value) > _WIDEST_RANGE * abs(low.value)


def _signed(number: Number) -> Decimal:
    value = number.value * power(number.scale)
    return -value if number.sign < 0 else value


def _quantity(text: str, clean: str, number: Number, high: Number | None) -> Quantity | None:
    """Add the approximator and make the result."""
    last = high or number
    end, suffix = cue_after(clean, last.end)
    if suffix == "odd" and last.unit == "":
        end, suffix = last.end, ""
    start, cue = cue_before(clean, number.start, duration=number.unit in _DURATIONS)
    if cue and number.unit in _DURATIONS and _means_during(clean, start, cue):
        start, cue = number.start, ""
    key = cue or number.cue or suffix or "exact"
    scale = float(power(number.scale))
    if high:
        between = compiled(_BETWEEN).search(clean, max(0, number.start - 24), number.start)
        start = between.start() if between else start
        pair = (float(_signed(number)), float(_signed(high)))
        step = float(min(n.step * power(n.scale) for n in (number, high)))
        return Quantity(
            start, end, text[start:end], pair, number.unit, "range", step,
            interval("range", pair, step), scale, 0,
        )  # fmt: skip
    value = float(_signed(number))
    step = float(number.step * power(number.scale))
    return Quantity(
        start, end, text[start:end], value, number.unit, comparator(key), step,
        interval(key, value, step), scale, number.sign,
    )  # fmt: skip


_MORE_THAN_A_TIME = r"(?i)\b(?:in|for|after|of|lasted|took|a|than|at|to) $"


def _means_during(clean: str, start: int, cue: str) -> bool:
    """Tell "up 10% over five sessions" from "the best streak in over two years"."""
    if clean.startswith(("past", "Past"), start):
        return True
    if not clean.startswith(("over", "Over"), start) or cue != "above":
        return False
    return not compiled(_MORE_THAN_A_TIME).search(clean, max(0, start - 8), start)
