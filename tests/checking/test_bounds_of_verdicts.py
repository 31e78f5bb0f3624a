"""What no verdict ever does: measure a session that had not closed, refute by adjusted prices."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import exchange_calendars
import pandas as pd
import pytest

from springtide.checking.verify import verify
from springtide.checking.views import Views
from springtide.claims.model import Claim
from springtide.language.tolerance import interval
from springtide.language.types import Interval
from springtide.market import instruments
from springtide.market.ingest import import_bars
from springtide.market.lake import Lake
from springtide.metrics.families.changes import PctChange
from springtide.metrics.families.levels import CloseLevel, IntradayLevel
from springtide.reading.document import read_document
from springtide.reading.read import read_claims

FEED = ZoneInfo("Asia/Shanghai")
ZONES = {"XHKG": "Asia/Hong_Kong", "XNYS": "America/New_York", "XSHG": "Asia/Shanghai"}
"""Calendars whose closes are looked up with another library than our own."""

FIRST = 2024

BY_THE_CLOSE = (CloseLevel(), PctChange(), PctChange(unit="points"))


@cache
def closing(calendar: str, day: date) -> datetime | None:
    """Return when a session closed, from exchange_calendars; None where there was none."""
    if day.year < FIRST:
        return None  # long closed
    known = exchange_calendars.get_calendar(calendar, start=f"{FIRST}-01-01", end="2025-12-31")
    stamp = pd.Timestamp(day)
    return known.session_close(stamp).to_pydatetime() if known.is_session(stamp) else None


def too_early(claims: list[Claim], published: datetime) -> Iterator[Claim]:
    """Yield the readings by the close of a session that closed after the article was out.

    A stamp without a zone is taken on the clock of the feed or of the market, whichever is later.
    """
    for claim in claims:
        for one in (claim, *claim.others):
            known = instruments.find(one.subject)
            if known is None or known.calendar not in ZONES or one.live:
                continue
            if one.params not in BY_THE_CLOSE or not one.quote:
                continue
            zones = (FEED, ZoneInfo(ZONES[known.calendar]))
            moments = (
                [published] if published.tzinfo else [published.replace(tzinfo=z) for z in zones]
            )
            ended = closing(known.calendar, one.as_of)
            if ended is not None and ended > max(moments):
                yield one


@pytest.mark.parametrize("hour", range(0, 24, 2))
@pytest.mark.parametrize(
    "text",
    [
        "恒生指数收报22,620点，升3.69%；标普500指数收涨1.04%；沪指收涨0.43%，报3346.72点。",
        "恒生指数今日升3.69%，沪指涨0.43%，纳指跌0.2%。",
        "The Hang Seng Index closed 3.7% higher. The S&P 500 rose 1.04% today.",
        "Apple shares climbed 2% to $241.53. The Shanghai Composite gained 0.4% on Thursday.",
    ],
)
def test_no_session_is_measured_that_had_not_closed(text: str, hour: int) -> None:
    stamp = datetime(2025, 2, 13, hour, 20, tzinfo=FEED)
    claims = read_claims(read_document(f"---\ndate: {stamp.isoformat()}\n---\n{text}\n"))
    assert claims
    assert list(too_early(claims, stamp)) == []


@pytest.mark.shared
def test_no_post_is_measured_on_what_came_after_it(shared: Path) -> None:
    paths = sorted((shared / "articles" / "corpus").rglob("*.md"))[::8]
    read = 0
    for path in paths:
        article = read_document(path.read_text("utf8"))
        if article.published is None:
            continue
        claims = list(read_claims(article))
        read += len(claims)
        wrong = list(too_early(claims, article.published))
        assert not wrong, (path.name, [(one.metric, one.subject, one.as_of) for one in wrong])
    assert read > 500


@pytest.fixture(scope="module")
def adjusted(tmp_path_factory: pytest.TempPathFactory) -> Views:
    """A year of a share whose prices were lowered for a dividend, by a factor off the tick grid."""
    folder = tmp_path_factory.mktemp("adjusted")
    days = pd.bdate_range("2024-02-01", "2025-02-13")
    rows = ["date,open,high,low,close,volume"]
    for n, day in enumerate(days):
        close = 0.96731 * (80 + (n * 7 % 11))
        rows.append(
            f"{day.date()},{close:.4f},{close * 1.01:.4f},{close * 0.99:.4f},{close:.4f},1000"
        )
    (folder / "0005.HK.csv").write_text("\n".join(rows) + "\n")
    lake = Lake.create(folder / "lake")
    assert not import_bars(lake, [folder / "0005.HK.csv"], symbol="0005.HK").errors
    return Views(lake)


@pytest.mark.parametrize("price", [1.0, 9.75, 60.1, 79.9, 83.8, 84.75, 99.0, 800.0])
@pytest.mark.parametrize("params", [CloseLevel(), IntradayLevel("high"), IntradayLevel("low")])
@pytest.mark.parametrize("back", [0, 1, 30])
def test_levels_of_adjusted_prices_refute_nothing(
    adjusted: Views, params: CloseLevel | IntradayLevel, price: float, back: int
) -> None:
    day = date(2025, 2, 13)
    while back:
        day -= timedelta(days=1)
        back -= day.weekday() < 5
    metric = "close_level" if isinstance(params, CloseLevel) else "intraday_level"
    within: Interval = interval("exact", price, 0.01)
    claim = Claim(
        metric, "0005.HK", params, day, "=", price, "HKD", within, quote="收报", start=0, end=2
    )  # surely read
    assert verify(claim, adjusted).label != "refuted"


def test_moves_of_adjusted_prices_do(adjusted: Views) -> None:
    day = date(2025, 2, 13)
    within = interval("exact", 40.0, 0.1)
    claim = Claim(
        "pct_change", "0005.HK", PctChange(), day, "=", 40.0, "%", within, quote="涨", end=1
    )
    assert verify(claim, adjusted).label == "refuted"


@pytest.mark.parametrize(
    ("printed", "label"),
    [
        ("25", "not_enough_information"),  # four shares were made of one since
        ("2,000", "not_enough_information"),  # or one of twenty
        ("10", "not_enough_information"),  # though it may be a slip of the point
        ("37", "refuted"),
    ],
)
def test_a_whole_multiple_of_a_price_may_be_a_split(
    tmp_path: Path, printed: str, label: str
) -> None:
    days = pd.bdate_range("2024-11-01", "2025-02-13")
    rows = ["date,open,high,low,close,volume", *(f"{day.date()},100,100,100,100,1" for day in days)]
    (tmp_path / "ZZZT.csv").write_text("\n".join(rows) + "\n")
    lake = Lake.create(tmp_path / "lake")
    assert not import_bars(lake, [tmp_path / "ZZZT.csv"], symbol="AAPL").errors
    value = float(printed.replace(",", ""))
    claim = Claim(
        "close_level", "AAPL", CloseLevel(), date(2025, 2, 13), "=", value, "USD",
        interval("exact", value, 0.01), quote=f"closed at {printed}", end=1,
    )  # fmt: skip
    assert verify(claim, Views(lake)).label == label
