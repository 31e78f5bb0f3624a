"""The variance of daily returns: what a day's range tells of it, and a forecast of it.

A session's open, high, low and close tell more of its variance than the square of its return does;
the estimators here give one variance a session, in squared log returns. The forecast is log-linear
in past variances, as in the heterogeneous autoregressive model in logs (Corsi 2009), estimated by
the loss that it is scored by.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from springtide.numerics.series import FloatArray

_STEPS = 50
_LARGEST_STEP = 1.0


def parkinson(high: npt.ArrayLike, low: npt.ArrayLike) -> FloatArray:
    """Return the variance of each session by its range, without what happens overnight.

    References
    ----------
    M. Parkinson (1980), "The Extreme Value Method for Estimating the Variance of the Rate of
    Return", *Journal of Business* 53(1), 61-65, doi:10.1086/296071.

    Examples
    --------
    >>> parkinson([101.0], [99.0]).round(8)
    array([0.00014428])
    """
    spread = np.log(np.asarray(high, np.float64) / np.asarray(low, np.float64))
    variance: FloatArray = spread**2 / (4 * math.log(2))
    return variance


def garman_klass(
    opens: npt.ArrayLike, high: npt.ArrayLike, low: npt.ArrayLike, close: npt.ArrayLike
) -> FloatArray:
    """Return the variance of each session by range and change, without what happens overnight.

    References
    ----------
    M. B. Garman and M. J. Klass (1980), "On the Estimation of Security Price Volatilities from
    Historical Data", *Journal of Business* 53(1), 67-78, doi:10.1086/296072.

    Examples
    --------
    >>> garman_klass([100.0], [101.0], [99.0], [100.0]).round(8)
    array([0.00020001])
    """
    change = np.log(np.asarray(close, np.float64) / np.asarray(opens, np.float64))
    spread = np.log(np.asarray(high, np.float64) / np.asarray(low, np.float64))
    variance: FloatArray = spread**2 / 2 - (2 * math.log(2) - 1) * change**2
    return variance


def rogers_satchell(
    opens: npt.ArrayLike, high: npt.ArrayLike, low: npt.ArrayLike, close: npt.ArrayLike
) -> FloatArray:
    """Return the variance of each session whatever its drift, without what happens overnight.

    References
    ----------
    L. C. G. Rogers and S. E. Satchell (1991), "Estimating Variance From High, Low and Closing
    Prices", *Annals of Applied Probability* 1(4), 504-512, doi:10.1214/aoap/1177005835.

    Examples
    --------
    >>> rogers_satchell([100.0], [101.0], [99.0], [100.0]).round(8)
    array([0.00020002])
    >>> rogers_satchell([100.0], [103.0], [100.0], [103.0])  # straight up: drift alone
    array([0.])
    """
    first, top, bottom, last = (np.asarray(each, np.float64) for each in (opens, high, low, close))
    variance: FloatArray = np.log(top / last) * np.log(top / first) + np.log(
        bottom / last
    ) * np.log(bottom / first)
    return variance


def yang_zhang(
    opens: npt.ArrayLike,
    high: npt.ArrayLike,
    low: npt.ArrayLike,
    close: npt.ArrayLike,
    window: int,
) -> FloatArray:
    """Return the daily variance over the last ``window`` sessions, nights included.

    Parameters
    ----------
    opens, high, low, close
        Shape (n,).
    window
        At least two.

    Returns
    -------
    FloatArray
        Shape (n,); NaN before ``window + 1`` sessions.

    References
    ----------
    D. Yang and Q. Zhang (2000), "Drift-Independent Volatility Estimation Based on High, Low, Open,
    and Close Prices", *Journal of Business* 73(3), 477-492, doi:10.1086/209650.

    Examples
    --------
    >>> flat = np.full(4, 100.0)
    >>> yang_zhang(flat, flat * 1.01, flat * 0.99, flat, 3).round(8)
    array([       nan,        nan,        nan, 0.00017966])
    """
    if window < 2:
        raise ValueError(f"window must be at least 2, not {window}")
    first, last = np.asarray(opens, np.float64), np.asarray(close, np.float64)
    night = np.log(first[1:] / last[:-1])
    day = np.log(last[1:] / first[1:])
    inside = rogers_satchell(opens, high, low, close)[1:]
    views = (np.lib.stride_tricks.sliding_window_view(each, window) for each in (night, day))
    over_night, over_day = (view.var(axis=1, ddof=1) for view in views)
    drift_free = np.lib.stride_tricks.sliding_window_view(inside, window).mean(axis=1)
    share = 0.34 / (1.34 + (window + 1) / (window - 1))
    variance: FloatArray = np.full(len(last), np.nan)
    variance[window:] = over_night + share * over_day + (1 - share) * drift_free
    return variance


def qlike(variance: npt.ArrayLike, realised: npt.ArrayLike) -> FloatArray:
    """Return the loss of a forecast of variance: zero where it was right, above it otherwise.

    It ranks forecasts as the true variance would, though what was realised is a noisy measure of
    it, and counts in ratios, so that calm and wild times count alike.

    Parameters
    ----------
    variance, realised
        Above zero, of one shape.

    References
    ----------
    A. J. Patton (2011), "Volatility forecast comparison using imperfect volatility proxies",
    *Journal of Econometrics* 160(1), 246-256, doi:10.1016/j.jeconom.2010.03.034.

    Examples
    --------
    >>> qlike([1.0, 1.0, 2.0], [1.0, 2.0, 1.0]).round(4)
    array([0.    , 0.3069, 0.1931])
    """
    ratio = np.asarray(realised, np.float64) / np.asarray(variance, np.float64)
    loss: FloatArray = ratio - np.log(ratio) - 1
    return loss


@dataclass(frozen=True, slots=True)
class LogLinear:
    """A variance whose log is linear in covariates: ``exp(slopes @ (1, (x - mean) / sd))``.

    Attributes
    ----------
    mean, sd
        Of the covariates it was fitted to, shape (k,).
    slopes
        The constant first, shape (k + 1,).
    """

    mean: FloatArray
    sd: FloatArray
    slopes: FloatArray

    def predict(self, x: FloatArray) -> FloatArray:
        """Return the variance at each row of covariates, shape (n, k)."""
        scaled = (np.asarray(x, np.float64) - self.mean) / self.sd
        variance: FloatArray = np.exp(self.slopes[0] + scaled @ self.slopes[1:])
        return variance


def fit_log_linear(x: npt.ArrayLike, realised: npt.ArrayLike, ridge: float = 5.0) -> LogLinear:
    """Fit a log-linear variance by :func:`qlike`.

    The loss is that of a gamma regression with a log link, convex in the slopes, so Newton's
    method finds its minimum.

    Parameters
    ----------
    x
        Covariates, shape (n, k).
    realised
        Variances that followed, above zero, shape (n,).
    ridge
        Penalty on the standardised slopes, in cases; zero or above.

    Raises
    ------
    ValueError
        Shapes do not fit, or a realised variance is not above zero.

    Examples
    --------
    >>> x = np.log([[1.0], [2.0], [3.0], [4.0]])
    >>> fitted = fit_log_linear(x, [2.0, 4.0, 6.0, 8.0], ridge=0.0)
    >>> fitted.predict(np.log([[10.0]])).round(6)
    array([20.])
    """
    values, came = np.asarray(x, np.float64), np.asarray(realised, np.float64)
    if values.ndim != 2 or came.shape != values.shape[:1]:
        raise ValueError(f"shapes must be (n, k) and (n,), not {values.shape} and {came.shape}")
    if not (came > 0).all():
        raise ValueError("a realised variance must be above zero")
    mean, sd = values.mean(axis=0), values.std(axis=0)
    sd = np.where(sd > 0, sd, 1.0)
    rows = np.column_stack([np.ones(len(values)), (values - mean) / sd])
    penalty = np.full(rows.shape[1], ridge)
    penalty[0] = 0.0
    slopes = np.zeros(rows.shape[1])
    slopes[0] = math.log(came.mean())
    for _ in range(_STEPS):
        ratio = came * np.exp(-rows @ slopes)
        slope = rows.T @ (1 - ratio) + penalty * slopes
        # Fisher scoring where a ratio is huge: its full curvature would stall the first steps.
        curve = (rows.T * np.minimum(ratio, 20.0)) @ rows + np.diag(penalty + 1e-9)
        step = np.clip(np.linalg.solve(curve, slope), -_LARGEST_STEP, _LARGEST_STEP)
        slopes = slopes - step
        if np.abs(step).max() < 1e-9:
            break
    return LogLinear(mean, sd, slopes)
