"""Numbers without gaps, reporters who can be erased, closed rounds that stay, backups that can be restored."""

from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from sqlalchemy import Connection, text

import envgov as eg
from clerks import E, at, command, enter, event, issue, let_sign, live, march, opened, proposed, signed
from envgov.ledger import Command, Hearing, Ledger, LedgerError, StaleError, copies

MARCH = eg.Round(march(1), march(31), "2024-03")


@pytest.fixture
def office(ledger: Ledger) -> Ledger:
    """A ledger in which somebody signs, and three papers were proposed."""
    let_sign(ledger)
    ledger.record_all([proposed("M1"), proposed("M2"), proposed("M3")])
    return ledger


def paper(ledger: Ledger, id: str) -> eg.Paper:
    found = ledger.value(f"paper:{id}")
    assert isinstance(found, eg.Paper)
    return found


# -- numbers
def test_numbers_of_a_series_follow_each_other(office: Ledger) -> None:
    [first, talk] = office.record_all([signed("M1"), signed("M2", "约谈〔2024〕")])
    [second] = office.record_all([signed("M3")])
    numbered = [(entry.series, entry.number) for entry in (first, talk, second)]
    assert numbered == [("督办〔2024〕", 1), ("约谈〔2024〕", 1), ("督办〔2024〕", 2)]
    assert [paper(office, id).number for id in ("M1", "M2", "M3")] == [
        "督办〔2024〕1号",
        "约谈〔2024〕1号",
        "督办〔2024〕2号",
    ]


def test_a_number_that_was_refused_is_given_to_the_next(office: Ledger) -> None:
    with pytest.raises(eg.RefusedError):
        office.record_all([signed("M1"), command("W1", event(E.CLAIMED, 2))])
    office.record_all([signed("M2")])
    assert paper(office, "M2").number == "督办〔2024〕1号"


def test_a_signature_that_was_refused_takes_no_number(office: Ledger) -> None:
    by_software = evolve(signed("M1"), value=eg.PaperEvent(eg.PaperState.SIGNED, march(5), by="system"))
    with pytest.raises(eg.RefusedError) as refused:
        office.record_all([by_software])
    assert refused.value.rule == "people sign"
    assert office.refusals()[-1].subject == "paper:M1"
    assert office.record_all([signed("M1")])[0].number == 1


def test_a_signature_sent_again_has_its_number(office: Ledger) -> None:
    [first] = office.record_all([signed("M1")])
    office.record_all([signed("M2")])
    assert office.record_all([signed("M1")]) == (first,)


def test_a_key_of_a_number_is_used_for_nothing_else(office: Ledger) -> None:
    office.record_all([signed("M1")])
    other = evolve(proposed("M9"), key="M1 signed")
    for command_of_that_key in (signed("M1", ""), signed("M1", "约谈〔2024〕"), other):
        with pytest.raises(eg.RefusedError, match="the key M1 signed is that of entry 7, signed of paper:M1 by 王主任"):
            office.record_all([command_of_that_key])


def test_a_voided_number_is_kept_and_given_to_nobody_else(office: Ledger) -> None:
    void = eg.PaperEvent(eg.PaperState.VOIDED, march(6), by="王主任", note="对象有误")
    office.record_all([signed("M1"), Command("paper:M1", void, "王主任", at(6), "void"), signed("M2")])
    assert (paper(office, "M1").state, paper(office, "M1").number) == (eg.PaperState.VOIDED, "督办〔2024〕1号")
    assert paper(office, "M2").number == "督办〔2024〕2号"
    assert office.verify()


def test_the_ledger_gives_the_numbers(office: Ledger) -> None:
    own = eg.PaperEvent(eg.PaperState.SIGNED, march(5), by="王主任", number="督办〔2024〕9号")
    with pytest.raises(eg.RefusedError, match="paper:M1 was given the number 督办〔2024〕9号"):
        office.record_all([Command("paper:M1", own, "王主任", at(5), "own")])


def test_what_is_signed_has_its_number(office: Ledger) -> None:
    with pytest.raises(eg.RefusedError, match="what is signed has its number"):
        office.record_all([signed("M1", "")])


