"""What a bulletin says: what was decided, in the order of a bulletin, and nothing of its own."""

from datetime import date
from typing import Any

import pytest
from attrs import evolve

import envgov as eg
import sites
import towns
from envgov.documents import Letterhead, draft_bulletin, draft_correction
from envgov.wording.bulletin import numeral
from gazette import BOARD, HEAD, RED, SCORES, assessed, drafted, section


def headings(bulletin: Any) -> list[str]:
    return [section.heading for section in bulletin.sections]


def reread(assessment: eg.Assessment) -> eg.Assessment:
    """As it comes back from a file: it cannot explain."""
    found = eg.from_dict(eg.to_dict(assessment))
    assert isinstance(found, eg.Assessment)
    return found


def test_the_red_list_comes_before_the_black_however_the_scheme_has_them() -> None:
    assert headings(drafted()) == ["排名", "有关比率", "红榜", "黑榜", "拟采取的措施", "未参评、免评"]


def test_the_title_and_the_opening_name_the_month_and_the_subject() -> None:
    bulletin = drafted()
    assert bulletin.subject == "关于2024年5月柳湖镇村级考评结果的通报"
    assert bulletin.opening == "现将2024年5月（2024年5月1日至2024年5月31日）柳湖镇村级考评结果通报如下。"


def test_a_round_that_is_no_month_keeps_its_label() -> None:
    round = eg.week(ends="sunday").round_of(date(2024, 5, 8))
    assessment = eg.assess(towns.scheme(title="周评", cadence=eg.week(ends="sunday")), round, towns.facts({}))
    assert draft_bulletin([assessment], HEAD).subject == f"关于{round.label}周评结果的通报"


def test_who_is_sanctioned_is_told_by_which_clause_and_for_which_three_deductions() -> None:
    assert (
        section(drafted(), "黑榜").items
        == (
            "丁村：第4名，88.0分；依据“末位列入黑榜”；主要扣分：其余扣4分、河道扣4分、垃圾扣2.5分",  # 4 + 4 + 2.5 + 1 + .5 = 12
        )
    )


def test_who_is_praised_has_rank_and_score() -> None:
    assert section(drafted(), "红榜").items == ("甲村：第1名，95.0分",)


def test_where_the_scheme_quotes_no_clause_the_rule_is_told() -> None:
    board = eg.Board("红黑榜", (eg.Tier("黑榜", eg.bottom(1, ties="decide"), "sanction"),), rest="其他")
    [item] = section(drafted(boards=(board,)), "黑榜").items
    assert "；依据：末位；" in item


def test_a_score_that_was_stated_has_no_deductions_to_tell() -> None:
    [item] = section(draft_bulletin([towns.assess({"甲": "90", "乙": "80"}, boards=(BOARD,))], HEAD), "黑榜").items
    assert item == "乙：第2名，80.0分；依据“末位列入黑榜”"


def test_the_basis_is_that_of_the_list_and_not_of_another_board() -> None:
    other = eg.Board("三色", (eg.Tier("黄", eg.bottom(1, ties="decide"), "sanction", cite="末位挂黄牌"),), rest="绿")
    bulletin = drafted(boards=(BOARD, other))
    assert "依据“末位列入黑榜”" in section(bulletin, "红黑榜：黑榜").items[0]
    assert "依据“末位挂黄牌”" in section(bulletin, "三色：黄").items[0]
    assert "挂黄牌" not in section(bulletin, "红黑榜：黑榜").items[0]


def test_a_score_that_rests_on_surveys_has_no_deductions_to_tell() -> None:
    units = tuple(eg.Unit(name, name, "村") for name in "甲乙")
    asked = tuple(eg.Survey(name, date(2024, 5, 2), "回访", 10, 10, n) for name, n in (("甲", 9), ("乙", 8)))
    scheme = towns.scheme(scoring=eg.satisfaction(among="answered", empty="exempt"), boards=(BOARD,))
    assessment = eg.assess(scheme, towns.month_of("2024-05"), eg.Facts(eg.Grid(units), surveys=asked))
    assert section(draft_bulletin([assessment], HEAD), "黑榜").items == ("乙：第2名，80.0分；依据“末位列入黑榜”",)


