"""Measure what a brief's page weighs, when its chart is seen, and whether briefs are read back.

    python tools/pages.py                          # prints the tables
    python tools/pages.py --out docs/evidence      # and writes docs/evidence/pages.md
    python tools/pages.py --against ../old/src     # beside another state of the code, in one run

Everything is made from the bundled sample. The phone is a real Chromium of 390 by 844 pixels
(Debian: ``apt-get install chromium``) with playwright, a development dependency.
"""

from __future__ import annotations

import argparse
import gzip
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from springtide.brief.compose import compose
from springtide.brief.model import Brief
from springtide.brief.render import brief_html, hugo_page, write_brief
from springtide.checking.check import check_file
from springtide.claims.model import Claim
from springtide.language.messages import LANGUAGES
from springtide.market.ingest import load_bundled
from springtide.market.lake import Lake
from springtide.market.view import View

BRIEFS = [
    *(("IXIC", day) for day in ("1999-06-30", "2000-03-10", "2002-10-09", "2007-10-31")),
    *(("IXIC", day) for day in ("2009-06-30", "2011-07-22", "2013-12-31", "2015-07-20")),
    *(("IXIC", day) for day in ("2018-01-26", "2018-12-24")),
    *(("SPX", day) for day in ("2001-09-17", "2003-12-31", "2007-10-09", "2008-10-13")),
    *(("SPX", day) for day in ("2009-06-30", "2009-12-31", "2012-04-02", "2016-02-11")),
    *(("SPX", day) for day in ("2018-01-26", "2018-12-24")),
]
RALLY = ("SPX", "2009-12-31")
RUNS = 5
SIZE, WORDS, TEXT = 600_000, 90, 11
_WORD = re.compile(r"[A-Za-z][\w'’-]*|\d[\d,.%]*|[\u4e00-\u9fff]{2}")


@dataclass(frozen=True, slots=True)
class Screen:
    """What the first screen of a phone shows in a language."""

    language: str
    words: int
    top: float
    smallest: float


APP = "<!-- budgets of the web app -->"
"""From here on the page is that of ``tools/serve_budgets.py``."""


