"""What `read_season` reads: every table and column, in every writing that a spreadsheet saves."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen

from envgov import (
    Assignment,
    Body,
    Duty,
    Event,
    EventKind,
    Facts,
    Finding,
    Inspection,
    Issue,
    Mode,
    Output,
    Place,
    Reason,
    Ruling,
    StatedRank,
    Submission,
    Survey,
    Task,
    Unit,
    UnitAcceptance,
    Whistle,
    bottom,
    read_season,
    term,
)

LOUXING = Path(__file__).parent.parent / "docs" / "examples" / "louxing"
CHINA = timezone(timedelta(hours=8))
MAY = date(2017, 5, 1)
FOUND = Event(EventKind.FOUND, MAY)
WHISTLE = Whistle(datetime(2017, 5, 4, 9, tzinfo=CHINA), "村口", "各2人", "王局长", "清理河道")
GRID = "code,name,level,parent\nT,乐坪镇,乡镇,\nA,甲村,村,T\n"
VISITS = "id,unit,day,channel\nv1,A,2017-05-01,督导\n"

FULL: dict[str, str] = {
    "grid": "code,name,level,parent,population,since,until\nT,乐坪镇,乡镇,,,,\nA,甲村,村,T,1200,2017-01-01,2018-01-01\n",
    "inspections": "id,unit,day,channel,stated,mode,inspector,note,last_day\n"
    "v1,A,2017-05-01,督导,,covert,李工,雨天,2017-05-03\nv2,T,2017-05-01,督导,85.50,open,,,\n",
    "findings": "inspection,item,deduction,note,evidence\nv1,垃圾,2.5,路口,1.jpg;2.jpg\n",
    "issues": "id,place,responsible,supporting,category,description,source,found,dispatched,due,claimed,rectified,accepted,"
    "accepted_by\n7,A,甲村;乙所,水务站,垃圾,路口一堆,督导,2017-05-01,2017-05-02,2017-05-09,2017-05-03,2017-05-04,"
    "2017-05-05,环卫办\n",
    "events": "issue,day,what,by,to,due,note,evidence\n"
    "7,2017-05-02,extended,乐坪镇,甲村;乙所,2017-05-12,雨天,1.jpg;2.jpg\n",
    "slips": "issue,slip,day,by\n7,白单,2017-05-03,督查室\n",
    "whistles": "issue,day,by,to,report_at,place,people,leader,task,attended\n"
    "7,2017-05-03,乐坪镇,住建局;城管局,2017-05-04 09:00,村口,各2人,王局长,清理河道,2017-05-04\n",
    "surveys": "unit,day,channel,asked,answered,satisfied\nA,2017-05-01,电话,30,20,10\n",
    "stated": "unit,day,channel,rank,of\nA,2017-05-01,无人机,117,151\n",
    "outputs": "unit,day,what,amount,measure\nA,2017-05-01,清运垃圾,300,吨\n",
    "bodies": "code,name\nZJ,住建局\n",
    "assignments": "who,role,place,since,until\n张三,包村干部,A,2017-01-01,2018-01-01\n",
    "duties": "what,owed_by,due,submitted\n日报,A,2017-05-31 17:00,2017-05-31 18:30\n",
    "tasks": "name,unit,day,progress,leader,department,due\n改厕,A,2017-05-01,62.5,张副镇长,农业站,2017-06-30\n",
    "acceptances": "unit,day,passed,by,note\nA,2017-05-01,yes,验收组,整村\n",
    "rulings": "unit,concerns,condition,holds,by,why,scheme,issue\n"
    "A,2017-05-01,\"{ kind = 'bottom', n = 1, ties = 'decide' }\",no,指挥部,复查已整改,town,7\n",
}
FACTS = {
    "grid": (
        Unit("A", "甲村", "村", "T", population=1200, since=date(2017, 1, 1), until=date(2018, 1, 1)),
        Unit("T", "乐坪镇", "乡镇"),
    ),
    "inspections": (
        Inspection(
            "A",
            MAY,
            "督导",
            (Finding("垃圾", Decimal("2.5"), "路口", ("1.jpg", "2.jpg")),),
            mode=Mode.COVERT,
            inspector="李工",
            note="雨天",
            id="v1",
            last_day=date(2017, 5, 3),
        ),
        Inspection("T", MAY, "督导", stated=Decimal("85.5"), mode=Mode.OPEN, id="v2"),
    ),
    "issues": (
        Issue(
            "7",
            "A",
            (
                FOUND,
                Event(EventKind.DISPATCHED, date(2017, 5, 2), to=("甲村", "乙所"), due=date(2017, 5, 9)),
                Event(
                    EventKind.EXTENDED,
                    date(2017, 5, 2),
                    by="乐坪镇",
                    to=("甲村", "乙所"),
                    due=date(2017, 5, 12),
                    note="雨天",
                    evidence=("1.jpg", "2.jpg"),
                ),
                Event(EventKind.CLAIMED, date(2017, 5, 3), by="甲村"),
                Event(EventKind.WHISTLED, date(2017, 5, 3), by="乐坪镇", to=("住建局", "城管局"), whistle=WHISTLE),
                Event(EventKind.SLIPPED, date(2017, 5, 3), by="督查室", slip="白单"),
                Event(EventKind.ATTENDED, date(2017, 5, 4), by="住建局"),
                Event(EventKind.ATTENDED, date(2017, 5, 4), by="城管局"),
                Event(EventKind.RECTIFIED, date(2017, 5, 4), by="甲村"),
                Event(EventKind.ACCEPTED, date(2017, 5, 5), by="环卫办"),
            ),
            ("甲村", "乙所"),
            ("水务站",),
            "垃圾",
            "路口一堆",
            "督导",
        ),
    ),
    "surveys": (Survey("A", MAY, "电话", 30, 20, 10),),
    "stated_ranks": (StatedRank("A", MAY, "无人机", 117, 151),),
    "outputs": (Output("A", MAY, "清运垃圾", Decimal(300), "吨"),),
    "bodies": (Body("ZJ", "住建局"),),
    "assignments": (Assignment("张三", "包村干部", "A", date(2017, 1, 1), date(2018, 1, 1)),),
    "duties": (
        Duty(
            "日报",
            "A",
            datetime(2017, 5, 31, 17, tzinfo=CHINA),
            Submission("日报", "A", datetime(2017, 5, 31, 18, 30, tzinfo=CHINA)),
        ),
    ),
    "tasks": (Task("改厕", "A", "张副镇长", "农业站", Decimal("62.5"), MAY, date(2017, 6, 30)),),
    "acceptances": (UnitAcceptance("A", MAY, passed=True, by="验收组", note="整村"),),
    "rulings": (
        Ruling(
            "A", MAY, bottom(1, ties="decide"), holds=False, by="指挥部", why="复查已整改", scheme="town", issue="7"
        ),
    ),
}
CHINESE = {
    "grid": "code 编码 代码,name 名称 单位名称,level 级别 层级,parent 上级 上级编码,population 人口,"
    "since 起 起始日期,until 止 截止日期",
    "inspections": "id 编号 检查编号,unit 单位 村社区 单位编码,day 日期 检查日期,channel 渠道 来源 检查方式,stated 得分 公布得分,"
    "mode 明查暗访,inspector 检查人 检查组,note 备注,last_day 结束日期 至",
    "findings": "inspection 检查编号 编号,item 扣分项 项目 问题,deduction 扣分,note 备注 说明,evidence 照片 佐证",
    "issues": "id 问题编号 编号,place 所属单位 位置 所属村社区,responsible 责任单位,supporting 配合单位,category 问题类别 类别,"
    "description 问题描述 问题,source 问题来源 来源,found 发现日期 发现时间,dispatched 交办日期 交办时间,due 整改时限 完成时限,"
    "claimed 认领日期 签收日期,rectified 整改日期 整改完成日期,accepted 销号日期 销号时间 验收日期,accepted_by 验收人 验收单位",
    "surveys": "unit 单位 村社区 单位编码,day 日期 检查日期,channel 渠道 来源 检查方式,asked 回访数 调查数,"
    "answered 有效数 答复数,satisfied 满意数",
    "stated": "unit 单位 村社区 单位编码,day 日期 检查日期,channel 渠道 来源 检查方式,rank 名次 排名,of 总数 参评数",
    "outputs": "unit 单位 村社区 单位编码,day 日期 检查日期,what 事项 工作内容,amount 数量,measure 计量单位",
    "bodies": "code 编码 代码,name 名称 机构名称",
    "assignments": "who 姓名 责任人 责任主体,role 职责 角色 职务,place 单位 负责单位,since 起 起始日期,until 止 截止日期",
    "duties": "what 事项 报送事项,owed_by 报送单位 责任单位,due 截止时间,submitted 报送时间",
    "whistles": "issue 问题编号 编号,day 吹哨日期 日期,by 吹哨单位 吹哨人,to 报到单位 责任单位,report_at 报到时间,"
    "place 地点 报到地点,people 人员 报到人员,leader 责任领导 带队领导,task 任务 工作任务,attended 报到日期 实际报到日期",
    "events": "issue 问题编号 编号,day 日期 发生日期,what 事件 环节,by 承办 承办单位 承办人,to 对象 承接单位,due 时限 完成时限,"
    "note 备注 说明,evidence 照片 佐证",
    "slips": "issue 问题编号 编号,slip 督办单 单别,day 发单日期 日期,by 发单单位 发单人",
    "tasks": "name 任务 任务名称,unit 单位 村社区 单位编码,day 日期 上报日期,progress 进度,leader 牵头领导 责任领导,"
    "department 牵头部门 责任部门,due 完成时限 时限",
    "acceptances": "unit 单位 村社区 单位编码,day 日期 验收日期,passed 验收结果 是否通过,by 验收单位 验收人,note 备注 说明",
    "rulings": "unit 单位 村社区 单位编码,concerns 所涉日期 日期,condition 条件 裁定事项,holds 是否成立 裁定结果,"
    "by 裁定单位 裁定人,why 理由 依据,scheme 办法 考评办法,issue 问题编号 问题",
}
SYNONYMS = [
    (table, column, head)
    for table, listed in CHINESE.items()
    for column, *heads in map(str.split, listed.split(","))
    for head in heads
]


@term("town.always")
@frozen(repr=False)
class always:
    def at(self, place: Place) -> Reason:
        return Reason(self, True, (place.standing(),))


def write(folder: Path, /, **tables: str | bytes) -> Path:
    for name, table in tables.items():
        (folder / f"{name}.csv").write_bytes(table if isinstance(table, bytes) else table.encode())
    return folder


def collections(facts: Facts) -> dict[str, Any]:
    return {name: facts.grid.units if name == "grid" else getattr(facts, name) for name in FACTS}


def test_every_table_and_column_becomes_its_fact(tmp_path: Path) -> None:
    assert collections(read_season(write(tmp_path, **FULL))) == FACTS


@pytest.mark.parametrize(("table", "column", "head"), SYNONYMS)
def test_a_chinese_header_among_english_ones_names_the_same_column(
    tmp_path: Path, table: str, column: str, head: str
) -> None:
    header, rows = FULL[table].split("\n", 1)
    mixed = ",".join(head if cell == column else cell for cell in header.split(","))
    assert mixed != header
    assert collections(read_season(write(tmp_path, **{**FULL, table: f"{mixed}\n{rows}"}))) == FACTS


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_season_in_chinese_reads_the_same_in_each_encoding_and_line_end(
    tmp_path: Path, encoding: str, newline: str
) -> None:
    tables = {}
    for table, text in FULL.items():
        first = {column: head for known, column, head in reversed(SYNONYMS) if known == table}
        header, rows = text.split("\n", 1)
        chinese = ",".join(map(first.__getitem__, header.split(",")))
        tables[table] = f"{chinese}\n{rows}".replace("\n", newline).encode(encoding)
    assert collections(read_season(write(tmp_path, **tables))) == FACTS


@pytest.mark.parametrize("head", ["designations", "类别", "标签"])
@pytest.mark.parametrize("cell", ["涉农;城中村", "涉农；城中村", "涉农、城中村", "涉农|城中村", " 涉农 ; 城中村 ;"])
def test_the_designations_of_a_unit_are_a_list_in_one_cell(tmp_path: Path, head: str, cell: str) -> None:
    facts = read_season(write(tmp_path, grid=f"code,name,level,{head}\nA,甲村,村,{cell}\nB,乙村,村,\n"))
    assert [unit.designations for unit in facts.grid.units] == [{"涉农", "城中村"}, frozenset()]


def test_only_the_grid_must_be_there_and_other_files_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "scheme.toml").write_text("kind = ")
    (tmp_path / "readme.txt").write_bytes(b"\xff\x00")
    (tmp_path / "published").mkdir()
    facts = read_season(write(tmp_path, grid=GRID))
    assert collections(facts) == dict.fromkeys(FACTS, ()) | {
        "grid": (Unit("A", "甲村", "村", "T"), Unit("T", "乐坪镇", "乡镇"))
    }


def test_a_folder_may_be_named_as_text(tmp_path: Path) -> None:
    assert len(read_season(str(write(tmp_path, grid=GRID))).grid.units) == 2


def test_columns_stand_in_any_order_and_headers_in_any_case_and_with_spaces(tmp_path: Path) -> None:
    facts = read_season(write(tmp_path, grid=" LEVEL , 名称 ,Code\n村,甲村,A\n"))
    assert facts.grid.units == (Unit("A", "甲村", "村"),)


def test_a_file_name_in_capitals_is_known(tmp_path: Path) -> None:
    (tmp_path / "Grid.CSV").write_text(GRID, encoding="utf-8")
    assert len(read_season(tmp_path).grid.units) == 2


def test_cells_lose_surrounding_spaces_and_keep_commas_quotes_and_line_breaks_inside(tmp_path: Path) -> None:
    facts = read_season(write(tmp_path, grid='code,name,level\n 007 ,"甲, ""大""\n村", 　村\n'))
    assert facts.grid.units == (Unit("007", '甲, "大"\n村', "村"),)


@pytest.mark.parametrize("blank", ["", ",,", " , ,　"])
def test_blank_rows_and_empty_columns_at_the_end_are_no_facts(tmp_path: Path, blank: str) -> None:
    rows = ["code,name,level", "A,甲村,村", blank, blank, "B,乙村,村", blank]
    season = write(tmp_path, grid="\n".join(f"{row},," if row else "" for row in rows))
    assert [unit.code for unit in read_season(season).grid.units] == ["A", "B"]


def test_a_table_of_a_header_alone_has_no_facts(tmp_path: Path) -> None:
    assert read_season(write(tmp_path, grid=GRID, inspections="unit,day,channel\n")).inspections == ()


@pytest.mark.parametrize(
    "cell", ["2017-05-01", "2017-5-1", "2017/5/1", "2017.05.01", "2017年5月1日", "2017年05月01", " 2017-05-01 "]
)
def test_a_day_is_read_as_a_spreadsheet_writes_it(tmp_path: Path, cell: str) -> None:
    season = write(tmp_path, grid=GRID, inspections=f"unit,day,channel\nA,{cell},督导\n")
    assert read_season(season).inspections == (Inspection("A", MAY, "督导"),)


@pytest.mark.parametrize("day", [date(1900, 1, 1), date(2016, 2, 29), date(2199, 12, 31)])
def test_the_days_of_three_centuries_are_read(tmp_path: Path, day: date) -> None:
    season = write(tmp_path, grid=GRID, inspections=f"unit,day,channel\nA,{day},督导\n")
    assert read_season(season).inspections[0].day == day


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("2017-05-31 17:00", datetime(2017, 5, 31, 17, tzinfo=CHINA)),
        ("2017/5/31 7:05", datetime(2017, 5, 31, 7, 5, tzinfo=CHINA)),
        ("2017年5月31日 17:00:09", datetime(2017, 5, 31, 17, 0, 9, tzinfo=CHINA)),
        ("2017-05-31T17:00", datetime(2017, 5, 31, 17, tzinfo=CHINA)),
        ("2017-05-31T09:00Z", datetime(2017, 5, 31, 9, tzinfo=UTC)),
        ("2017-05-31 17:00+09:00", datetime(2017, 5, 31, 8, tzinfo=UTC)),
        ("2017-05-31 17:00:00-05:30", datetime(2017, 5, 31, 22, 30, tzinfo=UTC)),
    ],
)
def test_a_moment_without_a_zone_is_in_china_and_one_with_its_own_keeps_it(
    tmp_path: Path, cell: str, moment: datetime
) -> None:
    (duty,) = read_season(write(tmp_path, grid=GRID, duties=f"what,owed_by,due\n日报,A,{cell}\n")).duties
    assert (duty.due, duty.submission) == (moment, None)


@pytest.mark.parametrize(("own", "due"), [("", datetime(2017, 5, 31, 22, tzinfo=UTC)), ("Z", None)])
def test_the_zone_that_is_passed_is_that_of_moments_without_one(tmp_path: Path, own: str, due: datetime | None) -> None:
    season = write(tmp_path, grid=GRID, duties=f"what,owed_by,due\n日报,A,2017-05-31 17:00{own}\n")
    (duty,) = read_season(season, zone=timezone(timedelta(hours=-5))).duties
    assert duty.due == (due or datetime(2017, 5, 31, 17, tzinfo=UTC))


@pytest.mark.parametrize(
    ("cell", "amount"),
    [("85.50", "85.5"), ("-0", "0"), ("+3", "3"), ("999999999999.123456789", "999999999999.123456789"), ("007", "7")],
)
def test_points_are_read_exactly(tmp_path: Path, cell: str, amount: str) -> None:
    season = write(tmp_path, grid=GRID, outputs=f"unit,day,what,amount,measure\nA,2017-05-01,清运,{cell},吨\n")
    assert str(read_season(season).outputs[0].amount) == amount


@pytest.mark.parametrize(
    ("cell", "mode"), [("open", Mode.OPEN), ("明查", Mode.OPEN), ("covert", Mode.COVERT), ("暗访", Mode.COVERT)]
)
def test_the_mode_of_an_inspection_is_read_in_both_languages(tmp_path: Path, cell: str, mode: Mode) -> None:
    season = write(tmp_path, grid=GRID, inspections=f"unit,day,channel,mode\nA,2017-05-01,督导,{cell}\n")
    assert read_season(season).inspections[0].mode is mode


@pytest.mark.parametrize("code", ["0431", "1E5", "E+5", "12E+5", "430500000001"])
def test_a_code_is_text_and_stays_as_it_is(tmp_path: Path, code: str) -> None:
    assert read_season(write(tmp_path, grid=f"code,name,level\n{code},甲村,村\n")).grid.units[0].code == code


@pytest.mark.parametrize(
    ("columns", "cells", "events"),
    [
        ("due", "2017-05-09", (Event(EventKind.FOUND, MAY, due=date(2017, 5, 9)),)),
        ("fixed,responsible", "2017-05-01,甲村;乙所", (FOUND, Event(EventKind.FIXED_ON_THE_SPOT, MAY, by="甲村"))),
        ("fixed,responsible", "2017-05-01,;", (FOUND, Event(EventKind.FIXED_ON_THE_SPOT, MAY))),
        ("dispatched", "2017-05-02", (FOUND, Event(EventKind.DISPATCHED, date(2017, 5, 2)))),
        ("照片", "1.jpg；2.jpg", (Event(EventKind.FOUND, MAY, evidence=("1.jpg", "2.jpg")),)),
        ("佐证", "1.jpg", (Event(EventKind.FOUND, MAY, evidence=("1.jpg",)),)),
        ("withdrawn", "2017-05-02", (FOUND, Event(EventKind.WITHDRAWN, date(2017, 5, 2)))),
        ("撤销日期", "2017-05-02", (FOUND, Event(EventKind.WITHDRAWN, date(2017, 5, 2)))),
        ("立行立改日期", "2017-05-02", (FOUND, Event(EventKind.FIXED_ON_THE_SPOT, date(2017, 5, 2)))),
        (
            "rectified,accepted",
            "2017-05-02,2017-05-03",
            (FOUND, Event(EventKind.RECTIFIED, date(2017, 5, 2)), Event(EventKind.ACCEPTED, date(2017, 5, 3))),
        ),
    ],
)
def test_the_filled_milestones_of_a_ledger_row_are_the_events_of_its_issue(
    tmp_path: Path, columns: str, cells: str, events: tuple[Event, ...]
) -> None:
    season = write(tmp_path, grid=GRID, issues=f"id,place,found,{columns}\n7,A,2017-05-01,{cells}\n")
    assert read_season(season).issues[0].events == events


FOUND_TO_CLOSED = ("found", "dispatched", "rectified", "accepted")


@pytest.mark.parametrize(
    ("rows", "events"),
    [
        ("7,白单,2017-05-04", (*FOUND_TO_CLOSED[:2], "白单", *FOUND_TO_CLOSED[2:])),
        ("7,黄单,2017-05-04\n7,白单,2017-05-03", (*FOUND_TO_CLOSED[:2], "白单", "黄单", *FOUND_TO_CLOSED[2:])),
        ("7,白单,2017-05-01", ("found", "白单", *FOUND_TO_CLOSED[1:])),
        ("7,白单,2017-05-06", (*FOUND_TO_CLOSED[:3], "白单", "accepted")),  # the day on which it was accepted
    ],
)
def test_a_slip_stands_among_the_events_of_its_issue_by_its_day(
    tmp_path: Path, rows: str, events: tuple[str, ...]
) -> None:
    season = write(
        tmp_path,
        grid=GRID,
        issues="id,place,found,dispatched,rectified,accepted\n7,A,2017-05-01,2017-05-02,2017-05-05,2017-05-06\n"
        "8,A,2017-05-01,,,\n",
        slips=f"issue,slip,day\n{rows}\n",
    )
    issue, other = read_season(season).issues
    assert tuple(event.slip or event.what.value for event in issue.events) == events
    assert other.events == (FOUND,)


def test_slips_of_an_issue_that_is_open_come_last_and_one_day_takes_several(tmp_path: Path) -> None:
    issues = "id,place,found,withdrawn\n7,A,2017-05-01,\n8,A,2017-05-01,2017-05-03\n"
    slips = "issue,slip,day\n7,黄单,2017-05-03\n7,白单,2017-05-03\n8,白单,2017-05-03\n"
    facts = read_season(write(tmp_path, grid=GRID, issues=issues, slips=slips))
    assert [[event.slip for event in issue.events] for issue in facts.issues] == [
        ["", "白单", "黄单"],
        ["", "白单", ""],
    ]


def test_a_whistle_needs_nobody_to_have_turned_up_and_an_issue_takes_several(tmp_path: Path) -> None:
    whistles = (
        "issue,day,to,report_at,place,people,leader,task\n"
        "7,2017-05-03,城管局,2017-05-04 09:00,村口,各2人,王局长,清理河道\n"
        "7,2017-05-03,住建局,2017-05-04 09:00,村口,各2人,王局长,清理河道\n"
    )
    season = write(tmp_path, grid=GRID, issues="id,place,found\n7,A,2017-05-01\n", whistles=whistles)
    (issue,) = read_season(season).issues
    assert issue.events == (
        FOUND,
        Event(EventKind.WHISTLED, date(2017, 5, 3), to=("住建局",), whistle=WHISTLE),
        Event(EventKind.WHISTLED, date(2017, 5, 3), to=("城管局",), whistle=WHISTLE),
    )


@pytest.mark.parametrize("cell", ["yes", "Yes", "是", "通过", "no", "NO", "否", "未通过"])
def test_an_answer_is_read_in_both_languages(tmp_path: Path, cell: str) -> None:
    season = write(tmp_path, grid=GRID, acceptances=f"unit,day,passed\nA,2017-05-01,{cell}\n")
    assert read_season(season).acceptances[0].passed is (cell in ("yes", "Yes", "是", "通过"))


RULING = "unit,concerns,condition,holds,by,why,scheme\n"


@pytest.mark.parametrize(
    "cell",
    [
        "{ kind = 'bottom', n = 1, ties = 'decide' }",
        '{ kind = ""bottom"", n = 1, ties = ""decide"" }',
        '{""kind"": ""bottom"", ""n"": 1, ""ties"": ""decide""}',
    ],
)
def test_the_condition_of_a_ruling_is_written_as_in_a_scheme_of_toml_or_json(tmp_path: Path, cell: str) -> None:
    season = write(tmp_path, grid=GRID, rulings=f'{RULING}A,2017-05-01,"{cell}",是,指挥部,复查,town\n')
    assert read_season(season).rulings == (
        Ruling("A", MAY, bottom(1, ties="decide"), holds=True, by="指挥部", why="复查", scheme="town"),
    )


def test_the_condition_of_a_ruling_may_be_of_a_localitys_own_kind(tmp_path: Path) -> None:
    season = write(
        tmp_path, grid=GRID, rulings=f"{RULING}A,2017-05-01,{{ kind = 'town.always' }},是,指挥部,复查,town\n"
    )
    assert read_season(season, kinds={"town.always": always}).rulings[0].condition == always()


def test_a_task_and_an_acceptance_need_no_more_than_what_they_say(tmp_path: Path) -> None:
    season = write(
        tmp_path,
        grid=GRID,
        tasks="name,unit,day,progress\n改厕,A,2017-05-01,100\n",
        acceptances="unit,day,passed\nA,2017-05-01,否\n",
    )
    facts = read_season(season)
    assert facts.tasks == (Task("改厕", "A", "", "", Decimal(100), MAY),)
    assert facts.acceptances == (UnitAcceptance("A", MAY, passed=False),)


def test_findings_go_to_the_inspection_whose_id_they_name(tmp_path: Path) -> None:
    visits = "id,unit,day,channel\nv1,A,2017-05-01,督导\nv2,T,2017-05-01,督导\n,A,2017-05-02,督导\n"
    findings = "inspection,item,deduction\nv2,水沟,1\nv1,垃圾,2\nv2,垃圾,3\n"
    facts = read_season(write(tmp_path, grid=GRID, inspections=visits, findings=findings))
    lost = {(i.id, i.unit): [f"{f.item} {f.deduction}" for f in i.findings] for i in facts.inspections}
    assert lost == {("v1", "A"): ["垃圾 2"], ("v2", "T"): ["垃圾 3", "水沟 1"], ("", "A"): []}


def test_the_order_of_rows_changes_nothing(tmp_path: Path) -> None:
    there, turned = tmp_path / "there", tmp_path / "turned"
    there.mkdir()
    turned.mkdir()
    backwards = {}
    for name, text in FULL.items():
        header, *rows = text.splitlines()
        backwards[name] = "\n".join([header, *reversed(rows)])
    assert read_season(write(turned, **backwards)) == read_season(write(there, **FULL))


def test_the_louxing_season_is_read_whole() -> None:
    facts = read_season(LOUXING)
    assert (len(facts.grid.units), len(facts.inspections)) == (101, 185)
    assert sum(len(inspection.findings) for inspection in facts.inspections) == 30
    september, month_end = date(2016, 9, 1), date(2016, 9, 30)
    assert (
        Inspection(
            "乐坪",
            september,
            "城管",
            stated=Decimal("26.34"),
            id="2016-09/乐坪/城管",
            last_day=month_end,
        )
        in facts.inspections
    )
    assert (
        Inspection(
            "黄泥塘",
            september,
            "物业公司",
            (Finding("物业公司扣分", Decimal("3.47")),),
            id="2016-09/黄泥塘/物业公司",
            last_day=month_end,
        )
        in facts.inspections
    )
