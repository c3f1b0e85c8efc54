"""Liuhu Sub-district 柳湖街道: a red and black board each month, a ledger of problems, supervision slips in three colours."""

from datetime import date
from typing import Literal

import envgov as eg

ENVGOV_API = 1


def report(*assumed: str) -> eg.Source:
    return eg.Source(
        "聚焦重点难点 合力攻坚落实 柳湖街道“四心”工作法推动人居环境整治工作提质增效（报道）",
        published=date(2022, 10, 9),
        assumed=(
            "《柳湖街道人居环境整治工作实施方案》原文未见，以报道所述为准；施行日期未说明，报道称“今年以来”，从2022-01-01起",
            *assumed,
        ),
    )


TEAM = "人居环境整治督导小组"
COMMITTEE = "街道党工委"

# -- the red and black board (“红黑榜”通报制度)
BLACK = eg.Tier(
    "黑榜",
    eg.bottom(3, ties="decide"),
    side="sanction",
    cite="对量化排后3名的行政村、社区进行“黑榜”通报批评",
)
RED = eg.Tier(
    "红榜",
    eg.top(5, ties="decide"),
    side="praise",
    cite="每月对量化排前5名的行政村、社区进行“红榜”通报表扬",
)
RED_BLACK = eg.Board("红黑榜", (BLACK, RED), rest="未上榜", small_field="none")

PRAISED = eg.Rung("通报表扬", eg.placed("红黑榜", "红榜"), to=("单位",), by="街道", cite=RED.cite)
CRITICISED = eg.Rung("通报批评", eg.placed("红黑榜", "黑榜"), to=("单位",), by="街道", cite=BLACK.cite)
WARNED = eg.Rung(
    "反面典型警示教育",
    eg.placed("红黑榜", "黑榜"),
    to=("单位",),
    by="街道",
    cite="开展反面典型警示教育",
)
WHITE_FOR_BLACK = eg.Rung("黑榜单位白单（督促提醒）", eg.placed("红黑榜", "黑榜"), to=("单位",), by=TEAM)

SETTLED = eg.Figure(
    "销号率",
    eg.rate(
        eg.in_state("closed"),
        eg.not_(eg.in_state("ended")),
        by="place",
        empty="exempt",
        cite="实行对账销号",
    ),
    eg.RankBy(places=2),
)
ACCEPTED = eg.Figure(
    "居民组验收率",
    eg.scaled(eg.mean_of_children(eg.accepted(cite="对账验收")), 100),
    eg.RankBy(places=2),
)

QUANTIFIED = (
    "“量化”的办法、由谁量化未说明：按公布的量化得分计，当月多次的取平均，修约到2位小数；督办单不计入得分",
    "每月如何划界未说明：按自然月",
    "第5、6名之间或第23、24名之间并列的，未说明：由街道裁定；26个单位同分的，红榜、黑榜均不列名",
    "参评单位不足8个，前5名与后3名重叠的，未说明：当月红榜、黑榜均不列名，由街道另定",
    "当月未考评的，当月不发榜，上月的榜不顺延；某单位当月未参评的，不排名、不上榜",
    "销号率、居民组验收率未公布：按居民组台账汇总到村、社区，只作对账，不计入得分，不上榜；没有问题的，免计销号率；验收率只计当月验收的居民组",
    "“及时通报”的期限未说明：当月红黑榜于当月末日前在公开栏公布",
)
TOGETHER = (
    "行政村与社区合并还是分开排名未说明：原文并称“行政村、社区”，8个社区分开排前5、后3便无一居中，按26个单位合并排名"
)
APART = "行政村与社区合并还是分开排名未说明：此处按分开排名，各取前5名、后3名"
NO_SLIP = "列入黑榜是否另发督办单未说明：红黑榜与三色督办是两套机制，不另发"
SLIP = "列入黑榜是否另发督办单未说明：此处按另发白单"


def posting(level: str) -> eg.Routine:
    """Each unit of the level puts the board of the month on its notice board."""
    return eg.Routine(
        "公开栏公布红黑榜",
        eg.month(),
        of_level=level,
        cite="利用行政村、社区公开栏及时通报人居环境好的典型和较差的情况",
    )


def monthly(
    id: str, *, levels: tuple[str, ...] = ("行政村", "社区"), black: tuple[eg.Rung, ...] = (CRITICISED, WARNED)
) -> eg.Scheme:
    return eg.Scheme(
        id=id,
        title="柳湖街道人居环境整治红黑榜",
        levels=levels,
        cadence=eg.month(),
        since=date(2022, 1, 1),
        source=report(
            *QUANTIFIED,
            TOGETHER if len(levels) > 1 else APART,
            SLIP if WHITE_FOR_BLACK in black else NO_SLIP,
        ),
        scoring=eg.stated("量化", several="mean"),
        ranking=eg.RankBy(places=2),
        figures=(SETTLED, ACCEPTED),
        boards=(RED_BLACK,),
        duties=tuple(posting(level) for level in levels),
        ladders=(eg.Ladder((PRAISED,), publish="every rung"), eg.Ladder(black, publish="every rung")),
    )


MONTHLY = monthly("liuhu-monthly")
VILLAGES_APART = monthly("liuhu-villages", levels=("行政村",))
COMMUNITIES_APART = monthly("liuhu-communities", levels=("社区",))
MONTHLY_WITH_SLIP = monthly("liuhu-monthly-slip", black=(CRITICISED, WARNED, WHITE_FOR_BLACK))

