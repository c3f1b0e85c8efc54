"""The life of an issue by the rules: what is refused, by which rule, and what goes on."""

from datetime import datetime
from typing import Any

import pytest
from attrs import evolve

from envgov.facts.guards import LifeRules
from envgov.facts.issue import Event, EventKind, Issue, StageDue, State
from envgov.facts.life import enter, follow, merge
from envgov.facts.refusal import RefusedError
from lives import (
    ACCEPTED,
    CALLED,
    CHINA,
    DISPATCHED,
    FOUND,
    RECTIFIED,
    RULES,
    STEPS,
    WHISTLED,
    event,
    lived,
    may,
    turnout,
)

K = EventKind
RELAPSED = event(K.RELAPSED, 10, by="督导组")
CLOSED = (DISPATCHED, RECTIFIED, ACCEPTED)


def refused(issue: Issue, following: Event, rules: LifeRules = RULES) -> RefusedError:
    with pytest.raises(RefusedError) as error:
        follow(issue, following, rules)
    return error.value


def rule_against(issue: Issue, following: Event, rules: LifeRules = RULES) -> str:
    return refused(issue, following, rules).rule


# -- what every refusal says
def test_a_refusal_tells_what_was_found_what_to_do_and_the_rule() -> None:
    assert str(refused(lived(DISPATCHED, RECTIFIED), event(K.ACCEPTED, 6, by="甲村"))) == (
        "issue W1: accepted on 2024-05-06: 甲村 rectified it; let somebody accept it who did not do the work "
        "(rule: rectified is accepted by somebody else)"
    )


def test_what_is_refused_leaves_the_issue_as_it_was() -> None:
    issue = lived(DISPATCHED, RECTIFIED)
    refused(issue, event(K.ACCEPTED, 6, by="甲村"))
    assert issue == lived(DISPATCHED, RECTIFIED)


# -- every event
def test_an_issue_goes_from_found_to_closed() -> None:
    issue = lived(*CLOSED)
    assert (issue.state, issue.closed, issue.events) == (State.CLOSED, may(6), (FOUND, *CLOSED))


def test_an_issue_is_entered_as_it_was_found() -> None:
    with pytest.raises(RefusedError, match="an issue is entered as it was found"):
        enter(Issue("W1", "甲村", (FOUND, DISPATCHED)), RULES)


def test_whoever_reports_an_issue_need_not_be_named() -> None:
    assert enter(Issue("W1", "甲村", (event(K.FOUND, 1, by=""),)), RULES).found == may(1)


def test_how_an_issue_was_found_is_held_to_the_rules() -> None:
    rules = evolve(RULES, evidence_of=frozenset({K.FOUND}))
    with pytest.raises(RefusedError, match="it has its evidence"):
        enter(Issue("W1", "甲村", (FOUND,)), rules)


def test_an_event_that_cannot_follow_is_refused() -> None:
    refusal = refused(lived(DISPATCHED), ACCEPTED)
    assert refusal.rule == "an event follows the state"
    assert refusal.told == "issue W1: accepted on 2024-05-06 cannot follow, the issue is open"


def test_events_do_not_go_back_in_time() -> None:
    refusal = refused(lived(DISPATCHED), event(K.LISTED, 1))
    assert refusal.rule == "events are in order of time"
    assert refusal.told == "issue W1: listed for supervision on 2024-05-01 is before dispatched on 2024-05-02"


@pytest.mark.parametrize("what", [K.LISTED, K.REWARDED, K.REFERRED_UP])
def test_somebody_did_whatever_happened(what: EventKind) -> None:
    assert rule_against(lived(DISPATCHED), event(what, 3, by="")) == "somebody did it"


def test_evidence_is_given_where_the_rules_want_it() -> None:
    rules = evolve(RULES, evidence_of=frozenset({K.RECTIFIED}))
    issue = lived(DISPATCHED, rules=rules)
    assert rule_against(issue, RECTIFIED, rules) == "it has its evidence"
    assert follow(issue, evolve(RECTIFIED, evidence=("after.jpg",)), rules).state is State.RECTIFIED


