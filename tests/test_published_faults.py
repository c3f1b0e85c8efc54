"""Tables and sentences that cannot be read: what is wrong, where, and what to do."""

from pathlib import Path

import pytest

import envgov as eg
from envgov.published.grammar import quoted
from printed import table_of


def refused(path: Path) -> list[tuple[int | None, str, str]]:
    """Row, column and problem of each fault of a file."""
    with pytest.raises(eg.InputError) as caught:
        eg.read_table(path)
    assert all(fault.file == path.name and fault.remedy for fault in caught.value.faults)
    return [(fault.row, fault.column, fault.problem) for fault in caught.value.faults]


def file(folder: Path, name: str, raw: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(raw if isinstance(raw, bytes) else raw.encode())
    return path


# -- files
@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (b"", "the file is empty"),
        (b" ,\n,\n", "the file is empty"),
        (b"PK\x03\x04", "this is a workbook"),
        ("村".encode("utf-16"), "this is UTF-16 text"),
        (b"\xff\xff\xff", "this is neither UTF-8 nor GB18030 text"),
    ],
)
def test_a_file_that_holds_no_table_is_refused(tmp_path: Path, raw: bytes, problem: str) -> None:
    assert refused(file(tmp_path, "t.csv", raw)) == [(None, "", problem)]


def test_every_fault_of_a_csv_file_is_told_with_its_row(tmp_path: Path) -> None:
    text = "村,得分,,得分\n甲,1,x,2\n乙,1\n丙,\x01,,2\n"
    assert refused(file(tmp_path, "t.csv", text)) == [
        (1, "得分", "this heading is there twice"),
        (2, "", "a cell under no heading"),
        (3, "", "2 cells under 4 headings"),
        (4, "", "a control character, as in a file that is no text"),
    ]


def test_headings_in_two_rows_are_told_once(tmp_path: Path) -> None:
    text = "名次,村,得分,,\n,,现场,整改,合计\n1,甲,84,9,93\n2,乙,80,9,89\n"
    assert refused(file(tmp_path, "t.csv", text)) == [(1, "", "the headings stand in two rows")]
    with pytest.raises(
        eg.InputError, match=r"; join them into one: under 得分, 现场 and 整改 are 现场得分 and 整改得分"
    ):
        eg.read_table(tmp_path / "t.csv")


def test_a_quotation_mark_that_is_not_closed_is_told_with_its_row(tmp_path: Path) -> None:
    [(row, _, problem)] = refused(file(tmp_path, "t.csv", '村,得分\n甲,"1\n'))
    assert (row, problem) == (2, "row 2 cannot be read: unexpected end of data")


def test_headings_that_are_all_empty_are_refused(tmp_path: Path) -> None:
    assert refused(file(tmp_path, "t.json", '{"columns": [""], "rows": []}')) == [(1, "", "the table has no heading")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[1]", [(None, "", "this is no table")]),
        ('{"columns": 1}', [(1, "columns", "this is no list"), (None, "rows", "rows are no list")]),
        (
            '{"colums": [], "name": 5.0, "source": null, "columns": ["村", true], "rows": [1, [[2], "x"]], "claims": 3}',
            [
                (None, "colums", "a table has no such field"),
                (None, "source", "this is no text"),
                (1, "columns", "a cell is neither a text nor a number"),
                (None, "claims", "this is no list"),
                (2, "", "this is no list"),
                (3, "", "a cell is neither a text nor a number"),
            ],
        ),
        (
            '{"columns": ["村"], "rows": [["\\ud800"]]}',
            [(2, "", "a control character, as in a file that is no text")],
        ),
        ('{"columns": ["村"], "rows": [[1, 2]]}', [(2, "", "2 cells under 1 headings")]),
    ],
)
def test_every_fault_of_a_json_file_is_told_with_its_place(
    tmp_path: Path, text: str, found: list[tuple[int | None, str, str]]
) -> None:
    assert refused(file(tmp_path, "t.json", text)) == found


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000])
def test_what_is_no_json_is_refused(tmp_path: Path, text: str) -> None:
    [(_, _, problem)] = refused(file(tmp_path, "t.json", text))
    assert problem.startswith("this is not JSON: ")


def test_a_table_made_in_python_holds_tuples_of_texts() -> None:
    with pytest.raises(TypeError):
        eg.PublishedTable("表", ("村",), ((85.5,),))  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        eg.PublishedTable("表", ["村"], ())  # type: ignore[arg-type]


