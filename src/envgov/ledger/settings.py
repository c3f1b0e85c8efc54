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
from envgov.ledger.entry import Hearing, Units, entry_of
from envgov.ledger.tables import ENTRIES

RULES, HEARING, ROSTER, GRID = "rules:life", "rules:hearing", "roster:duty", "grid:units"
HOLDS: Mapping[str, type] = {RULES: LifeRules, HEARING: Hearing, ROSTER: Roster, GRID: Units}
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
                self.put(subject, version, entry_of(connection.execute(this).one()).value)

    def put(self, subject: str, version: int, value: object) -> None:
        self.versions[subject] = version
        self.values[subject] = Grid(value.units) if isinstance(value, Units) else value

    def copy(self) -> Settings:
        return Settings(dict(self.versions), dict(self.values), self.seq)

    @property
    def rules(self) -> LifeRules:
        if RULES not in self.values:
            told = "the ledger has no rules of an issue's life"
            raise RefusedError("issues have rules", told, f"enter a LifeRules under {RULES} first")
        rules: LifeRules = self.values[RULES]
        return rules

    @property
    def hearing(self) -> bool:
        if HEARING not in self.values:
            told = "the ledger does not say whether units are heard before an assessment is signed"
            raise RefusedError("publications have a rule", told, f"enter a Hearing under {HEARING} first")
        return bool(self.values[HEARING].held)

    @property
    def persons(self) -> frozenset[str]:
        """Who may sign: without a roster nobody."""
        return frozenset() if self.roster is None else self.roster.persons

    @property
    def roster(self) -> Roster | None:
        return self.values.get(ROSTER)

    @property
    def grid(self) -> Grid | None:
        return self.values.get(GRID)
