"""From a sentence with its numbers to drafts of calls, one function a kind of view.

Each looks at one number (or, where none is printed, at one sentence) and answers with a draft, a
reason why it is none, or nothing where the words are of another kind.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from springtide.calls.reading import words
from springtide.calls.reading.horizons import Horizon, horizon_of
from springtide.calls.reading.model import Draft
from springtide.language.messages import Message, message
from springtide.market.types import Instrument
from springtide.reading.numbers.frame import NumberReading
from springtide.reading.numbers.opinions import opinion
from springtide.reading.numbers.scene import BlockScene

CONDITION = 60
"""Sessions within which a condition must come, and a claim after it."""

YEAR = 365
LEVELS = 60

LEAST = 60
"""Days that a target of a share has at least: words nearer than that are of something else."""

MOST_OFF = 0.2
"""A support or resistance further off than this is one of another time or instrument."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A number (or, where it is None, a sentence) with what stands around it.

    ``price`` is the close that the view is made beside, ``before`` and ``after`` the words of its
    sentence around it, ``clause`` those of its clause before it, ``mark`` the numbers before it in
    the sentence.
    """

    block: BlockScene
    number: NumberReading | None
    sentence: str
    before: str
    after: str
    clause: str
    who: str
    instrument: Instrument
    made: date
    price: float
    start: int
    end: int
    earlier: tuple[float, ...] = ()

    @property
    def value(self) -> float | None:
        """The number with its scale, a price without a sign; None where it is a range or none."""
        if self.number is None:
            return None
        value = self.number.scaled if self.number.scaled is not None else self.number.value
        if not isinstance(value, float):
            return None
        return abs(value) if self.is_price else value

    @property
    def is_price(self) -> bool:
        """Whether the number is in the unit of the instrument."""
        unit = self.number.unit if self.number is not None else ""
        own = self.instrument.unit
        return unit == own or (unit in ("", "points") and own == "points")

    def horizon(self) -> Horizon | None:
        """Return until when it holds: by the words of its clause, else of its sentence."""
        own = horizon_of(self.clause + self.after.split("，")[0].split(",")[0], self.made)
        return own or horizon_of(self.sentence, self.made)

    def draft(
        self, kind: str, metric: str, horizon: Horizon, given: dict[str, object], **more: object
    ) -> Draft:
        """Return a draft of what it says."""
        return Draft(
            kind, metric, given, self.instrument.id, self.who, horizon, self.start, self.end,
            **more,  # type: ignore[arg-type]
        )  # fmt: skip

    @property
    def is_possible(self) -> bool:
        """Whether it is only said to be possible."""
        clause = self.clause
        return bool(words.MAY.search(clause[-24:]) or words.SCENARIO.search(clause))


Answer = Draft | Message | None


def target(spoken: Spoken) -> Answer:
    """Read a house's target of a share: met within twelve months or not."""
    number, value = spoken.number, spoken.value
    if number is None or value is None or not _is_target(spoken, number):
        return None
    if spoken.instrument.kind not in ("stock", "etf"):
        return None
    if not words.TARGET.search(spoken.before[-40:] + spoken.after[:12]):
        return None
    said = opinion(spoken.block, number.at)
    if said.is_previous:
        return message("calls.left-previous")
    if said.of_houses or words.SPAN.search(spoken.clause + spoken.after[:24]):
        return message("calls.left-of-several")
    if not spoken.is_price:
        return message("calls.left-currency", unit=number.unit, own=spoken.instrument.unit)
    if not 1 / 3 <= value / spoken.price <= 3:
        return message("calls.left-far", price=f"{spoken.price:g}")
    own = horizon_of(spoken.clause[-40:], spoken.made)
    if own is None or own.until is None or not words.DATED.search(own.words):
        own = None  # 2026年目标价 is of that year's earnings, and this quarter is the report's
    if own is None or own.until is None or (own.until - spoken.made).days < LEAST:
        own = Horizon("12 months", until=_year_on(spoken.made))
    return spoken.draft("target", "target_met", own, {"target": value, "by": own.by})


def _is_target(spoken: Spoken, number: NumberReading) -> bool:
    """Say whether a number was read as a target, or stands where one's new value does."""
    if number.kind.measure == "target_price":
        return True
    return number.kind.measure == "other" and bool(words.RAISED_TO.search(spoken.before))


def _year_on(day: date) -> date:
    leap = (day.month, day.day) == (2, 29)
    return date(day.year + 1, day.month, 28 if leap else day.day)


