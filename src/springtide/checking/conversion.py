"""Sums of money that are stated in another currency than the data are in.

A sum is converted with the mean rate of its sessions, from the lake. Where there is none, a pegged
currency is known to lie in its band, and the sum in an interval: a claim is supported where all of
it satisfies the claim, refuted where none of it does, else there is not enough information.

A price is never converted: a share quoted in another currency is another listing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date

from springtide.claims.compare import judge
from springtide.claims.model import Claim, Label, Measurement, Row
from springtide.language.format import format_level
from springtide.language.messages import Message, Number, message
from springtide.language.types import Interval, Language
from springtide.market.rates import Rate, rate
from springtide.market.view import View
from springtide.metrics.registry import get


@dataclass(frozen=True, slots=True)
class Converted:
    """A measured sum in the currency of a claim: from the lowest to the highest that it can be."""

    low: float
    high: float
    unit: str
    rate: Rate

    def words(self, language: Language) -> Message:
        """Say it: "= US$18.40bn to US$18.64bn (7.75 to 7.85 HKD a USD, HKMA: ...)"."""
        low, high = (format_level(value, self.unit, language) for value in (self.low, self.high))
        turned = self.rate if self.rate.low >= 1 else self.rate.inverse()
        return message(
            "check.converted",
            known="yes" if self.rate.is_known else "no",
            low=low,
            high=high,
            rate=Number(turned.low, 4 if self.rate.is_known else 2),
            top=Number(turned.high, 2),
            base=turned.base,
            quote=turned.quote,
            source=self.rate.source,
            day=self.rate.day,
        )


def is_other_currency(claim: Claim, measurement: Measurement) -> bool:
    """Say whether a claim states a sum of money in another currency than it is measured in."""
    both = (claim.unit, measurement.unit)
    is_sum = get(measurement.metric).unit != "price"
    return is_sum and both[0] != both[1] and all(len(one) == 3 and one.isupper() for one in both)


def converted(claim: Claim, measurement: Measurement, view: View) -> Converted | None:
    """Return a measured sum in the claim's currency; None where no rate is known."""
    if not isinstance(measurement.value, float):
        return None
    days = _days(measurement)
    told = rate(view, measurement.unit, claim.unit, min(days), max(days))
    if told is None:
        return None
    low, high = told.converted(measurement.value)
    return Converted(low, high, claim.unit, told)


def _days(measurement: Measurement) -> list[date]:
    """Return the days of what was added up first: those of its first window, else of its rows."""
    windows = measurement.evidence.windows
    if windows:
        return [windows[0].first, windows[0].last]
    return [row.date for row in measurement.evidence.rows] or [measurement.as_of]


def judged(claim: Claim, measurement: Measurement, view: View) -> tuple[Label, Converted | None]:
    """Compare a claim with what was measured, in the claim's currency where it is another one."""
    if measurement.value is None or not is_other_currency(claim, measurement):
        return judge(claim, measurement), None
    sum_ = converted(claim, measurement, view)
    if sum_ is None or claim.within is None:
        return "not_enough_information", sum_
    return _of_interval(claim.within, sum_), sum_


def _of_interval(within: Interval, sum_: Converted) -> Label:
    if sum_.low in within and sum_.high in within:
        return "supported"
    apart = sum_.high < within.low or sum_.low > within.high
    if not apart and sum_.low == sum_.high:
        apart = True  # one number that is at an open end of the interval
    return "refuted" if apart else "not_enough_information"


def with_rate(measurement: Measurement, sum_: Converted) -> Measurement:
    """Return a measurement with the rate of its conversion among its evidence."""
    told = sum_.rate if sum_.rate.low >= 1 else sum_.rate.inverse()
    subject = told.pair or f"{told.base}{told.quote}"
    edges = (told.low,) if math.isclose(told.low, told.high) else (told.low, told.high)
    name = f"{told.quote} for 1 {told.base}"
    rows = tuple(Row(subject, name, told.day, value, told.source) for value in edges)
    evidence = replace(measurement.evidence, rows=(*measurement.evidence.rows, *rows))
    return replace(measurement, evidence=evidence)
