"""The command line: assess a season, explain a unit, show a scheme, check a published table."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

import click
from rich.console import Console
from rich.markup import escape
from rich.progress import track
from rich.table import Table
from rich.text import Text

from envgov.codec import read_scheme, to_dict
from envgov.codec.decoder import SCHEMA
from envgov.errors import EnvGovError, InputError, UnknownUnitError
from envgov.facts.evidence import Facts
from envgov.policy.term import terms_in
from envgov.published import lint, read_claim, read_table, refuse_unknown
from envgov.results.assessment import Assessment
from envgov.results.table import WORDS, Language
from envgov.scheme import Scheme
from envgov.season import assess_season, refuse_rulings_on_no_round, rounds_of
from envgov.season_csv import read_season
from envgov.season_csv.rulings import unanswered_rows
from envgov.wording import describe, narrate
from envgov.wording.phrases import LANGUAGES

F = TypeVar("F", bound=Callable[..., Any])
PIPED_WIDTH = 200
ALWAYS_SHOWN = 3


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
    """Rank a round and show scores, tiers and proposed measures, scheme by scheme.

    Where a person decides, it prints the rows to fill in and add to rulings.csv.
    """
    shown = _assessments(folder, scheme_files, label)
    if as_json:
        _print_json({"assessments": [_untagged(assessment) for assessment in shown]})
        return
    width = None if sys.stdout.isatty() else PIPED_WIDTH
    console = Console(width=width, markup=False, emoji=False, highlight=False)
    for i, assessment in enumerate(shown):
        if i:
            console.print()
        console.print(f"{assessment.title or assessment.scheme}  {assessment.record.round.label}")
        console.print(_table(assessment, language))
        for remark in assessment.remarks(language):
            console.print(remark)
        for line in _left_open(assessment, language):
            console.print(line, soft_wrap=True)  # a row that is folded is no row


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
    _print_text("\n\n".join(narrate(reason, language) for reason in reasons))


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
    _print_text("\n\n".join(describe(scheme, language) for scheme in found))


@envgov.command(
    epilog="Example: envgov check docs/examples/louxing/published/streets.csv --claim '合计得分 = 环境卫生得分 + 城管实际得分'",
)
@click.argument("table", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--claim",
    "sentences",
    metavar="SENTENCE",
    multiple=True,
    help="What the table says of itself, such as '排名 by 得分' or '整改率 = 整改数 / 发现数'; may be given several "
    "times. Without any, what the headings say.",
)
@click.option("--language", type=click.Choice(list(LANGUAGES)), default="zh", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
def check(table: Path, sentences: tuple[str, ...], language: Language, as_json: bool) -> None:
    """Find wrong ranks, sums, means, rates, bands and sizes in a published TABLE (CSV or JSON).

    What rounded inputs cannot decide is listed as undecidable. Exit code 0: nothing is wrong; 1: something is.
    """
    published = read_table(table)
    try:
        claims = [read_claim(sentence) for sentence in sentences]
        refuse_unknown(claims, published)
    except InputError as error:
        raise click.BadParameter(str(error), param_hint="--claim") from None
    report = lint(published, claims)
    if as_json:
        _print_json({"report": report.to_dict()})
    else:
        _print_text(report.text(language))
    if report.wrong:
        click.get_current_context().exit(1)


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
    for id_ in dict.fromkeys(scheme.id for scheme in schemes):
        editions = [scheme for scheme in schemes if scheme.id == id_]
        rounds = rounds_of(editions, facts)
        last = next((round for round in rounds if round.label == label), None)
        if last is None:
            refuse_rulings_on_no_round(id_, facts, rounds)
        else:  # what came later changes nothing
            rounds = tuple(round for round in rounds if round.start <= last.start)
        shown = track(rounds, escape(id_), console=console, transient=True) if console.is_terminal else rounds
        seasons.append(assess_season(editions, facts, rounds=shown))
    held = [assessment for season in seasons for assessment in season]
    _tell_unread(schemes, facts)
    if not scheme_files:
        _tell_unknown_schemes(schemes, facts)
    if not held:
        raise EnvGovError(_nothing_to_rank(folder, schemes, facts))
    if label is None:
        return [season.latest for season in seasons if season]
    if chosen := [assessment for assessment in held if assessment.record.round.label == label]:
        return chosen
    labels = ", ".join(sorted({assessment.record.round.label for assessment in held}))
    raise click.BadParameter(f"{label!r} was not held; there is {labels}", param_hint="--round")


def _channels_read(schemes: Iterable[Scheme]) -> set[str] | None:
    """The channels that the schemes read; None where one of them reads every channel."""
    asked = [term for scheme in schemes for term in terms_in(scheme) if hasattr(term, "channel")]
    return None if any(term.channel is None for term in asked) else {term.channel for term in asked}


def _tell_unread(schemes: Iterable[Scheme], facts: Facts) -> None:
    """A channel that is spelt a little otherwise in the facts than in the schemes would leave units out unseen."""
    read = _channels_read(schemes)
    for channel, n in sorted(Counter(i.channel for i in facts.inspections).items()):
        near = get_close_matches(channel, read - {channel}, n=1, cutoff=0.5) if read and channel not in read else []
        if near:
            click.echo(f"note: {n} inspections of channel {channel!r} are read by no scheme; {near[0]!r} is", err=True)


def _tell_unknown_schemes(schemes: Iterable[Scheme], facts: Facts) -> None:
    """A ruling on a scheme that is spelt otherwise would be forgotten unseen."""
    known = {scheme.id for scheme in schemes}
    for name, n in sorted(Counter(ruling.scheme for ruling in facts.rulings).items()):
        if name not in known:
            here = ", ".join(sorted(known))
            click.echo(f"note: {n} rulings are on the scheme {name!r}, which is not in the folder; {here} is", err=True)


def _nothing_to_rank(folder: Path, schemes: Iterable[Scheme], facts: Facts) -> str:
    ranked = ", ".join(dict.fromkeys(level for scheme in schemes for level in scheme.levels))
    levels = ", ".join(dict.fromkeys(unit.level for unit in facts.grid.units))
    read = ", ".join(sorted(_channels_read(schemes) or {"every channel"}))
    channels = ", ".join(sorted({i.channel for i in facts.inspections})) or "none"
    return (
        f"nothing to rank in {folder}: the schemes rank {ranked}, and the grid has {levels or 'no unit'}; "
        f"they read {read}, and {len(facts.inspections)} inspections have channels {channels}; "
        f"they apply since {', '.join(scheme.edition for scheme in schemes)}"
    )


def _table(assessment: Assessment, language: Language) -> Table:
    """The assessment's table; of tiers, measures and notes only the columns in which something stands."""
    heads, *rows = assessment.table(language)
    shown = [i for i in range(len(heads)) if i < ALWAYS_SHOWN or any(row[i] for row in rows)]
    table = Table()
    for i in shown:
        is_number = i == 0 or 2 <= i < len(heads) - 3  # rank, score, further figures
        table.add_column(heads[i], justify="right" if is_number else "left", overflow="fold")
    for row in rows:
        table.add_row(*(row[i] for i in shown))
    return table


