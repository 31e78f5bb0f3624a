"""Bad input of every kind: a message that says what was wrong and what to do, and an exit code.

Exit codes: 0 done; 1 could not be carried out; 2 bad use. Never a traceback, nor the words for
a defect of ours.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import pytest

from springtide.cli.app import COMMANDS
from springtide.cli.run import run
from springtide.market.lake import Lake


@dataclass(frozen=True)
class Done:
    """How a run ended and what it printed."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        """Standard error on one line, without the frame of a box."""
        return " ".join("".join(c for c in self.err if c not in "╭╮╰╯│─").split())


Call = Callable[..., Done]


@pytest.fixture(scope="module")
def lake(bundled_lake: Lake) -> str:
    """The address of the lake with the bundled sample."""
    return str(bundled_lake.address)


@pytest.fixture
def call(
    lake: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Call:
    """Runs a command line in this process, in an empty folder, on the bundled sample."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SPRINGTIDE_LAKE", lake)
    monkeypatch.setenv("SPRINGTIDE_CONFIG", str(tmp_path / "none"))
    monkeypatch.delenv("SPRINGTIDE_DEBUG", raising=False)

    def do(*words: str | Path) -> Done:
        capsys.readouterr()
        code = run([str(word) for word in words])
        done = Done(code, *capsys.readouterr())
        assert "Traceback" not in done.err
        assert "This is a defect" not in done.err, done.err
        return done

    return do


DAY = ("--as-of", "2000-03-10")
CLOSE = ("measure", "close_level", "IXIC")
RSI = ("measure", "rsi", "IXIC", *DAY)

