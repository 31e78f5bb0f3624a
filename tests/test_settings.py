"""Where the lake is: the argument, the environment, the settings file, the default."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from springtide.errors import UsageError
from springtide.settings import load


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SPRINGTIDE_CONFIG", str(tmp_path))
    monkeypatch.delenv("SPRINGTIDE_LAKE", raising=False)
    return tmp_path


def test_the_order_of_places(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert load().lake.endswith("lake")
    (folder / "settings.toml").write_text('lake = "/from/file"\n')
    assert load().lake == "/from/file"
    monkeypatch.setenv("SPRINGTIDE_LAKE", "/from/environment")
    assert load().lake == "/from/environment"
    assert load("/from/argument").lake == "/from/argument"
    assert load("").lake == "/from/environment"


def test_options_of_an_object_store(folder: Path) -> None:
    (folder / "settings.toml").write_text(
        'lake = "s3://bucket/lake"\n[storage_options]\nAWS_REGION = "ap-east-1"\n'
    )
    assert load().storage_options == (("AWS_REGION", "ap-east-1"),)


def test_own_instruments_are_found(folder: Path) -> None:
    assert load().instruments is None
    (folder / "instruments.toml").touch()
    assert load().instruments == folder / "instruments.toml"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("lake = ", "is not TOML"),
        ("lake = 3", "is not a text"),
        ('like = "/x"', "Unknown setting"),
        ("storage_options = 1", "not a table of texts"),
        ("[storage_options]\na = 1", "not a table of texts"),
    ],
)
def test_a_bad_settings_file_is_bad_use(folder: Path, text: str, message: str) -> None:
    (folder / "settings.toml").write_text(text)
    with pytest.raises(UsageError, match=message) as caught:
        load()
    assert str(folder) in str(caught.value)
    assert caught.value.exit_code == 2


def test_a_settings_file_that_is_not_text(folder: Path) -> None:
    (folder / "settings.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageError, match="is not TOML"):
        load()


def test_every_variable_of_the_environment_is_on_the_page_of_settings() -> None:
    root = Path(__file__).parents[1]
    page = (root / "docs" / "reference" / "settings.md").read_text("utf-8")
    read = {
        name
        for path in (root / "src").rglob("*.py")
        for name in re.findall(r"\bSPRINGTIDE_[A-Z]+\b", path.read_text("utf-8"))
    }
    assert {"SPRINGTIDE_LAKE", "SPRINGTIDE_CONFIG"} < read
    assert {name for name in read if f"`{name}`" not in page} == set()