@pytest.mark.parametrize("asks", [proposed("M9"), command("W1", issue("W1"))])
def test_only_what_is_signed_takes_a_number(office: Ledger, asks: Command) -> None:
    with pytest.raises(eg.RefusedError, match=r"asks for a number of 督办, with (proposed|found)") as refused:
        office.record_all([evolve(asks, series="督办")])
    assert refused.value.rule == "only what is signed takes a number"


def test_without_a_roster_nobody_signs(ledger: Ledger) -> None:
    ledger.record_all([proposed("M1")])
    with pytest.raises(eg.RefusedError, match="people sign"):
        ledger.record_all([signed("M1")])


def test_a_paper_is_named_by_its_id(office: Ledger) -> None:
    with pytest.raises(eg.RefusedError, match="paper:M8 was given M9"):
        office.record_all([evolve(proposed("M9"), subject="paper:M8")])


# -- publications
def publish(what: eg.PublicationKind, by: str, **fields: Any) -> Command:
    event = eg.PublicationEvent(what, march(6), by=by, **fields)
    return Command("publication:2024-03", event, "张会计", at(6), what.value)


def drafted() -> Command:
    event = eg.PublicationEvent(eg.PublicationKind.DRAFTED, march(6), by="张会计", text="a1")
    publication = eg.Publication("monthly", "2024-03", (event,))
    return Command("publication:2024-03", publication, "张会计", at(6), "drafted")


def hear(held: bool) -> Command:
    return Command("rules:hearing", Hearing(held), "张会计", at(1), f"hearing {held}")


def test_an_assessment_is_signed_and_published(office: Ledger) -> None:
    sign = publish(eg.PublicationKind.SIGNED, "王主任", text="a1")
    office.record_all([hear(held=False), drafted(), sign, publish(eg.PublicationKind.PUBLISHED, "张会计", text="a1")])
    found = office.value("publication:2024-03")
    assert isinstance(found, eg.Publication)
    assert found.state is eg.PublicationKind.PUBLISHED


def test_an_assessment_is_heard_before_it_is_signed_where_the_rules_say_so(office: Ledger) -> None:
    office.record_all([hear(held=True), drafted()])
    with pytest.raises(eg.RefusedError):
        office.record_all([publish(eg.PublicationKind.SIGNED, "王主任", text="a1")])


def test_whether_units_are_heard_is_said_first(office: Ledger) -> None:
    office.record_all([drafted()])
    with pytest.raises(eg.RefusedError, match="the ledger does not say whether units are heard"):
        office.record_all([publish(eg.PublicationKind.SIGNED, "王主任", text="a1")])


def test_a_round_is_published_under_one_id(office: Ledger) -> None:
    office.record_all([drafted()])
    other = evolve(drafted(), subject="publication:三月", key="other")
    with pytest.raises(eg.RefusedError, match="monthly 2024-03 is publication:2024-03 already"):
        office.record_all([other])
    assert isinstance(other.value, eg.Publication)
    of_april = eg.Publication("monthly", "2024-04", other.value.events)
    april = evolve(other, value=of_april)
    assert office.record_all([april])[0].version == 1


def test_of_one_batch_a_round_is_published_once_too(office: Ledger) -> None:
    with pytest.raises(eg.RefusedError, match="a round is published once"):
        office.record_all([drafted(), evolve(drafted(), subject="publication:三月", key="other")])


# -- reporters
def everything(ledger: Ledger) -> str:
    """All that is in the book and its projection."""
    tables = ("entries", "issues", "owers", "numbers", "refusals", "head")
    with ledger.database.reading() as connection:
        return repr([connection.execute(text(f"SELECT * FROM {table}")).all() for table in tables])  # noqa: S608


def test_who_told_of_an_issue_is_kept_apart(ledger: Ledger) -> None:
    entry = enter(ledger, "W1", issue("W1"), reporter="群众李四 13800000000")
    assert ledger.reporter("W1") == "群众李四 13800000000"
    assert "李四" not in everything(ledger)
    assert "李四" not in repr((ledger.issue("W1"), entry, command("W1", issue("W1"), reporter="李四")))


