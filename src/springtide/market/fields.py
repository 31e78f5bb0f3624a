"""The fields of published figures: what each counts, in which units, and what its date means.

One table says of every field that Springtide measures whether it is a *flow* of one session (days
add up), a *stock* (days never add up; only two of them differ), a *published* sum or mean (never
added to anything), a ratio, a price, a level that somebody quoted, a count, a score or a word. A
file whose unit does not fit is refused, and a metric can only sum what may be summed. Figures of
fields that are not listed are stored as they are: nothing here measures them.

What tells two figures of one kind apart stands after a colon: ``support_level:2`` is the second
level of a note, ``index_weight:HSI`` the weight in that index, ``holding_shares:southbound`` whose
holding it is, ``eps_forecast:FY2025`` of which year.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Literal

from springtide.market.types import Instrument

Nature = Literal[
    "ratio", "flow", "stock", "published", "price", "level", "count", "score", "word", "quoted"
]
Unit = Literal["x", "%", "pp", "points", "currency", "own", "shares", "count", "score", ""]

_CURRENCY = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class Age:
    """How old a figure may be and still hold: so many sessions of its subject, or so many days."""

    sessions: int | None = None
    days: int | None = None

    def __str__(self) -> str:
        return f"{self.sessions} sessions" if self.sessions is not None else f"{self.days} days"


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field of the vocabulary.

    Attributes
    ----------
    name
        Without what follows a colon.
    nature
        What may be done with its figures, see the module.
    units
        What its unit may be: ``currency`` any currency, ``own`` that of the instrument's price,
        ``""`` none (a word).
    dated
        What the date of a row means.
    age
        How long a row holds as the value of a later day.
    detail
        What follows a colon, "" where nothing may.
    """

    name: str
    nature: Nature
    units: tuple[Unit, ...]
    dated: str
    age: Age
    detail: str = ""

    @property
    def may_be_summed(self) -> bool:
        """Whether days of it add up."""
        return self.nature == "flow"


_SESSIONS = Age(sessions=5)
_MONTHLY = Age(days=45)
_HOLDINGS = Age(days=40)
_YEAR = Age(days=365)
_PRICES = Age(days=90)
_SAME = Age(sessions=0)

_OF_PRICE, _OF_SESSION = "session of the price in it", "session"
_PUBLISHED, _COVERED = "publication", "last day covered"

_ROWS: tuple[tuple[str, Nature, tuple[Unit, ...], str, Age, str], ...] = (
    ("trailing_pe static_pe forward_pe price_to_book price_to_sales ev_ebitda",
     "ratio", ("x",), _OF_PRICE, _SESSIONS, ""),
    ("cape", "ratio", ("x",), "month", _MONTHLY, ""),
    ("dividend_yield earnings_yield", "ratio", ("%",), _OF_PRICE, _SESSIONS, ""),
    ("bond_yield_10y inflation_10y", "ratio", ("%",), _OF_SESSION, _MONTHLY, ""),
    ("cpi", "ratio", ("points",), "month", _MONTHLY, ""),
    ("eps_trailing eps_forward", "ratio", ("currency", "points"), _OF_SESSION, _SESSIONS, ""),
    ("index_earnings index_dividends", "ratio", ("currency", "points"), "month", _MONTHLY, ""),
    # The mean of a month's closes.
    ("index_price", "price", ("currency", "points"), "month", _MONTHLY, ""),
    ("flow_net flow_buy flow_sell", "flow", ("currency",), _OF_SESSION, _SAME, ""),
    ("flow_quota_used", "flow", ("currency",), _OF_SESSION, _SAME, ""),
    ("turnover", "flow", ("currency",), _OF_SESSION, _SAME, ""),
    ("flow_net_ytd flow_daily_average", "published", ("currency",), _COVERED, _SAME, ""),
    ("flow_cumulative", "stock", ("currency",), _OF_SESSION, _SAME, ""),
    ("holding_shares", "stock", ("shares",), "settlement day", _HOLDINGS, "holder"),
    ("holding_value", "stock", ("currency",), "settlement day", _HOLDINGS, "holder"),
    ("holding_share", "stock", ("%",), "settlement day", _HOLDINGS, "holder"),
    ("units_outstanding", "stock", ("shares",), _OF_SESSION, _SESSIONS, ""),
    ("nav", "price", ("currency",), _OF_SESSION, _SESSIONS, ""),
    ("target_price target_mean target_high target_low",
     "price", ("own",), _PUBLISHED, _YEAR, ""),
    ("rating sector", "word", ("",), _PUBLISHED, _YEAR, ""),
    ("rating_score", "score", ("score",), _PUBLISHED, _YEAR, ""),
    ("eps_forecast", "price", ("currency", "points"), _PUBLISHED, _YEAR, "year"),
    ("analysts", "count", ("count",), _PUBLISHED, _YEAR, ""),
    ("index_weight", "stock", ("%",), "close of that day", _MONTHLY, "index"),
    ("market_cap free_float_cap", "stock", ("currency",), _OF_SESSION, _SESSIONS, ""),
    # A token price is per million tokens; the unit is its currency.
    ("token_price_input token_price_output token_price_cached",
     "price", ("currency",), "first day in force", _PRICES, ""),
    # New shares for an old one.
    ("split", "ratio", ("x", ""), "first day in force", _YEAR, ""),
    ("support_level resistance_level", "level", ("own",), _PUBLISHED, _YEAR, "rank"),
    ("range_ceiling overbought_level", "quoted", ("own",), _PUBLISHED, _YEAR, ""),
    ("forward_pe_average_5y", "quoted", ("x",), _PUBLISHED, _YEAR, ""),
    ("episode_gain_average", "quoted", ("%",), _PUBLISHED, _YEAR, ""),
    ("relative_valuation_from_peak_2021 relative_valuation_from_peak_2023",
     "quoted", ("%",), _PUBLISHED, _YEAR, ""),
    # Turns of a multiple, which texts print as percentage points.
    ("ps_change_low ps_change_high", "quoted", ("x", "pp"), _PUBLISHED, _YEAR, ""),
)  # fmt: skip


