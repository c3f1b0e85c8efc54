"""A worked case in which nobody was assessed says the likely cause: mostly it is a word, a year, or the wrong field."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar, Literal

import pytest
from attrs import evolve, frozen

import envgov as eg
from envgov.testing.unheld import causes
from envgov.testing.worked_cases import CaseError, Expected, WorkedCase
from meta.town import scheme

STATED = scheme(scoring=eg.stated("督导", several="mean"))
LISTED = scheme(scoring=eg.deductions(100, "督导", several="mean"))
RANKED = scheme(scoring=eg.stated_rank("无人机", several="mean"))
SURVEYED = scheme(scoring=eg.satisfaction("回访", among="asked", empty="not assessed"))
CHARTED = scheme(scoring=eg.progress())
GRID = eg.Grid([eg.Unit("甲村", "甲村", "村")])
MAY = date(2024, 5, 31)


@eg.term("town.nobody")
@frozen(repr=False)
class nobody:
    better: ClassVar[Literal["higher"]] = "higher"

    def scores(self, units: Sequence[str], evidence: eg.Evidence) -> Mapping[str, eg.Reason]:  # noqa: ARG002
        return {unit: eg.Reason(self, eg.Absent.NOT_ASSESSED, ()) for unit in units}


def told(edition: eg.Scheme, label: str = "", grid: eg.Grid = GRID, **facts: Any) -> list[str]:
    return list(causes((edition,), eg.Facts(grid, **facts), label))


def score(day: date = MAY, channel: str = "督导") -> eg.Inspection:
    return eg.Inspection("甲村", day, channel, stated=eg.points(90))


def test_a_day_before_the_scheme_applies_is_told_with_the_day_since_which_it_does() -> None:
    early = [score(date(2023, 12, 31)), score(date(2023, 11, 30)), score(date(2023, 11, 2))]
    assert told(STATED, inspections=early) == [
        "2023-11（2023-11-01至2023-11-30）早于办法施行，办法自2024-01-01起施行",
        "2023-12（2023-12-01至2023-12-31）早于办法施行，办法自2024-01-01起施行",
    ]
    assert told(STATED, "2023-12", inspections=[*early, score()]) == [
        "2023-12（2023-12-01至2023-12-31）早于办法施行，办法自2024-01-01起施行"
    ]


def test_a_round_without_facts_is_told() -> None:
    assert told(STATED, "2024-06", inspections=[score()]) == ["没有这一期的事实"]
    assert told(STATED) == ["没有任何事实"]


def test_a_channel_that_the_scheme_does_not_read_is_told_beside_the_one_that_it_does() -> None:
    assert told(STATED, inspections=[score(channel="督查")]) == [
        "渠道“督查”的得分（scores）办法不采用，办法采用的渠道为“督导”，是否应为“督导”"
    ]
    assert told(STATED, inspections=[score(channel="drone")]) == [
        "渠道“drone”的得分（scores）办法不采用，办法采用的渠道为“督导”"
    ]
    seen = [eg.Inspection("甲村", MAY, "督查")]
    assert told(LISTED, inspections=seen) == [
        "渠道“督查”的扣分项（findings）办法不采用，办法采用的渠道为“督导”，是否应为“督导”"
    ]


def test_scores_for_a_scheme_that_reads_findings_are_told_and_the_reverse() -> None:
    assert told(LISTED, inspections=[score()]) == ["所给的是得分（scores），办法不采用；办法采用的是扣分项（findings）"]
    assert told(STATED, inspections=[eg.Inspection("甲村", MAY, "督导")]) == [
        "所给的是扣分项（findings），办法不采用；办法采用的是得分（scores）"
    ]


def test_ranks_and_surveys_have_channels_too() -> None:
    rank = eg.StatedRank("甲村", MAY, "无人飞机", 3, 12)
    assert told(RANKED, stated_ranks=[rank]) == [
        "渠道“无人飞机”的名次（ranks）办法不采用，办法采用的渠道为“无人机”，是否应为“无人机”"
    ]
    survey = eg.Survey("甲村", MAY, "问卷", 12, 10, 9)
    assert told(SURVEYED, surveys=[survey]) == ["渠道“问卷”的满意度调查（surveys）办法不采用，办法采用的渠道为“回访”"]
    every = scheme(scoring=eg.satisfaction(among="asked", empty="not assessed"))
    assert told(every, surveys=[survey]) == []


def test_what_the_scheme_reads_otherwise_is_told_where_it_is_not_given() -> None:
    output = eg.Output("甲村", MAY, "清运垃圾", eg.points(3), "吨")
    assert told(STATED, outputs=[output]) == ["没有给出办法采用的得分（scores）"]
    assert told(CHARTED, inspections=[score()]) == ["所给的是得分（scores），办法不采用；办法采用的是其他事实"]


def test_facts_of_other_rounds_are_no_cause() -> None:
    april = score(date(2024, 4, 30), "督查")
    assert told(STATED, "2024-05", inspections=[april, eg.Inspection("甲村", MAY, "督导")]) == [
        "所给的是扣分项（findings），办法不采用；办法采用的是得分（scores）"
    ]


def test_a_field_without_units_is_told_with_the_level_that_is_wanted() -> None:
    grid = eg.Grid([eg.Unit("甲村", "甲村", "行政村")])
    assert told(STATED, grid=grid, inspections=[score()]) == ["没有单位属于考评范围：办法考评的级别为“村”"]
    some = evolve(STATED, levels=("村", "社区"), among="示范")
    assert told(some, inspections=[score()]) == ["没有单位属于考评范围：办法考评的级别为“村”、“社区”，类别为“示范”"]


def test_of_a_rule_of_ones_own_nothing_is_supposed() -> None:
    assert told(scheme(scoring=nobody()), inspections=[score(channel="督查")]) == []


def test_the_causes_stand_below_the_round_that_was_not_held() -> None:
    facts = eg.Facts(GRID, inspections=[score(channel="督查")])
    case = WorkedCase("例", "原文", (STATED,), facts, (Expected("甲村", rank=1),))
    with pytest.raises(CaseError) as caught:
        case.verify()
    assert str(caught.value).splitlines()[2:] == [
        "甲村：最后一期无人参评；有考评的各期：无",
        "  可能的原因：渠道“督查”的得分（scores）办法不采用，办法采用的渠道为“督导”，是否应为“督导”",
    ]


def test_of_several_rounds_that_were_held_each_is_named() -> None:
    facts = eg.Facts(GRID, inspections=[score(date(2024, 4, 30)), score()])
    case = WorkedCase("例", "原文", (STATED,), facts, (Expected("甲村", round="2024-06", rank=1),))
    with pytest.raises(CaseError) as caught:
        case.verify()
    assert str(caught.value).splitlines()[2:] == [
        "甲村：2024-06无人参评；有考评的各期：2024-04、2024-05",
        "  可能的原因：没有这一期的事实",
    ]
