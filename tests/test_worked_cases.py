"""Worked cases: read from TOML with every fault at once, decided, and shown as an official reads them."""

from pathlib import Path

import pytest

import envgov as eg
from envgov.testing.case_files import read_cases
from envgov.testing.worked_cases import CaseError, WorkedCase
from meta.town import LAST, board, scheme

VILLAGES = scheme(
    scoring=eg.or_else(eg.stated("督导", several="mean"), eg.deductions(100, "督导", several="mean")),
    boards=(board(LAST),),
    ladders=(
        eg.Ladder(
            (
                eg.Rung("通报", eg.placed("榜", "黑榜"), ("村支书",)),
                eg.Rung(
                    "约谈",
                    eg.streak(
                        LAST, 2, unheld="break", absent="break", repeat="once", editions="carry", heads="restart"
                    ),
                    ("村支书",),
                ),
            ),
            publish="every rung",
        ),
    ),
    head="村支书",
    exempt=eg.designated("搬迁"),
)
TWO_BOARDS = scheme(id="two", scoring=eg.stated("督导", several="mean"), boards=(board(LAST), board(LAST, "另榜")))
CHANNELS = scheme(
    id="channels", scoring=eg.total(eg.stated("督导", several="mean"), eg.stated("暗访", several="mean"), absent="zero")
)
PLAIN = scheme(id="plain", scoring=eg.progress())
REGISTRY = eg.Registry((eg.Locality("town", "示例镇", (VILLAGES, TWO_BOARDS, CHANNELS, PLAIN)),))
HEAD = """
locality = "town"

[[case]]
name = "末位上黑榜"
says = "每月最后一名列入黑榜，并予通报。"
scheme = "villages"
"""
APRIL = """
[[case.rounds]]
day = 2024-04-30
scores = { "甲村" = 95, "乙村" = 80.5, "丙村" = 90 }
"""
MAY = """
[[case.rounds]]
day = 2024-05-31
findings = { "甲村" = {}, "乙村" = { "垃圾堆积" = 12.5, "污水" = 7 }, "丙村" = { "垃圾堆积" = 2 } }
"""
FIELDS = (
    "name, says, scheme, units, rounds, issues, surveys, outputs, duties, tasks, acceptances, rulings, season, expect"
)
NOBODY = 'something is expected of a unit, or of an issue; write one of the two, unit = "..." or issue = "..."'
NEGATIVE = "a deduction of -1: give the points that are taken off, without a sign"
LAST_IN_APRIL = """
[[case.expect]]
unit = "乙村"
tier = "黑榜"
measures = ["通报"]
"""


def read(tmp_path: Path, text: str) -> tuple[WorkedCase, ...]:
    file = tmp_path / "cases.toml"
    file.write_text(text, encoding="utf-8")
    return read_cases(file, REGISTRY)


def faults(tmp_path: Path, text: str) -> list[str]:
    with pytest.raises(eg.InputError) as caught:
        read(tmp_path, text)
    return [f"{fault.column}: {fault.problem}; {fault.remedy}" for fault in caught.value.faults]


def failure(tmp_path: Path, text: str) -> str:
    [case] = read(tmp_path, text)
    with pytest.raises(CaseError) as caught:
        case.verify()
    return str(caught.value)


def test_a_case_that_comes_out_as_the_sentence_says_is_silent(tmp_path: Path) -> None:
    [case] = read(tmp_path, HEAD + APRIL + LAST_IN_APRIL)
    case.verify()
    assert (case.name, case.says) == ("末位上黑榜", "每月最后一名列入黑榜，并予通报。")


def test_everything_that_is_expected_is_asked(tmp_path: Path) -> None:
    expect = """
[[case.expect]]
unit = "乙村"
round = "2024-05"
rank = 3
score = 80.5
tiers = { "榜" = "黑榜" }
measures = ["约谈", "通报"]
pending = []

[[case.expect]]
unit = "丁村"
absent = "exempt"

[case.units]
"丁村" = { classes = ["搬迁"] }
"乙村" = { level = "村", head = "张三" }
"""
    for text in (expect, expect.replace('"exempt"', '"免评"')):
        [case] = read(tmp_path, HEAD + APRIL + MAY + text)
        case.verify()


