"""Write the season of this folder: fictitious units, persons and days, with the totals that the report prints.

    python docs/examples/shashi/season.py [FOLDER]

What the report prints as “40余” or “1000多” is two per cent more, rounded up (41, 1020), and “近100” two per cent less (98);
“95%以上” is at least that. Exact numbers stand as printed. The two numbers that are garbled are not made up.
"""

from __future__ import annotations

import csv
import sys
from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random

SEED, MONTHS, LAST_DAY = 2009, range(1, 7), date(2009, 6, 30)
DISTRICT, OFFICE = "全区", "区创卫办"
PARTS = [*(f"第{n}街道" for n in range(1, 6)), "第1乡"]
COMMUNITIES = [f"第{n:02}社区" for n in range(1, 77)]
VILLAGES = [f"第{n}村" for n in range(1, 5)]
ROADS = [f"第{n:02}路段" for n in range(1, 25)]
GROUPS = [f"指导检查{n}组" for n in "一二三四五六七八九"]
SPECIAL = [f"专项整治{n}组" for n in "一二三四五"]
CADRES = [f"机关干部{n:02}" for n in range(1, 41)]
DISTRICT_LEADERS = [f"区领导{n:02}" for n in range(1, 13)]
CITY_LEADERS = [f"市领导{n:02}" for n in range(1, 11)]
DEPARTMENTS = [f"区直部门{n:02}" for n in range(1, 21)]
TRADES = ["卫生部门", "工商部门", "环保部门", "文化部门", "公安部门", "城管部门"]
TEAMS = [f"市直党建工作{n:02}队" for n in range(1, 31)]
CATEGORIES = {"占道经营": "城管部门", "违章建筑": "城管部门", "五小行业": "卫生部门", "楼面污损": "", "清扫保洁": ""}
"""Who answers for them; else the street, or the township."""

Row = Sequence[object]
dice = Random(SEED)  # noqa: S311 - nothing here is a secret


def below(n: int) -> int:
    return int(dice.random() * n)


def pick(things: Sequence[str]) -> str:
    return things[below(len(things))]


def sample(things: Sequence[str], n: int) -> list[str]:
    left = list(things)
    return [left.pop(below(len(left))) for _ in range(n)]


def day_in(month: int) -> date:
    return date(2009, month, 1 + below(monthrange(2009, month)[1]))


def month_end(month: int) -> date:
    return date(2009, month, monthrange(2009, month)[1])


def spread(total: int, parts: int) -> list[int]:
    """The total in whole parts, none of them far from the mean."""
    weights = [1 + dice.random() for _ in range(parts)]
    cuts = [int(total * sum(weights[:i]) / sum(weights)) for i in range(parts)]
    return [b - a for a, b in zip(cuts, [*cuts[1:], total], strict=True)]


def part_of(place: str) -> str:
    """The street, or the township, in which a community, a village or a road lies."""
    return "第1乡" if place in VILLAGES else PARTS[int(place[1:3]) % 5]


def grid() -> Iterator[Row]:
    yield "编码", "名称", "级别", "上级", "类别"
    yield DISTRICT, DISTRICT, "区", "", ""
    for part in PARTS:
        yield part, part, "乡" if part == "第1乡" else "街道", DISTRICT, ""
    chosen = sample(COMMUNITIES, 28)
    classes = dict.fromkeys(chosen[:4], "示范社区") | dict.fromkeys(chosen[4:], "重点社区")
    for level, places in (("社区", COMMUNITIES), ("村", VILLAGES), ("路段", ROADS)):
        yield from ((place, place, level, part_of(place), classes.get(place, "")) for place in places)


def bodies() -> Iterator[Row]:
    yield "编码", "名称"
    for body in (OFFICE, *GROUPS, *SPECIAL, "五小行业整治专班", *TRADES, *DEPARTMENTS, *TEAMS):
        yield body, body


