"""What tells an article's wrong figure from a sentence that was read wrongly.

Both look alike at first: no reading holds. But a wrong figure mostly keeps some of the right one's
digits, whereas the figure of another name, day or price is anything; and the latter is true of
something near by, whereas the former is true of nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

import numpy as np

from springtide.checking.edits import DIGITS, LEVELS, measured, printed_digits, significant, slip_of
from springtide.checking.verify import Trial, is_finer
from springtide.checking.views import Views
from springtide.claims.model import Claim, Verdict
from springtide.language.types import Period
from springtide.market.types import Bars

DAYS_BACK = 6
"""Sessions whose moves are looked at for what a figure may be of."""

STRETCHES = (2, 3, 4, 5, 6, 10, 20, 21, 22, 60, 120, 245, 250)
"""Lengths in sessions of the returns that are looked at: days, weeks, months, quarters, a year."""

LEVELS_BACK = 250
"""Sessions whose prices are looked at."""

_MANY = 4


def facts_of_figure(trial: Trial, trials: Sequence[Trial], views: Views) -> dict[str, float]:
    """Return what a figure that does not hold has in common with those that would, by name."""
    claim = trial.claim
    printed = printed_digits(claim)
    length = min(len(significant(printed)), _MANY)
    made = [f"digits:{length}", f"metric:{claim.metric}", f"as:{claim.comparator}"]
    size = "level" if claim.metric in LEVELS else claim.unit
    likeness = max((_likeness(printed, one) for one in measured(trial)), default=0)
    made.append(
        f"like:{likeness}|{length}" if length < _MANY else f"like:{likeness}|{length}|{size}"
    )
    made.append(f"far:{_how_far(trial)}|{size}")
    named = list(dict.fromkeys(one.claim.subject for one in trials))
    own = is_of(claim, claim.subject, views, _base(trial.first))
    period = getattr(claim.params, "period", None)
    kind = period.kind if isinstance(period, Period) else "day"
    made += [f"own:{own}|{length}", f"over:{kind}|own:{own}"]
    if not own:
        others = any(is_of(claim, name, views) for name in named if name != claim.subject)
        made.append(f"another's:{others}|{length}")
    readings = sum(not is_finer(one.claim) for one in trial.others)
    made.append(f"readings:{min(readings, 2)}")
    made += _of_the_reading(trial)
    made += _beside(trial, trials)
    made.append(f"like:{likeness}|{class_of(claim.confidence)}")
    made.append(f"far:{_how_far(trial)}|{class_of(claim.confidence)}")
    made += _told_again(trial, trials, likeness)
    made += _said_alike(trial, trials)
    made += [f"otherwise:{is_another_measure(claim, views)}|{min(length, 3)}"]
    known = dict.fromkeys(made, 1.0)
    slip = slip_of(trial)
    return known | {slip: 1.0, "slip": 1.0} if slip else known


def _said_alike(trial: Trial, trials: Sequence[Trial]) -> list[str]:
    """Return what became of claims near by that are said in the same way: items of one list."""
    claim = trial.claim
    way = _way(claim)
    alike = [
        one.holds
        for one in trials
        if one.holds is not None
        and one is not trial
        and not _is_the_same(one.claim, claim)
        and one.claim.start != claim.start
        and abs(one.claim.start - claim.start) <= _IN_ONE_LIST
        and _way(one.claim) == way
    ]
    good, bad = alike.count(True), alike.count(False)
    made = [f"way-good:{min(good, _MANY)}", f"way-bad:{min(bad, 2)}"]
    if good >= _SEVERAL and not bad:
        made.append("way:all")
    return made


_IN_ONE_LIST, _SEVERAL = 600, 3


def _way(claim: Claim) -> tuple[object, ...]:
    """Return how a claim is said: what it measures and the words right before its number."""
    numbers = list(DIGITS.finditer(claim.quote))  # the last is the claim's own
    before = claim.quote[: numbers[-1].start()] if numbers else claim.quote
    return claim.metric, claim.unit, claim.as_of, before[-2:]


def is_another_measure(claim: Claim, views: Views) -> bool:
    """Say whether a figure is of its name and day, and of something else than it was read as.

    A price taken for a move in points, a move for a price.
    """
    if claim.within is None or not isinstance(claim.value, float):
        return False
    bars = views.at(claim.as_of).bars(claim.subject)
    if len(bars) < DAYS_BACK + 1:
        return False
    prices = np.concatenate([one[-2:] for one in (bars.open, bars.high, bars.low, bars.close)])
    points, share = _moves(bars, in_points=True), _moves(bars)
    if claim.metric in LEVELS:
        values = np.concatenate([points, share])
    else:
        values = np.concatenate([prices, share if claim.unit == "points" else points])
    apart = np.abs(np.abs(values) - abs(claim.value))
    step = 10.0 ** -len(printed_digits(claim).partition(".")[2])
    return bool(np.nanmin(apart) <= step)


def is_out_of_proportion(trial: Trial) -> bool:
    """Say whether a line of a chart lies so far from the price that it is another instrument's."""
    claim, measured = trial.claim, trial.first.measurement
    if measured is None or not isinstance(measured.value, bool) or not measured.evidence.rows:
        return False
    if not isinstance(claim.value, float) or claim.unit in ("%", "x"):
        return False
    return (
        claim.metric in _LINES and _times_apart(claim.value, measured.evidence.rows[0].value) > _OUT
    )


