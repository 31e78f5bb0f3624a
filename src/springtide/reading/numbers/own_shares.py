"""Whose shares a sentence names itself, where no table holds the name.

"Shares of Acme dropped 18.5%" is Acme's move, whoever the paragraph is about; so are "Acme Steel,
which added 1.65%", "ACM stock took a hit", "the target for Acme Energy", and 大市 in Hong Kong.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from springtide.language.required import Screened
from springtide.language.scanning import lowered
from springtide.market import instruments
from springtide.reading.numbers.flows import of_a_flow
from springtide.reading.numbers.frame import Kind, Subject
from springtide.reading.numbers.scene import BlockScene, Scene, as_written, starting

_CAPITALS = r"[A-Z][\w&.'’\-]*(?: (?:& )?[A-Z][\w&.'’\-]*)*"
_WHOLE = r"[A-Z][\w&.'’\-]*+(?: (?:& )?[A-Z][\w&.'’\-]*+)*+"
"""The same for where no part of it would do: it is not tried again a letter shorter."""
_OWN = Screened(
    r"(?=[SsUutA-Z])(?:"
    rf"\b(?:[Ss]hares|[Ss]tocks?|[Uu]nits) (?:of|in) (?:the )?(?P<of>{_WHOLE})"
    rf"|\btargets? (?:for|on) (?P<for>{_WHOLE})"
    rf"|(?=[^(]{{2,200}}\()(?P<form>{_CAPITALS},? (?:Inc|Corp|Ltd|LLC|plc|PLC|Co)\b\.?)"
    r"(?= \([A-Z:. ]{1,14}\))"
    r"|\b(?:Adjusts|Raises|Lowers|Cuts|Lifts|Trims|Boosts|Hikes|Slashes|Increases|Reduces) "
    r"(?P<has>[A-Z][\w&.\-]*(?: [\w&.\-]+){0,4}?)(?:'s|’s) (?:Price )?Target"
    rf"|(?P<which>{_WHOLE})(?:, which|(?:'s)? stock|(?:'s)? shares|(?:'s)? share price)\b)"
)
_NO_NAME = re.compile(
    r"(?:The|Its|Their|His|This|That|These|Those|Both|Most|Some|Other|All|Many|Wall Street|Asian|"
    r"European|Gold|Silver|Oil|Energy|Mining|Chinese|American|Japanese|Indian|U\.S\.|US|Tech|Bank|Chip|Monday|Tuesday|Wednesday|"
    r"Thursday|Friday|In|On|After|But|And|While|As|When)(?: |$)"
)
_OF_PRICES = ("price_change", "price_level", "target_price", "implied_move", "record", "streak")
_A_SHARE_PRICE = re.compile(r"\b(?:its|the) (?:share|stock) price\b|其股价|公司股价")
_THE_INDEX = re.compile(
    r"\b[Tt]he (?:index|gauge)(?! (?:fund|provider|maker|compiler|weight|member))\b|该指数"
)
"""What points back at an index: the subject is no share."""
_THE_MARKET = re.compile("大市")
_SURE, _LIKELY = 0.8, 0.6


def own_shares(
    scene: Scene, block: BlockScene, i: int, kind: Kind, ranked: tuple[Subject, ...]
) -> tuple[Subject, ...]:
    """Put the name first that a sentence gives the shares of a number; the rest comes after it.

    A name of a table in the sentence, before the number, is weighed with all others and stays.
    """
    if kind.measure == "turnover":
        return _of_a_market(scene, block, i, ranked)
    if kind.measure == "flow":
        return of_a_flow(scene, block, i, ranked)
    if kind.measure == "fx" and block.text.startswith("= ", block.numbers[i].start - 2):
        return _converted(scene, block, i, ranked)
    if kind.measure in _OF_RATES and ranked and scene.article.language == "en":
        ranked = _of_a_pair(scene, block, i, ranked)
    if kind.measure not in _OF_PRICES or block.block.cells:
        return ranked
    number = block.numbers[i]
    start, end = block.sentence(number.start)
    clause, rest = block.clause(number.start)
    if _A_SHARE_PRICE.search(block.text, clause, rest):
        ranked = tuple(one for one in ranked if not (one.id and _is_index(one.id)))
    elif _THE_INDEX.search(block.text, clause, number.start):
        ranked = tuple(one for one in ranked if not one.id or _is_index(one.id)) or ranked
    if scene.article.language == "en":
        if any(one.ids and not one.loose for one in starting(block.names, start, end)):
            return ranked
        own = _named(block, start, number.start)
        return (own, *ranked) if own is not None else ranked
    if not ranked and scene.article.language == "zh-hk":
        market = _THE_MARKET.search(block.text, start, number.start)
        if market is not None:
            return (Subject("大市", "HSI", block.index, *market.span(), _LIKELY, "s<"),)
    return ranked


_OF_RATES = ("fx", "price_change", "price_level")
_AGAINST = re.compile(r"\b(?:against|versus|vs\.?|on|to) (?:the |its )?(?:[A-Z][\w.]* )?$")
_PARTNER = re.compile(r"\b(?:against|versus|vs\.?) ")
_CURRENCY = re.compile(
    r"\b(?:(?:(?:U\.?S\.?|Australian|Canadian|New Zealand|Hong Kong|Singapore|Taiwan|Swiss|British|Japanese|Chinese|"
    r"Indian|offshore|onshore) )*(?:dollar|euro|yen|pound|sterling|yuan|renminbi|franc|rupee|won|peso|real|rand|lira|"
    r"baht|ringgit|rupiah|krona|krone|zloty|forint|ruble|rouble|loonie|aussie|kiwi|greenback)s?)\b(?! index)",
    re.IGNORECASE,
)


def _converted(
    scene: Scene, block: BlockScene, i: int, ranked: tuple[Subject, ...]
) -> tuple[Subject, ...]:
    """Name the currency behind a rate of conversion: ($1 = 86.83 Indian rupees)."""
    number = block.numbers[i]
    money = _CURRENCY.search(block.text, number.start, number.end + _NEAR)
    if money is None:
        return ranked
    words = as_written(scene, block, *money.span())
    return (Subject(words, "", block.index, *money.span(), _SURE, "s>,c>"),)


_NEAR = 24


def _of_a_pair(
    scene: Scene, block: BlockScene, i: int, ranked: tuple[Subject, ...]
) -> tuple[Subject, ...]:
    """Name the currency that moved, not the one it moved against: "the dollar rose 0.3% on the yen".

    What is quoted stays the pair.
    """
    one = ranked[0]
    if not one.id or one.block != block.index or instruments.of_id(one.id).kind != "fx":
        return ranked
    number = block.numbers[i]
    start, end = block.clause(number.start)
    if not _AGAINST.search(block.text, start, one.start):
        return ranked
    first, _ = block.sentence(number.start)
    own = _CURRENCY.search(block.text, start, one.start) or _CURRENCY.search(
        block.text,
        first,
        start,  # "the dollar rose on the yen, and gained 0.2% versus the baht"
    )
    if own is None:
        return ranked
    words = as_written(scene, block, *own.span())
    partner = _PARTNER.search(block.text, number.end, end)
    if partner is not None and one.end <= number.start:
        one = replace(one, id="")  # another pair's: "33.88 versus the baht, 1.3565 against the won"
    if not own.group().lower().endswith(("dollar", "dollars", "greenback")):
        one = replace(one, id="")  # a cross rate: sterling against the euro
    return (replace(one, name=words, start=own.start(), end=own.end()), *ranked[1:])


_TRADED = re.compile(
    "(?:(?P<hk>大市|港股(?!通))|(?:沪深京?)?[两三]市|全市场|沪深京?)(?=[^，。；0-9]{0,8}?(?:成交|沽空|交投))"
)


def _of_a_market(
    scene: Scene, block: BlockScene, i: int, ranked: tuple[Subject, ...]
) -> tuple[Subject, ...]:
    """Put the market first whose turnover a clause gives: 恒指升2%，大市成交逾2,400亿元."""
    number = block.numbers[i]
    start, _ = block.sentence(number.start)
    markets = list(_TRADED.finditer(block.text, start, number.start))
    if not markets or block.block.cells:
        return ranked
    market = markets[-1]
    if any(one.ids and not one.loose for one in starting(block.names, market.end(), number.start)):
        return ranked
    identity = "HSI" if market["hk"] else ""
    words = as_written(scene, block, *market.span())
    own = Subject(words, identity, block.index, *market.span(), _SURE, "s<,c<")
    return (own, *(one for one in ranked if one.id != identity or not identity))


@lru_cache(maxsize=4096)
def _is_index(identity: str) -> bool:
    return instruments.of_id(identity).kind == "index"


def _named(block: BlockScene, start: int, end: int) -> Subject | None:
    for words, a, b in reversed(own_names(block.text, start, end)):
        return Subject(words, "", block.index, a, b, _SURE, "s<,c<")
    return None


def own_names(text: str, start: int, end: int) -> list[tuple[str, int, int]]:
    """Return the names whose shares a stretch of English speaks of, with where each stands.

    Examples
    --------
    >>> own_names("Shares of Acme Steel fell 3%, Bolt Foods stock 2%", 0, 49)
    [('Acme Steel', 10, 20), ('Bolt Foods', 30, 40)]
    """
    made = []
    for match in _OWN.finditer(text, lowered(text), start, end):
        group = match.lastgroup or "of"
        words = match[group].removesuffix("'s").removesuffix("’s")
        if not _NO_NAME.match(words):
            made.append((words, match.start(group), match.start(group) + len(words)))
    return made
