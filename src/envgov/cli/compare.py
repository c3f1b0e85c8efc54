"""Compare two schemes on one season."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from envgov.cli.commands import registry
from envgov.cli.notes import tell_unread
from envgov.cli.output import json_option, language_option, print_json, print_table, print_text, status, untagged
from envgov.cli.schemes import editions_of, season_option
from envgov.comparison import compare as set_side_by_side, under
from envgov.errors import UnknownUnitError
from envgov.results.comparison import Comparison, Move, RoundComparison
from envgov.results.ranking import Standing
from envgov.results.table import Language
from envgov.season import assess_season
from envgov.season_csv import read_season
from envgov.wording import narrate


@click.command(
    epilog="Example: envgov compare louxing:louxing-townships variant.toml --season docs/examples/louxing",
)
@click.argument("a")
@click.argument("b", required=False)
@click.option(
    "--under", "other", metavar="B", help="Compare with A's own scores and ranks under the boards and ladders of B."
)
@season_option("The season's folder; without it, this one.")
@click.option("--round", "label", metavar="LABEL", help="Only this round; without it, every one.")
@click.option(
    "--explain", "unit", metavar="UNIT", help="Say why of this unit, in the latest round or the one asked for."
)
@language_option
@json_option
def compare(
    a: str,
    b: str | None,
    other: str | None,
    folder: Path,
    label: str | None,
    unit: str | None,
    language: Language,
    as_json: bool,
) -> None:
    """Say who moves, and why, where scheme B decides instead of scheme A.

    A and B are LOCALITY:SCHEME, such as louxing:louxing-townships, a LOCALITY that has one scheme, or a file.
    """
    if b is not None and other is not None:
        raise click.UsageError("A is compared with B, or set --under B: give one of the two")
    plugins = registry()
    before = editions_of(plugins, a)
    if b is not None:
        after = editions_of(plugins, b)
    elif other is not None:
        newest = editions_of(plugins, other)[-1]
        after = tuple(under(edition, newest) for edition in before)
    else:
        raise click.UsageError("say with what A is compared: B, or --under B")
    with status(f"{folder} ..."):
        facts = read_season(folder, kinds=plugins.kinds)
    tell_unread((*before, *after), facts, language)  # first: it may be why units are missing from both
    with status(f"{folder} ..."):
        compared = set_side_by_side(assess_season(before, facts), assess_season(after, facts))
    rounds = _rounds(compared, label)
    if unit is not None:
        _print_why(rounds[-1], unit, language, as_json=as_json)
    elif as_json:
        print_json({"rounds": [_as_data(round) for round in rounds]})
    else:
        _print_moves(compared, rounds, language)


def _rounds(compared: Comparison, label: str | None) -> tuple[RoundComparison, ...]:
    if label is None:
        return (*tuple(compared)[:-1], compared.latest)
    try:
        return (compared[label],)
    except KeyError as error:
        raise click.BadParameter(str(error.args[0]), param_hint="--round") from None


def _print_moves(compared: Comparison, rounds: tuple[RoundComparison, ...], language: Language) -> None:
    print_text("\n".join(compared.heading(language)))
    for round in rounds:
        count, *_ = round.lines(language)
        click.echo(f"\n{count}")
        heads, *rows = round.table(language)
        if rows:
            print_table(heads, rows)
        for remark in round.remarks(language):
            click.echo(remark)


def _print_why(round: RoundComparison, unit: str, language: Language, *, as_json: bool) -> None:
    try:
        reason = round.explain(unit)
    except UnknownUnitError as error:
        raise click.UsageError(str(error)) from None
    if as_json:
        print_json({"round": round.label, "reasons": [untagged(why) for why in reason.because]})
    else:
        print_text(narrate(reason, language))


def _as_data(round: RoundComparison) -> dict[str, Any]:
    return {
        "round": round.label,
        "a": round.a.scheme,
        "b": round.b.scheme,
        "synthetic": round.a.synthetic,
        "units": len(round.moves),
        "movers": [_moved(move) for move in round.movers],
    }


def _moved(move: Move) -> dict[str, Any]:
    """One mover; a list has what stands under a, and under b: null where nothing does."""
    places = [place if isinstance(place, Standing) else None for place in (move.a, move.b)]
    return {
        "unit": move.unit,
        "rank": [place and place.rank for place in places],
        "score": [place and str(place.score) for place in places],
        "tiers": [[tier and tier.tier for tier in tiers] for tiers in move.tiers],
        "kept": [measure.rung for measure, _ in move.kept],
        "dropped": [measure.rung for measure in move.dropped],
        "added": [measure.rung for measure in move.added],
    }
