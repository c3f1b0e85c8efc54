"""Look at schemes, and where commands have them from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from envgov.cli.commands import registry
from envgov.cli.output import json_option, language_option, print_json, print_table, print_text, untagged
from envgov.codec import read_scheme
from envgov.errors import Fault, InputError
from envgov.registry import Registry
from envgov.results.table import Language
from envgov.scheme import Scheme
from envgov.wording import describe

locality_option = click.option(
    "--locality", "code", metavar="CODE", help="The schemes of a locality that a plugin describes, instead of files."
)


def season_option(text: str) -> Callable[[Any], Any]:
    folder = click.Path(exists=True, file_okay=False, path_type=Path)
    return click.option("--season", "folder", type=folder, default=Path(), help=text)


def schemes_of(plugins: Registry, folder: Path, files: tuple[Path, ...], code: str | None) -> list[Scheme]:
    """Every edition of a locality's schemes; else those in the files given, or in the folder."""
    if code is not None:
        if files:
            raise click.UsageError("schemes come from --locality or from files: give one of the two")
        return [edition for editions in plugins[code].schemes.values() for edition in editions]
    paths = list(files) or sorted(path for path in folder.iterdir() if path.suffix in (".toml", ".json"))
    if not paths:
        raise click.UsageError(
            f"no scheme (*.toml or *.json) is in {folder}: name one, or another folder with --season, or a locality "
            "with --locality"
        )
    found = [read_scheme(path, plugins.kinds) for path in paths]
    _refuse_editions_given_twice(paths, found)
    return found


def editions_of(plugins: Registry, named: str) -> tuple[Scheme, ...]:
    """The scheme of a file, or every edition of one that a plugin's locality has."""
    path = Path(named)
    if path.suffix in (".toml", ".json"):
        return (read_scheme(path, plugins.kinds),)
    code, _, id_ = named.partition(":")
    schemes = plugins[code].schemes
    if id_ in schemes:
        return schemes[id_]
    if not id_ and len(schemes) == 1:
        return next(iter(schemes.values()))
    raise click.UsageError(f"{named!r} is no scheme: write {', '.join(f'{code}:{known}' for known in schemes)}")


def _refuse_editions_given_twice(paths: list[Path], found: list[Scheme]) -> None:
    """Two files with one scheme and one day: neither is the edition in force."""
    firsts: dict[tuple[str, str], Path] = {}
    faults = [
        Fault(
            f"{firsts[scheme.id, scheme.edition].name} is the same edition of {scheme.id}, since {scheme.edition}",
            "give one of them another id or since, or name the file to use with --scheme",
            path.name,
            column="id, since",
        )
        for path, scheme in zip(paths, found, strict=True)
        if firsts.setdefault((scheme.id, scheme.edition), path) is not path
    ]
    if faults:
        raise InputError(faults)


@click.group()
def schemes() -> None:
    """Look at schemes (考评办法)."""


@schemes.command(
    epilog="Example: envgov schemes show --season docs/examples/louxing",
)
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@season_option("Without FILES: the folder whose schemes are shown; without it, this one.")
@locality_option
@language_option
@json_option
def show(files: tuple[Path, ...], folder: Path, code: str | None, language: Language, as_json: bool) -> None:
    """Show schemes in words: scoring, ranking, boards, ladders, quoted clauses and what was assumed."""
    found = schemes_of(registry(), folder, files, code)
    if as_json:
        print_json({"schemes": [untagged(scheme) for scheme in found]})
        return
    print_text("\n\n".join(describe(scheme, language) for scheme in found))


@schemes.command(name="list", epilog="Example: envgov schemes list --locality louxing")
@locality_option
@json_option
def list_(code: str | None, as_json: bool) -> None:
    """List the schemes of the installed localities: edition, source, and the distribution that brought them."""
    plugins = registry()
    found = [
        (locality.code, edition)
        for locality in (plugins if code is None else (plugins[code],))
        for editions in locality.schemes.values()
        for edition in editions
    ]
    if as_json:
        listed = [
            {
                "locality": of,
                "id": edition.id,
                "title": edition.title,
                "since": edition.edition,
                "source": edition.source.title,
                "provider": edition.provider,
            }
            for of, edition in found
        ]
        print_json({"schemes": listed})
        return
    rows = [(of, e.id, e.title, e.edition, e.source.title, e.provider) for of, e in found]
    print_table(("locality", "scheme", "title", "since", "source", "from"), rows)
