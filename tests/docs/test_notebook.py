"""The notebook of the documents runs from its first cell to its last, in a real kernel."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import nbclient
import nbformat
import pytest

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOK = ROOT / "docs" / "notebooks" / "first-look.ipynb"


@pytest.fixture(scope="module")
def executed(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("notebook")
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    client = nbclient.NotebookClient(
        notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": folder}}
    )
    client.execute(env={**os.environ, "SPRINGTIDE_CONFIG": str(folder / "settings")})
    return notebook


def shown(notebook: Any, cell: str) -> dict[str, Any]:
    (found,) = [one for one in notebook.cells if one.id == cell]
    return dict(found.outputs[-1].data)


def test_it_runs_and_every_cell_shows_something(executed: Any) -> None:
    cells = [cell for cell in executed.cells if cell.cell_type == "code"]
    assert len(cells) > 8
    for cell in cells:
        assert cell.outputs, cell.source
        assert not any(output.output_type == "error" for output in cell.outputs)


def test_what_it_shows(executed: Any) -> None:
    assert "86.69" in shown(executed, "code-2")["text/html"]
    assert "How long can it last?" in shown(executed, "code-3")["text/html"]
    assert "image/svg+xml" in shown(executed, "code-5")
    assert "data:image/svg+xml;base64," in shown(executed, "code-6")["text/html"]
    assert "refuted" in shown(executed, "code-8")["text/html"]
    assert "-0.4902" in shown(executed, "code-11")["text/html"]


def test_it_is_kept_without_outputs() -> None:
    kept = nbformat.read(NOTEBOOK, as_version=4)
    nbformat.validate(kept)
    assert all(not cell.outputs for cell in kept.cells if cell.cell_type == "code")
