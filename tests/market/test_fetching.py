"""Ratings from Yahoo and prices of language models, from stand-ins on this machine."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from springtide.errors import DataError, SourceError, UsageError
from springtide.market.fetching import sync_field, sync_prices
from springtide.market.lake import Lake
from springtide.market.view import View

NOW = datetime(2025, 2, 14, 12, 0, tzinfo=UTC)
PAUSE = 0.01


def stamp(day: str, hour: int = 12) -> int:
    at = date.fromisoformat(day)
    return int(datetime(at.year, at.month, at.day, hour, tzinfo=UTC).timestamp())


def graded(day: str, firm: str, word: str, hour: int = 12) -> dict[str, object]:
    return {
        "epochGradeDate": stamp(day, hour), "firm": firm, "toGrade": word, "fromGrade": "",
        "action": "main", "priceTargetAction": "Raises", "currentPriceTarget": 175.0,
        "priorPriceTarget": 165.0,
    }  # fmt: skip


HISTORY = [
    graded("2025-02-10", "Goldman Sachs", "Buy"),
    graded("2025-01-28", "B of A Securities", "Neutral", 9),
    graded("2025-01-28", "B of A Securities", "Buy", 15),
    graded("2024-11-21", "JP Morgan", "Overweight"),
    graded("2024-06-03", "Acme", "Sector Darling"),
]


def summary(history: list[dict[str, object]]) -> dict[str, object]:
    parts = [{"upgradeDowngradeHistory": {"history": history, "maxAge": 86400}}]
    return {"quoteSummary": {"result": parts, "error": None}}


@pytest.fixture
def yahoo_at(stand_in: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    pytest.importorskip("yfinance", reason="the extra yahoo is not installed")
    import yfinance
    import yfinance.data
    import yfinance.scrapers.quote

    yfinance.set_tz_cache_location(str(tmp_path))
    address = f"{stand_in.address}/v10/finance/quoteSummary"
    monkeypatch.setattr(yfinance.scrapers.quote, "_QUOTE_SUMMARY_URL_", address)
    monkeypatch.setattr(
        yfinance.data.YfData, "_get_cookie_and_crumb", lambda self, timeout=30: (None, "basic")
    )
    return stand_in


def as_json(answer: object) -> tuple[int, str, bytes]:
    return 200, "application/json", json.dumps(answer).encode()


def test_each_firm_is_a_source_and_what_is_recent_is_known_when_it_was_fetched(
    yahoo_at: Any, lake: Lake
) -> None:
    yahoo_at.answer = lambda path, query: as_json(summary(HISTORY))
    (report,) = sync_field(lake, ["NVDA"], "rating", "yahoo", now=NOW, pause=PAUSE).files
    assert (report.new, report.refused) == (7, 0)
    assert any("Sector Darling" in note for note in report.warnings)
    assert any("as the source knows it today" in note for note in report.warnings)
    told = {one.source: one.text for one in View(lake, NOW.date()).observations("NVDA", "rating")}
    assert told == {
        "Goldman Sachs": "Buy", "BofA Securities": "Buy", "JPMorgan": "Overweight",
        "Acme": "Sector Darling",
    }  # fmt: skip
    # a rating of 10 February fetched on the 14th was not sure to be known on the 13th
    before = {one.source for one in View(lake, date(2025, 2, 13)).observations("NVDA", "rating")}
    assert before == {"JPMorgan", "Acme"}
    again = sync_field(lake, ["NVDA"], "rating", "yahoo", now=NOW, pause=PAUSE)
    assert (again.total("new"), again.total("same")) == (0, 7)


FAILURES = {
    "429": (lambda path, query: (429, "text/plain", b"Too Many Requests"), "429"),
    "no history": (lambda path, query: as_json(summary([])), "has no ratings of NVDA"),
}


@pytest.mark.parametrize("case", FAILURES)
def test_what_yahoo_may_answer_instead_is_said(yahoo_at: Any, lake: Lake, case: str) -> None:
    yahoo_at.answer, message = FAILURES[case]
    with pytest.raises(SourceError, match=message):
        sync_field(lake, ["NVDA"], "rating", "yahoo", now=NOW, pause=PAUSE)
    assert not View(lake, NOW.date()).observations("NVDA", "rating")


def test_another_field_or_source_is_refused(lake: Lake) -> None:
    with pytest.raises(UsageError, match="--field rating --source yahoo"):
        sync_field(lake, ["NVDA"], "trailing_pe", "yahoo")
    with pytest.raises(UsageError, match="a file, a folder or an address"):
        sync_prices(lake, [])


VENDOR = {
    "vendor": "acme",
    "models": [
        {"id": "acme-chat", "name": "Acme Chat", "price_history": [
            {"input": 0.27, "output": 1.1, "from_date": "2025-02-08", "to_date": None},
        ]},
    ],
}  # fmt: skip


def test_prices_from_a_folder_and_from_an_address(
    stand_in: Any, lake: Lake, tmp_path: Path
) -> None:
    (tmp_path / "acme.json").write_text(json.dumps(VENDOR), encoding="utf-8")
    (report,) = sync_prices(lake, [str(tmp_path)], now=NOW).files
    assert (report.new, report.refused) == (2, 0)
    assert View(lake, NOW.date()).instrument("acme-chat").kind == "service"
    stand_in.answer = lambda path, query: as_json(VENDOR)
    (report,) = sync_prices(lake, [f"{stand_in.address}/acme.json"], now=NOW, pause=PAUSE).files
    # in force on the day of the fetch as well
    assert (report.new, report.same) == (2, 2)


def test_an_address_that_holds_nothing_or_no_prices_is_said(stand_in: Any, lake: Lake) -> None:
    address = f"{stand_in.address}/acme.json"
    stand_in.answer = lambda path, query: (404, "text/plain", b"")
    with pytest.raises(SourceError, match=r"nothing at .*acme\.json \(HTTP 404\)"):
        sync_prices(lake, [address], now=NOW, pause=PAUSE)
    stand_in.answer = lambda path, query: (200, "text/html", b"<html>sorry</html>")
    with pytest.raises(DataError, match="is not JSON"):
        sync_prices(lake, [address], now=NOW, pause=PAUSE)
    with pytest.raises(DataError, match="There is no file"):
        sync_prices(lake, ["nowhere.json"], now=NOW)
