"""Pages that the code gives are committed; here they are held against the code."""

from __future__ import annotations

import re
import tomllib

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


def test_the_floors_are_those_of_the_contract():
    text = (generate_docs.ROOT / "docs/explanation/floors.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| (\d+) \| (.*?) \|", text, re.M)
    project = tomllib.loads((generate_docs.ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contract = project["tool"]["importlinter"]["contracts"][0]
    assert contract["exhaustive"]
    layers = [set(layer.split(" | ")) for layer in contract["layers"]]
    assert [set(re.findall(r"`(\w+)`", rooms)) for _, rooms in told] == layers
    assert [int(number) for number, _ in told] == list(range(len(layers), 0, -1))
    here = generate_docs.ROOT / "src/springtide"
    rooms = {path.stem for path in here.iterdir() if not path.name.startswith("__")}
    assert set().union(*layers) == rooms - {"py"}
