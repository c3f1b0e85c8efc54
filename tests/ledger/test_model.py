"""Any sequence of commands leaves the ledger as it leaves a small model in memory."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from attrs import evolve
from hypothesis import HealthCheck, settings, strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import create_engine

import envgov as eg
from clerks import OFFICE, RULES, UNITS, E, at, event, issue, march
from envgov.ledger import Command, Head, Ledger
from envgov.ledger.tables import METADATA

IDS = st.sampled_from(["W1", "W2", "W3"])
KINDS = st.sampled_from(
    [kind for kind in eg.EventKind if kind not in (E.FOUND, E.WHISTLED, E.SLIPPED, E.MERGED, E.ABSORBED)]
)
BY = st.sampled_from(["v1", "镇环卫办", "县"])
PAPERS = st.sampled_from(["M1", "M2"])
SERIES = st.sampled_from(["", "督办", "约谈"])


class Book(RuleBasedStateMachine):
    """The model: the issues, the versions, the numbers and the keys that a plain reading of the rules gives."""

    place: str

    def __init__(self) -> None:
        super().__init__()
        self.ledger = Ledger.create(self.fresh())
        self.issues: dict[str, eg.Issue] = {}
        self.versions: dict[str, int] = {}
        self.papers: dict[str, eg.Paper] = {}
        self.numbers: dict[str, int] = {}
        self.sent: list[tuple[Command, Any]] = []
        self.heads: list[Head] = []
        self.closed: dict[eg.Round, tuple[eg.Issue, ...]] = {}
        self.moments: list[tuple[dt.datetime, dict[str, eg.Issue]]] = []
        self.refused = 0
        self.day = 1

    def fresh(self) -> str:
        raise NotImplementedError

    @initialize()
    def begin(self) -> None:
        for subject, value in (("rules:life", RULES), ("grid:units", UNITS), ("roster:duty", OFFICE)):
            self.send(Command(subject, value, "张会计", self.now(), self.key()))

    def now(self) -> dt.datetime:
        return at(self.day)

    def key(self) -> str:
        return f"k{len(self.sent)}.{self.refused}"

    def send(self, *commands: Command) -> None:
        """Entered by the ledger, and so by the model."""
        entries = self.ledger.record_all(commands)
        for command, entry in zip(commands, entries, strict=True):
            self.versions[command.subject] = self.versions.get(command.subject, 0) + 1
            assert entry.version == self.versions[command.subject]
            if command.series:
                self.numbers[command.series] = self.numbers.get(command.series, 0) + 1
                assert entry.number == self.numbers[command.series]
            self.sent.append((command, entry))
            self.heads.append(entry.head)

    def is_refused(self, *commands: Command) -> None:
        with pytest.raises(eg.RefusedError):
            self.ledger.record_all(commands)
        self.refused += 1

    @rule(days=st.integers(1, 3))
    def time_passes(self, days: int) -> None:
        self.moments.append((self.now(), dict(self.issues)))
        self.day = min(self.day + days, 30)

    @rule(id=IDS, category=st.sampled_from(["", "垃圾"]))
    def find(self, id: str, category: str) -> None:
        found = issue(id, self.day, category=category, responsible=("v1",))
        command = Command(f"issue:{id}", found, "张会计", self.now(), self.key())
        if id in self.issues:
            self.is_refused(command)
        else:
            self.send(command)
            self.issues[id] = found

    @rule(id=IDS, kind=KINDS, by=BY, due=st.none() | st.integers(1, 30), note=st.sampled_from(["", "理由"]))
    def happen(self, id: str, kind: eg.EventKind, by: str, due: int | None, note: str) -> None:
        happened = event(kind, self.day, due, by=by, note=note)
        command = Command(f"issue:{id}", happened, "张会计", self.now(), self.key())
        try:
            after = eg.follow(self.issues[id], happened, RULES) if id in self.issues else None
        except eg.RefusedError:
            after = None
        if after is None:
            self.is_refused(command)
        else:
            self.send(command)
            self.issues[id] = after

    @rule(id=IDS, into=IDS)
    def merge(self, id: str, into: str) -> None:
        merged = eg.Event(E.MERGED, march(self.day), by="县", note=into)
        command = Command(f"issue:{id}", merged, "张会计", self.now(), self.key())
        try:
            both = eg.merge(self.issues[id], self.issues[into], merged, RULES)
        except (eg.RefusedError, KeyError):
            self.is_refused(command)
        else:
            self.send(command)
            self.issues[id], self.issues[into] = both
            self.versions[f"issue:{into}"] += 1

    @rule(paper=PAPERS, what=st.sampled_from(eg.PaperState), by=st.sampled_from(["王主任", "系统"]), series=SERIES)
    def handle(self, paper: str, what: eg.PaperState, by: str, series: str) -> None:
        """A paper goes on, or is refused; it has a number only from its signature."""
        happened = eg.PaperEvent(what, march(self.day), by=by, to=("v1",), note="理由", evidence=("回执",))
        value: Any = happened
        signs = what is eg.PaperState.SIGNED
        number = f"{series}{self.numbers.get(series, 0) + 1}号" if signs and series else ""
        try:
            if what is eg.PaperState.PROPOSED:
                value = eg.Paper(paper, "督办", "v9", (happened,), personnel=False)
                after = None if paper in self.papers else eg.enter_paper(value)
            else:
                after = eg.follow_paper(self.papers[paper], evolve(happened, number=number), OFFICE.persons)
        except (eg.RefusedError, KeyError):
            after = None
        command = Command(f"paper:{paper}", value, "张会计", self.now(), self.key(), series=series)
        if after is None or bool(series) is not signs:
            self.is_refused(command)
        else:
            self.send(command)
            self.papers[paper] = after

    @rule(paper=PAPERS, series=SERIES)
    def fail_after_signing(self, paper: str, series: str) -> None:
        signed = eg.PaperEvent(eg.PaperState.SIGNED, march(self.day), by="王主任")
        sent = Command(f"paper:{paper}", signed, "王主任", self.now(), self.key(), series=series)
        self.is_refused(sent, Command("issue:W9", event(E.CLAIMED, self.day), "张会计", self.now(), self.key() + "x"))

    @precondition(lambda self: self.sent)
    @rule(data=st.data(), later=st.booleans())
    def send_again(self, data: st.DataObject, later: bool) -> None:
        command, entry = data.draw(st.sampled_from(self.sent))
        again = evolve(command, at=self.now()) if later else command
        assert self.ledger.record_all([again]) == (entry,)
        self.is_refused(evolve(command, by="别人"))

    @rule(id=IDS, behind=st.integers(1, 3))
    def send_stale(self, id: str, behind: int) -> None:
        subject = f"issue:{id}"
        seen = self.versions.get(subject, 0) - behind
        self.is_refused(Command(subject, event(E.LISTED, self.day), "张会计", self.now(), self.key(), expected=seen))

    @rule()
    def close_the_round(self) -> None:
        round = eg.Round(march(1), march(self.day + 1), "至今")
        if round in self.closed:
            return
        entry = self.ledger.take_snapshot(round, by="张会计", at=self.now(), key=self.key())
        self.sent.append((Command(entry.subject, round, "张会计", self.now(), entry.key, expected=0), entry))
        self.versions[entry.subject] = 1
        self.heads.append(entry.head)
        self.closed[round] = self.all_issues()

    @precondition(lambda self: self.place != ":memory:")  # there it is gone when it is closed
    @rule()
    def open_anew(self) -> None:
        self.ledger.close()
        self.ledger = Ledger.open(self.place)

    def all_issues(self) -> tuple[eg.Issue, ...]:
        return tuple(self.issues[id] for id in sorted(self.issues))

    @invariant()
    def the_ledger_has_what_the_model_has(self) -> None:
        assert self.ledger.issues() == self.all_issues()
        assert {id: self.ledger.value(f"paper:{id}") for id in self.papers} == self.papers
        assert len(self.ledger.refusals()) == self.refused

    def teardown(self) -> None:
        try:
            assert self.ledger.differing() == ()
            assert all(self.ledger.verify(head) for head in (None, *self.heads[::3]))
            for round, issues in self.closed.items():
                assert self.ledger.snapshot(round).issues == issues
            for moment, known in self.moments:
                if moment < self.now():
                    assert {issue.id: issue for issue in self.ledger.issues(as_of=moment)} == known
            for day in {1, self.day, 31}:
                overdue = [issue.id for issue in self.all_issues() if issue.is_overdue(march(day))]
                assert self.ledger.overdue(march(day)) == tuple(overdue)
        finally:
            self.ledger.close()


def run(machine: type[Book]) -> None:
    quiet = [HealthCheck.too_slow]
    run_state_machine_as_test(
        machine, settings=settings(max_examples=12, stateful_step_count=25, suppress_health_check=quiet)
    )


@pytest.fixture
def folder() -> Iterator[Path]:
    with TemporaryDirectory() as folder:
        yield Path(folder)


def test_a_file_does_what_the_model_does(folder: Path) -> None:
    class InAFile(Book):
        def fresh(self) -> str:
            for old in folder.iterdir():
                old.unlink()
            type(self).place = str(folder / "ledger.db")
            return self.place

    run(InAFile)


def test_memory_does_what_the_model_does() -> None:
    class InMemory(Book):
        place = ":memory:"

        def fresh(self) -> str:
            return self.place

    run(InMemory)


def test_a_server_does_what_the_model_does(server: str) -> None:
    class OnAServer(Book):
        def fresh(self) -> str:
            engine = create_engine(server)
            METADATA.drop_all(engine)
            engine.dispose()
            type(self).place = server
            return self.place

    run(OnAServer)
