"""Write a season of Liuhu Sub-district as tables: made up, but for the figures of the report of 2022-10-09.

    python docs/examples/liuhu/season.py [FOLDER]

Villages, communities, persons, scores and problems are fictitious. What the report counts (grids, meetings, work done)
adds up to what it prints: “300余吨” to a little more than 300, “3000场次” to 3000.
"""

import csv
import sys
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random

DRAW = Random(20221009).random  # noqa: S311 - a season, not a secret
FIRST, REPORTED = date(2022, 1, 1), date(2022, 10, 9)
DAYS = [FIRST + timedelta(n) for n in range((REPORTED - FIRST).days + 1)]
MONTHS = range(1, 10)
ENDS = [date(2022, month + 1, 1) - timedelta(1) for month in MONTHS]
STREET = "LH"
LAX_PLACE = "C16"
AREAS = {"P1": "东片", "P2": "南片", "P3": "西片", "P4": "北片", "P5": "中片", "P6": "新片"}
VILLAGES = {f"C{n:02}": (f"{list(AREAS.values())[(n - 1) // 3]}{n:02}村", f"P{(n + 2) // 3}") for n in range(1, 19)}
COMMUNITIES = {f"S{n}": (f"第{n}社区", f"P{min(n, 6) if n < 7 else n - 2}") for n in range(1, 9)}
UNITS = VILLAGES | COMMUNITIES
GROUPS = {f"{unit}-Z{n}": unit for unit in UNITS for n in (1, 2, 3)}
FOURTH = {f"{unit}-4-{n:02}": unit for i, unit in enumerate(UNITS) for n in range(1, 13 if i < 13 else 12)}  # 299
TEAMS = {"督导一组": ("P1", "P2"), "督导二组": ("P3", "P4"), "督导三组": ("P5", "P6")}
TROOP = "人居环境整治工作专班"
PROBLEMS = {
    "生活垃圾清运慢": ("房前屋后生活垃圾未清运", "当日清运"),
    "建筑废料清运慢": ("巷道旁建筑废料堆放", "组织车辆清运"),
    "杂草秸秆清理难": ("路边沟渠内杂草秸秆", "割除清运"),
    "枯枝落叶清理难": ("沟渠内枯枝落叶淤积", "清理疏通"),
    "乱搭乱建": ("村巷路边乱搭棚舍", "劝导拆除"),
}
SHARED = (  # what, the sum of all parts, its measure, to whom, from which month to which
    ("出动整治人力", 7046, "人次", UNITS, MONTHS),
    ("带动群众参与整治", 10212, "人次", UNITS, MONTHS),
    ("志愿服务", 3000, "场次", UNITS, MONTHS),
    ("志愿服务带动群众", 10138, "人次", UNITS, MONTHS),
    ("节约村级开支", 600000, "元", VILLAGES, (3, 6, 9)),
    ("清理垃圾、废弃物", 306, "吨", UNITS, MONTHS),
    ("清理河塘沟渠", 208, "处", UNITS, range(3, 10)),
    ("清理乱搭乱建", 153, "处", UNITS, range(2, 10)),
    ("配备保洁人员", 119, "人", UNITS, (1,)),
    ("投放垃圾桶", 1224, "个", UNITS, (1, 4)),
    ("栽植桂花", 612, "颗", VILLAGES, (3,)),
    ("栽植红叶石楠", 2035, "株", VILLAGES, (3,)),
    ("栽植楸树", 1018, "颗", VILLAGES, (3,)),
    ("栽植香樟", 1027, "颗", VILLAGES, (3, 4)),
)
MEETINGS = (
    ("周例会、党工委（扩大）会专题调度", 34),
    ("工作调度会、现场推进会", 18),
    ("观摩评比", 12),
    ("主任办公会专题研究", 3),
    ("“党员先锋行”活动", 9),
    ("微信群、宣传条幅、广播宣传发动", 9),
)
TRIPS = {"商丘": date(2022, 3, 10), "许昌": date(2022, 4, 14), "漯河": date(2022, 5, 12), "郑州": date(2022, 6, 16)}
TASKS = {
    "村庄清洁行动（治“六乱”、开展“六清”）": (40, 70, 95),
    "农村生活垃圾治理（日产日清）": (60, 85, 100),
    "农村生活污水改造或新建": (20, 45, 70),
    "水体治理（黑臭水体、河塘沟渠）": (30, 60, 80),
    "国土绿化行动": (90, 100, 100),
}
TOP, LAST = "{ kind = 'top', n = 5, ties = 'decide' }", "{ kind = 'bottom', n = 3, ties = 'decide' }"
LAX = "{ kind = 'ruled', what = '整改不力，应予督促提醒', by = '人居环境整治督导小组' }"
LAX_STILL = "{ kind = 'ruled', what = '白单督促提醒后仍整改不力，应予警示约谈', by = '人居环境整治督导小组' }"

Row = Sequence[object]
Spans = dict[str, list[tuple[date, date]]]


