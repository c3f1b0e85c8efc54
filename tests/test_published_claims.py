"""What each sort of claim finds in a published table, with what should stand there."""

import pytest

import envgov as eg
from printed import counted, found, table_of


# -- sums, differences, weights
def test_a_wrong_sum_is_found_with_its_row_its_column_and_the_right_value() -> None:
    table = "村|A|B|合计\n甲|1.5|2.5|4.0\n乙|1.5|2.5|4.6"
    assert found(table, "合计 = A + B") == [(3, "合计", "4.6", "4.0", "wrong")]


def test_a_sum_that_rounded_parts_could_have_made_is_undecidable() -> None:
    # 1.5 may be up to 1.55 and 2.5 too, exclusive: the sum is below 4.10, and 4.1 stands for 4.05 and more
    table = "村|A|B|合计\n甲|1.5|2.5|4.1\n乙|1.5|2.5|4.2"
    assert found(table, "合计 = A + B") == [
        (2, "合计", "4.1", "4.0", "undecidable"),
        (3, "合计", "4.2", "4.0", "wrong"),
    ]


def test_parts_that_are_exact_leave_nothing_undecidable() -> None:
    assert found("村|A|B|合计\n甲|1.5|2.5|4.1", "合计 = A + B, exact") == [(2, "合计", "4.1", "4.0", "wrong")]


def test_parts_with_fewer_decimals_than_the_sum_are_exact() -> None:
    table = "村|A|B|合计\n甲|1|2.5|3.51"
    assert found(table, "合计 = A + B") == [(2, "合计", "3.51", "3.50", "wrong")]
    assert found(table, "合计 = A + B, rounded") == [(2, "合计", "3.51", "3.50", "undecidable")]


def test_whole_numbers_under_a_heading_that_names_a_count_are_exact_and_scores_are_not() -> None:
    assert found("村|已改数|未改数|总数\n甲|1|2|4", "总数 = 已改数 + 未改数") == [(2, "总数", "4", "3", "wrong")]
    assert found("村|暗访(件)|督导(件)|总\n甲|1|2|4", '总 = "暗访(件)" + "督导(件)"')[0][4] == "wrong"
    assert found("村|罚款(元)|补贴(元)|总\n甲|1|2|4", '总 = "罚款(元)" + "补贴(元)"')[0][4] == "undecidable"
    assert found("村|卫生分数|秩序分数|总\n甲|1|2|4", "总 = 卫生分数 + 秩序分数")[0][4] == "undecidable"


def test_a_column_has_one_precision_where_a_spreadsheet_leaves_out_idle_zeros() -> None:
    # 58 beside 57.84 is 58.00, so 85.9 cannot come from 58.00 + 27.84
    table = "街道|卫生|城管|合计\n甲|58|27.84|85.9\n乙|57.84|27.72|85.56"
    assert found(table, "合计 = 卫生 + 城管") == [(2, "合计", "85.9", "85.84", "wrong")]


def test_a_number_that_lost_its_last_zero_is_undecidable_where_the_zero_is_in_doubt() -> None:
    # 92.3660 would need hidden decimals: 0.9 * 92.8316 + 0.1 * 88.1762 = 92.36606
    table = "街道|现场|满意度|指数\n南澳|92.8316|88.1762|92.366\n福保|95.5320|87.7497|94.7538"
    claim = "指数 = 0.9*现场 + 0.1*满意度"
    assert found(table, claim) == [(2, "指数", "92.366", "92.3661", "undecidable")]


def test_a_number_that_is_printed_coarser_than_its_column_is_right_as_it_is() -> None:
    assert found("类|件数|占比\n城建|177|30%\n教育|44|7.4%", "占比 = 件数 / 594") == []


def test_full_marks_less_a_deduction_are_exact() -> None:
    table = "街道|扣分|得分\n甲|4|36\n乙|3.47|36.53\n丙|3.6|36.5"
    assert found(table, "得分 = 40 - 扣分, exact") == [(4, "得分", "36.5", "36.40", "wrong")]


def test_a_bracket_and_a_percentage_weigh_sums() -> None:
    assert found("A|B|C\n1|2|1.5", "C = 50% * (A + B), exact") == []
    assert found("A|B|C\n1|2|2.5", "C = -1 + (A + B * 2 - 1) / 2 + 1.5, exact") == []


