"""The record that a brief states: the longest span over which the close is the highest or lowest.

Whoever writes "a three-year high" may be some weeks short of it; a brief is not. Where every close
on file is topped and the instrument is older than its data, the span is that of the data.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import cast

import numpy as np

from springtide.claims.model import Claim, Measurement
from springtide.language.types import Period
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics import rows
from springtide.metrics.registry import measure, params_of

_MONTHS = (9, 6, 3)


def longest_record(view: View, instrument: Instrument) -> Measurement | None:
    """Return the longest span over which the close is the highest, or the lowest, if it is one.

    Parameters
    ----------
    view, instrument
        As known when, of what.

    Returns
    -------
    Measurement or None
        Of ``high_low_record``, true; None where the close is no record over three months.
    """
    bars = view.bars(instrument.id)
    held = rows.rows_with(bars, "close")
    dates, close = bars.dates[held], bars.close[held]
    for side in ("high", "low"):
        better = close >= close[-1] if side == "high" else close <= close[-1]
        since = np.flatnonzero(better[:-1])
        first = cast(date, (dates[since[-1]] + 1 if since.size else dates[0]).item())
        for span in _spans(view.as_of, first, None if since.size else first):
            params = params_of("high_low_record", lookback=span, side=side)
            record = measure("high_low_record", view, instrument, params)
            if record.value is True:
                return record
    return None


def _spans(as_of: date, first: date, whole: date | None) -> Iterator[Period]:
    """Yield the spans that begin on a day or later, the longest first.

    ``whole`` is the first day on file where no close on file is better.
    """
    yield Period("all")
    if whole is not None and whole < as_of - timedelta(days=90):
        yield Period("since", whole)
    years = as_of.year - first.year - ((as_of.month, as_of.day) < (first.month, first.day))
    yield from (Period("last", count=count, unit="years") for count in range(years, 0, -1))
    months = 12 * (as_of.year - first.year) + as_of.month - first.month - (as_of.day < first.day)
    yield from (Period("last", count=count, unit="months") for count in _MONTHS if count <= months)


def is_of_whole_file(claim: Claim, view: View, instrument: Instrument) -> bool:
    """Say whether a record is one since the first close on file, before which nothing is known."""
    lookback = getattr(claim.params, "lookback", None)
    if not isinstance(lookback, Period) or lookback.kind != "since":
        return False
    bars = view.bars(instrument.id)
    held = rows.rows_with(bars, "close")
    return bool(lookback.first == bars.dates[held[0]].item())
