"""A brief as PDF for mail: set by Typst (Apache-2.0), without a browser and without a network.

Words and charts are set in the font that Springtide ships for the language, a subset of Noto Sans
with Latin, GB 2312 and Hong Kong's characters, and what of it is used is embedded. A character that
it lacks is taken from the machine's fonts, and where none has it, a box stands for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.resources import files
from importlib.util import find_spec

from springtide.brief.model import Brief, Chart, Section
from springtide.brief.render.images import chart_svg
from springtide.brief.wording import SIDES
from springtide.errors import UsageError
from springtide.language.format import tag
from springtide.language.messages import say
from springtide.language.types import Language

_FONTS: Mapping[Language, str] = {
    "en": "Springtide Sans SC",
    "zh-cn": "Springtide Sans SC",
    "zh-hk": "Springtide Sans HK",
}
_WIDTH, _SIZE = 640.0, 12.0
"""Of a chart, and of its labels: nine points on the page."""

_HEAD = """\
#set document(title: {title}, date: datetime(year: {year}, month: {month}, day: {day}))
#set page(paper: "a4", margin: (x: 2.1cm, y: 2cm), numbering: "1")
#set text(font: {font}, size: 10pt, lang: {lang}, region: {region}, fill: rgb("#1b2430"))
#set par(justify: false, leading: 0.75em, spacing: 1em)
#show heading.where(level: 1): set text(size: 17pt, weight: "regular")
#show heading.where(level: 2): set text(size: 12.5pt, weight: "regular", fill: rgb("#1f5f8b"))
#show heading: set block(above: 1.5em, below: 0.8em)
#let soft(body) = text(size: 8.5pt, fill: rgb("#5b6675"), body)
#let tile(figure, caption) = block(stroke: (left: 2pt + rgb("#b45309")), inset: (left: 8pt))[
  #text(size: 15pt, figure) \\ #soft(caption)]
"""


def brief_pdf(brief: Brief, language: Language) -> bytes:
    """Return a brief in one language as a PDF.

    Parameters
    ----------
    brief, language
        What to set.

    Returns
    -------
    bytes
        The file. The same brief gives the same file.

    Raises
    ------
    UsageError
        Typst is not installed.
    """
    if find_spec("typst") is None:
        raise UsageError(
            "Writing PDF needs Typst, which is not installed",
            hint='pip install "springtide[pdf]"',
        )
    import typst

    source = "\n".join(_document(brief, language)).encode("utf-8")
    fonts = str(files("springtide.brief") / "assets" / "fonts")
    where = typst.Fonts(font_paths=[fonts])
    return typst.compile(source, font_paths=where, format="pdf")


def _document(brief: Brief, language: Language) -> Iterator[str]:
    name, _, region = tag(language).partition("-")
    day = brief.as_of
    yield _HEAD.format(
        title=_text(brief.title[language]),
        font=_text(_FONTS[language]),
        lang=_text(name),
        region=_text(region) if region else "none",
        year=day.year,
        month=day.month,
        day=day.day,
    )
    yield f"#heading(level: 1, {_text(brief.title[language])})"
    for section in brief.sections:
        yield from _section(section, language)
    made = say("brief.made-by", language, software=brief.software)
    yield f"#v(1em)\n#soft({_text(made)})"


def _section(section: Section, language: Language) -> Iterator[str]:
    if section.key != "front":
        yield f"#heading(level: 2, {_text(section.heading[language])})"
    space = say("format.space", language)
    if section.tiles:
        tiles = ", ".join(
            f"tile({_text(one.figure[language])}, {_text(one.caption[language])})"
            for one in section.tiles
        )
        yield f"#grid(columns: (1fr,) * {len(section.tiles)}, gutter: 12pt, {tiles})"
    elif section.text:
        yield f"#par({_text(space.join(one.text[language] for one in section.text))})"
    for chart in section.charts:
        yield _chart(chart, language)
    for side, lead in SIDES.items():
        said = [one.text[language] for one in section.sentences if one.side == side]
        if said:
            items = ", ".join(map(_text, said))
            yield f"#par({_text(say(lead, language))})\n#list({items})"
    missing = (section.missing or {}).get(language, ())
    if missing:
        lead, joint = say("brief.not-measured-lead", language), say("brief.gap-joint", language)
        yield f"#soft({_text(f'{lead} {joint.join(missing)}')})"


def _chart(chart: Chart, language: Language) -> str:
    fonts = _FONTS[language]
    svg = chart_svg(chart, language, width=_WIDTH, size=_SIZE, fonts=fonts)
    alt = _text(chart.alt[language])
    return f'#image(bytes({_text(svg)}), format: "svg", width: 100%, alt: {alt})'


def _text(text: str) -> str:
    r"""Return a text as a literal of Typst: whatever it holds, it is shown and never run.

    Examples
    --------
    >>> _text('a "quoted" #word')
    '"a \\"quoted\\" #word"'
    """
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + escaped.replace("\n", "\\n").replace("\r", "").replace("\t", "\\t") + '"'
