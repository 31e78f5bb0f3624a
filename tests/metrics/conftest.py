"""A small lake of prices that can be worked by hand, and a way to ask a metric about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from itertools import cycle

import exchange_calendars as xcals
import pytest

from springtide.claims.model import Measurement
from springtide.market.ingest import import_bars, import_observations
from springtide.market.lake import Lake
from springtide.market.view import View
from springtide.metrics.params import params_from_text
from springtide.metrics.registry import get, measure

Cells = str
"""Open, high, low, close and volume, separated by spaces; ``-`` where not known."""

# Seven sessions of New York over a turn of the year; 1 January 2024 is a holiday.
WEEK: Mapping[str, Cells] = {
    "2023-12-28": "95 101 94 96 1000",
    "2023-12-29": "96 104 95 100 1100",
    "2024-01-02": "101 112 99 110 1200",
    "2024-01-03": "109 111 87 88 1300",
    "2024-01-04": "90 100 85 99 1400",
    "2024-01-05": "100 121 98 120 1500",
    "2024-01-08": "123 126 113 114 1600",
}

# Published closes only, as a news page gives them; 29 March 2024 was Good Friday.
CLOSES: Mapping[str, Cells] = {
    "2023-05-15": "- - - 190 -",
    "2023-12-29": "- - - 200 -",
    "2024-02-15": "- - - 216 -",
    "2024-03-28": "- - - 220 -",
    "2024-04-15": "- - - 212 -",
    "2024-04-30": "- - - 231 -",
    "2024-05-01": "- - - 235 -",
    "2024-05-10": "- - - 250 -",
    "2024-05-15": "- - - 242 -",
}

# A fall of exactly 20%, a rise of exactly 20%, a fall of exactly 20%.
TURNS: Mapping[str, Cells] = {
    "2024-01-02": "- - - 100 -",
    "2024-01-03": "- - - 90 -",
    "2024-01-04": "- - - 80 -",
    "2024-01-05": "- - - 88 -",
    "2024-01-08": "- - - 96 -",
    "2024-01-09": "- - - 120 -",
    "2024-01-10": "- - - 96 -",
    "2024-01-11": "- - - 90 -",
}


def sessions(calendar: str, first: str, last: str) -> list[str]:
    return [
        f"{day:%Y-%m-%d}" for day in xcals.get_calendar(calendar).sessions_in_range(first, last)
    ]


def _years() -> dict[str, Cells]:
    """Three years and a bit between 99 and 101, with a few prices that stand out."""
    flat = cycle([100, 101])
    bars = {
        day: f"{close} {close} {close} {close} -"
        for day, close in zip(sessions("XNYS", "2021-01-04", "2024-03-01"), flat, strict=False)
    }
    for day, cells in {
        "2021-04-22": "101 131 100 130 -",
        "2022-06-01": "101 140 100 124 -",
        "2023-10-02": "100 101 60 90 -",
        "2024-02-28": "120 121 119 121.5 -",
        "2024-02-29": "120 123 119 122 -",
        "2024-03-01": "122 126 121 125 -",
    }.items():
        high = max(cells.split()[1], cells.split()[3], key=float)
        bars[day] = " ".join([*cells.split()[:1], high, *cells.split()[2:]])
    return bars


def _swings() -> dict[str, Cells]:
    """Twelve closes that go up by 2 and down by 2 in turn."""
    days = sessions("XNYS", "2024-01-02", "2024-01-18")
    return {day: f"- - - {close} -" for day, close in zip(days, cycle([100, 102]), strict=False)}


BARS: Mapping[str, Mapping[str, Cells]] = {
    "IXIC": WEEK,
    "SPX": CLOSES,
    "DJIA": TURNS,
    "RUT": {day: cells for day, cells in TURNS.items() if day > "2024-01-03"},
    "NDX": _years(),
    "HXC": WEEK,
    "BABA": _swings(),
    "KC": {"2024-01-04": "- - - 17 -", "2024-01-05": "- - - 18 -"},
    # From its first session on.
    "513130.SH": {
        "2021-06-01": "1 1.02 0.99 1 500",
        "2021-06-02": "1 1.01 0.98 0.99 500",
        "2021-06-03": "0.99 1.05 0.99 1.04 500",
    },
    # Hong Kong, with the session of 5 January missing and no high on the 4th.
    "HSI": {
        "2024-01-02": "100 102 99 101 -",
        "2024-01-03": "101 103 100 102 -",
        "2024-01-04": "102 - 101 103 -",
        "2024-01-08": "103 106 102 105 -",
        "2024-01-09": "105 108 104 107 -",
    },
}

OBSERVATIONS = """\
subject,field,date,value,unit,text,source,known_at
KC,target_price,2023-11-30,20,USD,,House A,
KC,target_price,2024-01-03,9,USD,,House B,
KC,target_price,2024-01-09,30,USD,,House C,
BABA,target_price,2024-01-03,150,HKD,,House A,
IXIC,turnover,2024-01-05,5000000,USD,,Exchange,
"""


@pytest.fixture(scope="session")
def toys(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    """The lake of hand-made prices. For reading only."""
    folder = tmp_path_factory.mktemp("toys")
    lines = ["symbol,date,open,high,low,close,volume"]
    for symbol, bars in BARS.items():
        for day, cells in bars.items():
            values = ["" if cell == "-" else cell for cell in cells.split()]
            lines.append(",".join([symbol, day, *values]))
    (folder / "toys.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "figures.csv").write_text(OBSERVATIONS, encoding="utf-8")
    lake = Lake.create(folder / "lake")
    report = import_bars(lake, [folder / "toys.csv"], today=date(2026, 1, 1))
    assert (report.errors, report.total("refused")) == ((), 0)
    assert not import_observations(lake, [folder / "figures.csv"]).errors
    return lake


@pytest.fixture(scope="session")
def ask(toys: Lake) -> Callable[..., Measurement]:
    """Measures a metric on the toy lake: subject, as-of date, then ``name=value`` parameters."""
    views: dict[str, View] = {}

    def call(metric: str, subject: str, as_of: str, *params: str) -> Measurement:
        view = views.setdefault(as_of, View(toys, date.fromisoformat(as_of)))
        given = dict(text.split("=", 1) for text in params)
        typed = params_from_text(get(metric).params, given)
        return measure(metric, view, view.instrument(subject), typed)

    return call
