"""Over what stretch a number is stated: candidates from explicit generators, ranked.

A stretch reaches a number from its own words ("a 15-session streak"), from its clause, from the
clauses and sentences before it, or from a word that names only its length ("weekly"). Where none
does, a change is the day's and a level has no stretch.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import TypeVar

from springtide.language.required import Screened
from springtide.language.scanning import lowered
from springtide.language.types import DateMention, Period, PeriodMention
from springtide.reading.numbers.carry import Carry, Span, is_ahead
from springtide.reading.numbers.hours import session_by
from springtide.reading.numbers.mentions import first_digit
from springtide.reading.numbers.model import Ranker, ranked
from springtide.reading.numbers.points import Point
from springtide.reading.numbers.scene import BlockScene, overlapping, starting
from springtide.reading.numbers.spots import Spot
from springtide.reading.numbers.stretches import resolved, stretch, whole

SLOT = "times_period"
_DURATIONS = frozenset({"sessions", "days", "weeks", "months", "quarters", "years"})
_WHOLE = {"one_week": "week", "one_month": "month", "one_quarter": "quarter", "one_year": "year"}
_RATES = ("yoy", "qoq", "mom")
_start_of = attrgetter("start")


def choose(spot: Spot, carry: Carry, model: Ranker | None) -> list[tuple[Span, float]]:
    """Return the candidates of a number with their probabilities, the likeliest first."""
    fixed = own_length(spot)
    if fixed is not None:
        return [(fixed, 1.0)]
    spans = candidates(spot, carry)
    if len(spans) == 1 or model is None:
        return [(spans[0], 1.0)]
    return _together([(spans[k], p) for k, p in ranked(model, [span.features for span in spans])])


def _together(weighed: list[tuple[Span, float]]) -> list[tuple[Span, float]]:
    """Add up the probabilities of candidates that say the same: 今年 before and carried on."""
    same: dict[tuple[object, ...], list[tuple[Span, float]]] = {}
    for span, p in weighed:
        same.setdefault((span.kind, span.first, span.last, span.back), []).append((span, p))
    summed = [(group[0][0], min(1.0, sum(p for _, p in group))) for group in same.values()]
    return sorted(summed, key=lambda one: -one[1])


def own_length(spot: Spot) -> Span | None:
    """Return the stretch of a streak or a record that is itself given by its length."""
    quantity = spot.number.quantity
    if spot.kind.measure not in ("record", "streak") or quantity is None:
        return None
    if quantity.unit not in _DURATIONS or isinstance(quantity.value, tuple):
        return None
    count = int(abs(quantity.value))
    unit = "sessions" if quantity.unit == "days" else quantity.unit
    period = Period("last", count=max(1, count), unit=unit)  # type: ignore[arg-type]
    words = spot.block.text[spot.number.start : spot.number.end]
    return replace(resolved(period, words, spot), kind="last")


def candidates(spot: Spot, carry: Carry) -> list[Span]:
    """Return every stretch that may reach a number; the first is that of no words at all."""
    default = "none" if spot.is_level else "day"
    measure = _group(spot)
    near = carry.near(spot)
    kept = f"{near}:{carry.kind if carry.measure == spot.kind.measure else '-'}"
    plain = ["default", f"default:{measure}", f"default:{kept}"]
    beside = spot.words["b"] | spot.words["a"]
    if "prior_day" in beside and "compared" in beside:
        plain.append("against-prior")
    if "sum" in spot.words["b"] | spot.words["c"] and spot.kind.measure == "price_change":
        plain.append("default-sum")
    every = [Span(default, features=tuple(plain))]
    mentioned = _mentioned(spot)
    worded = list(_worded(spot))
    if any(span.kind == "since" for span, _, _ in mentioned):
        # A low that is said with its time ("自今年低点以来") is that one and no unnamed swing.
        worded = [tagged for tagged in worded if tagged[0].kind != "since"]
    carried = [] if _is_told_right_before(spot) else _carried(spot, carry)
    for span, where, tags in (*mentioned, *worded, *carried):
        features = (*_features(spot, span, where, measure), *tags)
        every.append(Span(span.kind, span.words, span.first, span.last, features, span.back))
    return every


def _is_told_right_before(spot: Spot) -> bool:
    """Say whether a stretch opens the number's clause: 近20个交易日累计上涨2% is of no other."""
    low, start = spot.clause[0], spot.number.start
    return spot.kind.measure == "price_change" and any(
        0 <= start - one.end <= _ADJOINING
        for one in starting(spot.block.periods, low, low + _OPENING + 1)
    )


