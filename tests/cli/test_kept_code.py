"""Code that is kept between runs: it does what Python makes of it, and is compiled once."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
from dataclasses import FrozenInstanceError, dataclass, field
from pathlib import Path

import pytest

from springtide.cli.kept_code import KeptCode, keeping_code

PATTERNS = [
    (r"(?P<year>\d{4})年(?:(?P<month>\d{1,2})月)?", 0, "于2025年2月，又2024年"),
    (r"\b(up|down) (?P<much>[\d.]+)%", re.IGNORECASE, "UP 3.5%, Down 2%, upset 4%"),
    (r"(?<![一-鿿])其(?!中|他)|[^\W\d_]+", 0, "其中 其股价 abc_1"),
    (r"(?x) a + # one or more\n b", 0, "aab b ab"),
    (r"(a)|(?P<b>b)(?P=b)", re.MULTILINE | re.DOTALL, "a bb b"),
    (r"", 0, "xy"),
]


def matches(pattern: re.Pattern[str], text: str) -> list[tuple[object, ...]]:
    every = pattern.finditer(text)
    return [(one.span(), one.groups(), one.groupdict(), one.lastgroup) for one in every]


@pytest.mark.parametrize(("pattern", "flags", "text"), PATTERNS)
def test_a_kept_expression_matches_as_one_that_is_compiled(
    pattern: str, flags: int, text: str, tmp_path: Path
) -> None:
    plain = re.compile(pattern, flags)
    first = KeptCode(tmp_path / "kept.bin")
    made = first.expression(pattern, int(flags))
    first.new = 1000  # enough to be written
    first.save()
    second = KeptCode(tmp_path / "kept.bin")
    kept = second.expression(pattern, int(flags))
    assert second.new == 0
    for one in (made, kept):
        assert one == plain
        assert (one.pattern, one.flags, one.groups) == (plain.pattern, plain.flags, plain.groups)
        assert dict(one.groupindex) == dict(plain.groupindex)
        assert matches(one, text) == matches(plain, text)


def test_re_compiles_with_them_meanwhile_and_as_before_afterwards(tmp_path: Path) -> None:
    before = re._compiler.compile  # type: ignore[attr-defined]
    with keeping_code(tmp_path) as kept:
        assert kept is not None
        for i in range(30):
            assert re.compile(f"once{i}+").fullmatch(f"once{i}{i % 10}" if i % 10 else f"once{i}")
        assert kept.new == 30
        assert re.compile(b"bytes+").match(b"bytess")
        with pytest.raises(re.error, match="unterminated"):
            re.compile("(open")
    assert re._compiler.compile is before  # type: ignore[attr-defined]
    re.purge()
    with keeping_code(tmp_path) as again:
        assert again is not None
        assert re.compile("once7+").match("once77")
        assert again.new == 0


def test_dataclasses_of_kept_methods_are_as_any(tmp_path: Path) -> None:
    def made() -> type:
        @dataclass(frozen=True, slots=True, order=True)
        class Pair:
            left: int
            right: tuple[str, ...] = ()
            rest: list[int] = field(default_factory=list, compare=False)

        return Pair

    before = made()
    with keeping_code(tmp_path) as kept:
        assert kept is not None
        first = made()
        assert kept.new > 5
        kept.new = 1000  # enough to be written
    with keeping_code(tmp_path) as kept:
        assert kept is not None
        second = made()
        assert kept.new == 0
    for one in (first, second):
        assert repr(one(1, ("a",))) == repr(before(1, ("a",)))
        assert one(1, ("a",)) == one(1, ("a",), [5]) != one(2)
        assert one(1) < one(2)
        assert hash(one(1, ("a",))) == hash(before(1, ("a",)))
        assert one(1).rest is not one(1).rest
        with pytest.raises(FrozenInstanceError, match="left"):
            one(1).left = 2
        assert inspect.signature(one) == inspect.signature(before)
    assert first(1) != second(1)  # two classes, though of one code


@pytest.mark.parametrize("harm", [b"", b"\0\0", b"{", b"x" * 100, b"N"])
def test_a_file_that_is_not_whole_is_as_none(harm: bytes, tmp_path: Path) -> None:
    (tmp_path / "kept.bin").write_bytes(harm)
    kept = KeptCode(tmp_path / "kept.bin")
    assert kept.expression("a+b", 0).match("aab")
    assert kept.new == 1


def test_a_folder_that_cannot_be_made_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    kept = KeptCode(tmp_path / "file" / "kept.bin")
    kept.expression("a+b", 0)
    kept.new = 1000
    kept.save()
    assert not KeptCode(tmp_path / "file" / "kept.bin").kept


def test_the_second_run_of_a_command_compiles_nothing(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path\n"
        "from springtide.cli.kept_code import keeping_code\n"
        "with keeping_code(Path(sys.argv[1])) as kept:\n"
        "    from springtide.cli.run import run\n"
        "    import springtide.reading.read\n"
        "    run(['instruments', 'HSI'])\n"
        "print(kept.new, len(kept.used), file=sys.stderr)"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    runs = [
        subprocess.run(command, capture_output=True, text=True, check=True).stderr.split()[-2:]
        for _ in range(2)
    ]
    (first, used), (second, again) = runs
    assert int(first) > 100
    assert (int(second), again) == (0, used)
