"""Make the font of Chinese chart labels, so that a machine without one draws no boxes.

The font is a subset of Noto Sans CJK SC (SIL Open Font License 1.1): ASCII and the punctuation and
signs that charts print, every character of GB 2312 (levels 1 and 2: the 6,763 characters that
modern Simplified Chinese is written with), and the few that instruments' names need beyond. It is
stored under a family name of its own, as a subset is not the font that its makers published.

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
FAMILY = "Springtide Sans SC"
POSTSCRIPT = "SpringtideSansSC-Regular"
# Characters of instruments' names outside GB 2312 (tests/brief/test_charts.py says which).
EXTRA = "〇"


def gb2312() -> set[int]:
    """Return every code point of GB 2312: its signs, letters and both levels of characters."""
    found = set()
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                found.add(ord(bytes((row, cell)).decode("gb2312")))
            except UnicodeDecodeError:
                continue
    return found


def wanted() -> set[int]:
    """Return every code point that the font must draw."""
    latin = set(range(0x20, 0x7F)) | set(range(0xA0, 0x100))
    signs = {ord(sign) for sign in "–—‘’“”…−≈≤≥×±°€£¥▲▼●→↑↓"}
    return latin | signs | gb2312() | {ord(character) for character in EXTRA}


def simplified_face(path: Path) -> TTFont:
    """Open the face for Simplified Chinese in the collection."""
    for face in TTCollection(path).fonts:
        if face["name"].getDebugName(1) == "Noto Sans CJK SC":
            return face
    raise SystemExit(f"{path} holds no face named Noto Sans CJK SC")


def rename(font: TTFont) -> None:
    """Give the subset its own family name; copyright and licence stay as they are."""
    own = {1: FAMILY, 3: POSTSCRIPT, 4: FAMILY, 6: POSTSCRIPT, 16: FAMILY}
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
    top.fontNames[0] = POSTSCRIPT
    top[0].FullName = FAMILY
    top[0].FamilyName = FAMILY


def main() -> None:
    """Write the font."""
    raw = argparse.RawTextHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    parser.add_argument("collection", type=Path, help="NotoSansCJK-Regular.ttc")
    source = parser.parse_args().collection
    font = simplified_face(source)
    options = Options()
    options.hinting = False
    options.layout_features = []
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 7, 13, 14, 16]
    options.name_languages = [0x409]
    options.notdef_outline = True
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE", "GPOS", "GSUB", "DSIG"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=wanted())
    subsetter.subset(font)
    rename(font)
    target = FONTS / f"{POSTSCRIPT}.otf"
    FONTS.mkdir(parents=True, exist_ok=True)
    font.save(target)
    print(f"{target.name}: {target.stat().st_size:,} bytes, {len(font.getGlyphOrder()):,} glyphs")


if __name__ == "__main__":
    main()
