"""What the title of a brief is named by."""

from __future__ import annotations

import pytest

from springtide.brief.wording import title_name
from springtide.language.script import normalise
from springtide.language.types import Language
from springtide.market import instruments
from springtide.reading.numbers.names import find_names


@pytest.mark.parametrize("language", ["en", "zh-cn", "zh-hk"])
@pytest.mark.parametrize("identity", ["AAPL", "V", "0700.HK", "600519.SH"])
def test_a_share_is_named_with_its_code_and_found_again(identity: str, language: Language) -> None:
    title = title_name(instruments.of_id(identity), language)
    assert identity in title
    (names,) = find_names([normalise(title)], None, language != "en")
    assert [name.ids[:1] for name in names] == [(identity,)]


def test_an_index_is_named_without_a_code() -> None:
    assert title_name(instruments.of_id("HSTECH"), "en") == "The Hang Seng TECH Index"
    assert title_name(instruments.of_id("HSTECH"), "zh-cn") == "恒生科技指数"
