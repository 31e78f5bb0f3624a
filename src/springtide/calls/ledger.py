"""Calls in the lake: filed once, never changed, and read again."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from springtide.claims import schema
from springtide.claims.model import Call, Claim
from springtide.errors import SpringtideError, UsageError
from springtide.market.lake import Lake
from springtide.market.view import View
from springtide.metrics.params import outside
from springtide.metrics.registry import get

if TYPE_CHECKING:
    import polars as pl

    from springtide.market.tables import Snapshot

_SAME = 1e-9
"""Probabilities so close are one: the last digits of a sum depend on the machine."""


@dataclass(frozen=True, slots=True)
class Filed:
    """What became of calls that were to be filed.

    Attributes
    ----------
    new
        How many were added.
    known
        How many were on file already, with the same probability.
    refused
        Why the others were not added, one sentence each.
    """

    new: int
    known: int
    refused: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ledger:
    """The calls on file, ascending by date, subject, due day, metric and source.

    ``refused`` says of each row that cannot be read why.
    """

    calls: tuple[Call, ...]
    refused: tuple[str, ...]


def file(lake: Lake, calls: Sequence[Call]) -> Filed:
    """Put calls on file.

    A call that is there already is not stored twice. What is on file is never changed: another
    probability for the same claim, by the same source on the same date, is refused.

    Raises
    ------
    LakeError
        The lake cannot be written to; what was stored is untouched.

    Examples
    --------
    >>> import tempfile
    >>> from springtide.metrics.families.outcomes import NewHighWithin
    >>> day = date(2000, 3, 10)
    >>> claim = Claim("new_high_within", "IXIC", NewHighWithin(day, 20), day, value=20.0)
    >>> lake = Lake.create(tempfile.mkdtemp())
    >>> file(lake, [Call(claim, day, date(2000, 4, 7), 0.6, "a strategist")]).new
    1
    >>> file(lake, [Call(claim, day, date(2000, 4, 7), 0.6, "a strategist")]).new
    0
    """
    filed = Filed(0, 0, ())
    if not calls:
        return filed

    def choose(snapshot: Snapshot) -> pl.DataFrame | None:
        nonlocal filed
        chosen, filed = _choose(_on_file(snapshot, calls), calls)
        return _rows(chosen) if chosen else None

    lake.append("calls", choose)
    return filed


_Key = tuple[str, date, str, str]


def _key(call: Call) -> _Key:
    return call.claim.subject, call.made, _text(call.claim), call.source


def _text(claim: Claim) -> str:
    """Return a claim as the one text that stands for it."""
    return json.dumps(schema.claim_json(claim), ensure_ascii=False, sort_keys=True, allow_nan=False)


def _on_file(snapshot: Snapshot, calls: Sequence[Call]) -> dict[_Key, float]:
    import polars as pl

    subjects = sorted({call.claim.subject for call in calls})
    days = sorted({call.made for call in calls})
    rows = snapshot.scan(subjects).filter(pl.col("date").is_in(days)).collect()
    keys = rows.select("subject", "date", "claim", "source").iter_rows()
    return dict(zip(keys, rows["probability"].to_list(), strict=True))


def _choose(known: dict[_Key, float], calls: Sequence[Call]) -> tuple[list[Call], Filed]:
    """Return the calls that are not on file, and what is said of all."""
    chosen, refused, same = [], [], 0
    for call in calls:
        key = _key(call)
        if key not in known:
            known[key] = call.probability
            chosen.append(call)
        elif math.isclose(known[key], call.probability, rel_tol=0, abs_tol=_SAME):
            same += 1
        else:
            refused.append(
                f"{call.claim.metric} of {call.claim.subject} due "
                f"{call.due or 'when it is decided'}, made on {call.made} by {call.source}: "
                f"{known[key]:.4f} is on file and stays, {call.probability:.4f} is not filed"
            )
    return chosen, Filed(len(chosen), same, tuple(refused))


def _rows(calls: Sequence[Call]) -> pl.DataFrame:
    import polars as pl

    from springtide.market.tables import polars_schema

    now = datetime.now(UTC)
    return pl.DataFrame(
        {
            "subject": [call.claim.subject for call in calls],
            "date": [call.made for call in calls],
            "due": [call.due for call in calls],
            "claim": [_text(call.claim) for call in calls],
            "probability": [call.probability for call in calls],
            "source": [call.source for call in calls],
            "known_at": [now] * len(calls),
        },
        schema=polars_schema("calls"),
    )


def load(view: View, subject: str | None = None) -> Ledger:
    """Read the calls that were made by the view's date.

    They are seen by the date on which they were made; ``filed`` says when they were put on file.

    Parameters
    ----------
    view
        The lake as of a date.
    subject
        Those of one instrument, by its identifier.
    """
    import polars as pl

    rows = view.scan("calls")
    if subject is not None:
        rows = rows.filter(pl.col("subject") == subject)
    calls: list[Call] = []
    refused: list[str] = []
    for row in rows.sort("known_at").collect().iter_rows(named=True):
        try:
            calls.append(_call(row))
        except (SpringtideError, KeyError, TypeError, ValueError) as error:
            refused.append(
                f"the call of {row['subject']} made on {row['date']} by {row['source']} "
                f"cannot be read: {error}"
            )
    ordered = sorted(
        calls,
        key=lambda call: (
            call.made,
            call.claim.subject,
            call.due or date.max,
            call.claim.metric,
            call.source,
        ),
    )
    return Ledger(tuple(ordered), tuple(refused))


def _call(row: dict[str, Any]) -> Call:
    return Call(
        claim_of(json.loads(row["claim"])),
        row["date"],
        row["due"],
        row["probability"],
        row["source"],
        row["known_at"].date(),
    )


def claim_of(document: dict[str, Any]) -> Claim:
    """Return the claim that :func:`springtide.claims.schema.claim_json` wrote.

    Raises
    ------
    UsageError
        The metric is not known, or its parameters are not.
    KeyError, ValueError
        Something is not there, or not of its kind.

    Examples
    --------
    >>> from springtide.metrics.families.outcomes import TopWithin
    >>> day = date(2000, 3, 10)
    >>> claim = Claim("top_within", "IXIC", TopWithin(day, 60), day, value=60.0, unit="sessions")
    >>> claim_of(schema.claim_json(claim)) == claim
    True
    """
    claim = schema.claim_of(document, get(document["metric"]).params)
    for name, limits in outside(claim.params):
        raise UsageError(f"Parameter {name} is out of range", allowed=str(limits))
    return claim
