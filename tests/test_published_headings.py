"""What the headings and rows of a published table are taken for: units, totals, sums, rates, ranks."""

import pytest

import envgov as eg
from printed import counted, found, table_of

SUMS = "row 合计 = sum in 发现数, 整改数"


# -- units, totals, remarks
def test_subtotals_by_any_name_are_no_units_of_the_total() -> None:
    table = "单位|发现数|整改数\n甲|3|2\n乙|4|4\n城区小计|7|6\n丙|5|5\n郊区 小计|5|5\n合计|12|11"
    assert (counted(table), found(table)) == ({SUMS: (2, 0)}, [])
    assert found(table.replace("合计|12", "合计|13")) == [(7, "发现数", "13", "12", "wrong")]


@pytest.mark.parametrize(
    "label",
    ["小计", "城区小计", "全县平均", "平均分", "合计：", "小计（件）", "其中：城区", "（其中城区）", "本月累计"],
)
def test_a_row_of_others_is_no_unit(label: str) -> None:
    assert found(f"组|单位|得分\n1|甲|80\n2|乙|90\n|{label}|85", "rows = 2") == []
    assert found(f"单位|得分\n甲|80\n乙|90\n{label}|170\n平均|85", "row 平均 = mean") == []


@pytest.mark.parametrize("note", ["（注：截至5月31日）", "【说明：据实】", "备注1：据实", "……", "..."])
def test_a_remark_in_brackets_and_dots_for_what_is_left_out_are_no_units(note: str) -> None:
    assert found(f"单位|得分\n甲|80\n{note}|\n乙|90", "rows = 2") == []


def test_a_remark_may_run_over_several_cells() -> None:
    assert found("单位|得分\n甲|80\n乙|90\n注：截至|5月31日", "rows = 2") == []


def test_what_is_said_of_a_unit_makes_it_no_total() -> None:
    assert found("单位|说明|得分\n甲|高于平均|80\n乙|低于平均|70\n平均村|据实|9", "rows = 3") == []
    assert found("单位|得分|说明\n甲|80|含小计", "rows = 1") == []


def test_a_total_is_recognised_by_its_colon_and_its_county_too() -> None:
    assert found("单位|发现数\n甲|3\n乙|4\n合计：|8") == [(4, "发现数", "8", "7", "wrong")]
    assert found("单位|发现数\n全县合计|8\n甲|3\n乙|4") == [(2, "发现数", "8", "7", "wrong")]


@pytest.mark.parametrize(
    "table",
    [
        "单位|发现数\n甲|3\n城区合计|3\n乙|4",
        "单位|发现数\n甲|3\n合计|3\n乙|4",
        "单位|发现数\n甲|3\n合计|3\n乙|4\n合计|4",
        "单位|发现数|备注\n甲|3|合计\n合计|3|",
    ],
)
def test_a_total_that_may_be_over_some_units_alone_is_not_recognised(table: str) -> None:
    with pytest.raises(eg.InputError, match="the headings say nothing that can be checked"):
        counted(table)


# -- sums
@pytest.mark.parametrize(
    "column",
    [
        *("满意度", "补助标准（元）", "单价（元）", "进度", "系数", "增幅", "变化数", "垃圾量（吨/日）", "质量（件）"),
        *("每户补助（元）", "卫生条件", "PM浓度", "中位数"),
    ],
)
def test_what_does_not_add_up_has_no_total(column: str) -> None:
    table = f"单位|受理数|{column}\n甲|3|98.5\n乙|4|96.5\n合计|7|297.5"
    assert (counted(table), found(table)) == ({"row 合计 = sum in 受理数": (1, 0)}, [])


@pytest.mark.parametrize("column", ["整改数量", "交办（件）", "清运量", "补助资金（万元）", "罚款", "面积", "发现(处)"])
def test_counts_and_amounts_have_a_total(column: str) -> None:
    [(_, _, printed, right, verdict)] = found(f"单位|{column}\n甲|3\n乙|4\n合计|8")
    assert (printed, right, verdict) == ("8", "7", "wrong")


def test_a_total_within_its_parts_is_what_each_of_them_has_and_no_sum() -> None:
    table = "单位|受理数|参评村数\n甲|3|114\n乙|4|114\n合计|7|{}"
    assert counted(table.format(114)) == {"row 合计 = sum in 受理数": (1, 0)}
    assert found(table.format(229)) == [(4, "参评村数", "229", "228", "wrong")]
    assert counted("单位|受理数\n甲|5\n乙|0\n合计|5") == {"row 合计 = sum in 受理数": (1, 0)}


def test_a_total_of_which_a_part_cannot_be_read_is_not_checked() -> None:
    table = "单位|件数|金额\n甲|(5)|1.0\n乙|8|2.0\n丙|无|3.0\n合计|3|6.0"
    assert counted(table, "row 合计 = sum") == {"row 合计 = sum": (1, 1)}
    assert found(table, "row 合计 = mean in 金额") == [(5, "金额", "6.0", "2.0", "wrong")]
    assert found(table, "row 合计 = 乙 in 件数")[-1] == (5, "件数", "3", "8", "wrong")


