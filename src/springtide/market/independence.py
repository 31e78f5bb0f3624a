"""Who says a figure: its publisher or a vendor, or somebody who is only cited.

A *quotation* is a figure that is on file because a text cites somebody: "David Scutt, quoted by
Yicai on 2025-02-13". It is what was said, and a call may rest on it; it is no evidence that what
was said is so. Without this rule an article would be proved by its own words as soon as they are
on file.

That a row is a quotation is told by its source: it says "quoted by", "cited by", 引述, 转述 or
援引. An import writes it so where a file has a column ``quoted_by``.
"""

from __future__ import annotations

import re

_QUOTED = re.compile(r"\b(?:quoted|cited) (?:by|in)\b|引述|转述|轉述|援引", re.IGNORECASE)


def is_quotation(source: str) -> bool:
    """Tell whether a source is somebody cited by somebody else.

    Examples
    --------
    >>> is_quotation("Goldman Sachs, quoted by Yicai on 2025-02-13"), is_quotation("HKEX")
    (True, False)
    >>> is_quotation("高盛（第一财经引述）")
    True
    """
    return bool(_QUOTED.search(source))


def quotation(source: str, quoted_by: str) -> str:
    """Return the source of a figure that somebody cites.

    Examples
    --------
    >>> quotation("Goldman Sachs", "Yicai"), quotation("Goldman Sachs", "")
    ('Goldman Sachs, quoted by Yicai', 'Goldman Sachs')
    """
    return f"{source}, quoted by {quoted_by}" if quoted_by.strip() else source