def deducted(scoring: Any, *lost: str) -> str:
    """What is told of a village with a visit on each of the first days of May, as against one with full marks."""
    villages = tuple(eg.Unit(name, name, "村") for name in "甲乙")
    visits = tuple(
        eg.Inspection("乙", date(2024, 5, n), "督导", findings=(eg.Finding(f"第{n}天", eg.points(points)),))
        for n, points in enumerate(lost, 1)
    )
    facts = eg.Facts(eg.Grid(villages), inspections=(eg.Inspection("甲", date(2024, 5, 1), "督导"), *visits))
    scheme = towns.scheme(scoring=scoring, boards=(BOARD,))
    [item] = section(draft_bulletin([eg.assess(scheme, towns.month_of("2024-05"), facts)], HEAD), "黑榜").items
    return str(item).rpartition("主要扣分：")[2]


def test_an_inspection_that_two_parts_of_a_score_rest_on_is_told_once() -> None:
    parts = eg.deductions(100, several="mean"), eg.deductions(50, several="mean")
    assert deducted(eg.total(*parts, absent="not assessed"), "4", "1") == "第1天扣4分、第2天扣1分"


@pytest.mark.parametrize(
    ("several", "told"), [("latest", "第3天扣2分"), ("worst", "第1天扣4分"), ("best", "第2天扣1分")]
)
def test_an_inspection_that_does_not_count_is_not_told(several: Any, told: str) -> None:
    assert deducted(eg.deductions(100, several=several), "4", "1", "2") == told


def test_a_finding_that_took_nothing_off_is_not_told() -> None:
    assessment = assessed({"甲": "99", "乙": "100"})
    [item] = section(draft_bulletin([assessment], HEAD), "黑榜").items
    assert item.endswith("主要扣分：其余扣1分")


def test_a_rate_is_worded_as_reached_with_its_counts_and_its_day() -> None:
    assert section(drafted(), "有关比率").items == ("满意率92%以上（各单位合计92/100，截至2024年5月31日）",)  # 38 + 54


def test_a_score_that_is_a_rate_has_its_counts_too() -> None:
    units = tuple(eg.Unit(name, name, "村") for name in "甲乙")
    asked = tuple(eg.Survey(name, date(2024, 5, 2), "回访", 10, 10, n) for name, n in (("甲", 9), ("乙", 8)))
    scheme = towns.scheme(scoring=eg.satisfaction(among="answered", empty="exempt"))
    assessment = eg.assess(scheme, towns.month_of("2024-05"), eg.Facts(eg.Grid(units), surveys=asked))
    [rate] = section(draft_bulletin([assessment], HEAD), "有关比率").items
    assert rate == "得分85%以上（各单位合计17/20，截至2024年5月31日）"  # 9 + 8 of 10 + 10


def test_the_table_has_no_column_that_is_empty_and_none_of_measures() -> None:
    table = section(drafted(), "排名").table
    assert table.heads == ("名次", "单位", "得分", "满意率", "档次", "备注")
    assert table.rows[1] == ("2", "乙村", "93.0", "90.0", "其他", "")
    assert table.rows[-1] == ("-", "己村", "-", "-", "", "未参评")


def test_measures_are_proposed_to_roles_and_people_sign() -> None:
    measures = section(drafted(), "拟采取的措施")
    assert measures.items == ("拟约谈（村支书）：丁村",)
    assert measures.notes == ("以上措施由有权机关审签后执行。",)


def test_of_a_measure_for_many_each_line_names_twenty() -> None:
    issues = tuple(eg.Issue(str(n), "甲", (eg.Event(eg.EventKind.FOUND, date(2024, 5, 2)),)) for n in range(100, 141))
    late = eg.Ladder((eg.Rung("督办", eg.in_state("open"), ("单位",)),), subject="issue", publish="every rung")
    facts = eg.Facts(eg.Grid((eg.Unit("甲", "甲", "村"),)), issues=issues)
    scheme = towns.scheme(scoring=None, ranking=None, ladders=(late,))
    items = section(draft_bulletin([eg.assess(scheme, towns.month_of("2024-05"), facts)], HEAD), "拟采取的措施").items
    assert [item.count("甲（") for item in items] == [20, 20, 1]
    assert items[1].startswith("拟督办（单位）：甲（120）、")
    assert items[2] == "拟督办（单位）：甲（140）"


