"""The registry: one frozen spec a metric, found in ``springtide.metrics.families``.

A metric is added by adding one spec to ``METRICS`` of one file there (or a new file); nothing else
needs to know. Two metrics with one key are an error at import.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from springtide.claims.model import Claim, Evidence, Measurement, Params
from springtide.errors import PluginError, UnknownNameError
from springtide.language.format import rounded
from springtide.language.messages import Message, Texts
from springtide.language.tolerance import interval
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics.answers import Measured, Missing
from springtide.metrics.basket_evidence import of_basket
from springtide.metrics.batches import Kernel
from springtide.metrics.frames import Frame
from springtide.metrics.params import outside
from springtide.metrics.patterns import Draft, Pattern
from springtide.plugins import Group, Plugin, lacking, plugins

Stated = tuple[Claim, Measurement]
"""A claim of ours with the measurement that it is made of."""


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric: what it is, how it is measured, said and read.

    Attributes
    ----------
    key
        Its name in JSON and on the command line.
    params
        A frozen dataclass of typed parameters with defaults.
    formula
        In plain notation, printed beside every value.
    minimum
        The smallest sample that gives an answer, in words.
    unit
        Unit of the value: a fixed one, ``price`` for the instrument's own, ``""`` for yes or no;
        or a function of parameters and instrument.
    decimals
        Digits printed after the point, below zero for a sum stated to a million (-6), say; or a
        function of value and unit.
    measure
        From a view, an instrument and parameters to :class:`Measured`, or raises :class:`Missing`.
        It sees data through the view only.
    wording
        The message of a predicate: what is said after the subject ("closed at 5,048.62"). The value
        that it prints for the claim is named ``value``.
    patterns
        How articles say it, where its words are its own ("overbought", "a bull market").
    frames
        By what reading says a number measures: the draft of this metric's claim, or None where it
        is another metric's.
    own_words
        For a metric that is read from frames: whether values are read by its patterns too, which
        then are of its own sentences alone.
    stated
        For a metric that answers yes or no: the value and unit that its sentence prints, if any.
    example
        A value that the metric may have, for the sentence that shows its wording.
    needs_close
        Whether it is measured from bars; a metric of published figures needs no close of the day.
    completed
        For a metric whose sentence names what only the data tell (among how many): from what was
        measured to the parameters that name it.
    ahead
        For a claim about later closes: from a history of closes, parameters, a horizon in sessions
        and the price that the claim is made at, to whether it came true at every start (or 1, 0 and
        NaN, where not every start counts).
    past
        What ``ahead`` looks at, as far as a view knows it, where that is not the closes.
    kernel
        Measures many instruments at once, with the values of ``measure`` to the last digit.
    """

    key: str
    params: type[Params]
    formula: str
    minimum: str
    unit: str | Callable[[Any, Instrument], str]
    decimals: int | Callable[[float, str], int]
    measure: Callable[[View, Instrument, Any], Measured]
    wording: Callable[[Claim, Measurement], Message]
    patterns: tuple[Pattern, ...] = ()
    frames: Mapping[str, Callable[[Frame], Draft | None]] = field(default_factory=dict)
    own_words: bool = False
    stated: Callable[[Any], tuple[float | None, str]] | None = None
    example: float = 72.45
    needs_close: bool = True
    completed: Callable[[Measurement], Params] | None = None
    ahead: Callable[[Any, Any, int, float], Any] | None = None
    past: Callable[[View, Instrument, Any], Any] | None = None
    kernel: Kernel | None = None

    @property
    def title(self) -> Texts:
        """What it is called, by language: the message of its key in the catalogue of metrics."""
        return Texts(f"metrics.{self.key}")

    @property
    def definition(self) -> Texts:
        """What it is, by language."""
        return Texts(f"metrics.{self.key}.definition")

    def unit_for(self, params: Params, instrument: Instrument) -> str:
        """Return the unit of the value for these parameters and this instrument."""
        unit = self.unit(params, instrument) if callable(self.unit) else self.unit
        return instrument.unit if unit == "price" else unit


GROUP: Group = "springtide.metrics"
"""Entry points by which installed packages add modules with ``METRICS``."""


@cache
def registry() -> Mapping[str, Metric]:
    """Return every metric by key.

    Examples
    --------
    >>> "rsi" in registry()
    True
    """
    from springtide.metrics import families

    metrics: dict[str, Metric] = {}
    for module in pkgutil.iter_modules(families.__path__):
        family = importlib.import_module(f"{families.__name__}.{module.name}")
        for metric in family.METRICS:
            if metric.key in metrics:
                raise ValueError(f"two metrics have the key {metric.key!r}")
            metrics[metric.key] = metric
    for plugin in plugins(GROUP):
        for metric in _added(plugin):
            if metric.key in metrics:
                why = f"there is a metric {metric.key} already"
                raise PluginError(GROUP, plugin.name, plugin.package, why)
            metrics[metric.key] = metric
    return dict(sorted(metrics.items()))


