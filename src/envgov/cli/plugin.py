"""The commands for authors of plugins."""

from __future__ import annotations

from pathlib import Path

import click

from envgov.scaffold import write_plugin


@click.group()
def plugin() -> None:
    """Write plugins (插件): localities as distributions of their own."""


@plugin.command(epilog="Example: envgov plugin new liuhu --name 柳湖街道 --to plugins")
@click.argument("code")
@click.option("--name", help="The locality's name, such as 柳湖街道; without it, the code.")
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path),
    default=Path(),
    help="The folder in which envgov-CODE is made; without it, this one.",
)
def new(code: str, name: str | None, folder: Path) -> None:
    """Write the distribution envgov-CODE: a scheme to begin with, its entry point, and tests that pass.

    CODE is how the locality is asked for: lowercase Latin letters, digits and hyphens.
    """
    written = write_plugin(code, name, folder)
    for file in sorted(path for path in written.rglob("*") if path.is_file()):
        click.echo(file)
    click.echo(f"next: {written / 'README.md'} says how to install and test it, and what to replace")
