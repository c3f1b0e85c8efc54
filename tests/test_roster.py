"""The duty roster: who may do what, and where; each refusal names its rule."""

from datetime import date
from typing import Any

import pytest
from attrs import evolve

from envgov.facts.grid import Grid, Unit
from envgov.facts.issue import Event, EventKind, Issue
from envgov.facts.paper import Paper, PaperEvent, PaperState
from envgov.facts.publication import PublicationEvent, PublicationKind
from envgov.facts.refusal import RefusedError
from envgov.facts.roster import APPROVE, Post, Role, Roster, Scope
from lives import DISPATCHED, WHISTLED, event, lived, may

K = EventKind
GRID = Grid(
    [
        Unit("镇", "大镇", "镇"),
        Unit("甲村", "甲村", "村", parent="镇"),
        Unit("乙村", "乙村", "村", parent="镇"),
        Unit("县", "县", "县"),
    ]
)
EVERYTHING = Scope(everything=True)
CLERK = Role("台账员", frozenset({"dispatched", "reassigned", "extended"}))
VILLAGER = Role("网格长", frozenset({"rectified", "claimed"}))
DEPARTMENT = Role("部门联络员", frozenset({"attended", "claimed", "completed", "rectified"}))
TOWN = Role("镇", frozenset({"passed", "accepted", "rejected"}))
CHIEF = Role("分管领导", frozenset({APPROVE, "withdrawn"}))
ROSTER = Roster(
    roles=(CLERK, VILLAGER, DEPARTMENT, TOWN, CHIEF),
    posts=(
        Post("李", "台账员", Scope(unit="镇")),
        Post("王", "网格长", Scope(unit="甲村")),
        Post("赵", "部门联络员", Scope(departments=frozenset({"住建局", "城管局"}))),
        Post("孙", "镇", EVERYTHING, since=date(2024, 5, 2), until=date(2024, 6, 1)),
        Post("孙", "网格长", Scope(unit="乙村")),
        Post("张", "分管领导", Scope(unit="镇")),
    ),
    persons=frozenset({"李", "王", "赵", "孙", "张"}),
)


def permit(who: str, act: str, place: str = "甲村", *departments: str, day: int = 5, role: str = "") -> Post:
    return ROSTER.permit(who, act, GRID, place=place, departments=departments, day=may(day), role=role)


def rule_against(who: str, act: str, place: str = "甲村", *departments: str, day: int = 5, role: str = "") -> str:
    with pytest.raises(RefusedError) as refused:
        permit(who, act, place, *departments, day=day, role=role)
    return refused.value.rule


def test_the_post_by_which_somebody_may_is_told() -> None:
    assert permit("李", "dispatched") == ROSTER.posts[0]


def test_who_is_not_on_the_roster_does_nothing() -> None:
    assert rule_against("钱", "dispatched") == "who acts is on the roster"


def test_a_post_holds_from_its_first_day_and_not_on_its_end() -> None:
    assert permit("孙", "accepted", day=2).role == "镇"
    alone = evolve(ROSTER, posts=ROSTER.posts[3:4])
    for day in (date(2024, 5, 1), date(2024, 6, 1)):
        with pytest.raises(RefusedError, match="who acts is on the roster"):
            alone.permit("孙", "accepted", GRID, place="甲村", departments=(), day=day)
    assert permit("孙", "accepted", day=31).role == "镇"


def test_a_role_does_only_what_it_may_and_the_message_says_whose_role_may() -> None:
    with pytest.raises(RefusedError) as refused:
        permit("王", "accepted")
    assert str(refused.value) == (
        "王, accepted on 2024-05-05 at 甲村: their roles are 网格长; let somebody do it whose role may: 镇 "
        "(rule: a role does what it may)"
    )


def test_what_no_role_may_is_said_so() -> None:
    with pytest.raises(RefusedError, match="none may"):
        permit("王", "merged")


def test_of_several_roles_the_one_that_may_counts() -> None:
    assert permit("孙", "claimed", "乙村").role == "网格长"


