"""Targets of several houses together, and by how much targets and estimates were revised."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Annotated

import numpy as np

from springtide.claims.compare import price_decimals
from springtide.claims.model import Claim, Measurement, Params
from springtide.claims.words import field_name
from springtide.language.messages import Message, Percent, message
from springtide.language.types import Period
from springtide.market.closes import SPLIT_FIELD, closes_of
from springtide.market.targets import ODD
from springtide.market.types import Instrument, Observation
from springtide.market.view import View
from springtide.metrics import opinions, rows
from springtide.metrics.answers import Measured, Missing
from springtide.metrics.consensus import Consensus, consensus, level_of, number_of
from springtide.metrics.frames import Frame
from springtide.metrics.params import Limits, MaybeLookback
from springtide.metrics.patterns import Draft, Phrase, en, zh
from springtide.metrics.registry import Metric


@dataclass(frozen=True, slots=True)
class TargetRevision(Params):
    """Whose revision, and over which period; without one, its last."""

    house: str | None = None
    period: MaybeLookback = None


@dataclass(frozen=True, slots=True)
class EstimateRevision(Params):
    """Whose, of which year (the one last published of without), over which period."""

    house: str | None = None
    year: Annotated[int | None, Limits(1900, 2200)] = None
    period: MaybeLookback = None


def _target_revision(view: View, instrument: Instrument, params: TargetRevision) -> Measured:
    held = opinions.of_house(view, instrument, "target_price", params.house)
    old, new = _ends(view, instrument, held, params.period)
    shares = _shares_for_one(view, instrument, old, new)
    cited = (opinions.row(old), opinions.row(new))
    return Measured(100.0 * (new.value * shares / old.value - 1.0), cited)


def _estimate_revision(view: View, instrument: Instrument, params: EstimateRevision) -> Measured:
    field = _estimate(view, instrument, params.year)
    held = [
        one
        for one in view.observations(instrument.id, field)
        if params.house is None or opinions.house_of(one) == opinions.canonical(params.house)
    ]
    if not held:
        raise Missing(
            "missing.no-opinion",
            field=field_name(field),
            subject=instrument.id,
            known="yes" if params.house else "no",
            house=opinions.house_name(opinions.canonical(params.house or "")),
            day=str(view.as_of),
        )
    old, new = _ends(view, instrument, held, params.period)
    if old.value <= 0 or old.unit != new.unit:
        raise Missing(
            "missing.estimate-not-above-zero", subject=instrument.id, day=str(old.date)
        )  # fmt: skip
    shares = _shares_for_one(view, instrument, old, new)
    cited = (opinions.row(old), opinions.row(new))
    return Measured(100.0 * (new.value * shares / old.value - 1.0), cited)


def _estimate(view: View, instrument: Instrument, year: int | None) -> str:
    """Return the field of a year's estimates, of the year that was last spoken of without one."""
    if year is not None:
        return f"eps_forecast:FY{year}"
    years = [field for field in view.fields(instrument.id) if field.startswith("eps_forecast:")]
    last = {field: view.observations(instrument.id, field)[-1].date for field in years}
    return max(years, key=lambda field: (last[field], field)) if years else "eps_forecast"


def _ends(
    view: View, instrument: Instrument, held: list[Observation], period: Period | None
) -> tuple[Observation, Observation]:
    """Return the two opinions of one house between which it revised.

    Raises
    ------
    Missing
        There is no earlier one, or none that was in force when the period began.
    """
    new = held[-1]
    opinions.check_age(view, instrument, new, opinions.age_of(new.field))
    if period is None:
        return opinions.previous(held, instrument, new), new
    first = rows.first_day(view, instrument, period)
    own = [one for one in held if opinions.house_of(one) == opinions.house_of(new)]
    before = [one for one in own if one.date <= first]
    if not before:
        raise Missing(
            "missing.no-opinion-before",
            field=field_name(new.field),
            subject=instrument.id,
            house=opinions.house_name(opinions.house_of(new)),
            day=str(first),
        )
    return before[-1], new


