"""Phrases of metrics' own: patterns over every masked sentence that holds a metric's words.

Numbers are read by ``reading.numbers``. What is left to phrases are metrics with words of their own,
with or without a number: "overbought", "a three-year high", "closed lower after rising", "in a bull
market". Each sentence is masked, the patterns of its script look for matches, and the strongest match
(by rank, then length) reads each number, once. What a match leaves open (subject, day, period, part
of the session, speaker) is resolved from the words around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from springtide.claims.model import Claim
from springtide.language.types import DateMention
from springtide.market import instruments
from springtide.market.types import Instrument
from springtide.metrics.families.levels import IntradayLevel
from springtide.metrics.families.ratings import Rating
from springtide.metrics.families.revisions import EstimateRevision, TargetRevision
from springtide.metrics.families.targets import ImpliedMove, TargetPrice
from springtide.metrics.patterns import MARKS, Draft, Mention, NameMention, Phrase, Script
from springtide.metrics.registry import registry
from springtide.reading import context
from springtide.reading.candidates import Candidate, candidates, is_taken, labelled
from springtide.reading.houses import house
from springtide.reading.mask import Masked, mask
from springtide.reading.moment import of_moment, session_of
from springtide.reading.numbers.frame import NumberReading, Subject
from springtide.reading.numbers.scene import BlockScene, Scene
from springtide.reading.numbers.speakers import Speakers
from springtide.reading.values import metric_for, unit_of, valued
from springtide.reading.worded import Other, Whose, is_no_name, nobody

_OF_HOUSES = (TargetPrice, ImpliedMove, Rating, TargetRevision, EstimateRevision)
"""What a house says of somebody else: it is not the house's own."""

_MEASURES = {"high_low_record": "record", "phase": "price_change", "reversal": "price_change"}
"""What a number of a metric would measure where the ranking of subjects asks; technical else."""

_SECTOR = re.compile(r"(?:股|板块)$|\b(?:stocks|shares|sector)$")
"""Phrases that name a sector: 软件股, "software stocks"."""

_NAMED = re.compile(rf"{MARKS['name']}|该指数|该股|\bIt\b")
_POINTS_BACK = re.compile(r"\s*(?:It\b|该(?:指数|股|基金|组合|品种))")
"""Sentences about the one before, named by a pronoun."""

_HAN = re.compile("[\u4e00-\u9fff]")


def read_phrases(scene: Scene, numbers: Sequence[NumberReading]) -> list[Claim]:
    """Find the claims that stand in metrics' own phrases, in the order of the text.

    Parameters
    ----------
    scene
        An article laid out.
    numbers
        Its numbers as they were read.

    Examples
    --------
    >>> from datetime import date
    >>> from springtide.reading.document import read_document
    >>> from springtide.reading.numbers.read import read_scene
    >>> from springtide.reading.numbers.scene import lay_out
    >>> text = "The Hang Seng Index is overbought."
    >>> scene = lay_out(read_document(text), date(2025, 2, 13))
    >>> for claim in read_phrases(scene, read_scene(scene)):
    ...     print(claim.metric, claim.subject, claim.quote)
    overbought HSI Hang Seng Index is overbought
    """
    reader = _Reader(scene, numbers)
    return [claim for block in scene.blocks if block.worded for claim in reader.block(block)]


