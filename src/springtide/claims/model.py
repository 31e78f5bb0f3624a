"""Claims, measurements and verdicts: what crosses the doors between rooms.

A *metric* is defined once (``springtide.metrics``) and used three ways: it is measured into a
brief, read out of an article, and verified. These are the typed results of each.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from springtide.language.messages import Words
from springtide.language.types import Comparator, Interval, Language

Label = Literal["supported", "refuted", "not_enough_information"]
Value = float | bool | None


@dataclass(frozen=True, slots=True)
class Params:
    """Base of every metric's typed parameters: a frozen dataclass with defaults."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement about a metric: by us (a brief) or by an article (with its exact span).

    Attributes
    ----------
    metric
        Key of a registered metric.
    subject
        Instrument id, or the name as written where it is not in the registry.
    params
        The metric's typed parameters.
    as_of
        The session the statement is about.
    comparator, value, unit
        As stated; ``value`` is signed (a fall is negative), a range is an ascending pair, and None
        where no number is printed ("closed lower after rising in the morning").
    within
        The true values that the wording admits, signed like ``value``; None where the metric
        answers yes or no.
    period
        The period or date as written, or in canonical form for our own claims.
    quote, start, end
        The words and their character offsets in the text as given; empty and -1 for our own.
    attributed_to
        Who is quoted, "" for the author.
    live
        Stated of a moment within a session, before it or after it, of which no daily bar says
        anything: it is neither supported nor refuted by the session's final prices.
    confidence
        The probability that the words are read rightly; 1 for our own claims.
    others
        Further admissible readings of the same words, the likeliest first: another day, another
        price of the session, another listing. None has readings of its own.
    """

    metric: str
    subject: str
    params: Params
    as_of: date
    comparator: Comparator = "="
    value: float | tuple[float, float] | None = None
    unit: str = ""
    within: Interval | None = None
    period: str = ""
    quote: str = ""
    start: int = -1
    end: int = -1
    attributed_to: str = ""
    live: bool = False
    confidence: float = field(default=1.0, compare=False)
    others: tuple[Claim, ...] = field(default=(), compare=False)

    def at(self, quote: str, start: int, end: int) -> Claim:
        """Return the same claim placed in a text."""
        return replace(self, quote=quote, start=start, end=end)


@dataclass(frozen=True, slots=True)
class Row:
    """One figure that went into a measurement: where it stands and where it came from."""

    subject: str
    field: str
    date: date
    value: float
    source: str


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of rows too long to list: its ends, its length and a digest of its values.

    ``digest`` is the first 16 hexadecimal digits of SHA-256 over the dates (int64 days since 1970)
    and values (float64) in order, little-endian, so that the same rows give the same digest.
    """

    subject: str
    field: str
    first: date
    last: date
    count: int
    missing: int
    digest: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Which rows and which formula gave a value, and which version of the lake held the rows."""

    formula: str
    rows: tuple[Row, ...] = ()
    windows: tuple[Window, ...] = ()
    versions: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Measurement:
    """A metric's value as of a date with its evidence, or which data are missing.

    ``value`` is a number in ``unit``, True or False for a metric that answers yes or no, and None
    exactly when ``lacks`` says which data would be needed.
    """

    metric: str
    subject: str
    params: Params
    as_of: date
    value: Value
    unit: str
    evidence: Evidence
    lacks: Words | None = None

    @property
    def missing(self) -> str:
        """Which data would be needed, in English; "" where the value is there."""
        return self.missing_in("en")

    def missing_in(self, language: Language) -> str:
        """Return which data would be needed, "" where the value is there."""
        return "" if self.lacks is None else self.lacks.text(language)


@dataclass(frozen=True, slots=True)
class Reading:
    """Another reading of a refuted claim that the data do support.

    ``changes`` says in which respects it differs from what was written (each a short canonical
    text such as ``start: low of the year``), ``distance`` how far it is: fewer changes first, then
    fewer sessions.
    """

    claim: Claim
    measurement: Measurement
    changes: tuple[str, ...]
    distance: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the data say of a claim.

    Attributes
    ----------
    claim
        The claim, in its likeliest reading.
    label, reason
        The verdict and why.
    measurement
        What was measured for that reading.
    nearest
        Of a refuted claim: the nearest readings that would have been true.
    read_as
        Of a supported claim: the other admissible reading that the data support, where the
        likeliest is not the one.
    doubts
        Of a claim that is neither supported nor refuted: the readings that could be meant.
    """

    claim: Claim
    label: Label
    reason: str
    measurement: Measurement | None = None
    nearest: tuple[Reading, ...] = field(default=())
    read_as: Reading | None = None
    doubts: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class BaseRate:
    """How likely a claim was by what was known on the day on which it was made.

    Attributes
    ----------
    value
        From zero to one; None where nothing says.
    basis
        ``history``: the share of the instrument's own closes after which the same claim, scaled by
        its distance, came true. ``study``: of levels drawn at random, the share that held.
    starts, windows
        How many closes were started from, and how many horizons they cover without overlap.
    last
        The last day that went in.
    own
        For a study's: the share of the instrument's own history, which ``starts``, ``windows`` and
        ``last`` are of; shown beside it. None where nothing says, or fewer than ten windows do.
    """

    value: float | None
    basis: Literal["history", "study", "none"] = "none"
    starts: int = 0
    windows: float = 0.0
    last: date | None = None
    own: float | None = None

    @property
    def is_poor(self) -> bool:
        """Whether it rests on fewer than ten independent windows, and is not printed."""
        return self.basis == "history" and self.windows < 10


