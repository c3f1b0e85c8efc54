"""Xi County 息县, Henan: how the five streets of its town are compared, flagged and reported, as a report of 2021 says.

Where a clause of the report may be read in two ways, each way is a `Reading`. The schemes of the locality take the
first of each; `monthly(result=BY_RANK)`, say, is the month by another.
"""

from datetime import date
from typing import Generic, NamedTuple, TypeVar

import envgov as eg

ENVGOV_API = 1
SINCE = date(2021, 10, 1)
COMMAND = "县人居环境综合整治指挥部"
STREET = "街道"

Rule_co = TypeVar("Rule_co", covariant=True)


class Reading(NamedTuple, Generic[Rule_co]):
    """One way to read a clause: the rule that it gives, and the sentence that says so."""

    rule: Rule_co
    says: str


def report(*assumed: str) -> eg.Source:
    title = "息县：凝万众之心，汇全城之力，做好城区人居环境综合整治（大象新闻·东方今报）"
    begun = "施行日期未见于报道，自2021年10月1日起；报道日（12月28日）“已组织2次督导考评”，按10月、11月两次月评比理解"
    return eg.Source(title, published=date(2021, 12, 30), assumed=(begun, *assumed))


# 10天一评比、每月一奖惩：the comparison of the streets three times a month, and what follows from the month.

COMPARED = eg.stated("督导评比", several="mean", cite="10天一评比")
UNSAID = "评分细则未见于报道，按督导评比公布的得分计；同一旬内有多次的取平均；得分保留两位小数"
EQUAL = "第一名或末位并列的由人裁定；五个街道全部并列的，没有第一名和末位"

ENDED = "某街道缺一旬的当月不参评；某旬未评比的，按已评比的旬计"
BY_MEAN = Reading(
    eg.mean_over(eg.ten_days(), COMPARED, absent="not assessed", unheld="skip", cite="每月一奖惩"),
    f"月评比结果取当月各旬得分的平均；{ENDED}",
)
BY_RANK = Reading(
    eg.mean_over(
        eg.ten_days(), eg.rank_in(COMPARED, places=2), absent="not assessed", unheld="skip", cite="每月一奖惩"
    ),
    f"月评比结果取当月各旬名次的平均；{ENDED}",
)
BY_LATEST = Reading(
    eg.stated("督导评比", several="latest", cite="每月一奖惩"), "月评比结果取当月最后一次督导评比的得分"
)
APART = Reading(eg.stated("月评比", several="mean", cite="每月评比"), "月评比另行打分，与旬评比无关")

FLAGS = eg.Board(
    "流动旗",
    (
        eg.Tier("流动黑旗", eg.bottom(1, ties="decide"), side="sanction", cite="后一名的挂流动黑旗"),
        eg.Tier("流动红旗", eg.top(1, ties="decide"), side="praise", cite="对每月评比前一名的挂流动红旗"),
    ),
    rest="不挂旗",
)
LAST = eg.placed("流动旗", "流动黑旗")

LAST_ONE = Reading(LAST, "“排名倒数”指后一名，每月评比后在调度会上表态发言")
LAST_TWO = Reading(eg.bottom(2, ties="decide"), "“排名倒数”指后两名，每月评比后在调度会上表态发言")
EACH_MONTH = Reading(LAST, "电视表态由挂流动黑旗的单位作出，每月一次，连续挂旗的每月都作")
ONCE = Reading(
    eg.streak(LAST, 1, unheld="break", absent="break", repeat="once", editions="carry", heads="carry"),
    "电视表态由挂流动黑旗的单位作出，连续挂旗的只在第一个月作；中间有月份未评比的，重新作",
)


def twice(when: eg.Condition) -> eg.Condition:
    return eg.streak(when, 2, unheld="decide", absent="decide", repeat="each", editions="carry", heads="restart")


RUNNING = "由人裁定；第三次起每次提出；一把手更换的重新计数，不为前任的名次受约谈"
TWO_MONTHS = Reading(twice(LAST), f"“连续两次”指连续两次月评比；中间有月份未评比、或某街道某月未参评的，{RUNNING}")
TWO_ROUNDS = Reading(
    twice(eg.bottom(1, ties="decide")),
    f"“连续两次”指连续两次旬评比，不按月计；中间有旬未评比、或某街道某旬未参评的，{RUNNING}",
)

