"""Predicates that say several statements at once: averages, ranks among rallies, a range."""

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


def ranks(statements: Sequence[Statement]) -> Message | None:
    """Return how a rally ranks among its own earlier ones and those of peers; None of another.

    Parameters
    ----------
    statements
        The rank among its own, then that among those of its peers.
    """
    if [one.claim.metric for one in statements] != ["rally_rank", "rally_rank"]:
        return None
    own, peers = (dict(get("rally_rank").wording(one.claim, one.measurement).values)
                  for one in statements)  # fmt: skip
    if own["convention"] != "usual" or (own["among"], peers["among"]) != ("own", "peers"):
        return None
    return message(
        "brief.ranks", by=own["by"], value=own["value"], sample=own["sample"],
        value_2=peers["value"], sample_2=peers["sample"],
    )  # fmt: skip


def within(statements: Sequence[Statement]) -> Message | None:
    """Return between which closes a price has kept, and where it stands; None of other statements.

    Parameters
    ----------
    statements
        The lowest close, the highest, and where there is one the place between them.
    """
    metrics = [one.claim.metric for one in statements]
    if metrics not in (_RANGE, _RANGE[:2]):
        return None
    said = [dict(get(one.claim.metric).wording(one.claim, one.measurement).values)
            for one in statements]  # fmt: skip
    values = {"value": said[0]["value"], "value_2": said[1]["value"]}
    if len(said) > 2:
        values["value_3"] = said[2]["value"]
    where = "yes" if len(said) > 2 else "no"
    return message("brief.within", where=where, period=said[0]["period"], **values)


_RANGE = ["range_floor", "range_ceiling", "range_position"]
