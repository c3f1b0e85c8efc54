"""Issues from elsewhere: entered whole, once, by the rules; and what is said otherwise than in the ledger is refused."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings, strategies as st

import envgov as eg
from clerks import OFFICE, UNITS, E, at, enter, event, issue, let_sign, live, march, opened
from envgov.ledger import Command, Intake, Ledger


def life(id: str, *happened: tuple[eg.EventKind, int], **fields: Any) -> eg.Issue:
    """Found on the 1st of March and dispatched, and what happened then."""
    events = (event(E.DISPATCHED, 1, 10), *(event(what, day) for what, day in happened))
    begun = issue(id, **fields)
    return evolve(begun, events=(*begun.events, *events))


CLOSED = life("W1", (E.RECTIFIED, 3), (E.ACCEPTED, 4))
OPEN = life("W2")


def take(ledger: Ledger, *issues: eg.Issue, **asked: Any) -> Intake:
    return ledger.take_in(issues, **{"by": "张会计", "at": at(20), **asked})


def rules_of(intake: Intake) -> list[tuple[str, str]]:
    return [(command.id, refused.rule) for command, refused in intake.refused]


def told(intake: Intake) -> str:
    [(_, refused)] = intake.refused
    return refused.told


# -- what is entered
def test_whole_lives_are_entered_as_they_are(ledger: Ledger) -> None:
    taken = take(ledger, OPEN, CLOSED)
    assert ledger.issues() == (CLOSED, OPEN)
    assert (len(taken.entries), taken.known, taken.refused) == (6, (), ())
    assert ledger.verify()
    assert ledger.differing() == ()


def test_the_same_list_again_enters_nothing(ledger: Ledger) -> None:
    take(ledger, CLOSED, OPEN)
    again = take(ledger, CLOSED, OPEN, at=at(21))
    assert (again.entries, again.known) == ((), ("W1", "W2"))


def test_a_longer_list_enters_what_is_new(ledger: Ledger) -> None:
    take(ledger, CLOSED, OPEN)
    longer = life("W2", (E.RECTIFIED, 12))
    assert [entry.what for entry in take(ledger, CLOSED, longer, life("W3")).entries] == [
        "rectified",
        "found",
        "dispatched",
    ]
    assert ledger.issue("W2") == longer


def test_a_shorter_list_says_nothing_new(ledger: Ledger) -> None:
    take(ledger, CLOSED)
    assert take(ledger, life("W1")).known == ("W1",)
    assert ledger.issue("W1") == CLOSED


def test_what_was_entered_by_hand_is_not_entered_again(ledger: Ledger) -> None:
    by_hand = live(ledger, "W1", [(E.RECTIFIED, 3)])
    assert [entry.what for entry in take(ledger, CLOSED).entries] == ["accepted"]
    assert ledger.issue("W1").events[: len(by_hand.events)] == by_hand.events


def test_a_life_goes_on_after_it_was_taken_in(ledger: Ledger) -> None:
    take(ledger, OPEN)
    enter(ledger, "W2", event(E.RECTIFIED, 20), at=at(20, 9))
    assert ledger.issue("W2").state is eg.State.RECTIFIED


# -- who did it
def test_work_is_by_whoever_owed_it_and_all_else_by_whoever_is_given(ledger: Ledger) -> None:
    bare = evolve(CLOSED, events=tuple(evolve(each, by="") for each in CLOSED.events))
    take(ledger, bare, unnamed="镇整治办")
    assert [each.by for each in ledger.issue("W1").events] == ["", "镇整治办", "v1", "镇整治办"]


def test_work_is_by_those_to_whom_it_went_last_or_by_the_place(ledger: Ledger) -> None:
    found = eg.Event(E.FOUND, march(1))
    handed = (event(E.DISPATCHED, 1, 9, to=("v2",)), eg.Event(E.RECTIFIED, march(2)))
    take(
        ledger,
        eg.Issue("W1", "v1", (found, *handed), responsible=("v9",)),
        eg.Issue("W2", "v1", (found, eg.Event(E.FIXED_ON_THE_SPOT, march(1))), responsible=("v9",)),
        eg.Issue("W3", "v1", (found, eg.Event(E.FIXED_ON_THE_SPOT, march(1)))),
    )
    assert [ledger.issue(id).events[-1].by for id in ("W1", "W2", "W3")] == ["v2", "v9", "v1"]


def test_where_nobody_is_given_what_nobody_did_is_refused(ledger: Ledger) -> None:
    bare = evolve(CLOSED, events=tuple(evolve(each, by="") for each in CLOSED.events))
    assert rules_of(take(ledger, bare)) == [("W1", "somebody did it")]


def test_whoever_owed_the_work_does_not_accept_it_by_being_given(ledger: Ledger) -> None:
    bare = evolve(CLOSED, events=tuple(evolve(each, by="") for each in CLOSED.events))
    taken = take(ledger, bare, OPEN, unnamed="v1", sound=True)
    assert rules_of(taken) == [("W1", "rectified is accepted by somebody else")]
    assert ledger.issues() == (OPEN,)


# -- what is refused
NOBODY = eg.Event(E.LISTED, march(5))
BAD = evolve(life("W0"), events=(*life("W0").events, NOBODY))


def test_one_that_is_refused_keeps_all_out_and_is_in_the_access_log(ledger: Ledger) -> None:
    worse = evolve(life("W9"), events=(issue("W9").events[0], evolve(event(E.DISPATCHED, 1), to=("v1",))))
    taken = take(ledger, BAD, OPEN, worse)
    assert rules_of(taken) == [("W0", "somebody did it"), ("W9", "what is handed over has a date")]
    assert ledger.issues() == ()
    assert [refusal.subject for refusal in ledger.refusals()] == ["issue:W0", "issue:W9"]


def test_the_sound_ones_are_entered_where_that_is_asked_for(ledger: Ledger) -> None:
    taken = take(ledger, BAD, OPEN, sound=True)
    assert ledger.issues() == (OPEN,)
    assert (len(taken.entries), rules_of(taken)) == (2, [("W0", "somebody did it")])


def test_an_issue_that_comes_twice_and_not_alike_is_refused(ledger: Ledger) -> None:
    taken = take(ledger, OPEN, CLOSED, evolve(OPEN, description="别处"), sound=True)
    assert rules_of(taken) == [("W2", "an issue comes once")]
    assert told(taken) == "issue W2 comes 2 times, and not always alike"
    assert ledger.issues() == (CLOSED,)


def test_an_issue_that_comes_twice_alike_is_entered_once(ledger: Ledger) -> None:
    taken = take(ledger, OPEN, CLOSED, OPEN)
    assert (len(taken.entries), taken.refused) == (6, ())
    assert ledger.issues() == (CLOSED, OPEN)


def test_a_text_that_cannot_be_kept_is_not_taken_in(ledger: Ledger) -> None:
    with pytest.raises(eg.RefusedError, match="W2: a text of found has a NUL or half a character"):
        take(ledger, CLOSED, evolve(OPEN, description="\ud800"))
    assert ledger.issues() == ()


@pytest.mark.parametrize(
    ("here", "said"),
    [
        (life("W1", place="v2"), "issue W1: place is 'v1' in the ledger, and 'v2' here"),
        (life("W1", (E.LISTED, 3)), "issue W1: event 3 is rectified on 2024-03-03 in the ledger, and listed for"),
        (
            evolve(CLOSED, events=(*CLOSED.events[:3], evolve(CLOSED.events[3], note="改"))),
            "issue W1: event 4, accepted on 2024-03-04, has other particulars here",
        ),
    ],
)
def test_what_is_said_otherwise_than_in_the_ledger_is_refused(ledger: Ledger, here: eg.Issue, said: str) -> None:
    take(ledger, CLOSED)
    taken = take(ledger, here)
    assert rules_of(taken) == [("W1", "what was entered stays as it was")]
    assert told(taken).startswith(said)
    assert ledger.issue("W1") == CLOSED


def test_nothing_is_taken_in_before_what_was_entered(ledger: Ledger) -> None:
    take(ledger, OPEN)
    taken = take(ledger, life("W2", (E.RECTIFIED, 5)), at=at(19))
    assert rules_of(taken) == [("W2", "entries do not go back in time")]


def test_the_roster_and_the_grid_hold_for_what_is_taken_in(ledger: Ledger) -> None:
    let_sign(ledger)
    stranger = evolve(event(E.RECTIFIED, 3), by="路人")
    taken = take(ledger, OPEN, evolve(life("W3"), events=(*life("W3").events, stranger)), life("W4", place="x"))
    assert rules_of(taken) == [("W3", "who acts is on the roster"), ("W4", "an issue lies in the grid")]
    assert OFFICE.persons
    assert UNITS.units


# -- mergers
def merger(day: int = 5, *after: eg.Event) -> tuple[eg.Issue, eg.Issue]:
    """W2 was merged into W1."""
    merged = event(E.MERGED, day, note="W1")
    absorbed = eg.Event(E.ABSORBED, march(day), by=merged.by, note="W2")
    one, other = life("W2"), life("W1")
    return evolve(one, events=(*one.events, merged)), evolve(other, events=(*other.events, absorbed, *after))


def test_both_halves_of_a_merger_are_entered(ledger: Ledger) -> None:
    one, other = merger(5, event(E.RECTIFIED, 5), event(E.ACCEPTED, 5))
    taken = take(ledger, one, other)
    assert ledger.issues() == (other, one)
    assert [entry.what for entry in taken.entries].count("merged") == 1
    assert take(ledger, one, other).known == ("W1", "W2")


def test_mergers_are_entered_though_one_waits_for_another(ledger: Ledger) -> None:
    one, other = merger()
    into = life("W0")
    last = event(E.MERGED, 6, note="W0")
    other = evolve(other, events=(*other.events, last))
    into = evolve(into, events=(*into.events, eg.Event(E.ABSORBED, march(6), by=last.by, note="W1")))
    take(ledger, into, one, other)
    assert ledger.issues() == (into, other, one)


def test_half_a_merger_is_refused(ledger: Ledger) -> None:
    one, other = merger()
    halves: Iterable[eg.Issue] = (one, other)
    for half in halves:
        taken = take(ledger, half)
        assert [rule for _, rule in rules_of(taken)] == ["a merge changes both issues"]
    alone = evolve(one, events=(*one.events[:-1], evolve(one.events[-1], note="")))
    assert told(take(ledger, alone)) == "issue W2: merged on 2024-03-05, and no issue does not say so too"
    itself = evolve(one, events=(*one.events[:-1], evolve(one.events[-1], note="W2")))
    assert rules_of(take(ledger, itself)) == [("W2", "a merge changes both issues")]


def test_a_merger_of_two_days_is_none(ledger: Ledger) -> None:
    one, other = merger()[0], merger(6)[1]
    assert [id for id, _ in rules_of(take(ledger, one, other))] == ["W1", "W2"]


def test_of_what_was_merged_with_one_that_is_refused_nothing_is_entered(ledger: Ledger) -> None:
    one, other = merger(5, NOBODY)
    taken = take(ledger, one, other, life("W3"), sound=True)
    assert [found.id for found in ledger.issues()] == ["W3"]
    assert [rule for _, rule in rules_of(taken)] == ["somebody did it", "somebody did it"]
    assert [command.id for command, _ in taken.refused] == ["W1", "W1"]


def test_what_was_refused_before_it_was_merged_keeps_the_other_out(ledger: Ledger) -> None:
    one, other = merger()
    nobody = evolve(one, events=(one.events[0], evolve(one.events[1], by=""), *one.events[2:]))
    taken = take(ledger, nobody, other, sound=True)
    assert ledger.issues() == ()
    assert rules_of(taken) == [("W1", "a merge changes both issues"), ("W2", "somebody did it")]


def test_who_may_not_merge_is_refused(ledger: Ledger) -> None:
    one, other = merger()
    owing = evolve(one, events=(*one.events[:-1], evolve(one.events[-1], by="v1")))
    other = evolve(other, events=(*other.events[:-1], evolve(other.events[-1], by="v1")))
    assert ("W2", "nobody closes or ends what they owe") in rules_of(take(ledger, owing, other))


@settings(max_examples=20, deadline=None)
@given(
    cuts=st.lists(st.integers(0, 4), min_size=3, max_size=3),
    order=st.permutations([0, 1, 2]),
)
def test_however_much_is_known_the_whole_is_there_in_the_end(
    tmp_path_factory: pytest.TempPathFactory, cuts: list[int], order: list[int]
) -> None:
    whole = [CLOSED, *merger()]
    whole = [evolve(whole[0], id="W5"), *whole[1:]]
    known = [evolve(each, events=each.events[:n]) for each, n in zip(whole, cuts, strict=True) if n]
    known = [each for each in known if not any(e.what in (E.MERGED, E.ABSORBED) for e in each.events)]
    with opened(tmp_path_factory.mktemp("ledger") / "l.db") as ledger:
        take(ledger, *known)
        assert take(ledger, *(whole[n] for n in order)).refused == ()
        assert {found.id: found for found in ledger.issues()} == {each.id: each for each in whole}


def test_an_empty_list_enters_nothing(tmp_path: Path) -> None:
    with opened(tmp_path / "l.db") as ledger:
        assert take(ledger) == Intake((), (), ())
        assert ledger.record_all([Command("any:thing", eg.Round(march(1), march(2), "x"), "张", at(2), "k")])