def bound(spoken: Spoken) -> Answer:
    """Read the end of a range: a ceiling or a floor that holds until the horizon."""
    value = spoken.value
    if value is None or not spoken.is_price or spoken.instrument.kind == "stock":
        return None
    near = spoken.before[-40:]
    keeps = words.KEEPS.search(near)
    up = bool(keeps["up"] or keeps["up2"]) if keeps else bool(words.CEILING.search(near))
    if not keeps and not up and not words.FLOOR.search(near):
        return None
    if words.LEVELS.search(spoken.clause) or (keeps and words.IF.search(spoken.clause)):
        return None
    if not 0.5 <= value / spoken.price <= 1.6 or (value < spoken.price) == up:
        return message("calls.left-passed", price=f"{spoken.price:g}")
    horizon = spoken.horizon()
    if horizon is None:
        return message("calls.left-no-horizon")
    metric = "ceiling_holds" if up else "floor_holds"
    return spoken.draft(
        "range", metric, horizon, {"level": value}, mentioned=spoken.is_possible
    )  # fmt: skip


def level(spoken: Spoken) -> Answer:
    """Read a support or a resistance: held at its first test within sixty sessions or not."""
    value, number = spoken.value, spoken.number
    if value is None or number is None or not spoken.is_price:
        return None
    if number.kind.measure in ("price_change", "record", "flow", "turnover", "fundamental"):
        return None
    if not words.LEVELS.search(spoken.sentence) or _is_condition(spoken):
        return None
    after = words.LEVELS.match(spoken.after.lstrip(" 点的point-")[:12])
    if not words.LEVELS.search(spoken.clause) and words.MOVES_TO.search(spoken.clause):
        return None  # 若失守21000点，不排除回落至20000点
    roles = [
        (match.start(), name)
        for name, pattern in (("support", words.SUPPORT), ("resistance", words.RESISTANCE))
        for match in pattern.finditer(spoken.before)
    ]
    if not roles and after is None:
        return None
    role = max(roles)[1] if roles else "support"
    if after is not None:
        role = "support" if words.SUPPORT.match(after[0]) else "resistance"
    off = value / spoken.price - 1
    if abs(off) > MOST_OFF:
        return message("calls.left-far", price=f"{spoken.price:g}")
    if (off > 0.005 and role == "support") or (off < -0.005 and role == "resistance"):
        return message("calls.left-passed", price=f"{spoken.price:g}")
    return spoken.draft(
        "level",
        "level_holds",
        Horizon("first test within 60 sessions", sessions=LEVELS),
        {"level": value},
        condition=_condition(spoken),
        mentioned=False,
    )


def _is_condition(spoken: Spoken) -> bool:
    """Say whether the number is what must be passed first: 若突破22500点."""
    asked = words.IF.search(spoken.clause)
    return (
        asked is not None
        and words.BREAKS.search(spoken.clause, asked.end()) is not None
        and (_is_directly(spoken))
    )


def _is_directly(spoken: Spoken) -> bool:
    """Say whether the number stands right after the words for passing it: 若突破22500点."""
    last = list(words.BREAKS.finditer(spoken.clause))[-1]
    return words.ONWARDS.fullmatch(spoken.clause, last.end()) is not None


def _condition(spoken: Spoken) -> tuple[float, bool] | None:
    """Return the level before that must be passed, where the clause or the one before says so.

    If X is passed, then Y: X stands right after the words for passing it, in the clause before, or
    it is the level named last and Y's own clause has the condition.
    """
    if not spoken.earlier:
        return None
    clauses = spoken.before.replace("；", "，").replace(";", "，").replace(", ", "，").split("，")
    own = words.IF.search(clauses[-1])
    near = clauses[-1] if own else clauses[-2] if len(clauses) > 1 else ""
    asked = own or words.IF.search(near)
    broken = None if asked is None else words.BREAKS.search(near, asked.end())
    if broken is None or (not own and len(near) - broken.end() > 14):
        return None
    at = spoken.earlier[-1]
    return at, bool(broken["up"]) or (not broken["down"] and at > spoken.price)


