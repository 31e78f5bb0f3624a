"""The page of a brief in a real browser."""

from __future__ import annotations

import re
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


@pytest.fixture(scope="module")
def address(brief: Brief, tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("page") / "brief"
    write_brief(brief, folder)
    return folder.with_suffix(".html").as_uri()


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
    (tmp_path / "brief.html").write_text(brief_html(made), encoding="utf-8")
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
    if width == 390:  # labels of charts stay readable on a phone
        sizes = page.evaluate(
            "() => [...document.querySelectorAll('figure text')]"
            ".filter((t) => t.getBoundingClientRect().height)"
            ".map((t) => parseFloat(getComputedStyle(t).fontSize))"
        )
        assert sizes
        assert min(sizes) >= 11
    context.close()


@pytest.fixture(scope="module")
def rally(bundled_lake: Lake, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of a running rally in three languages."""
    view = View(bundled_lake, date(2009, 12, 31))
    made = compose(view, view.instrument("SPX"), LANGUAGES)
    path = tmp_path_factory.mktemp("rally") / "brief.html"
    path.write_text(brief_html(made), encoding="utf-8")
    assert path.stat().st_size < 600_000
    return path.as_uri()


@pytest.mark.parametrize("reader", ["en-GB", "zh-CN", "zh-HK"])
def test_the_first_screen_of_a_phone_shows_the_chart_after_few_words(
    browser: Browser, rally: str, reader: str
):
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale=reader)
    page = context.new_page()
    page.goto(rally)
    article = page.locator("article:visible")
    box = article.locator(".plot").first.bounding_box()
    assert box is not None
    assert box["y"] < 844 * 2 / 3
    before = article.inner_text().split(article.locator("figcaption").first.inner_text())[0]
    words = re.findall(r"[A-Za-z][\w'’-]*|[\d][\d,.%]*|[\u4e00-\u9fff]{2}", before)
    assert len(words) <= 90, words
    context.close()


def test_pointing_at_a_chart_tells_the_day_and_where_its_values_are_from(
    browser: Browser, rally: str
):
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    page = context.new_page()
    page.goto(rally)
    plot = page.locator('[data-language="en"] .plot').first
    box = plot.bounding_box()
    assert box is not None
    told = page.locator('[data-language="en"] .told').first
    page.mouse.move(box["x"] + 0.3 * box["width"], box["y"] + 60)
    assert re.match(r"\d+ \w+ 200[89]\n", told.inner_text())
    assert "close" in told.inner_text()
    page.mouse.move(box["x"] + 0.9 * box["width"], box["y"] + 60)
    assert "2010" in told.inner_text()
    assert "80% of paths" in told.inner_text()
    assert "; paths: " in told.inner_text()
    page.mouse.move(0, 0)
    assert told.is_hidden()
    plot.focus()
    page.keyboard.press("ArrowLeft")
    assert told.is_visible()
    context.close()


def test_other_languages_tell_the_numbers_that_stand_with_the_first(browser: Browser, rally: str):
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    page = context.new_page()
    page.goto(rally)
    seen = {}
    for language in ("en", "zh-cn"):
        page.locator(f'[data-show="{language}"]').click()
        plot = page.locator(f'[data-language="{language}"] .plot').first
        box = plot.bounding_box()
        assert box is not None
        page.mouse.move(box["x"] + 0.3 * box["width"], box["y"] + 60)
        told = page.locator(f'[data-language="{language}"] .told').first.inner_text()
        seen[language] = re.findall(r"[\d,]+\.\d\d", told)
    assert seen["en"] == seen["zh-cn"] != []
    context.close()


def test_a_shorter_stretch_is_labelled_anew(browser: Browser, rally: str):
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    page = context.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.goto(rally)
    figure = page.locator('[data-language="en"] [data-chart="price"]')
    where = '[data-language="en"] [data-chart=price] text[data-axis=x]'
    labels = f"() => [...document.querySelectorAll('{where}')].map((t) => t.textContent)"
    whole = page.evaluate(labels)
    figure.get_by_role("button", name="1y").click()
    shorter = page.evaluate(labels)
    assert whole != shorter
    assert all(re.search("2009|[A-Z][a-z]{2}", text) for text in shorter)
    figure.get_by_role("button", name="all").click()
    assert page.evaluate(labels) == whole
    assert troubles == []
    context.close()
