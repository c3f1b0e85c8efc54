"""The page on schemes names every condition with its fields, and every choice of `several`."""

import re
from pathlib import Path
from typing import get_args

import attrs
import pytest

from envgov.codec.kinds import TERMS, kind_of
from envgov.policy.scoring.inspected import Several

PAGE = (Path(__file__).parents[2] / "docs" / "schemes.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `(\w+)` \| ([^|]*) \|", re.MULTILINE)
ROWS = {row[1]: row[2] for row in ROW.finditer(PAGE[PAGE.index("## Conditions") :])}
CONDITIONS = [cls for cls in TERMS if callable(getattr(cls, "at", None))]


@pytest.mark.parametrize("condition", CONDITIONS, ids=kind_of)
def test_a_condition_has_a_row_with_its_fields(condition: type) -> None:
    told = ROWS[kind_of(condition)]
    fields = {a.name for a in attrs.fields(condition)}
    assert told == "see below" or set(re.findall(r"`(\w+)`", told)) == fields


def test_what_several_means_is_told_with_all_its_choices() -> None:
    [paragraph] = [text for text in PAGE.split("\n\n") if text.startswith("`several` appears in")]
    assert set(re.findall(r'"(\w+)"', paragraph)) == set(get_args(Several))
    assert {"deductions", "stated", "stated_rank"} <= set(re.findall(r"`(\w+)`", paragraph))
