"""Whatever lies in a folder, `read_season` gives whole facts or an InputError that says where and what to do."""

import csv
from collections import Counter
from collections.abc import Callable, Mapping
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import Phase, event, find, given, settings, strategies as st

from envgov import EventKind, Facts, InputError, Unit, read_season

Rows = list[list[str]]
Season = dict[str, bytes]

TABLES: Mapping[str, str] = {
    "grid": "code,name,level,parent,population,since,until\nT,镇,乡镇,,,,\nA,甲,村,T,90,2017-01-01,\nB,乙,村,T,,,2018-01-01\n",
    "inspections": "编号,单位,日期,渠道,得分,明查暗访,结束日期\nv1,A,2017-05-01,督导,,暗访,2017-05-03\n"
    "v2,B,2017/5/1,督导,85.5,,\n",
    "findings": "inspection,item,deduction,note,evidence\nv1,垃圾,2.5,路口,1.jpg;2.jpg\nv1,水沟,1,,\n",
    "issues": "问题编号,所属单位,责任单位,发现日期,交办日期,整改时限,整改日期,销号日期\n"
    "7,A,甲;乙,2017-05-01,2017-05-02,2017-05-09,2017-05-04,2017-05-05\n8,B,,2017-05-01,,,,\n",
    "surveys": "unit,day,channel,asked,answered,satisfied\nA,2017-05-01,电话,30,20,10\n",
    "stated": "unit,day,channel,rank,of\nA,2017-05-01,无人机,117,151\n",
    "outputs": "unit,day,what,amount,measure\nA,2017-05-01,清运,300,吨\n",
    "bodies": "code,name\nZJ,住建局\n",
    "assignments": "who,role,place,since,until\n张三,包村,A,,2018-01-01\n",
    "duties": "what,owed_by,due,submitted\n日报,A,2017-05-31 17:00,2017-05-31T09:00Z\n",
    "slips": "问题编号,单位,督办单,发单日期,发单单位\n8,,白单,2017-05-03,督查室\n8,,黄单,2017-05-02,\n7,,白单,2017-05-05,\n"
    ",A,红单,2017-05-05,督查室\n",
    "events": "issue,day,what,by,to,due,note\n8,2017-05-02,挂账,督查室,,,\n8,2017-05-02,恢复,,,,\n7,2017-05-06,rechecked,,,,\n",
    "whistles": "issue,day,by,to,report_at,place,people,leader,task,attended\n"
    "8,2017-05-04,T,甲;乙,2017-05-05 9:00,村口,2人,王五,清淤,2017-05-05\n",
    "tasks": "name,unit,day,progress,leader,due\n改厕,A,2017-05-01,62.5,张三,2017-06-30\n改厕,A,2017-05-02,100,,\n",
    "acceptances": "单位,验收日期,验收结果,验收单位\nA,2017-05-01,通过,验收组\nB,2017-05-01,否,\n",
    "rulings": "unit,concerns,condition,holds,by,why,scheme\n"
    "A,2017-05-01,\"{ kind = 'bottom', n = 1, ties = 'decide' }\",yes,指挥部,复查,town\n"
    'B,2017-05-01,"{""kind"": ""ruled"", ""what"": ""成效显著"", ""by"": ""指挥部""}",否,指挥部,无,town\n',
}
AWKWARD = (
    *("", " ", "A", "B", "T", "v1", "7", "v2", "甲\n乙", 'a"b', "a,b", "'", "=1+1", "−1", "８５", "0", "-1", "1.50"),
    *(
        "NaN",
        "-inf",
        "1e999",
        "9" * 13,
        "9" * 4500,
        "0." + "1" * 50,
        "4.3E+11",
        "2017-02-30",
        "2017-05-01",
        "0001-01-01",
    ),
    *("2199-12-31", "2017-05-31 24:00", "2017-05-31 17:00-23:59", "2017-05-31T17:00+24:00", "2016-12-31", "open"),
    *("yes", "否", "{ kind = 'bottom' }", '{"kind": "ruled"}', "{ kind = 'month' }", "{" * 5000, "[1]", "NaN}", "null"),
    *(";;", "code", "编码", "\ufeff", "\u2028", "\x00", "\x85", "𠮷", "x" * 200_000, "[/x]"),
)
TOLD = (EventKind.SUSPENDED, EventKind.RESUMED, EventKind.RECHECKED)
"""What events.csv has here, and no milestone."""
COUNTED = {
    "inspections": lambda facts: len(facts.inspections),
    "findings": lambda facts: sum(len(inspection.findings) for inspection in facts.inspections),
    "issues": lambda facts: len(facts.issues),
    "surveys": lambda facts: len(facts.surveys),
    "stated": lambda facts: len(facts.stated_ranks),
    "outputs": lambda facts: len(facts.outputs),
    "bodies": lambda facts: len(facts.bodies),
    "assignments": lambda facts: len(facts.assignments),
    "duties": lambda facts: len(facts.duties),
    "slips": lambda facts: len(facts.slips) + sum(bool(event.slip) for issue in facts.issues for event in issue.events),
    "events": lambda facts: sum(event.what in TOLD for issue in facts.issues for event in issue.events),
    "whistles": lambda facts: sum(event.whistle is not None for issue in facts.issues for event in issue.events),
    "tasks": lambda facts: len(facts.tasks),
    "acceptances": lambda facts: len(facts.acceptances),
    "rulings": lambda facts: len(facts.rulings),
    "grid": lambda facts: len(facts.grid.units),
}
"""How many rows of each table are in the facts."""


