"""Jingtai County 景泰县, Gansu, “四抓四促”: every Friday one ranking of all villages and communities, in three colours."""

from datetime import date
from typing import Literal

import envgov as eg

ENVGOV_API = 1

TITLE = "【“四抓四促”进行时】景泰县：“一盘棋”合力推进 落实落细“四抓四促”城乡环境专项整治（来源：景泰微党建）"
ASSUMED = (
    "报道日期“03.05”未印年份，按疫情防控背景取2020年；自动员会议次日起的第一个周五（2020年3月6日）开始排名",
    "一期为一周，止于周五；“督查指导组”即十一个包抓指导组，其督察排名合为全县一张名单，若分片排名，按各自名单的总数录入",
    "乡镇只排辖区内行政村，社区没有乡镇名次，只按督察、无人机两项；行政村和社区在全县一并排名",
    "名次所依据的打分办法未公布，只按报来的名次汇总，同一周内重报的以最后一次为准；三项权重未作规定，按等权计",
    "汇总结果修约到4位小数后比较；并列跨过第30名或倒数第30名界线的，由人裁定",
    "排名单位不足60个的，绿色、红色名额按比例缩减；恰为60个的，没有黄色管理",
    "“连续2次”按村社区计次，不因办法换版或负责人更换而中断；第三周起仍在后30名的，每周再次提出约谈",
    "每个红色村社区各提一项约谈；同一人涉及多个村社区的，表后合并列示，合并为一次约谈",
    "“主要领导”指乡镇党委、政府两名正职；约谈由谁进行未作规定，只提出建议；“实行组织管理”为原文用语，照录不解释",
    "“每周五”未定钟点，当日24时前报送为按时；节假日是否免报未作规定，仍列未报",
    "“当天整改”未规定例外，一律以发现当日为限；当天整改率只列示，不计入排名",
)
TOWNSHIP = eg.stated_rank("乡镇", several="latest", cite="每周五由乡镇上报辖区内行政村排名")
SUPERVISION = eg.stated_rank("督查指导组", several="latest", cite="督查指导组上报督察排名")
DRONE = eg.stated_rank("无人机", several="latest", cite="领导小组办公室统计无人机拍摄排名")
SAME_DAY = "对发现的问题即刻反馈、当天整改"
"""The clause on problems that were found."""

SHARES = eg.mean_rank(TOWNSHIP, SUPERVISION, DRONE, absent="renormalise", cite="汇总排序")
"""The mean of rank / length of the list, over the lists on which the unit stands."""

COMPLETE = eg.or_else(
    eg.mean_rank(TOWNSHIP, SUPERVISION, DRONE, absent="not assessed"),
    eg.mean_rank(SUPERVISION, DRONE, absent="not assessed"),
    cite="汇总排序",
)
"""The same, but nobody is ranked without both lists of the whole county."""

PLACES = eg.weighted(
    *(eg.Part(1, eg.rank_in(part, places=9)) for part in (TOWNSHIP, SUPERVISION, DRONE)),
    absent="renormalise",
    name="平均名次",
    cite="汇总排序",
)
"""The mean of three places in the county: the townships' lists are put into one first, by rank / length."""

AMONG_LAST_30 = eg.bottom(30, ties="decide")
COLOURS = eg.Board(
    "三色管理",
    (
        eg.Tier("红色管理", AMONG_LAST_30, "sanction", cite="排名后30的纳入“红色管理”"),
        eg.Tier("绿色管理", eg.top(30, ties="decide"), "praise", cite="对排名前30的纳入“绿色管理”"),
    ),
    rest="黄色管理",
    small_field="fewer",
)
RED = eg.placed("三色管理", "红色管理")
TALK = eg.Rung(
    "红色管理约谈",
    RED,
    to=("乡镇包村领导", "村社区主要负责人"),
    cite="实行组织管理，对纳入“红色管理”的村社区，约谈乡镇包村领导、村社区主要负责人",
)

FRIDAYS = eg.week(ends="friday")
RETURNS = (
    eg.Routine("行政村排名", FRIDAYS, of_level="乡镇", cite="每周五由乡镇上报辖区内行政村排名"),
    eg.Routine("督察排名", FRIDAYS, owed_by=("督查指导组",), cite="督查指导组上报督察排名"),
    eg.Routine("无人机排名", FRIDAYS, owed_by=("领导小组办公室",), cite="领导小组办公室统计无人机拍摄排名"),
    eg.Routine("通报到村社区", FRIDAYS, owed_by=("领导小组办公室",), cite="直接通报村组社区一级"),
)


def weekly(
    id: str, combined: eg.ScoringRule, *assumed: str, missed: Literal["break", "skip", "decide"] = "decide"
) -> eg.Scheme:
    """The weekly ranking under one reading: how the lists are `combined`, and what a week `missed` does to 连续2次."""
    twice = eg.streak(RED, 2, unheld=missed, absent=missed, repeat="each", editions="carry", heads="carry")
    talk_in_township = eg.Rung(
        "连续2次约谈",
        twice,
        to=("乡镇分管领导", "乡镇党委书记", "乡镇政府主要负责人"),
        cite="连续2次排名在后30名的约谈乡镇分管领导、主要领导",
    )
    rectified = eg.rate(eg.on_time("rectified"), eg.due(during="round"), by="place", empty="exempt", cite=SAME_DAY)
    return eg.Scheme(
        id=id,
        title="景泰县“四抓四促”城乡环境三色管理周排名",
        levels=("行政村", "社区"),
        cadence=FRIDAYS,
        since=date(2020, 2, 29),
        source=eg.Source(TITLE, published=date(2020, 3, 5), assumed=(*assumed, *ASSUMED)),
        scoring=combined,
        ranking=eg.RankBy(places=4),
        figures=(eg.Figure("当天整改率", rectified, eg.RankBy(places=1)),),
        boards=(COLOURS,),
        ladders=(eg.Ladder((TALK, talk_in_township), publish="every rung"),),
        deadlines=(eg.Limit(eg.same_day(), cite=SAME_DAY),),
        duties=RETURNS,
    )


BY_SHARES = "三项按“名次÷名单长度”的平均数汇总，低者为优；缺项的按其余各项平均，三项全缺的不参评"
ASKED = "中间一周未排名、或某村社区当周未参评的，是否仍为“连续2次”由人裁定"
WEEKLY = weekly("jingtai-weekly", SHARES, BY_SHARES, ASKED)
WEEKLY_COMPLETE = weekly(
    "jingtai-weekly-complete",
    COMPLETE,
    "三项按“名次÷名单长度”的平均数汇总，低者为优；督察、无人机两项缺一的不参评，乡镇未报的按两项平均",
    ASKED,
)
WEEKLY_PLACES = weekly(
    "jingtai-weekly-places",
    PLACES,
    "三项各自化为全县名次（乡镇名次按“名次÷名单长度”合为一榜）后平均，低者为优；缺项的按其余各项平均",
    ASKED,
)
WEEKLY_COUNTED = weekly(
    "jingtai-weekly-counted",
    SHARES,
    BY_SHARES,
    "“连续2次”按该村社区实际参加排名的次数计，中间一周未排名或未参评的跳过",
    missed="skip",
)


@eg.hookimpl
def envgov_localities() -> list[eg.Locality]:
    return [eg.Locality("jingtai", "景泰县", (WEEKLY,))]
