"""A brief as a summary for the terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from springtide.brief.model import Brief, Sentence
from springtide.brief.render.figures import find_figures
from springtide.claims.terminal import folded
from springtide.language.format import format_date
from springtide.language.types import Language

if TYPE_CHECKING:
    from rich.console import Group
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
    return Group(*(folded(line, language) for line in lines))


def _sentence(sentence: Sentence, language: Language) -> Text:
    from rich.text import Text

    text = Text(sentence.text[language])
    for figure in find_figures(sentence, language):
        text.stylize("bold", figure.start, figure.end)
    return text
