"""Yahoo and AKShare against a stand-in on this machine that answers as they really do.

The feeds' own libraries run unchanged; only where they connect to is turned to the stand-in.
"""

from __future__ import annotations

import importlib.util
import json
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import pytest

from springtide.errors import SourceError, SpringtideError, UnknownNameError
from springtide.market import calendars, gaps, instruments
from springtide.market.ingest import store_bars
from springtide.market.lake import Lake
from springtide.market.sources import akshare, feeds, yahoo
from springtide.market.syncing import of_source, sync
from springtide.market.view import View

NOW = datetime(2025, 2, 14, 2, 0, tzinfo=UTC)  # 10:00 in Hong Kong: the session is on
FIRST = date(2025, 1, 2)
LAST = date(2025, 2, 13)
PAUSE = 0.01


def sessions() -> list[date]:
    days = calendars.sessions("XHKG", FIRST, LAST)
    assert days is not None
    return list(days.tolist())


def close_of(day: date) -> float:
    return round(20000 + (day - FIRST).days * 40.25, 2)


# -- Yahoo: the chart API, version 8 -----------------------------------------------------------


def chart(
    days: list[date], factor: float = 1.0, splits: dict[date, tuple[int, int]] | None = None
) -> dict[str, Any]:
    moments = [int(datetime(d.year, d.month, d.day, 1, 30, tzinfo=UTC).timestamp()) for d in days]
    close = [close_of(d) * factor for d in days]
    meta = {
        "currency": "HKD", "symbol": "^HSI", "exchangeName": "HKG", "instrumentType": "INDEX",
        "firstTradeDate": 536376600, "regularMarketTime": moments[-1] if moments else 0,
        "gmtoffset": 28800, "timezone": "HKT", "exchangeTimezoneName": "Asia/Hong_Kong",
        "regularMarketPrice": close[-1] if close else 0.0, "priceHint": 2, "dataGranularity": "1d",
        "range": "", "validRanges": ["1d", "5d", "1mo", "max"],
        "currentTradingPeriod": {
            name: {"timezone": "HKT", "start": 1739410200, "end": 1739433600, "gmtoffset": 28800}
            for name in ("pre", "regular", "post")
        },
    }  # fmt: skip
    quote = {
        "open": [c - 10 for c in close],
        "high": [c + 20 for c in close],
        "low": [c - 20 for c in close],
        "close": close,
        "volume": [1_000_000] * len(days),
    }
    result: dict[str, Any] = {
        "meta": meta,
        "timestamp": moments,
        "indicators": {"quote": [quote], "adjclose": [{"adjclose": [c * 0.95 for c in close]}]},
    }
    if splits:
        result["events"] = {
            "splits": {
                str(moments[days.index(day)]): {
                    "date": moments[days.index(day)],
                    "numerator": new,
                    "denominator": old,
                    "splitRatio": f"{new}:{old}",
                }
                for day, (new, old) in splits.items()
            }
        }
    return {"chart": {"result": [result], "error": None}}


def as_json(answer: object) -> tuple[int, str, bytes]:
    return 200, "application/json", json.dumps(answer).encode()


def chart_server(make: Callable[[list[date]], object]) -> Callable[..., tuple[int, str, bytes]]:
    """Answer the question about the time zone, then with the sessions asked for."""

    def answer(path: str, query: dict[str, str]) -> tuple[int, str, bytes]:
        assert path == "/v8/finance/chart/^HSI" or path.startswith("/v8/finance/chart/")
        if "period1" not in query:
            return as_json(chart(sessions()[-1:]))
        low, high = int(query["period1"]), int(query["period2"])
        stamp = [(d, datetime(d.year, d.month, d.day, tzinfo=UTC).timestamp()) for d in sessions()]
        return as_json(make([d for d, at in stamp if low - 86400 < at < high]))

    return answer


