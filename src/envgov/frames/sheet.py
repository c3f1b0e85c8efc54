"""The sheet of a scheme: a row for each unit in each round, to which each rule adds columns."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import cached_property
from typing import Any

import narwhals.stable.v2 as nw
from attrs import Factory, define, field, frozen

from envgov.frames.engine import INT, Expr, Frame, gather, is_spark, one, rows_of, whole
from envgov.frames.plainness import plain_issues, sound_issue
from envgov.frames.rounds import Rounds
from envgov.frames.store import Store
from envgov.frames.tables import Tables
from envgov.scheme import Scheme

KEYS = ("round", "unit")
DEEP = 12
"""After so many layers a plan of Spark Connect is worked out: its messages are nested a hundred deep at most."""
Key = tuple[Any, ...]
"""What is asked of which tables."""


@define(eq=False, slots=False)
class Plan:
    """What all sheets of one plan share: the tables, names that are not taken yet, and the checks.

    A plan that was `foreseen` by one that asked the very same, of tables without rows, knows from the beginning all that
    will be asked of each table, and asks it at once.
    """

    tables: Tables
    store: Store | None = None
    """Where frames are kept that are read again; None: they are computed as often as they are read."""
    foreseen: Mapping[Key, Mapping[str, Any]] | None = None
    spark: bool = field(default=Factory(lambda plan: is_spark(plan.tables.units), takes_self=True))
    unseen: frozenset[str] = frozenset()
    """Tables of which nobody has looked through the rows before."""
    looks: dict[str, bool] = field(factory=dict, init=False)
    """Those that were looked through on the way: whether all is plainly sound, of issues but for ids given twice."""
    checks: list[Check] = field(factory=list, init=False)
    asked: dict[Key, dict[str, Any]] = field(factory=dict, init=False)
    _made: dict[Hashable, Frame] = field(factory=dict, init=False)
    _names: int = field(default=0, init=False)

    @cached_property
    def last_position(self) -> int:
        """The greatest position of an event; 0 where there is none."""
        rows = self.tables["events"].select(nw.col("position").max()).collect("polars").rows()
        return int(rows[0][0] or 0)

    @cached_property
    def most_issues(self) -> int:
        """So many issues lie at one place, and nowhere more; 0 where there is none; on the way, whether these are sound."""
        tables, is_unseen = self.tables, self.is_unseen("issues")
        seen = {"sound": sound_issue(tables)} if is_unseen else {}
        issues = tables["issues"].select("place", n=whole(1), **seen)
        places = self.settle(gather(issues, ("place",), dict.fromkeys(("n", *seen), "sum")))
        if is_unseen:
            self.looks["issues"] = plain_issues(places, tables)
        ((most,),) = rows_of([places.select(most=nw.col("n").max())])
        return int(most or 0)

    @cached_property
    def is_dated(self) -> bool:
        """Whether any unit begins or ends."""
        dated = ~(nw.col("since").is_null() & nw.col("until").is_null())
        return bool(self.tables.units.filter(dated).head(1).collect("polars").rows())

    def name(self, what: str) -> str:
        self._names += 1
        return f"{what}_{self._names}"

    def is_unseen(self, table: str) -> bool:
        return table in self.unseen and table not in self.looks

    def settle(self, frame: Frame) -> Frame:
        """The frame, to be read more than once."""
        return frame if self.store is None else self.store.keep(frame)

    def shallow(self, frame: Frame) -> Frame:
        """The frame; of Spark Connect worked out, to be nested no deeper."""
        return self.settle(frame) if frame.implementation.is_pyspark_connect() else frame

    def last(self, frame: Frame) -> Frame:
        """The frame, worked out to be read beyond the plan."""
        return frame if self.store is None else self.store.last(frame)

    def let_go(self) -> None:
        """Of all that was settled, but what lasts."""
        self.checks.clear()
        self._made.clear()
        assert self.store is not None
        self.store.release()

    def once(self, key: Hashable, make: Callable[[], Frame]) -> Frame:
        """A frame that several sheets read."""
        if key not in self._made:
            self._made[key] = self.settle(make())
        return self._made[key]

    def read(self, source: Source) -> Frame:
        """Facts, worked out once if they are made of others and asked for more than once."""
        asked = [name for kind, name, *_ in self.foreseen or () if kind == "tally"]
        if isinstance(source.name, tuple) and asked.count(source.name) > 1:
            return self.once(("read", source.name), source.frame)
        return source.frame()

    def ask(self, key: Key, wanted: Mapping[str, Any]) -> Mapping[str, Any]:
        """All that is asked under that key in the course of the plan, as far as it is foreseen."""
        self.asked.setdefault(key, {}).update(wanted)
        return wanted if self.foreseen is None else self.foreseen[key]


@define(eq=False)
class Sheet:
    """The units that a rule is asked of, in each of some rounds: `round` (a position), `unit`, `since`, `until`.

    A unit is on the sheet of a round only if it is there on the round's first day. Rules grow the frame by columns and
    never change its rows.
    """

    plan: Plan
    rounds: Rounds
    frame: Frame
    levels: tuple[str, ...] | None = None
    """Those of its units; None: there may be units of any."""
    numbers: dict[object, Any] = field(factory=dict)
    """What rules have answered on this sheet."""
    joined: set[Hashable] = field(factory=set)
    """What was asked of tables and stands on this sheet."""
    _layers: int = field(default=0, init=False)

    @property
    def tables(self) -> Tables:
        return self.plan.tables

    def add(self, what: str, column: Expr) -> str:
        """A further column, under a name of its own."""
        name = self.plan.name(what)
        self._grow(self.frame.with_columns(**{name: column}), layers=1)
        return name

    def join(self, given: Frame, fill: Mapping[str, int | None]) -> None:
        """Numbers of other rows with the same round and unit; None leaves null where there is no such row."""
        filled = [nw.col(name).fill_null(whole(value)) for name, value in fill.items() if value is not None]
        given = given.select(*KEYS, *fill)
        self._grow(self.frame.join(given, on=list(KEYS), how="left").with_columns(*filled), layers=3)

    def _grow(self, frame: Frame, layers: int) -> None:
        self.frame, self._layers = frame, self._layers + layers
        if self._layers >= DEEP:
            self.frame, self._layers = self.plan.shallow(frame), 0

    def tally(
        self,
        source: Source,
        columns: Mapping[str, tuple[str, Expr]],
        *,
        where: Expr | None = None,
        latest: bool = False,
    ) -> dict[str, str]:
        """Facts of the `unit` in the round, gathered: each column is a "sum", the "max" or the "min" of numbers.

        `latest`: only those of the latest day on which there are any. Sums are 0 where there are no facts, others
        null. The names of the columns are answered under those given.
        """
        names = {key: self.plan.name(key) for key in columns}
        wanted = {names[key]: (how, number, where) for key, (how, number) in columns.items()}
        key = ("tally", source.name, self.rounds, names["n"] if latest else None)
        self.ask(key, wanted, lambda every: self._gathered(source, every, latest=latest))
        return names

    def ask(self, key: Key, wanted: Mapping[str, Any], make: Callable[[Mapping[str, Any]], Frame]) -> None:
        """Columns by round and unit, those of each key worked out at once; null where there is no row, but for sums."""
        every = self.plan.ask(key, wanted)
        if self.plan.foreseen is not None and key in self.joined:
            return
        self.joined.add(key)
        given = make(every) if self.plan.foreseen is None else self.plan.once(key, lambda: make(every))
        self.join(given, {name: None if asked[0] in ("max", "min") else 0 for name, asked in every.items()})

    def _gathered(self, source: Source, every: Mapping[str, tuple[str, Expr, Expr | None]], *, latest: bool) -> Frame:
        how = {name: kind for name, (kind, *_) in every.items()}
        facts = self.plan.read(source)
        if latest:
            where, *_ = [where for *_, where in every.values()]
            facts = facts if where is None else facts.filter(where)
        numbers = {
            name: number if latest or where is None else _where(where, number, kind)
            for name, (kind, number, where) in every.items()
        }
        placed = self.rounds.place(facts.select("unit", source.day, **numbers), source.day)
        if not latest:
            return self.rounds.gathered(placed, ("unit",), how)
        spread = self.rounds.gathered(placed, ("unit", source.day), how)
        spread = spread.with_columns(its_last=nw.col(source.day).max().over(*KEYS))
        return spread.filter(nw.col(source.day) == nw.col("its_last"))

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
        return Sheet(self.plan, rounds, self.plan.settle(exists(rows).drop("start")), self.levels)

    def settle(self, *columns: str) -> None:
        """Work out the sheet: these columns are read from now on, and no others."""
        checked = [check.column for check in self.plan.checks if check.sheet is self]
        self.frame = self.plan.settle(self.frame.select(*dict.fromkeys((*columns, *checked))))
        self.numbers, self.joined = {}, set()

    def at_most(self, column: str, most: int, what: str, table: str) -> None:
        """A declared maximum, to be looked at before any result."""
        self.refuse(
            nw.col(column) > whole(most),
            f"more than the declared maximum of {most} {what}",
            "declare the maximum that the tables have",
            table,
        )

    def refuse(
        self,
        wrong: Expr,
        problem: str,
        remedy: str,
        table: str,
        *,
        scheme: bool = False,
        keys: tuple[str, ...] = KEYS,
    ) -> None:
        """Rows that must not be, to be looked at before any result."""
        column = self.add("wrong", one(wrong))
        self.plan.checks.append(Check(self, column, problem, remedy, table, scheme, keys))

    def only(self, condition: Expr) -> Sheet:
        """The rows for which it holds, as a sheet of their own."""
        return Sheet(self.plan, self.rounds, self.frame.filter(condition), self.levels)


@frozen
class Check:
    """Rows that must not be there, and what is said of them: looked at before any result is given."""

    sheet: Sheet
    column: str
    """1 in these rows."""
    problem: str
    remedy: str
    table: str
    scheme: bool = False
    """Whether the scheme is at fault, and not the tables."""
    keys: tuple[str, ...] = KEYS

    @property
    def rows(self) -> Frame:
        return self.sheet.frame.filter(nw.col(self.column) == whole(1)).select(*self.keys).unique()


@frozen
class Source:
    """Facts at a `unit` on a `day`: read when they are gathered, told by a name."""

    name: Hashable
    frame: Callable[[], Frame] = field(eq=False)
    day: str = "day"


def _where(condition: Expr, number: Expr, how: str) -> Expr:
    """The number where it counts, and nothing elsewhere."""
    case = nw.when(condition).then(number)
    return case.otherwise(whole(0)) if how == "sum" else case.otherwise(nw.lit(None, dtype=INT))


def is_there(day: Expr) -> Expr:
    """Whether a unit is there on that day, by its `since` and `until`."""
    begun = nw.col("since").is_null() | (nw.col("since") <= day)
    return begun & (nw.col("until").is_null() | (day < nw.col("until")))


def exists(rows: Frame) -> Frame:
    """The units that are there on the day `start`."""
    return rows.filter(is_there(nw.col("start")))


def units_on(rounds: Rounds, tables: Tables) -> Frame:
    """Every unit of each round's grid: that of the round's first day."""
    return exists(tables.units.join(rounds.starts(tables.units), how="cross")).drop("start")


def sheet_of(scheme: Scheme, rounds: Rounds, plan: Plan) -> Sheet:
    """The field of a scheme in each round, with the `group` of each unit; "" where it has no groups."""
    tables, named = plan.tables, plan.tables["designations"]
    rows = tables.units.filter(nw.col("level").is_in(scheme.levels))
    if scheme.among is not None:
        among = named.filter(nw.col("designation") == nw.lit(scheme.among)).select("unit").unique()
        rows = rows.join(among, on="unit", how="semi")
    if scheme.groups:
        classes = named.filter(nw.col("designation").is_in(scheme.groups)).group_by("unit")
        first = classes.agg(group=nw.col("designation").min(), classes=nw.col("designation").n_unique())
        rows = rows.join(first, on="unit", how="left").with_columns(classes=nw.col("classes").cast(INT))
    else:
        rows = rows.with_columns(group=nw.lit(""))
    rows = rows.join(rounds.starts(tables.units), how="cross")
    rows = exists(rows).select(*KEYS, "group", "since", "until", *["classes"][: len(scheme.groups)])
    sheet = Sheet(plan, rounds, rows, tuple(scheme.levels))
    if scheme.groups:
        said = f"scheme {scheme.id}: each unit has one of the groups {', '.join(scheme.groups)}"
        wrong = one(nw.col("classes") == whole(1)) == whole(0)
        sheet.refuse(wrong, said, "correct its designations", "designations", scheme=True, keys=("unit",))
    sheet.settle(*KEYS, "group", "since", "until")
    return sheet
