"""The committed lock against the ranges of pyproject.toml: both say what is installed."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
GROUPS = PROJECT["dependency-groups"]
WANTED = [*PROJECT["project"]["dependencies"], *(one for group in GROUPS.values() for one in group)]


def locked() -> dict[str, list[Requirement]]:
    """Give the lines of the lock by name: several where a Python or a system has its own."""
    lines: dict[str, list[Requirement]] = {}
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            requirement = Requirement(line)
            lines.setdefault(canonicalize_name(requirement.name), []).append(requirement)
    return lines


def test_every_line_of_the_lock_is_one_version() -> None:
    for lines in locked().values():
        for line in lines:
            (specifier,) = line.specifier
            assert specifier.operator == "=="
            assert Version(specifier.version)


@pytest.mark.parametrize("wanted", sorted(set(WANTED)))
def test_what_the_project_asks_for_is_locked_within_its_range(wanted: str) -> None:
    requirement = Requirement(wanted)
    if requirement.marker and not requirement.marker.evaluate():
        pytest.skip("asked for on other systems")
    lines = locked().get(canonicalize_name(requirement.name), [])
    assert lines, "not in constraints.txt: run `make lock`"
    for line in lines:
        (specifier,) = line.specifier
        assert specifier.version in requirement.specifier, "run `make lock`"
