"""The clerk: at which ledger, and under which name. What is known before the ledger is opened."""

from __future__ import annotations

import click
from attrs import frozen


@frozen
class Clerk:
    """Who works at the ledger, as the options of the group say."""

    place: str | None
    name: str | None

    @property
    def where(self) -> str:
        """The place of the ledger.

        Raises:
            UsageError: none was named.
        """
        if not self.place:
            raise click.UsageError("name the ledger: envgov ledger --ledger PLACE ..., or set ENVGOV_LEDGER")
        return self.place

    @property
    def by(self) -> str:
        """Who enters.

        Raises:
            UsageError: nobody was named.
        """
        if not (self.name or "").strip():
            raise click.UsageError("say who enters it: envgov ledger --by NAME ..., or set ENVGOV_BY")
        return str(self.name)


pass_clerk = click.make_pass_decorator(Clerk)
