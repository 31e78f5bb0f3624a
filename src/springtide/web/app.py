"""The pages: each reads the lake as it is at the moment of a request, and answers HTML or JSON."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from springtide.errors import SpringtideError, UnknownNameError
from springtide.language.messages import LANGUAGES, say
from springtide.language.types import Language
from springtide.library.watch import watched
from springtide.market import lake as lakes
from springtide.web import pages
from springtide.web.guard import Guard, Keys
from springtide.web.site import Site
from springtide.web.views import Asked, html, json_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

ASSETS = {
    "page.css": "springtide.claims.page",
    "brief.css": "springtide.brief",
    "check.css": "springtide.checking.report",
    "app.css": "springtide.web",
    "page.js": "springtide.claims.page",
    "check.js": "springtide.checking.report",
    "app.js": "springtide.web",
    "chart.js": "springtide.web",
    "htmx.js": "springtide.web",
    "lightweight-charts.js": "springtide.web",
}
"""Files that pages load, and the package that holds each; nothing else is served."""

_KINDS = {".css": "text/css", ".js": "text/javascript"}


def build(
    stored: lakes.Lake, keys: Keys, hosts: frozenset[str], language: Language = "en"
) -> Guard:
    """Build the app of a lake.

    Parameters
    ----------
    stored
        The lake; it is only read.
    keys
        What opens the app.
    hosts
        What requests may call it, see :func:`springtide.web.guard.hosts_of`.
    language
        Of pages whose browser prefers none of ours.
    """
    from starlette.applications import Starlette
    from starlette.middleware import Middleware
    from starlette.middleware.gzip import GZipMiddleware
    from starlette.routing import Route

    site = Site(stored, language)

    def page(path: str, answer: Callable[[Asked], Response], *methods: str) -> Route:
        async def endpoint(request: Request) -> Response:
            return await _answered(site, request, answer)

        return Route(path, endpoint, methods=list(methods) or ["GET"])

    routes = [
        page("/", pages.watch),
        page("/index.json", pages.watch_json),
        page("/watch", pages.change_watch, "POST"),
        page("/watch/{symbol}", pages.watch_row),
        page("/go", pages.go),
        page("/i/{symbol}/chart", pages.chart),
        page("/i/{symbol}/evidence", pages.evidence),
        page("/i/{symbol}.json", pages.instrument_json),
        page("/i/{symbol}", pages.instrument),
        page("/check", pages.check, "GET", "POST"),
        page("/check.json", pages.check_json, "POST"),
        page("/scan", pages.scan),
        page("/scan.json", pages.scan_json),
        page("/scan.csv", pages.scan_csv),
        page("/scan.parquet", pages.scan_parquet),
        page("/calls", pages.calls),
        page("/calls.json", pages.calls_json),
        page("/calls/board.json", pages.board_json),
        page("/data", pages.data),
        page("/data.json", pages.data_json),
        page("/language/{language}", _chosen),
        Route("/assets/{name}", _asset),
        Route("/favicon.ico", _icon),
    ]
    app = Starlette(
        routes=routes,
        middleware=[Middleware(GZipMiddleware, minimum_size=600, compresslevel=6)],
        exception_handlers={404: _nowhere(site)},
    )
    app.state.site = site
    return Guard(app, keys, hosts)


def warm(guard: Guard) -> None:
    """Measure the watch list before anybody asks for it, in a thread that no one waits for.

    The first time on a machine, kernels are compiled for it. What cannot be measured is said to
    who asks for it.
    """
    import threading

    site: Site = guard.app.state.site  # type: ignore[attr-defined]

    def measure() -> None:
        lake = site.lake("", site.language)
        for symbol in watched():
            with suppress(SpringtideError):
                pages.row(site, lake, symbol)

    threading.Thread(target=measure, name="springtide-warm", daemon=True).start()


async def _answered(site: Site, request: Request, answer: Callable[[Asked], Response]) -> Response:
    """Answer in a thread; what was wrong with a request is said on a page, or as JSON."""
    from starlette.concurrency import run_in_threadpool

    asked = await Asked.of(site, request)
    try:
        return await run_in_threadpool(answer, asked)
    except SpringtideError as error:
        status = 404 if isinstance(error, UnknownNameError) else 400
        if request.url.path.endswith((".json", "/chart")):
            return json_of({"error": str(error)}, status)
        return html(asked, "error.html", status=status, said=str(error))


def _nowhere(site: Site) -> Callable[[Request, Exception], Any]:
    async def answer(request: Request, error: Exception) -> Response:
        asked = await Asked.of(site, request)
        return html(asked, "error.html", status=404, said=say("web.nowhere", asked.language))

    return answer


def _chosen(asked: Asked) -> Response:
    """Keep the chosen language, and go back to the page."""
    from starlette.responses import RedirectResponse

    wanted = asked.request.path_params["language"]
    to = "/" + asked.query("to").lstrip("/\\")
    answer = RedirectResponse(to, 303)
    if wanted in LANGUAGES:
        answer.set_cookie("language", wanted, samesite="strict", max_age=31_536_000, httponly=True)
    return answer


@cache
def asset(name: str) -> tuple[bytes, str]:
    """Return a file that pages load, compressed, and its digest."""
    text = (files(ASSETS[name]) / "assets" / name).read_bytes()
    return gzip.compress(text, 9, mtime=0), hashlib.sha256(text).hexdigest()[:12]


async def _asset(request: Request) -> Response:
    """Answer a file; its address holds its digest, so that browsers may keep it."""
    from starlette.responses import Response

    name = request.path_params["name"]
    if name not in ASSETS:
        return Response(status_code=404)
    packed, _ = asset(name)
    kept = "private, max-age=31536000, immutable"
    kind = _KINDS[name[name.rindex(".") :]]
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers = {"cache-control": kept, "content-encoding": "gzip"}
        return Response(packed, media_type=kind, headers=headers)
    return Response(gzip.decompress(packed), media_type=kind, headers={"cache-control": kept})


async def _icon(request: Request) -> Response:
    from starlette.responses import Response

    return Response(status_code=204)
