"""The command line: parse the request, call one function below, show its typed result."""


def main() -> int:
    """Run the command that the process was started with and return its exit code."""
    import gc

    from springtide.cli.run import run

    # Importing makes many objects and no garbage: to look for some is a tenth of a short command.
    gc.set_threshold(50_000, 20, 20)
    return run()
