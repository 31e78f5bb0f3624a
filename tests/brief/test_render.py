from __future__ import annotations

import dataclasses
import json
import re
from io import StringIO
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from springtide.brief.model import Brief
from springtide.brief.render import brief_json, terminal_summary, write_brief
from springtide.brief.render.hugo import hugo_page, markdown
from springtide.claims.schema import validate
from springtide.errors import SpringtideError

FILES = {
    "brief.json",
    "index.en.md",
    "index.zh-cn.md",
    *(
        f"{chart}.{language}.svg"
        for chart in ("price", "rsi", "ma-distance", "drawdown")
        for language in ("en", "zh-cn")
    ),
}
# The front matter of the post that bundles are modelled on has these keys, in this order, and two
# that Hugo keeps for itself: lang and menu.
KEYS = [
    *("title", "date", "summary", "categories", "translations", "tags"),
    *("thumbnail", "lead", "comments", "authorbox", "pager", "toc", "mathjax", "sidebar"),
    "widgets",
]


@pytest.fixture(scope="module")
def folder(brief: Brief, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("brief") / "brief"
    write_brief(brief, folder)
    return folder


def front_matter(page: str) -> dict[str, object]:
    return yaml.safe_load(page.split("---\n")[1])


def test_all_files_are_written_and_no_other(brief: Brief, folder: Path):
    assert {path.name for path in folder.iterdir()} == FILES


def test_writing_twice_gives_the_same_bytes(brief: Brief, folder: Path, tmp_path: Path):
    for path in write_brief(brief, tmp_path / "brief"):
        before = folder.parent if path.suffix == ".html" else folder
        assert path.read_bytes() == (before / path.name).read_bytes(), path.name


def test_brief_json_fits_its_schema(folder: Path):
    validate(json.loads((folder / "brief.json").read_text("utf-8")), "brief")


def test_every_figure_is_in_the_json(brief: Brief, folder: Path):
    document = json.loads((folder / "brief.json").read_text("utf-8"))
    found = [
        (one["claim"], one["measurement"])
        for section in document["sections"]
        for sentence in section["sentences"]
        for one in sentence["statements"]
    ]
    assert [claim["value"] for claim, _ in found] == [5048.62, 24.07, -0.2, 74.12, None]
    claim, measurement = found[1]
    assert claim["params"] == {"period": "ytd"}
    assert measurement["value"] == 24.0659
    assert measurement["evidence"]["formula"] == "close[t] / close[s] - 1"
    assert measurement["evidence"]["rows"][0] == {
        "subject": "^IXIC",
        "field": "close",
        "date": "1999-12-31",
        "value": 4069.31,
        "source": "sample: arch",
    }
    assert measurement["evidence"]["versions"] == {"bars": 3, "observations": 1}
    files = [
        name
        for section in document["sections"]
        for c in section["charts"]
        for name in c["files"].values()
    ]
    assert all((folder / name).exists() for name in files)


@pytest.mark.parametrize("language", ["en", "zh-cn"])
def test_front_matter_has_the_keys_of_the_model_in_order(folder: Path, language: str):
    matter = front_matter((folder / f"index.{language}.md").read_text("utf-8"))
    assert list(matter) == KEYS
    assert matter["date"] == "2000-03-10"
    assert matter["translations"] == ["en", "zh-CN"]
    assert matter["thumbnail"] == f"price.{language}.svg"
    assert matter["pager"] is True
    assert matter["toc"] is False
    assert matter["widgets"] == ["search", "recent", "taglist"]


def test_the_summary_holds_no_figure_but_the_date(folder: Path):
    english = front_matter((folder / "index.en.md").read_text("utf-8"))["summary"]
    chinese = front_matter((folder / "index.zh-cn.md").read_text("utf-8"))["summary"]
    assert re.findall(r"\d+", english) == ["10", "2000"]
    assert "10 March 2000" in english
    assert re.findall(r"\d+", chinese) == ["2000", "3", "10"]


@pytest.mark.parametrize("language", ["en", "zh-cn"])
def test_markdown_holds_the_sentences_and_no_number_of_its_own(
    brief: Brief, folder: Path, language: str
):
    body = (folder / f"index.{language}.md").read_text("utf-8").split("---\n", 2)[2]
    rest = body
    for section in brief.sections:
        for sentence in section.sentences:
            assert sentence.text[language] in rest
            rest = rest.replace(sentence.text[language], "")
        for chart in section.charts:
            rest = rest.replace(markdown(chart.alt[language]), "")
    assert not re.search(r"\d", rest), rest
    for name in re.findall(r"!\[[^]]*\]\(([^)]*)\)", body):
        assert (folder / name).exists()


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=60))
def test_any_title_survives_yaml(brief: Brief, title: str):
    page = hugo_page(dataclasses.replace(brief, title={"en": title, "zh-cn": title}), "en")
    assert yaml.safe_load(page[4 : page.index("\n---\n\n## ")])["title"] == title


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("S&P 500 closed at 1,395.07.", "S&P 500 closed at 1,395.07."),
        ("A * and _ and [x](y) <b>", r"A \* and \_ and \[x\](y) &lt;b&gt;"),
        ("# not a heading", r"\# not a heading"),
        ("10. not a list", r"10\. not a list"),
        ("- nor this", r"\- nor this"),
        ("今年以来上涨24.07%。", "今年以来上涨24.07%。"),
    ],
)
def test_plain_text_stays_plain_in_markdown(text: str, expected: str):
    assert markdown(text) == expected


