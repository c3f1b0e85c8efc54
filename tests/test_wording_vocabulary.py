"""Words: what a person reads of the ledger's rules, of exemptions, small fields and ladders about issues."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

import envgov as eg
from books import issue

GRID = eg.Grid(
    [
        eg.Unit("镇", "某镇", "镇"),
        *(eg.Unit(c, f"{c}村", "村", "镇", frozenset({"搬迁" if c == "丁" else "涉农"})) for c in "甲乙丙丁戊"),
    ]
)
MAY = eg.month().round_of(date(2024, 5, 1))
CLOSED = eg.rate(eg.in_state("closed"), eg.happened("found", during="round"), by="place", empty="exempt")
SCHEME = eg.Scheme(
    id="town",
    title="某镇月度考评",
    levels=("村",),
    cadence=eg.month(),
    since=date(2024, 1, 1),
    source=eg.Source("办法"),
    scoring=eg.weighted(
        eg.Part(7, eg.stated("督导", several="mean")), eg.Part(3, CLOSED), absent="renormalise", name="综合得分"
    ),
    ranking=eg.RankBy(2, tolerance="0.1"),
    figures=(eg.Figure("整改率", CLOSED, eg.RankBy(2, within="镇")),),
    exempt=eg.designated("搬迁"),
    boards=(
        eg.Board(
            "红黑榜",
            (
                eg.Tier("红榜", eg.top(1, ties="exclude"), "praise"),
                eg.Tier("黑榜", eg.bottom_share(30, rounding="up", ties="include"), "sanction"),
            ),
            rest="其他",
            small_field="share",
            share=40,
        ),
    ),
    ladders=(
        eg.Ladder(
            (
                eg.Rung("通报", eg.sanctioned(), ("村主要负责人",)),
                eg.Rung(
                    "约谈",
                    eg.cumulative(eg.sanctioned(), 2, within=eg.year(), repeat="once", editions="carry", heads="carry"),
                    ("村主要负责人",),
                    within=eg.working_days(3),
                    amount=-500,
                ),
            ),
            publish="highest",
        ),
        eg.Ladder((eg.Rung("白单", eg.overdue(), ("责任人",)),), subject="issue", publish="highest"),
    ),
    deadlines=(eg.Limit(eg.same_day(), sources=("媒体曝光",), cite="当天整改"), eg.Limit(eg.calendar_days(3))),
    judged_on="last day",
)
FACTS = eg.Facts(
    GRID,
    inspections=[
        eg.Inspection(unit, date(2024, 5, 3), "督导", stated=eg.points(score))
        for unit, score in zip("甲乙丙丁戊", ("90", "88.5", "88.5", "70", "60"), strict=True)
    ],
    issues=[
        issue("1", "甲", "found 05-02", "dispatched 05-03 due 05-06", "rectified 05-05", "accepted 05-06"),
        issue("2", "甲", "found 05-02", "dispatched 05-03 due 05-06"),
    ],
)


def test_a_scheme_says_exemption_weights_tolerance_small_fields_ladders_and_deadlines() -> None:
    assert eg.describe(SCHEME).splitlines() == [
        "某镇月度考评 (town)（自2024-01-01起施行）",
        "范围：村",
        "周期：每月",
        "每期按其最后一天所适用的办法考评",
        "免评：属于“搬迁”",
        "计分：",
        "  综合得分：各部分的加权平均（有缺项时其余各项分摊权重）",
        "    “督导”公布的得分（同期多次的取平均；高者为优），权重7",
        "    “本期发现”的问题中“期末已销号”的占比（%）（按问题所在地；没有这类问题的免评；高者为优），权重3",
        "排名：修约到2位小数（四舍五入），相差0.1以内视为并列；同分同名次，其后名次跳过（1、2、2、4）",
        "另计“整改率”：",
        "  “本期发现”的问题中“期末已销号”的占比（%）（按问题所在地；没有这类问题的免评；高者为优）",
        "  排名：修约到2位小数（四舍五入），各镇内分别排名；同分同名次，其后名次跳过（1、2、2、4）",
        "榜“红黑榜”：",
        "  红榜（表扬）：首位（并列跨过界线时并列者全不列入）",
        "  黑榜（惩戒）：后30%（名额向上取整；并列跨过界线时并列者全部列入）",
        "  其余：其他",
        "  单位不够时名额不超过该组的40%",
        "措施阶梯（只用最高一级）：",
        "  通报 → 村主要负责人（未引原文）",
        "    因为：列入任一榜的惩戒档次",
        "  约谈 → 村主要负责人，-500元，期限：3个工作日内（自次日起算，含调休上班日）（未引原文）",
        "    因为：年度内累计2次“列入任一榜的惩戒档次”（满次数那次提出；办法换版的继续计数；负责人更换的继续计数）",
        "针对问题的措施阶梯（只用最高一级）：",
        "  白单 → 责任人（未引原文）",
        "    因为：逾期1天以上",
        "整改时限：",
        "  媒体曝光：当日",
        "    原文：“当天整改”",
        "  各类问题：3日内（自次日起算，含节假日）",
        "依据：办法",
    ]


def test_the_same_scheme_in_english_names_the_same_things() -> None:
    lines = eg.describe(SCHEME, "en").splitlines()
    assert "A round is judged by the edition in force on its last day" in lines
    assert "Exempt: is “搬迁”" in lines
    assert "  In a group that is too small: at most 40 per cent of it" in lines
    within = "3 working days (from the next day on, make-up days included)"
    assert f"  约谈 -> 村主要负责人, -500 yuan, within: {within} (no clause quoted)" in lines
    assert "Ladder about issues (the highest rung alone):" in lines
    assert lines[-4:-1] == [
        "  媒体曝光: the same day",
        "    text: “当天整改”",
        "  any issue: 3 days (from the next day on, days off included)",
    ]


def test_a_weighted_score_and_a_rate_are_explained_down_to_the_issue_that_is_open() -> None:
    lines = eg.narrate(eg.assess(SCHEME, MAY, FACTS).explain("甲")).splitlines()
    begin = lines.index("得分 78.00")
    assert lines[begin : begin + 5] == [
        "得分 78.00",
        "  综合得分 (90×7 + 50×3) ÷ 10 = 78",
        "    2024-05-03，督导：公布得分90",
        "    “本期发现”的问题中“期末已销号”的占比（%） 50",
        "      1 ÷ 2 = 50.00%（截至2024-05-31）",
    ]
    assert lines[begin + 5] == "      问题2（甲村，2024-05-02发现）：未整改，时限2024-05-06"
    assert "  问题2：白单 → 责任人（未引原文）" in lines


def test_a_missing_part_that_counts_zero_keeps_its_weight_in_the_divisor() -> None:
    rule = eg.weighted(eg.Part(7, eg.stated("督导", several="mean")), eg.Part(3, CLOSED), absent="zero")
    reason = rule.scores(["乙"], FACTS.during(MAY))["乙"]
    assert eg.narrate(reason).splitlines()[0] == "各部分的加权平均 (88.5×7) ÷ 10 = 61.95"


def test_who_is_exempt_is_said_to_be_so_and_why() -> None:
    assessment = eg.assess(SCHEME, MAY, FACTS)
    assert eg.narrate(assessment.explain("丁")).splitlines()[1:5] == ["免评", "", "得分 免评", "  属于“搬迁”：免评"]
    assert assessment.remarks()[-1] == "免评“搬迁”：丁村"
    assert assessment.remarks("en")[-1] == 'exempt, "搬迁": 丁村'


def test_what_is_proposed_about_issues_stands_below_the_table() -> None:
    assessment = eg.assess(SCHEME, MAY, FACTS)
    assert assessment.remarks()[0] == "问题2（甲村，逾期25天）：拟白单（责任人）"
    assert assessment.remarks("en")[0] == "issue 2 (甲村, days overdue: 25): 白单 proposed (责任人)"


def test_a_further_figure_has_its_column_and_a_dash_where_it_is_absent() -> None:
    heads, *rows = eg.assess(SCHEME, MAY, FACTS).table()
    assert heads == ("名次", "单位", "得分", "整改率", "档次", "措施（拟）", "备注")
    assert {row[1]: row[3] for row in rows} == {"甲村": "50.00", "乙村": "-", "丙村": "-", "戊村": "-", "丁村": "-"}


def test_a_measure_whose_place_a_heavier_one_takes_says_so() -> None:
    april = eg.month().round_of(date(2024, 4, 1))
    record = eg.assess(SCHEME, MAY, FACTS).record
    earlier = eg.Record(
        SCHEME.id,
        april,
        record.edition,
        (),
        placements=(eg.Placement("红黑榜", "戊", april, "黑榜", "sanction"),),
    )
    assessment = eg.assess(SCHEME, MAY, FACTS, eg.History((earlier,)))
    assert [m.rung for m in assessment.measures if m.subject == "戊"] == ["约谈"]
    lines = eg.narrate(assessment.explain("戊")).splitlines()
    assert "  通报 → 村主要负责人（未引原文）（条件符合，由更高一级的措施代替）" in lines


def test_a_long_list_of_issues_is_cut() -> None:
    many = [issue(str(n), "甲", "found 05-02") for n in range(60)]
    reason = CLOSED.scores(["甲"], eg.Facts(GRID, issues=many).during(MAY))["甲"]
    assert eg.narrate(reason).splitlines()[-1] == "  另有21个，略"
    assert eg.narrate(reason, "en").splitlines()[-1] == "  and 21 more"


MOMENT = datetime(2024, 5, 7, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ground", "chinese", "english"),
    [
        (eg.Tally(3, None, date(2024, 5, 31)), "3个（截至2024-05-31）", "3 (as of 2024-05-31)"),
        (eg.Tally(0, 0, date(2024, 5, 31)), "没有可计的（截至2024-05-31）", "nothing to count (as of 2024-05-31)"),
        (
            eg.Tally(1017, 1104, date(2023, 7, 10)),
            "1017 ÷ 1104 ≈ 92.12%（截至2023-07-10）",
            "1017 / 1104 ≈ 92.12% (as of 2023-07-10)",
        ),
        (
            issue("7", "甲", "found 05-02", "dispatched 05-03 due 05-09", "rectified 05-04", "accepted 05-06"),
            "问题7（甲，2024-05-02发现）：已销号（2024-05-06），时限2024-05-09",
            "issue 7 (甲, found 2024-05-02) : closed on 2024-05-06, due 2024-05-09",
        ),
        (
            eg.Survey("甲", date(2024, 5, 2), "回访", 10, 8, 6),
            "2024-05-02，回访：询问10人，答复8人，满意6人",
            "2024-05-02, 回访: 10 asked, 8 answered, 6 satisfied",
        ),
        (
            eg.StatedRank("甲", date(2024, 5, 2), "无人机", 117, 151),
            "2024-05-02，无人机：第117名，共151个单位",
            "2024-05-02, 无人机: rank 117 of 151",
        ),
        (
            eg.Output("甲", date(2024, 5, 2), "清运垃圾", 300, "吨"),
            "2024-05-02，清运垃圾 300吨",
            "2024-05-02, 清运垃圾 300 吨",
        ),
        (
            eg.Task("改厕", "甲", "张三", "农办", 45, date(2024, 5, 2)),
            "任务“改厕”：进度45%（2024-05-02）",
            "task “改厕”: 45% done (2024-05-02)",
        ),
        (
            eg.Duty("日报", "甲", MOMENT),
            "日报：2024-05-07 09:30前，未报送",
            "日报: by 2024-05-07 09:30, did not come",
        ),
        (
            eg.Duty("日报", "甲", MOMENT, eg.Submission("日报", "甲", MOMENT)),
            "日报：2024-05-07 09:30前，2024-05-07 09:30报送",
            "日报: by 2024-05-07 09:30, came 2024-05-07 09:30",
        ),
        (
            eg.UnitAcceptance("甲", date(2024, 5, 2), passed=False, by="环卫办"),
            "2024-05-02，整村验收：未通过，环卫办",
            "2024-05-02, acceptance of the whole unit: failed, 环卫办",
        ),
        (eg.Shortened(2, 5), "本组5个单位，名额减为2个", "5 units in the group: the list has 2 seats"),
        ("别的", "'别的'", "'别的'"),
    ],
)
def test_each_ground_is_one_line(ground: Any, chinese: str, english: str) -> None:
    reason = eg.Reason(eg.constant(1), eg.Absent.NOT_ASSESSED, (ground,))
    assert eg.narrate(reason).splitlines()[1] == f"  {chinese}"
    assert eg.narrate(reason, "en").splitlines()[1] == f"  {english}"
