"""Whether a sentence says a claim in the very words in which its metric is said by us.

Such words have one meaning: the sentence of a brief is read as surely as it was written, also after
somebody has changed a digit in it.
"""

from __future__ import annotations

import re

from springtide.claims.model import Claim, Evidence, Measurement
from springtide.language.types import Language
from springtide.metrics.registry import get

_BEFORE, _AFTER = 48, 64
_MARKUP = re.compile(r"\\|\s+")


def says(claim: Claim, source: str, language: Language) -> bool:
    """Tell whether the words around a claim hold its metric's own wording of it.

    Examples
    --------
    >>> from datetime import date
    >>> from springtide.language.types import Period
    >>> from springtide.metrics.registry import params_of
    >>> params = params_of("period_return", period=Period("ytd"))
    >>> text = "It has risen 7.45% year to date."
    >>> claim = Claim("period_return", "SPX", params, date(2018, 1, 26), value=7.45, unit="%",
    ...               start=7, end=18)
    >>> says(claim, text, "en"), says(claim, "It rose 7.45% this year.", "en")
    (True, False)
    """
    if not isinstance(claim.value, float) or claim.comparator != "=":
        return False
    metric = get(claim.metric)
    nothing = Measurement(
        claim.metric, claim.subject, claim.params, claim.as_of, claim.value, claim.unit,
        Evidence(metric.formula),
    )  # fmt: skip
    try:
        words = metric.wording(claim, nothing).text(language)
    except (IndexError, KeyError, AssertionError):  # its wording shows rows of evidence
        return False
    around = source[max(0, claim.start - _BEFORE) : claim.end + _AFTER]
    return _plain(words) in _plain(around)


def _plain(text: str) -> str:
    return _MARKUP.sub("", text)
