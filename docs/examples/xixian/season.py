"""Writes a made-up season for Xixian (息县): `python docs/examples/xixian/season.py [FOLDER]`.

What the report of 28 December 2021 gives as a number comes out on that day to the digit; everything else is drawn from
a fixed seed. Streets, communities, departments and persons are numbers, and stand for nobody.
"""

import csv
import sys
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

draw = Random(20211228).random  # noqa: S311 - a season to try things on, and no secret
FIRST, REPORT, LAST = date(2021, 10, 1), date(2021, 12, 28), date(2022, 4, 30)
STREETS = range(1, 6)
AREAS = ("主次干道", "背街小巷", "城区出入口", "城乡结合部")
BUILDINGS = "两违建筑"
CATEGORIES = (BUILDINGS, "钢架棚", "六乱", "疏堵保畅", "清洁家园", "拆墙透绿")
SOURCES = ("督导组", "督导组", "督导组", "随手拍", "有奖举报")
DEPARTMENTS = [f"责任单位{n:02}" for n in range(1, 24)]
COMMAND, OFFICE = "县人居环境综合整治指挥部", "指挥部办公室"

HANDED, RECTIFIED = 1188, 1057  # 累计交办问题1188件，已整改1057件
WHISTLED, WHISTLED_RECTIFIED = 268, 147  # 260多个问题，已整改完成140多个
HANDED_LATER, WHISTLED_LATER = 240, 37  # made up

MONTHS = {  # the mean of each street's three comparisons; in February 2022 nothing was compared
    (2021, 10): ("93.2", "90.4", "86.1", "89.7", "88.5"),
    (2021, 11): ("91.8", "92.3", "89.9", "93.4", "87.6"),
    (2021, 12): ("94.1", "91.5", "92.7", "90.8", "88.2"),
    (2022, 1): ("92.6", "89.3", "93.5", "89.3", "91.1"),
    (2022, 3): ("93.9", "88.4", "91.2", "92.8", "90.6"),
    (2022, 4): ("92.2", "94.6", "88.9", "91.7", "93.1"),
}
LAST_OF = {(2021, 10): 3, (2021, 11): 5, (2021, 12): 5, (2022, 1): 2, (2022, 3): 2, (2022, 4): 3}

OUTPUTS = """出动宣传车辆 1500 台次;引导发动干部群众 28600 人次;发放宣传单 50000 份;制作宣传条幅 300 条
拆除违建 430 处;拆除违建面积 31641 平方米;拆除大型施工项目围挡 22 处;拆除围挡长度 5490 米;拆除旱厕 265 座
拆除围挡棚亭 360 处;平整土地、清理小菜园 2039 块;清扫垃圾 4500 吨;查处机动车乱停乱放 946 起
纠正机动车及行人其它违法行为 5038 起;签订门前五保责任书 9800 份;整治门前堆放杂物 641 家;整治飞线充电 647 家
清除广告 931 处;整治“空中蜘蛛网”街巷 28 条"""

Rows = Iterable[tuple[object, ...]]


def after(day: date, days: int) -> date:
    return day + timedelta(days=days)


def upto(n: int) -> int:
    """A number from 0 up to, and without, n."""
    return int(draw() * n)


def days() -> Iterator[date]:
    return (after(FIRST, n) for n in range((LAST - FIRST).days + 1))


def by_report(found: list[date], lags: Iterable[int], rectified: int) -> list[date]:
    """When each was rectified: the `rectified` soonest of them by the day of the report, the others after it."""
    natural = [after(day, lag) for day, lag in zip(found, lags, strict=True)]
    soonest = set(sorted(range(len(found)), key=lambda i: (natural[i], i))[:rectified])
    return [
        min(day, REPORT) if i in soonest else max(day, after(REPORT, 1 + upto(20))) for i, day in enumerate(natural)
    ]


def grid() -> Rows:
    yield "息县", "息县", "县", "", ""
    yield "城区", "城区", "城区", "息县", ""
    for s in STREETS:
        yield f"J{s}", f"第{s}街道", STREET, "城区", ""
        for c in range(1, 4):
            yield f"J{s}S{c}", f"第{s}街道第{c}社区", "社区", f"J{s}", ""
            for g, area in enumerate(AREAS, 1):
                yield f"J{s}S{c}W{g}", f"第{s}街道第{c}社区第{g}网格", "网格", f"J{s}S{c}", area


STREET = "街道"


