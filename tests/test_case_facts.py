"""The facts of worked cases: every table of a season can be written in a case, and each fault is told where it stands."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

import envgov as eg
from envgov.season_csv.tables import columns_in
from envgov.testing import case_facts
from envgov.testing.case_files import read_cases
from envgov.testing.worked_cases import CaseError, WorkedCase
from meta.town import LAST, SOURCE, board, scheme

LEDGER = eg.Scheme(
    id="ledger",
    levels=("村",),
    cadence=eg.month(),
    since=date(2024, 1, 1),
    source=SOURCE,
    ladders=(
        eg.Ladder(
            (
                eg.Rung("催办", eg.overdue(), ("村支书",)),
                eg.Rung("督办", eg.slipped("白单", during="round"), ("村支书",)),
                eg.Rung("曝光", eg.all_of(eg.overdue(), eg.ruled("影响恶劣", by="镇整治办")), ("村支书",)),
            ),
            subject="issue",
            publish="every rung",
        ),
        eg.Ladder((eg.Rung("通报", eg.designated("重点"), ("村支书",)),), publish="every rung"),
    ),
)
RANKED = scheme(
    id="ranked", scoring=eg.stated_rank("无人机", several="mean"), boards=(board(LAST),), ranking=eg.RankBy(places=2)
)
CALLED = scheme(id="called", scoring=eg.satisfaction("回访", among="answered", empty="not assessed"))
TWO_CALLS = scheme(
    id="two",
    scoring=eg.total(
        eg.satisfaction("回访", among="answered", empty="not assessed"),
        eg.satisfaction("问卷", among="answered", empty="not assessed"),
        absent="zero",
    ),
)
OWED = scheme(id="owed", scoring=eg.count_duties("日报", which="late"))
CARRIED = scheme(id="carried", scoring=eg.amount("清运垃圾", empty="zero"))
CHARTED = scheme(id="charted", scoring=eg.progress())
PASSED = scheme(id="passed", scoring=eg.accepted())
PRAISED = eg.Scheme(
    id="praised",
    levels=("村",),
    cadence=eg.month(),
    since=date(2024, 1, 1),
    source=SOURCE,
    boards=(board(eg.designated("重点")),),
)
REGISTRY = eg.Registry(
    (eg.Locality("town", "示例镇", (LEDGER, RANKED, CALLED, TWO_CALLS, OWED, PRAISED, CARRIED, CHARTED, PASSED)),)
)
CASE = 'locality = "town"\n\n[[case]]\nname = "例"\nsays = "原文"\nscheme = "{}"\n'
ISSUE = """
[[case.issues]]
id = "W1"
place = "甲村"
responsible = ["甲村"]
found = 2024-05-02
dispatched = 2024-05-03
due = 2024-05-10
"""


def read(tmp_path: Path, scheme: str, text: str) -> WorkedCase:
    file = tmp_path / "cases.toml"
    file.write_text(CASE.format(scheme) + text, encoding="utf-8")
    [case] = read_cases(file, REGISTRY)
    return case


def may(day: int) -> date:
    return date(2024, 5, day)


def expect(unit: str = "甲村", **values: object) -> str:
    return expect_of("unit", unit, values)


def expect_issue(issue: str = "W1", **values: object) -> str:
    return expect_of("issue", issue, values)


def expect_of(what: str, which: str, values: Mapping[str, object]) -> str:
    lines = [f'{what} = "{which}"', *(f"{name} = {value}" for name, value in values.items())]
    return "\n[[case.expect]]\n" + "\n".join(lines) + "\n"


def faults(tmp_path: Path, scheme: str, text: str) -> list[str]:
    with pytest.raises(eg.InputError) as caught:
        read(tmp_path, scheme, text)
    return [f"{fault.column}: {fault.problem}; {fault.remedy}" for fault in caught.value.faults]


def failure(case: WorkedCase) -> str:
    with pytest.raises(CaseError) as caught:
        case.verify()
    return str(caught.value)


# -- the ledger
def test_a_scheme_that_ranks_nobody_is_asked_about_its_issues(tmp_path: Path) -> None:
    case = read(tmp_path, "ledger", ISSUE + expect_issue(measures=["催办"], pending=[]))
    case.verify()
    assert failure(read(tmp_path, "ledger", ISSUE + expect_issue(measures=["督办"]))).splitlines() == [
        "算例“例”与原文不符",
        "原文：原文",
        "问题W1，2024-05",
        "  措施：应为督办，实为催办",
        "  为什么：",
        "    ledger 2024-05：甲村",
        "    不计分，不排名。",
        "",
        "    拟采取的措施（仅为建议，由人签发）：",
        "      问题W1：催办 → 村支书（未引原文）",
        "        因为：逾期1天以上：符合",
        "            问题W1（甲村，2024-05-02发现）：未整改，时限2024-05-10",
        "",
        "    未提出的措施：",
        "      通报 → 村支书（未引原文）",
        "        因为：属于“重点”：不符合",
        "",
        "    依据：示例办法；示例〔2024〕1号",
        "    原文未规定、此处采用的理解：",
        "      1. 末位并列由人裁定",
    ]


def test_an_issue_is_told_as_in_the_tables_of_a_season(tmp_path: Path) -> None:
    text = """
