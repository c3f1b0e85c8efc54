"""What `read_season` refuses: each fault with its file, row, column, value and remedy, and all of them at once."""

from datetime import date
from pathlib import Path

import pytest

from envgov import Fault, InputError, read_season

GRID = "code,name,level\nA,甲村,村\n"
GRID_WITH = "code,name,level,parent,population,since,until\n"
VISITS = "unit,day,channel\n"
LEDGER = "id,place,found,"


def write(folder: Path, /, **tables: str | bytes) -> Path:
    for name, table in tables.items():
        (folder / f"{name}.csv").write_bytes(table if isinstance(table, bytes) else table.encode())
    return folder


def faults_of(folder: Path) -> tuple[Fault, ...]:
    with pytest.raises(InputError) as refused:
        read_season(folder)
    return refused.value.faults


def where(fault: Fault) -> tuple[str, int | None, str, str | None]:
    return fault.file, fault.row, fault.column, fault.value


def assert_only(folder: Path, place: tuple[str, int | None, str, str | None], problem: str, remedy: str) -> None:
    (fault,) = faults_of(folder)
    assert where(fault) == place
    assert problem in fault.problem
    assert remedy in fault.remedy


# -- cells
DAY = "not a day", "2017-05-31"
NO_DAY = "there is no such day", "the month or the day"
YEAR = "not within 1900 to 2199", "the year"
COUNT = "not a whole number", "digits only"
NUMBER = "is not a number written like 85", "digits with a decimal point"
BOUNDS = "at most 12 digits before and 9 after", "digits with a decimal point"
HALF_WIDTH = "not a number of points", "half-width digits, such as 85.5"
SCIENTIFIC = "rounded number of this code", "format the column as text and enter the code again"
MOMENT = "not a moment", "2017-05-31 17:00"
ANSWER = "neither yes nor no", "write one of yes, no, 是, 否, 通过, 未通过"
NO_CONDITION = "no condition, neither in TOML nor in JSON", "copy it from the scheme's file, or from what envgov assess"
HOUR = "there is no such hour", "the zone such as +08:00"
CELLS = [
    ("inspections", "day", "05-01-2017", DAY),
    ("inspections", "day", "42856", DAY),
    ("inspections", "day", "2017-05-01 00:00", DAY),
    ("inspections", "day", "２０１７-05-01", DAY),
    ("inspections", "day", "2017-02-29", NO_DAY),
    ("inspections", "day", "2017-13-01", NO_DAY),
    ("inspections", "day", "1899-12-31", YEAR),
    ("inspections", "day", "2200-01-01", YEAR),
    ("inspections", "last_day", "yesterday", DAY),
    ("inspections", "stated", "NaN", NUMBER),
    ("inspections", "stated", "inf", NUMBER),
    ("inspections", "stated", "1e999", NUMBER),
    ("inspections", "stated", ".5", NUMBER),
    ("inspections", "stated", "1234567890123", BOUNDS),
    ("inspections", "stated", "1.0123456789", BOUNDS),
    ("inspections", "stated", "9" * 5000, BOUNDS),
    ("inspections", "stated", "８５.５", HALF_WIDTH),
    ("inspections", "mode", "secret", ("no way of inspecting", "write one of open, covert, 明查, 暗访")),
    ("inspections", "id", "4.3E+11", SCIENTIFIC),
    ("grid", "code", "4.30500E+11", SCIENTIFIC),
    ("grid", "code", "1e+5", SCIENTIFIC),
    ("grid", "parent", "4.3E+11", SCIENTIFIC),
    ("grid", "designations", "涉农;4.3E+11", SCIENTIFIC),
    ("grid", "population", "1.5", COUNT),
    ("grid", "population", "-1", COUNT),
    ("grid", "population", "1234567890123", COUNT),
    ("grid", "since", "2017年", DAY),
    ("surveys", "asked", "1e3", COUNT),
    ("stated", "rank", "third", COUNT),
    ("stated", "of", "1 0", COUNT),
    ("outputs", "amount", "many", NUMBER),
    ("issues", "found", "今天", DAY),
    ("issues", "due", "2017-06-31", NO_DAY),
    ("duties", "due", "2017-05-31", MOMENT),
    ("duties", "due", "May 31st 17:00", DAY),
    ("duties", "due", "2017-02-30 17:00", NO_DAY),
    ("duties", "due", "2017-05-31 25:00", HOUR),
    ("duties", "due", "2017-05-31 17:60", HOUR),
    ("duties", "submitted", "2017-05-31 17:00+99:00", HOUR),
    ("slips", "day", "5月", DAY),
    ("events", "day", "5月", DAY),
    (
        "events",
        "what",
        "整好了",
        ("no event of events.csv", "write one of fixed on the spot, 立行立改, dispatched, 交办"),
    ),
    ("events", "due", "2017-06-31", NO_DAY),
    ("whistles", "day", "5月", DAY),
    ("whistles", "report_at", "2017-05-03", MOMENT),
    ("whistles", "attended", "来了", DAY),
    ("whistles", "to", "4.3E+11;住建局", SCIENTIFIC),
    ("tasks", "progress", "85%", NUMBER),
    ("tasks", "due", "2017-06-31", NO_DAY),
    ("acceptances", "passed", "合格", ANSWER),
    ("rulings", "concerns", "2017年5月", DAY),
    ("rulings", "concerns", "２０１７－０５－３１", ("not a day", "2017-05-31, in half-width digits")),
    ("rulings", "holds", "yes!", ANSWER),
    ("rulings", "condition", "末位", NO_CONDITION),
    ("rulings", "condition", "bottom(1, ties='decide')", NO_CONDITION),
    ("rulings", "condition", "{ kind = 'bottom'", NO_CONDITION),
    ("rulings", "condition", "{ n = 1 }\nother = 1", NO_CONDITION),
    ("rulings", "condition", "[" * 3000, NO_CONDITION),
    ("rulings", "condition", "9" * 5000, NO_CONDITION),
    ("rulings", "condition", "1", ("a value with its kind is wanted", "write a table with kind")),
]
VALID = {
    "grid": {"code": "B", "name": "乙村", "level": "村"},
    "inspections": {"unit": "A", "day": "2017-05-01", "channel": "督导"},
    "findings": {"inspection": "v1", "item": "垃圾", "deduction": "1"},
    "issues": {"id": "7", "place": "A", "found": "2017-05-01"},
    "surveys": {"unit": "A", "day": "2017-05-01", "channel": "电话", "asked": "3", "answered": "2", "satisfied": "1"},
    "stated": {"unit": "A", "day": "2017-05-01", "channel": "无人机", "rank": "1", "of": "9"},
    "outputs": {"unit": "A", "day": "2017-05-01", "what": "清运", "amount": "3", "measure": "吨"},
    "bodies": {"code": "ZJ", "name": "住建局"},
    "assignments": {"who": "张三", "role": "包村干部", "place": "A"},
    "duties": {"what": "日报", "owed_by": "A", "due": "2017-05-31 17:00"},
    "slips": {"issue": "7", "slip": "白单", "day": "2017-05-02"},
    "events": {"issue": "7", "day": "2017-05-02", "what": "挂账"},
    "whistles": {
        "issue": "7",
        "day": "2017-05-02",
        "to": "住建局",
        "report_at": "2017-05-03 9:00",
        "place": "村口",
        "people": "2人",
        "leader": "王五",
        "task": "清淤",
    },
    "tasks": {"name": "改厕", "unit": "A", "day": "2017-05-01", "progress": "60"},
    "acceptances": {"unit": "A", "day": "2017-05-01", "passed": "是"},
    "rulings": {
        "unit": "A",
        "concerns": "2017-05-01",
        "condition": "{ kind = 'bottom', n = 1, ties = 'decide' }",
        "holds": "是",
        "by": "指挥部",
        "why": "复查",
        "scheme": "town",
    },
}