# -- dates
@pytest.mark.parametrize(
    "smuggled",
    [event(K.CLAIMED, 3, by="甲村", due=30), event(K.LISTED, 3, due=30), event(K.RECTIFIED, 3, by="甲村", due=30)],
)
def test_nothing_but_a_hand_over_or_an_extension_gives_a_date(smuggled: Event) -> None:
    assert rule_against(lived(DISPATCHED), smuggled) == "a date is given with a hand-over or an extension"


def test_a_date_that_is_past_is_not_given() -> None:
    assert rule_against(lived(), event(K.DISPATCHED, 5, to=("甲村",), due=4)) == "a date that is given lies ahead"


def test_a_date_may_be_the_day_itself() -> None:
    assert lived(event(K.DISPATCHED, 5, to=("甲村",), due=5)).due == may(5)


@pytest.mark.parametrize(
    ("before", "own"),
    [
        ((DISPATCHED,), event(K.REASSIGNED, 3, by="甲村", to=("乙村",), due=30)),
        ((DISPATCHED,), event(K.REFERRED_UP, 3, by="甲村", to=("镇",), due=30, note="无力处置")),
        ((DISPATCHED, RECTIFIED), event(K.REJECTED, 6, by="甲村", due=30, note="不彻底")),
    ],
)
def test_who_owes_an_issue_gives_it_no_date(before: tuple[Event, ...], own: Event) -> None:
    issue = lived(*before)
    assert rule_against(issue, own) == "who owes it gives it no date"
    assert follow(issue, evolve(own, by="镇整治办"), RULES).due == may(30)


# -- handing over
def test_what_is_dispatched_goes_to_somebody() -> None:
    assert rule_against(lived(), event(K.DISPATCHED, 2, due=9)) == "it goes to somebody"


def test_what_is_dispatched_to_nobody_else_goes_to_those_responsible() -> None:
    assert lived(event(K.DISPATCHED, 2, due=9), responsible=("住建局",)).owed_by == ("住建局",)


@pytest.mark.parametrize("what", [K.REASSIGNED, K.REFERRED_UP])
def test_what_is_passed_on_names_whom_it_goes_to(what: EventKind) -> None:
    issue = lived(DISPATCHED, responsible=("住建局",))
    assert rule_against(issue, event(what, 3, note="非本单位职责")) == "it goes to somebody"


@pytest.mark.parametrize("what", [K.DISPATCHED, K.REASSIGNED])
def test_what_is_handed_over_has_a_date(what: EventKind) -> None:
    assert rule_against(lived(), event(what, 2, to=("乙村",))) == "what is handed over has a date"


def test_what_is_reassigned_keeps_its_date_unless_it_is_given_another() -> None:
    assert lived(DISPATCHED, event(K.REASSIGNED, 3, to=("乙村",))).due == may(9)


def test_a_standing_category_is_handed_over_without_a_date() -> None:
    rules = evolve(RULES, undated=frozenset({"长期坚持"}))
    issue = lived(event(K.DISPATCHED, 2, to=("甲村",)), rules=rules, category="长期坚持")
    assert issue.due is None


def test_an_issue_is_dispatched_once_so_that_nobody_extends_it_so() -> None:
    assert rule_against(lived(DISPATCHED), event(K.DISPATCHED, 3, to=("甲村",), due=30)) == "it is dispatched once"


@pytest.mark.parametrize(
    "before",
    [
        (DISPATCHED, event(K.REFERRED_UP, 3, by="甲村", to=("镇",), note="无力处置")),
        (*CLOSED, RELAPSED),
    ],
)
def test_an_issue_is_dispatched_anew_by_whoever_took_it_or_after_a_relapse(before: tuple[Event, ...]) -> None:
    assert lived(*before, event(K.DISPATCHED, 11, to=("住建局",), due=20)).due == may(20)


