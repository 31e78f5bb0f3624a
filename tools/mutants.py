"""Change one small thing of a module at a time, and see whether its tests notice.

The modules below may not be wrong. Each is changed in every way that :func:`mutations` knows, one
change at a time, and its tests are run against it: a change that no test notices stands for a fault
that none would. A module is named by the end of its name::

    python tools/mutants.py [--jobs N] [--part I/N] [module ...]

Every change is tried in a process of its own, forked from one that has loaded the libraries, and
stopped when it takes too long, which counts as noticed.
"""

from __future__ import annotations

import argparse
import ast
import copy
import importlib.machinery
import importlib.util
import os
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import CodeType

ROOT = Path(__file__).resolve().parents[1]
LEAST = 0.9
"""The share of changes that tests must notice."""

MODULES: dict[str, tuple[str, ...]] = {
    "springtide.checking.verify": (
        "tests/checking/test_verdicts.py",
        "tests/checking/test_verify.py",
    ),
    "springtide.language.tolerance": ("tests/language/test_tolerance.py",),
    "springtide.market.closes": ("tests/market/test_closes.py", "-m", "not shared"),
    "springtide.market.history": ("tests/market/test_history.py",),
    "springtide.metrics.rows": ("tests/metrics/test_rows.py",),
    "springtide.numerics.scores": ("tests/numerics/test_scores.py",),
}
"""What pytest is told for each module: the tests that must notice, the quick ones first.

None of them may start a process, which would run the module as it is.
"""

LIBRARIES = (
    "numpy", "polars", "deltalake", "exchange_calendars", "scipy.stats", "hypothesis",
    "scoringrules",
)  # fmt: skip

COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
COMPUTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult, ast.Pow: ast.Mult, ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}  # fmt: skip
SWAPPED = {"min": "max", "max": "min", "any": "all", "all": "any", "minimum": "maximum",
           "maximum": "minimum", "floor": "ceil", "ceil": "floor", "left": "right",
           "right": "left"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mutation:
    """One change: where, from what, to what; the whole changed module."""

    line: int
    before: str
    after: str
    tree: ast.Module


def mutations(source: str) -> Iterator[Mutation]:
    r"""Give every change of a module, in the order of its lines.

    Comparisons move by their boundary or turn round; arithmetic, ``and`` and ``or``, ``min`` and
    ``max``, ``any`` and ``all`` become their opposites; ``not`` and minus are dropped; conditions
    are negated; numbers grow by one, truth flips; statements that only raise or call are left out.
    Annotations, docstrings, texts, imports and decorators stay.

    Examples
    --------
    >>> [f"{one.before} -> {one.after}" for one in mutations("def f(x):\n    return x < 3")]
    ['x < 3 -> x <= 3', '3 -> 4']
    """
    tree = ast.parse(source)
    for path in list(_places(tree, ())):
        for i in range(len(_changes(_at(tree, path)))):
            changed = copy.deepcopy(tree)
            node = _at(changed, path)
            after = _changes(node)[i]
            _put(changed, path, ast.copy_location(after, node))
            ast.fix_missing_locations(changed)
            line = getattr(node, "lineno", 0)
            yield Mutation(line, _shown(_at(tree, path)), _shown(after), changed)


Place = tuple[tuple[str, int | None], ...]


def _places(node: ast.AST, path: Place) -> Iterator[Place]:
    """Walk the nodes that may be changed, each as the fields that lead to it."""
    yield path
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list", "type_params"):
            continue
        children = list(enumerate(value)) if isinstance(value, list) else [(None, value)]
        for i, child in children:
            if isinstance(child, ast.AST) and not _stays(child):
                yield from _places(child, (*path, (name, i)))


def _stays(node: ast.AST) -> bool:
    """Say whether a node is no behaviour: an import, a docstring, a type by another name."""
    match node:
        case ast.Import() | ast.ImportFrom():
            return True
        case ast.Expr(value=ast.Constant()):
            return True
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            return True
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.BinOp() | ast.Subscript()):
            return name[0].isupper() and not name.isupper()
        case ast.Assign(value=ast.Call(func=ast.Name(id="TypeVar"))):
            return True
    return False


