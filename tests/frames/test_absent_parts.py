"""Exact ranks of sums whose parts some units lack are those of objects: six villages seen in 甲, four of them in 乙."""

from datetime import date
from decimal import Decimal

import pytest
from attrs import evolve

import envgov as eg
from envgov.frames import assess, tables_of
from frames.test_kinds_of_tables import MONTH, SCHEME

DAY = date(2024, 1, 9)
A, B = (eg.stated(channel, several="mean", better="higher") for channel in "甲乙")
SEEN = [
    eg.Inspection(str(n), DAY, channel, stated=Decimal(90 - n))
    for channel, count in (("甲", 6), ("乙", 4))
    for n in range(count)
]
FACTS = eg.Facts(eg.Grid([eg.Unit(str(n), f"{n}村", "村") for n in range(6)]), inspections=SEEN)
SHARES = eg.rank_share(A, places=0), eg.rank_share(B, places=0)


@pytest.mark.parametrize(
    "scoring",
    [
        eg.total(*SHARES, absent="zero"),
        eg.total(eg.from_mean(A), eg.from_mean(B), absent="zero"),
        eg.weighted(*(eg.Part(1, share) for share in SHARES), absent="zero"),
    ],
)
def test_units_that_lack_a_part_rank_exactly_among_those_that_have_it(scoring: eg.ScoringRule) -> None:
    scheme = evolve(SCHEME, scoring=scoring, ranking=eg.RankBy(1, rank_on="exact"), boards=())
    standings = assess(scheme, [MONTH], tables_of(FACTS)).to_polars()["standings"]
    by_objects = eg.assess_season(scheme, FACTS).latest.record.standings
    assert dict(standings.select("unit", "rank").rows()) == {s.unit: s.rank for s in by_objects}
