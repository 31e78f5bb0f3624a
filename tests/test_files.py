from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from springtide.errors import SpringtideError
from springtide.files import write_files


def test_a_full_disk_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    write_files(tmp_path, {"a": "old a", "b": "old b"})
    real = os.fdopen

    def full(handle: int, mode: str):
        file = real(handle, mode)
        if len(list(tmp_path.glob("*.part"))) == 2:
            file.close()
            raise OSError(28, "No space left on device")
        return file

    monkeypatch.setattr(os, "fdopen", full)
    with pytest.raises(SpringtideError, match="No space left on device"):
        write_files(tmp_path, {"a": "new a", "b": "new b"})
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {
        "a": "old a",
        "b": "old b",
    }


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux's")
def test_a_folder_that_nobody_can_write_says_so():
    with pytest.raises(SpringtideError, match="Cannot write results to /proc/springtide"):
        write_files(Path("/proc/springtide"), {"a": "x"})
