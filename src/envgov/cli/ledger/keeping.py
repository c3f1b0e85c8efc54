"""Keep the ledger itself: close a round, verify, back up, restore, look who was refused, erase a reporter."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path

import click

from envgov.cli.commands import registry
from envgov.cli.ledger.clerk import Clerk, pass_clerk
from envgov.cli.ledger.desk import open_desk
from envgov.cli.ledger.issues import print_issues
from envgov.cli.ledger.options import a_day, writing
from envgov.cli.ledger.receipt import print_entry
from envgov.cli.output import json_option, language_option, print_json, print_table
from envgov.cli.schemes import editions_of
from envgov.facts.round import Round
from envgov.ledger import Head, Ledger, StaleError
from envgov.policy.calendar.cadences import month
from envgov.results.table import Language
from envgov.wording.ledger import SAY, happened_word
from envgov.wording.rules import rule_word

_MONTH = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})月?")


@click.command(
    short_help="Close the ledger of a month or a round (月末台账).", epilog="Example: envgov ledger snapshot 2024-05"
)
@click.argument("when", metavar="MONTH|DAY")
@click.option("--scheme", metavar="SCHEME", help="Whose rounds they are; without it, months.")
@click.option("--show", "shown", is_flag=True, help="Show the issues as they stood, and close nothing.")
@writing
@pass_clerk
def snapshot(
    clerk: Clerk,
    /,
    when: str,
    scheme: str | None,
    shown: bool,
    at: datetime,
    key: str,
    language: Language,
    as_json: bool,
) -> None:
    """Close the ledger of a round (月末台账): of a MONTH such as 2024-05, or of the round that holds a DAY."""
    found = _MONTH.fullmatch(when)
    round = _round_of(a_day(f"{found[1]}-{found[2]}-01" if found else when), scheme)
    if shown:
        with open_desk(clerk) as desk:
            try:
                taken = desk.ledger.snapshot(round)
            except LookupError as error:
                raise click.UsageError(str(error)) from None
            print_issues(desk, list(taken.issues), round.last_day, language, as_json=as_json)
        return
    by = clerk.by
    if at.date() < round.last_day:
        raise click.UsageError(f"{round.label} goes on to {round.last_day}: close it then, or name an earlier round")
    with open_desk(clerk) as desk:
        try:
            entry = desk.ledger.take_snapshot(round, by=by, at=at, key=key)
        except StaleError:
            raise click.ClickException(f"the ledger of {round.label} was closed before; --show shows it") from None
        print_entry(entry, SAY[language]["snapshot"].format(round.label), language, as_json=as_json)


def _round_of(day: date, scheme: str | None) -> Round:
    if scheme is None:
        return month().round_of(day)
    editions = editions_of(registry(), scheme)
    edition = max((e for e in editions if e.since <= day), key=lambda e: e.since, default=editions[0])
    return edition.cadence.round_of(day)


@click.command(
    short_help="See whether every entry is what was entered (校验).",
    epilog="Example: envgov ledger verify --head 120-9f86d081884c",
)
@click.option("--head", "printed", metavar="HEAD", help="The head that a bulletin printed: its ledger is part of this.")
@language_option
@json_option
@pass_clerk
def verify(clerk: Clerk, /, printed: str | None, language: Language, as_json: bool) -> None:
    """See whether every entry is what was entered. Prints the head, for a bulletin. Exit code 1: something is wrong."""
    try:
        head = None if printed is None else Head.read(printed)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--head") from None
    with open_desk(clerk) as desk:
        found = desk.ledger.verify(head)
        differing = desk.ledger.differing() if found else ()
    if as_json:
        data = {"sound": found.sound, "head": found.head and str(found.head), "problem": found.problem}
        print_json({**data, "differing": list(differing)})
    else:
        say = SAY[language]
        sound = say["empty"] if found.head is None else say["sound"].format(seq=found.head.seq, head=found.head)
        click.echo(sound if found else str(found))
        if differing:
            click.echo(say["differing"].format("、".join(differing)))
    if not found or differing:
        click.get_current_context().exit(1)


@click.command(short_help="Make the table of issues anew, if verify says it differs.")
@pass_clerk
def rebuild(clerk: Clerk, /) -> None:
    """Make the table that due, overdue and rates read anew from the entries, after `verify` said that it differs."""
    with open_desk(clerk) as desk:
        desk.ledger.rebuild()


@click.command(
    short_help="Copy the ledger to a new FILE, while others go on (备份).",
    epilog="Example: envgov ledger backup 台账备份-20240531.db",
)
@click.argument("file", type=click.Path(path_type=Path))
@pass_clerk
def backup(clerk: Clerk, /, file: Path) -> None:
    """Copy the whole ledger to a new FILE, while others go on. It has the reporters' identities: keep it safe."""
    with open_desk(clerk) as desk:
        desk.ledger.backup(file)
        click.echo(f"{file}  {desk.ledger.head or ''}".rstrip())


@click.command(
    short_help="Make a new ledger of the backup in FILE (恢复备份).",
    epilog="Example: envgov ledger --ledger new.db restore 台账备份-20240531.db",
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@pass_clerk
def restore(clerk: Clerk, /, file: Path) -> None:
    """Make a ledger, where there is none, of the backup in FILE, which is verified first."""
    place = clerk.where
    with Ledger.restore(file, place) as restored:
        click.echo(f"{place}  {restored.head or ''}".rstrip())


@click.command(short_help="List what was refused, to whom, by which rule.")
@language_option
@json_option
@pass_clerk
def refusals(clerk: Clerk, /, language: Language, as_json: bool) -> None:
    """List what was refused: when, to whom, and by which rule, oldest first (the access log)."""
    with open_desk(clerk) as desk:
        refused = desk.ledger.refusals()
    if as_json:
        print_json(
            {
                "refusals": [
                    {
                        "at": r.at.isoformat(),
                        "by": r.by,
                        "subject": r.subject,
                        "what": r.what,
                        "rule": r.rule,
                        "told": r.told,
                    }
                    for r in refused
                ]
            }
        )
        return
    say = SAY[language]
    heads = [say[head] for head in ("at", "clerk", "subject", "what", "rule", "told")]
    rows = [
        (
            f"{r.at.astimezone():%Y-%m-%d %H:%M}",
            r.by,
            r.subject,
            happened_word(r.what, language),
            rule_word(r.rule, language),
            r.told,
        )
        for r in refused
    ]
    print_table(heads, rows)


@click.command()
@click.argument("issue", metavar="ISSUE")
@language_option
@pass_clerk
def reporter(clerk: Clerk, /, issue: str, language: Language) -> None:
    """Say who told of an ISSUE (举报人). Nothing else gives it out."""
    with open_desk(clerk) as desk:
        desk.known_issue(issue)
        click.echo(desk.ledger.reporter(issue) or SAY[language]["no reporter"])


@click.command()
@click.argument("issue", metavar="ISSUE")
@writing
@pass_clerk
def erase(clerk: Clerk, /, issue: str, at: datetime, key: str, language: Language, as_json: bool) -> None:
    """Erase who told of an ISSUE. Old backups still have it."""
    by = clerk.by
    with open_desk(clerk) as desk:
        desk.known_issue(issue)
        entry = desk.ledger.erase_reporter(issue, by=by, at=at, key=key)
        print_entry(entry, SAY[language]["erased"].format(issue), language, as_json=as_json)
