"""Read a season from a folder of CSV files, as a clerk's spreadsheet saves them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta, timezone, tzinfo
from pathlib import Path
from typing import Any, TypeVar

from attrs import evolve

from envgov.errors import InputError
from envgov.facts.acceptance import UnitAcceptance
from envgov.facts.evidence import Facts
from envgov.facts.grid import UNKNOWN_PARENT, Assignment, Grid, Unit
from envgov.facts.inspection import Finding, Inspection
from envgov.facts.issue import Event, EventKind, Issue
from envgov.facts.output import Output
from envgov.facts.ruling import Ruling
from envgov.facts.stated import StatedRank
from envgov.facts.survey import Survey
from envgov.season_csv.rows import Row, duty_of, issue_of, task_of
from envgov.season_csv.sheets import Sheets
from envgov.season_csv.tables import columns_in

T = TypeVar("T")
_OF_A_UNIT = (("unit", "grid"),)
CHINA = timezone(timedelta(hours=8), "UTC+08:00")


def read_season(folder: str | Path, *, zone: tzinfo = CHINA, kinds: Mapping[str, type] | None = None) -> Facts:
    """The facts in a folder of CSV files, of which only grid.csv must be there.

    grid, inspections, findings, issues, slips, surveys, stated (ranks received), outputs, assignments, duties, tasks,
    acceptances, rulings: in UTF-8 with or without a byte order mark, or GB18030; with English or Chinese headers.
    Moments without a zone (duties) are read in `zone`. The conditions of rulings are written as in a scheme file;
    `kinds` adds a locality's own to the core's. What is made up about the season stands in synthetic.txt. Columns and
    their headers are in the documentation, docs/season-csv.md.

    Raises:
        InputError: every fault of every file, each with file, row (the header is row 1), column, value and
            remedy; nothing is read by halves.
        OSError: a file cannot be opened.
    """
    sheets = Sheets(Path(folder), columns_in(zone, kinds))
    synthetic = sheets.paragraph()
    sheets.grid = _read_grid(sheets)
    collections: dict[str, Any] = {
        "inspections": _read_inspections(sheets),
        "issues": _read_issues(sheets),
        "surveys": _read(sheets, "surveys", lambda row: Survey(**row), _OF_A_UNIT),
        "stated_ranks": _read(sheets, "stated", lambda row: StatedRank(**row), _OF_A_UNIT),
        "outputs": _read(sheets, "outputs", lambda row: Output(**row), _OF_A_UNIT),
        "assignments": _read(sheets, "assignments", lambda row: Assignment(**row), (("place", "grid"),)),
        "duties": _read(sheets, "duties", duty_of),
        "tasks": _read(sheets, "tasks", task_of, _OF_A_UNIT, once=("unit", "name", "day")),
        "acceptances": _read(sheets, "acceptances", lambda row: UnitAcceptance(**row), _OF_A_UNIT),
        "rulings": _read(
            sheets,
            "rulings",
            lambda row: Ruling(**row),
            (*_OF_A_UNIT, ("issue", "issues")),
            once=("unit", "concerns", "condition", "scheme", "issue"),
        ),
    }
    if sheets.faults:
        raise InputError(sheets.faults)
    return Facts(sheets.grid, **collections, synthetic=synthetic)


def _read_grid(sheets: Sheets) -> Grid:
    levels: dict[str, str] = {}  # one string for each word, not one for each unit

    def unit(row: Row) -> Unit:
        row["level"] = levels.setdefault(row["level"], row["level"])
        return Unit(**row)

    units = _read(sheets, "grid", unit)
    try:
        return Grid(units)
    except InputError as error:
        rows = sheets.keys["grid"]
        for fault in error.faults:
            known = fault.column == "code" or (  # a code given twice is noted already
                fault.problem == UNKNOWN_PARENT and (fault.value in rows or "grid" in sheets.unsure)
            )
            if fault.row is not None and not known:
                sheets.faults.append(
                    evolve(
                        fault,
                        file=sheets.files["grid"].name,
                        row=rows[units[fault.row - 1].code],
                        column=sheets.head("grid", fault.column),
                    )
                )
        return Grid(())


def _read_inspections(sheets: Sheets) -> list[Inspection]:
    rows = list(sheets.rows("inspections"))
    findings: dict[str, list[Finding]] = {}
    for inspection, finding in _read(sheets, "findings", _finding, (("inspection", "inspections"),)):
        findings.setdefault(inspection, []).append(finding)

    def visit(row: Row) -> Inspection:
        return Inspection(**row, findings=findings.get(row.get("id", ""), ()))

    return _read(sheets, "inspections", visit, _OF_A_UNIT, rows)


def _read_issues(sheets: Sheets) -> list[Issue]:
    rows = list(sheets.rows("issues"))
    slips: dict[str, list[Event]] = {}
    for issue, slip in _read(sheets, "slips", _slip, (("issue", "issues"),)):
        slips.setdefault(issue, []).append(slip)

    def entry(row: Row) -> Issue:
        return issue_of(row, slips.get(row["id"], ()))

    return _read(sheets, "issues", entry, (("place", "grid"),), rows)


def _read(
    sheets: Sheets,
    name: str,
    make: Callable[[Row], T],
    refers: tuple[tuple[str, str], ...] = (),
    rows: Iterable[tuple[int, Row]] | None = None,
    once: tuple[str, ...] = (),
) -> list[T]:
    """The facts of a table's whole rows.

    `refers`: columns, each with the table that must have its codes; `once`: columns in which no two rows are alike.
    """
    required = {column.name for column in sheets.columns[name] if column.required}
    made: list[T] = []
    firsts: dict[tuple[Any, ...], int] = {}
    for number, row in sheets.rows(name) if rows is None else rows:
        for column, table in refers:
            sheets.refuse_unknown(name, number, row, column, table)
        sheets.refuse_out_of_time(name, number, row)
        if required <= row.keys():  # what a row lacks is noted already
            if once and (first := firsts.setdefault(tuple(map(row.get, once)), number)) != number:
                heads = ", ".join(sheets.heads[name, column] for column in once if (name, column) in sheets.heads)
                sheets.note(sheets.files[name].name, f"row {first} has the same {heads}", "keep one of them", number)
            try:
                made.append(make(row))
            except (TypeError, ValueError) as error:
                sheets.note(sheets.files[name].name, str(error), "correct this row", number)
    return made


def _finding(row: Row) -> tuple[str, Finding]:
    return row["inspection"], Finding(**{name: value for name, value in row.items() if name != "inspection"})


def _slip(row: Row) -> tuple[str, Event]:
    return row["issue"], Event(EventKind.SLIPPED, row["day"], by=row.get("by", ""), slip=row["slip"])
