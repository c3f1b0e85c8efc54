"""Writes the tables of a made-up season of Jingtai: python docs/examples/jingtai/season.py [FOLDER].

Villages, persons and ranks are drawn from a fixed seed. What the report of 5 March 2020 prints is kept to the digit:
18 tasks, 2 special groups, 11 groups in charge, 2 inspection groups, more than 20 good practices; and the 135 villages
and 16 communities of the county.
"""

import csv
import sys
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random

DRAW = Random(20200305).random  # noqa: S311 - made up, and the same every time
COUNTY = "C"
VILLAGES = (20, 17, 15, 14, 13, 12, 11, 10, 9, 8, 6)  # of the eleven townships: 135
COMMUNITIES = (9, 2, 1, 1, 1, 1, 1, 0, 0, 0, 0)  # 16, most of them in the county town
REPORT, FIRST, LAST = date(2020, 3, 5), date(2020, 3, 6), date(2020, 9, 25)
HOLIDAY = date(2020, 5, 1)  # nobody ranked
NO_DRONE = date(2020, 4, 10)  # a sandstorm
HALF_A_FLIGHT = date(2020, 3, 27)  # the drone saw 117 of 151
NO_RETURN, SILENT = date(2020, 6, 19), "T05"  # the township that sent nothing
LATE, LATE_ONE = date(2020, 7, 17), "T09"  # the township whose list came when the bulletin was out
UNSEEN = "S16"  # sealed off while there was no drone: on no list of that week
CHRONIC = ("T06V01", "T06V02", "T06V03", "T06V04")  # four villages of one leader
DRAWN_LEVEL = {  # two communities in each other's places: level at the cut
    date(2020, 7, 10): ("S03", "S11", 110, 137),
    date(2020, 8, 7): ("S05", "S09", 15, 48),
}

TOWNS = [f"T{t:02}" for t in range(1, 12)]
OF_TOWN = {town: [f"{town}V{v:02}" for v in range(1, n + 1)] for town, n in zip(TOWNS, VILLAGES, strict=True)}
SEATS = [town for town, n in zip(TOWNS, COMMUNITIES, strict=True) for _ in range(n)]
TOWN_OF = {f"S{s:02}": town for s, town in enumerate(SEATS, 1)}
TOWN_OF |= {village: town for town, villages in OF_TOWN.items() for village in villages}
UNITS = sorted(TOWN_OF)
NOT_FLOWN = {UNSEEN, *(village for town in TOWNS[7:] for village in OF_TOWN[town])}
FRIDAYS = [day for n in range(30) if (day := FIRST + timedelta(weeks=n)) != HOLIDAY]

Row = Sequence[object]


def name_of(unit: str) -> str:
    return f"第{unit[1:]}社区" if unit[0] == "S" else f"{unit[1:3]}乡镇{unit[4:]}村"


def grid() -> Iterable[Row]:
    yield "编码", "名称", "级别", "上级"
    yield COUNTY, "景泰县", "县", ""
    yield from ((town, f"第{town[1:]}乡镇", "乡镇", COUNTY) for town in TOWNS)
    yield from ((unit, name_of(unit), "社区" if unit[0] == "S" else "行政村", TOWN_OF[unit]) for unit in UNITS)


def bodies() -> Iterable[Row]:
    yield "编码", "名称"
    yield "领导小组办公室", "县领导小组办公室"
    yield "督查指导组", "督查指导组（十一个包抓指导组）"
    yield from (
        (f"{kind}{n:02}", f"第{n:02}{kind}") for kind, n in (("专项组", 1), ("专项组", 2), ("督察组", 1), ("督察组", 2))
    )
    yield from ((f"包抓组{town[1:]}", f"第{town[1:]}包抓组") for town in TOWNS)


