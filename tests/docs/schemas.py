"""Writes docs/schemas from the code: a file for each stored value. `python tests/docs/schemas.py` rewrites them."""

import json
from pathlib import Path
from typing import Any

from envgov.codec.kinds import VALUES, kind_of
from envgov.codec.schemas import DIALECT, json_schema

FOLDER = Path(__file__).parents[2] / "docs" / "schemas"
SHARED = "parts.json"
"""What the schemas of several values refer to stands once, beside them."""


def text_of(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def schemas() -> dict[str, str]:
    """The text of each file, by its name."""
    shared: dict[str, Any] = {}
    files = {}
    for kind in map(kind_of, VALUES):
        schema = json_schema(kind)
        shared |= schema.pop("$defs")
        files[f"{kind}.json"] = text_of({**schema, "$id": f"{kind}.json"}).replace('"#/$defs/', f'"{SHARED}#/$defs/')
    return {**files, SHARED: text_of({"$schema": DIALECT, "$id": SHARED, "$defs": dict(sorted(shared.items()))})}


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for path in FOLDER.glob("*.json"):
        path.unlink()
    for name, text in schemas().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
