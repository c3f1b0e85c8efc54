"""What was decided of all rounds, as tables in the kind of those that were given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from typing import Any

import narwhals.stable.v2 as nw
from attrs import field, frozen

from envgov.facts.round import Round
from envgov.frames.closed import ClosedRounds, closed, rules_of
from envgov.frames.engine import small_table
from envgov.frames.open_issues import open_issues
from envgov.frames.part import Part
from envgov.frames.table import Table
from envgov.frames.tables import Tables
from envgov.scheme import Scheme

NAMES = ("standings", "absences", "placements", "measures")


@frozen(eq=False, slots=False)
class Result:
    """What a scheme decides of its rounds. `round` is the position of a round among those given.

    Each table comes in the kind in which the units were given: of pandas or PyArrow, of Polars, a relation of DuckDB or
    a frame of Spark; `tables` has them for other kinds. One that the scheme does not speak of is None. The plan runs
    when the first is asked for, after the tables have been looked through.

    Raises:
        InputError: when a table is asked for: the tables contain what no facts could, or exceed the maxima.
        SchemeError, FieldError: when a table is asked for: what the rules of the plan could not decide.
    """

    editions: tuple[Scheme, ...]
    rounds: tuple[Round, ...]
    facts: Tables
    before: ClosedRounds | None
    _work: Callable[[], tuple[Part, ...]] = field(repr=False)

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """What each edition decides of its rounds, worked out."""
        return self._work()

    @cached_property
    def tables(self) -> Mapping[str, Table]:
        """The tables by name, and `rounds`: which round stands at which position."""
        decided = [part.tables for part in self.parts]
        rows = [(n, round.start, round.end, round.label) for n, round in enumerate(self.rounds)]
        kinds = {"round": int, "start": date, "end": date, "label": str}
        tables = {"rounds": Table(small_table(self.facts.units, kinds, rows), self.facts.kind)}
        for name in NAMES:
            if frames := [its[name] for its in decided if name in its]:
                tables[name] = Table(nw.concat(frames), self.facts.kind)
        return tables

    @property
    def standings(self) -> Any:
        """Every unit that has a number, by figure; `score` is the number in units of the last of its `places`."""
        return self._native("standings")

    @property
    def absences(self) -> Any:
        """Units of the field without a score; `is_exempt` tells why."""
        return self._native("absences")

    @property
    def placements(self) -> Any:
        """Where each board put each unit; while it is pending, `outcomes` has a bit for each tier, the first lowest."""
        return self._native("placements")

    @property
    def measures(self) -> Any:
        """What the ladders propose; `issue` is null where a measure is about the unit.

        The rung tells to whom, by whom and how much.
        """
        return self._native("measures")

    def to_polars(self) -> dict[str, Any]:
        """Every table as a polars.DataFrame."""
        return {name: table.to_polars() for name, table in self.tables.items()}

    def to_pandas(self) -> dict[str, Any]:
        """Every table as a pandas.DataFrame; pandas and pyarrow must be installed."""
        return {name: table.to_pandas() for name, table in self.tables.items()}

    def state(self) -> ClosedRounds:
        """What these rounds, and those of the state with which they were assessed, leave to later ones."""
        assert self.tables
        since = self.parts[-1].scheme.since
        in_force = tuple(edition for edition in self.editions if edition.since >= since)
        past = None if self.before is None else self.before.past
        for part in self.parts:
            past = part.left_to(past)
        assert past is not None
        rules = {} if self.before is None else dict(self.before.rules)
        rules |= {edition.edition: rules_of(edition) for edition in self.editions}
        last = self.rounds[-1]
        return closed(self.editions[0].id, last.end, rules, past, open_issues(in_force, self.facts, last))

    def _native(self, name: str) -> Any:
        return self.tables[name].native if name in self.tables else None
