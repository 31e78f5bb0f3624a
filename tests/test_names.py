"""House rules of names that no linter knows."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SAYS_NOTHING = {"found", "_found", "Found"}


def names(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Yield every name that a module gives: of variables, arguments, functions and classes."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id, node.lineno
        elif isinstance(node, ast.arg):
            yield node.arg, node.lineno
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name, node.lineno


def empty(path: Path) -> list[str]:
    """Return where a module gives a name that does not say what it holds."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [f"{path.name}:{line}" for name, line in names(tree) if name in SAYS_NOTHING]


@pytest.mark.parametrize("folder", ["src", "tools", "benchmarks"])
def test_a_name_says_what_was_found(folder: str) -> None:
    paths = list((ROOT / folder).rglob("*.py"))
    assert paths
    assert [place for path in paths for place in empty(path)] == []


@pytest.mark.parametrize(
    "program",
    [
        "found = 1",
        "for found in []: pass",
        "lambda found: 1",
        "class Found: pass",
        "def f(*, found): pass",
        "def _found(): pass",
        "[found for found in []]",
        "(found := 1)",
    ],
)
def test_every_kind_of_name_is_seen(program: str, tmp_path: Path) -> None:
    path = tmp_path / "program.py"
    path.write_text(program, encoding="utf-8")
    assert empty(path) == ["program.py:1"]
