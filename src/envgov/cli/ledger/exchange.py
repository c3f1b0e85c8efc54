"""What comes into a ledger from elsewhere, and what goes out of it as tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

import click
from attrs import evolve

from envgov.cli.commands import registry
from envgov.cli.ledger.clerk import Clerk, pass_clerk
from envgov.cli.ledger.clock import now
from envgov.cli.ledger.desk import Desk, open_desk
from envgov.cli.ledger.options import a_day, at_option
from envgov.cli.ledger.workbooks import Terms, enter_workbook, export_workbook, is_workbook, remedy_of
from envgov.cli.output import json_option, language_option, print_json, status
from envgov.errors import Fault, InputError
from envgov.exchange.geojson import datum_of, read_points
from envgov.exchange.open311 import read_service_requests
from envgov.facts.issue import EventKind, Issue
from envgov.facts.position import DATUMS, Datum
from envgov.ledger import Intake
from envgov.readers import Requests, read_layout, read_requests
from envgov.results.table import Language
from envgov.season_csv import read_numbered
from envgov.season_csv.written import write_ledger
from envgov.wording.tables import TABLES

_OF_A_LIST: tuple[set[str], set[str]] = {"layout"}, set()
_OPTIONS: Mapping[str, tuple[set[str], set[str]]] = {
    "folder": (set(), set()),
    ".geojson": (set(), {"datum"}),
    ".json": ({"elsewhere"}, {"place"}),
    ".xml": ({"elsewhere"}, {"place"}),
    "workbook": (set(), {"problems"}),
}
"""Which options a source needs, and which it may have besides."""


class _Read(NamedTuple):
    """What a list brings: its issues, in which row each stands, and what is wrong with the list itself."""

    issues: tuple[Issue, ...]
    file: str
    row_of: Mapping[str, int]
    faults: tuple[Fault, ...] = ()


@click.command(
    "import",
    short_help="Enter issues from tables of elsewhere (导入).",
    epilog="Example: envgov ledger import requests.csv --layout layout.toml --unnamed 镇整治办",
)
@click.argument("source", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--layout",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Of a file: which column holds what, and what its words mean (TOML).",
)
@click.option(
    "--datum",
    type=click.Choice(DATUMS),
    help="Of a map that does not say it: in which datum its coordinates are.",
)
@click.option(
    "--elsewhere", metavar="UNIT", help="Of service requests: where one lies that names no unit, such as the township."
)
@click.option(
    "--place", metavar="FIELD", help="Of service requests: the field that names the unit; the standard has none."
)
@click.option(
    "--unnamed",
    metavar="WHO",
    default="",
    help="Who did what the rows say of nobody. Work and claims are by whoever owed them.",
)
@click.option(
    "--problems",
    "list_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Of a workbook: write its problems (问题清单) into a new workbook, with links to the cells.",
)
@click.option("--sound", is_flag=True, help="Enter the sound rows, and list the others; without it, all or nothing.")
@at_option
@language_option
@json_option
@pass_clerk
def import_(
    clerk: Clerk,
    /,
    source: Path,
    layout: Path | None,
    datum: Datum | None,
    elsewhere: str | None,
    place: str | None,
    unnamed: str,
    list_file: Path | None,
    sound: bool,
    at: datetime,
    language: Language,
    as_json: bool,
) -> None:
    """Enter issues from SOURCE: a season's folder, a workbook (.xlsx), the list of another system with its --layout, the
    points of a map (.geojson), or service requests of Open311 (.json, .xml).

    Every fault is told, row by row. What the ledger has already is not entered again, and what the list says otherwise
    than the ledger is a fault.
    """
    given = {"layout": layout, "datum": datum, "elsewhere": elsewhere, "place": place, "problems": list_file}
    sort = _sort_of(source)
    _refuse_options(sort, {name for name, value in given.items() if value is not None})
    by = clerk.by
    with open_desk(clerk) as desk:
        if sort == "workbook":
            enter_workbook(desk, source, Terms(by, at, unnamed, sound), list_file, language, as_json=as_json)
            return
        with status(f"{source} ..."):
            read = _read(desk, source, layout, datum, elsewhere, place, at.date(), language)
            desk.refuse_other_datum(datum_of(read.issues), read.file)
            if read.faults and not sound:
                raise InputError(read.faults)
            taken = desk.ledger.take_in(read.issues, by=by, at=at, unnamed=unnamed, sound=sound)
        faults = [*read.faults, *_refusals(taken, read)]
        if taken.refused and not sound:
            raise InputError(faults)
        _report(taken, faults, language, as_json=as_json)


def _sort_of(source: Path) -> str:
    if source.is_dir():
        return "folder"
    return "workbook" if is_workbook(source) else source.suffix.lower()


def _refuse_options(sort: str, given: set[str]) -> None:
    """Each sort of source takes its own."""
    needed, besides = _OPTIONS.get(sort, _OF_A_LIST)
    if "layout" in given:
        needed, besides = ({"none"}, set()) if sort in ("folder", "workbook") else _OF_A_LIST
    if not needed <= given <= needed | besides:
        raise click.UsageError(
            "SOURCE is a season's folder, a workbook (.xlsx, --problems), a list with its --layout, a map (.geojson, "
            "--datum), or service requests (.json or .xml, with --elsewhere, --place)"
        )


def _read(
    desk: Desk,
    source: Path,
    layout: Path | None,
    datum: Datum | None,
    elsewhere: str | None,
    place: str | None,
    day: date,
    language: Language,
) -> _Read:
    if source.is_dir():
        return _season(source)
    if layout is not None:
        return _list(read_requests(source, read_layout(layout), desk.grid), source, language)
    if elsewhere is not None:
        code = desk.place(elsewhere, day)
        return _list(read_service_requests(source, desk.grid, elsewhere=code, place=place or ""), source, language)
    return _map(desk, source, datum)


def _season(folder: Path) -> _Read:
    facts, row_of = read_numbered(folder, kinds=registry().kinds)
    if facts.slips:
        told = (
            f"note: the {len(facts.slips)} slips to units in slips.csv are not entered: papers are signed in the ledger"
        )
        click.echo(told, err=True)
    return _Read(facts.issues, "issues.csv", row_of)


def _map(desk: Desk, file: Path, datum: Datum | None) -> _Read:
    numbered = read_points(file, desk.grid, datum)
    return _Read(tuple(numbered.values()), file.name, {issue.id: number for number, issue in numbered.items()})


def _list(read: Requests, file: Path, language: Language) -> _Read:
    unsaid = TABLES[language]["merged unsaid"]
    return _Read(tuple(_ended(issue, unsaid) for issue in read.sound), file.name, read.row_of, read.faults)


def _ended(issue: Issue, unsaid: str) -> Issue:
    """A duplicate of which nobody says which it is of is withdrawn: a merger names the issue that goes on."""
    events = (
        evolve(event, what=EventKind.WITHDRAWN, note=unsaid)
        if event.what is EventKind.MERGED and not event.note
        else event
        for event in issue.events
    )
    return evolve(issue, events=tuple(events))


def _refusals(taken: Intake, read: _Read) -> Iterable[Fault]:
    for command, refused in taken.refused:
        yield Fault(refused.told, remedy_of(refused), read.file, read.row_of.get(command.id))


def _report(taken: Intake, faults: list[Fault], language: Language, *, as_json: bool) -> None:
    begun = len({entry.subject for entry in taken.entries if entry.version == 1})
    if as_json:
        print_json(
            {
                "issues": begun,
                "entries": len(taken.entries),
                "known": len(taken.known),
                "faults": [_fault_data(fault) for fault in faults],
            }
        )
        return
    say = TABLES[language]
    if faults:
        click.echo(str(InputError(faults)), err=True)
    told = say["imported"].format(issues=begun, entries=len(taken.entries), known=len(taken.known))
    click.echo(told + (say["left out"].format(len({(f.file, f.row) for f in faults})) if faults else ""))


def _fault_data(fault: Fault) -> dict[str, object]:
    return {
        "file": fault.file,
        "row": fault.row,
        "column": fault.column,
        "value": fault.value,
        "problem": fault.problem,
        "remedy": fault.remedy,
    }


@click.command(
    short_help="Write the ledger as tables or a workbook (导出).",
    epilog="Example: envgov ledger export 台账.xlsx --photos photos",
)
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--on", type=a_day, metavar="DAY", help="Of a workbook: at the end of DAY; without it, of today.")
@click.option(
    "--photos",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Of a workbook: the folder of the photographs that the ledger names.",
)
@language_option
@json_option
@pass_clerk
def export(
    clerk: Clerk, /, target: Path, on: date | None, photos: Path | None, language: Language, as_json: bool
) -> None:
    """Write the ledger into TARGET: a workbook (.xlsx) that is new, or a folder that is new or empty.

    A workbook has a row for each issue as it stood at the end of --on. A folder has the tables of a season: units, issues
    with all that happened to them, and slips to units. Who told of an issue stays in the ledger. `import` reads both, and
    every command with --season the folder.
    """
    if (on or photos) and not is_workbook(target):
        raise click.UsageError("TARGET is a workbook (.xlsx) where --on or --photos is given, and not a folder")
    with open_desk(clerk) as desk:
        if is_workbook(target):
            export_workbook(desk, target, on or a_day(now()[:10]), photos, language, as_json=as_json)
            return
        folder = target
        with status(f"{folder} ..."):
            facts = desk.ledger.facts(desk.grid)
            write_ledger(facts, folder, language)
        counted = {
            "issues": len(facts.issues),
            "events": sum(len(issue.events) for issue in facts.issues),
            "slips": len(facts.slips),
        }
        if as_json:
            print_json({"folder": str(folder), **counted})
        else:
            click.echo(TABLES[language]["exported"].format(folder=folder, **counted))
