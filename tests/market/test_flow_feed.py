"""Stock Connect through akshare's own code, against a stand-in that answers as Eastmoney does."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlsplit

import pytest

from springtide.errors import SourceError
from springtide.market import calendars, instruments
from springtide.market.lake import Lake
from springtide.market.sources import akshare
from springtide.market.syncing import sync
from springtide.market.view import View

PAUSE = 0.0
FIRST, LAST = date(2025, 1, 2), date(2025, 2, 13)
NOW = datetime(2025, 2, 13, 12, tzinfo=UTC)
CODES = {"SOUTHBOUND": "6", "NORTHBOUND": "5"}


@pytest.fixture
def eastmoney(stand_in: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The stand-in in the place of every server that ``requests`` connects to."""
    pytest.importorskip("akshare", reason="the extra akshare is not installed")
    import requests

    send = requests.adapters.HTTPAdapter.send

    def redirected(self: Any, request: Any, **options: Any) -> Any:
        parts = urlsplit(request.url)
        request.url = f"{stand_in.address}{parts.path}?{parts.query}"
        return send(self, request, **options)

    monkeypatch.setattr(requests.adapters.HTTPAdapter, "send", redirected)
    return stand_in


def sessions(calendar: str = "CONNECT_SOUTH") -> list[date]:
    known = calendars.sessions(calendar, FIRST, LAST)
    assert known is not None
    listed: list[date] = known.tolist()
    return listed


def rows(days: list[date], **changed: dict[str, Any]) -> list[dict[str, Any]]:
    """Eastmoney's rows, in millions: buying 1,000 more each day, selling always 9,000."""
    made, total = [], 3_700_000.0
    for k, day in enumerate(days):
        buy, sell = 10_000.25 + 1_000 * k, 9_000.5
        net = round(buy - sell, 2)
        total = round(total + net, 2)
        row = {
            "MUTUAL_TYPE": "006", "TRADE_DATE": f"{day} 00:00:00", "FUND_INFLOW": 1234.5,
            "NET_DEAL_AMT": net, "QUOTA_BALANCE": 40_000.0, "ACCUM_DEAL_AMT": total,
            "BUY_AMT": buy, "SELL_AMT": sell, "LEAD_STOCKS_CODE": "00700",
            "LEAD_STOCKS_NAME": "-", "LS_CHANGE_RATE": 1.5, "INDEX_CLOSE_PRICE": 3800.5,
            "INDEX_CHANGE_RATE": 0.5, "HOLD_MARKET_CAP": 3.3e12, "DEAL_AMT": buy + sell,
        } | changed.get(str(day), {})  # fmt: skip
        made.append(row)
    return made[::-1]  # newest first, as the server sorts


def answering(made: list[dict[str, Any]]) -> Any:
    def answer(path: str, query: dict[str, str]) -> tuple[int, str, bytes]:
        assert path == "/api/data/v1/get"
        assert query["reportName"] == "RPT_MUTUAL_DEAL_HISTORY"
        body = {"version": "x", "result": {"pages": 1, "data": made, "count": len(made)}}
        return 200, "application/json", json.dumps(body).encode()

    return answer


def test_millions_become_whole_units(eastmoney: Any, lake: Lake) -> None:
    eastmoney.answer = answering(rows(sessions()))
    (report,) = sync(lake, ["SOUTHBOUND"], "akshare", first=FIRST, now=NOW, pause=PAUSE).files
    count = len(sessions())
    assert (report.new, report.refused) == (5 * count, 0)
    assert "history as the source knows it today" in report.warnings[0]
    view = View(lake, LAST)
    last = {name: view.observations("SOUTHBOUND", name)[-1] for name in view.fields("SOUTHBOUND")}
    k = count - 1
    assert last["flow_buy"].value == (10_000.25 + 1_000 * k) * 1e6
    assert last["flow_net"].value == (999.75 + 1_000 * k) * 1e6
    assert last["flow_cumulative"].value == pytest.approx(
        3.7e12 + sum(999.75e6 + 1e9 * i for i in range(count))
    )
    assert (last["flow_quota_used"].value, last["flow_quota_used"].unit) == (1234.5e6, "CNY")
    assert (last["flow_net"].unit, last["flow_net"].source) == ("HKD", "AKShare")
    again = sync(lake, ["SOUTHBOUND"], "akshare", now=NOW, pause=PAUSE)
    assert (again.total("new"), again.total("revised")) == (0, 0)
    assert again.total("same") > 0


