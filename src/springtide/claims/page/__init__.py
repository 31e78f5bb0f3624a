"""Self-contained HTML pages about claims: one file, no request, no script but ours.

Springtide's two pages, a brief and a check, share their look, the card that opens on a figure, and
the rule that nothing from outside ever runs: all text is escaped, and a content security policy
admits exactly the style sheet and the script that we wrote, by their digests.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from importlib.resources import files

from springtide.claims.model import Evidence, Measurement
from springtide.claims.schema import params_json
from springtide.language.format import format_date
from springtide.language.types import Language

_WORDS: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "formula": "Formula",
        "parameters": "Parameters",
        "rows": "Rows that went in",
        "windows": "Stretches that went in",
        "versions": "Lake tables",
        "subject": "Instrument",
        "field": "Field",
        "date": "Date",
        "value": "Value",
        "source": "Source",
        "first": "First",
        "last": "Last",
        "count": "Rows",
        "missing": "Missing",
        "digest": "Digest",
        "as_of": "As of",
        "close": "Close",
        "card": "Evidence",
    },
    "zh-cn": {
        "formula": "公式",
        "parameters": "参数",
        "rows": "所用数据",
        "windows": "所用区间",
        "versions": "数据表版本",
        "subject": "标的",
        "field": "字段",
        "date": "日期",
        "value": "数值",
        "source": "来源",
        "first": "起",
        "last": "止",
        "count": "条数",
        "missing": "缺失",
        "digest": "摘要",
        "as_of": "截至",
        "close": "关闭",
        "card": "证据",
    },
}


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
    close = safe(_WORDS[language]["close"])
    label = safe(_WORDS[language]["card"])
    return (
        f'<!doctype html>\n<html lang="{_tag(language)}">\n<head>\n<meta charset="utf-8">\n'
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


def _tag(language: Language) -> str:
    return {"en": "en", "zh-cn": "zh-CN", "zh-hk": "zh-HK"}[language]


def measurement_html(measurement: Measurement, language: Language) -> str:
    """Return the parameters, the as-of date and the evidence of a measurement as HTML."""
    words = _WORDS[language]
    facts = [(words["as_of"], safe(format_date(measurement.as_of, language)))]
    given = {k: v for k, v in params_json(measurement.params).items() if v is not None}
    if given:
        listed = ", ".join(f"{name} = {value}" for name, value in given.items())
        facts.append((words["parameters"], f"<code>{safe(listed)}</code>"))
    return _facts(facts) + evidence_html(measurement.evidence, language)


def evidence_html(evidence: Evidence, language: Language) -> str:
    """Return formula, rows, stretches of rows and table versions as HTML."""
    words = _WORDS[language]
    parts = [_facts([(words["formula"], f"<code>{safe(evidence.formula)}</code>")])]
    if evidence.rows:
        heads = [words[key] for key in ("subject", "field", "date", "value", "source")]
        cells = [
            (row.subject, row.field, row.date.isoformat(), _exact(row.value), row.source)
            for row in evidence.rows
        ]
        parts.append(_table(words["rows"], heads, cells))
    if evidence.windows:
        keys = ("subject", "field", "first", "last", "count", "missing", "digest")
        heads = [words[key] for key in keys]
        cells_of = [
            (
                window.subject,
                window.field,
                window.first.isoformat(),
                window.last.isoformat(),
                str(window.count),
                str(window.missing),
                window.digest,
            )
            for window in evidence.windows
        ]
        parts.append(_table(words["windows"], heads, cells_of))
    if evidence.versions:
        listed = ", ".join(f"{table} v{version}" for table, version in evidence.versions)
        parts.append(_facts([(words["versions"], safe(listed))]))
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
