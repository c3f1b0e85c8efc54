"""Read a season from a folder of CSV files, as a clerk's spreadsheet saves them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta, timezone, tzinfo
from pathlib import Path
from typing import Any, TypeVar

from attrs import evolve

from envgov.errors import InputError
from envgov.facts.duty import Duty, Submission
from envgov.facts.evidence import Facts
from envgov.facts.grid import UNKNOWN_PARENT, Assignment, Grid, Unit
from envgov.facts.inspection import Finding, Inspection
from envgov.facts.issue import Event, EventKind, Issue
from envgov.facts.output import Output
from envgov.facts.stated import StatedRank
from envgov.facts.survey import Survey
from envgov.season_csv.sheets import Row, Sheets
from envgov.season_csv.tables import columns_in

T = TypeVar("T")
CHINA = timezone(timedelta(hours=8), "UTC+08:00")


def read_season(folder: str | Path, *, zone: tzinfo = CHINA) -> Facts:
    """The facts in a folder of CSV files, of which only grid.csv must be there.

    grid, inspections, findings, issues, surveys, stated (ranks received), outputs, assignments, duties: in UTF-8
    with or without a byte order mark, or GB18030; with English or Chinese headers. Moments without a zone
    (duties) are read in `zone`. Columns and their headers are in the documentation, docs/season-csv.md.

    Raises:
        InputError: every fault of every file, each with file, row (the header is row 1), column, value and
            remedy; nothing is read by halves.
        OSError: a file cannot be opened.
    """
    sheets = Sheets(Path(folder), columns_in(zone))
    grid = _read_grid(sheets)
    collections: dict[str, Any] = {
        "inspections": _read_inspections(sheets),
        "issues": _read(sheets, "issues", _issue, ("place", "grid")),
        "surveys": _read(sheets, "surveys", lambda row: Survey(**row), ("unit", "grid")),
        "stated_ranks": _read(sheets, "stated", lambda row: StatedRank(**row), ("unit", "grid")),
        "outputs": _read(sheets, "outputs", lambda row: Output(**row), ("unit", "grid")),
        "assignments": _read(sheets, "assignments", lambda row: Assignment(**row), ("place", "grid")),
        "duties": _read(sheets, "duties", _duty),
    }
    if sheets.faults:
        raise InputError(sheets.faults)
    return Facts(grid, **collections)


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
    for inspection, finding in _read(sheets, "findings", _finding, ("inspection", "inspections")):
        findings.setdefault(inspection, []).append(finding)

    def visit(row: Row) -> Inspection:
        return Inspection(**row, findings=findings.get(row.get("id", ""), ()))

    return _read(sheets, "inspections", visit, ("unit", "grid"), rows)


def _read(
    sheets: Sheets,
    name: str,
    make: Callable[[Row], T],
    refers: tuple[str, str] | None = None,
    rows: Iterable[tuple[int, Row]] | None = None,
) -> list[T]:
    """The facts of a table's whole rows; `refers`: a column, and the table that must have its codes."""
    required = {column.name for column in sheets.columns[name] if column.required}
    made: list[T] = []
    for number, row in sheets.rows(name) if rows is None else rows:
        if refers is not None:
            sheets.refuse_unknown(name, number, row, *refers)
        if required <= row.keys():  # what a row lacks is noted already
            try:
                made.append(make(row))
            except (TypeError, ValueError) as error:
                sheets.note(sheets.files[name].name, str(error), "correct this row", number)
    return made


def _finding(row: Row) -> tuple[str, Finding]:
    return row["inspection"], Finding(**{name: value for name, value in row.items() if name != "inspection"})


def _issue(row: Row) -> Issue:
    """The events of one ledger row, in the order of its milestones."""
    responsible = row.get("responsible", ())
    owner = responsible[0] if responsible else ""
    due = row.get("due")
    found_due = None if "dispatched" in row else due
    events = [Event(EventKind.FOUND, row["found"], due=found_due)]
    for column, event in (
        ("fixed", EventKind.FIXED_ON_THE_SPOT),
        ("dispatched", EventKind.DISPATCHED),
        ("claimed", EventKind.CLAIMED),
        ("rectified", EventKind.RECTIFIED),
        ("accepted", EventKind.ACCEPTED),
        ("withdrawn", EventKind.WITHDRAWN),
    ):
        if column not in row:
            continue
        match event:
            case EventKind.DISPATCHED:
                events.append(Event(event, row[column], to=responsible, due=due))
            case EventKind.ACCEPTED:
                events.append(Event(event, row[column], by=row.get("accepted_by", "")))
            case EventKind.CLAIMED | EventKind.RECTIFIED | EventKind.FIXED_ON_THE_SPOT:
                events.append(Event(event, row[column], by=owner))
            case _:
                events.append(Event(event, row[column]))
    kept = ("id", "place", "responsible", "supporting", "category", "description", "source")
    return Issue(events=tuple(events), **{name: row[name] for name in kept if name in row})


def _duty(row: Row) -> Duty:
    came = Submission(row["what"], row["owed_by"], row["submitted"]) if "submitted" in row else None
    return Duty(row["what"], row["owed_by"], row["due"], came)