def main() -> None:
    """Measure, print, and write the page where it is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--out", type=Path, help="folder for pages.md")
    parser.add_argument("--against", type=Path, help="the src folder of another state of the code")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        lake = Lake.create(str(Path(scratch) / "lake"))
        load_bundled(lake)
        text = "\n".join(_page(lake, Path(scratch), given.against))
    print(text)
    if given.out:
        page = given.out / "pages.md"
        _, mark, rest = page.read_text("utf-8").partition(APP) if page.exists() else ("", "", "")
        page.write_text(text + ("\n" + mark + rest if mark else ""), encoding="utf-8")


def _page(lake: Lake, scratch: Path, against: Path | None) -> Iterator[str]:
    yield "# Pages of briefs"
    yield ""
    yield "Made by `python tools/pages.py --out docs/evidence` from the bundled sample."
    yield from _weights(lake, scratch)
    yield from _cost(lake, scratch, against)
    yield from _read_back(lake, scratch)


def _composed(lake: Lake, subject: str, day: str) -> Brief:
    view = View(lake, date.fromisoformat(day))
    return compose(view, view.instrument(subject), LANGUAGES)


def _weights(lake: Lake, scratch: Path) -> Iterator[str]:
    """Yield what the page of a rally weighs, and what a phone shows of it first."""
    made = _composed(lake, *RALLY)
    page = scratch / "brief.html"
    page.write_text(brief_html(made), encoding="utf-8")
    size = page.stat().st_size
    packed = len(gzip.compress(page.read_bytes()))
    images = [path for path in write_brief(made, scratch / "bundle") if path.suffix == ".svg"]
    largest = max(path.stat().st_size for path in images)
    yield f"\n## The page of {RALLY[0]} as of {RALLY[1]}, in three languages\n"
    yield "| what | measured | allowed |"
    yield "| --- | ---: | ---: |"
    yield f"| the page, with {len(images)} drawings | {size:,} bytes | {SIZE:,} |"
    yield f"| compressed | {packed:,} bytes | |"
    yield f"| the largest image of the bundle | {largest:,} bytes | |"
    yield "\nOn a phone of 390 by 844 pixels:\n"
    yield "| language | words before the first chart | its top, pixels | smallest text of a chart |"
    yield "| --- | ---: | ---: | ---: |"
    for one in _screens(page):
        yield f"| {one.language} | {one.words} | {one.top:.0f} | {one.smallest:g} px |"
    yield f"\nAllowed are {WORDS} words, a chart that begins above 844, and text of {TEXT} pixels."


def _screens(page: Path) -> Iterator[Screen]:
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for language in LANGUAGES:
            tab = browser.new_page(viewport={"width": 390, "height": 844}, locale=language)
            tab.goto(page.as_uri())
            article = tab.locator("article:visible")
            box = article.locator(".plot").first.bounding_box()
            note = article.locator("figcaption").first.inner_text()
            words = _WORD.findall(article.inner_text().split(note)[0])
            sizes = article.locator("figure text").evaluate_all(
                "all => all.map((one) => parseFloat(getComputedStyle(one).fontSize))"
            )
            yield Screen(language, len(words), box["y"] if box else float("nan"), min(sizes))
        browser.close()


def _cost(lake: Lake, scratch: Path, against: Path | None) -> Iterator[str]:
    """Yield what the command costs once everything is warm, beside another state of the code."""
    states = {"this state": Path(__file__).resolve().parents[1] / "src"}
    if against is not None:
        states["the state before"] = against.resolve()
    taken: dict[str, list[float]] = {name: [] for name in states}
    for _ in range(RUNS + 1):
        for name, source in states.items():
            taken[name].append(_once(lake, scratch / "cost", source))
    middle = {name: statistics.median(times[1:]) for name, times in taken.items()}
    yield "\n## What it costs\n"
    yield (
        f"`springtide brief {RALLY[0]} --as-of {RALLY[1]} --lang en,zh-cn,zh-hk`, warm, seconds of "
        f"processor with start-up, medians of {RUNS} runs taken in turn:\n"
    )
    yield "| state | seconds |"
    yield "| --- | ---: |"
    for name, seconds in middle.items():
        yield f"| {name} | {seconds:.2f} |"
    if against is not None:
        ratio = middle["this state"] / middle["the state before"]
        yield f"\nThat is {ratio:.2f} times the state before, whose charts Vega drew."


def _once(lake: Lake, out: Path, source: Path) -> float:
    words = ["brief", RALLY[0], "--as-of", RALLY[1], "--lang", "en,zh-cn,zh-hk"]
    code = "import sys; from springtide.cli import main; sys.argv[0] = 'springtide'; main()"
    command = [sys.executable, "-c", code, *words, "--lake", lake.address, "--out", str(out)]
    shutil.rmtree(out, ignore_errors=True)
    # Modules are compiled once and kept, as those of an installed package are.
    kept = {name: one for name, one in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before = os.times()
    subprocess.run(
        command, env={**kept, "PYTHONPATH": str(source)}, check=True, capture_output=True
    )
    after = os.times()
    return (after.children_user - before.children_user) + (
        after.children_system - before.children_system
    )


def _read_back(lake: Lake, scratch: Path) -> Iterator[str]:
    """Yield how many briefs are read back whole."""
    began = time.perf_counter()
    yield "\n## Read back\n"
    yield (
        "Each brief in three languages, its Markdown read by Springtide's own reader: every claim "
        "that it makes is read with its value, its parameters and its date, none is invented, and "
        "all are supported.\n"
    )
    yield "| brief | claims | read back in |"
    yield "| --- | ---: | --- |"
    total = whole = 0
    for subject, day in BRIEFS:
        made = _composed(lake, subject, day)
        claims = sorted(
            _key(one.claim)
            for section in made.sections
            for line in section.sentences
            for one in line.statements
        )
        good = [one for one in LANGUAGES if _same(made, one, claims, lake, scratch)]
        total += len(claims)
        whole += len(good) == len(LANGUAGES)
        yield f"| {subject}, {day} | {len(claims)} | {', '.join(good)} |"
    yield f"\n{whole} of {len(BRIEFS)} briefs whole, {total:,} claims in each language."
    print(f"read back in {time.perf_counter() - began:.0f} s", file=sys.stderr)


def _same(made: Brief, language: str, claims: list[str], lake: Lake, scratch: Path) -> bool:
    path = scratch / f"read.{language}.md"
    path.write_text(hugo_page(made, language), encoding="utf-8")  # type: ignore[arg-type]
    verdicts = check_file(path, lake).verdicts
    supported = all(one.label == "supported" for one in verdicts)
    return supported and sorted(_key(one.claim) for one in verdicts) == claims


def _key(claim: Claim) -> str:
    parts = (claim.metric, claim.subject, claim.params, claim.as_of, claim.comparator)
    return repr((*parts, claim.value, claim.unit))


if __name__ == "__main__":
    main()