_LINES = ("support_level", "resistance_level")


def is_surely_another_measure(trial: Trial, views: Views) -> bool:
    """Say whether a figure is another measure's: known to four digits, or else out of proportion.

    A level of 0.11 of a share at 17.17 that rose by 0.11, a change of 2,183.88 points to 2,183.88,
    and any price that is far from its name's and no slip of the point.
    """
    claim, measured = trial.claim, trial.first.measurement
    value = measured.value if measured is not None else None
    if not isinstance(claim.value, float) or not isinstance(value, float):
        return False
    if claim.metric in LEVELS and not slip_of(trial) and _times_apart(claim.value, value) > _FAR:
        return True
    known = len(significant(printed_digits(claim))) >= _MANY
    out = claim.metric in LEVELS and abs(claim.value) * _OUT < abs(value)
    return (known or out) and is_another_measure(claim, views)


def _times_apart(one: float, other: float) -> float:
    return max(abs(one / other), abs(other / one)) if one and other else 1.0


_FAR = 5
_OUT = 3
"""Times by which nobody misprints a price that is a move as well."""


def class_of(confidence: float) -> str:
    """Return how sure a reading is by itself, as a class."""
    return next(
        (str(limit) for limit in (0.4, 0.6, 0.75, 0.85, 0.93) if confidence < limit), "sure"
    )


def _of_the_reading(trial: Trial) -> list[str]:
    """Return what the figure was read as: over which stretch, by which price, of which listing."""
    claim = trial.claim
    period = getattr(claim.params, "period", None)
    price = getattr(claim.params, "price", None) or getattr(claim.params, "field", "close")
    kind = period.kind if isinstance(period, Period) else "day"
    made = [f"over:{kind}", f"by:{price}", f"{claim.metric}|{claim.comparator}"]
    if any(one.subject != claim.subject for one in trial.open):
        made.append("open:listing")
    return made


def _beside(trial: Trial, trials: Sequence[Trial]) -> list[str]:
    """Return what became of the claims right before and after, which form a list with it."""
    claim = trial.claim
    made = []
    before = [one for one in trials if one.claim.end <= claim.start]
    after = [one for one in trials if one.claim.start >= claim.end]
    for side, one in (("before", before[-1:]), ("after", after[:1])):
        if not one or one[0].holds is None or _is_the_same(one[0].claim, claim):
            continue
        gap = claim.start - one[0].claim.end if side == "before" else one[0].claim.start - claim.end
        near = "near" if gap <= _CLOSE_BY else "far"
        same = "same" if one[0].claim.subject == claim.subject else "other"
        made += [f"{side}:{near}:{one[0].holds}", f"{side}:{near}:{same}:{one[0].holds}"]
    days = [
        one.holds
        for one in trials
        if one.holds is not None
        and (one.claim.as_of, one.claim.metric) == (claim.as_of, claim.metric)
        and one is not trial
        and not _is_the_same(one.claim, claim)
    ]
    made += [f"day-good:{min(days.count(True), 3)}", f"day-bad:{min(days.count(False), 3)}"]
    if days:
        made.append(f"day:{'most' if 2 * sum(days) > len(days) else 'few'}")
    return made


