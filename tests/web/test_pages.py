"""What pages show, without a browser."""

from __future__ import annotations

import json
from datetime import date

import pytest

from springtide.claims.schema import validate
from springtide.library.watch import unwatch, watch, watched

from .conftest import Served

DAY = "2009-12-31"


def test_the_watch_list_keeps_its_order_and_names_once():
    assert watched() == ()
    assert watch("SPX")
    assert watch("IXIC")
    assert not watch("SPX")
    assert watched() == ("SPX", "IXIC")
    assert unwatch("SPX")
    assert not unwatch("SPX")
    assert watched() == ("IXIC",)


@pytest.mark.parametrize(
    ("path", "schema"),
    [
        ("/data.json", "data"),
        ("/calls.json", "calls"),
        (f"/i/SPX.json?asof={DAY}", "brief"),
    ],
)
def test_pages_answer_json_by_their_schema(served: Served, path: str, schema: str):
    answer = served.ask(path)
    assert answer.status == 200
    validate(json.loads(answer.text), schema)


def test_a_chart_knows_nothing_of_later_days(served: Served):
    answer = json.loads(served.ask(f"/i/SPX/chart?asof={DAY}&range=1y&fan=0").text)
    assert answer["dates"][-1] == DAY
    assert answer["close"][-1] == pytest.approx(1115.10)  # the published close of that day
    assert all(phase["last"] <= DAY for phase in answer["phases"])
    assert len(answer["averages"][0]["values"]) == len(answer["dates"])


def test_what_is_wrong_is_said_and_never_a_traceback(served: Served):
    for path, status in (
        ("/i/NOTHING-OF-THAT-NAME", 404),
        ("/i/SPX?asof=yesterdayish", 400),
        ("/i/SPX?asof=2009-12-31&range=9y", 400),
        ("/i/SPX?v=bars:99999", 400),
        ("/i/SPX?v=nothing", 400),
        ("/i/SPX/chart?asof=1066-10-14", 400),
    ):
        answer = served.ask(path)
        assert answer.status == status, path
        assert "Traceback" not in answer.text


def test_an_article_is_checked_and_never_run(served: Served):
    text = "<script>alert(1)</script> The S&P 500 closed at 1,115.10 on 31 December 2009."
    body = ("text=" + text.replace("&", "%26").replace(" ", "+") + f"&asof={DAY}").encode()
    kind = "application/x-www-form-urlencoded"
    page = served.ask("/check", body, Content_Type=kind, Accept_Language="en").text
    assert "<script>alert" not in page
    assert 'class="claim supported"' in page
    answer = served.ask("/check.json", body, Content_Type=kind)
    document = json.loads(answer.text)
    validate(document, "check")
    assert [one["verdict"] for one in document["claims"]] == ["supported"]


def test_pages_speak_the_language_that_is_preferred(served: Served):
    for preferred, tag in (("zh-HK,zh;q=0.9", "zh-HK"), ("zh-CN", "zh-CN"), ("fr", "en")):
        assert f'<html lang="{tag}"' in served.ask("/data", Accept_Language=preferred).text


def test_the_last_scan_is_shown_and_downloaded(served: Served):
    from springtide.scan.asked import asked_of
    from springtide.scan.plan import plan_of
    from springtide.scan.run import resumed

    day = date(2000, 3, 10)
    resumed(served.lake, plan_of(served.lake, asked_of(["rsi"]), day), ["IXIC", "SPX"], workers=1)
    document = json.loads(served.ask("/scan.json?sort=-rsi").text)
    validate(document, "scan")
    assert [row["symbol"] for row in document["rows"]] == ["IXIC", "SPX"]
    few = served.ask("/scan.csv?where=rsi+%3E+70").text
    assert few.splitlines()[0] == "symbol,as_of,kind,calendar,rsi"
    assert len(few.splitlines()) == 2
    assert "IXIC" in served.ask("/scan").text
    assert served.ask("/scan?where=drop").status == 400