def _left_open(assessment: Assessment, language: Language) -> Iterator[str]:
    """Who waits for a ruling, and the rows that give it."""
    if assessment.questions:
        names = {unit.code: unit.name for unit in assessment.units}
        units = dict.fromkeys(names[question.unit] for question in assessment.questions)
        yield LANGUAGES[language].say["rulings wanted"].format(WORDS[language].joint.join(units))
        yield from unanswered_rows(assessment.questions, language)


def _print_text(text: str) -> None:
    """On a terminal, lines that are too long go on under their own beginning; in a pipe they stay as they are."""
    if not sys.stdout.isatty():
        click.echo(text)
        return
    console = Console(markup=False, emoji=False, highlight=False)
    for line in text.splitlines():
        body = line.lstrip(" ")
        indent = len(line) - len(body)
        first, *rest = Text(body).wrap(console, max(console.width - indent - 2, 20)) if body else [Text()]
        console.print(" " * indent + first.plain.rstrip())
        for part in rest:
            console.print(" " * (indent + 2) + part.plain.rstrip())


def _untagged(value: object) -> dict[str, Any]:
    """A value as one of several in a document that bears the schema number itself."""
    data = to_dict(value)
    del data["schema"]
    return data


def _print_json(document: dict[str, Any]) -> None:
    click.echo(json.dumps({"schema": SCHEMA, **document}, ensure_ascii=False, indent=2))