def test_a_failure_says_what_was_expected_what_came_out_and_why(tmp_path: Path) -> None:
    text = failure(
        tmp_path,
        HEAD
        + APRIL
        + """
[[case.expect]]
unit = "丙村"
rank = 1
score = 91
absent = "not assessed"
tier = "黑榜"
measures = ["通报"]
pending = ["约谈"]
""",
    )
    assert text.splitlines()[:10] == [
        "算例“末位上黑榜”与原文不符",
        "原文：每月最后一名列入黑榜，并予通报。",
        "丙村，2024-04",
        "  名次：应为1，实为2",
        "  得分：应为91，实为90.0",
        "  参评：应为未参评，实为无",
        "  “榜”档次：应为黑榜，实为其他",
        "  措施：应为通报，实为无",
        "  待定措施：应为约谈，实为无",
        "  为什么：",
    ]
    assert "第2名，共3个单位，得分90.0" in text


def test_what_waits_for_a_person_is_shown_as_pending(tmp_path: Path) -> None:
    level = APRIL.replace("80.5", "90")
    expect = '\n[[case.expect]]\nunit = "乙村"\ntier = "pending"\nmeasures = []\npending = ["通报"]\n'
    [case] = read(tmp_path, HEAD + level + expect)
    case.verify()
    assert "  “榜”档次：应为黑榜，实为待定" in failure(tmp_path, HEAD + level + LAST_IN_APRIL)
    read(tmp_path, HEAD + level + expect.replace('"pending"', '"待定"'))[0].verify()
    other = LAST_IN_APRIL.replace("黑榜", "pending")
    assert "  “榜”档次：应为待定，实为黑榜" in failure(tmp_path, HEAD + APRIL + other)


def test_a_case_that_cannot_be_decided_is_told_as_a_case(tmp_path: Path) -> None:
    ruling = """
[[case.rulings]]
unit = "乙村"
concerns = 2024-07-01
condition = { kind = "bottom", n = 1, ties = "decide" }
holds = true
by = "镇整治办"
why = "研究决定"
"""
    lines = failure(tmp_path, HEAD + APRIL + LAST_IN_APRIL + ruling).splitlines()
    assert lines[:2] == ["算例“末位上黑榜”无法考评", "原文：每月最后一名列入黑榜，并予通报。"]
    assert "in no round of it that holds 2024-07-01 anything happened" in lines[3]


def test_a_unit_outside_the_field_is_said(tmp_path: Path) -> None:
    other = LAST_IN_APRIL.replace("乙村", "戊村")
    assert failure(tmp_path, HEAD + APRIL + other).endswith("戊村：不在2024-04的考评范围；参评的有：丙村、乙村、甲村")


def test_a_unit_that_stands_on_no_board_has_no_tier(tmp_path: Path) -> None:
    moved = '\n[case.units]\n"乙村" = { classes = ["搬迁"] }\n'
    text = failure(tmp_path, HEAD + APRIL + LAST_IN_APRIL + moved)
    assert "  “榜”档次：应为黑榜，实为无" in text


def test_a_case_may_take_its_facts_from_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "facts"
    folder.mkdir()
    (folder / "grid.csv").write_text("code,name,level\n1,甲村,村\n2,乙村,村\n3,丙村,村\n", encoding="utf-8")
    (folder / "inspections.csv").write_text(
        "unit,day,channel,stated\n1,2024-04-30,督导,95\n2,2024-04-30,督导,80\n3,2024-04-30,督导,90\n", encoding="utf-8"
    )
    [case] = read(tmp_path, HEAD + 'season = "facts"\n' + LAST_IN_APRIL)
    case.verify()


def test_a_file_that_is_no_toml_is_refused_with_the_way_out(tmp_path: Path) -> None:
    [fault] = faults(tmp_path, HEAD + APRIL.replace('"甲村"', "甲村"))
    assert fault.startswith(": this is not TOML in UTF-8: ")
    assert fault.endswith("correct the file at that place; names in Chinese stand in quotes, also before =")


def test_a_file_without_a_locality_or_a_case_is_refused(tmp_path: Path) -> None:
    assert faults(tmp_path, "x = 1") == [
        "x: there is no such field; write case, locality, plugin",
        'locality: a text is wanted; write locality = "..."',
        "case: there is no case; write [[case]], and its fields below",
    ]
    assert faults(tmp_path, 'locality = "town"') == ["case: there is no case; write [[case]], and its fields below"]
    assert faults(tmp_path, 'locality = "town"\ncase = 1')[0] == (
        "case: a list of tables is wanted; write [[case]] above each"
    )


