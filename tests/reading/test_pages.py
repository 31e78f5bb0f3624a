"""HTML pages: blocks of the article alone, with offsets into the page as given."""

from __future__ import annotations

import pytest

from springtide.reading.article_part import article_part
from springtide.reading.blocks import Block
from springtide.reading.document import Article, read_document
from springtide.reading.pages import page_blocks
from springtide.reading.visible import prepare

PROSE = (
    "港股今日高开高走，示例指数收报12,620.33点，升405.96点，升幅3.32%，成交额超过3,400亿港元，创下四个月以来新高。",
    "分析员李小明表示，科技股带动大市向上，示例科技指数升5.16%，收报4,526.98点，表现优于大市，投资者情绪明显改善。",
    "展望后市，多家机构认为港股估值仍然偏低，预期市盈率约为10倍，若业绩期表现理想，指数有机会挑战13,000点关口。",
    "美股方面，三大指数隔晚个别发展，道指升0.8%，纳指升1.5%，投资者憧憬关税措施不会立即生效，国债孳息率回落。",
)
TABLE = """<table><thead><tr><th>指数</th><th colspan="2">今日<br>收报</th></tr></thead>
<tr><td>示例指数</td><td>12,620.33</td><td>+3.32%</td></tr>
<tr><td>科技指数</td><td>4,526.98</td><td>+5.16%</td></tr></table>"""
PAGE = f"""<!DOCTYPE html>
<html lang="zh"><head><meta charset="utf-8"><title>示例指数升3.3% - 示例网</title>
<script>var x = "升99%";</script><style>p {{ width: 98% }}</style></head>
<body>
<div class="ticker-bar"><ul><li>恒生指數 <b>21,111.11</b> <span>+9.9%</span></li>
<li>道瓊斯 44,444.44 +4.4%</li></ul></div>
<nav><a href="/">首頁</a> 升7.7%</nav>
<h1>示例指数升3.3%</h1>
<div class="info"><span>来源：示例财经</span> <span>2025年2月14日 16:45</span></div>
<div class="article-body">
<p>{PROSE[0]}</p>
<p>{PROSE[1]}</p>
<figure><img src="a.png" alt="图 升6.6%"><figcaption>指数今日大升逾400点</figcaption></figure>
<h2>主要指数表现</h2>
{TABLE}
<p>{PROSE[2]}</p>
<p>{PROSE[3]} <s>跌1.1%</s></p>
</div>
<aside class="most-read"><h3>热门文章</h3><ol><li><a href="1">某股单日暴跌38%</a></li>
<li><a href="2">金价升破2,900美元</a></li></ol></aside>
<div id="comments" class="comments"><h3>评论</h3><div class="comment">
<p>我看明天会跌10%，指数会跌到10,000点，大家小心为上，不要追高。</p></div></div>
<footer>版权所有 2025 示例 跌6.5%</footer>
</body></html>
"""


@pytest.fixture(scope="module")
def article() -> Article:
    return read_document(PAGE)


def test_the_article_is_read_with_its_table_and_its_caption(article: Article) -> None:
    assert [(block.kind, block.level) for block in article.blocks] == [
        ("title", 0),
        ("paragraph", 0),
        ("paragraph", 0),
        ("caption", 0),
        ("heading", 2),
        ("row", 0),
        ("row", 0),
        ("row", 0),
        ("paragraph", 0),
        ("paragraph", 0),
    ]
    assert [block.text for block in article.blocks if block.kind == "paragraph"] == list(PROSE)
    assert article.blocks[-3].headers == ("指数", "今日 收报", "今日 收报")
    assert not article.notes


@pytest.mark.parametrize(
    "figure",
    ["21,111.11", "44,444.44", "7.7%", "6.6%", "1.1%", "38%", "2,900", "10%，", "6.5%", "99%"],
)
def test_what_is_not_the_article_is_left_out(article: Article, figure: str) -> None:
    assert figure in PAGE
    assert figure not in "".join(block.text for block in article.blocks)


