"""Calls in the lake: filed once, never changed, and read again.

A call is known by what it says: its identifier is a digest of it. What is on file stays; a
correction is a new row that names the one it takes the place of.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from springtide.calls.people import key_of
from springtide.claims import schema
from springtide.claims.model import BaseRate, Call, Claim, Said
from springtide.errors import SpringtideError, UsageError
from springtide.market import calendars, instruments
from springtide.market.lake import Lake
from springtide.market.view import View
from springtide.metrics.params import outside
from springtide.metrics.registry import get

if TYPE_CHECKING:
    import polars as pl

    from springtide.market.tables import Snapshot

_SAME = 1e-9
"""Probabilities so close are one: the last digits of a sum depend on the machine."""

REPEATED = 10
"""The same view of the same source within so many sessions is one call."""

_DAYS = timedelta(days=3 * REPEATED)


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
    ids
        The identifiers of those that were added.
    """

    new: int
    known: int
    refused: tuple[str, ...]
    ids: tuple[str, ...] = ()


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


def filed_json(
    made: Sequence[Call],
    filed: Filed,
    left: Sequence[tuple[str, str, str]],
    failed: Sequence[str],
    versions: dict[str, int],
    software: str,
) -> dict[str, Any]:
    """Return what became of an article's views, by ``filed.schema.json``.

    Parameters
    ----------
    made
        The calls that were to be filed.
    filed
        What became of them.
    left
        Of each view that is no call its words, who says it and why it is none.
    failed
        What could not be read.
    """
    new = [(identity(call), call) for call in made]
    return {
        "software": software,
        "versions": versions,
        "filed": [
            {"id": name, **schema.call_json(call)} for name, call in new if name in filed.ids
        ],
        "known": filed.known,
        "refused": list(filed.refused),
        "left": [{"quote": quote, "who": who, "why": why} for quote, who, why in left],
        "failed": list(failed),
    }


def weighed(lake: Lake, calls: Sequence[Call]) -> Filed:
    """Say what :func:`file` would do with some calls, and store nothing."""
    if not calls:
        return Filed(0, 0, ())
    return _choose(_on_file(lake.snapshot("calls"), calls), calls)[1]


def identity(call: Call) -> str:
    """Return the identifier of a call: ten hexadecimal digits of what it says.

    Who makes it, when, of what, and on which condition; not how likely it is, nor where it was
    read.
    """
    return _digest(_key(call), _text(call.condition) if call.condition else "", call.mentioned)


_Key = tuple[str, date, str, str]


def _key(call: Call) -> _Key:
    return call.claim.subject, call.made, _text(call.claim), call.source


def _digest(key: _Key, condition: str, mentioned: bool) -> str:
    whole = json.dumps([*map(str, key), condition, mentioned], ensure_ascii=False)
    return hashlib.sha256(whole.encode()).hexdigest()[:10]


def _text(claim: Claim) -> str:
    """Return a claim as the one text that stands for it."""
    return json.dumps(schema.claim_json(claim), ensure_ascii=False, sort_keys=True, allow_nan=False)


