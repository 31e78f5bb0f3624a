"""How sure a reading is: one logit over what its steps say and over what often goes wrong.

The steps err together: where a sentence is hard, kind, subject and time are all doubtful, so that
their product is too low, and an odd construction makes all of them wrong at once while each is sure.
The weights are fitted on readings by weights that had not seen them (``tools.reader.sureness``):
``numbers`` on annotated articles (measure, value and subject right), ``claims`` on articles whose
figures the market bears out. Reading itself looks at no prices.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import exp, log

from springtide.language.required import Screened
from springtide.language.scanning import lowered
from springtide.market import instruments
from springtide.reading.numbers.frame import Kind, Subject, When
from springtide.reading.numbers.hours import ROUND, moment
from springtide.reading.numbers.lexicon import Hits, scan
from springtide.reading.numbers.model import ranker
from springtide.reading.numbers.scene import BlockScene, Scene, starting
from springtide.reading.numbers.spots import market_of_id
from springtide.reading.numbers.whose import pair_of

SLOT = "sureness"
WEIGHED = frozenset(
    {"close_level", "implied_move", "intraday_level", "pct_change", "period_return"}
)
"""Metrics whose claims taught the weights of ``claims``: prices bear them out by the thousand."""
Facts = Mapping[str, float]

_LEAST, _MOST = 0.002, 0.9975
_LEVELS = ("price_level", "level", "record", "target_price")
_TOLD = (
    "said:clause", "said:next", "said:on", "said:touching", "said:sentence", "prior:b", "prior:a",
    "prior:s", "carried:block", "carried:far", "as-before:sentence", "as-before:block", "end",
    "at:before", "at:after", "at:opening", "at:above", "at:past", "at:earlier", "at:in", "heading",
    "at:later", "at:rest", "sum", "default", "said", "figures", "of-record", "base:before",
    "base:after", "carried:sentence", "same", "closed~close", "early:page", "early:word",
)  # fmt: skip
_OUT_OF_HOURS = Screened(
    r"盘前|盘后|夜盘|期货|期指|\bpre-?market\b|\bafter[- ]hours\b|\bextended trading\b|\bfutures\b"
    r"|before the (?:bell|open)|\bpre-?open|\bpost-?market|after the (?:market )?(?:close|bell)|market's close",
    re.IGNORECASE,
)
_CLOSING = Screened(r"收|\b(?:clos|end|finish|settl)\w*", re.IGNORECASE)
_COUNTED = Screened(
    "累计|累[升涨跌挫]|合计|区间|同期|平均|均[升涨跌]|\\bsame (?:period|time)\\b|\\baverag"
)
_EACH = Screened("分别|均|[各皆齐][升涨跌挫]|\\beach\\b|\\brespectively\\b|\\bboth\\b")
_ANOTHER = re.compile(
    r" ?(?:gain|rise|jump|surge|advance|rally|drop|fall|decline|loss|slide|slump)s? (?:in|for|by) "
    r"(?!the day|the session|the week)",
    re.IGNORECASE,
)
_OWNER = re.compile(r"['’]s? ")
_RECEIPTS = Screened(r"折合|ADR|预托证券|\bADS")
_FUTURES_OF = Screened(
    r"(?:期货|期指|[道标纳]期|\bfutures\b[^.;]{0,24}:)|\b[Ff]utures (?:up|down|rise|fall|higher|lower|slip|gain)"
)
_SINCE_WHEN = Screened(
    "(?:[较比自从距由]|相比)[^，。；]{1,14}?(?:前|时|高|低|至今|以来|巅峰|价)|至今|以来|期间|个月内|年内|多年"
    r"|\b(?:since|over the|during the|in the past|from its|full year|so far|through)\b"
)
_OTHER_NAME = re.compile("(?:指数|综指|ETF|板块|概念股?|产业|基金|行业|个股|期货)$")
_SEVERAL = Screened("分别|依次|\\brespectively\\b")


def facts(
    scene: Scene, block: BlockScene, i: int, kind: Kind, whose: Sequence[Subject], when: When
) -> Facts:
    """Return what speaks for and against a reading, by name."""
    subject = whose[0] if whose else Subject("")
    slots = [_odds(p) for p in (kind.confidence, subject.confidence, *when.sure)]
    product = kind.confidence * subject.confidence * when.confidence
    made = {"any": 1.0, "least": min(slots), "product": _odds(product)}
    made |= dict(zip(("kind", "subject", "period", "day", "basis"), slots, strict=True))
    names = [
        *_of_the_number(scene, block, i, kind, when),
        *_of_the_subject(block, i, kind, subject),
        *_of_the_time(scene, block, subject, when),
        *_of_the_words(block, i, subject, when),
    ]
    return made | dict.fromkeys(names, 1.0)


def sure(known: Facts, what: str) -> float:
    """Return the probability that a reading with these facts is right; ``what`` names the weights."""
    weights = weights_of(what)
    get = weights.get
    score = sum([get(name, 0.0) * value for name, value in known.items()])
    return 1 / (1 + exp(-max(-30.0, min(30.0, score))))


@lru_cache(maxsize=2)
def weights_of(what: str) -> Mapping[str, float]:
    """Return the weights of one of the sets by the names of its facts."""
    lead = f"{what}:"
    stored = ranker(SLOT).weights.items()
    return {name.removeprefix(lead): weight for name, weight in stored if name.startswith(lead)}


def _odds(p: float) -> float:
    p = min(max(p, _LEAST), _MOST)
    return log(p / (1 - p))


def _of_the_number(scene: Scene, block: BlockScene, i: int, kind: Kind, when: When) -> list[str]:
    number = block.numbers[i]
    quantity = number.quantity
    unit = quantity.unit if quantity is not None else ""
    group = "%" if unit == "%" else "points" if unit == "points" else "money" if unit else "bare"
    form = "row" if block.block.cells else block.block.kind
    language = scene.article.language
    measure = kind.measure if kind.measure in ("price_change", *_LEVELS) else "other"
    made = [
        f"is:{kind.measure}", f"unit:{group}", f"{measure}|{group}", f"block:{form}",
        f"in:{language}", f"{measure}|{language}", f"said:{when.modality}", f"{form}|{measure}",
    ]  # fmt: skip
    if quantity is None:
        return made
    made.append(f"q:{quantity.comparator}")
    if quantity.scale != 1:
        made.append("scaled")
    made.append("decimals" if "." in number.text else "whole")
    return made


_OF_A_DAY = ("day", "session", "none")


def _of_the_subject(block: BlockScene, i: int, kind: Kind, subject: Subject) -> list[str]:
    number = block.numbers[i]
    group = _kind_of(subject.id) if subject.id else "none"
    made = [f"of:{group}", f"of:{group}|{kind.measure}"]
    made += [f"found:{place}" for place in subject.why.split(",") if place]
    sentence, clause = block.sentence(number.start), block.clause(number.start)
    if subject.block != block.index:
        return [*made, "stands:elsewhere"]
    if not sentence[0] <= subject.start < sentence[1]:
        return [*made, "stands:before"]
    if subject.start >= number.end:
        return [*made, "stands:after"]
    made.append("stands:clause" if subject.start >= clause[0] else "stands:sentence")
    gap = number.start - subject.end
    made.append(f"gap:{0 if gap <= _NEAR else 1 if gap <= _NOT_FAR else 2}")
    between = len(starting(block.names, subject.end, number.start))
    made.append(f"between:{min(between, 2)}")
    numbers = len(starting(block.numbers, subject.end, number.start))
    made.append(f"numbers:{min(numbers, 3)}")
    return made


_NEAR, _NOT_FAR = 8, 24


@lru_cache(maxsize=8192)
def _kind_of(identity: str) -> str:
    return instruments.of_id(identity).kind


def _of_the_time(scene: Scene, block: BlockScene, subject: Subject, when: When) -> list[str]:
    made = [f"over:{when.period}", f"price:{when.basis}", f"over:{when.period}|{when.basis}"]
    told = [name for name in _TOLD if name in when.told]
    made += [f"told:{name}" for name in told]
    if not any(
        name.startswith(("said:", "prior:", "carried", "as-before", "end")) for name in told
    ):
        made.append("told:nothing")
    seen = moment(scene.clock, market_of_id(subject.id) if subject.id else ROUND)
    phase = "early" if seen.early else seen.phase
    made += [f"hour:{phase}", f"hour:{phase}|{when.basis}"]
    if when.as_of is not None:
        place = (
            "latest"
            if when.as_of == seen.latest
            else "closed"
            if when.as_of == seen.closed
            else "past"
        )
        made += [f"day:{place}", f"day:{place}|{phase}"]
    published = scene.clock.published
    if published is None or published.tzinfo is None:
        made.append("zone:unknown")
    return made


@lru_cache(maxsize=1024)
def _of_the_sentence(text: str, start: int, end: int) -> tuple[bool, ...]:
    """Say which words stand in a sentence: its numbers all ask."""
    low = lowered(text)
    patterns = (_CLOSING, _OUT_OF_HOURS, _EACH, _SEVERAL, _RECEIPTS)
    return tuple([pattern.search(text, low, start, end) is not None for pattern in patterns])


@lru_cache(maxsize=1024)
def _of_the_clause(text: str, start: int, end: int) -> tuple[bool, ...]:
    """Say which words stand in a clause: of sums, of stretches, and of figures."""
    figures, low = scan(text[start:end], "times"), lowered(text)
    return (
        _COUNTED.search(text, low, start, end) is not None,
        _SINCE_WHEN.search(text, low, start, end) is not None,
        any("figures" in hit.classes for hit in figures.every),
    )


def _of_the_words(block: BlockScene, i: int, subject: Subject, when: When) -> list[str]:
    number, text = block.numbers[i], block.text
    sentence, clause = block.sentence(number.start), block.clause(number.start)
    closing, out_of_hours, each, several, receipts = _of_the_sentence(text, *sentence)
    counted, since_when, figures = _of_the_clause(text, *clause)
    made = []
    if closing:
        made += ["closing", f"closing|{when.basis}"]
    if out_of_hours:
        made.append("out-of-hours")
    if counted:
        made.append(f"counted|{when.period in _OF_A_DAY}")
    if each:
        made.append("each")
    if several:
        made.append("paired" if pair_of(block, i) else "unpaired")
    if receipts:
        made.append("receipts")
    if _FUTURES_OF.search(text, lowered(text), max(0, number.start - _LOOK_BACK), number.start):
        made.append("futures-of")
    if since_when:
        made.append(f"since-when|{when.period in _OF_A_DAY}")
    made += _beside(text, subject, clause[0], number.start, subject.block == block.index)
    here = subject.block == block.index and 0 <= subject.start < number.start
    if here and _ANOTHER.match(text, number.end):
        made.append("another's")
    if here and _OWNER.match(text, subject.end):
        made.append("owner")
    if here:
        made += _between(text, subject.end, number.start)
    if figures:
        made.append("figures")
    return made


_LOOK_BACK = 60
_VERB = re.compile(
    "(?:盘中|一度|曾|今日|昨日|早盘|午后|收盘|全天|累计|分别|均|大|小幅|微|急|再|又|亦|也|则|逆[势市])*(?:上涨|下跌|[涨升跌挫收报飙弹泻])"
)


def _beside(text: str, subject: Subject, start: int, end: int, same: bool) -> list[str]:
    """Say whether another name of a market stands right before the verb of a number."""
    verb = _VERB.search(text, start, end)
    before = text[start : verb.start()] if verb is not None else ""
    if not _OTHER_NAME.search(before):
        return []
    ends = start + len(before)
    return ["named-well"] if same and subject.start < ends <= subject.end else ["named-other"]


@lru_cache(maxsize=1024)
def _between(text: str, start: int, end: int) -> tuple[str, ...]:
    """Say whether words of a move stand between a subject and its number."""
    if end - start > _FAR:
        return ("far",)
    hits: Hits = scan(text[start:end])
    classes = {name for hit in hits.every for name in hit.classes}
    return tuple(f"verb:{name}" for name in ("rise", "fall", "quote") if name in classes)


_FAR = 80
