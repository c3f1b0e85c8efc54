"""Words: phrases that could be read otherwise, each as it must be read."""

from datetime import date
from typing import Any

import pytest
from attrs import frozen

import envgov as eg
import towns
from envgov.wording.chinese import ZH
from envgov.wording.english import EN
from places import DECLARED

RULE = eg.stated("督导", several="mean")
OPEN = eg.count_issues(eg.in_state("open"), by="place")
PARTS = eg.all_of(eg.slipped("黄单", during="round"), eg.not_(eg.category_is("垃圾")))


@eg.term("town.season")
@frozen(repr=False)
class season:
    """A cadence of a locality's own."""

    def round_of(self, day: date) -> eg.Round:
        return eg.quarter().round_of(day)


@pytest.mark.parametrize(
    ("term", "zh", "en"),
    [
        (
            eg.bands(OPEN, eg.Band(50, 10), eg.Band(100, 9), rest=0),
            "（问题个数：期末未整改）分档：50及以下得10分；100及以下得9分，其余得0分",
            "(the number of issues: open at the end of the round), in steps: 10 at 50 or less; 9 at 100 or less, else 0",
        ),
        (
            eg.bands(RULE, eg.Band(90, 10), eg.Band(80, "7.5"), rest=0),
            "‘督导’公布的得分分档：90及以上得10分；80及以上得7.5分，其余得0分",
            'the score stated by "督导", in steps: 10 at 90 or more; 7.5 at 80 or more, else 0',
        ),
        (
            eg.scaled(eg.count_issues(PARTS, by="place"), -1),
            "（问题个数：同时符合：本期已发‘黄单’；不符合：类别为‘垃圾’）×-1",
            "(the number of issues: all of: a slip “黄单” was issued in the round; not: of category “垃圾”) × -1",
        ),
        (eg.scaled(RULE, 2), "‘督导’公布的得分×2", 'the score stated by "督导" × 2'),
        (
            eg.bounded(eg.deductions(40, several="worst"), high=30),
            "（满分40，减去各渠道的扣分，扣完为止），不高于30",
            "(40 full marks less the deductions of any channel, not below zero), not above 30",
        ),
        (
            eg.any_of(eg.not_(eg.all_of(eg.below(60), eg.designated("涉农"))), eg.above_mean()),
            "符合其一：（不符合：同时符合：低于60（不含60）；属于‘涉农’）；高于本组平均",
            "any of: (not: all of: below 60; is “涉农”); above the mean of the group",
        ),
        (eg.to_date(eg.year(), RULE), "本年累计：‘督导’公布的得分", 'since the year began: the score stated by "督导"'),
        (
            eg.to_date(eg.two_months(), RULE),
            "本两月累计：‘督导’公布的得分",
            'since the two months began: the score stated by "督导"',
        ),
        (
            eg.to_date(season(), RULE),
            "town.season()累计：‘督导’公布的得分",
            'since town.season() began: the score stated by "督导"',
        ),
        (
            eg.change(eg.month(), RULE, steps=12),
            "比12期前（每月）的变化：‘督导’公布的得分",
            'the change since 12 rounds ago (every month): the score stated by "督导"',
        ),
        (
            eg.change(eg.month(), RULE),
            "比1期前（每月）的变化：‘督导’公布的得分",
            'the change since 1 round ago (every month): the score stated by "督导"',
        ),
        (eg.in_state("open"), "期末未整改", "open at the end of the round"),
        (eg.top(2, of="整改率：月", ties="include"), "“整改率：月”前2名", '"整改率：月" among the first 2'),
    ],
)
def test_a_phrase_can_be_read_in_one_way(term: Any, zh: str, en: str) -> None:
    assert ZH.phrase(term) == zh
    assert EN.phrase(term) == en


def test_what_is_proposed_in_each_round_is_proposed_from_the_kth_on() -> None:
    run = eg.streak(eg.below(60), 2, **DECLARED)
    assert "满次数起每期提出" in ZH.details(run)
    assert "proposed in each round from then on" in EN.details(run)


@pytest.mark.parametrize(
    ("when", "zh", "en"),
    [
        (eg.below(60), "2024-05未参评", "2024-05: not assessed"),
        (eg.below(60, of="满意率"), "2024-05未参评，或没有“满意率”", '2024-05: not assessed, or without "满意率"'),
        (
            eg.all_of(eg.placed("榜", "黑榜"), eg.below(60, of="满意率")),
            "2024-05未参评，或没有“榜”；“满意率”",
            '2024-05: not assessed, or without "榜"; "满意率"',
        ),
    ],
)
@pytest.mark.parametrize("counter", [eg.streak, lambda when, k, **more: eg.k_of_last(when, k, 3, **more)])
def test_a_round_that_lacks_a_figure_or_a_board_is_not_said_to_lack_the_unit(
    counter: Any, when: eg.Condition, zh: str, en: str
) -> None:
    reason = eg.Reason(counter(when, 2, **DECLARED), False, (eg.Gap(towns.month_of("2024-05"), "absent"),))
    assert eg.narrate(reason).splitlines()[1] == f"  {zh}"
    assert eg.narrate(reason, "en").splitlines()[1] == f"  {en}"


def test_a_scheme_says_what_its_deadlines_declare() -> None:
    stages = eg.Stage("部署", eg.hours(3)), eg.Stage("整改", eg.working_days(5))
    scheme = towns.scheme(
        deadlines=(
            eg.Limit(eg.staged(*stages, counted="from the stage before"), categories=("垃圾",)),
            eg.Limit(eg.calendar_days(7)),
        )
    )
    zh = "各阶段自上一阶段期满起算；3小时内：昼夜连续计算；5个工作日内：自次日起算，含调休上班日"
    assert eg.describe(scheme).splitlines()[-3:-1] == [
        f"  垃圾：部署：3小时内；整改：5个工作日内（{zh}）",
        "  各类问题：7日内（自次日起算，含节假日）",
    ]
    en = (
        "each stage counts from when the one before was due; 3 hours: around the clock; "
        "5 working days: from the next day on, make-up days included"
    )
    assert eg.describe(scheme, "en").splitlines()[-3:-1] == [
        f"  垃圾: 部署: 3 hours; 整改: 5 working days ({en})",
        "  any issue: 7 days (from the next day on, days off included)",
    ]