def _group(spot: Spot) -> str:
    measure = spot.kind.measure
    if spot.is_level:
        return "level"
    return measure if measure in ("price_change", "flow", "turnover", "record") else "other"


def _features(spot: Spot, span: Span, where: str, measure: str) -> tuple[str, ...]:
    words = spot.words
    features = [
        "said", f"at:{where}", f"kind:{span.kind}", f"{span.kind}@{where}", f"said:{measure}",
        f"at:{where}:{measure}",
    ]  # fmt: skip
    if "sum" in words["b"] or "sum" in words["c"]:
        features += ["sum", f"sum:{span.kind}"]
    if any("one_day" in words[scope] for scope in "bca"):
        features.append("one_day" + ("=" if span.kind == "day" else "!"))
    if "record" in words["a"] and where == "after":
        features.append("record-after")
    if "will" in words["b"] or "will" in words["c"]:
        features.append(f"will:{span.kind}")
    if spot.kind.measure == "rating":
        features.append(f"rating:{span.kind}")  # 11 Buys assigned in the past three months
    return tuple(features)


Tagged = tuple[Span, str, tuple[str, ...]]


def _mentioned(spot: Spot) -> list[Tagged]:
    """Return the periods and dates around a number, the nearest of each place, with tags."""
    nearest: dict[str, tuple[int, Tagged]] = {}

    def offer(start: int, end: int, span: Span, *tags: str) -> None:
        where, distance = _where(spot, start, end)
        # the cheap question first: of long texts most mentions lie further off than another
        if where and (where not in nearest or distance < nearest[where][0]):
            if _is_a_record(spot, start, end):
                return
            if _is_turned(spot, start) or _is_neared(spot, start):
                return
            told = tuple(f"{tag}:{where}" if tag == "base" else tag for tag in tags)
            doubts = (tag for tag in _doubts(spot, start, end) if (tag, span.kind) != _ONE_DAY)
            nearest[where] = distance, (span, where, (*told, *doubts))

    for mention in _reaching(spot, spot.block.periods, nearest):
        if mention.period.kind != "all" or spot.kind.measure == "record":
            offer(mention.start, mention.end, resolved(mention.period, mention.text, spot))
    bases = () if spot.is_level else spot.bases
    for point in _reaching(spot, bases, nearest):
        base = session_by(spot.market, point.day)
        offer(point.start, point.end, Span(point.kind, point.text, base), "base")
    for day in _reaching(spot, spot.block.dates, nearest):
        if day.first > spot.moment.local or is_ahead(spot, day):
            continue
        if any(point.start == day.start for point in starting(bases, day.start, day.end)):
            continue
        if day.first != day.last:
            offer(day.start, day.end, stretch(day.first, day.last, day.text, spot))
        elif not spot.is_level:
            offer(day.start, day.end, Span("day", day.text))
    return [tagged for _, tagged in nearest.values()]


_ONE_DAY = "inner", "day"
_AnyMention = TypeVar("_AnyMention", PeriodMention, Point, DateMention)


