"""The runner of mutants: which changes it makes, and that an unnoticed one is told."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import mutants

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("source", "changes"),
    [
        ("a <= b", ["a < b"]),
        ("a < b <= c", ["a <= b <= c", "a < b < c"]),
        ("a == b", ["a != b"]),
        ("a not in b", ["a in b"]),
        ("a + b", ["a - b"]),
        ("'text' + a", []),
        ("a[-1]", ["1", "2"]),
        ("a and not b", ["a or not b", "b"]),
        ("x = min(a, True)", ["max", "False"]),
        ("a if b else c", ["a if not b else c"]),
        ("def f(a: int | None = 0) -> 'str | None':\n    'doc'\n    raise a", ["1", "pass"]),
        ("import a\nif TYPE_CHECKING:\n    b = 1 + 1\nNumber = int | float", []),
        ("check(a)", ["pass"]),
        ("a //= b", ["a *= b"]),
    ],
)
def test_changes_of_a_piece_of_code(source: str, changes: list[str]) -> None:
    assert [each.after for each in mutants.mutations(source)] == changes


def test_every_change_stands_alone_in_a_whole_module() -> None:
    source = "x = 1\ny = x < 2\n"
    import ast

    whole = [ast.unparse(each.tree) for each in mutants.mutations(source)]
    assert whole == ["x = 2\ny = x < 2", "x = 1\ny = x <= 2", "x = 1\ny = x < 3"]


def test_every_module_of_the_list_is_there_with_its_tests() -> None:
    for module, words in mutants.MODULES.items():
        assert (ROOT / "src" / (module.replace(".", "/") + ".py")).is_file()
        tests = [word for word in words if word.startswith("tests/")]
        assert tests
        assert all((ROOT / test).is_file() for test in tests)


WEAK = """
from springtide.language.tolerance import grain

def test_it():
    assert grain(50, 1) == 10
"""


def test_a_change_that_no_test_notices_is_named(tmp_path: Path) -> None:
    """Tests of one function alone do not notice what is changed in the others."""
    (tmp_path / "test_weak.py").write_text(WEAK)
    (tmp_path / "run.py").write_text(
        f"import sys\nsys.path.insert(0, {str(ROOT / 'tools')!r})\nimport mutants\n"
        f"mutants.MODULES = {{'springtide.language.tolerance': ({str(tmp_path)!r},)}}\n"
        "mutants.LIBRARIES = ()\nsys.exit(mutants.main())\n"
    )
    words = [sys.executable, str(tmp_path / "run.py"), "--part", "10/40", "tolerance"]
    done = subprocess.run(words, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "springtide.language.tolerance" in done.stdout
    assert "->" in done.stdout
