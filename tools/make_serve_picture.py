"""Make the picture of the web app, from a server that runs.

    springtide serve --lake springtide-demo/lake --token a-token-of-sixteen-signs
    python tools/make_serve_picture.py http://127.0.0.1:8018 a-token-of-sixteen-signs SPX 2017-06-30

Needs a Chromium (Debian: ``apt-get install chromium``) and playwright (a development dependency).
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

PICTURE = Path(__file__).resolve().parents[1] / "docs" / "images" / "serve.png"


def main() -> None:
    """Open the page of an instrument, wait until all of it is there, and take its picture."""
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
        page = browser.new_page(viewport={"width": 1280, "height": 860}, color_scheme="light")
        page.goto(f"{given.address}/check?token={given.token}")
        page.goto(f"{given.address}/i/{given.symbol}?asof={given.day}&range=1y&lang=en")
        page.wait_for_selector(f"#chart[data-complete='{given.day}']", timeout=60_000)
        page.wait_for_selector("#evidence section", timeout=60_000)
        page.mouse.move(5, 5)
        page.screenshot(path=PICTURE)
        browser.close()


if __name__ == "__main__":
    main()
