"""From an article to claims: every metric's patterns over every masked sentence.

Each sentence is masked, the patterns of its script look for matches, and the strongest match
(by rank, then length) reads each number, once. What a match leaves open (subject, day, period, part
of the session, speaker) is resolved from the words around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from springtide.claims.model import Claim
from springtide.errors import UsageError
from springtide.language.types import DateMention, Quantity
from springtide.market import instruments
from springtide.market.types import Instrument
from springtide.metrics.families.levels import IntradayLevel
from springtide.metrics.families.targets import ImpliedMove, TargetPrice
from springtide.metrics.patterns import MARKS, Draft, Found, Mention, NameMention, Script
from springtide.metrics.registry import registry
from springtide.reading import context, moment
from springtide.reading.attribution import People, speaker
from springtide.reading.candidates import Candidate, candidates, is_taken, labelled
from springtide.reading.document import Article, Block
from springtide.reading.houses import house
from springtide.reading.mask import Masked, mask
from springtide.reading.sentences import sentences
from springtide.reading.unknown import own_subject, subject_before, subject_of_loose
from springtide.reading.values import listed_after, metric_for, pair, valued

_RESPECTIVELY = re.compile(r"分别|各|依次|\brespectively\b")
_HAN = re.compile("[\u4e00-\u9fff]")
_RENMINBI = re.compile("人民币|RMB|CNY|¥|￥", re.IGNORECASE)
_NAMED = re.compile(rf"{MARKS['name']}|该指数|该股|\bIt\b")
_THE_INDEX = re.compile(
    r"指数|\b(?:the|The|its|This|this) (?:benchmark )?(?:index|gauge|benchmark)\b"
)
_CARRIED_BLOCKS = 1
"""A subject is carried into the paragraph after its own at most."""

_THE_MARKET = re.compile("(?:今日|昨日|今早)?大市(?!成交)")
_HONG_KONG = "HSI"
"""What a Hong Kong paper calls 大市 is the Hang Seng Index."""

_THIS = re.compile("[该此这其](?!中|余|后)")
_SHARES = re.compile(r"\b(?:shares?|stock)\b|该股|股价", re.IGNORECASE)
_DATELINE = 4
"""A date this near to its sentence's start is also that of the sentences after it."""


@dataclass
class _State:
    """What the sentences so far leave to the next one."""

    subject: list[NameMention] = field(default_factory=list)
    index: NameMention | None = None
    age: int = 0
    day: date | None = None
    who: str = ""
    heard: list[str] = field(default_factory=list)


