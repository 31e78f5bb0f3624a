"""Whether files that a brief would overwrite were edited since it wrote them.

``brief.json`` holds the SHA-256 digest of every file that was written with it, its own taken while
it stands empty. A file that is there and has another digest, or none, is somebody's work.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from springtide.claims.schema import Json, to_text
from springtide.errors import UsageError

RECORD = "brief.json"
PAGE = "the page beside it"
"""What the record calls the page, whose name is that of the folder."""


def digest(content: str | bytes) -> str:
    """Return the digest of a file's content, as hexadecimal digits.

    Examples
    --------
    >>> digest("a brief")[:8]
    'a3c4d9a6'
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    return hashlib.sha256(data).hexdigest()


def recorded(document: Json, folder: Path, contents: Mapping[str, str | bytes]) -> str:
    """Return the text of ``brief.json`` with the digests of all files, its own among them.

    Files that an earlier brief wrote there and this one does not stay on record.
    """
    before = {name: one for name, one in _known(folder).items() if name != RECORD}
    files = before | {name: digest(content) for name, content in sorted(contents.items())}
    empty = to_text({**document, "files": {**files, RECORD: ""}})
    head, _, tail = empty.rpartition(f'"{RECORD}": ""')
    return f'{head}"{RECORD}": "{digest(empty)}"{tail}'


def refuse_edited(folder: Path, targets: Mapping[str, Path]) -> None:
    """Refuse to overwrite files that were edited, or that no brief wrote.

    Parameters
    ----------
    folder
        Where ``brief.json`` lies.
    targets
        The files that are to be written, there or not, by what the record calls them.

    Raises
    ------
    UsageError
        One of them is not as the last brief left it; all such are named.
    """
    known = _known(folder)
    edited = [
        path.name
        for name, path in targets.items()
        if path.is_file() and digest(path.read_bytes()) != known.get(name)
    ]
    if (folder / RECORD).is_file() and not known:
        edited.append(RECORD)
    if edited:
        raise UsageError(
            "Files there were edited, or are no brief's, and stay as they are",
            given=", ".join(sorted(edited)),
            hint="choose another folder with --out, or overwrite them with --force",
        )


def _known(folder: Path) -> dict[str, str]:
    """Return the digests of a folder's record; none where it is not there or was edited."""
    try:
        text = (folder / RECORD).read_text(encoding="utf-8")
        files: dict[str, str] = json.loads(text)["files"]
        own = files[RECORD]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    head, _, tail = text.rpartition(f'"{RECORD}": "{own}"')
    return files if digest(f'{head}"{RECORD}": ""{tail}') == own else {}
