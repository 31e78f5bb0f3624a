"""Checking posts of the corpus in two processes: processor time of each, and memory as they go."""

from __future__ import annotations

import multiprocessing
import os
import tempfile
import time
from pathlib import Path

import polars as pl

from benchmarks._runs import SHARED, lake_and_article
from springtide.checking.many import Job, articles_in, check_many

POSTS, SEED = 1500, 7
WANTED = 16.0
"""Milliseconds of processor a post: 15,108 of them in 120 s on two cores."""

_TICKS = os.sysconf("SC_CLK_TCK")


def main() -> None:
    corpus = SHARED / "articles" / "corpus.parquet"
    if not corpus.is_file():
        print("posts: the folder 'shared' is not beside the checkout")
        return
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "posts"
        folder.mkdir()
        texts = pl.read_parquet(corpus, columns=["text"]).sample(POSTS, seed=SEED)["text"]
        for number, text in enumerate(texts):
            (folder / f"{number:04}.md").write_text(text, encoding="utf-8")
        address = (
            os.environ.get("SPRINGTIDE_LAKE") or lake_and_article(Path(scratch) / "lake")[0].address
        )
        print(f"{POSTS:,} posts in two processes; load of the machine: {os.getloadavg()[0]:.1f}")
        job = Job(address, (), Path(scratch) / "out")
        began, numbers = time.perf_counter(), 0
        for done, one in enumerate(check_many(articles_in([folder]), job, 2), start=1):
            assert not one.error, one.error
            numbers += len(one.rows)
            if done % (POSTS // 5) == 0:
                spent, held = _children()
                print(f"  after {done:5,}: {1e3 * spent / done:5.1f} ms of processor a post,"
                      f" {held:4.0f} MB the larger process")  # fmt: skip
        clock = time.perf_counter() - began
        verdict = "ok" if 1e3 * spent / POSTS <= WANTED else "OVER THE LIMIT"
        print(f"  {numbers:,} numbers; {clock:.0f} s by the clock; limit {WANTED:g} ms: {verdict}")


def _children() -> tuple[float, float]:
    """Return the processor seconds of all processes begun, and the memory of the largest in MB."""
    spent, held = 0.0, 0.0
    for child in multiprocessing.active_children():
        stat = Path(f"/proc/{child.pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
        spent += (int(stat[11]) + int(stat[12])) / _TICKS
        held = max(held, int(stat[21]) * os.sysconf("SC_PAGE_SIZE") / 1e6)
    return spent, held


if __name__ == "__main__":
    main()
