"""Reading sentences of our own making, for the tests of this folder."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from springtide.claims.model import Claim
from springtide.reading.document import read_document
from springtide.reading.read import read_claims

Read = Callable[..., list[Claim]]


@pytest.fixture
def read() -> Read:
    """Claims of a text, each held against its offsets; the day is a Thursday unless told."""

    def claims(text: str, day: date | None = date(2025, 2, 13)) -> list[Claim]:
        claims = read_claims(read_document(text), day)
        for claim in claims:
            assert text[claim.start : claim.end] == claim.quote
        return claims

    return claims


Stated = Callable[[str], list[tuple[str, str, object]]]


@pytest.fixture
def stated(read: Read) -> Stated:
    """Metric, subject and value of each claim of a text."""
    return lambda text: [(claim.metric, claim.subject, claim.value) for claim in read(text)]