[[case.issues]]
id = "W1"
place = "甲村"
responsible = ["环卫办", "甲村"]
supporting = ["城管"]
category = "垃圾"
description = "堆积"
source = "市级督查"
found = 2024-05-02
dispatched = 2024-05-03
due = 2024-05-10
claimed = 2024-05-04
rectified = 2024-05-08
accepted = 2024-05-09
accepted_by = "镇整治办"
slips = [{ slip = "白单", day = 2024-05-06 }, { slip = "黄单", day = 2024-05-05, by = "县整治办" }]

[[case.issues]]
id = "W2"
place = "甲村"
found = 2024-05-02
fixed = 2024-05-02

[[case.issues]]
id = "W3"
place = "甲村"
found = 2024-05-02
withdrawn = 2024-05-20
"""
    case = read(tmp_path, "ledger", text + expect_issue(measures=["督办"]))
    case.verify()
    kinds = eg.EventKind
    first, second, third = case.facts.issues
    assert first == eg.Issue(
        "W1",
        "甲村",
        (
            eg.Event(kinds.FOUND, may(2)),
            eg.Event(kinds.DISPATCHED, may(3), to=("环卫办", "甲村"), due=may(10)),
            eg.Event(kinds.CLAIMED, may(4), by="环卫办"),
            eg.Event(kinds.SLIPPED, may(5), by="县整治办", slip="黄单"),
            eg.Event(kinds.SLIPPED, may(6), slip="白单"),
            eg.Event(kinds.RECTIFIED, may(8), by="环卫办"),
            eg.Event(kinds.ACCEPTED, may(9), by="镇整治办"),
        ),
        responsible=("环卫办", "甲村"),
        supporting=("城管",),
        category="垃圾",
        description="堆积",
        source="市级督查",
    )
    assert [event.what for event in second.events] == [kinds.FOUND, kinds.FIXED_ON_THE_SPOT]
    assert [event.what for event in third.events] == [kinds.FOUND, kinds.WITHDRAWN]


def test_the_whole_life_of_an_issue_is_told_by_its_events_and_whistles(tmp_path: Path) -> None:
    text = """
events = [{ what = "整改", day = 2024-05-08 }, { what = "返工", day = 2024-05-09, by = "镇整治办" }]
[[case.issues.whistles]]
day = 2024-05-04
by = "甲村"
to = ["城管", "环卫办"]
report_at = 2024-05-04T15:00:00
place = "村口"
people = "2人"
leader = "李四"
task = "清运"
attended = 2024-05-05
"""
    case = read(tmp_path, "ledger", ISSUE + text + expect_issue(measures=["催办"]))
    case.verify()
    [issue] = case.facts.issues
    assert [(event.what.value, event.day, event.by) for event in issue.events[2:]] == [
        ("whistled", may(4), "甲村"),
        ("attended", may(5), "城管"),
        ("attended", may(5), "环卫办"),
        ("rectified", may(8), "甲村"),
        ("rejected", may(9), "镇整治办"),
    ]
    assert issue.events[2].whistle == eg.Whistle(
        datetime(2024, 5, 4, 15, tzinfo=timezone(timedelta(hours=8))), "村口", "2人", "李四", "清运"
    )


def test_what_cannot_follow_in_the_life_of_an_issue_is_told_where_it_stands(tmp_path: Path) -> None:
    text = """
