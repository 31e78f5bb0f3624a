"""`check --explain`: why a number was read so, in a table and in JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from springtide.claims.schema import validate
from springtide.cli import run as command
from springtide.market.lake import Lake

ARTICLE = """---
title: A day in March
date: 2000-03-10
---
The Nasdaq Composite closed at 5,048.62, up 0.03% on 10 March.

Acme's annual revenue rose 12% to $1.2 billion.
"""


@pytest.fixture
def run(bundled_lake: Lake, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "note.md").write_text(ARTICLE, encoding="utf-8")

    def check(*words: str, files: tuple[str, ...] = ("note.md",)) -> tuple[int, str, str]:
        out, lake = str(tmp_path / "out"), str(bundled_lake.address)
        code = command.run(
            [
                "check",
                *(str(tmp_path / file) for file in files),
                "--out",
                out,
                "--lake",
                lake,
                *words,
            ]
        )
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        return code, captured.out, captured.err

    return check


def test_a_number_by_its_text_its_words_and_its_offset(run):
    at = str(ARTICLE.index("0.03%"))
    for asked in ("0.03%", "up 0.03", at):
        code, out, _ = run("--explain", asked)
        assert code == 0
        assert f"0.03% at {at}" in out
        assert "price change" in out
        assert "Nasdaq Composite (IXIC)" in out
        assert "A claim, checked as Change on the day of Nasdaq Composite (IXIC)" in out
        assert "supported" in out
        assert "5,048.62 at" not in out


def test_without_a_number_all_are_explained(run):
    _, out, _ = run("--explain")
    assert "5,048.62 at" in out
    assert "No claim: it is a date." in out
    assert "A claim that nothing here measures: growth of a company's figure" in out


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh-cn", ("涨跌幅", "单日", "收盘")), ("zh-hk", ("升跌幅", "單日", "收市"))],
)
def test_it_speaks_the_languages_of_the_report(run, language: str, words: tuple[str, ...]):
    _, out, _ = run("--explain", "0.03%", "--lang", language)
    assert all(word in out for word in words)


def test_json_holds_the_candidates_of_the_numbers_that_are_asked_for(run, tmp_path: Path):
    for form in (("--json",), ("--format", "json")):
        _, out, _ = run(*form, "--explain", "0.03%")
        document = json.loads(out)
        validate(document, "check")
        assert document == json.loads((tmp_path / "out" / "check.json").read_text("utf-8"))
        (number,) = [one for one in document["numbers"] if "candidates" in one]
        assert number["text"] == "0.03%"
        chosen = {one["slot"]: one["value"] for one in number["candidates"] if one["chosen"]}
        assert chosen["kind"] == "price_change"
        assert chosen["subject"] == "IXIC"
        assert chosen["day"] == "2000-03-10"


def test_bad_use_is_told(run, tmp_path: Path):
    code, _, error = run("--explain", "99.9%")
    assert code == 2
    assert "No number of the article is meant" in error
    code, _, error = run("--format", "sarif", "--explain", "0.03%")
    assert code == 2
    assert "--format text or json" in error
    (tmp_path / "more.md").write_text(ARTICLE, encoding="utf-8")
    code, _, error = run("--explain", files=("note.md", "more.md"))
    assert code == 2
    assert "one article" in error
