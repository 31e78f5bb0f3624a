"""Make the picture of the README: a checked article and a brief, as the demo writes them.

    springtide demo --out springtide-demo
    python tools/make_picture.py springtide-demo

Needs a Chromium (Debian: ``apt-get install chromium``) and playwright (a development dependency).
"""

from __future__ import annotations

import argparse
import base64
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parents[1]
PICTURE = ROOT / "docs" / "images" / "springtide.png"
FONT = ROOT / "src" / "springtide" / "brief" / "assets" / "fonts" / "SpringtideSansSC-Regular.otf"
LARGEST = 400_000
"""Bytes that the picture may have."""

SWITCHES = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
WIDTH, HEIGHT = 760, 900

FRAME = """\
<!doctype html><meta charset="utf-8"><style>
  body {{ margin: 0; padding: 36px; display: flex; gap: 32px; background: #12374a; }}
  img {{ width: {width}px; height: {height}px; border-radius: 10px; }}
</style><img src="data:image/png;base64,{left}"><img src="data:image/png;base64,{right}">"""


def checked(browser: Browser, page: Path) -> bytes:
    """Return the article with the card of its first refuted claim open."""
    tab = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
    tab.goto(page.as_uri())
    claim = tab.locator('[data-cards]:has-text("more than 25%")').first
    top = tab.locator("text=The index behind the headlines").first.bounding_box()
    assert top is not None
    tab.evaluate("top => window.scrollTo(0, top)", top["y"] - 40)
    claim.hover()
    tab.wait_for_timeout(300)
    return tab.screenshot()


def brief(browser: Browser, page: Path) -> bytes:
    """Return the top of the brief, its Chinese words in the font that Springtide ships."""
    tab = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, bypass_csp=True)
    tab.goto(page.as_uri())
    font = base64.b64encode(FONT.read_bytes()).decode()
    face = f"@font-face {{ font-family: Shipped; src: url(data:font/otf;base64,{font}); }}"
    tab.add_style_tag(content=face + " :lang(zh), [lang^=zh] { font-family: Shipped !important; }")
    tab.wait_for_timeout(300)
    return tab.screenshot()


def main() -> None:
    """Write the picture."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("demo", type=Path, help="the folder that springtide demo wrote")
    demo = parser.parse_args().demo.resolve()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=SWITCHES.split())
        left = base64.b64encode(checked(browser, demo / "check-en" / "check.html")).decode()
        right = base64.b64encode(brief(browser, demo / "brief.html")).decode()
        tab = browser.new_page(viewport={"width": 2 * WIDTH + 104, "height": HEIGHT + 72})
        tab.set_content(FRAME.format(width=WIDTH, height=HEIGHT, left=left, right=right))
        picture = tab.screenshot()
        browser.close()
    if len(picture) > LARGEST:
        raise SystemExit(f"the picture has {len(picture):,} bytes, {LARGEST:,} are allowed")
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    PICTURE.write_bytes(picture)
    print(f"wrote {PICTURE.relative_to(ROOT)}: {len(picture):,} bytes")


if __name__ == "__main__":
    main()
