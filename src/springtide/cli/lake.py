"""Commands that look after the lake itself."""

from __future__ import annotations

import sys

from springtide.cli.options import Json, LakeAddress
from springtide.cli.output import print_json


def check(*, lake: LakeAddress = None, json: Json = False) -> int:
    """Read every file of the lake, and say what is damaged.

    Every command looks at names and sizes when it opens a lake; this one reads all of it. It exits
    with 1 where something is wrong.

    For example:

    ```console
    springtide lake check --lake springtide-demo/lake
    ```
    """
    from springtide import settings
    from springtide.market import integrity
    from springtide.market.lake import Lake

    config = settings.load(lake)
    address = str(config.lake)
    remote = Lake.open(address, dict(config.storage_options)) if "://" in address else None
    damages = integrity.check(address, remote)
    if json:
        print_json({"lake": address, "damages": [_as_dict(each) for each in damages]})
    else:
        for each in damages:
            print(each)
        print("The lake is whole." if not damages else f"{len(damages)} damages", file=sys.stderr)
    return 1 if damages else 0


def repair(*, lake: LakeAddress = None, json: Json = False) -> int:
    """Bring back what a damaged lake still holds, and say what is lost.

    Rows of files that no log speaks of are stored again, once each; files that are missing or
    cannot be read leave the table, and the rows that were in them are named so that they can be
    imported again. What is replaced stays beside it with the ending `.damaged`.

    For example:

    ```console
    springtide lake repair --lake springtide-demo/lake
    ```
    """
    from springtide import settings
    from springtide.market import integrity

    done = integrity.repair(str(settings.load(lake).lake))
    if json:
        print_json(
            {
                "repairs": [
                    {**_as_dict(each.damage), "recovered": each.recovered, "lost": each.lost}
                    for each in done
                ]
            }
        )
        return 0
    for each in done:
        result = (
            f"{each.lost:,} rows lost" if each.lost else f"{each.recovered:,} rows brought back"
        )
        print(f"{each.damage}: {result}")
    print("Nothing was damaged." if not done else "The lake can be read.", file=sys.stderr)
    return 0


def _as_dict(damage: object) -> dict[str, object]:
    from springtide.market.integrity import Damage

    assert isinstance(damage, Damage)
    part = damage.part
    return {
        "table": damage.table,
        "fault": damage.fault,
        "file": damage.file,
        "rows": part.rows if part else None,
        "first": part.low if part else None,
        "last": part.high if part else None,
    }
