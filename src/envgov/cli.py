"""The command line: assess a season, explain a unit, show a scheme."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click
from rich.console import Console
from rich.markup import escape
from rich.progress import track
from rich.table import Table

from envgov.codec import read_scheme, to_dict
from envgov.codec.decoder import SCHEMA
from envgov.errors import EnvGovError, UnknownUnitError
from envgov.facts.evidence import Facts
from envgov.results.assessment import Assessment
from envgov.scheme import Scheme
from envgov.season import assess_season, rounds_of
from envgov.season_csv import read_season
from envgov.wording import describe, narrate
from envgov.wording.phrases import LANGUAGES, Language

F = TypeVar("F", bound=Callable[..., Any])
PIPED_WIDTH = 200
ALWAYS_SHOWN = 3
RIGHT = (0, 2)


class _Commands(click.Group):
    """Ends with one message and exit code 1 where an input is bad, and never with a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise
        except (EnvGovError, OSError) as error:
            raise click.ClickException(str(error)) from None


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="envgov")
def envgov() -> None:
    """Rankings, boards and measures of living-environment campaigns, with their reasons.

    A season is a folder of CSV files (grid.csv, inspections.csv ...) with its schemes beside them (*.toml or
    *.json).

    Exit codes: 0 done; 1 the input has faults, each named with file, row, column and remedy; 2 the command was
    not understood.
    """


def _season_options(command: F) -> F:
    for option in (
        click.option("--json", "as_json", is_flag=True, help="Print JSON for programs."),
        click.option("--language", type=click.Choice(list(LANGUAGES)), default="zh", show_default=True),
        click.option("--round", "label", metavar="LABEL", help="A round such as 2017-05; without it, the latest."),
        click.option(
            "--scheme",
            "scheme_files",
            type=click.Path(exists=True, dir_okay=False, path_type=Path),
            multiple=True,
            help="A scheme file; without it, every one in the season's folder.",
        ),
        click.option(
            "--season",
            "folder",
            type=click.Path(exists=True, file_okay=False, path_type=Path),
            default=Path(),
            help="The season's folder; without it, this one.",
        ),
    ):
        command = option(command)
    return command


@envgov.command(
    epilog="Example: envgov assess --season docs/examples/louxing --round 2017-04",
)
@_season_options
def assess(folder: Path, scheme_files: tuple[Path, ...], label: str | None, language: Language, as_json: bool) -> None:
    """Rank a round and show scores, tiers and proposed measures, scheme by scheme."""
    shown = _assessments(folder, scheme_files, label)
    if as_json:
        _print_json({"assessments": [_untagged(assessment) for assessment in shown]})
        return
    width = None if sys.stdout.isatty() else PIPED_WIDTH
    console = Console(width=width, markup=False, emoji=False, highlight=False)
    for assessment in shown:
        console.print(f"{assessment.title or assessment.scheme}  {assessment.record.round.label}")
        console.print(_table(assessment, language))


@envgov.command(
    epilog="Example: envgov explain 蛇形山 --season docs/examples/louxing",
)
@click.argument("unit")
@_season_options
def explain(
    unit: str, folder: Path, scheme_files: tuple[Path, ...], label: str | None, language: Language, as_json: bool
) -> None:
    """Say why UNIT, a code or a unique name, has its score, rank, tiers and measures, down to the findings."""
    reasons, unknown = [], []
    for assessment in _assessments(folder, scheme_files, label):
        try:
            reasons.append(assessment.explain(unit))
        except UnknownUnitError as error:
            unknown.append(str(error))
    if not reasons:
        raise click.UsageError("\n".join(unknown))
    if as_json:
        _print_json({"reasons": [_untagged(reason) for reason in reasons]})
        return
    click.echo("\n\n".join(narrate(reason, language) for reason in reasons))


@envgov.group()
def schemes() -> None:
    """Look at schemes (考评办法)."""


@schemes.command(
    epilog="Example: envgov schemes show --season docs/examples/louxing",
)
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--season",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
    help="Without FILES: the folder whose schemes are shown; without it, this one.",
)
@click.option("--language", type=click.Choice(list(LANGUAGES)), default="zh", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
def show(files: tuple[Path, ...], folder: Path, language: Language, as_json: bool) -> None:
    """Show schemes in words: scoring, ranking, boards, ladders, quoted clauses and what was assumed."""
    found = _schemes(folder, files)
    if as_json:
        _print_json({"schemes": [_untagged(scheme) for scheme in found]})
        return
    click.echo("\n\n".join(describe(scheme, language) for scheme in found))


def _schemes(folder: Path, files: Iterable[Path]) -> list[Scheme]:
    paths = list(files) or sorted(path for path in folder.iterdir() if path.suffix in (".toml", ".json"))
    if not paths:
        raise click.UsageError(
            f"no scheme (*.toml or *.json) is in {folder}: name one, or another folder with --season"
        )
    return [read_scheme(path) for path in paths]


def _facts(folder: Path) -> Facts:
    with _status(f"{folder} ..."):
        return read_season(folder)


@contextmanager
def _status(what: str) -> Iterator[None]:
    """A sign of life on a terminal; a pipe stays clean."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield
        return
    with console.status(escape(what)):
        yield


def _assessments(folder: Path, scheme_files: Iterable[Path], label: str | None) -> list[Assessment]:
    """The round asked for, or the latest, of every scheme that held it."""
    schemes, facts = _schemes(folder, scheme_files), _facts(folder)
    console = Console(stderr=True)
    seasons = []
    for scheme in schemes:
        rounds = track(
            rounds_of(scheme, facts),
            escape(scheme.id),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        seasons.append(assess_season(scheme, facts, rounds=rounds))
    held = [assessment for season in seasons for assessment in season]
    if not held:
        raise EnvGovError(f"nothing to rank: in {folder}, no unit of the schemes' fields was assessed in any round")
    if label is None:
        return [season.latest for season in seasons if season]
    if chosen := [assessment for assessment in held if assessment.record.round.label == label]:
        return chosen
    labels = ", ".join(sorted({assessment.record.round.label for assessment in held}))
    raise click.BadParameter(f"{label!r} was not held; there is {labels}", param_hint="--round")


def _table(assessment: Assessment, language: Language) -> Table:
    """The assessment's table; of tiers, measures and notes only the columns in which something stands."""
    heads, *rows = assessment.table(language)
    shown = [i for i in range(len(heads)) if i < ALWAYS_SHOWN or any(row[i] for row in rows)]
    table = Table()
    for i in shown:
        table.add_column(heads[i], justify="right" if i in RIGHT else "left", overflow="fold")
    for row in rows:
        table.add_row(*(row[i] for i in shown))
    return table


def _untagged(value: object) -> dict[str, Any]:
    """A value as one of several in a document that bears the schema number itself."""
    data = to_dict(value)
    del data["schema"]
    return data


def _print_json(document: dict[str, Any]) -> None:
    click.echo(json.dumps({"schema": SCHEMA, **document}, ensure_ascii=False, indent=2))
