"""The issues of a ledger as service requests."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from envgov.cli.ledger.clerk import Clerk, pass_clerk
from envgov.cli.ledger.desk import open_desk
from envgov.cli.ledger.options import on_option
from envgov.cli.output import file_option, json_text, language_option, write_file
from envgov.exchange.open311 import to_service_requests, to_service_requests_xml
from envgov.results.table import Language


@click.command(
    short_help="Write the issues as service requests (Open311).",
    epilog="Example: envgov ledger requests --on 2024-05-31 -o requests.xml",
)
@on_option
@file_option
@language_option
@pass_clerk
def requests(clerk: Clerk, /, on: date, file: Path | None, language: Language) -> None:
    """Write the issues as they stood at the end of a day as service requests (Open311 GeoReport v2): XML into a file of
    that name (.xml), else JSON.

    No person is in it: agencies are the units, and the departments and bodies of the roster.
    """
    with open_desk(clerk) as desk:
        issues, agencies = desk.ledger.issues(), desk.agencies
        found = to_service_requests(issues, desk.grid, on, agencies=agencies, language=language)
    is_xml = file is not None and file.suffix.lower() == ".xml"
    write_file(to_service_requests_xml(found) if is_xml else json_text(found), file)
