"""What PSY and LPPLS said before known booms and at all other times, and how to count it."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.progress import Progress

from springtide.numerics import lppls, psy

ROOT = Path(__file__).resolve().parents[1]
BEFORE = (60, 20, 0)
PSY_SIZES = (500, 1000)
LEVEL = 0.95
WILD_SIZE, WILD_DRAWS = 500, 499
RISE, RISE_SESSIONS = 0.30, 250
EVERY = 20
NEAR_TOP = 250
FALL, HORIZON = 0.20, 250
ROUNDING = 1e-12  # a fall from 100 to 80 is one of 20%, though not in binary fractions
BLOCK_YEARS = 4
DRAWS, SEED = 9999, 2026

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Boom:
    """A known boom: its top is the highest close of a stretch of one file."""

    name: str
    market: str
    file: str
    first: str
    last: str


# The market says before which tops a date of an index is not one of the "other times".
INDICES = {
    "gspc": "US",
    "ixic": "US",
    "ndx": "US",
    "n225": "Japan",
    "hsi": "China",
    "hscei": "China",
    "hstech": "China",
    "sse": "China",
    "csi300": "China",
    "msci_china": "China",
}
# Published bubbles whose index has a longer history are read from there.
BOOMS = (
    Boom("Dow Jones 1929", "US", "bubbles/djia1929", "1929-01-01", "1929-12-31"),
    Boom("Hang Seng 1973", "China", "index/hsi", "1973-01-01", "1973-12-31"),
    Boom("S&P 500 1987", "US", "index/gspc", "1987-01-01", "1987-12-31"),
    Boom("Hang Seng 1987", "China", "index/hsi", "1987-01-01", "1987-12-31"),
    Boom("Nikkei 225 1989", "Japan", "index/n225", "1989-01-01", "1990-12-31"),
    Boom("Chile 1991", "Chile", "bubbles/chile1991", "1991-01-01", "1991-12-31"),
    Boom("Thailand 1994", "Thailand", "bubbles/thailand1994", "1993-07-01", "1994-06-30"),
    Boom("Malaysia 1994", "Malaysia", "bubbles/malaysia1994", "1993-07-01", "1994-06-30"),
    Boom("Hang Seng 1994", "China", "index/hsi", "1993-07-01", "1994-06-30"),
    Boom("Indonesia", "Indonesia", "bubbles/indonesia", "1990-01-01", "1999-12-31"),
    Boom("Hang Seng 1997", "China", "index/hsi", "1997-01-01", "1997-12-31"),
    Boom("Venezuela 1997", "Venezuela", "bubbles/venezuela1997", "1997-01-01", "1997-12-31"),
    Boom("Nasdaq 2000", "US", "index/ixic", "2000-01-01", "2000-12-31"),
    Boom("S&P 500 2007", "US", "index/gspc", "2007-01-01", "2007-12-31"),
    Boom("Shanghai 2007", "China", "index/sse", "2007-01-01", "2007-12-31"),
    Boom("Shenzhen 2007", "China", "bubbles/szsc", "2007-01-01", "2007-12-31"),
    Boom("Hang Seng 2007", "China", "index/hsi", "2007-01-01", "2007-12-31"),
    Boom("Brent oil 2008", "oil", "bubbles/brentoil2008", "2008-01-01", "2008-12-31"),
    Boom("Shanghai 2009", "China", "index/sse", "2009-01-01", "2009-09-30"),
    Boom("Shenzhen 2009", "China", "bubbles/szsc", "2009-01-01", "2009-09-30"),
    Boom("Sugar", "sugar", "bubbles/sugar", "2002-01-01", "2013-12-31"),
    Boom("Shanghai 2015", "China", "index/sse", "2015-01-01", "2015-12-31"),
)


@dataclass(frozen=True, slots=True)
class Alarm:
    """A stated rule: the score of that key reaches the threshold."""

    name: str
    key: str
    threshold: float

    def rings(self, scores: dict[str, Floats]) -> Floats:
        """Return 1 where the alarm rings, 0 where not, NaN where it could not be measured."""
        score = scores[self.key]
        return np.where(np.isnan(score), np.nan, (score >= self.threshold).astype(float))


ALARMS = (
    Alarm(f"close up {RISE:.0%} in {RISE_SESSIONS} sessions", "rise", RISE),
    *(Alarm(f"PSY, last {size} sessions", f"psy {size}", 0.0) for size in PSY_SIZES),
    *(Alarm(f"PSY, last {size}, rising", f"psy {size} rising", 0.0) for size in PSY_SIZES),
    Alarm(f"PSY, last {WILD_SIZE}, wild bootstrap", f"psy {WILD_SIZE} wild", 0.0),
    *(
        Alarm(f"LPPLS {scale.name}, at least {share:.0%}", f"lppls {scale.name}", share)
        for scale in lppls.SCALES
        for share in (0.1, 0.3)
    ),
)


@dataclass(frozen=True, slots=True)
class Top:
    """A boom with its top and what was said before it; ``scores`` has one entry per `BEFORE`."""

    boom: Boom
    date: str
    close: float
    fall: float
    scores: dict[str, Floats]


@dataclass(frozen=True, slots=True)
class Grid:
    """Scores at regular dates of all indices.

    ``near`` marks the dates up to `NEAR_TOP` sessions before a top of the same market; ``fell``
    those after which the close fell by `FALL` within `HORIZON` sessions (NaN: not known yet).
    """

    dates: NDArray[np.str_]
    near: Booleans
    fell: Floats
    scores: dict[str, Floats]


def study(folder: Path, progress: Progress) -> tuple[list[Top], Grid]:
    """Return what the tests said before the tops and on the grid."""
    series = {file: read(folder / f"{file}.csv") for file in files()}
    tops_at = {boom: top(*series[boom.file], boom) for boom in BOOMS}
    top_dates = {
        market: [series[b.file][0][at] for b, at in tops_at.items() if b.market == market]
        for market in set(INDICES.values())
    }
    tops: dict[Boom, Top] = {}
    grids = []
    for file, (dates, close) in series.items():
        booms = [boom for boom in BOOMS if boom.file == file]
        asked = [tops_at[boom] - np.array(BEFORE) for boom in booms]
        name = file.removeprefix("index/")
        regular = grid_positions(close.size) if name in INDICES else np.array([], dtype=int)
        ends = np.concatenate([*asked, regular]).astype(int)
        task = progress.add_task(f"{file}: {ends.size} dates", total=None)
        scores = all_scores(np.log(close), ends, follow(progress, task))
        for i, boom in enumerate(booms):
            at, part = tops_at[boom], slice(3 * i, 3 * i + 3)
            said = {key: values[part] for key, values in scores.items()}
            tops[boom] = Top(boom, dates[at], close[at], fall_after(close, at, HORIZON), said)
        if regular.size:
            near = before_tops(dates, regular, top_dates[INDICES[name]])
            said = {key: values[3 * len(booms) :] for key, values in scores.items()}
            grids.append(Grid(np.array(dates)[regular], near, fell(close, regular), said))
    return [tops[boom] for boom in BOOMS], joined(grids)


def files() -> list[str]:
    """Return the files of the study, each once."""
    return list(dict.fromkeys([f"index/{name}" for name in INDICES] + [b.file for b in BOOMS]))


def read(path: Path) -> tuple[list[str], Floats]:
    """Return dates and closes; in the published bubbles without the repeated closes of holidays."""
    with path.open() as file:
        rows = [(row["date"], float(row["close"])) for row in csv.DictReader(file) if row["close"]]
    dates, close = [date for date, _ in rows], np.array([value for _, value in rows])
    if path.parent.name != "bubbles":
        return dates, close
    keep = new_closes(close)
    return [dates[i] for i in keep], close[keep]


def new_closes(close: Floats) -> NDArray[np.int64]:
    """Return the positions of closes that differ from the one before."""
    return np.flatnonzero(np.concatenate([[True], close[1:] != close[:-1]]))


def top(dates: Sequence[str], close: Floats, boom: Boom) -> int:
    """Return the position of the highest close of the boom's stretch, the first of equals."""
    inside = [i for i, date in enumerate(dates) if boom.first <= date <= boom.last]
    return max(inside, key=lambda i: close[i])


