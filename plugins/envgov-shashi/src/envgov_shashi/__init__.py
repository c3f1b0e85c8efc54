"""Shashi District (沙市区, Jingzhou, Hubei): what is slow is told in a bulletin and given a date; nobody is ranked."""

from datetime import date
from typing import Literal

import envgov as eg

ENVGOV_API = 1

ASSUMED = (
    "材料2022年5月14日由网友上传，内容为2009年前后（“保增长、保民生、保稳定”），按2009年1月至6月编排期次",
    "施行日期未见于材料，按2009年1月1日；明查暗访不定期，每月结算一次",
    "通报和限期整改同时提出，不分先后，不逐级加重；“通报”不等于通报批评",
    "由谁通报未写明，按区创卫办；仍未整改的，每月提出一次，直至整改",
    "“限期整改”未定期限，以交办时注明的日期为准，不另设天数",
    "投诉与督查发现的问题用同一规则；“已解决”按已验收销号计",
    "推进会由谁召集、何时截止未写明：由区创卫办召集，按自然月计，当月最后一日24时前开满两次",
)
BY_DATE = (
    "“进展不力”未作界定：交办时注明的日期已过、问题仍未整改的，即为进展不力（另一种理解：由区创卫办认定）",
    "“单位”按问题的责任单位（交办对象，街道、乡、部门均可），不是问题所在地",
    "注明的日期当天仍在期限内；没有注明日期的、已报整改尚待验收的，都不算逾期；以月末为准，月内逾期而月末前已整改的不通报",
)
BY_OFFICE = (
    "“进展不力”未作界定：由区创卫办逐月认定，未经认定的不通报（另一种理解：交办时注明的日期已过）",
    "“单位”按街道、乡；部门不在网格内，不由本办法通报",
)
PUSH_MEETINGS = eg.Routine(
    "全区创卫工作推进会",
    every=eg.month(),
    owed_by=("区创卫办",),
    times=2,
    cite="坚持每月召开至少两次全区创卫工作推进会",
)


def supervision(
    id: str, title: str, slow: eg.Condition, subject: Literal["unit", "issue"], reading: tuple[str, ...]
) -> eg.Scheme:
    """The whole scheme, with one reading of who is slow (进展不力)."""
    rungs = (
        eg.Rung(measure, slow, to=("责任单位",), by="区创卫办", cite="对进展不力的单位予以通报，并限期整改")
        for measure in ("通报", "限期整改")
    )
    return eg.Scheme(
        id=id,
        title=title,
        levels=("街道", "乡"),
        cadence=eg.month(),
        since=date(2009, 1, 1),
        source=eg.Source("区创卫工作经验交流材料", published=date(2022, 5, 14), assumed=(*reading, *ASSUMED)),
        ladders=(eg.Ladder(tuple(rungs), subject=subject, publish="every rung"),),
        duties=(PUSH_MEETINGS,),
    )


SUPERVISION = supervision("shashi-supervision", "沙市区创卫督查", eg.overdue(), "issue", BY_DATE)
SUPERVISION_RULED = supervision(
    "shashi-supervision-ruled", "沙市区创卫督查（认定）", eg.ruled("进展不力", by="区创卫办"), "unit", BY_OFFICE
)

COMPLAINT = eg.source_is("投诉电话")
COMPLAINTS = eg.count_issues(COMPLAINT, by="place", cite="接受投诉、举报40余起")
SOLVED = eg.rate(eg.in_state("closed"), among=COMPLAINT, by="place", empty="not assessed", cite="已解决具体问题37个")
"""Of the complaints accepted, those that were closed: 37 of 40 and more, of which the report gives no exact rate."""


@eg.hookimpl
def envgov_localities() -> list[eg.Locality]:
    return [eg.Locality("shashi", "沙市区", (SUPERVISION,))]
