"""Lives of issues that are numbered in events.csv, and tables that a ledger writes: they are read as they were."""

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings

import envgov as eg
from envgov.season_csv.cells import ELSEWHERE
from envgov.season_csv.written import write_ledger
from envgov.testing.strategies import seasons

K = eg.EventKind
GRID = eg.Grid((eg.Unit("甲", "甲村", "村"), eg.Unit("乙", "乙村", "村", designations=frozenset({"涉农", "城中村"}))))
BEIJING = timezone(timedelta(hours=8))


def may(day: int) -> date:
    return date(2024, 5, day)


def found(*later: eg.Event, id: str = "W1", **fields: Any) -> eg.Issue:
    return eg.Issue(id, "甲", (eg.Event(K.FOUND, may(1), by="督导组"), *later), **fields)


def read_back(folder: Path, *issues: eg.Issue, **fields: Any) -> eg.Facts:
    facts = eg.Facts(GRID, issues=issues, **fields)
    write_ledger(facts, folder / "out")
    again = eg.read_season(folder / "out")
    assert (again.grid, again.slips, again.synthetic) == (facts.grid, facts.slips, facts.synthetic)
    return again


WHISTLE = eg.Whistle(datetime(2024, 5, 3, 9, tzinfo=BEIJING), "村口", "2人", "王五", "清淤")
STAGES = (eg.StageDue("围挡", may(3)), eg.StageDue("恢复=平整", may(9), datetime(2024, 5, 9, 17, 30, 0, 5, tzinfo=UTC)))
LIVES = [
    (),
    # the same day, in an order that no table could guess: declined twice, reassigned in between
    (
        eg.Event(
            K.DISPATCHED, may(2), by="整治办", to=("甲", "乙"), due=may(9), dues=STAGES, calendar="国办〔2023〕7号"
        ),
        eg.Event(K.DECLINED, may(2), by="甲", note="不属本村"),
        eg.Event(K.REASSIGNED, may(2), by="整治办", to=("乙",), due=may(10)),
        eg.Event(K.DECLINED, may(2), by="乙", note="不属本村"),
        eg.Event(K.REASSIGNED, may(2), by="整治办", to=("甲",), due=may(11), note="第一行\n第二行"),
        eg.Event(K.COMPLETED, may(3), by="甲", stage="围挡"),
        eg.Event(K.EXTENDED, may(9), by="甲", due=may(20), asked=may(8), approved_by="分管领导", note="连日降雨"),
        eg.Event(
            K.RECTIFIED, may(12), at=datetime(2024, 5, 12, 8, 5, tzinfo=BEIJING), evidence=("前、后.jpg", "b.jpg")
        ),
        eg.Event(K.PASSED, may(13), by="村监委会", role="村"),
        eg.Event(K.ACCEPTED, may(13), by="镇环卫办", role="镇"),
    ),
    (
        eg.Event(K.SLIPPED, may(2), by="王主任", slip="白单", note="督办〔2024〕1号"),
        eg.Event(K.WHISTLED, may(2), by="街道", to=("住建局",), whistle=WHISTLE, note="急"),
        eg.Event(K.ATTENDED, may(3), by="住建局"),
        eg.Event(K.MERGED, may(4), by="整治办", note="W2"),
    ),
    (eg.Event(K.LISTED, may(2), by="=HYPERLINK(1)", note="-1；+1", evidence=("@a", "'=b")),),
]


