"""The documents' examples do what the documents say, run as a reader would run them."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from cyclopts import CycloptsError

import examples
from springtide.cli.app import build_app

DOCUMENTS = examples.documents()
RUN = [path for path in DOCUMENTS if examples.steps(path.read_text(encoding="utf-8"))]
COMMAND = re.compile(r"^\s*(springtide .*)$", re.MULTILINE)


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return examples.prepare(tmp_path_factory.mktemp("examples") / "sample")


@pytest.mark.slow
@pytest.mark.parametrize("path", RUN, ids=lambda path: path.name)
def test_examples_do_what_is_shown(path: Path, sample: Path, tmp_path: Path):
    text = path.read_text(encoding="utf-8")
    shutil.copytree(sample, tmp_path, dirs_exist_ok=True)
    outcomes = examples.run(text, tmp_path)
    assert len(outcomes) == len(examples.steps(text)), "the shell ended before the document did"
    for outcome in outcomes:
        assert not outcome.failed, f"{outcome.step.command}\n{outcome.printed}"
        if outcome.step.prints:
            shown = examples.tidy(outcome.step.shown)
            assert examples.tidy(outcome.printed) == shown, (
                f"{outcome.step.command}\nprints otherwise: "
                "run python tools/generate_docs.py --examples and read what changed"
            )


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_commands_that_are_not_run_exist(path: Path):
    for info, body in examples.blocks(path.read_text(encoding="utf-8")):
        if not info.startswith("bash"):
            continue
        for line in COMMAND.findall(body):
            words = shlex.split(line.partition(" > ")[0], comments=True)[1:]
            try:
                build_app().parse_args(words, exit_on_error=False, print_error=False)
            except CycloptsError as error:
                pytest.fail(f"{line}: {error}")


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_links_lead_somewhere(name: str):
    text = (examples.ROOT / name).read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)#\s]+)", text)
    broken = [
        target
        for target in targets
        if "://" not in target and not (examples.ROOT / target).exists()
    ]
    assert not broken


def test_a_wrong_output_and_a_failing_command_are_seen(tmp_path: Path):
    text = "```console\n$ echo one\ntwo\n$ false\n$ echo a \\\nb\na b\n```\n"
    outcomes = examples.run(text, tmp_path)
    assert [one.printed for one in outcomes] == ["one\n", "", "a b\n"]
    assert [one.code for one in outcomes] == [0, 1, 0]
    assert [one.step.shown for one in outcomes] == ["two", "", "a b"]
    assert examples.refreshed(text, outcomes) == text.replace("two", "one")


def test_files_and_programs_of_a_document_are_written_and_run(tmp_path: Path):
    text = (
        '```csv title="in/a file.csv"\n1,2\n```\n'
        "- a list:\n\n"
        "    ```python\n"
        '    print(open("in/a file.csv").read())\n'
        "    ```\n"
    )
    assert [one.printed for one in examples.run(text, tmp_path)] == ["", "1,2\n\n"]
