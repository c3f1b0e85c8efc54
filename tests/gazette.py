"""A town whose May is worth a bulletin: a red and a black list, a rate, measures, ties, a village nobody visited."""

from datetime import date
from functools import cache
from typing import Any

import envgov as eg
import towns
from envgov.documents import Bulletin, Letterhead, draft_bulletin

HEAD = Letterhead("柳湖镇环境办", date(2024, 6, 3), "柳环〔2024〕7号", "各村")
RED = eg.Tier("红榜", eg.top(1, ties="include"), "praise", cite="第一名列入红榜")
BLACK = eg.Tier("黑榜", eg.bottom(1, ties="decide"), "sanction", cite="末位列入黑榜")
BOARD = eg.Board("红黑榜", (BLACK, RED), rest="其他")
TALK = eg.Ladder((eg.Rung("约谈", eg.placed("红黑榜", "黑榜"), ("村支书",)),), publish="every rung")
FOUND = (("垃圾", "2.5"), ("河道", "4"), ("公厕", "1"), ("道路", "0.5"), ("台账", "0"))


def inspected(unit: str, score: str) -> eg.Inspection:
    """A visit at which so much was left of 100 points, for the usual findings and one more."""
    lost = 100 - eg.points(score)
    usual = tuple(eg.Finding(item, eg.points(points)) for item, points in FOUND) if lost >= 8 else ()
    rest = lost - sum((finding.deduction for finding in usual), eg.points("0"))
    return eg.Inspection(unit, towns.first_of("2024-05"), "督导", findings=(*usual, eg.Finding("其余", rest)))


def assessed(scores: dict[str, str], **changes: Any) -> eg.Assessment:
    """May 2024, with a village 己 that nobody visited."""
    villages = tuple(eg.Unit(name, f"{name}村", "村") for name in (*scores, "己"))
    asked = tuple(
        eg.Survey(name, date(2024, 5, 20), "回访", answered, answered, satisfied)
        for name, answered, satisfied in (("甲", 40, 38), ("乙", 60, 54))
    )
    seen = tuple(inspected(name, score) for name, score in scores.items())
    given = eg.Facts(eg.Grid(villages), inspections=seen, surveys=asked, synthetic=changes.pop("synthetic", ""))
    rate = eg.Figure("满意率", eg.satisfaction(among="answered", empty="exempt"), eg.RankBy(places=1))
    told = {"title": "柳湖镇村级考评", "boards": (BOARD,), "ladders": (TALK,), "figures": (rate,), **changes}
    return eg.assess(towns.scheme(scoring=eg.deductions(100, several="mean"), **told), towns.month_of("2024-05"), given)


SCORES = {"甲": "95", "乙": "93", "丙": "91", "丁": "88"}


@cache
def drafted(language: Any = "zh", **changes: Any) -> Bulletin:
    return draft_bulletin([assessed(SCORES, **changes)], HEAD, language)


def section(bulletin: Bulletin, heading: str) -> Any:
    [found] = [section for section in bulletin.sections if section.heading == heading]
    return found