@cache
def _at_home(key: str) -> Metric | None:
    """Return a metric of the package from its own module, so that one command loads one family."""
    from springtide.metrics.homes import HOMES

    home = HOMES.get(key)
    if home is None:
        return None
    module = importlib.import_module(f"springtide.metrics.families.{home}")
    return next((metric for metric in module.METRICS if metric.key == key), None)


def _added(plugin: Plugin) -> Iterator[Metric]:
    """Yield the metrics of an installed package, their words made known."""
    from importlib.resources import files

    from springtide.language.messages import add_folder

    lacking(plugin, GROUP, ("METRICS",))
    for metric in plugin.module.METRICS:
        if not isinstance(metric, Metric):
            why = f"{metric!r} in METRICS is no metric"
            raise PluginError(GROUP, plugin.name, plugin.package, why)
        yield metric
    words = files(plugin.module.__package__ or plugin.module.__name__) / "messages"
    if words.is_dir():
        add_folder(words)


def get(key: str) -> Metric:
    """Return a metric by its key.

    Raises
    ------
    UnknownNameError
        There is none of that name; the nearest names are suggested.
    """
    metric = _at_home(key) or registry().get(key)
    if metric is None:
        from rapidfuzz import process, utils

        matches = process.extract(
            key, list(registry()), processor=utils.default_process, limit=2, score_cutoff=60
        )
        names = [match[0] for match in matches]
        raise UnknownNameError(
            "metric", key, suggestions=names, hint="list them with: springtide metrics"
        )
    return metric


def params_of(key: str, /, **given: Any) -> Params:
    """Return the parameters of a metric, those that are not given at their defaults.

    Raises
    ------
    UnknownNameError
        There is no such metric.
    TypeError
        It has no parameter of that name.
    ValueError
        A value is out of its range.

    Examples
    --------
    >>> params_of("rsi", window=9)
    Rsi(window=9)
    """
    made = get(key).params(**given)
    for name, limits in outside(made):
        raise ValueError(f"{name} of {key} is {getattr(made, name)!r} (allowed: {limits})")
    return made


def measure(
    key: str, view: View, instrument: Instrument, params: Params | None = None
) -> Measurement:
    """Measure a metric of an instrument as of the view's date.

    The one function behind ``measure``, ``brief`` and ``check``: the same claim gets the identical
    value and evidence from each.

    Returns
    -------
    Measurement
        With ``value`` None and ``missing`` set where the view does not hold the data.
    """
    metric = get(key)
    params = params if params is not None else metric.params()
    try:
        _check_params(params)
        measured, lacks = metric.measure(view, instrument, params), None
    except Missing as answer:
        measured, lacks = Measured(None), answer.message
    if instrument.kind == "basket":
        measured, lacks = of_basket(view, instrument, measured, lacks)
    return Measurement(
        metric=key,
        subject=instrument.id,
        params=params,
        as_of=view.as_of,
        value=measured.value,
        unit=metric.unit_for(params, instrument),
        evidence=Evidence(metric.formula, measured.rows, measured.windows, view.versions),
        lacks=lacks,
    )


def _check_params(params: Params) -> None:
    """Refuse what nothing can be measured with: an article may speak of a 0-day average."""
    for name, limits in outside(params):
        given = getattr(params, name)
        raise Missing("missing.parameter", name=name, given=str(given), allowed=str(limits))


def state(measurement: Measurement) -> Claim:
    """Turn a measurement of ours into the claim that a sentence prints: rounded, with tolerance.

    Raises
    ------
    ValueError
        The measurement has no value, or a yes-or-no metric answered no: there is nothing to claim.
    """
    metric = get(measurement.metric)
    claim = Claim(
        measurement.metric,
        measurement.subject,
        measurement.params,
        measurement.as_of,
        unit=measurement.unit,
        period=str(getattr(measurement.params, "period", "") or ""),
    )
    from dataclasses import replace

    if measurement.value is None or measurement.value is False:
        raise ValueError(f"nothing to claim: {measurement.missing or 'the answer is no'}")
    if measurement.value is True:
        value, unit = metric.stated(measurement.params) if metric.stated else (None, "")
        return replace(claim, value=value, unit=unit)
    digits = metric.decimals
    if callable(digits):
        digits = digits(measurement.value, measurement.unit)
    value = _stated(measurement.value, digits)
    return replace(claim, value=value, within=interval("exact", value, 10.0**-digits))


def _stated(value: float, digits: int) -> float:
    """Round a value to so many digits after the point, or before it where they are below zero."""
    scale: int = 10 ** max(-digits, 0)
    return float(rounded(value / scale, max(digits, 0)) * scale)