def test_offsets_are_those_of_the_page(article: Article) -> None:
    for block in article.blocks:
        for words in ("12,620.33", "+5.16%", "400点"):
            start = block.text.find(words)
            if start >= 0:
                first, last = block.span(start, start + len(words))
                assert PAGE[first:last] == words


def test_a_byline_gives_the_day_and_its_unknown_zone(article: Article) -> None:
    assert article.published is not None
    assert article.published.isoformat() == "2025-02-14T16:45:00"
    assert article.has_time
    assert not article.zone_known


def test_where_no_main_text_is_made_out_our_own_blocks_remain() -> None:
    words = ("升3%", "热门：跌5%")
    blocks = [Block("paragraph", text, range(len(text))) for text in words]
    kept, note = article_part(blocks, [False, True], "<html><body></body></html>")
    assert [block.text for block in kept] == ["升3%"]
    assert "could not be told" in note


HEAD = "<!DOCTYPE html><html><head><title>收评_示例网</title></head><body>"
TICKER = "<div class='top'><a href='/a'>首页</a><span>上证 3,332.48 -0.42%</span></div>"
QUOTES = "<table class='q'><tr><td>恒指</td><td>21,814</td><td>-0.44%</td></tr></table>"
MOST_READ = """<div class="sidebar"><h3>点击排行</h3><ul><li><a href="/1">某股暴涨18%</a></li>
<li><a href="/2">黄金升破2,930美元</a></li></ul></div>"""
LINKS = (
    """<ul><li><a href="/1">某股暴涨18%</a></li><li><a href="/2">黄金升破2,930美元</a></li></ul>"""
)
COMMENTS = """<div class="comment-box"><ul class="comment-list">
<li>股民甲：明天一定会跌10%以上，大家赶紧跑吧，不要等到最后一天才后悔</li>
<li>股民乙：我看涨到15,000点，牛市才刚刚开始，拿住不要动就对了</li></ul></div>"""
TITLE = "<h1>收评：示例指数跌0.2%</h1>"
SHORT = ("示例指数高开低走，收报12,814.37点，跌0.2%。", "科技指数收报4,235.28点，跌0.87%。")
AS_PARAGRAPHS = "".join(f"<p>{text}</p>" for text in SHORT)
AS_LINES = "<br><br>　　".join(SHORT)


@pytest.mark.parametrize(
    "body",
    [
        f"{TICKER}{TITLE}<div id='artibody'>{AS_LINES}</div>{MOST_READ}{COMMENTS}",
        f"{TICKER}<div class='content'>{TITLE}{AS_PARAGRAPHS}{MOST_READ}{COMMENTS}</div>",
        f"{QUOTES}<div class='content'>{TITLE}{AS_PARAGRAPHS}</div>{LINKS}",
        f"{TITLE}<article>{AS_PARAGRAPHS}{LINKS}</article>{COMMENTS}",
        f"<form id='net'>{TICKER}{TITLE}<div class='text'>{AS_PARAGRAPHS}</div>{MOST_READ}</form>",
    ],
)
def test_news_of_two_sentences_is_told_from_what_is_around_it(body: str) -> None:
    """trafilatura 2.3 by itself wants 250 characters; with fewer it takes the whole page."""
    article = read_document(f"{HEAD}{body}</body></html>")
    assert [block.text for block in article.blocks] == ["收评：示例指数跌0.2%", *SHORT]


@pytest.mark.parametrize(
    "name", ["share-price", "ranking-table", "latest-results", "quotes-of-day"]
)
def test_a_table_is_no_sidebar_for_a_word_in_its_name(name: str) -> None:
    rows = "".join(f"<tr><td>甲{i}</td><td>1{i}.5%</td></tr>" for i in range(3))
    table = f"<div class='{name}'><table>{rows}</table></div>"
    body = f"{TITLE}<div class='text'><p>{SHORT[0]}</p>{table}<p>{SHORT[1]}</p></div>"
    article = read_document(f"{HEAD}{body}</body></html>")
    assert [block.kind for block in article.blocks] == [
        "title",
        "paragraph",
        "row",
        "row",
        "row",
        "paragraph",
    ]


