"""Charts as image files: SVG of a fixed size, and PNG, without a browser and without a network."""

from __future__ import annotations

from functools import cache
from html import escape
from importlib.resources import files
from types import ModuleType

from springtide.brief.model import Chart
from springtide.brief.render.svg import fixed_svg
from springtide.language.messages import say
from springtide.language.types import Language


@cache
def _converter() -> ModuleType:
    """Return the library that paints SVG, with our fonts for Chinese labels registered."""
    import vl_convert

    vl_convert.register_font_directory(str(files("springtide.brief") / "assets" / "fonts"))
    return vl_convert


def render_png(svg: str, scale: float = 2) -> bytes:
    """Paint an SVG as PNG.

    Characters that the machine's fonts lack are drawn with our own subsets of Noto Sans (all of
    GB 2312, and Hong Kong's); one that is in neither is drawn as a box.

    Parameters
    ----------
    svg
        The document.
    scale
        Pixels a unit of the document; 2 is sharp on most screens.

    Returns
    -------
    bytes
        The PNG file.

    Raises
    ------
    ValueError
        It is no SVG.
    """
    return bytes(_converter().svg_to_png(svg, scale=scale))


def chart_svg(
    chart: Chart,
    language: Language,
    *,
    width: float = 480.0,
    size: float = 15.0,
    fonts: str = "",
) -> str:
    """Draw a chart in one language as an SVG document that says in words what it shows.

    Title and description are part of the image, with identifiers that no other chart has.

    Parameters
    ----------
    chart, language
        What to draw.
    width, size
        Of the image and of its labels, in the image's own units. As they are the labels of an
        image as wide as a phone's page are 11 pixels high.
    fonts
        The families its words are set in; those of the language where not given.
    """
    families = fonts or say("charts.fonts", language)
    svg = fixed_svg(chart.plot[language], families, width=width, size=size)
    return named(svg, chart, language)


def named(svg: str, chart: Chart, language: Language) -> str:
    """Return the SVG of a chart with its title and what it shows, for those who do not see it."""
    prefix = f"{chart.key}-{language}-"
    words = (
        f'<title id="{prefix}title">{escape(chart.title[language])}</title>'
        f'<desc id="{prefix}desc">{escape(chart.alt[language])}</desc>'
    )
    label = f'<svg role="img" aria-labelledby="{prefix}title {prefix}desc" lang="{language}" '
    opening, rest = svg.replace("<svg ", label, 1).split(">", 1)
    return f"{opening}>{words}{rest}"
