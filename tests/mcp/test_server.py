"""The server for language-model clients, through the real client: in memory and over a pipe."""

from __future__ import annotations

import asyncio
import json
import os
import re
import sys
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import pytest

pytest.importorskip("mcp")

from mcp.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client

from springtide.examples import article
from springtide.market.lake import Lake
from springtide.mcp.server import SCHEMAS, build

T = TypeVar("T")

TOOLS = {"check_text", "measure", "metrics", "brief", "outlook", "find", "calls", "sql", "scan"}
DRAFT = (
    "On 26 January 2018 the S&P 500 closed at 2,872.87, up 1.2% on the day. It has risen 7.45% "
    "year to date. The Nasdaq Composite closed at 7,105.77 on the day."
)


def tokens(text: str) -> int:
    """Estimate how many tokens a model reads: words and signs of three letters' length each."""
    parts = re.findall(r"[A-Za-z]+|\d+|[^\sA-Za-z\d]", text)
    return sum(1 + (len(part) - 1) // 6 if part.isalpha() else 1 + len(part) // 4 for part in parts)


def ask(lake: Lake, question: Callable[[Client], Awaitable[T]]) -> T:
    async def run() -> T:
        async with Client(build(lake)) as client:
            return await question(client)

    return apart(run())


def apart(work: Coroutine[Any, Any, T]) -> T:
    """Run it on a thread of its own: tests of pages leave a running loop on theirs."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


def call(lake: Lake, tool: str, **arguments: Any) -> tuple[str, bool]:
    async def question(client: Client) -> tuple[str, bool]:
        result = await client.call_tool(tool, arguments)
        return result.content[0].text, bool(result.is_error)

    return ask(lake, question)


def test_tools_read_and_are_described_in_few_words(bundled_lake: Lake) -> None:
    tools = ask(bundled_lake, lambda client: client.list_tools()).tools
    assert {tool.name for tool in tools} == TOOLS
    for tool in tools:
        assert tool.annotations is not None
        assert tool.annotations.read_only_hint
    said = json.dumps(
        [tool.model_dump(by_alias=True, exclude_none=True, exclude_unset=True) for tool in tools],
        default=str,
    )
    assert tokens(said) < 1500


def test_a_draft_is_checked_and_what_is_wrong_comes_with_the_true_reading(
    bundled_lake: Lake,
) -> None:
    text, wrong = call(bundled_lake, "check_text", text=DRAFT, as_of="2018-01-26")
    answer = json.loads(text)
    assert not wrong
    assert answer["refuted"] == 1
    (refuted,) = [one for one in answer["claims"] if one["verdict"] == "refuted"]
    assert "7,105.77" in refuted["quote"]
    assert refuted["measured"].startswith("7505.7")


def test_a_check_of_seventeen_claims_is_short(bundled_lake: Lake) -> None:
    draft = article("en").read_text(encoding="utf-8")
    text, _ = call(bundled_lake, "check_text", text=draft, as_of="2025-02-13")
    answer = json.loads(text)
    claims = answer["supported"] + answer["refuted"] + answer["not_enough"]
    assert claims >= 15
    assert tokens(text) < 700 * claims / 17


def test_a_measurement_comes_with_its_rows(bundled_lake: Lake) -> None:
    text, _ = call(
        bundled_lake, "measure", metric="pct_change", subject="S&P 500", as_of="2018-01-26"
    )
    answer = json.loads(text)
    assert answer["value"] == pytest.approx(1.184, abs=0.001)  # 2839.25 to 2872.87 (S&P Dow Jones)
    assert "SPX close 2018-01-26 2872.87" in answer["rows"][1]


def test_a_scan_ranks_instruments(bundled_lake: Lake) -> None:
    text, wrong = call(
        bundled_lake, "scan", metrics=["close_level"], where="close_level > 3000",
        as_of="2018-01-26",
    )  # fmt: skip
    assert not wrong
    answer = json.loads(text)
    assert answer["columns"] == ["symbol", "as_of", "close_level"]
    ((symbol, day, close),) = answer["rows"]
    assert (symbol, day, round(close, 2)) == ("IXIC", "2018-01-26", 7505.77)


@pytest.mark.parametrize(
    ("tool", "arguments", "message"),
    [
        ("scan", {"metrics": ["rsj"]}, "Did you mean rsi"),
        ("measure", {"metric": "rsj", "subject": "SPX"}, "Did you mean rsi"),
        ("measure", {"metric": "rsi", "subject": "No Such Company"}, "No Such Company"),
        ("sql", {"query": "DELETE FROM bars"}, "never change"),
        ("sql", {"query": "SELECT * FROM read_csv('x.csv')"}, "reads files"),
        ("brief", {"subject": "SPX", "as_of": "tomorrow"}, "tomorrow"),
        ("check_text", {"text": "It rose 3%."}, "day"),
    ],
)
def test_what_is_wrong_is_told_in_our_words(
    bundled_lake: Lake, tool: str, arguments: dict[str, Any], message: str
) -> None:
    text, wrong = call(bundled_lake, tool, **arguments)
    assert wrong
    assert message in text


def test_briefs_and_outlooks_are_texts(bundled_lake: Lake) -> None:
    brief, _ = call(bundled_lake, "brief", subject="IXIC", as_of="2018-01-26")
    assert brief.startswith("# ")
    assert "7,505.77" in brief  # the Nasdaq's close that day
    outlook, _ = call(bundled_lake, "outlook", subject="IXIC", as_of="2018-01-26")
    assert "## " in outlook


def test_instruments_calls_metrics_and_rows_can_be_asked_for(bundled_lake: Lake) -> None:
    assert json.loads(call(bundled_lake, "find", query="纳斯达克")[0])[0]["id"] == "IXIC"
    assert "calls" in json.loads(call(bundled_lake, "calls", as_of="2018-12-31")[0])
    keys = [one["key"] for one in json.loads(call(bundled_lake, "metrics", query="rsi")[0])]
    assert "rsi" in keys
    rows = json.loads(call(bundled_lake, "sql", query="SELECT symbol FROM bars", limit=2)[0])
    assert (len(rows["rows"]), rows["of"]) == (2, 10152)


def test_schemas_and_prompts_can_be_read(bundled_lake: Lake) -> None:
    async def question(client: Client) -> tuple[list[str], dict[str, Any], list[str], str]:
        resources = (await client.list_resources()).resources
        schema = await client.read_resource("springtide://schema/check")
        prompts = (await client.list_prompts()).prompts
        filled = await client.get_prompt("verify-draft", {"draft": "Up 3%."})
        return (
            [str(each.uri) for each in resources],
            json.loads(schema.contents[0].text),
            [each.name for each in prompts],
            filled.messages[0].content.text,
        )

    uris, schema, prompts, filled = ask(bundled_lake, question)
    assert sorted(uris) == sorted(f"springtide://schema/{name}" for name in SCHEMAS)
    assert "properties" in schema
    assert sorted(prompts) == ["daily-brief", "verify-draft"]
    assert "Up 3%." in filled


def test_over_a_pipe_as_clients_start_it(bundled_lake: Lake) -> None:
    server = StdioServerParameters(
        command=sys.executable,
        args=["-m", "springtide", "mcp", "--lake", bundled_lake.address, "--lang", "zh-cn"],
        env=dict(os.environ),
    )

    async def run() -> str:
        async with Client(stdio_client(server)) as client:
            result = await client.call_tool(
                "check_text", {"text": "标普500指数收报2900点。", "as_of": "2018-01-26"}
            )
            return str(result.content[0].text)

    assert json.loads(apart(run()))["refuted"] == 1
