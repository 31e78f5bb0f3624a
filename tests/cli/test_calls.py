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