def season_with(folder: Path, table: str, row: dict[str, str]) -> Path:
    """A sound season but for one row, the third of its file where that is the grid, else the second."""
    text = f"{','.join(row)}\n" + ("A,甲村,村" + "," * (len(row) - 3) + "\n" if table == "grid" else "")
    text += ",".join(f'"{cell}"' for cell in row.values()) + "\n"
    visits = "id,unit,day,channel\nv1,A,2017-05-01,督导\n"
    return write(folder, **{"grid": GRID, "inspections": visits, "issues": f"{LEDGER}\n7,A,2017-05-01,\n", table: text})


REQUIRED = [(table, column) for table, row in VALID.items() for column in row if (table, column) != ("slips", "issue")]


@pytest.mark.parametrize("row", ["7,A,白单,2017-05-02", ",,白单,2017-05-02"])
def test_a_slip_is_for_an_issue_or_a_unit_and_for_one_of_the_two(tmp_path: Path, row: str) -> None:
    slips = f"issue,unit,slip,day\n{row}\n"
    season = write(tmp_path, grid=GRID, issues=f"{LEDGER}\n7,A,2017-05-01,\n", slips=slips)
    problem = "a slip is for one issue, or for one unit as a whole: fill in one of the two"
    assert_only(season, ("slips.csv", 2, "", None), problem, "correct this row")


