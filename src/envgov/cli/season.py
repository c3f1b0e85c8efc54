"""Assess a season, and explain it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click
from rich.console import Console
from rich.markup import escape
from rich.progress import track

from envgov.cli.columns import is_parquet, write_frames
from envgov.cli.commands import registry
from envgov.cli.notes import nothing_to_rank, tell_unknown_schemes, tell_unread, words_of
from envgov.cli.output import (
    json_option,
    language_option,
    print_json,
    print_text,
    status,
    untagged,
    wide_console,
)
from envgov.cli.schemes import locality_option, schemes_of, season_option
from envgov.codec.kinds import TERMS
from envgov.errors import EnvGovError, UnknownUnitError
from envgov.facts.evidence import Facts
from envgov.facts.grid import Unit
from envgov.policy.conditions.counters import cumulative, k_of_last, streak
from envgov.policy.term import terms_in
from envgov.reason import Reason
from envgov.results.addressee import addressees
from envgov.results.assessment import Assessment
from envgov.results.question import Question
from envgov.results.table import WORDS, Language
from envgov.scheme import Scheme
from envgov.season import assess_season, refuse_rulings_on_no_round, rounds_of
from envgov.season_csv import read_season
from envgov.season_csv.rulings import unanswered_rows
from envgov.wording import narrate
from envgov.wording.phrases import LANGUAGES

F = TypeVar("F", bound=Callable[..., Any])


round_option = click.option(
    "--round", "label", metavar="LABEL", help="A round such as 2017-05; without it, the latest."
)
scheme_option = click.option(
    "--scheme",
    "scheme_files",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    multiple=True,
    help="A scheme file; without it, every one in the season's folder.",
)


def season_options(command: F) -> F:
    for option in (
        json_option,
        language_option,
        round_option,
        locality_option,
        scheme_option,
        season_option("The season's folder; without it, this one."),
    ):
        command = option(command)
    return command


@click.command(
    epilog="Example: envgov assess --season docs/examples/louxing --round 2017-04",
)
@click.option("--places", type=click.IntRange(0, 9), help="With --frames of Parquet: the decimals of its points.")
@click.option(
    "--frames",
    "out",
    metavar="OUT",
    type=click.Path(path_type=Path),
    help="Decide every round in columns, and write its tables as Parquet to this new folder.",
)
@season_options
def assess(
    folder: Path,
    scheme_files: tuple[Path, ...],
    code: str | None,
    label: str | None,
    language: Language,
    as_json: bool,
    out: Path | None,
    places: int | None,
) -> None:
    """Rank a round and show scores, tiers and proposed measures, scheme by scheme.

    Where a person decides, it prints the rows to fill in and add to rulings.csv.

    With --frames, the season may be a folder of Parquet too (units.parquet, inspections.parquet ...), of millions of
    rows; --round is the last round then, and nothing is shown but what was written.
    """
    if out is None and places is not None:
        raise click.UsageError("--places says how to read Parquet, which --frames OUT decides: give both, or neither")
    if out is not None:
        if as_json:
            raise click.UsageError("--json prints what is decided, and --frames writes it: give one of them")
        plugins = registry()
        editions = by_id(schemes_of(plugins, folder, scheme_files, code))
        of_folder = not scheme_files and code is None
        write_frames(editions, folder, places, label, out, plugins.kinds, language, of_folder=of_folder)
        return
    facts, shown = assessments_of(folder, scheme_files, code, label, language)
    if as_json:
        print_json({"assessments": [untagged(assessment) for assessment in shown]})
        return
    console = wide_console()
    for i, assessment in enumerate(shown):
        if i:
            console.print()
        console.print(f"{assessment.title or assessment.scheme}  {assessment.record.round.label}")
        console.print(assessment.listing(language))
        for remark in assessment.remarks(language):
            console.print(remark)
        for line in _together(assessment, facts, language):
            console.print(line)
        for line in _left_open(assessment.questions, assessment, language):
            console.print(line, soft_wrap=True)  # a row that is folded is no row


@click.command(
    epilog="Example: envgov explain 蛇形山 --season docs/examples/louxing",
)
@click.argument("unit")
@season_options
def explain(
    unit: str,
    folder: Path,
    scheme_files: tuple[Path, ...],
    code: str | None,
    label: str | None,
    language: Language,
    as_json: bool,
) -> None:
    """Say why UNIT, a code or a unique name, has its score, rank, tiers and measures, down to the findings."""
    reasons: list[Reason] = []
    unknown: list[str] = []
    left_open: list[str] = []
    _, assessments = assessments_of(folder, scheme_files, code, label, language)
    for assessment in assessments:
        try:
            reason = assessment.explain(unit)
        except UnknownUnitError as error:
            unknown.append(str(error))
        else:
            reasons.append(reason)
            code = next(fact.code for fact in reason.because if isinstance(fact, Unit))
            left_open += _left_open([q for q in assessment.questions if q.unit == code], assessment, language)
    if not reasons:
        raise click.UsageError("\n".join(unknown))
    if as_json:
        print_json({"reasons": [untagged(reason) for reason in reasons]})
        return
    print_text("\n\n".join(narrate(reason, language) for reason in reasons))
    for line in left_open:
        click.echo(line)


def assessments_of(
    folder: Path, scheme_files: tuple[Path, ...], code: str | None, label: str | None, language: Language
) -> tuple[Facts, list[Assessment]]:
    """The facts, and the round asked for, or the latest, of every scheme that held it."""
    if is_parquet(folder):
        raise click.UsageError(f"{folder} is a season of Parquet: envgov assess --frames OUT decides it, in columns")
    plugins = registry()
    schemes = schemes_of(plugins, folder, scheme_files, code)
    with status(f"{folder} ..."):
        facts = read_season(folder, kinds=plugins.kinds)
    tell_unread(schemes, facts, language)  # first: it may be why the schemes cannot be decided
    editions = by_id(schemes)
    shown = [found for given in editions if (found := _shown(given, facts, label)) is not None]
    if not scheme_files and code is None:
        tell_unknown_schemes(schemes, Counter(ruling.scheme for ruling in facts.rulings))
    if shown:
        return facts, shown
    if label is not None:
        held = {a.record.round.label for given in editions for a in assess_season(given, facts)}
        if held:
            raise no_round(label, held)
    raise EnvGovError(nothing_to_rank(folder, schemes, *words_of(facts)))


def by_id(schemes: Sequence[Scheme]) -> list[list[Scheme]]:
    """The editions of each scheme."""
    return [[scheme for scheme in schemes if scheme.id == id_] for id_ in dict.fromkeys(s.id for s in schemes)]


def _shown(editions: Sequence[Scheme], facts: Facts, label: str | None) -> Assessment | None:
    """The round asked for, or the latest that was held; None where it was not.

    The rounds before it are assessed only where they may decide, and what came later changes nothing.
    """
    rounds = rounds_of(editions, facts)
    if label is None:
        refuse_rulings_on_no_round(editions[0].id, facts, rounds)
    else:
        last = next((i for i, round in enumerate(rounds) if round.label == label), -1)
        rounds = rounds[: last + 1]
    spans = [rounds]
    if not looks_back(editions):
        spans = [(round,) for round in reversed(rounds if label is None else rounds[-1:])]
    console = Console(stderr=True)
    for span in spans:
        shown = track(span, escape(editions[0].id), console=console, transient=True) if console.is_terminal else span
        season = assess_season(editions, facts, rounds=shown)
        if season and label in (None, season.latest.record.round.label):
            return season.latest
    return None


def looks_back(editions: Sequence[Scheme]) -> bool:
    """Whether earlier rounds may decide: a counter asks for them, or a condition of a locality's own kind might."""
    asked = [term for term in terms_in(tuple(editions)) if callable(getattr(term, "at", None))]
    return any(isinstance(term, streak | cumulative | k_of_last) or type(term) not in TERMS for term in asked)


