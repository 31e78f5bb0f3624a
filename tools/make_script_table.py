"""Make the table of Traditional to Simplified Chinese characters that the package ships.

The mapping is OpenCC's (https://github.com/BYVoid/OpenCC, Apache-2.0), read one character at a time
over the characters of Big5-HKSCS, the character set of Hong Kong. Run it where `opencc` is
installed, which the package itself does not need:

    pip install opencc && python tools/make_script_table.py
"""

from __future__ import annotations

import importlib.metadata
from pathlib import Path

import opencc

TABLE = Path(__file__).parents[1] / "src/springtide/language/data/traditional_to_simplified.txt"

HEADER = """\
# Traditional to Simplified Chinese, one character to one, over the characters of Big5-HKSCS.
# Made by tools/make_script_table.py from OpenCC {version} (configurations hk2s, tw2s and t2s).
# OpenCC is copyright (c) Carbo Kuo and contributors, https://github.com/BYVoid/OpenCC, and
# licensed under the Apache License 2.0, as is this table.
"""

# Hong Kong's own writing of characters that OpenCC leaves to its dictionaries of phrases.
HONG_KONG = {
    "滙": "汇",
    "恆": "恒",
    "裏": "里",
    "裡": "里",
    "綫": "线",
    "衞": "卫",
    "羣": "群",
    "峯": "峰",
}
# These are in daily use in Simplified text too, where a choice without context would do harm.
KEPT = frozenset("著乾么")


def big5_hkscs() -> list[str]:
    """Return the Han characters of Big5-HKSCS."""
    characters = []
    for code in [*range(0x3400, 0xA000), *range(0xF900, 0xFB00), *range(0x20000, 0x2A6E0)]:
        try:
            chr(code).encode("big5hkscs")
        except UnicodeEncodeError:
            continue
        characters.append(chr(code))
    return characters


def pairs() -> dict[str, str]:
    """Return the characters that change, each with what it becomes."""
    converters = [opencc.OpenCC(name) for name in ("hk2s", "tw2s", "t2s")]
    table = dict(HONG_KONG)
    for char in big5_hkscs():
        if char in table or char in KEPT:
            continue
        for converter in converters:
            simple = converter.convert(char)
            if len(simple) == 1 and simple != char:
                table[char] = simple
                break
    return table


def main() -> None:
    """Write the table."""
    version = importlib.metadata.version("opencc")
    lines = [f"{old}\t{new}\n" for old, new in sorted(pairs().items())]
    TABLE.write_text(HEADER.format(version=version) + "".join(lines), encoding="utf-8")
    print(f"{TABLE}: {len(lines)} characters")


if __name__ == "__main__":
    main()
