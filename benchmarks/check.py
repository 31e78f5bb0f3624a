"""Checking the model article: the whole command, against its libraries alone.

Checks that the command finds the same claims with the same verdicts as the function behind it, and
that figures known to be right are supported and wrong ones refuted.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import Counter
from pathlib import Path

from benchmarks._runs import MODEL_ARTICLE, costs, lake_and_article, program, report
from springtide.checking.check import check_file

RUNS = 7
LIMIT = 1.0
LIBRARIES = "import cyclopts, deltalake, polars, rich.table, yaml"


def main() -> None:
    print(f"check of an article, medians of {RUNS} runs")
    with tempfile.TemporaryDirectory() as scratch:
        lake, article = lake_and_article(Path(scratch) / "lake")
        out = Path(scratch) / "check"
        command = [program(), "check", str(article), "--lake", lake.address, "--out", str(out)]
        ours, theirs = costs([command, [sys.executable, "-c", LIBRARIES]], RUNS)
        report(f"springtide check {article.name[:16]}", ours, LIMIT, "its libraries", theirs)
        written = json.loads((out / "check.json").read_text(encoding="utf-8"))["claims"]
        counted = Counter(claim["verdict"] for claim in written)
        assert counted == Counter(one.label for one in check_file(article, lake).verdicts)
        if article == MODEL_ARTICLE:
            known = {(one["subject"], one["value"]): one["verdict"] for one in written}
            assert known["HSI", 21814.37] == "supported"
            assert known["HSTECH", 25.0] == "refuted"
        print(f"  {len(written)} claims: " + ", ".join(f"{n} {v}" for v, n in counted.items()))


if __name__ == "__main__":
    main()
