"""Codes in every vendor's spelling mean one instrument; the table of listed instruments."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from springtide.errors import UsageError
from springtide.market import codes, instruments, listed, own, registry
from springtide.market.listed import Trait

# Spellings: Yahoo, Wind, HKEX, Futu, Sina/Tencent, Google Finance, Bloomberg, JoinQuant/RiceQuant,
# Reuters, a spreadsheet.
SPELLINGS = {
    "0700.HK": ["0700.HK", "00700.HK", "700.HK", "HK.00700", "hk00700", "HKG:0700",
                "700 HK Equity", "700 HK", "00700"],
    "600519.SH": ["600519.SH", "600519.SS", "600519.XSHG", "sh600519", "SH600519", "SH.600519",
                  "SHA:600519", "600519 CH Equity", "600519"],
    "000001.SZ": ["000001.SZ", "000001.XSHE", "sz000001", "SHE:000001", "000001"],
    "600111.SH": ["'600111", "600111"],
    "NVDA": ["NASDAQ:NVDA", "NVDA.O", "NVDA.US", "US.NVDA", "NVDA US Equity", "nvda"],
    "BABA": ["NYSE:BABA", "BABA.N", "BABA"],
    "BRK-B": ["NYSE:BRK.B", "BRK/B US Equity", "BRK-B"],
    "8392.T": ["TSE:8392", "TYO:8392", "8392.T", "8392 JP Equity"],
    "920017.BJ": ["920017.BJ", "bj920017"],
    "510300.SH": ["510300.SH", "sh510300", "510300"],
    "CSI300": ["000300.SH", "000300.SS", "sh000300", "399300.SZ"],
    "CHINEXT": ["399006.SZ", "sz399006"],
    "WTI": ["CL=F", "WTI"],
    "WTI.US": ["NYSE:WTI"],
    "XAU": ["XAUUSD=X", "XAUUSD"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("spelling", "identity"), [(one, key) for key, many in SPELLINGS.items() for one in many]
)
def test_every_vendors_spelling_is_the_one_instrument(spelling: str, identity: str) -> None:
    assert instruments.canonical(spelling) == identity
    assert instruments.get(spelling).id == identity


@pytest.mark.parametrize("code", ["TSX:SHOP", "KLSE:1155", "hello", "2025", "HK.ABC", "SH.12"])
def test_what_is_no_code_of_a_known_market_is_none(code: str) -> None:
    assert codes.read(code) is None


def test_a_code_outside_the_table_still_tells_its_market() -> None:
    found = {
        code: instruments.get(code) for code in ("8391.T", "159998.SZ", "399997.SZ", "2299.HK")
    }
    assert [(one.kind, one.currency, one.calendar) for one in found.values()] == [
        ("stock", "JPY", "XTKS"),
        ("etf", "CNY", "XSHG"),
        ("index", "CNY", "XSHG"),
        ("stock", "HKD", "XHKG"),
    ]


def test_a_code_belongs_to_the_company_of_its_day() -> None:
    # Meta Platforms traded as FB until 9 June 2022; GOLD was Barrick's until May 2025.
    assert codes.of_exchange("NASDAQ", "FB", date(2021, 6, 1)) == "FB~2022-05"
    assert codes.of_exchange("NYSE", "GOLD", date(2024, 1, 2)) == "GOLD~2025-04"
    assert codes.of_exchange("NYSE", "GOLD", date(2026, 6, 1)) == "GOLD"


def test_a_code_of_beijing_is_that_of_its_time() -> None:
    # All shares of the Beijing exchange got codes that begin with 920 on 9 October 2025.
    assert instruments.listed_ids("并行科技", date(2025, 2, 7)) == ("839493.BJ",)
    assert instruments.listed_ids("并行科技") == ("920493.BJ",)


def test_names_of_the_table_find_all_listings_of_a_company() -> None:
    assert instruments.listed_ids("招商銀行") == ("3968.HK", "600036.SH")
    assert instruments.resolve("招商银行").id == "3968.HK"
    assert instruments.get("金沙中国有限公司").id == "1928.HK"


def test_the_table_leaves_the_registry_its_ids() -> None:
    for one in instruments.all():
        row = listed.facts(one.id)
        assert row is None or row.kind == one.kind
    assert listed.facts("WTI.US") is not None  # W&T Offshore, not the oil


def test_names_that_are_words_are_marked() -> None:
    (apple,) = [listed.names()["apple"]]
    assert isinstance(apple, int)
    assert listed.entry(apple)[1] & Trait.RISKY
    gold = listed.names()["gold"]
    assert isinstance(gold, int)
    assert listed.entry(gold)[1] & Trait.ANY_CASE


def test_every_row_has_a_calendar_that_exists() -> None:
    from exchange_calendars.calendar_utils import get_calendar_names

    known = set(get_calendar_names())
    made = [listed.instrument(one) for one in listed.ids()[::50]]
    assert {one.calendar for one in made if one} <= known


def test_search_looks_in_the_table_too() -> None:
    assert [one.id for one in instruments.search("贵州茅台")][:1] == ["600519.SH"]
    assert [one.id for one in instruments.search("hk00992")] == ["0992.HK"]


def _write(folder: Path, text: str, name: str = "mine.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    monkeypatch.setenv("SPRINGTIDE_CONFIG", str(tmp_path / "settings"))
    registry.forget()
    yield tmp_path / "settings" / "instruments.toml"
    monkeypatch.undo()
    registry.forget()


def test_own_instruments_come_from_a_file_once(settings: Path, tmp_path: Path) -> None:
    file = _write(tmp_path, "id,en,zh-cn\nHK.03999,Spring Tide Holdings|Spring Tide,春潮控股\n")
    assert own.add(file, settings) == ("3999.HK",)
    assert own.add(file, settings) == ()
    instrument = instruments.get("Spring Tide")
    assert (instrument.id, instrument.kind, instrument.currency, instrument.calendar) == (
        "3999.HK", "stock", "HKD", "XHKG",
    )  # fmt: skip
    later = _write(tmp_path, '[[instrument]]\nid = "3999.HK"\nen = ["Flood Tide"]\n', "b.toml")
    assert own.add(later, settings) == ("3999.HK",)
    assert instruments.get("3999.HK").name("en") == "Flood Tide"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("code,en\n1,A\n", "columns that are not known"),
        ("id,en\n,A\n", "has no id"),
        ("id,en\nMYFUND,A\n", "lacks kind"),
        ("id,kind,calendar\nMYFUND,bond,XNYS\n", "no known kind"),
        ("id,inception\n0700.HK,soon\n", "no date"),
    ],
)
def test_a_bad_file_writes_nothing(settings: Path, tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        own.add(_write(tmp_path, text), settings)
    assert not settings.exists()


def test_the_most_words_after_a_first_word_are_those_of_the_names() -> None:
    most: dict[str, int] = {}
    for name in listed.names():
        if name.isascii():
            first = name.split(" ")[0]
            most[first] = max(most.get(first, 0), name.count(" ") + 1)
    assert len(most) > 10_000
    assert all(listed.most_words(first) == count for first, count in most.items())
    assert listed.most_words("no-such-word") == listed.most_words("appl") == 0


def test_a_name_of_several_has_all_their_places() -> None:
    names = listed.names()
    places = [place if isinstance(place, tuple) else (place,) for place in names.values()]
    assert sorted(one for several in places for one in several) == list(
        range(sum(map(len, places)))
    )
