"""Tongji New Area 通济新区 in Jimo, Qingdao: its villages each month; Jimo's and Qingdao's towns each quarter."""

from datetime import date
from typing import Literal

import envgov as eg

ENVGOV_API = 1

REPORT = "据即墨信息港2023年7月10日《环境卫生大整治，城乡面貌大提升，即墨区通济新区持续开展人居环境整治提升行动》"


def reported(document: str, *assumed: str) -> eg.Source:
    """A document of which only the newspaper's account was seen."""
    unseen = "文件全文未见，按报道所述；起始日未写明，自2023年1月1日起（“2023年以来”）"
    return eg.Source(f"{document}（{REPORT}）", published=date(2023, 7, 10), assumed=(unseen, *assumed))


# The new area: the villages, each month

HEAD = "村庄主要负责人"
HEADS = (HEAD, "管区主要负责人")
RECTIFIED = eg.rate(
    eg.any_of(eg.in_state("rectified"), eg.in_state("closed")),
    eg.happened("found", during="ever"),
    by="place",
    empty="exempt",
    cite="共计发现问题1104个，已累计整改1017个，整改率达到92%以上",
)
PASSED = eg.to_date(eg.year(), eg.accepted(cite="要求所有村庄必须全部过关，彻底整治到位"))
SECRETARY = ("村庄支部书记",)
NOT_CLEARED = eg.Rung(
    "纪工委约谈",
    eg.not_closed_on_time(during="round"),
    to=SECRETARY,
    by="纪工委",
    cite="对于不能按期销号的村庄支部书记纪工委负责进行约谈",
)
BAD_INFLUENCE = eg.Rung(
    "提请严厉问责",
    eg.all_of(eg.not_closed_on_time(during="ever"), eg.ruled("造成负面影响", by="纪工委")),
    to=SECRETARY,
    by="纪工委",
    cite="造成负面影响的要严厉问责",
)

CHECKS = eg.Routine(
    "人居环境卫生检查",
    every=eg.month(),
    owed_by=("测评组",),
    times=2,
    cite="每月上下旬进行两次人居环境卫生检查",
)
Bulletin = Literal["sunday", "monday"]
BULLETIN = {"sunday": "每周一次，至迟星期日", "monday": "每个星期一"}


def weekly_bulletin(by: Bulletin) -> eg.Routine:
    """每周一通报 read as one bulletin a week, by its Sunday, or as one every Monday."""
    return eg.Routine(
        "检查结果和整改率通报",
        every=eg.week(ends=by),
        owed_by=("环卫办",),
        cite="对督导检查结果和各村（居）整改率情况要进行每周一通报",
    )


Several = Literal["mean", "worst", "latest", "sum"]
SEVERAL = {"mean": "取平均", "worst": "取低", "latest": "取最后一次", "sum": "相加"}
Third = Literal["adds", "supersedes"]
THIRD = {"adds": "约谈、书面检查照常并行提出", "supersedes": "不再提出约谈、书面检查"}


def months_running(when: eg.Condition, k: int) -> eg.streak:
    return eg.streak(when, k, unheld="decide", absent="decide", repeat="each", editions="carry", heads="restart")


