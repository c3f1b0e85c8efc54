"""Writes a made-up season for Xixian (息县): `python docs/examples/xixian/season.py [FOLDER]`.

What the report of 28 December 2021 gives as a number comes out on that day to the digit; everything else is drawn from
a fixed seed. Streets, communities, departments and persons are numbers, and stand for nobody.
"""

import csv
import sys
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from random import Random

draw = Random(20211228).random  # noqa: S311 - a season to try things on, and no secret
FIRST, REPORT, LAST = date(2021, 10, 1), date(2021, 12, 28), date(2022, 4, 30)
STREETS, COMMUNITIES = range(1, 6), range(1, 4)
AREAS = ("主次干道", "背街小巷", "城区出入口", "城乡结合部")
BUILDINGS = "两违建筑"
CATEGORIES = (BUILDINGS, "钢架棚", "六乱", "疏堵保畅", "清洁家园", "拆墙透绿")
SOURCES = ("督导组", "督导组", "督导组", "随手拍", "有奖举报")
COMMAND, OFFICE = "县人居环境综合整治指挥部", "指挥部办公室"
FOUR = [f"指挥部第{n}工作组" for n in range(1, 5)]
SQUADS = {"息县": "农村人居环境综合整治工作专班", "城区": "城区人居环境综合整治工作专班"}
DEPARTMENTS = [f"责任单位{n:02}" for n in range(1, 24)]

HANDED, RECTIFIED = 1188, 1057  # 累计交办问题1188件，已整改1057件
WHISTLED, WHISTLED_RECTIFIED = 268, 147  # 交办了260多个问题，已整改完成140多个
HANDED_LATER, WHISTLED_LATER = 240, 37  # after the report

MONTHS = {  # the mean of each street's three comparisons; in February 2022 nothing was compared
    (2021, 10): ("93.2", "90.4", "86.1", "89.7", "88.5"),
    (2021, 11): ("91.8", "92.3", "89.9", "93.4", "87.6"),
    (2021, 12): ("94.1", "91.5", "92.7", "90.8", "88.2"),
    (2022, 1): ("92.6", "89.3", "93.5", "89.3", "91.1"),
    (2022, 3): ("93.9", "88.4", "91.2", "92.8", "90.6"),
    (2022, 4): ("92.2", "94.6", "88.9", "91.7", "93.1"),
}
MEETINGS = {  # the street that was last in the month before spoke there
    date(2021, 11, 5): "J3",
    date(2021, 12, 6): "J5",
    date(2022, 1, 6): "J5",
    date(2022, 2, 10): "J2",
    date(2022, 4, 7): "J2",
}
OUTPUTS = """出动宣传车辆 1500 台次;引导发动干部群众 28600 人次;发放宣传单 50000 份;制作宣传条幅 300 条
拆除违建 430 处;拆除违建面积 31641 平方米;拆除大型施工项目围挡 22 处;拆除围挡长度 5490 米;拆除旱厕 265 座
拆除围挡棚亭 360 处;平整土地、清理小菜园 2039 块;清扫垃圾 4500 吨;查处机动车乱停乱放 946 起
纠正机动车及行人其它违法行为 5038 起;签订门前五保责任书 9800 份;整治门前堆放杂物 641 家;整治飞线充电 647 家
清除广告 931 处;整治“空中蜘蛛网”街巷 28 条"""
TIED = "{ kind = 'bottom', n = 1, ties = 'decide' }"
TWICE = (
    "{ kind = 'streak', when = { kind = 'placed', board = '流动旗', tier = '流动黑旗' }, k = 2, unheld = 'decide', "
    "absent = 'decide', repeat = 'each', editions = 'carry', heads = 'restart' }"
)
CLEAR = f"{{ kind = 'ruled', what = '成效显著', by = '{COMMAND}' }}"
SYNTHETIC = (
    "街道、社区、部门、人员、名次、台账均为编造，只有2021年12月28日的累计数与报道一致；"
    "此前此后各月为凑足六个月评比而编。"
)

Rows = Iterable[tuple[object, ...]]


def upto(n: int) -> int:
    """A number from 0 up to, and without, n."""
    return int(draw() * n)


def after(day: date, days: int) -> date:
    return day + timedelta(days=days)


def some_days(n: int, first: date, last: date) -> list[date]:
    return sorted(after(first, upto((last - first).days + 1)) for _ in range(n))


