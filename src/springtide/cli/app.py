"""The commands of ``springtide``: what each is called and where it lives.

A command is a typed function whose docstring is its help. It is named here with one line of help,
so that ``springtide --help`` can list it without importing it. To add a command, write the function
and add its line to ``COMMANDS``.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from cyclopts import App

from springtide import __version__

ABOUT = """\
How long can this rally last?

Measures a market as of a date, writes the brief, and checks every number in
other people's articles against the data. A first look, without a network:

    springtide demo

Every command shows an example: springtide COMMAND --help"""


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its name, the function behind it as ``module:function``, one line of help.

    The line of help is the first line of the function's docstring. A name of two words is a
    subcommand of a group in ``GROUPS``, or of the command that is named by the first.
    """

    name: str
    function: str
    summary: str


GROUPS = {
    "import": "Read files of bars, of published figures, or of instruments.",
    "lake": "Look after the lake itself.",
}

COMMANDS = (
    Command(
        "sync",
        "springtide.cli.data:sync",
        "Fetch daily bars, and flows of Stock Connect, from a data source into the lake.",
    ),
    Command(
        "import bars",
        "springtide.cli.data:import_bars",
        "Read files of daily bars into the lake.",
    ),
    Command(
        "import observations",
        "springtide.cli.data:import_observations",
        "Read files of published figures into the lake.",
    ),
    Command(
        "import instruments",
        "springtide.cli.data:import_instruments",
        "Add instruments of your own from a file.",
    ),
    Command(
        "instruments",
        "springtide.cli.data:instruments",
        "Find instruments by any of their names, in Chinese or English.",
    ),
    Command(
        "baskets",
        "springtide.cli.baskets:baskets",
        "List theme baskets, show what the members of one added, or check a file of them.",
    ),
    Command(
        "metrics",
        "springtide.cli.analysis:metrics",
        "Show what a metric is: definition, formula, parameters, smallest sample, wording.",
    ),
    Command(
        "measure",
        "springtide.cli.analysis:measure",
        "Measure one metric of an instrument as of a date, with its evidence.",
    ),
    Command(
        "brief",
        "springtide.cli.analysis:brief",
        "Write the brief of an instrument as of a date.",
    ),
    Command(
        "check",
        "springtide.cli.check:check",
        "Check every number of articles against the data.",
    ),
    Command(
        "exuberance",
        "springtide.cli.exuberance:exuberance",
        "Test an instrument for a bubble as of a date, with the rate of false alarms.",
    ),
    Command(
        "outlook",
        "springtide.cli.outlook:outlook",
        "Say how long a rally may last and how far it may go, with probabilities.",
    ),
    Command(
        "scan",
        "springtide.cli.scan:scan",
        "Measure metrics of every instrument of the lake, and find those that stand out.",
    ),
    Command(
        "calls",
        "springtide.cli.calls:calls",
        "List the calls on file, what came of them, and how well their sources did.",
    ),
    Command(
        "calls read",
        "springtide.cli.calls:read",
        "Read the calls of articles, file each once, and say why others are not filed.",
    ),
    Command(
        "calls board",
        "springtide.cli.calls:board",
        "Show by source how many calls came true, and how many base rates let expect.",
    ),
    Command(
        "calls show",
        "springtide.cli.calls:show",
        "Show one call: its words, its base rate, what came of it, and a chart.",
    ),
    Command(
        "calls export",
        "springtide.cli.calls:export",
        "Write the board as a page that can be published, or as JSON or CSV.",
    ),
    Command(
        "backtest",
        "springtide.cli.backtest:backtest",
        "Forecast every rally of the lake month by month, and score what was said.",
    ),
    Command(
        "backtest levels",
        "springtide.cli.backtest:levels",
        "Compare how often prices turn at levels and at the prices beside them.",
    ),
    Command(
        "demo",
        "springtide.cli.demo:demo",
        "Show it all on the bundled sample: a brief, and two articles checked.",
    ),
    Command("sql", "springtide.cli.data:sql", "Query the lake's tables with SQL."),
    Command(
        "mcp",
        "springtide.cli.mcp:mcp",
        "Serve the lake to a language-model client over standard input and output (MCP).",
    ),
    Command(
        "serve",
        "springtide.cli.serve:serve",
        "Serve the lake as pages for a browser on this machine.",
    ),
    Command(
        "watch",
        "springtide.cli.watch:watch",
        "Keep the watch list: instruments that one looks at every day.",
    ),
    Command(
        "lake check",
        "springtide.cli.lake:check",
        "Read every file of the lake, and say what is damaged.",
    ),
    Command(
        "lake repair",
        "springtide.cli.lake:repair",
        "Bring back what a damaged lake still holds, and say what is lost.",
    ),
)


def build_app(named: Collection[str] | None = None) -> App:
    """Build the command line, importing no command.

    Parameters
    ----------
    named
        The words on the command line. A command among them takes its help from its docstring when
        it is asked for; the others show their one line, unimported. None for all docstrings.

    Examples
    --------
    >>> build_app([]).name
    ('springtide',)
    """
    app = App(
        name="springtide",
        help=ABOUT,
        version=__version__,
        help_format="plaintext",
        suppress_keyboard_interrupt=False,
    )
    groups = {name: App(name=name, help=help) for name, help in GROUPS.items()}
    for group in groups.values():
        app.command(group)
    for command in COMMANDS:
        *group_name, name = command.name.split()
        in_full = named is None or name in named
        if _has_subcommands(command) and in_full:
            groups[name] = _with_subcommands(command)
            app.command(groups[name])
            continue
        if group_name and group_name[0] not in groups:
            continue  # the command that it belongs to is not asked for
        parent = groups[group_name[0]] if group_name else app
        parent.command(
            command.function,
            name=name,
            help=None if in_full else command.summary,
            help_format="markdown",
        )
    app.register_install_completion_command(
        help="Install the completion of commands and options for your shell."
    )
    return app


def _has_subcommands(command: Command) -> bool:
    return any(other.name.startswith(f"{command.name} ") for other in COMMANDS)


def _with_subcommands(command: Command) -> App:
    """Return a command that runs by itself and has others below it: its module is imported."""
    from importlib import import_module

    module, _, function = command.function.partition(":")
    made = App(name=command.name, help_format="markdown")
    made.default(getattr(import_module(module), function))
    return made
