"""What stands before the pages: who may ask, from where, and how much."""

from __future__ import annotations

import http.client
from urllib.parse import urlsplit

import pytest

from springtide.web.guard import Keys, hosts_of

from .conftest import TOKEN, Served


def test_without_a_key_nothing_is_shown(served: Served):
    for path in ("/", "/data.json", "/i/SPX", "/assets/app.js", "/nope"):
        answer = served.ask(path, known=False)
        assert answer.status == 401
        assert "SPX" not in answer.text


def test_the_token_of_the_start_opens_once_and_leaves_the_address(served: Served):
    once = served.keys.once
    assert once is not None
    first = served.ask(f"/data?q=S%26P&token={once}", known=False)
    assert first.status == 303
    assert first.headers["location"] == "/data?q=S%26P"
    cookie = first.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert served.ask(f"/?token={once}", known=False).status == 401
    given = cookie.split(";")[0]
    assert served.ask("/data", known=False, Cookie=given).status == 200
    assert served.ask("/data", known=False, Cookie=given + "x").status == 401


def test_the_way_back_never_leads_to_another_host(served: Served):
    assert served.ask(f"//evil.example/?token={TOKEN}").headers["location"] == "/evil.example/"
    for to in ("//evil.example", "/%5Cevil.example", "https://evil.example"):
        located = served.ask(f"/language/en?to={to}").headers["location"]
        assert urlsplit(located).netloc == ""
        assert not located.startswith(("//", "/\\"))


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.e:80"])
def test_another_host_is_refused(served: Served, host: str):
    assert served.ask("/", Host=host).status == 400


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
def test_a_post_of_another_page_is_refused(served: Served, headers: dict[str, str]):
    answer = served.ask("/watch", b"symbol=SPX", **headers)
    assert answer.status == 403


def test_a_post_of_our_own_page_is_taken(served: Served):
    answer = served.ask(
        "/watch", b"symbol=SPX", Origin=served.address, Sec_Fetch_Site="same-origin"
    )
    assert answer.status == 303


def test_more_than_two_megabytes_is_refused_said_or_not(served: Served):
    assert served.ask("/check", b"x" * 2_000_001).status == 413
    place = urlsplit(served.address)
    connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=30)
    connection.request(
        "POST", "/check", body=iter([b"x" * 100_000] * 21), encode_chunked=True,
        headers={"Authorization": f"Bearer {TOKEN}", "Transfer-Encoding": "chunked"},
    )  # fmt: skip
    assert connection.getresponse().status == 413


def test_every_answer_says_what_a_page_may_load(served: Served):
    for path in ("/", "/data.json", "/nope", "/assets/app.css"):
        headers = served.ask(path).headers
        policy = headers["content-security-policy"].split("; ")
        assert policy[0] == "default-src 'none'"
        ours = {f"{kind}-src 'self'" for kind in ("script", "style", "connect", "font", "img")}
        assert ours < set(policy)
        assert headers["x-content-type-options"] == "nosniff"
    assert served.ask("/data").headers["cache-control"] == "no-store"


def test_empty_tokens_open_nothing():
    keys = Keys()
    assert not keys.opens("")
    assert not keys.admits({b"authorization": b"Bearer "})
    assert not keys.admits({b"cookie": b"springtide="})


def test_another_host_has_its_own_names_alone():
    assert hosts_of("10.0.0.5", 80, ["tide.example"]) == {"10.0.0.5:80", "tide.example:80"}
