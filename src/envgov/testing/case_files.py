"""Reads worked cases from TOML, with every fault of a file at once."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from envgov.api import Registry
from envgov.codec import as_written
from envgov.errors import Fault, InputError
from envgov.exact import points
from envgov.facts.evidence import Facts
from envgov.facts.grid import Assignment, Grid, Unit
from envgov.facts.inspection import Finding, Inspection
from envgov.policy.term import terms_in
from envgov.reason import Absent
from envgov.scheme import Scheme
from envgov.season_csv import read_season
from envgov.testing.worked_cases import Expected, WorkedCase

T = TypeVar("T")


def read_cases(path: str | Path, registry: Registry) -> tuple[WorkedCase, ...]:
    """The cases of a TOML file, about schemes of the registry's localities.

    Raises:
        InputError: every fault of the file, each with the path of its field.
        OSError: the file, or a folder of facts that it names, cannot be opened.
        PluginError, UnknownLocalityError: as asking the registry raises them.
    """
    path = Path(path)
    data = document_of(path)
    reader = _Reader(path, registry)
    cases = reader.cases(data)
    if reader.faults:
        raise InputError(reader.faults)
    return cases


def document_of(path: Path) -> dict[str, Any]:
    """The file as TOML, its numbers as they are written.

    Raises:
        InputError: it is no TOML in UTF-8.
    """
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"), parse_float=as_written)
    except (ValueError, RecursionError) as error:
        remedy = "correct the file at that place; names in Chinese stand in quotes, also before ="
        raise InputError([Fault(f"this is not TOML in UTF-8: {error}", remedy, path.name)]) from None


_FIELDS: Mapping[str, tuple[str, ...]] = {
    "": ("case", "locality", "plugin"),
    "case": ("name", "says", "scheme", "units", "rounds", "season", "expect"),
    "units": ("level", "above", "classes", "head"),
    "rounds": ("day", "channel", "scores", "findings"),
    "expect": ("unit", "round", "rank", "score", "absent", "tier", "tiers", "measures", "pending"),
}


class _Reader:
    """Reads a whole file, and notes each fault that it finds."""

    def __init__(self, path: Path, registry: Registry) -> None:
        self.path = path
        self.registry = registry
        self.faults: list[Fault] = []

    def cases(self, data: dict[str, Any]) -> tuple[WorkedCase, ...]:
        self.refuse_unknown(data, "", "")
        if not isinstance(data.get("locality"), str):
            self.note("locality", "the locality's code is wanted", 'write locality = "..."', data.get("locality"))
            return ()
        schemes = self.registry[data["locality"]].schemes
        given = self.tables(data, "case", "")
        if not given:
            self.note("case", "there is no case", "write [[case]], and its fields below", None)
        read = [self.unless_wrong(partial(self.case, case, way, schemes), way) for way, case in given]
        return tuple(case for case in read if case is not None)

    def case(self, data: dict[str, Any], way: str, schemes: Mapping[str, tuple[Scheme, ...]]) -> WorkedCase | None:
        self.refuse_unknown(data, way, "case")
        name, says = self.text(data, way, "name"), self.text(data, way, "says")
        editions = schemes.get(str(data.get("scheme")), ())
        if not editions:
            self.note(
                f"{way}.scheme",
                "the locality has no such scheme",
                f"write one of {', '.join(schemes)}",
                data.get("scheme"),
            )
            return None
        facts = self.facts(data, way, editions)
        expects = self.tables(data, "expect", way)
        if not expects:
            self.note(
                f"{way}.expect", "nothing is expected", "write [[case.expect]] with unit, and tier or measures", None
            )
        expected = tuple(self.expected(one, its, editions) for its, one in expects)
        if name and says and facts is not None:
            return WorkedCase(name, says, editions, facts, expected)
        return None

    # -- the facts
    def facts(self, data: dict[str, Any], way: str, editions: Sequence[Scheme]) -> Facts | None:
        if "season" in data:
            return read_season(self.path.parent / self.text(data, way, "season"), kinds=self.registry.kinds)
        before = len(self.faults)
        visits = [visit for its, one in self.tables(data, "rounds", way) for visit in self.visits(one, its, editions)]
        grid, heads = self.grid(data, way, editions, [visit.unit for visit in visits])
        if len(self.faults) > before:
            return None
        return self.unless_wrong(lambda: Facts(Grid(grid), inspections=visits, assignments=heads), f"{way}.units")

    def grid(
        self, data: dict[str, Any], way: str, editions: Sequence[Scheme], seen: Sequence[str]
    ) -> tuple[list[Unit], list[Assignment]]:
        """The units that are described, and those that are only named where something was seen."""
        described = self.table(data, "units", way)
        level, role = editions[-1].levels[0], editions[-1].head
        units, heads = [], []
        for code in dict.fromkeys((*described, *seen)):
            one = self.table(described, code, f"{way}.units") if code in described else {}
            its = f"{way}.units.{code}"
            self.refuse_unknown(one, its, "units")
            classes = frozenset(self.names(one, "classes", its))
            units.append(Unit(code, code, one.get("level", level), one.get("above"), classes))
            if "head" in one and role:
                heads.append(Assignment(self.text(one, its, "head"), role, code))
        return units, heads

    def visits(self, data: dict[str, Any], way: str, editions: Sequence[Scheme]) -> list[Inspection]:
        """What was seen in one round: a score for each unit, or what was found there."""
        self.refuse_unknown(data, way, "rounds")
        day = data.get("day")
        if type(day) is not date:
            self.note(f"{way}.day", "a day of the round is wanted", "write day = 2024-05-31, without quotes", day)
            return []
        channel = data.get("channel") or self.only_channel(editions, way)
        out = []
        for unit, score in self.table(data, "scores", way).items():
            exact = self.number(score, f"{way}.scores.{unit}")
            out += [Inspection(unit, day, channel, stated=exact)] if exact is not None else []
        for unit in self.table(data, "findings", way):
            listed = self.table(self.table(data, "findings", way), unit, f"{way}.findings")
            found = [
                self.unless_wrong(partial(Finding, item, lost), f"{way}.findings.{unit}.{item}")
                for item, n in listed.items()
                if (lost := self.number(n, f"{way}.findings.{unit}.{item}")) is not None
            ]
            out.append(Inspection(unit, day, channel, [finding for finding in found if finding is not None]))
        return out

    def only_channel(self, editions: Sequence[Scheme], way: str) -> str:
        """The channel that goes without saying, where the scheme reads no other."""
        read = {c for term in terms_in(tuple(editions)) if isinstance(c := getattr(term, "channel", None), str)}
        if len(read) == 1:
            return read.pop()
        self.note(
            f"{way}.channel", "which channel is not said", f"write one of {', '.join(sorted(read)) or 'any name'}", None
        )
        return "-"

    # -- what is expected
    def expected(self, data: dict[str, Any], way: str, editions: Sequence[Scheme]) -> Expected:
        self.refuse_unknown(data, way, "expect")
        boards = {board.id: board.names for board in editions[-1].boards}
        tiers = dict(self.table(data, "tiers", way))
        if "tier" in data and len(boards) != 1:
            self.note(f"{way}.tier", "there is not one board", 'write tiers = { "board" = "tier" }', data["tier"])
        elif "tier" in data:
            tiers[next(iter(boards))] = data["tier"]
        for board, tier in tiers.items():
            known = (*boards.get(board, ()), "pending") if board in boards else ()
            if tier not in known:
                remedy = f"write one of {', '.join(known) or ', '.join(boards) or 'none: there is no board'}"
                self.note(f"{way}.tiers.{board}", "there is no such tier", remedy, tier)
        rungs = {rung.measure for ladder in editions[-1].ladders for rung in ladder.rungs}
        measures = {name: self.names(data, name, way) for name in ("measures", "pending")}
        for name, given in measures.items():
            for rung in sorted(set(given) - rungs):
                remedy = f"write one of {', '.join(sorted(rungs)) or 'none: there is no ladder'}"
                self.note(f"{way}.{name}", "there is no such measure", remedy, rung)
        absent = data.get("absent")
        if absent is not None and absent not in [why.value for why in Absent]:
            self.note(f"{way}.absent", "this is no reason", "write 'not assessed' or 'exempt'", absent)
            absent = None
        rank = data.get("rank")
        if rank is not None and type(rank) is not int:
            self.note(f"{way}.rank", "a whole number is wanted", "write rank = 3", rank)
        if set(data) <= {"unit", "round"}:
            self.note(way, "nothing is expected of the unit", "write a tier, measures, a rank, a score or absent", None)
        return Expected(
            self.text(data, way, "unit"),
            self.text(data, way, "round") if "round" in data else "",
            rank,
            self.number(data["score"], f"{way}.score") if "score" in data else None,
            None if absent is None else Absent(absent),
            tiers,
            frozenset(measures["measures"]) if "measures" in data else None,
            frozenset(measures["pending"]) if "pending" in data else None,
        )

    # -- fields
    def text(self, data: dict[str, Any], way: str, name: str) -> str:
        value = data.get(name)
        if isinstance(value, str) and value.strip():
            return value
        self.note(f"{way}.{name}", "a text is wanted", f'write {name} = "..."', value)
        return ""

    def number(self, value: object, way: str) -> Decimal | None:
        try:
            return points(value)  # type: ignore[arg-type]
        except (TypeError, ValueError):
            self.note(way, "a number is wanted", "write it plainly, as 85.5", value)
            return None

    def names(self, data: dict[str, Any], name: str, way: str) -> tuple[str, ...]:
        value = data.get(name, [])
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        self.note(f"{way}.{name}", "a list of texts is wanted", f'write {name} = ["..."]', value)
        return ()

    def table(self, data: dict[str, Any], name: str, way: str) -> dict[str, Any]:
        value = data.get(name, {})
        if isinstance(value, dict):
            return value
        self.note(f"{way}.{name}", "a table is wanted", f'write {name} = {{ "甲村" = ... }}', value)
        return {}

    def tables(self, data: dict[str, Any], name: str, way: str) -> list[tuple[str, dict[str, Any]]]:
        """The tables of a list, each with the way to it; they are counted from 1."""
        value = data.get(name, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.note(f"{way}.{name}".lstrip("."), "a list of tables is wanted", f"write [[{name}]] above each", value)
            return []
        return [(f"{way}.{name}[{n}]".lstrip("."), item) for n, item in enumerate(value, 1)]

    def refuse_unknown(self, data: dict[str, Any], way: str, what: str) -> None:
        for name in data:
            if name not in _FIELDS[what]:
                self.note(
                    f"{way}.{name}".lstrip("."), "there is no such field", f"write {', '.join(_FIELDS[what])}", name
                )

    def unless_wrong(self, make: Callable[[], T], way: str = "") -> T | None:
        """What is made of the fields, or a fault where a value refuses them."""
        try:
            return make()
        except InputError as error:
            self.faults += error.faults
        except (TypeError, ValueError) as error:
            self.note(way, str(error), "correct this value", None)
        return None

    def note(self, way: str, problem: str, remedy: str, value: object) -> None:
        found = None if value is None else str(value)
        self.faults.append(Fault(problem, remedy, self.path.name, column=way, value=found))
