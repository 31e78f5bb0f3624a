"""Blocks of Markdown: what each is, where it stands, and which heading a cell has."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from springtide.reading.document import Block, read_document


def blocks(source: str) -> list[Block]:
    return list(read_document(source).blocks)


def kinds(source: str) -> list[tuple[str, int, str]]:
    return [(block.kind, block.level, block.text) for block in blocks(source)]


def given_words(source: str, words: str) -> str:
    """Return the stretch of the file that some words of a block come from."""
    for block in blocks(source):
        start = block.text.find(words)
        if start >= 0:
            first, last = block.span(start, start + len(words))
            return source[first:last]
    raise AssertionError(f"{words!r} is in no block")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            "# One\n\n### Three ###\n\ntext",
            [("title", 0, "One"), ("heading", 3, "Three"), ("paragraph", 0, "text")],
        ),
        (
            "text\n\nOne\n===\n\nTwo\n---\ntext",
            [
                ("paragraph", 0, "text"),
                ("heading", 1, "One"),
                ("heading", 2, "Two"),
                ("paragraph", 0, "text"),
            ],
        ),
        (
            "**港股收评**\n\n恒指升1%。",
            [("heading", 6, "港股收评"), ("paragraph", 0, "恒指升1%。")],
        ),
        (
            "**恒指今天升1%。**\n\n余下",
            [("paragraph", 0, "恒指今天升1%。"), ("paragraph", 0, "余下")],
        ),
        (
            "- one\n- two\n  - deeper\n- three",
            [("item", 1, "one"), ("item", 1, "two"), ("item", 2, "deeper"), ("item", 1, "three")],
        ),
        ("1. first\n2) second", [("item", 1, "1. first"), ("item", 1, "2) second")]),
        ("• 恒指升1%\n• 国指升2%", [("item", 1, "恒指升1%"), ("item", 1, "国指升2%")]),
        (
            "- one\n\n  more of one\n\nafter",
            [("item", 1, "one"), ("item", 1, "more of one"), ("paragraph", 0, "after")],
        ),
        ("- 恒指\n升1%", [("item", 1, "恒指升1%")]),
        ("> said\n> on\n\nafter", [("paragraph", 0, "said on"), ("paragraph", 0, "after")]),
        ("one\n\n---\n\ntwo", [("paragraph", 0, "one"), ("paragraph", 0, "two")]),
        ("![图一](a.png)\n\n图一\n\n正文", [("caption", 0, "图一"), ("paragraph", 0, "正文")]),
        (
            "Futures higher  \nStocks rose 2%.  \nBonds fell.",
            [
                ("paragraph", 0, "Futures higher"),
                ("paragraph", 0, "Stocks rose 2%."),
                ("paragraph", 0, "Bonds fell."),
            ],
        ),
    ],
)
def test_kinds_of_blocks(source: str, expected: list[tuple[str, int, str]]) -> None:
    assert kinds(source) == expected


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("恒指收\n报21,814點", "恒指收报21,814点"),
        ("恒指升\n5%", "恒指升5%"),
        ("The index\nrose 5%", "The index rose 5%"),
        ("The index (as\nof noon) rose", "The index (as of noon) rose"),
        ("恒指升(較\n上日)5%", "恒指升(较上日)5%"),
        ("Up ~~5%~~ 3%", "Up  3%"),
        ("Up <del>5%</del><s class='x'>4%</s> 3%", "Up  3%"),
        ("closed at 21,\u200b\u2060814.37", "closed at 21,814.37"),
        ("closed at 21,\u00ad814.37", "closed at 21,814.37"),
        ("收報２１，８１４．３７點", "收报21,814.37点"),
        (r"198\*150 mm and 5\% up", "198*150 mm and 5\\% up"),
        ("2*3.5% and **5**", "2*3.5% and 5"),
        ("联想[0992.HK](+3.5%)", "联想[0992.HK](+3.5%)"),
        ("[a](https://x.test/b_(c)_d) rose", "a rose"),
        ("[![chart](a.png)](https://x.test) rose", "rose"),
        ("见https://x.test/a升5%", "见 升5%"),
        ("S&amp;P&nbsp;500 &#43;2%", "S&P 500 +2%"),
        ("up 3.5<sup>1</sup>", "up 3.5 1"),
        ("升3%[^1]。", "升3%。"),
        ("恒指\r升3%", "恒指升3%"),
        ("恒指\u2028升3%", "恒指升3%"),
    ],
)
def test_words_as_they_are_seen(source: str, text: str) -> None:
    assert [block.text for block in blocks(source)] == [text]


def test_a_short_line_above_a_sentence_is_a_heading() -> None:
    source = "Futures higher  \nStocks pointed to a higher start on Monday, up 0.4%."
    assert [(block.kind, block.level) for block in blocks(source)] == [
        ("heading", 6),
        ("paragraph", 0),
    ]


def test_front_matter_has_the_title_and_else_a_heading_that_comes_first() -> None:
    assert kinds("---\ntitle: A\n---\n# B\n\nc")[:2] == [("title", 0, "A"), ("heading", 1, "B")]
    assert kinds("b\n\n# A\n\nc")[1] == ("heading", 1, "A")


def test_the_title_of_a_table_is_no_heading_of_its_columns() -> None:
    source = "| Example Corp. |\n| --- |\n| Revenue | 7 | 8 |\n| Costs | 3 | 4 |"
    assert [block.headers for block in blocks(source)] == [(), (), ()]


def test_a_number_with_characters_of_no_width_keeps_its_place() -> None:
    source = "It closed at 21,\u200b\u2060814.37 points."
    assert given_words(source, "21,814.37") == "21,\u200b\u2060814.37"


def test_a_table_gives_rows_with_the_heading_of_each_column() -> None:
    source = (
        "| Index | Close | Change |\n| --- | ---: | --- |\n"
        "| **HSI** | 21,814.37 | -0.2% |\n| HSTECH | | +1.1% |"
    )
    head, first, second = blocks(source)
    assert (head.kind, head.headers, head.text) == ("row", (), "Index，Close，Change")
    assert first.headers == second.headers == ("Index", "Close", "Change")
    assert [first.text[slice(*cell)] for cell in first.cells] == ["HSI", "21,814.37", "-0.2%"]
    assert [second.text[slice(*cell)] for cell in second.cells] == ["HSTECH", "", "+1.1%"]
    start, end = first.cells[1]
    assert source[slice(*first.span(start, end))] == "21,814.37"


@pytest.mark.parametrize(
    ("source", "headers"),
    [
        # no line of dashes
        ("| 指数 | 收报 |\n| 恒指 | 21,814 |\n| 国指 | 8,000 |", ("指数", "收报")),
        ("| **Today** | |\n|---|---|\n| Index | Close |\n| HSI | 21,814 |", ("Index", "Close")),
        ("a | b\n--|--\nHSI | 3%", ("a", "b")),
        ("| | 2024 |\n|-|-|\n| HSI | 3% |", ("", "2024")),
        ("| HSI | 3% |\n| HSCEI | 4% |", ()),
    ],
)
def test_headings_of_columns(source: str, headers: tuple[str, ...]) -> None:
    assert blocks(source)[-1].headers == headers


def test_bars_in_a_sentence_make_no_table() -> None:
    assert kinds("来源 | 某报\n\n正文") == [
        ("paragraph", 0, "来源 ， 某报"),
        ("paragraph", 0, "正文"),
    ]


def test_html_within_markdown_is_read_as_html() -> None:
    source = (
        "before\n\n<table><tr><th>Index</th><th>Close</th></tr>\n\n"
        "<tr><td>HSI</td><td>21,814</td></tr></table>\n\n**after**"
    )
    assert [(b.kind, b.headers) for b in blocks(source)] == [
        ("paragraph", ()),
        ("row", ()),
        ("row", ("Index", "Close")),
        ("heading", ()),
    ]


def test_text_in_a_fence_is_read_and_code_is_not() -> None:
    source = (
        "```\nStocks end the day higher\n\n"
        "  Index      Last     1d\n  S&P 500    6051.97  -0.16%\n```\n"
        "\n```python\nprice rose by 5 per cent = 1\n```\n"
        "\n```\nfor x in up: print(5); y = x;\n```\n"
    )
    assert [(b.kind, b.text, b.headers) for b in blocks(source)] == [
        ("paragraph", "Stocks end the day higher", ()),
        ("row", "Index，Last，1d", ()),
        ("row", "S&P 500，6051.97，-0.16%", ("Index", "Last", "1d")),
    ]


@pytest.mark.parametrize(
    ("front", "title"),
    [
        (r'title: "A &amp; B \"up\" 3%"', 'A & B "up" 3%'),
        ("title: 'It''s up 3%'", "It's up 3%"),
        ('title: "Up\n  3%"', "Up 3%"),
        (r'title: "\u6052\u6307 3%"', "恒指 3%"),
        ("title: 升\u200b3%", "升3%"),
    ],
)
def test_escapes_in_front_matter_are_what_they_mean(front: str, title: str) -> None:
    source = f"---\n{front}\ndate: 2025-02-13\n---\nBody."
    (block, _) = blocks(source)
    assert (block.kind, block.text) == ("title", title)
    assert given_words(source, "3%") == "3%"


MARKS = "| -*#>`~_\n\n  \\[]()<>&;!=\u200b\u00ad\r"
WORDS = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "恒指",
                "升3%",
                "up 3%",
                "|",
                "|-|-|\n",
                "| a | b |\n",
                "- ",
                "1. ",
                "```\n",
                "<table>",
                "<tr>",
                "<td>",
                "</td>",
                "</table>",
                "<li>",
                "</ul>",
                "<h1>",
                "<del>",
                "</del>",
                "&amp;",
                "\n",
                "\n\n",
                "  \n",
                "![a](b)",
                "<br>",
                "<div hidden>",
                "</div>",
                "<html>",
                "<!--",
                "==\n",
                "~~",
            ]
        ),
        st.text(MARKS, max_size=4),
    ),
    max_size=30,
).map("".join)


@settings(max_examples=400, deadline=None)
@given(WORDS)
def test_every_character_of_a_block_has_its_offset(source: str) -> None:
    for block in read_document(source).blocks:
        assert block.text
        assert len(block.text) == len(block.at)
        assert list(block.at) == sorted(block.at)
        assert all(0 <= at < len(source) for at in block.at)
        assert block.text == block.text.strip()
        if block.cells:
            assert not block.headers or len(block.headers) <= len(block.cells)
            assert all(0 <= start <= end <= len(block.text) for start, end in block.cells)


@pytest.mark.parametrize(
    "piece",
    [
        "<s>",
        "<div hidden>",
        '<a "',
        "<table><tr><td>",
        "|a",
        "|-",
        "  ",
        "- ",
        "~~a",
        "](",
        "(((",
        "**a",
        "《",
        "\\\n",
        "<li>",
    ],
)
def test_repeated_markup_is_read_in_good_time(piece: str) -> None:
    import time

    start = time.process_time()
    read_document(piece * 20_000)
    assert time.process_time() - start < 5
