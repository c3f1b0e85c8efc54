"""What type checkers must accept, and refuse: read by mypy alone (an unused ignore is an error), never run."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import assert_type

import envgov as eg

rule: eg.ScoringRule = eg.total(
    eg.deductions(40, "物业", several="mean"),
    eg.deductions(eg.Rubric(30, items=(eg.Item("垃圾", Decimal(5)),)), several="worst"),
    eg.mean_of_children(eg.stated("抽查", several="latest")),
    absent="zero",
)
condition: eg.Condition = eg.all_of(eg.top(3, ties="include"), eg.below("80"), eg.any_of())
cadence: eg.Cadence = eg.month()

scheme = eg.Scheme(
    id="s",
    levels=("村",),
    cadence=cadence,
    since=date(2024, 1, 1),
    source=eg.Source("办法"),
    scoring=rule,
    ranking=eg.RankBy(places=2),
    boards=(eg.Board("榜", (eg.Tier("红榜", condition, "praise"),), rest="其他"),),
)
assessment = eg.assess(scheme, cadence.round_of(date(2024, 5, 1)), eg.Facts(eg.Grid(())))
assert_type(assessment, eg.Assessment)
assert_type(assessment.record.standings[0].score, Decimal | Fraction)
assert_type(assessment.explain("甲"), eg.Reason)
assert_type(eg.assess_season(scheme, eg.read_season("season")).latest, eg.Assessment)
season = eg.assess_season(scheme, eg.read_season("season"))
assert_type(eg.compare(season, season), eg.Comparison)
assert_type(eg.compare(assessment, assessment).latest.movers, tuple[eg.Move, ...])
assert_type(eg.compare(assessment, assessment).explain("甲"), eg.Reason)

eg.compare(season, assessment)  # type: ignore[call-overload]
eg.top("5", ties="include")  # type: ignore[arg-type]
eg.top(5)  # type: ignore[call-arg]
eg.top(5, ties="random")  # type: ignore[arg-type]
eg.all_of(lambda _: True)  # type: ignore[arg-type]
eg.all_of(rule)  # type: ignore[arg-type]
eg.total(condition, absent="zero")  # type: ignore[arg-type]
eg.deductions(40)  # type: ignore[call-arg]
eg.Finding("垃圾", 1.5)  # type: ignore[arg-type]
eg.Scheme(id="s", levels="村", cadence=cadence, since=date(2024, 1, 1), source=eg.Source("x"))  # type: ignore[arg-type]
eg.asses  # type: ignore[attr-defined]  # noqa: B018
