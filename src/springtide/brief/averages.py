"""The sentence on moving averages: how far the close is from each, and where each is."""

from __future__ import annotations

from collections.abc import Sequence

from springtide.brief.model import Statement
from springtide.language.messages import Given, Message, message
from springtide.metrics.registry import get


def averages(statements: Sequence[Statement]) -> Message | None:
    """Return what distances and averages say together; None where they are not one or two pairs.

    Parameters
    ----------
    statements
        Distance and average of one window, then those of another.
    """
    metrics = [one.claim.metric for one in statements]
    if metrics not in (["ma_distance", "moving_average"], ["ma_distance", "moving_average"] * 2):
        return None
    values: dict[str, Given] = {"two": "yes" if len(metrics) > 2 else "no"}
    for number, one in enumerate(statements, 1):
        said = dict(get(one.claim.metric).wording(one.claim, one.measurement).values)
        values["value" if number == 1 else f"value_{number}"] = said["value"]
        if one.claim.metric == "ma_distance":
            which = "" if number == 1 else "_2"
            values[f"way{which}"] = message("brief.way", side=said["side"])
            values[f"window{which}"] = said["window"]
    return message("brief.averages", **values)
