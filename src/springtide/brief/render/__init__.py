"""Renderers of a brief: JSON, Hugo page bundle, HTML, terminal. They lay out and never compute."""

from __future__ import annotations

from pathlib import Path

from springtide.brief.model import Brief
from springtide.brief.render.edits import PAGE, RECORD, recorded, refuse_edited
from springtide.brief.render.html import brief_html
from springtide.brief.render.hugo import hugo_page, inside_content, page_name
from springtide.brief.render.images import chart_svg, render_png
from springtide.brief.render.json import brief_json, image_name
from springtide.brief.render.terminal import terminal_summary
from springtide.brief.render.theme_keys import ThemeKeys
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


def write_brief(
    brief: Brief,
    folder: Path,
    *,
    keys: ThemeKeys | None = None,
    pdf: bool = False,
    png: bool = False,
    force: bool = False,
) -> tuple[Path, ...]:
    """Write a brief in every form: a Hugo page bundle with ``brief.json``, and a page beside it.

    The bundle is one ``index.LANGUAGE.md`` a language and one SVG a chart and language. The page
    has the name of the folder and ``.html``; under a folder named ``content`` it is left out, as
    Hugo refuses to build a site that has HTML files there.

    Parameters
    ----------
    brief
        What to write.
    folder
        Where the files go; made if it is not there. Other files in it are left alone.
    keys
        How a theme wants the front matter; None for ours.
    pdf
        Whether to write a PDF a language too, ``brief.LANGUAGE.pdf`` (the extra ``pdf``).
    png
        Whether to write each chart as PNG too, beside its SVG.
    force
        Whether files that were edited since a brief wrote them are overwritten.

    Returns
    -------
    tuple[Path, ...]
        The files written.

    Raises
    ------
    UsageError
        A file to be written was edited since, or is no brief's.
    SpringtideError
        The folder cannot be written to; what was there before is still there.
    """
    images = {
        image_name(chart, language): chart_svg(chart, language)
        for section in brief.sections
        for chart in section.charts
        for language in brief.languages
    }
    pages = {page_name(language): hugo_page(brief, language, keys) for language in brief.languages}
    bundle: dict[str, str | bytes] = {**pages, **images}
    if pdf:
        from springtide.brief.render.pdf import brief_pdf

        bundle |= {
            ".".join(("brief", one, "pdf")): brief_pdf(brief, one) for one in brief.languages
        }
    if png:
        bundle |= {Path(name).stem + ".png": render_png(svg) for name, svg in images.items()}
    page = "" if inside_content(folder) else brief_html(brief)
    beside = folder.resolve().parent / page_beside(folder)
    if not force:
        targets = {name: folder / name for name in bundle}
        refuse_edited(folder, {**targets, PAGE: beside} if page else targets)
    recordings = {**bundle, PAGE: page} if page else bundle
    text = recorded(brief_json(brief), folder, recordings)
    written = write_files(folder, {RECORD: text, **bundle})
    return written + (write_files(folder.parent, {beside.name: page}) if page else ())


def page_beside(folder: Path) -> str:
    """Return the name of the page beside a bundle.

    Examples
    --------
    >>> page_beside(Path("notes/hstech"))
    'hstech.html'
    """
    return f"{folder.resolve().name}.html"
