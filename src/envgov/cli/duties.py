"""What is owed by routine in a round, and what came."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import click

from envgov.cli.commands import registry
from envgov.cli.notes import tell_unread
from envgov.cli.output import print_json, print_table, status, untagged
from envgov.cli.schemes import schemes_of
from envgov.cli.season import no_round, season_options
from envgov.errors import EnvGovError
from envgov.facts.duty import Duty, DutyState
from envgov.facts.evidence import Facts
from envgov.facts.round import Round
from envgov.results.table import WORDS, Language
from envgov.scheme import Scheme, in_force
from envgov.season import rounds_through
from envgov.season.duties import owed, state_on
from envgov.season_csv import read_season
from envgov.wording.grounds import moment_text
from envgov.wording.phrases import LANGUAGES


class _Owed(NamedTuple):
    """What an edition says is owed in a round, looked at when a day ended."""

    scheme: Scheme
    round: Round
    on: date
    duties: tuple[Duty, ...]


@click.command(epilog="Example: envgov duties --season docs/examples/returns --on 2024-05-08")
@season_options
@click.option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DAY",
    help="Tell what had come when DAY ended, such as 2024-05-08; without it, when the round or, if earlier, the record did.",
)
def duties(
    folder: Path,
    scheme_files: tuple[Path, ...],
    code: str | None,
    label: str | None,
    language: Language,
    as_json: bool,
    on: datetime | None,
) -> None:
    """List what is owed by routine (例行报送) in a round: what came in time, late or not at all.

    What nobody recorded is missing. The round is that of --round, else that which holds DAY, else the latest.
    """
    plugins = registry()
    schemes = schemes_of(plugins, folder, scheme_files, code)
    with status(f"{folder} ..."):
        facts = read_season(folder, kinds=plugins.kinds)
    tell_unread(schemes, facts, language)  # a return under another name would be missing
    shown = _owed_in(schemes, facts, label, None if on is None else on.date())
    if as_json:
        print_json({"owed": [_data(one) for one in shown], "synthetic": facts.synthetic})
        return
    for i, one in enumerate(shown):
        if i:
            click.echo()
        _print(one, facts, language)
    if facts.synthetic:
        click.echo(WORDS[language].synthetic.format(facts.synthetic))


def _owed_in(schemes: Sequence[Scheme], facts: Facts, label: str | None, on: date | None) -> list[_Owed]:
    """The round asked for of every scheme that has routines."""
    with_routines = sorted({scheme.id for scheme in schemes if scheme.duties})
    if not with_routines:
        known = ", ".join(dict.fromkeys(scheme.id for scheme in schemes))
        raise EnvGovError(f"no scheme says what is owed by routine: add duties to one of {known}")
    days = sorted(facts.days() | ({on} if on else set()))
    if not days:
        raise EnvGovError("the season tells of no day: name one with --on")
    found: list[_Owed] = []
    labels: set[str] = set()
    for id_ in with_routines:
        editions = [scheme for scheme in schemes if scheme.id == id_]
        rounds = rounds_through(editions, days[0], days[-1])
        labels |= {round.label for round in rounds}
        if label is not None:
            rounds = tuple(round for round in rounds if round.label == label)
        elif on is not None:
            rounds = tuple(round for round in rounds if on in round)
        for round in rounds[-1:]:
            edition = in_force(editions, round)
            assert edition is not None, "it judges the round"
            told = on or min(round.last_day, facts.last_day or round.last_day)  # what is due later is still to come
            found.append(_Owed(edition, round, told, owed(edition, facts, round)))
    if not found and label is not None:
        raise no_round(label, labels)
    if not found:
        since = ", ".join(f"{scheme.id} since {scheme.edition}" for scheme in schemes if scheme.duties)
        raise EnvGovError(f"nothing is owed yet from {days[0]} to {days[-1]}: {since}")
    return found


def _data(one: _Owed) -> dict[str, Any]:
    duties = [{"state": state_on(duty, one.on), "duty": untagged(duty)} for duty in one.duties]
    return {
        "scheme": one.scheme.id,
        "edition": one.scheme.edition,
        "round": untagged(one.round),
        "on": one.on.isoformat(),
        "duties": duties,
    }


def _print(one: _Owed, facts: Facts, language: Language) -> None:
    """The returns, earliest due first; below them how many of each came."""
    say = LANGUAGES[language].say
    names = {body.code: body.name for body in facts.bodies} | {unit.code: unit.name for unit in facts.grid.units}
    label = say["as of"].format(label=one.round.label, day=one.on)
    click.echo(f"{one.scheme.title or one.scheme.id}  {label}")
    states = [(duty, state_on(duty, one.on)) for duty in one.duties]
    if states:
        heads = tuple(say[head] for head in ("return", "owed by", "due by", "came at", "came how"))
        print_table(heads, (_row(duty, state, names, say) for duty, state in states))
    for what in dict.fromkeys(routine.what for routine in one.scheme.duties):
        n = Counter(state for duty, state in states if duty.what == what)
        line = say["returns"].format(
            what=what, owed=n.total(), on_time=n["on time"], late=n["late"], missing=n["missing"]
        )
        click.echo(line + (say["returns not due"].format(n["not due"]) if n["not due"] else ""))


def _row(duty: Duty, state: DutyState, names: Mapping[str, str], say: Mapping[str, str]) -> tuple[str, ...]:
    came = duty.submission if state in ("on time", "late") else None
    at = "" if came is None else moment_text(came.at)
    return duty.what, names.get(duty.owed_by, duty.owed_by), moment_text(duty.due), at, say[state]
