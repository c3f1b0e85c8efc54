"""Every rule that localities were seen to use has a row in docs/vocabulary, with its terms and a test of its own."""

import ast
import os
import re
from pathlib import Path
from typing import NamedTuple

import pytest

from envgov.api import __all__ as public

ROOT = Path(__file__).parents[2]
SOURCE = ROOT.parent / "shared" / "requirements" / "rules.md"
ENTRIES = {
    "A": (
        "inspection_mode",
        "random_draw",
        "mandatory_reinspection",
        "minimum_sample",
        "sub_sample_scored",
        "rectification_share",
        "source_levels_merged",
        "check_without_scoring",
    ),
    "B": (
        "deduct_from_full",
        "deduct_by_source_severity",
        "deduct_unrectified",
        "deduct_repeat",
        "deduct_double_for_special",
        "deduct_per_rework",
        "deduct_fraud / pass_buck",
        "rate_target_linear",
        "rate_proportional",
        "piecewise_linear",
        "banded_points",
        "weighted_components",
        "bonus_points",
        "mean_of_children",
        "rank_to_points",
        "composite_of_level_and_change",
        "relative_to_mean",
        "shared_deduction",
        "half_weight_grade",
        "veto",
        "exempt_unit",
        "satisfaction_base",
    ),
    "C": (
        "period_mean",
        "annual_weighted",
        "cumulative_ytd",
        "imputed_period",
        "excluded_unit_period",
        "paused_rank",
        "same-month-last-year and previous-month deltas",
    ),
    "D": (
        "class_by_type",
        "class_by_size_or_difficulty",
        "class_membership_changes_by_edition",
        "unranked_member",
        "different_full_marks_per_class",
        "area_rotation / sub-areas",
        "league/graduation",
    ),
    "E": (
        "competition 1224",
        "dense 1223",
        "ordinal/no ties",
        "tolerance tie",
        "rank_before_rounding",
        "tie_break",
        "reverse numbering",
        "order only, no values",
        "tie at the cut keeps list size",
        "separate rank per indicator",
        "order by volume, not score",
    ),
    "F": (
        "top_n / bottom_n",
        "n_per_class",
        "quota_per_parent",
        "adjust_n_to_size",
        "threshold_band",
        "threshold_AND_bottom",
        "absolute_floor_list",
        "improvement_board",
        "above/below mean split",
        "place board",
        "reason_required",
        "empty_board_allowed",
        "colour_of_three_by_rank",
        "three-colour orders",
        "colour card per event",
        "mobile flag",
        "flag removed on rebound",
        "acceptance board",
    ),
    "G": (
        "rung_by_counter",
        "target_role_by_rung",
        "parallel_base_measure",
        "exclusive_top_rung",
        "listed_at_every_rung",
        "escalation_on_escalations",
        "mixed condition",
        "positive ladder",
        "cascade_to_parent",
        "not_on_time_interview",
        "direct start at a higher colour",
        "money",
        "linked annual assessment",
    ),
    "H": (
        "re-rank each period",
        "counter reset",
        "year reset",
        "black-listed child must file a plan",
        "release after acceptance",
        "league keep threshold",
        "zero-clearing acceptance",
    ),
}
NUMBERED = [(f"{letter}{n}", name) for letter, names in ENTRIES.items() for n, name in enumerate(names, 1)]
OWN_KIND = "own kind"


class Row(NamedTuple):
    name: str
    terms: str
    test: str


def rows_in(text: str) -> dict[str, list[Row]]:
    """The rows of a page's tables: number, name, what the rule says, terms, test."""
    found: dict[str, list[Row]] = {}
    for line in text.splitlines():
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))]
        if len(cells) == 5 and re.fullmatch(r"[A-H]\d+", cells[0]):
            found.setdefault(cells[0], []).append(Row(cells[1].replace("`", ""), cells[3], cells[4].strip("`")))
    return found


