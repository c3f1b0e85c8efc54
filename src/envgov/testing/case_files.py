"""Reads worked cases from TOML, with every fault of a file at once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from envgov.api import Registry
from envgov.codec import as_written
from envgov.errors import Fault, InputError
from envgov.facts.evidence import Facts
from envgov.reason import Absent
from envgov.results.placement import PENDING
from envgov.scheme import Scheme
from envgov.season_csv import read_season
from envgov.testing.case_facts import TABLES, FactsReader
from envgov.testing.case_fields import Data, Field, Fields
from envgov.testing.worked_cases import Expected, WorkedCase

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
_OF_AN_ISSUE = ("issue", "round", "measures", "pending")


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
    if reader.fields.faults:
        raise InputError(reader.fields.faults)
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


class _Reader:
    """Reads a whole file, and notes each fault that it finds."""

    def __init__(self, path: Path, registry: Registry) -> None:
        self.path = path
        self.registry = registry
        self.fields = Fields(path.name)

    def cases(self, data: Data) -> tuple[WorkedCase, ...]:
        self.fields.refuse_unknown(data, "", ("case", "locality", "plugin"))
        code = self.fields.text(data, "locality", "")
        if code is None:
            return ()
        schemes = self.registry[code].schemes
        given = self.fields.tables(data, "case", "")
        if not given:
            self.fields.note("case", "there is no case", "write [[case]], and its fields below", None)
        read = [self.fields.unless_wrong(partial(self.case, case, way, schemes), way) for way, case in given]
        return tuple(case for case in read if case is not None)

    def case(self, data: Data, way: str, schemes: Mapping[str, tuple[Scheme, ...]]) -> WorkedCase | None:
        self.fields.refuse_unknown(data, way, _CASE)
        name, says = self.fields.text(data, "name", way), self.fields.text(data, "says", way)
        editions = schemes.get(str(data.get("scheme")), ())
        if not editions:
            remedy = f"write one of {', '.join(schemes)}"
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
            return FactsReader(self.fields, editions, self.registry.kinds).facts(data, way)
        for name in TABLES:
            if name in data:
                remedy = f"put {name} into that folder, or write no season"
                self.fields.note(
                    f"{way}.{name}", "the facts of this case stand in the folder of its season", remedy, None
                )
        folder = self.fields.text(data, "season", way)
        return None if folder is None else read_season(self.path.parent / folder, kinds=self.registry.kinds)

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
        absent = row.get("absent")
        if absent is not None and absent not in [why.value for why in Absent]:
            self.fields.note(f"{way}.absent", "this is no reason", "write 'not assessed' or 'exempt'", absent)
            absent = None
        return Expected(
            row.get("unit", ""),
            row.get("round", ""),
            row.get("rank"),
            row.get("score"),
            None if absent is None else Absent(absent),
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
            known = (*boards.get(board, ()), PENDING) if board in boards else ()
            if tier not in known:
                remedy = f"write one of {', '.join(known) or ', '.join(boards) or 'none: there is no board'}"
                self.fields.note(f"{way}.tiers.{board}", "there is no such tier", remedy, tier)
        return tiers