def villages(n: int = 5, several: Several = "mean", third: Third = "adds", bulletin: Bulletin = "sunday") -> eg.Scheme:
    """The new area's scheme: `n` on each board, how a month's two checks are combined, what a third month does to the
    talk, when the weekly bulletin is due.
    """
    black, red = eg.placed("红黑榜", "黑榜"), eg.placed("红黑榜", "红榜")
    twice, thrice = months_running(black, 2), months_running(black, 3)
    talk, self_criticism = "约谈", "向党工委作书面检查"
    boards = (
        eg.Board(
            "红黑榜",
            (
                eg.Tier("黑榜", eg.bottom(n, ties="decide"), "sanction", cite="对成绩较差的村（居）进行黑榜通报"),
                eg.Tier("红榜", eg.top(n, ties="decide"), "praise", cite="对测评成绩较好的村（居）进行红榜表彰"),
            ),
            rest="其他",
        ),
        eg.Board(
            "整村验收",
            (eg.Tier("已过关", eg.at_least(1, of="整村验收")), eg.Tier("未过关", eg.below(1, of="整村验收"))),
            rest="未验收",
        ),
    )
    of_villages = eg.Ladder(
        (
            eg.Rung(
                "红榜表彰",
                red,
                to=("单位",),
                by="党工委",
                cite="对测评成绩较好的村（居）进行红榜表彰",
            ),
            eg.Rung("黑榜通报", black, to=("单位",), by="党工委", cite="对成绩较差的村（居）进行黑榜通报"),
            eg.Rung(talk, twice, to=HEADS, by="党工委", cite="对连续2个月列入月度黑榜的，约谈村庄、管区主要负责人"),
            eg.Rung(self_criticism, twice, to=HEADS, cite="要求向党工委做出深刻书面检查"),
            eg.Rung(
                "提请组织处理",
                thrice,
                to=HEADS,
                by="党工委",
                supersedes=(talk, self_criticism) if third == "supersedes" else (),
                cite="对连续3个月列入月度黑榜的，一律采取组织处理",
            ),
        ),
        publish="every rung",
    )
    return eg.Scheme(
        id="tongji-villages",
        title="通济新区村（居）红黑榜",
        levels=("村", "社区"),
        cadence=eg.month(),
        since=date(2023, 1, 1),
        source=reported(
            "《关于全面深入开展通济新区农村人居环境整治提升实施方案的通知》",
            "《人居环境整治考评办法》如何扣分未见，以测评组现场打分为准",
            f"一个月两次检查的得分如何合成未写明：{SEVERAL[several]}；只查一次的以该次为准，中旬如有检查一并计入",
            f"红榜、黑榜各取几名未写明：各{n}名；参评村（居）不足{2 * n}个的，两榜相接，原文未作规定：不排，由人决定",
            "并列跨过红榜或黑榜界线的，由人裁定",
            "连续2个月、3个月按自然月：中间有月份未出榜的，或该村（居）某月未参评的，是否连续由人裁定",
            "满2个月、3个月后仍在黑榜的，每月再次提出；办法换版连续计数；村庄主要负责人更换的，自新任起重新计数",
            f"满3个月的，组织处理是否代替约谈未写明：{THIRD[third]}",
            "“一律”即没有例外；组织处理须经调查并由党工委决定，此处只是提请；对象未写明，按上句为村庄、管区主要负责人",
            "连续2个月的约谈由谁进行未写明，按党工委",
            "清单制、销号制、通报制、约谈制为“下一步”，何日起行未写明：与红黑榜一并适用",
            f"“每周一通报”按{BULLETIN[bulletin]}；由谁通报未写明，按环卫办",
            "“按期”多长未写明，以清单给定的整改时限为准，没有时限的不算逾期；按问题逐项提出，同一书记的由人合为一次约谈",
            "“造成负面影响”由纪工委认定；由谁问责未写明，按纪工委提请",
            "整改率以发现的问题为分母（不是到期的问题），以已整改的为分子（无论是否已验收）；没有发现问题的不计",
            "全部过关以整村验收为准，不等于逐项销号之和；当年最近一次验收的结果有效",
        ),
        scoring=eg.stated("测评组", several=several, cite="依据人居环境整治考评办法，对各村庄进行现场打分排名"),
        ranking=eg.RankBy(places=2),
        figures=(
            eg.Figure("整改率", RECTIFIED, eg.RankBy(places=2)),
            eg.Figure("整村验收", PASSED, eg.RankBy(places=0)),
        ),
        boards=boards,
        ladders=(of_villages, eg.Ladder((NOT_CLEARED, BAD_INFLUENCE), subject="issue", publish="every rung")),
        duties=(CHECKS, weekly_bulletin(bulletin)),
        head=HEAD,
    )


VILLAGES = villages()

# The district: its towns side by side, each quarter

CHECKED = eg.stated("区级领导带队督查", several="mean")
THIRD_PARTY = eg.stated("第三方评估", several="mean")
SATISFACTION = eg.satisfaction("群众满意度调查", among="answered", empty="not assessed")
DISTRICT = eg.Scheme(
    id="tongji-district",
    title="即墨区比拼晾晒",
    levels=("镇", "街道"),
    among="即墨区",
    cadence=eg.quarter(),
    since=date(2023, 1, 1),
    source=reported(
        "《青岛市即墨区2023年农村人居环境整治提升工作实施方案》",
        "三种评价方式如何合成未写明：各占三分之一；缺一种的当季不排名，另列",
        "同一季度同一方式有多次的取平均；满意度以答复的群众为分母，合计计算",
        "“比拼晾晒”是公开对比，没有写明固定的奖惩：只排名，不设榜、不设措施",
        "“约谈问责等手段”何时使用未写明，由人决定",
    ),
    scoring=eg.weighted(
        eg.Part(1, CHECKED),
        eg.Part(1, THIRD_PARTY),
        eg.Part(1, SATISFACTION),
        absent="not assessed",
        cite="区级领导带队督查、第三方评估、群众满意度调查等评价方式",
    ),
    ranking=eg.RankBy(places=2),
    figures=(
        eg.Figure("督查", CHECKED, eg.RankBy(places=2)),
        eg.Figure("第三方评估", THIRD_PARTY, eg.RankBy(places=2)),
        eg.Figure("满意率", SATISFACTION, eg.RankBy(places=2)),
    ),
    duties=(eg.Routine("比拼晾晒", every=eg.quarter(), owed_by=("即墨区",), cite="每季度进行“比拼晾晒”"),),
)

