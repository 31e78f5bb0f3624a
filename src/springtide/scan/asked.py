"""What a scan is asked for: metrics with their parameters, forecasts of the outlook, presets.

One spelling, on the command line, in the library and in the column ``metric`` with ``params``:
``rsi``, ``rsi:window=9``, ``overbought:side=oversold,threshold=30``, ``outlook.top_within_60``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from springtide.claims.model import Params
from springtide.errors import UnknownNameError, UsageError
from springtide.metrics.params import params_from_text, params_to_text
from springtide.metrics.registry import get

PRESETS: Mapping[str, tuple[str, ...]] = {
    "heat": (
        "rsi", "phase", "phase_age", "ma_distance", "ma_distance:window=200", "high_low_record",
        "drawdown", "period_return", "range_position", "volatility",
    ),
    "trend": (
        "phase", "phase_age", "phase_pace", "ma_distance", "ma_distance:window=200",
        "period_return", "period_return:period=last:12:months", "high_low_record",
    ),
    "risk": (
        "volatility", "volatility:window=60", "drawdown", "drawdown:of=deepest", "range_width",
        "high_low_record:side=low",
    ),
    "exuberance": (
        "exuberance_statistic", "exuberance", "exuberance_duration", "phase", "phase_age",
    ),
}  # fmt: skip
"""Lists of metrics that are asked for together."""

SHARED = "outlook."
"""How the forecasts of the outlook begin."""

Event = Literal["top_within", "new_high_within", "rise_before_fall", "top_is_in"]

_EVENTS: Mapping[Event, tuple[int, ...]] = {
    "top_is_in": (),
    "rise_before_fall": (),
    "top_within": (5, 10, 20, 40, 60, 90, 120, 180, 250),
    "new_high_within": (5, 20, 60, 120, 250),
}
_FORECAST = re.compile(r"(?P<event>[a-z_]+?)(?:_(?P<sessions>\d+))?")


@dataclass(frozen=True, slots=True)
class Asked:
    """One column of a scan.

    Attributes
    ----------
    metric
        The key of a metric, or ``outlook.`` and an event.
    params
        Parameters of the metric; None for a forecast.
    given
        The parameters that were stated, in the spelling of the command line.
    """

    metric: str
    params: Params | None
    given: str = ""

    @property
    def name(self) -> str:
        """How it is spelt, which names its column."""
        return f"{self.metric}:{self.given}" if self.given else self.metric

    @property
    def is_forecast(self) -> bool:
        """Whether it is a forecast of the outlook."""
        return self.metric.startswith(SHARED)

    @property
    def params_text(self) -> str:
        """All parameters, defaults too, as ``name=value`` separated by commas."""
        if self.params is None:
            return ""
        return ",".join(f"{name}={value}" for name, value in params_to_text(self.params).items())


def asked_of(texts: Sequence[str], preset: str | None = None) -> tuple[Asked, ...]:
    """Read what a scan is asked for, each thing once.

    Parameters
    ----------
    texts
        Metrics as they are spelt, ``metric:name=value,name=value``.
    preset
        A list of :data:`PRESETS` that comes first.

    Raises
    ------
    UsageError
        Nothing is asked for, or a parameter is unknown or cannot be read.
    UnknownNameError
        There is no such metric, forecast or preset.

    Examples
    --------
    >>> [one.name for one in asked_of(["rsi", "rsi:window=9", "outlook.top_within_60", "rsi"])]
    ['rsi', 'rsi:window=9', 'outlook.top_within_60']
    >>> asked_of(["overbought:side=oversold,threshold=30"])[0].params
    Overbought(side='oversold', threshold=30.0, window=14, within=1)
    """
    if preset is not None and preset not in PRESETS:
        raise UnknownNameError("preset", preset, suggestions=list(PRESETS))
    wanted = (*PRESETS.get(preset or "", ()), *texts)
    if not wanted:
        raise UsageError(
            "A scan needs at least one metric",
            allowed=f"keys of springtide metrics, or --preset {' or '.join(PRESETS)}",
        )
    return tuple({one.name: one for one in map(_asked, wanted)}.values())


def _asked(text: str) -> Asked:
    key, _, given = text.partition(":")
    if key.startswith(SHARED):
        forecast_of(key)
        if given:
            raise UsageError("A forecast has no parameters", given=text, allowed=key)
        return Asked(key, None)
    pairs: dict[str, str] = {}
    for part in filter(None, given.split(",")):
        name, equals, value = part.partition("=")
        if not equals:
            raise UsageError(
                f"A parameter of {key} is not written as name=value", given=part,
                allowed="metric:name=value,name=value",
            )  # fmt: skip
        pairs[name] = value
    return Asked(key, params_from_text(get(key).params, pairs), given)


def forecast_of(key: str) -> tuple[Event, int | None]:
    """Return the event that a forecast is of, and within how many sessions.

    Examples
    --------
    >>> forecast_of("outlook.top_within_60"), forecast_of("outlook.top_is_in")
    (('top_within', 60), ('top_is_in', None))
    """
    matched = _FORECAST.fullmatch(key.removeprefix(SHARED))
    event = matched["event"] if matched else ""
    for known, horizons in _EVENTS.items():
        if known == event:
            sessions = int(matched["sessions"]) if matched and matched["sessions"] else None
            if (sessions in horizons) if horizons else sessions is None:
                return known, sessions
    raise UnknownNameError("forecast", key, suggestions=list(forecasts()))


def forecasts() -> tuple[str, ...]:
    """Return every forecast that may be asked for.

    Examples
    --------
    >>> forecasts()[:3]
    ('outlook.top_is_in', 'outlook.rise_before_fall', 'outlook.top_within_5')
    """
    return tuple(
        f"{SHARED}{event}" if at is None else f"{SHARED}{event}_{at}"
        for event, horizons in _EVENTS.items()
        for at in (horizons or (None,))
    )
