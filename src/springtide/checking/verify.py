"""Verifying a claim: measure it as of its date with the same functions as everybody, compare."""

from __future__ import annotations

from dataclasses import replace

from springtide.checking.nearest import nearest_readings
from springtide.checking.readings import differences
from springtide.checking.slack import Slack, slack_of
from springtide.checking.views import Views
from springtide.claims.compare import judge
from springtide.claims.model import Claim, Label, Measurement, Reading, Row, Verdict
from springtide.language.format import format_date, format_number
from springtide.language.types import Language
from springtide.market.types import Instrument
from springtide.metrics.families.targets import ImpliedMove
from springtide.metrics.registry import get, measure
from springtide.metrics.rows import field_name

SURE = 0.5
"""The least probability of a reading on which a claim is refuted; below it there is doubt.

Calibrated on posts that the reader had not seen, see ``docs/evidence/reading.md``.
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
    first = _of_reading(claim, views, language)
    if first.label == "supported" or not (claim.others or first.label == "refuted"):
        return first
    others = [_of_reading(other, views, language) for other in claim.others]
    for other in others:
        if other.label == "supported" and other.measurement is not None:
            changes = differences(claim, other.claim, language)
            reading = Reading(other.claim, other.measurement, changes, 0.0)
            reason = other.reason
            return Verdict(claim, "supported", reason, other.measurement, read_as=reading)
    if first.label != "refuted":
        return first
    open_ones = [one for one in others if one.label == "not_enough_information"]
    if claim.confidence < SURE or open_ones:
        return _in_doubt(first, claim, tuple(one.claim for one in open_ones), language)
    instrument = instrument_of(claim, views)
    nearest = nearest_readings(claim, instrument, views, language) if instrument else ()
    return replace(first, nearest=nearest)


def _of_reading(claim: Claim, views: Views, language: Language) -> Verdict:
    """Judge one reading of a claim by itself, without a search for nearest readings."""
    unknown: Label = "not_enough_information"
    script = "en" if language == "en" else "zh"
    instrument = instrument_of(claim, views)
    if instrument is None:
        return Verdict(claim, unknown, _unknown(claim, language))
    if claim.live:
        return Verdict(claim, unknown, _LIVE[script])
    if _is_without_target(claim):
        return Verdict(claim, unknown, _WITHOUT_TARGET[script])
    view = views.at(claim.as_of)
    measurement = measure(claim.metric, view, instrument, claim.params)
    if _foreign(claim, measurement):
        return Verdict(claim, unknown, _units(claim, measurement, language), measurement)
    label = judge(claim, measurement)
    reason = _reason(measurement, language)
    if label == "refuted" and _is_unspecific(claim):
        return Verdict(claim, unknown, _unspecific(measurement, language), measurement)
    if label == "refuted" and claim.quote:
        slack = slack_of(claim, measurement, instrument, view)
        if slack is not None:
            label = "supported" if slack == "cut" else unknown
            reason = f"{reason}{_SLACK[script][slack]}"
    return Verdict(claim, label, reason, measurement)


def _in_doubt(
    first: Verdict, claim: Claim, readings: tuple[Claim, ...], language: Language
) -> Verdict:
    """Return that a claim is not sure to be what was measured, with what else it can be read as."""
    ways = "; ".join(
        " ".join(differences(claim, one, language)) for one in readings if one != claim
    )
    if language == "en":
        said = f"can be read as: {ways}" if ways else "what the sentence speaks of is not certain"
        reason = f"{said}; read as first thought, {first.reason}"
    else:
        said = f"也可读作：{ways}" if ways else "句意不能确定"
        reason = f"{said}；按首选读法，{first.reason}"
    return Verdict(
        claim, "not_enough_information", reason, first.measurement, doubts=(claim, *readings)
    )


_SLACK: dict[str, dict[Slack, str]] = {
    "en": {
        "cut": ": the digits are cut off, not rounded",
        "rounding": ": the difference is less than one unit of the last digit",
        "vendor": ": vendors differ by as much",
        "adjusted": "; these prices are, or may be, adjusted for dividends, so that levels of the "
        "past are not what was quoted",
        "dividends": "; these prices are adjusted for dividends, which may explain the difference",
        "contract": "; contracts and vendors differ, so that this refutes nothing",
    },
    "zh": {
        "cut": "：文中数字为截断而非四舍五入",
        "rounding": "：差异小于末位一个单位",
        "vendor": "：差异在数据商口径之内",
        "adjusted": "；该价格序列为或可能为复权价，过往点位与当时报价不同",
        "dividends": "；该价格序列为复权价，差异可能来自股息",
        "contract": "；合约及数据商口径不一，不能据此否定",
    },
}


def instrument_of(claim: Claim, views: Views) -> Instrument | None:
    """Return the claim's instrument from the registry or the lake, None where it is in neither."""
    return views.at(claim.as_of).find(claim.subject)


def _foreign(claim: Claim, measurement: Measurement) -> bool:
    """Say whether claim and data are in units that do not compare: dollars against points, say."""
    if isinstance(measurement.value, bool) or measurement.value is None or claim.value is None:
        return False
    return bool(claim.unit) and claim.unit != measurement.unit


_LIVE = {
    "en": "stated of a moment within the session or outside it, which daily bars do not hold",
    "zh": "所述为盘中或盘前盘后某一时刻，日线数据不含该时刻的价格",
}


_WITHOUT_TARGET = {
    "en": "a move to come, and the text gives no target that it would lead to",
    "zh": "所述为未来涨跌幅，文中未给出对应的目标价",
}


def _is_without_target(claim: Claim) -> bool:
    """Say whether a text speaks of a move to come and gives no target of its own for it."""
    return bool(claim.quote) and claim.params == ImpliedMove()


def _is_unspecific(claim: Claim) -> bool:
    """Say whether a text calls something a new high or low and does not say since when."""
    return claim.metric == "high_low_record" and bool(claim.quote) and not claim.period


def _unspecific(measurement: Measurement, language: Language) -> str:
    if language == "en":
        return f"the text does not say since when; over 52 weeks {_reason(measurement, language)}"
    return f"文中未写明自何时以来；以52周计，{_reason(measurement, language)}"


def _unknown(claim: Claim, language: Language) -> str:
    if language == "en":
        return f"{claim.subject} is not in the registry of instruments"
    return f"{claim.subject}不在证券名录中"


def _units(claim: Claim, measurement: Measurement, language: Language) -> str:
    if language == "en":
        return f"stated in {claim.unit}, the data are in {measurement.unit}"
    return f"文中单位为{claim.unit}，数据单位为{measurement.unit}"


def _figure(row: Row, language: Language) -> str:
    field = field_name(row.field).text(language)
    return f"{field} {format_number(row.value, 2, language)} ({format_date(row.date, language)})"


def _reason(measurement: Measurement, language: Language) -> str:
    if measurement.lacks is not None:
        return measurement.missing_in(language)
    day = format_date(measurement.as_of, language)
    if isinstance(measurement.value, bool):
        rows = "; ".join(_figure(row, language) for row in measurement.evidence.rows)
        yes = measurement.value
        if language == "en":
            return f"{'so it is' if yes else 'not so'} on {day}" + (f": {rows}" if rows else "")
        return f"{day}{'属实' if yes else '不属实'}" + (f"：{rows}" if rows else "")
    assert measurement.value is not None
    size = format_number(measurement.value, 2, language)
    unit = "%" if measurement.unit == "%" else ""
    title = get(measurement.metric).title[language]
    if language == "en":
        return f"{title.lower()} {size}{unit} on {day}"
    return f"{day}{title}为{size}{unit}"
