"""The notebooks beside the pages run from their first cell to their last, and show what they say."""

import importlib.util
import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from docs.notebooks import cells_of, run

ROOT = Path(__file__).parents[2]
NOTEBOOKS = ROOT / "docs" / "examples" / "notebooks"
LIST = ROOT.parent / "shared" / "data" / "chicago_sanitation_311" / "sanitation_code_complaints.csv.gz"


def missing(what: str) -> None:
    assert not os.environ.get("CI"), f"{what} is missing on the build machine"
    pytest.skip(f"{what} is not here")


@cache
def shown(name: str) -> list[dict[str, Any]]:
    for module in ("nbclient", "ipykernel", "altair"):
        if importlib.util.find_spec(module) is None:
            missing(module)
    return run(cells_of(NOTEBOOKS / f"{name}.md"), NOTEBOOKS)


def pictures(name: str) -> list[str]:
    found = (cell.get("image/svg+xml") for cell in shown(name))
    return ["".join(ET.fromstring(svg).itertext()) for svg in found if svg]  # noqa: S314 - drawn here


def test_there_are_three_notebooks() -> None:
    assert {path.stem for path in NOTEBOOKS.glob("*.md")} == {"louxing", "chicago", "what-if"}


# one test for each notebook: it takes long to run one
def test_louxing_shows_its_table_its_ranks_and_why() -> None:
    table, _, _, why, *_ = shown("louxing")
    ranks, tiers = pictures("louxing")
    assert "| 6 | 蛇形山 | 86.31 | 通报批评、约谈 |" in table["text/markdown"]
    assert "蛇形山</strong>" in why["text/html"]
    assert all(name in ranks for name in ("双江", "水洞底", "未参评", "虚线"))
    assert "三色（示例）" in tiers


def test_chicago_shows_the_ward_that_was_last_for_ten_months_from_its_third_on_and_that_it_is_not_by_chance() -> None:
    """The months are as SQL counts them on the city's own list: tests/test_readers_records.py."""
    assert eval(shown("chicago")[3]["text/plain"]) == [f"2014-{month:02}" for month in range(2, 10)]  # noqa: S307
    assert shown("chicago")[-1]["text/plain"] == "(170, 1)"
    assert len(pictures("chicago")) == 3


def test_what_if_shows_both_boards_a_map_and_what_is_open_each_as_made_up() -> None:
    charts = pictures("what-if")
    assert len(charts) == 4
    assert all("虚构" in chart for chart in charts)
    assert "红色管理约谈（仅b）" in shown("what-if")[1]["text/markdown"]


def test_the_table_of_chicago_is_what_its_script_makes_of_the_list() -> None:
    if not LIST.is_file():
        missing("the list of Chicago")
    made = subprocess.run([sys.executable, NOTEBOOKS / "chicago.py", LIST], capture_output=True, check=True)
    assert made.stdout == (NOTEBOOKS / "chicago.csv").read_bytes()
