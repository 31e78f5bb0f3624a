"""What is read of an article's views: drafts of calls, and what was left and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from springtide.calls.reading.horizons import Horizon
from springtide.claims.model import Call
from springtide.language.messages import Message


@dataclass(frozen=True, slots=True)
class Draft:
    """A view as its words say it: whose, of what, which metric, and until when.

    ``given`` are parameters but for the days; ``condition`` is a level that must be passed first,
    and whether upwards. ``start`` and ``end`` are offsets in the text of a block.
    """

    kind: str
    metric: str
    given: dict[str, Any]
    subject: str
    who: str
    horizon: Horizon
    start: int
    end: int
    mentioned: bool = False
    condition: tuple[float, bool] | None = None


@dataclass(frozen=True, slots=True)
class Left:
    """A view that is not filed: its words, who says it where somebody does, and why."""

    quote: str
    who: str
    why: Message


@dataclass(frozen=True, slots=True)
class Views:
    """The calls of an article, and the views that are not filed."""

    calls: tuple[Call, ...]
    left: tuple[Left, ...]
