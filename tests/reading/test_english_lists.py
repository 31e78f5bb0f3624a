"""English reports name many companies in a row: each move is its own company's, or nobody's."""

from __future__ import annotations

import pytest

TEXTS = [
    # a subject a clause or more before its verb, with a date or a period between
    (
        "Nvidia rose 3%. Shares of Acme dropped 18.5% on February 7, closing at $54.51.",
        [("pct_change", "NVDA", 3.0), ("pct_change", "Acme", -18.5),
         ("close_level", "Acme", 54.51)],
    ),
    (
        "India's Sensex closed 0.1% lower. Gainers included Acme Steel, which added 1.65%.",
        [("pct_change", "SENSEX", -0.1), ("pct_change", "Acme Steel", 1.65)],
    ),
    (
        "The S&P 500 rose 1%. In a bad week, ACM stock took a hit on Thursday, shedding 2.5%.",
        [("pct_change", "SPX", 1.0), ("pct_change", "ACM", -2.5)],
    ),
    # a subject is still carried where the sentence names nobody
    (
        "Nvidia rose 3%. It had lost ground on Thursday, closing at $54.51.",
        [("pct_change", "NVDA", 3.0), ("close_level", "NVDA", 54.51)],
    ),
    # an index has no share price
    (
        "The S&P 500 rose 1%. After a 79% rally in its share price this year, it is dear.",
        [("pct_change", "SPX", 1.0)],
    ),
    # points higher or lower are a change, not a level
    ("The Dow closed 120 points lower.", [("pct_change", "DJIA", -120.0)]),
    ("The FTSE 100 ended 67 points higher.", [("pct_change", "FTSE", 67.0)]),
    ("The FTSE 100 ended at 8,767 points.", [("close_level", "FTSE", 8767.0)]),
    # since an event: its date is a period's start, and an event without one is no session's move
    ("Tesla has fallen 21% since the inauguration.", []),
    ("Since the inauguration, Tesla has fallen 21%.", []),
    ("Tesla has since fallen 21%.", []),
    # a sector's index is another one than the whole market's, a miner's or fund's share no metal
    ("Nifty Bank was down 1.37 percent.", [("pct_change", "Nifty Bank", -1.37)]),
    ("Gold shares are down 2%.", [("pct_change", "Gold shares", -2.0)]),
    # a place for shares that is no index we know
    (
        "Taiwan's Taiex rose 1%. Stocks in Singapore, which had a good week, closed up 0.1%.",
        [("pct_change", "TAIEX", 1.0), ("pct_change", "Singapore", 0.1)],
    ),
    # the form of a company is no company
    ("Acme Systems, Inc. (ACM) fell 9.58%.", [("pct_change", "Acme Systems, Inc.", -9.58)]),
    # no moves of a price
    # what analysts see to come is a target
    ("Analysts see gold climb above the $3,000 mark.", [("target_price", "XAU", 3000.0)]),
    ("Tesla is doubling down this year.", []),
    ("Tesla reports a 42% surge in fourth-quarter deliveries.", []),
    ("Tesla reports a 42% surge in Q4 EV deliveries.", []),
    ("Tesla made a 4% gain in Thursday trading.", [("pct_change", "TSLA", 4.0)]),
    # what a price is on its way to has not happened
    ("Nvidia is on pace to hit $133.70 per share.", []),
    ("Nvidia is poised to hit $133.70 per share.", []),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [pytest.param(text, expected, id=text) for text, expected in TEXTS],
)
def test_whose_move_it_is(stated, text: str, expected: list[tuple[str, str, object]]) -> None:  # type: ignore[no-untyped-def]
    assert stated(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Tesla hit a record high in January.",
        "Tesla peaked at a 52-week high of $488.54 per share in mid-December.",
        "Tesla closed at $379 in January.",
    ],
)
def test_some_day_of_a_month_is_not_today(stated, text: str) -> None:  # type: ignore[no-untyped-def]
    assert stated(text) == []


def test_a_move_in_a_month_is_that_months(read) -> None:  # type: ignore[no-untyped-def]
    (claim,) = read("The Hang Seng Index rose 3% in January.")
    assert (claim.metric, claim.value) == ("period_return", 3.0)
    assert str(claim.params.period) == "span:2025-01-01..2025-01-28"  # its last session


def test_before_a_session_is_a_moment(read) -> None:  # type: ignore[no-untyped-def]
    (claim,) = read("Coming into Thursday trading, Tesla stock was up 34% this year.")
    assert claim.live


def test_since_an_event_with_its_date(read) -> None:  # type: ignore[no-untyped-def]
    (claim,) = read("Tesla was up about 34% since the presidential election on Nov. 5.")
    assert (claim.metric, claim.subject, claim.value) == ("period_return", "TSLA", 34.0)
    assert str(claim.params.period) == "since:2024-11-05"


def test_a_miner_is_not_its_metal(stated) -> None:  # type: ignore[no-untyped-def]
    claims = stated("Gold rose 1%. Shares of Acme Gold (GOLD) are up 2%.")
    assert claims == [("pct_change", "XAU", 1.0), ("pct_change", "Acme Gold", 2.0)]
