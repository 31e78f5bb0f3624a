"""What was weighed for a number is what it was read from."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from springtide.reading.document import read_document
from springtide.reading.numbers.frame import NumberReading
from springtide.reading.numbers.read import read_scene
from springtide.reading.numbers.scene import lay_out
from springtide.reading.numbers.weighing import Option, weighings

TEXTS = (
    "The Hang Seng Index fell 0.2% to 21,814.37 points on 13 February, after a 3-day rally.",
    "恒生指数今年以来上涨8.7%，收报21,814.37点；营收增长12%，2024年净利润为3.2亿元。",
    "恒指早段升1.2%，其後倒跌0.2%，報21,814點。大行料年底見24,000點。",
    "Acme jumped 7% in premarket trading on 12 January 2025 and could rise another 10%.",
)
DAY = date(2025, 2, 13)


def weighed(text: str) -> list[tuple[NumberReading, tuple[Option, ...]]]:
    scene = lay_out(read_document(text), DAY)
    numbers = read_scene(scene)
    return list(zip(numbers, weighings(scene, numbers), strict=True))


@pytest.mark.parametrize("text", TEXTS)
def test_one_candidate_of_each_slot_is_chosen_and_is_what_was_read(text: str):
    for number, options in weighed(text):
        chosen = Counter(one.slot for one in options if one.chosen)
        assert set(chosen.values()) == {1}
        assert set(chosen) == {one.slot for one in options}
        read = {one.slot: one.value for one in options if one.chosen}
        if not number.is_claim:
            assert read == {"kind": f"none:{number.kind.why}"}
            continue
        said = number.to_dict()
        assert read["kind"] == said["measure"]
        assert read["direction"] == ("down" if number.kind.sign < 0 else "up")
        if "subject" in read:
            assert read["subject"] == (said["subject"] or said["name"])
        assert read["modality"] == said["modality"]
        assert read["period"] == said["period"]["kind"]
        if "day" in read:
            assert (read["day"], read["basis"]) == (said["as_of"], said["basis"])


@pytest.mark.parametrize("text", TEXTS)
def test_scores_are_probabilities_of_one_slot(text: str):
    for _, options in weighed(text):
        for slot in {one.slot for one in options}:
            shares = [one.chance for one in options if one.slot == slot and one.chance is not None]
            assert all(0 <= share <= 1 for share in shares)
            assert sum(shares) <= 1 + 1e-5


def test_a_close_that_had_not_closed_is_told_as_set_by_a_rule():
    article = read_document(
        '---\ndate: "2025-02-13T11:00:00+08:00"\n---\n恒生指数收报21,900.10点，升0.2%。\n'
    )
    scene = lay_out(article)
    numbers = read_scene(scene)
    options = [one for row in weighings(scene, numbers) for one in row if one.chosen]
    days = {one.value for one in options if one.slot == "day"}
    bases = {one.value for one in options if one.slot == "basis"}
    assert ("2025-02-13" not in days) or ("close" not in bases)