events = [{ what = "整改", day = 2024-05-08 }, { what = "返工", day = 2024-05-07 }, { what = "修好", day = 2024-05-09 }]
whistles = [{ day = 2024-05-04, to = ["城管"], report_at = 2024-05-04, attended = 2024-05-03 }]
"""
    told = faults(tmp_path, "ledger", ISSUE + text + expect_issue(measures=["催办"]))
    assert [fault.partition(";")[0] for fault in told] == [
        "case[1].issues[1].events[3].what: this is no event of an issue",
        "case[1].issues[1].whistles[1].report_at: a day of the years 1900 to 2199 with its hour is wanted",
        "case[1].issues[1].whistles[1].place: a text is wanted",
        "case[1].issues[1].whistles[1].people: a text is wanted",
        "case[1].issues[1].whistles[1].leader: a text is wanted",
        "case[1].issues[1].whistles[1].task: a text is wanted",
        "case[1].issues[1].events[2]: issue W1: rejected on 2024-05-07 cannot follow, the issue is open",
    ]


def test_the_measures_of_a_unit_are_those_about_itself(tmp_path: Path) -> None:
    units = '\n[case.units]\n"甲村" = { classes = ["重点"] }\n'
    read(tmp_path, "ledger", ISSUE + expect(measures=["通报"]) + expect_issue(measures=["催办"]) + units).verify()


def test_a_unit_of_a_field_that_is_not_ranked_has_a_tier_and_no_rank(tmp_path: Path) -> None:
    units = '\n[case.units]\n"甲村" = { classes = ["重点"] }\n"乙村" = {}\n'
    tiers = expect(tier='"黑榜"', measures=[]) + expect("乙村", tier='"其他"')
    read(tmp_path, "praised", ISSUE + tiers + units).verify()
    text = failure(read(tmp_path, "praised", ISSUE + expect(rank=1, score=90) + units))
    assert text.splitlines()[3:5] == ["  名次：应为1，实为无", "  得分：应为90，实为无"]


def test_an_issue_below_the_units_of_the_field_is_asked_about_too(tmp_path: Path) -> None:
    units = '\n[case.units]\n"甲村" = {}\n"一组" = { level = "组", above = "甲村" }\n'
    below = ISSUE.replace('"甲村"\nresp', '"一组"\nresp')
    read(tmp_path, "ledger", below + expect_issue(measures=["催办"]) + units).verify()
    assert "    ledger 2024-05：甲村" in failure(read(tmp_path, "ledger", below + expect_issue(measures=[]) + units))


def test_an_issue_outside_the_field_is_said(tmp_path: Path) -> None:
    units = '\n[case.units]\n"甲村" = { level = "社区" }\n"乙村" = {}\n'
    text = failure(read(tmp_path, "ledger", ISSUE + expect_issue(measures=["催办"]) + units))
    assert text.endswith("问题W1：不在2024-05的考评范围；参评的有：乙村")


def test_an_issue_that_was_found_in_no_round_is_said(tmp_path: Path) -> None:
    early = ISSUE.replace("2024", "2023")
    text = failure(read(tmp_path, "ledger", early + expect_issue(measures=[])))
    assert text.splitlines()[2].startswith("问题W1：最后一期无人参评")


def test_a_ruling_on_an_issue_is_about_the_scheme_of_the_case(tmp_path: Path) -> None:
    ruling = """
[[case.rulings]]
unit = "甲村"
concerns = 2024-05-31
condition = { kind = "ruled", what = "影响恶劣", by = "镇整治办" }
holds = true
by = "镇整治办"
why = "屡次反弹"
issue = "W1"
"""
    case = read(tmp_path, "ledger", ISSUE + ruling + expect_issue(measures=["催办", "曝光"]))
    case.verify()
    assert case.facts.rulings == (
        eg.Ruling(
            "甲村",
            date(2024, 5, 31),
            eg.ruled("影响恶劣", by="镇整治办"),
            holds=True,
            by="镇整治办",
            why="屡次反弹",
            scheme="ledger",
            issue="W1",
        ),
    )


# -- the other tables
def test_ranks_are_received_with_the_length_of_their_list(tmp_path: Path) -> None:
    text = '\n[[case.rounds]]\nday = 2024-05-31\nranks = { "甲村" = 3, "乙村" = 9 }\nof = 12\n'
    case = read(tmp_path, "ranked", text + expect(score=0.25, tier='"其他"') + expect("乙村", tier='"黑榜"'))
    case.verify()
    assert case.facts.stated_ranks == (
        eg.StatedRank("乙村", date(2024, 5, 31), "无人机", 9, 12),
        eg.StatedRank("甲村", date(2024, 5, 31), "无人机", 3, 12),
    )


def test_surveys_name_their_channel_where_the_scheme_reads_several(tmp_path: Path) -> None:
    survey = '\n[[case.surveys]]\nunit = "甲村"\nday = 2024-05-31\nasked = 12\nanswered = 10\nsatisfied = 9\n'
    read(tmp_path, "called", survey + expect(score=90)).verify()
    read(tmp_path, "two", survey + 'channel = "问卷"\n' + expect(score=90)).verify()
    assert faults(tmp_path, "two", survey + expect(score=90)) == [
        "case[1].surveys[1].channel: which channel is not said; write one of 回访, 问卷"
    ]


def test_a_moment_without_a_zone_is_in_that_of_china(tmp_path: Path) -> None:
    text = """
