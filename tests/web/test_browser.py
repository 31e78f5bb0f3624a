"""The pages in a real browser: quiet, without foreign requests, and without a mouse."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from springtide.language.messages import LANGUAGES
from springtide.library.watch import watch

from .conftest import TOKEN, Served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PATHS = ("/", "/i/SPX?asof=2009-12-31&range=1y", "/check", "/calls", "/scan", "/data?q=SPX",
         "/nowhere")  # fmt: skip
ARTICLE = "The S&P 500 closed at 1,200.50 on 31 December 2009. <img src=x onerror=1>"
AXE = (Path(__file__).parent / "axe" / "axe.min.js").read_text("utf-8")
RULES = {
    "light": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "dark": ["color-contrast", "link-in-text-block"],  # all that a theme can change
}


@pytest.fixture
def page(browser: Browser, laden: Served) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en")
    made = context.new_page()
    made.goto(f"{laden.address}/?token={TOKEN}")
    yield made
    context.close()


def settled(page: Page, address: str) -> None:
    """Go to a page and wait for what it loads afterwards."""
    page.goto(address)
    page.wait_for_load_state("networkidle")
    if page.locator("#chart").count():
        page.wait_for_selector("#chart[data-complete]", timeout=60_000)
        page.wait_for_selector("#evidence section", timeout=60_000)


def checked(page: Page, served: Served, article: str = ARTICLE) -> None:
    """Check an article, which is a page of its own."""
    page.goto(f"{served.address}/check")
    page.fill("#text", article)
    page.fill("#asof", "2009-12-31")
    page.press("button.main", "Enter")
    page.wait_for_selector(".claims")


def test_every_page_in_every_language_theme_and_width_is_quiet_and_without_barriers(
    page: Page, laden: Served
):
    """No complaint, no foreign request, nothing sideways, and WCAG 2.2 AA as axe-core tells it."""
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(f"{page.url}: {error}"))
    page.on("console", lambda message: troubles.append(f"{page.url}: {message.text}"))
    page.on(
        "request",
        lambda one: None if one.url.startswith(laden.address) else troubles.append(one.url),
    )
    watch("SPX")
    for language, path in itertools.product(LANGUAGES, (*PATHS, None)):
        page.goto(f"{laden.address}/language/{language}?to=/check")
        if path is None:
            checked(page, laden)
        else:
            settled(page, laden.address + path)
        page.evaluate(AXE)
        for width, theme in itertools.product((1280, 390), ("light", "dark")):
            page.set_viewport_size({"width": width, "height": 844})
            page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, (path, language, width)
            told: dict[str, Any] = page.evaluate(
                "asked => axe.run(document, asked)",
                {"runOnly": RULES[theme], "resultTypes": ["violations"]},
            )
            troubles += [
                f"{path} {language} {width} {theme}: {one['id']} {node['target']} "
                f"{node['failureSummary']}"
                for one in told["violations"]
                for node in one["nodes"]
            ]
    # the page that is not there is the one whose absence a browser notes
    assert [one for one in troubles if not ("/nowhere" in one and "404" in one)] == []


def _tab_to(page: Page, selector: str, most: int = 80) -> None:
    """Press the tabulator until something has the focus, as one without a mouse does."""
    for _ in range(most):
        if page.evaluate("wanted => document.activeElement?.matches(wanted)", selector):
            shown = page.evaluate(
                "() => { const s = getComputedStyle(document.activeElement);"
                " return s.outlineStyle !== 'none' || document.activeElement.matches('input'); }"
            )
            assert shown, f"{selector} has the focus and does not show it"
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} is not reached by the tabulator on {page.url}")


def test_the_first_tabulator_skips_to_the_page(page: Page, laden: Served):
    page.goto(f"{laden.address}/data")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_the_watch_list_is_kept_by_keys_alone(page: Page, laden: Served):
    page.goto(f"{laden.address}/")
    _tab_to(page, "#add")
    page.keyboard.type("nasdaq composite")
    page.keyboard.press("Enter")
    page.wait_for_selector("th a:has-text('Nasdaq Composite')", timeout=60_000)
    _tab_to(page, "button[aria-label^='Remove']")
    page.keyboard.press("Enter")
    page.wait_for_selector("table.heat", state="detached")


def test_pages_theme_and_language_are_chosen_by_keys_alone(page: Page, laden: Served):
    page.goto(f"{laden.address}/")
    for path in ("/check", "/calls", "/scan", "/data"):
        _tab_to(page, f"nav a[href='{path}']")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{path}")
    _tab_to(page, "#theme")
    page.keyboard.press("Enter")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    _tab_to(page, ".tongues a[lang='zh-HK']", most=120)
    page.keyboard.press("Enter")
    page.wait_for_selector("html[lang='zh-HK'][data-theme='dark']")
    assert page.url.endswith("/data")


def test_the_slider_moves_everything_by_keys(page: Page, laden: Served):
    page.goto(f"{laden.address}/i/SPX?asof=2009-12-31&range=1y")
    page.wait_for_selector("#chart[data-complete='2009-12-31']", timeout=60_000)
    _tab_to(page, "#slider")
    page.keyboard.press("ArrowLeft")
    page.wait_for_selector("#chart[data-complete='2009-12-30']", timeout=60_000)
    assert "asof=2009-12-30" in page.url
    assert page.input_value("#asof") == "2009-12-30"
    page.wait_for_selector("#evidence section", timeout=60_000)
    assert page.locator("#bars tbody th").first.text_content() == "2009-12-30"


def test_evidence_tables_and_ranges_of_an_instrument_are_reached_by_keys(page: Page, laden: Served):
    settled(page, f"{laden.address}/i/SPX?asof=2009-12-31&range=1y")
    _tab_to(page, ".tables summary")
    page.keyboard.press("Enter")
    assert page.locator("#bars").is_visible()
    _tab_to(page, "#evidence .figure")
    page.keyboard.press("Enter")
    assert page.locator("#card").is_visible()
    page.keyboard.press("Escape")
    assert page.locator("#card").is_hidden()
    page.focus("#asof")
    _tab_to(page, ".ranges a[href*='range=5y']")
    page.keyboard.press("Enter")
    page.wait_for_url("**range=5y**")


def test_an_article_is_checked_without_a_mouse(page: Page, laden: Served):
    page.goto(f"{laden.address}/check")
    _tab_to(page, "#text")
    page.keyboard.type(ARTICLE)
    page.fill("#asof", "2009-12-31")
    _tab_to(page, "button.main")
    page.keyboard.press("Enter")
    page.wait_for_selector(".claim")
    assert page.locator("img[src='x']").count() == 0
    _tab_to(page, ".claim")
    page.keyboard.press("Enter")
    assert page.locator("#card").is_visible()
    page.keyboard.press("Escape")
    assert page.locator("#card").is_hidden()


def test_a_scan_is_filtered_and_sorted_by_keys(page: Page, laden: Served):
    page.goto(f"{laden.address}/scan")
    _tab_to(page, "#where")
    page.keyboard.type("rsi > 70")
    page.keyboard.press("Enter")
    page.wait_for_url("**where=rsi**")
    assert page.locator("tbody tr").count() == 1
    _tab_to(page, "thead a[href*='sort=-rsi']")
    page.keyboard.press("Enter")
    page.wait_for_selector("th[aria-sort='descending']")
    assert page.input_value("#where") == "rsi > 70"


def test_refused_rows_and_calls_are_reached_by_keys(page: Page, laden: Served):
    page.goto(f"{laden.address}/data")
    _tab_to(page, "#q")
    page.keyboard.type("SPX")
    _tab_to(page, "input[name='refused']")
    page.keyboard.press("Space")
    _tab_to(page, "main form button")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=spoilt.csv")
    page.goto(f"{laden.address}/calls")
    _tab_to(page, "[role='region']")  # a table that scrolls is scrolled by arrows
    _tab_to(page, "td a[href='/i/SPX']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/i/SPX")


def test_the_search_is_reached_by_a_key(page: Page, laden: Served):
    page.goto(f"{laden.address}/data")
    page.keyboard.press("/")
    page.keyboard.type("S&P 500")
    page.keyboard.press("Enter")
    page.wait_for_url("**/i/SPX")
