"""Make the fonts of Chinese chart labels, so that a machine without one draws no boxes.

Each is a subset of Noto Sans CJK (SIL Open Font License 1.1): ASCII and the punctuation and signs
that charts print, the characters that the writing is written with, and the few that instruments'
names need beyond. For Simplified Chinese these are all of GB 2312 (levels 1 and 2: 6,763), for
Hong Kong the frequent ones of Big5 (level 1: 5,401), in the forms of Hong Kong. They are stored
under family names of their own, as a subset is not the font that its makers published.

Where the source font comes from: ``NotoSansCJK-Regular.ttc`` of Debian's package fonts-noto-cjk or
of https://github.com/notofonts/noto-cjk. Needs fonttools (a development dependency).

    python tools/make_chart_font.py /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc
"""

from __future__ import annotations

import argparse
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont

FONTS = Path(__file__).resolve().parents[1] / "src" / "springtide" / "brief" / "assets" / "fonts"
# Characters of words and names outside the sets (tests/brief/test_charts.py says which).
EXTRA = {"SC": "〇", "HK": "〇恒滙裏峯邨衞啓綫脱説"}


def gb2312() -> set[int]:
    """Return every code point of GB 2312: its signs, letters and both levels of characters."""
    characters = set()
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                characters.add(ord(bytes((row, cell)).decode("gb2312")))
            except UnicodeDecodeError:
                continue
    return characters


def big5() -> set[int]:
    """Return every code point of the signs and the frequent characters (level 1) of Big5."""
    characters = set()
    for row in range(0xA1, 0xC7):
        for cell in (*range(0x40, 0x7F), *range(0xA1, 0xFF)):
            try:
                characters.add(ord(bytes((row, cell)).decode("big5")))
            except UnicodeDecodeError:
                continue
    return characters


def wanted(region: str) -> set[int]:
    """Return every code point that the font of a region must draw."""
    latin = set(range(0x20, 0x7F)) | set(range(0xA0, 0x100))
    signs = {ord(sign) for sign in "–—‘’“”…−≈≤≥×±°€£¥▲▼●→↑↓"}
    written = gb2312() if region == "SC" else big5()
    return latin | signs | written | {ord(character) for character in EXTRA[region]}


def face_of(path: Path, region: str) -> TTFont:
    """Open the face of a region in the collection."""
    for face in TTCollection(path).fonts:
        if face["name"].getDebugName(1) == f"Noto Sans CJK {region}":
            return face
    raise SystemExit(f"{path} holds no face named Noto Sans CJK {region}")


def rename(font: TTFont, region: str) -> str:
    """Give the subset its own family name; copyright and licence stay as they are."""
    family, postscript = f"Springtide Sans {region}", f"SpringtideSans{region}-Regular"
    own = {1: family, 3: postscript, 4: family, 6: postscript, 16: family}
    for record in list(font["name"].names):
        if record.nameID in own:
            font["name"].setName(
                own[record.nameID],
                record.nameID,
                record.platformID,
                record.platEncID,
                record.langID,
            )
    top = font["CFF "].cff
    top.fontNames[0] = postscript
    top[0].FullName = family
    top[0].FamilyName = family
    return postscript


def make(source: Path, region: str) -> None:
    """Write the font of a region."""
    font = face_of(source, region)
    options = Options()
    options.hinting = False
    options.layout_features = []
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 7, 13, 14, 16]
    options.name_languages = [0x409]
    options.notdef_outline = True
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE", "GPOS", "GSUB", "DSIG"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=wanted(region))
    subsetter.subset(font)
    target = FONTS / f"{rename(font, region)}.otf"
    FONTS.mkdir(parents=True, exist_ok=True)
    font.save(target)
    print(f"{target.name}: {target.stat().st_size:,} bytes, {len(font.getGlyphOrder()):,} glyphs")


def main() -> None:
    """Write the fonts."""
    raw = argparse.RawTextHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    parser.add_argument("collection", type=Path, help="NotoSansCJK-Regular.ttc")
    parser.add_argument("regions", nargs="*", default=list(EXTRA), help="of SC and HK; both")
    given = parser.parse_args()
    for region in given.regions:
        make(given.collection, region)


if __name__ == "__main__":
    main()