def test_somebody_acts_in_the_role_that_is_named() -> None:
    assert permit("孙", "accepted", role="镇").role == "镇"
    assert rule_against("孙", "accepted", role="网格长") == "a role does what it may"


def test_a_role_stays_in_its_part_of_the_grid() -> None:
    assert permit("王", "rectified", "甲村").role == "网格长"
    assert rule_against("王", "rectified", "乙村") == "a role stays within its scope"
    assert rule_against("李", "dispatched", "县") == "a role stays within its scope"


def test_a_place_that_is_not_in_the_grid_lies_in_no_part_of_it() -> None:
    assert rule_against("李", "dispatched", "丙村") == "a role stays within its scope"
    assert permit("孙", "accepted", "丙村").role == "镇"


@pytest.mark.parametrize(
    ("departments", "within"),
    [(("住建局",), True), (("住建局", "城管局"), True), (("住建局", "水利局"), False), ((), False)],
)
def test_a_scope_of_departments_covers_what_they_alone_owe(departments: tuple[str, ...], *, within: bool) -> None:
    scope = Scope(departments=frozenset({"住建局", "城管局"}))
    assert scope.covers(GRID, "甲村", departments) is within


@pytest.mark.parametrize(
    "given", [{}, {"everything": True, "unit": "镇"}, {"unit": "镇", "departments": frozenset({"住建局"})}]
)
def test_a_scope_is_one_of_three(given: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="give one of everything=True"):
        Scope(**given)


def test_a_role_that_may_what_is_no_act_is_refused() -> None:
    with pytest.raises(ValueError, match="role 台账员: nothing is called close"):
        Role("台账员", frozenset({"close", "accepted"}))


def test_a_post_ends_after_it_begins() -> None:
    with pytest.raises(ValueError, match="李, 台账员: until=2024-05-02 is not after since=2024-05-02"):
        Post("李", "台账员", EVERYTHING, since=may(2), until=may(2))


def test_roles_have_names_of_their_own() -> None:
    with pytest.raises(ValueError, match="roles have names of their own"):
        Roster((CLERK, CLERK), (), frozenset())


def test_a_post_is_in_a_role_of_the_roster() -> None:
    with pytest.raises(ValueError, match="posts in roles that are not there: 镇; there are 台账员"):
        Roster((CLERK,), (Post("孙", "镇", EVERYTHING),), frozenset())


# -- events
def test_an_event_concerns_those_who_owe_the_issue() -> None:
    issue = lived(event(K.DISPATCHED, 2, to=("住建局",), due=9))
    assert ROSTER.permit_event("赵", issue, event(K.RECTIFIED, 3, by="住建局"), GRID).role == "部门联络员"
    with pytest.raises(RefusedError, match="a role stays within its scope"):
        ROSTER.permit_event("赵", lived(DISPATCHED), event(K.RECTIFIED, 3, by="住建局"), GRID)


def test_what_a_department_says_for_itself_concerns_that_department() -> None:
    issue = lived(DISPATCHED, WHISTLED)
    assert ROSTER.permit_event("赵", issue, event(K.ATTENDED, 4, by="住建局"), GRID).role == "部门联络员"
    with pytest.raises(RefusedError, match="a role stays within its scope"):
        ROSTER.permit_event("赵", issue, event(K.ATTENDED, 4, by="水利局"), GRID)


def test_an_issue_that_nobody_was_given_is_that_of_its_place() -> None:
    assert ROSTER.permit_event("王", lived(), event(K.RECTIFIED, 3, by="甲村"), GRID).role == "网格长"


@pytest.mark.parametrize(("approver", "rule"), [("王", "a role does what it may"), ("钱", "who acts is on the roster")])
def test_who_approves_has_a_role_that_may(approver: str, rule: str) -> None:
    extended = event(K.EXTENDED, 3, by="甲村", due=20, note="降雨", approved_by="张")
    assert ROSTER.permit_event("李", lived(DISPATCHED), extended, GRID).role == "台账员"
    with pytest.raises(RefusedError, match=rule):
        ROSTER.permit_event("李", lived(DISPATCHED), evolve(extended, approved_by=approver), GRID)


