"""How scores become standings: rounding, ties, tie-breakers, groups."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from attrs import field, frozen

from envgov.checks import is_tuple
from envgov.errors import FieldError, SchemeError
from envgov.exact import ZERO, as_points, in_units, round_to_units
from envgov.facts.evidence import Evidence
from envgov.policy.scoring.rule import ScoringRule, scores_of
from envgov.policy.term import answers, is_places, one_of, term
from envgov.reason import Reason
from envgov.results.ranking import Ranking, Standing

Method = Literal["competition", "dense", "ordinal"]
METHODS = ("competition", "dense", "ordinal")


@term("RankBy")
@frozen(repr=False)
class RankBy:
    """How a figure is ranked within each group.

    `places`: the decided number is the score rounded half up to that many; thresholds, means and ranks use it,
    so what is published is what was decided. `rank_on="exact"` decides on the unrounded score instead.
    `method`: equal numbers share a rank; the next rank counts the units ahead ("competition", 1224) or the
    ranks ("dense", 1223). With "ordinal" the `breakers` decide every tie, and no two units share a rank.
    `tolerance`: numbers that lie within it of the best of a tie are level with it.
    `breakers` otherwise never change a rank: they settle ties at a cut where a condition says `ties="break"`, the
    first that tells two units apart; one that is absent for any of the tied breaks nothing.
    `within` names a level of the grid: units are ranked against those below the same unit of it only, so that lists
    have their quota for each township.

    Raises:
        FieldError: when it ranks: two units stay level after every breaker, and the method is "ordinal".
        SchemeError: when it ranks: a unit lies below no unit of the level `within`.
    """

    places: int = field(validator=is_places)
    method: Method = field(default="competition", validator=one_of(*METHODS))
    rank_on: Literal["rounded", "exact"] = field(default="rounded", validator=one_of("rounded", "exact"))
    breakers: tuple[ScoringRule, ...] = field(default=(), validator=(is_tuple, answers("scores")))
    tolerance: Decimal = field(default=ZERO, converter=as_points)
    within: str = ""

    def __attrs_post_init__(self) -> None:
        if self.tolerance < 0:
            raise SchemeError(f"RankBy: a tolerance of {self.tolerance}: give 0 or more")
        if self.method == "ordinal" and (self.tolerance or not self.breakers):
            raise SchemeError("RankBy: ordinal ranks need breakers that settle every tie, and no tolerance")

    def rank(
        self,
        figure: str,
        rule: ScoringRule,
        scores: Mapping[str, Reason],
        groups: Mapping[str, str],
        evidence: Evidence,
    ) -> Ranking:
        """The standings of the units that have a score; `groups` names each unit's group."""
        groups = self.groups_of(groups, evidence)
        members = self._members(scores, groups, best_first=rule.better == "higher")
        ranked = [unit for of_group in members.values() for units in of_group.values() for unit in units]
        columns = [(breaker.better, scores_of(breaker, ranked, evidence)) for breaker in self.breakers]
        standings: list[Standing] = []
        for group, by_score in members.items():
            size = sum(map(len, by_score.values()))
            ahead = 0
            for place, tie in enumerate(_ties(list(by_score), self.tolerance), 1):
                decided = {unit: score for score in tie for unit in by_score[score]}
                for unit, before, level in self._settle(list(decided), columns):
                    in_front, tied = (before, 1) if self.method == "ordinal" else (0, len(decided))
                    standings.append(
                        Standing(
                            unit,
                            evidence.round,
                            group,
                            decided[unit],
                            place if self.method == "dense" else ahead + in_front + 1,
                            ahead + in_front,
                            tied,
                            size - ahead - in_front - tied,
                            before - in_front,
                            level,
                        )
                    )
                ahead += len(decided)
        return Ranking(figure, self.places, tuple(standings), better=rule.better if self.tolerance else None)

    def groups_of(self, groups: Mapping[str, str], evidence: Evidence) -> Mapping[str, str]:
        """The group in which each unit is ranked: the scheme's, narrowed by `within`."""
        return _groups_within(self.within, groups, evidence) if self.within else groups

    def _members(
        self, scores: Mapping[str, Reason], groups: Mapping[str, str], *, best_first: bool
    ) -> dict[str, dict[Decimal | Fraction, list[str]]]:
        """The units of each group that have a score, by the number that decides, from the best."""
        exact, places = self.rank_on == "exact", self.places
        found: dict[str, dict[int | Fraction, list[str]]] = defaultdict(lambda: defaultdict(list))
        for unit, reason in scores.items():
            if type(score := reason.value) is Fraction:
                found[groups[unit]][score if exact else round_to_units(score, places)].append(unit)
        return {
            group: {
                n if isinstance(n, Fraction) else in_units(n, places): by_score[n]
                for n in sorted(by_score, reverse=best_first)
            }
            for group, by_score in found.items()
        }

    def _settle(
        self, tied: Sequence[str], columns: Sequence[tuple[str, Mapping[str, Reason]]]
    ) -> Sequence[tuple[str, int, int]]:
        """Each tied unit, how many are put before it, and how many are left level: none, where ranks are ordinal."""
        if len(tied) == 1 or not columns:
            return [(unit, 0, len(tied)) for unit in tied]
        settled = tuple(_break_tie(tied, columns))
        if self.method == "ordinal" and (level := [(b, unit) for unit, b, n in settled if n > 1]):
            first, second, *_ = (unit for b, unit in sorted(level) if b == min(level)[0])
            raise FieldError(
                f"{first} and {second} are level after every breaker, and ordinal ranks share none: "
                "add a breaker that tells them apart, or rank by competition"
            )
        return settled