def some_cell() -> str:
    return f"J{1 + upto(5)}S{1 + upto(3)}W{1 + upto(4)}"


def grid() -> Rows:
    yield "息县", "息县", "县", "", ""
    yield "城区", "城区", "城区", "息县", ""
    for s in STREETS:
        yield f"J{s}", f"第{s}街道", "街道", "城区", ""
        for c in COMMUNITIES:
            yield f"J{s}S{c}", f"第{s}街道第{c}社区", "社区", f"J{s}", ""
            for g, area in enumerate(AREAS, 1):
                yield f"J{s}S{c}W{g}", f"第{s}街道第{c}社区第{g}网格", "网格", f"J{s}S{c}", area


def bodies() -> Rows:
    groups = [f"第{s}督导组" for s in STREETS]
    return ((body, body) for body in (COMMAND, OFFICE, *FOUR, *SQUADS.values(), *groups, *DEPARTMENTS))


def assignments() -> Rows:
    yield COMMAND, "指挥部", "息县"
    yield from ((squad, "工作专班", place) for place, squad in SQUADS.items())
    yield from ((body, "一办四组", "息县") for body in (OFFICE, *FOUR))
    for s in STREETS:
        for role in ("单位一把手", "街道党工委书记", "单位主要领导"):
            yield f"第{s}街道党工委书记", role, f"J{s}"
        yield f"第{s}街道办事处主任", "单位主要领导", f"J{s}"
        yield f"第{s}督导组", "督导组", f"J{s}"
        for c in COMMUNITIES:
            yield f"第{s}街道第{c}社区党支部", "党支部", f"J{s}S{c}"


def inspections() -> Rows:
    for (year, month), means in MONTHS.items():
        for s, mean in zip(STREETS, means, strict=True):
            off = upto(41) - 20
            for day, tenths in ((9, -off), (19, 0), (28, off)):  # the mean stays what it is
                score = int(mean.replace(".", "")) + tenths
                yield f"J{s}", date(year, month, day), "督导评比", f"{score // 10}.{score % 10}", OFFICE


def rectified(found: list[date], lags: list[int], by_report: int) -> list[date]:
    """When each was rectified: the `by_report` soonest of them by the day of the report, the others after it."""
    days = [after(day, lag) for day, lag in zip(found, lags, strict=True)]
    soonest = set(sorted(range(len(days)), key=lambda i: (days[i], i))[:by_report])
    return [min(day, REPORT) if i in soonest else max(day, after(REPORT, 1 + upto(20))) for i, day in enumerate(days)]


def due(day: date, category: str) -> date:
    """Within 7 days, and within a month for buildings: the same day of the next month, or its last."""
    if category != BUILDINGS:
        return after(day, 7)
    next_month = after(day.replace(day=1), 31).replace(day=1)
    last = after(after(next_month, 31).replace(day=1), -1)
    return next_month.replace(day=min(day.day, last.day))


def ended(done: date) -> tuple[object, object]:
    """When it was rectified and accepted; not yet, where that would be after the season."""
    accepted = after(done, 1 + upto(3))
    return done if done <= LAST else "", accepted if accepted <= LAST else ""


def handed_over() -> Rows:
    """The problems that the supervision groups handed over to the streets."""
    found = some_days(HANDED, FIRST, REPORT) + some_days(HANDED_LATER, after(REPORT, 1), LAST)
    categories = [CATEGORIES[upto(6)] for _ in found]
    lags = [1 + upto(30 if c == BUILDINGS else 8) + (20 if draw() > 0.95 else 0) for c in categories]
    done = rectified(found[:HANDED], lags[:HANDED], RECTIFIED)
    done += [after(day, lag) for day, lag in zip(found[HANDED:], lags[HANDED:], strict=True)]
    for n, (day, category, end) in enumerate(zip(found, categories, done, strict=True), 1):
        cell, until = some_cell(), due(day, category)
        street, group = cell[:2], f"第{cell[1]}督导组"
        source = "前期摸排" if day < after(FIRST, 10) else SOURCES[upto(5)]
        in_time = min(end, LAST) if until >= LAST else end  # nothing falls due after the season and is still open
        yield f"D{n:04}", cell, street, category, source, day, day, until, "", *ended(in_time), group


