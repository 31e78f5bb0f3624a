"""The command that serves language-model clients."""

from __future__ import annotations

from springtide.cli.options import LakeAddress, open_lake
from springtide.language.types import Language


def mcp(*, lang: Language = "en", lake: LakeAddress = None) -> None:
    """Serve the lake to a language-model client over standard input and output (MCP).

    The client starts this command itself. Its tools only read: check a draft, measure, brief,
    outlook, find, calls, sql. It needs the package mcp: `pip install "springtide[mcp]"`.

    For example:

    ```console
    springtide mcp --lake springtide-demo/lake
    ```

    Parameters
    ----------
    lang
        The language of briefs and reasons: en, zh-cn or zh-hk.
    """
    from springtide.errors import UsageError

    try:
        import mcp.server  # noqa: F401
    except ImportError as error:
        raise UsageError(
            "The package mcp is not installed", hint='pip install "springtide[mcp]"'
        ) from error
    from springtide.mcp.server import build

    build(open_lake(lake), lang).run()
