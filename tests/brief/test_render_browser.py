"""The page of a brief in a real browser."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from springtide.brief.compose import compose
from springtide.brief.model import Brief
from springtide.brief.render import brief_html, write_brief
from springtide.language.messages import LANGUAGES
from springtide.market.lake import Lake
from springtide.market.view import View

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


IMAGES: dict[str, str] = defaultdict(str)
"""No pictures: what is asked here shows without them."""


@pytest.fixture(scope="module")
def address(brief: Brief, tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("page")
    write_brief(brief, folder)
    return (folder / "brief.html").as_uri()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, offline=True)
    yield context.new_page()
    context.close()


def test_it_works_offline_without_a_request_or_an_error(page: Page, address: str):
    requests: list[str] = []
    troubles: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda message: troubles.append(message.text))
    page.goto(address)
    page.locator(".figure").first.hover()
    page.wait_for_timeout(200)
    assert requests == [address]
    assert troubles == []


def test_the_switch_shows_one_language_at_a_time(page: Page, address: str):
    page.goto(address)
    english, chinese = page.locator('[data-language="en"]'), page.locator('[data-language="zh-cn"]')
    assert english.is_visible()
    assert chinese.is_hidden()
    page.locator('[data-show="zh-cn"]').click()
    assert english.is_hidden()
    assert chinese.is_visible()
    assert page.title() == "纳斯达克综合指数的涨势能持续多久？2000年3月10日"
    assert page.evaluate("document.documentElement.lang") == "zh-CN"


@pytest.mark.parametrize(
    ("reader", "shown"),
    [
        ("en-GB", "en"),
        ("zh-CN", "zh-cn"),
        ("zh", "zh-cn"),
        ("zh-Hans-SG", "zh-cn"),
        ("zh-HK", "zh-cn"),  # the nearest that this brief is written in
        ("zh-TW", "zh-cn"),
        ("fr-FR", "en"),  # none of the reader's: the first
    ],
)
def test_the_page_opens_in_the_language_of_the_browser(
    browser: Browser, address: str, reader: str, shown: str
):
    context = browser.new_context(locale=reader)
    page = context.new_page()
    page.goto(address)
    for language in ("en", "zh-cn"):
        assert page.locator(f'[data-language="{language}"]').is_visible() is (language == shown)
        pressed = page.locator(f'[data-show="{language}"]').get_attribute("aria-pressed")
        assert pressed == str(language == shown).lower()
    context.close()


@pytest.mark.parametrize(
    ("reader", "shown"), [("zh-HK", "zh-hk"), ("zh-Hant-TW", "zh-hk"), ("zh-CN", "zh-cn")]
)
def test_traditional_readers_are_shown_hong_kongs_words(
    browser: Browser, bundled_lake: Lake, tmp_path: Path, reader: str, shown: str
):
    view = View(bundled_lake, date(2000, 3, 10))
    made = compose(view, view.instrument("IXIC"), LANGUAGES)
    (tmp_path / "brief.html").write_text(brief_html(made, IMAGES), encoding="utf-8")
    context = browser.new_context(locale=reader)
    page = context.new_page()
    page.goto((tmp_path / "brief.html").as_uri())
    visible = [one for one in LANGUAGES if page.locator(f'[data-language="{one}"]').is_visible()]
    assert visible == [shown]
    assert page.title() == made.title[shown]  # type: ignore[index]
    context.close()


def test_without_script_both_languages_are_there(browser: Browser, address: str):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    for language in ("en", "zh-cn"):
        assert page.locator(f'[data-language="{language}"]').is_visible()
    context.close()


def test_every_figure_opens_its_evidence(page: Page, address: str):
    page.goto(address)
    card = page.locator("#card")
    expected = ["5,048.62", "24.07%", "-0.2031%", "74.12"]
    for figure, measured in zip(
        page.locator('[data-language="en"] .figure').all(), expected, strict=True
    ):
        figure.click()
        assert measured in card.inner_text()
        assert "close[t] / close[s] - 1" in card.inner_text()
        page.keyboard.press("Escape")
        assert card.is_hidden()
    page.locator('[data-language="en"] .note').click()
    assert "rsi > 70" in card.inner_text()


def test_rises_and_falls_have_the_colours_of_the_language(page: Page, address: str):
    page.goto(address)

    def colour(language: str, which: str) -> tuple[int, ...]:
        script = (
            f"getComputedStyle(document.querySelector('[data-language=\"{language}\"] .{which}'))"
            ".color.match(/[0-9]+/g).map(Number)"
        )
        return tuple(page.evaluate(script))

    red, green = colour("en", "fall"), colour("en", "rise")
    assert red[0] > red[1]
    assert green[1] > green[0]
    assert colour("zh-cn", "rise") == red
    assert colour("zh-cn", "fall") == green


def test_charts_have_a_name_and_a_description_for_those_who_do_not_see(
    page: Page, address: str, brief: Brief
):
    page.goto(address)
    names = [chart.title["en"] for section in brief.sections for chart in section.charts]
    for name in names:
        assert page.get_by_role("img", name=name).first.is_visible()


@pytest.mark.parametrize("width", [320, 390, 768])
def test_nothing_is_wider_than_the_screen(browser: Browser, address: str, width: int):
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    # Labels of charts stay readable: at least 9 CSS pixels high on a phone of 390 pixels.
    if width == 390:
        size = page.evaluate(
            "() => { const t = [...document.querySelectorAll('figure text')].find((t) =>"
            " t.textContent === '2000' && t.getBoundingClientRect().height);"
            " const s = t.ownerSVGElement; return parseFloat(getComputedStyle(t).fontSize)"
            " * s.getBoundingClientRect().width / s.viewBox.baseVal.width; }"
        )
        assert size >= 9
    context.close()
