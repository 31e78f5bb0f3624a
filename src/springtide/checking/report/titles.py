"""Names of metrics and instruments for reports."""

from __future__ import annotations

from springtide.language.types import Language


def metric_title(key: str, language: Language) -> str:
    """Return a metric's title, or its key where it is not in the registry."""
    from springtide.metrics.registry import registry

    metric = registry().get(key)
    return metric.title[language] if metric else key


def subject_name(subject: str, language: Language) -> str:
    """Return an instrument's name with its id, or the subject as it is where it is not known.

    Examples
    --------
    >>> subject_name("the sector", "en")
    'the sector'
    """
    from springtide.market import instruments

    for instrument in instruments.all():
        if instrument.id == subject:
            return f"{instrument.name(language)} ({subject})"
    return subject
