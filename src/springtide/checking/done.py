"""What came of an article, kept beside its results: a second start of many checks goes on.

It is taken only where the article, the data and the program are those that it came from.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict

from springtide import __version__
from springtide.checking.many import Checked, Item, Job
from springtide.checking.report.findings import Finding
from springtide.files import write_files
from springtide.market.tables import OUTPUTS

FILE = ".checked.json"
"""What came of an article, in the folder of its results."""


def key_of(job: Job, item: Item, content: bytes) -> str:
    """Return digits that stand for an article and all that its check depends on.

    Parameters
    ----------
    job
        Held at the versions of the lake.
    item, content
        The article, and what its file holds.

    Examples
    --------
    >>> from pathlib import Path
    >>> job = Job("lake", (), Path("out"), versions=(("bars", 3), ("scans", 1)))
    >>> item = Item(Path("a.md"), "a")
    >>> later = Job("lake", (), Path("out"), versions=(("bars", 3), ("scans", 2)))
    >>> key_of(job, item, b"up 2%") == key_of(later, item, b"up 2%") != key_of(job, item, b"up 3%")
    True
    """
    data = [[name, version] for name, version in job.versions if name not in OUTPUTS]
    asked = [__version__, job.lake, data, str(job.as_of), job.language, str(item.path), item.name]
    digest = hashlib.sha256(json.dumps(asked).encode())
    digest.update(content)
    return digest.hexdigest()


def keep(job: Job, key: str, checked: Checked) -> None:
    """Keep what came of an article.

    Raises
    ------
    SpringtideError
        The folder of its results cannot be written to.
    """
    held = asdict(checked)
    del held["item"]
    text = json.dumps({"key": key, **held}, ensure_ascii=False)
    write_files(job.out / checked.item.name, {FILE: text})


def kept(job: Job, key: str, item: Item) -> Checked | None:
    """Return what came of an article before; None where it must be checked (again)."""
    folder = job.out / item.name
    try:
        held = json.loads((folder / FILE).read_bytes())
        if held.pop("key") != key or not (folder / "check.json").is_file():
            return None
        return Checked(
            item,
            counts=held["counts"],
            rows=tuple(held["rows"]),
            findings=tuple(Finding(**each) for each in held["findings"]),
            notes=tuple(held["notes"]),
        )
    except (OSError, ValueError, KeyError, TypeError):  # of another version, or cut off
        return None
