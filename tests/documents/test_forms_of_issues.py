"""Dispatch slip, rectification notice, whistle notice, acceptance record and exposure, from an issue of the ledger."""

from datetime import UTC, datetime

import pytest
from attrs import evolve

import envgov as eg
from dossiers import FOUND, OFFICE, RULES, WHISTLE, E, april, boxes, event, issue, labels, may
from envgov.documents.forms import (
    draft_acceptance_record,
    draft_dispatch_slip,
    draft_exposure,
    draft_rectification_notice,
    draft_whistle_notice,
)

UNDISPATCHED = evolve(issue(), events=(FOUND,))
RECTIFIED = event(E.RECTIFIED, may(2), by="v1", evidence=("整改后.jpg",))
PASSED = event(E.PASSED, may(3), by="甲村监委会", role="村监委会")
ACCEPTED = event(E.ACCEPTED, may(4), by="张会计", role="镇")


# -- dispatch slip
def test_a_dispatch_slip_says_to_whom_what_was_given_and_until_when() -> None:
    form = draft_dispatch_slip(issue(supporting=("住建局",)), OFFICE, rules=RULES)
    said = boxes(form)
    assert (form.name, form.number, form.day) == ("问题交办单", "W1", april(1))
    assert (said["承办单位"], said["交办单位"]) == ("甲村", "青石镇整治办")
    assert (said["交办日期"], said["整改时限"]) == ("2024年4月1日", "2024年4月8日")
    assert (said["协办单位"], said["问题描述"]) == ("住建局", "路边垃圾未清")
    assert said["办理要求"] == "整改到位后，报青石镇整治办验收销号；非本单位职责的，交办之日起2日内说明理由退回"
    assert [box.text for box in form.returns[0].rows[0]] == ["W1", "甲村"]
    assert labels(form)[0][4:6] == ["签收意见", "退单理由"]


@pytest.mark.parametrize("rules", [None, evolve(RULES, decline_within=None)])
def test_without_a_limit_it_may_be_declined_any_time(rules: eg.LifeRules | None) -> None:
    assert boxes(draft_dispatch_slip(issue(), OFFICE, rules=rules))["办理要求"].endswith(
        "；非本单位职责的，说明理由退回"
    )


def test_a_dispatch_slip_is_of_the_last_hand_over() -> None:
    again = event(E.REASSIGNED, may(1), to=("城管局",), due=may(9), at=datetime(2024, 5, 1, 8, 30, tzinfo=UTC))
    said = boxes(draft_dispatch_slip(issue(again), OFFICE))
    assert (said["承办单位"], said["交办日期"]) == ("城管局", "2024年5月1日 08:30")


def test_a_hand_over_to_nobody_is_to_whoever_is_responsible() -> None:
    given = evolve(issue(), events=(FOUND, event(E.DISPATCHED, april(1))))
    said = boxes(draft_dispatch_slip(given, OFFICE))
    assert (said["承办单位"], said["整改时限"]) == ("甲村", "")


def test_a_staged_deadline_is_told_stage_by_stage_with_its_calendar() -> None:
    dues = (eg.StageDue("反馈", april(4)), eg.StageDue("解决", april(8), datetime(2024, 4, 8, 17, tzinfo=UTC)))
    staged = event(E.DISPATCHED, april(1), to=("v1",), due=april(8), dues=dues, calendar="2024年")
    said = boxes(draft_dispatch_slip(evolve(issue(), events=(FOUND, staged)), OFFICE))
    assert said["阶段时限"] == "反馈 2024年4月4日；解决 2024年4月8日 17:00"
    assert said["时限依据"] == "2024年"


def test_what_was_handed_to_nobody_has_no_dispatch_slip() -> None:
    with pytest.raises(eg.EnvGovError, match="W1 was handed to nobody"):
        draft_dispatch_slip(UNDISPATCHED, OFFICE)


# -- rectification notice
def test_a_rectification_notice_lists_all_that_somebody_owes_in_the_order_of_ids() -> None:
    bare = evolve(UNDISPATCHED, id="W0", description="")
    form = draft_rectification_notice([issue(), bare], OFFICE)
    table = form.parts[0].table
    assert (form.name, form.to, form.number, form.day) == ("限期整改通知书", "甲村", "", None)
    assert table is not None
    assert table.heads == ("问题编号", "位置", "问题", "整改时限")
    assert table.rows == (
        ("W0", "甲村村委会东侧", "垃圾堆放", ""),
        ("W1", "甲村村委会东侧", "路边垃圾未清", "2024-04-08"),
    )
    assert form.parts[0].text == ("经检查，发现下列问题由你单位负责整改。请按时限整改到位，并报青石镇整治办验收销号。",)
    assert labels(form) == [["编号", "承办单位", "签收人", "签收时间", "办理情况", "负责人签字（盖章）", "日期"]]


