"""Papers and publications by the roster: who proposes, signs and publishes what lies where; the ledger asks it."""

import pytest
from attrs import evolve

import envgov as eg
from clerks import UNITS, at, enter, issue, march, proposed, signed
from envgov.ledger import Command, Hearing, Ledger

P = eg.PublicationKind
ROSTER = eg.Roster(
    roles=(
        eg.Role("台账员", frozenset({"found", "paper proposed", "publication drafted"})),
        eg.Role("分管领导", frozenset({"paper signed", "publication signed"})),
        eg.Role("村", frozenset({"rectified"})),
    ),
    posts=(
        eg.Post("张会计", "台账员", eg.Scope(everything=True)),
        eg.Post("王主任", "分管领导", eg.Scope(unit="v1")),
        eg.Post("李主任", "分管领导", eg.Scope(unit="v2")),
        eg.Post("v1", "村", eg.Scope(unit="v1")),
    ),
    persons=frozenset({"王主任", "李主任"}),
)


@pytest.fixture
def office(ledger: Ledger) -> Ledger:
    """A ledger in which one leader signs for v1, and another for v2."""
    settings = {"grid:units": UNITS, "roster:duty": ROSTER, "rules:hearing": Hearing(held=False)}
    ledger.record_all([Command(subject, value, "张会计", at(1, 0), subject) for subject, value in settings.items()])
    return ledger


def signed_by(who: str, id: str = "M1") -> Command:
    return evolve(signed(id), value=eg.PaperEvent(eg.PaperState.SIGNED, march(5), by=who))


def about_the_issue() -> Command:
    event = eg.PaperEvent(eg.PaperState.PROPOSED, march(5), by="系统")
    paper = eg.Paper("M1", "督办", "W1", (event,), about="issue", personnel=False)
    return Command("paper:M1", paper, "张会计", at(5), "M1 proposed")


def refused(ledger: Ledger, command: Command) -> str:
    with pytest.raises(eg.RefusedError) as error:
        ledger.record_all([command])
    assert ledger.refusals()[-1].rule == error.value.rule
    return error.value.rule


def test_whoever_signs_a_paper_about_a_unit_has_a_role_there(office: Ledger) -> None:
    office.record_all([proposed("M1")])
    assert refused(office, signed_by("李主任")) == "a role stays within its scope"
    assert office.record_all([signed_by("王主任")])[0].number == 1


def test_whoever_signs_a_paper_about_an_issue_has_a_role_where_it_lies(office: Ledger) -> None:
    enter(office, "W1", issue("W1"))
    office.record_all([about_the_issue()])
    assert refused(office, signed_by("李主任")) == "a role stays within its scope"
    assert office.record_all([signed_by("王主任")])[0].number == 1


def test_a_paper_that_is_proposed_and_signed_at_once_is_asked_where_its_issue_lies(office: Ledger) -> None:
    enter(office, "W1", issue("W1"))
    with pytest.raises(eg.RefusedError, match="a role stays within its scope"):
        office.record_all([about_the_issue(), signed_by("李主任")])
    assert office.record_all([about_the_issue(), signed_by("王主任")])[1].number == 1


def test_what_a_program_proposes_is_proposed_by_whoever_enters_it(office: Ledger) -> None:
    assert office.record_all([about_the_issue()])[0].what == "proposed"
    assert refused(office, evolve(proposed("M2"), by="v1")) == "a role does what it may"


def test_a_publication_is_drafted_and_signed_by_those_whose_role_is_for_everything(office: Ledger) -> None:
    drafted = eg.PublicationEvent(P.DRAFTED, march(5), by="张会计", text="a")
    begun = Command("publication:三月", eg.Publication("s", "三月", (drafted,)), "张会计", at(5), "三月 drafted")
    by_a_village = eg.Publication("s", "三月", (evolve(drafted, by="v1"),))
    assert refused(office, evolve(begun, value=by_a_village)) == "a role does what it may"
    office.record_all([begun])
    signature = Command(
        "publication:三月", eg.PublicationEvent(P.SIGNED, march(5), by="王主任", text="a"), "张会计", at(5), "signed"
    )
    assert refused(office, signature) == "a role stays within its scope"
    everywhere = evolve(ROSTER, posts=(*ROSTER.posts, eg.Post("王主任", "分管领导", eg.Scope(everything=True))))
    office.record_all([Command("roster:duty", everywhere, "张会计", at(5), "roster")])
    assert office.record_all([signature])[0].what == "signed"


def test_without_a_roster_anybody_drafts_a_publication(ledger: Ledger) -> None:
    drafted = eg.PublicationEvent(P.DRAFTED, march(5), by="路人", text="a")
    begun = Command("publication:三月", eg.Publication("s", "三月", (drafted,)), "路人", at(5), "k")
    assert ledger.record_all([begun])[0].what == "drafted"