@pytest.mark.parametrize(("table", "column", "cell", "said"), CELLS)
def test_a_cell_that_cannot_be_read_is_named_with_its_value_and_what_to_write(
    tmp_path: Path, table: str, column: str, cell: str, said: tuple[str, str]
) -> None:
    season = season_with(tmp_path, table, {**VALID[table], column: cell})
    assert_only(season, (f"{table}.csv", 3 if table == "grid" else 2, column, cell), *said)


@pytest.mark.parametrize(("table", "column"), REQUIRED)
def test_a_required_cell_that_is_empty_is_named(tmp_path: Path, table: str, column: str) -> None:
    season = season_with(tmp_path, table, {**VALID[table], column: " "})
    assert_only(season, (f"{table}.csv", 3 if table == "grid" else 2, column, None), "cell is empty", "fill it in")


@pytest.mark.parametrize(("table", "column"), REQUIRED)
def test_a_required_column_that_is_missing_is_named_with_its_headers(tmp_path: Path, table: str, column: str) -> None:
    row = {name: cell for name, cell in VALID[table].items() if name != column}
    season = write(tmp_path, **{"grid": GRID, table: f"{','.join(row)}\n{','.join(row.values())}\n"})
    assert_only(season, (f"{table}.csv", 1, "", None), f"the column {column} is missing", f"under one of: {column}")


def test_the_remedy_for_a_missing_column_lists_its_chinese_headers_too(tmp_path: Path) -> None:
    assert_only(write(tmp_path, grid="名称,级别\n"), ("grid.csv", 1, "", None), "code", "one of: code, 编码, 代码")


# -- rows that are wrong as a whole
@pytest.mark.parametrize(
    ("table", "header", "row", "problem"),
    [
        ("surveys", VALID["surveys"], "A,2017-05-01,电话,3,4,1", "asked 3, answered 4, satisfied 1"),
        ("stated", VALID["stated"], "A,2017-05-01,无人机,5,3", "rank 5 of a list of 3"),
        ("stated", VALID["stated"], "A,2017-05-01,无人机,0,3", "rank 0 of a list of 3"),
        ("findings", VALID["findings"], "v1,垃圾,-2", "a deduction of -2"),
        ("inspections", (*VALID["inspections"], "last_day"), "A,2017-05-03,督导,2017-05-01", "is before the first"),
        ("issues", (*VALID["issues"], "accepted"), "7,A,2017-05-01,2017-05-02", "cannot follow, the issue is open"),
        ("issues", (*VALID["issues"], "fixed"), "7,A,2017-05-02,2017-05-01", "2017-05-01 is before found"),
        ("tasks", VALID["tasks"], "改厕,A,2017-05-01,101", "a progress of 101"),
    ],
)
def test_a_row_whose_cells_contradict_each_other_is_named(
    tmp_path: Path, table: str, header: tuple[str, ...], row: str, problem: str
) -> None:
    visits = "id,unit,day,channel\nv1,A,2017-05-01,督导\n"
    season = write(tmp_path, **{"grid": GRID, "inspections": visits, table: f"{','.join(header)}\n{row}\n"})
    assert_only(season, (f"{table}.csv", 2, "", None), problem, "correct this row")


def test_a_stated_score_beside_findings_is_refused(tmp_path: Path) -> None:
    visits = "id,unit,day,channel,stated\nv1,A,2017-05-01,督导,90\n"
    season = write(tmp_path, grid=GRID, inspections=visits, findings="inspection,item,deduction\nv1,垃圾,1\n")
    assert_only(season, ("inspections.csv", 2, "", None), "a stated score and findings", "correct this row")