class _Reader:
    """Walks through the blocks of one article, carrying day and speaker along."""

    def __init__(self, scene: Scene, numbers: Sequence[NumberReading]) -> None:
        self.scene = scene
        self.article = article = scene.article
        self.clock = scene.clock
        self.title = next((block.text for block in article.blocks if block.kind == "title"), "")
        self.speakers = Speakers(article)
        self.whose = Whose(scene, numbers)
        self.day: date | None = None
        self.before: Subject | None = None
        self.beside: Other | None = None
        self.who = ""

    def block(self, block: BlockScene) -> Iterator[Claim]:
        """Read one paragraph; neither a day nor a subject outlives it."""
        self.day = self.before = self.beside = None
        for start, end in block.sentences:
            self.who = self.speakers.of(block, start, end)
            yield from self._sentence(block, start, end)

    def _sentence(self, block: BlockScene, start: int, end: int) -> Iterator[Claim]:
        masked = mask(block, start, end)
        script: Script = "zh" if _HAN.search(masked.sentence) else "en"
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
            claim = self._claim(candidate, draft, phrase, masked, where, block)
            if claim is not None:
                consumed.update(labelled(candidate.match))
                taken.append((candidate.metric, *candidate.match.span()))
                yield claim
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

    def _claim(
        self,
        candidate: Candidate,
        draft: Draft,
        phrase: Phrase,
        masked: Masked,
        where: context.Place,
        block: BlockScene,
    ) -> Claim | None:
        """Return the claim of a match, None where it is nobody's."""
        first, last = (masked.start + at for at in masked.span(where.start, where.end))
        if draft.whose is not None:
            index = draft.subject
            member = self.whose.of(block, first, first, "price_change", lambda _, ids: index in ids)
            if member is None or not member.id:
                return None
            draft = replace(draft, params=draft.whose(member.id))
        subject = self._subject(draft, phrase, block, (first, last), candidate.metric)
        if subject is None or (is_no_name(subject) and _is_of_names(candidate.metric, draft)):
            return None
        if draft.of_one and not self._is_one(subject, block, masked, where):
            return None
        self.before = subject
        key = metric_for(candidate.metric, draft)
        instrument = instruments.find(subject.id) if subject.id else None
        value, comparator, within = valued(draft, draft.quantity)
        unit = draft.unit
        if unit is None:
            unit = unit_of(draft.quantity, instrument, self.article.language)
        if unit == "" and draft.quantity is not None and instrument is not None:
            unit = registry()[key].unit_for(draft.params, instrument)
        start, end = block.block.span(_quote_start(block, masked, where, subject, first), last)
        claim = Claim(
            metric=key,
            subject=subject.id or subject.name,
            params=draft.params,
            as_of=self._session(instrument, phrase, draft),
            comparator=comparator,
            value=value,
            unit=unit,
            within=within,
            period=draft.period,
            quote=self.article.source[start:end],
            start=start,
            end=end,
            attributed_to=self._says(draft, block, first),
            confidence=draft.confidence,
        )
        claim = self._of_moment(claim, masked, where)
        others = (replace(claim, params=params, unit=unit) for params, unit in draft.also)
        return replace(claim, others=tuple(others))

    def _is_one(
        self, subject: Subject, block: BlockScene, masked: Masked, where: context.Place
    ) -> bool:
        """Say whether a subject is a single instrument that the sentence names, or points at."""
        if is_no_name(subject) and not _SECTOR.search(subject.name):
            return False
        home = self.scene.blocks[subject.block] if subject.block >= 0 else block
        if any(name.loose and name.start == subject.start for name in home.names):
            return False
        here = subject.block == block.index and subject.start >= masked.start
        return here or _NAMED.search(masked.text, 0, where.end) is not None

    def _says(self, draft: Draft, block: BlockScene, at: int) -> str:
        """Return who says a match: who is quoted, of a house's view else the house."""
        if isinstance(draft.params, _OF_HOUSES):
            return self.speakers.of_view(block, *block.sentence(at), at)
        return self.who

    def _subject(
        self, draft: Draft, phrase: Phrase, block: BlockScene, span: tuple[int, int], metric: str
    ) -> Subject | None:
        """Return whose a match is; names that are its parameters (a benchmark) are not.

        Where such a phrase begins its sentence ("It has gained 2% through Acme"), it goes on about
        the one before it.
        """
        if draft.subject:
            return Subject(draft.subject, draft.subject)
        if isinstance(draft.params, _OF_HOUSES):
            self.beside = _is_house
            rated = self.whose.of(block, *span, "target_price", _is_house)
            return rated or (self.before if _points_back(block, span[0]) else None)
        measure = _MEASURES.get(metric, "technical")
        named = [one for one in phrase.mentions.values() if isinstance(one, NameMention)]
        if not named:
            priced = registry()[metric].needs_close
            owner = self.whose.of(block, *span, measure, _has_no_price if priced else nobody)
            return self.before if self._goes_on(block, span[0], owner) else owner
        begin, _ = block.sentence(span[0])
        opens = not any(begin <= name.start < span[0] for name in block.names)
        others = frozenset(identity for one in named for identity in one.ids)
        self.beside = lambda name, ids: not others.isdisjoint(ids)
        if opens and self.before is not None:
            return self.before
        start = span[0]
        owner = self.whose.of(block, start, start, measure, self.beside)
        return owner or self.before

    def _goes_on(self, block: BlockScene, at: int, owner: Subject | None) -> bool:
        """Say whether "It" was taken for what the subject before was only set beside.

        "Acme has outperformed the S&P 500. It is overbought" is twice of Acme.
        """
        if owner is None or self.before is None or self.beside is None:
            return False
        begin, _ = block.sentence(at)
        alone = not any(begin <= name.start < at for name in block.names)
        return alone and _points_back(block, at) and self.beside(owner.name, (owner.id,))

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


def _points_back(block: BlockScene, at: int) -> bool:
    """Say whether the sentence of a place begins with a pronoun for whom the one before is of."""
    return _POINTS_BACK.match(block.text, block.sentence(at)[0]) is not None


def _is_house(name: str, ids: tuple[str, ...]) -> bool:
    """Say whether a name is that of a house with views of others."""
    return bool(house(name))


def _has_no_price(name: str, ids: tuple[str, ...]) -> bool:
    """Say whether a name is of what has no closes: a flow, a service."""
    return bool(ids) and instruments.of_id(ids[0]).kind in ("flow", "service")


def _is_of_names(metric: str, draft: Draft) -> bool:
    """Say whether a phrase is only read of what has a name: words alone are used of anything."""
    return draft.quantity is None or metric == "high_low_record"


def _place(masked: Masked, match: re.Match[str]) -> context.Place:
    groups = match.re.groupindex
    value = match.start("value") if "value" in groups and match.group("value") else match.end()
    return context.place(masked, match.start(), match.end(), value)


def _in_clause(masked: Masked, where: context.Place, day: DateMention) -> bool:
    begin, _ = masked.span(where.clause_start, where.clause_start + 1)
    return day.start >= begin


def _quote_start(
    block: BlockScene, masked: Masked, where: context.Place, subject: Subject, start: int
) -> int:
    """Begin the quote at the subject where it stands in the same clause, else at the match."""
    clause, _ = masked.span(where.clause_start, max(where.clause_start + 1, where.end))
    here = subject.block == block.index and masked.start + clause <= subject.start < start
    return subject.start if here else start


__all__ = ["read_phrases"]
