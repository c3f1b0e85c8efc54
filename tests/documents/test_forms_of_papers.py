"""The supervision slip, the notice and the record of a talk, from a paper of the ledger."""

from datetime import UTC, date, datetime

import pytest
from attrs import evolve

import envgov as eg
from dossiers import (
    BEFORE,
    NOTIFIED,
    OFFICE,
    OVERDUE,
    SIGNED,
    P,
    S,
    basis,
    boxes,
    issue,
    labels,
    may,
    paper,
)
from envgov.documents.forms import (
    Basis,
    Office,
    draft_supervision_slip,
    draft_talk_notice,
    draft_talk_record,
    slips_of,
)

NOTIFIED_PAPER = paper("p1", SIGNED, NOTIFIED, follows="town/03")
SLIP = draft_supervision_slip(NOTIFIED_PAPER, OFFICE, basis=basis(), issue=issue(), before=BEFORE)
OF_UNIT = paper("p2", SIGNED, about="unit", subject="v2")


# -- the supervision slip
def test_a_slip_bears_level_number_day_and_who_issues_it() -> None:
    assert (SLIP.what, SLIP.name, SLIP.level) == ("supervision slip", "督办单", "黄单")
    assert (SLIP.body, SLIP.number, SLIP.day, SLIP.marks) == ("青石镇整治办", "督办〔2024〕2号", may(6), ())


def test_a_slip_says_whom_it_supervises_and_about_what() -> None:
    said = boxes(SLIP)
    assert (said["被督办单位"], said["签发日期"]) == ("甲村", "2024年5月6日")
    assert (said["督办事项"], said["问题类别"], said["所在位置"]) == ("问题W1", "垃圾堆放", "甲村村委会东侧")
    assert (said["问题描述"], said["照片、材料"]) == ("路边垃圾未清", "整改前.jpg")


def test_a_slip_quotes_edition_clause_and_the_condition_that_held() -> None:
    assert boxes(SLIP)["督办依据"] == (
        "《青石镇台账管理办法》（青政〔2024〕1号，2024年1月1日起施行）；“逾期未整改的，发黄单”；触发条件：2024年4月 逾期1天以上"
    )


def test_a_source_without_a_number_is_told_by_its_title() -> None:
    form = draft_supervision_slip(NOTIFIED_PAPER, OFFICE, basis=basis(source=eg.Source("《考评办法》")))
    assert boxes(form)["督办依据"].startswith("《考评办法》（2024年1月1日起施行）；“逾期未整改的，发黄单”；")


def test_a_rung_without_a_clause_quotes_none() -> None:
    plain = eg.Ladder((evolve(OVERDUE, cite=""),), subject="issue", publish="every rung")
    form = draft_supervision_slip(NOTIFIED_PAPER, OFFICE, basis=basis(ladders=(plain,)))
    assert boxes(form)["督办依据"] == (
        "《青石镇台账管理办法》（青政〔2024〕1号，2024年1月1日起施行）；触发条件：2024年4月 逾期1天以上"
    )


def test_without_a_basis_scheme_and_round_are_told() -> None:
    assert boxes(draft_supervision_slip(NOTIFIED_PAPER, OFFICE))["督办依据"] == "town，2024年4月"


def test_what_no_scheme_proposed_has_room_for_its_basis() -> None:
    form = draft_supervision_slip(evolve(NOTIFIED_PAPER, scheme=""), OFFICE)
    assert boxes(form)["督办依据"] == ""


def test_a_slip_names_the_one_before_it_and_what_became_of_that() -> None:
    told = "督办〔2024〕1号（白单，2024年4月10日签发，限2024年4月20日前答复，已送达，未答复）"
    assert boxes(SLIP)["前序督办"] == told


def test_a_slip_before_without_number_and_date_says_so() -> None:
    before = evolve(BEFORE, events=BEFORE.events[:1])
    form = draft_supervision_slip(NOTIFIED_PAPER, OFFICE, before=before)
    assert boxes(form)["前序督办"] == "未编号（白单，2024年4月9日签发，拟办）"


