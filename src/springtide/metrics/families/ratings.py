"""Ratings: the last word of a house, and the share of houses that say buy."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Annotated, Literal

from springtide.claims.model import Claim, Measurement, Params, Row
from springtide.claims.words import field_name
from springtide.language.messages import Message, Percent, message
from springtide.language.types import Interval
from springtide.market import ratings
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics import opinions
from springtide.metrics.answers import Measured, Missing
from springtide.metrics.params import Limits
from springtide.metrics.patterns import Draft, Phrase, en, zh
from springtide.metrics.registry import Metric

BUYING = (1, 2)
"""The classes on the side of buying."""

HALF = 0.5


@dataclass(frozen=True, slots=True)
class Rating(Params):
    """Whose word, and whether the last one or the one before it."""

    house: str | None = None
    which: Literal["latest", "previous"] = "latest"


@dataclass(frozen=True, slots=True)
class RatingBalance(Params):
    """How old a word may be, and how many houses are needed."""

    max_age: Annotated[int, Limits(1)] = 365
    minimum: Annotated[int, Limits(1)] = 5


def _rating(view: View, instrument: Instrument, params: Rating) -> Measured:
    held = opinions.of_house(view, instrument, "rating", params.house)
    one = held[-1]
    if params.which == "previous":
        one = opinions.previous(held, instrument, one)
    else:
        opinions.check_age(view, instrument, one, opinions.age_of("rating"))
    kind = ratings.class_of(one.text)
    if kind is None:
        raise Missing(
            "missing.not-on-scale",
            subject=instrument.id,
            word=one.text,
            house=opinions.house_name(opinions.house_of(one)),
        )
    return Measured(float(kind), (opinions.row(one),))


def _balance(view: View, instrument: Instrument, params: RatingBalance) -> Measured:
    words = opinions.last_words(view, instrument, "rating", params.max_age)
    kinds = {house: ratings.class_of(one.text) for house, one in words.items()}
    known = {house: kind for house, kind in kinds.items() if kind is not None}
    if len(known) < params.minimum:
        raise Missing(
            "missing.few-houses",
            needed=params.minimum,
            field=field_name("rating"),
            subject=instrument.id,
            count=params.max_age,
            day=str(view.as_of),
            held=len(known),
        )
    buying = sum(kind in BUYING for kind in known.values())
    counts = Counter(words[house].text for house in known)
    told = [
        Row(instrument.id, f"houses: {word}", view.as_of, float(count), "counted")
        for word, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
    every = Row(instrument.id, "houses", view.as_of, float(len(known)), "counted")
    rows, windows = opinions.cited([words[house] for house in known], (every, *told))
    return Measured(100.0 * buying / len(known), rows[: opinions.MOST_LISTED], windows)


def _word(claim: Claim, measurement: Measurement) -> str:
    """Return the word of a class: the house's own where it is on file and of that class."""
    assert isinstance(claim.value, float)
    for row in measurement.evidence.rows:
        own = row.field.partition(": ")[2]
        if own and ratings.class_of(own) == int(claim.value):
            return own
    return ""


def _say_rating(claim: Claim, measurement: Measurement) -> Message:
    assert isinstance(claim.params, Rating)
    assert isinstance(claim.value, float)
    word = _word(claim, measurement)
    return message(
        "metrics.rating-said",
        known="yes" if word else "no",
        word=word,
        kind=f"c{int(claim.value)}",
        said="yes" if claim.params.house else "no",
        house=opinions.house_name(claim.params.house or ""),
        which=claim.params.which,
    )


def _say_balance(claim: Claim, measurement: Measurement) -> Message:
    assert isinstance(claim.value, float)
    return message("metrics.rating_balance-said", value=Percent(claim.value, 1))


def _with_house(measurement: Measurement) -> Params:
    """Name the house whose word was measured, so that the sentence says whose it is."""
    assert isinstance(measurement.params, Rating)
    source = measurement.evidence.rows[0].source
    return Rating(opinions.canonical(source), measurement.params.which)


_OF_CREDIT = re.compile(
    "信用|信贷|主权|债|展望|穆迪|惠誉|标普|标准普尔"
    r"|\b(?:credit|sovereign|debt|bonds?|outlook|Moody's|Fitch|S&P Global|issuer|ESG|safety)\b",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    "上调|下调|调升|调降|调高|调低|升级|降级|升至|降至|升为|降为"
    r"|\b(?:up|down)grad\w+|\b(?:rais|lower|cut|lift|mov)\w*",
    re.IGNORECASE,
)


_BESIDE = re.compile(
    r"目标价|评级|评等|\bprice targets?\b|\btarget price|\bratings?\b|\b(?:up|down)grad",
    re.IGNORECASE,
)
_OF_RATINGS = re.compile(r"评级|评等|\bratings?\b|\b(?:up|down)grad", re.IGNORECASE)


def _draft(phrase: Phrase, which: Literal["latest", "previous"]) -> Draft | None:
    kind = ratings.class_of(phrase.words.get("word", ""))
    house = opinions.house_in(phrase.sentence)
    if kind is None or house is None or _OF_CREDIT.search(phrase.sentence):
        return None  # a rating that is nobody's can be neither right nor wrong
    within = Interval(kind - HALF, kind + HALF, low_open=True, high_open=True)
    return Draft(
        Rating(house, which),
        value=float(kind),
        unit="score",
        within=within,
        published=True,
    )


