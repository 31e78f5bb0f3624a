"""Make the reader's weights anew: ``python -m tools.reader.train`` (``make reader``).

Each step of reading that learns has a module here with ``examples(posts)`` and ``fit(posts)``.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from tools.reader import kinds as kinds_learning
from tools.reader import subjects as subjects_learning
from tools.reader import times as times_learning
from tools.reader.gold import GOLD, Post, posts
from tools.reader.house import house
from tools.reader.labels import more
from tools.reader.older import older

from springtide.reading.numbers import kinds, subjects, times
from springtide.reading.numbers.model import Ranker, save_ranker
from springtide.reading.numbers.read import Models

DATA = Path(str(files("springtide.reading.numbers") / "data"))


def fit(chosen: Sequence[Post]) -> Models:
    """Fit the weights of every step on some posts, others of their sources, and our briefs."""
    every = [*chosen, *_alike(chosen), *house(), *older()]
    return Models(
        kinds=kinds_learning.fit(every),
        subjects=subjects_learning.fit(every),
        times=times_learning.fit([*chosen, *house()]),
    )


def _alike(chosen: Sequence[Post]) -> list[Post]:
    """Return the posts annotated beside, without the sources of posts that are held out."""
    held_out = {post.source for post in posts()} - {post.source for post in chosen}
    return [post for post in more() if post.source not in held_out]


def rules() -> Models:
    """Return the votes of rules alone: each step as it is before anything is learned."""
    return Models(
        kinds=kinds_learning.rules(),
        subjects=Ranker(subjects_learning.PRIOR),
        times=times_learning.rules(),
    )


def main() -> int:
    """Fit on all annotated posts and write the weights into the package."""
    if not GOLD.is_dir():
        print(f"{GOLD} is missing: there is nothing to learn from", file=sys.stderr)
        return 1
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=sorted(_STEPS), help="one step alone")
    args = parser.parse_args()
    for step in [args.only] if args.only else sorted(_STEPS):
        beside = () if step == "times" else (*more(), *older())
        _STEPS[step]([*posts(), *beside, *house()])
    return 0


def _kinds(chosen: Sequence[Post]) -> None:
    kinds.save(kinds_learning.fit(chosen), DATA)


def _subjects(chosen: Sequence[Post]) -> None:
    save_ranker(DATA / f"{subjects.SLOT}.npz", subjects_learning.fit(chosen))


def _times(chosen: Sequence[Post]) -> None:
    times.save(times_learning.fit(chosen), DATA)


_STEPS = {"kinds": _kinds, "subjects": _subjects, "times": _times}


if __name__ == "__main__":
    sys.exit(main())
