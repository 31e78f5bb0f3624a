"""Phrases of metrics' own: patterns over every masked sentence that holds a metric's words.

Numbers are read by ``reading.numbers``. What is left to phrases are metrics with words of their own,
with or without a number: "overbought", "a three-year high", "closed lower after rising", "in a bull
market". Each sentence is masked, the patterns of its script look for matches, and the strongest match
(by rank, then length) reads each number, once. What a match leaves open (subject, day, period, part
of the session, speaker) is resolved from the words around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from springtide.claims.model import Claim
from springtide.language.types import DateMention, Quantity
from springtide.market import instruments
from springtide.market.types import Instrument
from springtide.metrics.families.levels import IntradayLevel
from springtide.metrics.families.ratings import Rating
from springtide.metrics.families.revisions import EstimateRevision, TargetRevision
from springtide.metrics.families.targets import ImpliedMove, TargetPrice
from springtide.metrics.patterns import MARKS, Draft, Mention, NameMention, Phrase, Script
from springtide.metrics.registry import registry
from springtide.reading import context
from springtide.reading.attribution import People, speaker
from springtide.reading.candidates import Candidate, candidates, is_taken, labelled
from springtide.reading.document import Block
from springtide.reading.houses import house
from springtide.reading.mask import Masked, mask
from springtide.reading.moment import of_moment, session_of
from springtide.reading.numbers.lexicon import scan
from springtide.reading.numbers.scene import BlockScene, Scene
from springtide.reading.sentences import sentences
from springtide.reading.subjects import Subjects, is_another
from springtide.reading.values import listed_after, metric_for, pair, unit_of, valued

_OF_HOUSES = (TargetPrice, ImpliedMove, Rating, TargetRevision, EstimateRevision)
"""What a house says of somebody else: it is not the house's own."""

_NAMED = re.compile(rf"{MARKS['name']}|该指数|该股|\bIt\b")
_RESPECTIVELY = re.compile(r"分别|各|依次|\brespectively\b")
_HAN = re.compile("[\u4e00-\u9fff]")


def read_phrases(scene: Scene) -> list[Claim]:
    """Find the claims that stand in metrics' own phrases, in the order of the text.

    Parameters
    ----------
    scene
        An article laid out.

    Examples
    --------
    >>> from datetime import date
    >>> from springtide.reading.document import read_document
    >>> from springtide.reading.numbers.scene import lay_out
    >>> text = "The Hang Seng Index is overbought."
    >>> for claim in read_phrases(lay_out(read_document(text), date(2025, 2, 13))):
    ...     print(claim.metric, claim.subject, claim.quote)
    overbought HSI Hang Seng Index is overbought
    """
    reader = _Reader(scene)
    return [claim for block in scene.blocks for claim in reader.block(block)]