def test_every_fault_of_a_file_is_told_at_once(tmp_path: Path) -> None:
    text = """
locality = "town"

[[case]]
name = ""
say = "x"
scheme = "villages"
units = { "甲村" = { level = "村", heads = "x", classes = "搬迁" }, "乙村" = 1 }

[[case.rounds]]
day = "2024-04-30"

[[case.rounds]]
day = 2024-04-30
scores = { "甲村" = true, "乙村" = "多" }
findings = { "丙村" = { "垃圾" = -1, "污水" = "x" }, "丁村" = 3 }

[[case.expect]]
rank = "1"
absent = "away"
tier = "白榜"
measures = ["罚款"]
pending = "通报"

[[case.expect]]
unit = "甲村"

[[case]]
name = "a"
says = "b"
scheme = "village"

[[case]]
name = "a"
says = "b"
scheme = "plain"

[[case.rounds]]
day = 2024-04-30

[[case.expect]]
unit = "甲村"
tiers = { "榜" = "黑榜" }
measures = ["通报"]
"""
    assert faults(tmp_path, text) == [
        f"case[1].say: there is no such field; write {FIELDS}",
        'case[1].name: a text is wanted; write name = "..."',
        'case[1].says: a text is wanted; write says = "..."',
        "case[1].rounds[1].day: a day of the years 1900 to 2199 is wanted; write day = 2024-05-31, without quotes",
        "case[1].rounds[2].scores.甲村: a number is wanted; write it plainly, as 85.5",
        "case[1].rounds[2].scores.乙村: a number is wanted; write it plainly, as 85.5",
        "case[1].rounds[2].findings.丙村.污水: a number is wanted; write it plainly, as 85.5",
        f"case[1].rounds[2].findings.丙村.垃圾: {NEGATIVE}; correct this value",
        "case[1].rounds[2].findings.丁村: a table is wanted; write 丁村 = { ... }",
        "case[1].units.甲村.heads: there is no such field; write level, above, classes, head",
        'case[1].units.甲村.classes: a list of texts is wanted; write classes = ["..."]',
        "case[1].units.乙村: a table is wanted; write 乙村 = { ... }",
        f"case[1].expect[1]: {NOBODY}",
        "case[1].expect[1].rank: a whole number is wanted; write rank = 3",
        'case[1].expect[1].pending: a list of texts is wanted; write pending = ["..."]',
        "case[1].expect[1].tiers.榜: there is no such tier; write one of 黑榜, 其他, 待定",
        "case[1].expect[1].measures: there is no such measure; write one of 约谈, 通报",
        "case[1].expect[1].absent: this is no reason; write 'not assessed' or 'exempt' or '未参评' or '免评'",
        "case[1].expect[2]: nothing is expected of it; write a tier, measures, a rank, a score or absent",
        "case[2].scheme: the locality has no such scheme; write one of channels, plain, two, villages",
        "case[3].rounds[1].channel: which channel is not said; write one of any name",
        "case[3].expect[1].tiers.榜: there is no such tier; write one of none: there is no board",
        "case[3].expect[1].measures: there is no such measure; write one of none: there is no ladder",
        "case[3].name: case[2] has the same name; give each a name of its own",
    ]


def test_a_channel_is_named_where_the_scheme_reads_several(tmp_path: Path) -> None:
    head = HEAD.replace("villages", "channels")
    expect = '\n[[case.expect]]\nunit = "甲村"\nscore = 95\n'
    assert faults(tmp_path, head + APRIL + expect) == [
        "case[1].rounds[1].channel: which channel is not said; write one of 暗访, 督导"
    ]
    [case] = read(tmp_path, head + APRIL + 'channel = "暗访"' + expect)
    case.verify()


def test_a_tier_without_a_board_is_refused_where_there_are_two(tmp_path: Path) -> None:
    given = HEAD.replace("villages", "two") + APRIL + '\n[[case.expect]]\nunit = "乙村"\ntier = "黑榜"\n'
    assert faults(tmp_path, given) == [
        'case[1].expect[1].tier: there is not one board; write tiers = { "board" = "tier" }'
    ]
    wrong = given.replace('tier = "黑榜"', 'tiers = { "红榜" = "黑榜" }')
    assert faults(tmp_path, wrong) == ["case[1].expect[1].tiers.红榜: there is no such tier; write one of 榜, 另榜"]


def test_a_case_that_expects_nothing_is_refused(tmp_path: Path) -> None:
    assert faults(tmp_path, HEAD + APRIL) == [
        "case[1].expect: nothing is expected; write [[case.expect]] with unit, and tier or measures"
    ]


def test_faults_of_the_grid_are_told_too(tmp_path: Path) -> None:
    above = '\n[case.units]\n"乙村" = { above = "东镇" }\n'
    assert any("no unit has this code" in fault for fault in faults(tmp_path, HEAD + APRIL + LAST_IN_APRIL + above))
