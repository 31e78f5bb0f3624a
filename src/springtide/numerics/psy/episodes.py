"""From a statistic and its critical values to dated episodes."""

from __future__ import annotations

import math

import numpy as np

from springtide.errors import UsageError
from springtide.numerics.psy.model import BsadfResult, CriticalValues, Episode, FloatArray


def episodes(
    result: BsadfResult,
    critical: CriticalValues,
    *,
    level: float = 0.95,
    min_duration: int | None = None,
) -> tuple[Episode, ...]:
    """Date the episodes of explosive behaviour in a series.

    An episode is a run of at least ``min_duration`` end points whose statistic exceeds the critical
    value of the sequence. Nothing about it depends on later observations but its end, its peak and
    the defaults of ``min_window`` and ``min_duration``, which follow the sample's length.

    Parameters
    ----------
    result
        Of `springtide.numerics.psy.bsadf`.
    critical
        For the same sample size, lag and smallest window.
    level
        Of the critical values.
    min_duration
        Fewest end points of an episode; by default ``log(sample)`` rounded up, the rule of
        Phillips, Shi and Yu (2015).

    Returns
    -------
    tuple of Episode
        In order of time. A missing statistic (NaN) ends an episode. A run that the sample's end
        cuts off before ``min_duration`` is not an episode yet.

    Raises
    ------
    UsageError
        ``critical`` belongs to another sample size, lag or window, or an argument is not allowed.

    Examples
    --------
    >>> import numpy as np
    >>> from springtide.numerics import psy
    >>> walk = np.cumsum(np.random.default_rng(1).standard_normal(120))
    >>> walk[80:110] += 1.15 ** np.arange(30)
    >>> psy.episodes(psy.bsadf(walk), psy.critical_values(120))
    (Episode(start=97, confirmed=101, peak=109, end=110, duration=13),)
    """
    ours = (result.sample, result.lag, result.min_window)
    theirs = (critical.sample, critical.lag, critical.min_window)
    if ours != theirs:
        raise UsageError(
            "The critical values belong to another test",
            given=f"sample, lag and smallest window {theirs}",
            allowed=str(ours),
        )
    threshold = critical.sequence.critical_values(level)
    return date_episodes(result.statistic, threshold, min_duration=min_duration)


def date_episodes(
    statistic: FloatArray, threshold: FloatArray, *, min_duration: int | None = None
) -> tuple[Episode, ...]:
    """Date the runs of at least ``min_duration`` entries in which a statistic exceeds a threshold.

    Parameters
    ----------
    statistic, threshold
        Shape ``(sample,)``; NaN exceeds nothing and is exceeded by nothing.
    min_duration
        As in `episodes`.

    Examples
    --------
    >>> import numpy as np
    >>> statistic = np.array([0.0, 2.0, 3.0, 0.0, 2.0, 0.0, 2.0, 4.0])
    >>> first, second = date_episodes(statistic, np.ones(8), min_duration=2)
    >>> first
    Episode(start=1, confirmed=2, peak=2, end=3, duration=2)
    >>> second.start, second.running
    (6, True)
    """
    if statistic.ndim != 1 or statistic.shape != threshold.shape:
        raise UsageError(
            "A statistic and its threshold must have the same length",
            given=f"shapes {statistic.shape} and {threshold.shape}",
        )
    if min_duration is None:
        min_duration = math.ceil(math.log(max(statistic.size, 2)))
    if min_duration < 1:
        raise UsageError("Unknown duration", given=repr(min_duration), allowed="1 or more")
    above = np.concatenate([[False], statistic > threshold, [False]])
    turns = np.flatnonzero(above[1:] != above[:-1]).tolist()
    return tuple(
        Episode(
            start=start,
            confirmed=start + min_duration - 1,
            peak=start + int(np.argmax(statistic[start:end])),
            end=end if end < statistic.size else None,
            duration=end - start,
        )
        for start, end in zip(turns[::2], turns[1::2], strict=True)
        if end - start >= min_duration
    )
