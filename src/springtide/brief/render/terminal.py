"""A brief as a summary for the terminal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from springtide.brief.model import Brief, Sentence
from springtide.brief.render.figures import find_figures
from springtide.language.format import format_date
from springtide.language.types import Language

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, Group, RenderableType
    from rich.text import Text

_WORDS: Mapping[Language, Mapping[str, str]] = {
    "en": {"as_of": "Measured as of {day}", "missing": "Not measured: "},
    "zh-cn": {"as_of": "数据截至{day}", "missing": "未能测算："},
}


def terminal_summary(brief: Brief, language: Language) -> Group:
    """Return a brief's text in one language for a rich console, its figures in bold."""
    from rich.console import Group
    from rich.text import Text

    words = _WORDS[language]
    day = format_date(brief.as_of, language)
    lines = [
        Text(brief.title[language], style="bold underline"),
        Text(words["as_of"].format(day=day), style="dim"),
    ]
    for section in brief.sections:
        lines += [Text(), Text(section.heading[language], style="bold cyan")]
        paragraph = Text()
        for sentence in section.sentences:
            paragraph.append_text(_sentence(sentence, language))
            paragraph.append(" " if language == "en" else "")
        if section.sentences:
            paragraph.rstrip()
            lines.append(paragraph)
        for gap in (section.missing or {}).get(language, ()):
            lines.append(Text(words["missing"] + gap, style="dim"))
    return Group(*(lines if language == "en" else map(_Chinese, lines)))


def terminal_text(text: str, language: Language) -> RenderableType:
    """Return plain text for a rich console, folded as the language is."""
    from rich.text import Text

    return Text(text) if language == "en" else _Chinese(Text(text))


def _sentence(sentence: Sentence, language: Language) -> Text:
    from rich.text import Text

    text = Text(sentence.text[language])
    for figure in find_figures(sentence, language):
        text.stylize("bold", figure.start, figure.end)
    return text


@dataclass(frozen=True, slots=True)
class _Chinese:
    """Chinese text for a console, broken between characters but never inside a figure.

    Rich breaks at spaces, and where there is none at the console's edge, be it inside a number.
    """

    text: Text

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        yield from self.text.divide(_breaks(self.text.plain, options.max_width))


_PIECE = re.compile(r"[!-~]+[，。、；：）」』”]*|.[，。、；：）」』”]*", re.DOTALL)


def _breaks(text: str, width: int) -> list[int]:
    """Return where to break a text so that its lines fit a width in cells.

    Examples
    --------
    >>> _breaks("收报5,048.62点。", 10)
    [2, 10]
    """
    from rich.cells import cell_len

    breaks, used = [], 0
    for piece in _PIECE.finditer(text):
        size = cell_len(piece[0])
        if used and used + size > width:
            breaks.append(piece.start())
            used = 0
        used += size
    return breaks
