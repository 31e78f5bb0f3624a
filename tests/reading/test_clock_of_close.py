"""A stamp without a zone: which closes it admits."""

from __future__ import annotations

from datetime import date

import pytest

from springtide.reading.document import read_document
from springtide.reading.read import read_claims

ARTICLE = '---\ntitle: "T"\ndate: "2025-02-13 {time}"\n---\n\n{text}\n'
TWELFTH, THIRTEENTH = date(2025, 2, 12), date(2025, 2, 13)


@pytest.mark.parametrize(
    ("time", "text", "days"),
    [
        # 23:59 in China is 10:59 in New York, where the session runs until it is 23:59 there
        ("23:59:00", "The S&P 500 closed 1% higher.", {TWELFTH, THIRTEENTH}),
        ("23:59:00", "The S&P 500 closed 1% higher on Wednesday.", {TWELFTH}),
        # in Hong Kong it is over on either clock
        ("23:59:00", "The Hang Seng Index closed 1% higher.", {THIRTEENTH}),
    ],
)
def test_days_of_a_close(time: str, text: str, days: set[date]) -> None:
    (claim,) = read_claims(read_document(ARTICLE.format(time=time, text=text)))
    assert {one.as_of for one in (claim, *claim.others) if not one.live} == days
