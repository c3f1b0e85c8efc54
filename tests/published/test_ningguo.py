"""宁国市 2021-08: rates from counts, of which the bulletin printed one wrong."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import envgov as eg
from bulletins import lines_of, numbers, units

SOURCE = eg.Source(
    "宁国市12345热线8月份案件办理情况通报",
    published=date(2021, 9, 16),
    assumed=("转载，没有网址", "只公布件数：各件的日期为示例，只有是否按时与公布的件数一致"),
)
# handled by the hotline itself; dispatched, and of these: closed on time, by source, by category
HANDLED, DISPATCHED, ON_TIME = 1749, 594, 591
BY_SOURCE = {"热线": 493, "政民互动": 95, "我为群众办实事": 6}
BY_CATEGORY = {"城乡建设和城市管理": 177, "教育": 44, "卫生健康": 62}
PRINTED = {"score": "99.6", "城乡建设和城市管理": "30", "教育": "7.4", "卫生健康": "10.4"}

FOUND, DUE, LATE = date(2021, 8, 2), date(2021, 8, 12), date(2021, 8, 20)


def handled(n: int) -> eg.Issue:
    events = (eg.Event(eg.EventKind.FOUND, FOUND), eg.Event(eg.EventKind.FIXED_ON_THE_SPOT, FOUND))
    return eg.Issue(f"自行处理{n}", "宁国市", events)


def dispatched(n: int, source: str, category: str) -> eg.Issue:
    closed = DUE if n < ON_TIME else LATE
    events = (
        eg.Event(eg.EventKind.FOUND, FOUND),
        eg.Event(eg.EventKind.DISPATCHED, FOUND, due=DUE),
        eg.Event(eg.EventKind.RECTIFIED, closed),
        eg.Event(eg.EventKind.ACCEPTED, closed),
    )
    return eg.Issue(f"派单{n}", "宁国市", events, source=source, category=category)


SOURCES = [source for source, n in BY_SOURCE.items() for _ in range(n)]
NAMED = [category for category, n in BY_CATEGORY.items() for _ in range(n)]
CATEGORIES = NAMED + ["未列类别"] * (DISPATCHED - len(NAMED))
FACTS = eg.Facts(
    eg.Grid(units("市", ["宁国市"])),
    issues=(
        *map(handled, range(HANDLED)),
        *(dispatched(n, *named) for n, named in enumerate(zip(SOURCES, CATEGORIES, strict=True))),
    ),
)


def ningguo() -> eg.Scheme:
    sent = eg.happened("dispatched", during="round")
    return eg.Scheme(
        id="ningguo",
        title="宁国市12345热线办理情况",
        levels=("市",),
        cadence=eg.month(),
        since=date(2021, 8, 1),
        source=SOURCE,
        scoring=eg.rate(eg.on_time("closed"), among=sent, by="place", empty="not assessed"),
        ranking=eg.RankBy(places=1),
        figures=tuple(
            eg.Figure(
                category,
                eg.rate(eg.category_is(category), among=sent, by="place", empty="not assessed", better="lower"),
                eg.RankBy(places=places),
            )
            for category, places in (("城乡建设和城市管理", 0), ("教育", 1), ("卫生健康", 1))
        ),
    )


ASSESSMENT = eg.assess_season(ningguo(), FACTS).latest


def test_the_counts_of_the_bulletin_add_up() -> None:
    assert len(FACTS.issues) == 2343
    assert sum(BY_SOURCE.values()) == DISPATCHED


def test_the_shares_of_the_three_categories_are_those_printed() -> None:
    assert {c: numbers(ASSESSMENT, c)["宁国市"] for c in BY_CATEGORY} == {c: PRINTED[c] for c in BY_CATEGORY}


def test_the_rate_on_time_is_99_5_and_the_bulletin_erred() -> None:
    exact = next(r.value for r in ASSESSMENT.explain("宁国市").because if isinstance(r, eg.Reason))
    assert isinstance(exact, Fraction)
    # the score is the first rule that the explanation asks again
    assert exact == Fraction(591 * 100, 594)
    assert numbers(ASSESSMENT)["宁国市"] == "99.5"
    # 99.494...: no way of rounding to one decimal gives the 99.6 that was printed
    assert Fraction("99.4") < exact < Fraction("99.5") < Decimal(PRINTED["score"])


def test_the_explanation_names_the_three_cases_that_were_late() -> None:
    why = eg.narrate(ASSESSMENT.explain("宁国市"))
    assert "591" in why
    assert all(late in why for late in ("派单591", "派单592", "派单593"))


def test_the_scheme_takes_less_than_thirty_lines() -> None:
    assert lines_of(ningguo) < 30
