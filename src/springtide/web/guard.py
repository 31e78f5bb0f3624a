"""What stands before every page: who may ask, from where, how much, and what a page may load.

A browser runs pages of others beside ours. So that none of them can read a lake or act in its
user's name, a request must name a host that we serve, bring the cookie that only the token of the
start gives, and, where it changes something, come from our own pages.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote, urlencode

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST = 2_000_000
"""Bytes that a request may carry."""

COOKIE = "springtide"

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "font-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)

_HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),  # with none at all, forms would name no origin
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)
_SAFE = ("GET", "HEAD", "OPTIONS")
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def is_loopback(host: str) -> bool:
    """Return whether a host is this machine alone.

    Examples
    --------
    >>> is_loopback("127.0.0.1"), is_loopback("0.0.0.0")
    (True, False)
    """
    return host in _LOOPBACK


def hosts_of(host: str, port: int, more: Sequence[str] = ()) -> frozenset[str]:
    """Return what the header Host may say.

    Examples
    --------
    >>> sorted(hosts_of("127.0.0.1", 8018))
    ['127.0.0.1:8018', '[::1]:8018', 'localhost:8018']
    """
    names = [*_LOOPBACK, *more] if is_loopback(host) else [host, *more]
    return frozenset(f"[{name}]:{port}" if ":" in name else f"{name}:{port}" for name in names)


@dataclass(slots=True)
class Keys:
    """The tokens that open the app, and the cookie that they give.

    ``once`` opens it a single time, so that an address left in a history opens nothing; ``token``,
    which its user chose, opens it as often as one likes. Neither may be empty.
    """

    once: str | None = field(default_factory=lambda: secrets.token_urlsafe(24))
    token: str | None = None
    cookie: str = field(default_factory=lambda: secrets.token_urlsafe(32))

    def opens(self, given: str) -> bool:
        """Return whether a token opens the app; the one of the start is spent by it."""
        if self.token is not None and _same(given, self.token):
            return True
        if self.once is not None and _same(given, self.once):
            self.once = None
            return True
        return False

    def admits(self, headers: dict[bytes, bytes]) -> bool:
        """Return whether a request brings the cookie, or the chosen token as a bearer's."""
        jar: SimpleCookie = SimpleCookie()
        try:
            jar.load(headers.get(b"cookie", b"").decode("latin-1"))
        except Exception:  # a cookie that cannot be read is none
            jar = SimpleCookie()
        held = jar.get(COOKIE)
        if held is not None and _same(held.value, self.cookie):
            return True
        scheme, _, given = headers.get(b"authorization", b"").decode("latin-1").partition(" ")
        return (
            self.token is not None
            and scheme.lower() == "bearer"
            and _same(given.strip(), self.token)
        )


def _same(one: str, other: str) -> bool:
    return secrets.compare_digest(one.encode(), other.encode())


class Guard:
    """The app with its guard before it.

    Parameters
    ----------
    app
        What answers requests that may pass.
    keys
        What opens it.
    hosts
        What the header Host may say, see :func:`hosts_of`.
    """

    def __init__(self, app: ASGIApp, keys: Keys, hosts: frozenset[str]) -> None:
        self.app, self.keys, self.hosts = app, keys, hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        headers: dict[bytes, bytes] = dict(scope["headers"])
        send = _with_headers(send)
        if headers.get(b"host", b"").decode("latin-1").lower() not in self.hosts:
            return await _answer(send, 400, "This address is not served here.")
        if scope["method"] not in _SAFE and not _own(headers):
            return await _answer(send, 403, "Requests of other pages are refused.")
        given = dict(parse_qsl(scope["query_string"].decode("latin-1"))).get("token")
        if scope["method"] == "GET" and given is not None and self.keys.opens(given):
            return await self._let_in(scope, send)
        if not self.keys.admits(headers):
            return await _answer(
                send, 401, "Open the address that springtide serve printed: it holds a token that "
                "opens these pages once. Start it again for a new one.",
            )  # fmt: skip
        body = await _whole(headers, receive)
        if body is None:
            return await _answer(send, 413, "That is more than 2 MB.")
        await self.app(scope, _again(body, receive), send)

    async def _let_in(self, scope: Scope, send: Send) -> None:
        """Give the cookie, and go on to the same page without the token in its address."""
        query = [
            pair
            for pair in parse_qsl(scope["query_string"].decode("latin-1"))
            if pair[0] != "token"
        ]
        # a path of two slashes would be the address of another host
        to = "/" + scope["path"].lstrip("/\\") + (f"?{urlencode(query)}" if query else "")

        cookie = f"{COOKIE}={self.keys.cookie}; HttpOnly; SameSite=Strict; Path=/"
        located = quote(to, safe="/?&=%:.^-_~+")
        await _answer(
            send, 303, "", ((b"location", located.encode()), (b"set-cookie", cookie.encode()))
        )


def _own(headers: dict[bytes, bytes]) -> bool:
    """Return whether a request that changes something comes from our own pages, or no browser."""
    site = headers.get(b"sec-fetch-site")
    if site is not None and site != b"same-origin":
        return False
    origin = headers.get(b"origin")
    return origin is None or origin.lower() in (
        scheme + headers.get(b"host", b"").lower() for scheme in (b"http://", b"https://")
    )


async def _whole(headers: dict[bytes, bytes], receive: Receive) -> bytes | None:
    """Return what a request carries; None where it is too much, said or not.

    What is too much is read and dropped for a while, since a client that still sends would not see
    the answer.
    """
    said = headers.get(b"content-length", b"0")
    if not said.isdigit():
        return None
    body, size = bytearray(), 0
    while size <= 10 * LARGEST:
        message = await receive()
        if message["type"] != "http.request":
            break
        part = message.get("body", b"")
        size += len(part)
        if size <= LARGEST:
            body += part
        if not message.get("more_body", False):
            break
    return bytes(body) if size <= LARGEST else None


def _again(body: bytes, receive: Receive) -> Receive:
    """Return what gives a body that was read already."""
    given = False

    async def replay() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            told = {name for name, _ in message["headers"]}
            more = [] if b"cache-control" in told else [(b"cache-control", b"no-store")]
            message = {**message, "headers": [*message["headers"], *_HEADERS, *more]}
        await send(message)

    return sending


async def _answer(
    send: Send, status: int, text: str, headers: Sequence[tuple[bytes, bytes]] = ()
) -> None:
    body = text.encode()
    start = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        *headers,
    ]
    await send({"type": "http.response.start", "status": status, "headers": start})
    await send({"type": "http.response.body", "body": body})
