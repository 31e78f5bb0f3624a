"""LPPLS: log-periodic power law singularities, the shape of an unsustainable rise.

Fit the model to one window (:func:`fit`) or to nested windows at many end points
(:func:`scan`), turn the fits into confidence indicators (:func:`confidence`), learn when the
bubble should end (:func:`critical_time`) and how often a market without one looks the same
(:func:`null_rates`). Log prices in, one a session, oldest first; times come out in sessions
after the end of a window.
"""

from springtide.numerics.lppls.calibration import NullRates, null_rates
from springtide.numerics.lppls.confidence import (
    LONG,
    MEDIUM,
    SCALES,
    SHORT,
    Confidence,
    Scale,
    confidence,
)
from springtide.numerics.lppls.critical import CriticalTime, critical_time
from springtide.numerics.lppls.filters import (
    BUBBLE_END_2015,
    DEMIRER_2019,
    EARLY_WARNING_2015,
    Conditions,
    Filters,
)
from springtide.numerics.lppls.fits import Fit, Fits, Scan
from springtide.numerics.lppls.model import Bounds
from springtide.numerics.lppls.scanning import fit, scan

__all__ = [
    "BUBBLE_END_2015",
    "DEMIRER_2019",
    "EARLY_WARNING_2015",
    "LONG",
    "MEDIUM",
    "SCALES",
    "SHORT",
    "Bounds",
    "Conditions",
    "Confidence",
    "CriticalTime",
    "Filters",
    "Fit",
    "Fits",
    "NullRates",
    "Scale",
    "Scan",
    "confidence",
    "critical_time",
    "fit",
    "null_rates",
    "scan",
]
