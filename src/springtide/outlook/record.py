"""The typed results of scoring the outlook's forecasts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from springtide.numerics.resampling import Estimate
from springtide.numerics.scores import Bin, Decomposition
from springtide.outlook.model import MethodName

TargetName = Literal["peak", "new_high", "up_first", "sessions", "gain"]

GroupBy = Literal["whole", "kind", "published", "decade", "index decade", "market"]


@dataclass(frozen=True, slots=True)
class Target:
    """What is scored: an event within a horizon, or a whole distribution (horizon None).

    ``peak`` and ``new_high`` within so many sessions, and ``up_first``, by the Brier score;
    ``sessions`` and ``gain`` to the peak by the CRPS, up to the last edge of their grids.
    """

    name: TargetName
    horizon: int | None = None


@dataclass(frozen=True, slots=True)
class Against:
    """Skill of a method against a reference, 1 less the ratio of their scores."""

    reference: MethodName
    skill: Estimate


@dataclass(frozen=True, slots=True)
class Coverage:
    """How often a central interval held what came; calibrated where it equals the level."""

    level: float
    share: Estimate


@dataclass(frozen=True, slots=True)
class MethodScore:
    """How one method did on one target.

    Attributes
    ----------
    method
        Its name.
    loss
        Mean Brier score, or mean CRPS in sessions or as a fraction.
    skills
        Against each reference other than itself.
    coverage
        Of distributions.
    parts, bins
        Of events: the Brier score's parts, and what happened by what was said. None and empty where
        not asked for.
    pit
        Of distributions: the share of outcomes in each tenth of probability.
    sharpness
        How much was said: of events the standard deviation of the probabilities, of distributions
        the mean width of the 80% interval, up to the last edge of the grid. NaN where not asked.
    """

    method: MethodName
    loss: float
    skills: tuple[Against, ...]
    coverage: tuple[Coverage, ...] = ()
    parts: Decomposition | None = None
    bins: tuple[Bin, ...] = ()
    pit: tuple[float, ...] = ()
    sharpness: float = float("nan")

    def against(self, reference: str) -> Estimate | None:
        """Return the skill against a reference, None where it was not compared with it."""
        return next((one.skill for one in self.skills if one.reference == reference), None)


@dataclass(frozen=True, slots=True)
class Variant:
    """Skill of the combination, counted in another way than the rest of the record."""

    name: str
    skills: tuple[Against, ...]

    def against(self, reference: str) -> Estimate | None:
        """Return the skill against a reference, None where it was not compared with it."""
        return next((one.skill for one in self.skills if one.reference == reference), None)


@dataclass(frozen=True, slots=True)
class TargetScore:
    """How all methods did on one target, on the same forecasts.

    ``happened`` is the share of events that came (NaN for distributions); ``undecided`` how many
    forecasts are left out because what came of them is not known yet. ``in_set`` has each method's
    p-value in the model confidence set of the months' mean losses: empty where not asked for, NaN
    where the record is too short. ``variants`` count the skill in other ways, for the targets that
    goals were set for.
    """

    target: Target
    forecasts: int
    rallies: int
    months: int
    undecided: int
    happened: float
    in_set: tuple[tuple[MethodName, float], ...]
    methods: tuple[MethodScore, ...]
    variants: tuple[Variant, ...] = ()

    def method(self, name: str) -> MethodScore | None:
        """Return the score of a method, None where it was not compared."""
        return next((one for one in self.methods if one.method == name), None)


@dataclass(frozen=True, slots=True)
class Group:
    """Scores of a part of the forecasts.

    ``by`` says by what the part was taken, ``name`` which it is: ``all``, a kind, a decade's first
    year (of all, or of indices alone), an index's symbol; ``published`` is ``index`` without the
    years before each index was published.
    """

    by: GroupBy
    name: str
    symbols: int
    targets: tuple[TargetScore, ...]

    def target(self, name: str, horizon: int | None = None) -> TargetScore | None:
        """Return the scores of a target, None where nothing of it is decided."""
        wanted = Target(name, horizon)  # type: ignore[arg-type]
        return next((one for one in self.targets if one.target == wanted), None)


@dataclass(frozen=True, slots=True)
class TrackRecord:
    """The whole record.

    Attributes
    ----------
    methods
        Compared, in the order of :data:`springtide.outlook.model.METHODS`.
    made
        How many forecasts each made.
    compared
        How many dates all of them forecast, so that they are compared there.
    alone, unmatched
        Dates that some method left out, and dates without a row of outcomes.
    first, last
        Day of the first and last forecast compared; None without any.
    groups
        The whole first.
    """

    methods: tuple[MethodName, ...]
    made: tuple[tuple[MethodName, int], ...]
    compared: int
    alone: int
    unmatched: int
    first: date | None
    last: date | None
    groups: tuple[Group, ...]

    def group(self, by: str, name: str) -> Group | None:
        """Return a group, None where there is none."""
        return next((one for one in self.groups if (one.by, one.name) == (by, name)), None)

    @property
    def whole(self) -> Group | None:
        """All forecasts together, None where there are none."""
        return self.group("whole", "all")