def no_round(label: str, known: Iterable[str]) -> click.BadParameter:
    """What to say where there is no round of that label."""
    labels = sorted(known)
    near = [known for known in labels if _numbers(known) == _numbers(label)]
    hint = f"did you mean {', '.join(near)}? " if near else ""
    return click.BadParameter(f"{label!r} was not held; {hint}there is {', '.join(labels)}", param_hint="--round")


def _numbers(label: str) -> list[int]:
    """What a label has in common with others for the same days: 2024-05, 2024-5, 2024年5月."""
    return [int(number) for number in re.findall(r"\d+", label)]


def _together(assessment: Assessment, facts: Facts, language: Language) -> Iterator[str]:
    """To whom several measures of one name go: one talk about all of them."""
    names = {body.code: body.name for body in facts.bodies} | {unit.code: unit.name for unit in facts.grid.units}
    for addressee in addressees(assessment, facts):
        if addressee.who is not None and len(addressee.measures) > 1:
            yield addressee.text(language, names)


def _left_open(questions: Sequence[Question], assessment: Assessment, language: Language) -> Iterator[str]:
    """Who waits for a ruling, and the rows that give it."""
    if questions:
        names = {unit.code: unit.name for unit in assessment.units}
        units = dict.fromkeys(names[question.unit] for question in questions)
        yield LANGUAGES[language].say["rulings wanted"].format(WORDS[language].joint.join(units))
        yield from unanswered_rows(questions, language)
