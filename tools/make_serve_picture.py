"""Make the pictures of the web app, from a server that runs: for the English and Chinese pages.

    springtide serve --lake springtide-demo/lake --token a-token-of-sixteen-signs
    python tools/make_serve_picture.py http://127.0.0.1:8018 a-token-of-sixteen-signs SPX 2017-06-30

Needs a Chromium (Debian: ``apt-get install chromium``) and playwright (a development dependency).
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

IMAGES = Path(__file__).resolve().parents[1] / "docs" / "images"
PICTURES = {"en": IMAGES / "serve.png", "zh-cn": IMAGES / "serve-zh.png"}


def main() -> None:
    """Open the page of an instrument in two languages, wait for all of it, and take pictures."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("address", "token", "symbol", "day"):
        parser.add_argument(name)
    given = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        for language, picture in PICTURES.items():
            page = browser.new_page(viewport={"width": 1280, "height": 860}, color_scheme="light")
            page.goto(f"{given.address}/language/en?token={given.token}")
            page.goto(f"{given.address}/language/{language}?to=/check")
            page.goto(f"{given.address}/i/{given.symbol}?asof={given.day}&range=1y")
            page.wait_for_selector(f"#chart[data-complete='{given.day}']", timeout=60_000)
            page.wait_for_selector("#evidence section", timeout=60_000)
            page.mouse.move(5, 5)
            page.screenshot(path=picture)
        browser.close()


if __name__ == "__main__":
    main()