@pytest.fixture
def yahoo_at(stand_in: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> Iterator[Any]:
    """The stand-in in the place of Yahoo's servers; no cookie is asked for."""
    pytest.importorskip("yfinance", reason="the extra yahoo is not installed")
    import yfinance
    import yfinance.base
    import yfinance.data
    import yfinance.scrapers.history

    yfinance.set_tz_cache_location(str(tmp_path))
    for module in (yfinance.base, yfinance.scrapers.history):
        monkeypatch.setattr(module, "_BASE_URL_", stand_in.address)
    monkeypatch.setattr(
        yfinance.data.YfData, "_get_cookie_and_crumb", lambda self, timeout=30: (None, "basic")
    )
    return stand_in


def fetch_yahoo() -> feeds.Fetched:
    return yahoo.fetch(instruments.get("HSI"), FIRST, LAST, pause=PAUSE, timeout=1.0)


def test_yahoo_gives_prices_as_traded(yahoo_at: Any) -> None:
    yahoo_at.answer = chart_server(chart)
    fetched = fetch_yahoo()
    assert fetched.frame["date"].to_list() == sessions()
    assert fetched.frame["close"].to_list() == [close_of(d) for d in sessions()]
    assert fetched.frame["high"].to_list() == [close_of(d) + 20 for d in sessions()]


def slow(path: str, query: dict[str, str]) -> tuple[int, str, bytes]:
    time.sleep(1.5)
    return as_json(chart(sessions()))


def not_json(path: str, query: dict[str, str]) -> tuple[int, str, bytes]:
    return 200, "text/html", b"<html><body>We are sorry</body></html>"


def torn(path: str, query: dict[str, str]) -> tuple[int, str, bytes]:
    if "period1" not in query:
        return as_json(chart(sessions()[-1:]))
    return 200, "application/json", json.dumps(chart(sessions())).encode()[:-500]


def nothing(path: str, query: dict[str, str]) -> tuple[int, str, bytes]:
    error = {"code": "Not Found", "description": "No data found, symbol may be delisted"}
    body = json.dumps({"chart": {"result": None, "error": error}}).encode()
    return 404, "application/json", body


YAHOO_FAILURES = {
    "429": (lambda path, query: (429, "text/plain", b"Too Many Requests"), "429"),
    "time-out": (slow, "did not answer in time"),
    "a web page": (not_json, "not data"),
    "torn off": (torn, "not data"),
    "unknown symbol": (nothing, "has no prices"),
}


@pytest.mark.parametrize("case", YAHOO_FAILURES)
def test_what_yahoo_may_answer_instead_is_said(yahoo_at: Any, lake: Lake, case: str) -> None:
    yahoo_at.answer, message = YAHOO_FAILURES[case]
    before = lake.versions()
    with pytest.raises(SourceError, match=message) as caught:
        fetch_yahoo()
    assert caught.value.exit_code == 1
    assert lake.versions() == before


def test_too_many_requests_are_not_answered_with_many_more(yahoo_at: Any) -> None:
    yahoo_at.answer = YAHOO_FAILURES["429"][0]
    with pytest.raises(SourceError, match="429"):
        fetch_yahoo()
    # yfinance itself asks twice in each of our attempts.
    assert len(yahoo_at.asked) <= 2 * feeds.ATTEMPTS


def test_no_network_is_named(yahoo_at: Any) -> None:
    yahoo_at.close()
    with pytest.raises(SourceError, match="cannot be reached"):
        fetch_yahoo()


def test_sync_stores_closed_sessions_and_goes_on_from_there(yahoo_at: Any, lake: Lake) -> None:
    yahoo_at.answer = chart_server(chart)
    report = sync(lake, ["恒指"], "yahoo", first=FIRST, now=NOW, pause=PAUSE)
    assert (report.total("new"), report.files[0].name) == (len(sessions()), "HSI")
    assert View(lake, LAST).bars("HSI").source.tolist()[-1] == "Yahoo Finance"
    again = sync(lake, ["HSI"], "yahoo", now=NOW, pause=PAUSE)
    assert (again.total("new"), again.total("revised")) == (0, 0)
    assert again.total("same") > 10


def holes_of(lake: Lake) -> list[date]:
    held = View(lake, LAST).bars("HSI").dates.tolist()
    return sorted(set(sessions()) - set(held))


def test_sessions_that_did_not_come_are_asked_for_until_they_are_there(
    yahoo_at: Any, lake: Lake
) -> None:
    lacking = sessions()[5:9]
    yahoo_at.answer = chart_server(lambda days: chart([d for d in days if d not in lacking]))
    report = sync(lake, ["HSI"], "yahoo", first=FIRST, now=NOW, pause=PAUSE)
    said = f"4 of {len(sessions())} sessions did not come ({lacking[0]} to {lacking[-1]})"
    assert said in report.files[0].warnings[-1]
    assert holes_of(lake) == lacking
    # Two of them come at the next sync, though they lie before the days that are compared anyway.
    yahoo_at.answer = chart_server(lambda days: chart([d for d in days if d not in lacking[:2]]))
    again = sync(lake, ["HSI"], "yahoo", now=NOW + timedelta(days=60), pause=PAUSE)
    assert again.total("new") >= 2
    assert holes_of(lake) == lacking[:2]


def test_what_a_feed_leaves_out_on_three_days_is_not_asked_for_again(
    yahoo_at: Any, lake: Lake
) -> None:
    lacking = sessions()[5:7]
    yahoo_at.answer = chart_server(lambda days: chart([d for d in days if d not in lacking]))
    hsi, held = instruments.get("HSI"), np.array([], dtype="datetime64[D]")
    for day in range(3):
        sync(lake, ["HSI"], "yahoo", first=FIRST, now=NOW + timedelta(days=day), pause=PAUSE)
        held = View(lake, LAST).bars("HSI").dates
        wanted = gaps.missing(lake, hsi, "Yahoo Finance", held).tolist()
        assert [each for each in wanted if each <= LAST] == (lacking if day < 2 else [])
    # Another feed may have them.
    assert gaps.missing(lake, hsi, "AKShare", held).tolist() == lacking


def test_three_rows_of_a_long_question_are_said_to_be_three(yahoo_at: Any, lake: Lake) -> None:
    yahoo_at.answer = chart_server(lambda days: chart(days[-3:]))
    first = date(2020, 1, 2)
    report = sync(lake, ["HSI"], "yahoo", first=first, now=NOW, pause=PAUSE)
    known = calendars.sessions("XHKG", first, LAST)
    assert known is not None
    asked = len(known)
    assert report.total("new") == 3
    said = f"{asked - 3:,} of {asked:,} sessions did not come (2020-01-02 to"
    assert said in report.files[0].warnings[-1]


def test_the_latest_session_given_twice_is_taken_once(yahoo_at: Any, lake: Lake) -> None:
    yahoo_at.answer = chart_server(lambda days: chart([*days, days[-1]]))
    report = sync(lake, ["HSI"], "yahoo", first=FIRST, now=NOW, pause=PAUSE)
    assert report.total("new") == len(sessions())
    assert report.total("refused") == 0


def test_a_split_that_prices_do_not_show_restates_nothing(yahoo_at: Any, lake: Lake) -> None:
    split_day = sessions()[-2]
    yahoo_at.answer = chart_server(chart)
    sync(lake, ["HSI"], "yahoo", first=FIRST, now=NOW - timedelta(days=4), pause=PAUSE)
    before = View(lake, LAST).bars("HSI").close.tolist()
    yahoo_at.answer = chart_server(lambda days: chart(days, 1.0, {split_day: (4, 1)}))
    with pytest.raises(SourceError, match="tells of a split of HSI"):
        sync(lake, ["HSI"], "yahoo", now=NOW, pause=PAUSE)
    assert View(lake, LAST).bars("HSI").close.tolist() == before


def test_a_feed_that_refuses_for_now_is_waited_for(yahoo_at: Any, lake: Lake) -> None:
    good, refused = chart_server(chart), YAHOO_FAILURES["429"][0]
    yahoo_at.answer = lambda path, query: (
        refused(path, query) if len(yahoo_at.asked) <= 2 * feeds.ATTEMPTS else good(path, query)
    )
    told: list[str] = []
    report = sync(
        lake, ["HSI"], "yahoo", first=FIRST, now=NOW, pause=PAUSE,
        progress=lambda what, done, count: told.append(what),
    )  # fmt: skip
    assert report.total("new") == len(sessions())
    assert any("too many requests, waiting" in each for each in told)


def test_all_that_came_from_a_source_can_be_named(yahoo_at: Any, lake: Lake) -> None:
    yahoo_at.answer = chart_server(chart)
    assert of_source(lake, "yahoo") == ()
    sync(lake, ["HSI"], "yahoo", first=FIRST, now=NOW, pause=PAUSE)
    assert of_source(lake, "yahoo") == ("HSI",)
    assert of_source(lake, "akshare") == ()


def test_a_basket_stands_for_its_members(yahoo_at: Any, lake: Lake) -> None:
    yahoo_at.answer = chart_server(chart)
    report = sync(lake, ["hk_ai_cloud"], "yahoo", first=FIRST, now=NOW, pause=PAUSE)
    assert [each.name for each in report.files] == ["9988.HK", "0700.HK", "9888.HK", "3896.HK"]


def test_a_session_that_is_still_on_is_not_taken(yahoo_at: Any, lake: Lake) -> None:
    yahoo_at.answer = chart_server(chart)
    sync(lake, ["HSI"], "yahoo", first=FIRST, now=NOW - timedelta(days=1), pause=PAUSE)
    assert View(lake, LAST).bars("HSI").dates[-1].item() == date(2025, 2, 12)


@pytest.mark.parametrize("factor", [100.0, 0.01])
def test_a_unit_changed_by_100_is_refused_by_its_factor(
    yahoo_at: Any, lake: Lake, factor: float
) -> None:
    yahoo_at.answer = chart_server(chart)
    sync(lake, ["HSI"], "yahoo", first=FIRST, now=NOW - timedelta(days=3), pause=PAUSE)
    before = View(lake, LAST).bars("HSI")
    yahoo_at.answer = chart_server(lambda days: chart(days, factor))
    with pytest.raises(SourceError, match=f"{factor:g} times as high"):
        sync(lake, ["HSI"], "yahoo", now=NOW, pause=PAUSE)
    after = View(lake, LAST).bars("HSI")
    assert after.close.tolist() == before.close.tolist()


def test_a_split_restates_the_stored_prices_as_revisions(yahoo_at: Any, lake: Lake) -> None:
    split_day = sessions()[-2]
    yahoo_at.answer = chart_server(chart)
    sync(lake, ["HSI"], "yahoo", first=FIRST, now=NOW - timedelta(days=4), pause=PAUSE)
    held = len(View(lake, LAST).bars("HSI"))
    yahoo_at.answer = chart_server(lambda days: chart(days, 0.25, {split_day: (4, 1)}))
    report = sync(lake, ["HSI"], "yahoo", now=NOW, pause=PAUSE)
    assert report.total("revised") == held
    assert "4 for 1" in report.files[0].warnings[0]
    after = View(lake, NOW.date()).bars("HSI")
    assert after.close.tolist() == [close_of(d) * 0.25 for d in sessions()]


def test_one_symbol_that_fails_does_not_stop_the_others(yahoo_at: Any, lake: Lake) -> None:
    good = chart_server(chart)
    yahoo_at.answer = lambda path, query: (
        good(path, query) if "HSI" in path else nothing(path, query)
    )
    report = sync(lake, ["HSI", "KC"], "yahoo", first=FIRST, now=NOW, pause=PAUSE)
    assert [(each.name, bool(each.error)) for each in report.files] == [
        ("HSI", False),
        ("KC", True),
    ]


def test_unknown_source_and_unknown_instrument(lake: Lake) -> None:
    with pytest.raises(UnknownNameError, match="bloomberg"):
        sync(lake, ["HSI"], "bloomberg")
    with pytest.raises(UnknownNameError, match="Did you mean"):
        sync(lake, ["HSTEX"], "yahoo")


def test_extras_that_are_absent_say_how_to_install_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    for module, extra in ((yahoo, "yahoo"), (akshare, "akshare")):
        assert not module.available()
        with pytest.raises(SourceError, match=rf"springtide\[{extra}\]"):
            module.fetch(instruments.get("HSI"), FIRST, LAST)


# -- AKShare: Eastmoney's candles --------------------------------------------------------------


@pytest.fixture
def akshare_at(stand_in: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
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


def candles(
    days: list[date], factor: float = 1.0, volume: str = "12345", amount: str = "6.7e9"
) -> dict[str, Any]:
    def line(d: date) -> str:
        c = close_of(d) * factor
        prices = f"{c - 10:.2f},{c:.2f},{c + 20:.2f},{c - 20:.2f}"
        return f"{d},{prices},{volume},{amount},1.9,-0.2,-4.5,0.6"

    return {"rc": 0, "data": {"code": "09988", "market": 116, "klines": [line(d) for d in days]}}


def fetch_akshare(symbol: str = "9988.HK") -> feeds.Fetched:
    return akshare.fetch(instruments.get(symbol), FIRST, LAST, pause=PAUSE)


@pytest.mark.parametrize(
    ("symbol", "lot"), [("9988.HK", 1), ("688981.SH", 100), ("513180.SH", 100)]
)
def test_akshare_gives_prices_as_traded_and_volume_in_shares(
    akshare_at: Any, symbol: str, lot: int
) -> None:
    known = calendars.sessions(instruments.get(symbol).calendar, FIRST, LAST)
    assert known is not None
    asked: list[dict[str, str]] = []

    def answer(path: str, query: dict[str, str]) -> tuple[int, str, bytes]:
        assert path == "/api/qt/stock/kline/get"
        asked.append(query)
        return as_json(candles(list(known.tolist())))

    akshare_at.answer = answer
    frame = fetch_akshare(symbol).frame
    assert frame["close"].to_list() == [close_of(d) for d in known.tolist()]
    assert set(frame["volume"].to_list()) == {12345.0 * lot}
    assert asked[0]["fqt"] == "0"  # not adjusted


def test_a_volume_that_is_in_shares_already_is_not_multiplied(akshare_at: Any) -> None:
    amount = str(12345 * 20_500)  # close to volume times price: nothing is counted in lots
    akshare_at.answer = lambda path, query: as_json(candles(sessions(), amount=amount))
    assert set(fetch_akshare("688981.SH").frame["volume"].to_list()) == {12345.0}


def test_a_dash_in_a_column_is_an_unknown_figure(akshare_at: Any) -> None:
    akshare_at.answer = lambda path, query: as_json(candles(sessions(), volume="-"))
    frame = fetch_akshare().frame
    assert frame["volume"].null_count() == len(frame)
    assert frame["close"].null_count() == 0


AKSHARE_FAILURES = {
    "429": (lambda path, query: (429, "text/plain", b"Too Many Requests"), "not data|429"),
    "a web page": (not_json, "not data"),
    "nothing": (lambda path, query: as_json({"rc": 0, "data": None}), "no prices"),
    "other columns": (
        lambda path, query: as_json({"rc": 0, "data": {"klines": ["2025-02-13,1,2"]}}),
        "failed|another form",
    ),
}


@pytest.mark.parametrize("case", AKSHARE_FAILURES)
def test_what_akshare_may_answer_instead_is_said(akshare_at: Any, case: str) -> None:
    akshare_at.answer, message = AKSHARE_FAILURES[case]
    with pytest.raises(SourceError, match=message):
        fetch_akshare()


def test_akshare_without_a_network(akshare_at: Any) -> None:
    akshare_at.close()
    with pytest.raises(SourceError, match="cannot be reached"):
        fetch_akshare()


def test_akshare_unit_change_is_refused(akshare_at: Any, lake: Lake, bars_of: Any) -> None:
    store_bars(lake, bars_of("9988.HK", [(d, close_of(d)) for d in sessions()[:-3]]))
    akshare_at.answer = lambda path, query: as_json(candles(sessions(), 0.01))
    with pytest.raises(SourceError, match=r"0\.01 times as high"):
        sync(lake, ["9988.HK"], "akshare", now=NOW, pause=PAUSE)


def test_akshare_says_what_it_does_not_carry() -> None:
    with pytest.raises(SourceError, match="does not carry N225"):
        akshare.fetch(instruments.get("N225"), FIRST, LAST)


# -- What feeds share --------------------------------------------------------------------------


def test_a_call_that_never_ends_is_given_up() -> None:
    start = time.perf_counter()
    with pytest.raises(SourceError, match=r"within 0\.05 s"):
        feeds.patiently(
            lambda: time.sleep(3),
            feed="a feed",
            translate=lambda error: SourceError(str(error)),
            attempts=2,
            pause=0.01,
            deadline=0.05,
        )
    assert time.perf_counter() - start < 2.5  # it would have slept for three seconds


def test_a_failure_that_passes_is_waited_for() -> None:
    failures = [ConnectionError("connection refused"), TimeoutError("timed out")]

    def call() -> str:
        if failures:
            raise failures.pop()
        return "data"

    def translate(error: Exception) -> SourceError:
        return feeds.describe_network("a feed", error) or SourceError(str(error))

    assert feeds.patiently(call, feed="a feed", translate=translate, pause=0.001) == "data"


def test_every_source_error_is_ours() -> None:
    assert issubclass(feeds.TransientError, SourceError)
    assert issubclass(SourceError, SpringtideError)
