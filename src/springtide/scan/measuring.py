"""Measuring a batch of instruments one by one: the way that serves every metric."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from springtide.errors import SpringtideError
from springtide.language.messages import message
from springtide.language.types import Language
from springtide.market.lake import Lake
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics.registry import measure
from springtide.outlook.compose import outlook
from springtide.outlook.model import Outlook
from springtide.scan.asked import Asked, forecast_of
from springtide.scan.rows import YES_NO, Row


def measured(
    view: View, instrument: Instrument, asked: Sequence[Asked], language: Language = "en"
) -> Iterator[Row]:
    """Yield a row for each thing asked of an instrument as of the view's day.

    Whatever goes wrong is said in the row: it must not cost the rest of a scan.

    Examples
    --------
    >>> import tempfile
    >>> from springtide.market.ingest import load_bundled
    >>> from springtide.scan.asked import asked_of
    >>> lake = Lake.create(tempfile.mkdtemp())
    >>> _ = load_bundled(lake)
    >>> view = View(lake, date(2000, 3, 10))
    >>> [row] = measured(view, view.instrument("IXIC"), asked_of(["rsi:window=9"]))
    >>> round(row.value, 2), row.params, row.missing
    (77.97, 'window=9', '')
    """
    ahead: Outlook | None = None
    for one in asked:
        try:
            if one.is_forecast:
                ahead = ahead or outlook(view, instrument, many=True)
                yield _forecast(ahead, one, language)
            else:
                yield _value(view, instrument, one, language)
        except SpringtideError as error:
            yield _none(view, instrument.id, one, str(error))
        except Exception as error:  # a defect of ours must not cost the other instruments
            said = " ".join([f"{type(error).__name__}:", *str(error).split()]).rstrip(":")
            yield _none(view, instrument.id, one, f"Unexpected {said}. This is a defect.")


def _none(view: View, symbol: str, one: Asked, why: str) -> Row:
    return Row(symbol, view.as_of, one.metric, one.params_text, None, "", why)


def _value(view: View, instrument: Instrument, one: Asked, language: Language) -> Row:
    answer = measure(one.metric, view, instrument, one.params)
    value, unit = answer.value, answer.unit
    if isinstance(value, bool):
        value, unit = float(value), YES_NO
    elif isinstance(value, str):
        raise SpringtideError(f"{one.metric} is no number", given=value)
    why = "" if answer.lacks is None else answer.lacks.text(language)
    return Row(instrument.id, view.as_of, one.metric, one.params_text, value, unit, why)


def _forecast(ahead: Outlook, one: Asked, language: Language) -> Row:
    event, sessions = forecast_of(one.metric)
    said = ahead.said
    if said is None:
        why = message("scan.no-rally", kind=ahead.market)
        reason = next((each.why for each in ahead.left_out if each.method == "combination"), why)
        return Row(
            ahead.subject, ahead.as_of, one.metric, "", None, "%", reason.text(language)
        )  # fmt: skip
    probability = {
        "top_is_in": lambda: said.top_is_in,
        "rise_before_fall": lambda: said.up_first,
        "top_within": lambda: said.peak_within(sessions or 0),
        "new_high_within": lambda: said.new_high_within(sessions or 0),
    }[event]()
    return Row(ahead.subject, ahead.as_of, one.metric, "", 100.0 * probability, "%", "")


Left = Mapping[date, Sequence[tuple[Instrument, Sequence[Asked]]]]
"""By day, what is to be measured of which instruments."""


def one_by_one(lake: Lake, left: Left, language: Language = "en") -> Iterator[Row]:
    """Yield the rows of what is left to be measured by itself, each instrument read once."""
    if not left:
        return
    first = View(lake, min(left))
    symbols = {instrument.id for each in left.values() for instrument, _ in each}
    first.load(symbols)
    first.load_figures(symbols)
    for day in sorted(left):
        view = first.at(day)
        for instrument, asked in left[day]:
            yield from measured(view, instrument, asked, language)
