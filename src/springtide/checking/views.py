"""Views of one lake as of several dates, each made once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from springtide.market.view import View

if TYPE_CHECKING:
    from springtide.market.lake import Lake

DAYS = 6
"""Days whose views are held at once: an article looks at a few, thousands of articles at any."""

ROWS = 250_000
"""Bars that are kept from one article to the next: 20 MB, all of some hundred instruments."""


@dataclass
class Views:
    """The views that checks look through, by date, all on the same versions of the lake."""

    lake: Lake
    _made: dict[date, View] = field(default_factory=dict)

    def at(self, day: date) -> View:
        """Return the view as of a date."""
        view = self._made.pop(day, None)
        if view is None:
            made = next(iter(self._made.values()), None)
            view = made.at(day) if made else View(self.lake, day)
            if len(self._made) >= DAYS:
                del self._made[next(iter(self._made))]  # the one that was not asked for longest
        self._made[day] = view
        return view

    def forget(self) -> None:
        """Let go of what was not asked for longest: nothing that is read again is another then."""
        for view in self._made.values():
            view.forget(ROWS)