def assignments() -> Iterable[Row]:
    yield "姓名", "职责", "单位"
    for n in ("01", "02"):
        yield f"专项组{n}", "专项整治", COUNTY
        yield f"督察组{n}", "督察", COUNTY
    yield "领导小组办公室", "统筹", COUNTY
    for town in TOWNS:
        yield f"包抓组{town[1:]}", "包抓", town
        for role in ("乡镇分管领导", "乡镇党委书记", "乡镇政府主要负责人"):
            yield f"{town[1:]}{role}", role, town
    for unit in UNITS:
        sponsor = "5" if unit[0] == "S" else str((int(unit[4:]) + 3) // 4)
        yield f"{TOWN_OF[unit][1:]}乡镇包村领导{sponsor}", "乡镇包村领导", unit
        yield f"{name_of(unit)}负责人", "村社区主要负责人", unit
        yield f"{name_of(unit)}网格长", "网格长", unit
        yield f"{name_of(unit)}网格员", "网格员", unit
    for village in OF_TOWN["T04"]:  # the cleaners of one township are supervisors too
        yield f"{name_of(village)}保洁员", "保洁员", village
        yield f"{name_of(village)}保洁员", "监督员", village


def ranked(units: Iterable[str], state: dict[str, float]) -> list[str]:
    """The units from best to worst, as one list sees them."""
    seen = {unit: state[unit] + 0.25 * DRAW() for unit in units}
    return sorted(seen, key=lambda unit: seen[unit])


def put(order: list[str], at: dict[str, int]) -> None:
    """Puts units at the ranks that are given, lowest rank first; the others keep their order."""
    for unit in at:
        order.remove(unit)
    for unit, rank in at.items():
        order.insert(rank - 1, unit)


def stated() -> Iterable[Row]:
    yield "单位", "日期", "渠道", "名次", "总数"
    usual = {unit: DRAW() for unit in UNITS} | dict.fromkeys((*CHRONIC, UNSEEN), 1.3)
    state = dict(usual)
    for friday in FRIDAYS:
        state = {unit: 0.7 * state[unit] + 0.3 * usual[unit] + 0.6 * (DRAW() - 0.5) for unit in UNITS}
        lists = [("乡镇", ranked(OF_TOWN[town], state)) for town in TOWNS if (friday, town) != (NO_RETURN, SILENT)]
        supervision, drone = ranked(UNITS, state), ranked(UNITS, state)
        if friday in DRAWN_LEVEL:
            one, other, high, low = DRAWN_LEVEL[friday]
            put(supervision, {one: high, other: low})
            put(drone, {other: high, one: low})
        if friday == NO_DRONE:
            supervision.remove(UNSEEN)
            drone = []
        if friday == HALF_A_FLIGHT:
            drone = [unit for unit in drone if unit not in NOT_FLOWN]
        if friday == LATE:
            lists = [(channel, order) for channel, order in lists if TOWN_OF[order[0]] != LATE_ONE]
        for channel, order in (*lists, ("督查指导组", supervision), ("无人机", drone)):
            yield from ((unit, friday, channel, rank, len(order)) for rank, unit in enumerate(order, 1))


def moments(friday: date) -> Iterable[tuple[str, str, str]]:
    """What is owed on a Friday: what, by whom, and at what time it came, "" where nothing did."""
    for town in TOWNS:
        minutes = 9 * 60 + int(420 * DRAW())
        came = f"{friday} {minutes // 60:02}:{minutes % 60:02}"
        if (friday, town) == (NO_RETURN, SILENT):
            came = ""
        if (friday, town) == (LATE, LATE_ONE):
            came = f"{friday + timedelta(days=1)} 09:20"
        yield "行政村排名", town, came
    yield "督察排名", "督查指导组", f"{friday} 16:30"
    yield "无人机排名", "领导小组办公室", "" if friday == NO_DRONE else f"{friday} 17:00"
    yield "通报到村社区", "领导小组办公室", f"{friday} 20:00"


def duties() -> Iterable[Row]:
    yield "事项", "报送单位", "截止时间", "报送时间"
    for friday in FRIDAYS:
        for what, by, came in moments(friday):
            yield what, by, f"{friday} 23:59", came


def issues() -> Iterable[Row]:
    yield (
        "问题编号",
        "所属单位",
        "责任单位",
        "类别",
        "来源",
        "发现日期",
        "交办日期",
        "整改时限",
        "整改日期",
        "销号日期",
        "验收单位",
    )
    kinds = ("生活垃圾", "乱堆乱放", "乱搭乱建", "污水乱排")
    sources = ("现场查看", "现场查看", "无人机拍摄", "曝光台来啦")
    number = 0
    for friday in FRIDAYS:
        for town in TOWNS:
            places = [unit for unit in UNITS if TOWN_OF[unit] == town]
            for _ in range(1 + int(2 * DRAW())):
                number += 1
                place = places[int(len(places) * DRAW())]
                found = friday - timedelta(days=int(5 * DRAW()))
                done = found if DRAW() < 0.93 else found + timedelta(days=1 + int(2 * DRAW()))
                kind, source = kinds[int(4 * DRAW())], sources[int(4 * DRAW())]
                who = f"包抓组{town[1:]}"
                yield f"W{number:04}", place, place, kind, source, found, found, found, done, done, who


def outputs() -> Iterable[Row]:
    yield "单位", "日期", "事项", "数量", "计量单位"
    for n, town in enumerate(TOWNS):  # the townships' share of the practices, and that of the departments
        yield town, date(2020, 3, 1 + n % 5), "发布好经验好做法", 2, "条"
    yield COUNTY, REPORT, "发布好经验好做法", 2, "条"
    for friday in FRIDAYS:
        yield COUNTY, friday, "《以崭新面貌步入全面小康》栏目", 1 + int(3 * DRAW()), "期"
        yield COUNTY, friday, "《曝光台来啦》栏目", 1 + int(2 * DRAW()), "期"


def tasks() -> Iterable[Row]:
    yield "任务名称", "单位", "上报日期", "进度", "牵头领导", "牵头部门", "完成时限"
    ends = (REPORT, *(date(2020, month, 1) - timedelta(days=1) for month in range(4, 10)), LAST)
    pace = [0.6 + 0.6 * DRAW() for _ in range(18)]
    for n, day in enumerate(ends):
        for task in range(18):
            progress = min(100, int(100 * pace[task] * n / 7))
            person, department = f"县领导{task % 6 + 1:02}", f"牵头部门{task % 9 + 1:02}"
            yield f"整治行动{task + 1:02}", COUNTY, day, progress, person, department, date(2020, 9, 30)


LAST_30 = "{ kind = 'bottom', n = 30, ties = 'decide' }"
FIRST_30 = "{ kind = 'top', n = 30, ties = 'decide' }"
TWICE = (
    "{ kind = 'streak', when = { kind = 'placed', board = '三色管理', tier = '红色管理' }, k = 2, unheld = 'decide', "
    "absent = 'decide', repeat = 'each', editions = 'carry', heads = 'carry' }"
)
RULED = (
    (date(2020, 4, 17), "S16", TWICE, "否", "4月10日封闭管控、未参评，4月3日与17日不按连续2次计"),
    (
        date(2020, 5, 8),
        (
            "S16 T01V13 T01V15 T01V17 T01V19 T02V02 T02V12 T03V02 T03V13 T04V13 T05V05 T06V02 T06V03 T06V04 "
            "T06V10 T08V03 T08V05 T08V07 T08V08 T09V02 T11V02"
        ),
        TWICE,
        "是",
        "5月1日放假未排名，4月24日与5月8日为前后相邻的两次",
    ),
    (date(2020, 5, 15), "T03V11", FIRST_30, "是", "督察名次在前"),
    (date(2020, 5, 15), "T04V06", FIRST_30, "否", "督察名次在后"),
    (date(2020, 7, 10), "S03", LAST_30, "否", "督察名次在前"),
    (date(2020, 7, 10), "S11", LAST_30, "是", "督察名次在后"),
    (date(2020, 8, 7), "S05", FIRST_30, "是", "督察名次在前"),
    (date(2020, 8, 7), "S09", FIRST_30, "否", "督察名次在后"),
)


def rulings() -> Iterable[Row]:
    yield "单位", "所涉日期", "条件", "是否成立", "裁定单位", "理由", "办法"
    for day, units, condition, holds, why in RULED:
        yield from ((unit, day, condition, holds, "领导小组办公室", why, "jingtai-weekly") for unit in units.split())


def write(folder: Path) -> None:
    tables = (
        grid,
        bodies,
        assignments,
        stated,
        duties,
        issues,
        outputs,
        tasks,
        rulings,
    )  # in this order: they share the draws
    for table in tables:
        with (folder / f"{table.__name__}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(table())
    text = "单位、人员、名次、问题、任务进度均为虚构；组数、任务数和“20多条”取自报道，村社区数取自该县实际\n"
    (folder / "synthetic.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
