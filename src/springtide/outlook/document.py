"""An outlook as JSON, by the published schema ``outlook.schema.json``.

Numbers are at full precision, and each probability stands beside the horizon, or the gain, that it
is of. JSON has no infinity and no NaN: a quantile beyond the grid, or a score not known, is null.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence
from datetime import date
from typing import Any

from springtide.claims.schema import Json
from springtide.language.messages import LANGUAGES
from springtide.market.rallies import Rally
from springtide.outlook.ahead import QUANTILES, said_ahead
from springtide.outlook.model import (
    GAINS,
    MOVE,
    NEW_HIGH,
    SESSIONS,
    THRESHOLD,
    Analogue,
    Fan,
    Forecast,
    Lifetimes,
    Outlook,
)

_QUANTILES = (0.1, 0.5, 0.9)


def outlook_json(outlook: Outlook) -> Json:
    """Return an outlook as the document that ``outlook.schema.json`` describes.

    Examples
    --------
    >>> from datetime import date
    >>> made = outlook_json(Outlook("IXIC", date(2000, 3, 10), None, "undetermined"))
    >>> made["subject"], made["as_of"], made["rally"], made["shown"]
    ('IXIC', '2000-03-10', None, '')
    """
    fitted = outlook.fitted_on
    return {
        "subject": outlook.subject,
        "as_of": outlook.as_of.isoformat(),
        "threshold": THRESHOLD,
        "move": MOVE,
        "market": outlook.market,
        "rally": None if outlook.rally is None else _rally(outlook.rally),
        "since": _plain(outlook.since),
        "change": _plain(outlook.change),
        "known_from": _plain(outlook.known_from),
        "real_moves": _plain(outlook.real_moves),
        "shown": outlook.shown,
        "forecasts": [_forecast(one) for one in outlook.forecasts],
        "weights": [{"method": name, "weight": _plain(w)} for name, w in outlook.weights],
        "ahead": _ahead(outlook),
        "skill": [_plain(one) for one in outlook.skill],
        "gain_skill": _plain(outlook.gain_skill),
        "left_out": [
            {"method": one.method, "reason": {each: one.why.text(each) for each in LANGUAGES}}
            for one in outlook.left_out
        ],
        "fitted_to": _plain(outlook.fitted_to),
        "fitted_on": None if fitted is None else {"rallies": fitted[0], "instruments": fitted[1]},
        "analogues": [_analogue(one) for one in outlook.analogues],
        "fan": None if outlook.fan is None else _fan(outlook.fan),
        "lifetimes": None if outlook.lifetimes is None else _lifetimes(outlook.lifetimes),
        "versions": dict(outlook.versions),
    }


def _rally(rally: Rally) -> Json:
    made: Json = _plain(rally)
    del made["over"]  # one that runs is not
    return made


def _forecast(one: Forecast) -> Json:
    return {
        "method": one.method,
        "cases": one.cases,
        "peak": _beside("sessions", SESSIONS, "probability", one.peak),
        "gain": _beside("gain", GAINS, "probability", one.gain),
        "new_high": _beside("sessions", NEW_HIGH, "probability", one.new_high),
        "up_first": _plain(one.up_first),
        "sessions_to_peak": [
            {"quantile": q, "sessions": _plain(one.sessions_quantile(q))} for q in _QUANTILES
        ],
        "gain_to_peak": [{"quantile": q, "gain": _plain(one.gain_quantile(q))} for q in _QUANTILES],
    }


def _ahead(outlook: Outlook) -> Json | None:
    told = said_ahead(outlook)
    if told is None:
        return None
    quantiles = zip(QUANTILES, told.sessions, told.dates, told.gain, strict=False)
    return {
        "method": told.method,
        "top_is_in": _plain(told.top_is_in),
        "within": [
            {"sessions": 60, "probability": _plain(told.within_60)},
            {"sessions": 120, "probability": _plain(told.within_120)},
        ],
        "high_above_close": _plain(told.above),
        "if_ahead": [
            {"quantile": q, "sessions": _plain(n), "date": _plain(day), "gain": _plain(gain)}
            for q, n, day, gain in quantiles
        ],
    }


def _analogue(one: Analogue) -> Json:
    made: Json = _plain(one)
    made["path"] = [
        {"session": k - one.before, "log_price": _plain(value)} for k, value in enumerate(one.path)
    ]
    del made["before"]
    return made


def _fan(fan: Fan) -> Json:
    return {
        "sessions": list(fan.sessions),
        "quantiles": [
            {"level": level, "prices": _plain(prices)}
            for level, prices in zip(fan.levels, fan.prices, strict=True)
        ],
    }


def _lifetimes(lives: Lifetimes) -> Json:
    return {
        "rallies": lives.rallies,
        "running": lives.running,
        "instruments": lives.instruments,
        "curve": [
            {"sessions": t, "survival": _plain(s), "low": _plain(low), "high": _plain(high)}
            for t, s, low, high in zip(
                lives.times, lives.survival, lives.low, lives.high, strict=True
            )
        ],
    }


def _beside(
    key: str, grid: Sequence[float], value: str, values: Sequence[float]
) -> list[dict[str, Any]]:
    return [{key: at, value: _plain(one)} for at, one in zip(grid, values, strict=True)]


def _plain(value: Any) -> Any:
    """Return what JSON can hold."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)
        }
    return value