def faults_of(number: str, name: str, rows: list[Row]) -> list[str]:
    """What is wrong with the rows of one entry."""
    if len(rows) != 1:
        return [f"{number} {name}: {len(rows)} rows in docs/vocabulary, one is wanted"]
    [row] = rows
    faults = []
    if name not in row.name:
        faults.append(f"{number}: the row is named {row.name!r}, the entry {name!r}")
    code = " ".join(re.findall(r"`([^`]+)`", row.terms))
    if not set(re.findall(r"\w+", code)) & set(public) and OWN_KIND not in row.terms:
        faults.append(f"{number} {name}: no term of envgov, nor an {OWN_KIND}: {row.terms!r}")
    path, _, test = row.test.partition("::")
    if not re.fullmatch(rf"tests/vocabulary/test_{number[0].lower()}_\w+\.py", path) or test not in functions_in(path):
        faults.append(f"{number} {name}: there is no test {row.test!r}")
    if not test.startswith(f"test_{number.lower()}_"):
        faults.append(f"{number} {name}: {test!r} is no test of {number}")
    return faults


def functions_in(path: str) -> set[str]:
    if not (ROOT / path).is_file():
        return set()
    return {
        node.name
        for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
    }


@pytest.fixture(scope="module")
def rows() -> dict[str, list[Row]]:
    pages = sorted((ROOT / "docs" / "vocabulary").glob("*.md"))
    return rows_in("\n".join(page.read_text(encoding="utf-8") for page in pages))


@pytest.mark.parametrize(("number", "name"), NUMBERED, ids=[number for number, _ in NUMBERED])
def test_every_entry_has_a_row_with_terms_and_a_test(number: str, name: str, rows: dict[str, list[Row]]) -> None:
    assert faults_of(number, name, rows.get(number, [])) == []


def test_there_are_93_entries() -> None:
    assert len(NUMBERED) == 93
    counts = {letter: len(names) for letter, names in ENTRIES.items()}
    assert counts == {"A": 8, "B": 22, "C": 7, "D": 7, "E": 11, "F": 18, "G": 13, "H": 7}


def test_no_row_is_of_anything_else(rows: dict[str, list[Row]]) -> None:
    assert set(rows) <= {number for number, _ in NUMBERED}


def test_the_entries_are_those_of_the_collected_rules() -> None:
    if not SOURCE.is_file():
        assert not os.environ.get("CI"), f"{SOURCE} is missing on the build machine"
        pytest.skip("the collected rules are not beside the checkout (../shared/requirements/rules.md)")
    collected, letter = [], ""
    for line in SOURCE.read_text(encoding="utf-8").splitlines():
        if heading := re.match(r"## ([A-Z])\. ", line):
            letter = heading[1]
        elif letter in ENTRIES and (entry := re.match(r"(\d+)\. \*\*(.+?)\*\*", line)):
            collected.append((letter + entry[1], entry[2]))
    assert collected == NUMBERED


@pytest.mark.parametrize(
    ("page", "fault"),
    [
        ("", "0 rows"),
        ("| A1 | inspection_mode | x | `stated` | `{test}` |\n" * 2, "2 rows"),
        ("| A1 | inspection | x | `stated` | `{test}` |", "the row is named 'inspection'"),
        ("| A1 | inspection_mode | x | none | `{test}` |", "no term of envgov"),
        ("| A1 | inspection_mode | x | `say()` | `{test}` |", "no term of envgov"),
        ("| A1 | inspection_mode | x | `stated` | `{test}_not` |", "there is no test"),
        ("| A1 | inspection_mode | x | `stated` | `tests/vocabulary/test_a_none.py::test_a1_x` |", "there is no test"),
        ("| A1 | inspection_mode | x | `stated` | `{other}` |", "is no test of A1"),
        ("| A1 | `inspection_mode` | x | `stated(\\|)` | `{test}` |", ""),
        ("| A1 | inspection_mode | x | a plugin's own kind | `{test}` |", ""),
    ],
)
def test_a_row_that_says_too_little_is_caught(page: str, fault: str) -> None:
    file = "tests/vocabulary/test_a_evidence.py"
    text = page.format(test=f"{file}::test_a1_inspection_mode", other=f"{file}::test_a2_random_draw")
    faults = faults_of("A1", "inspection_mode", rows_in(text).get("A1", []))
    assert bool(faults) is bool(fault)
    assert all(fault in found for found in faults)