def test_a_notice_is_the_same_in_whatever_order_its_issues_come() -> None:
    other = evolve(issue(), id="W2")
    assert draft_rectification_notice([issue(), other], OFFICE) == draft_rectification_notice([other, issue()], OFFICE)


@pytest.mark.parametrize(
    ("issues", "told"),
    [
        ([], "this is owed: nothing"),
        ([issue(), evolve(issue(), id="W2", events=(FOUND,), responsible=("v2",))], "W1 by v1; W2 by v2"),
        ([issue(RECTIFIED)], "nothing to put right in W1"),
    ],
)
def test_a_notice_goes_to_one_who_still_has_something_to_put_right(issues: list[eg.Issue], told: str) -> None:
    with pytest.raises(eg.EnvGovError, match=told):
        draft_rectification_notice(issues, OFFICE)


# -- whistle notice
WHISTLED = event(E.WHISTLED, may(3), by="t", to=("住建局", "v2"), whistle=WHISTLE)
CAME = event(E.ATTENDED, may(4), by="住建局", at=datetime(2024, 5, 4, 8, 55, tzinfo=UTC))


def test_a_whistle_notice_says_when_where_who_and_what_for() -> None:
    form = draft_whistle_notice(issue(WHISTLED), OFFICE)
    said = boxes(form)
    assert (form.name, form.number, form.day) == ("吹哨通知单", "W1", may(3))
    assert (said["报到部门"], said["吹哨日期"]) == ("住建局、乙村", "2024年5月3日")
    assert (said["报到时间"], said["报到地点"]) == ("2024年5月4日 09:00", "甲村村委会")
    assert (said["人员要求"], said["责任领导"], said["任务"]) == ("各2人", "李局长", "拆除")


def test_each_department_has_a_return_part_in_which_stands_when_it_came() -> None:
    form = draft_whistle_notice(issue(WHISTLED, CAME), OFFICE)
    assert [part.heading for part in form.returns] == ["报到回执（住建局）", "报到回执（乙村）"]
    assert [part.rows[1][0].text for part in form.returns] == ["2024年5月4日 08:55", ""]


def test_who_came_to_an_earlier_whistle_has_not_come_to_this_one() -> None:
    again = event(E.WHISTLED, may(5), by="t", to=("住建局",))
    [part] = draft_whistle_notice(issue(WHISTLED, CAME, again), OFFICE).returns
    assert part.rows[1][0].text == ""


def test_what_a_whistle_did_not_say_is_left_blank() -> None:
    said = boxes(draft_whistle_notice(issue(event(E.WHISTLED, may(3), to=("住建局",))), OFFICE))
    assert [said[label] for label in ("报到时间", "报到地点", "人员要求", "责任领导", "任务")] == [""] * 5


def test_where_nobody_was_whistled_for_there_is_no_notice() -> None:
    with pytest.raises(eg.EnvGovError, match="nobody was whistled"):
        draft_whistle_notice(issue(), OFFICE)


# -- acceptance record
def test_an_acceptance_record_says_what_was_put_right_and_who_accepted_it() -> None:
    form = draft_acceptance_record(issue(RECTIFIED, PASSED, ACCEPTED), OFFICE, rules=RULES)
    said = boxes(form)
    assert (form.name, form.number, form.day) == ("验收销号单", "W1", may(4))
    assert (said["整改单位"], said["整改完成"], said["整改佐证"]) == ("甲村", "2024年5月2日", "整改后.jpg")
    assert said["村监委会意见"] == "通过（甲村监委会，2024年5月3日）"
    assert said["镇意见"] == "通过（镇，2024年5月4日）"
    assert (said["验收结论"], said["验收单位"]) == ("验收通过，予以销号", "镇")
    assert (said["销号时间"], said["办理用时"]) == ("2024年5月4日", "历时33天")
    assert "张会计" not in repr(form)


def test_whoever_has_not_accepted_yet_is_left_blank() -> None:
    form = draft_acceptance_record(issue(RECTIFIED), OFFICE, rules=RULES)
    said = boxes(form)
    assert form.day is None
    assert (said["村监委会意见"], said["镇意见"], said["验收结论"]) == ("□通过　□返工",) * 3
    assert (said["验收单位"], said["销号时间"], said["办理用时"]) == ("", "", "")


def test_what_was_said_of_a_claim_that_was_rejected_is_not_said_of_the_next() -> None:
    again = event(E.RECTIFIED, may(6), by="v1")
    told = issue(RECTIFIED, PASSED, event(E.REJECTED, may(4), by="t", note="未清净"), again)
    said = boxes(draft_acceptance_record(told, OFFICE, rules=RULES))
    assert (said["村监委会意见"], said["返工次数"], said["反弹次数"]) == ("□通过　□返工", "1", "0")


def test_what_was_closed_and_relapsed_is_not_told_as_closed() -> None:
    again = event(E.RECTIFIED, may(8), by="v1")
    told = issue(RECTIFIED, ACCEPTED, event(E.RELAPSED, may(6), by="t"), again)
    form = draft_acceptance_record(told, OFFICE)
    assert (form.day, boxes(form)["反弹次数"], boxes(form)["验收单位"]) == (None, "1", "")


