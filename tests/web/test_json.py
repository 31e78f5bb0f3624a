"""Every page answers JSON by its published schema, and an address with ``?v=`` shows the same."""

from __future__ import annotations

import html
import json
import re
import shutil
from pathlib import Path

import pytest

from springtide.claims.schema import SchemaName, validate
from springtide.library.watch import watch
from springtide.market.ingest import import_bars
from springtide.market.lake import Lake

from .conftest import Served, serving

DAY = "2009-12-31"

DOCUMENTS: dict[str, SchemaName] = {
    "/index.json": "watch",
    f"/i/SPX.json?asof={DAY}": "brief",
    "/calls.json": "calls",
    "/calls/board.json": "board",
    "/scan.json": "scan",
    "/data.json": "data",
}
PAGES = {"/": 1, f"/i/SPX?asof={DAY}": 1, "/calls": 2, "/scan": 1, "/data": 1}
"""Pages, and how many JSON documents each has a link to."""


@pytest.mark.parametrize("path", DOCUMENTS)
def test_every_document_is_of_its_schema_and_holds_something(laden: Served, path: str):
    watch("SPX")
    answer = laden.ask(path)
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/json"
    document = json.loads(answer.text)
    validate(document, DOCUMENTS[path])
    held = next(
        document[key]
        for key in ("watched", "sections", "calls", "standings", "rows", "instruments")
        if key in document
    )
    assert held


def test_a_check_is_of_its_schema(laden: Served):
    body = f"text=The+S%26P+500+closed+at+1,115.10.&asof={DAY}".encode()
    kind = "application/x-www-form-urlencoded"
    validate(json.loads(laden.ask("/check.json", body, Content_Type=kind).text), "check")


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_a_link_to_its_document(laden: Served, path: str):
    text = laden.ask(path).text
    links = [html.unescape(one) for one in re.findall(r'href="([^"]+\.json[^"]*)"', text)]
    assert len(links) == PAGES[path]
    for link in links:
        name = link.partition("?")[0]
        schema = next(of for one, of in DOCUMENTS.items() if one.partition("?")[0] == name)
        validate(json.loads(laden.ask(link).text), schema)


def test_schemas_are_published(laden: Served):
    reference = Path(__file__).parents[2] / "docs" / "reference"
    for schema in {*DOCUMENTS.values(), "check"}:
        assert (reference / f"{schema}.schema.json").is_file()


def test_a_pinned_address_shows_the_same_after_an_import(laden: Served, tmp_path: Path):
    assert laden.lake.local is not None
    lake = Lake.open(shutil.copytree(laden.lake.local, tmp_path / "lake"))
    watch("SPX")
    with serving(lake) as served:
        pins = ",".join(f"{table}:{version}" for table, version in lake.versions().items())
        paths = [f"{one}{'&' if '?' in one else '?'}v={pins}" for one in (*DOCUMENTS, *PAGES)]
        before = {path: served.ask(path).body for path in paths}
        later = tmp_path / "later.csv"
        later.write_text("Date,Open,High,Low,Close\n2019-01-02,2476.96,2519.49,2467.47,2510.03\n"
                         "2019-01-03,2491.92,2493.14,2443.96,-1\n")  # fmt: skip
        import_bars(lake, [later], symbol="SPX")
        assert {path: served.ask(path).body for path in paths} == before
        held = json.loads(served.ask("/data.json").text)["instruments"]
        now = {one["symbol"]: one for one in held}
        assert now["SPX"]["last"] == "2019-01-02"
        assert now["SPX"]["refused"] == 2