def assignments() -> Iterator[Row]:
    yield "责任人", "职责", "单位"
    yield "区政府办主任", "区创卫办主任", DISTRICT
    yield from ((who, "主抓领导", DISTRICT) for who in ("区长", *(f"副区长{n:02}" for n in range(1, 5))))
    yield from ((f"{place}主要负责人", "创建领导小组组长", place) for place in (*PARTS, *COMMUNITIES, *VILLAGES))
    yield from ((f"{department}主要负责人", "部门创建领导小组组长", DISTRICT) for department in DEPARTMENTS)
    yield from ((cadre, f"{GROUPS[i % 9]}成员", DISTRICT) for i, cadre in enumerate(CADRES))
    yield from ((department, "五小行业整治专班成员", DISTRICT) for department in TRADES)
    yield from ((f"{department}主要负责人", "蹲点", pick((*PARTS, *COMMUNITIES, *ROADS))) for department in DEPARTMENTS)
    for i, group in enumerate(SPECIAL):
        yield DISTRICT_LEADERS[i], f"{group}组长", DISTRICT
        yield DEPARTMENTS[i], f"{group}牵头部门", DISTRICT
        yield from ((department, f"{group}责任单位", DISTRICT) for department in sample(DEPARTMENTS[5:], 3))
    for places, leaders, role in (
        (PARTS, DISTRICT_LEADERS, "包片领导"),
        (ROADS[:13], CITY_LEADERS, "市包路领导"),
        (ROADS[13:], DISTRICT_LEADERS, "区包路领导"),
        (COMMUNITIES, DISTRICT_LEADERS, "包社区领导"),
    ):
        for place in places:  # one leader or two for a place, and several places for many a leader
            yield from ((leader, role, place) for leader in sample(leaders, 1 + below(2)))
    yield from ((TEAMS[i % len(TEAMS)], "党建工作队", place) for i, place in enumerate(sample(COMMUNITIES, 47)))


def inspections() -> Iterator[Row]:
    yield "检查编号", "单位", "日期", "渠道", "明查暗访", "检查组"
    visits = [
        (day_in(month), pick((*COMMUNITIES, *VILLAGES, *ROADS)), group)
        for month in MONTHS
        for group in GROUPS
        for _ in range(2 + below(4))  # at irregular times, and not equally often
    ]
    for n, (day, place, group) in enumerate(sorted(visits), 1):
        yield f"J{n:03}", place, day, "指导检查", pick(("明查", "暗访")), group


def issues(visited: Sequence[Row]) -> Iterator[Row]:
    """What the groups found at every second visit, and 41 complaints, of which 37 are solved on the last day."""
    heads = "编号 位置 责任单位 配合单位 问题类别 问题 来源 发现日期 交办日期 整改时限 整改日期 验收日期 验收单位"
    yield heads.split()
    found = [(date.fromisoformat(str(day)), str(place)) for _, place, day, *_ in visited if below(2) == 0]
    for n, (day, place) in enumerate(found, 1):
        yield f"D{n:03}", *entry(place, day, "指导检查", lasts())
    called = sorted((day_in(1 + below(5)), pick((*COMMUNITIES, *ROADS))) for _ in range(37))
    for n, (day, place) in enumerate(called, 1):
        yield f"T{n:02}", *entry(place, day, "投诉电话", min(lasts(), 26))
    for n, day_of_june in enumerate((9, 15, 18, 30), 38):
        yield f"T{n}", *entry(pick(COMMUNITIES), date(2009, 6, day_of_june), "投诉电话", 99)


def lasts() -> int:
    return 1 + below(9) + (below(30) if below(4) == 0 else 0)  # days to rectify in; ten are given


def entry(place: str, found: date, source: str, days: int) -> Row:
    """One row of the ledger after its number, as it stood on the last day."""
    category = pick(list(CATEGORIES))
    department = CATEGORIES[category]
    responsible, supporting = (department, part_of(place)) if department else (part_of(place), "")
    row = (place, responsible, supporting, category, f"{place}{category}", source, found)
    dispatched, due = found + timedelta(1), found + timedelta(11)
    rectified = dispatched + timedelta(days)
    if due >= LAST_DAY:  # a date that passes later would be overdue in July, of which nothing is known
        rectified = min(rectified, LAST_DAY)
    accepted = rectified + timedelta(1 + below(3))
    steps = (dispatched, due, rectified, accepted, OFFICE)
    known = 0 if dispatched > LAST_DAY else 2 if rectified > LAST_DAY else 3 if accepted > LAST_DAY else 5
    return *row, *steps[:known], *[""] * (5 - known)


