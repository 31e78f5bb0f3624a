"""Run the examples of the documents, as a reader would who copies them one after another.

Three kinds of fenced blocks are examples:

- ``console``: a line that begins with ``$`` is a command (a backslash at its end continues it), the
  lines after it are what it prints;
- any language with ``title="PATH"``: a file that the reader writes;
- ``python`` without a title: a program.

One document is one shell session, in a copy of the checkout that holds what ``make demo`` leaves.
Blocks in ``bash`` are not run: they need a network, or set up the checkout itself.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = "springtide-demo"

_FENCE = re.compile(
    r"^(?P<indent> *)```(?P<info>[^`\n]*)\n(?P<body>.*?)^(?P=indent)```$", re.M | re.S
)
_TITLE = re.compile(r'title="([^"]+)"')
_END = "\x1e"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that the reader does.

    Attributes
    ----------
    command
        What the shell is given.
    prints
        Whether what it prints is shown in the document: ``shown``, at these offsets.
    indent
        Indentation of the block.
    """

    command: str
    prints: bool = False
    shown: str = ""
    start: int = 0
    end: int = 0
    indent: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a step printed (both streams, in the order of printing) and its exit code."""

    step: Step
    printed: str
    code: int

    @property
    def failed(self) -> bool:
        """It ended with an error, or met a defect whose exit code the document prints as wanted."""
        return self.code != 0 or "This is a defect." in self.printed


def documents() -> list[Path]:
    """Return every document that may hold examples."""
    generated = {ROOT / "docs" / "reference" / "commands.md"}
    pages = set((ROOT / "docs").rglob("*.md")) - generated
    return [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(pages)]


def blocks(text: str) -> list[tuple[str, str]]:
    """Return the info string and the body of every fenced block, without its indentation."""
    return [(block["info"].strip(), _plain(block)) for block in _FENCE.finditer(text)]


def steps(text: str) -> list[Step]:
    """Return what a document tells its reader to do, in order."""
    all_steps: list[Step] = []
    for block in _FENCE.finditer(text):
        language, _, rest = block["info"].strip().partition(" ")
        title = _TITLE.search(rest)
        if title is not None:
            path = f"'{title[1]}'"
            written = _here(f"cat > {path}", _plain(block))
            all_steps.append(Step(f'mkdir -p "$(dirname {path})"\n{written}'))
        elif language == "console":
            all_steps += _commands(block)
        elif language == "python":
            all_steps.append(Step(_here("python -", _plain(block))))
    return all_steps


def run(text: str, folder: Path) -> list[Outcome]:
    """Do what a document says in a folder, and return what each step printed.

    A step that ends the shell leaves the steps after it out.
    """
    todo = steps(text)
    script = folder / "examples.sh"
    script.write_text(
        "".join(f"{{ {step.command}\n}} 2>&1\nprintf '{_END}%d{_END}' $?\n" for step in todo),
        encoding="utf-8",
    )
    done = subprocess.run(
        ["bash", script.name],
        cwd=folder,
        env=_environment(folder, own_code='title="src/' in text),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    parts = done.stdout.split(_END)
    pairs = zip(parts[0::2], parts[1::2], strict=False)
    return [Outcome(step, out, int(code)) for step, (out, code) in zip(todo, pairs, strict=False)]


def refreshed(text: str, outcomes: list[Outcome]) -> str:
    """Return a document with what its commands print now."""
    for outcome in reversed(outcomes):
        step = outcome.step
        if step.prints:
            lines = [f"{step.indent}{line}".rstrip() + "\n" for line in tidy(outcome.printed)]
            text = text[: step.start] + "".join(lines) + text[step.end :]
    return text


def tidy(printed: str) -> list[str]:
    """Return printed lines as a document shows them: no spaces at their ends, no blank ends.

    The time that a test run took is no part of what is shown.
    """
    lines = [line.rstrip() for line in printed.strip("\n").splitlines()]
    return [re.sub(r"\bin \d+\.\d+s$", "in 0.50s", line) for line in lines]


def prepare(folder: Path) -> Path:
    """Fill a folder with what ``springtide demo`` leaves, and a copy of the code; return it."""
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "src", folder / "src", ignore=ignored)
    for name in ("pyproject.toml", "tests/conftest.py"):
        (folder / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    subprocess.run(
        ["springtide", "demo", "--out", SAMPLE],
        cwd=folder,
        env=_environment(folder),
        capture_output=True,
        check=True,
    )
    return folder


def _commands(block: re.Match[str]) -> list[Step]:
    indent, commands = block["indent"], []
    at = block.start("body")
    lines: list[tuple[int, int, str]] = []
    for line in block["body"].splitlines(keepends=True):
        lines.append((at, at + len(line), line.removeprefix(indent).rstrip("\n")))
        at += len(line)
    i = 0
    while i < len(lines):
        command = lines[i][2].removeprefix("$ ")
        while command.endswith("\\") and i + 1 < len(lines):
            i += 1
            command += "\n" + lines[i][2]
        start = i + 1
        i = start
        while i < len(lines) and not lines[i][2].startswith("$ "):
            i += 1
        begin = lines[start][0] if start < len(lines) else block.end("body")
        end = lines[i][0] if i < len(lines) else block.end("body")
        shown = "\n".join(line for _, _, line in lines[start:i])
        commands.append(Step(command, True, shown, begin, end, indent))
    return commands


def _plain(block: re.Match[str]) -> str:
    indent = block["indent"]
    return "".join(line.removeprefix(indent) for line in block["body"].splitlines(keepends=True))


def _here(command: str, body: str) -> str:
    return f"{command} <<'END_OF_EXAMPLE'\n{body}END_OF_EXAMPLE"


def _environment(folder: Path, own_code: bool = False) -> dict[str, str]:
    """Return the reader's environment: our commands first, settings of nobody else.

    ``own_code`` is for a reader who changes the code: then the copy in the folder is what runs.
    """
    kept = {name: value for name, value in os.environ.items() if "SPRINGTIDE" not in name}
    return {
        **kept,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{kept['PATH']}",
        "PYTHONPATH": str((folder if own_code else ROOT) / "src"),
        "PYTHONUNBUFFERED": "1",
        "SPRINGTIDE_CONFIG": str(folder / "config"),
        "LC_ALL": "C.UTF-8",
    }
