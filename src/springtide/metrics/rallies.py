"""The bull and bear phases of an instrument and of its peers, as they were known on a date."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from springtide.language.messages import Percent
from springtide.market import instruments
from springtide.market.types import Bars, Instrument
from springtide.market.view import View
from springtide.metrics import rows
from springtide.metrics.answers import Missing

if TYPE_CHECKING:
    from springtide.numerics.phases import Phase

NO_PEERS = ("VIX",)
"""Indices whose level is no price of anything that rallies."""


@dataclass(frozen=True, slots=True)
class Dated:
    """The phases over the whole history of closes that is known without a gap.

    ``held`` are the rows of ``bars`` that were dated: phases count in its positions.
    """

    bars: Bars
    held: npt.NDArray[np.int64]
    phases: tuple[Phase, ...]

    def day(self, position: int) -> date:
        """Return the session at a position."""
        return rows.day_of(self.bars, int(self.held[position]))

    def close(self, position: int) -> float:
        """Return the close at a position."""
        return float(self.bars.close[self.held[position]])


@dataclass(frozen=True, slots=True)
class Rally:
    """A bull market from trough to peak, and the day on which it was known to be over."""

    symbol: str
    trough: date
    peak: date
    known: date
    sessions: int
    gain: float
    pace: float


_DATED: WeakKeyDictionary[View, dict[tuple[str, float], Dated]] = WeakKeyDictionary()


def dated(view: View, instrument: Instrument, threshold: float) -> Dated:
    """Date the phases of an instrument by a threshold in per cent; once a view.

    Raises
    ------
    Missing
        A close is zero or negative: there are no shares of it to count in.
    """
    known = _DATED.setdefault(view, {})
    found = known.get((instrument.id, threshold))
    if found is None:
        from springtide.numerics.phases import date_phases

        bars = view.bars(instrument.id)
        held = rows.history(view, instrument, "close")
        rows.check_positive(instrument, bars, held)
        share = threshold / 100.0
        phases = date_phases(bars.close[held], up=share, down=share)
        found = known[instrument.id, threshold] = Dated(bars, held, phases)
    return found


def running(view: View, instrument: Instrument, threshold: float) -> tuple[Dated, Phase]:
    """Return the phases of an instrument and the one that is running on the as-of date.

    Raises
    ------
    Missing
        No close on the date or only one, no move of the threshold yet, or a phase that began
        before the data do.
    """
    rows.at(view, instrument, "close")
    found = dated(view, instrument, threshold)
    if len(found.held) < 2:
        rows.trailing(view, instrument, "close", 2)  # says which session is not there
    first = found.day(0)
    if not found.phases:
        raise Missing(
            "missing.no-move",
            subject=instrument.id,
            line=Percent.short(threshold),
            first=str(first),
        )
    phase = found.phases[-1]
    if phase.start == 0:
        raise Missing("missing.began-before", subject=instrument.id, first=str(first))
    return found, phase


def is_rallying(view: View, instrument: Instrument, threshold: float = 20.0) -> bool:
    """Say whether a bull market whose beginning is known is running on the view's date."""
    try:
        return running(view, instrument, threshold)[1].kind == "bull"
    except Missing:
        return False


def other_phase(instrument: Instrument, found: Dated, phase: Phase, threshold: float) -> Missing:
    """Say what the market is in, where a measure is asked for the other kind of phase."""
    return Missing(
        "missing.other-phase",
        subject=instrument.id,
        kind=phase.kind,
        line=Percent.short(threshold),
        day=str(found.day(phase.start)),
    )


def completed(found: Dated) -> Iterator[Rally]:
    """Yield the bull markets that were over, and known to be, in order.

    The first phase of the data is left out: where it began is not known.
    """
    for phase, following in zip(found.phases[1:], found.phases[2:], strict=False):
        if phase.kind == "bull":
            yield Rally(
                found.bars.symbol,
                found.day(phase.start),
                found.day(phase.end),
                found.day(following.confirmed),
                phase.sessions,
                phase.gain,
                phase.pace,
            )


def peers(view: View, instrument: Instrument) -> tuple[Instrument, ...]:
    """Return the other instruments of the registry that are of its kind and have bars."""
    return tuple(
        other
        for other in instruments.all()
        if other.kind == instrument.kind
        and other.id not in (instrument.id, *NO_PEERS)
        and len(view.bars(other.id))
    )
