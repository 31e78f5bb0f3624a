"""A Dask cluster as a place to run functions: who answers, and what is said when nobody does."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from springtide.errors import SpringtideError, UsageError

if TYPE_CHECKING:
    from distributed import Client

ANSWER = 10.0
"""Seconds in which a scheduler must answer."""


class LostError(SpringtideError):
    """The scheduler went away while a run was going on."""

    def __init__(self, address: str) -> None:
        super().__init__(
            f"The scheduler at {address} is gone",
            hint="start it and run the same command again: it goes on where this one stopped",
        )


@contextlib.contextmanager
def connected(address: str) -> Iterator[Client]:
    """Connect to a scheduler for as long as a block runs.

    Raises
    ------
    UsageError
        The address cannot be one, or ``distributed`` is not installed.
    SpringtideError
        Nobody answers there.

    Examples
    --------
    >>> with connected("here"):
    ...     pass
    Traceback (most recent call last):
    springtide.errors.UsageError: This is no address of a scheduler. Given: here. \
Allowed: tcp://HOST:PORT.
    """
    if "://" not in address:
        raise UsageError(
            "This is no address of a scheduler", given=address, allowed="tcp://HOST:PORT"
        )
    try:
        from distributed import Client
    except ImportError:
        raise UsageError(
            "Work on a cluster needs the package distributed",
            hint="pip install 'springtide[cluster]'",
        ) from None
    for name in ("distributed", "tornado"):  # what matters is told as our own errors
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        client: Any = Client(address, timeout=ANSWER, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise SpringtideError(
            f"No scheduler answers at {address}",
            hint="start one with: dask scheduler, and workers with: dask worker ADDRESS "
            "--nthreads 1",
        ) from error
    try:
        yield client
    finally:
        with contextlib.suppress(Exception):
            client.close(timeout=2)


def cores(client: Client) -> int:
    """Return how many tasks a cluster runs at a time, at least one."""
    count: int = sum(client.ncores().values())
    return max(1, count)
