"""What each page shows: it asks the library, and hands typed results to a template."""

from __future__ import annotations

import io
import re
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from springtide import __version__
from springtide.brief.render.html import sections_html
from springtide.checking.report import check_body
from springtide.errors import DataError, SpringtideError, UnknownNameError, UsageError
from springtide.library.day import Day
from springtide.library.results import Calls, Check, Outlook
from springtide.library.watch import unwatch, watched
from springtide.library.watch import watch as add_to_watch
from springtide.market.view import View
from springtide.web import charted, heat, reliable, scanned, stock
from springtide.web.site import Site
from springtide.web.views import Asked, Upload, html, json_of

if TYPE_CHECKING:
    from starlette.responses import Response

    from springtide.library.lake import Lake

Json = dict[str, Any]

_KIND = re.compile(r"\.(md|markdown|html?|txt|docx|pdf|eml|json|csv)\Z", re.IGNORECASE)
_SHOWN = 200
_LISTED = 50
"""Rows of a table on a page; its file has all."""


def watch(asked: Asked) -> Response:
    """Show the watch list; its rows are measured one by one."""
    lake = asked.lake
    listed = watched()
    offered = () if listed else _offered(lake)
    return html(asked, "watch.html", symbols=listed, offered=offered, versions=lake.versions)


def _offered(lake: Lake) -> tuple[tuple[str, str], ...]:
    """Return a few indices of the lake that one may want to watch."""
    from springtide.market.instruments import find

    known = (find(symbol) for symbol in lake)
    indices = [one for one in known if one is not None and one.kind == "index"]
    return tuple((one.id, one.name(lake.language)) for one in indices[:12])


def watch_row(asked: Asked) -> Response:
    """Show one row of the watch list."""
    return html(asked, "watch_row.html", row=row(asked.site, asked.lake, asked.symbol))


def row(site: Site, lake: Lake, symbol: str) -> heat.Row:
    """Return a row of the watch list, measured once for the lake's versions."""
    return site.kept(lake, ("heat", symbol), lambda: heat.row_of(lake, symbol))


def watch_json(asked: Asked) -> Response:
    """Answer the watch list by ``watch.schema.json``."""
    lake = asked.lake
    rows = [row(asked.site, lake, symbol).to_dict() for symbol in watched()]
    return json_of({**_signed(lake), "watched": rows})


def _signed(lake: Lake) -> Json:
    return {"software": f"springtide {__version__}", "versions": lake.versions}


def change_watch(asked: Asked) -> Response:
    """Put an instrument on the watch list, or take it off."""
    from starlette.responses import RedirectResponse

    given = asked.text("symbol").strip()
    if asked.text("do") == "remove":
        unwatch(given)
    else:
        add_to_watch(asked.lake[given].id)
    return RedirectResponse("/", 303)


def go(asked: Asked) -> Response:
    """Go to the instrument that a name means, or offer those whose names come near."""
    from starlette.responses import RedirectResponse

    lake = asked.lake
    query = asked.query("q")
    try:
        return RedirectResponse(f"/i/{quote(lake[query].id, safe='')}", 303)
    except UnknownNameError:
        near = [] if not query else lake.find(query)[:12]
        offered = [(one.id, one.name(asked.language)) for one in near]
        return html(asked, "found.html", status=404, query=query, offered=offered)


def instrument(asked: Asked) -> Response:
    """Show an instrument: the chart and its evidence are loaded by the page."""
    lake = asked.lake
    day = _day(asked, lake)
    span = asked.query("range", "1y")
    of = charted.shown(day, View(lake.held, day.as_of), span, asked.language)
    bars = day.bars()
    count = min(len(bars), 20)
    rows = [
        (day_, *(float(getattr(bars, name)[-k]) for name in ("open", "high", "low", "close")))
        for k, day_ in enumerate(bars.dates[::-1][:count].tolist(), 1)
    ]
    return html(
        asked, "instrument.html",
        symbol=day.instrument.id, name=day.instrument.name(asked.language), as_of=day.as_of,
        span=span, ranges=list(charted.RANGES), rows=rows, first=of.first, versions=lake.versions,
        sessions=_sessions(asked, lake, day), is_watched=day.instrument.id in watched(),
    )  # fmt: skip


def _day(asked: Asked, lake: Lake) -> Day:
    return lake[asked.symbol].asof(asked.query("asof") or None)


