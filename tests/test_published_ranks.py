"""Ranks and the order of rows in published tables: ties, groups, ends of lists, hidden decimals."""

import pytest

import envgov as eg
from printed import counted, found, table_of

RANKED = "名次 by 得分"


def ranks(*rows: tuple[object, object], claim: str = RANKED) -> list[tuple[object, str, str]]:
    """Row, right rank and verdict of each discrepancy, for pairs of score and rank."""
    table = "得分|名次\n" + "\n".join(f"{score}|{rank}" for score, rank in rows)
    return [(row, right, verdict) for row, _, _, right, verdict in found(table, claim)]


def test_a_wrong_rank_is_found_with_the_right_one() -> None:
    assert ranks((90, 1), (85, 3), (80, 3)) == [(3, "2", "wrong")]


def test_rows_may_stand_in_any_order() -> None:
    assert ranks((80, 3), (90, 1), (85, 2)) == []


def test_equal_scores_share_a_rank_and_the_next_are_skipped() -> None:
    assert ranks((90, 1), (85, 2), (85, 2), (80, 4)) == []
    assert ranks((90, 1), (85, 2), (85, 2), (80, 3)) == [(5, "4", "wrong")]


def test_dense_ranks_are_not_skipped() -> None:
    dense = f"{RANKED}, dense"
    assert ranks((90, 1), (85, 2), (85, 2), (80, 3), claim=dense) == []
    assert ranks((90, 1), (85, 2), (85, 2), (80, 2), claim=dense) == [(5, "3", "wrong")]
    assert ranks((90, 1), (85, 2), (85, 2), (80, 4), claim=f"{dense}, whole") == [(5, "3", "wrong")]
    assert ranks((90, 1), (85, 3), (85, 3), (80, 4), claim=dense) == [(3, "2", "undecidable"), (4, "2", "undecidable")]
    assert ranks((90, 1), (85, 3), (85, 3), (80, 3), claim=dense)[0] == (3, "2", "wrong")


def test_equal_scores_with_different_ranks_are_undecidable_unless_the_scores_are_exact() -> None:
    rows = ((90, 1), (85, 2), (85, 3), (80, 4))
    assert ranks(*rows) == [(4, "2", "undecidable")]
    assert ranks(*rows, claim=f"{RANKED}, exact") == [(4, "2", "wrong")]
    assert ranks((85, 1), (85, 2), (85, 2)) == [(3, "1", "undecidable"), (4, "1", "undecidable")]


def test_hidden_decimals_count_for_the_dense_ranks_below() -> None:
    assert ranks((85, 1), (85, 2), (80, 3), claim=f"{RANKED}, dense") == [(3, "1", "undecidable")]
    assert ranks((85, 1), (85, 3), (80, 2), claim=f"{RANKED}, dense") == [(3, "1", "wrong")]


def test_equal_scores_with_ranks_that_no_hidden_decimals_could_give_are_wrong() -> None:
    assert ranks((90, 1), (85, 2), (85, 4), (80, 4)) == [(4, "2", "wrong")]
    assert ranks((90, 1), (85, 3), (85, 3), (80, 4)) == [(3, "2", "wrong"), (4, "2", "wrong")]
    assert ranks((85, 1), (85, 1), (85, 2)) == [(4, "1", "wrong")]


def test_trailing_zeros_make_no_difference() -> None:
    assert ranks(("85.50", 1), ("85.5", 1)) == []


def test_lower_may_be_better() -> None:
    assert ranks((3, 1), (5, 2), claim=f"{RANKED}, lower is better") == []
    assert [row for row, *_ in ranks((3, 2), (5, 1), claim=f"{RANKED}, lower is better")] == [2, 3]


def test_a_table_may_show_the_end_of_a_list_alone() -> None:
    assert ranks((60, 81), (55, 82), (50, 83)) == []
    assert ranks((60, 82), (60, 81), (50, 83)) == [(2, "81", "undecidable")]
    assert ranks((60, 0), (55, 1)) == [(2, "1", "wrong"), (3, "2", "wrong")]
    assert ranks((60, 81), (55, 83), (50, 83)) == [(3, "82", "wrong")]