# -- claims about what is not there
def test_one_sentence_alone_is_no_sequence_of_sentences() -> None:
    with pytest.raises(TypeError, match=r"give a sequence of sentences, such as \['rows = 1'\]"):
        eg.lint(table_of("村\n甲"), "rows = 1")


def test_every_name_that_the_table_does_not_have_is_told_with_the_like() -> None:
    with pytest.raises(eg.InputError) as caught:
        eg.lint(table_of("村|合计得分|名次\n甲|1|1\n乙|2|1"), ["名次 by 合计得", "row 丙 = sum", "row 1 = sum"])
    assert list(map(str, caught.value.faults)) == [
        (
            "表: no column has this heading, in the claim '名次 by 合计得' (found '合计得'); "
            "did you mean '合计得分'? known: 村, 合计得分, 名次"
        ),
        "表: no rows have this text, in the claim 'row 丙 = sum' (found '丙'); name a row by a text that it has alone",
        "表: 2 rows have this text, in the claim 'row 1 = sum' (found '1'); name a row by a text that it has alone",
    ]


def test_a_number_that_is_a_heading_too_is_refused_with_both_ways_to_say_it() -> None:
    table = table_of("村|2022|0.5|90%|合计\n甲|1|2|4|3")
    with pytest.raises(eg.InputError) as caught:
        eg.lint(table, ["合计 = 2022 + 0.5 * 90% + 2022"])
    assert list(map(str, caught.value.faults)) == [
        (
            f"表: a column has this name, and in the claim '合计 = 2022 + 0.5 * 90% + 2022' it is a number (found '{n}'); "
            f'write "{n}" in quotation marks for the column, or {other} for the number'
        )
        for n, other in (("2022", "2022.0"), ("0.5", "0.50"), ("90%", "90.0%"))
    ]


def test_numbers_that_are_the_names_of_rows_too_are_refused_where_no_row_is_named() -> None:
    table = table_of("年度|件数\n2022|10\n2023|12\n合计|22")
    with pytest.raises(eg.InputError) as caught:
        eg.lint(table, ["row 合计 = 2022 + 2023"])
    assert [f.problem for f in caught.value.faults] == [
        "a row has this name, and in the claim 'row 合计 = 2022 + 2023' it is a number"
    ] * 2
    assert eg.lint(table, ['row 合计 = "2022" + "2023"']).discrepancies == ()
    assert eg.lint(table_of("序号|项|件数\n1|甲|10\n2|乙|20"), ["row 乙 = 2 * 甲"]).discrepancies == ()


def test_a_heading_of_digits_in_quotation_marks_is_a_column_and_the_number_may_be_written_otherwise() -> None:
    table = table_of("村|2022|2023|合计\n甲|10|9|19")
    assert eg.lint(table, ['合计 = "2022" + “2023”', "2022 = 合计 - 9", "rows by 2023"]).discrepancies == ()
    assert [d.right for d in eg.lint(table, ["合计 = 2022.0"]).wrong] == ["2022"]


def test_all_sentences_of_a_table_that_cannot_be_read_are_told() -> None:
    with pytest.raises(eg.InputError) as caught:
        eg.lint(table_of("村\n甲", "rows", "rows = 1", "row"))
    assert [(f.file, f.column, f.value) for f in caught.value.faults] == [
        ("表", "claims", "rows"),
        ("表", "claims", "row"),
    ]


