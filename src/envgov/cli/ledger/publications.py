"""The life of a publication (通报): drafted, fed back, objected to, reviewed, signed, published, corrected."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import click
from attrs import frozen

from envgov.cli.ledger.clerk import Clerk, pass_clerk
from envgov.cli.ledger.desk import Desk, open_desk
from envgov.cli.ledger.options import (
    a_day,
    day_option,
    expected_option,
    many,
    note_option,
    understood,
    when_happened,
    who_option,
    writing,
)
from envgov.cli.ledger.receipt import enter
from envgov.cli.output import json_option, language_option, print_json, print_table, untagged
from envgov.facts.publication import Publication, PublicationEvent, PublicationKind as K
from envgov.ledger import Command
from envgov.results.table import Language
from envgov.wording.ledger import SAY


@frozen
class PublicationCommand:
    """A command that enters events of one kind: what it is called, what it takes besides, what it says of itself."""

    name: str
    what: K
    help: str
    takes: tuple[str, ...] = ()


_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_OPTIONS: Mapping[str, tuple[Callable[[Any], Any], ...]] = {
    "begin": (
        click.option(
            "--scheme", metavar="ID", default="", help="Of the first draft: the scheme by which it was assessed."
        ),
        click.option("--round", metavar="LABEL", default="", help="Of the first draft: the round."),
    ),
    "file": (click.option("--file", type=_FILE, required=True, help="The text itself; its digest is entered."),),
    "to": (
        many("--to", "UNIT", "To which units it goes"),
        click.option("--due", type=a_day, metavar="DAY", help="Until when they may object."),
    ),
    "objection": (click.option("--objection", metavar="NAME", required=True, help="What the objection is called."),),
    "upheld": (click.option("--upheld/--dismissed", required=True, help="What the review found."),),
    "moved": (
        many("--moved", "UNIT", "A unit whose place changes"),
        many("--withdrawn", "PAPER", "A paper that is withdrawn with it"),
    ),
}
PUBLICATIONS = (
    PublicationCommand("draft", K.DRAFTED, "It is drafted, or drafted anew (拟稿).", ("begin", "file")),
    PublicationCommand("feed-back", K.FED_BACK, "The draft goes to the units (核实反馈).", ("to",)),
    PublicationCommand("object", K.OBJECTED, "A unit objects (申诉).", ("objection",)),
    PublicationCommand("review", K.REVIEWED, "A person reviews an objection (复核).", ("objection", "upheld")),
    PublicationCommand("sign", K.SIGNED, "A person who did not draft it signs it (审签).", ("file",)),
    PublicationCommand("publish", K.PUBLISHED, "What was signed is published (发布).", ("file",)),
    PublicationCommand(
        "correct", K.CORRECTED, "What is wrong is corrected, with its reason (更正).", ("file", "moved")
    ),
)


class _InOrder(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's
        return list(self.commands)  # in the order of a life, and not of the alphabet


@click.group(cls=_InOrder)
def publication() -> None:
    """Bring an assessment from its draft to a bulletin (通报)."""


def _command(row: PublicationCommand) -> click.Command:
    @who_option
    @day_option
    @note_option
    @expected_option
    @writing
    @pass_clerk
    def callback(
        clerk: Clerk,
        /,
        id: str,
        at: datetime,
        key: str,
        expected: int | None,
        language: Language,
        as_json: bool,
        **given: Any,
    ) -> None:
        by = clerk.by
        with open_desk(clerk) as desk:
            with understood():
                event = _event(row.what, by, at, given, desk)
                begins = row.what is K.DRAFTED and desk.ledger.value(f"publication:{id}") is None
                value = Publication(given["scheme"], given["round"], (event,)) if begins else event
                entered = Command(f"publication:{id}", value, by, at, key, expected)
            enter(desk, [entered], language, as_json=as_json)

    taken = [option for name in row.takes for option in _OPTIONS[name]]
    for option in (*reversed(taken), click.argument("id", metavar="PUBLICATION")):
        callback = option(callback)
    return click.command(row.name, help=row.help)(callback)


for _row in PUBLICATIONS:
    publication.add_command(_command(_row))


@publication.command("show")
@click.argument("id", metavar="PUBLICATION")
@language_option
@json_option
@pass_clerk
def show(clerk: Clerk, /, id: str, language: Language, as_json: bool) -> None:
    """Show how far a PUBLICATION is, and what happened to it."""
    with open_desk(clerk) as desk:
        found = desk.ledger.value(f"publication:{id}")
        if not isinstance(found, Publication):
            raise click.UsageError(f"the ledger has no publication {id!r}")
        if as_json:
            print_json({"state": found.state.value, "publication": untagged(found)})
            return
        say = SAY[language]
        click.echo(f"{found}  {say[f'publication {found.state.value}']}")
        heads = [say[head] for head in ("day", "what", "by", "whom", "until", "note", "text")]
        print_table(
            heads,
            [
                (
                    str(event.day),
                    say[f"publication {event.what.value}"],
                    desk.name(event.by),
                    desk.names(event.to),
                    str(event.due or ""),
                    say["joint"].join(part for part in (event.objection, event.note) if part),
                    event.text[:12],
                )
                for event in found.events
            ],
        )


def _event(what: K, by: str, at: datetime, given: dict[str, Any], desk: Desk) -> PublicationEvent:
    day, moment = when_happened(given["day"], at)
    file: Path | None = given.get("file")
    return PublicationEvent(
        what,
        day,
        by=desk.code(given["who"] or by, day),
        text=sha256(file.read_bytes()).hexdigest() if file else "",
        to=desk.codes(given.get("to", ()), day),
        due=given.get("due"),
        at=moment,
        note=given["note"],
        objection=given.get("objection", ""),
        upheld=given.get("upheld", False),
        moved=desk.codes(given.get("moved", ()), day),
        withdrawn=given.get("withdrawn", ()),
    )
