"""From an article to all that it states: every number read, and the claims of metrics among them.

Numbers come first (``reading.numbers``); metrics' own phrases (``reading.phrases``) add the claims
that print no number or whose number is a span ("overbought", "a three-year high").
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from springtide.claims.model import Claim
from springtide.errors import UsageError
from springtide.metrics.registry import registry
from springtide.reading.document import Article
from springtide.reading.numbers.claims import claim_of, shared_claims
from springtide.reading.numbers.contrary import CONTRARY
from springtide.reading.numbers.frame import NumberReading
from springtide.reading.numbers.read import Models, read_scene
from springtide.reading.numbers.scene import lay_out
from springtide.reading.own_words import says
from springtide.reading.phrases import read_phrases


@dataclass(frozen=True, slots=True)
class ArticleReading:
    """What was read of an article.

    Attributes
    ----------
    numbers
        Every number, in the order of the text.
    claims
        The claims that metrics measure, in the order of the text.
    claim_of
        For each number the index of its claim, None where no metric measures it.
    """

    numbers: tuple[NumberReading, ...]
    claims: tuple[Claim, ...]
    claim_of: tuple[int | None, ...]


def read_article(
    article: Article, as_of: date | None = None, models: Models | None = None
) -> ArticleReading:
    """Read an article: every number, and the claims of metrics.

    Parameters
    ----------
    article
        From :func:`springtide.reading.document.read_document`.
    as_of
        The day of the article; by default its time stamp, and then for each instrument the last
        session that had begun by then.
    models
        Other weights than those shipped, for training by folds.

    Raises
    ------
    UsageError
        The article states no date and none is given.

    Examples
    --------
    >>> from springtide.reading.document import read_document
    >>> text = "The Hang Seng Index closed at 21,814.37 points and is overbought."
    >>> reading = read_article(read_document(text), date(2025, 2, 13))
    >>> [number.kind.measure for number in reading.numbers], reading.claim_of
    (['price_level'], (0,))
    >>> [claim.metric for claim in reading.claims]
    ['close_level', 'overbought']
    """
    if as_of is None and article.published is None:
        why = f" ({'; '.join(article.notes)})" if article.notes else ""
        raise UsageError(
            f"The article states no date{why}",
            hint="say which day it speaks of with --as-of YYYY-MM-DD",
        )
    scene = lay_out(article, as_of)
    numbers = read_scene(scene, models)
    phrases = [one for one in read_phrases(scene, numbers) if not _is_a_number(one)]
    owners = [_phrase_of(number, phrases) for number in numbers]
    phrases, owners = _weighed(phrases, owners, numbers, article.source)
    made = [
        owner if owner is not None else _as_said(claim_of(scene, number), number, article)
        for number, owner in zip(numbers, owners, strict=True)
    ]
    # A number whose claim is a phrase's, word for word, is that phrase's.
    made = [phrases[phrases.index(one)] if one in phrases else one for one in made]
    own = [one for one in made if one is not None and one not in phrases]
    shared = [
        other
        for number, owner, claim in zip(numbers, owners, made, strict=True)
        if owner is None and claim is not None
        for other in shared_claims(scene, number, claim)
    ]
    every = [*phrases, *own, *shared]
    claims = sorted(every, key=lambda claim: (claim.start, claim.end))
    place = {id(claim): i for i, claim in enumerate(claims)}
    index = tuple(None if one is None else place[id(one)] for one in made)
    return ArticleReading(tuple(numbers), tuple(claims), index)


def read_claims(article: Article, as_of: date | None = None) -> list[Claim]:
    """Find the claims of an article, in the order of the text.

    As :func:`read_article`, the claims alone, each with the exact words and their offsets in the
    article as given.

    Examples
    --------
    >>> from datetime import date
    >>> from springtide.reading.document import read_document
    >>> text = "The Hang Seng Index closed at 21,814.37, down 0.2%."
    >>> for claim in read_claims(read_document(text), date(2025, 2, 13)):
    ...     print(claim.metric, claim.subject, claim.value, claim.quote)
    close_level HSI 21814.37 Hang Seng Index closed at 21,814.37
    pct_change HSI -0.2 down 0.2%
    """
    return list(read_article(article, as_of).claims)


UNPRINTED = 0.4
"""Confidence of a phrase that prints no number: enough to support it, too little to refute it."""


OWN_WORDS = 0.9
"""Confidence of a phrase that prints a number in words of its own metric alone."""


def _as_said(claim: Claim | None, number: NumberReading, article: Article) -> Claim | None:
    """Return a claim that stands in its metric's own words as sure as its subject is."""
    if claim is None or not CONTRARY < claim.confidence < OWN_WORDS:
        return claim  # no words of its own outweigh others that go against it
    sure = min(OWN_WORDS, number.subject.confidence)
    if sure <= claim.confidence or not says(claim, article.source, article.language):
        return claim
    return replace(claim, confidence=sure)


