"""Verifying a claim: measure it as of its date with the same functions as everybody, compare."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from springtide.checking.conversion import is_other_currency, judged, with_rate
from springtide.checking.nearest import nearest_readings, whole_record
from springtide.checking.readings import differences
from springtide.checking.slack import MULTIPLES, Slack, slack_of
from springtide.checking.views import Views
from springtide.claims.model import Claim, Label, Measurement, Reading, Row, Verdict
from springtide.claims.words import field_name
from springtide.language.messages import Given, Level, Message, Number, Percent, message, say
from springtide.language.types import Language
from springtide.market import instruments
from springtide.market.independence import is_quotation
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics.basket_evidence import hindsight
from springtide.metrics.families.contributions import Contribution, ImpliedWeight
from springtide.metrics.families.relative import TODAY
from springtide.metrics.families.targets import ImpliedMove
from springtide.metrics.registry import get, measure

FAR = 10.0
"""Per cent from a record beyond which nobody calls a price near it: a convention of ours."""

_IDENTIFIER = re.compile(r"[A-Z0-9^][A-Z0-9^.=~_&-]*")

SURE = 0.7
"""The least probability of a reading on which a claim is refuted; below it there is doubt.

Chosen by the reliability and the verdicts on ``docs/evidence/reading.md``, with its posts in view.
"""


def verify(claim: Claim, views: Views, language: Language = "en") -> Verdict:
    """Say what the data say of one claim.

    Supported is a claim of which the likeliest reading holds, or another admissible one
    (``Verdict.read_as``). Refuted is one of which none holds, where the reading is sure and every
    other reading was measured. Everything else is not enough information: a subject that is not
    known, data that are not there, a moment that no daily bar holds, a move to come whose target
    the text does not give, a difference that vendors, contracts or adjusted prices explain, and a
    sentence that can be read in ways that were not measured.

    Parameters
    ----------
    claim
        Read from an article, or made by us.
    views
        The lake as of the dates that are asked for.
    language
        Language of the reason and of the readings' words.
    """
    return concluded(tried(claim, views, language), claim.confidence, views, language)


@dataclass(frozen=True, slots=True)
class Trial:
    """What the data say of each reading of a claim by itself: of the first and of the others.

    The others are measured where the first does not hold.
    """

    claim: Claim
    first: Verdict
    others: tuple[Verdict, ...] = ()

    @property
    def holds(self) -> bool | None:
        """Whether a reading holds; None where none does and the first is not measured."""
        if any(one.label == "supported" for one in (self.first, *self.others)):
            return True
        return False if self.first.label == "refuted" and not self.is_nearly else None

    @property
    def is_nearly(self) -> bool:
        """Whether another reading is as good as true: adjusting or vendors explain what is left."""
        return any(
            one.label == "not_enough_information" and is_near(one.claim, one.measurement)
            for one in self.others
        )

    @property
    def open(self) -> tuple[Claim, ...]:
        """The other readings that could not be measured, but for finer prices of the first one."""
        return tuple(
            one.claim
            for one in self.others
            if one.label == "not_enough_information" and not is_finer(one.claim)
        )


def is_near(claim: Claim, measurement: Measurement | None) -> bool:
    """Say whether a measured value is a hair's breadth from what the wording admits."""
    value = measurement.value if measurement is not None else None
    if claim.within is None or isinstance(value, bool) or not isinstance(value, float):
        return False
    apart = max(claim.within.low - value, value - claim.within.high, 0.0)
    return apart <= (NEAR_POINTS if claim.unit == "%" else NEAR * abs(value))


NEAR_POINTS, NEAR = 0.1, 0.002
"""Percentage points of a move, and share of a price, that are nearly nothing."""


def is_finer(claim: Claim) -> bool:
    """Say whether a reading is the first one by prices within a session: none may be on file."""
    return getattr(claim.params, "start", None) == "intraday"


def tried(claim: Claim, views: Views, language: Language = "en", *, ours: bool = False) -> Trial:
    """Measure every reading of a claim, as far as there is need for it.

    A claim in our own words (``ours``) is of our own figures, however much vendors differ.
    """
    first = _of_reading(claim, views, language, ours=ours)
    if first.measurement is not None and first.measurement.value is None:
        instrument = instrument_of(claim, views)
        if instrument is not None:
            first = replace(first, nearest=whole_record(claim, instrument, views, language))
    if first.label == "supported":
        return Trial(claim, first)
    others = tuple(_of_reading(other, views, language) for other in claim.others)
    return Trial(claim, first, others)


