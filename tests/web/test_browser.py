"""The pages in a real browser: quiet, without foreign requests, and without a mouse."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from springtide.language.messages import LANGUAGES
from springtide.library.watch import watch

from .conftest import TOKEN, Served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PATHS = ("/", "/i/SPX?asof=2009-12-31&range=1y", "/check", "/calls", "/scan", "/data")


@pytest.fixture
def page(browser: Browser, served: Served) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en")
    made = context.new_page()
    made.goto(f"{served.address}/?token={TOKEN}")
    yield made
    context.close()


def test_every_page_in_every_language_theme_and_width_is_quiet(page: Page, served: Served):
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(f"{page.url}: {error}"))
    page.on("console", lambda message: troubles.append(f"{page.url}: {message.text}"))
    page.on(
        "request",
        lambda one: None if one.url.startswith(served.address) else troubles.append(one.url),
    )
    for language, path in itertools.product(LANGUAGES, PATHS):
        page.goto(f"{served.address}{path}{'&' if '?' in path else '?'}lang={language}")
        for width, theme in itertools.product((1280, 390), ("light", "dark")):
            page.set_viewport_size({"width": width, "height": 844})
            page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, (path, language, width)
    assert troubles == []


def test_the_slider_moves_everything_by_keys(page: Page, served: Served):
    page.goto(f"{served.address}/i/SPX?asof=2009-12-31&range=1y")
    page.wait_for_selector("#chart[data-complete='2009-12-31']", timeout=60_000)
    page.focus("#slider")
    page.keyboard.press("ArrowLeft")
    page.wait_for_selector("#chart[data-complete='2009-12-30']", timeout=60_000)
    assert "asof=2009-12-30" in page.url
    assert page.input_value("#asof") == "2009-12-30"
    page.wait_for_selector("#evidence section", timeout=60_000)
    assert page.locator("#bars tbody th").first.text_content() == "2009-12-30"


def test_an_article_is_checked_without_a_mouse(page: Page, served: Served):
    page.goto(f"{served.address}/check")
    page.focus("#text")
    page.keyboard.type("The S&P 500 closed at 1,200.50 on 31 December 2009. <img src=x onerror=1>")
    page.fill("#asof", "2009-12-31")
    page.focus("button.main")
    page.keyboard.press("Enter")
    page.wait_for_selector(".claim")
    assert page.locator("img[src='x']").count() == 0
    page.locator(".claim").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("#card").is_visible()
    page.keyboard.press("Escape")
    assert page.locator("#card").is_hidden()


def test_the_search_is_reached_by_a_key(page: Page, served: Served):
    page.goto(f"{served.address}/data")
    page.keyboard.press("/")
    page.keyboard.type("S&P 500")
    page.keyboard.press("Enter")
    page.wait_for_url("**/i/SPX")


def test_ten_readers_at_once_are_all_answered(served: Served):
    with ThreadPoolExecutor(10) as readers:
        answers = list(readers.map(lambda _: served.ask("/i/SPX?asof=2009-12-31"), range(10)))
    assert {one.status for one in answers} == {200}
    assert len({one.body for one in answers}) == 1


def test_no_page_has_a_barrier_that_axe_knows(page: Page, served: Served):
    """WCAG 2.2 AA as far as axe-core tells it, light and dark."""
    axe = (Path(__file__).parent / "axe" / "axe.min.js").read_text("utf-8")
    asked = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
    watch("SPX")
    barriers = []
    for path, theme in itertools.product(PATHS, ("light", "dark")):
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        page.goto(served.address + path)
        page.wait_for_load_state("networkidle")
        page.evaluate(axe)
        told = page.evaluate("asked => axe.run(document, asked)", asked)
        barriers += [
            (path, theme, one["id"], node["target"], node["failureSummary"])
            for one in told["violations"]
            for node in one["nodes"]
        ]
    assert barriers == []