# -- the ledger (台账管理机制) and the three-colour slips (“三色”督办制度)
DAILY = eg.Routine(
    "每日督导",
    eg.day(),
    owed_by=("督导一组", "督导二组", "督导三组"),
    cite="成立3个人居环境整治督导小组，每日进行人居环境整治工作督导",
)
WEEK = eg.week(ends="sunday")
COLOURS = "实施“白单”督促提醒、“黄单”警示约谈、“红单”追责问责“三色”督办制度"
TO_CLEAR = eg.Rung("提请对账验收", eg.in_state("rectified"), to=("责任单位",), cite="实行对账销号，对账验收")
NO_SLIP_YET = eg.not_(eg.happened("slip issued", during="ever"))


def issued_before(slip: str, *, by_now: tuple[str, ...]) -> eg.Condition:
    """The slip was issued in an earlier week, and none of those that are heavier was by now."""
    return eg.all_of(
        eg.overdue(),
        eg.slipped(slip, during="ever"),
        eg.not_(eg.slipped(slip, during="round")),
        *(eg.not_(eg.slipped(heavier, during="ever")) for heavier in by_now),
    )


def issued_to_unit_before(slip: str) -> eg.Condition:
    """The slip was issued to the unit as a whole in an earlier week of the year, and not in this one again."""
    return eg.all_of(eg.unit_slipped(slip, within=eg.year()), eg.not_(eg.unit_slipped(slip, within=WEEK)))


def three_colours(
    white: eg.Condition, yellow: eg.Condition, red: eg.Condition, *, whose: str = ""
) -> tuple[eg.Rung, ...]:
    principal = ("责任单位主要负责人",)
    return (
        eg.Rung(f"{whose}白单（督促提醒）", white, to=("责任单位",), by=TEAM, cite=COLOURS),
        eg.Rung(f"{whose}黄单（警示约谈）", yellow, to=principal, by=TEAM, cite=COLOURS),
        eg.Rung(f"{whose}红单（提请追责问责）", red, to=principal, by=COMMITTEE, cite=COLOURS),
    )


LAX = eg.ruled("整改不力，应予督促提醒", by=TEAM)
LAX_AFTER_WHITE = eg.ruled("白单督促提醒后仍整改不力，应予警示约谈", by=TEAM)
LAX_AFTER_YELLOW = eg.ruled("黄单警示约谈后仍整改不力，应予追责问责", by=COMMITTEE)
STEP_BY_STEP = (
    three_colours(
        eg.all_of(eg.overdue(), NO_SLIP_YET),
        issued_before("白单", by_now=("黄单", "红单")),
        issued_before("黄单", by_now=("红单",)),
    ),
    three_colours(
        LAX,
        eg.all_of(issued_to_unit_before("白单"), LAX_AFTER_WHITE),
        eg.all_of(issued_to_unit_before("黄单"), LAX_AFTER_YELLOW),
        whose="责任单位",
    ),
)
"""White, then yellow, then red: for problems, and for those responsible as a whole."""

SEVERITY = (
    eg.ruled("情节较轻，应予督促提醒", by=TEAM),
    eg.ruled("情节较重，应予警示约谈", by=TEAM),
    eg.ruled("情节严重，应予追责问责", by=COMMITTEE),
)
BY_SEVERITY = three_colours(*SEVERITY), three_colours(*SEVERITY, whose="责任单位")
"""Three orders of their own, by how grave the matter is."""

READINGS = {
    "step by step": (
        STEP_BY_STEP,
        "白、黄、红三单是逐级还是各自独立未说明：按逐级，逾期未整改的发白单，以前已发上一色、本期仍逾期的发下一色",
    ),
    "by severity": (
        BY_SEVERITY,
        "白、黄、红三单是逐级还是各自独立未说明：此处按各自独立，由督导小组（红单由街道党工委）按情节轻重认定，可直接发黄单、红单",
    ),
}


def slips(id: str, reading: Literal["step by step", "by severity"]) -> eg.Scheme:
    (of_issues, of_units), assumed = READINGS[reading]
    return eg.Scheme(
        id=id,
        title="柳湖街道问题台账与三色督办",
        levels=("行政村", "社区"),
        cadence=WEEK,
        since=date(2022, 1, 1),
        source=report(
            assumed,
            "三色督办单发给问题、单位还是个人未说明：每个问题发给其责任单位；单位整体整改不力的，由督导小组认定后另发责任单位督办单，"
            "以前各周已发上一色的才发下一色",
            "督办单的间隔、次数、整改期限未说明：每周提交周例会，同一问题每周至多提出一单；周例会在周几未说明，按自然周（周一至周日）",
            "“完成时限”的长短未说明：以台账所记为准，过了时限仍未整改的为逾期，已整改待验收的不算逾期",
            "整改不等于销号：整改后由责任单位以外的人对账验收，验收通过的才销号；验收人未说明，以台账所记为准",
            "单位的督办逐级按年度计，次年从白单起；办法换版、负责人更换的继续计",
            "“每日”督导是否含休息日未说明：按每个自然日",
            "“三级网格长”是三个层级的网格长还是第三级的网格长未说明：按村（社区）、四级、五级三个层级，每级都有网格长和联络员",
            "“红单”追责问责须经调查和集体研究，此处只拟提请；由谁发单未说明，白单、黄单按督导小组，红单按街道党工委",
        ),
        ladders=(
            eg.Ladder((TO_CLEAR,), subject="issue", publish="every rung"),
            eg.Ladder(of_issues, subject="issue", publish="highest"),
            eg.Ladder(of_units, publish="highest"),
        ),
        duties=(DAILY,),
    )


SLIPS = slips("liuhu-slips", "step by step")
SLIPS_BY_SEVERITY = slips("liuhu-slips-severity", "by severity")


@eg.hookimpl
def envgov_localities() -> list[eg.Locality]:
    return [eg.Locality("liuhu", "柳湖街道", (MONTHLY, SLIPS))]
