"""Nothing is lost: writers are killed at random moments, many at once; disks fill up; the server goes away."""

import os

import pytest
from sqlalchemy import text

import envgov as eg
from clerks import E, command, enter, event, issue, let_sign, opened
from envgov.ledger import Ledger, LedgerError
from writers import STATEMENTS, Writer, drawing, step

ROUNDS = int(os.environ.get("KILL_ROUNDS", "6"))
"""Of each test. Six of them kill 206 writers, 170 of them inside a transaction; the soak has more."""


def check(ledger: Ledger, acknowledged: dict[str, list[int]]) -> None:
    """Every step that was acknowledged is there, every step is whole, and no number is missing or doubled."""
    assert ledger.verify()
    assert ledger.differing() == ()
    with ledger.database.reading() as connection:
        keys = set(connection.execute(text("SELECT key FROM entries")).scalars()) - {"rules", "grid", "roster"}
        numbers = connection.execute(text("SELECT number FROM numbers ORDER BY number")).scalars().all()
    steps = {key.rpartition(" ")[0] for key in keys}
    assert keys == {f"{id} {what}" for id in steps for what in ("found", "dispatched", "proposed", "signed")}
    assert {f"{name}-{n}" for name, told in acknowledged.items() for n in told} <= steps
    assert list(numbers) == list(range(1, len(steps) + 1))


def test_a_writer_killed_inside_a_transaction_leaves_nothing_of_it(place: str) -> None:
    draw = drawing(1)
    with opened(place) as ledger:
        let_sign(ledger)
        for n in range(8 * ROUNDS):
            writer = Writer(place, f"a{n}", 1, stop=draw.randint(1, STATEMENTS))
            assert writer.kill_within() == []
            with pytest.raises(LookupError):
                ledger.issue(f"a{n}-0")
        check(ledger, {})
        assert ledger.record_all(step("after", 0))[3].number == 1


def test_what_a_killed_writer_acknowledged_is_there(place: str) -> None:
    draw = drawing(2)
    with opened(place) as ledger:
        let_sign(ledger)
        acknowledged = {f"b{n}": Writer(place, f"b{n}", 10_000).kill_soon(draw) for n in range(ROUNDS)}
        check(ledger, acknowledged)
    assert all(acknowledged.values())


def test_eight_writers_at_once_are_killed_one_by_one(place: str) -> None:
    draw = drawing(3)
    acknowledged: dict[str, list[int]] = {}
    with opened(place) as ledger:
        let_sign(ledger)
        for turn in range(ROUNDS):
            writers = [Writer(place, f"c{turn}{n}", 10_000) for n in range(2)]
            stopped = []
            for n in range(6):
                stopped.append(Writer(place, f"d{turn}{n}", 1, stop=draw.randint(1, STATEMENTS)))
                assert stopped[-1].kill_within() == []
            acknowledged |= {writer.name: writer.kill_soon(draw) for writer in writers}
        check(ledger, acknowledged)
    assert all(acknowledged.values())


def test_eight_writers_at_once_take_numbers_without_gaps(place: str) -> None:
    with opened(place) as ledger:
        let_sign(ledger)
        writers = [Writer(place, f"e{n}", 6) for n in range(8)]
        acknowledged = {writer.name: writer.finish() for writer in writers}
        assert set(map(tuple, acknowledged.values())) == {tuple(range(6))}
        check(ledger, acknowledged)


def test_a_command_that_was_not_acknowledged_can_be_sent_again(place: str) -> None:
    with opened(place) as ledger:
        let_sign(ledger)
        Writer(place, "f", 1, stop=STATEMENTS).kill_within()
        ledger.record_all(step("f", 0))
        ledger.record_all(step("f", 0))
        check(ledger, {"f": [0]})


def test_a_full_disk_loses_nothing(file: Ledger) -> None:
    """SQLite is told that the file may not grow: it answers as on a disk that is full."""
    enter(file, "W0", issue("W0"))
    with file.database.writing() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")  # it takes what there is
    before = file.issues()
    with pytest.raises(LedgerError, match=r"could not be written, and nothing of it was \(database or disk is full\)"):
        file.record_all(command(f"W{n}", issue(f"W{n}", description="长" * 500)) for n in range(1, 200))
    assert file.issues() == before
    assert file.verify()
    with file.database.writing() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    enter(file, "W1", issue("W1"))
    assert file.verify()


def test_a_server_that_drops_the_connection_loses_nothing(county: str) -> None:
    with opened(county) as ledger:
        enter(ledger, "W1", issue("W1"))
        with (
            pytest.raises(LedgerError, match="could not be written, and nothing of it was"),
            ledger.database.writing() as c,
        ):
            c.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
        enter(ledger, "W1", event(E.DISPATCHED, 2, 9))
        assert ledger.issue("W1").state is eg.State.OPEN
        assert ledger.verify()
