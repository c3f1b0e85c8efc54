"""Whoever changes the file is found: what was altered, dropped, reordered, truncated or rewritten is named."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from clerks import E, at, enter, event, issue, let_sign, live, march, opened, proposed, signed
from envgov.ledger import Head, Ledger, LedgerError
from envgov.ledger.entry import hash_of


def change(ledger: Ledger, *statements: str) -> None:
    """What somebody with access to the database does behind the ledger's back."""
    with ledger.database.writing() as connection:
        for statement in statements:
            connection.execute(text(statement))


@pytest.fixture
def lived(ledger: Ledger) -> Ledger:
    """Entry 1 has the rules, 2 to 5 the life of W1, 6 and 7 that of W2."""
    live(ledger, "W1", [(E.RECTIFIED, 3), (E.ACCEPTED, 4)])
    live(ledger, "W2")
    return ledger


def test_a_ledger_that_nobody_touched_is_sound(lived: Ledger) -> None:
    found = lived.verify(lived.head)
    assert found
    assert str(found) == f"7 entries, all sound; the head is {lived.head}"


def test_an_empty_ledger_is_sound_and_has_no_head(place: str) -> None:
    with Ledger.create(place) as ledger:
        assert ledger.head is None
        assert ledger.verify()


@pytest.mark.parametrize("column", ["subject", "what", "at", "by", "key", "body"])
def test_an_altered_entry_is_named(lived: Ledger, column: str) -> None:
    change(lived, f"UPDATE entries SET {column} = '2024-03-04T08:00:00.000001+00:00' WHERE seq = 5")  # noqa: S608
    found = lived.verify()
    assert not found
    assert found.sound == 4
    assert found.problem.startswith("entry 5 was altered (")
    assert str(found).endswith("; the 4 entries before it are sound: restore a backup, and compare")


def test_an_altered_hash_is_named(lived: Ledger) -> None:
    change(lived, f"UPDATE entries SET hash = '{'a' * 64}' WHERE seq = 3")  # noqa: S608
    assert lived.verify().problem == "entry 3 was altered (dispatched of issue:W1)"


def test_a_dropped_entry_is_named(lived: Ledger) -> None:
    change(lived, "DELETE FROM entries WHERE seq = 4")
    assert lived.verify().problem == "entry 4 is missing"


def test_a_dropped_entry_is_named_though_the_others_were_numbered_anew(lived: Ledger) -> None:
    change(
        lived,
        "DELETE FROM entries WHERE seq = 4",
        "UPDATE entries SET seq = 4 WHERE seq = 5",
        "UPDATE entries SET seq = 5 WHERE seq = 6",
        "UPDATE entries SET seq = 6 WHERE seq = 7",
    )
    found = lived.verify()
    assert (found.sound, found.problem) == (3, "entry 4 was altered (accepted of issue:W1)")


@pytest.mark.parametrize(("one", "other"), [(3, 4), (2, 6)])
def test_two_entries_that_changed_places_are_named(lived: Ledger, one: int, other: int) -> None:
    change(
        lived,
        f"UPDATE entries SET seq = 99 WHERE seq = {one}",  # noqa: S608
        f"UPDATE entries SET seq = {one} WHERE seq = {other}",  # noqa: S608
        f"UPDATE entries SET seq = {other} WHERE seq = 99",  # noqa: S608
    )
    assert lived.verify().problem == f"entry {one} is out of order: it was entry {other}"


def test_a_truncated_ledger_is_named(lived: Ledger) -> None:
    change(lived, "DELETE FROM entries WHERE seq > 5")
    assert lived.verify().problem == "entry 6 is missing, and all after it up to 7: the ledger was truncated"


@pytest.mark.parametrize("left", [5, 6])
def test_a_ledger_truncated_with_its_head_does_not_have_the_head_that_was_printed(lived: Ledger, left: int) -> None:
    printed = lived.head
    before = [*lived.entries("issue:W1"), *lived.entries("issue:W2")][left - 2].head
    change(lived, f"DELETE FROM entries WHERE seq > {left}", f"UPDATE head SET seq = {left}, hash = '{before.hash}'")  # noqa: S608
    assert lived.verify()
    assert lived.verify(before)
    missing = f"entry {left + 1} is missing, and all after it up to the head {printed} that was printed"
    assert lived.verify(printed).problem == missing


