"""Writes the season of this folder: `python docs/examples/jimo-tongji/season.py [FOLDER]`. All of it is made up.

What is given: the totals of the report of 10 July 2023. What is planned, so that the rules have something to decide:
who is on the black board, the ties at the cuts, a new head. The rest is drawn from a fixed seed.
"""

import csv
import sys
from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random

TABLES: dict[str, list[tuple[object, ...]]] = {}
DRAW = Random(20230710).random  # noqa: S311 - a season, no secret
AS_OF, ACCEPTED_ON = date(2023, 7, 10), date(2023, 6, 20)
BEHIND: set[str] = set()  # who had something left on the day of the acceptances

AREA, ZONES = "通济新区", [f"第{z}管区" for z in range(1, 7)]
VILLAGES = [f"{n:02}村" for n in range(1, 49)]
UNITS = [*VILLAGES, *(f"第{n}社区" for n in range(1, 5))]
ZONE = {unit: ZONES[i % 6] if "社区" in unit else ZONES[i // 8] for i, unit in enumerate(UNITS)}
JOINT = VILLAGES[12:16]  # one head for four villages
NEW_HEAD, NEW_SINCE = "48村", date(2023, 6, 1)
BLACK = {  # of the month: the last five, worst first
    1: ("07村", "23村", "33村", "19村", "41村"),
    2: ("27村", "19村", "11村", "36村", "45村"),
    3: ("15村", "38村", "13村", "16村", "14村"),
    4: ("16村", "31村", "13村", "15村", "14村"),  # the four of one head for the second time
    5: ("20村", "05村", "31村", "48村", "17村", "29村"),  # 17村 and 29村 are level, and there is one place left
    6: ("42村", "31村", "第3社区", "48村", "17村"),
}
RED = ("03村", "10村", "22村", "30村", "37村", "46村", "第1社区")  # five of them each month
CHECKS = [(1, 4), (1, 28), (2, 6), (2, 22), (3, 6), (3, 22), (4, 6), (4, 24), (5, 8), (5, 23), (6, 6), (6, 26)]
FOUND = (118, 110, 104, 101, 97, 95, 90, 86, 82, 78, 74, 69)  # check by check: 1104
LEFT = (0, 1, 0, 2, 1, 2, 2, 3, 3, 4, 9, 60)  # of these not rectified on the day of the report: 87
LATE = 60  # every so-manieth is rectified after its time
KINDS = ("村内环境", "村庄周边", "农村道路沿线", "农村改厕", "生活垃圾和建筑垃圾", "排水和生活污水", "农户庭院")
SPOTS = ("房前屋后", "村内村外", "道路两侧", "河塘沟渠")
TASKS = (*(f"{kind}整治" for kind in KINDS), "村容村貌“基础薄弱村”集中攻坚整治")

TOWNS = [f"示例{n:02}{'街道' if n % 4 == 3 else '镇'}" for n in range(1, 41)]
DISTRICTS = ["即墨区", *(f"第{n}区市" for n in range(2, 6))]
LAST = {  # of the quarter, worst first; in the first, two more below 80 who are not among the last ten
    1: {40: 68.4, 12: 70.1, 33: 71.7, 27: 72.9, 5: 74.3, 18: 75.2, 36: 76.6, 24: 77.0, 9: 77.8, 30: 78.5, 13: 79.0, 22: 79.5},
    2: {12: 69.3, 40: 71.0, 21: 73.6, 33: 74.8, 38: 76.1, 15: 77.4, 29: 78.2, 6: 79.9, 18: 80.0, 35: 81.3},
}  # fmt: skip
LEVEL = {1: (19, 26), 2: ()}  # who is level at place 20, with one place left


def row(table: str, *cells: object) -> None:
    TABLES[table].append(cells)


def between(low: float, high: float) -> float:
    """In steps of a half."""
    return low + int((high - low) * 2 * DRAW()) / 2


def grid() -> None:
    row("grid", "青岛市", "青岛市", "市", "", "")
    for name in DISTRICTS:
        row("grid", name, name, "区市", "青岛市", "")
    for i, name in enumerate(TOWNS):
        district = DISTRICTS[i // 8]
        classes = "涉农；即墨区" if district == "即墨区" else "涉农"
        row("grid", name, name, "街道" if "街道" in name else "镇", district, classes)
    row("grid", AREA, AREA, "街道", "即墨区", "")  # in no class of towns: what is real takes no part in made-up ranks
    for name in ZONES:
        row("grid", name, name, "管区", AREA, "")
    for unit in UNITS:
        weak = "基础薄弱村" if unit in (*JOINT, "31村") else ""
        row("grid", unit, unit, "社区" if "社区" in unit else "村", ZONE[unit], weak)


def people() -> None:
    for name in ("党工委", "测评组", "环卫办", "纪工委"):
        row("bodies", name, name)
    for who, role in (("测评组", "检查"), ("环卫办", "验收"), ("纪工委", "约谈")):
        row("assignments", who, role, AREA, "", "")
    for zone in ZONES:
        row("assignments", f"{zone}负责人", "管区主要负责人", zone, "", "")
    for i, unit in enumerate(UNITS):
        head = "联建村负责人" if unit in JOINT else f"{unit}负责人"
        if unit == NEW_HEAD:
            row("assignments", f"{head}（前任）", "村庄主要负责人", unit, "", NEW_SINCE)
            row("assignments", f"{head}（新任）", "村庄主要负责人", unit, NEW_SINCE, "")
        else:
            row("assignments", head, "村庄主要负责人", unit, "", "")
        row("assignments", f"{unit}书记", "村庄支部书记", unit, "", "")
        row("assignments", f"包村干部{i % 26 + 1:02}", "包村干部", unit, "", "")
    for town in TOWNS:
        row("assignments", f"{town}书记", "镇（街道）党（工）委书记", town, "", "")


def checks() -> None:
    """Twice a month, three days each; who scores least has most problems. What is found is dispatched the next day."""
    number = 0
    for (month, first), found, left in zip(CHECKS, FOUND, LEFT, strict=True):
        scores = dict(scores_of(month))
        days = {unit: date(2023, month, first) + timedelta(ZONES.index(ZONE[unit]) // 2) for unit in UNITS}
        for unit in UNITS:
            row("inspections", unit, days[unit], "测评组", scores[unit], "", "测评组", "")
        worst_first = sorted(UNITS, key=scores.__getitem__)
        for k in range(found):
            number += 1
            unit = worst_first[k % len(UNITS)]
            issue(number, unit, days[unit], is_left=k < left)


def scores_of(month: int) -> Iterable[tuple[str, float]]:
    black, red = BLACK[month], (*RED[month:], *RED[:month])[:5]
    for unit in UNITS:
        if unit in black:
            yield unit, 60 + 2 * min(black.index(unit), 4)
        elif unit in red:
            yield unit, 99 - red.index(unit)
        else:
            yield unit, between(72, 92)


def issue(number: int, unit: str, found: date, *, is_left: bool) -> None:
    given = found + timedelta(1)
    days = 18 if number % LATE == 0 else 3 + int(6 * DRAW())
    rectified = min(given + timedelta(days), AS_OF)
    accepted = rectified + timedelta(1 + int(2 * DRAW()))
    if found < ACCEPTED_ON and (is_left or rectified > ACCEPTED_ON):
        BEHIND.add(unit)
    what = f"{SPOTS[int(4 * DRAW())]}乱堆乱放"
    kind = KINDS[int(len(KINDS) * DRAW())]
    done: Sequence[object] = ("", "", "")
    if not is_left:
        done = (rectified, accepted, "环卫办") if accepted <= AS_OF else (rectified, "", "")
    due, photograph = given + timedelta(15), f"照片{number:04}.jpg"
    row("issues", f"W{number:04}", unit, unit, kind, what, "测评组", found, given, due, *done, photograph)


def acceptances() -> None:
    """Who had nothing left asked for acceptance and passed; three asked too soon."""
    too_soon = sorted(BEHIND)[:3]
    for unit in UNITS:
        if unit not in BEHIND:
            row("acceptances", unit, ACCEPTED_ON, "通过", "环卫办", "")
        elif unit in too_soon:
            row("acceptances", unit, ACCEPTED_ON, "未通过", "环卫办", "仍有问题未整改")


def work() -> None:
    """What the report gives as more than 2000, 50, 2000 and 200, zone by zone."""
    for what, measure, total in (
        ("发动党员、干部、群众、环卫工人", "人", 2046),
        ("出动机械", "辆", 53),
        ("清理生活建筑垃圾", "吨", 2038),
        ("清理私搭乱建", "处", 207),
    ):
        for z, zone in enumerate(ZONES):
            row("outputs", zone, AS_OF, what, total // 6 + (z < total % 6), measure)
    for month in range(1, 7):
        row("outputs", AREA, date(2023, month, 15), "党工委专题会议", 1, "次")
    row("outputs", "青岛市", date(2023, 4, 25), "全市动员部署会", 1, "次")
    for month in (3, 6):
        row("outputs", "即墨区", date(2023, month, 28), "现场观摩", 1, "次")
    row(
        "tasks", "农村人居环境整治提升“春季行动”", "即墨区", date(2023, 4, 28), 100, "区级领导01", "", date(2023, 4, 30)
    )
    for k, task in enumerate(TASKS, 1):
        for day, progress in ((date(2023, 4, 28), 10 + int(30 * DRAW())), (AS_OF, 60 + int(35 * DRAW()))):
            row("tasks", task, AREA, day, progress, f"分管负责人{k:02}", f"责任部门{k:02}", date(2023, 12, 31))


def routines() -> None:
    for month in range(1, 7):
        last = monthrange(2023, month)[1]
        for day, (_, first) in zip((10, last), CHECKS[2 * month - 2 : 2 * month], strict=True):
            done = date(2023, month, first + 2)
            row("duties", "人居环境卫生检查", "测评组", f"{date(2023, month, day)} 23:59", f"{done} 17:00")
        for what in ("问题整改月调度", "突出问题整改随机抽查"):
            row("duties", what, "青岛市", f"{date(2023, month, last)} 23:59", f"{date(2023, month, 25)} 10:00")
    for end, covert, shown in ((date(2023, 3, 31), "03-20", "03-30"), (date(2023, 6, 30), "06-19", "06-29")):
        row("duties", "暗访评估", "青岛市", f"{end} 23:59", f"2023-{covert} 17:00")
        row("duties", "比拼晾晒", "即墨区", f"{end} 23:59", f"2023-{shown} 17:00")
    came = {"2023-01-01": "2023-01-01 16:00", "2023-04-09": "2023-04-10 09:30", "2023-05-07": ""}  # late, missing
    sunday = date(2023, 1, 1)
    while sunday <= AS_OF:
        on_friday = f"{sunday - timedelta(2)} 16:00"
        row("duties", "检查结果和整改率通报", "环卫办", f"{sunday} 23:59", came.get(str(sunday), on_friday))
        sunday += timedelta(7)


def town_scores(quarter: int) -> dict[str, float]:
    last = {TOWNS[n - 1]: score for n, score in LAST[quarter].items()}
    level = [TOWNS[n - 1] for n in LEVEL[quarter]]
    others = sorted((town for town in TOWNS if town not in last and town not in level), key=lambda _: DRAW())
    others[19:19] = level
    return {town: 95.6 - 0.4 * n for n, town in enumerate(others)} | dict.fromkeys(level, 88.0) | last


def towns() -> None:
    for quarter, day in ((1, date(2023, 3, 15)), (2, date(2023, 6, 14))):
        scores = town_scores(quarter)
        for i, town in enumerate(TOWNS):
            row("inspections", town, day + timedelta(i % 5), "暗访评估", f"{scores[town]:.1f}", "暗访", "", "")
        for town in TOWNS[:8]:
            row("inspections", town, day + timedelta(7), "区级领导带队督查", between(78, 96), "明查", "", "")
            row("inspections", town, day + timedelta(9), "第三方评估", between(74, 95), "暗访", "", "")
            if (town, quarter) != (TOWNS[6], 1):  # without the survey: not ranked in that quarter
                answered = 90 + int(30 * DRAW())
                row("surveys", town, day + timedelta(10), "群众满意度调查", 120, answered, answered - int(18 * DRAW()))
    for month in range(1, 7):
        for town in TOWNS[month - 1 :: 13]:
            row("inspections", town, date(2023, month, 24), "随机抽查", "", "", "", "突出问题整改抽查，不计分")


def rulings() -> None:
    black, red = "{ kind = 'bottom', n = 5, ties = 'decide' }", "{ kind = 'top', n = 20, ties = 'decide' }"
    for unit, holds, why in (("17村", "是", "两次检查问题更多"), ("29村", "否", "下旬已先整改")):
        row("rulings", unit, date(2023, 5, 31), black, holds, "党工委", why, "tongji-villages")
    for n, holds, why in ((19, "是", "整改率较高"), (26, "否", "整改率较低")):
        row("rulings", TOWNS[n - 1], date(2023, 3, 31), red, holds, "青岛市", why, "tongji-city")


HEADERS = {
    "grid": "编码,名称,级别,上级,类别",
    "bodies": "编码,名称",
    "assignments": "责任人,职责,单位,起,止",
    "inspections": "单位,日期,渠道,得分,明查暗访,检查组,备注",
    "issues": "问题编号,所属单位,责任单位,问题类别,问题描述,问题来源,发现日期,交办日期,整改时限,整改日期,销号日期,验收单位,照片",
    "acceptances": "单位,验收日期,验收结果,验收单位,备注",
    "duties": "事项,报送单位,截止时间,报送时间",
    "outputs": "单位,日期,工作内容,数量,计量单位",
    "tasks": "任务,单位,上报日期,进度,牵头领导,牵头部门,完成时限",
    "surveys": "单位,日期,渠道,调查数,有效数,满意数",
    "rulings": "单位,所涉日期,条件,是否成立,裁定单位,理由,办法",
}


def main(folder: Path) -> None:
    TABLES.update({table: [] for table in HEADERS})
    for write in (grid, people, checks, acceptances, work, routines, towns, rulings):
        write()
    for table, header in HEADERS.items():
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            out = csv.writer(file, lineterminator="\n")
            out.writerow(header.split(","))
            out.writerows(TABLES[table])


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