def test_who_was_not_assessed_is_listed_apart() -> None:
    assert section(drafted(), "未参评、免评").items == ("己村（未参评）",)


def test_a_tie_at_the_cut_waits_for_a_ruling_and_a_note_says_so() -> None:
    bulletin = draft_bulletin([assessed({"甲": "95", "乙": "90", "丙": "88", "丁": "88"})], HEAD)
    assert section(bulletin, "黑榜").items == ("无",)
    assert set(section(bulletin, "待裁定").items) == {"丁村：可能列入黑榜、其他", "丙村：可能列入黑榜、其他"}
    [measure] = section(bulletin, "拟采取的措施").items
    assert "丁村（待定）" in measure
    [note] = section(bulletin, "说明").items
    assert note.startswith("“红黑榜”的“黑榜”：名额1个，界线上并列：")


def test_notes_that_name_persons_or_quote_why_somebody_is_exempt_are_not_in_a_bulletin() -> None:
    notes = section(draft_bulletin([sites.season().latest], HEAD), "说明").items
    assert notes
    assert not any(sites.PERSON in note or "检查人" in note for note in notes)


def test_a_pending_place_of_which_no_outcomes_are_kept_says_nothing_of_them() -> None:
    assessment = assessed({"甲": "95", "乙": "90", "丙": "88", "丁": "88"})
    record = assessment.record
    bare = tuple(placement._replace(outcomes=()) for placement in record.placements)
    bulletin = draft_bulletin([evolve(assessment, record=evolve(record, placements=bare))], HEAD)
    assert set(section(bulletin, "待裁定").items) == {"丙村", "丁村"}


def test_tiers_of_several_boards_bear_the_name_of_their_board() -> None:
    colours = eg.Board("三色", (eg.Tier("黄", eg.bottom(1, ties="decide"), "sanction"),), rest="绿")
    bulletin = draft_bulletin(
        [assessed({"甲": "95", "乙": "88", "丙": "88"}, boards=(BOARD, colours), ladders=())], HEAD
    )
    assert headings(bulletin)[2:-2] == ["红黑榜：红榜", "红黑榜：黑榜", "红黑榜：待裁定", "三色：黄", "三色：待裁定"]


def test_groups_are_named_beside_the_units() -> None:
    board = eg.Board("红榜", (RED,), rest="其他")
    units = tuple(eg.Unit(name, name, "村", designations=frozenset({"山区"})) for name in "甲乙丙")
    facts = eg.Facts(eg.Grid(units), inspections=towns.stated("2024-05", {"甲": "90", "乙": "80"}))
    scheme = towns.scheme(groups=("山区",), boards=(board,))
    bulletin = draft_bulletin([eg.assess(scheme, towns.month_of("2024-05"), facts)], HEAD)
    assert section(bulletin, "红榜").items == ("甲（山区）：第1名，90.0分",)
    assert section(bulletin, "未参评、免评").items == ("丙（山区）（未参评）",)


def test_a_scheme_that_ranks_nobody_has_no_table() -> None:
    issue = eg.Issue("7", "甲", (eg.Event(eg.EventKind.FOUND, date(2024, 5, 2)),))
    late = eg.Ladder((eg.Rung("督办", eg.in_state("open"), ("单位",)),), subject="issue", publish="every rung")
    black = eg.Board("黑榜", (eg.Tier("黑榜", eg.ruled("整改不力", by="镇"), "sanction"),), rest="其他")
    ruling = eg.Ruling("甲", date(2024, 5, 3), eg.ruled("整改不力", by="镇"), True, "镇", "属实", "town")
    scheme = towns.scheme(scoring=None, ranking=None, ladders=(late,), boards=(black,))
    facts = eg.Facts(eg.Grid((eg.Unit("甲", "甲", "村"),)), issues=(issue,), rulings=(ruling,))
    bulletin = draft_bulletin([eg.assess(scheme, towns.month_of("2024-05"), facts)], HEAD)
    assert section(bulletin, "排名").text == ("本办法不排名，列入本期的单位1个。",)
    assert section(bulletin, "拟采取的措施").items == ("拟督办（单位）：甲（7）",)
    [item] = section(bulletin, "黑榜").items
    assert item.startswith("甲：依据：")


