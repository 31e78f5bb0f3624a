"""The command line: parse the request, call one function below, show its typed result."""


def main() -> int:
    """Run the command that the process was started with and return its exit code."""
    from springtide.cli.run import run

    return run()
