"""The grid (网格): the tree of units that are ranked, and who answers for them."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property

from attrs import field, frozen

from envgov.checks import is_code_or_none, is_count_or_none, is_day_or_none, is_frozenset, is_text
from envgov.errors import Fault, InputError, UnknownUnitError

UNKNOWN_PARENT = "no unit has this code"


@frozen
class Unit:
    """One node of the grid: a district, township, village, community, residents' group or grid cell.

    `level` is the local word (区, 街道, 村, 四级网格 ...): a label, never an order. `designations` are the
    classes that schemes select and group by (涉农, 城中村 ...). The unit exists from `since` up to, and
    without, `until`; None is open.
    """

    code: str = field(validator=is_text)
    name: str = field(validator=is_text)
    level: str = field(validator=is_text)
    parent: str | None = field(default=None, validator=is_code_or_none)
    designations: frozenset[str] = field(default=frozenset(), validator=is_frozenset)
    population: int | None = field(default=None, validator=is_count_or_none)
    since: date | None = field(default=None, validator=is_day_or_none)
    until: date | None = field(default=None, validator=is_day_or_none)

    def exists_on(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


def _in_code_order(units: Iterable[Unit]) -> tuple[Unit, ...]:
    given = tuple(units)
    if faults := list(find_faults(given)):
        raise InputError(faults)
    return tuple(sorted(given, key=lambda unit: unit.code))


@frozen(repr=False)
class Grid:
    """The tree of units, in the order of their codes whatever order they were given in.

    Raises:
        InputError: every duplicate code, unknown parent, cycle and impossible span of years, at once.
    """

    units: tuple[Unit, ...] = field(converter=_in_code_order)

    def __repr__(self) -> str:
        levels = Counter(unit.level for unit in self.units)
        return f"<Grid of {len(self.units)} units: {', '.join(f'{n} {level}' for level, n in levels.items())}>"

    def __contains__(self, code: str) -> bool:
        return code in self._by_code

    def __getitem__(self, code: str) -> Unit:
        try:
            return self._by_code[code]
        except KeyError:
            raise UnknownUnitError(f"the grid has no unit {code!r}") from None

    def on(self, day: date) -> Grid:
        """The tree of that day: units that were not yet, or no longer, are left out."""
        if not self._changes:
            return self
        return Grid(unit for unit in self.units if unit.exists_on(day))

    def children(self, code: str | None) -> tuple[str, ...]:
        """The codes right below a unit; below None, the roots."""
        return self._children.get(code if code is None else self[code].code, ())

    def ancestors(self, code: str) -> Iterator[str]:
        """The codes above a unit, nearest first."""
        parent = self[code].parent
        while parent is not None:
            yield parent
            parent = self._by_code[parent].parent

    def subtree(self, code: str) -> tuple[str, ...]:
        """The unit and everything below it, each branch in code order."""
        walk, found = [self[code].code], []
        while walk:
            found.append(walk.pop())
            walk.extend(reversed(self._children.get(found[-1], ())))
        return tuple(found)

    def descendants(self, code: str, level: str) -> tuple[str, ...]:
        """The codes of a level anywhere below a unit, branch by branch, each in code order."""
        enters, codes = self._tours.get(level, ((), ()))
        first, last = self._extents[self[code].code]
        return tuple(codes[bisect_right(enters, first) : bisect_right(enters, last)])

    def at_levels(self, levels: Iterable[str]) -> tuple[Unit, ...]:
        wanted = frozenset(levels)
        return tuple(unit for unit in self.units if unit.level in wanted)

    def named(self, name: str) -> tuple[Unit, ...]:
        """Every unit of that name: villages of different townships often share one."""
        return tuple(unit for unit in self.units if unit.name == name)

    def code_of(self, named: str) -> str | None:
        """The code of the unit that is named by its code, or by its name; None where there is no such unit.

        Raises:
            UnknownUnitError: several units have that name.
        """
        if named in self:
            return named
        found = self.named(named)
        if len(found) > 1:
            codes = ", ".join(unit.code for unit in found)
            raise UnknownUnitError(f"{len(found)} units are called {named!r}: give the code of one of them: {codes}")
        return found[0].code if found else None

    @cached_property
    def _by_code(self) -> Mapping[str, Unit]:
        return {unit.code: unit for unit in self.units}

    @cached_property
    def _children(self) -> Mapping[str | None, tuple[str, ...]]:
        below: dict[str | None, list[str]] = defaultdict(list)
        for unit in self.units:
            below[unit.parent].append(unit.code)
        return {parent: tuple(codes) for parent, codes in below.items()}

    @cached_property
    def _extents(self) -> Mapping[str, tuple[int, int]]:
        """Each unit's number on a walk through the tree, and the last number below it."""
        extents: dict[str, tuple[int, int]] = {}
        walk: list[tuple[str, int]] = [(root, -1) for root in reversed(self.children(None))]
        number = 0
        while walk:
            code, entered = walk.pop()
            if entered >= 0:
                extents[code] = (entered, number - 1)
                continue
            walk.append((code, number))
            number += 1
            walk.extend((child, -1) for child in reversed(self.children(code)))
        return extents

    @cached_property
    def _tours(self) -> Mapping[str, tuple[Sequence[int], Sequence[str]]]:
        """The units of each level in walking order, with their numbers: what lies below a unit is one slice."""
        tours: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for code, (entered, _) in self._extents.items():
            tours[self._by_code[code].level].append((entered, code))
        return {
            level: ([entered for entered, _ in stops], [code for _, code in stops])
            for level, stops in ((level, sorted(stops)) for level, stops in tours.items())
        }

    @cached_property
    def _changes(self) -> bool:
        return any(unit.since is not None or unit.until is not None for unit in self.units)