def test_the_first_slip_has_none_before_it() -> None:
    assert boxes(draft_supervision_slip(evolve(NOTIFIED_PAPER, follows=""), OFFICE))["前序督办"] == "无"


def test_a_slip_before_that_is_not_at_hand_is_told_by_its_id() -> None:
    assert boxes(draft_supervision_slip(NOTIFIED_PAPER, OFFICE))["前序督办"] == "town/03"


def test_a_slip_tells_until_when_to_rectify_and_until_when_to_answer() -> None:
    said = boxes(SLIP)
    assert (said["整改时限"], said["答复时限"]) == ("2024年4月8日", "2024年5月10日")


def test_a_person_is_told_by_the_role_and_not_by_name() -> None:
    assert boxes(SLIP)["发送对象"] == "甲村、分管领导"
    assert "王某" not in repr(SLIP)


def test_before_it_is_notified_it_goes_to_the_roles_of_the_measure() -> None:
    form = draft_supervision_slip(paper("p1", SIGNED), OFFICE, basis=basis())
    assert boxes(form)["发送对象"] == "村支书"


def test_without_a_basis_the_addressees_of_what_was_not_notified_are_left_blank() -> None:
    assert boxes(draft_supervision_slip(paper("p1", SIGNED), OFFICE))["发送对象"] == ""


def test_people_sign_by_hand() -> None:
    assert [boxes(SLIP)[label] for label in ("拟办", "审核", "签发", "联系人")] == [""] * 4


def test_the_return_part_has_room_for_what_was_done() -> None:
    assert labels(SLIP) == [
        [
            "编号",
            "承办单位",
            "签收人",
            "签收时间",
            "办理情况",
            "整改后照片",
            "负责人签字（盖章）",
            "日期",
            "核查意见",
            "销号时间",
        ]
    ]
    assert SLIP.returns[0].heading == "回执联（沿虚线撕下，填写后退回青石镇整治办）"


def test_a_return_part_that_was_cut_off_says_of_which_slip_it_is() -> None:
    assert [box.text for box in SLIP.returns[0].rows[0]] == ["督办〔2024〕2号", "甲村"]


def test_a_slip_to_a_unit_tells_the_round_and_leaves_blank_what_nobody_knows() -> None:
    said = boxes(draft_supervision_slip(OF_UNIT, OFFICE))
    assert (said["被督办单位"], said["督办事项"]) == ("乙村", "2024年4月《town》结果")
    assert (said["整改时限"], said["办理要求"]) == ("", "")
    assert "问题描述" not in said


def test_a_slip_to_a_unit_names_the_scheme_by_its_title() -> None:
    scheme, measure, _ = basis()
    of_unit = Basis(scheme, evolve(measure, subject="v2", about="unit"))
    assert (
        boxes(draft_supervision_slip(OF_UNIT, OFFICE, basis=of_unit))["督办事项"] == "2024年4月《青石镇问题台账》结果"
    )


def test_what_nobody_signed_is_a_draft_without_number_and_day() -> None:
    form = draft_supervision_slip(paper("p1"), OFFICE)
    assert (form.number, form.day, form.marks) == ("", None, ("草稿：未经签发，不具效力",))
    assert boxes(form)["签发日期"] == ""


def test_a_voided_slip_keeps_its_number_and_says_that_it_is_void() -> None:
    form = draft_supervision_slip(paper("p1", SIGNED, P(S.VOIDED, may(7), by="王某", note="有误")), OFFICE)
    assert (form.number, form.marks) == ("督办〔2024〕2号", ("已作废，文号不再使用",))


def test_a_waived_draft_says_both() -> None:
    form = draft_supervision_slip(paper("p1", P(S.WAIVED, may(7), by="王某", note="已整改")), OFFICE)
    assert form.marks == ("草稿：未经签发，不具效力", "已免予，不再执行")


