"""Bundles in Hugo itself: every version at hand builds them, and every image is where pages look.

``SPRINGTIDE_HUGO`` may list further programs, separated as in ``PATH``: the bundle is meant for
Hugo from 0.111 on.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from springtide.brief.compose import compose
from springtide.brief.render import write_brief
from springtide.language.messages import LANGUAGES
from springtide.market.lake import Lake
from springtide.market.view import View

SITE = """\
baseURL: https://example.org/
title: A site
defaultContentLanguage: {default}
languages:
  zh-cn:
    {label}: 简体中文
    {locale}: zh-Hans-CN
  zh-hk:
    {label}: 繁體中文（香港）
    {locale}: zh-Hant-HK
  en:
    {label}: English
    {locale}: en-GB
"""
PAGE = (
    '<html><img src="{{ .Params.thumbnail }}"><h1>{{ .Title }}</h1>'
    '<time>{{ .Date | time.Format ":date_long" }}</time>{{ .Content }}</html>'
)


def programs() -> list[str]:
    """Every Hugo at hand."""
    beside = shutil.which("hugo", path=str(Path(sys.executable).parent))
    listed = os.environ.get("SPRINGTIDE_HUGO", "").split(os.pathsep)
    return list(dict.fromkeys(filter(None, [*listed, beside, shutil.which("hugo")])))


def version(program: str) -> tuple[int, int]:
    said = subprocess.run([program, "version"], capture_output=True, text=True, check=True).stdout
    (major, minor) = re.findall(r"v(\d+)\.(\d+)", said)[0]
    return int(major), int(minor)


@pytest.fixture(scope="module")
def bundle(bundled_lake: Lake, tmp_path_factory: pytest.TempPathFactory) -> Path:
    view = View(bundled_lake, date(2009, 12, 31))
    folder = tmp_path_factory.mktemp("out") / "content" / "sp500"
    written = write_brief(compose(view, view.instrument("SPX"), LANGUAGES), folder)
    assert not [path for path in written if path.suffix == ".html"]
    return folder


@pytest.mark.skipif(not programs(), reason="no Hugo here: set SPRINGTIDE_HUGO or install hugo")
@pytest.mark.parametrize("default", ["en", "zh-cn"])
@pytest.mark.parametrize("program", programs())
def test_hugo_builds_the_bundle_with_its_images_whichever_language_is_the_default(
    bundle: Path, tmp_path: Path, program: str, default: str
) -> None:
    new = version(program) >= (0, 158)
    names = ("label", "locale") if new else ("languageName", "languageCode")
    config = SITE.format(default=default, label=names[0], locale=names[1])
    (tmp_path / "hugo.yaml").write_text(config, encoding="utf-8")
    (tmp_path / "layouts" / "_default").mkdir(parents=True)
    (tmp_path / "layouts" / "_default" / "single.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "layouts" / "_default" / "list.html").write_text("", encoding="utf-8")
    shutil.copytree(bundle, tmp_path / "content" / "post" / "sp500")
    made = subprocess.run([program, "-s", str(tmp_path)], capture_output=True, text=True)
    said = made.stdout + made.stderr
    assert made.returncode == 0, said
    assert "deprecated" not in said
    for language in LANGUAGES:
        folder = tmp_path / "public" / ("" if language == default else language) / "post" / "sp500"
        html = (folder / "index.html").read_text(encoding="utf-8")
        sources = re.findall(r'<img[^>]* src="?([^" >]+)', html)
        assert len(sources) > 5
        for source in sources:
            inside = source.removeprefix("https://example.org")
            root = tmp_path / "public" if inside.startswith("/") else folder
            assert (root / inside.lstrip("/")).is_file(), source
        if version(program) >= (0, 163):  # which knows these locales
            told = "31 December 2009" if language == "en" else "2009年12月31日"
            assert re.findall("<time>(.*?)</time>", html) == [told]
