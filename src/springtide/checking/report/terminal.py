"""A check as a table for the terminal."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from springtide.checking.report.model import CheckReport
from springtide.checking.report.numbers import counted, unclaimed, unmeasured
from springtide.checking.report.titles import metric_title
from springtide.claims.model import Label, Verdict
from springtide.claims.words import (
    SIGNS,
    label_in_words,
    measured_in_words,
    reading_in_words,
    stated_in_words,
)
from springtide.language.messages import say
from springtide.language.types import Language

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

_HEADS = (
    "check.quote",
    "check.metric",
    "check.stated",
    "check.result",
    "check.verdict",
    "check.nearest",
)
_STYLES: Mapping[Label, str] = {
    "supported": "cyan",
    "refuted": "bold dark_orange",
    "not_enough_information": "dim",
}
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def check_table(report: CheckReport) -> Table:
    """Return a check as a rich table, one row a claim.

    Nothing in an article is taken for markup or for terminal commands.
    """
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    quote, metric, stated, measured, label, nearest = (say(key, report.language) for key in _HEADS)
    counts = " · ".join(
        f"{SIGNS[label_]} {label_in_words(label_, report.language)} {report.count(label_)}"
        for label_ in SIGNS
    )
    table = Table(
        box=SIMPLE_HEAD, title=plain(report.title or report.source), caption=plain(counts)
    )
    table.add_column(quote, ratio=3, overflow="fold")
    table.add_column(metric, ratio=2)
    table.add_column(stated, justify="right", no_wrap=True)
    table.add_column(measured, justify="right", no_wrap=True)
    table.add_column(label, no_wrap=True)
    table.add_column(nearest, ratio=3)
    for verdict in report.verdicts:
        table.add_row(*_cells(verdict, report.language))
    return table


def numbers_text(report: CheckReport) -> str:
    """Return how many numbers were read, and those that claim nothing or that nothing measures."""
    lines = [counted(report)]
    for key, rows in (
        ("numbers.not-measured", unmeasured(report)),
        ("numbers.claiming-nothing", unclaimed(report)),
    ):
        groups: dict[str, list[str]] = {}
        for _, number, words in rows:
            groups.setdefault(words, []).append(number.text)
        if groups:
            lines += ["", say(key, report.language)]
            comma = say("numbers.comma", report.language)
            lines += [
                say("numbers.texts", report.language, words=words, texts=comma.join(texts))
                for words, texts in groups.items()
            ]
    return "\n".join(plain(line).plain for line in lines)


def plain(text: str, style: str = "") -> Text:
    """Return text for the terminal: no markup, and control characters made visible."""
    from rich.text import Text

    return Text(_CONTROL.sub(lambda match: " " if match[0] in "\n\r\t" else "\ufffd", text), style)


def _cells(verdict: Verdict, language: Language) -> list[Text]:
    measurement = verdict.measurement
    measured = measured_in_words(verdict.claim, measurement, language)
    style = _STYLES[verdict.label]
    nearest = reading_in_words(verdict.nearest[0], language) if verdict.nearest else ""
    return [
        plain(verdict.claim.quote),
        plain(metric_title(verdict.claim.metric, language)),
        plain(stated_in_words(verdict.claim, language)),
        plain(measured),
        plain(f"{SIGNS[verdict.label]} {label_in_words(verdict.label, language)}", style),
        plain(nearest),
    ]
