"""A brief as a summary for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from springtide.brief.model import Brief, Sentence
from springtide.brief.wording import SIDES
from springtide.claims.terminal import folded
from springtide.language.messages import say
from springtide.language.types import Language

if TYPE_CHECKING:
    from rich.console import Group
    from rich.text import Text


def terminal_summary(brief: Brief, language: Language) -> Group:
    """Return a brief's text in one language for a rich console, its figures in bold."""
    from rich.console import Group
    from rich.text import Text

    space = say("format.space", language)
    lines = [
        Text(brief.title[language], style="bold underline"),
        Text(say("brief.as-of", language, day=brief.as_of), style="dim"),
    ]
    for section in brief.sections:
        lines += [Text(), Text(section.heading[language], style="bold cyan")]
        paragraph = Text()
        for sentence in section.text:
            paragraph.append_text(_sentence(sentence, language))
            paragraph.append(space)
        if section.text:
            paragraph.rstrip()
            lines.append(paragraph)
        for side, lead in SIDES.items():
            said = [one for one in section.sentences if one.side == side]
            if said:
                lines.append(Text(say(lead, language), style="bold"))
            lines += [Text("· ").append_text(_sentence(one, language)) for one in said]
        missing = (section.missing or {}).get(language, ())
        if missing:
            what, joint = say("brief.not-measured-lead", language), say("brief.gap-joint", language)
            lines.append(Text(f"{what} {joint.join(missing)}", style="dim"))
    return Group(*(folded(line, language) for line in lines))


def _sentence(sentence: Sentence, language: Language) -> Text:
    from rich.text import Text

    text = Text(sentence.text[language])
    for figure in sentence.figures.get(language, ()):
        text.stylize("bold", figure.start, figure.end)
    return text
