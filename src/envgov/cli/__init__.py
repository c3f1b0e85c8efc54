"""The command line: assess a season, keep a ledger, look at schemes and plugins, check a table."""

from envgov.cli import bulletin, check, compare, duties, ledger, localities, plugin, schemes, season
from envgov.cli.commands import envgov

__all__ = ["envgov"]

for command in (
    season.assess,
    season.explain,
    duties.duties,
    bulletin.bulletin,
    schemes.schemes,
    compare.compare,
    check.check,
    ledger.ledger,
    localities.localities,
    localities.plugins,
    plugin.plugin,
):
    envgov.add_command(command)
