"""The command line: assess a season, explain a unit, compare two schemes, look at schemes and plugins, write one, check a table."""

from envgov.cli import check, compare, localities, plugin, schemes, season
from envgov.cli.commands import envgov

__all__ = ["envgov"]

for command in (
    season.assess,
    season.explain,
    schemes.schemes,
    compare.compare,
    check.check,
    localities.localities,
    localities.plugins,
    plugin.plugin,
):
    envgov.add_command(command)