class _Reader:
    """Walks through the blocks of one article, carrying subject, day and speaker along."""

    def __init__(self, scene: Scene) -> None:
        self.article = article = scene.article
        self.clock = scene.clock
        self.title = next((block.text for block in article.blocks if block.kind == "title"), "")
        self.people = People()
        self.subjects = Subjects(article.language)
        self.day: date | None = None
        self.passed: BlockScene | None = None
        self.who = ""

    def block(self, scene: BlockScene) -> Iterator[Claim]:
        """Read one paragraph; a day and a speaker do not outlive it."""
        block = scene.block
        self.day = None
        self.people.last = ""
        if not scan(scene.text, "phrases").every:
            self.subjects.next_block()
            self.passed = scene
            return
        if self.passed is not None:  # whom the block before spoke of may be meant in this one
            for start, end in self.passed.sentences:
                self.subjects.remember(mask(self.passed.text[start:end], self.clock.day))
            self.passed = None
        self.subjects.next_block()
        for start, end in scene.sentences or sentences(block.text):
            sentence = block.text[start:end]
            self.who = self._speaker(block, start, sentence)
            yield from self._sentence(block, start, sentence)

    def _speaker(self, block: Block, offset: int, sentence: str) -> str:
        """Return who a sentence quotes, in the script of the article; "" for the author."""
        who = speaker(sentence)
        if who is None:
            goes_on = block.text[:offset].rstrip().endswith(("；", ";"))
            return self.people.last if goes_on or _is_quoted(block.text, offset) else ""
        if who.person is None:
            return self.people.last
        spans = (who.person, who.house, who.latin)
        return self.people.name(*(self._written(block, offset, span) for span in spans))

    def _written(self, block: Block, offset: int, span: tuple[int, int] | None) -> str:
        """Return a span of a sentence as the article writes it, in its own script."""
        if span is None:
            return ""
        at = block.at[offset + span[0] : offset + span[1]]
        return "".join(self.article.source[i] for i in at)

    def _sentence(self, block: Block, offset: int, sentence: str) -> Iterator[Claim]:
        masked = mask(sentence, self.clock.day)
        script: Script = "zh" if _HAN.search(sentence) else "en"
        consumed: set[int] = set()
        taken: list[tuple[str, int, int]] = []
        for candidate in sorted(candidates(masked, script), key=lambda one: one.strength):
            if is_taken(candidate, consumed, taken):
                continue
            where = _place(masked, candidate.match)
            phrase = self._phrase(masked, candidate.match, where, consumed)
            draft = candidate.pattern.read(phrase)
            if draft is None:
                continue
            claims = list(self._claims(candidate, draft, phrase, masked, where, block, offset))
            if claims:
                consumed.update(labelled(candidate.match))
                taken.append((candidate.metric, *candidate.match.span()))
            yield from claims
        self.subjects.remember(masked)
        self.day = context.day_to_carry(masked) or self.day

    def _phrase(
        self, masked: Masked, match: re.Match[str], where: context.Place, consumed: set[int]
    ) -> Phrase:
        mentions: dict[str, Mention] = {}
        words: dict[str, str] = {}
        for label, text in match.groupdict().items():
            if text is None:
                continue
            mention = masked.mentions.get(match.start(label)) if len(text) == 1 else None
            if mention is not None:
                mentions[label] = mention
            else:
                words[label] = text
        period, stretch = context.governing_period(masked, where, consumed)
        day = context.written_day(masked, where)
        carried = self.day
        if period is not None:  # a period counts from the article's day unless its clause names one
            carried = None
            if (
                day is not None
                and day.start > context.DATELINE
                and not _in_clause(masked, where, day)
            ):
                day = None
        return Phrase(
            mentions=mentions,
            words=words,
            day=day.first if day else (carried or self.clock.day),
            day_written=day is not None or carried is not None,
            named=bool(_NAMED.search(masked.text, where.clause_start, where.end)),
            period=period,
            stretch=stretch,
            part=context.governing_part(masked, where),
            lead=context.lead(masked, where),
            trail=context.trail(masked, where),
            sentence=masked.sentence,
        )

    def _claims(
        self,
        candidate: Candidate,
        draft: Draft,
        phrase: Phrase,
        masked: Masked,
        where: context.Place,
        block: Block,
        offset: int,
    ) -> Iterator[Claim]:
        whose = candidate.match.groupdict().get("whose")
        names, carried = self.subjects.of(masked, _outside(phrase, where), whose or "")
        if draft.whose is not None:
            ids = names[-1].ids if names else ()
            if not ids or ids[0] == draft.subject:
                return
            draft = replace(draft, params=draft.whose(ids[0]))
        if draft.subject:
            names, carried = [NameMention(-1, -1, draft.subject, (draft.subject,))], False
        said_by = ""
        if isinstance(draft.params, _OF_HOUSES):
            named = house(masked.sentence[slice(*masked.span(0, max(where.end, 1)))])
            said_by = self._written(block, offset, named)
            if named is not None:
                names, carried = self.subjects.of_target(masked, where, names, carried)
        if draft.of_one:
            names = [name for name in names if not name.loose]
            if carried and not _NAMED.search(masked.text, 0, where.end):
                names = []
        if not names:
            return
        end = where.end
        quantities = [draft.quantity]
        if draft.quantity is not None:
            more, end = listed_after(masked, candidate.match, where)
            quantities += more
        pairs = pair(names, quantities, bool(_RESPECTIVELY.search(masked.sentence)), carried)
        start = _quote_start(masked, names, where, carried)
        if candidate.match.groupdict().get("own") is not None:
            start = candidate.match.start("own")
        first, last = masked.span(start, end)
        span = block.span(offset + first, offset + last)
        for name, quantity in pairs:
            claim = self._claim(candidate.metric, draft, phrase, name, quantity, masked, span)
            claim = self._of_moment(claim, masked, where)
            if said_by and not claim.attributed_to:
                claim = replace(claim, attributed_to=said_by)
            if not (carried and is_another(claim, masked, where)):
                yield claim

    def _claim(
        self,
        key: str,
        draft: Draft,
        phrase: Phrase,
        name: NameMention,
        quantity: Quantity | None,
        masked: Masked,
        span: tuple[int, int],
    ) -> Claim:
        key = metric_for(key, draft)
        language = self.article.language
        subject, instrument = name.text, None
        if name.ids:
            currency = unit_of(quantity, None, language)
            currency = currency if len(currency) == 3 else ""
            subject = self.subjects.listing(name, currency, masked.sentence)
            instrument = instruments.get(subject)
        value, comparator, within = valued(draft, quantity)
        unit = draft.unit if draft.unit is not None else unit_of(quantity, instrument, language)
        if unit == "" and quantity is not None and instrument is not None:
            unit = registry()[key].unit_for(draft.params, instrument)
        claim = Claim(
            metric=key,
            subject=subject,
            params=draft.params,
            as_of=self._session(instrument, phrase, draft),
            comparator=comparator,
            value=value,
            unit=unit,
            within=within,
            period=draft.period,
            quote=self.article.source[span[0] : span[1]],
            start=span[0],
            end=span[1],
            attributed_to=self.who,
            confidence=draft.confidence,
        )
        others = (replace(claim, params=params, unit=unit) for params, unit in draft.also)
        return replace(claim, others=tuple(others))

    def _session(self, instrument: Instrument | None, phrase: Phrase, draft: Draft) -> date:
        if draft.as_of is not None:
            return draft.as_of
        if draft.published:
            return self.clock.day
        if phrase.day_written and not (draft.apart and draft.apart.last == phrase.day):
            return session_of(instrument, phrase.day)
        return self.clock.session(instrument)

    def _of_moment(self, claim: Claim, masked: Masked, where: context.Place) -> Claim:
        """Mark what is stated of a moment that no daily bar holds."""
        running = self.clock.is_running(
            instruments.find(claim.subject), claim.as_of, masked.sentence + self.title
        )
        words, closing = context.clause(masked, where), context.is_closing(masked, where)
        params, live = of_moment(claim.params, running, words, masked.sentence, closing)
        metric = "intraday_level" if isinstance(params, IntradayLevel) else claim.metric
        return replace(claim, metric=metric, params=params, live=live)


