"""Reading takes time in proportion to the text, also where a paragraph is dense with numbers."""

import time
from datetime import date

import pytest

from springtide.reading.document import read_document
from springtide.reading.read import read_article

ENGLISH = (
    "The Hang Seng Index rose 1.2% to 21,814.37 points on 13 February, while Acme Steel fell 3.4% "
    "to HK$12.35 after revenue of $1.2 billion, up 5% from a year earlier, and the Nasdaq 100 lost "
    "0.8% in its third straight decline. "
)
CHINESE = (
    "恒生指数升1.2%，报21814.37点，腾讯控股（00700）跌3.4%，报412.6港元，成交额12.3亿港元，较前一日多5%；"
    "小米集团升2.1%，连升三日，市值1.1万亿港元，创三个月新高。"
)
LINEAR = 4.0


def seconds(text: str) -> float:
    """Return the processor time that reading takes, the least of two."""
    times = []
    for _ in range(2):
        start = time.process_time()
        read_article(read_document(text), date(2025, 2, 14))
        times.append(time.process_time() - start)
    return min(times)


@pytest.mark.parametrize("sentence", [ENGLISH, CHINESE], ids=["en", "zh"])
def test_four_times_the_text_takes_about_four_times_as_long(sentence: str) -> None:
    """Of a reader that looks at all pairs of numbers it would be sixteen times."""
    once = sentence * (5_000 // len(sentence.encode()))
    seconds(sentence)  # what is loaded and compiled on first use is not counted
    assert seconds(once * 4) < 1.75 * LINEAR * seconds(once)
