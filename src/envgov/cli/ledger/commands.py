"""All commands of the ledger."""

from __future__ import annotations

from collections.abc import Sequence

import click

from envgov.cli.ledger import issues, settings
from envgov.cli.ledger.events import EVENTS, event_command

COMMANDS: Sequence[click.Command] = (
    settings.init,
    issues.add,
    issues.show,
    *map(event_command, EVENTS),
)
