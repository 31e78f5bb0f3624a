"""The command line: parse the request, call one function below, show its typed result."""


def main() -> int:
    """Run the command that the process was started with and return its exit code."""
    import gc

    # What is loaded stays, and little of the rest is in cycles: to look for them is a tenth of a
    # short command. A long one still looks each time that it holds a million objects more.
    gc.set_threshold(1_000_000, 20, 20)
    from springtide.cli.kept_code import keeping_code
    from springtide.settings import cache_folder

    with keeping_code(cache_folder()):
        from springtide.cli.run import run

        code = run()
    # On its way out the interpreter looks for cycles once more in all that there is, which was a
    # fifth of a short command: what is frozen goes with the process.
    gc.freeze()
    return code
