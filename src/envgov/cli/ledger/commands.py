"""All commands of the ledger."""

from __future__ import annotations

from collections.abc import Sequence

import click

from envgov.cli.ledger import daily, exchange, issues, keeping, papers, publications, questions, settings
from envgov.cli.ledger.events import EVENTS, event_command

COMMANDS: Sequence[click.Command] = (
    settings.init,
    issues.add,
    issues.show,
    *map(event_command, EVENTS),
    questions.due,
    questions.overdue,
    questions.rates,
    daily.daily,
    daily.submit,
    papers.slips,
    *map(papers.paper_command, papers.PAPERS),
    publications.publication,
    settings.settings,
    keeping.snapshot,
    keeping.verify,
    keeping.rebuild,
    keeping.backup,
    keeping.restore,
    keeping.refusals,
    keeping.reporter,
    keeping.erase,
    exchange.import_,
    exchange.export,
)