def _shares_for_one(
    view: View, instrument: Instrument, old: Observation, new: Observation
) -> float:
    """Return how many shares at the end one share at the beginning has become.

    Raises
    ------
    Missing
        Closes show a split between the two and nothing on file says of how many.
    """
    shares = 1.0
    splits = [
        one
        for one in view.observations(instrument.id, SPLIT_FIELD)
        if old.date < one.date <= new.date and one.value > 0
    ]
    for one in splits:
        shares *= one.value
    if not splits and (_is_cut(view, instrument, old, new) or _is_odd(view, instrument, old)):
        raise Missing(
            "missing.split-between",
            subject=instrument.id,
            first=str(old.date),
            last=str(new.date),
        )
    return shares


def _is_cut(view: View, instrument: Instrument, old: Observation, new: Observation) -> bool:
    """Tell whether closes show a split between two days."""
    if instrument.kind not in ("stock", "etf") or not len(view.bars(instrument.id)):
        return False
    closes = closes_of(view, instrument)
    return any(
        why == "split" and old.date < closes.day(start) <= new.date
        for start, why in zip(closes.starts, closes.cuts, strict=True)
    )


def _is_odd(view: View, instrument: Instrument, old: Observation) -> bool:
    """Tell whether a target is so far from the close on file that closes were restated since."""
    if old.field != "target_price":
        return False
    bars = view.bars(instrument.id)
    held = rows.rows_with(bars, "close")
    held = held[bars.dates[held] <= np.datetime64(old.date)]
    if not held.size:
        return False
    times = old.value / float(bars.close[held[-1]])
    return times > ODD or times < 1 / ODD


def _whose_target(measurement: Measurement) -> Params:
    """Name the house whose revision was measured, so that the sentence says whose it is."""
    assert isinstance(measurement.params, TargetRevision)
    return replace(measurement.params, house=opinions.canonical(_source(measurement)))


def _whose_estimate(measurement: Measurement) -> Params:
    """Name the house whose estimate was measured."""
    assert isinstance(measurement.params, EstimateRevision)
    return replace(measurement.params, house=opinions.canonical(_source(measurement)))


def _source(measurement: Measurement) -> str:
    return measurement.evidence.rows[-1].source


def _say_consensus(claim: Claim, measurement: Measurement) -> Message:
    assert isinstance(claim.params, Consensus)
    statistic = claim.params.statistic
    return message("metrics.target_consensus-said", value=level_of(claim), statistic=statistic)


def _say_revision(key: str, claim: Claim, house: str | None) -> Message:
    number = number_of(claim)
    return message(
        key,
        value=Percent(abs(number), 2),
        way="down" if number < 0 else "up",
        said="yes" if house else "no",
        house=opinions.house_name(house or ""),
    )


def _say_target_revision(claim: Claim, measurement: Measurement) -> Message:
    assert isinstance(claim.params, TargetRevision)
    return _say_revision("metrics.target_revision-said", claim, claim.params.house)


def _say_estimate_revision(claim: Claim, measurement: Measurement) -> Message:
    assert isinstance(claim.params, EstimateRevision)
    return _say_revision("metrics.estimate_revision-said", claim, claim.params.house)


def _of_frame(frame: Frame) -> Draft | None:
    return Draft(Consensus(frame.of_houses), published=True) if frame.of_houses else None


_GUIDANCE = re.compile(
    r"指引|公司|管理层|\b(?:guidance|company|management|it|its own)\b", re.IGNORECASE
)
_OTHER = re.compile(
    "收入目标|营收目标|销售目标|销量目标|增长目标|通胀目标|减排目标"
    r"|\b(?:revenue|sales|inflation|growth|delivery|production|emissions?) targets?\b",
    re.IGNORECASE,
)


def _read_target_revision(phrase: Phrase) -> Draft | None:
    if _OTHER.search(phrase.sentence):
        return None
    params = TargetRevision(opinions.house_in(phrase.sentence))
    return Draft(params, phrase.quantity(), phrase.sign, published=True)


