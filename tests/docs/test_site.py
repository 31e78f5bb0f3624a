"""The documentation site needs no network: nothing in it is loaded from elsewhere."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

from springtide.claims.schema import SchemaName

ROOT = Path(__file__).resolve().parents[2]
LOADED = re.compile(
    r"<(?:script|img|iframe|source|video|audio)\b[^>]*?\bsrc=[\"']?(?P<src>https?:|//)"
    r"|<link\b[^>]*\brel=[\"']?(?:stylesheet|preconnect|preload|icon)[\"']?[^>]*\bhref=[\"']?(?:https?:|//)"
    r"|url\([\"']?(?:https?:|//)",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    shutil.copy(ROOT / "mkdocs.yml", folder)
    shutil.copytree(ROOT / "docs", folder / "docs")
    for path in ROOT.glob("*.md"):
        shutil.copy(path, folder)
    done = subprocess.run(
        [sys.executable, "-m", "zensical", "build", "--strict"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return folder / "site"


def test_every_page_is_built_and_can_be_searched(site: Path):
    written = {path.relative_to(ROOT / "docs") for path in (ROOT / "docs").rglob("*.md")}
    built = {path.relative_to(site) for path in site.rglob("*.html")}
    assert {path.with_suffix(".html") for path in written} <= built
    searched = (site / "search.json").read_text("utf-8")
    assert "how-to/serve.html" in searched
    assert "自选列表" in searched


def test_nothing_is_loaded_from_elsewhere(site: Path):
    pages = [*site.rglob("*.html"), *site.rglob("*.css")]
    assert len(pages) > 20
    loaded = {
        path.relative_to(site).as_posix(): found[0]
        for path in pages
        if (found := LOADED.search(path.read_text(encoding="utf-8")))
    }
    assert not loaded


def test_the_schemas_are_published_with_the_site(site: Path):
    for schema in get_args(SchemaName):
        name = f"{schema}.schema.json"
        published = (site / "reference" / name).read_bytes()
        assert published == (ROOT / "src/springtide/claims/schemas" / name).read_bytes()


def test_the_picture_is_small_enough_for_a_first_look():
    assert 20_000 < (ROOT / "docs/images/springtide.png").stat().st_size < 400_000