def test_of_several_schemes_each_has_a_part_and_the_title_what_their_titles_share() -> None:
    both = [assessed(SCORES, title="柳湖镇村级考评（山区）"), assessed(SCORES, id="b", title="柳湖镇村级考评（平原）")]
    bulletin = draft_bulletin(both, HEAD)
    assert bulletin.subject == "关于2024年5月柳湖镇村级考评结果的通报"
    assert [(s.heading, s.level) for s in bulletin.sections if s.level == 1] == [
        ("柳湖镇村级考评（山区）", 1),
        ("柳湖镇村级考评（平原）", 1),
    ]


def test_schemes_whose_titles_share_nothing_are_both_named() -> None:
    both = [assessed(SCORES, title="村级考评"), assessed(SCORES, id="b", title="街道考评")]
    assert draft_bulletin(both, HEAD).subject == "关于2024年5月村级考评、街道考评结果的通报"


@pytest.mark.parametrize(
    ("first", "second", "subject"),
    [
        ("柳湖镇环境卫生村级考评", "柳湖镇环境卫生村庄考评", "柳湖镇环境卫生村级考评、柳湖镇环境卫生村庄考评"),
        ("柳湖镇考评（山区一组）", "柳湖镇考评（山区二组）", "柳湖镇考评（山区一组）、柳湖镇考评（山区二组）"),
        ("柳湖镇考评", "柳湖镇考评 (平原)", "柳湖镇考评"),
        ("考评（山区）", "考评（平原）", "考评"),
    ],
)
def test_a_title_is_parted_where_a_bracket_opens_and_never_in_a_word(first: str, second: str, subject: str) -> None:
    both = [assessed(SCORES, title=first), assessed(SCORES, id="b", title=second)]
    assert draft_bulletin(both, HEAD).subject == f"关于2024年5月{subject}结果的通报"


def test_the_grounds_are_edition_result_ledger_and_data() -> None:
    assessment = evolve(assessed(SCORES), provider="envgov-town 1.0")
    bulletin = draft_bulletin([assessment], HEAD, inputs="ab" * 32, ledger_head="120-9f86d081884c")
    scheme, result, head, data = bulletin.grounds
    assert scheme == "柳湖镇村级考评（town），自2024-01-01起施行，envgov-town 1.0"
    assert result.startswith("结果：")
    assert (head, data) == ("台账链首：120-9f86d081884c", "数据：" + "ab" * 32)


def test_another_result_has_another_fingerprint() -> None:
    other = {**SCORES, "丙": "92"}
    assert drafted().grounds == drafted().grounds
    assert draft_bulletin([assessed(other)], HEAD).grounds != drafted().grounds


def test_what_is_made_up_is_said() -> None:
    assert drafted(synthetic="全部虚构").made_up == ("全部虚构",)


def test_an_assessment_read_back_gives_the_lists_without_clauses_or_rates() -> None:
    bulletin = draft_bulletin([reread(assessed(SCORES))], HEAD)
    assert section(bulletin, "黑榜").items == ("丁村：第4名，88.0分",)
    assert "有关比率" not in headings(bulletin)


def test_it_is_english_for_the_same_data() -> None:
    bulletin = drafted("en")
    assert bulletin.subject == "Bulletin: 柳湖镇村级考评, 2024-05"
    assert section(bulletin, "Rates").items == ("满意率 at least 92% (92/100 over all units, as of 2024-05-31)",)


def test_assessments_of_several_rounds_are_no_bulletin() -> None:
    june = eg.assess(towns.scheme(), towns.month_of("2024-06"), towns.facts({"2024-06": {"甲": "90"}}))
    with pytest.raises(eg.EnvGovError, match="one round, and these are 2024-05, 2024-06"):
        draft_bulletin([assessed(SCORES), june], HEAD)


def test_no_assessment_is_no_bulletin() -> None:
    with pytest.raises(eg.EnvGovError, match="these are none"):
        draft_bulletin([], HEAD)


@pytest.mark.parametrize(
    "number", ["柳环[2022]9号", "柳环〔2022〕第9号", "柳环〔2022〕09号", "柳环〔22〕9号", "9号", 9]
)
def test_a_number_that_is_not_written_as_the_standard_says_is_refused(number: Any) -> None:
    with pytest.raises(ValueError, match="发文字号"):
        Letterhead("镇", date(2024, 6, 3), number)


