"""What is written, what is never overwritten, how themes name it, and the PDF."""

from __future__ import annotations

import dataclasses
import json
import re
import zlib
from pathlib import Path

import pytest
import yaml

from springtide.brief.model import Brief
from springtide.brief.render import write_brief
from springtide.brief.render.theme_keys import read_theme_keys
from springtide.errors import UsageError

EDITED = "A line of my own.\n"


@pytest.mark.parametrize("name", ["index.en.md", "front.en.svg", "brief.json", "note.html"])
def test_a_file_that_was_edited_is_not_overwritten_unless_asked(
    brief: Brief, tmp_path: Path, name: str
) -> None:
    folder = tmp_path / "note"
    names = {path.name for path in write_brief(brief, folder)}
    name = name if name in names else "price.en.svg"
    path = tmp_path / name if name.endswith(".html") else folder / name
    write_brief(brief, folder)  # nothing was edited: nothing to refuse
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole + EDITED, encoding="utf-8")
    with pytest.raises(UsageError, match=re.escape(name) + r".*--force"):
        write_brief(brief, folder)
    assert path.read_text(encoding="utf-8") == whole + EDITED
    write_brief(brief, folder, force=True)
    assert path.read_text(encoding="utf-8") == whole


def test_a_file_that_no_brief_wrote_is_not_overwritten(brief: Brief, tmp_path: Path) -> None:
    folder = tmp_path / "note"
    folder.mkdir()
    (folder / "index.en.md").write_text(EDITED, encoding="utf-8")
    with pytest.raises(UsageError, match=r"index\.en\.md"):
        write_brief(brief, folder)
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["index.en.md", "note"]


def test_a_file_of_an_earlier_brief_stays_on_record(brief: Brief, tmp_path: Path) -> None:
    english = dataclasses.replace(brief, languages=("en",))
    write_brief(brief, tmp_path / "note")
    write_brief(english, tmp_path / "note")
    write_brief(brief, tmp_path / "note")


def front_matter(folder: Path) -> dict[str, object]:
    return yaml.safe_load((folder / "index.en.md").read_text("utf-8").split("---\n")[1])


def test_a_theme_may_name_its_front_matter(brief: Brief, tmp_path: Path) -> None:
    wanted = tmp_path / "theme.toml"
    wanted.write_text(
        'leave_out = ["widgets", "sidebar"]\n[names]\nthumbnail = "cover.image"\n'
        'summary = "description"\n[add]\ndraft = true\n"cover.alt" = "A: \\"chart\\""\nweight = 3\n'
    )
    write_brief(brief, tmp_path / "note", keys=read_theme_keys(wanted))
    made = front_matter(tmp_path / "note")
    assert made["cover"] == {"image": "price.en.svg", "alt": 'A: "chart"'}
    assert made["draft"] is True
    assert made["weight"] == 3
    assert str(made["description"]).startswith("Every figure rests on data")
    assert not {"widgets", "sidebar", "thumbnail", "summary"} & set(made)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[names]\nthumb = 'cover'", "no such key.*thumb.*thumbnail"),
        ("[names]\nsummary = 'lang'", "keeps that key for itself.*lang"),
        ("[nome]\nsummary = 'x'", "No such part.*nome.*names, leave_out, add"),
        ("names = 3", "names and add are tables"),
        ("[names", "cannot be read"),
    ],
)
def test_what_a_theme_cannot_have_is_refused_by_name(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "theme.toml").write_text(text)
    with pytest.raises(UsageError, match=told):
        read_theme_keys(tmp_path / "theme.toml")


def test_charts_are_written_as_png_where_they_are_asked_for(brief: Brief, tmp_path: Path) -> None:
    written = write_brief(brief, tmp_path / "note", png=True)
    names = {path.name for path in written}
    images = [name for name in names if name.endswith(".svg")]
    assert images
    for name in images:
        png = tmp_path / "note" / name.replace(".svg", ".png")
        assert png.read_bytes().startswith(b"\x89PNG")


def test_the_digests_are_those_of_the_files(brief: Brief, tmp_path: Path) -> None:
    import hashlib

    written = write_brief(brief, tmp_path / "note")
    files = json.loads((tmp_path / "note" / "brief.json").read_text("utf-8"))["files"]
    names = {
        path: "the page beside it" if path.suffix == ".html" else path.name for path in written
    }
    assert set(files) == set(names.values())
    for path, name in names.items():
        if name != "brief.json":
            assert files[name] == hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize(("language", "font"), [("en", "SC"), ("zh-cn", "SC")])
def test_a_pdf_embeds_our_font_and_holds_the_words(
    brief: Brief, tmp_path: Path, language: str, font: str
) -> None:
    pytest.importorskip("typst", reason="the extra pdf is not installed")
    written = {path.name: path for path in write_brief(brief, tmp_path / "note", pdf=True)}
    data = written[f"brief.{language}.pdf"].read_bytes()
    assert data.startswith(b"%PDF-")
    assert len(data) < 600_000
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL)
    whole = data + b"".join(_inflated(stream) for stream in streams)
    names = {name.decode() for name in re.findall(rb"/FontName\s*/([\w+-]+)", whole)}
    assert names
    assert all("SpringtideSans" + font in name.replace("-", "") for name in names), names
    assert whole.count(b"/FontFile3") >= 1
    again = write_brief(brief, tmp_path / "again", pdf=True)
    assert next(p for p in again if p.name == f"brief.{language}.pdf").read_bytes() == data


def _inflated(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return b""
