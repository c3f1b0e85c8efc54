"""Workbooks of a clerk: what is entered from one, the list of its problems, and the ledger as one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from envgov.cli.ledger.desk import Desk
from envgov.cli.output import print_json, print_table, status
from envgov.errors import SHOWN_FAULTS, Fault, InputError
from envgov.facts.grid import Grid
from envgov.facts.refusal import RefusedError
from envgov.results.table import Language
from envgov.wording.rules import rule_word
from envgov.wording.tables import TABLES
from envgov.wording.workbooks import SAY

if TYPE_CHECKING:
    from envgov.workbooks import Problem

NAMELESS = "somebody did it"
"""The rule that refuses what a row says of nobody."""
SUFFIXES = (".xlsx", ".xlsm")


class Terms(NamedTuple):
    """How a workbook is entered: by whom, when, who did what it says of nobody, and whether sound rows alone."""

    by: str
    at: datetime
    unnamed: str
    sound: bool


def is_workbook(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES


def enter_workbook(
    desk: Desk, source: Path, terms: Terms, list_file: Path | None, language: Language, *, as_json: bool
) -> None:
    """Enter the rows of a workbook that are sound, if all are or those are asked for, and tell every problem."""
    from envgov.workbooks import read_workbook, write_problems

    if list_file is not None and list_file.exists():
        raise InputError([Fault("there is such a file already", "name a file that is new", str(list_file))])
    by, at, unnamed, sound = terms
    with status(f"{source} ..."):
        reading = read_workbook(source, desk.grid, desk.issue)
        issues = reading.issues if sound or not reading.grave else ()
        taken = desk.ledger.take_in(issues, by=by, at=at, unnamed=unnamed, sound=sound)
    refused = tuple(
        reading.refusal(command.id, why.told, remedy_of(why), rule_word(why.rule, "zh"))
        for command, why in taken.refused
    )
    problems = (*reading.problems, *refused)
    grave = (*reading.grave, *refused)
    if list_file is not None:
        write_problems(problems, list_file, source)
    counted = {
        "issues": len({entry.subject for entry in taken.entries if entry.version == 1}),
        "entries": len(taken.entries),
        "known": len(taken.known),
    }
    if as_json:
        print_json({**counted, "rows": len(reading.rows), "problems": [_data(each, language) for each in problems]})
    else:
        _print(problems, language)
        if not grave or sound:
            left = sum(not placed.is_sound for placed in reading.rows) + len(refused)
            say = TABLES[language]
            click.echo(say["imported"].format(**counted) + (say["left out"].format(left) if left else ""))
    if grave and not sound:
        raise click.ClickException(SAY[language]["nothing entered"].format(len(grave)))


def remedy_of(refused: RefusedError) -> str:
    return "say with --unnamed who did it" if refused.rule == NAMELESS else refused.remedy


def _print(problems: Sequence[Problem], language: Language) -> None:
    say = SAY[language]
    if problems:
        heads = ("sheet", "cell", "value", "problem", "remedy")
        rows = [
            (each.sheet, each.cell, each.value, each.problem(language), each.remedy(language))
            for each in problems[:SHOWN_FAULTS]
        ]
        print_table([say[head] for head in heads], rows, whole=(1,))
    if len(problems) > SHOWN_FAULTS:
        click.echo(say["more"].format(len(problems) - SHOWN_FAULTS))


def _data(problem: Problem, language: Language) -> dict[str, object]:
    return {
        "sheet": problem.sheet,
        "cell": problem.cell,
        "value": problem.value,
        "what": problem.what,
        "problem": problem.problem(language),
        "remedy": problem.remedy(language),
        "keeps_out": problem.is_grave,
    }


def export_workbook(
    desk: Desk, file: Path, on: date, photos: Path | None, language: Language, *, as_json: bool
) -> None:
    """Write the ledger as a workbook, as it stood at the end of a day."""
    from envgov.workbooks import rows_of, write_workbook

    with status(f"{file} ..."):
        facts = desk.ledger.facts(desk.grid)
        stood = (issue.as_of(on) for issue in facts.issues)
        rows = rows_of([issue for issue in stood if issue is not None], facts.grid)
        write_workbook(rows, file, Grid(unit for unit in facts.grid.units if unit.exists_on(on)), on=on, photos=photos)
    if as_json:
        print_json({"file": str(file), "rows": len(rows)})
    else:
        click.echo(SAY[language]["written"].format(file=file, rows=len(rows)))
