"""Renderers of a brief: JSON, Hugo page bundle, HTML, terminal. They lay out and never compute."""

from __future__ import annotations

from pathlib import Path

from springtide.brief.model import Brief
from springtide.brief.render.html import brief_html
from springtide.brief.render.hugo import hugo_page, inside_hugo_site, page_name
from springtide.brief.render.images import chart_svg, render_png
from springtide.brief.render.json import brief_json, image_name
from springtide.brief.render.terminal import terminal_summary
from springtide.claims.schema import to_text, validate
from springtide.files import write_files

__all__ = [
    "brief_html",
    "brief_json",
    "chart_svg",
    "hugo_page",
    "render_png",
    "terminal_summary",
    "write_brief",
]


def write_brief(brief: Brief, folder: Path) -> tuple[Path, ...]:
    """Write a brief in every form: ``brief.json``, ``brief.html`` and a Hugo page bundle.

    The bundle is one ``index.LANGUAGE.md`` a language and one SVG a chart and language. Inside the
    content of a Hugo site ``brief.html`` is left out: Hugo refuses to build a site that has HTML
    files there.

    Parameters
    ----------
    brief
        What to write.
    folder
        Where the files go; made if it is not there. Other files in it are left alone.

    Returns
    -------
    tuple[Path, ...]
        The files written.

    Raises
    ------
    SpringtideError
        The folder cannot be written to; what was there before is still there.
    """
    document = brief_json(brief)
    validate(document, "brief")
    images = {
        image_name(chart, language): chart_svg(chart, language)
        for section in brief.sections
        for chart in section.charts
        for language in brief.languages
    }
    pages = {page_name(language): hugo_page(brief, language) for language in brief.languages}
    html = {} if inside_hugo_site(folder) else {"brief.html": brief_html(brief)}
    return write_files(folder, {"brief.json": to_text(document), **html, **pages, **images})
