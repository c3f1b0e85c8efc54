"""The command line: assess a season, explain a unit, list returns, look at schemes and plugins, write one, check a table."""

from envgov.cli import check, duties, localities, plugin, schemes, season
from envgov.cli.commands import envgov

__all__ = ["envgov"]

for command in (
    season.assess,
    season.explain,
    duties.duties,
    schemes.schemes,
    check.check,
    localities.localities,
    localities.plugins,
    plugin.plugin,
):
    envgov.add_command(command)
