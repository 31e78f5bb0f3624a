"""Make the table of listed instruments that the package ships, from a Parquet of codes and names.

    python tools/make_instrument_table.py instruments.parquet

The columns that are read: ``id, yahoo, mic, kind, subtype, currency, status, company``, the dates
``list_date, delist_date, first_seen, last_seen`` with their precisions, the names ``name_en,
name_zh_cn, name_zh_hk`` (each with ``_long``), ``aliases_en, aliases_zh_cn, aliases_zh_hk,
aliases_generated, former_names``, and the remarks on names ``names_risky`` and ``names_shared``.
An id ``CODE~YYYY-MM`` is a code as it was until that month, when another company had it.

Two files are written to ``src/springtide/market/data``: ``listed.parquet`` (a row an instrument)
and ``listed_names.parquet`` (a row a name as it is looked up: in one script, in small letters).
Facts only: codes, names, dates. NOTICE says where they come from.
"""

from __future__ import annotations

import argparse
import re
import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl

from springtide.language.scanning import lowered
from springtide.language.script import normalise
from springtide.market.listed import Trait

DATA = Path(__file__).parents[1] / "src/springtide/market/data"

# Rows that are an instrument of the registry under another id, where the symbol does not say so.
SAME = {
    "MXCN": "MSCI_CHINA",
    "MSCIW": "MSCI_WORLD",
    "MSCIAPXJ": "MSCI_APXJ",
    "^TOPX": "TOPIX",
    "XIN9": "A50",
    "000300.SH": "CSI300",
    "399300.SZ": "CSI300",
    "000001.SH": "SSE",
    "000688.SH": "STAR50",
    "XAUUSD": "XAU",
    "^HSTECH": "HSTECH",
}
# Second lines of a company's one share: found by their code alone.
COUNTERS = frozenset(["rmb_counter", "usd_counter", "temporary_counter", "rights", "trading_only"])
KINDS = {"reit": "stock"}

# What the sources leave out of a name or have wrong for reading news.
NOT_NAMES = frozenset(
    ["a", "b", "real", "pound", "cable", "won", "rand", "dong", "set", "us", "ipc"]
)

# Names that newspapers print and the sources lack.
MORE = {
    "AUDUSD=X": ("Australian dollar",),
    "USDCAD=X": ("Canadian dollar",),
    "NZDUSD=X": ("New Zealand dollar",),
    "GBPUSD=X": ("British pound", "pound sterling"),
    "USDJPY=X": ("Japanese yen",),
    "USDCNY=X": ("Chinese yuan",),
    "US10Y": ("10-year Treasury note", "10-year notes", "10-year bond yields", "10-year yields"),
    "HSI=F": ("夜期", "恒指夜期", "期指夜市"),
    "US2Y": ("2-year yields",),
}
LANGUAGES = (("en", "name_en"), ("zh_cn", "name_zh_cn"), ("zh_hk", "name_zh_hk"))
NAMES = ("name_en", "name_en_long", "name_zh_cn", "name_zh_cn_long", "name_zh_hk",
         "name_zh_hk_long", "aliases_en", "aliases_zh_cn", "aliases_zh_hk")  # fmt: skip


