"""Words: what a person reads of a reason and of a scheme, in both languages."""

from datetime import date
from typing import Any

import pytest
from attrs import frozen

import envgov as eg
import towns

STREAK = eg.streak(
    eg.bottom(1, ties="decide"),
    2,
    unheld="decide",
    absent="skip",
    repeat="every k",
    editions="restart",
    heads="restart",
)
FULL = towns.scheme(
    title="某镇月度考评",
    head="支部书记",
    among="涉农",
    groups=("A", "B"),
    scoring=eg.total(
        eg.deductions(100, "督导", several="worst", cite="满分100分"),
        eg.stated("回访", several="latest"),
        absent="zero",
        name="总分",
    ),
    ranking=eg.RankBy(places=1, method="dense", rank_on="exact", breakers=(eg.stated("回访", several="best"),)),
    figures=(eg.Figure("满意度", eg.stated("回访", several="mean", better="higher"), eg.RankBy(places=0)),),
    boards=(
        eg.Board(
            "红黑榜",
            (
                eg.Tier("红榜", eg.all_of(eg.top(1, ties="break"), eg.at_least(90)), "praise", cite="前1名"),
                eg.Tier("黑榜", eg.any_of(eg.below(80, of="满意度"), eg.bottom(1, ties="exclude")), "sanction"),
            ),
            rest="未上榜",
        ),
    ),
    ladders=(
        eg.Ladder(
            (
                eg.Rung("通报", eg.placed("红黑榜", "黑榜"), ("支部书记",), by="镇党委"),
                eg.Rung("约谈", STREAK, ("支部书记", "包村领导"), supersedes=("通报",), cite="连续两次末位"),
            ),
            publish="highest",
        ),
    ),
    source=eg.Source(
        "某镇办法", published=date(2024, 1, 1), document_number="某发〔2024〕1号", assumed=("并列由人裁定", "漏期不断")
    ),
)


def test_a_scheme_in_chinese_says_every_rule_clause_and_assumption() -> None:
    assert eg.describe(FULL).splitlines() == [
        "某镇月度考评 (town)（自2024-01-01起施行）",
        "范围：村中的“涉农”",
        "周期：每月",
        "分组：A；B",
        "负责人：支部书记",
        "计分：",
        "  总分：各部分之和（有缺项时该项计零分）",
        "    满分100，减去“督导”的扣分，扣完为止（同期多次的取最差）",
        "      原文：“满分100分”",
        "    “回访”公布的得分（同期多次的取最近一次；高者为优）",
        "排名：修约到1位小数（四舍五入），按未修约的数排名；同分同名次，其后名次不跳过（1、2、2、3）",
        "并列时依次比较：",
        "  “回访”公布的得分（同期多次的取最好；高者为优）",
        "另计“满意度”：",
        "  “回访”公布的得分（同期多次的取平均；高者为优）",
        "  排名：修约到0位小数（四舍五入）；同分同名次，其后名次跳过（1、2、2、4）",
        "榜“红黑榜”：",
        "  红榜（表扬）：同时符合：首位；90以上（含90）（首位：并列跨过界线时依次比较）",
        "    原文：“前1名”",
        "  黑榜（惩戒）：符合其一：“满意度”低于80（不含80）；末位（末位：并列跨过界线时并列者全不列入）",
        "  其余：未上榜",
        "措施阶梯（只用最高一级）：",
        "  通报 → 支部书记（由镇党委执行）（未引原文）",
        "    因为：列入“红黑榜”的“黑榜”",
        "  约谈 → 支部书记；包村领导（代替通报）",
        "    因为：连续2次“末位”（中间有期次未开展的由人裁定；某期未参评的不影响计数；每满一轮次数提出一次；办法换版的重新计数；负责人更换的重新计数；末位：并列跨过界线时由人裁定）",
        "    原文：“连续两次末位”",
        "依据：某镇办法；某发〔2024〕1号；2024-01-01",
        "原文未规定、此处采用的理解：",
        "  1. 并列由人裁定",
        "  2. 漏期不断",
    ]


def test_the_declared_tie_rule_of_each_cut_is_said() -> None:
    for ties, words in (("break", "依次比较"), ("exclude", "并列者全不列入")):
        board = eg.Board("榜", (eg.Tier("红榜", eg.all_of(eg.at_least(1), eg.top(1, ties=ties))),), rest="其他")  # type: ignore[arg-type]
        breakers = (eg.stated("现场", several="mean"),)
        assert words in eg.describe(towns.scheme(boards=(board,), ranking=eg.RankBy(places=1, breakers=breakers)))


