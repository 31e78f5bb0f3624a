"""The tests for bubbles as the metrics run them, each result kept on disk.

PSY and LPPLS take from a tenth of a second to some seconds, most of it for the simulated markets
behind a false-alarm rate; a brief, and the check that reads it back, ask for the same results again
and again. See :mod:`springtide.metrics.kept` for what a result is kept under.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from springtide.metrics.kept import Arrays, kept
from springtide.metrics.simulated import current_progress

if TYPE_CHECKING:
    from springtide.numerics.lppls import CriticalTime, NullRates, Scale
    from springtide.numerics.psy import BsadfResult

FloatArray = npt.NDArray[np.float64]


def bsadf(values: FloatArray, lag: int) -> BsadfResult:
    """Return :func:`springtide.numerics.psy.bsadf` of log closes at a fixed lag."""
    from springtide.numerics import psy

    def compute() -> Arrays:
        result = psy.bsadf(values, lag)
        return {
            "sups": np.array([result.adf, result.sadf, result.gsadf]),
            "statistic": result.statistic,
            "window_start": result.window_start,
        }

    arrays = kept("psy", [values, lag], compute)
    adf, sadf, gsadf = arrays["sups"].tolist()
    return psy.BsadfResult(
        null=psy.NULL,
        alternative=psy.ALTERNATIVE,
        sample=values.size,
        lag=lag,
        lag_rule="fixed",
        min_window=psy.default_window(values.size),
        adf=adf,
        sadf=sadf,
        gsadf=gsadf,
        statistic=arrays["statistic"],
        window_start=arrays["window_start"],
    )


def shares(
    values: FloatArray, scale: Scale, ends: npt.NDArray[np.int64]
) -> tuple[FloatArray, FloatArray]:
    """Return the LPPLS confidence for upward and for downward bubbles at each end point.

    Parameters
    ----------
    values
        Log closes, shape (n,).
    scale
        Of :data:`springtide.numerics.lppls.SCALES`.
    ends
        Positions in ``values``, shape (m,).

    Returns
    -------
    tuple
        Shares from 0 to 1, shape (m,) each; NaN where the history is too short for the scale.
    """
    from springtide.numerics import lppls

    def compute() -> Arrays:
        confidence = lppls.confidence(values, ends, scales=[scale], progress=current_progress())
        return {"up": confidence.positive[:, 0], "down": confidence.negative[:, 0]}

    arrays = kept("lppls", [values, scale, ends], compute)
    return arrays["up"], arrays["down"]


def null_rates(before: FloatArray, scale: Scale, replications: int, seed: int) -> NullRates:
    """Return :func:`springtide.numerics.lppls.null_rates` of the log closes before the windows.

    Raises
    ------
    DataError
        As there.
    """
    from springtide.numerics import lppls
    from springtide.numerics.lppls.calibration import Garch

    def compute() -> Arrays:
        null = lppls.null_rates(
            before, scale, replications=replications, seed=seed, progress=current_progress()
        )
        made = null.garch
        return {
            "garch": np.array(
                [made.mean, made.omega, made.alpha, made.beta, made.degrees, made.variance]
            ),
            "block": np.array(null.block),
            "garch_positive": null.garch_positive,
            "garch_negative": null.garch_negative,
            "bootstrap_positive": null.bootstrap_positive,
            "bootstrap_negative": null.bootstrap_negative,
        }

    arrays = dict(kept("null", [before, scale, replications, seed], compute))
    garch = Garch(*arrays.pop("garch").tolist())
    block = float(arrays.pop("block"))
    return lppls.NullRates(scale, lppls.DEMIRER_2019, garch, block, **arrays)


def critical_time(values: FloatArray) -> CriticalTime:
    """Return :func:`springtide.numerics.lppls.critical_time` of a window of log closes."""
    from springtide.numerics import lppls

    def compute() -> Arrays:
        made = lppls.critical_time(values)
        return {
            "edges": made.edges,
            "probability": made.probability,
            "numbers": np.array([made.bounds_share, made.information]),
        }

    arrays = kept("critical-time", [values], compute)
    bounds_share, information = arrays["numbers"].tolist()
    return lppls.CriticalTime(arrays["edges"], arrays["probability"], bounds_share, information)
