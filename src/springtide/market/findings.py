"""What is noted while rows go through the checks: what is refused, by name, and what is odd."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from springtide.market.reports import LISTED, Refusal

if TYPE_CHECKING:
    import polars as pl

SHOWN = 5
"""How many of a kind a warning names."""


@dataclass(slots=True)
class Findings:
    """What is noted while a frame goes through the checks."""

    refused: int = 0
    refusals: list[Refusal] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def refuse(self, rows: pl.DataFrame, reason: str | Callable[[dict[str, Any]], str]) -> None:
        """Count rows as refused, and name the first of all for a reason."""
        self.refused += len(rows)
        for row in rows.head(max(LISTED - len(self.refusals), 0)).iter_rows(named=True):
            text = reason if isinstance(reason, str) else reason(row)
            self.refusals.append(Refusal(row["symbol"], row["date"], row["_row"], text))


def runs_of(rows: pl.DataFrame) -> list[tuple[str, int, int]]:
    """Return for each symbol where its rows start and stop."""
    runs = rows["symbol"].rle().struct.unnest()
    stops = runs["len"].to_numpy().astype(np.int64).cumsum()
    starts = stops - runs["len"].to_numpy()
    symbols = runs["value"].to_list()
    return list(zip(symbols, starts.tolist(), stops.tolist(), strict=True))