def test_a_referral_upward_has_its_reason() -> None:
    assert rule_against(lived(DISPATCHED), event(K.REFERRED_UP, 3, by="甲村", to=("镇",))) == "it has its reason"


def test_what_is_reassigned_goes_to_somebody_else() -> None:
    again = event(K.REASSIGNED, 3, to=("甲村",), due=30)
    assert rule_against(lived(DISPATCHED), again) == "what is reassigned goes to somebody else"


DECLINED = event(K.DECLINED, 5, by="甲村", note="属住建局管养")


def test_what_was_declined_may_be_reassigned_to_the_same_ones() -> None:
    assert lived(DISPATCHED, DECLINED, event(K.REASSIGNED, 6, to=("甲村",))).owed_by == ("甲村",)


# -- declining and claiming
@pytest.mark.parametrize("what", [K.CLAIMED, K.DECLINED])
def test_whom_it_was_not_given_to_neither_claims_nor_declines_it(what: EventKind) -> None:
    other = event(what, 3, by="乙村", note="不是我们的")
    assert rule_against(lived(DISPATCHED), other) == "whom it was given to claims or declines it"


def test_who_helps_may_claim() -> None:
    assert lived(DISPATCHED, event(K.CLAIMED, 3, by="乙村"), supporting=("乙村",)).count(K.CLAIMED) == 1


def test_an_issue_that_was_given_to_nobody_is_that_of_its_place() -> None:
    assert lived(event(K.CLAIMED, 2, by="甲村")).count(K.CLAIMED) == 1


def test_declining_has_its_reason() -> None:
    assert rule_against(lived(DISPATCHED), evolve(DECLINED, note=" ")) == "it has its reason"


def test_an_issue_is_declined_on_the_last_day_of_its_time_and_not_after() -> None:
    assert lived(DISPATCHED, DECLINED).count(K.DECLINED) == 1  # 3 days after the 2nd
    assert rule_against(lived(DISPATCHED), evolve(DECLINED, day=may(6))) == "it is declined within its time"


def test_without_a_limit_an_issue_is_declined_at_any_time() -> None:
    rules = evolve(RULES, decline_within=None)
    assert lived(DISPATCHED, evolve(DECLINED, day=may(31)), rules=rules).count(K.DECLINED) == 1


def test_the_time_to_decline_runs_anew_for_those_it_was_reassigned_to() -> None:
    reassigned = event(K.REASSIGNED, 8, to=("乙村",))
    assert lived(DISPATCHED, reassigned, event(K.DECLINED, 11, by="乙村", note="不在辖区")).count(K.DECLINED) == 1


def test_the_time_to_decline_of_a_department_runs_from_its_whistle() -> None:
    issue = lived(DISPATCHED, WHISTLED)
    assert rule_against(issue, event(K.DECLINED, 7, by="住建局", note="非职责")) == "it is declined within its time"
    assert follow(issue, event(K.DECLINED, 6, by="住建局", note="非职责"), RULES).count(K.DECLINED) == 1


def test_the_time_to_decline_of_those_who_help_runs_from_the_hand_over() -> None:
    issue = lived(DISPATCHED, supporting=("乙村",))
    assert rule_against(issue, event(K.DECLINED, 6, by="乙村", note="不在辖区")) == "it is declined within its time"


def test_what_was_declined_is_reassigned_before_it_is_rectified() -> None:
    declined = lived(DISPATCHED, DECLINED)
    assert rule_against(declined, evolve(RECTIFIED, by="乙村")) == "what was declined is reassigned first"
    reassigned = follow(declined, event(K.REASSIGNED, 5, to=("乙村",)), RULES)
    assert follow(reassigned, evolve(RECTIFIED, by="乙村"), RULES).state is State.RECTIFIED


