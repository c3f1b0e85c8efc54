"""The sheet of a scheme: a row for each unit in each round, to which each rule adds columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import narwhals.stable.v2 as nw
from attrs import define, field, frozen

from envgov.frames.engine import INT, Expr, Frame, is_spark, one, whole
from envgov.frames.rounds import Rounds
from envgov.frames.tables import Tables
from envgov.scheme import Scheme

KEYS = ("round", "unit")


@frozen
class Check:
    """Rows that must not be there, and what is said of them: looked at before any result is given."""

    rows: Frame
    problem: str
    remedy: str
    table: str
    scheme: bool = False
    """Whether the scheme is at fault, and not the tables."""


@define(eq=False)
class Plan:
    """What all sheets of one plan share: the tables, names that are not taken yet, and the checks."""

    tables: Tables
    checks: list[Check] = field(factory=list, init=False)
    _names: int = field(default=0, init=False)

    @property
    def spark(self) -> bool:
        return is_spark(self.tables.units)

    def name(self, what: str) -> str:
        self._names += 1
        return f"{what}_{self._names}"


@define(eq=False)
class Sheet:
    """The units that a rule is asked of, in each of some rounds: `round` (a position), `unit`, `since`, `until`.

    A unit is on the sheet of a round only if it is there on the round's first day. Rules grow the frame by columns and
    never change its rows.
    """

    plan: Plan
    rounds: Rounds
    frame: Frame
    numbers: dict[object, Any] = field(factory=dict, init=False)
    """What rules have answered on this sheet."""

    @property
    def tables(self) -> Tables:
        return self.plan.tables

    def add(self, what: str, column: Expr) -> str:
        """A further column, under a name of its own."""
        name = self.plan.name(what)
        self.frame = self.frame.with_columns(**{name: column})
        return name

    def join(self, given: Frame, fill: Mapping[str, int | None]) -> None:
        """Numbers of other rows with the same round and unit; None leaves null where there is no such row."""
        self.frame = self.frame.join(given.select(*KEYS, *fill), on=list(KEYS), how="left").with_columns(
            *(nw.col(name).fill_null(whole(value)) for name, value in fill.items() if value is not None)
        )

    def tally(
        self, facts: Frame, columns: Mapping[str, tuple[str, Expr]], *, day: str = "day", latest: bool = False
    ) -> dict[str, str]:
        """Facts of the `unit` in the round, gathered: each column is a "sum", the "max" or the "min" of numbers.

        `latest`: only those of the latest day on which there are any. Sums are 0 where there are no facts, others
        null. The names of the columns are answered under those given.
        """
        names = {key: self.plan.name(key) for key in columns}
        numbers = {names[key]: number for key, (_, number) in columns.items()}
        how = {names[key]: kind for key, (kind, _) in columns.items()}
        placed = self.rounds.place(facts.with_columns(**numbers), day)
        if latest:
            spread = self.rounds.spread(gather(placed, ("piece", "unit", day), how))
            spread = gather(spread, (*KEYS, day), how).with_columns(its_last=nw.col(day).max().over(*KEYS))
            gathered = spread.filter(nw.col(day) == nw.col("its_last"))
        else:
            gathered = gather(self.rounds.spread(gather(placed, ("piece", "unit"), how)), KEYS, how)
        self.join(gathered, {name: 0 if kind == "sum" else None for name, kind in how.items()})
        return names

    def spread_out(self, rows: Frame, numbers: Sequence[str], positions: int) -> list[dict[str, str]]:
        """Numbers of several rows of the same round and unit, side by side: by `position`, from 1 up; 0 where none is."""
        names = [{number: self.plan.name(number) for number in numbers} for _ in range(positions)]
        wide = {
            name: nw.when(nw.col("position") == whole(n)).then(nw.col(number)).otherwise(whole(0))
            for n, of_position in enumerate(names, 1)
            for number, name in of_position.items()
        }
        self.join(gather(rows.select(*KEYS, **wide), KEYS, dict.fromkeys(wide, "sum")), dict.fromkeys(wide, 0))
        return names

    def there(self, rounds: Rounds) -> Sheet:
        """The same units in other rounds, one for each of these: those that are there on their first days."""
        starts = rounds.starts(self.tables.units)
        rows = self.frame.select(*KEYS, "since", "until").join(starts, on="round", how="inner")
        return Sheet(self.plan, rounds, exists(rows).drop("start"))

    def at_most(self, column: str, most: int, what: str, table: str) -> None:
        """A declared maximum, to be looked at before any result."""
        self.refuse(
            nw.col(column) > whole(most),
            f"more than the declared maximum of {most} {what}",
            "declare the maximum that the tables have",
            table,
        )

    def refuse(self, wrong: Expr, problem: str, remedy: str, table: str) -> None:
        """Rows that must not be, to be looked at before any result."""
        self.plan.checks.append(Check(self.frame.filter(wrong).select(*KEYS), problem, remedy, table))

    def only(self, condition: Expr) -> Sheet:
        """The rows for which it holds, as a sheet of their own."""
        return Sheet(self.plan, self.rounds, self.frame.filter(condition))


def gather(rows: Frame, keys: tuple[str, ...], how: Mapping[str, str]) -> Frame:
    """The "sum", "max" or "min" of columns for each key, as whole numbers."""
    made: dict[str, Any] = {"sum": lambda c: c.sum(), "max": lambda c: c.max(), "min": lambda c: c.min()}
    grouped = rows.group_by(*keys).agg(**{name: made[kind](nw.col(name)) for name, kind in how.items()})
    return grouped.with_columns(*(nw.col(name).cast(INT) for name in how))


def exists(rows: Frame) -> Frame:
    """The units that are there on the day `start`."""
    begun = nw.col("since").is_null() | (nw.col("since") <= nw.col("start"))
    return rows.filter(begun & (nw.col("until").is_null() | (nw.col("start") < nw.col("until"))))


def units_on(rounds: Rounds, tables: Tables) -> Frame:
    """Every unit of each round's grid: that of the round's first day."""
    return exists(tables.units.join(rounds.starts(tables.units), how="cross")).drop("start")


def sheet_of(scheme: Scheme, rounds: Rounds, tables: Tables) -> Sheet:
    """The field of a scheme in each round, with the `group` of each unit; "" where it has no groups."""
    plan = Plan(tables)
    named = tables["designations"]
    rows = units_on(rounds, tables).filter(nw.col("level").is_in(scheme.levels))
    if scheme.among is not None:
        among = named.filter(nw.col("designation") == nw.lit(scheme.among)).select("unit").unique()
        rows = rows.join(among, on="unit", how="semi")
    if scheme.groups:
        classes = named.filter(nw.col("designation").is_in(scheme.groups)).group_by("unit")
        first = classes.agg(group=nw.col("designation").min(), classes=nw.col("designation").n_unique())
        rows = rows.join(first, on="unit", how="left").with_columns(classes=nw.col("classes").cast(INT))
        wrong = rows.filter(one(nw.col("classes") == whole(1)) == whole(0))
        said = f"scheme {scheme.id}: each unit has one of the groups {', '.join(scheme.groups)}"
        plan.checks.append(Check(wrong.select("unit").unique(), said, "correct its designations", "designations", True))
    else:
        rows = rows.with_columns(group=nw.lit(""))
    return Sheet(plan, rounds, rows.select(*KEYS, "group", "since", "until"))