def forecast(spoken: Spoken) -> Answer:
    """Read a level that an index or a price is expected to reach by a day."""
    value, number = spoken.value, spoken.number
    if value is None or number is None or not spoken.is_price:
        return None
    if spoken.instrument.kind in ("stock", "etf") or number.kind.measure not in _PRICES:
        return None
    if words.LEVELS.search(spoken.clause) or _is_condition(spoken):
        return None
    if words.MEAN.search(spoken.clause):
        return None  # the mean of a quarter is no close
    reached = words.REACHES.search(spoken.before[-16:]) or words.TARGETED.match(spoken.after)
    if not _is_to_come(spoken) or not reached:
        return None
    if words.PAST.search(spoken.clause[-16:]) or not 0.4 <= value / spoken.price <= 2.5:
        return None
    if abs(value / spoken.price - 1) < 0.002:
        return message("calls.left-passed", price=f"{spoken.price:g}")
    condition = _condition(spoken)
    if condition is None and words.UNLESS.search(spoken.sentence):
        return message("calls.left-condition")
    horizon = spoken.horizon() or (
        Horizon("on a condition", sessions=CONDITION) if condition is not None else None
    )
    if horizon is None:
        return message("calls.left-no-horizon")
    return spoken.draft(
        "forecast",
        "target_met",
        horizon,
        {"target": value, "by": horizon.by},
        condition=condition,
        mentioned=spoken.is_possible,
    )


def _is_to_come(spoken: Spoken) -> bool:
    """Say whether the words before a number are of what is to come, or may."""
    near = spoken.before[-60:]
    if words.NOT.search(spoken.clause[-48:]):
        return False
    if words.TARGETED.match(spoken.after):
        return True
    if spoken.number is not None and words.ROOM.match(spoken.after):
        return True
    asked = words.WILL.search(near)
    if asked is None:
        return spoken.is_possible
    return words.MOVED.search(near, asked.end()) is None


_PRICES = ("price_level", "target_price", "level", "other", "technical", "fx")


def change(spoken: Spoken) -> Answer:
    """Read a move in per cent that is expected by a day, as the level that it comes to."""
    number, value = spoken.number, spoken.value
    if number is None or value is None or number.unit != "%":
        return None
    if number.kind.measure != "price_change":
        return None
    if number.when.modality == "conditional" or words.IF.search(spoken.clause):
        return message("calls.left-condition")
    around = spoken.clause + spoken.after.split("，")[0].split(",")[0]
    if spoken.instrument.kind == "stock" and words.INDEX.search(around):
        return None  # MSCI中国指数 is no share of its publisher's
    if words.NOT_PRICE.search(around) or not words.RISES.search(around):
        return None
    if not _is_to_come(spoken) or words.PAST.search(spoken.clause[-16:]):
        return None
    if not 2 <= abs(value) <= 60:
        return None
    horizon = spoken.horizon()
    if horizon is None:
        return message("calls.left-no-horizon")
    reached = round(spoken.price * (1 + value / 100), 2)
    return spoken.draft(
        "change",
        "target_met",
        horizon,
        {"target": reached, "by": horizon.by},
        mentioned=spoken.is_possible,
    )


def profits(spoken: Spoken) -> Answer:
    """Read that a market has risen too fast: a close 3% lower within twenty sessions or not."""
    match = words.PROFITS.search(spoken.sentence)
    if match is None or not words.OVERBOUGHT.search(spoken.sentence):
        return None
    before = spoken.sentence[max(0, match.start() - 14) : match.start()]
    if words.HAPPENED.search(spoken.sentence[max(0, match.start() - 30) : match.end() + 10]):
        return None
    return spoken.draft(
        "profits",
        "falls_within",
        Horizon("pull-back", sessions=20),
        {"size": 3.0},
        mentioned=bool(words.MAY.search(before)),
    )


def centre(spoken: Spoken) -> Answer:
    """Read that a range moves up: its middle over sixty sessions, against that of sixty before."""
    match = words.CENTRE.search(spoken.sentence)
    if match is None:
        return None
    before = spoken.sentence[max(0, match.start() - 10) : match.end()]
    return spoken.draft(
        "centre",
        "centre_higher",
        Horizon("range", sessions=60),
        {},
        mentioned=bool(words.MAY.search(before)),
    )


def relative(spoken: Spoken, benchmark: str, *, behind: bool) -> Answer:
    """Read that an instrument will do better, or worse, than an index by its horizon."""
    if words.IF.search(spoken.clause):
        return message("calls.left-condition")
    horizon = spoken.horizon()
    if horizon is None:
        return message("calls.left-no-horizon")
    return spoken.draft(
        "relative",
        "outperforms_within",
        horizon,
        {"benchmark": benchmark, "side": "behind" if behind else "ahead"},
        mentioned=spoken.is_possible,
    )


OF_NUMBERS = (target, bound, level, forecast, change)
OF_SENTENCES = (profits, centre)