# words of the command line, exit code, parts of the message
WORDS: list[tuple[tuple[str, ...], int, tuple[str, ...]]] = [
    # --- instruments
    (("measure", "rsi", "Nasdq Composite", *DAY), 2, ("Unknown instrument", "Did you mean IXIC")),
    (("measure", "rsi", "恒声指数", *DAY), 2, ("Unknown instrument: 恒声指数", "HSI")),
    (("measure", "rsi", "zzzz", *DAY), 2, ("Unknown instrument: zzzz", "springtide instruments")),
    (("measure", "rsi", "", *DAY), 2, ("Unknown instrument",)),
    (("measure", "rsi", "Alibaba", *DAY), 2, ("Ambiguous", "9988.HK, BABA", "Choose one")),
    (("measure", "rsi", "阿里巴巴", *DAY), 2, ("Ambiguous", "9988.HK, BABA")),
    (("brief", "Alibaba", *DAY), 2, ("Ambiguous instrument: Alibaba", "9988.HK, BABA")),
    (("brief", "Nasdq", *DAY), 2, ("Unknown instrument: Nasdq", "Did you mean")),
    # --- dates
    ((*CLOSE, "--as-of", "1990-01-02"), 1, ("no close of IXIC up to 1990-01-02", "import bars")),
    ((*CLOSE, "--as-of", "2099-01-02"), 2, ("2099-01-02 is in the future", "Allowed: up to")),
    ((*CLOSE, "--as-of", "9999-12-31"), 2, ("9999-12-31 is in the future",)),
    ((*CLOSE, "--as-of", "0001-01-01"), 2, ("before all data", "from 1800-01-01")),
    ((*CLOSE, "--as-of", "2000-03-11"), 1, ("not a session of XNYS", "2000-03-10")),
    ((*CLOSE, "--as-of", "2000-01-01"), 1, ("not a session of XNYS", "that of 1999-12-31")),
    ((*CLOSE, "--as-of", "2000-02-30"), 2, ("2000-02-30 is not a date", "YYYY-MM-DD")),
    ((*CLOSE, "--as-of", "10/03/2000"), 2, ("10/03/2000 is not a date", "YYYY-MM-DD")),
    ((*CLOSE, "--as-of", "yesterday"), 2, ("yesterday is not a date", "YYYY-MM-DD")),
    ((*CLOSE, "--as-of", ""), 2, ("is not a date",)),
    (("brief", "IXIC", "--as-of", "2000-03-11"), 1, ("not a session", "2000-03-10")),
    (("brief", "IXIC", "--as-of", "1990-03-09"), 1, ("no close of IXIC up to 1990-03-09",)),
    (("brief", "IXIC", "--as-of", "2099-03-09"), 2, ("in the future",)),
    (("brief", "HSI", *DAY), 1, ("no close of HSI up to 2000-03-10", "springtide sync HSI")),
    # --- metrics
    (("measure", "rsj", "IXIC", *DAY), 2, ("Unknown metric: rsj", "Did you mean rsi")),
    (("measure", "RSI", "IXIC", *DAY), 2, ("Unknown metric: RSI", "Did you mean rsi")),
    (("measure", "volatilty", "IXIC", *DAY), 2, ("Did you mean volatility",)),
    (("measure", "qqqqqqqq", "IXIC", *DAY), 2, ("Unknown metric", "springtide metrics")),
    (("measure", "", "IXIC", *DAY), 2, ("Unknown metric",)),
    (("metrics", "rsj"), 2, ("Unknown metric: rsj", "Did you mean rsi")),
    # --- parameters
    ((*RSI, "-p", "windw=14"), 2, ("Unknown parameter: windw", "Allowed: window")),
    ((*RSI, "-p", "window"), 2, ("no name or value", "Given: window", "name=value")),
    ((*RSI, "-p", "=14"), 2, ("no name or value", "name=value")),
    ((*RSI, "-p", "window=abc"), 2, ("Parameter window cannot be read", "Given: abc")),
    ((*RSI, "-p", "window=1"), 2, ("out of range", "Given: 1", "Allowed: at least 2")),
    ((*RSI, "-p", "window=7", "-p", "window=9"), 2, ("window is given twice", "7, 9")),
    (
        ("measure", "period_return", "IXIC", *DAY, "-p", "period=ytdd"),
        2,
        ("Parameter period cannot be read", "since:DATE", "Given: ytdd"),
    ),
    (
        ("measure", "pct_change", "IXIC", *DAY, "-p", "price=mid"),
        2,
        ("allowed: close, high, low, open", "Given: mid"),
    ),
    (
        ("measure", "phase", "IXIC", *DAY, "-p", "threshold=150"),
        2,
        ("threshold is out of range", "above 0 and below 100"),
    ),
    # --- languages, options, commands
    (("brief", "IXIC", *DAY, "--lang", "fr"), 2, ("Given: fr", "Allowed: en, zh-cn")),
    (("brief", "IXIC", *DAY, "--lang", "en,zh-tw"), 2, ("Given: zh-tw", "zh-cn, zh-hk")),
    (("brief", "IXIC", *DAY, "--lang", ""), 2, ("Allowed: en, zh-cn",)),
    (("check", "a.md", "--lang", "fr"), 2, ('"fr" for --lang', '"en", "zh-cn"')),
    (("check", "a.md", "--fail-on", "supported"), 2, ('Choose from: "refuted"',)),
    (("check", "a.md", "--as-of", "13.2.2025"), 2, ("13.2.2025 is not a date", "YYYY-MM-DD")),
    (("check", "a.md", "--as-of", "2099-02-13"), 2, ("2099-02-13 is in the future",)),
    (("chek", "a.md"), 2, ('Did you mean "check"',)),
    (("check",), 2, ("FILES requires an argument",)),
    (("check", "a.md"), 1, ("a.md cannot be read", "no such file")),
    (("check", "."), 2, ("no article to check", ".md")),
    (("check", "a.md", "-"), 2, ("Standard input is one article",)),
    (("check", "a.md", "--fromat", "sarif"), 2, ("Unknown option: --fromat", "mean --format")),
    (("check", "a.md", "b.md", "--json"), 2, ("one check.json for each article", "jsonl")),
    (("check", "a.md", "--json", "--format", "sarif"), 2, ("Two forms are asked for",)),
    (("check", "a.md", "--jobs", "0"), 2, ("--jobs 0", "1 or more")),
    (("check", "a.md", "--format", "xml"), 2, ('"xml" for --format', '"sarif"')),
    (("check", "a.md", "b.md", "--lake", "none"), 1, ("There is no lake at none",)),
    (("import", "bars", "a.csv"), 1, ("a.csv",)),
    (("sql", "SELECT * FROM nothing"), 2, ("nothing",)),
    # --- lakes
    ((*RSI, "--lake", "none"), 1, ("There is no lake at none", "springtide import bars")),
    (("brief", "IXIC", *DAY, "--lake", "none"), 1, ("There is no lake at none",)),
    (("sql", "SELECT 1", "--lake", "none"), 1, ("There is no lake at none",)),
    # --- folders that cannot be written to
    (
        ("brief", "IXIC", *DAY, "--out", "/proc/none/such"),
        1,
        ("Cannot write results to /proc/none/such", "--out"),
    ),
]


