"""Acceptances of whole units: entered, corrected, refused, and given to whoever assesses."""

import pytest
from attrs import evolve

import envgov as eg
from clerks import UNITS, at, march
from envgov.ledger import Command, Ledger

PASSED = eg.UnitAcceptance("v1", march(5), passed=True, by="验收组")
ROSTER = eg.Roster(
    roles=(eg.Role("验收", frozenset({"unit accepted"})), eg.Role("台账员", frozenset({"found"}))),
    posts=(
        eg.Post("张会计", "台账员", eg.Scope(everything=True)),
        eg.Post("验收组", "验收", eg.Scope(unit="v1")),
        eg.Post("v1", "验收", eg.Scope(unit="v1")),
    ),
    persons=frozenset(),
)


@pytest.fixture
def township(file: Ledger) -> Ledger:
    """A ledger in which 验收组 accepts v1, and nobody v2."""
    settings = {"grid:units": UNITS, "roster:duty": ROSTER}
    file.record_all([Command(subject, value, "张会计", at(1, 0), subject) for subject, value in settings.items()])
    return file


def accepted(given: object, subject: str = "v1/2024-03-05", day: int = 5) -> Command:
    return Command(f"acceptance:{subject}", given, "张会计", at(day), f"{given} {day}")


def refused(ledger: Ledger, command: Command) -> str:
    with pytest.raises(eg.RefusedError) as error:
        ledger.record_all([command])
    return error.value.rule


def test_a_unit_that_was_accepted_is_a_fact(township: Ledger) -> None:
    township.record_all([accepted(PASSED)])
    assert township.acceptances() == (PASSED,)
    assert township.facts(eg.Grid(UNITS.units)).acceptances == (PASSED,)


def test_an_acceptance_that_is_entered_again_is_corrected(township: Ledger) -> None:
    failed = evolve(PASSED, passed=False, note="录错")
    township.record_all([accepted(PASSED), accepted(failed, day=6)])
    assert township.acceptances() == (failed,)


def test_acceptances_come_in_the_order_in_which_they_were_entered(file: Ledger) -> None:
    other = evolve(PASSED, unit="v2", day=march(4))
    file.record_all([accepted(other, "v2/2024-03-04"), accepted(PASSED)])
    assert file.acceptances() == (other, PASSED)


@pytest.mark.parametrize(
    ("command", "rule"),
    [
        (accepted(PASSED, "v2/2024-03-05"), "an acceptance is named by its unit and day"),
        (accepted(PASSED, "v1/2024-03-04"), "an acceptance is named by its unit and day"),
        (accepted(UNITS), "an acceptance is named by its unit and day"),
        (accepted(PASSED, day=4), "nothing is entered before it happens"),
        (accepted(evolve(PASSED, unit="v9"), "v9/2024-03-05"), "what is accepted is a unit of the grid"),
        (accepted(evolve(PASSED, by="")), "somebody did it"),
        (accepted(evolve(PASSED, by="v1")), "a unit is accepted by somebody else"),
        (accepted(evolve(PASSED, by="路人")), "who acts is on the roster"),
        (accepted(evolve(PASSED, by="张会计")), "a role does what it may"),
        (accepted(evolve(PASSED, unit="v2"), "v2/2024-03-05"), "a role stays within its scope"),
        (evolve(accepted(PASSED), by="路人"), "who acts is on the roster"),
    ],
)
def test_an_acceptance_that_a_rule_does_not_allow_is_refused(township: Ledger, command: Command, rule: str) -> None:
    assert refused(township, command) == rule
    assert township.acceptances() == ()