def assignments() -> Rows:
    for s in STREETS:
        for role in ("单位一把手", "街道党工委书记", "单位主要领导"):
            yield f"第{s}街道党工委书记", role, f"J{s}"
        yield f"第{s}街道办事处主任", "单位主要领导", f"J{s}"
        yield f"第{s}督导组", "督导组", f"J{s}"
        for c in range(1, 4):
            yield f"第{s}街道第{c}社区党支部", "党支部", f"J{s}S{c}"
            for g in range(1, 5):
                yield f"{s}{c}{g}号网格长", "网格长", f"J{s}S{c}W{g}"
    yield COMMAND, "指挥部", "息县"
    yield "农村人居环境综合整治工作专班", "工作专班", "息县"
    yield "城区人居环境综合整治工作专班", "工作专班", "城区"
    for body in (OFFICE, *GROUPS):
        yield body, "一办四组", "息县"


GROUPS = [f"指挥部第{n}工作组" for n in range(1, 5)]


def bodies() -> Rows:
    supervisors = [f"第{s}督导组" for s in STREETS]
    squads = ["农村人居环境综合整治工作专班", "城区人居环境综合整治工作专班"]
    for body in (COMMAND, OFFICE, *GROUPS, *squads, *supervisors, *DEPARTMENTS):
        yield body, body


def inspections() -> Rows:
    for (year, month), means in MONTHS.items():
        for s, mean in zip(STREETS, means, strict=True):
            tenths = upto(20)
            for day, off in ((9, -tenths), (19, 0), (28, tenths)):
                whole = int(mean.replace(".", "")) + off
                yield f"J{s}", date(year, month, day), "督导评比", f"{whole // 10}.{whole % 10}", OFFICE


def issues() -> Rows:
    """The problems that the supervision groups handed over, and then those for which the streets whistled."""
    found = sorted(after(FIRST, upto((REPORT - FIRST).days + 1)) for _ in range(HANDED))
    later = sorted(after(REPORT, 1 + upto((LAST - REPORT).days)) for _ in range(HANDED_LATER))
    kinds = [CATEGORIES[upto(6)] for _ in (*found, *later)]
    lags = [1 + upto(30 if kind == BUILDINGS else 8) + (20 if draw() > 0.95 else 0) for kind in kinds]
    rectified = by_report(found, lags[:HANDED], RECTIFIED)
    rectified += [after(day, lag) for day, lag in zip(later, lags[HANDED:], strict=True)]
    for n, (day, kind, done) in enumerate(zip((*found, *later), kinds, rectified, strict=True), 1):
        place = f"J{1 + upto(5)}"
        source = "前期摸排" if day < date(2021, 10, 11) else SOURCES[upto(5)]
        yield (
            *(f"D{n:04}", f"{place}S{1 + upto(3)}W{1 + upto(4)}", place, kind, source),
            *(day, day, due(day, kind), "", *ended(done, due(day, kind)), f"第{place[1]}督导组"),
        )
    for issue, whistle in WHISTLES.items():
        group = f"第{whistle.place[1]}督导组"
        yield (
            *(issue, whistle.place, whistle.department, whistle.kind, "街道吹哨"),
            *(whistle.day, "", "", after(whistle.day, 2), *ended(whistle.done, FIRST), group),
        )