def test_a_table_may_show_both_ends_of_a_list() -> None:
    ends = ((95, 1), (94, 2), (93, 3), (60, 88), (55, 89))
    assert ranks(*ends, (50, 90)) == [(5, "4", "undecidable")]
    assert ranks(*ends, (50, 89)) == [(5, "4", "undecidable"), (7, "90", "wrong")]
    assert ranks((95, 1), ("……", "……"), (60, 88), (60, 88), (55, 90)) == [
        (4, "2", "undecidable"),
        (5, "2", "undecidable"),
    ]
    assert ranks((95, 1), (60, 88), (60, 90), (55, 91)) == [
        (3, "2", "wrong"),
        (4, "2", "wrong"),
        (5, "4", "undecidable"),
    ]


def test_no_rank_is_left_out_where_that_of_a_worse_unit_contradicts_it() -> None:
    assert ranks((90, 1), (85, 5), (80, 3)) == [(3, "2", "wrong")]
    assert ranks((90, 1), (85, 3), (80, 2)) == [(3, "2", "wrong"), (4, "3", "wrong")]
    assert ranks((90, 11), (85, 2), (80, 3)) == [(2, "1", "wrong")]


def test_of_a_whole_list_no_rank_is_left_out() -> None:
    whole = f"{RANKED}, whole"
    assert ranks((95, 1), (60, 88), claim=whole) == [(3, "2", "wrong")]
    assert ranks((60, 81), (55, 82), claim=whole) == [(2, "1", "wrong"), (3, "2", "wrong")]


def test_groups_are_ranked_apart_and_each_begins_with_one() -> None:
    table = "组|得分|名次\n川|90|1\n山|70|1\n川|80|2\n山|60|{}"
    assert found(table.format(2), f"{RANKED}, within 组") == []
    assert found(table.format(1), f"{RANKED}, within 组") == [(5, "名次", "1", "2", "wrong")]
    assert found(table.format(3), f"{RANKED}, within 组, whole") == [(5, "名次", "3", "2", "wrong")]
    begun = "组|得分|名次\n川|9|2\n川|8|3\n山|9|1"
    assert [d[0] for d in found(begun, f"{RANKED}, within 组, whole")] == [2, 3]
    assert found(begun, f"{RANKED}, within 组") == [(2, "名次", "2", "1", "undecidable")]


def test_a_group_cell_that_is_merged_with_those_below_holds_for_them() -> None:
    table = "组|村|得分|名次\n川|甲|90|1\n|乙|80|2\n|丙|70|3\n山|丁|60|1\n|戊|50|{}\n小计|||"
    assert (counted(table.format(2)), found(table.format(2))) == ({f"{RANKED}, within 组": (5, 0)}, [])
    assert found(table.format(1), f"{RANKED}, within 组") == [(6, "名次", "1", "2", "wrong")]
    assert found(table.format(2), "rows by 得分, within 组") == []
    assert found(table.format(2).replace("戊|50", "戊|61"), "rows by 得分, within 组")[0][0] == 5


def test_a_unit_without_a_score_may_stand_anywhere() -> None:
    table = "村|得分|名次\n甲|90|1\n乙|缺|2\n丙|80|3\n丁|70|4"
    assert [(row, verdict) for row, *_, verdict in found(table, RANKED)] == [(4, "undecidable"), (5, "undecidable")]
    assert counted(table, RANKED) == {RANKED: (3, 1)}
    assert found(table.replace("70|4", "70|5"), f"{RANKED}, whole")[-1] == (5, "名次", "5", "3", "wrong")


def test_a_unit_whose_rank_cannot_be_read_takes_one_by_its_score() -> None:
    # a rank cell that was merged with the one above is empty in a file
    table = "村|得分|名次\n甲|90|1\n乙|90|\n丙|80|{}\n丁|60|"
    assert found(table.format(3), RANKED) == []
    assert found(table.format(1), RANKED) == [(4, "名次", "1", "3", "wrong")]
    assert ranks((90, 1), (80, "2-3"), (80, "2-3"), (70, 4), (60, 4)) == [
        (3, "", "undecidable"),
        (4, "", "undecidable"),
        (6, "5", "undecidable"),
    ]
    assert ranks((90, "一"), (80, "二"), (70, 3), (60, 4)) == []


def test_units_that_show_a_score_may_stand_outside_the_ranking() -> None:
    assert ranks((95, "—"), (90, 1), (85, "—"), (80, 2)) == []
    # as if 85 took a rank and 95 none
    assert ranks((95, "—"), (90, 1), (85, "—"), (80, 3)) == [(5, "2", "undecidable")]


