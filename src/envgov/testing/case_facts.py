"""The facts of a worked case: what happened, in the fewest words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, TypeVar

from attrs import evolve

from envgov.codec.inline import condition_of
from envgov.errors import InputError
from envgov.facts.acceptance import UnitAcceptance
from envgov.facts.duty import CHINA
from envgov.facts.evidence import Facts
from envgov.facts.grid import Assignment, Grid, Unit
from envgov.facts.inspection import Finding, Inspection
from envgov.facts.issue import Issue
from envgov.facts.output import Output
from envgov.facts.ruling import Ruling
from envgov.facts.slip import Slip
from envgov.facts.stated import StatedRank
from envgov.facts.survey import Survey
from envgov.policy.term import terms_in
from envgov.scheme import Scheme
from envgov.season_csv.cells import read_answer, read_code, read_count, read_day, read_event, read_list, read_points
from envgov.season_csv.ledger import TELLERS, MisplacedError, Told, issue_of
from envgov.season_csv.rows import duty_of, task_of
from envgov.season_csv.tables import columns_in
from envgov.testing.case_fields import Data, Field, Fields

T = TypeVar("T")
_READ: Mapping[Any, Callable[[Fields, Data, str, str], Any]] = {
    None: Fields.text,
    read_code: Fields.text,
    read_list: Fields.names,
    read_day: Fields.day,
    read_count: Fields.count,
    read_points: Fields.number,
    read_answer: Fields.answer,
    read_event: Fields.event,
}
"""What a cell of a season's table is in TOML."""
_TEXT, _NAMES, _TABLE = Field(Fields.text), Field(Fields.names), Field(Fields.table)
_MOMENT, _TABLES = Field(Fields.moment), Field(Fields.tables)


def _as_in_a_season(table: str, *, without: tuple[str, ...] = (), **otherwise: Field) -> Mapping[str, Field]:
    """The columns of a season's table, but for what a case says otherwise."""
    fields = {
        column.name: otherwise.get(column.name) or Field(_READ[column.read], column.required)
        for column in columns_in(CHINA)[table]
        if column.name not in without
    }
    return {**fields, **otherwise}


def _required(known: Mapping[str, Field]) -> set[str]:
    return {name for name, field in known.items() if field.required}


UNIT = {"level": _TEXT, "above": _TEXT, "classes": _NAMES, "head": _TEXT}
ROUND = {
    "day": Field(Fields.day, required=True),
    "channel": _TEXT,
    "scores": _TABLE,
    "findings": _TABLE,
    "ranks": _TABLE,
    "of": Field(Fields.count),
}
NUMBERED = ("order", "slip", "report_at", "place", "people", "leader", "task")
"""What events.csv tells of lives whose events are numbered: a case has slips and whistles beside its events."""
ISSUE = _as_in_a_season("issues", without=("lon", "lat", "datum"), events=_TABLES, slips=_TABLES, whistles=_TABLES)
TOLD = {
    "events": _as_in_a_season("events", without=("issue", "stages", *NUMBERED), at=_MOMENT),
    "slips": _as_in_a_season("slips", without=("issue", "unit")),
    "whistles": _as_in_a_season("whistles", without=("issue",), report_at=_MOMENT._replace(required=True)),
}
"""What is told of an issue beside its milestones."""
SLIP = _as_in_a_season("slips", without=("issue",), unit=_TEXT._replace(required=True))
"""One that addresses a unit as a whole."""
SURVEY = _as_in_a_season("surveys", channel=_TEXT)
OUTPUT = _as_in_a_season("outputs")
DUTY = _as_in_a_season("duties", due=_MOMENT._replace(required=True), submitted=_MOMENT)
TASK = _as_in_a_season("tasks")
ACCEPTANCE = _as_in_a_season("acceptances")
RULING = _as_in_a_season("rulings", without=("scheme",), condition=_TABLE._replace(required=True))
TABLES = ("units", "rounds", "issues", "slips", "surveys", "outputs", "duties", "tasks", "acceptances", "rulings")
"""What of a case are facts."""