def test_the_chain_holds_the_salted_hash_of_who_told(ledger: Ledger) -> None:
    entry = enter(ledger, "W1", issue("W1"), reporter="李四")
    with ledger.database.reading() as connection:
        salt = connection.execute(text("SELECT salt FROM reporters")).scalar_one()
    assert len(salt) == 64
    assert entry.reporter == sha256(f"{salt}李四".encode()).hexdigest()


def test_who_told_is_erased_and_the_chain_verifies(ledger: Ledger) -> None:
    enter(ledger, "W1", issue("W1"), reporter="李四")
    enter(ledger, "W2", issue("W2"), reporter="王五")
    entry = ledger.erase_reporter("W1", by="张会计", at=at(9), key="erase")
    assert ledger.reporter("W1") is None
    assert ledger.reporter("W2") == "王五"
    assert (entry.subject, entry.what, entry.by) == ("reporter:W1", "Erased", "张会计")
    assert entry.value == ledger.value("reporter:W1")
    assert ledger.verify()


def test_who_was_erased_is_gone_from_the_file(file: Ledger) -> None:
    enter(file, "W1", issue("W1"), reporter="群众李四")
    enter(file, "W1", event(E.DISPATCHED, 2, 9))
    file.erase_reporter("W1", by="张会计", at=at(9), key="erase")
    folder = file.database.file.parent
    assert not any("李四".encode() in path.read_bytes() for path in folder.iterdir())


def test_an_issue_that_nobody_told_of_has_no_reporter(ledger: Ledger) -> None:
    assert enter(ledger, "W1", issue("W1")).reporter == ""
    assert ledger.reporter("W1") is None


def test_a_reporter_is_named_with_the_issue(ledger: Ledger) -> None:
    enter(ledger, "W1", issue("W1"))
    with pytest.raises(eg.RefusedError, match="issue:W1 goes on with dispatched, and names a reporter"):
        enter(ledger, "W1", event(E.DISPATCHED, 2, 9), reporter="李四")


# -- closed rounds
def test_a_closed_round_stays_as_it_was(ledger: Ledger) -> None:
    live(ledger, "W1")
    live(ledger, "W2")
    entry = ledger.take_snapshot(MARCH, by="张会计", at=at(31), key="月结")
    then = ledger.snapshot(MARCH)
    enter(ledger, "W1", event(E.RECTIFIED, 20), at=at(31, 9))
    enter(ledger, "W3", issue("W3", 2), at=at(31, 9))
    assert ledger.snapshot(MARCH) == then
    assert then.entry == entry
    assert [(issue.id, issue.state) for issue in then.issues] == [("W1", eg.State.OPEN), ("W2", eg.State.OPEN)]


def test_a_closed_round_has_what_had_happened_by_its_end(ledger: Ledger) -> None:
    live(ledger, "W1", [(E.RECTIFIED, 20)])
    enter(ledger, "W2", issue("W2", 18))
    first_half = eg.Round(march(1), march(16), "上半月")
    ledger.take_snapshot(first_half, by="张会计", at=at(25), key="半月结")
    assert [(issue.id, issue.state) for issue in ledger.snapshot(first_half).issues] == [("W1", eg.State.OPEN)]


def test_a_round_is_closed_once(ledger: Ledger) -> None:
    ledger.take_snapshot(MARCH, by="张会计", at=at(31), key="月结")
    with pytest.raises(
        StaleError, match=r"snapshot:2024-03-01\.\.2024-03-31 was seen at version 0 and is at version 1"
    ):
        ledger.take_snapshot(MARCH, by="李会计", at=at(31), key="再结")


def test_a_round_is_closed_on_its_last_day_at_the_earliest(ledger: Ledger) -> None:
    with pytest.raises(eg.RefusedError, match="a round is closed when it ends"):
        ledger.take_snapshot(MARCH, by="张会计", at=at(29, 23), key="月结")
    assert ledger.take_snapshot(MARCH, by="张会计", at=at(30), key="月结").version == 1


def test_a_round_that_was_not_closed_has_no_snapshot(ledger: Ledger) -> None:
    with pytest.raises(LookupError, match="no snapshot of 2024-03-01 to 2024-03-31 was taken"):
        ledger.snapshot(MARCH)


