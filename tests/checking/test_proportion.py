"""A line of a chart that lies far from the price is another instrument's."""

from __future__ import annotations

from datetime import date

import pytest

from springtide.checking.misprint import is_out_of_proportion
from springtide.checking.verify import Trial
from springtide.claims.model import Claim, Evidence, Measurement, Row, Verdict
from springtide.metrics.families.support import SupportResistance

DAY = date(2025, 2, 13)


@pytest.mark.parametrize(
    ("level", "close", "far"),
    [
        (5090.0, 122.62, True),  # "support for the GeForce RTX 5090"
        (1117.0, 89.16, True),  # rupees of another company
        (22500.0, 21814.37, False),  # above the price, and wrong
        (60.0, 122.62, False),
    ],
)
def test_far_from_the_price(level: float, close: float, far: bool) -> None:
    params = SupportResistance(level=level)
    claim = Claim("support_level", "HSI", params, DAY, "=", level, quote="support")
    rows = (Row("HSI", "close", DAY, close, "x"), Row("HSI", "close", DAY, level, "x"))
    measured = Measurement("support_level", "HSI", params, DAY, False, "", Evidence("", rows))
    assert is_out_of_proportion(Trial(claim, Verdict(claim, "refuted", "", measured))) is far
