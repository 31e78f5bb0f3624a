"""The reference of the library, from the docstrings and signatures of its public names."""

from __future__ import annotations

import enum
import inspect
import re
from collections.abc import Iterator
from types import ModuleType

import springtide
from springtide.library.results import Result

_SECTION = re.compile(r"^(\w[\w ]*)\n-{3,}\n", re.M)
_ROLE = re.compile(r":\w+:`~?\.?(?:[\w.]*\.)?([\w]+)`|:\w+:`([^`]+)`")
_INTRO = """\
# The library

What `import springtide` gives. [Use it as a library](../how-to/library.md) shows it at work; the
exceptions are those of `springtide.errors`, all of them kinds of `SpringtideError`.
"""


class _Place(enum.Enum):
    """In which order kinds of names stand on the page."""

    FUNCTION = "Functions"
    CLASS = "What is asked"
    RESULT = "Results"


def library_page() -> str:
    """Return the page of every name in ``springtide.__all__``."""
    lines = [_INTRO]
    names = [name for name in springtide.__all__ if not name.startswith("_")]
    kinds = {name: _place(getattr(springtide, name)) for name in names}
    for place in _Place:
        lines += [f"## {place.value}", ""]
        if place is _Place.RESULT:
            lines += _class("Result", Result, "What every result can be turned into.")
        for name in names:
            if kinds[name] is place:
                lines += _entry(name)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def _place(value: object) -> _Place | None:
    if isinstance(value, ModuleType):
        return None
    if not inspect.isclass(value):
        return _Place.FUNCTION
    results = {"Chart"} | {one.__name__ for one in Result.__subclasses__()}
    return _Place.RESULT if value.__name__ in results else _Place.CLASS


def _entry(name: str) -> Iterator[str]:
    value = getattr(springtide, name)
    if inspect.isclass(value):
        yield from _class(name, value)
        return
    yield f"### {name} {{ #{name.lower()} }}"
    yield ""
    yield from _callable(f"springtide.{name}", value)


def _class(name: str, kind: type, said: str = "") -> Iterator[str]:
    yield f"### {name} {{ #{name.lower()} }}"
    yield ""
    yield said or _markdown(inspect.getdoc(kind) or "")
    yield ""
    for member, value in vars(kind).items():
        if member.startswith("_") or member == "as_of":
            continue
        if isinstance(value, property):
            yield f"#### `{name}.{member}` {{ #{name.lower()}-{member} }}"
            yield ""
            yield _markdown(inspect.getdoc(value) or "")
            yield ""
        elif inspect.isfunction(value):
            yield f"#### {name}.{member} {{ #{name.lower()}-{member} }}"
            yield ""
            yield from _callable(f"{name}.{member}", value)


def _callable(name: str, function: object) -> Iterator[str]:
    yield f"```py\n{_signature(name, function)}\n```"
    yield ""
    yield _markdown(inspect.getdoc(function) or "")
    yield ""


def _signature(name: str, function: object) -> str:
    signature = inspect.signature(function)  # type: ignore[arg-type]
    given = [one for one in signature.parameters.values() if one.name != "self"]
    shown = signature.replace(parameters=given)
    text = _unquoted(f"{name}{shown}")
    if len(text) <= 88:
        return text
    starred = False
    lines = []
    for one in given:
        if one.kind is one.KEYWORD_ONLY and not starred:
            lines.append("    *,")
            starred = True
        lines.append(_unquoted(f"    {one},"))
    return "\n".join([f"{name}(", *lines, f") -> {signature.return_annotation}"])


def _unquoted(text: str) -> str:
    """Return a signature whose annotations are not in quotes; defaults stay in theirs."""
    return re.sub(r"(: |-> )'([^']*)'", r"\1\2", text)


def _markdown(doc: str) -> str:
    """Return a numpy-style docstring as Markdown."""
    text = _ROLE.sub(lambda match: f"`{match[1] or match[2]}`", doc).replace("``", "`")
    parts = _SECTION.split(text)
    lines = [parts[0].strip(), ""]
    for title, body in zip(parts[1::2], parts[2::2], strict=True):
        if title == "Examples":
            lines += ["```pycon", body.strip(), "```", ""]
        else:
            lines += [f"**{title}**", "", *_items(body), ""]
    return "\n".join(lines).strip()


def _items(body: str) -> Iterator[str]:
    """Return the items of a section, each with what is said of it."""
    heading, said = "", []
    for line in [*body.strip("\n").splitlines(), "end"]:
        if line.startswith(" ") or not line.strip():
            said.append(line.strip())
            continue
        if heading:
            told = " ".join(filter(None, said))
            yield f"- `{heading}`: {told}" if told else f"- `{heading}`"
        heading, said = line.strip(), []