def _sessions(asked: Asked, lake: Lake, day: Day) -> list[str]:
    """Return the sessions that the slider goes through: those of two years about the day."""
    import numpy as np

    latest = lake[day.instrument.id].asof()
    dates = asked.site.kept(lake, ("dates", day.instrument.id), lambda: latest.bars().dates)
    place = int(np.searchsorted(dates, np.datetime64(day.as_of)))
    return [str(one) for one in dates[max(0, place - 250) : place + 251]]


def _outlook(asked: Asked, lake: Lake, day: Day) -> Outlook | None:
    def make() -> Outlook | None:
        try:
            return day.outlook()
        except DataError:
            return None  # the brief says why

    return asked.site.kept(lake, ("outlook", day.instrument.id, day.as_of), make)


def chart(asked: Asked) -> Response:
    """Answer what the chart draws; with ``fan=0`` at once, without what takes a simulation."""
    lake = asked.lake
    day = _day(asked, lake)
    span = asked.query("range", "1y")
    of = charted.shown(day, View(lake.held, day.as_of), span, asked.language)
    ahead = None if asked.query("fan") == "0" else _outlook(asked, lake, day)
    key = ("chart", day.instrument.id, day.as_of, span, asked.query("fan") == "0")
    return json_of(asked.site.kept(lake, key, lambda: charted.chart_json(of, ahead)))


def _brief(asked: Asked, lake: Lake, day: Day) -> Any:
    key = ("brief", day.instrument.id, day.as_of)
    return asked.site.kept(lake, key, lambda: day.brief(asked.language))


def evidence(asked: Asked) -> Response:
    """Show what is measured of an instrument, in sentences whose figures open their evidence."""
    from starlette.responses import HTMLResponse

    lake = asked.lake
    made = _brief(asked, lake, _day(asked, lake))
    if asked.request.headers.get("hx-request") == "true":
        return HTMLResponse(sections_html(made, asked.language))
    return html(asked, "evidence.html", title=made.title[asked.language],
                body=sections_html(made, asked.language))  # fmt: skip


def instrument_json(asked: Asked) -> Response:
    """Answer the brief of an instrument by ``brief.schema.json``."""
    lake = asked.lake
    return json_of(_brief(asked, lake, _day(asked, lake)).to_dict())


def check(asked: Asked) -> Response:
    """Show a form for an article, and once one is sent its marked text and verdicts."""
    if asked.request.method == "GET":
        return html(asked, "check.html", said="")
    try:
        report = _checked(asked)
    except SpringtideError as error:
        return html(asked, "check.html", status=400, said=str(error))
    return html(asked, "checked.html", title=report.title or report.source,
                body=check_body(report))  # fmt: skip


def check_json(asked: Asked) -> Response:
    """Answer a check by ``check.schema.json``."""
    return json_of(_checked(asked).to_dict())


def _checked(asked: Asked) -> Check:
    lake = asked.lake
    day = asked.text("asof") or None
    sent = asked.form.get("file")
    if isinstance(sent, Upload) and sent.data:
        kind = _KIND.search(sent.name)
        name = re.sub(r"[^\w.\- ]", "_", Path(sent.name).name)[:80] or "article"
        with tempfile.TemporaryDirectory(prefix="springtide-") as folder:
            path = Path(folder) / f"article{kind[0].lower() if kind else '.txt'}"
            path.write_bytes(sent.data)
            report = lake.check(path, asof=day, language=asked.language)
        return replace(report, source=name)
    text = asked.text("text")
    if not text.strip():
        raise UsageError("There is no article", hint="paste one, or choose a file")
    return lake.check(text=text, asof=day, language=asked.language)


def scan(asked: Asked) -> Response:
    """Show the last scan that the lake holds."""
    lake = asked.lake
    last = scanned.last(lake)
    if last is None:
        return html(asked, "scan.html", scan=None, rows=[], columns=[], sort="", where="", of=0,
                    query="")  # fmt: skip
    where, sort = asked.query("where"), asked.query("sort")
    table = scanned.shown(last, where, sort, asked.request.query_params.getlist("column"))
    return html(
        asked, "scan.html", scan=last, columns=table.columns, rows=table.head(_SHOWN).rows(),
        names=[stock.name_of(one, asked.language) for one in table["symbol"].head(_SHOWN)],
        title=lambda name: scanned.title_of(name, asked.language),
        sort=sort, where=where, of=len(table), query=str(asked.request.query_params),
    )  # fmt: skip