def test_what_one_of_two_declined_the_other_rectifies() -> None:
    both = event(K.DISPATCHED, 2, to=("甲村", "乙村"), due=9)
    assert lived(both, DECLINED, evolve(RECTIFIED, by="乙村")).state is State.RECTIFIED


# -- extension
EXTENDED = event(K.EXTENDED, 9, by="甲村", due=20, note="连日降雨", approved_by="镇整治办")


def test_an_extension_gives_the_date_that_holds() -> None:
    assert lived(DISPATCHED, EXTENDED).due == may(20)


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"note": ""}, "it has its reason"),
        ({"approved_by": ""}, "it is approved by somebody else"),
        ({"approved_by": "甲村"}, "it is approved by somebody else"),
        ({"by": "村主任", "approved_by": "甲村"}, "it is approved by somebody else"),
        ({"due": None}, "an extension gives a later date"),
        ({"due": may(9)}, "an extension gives a later date"),
        ({"day": may(10)}, "an extension is asked for before expiry"),
    ],
)
def test_an_extension_is_refused(changed: dict[str, Any], rule: str) -> None:
    assert rule_against(lived(DISPATCHED), evolve(EXTENDED, **changed)) == rule


def test_what_has_no_date_is_not_extended() -> None:
    assert rule_against(lived(), EXTENDED) == "an extension gives a later date"


def test_an_extension_that_was_asked_for_in_time_may_be_approved_later() -> None:
    assert lived(DISPATCHED, evolve(EXTENDED, day=may(11), asked=may(9))).due == may(20)


def test_a_locality_may_extend_after_expiry() -> None:
    rules = evolve(RULES, extend_before_due=False)
    assert lived(DISPATCHED, evolve(EXTENDED, day=may(10)), rules=rules).due == may(20)


# -- suspension
SUSPENDED = event(K.SUSPENDED, 5, by="甲村", note="汛期施工", approved_by="镇整治办")


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"note": ""}, "it has its reason"),
        ({"approved_by": ""}, "it is approved by somebody else"),
        ({"approved_by": "甲村"}, "it is approved by somebody else"),
    ],
)
def test_a_suspension_is_refused(changed: dict[str, Any], rule: str) -> None:
    assert rule_against(lived(DISPATCHED), evolve(SUSPENDED, **changed)) == rule


def test_what_is_resumed_before_its_date_keeps_it() -> None:
    assert lived(DISPATCHED, SUSPENDED, event(K.RESUMED, 9)).due == may(9)


def test_what_is_resumed_after_its_date_is_given_another_with_approval() -> None:
    suspended = lived(DISPATCHED, SUSPENDED)
    assert rule_against(suspended, event(K.RESUMED, 10)) == "what is resumed after its date has a new one"
    alone = event(K.RESUMED, 10, by="甲村", due=14)
    assert rule_against(suspended, alone) == "it is approved by somebody else"
    assert follow(suspended, evolve(alone, approved_by="镇整治办"), RULES).due == may(14)


def test_what_never_had_a_date_is_resumed_without_one() -> None:
    assert lived(SUSPENDED, event(K.RESUMED, 20)).due is None


# -- whistles
def test_a_whistle_says_what_it_asks() -> None:
    rule = "a whistle says when, where, with whom, led by whom and what for"
    assert rule_against(lived(DISPATCHED), evolve(WHISTLED, whistle=None)) == rule


def test_only_whom_a_whistle_called_attends() -> None:
    refusal = refused(lived(DISPATCHED, WHISTLED), event(K.ATTENDED, 4, by="水利局"))
    assert refusal.rule == "whom a whistle called attends"
    assert refusal.told.endswith("水利局 was not called; 住建局、城管局 was")


def test_nobody_attends_without_a_whistle() -> None:
    assert refused(lived(DISPATCHED), event(K.ATTENDED, 4, by="水利局")).told.endswith("nobody was")