# The city: every rural town, each quarter

CITY_ROUTINES = (
    eg.Routine("问题整改月调度", every=eg.month(), owed_by=("青岛市",), cite="每月对农村人居环境问题整改进行调度"),
    eg.Routine(
        "突出问题整改随机抽查", every=eg.month(), owed_by=("青岛市",), cite="组织人员对突出问题整改进行随机抽查"
    ),
    eg.Routine("暗访评估", every=eg.quarter(), owed_by=("青岛市",), cite="每季度对所有涉农镇（街道）组织开展暗访评估"),
)
PARTY_SECRETARY = "镇（街道）党（工）委书记"
TOP_20 = eg.top(20, ties="decide")
LAST_10 = eg.bottom(10, ties="decide")
LOW = eg.below(80)
Reading = Literal["both", "either"]
READING = {
    "both": "按“并且”：后10名之中低于80分的；只占一项的不批评",
    "either": "按“或者”：后10名，以及名次靠前而低于80分的；前20名中低于80分的只批评、不表扬",
}


def city(reading: Reading) -> eg.Scheme:
    """The city's scheme: 排名后10名、评估分数低于80分 read as both at once, or as either."""
    low = eg.all_of(LAST_10, LOW) if reading == "both" else eg.any_of(LAST_10, LOW)
    high = TOP_20 if reading == "both" else eg.all_of(TOP_20, eg.not_(LOW))
    board = eg.Board(
        "通报",
        (
            eg.Tier("通报批评", low, "sanction", cite="对排名后10名、评估分数低于80分的镇（街道）进行通报批评"),
            eg.Tier("通报表扬", high, "praise", cite="每次对排名前20名的镇（街道）给予通报表扬和适当奖励"),
        ),
        rest="其他",
    )
    criticised, praised = eg.placed("通报", "通报批评"), eg.placed("通报", "通报表扬")
    last_twice = eg.streak(LAST_10, 2, unheld="skip", absent="decide", repeat="each", editions="carry", heads="restart")
    ladder = eg.Ladder(
        (
            eg.Rung("通报表扬", praised, to=("单位",), by="青岛市", cite="给予通报表扬和适当奖励"),
            eg.Rung("适当奖励", praised, to=("单位",), by="青岛市", cite="给予通报表扬和适当奖励"),
            eg.Rung("通报批评", criticised, to=("单位",), by="青岛市", cite="进行通报批评"),
            eg.Rung(
                "现场推进会表态发言",
                criticised,
                to=(PARTY_SECRETARY,),
                cite="由镇（街道）党（工）委书记到全市农村人居环境整治提升现场推进会上进行表态发言",
            ),
            eg.Rung(
                "约谈",
                last_twice,
                to=(PARTY_SECRETARY,),
                by="青岛市",
                cite="对连续两次排名在后10名的镇（街道）党（工）委书记进行约谈",
            ),
        ),
        publish="every rung",
    )
    return eg.Scheme(
        id="tongji-city",
        title="青岛市涉农镇（街道）季度暗访评估",
        levels=("镇", "街道"),
        among="涉农",
        cadence=eg.quarter(),
        since=date(2023, 1, 1),
        source=reported(
            "《青岛市农村人居环境整治提升2023年工作方案》",
            f"“排名后10名、评估分数低于80分”{READING[reading]}",
            "“低于80分”不含80分",
            "并列跨过第20名或后10名界线的，由人裁定",
            "涉农镇（街道）或参评的不足30个的，前20名与后10名相接，原文未作规定：不排，由人决定",
            "“连续两次”按实际开展的评估计次：某季度未开展的跳过；某镇（街道）缺席一次的，由人裁定",
            "连续两次只看名次，不看分数；第三次及以后仍在后10名的，每次再约谈",
            "办法换版连续计数；党（工）委书记更换的，自新任起重新计数",
            "一个季度对同一镇（街道）暗访多次的取平均",
            "适当奖励多少未写明，不设金额；由谁约谈未写明，按青岛市",
            "镇（街道）得分如何计入对区（市）乡村振兴考核未写明，不计算",
        ),
        scoring=eg.stated("暗访评估", several="mean", cite="每季度对所有涉农镇（街道）组织开展暗访评估"),
        ranking=eg.RankBy(places=2),
        boards=(board,),
        ladders=(ladder,),
        duties=CITY_ROUTINES,
        head=PARTY_SECRETARY,
    )


CITY = city("both")
CITY_EITHER = city("either")


@eg.hookimpl
def envgov_localities() -> list[eg.Locality]:
    return [eg.Locality("jimo-tongji", "即墨区通济新区", (VILLAGES, DISTRICT, CITY))]
