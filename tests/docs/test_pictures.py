"""The pictures on the page are those of its charts, as far as versions of what draws them agree: by their words."""

import contextlib
import io
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from docs.pictures import PAGE, drawn


def words(svg: str) -> set[str]:
    return {text.strip() for text in ET.fromstring(svg).itertext()}  # noqa: S314 - drawn here


def test_the_pictures_on_the_page_say_what_its_charts_say(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(Path(PAGE).parents[1])
    with contextlib.redirect_stdout(io.StringIO()):
        made = drawn()
    assert set(made) == {path.stem for path in (PAGE.parent / "pictures").glob("*.svg")}
    for name, svg in made.items():
        shown = (PAGE.parent / "pictures" / f"{name}.svg").read_text(encoding="utf-8")
        assert words(svg) == words(shown), f"{name}: rewrite it: python tests/docs/pictures.py"
