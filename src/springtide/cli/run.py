"""Run a command line: errors become a message and an exit code, never a traceback."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from cyclopts import CycloptsError

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
        code: int = build_app(words)(
            words, exit_on_error=False, result_action="return_int_as_exit_code_else_zero"
        )
        sys.stdout.flush()
    except CycloptsError:  # its message has been printed
        return BAD_USE
    except SpringtideError as error:
        print_error(str(error))
        return error.exit_code
    except KeyboardInterrupt:
        print_error("Interrupted.")
        return INTERRUPTED
    except BrokenPipeError:
        _give_up_output()
        return FAILED
    except Exception as error:
        _report_unforeseen(error)
        return FAILED
    return code


def _report_unforeseen(error: Exception) -> None:
    """Report what no part of the program foresaw: the system's fault, or a defect of ours."""
    if os.environ.get(DEBUG):
        import traceback

        traceback.print_exception(error)
        return
    hint = f"Run again with {DEBUG}=1 to see where it happened."
    if isinstance(error, OSError) and error.strerror:
        where = f": {error.filename}" if error.filename else ""
        print_error(f"{error.strerror}{where}", hint=hint)
        _give_up_output()
    else:
        said = " ".join([f"{type(error).__name__}:", *str(error).split()]).rstrip(":")
        print_error(f"Unexpected {said}", hint=f"This is a defect. {hint}")


def _give_up_output() -> None:
    """Send what cannot be written nowhere: the interpreter would try once more on its way out."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def print_error(message: str, hint: str = "") -> None:
    """Print a message on standard error, in red on a terminal."""
    from rich.console import Console
    from rich.text import Text

    console = Console(stderr=True, soft_wrap=True, highlight=False)
    console.print(Text("Error: ", style="bold red") + Text(message, style="red"))
    if hint:
        console.print(Text(hint))