def _ties(order: Sequence[Decimal | Fraction], tolerance: Decimal) -> Iterator[list[Decimal | Fraction]]:
    """Numbers from the best to the worst, those together that lie within the tolerance of the best among them."""
    if not tolerance:
        yield from ([number] for number in order)
        return
    tie: list[Decimal | Fraction] = []
    for number in order:
        if tie and abs(Fraction(tie[0]) - Fraction(number)) > tolerance:
            yield tie
            tie = []
        tie.append(number)
    yield tie


def _groups_within(level: str, groups: Mapping[str, str], evidence: Evidence) -> dict[str, str]:
    """Each unit's group, narrowed to the units below the same unit of that level."""
    grid = evidence.grid
    named = Counter(unit.name for unit in grid.at_levels((level,)))
    out, outside = {}, []
    for unit, group in groups.items():
        above = next((code for code in grid.ancestors(unit) if grid[code].level == level), None)
        if above is None:
            outside.append(unit)
            continue
        name = grid[above].name if named[grid[above].name] == 1 else f"{grid[above].name} {above}"
        out[unit] = f"{group} / {name}" if group else name
    if outside:
        raise SchemeError(f"units are ranked within their {level}, and {', '.join(outside)} lie below none")
    return out


def _break_tie(
    tied: Sequence[str], columns: Sequence[tuple[str, Mapping[str, Reason]]]
) -> Iterator[tuple[str, int, int]]:
    """Each tied unit, how many of them are put before it, and how many are left level with it."""
    keys: dict[str, tuple[Fraction, ...]] = dict.fromkeys(tied, ())
    for better, column in columns:
        known = {unit: value for unit in tied if isinstance(value := column[unit].value, Fraction)}
        if len(known) == len(tied):
            keys = {unit: (*key, -known[unit] if better == "higher" else known[unit]) for unit, key in keys.items()}
    shared = Counter(keys.values())
    before, put_before = 0, {}
    for key in sorted(shared):
        put_before[key] = before
        before += shared[key]
    for unit, key in keys.items():
        yield unit, put_before[key], shared[key]
