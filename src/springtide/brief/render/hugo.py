"""A brief as a Hugo page: one ``index.LANGUAGE.md`` a language, its charts as page resources.

The text is what Springtide's own checker reads back, so nothing is added to it that holds a figure.
"""

from __future__ import annotations

import re
from pathlib import Path

from springtide.brief.model import Brief, Section
from springtide.brief.render.json import image_name
from springtide.brief.render.theme_keys import ThemeKeys
from springtide.brief.wording import SIDES
from springtide.language.format import tag
from springtide.language.messages import say
from springtide.language.types import Language

_SPECIAL = re.compile(r"([\\`*_\[\]|~])")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_LINE_START = re.compile(r"^(\s*)([#+=-]|\d+(?=[.)]\s))", re.MULTILINE)


def page_name(language: Language) -> str:
    """Return the name of a language's page in the bundle.

    Examples
    --------
    >>> page_name("zh-cn")
    'index.zh-cn.md'
    """
    return f"index.{language}.md"


def inside_content(folder: Path) -> bool:
    """Tell whether a folder lies in the content of a Hugo site: in a folder named ``content``."""
    whole = folder.resolve()
    return any(above.name == "content" for above in (whole, *whole.parents))


def hugo_page(brief: Brief, language: Language, keys: ThemeKeys | None = None) -> str:
    """Return a brief in one language as Markdown with front matter, its keys as a theme wants."""
    blocks = [_front_matter(brief, language, keys or ThemeKeys())]
    for section in brief.sections:
        blocks += _section(section, language)
    blocks.append(say("brief.evidence-file", language, file="[brief.json](brief.json)"))
    return "\n\n".join(blocks) + "\n"


def markdown(text: str) -> str:
    r"""Return plain text as Markdown that shows exactly these characters.

    Examples
    --------
    >>> markdown("S&P 500 *rose*")
    'S&P 500 \\*rose\\*'
    """
    escaped = _SPECIAL.sub(r"\\\1", _ENTITY.sub("&amp;", " ".join(text.split("\n"))))
    escaped = escaped.replace("<", "&lt;").replace(">", "&gt;")
    return _LINE_START.sub(_escape_start, escaped)


def _escape_start(start: re.Match[str]) -> str:
    if start[2].isdigit():
        return f"{start[1]}{start[2]}\\"
    return f"{start[1]}\\{start[2]}"


def _section(section: Section, language: Language) -> list[str]:
    space = say("format.space", language)
    blocks = [] if section.key == "front" else [f"## {markdown(section.heading[language])}"]
    text = space.join(sentence.text[language].strip() for sentence in section.text)
    if text:
        blocks.append(markdown(text))
    blocks += [
        f"![{markdown(chart.alt[language])}]({image_name(chart, language)})"
        for chart in section.charts
    ]
    for side, lead in SIDES.items():
        said = [one.text[language] for one in section.sentences if one.side == side]
        if said:
            listed = "\n".join(f"- {markdown(one)}" for one in said)
            blocks += [f"**{say(lead, language)}**", listed]
    missing = (section.missing or {}).get(language, ())
    if missing:
        what, joint = say("brief.not-measured-lead", language), say("brief.gap-joint", language)
        blocks.append(markdown(f"{what} {joint.join(missing)}"))
    return blocks


def _front_matter(brief: Brief, language: Language, keys: ThemeKeys) -> str:
    charts = [chart for section in brief.sections for chart in section.charts]
    values: dict[str, str | bool | list[str]] = {
        "title": brief.title[language],
        "date": brief.as_of.isoformat(),
        "summary": say("brief.summary", language, day=brief.as_of),
        "categories": ["Springtide"],
        "translations": [tag(other) for other in brief.languages],
        "tags": [brief.subject],
        "thumbnail": image_name(charts[0], language) if charts else "",
        "lead": "",
        "comments": False,
        "authorbox": False,
        "pager": True,
        "toc": False,
        "mathjax": False,
        "sidebar": "right",
        "widgets": ["search", "recent", "taglist"],
    }
    lines = (_yaml(key, value) for key, value in keys.mapped(values).items())
    return "\n".join(["---", *lines, "---"])


def _yaml(key: str, value: object, inside: str = "") -> str:
    """Return a key with its value as YAML, every text quoted so that none is misread."""
    if isinstance(value, dict):
        deeper = inside + "  "
        return "\n".join(
            [f"{inside}{key}:", *(_yaml(name, one, deeper) for name, one in value.items())]
        )
    if isinstance(value, list):
        return "\n".join([f"{inside}{key}:", *(f"{inside}  - {_scalar(one)}" for one in value)])
    return f"{inside}{key}: {_scalar(value)}"


def _scalar(value: object) -> str:
    """Return a value as YAML reads it back; numbers and booleans as JSON writes them."""
    import json

    return json.dumps(value) if isinstance(value, bool | int | float) else _quoted(str(value))


def _quoted(text: str) -> str:
    """Return a text as a double-quoted YAML scalar."""
    import yaml

    dumped: str = yaml.safe_dump(text, default_style='"', allow_unicode=True, width=10**6)
    return dumped.strip()
