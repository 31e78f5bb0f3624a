"""Posts of the corpus annotated beside those of ../shared/articles/numbers, to learn from.

``labels/NAME.json`` says which post of the corpus it is and what each of its numbers is, in the
form of ../shared/articles/README.md without texts: no sentence of a post stands in it. The texts
are read from the corpus; where that is missing, there are no such examples. What a number is and
whose are learned from them; days and periods are annotated there more coarsely, and are not.

    python -m tools.reader.labels FOLDER    adds annotated posts of a folder (NAME.md, NAME.json)
"""

from __future__ import annotations

import json
import sys
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
from tools.reader.gold import GOLD, Post, labelled

from springtide.reading.document import read_document
from springtide.reading.numbers.scene import lay_out

CORPUS = GOLD.parent / "corpus.parquet"
FOLDER = Path(__file__).with_name("labels")
_LEFT_OUT = ("text", "cue", "note", "doubt", "detail", "speaker", "group")


@cache
def more() -> tuple[Post, ...]:
    """Read the posts that ``labels`` annotates; none where the corpus is missing."""
    if not CORPUS.is_file():
        return ()
    kept = {path.stem: json.loads(path.read_text("utf8")) for path in sorted(FOLDER.glob("*.json"))}
    texts = _texts([one["path"] for one in kept.values()])
    return tuple(_post(name, one, texts[one["path"]]) for name, one in kept.items())


def _texts(paths: list[str]) -> dict[str, str]:
    rows = pl.scan_parquet(CORPUS).filter(pl.col("path").is_in(paths)).collect()
    return dict(zip(rows["path"], rows["text"], strict=True))


def _post(name: str, one: dict[str, Any], text: str) -> Post:
    scene = lay_out(read_document(text))
    gold = one["numbers"]
    source = name.split("-")[0]
    return Post(name, source, CORPUS, scene, gold, labelled(scene, gold))


def add(folder: Path) -> int:
    """Write the labels of the annotated posts of a folder, and return how many there are."""
    paths = pl.scan_parquet(CORPUS).select("path").collect()["path"].to_list()
    of = {"-".join(path.removesuffix(".md").split("/")[-2:]): path for path in paths}
    FOLDER.mkdir(exist_ok=True)
    files = sorted(folder.glob("*.json"))
    for file in files:
        numbers = [_short(row) for row in json.loads(file.read_text("utf8"))]
        rows = ",\n".join(json.dumps(row, ensure_ascii=False) for row in numbers)
        made = f'{{"path": {json.dumps(of[file.stem])}, "numbers": [\n{rows}\n]}}\n'
        (FOLDER / file.name).write_text(made, "utf8")
    return len(files)


def _short(row: dict[str, Any]) -> dict[str, Any]:
    """Return what is learned from an annotation: no texts, nothing that is empty."""
    kept = {k: v for k, v in row.items() if k not in _LEFT_OUT and v is not None}
    if "period" in kept:
        kept["period"] = {k: v for k, v in kept["period"].items() if v and k != "words"}
    return {"value": None, **kept} if kept["kind"] == "claim" else kept


if __name__ == "__main__":
    print(add(Path(sys.argv[1])), "posts")
