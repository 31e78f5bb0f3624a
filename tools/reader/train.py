"""Make the reader's weights anew: ``python -m tools.reader.train`` (``make reader``).

Each step of reading that learns has a module here with ``examples(posts)`` and ``fit(posts)``.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from tools.reader import kinds as kinds_learning
from tools.reader import times as times_learning
from tools.reader.gold import GOLD, Post, posts

from springtide.reading.numbers import kinds, times
from springtide.reading.numbers.read import Models

DATA = Path(str(files("springtide.reading.numbers") / "data"))


def fit(chosen: Sequence[Post]) -> Models:
    """Fit the weights of every step on some posts."""
    return Models(kinds=kinds_learning.fit(chosen), times=times_learning.fit(chosen))


def main() -> int:
    """Fit on all annotated posts and write the weights into the package."""
    if not GOLD.is_dir():
        print(f"{GOLD} is missing: there is nothing to learn from", file=sys.stderr)
        return 1
    models = fit(posts())
    if models.kinds is not None:
        kinds.save(models.kinds, DATA)
    if models.times is not None:
        times.save(models.times, DATA)
    return 0


if __name__ == "__main__":
    sys.exit(main())
