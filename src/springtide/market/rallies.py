"""Rallies as they were known on a date: dated on closes that may be joined, and where they began.

The first phase of a stretch of closes is known to run, but where it began is not: its trough may
lie before the data. Only a turn that the closes show begins a phase, so every phase but the first
has a beginning that is known, whatever came before.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from springtide.market.closes import Closes
from springtide.numerics.phases import Phase, date_phases


@dataclass(frozen=True, slots=True)
class Dated:
    """The phases of one stretch of closes.

    Attributes
    ----------
    closes
        The stretch; phases count in its positions.
    phases
        All of them, the first included.
    """

    closes: Closes
    phases: tuple[Phase, ...]

    @property
    def running(self) -> Phase | None:
        """The phase that runs at the end; None before a move of the threshold."""
        return self.phases[-1] if self.phases else None

    @property
    def known(self) -> tuple[Phase, ...]:
        """The phases whose beginning is known: all but the first.

        Examples
        --------
        >>> days = np.arange(6)
        >>> made = dated(Closes("X", "index", days, np.array([9.0, 8, 10, 7, 9, 12])), 0.2)
        >>> [(one.kind, one.start) for one in made.known]
        [('bear', 2), ('bull', 3)]
        """
        return self.phases[1:]

    def at(self, position: int) -> int | None:
        """Return the number of the phase that was known to run at a position; None before any."""
        count = sum(phase.confirmed <= position for phase in self.phases)
        return count - 1 if count else None

    def rallies(self) -> Iterator[Rally]:
        """Yield the rallies that were over, and known to be, each counted to its peak."""
        for phase, following in zip(self.known, self.known[1:], strict=False):
            if phase.kind == "bull":
                over = self.closes.day(following.confirmed)
                yield rally(self.closes, phase, phase.end, over)


@dataclass(frozen=True, slots=True)
class Rally:
    """A bull market from its trough: one that runs, counted to a date, or one that is over.

    Attributes
    ----------
    subject, kind
        Instrument id and its kind (``index``, ``stock``, ...).
    as_of, close
        The session to which it is counted and its close: the date, or the peak of one that is over.
    start, trough
        The session of the trough and its close.
    confirmed
        The session whose close made it a rally: up by the threshold from the trough.
    high_on, high
        The session of the highest close so far and that close.
    sessions
        Age: sessions since the trough.
    gain, setback, deepest
        As fractions: close over trough less one; close over the high less one (zero or negative);
        the largest fall from a high within the rally so far (zero or negative).
    volatility
        Of the daily log returns over the last 60 sessions, a year (times the root of 250).
    over
        The session on which it was known to be over; None while it runs.
    """

    subject: str
    kind: str
    as_of: date
    close: float
    start: date
    trough: float
    confirmed: date
    high_on: date
    high: float
    sessions: int
    gain: float
    setback: float
    deepest: float
    volatility: float
    over: date | None = None

    @property
    def pace(self) -> float:
        """Mean log change a session since the trough."""
        return float(np.log1p(self.gain)) / self.sessions


_YEAR = 250
_VOLATILITY = 60
"""Daily log returns over which volatility is measured."""


def dated(closes: Closes, threshold: float, *, compiled: bool = False) -> Dated:
    """Date the phases of one stretch of closes.

    Parameters
    ----------
    closes
        Those of one stretch (:meth:`.Closes.part`).
    threshold
        The rise that begins a rally and the fall that ends it, as a fraction.
    compiled
        As for :func:`.date_phases`.
    """
    return Dated(closes, date_phases(closes.close, threshold, threshold, compiled=compiled))


def dated_by_turning_points(closes: Closes, large: float) -> Dated:
    """Date the phases of one stretch by the turning points of its monthly closes.

    Months that are over are looked at: the last close of each. A turn is known only months after.

    Parameters
    ----------
    closes
        Those of one stretch.
    large
        As for :func:`.date_turning_points`.

    Returns
    -------
    Dated
        Its phases count in positions of the daily closes; all turns stand at ends of months.

    Examples
    --------
    >>> days = np.arange("2010-01-01", "2014-01-01", dtype="datetime64[D]").astype(np.int64)
    >>> path = np.concatenate([np.linspace(0, 1, 500), np.linspace(1, 0, 961)])
    >>> made = Closes("X", "index", days, np.exp(path))
    >>> (one,) = dated_by_turning_points(made, 0.2).phases
    >>> one.kind, made.day(one.start).isoformat(), made.day(one.confirmed).isoformat()
    ('bear', '2011-05-31', '2011-11-30')
    """
    from springtide.numerics.turning_points import date_turning_points, last_of_each

    months = closes.days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    ends = last_of_each(months)[:-1]
    return Dated(
        closes,
        tuple(
            replace(
                phase,
                start=int(ends[phase.start]),
                end=int(ends[phase.end]),
                confirmed=int(ends[phase.confirmed]),
            )
            for phase in date_turning_points(closes.close[ends], large=large)
        ),
    )


def rally(closes: Closes, phase: Phase, at: int, over: date | None = None) -> Rally:
    """Describe the rally that a bull phase is, counted to a position.

    Examples
    --------
    >>> made = Closes("X", "index", np.arange(5), np.array([100.0, 80, 96, 120, 108]))
    >>> running = rally(made, dated(made, 0.2).phases[-1], 4)
    >>> running.sessions, round(running.gain, 2), round(running.setback, 2), running.high
    (3, 0.35, -0.1, 120.0)
    """
    path = closes.close[phase.start : at + 1]
    high = len(path) - 1 - int(np.argmax(path[::-1]))
    returns = np.diff(np.log(closes.close[max(0, at - _VOLATILITY) : at + 1]))
    return Rally(
        subject=closes.symbol,
        kind=closes.kind,
        as_of=closes.day(at),
        close=float(path[-1]),
        start=closes.day(phase.start),
        trough=float(path[0]),
        confirmed=closes.day(phase.confirmed),
        high_on=closes.day(phase.start + high),
        high=float(path[high]),
        sessions=len(path) - 1,
        gain=float(path[-1] / path[0] - 1),
        setback=float(path[-1] / path[high] - 1),
        deepest=float((path / np.maximum.accumulate(path) - 1).min()),
        volatility=float(returns.std(ddof=1) * np.sqrt(_YEAR)) if len(returns) > 1 else np.nan,
        over=over,
    )
