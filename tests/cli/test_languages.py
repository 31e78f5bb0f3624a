"""Commands in Hong Kong's Chinese: complete, in its words, and nothing of another language."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from springtide.cli.run import run
from springtide.language.messages import LANGUAGES
from springtide.market.lake import Lake

# Words of English that a Chinese answer keeps: names of methods, statistics and files.
KEPT = re.compile(
    r"GARCH|LPPLS|Kaplan|Meier|PSY|RSI|CRPS|Brier|SPX|IXIC|springtide [\w.]+(?: \w+)?|climatology"
    r"|combination|S&P|SUBJECT|DATE|--[a-z-]+|p值|https?://\S+"
)
# Words that mainland papers use and Hong Kong's do not, in the writing of either.
MAINLAND = ("盘", "盤", "涨", "漲", "概率", "信息", "行情")


@pytest.fixture
def bundled(bundled_lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPRINGTIDE_LAKE", str(bundled_lake.address))


def answer(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> str:
    assert run([*words, "--lang", "zh-hk"]) == code
    return capsys.readouterr().out


def assert_is_hong_kongs(text: str) -> None:
    assert re.search("[一-鿿]", text)
    for word in MAINLAND:
        assert word not in text, word
    left = re.findall(r"[A-Za-z]{3,}", KEPT.sub("", text))
    assert not left, left


@pytest.mark.usefixtures("bundled")
@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            ("outlook", "SPX", "--as-of", "2009-12-31"),
            ("升浪還能走多遠？", "標普500指數", "累升64.83%"),
        ),
        (("outlook", "SPX", "--as-of", "2008-10-13"), ("熊市",)),
        (
            ("exuberance", "IXIC", "--as-of", "2000-03-10"),
            ("納斯達克綜合指數", "爆炸性走勢", "誤報率"),
        ),
        (("exuberance", "IXIC", "--as-of", "1999-06-01"), ("資料不足", "須有IXIC")),
        (("calls", "--as-of", "2000-03-10"), ("沒有已存檔的預測",)),
    ],
)
def test_an_answer_in_hong_kongs_words(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], told: tuple[str, ...]
) -> None:
    text = answer(capsys, *words)
    for word in told:
        assert word in text, text
    assert_is_hong_kongs(text)


@pytest.mark.usefixtures("bundled")
def test_a_measurement_in_each_language(capsys: pytest.CaptureFixture[str]) -> None:
    """The low of 676.53 on 9 March 2009, 207 sessions before the last of that year."""
    words = ["measure", "phase_age", "SPX", "--as-of", "2009-12-31", "--lang"]
    told = {}
    for language in LANGUAGES:
        assert run([*words, language]) == 0
        told[language] = capsys.readouterr().out.splitlines()
    assert told["en"][1] == "207 sessions"
    assert told["zh-cn"][:2] == ["SPX的牛熊阶段已持续时间，截至2009-12-31", "207个交易日"]
    assert told["zh-hk"][:2] == ["SPX的牛熊市已歷時，截至2009-12-31", "207個交易日"]
    assert told["zh-hk"][3].split() == ["證券", "欄目", "日期", "數值", "來源"]
    assert told["zh-hk"][5].split()[:4] == ["SPX", "收市價", "2009-03-09", "676.53"]


@pytest.mark.usefixtures("bundled")
def test_a_brief_in_three_languages_is_one_page_and_three(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    words = ["brief", "IXIC", "--as-of", "2000-03-10", "--lang", "zh-hk,zh-cn,en"]
    out = tmp_path / "brief"
    assert run([*words, "--out", str(out)]) == 0
    text = capsys.readouterr().out
    assert "升浪還能走多遠？納斯達克綜合指數，2000年3月10日" in text
    assert_is_hong_kongs(text)
    told = json.loads((out / "brief.json").read_text(encoding="utf-8"))
    assert told["languages"] == ["zh-hk", "zh-cn", "en"]
    for section in told["sections"]:
        for one in (section["heading"], *(line["text"] for line in section["sentences"])):
            assert list(one) == ["zh-hk", "zh-cn", "en"]
            assert len(set(one.values())) == 3
    page = (tmp_path / "brief.html").read_text(encoding="utf-8")
    assert page.startswith('<!doctype html>\n<html lang="zh-HK">')
    assert {path.name for path in out.glob("index.*")} == {
        "index.en.md", "index.zh-cn.md", "index.zh-hk.md",
    }  # fmt: skip
    hugo = (out / "index.zh-hk.md").read_text(encoding="utf-8")
    assert '  - "zh-HK"' in hugo
    assert_is_hong_kongs(re.sub(r"(?s)^---.*?---|\(.*?\)|\[brief.json\]", "", hugo))


RED, GREEN = "#c8102e", "#0f8b6d"


# The area of the drawdown is a fall: green on the mainland, red everywhere else.
@pytest.mark.usefixtures("bundled")
@pytest.mark.parametrize(
    ("colours", "falls"),
    [
        ((), {"en": RED, "zh-cn": GREEN, "zh-hk": RED}),
        (("--colours", "red-up"), {"en": GREEN, "zh-cn": GREEN, "zh-hk": GREEN}),
        (("--colours", "green-up"), {"en": RED, "zh-cn": RED, "zh-hk": RED}),
    ],
)
def test_rises_and_falls_have_the_colours_of_their_readers(
    tmp_path: Path, colours: tuple[str, ...], falls: dict[str, str]
) -> None:
    words = ["brief", "IXIC", "--as-of", "2002-10-09", "--lang", "en,zh-cn,zh-hk", *colours]
    out = tmp_path / "brief"
    assert run([*words, "--out", str(out)]) == 0
    page = (tmp_path / "brief.html").read_text(encoding="utf-8")
    for language, colour in falls.items():
        svg = (out / f"drawdown.{language}.svg").read_text(encoding="utf-8")
        assert colour in svg, language
        assert ({RED, GREEN} - {colour}).pop() not in svg, language
        rise = "red-up" if colour == GREEN else "green-up"
        assert f'data-language="{language}" data-colours="{rise}"' in page


ARTICLE = """\
納斯達克綜合指數收報5,048.62點，全日升0.04%，創歷史新高。指數年初至今累升25%。
"""


@pytest.mark.usefixtures("bundled")
def test_a_check_speaks_the_language_of_its_article(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    words = ["check", str(tmp_path / "article.txt"), "--as-of", "2000-03-10"]
    assert run([*words, "--out", str(tmp_path / "out")]) == 0
    table = capsys.readouterr().out
    for word in ("屬實", "不實", "最接近的正確說法", "收市價"):
        assert word in table, table
    told = json.loads((tmp_path / "out" / "check.json").read_text(encoding="utf-8"))
    assert told["language"] == "zh-hk"
    for claim in told["claims"]:
        assert_is_hong_kongs(claim["reason"])
        for reading in claim["nearest"]:
            assert_is_hong_kongs(reading["sentence"])
    page = (tmp_path / "out" / "check.html").read_text(encoding="utf-8")
    assert '<html lang="zh-HK">' in page
    review = json.loads((tmp_path / "out" / "claimreview.jsonld").read_text(encoding="utf-8"))
    assert {one["inLanguage"] for one in review["@graph"]} == {"zh-HK"}
