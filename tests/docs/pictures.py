"""Writes the pictures of the page on charts: `PYTHONPATH=src:tests python tests/docs/pictures.py`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from envgov import charts

PAGE = Path(__file__).parents[2] / "docs" / "notebooks.md"


def drawn() -> dict[str, str]:
    """The charts of the page that it shows, by their names; its code is run in the root of the checkout."""
    page = PAGE.read_text(encoding="utf-8")
    names: dict[str, Any] = {}
    for block in re.findall(r"^```python\n(.*?)^```$", page, re.DOTALL | re.MULTILINE):
        if ".write_" not in block and "alt.renderers" not in block:
            exec(block, names)  # noqa: S102
    return {name: charts.render_svg(names[name]) for name in re.findall(r"\(pictures/(\w+)\.svg\)", page)}


if __name__ == "__main__":
    for name, svg in drawn().items():
        (PAGE.parent / "pictures" / f"{name}.svg").write_text(svg + "\n", encoding="utf-8")
