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

DRAW = Random(20200305).random
COUNTY = "C"
VILLAGES = (20, 17, 15, 14, 13, 12, 11, 10, 9, 8, 6)  # of the eleven townships: 135
COMMUNITIES = (9, 2, 1, 1, 1, 1, 1, 0, 0, 0, 0)  # 16, most of them in the county town
REPORT, FIRST, LAST = date(2020, 3, 5), date(2020, 3, 6), date(2020, 9, 25)
HOLIDAY = date(2020, 5, 1)  # nobody ranked
NO_DRONE = date(2020, 4, 10)  # a sandstorm
HALF_A_FLIGHT = date(2020, 3, 27)  # the drone saw 117 of 151
NO_RETURN, SILENT = date(2020, 6, 19), 5  # the township that sent nothing
LATE, LATE_ONE = date(2020, 7, 17), 9
UNSEEN = "S16"  # sealed off while there was no drone: on no list of that week
CHRONIC = ("T06V01", "T06V02", "T06V03", "T06V04")  # four villages of one leader
DRAWN_LEVEL = {  # two communities in each other's places: level at the cut
    date(2020, 6, 12): ("S03", "S11", 0, 0),
    date(2020, 8, 7): ("S05", "S09", 0, 0),
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


def put(order: list[str], unit: str, rank: int) -> None:
    order.remove(unit)
    order.insert(rank - 1, unit)


def stated() -> Iterable[Row]:
    yield "单位", "日期", "渠道", "名次", "总数"
    usual = {unit: DRAW() for unit in UNITS} | dict.fromkeys(CHRONIC, 1.4) | {UNSEEN: 1.2}
    state = dict(usual)
    for friday in FRIDAYS:
        state = {unit: 0.7 * state[unit] + 0.3 * usual[unit] + 0.3 * (DRAW() - 0.5) for unit in UNITS}
        lists = [("乡镇", ranked(OF_TOWN[town], state)) for town in TOWNS if (friday, town) != (NO_RETURN, TOWNS[SILENT - 1])]
        supervision, drone = ranked(UNITS, state), ranked(UNITS, state)
        if friday in DRAWN_LEVEL:
            one, other, high, low = DRAWN_LEVEL[friday]
            for order, first, second in ((supervision, one, other), (drone, other, one)):
                put(order, first, high)
                put(order, second, low)
        if friday == NO_DRONE:
            supervision.remove(UNSEEN)
            drone = []
        if friday == HALF_A_FLIGHT:
            drone = [unit for unit in drone if unit not in NOT_FLOWN]
        for channel, order in (*lists, ("督查指导组", supervision), ("无人机", drone)):
            yield from ((unit, friday, channel, rank, len(order)) for rank, unit in enumerate(order, 1))