def whistled() -> Rows:
    """The problems for which the streets called a department; the last before the report are claimed on its day."""
    found = some_days(WHISTLED, FIRST, after(REPORT, -2)) + some_days(
        WHISTLED_LATER, after(REPORT, 1), after(LAST, -20)
    )
    done = rectified(found[:WHISTLED], [3 + upto(60) for _ in range(WHISTLED)], WHISTLED_RECTIFIED)
    done += [after(day, 3 + upto(40)) for day in found[WHISTLED:]]
    for n, (day, end) in enumerate(zip(found, done, strict=True), 1):
        cell, department, category = some_cell(), DEPARTMENTS[upto(23)], CATEGORIES[upto(6)]
        group = f"第{cell[1]}督导组"
        yield f"C{n:04}", cell, department, category, "街道吹哨", day, "", "", after(day, 2), *ended(end), group


ISSUES = [*handed_over(), *whistled()]


def whistles() -> Rows:
    for issue, cell, department, category, source, day, *_ in ISSUES:
        if source == "街道吹哨":
            assert isinstance(day, date)
            street, came = str(cell)[:2], after(day, 1)
            where, who = f"第{street[1]}街道办事处", f"{1 + upto(4)}人"
            asked = f"{came} 09:00", where, who, f"{department}分管负责人", f"配合整治{category}"
            yield issue, day, street, *asked, department, came


def events() -> Rows:
    """Who reported a problem for a reward has it once the problem is closed."""
    for issue, _, _, _, source, _, _, _, _, _, accepted, _ in ISSUES:
        if source == "有奖举报" and accepted:
            yield issue, accepted, "有奖举报", OFFICE


def duties() -> Rows:
    daily = [("工作日报", f"J{s}") for s in STREETS] + [("督导问题清单", f"第{s}督导组") for s in STREETS]
    for day in (after(FIRST, n) for n in range((LAST - FIRST).days + 1)):
        for what, who in (*daily, ("每日通报", OFFICE)):
            luck, minute = draw(), f"{upto(60):02}"
            came = f"{after(day, 1)} 08:{minute}" if luck > 0.98 else f"{day} 17:{minute}"
            yield what, who, f"{day} 23:59", "" if luck < 0.005 else came
    for day, last in MEETINGS.items():
        meetings = ("人居环境调度会", OFFICE), ("领导小组办公室工作例会", OFFICE)
        for what, who in (*meetings, ("调度会表态发言", last), ("电视表态", last)):
            yield what, who, f"{day} 18:00", f"{day} 15:00"


def outputs() -> Rows:
    for entry in OUTPUTS.replace("\n", ";").split(";"):
        yield "城区", REPORT, *entry.split(" ")


def rulings() -> Rows:
    for unit, day, condition, holds, why in (
        ("J2", date(2022, 1, 31), TIED, "是", "并列末位，整改完成率较低"),
        ("J4", date(2022, 1, 31), TIED, "否", "并列末位，整改完成率较高"),
        ("J2", date(2022, 3, 31), TWICE, "否", "2月未评比，1月、3月不算连续"),
        ("J2", date(2022, 4, 30), CLEAR, "是", "由末位升至第一名"),
    ):
        yield unit, day, condition, holds, COMMAND, why, "xixian-monthly"


TABLES: dict[str, tuple[str, Rows]] = {
    "grid": ("编码,名称,级别,上级,类别", grid()),
    "bodies": ("编码,名称", bodies()),
    "assignments": ("责任人,职责,单位", assignments()),
    "inspections": ("单位,日期,渠道,得分,检查组", inspections()),
    "issues": (
        "问题编号,位置,责任单位,问题类别,问题来源,发现日期,交办日期,整改时限,认领日期,整改日期,销号日期,验收单位",
        ISSUES,
    ),
    "whistles": ("问题编号,吹哨日期,吹哨单位,报到时间,地点,人员,责任领导,任务,报到单位,报到日期", whistles()),
    "events": ("问题编号,日期,事件,承办", events()),
    "duties": ("报送事项,报送单位,截止时间,报送时间", duties()),
    "outputs": ("单位,日期,事项,数量,计量单位", outputs()),
    "rulings": ("单位,所涉日期,条件,是否成立,裁定单位,理由,办法", rulings()),
}

if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    for name, (heads, rows) in TABLES.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([heads.split(","), *rows])
    (folder / "synthetic.txt").write_text(SYNTHETIC + "\n", encoding="utf-8")
