"""Louxing District 娄星区, Hunan: the monthly ranking of streets and townships, as three bulletins print it."""

from datetime import date

import envgov as eg

ENVGOV_API = 1


def bulletins(*assumed: str) -> eg.Source:
    title = "娄星区2016年9月份、2017年4月份、2017年5月份环境卫生整建工作考评通报"
    url = "https://www.ldlx.com/content/2017/05/27/6616798.html"
    return eg.Source(title, published=date(2017, 5, 27), url=url, assumed=assumed)


HYGIENE = eg.total(
    eg.deductions(40, channel="物业公司", several="mean"),
    eg.deductions(30, channel="街道社区", several="mean"),
    name="环境卫生得分",
    absent="not assessed",
    cite="(40-物业扣分)+(30-社区扣分)=环境卫生得分",
)
STREETS = eg.Scheme(
    id="louxing-streets",
    title="娄星区环境卫生整建考评（街道）",
    levels=("街道",),
    cadence=eg.month(),
    since=date(2016, 9, 1),
    source=bulletins(
        "施行日期未见于通报，以所收最早一期（2016年9月）的首日为准",
        "通报只给月份，检查日期按当月首日至末日录入",
        "同一月内同一部分有多次检查的取平均（所收各期均为一次）",
        "三部分缺一的街道当月不参评（所收各期均齐全）",
        "城管部分只公布得分，满分30分的扣分细目未见，按公布得分计",
    ),
    scoring=eg.total(HYGIENE, eg.stated("城管", several="mean"), name="合计得分", absent="not assessed"),
    ranking=eg.RankBy(places=2),
)

LAST = eg.bottom(1, ties="decide")
LAST_TWICE = eg.streak(LAST, 2, unheld="break", absent="break", repeat="once", editions="carry", heads="carry")
CRITICISED = eg.Rung("通报批评", LAST, to=("乡镇主要负责人",), by="区环境卫生整建办公室")
TALKED_TO = eg.Rung("约谈", LAST_TWICE, to=("乡镇主要负责人",), by="区分管领导")
TOWNSHIPS = eg.Scheme(
    id="louxing-townships",
    title="娄星区环境卫生整建考评（乡镇）",
    levels=("乡镇",),
    cadence=eg.month(),
    since=date(2016, 9, 1),
    source=bulletins(
        "措施阶梯（末位通报批评、连续两次末位约谈）、其对象和执行者均为示例，通报未作规定",
        "末位并列跨线的由人裁定；中间有月份未考评、或某镇某月未参评的，重新计数；满两次当期提出一次",
        "办法换版继续计数；乡镇负责人更换与否未见于通报，继续计数",
        "施行日期未见于通报，以所收最早一期（2016年9月）的首日为准",
        "通报只给月份，检查日期按当月首日至末日录入",
        "同一月内同一村有多次抽查的取平均（所收各期均为一次）",
        "2017年5月蛇形山只见4个村的得分，按通报公布的乡镇得分计",
    ),
    scoring=eg.stated_else("通报", of=eg.mean_of_children(eg.stated("抽查", several="mean"))),
    ranking=eg.RankBy(places=2),
    ladders=(eg.Ladder((CRITICISED, TALKED_TO), publish="every rung"),),
)


@eg.hookimpl
def envgov_localities() -> list[eg.Locality]:
    return [eg.Locality("louxing", "娄星区", (STREETS, TOWNSHIPS))]