def test_a_scheme_in_english_says_the_same() -> None:
    text = eg.describe(FULL, "en")
    for said in (
        "Field: 村 that are “涉农”",
        '100 full marks less the deductions of "督导", not below zero (of several visits in a round, the worst)',
        "ranked on the unrounded number",
        "and no rank is skipped (1, 2, 2, 3)",
        '黑榜 (sanction): any of: "满意度" below 80; last',
        "the highest rung alone",
        "(instead of 通报)",
        "2 times running: last",
        "Not settled by the text; this scheme reads it so:",
    ):
        assert said in text, said


def test_a_scheme_without_ranking_says_so() -> None:
    assert "不计分，不排名。" in eg.describe(towns.scheme(scoring=None, ranking=None))


def why(scores: dict[str, Any], unit: str, language: Any = "zh", **changes: Any) -> list[str]:
    return [line.strip() for line in eg.narrate(towns.assess(scores, **changes).explain(unit), language).splitlines()]


def test_a_tie_is_said_with_its_size_and_the_rule_that_settled_it() -> None:
    board = eg.Board("榜", (eg.Tier("黑榜", eg.bottom(1, ties="exclude")),), rest="其他")
    lines = why({"甲": "90", "乙": "80", "丙": "80"}, "乙", boards=(board,))
    assert "第2名，共3个单位，并列2个，得分80.0" in lines
    assert "榜“榜”：其他" in lines
    assert "黑榜：2024-05 第2名，共3个单位，得分80.0，并列2个——末位（并列跨过界线时并列者全不列入）：不符合" in lines


def test_a_pending_tier_and_measure_are_said_to_wait_for_a_person() -> None:
    cut = eg.bottom(1, ties="decide")
    board = eg.Board("榜", (eg.Tier("黑榜", cut, cite="末位"),), rest="其他")
    ladder = eg.Ladder((eg.Rung("约谈", cut, ("书记",), by="镇党委", cite="末位约谈"),), publish="every rung")
    scores = {"甲": "90", "乙": "80", "丙": "80"}
    chinese = why(scores, "乙", boards=(board,), ladders=(ladder,))
    assert "榜“榜”：待定" in chinese
    assert "约谈 → 书记（由镇党委执行）（待定）" in chinese
    assert "原文：“末位约谈”" in chinese
    english = why(scores, "乙", "en", boards=(board,), ladders=(ladder,))
    assert 'Board "榜": pending' in english
    assert "约谈 -> 书记 (by 镇党委) (pending)" in english


def test_a_group_that_is_all_one_tie_is_said_to_have_no_ends() -> None:
    board = eg.Board("榜", (eg.Tier("黑榜", eg.bottom(1, ties="include")),), rest="其他")
    assert "全部并列，没有首末之分" in why({"甲": "80", "乙": "80"}, "乙", boards=(board,))


def test_a_ruling_is_said_with_who_and_why() -> None:
    cut = eg.bottom(1, ties="decide")
    ruling = eg.Ruling("乙", date(2024, 5, 20), cut, holds=True, by="指挥部", why="现场复查", scheme="town")
    facts = towns.facts({"2024-05": {"甲": "90", "乙": "80", "丙": "80"}}, rulings=(ruling,))
    board = eg.Board("榜", (eg.Tier("黑榜", cut),), rest="其他")
    assessment = eg.assess(towns.scheme(boards=(board,)), towns.month_of("2024-05"), facts)
    assert "裁定：指挥部认为符合，理由：现场复查" in eg.narrate(assessment.explain("乙"))
    assert "decided that it holds, because 现场复查" in eg.narrate(assessment.explain("乙"), "en")


def test_a_unit_that_was_not_assessed_is_said_to_be_so_with_its_round() -> None:
    lines = why({"甲": "90", "乙": None}, "乙", title="某镇")
    assert lines[:2] == ["某镇 2024-05：乙", "未参评"]
    assert "“督导”：本期没有记录" in lines


def test_rounding_is_shown_where_it_changes_the_number() -> None:
    assert "得分 85.05，修约为 85.1" in why({"甲": "85.05"}, "甲")
    assert "得分 85.0" in why({"甲": "85"}, "甲")


