"""Whether levels hold: first tests of swing levels of indices beside those of prices next to them.

The figures that ship were made by ``springtide backtest levels --export`` on long histories (see
``docs/evidence/levels.md``); a brief prints them beside the levels that it lists.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from springtide.errors import DataError
from springtide.numerics.level_study import (
    Chosen,
    Comparison,
    Outcome,
    Rules,
    Visits,
    compare,
    shuffled,
    visits,
)
from springtide.numerics.series import FloatArray, IntArray

if TYPE_CHECKING:
    from springtide.market.lake import Lake

Progress = Callable[[str, int, int], None]

SHIPPED = "levels.json"

PANEL = (
    ("HSI", date(1969, 1, 1)),
    ("SPX", date(1962, 1, 1)),
    ("IXIC", date(1971, 1, 1)),
    ("N225", date(1965, 1, 1)),
    ("CSI300", date(2005, 1, 1)),  # before, it is worked back from closes
    ("SSE", date(1996, 12, 16)),  # the day from which moves are limited to 10%
    ("HSCEI", date(1999, 1, 1)),
    ("HSTECH", date(2020, 7, 27)),  # before, it is worked back from closes
)
"""The indices, and the day from which on their highs and lows are taken where they are known."""

YEAR = 250
FLAT = 0.05
"""Share of the bars of a year without a range from which on its highs and lows are not known."""

LEAST = 750
"""Bars of one index without which it is left out."""

SHUFFLES = 12
DRAWS = 2000
SEED = 20250213


STANDARD = Rules()


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to look at it: which rules, which levels, which outcome."""

    name: str
    rules: Rules = STANDARD
    chosen: Chosen = "all"
    outcome: Outcome = "held"


VARIANTS = (
    Variant("main"),
    Variant("supports", chosen="supports"),
    Variant("resistances", chosen="resistances"),
    Variant("often", chosen="often"),
    Variant("reversed", chosen="reversed"),
    Variant("exact", outcome="exact"),
    Variant("swings of 3%", Rules(reversal=0.03)),
    Variant("swings of 10%", Rules(reversal=0.10)),
    Variant("away 3%", Rules(away=0.03)),
    Variant("band 0.25%, away 1%", Rules(band=0.0025, away=0.01)),
)


@dataclass(frozen=True, slots=True)
class Null:
    """The difference on shuffled days, where no level can mean anything, in points.

    ``inside`` are the shuffles of which the interval holds zero.
    """

    mean: float
    deviation: float
    inside: int
    shuffles: int


@dataclass(frozen=True, slots=True)
class Line:
    """What came of one variant."""

    name: str
    own: Comparison
    null: Null | None


@dataclass(frozen=True, slots=True)
class Series:
    """An index that was looked at."""

    symbol: str
    first: date
    last: date
    bars: int


@dataclass(frozen=True, slots=True)
class LevelEvidence:
    """All that the study found; the first line is the main one."""

    lines: tuple[Line, ...]
    series: tuple[Series, ...]
    seed: int
    versions: tuple[tuple[str, int], ...] = ()

    @property
    def main(self) -> Line:
        """The line of the definitions that metrics use."""
        return self.lines[0]

    def line(self, name: str) -> Line:
        """Return the line of a variant."""
        return next(one for one in self.lines if one.name == name)


@dataclass(frozen=True, slots=True)
class _Bars:
    """Highs, lows and closes of one index, and the month of each bar."""

    about: Series
    high: FloatArray
    low: FloatArray
    close: FloatArray
    months: IntArray

    def visits(self, rules: Rules, shuffle: int | None = None) -> Visits:
        bars = (self.high, self.low, self.close)
        if shuffle is not None:
            bars = shuffled(*bars, shuffle)
        return visits(*bars, self.months, rules)


def study(
    lake: Lake,
    *,
    shuffles: int = SHUFFLES,
    seed: int = SEED,
    progress: Progress | None = None,
) -> LevelEvidence:
    """Compare how often levels and the prices beside them hold, by every variant.

    Parameters
    ----------
    lake
        With the bars of the indices of ``PANEL``, of which those that are missing are left out.
    shuffles
        How often the days of all indices are shuffled.
    seed
        Of the shuffles and the bootstrap: the same seed gives the same figures.
    progress
        Called with what is done, how much of it, and all of it.

    Raises
    ------
    DataError
        No index has enough bars with highs and lows.
    """
    said = progress or (lambda what, done, total: None)
    said("Reading bars", 0, 1)
    panel = [bars for symbol, first in PANEL if (bars := _read(lake, symbol, first)) is not None]
    if not panel:
        raise DataError(
            "The lake holds no index of the panel with enough highs and lows",
            allowed=", ".join(symbol for symbol, _ in PANEL),
            hint="import their daily bars: springtide import bars",
        )
    rules = tuple(dict.fromkeys(variant.rules for variant in VARIANTS))
    total, done = len(rules) * (1 + shuffles), 0
    lines: dict[str, Line] = {}
    for rule in rules:
        own = [bars.visits(rule) for bars in panel]
        drawn = []
        for k in range(shuffles):
            done += 1
            said("Testing levels on shuffled days", done, total)
            drawn.append([bars.visits(rule, _seed(seed, k, i)) for i, bars in enumerate(panel)])
        done += 1
        for variant in VARIANTS:
            if variant.rules == rule:
                lines[variant.name] = _line(variant, own, drawn, seed)
    return LevelEvidence(
        tuple(lines[variant.name] for variant in VARIANTS),
        tuple(bars.about for bars in panel),
        seed,
        tuple(sorted(lake.versions().items())),
    )