# -- sentences
@pytest.mark.parametrize(
    ("sentence", "problem"),
    [
        ("", "at the end: a column is expected here"),
        ("排名", "at the end: 'by', 'from' or '=' is expected here"),
        ("排名 = ", "at the end: a column or a number is expected here"),
        ("排名 by", "at the end: a column is expected here"),
        ("排名 by 得分 得分", "character 10: nothing is expected here"),
        ("排名 by 得分,", "at the end: 'lower is better', 'dense', 'within', 'exact' or 'whole' is expected here"),
        ("排名 by 得分, higher is better", "character 11: 'lower is better', 'dense', 'within', 'exact' or 'whole' is"),
        ("排名 by 得分, lower better", "character 17: 'lower is better' is expected here"),
        ("合计 = A ++ B", "character 9: a column or a number is expected here"),
        ("合计 = A + exact", "character 10: a column or a number is expected here"),
        ("合计 = (A + B", "at the end: ')' is expected here"),
        ("合计 = A, precise", "character 9: 'exact' or 'rounded' is expected here"),
        ("合计 = A * B", "character 8: only sums of columns"),
        ("合计 = A / B + C", "character 12: only sums of columns"),
        ("合计 = A / (B / C)", "character 8: only sums of columns"),
        ("合计 = A / B / C", "character 12: only sums of columns"),
        ("合计 = mean(A/B, C, D)", "character 6: only sums of columns"),
        ("合计 = A / (1 - 1)", "character 8: zero divides nothing"),
        ("合计 = A / (B - B)", "character 8: zero divides nothing"),
        ("合计 = A / 0", "character 8: zero divides nothing"),
        ("合计 = mean(3)", "character 6: mean takes the name of one column"),
        ("合计 = count(A, B)", "character 6: count takes the name of one column"),
        ("合计 = sum(A + B)", "character 6: sum takes the name of one column"),
        ("合计 = mean A", "character 11: '(' is expected here"),
        ('合计 = "A', "character 6: this quotation mark is not closed"),
        ("合计 = A + “”", "character 10: this quotation mark is not closed"),
        (f"合计 = {'9' * 13}", "character 6: 9999999999999: a number of points has at most"),
        ("档次 from 得分", "at the end: ':' is expected here"),
        ("档次 from 得分: 优秀", "at the end: a band such as 优秀 >= 90 is expected here"),
        ("档次 from 得分: 优秀 >= 好", "character 19: a number is expected here"),
        ("档次 from 得分: 优秀 >= 90,", "at the end: a label is expected here"),
        ("档次 from 得分: 优秀 >= 90, 良好, 合格", "character 27: 'exact' is expected here"),
        ("rows", "at the end: '=' is expected here"),
        ("rows = 2.5", "character 8: a whole number is expected here"),
        ("rows = 2 where 榜", "at the end: '=' is expected here"),
        ("rows by 得分, dense", "character 13: 'lower is better' or 'within' is expected here"),
        ("row 合计 = sum(A)", "character 13: nothing is expected here"),
        ("row 合计 = 1 + sum(A)", "character 10: a row holds no list"),
        ("row 合计 = sum in", "at the end: a column is expected here"),
        ("numbers 得分", "character 9: 'in' is expected here"),
        ("A = " + "(" * 31, "character 35: more than 30 brackets within each other"),
        ("A" * 2001, "character 1: a sentence of more than 2000 characters"),
    ],
)
def test_a_sentence_that_cannot_be_read_is_refused_with_the_place(sentence: str, problem: str) -> None:
    with pytest.raises(eg.InputError) as caught:
        eg.read_claim(sentence)
    [fault] = caught.value.faults
    assert fault.problem.startswith(f"claim, {problem}")
    assert fault.value == sentence.strip()
    assert "排名 by 得分" in fault.remedy


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("合计=A+B", "合计 ＝ A ＋ B"),
        ("率 = A / B", "率＝A÷B"),
        ("指数 = 0.9*A", "指数 = 90% × “A”"),
        ('档次 from 得分: 优秀 >= 90, 良好 > 80, "none" <= 3', "档次 from 得分：优秀≥90，良好＞80、“none”≤3"),
        ("得分 = (A + B) / 2", "得分 = mean(A, B)"),
        ("得分 = 40 - A", "得分 = -A + 40"),
        ("合计 = A + A", "合计 = 2 * A"),
        ("合计 = A / 2 / 3", "合计 = A * 1 / 6"),
    ],
)
def test_what_says_the_same_is_the_same_claim(one: str, other: str) -> None:
    assert eg.read_claim(one) == eg.read_claim(other)


def test_a_quoted_name_is_a_name_whatever_it_says() -> None:
    claim = eg.read_claim('"rows" = "mean" + "90%"')
    assert claim.columns == ("rows", "90%", "mean")


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("得分", "得分"),
        ("得分（分）", "得分（分）"),
        ("得分(分)", '"得分(分)"'),
        ("90", '"90"'),
        ("by", '"by"'),
        ("甲 乙", '"甲 乙"'),
        ('5"', '“5"”'),
    ],
)
def test_a_name_is_quoted_where_it_must_be(name: str, written: str) -> None:
    assert quoted(name) == written
    assert eg.read_claim(f"rows by {quoted(name)}").columns == (name,)
