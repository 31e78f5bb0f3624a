"""springtide outlook --file and springtide calls: filed once, listed with what came of them."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from springtide.claims.schema import validate
from springtide.cli.run import run
from springtide.market.lake import Lake

DAY = "2009-12-31"


@pytest.fixture(scope="module")
def filled(bundled_lake: Lake, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lake of our own with the bundled sample."""
    folder = tmp_path_factory.mktemp("calls") / "lake"
    shutil.copytree(bundled_lake.address, folder)
    return folder


@pytest.fixture
def lake(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh copy of it, the one that commands use."""
    folder = tmp_path / "lake"
    shutil.copytree(filled, folder)
    monkeypatch.setenv("SPRINGTIDE_LAKE", str(folder))
    return folder


Said = tuple[int, str, str]


def call(capsys: pytest.CaptureFixture[str], *words: str) -> Said:
    capsys.readouterr()
    code = run(words)
    out, err = capsys.readouterr()
    assert "Traceback" not in err
    return code, out, " ".join(err.split())


@pytest.mark.usefixtures("lake")
def test_filed_once_and_listed_with_what_came(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = call(capsys, "calls")
    assert (code, err) == (0, "")
    assert out.startswith("No calls are on file that were made by ")
    assert "springtide outlook SUBJECT --as-of DATE --file" in out

    code, out, err = call(capsys, "outlook", "SPX", "--as-of", DAY, "--file")
    assert code == 0
    assert out.startswith("How long can it last? S&P 500, 31 December 2009")
    filed = int(err.split()[1])
    assert err == f"Filed {filed} new calls of {filed}; 0 on file already, 0 refused"
    assert filed in (10, 20)  # of what is said, and of base rates where these are another
    code, _, err = call(capsys, "outlook", "SPX", "--as-of", DAY, "--file")
    assert (code, err) == (0, f"Filed 0 new calls of {filed}; {filed} on file already, 0 refused")

    # The S&P 500 closed above its 1,127.78 of 28 December on 4 January, and the rally from March
    # 2009 had not ended when the sample does, in 2018.
    code, out, err = call(capsys, "calls", "--as-of", "2018-12-31")
    assert (code, err) == (0, "")
    rows = [line for line in out.splitlines() if line.startswith(f" {DAY}")]
    assert len(rows) == filed
    in_60 = [line for line in rows if "New high within a horizon: 60 sessions" in line]
    assert all("  yes    2010-01-04" in line for line in in_60)
    tops = [line for line in rows if "Top within a horizon" in line]
    assert len(tops) == filed // 2
    assert all(re.search(r"% +— +no ", line) for line in tops)
    assert f"{filed} of {filed} calls were put on file more than a day after" in " ".join(
        out.split()
    )


@pytest.mark.usefixtures("lake")
def test_json_fits_its_schema_and_opens_with_the_day(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = call(capsys, "outlook", "SPX", "--as-of", DAY, "--file", "--json")
    assert code == 0
    validate(json.loads(out), "outlook")  # what was filed is said beside it, not in it
    assert err.startswith("Filed ")
    decided = {}
    for day in (DAY, "2010-03-01", "2018-12-31"):
        code, out, _ = call(capsys, "calls", "--subject", "标普500", "--as-of", day, "--json")
        assert code == 0
        told = json.loads(out)
        validate(told, "calls")
        assert told["as_of"] == day
        assert len(told["calls"]) == sum(s["decided"] + s["undecided"] for s in told["scores"])
        decided[day] = sum(one["happened"] is not None for one in told["calls"])
        for one in told["calls"]:
            assert (one["happened"] is None) == (one["brier"] is None)
            assert one["decided_on"] is None or one["decided_on"] <= day
            assert one["measurement"]["evidence"]["rows"] or one["measurement"]["missing"]
    assert decided[DAY] == 0 < decided["2010-03-01"] < decided["2018-12-31"]
    code, out, _ = call(capsys, "calls", "--subject", "IXIC", "--as-of", "2018-12-31", "--json")
    assert (code, json.loads(out)["calls"]) == (0, [])
    code, out, _ = call(capsys, "calls", "--as-of", "2009-12-30", "--json")
    assert (code, json.loads(out)["calls"]) == (0, [])


@pytest.mark.usefixtures("lake")
def test_what_is_past_due_says_what_it_awaits(capsys: pytest.CaptureFixture[str]) -> None:
    """Sixty sessions end on 30 March 2010; the highest close by then is that of the 23rd."""
    assert call(capsys, "outlook", "SPX", "--as-of", DAY, "--file")[0] == 0
    _, out, _ = call(capsys, "calls", "--as-of", "2010-03-31")
    told = " ".join(out.split())
    assert told.count("closes of SPX after 2010-03-31: the rally that ran on 2009-12-31") == 1
    assert "nor closed as high later than 60 sessions after 2009-12-31" in told
    _, out, _ = call(capsys, "calls", "--as-of", "2010-03-30")
    assert "Past due" not in out


@pytest.mark.usefixtures("lake")
def test_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(capsys, "outlook", "SPX", "--as-of", DAY, "--file")[0] == 0
    code, out, _ = call(capsys, "calls", "--as-of", "2010-03-01", "--lang", "zh-cn")
    assert code == 0
    assert "期限内再创新高：60个交易日" in out
    assert "待定" in out
    assert "布赖尔分数" in out


def test_what_is_on_file_stays(lake: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from springtide.calls.ledger import file, load
    from springtide.claims.model import Call
    from springtide.market.view import View

    assert call(capsys, "outlook", "SPX", "--as-of", DAY, "--file")[0] == 0
    (first, *_) = load(View(Lake.open(lake), date(2009, 12, 31))).calls
    other = Lake.create(lake.parent / "other")
    shutil.copytree(lake / "bars", lake.parent / "other" / "bars", dirs_exist_ok=True)
    changed = Call(first.claim, first.made, first.due, 0.999, first.source)
    assert file(other, [changed]).new == 1
    words = ("outlook", "SPX", "--as-of", DAY, "--file", "--lake", str(lake.parent / "other"))
    code, out, err = call(capsys, *words)
    assert code == 1
    assert out.startswith("How long can it last?")
    assert "Not filed: top_within of SPX due 2009-12-31, made on 2009-12-31 by springtide" in err
    assert "0.9990 is on file and stays" in err
    assert err.endswith("1 refused")


@pytest.mark.usefixtures("lake")
def test_an_outlook_without_a_rally_files_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = call(capsys, "outlook", "SPX", "--as-of", "2009-03-09", "--file")
    assert (code, err) == (0, "No calls to file: the outlook gives no probabilities")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("calls", "--as-of", "yesterday"), 2, "yesterday is not a date: write it as YYYY-MM-DD"),
        (("calls", "--as-of", "2099-01-01"), 2, "2099-01-01 is in the future"),
        (("calls", "--subject", "Nasdak"), 2, "Unknown instrument: Nasdak"),
        (("calls", "--lang", "fr"), 2, '"en", "zh-cn"'),
        (("calls", "SPX"), 2, "SPX"),
        (("calls", "--lake", "none"), 1, "There is no lake at none"),
        (("outlook", "SPX", "--as-of", "2010-01-02", "--file"), 1, "2009-12-31"),
    ],
)
@pytest.mark.usefixtures("lake")
def test_bad_use(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], code: int, said: str
) -> None:
    ended, out, err = call(capsys, *words)
    assert (ended, out) == (code, "")
    assert said in err


def test_a_lake_that_cannot_be_written_to_says_so(
    lake: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (lake / "calls").write_text("a file in the way", encoding="utf-8")
    code, _, err = call(capsys, "outlook", "SPX", "--as-of", DAY, "--file")
    assert code == 1
    assert err.startswith("Error: The lake at")


# -- of named people -------------------------------------------------------------------------

ARTICLE = """---
title: What they say
date: 2017-12-29 22:00:00
---

Goldman Sachs expects the S&P 500 to reach 2,850 by the end of 2018.

UBS expects that the S&P 500 could fall to 2,400 by the end of 2018.

Analysts expect the S&P 500 to reach 3,000 by the end of 2018.
"""


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.md"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


@pytest.mark.usefixtures("lake")
def test_calls_of_an_article_are_filed_once_and_settled(
    article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = call(capsys, "calls", "read", str(article))
    assert code == 0
    assert err == "Filed 2 new calls of 2; 0 on file already, 0 refused"
    assert "Goldman Sachs" in out
    assert "no person or house is named who says it" in " ".join(out.split())
    code, _, err = call(capsys, "calls", "read", str(article.parent / "article.md"))
    assert (code, err) == (0, "Filed 0 new calls of 2; 2 on file already, 0 refused")

    # The S&P 500 closed 2018 at 2,506.85.
    code, out, _ = call(capsys, "calls", "--as-of", "2018-12-31", "--json")
    assert code == 0
    document = json.loads(out)
    validate(document, "calls")
    told = {one["source"]: one for one in document["calls"]}
    assert set(told) == {"Goldman Sachs", "UBS"}
    goldman, ubs = told["Goldman Sachs"], told["UBS"]
    assert (goldman["status"], goldman["happened"], goldman["decided_on"]) == (
        "decided",
        False,
        "2018-12-31",
    )
    assert (goldman["probability"], goldman["brier"]) == (None, None)
    assert (ubs["status"], ubs["mentioned"], ubs["happened"]) == ("mentioned", True, None)
    assert goldman["base_rate"]["last"] == "2017-12-29"
    assert goldman["base_rate"]["windows"] > 10
    assert ARTICLE[goldman["said"]["start"] : goldman["said"]["end"]] == "2,850"

    code, out, _ = call(capsys, "calls", "show", goldman["id"][:6], "--as-of", "2018-12-31")
    assert code == 0
    shown = " ".join(out.split())
    assert "Base rate" in shown
    assert "2,506.85" in shown
    assert "◉" in out
    code, out, _ = call(capsys, "calls", "--source", "高盛", "--as-of", "2018-12-31")
    assert code == 0
    assert "UBS" not in out
    code, out, _ = call(capsys, "calls", "--as-of", "2018-06-29", "--lang", "zh-cn")
    assert code == 0
    assert "高盛" in out
    assert "待定" in out


@pytest.mark.usefixtures("lake")
def test_the_board_is_shown_and_written_in_three_forms(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(capsys, "outlook", "SPX", "--as-of", DAY, "--file")[0] == 0
    assert call(capsys, "calls", "read", str(article))[0] == 0
    code, out, _ = call(capsys, "calls", "board", "--as-of", "2018-12-31")
    assert code == 0
    told = " ".join(out.split())
    assert "too few" in told
    assert "about 96 independent calls at a base rate of one half" in told
    code, out, _ = call(capsys, "calls", "board", "--as-of", "2018-12-31", "--json")
    document = json.loads(out)
    validate(document, "board")
    sources = {one["source"] for one in document["standings"]}
    assert "Goldman Sachs" in sources
    assert any(one.startswith("springtide ") for one in sources)  # ours, by the same rules
    assert all(one["rank"] is None for one in document["standings"])
    for name in ("board.html", "board.json", "board.csv"):
        path = tmp_path / "out" / name
        assert call(capsys, "calls", "export", str(path), "--as-of", "2018-12-31")[0] == 0
        assert path.stat().st_size > 100
    page = (tmp_path / "out" / "board.html").read_text(encoding="utf-8")
    for lang, house in (("en", "Goldman Sachs"), ("zh-cn", "高盛"), ("zh-hk", "高盛")):
        section = page.partition(f'<section id="{lang}"')[2].partition("</section>")[0]
        assert house in section
    assert "expects the S&amp;P" not in page  # no words of articles
    assert "src=" not in page
    validate(json.loads((tmp_path / "out" / "board.json").read_text(encoding="utf-8")), "board")


@pytest.mark.usefixtures("lake")
def test_a_sheet_of_calls_and_its_corrections(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    head = "made,who,house,subject,metric,params,level,due,quote,url,corrects\n"
    sheet = tmp_path / "calls.csv"
    sheet.write_text(
        head
        + "2017-12-29,Jane Roe,Acme,SPX,target_met,by=end,2850,2018-12-31,,,\n"
        + "2018-01-26,Jane Roe,Acme,标普500,falls_within,size=5;sessions=20,,,,,\n"
        + "2018-01-27,Jane Roe,Acme,SPX,falls_within,size=5;sessions=20,,,,,\n"
        + "2018-01-26,,,SPX,falls_within,,,,,,\n"
        + "2018-01-26,Jane Roe,,SPX,rsi,,,,,,\n",
        encoding="utf-8",
    )
    code, _, err = call(capsys, "calls", "read", str(sheet))
    assert code == 1
    assert "Filed 2 new calls of 2" in err
    assert "There is no close of SPX on 2018-01-27" in err
    assert "Nobody is named who says it" in err
    assert "That metric is of no days to come" in err
    # From 2,872.87 on 26 January to 2,648.94 on 5 February is a fall of 7.8%.
    _, out, _ = call(capsys, "calls", "--as-of", "2018-12-31", "--json")
    told = {one["claim"]["metric"]: one for one in json.loads(out)["calls"]}
    assert (told["falls_within"]["happened"], told["falls_within"]["decided_on"]) == (
        True,
        "2018-02-05",
    )
    assert told["falls_within"]["source"] == "Jane Roe (Acme)"
    sheet.write_text(
        head
        + "2017-12-29,Jane Roe,Acme,SPX,target_met,by=end,2500,2018-12-31,,,"
        + told["target_met"]["id"]
        + "\n",
        encoding="utf-8",
    )
    assert call(capsys, "calls", "read", str(sheet))[0] == 0
    _, out, _ = call(capsys, "calls", "--as-of", "2018-12-31", "--json")
    status = {
        one["claim"]["params"]["target"]: one["status"]
        for one in json.loads(out)["calls"]
        if one["claim"]["metric"] == "target_met"
    }
    assert status == {2850.0: "corrected", 2500.0: "decided"}


@pytest.mark.usefixtures("lake")
def test_what_is_asked_wrongly_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = call(capsys, "calls", "show", "0000000000")
    assert (code, "0000000000" in err) == (2, True)
    code, _, err = call(capsys, "calls", "export", "board.pdf")
    assert (code, ".html, .json, .csv" in err) == (2, True)
    bad = tmp_path / "bad.csv"
    bad.write_text("a,b\n1,2\n", encoding="utf-8")
    code, _, err = call(capsys, "calls", "read", str(bad))
    assert code in (1, 2)
    assert "has no line of column names that is understood" in err


SHEET = """made,who,house,subject,metric,params,level,due,quote,url
2017-12-29,Jane Roe,Acme,SPX,target_met,by=end,2850,2018-12-31,,
2018-01-26,Jane Roe,Acme,SPX,falls_within,size=5;sessions=20,,,,
2018-01-26,John Doe,,SPX,ceiling_holds,,3000,2018-12-31,,
2018-02-16,,UBS,SPX,level_holds,,2600,,,
2018-02-16,,瑞銀,SPX,outperforms_within,benchmark=IXIC,,2018-06-29,,
"""


@pytest.mark.usefixtures("lake")
def test_a_sheet_is_imported_as_it_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = tmp_path / "calls.csv"
    sheet.write_text(SHEET, encoding="utf-8")
    how = ("import", "observations", str(sheet), "--layout", "calls")
    code, out, _ = call(capsys, *how, "--check", "--json")
    assert code == 0
    document = json.loads(out)
    validate(document, "import")
    (told,) = document["files"]
    assert (told["rows"], told["new"], told["refused"]) == (5, 5, 0)
    _, out, _ = call(capsys, "calls", "--as-of", "2018-12-31", "--json")
    assert json.loads(out)["calls"] == []  # nothing was stored
    assert call(capsys, *how)[0] == 0
    _, out, _ = call(capsys, "calls", "--as-of", "2018-12-31", "--json")
    of = {one["claim"]["metric"]: one for one in json.loads(out)["calls"]}
    assert len(of) == 5
    # From 2,732.22 and 7,239.46 on 16 February to 2,718.37 and 7,510.30 on 29 June.
    better = of["outperforms_within"]
    assert (better["happened"], better["decided_on"]) == (False, "2018-06-29")
    assert better["source"] == "UBS"
    rows = better["measurement"]["evidence"]["rows"]
    assert [(row["subject"], row["value"]) for row in rows] == [
        ("SPX", 2732.22),
        ("SPX", 2718.37),
        ("IXIC", 7239.47),
        ("IXIC", 7510.3),
    ]
    assert better["base_rate"]["last"] == "2018-02-16"
    # The same file by the other command: all are there.
    code, out, _ = call(capsys, "calls", "read", str(sheet), "--json")
    document = json.loads(out)
    validate(document, "filed")
    assert (code, document["known"], document["filed"]) == (0, 5, [])
    # In a Chinese export's encoding, under Chinese headings.
    chinese = SHEET.replace("made,who,house,subject,metric,params,level,due,quote,url",
                            "日期,姓名,机构,标的,指标,参数,价位,到期日,原话,链接")  # fmt: skip
    sheet.write_bytes(chinese.encode("gb18030"))
    code, out, _ = call(capsys, *how, "--json")
    assert json.loads(out)["files"][0]["same"] == 5


@pytest.mark.usefixtures("lake")
def test_what_a_sheet_may_not_say_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = tmp_path / "calls.csv"
    how = ("import", "observations", str(sheet), "--layout", "calls")
    sheet.write_text(SHEET, encoding="utf-8")
    code, _, err = call(capsys, *how, "--unit", "USD")
    assert (code, "A sheet of calls says everything itself" in err) == (2, True)
    bad = "2018-02-30,X,,SPX,falls_within,,,,,\n2018-01-26,X,,SPX,falls_within,size=abc,,,,\n"
    sheet.write_text(SHEET.splitlines()[0] + "\n" + bad, encoding="utf-8")
    code, _, err = call(capsys, *how)
    assert code == 1
    assert "The day on which it was made is no date" in err
    assert "size" in err
    sheet.write_text("a,b\n1,2\n", encoding="utf-8")
    code, _, err = call(capsys, *how)
    assert (code, "no line of column names that is understood" in err) == (1, True)
    code, _, err = call(capsys, "import", "observations", str(sheet), "--layout", "cals")
    assert (code, "calls" in err) == (2, True)


@pytest.mark.usefixtures("lake")
def test_what_is_read_and_shown_has_json(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = call(capsys, "calls", "read", str(article), "--json")
    assert code == 0
    document = json.loads(out)
    validate(document, "filed")
    assert [one["source"] for one in document["filed"]] == ["Goldman Sachs", "UBS"]
    assert [one["mentioned"] for one in document["filed"]] == [False, True]
    assert [one["why"] for one in document["left"]] == ["no person or house is named who says it"]
    first = document["filed"][0]["id"]
    code, out, _ = call(capsys, "calls", "show", first, "--as-of", "2018-12-31", "--json")
    shown = json.loads(out)
    validate(shown, "calls")
    assert [(one["id"], one["happened"]) for one in shown["calls"]] == [(first, False)]
    assert code == 0


@pytest.mark.usefixtures("lake")
def test_the_watch_list_has_json(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    code, out, _ = call(capsys, "watch", "add", "标普500", "--json")
    document = json.loads(out)
    validate(document, "watch")
    assert (code, [one["symbol"] for one in document["watched"]]) == (0, ["SPX"])
    code, out, _ = call(capsys, "watch", "remove", "SPX", "--json")
    assert (code, json.loads(out)["watched"]) == (0, [])
    code, out, _ = call(capsys, "watch", "--json")
    assert (code, json.loads(out)["watched"]) == (0, [])