def test_a_unit_without_a_rank_counts_for_dense_ranks_where_its_score_is_its_own() -> None:
    dense = f"{RANKED}, dense"
    assert ranks((90, 1), (90, ""), (85, ""), (85, ""), (80, 3), claim=dense) == []
    assert ranks((90, 1), (90, ""), (80, 2), claim=dense) == []


@pytest.mark.parametrize(
    ("second", "third"),
    [
        *(
            ("2（并列）", "2（并列）"),
            ("2并列", "第2名(并列)"),
            ("2=", "=2"),
            ("并列第2", "并列第二"),
            ("第二名", "二名"),
        ),
        *(("第2位", "（并列）第二位"), ("2*", "2①"), ("2[1]", "2（注）"), ("2 并列", "2〔注12〕")),
    ],
)
def test_notations_of_ties_and_footnotes_and_chinese_ordinals_are_ranks(second: str, third: str) -> None:
    assert ranks((90, "第一名"), (80, second), (80, third), (70, "第四"), ("60.5*", 5)) == []
    assert ranks((90, "第一名"), (85, third), (80, second)) == [(4, "3", "wrong")]


@pytest.mark.parametrize(
    ("printed", "rank"),
    [("第九", 9), ("第十", 10), ("十一名", 11), ("第二十", 20), ("第二十一位", 21), ("第九十九名", 99)],
)
def test_chinese_ordinals_are_read_up_to_99(printed: str, rank: int) -> None:
    assert found(f"名次|数\n{printed}|{rank}", "名次 = 数") == []
    assert counted(f"名次|数\n{printed}|{rank}", "名次 = 数") == {"名次 = 数": (1, 0)}


@pytest.mark.parametrize("printed", ["一", "第一百", "第十十", "第", "二三名"])
def test_other_chinese_numbers_are_not_read(printed: str) -> None:
    assert counted(f"名次|得分\n{printed}|90\n1|80", "numbers in 名次") == {"numbers in 名次": (1, 1)}


def test_a_rank_that_is_no_whole_number_or_a_score_in_words_is_not_compared() -> None:
    table = "村|得分|名次\n甲|90|1\n乙|80|1.5\n丙|70以上|3"
    assert counted(table, RANKED) == {RANKED: (1, 2)}


def test_a_score_without_its_sign_is_a_percentage_beside_those_with_it() -> None:
    assert ranks(("95%", 1), (90, 2), ("89%", 3)) == []
    assert ranks(("95%", 1), (90, 3), ("89%", 3)) == [(3, "2", "wrong")]
    assert ranks(("5%", 1), (0, 2)) == []
    assert found("率\n95%\n90\n89%", "rows by 率") == []
    assert found("率\n95%\n89%\n90", "rows by 率")[0] == (3, "率", "89%", "90", "wrong")


def test_a_small_score_without_its_sign_may_stand_anywhere_beside_those_with_it() -> None:
    # 0.9 may be 0.9 % or 90 %
    assert ranks(("95%", 1), ("0.9", 2), ("89%", 3)) == [(4, "2", "undecidable")]
    assert found("率\n95%\n0.9\n89%", "rows by 率") == []


def test_totals_and_remarks_are_not_ranked() -> None:
    assert found("村|得分|名次\n甲|90|1\n乙|80|2\n丙|未参评|\n平均|85|", RANKED) == []


# -- order
def test_rows_that_do_not_stand_best_first_are_found_with_what_should_stand_there() -> None:
    table = "村|得分\n甲|95\n乙|90\n丙|94\n丁|80\n平均|89"
    assert found(table, "rows by 得分") == [(3, "得分", "90", "94", "wrong"), (4, "得分", "94", "90", "wrong")]
    assert found("村|得分\n甲|95\n乙|90\n丙|缺\n丁|90", "rows by 得分") == []


def test_the_order_may_be_within_groups_and_lowest_first() -> None:
    table = "组|差\n川|1\n川|3\n山|2"
    assert found(table, "rows by 差, lower is better, within 组") == []
    assert [row for row, *_ in found(table, "rows by 差, lower is better")] == [3, 4]


def test_a_claim_is_its_sentence_and_its_repr_makes_it() -> None:
    claim = eg.read_claim("名次 by 得分, dense")
    assert (str(claim), repr(claim)) == ("名次 by 得分, dense", "read_claim('名次 by 得分, dense')")
    assert claim == eg.read_claim("名次  by 得分 ，dense")
    assert claim != eg.read_claim("名次 by 得分")
    assert eg.lint(table_of("名次|得分\n1|1"), [claim]).checked[0].claim is claim
