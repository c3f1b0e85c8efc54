"""Papers (文书): what the ladders of a scheme propose, and each on its way from proposed to done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
from attrs import evolve, frozen

from envgov.cli.commands import registry
from envgov.cli.ledger.clerk import Clerk, pass_clerk
from envgov.cli.ledger.desk import Desk, open_desk
from envgov.cli.ledger.options import a_day, at_option, happening, many, on_option, when_happened, writing
from envgov.cli.ledger.receipt import entry_data
from envgov.cli.output import json_option, language_option, print_json, print_table, untagged
from envgov.cli.schemes import editions_of
from envgov.cli.season import looks_back, no_round
from envgov.facts.evidence import Facts
from envgov.facts.paper import Paper, PaperEvent, PaperState as S, may_follow
from envgov.ledger import Command, Entry
from envgov.ledger.papers import propose
from envgov.results.assessment import Assessment
from envgov.results.table import Language
from envgov.scheme import Scheme, in_force
from envgov.season import assess_season, rounds_through
from envgov.season_csv import read_season
from envgov.wording.tables import TABLES


@frozen
class PaperCommand:
    """A command that enters events of one kind: what it is called, what it takes besides, what it says of itself."""

    name: str
    what: S
    help: str
    takes: tuple[str, ...] = ()


_OPTIONS: Mapping[str, tuple[Callable[[Any], Any], ...]] = {
    "number": (
        click.option(
            "--series",
            metavar="SERIES",
            help="The series whose next number it takes; without it, 督办〔YEAR〕 of the day.",
        ),
        click.option("--decided-by", metavar="BODY", default="", help="Of a personnel measure: which body decided it."),
    ),
    "to": (
        many("--to", "WHOM", "To whom it goes"),
        click.option("--due", type=a_day, metavar="DAY", help="Until when they are to answer."),
    ),
}
PAPERS = (
    PaperCommand("sign", S.SIGNED, "A person signs it, and it takes its number (签发).", ("number",)),
    PaperCommand("notify", S.NOTIFIED, "It goes to those whom it addresses (送达).", ("to",)),
    PaperCommand("answer", S.ANSWERED, "They have answered it (答复)."),
    PaperCommand("done", S.DONE, "What it asks for is done, with its record (办结)."),
    PaperCommand("waive", S.WAIVED, "A person decides that nothing follows, with the reason (免予)."),
    PaperCommand("void", S.VOIDED, "It should not have been signed; its number stays its own (作废)."),
)


def paper_command(row: PaperCommand) -> click.Command:
    """The command of one row."""
    text = (
        f"{row.help}\n\nPAPER is its id or number, as `slips` lists them, or the issue or unit that it is about, if only "
        "one paper is meant."
    )

    @click.command(row.name, help=text, short_help=row.help)
    @click.argument("named", metavar="PAPER...", nargs=-1, required=True)
    @happening(named=False)
    @writing
    @pass_clerk
    def command(
        clerk: Clerk,
        /,
        named: tuple[str, ...],
        at: datetime,
        key: str,
        expected: int | None,
        language: Language,
        as_json: bool,
        **given: Any,
    ) -> None:
        if expected is not None and len(named) > 1:
            raise click.UsageError("--expected is the version of one paper: give one PAPER")
        by = clerk.by
        with open_desk(clerk) as desk:
            day, moment = when_happened(given["day"], at)
            event = PaperEvent(
                row.what,
                day,
                by=desk.code(given["who"] or by, day),
                to=desk.codes(given.get("to", ()), day),
                due=given.get("due"),
                at=moment,
                note=given["note"],
                evidence=given["evidence"],
                decided_by=given.get("decided_by", ""),
            )
            series = (given.get("series") or f"督办〔{day.year}〕") if row.what is S.SIGNED else ""
            papers = desk.ledger.papers()
            found = dict.fromkeys(_find(one, row.what, papers, desk, day) for one in named)
            commands = [
                Command(f"paper:{id}", event, by, at, key if len(found) == 1 else f"{key} {id}", expected, series)
                for id in found
            ]
            _enter(desk, commands, language, as_json=as_json)

    for taken in reversed(row.takes):
        for option in reversed(_OPTIONS[taken]):
            command = option(command)
    return command


def _find(named: str, what: S, papers: Sequence[Paper], desk: Desk, day: date) -> str:
    """The id of the paper that is meant: of several about one subject, the one that may go on so.

    Raises:
        UsageError: there is none, or there are several.
    """
    about = papers_called(named, papers, desk, day)
    return the_one([paper for paper in about if may_follow(paper.state, what)] or about, named).id


def papers_called(named: str, papers: Sequence[Paper], desk: Desk, day: date) -> list[Paper]:
    """The paper of that id or number, else those that are about it."""
    subjects = (named, desk.code(named, day))
    called = [paper for paper in papers if named in (paper.id, paper.number)]
    return called or [paper for paper in papers if paper.subject in subjects]


def the_one(meant: Sequence[Paper], named: str) -> Paper:
    """The only one of them.

    Raises:
        UsageError: there is none, or there are several.
    """
    if not meant:
        raise click.UsageError(f"no paper is called {named}, or is about it; `envgov ledger slips --all` lists them")
    if len(meant) > 1:
        raise click.UsageError(f"several papers are about {named}: give one of {', '.join(p.id for p in meant)}")
    return meant[0]


def _enter(desk: Desk, commands: Sequence[Command], language: Language, *, as_json: bool) -> None:
    """Enter all of these or nothing; and print what each paper is now, and the slip that its issue has."""
    say, head = TABLES[language], desk.ledger.head
    before = head.seq if head else 0
    entries = desk.ledger.record_all(commands)
    papers = {f"paper:{paper.id}": paper for paper in desk.ledger.papers()}
    if as_json:
        shown = [entry_data(entry, before) | _data(papers[entry.subject]) for entry in entries]
        print_json({"entries": shown})
        return
    for entry in entries:
        paper = papers[entry.subject]
        event = entry.value if isinstance(entry.value, PaperEvent) else paper.events[0]
        told = say["entered"].format(
            seq=entry.seq,
            subject=_about(desk, paper),
            measure=paper.measure,
            number=say["numbered"].format(paper.number) if paper.number else "",
            state=say[event.what.value],
            day=event.day,
            by=desk.name(event.by),
        )
        due = say["due"].format(event.due) if event.due else ""
        click.echo(told + due + (say["again"] if entry.seq <= before else ""))
        for slip in _slips_of(desk, entry, paper):
            click.echo(say["also"].format(seq=slip.seq, subject=paper.subject, measure=paper.measure))


def _slips_of(desk: Desk, entry: Entry, paper: Paper) -> Iterable[Entry]:
    """The entry in the issue that goes with a signature."""
    if paper.about == "issue" and entry.number is not None:
        return (e for e in desk.ledger.entries(f"issue:{paper.subject}") if e.key == f"{entry.key}+slip")
    return ()


def _about(desk: Desk, paper: Paper) -> str:
    if paper.about == "unit":
        return desk.name(paper.subject)
    issue = desk.issue(paper.subject)
    return paper.subject if issue is None else f"{paper.subject}（{desk.name(issue.place)}）"


def _data(paper: Paper) -> dict[str, Any]:
    return {
        "state": paper.state.value,
        "number": paper.number,
        "due": None if paper.due is None else paper.due.isoformat(),
        "paper": untagged(paper),
    }


@click.command(
    short_help="List the papers; with --scheme, propose new ones (督办单).",
    epilog="Example: envgov ledger slips --scheme liuhu:liuhu-slips --on 2024-05-12",
)
@click.option(
    "--scheme",
    metavar="SCHEME",
    help="Propose what the ladders of a scheme call for: LOCALITY:SCHEME, a LOCALITY that has one, or a file.",
)
@click.option(
    "--season",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A season whose inspections and other facts the scheme reads beside the ledger.",
)
@click.option(
    "--round", "label", metavar="LABEL", help="The round; without it, the latest that ended by the day of --on."
)
@click.option("--all", "every", is_flag=True, help="List those that are done, waived or voided too.")
@on_option
@at_option
@language_option
@json_option
@pass_clerk
def slips(
    clerk: Clerk,
    /,
    scheme: str | None,
    folder: Path | None,
    label: str | None,
    every: bool,
    on: date,
    at: datetime,
    language: Language,
    as_json: bool,
) -> None:
    """List the papers (督办单、约谈 ...), with --scheme after what its ladders propose was entered, each once.

    Proposals bind nobody: a person signs.
    """
    if scheme is None and (folder or label):
        raise click.UsageError("--season and --round are for what a scheme proposes: name it with --scheme")
    with open_desk(clerk) as desk:
        if scheme is not None:
            by, editions = clerk.by, editions_of(registry(), scheme)
            assessment = assess_round(editions, facts_of(desk, folder), on, label)
            new = _enter_proposals(desk, editions, assessment, on, by, at)
            if not as_json:
                _tell(assessment, new, language)
        papers = [p for p in desk.ledger.papers() if every or p.state not in (S.DONE, S.WAIVED, S.VOIDED)]
        if as_json:
            print_json({"papers": [_data(paper) for paper in papers]})
        else:
            _print(desk, papers, language)


def facts_of(desk: Desk, folder: Path | None) -> Facts:
    """What the ledger has, and beside it what a season tells: of issues the ledger alone."""
    known = desk.ledger.facts(desk.grid)
    if folder is None:
        return known
    season = read_season(folder, kinds=registry().kinds)
    if season.issues:
        told = (
            f"note: the {len(season.issues)} issues of {folder} are not read here: `envgov ledger import` enters them"
        )
        click.echo(told, err=True)
    return evolve(
        season,
        grid=desk.grid if desk.grid.units else season.grid,
        issues=known.issues,
        slips=(*season.slips, *known.slips),
    )


def assess_round(editions: Sequence[Scheme], facts: Facts, on: date, label: str | None) -> Assessment:
    """The round asked for, or the latest, of those that have ended: what is not overdue yet is not proposed as such."""
    first = min(facts.days(), default=on)
    rounds = tuple(round for round in rounds_through(editions, first, on) if round.last_day <= on)
    if label is not None:
        if label not in {round.label for round in rounds}:
            raise no_round(label, (round.label for round in rounds))
        rounds = rounds[: [round.label for round in rounds].index(label) + 1]
    season = assess_season(editions, facts, rounds=rounds if looks_back(editions) else rounds[-1:])
    if not season or season.latest.record.round != rounds[-1]:
        told = f"no round of {editions[-1].id} that ended by {on} was held"
        raise click.UsageError(f"{told}: name a later day with --on, or see that the season of --season tells of it")
    return season.latest


def _enter_proposals(
    desk: Desk, editions: Sequence[Scheme], assessment: Assessment, on: date, by: str, at: datetime
) -> tuple[Paper, ...]:
    edition = in_force(editions, assessment.record.round) or editions[-1]
    new = propose(edition, assessment.measures, desk.ledger.papers(), day=on, by=by)
    desk.ledger.record_all(Command(f"paper:{p.id}", p, by, at, f"propose {p.id}") for p in new)
    return new


def _tell(assessment: Assessment, new: Sequence[Paper], language: Language) -> None:
    say, label = TABLES[language], assessment.record.round.label
    click.echo(say["assessed" if new else "none new"].format(round=label, n=len(new)))
    waiting = [say["aside"].format(m.rung, m.subject) for m in assessment.measures if m.pending]
    if waiting:
        click.echo(say["pending"].format(say["comma"].join(waiting)))


def _print(desk: Desk, papers: Sequence[Paper], language: Language) -> None:
    say = TABLES[language]
    if not papers:
        click.echo(say["no paper"])
        return
    by_id = {paper.id: paper for paper in desk.ledger.papers()}
    heads = ("number", "measure", "subject", "state", "last", "round", "follows", "paper")
    rows = [
        (
            paper.number or "-",
            paper.measure,
            _about(desk, paper),
            say[paper.state.value] + (say["due"].format(paper.due) if paper.state is S.NOTIFIED and paper.due else ""),
            f"{paper.events[-1].day} {desk.name(paper.events[-1].by)}",
            paper.round,
            by_id[paper.follows].number if paper.follows in by_id else "",
            paper.id,
        )
        for paper in papers
    ]
    print_table([say[head] for head in heads], rows)
