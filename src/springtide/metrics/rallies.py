"""The bull and bear phases of an instrument and of its peers, as they were known on a date."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from springtide.claims.model import Row
from springtide.language.messages import Message, Percent, message
from springtide.market import closes as joining
from springtide.market import instruments
from springtide.market import rallies as dating
from springtide.market.closes import Closes, Cut
from springtide.market.rallies import Rally
from springtide.market.types import Bars, Instrument
from springtide.market.view import View
from springtide.metrics import rows
from springtide.metrics.answers import Missing
from springtide.metrics.simulated import computed

if TYPE_CHECKING:
    from springtide.numerics.phases import Phase

NO_PEERS = ("VIX",)
"""Indices whose level is no price of anything that rallies."""


def why_cut(cut: Cut) -> Message:
    """Return why closes are not joined with those before, as what follows a day.

    Examples
    --------
    >>> why_cut("split").text("en"), why_cut("first").text("en")
    (', as the share was split then', '')
    """
    return message("missing.cut", why=cut)


@dataclass(frozen=True, slots=True)
class Dated:
    """The phases over the closes that may be joined with the last one.

    ``held`` are the rows of ``bars`` that were dated: phases count in its positions.
    """

    bars: Bars
    held: npt.NDArray[np.int64]
    of: dating.Dated

    @property
    def closes(self) -> Closes:
        """The closes that were dated."""
        return self.of.closes

    def day(self, position: int) -> date:
        """Return the session at a position."""
        return self.closes.day(position)

    def close(self, position: int) -> float:
        """Return the close at a position."""
        return float(self.closes.close[position])


Method = Literal["threshold", "turning_points"]
"""How phases are dated: by moves of a threshold, or by the turning points of monthly closes."""

_DATED: WeakKeyDictionary[View, dict[tuple[str, float, int, Method], Dated]] = WeakKeyDictionary()


def dated(
    view: View,
    instrument: Instrument,
    threshold: float,
    position: int | None = None,
    method: Method = "threshold",
) -> Dated:
    """Date the phases of an instrument by a threshold in per cent; once a view.

    Parameters
    ----------
    view, instrument, threshold
        As of when, of what, and the move in per cent.
    position
        Of a close (of :func:`.closes_of`): its stretch is dated, by default the last.
    method
        By a move of the threshold, or by turning points, where it is the move by which a phase
        counts however short it is.

    Raises
    ------
    Missing
        There is no close above zero.
    """
    closes = joining.closes_of(view, instrument)
    if not len(closes):
        raise Missing("missing.no-price", subject=instrument.id, day=str(view.as_of))
    first, past = closes.stretches[-1] if position is None else closes.around(position)
    known = _DATED.setdefault(view, {})
    key = (instrument.id, threshold, first, method)
    if key not in known:
        bars, part = view.bars(instrument.id), closes.part(first, past)
        held = np.searchsorted(bars.dates, part.days.astype("datetime64[D]"))
        by = dating.dated if method == "threshold" else dating.dated_by_turning_points
        known[key] = Dated(bars, held, by(part, threshold / 100.0))
    return known[key]


def began_before(closes: Closes, on: date | None = None) -> Missing:
    """Say that the phase that runs, or ran on a day, began before the closes that may be joined."""
    name, first, cut = closes.symbol, str(closes.day(0)), why_cut(closes.cuts[0])
    if on is None:
        return Missing("missing.began-before", subject=name, first=first, cut=cut)
    return Missing("missing.rally-began-before", subject=name, first=first, cut=cut, day=str(on))


def running(
    view: View, instrument: Instrument, threshold: float, method: Method = "threshold"
) -> tuple[Dated, Phase]:
    """Return the phases of an instrument and the one that is running on the as-of date.

    Raises
    ------
    Missing
        No close on the date or only one, no move of the threshold yet, or a phase that began
        before the data do.
    """
    bars, today = rows.at(view, instrument, "close")
    rows.check_positive(instrument, bars, np.array([today]))
    phases = dated(view, instrument, threshold, method=method)
    if len(phases.held) < 2:
        rows.trailing(view, instrument, "close", 2)  # says which session is not there
    phase = phases.of.running
    if phase is None:
        first = phases.day(0)
        if method == "turning_points":
            raise Missing("missing.no-turn", subject=instrument.id, first=str(first))
        raise Missing(
            "missing.no-move",
            subject=instrument.id,
            line=Percent.short(threshold),
            first=str(first),
        )
    if phase not in phases.of.known:
        raise began_before(phases.closes)
    return phases, phase


def real_moves(instrument: Instrument, phases: Dated, since: int) -> tuple[Row, ...]:
    """Cite the closes that doubled or halved since a position, and were taken for real moves.

    A share's may have been a split of which nothing is known.
    """
    return tuple(
        computed(
            instrument,
            "change taken as real",
            phases.day(at),
            100.0 * (phases.close(at) / phases.close(at - 1) - 1.0),
            "neither a split on file nor the volume shows one",
        )
        for at in phases.closes.unproved
        if at > since
    )


def is_rallying(view: View, instrument: Instrument, threshold: float = 20.0) -> bool:
    """Say whether a bull market whose beginning is known is running on the view's date."""
    try:
        return running(view, instrument, threshold)[1].kind == "bull"
    except Missing:
        return False


def datings_disagree(view: View, instrument: Instrument, threshold: float = 20.0) -> bool:
    """Say whether the running phase is another by turning points than by a move of the threshold.

    Another is one of the other kind, or one that began in another place: the month-end of a turn is
    that of its day's month or the one before. Where either way dates no phase they do not disagree.
    """
    try:
        moved, by_move = running(view, instrument, threshold)
        turned, by_turns = running(view, instrument, threshold, "turning_points")
    except Missing:
        return False
    day, month_end = moved.day(by_move.start), turned.day(by_turns.start)
    months = 12 * (day.year - month_end.year) + day.month - month_end.month
    return by_move.kind != by_turns.kind or months not in (0, 1)


def other_phase(instrument: Instrument, phases: Dated, phase: Phase, threshold: float) -> Missing:
    """Say what the market is in, where a measure is asked for the other kind of phase."""
    return Missing(
        "missing.other-phase",
        subject=instrument.id,
        kind=phase.kind,
        line=Percent.short(threshold),
        day=str(phases.day(phase.start)),
    )


def completed(phases: Dated) -> Iterator[Rally]:
    """Yield the bull markets that were over, and known to be, in order.

    The first phase of the data is left out: where it began is not known.
    """
    return phases.of.rallies()


def peers(view: View, instrument: Instrument) -> tuple[Instrument, ...]:
    """Return the other instruments of the registry that are of its kind and have bars."""
    return tuple(
        other
        for other in instruments.all()
        if other.kind == instrument.kind
        and other.id not in (instrument.id, *NO_PEERS)
        and len(view.bars(other.id))
    )
