"""Renderers of a check: JSON, HTML, ClaimReview, terminal. They lay out and never compute."""

from __future__ import annotations

from pathlib import Path

from springtide.checking.report.claimreview import claimreview_text
from springtide.checking.report.html import check_body, check_html
from springtide.checking.report.json import check_json
from springtide.checking.report.model import CheckReport
from springtide.checking.report.terminal import check_table, numbers_text
from springtide.checking.report.why import chosen_numbers, explanations
from springtide.claims.schema import to_text
from springtide.files import write_files

__all__ = [
    "CheckReport",
    "check_body",
    "check_html",
    "check_json",
    "check_table",
    "chosen_numbers",
    "claimreview_text",
    "explanations",
    "numbers_text",
    "write_check",
]


def write_check(report: CheckReport, folder: Path) -> tuple[Path, ...]:
    """Write ``check.json``, ``check.html`` and ``claimreview.jsonld``.

    Parameters
    ----------
    report
        The check.
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
    return write_files(
        folder,
        {
            "check.json": to_text(check_json(report)),
            "check.html": check_html(report),
            "claimreview.jsonld": claimreview_text(report),
        },
    )
