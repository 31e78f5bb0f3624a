from __future__ import annotations

import dataclasses
import json
import re
import stat
from datetime import date
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from springtide.checking.report import (
    CheckReport,
    check_html,
    check_json,
    check_table,
    claimreview_text,
    numbers_text,
    write_check,
)
from springtide.checking.report.segments import segments
from springtide.checking.report.terminal import NARROW
from springtide.claims.model import Claim, Params, Verdict
from springtide.claims.schema import load_schema, validate
from springtide.claims.words import SIGNS, label_in_words, stated_in_words
from springtide.errors import SpringtideError
from springtide.language.messages import LANGUAGES
from springtide.reading.document import read_document
from springtide.reading.numbers.frame import Kind, NumberReading

REPOSITORY = Path(__file__).resolve().parents[2]
LABELS_OF = ("supported", "refuted", "not_enough_information")


def placed(start: int, end: int, label: str = "supported") -> Verdict:
    claim = Claim("m", "s", Params(), date(2025, 2, 13), start=start, end=end)
    return Verdict(claim, label, "")


class Page(HTMLParser):
    """The elements and texts of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.article = ""
        self._inside = 0
        self._skip = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._inside += tag == "article"
        self._skip += tag == "span" and (dict(attrs).get("class") or "").startswith("sign")

    def handle_endtag(self, tag: str) -> None:
        self._inside -= tag == "article"

    def handle_data(self, data: str) -> None:
        if self._skip:
            self._skip -= 1
        elif self._inside:
            self.article += data


def test_check_json_fits_its_schema(report: CheckReport, chinese_report: CheckReport):
    for one in (report, chinese_report):
        document = json.loads(json.dumps(check_json(one), allow_nan=False))
        validate(document, "check")


def test_the_schema_refuses_what_is_not_a_check(report: CheckReport):
    document = check_json(report)
    document["claims"][0]["verdict"] = "perhaps"
    with pytest.raises(ValueError, match=r"claims\[0\]"):
        validate(document, "check")
    document = check_json(report)
    document["claims"][0]["surprise"] = 1
    with pytest.raises(ValueError, match="surprise"):
        validate(document, "check")


@pytest.mark.parametrize("name", ["brief", "check", "outlook"])
def test_schemas_are_valid_and_published_as_they_ship(name: str):
    from jsonschema import Draft202012Validator

    Draft202012Validator.check_schema(load_schema(name))
    published = REPOSITORY / "docs" / "reference" / f"{name}.schema.json"
    assert json.loads(published.read_text("utf-8")) == load_schema(name)


def test_every_claim_has_what_the_data_model_promises(report: CheckReport):
    claim = check_json(report)["claims"][0]
    text = report.text
    assert text[claim["start"] : claim["end"]] == claim["quote"]
    assert claim["metric"] == "period_return"
    assert claim["subject"] == "HSTECH"
    assert claim["params"] == {"period": "ytd"}
    assert claim["comparator"] == ">"
    assert claim["value"] == 25.0
    assert claim["unit"] == "%"
    assert claim["as_of"] == "2025-02-13"
    assert claim["period"] == "ytd"
    assert claim["attributed_to"] == ""
    assert claim["verdict"] == "refuted"
    assert claim["measured"] == {"value": 17.1710, "unit": "%"}
    assert claim["within"] == {"low": 25, "high": None, "low_open": True, "high_open": False}
    assert claim["evidence"]["rows"][1]["value"] == 5235.33
    (nearest,) = claim["nearest"]
    assert nearest["params"] == {"period": "since-low"}
    assert nearest["value"] == 26.4123
    assert nearest["changes"] == ["since the low of the year"]
    assert nearest["sentence"] == "since the low of the year: 26.41%"


def test_a_claim_without_data_has_nothing_measured(report: CheckReport):
    claim = check_json(report)["claims"][3]
    assert claim["measured"] is None
    assert claim["evidence"] is None
    assert claim["attributed_to"] == "One broker"


def test_a_range_is_a_pair(report: CheckReport):
    first = report.verdicts[0]
    claim = dataclasses.replace(first.claim, value=(4.0, 14.0), comparator="range")
    changed = dataclasses.replace(report, verdicts=(dataclasses.replace(first, claim=claim),))
    document = check_json(changed)
    assert document["claims"][0]["value"] == [4.0, 14.0]
    validate(document, "check")
    assert "4 – 14%" in check_html(changed)


def test_the_page_shows_the_text_as_given(report: CheckReport, chinese_report: CheckReport):
    for one in (report, chinese_report):
        page = Page(check_html(one))
        assert page.article == one.text


def test_the_page_holds_verdict_value_reading_and_evidence(report: CheckReport):
    html = check_html(report)
    for wanted in (
        "17.17%",
        "more than 25%",
        "since the low of the year: 26.41%",
        "close[t] / close[s] - 1",
        "5,235.33",
        "HKEX",
        "not enough information",
        "One broker",
    ):
        assert wanted in html


def test_the_page_speaks_chinese(chinese_report: CheckReport):
    html = check_html(chinese_report)
    for wanted in (
        "不实",
        "属实",
        "信息不足",
        "实测",
        "最接近的正确说法",
        "超过25%",
        'lang="zh-CN"',
    ):
        assert wanted in html


HOSTILE = (
    "<script>window.hacked = 1</script>",
    '<img src=x onerror="window.hacked = 1">',
    '"><svg onload=alert(1)>',
    '<a href="javascript:window.hacked = 1">up 5%</a>',
    "</article></main><style>body{display:none}</style>",
    "<!-- --><iframe src='https://example.org'></iframe>",
    "</script><script>window.hacked = 1</script>",
    "<strong><b onclick=alert(1)>x",
    "&lt;script&gt; \x00 \x1b[31m",
)


def hostile_report() -> CheckReport:
    text = "\n".join(HOSTILE)
    verdicts = []
    for poison in HOSTILE:
        start = text.index(poison)
        claim = Claim(
            poison, poison, Params(), date(2025, 2, 13), value=5.0, unit=poison, period=poison,
            quote=poison, start=start, end=start + len(poison), attributed_to=poison,
        )  # fmt: skip
        verdicts.append(Verdict(claim, "refuted", poison))
    return CheckReport(
        HOSTILE[0], text, date(2025, 2, 13), "en", tuple(verdicts), title=HOSTILE[1],
        author=HOSTILE[2], url="javascript:window.hacked = 1", software=HOSTILE[3],
    )  # fmt: skip


def test_nothing_of_an_article_becomes_an_element():
    html = check_html(hostile_report())
    page = Page(html)
    allowed = {
        "html", "head", "meta", "title", "style", "body", "div", "header", "h1", "h2", "h3", "p",
        "button", "span", "b", "main", "article", "aside", "ol", "li", "blockquote", "dl", "dt",
        "dd", "strong", "script",
    }  # fmt: skip
    assert {tag for tag, _ in page.tags} <= allowed
    assert [tag for tag, _ in page.tags].count("script") == 1
    attributes = {name for _, attrs in page.tags for name in attrs}
    assert not attrs_of_concern(attributes)
    assert "\x00" not in html
    assert page.article == hostile_report().text.replace("\x00", "\ufffd").replace("\x1b", "\ufffd")


def attrs_of_concern(names: set[str]) -> set[str]:
    return {name for name in names if name.startswith("on") or name in ("href", "src", "style")}


def test_the_policy_admits_only_our_script(report: CheckReport):
    import base64
    import hashlib

    html = check_html(report)
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)[1]
    script = re.search(r"<script>(.*?)</script>", html, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


@settings(max_examples=200)
@given(data=st.data(), length=st.integers(0, 30))
def test_segments_cover_the_text_and_know_their_claims(data: st.DataObject, length: int):
    offset = st.integers(-3, length + 3)
    verdicts = [
        placed(*data.draw(st.tuples(offset, offset))) for _ in range(data.draw(st.integers(0, 6)))
    ]
    cuts = data.draw(st.lists(offset, max_size=2))
    parts = segments(length, verdicts, cuts)
    assert [i for part in parts for i in range(part.start, part.end)] == list(range(length))
    for part in parts:
        for i in range(part.start, part.end):
            covering = [
                k
                for k, verdict in enumerate(verdicts)
                if 0 <= verdict.claim.start <= i < verdict.claim.end <= length
            ]
            assert list(part.claims) == covering
    opened = sorted(k for part in parts for k in part.opens)
    closed = sorted(k for part in parts for k in part.closes)
    inside = [
        k
        for k, verdict in enumerate(verdicts)
        if 0 <= verdict.claim.start < verdict.claim.end <= length
    ]
    assert opened == closed == inside


def with_numbers(language: str = "en", text: str = "On 13 February up 3%; profit 5%; <b>7</b>"):
    """A report with a claim, a claim that no metric measures, and two numbers that are none."""

    def read(words: str, kind: Kind) -> NumberReading:
        start = text.index(words)
        return NumberReading(start, start + len(words), words, kind)

    numbers = (
        read("13 February", Kind(False, why="date")),
        read("3%", Kind(True, "price_change")),
        read("5%", Kind(True, "fundamental_growth")),
        read("7", Kind(False, why="other")),
    )
    start = text.index("up 3%")
    return CheckReport(
        "x", text, None, language, (placed(start, start + 5),),
        numbers=numbers, claim_of=(None, 0, None, None),
    )  # fmt: skip


def test_numbers_without_a_verdict_are_marked_and_listed_with_what_they_are():
    report = with_numbers()
    html = check_html(report)
    page = Page(html)
    assert page.article == report.text
    assert "Numbers: 4 read, 2 claims (1 checked), 2 no claims (dates 1, others 1)" in html
    marks = re.findall(
        r'<span class="number (\w+)" id="number-(\d)" title="([^"]*)">([^<]*)</span>', html
    )
    assert marks == [
        ("nothing", "0", "a date", "13 February"),
        ("unmeasured", "2", "growth of a company&#x27;s figure", "5%"),
        ("nothing", "3", "something else that claims nothing", "7"),
    ]
    assert [tag for tag, _ in page.tags].count("details") == 2
    links = [attrs["href"] for tag, attrs in page.tags if tag == "a"]
    assert links == ["#number-2", "#number-0", "#number-3"]


def test_a_number_is_marked_within_a_claim_and_across_its_edge():
    text = "rose 3% on 13 February 2025"
    numbers = (NumberReading(11, 27, text[11:], Kind(False, why="date")),)
    for end in (14, 27):
        one = CheckReport(
            "x", text, None, "en", (placed(0, end),), numbers=numbers, claim_of=(None,)
        )
        page = Page(check_html(one))
        assert page.article == text
        assert [a.get("id") for _, a in page.tags].count("number-0") == 1


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        ("en", ("Numbers that claim nothing", "a date: 13 February")),
        (
            "zh-cn",
            ("读到4个，论断2个（已核查1个），非论断2个（日期1、其他1）", "日期：13 February"),
        ),
        (
            "zh-hk",
            ("讀到4個，說法2個（已查核1個），並非說法2個（日期1、其他1）", "公司數據增幅：5%"),
        ),
    ],
)
def test_the_terminal_counts_and_lists_numbers_in_three_languages(language, wanted):
    text = numbers_text(with_numbers(language))
    assert all(words in text for words in wanted)
    assert "3%" not in text


def test_overlapping_claims_are_marked_by_the_worse_verdict():
    text = "abcdefgh"
    report = CheckReport(
        "x", text, None, "en", (placed(0, 5, "supported"), placed(3, 8, "refuted"))
    )
    html = check_html(report)
    assert Page(html).article == text
    marks = re.findall(r'<span class="claim (\w+)"[^>]*data-cards="([^"]*)">(\w+)<', html)
    assert marks == [
        ("supported", "card-0", "abc"),
        ("refuted", "card-0 card-1", "de"),
        ("refuted", "card-1", "fgh"),
    ]


def test_a_text_without_claims_says_so():
    report = CheckReport("x", "Nothing to see.", None, "en", ())
    html = check_html(report)
    assert "No checkable claim" in html
    assert Page(html).article == "Nothing to see."
    assert Page(check_html(CheckReport("x", "", None, "zh-cn", ()))).article == ""


def test_claimreview_has_what_schema_org_asks_for(report: CheckReport):
    document = json.loads(claimreview_text(report))
    assert document["@context"] == "https://schema.org"
    first, second, _, last = document["@graph"]
    assert first["@type"] == "ClaimReview"
    assert first["claimReviewed"] == "has gained more than 25% this year"
    assert first["author"] == {"@type": "Organization", "name": "Springtide"}
    assert first["url"] == "https://example.org/a-fast-start"
    rating = first["reviewRating"]
    assert (rating["worstRating"], rating["ratingValue"], rating["bestRating"]) == (1, 1, 5)
    assert rating["alternateName"] == "refuted"
    assert second["reviewRating"]["ratingValue"] == 5
    assert "ratingValue" not in last["reviewRating"]
    assert last["reviewRating"]["alternateName"] == "not enough information"
    assert first["itemReviewed"]["@type"] == "Claim"
    assert first["itemReviewed"]["author"]["name"] == "The author"
    assert last["itemReviewed"]["author"]["name"] == "One broker"
    assert first["itemReviewed"]["datePublished"] == "2025-02-13"


def test_claimreview_cannot_end_a_script_element():
    text = claimreview_text(hostile_report())
    assert "<" not in text
    assert json.loads(text)["@graph"][6]["claimReviewed"] == HOSTILE[6]


def printed(report: CheckReport, width: int = 160) -> str:
    console = Console(file=StringIO(), width=width, force_terminal=True, color_system=None)
    console.print(check_table(report))
    return console.file.getvalue()


def test_the_table_shows_every_claim(report: CheckReport, chinese_report: CheckReport):
    text = printed(report)
    for wanted in ("has gained more than 25%", "17.17%", "✗ refuted", "✓ supported", "26.41%"):
        assert wanted in text
    assert "✗ 不实" in printed(chinese_report)


@pytest.mark.parametrize("width", [40, 60, 80, 100, 120])
def test_nothing_is_cut_in_a_narrow_terminal(
    report: CheckReport, chinese_report: CheckReport, width: int
):
    for one in (report, chinese_report):
        text = printed(one, width)
        assert "…" not in text
        assert max(map(cell_len, text.splitlines())) <= width
        letters = re.sub(r"\s", "", text)
        for verdict in one.verdicts:
            wanted = [stated_in_words(verdict.claim, one.language), verdict.claim.quote]
            if width < NARROW:  # in a table the lines of neighbours stand between
                assert all(re.sub(r"\s", "", words) in letters for words in wanted)


def test_a_fall_is_told_as_people_say_it(report: CheckReport):
    claim = dataclasses.replace(
        report.verdicts[0].claim, metric="pct_change", comparator="<", value=-4.0, unit="%"
    )
    assert stated_in_words(claim, "en") == "fell more than 4%"
    assert stated_in_words(claim, "zh-cn") == stated_in_words(claim, "zh-hk") == "跌逾4%"
    above = dataclasses.replace(claim, comparator=">")
    assert stated_in_words(above, "en") == "fell less than 4%"
    between = dataclasses.replace(claim, comparator="range", value=(-4.0, -3.0))
    assert stated_in_words(between, "zh-hk") == "跌3 – 4%"


def test_the_text_is_shown_as_its_reader_sees_it():
    source = """---
