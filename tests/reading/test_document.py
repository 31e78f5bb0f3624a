"""Reading files: what a reader sees is kept, every character with its offset in the file."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from springtide.errors import DataError
from springtide.reading.document import Article, load_text, read_document


def texts(article: Article) -> list[str]:
    return [block.text for block in article.blocks]


def as_given(article: Article, words: str) -> str:
    """Return the stretch of the file that gave some words of a block."""
    for block in article.blocks:
        at = block.text.find(words)
        if at >= 0:
            start, end = block.span(at, at + len(words))
            return article.source[start:end]
    raise AssertionError(f"{words!r} is in no block")


@pytest.mark.parametrize(
    ("source", "words", "given"),
    [
        ("The index **rose** by *3%*.", "rose by 3%", "rose** by *3%"),
        ("See [the index](https://x.test/a_b?c=1) today.", "the index today", None),
        ("<p>Up&nbsp;3% &amp; more</p>", "Up 3% & more", "Up&nbsp;3% &amp; more"),
        ("恒指<b>升</b>2%", "恒指升2%", "恒指<b>升</b>2%"),
        ("港股今日上升，\n成交增加。", "上升，成交", "上升，\n成交"),
        ("> quoted words\n", "quoted words", "quoted words"),
        ("## Heading with `code`\n\ntext", "Heading with code", None),
    ],
)
def test_words_keep_their_place_under_markup(source: str, words: str, given: str | None) -> None:
    article = read_document(source)
    stretch = as_given(article, words)
    assert stretch in source
    if given is not None:
        assert stretch == given


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert('up 5%')</script>seen",
        "<!-- up 5% -->seen",
        "<style>p{content:'5%'}</style>seen",
        "```\nup 5%\n```\nseen",
        "![up 5%](chart.png) seen",
        "<noscript>5%</noscript>seen",
        "[seen](https://x.test/5%25)",
    ],
)
def test_what_no_reader_sees_is_left_out(source: str) -> None:
    joined = " ".join(texts(read_document(source)))
    assert "seen" in joined
    assert "5%" not in joined


def test_hugo_front_matter_gives_title_summary_and_time() -> None:
    source = "---\ntitle: 'Stocks rise 3%'\ndate: 2025-02-13 09:30:00\nsummary: Calm\n---\nBody."
    article = read_document(source)
    assert [(b.kind, b.text) for b in article.blocks] == [
        ("title", "Stocks rise 3%"),
        ("summary", "Calm"),
        ("paragraph", "Body."),
    ]
    assert article.published == datetime(2025, 2, 13, 9, 30)
    assert article.has_time
    assert as_given(article, "rise 3%") == "rise 3%"


def test_toml_front_matter() -> None:
    article = read_document('+++\ntitle = "Up"\ndate = 2025-02-13\n+++\nBody.')
    assert texts(article) == ["Up", "Body."]
    assert article.published == datetime(2025, 2, 13)
    assert not article.has_time


def test_a_time_zone_is_kept() -> None:
    article = read_document("---\ndate: 2025-02-13T09:30:00+08:00\n---\nBody.")
    assert article.published == datetime(2025, 2, 13, 1, 30, tzinfo=UTC)


def test_html_gives_its_time_of_publication() -> None:
    source = '<meta property="article:published_time" content="2025-02-13T09:30:00Z"><p>Body.</p>'
    assert read_document(source).published == datetime(2025, 2, 13, 9, 30, tzinfo=UTC)


def test_no_yaml_tag_is_obeyed() -> None:
    source = "---\ntitle: !!python/object/apply:os.system ['false']\ndate: 2025-02-13\n---\nBody."
    article = read_document(source)
    assert texts(article) == ["Body."]
    assert article.published == datetime(2025, 2, 13)
    assert article.notes


NESTED = {
    "closed lists": lambda levels: "[" * levels + "]" * levels,
    "closed mappings": lambda levels: "{a: " * levels + "}" * levels,
    "dashes": lambda levels: "\n  " + "- " * levels + "x",
    "open lists": lambda levels: "[" * levels,
    "open mappings": lambda levels: "{a: " * levels,
}


@pytest.mark.parametrize("levels", [50, 999, 2_000, 200_000])
@pytest.mark.parametrize("kind", NESTED)
def test_front_matter_nested_too_deeply_is_told_so(kind: str, levels: int) -> None:
    """Whatever the loader says: libyaml breaks off at a thousand flow levels by itself."""
    article = read_document(f"---\ntitle: Up 3%\nx: {NESTED[kind](levels)}\n---\nBody.")
    assert article.notes == (
        "the front matter is nested too deeply; its title and date are not read",
    )
    assert texts(article) == ["Body."]


@pytest.mark.parametrize("kind", ["closed lists", "closed mappings", "dashes"])
def test_front_matter_of_fifty_levels_is_read(kind: str) -> None:
    """The mapping of the front matter itself is the first of them."""
    article = read_document(f"---\ntitle: Up 3%\nx: {NESTED[kind](49)}\n---\nBody.")
    assert not article.notes
    assert texts(article) == ["Up 3%", "Body."]


@pytest.mark.parametrize("front", ["a: [", "- 1\n- 2", "a: &a [*a]", "\t: x", "a: 1\na: 2"])
def test_broken_front_matter_is_no_reason_to_stop(front: str) -> None:
    assert texts(read_document(f"---\n{front}\n---\nBody."))[-1] == "Body."


@pytest.mark.parametrize(
    "source",
    ["<" * 50_000, "[" * 50_000, "*" * 50_000, "a" * 300_000, "升" * 200_000, "&" * 50_000],
)
def test_huge_lines_are_read_in_good_time(source: str) -> None:
    read_document(source)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("恒生指数收报两万点，升百分之一。".encode(encoding))
    assert "恒生指数收报" in load_text(path)


def test_traditional_text_in_big5(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    text = "港股今日收市升一百點，大市成交增加，國企指數亦升。"
    path.write_bytes(text.encode("big5"))
    assert load_text(path) == text


@pytest.mark.parametrize("raw", [b"", b"  \n", b"%PDF-1.7 x", b"PK\x03\x04", b"a\0b"])
def test_no_text_is_refused_by_name(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "odd.md"
    path.write_bytes(raw)
    with pytest.raises(DataError, match=r"odd\.md"):
        load_text(path)


PIECES = st.lists(
    st.sampled_from(
        [
            "恒指",
            "收報",
            "21,521點",
            "升",
            "1.8%",
            "，",
            "。",
            " ",
            "\n",
            "\n\n",
            "**",
            "[",
            "](http://a.b)",
            "<b>",
            "</b>",
            "<p>",
            "&amp;",
            "&#20;",
            "Nasdaq",
            " rose ",
            "3.1%",
            ".",
            "# ",
            "> ",
            "```",
            "---\n",
            "|",
            "_",
            "\\",
            "\u3000",
            "\r\n",
            "😀",
            "<!--",
            "-->",
            "　",
            "（",
            "）",
            "`",
        ]
    ),
    max_size=40,
).map("".join)


@settings(max_examples=200, deadline=None)
@given(PIECES)
def test_offsets_point_into_the_file(source: str) -> None:
    for block in read_document(source).blocks:
        assert len(block.text) == len(block.at)
        assert list(block.at) == sorted(block.at)
        assert all(0 <= at < len(source) for at in block.at)