HEADS = "“一把手”指街道党工委书记，“主要领导”指党政正职"
STREETS = Reading((STREET,), f"“单位”指五个街道办事处，不含县直部门；{HEADS}")
DEPARTMENTS_TOO = Reading((STREET, "县直部门"), f"“单位”包括街道办事处和县直部门，合并排名；{HEADS}")


def talk(twice_last: Reading[eg.Condition]) -> eg.Ladder:
    rung = eg.Rung("约谈", twice_last.rule, to=("单位一把手",), cite="连续两次排名后一名的约谈单位一把手")
    return eg.Ladder((rung,), publish="every rung")


def monthly(
    result: Reading[eg.ScoringRule] = BY_MEAN,
    speakers: Reading[eg.Condition] = LAST_ONE,
    statement: Reading[eg.Condition] = EACH_MONTH,
    twice_last: Reading[eg.Condition] = TWO_MONTHS,
    units: Reading[tuple[str, ...]] = STREETS,
) -> eg.Scheme:
    speech = "排名倒数的街道办事处党工委书记在全县人居环境调度会上作表态发言"
    black = "后一名的挂流动黑旗，单位主要领导作电视表态"
    clear = eg.ruled("成效显著", by=COMMAND)
    sanctions = (
        eg.Rung("调度会表态发言", speakers.rule, to=("街道党工委书记",), cite=speech),
        eg.Rung("电视表态", statement.rule, to=("单位主要领导",), cite=black),
    )
    praise = (eg.Rung("全县通报表扬", clear, to=("单位",), by=COMMAND, cite="对成效显著的单位进行全县通报表扬"),)
    talks = () if twice_last is TWO_ROUNDS else (talk(twice_last),)
    return eg.Scheme(
        id="xixian-monthly",
        title="息县城区人居环境综合整治月评比（每月一奖惩）",
        levels=units.rule,
        cadence=eg.month(),
        since=SINCE,
        source=report(
            result.says,
            UNSAID,
            EQUAL,
            twice_last.says,
            "流动旗挂至下次月评比；某月未评比的，由原单位继续挂",
            statement.says,
            speakers.says,
            units.says,
            "“成效显著”由指挥部认定，与名次无关；由谁约谈未见于报道；“督导问责制”未写明情形，不列措施",
        ),
        scoring=result.rule,
        ranking=eg.RankBy(places=2),
        boards=(FLAGS,),
        ladders=(eg.Ladder(sanctions, publish="every rung"), *talks, eg.Ladder(praise, publish="every rung")),
        head="单位一把手",
    )


def ten_days(twice_last: Reading[eg.Condition] = TWO_MONTHS) -> eg.Scheme:
    """The comparison; with `TWO_ROUNDS` the talk follows from it, and not from the month."""
    return eg.Scheme(
        id="xixian-ten-days",
        title="息县城区人居环境综合整治督导评比（10天一评比）",
        levels=(STREET,),
        cadence=eg.ten_days(),
        since=SINCE,
        source=report(
            "“10天”按旬计：每月1日至10日、11日至20日、21日至月末；旬评比公布名次，奖惩按月进行",
            UNSAID,
            EQUAL,
            twice_last.says,
        ),
        scoring=COMPARED,
        ranking=eg.RankBy(places=2),
        ladders=(talk(twice_last),) if twice_last is TWO_ROUNDS else (),
        head="单位一把手",
    )


# 每日一通报：the ledger, day by day.

BUILDINGS = "两违建筑"


def stages(reply: eg.Deadline, done: eg.Deadline) -> eg.staged:
    at_once, cleared = eg.Stage("当日部署", eg.same_day()), eg.Stage("跟踪清零", eg.standing())
    return eg.staged(at_once, eg.Stage("3日反馈", reply), eg.Stage("办结", done), cleared, counted="from the start")


def limits(reply: eg.Deadline, done: eg.Deadline) -> tuple[eg.Limit, ...]:
    clause = "结合“13710”督导考核工作机制"
    complex_ones = eg.Limit(stages(reply, eg.months(1)), categories=(BUILDINGS,), cite=clause)
    return complex_ones, eg.Limit(stages(reply, done), cite=clause)


