"""What the ledger costs beside bare SQL into and from the same tables: a part of `nox -s bench`."""

import gc
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from benchmarks.county import LAST, YESTERDAY, found_county
from benchmarks.plain_sql import SQL
from clerks import E, at, event, issue, let_sign, opened
from envgov.ledger import Command, Ledger, RatesBy
from envgov.ledger.tables import ENTRIES, ISSUES, OWERS

BATCH = 1000
ROUNDS = 7
SINGLE = 300
OWER = "镇环卫办"
_UPDATE = (
    update(ISSUES)
    .where(ISSUES.c.id == bindparam("b_id"))
    .values({column.name: bindparam(f"b_{column.name}") for column in ISSUES.c if column.name != "id"})
)


def command(id: str, value: Any) -> Command:
    what = value.what.value if hasattr(value, "what") else "found"
    return Command(f"issue:{id}", value, "张会计", at(20), f"{id} {what}")


def found(ids: Sequence[str]) -> list[Command]:
    """New issues, as an inspector's list has them."""
    return [
        command(
            id,
            issue(
                id,
                place=f"v{1 + n % 2}",
                responsible=("v1",),
                category="垃圾",
                source="巡查",
                description=f"村道旁有{n}处积存垃圾，未及时清运",
            ),
        )
        for n, id in enumerate(ids)
    ]


def going_on(ids: Sequence[str]) -> Iterator[list[Command]]:
    """What happens to existing issues next: dispatched, rectified, accepted."""
    yield [command(id, event(E.DISPATCHED, 2, 10, to=("v1",))) for id in ids]
    yield [command(id, event(E.RECTIFIED, 5, evidence=("照片1", "照片2"))) for id in ids]
    yield [command(id, event(E.ACCEPTED, 8)) for id in ids]


def timed(work: Callable[[], object]) -> float:
    gc.collect()
    gc.freeze()
    taken = timed_hot(work)
    gc.unfreeze()
    return taken


