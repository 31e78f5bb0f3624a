"""Mutated exports and mutated articles: nothing crashes, hangs, or stores a row from nowhere.

    python tools/fuzz.py                     # 10,000 of each
    python tools/fuzz.py --examples 500
    python tools/fuzz.py --write             # and note the figures in docs/evidence/reliability.md

Files of every shape that is read (tools/formats.py) and the example articles are cut, joined,
re-encoded and sprinkled with what breaks readers. An error must be one of ours, an answer must come
within five seconds, and each bar that is read must stand in a line of its file.
"""

from __future__ import annotations

import argparse
import re
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

import formats
from springtide.errors import SpringtideError
from springtide.language.script import normalise

LIMIT = 5
_ODD = (
    "", "-", "\x00", "\ufeff", "\u200b", "NaN", "inf", "1e309", "-1", "0", "9" * 40, "１２３", "二十",
    '"', "'", ",", ";", "\t", "|", "\r", "\n", "\n\n", "%", "(", "）", "2025-13-45", "1/1/1", "20250230",
    "=1+1", "\U0001f600", "é", "ﬁ", "٣", "−5", "1.2.3", "1,2,3", "1_000", "0x10", "股", "亿", "万手",
)  # fmt: skip

Edit = tuple[str, float, float, str]
EDITS: st.SearchStrategy[list[Edit]] = st.lists(
    st.tuples(
        st.sampled_from(["cut", "put", "double", "swap", "replace", "drop line", "copy line"]),
        st.floats(0, 1), st.floats(0, 1), st.sampled_from(_ODD),
    ),
    min_size=1, max_size=4,
)  # fmt: skip


def edited(text: str, edits: list[Edit]) -> str:
    """Apply edits, each at a share of the text's length."""
    for edit in edits:
        text = _edited(text, *edit)
    return text


def _edited(text: str, kind: str, at: float, length: float, odd: str) -> str:
    i = int(at * len(text))
    j = min(len(text), i + 1 + int(length**3 * len(text)))
    lines = text.split("\n")
    k = min(int(at * len(lines)), len(lines) - 1)
    made = {
        "cut": text[:i] + text[j:],
        "put": text[:i] + odd + text[i:],
        "double": text[:j] + text[i:],
        "swap": text[j:] + text[:j],
        "replace": text[:i] + odd + text[i + 1 :],
        "drop line": "\n".join(lines[:k] + lines[k + 1 :]),
        "copy line": "\n".join([*lines[: k + 1], *lines[k:]]),
    }
    return made[kind]


class HangError(Exception):
    """An answer took too long."""


def _give_up(signum: int, frame: object) -> None:
    raise HangError(f"no answer within {LIMIT} s")


def run(
    name: str, examples: int, test: Callable[..., str], *given_by: st.SearchStrategy[object]
) -> Counter[str]:
    """Run a test on so many examples; return how often each answer came."""
    answers: Counter[str] = Counter()

    @seed(20250213)
    @settings(
        max_examples=examples, deadline=None, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(st.tuples(*given_by))
    def each(values: tuple[object, ...]) -> None:
        signal.setitimer(signal.ITIMER_PROF, LIMIT)  # of CPU: other programs may be busy
        try:
            answers[test(*values)] += 1
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        done = sum(answers.values())
        if done % 500 == 0 and sys.stderr.isatty():
            print(f"\r{name}: {done:,}", end="", file=sys.stderr)

    each()
    return answers


def export(case: formats.Case, edits: list[Edit], encoding: str) -> str:
    """Read one mutated export; a bar's close must be printed in a line of the file."""
    from springtide.market.sources.bars import read_bars

    text = edited(case.text, edits)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / case.name
        path.write_bytes(text.encode(encoding, errors="replace"))
        try:
            batch = read_bars(path, case.stated)
        except SpringtideError:
            return "refused"
        assert len(batch.frame) <= 4 * (text.count("\n") + text.count("\r") + 1), (
            "rows from nowhere"
        )
        mantissas = _mantissas(text)
        for close in batch.frame["close"].drop_nulls().to_list():
            assert _printed(close, mantissas), f"{close} stands in no line"
    return "read with refusals" if batch.refusals else "read"


def _mantissas(text: str) -> list[float]:
    """Return every run of digits of a text as a number from 1 to 10, whatever separates them."""
    plain = re.sub(r"[,.\s']", "", normalise(text))
    runs = [run.lstrip("0") for run in re.findall(r"\d+", plain)]
    # A figure of eight digits and a date beside it may run together: every start counts.
    starts = [run[i:] for run in runs for i in range(min(len(run), 200)) if run[i] != "0"]
    return [float(f"{each[0]}.{each[1:18] or 0}") for each in starts]


def _printed(close: float, mantissas: list[float]) -> bool:
    """Tell whether a figure stands among them, followed by other digits or not."""
    whole = f"{abs(close):.17e}".split("e")[0]
    value = float(whole)
    digits = max(1, len(f"{value:.12g}".replace(".", "")))
    near = 10.0 ** (1 - digits)
    return value == 0 or any(abs(each - value) < max(near, 1e-9) for each in mantissas)


def article(checked: Callable[[str], object], text: str, edits: list[Edit]) -> str:
    """Check one mutated article: the spans of its claims must hold their words."""
    mutated = edited(text, edits)
    try:
        report = checked(mutated)
    except SpringtideError:
        return "refused"
    for verdict in report.verdicts:  # type: ignore[attr-defined]
        claim = verdict.claim
        assert mutated[claim.start : claim.end] == claim.quote
    return "checked"


def main() -> int:
    """Run both, print what came, and note it where asked to."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--examples", type=int, default=10_000)
    parser.add_argument("--write", action="store_true", help="note the figures in the docs")
    asked = parser.parse_args()
    signal.signal(signal.SIGPROF, _give_up)
    begun = time.process_time()
    exports = run(
        "exports", asked.examples, export,
        st.sampled_from([case for case in formats.CASES if not case.name.endswith(".xlsx")]),
        EDITS, st.sampled_from(["utf-8", "utf-8", "gb18030", "utf-16"]),
    )  # fmt: skip
    articles = run("articles", asked.examples, *_articles())
    seconds = time.process_time() - begun
    lines = [
        f"{sum(answers.values()):,} mutated {what}: "
        + ", ".join(f"{count:,} {answer}" for answer, count in answers.most_common())
        for what, answers in (("exports", exports), ("articles", articles))
    ]
    lines.append(f"no crash, no answer over {LIMIT} s; {seconds:,.0f} s of CPU")
    print("\n".join(lines))
    if asked.write:
        import reliability

        reliability.note("fuzz", lines)
    return 0


def _articles() -> tuple[Callable[..., str], st.SearchStrategy[str], st.SearchStrategy[list[Edit]]]:
    from datetime import date
    from functools import partial

    from springtide import examples
    from springtide.checking.check import check_text
    from springtide.market.ingest import load_bundled
    from springtide.market.lake import Lake

    lake = Lake.create(tempfile.mkdtemp())
    load_bundled(lake)
    texts = [path.read_text(encoding="utf-8") for path in examples.articles().values()]

    def checked(text: str) -> object:
        return check_text(text, "article", lake, date(2018, 1, 26))

    paragraphs = [part for text in texts for part in text.split("\n\n") if len(part) > 40]
    return partial(article, checked), st.sampled_from(paragraphs), EDITS


if __name__ == "__main__":
    sys.exit(main())