title: "Up, then down"
date: 2025-02-13
url: "https://example.org/up"
author: "Jane Fox"
---

## What **moved**

- The [Hang Seng](https://example.org/hsi) rose 3%
- <b>Oil</b> fell

| name | close |
| --- | --- |
| HSI | 22,000 |

![A chart of the index](chart.png)
"""
    article = read_document(source)
    start = source.index("rose 3%")
    claim = Claim("pct_change", "HSI", Params(), date(2025, 2, 13), value=3.0, unit="%",
                  quote="rose 3%", start=start, end=start + 7)  # fmt: skip
    made = CheckReport("x.md", source, date(2025, 2, 13), "en", (Verdict(claim, "refuted", ""),),
                       title="Up, then down", blocks=article.blocks)  # fmt: skip
    shown = re.search(r"<article[^>]*>(.*)</article>", check_html(made), re.DOTALL)
    assert shown is not None
    text = shown.group(1)
    assert "<h4>What moved</h4>" in text
    assert "<li>The Hang Seng <span" in text
    assert "<li>Oil fell</li>" in text
    assert "<tr><th>name</th><th>close</th></tr>" in text
    assert "<tr><td>HSI</td><td>22,000</td></tr>" in text
    assert 'class="caption">A chart of the index' in text
    assert not re.search(r"example\.org|\*\*|---|chart\.png|Up, then down", text)
    assert (article.url, article.author) == ("https://example.org/up", "Jane Fox")


def test_the_table_takes_no_orders_from_an_article():
    text = printed(hostile_report(), 400)
    assert "\x1b[31m" not in text
    report = dataclasses.replace(
        hostile_report(), verdicts=(placed(0, 3),), title="[red]not markup[/red]"
    )
    assert "[red]not markup[/red]" in printed(report)


def test_files_are_written_and_replaced(report: CheckReport, tmp_path: Path):
    folder = tmp_path / "a" / "b"
    first = write_check(report, folder)
    assert [path.name for path in first] == ["check.json", "check.html", "claimreview.jsonld"]
    (folder / "notes.txt").write_text("mine")
    before = [path.read_bytes() for path in first]
    assert [path.read_bytes() for path in write_check(report, folder)] == before
    assert (folder / "notes.txt").read_text() == "mine"
    assert {path.name for path in folder.iterdir()} == {path.name for path in first} | {"notes.txt"}
    assert stat.S_IMODE(first[0].stat().st_mode) & 0o444


def test_a_folder_that_cannot_be_written_says_so(report: CheckReport, tmp_path: Path):
    file = tmp_path / "taken"
    file.write_text("mine")
    with pytest.raises(SpringtideError, match="Cannot write results to"):
        write_check(report, file)
    assert file.read_text() == "mine"
    target = tmp_path / "out"
    (target / "check.html").mkdir(parents=True)
    with pytest.raises(SpringtideError, match="Cannot write results to"):
        write_check(report, target)
    assert not list(target.glob(".springtide-*"))


def test_every_verdict_has_a_word_and_a_sign_of_its_own():
    for language in LANGUAGES:
        assert len({label_in_words(label, language) for label in LABELS_OF}) == 3
    assert len(set(SIGNS.values())) == 3