@pytest.mark.parametrize(
    ("day", "problem"),
    [
        ("2017-04-30", "slip issued on 2017-04-30 is before found on 2017-05-01"),
        ("2017-05-04", "slip issued on 2017-05-04 cannot follow, the issue is closed"),
    ],
)
def test_a_slip_before_its_issue_was_found_or_after_it_was_closed_is_refused(
    tmp_path: Path, day: str, problem: str
) -> None:
    issues = "id,place,found,fixed\n7,A,2017-05-01,2017-05-03\n"
    season = write(tmp_path, grid=GRID, issues=issues, slips=f"issue,slip,day\n7,白单,{day}\n")
    assert_only(season, ("slips.csv", 2, "", None), f"issue 7: {problem}", "correct this row, or that of the issue")


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"attended": "2017-05-01"}, "attended on 2017-05-01 is before whistled on 2017-05-02"),
        ({"report_at": "2017-05-01 9:00"}, "whistled on 2017-05-02: to report at 2017-05-01T09:00:00+08:00, before"),
        ({"to": "；"}, "whistled on 2017-05-02: say whom it calls, such as to=('住建局',)"),
        ({"day": "2017-04-30"}, "issue 7: whistled on 2017-04-30 is before found on 2017-05-01"),
        ({"day": "2017-05-04"}, "issue 7: whistled on 2017-05-04 cannot follow, the issue is closed"),
        ({"attended": "2017-05-04"}, "issue 7: attended on 2017-05-04 cannot follow, the issue is closed"),
    ],
)
def test_a_whistle_that_cannot_follow_is_refused_where_it_stands(
    tmp_path: Path, changes: dict[str, str], problem: str
) -> None:
    row = VALID["whistles"] | {"report_at": "2017-05-04 9:00"} | changes
    issues = "id,place,found,fixed\n7,A,2017-05-01,2017-05-03\n"
    season = write(tmp_path, grid=GRID, issues=issues, whistles=f"{','.join(row)}\n{','.join(row.values())}\n")
    assert_only(season, ("whistles.csv", 2, "", None), problem, "correct this row")


def test_of_the_events_of_an_issue_the_first_that_cannot_follow_is_named(tmp_path: Path) -> None:
    issues = "id,place,found,fixed\n7,A,2017-05-01,2017-05-03\n"
    slips = "issue,slip,day\n7,黄单,2017-05-05\n7,白单,2017-05-04\n"
    season = write(tmp_path, grid=GRID, issues=issues, slips=slips)
    assert_only(season, ("slips.csv", 3, "", None), "slip issued on 2017-05-04 cannot follow", "correct this row")


@pytest.mark.parametrize("day", ["2017-05-02", "2017-05-03", "2017-05-04"])
def test_where_a_milestone_cannot_follow_the_row_of_the_issue_is_named_and_no_slip(tmp_path: Path, day: str) -> None:
    issues = "id,place,found,accepted\n7,A,2017-05-01,2017-05-03\n"
    season = write(tmp_path, grid=GRID, issues=issues, slips=f"issue,slip,day\n7,白单,{day}\n")
    problem = "issue 7: accepted on 2017-05-03 cannot follow, the issue is open"
    assert_only(season, ("issues.csv", 2, "", None), problem, "correct this row")


@pytest.mark.parametrize(
    ("table", "again", "heads"),
    [
        ("tasks", {"progress": "70"}, "单位, name, day"),
        ("rulings", {"holds": "否"}, "单位, concerns, condition, scheme"),
    ],
)
def test_a_task_or_a_ruling_that_is_there_already_names_both_rows(
    tmp_path: Path, table: str, again: dict[str, str], heads: str
) -> None:
    rows = ['"' + '","'.join(row.values()) + '"' for row in (VALID[table], VALID[table] | again)]
    header = ",".join(VALID[table]).replace("unit", "单位")
    season = write(tmp_path, **{"grid": GRID, table: "\n".join((header, rows[0], "", rows[1]))})
    assert_only(season, (f"{table}.csv", 4, "", None), f"row 2 has the same {heads}", "keep one of them")


def test_rulings_on_one_condition_in_two_schemes_or_rounds_are_no_repetition(tmp_path: Path) -> None:
    given = VALID["rulings"]
    rows = [given, given | {"scheme": "county"}, given | {"concerns": "2017-06-01"}]
    text = "\n".join([",".join(rows[0]), *('"' + '","'.join(row.values()) + '"' for row in rows)])
    assert len(read_season(write(tmp_path, grid=GRID, rulings=text)).rulings) == 3