MEANT = "“13710”未见定义，按通行理解：当日部署、3日反馈、7日办结（两违建筑1个月）、跟踪清零；自交办次日起"
CALENDAR_DAYS = Reading(limits(eg.calendar_days(3), eg.calendar_days(7)), f"{MEANT}按日历日计")
WORKING_DAYS = Reading(limits(eg.working_days(3), eg.working_days(7)), f"{MEANT}按工作日计")

HANDED = eg.happened("dispatched", during="ever")
WHISTLED = eg.happened("whistled", during="ever")
CLAIMED = eg.happened("claimed", during="ever")
DONE = eg.any_of(eg.in_state("rectified"), eg.in_state("closed"))

OF_ALL = "整改完成率以累计交办数为分母，不以到期数为分母"
WHISTLES_APART = Reading(HANDED, f"{OF_ALL}；街道吹哨交办的260多个问题另计，不在1188件之内")
WHISTLES_AMONG = Reading(eg.any_of(HANDED, WHISTLED), f"{OF_ALL}；街道吹哨交办的260多个问题计入1188件")
DUE_ONLY = Reading(
    eg.all_of(HANDED, eg.due(during="ever")), "整改完成率以到期的交办数为分母；街道吹哨交办的260多个问题另计"
)
TOWN = Reading(("城区",), "每日通报的内容未见于报道，按城区合计公布")
BY_STREET = Reading((STREET,), "每日通报的内容未见于报道，按街道分列公布，名次仅表示整改完成率高低")

GROUPS = tuple(f"第{n}督导组" for n in range(1, 6))
FLOWS = (
    eg.Routine("工作日报", eg.day(), of_level=STREET, cite="完善了领导小组例会制、工作日报制"),
    eg.Routine("督导问题清单", eg.day(), owed_by=GROUPS, cite="每天按时上报督导问题清单"),
    eg.Routine("每日通报", eg.day(), owed_by=("指挥部办公室",), cite="每日一通报"),
)
"""Two go up each day, the third comes down."""


def count(name: str, what: eg.Condition) -> eg.Figure:
    return eg.Figure(name, eg.count_issues(what, by="place"), eg.RankBy(places=0))


def share(name: str, counted: eg.Condition, among: eg.Condition, cite: str) -> eg.Figure:
    rule = eg.rate(counted, among, by="place", empty="not assessed", cite=cite)
    return eg.Figure(name, rule, eg.RankBy(places=2))


def daily(
    units: Reading[tuple[str, ...]] = TOWN,
    handed: Reading[eg.Condition] = WHISTLES_APART,
    deadlines: Reading[tuple[eg.Limit, ...]] = CALENDAR_DAYS,
) -> eg.Scheme:
    clause = "累计交办问题1188件，已整改1057件，整改完成率89%"
    return eg.Scheme(
        id="xixian-daily",
        title="息县城区人居环境综合整治每日通报（每日一通报）",
        levels=units.rule,
        cadence=eg.day(),
        since=SINCE,
        source=report(
            handed.says,
            "已整改含已销号，反弹的不算；累计至当日",
            units.says,
            "每日通报只公布数字，不作奖惩依据；尚无交办的不列",
            deadlines.says,
            "日报由各街道、问题清单由五个督导组、通报由指挥部办公室每日（含节假日）报送，时点未见于报道，按当日24时前",
        ),
        scoring=eg.rate(DONE, handed.rule, by="place", empty="not assessed", cite=clause),
        ranking=eg.RankBy(places=2),
        figures=(
            count("交办", handed.rule),
            count("逾期", eg.overdue()),
            count("吹哨", WHISTLED),
            share("吹哨认领率", CLAIMED, WHISTLED, "所有单位均完成认领"),
            share(
                "吹哨整改率", DONE, WHISTLED, "五个街道办事处累计向20多家责任单位交办了260多个问题，已整改完成140多个"
            ),
        ),
        deadlines=deadlines.rule,
        duties=FLOWS,
    )


DAILY = daily()
TEN_DAYS = ten_days()
MONTHLY = monthly()


@eg.hookimpl
def envgov_localities() -> list[eg.Locality]:
    return [eg.Locality("xixian", "息县", (DAILY, TEN_DAYS, MONTHLY))]
