"""The outlook of one instrument as of one date: every method asked, and what may be said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

import numpy as np

from springtide.language.messages import Message, message
from springtide.market.closes import Closes, closes_of, date_of, day_of
from springtide.market.rallies import Rally, dated, rally
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics.asof import check_close
from springtide.metrics.rallies import why_cut
from springtide.numerics.continuation import simulate_paths
from springtide.numerics.phases import Phase
from springtide.outlook import analogues as alike
from springtide.outlook.ahead import said_ahead
from springtide.outlook.combination import POOLED, WEIGHTY, combine, first_weights
from springtide.outlook.covariates import HISTORY
from springtide.outlook.curves import Curves
from springtide.outlook.fits import Group, climatology, group_of, survival
from springtide.outlook.landmarks import (
    NEVER,
    PATH,
    Landmarks,
    landmarks_of,
)
from springtide.outlook.learned import Learned, load
from springtide.outlook.model import (
    THRESHOLD,
    Analogue,
    Fan,
    LeftOut,
    MethodName,
    Outlook,
    Skill,
)
from springtide.outlook.panel import is_daily
from springtide.outlook.peers import peers
from springtide.outlook.simulation import (
    NOTHING_COMMON,
    SIMULATED,
    Estimated,
    drawn_once,
    estimate,
    processes,
    simulate_one,
)

Progress = Callable[[str, int, int], None]

FAN_SESSIONS = (0, 5, 10, 20, 40, 60, 90, 120, 180, 250, 350, 500)
FAN_LEVELS = (0.1, 0.25, 0.5, 0.75, 0.9)

DRAWN_LIGHTLY = 8
"""Analogues that are drawn."""

PROVED_AT = (60, 120)
"""Horizons at which the combination must have beaten base rates for what it says to be said."""

_YEAR = 250

_FEWEST = 3
"""Closes from which on it can be told that they are daily."""


def outlook(
    view: View,
    instrument: Instrument,
    *,
    progress: Progress | None = None,
    many: bool = False,
) -> Outlook:
    """Say how long a rally may last and how far it may go.

    Parameters
    ----------
    view
        The data as they were known on the date.
    instrument
        Of what.
    progress
        Called with what is done, how much of it, and all of it.
    many
        Whether many instruments are asked about: simulations are compiled, to the same bits, and
        nothing is worked out that is only drawn: paths ahead, and the nearest analogues.

    Returns
    -------
    Outlook
        Without forecasts where no rally is running or nothing can be said; it says why.

    Raises
    ------
    DataError
        The view has no close of the instrument on its date.

    Examples
    --------
    >>> import tempfile
    >>> from datetime import date
    >>> from springtide.market.ingest import load_bundled
    >>> from springtide.market.lake import Lake
    >>> lake = Lake.create(tempfile.mkdtemp())
    >>> _ = load_bundled(lake)
    >>> view = View(lake, date(2018, 1, 26))
    >>> answer = outlook(view, view.instrument("SPX"))
    >>> answer.rally.start.isoformat(), answer.rally.sessions, answer.shown
    ('2009-03-09', 2238, 'combination')
    >>> bool(answer.said.top_is_in < answer.said.peak_within(120))
    True
    """
    said = progress or (lambda what, done, total: None)
    check_close(view, instrument)
    closes = closes_of(view, instrument)
    blank = Outlook(
        instrument.id,
        view.as_of,
        rally=None,
        market="undetermined",
        versions=view.versions,
        calendar=instrument.calendar,
    )
    if not len(closes) or closes.day(-1) != view.as_of:
        return replace(blank, left_out=_all(_NO_PRICE))
    if len(closes) < _FEWEST:
        return replace(blank, left_out=_all(message("outlook.few-closes", count=len(closes))))
    if not is_daily(closes):
        return replace(blank, left_out=_all(_NOT_DAILY))
    stretch = dated(closes.part(*closes.stretches[-1]), THRESHOLD)
    blank = replace(blank, known_from=stretch.closes.day(0))
    phase = stretch.running
    if phase is None:
        return blank
    if phase not in stretch.known:
        return replace(blank, market=phase.kind, left_out=_all(_began_before(stretch.closes)))
    series = stretch.closes
    blank = replace(blank, real_moves=_real_moves(series, phase.start))
    if phase.kind == "bear":
        change = float(series.close[-1] / series.close[phase.start] - 1)
        return replace(blank, market="bear", since=series.day(phase.start), change=change)
    return _of_rally(view, series, phase, blank, said, many)


def _real_moves(series: Closes, since: int) -> tuple[date, ...]:
    return tuple(series.day(at) for at in series.unproved if at > since)


# -- what each method needs ------------------------------------------------------------------

_NOT_DAILY = message("outlook.not-daily")
_NO_PRICE = message("outlook.no-price")
_NOTHING_LEARNED = message("outlook.nothing-learned")
_SHORT = message("outlook.too-short", closes=HISTORY + 1)
_NO_YEAR = message("outlook.no-year")
_NO_GARCH = message("outlook.no-garch")
_NO_VARIANCE = message("outlook.no-variance")
_FEW_ALIKE = message("outlook.few-alike", least=alike.LEAST)


def _all(reason: Message) -> tuple[LeftOut, ...]:
    return tuple(LeftOut(method, reason) for method in (*POOLED, "combination"))


def _began_before(closes: Closes) -> Message:
    cut = why_cut(closes.cuts[0])
    return message("outlook.began-before", first=str(closes.day(0)), cut=cut)


@dataclass(frozen=True, slots=True)
class _Asked:
    """One rally with all that its methods are given."""

    view: View
    series: Closes
    rally: Rally
    landmark: Landmarks | None
    learned: Learned | None
    estimated: Estimated | None
    group: Group
    many: bool


def _of_rally(
    view: View, series: Closes, phase: Phase, blank: Outlook, said: Progress, many: bool
) -> Outlook:
    last = len(series) - 1
    at = np.array([last])
    learned, group = load(view), group_of(series.kind)
    asked = _Asked(
        view=view,
        series=series,
        rally=rally(series, phase, last),
        landmark=landmarks_of(series, at),
        learned=learned,
        estimated=estimate(
            series.days,
            series.close,
            int(series.days[-1]),
            learned.process[group] if learned else NOTHING_COMMON,
            keep=True,
        ),
        group=group,
        many=many,
    )
    curves, left_out, near = _answers(asked, said)
    weights = asked.learned.weights[asked.group] if asked.learned else first_weights()
    if curves:
        curves["combination"] = combine(curves, weights)
    else:
        left_out.append(LeftOut("combination", _NOTHING_LEARNED))
    skill = asked.learned.skill[asked.group] if asked.learned else ()
    rates = asked.learned.fit.base_rates.get(asked.group) if asked.learned else None
    made = replace(
        blank,
        market="bull",
        rally=asked.rally,
        forecasts=tuple(given.forecast(0, method) for method, given in curves.items()),
        shown=_shown(curves, skill),
        skill=skill,
        gain_skill=asked.learned.gain_skill[asked.group] if asked.learned else None,
        weights=tuple(
            (method, float(weight))
            for method, weight in zip(POOLED, weights["peak"], strict=True)
            if method in curves and weight >= WEIGHTY
        ),
        pooled=int((weights["peak"] >= WEIGHTY).sum()),
        left_out=tuple(left_out),
        analogues=near,
        lifetimes=rates.lifetimes if rates else None,
        fitted_to=date_of(asked.learned.fit.day) if asked.learned else None,
        fitted_on=(rates.lifetimes.over, rates.instruments) if rates else None,
    )
    return made if many else replace(made, fan=_fan(asked, made))


def _shown(curves: dict[MethodName, Curves], skill: tuple[Skill, ...]) -> MethodName | Literal[""]:
    """Return the method whose probabilities are said.

    The combination where its record against base rates is better than chance; else base rates.
    Where there are none nothing is said: simulations of one short history can be absurdly sure. A
    pool of one method is that method, and has no record.
    """
    if "climatology" not in curves:
        return ""
    proved = [one for one in skill if one.horizon in PROVED_AT and one.climatology_low > 0]
    pooled = len(curves) > 2 and len(proved) == len(PROVED_AT)
    return "combination" if pooled else "climatology"


def _answers(
    asked: _Asked, said: Progress
) -> tuple[dict[MethodName, Curves], list[LeftOut], tuple[Analogue, ...]]:
    """Ask every method; return their forecasts, who could not answer and why, and analogues."""
    curves: dict[MethodName, Curves] = {}
    left_out: list[LeftOut] = []

    def note(method: MethodName, given: Curves | None, reason: Message) -> None:
        if given is not None and given.given[0]:
            curves[method] = given
        else:
            left_out.append(LeftOut(method, reason))

    learned, landmark = asked.learned, asked.landmark
    rates = climatology(learned.fit, asked.group, 1) if learned else None
    note("climatology", rates, _NOTHING_LEARNED)
    hazards = survival(learned.fit, landmark.covariates) if learned and landmark else None
    note("survival", hazards, _NOTHING_LEARNED if landmark else _SHORT)
    said("Comparing paths", 1, 3)
    similar, near = _analogues(asked)
    note("analogues", similar, _FEW_ALIKE if landmark else _SHORT)
    said("Simulating", 2, 3)
    days, close = asked.series.days, asked.series.close
    high = int(np.searchsorted(days, day_of(asked.rally.high_on)))
    row = len(close) - 1
    made = simulate_one(asked.estimated, days, close, row, high, drawn_once(), compiled=asked.many)
    short = asked.estimated is None
    why = {"random_walk": _NO_YEAR, "garch": _NO_GARCH, "volatility": _NO_VARIANCE}
    for method in SIMULATED:
        note(method, made.get(method), _NO_YEAR if short else why[method])
    said("Simulating", 3, 3)
    return curves, left_out, near


# -- analogues and the fan -------------------------------------------------------------------


def _analogues(asked: _Asked) -> tuple[Curves | None, tuple[Analogue, ...]]:
    """Forecast by the rallies most alike, and return the nearest of them to be drawn.

    They are looked for among the lake's instruments of the same group, up to the year's end before
    the path that is compared.
    """
    landmark = asked.landmark
    if landmark is None:
        return None, ()
    day = alike.learned_by(int(landmark.path_day[0]))
    others = peers(asked.view, asked.group)
    if others is None:
        return None, ()
    history = others.landmarks
    curves = alike.forecast(landmark, np.array([0]), history)
    if asked.many:
        return curves, ()
    neighbours, seen = alike.find(landmark, history, day)
    near: dict[int, Analogue] = {}
    for k, distance in zip(neighbours.index[0], neighbours.distance[0], strict=True):
        if k < 0 or len(near) == DRAWN_LIGHTLY:  # there are fewer, or enough
            break
        one = history.take(seen.rows[[k]])
        if int(one.rally[0]) not in near:
            whole = others.closes(one.symbols[one.series[0]])
            near[int(one.rally[0])] = _analogue(one, whole, float(distance))
    return curves, tuple(near.values())


def _analogue(landmark: Landmarks, series: Closes, distance: float) -> Analogue:
    row = int(landmark.row[0])
    first, last = row - PATH + 1, min(row + _YEAR, series.around(row)[1] - 1)
    path = np.log(series.close[first : last + 1] / series.close[row])
    return Analogue(
        subject=series.symbol,
        day=series.day(row),
        start=series.day(int(landmark.start[0])),
        distance=distance,
        path=tuple(path.tolist()),
        before=row - first,
        sessions=int(landmark.sessions[0]),
        gain=float(np.expm1(landmark.further[0])),
        decided=bool(landmark.decided[0] < NEVER),
    )


def _fan(asked: _Asked, made: Outlook) -> Fan | None:
    """Simulate where the price may go by a method that answered, as far as is spoken of."""
    series, estimated = asked.series, asked.estimated
    if estimated is None or made.rally is None:
        return None
    row = len(series.close) - 1
    given = processes(estimated, series.days, series.close, row)
    answered = [one for one in _DRAWN if one in given and made.forecast(one) is not None]
    if not answered:
        return None
    method = answered[0]
    process, sessions = given[method], _reach(made)
    paths = simulate_paths(process, sessions[-1], drawn_once())
    at = np.array(sessions[1:]) - 1
    quantiles = made.rally.close * np.exp(np.quantile(paths[:, at], FAN_LEVELS, axis=0))
    prices = np.column_stack([np.full(len(FAN_LEVELS), made.rally.close), quantiles])
    return Fan(sessions, FAN_LEVELS, tuple(tuple(level) for level in prices.tolist()), method)


_DRAWN: tuple[MethodName, ...] = ("volatility", "garch", "random_walk")
"""Methods whose paths are drawn: the first that answered."""


def _reach(made: Outlook) -> tuple[int, ...]:
    """Return the sessions drawn: to the end of the interval that is told, or six months."""
    told = said_ahead(made)
    end = told.sessions[-1] if told and told.sessions else 0.0
    last = next((n for n in FAN_SESSIONS if n >= max(end, PROVED_AT[-1])), FAN_SESSIONS[-1])
    return FAN_SESSIONS[: FAN_SESSIONS.index(last) + 1]
