"""The command of baskets: what they are made of, what members did, whether a file is right."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from springtide.cli.analysis import AsOf, open_day
from springtide.cli.options import Json, LakeAddress
from springtide.cli.output import print_json, print_table

if TYPE_CHECKING:
    from springtide.market.baskets import Basket
    from springtide.market.view import View


def baskets(
    basket: Annotated[str, Parameter(show_default=False)] = "",
    /,
    *,
    as_of: AsOf = None,
    period: str = "ytd",
    validate: Annotated[Path | None, Parameter(show_default=False)] = None,
    lake: LakeAddress = None,
    json: Json = False,
) -> int:
    """List theme baskets, show what the members of one added, or check a file of them.

    A basket is an instrument whose closes are worked out from its members': every other command
    takes its id. Yours stand in `baskets.toml` of the settings folder.

    For example:

    ```console
    springtide baskets hk_ai_cloud --as-of 2025-02-13 --period ytd
    springtide baskets
    ```

    Parameters
    ----------
    basket
        The id or a name of a basket; without it all are listed.
    period
        Over which returns and contributions are, as other commands take it.
    validate
        A file of baskets that is to be checked, and nothing else done.
    """
    if validate is not None:
        return _validate(validate, json)
    if basket:
        return _show(basket, as_of, period, lake, json)
    return _list(json)


def _list(as_json: bool) -> int:
    from springtide.market.instruments import all_baskets

    rows = [_facts(one) for one in all_baskets()]
    if as_json:
        print_json(rows)
        return 0
    columns = ["id", "name", "members", "weights", "rebalance", "base", "chosen", "source"]
    shown = [[*(row[c] for c in columns[:2]), len(row["members"]), *(row[c] for c in columns[3:])]
             for row in rows]  # fmt: skip
    print_table(columns, shown, right=["members"])
    return 0


def _facts(one: Basket) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.instrument.name("en"),
        "currency": one.instrument.currency,
        "calendar": one.instrument.calendar,
        "weights": one.weights,
        "rebalance": one.rebalance,
        "base": one.base,
        "chosen": one.chosen,
        "source": one.source,
        "benchmark": one.benchmark,
        "members": [
            {
                "instrument": member.instrument,
                "from": member.first,
                "to": member.last,
                "weight": member.weight,
            }
            for member in one.members
        ],
    }


def _validate(path: Path, as_json: bool) -> int:
    """Read a file of baskets, and say what of it no table knows or needs more data."""
    from springtide.market import instruments
    from springtide.market.baskets import read

    notes = []
    known = read(path)
    for one in known.values():
        for member in one.members:
            identity = instruments.canonical(member.instrument)
            if not instruments.is_told(identity):
                notes.append(f"{one.id}: no table knows {member.instrument}")
                continue
            currency = instruments.of_id(identity).currency
            if currency != one.instrument.currency:
                wanted = one.instrument.currency
                notes.append(f"{one.id}: {identity} needs daily rates of {currency} in {wanted}")
    if as_json:
        print_json({"file": str(path), "baskets": list(known), "notes": notes})
        return 0
    print(f"{path} holds baskets that can be used: {', '.join(known) or 'none'}")
    for note in notes:
        print(f"note: {note}", file=sys.stderr)
    return 0


def _show(name: str, as_of: Any, period: str, lake: str | None, as_json: bool) -> int:
    from springtide.errors import UnknownNameError
    from springtide.market import instruments
    from springtide.metrics.basket_evidence import hindsight
    from springtide.metrics.params import params_from_text
    from springtide.metrics.registry import get, measure

    known = instruments.find(name)
    basket = None if known is None else instruments.basket(known.id)
    if basket is None:
        ids = [one.id for one in instruments.all_baskets()]
        raise UnknownNameError("basket", name, suggestions=ids[:3])
    view, instrument = open_day(lake, basket.id, as_of)
    returned = params_from_text(get("period_return").params, {"period": period})
    whole = measure("period_return", view, instrument, returned)
    rows = _members(view, basket, period)
    relative = measure(
        "relative_return",
        view,
        instrument,
        params_from_text(get("relative_return").params, {"period": period}),
    )
    chosen = hindsight(whole)
    if as_json:
        print_json(
            {
                **_facts(basket),
                "as_of": view.as_of,
                "period": period,
                "return": whole.value,
                "missing": whole.missing,
                "relative_return": relative.value,
                "chosen_with_hindsight": chosen,
                "measured": rows,
            }
        )
        return 0 if whole.value is not None else 1
    _print(basket, view, period, rows)
    print(_said(f"{basket.id} {period}", whole.value, "%", whole.missing))
    against = relative.evidence.rows[2].subject if relative.value is not None else "its benchmark"
    print(_said(f"against {against}", relative.value, "percentage points", relative.missing))
    if chosen is not None:
        print(f"chosen with hindsight: the members were chosen on {chosen} ({basket.source})")
    return 0 if whole.value is not None else 1


def _said(what: str, value: object, unit: str, missing: str) -> str:
    if not isinstance(value, float):
        return f"{what}: not enough information: {missing}"
    gap = "" if unit == "%" else " "
    return f"{what}: {value:+.2f}{gap}{unit}"


def _members(view: View, basket: Basket, period: str) -> list[dict[str, Any]]:
    """Return each member with its weight today, its return and what it added."""
    from springtide.market import instruments
    from springtide.market.basket_closes import basket_closes
    from springtide.market.closes import day_of
    from springtide.metrics.params import params_from_text
    from springtide.metrics.registry import get, measure

    made = basket_closes(view, basket)
    ids = list(dict.fromkeys(member.instrument for member in basket.members))
    on_day = (made.days == day_of(view.as_of)).nonzero()[0]
    there = on_day.size and made.value[on_day[0]] == made.value[on_day[0]]
    weights = made.weights(int(on_day[0])) if there else None
    rows = []
    for member in basket.members:
        one = instruments.of_id(member.instrument)
        returned = measure(
            "period_return",
            view,
            one,
            params_from_text(get("period_return").params, {"period": period}),
        )
        given = {"member": one.id, "period": period}
        added = measure(
            "contribution",
            view,
            basket.instrument,
            params_from_text(get("contribution").params, given),
        )
        weight = None if weights is None else 100.0 * float(weights[ids.index(one.id)])
        rows.append(
            {
                "instrument": one.id,
                "name": one.name("en"),
                "from": member.first,
                "to": member.last,
                "weight": weight,
                "return": returned.value,
                "added": added.value,
                "missing": returned.missing,
            }
        )
    return rows


def _print(basket: Basket, view: View, period: str, rows: list[dict[str, Any]]) -> None:
    heads = ["member", "name", "from", "to", "weight %", f"{period} %", "added pp"]
    shown = [
        [
            row["instrument"],
            row["name"],
            row["from"],
            row["to"],
            *(
                None if value is None else f"{value:.2f}"
                for value in (row["weight"], row["return"], row["added"])
            ),
        ]
        for row in rows
    ]
    print(f"{basket.instrument.name('en')} ({basket.id}) as of {view.as_of}")
    print(
        f"weights {basket.weights}, rebalance {basket.rebalance}, base {basket.base}, "
        f"{basket.instrument.currency}"
    )
    print_table(heads, shown, right=heads[4:])
