"""The registry: every name finds its instrument, and the ones that could be several say so."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from springtide.errors import AmbiguousNameError, UnknownNameError, UsageError
from springtide.language.script import normalise
from springtide.market import calendars, instruments, registry
from springtide.market.types import Instrument

EVERY = instruments.all()


@pytest.fixture
def own_registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    """A settings folder of the test's own, with the registry read again."""
    monkeypatch.setenv("SPRINGTIDE_CONFIG", str(tmp_path))
    registry.forget()
    yield tmp_path / "instruments.toml"
    monkeypatch.undo()
    registry.forget()


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("HSI", "HSI"), ("hsi", "HSI"), ("^HSI", "HSI"), ("恒指", "HSI"), ("恆指", "HSI"),
        ("恒生指数", "HSI"), ("恆生指數", "HSI"), ("Hang Seng Index", "HSI"),
        ("科指", "HSTECH"), ("恒科指", "HSTECH"), ("恒生科技指数", "HSTECH"),
        ("恆生科技指數", "HSTECH"),
        ("国指", "HSCEI"), ("國指", "HSCEI"), ("沪指", "SSE"), ("滬指", "SSE"), ("上证综指", "SSE"),
        ("标普500", "SPX"), ("標普500", "SPX"), ("S&P 500", "SPX"), ("^gspc", "SPX"),
        ("纳指", "IXIC"), ("納指", "IXIC"), ("纳斯达克指数", "IXIC"), ("Nasdaq Composite", "IXIC"),
        ("道指", "DJIA"), ("Nikkei 225", "N225"), ("日經225", "N225"),
        ("阿里巴巴-W", "9988.HK"), ("９９８８.HK", "9988.HK"), ("09988.HK", "9988.HK"),
        ("腾讯控股", "0700.HK"), ("騰訊", "0700.HK"), ("KC", "KC"), ("KC.US", "KC"),
        ("513180.SS", "513180.SH"), ("盈富基金", "2800.HK"), ("布油", "BRENT"),
    ],
)  # fmt: skip
def test_names_find_their_instrument(name: str, wanted: str) -> None:
    assert instruments.get(name).id == wanted


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("Alibaba", ["9988.HK", "BABA"]),
        ("阿里巴巴", ["9988.HK", "BABA"]),
        ("中芯国际", ["0981.HK", "688981.SH"]),
        ("Kingsoft Cloud", ["3896.HK", "KC"]),
        ("百度", ["9888.HK", "BIDU"]),
    ],
)
def test_a_name_of_several_listings_is_asked_about_and_read_as_the_primary_one(
    name: str, ids: list[str]
) -> None:
    with pytest.raises(AmbiguousNameError) as caught:
        instruments.get(name)
    assert caught.value.candidates == ids
    assert caught.value.exit_code == 2
    assert instruments.resolve(name).id == ids[0]


@pytest.mark.parametrize(
    ("name", "suggested"), [("HSTEK", "HSTECH"), ("恒生指教", "HSI"), ("Nasdaq Composit", "IXIC")]
)
def test_unknown_names_suggest_the_nearest(name: str, suggested: str) -> None:
    with pytest.raises(UnknownNameError) as caught:
        instruments.get(name)
    assert suggested in caught.value.suggestions
    assert caught.value.exit_code == 2
    with pytest.raises(UnknownNameError):
        instruments.resolve(name)


@pytest.mark.parametrize("word", ["港股", "美股", "A股", "中概股"])
def test_a_market_is_not_an_instrument(word: str) -> None:
    assert normalise(word).casefold() not in instruments.aliases()
    with pytest.raises(UnknownNameError):
        instruments.get(word)


def test_loose_names_lead_to_instruments() -> None:
    ids = {each.id for each in EVERY}
    loose = instruments.loose_aliases()
    assert set(loose.values()) <= ids
    assert (loose["港股"], loose["美股"]) == ("HSI", "SPX")
    assert not set(loose) & set(instruments.aliases())


def test_the_registry_is_of_a_good_size_and_kind() -> None:
    assert len(EVERY) == len({each.id for each in EVERY}) >= 60
    assert {each.kind for each in EVERY} == {"index", "stock", "etf", "flow", "commodity", "basket"}


@pytest.mark.parametrize("each", EVERY, ids=lambda each: each.id)
def test_every_instrument_is_whole(each: Instrument) -> None:
    assert set(each.names) == {"en", "zh-cn", "zh-hk"}
    for language, names in each.names.items():
        assert all(name == name.strip() and name for name in names)
        assert len(set(names)) == len(names)
        assert each.name(language) == names[0]
    assert re.fullmatch(r"[A-Z]{3}", each.currency)
    assert each.unit == ("points" if each.kind in ("index", "basket") else each.currency)
    first, last = calendars.reach(each.calendar)
    known = date(2024, 1, 1) if each.kind == "flow" else date(2005, 1, 1)
    assert first < known < date(2026, 1, 1) < last
    assert each.inception is None or each.inception < date(2023, 1, 1)
    # Its id and the name to print first always find it; every other name finds it or is shared.
    assert instruments.get(each.id) == each
    for names in each.names.values():
        for name in names:
            ids = instruments.aliases()[normalise(name).casefold()]
            assert each.id in ids
    for symbol in each.symbols.values():
        assert instruments.get(symbol).calendar == each.calendar


def test_every_shared_name_has_a_primary_listing() -> None:
    for name, ids in instruments.aliases().items():
        if len(ids) > 1:
            assert instruments.resolve(name).id == ids[0]


@pytest.mark.parametrize(
    ("query", "first"),
    [("恒生科技", "HSTECH"), ("nasdaq", "IXIC"), ("腾讯", "0700.HK"), ("kweb", "KWEB")],
)
def test_search_puts_the_best_first(query: str, first: str) -> None:
    assert instruments.search(query)[0].id == first


def test_search_for_nothing_lists_all() -> None:
    assert instruments.search("") == list(instruments.all())  # with what lakes have declared


def test_users_add_and_replace_instruments(own_registry: Path) -> None:
    own_registry.write_text(
        '[[instrument]]\nid = "7203.T"\nkind = "stock"\ncurrency = "JPY"\ncalendar = "XTKS"\n'
        'en = ["Toyota"]\nzh-cn = ["丰田"]\n[loose]\n"Toyota City" = "7203.T"\n',
        encoding="utf-8",
    )
    instrument = instruments.get("丰田")
    assert (instrument.id, instrument.name("en"), instrument.name("zh-hk")) == (
        "7203.T",
        "Toyota",
        "7203.T",
    )
    assert instruments.loose_aliases()["toyota city"] == "7203.T"
    assert instruments.get("恒指").id == "HSI"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[[instrument]]\nid = "X"\n', "Instrument 1 in .* lacks kind, calendar"),
        ('[[instrument]]\nid = "X"\nkind = "bond"\ncalendar = "XNYS"\n', "no known kind"),
        ("not toml", "cannot be read"),
    ],
)
def test_a_bad_file_of_own_instruments_is_bad_use(
    own_registry: Path, text: str, message: str
) -> None:
    own_registry.write_text(text)
    with pytest.raises(UsageError, match=message):
        instruments.all()
