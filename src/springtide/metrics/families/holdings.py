"""What investors hold: the change of a holding, and the money that went into a fund's units."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

import numpy as np

from springtide.claims.model import Claim, Measurement, Params, Row
from springtide.language.messages import Level, Message, When, message
from springtide.language.types import Period
from springtide.market import calendars, fields, instruments, series
from springtide.market.closes import SPLIT_FIELD, closes_of
from springtide.market.series import Figure, Series
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics import flows, observed
from springtide.metrics.answers import Measured, Missing
from springtide.metrics.params import Lookback
from springtide.metrics.patterns import Draft, Phrase, en, is_fact, zh
from springtide.metrics.registry import Metric

YEAR = Period("ytd")
_SPLIT = 1.6
"""A net asset value that moves by such a factor in a session is of split or merged units."""


@dataclass(frozen=True, slots=True)
class HoldingChange(Params):
    """Whose holding, over which period, in shares or at the close of its end.

    With ``sector`` it is that of all shares which the publisher of the holdings puts there, always
    at the close; the subject is then whose money it is, such as ``SOUTHBOUND``.
    """

    holder: Literal["southbound", "northbound"] = "southbound"
    period: Lookback = YEAR
    by: Literal["shares", "value"] = "shares"
    sector: str | None = None


@dataclass(frozen=True, slots=True)
class EtfCreations(Params):
    """Over which period."""

    period: Lookback = YEAR


MOST_CITED = 11
"""Shares of a sector whose changes are cited one by one, the largest."""


def _change(view: View, instrument: Instrument, params: HoldingChange) -> Measured:
    if params.sector is not None:
        return _of_sector(view, instrument, params)
    field = f"holding_shares:{params.holder}"
    first, _ = observed.span(view, instrument, params.period)
    end = observed.value(view, instrument, field)
    start = _snapshot(view, instrument, field, first, end)
    if start.value == end.value == 0:  # nothing held, whatever it costs: not yet listed, say
        return Measured(0.0, (observed.row(start), observed.row(end)))
    shares = end.value - start.value * _shares_for_one(view, instrument, start.date, end.date)
    rows = (observed.row(start), observed.row(end))
    if params.by == "shares":
        return Measured(shares, rows)
    price = _close(view, instrument, end.date)
    return Measured(shares * price.value, (*rows, price))


def _of_sector(view: View, instrument: Instrument, params: HoldingChange) -> Measured:
    """Add up what was bought of each share of a sector, at the close of the end."""
    members = _members(view, params.sector or "")
    if not members:
        raise Missing(
            "missing.no-sector",
            subject=instrument.id,
            part=params.sector or "",
            day=str(view.as_of),
        )
    view.load_figures(members)
    view.load(members)
    each = replace(params, sector=None, by="value")
    parts = [
        (one, _change(view, view.find(one) or instruments.plain(one), each)) for one in members
    ]
    bought = []
    for one, part in parts:
        assert isinstance(part.value, float)
        bought.append(Row(one, "change at the close", part.rows[1].date, part.value, "computed"))
    bought.sort(key=lambda row: (-abs(row.value), row.subject))
    count = Row(instrument.id, "shares of the sector", view.as_of, float(len(bought)), "counted")
    total = math.fsum(row.value for row in bought)
    return Measured(total, (count, *bought[:MOST_CITED]))


def _members(view: View, sector: str) -> tuple[str, ...]:
    """Return the shares whose last word on file is a sector, in whatever case it is written."""
    import polars as pl

    told = view.scan("observations").filter(pl.col("field") == "sector")
    last = told.sort("date", "known_at").group_by("subject").last().select("subject", "text")
    rows = last.collect().iter_rows()
    return tuple(sorted(one for one, text in rows if (text or "").casefold() == sector.casefold()))


def _snapshot(view: View, instrument: Instrument, field: str, first: date, end: Figure) -> Figure:
    """Return the holding with which a period begins, from the source of its end."""
    before = series.latest(
        view.at(min(first, end.date)), instrument.id, field, instrument.calendar, source=end.source
    )
    if before is None:
        raise observed.none_of(view, instrument, field, "", str(first))
    if before.date == end.date:
        raise Missing(
            "missing.one-snapshot", subject=instrument.id, day=str(end.date), first=str(first)
        )
    return before


def _shares_for_one(view: View, instrument: Instrument, first: date, last: date) -> float:
    """Return how many shares at the end one share at the beginning has become by splits.

    Raises
    ------
    Missing
        There are no closes to see a split in, or they show one of which nothing is on file: it
        would be taken for buying.
    """
    told = view.observations(instrument.id, SPLIT_FIELD)
    splits = [one.value for one in told if first < one.date <= last and one.value > 0]
    if splits:
        return math.prod(splits)
    closes = closes_of(view, instrument)
    if not len(closes):
        raise Missing("missing.no-bars", subject=instrument.id)
    cuts = [at for at, why in zip(closes.starts, closes.cuts, strict=True) if why == "split"]
    if any(first < closes.day(at) <= last for at in (*cuts, *closes.unproved)):
        raise Missing(
            "missing.split-between", subject=instrument.id, first=str(first), last=str(last)
        )
    return 1.0


def _close(view: View, instrument: Instrument, day: date) -> Row:
    bars = view.bars(instrument.id)
    held = np.flatnonzero((bars.dates <= np.datetime64(day)) & (bars.close > 0))
    if not held.size:
        raise Missing("missing.no-bars", subject=instrument.id)
    i = int(held[-1])
    when: date = bars.dates[i].item()
    return Row(instrument.id, "close", when, float(bars.close[i]), str(bars.source[i]))


def _creations(view: View, instrument: Instrument, params: EtfCreations) -> Measured:
    first, last = observed.span(view, instrument, params.period)
    before = calendars.previous_session(instrument.calendar, first)
    days = (before or first, last)
    units = observed.stretch(view, instrument, "units_outstanding", days, whole=True)
    nav = observed.stretch(
        view, instrument, "nav", days, unit=instrument.currency, source=units.source, whole=True
    )
    _check_units(instrument, nav)
    if not np.array_equal(units.dates, nav.dates):
        lacks = np.setdiff1d(units.dates, nav.dates).tolist()
        raise observed.absent(instrument, "nav", tuple(lacks) or (last,))
    paid = steps(units) * nav.values[:-1]
    return Measured(
        math.fsum(paid.tolist()),
        windows=(observed.window(units), observed.window(nav)),
    )


def steps(made: Series) -> np.ndarray:
    """Return the differences of a stock from session to session.

    Raises
    ------
    TypeError
        Its field is no stock: a flow is never differenced.
    """
    spec = fields.spec_of(made.field)
    if spec is None or spec.nature != "stock":
        kind = "not in the vocabulary" if spec is None else f"a {spec.nature}"
        raise TypeError(f"{made.field} is {kind}: only a stock is differenced")
    differences: np.ndarray = np.diff(made.values)
    return differences


def _check_units(instrument: Instrument, nav: Series) -> None:
    ratio = nav.values[1:] / nav.values[:-1]
    odd = np.flatnonzero((ratio >= _SPLIT) | (ratio <= 1 / _SPLIT))
    if odd.size:
        first, last = (nav.dates[odd[0] + k].item() for k in (0, 1))
        raise Missing(
            "missing.split-between", subject=instrument.id, first=str(first), last=str(last)
        )


def _unit(params: HoldingChange, instrument: Instrument) -> str:
    in_shares = params.by == "shares" and params.sector is None
    return "shares" if in_shares else instrument.currency


def _currency(params: EtfCreations, instrument: Instrument) -> str:
    return instrument.currency


def _say_change(claim: Claim, measurement: Measurement) -> Message:
    assert isinstance(claim.params, HoldingChange) and isinstance(claim.value, float)
    return message(
        "metrics.holding_change-said",
        value=Level(abs(claim.value), claim.unit, 2 if abs(claim.value) >= 1e6 else 0),
        way="down" if claim.value < 0 else "up",
        holder=claim.params.holder,
        whole="no" if claim.params.sector else "yes",
        sector=claim.params.sector or "",
        period=When(claim.params.period, claim.as_of),
    )


def _say_creations(claim: Claim, measurement: Measurement) -> Message:
    assert isinstance(claim.params, EtfCreations) and isinstance(claim.value, float)
    return message(
        "metrics.etf_creations-said",
        value=Level(abs(claim.value), claim.unit),
        way="down" if claim.value < 0 else "up",
        period=When(claim.params.period, claim.as_of),
    )


def _period(phrase: Phrase) -> Period | None:
    if phrase.period is None:
        return YEAR if phrase.stretch is None else None
    period = phrase.period.period
    return period if period.kind in ("ytd", "qtd", "mtd", "wtd", "last", "since") else None


_NORTH = re.compile("北向|北上|沪股通|深股通|\\bnorthbound", re.IGNORECASE)


def _read_change(phrase: Phrase) -> Draft | None:
    period = _period(phrase)
    if period is None or not is_fact(phrase):
        return None
    holder: Literal["southbound", "northbound"] = (
        "northbound" if _NORTH.search(phrase.sentence) else "southbound"
    )
    sector = phrase.words.get("sector")
    params = HoldingChange(holder, period, "value" if sector else "shares", sector or None)
    return Draft(params, phrase.quantity(), phrase.sign)


def _read_creations(phrase: Phrase) -> Draft | None:
    period = _period(phrase)
    if period is None or not is_fact(phrase):
        return None
    return Draft(EtfCreations(period), phrase.quantity(), phrase.sign)


HOLDING_CHANGE = Metric(
    key="holding_change",
    params=HoldingChange,
    formula="shares held at the end - shares held at the start (by value: x close of the end)",
    minimum="two snapshots of one source; splits between them on file",
    unit=_unit,
    decimals=lambda value, unit: 0 if unit == "shares" else flows.decimals(value, unit),
    measure=_change,
    wording=_say_change,
    patterns=(
        zh("经(?:港股通|陆股通)的?持股(?:增加|(?P<down>减少))了?{shares:value}", _read_change, 6),
        zh(
            "经(?:港股通|陆股通)的?(?P<sector>[A-Za-z\u4e00-\u9fff ]{2,24}?)(?:行业|板块)持股"
            "(?:增加|(?P<down>减少))了?{money:value}",
            _read_change,
            7,
        ),
        en(
            r"\b(?:southbound|northbound) holdings of (?P<sector>[A-Za-z ]{2,32}?) shares "
            r"(?:ris?e|rose|grew|(?P<down>fall|fell|shrank)) by {money:value}",
            _read_change,
            7,
        ),
        en(
            r"\b(?:southbound|northbound) holdings (?:ris?e|rose|grew|(?P<down>fall|fell|shrank)) by "
            r"{shares:value}",
            _read_change,
            6,
        ),
    ),
    example=150e6,
    needs_close=False,
)

ETF_CREATIONS = Metric(
    key="etf_creations",
    params=EtfCreations,
    formula="sum of (units(t) - units(t-1)) x net asset value(t-1) over the period",
    minimum="units and net asset value of every session of the period and of the one before",
    unit=_currency,
    decimals=flows.decimals,
    measure=_creations,
    wording=_say_creations,
    patterns=(
        zh(
            "份额(?:净申购|(?P<down>净赎回))(?:额|金额)?(?:为|约)?{money:value}", _read_creations, 7
        ),
        en(
            r"\bunits (?:were )?(?:created|(?P<down>redeemed)) for{gap} ?{money:value}",
            _read_creations,
            7,
        ),
    ),
    example=1.23e9,
    needs_close=False,
)

METRICS = (HOLDING_CHANGE, ETF_CREATIONS)