def test_negative_numbers_are_rounded_half_away_from_zero() -> None:
    # (-0.25 - 0.00) is -0.25, which is printed as -0.3; the sign may be typeset
    assert found("A|B|C\n-0.25|0.00|−0.3", "C = A + B, exact") == []
    assert found("A|B|C\n-0.25|0.00|-0.2", "C = A + B, exact") == [(2, "C", "-0.2", "-0.3", "wrong")]
    assert found("A|B\n-0.2|-0.3", "A = B + 0.1") == []
    # -0.35 is still printed -0.4 and -0.25 -0.3: from -0.3 come numbers from below -0.25 down to above -0.35
    assert found("A|B\n-0.4|-0.3", "A = B - 0.05")[0:] == []
    assert found("A|B\n-0.2|-0.3", "A = B")[0][4] == "wrong"


def test_an_empty_cell_is_nothing_and_what_cannot_be_read_is_counted_as_skipped() -> None:
    table = "村|A|B|合计\n甲|1|2|3\n乙|-|2|2\n丙|1|2|\n丁|缺|2|2"
    assert counted(table, "合计 = A + B") == {"合计 = A + B": (1, 2)}


# -- means
def test_a_mean_of_columns() -> None:
    assert found("A|B|C|均分\n1|2|2|1.67\n1|2|2|1.66", "均分 = mean(A, B, C)") == [(3, "均分", "1.66", "1.67", "wrong")]


def test_a_mean_of_a_list_in_a_cell() -> None:
    table = "乡镇|得分|抽查村\n石井|87.57|百亩87.8、赛辉87.3，荷叶（87.6）\n双江|87.75|双江 88; 农新 87.4"
    assert found(table, "得分 = mean(抽查村)") == [(3, "得分", "87.75", "87.70", "wrong")]


def test_a_sum_and_a_count_of_a_list_in_a_cell() -> None:
    table = "乡镇|村数|总|村\n石井|3|6|甲1、乙2、丙3\n双江|2|5|甲1、乙3"
    assert found(table, "村数 = count(村)", "总 = sum(村), exact") == [(3, "总", "5", "4", "wrong")]


@pytest.mark.parametrize("village", ["甲1、乙2……", "甲1、乙2等", "甲1、乙", "", "—", "甲1、乙1-2-3。4。5"])
def test_a_list_that_breaks_off_or_has_an_item_without_a_number_is_not_checked(village: str) -> None:
    table = f"乡镇|得分|村\n石井|1.5|甲1、乙2\n双江|9.0|{village}"
    assert counted(table, "得分 = mean(村)") == {"得分 = mean(村)": (1, 1)}


def test_a_mistyped_number_in_a_list_is_found_and_read_as_it_is_meant() -> None:
    table = "乡镇|得分|村\n水洞底|86.4|天堂86..2、凤冠86.6"
    assert found(table, "得分 = mean(村)") == [(2, "村", "天堂86..2", "86.2", "wrong")]


# -- rows
def test_a_total_row_is_the_sum_of_the_units() -> None:
    table = "村|件数|金额|备注\n甲|3|1.5|\n乙|4||\n注：乙村未报||| \n合计|8|1.5|好"
    assert found(table, "row 合计 = sum") == [(5, "件数", "8", "7", "wrong")]
    assert counted(table, "row 合计 = sum") == {"row 合计 = sum": (2, 0)}


def test_whole_numbers_of_a_total_are_exact_and_others_may_be_rounded() -> None:
    table = "村|件数|金额\n甲|3|1.5\n乙|4|2.5\n合计|8|4.1"
    assert [verdict for *_, verdict in found(table, "row 合计 = sum in 件数, 金额")] == ["wrong", "undecidable"]
    assert [verdict for *_, verdict in found(table, "row 合计 = sum in 件数, 金额, exact")] == ["wrong", "wrong"]
    assert [v for *_, v in found(table, "row 合计 = sum in 件数, 金额, rounded")] == ["undecidable"] * 2


