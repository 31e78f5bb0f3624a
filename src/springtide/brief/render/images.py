"""Vega-Lite specifications to SVG and PNG, without a browser and without a network.

Conversion holds Python's interpreter lock, so threads gain nothing; the first conversion of a
process starts the JavaScript engine (about 0.4 s), each further one takes a twentieth of that.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from html import escape
from importlib.resources import files
from types import ModuleType

from springtide.brief.model import Chart
from springtide.language.types import Language


@cache
def _converter() -> ModuleType:
    """Return vl-convert with our font for Chinese labels registered."""
    import vl_convert

    vl_convert.register_font_directory(str(files("springtide.brief") / "assets" / "fonts"))
    return vl_convert


def render_svg(spec: Mapping[str, object]) -> str:
    """Draw a Vega-Lite specification as SVG.

    Parameters
    ----------
    spec
        A specification with its data inline; addresses of data elsewhere are refused.

    Returns
    -------
    str
        The SVG document.

    Raises
    ------
    ValueError
        It is not a specification that Vega-Lite can draw.
    """
    return str(
        _converter().vegalite_to_svg(json.dumps(spec, allow_nan=False), allowed_base_urls=[])
    )


def render_png(spec: Mapping[str, object], scale: float = 2) -> bytes:
    """Draw a Vega-Lite specification as PNG.

    Characters that the machine's fonts lack are drawn with our own subset of Noto Sans SC (all of
    GB 2312); one that is in neither is drawn as a box.

    Parameters
    ----------
    spec
        As for :func:`render_svg`.
    scale
        Pixels a unit of the specification; 2 is sharp on most screens.

    Returns
    -------
    bytes
        The PNG file.

    Raises
    ------
    ValueError
        It is not a specification that Vega-Lite can draw.
    """
    return bytes(
        _converter().vegalite_to_png(
            json.dumps(spec, allow_nan=False),
            scale=scale,
            allowed_base_urls=[],
        )
    )


def chart_svg(chart: Chart, language: Language) -> str:
    """Draw a chart in one language as SVG that says in words what it shows.

    Title and description are part of the image, and identifiers are made unique by chart and
    language, so that several charts can stand inline in one page.
    """
    prefix = f"{chart.key}-{language}-"
    svg = render_svg(chart.spec[language])
    svg = re.sub(r'\bid="', f'id="{prefix}', svg)
    svg = svg.replace("url(#", f"url(#{prefix}")
    named = f'<svg role="img" aria-labelledby="{prefix}title {prefix}desc" lang="{language}" '
    words = (
        f'<title id="{prefix}title">{escape(chart.title[language])}</title>'
        f'<desc id="{prefix}desc">{escape(chart.alt[language])}</desc>'
    )
    opening, rest = svg.replace("<svg ", named, 1).split(">", 1)
    return f"{opening}>{words}{rest}"