def test_each_fault_inside_a_condition_is_named_with_the_path_of_its_field(tmp_path: Path) -> None:
    cell = "{ kind = 'all_of', parts = [{ kind = 'bottom', n = 0.5, tie = 'decide' }, { kind = 'month' }] }"
    faults = faults_of(season_with(tmp_path, "rulings", VALID["rulings"] | {"condition": cell}))
    assert [where(fault) for fault in faults] == [
        ("rulings.csv", 2, "condition: parts[1].tie", "tie"),
        ("rulings.csv", 2, "condition: parts[1].n", "0.5"),
        ("rulings.csv", 2, "condition: parts[1].ties", cell),
        ("rulings.csv", 2, "condition: parts[2]", "month"),
    ]
    assert faults[2].remedy == "write one of 'include', 'exclude', 'break', 'decide'; it has no default"


def test_a_condition_that_no_scheme_could_ask_is_refused(tmp_path: Path) -> None:
    cell = "{ kind = 'bottom', n = 0, ties = 'decide' }"
    season = season_with(tmp_path, "rulings", VALID["rulings"] | {"condition": cell})
    assert_only(season, ("rulings.csv", 2, "condition", cell), "bottom: n=0: give a whole number from 1 up", "correct")


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("inspections", "A,2017-05-01,督导"),
        ("surveys", "A,2017-05-01,电话,3,2,1"),
        ("stated", "A,2017-05-01,无人机,1,9"),
        ("outputs", "A,2017-05-01,清运,3,吨"),
        ("tasks", "改厕,A,2017-05-01,60"),
        ("acceptances", "A,2017-05-01,是"),
    ],
)
def test_a_unit_that_is_not_there_on_the_day_is_named_by_its_row(tmp_path: Path, table: str, row: str) -> None:
    grid = "code,name,level,since,until\nA,甲村,村,2017-05-02,\nB,乙村,村,2017-05-01,\n"
    text = f"{','.join(VALID[table])}\n{row}\n{row.replace('A,', 'B,')}\n"
    season = write(tmp_path, **{"grid": grid, table: text})
    place = (f"{table}.csv", 2, "unit", "A")
    assert_only(
        season, place, "the unit does not exist on 2017-05-01", "correct the day, or since and until in the grid"
    )


@pytest.mark.parametrize(("row", "count"), [("B,乙村", 2), ("B,乙村,村,", 4)])
def test_a_row_of_another_length_is_counted(tmp_path: Path, row: str, count: int) -> None:
    season = write(tmp_path, grid=f"{GRID}{row}\n")
    assert_only(season, ("grid.csv", 3, "", None), f"{count} cells under 3 headers", "commas and quotation marks")


def test_a_cell_under_no_header_is_not_dropped_in_silence(tmp_path: Path) -> None:
    season = write(tmp_path, grid="code,,name,level\nA,x,甲村,村\n")
    assert_only(season, ("grid.csv", 2, "", "x"), "under no header", "give the column a header, or clear it")


# -- headers
@pytest.mark.parametrize(
    ("header", "value", "remedy"),
    [
        ("code,name,level,parant", "parant", "did you mean 'parent'? known: code, 编码"),
        ("code,name,level,上级编号", "上级编号", "did you mean '上级编码'? known: code, 编码"),
        ("code,name,level,小组", "小组", "known: code, 编码"),
    ],
)
def test_an_unknown_header_is_named_with_a_near_one(tmp_path: Path, header: str, value: str, remedy: str) -> None:
    (fault,) = faults_of(write(tmp_path, grid=f"{header}\nA,甲村,村,\n"))
    assert where(fault) == ("grid.csv", 1, "", value)
    assert fault.problem == "no column has this header"
    assert fault.remedy.startswith(remedy)


def test_a_column_under_two_of_its_headers_is_refused(tmp_path: Path) -> None:
    season = write(tmp_path, grid="code,编码,name,level\nA,B,甲村,村\n")
    assert_only(season, ("grid.csv", 1, "", "编码"), "the column code is there twice", "keep one of them")


