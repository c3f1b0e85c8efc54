"""Notebooks as text: their cells, run in a kernel of their own."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from typing import Any

CELL = re.compile(r"^```\{code-cell\}\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def cells_of(page: Path) -> list[str]:
    return CELL.findall(page.read_text(encoding="utf-8"))


def run(cells: list[str], folder: Path) -> list[dict[str, Any]]:
    """What each cell shows, by kind; of the last line only. A cell that fails ends the run."""
    from nbclient import NotebookClient

    nbformat: Any = import_module("nbformat")  # it has no types
    blank: dict[str, Any] = {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": []}
    listed = [{**blank, "id": f"cell-{n}", "source": cell} for n, cell in enumerate(cells)]
    notebook = nbformat.from_dict({"cells": listed, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    NotebookClient(
        notebook, timeout=600, kernel_name="python3", resources={"metadata": {"path": str(folder)}}
    ).execute()
    shown = ([out for out in cell.outputs if out.output_type == "execute_result"] for cell in notebook.cells)
    return [dict(outputs[-1].data) if outputs else {} for outputs in shown]
