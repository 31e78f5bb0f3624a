"""Write the reference pages of the documentation from the code, and refresh the examples' output.

    python tools/generate_docs.py             # the reference pages
    python tools/generate_docs.py --examples  # and what the documents' examples print (a minute)

The pages are committed; tests/docs holds them against the code.
"""

from __future__ import annotations

import argparse
import pkgutil
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import examples
import formats
from api_page import library_page
from springtide.checking import nearest
from springtide.claims.schema import SchemaName, load_schema
from springtide.cli.app import build_app
from springtide.language.messages import LANGUAGES, say
from springtide.language.tolerance import tolerance_table_markdown
from springtide.market import instruments
from springtide.market.types import Instrument
from springtide.metrics.describe import Description, describe
from springtide.metrics.registry import Metric, registry
from springtide.outlook.words import scale_markdown

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = ROOT / "docs" / "reference"

Schema = Mapping[str, Any]

_KINDS = {
    "index": "Indices",
    "stock": "Shares",
    "etf": "Funds",
    "flow": "Flows",
    "commodity": "Commodities",
    "basket": "Baskets",
}


def commands() -> str:
    """Return the reference of the command line, from the help of every command."""
    made = build_app().generate_docs(output_format="markdown", recursive=True)
    made = made.replace("```console", "```bash").replace("# springtide", "# Commands", 1)
    made = re.sub(r"## Table of Contents\n.*?(?=\*\*Commands\*\*)", "", made, flags=re.S)
    made = re.sub(r"^ {4}(springtide .*)$", r"```bash\n\1\n```", made, flags=re.M)
    made = re.sub(r"\n {4}(?=\S)", " ", made)  # continued lines of one list item
    # cyclopts names there how this very process was started
    made = re.sub(r"(?<=^springtide --install-completion ).*(?=\[OPTIONS\]$)", "", made, flags=re.M)
    return re.sub(r"\n{3,}", "\n\n", made).strip() + "\n"


def metrics() -> str:
    """Return the reference of the metrics, from the registry."""
    described = [(describe(metric), _unit(metric)) for metric in registry().values()]
    lines = [
        "# Metrics",
        "",
        "Each metric is measured, worded and read by one definition. The same page for one metric "
        "in a terminal: `springtide metrics rsi`. Parameters are given to `springtide measure` as "
        "`--param name=value`; [periods](periods.md) have a form of their own.",
        "",
        f"| metric | {' | '.join(say('format.language', each) for each in LANGUAGES)} | unit |",
        f"| --- |{' --- |' * len(LANGUAGES)} --- |",
        *(
            f"| [`{one.key}`](#{one.key}) | {' | '.join(one.title.values())} | {unit} |"
            for one, unit in described
        ),
        "",
    ]
    for one, unit in described:
        lines += _metric(one, unit)
    return "\n".join(lines).strip() + "\n"


def _unit(metric: Metric) -> str:
    return describe(metric).unit or ("a bare number" if metric.decimals else "yes or no")


def _metric(one: Description, unit: str) -> Iterator[str]:
    yield f"## {one.key} {{ #{one.key} }}"
    yield ""
    yield f"**{' · '.join(dict.fromkeys(one.title.values()))}**"
    yield ""
    for words in one.definition.values():
        yield words
        yield ""
    yield f"- formula: `{one.formula}`"
    yield f"- unit: {unit}"
    yield f"- needs: {one.minimum}"
    for language, words in one.wording.items():
        yield f"- {say('format.language', language)}: {words}"
    yield ""
    if one.parameters:
        yield "| parameter | default | allowed |"
        yield "| --- | --- | --- |"
        for each in one.parameters:
            default = f"`{each.default}`" if each.default else "(none)"
            yield f"| `{each.name}` | {default} | {each.allowed} |"
        yield ""


def instruments_page() -> str:
    """Return the list of instruments, from the registry."""
    listed = instruments.all()
    lines = [
        "# Instruments",
        "",
        f"The {len(listed)} instruments that Springtide knows by name. Any of their names finds "
        "them (`springtide instruments 恒指`), in running text too. Only the printed name is "
        "listed here; `springtide instruments --json` lists every alias. Symbols that are not here "
        "work as well once the lake has their bars, and you can "
        "[add instruments of your own](../how-to/own-data.md#instruments-of-your-own).",
    ]
    for kind, heading in _KINDS.items():
        rows = [one for one in listed if one.kind == kind]
        if rows:
            lines += ["", f"## {heading}", "", *_instrument_table(rows)]
    return "\n".join(lines) + "\n"