def test_a_mean_row_is_the_mean_of_the_units_that_have_a_number() -> None:
    table = "村|得分\n甲|80.0\n乙|85.0\n丙|\n平均|82.5"
    assert found(table, "row 平均 = mean in 得分") == []
    assert found(table.replace("82.5", "55.0"), "row 平均 = mean in 得分")[0][3] == "82.5"


def test_a_mean_is_taken_over_numbers_with_and_without_their_sign() -> None:
    table = "村|率\n甲|95%\n乙|90\n丙|89.5%\n平均|{}"
    assert found(table.format("91.5"), "row 平均 = mean") == []
    assert found(table.format("92.5%"), "row 平均 = mean") == [(5, "率", "92.5%", "91.5%", "wrong")]
    # 0.9 may be 0.9 % or 90 %
    assert counted(table.format("91.5%").replace("90", "0.9") + "\n甲|1", "row 平均 = mean", "rows = 4") == {
        "row 平均 = mean": (0, 1),
        "rows = 4": (1, 0),
    }


def test_a_row_follows_from_the_rows_that_are_named() -> None:
    table = "事项|件数|占比\n受理|2343|\n自行处理|1749|\n派单|595|"
    assert found(table, "row 受理 = 自行处理 + 派单") == [(2, "件数", "2343", "2344", "wrong")]
    assert found("事项|件数\n派单|6\n按时|3\n率|50%", "row 率 = 按时 / 派单") == []


def test_a_row_whose_parts_are_not_printed_is_not_checked() -> None:
    table = "事项|件数|上月\n受理|3|2\n自办|2|2\n派单|1|"
    assert counted(table, "row 受理 = 自办 + 派单") == {"row 受理 = 自办 + 派单": (1, 1)}


# -- bands
BANDS = "档次 from 得分: 优秀 >= 90, 良好 > 80, 合格 >= 60, 不合格"


def test_a_label_is_that_of_the_first_band_that_holds() -> None:
    table = "村|得分|档次\n甲|90|优秀\n乙|80|合格\n丙|59|不合格\n丁|95|良好\n戊||\n己|缺考|不合格"
    assert found(table, BANDS) == [(5, "档次", "良好", "优秀", "wrong")]
    assert counted(table, BANDS) == {BANDS: (4, 1)}


def test_a_score_that_may_have_been_rounded_over_a_threshold_is_undecidable() -> None:
    # 90.0 may be 89.96; 89.9 is at most 89.95
    table = "村|得分|档次\n甲|90.0|良好\n乙|89.9|优秀\n丙|90.1|良好"
    assert found("村|得分|档次\n甲|80.0|良好", BANDS) == [(2, "档次", "良好", "合格", "undecidable")]
    assert [(row, verdict) for row, *_, verdict in found(table, BANDS)] == [
        (2, "undecidable"),
        (3, "wrong"),
        (4, "wrong"),
    ]
    assert [verdict for *_, verdict in found(table, f"{BANDS}, exact")] == ["wrong"] * 3


def test_bands_may_go_downwards_and_leave_the_rest_without_a_label() -> None:
    table = "村|名次|奖励\n甲|1|5000\n乙|2|2000\n丙|7|\n丁|8|100"
    claim = "奖励 from 名次: 5000 < 2, 2000 <= 7, exact"
    assert found(table, claim) == [(4, "奖励", "", "2000", "wrong"), (5, "奖励", "100", "", "wrong")]
    assert found("村|差|奖励\n甲|-3|罚\n乙|0|", "奖励 from 差: 罚 <= -1, none, exact") == []


def test_a_label_that_is_not_printed_counts_too() -> None:
    assert found("村|得分|档次\n甲|70|—\n乙|59|", "档次 from 得分: 好 >= 60") == [(2, "档次", "—", "好", "wrong")]


def test_a_score_in_words_is_not_put_into_a_band() -> None:
    assert counted("村|得分|档次\n甲|90以上|优秀\n乙|90|优秀", BANDS) == {BANDS: (1, 1)}