# -- seasons that are mostly sound
def a_cell(draw: st.DrawFn, rows: Rows) -> tuple[list[str], int]:
    row = draw(st.sampled_from([row for row in rows if row] or [[""]]))
    return row, draw(st.integers(0, len(row) - 1))


def replace_cell(draw: st.DrawFn, rows: Rows) -> None:
    row, i = a_cell(draw, rows)
    row[i] = draw(st.sampled_from(AWKWARD) | st.text(max_size=9))


def copy_cell(draw: st.DrawFn, rows: Rows) -> None:
    """Codes and ids given twice, columns given twice."""
    row, i = a_cell(draw, rows)
    row[i:] = [draw(st.sampled_from([cell for other in rows for cell in other[i : i + 1]] or [""])), *row[i + 1 :]]


def refer(draw: st.DrawFn, rows: Rows) -> None:
    """A code in the fourth column, where the grid has its parents: circles."""
    row, _ = a_cell(draw, rows)
    row[3:4] = [draw(st.sampled_from([other[0] for other in rows if other] or [""]))]


def move_cell(draw: st.DrawFn, rows: Rows) -> None:
    (row, i), (other, j) = a_cell(draw, rows), a_cell(draw, rows)
    row[i], other[j] = other[j], row[i]


def cut_row(draw: st.DrawFn, rows: Rows) -> None:
    row, i = a_cell(draw, rows)
    del row[i:]


def lengthen_row(draw: st.DrawFn, rows: Rows) -> None:
    row, _ = a_cell(draw, rows)
    row.append(draw(st.sampled_from(("", "x"))))


def add_column(draw: st.DrawFn, rows: Rows) -> None:
    fill = draw(st.sampled_from(("", "x")))
    for n, row in enumerate(rows):
        row.append("" if n == 0 else fill)


def insert_row(draw: st.DrawFn, rows: Rows) -> None:
    row = draw(st.sampled_from([[], [""], ["", ""], *rows]))
    rows.insert(draw(st.integers(0, len(rows))), list(row))


def drop_row(draw: st.DrawFn, rows: Rows) -> None:
    if rows:
        del rows[draw(st.integers(0, len(rows) - 1))]


CHANGES: tuple[Callable[[st.DrawFn, Rows], None], ...] = (
    *(replace_cell, copy_cell, refer, move_cell, cut_row, lengthen_row, add_column, insert_row, drop_row),
)


def parsed(text: str) -> Rows:
    return list(csv.reader(StringIO(text, newline=""), strict=True))


def written(rows: Rows, newline: str) -> str:
    text = StringIO(newline="")
    csv.writer(text, lineterminator=newline).writerows(rows)
    return text.getvalue()


@st.composite
def changed_tables(draw: st.DrawFn) -> dict[str, Rows]:
    """Some tables of a sound season, with up to three changes; often the season is still sound."""
    names = draw(st.sets(st.sampled_from(sorted(TABLES)), min_size=1)) | {"grid"}
    if "findings" in names:
        names.add("inspections")
    if "slips" in names:
        names.add("issues")
    tables = {name: parsed(TABLES[name]) for name in sorted(names)}
    for _ in range(draw(st.integers(0, 3))):
        draw(st.sampled_from(CHANGES))(draw, tables[draw(st.sampled_from(sorted(tables)))])
    return tables


@st.composite
def seasons(draw: st.DrawFn) -> Season:
    """A changed season as bytes: any encoding and line end, and now and then flipped, cut or random bytes."""
    newline = draw(st.sampled_from(("\n", "\r\n", "\r")))
    season = {}
    for name, rows in draw(changed_tables()).items():
        encoding = draw(st.sampled_from(("utf-8", "utf-8", "utf-8-sig", "gb18030")))
        season[f"{name}.csv"] = written(rows, newline).encode(encoding, "replace")
    name = draw(st.sampled_from(sorted(season)))
    raw = season[name]
    match draw(st.sampled_from(("none",) * 6 + ("flip", "cut", "noise", "utf-16", "gone", "renamed"))):
        case "flip" if raw:
            i = draw(st.integers(0, len(raw) - 1))
            season[name] = raw[:i] + bytes([raw[i] ^ draw(st.integers(1, 255))]) + raw[i + 1 :]
        case "cut":
            season[name] = raw[: draw(st.integers(0, len(raw)))]
        case "noise":
            season[name] = draw(st.binary(max_size=300))
        case "utf-16":
            season[name] = raw.decode("utf-8", "replace").encode("utf-16")
        case "gone":
            del season[name]
        case "renamed":
            season[draw(st.sampled_from(("Grid.CSV", "grids.csv", "notes.txt")))] = season.pop(name)
    return season