def _instrument_table(rows: list[Instrument]) -> Iterator[str]:
    yield "| identifier | English | 简体 | 繁體 | currency | calendar | Yahoo | AKShare |"
    yield "| --- | --- | --- | --- | --- | --- | --- | --- |"
    for one in rows:
        names = [one.name("en"), one.name("zh-cn"), one.name("zh-hk")]
        symbols = [one.symbols.get("yahoo", ""), one.symbols.get("akshare", "")]
        cells = [f"`{one.id}`", *names, one.currency, one.calendar, *(_code(s) for s in symbols)]
        yield f"| {' | '.join(cells)} |"


def _code(text: str) -> str:
    return f"`{text}`" if text else ""


def schema_page(name: SchemaName) -> str:
    """Return the reference of one JSON document, from its schema."""
    schema = load_schema(name)
    lines = [
        f"# {name}.json",
        "",
        f"{schema['title']}. The schema itself, for programs: "
        f"[`{name}.schema.json`]({name}.schema.json) (JSON Schema 2020-12). "
        "Numbers are at full precision; dates are ISO 8601; there is no NaN: what is not known is "
        "`null`.",
        "",
        "## The document",
        "",
        *_fields(schema, schema["$defs"]),
    ]
    for key, definition in reversed(schema["$defs"].items()):
        if definition.get("properties"):
            lines += ["", f"## {key}", ""]
            if definition.get("description"):
                lines += [definition["description"], ""]
            lines += _fields(definition, schema["$defs"])
    return "\n".join(lines) + "\n"


def _fields(schema: Schema, shared: Schema) -> Iterator[str]:
    yield "| field | type | meaning |"
    yield "| --- | --- | --- |"
    yield from _rows(schema, shared, "")


def _rows(schema: Schema, shared: Schema, prefix: str) -> Iterator[str]:
    for name, field in schema.get("properties", {}).items():
        key = prefix + name
        meaning = field.get("description") or _meaning(field, shared)
        yield f"| `{key}` | {_type(field)} | {meaning} |"
        if isinstance(field.get("items"), Mapping):
            yield from _rows(field["items"], shared, f"{key}[].")
        for inner in (field, *field.get("oneOf", ())):
            yield from _rows(inner, shared, f"{key}.")


def _meaning(field: Schema, shared: Schema) -> str:
    """Return what a field that refers to a shared definition means."""
    for choice in (field, *field.get("oneOf", ())):
        name = choice.get("$ref", "").rpartition("/")[2]
        if name:
            return str(shared[name].get("description", ""))
    return ""


def _type(field: Schema) -> str:
    if "$ref" in field:
        name = field["$ref"].rpartition("/")[2]
        if name.endswith(".schema.json"):  # a document of its own
            name = name.removesuffix(".schema.json")
            return f"[{name}]({name}-json.md)"
        return f"[{name}](#{name})" if name not in ("params", "versions") else name
    if "enum" in field:
        return ", ".join(f"`{choice}`" for choice in field["enum"])
    if "oneOf" in field:
        return " or ".join(_type(choice) for choice in field["oneOf"])
    if "prefixItems" in field:
        return f"pair of {_type(field['prefixItems'][0])}s"
    if field.get("type") == "array":
        return f"list of {_type(field['items'])}"
    if field.get("format") == "date":
        return "date"
    kinds = field.get("type", "any")
    return kinds if isinstance(kinds, str) else " or ".join(kinds)


