"""A sound plugin: two kinds of its own, and schemes that read every book, in editions, groups and townships."""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import ClassVar, Literal

from attrs import evolve, frozen

import envgov as eg
from meta.town import LAST, board, scheme

ENVGOV_API = 1


@eg.term("town.no_open_fires")
@frozen(repr=False)
class no_open_fires:
    """Zero for a unit where one of these was found (秸秆焚烧一票否决); else what `of` says."""

    of: eg.ScoringRule
    items: tuple[str, ...]

    @property
    def better(self) -> Literal["higher", "lower"]:
        return self.of.better

    def scores(self, units: Sequence[str], evidence: eg.Evidence) -> Mapping[str, eg.Reason]:
        out = {}
        for unit, inner in self.of.scores(units, evidence).items():
            fires = tuple(i for i in evidence.inspections(unit) if any(f.item in self.items for f in i.findings))
            out[unit] = eg.Reason(self, Fraction(0), fires) if fires else eg.Reason(self, inner.value, (inner,))
        return out


@eg.term("town.far_below_mean")
@frozen(repr=False)
class far_below_mean:
    """At least `by` points below the mean of its group."""

    by: int

    def at(self, place: eg.Place) -> eg.Reason:
        standing = place.standing()
        if standing is None:
            return eg.Reason(self, False, ())
        mean = place.record.ranking().mean(standing.group)
        return eg.Reason(self, mean - Fraction(standing.score) >= self.by, (standing,))


@eg.term("town.returned")
@frozen(repr=False)
class returned:
    """The issue came back from whoever rectified it."""

    subject: ClassVar[str] = "issue"

    def at(self, place: eg.Place) -> eg.Reason:
        return eg.happened("rejected", during="ever").at(place)._replace(rule=self)


TWICE = eg.streak(LAST, 2, unheld="break", absent="skip", repeat="once", editions="carry", heads="restart")
VILLAGES = scheme(
    scoring=no_open_fires(eg.deductions(100, "督导", several="mean"), ("秸秆焚烧",)),
    boards=(board(far_below_mean(20)),),
    ladders=(
        eg.Ladder((eg.Rung("约谈", TWICE, ("村支书",)),), publish="every rung"),
        eg.Ladder((eg.Rung("督办", returned(), ("村支书",)),), subject="issue", publish="every rung"),
    ),
    head="村支书",
    exempt=eg.any_of(eg.designated("搬迁"), eg.ruled("受灾", "领导小组")),
)
SECOND = evolve(
    VILLAGES,
    since=date(2024, 3, 1),
    ranking=eg.RankBy(places=1, rank_on="exact"),
    boards=(board(eg.at_most("59.5")),),
)
TOWNSHIPS = scheme(
    id="townships",
    levels=("镇",),
    cadence=eg.quarter(),
    among="示范",
    groups=("涉农", "城区"),
    scoring=eg.mean_over(
        eg.month(),
        eg.mean_of_children(eg.stated("督导", several="mean")),
        absent="skip",
        unheld="skip",
    ),
)
BOOKS = scheme(
    id="books",
    ranking=eg.RankBy(places=2, within="镇"),
    scoring=eg.total(
        eg.rate(eg.on_time("closed"), eg.due(during="round"), by="place", empty="full"),
        eg.satisfaction("回访", among="asked", empty="zero"),
        eg.amount("清运垃圾", empty="zero"),
        eg.progress(),
        eg.accepted(),
        eg.scaled(eg.count_duties("日报", which="late or missing"), -1),
        eg.scaled(eg.stated_rank("无人机", several="mean"), -1),
        absent="zero",
    ),
)
ORDINAL = scheme(
    id="ordinal",
    ranking=eg.RankBy(places=0, method="ordinal", breakers=(eg.count_findings(channel="督导"),)),
    ladders=(
        eg.Ladder(
            (eg.Rung("督办", eg.slipped("红单", during="ever"), ("村支书",)),), subject="issue", publish="every rung"
        ),
    ),
)
UNRANKED = scheme(
    id="slips", since=date(2024, 1, 15), scoring=None, ranking=None, boards=(board(eg.ruled("成效显著", "领导小组")),)
)


@eg.hookimpl
def envgov_localities() -> list[eg.Locality]:
    return [eg.Locality("sound", "示例县", (VILLAGES, SECOND, TOWNSHIPS, BOOKS, ORDINAL, UNRANKED))]


@eg.hookimpl
def envgov_kinds() -> list[type]:
    return [no_open_fires, far_below_mean, returned]
