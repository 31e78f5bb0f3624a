"""Fetching what is no bar: brokers' ratings, P/E of indices, and prices of language models."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from springtide.errors import DataError, SourceError, UsageError
from springtide.market import instruments
from springtide.market.ingest import store_observations
from springtide.market.lake import Lake
from springtide.market.layouts import llm_prices
from springtide.market.layouts.model import Given
from springtide.market.reports import FileReport, ImportReport, Progress
from springtide.market.sources import akshare_valuations, feeds, yahoo_ratings

PRICES = llm_prices.SOURCE
"""The source of prices of language models."""

FIELDS = {
    ("rating", "yahoo"): yahoo_ratings.fetch,
    ("trailing_pe", "akshare"): akshare_valuations.fetch,
}
"""What is fetched besides bars by ``sync --field``, from which source."""

TIMEOUT = 20.0

_TODAYS = "history as the source knows it today: what it has revised since is not told"


def _quiet(_what: str, _done: int, _all: int) -> None:
    """Report progress to nobody."""


def sync_field(
    lake: Lake,
    symbols: Sequence[str],
    field: str,
    source: str,
    *,
    first: date | None = None,
    now: datetime | None = None,
    pause: float = feeds.PAUSE,
    progress: Progress = _quiet,
) -> ImportReport:
    """Bring one field of instruments up to date from a feed.

    Parameters
    ----------
    symbols
        Ids, symbols or exact names of instruments.
    field
        ``rating``: what brokers say of a share, each a source of its own; ``trailing_pe``: of
        China Securities Index's own indices.
    source
        ``yahoo`` for ratings, ``akshare`` for P/E.
    first
        Nothing before it is stored.

    Raises
    ------
    SourceError
        Nothing at all could be fetched.
    UsageError
        The field is not fetched, or not from that source.
    """
    ask = FIELDS.get((field, source))
    if ask is None:
        raise UsageError(
            f"{field} is not fetched from {source}",
            allowed=", ".join(f"--field {name} --source {feed}" for name, feed in FIELDS),
            hint="files of figures come in with springtide import observations",
        )
    moment = now or datetime.now(UTC)
    named = [instruments.get(symbol) for symbol in symbols]

    def fetch(place: int) -> FileReport:
        batch = ask(named[place], first, moment, pause=pause)
        report = store_observations(lake, batch, now=moment, today=moment.date())
        return replace(report, warnings=(*report.warnings, _TODAYS))

    return _each(lake, [one.id for one in named], fetch, progress)


def sync_prices(
    lake: Lake,
    places: Sequence[str],
    *,
    now: datetime | None = None,
    pause: float = feeds.PAUSE,
    progress: Progress = _quiet,
) -> ImportReport:
    """Read prices of language models from files, folders or addresses of llm-prices.

    Parameters
    ----------
    places
        Paths, or addresses that begin with ``http``. What is fetched from an address is in force
        on the day of the fetch.

    Raises
    ------
    SourceError
        Nothing at all could be fetched.
    UsageError
        No place is given.
    """
    if not places:
        raise UsageError(
            "Where the prices are is not said",
            allowed="a file, a folder or an address of llm-prices",
            hint="springtide sync prices/ --source llm-prices",
        )
    moment = now or datetime.now(UTC)
    wanted = [each for place in places for each in _expanded(place)]

    def fetch(place: int) -> FileReport:
        document, name, day = _document(wanted[place], moment, pause)
        batch = llm_prices.batch_of(document, name, Given(day=day))
        return store_observations(lake, batch, now=moment, today=moment.date())

    return _each(lake, wanted, fetch, progress)


def _each(
    lake: Lake, names: Sequence[str], fetch: Callable[[int], FileReport], progress: Progress
) -> ImportReport:
    """Fetch one after the other; what fails does not stop the others."""
    reports: list[FileReport] = []
    errors: list[SourceError | DataError] = []
    for done, name in enumerate(names):
        progress(name, done, len(names))
        try:
            reports.append(fetch(done))
        except (SourceError, DataError) as error:
            errors.append(error)
            reports.append(FileReport(name, error=str(error)))
    progress("", len(names), len(names))
    if errors and len(errors) == len(reports):
        raise errors[0]
    return ImportReport(tuple(reports), tuple(sorted(lake.versions().items())))


def _expanded(place: str) -> list[str]:
    if _is_address(place):
        return [place]
    path = Path(place).expanduser()
    if path.is_dir():
        return [str(each) for each in sorted(path.glob("*.json"))]
    if not path.exists():
        raise DataError(f"There is no file {path}")
    return [str(path)]


def _is_address(place: str) -> bool:
    return place.startswith(("http://", "https://"))


def _document(place: str, now: datetime, pause: float) -> tuple[Any, str, date | None]:
    """Return a document, its name, and the day on which its prices are in force."""
    if _is_address(place):
        text = feeds.patiently(
            lambda: _get(place), feed=PRICES, translate=lambda error: _translate(place, error),
            pause=pause,
        )  # fmt: skip
        day: date | None = now.date()
    else:
        text, day = Path(place).read_text(encoding="utf-8"), None
    try:
        return json.loads(text), place.rpartition("/")[2] or place, day
    except json.JSONDecodeError as error:
        raise DataError(f"{place} is not JSON: {error}") from error


def _get(address: str) -> str:
    from urllib.request import urlopen

    with urlopen(address, timeout=TIMEOUT) as answer:
        text: str = answer.read().decode("utf-8")
    return text


def _translate(address: str, error: Exception) -> SourceError:
    code = getattr(error, "code", None)
    if code in (404, 410):
        return SourceError(f"There is nothing at {address} (HTTP {code})")
    known = feeds.describe_network(PRICES, error)
    return known or SourceError(f"{address} cannot be read: {type(error).__name__}: {error}")
