"""events.csv: what happens to an issue beside its milestones, merged with them by day and by what can follow."""

from datetime import date
from itertools import permutations
from pathlib import Path

import pytest

import envgov as eg
from envgov import Event, EventKind

GRID = "code,name,level\nA,甲村,村\n"
MILESTONES = ("found", "fixed", "dispatched", "claimed", "rectified", "accepted", "withdrawn")
WORDS = """
立行立改 fixed on the spot
交办 dispatched
吹哨 whistled
报到 attended
认领 claimed
完成 completed
退单 declined
改派 reassigned
上报 referred up
提级 referred up
延期 extended
挂账 suspended
恢复 resumed
整改 rectified
初验 passed
验收 accepted
销号 accepted
返工 rejected
回头看 rechecked
反弹 relapsed
合并 merged
并入 absorbed
撤销 withdrawn
挂牌督办 listed for supervision
奖励 rewarded
有奖举报 rewarded
"""
BEFORE: dict[str, tuple[str, ...]] = {
    "resumed": ("suspended",),
    "passed": ("rectified",),
    "accepted": ("rectified",),
    "rejected": ("rectified",),
    "rechecked": ("rectified", "accepted"),
    "relapsed": ("rectified", "accepted"),
}
"""What an issue needs before an event can follow; others follow on found."""


def season(folder: Path, issue: str, *events: str, head: str = "issue,day,what") -> Path:
    """One issue with its milestones, and the rows of events.csv."""
    (folder / "grid.csv").write_text(GRID, encoding="utf-8")
    (folder / "issues.csv").write_text(issue, encoding="utf-8")
    (folder / "events.csv").write_text("\n".join((head, *events)), encoding="utf-8")
    return folder


def milestones(**days: int) -> str:
    """An issue of May 2024 for which 甲 is responsible."""
    cells = [f"2024-05-{days[name]:02}" if name in days else "" for name in MILESTONES]
    return f"id,place,responsible,{','.join(MILESTONES)}\n7,A,甲,{','.join(cells)}\n"


def life(folder: Path) -> list[str]:
    (issue,) = eg.read_season(folder).issues
    return [f"{event.day.day} {event.what.value}" for event in issue.events]


def only_fault(folder: Path) -> tuple[str, int | None, str]:
    with pytest.raises(eg.InputError) as refused:
        eg.read_season(folder)
    (fault,) = refused.value.faults
    return fault.file, fault.row, fault.problem


# -- one row
def test_every_column_becomes_a_field_of_the_event(tmp_path: Path) -> None:
    head = "问题编号,日期,事件,承办,对象,时限,备注,照片"
    row = "7,2024-05-03,改派,整治办,住建局；城管局,2024-05-20,甲村无力整改,1.jpg;2.jpg"
    (issue,) = eg.read_season(season(tmp_path, milestones(found=1), row, head=head)).issues
    assert issue.events[1] == Event(
        EventKind.REASSIGNED,
        date(2024, 5, 3),
        by="整治办",
        to=("住建局", "城管局"),
        due=date(2024, 5, 20),
        note="甲村无力整改",
        evidence=("1.jpg", "2.jpg"),
    )
    assert (issue.owed_by, issue.due) == (("住建局", "城管局"), date(2024, 5, 20))


KINDS = [(word, kind) for line in WORDS.strip().splitlines() for word, kind in [line.split(" ", 1)]]


@pytest.mark.parametrize(("word", "kind"), [*KINDS, *((kind, kind) for kind in dict(KINDS).values())])
def test_an_event_is_named_in_either_language(tmp_path: Path, word: str, kind: str) -> None:
    rows = [f"7,2024-05-02,{before}" for before in BEFORE.get(kind, ())]
    assert life(season(tmp_path, milestones(found=1), *rows, f"7,2024-05-03,{word}"))[-1] == f"3 {kind}"


def test_every_kind_of_event_has_its_table() -> None:
    assert {kind.value for kind in EventKind} - {kind for _, kind in KINDS} == {"found", "slip issued"}


def test_an_event_may_begin_with_a_capital_letter(tmp_path: Path) -> None:
    assert life(season(tmp_path, milestones(found=1), "7,2024-05-03,Fixed on the spot"))[-1] == "3 fixed on the spot"


@pytest.mark.parametrize("word", ["白单", "整 改"])
def test_what_is_no_event_of_the_table_is_named_with_where_it_stands(tmp_path: Path, word: str) -> None:
    with pytest.raises(eg.InputError) as refused:
        eg.read_season(season(tmp_path, milestones(found=1), f"7,2024-05-03,{word}"))
    (fault,) = refused.value.faults
    assert (fault.file, fault.row, fault.column, fault.value) == ("events.csv", 2, "what", word)
    assert "referred up, 上报, 提级, extended, 延期" in fault.remedy
    assert fault.remedy.endswith("when it was found stands in issues.csv, and slips in slips.csv")