ENDED: Mapping[tuple[str, str], date] = MappingProxyType(
    dict.fromkeys(
        (("NORTHBOUND", "flow_net"), ("NORTHBOUND", "flow_buy"), ("NORTHBOUND", "flow_sell")),
        date(2024, 8, 16),
    )
)
"""Series that ended, with their last day (announced by SSE, SZSE and HKEX on 26 July 2024)."""


@cache
def vocabulary() -> Mapping[str, FieldSpec]:
    """Return every field by name.

    Examples
    --------
    >>> vocabulary()["flow_net"].may_be_summed, vocabulary()["flow_cumulative"].may_be_summed
    (True, False)
    """
    table = {
        name: FieldSpec(name, nature, units, dated, age, detail)
        for names, nature, units, dated, age, detail in _ROWS
        for name in names.split()
    }
    return MappingProxyType(table)


def spec_of(field: str) -> FieldSpec | None:
    """Return what is declared of a field, None where nothing is.

    Examples
    --------
    >>> spec_of("support_level:2").nature, spec_of("shoe_size")
    ('level', None)
    """
    return vocabulary().get(field.partition(":")[0])


def complaint(field: str, unit: str, instrument: Instrument | None) -> str:
    """Return why a figure of a field cannot be in a unit, "" where it can.

    Parameters
    ----------
    field
        As it stands in a row, with what follows its colon.
    unit
        As it stands in a row.
    instrument
        The subject, None where it is not known.

    Examples
    --------
    >>> complaint("trailing_pe", "%", None)
    'trailing_pe is in x, not in %'
    >>> complaint("flow_net", "", None)
    'flow_net needs a unit: a currency such as HKD'
    >>> complaint("support_level", "points", None), complaint("trailing_pe:2", "x", None)
    ('', 'trailing_pe takes nothing after a colon')
    """
    spec = spec_of(field)
    if spec is None:
        return ""
    _, colon, detail = field.partition(":")
    if colon and not spec.detail:
        return f"{spec.name} takes nothing after a colon"
    if colon and not detail:
        return f"{spec.name} needs its {spec.detail} after the colon"
    if any(_fits(kind, unit, instrument) for kind in spec.units):
        return ""
    wanted = " or ".join(_named(kind, instrument) for kind in spec.units)
    return (
        f"{spec.name} is in {wanted}, not in {unit}"
        if unit
        else (f"{spec.name} needs a unit: {wanted}")
    )


def _fits(kind: Unit, unit: str, instrument: Instrument | None) -> bool:
    match kind:
        case "currency":
            return bool(_CURRENCY.fullmatch(unit))
        case "own" if instrument is not None:
            return unit == instrument.unit
        case "own":
            return unit == "points" or bool(_CURRENCY.fullmatch(unit))
        case "count" | "score":
            return unit in (kind, "")
        case _:
            return unit == kind


def _named(kind: Unit, instrument: Instrument | None) -> str:
    match kind:
        case "currency":
            return "a currency such as HKD"
        case "own":
            return "the instrument's own unit" if instrument is None else instrument.unit
        case "":
            return "no unit"
        case _:
            return kind