def fall_after(close: Floats, at: int, sessions: int) -> float:
    """Return the largest fall from one close to those of the next sessions, at least zero."""
    following = close[at : at + sessions + 1]
    return float(1 - following.min() / close[at])


def fell(close: Floats, positions: NDArray[np.int64]) -> Floats:
    """Return whether the close fell by `FALL` within `HORIZON` sessions; NaN if that is ahead."""
    return np.array(
        [
            float(fall_after(close, at, HORIZON) >= FALL - ROUNDING)
            if at + HORIZON < close.size
            else np.nan
            for at in positions
        ]
    )


def grid_positions(size: int) -> NDArray[np.int64]:
    """Return every `EVERY`th session from the first with enough history for every test."""
    return np.arange(max(PSY_SIZES) - 1, size, EVERY)


def before_tops(
    dates: Sequence[str], positions: NDArray[np.int64], tops: Sequence[str]
) -> Booleans:
    """Return which positions lie at most `NEAR_TOP` sessions before one of the top dates.

    A top of another index of the same market falls on the last session at or before its date.
    """
    near = np.zeros(positions.size, dtype=bool)
    for date in tops:
        if dates[0] <= date <= dates[-1]:
            at = int(np.searchsorted(np.array(dates), date, side="right")) - 1
            near |= (positions <= at) & (positions >= at - NEAR_TOP)
    return near


