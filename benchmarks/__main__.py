"""Run every benchmark of this folder in turn: ``python -m benchmarks [NAME…] [--page]``."""

from __future__ import annotations

import io
import pkgutil
import sys
from contextlib import redirect_stdout
from importlib import import_module
from pathlib import Path

from benchmarks import _page


class _Both(io.StringIO):
    """Keeps what is printed, and prints it."""

    def write(self, text: str) -> int:
        sys.__stdout__.write(text)
        sys.__stdout__.flush()
        return super().write(text)


def main() -> None:
    modules = sorted(module.name for module in pkgutil.iter_modules([str(Path(__file__).parent)]))
    names = [name for name in modules if name != "__main__" and not name.startswith("_")]
    chosen = [name for name in sys.argv[1:] if not name.startswith("--")] or names
    unknown = [name for name in chosen if name not in names]
    if unknown:
        sys.exit(f"Unknown benchmark: {', '.join(unknown)}. Allowed: {', '.join(names)}.")
    for name in chosen:
        with redirect_stdout(_Both()) as printed:
            import_module(f"benchmarks.{name}").main()
        _page.write({name: printed.getvalue()})
        print()


if __name__ == "__main__":
    main()