def test_what_is_made_up_says_so() -> None:
    form = draft_supervision_slip(NOTIFIED_PAPER, OFFICE, basis=basis()._replace(made_up="全部虚构"))
    assert form.marks == ("虚构数据：全部虚构",)


def test_in_english_it_says_the_same() -> None:
    form = draft_supervision_slip(NOTIFIED_PAPER, OFFICE, "en", basis=basis(), issue=issue(), before=BEFORE)
    said = boxes(form)
    assert form.name == "Supervision slip"
    assert said["Slip before"] == (
        "督办〔2024〕1号 (白单, signed on 2024-04-10, to be answered by 2024-04-20, notified and not answered)"
    )
    assert said["Basis"].endswith("condition that held: 2024-04, overdue by 1 day or more")
    assert said["Place"] == "甲村, 村委会东侧"


def test_who_owes_it_is_supervised_else_the_unit_where_it_lies() -> None:
    nobody = evolve(issue(), responsible=(), events=issue().events[:1], supporting=())
    assert boxes(draft_supervision_slip(NOTIFIED_PAPER, OFFICE, issue=nobody))["被督办单位"] == "甲村"
    department = issue(eg.Event(eg.EventKind.REASSIGNED, may(1), to=("住建局",)))
    assert boxes(draft_supervision_slip(NOTIFIED_PAPER, OFFICE, issue=department))["被督办单位"] == "住建局"


def test_without_photographs_no_row_is_kept_for_them() -> None:
    bare = issue()
    bare = evolve(bare, events=(evolve(bare.events[0], evidence=(), note=""), *bare.events[1:]))
    said = boxes(draft_supervision_slip(NOTIFIED_PAPER, OFFICE, issue=bare))
    assert "照片、材料" not in said
    assert said["所在位置"] == "甲村"


def test_a_person_without_a_post_that_day_is_an_official() -> None:
    told = paper("p1", SIGNED, evolve(NOTIFIED, to=("李某",)))
    assert boxes(draft_supervision_slip(told, OFFICE))["发送对象"] == "工作人员"


def test_without_roster_and_grid_everybody_is_called_as_the_paper_does() -> None:
    form = draft_supervision_slip(NOTIFIED_PAPER, Office("镇"), issue=issue())
    assert (boxes(form)["发送对象"], boxes(form)["被督办单位"]) == ("v1、王某", "v1")


def test_who_found_it_and_telephones_are_nowhere() -> None:
    told = issue(description="路边垃圾，电话13812345678")
    form = draft_supervision_slip(NOTIFIED_PAPER, OFFICE, issue=told)
    assert boxes(form)["问题描述"] == "路边垃圾，电话138****5678"
    assert not any(word in repr(form) for word in ("孙某", "举报", "13812345678"))


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"issue": issue(id="W9")}, "no paper is about issue W9"),
        ({"before": evolve(BEFORE, id="x")}, "paper p1 does not follow x"),
        ({"basis": Basis(basis().scheme, evolve(basis().measure, subject="W9"))}, "is not what paper p1 is about"),
    ],
)
def test_what_is_of_another_matter_is_refused(given: dict[str, object], told: str) -> None:
    with pytest.raises(eg.EnvGovError, match=told):
        draft_supervision_slip(NOTIFIED_PAPER, OFFICE, **given)  # type: ignore[arg-type]


# -- slips that are events of an issue alone
def test_the_slips_of_an_issue_follow_each_other() -> None:
    white = eg.Event(eg.EventKind.SLIPPED, may(1), by="王某", slip="白单", note="青督〔2024〕8号")
    yellow = eg.Event(eg.EventKind.SLIPPED, may(3), by="王某", slip="黄单")
    first, second = slips_of(issue(white, yellow))
    assert (first.measure, first.number, first.state, first.follows) == ("白单", "青督〔2024〕8号", S.SIGNED, "")
    assert (second.measure, second.number, second.follows) == ("黄单", "", first.id)
    form = draft_supervision_slip(second, OFFICE, issue=issue(white, yellow), before=first)
    assert (form.level, form.day, form.marks) == ("黄单", may(3), ())
    assert boxes(form)["前序督办"] == "青督〔2024〕8号（白单，2024年5月1日签发，已签发）"


