"""How an article's other claims bear on how sure a reading is.

An article keeps to its day, its market and its names. Where its other claims hold as they were
read, what does not hold is more likely the article's error; where they do not, it is more likely
the reader's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import log

from springtide.checking.edits import slip_of
from springtide.checking.misprint import (
    class_of,
    facts_of_figure,
    is_out_of_proportion,
    is_surely_another_measure,
    is_told_and_untrue,
    is_told_beside,
    is_untrue_since_a_turn,
)
from springtide.checking.verify import SURE, Trial
from springtide.checking.views import Views
from springtide.claims.model import Claim
from springtide.reading.numbers.sureness import WEIGHED, Facts, sure

LEAST_ALONE = 0.04
"""A reading less sure than this by itself is refuted by no company that it keeps."""

_MOST, _MOST_SAME = 3, 2
_LEAST = 0.002
_NEAR = 80
"""Characters within which two claims of one subject are mostly of one day."""


def surenesses(
    trials: Sequence[Trial], views: Views, ours: Callable[[Claim], bool] = lambda _: False
) -> list[float]:
    """Return for each claim the probability that one of its readings is what the text says.

    Of one that does not hold it is that of an error of the article, against a misread sentence: by
    what holds beside it, and by what its figure has in common with those that would hold
    (:mod:`springtide.checking.misprint`). Only claims that were measured count for others, and not
    those that print the same number of the same subject once more, as a summary does. ``ours``
    tells a claim in the very words in which its metric is said by us: its reading is sure. So is
    that of a return this year which is sure by itself and true at no price of the last sessions.
    """
    made = []
    for trial in trials:
        sureness = trial.claim.confidence
        if trial.claim.metric == "price_streak" and not _is_clean(trial, trials):
            sureness = min(sureness, LEAST_ALONE)  # whose day and length are seldom what was read
        anothers = is_weighed(trial) and is_surely_anothers(trial, trials, views)
        if anothers or is_out_of_proportion(trial):
            sureness = min(sureness, LEAST_ALONE)
        elif is_weighed(trial):
            error = sure(error_facts(trial, trials, views), "standing")
            own = trial.claim.metric in _OWN and ours(trial.claim)
            told = sureness >= LEAST_TOLD and (
                is_told_and_untrue(trial, views) or is_untrue_since_a_turn(trial, views)
            )
            if own:
                error = max(error, sureness)
            sureness = max(error, sureness, SURE) if told else error
        made.append(sureness)
    return made


def is_surely_anothers(trial: Trial, trials: Sequence[Trial], views: Views) -> bool:
    """Say whether a figure is another measure's, or its name's own one stands right beside it."""
    return is_surely_another_measure(trial, views) or is_told_beside(trial, trials)


_OWN = WEIGHED - {"close_level", "pct_change"}
"""Metrics whose own words are nobody else's: everybody says that an index closed at so much."""

LEAST_TOLD = 0.6
"""Confidence from which a stretch told in words, true at no price near by, is an error."""

FEW = 3
"""Claims of a note in which little else can be meant."""

CLEAN = 6
"""Other claims that all hold, from which an article is read reliably."""


def _is_clean(trial: Trial, trials: Sequence[Trial]) -> bool:
    """Say whether much else was measured in an article and all of it holds."""
    rest = [one.holds for one in trials if one is not trial and one.holds is not None]
    return len(rest) >= CLEAN and all(rest)


def error_facts(trial: Trial, trials: Sequence[Trial], views: Views) -> Facts:
    """Return what tells an error of the article from a misread sentence, by name."""
    slip = slip_of(trial)
    if slip.endswith("sure"):  # whatever else the article says
        p = min(max(trial.claim.confidence, _LEAST), 1 - _LEAST)
        return {"any": 1.0, "sure-slip": 1.0, "alone|sure-slip": log(p / (1 - p)), slip: 1.0}
    known = {**standing(trial, trials), **facts_of_figure(trial, trials, views)}
    sure_class = class_of(trial.claim.confidence)
    if _is_clean(trial, trials):
        known |= {"clean": 1.0, f"clean|{sure_class}": 1.0}
    if len(trials) <= FEW:
        known |= {"few": 1.0, f"few|{sure_class}": 1.0}
    return known


def is_weighed(trial: Trial) -> bool:
    """Say whether a claim does not hold, was read from a number and by itself is not unlikely.

    Metrics' own words are as sure as they are; no neighbours make a guess a reading.
    """
    if trial.holds is not False or trial.claim.confidence < LEAST_ALONE:
        return False
    return trial.claim.metric in WEIGHED


def standing(trial: Trial, trials: Sequence[Trial]) -> Facts:
    """Return what the other claims of an article say for and against the reading of one."""
    claim = trial.claim
    rest = [
        other
        for other in trials
        if other.holds is not None
        and (other.claim.start, other.claim.end) != (claim.start, claim.end)
        and (other.claim.subject, other.claim.value) != (claim.subject, claim.value)
    ]
    good = sum(other.holds is True for other in rest)
    same = [other.holds for other in rest if other.claim.subject == claim.subject]
    alike = [other.holds for other in rest if other.claim.metric == claim.metric]
    near = [
        other.holds
        for other in rest
        if other.claim.subject == claim.subject and abs(other.claim.start - claim.start) < _NEAR
    ]
    bad, same_good = len(rest) - good, sum(one is True for one in same)
    p = min(max(claim.confidence, _LEAST), 1 - _LEAST)
    names = [
        f"good:{min(good, _MOST)}",
        f"bad:{min(bad, _MOST)}",
        f"same-good:{min(same_good, _MOST_SAME)}",
        f"same-bad:{min(len(same) - same_good, _MOST_SAME)}",
        f"alike-good:{min(alike.count(True), _MOST)}",
        f"alike-bad:{min(alike.count(False), _MOST)}",
        f"near-good:{True in near}",
        f"near-bad:{False in near}",
    ]
    if trial.open:
        names.append("open:live" if any(one.live for one in trial.open) else "open")
    known = {"any": 1.0, "alone": log(p / (1 - p)), "balance": (good - bad) / (good + bad + 1)}
    return known | dict.fromkeys(names, 1.0)