def timed_hot(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def told(name: str, ours: list[float], theirs: list[float], per: int) -> None:
    """Ratios of runs taken in turn: of the shortest, and the middle one of the pairs."""
    pairs = statistics.median(a / b for a, b in zip(ours, theirs, strict=True))
    each = 1e6 / per
    print(f"  {name}: {min(ours) / min(theirs):.2f} times (median {pairs:.2f}); ", end="")
    print(f"{min(ours) * each:.1f} us against {min(theirs) * each:.1f} us", flush=True)


@contextmanager
def two_ledgers() -> Iterator[tuple[Ledger, Ledger]]:
    """One to enter into, and one to put the same rows into."""
    with (
        tempfile.TemporaryDirectory() as folder,
        opened(Path(folder, "ours.db")) as ours,
        opened(Path(folder, "theirs.db")) as theirs,
    ):
        let_sign(ours)
        let_sign(theirs)
        yield ours, theirs


def seq_of(ledger: Ledger) -> int:
    head = ledger.head
    assert head is not None, "settings are entered"
    return head.seq


def rows_after(ledger: Ledger, seq: int) -> list[dict[str, Any]]:
    with ledger.database.reading() as connection:
        return [row._asdict() for row in connection.execute(select(ENTRIES).where(ENTRIES.c.seq > seq))]


def of_issues(ledger: Ledger, ids: Sequence[str]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    wanted = set(ids)
    with ledger.database.reading() as connection:
        issues = [row._asdict() for row in connection.execute(select(ISSUES)) if row.id in wanted]
        owers = [row._asdict() for row in connection.execute(select(OWERS)) if row.issue in wanted]
    return issues, owers


def put(connection: Connection, entries: Any, issues: Any, owers: Any, *, new: bool) -> None:
    """The same rows, by SQLAlchemy's executemany."""
    connection.execute(insert(ENTRIES), entries)
    if new:
        connection.execute(insert(ISSUES), issues)
        connection.execute(insert(OWERS), owers)
    else:
        connection.execute(_UPDATE, [{f"b_{name}": value for name, value in row.items()} for row in issues])


def bench_batches(*, anew: bool) -> None:
    names = ("new issues", "dispatched", "rectified", "accepted")
    ours: dict[str, list[float]] = {name: [] for name in names}
    theirs: dict[str, list[float]] = {name: [] for name in names}
    with two_ledgers() as (ledger, other):
        for turn in range(ROUNDS):
            ids = [f"W{turn:02}{n:04}" for n in range(BATCH)]
            for name, commands in zip(names, (found(ids), *going_on(ids)), strict=True):
                before = seq_of(ledger)
                with Ledger.open(ledger.database.file) if anew else nullcontext(ledger) as writer:
                    seq_of(writer)  # it is connected
                    ours[name].append(timed(lambda: writer.record_all(commands)))  # noqa: B023
                entries, (issues, owers) = rows_after(ledger, before), of_issues(ledger, ids)

                def bare() -> None:
                    with other.database.writing() as connection:
                        put(connection, entries, issues, owers, new=name == "new issues")  # noqa: B023

                theirs[name].append(timed(bare))
        assert ledger.verify()
    for name in names:
        told(name, ours[name], theirs[name], BATCH)
    for name, of in (("events in all", names[1:]), ("in all", names)):
        told(name, summed(ours, of), summed(theirs, of), len(of) * BATCH)


def summed(times: dict[str, list[float]], names: Sequence[str]) -> list[float]:
    """Of each turn, what all of these took."""
    return [sum(turn) for turn in zip(*(times[name] for name in names), strict=True)]


def bench_singles() -> None:
    print("one event at a time, beside a bare sqlite3 INSERT of its entry:")
    ours, theirs = [], []
    with two_ledgers() as (ledger, other):
        ids = [f"W{n:04}" for n in range(SINGLE)]
        ledger.record_all(found(ids))
        with closing(sqlite3.connect(other.database.file, isolation_level=None)) as bare:
            bare.execute("PRAGMA synchronous = FULL")
            add = "INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
            for commands in going_on(ids):
                for one in commands:
                    ours.append(timed_hot(lambda: ledger.record_all([one])))  # noqa: B023
                    [row] = rows_after(ledger, seq_of(ledger) - 1)

                    def put_bare() -> None:
                        bare.execute("BEGIN IMMEDIATE")
                        bare.execute(add, tuple(row.values()))  # noqa: B023
                        bare.execute("COMMIT")

                    theirs.append(timed_hot(put_bare))
    middle = [statistics.median(ours)], [statistics.median(theirs)]
    told("an event, median", *middle, 1)


def bench_questions(ledger: Ledger) -> None:
    with closing(sqlite3.connect(ledger.database.file)) as bare:
        for when, day in enumerate((LAST, YESTERDAY)):
            print(f"questions as of {('today', 'a past day, after which one issue in a hundred went on')[when]}:")
            for name, texts in SQL.items():
                ours, theirs, answers = [], [], []
                for _ in range(5):
                    ours.append(timed(lambda: answers.append(getattr(ledger, name)(day))))  # noqa: B023
                    ask = (texts[when], {"day": day.isoformat()})
                    theirs.append(timed(lambda: answers.append(bare.execute(*ask).fetchall())))  # noqa: B023
                assert plain(answers[0]) == [tuple(row) for row in answers[1]], name
                told(name, ours, theirs, 1)


def bench_daily(ledger: Ledger) -> None:
    print("the daily table, beside the rates of that day:")
    by: RatesBy
    for by in ("all", "place"):
        ours, theirs = [], []
        for _ in range(3):
            ours.append(timed(lambda: ledger.daily(LAST, by)))  # noqa: B023
            theirs.append(timed(lambda: ledger.rates(LAST, by)))  # noqa: B023
        told(f"of {by}", ours, theirs, 1)


def plain(answer: Any) -> list[tuple[Any, ...]]:
    if isinstance(answer, tuple):
        return [(id,) for id in answer]
    rates = answer[""]
    counted = (rate.counted for rate in (rates.rectified, rates.closed, rates.overdue, rates.reworked))
    return [(rates.closed.among, *counted, rates.on_time.among, rates.on_time.counted)]


OPENING = """
import sys, time
begun = time.perf_counter()
from envgov.ledger import Ledger
imported = time.perf_counter()
with Ledger.open(sys.argv[1]) as ledger:
    ledger.head
    opened = time.perf_counter()
    print(imported - begun, opened - imported)
"""


def bench_opening(ledger: Ledger) -> None:
    took = [
        tuple(map(float, subprocess.run(
            [sys.executable, "-c", OPENING, str(ledger.database.file)], capture_output=True, text=True, check=True
        ).stdout.split()))
        for _ in range(5)
    ]  # fmt: skip
    importing, opening = (min(times) for times in zip(*took, strict=True))
    print(f"opening it, to its head: {opening * 1000:.0f} ms, after {importing * 1000:.0f} ms for the imports")


def bench_ledger(issues: int = 1_000_000) -> None:
    bench_singles()
    print(f"record_all of {BATCH}, beside SQLAlchemy's executemany of the same rows into the same tables:")
    bench_batches(anew=False)
    print("the same, by a ledger that was opened anew:")
    bench_batches(anew=True)
    with tempfile.TemporaryDirectory() as folder:
        with found_county(Path(folder, "small.db"), 1000) as small:
            assert small.verify()
            assert small.differing() == ()
        print(f"a ledger of {issues} issues:", flush=True)
        with found_county(Path(folder, "county.db"), issues) as county:
            bench_opening(county)
            bench_questions(county)
            bench_daily(county)


if __name__ == "__main__":
    bench_ledger(*map(int, sys.argv[1:]))
