"""Reads worked cases from TOML, with every fault of a file at once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from attrs import frozen

from envgov.api import Registry
from envgov.codec import as_written
from envgov.errors import Fault, InputError
from envgov.facts.evidence import Facts
from envgov.reason import Absent
from envgov.results.placement import PENDING
from envgov.results.table import WORDS
from envgov.scheme import Scheme
from envgov.season_csv import read_season
from envgov.testing.case_facts import TABLES, FactsReader
from envgov.testing.case_fields import Data, Field, Fields
from envgov.testing.worked_cases import Expected, WorkedCase

FILE = "the file itself"
"""What the test is called that tells what is wrong with the file around its cases."""
_CASE = ("name", "says", "scheme", *TABLES, "season", "expect")
_TEXT, _NAMES = Field(Fields.text), Field(Fields.names)
_EXPECT = {
    "unit": _TEXT,
    "issue": _TEXT,
    "round": _TEXT,
    "rank": Field(Fields.count),
    "score": Field(Fields.number),
    "absent": _TEXT,
    "tier": _TEXT,
    "tiers": Field(Fields.table),
    "measures": _NAMES,
    "pending": _NAMES,
}
_PENDING = WORDS["zh"].pending
_ABSENT = {**{why.value: why for why in Absent}, **{word: why for why, word in WORDS["zh"].absent.items()}}
"""Why a unit has no rank, in the words of stored data and of the tables."""
_OF_AN_ISSUE = ("issue", "round", "measures", "pending")


@frozen
class FaultyCase:
    """A case that could not be read, or the file around the cases: what verifies it tells every fault."""

    name: str
    error: InputError

    def verify(self) -> NoReturn:
        raise self.error


def read_cases(path: str | Path, registry: Registry) -> tuple[WorkedCase, ...]:
    """The cases of a TOML file, about schemes of the registry's localities.

    Raises:
        InputError: every fault of the file, each with the path of its field.
        OSError: the file, or a folder of facts that it names, cannot be opened.
        PluginError, UnknownLocalityError: as asking the registry raises them.
    """
    cases = cases_in(Path(path), registry)
    faults = [fault for case in cases if isinstance(case, FaultyCase) for fault in case.error.faults]
    if faults:
        raise InputError(faults)
    return tuple(case for case in cases if isinstance(case, WorkedCase))


def cases_in(path: Path, registry: Registry) -> tuple[WorkedCase | FaultyCase, ...]:
    """The cases of a TOML file, those that are sound and those that are not.

    Raises:
        InputError: it is no TOML in UTF-8.
        OSError, PluginError, UnknownLocalityError: as `read_cases` raises them.
    """
    data = document_of(path)
    file = Fields(path.name)
    file.refuse_unknown(data, "", ("case", "locality", "plugin"))
    code = file.text(data, "locality", "")
    given = file.tables(data, "case", "")
    if "case" not in data:
        file.note("case", "there is no case", "write [[case]], and its fields below", None)
    cases: list[WorkedCase | FaultyCase] = []
    if code is not None:
        schemes = registry[code].schemes
        named: dict[str, str] = {}
        for way, one in given:
            reader = _CaseReader(path, registry.kinds, schemes)
            case = reader.fields.unless_wrong(partial(reader.case, one, way), way)
            name = str(one.get("name", way))
            if named.setdefault(name, way) != way:
                reader.fields.note(
                    f"{way}.name", f"{named[name]} has the same name", "give each a name of its own", name
                )
            if case is None or reader.fields.faults:
                cases.append(FaultyCase(name, InputError(reader.fields.faults)))
            else:
                cases.append(case)
    return (FaultyCase(FILE, InputError(file.faults)), *cases) if file.faults else tuple(cases)


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


class _CaseReader:
    """Reads one case of a file, and notes each fault that it finds."""

    def __init__(self, path: Path, kinds: Mapping[str, type], schemes: Mapping[str, tuple[Scheme, ...]]) -> None:
        self.folder = path.parent
        self.kinds = kinds
        self.schemes = schemes
        self.fields = Fields(path.name)

    def case(self, data: Data, way: str) -> WorkedCase | None:
        self.fields.refuse_unknown(data, way, _CASE)
        name, says = self.fields.text(data, "name", way), self.fields.text(data, "says", way)
        editions = self.schemes.get(str(data.get("scheme")), ())
        if not editions:
            remedy = f"write one of {', '.join(self.schemes)}"
            self.fields.note(f"{way}.scheme", "the locality has no such scheme", remedy, data.get("scheme"))
            return None
        facts = self.facts(data, way, editions)
        expects = self.fields.tables(data, "expect", way)
        if not expects:
            remedy = "write [[case.expect]] with unit, and tier or measures"
            self.fields.note(f"{way}.expect", "nothing is expected", remedy, None)
        expected = tuple(self.expected(one, its, editions, facts) for its, one in expects)
        if name is None or says is None or facts is None:
            return None
        return WorkedCase(name, says, editions, facts, expected)

    def facts(self, data: Data, way: str, editions: Sequence[Scheme]) -> Facts | None:
        if "season" not in data:
            return FactsReader(self.fields, editions, self.kinds).facts(data, way)
        for name in TABLES:
            if name in data:
                remedy = f"put {name} into that folder, or write no season"
                self.fields.note(
                    f"{way}.{name}", "the facts of this case stand in the folder of its season", remedy, None
                )
        folder = self.fields.text(data, "season", way)
        return None if folder is None else read_season(self.folder / folder, kinds=self.kinds)

    # -- what is expected
    def expected(self, data: Data, way: str, editions: Sequence[Scheme], facts: Facts | None) -> Expected:
        self.refuse_unanswerable(data, way)
        row = self.fields.row(data, way, _EXPECT)
        ids = [] if facts is None else [issue.id for issue in facts.issues]
        if "issue" in row and facts is not None and row["issue"] not in ids:
            remedy = f"write one of {', '.join(ids) or 'none'}, or add it"
            self.fields.note(f"{way}.issue", "the case has no such issue", remedy, row["issue"])
        tiers = self.tiers(row, way, editions)
        ladders = [
            ladder for ladder in editions[-1].ladders if ladder.subject == ("issue" if "issue" in row else "unit")
        ]
        rungs = sorted({rung.measure for ladder in ladders for rung in ladder.rungs})
        for name in ("measures", "pending"):
            for rung in sorted(set(row.get(name, ())) - set(rungs)):
                remedy = f"write one of {', '.join(rungs) or 'none: there is no ladder'}"
                self.fields.note(f"{way}.{name}", "there is no such measure", remedy, rung)
        if "absent" in row and row["absent"] not in _ABSENT:
            remedy = f"write {' or '.join(map(repr, _ABSENT))}"
            self.fields.note(f"{way}.absent", "this is no reason", remedy, row["absent"])
        return Expected(
            row.get("unit", ""),
            row.get("round", ""),
            row.get("rank"),
            row.get("score"),
            _ABSENT.get(row.get("absent", "")),
            tiers,
            frozenset(row["measures"]) if "measures" in row else None,
            frozenset(row["pending"]) if "pending" in row else None,
            row.get("issue", ""),
        )

    def refuse_unanswerable(self, data: Data, way: str) -> None:
        """What is asked of nobody, asks nothing, or cannot be answered by an issue."""
        if ("unit" in data) == ("issue" in data):
            remedy = 'write one of the two, unit = "..." or issue = "..."'
            self.fields.note(way, "something is expected of a unit, or of an issue", remedy, None)
        elif "issue" in data:
            for name in _EXPECT:
                if name in data and name not in _OF_AN_ISSUE:
                    remedy = f"write {', '.join(_OF_AN_ISSUE)}"
                    self.fields.note(f"{way}.{name}", "an issue has measures only", remedy, None)
        if data.keys() <= {"unit", "issue", "round"}:
            self.fields.note(
                way, "nothing is expected of it", "write a tier, measures, a rank, a score or absent", None
            )

    def tiers(self, row: Data, way: str, editions: Sequence[Scheme]) -> dict[str, str]:
        boards = {board.id: board.names for board in editions[-1].boards}
        tiers = dict(row.get("tiers", {}))
        if "tier" in row and len(boards) != 1:
            self.fields.note(f"{way}.tier", "there is not one board", 'write tiers = { "board" = "tier" }', row["tier"])
        elif "tier" in row:
            tiers[next(iter(boards))] = row["tier"]
        for board, tier in tiers.items():
            known = boards.get(board, ())
            if board in boards and tier not in known and tier in (_PENDING, PENDING):
                tiers[board] = PENDING
            elif tier not in known:
                names = (*known, _PENDING) if board in boards else tuple(boards)
                remedy = f"write one of {', '.join(names) or 'none: there is no board'}"
                self.fields.note(f"{way}.tiers.{board}", "there is no such tier", remedy, tier)
        return tiers
