"""Calls from a sheet: one row a call, by hand or from another ledger.

Read by ``calls read`` and by ``import observations --layout calls``. Columns: ``made`` (a date),
``who`` and ``house`` (one of them), ``subject``, ``metric``; further ``params``
(``sessions=20;by=end``), ``level`` (also of a target), ``due`` (a date), ``quote``, ``url``, and
``corrects``, the identifier of the call on file that the row takes the place of.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from pathlib import Path

import numpy as np

from springtide.calls.base_rates import base_rate, due_of
from springtide.calls.people import source_of
from springtide.calls.reading.columns import COLUMNS
from springtide.claims.model import Call, Claim, Params, Said
from springtide.errors import DataError, SpringtideError, UsageError
from springtide.language.script import normalise
from springtide.market.lake import Lake
from springtide.market.reports import Refusal
from springtide.market.sources.grid import Header, read_grid
from springtide.market.view import View
from springtide.metrics.params import params_from_text
from springtide.metrics.registry import get

NEEDED = ("made", "subject", "metric")


def read_sheet(path: Path, lake: Lake) -> tuple[list[Call], list[Refusal]]:
    """Read a sheet of calls; of each row that is none, say why.

    Parameters
    ----------
    path
        A table in any form that bars come in: CSV in any usual encoding, a workbook.
    lake
        Where the closes are that base rates come from.

    Raises
    ------
    DataError
        It is no table with these columns.
    """
    grid = read_grid(path, Header(_known, ", ".join(COLUMNS)))
    held = _holders(grid.frame.columns)
    lacking = [name for name in NEEDED if name not in held]
    if lacking:
        raise DataError(
            f"{path} is no sheet of calls: it has no column {', '.join(lacking)}",
            given=", ".join(grid.frame.columns[:12]),
            allowed=", ".join(COLUMNS),
        )
    calls: list[Call] = []
    refused: list[Refusal] = []
    for number, cells in enumerate(grid.frame.iter_rows(named=True), 1):
        row = {name: str(cells[column] or "").strip() for name, column in held.items()}
        if not any(row.values()):
            continue
        try:
            calls.append(_call(row, path, lake))
        except (SpringtideError, ValueError) as error:
            reason = " ".join(str(error).split())
            refused.append(Refusal(row["subject"], _day(row["made"]), number, reason))
    return calls, refused


def _holders(headers: Sequence[str]) -> dict[str, str]:
    """Return for each thing which column holds it: the first that does."""
    meanings = {written: name for name, each in COLUMNS.items() for written in each}
    held: dict[str, str] = {}
    for header in headers:
        name = meanings.get(normalise(header).strip().casefold())
        if name is not None:
            held.setdefault(name, header)
    return held


def _known(headers: Sequence[str]) -> int:
    return len(_holders(headers))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _call(row: Mapping[str, str], path: Path, lake: Lake) -> Call:
    def cell(name: str) -> str:
        return row.get(name, "")

    made = _day(cell("made"))
    if made is None:
        raise UsageError("The day on which it was made is no date", given=cell("made"),
                         allowed="a day such as 2025-02-13")  # fmt: skip
    view = View(lake, made)
    instrument = view.instrument(cell("subject"))
    metric = get(cell("metric"))
    if metric.ahead is None:
        raise UsageError("That metric is of no days to come", given=metric.key)
    params = _params(metric.params, cell, made)
    claim = Claim(metric.key, instrument.id, params, made, period=cell("due"))
    if not (cell("who") or cell("house")):
        raise UsageError("Nobody is named who says it", allowed="who, house, or both")
    bars = view.bars(instrument.id)
    at = int(np.searchsorted(bars.dates, np.datetime64(made)))
    if at == len(bars) or not bars.close[at] > 0:
        raise UsageError(f"There is no close of {instrument.id} on {made}", given=cell("made"))
    who = cell("who") or cell("house")
    if cell("who") and cell("house"):
        who = f"{cell('who')} ({cell('house')})"
    return Call(
        claim,
        made,
        due_of(claim, instrument, made),
        None,
        source_of(who),
        base_rate=base_rate(view, instrument, claim),
        close=float(bars.close[at]),
        said=Said(cell("url") or path.name, cell("quote"), who=who),
        corrects=cell("corrects"),
    )


def _params(kind: type[Params], cell: Callable[[str], str], made: date) -> Params:
    known = {one.name for one in fields(kind)}
    parts = [part.partition("=") for part in cell("params").split(";") if part.strip()]
    text = {name.strip(): value.strip() for name, _, value in parts}
    text["since"] = made.isoformat()
    if cell("level"):
        text["target" if "target" in known else "level"] = cell("level")
    if cell("due") and "until" in known:
        text["until"] = cell("due")
    return params_from_text(kind, text)