@dataclass
class _OnFile:
    """What is on file about the subjects and days of some calls, and what joins it."""

    known: dict[str, float | None]
    views: dict[tuple[str, str, str], list[tuple[date, str]]]

    def add(self, call: Call) -> None:
        name = identity(call)
        self.known[name] = call.probability
        self.views.setdefault(view_of(call), []).append((call.made, name))

    def repeated(self, call: Call) -> str:
        """Return the call that says the same within ten sessions, "" where there is none."""
        if call.said is None or call.corrects:
            return ""
        instrument = instruments.find(call.claim.subject)
        for made, name in self.views.get(view_of(call), []):
            first, last = sorted((made, call.made))
            calendar = instrument.calendar if instrument is not None else "XNYS"
            apart = calendars.sessions_between(calendar, first, last)
            if (apart if apart is not None else (last - first).days * 5 // 7) <= REPEATED:
                return name
        return ""


def view_of(call: Call) -> tuple[str, str, str]:
    """Return what a view is told by: who, of what, and the claim but for its days."""
    params = {
        name: value
        for name, value in schema.params_json(call.claim.params).items()
        if name not in ("since", "until", "sessions")
    }
    said = json.dumps([call.claim.metric, params, call.mentioned], sort_keys=True)
    return key_of(call.source), call.claim.subject, said


def _on_file(snapshot: Snapshot, calls: Sequence[Call]) -> _OnFile:
    import polars as pl

    subjects = sorted({call.claim.subject for call in calls})
    first, last = min(call.made for call in calls), max(call.made for call in calls)
    near = pl.col("date").is_between(first - _DAYS, last + _DAYS)
    rows = snapshot.scan(subjects).filter(near).collect()
    there = _OnFile({}, {})
    for call in _readable(rows.iter_rows(named=True)):
        there.add(call)
    return there


def _readable(rows: Iterator[dict[str, Any]]) -> Iterator[Call]:
    for row in rows:
        try:
            yield _call(row)
        except (SpringtideError, KeyError, TypeError, ValueError):
            continue  # load() says of it that it cannot be read


def _choose(there: _OnFile, calls: Sequence[Call]) -> tuple[list[Call], Filed]:
    """Return the calls that are not on file, and what is said of all."""
    chosen, refused, same = [], [], 0
    for call in sorted(calls, key=lambda one: one.made):
        name = identity(call)
        if name not in there.known:
            before = there.repeated(call)
            if before:
                refused.append(
                    f"{_named(call)}: the same view is on file within {REPEATED} sessions, as "
                    f"{before}"
                )
                continue
            there.add(call)
            chosen.append(call)
        elif _is_one(there.known[name], call.probability):
            same += 1
        else:
            refused.append(
                f"{_named(call)}: {there.known[name]:.4f} is on file and stays, "
                f"{call.probability:.4f} is not filed"
            )
    return chosen, Filed(len(chosen), same, tuple(refused), tuple(map(identity, chosen)))


def _is_one(held: float | None, given: float | None) -> bool:
    if held is None or given is None:
        return True  # no probability is changed by it
    return math.isclose(held, given, rel_tol=0, abs_tol=_SAME)


def _named(call: Call) -> str:
    return (
        f"{call.claim.metric} of {call.claim.subject} due {call.due or 'when it is decided'}, "
        f"made on {call.made} by {call.source}"
    )


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
            "details": [_details(call) for call in calls],
            "known_at": [now] * len(calls),
        },
        schema=polars_schema("calls"),
    )


def _details(call: Call) -> str | None:
    """Return what a call of a person holds beside its claim, as JSON; None for one of ours."""
    details: dict[str, Any] = {}
    if call.base_rate is not None:
        rate = call.base_rate
        last = None if rate.last is None else rate.last.isoformat()
        details["base_rate"] = {**dataclasses.asdict(rate), "last": last}
    if call.condition is not None:
        details["condition"] = schema.claim_json(call.condition)
    if call.said is not None:
        details["said"] = dataclasses.asdict(call.said)
    for name in ("close", "mentioned", "corrects"):
        if getattr(call, name):
            details[name] = getattr(call, name)
    return json.dumps(details, ensure_ascii=False, allow_nan=False) if details else None


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
    details = json.loads(row["details"]) if row.get("details") else {}
    rate, said, condition = (details.get(name) for name in ("base_rate", "said", "condition"))
    if rate is not None:
        rate = {**rate, "last": None if rate["last"] is None else date.fromisoformat(rate["last"])}
    return Call(
        claim_of(json.loads(row["claim"])),
        row["date"],
        row["due"],
        row["probability"],
        row["source"],
        row["known_at"].date(),
        base_rate=None if rate is None else BaseRate(**rate),
        condition=None if condition is None else claim_of(condition),
        close=details.get("close"),
        mentioned=bool(details.get("mentioned")),
        said=None if said is None else Said(**said),
        corrects=details.get("corrects", ""),
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
