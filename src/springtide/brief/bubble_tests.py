"""Both tests for a bubble, measured once for every place that shows them.

PSY asks whether the price grows faster than chance would have it, LPPLS whether it has the shape of
a bubble; beside every LPPLS confidence stands how often a market without a bubble reaches it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import get_args

from springtide.claims.model import Measurement, Params
from springtide.language.messages import Message, Number, message
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics.families.bubbles import (
    QUALIFIED,
    Bubble,
    Direction,
    FalseAlarm,
    ScaleName,
)
from springtide.metrics.families.critical_time import BOUNDS, INFORMATION, CriticalTime
from springtide.metrics.families.exuberance import Exuberance, Null, Psy, PValue
from springtide.metrics.registry import get, measure
from springtide.metrics.simulated import part
from springtide.numerics.lppls.model import INFORMATIVE

WINDOWS = (500, 400, 300, 250, 200, 150, 100)
"""Sessions that the PSY test looks at: the most of these that are there."""

LEAST_WINDOWS = 10
"""Windows with the shape of a bubble without which no critical time is told."""


@dataclass(frozen=True, slots=True)
class BubbleTests:
    """What both tests gave.

    Attributes
    ----------
    window
        Sessions that PSY was asked to look at.
    verdict, statistic, p_value
        What PSY says; all three without a value where the sessions are not there.
    duration
        How long the price has been explosive; None where it is not.
    shapes
        Each LPPLS confidence with its false-alarm rate: upward, then downward, for each scale from
        the short one.
    times
        When it would end, if it is a bubble, in the order of ``BOUNDS``.
    """

    window: int
    verdict: Measurement
    statistic: Measurement
    p_value: Measurement
    duration: Measurement | None
    shapes: tuple[tuple[Measurement, Measurement], ...]
    times: tuple[Measurement, ...]

    @property
    def measurements(self) -> tuple[Measurement, ...]:
        """All measurements in order."""
        run = () if self.duration is None else (self.duration,)
        shapes = (one for pair in self.shapes for one in pair)
        return (self.verdict, *run, self.statistic, self.p_value, *shapes, *self.times)

    @property
    def explosive(self) -> bool:
        """Whether PSY was measured and finds the price explosive."""
        return self.verdict.value is True

    @property
    def alarm(self) -> bool:
        """Whether any window has the shape of a bubble."""
        return any(share.value for share, _ in self.shapes)

    @property
    def qualified(self) -> int:
        """How many windows, at all scales and both ways, have the shape of a bubble."""
        rows = (row for share, _ in self.shapes for row in share.evidence.rows)
        return round(sum(row.value for row in rows if row.field == QUALIFIED))

    @property
    def information(self) -> float:
        """Nats by which the critical time is known better than beforehand; 0 without one."""
        rows = self.times[0].evidence.rows
        return next((row.value for row in rows if row.field == INFORMATION), 0.0)

    @property
    def dated(self) -> bool:
        """Whether the fits say when it would end, and more than they do without a bubble."""
        return (
            self.times[0].value is not None
            and self.qualified >= LEAST_WINDOWS
            and self.information > INFORMATIVE
        )


def undated(tests: BubbleTests) -> Message:
    """Say that the fits date nothing, and by how far they fall short."""
    return message(
        "brief.undated",
        qualified=tests.qualified,
        least=LEAST_WINDOWS,
        gain=Number(tests.information, 2),
        bound=Number(INFORMATIVE, 2),
    )


def bubble_tests(
    view: View,
    instrument: Instrument,
    window: int | None = None,
    null: Null = "random_walk",
    told: Callable[[str], None] = lambda title: None,
) -> BubbleTests:
    """Test an instrument for a bubble as of the view's date.

    Takes seconds where nothing of it is kept yet (see :mod:`springtide.metrics.kept`); reports to
    the enclosing :func:`springtide.metrics.simulated.reporting`.

    Parameters
    ----------
    view, instrument
        What is tested, and what is known of it.
    window
        Sessions that PSY looks at; None for the most of ``WINDOWS`` that are there.
    null
        What PSY is judged by: random walks, or the wild bootstrap of the closes themselves.
    told
        Called with the title of each metric before it is measured.

    Returns
    -------
    BubbleTests
        Measurements without a value say which data would be needed.
    """
    ways, scales = get_args(Direction), get_args(ScaleName)
    kinds = [(scale, way) for scale in scales for way in ways]
    parts = 2 + len(kinds) + 1

    def ask(key: str, params: Params) -> Measurement:
        told(get(key).title["en"])
        return measure(key, view, instrument, params)

    with part(0, parts):
        verdict = ask("exuberance", Exuberance(window or WINDOWS[0], null=null))
        for shorter in () if window else WINDOWS[1:]:
            if verdict.value is not None:
                break
            verdict = ask("exuberance", Exuberance(shorter, null=null))
    assert isinstance(verdict.params, Exuberance)
    looked = verdict.params.window
    with part(1, parts):
        duration = ask("exuberance_duration", verdict.params) if verdict.value else None
        statistic = ask("exuberance_statistic", Psy(looked))
        p_value = ask("exuberance_p_value", PValue(looked, null=null))
    shapes = []
    for number, (scale, way) in enumerate(kinds, start=2):
        with part(number, parts):
            share = ask("bubble_confidence", Bubble(scale, way))
            shapes.append((share, ask("bubble_false_alarm_rate", FalseAlarm(scale, way))))
    with part(parts - 1, parts):
        times = tuple(ask("critical_time", CriticalTime(bound=bound)) for bound in BOUNDS)
    return BubbleTests(looked, verdict, statistic, p_value, duration, tuple(shapes), times)
