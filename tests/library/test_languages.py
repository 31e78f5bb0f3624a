"""A lake opened in the Chinese of Hong Kong shows its results as Hong Kong reads them."""

from __future__ import annotations

import json
import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

import springtide
from springtide.brief.plot import Shade
from springtide.brief.render.svg import INKS
from springtide.calls.forecasts import from_outlook
from springtide.calls.ledger import file as file_calls
from springtide.language.script import _simplified_only, _traditional_to_simplified
from springtide.library.results import Result
from springtide.market.ingest import load_bundled
from springtide.market.lake import Lake as StoredLake
from springtide.market.view import View
from springtide.outlook.compose import outlook

SIMPLIFIED = _simplified_only() - _traditional_to_simplified().keys()
MAINLAND = ("收盤", "開盤", "漲", "概率", "市淨率")
ENGLISH = re.compile("[A-Za-z][A-Za-z'-]+ [A-Za-z'-]+ [A-Za-z'-]+")
ARTICLE = "標普500指數收報2,872.87點，升1.18%。納斯達克綜合指數收報7,105.77點。\n"

# What stands there as it is, whatever the language: names of columns, formulas, parameters.
AS_THEY_ARE = {"code", "th"}


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Result]:
    folder = tmp_path_factory.mktemp("languages") / "lake"
    stored = StoredLake.create(folder)
    load_bundled(stored)
    view = View(stored, date(2009, 12, 31))
    spx = view.instrument("SPX")
    file_calls(stored, from_outlook(outlook(view, spx), spx))
    lake = springtide.open(folder, language="zh-hk")
    day = lake["SPX"].asof("2018-01-26")
    return {
        "measurement": day.measure("drawdown"),
        "missing": lake["SPX"].asof("1999-01-06").measure("rsi"),
        "brief": day.brief(),
        "outlook": day.outlook(),
        "exuberance": day.exuberance(),
        "bars": day.bars(),
        "check": lake.check(text=ARTICLE, asof="2018-01-26"),
        "calls": lake.calls(asof="2012-12-31"),
        "import": springtide.load(day.bars().to_polars().tail(3), into=lake),
    }


class Words(HTMLParser):
    """The language of a page, and the words on it that are no code, column name or source."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.language = ""
        self.words: list[str] = []
        self._inside: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.language = self.language or given.get("lang") or ""
        self.words += [given["alt"] or ""] if "alt" in given else []
        if tag != "img":
            self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self._inside.pop()

    def handle_data(self, data: str) -> None:
        if not AS_THEY_ARE & set(self._inside):
            self.words.append(data)


TOLD = {
    "measurement": ["由高位回落幅度 · 標普500指數", "收市價"],
    "missing": ["資料不足：須有SPX截至1999-01-06共71個交易日的收市價，現有3個"],
    "brief": ["收報2,872.87點，全日升1.18%", "累計升跌", "機會率"],
    "outlook": ["升浪還能走多遠？標普500指數，2018年1月26日", "機會率"],
    "exuberance": ["是泡沫嗎？標普500指數", "臨界值", "最早的臨界時間（交易日）"],
    "bars": ["標普500指數", "2018年1月26日"],
    "check": ["✓ 屬實 2", "✗ 不實 1", "單日升跌幅"],
    "calls": ["預測，截至2012年12月31日"],
    "import": ["載入的數據"],
}


@pytest.mark.parametrize("name", TOLD)
def test_a_notebook_speaks_hong_kong_chinese(results: dict[str, Result], name: str) -> None:
    page = Words(results[name]._repr_html_())
    shown = "\n".join(page.words)
    assert page.language == "zh-HK"
    for told in TOLD[name]:
        assert told in shown
    assert not set(shown) & SIMPLIFIED
    assert not [word for word in MAINLAND if word in shown]
    if name not in ("measurement", "exuberance", "bars"):  # rows name their sources in English
        assert not ENGLISH.search(shown)


@pytest.mark.parametrize("name", TOLD)
def test_a_page_is_titled_in_its_language(
    results: dict[str, Result], name: str, tmp_path: Path
) -> None:
    (path,) = results[name].save(tmp_path / "page.html")
    page = path.read_text(encoding="utf-8")
    assert '<html lang="zh-HK">' in page
    title = page.partition("<title>")[2].partition("</title>")[0]
    assert re.search("[一-鿿]", title) or title == "text"
    assert not set(title) & SIMPLIFIED


def test_a_document_says_in_hong_kong_chinese_what_is_in_words(results: dict[str, Result]) -> None:
    missing = results["missing"].to_dict()["missing"]
    assert missing["zh-hk"].endswith("個交易日的收市價，現有3個")
    assert "zh-hk" in results["brief"].to_dict()["languages"]
    told = {"brief": "收報2,872.87點", "check": "單日升跌幅", "exuberance": "誤報率是指"}
    for name, words in told.items():
        assert words in json.dumps(results[name].to_dict(), ensure_ascii=False)


@pytest.mark.parametrize(
    ("language", "colours", "rising"),
    [
        ("zh-hk", None, "green"),
        ("en", None, "green"),
        ("zh-cn", None, "red"),
        ("zh-hk", "red-up", "red"),
        ("zh-cn", "green-up", "green"),
    ],
)
def test_rises_are_green_in_hong_kong_and_red_on_the_mainland(
    language: str, colours: str | None, rising: str, tmp_path: Path
) -> None:
    lake = springtide.create(tmp_path / "lake", sample=True, language=language)  # type: ignore[arg-type]
    brief = lake["SPX"].asof("2009-12-31").brief(colours=colours)  # type: ignore[arg-type]
    price = next(chart for chart in brief.charts if chart.key == "price")
    assert price.language == language
    bundle = price._repr_mimebundle_()
    shades = [one for one in price.plot[language].marks if isinstance(one, Shade) and one.sign]
    falling = {"red": "green", "green": "red"}[rising]
    assert {(one.sign, one.ink) for one in shades} == {("▲", rising), ("▼", falling)}
    for one in shades:
        assert _hue(INKS[one.ink]) == one.ink
        assert INKS[one.ink] in bundle["image/svg+xml"]
    assert bundle["image/svg+xml"] == price.svg


def _hue(colour: str) -> str:
    """Say whether a colour is rather red or rather green."""
    red, green, _ = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return "red" if red > green else "green"