def _at(node: ast.AST, path: Place) -> ast.AST:
    for name, i in path:
        child = getattr(node, name)
        node = child if i is None else child[i]
    return node


def _put(tree: ast.AST, path: Place, node: ast.AST) -> None:
    parent = _at(tree, path[:-1])
    name, i = path[-1]
    if i is None:
        setattr(parent, name, node)
    else:
        getattr(parent, name)[i] = node


def _changes(node: ast.AST) -> list[ast.AST]:
    """Return what a node may be changed into."""
    match node:
        case ast.Compare(ops=ops):
            pairs = [(i, COMPARED[type(op)]) for i, op in enumerate(ops)]
            return [
                ast.Compare(node.left, [*ops[:i], other(), *ops[i + 1 :]], node.comparators)
                for i, other in pairs
            ]
        case ast.BinOp(op=op) if not _is_text(node.left) and not _is_text(node.right):
            other = COMPUTED.get(type(op))
            return [ast.BinOp(node.left, other(), node.right)] if other else []
        case ast.AugAssign(op=op) if type(op) in COMPUTED:
            return [ast.AugAssign(node.target, COMPUTED[type(op)](), node.value)]
        case ast.BoolOp(op=ast.And()):
            return [ast.BoolOp(ast.Or(), node.values)]
        case ast.BoolOp(op=ast.Or()):
            return [ast.BoolOp(ast.And(), node.values)]
        case ast.UnaryOp(op=ast.Not() | ast.USub() | ast.Invert()):
            return [node.operand]
        case ast.Constant(value=bool()):
            return [ast.Constant(not node.value)]
        case ast.Constant(value=int() | float()):
            return [ast.Constant(node.value + 1)]
        case ast.Name(id=name) if name in SWAPPED:
            return [ast.Name(SWAPPED[name], node.ctx)]
        case ast.Attribute(attr=name) if name in SWAPPED:
            return [ast.Attribute(node.value, SWAPPED[name], node.ctx)]
        case ast.If(test=test) if not isinstance(test, ast.Compare | ast.UnaryOp):
            return [ast.If(ast.UnaryOp(ast.Not(), test), node.body, node.orelse)]
        case ast.IfExp(test=test) if not isinstance(test, ast.Compare | ast.UnaryOp):
            return [ast.IfExp(ast.UnaryOp(ast.Not(), test), node.body, node.orelse)]
        case ast.Raise() | ast.Expr(value=ast.Call()) | ast.Continue() | ast.Break():
            return [ast.Pass()]
    return []


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.JoinedStr) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def _shown(node: ast.AST) -> str:
    text = ast.unparse(ast.fix_missing_locations(node)).split("\n")[0]
    return text if len(text) <= 70 else text[:67] + "..."


class _Changed(importlib.machinery.SourceFileLoader):
    """Loads a module as it would be with one change."""

    def __init__(self, name: str, path: str, tree: ast.Module) -> None:
        super().__init__(name, path)
        self.tree = tree

    def get_code(self, fullname: str) -> CodeType:
        """Return the code of the changed module."""
        return compile(self.tree, self.path, "exec", dont_inherit=True)


class _Finder:
    """Finds the changed module before the one on disk is found."""

    def __init__(self, name: str, path: Path, tree: ast.Module) -> None:
        self.name, self.path, self.tree = name, path, tree

    def find_spec(
        self, name: str, path: object = None, target: object = None
    ) -> importlib.machinery.ModuleSpec | None:
        if name != self.name:
            return None
        loader = _Changed(name, str(self.path), self.tree)
        return importlib.util.spec_from_file_location(name, self.path, loader=loader)


def _path(module: str) -> Path:
    return ROOT / "src" / (module.replace(".", "/") + ".py")


