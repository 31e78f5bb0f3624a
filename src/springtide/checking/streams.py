"""What is printed of many checks, article by article: text, JSON lines, annotations or SARIF."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Literal, Protocol

from springtide.checking.many import Checked
from springtide.checking.report.findings import Sarif, github_annotation, github_failure
from springtide.claims.model import Label
from springtide.claims.words import SIGNS, label_in_words

Format = Literal["text", "jsonl", "github", "sarif"]


class Stream(Protocol):
    """Lines before the first article, of each article, and after the last."""

    def begin(self) -> Iterator[str]:
        """Yield the first lines."""
        ...

    def article(self, checked: Checked) -> Iterator[str]:
        """Yield the lines of an article."""
        ...

    def end(self) -> Iterator[str]:
        """Yield the last lines."""
        ...


class TextStream:
    """A line an article, its refuted claims below it, and the sums at the end."""

    def __init__(self) -> None:
        self._counts: Counter[Label] = Counter()
        self._articles = 0
        self._failed = 0

    def begin(self) -> Iterator[str]:
        """Yield nothing."""
        yield from ()

    def article(self, checked: Checked) -> Iterator[str]:
        """Yield the counts of an article and its refuted claims."""
        self._articles += 1
        if checked.error:
            self._failed += 1
            return
        self._counts.update(checked.counts)
        yield f"{checked.item.name}: {_sums(checked.counts)}"
        for finding in checked.findings:
            yield f"  line {finding.line}: {finding.message}"

    def end(self) -> Iterator[str]:
        """Yield the sums over all articles."""
        failed = f", {self._failed} of them not checked" if self._failed else ""
        yield f"{self._articles} articles{failed}: {_sums(self._counts)}"


class JsonStream:
    """A line a number, with the columns of ``checks.parquet``."""

    def begin(self) -> Iterator[str]:
        """Yield nothing."""
        yield from ()

    def article(self, checked: Checked) -> Iterator[str]:
        """Yield the numbers of an article; of one that could not be checked, why."""
        if checked.error:
            failed = {"article": checked.item.name, "file": checked.item.path.as_posix()}
            yield json.dumps({**failed, "error": checked.error}, ensure_ascii=False)
        for row in checked.rows:
            yield json.dumps(row, ensure_ascii=False, allow_nan=False)

    def end(self) -> Iterator[str]:
        """Yield nothing."""
        yield from ()


class GithubStream:
    """Annotations of refuted claims, as GitHub's workflows read them from standard output."""

    def begin(self) -> Iterator[str]:
        """Yield nothing."""
        yield from ()

    def article(self, checked: Checked) -> Iterator[str]:
        """Yield an annotation for each refuted claim, or one of why there is no check."""
        if checked.error:
            yield github_failure(checked.item.path, checked.error)
        for finding in checked.findings:
            yield github_annotation(finding, checked.item.path)

    def end(self) -> Iterator[str]:
        """Yield nothing."""
        yield from ()


class SarifStream:
    """A SARIF log of refuted claims."""

    def __init__(self) -> None:
        self._log = Sarif()

    def begin(self) -> Iterator[str]:
        """Yield the beginning of the log."""
        yield self._log.begin()

    def article(self, checked: Checked) -> Iterator[str]:
        """Yield the refuted claims of an article."""
        if checked.error:
            self._log.failed(checked.item.path, checked.error)
        yield from self._log.results(checked.findings, checked.item.path)

    def end(self) -> Iterator[str]:
        """Yield the end of the log."""
        yield self._log.end()


def stream(form: Format) -> Stream:
    """Return the stream of a form."""
    forms: Mapping[Format, type[Stream]] = {
        "text": TextStream,
        "jsonl": JsonStream,
        "github": GithubStream,
        "sarif": SarifStream,
    }
    return forms[form]()


def _sums(counts: Mapping[Label, int]) -> str:
    return " · ".join(
        f"{SIGNS[key]} {label_in_words(key, 'en')} {counts.get(key, 0)}" for key in SIGNS
    )
