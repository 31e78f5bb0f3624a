"""What short commands cost: checking the model article and measuring one figure, against libraries.

Checks that the command finds the same claims with the same verdicts as the function behind it, and
that figures known to be right are supported and wrong ones refuted. The lake is that of
``SPRINGTIDE_LAKE`` where it is set, a large one for instance.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections import Counter
from pathlib import Path

from benchmarks._runs import MODEL_ARTICLE, costs, lake_and_article, own_cache, program, report
from springtide.checking.check import check_file
from springtide.market.lake import Lake

RUNS = 9
CHECK, MEASURE = 0.5, 0.45
LIBRARIES = "import cyclopts, deltalake, polars, rich.table, yaml"


def main() -> None:
    print(f"commands, medians of {RUNS} runs; load of the machine: {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as scratch, own_cache(Path(scratch) / "cache"):
        if (chosen := os.environ.get("SPRINGTIDE_LAKE")) and MODEL_ARTICLE.is_file():
            lake, article = Lake.open(chosen), MODEL_ARTICLE
        else:
            lake, article = lake_and_article(Path(scratch) / "lake")
        out = Path(scratch) / "check"
        at = ["--lake", lake.address]
        check = [program(), "check", str(article), *at, "--out", str(out)]
        measure = [program(), "measure", "pct_change", "IXIC", "--as-of", "2000-03-10", *at]
        (first,) = costs([check], 1, warm=False)
        ours, one, theirs = costs([check, measure, [sys.executable, "-c", LIBRARIES]], RUNS)
        print(f"  {len(lake.at().snapshot('bars').keys()):,} instruments in the lake")
        report(f"springtide check {article.name[:16]}", ours, CHECK, "libraries of both", theirs)
        report("springtide measure", one, MEASURE, "libraries of both", theirs)
        print(f"  the first check, with nothing kept: {first.processor:.2f} s of processor")
        _verify(out, lake, article)


def _verify(out: Path, lake: Lake, article: Path) -> None:
    """Hold what the command wrote against the function behind it, and against what is known."""
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
