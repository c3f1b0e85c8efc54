"""A ledger as its users have it: enter, look, ask, verify."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import date, datetime, time
from functools import partial
from operator import attrgetter
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import ColumnElement, delete, insert, select, true

from envgov.facts.acceptance import UnitAcceptance
from envgov.facts.evidence import Facts
from envgov.facts.grid import Grid
from envgov.facts.issue import Event, Issue
from envgov.facts.paper import Paper
from envgov.facts.refusal import RefusedError
from envgov.facts.round import Round
from envgov.ledger import copies, reporters
from envgov.ledger.acceptances import ACCEPTANCE
from envgov.ledger.books import ISSUE, PAPER, REPORTER, owers_of, replay, row_of, stand
from envgov.ledger.chain import Verification, verify
from envgov.ledger.daily import Daily, daily_of, itself, units_over
from envgov.ledger.database import Database
from envgov.ledger.differences import differing
from envgov.ledger.entry import Command, Entry, Erased, Head, Refusal, Units, entry_of, moment
from envgov.ledger.faults import LedgerError
from envgov.ledger.intake import Intake, Queues, Refused
from envgov.ledger.lives import Told, issues_told, lives_told, stood_on
from envgov.ledger.papers import slips_to_units, without_voided
from envgov.ledger.rates import Rates, RatesBy, due_on, overdue_at, rates_on
from envgov.ledger.returns import SUBMISSION, Return, day_of_return
from envgov.ledger.settings import GRID, Settings
from envgov.ledger.snapshots import Snapshot, subject_of
from envgov.ledger.standings import Standings
from envgov.ledger.statements import portions, statements_of
from envgov.ledger.tables import ENTRIES, HEAD, ISSUES, OWERS, REFUSALS
from envgov.ledger.writer import Writer


class Ledger:
    """The durable ledger (台账) of one place, in a file of SQLite or in PostgreSQL.

    Entries are only ever added, each chained to the one before by its hash. What is entered is decided by the rules of
    an issue's life, the roster and the grid that are entered themselves (`rules:life`, `roster:duty`, `grid:units`);
    what they refuse changes nothing and is kept in the access log. An entry that was returned is on the disk.
    Use it in a `with` block, or close it.
    """

    def __init__(self, database: Database) -> None:
        self.database = database
        self._settings = Settings()
        self._standings = Standings()

    @classmethod
    def create(cls, place: str | Path) -> Ledger:
        """A new ledger: at the path of a file, or the address of a database.

        One at ":memory:" is for trying out: it is gone when it is closed, and belongs to one thread.

        Raises:
            LedgerError: there is a ledger already, or the place cannot be written.
        """
        with _held(place) as database, database.making():
            pass
        return cls(database)

    @classmethod
    def open(cls, place: str | Path) -> Ledger:
        """The ledger that lies there: `ledger.db`, `sqlite:///ledger.db`, `postgresql://clerk@host/county`.

        Raises:
            LedgerError: there is none, it cannot be read, or a newer version of envgov wrote it.
        """
        with _held(place) as database:
            database.prepare()
        return cls(database)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Ledger: {self.database}>"

    def close(self) -> None:
        self.database.close()

    # -- enter
    def record(
        self,
        issue: str,
        event: Issue | Event,
        *,
        by: str,
        at: datetime,
        key: str,
        expected: int | None = None,
        reporter: str = "",
    ) -> Entry:
        """Enter an issue that was found, or what happened to it next. See `Command`, and `record_all`."""
        [entry] = self.record_all([Command(f"{ISSUE}:{issue}", event, by, at, key, expected, reporter=reporter)])
        return entry

    def record_all(self, commands: Iterable[Command]) -> tuple[Entry, ...]:
        """Enter all of these, one after the other, or nothing.

        A command whose key was used for the same before is not entered again: its entry of then is returned.

        Raises:
            RefusedError: a rule refused one of them; StaleError: somebody changed what it was decided on.
            LedgerError: the database could not be written.
        """
        given = tuple(commands)
        settings = self._settings.copy()
        entries: list[Entry] = []
        try:
            with self.database.writing() as connection:
                writer = Writer(connection, settings, self._standings)
                writer.look(given)
                entries.extend(map(writer.write, given))  # as far as it comes
                writer.keep()
        except RefusedError as refused:
            self._log_all([(given[len(entries)], refused)])
            raise
        self._settings = settings
        return tuple(entries)

    def take_in(
        self, issues: Iterable[Issue], *, by: str, at: datetime, unnamed: str = "", sound: bool = False
    ) -> Intake:
        """Enter issues that come from elsewhere with all that happened to them, each event as if it were entered now.

        What the ledger has of an issue already is not entered again: the same list taken in twice enters nothing, a
        longer one what is new. If one issue is refused, by a rule or because it says otherwise than the ledger, nothing
        is entered; with `sound`, the others are. `unnamed` is who did what the source says of nobody; work and claims
        are by whoever owed them. Every refusal is kept in the access log.

        Raises:
            StaleError: somebody changed one of the issues meanwhile; LedgerError: the database could not be written.
        """
        settings, given = self._settings.copy(), tuple(issues)
        with self.database.reading() as connection:
            settings.refresh(connection)
            rows = statements_of(connection.dialect.name).of_subjects(
                connection, [f"{ISSUE}:{one.id}" for one in given]
            )
            queues = Queues(stand(rows), settings, by, at)
        queues.take(given, unnamed)
        refused = queues.refused
        if refused:
            self._log_all(refused.values())
        if refused and not sound:
            return Intake((), (), tuple(refused.values()))
        entries = self.record_all(command for command in queues.commands if command.id not in refused)
        return Intake(entries, tuple(queues.known), tuple(refused.values()))

    def take_snapshot(self, round: Round, *, by: str, at: datetime, key: str) -> Entry:
        """Enter that the ledger of a round was closed (月末台账): as known now, whatever is entered later.

        Raises:
            RefusedError: there is a snapshot of the round, or its last day has not come.
        """
        [entry] = self.record_all([Command(subject_of(round), round, by, at, key, expected=0)])
        return entry

    def erase_reporter(self, issue: str, *, by: str, at: datetime, key: str) -> Entry:
        """Erase who told of an issue, and enter that it was done; the chain still verifies.

        Backups made before have the identity: destroy them, or erase it there too.
        """
        [entry] = self.record_all([Command(f"{REPORTER}:{issue}", Erased(), by, at, key)])
        if self.database.is_sqlite:
            self.database.settle()
        return entry

    # -- look
    def issue(self, id: str, as_of: datetime | None = None) -> Issue:
        """One issue, as the entries up to that moment tell of it; None: all of them.

        Raises:
            LookupError: there is no such issue, or was not then.
        """
        found = self.value(f"{ISSUE}:{id}", as_of)
        if not isinstance(found, Issue):
            when = f" as of {as_of.isoformat()}" if as_of else ""
            raise LookupError(f"the ledger has no issue {id!r}{when}")  # noqa: TRY004 - there is none
        return found

    def issues(self, as_of: datetime | None = None) -> tuple[Issue, ...]:
        """All issues, in id order, as the entries up to that moment tell of them."""
        with self.database.reading() as connection:
            return tuple(issues_told(connection, _until(as_of)))

    def facts(self, grid: Grid) -> Facts:
        """The issues, the slips to units, and their acceptances, as facts of that grid, for `assess`; `attrs.evolve` adds the other facts.

        Every paper about a unit that was signed is a slip of its measure's name, and what was signed about an issue is
        an event of the issue. A paper that was voided is neither: it should not have been signed.
        """
        papers = self.papers()
        issues = without_voided(self.issues(), papers)
        return Facts(grid, issues=issues, slips=slips_to_units(papers), acceptances=self.acceptances())

    def papers(self) -> tuple[Paper, ...]:
        """All papers, in the order in which they were proposed."""
        return tuple(told.value for told in self._told(PAPER))

    def acceptances(self) -> tuple[UnitAcceptance, ...]:
        """What was entered of whole units (整村验收), in the order in which it was first entered."""
        return tuple(told.value for told in self._told(ACCEPTANCE))

    def returns(self) -> tuple[Return, ...]:
        """What was submitted, under `subject_of_return`, in the order in which it was first entered."""
        return tuple(Return(day_of_return(told.subject), told.value) for told in self._told(SUBMISSION))

    def _told(self, kind: str) -> list[Told]:
        with self.database.reading() as connection:
            return sorted(lives_told(connection, kind, true()), key=attrgetter("began"))

    def value(self, subject: str, as_of: datetime | None = None) -> object:
        """What holds of any subject; None where nothing was entered."""
        return replay(entry.body for entry in self.entries(subject, as_of))

    def entries(self, subject: str, as_of: datetime | None = None) -> tuple[Entry, ...]:
        """Everything that was entered about a subject, oldest first."""
        of = select(ENTRIES).where(ENTRIES.c.subject == subject, _until(as_of)).order_by(ENTRIES.c.version)
        with self.database.reading() as connection:
            return tuple(entry_of(row) for row in connection.execute(of))

    def refusals(self) -> tuple[Refusal, ...]:
        """The access log: everything that was refused, oldest first."""
        names = [column for column in REFUSALS.c if column.name != "id"]
        with self.database.reading() as connection:
            rows = connection.execute(select(*names).order_by(REFUSALS.c.id)).all()
        return tuple(Refusal(datetime.fromisoformat(row.at), *row[1:]) for row in rows)

    def reporter(self, issue: str) -> str | None:
        """Who told of an issue; None where nobody was named, or it was erased. Nothing else gives it out."""
        with self.database.reading() as connection:
            return reporters.find(connection, issue)

    def snapshot(self, round: Round) -> Snapshot:
        """The ledger of a round as it was closed.

        Raises:
            LookupError: no snapshot of the round was taken.
        """
        taken = self.entries(subject_of(round))
        if not taken:
            raise LookupError(f"no snapshot of {round.start} to {round.end} was taken")
        with self.database.reading() as connection:
            known = issues_told(connection, ENTRIES.c.seq < taken[0].seq)
            stood = (issue.as_of(round.last_day) for issue in known)
            return Snapshot(round, taken[0], tuple(issue for issue in stood if issue is not None))

    # -- ask
    def due(self, day: date) -> tuple[str, ...]:
        """The ids of the issues that are open at the end of that day, and due on it."""
        with self.database.reading() as connection:
            return due_on(connection, day, stood_on(connection, day, naming=day.isoformat()))

    def overdue(self, day: date) -> tuple[str, ...]:
        """The ids of the issues that are overdue at the end of that day (逾期)."""
        with self.database.reading() as connection:
            return overdue_at(connection, day, stood_on(connection, day))

    def rates(self, day: date, by: RatesBy = "all") -> Mapping[str, Rates]:
        """The rates at the end of that day, of everything (under "") or of each group.

        An issue that several owe counts for each of them under "responsible"; a unit has what lies at it alone, and
        not below it. A group without an issue that counts is left out.
        """
        with self.database.reading() as connection:
            return rates_on(connection, day, by, stood_on(connection, day))

    def daily(
        self, day: date, by: RatesBy = "all", *, level: str = "", cut_off: time | None = None
    ) -> Mapping[str, Daily]:
        """The daily table (日报) of everything (under ""), or of each group; with `level`, of each unit of that level.

        Such a unit has whatever lies at it and below it, and a line of its own even if that is nothing. With a
        `cut_off`, an hour with its time zone, a day ends then, and what comes later belongs to the next: an event by
        its own moment, where that is known, else by the moment of its entry; and never before those that it follows.

        Raises:
            LookupError: the ledger's grid has no unit of the level on that day.
        """
        over: Callable[[str], Iterable[str]] = itself
        units: tuple[str, ...] = ()
        if level:
            held = self.value(GRID)
            grid = Grid(held.units if isinstance(held, Units) else ()).on(day)
            units = tuple(unit.code for unit in grid.at_levels((level,)))
            if not units:
                raise LookupError(f"the ledger's grid has no unit of level {level!r} on {day}")
            by, over = "place", partial(units_over, grid, frozenset(units))
        with self.database.reading() as connection:
            return daily_of(connection, by, over, units, day, cut_off)

    # -- verify
    @property
    def head(self) -> Head | None:
        """The newest entry, to be printed on a bulletin; None while there is none."""
        with self.database.reading() as connection:
            seq, hash = connection.execute(select(HEAD.c.seq, HEAD.c.hash)).one()
        return Head(seq, hash) if seq else None

    def verify(self, head: Head | None = None) -> Verification:
        """Whether every entry is what was entered, in its order, none missing; and a head that was printed lies on it.

        Without a printed head, somebody who rewrites the whole file is not found.
        """
        try:
            with self.database.reading() as connection:
                return verify(connection, head)
        except LedgerError as error:
            return Verification(0, None, str(error))

    def differing(self) -> tuple[str, ...]:
        """The ids of issues of which a table says something else than their entries: none, unless somebody changed the
        table of issues or that of who owes them. `rebuild` makes it anew.
        """
        with self.database.reading() as connection:
            return tuple(differing(connection))

    def rebuild(self) -> None:
        """Make the table of issues anew from the entries."""
        with self.database.writing() as connection:
            connection.execute(delete(OWERS))
            connection.execute(delete(ISSUES))
            statements = statements_of(connection.dialect.name)
            for issues in portions(issues_told(connection, true())):
                statements.add_issues(connection, [row_of(issue, len(issue.events)) for issue in issues])
                statements.add(connection, OWERS, [ower for issue in issues for ower in owers_of(issue)])

    def backup(self, path: str | Path) -> None:
        """Copy the whole ledger, as it is at one moment, to a new file of SQLite, while others go on writing.

        The copy is a ledger, with the reporters' identities: keep it as the ledger itself is kept.

        Raises:
            LedgerError: there is such a file, or it cannot be written.
        """
        with self.database.reading() as connection:
            copies.back_up(connection, Path(path))

    @classmethod
    def restore(cls, backup: str | Path, place: str | Path) -> Ledger:
        """A new ledger, as a backup has it: in a file or a database that has none.

        Raises:
            LedgerError: the backup is not sound, or there is a ledger already.
        """
        with _held(place) as database:
            copies.restore(Path(backup), database)
        return cls(database)

    def _log_all(self, refusals: Iterable[Refused]) -> None:
        rows = [
            {
                "at": moment(command.at),
                "by": command.by,
                "subject": command.subject,
                "what": command.what,
                "rule": refused.rule,
                "told": refused.told,
            }
            for command, refused in refusals
        ]
        with self.database.writing() as connection:
            connection.execute(insert(REFUSALS), rows)


@contextmanager
def _held(place: str | Path) -> Iterator[Database]:
    """A database that is let go if it is no ledger."""
    with ExitStack() as failing:
        database = Database(place)
        failing.callback(database.close)
        yield database
        failing.pop_all()


def _until(as_of: datetime | None) -> ColumnElement[bool]:
    return true() if as_of is None else ENTRIES.c.at <= moment(as_of)