def test_a_row_that_contradicts_itself_is_refused_by_its_day(eastmoney: Any, lake: Lake) -> None:
    day = sessions()[-3]
    eastmoney.answer = answering(rows(sessions(), **{str(day): {"NET_DEAL_AMT": 5.0}}))
    (report,) = sync(lake, ["SOUTHBOUND"], "akshare", first=FIRST, now=NOW, pause=PAUSE).files
    assert [refusal.date for refusal in report.refusals] == [day]
    assert "buying less selling is not the net" in report.refusals[0].reason
    assert day not in [one.date for one in View(lake, LAST).observations("SOUTHBOUND", "flow_net")]


def test_blanks_are_not_stored_and_days_that_did_not_come_are_named(
    eastmoney: Any, lake: Lake
) -> None:
    blank = {"NET_DEAL_AMT": None, "BUY_AMT": None, "SELL_AMT": None}
    days = sessions()
    eastmoney.answer = answering(rows(days, **{str(day): blank for day in days[10:]}))
    (report,) = sync(lake, ["SOUTHBOUND"], "akshare", first=FIRST, now=NOW, pause=PAUSE).files
    left = len(days) - 10
    told = f"{left} of {len(days)} sessions did not come, the first of them {days[10]}"
    assert told in report.warnings
    held = View(lake, LAST).observations("SOUTHBOUND", "flow_net")
    assert [one.date for one in held] == days[:10]


def test_northbound_zeros_after_the_end_of_its_publication(eastmoney: Any, lake: Lake) -> None:
    known = calendars.sessions("CONNECT_NORTH", date(2024, 8, 1), date(2024, 8, 30))
    assert known is not None
    days = known.tolist()
    zero = {"NET_DEAL_AMT": 0.0, "BUY_AMT": 0.0, "SELL_AMT": 0.0}
    late = {str(day): zero for day in days if day > date(2024, 8, 16)}
    eastmoney.answer = answering(rows(days, **late))
    done = sync(lake, ["NORTHBOUND"], "akshare", first=days[0], now=NOW, pause=PAUSE)
    assert done.total("new") > 0
    held = View(lake, LAST).observations("NORTHBOUND", "flow_net")
    assert held[-1].date == date(2024, 8, 16)
    assert held[-1].unit == "CNY"


def test_a_changed_unit_is_refused_by_its_factor(eastmoney: Any, lake: Lake) -> None:
    eastmoney.answer = answering(rows(sessions()))
    sync(lake, ["SOUTHBOUND"], "akshare", first=FIRST, now=NOW, pause=PAUSE)
    money = ("FUND_INFLOW", "NET_DEAL_AMT", "ACCUM_DEAL_AMT", "BUY_AMT", "SELL_AMT")
    hundredfold = [row | {name: row[name] * 100 for name in money} for row in rows(sessions())]
    eastmoney.answer = answering(hundredfold)
    with pytest.raises(SourceError, match="100 times the stored figures"):
        sync(lake, ["SOUTHBOUND"], "akshare", now=NOW, pause=PAUSE)


FAILURES = {
    "429": (lambda path, query: (429, "text/plain", b"Too Many Requests"), "not data|429"),
    "a web page": (lambda path, query: (200, "text/html", b"<html>later</html>"), "not data"),
    "nothing": (
        lambda path, query: (200, "application/json", b'{"result": null}'), "another form|failed",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", FAILURES)
def test_what_may_be_answered_instead_is_said(eastmoney: Any, lake: Lake, case: str) -> None:
    eastmoney.answer, message = FAILURES[case]
    with pytest.raises(SourceError, match=message):
        sync(lake, ["SOUTHBOUND"], "akshare", first=FIRST, now=NOW, pause=PAUSE)


def test_yahoo_has_no_flows(lake: Lake) -> None:
    with pytest.raises(SourceError, match="Try --source akshare"):
        sync(lake, ["SOUTHBOUND"], "yahoo", now=NOW, pause=PAUSE)
    with pytest.raises(SourceError, match="does not carry flows of HSI"):
        akshare.fetch_figures(instruments.get("HSI"), FIRST, LAST)