@pytest.mark.parametrize("number", ["柳环整〔2022〕9号", "柳督〔2022〕白字30号", ""])
def test_a_number_of_the_standard_is_taken(number: str) -> None:
    assert Letterhead("镇", date(2024, 6, 3), number).number == number


def test_numerals_go_to_99() -> None:
    assert [numeral(n) for n in (1, 9, 10, 11, 20, 21, 99)] == ["一", "九", "十", "十一", "二十", "二十一", "九十九"]


# -- corrections
def corrected(before: dict[str, str], after: dict[str, str]) -> Any:
    return draft_correction([assessed(before)], [assessed(after)], HEAD, "柳环〔2024〕6号", "乙村得分录入有误。")


def test_a_correction_says_what_it_corrects_and_why() -> None:
    bulletin = corrected(SCORES, {**SCORES, "乙": "87"})
    assert bulletin.subject == "关于更正2024年5月柳湖镇村级考评结果的通报"
    assert bulletin.opening == (
        "2024年5月1日至2024年5月31日（2024年5月）柳湖镇村级考评结果的通报（柳环〔2024〕6号）有误，现予更正。"
        "更正原因：乙村得分录入有误。"
    )


def test_a_correction_tells_what_moved_what_is_withdrawn_what_is_new_and_who_is_told() -> None:
    bulletin = corrected(SCORES, {**SCORES, "乙": "87"})
    assert headings(bulletin)[:4] == ["变动情况", "撤销", "新增", "告知对象"]
    moved = {row[0]: row[1:5] for row in section(bulletin, "变动情况").table.rows}
    assert moved == {
        "乙村": ("2 → 4", "降2", "93.0 → 87.0", "-6.0"),
        "丙村": ("3 → 2", "升1", "91.0", "="),
        "丁村": ("4 → 3", "升1", "88.0", "="),
    }
    assert section(bulletin, "撤销").items == ("丁村：红黑榜：黑榜、约谈",)
    assert section(bulletin, "新增").items == ("乙村：红黑榜：黑榜、约谈",)
    assert set(section(bulletin, "告知对象").items) == {"乙村（村支书）", "丙村", "丁村（村支书）"}
    assert section(bulletin, "黑榜").items[0].startswith("乙村：第4名，87.0分")


def test_who_stays_on_a_list_at_another_rank_is_neither_withdrawn_nor_new() -> None:
    bulletin = corrected({"甲": "95", "乙": "93"}, {"甲": "95", "丙": "94", "乙": "93"})
    assert {row[:2] for row in section(bulletin, "变动情况").table.rows} >= {("乙村", "2 → 3")}
    assert headings(bulletin)[:2] == ["变动情况", "告知对象"]


def test_a_score_that_moved_nobody_is_corrected_too() -> None:
    bulletin = corrected(SCORES, {**SCORES, "乙": "92"})
    assert [row[:5] for row in section(bulletin, "变动情况").table.rows] == [("乙村", "2", "=", "93.0 → 92.0", "-1.0")]
    assert headings(bulletin)[:2] == ["变动情况", "告知对象"]


def test_a_correction_of_nothing_says_so() -> None:
    assert section(corrected(SCORES, SCORES), "变动情况").text == ("名次、得分、档次和措施均无变动。",)


def test_a_correction_bears_the_fingerprint_of_what_it_corrects() -> None:
    published = draft_bulletin([assessed(SCORES)], HEAD).grounds[1]
    before = corrected(SCORES, {**SCORES, "乙": "87"}).grounds[2]
    assert before.removeprefix("更正前：") == published.removeprefix("结果：")


def test_who_was_forgotten_and_is_on_a_list_is_new_there() -> None:
    bulletin = corrected({"甲": "95", "乙": "93"}, {"甲": "95", "乙": "93", "丁": "88"})
    assert section(bulletin, "撤销").items == ("乙村：红黑榜：黑榜、约谈",)
    assert section(bulletin, "新增").items == ("丁村：红黑榜：黑榜、约谈",)


def test_a_correction_is_of_the_same_schemes_and_round() -> None:
    with pytest.raises(eg.EnvGovError, match=r"before there is other 2024-05, after town 2024-05"):
        draft_correction([assessed(SCORES, id="other")], [assessed(SCORES)], HEAD, "旧文", "有误")
