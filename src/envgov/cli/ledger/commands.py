"""All commands of the ledger, as a clerk looks for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import click

from envgov.cli.ledger import (
    acceptance,
    calendar,
    daily,
    exchange,
    issues,
    keeping,
    maps,
    papers,
    publications,
    questions,
    requests,
    settings,
)
from envgov.cli.ledger.events import EVENTS, event_command

SECTIONS: Mapping[str, Sequence[click.Command]] = {
    "Begin": (settings.init, settings.settings),
    "The life of an issue (问题)": (issues.add, *map(event_command, EVENTS), acceptance.accept_unit),
    "What the day asks": (
        issues.show,
        questions.due,
        questions.overdue,
        questions.rates,
        daily.daily,
        daily.submit,
    ),
    "Papers (文书) and bulletins (通报)": (
        papers.slips,
        *map(papers.paper_command, papers.PAPERS),
        publications.publication,
    ),
    "Keep the ledger": (
        keeping.snapshot,
        keeping.verify,
        keeping.rebuild,
        keeping.backup,
        keeping.restore,
        keeping.refusals,
        keeping.reporter,
        keeping.erase,
    ),
    "In and out": (exchange.import_, exchange.export, calendar.calendar, maps.issues, requests.requests),
}
