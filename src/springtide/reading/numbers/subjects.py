"""Whose a number is: candidates from explicit generators, ranked."""

from __future__ import annotations

import re

from springtide.market import instruments, listed
from springtide.reading.houses import house
from springtide.reading.listings import hinted_currency
from springtide.reading.numbers import whose
from springtide.reading.numbers.candidates import Candidate, Cast, candidates, listing_mark
from springtide.reading.numbers.frame import Kind, Subject
from springtide.reading.numbers.model import Ranker, ranker
from springtide.reading.numbers.own_shares import own_shares
from springtide.reading.numbers.scene import BlockScene, Scene, as_written, starting

SLOT = "subjects"
_LEAST = 0.03
"""A candidate less likely than this is not kept."""
_MOST = 4


def assign(
    scene: Scene, kinds: list[list[Kind]], model: Ranker | None = None
) -> list[list[tuple[Subject, ...]]]:
    """Return the ranked subjects of every number of every block (none where nothing is claimed)."""
    model = model or ranker(SLOT)
    cast = Cast(scene)
    return [_of_block(cast, block, kinds[block.index], model) for block in scene.blocks]


def _of_block(
    cast: Cast, block: BlockScene, kinds: list[Kind], model: Ranker
) -> list[tuple[Subject, ...]]:
    made: list[tuple[Subject, ...]] = []
    last = ""
    for i, kind in enumerate(kinds):
        if not kind.is_claim:
            made.append(())
            continue
        possible = _with_targets(cast, block, i, kind, candidates(cast, block, i))
        if not possible:
            made.append(own_shares(cast.scene, block, i, kind, ()))
            continue
        shares = model.probabilities(whose.rows(cast, block, i, kind, possible, last))
        order = sorted(range(len(possible)), key=lambda n: (-shares[n], n))
        last = possible[order[0]].key
        ranked = tuple(
            subject_of(cast, block, i, possible[n], float(shares[n]))
            for n in order[:_MOST]
            if n == order[0] or shares[n] >= _LEAST
        )
        ranked = own_shares(cast.scene, block, i, kind, ranked)
        made.append(_own_points(cast, block, i, kind, ranked))
    return made


_OF_LEVELS = ("level", "price_level", "target_price")
_OWN_CLAUSE = 0.8
"""What is sure of points in a clause that names one index before them."""


def _own_points(
    cast: Cast, block: BlockScene, i: int, kind: Kind, ranked: tuple[Subject, ...]
) -> tuple[Subject, ...]:
    """Put the index first that stands before points in their clause, where it is the only name.

    "The range of the Hang Seng tops out at 23,000 points" is of no index that the article is about
    else.
    """
    number = block.numbers[i]
    quantity = number.quantity
    if kind.measure not in _OF_LEVELS or quantity is None or quantity.unit != "points":
        return ranked
    start, _ = block.clause(number.start)
    before = starting(block.names, start, number.start)
    names = [one for one in before if one.how != "word"]
    if len({one.ids for one in names}) != 1 or not names[0].ids or block.block.cells:
        return ranked
    only = names[-1]
    if instruments.of_id(only.ids[0]).kind != "index" or (ranked[:1] and ranked[0].id in only.ids):
        return ranked
    place = Subject(only.text, only.ids[0], block.index, only.start, only.end, _OWN_CLAUSE, "s<")
    return (place, *(one for one in ranked if one.id != place.id))


_OF_A_HOUSE = ("target_price", "implied_move", "rating")


def _with_targets(
    cast: Cast, block: BlockScene, i: int, kind: Kind, possible: list[Candidate]
) -> list[Candidate]:
    """Leave out who has no target: a house names one, and an index has none in money.

    Not the house that the article is about, unless the sentence names somebody else, and not where
    there is nobody else.
    """
    if kind.measure not in _OF_A_HOUSE:
        return possible
    named = any(one.ids and _is_here(one) and house(one.text) is None for one in possible)
    about = [] if named else cast.main_keys[:1]
    quantity = block.numbers[i].quantity
    in_money = quantity is not None and len(quantity.unit) == 3 and quantity.unit.isupper()
    others = [
        one
        for one in possible
        if (one.key in about or house(one.text) is None)
        and not (in_money and whose.kind_of(one) == "index")
        and whose.kind_of(one) != "fx"
    ]
    return others if in_money or any(one.ids for one in others) else possible


def _is_here(one: Candidate) -> bool:
    """Say whether a candidate stands in the sentence of the number."""
    return not one.places.isdisjoint(("s<", "s>"))


def subject_of(cast: Cast, block: BlockScene, i: int, one: Candidate, share: float) -> Subject:
    """Return a candidate as the subject of a number, with the listing that is meant."""
    scene = cast.scene
    home = scene.blocks[one.block]
    words = as_written(scene, home, one.start, one.end) if one.end > one.start else one.text
    identity = listing(cast, block, i, one)
    places = ",".join(sorted(one.places))
    return Subject(words, identity, one.block, one.start, one.end, share, places)


def listing(cast: Cast, block: BlockScene, i: int, one: Candidate) -> str:
    """Choose among the listings of a company: by code, currency, words, and the article's market."""
    number = block.numbers[i]
    if len(one.ids) < 2:
        return _other_listing(block, number.start, one.ids[0]) if one.ids else ""
    unit = number.quantity.unit if number.quantity else ""
    kept = [instruments.of_id(identity) for identity in one.ids]
    home = cast.scene.blocks[one.block].text
    start, end = block.clause(number.start)
    mark = listing_mark(home[one.end : one.end + 4]) or cast.marked.get(_company(one), "")
    said = hinted_currency(block.text[start:end])
    here = one.block == block.index and one.start >= start
    hints = [mark, said] if here else [said, mark]
    hints.insert(1, unit if len(unit) == 3 and unit.isupper() else "")
    if cast.scene.article.language == "zh-hk":
        hints.append("HKD")
    start, end = block.sentence(number.start)
    hints += (hinted_currency(block.text[start:end]), cast.market)
    for currency in hints:
        for instrument in kept:
            if currency and instrument.currency == currency:
                return instrument.id
    return one.ids[0]


_SHARES = re.compile(
    "(?P<which>[AH])股的?(?:目标价|股价|现价|[收现]?报|市[盈净账]率|估值|收[升涨跌])"
)


def _other_listing(block: BlockScene, at: int, identity: str) -> str:
    """Return the listing whose shares a clause names, where a code named another: A股目标价95元."""
    if not identity.endswith((".HK", ".SH", ".SZ")):
        return identity
    start, _ = block.clause(at)
    shares = list(_SHARES.finditer(block.text, start, at))
    if not shares:
        return identity
    ends = (".HK",) if shares[-1]["which"] == "H" else (".SH", ".SZ")
    if identity.endswith(ends):
        return identity
    return next((one for one in listed.listings(identity) if one.endswith(ends)), identity)


def _company(one: Candidate) -> str:
    row = listed.facts(one.ids[0])
    return row.company if row else one.ids[0]