def test_deductions_are_shown_with_caps_items_notes_and_inspector() -> None:
    sheet = eg.Rubric(20, items=(eg.Item("垃圾", eg.points(5)),))
    findings = (eg.Finding("垃圾", eg.points(8), note="村口"), eg.Finding("污水", eg.points("1.5")))
    visits = (
        eg.Inspection("甲", date(2024, 5, 2), "督导", findings=findings, inspector="一组"),
        eg.Inspection("乙", date(2024, 5, 2), "督导", note="复查"),
        eg.Inspection("丙", date(2024, 5, 2), "督导", findings=(eg.Finding("污水", eg.points(99)),)),
    )
    facts = towns.facts({"2024-05": dict.fromkeys("甲乙丙")}, inspections=visits)
    scheme = towns.scheme(scoring=eg.deductions(sheet, "督导", several="mean"))
    assessment = eg.assess(scheme, towns.month_of("2024-05"), facts)
    first = eg.narrate(assessment.explain("甲"))
    assert "“督导”：满分20，扣6.5，得13.5" in first
    assert "2024-05-02，督导，一组" in first
    assert "垃圾：扣8（村口）" in first
    assert "    垃圾：合计扣8，该项最多扣5" in first
    assert "    垃圾: 8 off in all, at most 5 under this item" in eg.narrate(assessment.explain("甲"), "en")
    assert "该项最多扣" not in eg.narrate(assessment.explain("丙"))
    assert "督导：未发现问题（复查）" in eg.narrate(assessment.explain("乙"))
    assert "“督导”：满分20，扣99，扣完为止，得0" in eg.narrate(assessment.explain("丙"))


def test_several_visits_are_shown_one_by_one_with_the_rule_between_them() -> None:
    facts = towns.facts({"2024-05": {"甲": "80"}}, inspections=towns.stated("2024-05", {"甲": "91"}))
    lines = eg.narrate(eg.assess(towns.scheme(), towns.month_of("2024-05"), facts).explain("甲"))
    assert "85.5，2次，取平均" in lines
    assert "公布得分80" in lines
    assert "公布得分91" in lines


def test_nested_combinations_are_told_apart() -> None:
    first, last, low = eg.top(1, ties="include"), eg.bottom(1, ties="include"), eg.below(60)
    phrases = [
        eg.narrate(eg.Reason(condition, True, ())).splitlines()[0]
        for condition in (eg.all_of(eg.any_of(first, last), low), eg.all_of(eg.any_of(first, last, low)))
    ]
    assert phrases == [
        "同时符合：（符合其一：首位；末位）；低于60（不含60）：符合",
        "同时符合：（符合其一：首位；末位；低于60（不含60））：符合",
    ]


def test_the_neighbours_are_named_with_the_distance_and_the_tied_with_what_breaks_the_tie() -> None:
    facts = towns.facts(
        {"2024-05": {"甲": "90", "乙": "85", "丙": "85", "丁": "80.5"}},
        inspections=towns.stated("2024-05", {"乙": "3", "丙": "7"}, "现场"),
    )
    ranking = eg.RankBy(places=1, breakers=(eg.stated("现场", several="mean"),))
    lines = eg.narrate(eg.assess(towns.scheme(ranking=ranking), towns.month_of("2024-05"), facts).explain("乙"))
    assert "前一名：甲 90.0（差5）\n并列：丙\n后一名：丁 80.5（差4.5）\n" in lines
    assert "  丙：2024-05-01，现场：公布得分7\n" in lines
    assert "  乙：2024-05-01，现场：公布得分3\n" in lines


ORDINAL = eg.RankBy(places=1, method="ordinal", breakers=(eg.stated("现场", several="mean"),))


def test_who_shares_a_number_under_ordinal_ranks_is_named_with_what_parted_them() -> None:
    facts = towns.facts(
        {"2024-05": {"甲": "90", "乙": "80", "丙": "80", "丁": "80", "戊": "70"}},
        inspections=towns.stated("2024-05", {"乙": "9", "丙": "7", "丁": "5"}, "现场"),
    )
    assessment = eg.assess(towns.scheme(ranking=ORDINAL), towns.month_of("2024-05"), facts)
    assert eg.narrate(assessment.explain("丙")).splitlines()[1:9] == [
        "第3名，共5个单位，得分80.0",
        "前一名：乙 80.0（差0）",
        "同分（依次比较分先后）：乙；丁",
        "后一名：丁 80.0（差0）",
        "  乙：2024-05-01，现场：公布得分9",
        "  丙：2024-05-01，现场：公布得分7",
        "  丁：2024-05-01，现场：公布得分5",
        "",
    ]
    assert eg.narrate(assessment.explain("丁"), "en").splitlines()[2:5] == [
        "Next ahead: 丙 80.0 (0 apart)",
        "The same number, parted by the tie-breakers: 乙; 丙",
        "Next behind: 戊 70.0 (10 apart)",
    ]