@pytest.mark.parametrize("separator", [";", "\t"])
def test_other_separators_than_commas_are_recognised(tmp_path: Path, separator: str) -> None:
    first, *missing = faults_of(write(tmp_path, grid=GRID.replace(",", separator)))
    assert first.remedy.startswith("separate the columns with commas; ")
    assert len(missing) == 3


# -- files
@pytest.mark.parametrize(
    ("raw", "row", "value", "problem", "remedy"),
    [
        (GRID.encode("utf-16"), None, None, "UTF-16", "CSV UTF-8"),
        (b"\xfe\xff" + GRID.encode("utf-16-be"), None, None, "UTF-16", "CSV UTF-8"),
        (b"code,name,level\nA,\xff\xff,x\n", None, None, "neither UTF-8 nor GB18030", "CSV UTF-8"),
        (GRID.encode() + b"B,\x07,x\n", 3, "\x07", "control character", "remove it"),
        (b"PK\x03\x04", 1, "\x03", "control character, as in a file that is no text", "remove it"),
        (b'code,"name,level\nA,x,y\n', 1, None, "row 1 cannot be read", "quotation marks"),
        (b"", None, None, "the file is empty", "write a header row"),
        (b"\xef\xbb\xbf \r\n", None, None, "the file is empty", "write a header row"),
        (GRID.encode() + b'B,"x,y\n', 3, None, "row 3 cannot be read", "quotation marks"),
        (GRID.encode() + b'\nB,"x"y,z\n', 4, None, "row 4 cannot be read", "quotation marks"),
        (GRID.encode() + b"B," + b"x" * 10_000_000 + b",y\n", 3, None, "row 3 cannot", "the size of its cells"),
    ],
)
def test_a_file_that_is_no_table_is_named_with_what_it_is(
    tmp_path: Path, raw: bytes, row: int | None, value: str | None, problem: str, remedy: str
) -> None:
    assert_only(write(tmp_path, grid=raw), ("grid.csv", row, "", value), problem, remedy)


def test_a_header_under_blank_rows_is_found_and_rows_keep_the_numbers_of_the_spreadsheet(tmp_path: Path) -> None:
    season = write(tmp_path, grid="\n,,\ncode,name,level\nA,甲村,\n")
    assert_only(season, ("grid.csv", 4, "level", None), "cell is empty", "fill it in")


def test_the_row_of_a_control_character_is_that_of_the_spreadsheet(tmp_path: Path) -> None:
    season = write(tmp_path, grid='code,name,level\nA,"甲\n大\n村",村\nB,乙\x07,村\n')
    assert_only(season, ("grid.csv", 3, "", "\x07"), "control character", "remove it")


def test_a_file_of_an_unknown_name_is_named_with_the_known_ones(tmp_path: Path) -> None:
    season = write(tmp_path, grid=GRID, inspection="unit\n")
    remedy = "known: grid.csv, inspections.csv, findings.csv, issues.csv, events.csv, slips.csv, "
    assert_only(season, ("inspection.csv", None, "", None), "no table of a season", remedy)


def test_a_missing_grid_is_named(tmp_path: Path) -> None:
    (fault,) = faults_of(write(tmp_path, inspections=f"{VISITS}A,2017-05-01,督导\n"))
    assert str(fault) == "grid.csv: there is no such file; put the units of the season into it"


@pytest.mark.parametrize("is_file", [False, True])
def test_a_folder_that_is_not_there_is_named(tmp_path: Path, *, is_file: bool) -> None:
    season = tmp_path / "season"
    if is_file:
        season.touch()
    place = (str(season), None, "", None)
    assert_only(season, place, "there is no such folder", "the folder that holds grid.csv")


def test_a_table_that_cannot_be_opened_raises_what_the_system_says(tmp_path: Path) -> None:
    (tmp_path / "grid.csv").mkdir()
    with pytest.raises(OSError, match=r"grid\.csv"):
        read_season(tmp_path)


def test_two_files_of_one_table_are_refused(tmp_path: Path) -> None:
    write(tmp_path, grid=GRID, GRID=GRID)
    if len(list(tmp_path.iterdir())) == 1:
        pytest.skip("this file system does not tell capitals apart")
    assert "grid.csv" in {fault.file.lower() for fault in faults_of(tmp_path)}