@pytest.mark.parametrize(("words", "code", "parts"), WORDS, ids=[" ".join(row[0]) for row in WORDS])
def test_words(call: Call, words: tuple[str, ...], code: int, parts: tuple[str, ...]) -> None:
    done = call(*words)
    assert (done.code, done.out) == (code, "")
    for part in parts:
        assert part in done.said


def test_missing_data_are_an_answer_and_exit_with_1(call: Call) -> None:
    words = ("measure", "reversal", "HSTECH", "--as-of", "2025-02-13")
    done = call(*words)
    assert (done.code, done.err) == (1, "")
    assert "not enough information: no high of HSTECH on 2025-02-13" in done.out
    answer = json.loads(call(*words, "--json").out)
    assert answer["value"] is None
    assert answer["missing"]["en"] == "no high of HSTECH on 2025-02-13"


# --- articles -------------------------------------------------------------------------------------

FRONT = "---\ntitle: A day in March\ndate: 2000-03-10\n---\n"
TRUE = "The Nasdaq Composite closed at 5,048.62.\n"
FALSE = "The Nasdaq Composite closed at 5,148.62.\n"
CHINESE = "纳斯达克综合指数收报5048.62点。\n"
TRADITIONAL = "納斯達克綜合指數收報5048.62點。\n"
UNCLOSED = "---\ntitle: [unclosed\ndate: 2000-03-10\n---\n"
TAGGED = "---\ntitle: !!python/object/apply:os.mkdir [pwned]\ndate: 2000-03-10\n---\n"
TAGGED_ROOT = "---\n!!python/object:os.Thing\ntitle: A day in March\ndate: 2000-03-10\n---\n"


def nested(opening: str) -> str:
    return f"---\nx: {opening * 200_000}\ndate: 2000-03-10\n---\n"


# name, content, more words, exit code, parts of the message
REFUSED: list[tuple[str, str | bytes, tuple[str, ...], int, tuple[str, ...]]] = [
    ("empty", "", (), 1, ("article.md is empty", "Give a file")),
    ("blank", " \n\t\n", (), 1, ("article.md is empty",)),
    ("every byte", bytes(range(256)) * 40, (), 1, ("binary file", "Markdown, HTML or plain text")),
    ("PNG", b"\x89PNG\r\n\x1a\n" + b"IHDR" * 9, (), 1, ("article.md is a binary file",)),
    ("PDF", b"%PDF-1.7\n1 0 obj", (), 1, ("binary file", "Save the article as text")),
    ("Word", b"PK\x03\x04word/document.xml", (), 1, ("article.md is a binary file",)),
    ("NUL", FRONT + TRUE + "\0", (), 1, ("article.md is a binary file",)),
    ("no encoding", b"A caf\xff\x81.", DAY, 1, ("encoding", "UTF-8", "save the article")),
    ("surrogates", FRONT.encode() + b"\xed\xa0\x80", (), 1, ("encoding of article.md",)),
    ("no date", TRUE, (), 2, ("states no date", "--as-of YYYY-MM-DD")),
    ("no date, no claims", "Nothing.", (), 2, ("states no date",)),
    ("no such date", FRONT.replace("03-10", "02-31") + TRUE, (), 2, ("states no date",)),
    ("year 1", FRONT.replace("2000", "0001") + TRUE, (), 2, ("no date",)),
    ("a zone before year 1", FRONT.replace("2000-03-10", "0001-01-01T00:00:00+08:00") + TRUE,
     (), 2, ("no date",)),
    ("no such zone", FRONT.replace("10\n", "10T09:00:00+99:99\n") + TRUE, (), 2, ("no date",)),
    ("not YAML", UNCLOSED + TRUE, (), 2, ("front matter is not YAML at line", "--as-of")),
    ("YAML list", "---\n- 2000-03-10\n---\n" + TRUE, (), 2, ("not a YAML mapping", "--as-of")),
    ("nested [", nested("[") + TRUE, (), 2, ("nested too deeply", "--as-of")),
    ("nested {", nested("{a: ") + TRUE, (), 2, ("nested too deeply", "--as-of")),
    ("out is a file", FRONT + TRUE, ("--out", "article.md"), 1, ("Cannot write", "--out")),
    ("out in a file", FRONT + TRUE, ("--out", "article.md/x"), 1, ("Cannot write", "--out")),
    ("no lake", FRONT + TRUE, ("--lake", "none"), 1, ("There is no lake at none",)),
]  # fmt: skip


