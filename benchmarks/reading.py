"""Reading articles in a warm process: document and claims, against passes of a plain pattern.

Checks that every claim's quote stands in the file at its offsets, and that every round reads the
same claims.
"""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from benchmarks._runs import MODEL_ARTICLE
from springtide.claims.model import Claim
from springtide.examples import articles
from springtide.reading.document import load_text, read_document
from springtide.reading.read import read_claims

ROUNDS = 40
LIMIT_MS = 20.0
WITHOUT_DATE = date(2025, 2, 14)
_NUMBER = re.compile(r"[+-]?\d[\d,]*(?:\.\d+)?\s?(?:%|点|元|倍|points?)?")


def main() -> None:
    print(f"reading in a warm process, medians of {ROUNDS} rounds of processor time")
    if MODEL_ARTICLE.is_file():
        paths = sorted(MODEL_ARTICLE.parent.glob("*.md"))
    else:
        print("  the folder 'shared' is not beside the checkout: the examples are read instead")
        paths = list(articles().values())
    for path in paths:
        measure(path)


def measure(path: Path) -> None:
    text = load_text(path)
    first = read(text)
    for claim in first:
        assert text[claim.start : claim.end] == claim.quote, claim
    assert read(text) == first
    ours = milliseconds(lambda: read(text), ROUNDS)
    passing = milliseconds(lambda: [_NUMBER.findall(text) for _ in range(100)], ROUNDS) / 100
    limit = f" (limit {LIMIT_MS:g})" if path == MODEL_ARTICLE else ""
    verdict = "" if not limit else " ok" if ours <= LIMIT_MS else " OVER THE LIMIT"
    print(
        f"  {path.name[:24]:24} {len(first):3} claims {ours:6.1f} ms{limit}{verdict}"
        f"   {1000 * ours / len(text):.1f} us a character, {ours / passing:.0f} passes of a pattern"
    )


def read(text: str) -> list[Claim]:
    article = read_document(text)
    return read_claims(article, None if article.published else WITHOUT_DATE)


def milliseconds(call: Callable[[], object], rounds: int) -> float:
    times = []
    for _ in range(rounds):
        start = time.process_time()
        call()
        times.append(time.process_time() - start)
    return 1000 * statistics.median(times)


if __name__ == "__main__":
    main()