def due(day: date, kind: str) -> date:
    """Within 7 days, and within a month for buildings: the same day of the next month, or its last."""
    if kind != BUILDINGS:
        return after(day, 7)
    ahead = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    last = after(date(ahead.year + ahead.month // 12, ahead.month % 12 + 1, 1), -1)
    return ahead.replace(day=min(day.day, last.day))


def ended(done: date, due: date) -> tuple[object, object]:
    """When it was rectified and accepted: not yet, where that would be after the season and it was due before that."""
    if due >= LAST:
        done = min(done, LAST)
    accepted = after(done, 1 + upto(3))
    return done if done <= LAST else "", accepted if accepted <= LAST else ""


class Whistle:
    def __init__(self, day: date, done: date) -> None:
        self.day, self.done = day, done
        self.place = f"J{1 + upto(5)}S{1 + upto(3)}W{1 + upto(4)}"
        self.department, self.kind = DEPARTMENTS[upto(23)], CATEGORIES[upto(6)]
        self.came = after(day, 1)


def whistled() -> dict[str, Whistle]:
    until = (REPORT - FIRST).days - 1  # the last are claimed on the day of the report
    first = sorted(after(FIRST, upto(until)) for _ in range(WHISTLED))
    later = sorted(after(REPORT, 1 + upto(100)) for _ in range(WHISTLED_LATER))
    rectified = by_report(first, [3 + upto(60) for _ in first], WHISTLED_RECTIFIED)
    rectified += [after(day, 3 + upto(40)) for day in later]
    blown = zip((*first, *later), rectified, strict=True)
    return {f"C{n:04}": Whistle(day, done) for n, (day, done) in enumerate(blown, 1)}


WHISTLES = whistled()


def whistles() -> Rows:
    for issue, w in WHISTLES.items():
        street = w.place[:2]
        yield (
            *(issue, w.day, street, f"{w.came} 09:00", f"第{street[1]}街道办事处", f"{1 + upto(4)}人"),
            *(f"{w.department}分管负责人", f"配合整治{w.kind}", w.department, w.came),
        )


def duties() -> Rows:
    daily = [("工作日报", f"J{s}", 18) for s in STREETS]
    daily += [("督导问题清单", f"第{s}督导组", 18) for s in STREETS]
    for day in days():
        for what, owner, hour in (*daily, ("每日通报", OFFICE, 20)):
            luck = draw()
            minutes = 60 * hour + (upto(90) if luck > 0.98 else -upto(120))
            yield what, owner, f"{day} {hour}:00", "" if luck < 0.005 else f"{day} {minutes // 60}:{minutes % 60:02}"
    for (year, month), last in LAST_OF.items():
        meeting = date(year, month + 1, 6) if month < 12 else date(year + 1, 1, 6)
        for what, owner in (("人居环境调度会", OFFICE), ("调度会表态发言", f"J{last}"), ("电视表态", f"J{last}")):
            if meeting <= LAST:
                yield what, owner, f"{meeting} 18:00", f"{meeting} 15:00"


def outputs() -> Rows:
    for entry in OUTPUTS.replace("\n", ";").split(";"):
        what, amount, measure = entry.split(" ")
        yield "城区", REPORT, what, amount, measure


TWICE = (
    "{ kind = 'streak', when = { kind = 'placed', board = '流动旗', tier = '流动黑旗' }, k = 2, unheld = 'decide', "
    "absent = 'decide', repeat = 'each', editions = 'carry', heads = 'restart' }"
)


def rulings() -> Rows:
    bottom, clear = (
        "{ kind = 'bottom', n = 1, ties = 'decide' }",
        f"{{ kind = 'ruled', what = '成效显著', by = '{COMMAND}' }}",
    )
    for unit, month, condition, holds, why in (
        ("J2", date(2022, 1, 31), bottom, "是", "并列末位，问题整改完成率较低"),
        ("J4", date(2022, 1, 31), bottom, "否", "并列末位，问题整改完成率较高"),
        ("J2", date(2022, 3, 31), TWICE, "否", "2月未评比，1月、3月不算连续"),
        ("J2", date(2022, 4, 30), clear, "是", "由末位升至第一名"),
    ):
        yield unit, month, condition, holds, COMMAND, why, "xixian-monthly"


TABLES = {
    "grid": ("编码,名称,级别,上级,类别", grid),
    "bodies": ("编码,名称", bodies),
    "assignments": ("责任人,职责,单位", assignments),
    "inspections": ("单位,日期,渠道,得分,检查组", inspections),
    "issues": (
        "问题编号,位置,责任单位,问题类别,问题来源,发现日期,交办日期,整改时限,认领日期,整改日期,销号日期,验收单位",
        issues,
    ),
    "whistles": ("问题编号,吹哨日期,吹哨单位,报到时间,地点,人员,责任领导,任务,报到单位,报到日期", whistles),
    "duties": ("报送事项,报送单位,截止时间,报送时间", duties),
    "outputs": ("单位,日期,事项,数量,计量单位", outputs),
    "rulings": ("单位,所涉日期,条件,是否成立,裁定单位,理由,办法", rulings),
}
SYNTHETIC = "街道、社区、单位、人员、名次、台账均为编造，只有2021年12月28日的累计数与报道一致；此前此后各月为凑足六个月评比而编。"


def write(folder: Path) -> None:
    for name, (heads, rows) in TABLES.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            table = csv.writer(file, lineterminator="\n")
            table.writerow(heads.split(","))
            table.writerows(rows())
    (folder / "synthetic.txt").write_text(SYNTHETIC + "\n", encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