@pytest.mark.parametrize("row", REFUSED, ids=[row[0] for row in REFUSED])
def test_articles_that_are_refused(
    call: Call, row: tuple[str, str | bytes, tuple[str, ...], int, tuple[str, ...]]
) -> None:
    _, content, words, code, parts = row
    file = Path("article.md")
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    done = call("check", file, *words)
    assert (done.code, done.out) == (code, "")
    for part in parts:
        assert part.lower() in done.said.lower()
    assert [path.name for path in Path().iterdir()] == ["article.md"]  # nothing half-written


READ: list[tuple[str, bytes, tuple[str, ...], str]] = [
    ("UTF-8", (FRONT + TRUE).encode(), (), ""),
    ("UTF-8 with mark", b"\xef\xbb\xbf" + (FRONT + TRUE).encode(), (), ""),
    ("UTF-16", (FRONT + TRUE).encode("utf-16"), (), ""),
    ("GB18030", (FRONT + CHINESE).encode("gb18030"), (), ""),
    ("Big5", (FRONT + TRADITIONAL).encode("big5"), (), ""),
    ("CRLF", (FRONT + TRUE).replace("\n", "\r\n").encode(), (), ""),
    ("TOML", f"+++\ntitle = 'A'\ndate = 2000-03-10\n+++\n{TRUE}".encode(), (), ""),
    ("HTML", f"<meta property='article:published_time' content='2000-03-10'><p>{TRUE}".encode(),
     (), ""),
    ("--as-of", TRUE.encode(), DAY, ""),
    ("not YAML", (UNCLOSED + TRUE).encode(), DAY, "front matter is not YAML at line 3"),
    ("tag on a value", (TAGGED + TRUE).encode(), (), "key 'title' has a YAML tag"),
    ("tag on all", (TAGGED_ROOT + TRUE).encode(), (), ""),
    ("an alias of itself", (FRONT.replace("title", "a: &a [*a]\ntitle") + TRUE).encode(), (), ""),
    ("marks like ours", f"{FRONT}\ue001\ue002\x01 {TRUE}".encode(), (), ""),
    ("colours", f"{FRONT}\x1b[31m{TRUE}\x1b[0m".encode(), (), ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "words", "note"), [row[1:] for row in READ], ids=[row[0] for row in READ]
)
def test_odd_articles_that_are_read(
    call: Call, content: bytes, words: tuple[str, ...], note: str
) -> None:
    """The one claim is found where it stands, whatever is around it."""
    file = Path("article.md")
    file.write_bytes(content)
    done = call("check", file, "--json", *words)
    assert done.code == 0, done.err
    assert note in done.err
    assert (done.err == "") == (note == "")
    (claim,) = json.loads(done.out)["claims"]
    assert (claim["metric"], claim["subject"], claim["value"], claim["verdict"]) == (
        "close_level",
        "IXIC",
        5048.62,
        "supported",
    )
    assert claim["as_of"] == "2000-03-10"
    assert not Path("pwned").exists()


@pytest.mark.parametrize("content", [TRUE, CHINESE * 3], ids=["English", "Chinese"])
def test_200_megabytes_of_text_are_refused_unread(call: Call, content: str) -> None:
    file = Path("novel.txt")
    with file.open("wb") as novel:
        novel.write((FRONT + content * 1000).encode())
        novel.truncate(200_000_000)
    done = call("check", file)
    assert (done.code, done.out) == (1, "")
    assert "novel.txt is too large for an article. Given: 200.0 MB. Allowed: at most" in done.said


