"""A ledger as tables of a season: what `read_season` reads back to the same issues and slips."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from enum import Enum
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any

import attrs

from envgov.errors import Fault, InputError
from envgov.facts.evidence import Facts
from envgov.facts.issue import Issue, StageDue
from envgov.results.table import Language
from envgov.season_csv import read_season
from envgov.season_csv.cells import EVENT_WORDS, read_list
from envgov.season_csv.sheets import FORMULA, SYNTHETIC
from envgov.season_csv.tables import columns_in
from envgov.texts import UnreadableError

_Row = Mapping[str, object]


def write_ledger(facts: Facts, folder: Path, language: Language = "zh") -> None:
    """Write the grid, the issues with all their events, and the slips to units, into a folder that is new or empty.

    Of the facts these are all that is written. The headers are in `language`. What was written is read back and
    compared before the folder has its name: it is there whole, or not at all.

    Raises:
        InputError: there is something in the folder; or a text cannot stand in a cell (spaces around it, control
            characters, a code that a spreadsheet would round).
        OSError: it cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError([Fault("there is something already", "name a folder that is new or empty", str(folder))])
    kept = Facts(facts.grid, issues=facts.issues, slips=facts.slips, synthetic=facts.synthetic)
    made = Path(mkdtemp(prefix=f"{folder.name}.", dir=folder.parent))
    try:
        for name, rows in _tables(kept).items():
            _write(made / f"{name}.csv", name, rows, language)
        if kept.synthetic:
            (made / SYNTHETIC).write_text(kept.synthetic + "\n", encoding="utf-8")
        _refuse_unlike(kept, read_season(made))
        if folder.exists():
            folder.rmdir()
        made.rename(folder)
    except BaseException:
        rmtree(made)
        raise


def _tables(facts: Facts) -> dict[str, list[_Row]]:
    found: dict[str, list[_Row]] = {
        "grid": [attrs.asdict(unit, recurse=False) for unit in facts.grid.units],
        "issues": [_issue(issue) for issue in facts.issues],
        "events": [row for issue in facts.issues for row in _events(issue)],
        "slips": [attrs.asdict(slip, recurse=False) for slip in facts.slips],
    }
    return {name: rows for name, rows in found.items() if rows or name == "grid"}


def _issue(issue: Issue) -> _Row:
    at = attrs.asdict(issue.position) if issue.position else {}
    return {**attrs.asdict(issue, recurse=False), **at, "found": issue.found}


def _events(issue: Issue) -> Iterator[_Row]:
    for nth, event in enumerate(issue.events, 1):
        asked = attrs.asdict(event.whistle, recurse=False) if event.whistle else {}
        given = attrs.asdict(event, recurse=False)
        yield {**given, **asked, "issue": issue.id, "order": nth, "stages": tuple(map(_stage, event.dues))}


def _stage(due: StageDue) -> str:
    return f"{due.stage}={_cell(due.at or due.day)}"


def _write(path: Path, table: str, rows: Sequence[_Row], language: Language) -> None:
    """Only the columns that must be there, or in which something stands."""
    words: Mapping[Any, str] = EVENT_WORDS if language == "zh" else {}
    filled = [{name: words.get(value) or _cell(value) for name, value in row.items()} for row in rows]
    shown = [
        column
        for column in columns_in(UTC)[table]
        if column.required or any(cells.get(column.name) for cells in filled)
    ]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        sheet = csv.writer(file)
        sheet.writerow(column.name if language == "en" else column.chinese[0] for column in shown)
        sheet.writerows([_as_text(cells.get(column.name, "")) for column in shown] for cells in filled)


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case datetime():
            return value.isoformat(sep=" ")
        case date():
            return value.isoformat()
        case Enum():
            return str(value.value)
        case tuple() | frozenset():
            return _list(sorted(value) if isinstance(value, frozenset) else value)
    return str(value)


def _list(items: Iterable[Any]) -> str:
    texts = tuple(map(str, items))
    plain = "；".join(texts)
    try:
        again = read_list(plain)
    except UnreadableError:
        again = ()
    return plain if again == texts else json.dumps(texts, ensure_ascii=False)


def _as_text(cell: str) -> str:
    """Text that somebody typed is no formula of whoever opens the table."""
    return f"'{cell}" if cell[:1] in FORMULA and cell else cell


def _refuse_unlike(given: Facts, again: Facts) -> None:
    """Whatever a table could not hold."""
    faults: list[Fault] = []
    remedy = "correct it in the ledger, or hand on a backup instead"
    pairs = (("grid", given.grid.units, again.grid.units), ("issues", given.issues, again.issues))
    for file, ours, theirs in (*pairs, ("slips", given.slips, again.slips)):
        for one, other in zip(ours, theirs, strict=True):
            if one != other:
                problem = f"a table cannot hold all of this as it is: {_difference(one, other)}"
                id = str(getattr(one, "id", getattr(one, "code", one)))
                faults.append(Fault(problem, remedy, f"{file}.csv", value=id))
    if faults:
        raise InputError(faults)


def _difference(one: Any, other: Any) -> str:
    """The first field that differs, and how it would be read again."""
    pairs = ((a.name, getattr(one, a.name), getattr(other, a.name)) for a in attrs.fields(type(one)))
    name, ours, theirs = next(pair for pair in pairs if pair[1] != pair[2])
    if name == "events":
        return next(_difference(x, y) for x, y in zip(ours, theirs, strict=True) if x != y)
    return f"{name} {ours!r} would be {theirs!r}"
