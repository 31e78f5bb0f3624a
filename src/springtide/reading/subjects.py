"""Who a match speaks of: the subject of its own clause, or one carried over from before it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from springtide.claims.model import Claim
from springtide.language.types import Language
from springtide.market import instruments
from springtide.metrics.patterns import NameMention
from springtide.reading import context
from springtide.reading.houses import house
from springtide.reading.listings import choose_listing, hinted_currency
from springtide.reading.mask import Masked
from springtide.reading.unknown import named_before, own_subject, subject_before, subject_of_loose

_HAN = re.compile("[\u4e00-\u9fff]")
_THE_INDEX = re.compile(
    r"指数|\b(?:the|The|its|This|this) (?:benchmark )?(?:index|gauge|benchmark)\b"
)
_CARRIED_BLOCKS = 1
"""A subject is carried into the paragraph after its own at most."""

_THE_MARKET = re.compile("(?:今日|昨日|今早)?大市(?!成交)")
_HONG_KONG = "HSI"
"""What a Hong Kong paper calls 大市 is the Hang Seng Index."""

_THIS = re.compile("[该此这其](?!中|余|后)")
_OF_A_SHARE = re.compile(r" (?:in|of|for) (?:its|the|their) (?:share|stock)s?\b")
_SHARES = re.compile(r"\b(?:shares?|stock)\b|该股|股价", re.IGNORECASE)


class Subjects:
    """The subjects of an article so far, and who each match in its sentences speaks of."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._last: list[NameMention] = []
        self._blocks_since = 0
        self._index: NameMention | None = None
        self._heard: list[str] = []

    def next_block(self) -> None:
        """Begin another paragraph."""
        self._blocks_since += 1

    def of(
        self, masked: Masked, where: context.Place, whose: str = ""
    ) -> tuple[list[NameMention], bool]:
        """Return who a match speaks of, and whether that is carried over from before its clause.

        ``whose`` are words of the match itself that name somebody.
        """
        if whose and whose[0].isupper():
            return [NameMention(-1, -1, whose.strip(), ())], False
        names = context.names_before(masked, where) or context.name_after(masked, where)
        in_clause = any(
            where.clause_start <= at < where.end
            for at, mention in masked.mentions.items()
            if mention in names
        )
        chinese = bool(_HAN.search(masked.sentence))
        own = None
        if not (chinese and in_clause):
            own = own_subject(context.own_words(masked, where), chinese)
        if own is None and chinese and len(names) == 1 and names[0].loose:
            own = subject_of_loose(*context.beside(masked, names[0], where))
            if own == "":
                return [], False
        if (
            chinese
            and own is None
            and not names
            and not _THIS.search(context.clause(masked, where))
        ):
            own = subject_before(masked.text[: where.clause_start])
        if own == "" and not in_clause:
            return [], False
        if own:
            return [NameMention(-1, -1, own, ())], False
        if names:
            return names, False
        carried = self._carried(masked, where)
        named = "" if chinese or not carried else named_before(context.words_before(masked, where))
        if named:
            return [NameMention(-1, -1, named, ())], False
        return carried, True

    def of_target(
        self, masked: Masked, where: context.Place, names: list[NameMention], carried: bool
    ) -> tuple[list[NameMention], bool]:
        """Return who a target is for where a house is named: a house has no target of its own."""
        if not names or names[0].ids or not house(names[0].text):
            return names, carried
        others = context.names_before(masked, where) or context.names_after(masked, where)
        return others or self._carried(masked, where), not others

    def _carried(self, masked: Masked, where: context.Place) -> list[NameMention]:
        """Return the subject of the sentences before; "the index" means the last index named."""
        clause = masked.text[where.clause_start : where.clause_end]
        if self._index is not None and _THE_INDEX.search(clause):
            return [self._index]
        if self._language == "zh-hk" and _THE_MARKET.match(masked.text):
            return [NameMention(-1, -1, "大市", (_HONG_KONG,), True)]
        return self._last if self._blocks_since <= _CARRIED_BLOCKS else []

    def listing(self, name: NameMention, currency: str, sentence: str) -> str:
        """Choose among the listings of the company that a name is of."""
        return choose_listing(name.ids, currency, self._around(name, sentence))

    def _around(self, name: NameMention, sentence: str) -> Iterator[str]:
        """Return the words that may say which market a name is listed on, the nearest first."""
        yield sentence[: max(name.end, 0)]
        yield sentence
        heard = self._heard
        market = next((one for one in reversed(heard) if hinted_currency(one)), "")
        heard[:] = [market]  # none of the others names a market
        yield market

    def remember(self, masked: Masked) -> None:
        """Take note of what a sentence leaves to the next one."""
        end = len(masked.text)
        whole = context.Place(end, end, end, 0, end)
        names = context.opening_names(masked) or context.names_before(masked, whole)
        if names:
            self._last = names
            self._blocks_since = 0
        self._heard.append(masked.sentence)
        for at, name in masked.mentions.items():
            is_index = isinstance(name, NameMention) and context.is_index(name)
            if isinstance(name, NameMention) and is_index and not context.is_compared(masked, at):
                self._index = name


def is_another(claim: Claim, masked: Masked, where: context.Place) -> bool:
    """Say whether a carried subject cannot be meant: an index has no shares and no currency."""
    instrument = instruments.find(claim.subject)
    if instrument is None or instrument.kind not in ("index", "commodity"):
        return False
    money = instrument.kind == "index" and len(claim.unit) == 3 and claim.unit.isupper()
    return (
        money
        or bool(_SHARES.search(masked.text, where.clause_start, where.end))
        or bool(_OF_A_SHARE.match(masked.text, where.end))
    )