@dataclass(frozen=True, slots=True)
class Said:
    """Where a call was read: the article, the words, their place in it, and who, as written."""

    article: str
    quote: str
    start: int = -1
    end: int = -1
    who: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """A claim about what is to come, and who makes it.

    Attributes
    ----------
    claim
        What is said to come true. Where its ``as_of`` is later than ``made``, it is about that
        session; else its metric's parameters hold the date and the horizon.
    made
        The session after which it was made.
    due
        The day on which its horizon ends; None where it waits for whatever comes first.
    probability
        Above or equal to zero, at most one; None where who makes it states none.
    source
        Who makes it: a person with their house, a house, or the version and method of ours.
    filed
        The day on which it was put on file, None where it is not yet. One filed long after it was
        made may know what came.
    base_rate
        How likely the same was by what was known then, worked out when it is filed.
    condition
        What must come first; its claim then counts from that day.
    close
        The close of ``made`` as it was known when the call was filed: where the series is restated
        later, levels of the call mean nothing there any more.
    mentioned
        Whether it was only said to be possible: shown, and not scored.
    said
        Where it was read.
    corrects
        The identifier of the call on file that it takes the place of; that one stays on file.

    Raises
    ------
    ValueError
        The probability is not from zero to one, or it is due before it was made.
    """

    claim: Claim
    made: date
    due: date | None
    probability: float | None
    source: str
    filed: date | None = field(default=None, compare=False)
    base_rate: BaseRate | None = None
    condition: Claim | None = None
    close: float | None = None
    mentioned: bool = False
    said: Said | None = None
    corrects: str = ""

    def __post_init__(self) -> None:
        if self.probability is not None and not 0 <= self.probability <= 1:
            raise ValueError(f"not a probability: {self.probability!r} (allowed: 0 to 1)")
        if self.due is not None and self.due < self.made:
            raise ValueError(f"due on {self.due}, before it was made on {self.made}")


Status = Literal["open", "decided", "lapsed", "mentioned", "unmeasurable", "corrected"]
"""What a call is: lapsed where its condition or a test never came; unmeasurable where the data that
would decide it do not go on."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a call, as far as the data decide it.

    Attributes
    ----------
    call
        The call.
    measurement
        Its metric, measured with its evidence; what is awaited where it is not decided.
    happened
        Whether it came true; None while that is not decided.
    decided_on
        The session whose data decided it, None while it is not.
    status
        Open, decided, or why it will not be.
    """

    call: Call
    measurement: Measurement
    happened: bool | None = None
    decided_on: date | None = None
    status: Status = "open"

    @property
    def brier(self) -> float | None:
        """Squared distance of the probability from what happened, 0 the best and 1 the worst."""
        if self.happened is None or self.call.probability is None:
            return None
        return (self.call.probability - self.happened) ** 2

    @property
    def surprise(self) -> float | None:
        """What happened (1 or 0) less the base rate: above zero for what was unlikely and came."""
        rate = self.call.base_rate
        if self.happened is None or rate is None or rate.value is None:
            return None
        return self.happened - rate.value