def test_who_was_called_attends_before_they_claim() -> None:
    rule = "who was called attends, claims, completes"
    assert rule_against(lived(DISPATCHED, WHISTLED), event(K.CLAIMED, 4, by="住建局")) == rule


@pytest.mark.parametrize("who", ["住建局", "水利局", "甲村"])
def test_who_was_called_claims_before_they_complete(who: str) -> None:
    issue = lived(DISPATCHED, WHISTLED, event(K.ATTENDED, 4, by="住建局"))
    assert rule_against(issue, event(K.COMPLETED, 4, by=who)) == "who was called attends, claims, completes"


def test_a_whistled_issue_is_rectified_when_all_departments_have_completed() -> None:
    one = lived(DISPATCHED, WHISTLED, *turnout("住建局"), *turnout("城管局", upto=K.CLAIMED))
    refusal = refused(one, RECTIFIED)
    assert refusal.rule == "it is rectified when every department has completed its part"
    assert refusal.told.endswith("not completed by 城管局")
    assert follow(follow(one, event(K.COMPLETED, 5, by="城管局"), RULES), RECTIFIED, RULES).state is State.RECTIFIED


def test_a_department_that_declined_is_not_waited_for() -> None:
    declined = event(K.DECLINED, 4, by="城管局", note="非职责")
    assert lived(DISPATCHED, WHISTLED, *turnout("住建局"), declined, RECTIFIED).state is State.RECTIFIED


def test_a_department_that_is_called_again_completes_again() -> None:
    again = evolve(WHISTLED, day=may(4), to=("住建局",))
    issue = lived(DISPATCHED, WHISTLED, *turnout(*CALLED), again)
    assert refused(issue, RECTIFIED).told.endswith("not completed by 住建局")


def test_whistles_from_before_a_relapse_call_nobody() -> None:
    done = (DISPATCHED, WHISTLED, *turnout(*CALLED), RECTIFIED, ACCEPTED)
    assert rule_against(lived(*done, RELAPSED), event(K.ATTENDED, 11, by="住建局")) == "whom a whistle called attends"


# -- staged deadlines
STAGED = evolve(DISPATCHED, dues=(StageDue("围挡", may(3)), StageDue("恢复", may(9))))


def test_a_stage_is_completed_once() -> None:
    fenced = event(K.COMPLETED, 3, by="甲村", stage="围挡")
    issue = lived(STAGED, fenced)
    assert issue.stages == (StageDue("恢复", may(9)),)
    assert rule_against(issue, fenced) == "what is completed is a stage that is left"


def test_a_stage_that_nobody_set_is_not_completed() -> None:
    refusal = refused(lived(STAGED), event(K.COMPLETED, 3, by="甲村", stage="清零"))
    assert refusal.told.endswith("清零 is none of the stages that are left: 围挡、恢复")


# -- fixed on the spot
def test_what_nobody_was_given_is_fixed_on_the_spot() -> None:
    assert lived(event(K.FIXED_ON_THE_SPOT, 1, by="甲村")).state is State.CLOSED


@pytest.mark.parametrize(
    "before",
    [
        (DISPATCHED,),
        (WHISTLED,),
        (RECTIFIED, event(K.REJECTED, 6, by="环卫办", note="不彻底")),
    ],
)
def test_what_was_handed_over_is_not_fixed_on_the_spot(before: tuple[Event, ...]) -> None:
    rule = "what was handed over is closed by acceptance"
    assert rule_against(lived(*before), event(K.FIXED_ON_THE_SPOT, 7, by="甲村")) == rule


# -- acceptance
def test_whoever_owes_an_issue_does_not_close_it_though_another_did_the_work() -> None:
    issue = lived(DISPATCHED, evolve(RECTIFIED, by="保洁公司"))
    assert rule_against(issue, evolve(ACCEPTED, by="甲村")) == "nobody closes or ends what they owe"