def concluded(trial: Trial, sureness: float, views: Views, language: Language = "en") -> Verdict:
    """Return the verdict on a claim from what its readings gave.

    Parameters
    ----------
    trial
        From :func:`tried`.
    sureness
        Probability that one of its readings is what the text says.
    views, language
        As for :func:`verify`.
    """
    claim, first = trial.claim, trial.first
    if first.label == "supported":
        return first
    for other in trial.others:
        if other.label == "supported" and other.measurement is not None:
            changes = differences(claim, other.claim, language)
            reading = Reading(other.claim, other.measurement, changes, 0.0)
            reason = other.reason
            return Verdict(claim, "supported", reason, other.measurement, read_as=reading)
    if first.label != "refuted":
        return first
    if sureness < SURE or trial.is_nearly:
        return _in_doubt(first, claim, trial.open, language)
    instrument = instrument_of(claim, views)
    nearest = nearest_readings(claim, instrument, views, language) if instrument else ()
    return replace(first, nearest=nearest)


def label_of(claim: Claim, views: Views) -> Label:
    """Return the verdict on one reading by itself, as if there were no other and no doubt."""
    return _of_reading(claim, views, "en").label


def _of_reading(claim: Claim, views: Views, language: Language, *, ours: bool = False) -> Verdict:
    """Judge one reading of a claim by itself, without a search for nearest readings."""
    unknown: Label = "not_enough_information"
    instrument = instrument_of(claim, views)
    if instrument is None:
        stranger = say("missing.not-registered", language, subject=claim.subject)
        return Verdict(claim, unknown, stranger)
    if claim.live:
        return Verdict(claim, unknown, say("check.live", language))
    if _is_without_target(claim):
        return Verdict(claim, unknown, say("check.no-target", language))
    view = views.at(claim.as_of)
    measurement = measure(claim.metric, view, instrument, claim.params)
    if _foreign(claim, measurement) and not is_other_currency(claim, measurement):
        units = say("check.other-unit", language, stated=claim.unit, measured=measurement.unit)
        return Verdict(claim, unknown, units, measurement)
    quoted = _only_quoted(measurement, language) if claim.quote else ""
    if quoted:
        return Verdict(claim, unknown, quoted, measurement)
    label, sum_ = judged(claim, measurement, view)
    reason = _noted(claim, measurement, view, instrument, _reason(measurement, language), language)
    if sum_ is not None:
        said = say("check.semicolon", language).join((reason, sum_.words(language).text(language)))
        return Verdict(claim, label, said, with_rate(measurement, sum_))
    if measurement.value is not None and _foreign(claim, measurement):
        units = say("check.other-unit", language, stated=claim.unit, measured=measurement.unit)
        return Verdict(claim, unknown, units, measurement)
    if label == "refuted" and _is_nobodys(claim):
        whose = say("check.whose", language, reason=reason)
        return Verdict(claim, unknown, whose, measurement)
    if label == "refuted" and _is_nearly_so(claim, measurement):
        vague = say("check.how-near", language, reason=reason)
        return Verdict(claim, unknown, vague, measurement)
    if label == "refuted" and _is_unspecific(claim):
        vague = say("check.since-when", language, reason=reason)
        return Verdict(claim, unknown, vague, measurement)
    if label == "refuted" and claim.quote:
        slack = slack_of(claim, measurement, instrument, view)
        if slack is not None and not (ours and claim.metric in MULTIPLES):
            label = "supported" if slack == "cut" else unknown
            reason = say(_SLACK[slack], language, reason=reason)
    return Verdict(claim, label, reason, measurement)


def _in_doubt(
    first: Verdict, claim: Claim, readings: tuple[Claim, ...], language: Language
) -> Verdict:
    """Return that a claim is not sure to be what was measured, with what else it can be read as."""
    ways = say("check.semicolon", language).join(
        " ".join(differences(claim, one, language)) for one in readings if one != claim
    )
    known = "yes" if ways else "no"
    reason = say("check.doubt", language, known=known, ways=ways, reason=first.reason)
    return Verdict(
        claim, "not_enough_information", reason, first.measurement, doubts=(claim, *readings)
    )


_SLACK: dict[Slack, str] = {
    "cut": "check.cut",
    "rounding": "check.rounding",
    "vendor": "check.vendor",
    "adjusted": "check.adjusted",
    "dividends": "check.dividends",
    "contract": "check.contract",
    "direction": "check.direction",
    "reached": "check.reached",
}


