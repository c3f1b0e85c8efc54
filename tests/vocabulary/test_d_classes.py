"""Section D of docs/vocabulary: who is ranked with whom."""

from datetime import date

import envgov as eg
import towns
from places import classed, in_order, listed, numbered

MAY = towns.month_of("2024-05")
ENDS = eg.Board(
    "红黑榜", (eg.Tier("红榜", eg.top(1, ties="include")), eg.Tier("黑榜", eg.bottom(1, ties="include"))), rest="其他"
)


def test_d1_class_by_type() -> None:
    """Urban and rural streets, and a functional zone, each in a table of its own; departments in another scheme."""
    streets = classed({"城区": "甲乙", "农村": "丙丁", "功能区": "戊己"}, "街道")
    units = (*streets, eg.Unit("局", "住建局", "部门"))
    scores = {"甲": "90", "乙": "80", "丙": "70", "丁": "60", "戊": "95", "己": "50", "局": "88"}
    facts = eg.Facts(eg.Grid(units), inspections=towns.stated("2024-05", scores))
    scheme = towns.scheme(levels=("街道",), groups=("城区", "农村", "功能区"), boards=(ENDS,))
    assessment = eg.assess(scheme, MAY, facts)
    assert {s.unit: (s.group, s.rank) for s in assessment.record.standings} == {
        "甲": ("城区", 1),
        "乙": ("城区", 2),
        "丙": ("农村", 1),
        "丁": ("农村", 2),
        "戊": ("功能区", 1),
        "己": ("功能区", 2),
    }
    assert (listed(assessment, "红榜"), listed(assessment, "黑榜")) == (sorted("甲丙戊"), sorted("乙丁己"))
    departments = eg.assess(towns.scheme(id="departments", levels=("部门",)), MAY, facts)
    assert [s.unit for s in departments.record.standings] == ["局"]


def test_d2_class_by_size_or_difficulty() -> None:
    """A villages and B villages (GQ): 80 is the last of A, and 75 the first of B."""
    units = classed({"A类": ("甲", "乙"), "B类": ("丙", "丁")})
    scores = {"甲": "85", "乙": "80", "丙": "75", "丁": "70"}
    facts = eg.Facts(eg.Grid(units), inspections=towns.stated("2024-05", scores))
    assessment = eg.assess(towns.scheme(groups=("A类", "B类"), boards=(ENDS,)), MAY, facts)
    assert {unit: tier for unit, tier in towns.tiers(assessment).items() if unit in "乙丙"} == {
        "乙": "黑榜",
        "丙": "红榜",
    }


def test_d3_class_membership_changes_by_edition() -> None:
    """Two towns move to the second class in the next edition (YQ): the class names its edition."""
    classes = {
        "甲": "一类2013 一类2014",
        "乙": "一类2013 二类2014",
        "丙": "二类2013 二类2014",
        "丁": "二类2013 一类2014",
    }
    units = tuple(eg.Unit(u, u, "镇", designations=frozenset(names.split())) for u, names in classes.items())
    old, new = (
        towns.scheme(levels=("镇",), since=date(year, 1, 1), groups=(f"一类{year}", f"二类{year}"))
        for year in (2013, 2014)
    )
    scores = {"甲": "90", "乙": "80", "丙": "70", "丁": "60"}
    seen = towns.stated("2013-12", scores) + towns.stated("2014-01", scores)
    december, january = eg.assess_season((old, new), eg.Facts(eg.Grid(units), inspections=seen))
    ranks = [{s.unit: s.rank for s in a.record.standings} for a in (december, january)]
    assert ranks == [{"甲": 1, "乙": 2, "丙": 1, "丁": 2}, {"甲": 1, "丁": 2, "乙": 1, "丙": 2}]
    assert {s.unit: s.group for s in january.record.standings}["乙"] == "二类2014"


