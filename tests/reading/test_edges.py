"""Where a session begins and ends, to the minute."""

from __future__ import annotations

from datetime import date

import pytest

from springtide.claims.model import Claim


def only(claims: list[Claim]) -> Claim:
    (claim,) = claims
    return claim


@pytest.mark.parametrize(
    ("stamp", "as_of", "live"),
    [
        # Hong Kong: from the opening auction at 9:15 to the end of the closing one at 16:10
        ("2025-02-13 09:14:59", date(2025, 2, 12), False),
        ("2025-02-13 09:15:00", date(2025, 2, 13), True),
        ("2025-02-13 16:09:59", date(2025, 2, 13), True),
        ("2025-02-13 16:10:00", date(2025, 2, 13), False),
    ],
)
def test_the_first_and_the_last_moment_of_a_session(read, stamp: str, as_of: date, live: bool):  # type: ignore[no-untyped-def]
    claim = only(read(f"---\ndate: {stamp}\n---\n恒指升1%。", None))
    assert (claim.as_of, claim.live) == (as_of, live)


@pytest.mark.parametrize(
    ("stamp", "live"),
    [
        ("2025-02-13T09:30:00-05:00", True),
        ("2025-02-13T15:59:59-05:00", True),
        ("2025-02-13T16:00:00-05:00", False),
    ],
)
def test_the_last_moment_of_an_american_session(read, stamp: str, live: bool):  # type: ignore[no-untyped-def]
    claim = only(read(f"---\ndate: {stamp}\n---\nThe S&P 500 rose 1%.", None))
    assert (claim.as_of, claim.live) == (date(2025, 2, 13), live)