def test_an_issue_without_a_slip_has_none() -> None:
    assert slips_of(issue()) == ()


# -- talks
AT = datetime(2024, 5, 8, 9, tzinfo=UTC)


def test_the_notice_of_a_talk_says_who_why_when_and_where() -> None:
    form = draft_talk_notice(
        [NOTIFIED_PAPER], OFFICE, basis=basis(), issues=[issue()], before=BEFORE, talk_at=AT, place="镇政府二楼"
    )
    said = boxes(form)
    assert (form.name, form.number, form.level) == ("约谈通知书", "督办〔2024〕2号", "")
    assert (said["被约谈单位"], said["被约谈对象"]) == ("甲村", "甲村、分管领导")
    assert (said["约谈事由"], said["问题W1"]) == ("问题W1", "垃圾堆放；路边垃圾未清")
    assert (said["约谈时间"], said["约谈地点"]) == ("2024年5月8日 09:00", "镇政府二楼")
    assert (said["约谈单位"], said["措施名称"]) == ("青石镇整治办", "黄单")
    assert said["前序督办"].startswith("督办〔2024〕1号")
    assert said["约谈依据"].startswith("《青石镇台账管理办法》")
    assert labels(form) == [["编号", "承办单位", "签收人", "签收时间", "参加人（职务）", "负责人签字（盖章）", "日期"]]


def test_one_talk_may_be_about_several_papers() -> None:
    other = paper("p2", evolve(SIGNED, number="督办〔2024〕3号"), subject="v2", about="unit")
    form = draft_talk_notice([NOTIFIED_PAPER, other], OFFICE, issues=[issue()])
    assert form.number == "督办〔2024〕2号、督办〔2024〕3号"
    assert boxes(form)["被约谈单位"] == "甲村、乙村"
    assert boxes(form)["约谈事由"] == "问题W1、2024年4月《town》结果"


def test_hour_and_place_of_a_talk_may_be_left_blank() -> None:
    said = boxes(draft_talk_notice([NOTIFIED_PAPER], OFFICE))
    assert (said["约谈时间"], said["约谈地点"]) == ("", "")


@pytest.mark.parametrize("papers", [[], [NOTIFIED_PAPER, paper("p2", measure="红单")]])
def test_papers_of_several_measures_are_no_talk(papers: list[eg.Paper]) -> None:
    with pytest.raises(eg.EnvGovError, match="of one measure"):
        draft_talk_notice(papers, OFFICE)


def test_the_record_of_a_talk_is_written_by_hand() -> None:
    form = draft_talk_record([NOTIFIED_PAPER], OFFICE, issues=[issue()])
    said = boxes(form)
    assert (form.name, form.returns, form.day) == ("约谈记录", (), None)
    assert {said[label] for label in ("约谈人", "记录人", "约谈内容", "表态和整改承诺", "约谈人签字", "约谈时间")} == {
        ""
    }


def test_the_record_of_a_talk_that_was_held_has_its_day_and_what_was_kept_of_it() -> None:
    held = P(S.DONE, may(8), by="张会计", evidence=("约谈记录.pdf",), at=AT)
    form = draft_talk_record([evolve(NOTIFIED_PAPER, events=(*NOTIFIED_PAPER.events, held))], OFFICE, place="二楼")
    said = boxes(form)
    assert (form.day, said["约谈时间"], said["约谈地点"]) == (date(2024, 5, 8), "2024年5月8日 09:00", "二楼")
    assert said["记录材料"] == "约谈记录.pdf"