[[case.duties]]
what = "日报"
owed_by = "甲村"
due = 2024-05-10T17:00:00
submitted = 2024-05-10T09:30:00Z

[[case.duties]]
what = "日报"
owed_by = "乙村"
due = 2024-05-10T17:00:00
"""
    case = read(tmp_path, "owed", text + expect(score=1) + expect("乙村", score=0))
    case.verify()
    assert {duty.due for duty in case.facts.duties} == {datetime(2024, 5, 10, 17, tzinfo=timezone(timedelta(hours=8)))}
    assert [duty.submission.at for duty in case.facts.duties if duty.submission] == [
        datetime(2024, 5, 10, 9, 30, tzinfo=UTC)
    ]


def test_work_done_tasks_and_acceptances_are_read(tmp_path: Path) -> None:
    output = '\n[[case.outputs]]\nunit = "甲村"\nday = 2024-05-10\nwhat = "清运垃圾"\namount = 2.5\nmeasure = "吨"\n'
    read(tmp_path, "carried", output + expect(score=2.5)).verify()
    task = '\n[[case.tasks]]\nname = "{}"\nunit = "甲村"\nday = 2024-05-10\nprogress = {}\n'
    read(tmp_path, "charted", task.format("拆违", 40) + task.format("清淤", 60) + expect(score=50)).verify()
    passed = '\n[[case.acceptances]]\nunit = "{}"\nday = 2024-05-10\npassed = {}\nby = "镇整治办"\n'
    case = read(tmp_path, "passed", passed.format("甲村", "true") + passed.format("乙村", "false") + expect(rank=1))
    case.verify()
    assert [(fact.unit, fact.passed) for fact in case.facts.acceptances] == [("乙村", False), ("甲村", True)]


def test_a_slip_to_a_unit_as_a_whole_is_read(tmp_path: Path) -> None:
    slips = '\n[[case.slips]]\nunit = "甲村"\nslip = "白单"\nday = 2024-05-06\nby = "督导组"\n'
    case = read(tmp_path, "ledger", ISSUE + slips + expect(measures=[]))
    assert case.facts.slips == (eg.Slip("甲村", "白单", may(6), "督导组"),)


def test_the_photographs_of_what_was_found_stay_with_the_issue(tmp_path: Path) -> None:
    case = read(tmp_path, "ledger", ISSUE + 'evidence = ["1.jpg", "2.jpg"]\n' + expect_issue(measures=[]))
    assert case.facts.issues[0].events[0].evidence == ("1.jpg", "2.jpg")


def test_every_column_of_a_season_has_its_field() -> None:
    columns = {name: {column.name for column in columns} for name, columns in columns_in(UTC).items()}
    of_a_point = {"lon", "lat", "datum"}  # which decides nothing
    assert set(case_facts.ISSUE) == (columns["issues"] - of_a_point) | set(case_facts.TOLD)
    for name, fields in case_facts.TOLD.items():
        without = {"slips": {"unit"}, "events": {"stages", *case_facts.NUMBERED}}.get(name, set())
        assert set(fields) == columns[name] - {"issue"} - without
    assert set(case_facts.SLIP) == columns["slips"] - {"issue"}
    assert set(case_facts.SURVEY) == columns["surveys"]
    assert set(case_facts.OUTPUT) == columns["outputs"]
    assert set(case_facts.DUTY) == columns["duties"]
    assert set(case_facts.TASK) == columns["tasks"]
    assert set(case_facts.ACCEPTANCE) == columns["acceptances"]
    assert set(case_facts.RULING) == columns["rulings"] - {"scheme"}


# -- faults
def test_what_a_table_lacks_or_says_wrong_is_told_with_its_place(tmp_path: Path) -> None:
    text = """
