"""`envgov ledger`: a day's work at the ledger, for a clerk without Python."""

from __future__ import annotations

from typing import Any

import click

from envgov.cli.ledger.clerk import Clerk
from envgov.facts.refusal import RefusedError
from envgov.wording.rules import rule_word

__all__ = ["ledger"]

_OF_THE_GROUP = ("--ledger", "--by")


class _LedgerCommands(click.Group):
    """Its commands are loaded when they are asked for: they need the extra `ledger`, and `envgov --help` does not."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's
        self._load()
        return list(self.commands)  # in the order of a life, and not of the alphabet

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        from envgov.cli.ledger.commands import SECTIONS

        longest = max(map(len, self.list_commands(ctx)))
        room = formatter.width - longest - 6  # what click leaves beside the longest name
        for section, commands in SECTIONS.items():
            with formatter.section(section):
                told = [(str(each.name).ljust(longest), each.get_short_help_str(room)) for each in commands]
                formatter.write_dl(told)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        self._load()
        return super().get_command(ctx, cmd_name)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except click.NoSuchOption as error:
            if error.option_name not in _OF_THE_GROUP:
                raise
            told = f"{error.option_name} stands before the command: envgov ledger {error.option_name} ... COMMAND ..."
            raise click.UsageError(told, error.ctx) from None
        except RefusedError as refused:
            raise click.ClickException(f"{refused}\n规则：{rule_word(refused.rule, 'zh')}") from None
        except UnicodeError as error:  # bytes of the command that the terminal's encoding does not have
            raise click.UsageError(f"a word of the command is no text: {error}") from None

    def _load(self) -> None:
        from envgov.cli.ledger.commands import SECTIONS

        self.commands = {str(command.name): command for commands in SECTIONS.values() for command in commands}


@click.group(cls=_LedgerCommands, epilog="Example: envgov ledger --ledger town.db --by 张会计 accept W1 --who 镇整治办")
@click.option(
    "--ledger",
    "place",
    metavar="PLACE",
    envvar="ENVGOV_LEDGER",
    show_envvar=True,
    help="Where the ledger lies: a file, or postgresql://user@host/database.",
)
@click.option("--by", "name", metavar="NAME", envvar="ENVGOV_BY", show_envvar=True, help="Who enters it.")
@click.pass_context
def ledger(ctx: click.Context, place: str | None, name: str | None) -> None:
    """Keep a ledger (台账): every problem from found to closed.

    Exit codes: 0 done; 1 a rule refused it, which changes nothing and is kept, or the ledger has a fault; 2 the command
    was not understood.
    """
    ctx.obj = Clerk(place, name)