# -- whole lives
LIVES = [
    # 挂账 and 恢复 between the milestones
    (
        {"found": 1, "dispatched": 2, "rectified": 20, "accepted": 21},
        ["3 suspended", "10 resumed"],
        ["1 found", "2 dispatched", "3 suspended", "10 resumed", "20 rectified", "21 accepted"],
    ),
    # 返工 on the day on which it was rectified, and the work and its acceptance again on one day
    (
        {"found": 1, "rectified": 5, "accepted": 9},
        ["5 rejected", "9 rectified"],
        ["1 found", "5 rectified", "5 rejected", "9 rectified", "9 accepted"],
    ),
    # all of it on one day
    (
        {"found": 5, "rectified": 5, "accepted": 5},
        ["5 rejected", "5 rectified", "5 suspended", "5 resumed", "5 rechecked"],
        [
            "5 found",
            "5 suspended",
            "5 resumed",
            "5 rectified",
            "5 rejected",
            "5 rectified",
            "5 accepted",
            "5 rechecked",
        ],
    ),
    # 反弹 seen when it was visited again, and dispatched again the same day
    (
        {"found": 1, "dispatched": 2, "rectified": 5, "accepted": 6},
        ["20 relapsed", "20 rechecked", "20 dispatched", "25 rectified", "26 accepted"],
        [
            *("1 found", "2 dispatched", "5 rectified", "6 accepted"),
            *("20 rechecked", "20 relapsed", "20 dispatched", "25 rectified", "26 accepted"),
        ],
    ),
    # 退单 and 改派 on one day; 延期 before the work of that day; 奖励 after the end
    (
        {"found": 1, "dispatched": 2, "claimed": 4, "rectified": 8, "accepted": 8},
        ["3 reassigned", "3 declined", "8 extended", "8 rewarded"],
        [
            *("1 found", "2 dispatched", "3 declined", "3 reassigned", "4 claimed"),
            *("8 extended", "8 rectified", "8 accepted", "8 rewarded"),
        ],
    ),
    # listed for supervision on the day on which it was struck off
    (
        {"found": 1, "withdrawn": 4},
        ["4 listed for supervision"],
        ["1 found", "4 listed for supervision", "4 withdrawn"],
    ),
]


@pytest.mark.parametrize(("given", "told", "whole"), LIVES)
def test_events_stand_among_the_milestones_whatever_the_order_of_the_rows(
    tmp_path: Path, given: dict[str, int], told: list[str], whole: list[str]
) -> None:
    rows = [f"7,2024-05-{day},{what}" for day, what in (row.split(" ", 1) for row in told)]
    for order in (rows, rows[::-1], *list(permutations(rows))[::7]):
        assert life(season(tmp_path, milestones(**given), *order)) == whole


def test_events_slips_and_whistles_are_merged_into_one_life(tmp_path: Path) -> None:
    folder = season(tmp_path, milestones(found=1, rectified=5), "7,2024-05-03,恢复", "7,2024-05-02,挂账")
    (folder / "slips.csv").write_text("issue,slip,day\n7,白单,2024-05-02\n", encoding="utf-8")
    whistle = (
        "issue,day,to,report_at,place,people,leader,task\n7,2024-05-04,住建局,2024-05-05 9:00,村口,2人,王五,清淤\n"
    )
    (folder / "whistles.csv").write_text(whistle, encoding="utf-8")
    assert life(folder) == ["1 found", "2 suspended", "2 slip issued", "3 resumed", "4 whistled", "5 rectified"]


def test_who_is_called_may_turn_up_the_same_day(tmp_path: Path) -> None:
    folder = season(tmp_path, milestones(found=1))
    whistle = (
        "issue,day,to,report_at,place,people,leader,task,attended\n"
        "7,2024-05-04,住建局,2024-05-04 9:00,村口,2人,王五,清淤,2024-05-04\n"
    )
    (folder / "whistles.csv").write_text(whistle, encoding="utf-8")
    assert life(folder) == ["1 found", "4 whistled", "4 attended"]


def test_the_work_is_by_whoever_owed_it_then_unless_the_row_says_by_whom(tmp_path: Path) -> None:
    rows = ("7,2024-05-03,返工,,", "7,2024-05-04,改派,,乙;丙", "7,2024-05-06,返工,,", "7,2024-05-07,整改,丁,")
    folder = season(
        tmp_path, milestones(found=1, rectified=2), *rows, "7,2024-05-05,整改,,", head="issue,day,what,by,to"
    )
    (issue,) = eg.read_season(folder).issues
    assert [event.by for event in issue.events if event.what is EventKind.RECTIFIED] == ["甲", "乙", "丁"]


# -- what cannot follow
@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("7,2024-04-30,挂账", "issue 7: suspended on 2024-04-30 is before found on 2024-05-01"),
        ("7,2024-05-02,恢复", "issue 7: resumed on 2024-05-02 cannot follow, the issue is open"),
        ("7,2024-05-04,返工", "issue 7: rejected on 2024-05-04 cannot follow, the issue is open"),
        ("7,2024-05-07,挂账", "issue 7: suspended on 2024-05-07 cannot follow, the issue is closed"),
    ],
)
def test_an_event_that_cannot_follow_is_named_by_its_row(tmp_path: Path, row: str, problem: str) -> None:
    folder = season(tmp_path, milestones(found=1, rectified=5, accepted=6), "7,2024-05-02,延期", row)
    assert only_fault(folder) == ("events.csv", 3, problem)


@pytest.mark.parametrize("day", [3, 5])
def test_a_milestone_that_cannot_follow_on_an_event_is_named_by_the_row_of_the_issue(tmp_path: Path, day: int) -> None:
    folder = season(tmp_path, milestones(found=1, rectified=5), f"7,2024-05-0{day},挂账", "7,2024-05-06,回头看")
    problem = "issue 7: rectified on 2024-05-05 cannot follow, the issue is suspended"
    assert only_fault(folder) == ("issues.csv", 2, problem)


def test_an_event_of_an_issue_that_is_not_there_is_named(tmp_path: Path) -> None:
    folder = season(tmp_path, milestones(found=1), "8,2024-05-02,挂账")
    assert only_fault(folder) == ("events.csv", 2, "issues.csv has no such code")