class FactsReader:
    """Reads the facts of one case; every fault is noted in its fields."""

    def __init__(self, fields: Fields, editions: Sequence[Scheme], kinds: Mapping[str, type]) -> None:
        self.fields = fields
        self.editions = editions
        self.kinds = kinds

    def facts(self, data: Data, way: str) -> Facts | None:
        """None where a field is faulty: nothing is read by halves."""
        before = len(self.fields.faults)
        rounds = [self._round(one, its) for its, one in self.fields.tables(data, "rounds", way)]
        visits = [visit for seen, _ in rounds for visit in seen]
        ranks = [rank for _, received in rounds for rank in received]
        issues = self._each(data, way, "issues", ISSUE, self._issue, once=("id",))
        slips = self._each(data, way, "slips", SLIP, lambda row, _: Slip(**row))
        surveys = self._each(data, way, "surveys", SURVEY, self._survey)
        outputs = self._each(data, way, "outputs", OUTPUT, lambda row, _: Output(**row))
        duties = self._each(data, way, "duties", DUTY, lambda row, _: duty_of(row))
        tasks = self._each(data, way, "tasks", TASK, lambda row, _: task_of(row), once=("unit", "name", "day"))
        acceptances = self._each(data, way, "acceptances", ACCEPTANCE, lambda row, _: UnitAcceptance(**row))
        seen = [fact.unit for facts in (visits, ranks, slips, surveys, outputs, tasks, acceptances) for fact in facts]
        seen += [*(issue.place for issue in issues), *(duty.owed_by for duty in duties)]
        units, heads = self._units(data, way, seen)
        ids = [issue.id for issue in issues]
        ruling = partial(self._ruling, units=[unit.code for unit in units], issues=ids)
        rulings = self._each(data, way, "rulings", RULING, ruling, once=("unit", "concerns", "condition", "issue"))
        grid = self._grid(units, way)
        if len(self.fields.faults) > before:
            return None
        return Facts(
            grid,
            inspections=visits,
            stated_ranks=ranks,
            issues=issues,
            slips=slips,
            surveys=surveys,
            outputs=outputs,
            duties=duties,
            tasks=tasks,
            acceptances=acceptances,
            assignments=heads,
            rulings=rulings,
        )

    def _each(
        self,
        data: Data,
        way: str,
        name: str,
        known: Mapping[str, Field],
        make: Callable[[Data, str], T | None],
        once: tuple[str, ...] = (),
    ) -> list[T]:
        """The facts of a list of tables; `once` are fields in which no two of them are alike."""
        made: list[T] = []
        firsts: dict[tuple[Any, ...], str] = {}
        for its, one in self.fields.tables(data, name, way):
            row = self.fields.row(one, its, known)
            if not _required(known) <= row.keys():  # what it lacks is noted already
                continue
            if once and (first := firsts.setdefault(tuple(repr(row.get(field)) for field in once), its)) != its:
                self.fields.note(its, f"{first} has the same {', '.join(once)}", "correct one of them", None)
            fact = self.fields.unless_wrong(partial(make, row, its), its)
            if fact is not None:
                made.append(fact)
        return made

    def _round(self, data: Data, way: str) -> tuple[list[Inspection], list[StatedRank]]:
        """What was seen in one round: for each unit a score, what was found there, or the rank that it was given."""
        row = self.fields.row(data, way, ROUND)
        channel = self._channel(row, way)
        if channel is None or "day" not in row:
            return [], []
        visit = partial(Inspection, day=row["day"], channel=channel)
        seen = [
            self.fields.unless_wrong(partial(visit, unit, stated=score), f"{way}.scores.{unit}")
            for unit, score in self._numbers(row, "scores", way).items()
        ]
        findings = row.get("findings", {})
        for unit in findings:
            lost = self._numbers(findings, unit, f"{way}.findings")
            found = [
                self.fields.unless_wrong(partial(Finding, item, points), f"{way}.findings.{unit}.{item}")
                for item, points in lost.items()
            ]
            faultless = [finding for finding in found if finding is not None]
            seen.append(self.fields.unless_wrong(partial(visit, unit, findings=faultless), f"{way}.findings.{unit}"))
        return [visit for visit in seen if visit is not None], self._ranks(row, way, channel)

    def _ranks(self, row: Data, way: str, channel: str) -> list[StatedRank]:
        if ("of" in row) != ("ranks" in row):
            remedy = 'write ranks = { "甲村" = 3 } and of = 12: a 3rd of 12 is no 3rd of 150'
            self.fields.note(way, "ranks stand with the length of their list", remedy, None)
            return []
        given = row.get("ranks", {})
        ranks = {unit: self.fields.count(given, unit, f"{way}.ranks") for unit in given}
        received = [
            self.fields.unless_wrong(
                partial(StatedRank, unit, row["day"], channel, rank, row["of"]), f"{way}.ranks.{unit}"
            )
            for unit, rank in ranks.items()
            if rank is not None
        ]
        return [rank for rank in received if rank is not None]

    def _numbers(self, data: Data, name: str, way: str) -> Data:
        """The numbers of a table, without those that are none."""
        given = (self.fields.table(data, name, way) or {}) if name in data else {}
        numbers = {key: self.fields.number(given, key, f"{way}.{name}") for key in given}
        return {key: number for key, number in numbers.items() if number is not None}

    def _issue(self, row: Data, way: str) -> Issue | None:
        told: list[Told] = []
        for table, known in TOLD.items():
            for n, (its, one) in enumerate(row.pop(table, ()), 1):
                read = self.fields.row(one, its, known)
                whole = _required(known) <= read.keys()
                events = self.fields.unless_wrong(partial(TELLERS[table], read), its) if whole else None
                told += [Told(table, n, event) for event in events or ()]
        try:
            return issue_of(row, told)
        except MisplacedError as error:
            its = f"{way}.{error.told.table}[{error.told.row}]"
            self.fields.note(its, error.problem, "correct it, or the days of the issue", None)
            return None

    def _survey(self, row: Data, way: str) -> Survey | None:
        channel = self._channel(row, way)
        return None if channel is None else Survey(**{**row, "channel": channel})

    def _ruling(self, row: Data, way: str, *, units: Iterable[str], issues: Iterable[str]) -> Ruling | None:
        for name, known, way_out in (("unit", units, "describe it in [case.units]"), ("issue", issues, "add it")):
            if name in row and row[name] not in known:
                remedy = f"write one of {', '.join(known) or 'none'}, or {way_out}"
                self.fields.note(f"{way}.{name}", f"nothing else in the case names this {name}", remedy, row[name])
        condition = self.fields.unless_wrong(lambda: condition_of(row["condition"], self.kinds), f"{way}.condition")
        return None if condition is None else Ruling(**{**row, "condition": condition, "scheme": self.editions[0].id})

    def _channel(self, data: Data, way: str) -> str | None:
        """The channel that is named, or goes without saying where the scheme reads no other."""
        if "channel" in data:
            return self.fields.text(data, "channel", way)
        read = {c for term in terms_in(tuple(self.editions)) if isinstance(c := getattr(term, "channel", None), str)}
        if len(read) == 1:
            return read.pop()
        remedy = f"write one of {', '.join(sorted(read)) or 'any name'}"
        self.fields.note(f"{way}.channel", "which channel is not said", remedy, None)
        return None

    def _units(self, data: Data, way: str, seen: Sequence[str]) -> tuple[list[Unit], list[Assignment]]:
        """The units that are described, and those that are only named where something was seen."""
        described = (self.fields.table(data, "units", way) or {}) if "units" in data else {}
        level, role = self.editions[-1].levels[0], self.editions[-1].head
        units: list[Unit] = []
        heads: list[Assignment] = []
        for code in dict.fromkeys((*described, *seen)):
            its = f"{way}.units.{code}"
            one = self.fields.table(described, code, f"{way}.units") if code in described else None
            row = self.fields.row(one or {}, its, UNIT)
            classes = frozenset(row.get("classes", ()))
            unit = partial(Unit, code, code, row.get("level", level), row.get("above"), classes)
            made = self.fields.unless_wrong(unit, its)
            units += [] if made is None else [made]
            if "head" in row and not role:
                remedy = "leave it out, or say in head= of the scheme which role heads a unit"
                self.fields.note(f"{its}.head", "the scheme asks for no head", remedy, row["head"])
            elif "head" in row:
                heads.append(Assignment(row["head"], role, code))
        return units, heads

    def _grid(self, units: Sequence[Unit], way: str) -> Grid:
        try:
            return Grid(units)
        except InputError as error:
            for fault in error.faults:
                assert fault.row is not None
                column = f"{way}.units.{units[fault.row - 1].code}.above"
                self.fields.faults.append(evolve(fault, file=self.fields.file, row=None, column=column))
            return Grid(())
