"""The typed results of the market room: instruments, bars, observations, coverage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from springtide.language.types import Language

Kind = Literal[
    "index",
    "stock",
    "etf",
    "flow",
    "commodity",
    "fx",
    "yield",
    "rate",
    "future",
    "crypto",
    "basket",
    "service",
]
DESCRIBED: tuple[str, ...] = tuple(kind for kind in get_args(Kind) if kind != "basket")
"""What an instrument of one's own may be: a basket is described in a file of its own."""

Field = Literal["open", "high", "low", "close", "volume"]


@dataclass(frozen=True, slots=True)
class Instrument:
    """One row of the instrument registry.

    ``names`` holds every name by language, the one to print first. ``symbols`` maps a source's
    name (``yahoo``, ``akshare``, ``stooq``) to the symbol there. ``calendar`` is an
    ``exchange_calendars`` code. ``inception`` is the first session on which the instrument was
    published or traded (None where not known), so that "an all-time high" can be proved.
    """

    id: str
    kind: Kind
    currency: str
    calendar: str
    names: Mapping[Language, tuple[str, ...]]
    symbols: Mapping[str, str]
    inception: date | None = None

    @property
    def unit(self) -> str:
        """Unit of its price: points (index, basket), per cent (yield, rate), else its currency."""
        if self.kind in ("yield", "rate"):
            return "%"
        return "points" if self.kind in ("index", "basket") else self.currency

    def name(self, language: Language) -> str:
        """Return the name to print in a language."""
        return self.names[language][0]


@dataclass(frozen=True, slots=True)
class Bars:
    """Daily bars of one instrument in ascending order, one row a session.

    ``dates`` is ``datetime64[D]``; prices and volume are float64 with NaN where not known (a
    published close without its high and low, say). Arrays are read-only.
    """

    symbol: str
    dates: npt.NDArray[np.datetime64]
    open: npt.NDArray[np.float64]
    high: npt.NDArray[np.float64]
    low: npt.NDArray[np.float64]
    close: npt.NDArray[np.float64]
    volume: npt.NDArray[np.float64]
    source: npt.NDArray[np.str_]

    def __len__(self) -> int:
        return len(self.dates)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a stretch of sessions the data hold.

    ``expected`` is the number of sessions (None where the calendar does not reach that far back),
    ``missing`` those without a row, as far as is known.
    """

    first: date
    last: date
    expected: int | None
    present: int
    missing: tuple[date, ...]

    @property
    def complete(self) -> bool:
        """Every session is there, up to one in a hundred (vendors differ on odd days)."""
        expected = self.present + len(self.missing) if self.expected is None else self.expected
        return self.present > 0 and len(self.missing) <= expected // 100


@dataclass(frozen=True, slots=True)
class Figures:
    """The numbers of one field of one subject, as they were known on a day.

    Ascending by date, then source; several sources may speak of one date. ``dates`` is
    ``datetime64[D]``, ``values`` float64 without NaN, ``units`` and ``sources`` are texts. Arrays
    are read-only.
    """

    subject: str
    field: str
    dates: npt.NDArray[np.datetime64]
    values: npt.NDArray[np.float64]
    units: npt.NDArray[np.str_]
    sources: npt.NDArray[np.str_]

    def __len__(self) -> int:
        return len(self.dates)

    def taken(self, rows: npt.NDArray[np.bool_] | npt.NDArray[np.int64] | slice) -> Figures:
        """Return the figures at these positions only."""
        dates, values = self.dates[rows], self.values[rows]
        units, sources = self.units[rows], self.sources[rows]
        for array in (dates, values, units, sources):
            array.flags.writeable = False
        return Figures(self.subject, self.field, dates, values, units, sources)


@dataclass(frozen=True, slots=True)
class Observation:
    """One published figure: a valuation, a flow, a target, a rating, a price per token.

    ``value`` is NaN where the figure is a word (a rating), which is then in ``text``; beside a
    number, ``text`` says what it refers to.
    """

    subject: str
    field: str
    date: date
    value: float
    unit: str
    source: str
    known_at: datetime
    text: str = ""
