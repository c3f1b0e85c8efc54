"""Published tables: how they are read, what is recognised, and what the report says."""

from pathlib import Path

import pytest

import envgov as eg
from printed import counted, found, table_of

VILLAGES = Path(__file__).parents[1] / "docs" / "examples" / "check" / "villages.csv"


def write(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_text(text, encoding=encoding)
    return path


# -- reading
def test_cells_are_kept_as_they_are_printed(tmp_path: Path) -> None:
    table = eg.read_table(write(tmp_path, "五月.csv", "村, 得分\n甲,85.50\n乙, 86\n"))
    assert table == eg.PublishedTable("五月", ("村", "得分"), (("甲", "85.50"), ("乙", "86")), file="五月.csv")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_spreadsheets_encodings_are_read(tmp_path: Path, encoding: str) -> None:
    assert eg.read_table(write(tmp_path, "t.csv", "村,得分\n甲,1\n", encoding)).columns == ("村", "得分")


def test_json_numbers_keep_their_decimals_and_null_is_an_empty_cell(tmp_path: Path) -> None:
    text = '{"columns": ["村", "得分"], "rows": [["甲", 85.50], ["乙", null], ["丙", 12345678901234567890.10]]}'
    table = eg.read_table(write(tmp_path, "t.JSON", text))
    assert table.rows == (("甲", "85.50"), ("乙", ""), ("丙", "12345678901234567890.10"))
    assert (table.name, table.claims, table.source) == ("t", (), "")


def test_json_names_the_table_its_source_and_its_claims(tmp_path: Path) -> None:
    text = '{"name": "通报", "source": "某处", "claims": ["rows = 1"], "columns": ["村"], "rows": [["甲"]]}'
    table = eg.read_table(write(tmp_path, "t.json", text))
    assert (table.name, table.source, table.claims) == ("通报", "某处", ("rows = 1",))


def test_a_title_above_the_headings_is_the_name_and_rows_keep_their_numbers(tmp_path: Path) -> None:
    table = eg.read_table(write(tmp_path, "t.csv", "\n某镇通报,,\n村,得分,排名\n甲,90,1\n,,\n乙,80,3\n\n"))
    assert (table.name, table.columns, table.first) == ("某镇通报", ("村", "得分", "排名"), 4)
    assert [d.row for d in eg.lint(table).discrepancies] == [6]


def test_of_several_titles_the_first_is_the_name(tmp_path: Path) -> None:
    table = eg.read_table(write(tmp_path, "t.csv", "某镇通报,\n（2019年5月）,\n村,得分\n甲,90\n"))
    assert (table.name, table.columns, table.rows) == ("某镇通报", ("村", "得分"), (("甲", "90"),))


def test_a_list_of_one_column_has_no_title(tmp_path: Path) -> None:
    table = eg.read_table(write(tmp_path, "t.csv", "单位\n甲镇\n乙镇\n"))
    assert (table.name, table.columns, table.rows) == ("t", ("单位",), (("甲镇",), ("乙镇",)))


def test_empty_columns_at_the_right_are_left_out(tmp_path: Path) -> None:
    assert eg.read_table(write(tmp_path, "t.csv", "村,得分,,\n甲,1,,\n")).columns == ("村", "得分")


# -- recognised without claims
def test_a_rank_beside_one_score_is_recognised() -> None:
    assert counted("村|得分|排名\n甲|90|1\n乙|80|2") == {"排名 by 得分": (2, 0)}


def test_of_several_scores_the_total_is_ranked() -> None:
    table = "村|卫生得分|秩序得分|合计得分|名次\n甲|1|9|10|1\n乙|2|3|5|2"
    assert counted(table) == {"名次 by 合计得分": (2, 0)}


@pytest.mark.parametrize(
    "table",
    [
        "村|卫生得分|秩序得分|排名\n甲|1|9|1",
        "村|得分|排名|上月排名\n甲|1|1|2",
        "村|扣分|排名\n甲|1|1",
        "村|得分|排名\n甲|优|1",
        "村|说明\n甲|优",
        "村|整改率|发现数|整改数|交办数\n甲|50%|2|1|2",
        "村|整改率|发现数|交办数\n甲|50%|2|1",
        "村|整改率|整改数|整改数量\n甲|50%|2|1",
        "村|件数\n小计|3\n合计|3",
        "村|得分\n合计|3",
        "村|占比\n甲|3%\n合计|3%",
        "村|金额\n甲|约3\n合计|3",
        "村|金额\n平均|3",
        "村|金额|备注\n甲|3|好\n合计||3",
    ],
)
def test_what_can_mean_two_things_is_not_recognised(table: str) -> None:
    with pytest.raises(eg.InputError, match="the headings say nothing that can be checked; claim something"):
        counted(table)


def test_ranks_without_gaps_after_ties_are_recognised_as_dense() -> None:
    table = "村|得分|排名\n甲|90|1\n乙|90|1\n丙|80|2"
    assert (counted(table), found(table)) == ({"排名 by 得分, dense": (3, 0)}, [])


def test_ranks_taken_as_dense_only_because_they_print_so_are_said_to_be(tmp_path: Path) -> None:
    table = eg.read_table(write(tmp_path, "t.csv", "村,得分,排名\n甲,90,1\n乙,90,1\n丙,80,2\n"))
    assert (
        "  按名次连排（1、2、2、3）核对，只因印的如此；要按1、2、2、4核对，请写明 排名 by 得分"
        in eg.lint(table).text().splitlines()
    )
    assert "  taken as 1, 2, 2, 3 only because the ranks print so" in eg.lint(table).text("en")
    assert "只因印的如此" not in eg.lint(table, ["排名 by 得分, dense"]).text()
    assert [found.right for found in eg.lint(table, ["排名 by 得分"]).wrong] == ["3"]


def test_ranks_that_begin_anew_in_each_group_are_recognised_within_it() -> None:
    table = "组|村|得分|排名\n川区|甲|90|1\n川区|乙|80|2\n山区|丙|70|1\n山区|丁|60|2"
    assert (counted(table), found(table)) == ({"排名 by 得分, within 组": (4, 0)}, [])


def test_a_column_in_which_not_every_group_has_a_first_is_no_grouping() -> None:
    table = "组|村|得分|排名\n川区|甲|90|1\n川区|乙|80|3\n山区|丙|70|3"
    assert counted(table) == {"排名 by 得分": (3, 0)}


def test_the_total_row_is_recognised_over_counts_and_amounts_and_not_over_scores_and_ranks() -> None:
    table = "序号|村|问题数|金额|得分|整改率\n1|甲|3|1.5|90|50%\n2|乙|4|2.5|80|40%\n|合 计|7|4.0|1|1"
    assert counted(table) == {'row "合 计" = sum in 问题数, 金额': (2, 0)}


def test_a_rate_beside_its_two_counts_is_recognised() -> None:
    table = "村|发现数|已整改数|整改率（%）\n甲|8|7|87.5\n乙|3|1|33.3"
    assert (counted(table), found(table)) == ({"整改率（%） = 已整改数 / 发现数": (2, 0)}, [])


def test_headings_that_no_sentence_can_quote_are_left_alone() -> None:
    table = f'{"长" * 201}排名|得“分"|排名|得分\n1|1|1|1'
    assert counted(table) == {"排名 by 得分": (1, 0)}


def test_without_claims_every_column_of_numbers_is_read_for_mistyped_ones() -> None:
    assert found("村|得分\n甲|86..67\n乙|80\n丙|缺考\n丁|８５．５") == [
        (2, "得分", "86..67", "86.67", "wrong"),
        (5, "得分", "８５．５", "85.5", "wrong"),
    ]


def test_what_nobody_called_a_number_is_undecidable_where_none_can_be_told() -> None:
    assert found("村|得分|名次|升降\n甲|90|1|↑2\n乙|80|2|3\n丙|70|3|1") == [(2, "升降", "↑2", "", "undecidable")]
    table = "村|金额\n甲|300吨\n乙|1.5万元\n丙|1，234\n丁|7"
    unread = [(3, "金额", "1.5万元", ""), (4, "金额", "1，234", "")]
    assert [d[:4] for d in found(table, "rows by 金额") if not d[3]] == unread
    assert {d[4] for d in found(table, "rows by 金额") if not d[3]} == {"undecidable"}
    assert [d[:4] for d in found(table, "numbers in 金额")] == unread
    assert {d[4] for d in found(table, "numbers in 金额")} == {"wrong"}


def test_a_row_is_named_by_its_unit_and_not_by_its_rank() -> None:
    report = eg.lint(table_of("名次|村|得分\n第一名|甲|80\n第一名|乙|90"), ["名次 by 得分"])
    assert report.text().splitlines()[-1].split()[:2] == ["2", "甲"]


def test_given_claims_come_after_those_of_the_table_and_nothing_else_is_recognised() -> None:
    report = eg.lint(table_of("村|得分|排名\n甲|90|2", "rows = 1"), ["rows by 得分"])
    assert [(str(c.claim), c.origin) for c in report.checked] == [
        ("rows = 1", "stated"),
        ("rows by 得分", "stated"),
        ("numbers in 得分", "implied"),
    ]


def test_a_claim_that_is_implied_as_well_is_checked_once() -> None:
    report = eg.lint(table_of("村|得分\n甲|90"), ["numbers in 得分", "rows by 得分", eg.read_claim("rows = 1")])
    assert [(str(c.claim), c.origin) for c in report.checked] == [
        ("numbers in 得分", "stated"),
        ("rows by 得分", "stated"),
        ("rows = 1", "stated"),
    ]


# -- what was not checked
TOTAL = "村|现场|整改|合计得分|排名\n甲|84|9|92|1\n乙|80|9|89|2"


def test_a_total_that_nobody_claims_is_named_with_a_claim_that_would_check_it() -> None:
    report = eg.lint(table_of(TOTAL))
    assert report.unchecked == ("合计得分 = 现场 + 整改",)
    assert "未核对；要核对，请写明如 合计得分 = 现场 + 整改" in report.text().splitlines()
    assert "not checked; to check it claim, for example, 合计得分 = 现场 + 整改" in report.text("en").splitlines()
    claimed = eg.lint(table_of(TOTAL), ["合计得分 = 现场 + 整改", "排名 by 合计得分, exact"])
    assert ([d.right for d in claimed.discrepancies], claimed.unchecked) == (["93"], ())


def test_a_number_of_the_row_is_no_part_of_a_total() -> None:
    assert eg.lint(table_of("序号|村|得分|总分|排名\n1|甲|90|90|1")).unchecked == ()


def test_what_is_taken_off_is_subtracted_in_the_example() -> None:
    assert eg.lint(table_of("村|基础分|扣分|总分|排名\n甲|100|9|91|1")).unchecked == ("总分 = 基础分 - 扣分",)


def test_what_the_headings_say_beside_a_claim_is_named_and_not_dropped_in_silence() -> None:
    report = eg.lint(table_of("村|得分|排名\n甲|90|1\n乙|80|2"), ["rows = 2"])
    assert report.unchecked == ("排名 by 得分",)
    assert report.discrepancies == ()


# -- the report
UNDECIDED = [
    ("村|得分|名次\n甲|90|1\n乙|80|2\n丙|70|9", "名次 by 得分", "  第4行无法判定：前面缺号", "名次 by 得分, whole"),
    ("村|得分|名次\n甲|90|1\n乙|90|2", "名次 by 得分", "  第3行无法判定：印出的数可能经过", "名次 by 得分, exact"),
    ("村|得分|名次\n甲|90|2\n乙||\n丙|80|3\n丁||4", "名次 by 得分", "  第2、4行无法判定：有的单位未印", ""),
    ("村|A|B\n甲|1.04|2.09", "B = A + A , rounded", "  第2行无法判定：印出的数可能经过", "B = A + A, exact"),
    ("村|A|B|率\n甲|8|10|80\n乙|5|10|50\n丙|9|10|0.9", "率 = A / B", "  第4行无法判定：按另一种读法", ""),
    ("村|金额\n甲|2\n乙|1\n丙|2-3", "rows by 金额", "  第4行无法判定：未写明这一列是数", "numbers in 金额"),
]


@pytest.mark.parametrize(("table", "claim", "reason", "way"), UNDECIDED)
def test_what_is_undecidable_says_why_and_which_claim_decides_it(table: str, claim: str, reason: str, way: str) -> None:
    report = eg.lint(table_of(table), [claim])
    last = report.text().splitlines()[-1]
    assert last.startswith(reason)
    assert not way or last.endswith(f"请写明 {way}")
    assert {d.decided_by for d in report.undecidable} == {way}


@pytest.mark.parametrize(("table", "way"), [(table, way) for table, _, _, way in UNDECIDED if way])
def test_the_claim_that_decides_it_does(table: str, way: str) -> None:
    report = eg.lint(table_of(table), [way])
    assert report.wrong
    assert not report.undecidable


def test_rows_that_are_undecidable_alike_stand_on_one_line_in_english_too() -> None:
    report = eg.lint(table_of("村|得分|名次\n甲|90|1\n乙|90|2\n丙|80|3\n丁|80|4"), ["名次 by 得分"])
    last = report.text("en").splitlines()[-1]
    assert last.startswith("  row 3, 5 undecidable: numbers may have been rounded before they were printed")
    assert last.endswith("claim 名次 by 得分, exact")


def test_the_report_is_a_table_with_what_was_checked_above_it() -> None:
    assert repr(eg.lint(eg.read_table(VILLAGES))).splitlines() == [
        "某镇5月份人居环境考评通报",
        "已核对 名次 by 得分：4处（由表头认出）",
        "已核对 row 合计 = sum in 发现数, 整改数：2处（由表头认出）",
        "已核对 整改率 = 整改数 / 发现数：4处（由表头认出）",
        "已核对数字的写法：22处",
        "有误2处，无法判定1处",
        "行  单位  列      印为  应为  结论      依据",
        "5   丙村  名次    3     2     无法判定  名次 by 得分",
        "6   丁村  名次    3     4     有误      名次 by 得分",
        "7   合计  整改数  107   108   有误      row 合计 = sum in 发现数, 整改数",
        "  第5行无法判定：印出的数可能经过四舍五入；未经舍入的，请写明 名次 by 得分, exact",
    ]


def test_the_report_speaks_english() -> None:
    text = eg.lint(table_of("村|A|合计\n甲|1.0|2.0\n乙||3.0"), ["合计 = A", "rows = 3"]).text("en")
    assert text.splitlines() == [
        "表",
        "checked 合计 = A: 1 printed, 1 more could not be",
        "checked rows = 3: 1 printed",
        "checked how numbers are written: 3 printed",
        "2 wrong, 0 undecidable",
        "Row  Unit  Column  Printed  Right  Verdict  Claim",
        "-                  3        2      wrong    rows = 3",
        "2    甲    合计    2.0      1.0    wrong    合计 = A",
    ]


def test_a_report_without_discrepancies_says_what_it_checked_and_has_no_table() -> None:
    assert eg.lint(table_of("村\n甲"), ["rows = 1"]).text() == "表\n已核对 rows = 1：1处\n有误0处，无法判定0处"


def test_what_cannot_be_told_is_a_dash_and_a_cell_of_several_lines_stands_on_one() -> None:
    table = eg.PublishedTable("表\n二", ("村", "得\n分"), (("甲\n村", "8\n6分5"), ("", "1")))
    lines = eg.lint(table, ['numbers in "得\n分"', "rows = 2"]).text().splitlines()
    assert lines[0] == "表 二"
    assert lines[-1] == '2   甲 村  得 分  8 6分5  -     有误  numbers in "得 分"'


def test_the_parts_of_a_report_are_told_apart_by_verdict() -> None:
    report = eg.lint(eg.read_table(VILLAGES))
    assert [d.row for d in report.undecidable] == [5]
    assert [d.row for d in report.wrong] == [6, 7]


def test_the_report_as_plain_data_says_all_of_it() -> None:
    report = eg.lint(eg.PublishedTable("表", ("A", "B"), (("1", "2"),), source="某处"), ["A = B"])
    assert report.to_dict() == {
        "table": "表",
        "source": "某处",
        "checked": [
            {"claim": "A = B", "origin": "stated", "compared": 1, "skipped": 0},
            {"claim": "numbers in A", "origin": "implied", "compared": 1, "skipped": 0},
            {"claim": "numbers in B", "origin": "implied", "compared": 1, "skipped": 0},
        ],
        "unchecked": [],
        "discrepancies": [
            {"claim": "A = B", "row": 2, "column": "A", "printed": "1", "right": "2", "verdict": "wrong"}
            | {"why": "", "decided_by": ""},
        ],
    }


@pytest.mark.parametrize("heading", ["单位", "村名", "点位"])
@pytest.mark.parametrize("group", ["", "西片"])
def test_a_row_is_named_by_its_unit_and_not_by_the_group_before_it(heading: str, group: str) -> None:
    table = f"片区|{heading}|整改率\n西片|北村|80%\n{group}|上村|8０%\n东片|下村|70%\n合计||7５%"
    rows = eg.lint(table_of(table)).text().splitlines()[-2:]
    assert [row.split()[:2] for row in rows] == [["3", "上村"], ["5", "合计"]]


def test_a_number_in_its_name_hides_no_unit_that_stands_under_a_heading_of_units() -> None:
    table = "片区|单位|整改率\n西片|幸福1村|8０%\n东片|幸福2村|70%"
    assert eg.lint(table_of(table)).text().splitlines()[-1].split()[:2] == ["2", "幸福1村"]


def test_a_row_without_a_word_has_no_unit() -> None:
    assert "2   -" not in eg.lint(table_of("A|B\n1|2"), ["A = B"]).text()
    assert eg.lint(table_of("A|B\n1|2"), ["A = B"]).text().splitlines()[-1].split() == [
        *("2", "A", "1", "2", "有误", "A", "=", "B"),
    ]
