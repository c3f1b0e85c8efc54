"""Begin a ledger, and change what it decides by: the grid, the rules of life, the duty roster, hearings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from envgov.cli.ledger.clerk import Clerk, pass_clerk
from envgov.cli.ledger.desk import Desk, open_desk
from envgov.cli.ledger.options import writing
from envgov.cli.ledger.receipt import enter
from envgov.cli.output import print_json, print_table, untagged
from envgov.facts.guards import LifeRules
from envgov.facts.roster import Post, Roster, Scope
from envgov.ledger import Command, Hearing, Ledger, Units
from envgov.ledger.settings import GRID, HEARING, HOLDS, ROSTER, RULES
from envgov.readers.settings import Settings, read_settings
from envgov.results.table import WORDS, Language
from envgov.wording.ledger import SAY, event_word


def _file(name: str, help: str, *, required: bool) -> Callable[[Any], Any]:
    given = click.Path(exists=True, dir_okay=False, path_type=Path)
    return click.option(name, type=given, required=required, help=help)


_HEARD = "Whether units hear of a draft, and may object, before an assessment is signed (核实反馈)."


def _files(*, required: bool) -> Callable[[Any], Any]:
    def with_files(command: Any) -> Any:
        unsaid: dict[str, Any] = {} if required else {"default": None}
        for option in (
            click.option("--heard/--not-heard", "heard", required=required, help=_HEARD, **unsaid),
            _file("--roster", "The duty roster (职责分工表), CSV. Without one, everybody may enter.", required=False),
            _file("--rules", 'The rules of an issue\'s life, TOML: kind = "LifeRules".', required=required),
            _file("--grid", "The units, as grid.csv of a season has them.", required=required),
        ):
            command = option(command)
        return command

    return with_files


@click.command(
    short_help="Begin a ledger: units, rules, duty roster (建账).",
    epilog="Example: envgov ledger --ledger town.db --by 张会计 init --grid grid.csv --rules rules.toml --not-heard",
)
@_files(required=True)
@writing
@pass_clerk
def init(
    clerk: Clerk,
    /,
    grid: Path,
    rules: Path,
    roster: Path | None,
    heard: bool,
    at: datetime,
    key: str,
    language: Language,
    as_json: bool,
) -> None:
    """Begin a ledger, with its units, its rules and its duty roster: all of it, or nothing."""
    place, by = clerk.where, clerk.by
    read = read_settings(grid=grid, rules=rules, roster=roster)
    commands = [Command(subject, value, by, at, f"{key} {subject}") for subject, value in _values(read, heard)]
    with Ledger.create(place) as ledger:
        enter(Desk(ledger), commands, language, as_json=as_json)


@click.command(
    short_help="Show or change what the ledger decides by.",
    epilog="Example: envgov ledger settings --roster roster.csv",
)
@_files(required=False)
@writing
@pass_clerk
def settings(
    clerk: Clerk,
    /,
    grid: Path | None,
    rules: Path | None,
    roster: Path | None,
    heard: bool | None,
    at: datetime,
    key: str,
    language: Language,
    as_json: bool,
) -> None:
    """Show what the ledger decides by; with a file, change it from now on. What was entered before stays as it is."""
    with open_desk(clerk) as desk:
        read = read_settings(grid=grid, rules=rules, roster=roster, known=desk.grid)
        if values := list(_values(read, heard)):
            commands = [Command(subject, value, clerk.by, at, f"{key} {subject}") for subject, value in values]
            enter(desk, commands, language, as_json=as_json)
            return
        held = {subject: value for subject in HOLDS if (value := desk.ledger.value(subject)) is not None}
        if as_json:
            print_json({subject: untagged(value) for subject, value in held.items()})
            return
        for subject, value in held.items():
            _print(subject, value, desk, language)


def _values(read: Settings, heard: bool | None) -> Iterator[tuple[str, object]]:
    if read.grid is not None:
        yield GRID, Units(read.grid.units)
    if read.rules is not None:
        yield RULES, read.rules
    if read.roster is not None:
        yield ROSTER, read.roster
    if heard is not None:
        yield HEARING, Hearing(heard)


def _print(subject: str, value: object, desk: Desk, language: Language) -> None:
    say = SAY[language]
    match value:
        case Units(units):
            told = say["units"].format(len(units))
        case Hearing(held):
            told = say["yes"] if held else say["no"]
        case LifeRules():
            told = _rules_text(value, language)
        case _:
            assert isinstance(value, Roster), "a setting has its kind"
            told = ""
    click.echo(say[subject] + say["colon"].rstrip(" " * (not told)) + told)
    if isinstance(value, Roster):
        heads = [say[head] for head in ("who", "role of", "scope", "person", "since", "until day")]
        print_table(heads, [_post_row(post, value, desk, language) for post in value.posts])


def _rules_text(rules: LifeRules, language: Language) -> str:
    say, listed = SAY[language], WORDS[language].joint
    within = rules.decline_within
    parts = (
        say["accepting"].format(listed.join(rules.accepting)),
        say["evidence of"].format(listed.join(sorted(event_word(kind, language) for kind in rules.evidence_of))),
        say["decline"].format(say["no limit"] if within is None else say["days within"].format(within)),
        say["extend"] if rules.extend_before_due else say["extend late"],
        say["undated"].format(listed.join(sorted(rules.undated))),
    )
    return say["joint"].join(parts)


def _post_row(post: Post, roster: Roster, desk: Desk, language: Language) -> tuple[str, ...]:
    say = SAY[language]
    person = say["yes"] if post.who in roster.persons else say["no"]
    since, until = (str(day or "") for day in (post.since, post.until))
    return desk.name(post.who), post.role, _scope_text(post.scope, desk, say["everything"]), person, since, until


def _scope_text(scope: Scope, desk: Desk, everything: str) -> str:
    if scope.everything:
        return everything
    return desk.name(scope.unit) if scope.unit else desk.names(sorted(scope.departments))
