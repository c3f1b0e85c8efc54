"""示例县: nobody is ranked; a problem that is overdue has a measure of its own (督办), and so has one with a slip (约谈)."""

from datetime import date

import envgov as eg

ENVGOV_API = 1
TALK = eg.all_of(eg.overdue(), eg.slipped("黄单", during="ever"))
LEDGER = eg.Scheme(
    id="ledger",
    title="示例县问题台账",
    levels=("村",),
    cadence=eg.month(),
    since=date(2024, 1, 1),
    source=eg.Source("示例县台账管理办法", assumed=("逾期按每月最后一日的状态认定",)),
    ladders=(
        eg.Ladder(
            (
                eg.Rung("督办", eg.overdue(), ("村支书",), cite="逾期未整改的，予以督办"),
                eg.Rung("约谈", TALK, ("村支书",), cite="发黄单后仍未整改的，约谈"),
            ),
            subject="issue",
            publish="every rung",
        ),
    ),
)


@eg.hookimpl
def envgov_localities() -> list[eg.Locality]:
    return [eg.Locality("ledger", "示例县", [LEDGER])]
