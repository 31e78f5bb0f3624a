"""Self-contained HTML pages about claims: one file, no request, no script but ours.

Springtide's two pages, a brief and a check, share their look, the card that opens on a figure, and
the rule that nothing from outside ever runs: all text is escaped, and a content security policy
admits exactly the style sheet and the script that we wrote, by their digests.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from functools import cache
from html import escape
from importlib.resources import files

from springtide.claims.model import Evidence, Measurement
from springtide.claims.schema import params_json
from springtide.claims.words import field_name
from springtide.language.format import format_date, tag
from springtide.language.messages import say
from springtide.language.types import Language

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def safe(text: str) -> str:
    r"""Return any text as HTML that shows it: escaped, and without characters HTML cannot hold.

    Examples
    --------
    >>> safe("<b>S&P\x00")
    '&lt;b&gt;S&amp;P�'
    """
    return escape(_UNPRINTABLE.sub("\ufffd", text))


@cache
def asset(package: str, name: str) -> str:
    """Return the text of a style sheet or script that ships in a package's ``assets`` folder."""
    return (files(package) / "assets" / name).read_text("utf-8")


def page(*, title: str, language: Language, body: str, style: str = "", script: str = "") -> str:
    """Return a complete HTML document.

    Parameters
    ----------
    title
        Plain text; it is escaped here.
    language
        Language of the page's own words.
    body
        HTML, already safe.
    style, script
        What the page adds to the shared style sheet and script.

    Returns
    -------
    str
        The document.
    """
    sheet = asset("springtide.claims.page", "page.css") + style
    code = asset("springtide.claims.page", "page.js") + script
    policy = (
        f"default-src 'none'; style-src {_digest(sheet)}; script-src {_digest(code)}; "
        "base-uri 'none'; form-action 'none'"
    )
    close = safe(say("page.close", language))
    label = safe(say("page.card", language))
    return (
        f'<!doctype html>\n<html lang="{tag(language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{safe(title)}</title>\n<style>{sheet}</style>\n</head>\n<body>\n{body}\n"
        f'<div id="card" role="dialog" aria-label="{label}" tabindex="-1" hidden>'
        f'<button type="button" class="card-close" aria-label="{close}">×</button>'
        f'<div class="card-body"></div></div>\n<script>{code}</script>\n</body>\n</html>\n'
    )


def _digest(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def measurement_html(measurement: Measurement, language: Language) -> str:
    """Return the parameters, the as-of date and the evidence of a measurement as HTML."""
    facts = [(say("page.as-of", language), safe(format_date(measurement.as_of, language)))]
    given = {k: v for k, v in params_json(measurement.params).items() if v is not None}
    if given:
        listed = ", ".join(f"{name} = {value}" for name, value in given.items())
        facts.append((say("page.parameters", language), f"<code>{safe(listed)}</code>"))
    return _facts(facts) + evidence_html(measurement.evidence, language)


def evidence_html(evidence: Evidence, language: Language) -> str:
    """Return formula, rows, stretches of rows and table versions as HTML."""
    parts = [_facts([(say("page.formula", language), f"<code>{safe(evidence.formula)}</code>")])]
    if evidence.rows:
        shown = ("page.subject", "page.field", "page.date", "page.value", "page.source")
        heads = [say(key, language) for key in shown]
        cells = [
            (
                row.subject,
                field_name(row.field).text(language),
                row.date.isoformat(),
                _exact(row.value),
                row.source,
            )
            for row in evidence.rows
        ]
        parts.append(_table(say("page.rows", language), heads, cells))
    if evidence.windows:
        keys = (
            "page.subject",
            "page.field",
            "page.first",
            "page.last",
            "page.count",
            "page.missing",
            "page.digest",
        )
        heads = [say(key, language) for key in keys]
        cells_of = [
            (
                window.subject,
                field_name(window.field).text(language),
                window.first.isoformat(),
                window.last.isoformat(),
                str(window.count),
                str(window.missing),
                window.digest,
            )
            for window in evidence.windows
        ]
        parts.append(_table(say("page.windows", language), heads, cells_of))
    if evidence.versions:
        listed = ", ".join(f"{table} v{version}" for table, version in evidence.versions)
        parts.append(_facts([(say("page.versions", language), safe(listed))]))
    return f'<div class="evidence">{"".join(parts)}</div>'


def _exact(value: float) -> str:
    return f"{value:,.10g}"


def _facts(facts: Sequence[tuple[str, str]]) -> str:
    pairs = "".join(f"<dt>{safe(name)}</dt><dd>{html}</dd>" for name, html in facts)
    return f'<dl class="facts">{pairs}</dl>'


def _table(caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    head = "".join(f'<th scope="col">{safe(text)}</th>' for text in heads)
    body = "".join(
        "<tr>" + "".join(f"<td>{safe(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    return (
        f'<div class="scroll"><table><caption>{safe(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )
