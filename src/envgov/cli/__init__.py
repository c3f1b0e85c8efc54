"""The command line: assess a season, explain a unit, look at schemes and plugins, check a published table."""

from envgov.cli import check, localities, schemes, season
from envgov.cli.commands import envgov

__all__ = ["envgov"]

for command in (season.assess, season.explain, schemes.schemes, check.check, localities.localities, localities.plugins):
    envgov.add_command(command)