[[case.issues]]
id = "W1"
place = "甲村"
found = 2024-05-02
accepted = 2024-05-09
slips = [{ slip = "白单" }, { slip = "白单", day = 2024-05-03, on = 1 }]

[[case.issues]]
id = "W1"
place = 7
found = "2024-05-02"

[[case.issues]]
id = "W1"
place = "甲村"
found = 2024-05-02

[[case.surveys]]
unit = "甲村"
day = 2024-05-02T10:00:00
asked = 1.5
answered = true
satisfied = 0

[[case.surveys]]
unit = "甲村"
day = 0024-05-02
asked = 1
answered = 2
satisfied = 0

[[case.acceptances]]
unit = "甲村"
day = 2024-05-02
passed = "通过"

[[case.duties]]
what = "日报"
owed_by = "甲村"
due = 2024-05-10

[[case.outputs]]
unit = "甲村"
day = 2024-05-02
what = "清运垃圾"
amount = "多"
measure = "吨"

[[case.rulings]]
unit = "乙村"
concerns = 2024-05-31
condition = { kind = "ruled", whats = "影响恶劣", by = "镇整治办" }
holds = true
by = "镇整治办"
why = "屡次反弹"
issue = "W7"

[[case.rulings]]
unit = "甲村"
concerns = 2024-05-31
condition = "ruled"
holds = true
by = "镇整治办"
why = "屡次反弹"
"""
    assert faults(tmp_path, "called", text + expect(rank=1)) == [
        (
            "case[1].issues[1].slips[1].day: a day of the years 1900 to 2199 is wanted; "
            "write day = 2024-05-31, without quotes"
        ),
        "case[1].issues[1].slips[2].on: there is no such field; write slip, day, by",
        "case[1].issues[1]: issue W1: accepted on 2024-05-09 cannot follow, the issue is open; correct this value",
        'case[1].issues[2].place: a text is wanted; write place = "..."',
        "case[1].issues[2].found: a day of the years 1900 to 2199 is wanted; write found = 2024-05-31, without quotes",
        "case[1].issues[3]: case[1].issues[1] has the same id; correct one of them",
        "case[1].surveys[1].day: a day of the years 1900 to 2199 is wanted; write day = 2024-05-31, without quotes",
        "case[1].surveys[1].asked: a whole number is wanted; write asked = 3",
        "case[1].surveys[1].answered: a whole number is wanted; write answered = 3",
        "case[1].surveys[2].day: a day of the years 1900 to 2199 is wanted; write day = 2024-05-31, without quotes",
        "case[1].outputs[1].amount: a number is wanted; write it plainly, as 85.5",
        (
            "case[1].duties[1].due: a day of the years 1900 to 2199 with its hour is wanted; "
            "write due = 2024-05-31T17:00:00, without quotes"
        ),
        "case[1].acceptances[1].passed: true or false is wanted; write passed = true, without quotes",
        (
            "case[1].rulings[1].unit: nothing else in the case names this unit; "
            "write one of 甲村, or describe it in [case.units]"
        ),
        "case[1].rulings[1].issue: nothing else in the case names this issue; write one of W1, or add it",
        "case[1].rulings[1].condition.whats: ruled has no such field; did you mean 'what'? its fields are what, by",
        "case[1].rulings[1].condition.what: ruled needs this field; add it; it has no default",
        "case[1].rulings[2].condition: a table is wanted; write condition = { ... }",
    ]


def test_a_value_that_no_fact_takes_is_told_with_its_place(tmp_path: Path) -> None:
    survey = '\n[[case.surveys]]\nunit = "甲村"\nday = 2024-05-31\nasked = 1\nanswered = 2\nsatisfied = 1\n'
    assert faults(tmp_path, "called", survey + expect(rank=1)) == [
        (
            "case[1].surveys[1]: 甲村 2024-05-31: asked 1, answered 2, satisfied 1: each of them contains the next; "
            "correct this value"
        )
    ]
    task = '\n[[case.tasks]]\nname = "拆违"\nunit = "甲村"\nday = 2024-05-10\nprogress = 40\n'
    assert faults(tmp_path, "charted", task + task + expect(rank=1)) == [
        "case[1].tasks[2]: case[1].tasks[1] has the same unit, name, day; correct one of them"
    ]
    empty = '\n[[case.rounds]]\nday = 2024-05-31\nscores = { "" = 3 }\nfindings = { "" = {} }\nchannel = "督导"\n'
    wanted = "unit='': give a text that is not empty; correct this value"
    assert faults(tmp_path, "called", empty + expect(rank=1)) == [
        f"case[1].rounds[1].scores.: {wanted}",
        f"case[1].rounds[1].findings.: {wanted}",
    ]
    nameless = '\n[case.units]\n"" = {}\n'
    assert faults(tmp_path, "called", nameless + expect(rank=1)) == [
        "case[1].units.: code='': give a text that is not empty; correct this value"
    ]


def test_ranks_need_the_length_of_their_list_and_it_needs_them(tmp_path: Path) -> None:
    day = "\n[[case.rounds]]\nday = 2024-05-31\n"
    wanted = (
        'case[1].rounds[1]: ranks stand with the length of their list; write ranks = { "甲村" = 3 } and of = 12: '
        "a 3rd of 12 is no 3rd of 150"
    )
    assert faults(tmp_path, "ranked", f'{day}ranks = {{ "甲村" = 3 }}\n' + expect(rank=1)) == [wanted]
    assert faults(tmp_path, "ranked", f"{day}of = 12\n" + expect(rank=1)) == [wanted]
    assert faults(tmp_path, "ranked", f'{day}of = 12\nranks = {{ "甲村" = 13, "乙村" = "3" }}\n' + expect(rank=1)) == [
        "case[1].rounds[1].ranks.乙村: a whole number is wanted; write 乙村 = 3",
        "case[1].rounds[1].ranks.甲村: 甲村 2024-05-31: rank 13 of a list of 12; correct this value",
    ]


def test_an_expectation_of_an_issue_asks_for_what_an_issue_has(tmp_path: Path) -> None:
    assert faults(tmp_path, "ledger", ISSUE + expect_issue(rank=1, tier='"黑榜"', measures=["通报"])) == [
        "case[1].expect[1].rank: an issue has measures only; write issue, round, measures, pending",
        "case[1].expect[1].tier: an issue has measures only; write issue, round, measures, pending",
        'case[1].expect[1].tier: there is not one board; write tiers = { "board" = "tier" }',
        "case[1].expect[1].measures: there is no such measure; write one of 催办, 曝光, 督办",
    ]
    assert faults(tmp_path, "ledger", ISSUE + expect_issue("W2", measures=[])) == [
        "case[1].expect[1].issue: the case has no such issue; write one of W1, or add it"
    ]
    assert faults(tmp_path, "ledger", ISSUE + expect(measures=["催办"])) == [
        "case[1].expect[1].measures: there is no such measure; write one of 通报"
    ]


def test_a_head_is_refused_where_the_scheme_asks_for_none(tmp_path: Path) -> None:
    units = '\n[case.units]\n"甲村" = { head = "张三" }\n'
    assert faults(tmp_path, "ledger", ISSUE + expect_issue(measures=["催办"]) + units) == [
        (
            "case[1].units.甲村.head: the scheme asks for no head; "
            "leave it out, or say in head= of the scheme which role heads a unit"
        )
    ]


def test_facts_beside_a_folder_of_facts_are_refused(tmp_path: Path) -> None:
    (tmp_path / "facts").mkdir()
    (tmp_path / "facts" / "grid.csv").write_text("code,name,level\n甲村,甲村,村\n", encoding="utf-8")
    assert faults(tmp_path, "ledger", 'season = "facts"\n' + ISSUE + expect(measures=[])) == [
        (
            "case[1].issues: the facts of this case stand in the folder of its season; "
            "put issues into that folder, or write no season"
        )
    ]


def test_faults_of_a_season_say_where_in_its_tables_they_are(tmp_path: Path) -> None:
    (tmp_path / "facts").mkdir()
    (tmp_path / "facts" / "grid.csv").write_text("code,name\n甲村,甲村\n", encoding="utf-8")
    with pytest.raises(eg.InputError) as caught:
        read(tmp_path, "ledger", 'season = "facts"\n' + expect(measures=[]))
    assert str(caught.value).splitlines()[1].startswith("grid.csv, row 1: the column level is missing")
