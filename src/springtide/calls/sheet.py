"""Calls from a sheet: one row a call, by hand or from another ledger.

Columns: ``made`` (a date), ``who`` and ``house`` (one of them), ``subject``, ``metric``; further
``params`` (``sessions=20;by=end``), ``level`` (also of a target), ``due`` (a date), ``quote``,
``url``, and ``corrects``, the identifier of the call on file that the row takes the place of.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date
from pathlib import Path

import numpy as np

from springtide.calls.base_rates import base_rate, due_of
from springtide.calls.people import source_of
from springtide.claims.model import Call, Claim, Params, Said
from springtide.errors import DataError, SpringtideError, UsageError
from springtide.market.lake import Lake
from springtide.market.view import View
from springtide.metrics.params import params_from_text
from springtide.metrics.registry import get

NEEDED = ("made", "subject", "metric")


def read_sheet(path: Path, lake: Lake) -> tuple[list[Call], list[str]]:
    """Read a sheet of calls; of each row that is none, say why.

    Raises
    ------
    DataError
        It is no CSV file with these columns.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path} cannot be read: {error}") from error
    rows = csv.DictReader(text.splitlines())
    lacking = [name for name in NEEDED if name not in (rows.fieldnames or ())]
    if lacking:
        raise DataError(
            f"{path} is no sheet of calls: it has no column {', '.join(lacking)}",
            allowed="made, who, house, subject, metric, params, level, due, quote, url, corrects",
        )
    calls: list[Call] = []
    refused: list[str] = []
    for row in rows:
        try:
            calls.append(_call(row, path, lake))
        except (SpringtideError, ValueError) as error:
            refused.append(f"{path}, line {rows.line_num}: {error}")
    return calls, refused


def _call(row: Mapping[str, str | None], path: Path, lake: Lake) -> Call:
    def cell(name: str) -> str:
        return (row.get(name) or "").strip()

    made = date.fromisoformat(cell("made"))
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