def main() -> None:
    """Read the table named on the command line and write the two files."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("table", type=Path)
    source = pl.read_parquet(parser.parse_args().table).to_dicts()
    registry = _registry()
    rows = {_id(row, registry): row for row in reversed(source)}  # the first of two stays
    rows = dict(sorted(rows.items()))
    _write(pl.DataFrame([_facts(one, row) for one, row in rows.items()]), DATA / "listed.parquet")
    names = _names(source, {one: place for place, one in enumerate(rows)}, registry)
    table = pl.DataFrame(names, orient="row", schema=["name", "row", "traits"])
    table = table.with_columns(pl.col("row").cast(pl.UInt16), pl.col("traits").cast(pl.UInt8))
    _write(table.sort("name", "row"), DATA / "listed_names.parquet")


def _write(table: pl.DataFrame, path: Path) -> None:
    table.write_parquet(path, compression="zstd", compression_level=19)
    print(f"{path.name}: {table.height} rows, {path.stat().st_size / 1e6:.2f} MB")


def _registry() -> dict[str, Any]:
    shipped = tomllib.loads((DATA / "instruments.toml").read_text(encoding="utf-8"))
    return {row["id"]: row for row in shipped["instrument"]}


def registry_loose() -> dict[str, str]:
    """Return what the registry says is a market's name and no instrument's."""
    shipped = tomllib.loads((DATA / "instruments.toml").read_text(encoding="utf-8"))
    return dict(shipped["loose"])


def _id(row: dict[str, Any], registry: dict[str, Any]) -> str:
    """Return a row's id: the registry's for what it holds; with ``.US`` where it means another."""
    by_yahoo = {one["yahoo"]: key for key, one in registry.items() if "yahoo" in one}
    known = SAME.get(row["id"]) or by_yahoo.get(row["yahoo"] or "") or by_yahoo.get(row["id"])
    if known:
        return known
    same = registry.get(row["id"])
    if same and same["kind"] != KINDS.get(row["kind"], row["kind"]):
        return f"{row['id']}.US"
    return str(row["id"])


def _facts(identity: str, row: dict[str, Any]) -> dict[str, Any]:
    symbol = row["yahoo"] or ""
    told = (identity, identity.replace(".SH", ".SS"))
    printed = {key: row[column] or "" for key, column in LANGUAGES}
    dated = row["list_date_precision"] == "day"
    return {
        "id": identity,
        "kind": KINDS.get(row["kind"], row["kind"]),
        "subtype": "reit" if row["kind"] == "reit" else row["subtype"] or "",
        "currency": {"CNH": "CNY"}.get(row["currency"], row["currency"]),
        "mic": row["mic"] or "",
        "company": row["company"] or row["id"],
        **printed,
        "yahoo": "" if symbol in told or "~" in identity else symbol,
        "since": (row["list_date"] if dated else _since(row)) or "",
        "until": _until(row),
    }


def _since(row: dict[str, Any]) -> str:
    """Return a day before which a row was surely not listed: its lists are months or days apart."""
    seen = row["first_seen"] or ""
    baseline, days = ("2021-01-30", 45) if row["mic"] not in ("XHKG",) else ("2023-07-31", 10)
    if seen <= baseline:
        return ""
    return (date.fromisoformat(seen) - timedelta(days=days)).isoformat()


def _until(row: dict[str, Any]) -> str:
    if row["status"] == "recoded":
        return "2025-10-09"  # all of Beijing was coded anew on that day
    if "~" in row["id"]:
        return str(row["last_seen"])
    return str(row["delist_date"] or row["last_seen"] or "") if row["status"] == "delisted" else ""


def _names(
    source: list[dict[str, Any]], places: dict[str, int], registry: dict[str, Any]
) -> list[tuple[str, int, int]]:
    taken: dict[tuple[str, int], int] = {}
    loose = {lowered(normalise(name)) for name in registry_loose()}
    for row in source:
        if row["subtype"] in COUNTERS:
            continue
        place = places[_id(row, registry)]
        for name, traits in _spellings(row):
            key = lowered(normalise(name)).strip()
            if len(key) < 2 or key in NOT_NAMES or key in loose:
                continue
            before = taken.get((key, place))
            taken[key, place] = int(traits if before is None else _better(before, int(traits)))
    return [(key, place, traits) for (key, place), traits in taken.items()]


def _better(one: int, other: int) -> int:
    """Join what two spellings of one name say: certain beats generated and former."""
    kept = (one | other) & ~(Trait.FORMER | Trait.GENERATED)
    return kept | (one & other & (Trait.FORMER | Trait.GENERATED))


def _spellings(row: dict[str, Any]) -> Iterator[tuple[str, Trait]]:
    risky, shared = set(row["names_risky"] or ()), set(row["names_shared"] or ())
    for column in (*NAMES, "aliases_generated", "former_names", ""):
        written = row[column] or () if column else MORE.get(row["id"], ())
        for name in (written,) if isinstance(written, str) else written:
            traits = Trait(0)
            traits |= Trait.RISKY if name in risky else Trait(0)
            traits |= Trait.SHARED if name in shared else Trait(0)
            if column == "aliases_generated":
                traits |= Trait.GENERATED
                word = len(name) < 9 and (name[1:].islower() or len(name) < 5)
                if name.isascii() and word and " " not in name:
                    traits |= Trait.RISKY  # Here, City, Click, TTM
            traits |= Trait.FORMER if column == "former_names" else Trait(0)
            yield name, traits | _case(name, row["kind"])


def _case(name: str, kind: str) -> Trait:
    """Say how a Latin name must be written in a text to be meant."""
    if re.search("[\u4e00-\u9fff]", name):
        return Trait(0)
    letters = re.sub("[^A-Za-z]", "", name)
    words = letters.islower() and kind not in ("stock", "etf", "reit")
    several = " " in name and kind not in ("stock", "etf", "reit")
    if letters and (words or several or kind in ("yield", "rate")):
        return Trait.ANY_CASE
    if letters.isupper() and len(letters) <= 5 and " " not in name:
        return Trait.CAPITALS
    return Trait(0)


if __name__ == "__main__":
    main()
