"""Prices of language models per million tokens, and how they changed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Literal

from springtide.claims.model import Claim, Measurement, Params, Row
from springtide.language.messages import Level, Message, Name, Number, Percent, message
from springtide.market import instruments
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics import prices_of_tokens as held
from springtide.metrics import rows
from springtide.metrics.answers import Measured, Missing
from springtide.metrics.params import Limits, MaybeLookback
from springtide.metrics.patterns import Draft, NameMention, Phrase, en, zh
from springtide.metrics.registry import Metric
from springtide.numerics.tokens import Workload

CUT = 0.01
"""A blend that falls by more than this share was cut."""

Side = Literal["input", "output", "cached"]


@dataclass(frozen=True, slots=True)
class TokenPrice(Params):
    """Which side, and whether the price in force or the one before it."""

    side: Side = "output"
    which: Literal["latest", "previous"] = "latest"


@dataclass(frozen=True, slots=True)
class Blend(Params):
    """The workload: tokens in, tokens out, the share of input served from the cache."""

    input: Annotated[float, Limits(0)] = 3.0
    output: Annotated[float, Limits(0, strict=True)] = 1.0
    cached: Annotated[float, Limits(0, 1)] = 0.0


@dataclass(frozen=True, slots=True)
class BlendChange(Params):
    """Over which period, or since which day; without either, at the last change."""

    period: MaybeLookback = None
    since: date | None = None
    input: Annotated[float, Limits(0)] = 3.0
    output: Annotated[float, Limits(0, strict=True)] = 1.0
    cached: Annotated[float, Limits(0, 1)] = 0.0


@dataclass(frozen=True, slots=True)
class PriceRatio(Params):
    """Against which other model, for which workload."""

    other: str | None = None
    input: Annotated[float, Limits(0)] = 3.0
    output: Annotated[float, Limits(0, strict=True)] = 1.0
    cached: Annotated[float, Limits(0, 1)] = 0.0


def _workload(params: Blend | BlendChange | PriceRatio) -> Workload:
    return Workload(params.input, params.output, params.cached)


def _price(view: View, instrument: Instrument, params: TokenPrice) -> Measured:
    field = f"token_price_{params.side}"
    one = held.in_force(view, instrument, field, view.as_of)
    if params.which == "previous":
        one = held.before(view, instrument, field, one)
    return Measured(one.value, (held.row(one),))


def _blend(view: View, instrument: Instrument, params: Blend) -> Measured:
    value, cited = held.blend(view, instrument, _workload(params), view.as_of)
    return Measured(value, cited)


def _change(view: View, instrument: Instrument, params: BlendChange) -> Measured:
    last, after = held.blend(view, instrument, _workload(params), view.as_of)
    first = _first_day(view, instrument, params)
    start, before = held.blend(view, instrument, _workload(params), first, checked=False)
    if start == 0:
        raise Missing("missing.free-before", subject=instrument.id, day=str(first))
    return Measured(100.0 * (last / start - 1.0), (*before, *after))


def _first_day(view: View, instrument: Instrument, params: BlendChange) -> date:
    if params.since is not None:
        rows.check_past(view, params.since)
        return params.since
    if params.period is not None:
        return held.first_day(view, instrument, params.period)
    changes = held.changes(view, instrument, _workload(params))
    if not changes:
        raise Missing("missing.no-price-change", subject=instrument.id, day=str(view.as_of))
    return changes[-1].day - timedelta(days=1)


def _cuts(view: View, instrument: Instrument, params: BlendChange) -> Measured:
    changes = held.changes(view, instrument, _workload(params))
    if params.period is not None or params.since is not None:
        first = _first_day(view, instrument, params)
        held.blend(view, instrument, _workload(params), first, checked=False)
        changes = [one for one in changes if one.day > first]
    held.blend(view, instrument, _workload(params), view.as_of)
    cuts = [one for one in changes if one.after < one.before * (1 - CUT)]
    rises = [one for one in changes if one.after > one.before * (1 + CUT)]
    told = Row(instrument.id, "rises", view.as_of, float(len(rises)), "counted")
    cited = tuple(
        Row(instrument.id, "token_price_blend", one.day, one.after, one.source) for one in changes
    )
    return Measured(float(len(cuts)), (told, *cited[-11:]))


def _ratio(view: View, instrument: Instrument, params: PriceRatio) -> Measured:
    other = instruments.find(params.other) if params.other else None
    if other is None:
        raise Missing("missing.no-other-model", subject=instrument.id, other=params.other or "")
    own, cited = held.blend(view, instrument, _workload(params), view.as_of)
    theirs, more = held.blend(view, other, _workload(params), view.as_of)
    if instrument.currency != other.currency or theirs == 0:
        raise Missing("missing.not-comparable", subject=instrument.id, other=other.id)
    return Measured(own / theirs, (*cited, *more))


def _number(claim: Claim) -> float:
    assert isinstance(claim.value, float)
    return claim.value


def decimals(value: float, unit: str) -> int:
    """Return the digits after the point that a token price is printed with: two, or what it has."""
    return next((n for n in (2, 3, 4) if round(value, n) == round(value, 4)), 4)


def _level(claim: Claim) -> Level:
    value = _number(claim)
    return Level(value, claim.unit, decimals(value, claim.unit))


def _say_price(claim: Claim, measurement: Measurement) -> Message:
    assert isinstance(claim.params, TokenPrice)
    params = claim.params
    return message(
        "metrics.token_price-said", value=_level(claim), side=params.side, which=params.which
    )


def _say_blend(claim: Claim, measurement: Measurement) -> Message:
    assert isinstance(claim.params, Blend)
    params = claim.params
    return message(
        "metrics.token_price_blend-said",
        value=_level(claim),
        input=Number(params.input, held.digits(params.input)),
        output=Number(params.output, held.digits(params.output)),
    )


def _say_change(claim: Claim, measurement: Measurement) -> Message:
    number = _number(claim)
    way = "down" if number < 0 else "up"
    return message("metrics.token_price_change-said", value=Percent(abs(number), 1), way=way)


def _say_cuts(claim: Claim, measurement: Measurement) -> Message:
    number = _number(claim)
    one = "yes" if number == 1 else "no"
    return message("metrics.token_price_cuts-said", value=Number(number, 0), one=one)


def _say_ratio(claim: Claim, measurement: Measurement) -> Message:
    assert isinstance(claim.params, PriceRatio)
    other = instruments.find(claim.params.other) if claim.params.other else None
    name = Name(other.name) if other is not None else "?"
    return message("metrics.token_price_ratio-said", value=Number(_number(claim), 2), other=name)


_HIT = re.compile("[(（][^)）]{0,6}?((?:缓存)?(?:未命中|命中))")
_PER_MILLION = re.compile(
    r"百万[^，。；]{0,10}?(?:tokens?|词元)|per (?:million|1m|m)\b[^.;]{0,20}tokens?|/ ?(?:1?M|百万)",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"(?:由|从|自|原价?(?:为|是)?|\bfrom)\s?$|此前|\bpreviously\b", re.IGNORECASE)
_COIN = re.compile(
    r"加密|代币|比特币|\b(?:crypto\w*|coins?|bitcoin|ethereum|DeFi|NFTs?|airdrop)\b", re.IGNORECASE
)


def _side(phrase: Phrase) -> Side | None:
    """Return which side the words say, None where they do not."""
    words = phrase.words
    bracketed = _HIT.match(phrase.trail)
    hit = words.get("hit") or (bracketed[1] if bracketed else "")
    if hit:
        return "input" if hit.endswith("未命中") else "cached"
    if words.get("cached"):
        return "cached"
    if words.get("input"):
        return "input"
    return "output" if words.get("output") else None


def _price_of(phrase: Phrase, which: Literal["latest", "previous"]) -> Draft | None:
    side = _side(phrase)
    if side is None or not _PER_MILLION.search(phrase.sentence) or _COIN.search(phrase.sentence):
        return None
    quantity = phrase.quantity()  # its currency is the price list's own, not that of a share
    return Draft(TokenPrice(side, which), quantity, unit=quantity.unit, published=True)


def _read_price(phrase: Phrase) -> Draft | None:
    return _price_of(phrase, "previous" if _BEFORE.search(phrase.lead) else "latest")


def _read_old(phrase: Phrase) -> Draft | None:
    return _price_of(phrase, "previous")


def _read_new(phrase: Phrase) -> Draft | None:
    return _price_of(phrase, "latest")


def _read_change(phrase: Phrase) -> Draft | None:
    if _COIN.search(phrase.sentence):
        return None
    return Draft(BlendChange(), phrase.quantity(), phrase.sign, published=True)


def _read_cuts(phrase: Phrase) -> Draft | None:
    return Draft(BlendChange(), phrase.quantity(), published=True)


def _read_blend(phrase: Phrase) -> Draft | None:
    return Draft(Blend(), phrase.quantity(), published=True)


def _read_ratio(phrase: Phrase) -> Draft | None:
    named = phrase.mentions.get("other")
    if not isinstance(named, NameMention) or len(named.ids) != 1:
        return None
    return Draft(PriceRatio(named.ids[0]), phrase.quantity(), published=True)


_ZH_SIDE = "(?:(?P<input>输入)|(?P<output>输出))"
_EN_SIDE = "(?:(?P<cached>cached (?:input )?|cache[- ]hit (?:input )?)|(?P<input>input )|(?P<output>output ))"
_ZH_TOKENS = "(?:个)?(?:tokens?|词元)"
_EN_MILLION = r"(?:per|/|a|for (?:a|each|every)) ?(?:million|1M|M|{number}) ?"
_ZH_MILLION = "(?:百万|{number})"  # a number word is a mark
_ZH_HIT = "[(（](?P<hit>(?:缓存)?(?:命中|未命中))[)）]"
_API = r"(?:API|tokens?|模型|推理)"

TOKEN_PRICE = Metric(
    key="token_price",
    params=TokenPrice,
    formula="price per million tokens of the side in force on the day (UTC)",
    minimum="a price confirmed in the 90 days before",
    unit="price",
    decimals=decimals,
    measure=_price,
    wording=_say_price,
    needs_close=False,
    example=1.10,
    patterns=(
        en(rf"{{money:value}} {_EN_MILLION}{_EN_SIDE}tokens?", _read_price, 12),
        en(rf"\b{_EN_SIDE}(?:tokens? |price )*(?:is |are |at |of |costs? |for |from |to |: ?)*{{money:value}}",
           _read_price, 11),
        en(rf"\b{_EN_SIDE}(?:tokens? )?prices? (?:is |was )?(?:up |down )?to {{money}} from {{money:value}}",
           _read_old, 15),
        en(rf"\b{_EN_SIDE}(?:tokens? )?prices? (?:is |was )?(?:up |down )?from {{money:value}} to {{money}}",
           _read_old, 15),
        en(rf"\b{_EN_SIDE}(?:tokens? )?prices? (?:is |was )?(?:up |down )?from {{money}} to {{money:value}}",
           _read_new, 15),
        zh(f"{_ZH_SIDE}(?:{_ZH_TOKENS})?(?:的)?(?:价格|费用|定价|单价|API)*(?:{_ZH_HIT})?"
           "[为是：:，由从自]?约?{money:value}", _read_price, 12),
        zh(f"{_ZH_MILLION}{_ZH_SIDE} ?{_ZH_TOKENS}[^，。；\ue001-\ue00e]{{0,8}}?{{money:value}}",
           _read_price, 12),
        zh(f"{_ZH_MILLION}缓存(?P<cached>输入) ?{_ZH_TOKENS}[^，。；\ue001-\ue00e]{{0,8}}?{{money:value}}",
           _read_price, 13),
        zh(f"{_ZH_MILLION}(?P<input>输入)[/、和]输出 ?{_ZH_TOKENS}[^，。；\ue001-\ue00e]{{0,6}}?分别为?"
           "{money:value}[和及、与/]", _read_price, 13),
        zh(f"{_ZH_MILLION}输入[/、和](?P<output>输出) ?{_ZH_TOKENS}[^，。；\ue001-\ue00e]{{0,6}}?分别为?"
           "{money}[和及、与/]{money:value}", _read_price, 13),
        zh(f"{{money:value}}(?:/|每){_ZH_MILLION}{_ZH_SIDE} ?{_ZH_TOKENS}", _read_price, 12),
        zh(f"{{money:value}}{_ZH_HIT}", _read_price, 14),
        zh(f"{_ZH_SIDE} ?(?:{_ZH_TOKENS})?的?(?:价格|费用|定价)?[由从自](?:每{_ZH_MILLION}{_ZH_TOKENS} ?)?{{money:value}}"
           "(?=[^，。；\ue001-\ue00e]{0,6}[至到]{money})", _read_old, 14),
        zh(f"{_ZH_SIDE} ?(?:{_ZH_TOKENS})?的?(?:价格|费用|定价)?[由从自](?:每{_ZH_MILLION}{_ZH_TOKENS} ?)?{{money}}"
           "[^，。；\ue001-\ue00e]{0,6}[至到](?:每{number})?{money:value}", _read_new, 14),
    ),
)  # fmt: skip

TOKEN_PRICE_BLEND = Metric(
    key="token_price_blend",
    params=Blend,
    formula="(in x ((1 - c) x p_in + c x p_cached) + out x p_out) / (in + out)",
    minimum="prices of both sides confirmed in the 90 days before, of cached input where c > 0",
    unit="price",
    decimals=decimals,
    measure=_blend,
    wording=_say_blend,
    needs_close=False,
    example=0.4775,
    patterns=(
        zh("混合价格[^，。；]{0,24}?{money:value}", _read_blend, 10),
        en(r"\bblended (?:token )?price of ?{money:value}", _read_blend, 10),
    ),
)

TOKEN_PRICE_CHANGE = Metric(
    key="token_price_change",
    params=BlendChange,
    formula="100 x (blend at the end / blend at the start - 1); at the last change without a period",
    minimum="prices of both sides at both ends, that of the end confirmed in the 90 days before",
    unit="%",
    decimals=1,
    measure=_change,
    wording=_say_change,
    needs_close=False,
    patterns=(
        zh(f"(?<!输入)(?<!输出){_API}(?:的)?(?:价格|定价|费用|收费|单价)[^，。；\ue001-\ue00e]{{0,6}}?"
           "(?:(?P<down>下调|降价|下降|降低|降|减)|(?:上调|涨价|上涨|提高|涨|升))了?(?:幅度(?:为|达))?约?{pct:value}",
           _read_change, 10),
        zh(f"{_API}(?:(?P<down>降价|减价)|(?:涨价|加价|提价))(?:幅度(?:为|达))?约?{{pct:value}}",
           _read_change, 10),
        en(r"\b(?:(?P<down>cut|cuts|slash\w*|lower\w*|reduc\w+|drop\w*)|(?:rais\w+|increas\w+|hik\w+))"
           r"(?: (?:its|the|their|all|\ue001))*(?: (?:API|token))+ (?:pric\w+|fees?)"
           r" by ?{pct:value}", _read_change, 10),
    ),
)  # fmt: skip

TOKEN_PRICE_CUTS = Metric(
    key="token_price_cuts",
    params=BlendChange,
    formula="changes of the blend below -1%; rises are counted apart",
    minimum="prices of both sides confirmed in the 90 days before",
    unit="",
    decimals=2,
    measure=_cuts,
    wording=_say_cuts,
    needs_close=False,
    example=2.0,
    patterns=(
        zh(f"{_API}(?:价格)?(?:已|曾)?下调(?:过|了)?{{number:value}}次", _read_cuts, 10),
        en(r"{number:value} (?:API|token) price cuts?\b", _read_cuts, 10),
    ),
)

TOKEN_PRICE_RATIO = Metric(
    key="token_price_ratio",
    params=PriceRatio,
    formula="blend / blend of the other model, same currency and day",
    minimum="prices of both sides of both models confirmed in the 90 days before",
    unit="x",
    decimals=2,
    measure=_ratio,
    wording=_say_ratio,
    needs_close=False,
    example=0.2,
    patterns=(
        zh("(?:价格|定价|费用)(?:仅)?(?:为|是)?{name:other}的{times:value}", _read_ratio, 10),
        en(r"{times:value} the (?:token )?price of {name:other}", _read_ratio, 10),
    ),
)

METRICS = (
    TOKEN_PRICE,
    TOKEN_PRICE_BLEND,
    TOKEN_PRICE_CHANGE,
    TOKEN_PRICE_CUTS,
    TOKEN_PRICE_RATIO,
)