def test_d4_unranked_member() -> None:
    """Two committees are scored, and stand outside the total ranking (YQ): a scheme of their own, without lists."""
    units = classed({"参加排名": "甲乙丙", "只计分": ("管委会",)})
    scores = {"甲": "90", "乙": "80", "丙": "70", "管委会": "99"}
    facts = eg.Facts(eg.Grid(units), inspections=towns.stated("2024-05", scores))
    ranked = eg.assess(towns.scheme(among="参加排名", boards=(ENDS,)), MAY, facts)
    assert [(s.unit, s.rank) for s in ranked.record.standings] == [("甲", 1), ("乙", 2), ("丙", 3)]
    assert listed(ranked, "红榜") == ["甲"]
    scored = eg.assess(towns.scheme(id="outside", among="只计分"), MAY, facts)
    assert [(s.unit, str(s.score)) for s in scored.record.standings] == [("管委会", "99.0")]
    assert scored.record.placements == ()


def test_d5_different_full_marks_per_class() -> None:
    """150 for towns, 100 for streets and for departments (LYG): each class has a scheme with its own sheet."""
    units = classed({"乡镇": "甲", "街道": "乙", "部门": "丙"})
    lost = tuple(
        eg.Inspection(unit, date(2024, 5, 3), "督导", findings=(eg.Finding("积存垃圾", eg.points(12)),))
        for unit in "甲乙丙"
    )
    facts = eg.Facts(eg.Grid(units), inspections=lost)
    found = {
        name: eg.assess(towns.scheme(id=name, among=name, scoring=eg.deductions(full, several="mean")), MAY, facts)
        for name, full in (("乡镇", 150), ("街道", 100), ("部门", 100))
    }
    assert {name: str(a.record.standings[0].score) for name, a in found.items()} == {
        "乡镇": "138.0",
        "街道": "88.0",
        "部门": "88.0",
    }


def test_d6_area_rotation_sub_areas() -> None:
    """Three areas inside a town, the first and the last of each (LSZ)."""
    areas = tuple(eg.Unit(f"片{n}", f"第{n}片", "片区") for n in (1, 2, 3))
    villages = tuple(eg.Unit(f"村{n}{i}", f"村{n}{i}", "村", parent=f"片{n}") for n in (1, 2, 3) for i in (1, 2, 3))
    seen = towns.stated("2024-05", in_order(v.code for v in villages))
    scheme = towns.scheme(ranking=eg.RankBy(places=1, within="片区"), boards=(ENDS,))
    assessment = eg.assess(scheme, MAY, eg.Facts(eg.Grid((*areas, *villages)), inspections=seen))
    assert listed(assessment, "红榜") == ["村11", "村21", "村31"]
    assert listed(assessment, "黑榜") == ["村13", "村23", "村33"]


def test_d7_league_graduation() -> None:
    """Into the league: among the first three in two of the last three years (SS24), this one with them.

    Its members are ranked apart from then on, and stay while they have 85 per cent.
    """
    years = {2022: "甲乙丙丁戊", 2023: "丁乙戊甲丙", 2024: "甲丙乙丁戊"}
    entry = eg.k_of_last(
        eg.top(3, ties="include"), 2, 3, unheld="skip", absent="skip", repeat="each", editions="carry", heads="carry"
    )
    board = eg.Board("联赛", (eg.Tier("入选", entry),), rest="参加排名")
    scheme = towns.scheme(cadence=eg.year(), since=date(2022, 1, 1), boards=(board,))
    facts = towns.facts({f"{year}-06": in_order(order) for year, order in years.items()})
    season = eg.assess_season(scheme, facts)
    # 甲: 1st, 4th, 1st; 乙: 2nd, 2nd, 3rd; 丙: 3rd, 5th, 2nd; 丁: 4th, 1st, 4th; 戊: 5th, 3rd, 5th
    assert listed(season["2024"], "入选") == sorted("甲乙丙")
    assert listed(season["2023"], "入选") == ["乙"]
    members = classed({"联赛": "甲乙丙", "普通": numbered(4)})
    keep = eg.Board("联赛", (eg.Tier("保留", eg.at_least(85)),), rest="退出")
    league = towns.scheme(id="league", among="联赛", cadence=eg.year(), since=date(2025, 1, 1), boards=(keep,))
    seen = towns.stated("2025-06", {"甲": "91", "乙": "85", "丙": "84.9"})
    [year] = eg.assess_season(league, eg.Facts(eg.Grid(members), inspections=seen))
    assert towns.tiers(year) == {"甲": "保留", "乙": "保留", "丙": "退出"}
