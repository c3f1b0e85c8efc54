"""What happens to an issue: one command for each kind of event, all made from one table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from attrs import field, frozen

from envgov.cli.ledger.clerk import Clerk, pass_clerk
from envgov.cli.ledger.dates import Deadlines, read_deadlines
from envgov.cli.ledger.desk import Desk, open_desk
from envgov.cli.ledger.options import a_day, a_moment, happening, many, understood, when_happened, writing
from envgov.cli.ledger.receipt import enter
from envgov.facts.issue import Event, EventKind as K, Whistle
from envgov.ledger import Command
from envgov.results.table import Language


@frozen
class EventCommand:
    """A command that enters events of one kind: what it is called, what it says of itself, what it takes besides.

    `named`: it must be said who did it. Work, and who accepts it, are never the clerk's because nobody else was named.
    """

    name: str
    what: K
    help: str
    takes: tuple[str, ...] = ()
    named: bool = field(default=False, kw_only=True)


def _text(name: str, metavar: str, help: str) -> Callable[[Any], Any]:
    return click.option(name, metavar=metavar, default="", help=help)


_OPTIONS: Mapping[str, tuple[Callable[[Any], Any], ...]] = {
    "to": (many("--to", "WHOM", "To whom it goes: a unit or a department", required=True),),
    "due": (click.option("--due", type=a_day, metavar="DAY", help="Until when, the day itself included."),),
    "scheme": (
        click.option(
            "--scheme",
            metavar="SCHEME",
            help="Count the date by the deadlines of a scheme: LOCALITY:SCHEME, a LOCALITY that has one, or a file.",
        ),
        click.option(
            "--days",
            type=click.Path(exists=True, dir_okay=False, path_type=Path),
            help="Local working days and days off (CSV) over those of China.",
        ),
    ),
    "approved": (_text("--approved-by", "WHO", "Who approved it."),),
    "asked": (click.option("--asked", type=a_day, metavar="DAY", help="When it was asked for, if on another day."),),
    "role": (_text("--role", "ROLE", "In which role they accept, where several accept in turn."),),
    "stage": (_text("--stage", "STAGE", "The stage that was completed; without it, their part of a whistle."),),
    "slip": (click.option("--slip", metavar="SLIP", required=True, help="Which slip, such as 白单."),),
    "into": (click.option("--into", metavar="ISSUE", required=True, help="The issue that goes on."),),
    "whistle": (
        click.option("--report-at", type=a_moment, metavar="MOMENT", required=True, help="When they are to report."),
        click.option("--meet", metavar="PLACE", required=True, help="Where they are to report."),
        click.option("--people", metavar="WHO", required=True, help="How many people, or which."),
        click.option("--leader", metavar="WHO", required=True, help="Who leads them."),
        click.option("--task", metavar="TEXT", required=True, help="What they are to do."),
    ),
}
_HANDED, _APPROVED = ("to", "due", "scheme"), ("approved", "asked")
EVENTS = (
    EventCommand("dispatch", K.DISPATCHED, "Hand it over, with its date (交办).", _HANDED),
    EventCommand("whistle", K.WHISTLED, "Call departments together (吹哨).", ("to", "whistle")),
    EventCommand("attend", K.ATTENDED, "A department that was called has reported (报到).", named=True),
    EventCommand("claim", K.CLAIMED, "Whom it was given to takes it on (认领).", named=True),
    EventCommand("complete", K.COMPLETED, "A department's part, or a stage, is done (完成).", ("stage",), named=True),
    EventCommand("decline", K.DECLINED, "Whom it was given to hands it back, with a reason (退单).", named=True),
    EventCommand("reassign", K.REASSIGNED, "Hand it to somebody else (改派).", _HANDED),
    EventCommand("refer", K.REFERRED_UP, "Refer it to a higher level (上报、提级).", _HANDED),
    EventCommand("extend", K.EXTENDED, "Give it a later date, with approval (延期).", ("due", *_APPROVED), named=True),
    EventCommand("suspend", K.SUSPENDED, "Let its clock stand still, with approval (挂账).", _APPROVED),
    EventCommand("resume", K.RESUMED, "Let its clock run again (恢复).", ("due", *_APPROVED)),
    EventCommand("rectify", K.RECTIFIED, "It was put right, says who did it (整改).", named=True),
    EventCommand("fix", K.FIXED_ON_THE_SPOT, "It was put right on the spot, given to nobody (立行立改).", named=True),
    EventCommand("pass", K.PASSED, "One of several who accept in turn has passed it (初验).", ("role",), named=True),
    EventCommand("accept", K.ACCEPTED, "The last to accept closes it (验收销号).", ("role",), named=True),
    EventCommand("reject", K.REJECTED, "It was not put right: back to work (返工).", ("role", "due"), named=True),
    EventCommand("recheck", K.RECHECKED, "It was looked at again after it was closed (回头看).", named=True),
    EventCommand("reopen", K.RELAPSED, "It is there again after it was closed (反弹)."),
    EventCommand("merge", K.MERGED, "It is the same problem as another, and ends in it (合并).", ("into",)),
    EventCommand("withdraw", K.WITHDRAWN, "It is none, or was entered by mistake (撤销)."),
    EventCommand("supervise", K.LISTED, "It is listed for supervision (挂牌督办)."),
    EventCommand("slip", K.SLIPPED, "A supervision slip was issued on it (发督办单).", ("slip",)),
    EventCommand("reward", K.REWARDED, "Who told of it was rewarded (兑现举报奖励)."),
)


def event_command(row: EventCommand) -> click.Command:
    """The command of a row of the table."""

    @happening(named=row.named)
    @writing
    @pass_clerk
    def callback(
        clerk: Clerk,
        /,
        issues: tuple[str, ...],
        key: str,
        at: datetime,
        expected: int | None,
        language: Language,
        as_json: bool,
        **given: Any,
    ) -> None:
        if expected is not None and len(issues) > 1:
            raise click.UsageError("--expected is the version of one issue: give one ISSUE")
        by, deadlines = clerk.by, read_deadlines(given.pop("scheme", None), given.pop("days", None), given.get("due"))
        with open_desk(clerk) as desk:
            happened = _event(row.what, by, at, given, desk)
            desk.note_strangers(happened.to, language)
            events = {id: _dated(happened, id, deadlines, desk) for id in issues}
            with understood():
                commands = [
                    Command(f"issue:{id}", event, by, at, key if len(events) == 1 else f"{key} {id}", expected)
                    for id, event in events.items()
                ]
            enter(desk, commands, language, as_json=as_json)

    taken = [option for name in row.takes for option in _OPTIONS[name]]
    for option in (*reversed(taken), click.argument("issues", metavar="ISSUE...", nargs=-1, required=True)):
        callback = option(callback)
    return click.command(row.name, help=row.help)(callback)


def _dated(event: Event, id: str, deadlines: Deadlines | None, desk: Desk) -> Event:
    """With the date that is counted; an issue that is not there is for the ledger to refuse."""
    issue = desk.issue(id)
    return event if deadlines is None or issue is None else deadlines.stamped(event, issue)


def _event(what: K, by: str, at: datetime, given: dict[str, Any], desk: Desk) -> Event:
    """The event that the options tell of.

    Raises:
        UsageError: they do not fit together.
    """
    day, moment = when_happened(given["day"], at)
    with understood():
        return Event(
            what,
            day,
            by=desk.code(given["who"] or by, day),
            to=desk.codes(given.get("to", ()), day),
            due=given.get("due"),
            at=moment,
            note=given.get("into") or given["note"],
            evidence=given["evidence"],
            slip=given.get("slip", ""),
            whistle=_whistle(given) if "task" in given else None,
            stage=given.get("stage", ""),
            asked=given.get("asked"),
            approved_by=desk.code(given.get("approved_by", ""), day),
            role=given.get("role", ""),
        )


def _whistle(given: dict[str, Any]) -> Whistle:
    return Whistle(given["report_at"], given["meet"], given["people"], given["leader"], given["task"])