def _reaching(
    spot: Spot, mentions: Sequence[_AnyMention], nearest: Mapping[str, tuple[int, Tagged]]
) -> Iterator[_AnyMention]:
    """Yield what may reach a number: back from its sentence until one is taken, then those in it."""
    first, last = spot.sentence
    start, end = spot.number.start, spot.number.end
    inside = bisect_left(mentions, first, key=_start_of)
    for k in range(inside - 1, -1, -1):
        yield mentions[k]
        if "above" in nearest and nearest["above"][0] <= start - mentions[k].end:
            break
    for k in range(inside, len(mentions)):
        if mentions[k].start >= max(last, end):
            break
        yield mentions[k]


def _is_a_record(spot: Spot, start: int, end: int) -> bool:
    """Say whether a record stands at a stretch of a price: "up 3.1% to a three-year high".

    A stretch that is what a record is over is none of the price, which is the day's.
    """
    if spot.kind.measure not in _PRICES:
        return False
    records = overlapping(spot.page.records_of(spot.block), start, end)
    return any(other is not spot.number for other in records)


def _doubts(spot: Spot, start: int, end: int) -> tuple[str, ...]:
    """Return what speaks against a mention: of figures, of a record, or another claim's number."""
    number, block = spot.number, spot.block
    tags = []
    if spot.kind.measure != "record" and _is_of_record(spot, start, end):
        tags.append("of-record")
    low, high = block.clause(start)
    rest = block.text[end:high].strip(" ,，、")
    if end <= number.start and not low <= number.start < high:
        opens = not block.text[spot.sentence[0] : start].strip()
        if rest:
            tags.append("inner")
        elif opens:
            tags.append("leads")
    if end <= number.start and _are_apart(block, end, number.start):
        tags.append("apart")
    if end <= number.start and _trails(spot, start):
        tags.append("trailing")
        if _ASIDE.fullmatch(block.text, end, number.start):
            tags.append("aside")
    if start >= number.end and spot.kind.measure in _PRICES and _is_of_next(spot, start, end):
        tags.append("another")
    if not start < number.end <= end and spot.kind.measure in _PRICES:
        low, high = block.clause(start)
        if not low <= number.start < high or end > number.end:
            hits = spot.page.hits[block.index].within(low, min(high, end + _FIGURES))
            if any("figures" in hit.classes and hit.start >= start - _FIGURES for hit in hits):
                tags.append("figures")
    runs = overlapping(spot.page.runs_of(block), start, end)
    if any(other is not number for other in runs):
        tags.append("other-number")
    return tuple(tags)


_ASIDE = re.compile(
    r"[^,;.]*, (?!(?:and|while|but|or|compared|versus|against|as|for|to|from|than|with|the|an?) "
    r"|[a-z]+ing\b)(?:[a-z']+ ){1,4}"
)
"""The verb behind words that were put between commas: "Tesla, down 12% this year, added 5.8%"."""


def _trails(spot: Spot, start: int) -> bool:
    """Say whether a stretch ends what another number says: "down 12% this year, rose 5.8%"."""
    beside = overlapping(spot.block.numbers, start - _ADJOINING - 1, start)
    return any(other is not spot.number and other.end <= start for other in beside)


_APART = re.compile("(?<=[\u4e00-\u9fff0-9%]) +(?=[\u4e00-\u9fff])")
"""The parts of a Chinese headline stand apart by spaces."""


def _are_apart(block: BlockScene, start: int, end: int) -> bool:
    """Say whether such a space stands between two places."""
    # Most texts have few spaces or few Chinese characters: to look for one is quick in both.
    return block.text.find(" ", start, end) >= 0 and bool(_APART.search(block.text, start, end))


def _is_of_next(spot: Spot, start: int, end: int) -> bool:
    """Say whether a stretch opens a clause behind a number that has its own: 跌1%，本周累涨2%."""
    low, high = spot.block.clause(start)
    following = spot.beside[1]
    return low >= spot.number.end and low <= start < end <= following < high


_TURN = re.compile(
    r"\b(?:but|while|although|though|whereas|on (?:track|pace|course)|set|poised|heading) |但|惟|而"
)


