"""Both tests for a bubble as a table for the terminal, each alarm beside its false-alarm rate."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from springtide.brief.bubble_tests import BubbleTests, undated
from springtide.claims.model import Measurement, Row
from springtide.claims.terminal import table
from springtide.language.messages import Duration, Number, Percent, say
from springtide.language.types import Language
from springtide.market.types import Instrument
from springtide.metrics.families.bubbles import Bubble
from springtide.metrics.families.critical_time import session_ahead
from springtide.metrics.families.exuberance import BEGAN, CONFIRMED, Exuberance, way_of
from springtide.metrics.registry import get

if TYPE_CHECKING:
    from rich.console import RenderableType


def exuberance_parts(
    tests: BubbleTests, instrument: Instrument, day: date, language: Language
) -> Iterator[RenderableType]:
    """Yield both tests for a rich console, from the top: lines and a table.

    Parameters
    ----------
    tests
        What they gave.
    instrument, day
        What was tested, and as of when.
    """
    name = instrument.name(language)
    yield say("brief.tests-title", language, name=name, day=day) + "\n"
    rows = [_explosive(tests, language)]
    rows += [_shape(share, rate, language) for share, rate in tests.shapes]
    rows.append(_time(tests, instrument, language))
    heads = [say(key, language) for key in ("brief.test", "brief.result", "brief.false-alarm-rate")]
    yield table(heads, rows)
    yield "\n" + say("brief.bubble-limits", language)


def _missing(one: Measurement, lang: Language) -> str:
    return say("brief.not-enough", lang, why=one.missing_in(lang))


def _explosive(tests: BubbleTests, lang: Language) -> list[str]:
    verdict, rate = tests.verdict, tests.p_value.value
    label = say("brief.psy-label", lang, title=get("exuberance").title[lang])
    if verdict.value is None or not isinstance(rate, float):
        return [label, _missing(verdict, lang), ""]
    figures = {row.field: row for row in verdict.evidence.rows}
    answer = say(
        "brief.psy-result",
        lang,
        explosive=way_of(verdict),
        since=_since(figures, lang),
        statistic=Number(figures["BSADF statistic"].value, 2),
        critical=Number(figures["critical value"].value, 2),
    )
    assert isinstance(verdict.params, Exuberance)
    share = Percent(100.0 * rate, 2)
    return [label, answer, say("brief.psy-rate", lang, rate=share, null=verdict.params.null)]


def _since(figures: dict[str, Row], lang: Language) -> str:
    if BEGAN not in figures:
        return ""
    began = figures[BEGAN].date
    if CONFIRMED not in figures:
        return say("brief.since-not-confirmed", lang, began=began)
    return say("brief.since-confirmed", lang, began=began, known=figures[CONFIRMED].date)


def _shape(share: Measurement, rate: Measurement, lang: Language) -> list[str]:
    assert isinstance(share.params, Bubble)
    label = say(
        "brief.shape-label",
        lang,
        title=get("bubble_confidence").title[lang],
        scale=share.params.scale,
        direction=share.params.direction,
    )
    if not isinstance(share.value, float):
        return [label, _missing(share, lang), ""]
    fitted, qualified = (round(row.value) for row in share.evidence.rows)
    size = Percent(share.value, 2)
    counted = say("brief.shape-result", lang, size=size, fitted=fitted, qualified=qualified)
    if share.value == 0:
        return [label, counted, ""]
    if not isinstance(rate.value, float):
        return [label, counted, _missing(rate, lang)]
    return [label, counted, say("brief.shape-rate", lang, rate=Percent(rate.value, 2))]


def _time(tests: BubbleTests, instrument: Instrument, lang: Language) -> list[str]:
    label = say("brief.time-label", lang, title=get("critical_time").title[lang])
    if tests.times[0].value is None:
        return [label, _missing(tests.times[0], lang), ""]
    if not tests.dated:
        return [label, undated(tests).text(lang), ""]
    said = []
    for one in tests.times:
        assert isinstance(one.value, float)
        day = session_ahead(instrument, one.as_of, one.value)
        ahead = Duration(round(one.value))
        on = say("brief.ahead-on", lang, sessions=ahead, day=day) if day else ahead.write(lang)
        said.append(on)
    median, earliest, latest = said
    told = say("brief.time-result", lang, median=median, earliest=earliest, latest=latest)
    return [label, told, ""]
