"""The `envgov` command itself: how its commands end, and the plugins that they may use."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from envgov.errors import EnvGovError
from envgov.registry import Registry, load_registry

_EXTRAS = (
    "chinese_calendar",
    "docx",
    "docxtpl",
    "icalendar",
    "jinja2",
    "narwhals",
    "psycopg",
    "python_calamine",
    "sqlalchemy",
    "xlsxwriter",
)
"""What an extra installs; where it is missing, the message says which."""


class _Commands(click.Group):
    """Ends with one message and exit code 1 where an input is bad, and never with a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise
        except click.NoSuchOption as error:
            if error.option_name != "--plugin":
                raise
            told = "--plugin stands before the command: envgov --plugin FILE COMMAND ..."
            raise click.UsageError(told, error.ctx) from None
        except ModuleNotFoundError as error:
            if error.name not in _EXTRAS:
                raise
            raise click.ClickException(str(error)) from None
        except (EnvGovError, OSError) as error:
            raise click.ClickException(str(error)) from None


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="envgov")
@click.option(
    "--plugin",
    "plugin_files",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    multiple=True,
    help="A Python file that is a plugin, beside those that are installed.",
)
def envgov(plugin_files: tuple[Path, ...]) -> None:
    """Rankings, boards and measures of living-environment campaigns, with their reasons.

    A season is a folder of CSV files (grid.csv, inspections.csv ...) with its schemes beside them (*.toml or
    *.json), or the schemes of a locality that a plugin describes.

    Exit codes: 0 done; 1 the input has faults, each named with file, row, column and remedy; 2 the command was
    not understood.
    """


def registry() -> Registry:
    """The localities of the installed plugins and of the files given; each plugin that failed is told on stderr."""
    loaded = load_registry(files=click.get_current_context().find_root().params["plugin_files"])
    for failure in loaded.failures:
        click.echo(f"note: {failure}", err=True)
    return loaded