def _seed(seed: int, shuffle: int, series: int) -> int:
    return int(np.random.SeedSequence([seed, shuffle, series]).generate_state(1)[0])


def _line(
    variant: Variant, own: Sequence[Visits], drawn: Sequence[Sequence[Visits]], seed: int
) -> Line:
    def compared(series: Sequence[Visits]) -> Comparison:
        return compare(
            series, chosen=variant.chosen, outcome=variant.outcome, draws=DRAWS, seed=seed
        )

    by_chance = [compared(one) for one in drawn]
    null = None
    if by_chance:
        differences = np.array([one.difference for one in by_chance])
        inside = sum(one.low <= 0 <= one.high for one in by_chance)
        deviation = float(differences.std(ddof=1)) if len(by_chance) > 1 else float("nan")
        null = Null(float(differences.mean()), deviation, inside, len(by_chance))
    return Line(variant.name, compared(own), null)


def _read(lake: Lake, symbol: str, first: date) -> _Bars | None:
    """Return the longest stretch of bars whose highs and lows are known."""
    from springtide.market.view import View

    bars = View(lake, date.today()).bars(symbol)
    there = (bars.dates >= np.datetime64(first)) & (bars.high > 0) & (bars.low > 0)
    held = np.flatnonzero(there & (bars.close > 0))
    held = held[_known(bars.high[held] > bars.low[held])]
    if len(held) < LEAST:
        return None
    dates = bars.dates[held]
    about = Series(symbol, dates[0].astype(object), dates[-1].astype(object), len(held))
    months = dates.astype("datetime64[M]").astype(np.int64)
    return _Bars(about, bars.high[held], bars.low[held], bars.close[held], months)


def _known(ranged: np.ndarray[Any, np.dtype[np.bool_]]) -> slice:
    """Return the longest stretch of which every year's bars have a range, but for a few."""
    if len(ranged) < YEAR:
        return slice(0, 0)
    flat = np.concatenate(([0], np.cumsum(~ranged)))
    good = flat[YEAR:] - flat[:-YEAR] <= FLAT * YEAR
    edges = np.flatnonzero(np.diff(np.concatenate(([False], good, [False])).astype(np.int8)))
    if not len(edges):
        return slice(0, 0)
    starts, stops = edges[::2], edges[1::2]
    longest = int(np.argmax(stops - starts))
    return slice(int(starts[longest]), int(stops[longest]) - 1 + YEAR)


def to_json(evidence: LevelEvidence) -> dict[str, Any]:
    """Return the figures as JSON writes them."""
    return {
        "seed": evidence.seed,
        "versions": dict(evidence.versions),
        "series": [
            {**asdict(one), "first": one.first.isoformat(), "last": one.last.isoformat()}
            for one in evidence.series
        ],
        "lines": [
            {
                "name": line.name,
                **_rounded(asdict(line.own)),
                "null": None if line.null is None else _rounded(asdict(line.null)),
            }
            for line in evidence.lines
        ],
    }


def _rounded(values: dict[str, Any]) -> dict[str, Any]:
    return {
        key: value if isinstance(value, int) else None if value != value else round(value, 4)
        for key, value in values.items()
    }


def from_json(document: dict[str, Any]) -> LevelEvidence:
    """Return the figures that :func:`to_json` wrote."""

    def number(value: float | None) -> float:
        return float("nan") if value is None else float(value)

    def comparison(line: dict[str, Any]) -> Comparison:
        names = ("held", "neighbours", "difference", "low", "high")
        return Comparison(int(line["tests"]), *(number(line[name]) for name in names))

    def null(line: dict[str, Any]) -> Null | None:
        given = line["null"]
        if given is None:
            return None
        mean, deviation = number(given["mean"]), number(given["deviation"])
        return Null(mean, deviation, int(given["inside"]), int(given["shuffles"]))

    return LevelEvidence(
        tuple(Line(line["name"], comparison(line), null(line)) for line in document["lines"]),
        tuple(
            Series(
                one["symbol"],
                date.fromisoformat(one["first"]),
                date.fromisoformat(one["last"]),
                int(one["bars"]),
            )
            for one in document["series"]
        ),
        int(document["seed"]),
        tuple(document["versions"].items()),
    )


def write(evidence: LevelEvidence, path: Path) -> None:
    """Write the figures to a file, as they ship with the package."""
    text = json.dumps(to_json(evidence), indent=1) + "\n"
    path.write_text(text, encoding="utf-8")


@cache
def shipped() -> LevelEvidence:
    """Return the figures that ship with the package.

    Examples
    --------
    >>> main = shipped().main
    >>> main.own.low < 0 < main.own.high
    True
    """
    text = (files("springtide.outlook") / "data" / SHIPPED).read_text(encoding="utf-8")
    return from_json(json.loads(text))