@pytest.mark.parametrize(("sign", "over"), [("%", ""), ("", "%"), ("%", "%"), ("", "")])
def test_thresholds_and_scores_are_compared_alike_with_a_sign_or_without(sign: str, over: str) -> None:
    table = f"村|率|档次\n甲|95{sign}|优秀\n乙|90{sign}|良好\n丙|89{sign}|{{}}\n丁|0{sign}|其他"
    claim = f"档次 from 率: 优秀 > 90{over}, 良好 >= 90{over}, 其他"
    assert found(table.format("其他"), claim) == []
    assert found(table.format("优秀"), claim) == [(4, "档次", "优秀", "其他", "wrong")]


def test_a_threshold_that_is_a_fraction_holds_beside_percentages() -> None:
    assert found("村|率|档次\n甲|95%|优秀\n乙|89%|", "档次 from 率: 优秀 >= 0.9, none") == []
    assert found("村|率|档次\n甲|0.95|优秀\n乙|0.89|", "档次 from 率: 优秀 >= 90%, none") == []
    assert found("村|差|档次\n甲|-5%|差\n乙|1%|", "档次 from 差: 差 <= -3, none") == []


def test_a_score_without_its_sign_is_put_into_a_band_as_a_percentage() -> None:
    table = "村|率|档次\n甲|95%|优秀\n乙|90|优秀\n丙|0.9|优秀\n丁|0|优秀"
    assert found(table, "档次 from 率: 优秀 >= 90, 其他") == [(5, "档次", "优秀", "其他", "wrong")]
    assert counted(table, "档次 from 率: 优秀 >= 90, 其他") == {"档次 from 率: 优秀 >= 90, 其他": (3, 1)}


# -- sizes and numbers
def test_the_number_of_rows_is_counted_without_totals_remarks_and_blank_rows() -> None:
    table = "村|得分\n甲|1\n|\n乙|2\n合 计|3\n注：据实填报|"
    assert found(table, "rows = 2") == []
    assert found(table, "rows = 25") == [(None, "", "25", "2", "wrong")]


def test_a_name_that_begins_like_a_remark_is_a_unit() -> None:
    assert found("单位|得分\n注溪村|\n说明村|", "rows = 2") == []


def test_the_number_of_rows_with_a_label() -> None:
    table = "榜|村\n红|甲\n红|乙\n黑|丙"
    assert found(table, "rows = 2 where 榜 = 红") == []
    assert found(table, "rows = 2 where 榜 = 黑") == [(None, "榜", "2", "1", "wrong")]


def test_a_label_that_is_merged_with_empty_cells_below_may_count_for_them() -> None:
    table = "组|村\n川|甲\n|乙\n|丙\n山|丁"
    assert found(table, "rows = 3 where 组 = 川") == []
    assert found(table, "rows = 1 where 组 = 川") == []
    assert found(table, "rows = 4 where 组 = 川") == [(None, "组", "4", "", "wrong")]


@pytest.mark.parametrize(
    ("printed", "right"),
    [("86..67", "86.67"), ("86。67", "86.67"), ("８６．６７", "86.67"), ("86.6.7", ""), ("8O", ""), ("9" * 61, "")],
)
def test_a_number_that_is_none_is_found(printed: str, right: str) -> None:
    assert found(f"村|得分\n甲|{printed}", "numbers in 得分") == [(2, "得分", printed, right, "wrong")]


@pytest.mark.parametrize("printed", ["第1名", "并列第8", "1,017", "1,017.5", "-0.38", "−0.38", "86.67分", "12 %", "+3"])
def test_a_number_in_its_usual_dress_is_one(printed: str) -> None:
    assert found(f"村|得分\n甲|{printed}", "numbers in 得分") == []


def test_a_number_beyond_all_bounds_is_none() -> None:
    assert found(f"村|得分\n甲|{'9' * 13}", "numbers in 得分") == [(2, "得分", "9" * 13, "", "wrong")]


def test_words_and_dashes_are_no_numbers_and_no_fault() -> None:
    table = "村|得分\n甲|缺考\n乙|—\n丙|80"
    assert counted(table, "numbers in 得分") == {"numbers in 得分": (1, 1)}


def test_a_table_of_which_nothing_could_be_checked_does_not_pass() -> None:
    with pytest.raises(eg.InputError, match="nothing in this table could be checked; claim something"):
        eg.lint(table_of("村|A|B\n甲||1"), ["A = B"])