@pytest.mark.parametrize("unit", ["1% ", "$1 ", " ", "Nasdaq ", "二", "<", "[", "![", "a,"])
def test_text_without_an_end_is_read_in_time(call: Call, unit: str) -> None:
    """What repeats for 15,000 characters costs a second or two, where it once cost a minute."""
    Path("endless.md").write_text(FRONT + TRUE + unit * (15_000 // len(unit)), encoding="utf-8")
    begun = time.process_time()
    done = call("check", "endless.md", "--json")
    assert time.process_time() - begun < 15
    assert (done.code, done.err) == (0, "")
    assert json.loads(done.out)["claims"][0]["verdict"] == "supported"


def test_an_article_without_claims_is_no_error(call: Call) -> None:
    Path("quiet.md").write_text(FRONT + "Nothing moved.\n", encoding="utf-8")
    done = call("check", "quiet.md", "--fail-on", "refuted", "--json")
    assert (done.code, done.err) == (0, "")
    assert json.loads(done.out)["claims"] == []
    assert "No checkable claim was found" in Path("check/check.html").read_text(encoding="utf-8")


def test_fail_on_refuted(call: Call) -> None:
    for content, code in ((TRUE, 0), (FALSE, 1), (TRUE + "\n" + FALSE, 1), ("Hm.", 0)):
        Path("article.md").write_text(FRONT + content, encoding="utf-8")
        assert call("check", "article.md").code == 0
        assert call("check", "article.md", "--fail-on", "refuted").code == code
        done = call("check", "article.md", "--fail-on", "refuted", "--json")
        assert (done.code, done.err) == (code, "")
        assert isinstance(json.loads(done.out), dict)
    # What cannot be decided is not refuted.
    Path("article.md").write_text(FRONT + "The Hang Seng Index closed at 17,000.\n", "utf-8")
    done = call("check", "article.md", "--fail-on", "refuted", "--json")
    (claim,) = json.loads(done.out)["claims"]
    assert (done.code, claim["verdict"]) == (0, "not_enough_information")


# --- articles with scripts -----------------------------------------------------------------------

HOSTILE = """\
---
title: "<script>document.title='title'</script><img src=x onerror=alert(1)>"
summary: "</script><script>alert('summary')</script>"
date: 2000-03-10
---
<script>alert("body")</script>
<script src="https://evil.example/a.js"></script>
<img src="https://evil.example/pixel.png" onerror="alert(2)" onload=alert(3)>
<svg onload=alert(4)><a xlink:href="javascript:alert(5)">x</a></svg>
<iframe srcdoc="<script>alert(6)</script>"></iframe>
<a href="javascript:alert(7)">The Nasdaq Composite</a> closed at <b onclick="alert(8)">5,148.62</b>.
<style>body{background:url(https://evil.example/b.png)}</style>
<meta http-equiv="refresh" content="0;url=https://evil.example/">
<base href="https://evil.example/"><form action="https://evil.example/">
<input autofocus onfocus=alert(9)>
[link](javascript:alert(10)) ![pixel](https://evil.example/c.png)
"><script>alert(11)</script><!-- --><!--><script>alert(12)</script>
The Nasdaq Composite' onmouseover='alert(13)' closed at 5,148.62</article></main></body></html>.
"""

NEVER = {
    "iframe",
    "object",
    "embed",
    "svg",
    "math",
    "form",
    "input",
    "base",
    "link",
    "img",
    "video",
}


class Page(HTMLParser):
    """The elements of a page that could run or fetch something."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.scripts: list[str] = []
        self.styles: list[str] = []
        self.handlers: list[str] = []
        self.addresses: list[str] = []
        self.text = ""
        self._inside = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self._inside = tag
        if tag == "script":
            self.scripts.append("")
        if tag == "style":
            self.styles.append("")
        for name, value in attrs:
            if name.startswith("on"):
                self.handlers.append(name)
            if name in ("src", "href", "action", "srcdoc", "data", "xlink:href", "style"):
                self.addresses.append(f"{name}={value}")

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside == "script":
            self.scripts[-1] += data
        elif self._inside == "style":
            self.styles[-1] += data
        else:
            self.text += data


def test_nothing_of_an_article_runs(call: Call) -> None:
    pages = []
    for content in (FRONT + FALSE, HOSTILE):
        Path("article.html").write_text(content, encoding="utf-8")
        assert call("check", "article.html").code == 0
        pages.append(Page(Path("check/check.html").read_text(encoding="utf-8")))
        for name in ("check.json", "claimreview.jsonld"):
            json.loads(Path("check", name).read_text(encoding="utf-8"))
    harmless, hostile = pages
    assert (hostile.scripts, hostile.styles) == (harmless.scripts, harmless.styles)
    assert len(hostile.scripts) == 1
    leaving = [one for one in hostile.addresses if not re.fullmatch(r"href=#number-\d+", one)]
    assert (hostile.handlers, leaving) == ([], [])
    assert not hostile.tags & NEVER
    assert hostile.tags <= harmless.tags
    # What a reader of the article sees is there as text, and nothing else.
    assert "onerror=alert(1)" in hostile.text
    assert "The Nasdaq Composite" in hostile.text
    assert 'alert("body")' not in hostile.text
    assert "evil.example/a.js" not in hostile.text


def test_claims_in_a_hostile_article_are_found_in_its_visible_text_only(call: Call) -> None:
    hidden = (
        "<script>The Nasdaq Composite closed at 5,048.62.</script>"
        "<style>The Nasdaq Composite closed at 5,048.62.</style>"
        "<!-- The Nasdaq Composite closed at 5,048.62. -->"
        '<img alt="The Nasdaq Composite closed at 5,048.62.">'
    )
    Path("article.html").write_text(FRONT + hidden + f"<p>{FALSE}</p>", encoding="utf-8")
    (claim,) = json.loads(call("check", "article.html", "--json").out)["claims"]
    assert (claim["value"], claim["verdict"]) == (5148.62, "refuted")
    text = Path("article.html").read_text(encoding="utf-8")
    assert text[claim["start"] : claim["end"]] == claim["quote"]


# --- files of bars -------------------------------------------------------------------------------

HEAD = "date,open,high,low,close,volume\n"
ROW = "2025-02-13,21958.69,22523.57,21735.56,21814.37,6487200000\n"

BARS: list[tuple[str, bytes, int, tuple[str, ...]]] = [
    ("empty", b"", 1, ("hsi.csv is empty",)),
    ("only column names", HEAD.encode(), 1, ("hsi.csv",)),
    ("other columns", b"who,what\nme,that\n", 1, ("hsi.csv",)),
    ("every byte", bytes(range(256)) * 40, 1, ("hsi.csv",)),
    ("no such encoding", HEAD.encode() + b"2025-02-13,\xff\xfe\xff,1,1,1,1\n", 1, ("hsi.csv",)),
    (
        "an HTML page",
        b"<!DOCTYPE html><html><body>Too many requests</body></html>",
        1,
        ("hsi.csv",),
    ),
    ("JSON", b'{"error": "no such symbol"}', 1, ("hsi.csv",)),
    ("not a zip", b"PK\x03\x04 broken", 1, ("hsi.csv",)),
    ("not Parquet", b"PAR1 broken", 1, ("hsi.csv", "Parquet")),
    ("dates that are none", (HEAD + ROW.replace("2025-02-13", "soon")).encode(), 1, ("soon",)),
    ("prices that are none", (HEAD + ROW.replace("21814.37", "n/a")).encode(), 1, ("2025-02-13",)),
    ("a row cut off", (HEAD + ROW + "2025-02-14,22027").encode(), 0, ("2025-02-14",)),
    ("a date to come", (HEAD + ROW + ROW.replace("2025", "2099")).encode(), 0, ("2099-02-13",)),
    ("a price below zero", (HEAD + ROW + "2025-02-14,1,1,1,-5,0\n").encode(), 0, ("2025-02-14",)),
]


@pytest.mark.parametrize(
    ("content", "code", "parts"), [row[1:] for row in BARS], ids=[row[0] for row in BARS]
)
def test_files_of_bars(call: Call, content: bytes, code: int, parts: tuple[str, ...]) -> None:
    """What can be read is kept, the rest is refused and named."""
    Path("hsi.csv").write_bytes(content)
    done = call("import", "bars", "hsi.csv", "--lake", "own")
    assert done.code == code
    for part in parts:
        assert part in done.err
    if code == 0:
        stored = call("sql", "SELECT date, close FROM bars", "--lake", "own", "--json")
        assert json.loads(stored.out) == [{"date": "2025-02-13", "close": 21814.37}]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "big5"])
def test_bars_in_every_encoding(call: Call, encoding: str) -> None:
    head = "日期,收盤\n" if encoding == "big5" else "日期,收盘\n"
    Path("hsi.csv").write_bytes(f"{head}2025-02-13,21814.37\n".encode(encoding))
    assert call("import", "bars", "hsi.csv", "--lake", "own").code == 0
    answer = call(
        "measure", "close_level", "HSI", "--as-of", "2025-02-13", "--lake", "own", "--json"
    )
    assert json.loads(answer.out)["value"] == 21814.37


# --- lakes ---------------------------------------------------------------------------------------


def _every_reading_command(lake: str) -> list[tuple[str, ...]]:
    return [
        (*RSI, "--lake", lake),
        ("brief", "IXIC", *DAY, "--lake", lake),
        ("check", "article.md", "--lake", lake),
        ("sql", "SELECT * FROM bars", "--lake", lake),
    ]


def test_a_lake_made_by_a_newer_version(call: Call) -> None:
    Lake.create("newer")
    (log,) = Path("newer/bars/_delta_log").glob("*.json")
    actions = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    (meta,) = [action["metaData"] for action in actions if "metaData" in action]
    (key,) = [key for key in meta["configuration"] if "springtide" in key.lower()]
    meta["configuration"][key] = "99"
    log.write_text("\n".join(map(json.dumps, actions)), encoding="utf-8")
    Path("article.md").write_text(FRONT + TRUE, encoding="utf-8")
    Path("hsi.csv").write_text(HEAD + ROW, encoding="utf-8")
    for words in (
        *_every_reading_command("newer"),
        ("import", "bars", "hsi.csv", "--lake", "newer"),
    ):
        done = call(*words)
        assert (done.code, done.out) == (1, "")
        assert "made by a newer version of Springtide" in done.said
        assert "upgrade springtide" in done.said.lower()


def test_a_damaged_lake(call: Call) -> None:
    Lake.create("damaged")
    for log in Path("damaged/bars/_delta_log").glob("*.json"):
        log.write_text("{not json", encoding="utf-8")
    Path("article.md").write_text(FRONT + TRUE, encoding="utf-8")
    for words in _every_reading_command("damaged"):
        done = call(*words)
        assert (done.code, done.out) == (1, "")
        assert "The lake at damaged cannot be read" in done.said


def test_a_folder_of_something_else_is_no_lake(call: Call) -> None:
    Path("photos").mkdir()
    Path("photos/bars").write_text("not a table", encoding="utf-8")
    Path("article.md").write_text(FRONT + TRUE, encoding="utf-8")
    for words in _every_reading_command("photos"):
        done = call(*words)
        assert (done.code, done.out) == (1, "")
        assert "lake at photos" in done.said
    Path("hsi.csv").write_text(HEAD + ROW, encoding="utf-8")
    done = call("import", "bars", "hsi.csv", "--lake", "photos")
    assert (done.code, done.out) == (1, "")
    assert Path("photos/bars").read_text(encoding="utf-8") == "not a table"


def test_a_lake_that_cannot_be_made(call: Call) -> None:
    Path("hsi.csv").write_text(HEAD + ROW, encoding="utf-8")
    for where in ("/proc/none/lake", "hsi.csv/lake"):
        done = call("import", "bars", "hsi.csv", "--lake", where)
        assert (done.code, done.out) == (1, "")
        assert where.rpartition("/")[0] in done.said


# --- settings ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("settings.toml", "lake = [", "is not TOML"),
        ("settings.toml", "lake = 5", "is not a text"),
        ("settings.toml", "pond = 'x'", "Unknown setting"),
        ("settings.toml", "storage_options = 'x'", "is not a table of texts"),
        ("instruments.toml", "[[", "instruments.toml"),
        ("instruments.toml", "[[instrument]]\nid = 'X'\n", "instruments.toml"),
    ],
)
def test_settings_that_cannot_be_understood(
    tmp_path: Path, lake: str, name: str, content: str, message: str
) -> None:
    """In a process of its own: the registry of instruments is read once in each."""
    (tmp_path / name).write_text(content, encoding="utf-8")
    done = _program(*RSI, "--lake", lake, SPRINGTIDE_CONFIG=str(tmp_path))
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert "Traceback" not in done.stderr


# --- as a program --------------------------------------------------------------------------------


def _program(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("springtide")
    return subprocess.run(
        [program, *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, **environment},
        check=False,
    )


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("measure", "rsj", "IXIC", *DAY), 2, "Unknown metric: rsj"),
        (("measure", "rsi", "Alibaba", *DAY), 2, "Ambiguous instrument"),
        ((*RSI, "--lake", "/proc/none"), 1, "There is no lake at /proc/none"),
        (("check", "/proc/none.md"), 1, "/proc/none.md cannot be read"),
        (
            ("backtest", "--workers", "0"),
            2,
            "There must be a process to work. Given: 0. Allowed: 1 and more",
        ),
    ],
)
def test_exit_codes_of_the_program(
    lake: str, words: tuple[str, ...], code: int, message: str
) -> None:
    done = _program(*words, SPRINGTIDE_LAKE=lake)
    assert (done.returncode, done.stdout) == (code, "")
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_a_reader_that_goes_away(lake: str) -> None:
    program = Path(sys.executable).with_name("springtide")
    words = ["sql", "SELECT * FROM bars", "--json", "--lake", lake]
    with subprocess.Popen(
        [program, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        said = process.stderr.read()
    assert (process.returncode, said) == (1, "")


# --- JSON ----------------------------------------------------------------------------------------

ANSWERS: dict[str, tuple[str, ...]] = {
    "measure": (*RSI, "--json"),
    "brief": ("brief", "IXIC", *DAY, "--lang", "en", "--json"),
    "check": ("check", "article.md", "--json"),
    "exuberance": ("exuberance", "IXIC", *DAY, "--window", "250", "--json"),
    "outlook": ("outlook", "SPX", "--as-of", "2009-12-31", "--json"),
    "scan": ("scan", "rsi", "--as-of", "2018-01-26", "--no-store", "--json"),
    "calls": ("calls", "--as-of", "2018-12-31", "--json"),
    "calls board": ("calls", "board", "--as-of", "2018-12-31", "--json"),
    "calls read": ("calls", "read", "article.md", "--json"),
    "watch": ("watch", "list", "--json"),
    "backtest levels": ("backtest", "levels", "--shuffles", "0", "--json"),
    "metrics": ("metrics", "--json"),
    "baskets": ("baskets", "--json"),
    "instruments": ("instruments", "Nasdaq", "--json"),
    "sql": ("sql", "SELECT * FROM bars LIMIT 3", "--json"),
    "lake check": ("lake", "check", "--json"),
    "lake repair": ("lake", "repair", "--json"),
    "import bars": ("import", "bars", "hsi.csv", "--lake", "own", "--json"),
    "import observations": ("import", "observations", "figures.csv", "--lake", "own", "--json"),
    "import instruments": ("import", "instruments", "mine.csv", "--json"),
}
NO_JSON = {
    "backtest",  # the sample holds too few rallies for it; see tests/outlook/test_backtest.py
    "calls show",  # asks for one that is on file; see test_calls.py
    "calls export",  # writes a file of the kind that its name ends with
    "serve",  # answers in a browser; see tests/web
    "mcp",  # speaks a protocol; see tests/mcp
    "demo",  # writes several results, each in a folder of its own
    "sync",  # needs a network; what it prints is what an import prints
}


def test_every_command_that_answers_has_json() -> None:
    assert {command.name for command in COMMANDS} == set(ANSWERS) | NO_JSON


@pytest.mark.parametrize("name", ANSWERS)
def test_json_is_all_that_is_printed(
    call: Call, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("article.md").write_text(FRONT + TRUE, encoding="utf-8")
    Path("hsi.csv").write_text(HEAD + ROW, encoding="utf-8")
    Path("figures.csv").write_text(
        "subject,field,date,value,unit\nHSTECH,forward_pe,2025-02-13,17.4,x\n", encoding="utf-8"
    )
    Path("mine.csv").write_text("id,en\nHK.03999,Spring Tide Holdings\n", encoding="utf-8")
    monkeypatch.setenv("SPRINGTIDE_CONFIG", "settings")
    done = call(*ANSWERS[name])
    assert (done.code, done.err) == (0, "")

    def never(constant: str) -> None:
        raise AssertionError(f"{constant} is not JSON")

    answer = json.loads(done.out, parse_constant=never)
    assert answer