@pytest.mark.parametrize("who", ["乙村", "住建局"])
def test_neither_helpers_nor_departments_that_were_called_close_an_issue(who: str) -> None:
    declined = event(K.DECLINED, 4, by="城管局", note="非职责")
    issue = lived(DISPATCHED, WHISTLED, *turnout("住建局"), declined, RECTIFIED, supporting=("乙村",))
    rules = {"乙村": "nobody closes or ends what they owe", "住建局": "rectified is accepted by somebody else"}
    assert rule_against(issue, evolve(ACCEPTED, by=who)) == rules[who]


def test_whoever_rectified_it_the_first_time_does_not_accept_it_the_second() -> None:
    rejected = event(K.REJECTED, 5, by="环卫办", note="不彻底")
    twice = lived(DISPATCHED, evolve(RECTIFIED, by="保洁公司"), rejected, RECTIFIED)
    assert rule_against(twice, evolve(ACCEPTED, by="保洁公司")) == "rectified is accepted by somebody else"


def test_whoever_found_an_issue_may_accept_it() -> None:
    assert lived(DISPATCHED, RECTIFIED, evolve(ACCEPTED, by=FOUND.by)).state is State.CLOSED


def test_who_owed_an_issue_before_it_was_reassigned_may_accept_it() -> None:
    issue = lived(DISPATCHED, event(K.REASSIGNED, 3, to=("乙村",)), evolve(RECTIFIED, by="乙村"))
    assert follow(issue, evolve(ACCEPTED, by="甲村"), RULES).state is State.CLOSED


VILLAGE = event(K.PASSED, 6, by="甲村监委会", role="村")
TOWN = event(K.PASSED, 7, by="环卫办", role="镇")
COUNTY = event(K.ACCEPTED, 8, by="县督导组", role="县")


def test_staged_acceptance_closes_with_the_last() -> None:
    states = [
        lived(DISPATCHED, RECTIFIED, *steps, rules=STEPS).state for steps in ((VILLAGE, TOWN), (VILLAGE, TOWN, COUNTY))
    ]
    assert states == [State.RECTIFIED, State.CLOSED]


@pytest.mark.parametrize(
    ("passed", "following"),
    [
        ((), TOWN),
        ((), evolve(COUNTY, role="村")),
        ((VILLAGE,), evolve(VILLAGE, by="别人")),
        ((VILLAGE,), evolve(TOWN, role="")),
        ((VILLAGE,), event(K.REJECTED, 8, by="县督导组", role="县", note="不彻底")),
    ],
)
def test_those_who_accept_do_so_in_turn(passed: tuple[Event, ...], following: Event) -> None:
    rules = {"those who accept do so in turn, each in its role", "the last to accept closes"}
    assert rule_against(lived(DISPATCHED, RECTIFIED, *passed, rules=STEPS), following, STEPS) in rules


def test_only_the_last_closes() -> None:
    issue = lived(DISPATCHED, RECTIFIED, rules=STEPS)
    assert rule_against(issue, evolve(VILLAGE, what=K.ACCEPTED), STEPS) == "the last to accept closes"
    assert rule_against(lived(DISPATCHED, RECTIFIED), evolve(ACCEPTED, what=K.PASSED)) == "the last to accept closes"


def test_whoever_rectified_passes_no_stage_either() -> None:
    issue = lived(DISPATCHED, RECTIFIED, rules=STEPS)
    assert rule_against(issue, evolve(VILLAGE, by="甲村"), STEPS) == "rectified is accepted by somebody else"


def test_a_village_checks_its_own_work_by_somebody_who_did_not_do_it() -> None:
    issue = lived(DISPATCHED, evolve(RECTIFIED, by="保洁公司"), rules=STEPS)
    assert follow(issue, evolve(VILLAGE, by="甲村"), STEPS).state is State.RECTIFIED


def test_nobody_accepts_twice() -> None:
    issue = lived(DISPATCHED, RECTIFIED, VILLAGE, rules=STEPS)
    assert rule_against(issue, evolve(TOWN, by=VILLAGE.by), STEPS) == "each that accepts is another"