def test_an_article_in_an_element_with_the_name_of_a_sidebar_is_read() -> None:
    page = f"{HEAD}<div class='page with-sidebar'>{TITLE}{AS_PARAGRAPHS}</div></body></html>"
    assert [block.text for block in read_document(page).blocks][1:] == list(SHORT)


@pytest.mark.parametrize(
    "hidden",
    [
        "<div hidden>{}</div>",
        "<div style='color:red; display: none'>{}</div>",
        '<p aria-hidden="true">{}</p>',
        "<template>{}</template>",
        "<select><option>{}</option></select>",
        "<noscript><p>{}</p></noscript>",
        "<!-- {} -->",
        "<div style='display:none'><div>x</div>{}</div>",
    ],
)
def test_hidden_words_are_not_read(hidden: str) -> None:
    article = read_document(f"<p>before</p>{hidden.format('up 5%')}<p>after</p>")
    assert [block.text for block in article.blocks] == ["before", "after"]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            "<ol><li>one<ul><li>deep</li></ul></li><li>two</li></ol>",
            [("item", 1, "one"), ("item", 2, "deep"), ("item", 1, "two")],
        ),
        (
            "<ul><li><p>one</p><p>more</p></li></ul><p>after</p>",
            [("item", 1, "one"), ("item", 1, "more"), ("paragraph", 0, "after")],
        ),
        (
            "<p>恒指<b>升</b>\n  3%<br>国指升2%</p>",
            [("paragraph", 0, "恒指升3%"), ("paragraph", 0, "国指升2%")],
        ),
        ("<div>up\n   3%\tnow</div>", [("paragraph", 0, "up 3% now")]),
        (
            "<p><strong>港股收评</strong></p><p><b>恒指</b>升3%</p>",
            [("heading", 6, "港股收评"), ("paragraph", 0, "恒指升3%")],
        ),
        ("<p>up 3.5<sup>1</sup></p>", [("paragraph", 0, "up 3.5 1")]),
        ("<h3>Close</h3>text", [("heading", 3, "Close"), ("paragraph", 0, "text")]),
        (
            "<table><tr><td>one <table><tr><td>HSI</td><td>3%</td></tr></table></table>",
            [("paragraph", 0, "one"), ("row", 0, "HSI，3%")],
        ),
        (
            "<table><caption>Close</caption><tr><td>HSI</td><td>3%</td></tr></table>",
            [("caption", 0, "Close"), ("row", 0, "HSI，3%")],
        ),
        ("<p title='a > 5%'>up 3%</p>", [("paragraph", 0, "up 3%")]),
    ],
)
def test_kinds_of_blocks(html: str, expected: list[tuple[str, int, str]]) -> None:
    assert [(b.kind, b.level, b.text) for b in read_document(html).blocks] == expected


def test_a_page_without_a_headline_has_the_title_of_its_head() -> None:
    page = (
        f"<html><head><title>示例指数\n升3.3%</title></head><body><p>{PROSE[0]}</p></body></html>"
    )
    first = read_document(page).blocks[0]
    assert (first.kind, first.text) == ("title", "示例指数升3.3%")
    assert first.at[0] == page.index("示例指数")


def test_a_head_without_an_end_hides_nothing() -> None:
    page = f"<html><head><title>t</title><body><form><p>{PROSE[0]}</p></form></body></html>"
    assert PROSE[0] in [block.text for block in read_document(page).blocks]


@pytest.mark.parametrize("name", ["sidebar", "most-read", "stock-ticker", "comments"])
def test_what_an_element_says_stands_beside_the_article_does(name: str) -> None:
    page = (
        f"<h1>Calm</h1><p>{'Shares rose a little. ' * 9}Up 3%</p>"
        f"<div class='box {name}'><p>HSI 2%</p></div>"
    )
    blocks, beside = page_blocks(prepare(page), 0, len(page))
    assert [block.text for block, away in zip(blocks, beside, strict=True) if away] == ["HSI 2%"]