def pick(n: int) -> int:
    return int(DRAW() * n)


def parts(total: int, n: int) -> list[int]:
    """n whole numbers that add up to the total, at marks drawn between 0 and it."""
    marks = [0, *sorted(pick(total + 1) for _ in range(n - 1)), total]
    return [high - low for low, high in pairwise(marks)]


def grid() -> Iterable[Row]:
    yield "区", "所属区", "区", "", ""
    yield STREET, "柳湖街道", "街道", "区", ""
    yield from ((code, name, "片区", STREET, "") for code, name in AREAS.items())
    for unit, (name, area) in UNITS.items():
        shown = "示范点位" if unit in {"C01", "C04", "C07", "C10", "C13", "C16", "S1", "S5"} else ""
        yield unit, name, "行政村" if unit in VILLAGES else "社区", area, shown
    yield from ((code, f"{UNITS[unit][0]}{code[-1]}组", "居民组", unit, "") for code, unit in GROUPS.items())
    for code, unit in FOURTH.items():
        yield code, f"{UNITS[unit][0]}四级网格{code[-2:]}", "四级网格", unit, ""
    for unit, (name, _) in UNITS.items():
        cells = [code for code in FOURTH if FOURTH[code] == unit]
        for n in range(25):  # 26 times 25 is 650
            yield f"{unit}-5-{n + 1:02}", f"{name}五级网格{n + 1:02}", "五级网格", cells[n % len(cells)], ""


def assignments(cells: Iterable[Row]) -> Iterable[Row]:
    yield from (("专人01", "专人牵头", STREET), ("专职01", "专职统筹协调", STREET), (TROOP, "专班推进", STREET))
    for team, areas in TEAMS.items():
        yield from ((team, "督导", area) for area in areas)
    for code, name, level, *_ in cells:
        if level in ("行政村", "社区", "四级网格", "五级网格"):
            yield f"{name}网格长", "网格长", code
            yield f"{name}联络员", "网格联络员", code
        if level == "居民组":
            yield f"{name}台账责任人", "台账责任人", code


def scores() -> Iterable[Row]:
    """One score a month, all different; but in June two are level in 5th place, in August in 23rd."""
    strength = {unit: 6 * DRAW() for unit in UNITS}
    for month in MONTHS:
        field = [unit for unit in UNITS if (unit, month) != ("C11", 4)]  # not assessed in April
        order = sorted(field, key=lambda unit: strength[unit] + 4 * DRAW(), reverse=True)
        tenths = 985
        for place, unit in enumerate(order, 1):
            if (month, place) not in ((6, 6), (8, 24)):
                tenths -= 1 + pick(12)
            yield unit, date(2022, month, 25), "量化", tenths / 10, "", ""


