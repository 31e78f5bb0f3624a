"""The page of a check in a real browser."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from springtide.checking.report import CheckReport, check_html
from springtide.claims.model import Claim, Evidence, Measurement, Params, Verdict
from springtide.metrics.registry import params_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

HOSTILE = """---
title: </title><script>window.hacked = 'title'</script>
---
<script>window.hacked = 'script'</script>
<img src="nowhere" onerror="window.hacked = 'onerror'">
<svg onload="window.hacked = 'onload'"></svg>
<a href="javascript:window.hacked = 'href'" id="link">up 5%</a>
<iframe srcdoc="<script>parent.hacked = 'frame'</script>"></iframe>
</article></main></div><script>alert('out')</script><base href="https://example.org/">
<form action="https://example.org"><button id="go">go</button></form>
<img src="https://example.org/pixel.gif"><link rel="stylesheet" href="https://example.org/x.css">
<style>* { display: none }</style><meta http-equiv="refresh" content="0;url=https://example.org">
"""


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Opened]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    yield Opened(context.new_page(), tmp_path)
    context.close()


class Opened:
    """A page that remembers every request, dialog and error."""

    def __init__(self, page: Page, folder: Path) -> None:
        self.page = page
        self.folder = folder
        self.requests: list[str] = []
        self.dialogs: list[str] = []
        self.errors: list[str] = []
        self.failures: dict[str, str | None] = {}
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("requestfailed", lambda one: self.failures.update({one.url: one.failure}))
        page.on("dialog", lambda dialog: (self.dialogs.append(dialog.message), dialog.dismiss()))
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def show(self, report: CheckReport) -> Page:
        path = self.folder / "check.html"
        path.write_text(check_html(report), encoding="utf-8")
        self.page.goto(path.as_uri())
        return self.page


def hostile() -> CheckReport:
    quote = '<a href="javascript:window.hacked = \'href\'" id="link">up 5%</a>'
    start = HOSTILE.index(quote)
    poison = "<img src=x onerror=\"window.hacked = 'field'\"><script>window.hacked = 1</script>"
    claim = Claim(
        poison, poison, Params(), date(2025, 2, 13), value=5.0, unit="%", period=poison,
        quote=quote, start=start, end=start + len(quote), attributed_to=poison,
    )  # fmt: skip
    verdict = Verdict(claim, "refuted", poison)
    return CheckReport(poison, HOSTILE, None, "en", (verdict,), title=poison, software=poison)


def test_a_hostile_article_runs_and_loads_nothing(opened: Opened):
    page = opened.show(hostile())
    page.locator(".claim").click()
    page.locator("#card").get_by_text("refuted").wait_for()
    page.locator(".locate").click()
    page.wait_for_timeout(300)
    assert page.evaluate("window.hacked") is None
    assert opened.dialogs == []
    assert opened.errors == []
    assert len(opened.requests) == 1
    assert page.url.startswith("file://")
    assert page.locator("img, iframe, form, base, link, a, svg").count() == 0
    assert page.locator("article").text_content().count("<script>") == HOSTILE.count("<script>")


def test_the_policy_stops_a_script_even_if_it_got_in(opened: Opened):
    page = opened.show(hostile())
    page.evaluate(
        "() => { const s = document.createElement('script'); s.textContent = 'window.hacked = 1';"
        "document.body.append(s); const i = document.createElement('img');"
        "i.src = 'https://example.org/x.gif'; document.body.append(i); }"
    )
    page.wait_for_timeout(200)
    assert page.evaluate("window.hacked") is None
    assert opened.failures == {"https://example.org/x.gif": "csp"}


def test_hover_shows_the_card_and_leaving_hides_it(opened: Opened, report: CheckReport):
    page = opened.show(report)
    card = page.locator("#card")
    assert card.is_hidden()
    mark = page.locator(".claim.refuted")
    mark.hover()
    card.wait_for()
    assert "17.17%" in card.inner_text()
    assert "since the low of the year: 26.41%" in card.inner_text()
    assert mark.get_attribute("aria-expanded") == "true"
    page.mouse.move(2, 2)
    card.wait_for(state="hidden")
    assert mark.get_attribute("aria-expanded") == "false"


def test_a_click_pins_the_card_and_its_evidence_opens(opened: Opened, report: CheckReport):
    page = opened.show(report)
    page.locator(".claim.refuted").click()
    card = page.locator("#card")
    page.mouse.move(2, 2)
    page.wait_for_timeout(400)
    assert card.is_visible()
    card.locator("details", has_text="Formula").last.locator("summary").click()
    assert card.get_by_text("5,235.33").last.is_visible()
    card.locator(".card-close").click()
    assert card.is_hidden()


def test_the_keyboard_reaches_every_claim(opened: Opened, report: CheckReport):
    page = opened.show(report)
    seen = []
    for _ in range(20):
        page.keyboard.press("Tab")
        mark = page.evaluate("document.activeElement.dataset.cards || ''")
        if mark:
            assert page.locator("#card").is_visible()
            seen.append(mark)
    assert seen[:4] == ["card-0", "card-1", "card-2", "card-3"]
    page.locator(".claim.refuted").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "card"
    page.keyboard.press("Escape")
    assert page.locator("#card").is_hidden()
    assert page.evaluate("document.activeElement.dataset.cards") == "card-0"


def test_a_tap_opens_a_sheet_on_a_phone(browser: Browser, report: CheckReport, tmp_path: Path):
    context = browser.new_context(
        viewport={"width": 390, "height": 560}, has_touch=True, is_mobile=True
    )
    page = Opened(context.new_page(), tmp_path).show(report)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator(".claim.supported").first.tap()
    card = page.locator("#card")
    card.wait_for()
    box = card.bounding_box()
    assert box is not None
    assert box["width"] == 390
    assert box["y"] + box["height"] == pytest.approx(560, abs=1)
    mark = page.locator(".claim.supported").first.bounding_box()
    assert mark is not None
    assert mark["y"] + mark["height"] <= box["y"]  # the sheet does not cover what was tapped
    page.locator(".meta").first.evaluate("part => part.click()")
    assert card.is_hidden()
    context.close()


@pytest.mark.parametrize("top", [0.1, 0.3, 0.5, 0.7, 0.9])
def test_a_tap_opens_what_it_hits_in_every_part_of_the_screen(
    browser: Browser, report: CheckReport, tmp_path: Path, top: float
):
    long = dataclasses.replace(report, text=report.text + "\nMore.\n" * 200)
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    page = Opened(context.new_page(), tmp_path).show(long)
    page.evaluate("document.body.style.paddingTop = '900px'")
    for mark in page.locator(".claim[id]").all():
        page.evaluate(
            "([id, y]) => { const box = document.getElementById(id).getClientRects()[0];"
            "scrollBy({ top: box.top - y, behavior: 'instant' }); }",
            [mark.get_attribute("id"), top * 844],
        )
        box = mark.evaluate("one => { const b = one.getClientRects()[0]; return [b.x, b.y]; }")
        page.touchscreen.tap(box[0] + 4, box[1] + 6)
        page.wait_for_timeout(60)
        assert page.locator("#card").is_visible()
        assert mark.get_attribute("aria-expanded") == "true"
        page.locator(".card-close").tap()
        assert page.locator("#card").is_hidden()
    context.close()


def test_what_could_be_said_instead_is_copied(opened: Opened, tmp_path: Path):
    params = params_of("pct_change")
    day = date(2025, 2, 13)
    text = "The Hang Seng Index rose 2%."
    claim = Claim("pct_change", "HSI", params, day, value=2.0, unit="%", quote=text[:-1],
                  start=0, end=len(text) - 1)  # fmt: skip
    measured = Measurement("pct_change", "HSI", params, day, -0.1992, "%", Evidence("p / q - 1"))
    verdict = Verdict(claim, "refuted", "", measured)
    page = opened.show(CheckReport("x", text, day, "en", (verdict,)))
    page.locator(".claims .copy").click()
    page.locator(".claims .copy", has_text="Copied").wait_for()
    said = "On 13 February 2025 the Hang Seng Index fell 0.20% on the day."
    assert page.locator(".claims .instead p").inner_text() == said
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<textarea id=t></textarea>')")
    page.locator("#t").focus()
    page.keyboard.press("Control+V")
    assert page.locator("#t").input_value() == said


def test_filters_hide_a_verdict(opened: Opened, report: CheckReport):
    page = opened.show(report)
    assert [button.inner_text().split()[-1] for button in page.locator(".filter").all()] == [
        "2",
        "1",
        "1",
    ]
    page.locator(".filter.refuted").click()
    assert page.locator(".claims > .refuted").is_hidden()
    assert page.locator(".claims > .supported").first.is_visible()
    assert page.locator(".filter.refuted").get_attribute("aria-pressed") == "false"
    background = "getComputedStyle(document.querySelector('.claim.refuted')).backgroundColor"
    assert page.evaluate(background) == "rgba(0, 0, 0, 0)"
    page.locator(".filter.refuted").click()
    assert page.locator(".claims > .refuted").is_visible()


def test_the_list_leads_to_the_place_in_the_text(opened: Opened, report: CheckReport):
    long = dataclasses.replace(report, text=report.text + "\nMore.\n" * 200)
    page = opened.show(long)
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    page.locator(".locate").first.evaluate("button => button.click()")
    page.wait_for_function(
        "() => { const r = document.querySelector('.claim.refuted').getBoundingClientRect();"
        "return r.top > 0 && r.bottom < innerHeight; }"
    )
    assert page.evaluate("document.activeElement.dataset.cards") == "card-0"


def test_verdicts_differ_without_colour(opened: Opened, report: CheckReport):
    page = opened.show(report)
    styles = {
        label: page.evaluate(
            f"getComputedStyle(document.querySelector('.claim.{label}')).textDecorationStyle"
        )
        for label in ("supported", "refuted", "not_enough_information")
    }
    assert len(set(styles.values())) == 3
    signs = page.locator(".text .sign").all_inner_texts()
    assert signs == ["✗", "✓", "✓", "?"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_the_contrast_that_wcag_asks_for(
    browser: Browser, report: CheckReport, tmp_path: Path, scheme: str
):
    # WCAG 2.2, success criterion 1.4.3: at least 4.5 to 1 for text of this size.
    context = browser.new_context(color_scheme=scheme)
    page = Opened(context.new_page(), tmp_path).show(report)
    for name in ("ink", "soft", "accent", "supported", "refuted", "unknown"):
        ratio = page.evaluate(CONTRAST, [f"--{name}", "--paper"])
        assert ratio >= 4.5, (name, ratio)
    for name in ("supported", "refuted", "unknown"):
        assert page.evaluate(CONTRAST, ["--ink", f"--{name}-wash"]) >= 4.5
    context.close()


# Relative luminance and contrast ratio as WCAG 2.2 defines them.
CONTRAST = """([one, two]) => {
  const probe = document.createElement('i');
  document.body.append(probe);
  const luminance = (name) => {
    probe.style.color = `var(${name})`;
    const [r, g, b] = getComputedStyle(probe).color.match(/[0-9.]+/g).map((part) => {
      const c = part / 255;
      return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [a, b] = [luminance(one), luminance(two)].sort((x, y) => y - x);
  return (a + 0.05) / (b + 0.05);
}"""
