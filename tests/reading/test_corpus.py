"""Blocks of real posts: every number that a reader sees stands whole in one, at little cost."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from springtide.reading.document import read_document

pytestmark = pytest.mark.shared


def test_every_annotated_number_stands_whole_in_one_block(shared: Path) -> None:
    missed = []
    paths = sorted((shared / "articles" / "numbers").glob("*.json"))
    for path in paths:
        source = path.with_suffix(".md").read_bytes().decode("utf-8")
        blocks = read_document(source).blocks
        where = [(block, {at: i for i, at in enumerate(block.at)}) for block in blocks]
        for entry in json.loads(path.read_text(encoding="utf-8")):
            first, last = entry["start"], entry["end"] - 1
            if not any(first in places and last in places for _, places in where):
                missed.append((path.stem, entry["text"]))
    assert len(paths) >= 100
    assert missed == []


def test_a_post_is_cut_into_blocks_in_a_millisecond_or_two(shared: Path) -> None:
    paths = sorted((shared / "articles" / "corpus").rglob("*.md"))[::4]
    texts = [path.read_bytes().decode("utf-8") for path in paths]
    read_document(texts[0])
    start = time.process_time()
    for text in texts:
        read_document(text)
    spent = 1000 * (time.process_time() - start) / len(texts)
    assert spent < 3, f"{spent:.2f} ms a post"
