"""What a ledger decides by: the rules of an issue's life, the duty roster and the grid, each entered like all else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import define, field
from sqlalchemy import Connection, func, select

from envgov.facts.grid import Grid
from envgov.facts.guards import LifeRules
from envgov.facts.refusal import RefusedError
from envgov.facts.roster import Roster
from envgov.ledger.entry import Units, entry_of
from envgov.ledger.tables import ENTRIES

RULES, ROSTER, GRID = "rules:life", "roster:duty", "grid:units"
HOLDS: Mapping[str, type] = {RULES: LifeRules, ROSTER: Roster, GRID: Units}
"""The subjects of which the last value decides, and what values they take."""


@define
class Settings:
    """The settings that hold as of the entry `seq`, and in which version each."""

    versions: dict[str, int] = field(factory=dict)
    values: dict[str, Any] = field(factory=dict)
    seq: int = 0

    def refresh(self, connection: Connection) -> None:
        """Read what was entered since."""
        newest = select(ENTRIES.c.subject, func.max(ENTRIES.c.version)).where(ENTRIES.c.subject.in_(tuple(HOLDS)))
        for subject, version in connection.execute(newest.group_by(ENTRIES.c.subject)).all():
            if self.versions.get(subject) != version:
                this = select(ENTRIES).where(ENTRIES.c.subject == subject, ENTRIES.c.version == version)
                self.put(subject, version, entry_of(connection.execute(this).one()._asdict()).value)

    def put(self, subject: str, version: int, value: object) -> None:
        self.versions[subject] = version
        self.values[subject] = Grid(value.units) if isinstance(value, Units) else value

    def copy(self) -> Settings:
        return Settings(dict(self.versions), dict(self.values), self.seq)

    @property
    def rules(self) -> LifeRules:
        if RULES not in self.values:
            raise RefusedError(
                "issues have rules",
                "the ledger has no rules of an issue's life",
                f"enter a LifeRules under {RULES!r} first",
            )
        rules: LifeRules = self.values[RULES]
        return rules

    @property
    def roster(self) -> Roster | None:
        return self.values.get(ROSTER)

    @property
    def grid(self) -> Grid | None:
        return self.values.get(GRID)