PAGES: Mapping[str, Callable[[], str]] = {
    "commands.md": commands,
    "metrics.md": metrics,
    "instruments.md": instruments_page,
    "tolerance.md": tolerance_table_markdown,
    "measurement-json.md": lambda: schema_page("measurement"),
    "check-json.md": lambda: schema_page("check"),
    "brief-json.md": lambda: schema_page("brief"),
    "outlook-json.md": lambda: schema_page("outlook"),
    "calls-json.md": lambda: schema_page("calls"),
    "board-json.md": lambda: schema_page("board"),
    "filed-json.md": lambda: schema_page("filed"),
    "bars-json.md": lambda: schema_page("bars"),
    "exuberance-json.md": lambda: schema_page("exuberance"),
    "import-json.md": lambda: schema_page("import"),
    "watch-json.md": lambda: schema_page("watch"),
    "data-json.md": lambda: schema_page("data"),
    "scan-json.md": lambda: schema_page("scan"),
    "formats.md": formats.page,
    "library.md": library_page,
    "probability.md": scale_markdown,
}


def contracts() -> str:
    """Return the import contracts as they stand in ``pyproject.toml``."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    match = re.search(
        r"^\[tool\.importlinter\]\n.*?(?=^\[(?!\[?tool\.importlinter)|\Z)", text, re.M | re.S
    )
    assert match is not None, "pyproject.toml has no contracts"
    return f"```toml\n{match[0].strip()}\n```"


def nearest_search() -> str:
    """Return what the search for nearest true readings may change, from its own docstring."""
    assert nearest.__doc__ is not None
    return nearest.__doc__.partition("\n\n")[2].strip()


PARTS: Mapping[str, Callable[[], str]] = {
    "explanation/floors.md": contracts,
    "explanation/nearest.md": nearest_search,
}
"""Pages that people write, with one part between two marks that the code gives."""

_PART = re.compile(r"(?<=<!-- from the code -->\n\n).*?(?=\n\n<!-- to here -->)", re.S)


def homes() -> str:
    """Return the module that says in which family each metric of the package stands."""
    from springtide.metrics import families

    rows = {
        metric.key: module.name
        for module in pkgutil.iter_modules(families.__path__)
        for metric in import_module(f"{families.__name__}.{module.name}").METRICS
    }
    lines = [f'    "{key}": "{home}",' for key, home in sorted(rows.items())]
    about = '"""Where each metric stands: made by ``python tools/generate_docs.py``."""'
    return "\n".join([about, "", "HOMES = {", *lines, "}", ""])


def expected() -> dict[Path, str]:
    """Return every page that the code gives, in whole or in part, as it should be."""
    docs = REFERENCE.parent
    pages = {REFERENCE / name: make() for name, make in PAGES.items()}
    pages[ROOT / "src/springtide/metrics/homes.py"] = homes()
    schemas = ROOT / "src/springtide/claims/schemas"
    for path in schemas.glob("*.schema.json"):
        pages[REFERENCE / path.name] = path.read_text(encoding="utf-8")
    for name, make in PARTS.items():
        text, part = (docs / name).read_text(encoding="utf-8"), make()
        pages[docs / name] = _PART.sub(lambda _, part=part: part, text)  # type: ignore[misc]
    return pages


def write_pages() -> None:
    """Write every generated page that is not what it should be."""
    for path, text in expected().items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            print(f"wrote {path.relative_to(ROOT)}")


def refresh_examples() -> int:
    """Run the examples of every document and write what they print; return how many failed.

    A document in which one failed is left as it is.
    """
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        sample = examples.prepare(Path(folder) / "sample")
        for path in examples.documents():
            text = path.read_text(encoding="utf-8")
            if not examples.steps(text):
                continue
            here = Path(folder) / path.stem
            shutil.copytree(sample, here)
            outcomes = examples.run(text, here)
            wrong = [outcome for outcome in outcomes if outcome.failed]
            for outcome in wrong:
                print(f"{path.name}: {outcome.step.command}\n{outcome.printed}", file=sys.stderr)
            failed += len(wrong)
            new = examples.refreshed(text, outcomes)
            if new != text and not wrong:
                path.write_text(new, encoding="utf-8")
                print(f"refreshed {path.relative_to(ROOT)}")
            shutil.rmtree(here)
    return failed


def main() -> int:
    """Write the pages, and with ``--examples`` the examples' output."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--examples", action="store_true", help="refresh what the examples print")
    given = parser.parse_args()
    write_pages()
    return 1 if given.examples and refresh_examples() else 0


if __name__ == "__main__":
    sys.exit(main())
