"""The day that an article says it is of."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from springtide.reading.blocks import Block
from springtide.reading.document import read_document
from springtide.reading.stamps import dateline

DAY = datetime(2025, 2, 13)


def of_line(text: str) -> tuple[datetime, bool] | None:
    return dateline(
        [Block("title", "Shares rise", range(11)), Block("paragraph", text, range(len(text)))]
    )


@pytest.mark.parametrize(
    "line",
    [
        "2025年2月13日",
        "2025 年 2 月 13 日 星期四",
        "February 13, 2025",
        "Thursday, February 13, 2025",
        "Feb. 13, 2025",
        "13 Feb 2025",
        "13th February 2025",
        "By Jane Doe | 13 February 2025",
        "发布时间：2025-02-13",
        "来源：某报 2025/02/13 编辑 甲",
        "Posted on February 13, 2025",
        "港股收评（2025年2月13日）",
        "（2025年2月13日讯）港股今日上升，示例指数收报两万点，成交额增加，投资者情绪改善。",
        "HONG KONG, Feb. 13, 2025 (Example Wire) -- Example Corp. said its revenue rose 3%.",
    ],
)
def test_a_day_that_is_written_near_the_title(line: str) -> None:
    assert of_line(line) == (DAY, False)


@pytest.mark.parametrize(
    ("line", "moment"),
    [
        ("2025年2月13日 16:30", datetime(2025, 2, 13, 16, 30)),
        ("Published Feb. 13, 2025 at 4:08 p.m.", datetime(2025, 2, 13, 16, 8)),
        ("Published Feb. 13, 2025, 4:08 PM EST", datetime(2025, 2, 13, 21, 8, tzinfo=UTC)),
        ("13 February 2025 09:15 GMT", datetime(2025, 2, 13, 9, 15, tzinfo=UTC)),
        ("北京时间2025年2月13日 16:30", datetime(2025, 2, 13, 8, 30, tzinfo=UTC)),
        ("2025-02-13 16:30 来源：某报", datetime(2025, 2, 13, 16, 30)),
    ],
)
def test_a_time_and_a_zone_that_are_written(line: str, moment: datetime) -> None:
    assert of_line(line) == (moment, True)


@pytest.mark.parametrize(
    "line",
    [
        "The index fell 3% on February 13, 2025.",
        "截至2025年2月13日",
        "2025年2月10日至2025年2月14日",
        "自2025年2月13日以来",
        "Outlook for the year to 31 December 2025",
        "某公司2024年9月10日发布会回顾",
        "2025年2月30日",
        "恒指自2025年1月13日的低位起计，至今累计上升两成。",
    ],
)
def test_a_day_that_is_not_that_of_the_article(line: str) -> None:
    assert of_line(line) is None


def test_a_day_far_from_the_title_is_none() -> None:
    text = "\n\n".join(["Shares rose."] * 12 + ["February 13, 2025"])
    assert read_document(text).published is None


BODY = "<h1>Example index up 3%</h1><p>The example index rose 3% in a session of heavy trade.</p>"


@pytest.mark.parametrize(
    ("head", "published", "has_time", "zone"),
    [
        (
            '<meta property="article:published_time" content="2025-02-13T09:30:00+08:00">',
            datetime(2025, 2, 13, 1, 30, tzinfo=UTC),
            True,
            True,
        ),
        (
            "<meta content='2025-02-13 09:30' name='PubDate'>",
            datetime(2025, 2, 13, 9, 30),
            True,
            False,
        ),
        ('<meta itemprop="datePublished" content="February 13, 2025">', DAY, False, False),
        (
            '<script>{"dateModified":"2025-03-01","datePublished":"2025-02-13T09:30:00Z"}</script>',
            datetime(2025, 2, 13, 9, 30, tzinfo=UTC),
            True,
            True,
        ),
    ],
)
def test_tags_of_a_page(head: str, published: datetime, has_time: bool, zone: bool) -> None:
    article = read_document(f"<html><head>{head}</head><body>{BODY}</body></html>")
    assert (article.published, article.has_time, article.zone_known) == (published, has_time, zone)


def test_the_time_after_the_headline_counts_and_not_that_of_a_list_before_it() -> None:
    page = (
        "<html><body><ul><li>Old <time datetime='2024-01-02'>2 Jan</time></li></ul>"
        f"{BODY}<time datetime='2025-02-13'>13 Feb</time></body></html>"
    )
    assert read_document(page).published == DAY


def test_front_matter_goes_before_what_is_written() -> None:
    article = read_document("---\ndate: 2025-02-14\n---\n2025年2月13日\n\nUp.")
    assert article.published == datetime(2025, 2, 14)


def test_a_day_that_only_the_whole_page_tells_is_said_to_be_so() -> None:
    more = "<p>More words of it.</p>" * 9
    page = f"<html><body>{BODY}{more}<div>Published: 13/02/2025</div></body></html>"
    article = read_document(page)
    assert article.published == DAY
    assert "--as-of" in article.notes[-1]


def test_a_year_of_copyright_is_no_new_years_day() -> None:
    """htmldate 1.11 takes this page for one of 1 January 2025."""
    page = (
        "<html><body><h1>指数升3%</h1>" + "<p>示例指数今日上升。</p>" * 9 + "<p>刊于2025年2月</p>"
        "<footer>版权所有 2025 示例</footer></body></html>"
    )
    assert read_document(page).published is None
