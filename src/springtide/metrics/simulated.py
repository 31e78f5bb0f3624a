"""What the metrics that fit and simulate share: log closes in, computed figures out, progress."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date

import numpy as np

from springtide.claims.model import Row, Window
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics import rows
from springtide.metrics.answers import Missing

Progress = Callable[[int, int], None]

_PROGRESS: ContextVar[Progress | None] = ContextVar("progress", default=None)


@contextmanager
def reporting(progress: Progress) -> Iterator[None]:
    """Have what is measured inside call ``progress`` with the parts done and how many there are.

    Examples
    --------
    >>> with reporting(lambda done, total: print(f"{done} of {total}")):
    ...     report = current_progress()
    ...     report(1, 2)
    1 of 2
    """
    token = _PROGRESS.set(progress)
    try:
        yield
    finally:
        _PROGRESS.reset(token)


def current_progress() -> Progress | None:
    """Return the callback of the enclosing :func:`reporting`, None outside."""
    return _PROGRESS.get()


@contextmanager
def part(number: int, parts: int) -> Iterator[None]:
    """Have what is measured inside report as one of so many parts of the enclosing progress.

    Examples
    --------
    >>> with reporting(lambda done, total: print(f"{done} of {total}")), part(1, 4):
    ...     report = current_progress()
    ...     report(1, 2)
    100 of 400
    150 of 400
    """
    whole = current_progress()
    if whole is None:
        yield
        return

    def show(done: int, total: int) -> None:
        whole(100 * number + 100 * done // total, 100 * parts)

    show(0, 1)
    with reporting(show):
        yield


def log_closes(
    view: View, instrument: Instrument, count: int, minimum: int | None = None
) -> tuple[rows.Array, tuple[date, ...], Window]:
    """Return the logarithms of the last ``count`` closes, their sessions, and the citation.

    With ``minimum``, a shorter history is enough as long as it has that many sessions.

    Raises
    ------
    Missing
        Too few sessions, gaps against the calendar, closes without a logarithm, or all equal.
    """
    held = rows.trailing(view, instrument, "close", count, minimum)
    bars = view.bars(instrument.id)
    closes = bars.close[held]
    first, last = rows.day_of(bars, int(held[0])), rows.day_of(bars, int(held[-1]))
    if not (closes > 0).all():
        raise Missing("missing.above-zero", subject=instrument.id, first=str(first), last=str(last))
    if closes.min() == closes.max():
        raise Missing("missing.all-equal", subject=instrument.id, first=str(first), last=str(last))
    days = tuple(rows.day_of(bars, int(i)) for i in held)
    return np.log(closes), days, rows.window(view, bars, held, "close")


def computed(instrument: Instrument, what: str, day: date, value: float, how: str = "") -> Row:
    """Cite a figure that was computed and not read: its source says how."""
    source = f"computed ({how})" if how else "computed"
    return Row(instrument.id, what, day, float(value), source)