def test_what_was_fixed_on_the_spot_is_its_own_record() -> None:
    told = evolve(UNDISPATCHED, events=(FOUND, event(E.FIXED_ON_THE_SPOT, april(1))))
    said = boxes(draft_acceptance_record(told, OFFICE))
    assert (said["验收结论"], said["整改单位"], said["交办日期"], said["验收单位"]) == (
        "即知即改，现场销号",
        "甲村",
        "",
        "",
    )


@pytest.mark.parametrize("told", [issue(), issue(RECTIFIED, event(E.REJECTED, may(4), by="t", note="未清净"))])
def test_what_nobody_claims_to_be_put_right_is_not_accepted(told: eg.Issue) -> None:
    with pytest.raises(eg.EnvGovError, match="W1 is open: there is nothing to accept"):
        draft_acceptance_record(told, OFFICE)


# -- exposure
def test_an_exposure_says_where_what_and_who_answers_for_it() -> None:
    form = draft_exposure(issue(), OFFICE, on=may(1))
    assert (form.name, form.number, form.day, form.returns) == ("问题曝光", "W1", may(1), ())
    assert boxes(form) == {
        "发现日期": "2024年4月1日",
        "责任单位": "甲村",
        "问题类别": "垃圾堆放",
        "所在位置": "甲村村委会东侧",
        "问题描述": "路边垃圾未清",
        "照片、材料": "整改前.jpg",
        "整改时限": "2024年4月8日",
        "目前情况": "未整改",
    }


def test_nobody_writes_on_an_exposure_so_it_has_no_blanks() -> None:
    bare = evolve(UNDISPATCHED, category="", description="", events=(event(E.FOUND, april(1)),))
    assert set(boxes(draft_exposure(bare, OFFICE))) == {"发现日期", "责任单位", "所在位置", "目前情况"}


def test_who_told_of_it_and_telephones_are_not_exposed() -> None:
    told = issue(description="电话１３８１２３４５６７８", category="举报0738-8312345")
    form = draft_exposure(told, OFFICE)
    assert (boxes(form)["问题描述"], boxes(form)["问题类别"]) == ("电话138****5678", "举报0738****")
    assert "孙某" not in repr(form)


def test_what_was_withdrawn_is_not_exposed() -> None:
    with pytest.raises(eg.EnvGovError, match="not to be exposed"):
        draft_exposure(issue(event(E.WITHDRAWN, may(1), note="重复")), OFFICE)


# -- numbers that are nobody's business
def test_no_telephone_gets_into_a_form() -> None:
    phone = "13812345678"
    whistle = eg.Whistle(datetime(2024, 5, 4, 9, tzinfo=UTC), f"村口{phone}", f"2人{phone}", f"李{phone}", f"拆{phone}")
    found = event(E.FOUND, april(1), by=phone, note=f"东侧{phone}", evidence=(f"{phone}.jpg",))
    given = event(E.DISPATCHED, april(1), by=phone, to=(f"甲{phone}",), due=april(8))
    called = event(E.WHISTLED, may(1), by=phone, to=(f"住建局{phone}",), whistle=whistle)
    done = (
        event(E.RECTIFIED, may(2), by=f"甲{phone}", evidence=(f"后{phone}.jpg",)),
        event(E.ACCEPTED, may(4), by=f"乙{phone}", role="镇"),
    )
    told = eg.Issue(
        "W1",
        "v1",
        (found, given, called),
        (phone,),
        (f"丙{phone}",),
        category=f"垃圾{phone}",
        description=f"路边{phone}",
        source=phone,
    )
    over = evolve(told, events=(found, given, *done))
    forms = [
        draft_dispatch_slip(told, OFFICE),
        draft_rectification_notice([told], OFFICE),
        draft_rectification_notice([evolve(told, description="")], OFFICE),
        draft_whistle_notice(told, OFFICE),
        draft_acceptance_record(over, OFFICE),
        draft_exposure(told, OFFICE),
    ]
    assert [form.what for form in forms if phone in repr(form)] == []


# -- in English
def test_every_form_of_an_issue_is_there_in_english() -> None:
    told = issue(WHISTLED, CAME)
    forms = [draft(told, OFFICE, "en") for draft in (draft_dispatch_slip, draft_whistle_notice, draft_exposure)]
    forms.append(draft_rectification_notice([told], OFFICE, "en"))
    forms.append(draft_acceptance_record(issue(RECTIFIED, PASSED, ACCEPTED), OFFICE, "en"))
    assert [form.name for form in forms] == [
        "Dispatch slip",
        "Whistle notice",
        "Exposure of a problem",
        "Rectification notice",
        "Acceptance record",
    ]
    assert boxes(forms[-1])["As 镇"] == "passed (镇, 2024-05-04)"
