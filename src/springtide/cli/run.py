"""Run a command line: errors become a message and an exit code, never a traceback."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from springtide.cli.app import build_app
from springtide.errors import SpringtideError

DEBUG = "SPRINGTIDE_DEBUG"

FAILED, BAD_USE, INTERRUPTED = 1, 2, 130


def run(arguments: Sequence[str] | None = None) -> int:
    """Run a command line and return its exit code.

    Parameters
    ----------
    arguments
        The words after ``springtide``; None for those of this process.

    Returns
    -------
    int
        0 done; 1 the run could not be carried out, or the reader of its output went away; 2 bad
        use; 130 interrupted.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        code = _dispatch(words)
        sys.stdout.flush()
    except BrokenPipeError:
        # The interpreter flushes once more on its way out: give it somewhere to write to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    return code


def _dispatch(words: list[str]) -> int:
    from cyclopts import CycloptsError

    try:
        code: int = build_app(words)(
            words, exit_on_error=False, result_action="return_int_as_exit_code_else_zero"
        )
    except CycloptsError:  # its message has been printed
        return BAD_USE
    except SpringtideError as error:
        print_error(str(error))
        return error.exit_code
    except KeyboardInterrupt:
        print_error("Interrupted.")
        return INTERRUPTED
    except BrokenPipeError:
        raise
    except Exception as error:
        return _unexpected(error)
    return code


def _unexpected(error: Exception) -> int:
    """Report what no part of the program foresaw."""
    if os.environ.get(DEBUG):
        import traceback

        traceback.print_exception(error)
        return FAILED
    said = " ".join(str(error).split())
    print_error(
        f"Unexpected {type(error).__name__}{': ' if said else ''}{said}",
        hint=f"This is a defect. Run again with {DEBUG}=1 to see where it happened.",
    )
    return FAILED


def print_error(message: str, hint: str = "") -> None:
    """Print a message on standard error, in red on a terminal."""
    from rich.console import Console
    from rich.text import Text

    console = Console(stderr=True, soft_wrap=True, highlight=False)
    console.print(Text("Error: ", style="bold red") + Text(message, style="red"))
    if hint:
        console.print(Text(hint))