# -- codes and ids
@pytest.mark.parametrize(
    ("table", "column", "row"),
    [
        ("inspections", "unit", "430500000020,2017-05-01,督导"),
        ("issues", "place", "7,430500000020,2017-05-01"),
        ("surveys", "unit", "430500000020,2017-05-01,电话,3,2,1"),
        ("stated", "unit", "430500000020,2017-05-01,无人机,1,9"),
        ("outputs", "unit", "430500000020,2017-05-01,清运,3,吨"),
        ("assignments", "place", "张三,包村干部,430500000020"),
        ("tasks", "unit", "改厕,430500000020,2017-05-01,60"),
        ("acceptances", "unit", "430500000020,2017-05-01,是"),
        ("rulings", "unit", "430500000020,2017-05-01,{ kind = 'overdue' },是,指挥部,复查,town"),
    ],
)
def test_a_unit_that_the_grid_does_not_have_is_named_with_a_near_one(
    tmp_path: Path, table: str, column: str, row: str
) -> None:
    grid = "code,name,level\n430500000010,甲村,村\n999,乙村,村\n"
    season = write(tmp_path, **{"grid": grid, table: f"{','.join(VALID[table])}\n{row}\n"})
    place = (f"{table}.csv", 2, column, "430500000020")
    assert_only(season, place, "grid.csv has no such code", "did you mean '430500000010'? correct it, or add it there")


@pytest.mark.parametrize("units", [1, 2000])
def test_a_unit_unlike_any_other_or_in_a_huge_grid_is_named_without_a_near_one(tmp_path: Path, units: int) -> None:
    grid = "code,name,level\n" + "".join(f"{1000 + n},村,村\n" for n in range(units))
    season = write(tmp_path, grid=grid, inspections=f"{VISITS}100,2017-05-01,督导\n乙,2017-05-01,督导\n")
    near = "did you mean '1000'? " if units == 1 else ""
    assert [fault.remedy for fault in faults_of(season)] == [
        f"{near}correct it, or add it there",
        "correct it, or add it there",
    ]


def test_a_finding_of_an_inspection_that_is_not_there_is_named(tmp_path: Path) -> None:
    season = write(tmp_path, grid=GRID, findings="inspection,item,deduction\nv1,垃圾,1\n")
    assert_only(season, ("findings.csv", 2, "inspection", "v1"), "inspections.csv has no such code", "add it there")


def test_a_slip_for_an_issue_that_is_not_there_is_named(tmp_path: Path) -> None:
    season = write(tmp_path, grid=GRID, slips="issue,slip,day\n7,白单,2017-05-01\n")
    assert_only(season, ("slips.csv", 2, "issue", "7"), "issues.csv has no such code", "add it there")


@pytest.mark.parametrize(
    ("table", "text"),
    [
        ("inspections", "id,unit,day,channel\nx,A,2017-05-01,督导\n,A,2017-05-02,督导\n\nx,A,2017-05-02,督导\n"),
        ("issues", "id,place,found\nx,A,2017-05-01\ny,A,2017-05-01\n\nx,A,2017-05-01\n"),
    ],
)
def test_an_id_given_twice_names_both_rows(tmp_path: Path, table: str, text: str) -> None:
    season = write(tmp_path, **{"grid": GRID, table: text})
    assert_only(season, (f"{table}.csv", 5, "id", "x"), "already that of row 2", "give each row an id of its own")


def test_a_row_with_an_id_given_twice_hides_none_of_its_other_faults(tmp_path: Path) -> None:
    season = write(tmp_path, grid=GRID, issues=f"{LEDGER}fixed\nx,A,2017-05-01,\nx,C,2017-05-02,2017-05-01\n")
    assert {fault.column for fault in faults_of(season)} == {"id", "place", ""}


def test_the_code_of_a_body_given_twice_names_both_rows(tmp_path: Path) -> None:
    season = write(tmp_path, grid=GRID, bodies="code,name\nZJ,住建局\nZJ,城管局\n")
    assert_only(season, ("bodies.csv", 3, "code", "ZJ"), "already that of row 2", "give each row a code of its own")


def test_a_unit_code_given_twice_names_both_rows_as_the_spreadsheet_counts_them(tmp_path: Path) -> None:
    season = write(tmp_path, grid="code,name,level\n\nA,甲村,村\n,,\nA,乙村,村\n")
    assert_only(season, ("grid.csv", 5, "code", "A"), "already that of row 3", "a code of its own")