def test_a_ledger_that_was_rewritten_whole_does_not_have_the_head_that_was_printed(lived: Ledger) -> None:
    printed = lived.entries("issue:W1")[-1].head
    change(lived, "UPDATE entries SET \"by\" = '别人' WHERE seq = 4")
    with lived.database.writing() as connection:
        rows = connection.execute(text("SELECT * FROM entries ORDER BY seq")).all()
        before = "0" * 64
        for row in rows:
            before = hash_of(before, row[:-1])
            connection.execute(
                text("UPDATE entries SET hash = :hash WHERE seq = :seq"), {"hash": before, "seq": row.seq}
            )
        connection.execute(text("UPDATE head SET hash = :hash"), {"hash": before})
    assert lived.verify()
    found = lived.verify(printed)
    assert found.problem == f"entry 5 is not the one of which the head {printed} was printed"


def test_a_head_that_says_something_else_is_named(lived: Ledger) -> None:
    change(lived, f"UPDATE head SET hash = '{'b' * 64}'")  # noqa: S608
    assert lived.verify().problem.startswith("the head is kept as 7-bbbbbbbbbbbb, and the entries lead to 7-")


def test_a_number_that_was_changed_is_named(lived: Ledger) -> None:
    let_sign(lived)
    lived.record_all([proposed("M1"), signed("M1"), proposed("M2"), signed("M2")])
    assert lived.verify()
    change(lived, "UPDATE numbers SET number = 3 WHERE number = 2")
    assert lived.verify().problem == "number 2 of 督办〔2024〕 is not as the entry that took it says"


@pytest.mark.parametrize(
    "changed", ["UPDATE reporters SET identity = '李某'", "UPDATE reporters SET salt = 'x'", "DELETE FROM reporters"]
)
def test_a_reporter_who_was_changed_is_named(ledger: Ledger, changed: str) -> None:
    enter(ledger, "W1", issue("W1"), reporter="王某")
    enter(ledger, "W2", issue("W2"), reporter="赵某")
    ledger.erase_reporter("W2", by="张会计", at=at(2), key="erased")
    assert ledger.verify()
    change(ledger, changed)
    assert ledger.verify().problem == "who told of issue W1 is not as its entry says"


@pytest.mark.parametrize(("changed", "times"), [("DELETE FROM head", 0), ("INSERT INTO head SELECT * FROM head", 2)])
def test_a_head_that_is_not_kept_once_is_named(lived: Ledger, changed: str, times: int) -> None:
    change(lived, changed)
    assert lived.verify().problem.startswith(f"the head is kept {times} times, and the entries lead to 7-")


# -- heads in print
def test_a_head_is_read_as_it_was_printed(lived: Ledger) -> None:
    assert Head.read(f" {lived.head}\n") == lived.head


def test_a_head_may_be_printed_short(lived: Ledger) -> None:
    assert lived.head is not None
    assert lived.verify(Head.read(str(lived.head)[: 2 + 12]))
    assert not lived.verify(Head(7, "0123456789ab"))


@pytest.mark.parametrize(
    "written", ["", "7", "seven-0123456789ab", "7-0123", "7-xyz", "七-0123456789ab", "²-0123456789ab"]
)
def test_what_is_no_head_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"is no head|must match regex"):
        Head.read(written)


# -- the table of issues
def test_a_table_that_was_changed_is_named_and_made_anew(lived: Ledger) -> None:
    change(lived, "UPDATE issues SET state = 'closed' WHERE id = 'W2'")
    assert lived.verify()
    assert lived.differing() == ("W2",)
    lived.rebuild()
    assert lived.differing() == ()
    assert lived.rates(march(5), "responsible")["v1"].closed.counted == 1


def test_an_issue_that_the_table_lost_is_named(lived: Ledger) -> None:
    change(lived, "DELETE FROM owers WHERE issue = 'W2'", "DELETE FROM issues WHERE id = 'W2'")
    assert lived.differing() == ("W2",)


