"""The issues of a ledger on a map."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from envgov.cli.ledger.clerk import Clerk, pass_clerk
from envgov.cli.ledger.desk import open_desk
from envgov.cli.ledger.options import on_option
from envgov.cli.output import file_option, json_text, write_file
from envgov.exchange.geojson import issues_to_geojson


@click.command(
    "map",
    short_help="Write the issues as points of a map (GeoJSON).",
    epilog="Example: envgov ledger map --on 2024-05-31 -o issues.geojson",
)
@on_option
@file_option
@pass_clerk
def issues(clerk: Clerk, /, on: date, file: Path | None) -> None:
    """Write the issues as they stood at the end of a day as points of a map (GeoJSON, RFC 7946).

    Neither descriptions nor persons are in it.
    """
    with open_desk(clerk) as desk:
        write_file(json_text(issues_to_geojson(desk.ledger.issues(), desk.grid, on)), file)
