"""Places turned into numbers: ranks within a list, ranks received, distance from the mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate
from typing import ClassVar, Literal

from attrs import field, frozen

from envgov.checks import is_text
from envgov.errors import SchemeError
from envgov.exact import mean_of, round_half_up
from envgov.facts.evidence import Evidence
from envgov.policy.scoring.rule import Better, Scores, ScoringRule, known_of, one_direction, scores_of, why_absent
from envgov.policy.term import answers, is_places, one_of, parts, term
from envgov.reason import Absent, Reason


def _ranks(rule: ScoringRule, inner: Mapping[str, Reason], places: int) -> dict[str, int]:
    """Competition ranks of the numbers, rounded half up to `places`, among all units that have one."""
    rounded: dict[str, Decimal] = {
        unit: round_half_up(value, places)
        for unit, reason in inner.items()
        if isinstance(value := reason.value, Fraction)
    }
    tied = Counter(rounded.values())
    order = sorted(tied, reverse=rule.better == "higher")
    ahead = dict(zip(order, accumulate((tied[number] for number in order), initial=0), strict=False))
    return {unit: ahead[number] + 1 for unit, number in rounded.items()}


@term("rank_in")
@frozen(repr=False)
class rank_in:
    """The unit's rank by the rule in the scheme's whole field: one more than the units strictly better.

    Numbers are rounded half up to `places` first, and equal ones share a rank. Groups are not looked at. Turned into
    points by `bands` or `piecewise`.
    """

    of: ScoringRule = field(validator=answers("scores"))
    places: int = field(kw_only=True, validator=is_places)
    cite: str = field(default="", kw_only=True)
    better: ClassVar[Better] = "lower"

    def scores(self, units: Sequence[str], evidence: Evidence) -> Scores:
        inner = scores_of(self.of, units, evidence)
        ranks = _ranks(self.of, inner, self.places)
        return {
            unit: Reason(self, Fraction(ranks[unit]) if unit in ranks else inner[unit].value, (inner[unit],))
            for unit in units
        }


@term("rank_share")
@frozen(repr=False)
class rank_share:
    """The unit's rank by the rule, divided by the number of units that have one: 117 of 151 is 117/151.

    Ranks as for `rank_in`. So lists of different lengths can be compared.
    """

    of: ScoringRule = field(validator=answers("scores"))
    places: int = field(kw_only=True, validator=is_places)
    cite: str = field(default="", kw_only=True)
    better: ClassVar[Better] = "lower"

    def scores(self, units: Sequence[str], evidence: Evidence) -> Scores:
        inner = scores_of(self.of, units, evidence)
        ranks = _ranks(self.of, inner, self.places)
        return {
            unit: Reason(
                self, Fraction(ranks[unit], len(ranks)) if unit in ranks else inner[unit].value, (inner[unit],)
            )
            for unit in units
        }


@term("stated_rank")
@frozen(repr=False)
class stated_rank:
    """The rank received through a channel, divided by the length of its list: 3 of 11 is 3/11.

    `several` says what counts when a unit has more than one in a round, as for `stated`. Without any it is not
    assessed.
    """

    channel: str = field(validator=is_text)
    several: Literal["mean", "latest", "worst", "best"] = field(
        kw_only=True, validator=one_of("mean", "latest", "worst", "best")
    )
    cite: str = field(default="", kw_only=True)
    better: ClassVar[Better] = "lower"

    def scores(self, units: Sequence[str], evidence: Evidence) -> Scores:
        out = {}
        for unit in units:
            seen = evidence.stated_ranks(unit, self.channel)
            shares = [Fraction(r.rank, r.of) for r in seen]
            if self.several == "latest":
                shares = [share for share, r in zip(shares, seen, strict=True) if r.day == seen[-1].day]
            out[unit] = Reason(self, self._chosen(shares) if shares else Absent.NOT_ASSESSED, seen)
        return out

    def _chosen(self, shares: list[Fraction]) -> Fraction:
        if self.several in ("mean", "latest"):
            return mean_of(shares)
        return max(shares) if self.several == "worst" else min(shares)


@term("mean_rank")
@frozen(repr=False, init=False)
class mean_rank:
    """The mean of several lists' ranks, each divided by the length of its list: a share, of which lower is better.

    The parts are `stated_rank` and `rank_share`. `absent`: a list without the unit is left out ("renormalise"), or leaves it
    not assessed; when every list lacks it, it is not assessed either way. Adding a unit changes the length of a
    list, and so may change the order of others.
    """

    parts: tuple[ScoringRule, ...] = parts("scores")
    absent: Literal["renormalise", "not assessed"] = field(
        kw_only=True, validator=one_of("renormalise", "not assessed")
    )
    cite: str = field(default="", kw_only=True)
    better: ClassVar[Better] = "lower"

    def __init__(
        self,
        *given: ScoringRule,
        parts: tuple[ScoringRule, ...] = (),  # for attrs.evolve
        absent: Literal["renormalise", "not assessed"],
        cite: str = "",
    ) -> None:
        self.__attrs_init__((*given, *parts), absent=absent, cite=cite)
        if one_direction(self.parts) != "lower":
            raise SchemeError(f"{self!r}: ranks are lower where they are better: give stated_rank and rank_share")

    def scores(self, units: Sequence[str], evidence: Evidence) -> Scores:
        columns = [scores_of(part, units, evidence) for part in self.parts]
        out = {}
        for unit in units:
            given = tuple(column[unit] for column in columns)
            known = known_of(given)
            enough = known and (len(known) == len(given) or self.absent == "renormalise")
            out[unit] = Reason(self, mean_of(known) if enough else why_absent(given), given)
        return out


@term("from_mean")
@frozen(repr=False)
class from_mean:
    """How far the rule's number lies above the mean of the scheme's whole field; below it is negative.

    The mean is exact, of the unrounded numbers of all units that have one; in a further figure, of those that have a
    score too. Scaled, these are rewards and penalties that add up to zero.
    """

    of: ScoringRule = field(validator=answers("scores"))
    cite: str = field(default="", kw_only=True)

    @property
    def better(self) -> Better:
        return self.of.better

    def scores(self, units: Sequence[str], evidence: Evidence) -> Scores:
        inner = scores_of(self.of, units, evidence)
        known = known_of(inner.values())
        mean = mean_of(known) if known else Fraction(0)
        return {
            unit: Reason(
                self, value - mean if isinstance(value := inner[unit].value, Fraction) else value, (inner[unit],)
            )
            for unit in units
        }