def survey() -> Iterable[Row]:
    for i, group in enumerate(GROUPS):
        yield group, FIRST + timedelta(3 + i // 6), "排查", "", "", "逐条路、逐户排查"


def rounds_of_teams() -> tuple[list[Row], list[tuple[str, date, str]]]:
    """Each team visits a place a day; where it finds a problem, the group's ledger has one more."""
    visits: list[Row] = []
    found = [(group, day, "排查") for group, day, *_ in survey() if DRAW() < 0.8 and isinstance(day, date)]
    for day in DAYS:
        for team, areas in TEAMS.items():
            near = [unit for unit, (_, area) in UNITS.items() if area in areas]
            unit = near[pick(len(near))]
            if DRAW() < 0.45 and day < REPORTED - timedelta(1):
                found.append((f"{unit}-Z{1 + pick(3)}", day, "督导"))
                visits.append((unit, day, "督导", "", team, "发现问题1处，工作群曝光，记入台账"))
            else:
                visits.append((unit, day, "督导", "", team, "未发现问题"))
    return visits, [(str(group), day, source) for group, day, source in found]


def ledger(found: Iterable[tuple[str, date, str]]) -> tuple[list[Row], list[Row], Spans]:
    """Issues; slips for those overdue at a week's end, a heavier one every second week; when each group was overdue."""
    issues, slips = list[Row](), list[Row]()
    late: Spans = {}
    for n, (group, day, source) in enumerate(sorted(found, key=lambda problem: problem[1]), 1):
        sort = list(PROBLEMS)[pick(len(PROBLEMS))]
        what, how = PROBLEMS[sort]
        due = min(day + timedelta((1, 3, 5, 7)[pick(4)]), REPORTED - timedelta(1))  # none is due after the report
        done = due - timedelta(pick(2)) if DRAW() < 0.88 else due + timedelta(1 + int(70 * DRAW() * DRAW() * DRAW()))
        accepted = done + timedelta(1 + pick(4))
        id_ = f"W{n:04}"
        late.setdefault(group, []).append((due, done))
        first = due + timedelta(7 - (due.weekday() + 1) % 7 + 1)  # the Monday after the week in which it is overdue
        for colour, since in zip(("白单", "黄单", "红单"), (first + timedelta(14 * k) for k in range(3)), strict=True):
            if since <= min(done - timedelta(1), REPORTED):
                slips.append((id_, "", colour, since, "街道党工委" if colour == "红单" else "人居环境整治督导小组"))
        ends = (done if done <= REPORTED else "", *((accepted, TROOP) if accepted <= REPORTED else ("", "")))
        issues.append((id_, group, GROUPS[group], sort, f"{what}；整改措施：{how}", source, day, day, due, *ends))
    return issues, slips, late


def acceptances(late: Spans) -> Iterable[Row]:
    for day in ENDS:
        for group in GROUPS:
            passed = not any(due < day < done for due, done in late.get(group, ()))
            yield group, day, "通过" if passed else "未通过", TROOP, "" if passed else "台账有逾期未整改问题"


def returned(day: date) -> str:
    """When what is due on a day came: on it, or the next morning, or not at all."""
    came, in_time = DRAW(), f"{day} {16 + pick(6)}:{10 + pick(50)}"
    late = f"{day + timedelta(1)} 08:{10 + pick(50)}" if came < 0.99 else ""
    return in_time if came < 0.96 or day == REPORTED else late


def duties() -> Iterable[Row]:
    for day in DAYS:
        yield from (("每日督导", team, f"{day} 23:59", returned(day)) for team in TEAMS)
    for day in ENDS:
        yield from (("公开栏公布红黑榜", unit, f"{day} 23:59", returned(day)) for unit in UNITS)


def outputs() -> Iterable[Row]:
    for what, times in MEETINGS:
        step = len(DAYS) / times
        yield from ((STREET, DAYS[int(step * (n + DRAW()))], what, 1, "次") for n in range(times))
    yield from ((STREET, day, f"赴{place}考察学习", 1, "次") for place, day in TRIPS.items())
    for what, total, measure, units, months in SHARED:
        shares = [(unit, month) for unit in units for month in months]
        for (unit, month), amount in zip(shares, parts(total, len(shares)), strict=True):
            if amount:
                yield unit, date(2022, month, 28), what, amount, measure


def tasks() -> Iterable[Row]:
    for name, reports in TASKS.items():
        for day, progress in zip(ENDS[2::3], reports, strict=True):
            yield name, STREET, day, progress, "专人01", TROOP


def rulings(stated: Iterable[Row]) -> Iterable[Row]:
    """Who of two that are level at a cut is on the list; and the place that was lax as a whole."""
    few, many = "当月群众反映问题较少", "当月群众反映问题较多"
    for month, place, condition, reasons in ((6, 5, TOP, (few, many)), (8, 23, LAST, (many, few))):
        level = [unit for unit, day, *_ in stated if day == date(2022, month, 25)][place - 1 : place + 1]
        for unit, holds, why in zip(level, "是否", reasons, strict=True):
            yield unit, date(2022, month, 25), condition, holds, "街道", why, "liuhu-monthly"
    yield LAX_PLACE, date(2022, 9, 14), LAX, "是", "人居环境整治督导小组", "交办问题逾期未整改", "liuhu-slips"
    yield LAX_PLACE, date(2022, 10, 5), LAX_STILL, "是", "人居环境整治督导小组", "白单发出后仍未整改到位", "liuhu-slips"


def write(folder: Path, name: str, header: str, rows: Iterable[Row]) -> None:
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(header.split())
        table.writerows(rows)


def main(folder: Path) -> None:
    cells, stated = list(grid()), list(scores())
    visits, found = rounds_of_teams()
    issues, slips, late = ledger(found)
    write(folder, "grid", "编码 名称 级别 上级 类别", cells)
    write(folder, "assignments", "责任人 职责 单位", assignments(cells))
    write(folder, "inspections", "单位 日期 渠道 得分 检查组 备注", [*stated, *survey(), *visits])
    ids = "问题编号 位置 责任单位 问题类别 问题描述 来源 发现日期 交办日期 完成时限 整改日期 销号日期 验收单位"
    write(folder, "issues", ids, issues)
    to_unit = [("", LAX_PLACE, "白单", date(2022, 9, 19), "人居环境整治督导小组")]
    write(folder, "slips", "问题编号 单位 督办单 发单日期 发单单位", [*slips, *to_unit])
    write(folder, "acceptances", "单位 验收日期 验收结果 验收单位 备注", acceptances(late))
    write(folder, "duties", "事项 报送单位 截止时间 报送时间", duties())
    write(folder, "outputs", "单位 日期 事项 数量 计量单位", outputs())
    write(folder, "tasks", "任务 单位 日期 进度 牵头领导 牵头部门", tasks())
    write(folder, "rulings", "单位 所涉日期 条件 是否成立 裁定单位 理由 办法", rulings(stated))
    made_up = "村、社区、人员、得分、问题均为虚构；网格数、会议数、工作量等报道所载数字按报道"
    (folder / "synthetic.txt").write_text(made_up + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
