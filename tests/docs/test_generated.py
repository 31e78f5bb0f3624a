"""Pages that the code gives are committed; here they are held against the code."""

from __future__ import annotations

import pytest

import generate_docs

PAGES = generate_docs.expected()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_page_is_what_the_code_gives(path):
    assert path.read_text(encoding="utf-8") == PAGES[path], (
        f"{path.name} is stale: run python tools/generate_docs.py"
    )


@pytest.mark.parametrize("name", generate_docs.PARTS)
def test_page_has_a_place_for_what_the_code_gives(name: str):
    text = (generate_docs.ROOT / "docs" / name).read_text(encoding="utf-8")
    assert generate_docs.PARTS[name]() in text