def _read_estimate_revision(phrase: Phrase) -> Draft | None:
    if _GUIDANCE.search(phrase.lead) and not opinions.house_in(phrase.sentence):
        return None
    params = EstimateRevision(opinions.house_in(phrase.sentence))
    return Draft(params, phrase.quantity(), phrase.sign, published=True)


_ZH_WAY = "(?:(?P<down>下调|调降|降低|削|调低)|(?:上调|调升|提高|调高))"
_EN_WAY = r"(?:(?P<down>(?:cut|lower|trim|slash|reduc)\w*)|(?:rais|lift|boost|increas|hik)\w*)"
_EN_OWN = r"(?: (?:its|their|the|his|her|12-month|earnings|EPS|profit|price|\ue001))*"

TARGET_CONSENSUS = Metric(
    key="target_consensus",
    params=Consensus,
    formula="mean (median, high, low) of the latest target of each house, else as published",
    minimum="3 houses with a target in the 180 days before (parameters minimum, max_age), "
    "or one published mean",
    unit="price",
    decimals=price_decimals,
    measure=consensus,
    wording=_say_consensus,
    needs_close=False,
    frames={"target_price": _of_frame},
    patterns=(
        zh("(?:平均|一致)目标价[^，。；\ue001-\ue00e]{0,6}{price:value}", lambda phrase: None),
        en(r"\b(?:mean|average) (?:price )?target[^.;,\ue001-\ue00e]{0,20}{price:value}",
           lambda phrase: None),
    ),
)  # fmt: skip

TARGET_REVISION = Metric(
    key="target_revision",
    params=TargetRevision,
    formula="100 x (new target / old target - 1), both of one house, splits undone",
    minimum="two targets of one house, the new one published in the 365 days before",
    unit="%",
    decimals=2,
    measure=_target_revision,
    wording=_say_target_revision,
    completed=_whose_target,
    needs_close=False,
    patterns=(
        zh(f"(?:将|把)?目标价[^，。；\ue001-\ue00e]{{0,6}}?{_ZH_WAY}了?(?:幅度(?:为|达))?约?{{pct:value}}",
           _read_target_revision, 9),
        zh(f"{_ZH_WAY}[^，。；\ue001-\ue00e]{{0,8}}?目标价(?:了|幅度(?:为|达))?约?{{pct:value}}",
           _read_target_revision, 9),
        en(rf"\b{_EN_WAY}{_EN_OWN} (?:price )?targets? [^.;,\ue002]{{0,24}}?by ?{{pct:value}}",
           _read_target_revision, 9),
    ),
)  # fmt: skip

ESTIMATE_REVISION = Metric(
    key="estimate_revision",
    params=EstimateRevision,
    formula="100 x (new estimate / old estimate - 1), both of one house and one year, splits undone",
    minimum="two estimates above zero of one house, the new one in the 365 days before",
    unit="%",
    decimals=2,
    measure=_estimate_revision,
    wording=_say_estimate_revision,
    completed=_whose_estimate,
    needs_close=False,
    patterns=(
        zh(f"{_ZH_WAY}[^，。；\ue002]{{0,16}}?(?:盈利|净利润?|利润|每股收益|EPS)(?:预测|预期|预估)"
           "[^，。；\ue002]{0,6}{pct:value}", _read_estimate_revision, 9),
        zh(f"(?:盈利|净利润?|利润|每股收益|EPS)(?:预测|预期|预估)[^，。；\ue002]{{0,6}}?{_ZH_WAY}了?约?"
           "{pct:value}", _read_estimate_revision, 9),
        en(rf"\b{_EN_WAY}[^.;,\ue002]{{0,24}}? (?:earnings|EPS|profit) (?:estimate|forecast)s?"
           r"[^.;,\ue002]{0,24}?by ?{pct:value}", _read_estimate_revision, 9),
    ),
)  # fmt: skip

METRICS = (TARGET_CONSENSUS, TARGET_REVISION, ESTIMATE_REVISION)
