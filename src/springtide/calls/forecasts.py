"""Calls made from an outlook: what it says, as claims that the data will decide."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date

from springtide import __version__
from springtide.claims.model import Call, Claim, Params
from springtide.market import calendars
from springtide.market.types import Instrument
from springtide.metrics.registry import get, params_of
from springtide.outlook.model import HORIZONS, MOVE, THRESHOLD, Forecast, Outlook

BASE_RATES = "climatology"
"""The method whose calls are those of base rates, which others are held against."""


def from_outlook(outlook: Outlook, instrument: Instrument) -> tuple[Call, ...]:
    """Return the calls that an outlook makes, and beside each that of base rates.

    That the top is in, or comes within 20, 60, 120 and 250 sessions; a new high within these; a
    rise of 10% before a fall of 10%, which waits for whichever comes first.

    Parameters
    ----------
    outlook
        As of a date. One that says nothing makes no calls.
    instrument
        Of what.

    Returns
    -------
    tuple[Call, ...]
        Of the method that is said, then of base rates where these are another; a probability that
        a method does not give is left out.

    Examples
    --------
    >>> from springtide.metrics.describe import example
    >>> said = Forecast("climatology", (0.3,) * 12, (0.3,) * 16, (0.5,) * 5, 0.6, 100)
    >>> made = Outlook("IXIC", date(2000, 3, 10), None, "bull", forecasts=(said,),
    ...                shown="climatology")
    >>> calls = from_outlook(made, example())
    >>> len(calls), calls[1].claim.metric, str(calls[1].due), calls[1].probability
    (10, 'top_within', '2000-04-07', 0.3)
    """
    methods = dict.fromkeys((outlook.shown, BASE_RATES))
    forecasts = [one for name in methods if name and (one := outlook.forecast(name)) is not None]
    return tuple(
        Call(
            _claim(key, params, instrument, outlook.as_of),
            outlook.as_of,
            due,
            min(1.0, max(0.0, probability)),
            source_of(forecast.method),
        )
        for forecast in forecasts
        for key, params, due, probability in _said(forecast, instrument, outlook.as_of)
        if not math.isnan(probability)
    )


def source_of(method: str) -> str:
    """Return what the calls of one of our methods name as their source.

    Examples
    --------
    >>> source_of("combination").split()[-1]
    'combination'
    """
    return f"springtide {__version__} {method}"


def is_base_rate(source: str) -> bool:
    """Say whether a source is one of base rates, of whatever version."""
    words = source.split()
    return len(words) == 3 and (words[0], words[2]) == ("springtide", BASE_RATES)


def _said(
    forecast: Forecast, instrument: Instrument, made: date
) -> Iterator[tuple[str, Params, date | None, float]]:
    """Yield the metric, its parameters, when it is due, and the probability."""
    fall, move = round(100 * THRESHOLD, 9), round(100 * MOVE, 9)
    due = {h: calendars.session_after(instrument.calendar, made, h) for h in (0, *HORIZONS)}
    for horizon in (0, *HORIZONS):
        top = params_of("top_within", since=made, sessions=horizon, threshold=fall)
        yield "top_within", top, due[horizon], forecast.peak_within(horizon)
    for horizon in HORIZONS:
        high = params_of("new_high_within", since=made, sessions=horizon, threshold=fall)
        yield "new_high_within", high, due[horizon], forecast.new_high_within(horizon)
    first = params_of("rise_before_fall", since=made, move=move)
    yield "rise_before_fall", first, None, forecast.up_first


def _claim(key: str, params: Params, instrument: Instrument, made: date) -> Claim:
    stated = get(key).stated
    value, unit = stated(params) if stated else (None, "")
    return Claim(key, instrument.id, params, made, value=value, unit=unit)
