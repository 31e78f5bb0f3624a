"""What all feeds have in common: their errors, bounded retries, a deadline, completeness."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from springtide.errors import SourceError
from springtide.market.types import Instrument

if TYPE_CHECKING:
    import polars as pl

T = TypeVar("T")

ATTEMPTS = 3
PAUSE = 2.0
"""Seconds before the second attempt, doubled before each further one."""

DEADLINE = 60.0
"""Seconds that one answer may take."""


class TransientError(SourceError):
    """A failure that may pass: no network, a time-out, too many requests."""


class RateLimitError(TransientError):
    """The feed refuses for now, because of too many requests."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """Bars of one instrument as a feed gave them.

    ``frame`` has ``date``, the prices and ``volume`` (float64, null where not known), ascending;
    ``splits`` the splits that the feed tells of (date, new shares for an old one).
    """

    frame: pl.DataFrame
    splits: tuple[tuple[date, float], ...] = ()


def patiently(
    call: Callable[[], T],
    *,
    feed: str,
    translate: Callable[[Exception], SourceError],
    attempts: int = ATTEMPTS,
    pause: float = PAUSE,
    deadline: float = DEADLINE,
) -> T:
    """Call a feed's library, again where the failure may pass, and not for ever.

    Parameters
    ----------
    call
        Asks for the data; whatever it raises is given to ``translate``.
    feed
        The feed's name for messages.
    attempts, pause, deadline
        At most so many times, so many seconds apart (doubling), each for so many seconds.

    Raises
    ------
    SourceError
        What the last attempt ended in.

    Examples
    --------
    >>> patiently(lambda: 42, feed="Yahoo", translate=lambda error: SourceError(str(error)))
    42
    """
    for attempt in range(attempts):
        try:
            return _within(deadline, call, feed)
        except TransientError as error:
            if attempt == attempts - 1:
                raise
            last = error
        except SourceError:
            raise
        except Exception as error:
            translated = translate(error)
            if attempt == attempts - 1 or not isinstance(translated, TransientError):
                raise translated from error
            last = translated
        time.sleep(pause * 2**attempt)
    raise last


def _within(seconds: float, call: Callable[[], T], feed: str) -> T:
    """Run a call in a thread of its own, since some libraries wait for ever."""
    results: list[T] = []
    errors: list[Exception] = []

    def run() -> None:
        try:
            results.append(call())
        except Exception as error:
            errors.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if errors:
        raise errors[0]
    if not results:
        raise TransientError(f"{feed} did not answer within {seconds:g} s", hint="try again later")
    return results[0]


def describe_network(feed: str, error: Exception) -> SourceError | None:
    """Word a failure below the data: no network, a time-out, too many requests; None for others."""
    text = f"{type(error).__name__} {error}".lower()
    if "429" in text or "too many requests" in text or "ratelimit" in text:
        return RateLimitError(
            f"{feed} refuses for now: too many requests (HTTP 429)", hint="wait some minutes"
        )
    if "timeout" in text or "timed out" in text:
        return TransientError(f"{feed} did not answer in time", hint="try again later")
    network = ("connection", "resolve", "dns", "network", "unreachable", "ssl", "proxy", "refused")
    if any(word in text for word in network):
        return TransientError(
            f"{feed} cannot be reached: {str(error).splitlines()[0][:160]}",
            hint="is there a network? Files can be imported without one: springtide import bars",
        )
    if any(word in text for word in ("jsondecode", "expecting value", "html", "json")):
        return SourceError(
            f"{feed} answered with something that is not data (a web page?)", hint="try again later"
        )
    return None


def check_any(
    feed: str, instrument: Instrument, frame: pl.DataFrame, first: date, last: date
) -> None:
    """Refuse an answer without a single price.

    Raises
    ------
    SourceError
        It is one.
    """
    if frame.is_empty():
        raise SourceError(
            f"{feed} has no prices for {instrument.id} from {first} to {last}",
            hint="is it listed there, under that symbol?",
        )


def one_a_day(frame: pl.DataFrame) -> tuple[pl.DataFrame, str]:
    """Keep the last of several rows of one day, and say so: feeds repeat the latest session.

    Examples
    --------
    >>> import polars as pl
    >>> day = date(2025, 2, 13)
    >>> rows, note = one_a_day(pl.DataFrame({"date": [day, day], "close": [1.0, 2.0]}))
    >>> rows["close"].to_list(), note
    ([2.0], '1 row repeats a day (2025-02-13); the last of each counts')
    """
    again = frame["date"].is_duplicated()
    if not again.any():
        return frame, ""
    kept = frame.unique("date", keep="last", maintain_order=True)
    count = len(frame) - len(kept)
    days = ", ".join(map(str, frame.filter(again)["date"].unique().sort().head(3).to_list()))
    verb = "row repeats" if count == 1 else "rows repeat"
    return kept, f"{count} {verb} a day ({days}); the last of each counts"
