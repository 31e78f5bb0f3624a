"""The page on whether levels hold, written from what the study found and nothing else."""

from __future__ import annotations

from pathlib import Path

from springtide.files import write_files
from springtide.numerics.level_study import OFTEN, Comparison, Rules
from springtide.outlook.level_evidence import DRAWS, LevelEvidence, Line, Null

PAGE = "levels.md"

_RULES = Rules()
_COLUMNS = (
    "variant",
    "tests",
    "held",
    "neighbours",
    "difference [95%]",
    "on shuffled days: mean (sd)",
    "intervals with zero",
)
_NAMES = {
    "main": "swings of 5% of two years",
    "supports": "… supports alone",
    "resistances": "… resistances alone",
    "often": f"… {OFTEN} or more swings there",
    "reversed": "… prices have been on both sides of it",
    "exact": "… turned without leaving the band",
}


def write_page(evidence: LevelEvidence, folder: Path, command: str) -> tuple[Path, ...]:
    """Write the page.

    Parameters
    ----------
    evidence
        What the study found.
    folder
        Where ``levels.md`` goes.
    command
        The command that makes it again.

    Raises
    ------
    SpringtideError
        The folder cannot be written to.
    """
    return write_files(folder, {PAGE: page(evidence, command)})


def page(evidence: LevelEvidence, command: str) -> str:
    """Return the page as Markdown."""
    parts = [_HEAD, _plain(evidence), _asked(evidence), _table(evidence), _again(evidence, command)]
    return "\n".join(part.strip() + "\n" for part in parts)


_HEAD = """
# Do support and resistance hold?

A brief lists the prices at which an index turned before. This page says whether prices turn there
again more often than elsewhere. It is written by a command from daily bars.
"""


def _plain(evidence: LevelEvidence) -> str:
    own = evidence.main.own
    null = evidence.main.null
    shown = own.low > 0 or own.high < 0
    result = "They do not show a difference" if not shown else "There is a difference in these data"
    chance = ""
    if null is not None:
        chance = (
            f"On shuffled days, where no price can mean anything, the same comparison gives "
            f"{_points(null.mean)} points on average, and {null.inside} of {null.shuffles} "
            "intervals hold zero."
        )
    return f"""
## In plain words

**{result}.** Of {own.tests:,} first tests of swing levels {own.held:.1f}% held; of prices
{_per(_RULES.inner)} to {_per(_RULES.outer)} beside them, in the same months and from the same side,
{own.neighbours:.1f}%: {_points(own.difference)} points, with an interval of 95% from
{_points(own.low)} to {_points(own.high)}. {chance}

- **A bare share of levels that held is no evidence.** A price that has come within half a per cent
  of another one is nearer to the side that it came from than to the other: a random walk alone
  turns back in some 60% of such visits. Rising markets make supports look better than
  resistances, and their neighbours as well.
- **Levels are listed, not praised.** A brief says where prices turned. That they will turn there
  again does not follow.
- **Not looked at:** single shares, minutes within a session, volume at a price, and levels that
  analysts publish (for those of six firms in currencies see Osler 2000, *FRBNY Economic Policy
  Review* 6(2)).
"""


def _asked(evidence: LevelEvidence) -> str:
    rules = _RULES
    lines = "\n".join(
        f"| {one.symbol} | {one.first} | {one.last} | {one.bars:,} |" for one in evidence.series
    )
    return f"""
## What was asked

At each month's end the {rules.nearest} nearest levels on each side of the close,
{_per(rules.least)} to {_per(rules.most)} off, were noted: prices of swing highs and lows of the
last {rules.lookback} sessions, each known by then (confirmed by a reversal of
{_per(rules.reversal)}), those within {_per(rules.merge)} of each other taken together. The first
visit in the next month counts: it begins where a price comes within {_per(rules.band)} of the
level and ends with the first close {_per(rules.away)} off it, on the side that it came from
(*held*) or on the other (*broken*). Visits that were not decided within {rules.decided} sessions
are left out.

Beside each level the same was asked of {2 * rules.neighbours} prices, evenly {_per(rules.inner)} to
{_per(rules.outer)} above and below it, without those within {_per(rules.clear)} of any swing.

The two shares are compared within each index and side, and the differences averaged by the number
of levels' tests. Intervals are from {DRAWS:,} bootstrap samples of quarters, which all indices
share. The null shuffles the days of each index, their highs and lows with them.

| index | first | last | bars |
| --- | --- | --- | --- |
{lines}

Highs and lows are taken from where they are known: an index whose bars have no range for more than
a few days of a year begins after them.
"""


def _table(evidence: LevelEvidence) -> str:
    lines = "\n".join(f"| {' | '.join(line_cells(one))} |" for one in evidence.lines)
    return f"""
## What came out

| {" | ".join(_COLUMNS)} |
| --- | --- | --- | --- | --- | --- | --- |
{lines}

Per cent, and points between them. With {len(evidence.lines)} lines, some interval without zero in
it is to be expected by chance.
"""


def line_cells(line: Line) -> list[str]:
    """Return what came of a variant, a cell for each column of the table."""
    own = line.own
    null, inside = _null(line.null)
    name = _NAMES.get(line.name, line.name)
    if not own.tests:
        return [name, "0", "", "", "", null, inside]
    held, beside = f"{own.held:.1f}", f"{own.neighbours:.1f}"
    return [name, f"{own.tests:,}", held, beside, _interval(own), null, inside]


def _null(null: Null | None) -> tuple[str, str]:
    if null is None:
        return "not run", ""
    return f"{_points(null.mean)} ({null.deviation:.1f})", f"{null.inside} of {null.shuffles}"


def _interval(own: Comparison) -> str:
    return f"{_points(own.difference)} [{_points(own.low)}, {_points(own.high)}]"


def _again(evidence: LevelEvidence, command: str) -> str:
    tables = ", ".join(f"{name} v{version}" for name, version in evidence.versions) or "none"
    return f"""
## Made by

`{command}`, seed {evidence.seed}, on a lake with these tables: {tables}.
"""


def _points(value: float) -> str:
    return f"{value:+.1f}".replace("-", "−")


def _per(share: float) -> str:
    return f"{100 * share:g}%"