def test_whoever_owes_otherwise_than_the_entries_say_is_named(lived: Ledger) -> None:
    change(lived, "UPDATE owers SET who = 'v2' WHERE issue = 'W2'")
    assert lived.differing() == ("W2",)
    lived.rebuild()
    assert lived.differing() == ()
    change(lived, "DELETE FROM owers WHERE issue = 'W1'")
    assert lived.differing() == ("W1",)


@pytest.mark.parametrize("damaged", ["7", "'morgen'", "x'ff'"])
def test_an_issue_with_a_day_that_is_none_is_named(file: Ledger, damaged: str) -> None:
    live(file, "W1")
    live(file, "W2")
    change(file, f"UPDATE issues SET due = {damaged} WHERE id = 'W2'")  # noqa: S608 - of a test
    assert file.differing() == ("W2",)


def test_a_table_without_issues_is_made_anew(ledger: Ledger) -> None:
    ledger.rebuild()
    assert ledger.differing() == ()


def test_an_issue_that_nobody_owes_is_in_the_table(ledger: Ledger) -> None:
    enter(ledger, "W1", issue("W1"))
    ledger.rebuild()
    assert ledger.differing() == ()
    assert ledger.rates(march(1), "responsible") == {}


# -- damaged files
@pytest.fixture
def closed_file(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "closed.db"
    with opened(path) as ledger:
        for n in range(40):
            live(ledger, f"W{n}", description="说明" * 20)
        ledger.backup(tmp_path / "backup.db")
        ledger.database.settle()
    yield path
    with Ledger.restore(tmp_path / "backup.db", tmp_path / "restored.db") as restored:
        assert restored.verify()
        assert len(restored.issues()) == 40


def problem_of(path: Path) -> str:
    try:
        with Ledger.open(path) as ledger:
            return ledger.verify().problem
    except LedgerError as error:
        return str(error)


def test_a_file_with_a_flipped_bit_is_named(closed_file: Path) -> None:
    data = bytearray(closed_file.read_bytes())
    place = data.index("说明".encode(), len(data) // 2)
    data[place + 2] ^= 1
    closed_file.write_bytes(data)
    assert "was altered (found of issue:W" in problem_of(closed_file)


@pytest.mark.parametrize(
    ("bytes", "problem"),
    [
        ("x'00ff'", "entry 30 was altered (found of issue:W14)"),
        ("CAST(x'00ff' AS TEXT)", "entry 30 cannot be read (Could not decode to UTF-8 column 'body' with text ''"),
    ],
)
def test_bytes_that_are_no_text_are_named(closed_file: Path, bytes: str, problem: str) -> None:
    with closing(sqlite3.connect(closed_file)) as connection, connection:
        connection.execute(f"UPDATE entries SET body = {bytes} WHERE seq = 30")  # noqa: S608
    with Ledger.open(closed_file) as ledger:
        found = ledger.verify()
    assert found.problem.startswith(problem)
    assert found.sound == 29


def test_an_index_with_a_flipped_bit_is_named(closed_file: Path) -> None:
    with closing(sqlite3.connect(closed_file)) as connection:
        [root] = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'issues_last'").fetchone()
    data = bytearray(closed_file.read_bytes())
    data[data.index(b"2024-03-01", (root - 1) * 4096) + 9] ^= 8  # the first becomes the ninth
    closed_file.write_bytes(data)
    assert "the file is damaged (row" in problem_of(closed_file)


def test_a_file_that_was_cut_off_is_named(closed_file: Path) -> None:
    closed_file.write_bytes(closed_file.read_bytes()[: closed_file.stat().st_size // 2])
    assert "could not be read (database disk image is malformed)" in problem_of(closed_file)


def test_a_file_in_which_a_page_was_wiped_is_named(closed_file: Path) -> None:
    with closing(sqlite3.connect(closed_file)) as connection:
        [root] = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'entries'").fetchone()
    data = bytearray(closed_file.read_bytes())
    data[(root - 1) * 4096 : root * 4096] = bytes(4096)
    closed_file.write_bytes(data)
    assert "malformed" in problem_of(closed_file)


def test_an_event_that_was_entered_in_between_is_no_part_of_what_was_damaged(lived: Ledger) -> None:
    enter(lived, "W2", event(E.CLAIMED, 5))
    assert lived.verify(lived.entries("issue:W2")[0].head)