_RECORD = "high_low_record"  # whose words are used of anything


_SEVERAL = re.compile(r"\b(?:highs|lows|peaks)\b")
"""Words that count records ("35 new 52-week highs") and state none of the subject."""


_SOME_DAY = re.compile(
    "(?:月初|月中|月底|月末|[上中下]旬)[^。；\\n]*$|"
    r"\b(?:early|mid|late)[- ](?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[^.\n]*$"
)
"""Words of some day of a month before a record: it was one then, whatever it is today."""
_BACK = 40


def _weighed(
    phrases: list[Claim],
    owners: list[Claim | None],
    numbers: Sequence[NumberReading],
    source: str,
) -> tuple[list[Claim], list[Claim | None]]:
    """Give each phrase the confidence of the number that it prints."""
    sure = {
        id(phrase): min(OWN_WORDS if _is_printed(phrase) else UNPRINTED, phrase.confidence)
        for phrase in phrases
    }
    for owner, number in zip(owners, numbers, strict=True):
        if owner is not None:
            least = UNPRINTED if owner.metric == _RECORD else OWN_WORDS
            said = min(max(least, number.kind.confidence), owner.confidence)
            vague = _SEVERAL.search(owner.quote) or _SOME_DAY.search(
                source, max(0, owner.start - _BACK), owner.start
            )
            sure[id(owner)] = min(said, UNPRINTED) if vague else said
    made = {id(one): replace(one, confidence=sure[id(one)]) for one in phrases}
    return list(made.values()), [None if one is None else made[id(one)] for one in owners]


_ORDINAL = re.compile(r"(\d{1,3})(?:st|nd|rd|th)\b")


def _is_printed(phrase: Claim) -> bool:
    """Say whether a phrase prints its value as what is no number: an ordinal, a house's word."""
    if phrase.metric == "rating":
        return True
    printed = {float(match[1]) for match in _ORDINAL.finditer(phrase.quote)}
    return phrase.value in printed


def _is_a_number(phrase: Claim) -> bool:
    """Say whether numbers say it already: a value of a metric that is read from frames alone."""
    metric = registry()[phrase.metric]
    return phrase.value is not None and bool(metric.frames) and not metric.own_words


def _phrase_of(number: NumberReading, phrases: Sequence[Claim]) -> Claim | None:
    """Return the phrase whose value a number is: the span of a record, the distance to a mean."""
    if number.value is None and number.kind.is_claim:
        return None
    for phrase in phrases:
        inside = phrase.start <= number.start and number.end <= phrase.end
        if inside and any(_same(number, value) for value in _values(phrase)):
            return phrase
        if inside and _is_multiple(number, phrase):
            return phrase
    return None


def _is_multiple(number: NumberReading, phrase: Claim) -> bool:
    """Say whether a phrase says in its own way what a number says in per cent.

    Doubled is 2 times; lower than on 75% of days is the 25th percentile.
    """
    if number.unit != "%" or not isinstance(number.value, float):
        return False
    if phrase.metric == "valuation_percentile":
        return phrase.value == 100.0 - number.value
    if phrase.unit != "x":
        return False
    return phrase.value == 1.0 + number.value / 100.0


def _values(phrase: Claim) -> list[object]:
    """Return the value of a phrase, and the numbers among its parameters: the 20% convention."""
    return [phrase.value, *dataclasses.asdict(phrase.params).values()]


def _same(number: NumberReading, value: object) -> bool:
    return any(_is_one(stated, value) for stated in (number.value, number.scaled))


def _is_one(stated: object, value: object) -> bool:
    if isinstance(stated, float) and isinstance(value, int | float) and value is not True:
        return abs(value) in (abs(stated), round(100 * abs(stated), 9))  # 0.65 is 65%
    return isinstance(stated, tuple) and stated == value
