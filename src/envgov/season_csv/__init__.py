"""Read a season from a folder of CSV files, as a clerk's spreadsheet saves them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo
from pathlib import Path
from typing import Any

from attrs import evolve

from envgov.errors import InputError
from envgov.facts.acceptance import UnitAcceptance
from envgov.facts.duty import CHINA
from envgov.facts.evidence import Facts
from envgov.facts.grid import UNKNOWN_PARENT, Assignment, Body, Grid, Unit
from envgov.facts.inspection import Finding, Inspection
from envgov.facts.output import Output
from envgov.facts.ruling import Ruling
from envgov.facts.stated import StatedRank
from envgov.facts.survey import Survey
from envgov.season_csv.ledger import read_ledger
from envgov.season_csv.rows import Row, duty_of, task_of
from envgov.season_csv.sheets import Sheets
from envgov.season_csv.tables import columns_in

_OF_A_UNIT = (("unit", "grid"),)


def read_season(folder: str | Path, *, zone: tzinfo = CHINA, kinds: Mapping[str, type] | None = None) -> Facts:
    """The facts in a folder of CSV files, of which only grid.csv must be there.

    grid, inspections, findings, issues, events, slips, whistles, surveys, stated (ranks received), outputs, bodies,
    assignments, duties, tasks, acceptances, rulings: in UTF-8 with or without a byte order mark, or GB18030; with
    English or Chinese headers. Moments without a zone (duties, whistles) are read in `zone`. The conditions of rulings
    are written as in a scheme file; `kinds` adds a locality's own to the core's. What is made up about the season stands
    in synthetic.txt. Columns and their headers are in the documentation, docs/season-csv.md.

    Raises:
        InputError: every fault of every file, each with file, row (the header is row 1), column, value and
            remedy; nothing is read by halves.
        OSError: a file cannot be opened.
    """
    return read_numbered(folder, zone, kinds)[0]


def read_numbered(
    folder: str | Path, zone: tzinfo = CHINA, kinds: Mapping[str, type] | None = None
) -> tuple[Facts, Mapping[str, int]]:
    """The same, and in which row of issues.csv each issue stands."""
    sheets = Sheets(columns_in(zone, kinds))
    sheets.find_files(Path(folder))
    synthetic = sheets.paragraph()
    sheets.grid = _read_grid(sheets)
    inspections = _read_inspections(sheets)
    issues, slips = read_ledger(sheets)
    collections: dict[str, Any] = {
        "inspections": inspections,
        "issues": issues,
        "slips": slips,
        "surveys": sheets.read("surveys", lambda row: Survey(**row), _OF_A_UNIT),
        "stated_ranks": sheets.read("stated", lambda row: StatedRank(**row), _OF_A_UNIT),
        "outputs": sheets.read("outputs", lambda row: Output(**row), _OF_A_UNIT),
        "bodies": sheets.read("bodies", lambda row: Body(**row)),
        "assignments": sheets.read("assignments", lambda row: Assignment(**row), (("place", "grid"),)),
        "duties": sheets.read("duties", duty_of),
        "tasks": sheets.read("tasks", task_of, _OF_A_UNIT, once=("unit", "name", "day")),
        "acceptances": sheets.read("acceptances", lambda row: UnitAcceptance(**row), _OF_A_UNIT),
        "rulings": sheets.read(
            "rulings",
            lambda row: Ruling(**row),
            (*_OF_A_UNIT, ("issue", "issues")),
            once=("unit", "concerns", "condition", "scheme", "issue"),
        ),
    }
    if sheets.faults:
        raise InputError(sheets.faults)
    return Facts(sheets.grid, **collections, synthetic=synthetic), sheets.keys["issues"]


def read_grid(file: Path) -> Grid:
    """The units of a file such as grid.csv of a season.

    Raises:
        InputError: every fault of the file.
        OSError: it cannot be opened.
    """
    sheets = Sheets(columns_in(CHINA))
    sheets.files["grid"] = file
    grid = _read_grid(sheets)
    if sheets.faults:
        raise InputError(sheets.faults)
    return grid


def _read_grid(sheets: Sheets) -> Grid:
    levels: dict[str, str] = {}  # one string for each word, not one for each unit

    def unit(row: Row) -> Unit:
        row["level"] = levels.setdefault(row["level"], row["level"])
        return Unit(**row)

    units = sheets.read("grid", unit)
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
    for inspection, finding in sheets.read("findings", _finding, (("inspection", "inspections"),)):
        findings.setdefault(inspection, []).append(finding)

    def visit(row: Row) -> Inspection:
        return Inspection(**row, findings=findings.get(row.get("id", ""), ()))

    return sheets.read("inspections", visit, _OF_A_UNIT, rows)


def _finding(row: Row) -> tuple[str, Finding]:
    return row["inspection"], Finding(**{name: value for name, value in row.items() if name != "inspection"})
