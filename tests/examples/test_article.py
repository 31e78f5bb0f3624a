"""The example article: the same figures in both languages, and nobody else's sentences."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from springtide.errors import UnknownNameError
from springtide.examples import article, articles
from springtide.language.types import Language

FIGURES = ("2.55%", "4.07%", "0.2%", "21,814.37", "21,728", "21,377", "22,500", "17.4", "24.5")
CLAIMS = {
    "en": (
        "about 8%", "more than 4%", "nearly 50%", "three-year high", "more than 25%", "nearly 1%",
        "technical bull market", "above 18 dollars", "nearly 13 dollars", "about 23%", "RSI(14)",
        "0.881 billion", "0.42 billion", "9 Hong Kong dollars",
    ),
    "zh-cn": (
        "约8%", "超过4%", "近50%", "三年新高", "超过25%", "近1%", "技术性牛市", "18美元之上",
        "接近13美元", "约23%", "RSI（14）", "8.81亿美元", "4.2亿美元", "9港元",
    ),
}  # fmt: skip


def split(path: Path) -> tuple[dict[str, object], str]:
    _, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
    return yaml.safe_load(head), body


def test_languages() -> None:
    assert list(articles()) == ["en", "zh-cn"]
    with pytest.raises(UnknownNameError, match="Did you mean en or zh-cn"):
        article("zh-hk")


@pytest.mark.parametrize("language", ["en", "zh-cn"])
def test_says_each_figure_once(language: Language) -> None:
    _, body = split(article(language))
    for words in (*FIGURES, *CLAIMS[language]):
        assert body.count(words) == 1, words


def test_length() -> None:
    english, chinese = (split(path)[1] for path in articles().values())
    assert 250 <= len(re.findall(r"[\w.,%'()-]+", english)) <= 400
    assert 400 <= len(re.findall(r"[\u4e00-\u9fff]", chinese)) <= 600


@pytest.fixture(scope="module")
def model(shared: Path) -> Path:
    return shared / "articles" / "annotated" / "00-hstech-rally.md"


@pytest.mark.shared
@pytest.mark.parametrize("language", ["en", "zh-cn"])
def test_front_matter_has_the_keys_of_the_model(language: Language, model: Path) -> None:
    ours, theirs = split(article(language))[0], split(model)[0]
    assert list(ours) == list(theirs)
    assert ours["date"] == theirs["date"]


@pytest.mark.shared
def test_no_phrase_of_the_model(model: Path) -> None:
    """The longest common run is a term of the field: 恒生科技指数的前瞻市盈率."""
    theirs, ours = split(model)[1], split(article("zh-cn"))[1]
    runs = {ours[i : i + 13] for i in range(len(ours) - 12)}
    assert not {run for run in runs if run in theirs}
