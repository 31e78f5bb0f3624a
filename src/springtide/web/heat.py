"""The watch list's rows: how old and how high each rally is, and when its top may come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from springtide.brief.phases import phases_of
from springtide.claims.words import value_in_words
from springtide.errors import SpringtideError
from springtide.language.types import Language
from springtide.library.day import Day
from springtide.library.lake import Lake
from springtide.market.view import View
from springtide.metrics.registry import get
from springtide.outlook.ahead import said_ahead

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """One instrument of the watch list; None where data are missing, which ``missing`` says.

    Attributes
    ----------
    symbol, name
        The instrument.
    as_of
        The session of its last close; None where it has none.
    close, change
        The last close, and its change on the one before in per cent.
    phase, since
        Whether a bull or a bear market runs by the 20% convention, and the turn that it began with;
        None where it began before the data.
    phase_age
        Sessions since a bull market that runs began.
    age_rank, gain_rank, rallies
        How many of so many earlier bull markets of its own it has outlasted and outgained.
    top_within_60, before
        The chance that the top is in or comes within 60 sessions, and as it was a session before.
    exuberant
        Whether its price behaves as in a bubble.
    missing
        Why something is missing, in words.
    """

    symbol: str
    name: str
    as_of: date | None = None
    close: float | None = None
    change: float | None = None
    phase: Literal["bull", "bear"] | None = None
    since: date | None = None
    phase_age: float | None = None
    age_rank: float | None = None
    gain_rank: float | None = None
    rallies: int | None = None
    top_within_60: float | None = None
    before: float | None = None
    exuberant: bool | None = None
    missing: tuple[str, ...] = ()

    @property
    def moved(self) -> float | None:
        """By how many percentage points the chance has moved since the session before."""
        if self.top_within_60 is None or self.before is None:
            return None
        return 100 * (self.top_within_60 - self.before)

    @property
    def heat(self) -> int:
        """From 0 (cool) to 4: the chance of the top, in steps of a fifth."""
        return 0 if self.top_within_60 is None else min(4, int(self.top_within_60 * 5))

    def to_dict(self) -> Json:
        """Return it as ``watch.schema.json`` has it."""
        return {
            "symbol": self.symbol,
            "name": self.name,
            "as_of": None if self.as_of is None else self.as_of.isoformat(),
            "phase": self.phase,
            "since": None if self.since is None else self.since.isoformat(),
            **{
                key: getattr(self, key)
                for key in (
                    "close", "change", "phase_age", "age_rank", "gain_rank", "rallies",
                    "top_within_60", "before", "exuberant",
                )
            },
            "missing": list(self.missing),
        }  # fmt: skip


def row_of(lake: Lake, symbol: str) -> Row:
    """Measure one row as of the instrument's last close on file."""
    try:
        subject = lake[symbol]
    except SpringtideError as error:
        return Row(symbol, symbol, missing=(str(error),))
    name = subject.instrument.name(lake.language)
    try:
        day = subject.asof()
    except SpringtideError as error:
        return Row(subject.id, name, missing=(str(error),))
    why: list[str] = []
    phase, since = _phase(lake, day)
    age = ages = gains = rallies = None
    if phase != "bear":  # of which neither age nor rank is told
        age = _value(day, "phase_age", why, lake.language)
        ages, rallies = _rank(day, "age", why, lake.language)
        gains, _ = _rank(day, "gain", why, lake.language)
    now, before = _chances(day, subject.asof, why)
    exuberant = _value(day, "exuberance", why, lake.language)
    return Row(
        subject.id, name, day.as_of,
        close=_value(day, "close_level", why, lake.language),
        change=_value(day, "pct_change", why, lake.language),
        phase=phase, since=since, phase_age=age,
        age_rank=ages, gain_rank=gains, rallies=rallies,
        top_within_60=now, before=before,
        exuberant=None if exuberant is None else bool(exuberant),
        missing=tuple(dict.fromkeys(why)),
    )  # fmt: skip


def _phase(lake: Lake, day: Day) -> tuple[Literal["bull", "bear"] | None, date | None]:
    """Return the phase that runs and when it began, as charts shade it."""
    phases = phases_of(View(lake.held, day.as_of), day.instrument)
    if not phases or phases[-1].rising is None:
        return None, None
    return ("bull" if phases[-1].rising else "bear"), phases[-1].first


def _value(day: Day, metric: str, why: list[str], language: Language) -> float | None:
    try:
        measured = day.measure(metric)
    except SpringtideError as error:
        why.append(str(error))
        return None
    if measured.value is None:
        why.append(f"{get(metric).title[language]}: {measured.missing_in(language)}")
        return None
    return float(measured.value) if isinstance(measured.value, int | float) else None


def _rank(day: Day, by: str, why: list[str], language: Language) -> tuple[float | None, int | None]:
    try:
        measured = day.measure("rally_rank", by=by)
    except SpringtideError as error:
        why.append(str(error))
        return None, None
    completed = get("rally_rank").completed
    if measured.value is None or completed is None:
        why.append(f"{get('rally_rank').title[language]}: {measured.missing_in(language)}")
        return None, None
    return float(measured.value), getattr(completed(measured), "sample", None)


def _chances(day: Day, asof: Any, why: list[str]) -> tuple[float | None, float | None]:
    """Return the chance of the top as of the day and as of the session before."""
    chances: list[float | None] = []
    bars = day.bars()
    for session in bars.dates[-2:][::-1].tolist():
        try:
            told = said_ahead(asof(session).outlook())
        except SpringtideError as error:
            why.append(str(error))
            chances.append(None)
            continue
        chances.append(None if told is None else told.within_60)
    return (*chances, None, None)[:2]  # type: ignore[return-value]


def in_words(value: float | None, unit: str, language: Language) -> str:
    """Return a figure as a cell prints it; a dash where it is missing."""
    return value_in_words(None if value is None else round(value, 2), unit, language)
