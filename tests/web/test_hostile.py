"""Articles that mean harm are text: nothing of them runs, loads, leads away or is believed."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from springtide.claims.schema import validate
from springtide.web.guard import LARGEST

from .conftest import TOKEN, Served

if TYPE_CHECKING:
    from playwright.sync_api import Browser

DAY = "2009-12-31"
TRUE = "The S&P 500 closed at 1,115.10 on 31 December 2009."
TABLE = "| day | S&P 500 |\n|---|---|\n" + "| 31 December 2009 | 1,115.10 |\n" * 400

HOSTILE = {
    "script in the title": f"# <script>hit=1</script> S&P 500\n\n{TRUE}",
    "script in the front matter": (
        f'---\ntitle: "<script>hit=1</script>"\ndate: 2009-12-31\n---\n{TRUE}'
    ),
    "names with quotes": (
        '---\ntitle: \'x" onmouseover="hit=1\'\nauthor: "\'><img src=x onerror=hit=1>"\n'
        f"url: 'javascript:hit=1'\ndate: 2009-12-31\n---\n{TRUE}"
    ),
    "data address": f'<a href="data:text/html,<script>hit=1</script>">x</a> {TRUE}',
    "picture": f"![a](data:image/svg+xml;base64,PHN2Zz4=) ![b](https://evil.example/b.png) {TRUE}",
    "svg": (
        f'<svg onload="hit=1"><script>hit=1</script><a href="javascript:hit=1"/></svg>\n\n{TRUE}'
    ),
    "links of Markdown": f"[x](javascript:hit=1) [y](JaVaScRiPt:hit=1) <javascript:hit=1> {TRUE}",
    "frames and forms": (
        '<iframe srcdoc="<script>hit=1</script>"></iframe><form action="/watch" method="post">'
        f'<input name="symbol" value="SPX"><button>go</button></form>\n\n{TRUE}'
    ),
    "styles": f'<style>* {{ display: none }}</style><p style="position:fixed">x</p>\n\n{TRUE}',
    "base and refresh": (
        '<base href="https://evil.example/">'
        f'<meta http-equiv="refresh" content="0;url=https://evil.example/">{TRUE}'
    ),
    "comments and sections": (
        f"<!-- --><script>hit=1</script> --> <![CDATA[<script>hit=1</script>]]> {TRUE}"
    ),
    "htmx": f'<div hx-get="/language/zh-cn" hx-trigger="load" hx-on:load="hit=1">x</div> {TRUE}',
    "directions": f"\u202ekrow\u202c \u2066\u2067x\u2069 \u200f{TRUE}\u202e",
    "null bytes": f"a\x00b <scr\x00ipt>hit=1</script> {TRUE}",
    "a huge table": f"{TRUE}\n\n{TABLE}",
    "one long line": f"{TRUE} " + "x" * 300_000,
    "deep lists": "\n".join("  " * k + f"- {k}" for k in range(200)) + f"\n\n{TRUE}",
    "open tags": "<b><i><table><tr><td>" * 300 + TRUE,
    "templates": "{{ 7 * 7 }} {% for x in y %} ${7*7} <%= 7*7 %> " + TRUE,
    "entities": f"&lt;script&gt;hit=1&lt;/script&gt; &#60;script&#62;hit=1 {TRUE}",
}
HARMFUL = ("iframe", "object", "embed", "base", "style", "img", "audio", "video")
BOUNDARY = "a-boundary-of-the-tests"


class _Page(HTMLParser):
    """Collects what of a page could run, load or lead away."""

    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []
        self.forms: list[str | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        source = given.get("src") or ""
        if tag in HARMFUL or (tag == "script" and not source.startswith("/assets/")):
            self.wrong.append(f"<{tag} {given}>")
        if tag == "meta" and given.get("http-equiv"):
            self.wrong.append(f"<meta {given}>")
        if tag == "form":
            self.forms.append(given.get("action"))
        for name, value in attrs:
            address = (value or "").strip().lower()
            if name.startswith(("on", "hx-")) or name in ("style", "srcdoc"):
                self.wrong.append(f"{tag} {name}={value}")
            if name in ("href", "src", "action", "formaction") and not address.startswith(
                ("/", "#", "?")
            ):
                self.wrong.append(f"{tag} {name}={value}")


def _form(text: str, name: str | None = None) -> bytes:
    """Return a form with an article, as a browser sends it."""
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="'
    part = f'file"; filename="{name}"' if name else 'text"'
    return (
        f'{head}{part}\r\nContent-Type: text/plain\r\n\r\n{text}\r\n{head}asof"\r\n\r\n{DAY}\r\n'
        f"--{BOUNDARY}--\r\n"
    ).encode()


KIND = f"multipart/form-data; boundary={BOUNDARY}"


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_of_an_article_is_more_than_text(served: Served, name: str):
    answer = served.ask("/check", _form(HOSTILE[name]), Content_Type=KIND, Accept_Language="en")
    assert answer.status == 200
    page = _Page()
    page.feed(answer.text)
    assert page.wrong == []
    assert page.forms == ["/go"]
    assert 'class="claim supported"' in answer.text
    document = json.loads(served.ask("/check.json", _form(HOSTILE[name]), Content_Type=KIND).text)
    validate(document, "check")
    assert "supported" in [one["verdict"] for one in document["claims"]]


@pytest.mark.parametrize(
    "file",
    ["a.md", "a%22%3E%3Cscript%3Ehit=1%3C/script%3E.md", "..\\..\\etc\\passwd", "../../x.html",
     "\u202egpj.md", "a.exe", "." * 300, "<b>.htm"],
)  # fmt: skip
def test_a_files_name_is_only_a_name(served: Served, file: str):
    text = HOSTILE["svg"]
    answer = served.ask("/check", _form(text, file), Content_Type=KIND, Accept_Language="en")
    assert answer.status == 200
    page = _Page()
    page.feed(answer.text)
    assert page.wrong == []


def test_a_byte_more_than_two_megabytes_is_too_much(served: Served):
    empty = len(_form(""))
    assert served.ask("/check", _form("x" * (LARGEST + 1 - empty)), Content_Type=KIND).status == 413
    most = _form("x" * (LARGEST - empty))
    assert len(most) == LARGEST
    answer = served.ask("/check", most, Content_Type=KIND)
    assert answer.status in (200, 400)  # read, and nothing checked in it
    assert "Traceback" not in answer.text


def test_binary_files_and_forms_that_are_none_are_said_not_to_be_read(served: Served):
    for body, kind in (
        (_form("\x00\x01\x02" * 500, "a.docx"), KIND),
        (b"\xff\xfe\x00" * 100, KIND),
        (b"{}", "application/json"),
        (b"text=", "application/x-www-form-urlencoded"),
        (b"text=%FF%FE%00&asof=%00", "application/x-www-form-urlencoded"),
    ):
        answer = served.ask("/check", body, Content_Type=kind)
        assert answer.status == 400, (body[:20], answer.text[-400:])
        assert "Traceback" not in answer.text


def test_in_a_browser_nothing_runs_and_nothing_is_fetched(browser: Browser, served: Served):
    context = browser.new_context(locale="en")
    page = context.new_page()
    troubles: list[str] = []
    page.on("dialog", lambda one: troubles.append(one.message))
    page.on("console", lambda one: troubles.append(one.text))
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on(
        "request",
        lambda one: None if one.url.startswith(served.address) else troubles.append(one.url),
    )
    page.goto(f"{served.address}/?token={TOKEN}")
    for name, text in HOSTILE.items():
        page.goto(f"{served.address}/check")
        page.fill("#text", text.replace("\x00", ""))
        page.fill("#asof", DAY)
        page.click("button.main")
        page.wait_for_selector(".claims")
        if name != "a huge table":
            for link in page.locator(".text a").all():
                assert not (link.get_attribute("href") or "").lower().startswith("javascript")
        assert page.evaluate("window.hit") is None, name
        assert page.url == f"{served.address}/check", name
        assert page.locator("main").is_visible(), name
    assert troubles == []
    context.close()