def all_scores(
    y: Floats, ends: NDArray[np.int64], progress: Callable[[int, int], None]
) -> dict[str, Floats]:
    """Return the scores at the end points, from data up to each of them only.

    Beside those of both tests there is a plain one to compare with: the rise of the close.
    """
    scores: dict[str, Floats] = {"rise": rise(y, ends)}
    for size in PSY_SIZES:
        margins = np.array([psy_margin(y, int(end), size) for end in ends]).reshape(-1, 2)
        scores[f"psy {size}"], scores[f"psy {size} rising"] = margins.T
    scores[f"psy {WILD_SIZE} wild"] = np.array([wild_margin(y, int(end)) for end in ends])
    answer = lppls.confidence(y, ends, progress=progress)
    for column, scale in enumerate(answer.scales):
        scores[f"lppls {scale.name}"] = answer.positive[:, column]
    return scores


def rise(y: Floats, ends: NDArray[np.int64]) -> Floats:
    """Return the rise of the close over `RISE_SESSIONS`; NaN where the series is too short."""
    before = ends - RISE_SESSIONS
    return np.where(before >= 0, np.expm1(y[ends] - y[np.maximum(before, 0)]), np.nan)


def psy_margin(y: Floats, end: int, size: int) -> tuple[float, float]:
    """Return the statistic above its critical value; and the same, -inf if the window fell.

    NaN where the series doesn't reach back ``size`` sessions.
    """
    if end + 1 < size:
        return np.nan, np.nan
    last = y[end + 1 - size : end + 1]
    result = psy.bsadf(last, threads=1)
    critical = psy.critical_values(size).sequence.critical_values(LEVEL)[-1]
    margin = float(result.statistic[-1] - critical)
    rose = last[-1] > last[result.window_start[-1]]
    return margin, margin if rose else -np.inf


