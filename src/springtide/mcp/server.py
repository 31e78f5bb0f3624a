"""The server: tools, resources and prompts over one lake, which is only ever read.

Every call sees one snapshot, held for as long as it runs. What is wrong is told as the protocol's
tool error with our own message, so that a model can mend its call; other exceptions are the
server's, and their text never leaves it.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ParamSpec, TypeAlias

from springtide import __version__
from springtide.errors import SpringtideError
from springtide.language.types import Language
from springtide.library.lake import Lake
from springtide.mcp import compact

if TYPE_CHECKING:
    from mcp.server import MCPServer

    from springtide.market import lake as lakes

P = ParamSpec("P")

INSTRUCTIONS = """\
Springtide measures markets as of a date and checks numbers in drafts against data. Dates are \
YYYY-MM-DD; without one the last close on file counts. Subjects go by id or any name, \
Chinese or English (HSI, 0700.HK, Hang Seng TECH). Check a draft with check_text before you hand \
it on, and quote figures only as the tools gave them."""

VERIFY = """\
Check this draft with check_text(only="not_supported"). Correct every refuted claim to its true \
reading, cut or hedge what is not enough information, and check again until nothing is refuted.

{draft}"""

DAILY = """\
Write a note of at most 150 words on {subject} as of {day}: call brief and outlook, use only their \
figures, then check your note with check_text and correct it."""

SCHEMAS = ("brief", "check", "measurement", "outlook", "calls")


def build(stored: lakes.Lake, language: Language = "en") -> MCPServer[Any]:
    """Build the server of a lake.

    Parameters
    ----------
    stored
        The lake; it is only read.
    language
        In which briefs and reasons are written.
    """
    from mcp.server import MCPServer
    from mcp.server.mcpserver.exceptions import ToolError
    from mcp_types import ToolAnnotations

    class Server(MCPServer[Any]):
        async def list_tools(self, *args: Any, **kwargs: Any) -> Any:
            tools = await super().list_tools(*args, **kwargs)
            return [
                tool.model_copy(update={"input_schema": _without_titles(tool.input_schema)})
                for tool in tools
            ]

    server: MCPServer[Any] = Server(
        "springtide", version=__version__, instructions=INSTRUCTIONS, log_level="WARNING"
    )
    reads = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)

    def tool(answer: Callable[P, object]) -> Callable[P, object]:
        @functools.wraps(answer)
        def told(*args: P.args, **kwargs: P.kwargs) -> str:
            try:
                result = answer(*args, **kwargs)
            except SpringtideError as error:
                raise ToolError(str(error)) from error
            return result if isinstance(result, str) else _text(result)

        told.__annotations__ = {**answer.__annotations__, "return": str}
        server.tool(annotations=reads, structured_output=False)(told)
        return answer

    def now() -> Lake:
        return Lake(stored, language)  # as it is at the moment of a call

    _add_questions(tool, now, language)
    _add_lists(tool, now)
    _add_resources(server)
    return server


def _without_titles(schema: Any) -> Any:
    """Leave out titles, which say a name again: a client pays for every word of them."""
    if isinstance(schema, dict):
        kept = {name: value for name, value in schema.items() if name != "title"}
        return {name: _without_titles(value) for name, value in kept.items()}
    return schema


def _text(result: object) -> str:
    return json.dumps(result, ensure_ascii=False, separators=(",", ":"), default=str)


Tool: TypeAlias = Callable[[Callable[..., object]], object]


def _add_questions(tool: Tool, now: Callable[[], Lake], language: Language) -> None:
    """Add what is asked of a draft or of one instrument; ``now`` opens the lake for a call."""

    @tool
    def check_text(
        text: str,
        as_of: str = "",
        only: compact.Only = "not_supported",
    ) -> object:
        """Check every number of a draft; lists what is wrong or unproven, with the true reading."""
        return compact.of_check(now().check(text=text, asof=as_of or None, language=language), only)

    @tool
    def measure(
        metric: str, subject: str, as_of: str = "", params: dict[str, Any] | None = None
    ) -> object:
        """Measure one metric with evidence. Unknown names are answered with the nearest known."""
        day = now()[subject].asof(as_of or None)
        return compact.of_measurement(day.measure(metric, **(params or {})))

    @tool
    def metrics(query: str = "") -> object:
        """List metrics with parameters whose name or title holds the query."""
        return _metrics(query, language)

    @tool
    def brief(subject: str, as_of: str = "") -> object:
        """Write the evidence on a rally as text: levels, momentum, records, setbacks, outlook."""
        made = now()[subject].asof(as_of or None).brief(language)
        return compact.of_sections(made.title[language], made.sections, language)

    @tool
    def outlook(subject: str, as_of: str = "") -> object:
        """Say how long the rally may last and how far it may go, with probabilities."""
        made = now()[subject].asof(as_of or None).outlook()
        sections = [] if made.section is None else [made.section]
        return compact.of_sections(made.title, sections, language)


def _add_lists(tool: Tool, now: Callable[[], Lake]) -> None:
    """Add what goes through many instruments or rows; ``now`` opens the lake for a call."""

    @tool
    def scan(
        metrics: list[str], where: str = "", sort: str = "", as_of: str = "", limit: int = 20
    ) -> object:
        """Rank all instruments: metrics like rsi or rsi:window=9, SQL condition, sort "-rsi"."""
        table = (
            now()
            .scan(*metrics, asof=as_of or None, where=where or None, sort=sort or None)
            .drop("kind", "calendar")
        )
        rows = table.head(max(0, limit)).rows()
        return {"columns": table.columns, "rows": rows, "of": len(table)}

    @tool
    def find(query: str) -> object:
        """Find instruments by name or code."""
        return [compact.of_instrument(one) for one in now().find(query)[:10]]

    @tool
    def calls(subject: str = "", as_of: str = "") -> object:
        """List calls on file, what came of them, and how well their sources did."""
        return compact.of_calls(now().calls(subject or None, asof=as_of or None))

    @tool
    def sql(query: str, limit: int = 50) -> object:
        """Run a SELECT over bars, observations, latest_bars, latest_observations."""
        frame = now().sql(query)
        rows = frame.head(max(0, limit)).rows()
        return {"columns": frame.columns, "rows": rows, "of": len(frame)}


def _metrics(query: str, language: Language) -> list[compact.Json]:
    from springtide.metrics.params import params_to_text
    from springtide.metrics.registry import registry

    wanted = query.casefold()
    return [
        {
            "key": key,
            "title": metric.title[language],
            "params": params_to_text(metric.params()),
        }
        for key, metric in sorted(registry().items())
        if wanted in key or wanted in metric.title[language].casefold()
    ]


def _add_resources(server: MCPServer[Any]) -> None:
    """Add the schemas of the documents, and two prompts."""
    from springtide.claims.schema import load_schema

    def add_schema(name: Any) -> None:
        @server.resource(
            f"springtide://schema/{name}",
            name=f"{name} schema",
            description=f"JSON schema of {name}.json",
            mime_type="application/schema+json",
        )
        def schema() -> str:
            return json.dumps(load_schema(name), ensure_ascii=False)

    for name in SCHEMAS:
        add_schema(name)

    @server.prompt("verify-draft", description="Check a draft and correct its numbers")
    def verify_draft(draft: str) -> str:
        return VERIFY.format(draft=draft)

    @server.prompt("daily-brief", description="A short note on an instrument, checked")
    def daily_brief(subject: str, day: str = "the last close") -> str:
        return DAILY.format(subject=subject, day=day)
