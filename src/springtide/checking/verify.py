"""Verifying a claim: measure it as of its date with the same functions as everybody, compare."""

from __future__ import annotations

from springtide.checking.nearest import nearest_readings
from springtide.checking.views import Views
from springtide.claims.compare import judge
from springtide.claims.model import Claim, Measurement, Reading, Row, Verdict
from springtide.language.format import format_date, format_number
from springtide.language.types import Language
from springtide.market.types import Instrument
from springtide.metrics.families.targets import ImpliedMove
from springtide.metrics.registry import get, measure
from springtide.metrics.rows import FIELD_ZH


def verify(claim: Claim, views: Views, language: Language = "en") -> Verdict:
    """Say what the data say of one claim.

    A claim whose subject is not known, or whose data are not there, is not refuted: there is not
    enough information, and the reason says which. Nor is one of a moment that no daily bar holds,
    or of a move to come whose target the text does not give: another's target says nothing of it.

    Parameters
    ----------
    claim
        Read from an article, or made by us.
    views
        The lake as of the dates that are asked for.
    language
        Language of the reason and of the readings' words.
    """
    instrument = instrument_of(claim, views)
    if instrument is None:
        return Verdict(claim, "not_enough_information", _unknown(claim, language))
    if claim.live:
        return Verdict(claim, "not_enough_information", _LIVE["en" if language == "en" else "zh"])
    if _is_without_target(claim):
        reason = _WITHOUT_TARGET["en" if language == "en" else "zh"]
        return Verdict(claim, "not_enough_information", reason)
    measurement = measure(claim.metric, views.at(claim.as_of), instrument, claim.params)
    if _foreign(claim, measurement):
        return Verdict(
            claim, "not_enough_information", _units(claim, measurement, language), measurement
        )
    label = judge(claim, measurement)
    if label == "refuted" and _is_unspecific(claim):
        return Verdict(
            claim, "not_enough_information", _unspecific(measurement, language), measurement
        )
    nearest: tuple[Reading, ...] = ()
    if label == "refuted":
        nearest = nearest_readings(claim, instrument, views, language)
    return Verdict(claim, label, _reason(measurement, language), measurement, nearest)


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
    field = row.field if language == "en" else FIELD_ZH.get(row.field, row.field)
    return f"{field} {format_number(row.value, 2, language)} ({format_date(row.date, language)})"


def _reason(measurement: Measurement, language: Language) -> str:
    if measurement.missing:
        return measurement.missing if language == "en" else measurement.missing_zh
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
    title = get(measurement.metric).title["en" if language == "en" else "zh-cn"]
    if language == "en":
        return f"{title.lower()} {size}{unit} on {day}"
    return f"{day}{title}为{size}{unit}"