def wild_margin(y: Floats, end: int) -> float:
    """Return the statistic above its critical value by the wild bootstrap of the same closes.

    NaN where the series doesn't reach back `WILD_SIZE` sessions.
    """
    if end + 1 < WILD_SIZE:
        return np.nan
    last = y[end + 1 - WILD_SIZE : end + 1]
    null = psy.bootstrap_critical_values(last, draws=WILD_DRAWS)
    result = psy.bsadf(last, threads=1)
    return float(result.statistic[-1] - null.sequence.critical_values(LEVEL)[-1])


def follow(progress: Progress, task: object) -> Callable[[int, int], None]:
    """Return a function that shows how many window lengths are done."""
    return lambda done, total: progress.update(task, completed=done, total=total)


def joined(grids: Sequence[Grid]) -> Grid:
    """Put the dates of all indices together."""
    return Grid(
        np.concatenate([grid.dates for grid in grids]),
        np.concatenate([grid.near for grid in grids]),
        np.concatenate([grid.fell for grid in grids]),
        {key: np.concatenate([g.scores[key] for g in grids]) for key in grids[0].scores},
    )


def wilson(successes: int, trials: int) -> tuple[float, float]:
    """Return the 95% interval of Wilson (1927) for a share of independent trials."""
    if trials == 0:
        return np.nan, np.nan
    z2 = 1.959963984540054**2
    share = successes / trials
    middle = (share + z2 / (2 * trials)) / (1 + z2 / trials)
    half = np.sqrt(z2 * (share * (1 - share) / trials + z2 / (4 * trials**2))) / (1 + z2 / trials)
    return float(middle - half), float(middle + half)


def block_counts(
    dates: NDArray[np.str_], hits: Booleans, trials: Booleans
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Count hits and trials in each block of calendar years that has a date."""
    block = np.array([int(date[:4]) // BLOCK_YEARS for date in dates])
    labels = np.unique(block)
    return (
        np.array([np.count_nonzero(hits & trials & (block == label)) for label in labels]),
        np.array([np.count_nonzero(trials & (block == label)) for label in labels]),
    )


def block_interval(
    hits: NDArray[np.int64], trials: NDArray[np.int64], draws: int = DRAWS, seed: int = SEED
) -> tuple[float, float]:
    """Return the 95% percentile interval of sum(hits) / sum(trials), blocks drawn with return.

    Draws without a trial are left out.
    """
    chosen = np.random.default_rng(seed).integers(0, hits.size, (draws, hits.size))
    some = trials[chosen].sum(axis=1)
    if not some.any():
        return np.nan, np.nan
    rates = hits[chosen].sum(axis=1)[some > 0] / some[some > 0]
    low, high = np.quantile(rates, [0.025, 0.975])
    return float(low), float(high)


def block_difference(
    first: tuple[NDArray[np.int64], NDArray[np.int64]],
    second: tuple[NDArray[np.int64], NDArray[np.int64]],
    draws: int = DRAWS,
    seed: int = SEED,
) -> tuple[float, float]:
    """Return the 95% percentile interval of one share less another, both of the same blocks.

    Each is a pair of hits and trials by block; draws without a trial of either are left out.
    """
    size = first[0].size
    chosen = np.random.default_rng(seed).integers(0, size, (draws, size))
    sums = [counts[chosen].sum(axis=1) for counts in (*first, *second)]
    hits, trials, other_hits, other_trials = sums
    some = (trials > 0) & (other_trials > 0)
    if not some.any():
        return np.nan, np.nan
    apart = hits[some] / trials[some] - other_hits[some] / other_trials[some]
    low, high = np.quantile(apart, [0.025, 0.975])
    return float(low), float(high)


def threshold_at(scores: Floats, rate: float, least: float) -> float:
    """Return the lowest score, above ``least``, that at most a share ``rate`` of scores reach."""
    known = np.sort(scores[~np.isnan(scores)])
    candidates = np.unique(known[known > least])
    reached = known.size - np.searchsorted(known, candidates, side="left")
    few = candidates[reached <= rate * known.size]
    return float(few[0]) if few.size else np.inf
