"""The shell around the commands: what it costs to start, what it says, how it ends."""

from __future__ import annotations

import contextlib
import inspect
import json
import math
import os
import pty
import re
import shlex
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest

from springtide import __version__
from springtide.cli.app import COMMANDS, GROUPS, build_app
from springtide.cli.output import print_table, to_json
from springtide.examples import article
from springtide.market.lake import Lake

HEAVY = {
    "numpy", "polars", "pandas", "altair", "babel", "numba", "scipy", "deltalake", "yaml",
    "exchange_calendars", "vl_convert", "arch", "rapidfuzz", "trafilatura", "htmldate", "lxml",
}  # fmt: skip
NAMES = [command.name for command in COMMANDS]


def springtide(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the installed command as a user does."""
    program = Path(sys.executable).with_name("springtide")
    return subprocess.run(
        [program, *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "COLUMNS": "100", **environment},
    )


def imported_by(*words: str) -> set[str]:
    """Modules that a run of the command imports."""
    program = "import sys; from springtide.cli.run import run; run(sys.argv[1:])"
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", program, *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}


def function_of(name: str) -> object:
    (path,) = (command.function for command in COMMANDS if command.name == name)
    module, _, function = path.partition(":")
    return getattr(import_module(module), function)


def example_of(name: str) -> str:
    """The first example in a command's docstring, on one line."""
    blocks = re.findall(r"```console\n(.*?)```", inspect.getdoc(function_of(name)) or "", re.S)
    assert blocks, f"springtide {name} shows no example"
    line: str = blocks[0].replace("\\\n", " ").strip().splitlines()[0]
    return line


# --- start-up --------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["import", "--help"], []])
def test_listing_commands_imports_none_and_nothing_heavy(words: list[str]) -> None:
    modules = imported_by(*words)
    assert "springtide.cli.app" in modules  # the probe works
    assert not {command.function.partition(":")[0] for command in COMMANDS} & modules
    assert not HEAVY & {module.partition(".")[0] for module in modules}


@pytest.mark.parametrize("name", NAMES)
def test_the_help_of_a_command_imports_nothing_heavy(name: str) -> None:
    assert not HEAVY & {m.partition(".")[0] for m in imported_by(*name.split(), "--help")}


SPARED = HEAVY - {"numpy", "polars", "deltalake", "yaml"} | {"multiprocessing", "jsonschema"}
"""What the commands of every day need not: it would cost each of them more than their work."""


@pytest.mark.parametrize(
    "words",
    [
        ["measure", "rsi", "IXIC", "--as-of", "2000-03-10"],
        ["check", str(article("en"))],
        ["check", str(article("zh-cn"))],
    ],
    ids=["measure", "check in English", "check in Chinese"],
)
def test_a_short_command_imports_what_it_needs_and_no_more(
    words: list[str], bundled_lake: Lake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPRINGTIDE_CACHE", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    imported_by(*words, "--lake", bundled_lake.address)  # calendars are made once and kept
    modules = imported_by(*words, "--lake", bundled_lake.address)
    assert "polars" in modules
    assert not SPARED & {module.partition(".")[0] for module in modules}
    assert not {"springtide.brief", "springtide.scan", "springtide.checking.many"} & modules


def test_a_second_check_compiles_nothing(
    bundled_lake: Lake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPRINGTIDE_CACHE", str(tmp_path / "cache"))
    program = (
        "import sys; from pathlib import Path\n"
        "from springtide.cli.kept_code import keeping_code\n"
        "from springtide.settings import cache_folder\n"
        "with keeping_code(cache_folder()) as kept:\n"
        "    from springtide.cli.run import run\n"
        "    run(sys.argv[1:])\n"
        "print(kept.new, len(kept.used), file=sys.stderr)"
    )
    words = ["check", str(article("en")), "--lake", bundled_lake.address, "--out", str(tmp_path)]
    command = [sys.executable, "-c", program, *words]
    first, second = (
        subprocess.run(command, capture_output=True, text=True, check=True).stderr.split()[-2:]
        for _ in range(2)
    )
    assert int(first[0]) > 500
    assert int(second[0]) == 0
    assert int(second[1]) < 2500  # expressions and methods: each costs a command some time


def test_importing_the_package_imports_nothing_else() -> None:
    program = (
        "import sys; before = set(sys.modules); import springtide; "
        "print(*set(sys.modules) - before)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert set(done.stdout.split()) <= {"springtide", "__future__"}


# --- help --------------------------------------------------------------------------------------


def test_root_help_lists_every_command_with_its_line() -> None:
    text = " ".join(re.sub(r"[│╭╮╰╯─]", " ", springtide("--help").stdout).split())
    for command in COMMANDS:
        if " " not in command.name:
            assert f"{command.name} {command.summary}" in text
    for name, summary in GROUPS.items():
        assert f"{name} {summary}" in text


@pytest.mark.parametrize("command", COMMANDS, ids=NAMES)
def test_the_line_of_a_command_is_the_first_of_its_docstring(command: object) -> None:
    docstring = inspect.getdoc(function_of(command.name))  # type: ignore[attr-defined]
    assert docstring is not None
    assert docstring.splitlines()[0] == command.summary  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", NAMES)
def test_help_says_what_the_command_does_then_shows_an_example(name: str) -> None:
    done = springtide(*name.split(), "--help")
    assert (done.returncode, done.stderr) == (0, "")
    text = " ".join(re.sub(r"[│╭╮╰╯─]", " ", done.stdout).split())
    summary = next(command.summary for command in COMMANDS if command.name == name)
    assert f" {summary} " in text.partition("springtide ")[2]
    example = example_of(name)
    assert example.startswith(f"springtide {name} ")
    assert " ".join(example.split()) in text


@pytest.mark.parametrize("name", NAMES)
def test_the_example_is_one_that_the_command_accepts(name: str) -> None:
    words = shlex.split(example_of(name))[1:]
    function, bound, ignored = build_app().parse_args(words, exit_on_error=False, print_error=False)
    assert function is function_of(name)
    assert not ignored
    assert bound.arguments


@pytest.mark.parametrize("name", NAMES)
def test_every_option_is_explained(name: str) -> None:
    app = build_app()
    for word in name.split():
        app = app[word]
    for argument in app.assemble_argument_collection(parse_docstring=True):
        assert argument.parameter.help, f"{argument.name} of springtide {name}"


def test_version() -> None:
    done = springtide("--version")
    assert (done.returncode, done.stdout.strip()) == (0, __version__)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_knows_every_command(shell: str, tmp_path: Path) -> None:
    script = build_app().generate_completion(shell=shell)  # type: ignore[arg-type]
    for name in NAMES:
        assert name.split()[-1] in script
    assert "--lake" in script
    if program := shutil.which(shell):
        path = tmp_path / "script"
        path.write_text(script, encoding="utf-8")
        subprocess.run([program, "-n", path], check=True)


def test_completion_installs_itself(tmp_path: Path) -> None:
    done = springtide("--install-completion", "--shell", "bash", HOME=str(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")
    (script,) = (tmp_path / ".local/share/bash-completion/completions").iterdir()
    assert "springtide" in script.read_text(encoding="utf-8")


# --- how a run ends ------------------------------------------------------------------------------

COMMANDS_THAT_END_BADLY = '''
import os, signal, sys, time
from springtide.errors import DataError, UsageError

def usage() -> None:
    raise UsageError("Wrong\\nend", given="[left]", allowed="right")

def data() -> None:
    raise DataError("No bars for KC on 2025-02-08")

def defect() -> None:
    """Divide by zero."""
    print("so far")
    1 / 0

def wait() -> None:
    print("waiting", flush=True)
    time.sleep(30)

def chatter() -> None:
    for _ in range(100_000):
        print("a line that nobody reads any more")

def denied() -> None:
    open("/proc/1/none/such", "w")

def three() -> int:
    return 3
'''

RUN_THEM = """
import sys
import springtide.cli.app as app
from springtide.cli.run import run
sys.path.insert(0, sys.argv[1])
app.COMMANDS += tuple(
    app.Command(name, f"endings:{name}", name)
    for name in ("usage", "data", "defect", "wait", "chatter", "denied", "three")
)
sys.exit(run(sys.argv[2:]))
"""


@pytest.fixture
def ending(tmp_path: Path) -> list[str | Path]:
    """The command line of a program with commands that end in every way there is."""
    (tmp_path / "endings.py").write_text(COMMANDS_THAT_END_BADLY, encoding="utf-8")
    return [sys.executable, "-c", RUN_THEM, tmp_path]


@pytest.mark.parametrize(
    ("word", "code", "message"),
    [
        ("usage", 2, "Error: Wrong\nend. Given: [left]. Allowed: right.\n"),
        ("data", 1, "Error: No bars for KC on 2025-02-08.\n"),
        (
            "defect",
            1,
            "Error: Unexpected ZeroDivisionError: division by zero\n"
            "This is a defect. Run again with SPRINGTIDE_DEBUG=1 to see where it happened.\n",
        ),
        (
            "denied",
            1,
            "Error: No such file or directory: /proc/1/none/such\n"
            "Run again with SPRINGTIDE_DEBUG=1 to see where it happened.\n",
        ),
        ("three", 3, ""),
    ],
)
def test_errors_are_a_message_and_an_exit_code(
    ending: list[str | Path], word: str, code: int, message: str
) -> None:
    done = subprocess.run([*ending, word], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (code, message)
    assert done.stdout == ("so far\n" if word == "defect" else "")


def test_an_error_is_red_on_a_terminal(ending: list[str | Path]) -> None:
    environment = {**os.environ, "FORCE_COLOR": "1", "TERM": "xterm"}
    environment.pop("NO_COLOR", None)
    done = subprocess.run(
        [*ending, "data"], capture_output=True, text=True, check=False, env=environment
    )
    assert done.stderr.startswith("\x1b[1;31mError: ")


def test_the_traceback_is_there_for_who_asks(ending: list[str | Path]) -> None:
    environment = {**os.environ, "SPRINGTIDE_DEBUG": "1"}
    done = subprocess.run(
        [*ending, "defect"], capture_output=True, text=True, check=False, env=environment
    )
    assert done.returncode == 1
    assert "endings.py" in done.stderr
    assert done.stderr.rstrip().endswith("ZeroDivisionError: division by zero")


def test_ctrl_c(ending: list[str | Path]) -> None:
    with subprocess.Popen(
        [*ending, "wait"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "waiting\n"
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=10)
    assert (process.returncode, said) == (130, "Error: Interrupted.\n")


def test_a_reader_that_goes_away_is_no_reason_for_noise(ending: list[str | Path]) -> None:
    with subprocess.Popen(
        [*ending, "chatter"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        said = process.stderr.read()
    assert (process.returncode, said) == (1, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is full")
def test_output_that_cannot_be_written_is_said(ending: list[str | Path]) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*ending, "three"], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
        assert (done.returncode, done.stderr) == (3, "")  # it prints nothing
        done = subprocess.run(
            [*ending, "chatter"], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == 1
    assert done.stderr.startswith("Error: No space left on device\n")
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["synk"], 'Did you mean "sync"?'),
        (["instruments", "HSI", "--jsn"], "Did you mean --json?"),
        (["sql"], "parameter QUERY requires an argument"),
        (["sql", "SELECT 1", "--limit", "many"], "Invalid value for --limit"),
        (["sql", "SELECT 1", "--limit", "-1"], "The limit is below zero. Given: -1."),
    ],
)
def test_bad_use_is_told_and_exits_with_2(words: list[str], message: str) -> None:
    done = springtide(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


# --- what is printed -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Inner:
    on: date
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Outer:
    inner: Inner
    where: Path
    right: bool
    nothing: None = None


def test_json_of_typed_results() -> None:
    result = Outer(Inner(date(2025, 2, 13), (0.1 + 0.2, math.nan, -math.inf)), Path("a/b"), True)
    text = json.dumps(to_json(result), allow_nan=False)
    assert json.loads(text) == {
        "inner": {"on": "2025-02-13", "values": [0.30000000000000004, None, None]},
        "where": "a/b",
        "right": True,
        "nothing": None,
    }


def test_json_of_arrays_and_scalars() -> None:
    assert to_json(np.array([1.5, np.nan])) == [1.5, None]
    assert to_json((np.float64(2.5), np.int64(3), np.bool_(True))) == [2.5, 3, True]
    assert to_json(np.array(["2025-02-13"], dtype="datetime64[D]")) == ["2025-02-13"]
    with pytest.raises(TypeError, match="complex has no form in JSON"):
        to_json([1j])


def test_a_table_is_folded_on_a_terminal_only() -> None:
    program = "from springtide.cli.output import print_table; print_table(['a'], [['x y ' * 60]])"
    command = [sys.executable, "-c", program]
    piped = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert len(piped.splitlines()) == 3
    assert max(map(len, on_terminal(command).splitlines())) <= 80


def test_a_table_prints_text_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(["name", "n"], [["[bold]x[/]", 1234.5], [None, None]], right=["n"])
    assert capsys.readouterr().out.splitlines() == [
        " name              n",
        "─────────────────────",
        " [bold]x[/]   1234.5",
        "",
    ]


PROGRESS = """
from springtide.cli.output import progress
with progress("Reading") as report:
    report("[one].csv", 1, 2)
print("done")
"""


def test_progress_is_shown_on_a_terminal_and_nowhere_else() -> None:
    command = [sys.executable, "-c", PROGRESS]
    piped = subprocess.run(command, capture_output=True, text=True, check=True)
    assert (piped.stdout, piped.stderr) == ("done\n", "")
    assert "Reading [one].csv" in on_terminal(command)


def on_terminal(command: list[str]) -> str:
    """What a program shows on a terminal of 80 columns, without colours."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "COLUMNS": "80", "TERM": "xterm", "NO_COLOR": "1"}
    with subprocess.Popen(command, stdout=theirs, stderr=theirs, env=environment) as process:
        os.close(theirs)
        shown = b""
        with contextlib.suppress(OSError):  # the terminal closes with the program
            while chunk := os.read(ours, 4096):
                shown += chunk
    os.close(ours)
    assert process.returncode == 0
    return re.sub(r"\x1b\[[\d;?]*[A-Za-z]", "", shown.decode())