@pytest.mark.parametrize(
    "text",
    ["A * b * c", "_under_ and **stars**", "1. one", "a <b> & c", "[x](y) `z`", "&lt; and &amp;"],
)
def test_markdown_shows_the_text_that_was_given(text: str):
    # Read by an implementation of Markdown that is not ours.
    from html import unescape

    from markdown import markdown as to_html

    assert unescape(re.sub(r"<[^>]*>", "", to_html(markdown(text)))) == text


def test_terminal_summary_says_everything(brief: Brief):
    for language, wanted in (
        ("en", ["24.07%", "Momentum", "Not measured", "Measured as of 10 March 2000"]),
        ("zh-cn", ["24.07%", "动能", "未能测算", "数据截至2000年3月10日"]),
    ):
        console = Console(file=StringIO(), width=100)
        console.print(terminal_summary(brief, language))
        text = console.file.getvalue()
        assert all(part in text for part in wanted), text


@pytest.mark.parametrize("width", [20, 33, 40, 60])
def test_no_figure_is_broken_over_two_lines(brief: Brief, width: int):
    for language in ("en", "zh-cn"):
        console = Console(file=StringIO(), width=width)
        console.print(terminal_summary(brief, language))
        lines = console.file.getvalue().splitlines()
        for figure in ("5,048.62", "24.07%", "0.20%", "74.12"):
            assert any(figure in line for line in lines), (figure, lines)
        assert all(cell_len(line) <= width for line in lines)


def test_no_html_is_put_into_a_bundle_or_among_the_content_of_a_site(brief: Brief, tmp_path: Path):
    # Hugo 0.168 refuses to build: "text/html" is not whitelisted in policy "security.allowContent".
    english = dataclasses.replace(brief, languages=("en",), sections=brief.sections[:1])
    outside = write_brief(english, tmp_path / "nasdaq")
    assert [path for path in outside if path.suffix == ".html"] == [tmp_path / "nasdaq.html"]
    inside = write_brief(english, tmp_path / "content" / "post" / "nasdaq")
    assert {path.name for path in inside} == {"brief.json", "index.en.md", "price.en.svg"}


def test_html_asks_for_nothing_from_elsewhere(folder: Path):
    html = (folder.parent / "brief.html").read_text("utf-8")
    without_names = html.replace('"http://www.w3.org/2000/svg"', "")  # a name, never asked for
    assert not re.search(r"(https?:)?//[a-z]", without_names)
    assert not re.search(r"\b(src|href)=", without_names)
    assert "default-src 'none'" in html


def test_html_holds_evidence_and_gaps(folder: Path):
    html = (folder.parent / "brief.html").read_text("utf-8")
    for wanted in (
        "close[t] / close[s] - 1",
        "24.07%",
        "0123456789abcdef",
        "bars v3",
        "no volume of ^IXIC &lt;on this day&gt;",
        "Setbacks &amp; turnover",
    ):
        assert wanted in html
    assert html.count('<svg role="img"') == 8
    assert len(html.encode("utf-8")) < 600_000


def test_one_language_only(brief: Brief, tmp_path: Path):
    english = dataclasses.replace(brief, languages=("en",))
    names = {path.name for path in write_brief(english, tmp_path / "brief")}
    assert names == {name for name in FILES if "zh-cn" not in name} | {"brief.html"}
    assert "data-show" not in (tmp_path / "brief.html").read_text("utf-8").split("<script>")[0]
    validate(brief_json(english), "brief")


def test_a_folder_that_cannot_be_written_says_so(brief: Brief, tmp_path: Path):
    (tmp_path / "file").write_text("mine")
    with pytest.raises(SpringtideError, match=r"Cannot write results to .*--out"):
        write_brief(brief, tmp_path / "file" / "out")
    assert (tmp_path / "file").read_text() == "mine"
