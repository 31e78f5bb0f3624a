"""What a file of baskets may hold, and what is said of one that may not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from springtide import settings
from springtide.errors import UsageError
from springtide.market import instruments, registry
from springtide.market.baskets import Member, read, shipped

GOOD = {
    "id": '"my_theme"',
    "en": '["My theme basket"]',
    "zh-cn": '["我的主题篮子"]',
    "currency": '"HKD"',
    "weights": '"equal"',
    "rebalance": '"none"',
    "base": "2024-12-31",
    "source": '"mine, made 2025-02-14"',
}
MEMBER = '[[basket.member]]\ninstrument = "0700.HK"\n'


def text(members: str = MEMBER, **changes: str | None) -> str:
    rows = {**GOOD, **{key.replace("_", "-") if key == "zh_cn" else key: value
                       for key, value in changes.items()}}  # fmt: skip
    lines = [f"{key} = {value}" for key, value in rows.items() if value is not None]
    return "[[basket]]\n" + "\n".join(lines) + "\n" + members


def written(folder: Path, content: str) -> Path:
    path = folder / "baskets.toml"
    path.write_text(content, encoding="utf-8")
    return path


def test_a_basket_is_an_instrument(tmp_path: Path) -> None:
    made = read(written(tmp_path, text()))["my_theme"]
    assert made.instrument.kind == "basket"
    assert (made.instrument.currency, made.instrument.calendar) == ("HKD", "XHKG")
    assert made.instrument.unit == "points"
    assert made.instrument.name("en") == "My theme basket"
    assert made.members == (Member("0700.HK", date(2024, 12, 31)),)
    assert (made.selected, made.chosen) == (date(2025, 2, 14), date(2025, 2, 14))
    assert made.in_hindsight(date(2025, 1, 1))
    assert not made.in_hindsight(date(2025, 2, 14))


def test_members_come_and_go(tmp_path: Path) -> None:
    members = (
        '[[basket.member]]\ninstrument = "0700.HK"\nto = 2025-03-31\n'
        '[[basket.member]]\ninstrument = "9988.HK"\nfrom = 2025-03-31\n'
    )
    made = read(written(tmp_path, text(members)))["my_theme"]
    assert [one.instrument for one in made.on(date(2025, 1, 2))] == ["0700.HK"]
    assert [one.instrument for one in made.on(date(2025, 3, 31))] == ["0700.HK", "9988.HK"]
    assert [one.instrument for one in made.on(date(2025, 4, 1))] == ["9988.HK"]


WRONG = [
    ("basket = 3", "holds something else than baskets"),
    ("this is no TOML", "cannot be read"),
    (text(id=None), r"Basket 1 in .*baskets.toml lacks id"),
    (text(id='"CLOUD"'), "could be taken for a word or a symbol. Given: CLOUD"),
    (text(id='"cloud"'), "at least one underscore"),
    (text(colour='"red"'), r"\(my_theme\) holds a key that is not known. Given: colour"),
    (text(weights='"square"'), "weights of no known kind. Given: square. Allowed: equal"),
    (text(rebalance='"hourly"'), "rebalance of no known kind"),
    (text(base=None), "lacks the day base"),
    (text(base='"2024-12-31"'), "base of no date. .* without quotation marks"),
    (text(base="2024-12-29"), "begins on a day that was no session of XHKG"),
    (text(currency='"dollars"'), "no currency of three letters"),
    (text(source='"mine"'), "does not say when its members were chosen"),
    (text(en="[3]"), "names that are no texts"),
    (text(calendar='"NOWHERE"'), "NOWHERE"),
    (text(benchmark='"my_theme"'), "a benchmark that is no other instrument"),
    (text(""), "has no members"),
    (text(MEMBER + MEMBER), r"Member 2 of .* is in the basket already. Given: 0700.HK"),
    (text(MEMBER + "from = 2025-01-31\n"), "no member at its base"),
    (text(MEMBER + "to = 2024-01-31\n"), "leaves before it comes"),
    (text(MEMBER + "weight = 2\n"), 'has a weight, but the weights are equal'),
    (text(weights='"fixed"'), "needs a weight, as the weights are fixed"),
    (text(MEMBER + "weight = -1\n", weights='"fixed"'), "needs a weight"),
    (text(MEMBER + "until = 2025-01-31\n"), "Member 1 of .* a key that is not known. Given: until"),
    (text('[[basket.member]]\ninstrument = "other_theme"\n'), "a basket is made of instruments"),
    (text('[[basket.member]]\ninstrument = "MYOWN"\n'), "do not tell one calendar"),
    (text() + text(), "holds two baskets my_theme"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "why"), WRONG, ids=[row[1][:40] for row in WRONG])
def test_what_is_wrong_is_said(tmp_path: Path, content: str, why: str) -> None:
    with pytest.raises(UsageError, match=why):
        read(written(tmp_path, content))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("SPRINGTIDE_CONFIG", str(tmp_path))
    registry.forget()
    yield tmp_path
    monkeypatch.undo()
    registry.forget()


def test_baskets_of_the_settings_folder_are_known(folder: Path) -> None:
    written(folder, text('[[basket.member]]\ninstrument = "HK.00700"\n', calendar='"XHKG"'))
    registry.forget()
    assert settings.load().baskets == folder / "baskets.toml"
    assert instruments.resolve("我的主题篮子").id == "my_theme"
    made = instruments.basket("my_theme")
    assert made is not None
    assert made.members[0].instrument == "0700.HK"
    assert [one.id for one in instruments.all_baskets()] == ["hk_ai_cloud", "my_theme"]


def test_a_basket_has_no_name_of_another(folder: Path) -> None:
    written(folder, text(en='["Tencent"]'))
    registry.forget()
    with pytest.raises(UsageError, match=r"a name that is taken\. Given: Tencent"):
        instruments.all()


def test_the_basket_that_is_shipped_is_replaced_by_one_of_its_id(folder: Path) -> None:
    written(folder, text(id='"hk_ai_cloud"'))
    registry.forget()
    made = instruments.basket("hk_ai_cloud")
    assert made is not None
    assert len(made.members) == 1
    assert len(shipped()["hk_ai_cloud"].members) == 4