# -- what is written
@pytest.mark.parametrize("life", LIVES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_life_that_was_written_is_read_as_it_was(tmp_path: Path, life: tuple[eg.Event, ...], language: Any) -> None:
    issue = found(*life, responsible=("甲", "乙"), category="垃圾、污水", description="=SUM(A1)", source="暗访")
    write_ledger(eg.Facts(GRID, issues=(issue,)), tmp_path / "out", language)
    assert eg.read_season(tmp_path / "out").issues == (issue,)


@settings(max_examples=25, deadline=None)
@given(facts=seasons())
def test_any_ledger_that_was_written_is_read_as_it_was(facts: eg.Facts) -> None:
    with TemporaryDirectory() as folder:
        write_ledger(facts, Path(folder, "out"))
        again = eg.read_season(Path(folder, "out"))
    assert (again.grid, again.issues, again.slips) == (facts.grid, facts.issues, facts.slips)


def test_what_is_made_up_is_written_too(tmp_path: Path) -> None:
    read_back(tmp_path, found(), slips=(eg.Slip("乙", "黄单", may(3), "县办"),), synthetic="均为虚构")


def test_a_text_of_a_stranger_is_no_formula_of_a_spreadsheet(tmp_path: Path) -> None:
    write_ledger(eg.Facts(GRID, issues=(found(*LIVES[3], description="=1+1"),)), tmp_path / "out")
    text = (tmp_path / "out" / "issues.csv").read_text("utf-8") + (tmp_path / "out" / "events.csv").read_text("utf-8")
    assert "'=1+1" in text
    assert "'=HYPERLINK(1)" in text
    assert ",=" not in text


def test_a_list_of_codes_that_a_spreadsheet_would_round_is_kept(tmp_path: Path) -> None:
    issue = found(responsible=("4E+10", "乙"))
    assert read_back(tmp_path, issue).issues == (issue,)


def test_columns_in_which_nothing_stands_are_left_out(tmp_path: Path) -> None:
    write_ledger(eg.Facts(GRID, issues=(found(),)), tmp_path / "out")
    assert (tmp_path / "out" / "issues.csv").read_text("utf-8-sig").splitlines() == [
        "问题编号,所属单位,发现日期",
        "W1,甲,2024-05-01",
    ]
    assert (tmp_path / "out" / "events.csv").read_text("utf-8-sig").splitlines()[1:] == ["W1,2024-05-01,发现,督导组,1"]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["events.csv", "grid.csv", "issues.csv"]


def test_a_folder_that_is_empty_is_written_into(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    assert read_back(tmp_path, found()).issues == (found(),)


@pytest.mark.parametrize("there", ["out", "out/note.txt"])
def test_nothing_is_written_over(tmp_path: Path, there: str) -> None:
    (tmp_path / there).parent.mkdir(exist_ok=True)
    (tmp_path / there).write_text("mine", encoding="utf-8")
    with pytest.raises(eg.InputError, match="there is something already; name a folder that is new or empty"):
        write_ledger(eg.Facts(GRID), tmp_path / "out")
    assert (tmp_path / there).read_text("utf-8") == "mine"


@pytest.mark.parametrize(
    ("issue", "told"),
    [
        (found(description=" 空格"), "issues.csv: a table .* description ' 空格' would be '空格' .found 'W1'"),
        (found(eg.Event(K.LISTED, may(2), note="末 ")), "as it is: note '末 ' would be '末'"),
        (found(id="4E+10"), "the spreadsheet made a rounded number of this code"),
        (found(description="\x07"), "a control character"),
    ],
)
def test_what_no_table_can_hold_is_told_and_nothing_is_left_behind(tmp_path: Path, issue: eg.Issue, told: str) -> None:
    with pytest.raises(eg.InputError, match=told):
        write_ledger(eg.Facts(GRID, issues=(issue,)), tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


# -- numbered lives that somebody else wrote
def season(folder: Path, events: str, issues: str = "id,place,found\nW1,甲,2024-05-01\n", **tables: str) -> eg.Facts:
    for name, text in {"grid": "code,name,level\n甲,甲村,村\n", "issues": issues, "events": events, **tables}.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return eg.read_season(folder)


def fault(folder: Path, events: str, *args: str, **tables: str) -> tuple[str, int | None, str]:
    with pytest.raises(eg.InputError) as error:
        season(folder, events, *args, **tables)
    [only] = error.value.faults
    return only.file, only.row, only.problem


HEAD = "issue,order,day,what\n"


def test_numbers_say_the_order_whatever_the_rows_do(tmp_path: Path) -> None:
    rows = HEAD + "W1,9,2024-05-02,整改\nW1,1,2024-05-01,发现\nW1,4,2024-05-02,认领\n"
    [issue] = season(tmp_path, rows).issues
    assert [(event.what, event.by) for event in issue.events] == [(K.FOUND, ""), (K.CLAIMED, ""), (K.RECTIFIED, "")]


@pytest.mark.parametrize(
    ("rows", "row", "problem"),
    [
        (
            "W1,1,2024-05-01,发现\nW1,,2024-05-02,认领",
            3,
            "issue W1: its other events are numbered, and this one is not",
        ),
        ("W1,1,2024-05-01,发现\nW1,1,2024-05-02,认领", 3, "issue W1: two of its events have the number 1"),
        (
            "W1,,2024-05-01,发现",
            2,
            f"{ELSEWHERE}, unless all events of the issue are numbered here",
        ),
    ],
)
def test_numbers_that_tell_no_order_are_refused(tmp_path: Path, rows: str, row: int, problem: str) -> None:
    assert fault(tmp_path, HEAD + rows + "\n") == ("events.csv", row, problem)


def test_a_numbered_life_begins_when_the_issue_was_found(tmp_path: Path) -> None:
    for rows, begins in (("W1,1,2024-05-02,发现", "found"), ("W1,1,2024-05-02,认领", "claimed")):
        problem = f"issue W1: its numbered events begin with {begins} on 2024-05-02"
        assert fault(tmp_path, f"{HEAD}{rows}\n") == ("issues.csv", 2, problem)


def test_a_numbered_life_is_told_in_one_place(tmp_path: Path) -> None:
    issues = "id,place,found,due,rectified\nW1,甲,2024-05-01,2024-05-09,2024-05-02\n"
    problem = "issue W1: its events are numbered; give due, rectified with them, and not here"
    assert fault(tmp_path, HEAD + "W1,1,2024-05-01,发现\n", issues) == ("issues.csv", 2, problem)
    slips = "issue,slip,day\nW1,白单,2024-05-02\n"
    told = ("slips.csv", 2, "issue W1: its other events are numbered, and this one is not")
    assert fault(tmp_path, HEAD + "W1,1,2024-05-01,发现\n", slips=slips) == told


def test_events_tell_their_stages_moments_and_who_approved(tmp_path: Path) -> None:
    rows = (
        "问题编号,日期,事件,对象,时限,分阶段时限,工作日历,时刻,申请日期,批准人\n"
        "W1,2024-05-02,交办,甲,2024-05-09,围挡=2024-05-03；恢复=2024-05-09 17:00,甲历,2024-05-02 9:30:15.25,,\n"
        "W1,2024-05-08,延期,,2024-05-12,,,,2024-05-07,县\n"
    )
    _, handed, extended = season(tmp_path, rows).issues[0].events
    assert [due.stage for due in handed.dues] == ["围挡", "恢复"]
    assert handed.dues[1].at == datetime(2024, 5, 9, 17, tzinfo=BEIJING)
    assert (handed.calendar, handed.at) == ("甲历", datetime(2024, 5, 2, 9, 30, 15, 250000, tzinfo=BEIJING))
    assert (extended.asked, extended.approved_by) == (may(7), "县")


@pytest.mark.parametrize(
    ("column", "cell", "problem"),
    [
        ("stages", "2024-05-09", "this is no stage with its date"),
        ("stages", "围挡=5月", "this is not a day"),
        ("to", '"[""甲"""', "this is no list of JSON"),
        ("leader", "王五", "a whistle says what it asks; report_at, place, people, task is empty"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named(tmp_path: Path, column: str, cell: str, problem: str) -> None:
    rows = f"issue,day,what,{column}\nW1,2024-05-02,吹哨,{cell}\n"
    assert fault(tmp_path, rows) == ("events.csv", 2, problem)