def _is_turned(spot: Spot, start: int) -> bool:
    """Say whether a new statement begins between a number and a stretch: "fell 1% but was on track"."""
    return _TURN.search(spot.block.text, spot.number.end, start) is not None


def _is_neared(spot: Spot, start: int) -> bool:
    """Say whether what follows a number is a level that was come near to: "to near its October high"."""
    text = spot.block.text
    near = text.startswith("near ", start) or _NEARING.search(text, max(0, start - 12), start)
    return bool(near) and start >= spot.number.end and spot.kind.measure == "price_change"


_NEARING = re.compile(r"\b(?:to|near|towards?|within|around|at)(?: near| within)? $")


def _is_of_record(spot: Spot, start: int, end: int) -> bool:
    """Say whether a stretch is that of a superlative: "the highest in a month", 近3个月来最高."""
    back, ahead = _SUPERLATIVE
    low = start - back if spot.block.text[start:end].isascii() else start
    if _counts_from_an_extreme(spot, start):
        low = end
    hits = spot.page.hits[spot.block.index].within(max(0, low), end + ahead)
    return any(not _RECORD.isdisjoint(hit.classes) for hit in hits)


def _counts_from_an_extreme(spot: Spot, start: int) -> bool:
    """Say whether the low or high is where the stretch begins: 自今年低点以来."""
    periods = starting(spot.block.periods, start, start + 1)
    return any(one.period.kind in ("since-low", "since-high") for one in periods)


_RECORD = frozenset({"record", "peak", "trough"})
_SUPERLATIVE = 20, 6
_PRICES = frozenset({"price_change", "price_level", "turnover", "fx", "bond_yield", "breadth"})
_FIGURES = 24


def _carried(spot: Spot, carry: Carry) -> list[Tagged]:
    """Return the stretch of the claim before, and that of the heading, where they may go on."""
    carried: list[Tagged] = []
    if spot.is_level:
        return carried
    near = carry.near(spot)
    if carry.stretch is not None and _is_same(spot):
        carried.append((stretch(*carry.stretch, "", spot), "same", ("same",)))
    if carry.span is not None and near != "far" and carry.measure == spot.kind.measure:
        anew = ("anew",) if _is_named_anew(spot) else ()
        if _are_apart(spot.block, spot.beside[0], spot.number.start):
            anew = (*anew, "apart")
        if carry.trailing and near == "sentence":
            anew = (*anew, "trailing")
            if _ASIDE.fullmatch(spot.block.text, carry.end, spot.number.start):
                anew = (*anew, "aside")
        carried.append((carry.span, "carried", (f"carried:{near}", *anew)))
    elif (
        carry.span is not None
        and carry.stretch is None
        and _IN_THAT.search(spot.block.text, spot.sentence[0], spot.number.start)
    ):
        carried.append((carry.span, "same", ("same",)))
    if carry.heading is not None and carry.heading_block < spot.block.index:
        far = "next" if carry.heading_block == spot.block.index - 1 else "on"
        span = resolved(carry.heading.period, carry.heading.text, spot)
        carried.append((span, "heading", ("heading", f"heading:{far}")))
    return carried


_IN_THAT = re.compile("同期|期内|[此这]期间|同一时期")


def _is_named_anew(spot: Spot) -> bool:
    """Say whether the sentence names a stretch after the number: 跌1%，本周累跌2% is the day's."""
    return bool(starting(spot.block.periods, spot.number.end, spot.sentence[1]))


