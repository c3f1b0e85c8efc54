"""Writes docs/reference.md from the code: every term with its fields. `python tests/docs/reference.py` rewrites it."""

import inspect
import typing
from datetime import time
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

import attrs

from envgov.codec.kinds import PROTOCOLS, TERMS, besides_none, fields_of, item_type_of, kind_of
from envgov.facts.inspection import Rubric
from envgov.policy import boards, ladders, ranking, routines
from envgov.policy.calendar import cadences, deadlines
from envgov.policy.conditions import counters, issues, logic, places
from envgov.policy.scoring import combined, curves, inspected, ledger, periods, ranks
from envgov.scheme import Figure, Scheme, Source

PAGE = Path(__file__).parents[2] / "docs" / "reference.md"
SECTIONS: tuple[tuple[str, ModuleType], ...] = (
    ("Scores from inspections", inspected),
    ("Scores from the ledger and the other books", ledger),
    ("Scores made of scores", combined),
    ("Numbers turned into points", curves),
    ("Scores over time", periods),
    ("Places turned into numbers", ranks),
    ("Conditions on a unit's place", places),
    ("And, or, not", logic),
    ("Counters", counters),
    ("Conditions on an issue", issues),
    ("Cadences", cadences),
    ("Deadlines", deadlines),
)
PARTS_OF_A_SCHEME = (
    Scheme,
    Source,
    Figure,
    ranking.RankBy,
    boards.Board,
    boards.Tier,
    ladders.Ladder,
    ladders.Rung,
    deadlines.Limit,
    routines.Routine,
)
HEAD = """\
# Reference

Every kind that a scheme may hold, with its fields, written from the code. In Python a kind is called by its name, as in
`bottom(3, ties="decide")`; in TOML and JSON it is a table with `kind = "bottom"` and its fields. A field without a
default must be given: where posts depend on a choice, the library makes none. What each rule of a published method is
called here stands in the [vocabulary](vocabulary/index.md).
"""
PLAIN = {str: "text", int: "whole number", bool: "true or false", Decimal: "number", time: "hour", object: "any value"}


def wanted(declared: Any) -> str:
    """What a field takes, in words."""
    declared = besides_none(declared)
    if typing.get_origin(declared) is typing.Literal:
        return " or ".join(f'`"{choice}"`' for choice in typing.get_args(declared))
    if typing.get_origin(declared) in (tuple, frozenset):
        return f"list: {wanted(item_type_of(declared))}"
    if declared in PROTOCOLS:
        return PROTOCOLS[declared][1].removeprefix("a ")
    if declared is Rubric:
        return "full marks, or a Rubric"
    return PLAIN.get(declared) or f"`{getattr(declared, '__name__', declared)}`"


def entry(cls: Any) -> list[str]:
    doc = inspect.getdoc(cls) or ""
    lines = [f"### {kind_of(cls)}", "", doc.split("\n\nRaises:")[0], ""]
    rows = []
    for name, (declared, default) in fields_of(cls).items():
        shown = "" if default is attrs.NOTHING else f"`{default!r}`" if default not in ((), None, "") else "none"
        rows.append(f"| `{name}` | {wanted(declared)} | {shown} |")
    return [*lines, "| Field | Takes | Default |", "|---|---|---|", *rows, ""] if rows else lines


def page() -> str:
    lines = [HEAD]
    for title, module in SECTIONS:
        lines += [f"## {title}", ""]
        for cls in TERMS:
            if cls.__module__ == module.__name__:
                lines += entry(cls)
    lines += ["## The parts of a scheme", ""]
    for cls in PARTS_OF_A_SCHEME:
        lines += entry(cls)
    return "\n".join(lines).rstrip() + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
