"""Silver labels: whose a printed change is, where the market proves it.

    python -m tools.reader.silver            # how many, and how many by chance

A percentage of three digits or more is of the one candidate of its number whose change on the
article's day or the session before rounds (or is cut) to the printed digits. Shifted by weeks, the
sessions give the rate of chance. They audit the ranking on posts that nobody annotated; weights are
not fitted on them, which made the ranking of annotated posts worse (all are of named instruments
and of one week).
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import polars as pl
from tools.reader.gold import GOLD

from springtide.errors import SpringtideError
from springtide.reading.document import read_document
from springtide.reading.numbers import whose
from springtide.reading.numbers.candidates import Candidate, Cast, candidates
from springtide.reading.numbers.frame import Kind
from springtide.reading.numbers.mentions import NumberMention
from springtide.reading.numbers.model import ranker
from springtide.reading.numbers.scene import BlockScene, Scene, lay_out
from springtide.reading.numbers.subjects import SLOT

MARKET = GOLD.parents[1] / "market"
CORPUS = GOLD.parent / "corpus.parquet"
FIRST, LAST = date(2025, 1, 2), date(2025, 3, 31)
PANELS = (
    "cn_a_daily_2022_2025", "cn_etf_daily_2025", "hk_daily_2009_2025", "hk_close_2021_2026",
    "us_daily_1990_2026", "us_close_2022_2026",
)  # fmt: skip
INDICES = {"csi300": "CSI300", "gspc": "SPX", "hscei": "HSCEI", "hsi": "HSI", "hstech": "HSTECH",
           "ixic": "IXIC", "n225": "N225", "ndx": "NDX", "sse": "SSE"}  # fmt: skip
_DIGITS = 3


@dataclass(frozen=True)
class Silver:
    """An example for the ranker and the source of its post."""

    source: str
    rows: list[list[str]]
    right: list[int]


@cache
def closes() -> dict[str, tuple[list[date], list[float]]]:
    """Return days and closes around the corpus of every instrument that has some."""
    frames = [pl.read_parquet(MARKET / "panel" / f"{name}.parquet") for name in PANELS]
    frames += [_csv(path, path.stem) for path in sorted((MARKET / "world").glob("*.csv"))]
    frames += [_csv(MARKET / "index" / f"{stem}.csv", key) for stem, key in INDICES.items()]
    kept: dict[str, tuple[list[date], list[float]]] = {}
    for frame in frames:
        frame = frame.select(
            pl.col("date").cast(pl.Date), pl.col("symbol"), pl.col("close").cast(pl.Float64)
        )
        frame = frame.filter(pl.col("date").is_between(FIRST, LAST)).drop_nulls()
        for (symbol,), part in frame.sort("date").group_by("symbol", maintain_order=True):
            kept[str(symbol)] = (part["date"].to_list(), part["close"].to_list())
    return kept


def _csv(path: Path, identity: str) -> pl.DataFrame:
    frame = pl.read_csv(path, try_parse_dates=True, infer_schema_length=None)
    return frame.with_columns(pl.lit(identity).alias("symbol")).select("date", "symbol", "close")


def silver(shift: int = 0, limit: int | None = None) -> list[Silver]:
    """Return the labels of the corpus without the annotated posts and repeated texts.

    ``shift`` moves the sessions by weeks, to count what fits by chance.
    """
    posts = pl.read_parquet(CORPUS).filter(~pl.col("annotated")).sort("path")
    seen: set[str] = set()
    made: list[Silver] = []
    for row in posts.iter_rows(named=True):
        body = row["text"].split("---", 2)[-1]
        key = "".join(body.split())[:160]
        if key in seen:
            continue
        seen.add(key)
        try:
            article = read_document(row["text"])
        except SpringtideError:
            continue
        made += _of_article(lay_out(article), row["source"], shift)
        if limit is not None and len(made) >= limit:
            break
    return made


def _of_article(scene: Scene, source: str, shift: int) -> Iterator[Silver]:
    cast = Cast(scene)
    day = scene.clock.day + timedelta(weeks=shift)
    for block in scene.blocks:
        last = ""
        for i, number in enumerate(block.numbers):
            if not _is_precise(block, i):
                last = last if number.quantity is None else ""
                continue
            possible = candidates(cast, block, i)
            right = [n for n, one in enumerate(possible) if _fits(one, number, day)]
            if len(right) != 1:
                last = ""
                continue
            kind = Kind(True, "price_change")
            yield Silver(source, whose.rows(cast, block, i, kind, possible, last), right)
            last = possible[right[0]].key


def _is_precise(block: BlockScene, i: int) -> bool:
    quantity = block.numbers[i].quantity
    if quantity is None or quantity.unit != "%" or isinstance(quantity.value, tuple):
        return False
    if quantity.comparator != "=" or quantity.step > 0.011:
        return False
    return abs(quantity.value) >= 10 ** (_DIGITS - 1) * quantity.step


def _fits(one: Candidate, number: NumberMention, day: date) -> bool:
    quantity = number.quantity
    if one.how in ("longer", "word", "phrase") or quantity is None:
        return False
    assert not isinstance(quantity.value, tuple)
    return any(_moved(key, abs(quantity.value), quantity.step, day) for key in one.ids)


def _moved(identity: str, value: float, step: float, day: date) -> bool:
    """Say whether an instrument moved by a value on a day or the session before."""
    days, prices = closes().get(identity, ([], []))
    end = sum(one <= day for one in days)
    for at in (end - 1, end - 2):
        if at < 1 or (day - days[at]).days > 4:
            continue
        change = abs(100.0 * (prices[at] / prices[at - 1] - 1.0))
        if abs(change - value) <= step / 2 + 1e-6 or math.isclose(
            math.floor(change / step + 1e-9) * step, value, abs_tol=1e-6
        ):
            return True
    return False


def main() -> int:
    """Print how many labels there are, and how many by chance."""
    if not MARKET.is_dir():
        print(f"{MARKET} is missing: there are no prices to prove anything", file=sys.stderr)
        return 1
    made = silver()
    model = ranker(SLOT)
    hits = 0
    for one in made:
        scores = [model.score(row) for row in one.rows]
        hits += scores.index(max(scores)) in one.right
    print(f"labels: {len(made)}, of which the shipped weights rank {hits / len(made):.3f} first")
    print(f"labels with the sessions shifted by two weeks: {len(silver(shift=2))}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
