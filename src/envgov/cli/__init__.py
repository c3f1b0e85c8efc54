"""The command line: assess a season, keep a ledger, look at schemes and plugins, check a table."""

from envgov.cli import (
    bulletin,
    check,
    compare,
    duties,
    json_schema,
    ledger,
    localities,
    maps,
    plugin,
    rounds,
    schemes,
    season,
    site,
    slip,
)
from envgov.cli.commands import envgov

__all__ = ["envgov"]

for command in (
    season.assess,
    season.explain,
    duties.duties,
    bulletin.bulletin,
    site.site,
    slip.slip,
    schemes.schemes,
    rounds.rounds,
    maps.units,
    compare.compare,
    check.check,
    json_schema.json_schema,
    ledger.ledger,
    localities.localities,
    localities.plugins,
    plugin.plugin,
):
    envgov.add_command(command)