def _where(spot: Spot, start: int, end: int) -> tuple[str, int]:
    """Return where a mention stands from a number, and how far; "" where it does not reach it."""
    number = spot.number
    (low, high), (first, last) = spot.clause, spot.sentence
    if start < number.end and end > number.start:
        return "in", 0
    previous, following = spot.beside
    if end <= number.start:
        if start >= low:
            return ("past" if previous >= end else "before"), number.start - end
        if start >= first:
            return ("opening" if start - first <= _OPENING else "earlier"), number.start - end
        return "above", number.start - end
    if start < high:
        gap = start - number.end
        if following < start:
            return "beyond", gap
        return ("after" if gap <= _ADJOINING else "later"), gap
    return ("rest", start - number.end) if start < last else ("", 0)


_OPENING = 8
_ADJOINING = 6


def _is_same(spot: Spot) -> bool:
    """Say whether words point back at the time of what was said before."""
    return any("same_time" in spot.words[scope] for scope in "bcs")


def _worded(spot: Spot) -> Iterator[Tagged]:
    """Yield the stretches that a word names by their length alone: weekly, 全周, 同比."""
    for scope, where in (("b", "before"), ("a", "after"), ("c", "past"), ("h", "column")):
        classes = spot.words.get(scope, frozenset())
        for name in _RATES:
            if name in classes:
                yield Span(name, name), f"word-{where}", ()
        for name, kind in _WHOLE.items():
            if name in classes:
                yield whole(spot, kind), f"word-{where}", ()
        if spot.is_level:
            continue
        if "turn" in classes:
            yield Span("since"), f"word-{where}", ("turn",)
        elif "since" in classes and "compared" in classes:
            yield Span("since"), f"word-{where}", ("since",)
        if "swing" in classes:
            yield Span("since"), f"word-{where}", ("swing",)
    if not spot.is_level and (bare := _bare_length(spot)):
        yield whole(spot, bare), "word-before", ()
    if not spot.is_level and _SINCE_EVENT.match(spot.block.text, *spot.sentence):
        yield Span("since"), "word-opening", ("event",)
    elif not spot.is_level and _after_event(spot):
        yield Span("since"), "word-opening", ("event-zh",)


_BARE_LENGTH = re.compile(
    r"(?<![上本下这每今前当单一两近过全首按个\d二三四五六七八九十])(?P<unit>[周月年])"
    r"(?:累计|累)?(?:[升涨跌挫扬]|上涨|下跌)[幅了逾超近约达为]{0,2}$"
)
_BARE_KINDS = {"周": "week", "月": "month", "年": "year"}


def _bare_length(spot: Spot) -> str:
    """Return the stretch that one character names: 沪指周跌0.8%, 恒科指月涨12%; "" for none."""
    text, start = spot.block.text, spot.number.start
    match = _BARE_LENGTH.search(text, max(0, start - 8), first_digit(text, start, spot.number.end))
    return _BARE_KINDS[match["unit"]] if match else ""


_SINCE_EVENT = re.compile(
    r"\s*Since the [a-z' -]+,"
    r"|\s*(?:In|During|Over|Through|Throughout) (?:the|this) (?:current |latest |present |ongoing )?"
    r"(?:rally|run-up|bull run|rebound|upswing|advance|leg)\b"
)
"""Something that happened, with no date: "Since the inauguration, Tesla has fallen 21%"."""
_SINCE_EVENT_ZH = Screened(
    "自(?:从)?[^，。；]{2,30}?(?:以来|至今|之后|后)[，,]?|(?:元旦|春节|节|国庆|中秋)(?:过)?后(?!首|第|开|的?[一二三四五六七八九十首])"
    "|(?:本|这|此|今|该)一?[轮波](?:[^，。；]{0,8}(?:以来|至今|[中里下内]|期间))?[，,]"
    "|[^，。；]{2,8}(?:启动|爆发|开启|发动)(?:以来|至今)"
)


def _after_event(spot: Spot) -> bool:
    """Say whether something that happened opens the stretch: 自去年创下新高以来, 元旦后."""
    low = max(spot.sentence[0], spot.clause[0] - _FIGURES)
    text = spot.block.text
    return _SINCE_EVENT_ZH.search(text, lowered(text), low, spot.number.start) is not None
