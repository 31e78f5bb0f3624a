"""How a request is read and a page is made."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from springtide import __version__
from springtide.claims.words import value_in_words
from springtide.language.format import format_date, format_number, tag
from springtide.language.messages import LANGUAGES, say
from springtide.language.types import Language
from springtide.library.lake import Lake
from springtide.web.site import Site, language_of, pins_text

if TYPE_CHECKING:
    from jinja2 import Environment
    from starlette.requests import Request
    from starlette.responses import Response

THEMES = ("light", "dark")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was sent with a form."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: the site, its language, and the fields of its form."""

    site: Site
    request: Request
    language: Language
    form: Mapping[str, str | Upload]

    @classmethod
    async def of(cls, site: Site, request: Request) -> Asked:
        """Read a request with its form."""
        form: dict[str, str | Upload] = {}
        if request.method == "POST":
            given = await request.form(max_files=1, max_fields=20, max_part_size=2_000_000)
            for name, value in given.items():
                if isinstance(value, str):
                    form[name] = value
                else:
                    form[name] = Upload(value.filename or "", await value.read())
        chosen = request.query_params.get("lang") or request.cookies.get("language")
        accepted = request.headers.get("accept-language", "")
        return cls(site, request, language_of(chosen, accepted, site.language), form)

    @property
    def lake(self) -> Lake:
        """The lake at the versions that the address pins, else those of now."""
        return self.site.lake(self.query("v"), self.language)

    @property
    def symbol(self) -> str:
        """The instrument that the address names."""
        return str(self.request.path_params["symbol"])

    def query(self, name: str, otherwise: str = "") -> str:
        """Return a part of the address's query."""
        return self.request.query_params.get(name, otherwise).strip()

    def text(self, name: str) -> str:
        """Return a field of the form that is text."""
        value = self.form.get(name, "")
        return value if isinstance(value, str) else ""


@cache
def _templates() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("springtide.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["version"] = __version__
    made.globals["languages"] = [(one, tag(one), say("format.language", one)) for one in LANGUAGES]
    return made


def html(asked: Asked, template: str, *, status: int = 200, **values: Any) -> Response:
    """Return a page: a template with its values, all of them escaped."""
    from starlette.responses import HTMLResponse

    from springtide.web.app import asset

    language = asked.language
    theme = asked.request.cookies.get("theme", "")
    path = asked.request.url.path
    query = asked.request.url.query
    text = (
        _templates()
        .get_template(template)
        .render(
            t=lambda key, **given: _said(key, language, given),
            date=lambda day: "—" if day is None else format_date(day, language),
            figure=lambda value, unit="": value_in_words(value, unit, language),
            asset=lambda name: f"/assets/{name}?{asset(name)[1]}",
            pins_text=pins_text,
            colours=say("charts.colours", language),
            language=language,
            tag=tag(language),
            theme=theme if theme in THEMES else "",
            here=path,
            whole=path + (f"?{query}" if query else ""),
            pinned=asked.query("v"),
            **values,
        )
    )
    return HTMLResponse(text, status)


def _said(key: str, language: Language, given: Mapping[str, Any]) -> str:
    """Return a message of a page; whole numbers in it are written as its language writes them."""
    written = {
        name: format_number(value, 0, language) if isinstance(value, int) else value
        for name, value in given.items()
    }
    return say("web." + key, language, **written)


def json_of(document: Any, status: int = 200) -> Response:
    """Return a document as JSON."""
    from starlette.responses import Response

    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"), default=str)
    return Response(text, status, media_type="application/json")