def _read(phrase: Phrase) -> Draft | None:
    return _draft(phrase, "latest")


def _read_changed(phrase: Phrase) -> Draft | None:
    return _draft(phrase, "latest") if _is_change(phrase) else None


def _read_previous(phrase: Phrase) -> Draft | None:
    return _draft(phrase, "previous") if _is_change(phrase) else None


def _is_change(phrase: Phrase) -> bool:
    """Say whether a sentence tells of a change of a rating."""
    return bool(_CHANGED.search(phrase.sentence) and _OF_RATINGS.search(phrase.sentence))


def _read_beside(phrase: Phrase) -> Draft | None:
    return _draft(phrase, "latest") if _BESIDE.search(phrase.sentence) else None


def _read_balance(phrase: Phrase) -> Draft | None:
    if not phrase.named:  # of what is said somewhere else
        return None
    return Draft(RatingBalance(), phrase.quantity(), published=True)


_ZH, _EN = ratings.pattern(True), ratings.pattern(False)
_WORD = f"[\"'“「『]?(?P<word>{_ZH}|{_EN})[\"'”」』]?"
_EN_WORD = f"[\"']?(?P<word>{_EN})[\"']?"
# Words that say something else before "rating" or after "rated".
_EN_SAFE = f"[\"']?(?P<word>(?!(?:add|positive|negative|perform|mixed|reduce)\\b)(?:{_EN}))[\"']?"

RATING = Metric(
    key="rating",
    params=Rating,
    formula="class of the house's last word: 1 strong buy, 2 buy, 3 hold, 4 reduce, 5 sell",
    minimum="one rating in the 365 days before",
    unit="score",
    decimals=0,
    measure=_rating,
    wording=_say_rating,
    needs_close=False,
    example=2.0,
    completed=_with_house,
    patterns=(
        zh(f"(?:评级|评等)[^，。；\ue001-\ue00e]{{0,4}}?(?:为|至|到|是|维持|持){_WORD}", _read, 6),
        zh(f"{_WORD}(?:的)?(?:投资|股票)?(?:评级|评等)", _read, 6),
        zh(f"(?:予|给予|给出|维持|重申|首予|授予)(?:其|该股)?{_WORD}(?:的)?(?:投资)?(?:评级|评等)", _read, 7),
        zh(f"(?:上调|下调|调升|调降|调高|调低|升|降)(?:其|该股)?(?:评级)?[至到为]{_WORD}", _read_changed, 8),
        zh(f"(?<=[由从自]){_WORD}(?=[^，。；]{{0,8}}(?:上调|下调|调升|调降|升|降)[^，。；]{{0,4}}[至为])",
           _read_previous, 9),
        en(rf"\b{_EN_SAFE} (?:stock |investment |analyst )?rating\b", _read, 6),
        en(rf"\brat(?:es|ed) (?:the (?:stock|shares?) |it |\ue001 )?(?:as )?(?:an? )?{_EN_SAFE}"
           r"(?= (?:by|at|with)\b|[,.;]|$)", _read, 6),
        zh(f"(?:予|给予|维持|重申|首予)(?:其|该股|[^，。；]{{0,6}})?[“\"「『](?P<word>{_ZH}|{_EN})[”\"」』]",
           _read_beside, 5),
        en(rf"\b(?:keep|maintain|reiterat|reaffirm|retain)\w*(?: \ue001)?(?: (?:at|its|an?|the))*"
           rf" {_EN_SAFE}(?= (?:on|for|at|with)\b|[,.;]|$)", _read_beside, 5),
        en(rf"\b(?:up|down)grad\w+ (?:[^.;,]{{0,40}}? )?to {_EN_WORD}", _read_changed, 8),
        en(rf"\bfrom {_EN_WORD}(?=[ ,.;]|$)", _read_previous, 7),
    ),
)  # fmt: skip

RATING_BALANCE = Metric(
    key="rating_balance",
    params=RatingBalance,
    formula="100 x houses whose last word is of class 1 or 2 / houses with a word on the scale",
    minimum="5 houses with a rating in the 365 days before (parameters minimum, max_age)",
    unit="%",
    decimals=1,
    measure=_balance,
    wording=_say_balance,
    needs_close=False,
    patterns=(
        zh("{pct:value}的?(?:评级)?(?:机构|大行|券商|投行|分析师)[^，。；\ue001-\ue00e]{0,8}?"
           f"\ue001?(?:的?评级为)?[“「『]?(?:{_ZH})", _read_balance, 8),
        en(rf"\brated (?:an? )?[\"']?(?:{_EN})[\"']?(?: or better)? by {{pct:value}} of (?:the )?"
           r"(?:houses|brokers|brokerages|analysts|firms)", _read_balance, 9),
        en(r"{pct:value} of (?:the )?(?:houses|brokers|brokerages|analysts|firms)"
           r"(?: (?:that|who|covering|rating|cover|rate|it|\ue001))*"
           rf" (?:rat\w+|hav\w+|recommend\w*|call\w*)[^.;,]{{0,24}}? (?:an? )?[\"']?(?:{_EN})\b",
           _read_balance, 8),
    ),
)  # fmt: skip

METRICS = (RATING, RATING_BALANCE)