def outcome(season: Season) -> Facts | InputError:
    """Anything but these two passes through and fails the test."""
    with TemporaryDirectory() as folder:
        for name, raw in season.items():
            (Path(folder) / name).write_bytes(raw)
        try:
            return read_season(folder)
        except InputError as error:
            return error


def depth(result: Facts | InputError) -> str:
    """How far into the reader a season came, by its deepest fault."""
    if isinstance(result, Facts):
        return "facts"
    faults = result.faults
    if any("has no such code" in fault.problem or "already that of" in fault.problem for fault in faults):
        return "a code of another row"
    if any("above itself" in fault.problem for fault in faults):
        return "a circle in the grid"
    if any(fault.column for fault in faults):
        return "a cell"
    if any(fault.row is not None and fault.row > 1 for fault in faults):
        return "a row"
    return "a header" if any(fault.row == 1 for fault in faults) else "a file"


def assert_each_fault_is_complete(error: InputError, names: set[str]) -> None:
    assert error.faults
    for fault in error.faults:
        assert fault.file in {*names, "grid.csv"}
        assert fault.problem
        assert fault.remedy
        assert fault.row is None or fault.row >= 1
        assert not fault.column or fault.row is not None
    assert str(error).count("\n") >= min(len(error.faults), 200)
    assert max(map(len, str(error).splitlines())) < 1000


@given(seasons())
def test_a_season_is_read_or_refused_with_faults_that_name_a_file_and_a_remedy(season: Season) -> None:
    result = outcome(season)
    event(depth(result))
    if isinstance(result, InputError):
        assert_each_fault_is_complete(result, set(season))


@given(st.dictionaries(st.sampled_from([f"{name}.csv" for name in TABLES]), st.binary(max_size=2000), min_size=1))
def test_random_bytes_are_refused_with_faults_that_name_a_file_and_a_remedy(season: Season) -> None:
    result = outcome(season)
    assert isinstance(result, InputError)
    assert_each_fault_is_complete(result, set(season))


@given(changed_tables())
def test_a_season_that_is_read_has_a_fact_for_every_row_that_is_not_blank(tables: dict[str, Rows]) -> None:
    result = outcome({f"{name}.csv": written(rows, "\n").encode("utf-8", "replace") for name, rows in tables.items()})
    event(depth(result))
    if isinstance(result, Facts):
        filled = {name: sum(any(map(str.strip, row)) for row in rows) - 1 for name, rows in tables.items()}
        assert {name: COUNTED[name](result) for name in COUNTED} == {name: filled.get(name, 0) for name in COUNTED}


@given(seasons())
def test_a_season_reads_the_same_twice(season: Season) -> None:
    first, second = outcome(season), outcome(season)
    if isinstance(first, InputError):
        assert isinstance(second, InputError)
        assert first.faults == second.faults
    else:
        assert first == second


PRINTED = st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from('\n\t",'))


@given(st.lists(PRINTED, min_size=1), st.sampled_from(("utf-8", "utf-8-sig", "gb18030")))
def test_any_printed_text_is_read_as_it_stands(names: list[str], encoding: str) -> None:
    names = [f"村{name}村" for name in names]
    rows = [["编码", "名称", "级别"], *([f"{n:05}", name, "村"] for n, name in enumerate(names))]
    facts = outcome({"grid.csv": written(rows, "\r\n").encode(encoding)})
    assert isinstance(facts, Facts)
    assert facts.grid.units == tuple(Unit(f"{n:05}", name, "村") for n, name in enumerate(names))


def test_the_sound_season_is_read() -> None:
    facts = outcome({f"{name}.csv": text.encode() for name, text in TABLES.items()})
    assert isinstance(facts, Facts)
    assert {name: COUNTED[name](facts) for name in COUNTED} == {
        name: text.count("\n") - 1 for name, text in TABLES.items()
    }


@pytest.mark.parametrize(
    "goal", ["facts", "a code of another row", "a circle in the grid", "a cell", "a row", "a header", "a file"]
)
def test_the_strategy_reaches_every_depth_of_the_reader(goal: str) -> None:
    once = settings(phases=[Phase.generate], max_examples=2000, derandomize=True, database=None)
    find(seasons(), lambda season: depth(outcome(season)) == goal, settings=once)


def test_a_quarter_of_the_seasons_at_least_is_read_and_a_quarter_refused() -> None:
    seen: Counter[str] = Counter()

    @settings(phases=[Phase.generate], max_examples=200, derandomize=True, database=None)
    @given(seasons())
    def count(season: Season) -> None:
        seen["read" if isinstance(outcome(season), Facts) else "refused"] += 1

    count()
    assert min(seen["read"], seen["refused"]) * 4 >= seen.total()