def _start(module: str, tree: ast.Module) -> int:
    """Run a module's tests against a tree of it in a process of its own; return its number."""
    pid = os.fork()
    if pid:
        return pid
    code = 3
    try:
        os.setpgid(0, 0)
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        sys.meta_path.insert(0, _Finder(module, _path(module), tree))
        import pytest

        with tempfile.TemporaryDirectory(prefix="mutant-") as folder:
            switches = ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-o", "addopts="]
            switches += ["--import-mode=importlib", "--hypothesis-seed=0", f"--basetemp={folder}/t"]
            code = int(pytest.main([*switches, *MODULES[module]]))
    finally:
        os._exit(code)


def _wait(running: dict[int, tuple[Mutation, float]], limit: float) -> tuple[Mutation, int | None]:
    """Wait for one of the processes: its change, and its exit code or None where it was stopped."""
    while True:
        for pid, (mutation, start) in list(running.items()):
            done, status = os.waitpid(pid, os.WNOHANG)
            if done:
                del running[pid]
                return mutation, os.waitstatus_to_exitcode(status)
            if time.monotonic() - start > limit:
                os.killpg(pid, signal.SIGKILL)
                os.waitpid(pid, 0)
                del running[pid]
                return mutation, None
        time.sleep(0.01)


def try_all(module: str, part: tuple[int, int], jobs: int) -> tuple[int, int]:
    """Try the changes of a module, and print each that its tests do not notice.

    Returns
    -------
    tuple of int
        How many were noticed, and how many were tried.

    Raises
    ------
    SystemExit
        The tests fail, or there are none, where nothing is changed.
    """
    source = _path(module).read_text(encoding="utf-8")
    start = time.monotonic()
    unchanged = Mutation(0, "", "", ast.parse(source))
    _, code = _wait({_start(module, unchanged.tree): (unchanged, start)}, 600.0)
    if code != 0:
        sys.exit(f"{module}: its tests do not pass as it is (pytest's exit code {code})")
    limit = 10.0 + 5.0 * (time.monotonic() - start)
    todo = list(mutations(source))[part[0] - 1 :: part[1]]
    running: dict[int, tuple[Mutation, float]] = {}
    noticed = 0
    for mutation in [*todo, *[None] * jobs]:
        if running and (mutation is None or len(running) >= jobs):
            tried, code = _wait(running, limit)
            noticed += code != 0
            if code == 0:
                print(f"  line {tried.line}: {tried.before}  ->  {tried.after}", flush=True)
        if mutation is not None:
            running[_start(module, mutation.tree)] = (mutation, time.monotonic())
    return noticed, len(todo)


def chosen(names: Sequence[str]) -> list[str]:
    """Return the modules that these names mean; all without names."""
    for name in names:
        if not any(module.endswith(f".{name}") or module == name for module in MODULES):
            ends = ", ".join(module.removeprefix("springtide.") for module in MODULES)
            sys.exit(f"no module {name} in the list; there are: {ends}")
    return [
        module
        for module in MODULES
        if not names or any(module.endswith(f".{name}") or module == name for name in names)
    ]


def main() -> int:
    """Print what was not noticed and the share that was; 1 where a share is too small."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("modules", nargs="*", help="ends of names of modules; all by default")
    parser.add_argument("--part", default="1/1", help="of the changes every Nth from the Ith: I/N")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    given = parser.parse_args()
    first, of = (int(number) for number in given.part.split("/"))
    os.chdir(ROOT)
    for library in (*LIBRARIES, "pytest"):
        importlib.import_module(library)
    good = True
    for module in chosen(given.modules):
        start = time.monotonic()
        print(module, flush=True)
        noticed, tried = try_all(module, (first, of), given.jobs)
        share = noticed / max(tried, 1)
        good = good and share >= LEAST
        seconds = time.monotonic() - start
        print(f"  {share:.1%} noticed: {noticed} of {tried}, in {seconds:.0f} s", flush=True)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
