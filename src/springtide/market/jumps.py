"""Large moves of a close: one-session spikes and other units are no prices, the rest are real."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from springtide.market.findings import SHOWN, Findings, runs_of

if TYPE_CHECKING:
    import polars as pl

JUMP = 1.45
"""A close this many times the one before, or its inverse, is a large move."""

SPIKE = 3.0
BACK = 0.1
UNIT_FACTORS = (100.0, 1000.0, 10_000.0)
UNIT_TOLERANCE = 0.03
SPLITS = (2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0, 15.0, 20.0, 25.0, 50.0)
SPLIT_TOLERANCE = 0.05
GAP = 10
"""Closes further apart than this many days are not compared."""

Numbers = npt.NDArray[np.float64]


def without_spikes(rows: pl.DataFrame, findings: Findings) -> pl.DataFrame:
    """Refuse one-session spikes and stretches in another unit; warn of other large moves."""
    import polars as pl

    ratio = pl.col("close") / pl.col("close").shift()
    jump = (ratio >= JUMP) | (ratio <= 1 / JUMP)
    large = rows.lazy().select(jump.fill_null(False).arg_true()).collect().to_series().to_numpy()
    at = _of_one_series(rows, large.astype(np.int64))
    if not at:
        return rows
    reasons, moves = _tell_jumps(rows, at)
    if moves:
        more = f" and {len(moves) - SHOWN} more" if len(moves) > SHOWN else ""
        findings.warnings.append(
            f"{len(moves)} large moves are kept: {'; '.join(moves[:SHOWN])}{more}"
        )
    if not reasons:
        return rows
    bad = np.zeros(len(rows), dtype=np.bool_)
    bad[list(reasons)] = True
    flagged = rows.filter(pl.Series(bad))
    by_row = dict(
        zip(flagged["_row"].to_list(), (reasons[i] for i in sorted(reasons)), strict=True)
    )
    findings.refuse(flagged, lambda row: by_row[row["_row"]])
    return rows.filter(pl.Series(~bad))


def _of_one_series(rows: pl.DataFrame, at: npt.NDArray[np.int64]) -> list[int]:
    """Return those of some rows that are of the same symbol as the row before, and near it."""
    here, before = (rows[where].select("symbol", "date") for where in (at, at - 1))
    same = (here["symbol"] == before["symbol"]).fill_null(False).to_numpy()
    days = (here["date"].to_physical() - before["date"].to_physical()).to_numpy()
    chosen: list[int] = at[same & (days <= GAP)].tolist()
    return chosen


def _tell_jumps(rows: pl.DataFrame, at: list[int]) -> tuple[dict[int, str], list[str]]:
    """Tell bad prices from large moves: (reason to refuse by row, the moves in words)."""
    close = rows["close"].to_numpy()
    symbols, dates = rows["symbol"], rows["date"]
    spans = {symbol: (start, stop) for symbol, start, stop in runs_of(rows)}
    reasons: dict[int, str] = {}
    moves: list[str] = []
    for i in at:
        start, stop = spans[symbols[i]]
        before = i - 1
        while before >= start and before in reasons:
            before -= 1
        if i in reasons or before < start:
            continue
        factor = float(close[i] / close[before])
        if 1 / JUMP < factor < JUMP:
            continue
        if unit := _unit(factor):
            wrong = _other_unit(close, start, i, stop, factor)
            reasons |= dict.fromkeys(wrong, f"in another unit: on {dates[i]} prices become {unit}")
        elif _is_spike(rows, close, i, stop, factor):
            reasons[i] = f"a one-session spike to {factor:.4g} times the previous close, and back"
        else:
            moves.append(f"{symbols[i]} {dates[i]} {factor - 1:+.1%}{_like_split(factor)}")
    return reasons, moves


def _unit(factor: float) -> str:
    """Name the change of unit that a factor is, "" where it is none."""
    for unit in UNIT_FACTORS:
        if abs(factor / unit - 1) <= UNIT_TOLERANCE:
            return f"{unit:,.0f} times as high"
        if abs(factor * unit - 1) <= UNIT_TOLERANCE:
            return f"a {unit:,.0f}th of what they were"
    return ""


def _other_unit(close: Numbers, start: int, i: int, stop: int, factor: float) -> range:
    """Return the rows in another unit where it changes at row ``i``.

    They last until prices come back by the inverse factor. Where they never do, the shorter part is
    taken to be the wrong one: a few rows before a listing, or the last days of a feed.
    """
    ratios = close[i + 1 : stop] / close[i : stop - 1]
    back = np.flatnonzero(np.abs(ratios * factor - 1) <= 4 * UNIT_TOLERANCE)
    if len(back):
        return range(i, i + 1 + int(back[0]))
    return range(start, i) if i - start < stop - i else range(i, stop)


def _is_spike(rows: pl.DataFrame, close: Numbers, i: int, stop: int, factor: float) -> bool:
    """Tell a bad tick from a move: it comes back at once, and nothing traded in between."""
    if 1 / SPIKE < factor < SPIKE or i + 1 >= stop:
        return False
    if abs(close[i + 1] / close[i] * factor - 1) > BACK:
        return False
    low, high = rows["low"][i], rows["high"][i]
    traded_from_there = low is not None and high is not None and low <= close[i - 1] <= high
    return not traded_from_there


def _like_split(factor: float) -> str:
    for split in SPLITS:
        if abs(factor / split - 1) <= SPLIT_TOLERANCE:
            return f" (looks like a consolidation {split:g} to 1)"
        if abs(factor * split - 1) <= SPLIT_TOLERANCE:
            return f" (looks like a split 1 to {split:g})"
    return ""