def test_a_unit_whose_number_nobody_shares_has_no_tie_breaker_under_ordinal_ranks() -> None:
    facts = towns.facts({"2024-05": {"甲": "90", "乙": "80"}}, inspections=towns.stated("2024-05", {"乙": "9"}, "现场"))
    text = eg.narrate(eg.assess(towns.scheme(ranking=ORDINAL), towns.month_of("2024-05"), facts).explain("甲"))
    assert "后一名：乙 80.0（差10）" in text
    assert "同分" not in text
    assert "现场" not in text


@pytest.mark.parametrize(
    ("why", "said"),
    [
        ("unheld", "2024-05之后有期次未开展"),
        ("absent", "2024-05未参评"),
        ("edition", "2024-05按另一版办法考评"),
        ("tier", "2024-05的榜没有这个档次，当时所在的档次现已取消或改名"),
        ("head", "2024-05时负责人为他人"),
        ("head unknown", "2024-05或本期的负责人没有记录"),
    ],
)
def test_what_interrupts_a_count_is_said(why: Any, said: str) -> None:
    gap = eg.Gap(towns.month_of("2024-05"), why)
    assert said in eg.narrate(eg.Reason(STREAK, False, (gap,)))


def test_a_score_ranked_unrounded_says_so_and_an_absent_figure_is_named() -> None:
    figure = eg.Figure("满意度", eg.stated("回访", several="mean"), eg.RankBy(places=0))
    changes: dict[str, Any] = {"ranking": eg.RankBy(places=0, rank_on="exact"), "figures": (figure,)}
    lines = why({"甲": "85.5"}, "甲", **changes)
    assert "得分 85.5，公布为 86，按未修约的数排名" in lines
    assert "“满意度” 未参评" in lines


def test_a_published_score_without_records_says_so() -> None:
    scheme = towns.scheme(scoring=eg.stated_else("通报", eg.stated("督导", several="mean")))
    facts = towns.facts({"2024-05": {"甲": None}}, inspections=towns.stated("2024-05", {"甲": "88"}, "通报"))
    assert "没有可供另算的记录" in eg.narrate(eg.assess(scheme, towns.month_of("2024-05"), facts).explain("甲"))


def test_further_figures_are_shown_under_their_names() -> None:
    figure = eg.Figure("满意度", eg.stated("回访", several="mean"), eg.RankBy(places=0))
    facts = towns.facts({"2024-05": {"甲": "90"}}, inspections=towns.stated("2024-05", {"甲": "66.5"}, "回访"))
    text = eg.narrate(eg.assess(towns.scheme(figures=(figure,)), towns.month_of("2024-05"), facts).explain("甲"))
    assert "“满意度” 67" in text


def test_placed_is_said_with_the_tier() -> None:
    board = eg.Board("榜", (eg.Tier("黑榜", eg.below(80)),), rest="其他")
    ladder = eg.Ladder((eg.Rung("约谈", eg.placed("榜", "黑榜"), ("书记",)),), publish="every rung")
    assert "因为：2024-05 第1名，共1个单位，得分70.0——列入“榜”的“黑榜”：符合" in why(
        {"甲": "70"}, "甲", boards=(board,), ladders=(ladder,)
    )


def test_a_groups_name_is_said_with_the_rank() -> None:
    unit = eg.Unit("甲", "甲", "村", designations=frozenset({"A"}))
    facts = eg.Facts(eg.Grid((unit,)), inspections=towns.stated("2024-05", {"甲": "90"}))
    text = eg.narrate(eg.assess(towns.scheme(groups=("A",)), towns.month_of("2024-05"), facts).explain("甲"))
    assert "第1名，共1个单位（A），得分90.0" in text


def test_a_locality_without_ranking_says_so_in_its_explanation() -> None:
    scheme = towns.scheme(scoring=None, ranking=None)
    assessment = eg.assess(scheme, towns.month_of("2024-05"), towns.facts({"2024-05": {"甲": "90"}}))
    assert "不计分，不排名。" in eg.narrate(assessment.explain("甲"))


def test_a_kind_without_words_is_shown_as_its_call_and_other_facts_as_values() -> None:
    @eg.term("town.dark")
    @frozen(repr=False)
    class dark:
        lamps: int

    placement = eg.Placement("榜", "甲", towns.month_of("2024-05"), "黑榜", None)
    told = eg.narrate(eg.Reason(dark(3), None, (placement, eg.Gap(placement.round, "absent"))))
    assert told.splitlines()[1:] == ["  列入“榜”的“黑榜”", "  2024-05未参评"]
    body = eg.Body("1", "环卫办")
    assert eg.narrate(eg.Reason(dark(3), True, (body,))).splitlines() == ["town.dark(3)：符合", "  " + repr(body)]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_placeholder_is_left_in_any_sentence(language: Any) -> None:
    text = eg.describe(FULL, language)
    assert "{" not in text
    assert "}" not in text