def _told_again(trial: Trial, trials: Sequence[Trial], likeness: int) -> list[str]:
    """Return what the article says of the same elsewhere: the fact again, or its other figure.

    A level and a change of one day of one name stand together ("5,235.28, down 0.87%"): where one
    of them holds, name and day are read rightly, and so of a fact that holds in another place.
    """
    claim = trial.claim
    same = [
        one
        for one in trials
        if one.holds is True
        and (one.claim.subject, one.claim.as_of) == (claim.subject, claim.as_of)
        and one.claim.value != claim.value
    ]
    made = []
    again = [one for one in same if _fact(one.claim) == _fact(claim)]
    if again:
        worded = any(_words(one.claim) == _words(claim) for one in again)
        made += [f"again:{worded}", f"again|like:{likeness}"]
    other = [one for one in same if _fact(one.claim) != _fact(claim)]
    beside = [one for one in other if abs(one.claim.start - claim.start) <= _IN_ONE_BREATH]
    if beside:
        made += ["other-figure:beside", f"other-figure|like:{likeness}"]
    elif other:
        made.append("other-figure:far")
    return made


_IN_ONE_BREATH = 60
"""Characters between two figures of one name that are mostly said together."""


def is_told_beside(trial: Trial, trials: Sequence[Trial]) -> bool:
    """Say whether the very fact of a claim stands right beside it with a figure that holds.

    Nobody says the same twice in one breath: one of the two figures is another's, of a list or row
    whose names were not all read.
    """
    claim = trial.claim
    return any(
        one.holds is True
        and one.claim.value != claim.value
        and (one.claim.subject, one.claim.as_of) == (claim.subject, claim.as_of)
        and _fact(one.claim) == _fact(claim)
        and abs(one.claim.start - claim.start) <= _IN_ONE_ROW
        for one in trials
    )


_IN_ONE_ROW = 40


def _fact(claim: Claim) -> tuple[object, ...]:
    return claim.metric, claim.params, claim.unit


def _words(claim: Claim) -> str:
    """Return the words around a number, without it: the same where a summary repeats them."""
    return DIGITS.sub("#", claim.quote)


def _is_the_same(one: Claim, other: Claim) -> bool:
    """Say whether two claims print one number of one subject, as a title and its article do."""
    return (one.subject, one.value) == (other.subject, other.value)


_CLOSE_BY = 40


def _likeness(printed: str, value: float) -> int:
    """Return 2 where one digit is another, 1 where the leading ones are the same, 0 else."""
    if not printed:
        return 0
    decimals = len(printed.partition(".")[2])
    best = 0
    for true in {f"{value:.{decimals}f}", _cut(value, decimals)}:
        one, other = printed.replace(".", ""), true.replace(".", "")
        width = max(len(one), len(other))
        one, other = one.zfill(width), other.zfill(width)
        unlike = [n for n in range(width) if one[n] != other[n]]
        swapped = (
            len(unlike) == 2
            and unlike[1] == unlike[0] + 1
            and (one[unlike[0]] == other[unlike[1]] and one[unlike[1]] == other[unlike[0]])
        )
        if len(unlike) == 1 or swapped:
            return 2
        if width - len(unlike) > width / 2:
            best = 1
    return best


def _cut(value: float, decimals: int) -> str:
    whole, _, rest = f"{value:.6f}".partition(".")
    return f"{whole}.{rest[:decimals]}" if decimals else whole


def _how_far(trial: Trial) -> str:
    """Return by how much the figure is another than what was measured, as a class."""
    stated = trial.claim.value
    value = trial.first.measurement.value if trial.first.measurement is not None else None
    if not (isinstance(stated, float) and isinstance(value, float)) or not value:
        return "unknown"
    if stated * value < 0:
        return "against"
    ratio = abs(stated / value)
    off = max(ratio, 1 / ratio) - 1 if ratio else 99.0
    return next(
        (str(limit) for limit in (0.002, 0.02, 0.1, 0.3, 1.0, 3.0, 9.0) if off < limit), "more"
    )


