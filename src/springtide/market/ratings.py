"""The words of brokers' ratings on one scale: 1 strong buy, 2 buy, 3 hold, 4 reduce, 5 sell.

The scale is that of recommendation scores at Yahoo and Finviz. What a house means by a word is its
own affair ("Outperform" against a sector or a market); the classes say which side of neutral it is
on, no more. Of 27,214 ratings of fifty large American companies from 2011 to 2026 two in three are
on the side of buying, so that a single "Buy" says little.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from springtide.language.script import normalise

CLASSES = (1, 2, 3, 4, 5)

_WORDS: Mapping[int, str] = {
    1: "strong buy|strong-buy|conviction buy|top pick|强烈推荐|强烈买入|强力买入|强推|首选",
    2: "buy|outperform|overweight|over-weight|accumulate|add|positive|market outperform|"
    "sector outperform|outperformer|moderate buy|long-term buy|speculative buy|"
    "买入|增持|跑赢大市|跑赢行业|优于大市|优于大盘|推荐|强于大市|审慎增持|谨慎增持|"
    "谨慎推荐|审慎推荐|审慎买入|收集|领先大市|跑赢",
    3: "hold|neutral|equal-weight|equal weight|equalweight|market perform|market-perform|perform|"
    "sector perform|peer perform|in-line|in line|sector weight|market weight|mixed|"
    "中性|持有|与大市同步|同步大市|大市同步|与市场同步|跟随大市|观望|标配",
    4: "underweight|under-weight|underperform|reduce|market underperform|sector underperform|"
    "underperformer|negative|减持|跑输大市|跑输行业|逊于大市|弱于大市|落后大市|跑输|回避",
    5: "sell|strong sell|strong-sell|卖出|沽售|沽出|强烈卖出",
}
_WITHDRAWN = (
    "not rated|nr|suspended|rating suspended|coverage suspended|no rating|discontinued|"
    "未评级|无评级|未予评级|暂停评级|不予评级"
)


@cache
def _classes() -> Mapping[str, int]:
    return {word: kind for kind, words in _WORDS.items() for word in words.split("|")}


def _key(word: str) -> str:
    return " ".join(normalise(word).casefold().strip(" \"'“”「」。.").split())


def class_of(word: str) -> int | None:
    """Return the class of a rating's word, None where the word is not known.

    Examples
    --------
    >>> class_of("Overweight"), class_of("優於大市"), class_of("沽售"), class_of("AA+")
    (2, 2, 5, None)
    """
    return _classes().get(_key(word))


def is_withdrawn(word: str) -> bool:
    """Tell whether a word says that a house does not rate a share any more.

    Examples
    --------
    >>> is_withdrawn("Not Rated"), is_withdrawn("Hold")
    (True, False)
    """
    return _key(word) in _WITHDRAWN.split("|")


@cache
def pattern(chinese: bool) -> str:
    """Return a regular expression for the words of one script, normalised, the longest first."""
    han = re.compile("[\u4e00-\u9fff]")
    words = [word for word in _classes() if bool(han.search(word)) is chinese]
    words.sort(key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\-", "-").replace(r"\ ", " ") for word in words)
