"""The recursive right-tailed unit root tests of Phillips, Shi and Yu for explosive series.

`bsadf` computes the ADF, SADF and GSADF statistics and the backward SADF sequence of a series,
`critical_values` and `bootstrap_critical_values` their distributions without explosive behaviour,
`episodes` dates the stretches in between.

References
----------
Phillips, Wu and Yu (2011), International Economic Review 52(1),
doi:10.1111/j.1468-2354.2010.00625.x. Phillips, Shi and Yu (2015), International Economic Review
56(4), doi:10.1111/iere.12132.

Examples
--------
>>> import numpy as np
>>> from springtide.numerics import psy
>>> walk = np.cumsum(np.random.default_rng(1).standard_normal(120))
>>> walk[80:110] += 1.15 ** np.arange(30)
>>> result, null = psy.bsadf(walk), psy.critical_values(120)
>>> result.gsadf > null.gsadf.critical_value(0.99), null.gsadf.p_value(result.gsadf) < 0.001
(True, True)
"""

from springtide.numerics.psy.bootstrap import bootstrap_critical_values
from springtide.numerics.psy.critical import critical_values, tabulated_sizes
from springtide.numerics.psy.episodes import date_episodes, episodes
from springtide.numerics.psy.last import last_statistic
from springtide.numerics.psy.many import ManyResults, bsadf_many
from springtide.numerics.psy.model import (
    ALTERNATIVE,
    LEVELS,
    NULL,
    BsadfResult,
    CriticalValues,
    Episode,
    NullDistribution,
    SequenceDistribution,
)
from springtide.numerics.psy.sequence import MAX_LAG, bsadf, choose_lag, default_window

__all__ = [
    "ALTERNATIVE",
    "LEVELS",
    "MAX_LAG",
    "NULL",
    "BsadfResult",
    "CriticalValues",
    "Episode",
    "ManyResults",
    "NullDistribution",
    "SequenceDistribution",
    "bootstrap_critical_values",
    "bsadf",
    "bsadf_many",
    "choose_lag",
    "critical_values",
    "date_episodes",
    "default_window",
    "episodes",
    "last_statistic",
    "tabulated_sizes",
]