def _place(masked: Masked, match: re.Match[str]) -> context.Place:
    groups = match.re.groupindex
    value = match.start("value") if "value" in groups and match.group("value") else match.end()
    return context.place(masked, match.start(), match.end(), value)


def _outside(phrase: Phrase, where: context.Place) -> context.Place:
    """Leave out the words of a match that name others than its subject: a benchmark, a member."""
    if not any(isinstance(mention, NameMention) for mention in phrase.mentions.values()):
        return where
    return replace(where, end=where.start, value=where.start)


def _in_clause(masked: Masked, where: context.Place, day: DateMention) -> bool:
    begin, _ = masked.span(where.clause_start, where.clause_start + 1)
    return day.start >= begin


def _is_quoted(text: str, start: int) -> bool:
    """Say whether a sentence begins inside quotation marks that are still open."""
    before = text[:start]
    return before.count('"') % 2 == 1 or before.count("「") > before.count("」")


def _quote_start(
    masked: Masked, names: list[NameMention], where: context.Place, carried: bool
) -> int:
    """Begin the quote at the subject where it stands in the same clause, else at the match."""
    if carried:
        return where.start
    for at, mention in masked.mentions.items():
        if mention is names[0] and where.clause_start <= at < where.start:
            return at
    return where.start


__all__ = ["read_phrases"]
