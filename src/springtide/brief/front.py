"""The first screen of a brief: how far it has come, when its top may come, and what speaks for it.

Its figures stand in sentences too, which are read back like any other; a page shows them as tiles.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from springtide.brief.drawing import Span, years_before
from springtide.brief.model import Chart, Section, Sentence, Side, Statement, Tile
from springtide.brief.records import is_of_whole_file, longest_record
from springtide.brief.wording import heading, sentence
from springtide.claims.model import Measurement, Params
from springtide.language.messages import Day, Duration, Message, Percent, message
from springtide.language.types import Language, Period
from springtide.market import calendars
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics import benchmarks, rows
from springtide.metrics.registry import get, measure, params_of, state
from springtide.outlook.ahead import Ahead, said_ahead, session_ahead
from springtide.outlook.model import SESSIONS, Outlook
from springtide.outlook.words import probability_percent

if TYPE_CHECKING:
    from springtide.brief.front_chart import Dated
    from springtide.brief.level_charts import Level

Ask = tuple[str, Params]

_MOST = 3
"""Reasons of each side."""


def front_section(
    outlook: Outlook | None,
    move: Statement | None,
    view: View,
    instrument: Instrument,
    languages: Sequence[Language],
    phases: Sequence[Span],
) -> Section:
    """Write the first screen.

    Parameters
    ----------
    outlook
        How long it can last; None where that cannot be told.
    move
        How far the price has come since the phase that runs began; None where not known.
    view, instrument, languages
        As for :func:`springtide.brief.compose.compose`.
    phases
        The bull and bear phases, as the chart shades them.

    Returns
    -------
    Section
        Its key is ``front``.
    """
    sentences: list[Sentence] = []
    tiles: list[Tile] = []
    if move is not None and outlook is not None:
        sentences.append(sentence([move], instrument, languages, named=True))
        tiles.append(_how_far(move, outlook, instrument, languages))
    ahead = None if outlook is None else said_ahead(outlook)
    if ahead is not None and outlook is not None:
        told = [_said_chances(ahead), *_said_top(ahead, outlook)]
        sentences += [Sentence({one: each.text(one) for one in languages}, ()) for each in told]
        tiles += _what_comes(ahead, outlook, languages)
    rising = outlook is not None and outlook.rally is not None
    sentences += _reasons(view, instrument, languages, rising=rising)
    return Section(
        key="front",
        heading=heading("front", languages),
        sentences=tuple(sentences),
        charts=dated_chart(outlook, view, instrument, languages, phases),
        tiles=tuple(tiles),
    )


def _tile(
    figure: Message, caption: Message, languages: Sequence[Language], of: Statement | None = None
) -> Tile:
    return Tile(
        {one: figure.text(one) for one in languages},
        {one: caption.text(one) for one in languages},
        of,
    )


def _how_far(
    move: Statement, outlook: Outlook, instrument: Instrument, languages: Sequence[Language]
) -> Tile:
    assert isinstance(move.claim.value, float)
    start = outlook.rally.start if outlook.rally else outlook.since
    assert start is not None
    age = (
        outlook.rally.sessions
        if outlook.rally
        else calendars.sessions_between(instrument.calendar, start, outlook.as_of)
    )
    key = "brief.front-rise" if outlook.rally else "brief.front-fall"
    caption = message(key, age=Duration(age or (outlook.as_of - start).days), day=start)
    figure = message("brief.front-figure", figure=Percent(move.claim.value, 1, sign=True))
    return _tile(figure, caption, languages, move)


def _said_chances(ahead: Ahead) -> Message:
    return message("brief.front-said-chances", **_chances(ahead))


def _chances(ahead: Ahead) -> dict[str, Message]:
    at = {"now": ahead.top_is_in, "three": ahead.within_60, "six": ahead.within_120}
    return {name: probability_percent(p) for name, p in at.items()}


def _said_top(ahead: Ahead, outlook: Outlook) -> Iterator[Message]:
    """Yield when the top comes, given that it is still ahead; nothing where that is not told."""
    if ahead.dates:
        first, middle, last = _when(ahead, outlook)
        yield message("brief.front-said-top", day=middle, first=first, last=last)


def _when(ahead: Ahead, outlook: Outlook) -> tuple[Message, ...]:
    """Return when the top comes, as days: the ends of the interval about the middle case."""
    last = session_ahead(outlook.as_of, outlook.calendar, SESSIONS[-1])
    return tuple(
        message("brief.front-beyond", day=Day(last))
        if day is None
        else message("brief.front-day", day=Day(day))
        for day in ahead.dates
    )


def _what_comes(ahead: Ahead, outlook: Outlook, languages: Sequence[Language]) -> Iterator[Tile]:
    chances = _chances(ahead)
    caption = message("brief.front-chances", three=chances["three"], six=chances["six"])
    yield _tile(chances["now"], caption, languages)
    if ahead.dates:
        first, middle, last = _when(ahead, outlook)
        yield _tile(middle, message("brief.front-top", first=first, last=last), languages)


@dataclass(frozen=True, slots=True)
class _Reason:
    """A fact, and which side it speaks for by its value: none for most."""

    ask: Ask
    side: Callable[[float], Side]
    rising: bool = False
    """Whether it is asked of a rally alone."""


def _above(bound: float, side: Side, below: float = -math.inf) -> Callable[[float], Side]:
    """Return a rule: one side from ``bound`` on, the other down from ``below``."""
    other: Side = "against" if side == "for" else "for"
    return lambda value: side if value >= bound else other if value <= below else ""


def _reasons_asked(view: View, instrument: Instrument) -> Iterator[_Reason]:
    """Yield what is asked, what matters most first.

    Each bound leaves out what says little: a multiple in the middle of its history, a strength
    index that is neither high nor low.
    """
    ytd = Period("ytd")
    yield _Reason(("high_low_record", params_of("high_low_record")), _above(1, "for"))
    yield _Reason(("rerating_share", params_of("rerating_share")), _above(66, "against", 33), True)
    yield _Reason(("overbought", params_of("overbought")), _above(1, "against"))
    yield _Reason(("rsi", params_of("rsi")), _above(math.inf, "for", 30))
    far = params_of("ma_distance", window=200)
    yield _Reason(("ma_distance", far), lambda v: "against" if v >= 25 or v < 0 else "for")
    if benchmarks.default(instrument):
        asked = params_of("relative_return", period=ytd)
        yield _Reason(("relative_return", asked), _above(0, "for", 0))
    yield _Reason(("valuation_percentile", params_of("valuation_percentile")),
                  _above(80, "against", 20))  # fmt: skip
    yield _Reason(("breadth_above", params_of("breadth_above", window=200)), _above(60, "for", 40))
    near = params_of("ma_distance", window=50)
    yield _Reason(("ma_distance", near), _above(10, "against", -10))
    close = measure("close_level", view, instrument, params_of("close_level")).value
    if isinstance(close, float):
        asked = params_of("resistance_level")
        yield _Reason(("resistance_level", asked), partial(_near, close=close))
    yield _Reason(("drawdown", params_of("drawdown")), _above(math.inf, "for", -10))
    yield _Reason(("volatility", params_of("volatility")), _above(40, "against"))


def _reasons(
    view: View, instrument: Instrument, languages: Sequence[Language], *, rising: bool
) -> list[Sentence]:
    """Write at most three facts that speak for it, and three against."""
    sides: dict[Side, list[Statement]] = {"for": [], "against": []}
    for one in (*_by_rank(view, instrument), *_reasons_asked(view, instrument)):
        if all(len(said) == _MOST for said in sides.values()):
            break
        if one.rising and not rising:
            continue
        measured = _measured(one.ask, view, instrument)
        if measured is None or measured.value is None or measured.value is False:
            continue
        record = measured.metric == "high_low_record"
        side = _record_side(measured) if record else one.side(float(measured.value))
        if side and len(sides[side]) < _MOST:
            sides[side].append(Statement(state(measured), measured))
    return [
        replace(
            sentence(
                [one],
                instrument,
                languages,
                named=not number,
                ending="on-file" if is_of_whole_file(one.claim, view, instrument) else "",
                turn=1,
                listed=True,
            ),
            side=side,
        )
        for side, chosen in sides.items()
        for number, one in enumerate(chosen)
    ]


def _measured(ask: Ask, view: View, instrument: Instrument) -> Measurement | None:
    key, params = ask
    if key == "high_low_record":
        return longest_record(view, instrument)
    measured = measure(key, view, instrument, params)
    completed = get(key).completed
    if completed is not None and measured.value is not None:
        return measure(key, view, instrument, completed(measured))
    return measured


def _record_side(measured: Measurement) -> Side:
    return "against" if getattr(measured.params, "side", "") == "low" else "for"


def _by_rank(view: View, instrument: Instrument) -> Iterator[_Reason]:
    """Yield its ranks among the rallies of its peers: old and large ones have less before them."""
    for by in ("age", "gain"):
        asked = params_of("rally_rank", by=by, among="peers")
        measured = measure("rally_rank", view, instrument, asked)
        completed = get("rally_rank").completed
        if measured.value is None or completed is None:
            return
        sample = getattr(completed(measured), "sample", None) or 1
        yield _Reason(("rally_rank", asked), partial(_third, sample=sample))


def _third(rank: float, sample: int) -> Side:
    share = rank / sample
    return "for" if share <= 1 / 3 else "against" if share >= 2 / 3 else ""


def _near(level: float, close: float) -> Side:
    """Say that a level above within a twentieth is in the way."""
    return "against" if level <= 1.05 * close else ""


def dated_chart(
    outlook: Outlook | None,
    view: View,
    instrument: Instrument,
    languages: Sequence[Language],
    phases: Sequence[Span],
) -> tuple[Chart, ...]:
    """Draw the one chart of the first screen; none where there are not two closes.

    Parameters
    ----------
    outlook, view, instrument, languages, phases
        As for :func:`front_section`.
    """
    from springtide.brief.front_chart import front_chart

    bars = view.bars(instrument.id)
    drawn = rows.taken(bars, rows.rows_with(bars, "close"))
    if len(drawn) < 2:
        return ()
    names = {language: instrument.name(language) for language in languages}
    first = _first(outlook, view.as_of)
    chart = front_chart(
        drawn,
        phases,
        _levels(view, instrument),
        _dated(outlook, first),
        first,
        view.as_of,
        names,
        instrument.unit,
    )
    return (chart,)


def _first(outlook: Outlook | None, as_of: date) -> date:
    """Return the first day shown: a year before, and always some time before the phase began."""
    year = years_before(as_of, 1)
    start = None
    if outlook is not None:
        start = outlook.rally.start if outlook.rally else outlook.since
    if start is None:
        return year
    return min(year, start - timedelta(days=max(30, (as_of - start).days // 8)))


def _levels(view: View, instrument: Instrument) -> list[Level]:
    from springtide.brief.level_charts import Level

    made = []
    for key, above in (("resistance_level", True), ("support_level", False)):
        level = measure(key, view, instrument, params_of(key))
        if isinstance(level.value, float):
            made.append(Level(level.value, above, ()))
    return made


_NEAR = 250
"""Sessions ahead that are shown, and more only where the past that is shown is longer too."""


def _dated(outlook: Outlook | None, first: date) -> Dated | None:
    from springtide.brief.front_chart import Dated

    if outlook is None or outlook.fan is None or outlook.rally is None:
        return None
    as_of, now = outlook.as_of, outlook.rally.close
    reach = max(_NEAR, round((as_of - first).days * 252 / 365))
    kept = sum(count <= reach for count in outlook.fan.sessions)
    prices = tuple(level[:kept] for level in outlook.fan.prices)
    fan = replace(outlook.fan, sessions=outlook.fan.sessions[:kept], prices=prices)
    days = tuple(
        session_ahead(as_of, outlook.calendar, count) if count else as_of for count in fan.sessions
    )
    told = said_ahead(outlook)
    if told is None or told.middle_date is None or not told.gain or math.isinf(told.gain[1]):
        return Dated(days, fan)
    if told.middle_date > days[-1]:
        return Dated(days, fan)
    first, middle, last = (day or date.max for day in told.dates)
    least, usual, most = (now * (1 + gain) for gain in told.gain)
    return Dated(days, fan, (first, middle, last), (least, usual, most))
