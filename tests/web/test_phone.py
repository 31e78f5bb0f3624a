"""Every page on a phone of 390 by 844 pixels that is touched: nothing sideways, small or missed."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from springtide.language.messages import LANGUAGES
from springtide.library.watch import watch, watched

from .conftest import TOKEN, Served
from .test_browser import PATHS, checked, settled

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SMALLEST_TEXT, SMALLEST_TARGET = 11, 24

MEASURED = """([text, target]) => {
  const told = [];
  const shown = (one) => one.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true });
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const words = walk.currentNode.textContent.trim();
    const holds = walk.currentNode.parentElement;
    if (!words || !shown(holds) || holds.closest(".hidden, script, style, .sign")) continue;
    const size = parseFloat(getComputedStyle(holds).fontSize);
    if (size < text) told.push(`${size} px: ${words.slice(0, 30)}`);
  }
  const wanted = "a, button, input:not([type=hidden]), summary, textarea, select, [role=button]";
  const targets = [...document.querySelectorAll(wanted)].filter((one) =>
    shown(one) && one.getClientRects().length && !one.matches(".skip"));
  const boxes = targets.map((one) => (one.closest("label") || one).getBoundingClientRect());
  boxes.forEach((box, i) => {
    const one = targets[i];
    if (box.height >= target && box.width >= target) return;
    const inText = getComputedStyle(one).display.startsWith("inline")
      && one.parentElement.textContent.trim().length > one.textContent.trim().length + 12;
    if (inText) return; // in a sentence, whose lines decide
    const x = box.left + box.width / 2;
    const y = box.top + box.height / 2;
    const near = boxes.some((other, k) => {
      if (k === i || targets[k].contains(one) || one.contains(targets[k])) return false;
      const dx = Math.max(other.left - x, 0, x - other.right);
      const dy = Math.max(other.top - y, 0, y - other.bottom);
      return Math.hypot(dx, dy) < target / 2;
    });
    if (near) told.push(`${Math.round(box.width)} by ${Math.round(box.height)}: ` +
      (one.textContent.trim() || one.name || one.id).slice(0, 30));
  });
  return told;
}"""
"""What is smaller than allowed. A target may be smaller where no other lies within the circle of
24 pixels about its middle, and in a sentence (WCAG 2.2, 2.5.8)."""

HIT = """() => {
  const wanted = "main a, main button, main input:not([type=hidden]), main summary, header a, "
    + "header button, header input";
  const missed = [];
  for (const one of document.querySelectorAll(wanted)) {
    if (!one.checkVisibility() || !one.getClientRects().length) continue;
    one.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
    const box = one.getClientRects()[0];
    const at = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    if (!at || !(one.contains(at) || at.contains(one) || at.closest("label")?.contains(one)))
      missed.push(`${one.outerHTML.slice(0, 80)} under ${at?.outerHTML.slice(0, 60)}`);
  }
  return missed;
}"""


@pytest.fixture
def phone(browser: Browser, laden: Served) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, locale="en"
    )
    made = context.new_page()
    made.goto(f"{laden.address}/?token={TOKEN}")
    yield made
    context.close()


def test_every_page_is_read_and_touched_on_a_phone(phone: Page, laden: Served):
    watch("SPX")
    watch("IXIC")
    troubles = []
    for language, path in itertools.product(LANGUAGES, (*PATHS, None)):
        phone.goto(f"{laden.address}/language/{language}?to=/check")
        if path is None:
            checked(phone, laden)
        else:
            settled(phone, laden.address + path)
        wide = phone.evaluate("document.documentElement.scrollWidth")
        seen = phone.evaluate("window.visualViewport.width")
        if wide > 390 or seen < 390:
            troubles.append(f"{path} {language}: {wide} pixels wide, seen {seen}")
        small = phone.evaluate(MEASURED, [SMALLEST_TEXT, SMALLEST_TARGET])
        missed = phone.evaluate(HIT)
        troubles += [f"{path} {language}: {one}" for one in (*small, *missed)]
    assert troubles == [], "\n".join(troubles)


def test_taps_do_what_they_say(phone: Page, laden: Served):
    watch("IXIC")
    settled(phone, f"{laden.address}/")
    phone.tap("button[aria-label^='Remove']")
    phone.wait_for_selector("table.heat", state="detached")
    assert watched() == ()
    phone.tap("#theme")
    assert phone.evaluate("document.documentElement.dataset.theme") == "dark"
    phone.tap(".tongues a[lang='zh-CN']")
    phone.wait_for_selector("html[lang='zh-CN']")
    for path in ("/check", "/calls", "/scan", "/data"):
        phone.tap(f"nav a[href='{path}']")
        phone.wait_for_url(f"**{path}")


def test_taps_on_an_instrument_open_and_close_its_evidence(phone: Page, laden: Served):
    settled(phone, f"{laden.address}/i/SPX?asof=2009-12-31&range=1y")
    for figure in phone.locator("#evidence .figure").all()[:4]:
        figure.scroll_into_view_if_needed()
        figure.tap()
        assert phone.locator("#card").is_visible()
        assert phone.evaluate("document.documentElement.scrollWidth") <= 390
        phone.tap("#card .card-close")
        assert phone.locator("#card").is_hidden()
    phone.tap(".ranges a[href*='range=6m']")
    phone.wait_for_url("**range=6m**")


def test_taps_on_a_claim_open_its_card_in_every_part_of_the_screen(phone: Page, laden: Served):
    checked(phone, laden, "\n\n".join(f"The S&P 500 closed at 1,{k}15.10." for k in range(1, 30)))
    claims = phone.locator(".text .claim").all()
    assert len(claims) >= 29
    for claim, where in itertools.product(claims[8:20:5], ("start", "center", "end")):
        claim.evaluate("(one, where) => one.scrollIntoView({block: where})", where)
        claim.tap()
        card = phone.locator("#card")
        assert card.is_visible()
        box = card.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
        phone.keyboard.press("Escape")
        assert card.is_hidden()