def is_told_and_untrue(trial: Trial, views: Views) -> bool:
    """Say whether a return this year, named in words, is true at no price of the last sessions.

    Its start is a day that is known to all, so that little but the figure can be wrong.
    """
    period = _told(trial)
    base = _base(trial.first)
    if period is None or period.kind != "ytd" or base is None:
        return False
    return not is_of(trial.claim, trial.claim.subject, views, base)


def is_untrue_since_a_turn(trial: Trial, views: Views) -> bool:
    """Say whether a return since the low or high of dates in words is true of no reading.

    Every reading was measured, of each listing and by each price, and at no price of the last
    sessions does any give the figure.
    """
    period = _told(trial)
    if period is None or period.kind not in ("since-low", "since-high") or period.first is None:
        return False
    for one in (trial.first, *trial.others):
        base = _base(one)
        if one.label == "not_enough_information" and is_finer(one.claim):
            continue
        if one.label != "refuted" or base is None:
            return False
        if is_of(one.claim, one.claim.subject, views, base):
            return False
    return True


def _told(trial: Trial) -> Period | None:
    """Return the stretch of a return that the words name, None where they name none."""
    period = getattr(trial.claim.params, "period", None)
    return period if isinstance(period, Period) and trial.claim.period else None


def _base(verdict: Verdict) -> float | None:
    """Return the price from which the stretch of a return counts, where the words tell it."""
    measurement = verdict.measurement
    if verdict.claim.metric != "period_return" or measurement is None:
        return None
    rows = measurement.evidence.rows
    return rows[0].value if len(rows) > 1 else None


def is_of(claim: Claim, subject: str, views: Views, base: float | None = None) -> bool:
    """Say whether a figure is true of some day, price or stretch of a subject near by.

    Where the stretch is told, ``base`` is the price that it counts from, and only where it ends and
    by which price is asked.
    """
    if claim.within is None:
        return False
    bars = views.at(claim.as_of).bars(subject)
    if len(bars) < DAYS_BACK + 1:
        return False
    if claim.metric in LEVELS:
        values = _prices(bars, LEVELS_BACK)
    elif claim.unit == "%" and base is not None:
        values = 100.0 * (_prices(bars, DAYS_BACK) / base - 1.0)
    elif claim.unit == "%":
        values = _moves(bars)
    elif claim.unit == "points":
        values = _moves(bars, in_points=True)
    else:
        return False
    values = values[np.isfinite(values)]
    low, high = claim.within.low, claim.within.high
    if (
        claim.value is not None
        and isinstance(claim.value, float)
        and not (isfinite(low) and isfinite(high))
    ):
        low, high = sorted((claim.value, claim.value * 1.1))
    inside = (values >= low) & (values <= high)
    return bool((inside | ((-values >= low) & (-values <= high))).any())


def _prices(bars: Bars, back: int) -> np.ndarray:
    return np.concatenate([one[-back:] for one in (bars.open, bars.high, bars.low, bars.close)])


def _moves(bars: Bars, *, in_points: bool = False) -> np.ndarray:
    """Return the moves of the last sessions at each price, and the returns of usual stretches."""
    close = bars.close
    before = close[-DAYS_BACK - 1 : -1]
    prices = (bars.open, bars.high, bars.low, close)
    made = [_change(price[-DAYS_BACK:], before, in_points=in_points) for price in prices]
    for length in STRETCHES:
        if len(close) > length + 2:
            ends = close[-2:]
            starts = close[-2 - length : len(close) - length]
            made.append(_change(ends, starts, in_points=in_points))
    new_year = np.searchsorted(
        bars.dates, bars.dates[-1].astype("datetime64[Y]").astype("datetime64[D]")
    )
    if new_year:
        made.append(_change(close[-3:], close[new_year - 1], in_points=in_points))
    window = close[-LEVELS_BACK:]
    ends_of_year = (np.nanmin(window), np.nanmax(window))
    made += [_change(close[-2:], float(end), in_points=in_points) for end in ends_of_year]
    return np.concatenate(made)


def _change(to: np.ndarray, base: np.ndarray | float, *, in_points: bool) -> np.ndarray:
    return to - base if in_points else 100.0 * (to / base - 1.0)
