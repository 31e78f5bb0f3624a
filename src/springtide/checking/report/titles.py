"""Titles of metrics for reports."""

from __future__ import annotations

from springtide.language.types import Language


def metric_title(key: str, language: Language) -> str:
    """Return a metric's title, or its key where it is not in the registry."""
    from springtide.metrics.registry import registry

    metric = registry().get(key)
    return metric.title[language] if metric else key