# -- backups
def filled(ledger: Ledger) -> Ledger:
    live(ledger, "W1", [(E.RECTIFIED, 3)])
    enter(ledger, "W2", issue("W2"), reporter="李四")
    let_sign(ledger)
    ledger.record_all([proposed("M1"), signed("M1"), proposed("M2")])
    with pytest.raises(eg.RefusedError):
        enter(ledger, "W2", event(E.ACCEPTED, 3))
    return ledger


def test_a_backup_is_the_whole_ledger(ledger: Ledger, tmp_path: Path) -> None:
    filled(ledger).backup(tmp_path / "backup.db")
    with Ledger.open(tmp_path / "backup.db") as copy:
        assert copy.verify(ledger.head)
        assert copy.issues() == ledger.issues()
        assert copy.refusals() == ledger.refusals()
        assert copy.reporter("W2") == "李四"
        assert copy.differing() == ()


def test_a_backup_is_one_file(ledger: Ledger, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    ledger.backup(folder / "backup.db")
    assert [path.name for path in folder.iterdir()] == ["backup.db"]


def test_a_backup_does_not_stand_in_the_way_of_writers(ledger: Ledger, tmp_path: Path) -> None:
    filled(ledger)
    with ledger.database.reading() as connection:
        connection.execute(text("SELECT count(*) FROM entries"))
        enter(ledger, "W3", issue("W3"))
        copies.back_up(connection, tmp_path / "backup.db")
    with Ledger.open(tmp_path / "backup.db") as copy:
        assert [issue.id for issue in copy.issues()] == ["W1", "W2"]
        assert copy.verify()


def test_no_backup_is_written_over(file: Ledger, tmp_path: Path) -> None:
    file.backup(tmp_path / "backup.db")
    with pytest.raises(LedgerError, match=r"backup\.db is there already; name another file"):
        file.backup(tmp_path / "backup.db")


def test_a_backup_that_fails_leaves_nothing(file: Ledger, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    with file.database.writing() as connection:
        connection.execute(text("DROP TABLE reporters"))
    with pytest.raises(LedgerError, match="no such table: reporters"):
        file.backup(folder / "backup [1].db")
    assert list(folder.iterdir()) == []


def test_two_backups_to_one_file_at_once_leave_a_whole_one(
    file: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, copy = tmp_path / "backup.db", copies._copy

    def copy_overtaken(source: Connection, target: Connection) -> None:
        monkeypatch.setattr(copies, "_copy", copy)
        filled(file).backup(path)
        copy(source, target)

    monkeypatch.setattr(copies, "_copy", copy_overtaken)
    file.backup(path)
    with Ledger.open(path) as kept:
        assert kept.verify()


def test_a_restored_ledger_goes_on_where_the_backup_ended(place: str, tmp_path: Path) -> None:
    with opened(tmp_path / "old.db") as old:
        filled(old).backup(tmp_path / "backup.db")
        head = old.head
    with Ledger.restore(tmp_path / "backup.db", place) as restored:
        assert restored.verify(head)
        enter(restored, "W2", event(E.DISPATCHED, 4, 9))
        with pytest.raises(eg.RefusedError):
            enter(restored, "W2", event(E.ACCEPTED, 4))
        assert len(restored.refusals()) == 2
        assert restored.record_all([signed("M2")])[0].number == 2
        assert restored.verify(head)


def test_nothing_is_restored_over_a_ledger(place: str, tmp_path: Path) -> None:
    with opened(place) as ledger:
        ledger.backup(tmp_path / "backup.db")
        with pytest.raises(LedgerError, match="there is a ledger already; open it, or name another place"):
            Ledger.restore(tmp_path / "backup.db", place)
        assert ledger.verify()


def test_a_faulty_backup_is_not_restored(file: Ledger, tmp_path: Path) -> None:
    filled(file).backup(tmp_path / "backup.db")
    with Ledger.open(tmp_path / "backup.db") as copy, copy.database.writing() as connection:
        connection.execute(text("UPDATE entries SET \"by\" = '别人' WHERE seq = 2"))
    with pytest.raises(LedgerError, match=r"backup\.db is no sound backup: entry 2 was altered"):
        Ledger.restore(tmp_path / "backup.db", tmp_path / "restored.db")
    assert not (tmp_path / "restored.db").exists()
