"""From an article to the calls in it, each with its base rate on the day, and what was left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np

from springtide.calls.base_rates import base_rate, due_of
from springtide.calls.ledger import view_of
from springtide.calls.people import source_of
from springtide.calls.reading import kinds, relative, words
from springtide.calls.reading.kinds import Answer, Spoken
from springtide.calls.reading.model import Draft, Left, Views
from springtide.calls.reading.speakers import Voices, is_source
from springtide.claims.model import Call, Claim, Said
from springtide.language.messages import Message, message
from springtide.market import houses, instruments, listed
from springtide.market.calendars import previous_session
from springtide.market.lake import Lake
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics.registry import params_of
from springtide.reading.document import Article
from springtide.reading.numbers.frame import NumberReading
from springtide.reading.numbers.names import Name
from springtide.reading.numbers.opinions import opinion
from springtide.reading.numbers.read import read_scene
from springtide.reading.numbers.scene import BlockScene, Scene, lay_out

STALE = 10
"""Days that the last close may lie before the article: else nothing says where prices stood."""


class Reader:
    """Reads articles against one lake; what it knows of a day is kept from one to the next."""

    def __init__(self, lake: Lake) -> None:
        self._lake = lake
        self._views: dict[date, View] = {}

    def read(self, article: Article, name: str, as_of: date | None = None) -> Views:
        """Read the calls of an article.

        Parameters
        ----------
        article
            From :func:`springtide.reading.document.read_document`; it has a day, or one is given.
        name
            What the ledger calls it.
        as_of
            The day of the article where its own does not count.
        """
        scene = lay_out(article, as_of)
        numbers = {(one.block, one.at): one for one in read_scene(scene)}
        calls: list[Call] = []
        left: list[Left] = []
        said: set[tuple[Any, ...]] = set()
        voices = Voices(article)
        for block in scene.blocks:
            if not (block.numbers or block.worded):
                continue
            whose = voices.sentences(block)
            for k, (start, end) in enumerate(block.sentences):
                answers = self._sentence(scene, block, (start, end), whose[k], numbers)
                for spoken, answer in _once(answers):
                    filed = self._take(scene, spoken, answer, name)
                    if isinstance(filed, Left):
                        left.append(filed)
                        continue
                    key = (*view_of(filed), filed.made)
                    if key not in said:
                        said.add(key)
                        calls.append(filed)
        return Views(tuple(calls), tuple(left))

    # -- what a sentence says ----------------------------------------------------------------

    def _sentence(
        self,
        scene: Scene,
        block: BlockScene,
        span: tuple[int, int],
        who: str,
        numbers: dict[tuple[int, int], NumberReading],
    ) -> Iterator[tuple[Spoken, Answer]]:
        start, end = span
        earlier: list[float] = []
        for at, mention in enumerate(block.numbers):
            if not start <= mention.start < end:
                continue
            number = numbers[block.index, at]
            if not number.is_claim:
                continue
            spoken = self._spoken(scene, block, span, who, number, tuple(earlier))
            if spoken is not None:
                if spoken.value is not None and spoken.is_price:
                    earlier.append(spoken.value)
                for kind in kinds.OF_NUMBERS:
                    answer = kind(spoken)
                    if answer is not None:
                        yield spoken, answer
                        break
        for read in kinds.OF_SENTENCES:
            whole = self._whole(scene, block, span, who)
            answer = None if whole is None else read(whole)
            if whole is not None and answer is not None:
                yield whole, answer
        yield from self._compared(scene, block, span, who)

    def _compared(
        self, scene: Scene, block: BlockScene, span: tuple[int, int], who: str
    ) -> Iterator[tuple[Spoken, Answer]]:
        """Yield that a sentence says of an instrument that it will do better than an index."""
        start, end = span
        text = block.text[start:end]
        if not relative.VERB.search(text):
            return
        names = [
            replace(one, start=one.start - start, end=one.end - start)
            for one in block.names
            if start <= one.start and one.end <= end
        ]
        view = relative.compared(text, names, _is_meant)
        beside = None if view is None else self._price(scene, block, view.instrument)
        if view is None or beside is None:
            return
        spoken = Spoken(
            block, None, text, text[: view.start], text[view.end :], view.before, who,
            view.instrument, *beside, start=start + view.start, end=start + view.end,
        )  # fmt: skip
        yield spoken, kinds.relative(spoken, view.benchmark, behind=view.behind)

    def _spoken(
        self,
        scene: Scene,
        block: BlockScene,
        span: tuple[int, int],
        who: str,
        number: NumberReading,
        earlier: tuple[float, ...],
    ) -> Spoken | None:
        start, end = span
        mention = block.numbers[number.at]
        instrument = self._subject(block, span, number)
        if instrument is None:
            return None
        beside = self._price(scene, block, instrument)
        if beside is None:
            return None
        low, _ = block.clause(mention.start)
        begin = _after_verb(block.text, mention.start, mention.end)
        if number.kind.measure == "target_price" and instrument.kind == "stock":
            own = opinion(block, number.at).house
            who = who if who and houses.canonical(_house_in(who)) == own else own or who
        return Spoken(
            block=block,
            number=number,
            sentence=block.text[start:end],
            before=block.text[start:begin],
            after=block.text[mention.end : end],
            clause=block.text[low:begin],
            who=who,
            instrument=instrument,
            made=beside[0],
            price=beside[1],
            start=mention.start,
            end=mention.end,
            earlier=earlier,
        )

    def _whole(
        self, scene: Scene, block: BlockScene, span: tuple[int, int], who: str
    ) -> Spoken | None:
        """Return a sentence in which no number counts, of the index that it speaks of."""
        start, end = span
        text = block.text[start:end]
        if not (words.PROFITS.search(text) or words.CENTRE.search(text)):
            return None
        instrument = _index_of(scene, block, end)
        beside = None if instrument is None else self._price(scene, block, instrument)
        if instrument is None or beside is None:
            return None
        return Spoken(
            block, None, text, text, "", text, who, instrument, *beside, start=start, end=end
        )

    def _subject(
        self, block: BlockScene, span: tuple[int, int], number: NumberReading
    ) -> Instrument | None:
        """Return of what a number is: what its clause names before it, else as it was read."""
        mention = block.numbers[number.at]
        low, _ = block.clause(mention.start)
        unit = number.unit
        named = [
            one
            for one in block.names
            if low <= one.start and one.end <= mention.start and _is_meant(one)
        ]
        if unit in ("points", "", "%"):
            indices = [one for one in named if _kind(one.ids[0]) == "index"]
            if indices:
                return instruments.find(indices[-1].ids[0])
        read = instruments.find(_meant(number)) if _meant(number) else None
        if read is not None and (read.kind != "index" or unit in ("points", "", "%")):
            return read
        if len(unit) == 3 and unit.isupper():
            return _listing(block, span[0], mention.start, unit)
        return read

    def _price(
        self, scene: Scene, block: BlockScene, instrument: Instrument
    ) -> tuple[date, float] | None:
        """Return the last close that an article could know, with its day."""
        day = scene.clock.session(instrument)
        if scene.clock.is_running(instrument, day, block.text):
            day = previous_session(instrument.calendar, day) or day - timedelta(days=1)
        bars = self._view(day).bars(instrument.id)
        held = np.flatnonzero(bars.close > 0)
        if not held.size:
            return None
        last: date = bars.dates[held[-1]].astype(object)
        if (day - last).days > STALE:
            return None
        return last, float(bars.close[held[-1]])

    def _view(self, day: date) -> View:
        if day not in self._views:
            self._views[day] = View(self._lake, day)
        return self._views[day]

    # -- from a draft to a call ---------------------------------------------------------------

    def _take(self, scene: Scene, spoken: Spoken, answer: Answer, name: str) -> Call | Left:
        assert answer is not None
        begin, end = spoken.block.block.span(spoken.start, spoken.end)
        low, high = spoken.block.block.span(*_clause(spoken))
        quote = scene.article.source[low:high].strip()
        if not is_source(spoken.who, spoken.sentence):
            return Left(quote, spoken.who, message("calls.left-nobody"))
        if isinstance(answer, Message):
            return Left(quote, spoken.who, answer)
        view = self._view(spoken.made)
        claim = _claim(answer, spoken.made)
        condition = _condition(answer, spoken)
        said = Said(name, quote, begin, end, spoken.who)
        due = due_of(claim, spoken.instrument, spoken.made)
        if due <= spoken.made:
            return Left(quote, spoken.who, message("calls.left-no-horizon"))
        call = Call(
            claim,
            spoken.made,
            due,
            None,
            source_of(spoken.who),
            condition=condition,
            close=spoken.price,
            mentioned=answer.mentioned,
            said=said,
        )
        return replace(call, base_rate=base_rate(view, spoken.instrument, claim, condition))


def _once(answers: Iterator[tuple[Spoken, Answer]]) -> list[tuple[Spoken, Answer]]:
    """Leave out a move whose level the sentence says too: "a rise of 7% to our target of 6,500"."""
    every = list(answers)
    levels = {
        (one.subject, one.horizon.until)
        for _, one in every
        if isinstance(one, Draft) and one.kind == "forecast"
    }
    return [
        (spoken, one)
        for spoken, one in every
        if not (
            isinstance(one, Draft)
            and one.kind == "change"
            and (one.subject, one.horizon.until) in levels
        )
    ]


def _claim(draft: Draft, made: date) -> Claim:
    days: dict[str, Any] = {"since": made}
    if draft.horizon.until is not None:
        days["until"] = draft.horizon.until
    else:
        days["sessions"] = draft.horizon.sessions
    return Claim(
        draft.metric,
        draft.subject,
        params_of(draft.metric, **draft.given, **days),
        made,
        period=draft.horizon.words,
    )


def _condition(draft: Draft, spoken: Spoken) -> Claim | None:
    if draft.condition is None:
        return None
    at, up = draft.condition
    key = "close_above_within" if up else "close_below_within"
    params = params_of(key, level=at, since=spoken.made, sessions=kinds.CONDITION)
    return Claim(key, draft.subject, params, spoken.made)


def _clause(spoken: Spoken) -> tuple[int, int]:
    if spoken.number is None:
        return spoken.start, spoken.end
    return spoken.block.clause(spoken.start)[0], spoken.end


def _after_verb(text: str, start: int, end: int) -> int:
    """Return where a number begins without the words for passing it: 突破4300点, "above 23,000"."""
    verb = words.BREAKS.match(text, start, end)
    return start if verb is None else verb.end()


def _meant(number: NumberReading) -> str:
    """Return the likeliest subject that is no house: whose target it is, is not what it is of."""
    return next((one.id for one in number.subjects if one.id and not houses.named(one.name)), "")


def _is_meant(name: Name) -> bool:
    return bool(name.ids) and name.how not in ("word", "longer") and not houses.named(name.text)


def _kind(identity: str) -> str:
    known = instruments.find(identity)
    return known.kind if known is not None else ""


def _house_in(who: str) -> str:
    return source_of(who).partition("(")[2].rstrip(")") or who


def _listing(block: BlockScene, start: int, end: int, currency: str) -> Instrument | None:
    """Return the listing of the company named last before a price that is quoted in a currency."""
    companies = [
        one
        for one in block.names
        if start <= one.start and one.end <= end and _is_meant(one) and _kind(one.ids[0]) == "stock"
    ]
    if not companies:
        return None
    ids = (*companies[-1].ids, *listed.listings(companies[-1].ids[0]))
    known = (instruments.find(one) for one in ids)
    return next((one for one in known if one is not None and one.currency == currency), None)


def _index_of(scene: Scene, block: BlockScene, end: int) -> Instrument | None:
    """Return the index named last before a place, in this block or one of the two before it."""
    for index in range(block.index, max(-1, block.index - 3), -1):
        here = scene.blocks[index]
        named = [
            one
            for one in here.names
            if (index < block.index or one.end <= end)
            and _is_meant(one)
            and _kind(one.ids[0]) == "index"
        ]
        if named:
            return instruments.find(named[-1].ids[0])
    return None
