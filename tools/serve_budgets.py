"""Measure the budgets of the web app in a real Chromium, for docs/evidence/pages.md.

    springtide demo --out springtide-demo
    python tools/serve_budgets.py springtide-demo/lake SPX 2017-06-30
    python tools/serve_budgets.py LAKE SPX 2017-06-30 --article article.md --as-of 2025-02-13

Needs a Chromium (Debian: ``apt-get install chromium``), playwright, and the extra ``web``. The
section stands between two marks of its own; the rest of the page is left alone.
"""

from __future__ import annotations

import argparse
import json
import platform
import re
import secrets
import shutil
import socket
import statistics
import threading
import time
import urllib.request
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "evidence" / "pages.md"
MARKS = ("<!-- budgets of the web app -->", "<!-- to here -->")
EXAMPLES = ROOT / "src" / "springtide" / "examples"


def serve(lake: str) -> tuple[str, str]:
    """Start a server in a thread; return its address and its token."""
    import uvicorn

    from springtide.market.lake import Lake
    from springtide.web.app import build
    from springtide.web.guard import Keys, hosts_of

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = secrets.token_urlsafe(24)
    app = build(Lake.open(lake), Keys(token=token), hosts_of("127.0.0.1", port))
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error", access_log=False))
    threading.Thread(target=server.run, daemon=True).start()
    while not server.started:
        time.sleep(0.02)
    return f"http://127.0.0.1:{port}", token


def measure(
    page: Any, address: str, token: str, symbol: str, day: str
) -> list[tuple[str, float, float, str]]:
    """Return each budget: what, what was allowed, what was measured, and its unit."""
    at = f"{address}/i/{symbol}?asof={day}&range=20y"
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    received: list[float] = []
    session.on("Network.loadingFinished", lambda one: received.append(one["encodedDataLength"]))
    page.goto(f"{address}/i/{symbol}?asof={day}&range=1y&token={token}", wait_until="load")
    first = sum(received) / 1000
    page.goto(at)
    page.wait_for_selector(f"#chart[data-complete='{day}']", timeout=120_000)
    script = "performance.getEntriesByType('navigation')[0]"
    waits, drawn = [], []
    for _ in range(5):
        page.goto(at)
        waits.append(page.evaluate(f"{script}.responseStart - {script}.requestStart"))
        page.wait_for_selector(f"#chart[data-complete='{day}']")
        drawn.append(page.evaluate("performance.now()"))
    checks = []
    for _ in range(6):
        page.goto(f"{address}/check")
        page.set_input_files("#file", EXAMPLES / "hstech-2025-02-13.en.md")
        page.click("button.main")
        page.wait_for_selector(".claims")
        checks.append(page.evaluate(f"{script}.responseStart - {script}.requestStart"))
    return [
        ("first load of an instrument, compressed", 110, first, "kB"),
        ("first byte, warm", 150, statistics.median(waits), "ms"),
        ("20 years of candles drawn, from the click", 1000, statistics.median(drawn), "ms"),
        (
            "check of the bundled article, second and later",
            300,
            statistics.median(checks[1:]),
            "ms",
        ),
    ]


def article(address: str, token: str, path: Path, day: str) -> tuple[str, float, float, str]:
    """Return the budget of checking one article once its instruments have been read.

    In time of the processor: the server runs in this process, and waits for nothing but it.
    """
    mark = "a-boundary"
    head = f"--{mark}\r\nContent-Disposition: form-data; name="
    body = (
        f'{head}"file"; filename="{path.name}"\r\n\r\n'.encode()
        + path.read_bytes()
        + f'\r\n{head}"asof"\r\n\r\n{day}\r\n--{mark}--\r\n'.encode()
    )
    headers = {
        "Authorization": f"Bearer {token}",
        "Content-Type": f"multipart/form-data; boundary={mark}",
    }
    spent = []
    for _ in range(9):
        started = time.process_time()
        request = urllib.request.Request(f"{address}/check", body, headers)
        urllib.request.urlopen(request, timeout=120).read()
        spent.append(1000 * (time.process_time() - started))
    what = "check of the article given, second and later, of the processor"
    return what, 300, statistics.median(spent[1:]), "ms"


def written(rows: list[tuple[str, float, float, str]]) -> str:
    """Return the section."""
    lines = ["| budget of `springtide serve` | allowed | reached |", "| --- | ---: | ---: |"]
    lines += [f"| {what} | {most:g} {unit} | {got:.0f} {unit} |" for what, most, got, unit in rows]
    machine = f"{platform.system()} on {platform.machine()}, Chromium without a window"
    said = f"Medians, measured by `tools/serve_budgets.py` ({machine})."
    return "\n".join([MARKS[0], "## The web app", "", said, "", *lines, "", MARKS[1]])


def main() -> None:
    """Measure and write."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("lake")
    parser.add_argument("symbol")
    parser.add_argument("day")
    parser.add_argument("--article", type=Path, help="one more article to check")
    parser.add_argument("--as-of", default="", help="the day that it speaks of")
    given = parser.parse_args()
    address, token = serve(given.lake)
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        rows = measure(page, address, token, given.symbol, given.day)
        browser.close()
    if given.article:
        rows.append(article(address, token, given.article, given.as_of))
    print(json.dumps(rows))
    text = PAGE.read_text("utf-8")
    section = written(rows)
    held = re.compile(re.escape(MARKS[0]) + ".*?" + re.escape(MARKS[1]), re.DOTALL)
    text = held.sub(lambda _: section, text) if held.search(text) else f"{text}\n{section}\n"
    PAGE.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
