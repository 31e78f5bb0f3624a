"""Refuted claims with their lines, as the tools of a pipeline show them beside a text.

GitHub's workflow commands
(https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands) and SARIF 2.1.0
(https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html).
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from springtide import __version__
from springtide.checking.report.model import CheckReport
from springtide.checking.report.titles import metric_title
from springtide.claims.words import reading_in_words, stated_in_words

SARIF_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)


@dataclass(frozen=True, slots=True)
class Finding:
    """A refuted claim: where it stands, and why it is refuted.

    Lines and columns count from 1, columns in characters; ``end_column`` is one past the last.
    """

    metric: str
    title: str
    message: str
    start: int
    end: int
    line: int
    column: int
    end_line: int
    end_column: int


class Lines:
    """Lines of a text by offset."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(i + 1 for i, character in enumerate(text) if character == "\n")]

    def at(self, offset: int) -> tuple[int, int]:
        r"""Return line and column of an offset, both from 1.

        Examples
        --------
        >>> Lines("one\ntwo").at(5)
        (2, 2)
        """
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


def findings(report: CheckReport) -> tuple[Finding, ...]:
    """Return the refuted claims of a check, in the order of the text."""
    refuted = [verdict for verdict in report.verdicts if verdict.label == "refuted"]
    lines = Lines(report.text) if refuted else Lines("")
    return tuple(
        Finding(
            verdict.claim.metric,
            metric_title(verdict.claim.metric, report.language),
            ". ".join(
                [
                    f"{verdict.claim.quote} ({stated_in_words(verdict.claim, report.language)}): "
                    f"{verdict.reason}",
                    *(reading_in_words(one, report.language) for one in verdict.nearest[:1]),
                ]
            ),
            verdict.claim.start,
            verdict.claim.end,
            *lines.at(verdict.claim.start),
            *lines.at(verdict.claim.end),
        )
        for verdict in refuted
    )


def github_annotation(finding: Finding, path: Path) -> str:
    """Return the workflow command that marks a finding in a file.

    Examples
    --------
    >>> github_annotation(Finding("rsi", "RSI", "70: 74.1", 9, 11, 2, 3, 2, 5), Path("a,b.md"))
    '::error file=a%2Cb.md,line=2,endLine=2,col=3,endColumn=5,title=RSI::70: 74.1'
    """
    given = {
        "file": path.as_posix(),
        "line": finding.line,
        "endLine": finding.end_line,
        "col": finding.column,
        "endColumn": finding.end_column,
        "title": finding.title,
    }
    if finding.end_line != finding.line:  # columns are of one line there
        del given["col"], given["endColumn"]
    return _command(given, finding.message)


def github_failure(path: Path, message: str) -> str:
    """Return the workflow command that says that a file could not be checked."""
    return _command({"file": path.as_posix()}, message)


def _command(given: dict[str, Any], message: str) -> str:
    properties = ",".join(f"{name}={_escaped(str(value), ':,')}" for name, value in given.items())
    return f"::error {properties}::{_escaped(message)}"


def _escaped(text: str, more: str = "") -> str:
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    for character in more:
        text = text.replace(character, f"%{ord(character):02X}")
    return text


class Sarif:
    """A SARIF log in pieces, so that thousands of articles are never held at once."""

    def __init__(self) -> None:
        self._rules: dict[str, str] = {}
        self._failures: list[dict[str, Any]] = []
        self._any = False

    def begin(self) -> str:
        """Return the beginning of the log."""
        return (
            f'{{"$schema": {json.dumps(SARIF_SCHEMA)}, "version": "2.1.0", "runs": '
            '[{"columnKind": "unicodeCodePoints", "results": ['
        )

    def results(self, findings: tuple[Finding, ...], path: Path) -> Iterator[str]:
        """Yield the results of an article."""
        for finding in findings:
            self._rules.setdefault(finding.metric, finding.title)
            comma = "," if self._any else ""
            self._any = True
            yield comma + json.dumps(_result(finding, path), ensure_ascii=False)

    def failed(self, path: Path, message: str) -> None:
        """Keep an article that could not be checked, to be told at the end."""
        self._failures.append(
            {
                "level": "error",
                "message": {"text": message},
                "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(path)}}}],
            }
        )

    def end(self) -> str:
        """Return the end of the log: the tool with its rules, and what could not be checked."""
        driver = {
            "name": "Springtide",
            "version": __version__,
            "rules": [
                {"id": key, "name": key, "shortDescription": {"text": title}}
                for key, title in sorted(self._rules.items())
            ],
        }
        invocation: dict[str, Any] = {"executionSuccessful": not self._failures}
        if self._failures:
            invocation["toolExecutionNotifications"] = self._failures
        return (
            f'], "tool": {json.dumps({"driver": driver}, ensure_ascii=False)}, '
            f'"invocations": {json.dumps([invocation], ensure_ascii=False)}}}]}}'
        )


def _result(finding: Finding, path: Path) -> dict[str, Any]:
    return {
        "ruleId": finding.metric,
        "kind": "fail",
        "level": "error",
        "message": {"text": finding.message},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": _uri(path)},
                    "region": {
                        "startLine": finding.line,
                        "startColumn": finding.column,
                        "endLine": finding.end_line,
                        "endColumn": finding.end_column,
                        "charOffset": finding.start,
                        "charLength": finding.end - finding.start,
                    },
                }
            }
        ],
    }


def _uri(path: Path) -> str:
    """Return a file as a URI: relative where the path is."""
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())