def find_faults(units: Sequence[Unit]) -> Iterator[Fault]:
    """What keeps these units from being a tree; `row` is the position of the unit, from 1."""
    by_code: dict[str, Unit] = {}
    first_row: dict[str, int] = {}
    for row, unit in enumerate(units, 1):
        if unit.code in by_code:
            yield Fault(
                f"this code is already that of row {first_row[unit.code]}",
                "give every unit a code of its own",
                row=row,
                column="code",
                value=unit.code,
            )
        else:
            by_code[unit.code], first_row[unit.code] = unit, row
        if unit.since is not None and unit.until is not None and unit.until <= unit.since:
            yield Fault(
                f"the unit ends before it begins ({unit.since})",
                "correct one of the two days",
                row=row,
                column="until",
                value=str(unit.until),
            )
    rooted: set[str] = set()
    for row, unit in enumerate(units, 1):
        if unit.parent is None:
            continue
        above = by_code.get(unit.parent)
        if above is None:
            yield Fault(
                UNKNOWN_PARENT,
                "add the parent, or correct the code",
                row=row,
                column="parent",
                value=unit.parent,
            )
        elif not _spans(above, unit):
            yield Fault(
                f"the parent does not exist throughout the unit's own years ({_span(unit)}; parent {_span(above)})",
                "correct since and until, or give the unit a successor with a code of its own",
                row=row,
                column="parent",
                value=unit.parent,
            )
        if unit.parent in rooted:
            rooted.add(unit.code)
        elif cycle := _cycle_from(unit.code, by_code, rooted):
            yield Fault(
                f"the unit is above itself: {' < '.join(cycle if len(cycle) <= 12 else [*cycle[:10], '...', cycle[-1]])}",
                "correct one of these parents",
                row=first_row[cycle[0]],
                column="parent",
                value=by_code[cycle[0]].parent,
            )


def _cycle_from(code: str, by_code: Mapping[str, Unit], rooted: set[str]) -> list[str]:
    """The circle that the way up from a unit runs into for the first time; `rooted` grows by what was seen."""
    way: dict[str, int] = {}
    step: str | None = code
    while step is not None and step in by_code and step not in rooted:
        if step in way:
            circle = list(way)[way[step] :]
            rooted.update(way)
            return [*circle, step]
        way[step] = len(way)
        step = by_code[step].parent
    rooted.update(way)
    return []


def _spans(above: Unit, unit: Unit) -> bool:
    begins = above.since is None or (unit.since is not None and above.since <= unit.since)
    return begins and (above.until is None or (unit.until is not None and unit.until <= above.until))


def _span(unit: Unit) -> str:
    return f"{unit.since or 'always'} to {unit.until or 'now'}"


@frozen
class Body:
    """A team, office, department or committee (督导组, 环卫办, 纪工委): acts, and is no node of the grid."""

    code: str = field(validator=is_text)
    name: str = field(validator=is_text)


@frozen
class Assignment:
    """Who (a person or a body) holds which role at which place; many to many (包村, 包路, 包片).

    Heads of units are assignments too. It runs from `since` up to, and without, `until`; None is open.
    """

    who: str = field(validator=is_text)
    role: str = field(validator=is_text)
    place: str = field(validator=is_text)
    since: date | None = field(default=None, validator=is_day_or_none)
    until: date | None = field(default=None, validator=is_day_or_none)

    def __attrs_post_init__(self) -> None:
        if self.since is not None and self.until is not None and self.until <= self.since:
            raise ValueError(f"{self.who} at {self.place}: until={self.until} is not after since={self.since}")

    def holds_on(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)
