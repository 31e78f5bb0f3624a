"""Distributions of many rallies at once, on the grids that all methods share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from springtide.numerics.series import FloatArray
from springtide.outlook.model import GAINS, NEW_HIGH, SESSIONS, Forecast, MethodName

Target = Literal["peak", "gain", "new_high"]

TARGETS: Mapping[Target, tuple[float, ...]] = {
    "peak": SESSIONS,
    "gain": GAINS,
    "new_high": NEW_HIGH,
}


@dataclass(frozen=True, slots=True)
class Curves:
    """Forecasts of one method for n rallies; a row of NaN where it gave none.

    ``peak``, ``gain`` and ``new_high`` have shape (n, grid), ``up_first`` and ``cases`` (n,); see
    :class:`.Forecast`.

    Examples
    --------
    >>> room = Curves.empty(2)
    >>> room.peak[0] = 0.5
    >>> room.given
    array([ True, False])
    """

    peak: FloatArray
    gain: FloatArray
    new_high: FloatArray
    up_first: FloatArray
    cases: FloatArray

    @classmethod
    def empty(cls, count: int) -> Curves:
        """Return room for so many forecasts, none given yet."""
        peak, gain, new_high = (np.full((count, len(grid)), np.nan) for grid in TARGETS.values())
        return cls(peak, gain, new_high, np.full(count, np.nan), np.zeros(count))

    def __len__(self) -> int:
        return len(self.up_first)

    @property
    def given(self) -> npt.NDArray[np.bool_]:
        """Where there is a forecast."""
        is_given: npt.NDArray[np.bool_] = ~np.isnan(self.peak[:, 0])
        return is_given

    def take(self, rows: npt.NDArray[Any]) -> Curves:
        """Return some of them."""
        return replace(self, **{each.name: getattr(self, each.name)[rows] for each in fields(self)})

    def put(self, rows: npt.NDArray[Any], given: Curves) -> None:
        """Fill in forecasts at these rows."""
        for each in fields(self):
            getattr(self, each.name)[rows] = getattr(given, each.name)

    def forecast(self, row: int, method: MethodName) -> Forecast:
        """Return one of them as a :class:`.Forecast`."""
        peak, gain, new_high = (
            tuple(float(p) for p in getattr(self, target)[row]) for target in TARGETS
        )
        return Forecast(
            method, peak, gain, new_high, float(self.up_first[row]), int(self.cases[row])
        )