def events(ledger: Sequence[Row]) -> Iterator[Row]:
    """The order (限期整改) with another date, after a month that ended with the issue overdue."""
    yield "问题编号", "日期", "事件", "承办单位", "对象", "时限"
    for number, _, responsible, *_, due, rectified, _, _ in ledger:
        for ended in map(month_end, MONTHS[:-1]):
            ordered = ended + timedelta(2)
            if "" < str(due) < str(ended) and str(ordered) < str(rectified or "9999"):
                yield number, ordered, "交办", OFFICE, responsible, ordered + timedelta(10)


def duties() -> Iterator[Row]:
    yield "事项", "报送单位", "截止时间", "报送时间"
    for month in MONTHS:
        for half in (5, 19):
            held = date(2009, month, half + below(8))
            yield "全区创卫工作推进会", OFFICE, f"{month_end(month)} 23:59", f"{held} 15:00"


def tasks() -> Iterator[Row]:
    yield "任务", "单位", "日期", "进度", "牵头领导", "牵头部门", "完成时限"
    lines = [(f"专项整治{n}", date(2009, 8, 31)) for n in "一二三四五"]
    lines += [("街巷道路改造", LAST_DAY), ("绿化社区示范点创建", LAST_DAY)]
    for i, (name, until) in enumerate(lines):
        steps = spread(100 if until == LAST_DAY else 60 + below(30), len(MONTHS))
        for month in MONTHS:
            done = sum(steps[:month])
            yield name, DISTRICT, month_end(month), done, DISTRICT_LEADERS[i], DEPARTMENTS[i], until


MONTHLY = {  # what is done month by month in every street and in the township, and its total
    ("拆除违章建筑", "处"): 4080,
    ("拆除违章建筑面积", "平方米"): 113_000,
    ("群众自拆违章建筑", "处"): 3760,
    ("整治占道、出店经营", "家"): 1836,
    ("拆除招牌", "块"): 1020,
    ("印发致市民、中小学生、经营业主的一封信", "份"): 102_000,
    ("印制环境整治通告", "份"): 20_000,
    ("设立宣传点", "处"): 102,
    ("拉横幅标语", "条"): 816,
    ("竖宣传牌", "块"): 612,
    ("洁城行动", "人次"): 30_000,
    ("签订门前三包责任书", "份"): 1200,
    ("清扫保洁检查", "处"): 2400,
}
"""The pledges and the places checked have no number in the report: theirs are made up."""
ONCE = (  # what the report gives for the whole district alone
    ("老姨妈义务宣传队", "支", 83, 3),
    ("中小学生创卫志愿者", "人", 5100, 3),
    ("金点子征集", "条", 143, 4),
    ("金点子采纳", "条", 11, 5),
    ("创卫资金投入", "万元", 1020, 6),
    ("市直工作队筹集资金", "万元", 98, 6),
    ("街巷道路改造投资", "万元", 180, 6),
    ("取缔违章建筑路段", "条", 11, 5),
    ("关闭非法农贸市场", "处", 1, 4),
    ("清扫面积", "平方米", 2_040_000, 6),
    ("印发《湖北省卫生城市检查标准评分细则》", "次", 1, 1),
    ("开辟《创卫工作社区行》系列报道", "个", 1, 2),
    ("主干道路刷黑", "条", 3, 6),
)


def outputs() -> Iterator[Row]:
    yield "单位", "日期", "事项", "数量", "计量单位"
    for (what, measure), total in MONTHLY.items():
        amounts = iter(spread(total, len(PARTS) * len(MONTHS)))
        for month in MONTHS:
            for part in PARTS:
                amount = next(amounts)
                yield part, month_end(month), what, amount, measure
                if what == "清扫保洁检查":
                    yield part, month_end(month), "清扫保洁合格", amount - below(amount // 20 + 1), measure
    for what, measure, amount, month in ONCE:
        yield DISTRICT, month_end(month), what, amount, measure
    for place in sample(COMMUNITIES, 5):
        yield place, month_end(6), "绿化社区示范点", 1, "个"


def main(folder: Path) -> None:
    visits = list(inspections())
    ledger = list(issues(visits[1:]))
    tables: dict[str, Iterable[Row]] = {"inspections": visits, "issues": ledger, "events": events(ledger[1:])}
    tables |= {make.__name__: make() for make in (grid, bodies, assignments, duties, tasks, outputs)}
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
