"""The example articles that come with Springtide, to try the checker on.

One article in two languages, in our own words, about a day on which figures went round that the
prices do not bear out. The figures that decide it are in the bundled sheet
(``springtide/market/data/figures_*.csv``).
"""

from __future__ import annotations

from pathlib import Path
from typing import Final, get_args

from springtide.errors import UnknownNameError
from springtide.language.types import Language

HERE: Final = Path(__file__).parent
ARTICLE: Final = "hstech-2025-02-13"


def articles() -> dict[Language, Path]:
    """Return the path of the example article in each language that it is written in.

    Examples
    --------
    >>> [path.name for path in articles().values()]
    ['hstech-2025-02-13.en.md', 'hstech-2025-02-13.zh-cn.md']
    """
    paths = {language: HERE / f"{ARTICLE}.{language}.md" for language in get_args(Language)}
    return {language: path for language, path in paths.items() if path.is_file()}


def article(language: Language = "en") -> Path:
    """Return the path of the example article in one language.

    Raises
    ------
    UnknownNameError
        The article is not written in that language.

    Examples
    --------
    >>> article("zh-cn").read_text(encoding="utf-8").startswith("---")
    True
    """
    paths = articles()
    if language not in paths:
        raise UnknownNameError(
            "language of the example article", language, suggestions=sorted(paths)
        )
    return paths[language]
