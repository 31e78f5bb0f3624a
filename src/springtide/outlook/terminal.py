"""The track record of the pool, and what came of levels, for the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from springtide.claims.terminal import table
from springtide.outlook.level_evidence import LevelEvidence
from springtide.outlook.level_page import line_cells
from springtide.outlook.model import HORIZONS
from springtide.outlook.record import TrackRecord
from springtide.outlook.report_tables import both, percent, skill_cell

if TYPE_CHECKING:
    from rich.console import RenderableType

_HEADER = ("", "event", "forecasts", "came", "skill, %: base rates", "random walk", "GARCH")


def record_parts(record: TrackRecord, run: str) -> Iterator[RenderableType]:
    """Yield the skill of the combination by horizon, for all and for indices alone."""
    rows = []
    for label, group in both(record):
        for horizon in (0, *HORIZONS):
            scored = group.target("peak", horizon)
            own = scored.method("combination") if scored else None
            if scored is None or own is None:
                continue
            skills = [own.against(name) for name in ("climatology", "random_walk", "garch")]
            name = "top is in" if horizon == 0 else f"peak within {horizon} sessions"
            rows.append(
                [
                    label,
                    name,
                    f"{scored.forecasts:,}",
                    percent(scored.happened),
                    *(skill_cell(one).replace("*", "") for one in skills),
                ]
            )
    yield f"The combination's skill out of sample, with 95% intervals (run {run})\n"
    yield table(_HEADER, rows)


_LEVELS = (
    "variant",
    "tests",
    "held, %",
    "neighbours, %",
    "difference [95%]",
    "shuffled: mean (sd)",
)


def level_parts(evidence: LevelEvidence) -> Iterator[RenderableType]:
    """Yield how often levels and the prices beside them held."""
    symbols = ", ".join(one.symbol for one in evidence.series)
    yield f"First tests of levels and of the prices beside them ({symbols})\n"
    yield table(_LEVELS, [line_cells(one)[:-1] for one in evidence.lines])
