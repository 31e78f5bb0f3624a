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
    from rich.console import Console, ConsoleOptions, RenderResult
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


NARROW = 100
"""Columns below which the claims stand under each other: in a table words would be cut."""


def check_table(report: CheckReport) -> CheckTable:
    """Return a check for a terminal, one row a claim; on a narrow one, one below the other.

    Nothing in an article is taken for markup or for terminal commands, and nothing is cut.
    """
    return CheckTable(report)


class CheckTable:
    """A check as rich prints it, in the width that there is."""

    def __init__(self, report: CheckReport) -> None:
        self._report = report

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the table, or the claims one after the other."""
        if options.max_width >= NARROW:
            yield _table(self._report)
        else:
            yield from _stacked(self._report)


def _counts(report: CheckReport) -> Text:
    return plain(
        " · ".join(
            f"{SIGNS[label]} {label_in_words(label, report.language)} {report.count(label)}"
            for label in SIGNS
        )
    )


def _table(report: CheckReport) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    quote, metric, stated, measured, label, nearest = (say(key, report.language) for key in _HEADS)
    table = Table(
        box=SIMPLE_HEAD, title=plain(report.title or report.source), caption=_counts(report)
    )
    table.add_column(quote, ratio=3, overflow="fold")
    table.add_column(metric, ratio=2, overflow="fold")
    table.add_column(stated, justify="right", overflow="fold")
    table.add_column(measured, justify="right", overflow="fold")
    table.add_column(label, overflow="fold")
    table.add_column(nearest, ratio=3, overflow="fold")
    for verdict in report.verdicts:
        table.add_row(*_cells(verdict, report.language))
    return table


def _stacked(report: CheckReport) -> list[Text]:
    """Return each claim in a few lines: verdict and quote, then what was measured."""
    language = report.language
    made = [plain(report.title or report.source, "bold"), plain("")]
    for verdict in report.verdicts:
        quote, metric, stated, measured, label, nearest = _cells(verdict, language)
        heads = [say(key, language) for key in ("check.stated", "check.result", "check.nearest")]
        pairs = list(zip(heads, (stated, measured, nearest), strict=True))
        made += [label.append_text(plain(" ")).append_text(quote), metric]
        made += [
            plain(say("check.told", language, name=head, words=text.plain))
            for head, text in pairs
            if text.plain
        ]
        made.append(plain(""))
    for line in made:
        line.overflow = "fold"
    return [*made, _counts(report)]


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
