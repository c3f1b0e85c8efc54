"""Lists of a share, shortened lists, tolerance, ordinal ranks, quotas and means of a field, against their words."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, example, given, settings, strategies as st

import envgov as eg
from envgov.testing import strategies as own, words
from envgov.testing.strategies import Field
from references import asked, decided, negated, ranks, reference

MANY = settings(max_examples=max(200, settings().max_examples))
ROUND = {"down": ROUND_FLOOR, "up": ROUND_CEILING, "half up": ROUND_HALF_UP}
PERCENT = st.sampled_from(("0.5", "10", "20", "25", "33.3", "50", "66.7", "75", "99.5")).map(Decimal)
ROUNDING = st.sampled_from(words.ROUNDINGS)
TIE = st.sampled_from(words.TIES)
PLAIN: dict[Any, Any] = {eg.top: eg.top, eg.bottom: eg.bottom, eg.top_share: eg.top, eg.bottom_share: eg.bottom}
SHARES = st.builds(
    lambda cls, percent, rounding, ties: cls(percent, rounding=rounding, ties=ties),
    st.sampled_from((eg.top_share, eg.bottom_share)),
    PERCENT,
    ROUNDING,
    TIE,
)


def seats_of(share: Any, size: int) -> int:
    """So many of a group, rounded as the share says, and one fewer than the group at most."""
    exact = share.percent * size / 100
    return int(min(exact.quantize(Decimal(1), ROUND[share.rounding]), size - 1))


def of_size(cls: Any, n: int, field: Field, numbers: Mapping[str, Decimal], ties: Any) -> dict[str, bool | None]:
    """What the reference for lists of n says; a list of none names nobody."""
    return reference(field, numbers, PLAIN[cls](n, ties=ties)) if n > 0 else dict.fromkeys(numbers, False)


# --- shares ---


@MANY
@given(own.fields(), SHARES)
def test_a_share_names_as_many_as_its_rounding_says(field: Field, share: Any) -> None:
    numbers = decided(field)
    expected = of_size(type(share), seats_of(share, len(numbers)), field, numbers, share.ties)
    assert asked(field.assess(), share) == expected


@given(own.fields(), PERCENT, ROUNDING, TIE)
def test_5_negated_scores_swap_the_shares(field: Field, percent: Decimal, rounding: Any, ties: Any) -> None:
    first, last = (cls(percent, rounding=rounding, ties=ties) for cls in (eg.top_share, eg.bottom_share))
    assert asked(field.assess(), first) == asked(negated(field).assess(), last)


@given(own.fields(), SHARES)
def test_6_a_share_has_room_for_what_its_ties_rule_says(field: Field, share: Any) -> None:
    held = list(asked(field.assess(), share).values())
    seats = seats_of(share, len(held)) if held else 0
    if share.ties == "include" and len(set(decided(field).values())) > 1:
        assert held.count(True) >= seats
    if share.ties != "include":
        assert held.count(True) <= max(seats, 0)


@pytest.mark.parametrize("rounding", words.ROUNDINGS)
@pytest.mark.parametrize("percent", [Decimal(1) / 2, *map(Decimal, (10, 25, 50, 75)), Decimal("99.9")])
def test_a_share_is_rounded_as_it_says_and_never_the_whole_group(percent: Decimal, rounding: Any) -> None:
    for cls in (eg.top_share, eg.bottom_share):
        share = cls(percent, rounding=rounding, ties="include")
        assert [share.seats(size) for size in range(1, 41)] == [seats_of(share, size) for size in range(1, 41)]
        assert all(share.seats(size) < size for size in range(1, 41))


# --- lists in small fields ---


FOUR = Field({unit: Decimal(90 - n) for n, unit in enumerate("甲乙丙丁")}, (), dict.fromkeys("甲乙丙丁", "涉农"))


@MANY
@given(
    own.fields(min_assessed=2),
    st.integers(1, 6),
    st.integers(1, 6),
    st.sampled_from(("none", "fewer", "share")),
    PERCENT.filter(lambda percent: percent <= 50),
    TIE,
)
@example(FOUR, 1, 4, "fewer", Decimal(50), "include")
@example(FOUR, 1, 4, "share", Decimal(50), "include")
def test_a_small_field_shortens_its_lists_as_the_board_says(
    field: Field, n: int, m: int, small: Any, percent: Decimal, ties: Any
) -> None:
    share = percent if small == "share" else None
    first, last = eg.top(n, ties=ties), eg.bottom(m, ties=ties)
    board = eg.Board("榜", (eg.Tier("红榜", first), eg.Tier("黑榜", last)), "其他", small, share)
    numbers = decided(field)
    size, room = len(numbers), n + m
    seats = {}
    for name, wanted in (("红榜", n), ("黑榜", m)):
        capped = {"none": 0, "fewer": wanted * size // room, "share": min(wanted, int(percent * size / 100))}[small]
        seats[name] = wanted if size >= room else capped
    assert [board.seats(tier.when, size) for tier in board.tiers] == list(seats.values())
    red = of_size(eg.top, seats["红榜"], field, numbers, ties)
    black = of_size(eg.bottom, seats["黑榜"], field, numbers, ties)
    expected: dict[str, str] = {}
    for unit in numbers:
        in_red, in_black = red[unit], black[unit]
        expected[unit] = (
            eg.PENDING
            if in_red is None
            else "红榜"
            if in_red
            else eg.PENDING
            if in_black is None
            else "黑榜"
            if in_black
            else "其他"
        )
    record = field.assess(boards=(board,)).record
    assert {p.unit: p.tier for p in record.placements} == expected


# --- tolerance ---


def ties_within(numbers: Mapping[str, Decimal], tolerance: Decimal) -> list[set[str]]:
    """From the best down: the best number that is left, and all that lie within the tolerance of it."""
    left, ties = dict(numbers), []
    while left:
        best = max(left.values())
        tie = {unit for unit, number in left.items() if best - number <= tolerance}
        ties.append(tie)
        left = {unit: number for unit, number in left.items() if unit not in tie}
    return ties


@MANY
@given(own.fields(), st.sampled_from(("higher", "lower")), own.marks(0, 10), st.sampled_from(("competition", "dense")))
def test_4_numbers_within_the_tolerance_of_the_best_of_a_tie_share_its_rank(
    field: Field, better: Any, tolerance: Decimal, method: Any
) -> None:
    expected: dict[str, int] = {}
    ahead = 0
    for place, tie in enumerate(ties_within(decided(field, better), tolerance), 1):
        expected |= dict.fromkeys(tie, place if method == "dense" else ahead + 1)
        ahead += len(tie)
    assert ranks(field.assess(better, method=method, tolerance=tolerance)) == expected


def of_scores(*scores: int) -> Field:
    named = {unit: Decimal(score) for unit, score in zip("甲乙丙丁", scores, strict=False)}
    return Field(dict(named), (), dict.fromkeys(named, "涉农"))


def test_5_exception_tolerance_anchors_at_the_best_and_has_no_mirror() -> None:
    field = of_scores(90, 88, 86)
    assert ranks(field.assess(tolerance=2)) == {"甲": 1, "乙": 1, "丙": 3}
    assert ranks(negated(field).assess(tolerance=2)) == {"丙": 1, "乙": 1, "甲": 3}
    last = eg.bottom(1, ties="include")
    assert asked(field.assess(tolerance=2), last) == {"甲": False, "乙": False, "丙": True}
    assert asked(negated(field).assess(tolerance=2), eg.top(1, ties="include"))["乙"] is True


@given(own.fields(min_assessed=1), own.marks(0, 50), own.marks(0, 5))
def test_9_a_unit_below_everybody_by_more_than_the_tolerance_changes_no_rank(
    field: Field, last: Decimal, tolerance: Decimal
) -> None:
    before = ranks(field.assess(tolerance=tolerance))
    after = ranks(field.mapped({**field.scores, "末": last}).assess(tolerance=tolerance))
    assert {unit: rank for unit, rank in after.items() if unit != "末"} == before


# --- ordinal ---


def numbered(field: Field) -> Field:
    """A last breaker that is another number for every unit."""
    column: own.Scores = {unit: Decimal(n) for n, unit in enumerate(sorted(field.scores))}
    return field._replace(breakers=(*field.breakers[:1], ("lower", column)))


@given(own.fields())
def test_4_ordinal_ranks_follow_the_score_and_then_the_breakers(given_: Field) -> None:
    field = numbered(given_)
    assume(len(field.breakers) == 2)
    (better, column), (_, order) = field.breakers
    numbers = decided(field)
    sign = -1 if better == "higher" else 1

    def breaks(tied: list[str]) -> list[str]:
        """The first breaker counts where it is known for all of the tied."""
        known = all(column[unit] is not None for unit in tied)
        return sorted(tied, key=lambda u: ((sign * (column[u] or 0)) if known else 0, order[u] or 0))

    best_first = [
        unit
        for number in sorted(set(numbers.values()), reverse=True)
        for unit in breaks([u for u in numbers if numbers[u] == number])
    ]
    expected = {unit: rank for rank, unit in enumerate(best_first, 1)}
    assessment = field.assess(method="ordinal")
    assert ranks(assessment) == expected
    for s in assessment.record.standings:
        assert (s.ahead, s.tied, s.behind) == (s.rank - 1, 1, len(expected) - s.rank)
        assert asked(assessment, eg.top(2, ties="decide"))[s.unit] is (s.rank <= 2 and len(expected) > 1)


@given(own.fields())
def test_4_two_units_that_no_breaker_tells_apart_have_no_ordinal_ranks(field: Field) -> None:
    numbers = decided(field)
    tied = [unit for unit in numbers if Counter(numbers.values())[numbers[unit]] > 1]
    level = field._replace(breakers=(("higher", dict.fromkeys(field.scores, Decimal(5))),))
    if tied:
        with pytest.raises(eg.SchemeError, match="are level after every breaker"):
            level.assess(method="ordinal")
    else:
        assert sorted(ranks(level.assess(method="ordinal")).values()) == list(range(1, len(numbers) + 1))


# --- within, and means ---


@given(own.cases())
def test_8_units_are_ranked_within_their_group_and_township_alone(case: own.Case) -> None:
    grid = case.facts.grid
    for assessment in case.season:
        scheme, record = case.judging(assessment), assessment.record
        for figure, ranking in zip(scheme.ranked, record.rankings, strict=True):
            apart: dict[tuple[str, ...], list[eg.Standing]] = {}
            for s in ranking.standings:
                own_group = [group for group in scheme.groups if group in grid[s.unit].designations]
                above = [u for u in grid.ancestors(s.unit) if grid[u].level == figure.ranking.within]
                apart.setdefault((*own_group, *above), []).append(s)
            for standings in apart.values():
                assert {s.size for s in standings} == {len(standings)}
                assert len({s.group for s in standings}) == 1
                assert min(s.ahead for s in standings) == 0
            assert len({s.group for s in ranking.standings}) == len(apart)


@given(own.fields())
def test_above_and_below_mean_compare_with_the_exact_mean_of_the_decided_numbers(field: Field) -> None:
    assessment, numbers = field.assess(grouped=True), decided(field)
    for unit, number in numbers.items():
        group = [Fraction(x) for other, x in numbers.items() if field.groups[other] == field.groups[unit]]
        mean = sum(group) / len(group)
        assert asked(assessment, eg.above_mean())[unit] is (number > mean)
        assert asked(assessment, eg.below_mean())[unit] is (number < mean)


@given(own.fields(), own.marks(60, 100))
def test_what_asks_for_a_number_neither_holds_nor_fails_for_a_unit_without_one(field: Field, x: Decimal) -> None:
    record, absent = field.assess().record, set(field.scores) - set(field.assessed)
    for condition in (
        eg.at_least(x),
        eg.below(x),
        eg.top(1, ties="include"),
        eg.bottom_share(30, rounding="up", ties="decide"),
    ):
        for unit in absent:
            place = eg.Place(unit, record, ())
            assert condition.at(place).value is False
            assert eg.not_(condition).at(place).value is False


# --- the exceptions of 9 and 3 that the design names ---


def mean_ranked(**ranks: tuple[tuple[int, int], ...]) -> dict[str, Fraction]:
    """The mean of the ranks that units received in lists of different lengths."""
    day = own_day()
    facts = eg.Facts(
        eg.Grid([eg.Unit(u, u, "村") for u in ranks]),
        stated_ranks=[
            eg.StatedRank(unit, day, f"名单{n}", rank, of)
            for unit, given_ in ranks.items()
            for n, (rank, of) in enumerate(given_)
        ],
    )
    rule = eg.mean_rank(
        eg.stated_rank("名单0", several="mean"), eg.stated_rank("名单1", several="mean"), absent="renormalise"
    )
    scores = rule.scores(list(ranks), facts.during(eg.month().round_of(day)))
    return {unit: value for unit, reason in scores.items() if isinstance(value := reason.value, Fraction)}


def own_day() -> Any:
    return eg.month().round_of(date(2024, 2, 29)).start


def test_9_exception_a_last_unit_more_in_one_list_changes_the_order_by_mean_rank() -> None:
    two_of_three = mean_ranked(甲=((1, 3), (5, 8)), 乙=((2, 3), (2, 8)))
    assert two_of_three["乙"] < two_of_three["甲"]  # 11/24 and 23/48
    one_more = mean_ranked(甲=((1, 3), (5, 20)), 乙=((2, 3), (2, 20)))
    assert one_more["甲"] < one_more["乙"]  # 7/24 and 23/60
