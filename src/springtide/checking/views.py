"""Views of one lake as of several dates, each made once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from springtide.market.view import View

if TYPE_CHECKING:
    from springtide.market.lake import Lake


@dataclass
class Views:
    """The views that a check looks through, by date, all on the same versions of the lake."""

    lake: Lake
    _made: dict[date, View] = field(default_factory=dict)

    def at(self, day: date) -> View:
        """Return the view as of a date."""
        if day not in self._made:
            made = next(iter(self._made.values()), None)
            self._made[day] = made.at(day) if made else View(self.lake, day)
        return self._made[day]