def test_whoever_accepts_does_so_in_the_role_that_the_event_names() -> None:
    accepted: Event = event(K.ACCEPTED, 6, by="环卫办", role="镇")
    assert ROSTER.permit_event("孙", lived(DISPATCHED), accepted, GRID).role == "镇"
    with pytest.raises(RefusedError, match="a role does what it may"):
        ROSTER.permit_event("孙", lived(DISPATCHED), evolve(accepted, role="网格长"), GRID)


# -- papers and publications
S, P = PaperState, PublicationKind
LEADER = Role("分管领导", frozenset({"paper signed", "publication signed"}))
ADDRESSEE = Role("村", frozenset({"paper answered", "publication objected"}))
OF_PAPERS = Roster(
    roles=(LEADER, ADDRESSEE),
    posts=(
        Post("张", "分管领导", EVERYTHING),
        Post("李", "分管领导", Scope(unit="镇")),
        Post("赵", "分管领导", Scope(departments=frozenset({"住建局"}))),
        Post("甲村", "村", Scope(unit="甲村")),
        Post("住建局", "村", Scope(departments=frozenset({"住建局"}))),
    ),
    persons=frozenset({"张", "李", "赵"}),
)


def paper(subject: str, about: Any = "unit") -> Paper:
    return Paper("p1", "督办", subject, (PaperEvent(S.PROPOSED, may(2)),), about=about, personnel=False)


def may_do(who: str, what: PaperState, subject: str, issue: Issue | None = None) -> str:
    """The role in which somebody may, or the rule that refuses it."""
    event = PaperEvent(what, may(3), by=who)
    try:
        return OF_PAPERS.permit_paper(
            who, paper(subject, "unit" if subject in GRID else "issue"), event, issue, GRID
        ).role
    except RefusedError as refused:
        return refused.rule


def may_publish(who: str, what: PublicationKind) -> str:
    try:
        return OF_PAPERS.permit_publication(who, PublicationEvent(what, may(3), by=who), GRID).role
    except RefusedError as refused:
        return refused.rule


OUTSIDE = "a role stays within its scope"


@pytest.mark.parametrize(
    ("who", "subject", "told"),
    [("李", "甲村", "分管领导"), ("李", "县", OUTSIDE), ("张", "县", "分管领导"), ("赵", "甲村", OUTSIDE)],
)
def test_a_paper_about_a_unit_lies_there(who: str, subject: str, told: str) -> None:
    assert may_do(who, S.SIGNED, subject) == told


def test_a_paper_about_an_issue_lies_where_the_issue_does_and_concerns_those_who_owe_it() -> None:
    owed_by_department = lived(event(K.DISPATCHED, 2, to=("住建局",), due=9))
    assert may_do("李", S.SIGNED, "W1", owed_by_department) == "分管领导"
    assert may_do("赵", S.SIGNED, "W1", owed_by_department) == "分管领导"
    assert may_do("赵", S.SIGNED, "W1", lived(DISPATCHED)) == OUTSIDE


def test_a_paper_about_an_issue_that_nobody_knows_is_within_everything_alone() -> None:
    assert may_do("李", S.SIGNED, "W1") == OUTSIDE
    assert may_do("张", S.SIGNED, "W1") == "分管领导"


def test_an_answer_is_of_whoever_gives_it() -> None:
    assert may_do("住建局", S.ANSWERED, "甲村") == "村"
    assert may_do("住建局", S.SIGNED, "甲村") == "a role does what it may"


def test_a_publication_is_of_everything_and_an_objection_of_the_unit_that_files_it() -> None:
    assert may_publish("张", P.SIGNED) == "分管领导"
    assert may_publish("李", P.SIGNED) == OUTSIDE
    assert may_publish("甲村", P.OBJECTED) == "村"
    assert may_publish("甲村", P.SIGNED) == "a role does what it may"


def test_who_acts_nowhere_is_told_without_a_place() -> None:
    with pytest.raises(RefusedError, match="李, publication signed on 2024-05-03: it is outside the scope of 分管领导"):
        OF_PAPERS.permit_publication("李", PublicationEvent(P.SIGNED, may(3), by="李"), GRID)
