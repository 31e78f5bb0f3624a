"""Points in rallies: their state on a day, and what came of them, as far as each was known when.

A *landmark* is a session inside a running rally. History is made of those at the ends of months:
the days on which forecasts are made, scored and learned from.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from springtide.market.closes import Closes
from springtide.market.rallies import Dated, dated
from springtide.numerics.phases import Phase
from springtide.numerics.series import FloatArray, IntArray
from springtide.outlook.covariates import HISTORY, covariates
from springtide.outlook.model import MOVE, THRESHOLD

PATH = 120
"""Sessions of the path by which analogues are found."""

STATE = 5.0
"""What setback and volatility each count in finding analogues; the shape of the path counts one."""

_VOLATILITY = 60
"""Daily log returns over which volatility is measured for it."""

_VOLATILITIES = (0.05, 1.0)
"""Yearly volatilities that are as far apart as the high and the end of a rally."""

NEVER = 2**31
"""A day that does not come: something that was not decided by the end of the data."""

_MANY = 50
"""Series from which on loading the compiled dating of phases takes less time than it saves."""

SESSIONS_A_DAY = 0.66
"""At least so many sessions a calendar day: 241 a year, fewer than any market here has."""

_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class Landmarks:
    """Points in rallies, one element an array each, ascending by series, rally and day.

    Attributes
    ----------
    symbols, kinds
        Of the series.
    series
        Which of them, by number.
    rally
        Number of the rally, ascending, unique over all series.
    day, start_day, path_day
        The landmark, the trough, and the first day of the path by which it is compared.
    row, start, high_row
        Positions in the series of the landmark, the trough and the highest close so far.
    gain, high_gain
        Log close and log highest close so far, over the trough.
    covariates
        Shape (n, covariates).
    likeness
        Unit vectors whose inner product says how alike two landmarks are, float32; see
        :func:`likeness`. NaN where the closes did not vary.
    sessions, further
        To the peak: sessions and log gain, both zero where it is past. Of an undecided rally, to
        its high so far.
    decided
        The day on which the fall that ended the rally was known; :data:`NEVER` while it runs.
    new_high, new_high_day
        Sessions until the next close above the high so far and its day; :data:`NEVER`.
    watched
        Sessions of data after it.
    up_first, move_day
        Whether the move up came before the move down, and the day of the first of them.
    """

    symbols: tuple[str, ...]
    kinds: tuple[str, ...]
    series: IntArray
    rally: IntArray
    day: IntArray
    start_day: IntArray
    path_day: IntArray
    row: IntArray
    start: IntArray
    high_row: IntArray
    gain: FloatArray
    high_gain: FloatArray
    covariates: FloatArray
    likeness: npt.NDArray[np.float32]
    sessions: FloatArray
    further: FloatArray
    decided: IntArray
    new_high: IntArray
    new_high_day: IntArray
    watched: IntArray
    up_first: FloatArray
    move_day: IntArray

    def __len__(self) -> int:
        return len(self.day)

    @property
    def is_index(self) -> npt.NDArray[np.bool_]:
        """Whether each is of an index."""
        of_index: npt.NDArray[np.bool_] = np.array([kind == "index" for kind in self.kinds])
        return of_index[self.series]

    def take(self, rows: npt.NDArray[Any]) -> Landmarks:
        """Return some of them."""
        arrays = {
            each.name: getattr(self, each.name)[rows]
            for each in fields(self)
            if each.name not in ("symbols", "kinds")
        }
        return replace(self, **arrays)


@dataclass(frozen=True, slots=True)
class Known:
    """What was known on a day of landmarks before it.

    Attributes
    ----------
    rows
        Which landmarks.
    ended
        Whether the rally's peak was known.
    sessions, further
        To the peak, where it was known; else to the high so far: the peak is at least that far.
    new_high, has_new_high
        Sessions until the next high, or those watched without one.
    up_first
        1 or 0; NaN where the move had not come.
    """

    rows: IntArray
    ended: npt.NDArray[np.bool_]
    sessions: FloatArray
    further: FloatArray
    new_high: FloatArray
    has_new_high: npt.NDArray[np.bool_]
    up_first: FloatArray

    def take(self, chosen: npt.NDArray[Any]) -> Known:
        """Return what was known of some of them."""
        return Known(*(getattr(self, each.name)[chosen] for each in fields(self)))


def known(landmarks: Landmarks, day: int) -> Known:
    """Return what was known of earlier landmarks at the end of a day.

    The high so far of a rally that still ran is that of its last landmark by then, at most a month
    old.

    Examples
    --------
    >>> days = np.arange("2015-01-01", "2018-10-01", dtype="datetime64[D]")
    >>> days = days[np.is_busday(days)].astype(np.int64)
    >>> fall, rise = np.linspace(0, -0.3, 300), np.linspace(-0.3, 0.1, len(days) - 300)
    >>> series = Closes("X", "index", days, np.exp(np.concatenate([fall, rise])))
    >>> seen = known(landmarks_of(series), int(days[-1]))
    >>> bool(seen.ended.any()), int(seen.sessions[0])
    (False, 327)
    """
    rows = np.flatnonzero(landmarks.day <= day)
    ended = landmarks.decided[rows] <= day
    last = _last_of_rally(landmarks.rally[rows])
    high = landmarks.high_row[rows][last] - landmarks.row[rows]
    rise = landmarks.high_gain[rows][last] - landmarks.gain[rows]
    at_least = np.maximum(high, 0)
    seen = landmarks.new_high_day[rows] <= day
    passed = np.floor(SESSIONS_A_DAY * (day - landmarks.day[rows]))
    watched = np.minimum(passed, landmarks.watched[rows])
    moved = landmarks.move_day[rows] <= day
    return Known(
        rows=rows,
        ended=ended,
        sessions=np.where(ended, landmarks.sessions[rows], at_least).astype(np.float64),
        further=np.where(ended, landmarks.further[rows], np.where(at_least > 0, rise, 0.0)),
        new_high=np.where(seen, landmarks.new_high[rows], watched).astype(np.float64),
        has_new_high=seen,
        up_first=np.where(moved, landmarks.up_first[rows], np.nan),
    )


def _last_of_rally(rally: IntArray) -> IntArray:
    """Return, for each element, the position of the last one of the same rally."""
    if not len(rally):
        return np.empty(0, np.int64)
    ends = np.flatnonzero(np.append(rally[1:] != rally[:-1], True))
    last: IntArray = ends[np.searchsorted(rally[ends], rally)]
    return last


def month_ends(days: IntArray) -> IntArray:
    """Return the positions of the last session of every month but the last, which may go on.

    Examples
    --------
    >>> days = np.array(["2025-01-30", "2025-01-31", "2025-02-03"], "datetime64[D]")
    >>> month_ends(days.astype(np.int64))
    array([1])
    """
    months = days.astype("datetime64[D]").astype("datetime64[M]")
    last: IntArray = np.flatnonzero(months[1:] != months[:-1])
    return last


def landmarks_of(
    series: Closes,
    at: IntArray | None = None,
    *,
    described: bool = True,
    compiled: bool = False,
) -> Landmarks | None:
    """Find the landmarks of one series.

    Each stretch of closes that may be joined stands alone, and its first phase, which may have
    begun before it, is left out (see :mod:`springtide.market.rallies`).

    Parameters
    ----------
    series
        Its closes.
    at
        Positions of sessions to take, ascending; by default the ends of months.
    described
        Whether covariates are computed; without them finding analogues is several times as fast.
    compiled
        As for :func:`.date_phases`.

    Returns
    -------
    Landmarks or None
        None where no rally with enough history runs on any of these sessions.

    Examples
    --------
    >>> days = np.arange("2015-01-01", "2018-10-01", dtype="datetime64[D]")
    >>> days = days[np.is_busday(days)].astype(np.int64)
    >>> fall, rise = np.linspace(0, -0.3, 300), np.linspace(-0.3, 0.1, len(days) - 300)
    >>> series = Closes("X", "index", days, np.exp(np.concatenate([fall, rise])))
    >>> made = landmarks_of(series)
    >>> len(made), int(made.start[0]), int(made.row[0])
    (16, 300, 629)
    """
    wanted = month_ends(series.days) if at is None else np.asarray(at)
    parts = []
    for first, past in series.stretches:
        inside = wanted[(wanted >= first + HISTORY) & (wanted < past)] - first
        if len(inside):
            stretch = dated(series.part(first, past), THRESHOLD, compiled=compiled)
            parts += _of_stretch(stretch, inside, first, described)
    return concatenate(parts) if parts else None


def _of_stretch(stretch: Dated, wanted: IntArray, offset: int, described: bool) -> list[Landmarks]:
    parts = []
    phases, series = stretch.known, stretch.closes
    for k, phase in enumerate(phases):
        end = phases[k + 1].confirmed if k + 1 < len(phases) else len(series)
        rows = wanted[(wanted >= phase.confirmed) & (wanted < end)]
        if phase.kind == "bull" and len(rows):
            decided = int(series.days[end]) if k + 1 < len(phases) else NEVER
            parts.append(_of_rally(series, phase, rows, decided, offset, described))
    return parts


def _of_rally(
    series: Closes, phase: Phase, rows: IntArray, decided: int, offset: int, described: bool
) -> Landmarks:
    days, close = series.days, series.close
    log = np.log(close)
    highs = _highs(close, phase.start, rows)
    new_high, up_first, move = _first_passages(close, rows, highs)
    day_of = np.append(days, NEVER)
    count = len(rows)
    return Landmarks(
        symbols=(series.symbol,),
        kinds=(series.kind,),
        series=np.zeros(count, np.int64),
        rally=np.zeros(count, np.int64),
        day=days[rows],
        start_day=np.full(count, days[phase.start]),
        path_day=days[rows - PATH + 1],
        row=rows + offset,
        start=np.full(count, phase.start + offset),
        high_row=highs + offset,
        gain=log[rows] - log[phase.start],
        high_gain=log[highs] - log[phase.start],
        covariates=(
            covariates(close, rows, highs, phase, is_index=series.is_index)
            if described
            else np.empty((count, 0))
        ),
        likeness=likeness(log, rows, log[highs] - log[rows]),
        sessions=np.maximum(phase.end - rows, 0).astype(np.float64),
        further=np.where(phase.end > rows, log[phase.end] - log[rows], 0.0),
        decided=np.full(count, decided),
        new_high=np.where(new_high < len(close), new_high - rows, NEVER),
        new_high_day=day_of[new_high],
        watched=len(close) - 1 - rows,
        up_first=up_first,
        move_day=day_of[move],
    )


def likeness(log: FloatArray, rows: IntArray, setback: FloatArray) -> npt.NDArray[np.float32]:
    """Return unit vectors of the state that analogues are found by.

    The z-normalised path of the last :data:`PATH` log closes says nothing of how far the price
    stands below its high against the fall that would end the rally, nor of how volatile it is,
    though how long a rally goes on depends on both. Each is added as an angle, so that the inner
    product of two vectors is the mean of the correlation of the paths and of the cosines of the two
    differences, these counted :data:`STATE` times.

    Parameters
    ----------
    log
        Log closes of the series.
    rows
        Positions of the landmarks.
    setback
        How far, in logs, each stands below its high.
    """
    from springtide.numerics.analogues import unit_paths

    paths = unit_paths(np.lib.stride_tricks.sliding_window_view(log, PATH)[rows - PATH + 1])
    returns = np.lib.stride_tricks.sliding_window_view(np.diff(log), _VOLATILITY)
    spread = np.log(np.maximum(returns[rows - _VOLATILITY].std(axis=1), 1e-9) * math.sqrt(250))
    low, high = np.log(_VOLATILITIES)
    angles = np.column_stack(
        [
            np.clip(setback / -math.log1p(-THRESHOLD), 0, 1),
            np.clip((spread - low) / (high - low), 0, 1),
        ]
    ) * (math.pi / 2)
    weight = math.sqrt(STATE)
    vectors = np.hstack([paths, weight * np.cos(angles), weight * np.sin(angles)])
    unit: npt.NDArray[np.float32] = (vectors / math.sqrt(1 + 2 * STATE)).astype(np.float32)
    return unit


def _highs(close: FloatArray, start: int, rows: IntArray) -> IntArray:
    """Return the position of the highest close from ``start`` to each row, the last of equals."""
    path = close[start : rows[-1] + 1]
    is_high = path >= np.maximum.accumulate(path)
    positions = np.where(is_high, np.arange(len(path)), 0)
    latest: IntArray = np.maximum.accumulate(positions)[rows - start] + start
    return latest


def concatenate(parts: Iterable[Landmarks]) -> Landmarks:
    """Put landmarks of rallies, or of series, behind one another and number them anew.

    Parts of the same symbol in a row are one series.
    """
    given = list(parts)
    symbols: list[str] = []
    kinds: list[str] = []
    series, rally = [], []
    rallies = 0
    for part in given:
        if not symbols or part.symbols[0] != symbols[-1]:
            first = len(symbols)
            symbols += part.symbols
            kinds += part.kinds
        else:
            first = len(symbols) - 1
        series.append(part.series + first)
        rally.append(part.rally + rallies)
        rallies += int(part.rally.max()) + 1
    arrays = {
        each.name: np.concatenate([getattr(part, each.name) for part in given])
        for each in fields(Landmarks)
        if each.name not in ("symbols", "kinds", "series", "rally")
    }
    return Landmarks(
        symbols=tuple(symbols),
        kinds=tuple(kinds),
        series=np.concatenate(series),
        rally=np.concatenate(rally),
        **arrays,
    )


def landmarks_of_all(
    panel: Sequence[Closes],
    *,
    described: bool = True,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Landmarks | None:
    """Find the landmarks of many series; ``progress`` is called with series done and all."""
    parts = []
    for k, series in enumerate(panel):
        one = landmarks_of(series, described=described, compiled=len(panel) > _MANY)
        if one is not None:
            parts.append(one)
        progress(k + 1, len(panel))
    return concatenate(parts) if parts else None


def _first_passages(
    close: FloatArray, rows: IntArray, highs: IntArray
) -> tuple[IntArray, FloatArray, IntArray]:
    """Find the next close above the high, and the first close a move away, after each row.

    Positions are those of ``close``; its length where there is none.
    """
    count = len(rows)
    new_high, moved = np.full(count, len(close)), np.full(count, len(close))
    up_first = np.full(count, np.nan)
    for k, row in enumerate(rows.tolist()):
        new_high[k] = _next_outside(close, row, -np.inf, close[highs[k]])
        up = close[row] * (1 + MOVE) * (1 - _ROUNDING)
        down = close[row] * (1 - MOVE) * (1 + _ROUNDING)
        moved[k] = _next_outside(close, row, np.nextafter(down, np.inf), np.nextafter(up, 0.0))
        if moved[k] < len(close):
            up_first[k] = close[moved[k]] >= up
    return new_high, up_first, moved


def _next_outside(close: FloatArray, row: int, low: float, high: float) -> int:
    """Return the position of the next close below ``low`` or above ``high``."""
    first, width = row + 1, 64  # mostly it is soon: looking far at once would cost more
    while first < len(close):
        part = close[first : first + width]
        outside = (part < low) | (part > high)
        if outside.any():
            return first + int(outside.argmax())
        first, width = first + width, 8 * width
    return len(close)