def test_rows_that_are_totals_of_others_without_saying_so_leave_no_sum() -> None:
    table = "单位|发现数|整改数\n东镇|7|6\n甲村|3|2\n乙村|4|4\n西镇|5|5\n丙村|5|5\n合计|12|11"
    with pytest.raises(eg.InputError, match="the headings say nothing that can be checked"):
        counted(table)


# -- rates
def test_a_rate_that_most_rows_contradict_is_one_of_something_else() -> None:
    table = "单位|户数|整改数|整改率\n甲|100|9|90%\n乙|200|8|80%\n丙|300|7|{}"
    with pytest.raises(eg.InputError, match="the headings say nothing that can be checked"):
        counted(table.format("70%"))
    assert [d[0] for d in found(table.format("70%").replace("100", "10").replace("200", "10"))] == [4]


def test_the_mean_of_rates_is_no_rate_of_means() -> None:
    table = "单位|发现数|整改数|整改率\n甲|10|10|100%\n乙|30|10|33%\n{}|20|10|67%"
    assert found(table.format("全镇平均")) == []
    assert found(table.format("乙 平均"), "整改率 = 整改数 / 发现数") == []
    assert found(table.format("丙"), "整改率 = 整改数 / 发现数") == [(4, "整改率", "67%", "50%", "wrong")]
    assert found("单位|A|B|C\n平均|1.0|2.0|4.0", "C = A + B") == [(2, "C", "4.0", "3.0", "wrong")]


# -- ranks
def test_a_rank_of_what_is_better_the_lower_is_recognised_by_its_ranks_and_said_to_be() -> None:
    # a total of four ranks
    table = "单位|总分|排名\n甲|6|1\n乙|7|2\n丙|8|3\n丁|9|{}"
    lower = "排名 by 总分, lower is better"
    assert (counted(table.format(4)), found(table.format(4))) == ({lower: (4, 0)}, [])
    assert found(table.format(3)) == [(5, "排名", "3", "4", "wrong")]
    report = eg.lint(table_of(table.format(4)))
    assert "  按低者为先核对，只因印的如此；要按高者为先核对，请写明 排名 by 总分" in report.text().splitlines()
    assert (
        "  taken as lower is better only because the ranks print so; to check the highest first claim"
        in report.text("en")
    )
    assert "只因印的如此" not in eg.lint(table_of(table.format(4)), [lower]).text()


def test_lower_is_better_and_dense_are_both_said() -> None:
    text = eg.lint(table_of("单位|总分|排名\n甲|6|1\n乙|6|1\n丙|8|2\n丁|9|3")).text()
    assert "已核对 排名 by 总分, lower is better, dense：4处（由表头认出）" in text
    assert text.count("只因印的如此") == 2


def test_the_highest_is_first_where_the_ranks_say_neither() -> None:
    assert counted("单位|得分|排名\n甲|6|1\n乙|6|1") == {"排名 by 得分": (2, 0)}
    assert counted("单位|得分|排名\n甲|8|1\n乙|7|3\n丙|6|3\n丁|5|4") == {"排名 by 得分": (4, 0)}


@pytest.mark.parametrize("heading", ["倒数名次", "上月排名", "去年排名", "排名变化", "位次升降"])
def test_a_rank_of_another_kind_is_not_recognised(heading: str) -> None:
    with pytest.raises(eg.InputError, match="the headings say nothing that can be checked"):
        counted(f"单位|得分|{heading}\n甲|60|1\n乙|70|2\n丙|80|3")


def test_ranks_that_are_mostly_wrong_rank_something_else() -> None:
    with pytest.raises(eg.InputError, match="the headings say nothing that can be checked"):
        counted("单位|得分|排名\n甲|60|2\n乙|70|4\n丙|80|1\n丁|90|3")
    assert [d[0] for d in found("单位|得分|排名\n甲|90|1\n乙|80|3\n丙|70|2\n丁|60|4")] == [3, 4]


def test_two_ranks_that_are_swapped_are_wrong_in_the_smallest_table() -> None:
    table = "单位|得分|排名\n甲|90|1\n乙|80|3\n丙|70|2"
    assert [(d[0], d[3], d[4]) for d in found(table)] == [(3, "2", "wrong"), (4, "3", "wrong")]


def test_ranks_below_zero_are_counted_from_the_end_and_not_compared() -> None:
    table = "单位|得分|排名\n甲|90|1\n乙|80|2\n丙|70|-2\n丁|60|-1"
    assert (counted(table), found(table)) == ({"排名 by 得分": (2, 2)}, [])
    with pytest.raises(eg.InputError, match="nothing in this table could be checked"):
        counted("单位|得分|排名\n甲|60|-1\n乙|70|-2", "排名 by 得分, lower is better")
