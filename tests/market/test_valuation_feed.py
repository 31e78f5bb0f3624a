"""P/E of an index through akshare's own code, against a stand-in that answers as CSIndex does."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlsplit

import pytest

from springtide.errors import SourceError, UsageError
from springtide.market import calendars
from springtide.market.fetching import sync_field
from springtide.market.lake import Lake
from springtide.market.view import View

FIRST, LAST = date(2024, 12, 2), date(2025, 2, 13)
NOW = datetime(2025, 2, 13, 12, tzinfo=UTC)


@pytest.fixture
def csindex(stand_in: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
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


def days() -> list[date]:
    known = calendars.sessions("XSHG", FIRST, LAST)
    assert known is not None
    return known.tolist()


def answering(factor: float = 1.0, **changed: Any) -> Any:
    """Answer as the site does: sixteen fields a session, the last the P/E."""

    def answer(path: str, query: dict[str, str]) -> tuple[int, str, bytes]:
        assert path == "/csindex-home/perf/index-perf"
        assert query["indexCode"] == "000300"
        assert query["endDate"] == "20250213"
        rows = [
            {
                "tradeDate": f"{day:%Y%m%d}", "indexCode": "000300",
                "indexNameCnAll": "沪深300指数", "indexNameCn": "沪深300",
                "indexNameEnAll": "CSI 300 Index", "indexNameEn": "CSI 300",
                "open": 3900.1, "high": 3950.2, "low": 3880.3, "close": 3905.14,
                "change": -14.7, "changePct": -0.38, "tradingVol": 180.2, "tradingValue": 3000.5,
                "consNumber": 300, "peg": changed.get(str(day), round((12 + 0.01 * k) * factor, 2)),
            }
            for k, day in enumerate(days())
        ]  # fmt: skip
        body = {"code": "200", "msg": "Success", "data": rows, "success": True}
        return 200, "application/json", json.dumps(body).encode()

    return answer


def test_the_publisher_s_own_history(csindex: Any, lake: Lake) -> None:
    csindex.answer = answering(**{"2025-02-12": None})
    (report,) = sync_field(
        lake, ["CSI300"], "trailing_pe", "akshare", first=FIRST, now=NOW, pause=0
    ).files
    assert (report.new, report.refused) == (len(days()) - 1, 0)
    held = View(lake, LAST).observations("CSI300", "trailing_pe")
    assert {(one.unit, one.source) for one in held} == {("x", "CSIndex")}
    assert held[-1].value == pytest.approx(12 + 0.01 * (len(days()) - 1))
    # What is older than a month counts as known on its day, what is younger since the fetch.
    assert len(View(lake, date(2025, 1, 10)).observations("CSI300", "trailing_pe")) == len(
        [day for day in days() if day <= date(2025, 1, 10)]
    )
    assert held[-1].known_at == NOW
    again = sync_field(lake, ["CSI300"], "trailing_pe", "akshare", first=FIRST, now=NOW, pause=0)
    assert again.total("same") == len(days()) - 1


def test_another_scale_than_the_stored_days_is_refused(csindex: Any, lake: Lake) -> None:
    csindex.answer = answering()
    sync_field(lake, ["CSI300"], "trailing_pe", "akshare", first=FIRST, now=NOW, pause=0)
    csindex.answer = answering(100.0)
    later = NOW.replace(hour=13)
    (report,) = sync_field(
        lake, ["CSI300"], "trailing_pe", "akshare", first=FIRST, now=later, pause=0
    ).files
    assert (report.new, report.revised) == (0, 0)
    assert "100 times the stored figures" in report.refusals[0].reason


def test_what_is_no_figure_is_said(csindex: Any, lake: Lake) -> None:
    csindex.answer = lambda path, query: (200, "text/html", b"<html>busy</html>")
    with pytest.raises(SourceError, match="CSIndex"):
        sync_field(lake, ["CSI300"], "trailing_pe", "akshare", now=NOW, pause=0)
    with pytest.raises(SourceError, match=r"no P/E of CHINEXT.*CSI300"):
        sync_field(lake, ["CHINEXT"], "trailing_pe", "akshare", now=NOW, pause=0)
    with pytest.raises(UsageError, match="--field trailing_pe --source akshare"):
        sync_field(lake, ["CSI300"], "trailing_pe", "yahoo", now=NOW, pause=0)
