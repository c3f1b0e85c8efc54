"""What commands print: text, JSON, tables, a sign of life."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from envgov.codec import to_dict
from envgov.codec.decoder import SCHEMA
from envgov.wording.phrases import LANGUAGES

PIPED_WIDTH = 200
UNBOUND = 10_000
"""Wider than any table: a table is measured as if nothing held it."""

language_option = click.option("--language", type=click.Choice(list(LANGUAGES)), default="zh", show_default=True)
file_option = click.option(
    "-o",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="The new file to write; without it, standard output.",
)
template_option = click.option(
    "--template",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="The locality's own Word template (.docx) for a .docx file.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")


def document_option(suffixes: Iterable[str], otherwise: str) -> Callable[..., Any]:
    """`--output`, whose suffix says which form; `otherwise` is what is printed without it."""
    return click.option(
        "--output",
        "-o",
        "out",
        type=click.Path(dir_okay=False, path_type=Path),
        metavar="FILE",
        help=f"A new file; its suffix says which form: {', '.join(suffixes)}. Without it, {otherwise} is printed.",
    )


def wide_console() -> Console:
    """As wide as the terminal; in a pipe, wide enough for a table."""
    return Console(width=None if sys.stdout.isatty() else PIPED_WIDTH, markup=False, emoji=False, highlight=False)


def print_table(heads: Sequence[str], rows: Iterable[Sequence[str]], whole: Container[int] = ()) -> None:
    """A table that folds its cells to the terminal's width, but for the columns that stay `whole`, such as days.

    One that is too wide has no blanks beside its cells.
    """
    table = Table()
    for i, head in enumerate(heads):
        table.add_column(head, overflow="fold", no_wrap=i in whole)
    for row in rows:
        table.add_row(*row)
    console = wide_console()
    unbound = console.options.update(max_width=UNBOUND)
    if console.measure(table, options=unbound).maximum > console.width:
        table.padding = 0  # the cells need the room
    console.print(table)


def print_text(text: str) -> None:
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


def untagged(value: object) -> dict[str, Any]:
    """A value as one of several in a document that bears the schema number itself."""
    data = to_dict(value)
    del data["schema"]
    return data


def print_json(document: dict[str, Any]) -> None:
    click.echo(json.dumps({"schema": SCHEMA, **document}, ensure_ascii=False, indent=2))


def json_text(data: object) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def write_file(written: bytes, file: Path | None) -> None:
    """To the new file that was named, else to standard output."""
    if file is None:
        click.echo(written, nl=False)
    else:
        write_new(file, written)


def write_new(path: Path, content: bytes) -> None:
    """A file in the place of no other; where it cannot be written to its end, there is none.

    Raises:
        FileExistsError: there is such a file, which stays as it is.
        FileNotFoundError: there is no folder for it.
    """
    try:
        file = path.open("xb")
    except FileExistsError:
        raise FileExistsError(f"{path} is there already; name another file") from None
    except FileNotFoundError:
        raise FileNotFoundError(f"{path.parent} is no folder: make it, or name a file in another") from None
    try:
        with file:
            file.write(content)
    except BaseException:
        path.unlink()
        raise


@contextmanager
def status(what: str) -> Iterator[None]:
    """A sign of life on a terminal; a pipe stays clean."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield
        return
    with console.status(escape(what)):
        yield
