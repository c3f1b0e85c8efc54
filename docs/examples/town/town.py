"""示例镇: villages ranked month by month, the last on the black list (黑榜), twice running a talk (约谈)."""

from datetime import date

import envgov as eg

ENVGOV_API = 1
LAST = eg.bottom(1, ties="decide")
TWICE = eg.streak(LAST, 2, unheld="break", absent="break", repeat="once", editions="carry", heads="restart")
VILLAGES = eg.Scheme(
    id="villages",
    title="示例镇村级考评",
    levels=("村",),
    cadence=eg.month(),
    since=date(2024, 1, 1),
    source=eg.Source("示例镇考评办法", assumed=("末位并列的由人裁定；中间未考评或未参评、更换支书的，重新计数",)),
    scoring=eg.stated("督导", several="mean"),
    ranking=eg.RankBy(places=1),
    boards=(eg.Board("红黑榜", (eg.Tier("黑榜", LAST, "sanction", cite="每月末位列入黑榜"),), rest="其他"),),
    ladders=(eg.Ladder((eg.Rung("约谈", TWICE, ("村支书",), cite="连续两月末位的，约谈"),), publish="every rung"),),
    head="村支书",
)


@eg.hookimpl
def envgov_localities() -> list[eg.Locality]:
    return [eg.Locality("town", "示例镇", [VILLAGES])]