def test_after_a_rejection_all_stages_begin_anew() -> None:
    rejected = event(K.REJECTED, 7, by="环卫办", role="镇", note="不彻底")
    again = lived(DISPATCHED, RECTIFIED, VILLAGE, rejected, evolve(RECTIFIED, day=may(8)), rules=STEPS)
    assert again.count(K.REJECTED) == 1
    assert follow(again, evolve(VILLAGE, day=may(8)), STEPS).state is State.RECTIFIED


def test_an_issue_that_more_passed_than_the_rules_now_ask_for_is_closed_by_the_last() -> None:
    issue = lived(DISPATCHED, RECTIFIED, VILLAGE, TOWN, rules=STEPS)
    assert follow(issue, evolve(COUNTY, role="环卫办"), RULES).state is State.CLOSED


def test_a_rejection_has_its_reason() -> None:
    assert rule_against(lived(DISPATCHED, RECTIFIED), event(K.REJECTED, 6, by="环卫办")) == "it has its reason"


# -- ends
def test_a_withdrawal_has_its_reason() -> None:
    assert rule_against(lived(DISPATCHED), event(K.WITHDRAWN, 3)) == "it has its reason"


def test_whoever_owes_an_issue_does_not_withdraw_it() -> None:
    withdrawn = event(K.WITHDRAWN, 3, note="误报")
    assert rule_against(lived(DISPATCHED), evolve(withdrawn, by="甲村")) == "nobody closes or ends what they owe"
    assert lived(DISPATCHED, withdrawn).state is State.ENDED


# -- merging
MERGED = event(K.MERGED, 4, at=datetime(2024, 5, 4, 9, tzinfo=CHINA))


def another(*events: Event) -> Issue:
    return evolve(lived(*events), id="W2")


def test_a_merge_ends_one_issue_keeps_both_histories_and_names_each_in_the_other() -> None:
    gone, kept = merge(lived(DISPATCHED), another(), MERGED, RULES)
    assert (gone.state, kept.state) == (State.ENDED, State.OPEN)
    assert gone.events == (FOUND, DISPATCHED, evolve(MERGED, note="W2"))
    assert kept.events == (FOUND, Event(K.ABSORBED, may(4), by="镇整治办", at=MERGED.at, note="W1"))


def test_an_issue_does_not_absorb_itself() -> None:
    with pytest.raises(RefusedError, match="a merge changes both issues"):
        merge(lived(), lived(DISPATCHED), MERGED, RULES)


@pytest.mark.parametrize("what", [K.ABSORBED, K.WITHDRAWN])
def test_a_merge_is_told_as_such(what: EventKind) -> None:
    with pytest.raises(RefusedError, match="a merge changes both issues"):
        merge(lived(), another(), event(what, 4, note="重复"), RULES)


@pytest.mark.parametrize("what", [K.MERGED, K.ABSORBED])
def test_half_a_merge_is_refused(what: EventKind) -> None:
    assert rule_against(lived(), event(what, 4)) == "a merge changes both issues"


def test_a_closed_issue_absorbs_nothing() -> None:
    with pytest.raises(RefusedError, match="an event follows the state"):
        merge(lived(), another(*CLOSED), evolve(MERGED, day=may(7), at=None), RULES)


def test_whoever_owes_an_issue_does_not_merge_it_away() -> None:
    with pytest.raises(RefusedError, match="nobody closes or ends what they owe"):
        merge(lived(DISPATCHED), another(), evolve(MERGED, by="甲村"), RULES)


# -- the rules themselves
def test_each_role_accepts_once() -> None:
    with pytest.raises(ValueError, match="each role accepts once"):
        evolve(RULES, accepting=("镇", "镇"))


@pytest.mark.parametrize("changed", [{"accepting": ()}, {"decline_within": -1}])
def test_rules_that_mean_nothing_are_refused(changed: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        evolve(RULES, **changed)
