"""What was just entered is kept in memory, and decides only while nobody else entered anything."""

import pytest

import envgov as eg
from clerks import E, at, command, enter, event, live
from envgov.ledger import Ledger, standings
from envgov.ledger.standings import Standing, Standings


def test_what_another_entered_of_an_issue_decides_here_too(ledger: Ledger, place: str) -> None:
    live(ledger, "W1", [(E.RECTIFIED, 2)])
    with Ledger.open(place) as other:
        enter(other, "W1", event(E.REJECTED, 3))
        with pytest.raises(eg.RefusedError, match="the issue is open"):
            enter(ledger, "W1", event(E.ACCEPTED, 4))
    assert enter(ledger, "W1", event(E.RECTIFIED, 5)).version == 5


def test_what_a_refused_batch_would_have_changed_does_not_decide(ledger: Ledger) -> None:
    live(ledger, "W1")
    with pytest.raises(eg.RefusedError):
        ledger.record_all([command("W1", event(E.RECTIFIED, 3)), command("W2", event(E.CLAIMED, 3))])
    assert enter(ledger, "W1", event(E.CLAIMED, 3)).version == 3
    assert ledger.differing() == ()


def test_what_a_transaction_that_failed_would_have_changed_does_not_decide(file: Ledger) -> None:
    live(file, "W1")
    with file.database.writing() as connection:
        connection.exec_driver_sql("CREATE TRIGGER full BEFORE UPDATE ON head BEGIN SELECT RAISE(ABORT, 'full'); END")
    with pytest.raises(eg.EnvGovError, match="nothing of it was"):
        enter(file, "W1", event(E.RECTIFIED, 3))
    with file.database.writing() as connection:
        connection.exec_driver_sql("DROP TRIGGER full")
    assert enter(file, "W1", event(E.CLAIMED, 3)).version == 3


def test_of_many_subjects_those_that_were_not_entered_for_the_longest_time_are_read_again(
    monkeypatch: pytest.MonkeyPatch, ledger: Ledger
) -> None:
    monkeypatch.setattr(standings, "KEPT", 2)
    for id in ("W1", "W2", "W3"):
        live(ledger, id)
    enter(ledger, "W1", event(E.CLAIMED, 2))
    assert list(ledger._standings.of) == ["issue:W3", "issue:W1"]
    assert enter(ledger, "W2", event(E.CLAIMED, 2)).version == 3


def test_how_subjects_stand_is_known_at_one_head_alone() -> None:
    stands = Standing(1, at(1), "一")
    known = Standings()
    known.move("", "a", {"x:1": stands})
    known.move("b", "c", {"x:2": stands})
    assert known.at("a") == {}
    assert known.at("c") == {"x:2": stands}