@pytest.mark.parametrize(
    ("rows", "place", "problem"),
    [
        ("\nA,甲,村,Z,,,\n", (3, "parent", "Z"), "no unit has this code"),
        ("T,镇,镇,,,,\n\nA,甲,村,A,,,\n", (4, "parent", "A"), "A < A"),
        ("T,镇,镇,,,,\n\nA,甲,村,B,,,\n,,,,,,\nB,乙,村,A,,,\n", (4, "parent", "B"), "A < B < A"),
        ("\nA,甲,村,,,2017-05-02,2017-05-01\n", (3, "until", "2017-05-01"), "ends before it begins"),
        ("T,镇,镇,,,2017-01-01,\n\nA,甲,村,T,,,\n", (4, "parent", "T"), "does not exist throughout"),
    ],
)
def test_what_keeps_the_units_from_being_a_tree_is_named_by_the_row_of_the_spreadsheet(
    tmp_path: Path, rows: str, place: tuple[int, str, str], problem: str
) -> None:
    assert_only(write(tmp_path, grid=f"{GRID_WITH}{rows}"), ("grid.csv", *place), problem, "correct")


# -- all at once
def test_every_fault_of_every_file_comes_in_one_error_and_in_one_message(tmp_path: Path) -> None:
    season = write(
        tmp_path,
        grid=f"{GRID_WITH}A,甲村,村,,many,soon,\nB,乙村,村,,,2017-02-30,\n",
        inspections=f"{VISITS}A,2017-05-32,督导\nC,today,\n",
        surveys="unit,day\n",
        stated=b"\xff\xff",
        village="",
        duties=f"{','.join(VALID['duties'])}\n日报,A,noon\n",
    )
    expected = {
        ("grid.csv", 2, "population", "many"),
        ("grid.csv", 2, "since", "soon"),
        ("grid.csv", 3, "since", "2017-02-30"),
        ("inspections.csv", 2, "day", "2017-05-32"),
        ("inspections.csv", 3, "unit", "C"),
        ("inspections.csv", 3, "day", "today"),
        ("inspections.csv", 3, "channel", None),
        ("surveys.csv", 1, "", None),
        ("stated.csv", None, "", None),
        ("village.csv", None, "", None),
        ("duties.csv", 2, "due", "noon"),
    }
    faults = faults_of(season)
    assert {where(fault) for fault in faults} == expected
    assert len(faults) == len(expected) + 3  # surveys.csv lacks four columns
    with pytest.raises(InputError, match=r"^14 faults:\n(.+; .+\n){13}.+; .+$"):
        read_season(season)


def test_a_code_given_twice_is_told_beside_an_unreadable_cell_of_the_grid(tmp_path: Path) -> None:
    season = write(tmp_path, grid=f"{GRID_WITH}A,甲村,村,,many,,\nB,乙村,村,,,,\nB,丙村,村,,,,\n")
    assert ("grid.csv", 4, "code", "B") in {where(fault) for fault in faults_of(season)}


@pytest.mark.parametrize("name", ["grid", "GRID"])
@pytest.mark.parametrize(
    "grid", ["name,level\n甲村,村\n", "", "code,name,level\nA,甲村,\n", "code,name,level\n4E+9,甲村,村\n"]
)
def test_an_unread_grid_is_not_blamed_on_the_files_that_refer_to_it(tmp_path: Path, name: str, grid: str) -> None:
    season = write(tmp_path, **{name: grid, "inspections": f"{VISITS}A,2017-05-01,督导\n"})
    assert [fault.file for fault in faults_of(season)] == [f"{name}.csv"]


def test_a_unit_whose_row_has_another_fault_is_still_known_to_the_other_files(tmp_path: Path) -> None:
    season = write(tmp_path, grid="code,name,level\nA,甲村,\nB,乙村,村\n", inspections=f"{VISITS}A,2017-05-01,督导\n")
    assert_only(season, ("grid.csv", 2, "level", None), "cell is empty", "fill it in")


def test_a_season_that_was_corrected_is_read(tmp_path: Path) -> None:
    write(tmp_path, grid=GRID, inspections=f"{VISITS}A,2017-05-32,督导\n")
    assert len(faults_of(tmp_path)) == 1
    write(tmp_path, inspections=f"{VISITS}A,2017-05-31,督导\n")
    assert read_season(tmp_path).inspections[0].day == date(2017, 5, 31)
