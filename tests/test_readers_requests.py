"""Lists of other systems: what a layout says, what becomes of each row, and what is doubtful about it."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

import envgov as eg
from envgov.readers import Layout, Requests, Statuses, read_layout, read_requests

GRID = eg.Grid((eg.Unit("镇", "示例镇", "乡镇"), eg.Unit("01", "甲村", "村", "镇"), eg.Unit("02", "乙村", "村", "镇")))
STATUSES = Statuses(
    open=frozenset({"办理中"}),
    closed=frozenset({"办结", "已办结"}),
    merged=frozenset({"重复"}),
    withdrawn=frozenset({"撤回"}),
)
PLAIN = Layout("工单号", "村", "日期", "镇", closed="办结日期")
HEAD = "工单号,村,日期,办结日期,时限,状态,责任单位,类别,来源,内容"
FULL = Layout(
    "工单号",
    "村",
    "日期",
    "镇",
    closed="办结日期",
    due="时限",
    status="状态",
    responsible="责任单位",
    category="类别",
    description="内容",
    source="来源",
    statuses=STATUSES,
)
K = eg.EventKind


def read(
    folder: Path, *rows: str, layout: Layout = FULL, head: str = HEAD, grid: eg.Grid = GRID, **more: Any
) -> Requests:
    file = folder / "工单.csv"
    file.write_text("\n".join((head, *rows)), encoding="utf-8-sig")
    return read_requests(file, layout, grid, **more)


def plain(folder: Path, *rows: str, **more: Any) -> Requests:
    return read(folder, *rows, layout=PLAIN, head="工单号,村,日期,办结日期", **more)


def said(requests: Requests) -> list[tuple[int | None, str, str]]:
    assert all(fault.remedy and fault.file == "工单.csv" for fault in requests.faults)
    return [(fault.row, fault.column, fault.problem) for fault in requests.faults]


def lives(requests: Requests) -> list[list[tuple[eg.EventKind, date]]]:
    return [[(event.what, event.day) for event in issue.events] for issue in requests.every]


D3, D5, D9 = date(2024, 7, 3), date(2024, 7, 5), date(2024, 7, 9)


def test_a_closed_row_was_found_dispatched_rectified_and_accepted(tmp_path: Path) -> None:
    requests = read(tmp_path, "0017,01,2024-07-03,2024-07-05,2024-07-09,办结,城管局；环卫办,垃圾,12345热线,路边有垃圾")
    [issue] = requests.sound
    assert lives(requests) == [[(K.FOUND, D3), (K.DISPATCHED, D3), (K.RECTIFIED, D5), (K.ACCEPTED, D5)]]
    assert (issue.id, issue.place, issue.due, issue.state) == ("0017", "01", D9, eg.State.CLOSED)
    assert issue.responsible == issue.owed_by == ("城管局", "环卫办")
    assert (issue.category, issue.source, issue.description) == ("垃圾", "12345热线", "路边有垃圾")
    assert (requests.rows, requests.doubtful, requests.faults) == (1, (), ())


def test_without_a_status_column_whatever_has_a_closing_day_is_closed(tmp_path: Path) -> None:
    requests = plain(tmp_path, "1,01,2024-07-03,2024-07-05", "2,01,2024-07-03,")
    assert [issue.state for issue in requests.sound] == [eg.State.CLOSED, eg.State.OPEN]
    assert lives(requests)[1] == [(K.FOUND, D3)]


def test_merged_and_withdrawn_end_on_their_day_or_on_the_day_found(tmp_path: Path) -> None:
    requests = read(
        tmp_path,
        "1,01,2024-07-03,2024-07-05,,重复,,,,",
        "2,01,2024-07-03,,,重复,,,,",
        "3,01,2024-07-03,2024-07-05,,撤回,,,,",
        "4,01,2024-07-03,,,撤回,,,,",
    )
    assert [life[-1] for life in lives(requests)] == [
        (K.MERGED, D5),
        (K.MERGED, D3),
        (K.WITHDRAWN, D5),
        (K.WITHDRAWN, D3),
    ]
    assert requests.doubtful == ()


def test_each_row_of_a_number_that_is_there_twice_is_doubtful(tmp_path: Path) -> None:
    requests = plain(tmp_path, "1,01,2024-07-03,2024-07-05", "2,01,2024-07-03,", "1,01,2024-07-03,2024-07-09")
    assert [issue.id for issue in requests.sound] == ["2"]
    assert [issue.id for issue in requests.every] == ["2", "1#2", "1#4"]
    assert said(requests) == [
        (2, "工单号", "this number is also that of row 4"),
        (4, "工单号", "this number is also that of row 2"),
    ]


def test_a_place_may_be_told_by_a_name_that_no_other_unit_has(tmp_path: Path) -> None:
    grid = eg.Grid(
        (
            eg.Unit("镇", "示例镇", "乡镇"),
            eg.Unit("01", "新村", "村", "镇"),
            eg.Unit("02", "新村", "村", "镇"),
            eg.Unit("03", "甲村", "村", "镇"),
            eg.Unit("04", "03", "村", "镇"),  # its name is the code of another, which goes first
        )
    )
    requests = plain(tmp_path, "1,甲村,2024-07-03,", "2,新村,2024-07-03,", "3,03,2024-07-03,", grid=grid)
    assert [(issue.id, issue.place) for issue in requests.every] == [("1", "03"), ("3", "03"), ("2", "镇")]
    assert said(requests) == [(3, "村", "the place is empty or not on the grid")]


def test_who_is_responsible_is_told_by_a_name_too(tmp_path: Path) -> None:
    requests = read(tmp_path, "1,甲村,2024-07-03,,2024-07-05,办理中,乙村;住建局,垃圾,热线,路边")
    assert [(issue.place, issue.responsible) for issue in requests.sound] == [("01", ("02", "住建局"))]


def test_a_place_that_is_empty_or_unknown_lies_elsewhere(tmp_path: Path) -> None:
    requests = plain(tmp_path, "1,0,2024-07-03,", "2,,2024-07-03,", "3,02,2024-07-03,")
    assert [(issue.id, issue.place) for issue in requests.every] == [("3", "02"), ("1", "镇"), ("2", "镇")]
    assert said(requests) == [(row, "村", "the place is empty or not on the grid") for row in (2, 3)]


def test_closed_before_it_was_found_is_read_as_closed_when_found(tmp_path: Path) -> None:
    requests = plain(tmp_path, "1,01,2024-07-05,2024-07-03", "2,01,2024-07-05,2024-07-05")
    assert lives(requests)[1] == [(K.FOUND, D5), (K.RECTIFIED, D5), (K.ACCEPTED, D5)]
    assert said(requests) == [(2, "办结日期", "closed before it was found on 2024-07-05")]


def test_a_status_that_the_closing_day_contradicts_is_read_as_open(tmp_path: Path) -> None:
    requests = read(tmp_path, "1,01,2024-07-03,,,办结,,,,", "2,01,2024-07-03,2024-07-05,,办理中,,,,")
    assert lives(requests) == [[(K.FOUND, D3)], [(K.FOUND, D3)]]
    assert said(requests) == [(2, "状态", "closed, without a day"), (3, "状态", "open, and closed on 2024-07-05")]


def test_due_before_it_was_found_is_read_as_it_says(tmp_path: Path) -> None:
    requests = read(tmp_path, "1,01,2024-07-05,,2024-07-03,办理中,,,,", "2,01,2024-07-05,,2024-07-05,办理中,,,,")
    assert [issue.due for issue in requests.every] == [D5, D3]
    assert said(requests) == [(2, "时限", "due before it was found on 2024-07-05")]


def test_all_doubts_about_a_row_stand_together(tmp_path: Path) -> None:
    [one] = plain(tmp_path, "1,9,2024-07-05,2024-07-03").doubtful
    assert [fault.column for fault in one.faults] == ["村", "办结日期"]


def test_rows_that_make_no_issue_are_told_and_counted(tmp_path: Path) -> None:
    requests = read(
        tmp_path,
        ",01,2024-07-03,,,办理中,,,,",
        "2,01,,,,办理中,,,,",
        "3,01,3.7.2024,2024-02-30,,完成,,,,",
        "4.31E+11,01,2024-07-03,,,办理中,,,,",
        "5,01,2024-07-03",
        "6,01,2024-07-03,,,办理中,,,,",
    )
    assert said(requests) == [
        (2, "工单号", "the cell is empty"),
        (3, "日期", "the cell is empty"),
        (4, "日期", "this is no day as the layout has it"),
        (4, "办结日期", "this is no day as the layout has it"),
        (4, "状态", "this status is not in the layout"),
        (5, "工单号", "the spreadsheet made a rounded number of this code"),
        (6, "", "3 cells under 10 headers"),
    ]
    assert [issue.id for issue in requests.every] == ["6"]
    assert requests.rows == 6


def test_what_has_no_date_of_its_own_has_that_of_the_first_limit_that_applies(tmp_path: Path) -> None:
    limits = (eg.Limit(eg.same_day(), sources=("12345热线",)), eg.Limit(eg.calendar_days(6)))
    requests = read(
        tmp_path,
        "1,01,2024-07-03,,,办理中,,,12345热线,",
        "2,01,2024-07-03,,,办理中,,,,",
        "3,01,2024-07-03,,2024-07-05,办理中,,,,",
        limits=limits,
    )
    assert [issue.due for issue in requests.sound] == [D3, D9, D5]


def test_a_limit_in_stages_gives_each_its_date_and_a_standing_one_gives_none(tmp_path: Path) -> None:
    staged = eg.staged(
        eg.Stage("反馈", eg.calendar_days(2)), eg.Stage("办结", eg.calendar_days(6)), counted="from the start"
    )
    [issue] = plain(tmp_path, "1,01,2024-07-03,", limits=(eg.Limit(staged),)).sound
    assert issue.due == D9
    assert [(stage.stage, stage.day) for stage in issue.stages] == [("反馈", D5), ("办结", D9)]
    [issue] = plain(tmp_path, "1,01,2024-07-03,", limits=(eg.Limit(eg.standing()),)).sound
    assert lives(plain(tmp_path, "1,01,2024-07-03,", limits=(eg.Limit(eg.standing()),))) == [[(K.FOUND, D3)]]


def test_a_date_in_working_days_says_with_which_calendar_it_was_counted(tmp_path: Path) -> None:
    july = eg.WorkCalendar(
        "某县2024年", date(2024, 7, 1), date(2024, 7, 31), frozenset(), frozenset({date(2024, 7, 6)})
    )
    limits = (eg.Limit(eg.working_days(3)),)
    [issue] = plain(tmp_path, "1,01,2024-07-03,", limits=limits, calendar=july).sound
    assert (issue.due, issue.events[1].calendar, issue.events[1].note) == (date(2024, 7, 6), "某县2024年", "")
    with pytest.raises(eg.SchemeError, match="is outside the work calendar 某县2024年"):
        plain(tmp_path, "1,01,2024-07-31,", limits=limits, calendar=july)


def test_a_date_that_is_an_estimate_says_so(tmp_path: Path) -> None:
    july = eg.WorkCalendar(
        "某县2024年", date(2024, 7, 1), date(2024, 7, 31), frozenset(), frozenset(), beyond="estimate"
    )
    [issue] = plain(tmp_path, "1,01,2024-07-31,", limits=(eg.Limit(eg.working_days(1)),), calendar=july).sound
    assert (issue.due, issue.events[1].note) == (date(2024, 8, 1), "暂估")


def test_moments_are_told_in_the_zone_of_the_place(tmp_path: Path) -> None:
    layout = Layout(
        "工单号", "村", "日期", "镇", closed="办结日期", form="%Y-%m-%d %H:%M:%S%z", zone="America/Los_Angeles"
    )
    rows = ("1,01,2016-07-13 02:00:00+00:00,2016-07-13 01:59:59+00:00", "2,01,2016-07-13 02:00:00+00:00,")
    requests = read(tmp_path, *rows, layout=layout, head="工单号,村,日期,办结日期")
    [sound] = requests.sound
    assert sound.found == date(2016, 7, 12)  # seven in the evening of the day before
    assert sound.events[0].at is not None
    assert sound.events[0].at.utcoffset() == timedelta(hours=-7)
    assert said(requests) == [(2, "办结日期", "closed before it was found on 2016-07-13 02:00:00+00:00")]


def test_moments_without_a_zone_of_their_own_are_in_that_of_the_layout(tmp_path: Path) -> None:
    layout = Layout("工单号", "村", "日期", "镇", form="%d.%m.%Y %H:%M", zone="Asia/Shanghai")
    limits = (eg.Limit(eg.hours(24)),)
    [issue] = read(tmp_path, "1,01,03.07.2024 17:30", layout=layout, head="工单号,村,日期", limits=limits).sound
    assert issue.events[0].at == datetime(2024, 7, 3, 17, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert issue.due == date(2024, 7, 4)


def test_an_elsewhere_that_is_not_on_the_grid_is_refused(tmp_path: Path) -> None:
    layout = Layout("工单号", "村", "日期", "县")
    with pytest.raises(eg.UnknownUnitError, match="县"):
        read(tmp_path, layout=layout)


def test_a_list_that_lacks_a_column_is_refused(tmp_path: Path) -> None:
    with pytest.raises(eg.InputError, match="row 1, 办结日期: the column is missing"):
        read(tmp_path, layout=PLAIN, head="工单号,村,日期")


# -- layouts
@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"form": "%Y-%m"}, "form='%Y-%m' makes no whole day"),
        ({"form": "%Y-%m-%d %Q"}, "cannot be read"),
        ({"form": "%Y-%m-%d %H:%M"}, "zone='': days with hours need a time zone"),
        ({"form": "%Y-%m-%d %I%p", "zone": "Asia/Nowhere"}, "zone='Asia/Nowhere': days with hours"),
        ({"status": "状态"}, "give both, or neither"),
        ({"statuses": STATUSES}, "give both, or neither"),
    ],
)
def test_a_layout_that_cannot_be_read_by_is_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Layout("工单号", "村", "日期", "镇", **changes)


def test_a_word_means_one_thing() -> None:
    with pytest.raises(ValueError, match="open and merged both have 重复: keep one of them"):
        Statuses(open=frozenset({"重复", "办理中"}), merged=frozenset({"重复"}))


LAYOUT = """\
id = "工单号"
place = "村"
found = "日期"
closed = "办结日期"
status = "状态"
elsewhere = "镇"

[statuses]
open = ["办理中"]
closed = ["办结"]
"""


def test_a_layout_is_read_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "layout.toml"
    file.write_text(LAYOUT, encoding="utf-8")
    words = Statuses(open=frozenset({"办理中"}), closed=frozenset({"办结"}))
    assert read_layout(file) == Layout("工单号", "村", "日期", "镇", closed="办结日期", status="状态", statuses=words)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"\xff\xfe", "layout.toml: this is UTF-16 text"),
        (b"id = ", "layout.toml: this is not TOML"),
        (LAYOUT.replace("found", "seen").encode(), "layout.toml, seen: Layout has no such field"),
        (LAYOUT.replace("办理中", "办结").encode(), "open and closed both have 办结"),
    ],
)
def test_a_layout_file_that_cannot_be_read_is_refused_with_its_faults(
    tmp_path: Path, text: bytes, message: str
) -> None:
    file = tmp_path / "layout.toml"
    file.write_bytes(text)
    with pytest.raises(eg.InputError, match=message):
        read_layout(file)
