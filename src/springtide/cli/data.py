"""Commands that fill the lake and look into it."""

from __future__ import annotations

import sys
from typing import Annotated

from cyclopts import Parameter

from springtide.cli.options import Json, LakeAddress, open_lake
from springtide.cli.output import print_json, print_table


def instruments(
    query: Annotated[str, Parameter(show_default=False)] = "", /, *, json: Json = False
) -> int:
    """Find instruments by any of their names, in Chinese or English.

    The best match comes first. Case, width and script (simplified or traditional) do not matter,
    and a name may be misspelt a little. Without a query, lists all.

    For example:

    ```console
    springtide instruments 恒生
    ```

    Parameters
    ----------
    query
        A name, a part of one, an identifier, or a symbol at a data source.
    """
    from springtide.market.instruments import search

    found = search(query)
    if json:
        print_json(found)
    elif found:
        columns = ["id", "English", "简体", "繁體", "kind", "currency", "calendar"]
        languages = ("en", "zh-cn", "zh-hk")
        rows = [
            [i.id, *map(i.name, languages), i.kind, i.currency, i.calendar]  # type: ignore[arg-type]
            for i in found
        ]
        print_table(columns, rows)
    else:
        print(f"No instrument has a name like {query}.", file=sys.stderr)
    return 0 if found else 1


def sql(
    query: str,
    /,
    *,
    limit: Annotated[int, Parameter(name=["--limit", "-n"])] = 100,
    lake: LakeAddress = None,
    json: Json = False,
) -> None:
    """Query the lake's tables with SQL.

    `bars` and `observations` hold every row with its history, `latest_bars` and
    `latest_observations` each figure as last known. A query only reads.

    For example:

    ```console
    springtide sql "SELECT symbol, max(date), count(*) FROM latest_bars GROUP BY symbol"
    ```

    Parameters
    ----------
    query
        A SELECT statement in the SQL of Polars.
    limit
        Rows of the printed table, 0 for all. JSON always holds all.
    """
    from springtide.errors import UsageError

    if limit < 0:
        raise UsageError("The limit is below zero", given=str(limit), allowed="0 or more")
    frame = open_lake(lake).sql(query)
    if not frame.columns:
        raise UsageError("The query asks for no table", given=query, allowed="a SELECT statement")
    if json:
        print_json(frame.rows(named=True))
        return
    shown = frame if limit == 0 else frame.head(limit)
    numbers = [name for name, kind in frame.schema.items() if kind.is_numeric()]
    print_table(frame.columns, shown.rows(), right=numbers)
    if len(shown) < len(frame):
        print(
            f"The first {len(shown):,} of {len(frame):,} rows; --limit 0 prints all.",
            file=sys.stderr,
        )
