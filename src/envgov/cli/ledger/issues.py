"""Enter an issue, and look at issues."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import click

from envgov.cli.ledger.clerk import Clerk, pass_clerk
from envgov.cli.ledger.desk import Desk, open_desk
from envgov.cli.ledger.options import (
    a_day_or_moment,
    a_moment,
    evidence_option,
    many,
    note_option,
    on_option,
    understood,
    who_option,
    writing,
)
from envgov.cli.ledger.receipt import MERGERS, enter, entry_data, issue_data, stages_text, whom
from envgov.cli.output import json_option, language_option, print_json, print_table, print_text
from envgov.facts.issue import Event, EventKind, Issue, State
from envgov.facts.position import DATUMS, Datum, Position
from envgov.ledger import Command, Entry
from envgov.results.table import Language
from envgov.wording.grounds import moment_text
from envgov.wording.ledger import SAY, event_word, state_word


@click.command(epilog="Example: envgov ledger add W1 --place 甲村 --category 垃圾堆放 --who 督导组 --day 2024-05-01")
@click.argument("id", metavar="ISSUE")
@click.option("--place", metavar="UNIT", required=True, help="Where it lies: a unit's code, or its unique name.")
@click.option("--category", metavar="CATEGORY", default="", help="What kind of problem it is, as the scheme has it.")
@click.option("--description", metavar="TEXT", default="", help="What is wrong.")
@click.option("--source", metavar="SOURCE", default="", help="How it came to be known, such as 12345热线.")
@click.option(
    "--position",
    type=(str, str, click.Choice(DATUMS)),
    metavar="LON LAT DATUM",
    help="The point, in degrees east and north, and in which datum: 112.00 27.73 GCJ-02.",
)
@many("--responsible", "WHO", "Who must fix it, if it is known already")
@many("--supporting", "WHO", "Who helps (配合单位)")
@click.option("--reporter", metavar="WHO", default="", help="Who told of it (举报人): kept apart, and shown nowhere.")
@click.option(
    "--day", type=a_day_or_moment, metavar="DAY", help="When it was found; without it, on the day it is entered."
)
@who_option
@note_option
@evidence_option
@writing
@pass_clerk
def add(
    clerk: Clerk,
    /,
    id: str,
    place: str,
    position: tuple[str, str, Datum] | None,
    responsible: tuple[str, ...],
    supporting: tuple[str, ...],
    reporter: str,
    day: date | None,
    who: str | None,
    note: str,
    evidence: tuple[str, ...],
    at: datetime,
    key: str,
    language: Language,
    as_json: bool,
    **told: str,
) -> None:
    """Enter an ISSUE that was found (入账), under an id of its own."""
    by = clerk.by
    found = day or at.date()
    moment = found if isinstance(found, datetime) else None
    on = moment.date() if moment else found
    with open_desk(clerk) as desk:
        with understood():
            event = Event(EventKind.FOUND, on, by=desk.code(who or by, on), at=moment, note=note, evidence=evidence)
            issue = Issue(
                id,
                desk.place(place, on),
                (event,),
                responsible=desk.codes(responsible, on),
                supporting=desk.codes(supporting, on),
                position=None if position is None else Position(*position),
                **told,
            )
            command = Command(f"issue:{id}", issue, by, at, key, reporter=reporter)
        desk.refuse_other_datum(None if issue.position is None else issue.position.datum)
        desk.note_strangers((*issue.responsible, *issue.supporting), language)
        enter(desk, [command], language, as_json=as_json)


@click.command(
    short_help="Show an ISSUE with its history, or list the open ones.", epilog="Example: envgov ledger show W1"
)
@click.argument("ids", metavar="[ISSUE]...", nargs=-1)
@on_option
@click.option("--as-of", type=a_moment, metavar="MOMENT", help="As the ledger knew it at that moment.")
@click.option("--all", "every", is_flag=True, help="Without ISSUE: the closed and ended ones too.")
@language_option
@json_option
@pass_clerk
def show(
    clerk: Clerk,
    /,
    ids: tuple[str, ...],
    on: date,
    as_of: datetime | None,
    every: bool,
    language: Language,
    as_json: bool,
) -> None:
    """Show each ISSUE with all that happened; without one, list those that are not closed."""
    with open_desk(clerk) as desk:
        if not ids:
            known = (then for issue in desk.ledger.issues(as_of) if (then := issue.as_of(on)) is not None)
            over = (State.CLOSED, State.ENDED)
            print_issues(desk, [i for i in known if every or i.state not in over], on, language, as_json=as_json)
            return
        shown = [_found(desk, id, on, as_of) for id in ids]
        if as_json:
            print_json({"issues": [_data(issue, entries, on) for issue, entries in shown]})
            return
        for i, (issue, entries) in enumerate(shown):
            if i:
                click.echo()
            _print(desk, issue, entries, on, language)


def print_issues(desk: Desk, issues: list[Issue], on: date, language: Language, *, as_json: bool) -> None:
    """A list of issues as they stand at the end of a day."""
    if as_json:
        print_json({"on": on.isoformat(), "issues": [issue_data(issue) for issue in issues]})
        return
    say = SAY[language]
    if not issues:
        click.echo(say["none"])
        return
    heads = ("issue", "place", "category", "owed by", "until", "state", "late")
    print_table([say[head] for head in heads], [_row(desk, issue, on, language) for issue in issues], whole=(4,))


def _row(desk: Desk, issue: Issue, on: date, language: Language) -> tuple[str, ...]:
    late = (on - issue.due).days if issue.due and issue.is_overdue(on) else ""
    return (
        issue.id,
        desk.name(issue.place),
        issue.category,
        desk.names(issue.owed_by),
        str(issue.due or ""),
        state_word(issue.state, language),
        str(late),
    )


def _found(desk: Desk, id: str, on: date, as_of: datetime | None) -> tuple[Issue, tuple[Entry, ...]]:
    issue = desk.known_issue(id, as_of).as_of(on)
    if issue is None:
        raise click.UsageError(f"issue {id} was found after {on}")
    return issue, desk.ledger.entries(f"issue:{id}", as_of)[: len(issue.events)]


def _data(issue: Issue, entries: tuple[Entry, ...], on: date) -> dict[str, Any]:
    return {
        "on": on.isoformat(),
        "version": len(entries),
        "elapsed": issue.elapsed(on),
        "worked": issue.worked(on),
        **issue_data(issue),
        "entries": [entry_data(entry) for entry in entries],
    }


def _print(desk: Desk, issue: Issue, entries: tuple[Entry, ...], on: date, language: Language) -> None:
    """The issue as it stands, and below it what happened, oldest first."""
    say = SAY[language]
    print_text(f"{issue.id}  {desk.name(issue.place)}  {issue.category}  {issue.description}".rstrip())
    stands = [
        state_word(issue.state, language),
        desk.names(issue.owed_by),
        say["supporting"].format(desk.names(issue.supporting)) if issue.supporting else "",
        say["due"].format(issue.due).removeprefix(say["comma"]) if issue.due else "",
        say["source"].format(issue.source) if issue.source else "",
        say["position"].format(issue.position) if issue.position else "",
        say["days"].format(elapsed=issue.elapsed(on), worked=issue.worked(on)),
        say["again and again"].format(
            rejected=issue.count(EventKind.REJECTED), relapsed=issue.count(EventKind.RELAPSED)
        ),
        say["at version"].format(len(entries)),
    ]
    print_text(say["joint"].join(part for part in stands if part))
    if issue.stages:
        print_text(say["stages"].format(stages_text(issue.stages, language)).strip())
    heads = ("entry", "day", "what", "by", "whom", "until", "note", "clerk")
    rows = [
        (
            str(entry.seq),
            moment_text(event.at) if event.at else str(event.day),
            event_word(event.what, language),
            desk.name(event.by),
            desk.names(whom(event)),
            str(event.due or ""),
            _told(desk, event, language),
            entry.by,
        )
        for event, entry in zip(issue.events, entries, strict=True)
    ]
    print_table([say[head] for head in heads], rows, whole=(1, 5))


def _told(desk: Desk, event: Event, language: Language) -> str:
    """What an event says besides: reason, approval, role, stage, slip, whistle, evidence."""
    say, whistle = SAY[language], event.whistle
    parts = (
        "" if event.what in MERGERS else event.note,
        say["role"].format(event.role) if event.role else "",
        say["stage"].format(event.stage) if event.stage else "",
        event.slip,
        say["whistle"].format(
            report_at=moment_text(whistle.report_at),
            place=whistle.place,
            people=whistle.people,
            leader=whistle.leader,
            task=whistle.task,
        )
        if whistle
        else "",
        say["asked"].format(event.asked) if event.asked else "",
        say["approved"].format(desk.name(event.approved_by)) if event.approved_by else "",
        event.calendar,
        say["evidence"].format("、".join(event.evidence)) if event.evidence else "",
    )
    return say["joint"].join(part for part in parts if part)