def read_claims(article: Article, as_of: date | None = None) -> list[Claim]:
    """Find the claims of an article, in the order of the text.

    Parameters
    ----------
    article
        From :func:`springtide.reading.document.read_document`.
    as_of
        The day of the article; by default its time stamp, and then for each instrument the last
        session that had begun by then.

    Returns
    -------
    list of Claim
        With the exact words and their offsets in the article as given.

    Raises
    ------
    UsageError
        The article states no date and none is given.

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
    if as_of is None and article.published is None:
        why = f" ({'; '.join(article.notes)})" if article.notes else ""
        raise UsageError(
            f"The article states no date{why}",
            hint="say which day it speaks of with --as-of YYYY-MM-DD",
        )
    reader = _Reader(article, as_of)
    claims = [claim for block in article.blocks for claim in reader.block(block)]
    return sorted(claims, key=lambda claim: (claim.start, claim.end))


class _Reader:
    """Walks through the blocks of one article, carrying subject, day and speaker along."""

    def __init__(self, article: Article, as_of: date | None) -> None:
        self.article = article
        self.as_of = as_of
        assert as_of is not None or article.published is not None
        self.anchor = as_of or article.published.date()  # type: ignore[union-attr]
        self.zone = "" if article.language == "en" else "Asia/Shanghai"
        self.title = next((block.text for block in article.blocks if block.kind == "title"), "")
        self.people = People()
        self.state = _State()

    def block(self, block: Block) -> Iterator[Claim]:
        """Read one paragraph; a day and a speaker do not outlive it."""
        self.state = replace(self.state, day=None, who="", age=self.state.age + 1)
        self.people.last = ""
        for start, end in sentences(block.text):
            sentence = block.text[start:end]
            self.state.who = self._speaker(block, start, sentence)
            yield from self._sentence(block, start, sentence)

    def _speaker(self, block: Block, offset: int, sentence: str) -> str:
        """Return who a sentence quotes, in the script of the article; "" for the author."""

        def written(span: tuple[int, int] | None) -> str:
            if span is None:
                return ""
            at = block.at[offset + span[0] : offset + span[1]]
            return "".join(self.article.source[i] for i in at)

        found = speaker(sentence)
        if found is None:
            goes_on = block.text[:offset].rstrip().endswith(("；", ";"))
            return self.people.last if goes_on or _is_quoted(block.text, offset) else ""
        if found.person is None:
            return self.people.last
        return self.people.name(written(found.person), written(found.house), written(found.latin))

    def _sentence(self, block: Block, offset: int, sentence: str) -> Iterator[Claim]:
        masked = mask(sentence, self.anchor)
        script: Script = "zh" if _HAN.search(sentence) else "en"
        consumed: set[int] = set()
        taken: list[tuple[str, int, int]] = []
        for candidate in sorted(candidates(masked, script), key=lambda one: one.strength):
            if is_taken(candidate, consumed, taken):
                continue
            where = _place(masked, candidate.match)
            found = self._found(masked, candidate.match, where, consumed)
            draft = candidate.pattern.read(found)
            if draft is None:
                continue
            claims = list(self._claims(candidate, draft, found, masked, where, block, offset))
            if claims:
                consumed.update(labelled(candidate.match))
                taken.append((candidate.metric, *candidate.match.span()))
            yield from claims
        self._remember(masked)

    def _found(
        self, masked: Masked, match: re.Match[str], where: context.Place, consumed: set[int]
    ) -> Found:
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
        carried = self.state.day
        if period is not None:  # a period counts from the article's day unless its clause names one
            carried = None
            if day is not None and day.start > _DATELINE and not _in_clause(masked, where, day):
                day = None
        return Found(
            mentions=mentions,
            words=words,
            day=day.first if day else (carried or self.anchor),
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
        found: Found,
        masked: Masked,
        where: context.Place,
        block: Block,
        offset: int,
    ) -> Iterator[Claim]:
        names, carried = self._subject(masked, where)
        whose = candidate.match.groupdict().get("whose")
        if whose and whose[0].isupper():
            names, carried = [NameMention(-1, -1, whose.strip(), ())], False
        said_by = ""
        if isinstance(draft.params, TargetPrice | ImpliedMove):
            names, carried, said_by = self._of_house(masked, where, names, carried, block, offset)
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
            claim = self._claim(candidate.metric, draft, found, name, quantity, masked, span)
            claim = self._of_moment(claim, masked, where)
            if said_by and not claim.attributed_to:
                claim = replace(claim, attributed_to=said_by)
            if not (carried and self._is_another(claim, masked, where)):
                yield claim

    def _subject(self, masked: Masked, where: context.Place) -> tuple[list[NameMention], bool]:
        """Return who a match speaks of, and whether that is carried over from before its clause."""
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
        return self._carried(masked, where), True

    def _of_house(
        self,
        masked: Masked,
        where: context.Place,
        names: list[NameMention],
        carried: bool,
        block: Block,
        offset: int,
    ) -> tuple[list[NameMention], bool, str]:
        """Return who a target is for and which house it is from: a house has no target of its own."""
        first, last = masked.span(0, max(where.end, 1))
        named = house(masked.sentence[first:last])
        if named is None:
            return names, carried, ""
        at = block.at[offset + named[0] : offset + named[1]]
        who = "".join(self.article.source[i] for i in at)
        if names and not names[0].ids and house(names[0].text):
            names = context.names_before(masked, where) or context.names_after(masked, where)
            carried = not names
            names = names or self._carried(masked, where)
        return names, carried, who

    def _carried(self, masked: Masked, where: context.Place) -> list[NameMention]:
        """Return the subject of the sentences before; "the index" means the last index named."""
        clause = masked.text[where.clause_start : where.clause_end]
        if self.state.index is not None and _THE_INDEX.search(clause):
            return [self.state.index]
        if self.article.language == "zh-hk" and _THE_MARKET.match(masked.text):
            return [NameMention(-1, -1, "大市", (_HONG_KONG,), True)]
        return self.state.subject if self.state.age <= _CARRIED_BLOCKS else []

    def _claim(
        self,
        key: str,
        draft: Draft,
        found: Found,
        name: NameMention,
        quantity: Quantity | None,
        masked: Masked,
        span: tuple[int, int],
    ) -> Claim:
        key = metric_for(key, draft)
        currency = self._unit(quantity, None)
        currency = currency if len(currency) == 3 else ""
        subject, instrument = name.text, None
        if name.ids:
            around = self._around(name, masked.sentence)
            subject = context.choose_listing(name.ids, currency, around)
            instrument = instruments.get(subject)
        value, comparator, within = valued(draft, quantity)
        unit = draft.unit if draft.unit is not None else self._unit(quantity, instrument)
        if unit == "" and quantity is not None and instrument is not None:
            unit = registry()[key].unit_for(draft.params, instrument)
        return Claim(
            metric=key,
            subject=subject,
            params=draft.params,
            as_of=self._session(instrument, found, draft),
            comparator=comparator,
            value=value,
            unit=unit,
            within=within,
            period=draft.period,
            quote=self.article.source[span[0] : span[1]],
            start=span[0],
            end=span[1],
            attributed_to=self.state.who,
        )

    def _around(self, name: NameMention, sentence: str) -> Iterator[str]:
        """Return the words that may say which market a name is listed on, the nearest first."""
        yield sentence[: max(name.end, 0)]
        yield sentence
        heard = self.state.heard
        market = next((one for one in reversed(heard) if context.hinted_currency(one)), "")
        heard[:] = [market]  # none of the others names a market
        yield market

    def _of_moment(self, claim: Claim, masked: Masked, where: context.Place) -> Claim:
        """Mark what is stated of a moment that no daily bar holds."""
        instrument = instruments.find(claim.subject)
        running = self.as_of is None and moment.is_running(
            instrument,
            self.article.published,
            self.article.has_time,
            self.zone,
            claim.as_of,
            masked.sentence + self.title,
        )
        words = context.clause(masked, where)
        params, live = moment.of_moment(
            claim.params, running, words, masked.sentence, context.is_closing(masked, where)
        )
        metric = "intraday_level" if isinstance(params, IntradayLevel) else claim.metric
        return replace(claim, metric=metric, params=params, live=live)

    def _is_another(self, claim: Claim, masked: Masked, where: context.Place) -> bool:
        """Say whether a carried subject cannot be meant: an index has no shares and no currency."""
        instrument = instruments.find(claim.subject)
        if instrument is None or instrument.kind not in ("index", "commodity"):
            return False
        money = instrument.kind == "index" and len(claim.unit) == 3 and claim.unit.isupper()
        return money or bool(_SHARES.search(masked.text, where.clause_start, where.end))

    def _unit(self, quantity: Quantity | None, instrument: Instrument | None) -> str:
        """Return a quantity's unit; a bare 元 is the currency that the instrument is quoted in."""
        if quantity is None:
            return ""
        if quantity.unit != "CNY" or _RENMINBI.search(quantity.text):
            return quantity.unit
        if instrument is not None and instrument.currency and instrument.kind == "stock":
            return instrument.currency
        return "HKD" if self.article.language == "zh-hk" else "CNY"

    def _session(self, instrument: Instrument | None, found: Found, draft: Draft) -> date:
        if draft.published:
            return self.anchor
        if found.day_written and not (draft.apart and draft.apart.last == found.day):
            return moment.session_of(instrument, found.day)
        if self.as_of is not None or self.article.published is None:
            return moment.session_of(instrument, self.anchor)
        return moment.last_started(
            instrument, self.article.published, self.article.has_time, self.zone
        )

    def _remember(self, masked: Masked) -> None:
        end = len(masked.text)
        whole = context.Place(end, end, end, 0, end)
        names = context.opening_names(masked) or context.names_before(masked, whole)
        if names:
            self.state.subject = names
            self.state.age = 0
        self.state.heard.append(masked.sentence)
        for name in masked.mentions.values():
            if isinstance(name, NameMention) and context.is_index(name):
                self.state.index = name
        day = context.written_day(masked, whole)
        if day is not None and day.start <= _DATELINE:
            self.state.day = day.first


def _place(masked: Masked, match: re.Match[str]) -> context.Place:
    groups = match.re.groupindex
    value = match.start("value") if "value" in groups and match.group("value") else match.end()
    return context.place(masked, match.start(), match.end(), value)


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


__all__ = ["read_claims"]
