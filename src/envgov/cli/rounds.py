"""The rounds of a scheme, for telephones and desks."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from envgov.cli.commands import registry
from envgov.cli.ledger.options import a_day, made_option
from envgov.cli.output import file_option, write_file
from envgov.cli.schemes import editions_of


@click.command(
    short_help="Write the rounds of a scheme as a calendar (期次).",
    epilog="Example: envgov rounds docs/examples/louxing/townships.toml --from 2017-01-01 --until 2017-12-31 -o 2017.ics",
)
@click.argument("scheme")
@click.option("--from", "first", type=a_day, metavar="DAY", required=True, help="The first round is that of DAY.")
@click.option("--until", "last", type=a_day, metavar="DAY", required=True, help="The last round is that of DAY.")
@file_option
@made_option
def rounds(scheme: str, first: date, last: date, file: Path | None, at: datetime) -> None:
    """Write the rounds (期次) of a SCHEME as a calendar (iCalendar, RFC 5545).

    SCHEME is LOCALITY:SCHEME, a LOCALITY that has one, or a file. Rounds that no edition judges are not in it.
    """
    from envgov.exchange.ical import calendar_of_rounds

    if last < first:
        raise click.UsageError(f"--until {last} is before --from {first}")
    editions = editions_of(registry(), scheme)
    write_file(calendar_of_rounds(editions, first, last, origin=Path(scheme).stem.partition(":")[0], at=at), file)