def _scanned(asked: Asked) -> Any:
    last = scanned.last(asked.lake)
    if last is None:
        raise DataError("The lake holds no scan", hint="make one with springtide scan")
    columns = asked.request.query_params.getlist("column")
    return last, scanned.shown(last, asked.query("where"), asked.query("sort"), columns)


def scan_json(asked: Asked) -> Response:
    """Answer the last scan by ``scan.schema.json``."""
    last, table = _scanned(asked)
    return json_of({**_signed(asked.lake), "run": last.run, "rows": table.to_dicts()})


def scan_csv(asked: Asked) -> Response:
    """Answer the last scan as CSV."""
    return _file(_scanned(asked)[1].write_csv().encode(), "text/csv", "last-scan.csv")


def scan_parquet(asked: Asked) -> Response:
    """Answer the last scan as Parquet."""
    buffer = io.BytesIO()
    _scanned(asked)[1].write_parquet(buffer)
    return _file(buffer.getvalue(), "application/vnd.apache.parquet", "last-scan.parquet")


def _file(data: bytes, kind: str, name: str) -> Response:
    from starlette.responses import Response

    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(data, media_type=kind, headers=headers)


def calls(asked: Asked) -> Response:
    """Show the board of sources, how reliable chances were, and the calls on file."""
    from springtide.calls.board_terminal import board_rows, notes
    from springtide.calls.words import call_in_words, rate_in_words, said_by, status_in_words

    lake, language = asked.lake, asked.language
    made = _calls(asked, lake)
    heads, rows = board_rows(made.board, language)
    curves = asked.site.kept(lake, ("curves",), lambda: reliable.curves_of(made.outcomes))
    latest = sorted(made.outcomes, key=lambda one: one.call.made, reverse=True)[:_SHOWN]
    listed = [
        (one, said_by(one.call.source, language), call_in_words(one.call, language),
         rate_in_words(one.call.base_rate, language), status_in_words(one, language))
        for one in latest
    ]  # fmt: skip
    drawn = {one.key: reliable.curve_html(one, language) for one in curves if one.bins}
    return html(
        asked, "calls.html", heads=heads, rows=rows, notes=notes(made.board, language),
        curves=curves, drawn=drawn, least=reliable.LEAST, calls=listed, of=len(made.outcomes),
        versions=lake.versions,
    )  # fmt: skip


def _calls(asked: Asked, lake: Lake) -> Calls:
    return asked.site.kept(lake, ("calls", date.today()), lake.calls)


def calls_json(asked: Asked) -> Response:
    """Answer the calls by ``calls.schema.json``."""
    return json_of(_calls(asked, asked.lake).to_dict())


def board_json(asked: Asked) -> Response:
    """Answer the board by ``board.schema.json``."""
    from springtide.calls.export import board_json as document

    made = _calls(asked, asked.lake)
    software = f"springtide {__version__}"
    return json_of(document(made.board, made.as_of, made.versions, software))


def data(asked: Asked) -> Response:
    """Show what the lake holds by instrument; where one is named, also what it lacks."""
    lake = asked.lake
    every = asked.site.kept(lake, ("symbols",), lambda: stock.symbols_of(lake))
    query = asked.query("q").casefold()
    refused = set(lake.snapshot("refused").keys())
    symbols = [one for one in every if not asked.query("refused") or one in refused]
    if query:
        symbols = [one for one in symbols if query in one.casefold()
                   or query in stock.name_of(one, asked.language).casefold()]  # fmt: skip
    listed = symbols[:_LISTED]
    shown = asked.site.kept(lake, ("held", *listed), lambda: _shown(lake, listed))
    named = stock.refusals(lake, listed) if query or asked.query("refused") else {}
    return html(asked, "data.html", rows=shown, of=len(symbols), named=named,
                query=asked.query("q"), only=bool(asked.query("refused")), refused=len(refused),
                versions=lake.versions)  # fmt: skip


def _shown(lake: Lake, symbols: list[str]) -> list[tuple[stock.Held, int]]:
    held = stock.held(lake, symbols) if symbols else ()
    return [(one, len(stock.missing_sessions(lake, one))) for one in held]


def data_json(asked: Asked) -> Response:
    """Answer what the lake holds by ``data.schema.json``."""
    lake = asked.lake
    every = asked.site.kept(lake, ("held",), lambda: stock.held(lake))
    return json_of({**_signed(lake), "instruments": [one.to_dict() for one in every]})