def instrument_of(claim: Claim, views: Views) -> Instrument | None:
    """Return the claim's instrument from the registry or the lake, None where it is in neither.

    A subject is an identifier, or a name that reading could not resolve: the latter is nobody's
    ticker, however it is spelt ("Target" is not TGT, and "All" not ALL).
    """
    known = instruments.find(claim.subject)
    if known is not None and known.kind == "service" and known.id == claim.subject:
        return known  # makers write the ids of their models in small letters
    if not _IDENTIFIER.fullmatch(claim.subject) and instruments.basket(claim.subject) is None:
        return None
    if known is None and len(views.at(claim.as_of).bars(claim.subject)):
        known = instruments.plain(claim.subject)
    return known if known is not None and known.id == claim.subject else None


def _only_quoted(measurement: Measurement, language: Language) -> str:
    """Say what a measurement rests on where that is somebody cited: it proves nothing; "" else."""
    quoted = [row for row in measurement.evidence.rows if is_quotation(row.source)]
    if not quoted:
        return ""
    figures = say("check.semicolon", language).join(
        f"{_figure(row).text(language)}, {row.source}" for row in quoted
    )
    return say("check.only-quoted", language, figures=figures)


def _foreign(claim: Claim, measurement: Measurement) -> bool:
    """Say whether claim and data are in units that do not compare: dollars against points, say."""
    if isinstance(measurement.value, bool) or measurement.value is None or claim.value is None:
        return False
    return bool(claim.unit) and claim.unit != measurement.unit


def _is_without_target(claim: Claim) -> bool:
    """Say whether a text speaks of a move to come and gives no target of its own for it."""
    return bool(claim.quote) and claim.params == ImpliedMove()


def _is_nobodys(claim: Claim) -> bool:
    """Say whether a text states an opinion and not whose: another house's does not refute it."""
    return bool(claim.quote) and getattr(claim.params, "house", "") is None


def _is_unspecific(claim: Claim) -> bool:
    """Say whether a text calls something a new high or low and does not say since when."""
    return claim.metric == "high_low_record" and bool(claim.quote) and not claim.period


def _is_nearly_so(claim: Claim, measurement: Measurement) -> bool:
    """Say whether a price that is called near a record is not far from it: near is no number."""
    rows = measurement.evidence.rows
    if not (claim.quote and getattr(claim.params, "near", False) and len(rows) > 1):
        return False
    record = rows[0].value
    return any(abs(row.value / record - 1) * 100 <= FAR for row in rows[1:])


def _noted(
    claim: Claim,
    measurement: Measurement,
    view: View,
    instrument: Instrument,
    reason: str,
    language: Language,
) -> str:
    """Add what a reader must know of a basket, or of points whose weights are not on file."""
    chosen = hindsight(measurement)
    if chosen is not None:
        return say(
            "check.hindsight", language, reason=reason, subject=claim.subject, day=str(chosen)
        )
    params = claim.params
    if not isinstance(params, Contribution) or measurement.value is not None:
        return reason
    if params.unit != "points" or params.period != TODAY or not isinstance(claim.value, float):
        return reason
    implied = ImpliedWeight(params.member, claim.value)
    weight = measure("implied_weight", view, instrument, implied).value
    if not isinstance(weight, float):
        return reason
    return say(
        "check.implied-weight",
        language,
        reason=reason,
        member=params.member,
        subject=claim.subject,
        weight=Percent(weight, 1),
    )


def _figure(row: Row) -> Message:
    return message(
        "check.figure", field=field_name(row.field), value=Number(row.value, 2), day=row.date
    )


def _reason(measurement: Measurement, language: Language) -> str:
    if measurement.lacks is not None:
        return measurement.missing_in(language)
    day, value = measurement.as_of, measurement.value
    if isinstance(value, bool):
        rows = measurement.evidence.rows
        figures = say("check.semicolon", language).join(_figure(row).text(language) for row in rows)
        return say(
            "check.so",
            language,
            yes="yes" if value else "no",
            day=day,
            known="yes" if rows else "no",
            figures=figures,
        )
    assert value is not None
    size = _in_words(value, measurement.unit)
    title = get(measurement.metric).title[language]
    return say("check.measured", language, metric=title, value=size, day=day)


def _in_words(value: float, unit: str) -> Given:
    """Return a measured value as a reason prints it: sums of money with their scale."""
    if unit == "%":
        return Percent(value, 2)
    is_sum = len(unit) == 3 and unit.isupper() and abs(value) >= _LARGE
    return Level(value, unit) if is_sum else Number(value, 2)


_LARGE = 1e8
