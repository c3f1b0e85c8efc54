"""Rubrics and inspections: deductions, caps, the floor, stated scores, and what is refused."""

from datetime import date
from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, strategies as st

from envgov.facts.inspection import Finding, Inspection, Item, Mode, Rubric

DAY = date(2024, 5, 1)
ROADS, RIVERS = Item("路面", Decimal(5)), Item("河道", Decimal("2.5"))


def visit(*deductions: tuple[str, str | int]) -> Inspection:
    return Inspection("v1", DAY, "督导", tuple(Finding(item, Decimal(points)) for item, points in deductions))


@pytest.mark.parametrize(
    ("found", "marks"),
    [
        ((), "100"),
        ((("路面", 1), ("路面", "0.5")), "98.5"),
        ((("路面", 5),), "95"),
        ((("路面", 4), ("路面", "1.1")), "95"),
        ((("路面", 9), ("河道", 9)), "92.5"),
        ((("路面", 9), ("河道", 2)), "93"),
        ((("墙面", 9),), "91"),
        ((("路面", 9), ("墙面", "0.001")), "94.999"),
        ((("墙面", 99), ("路面", 1)), "0"),
        ((("墙面", 100),), "0"),
        ((("墙面", 100), ("路面", 5)), "0"),
        ((("墙面", 95), ("路面", 50)), "0"),
        ((("墙面", "94.9"), ("路面", 50)), "0.1"),
        ((("路面", 0),), "100"),
    ],
)
def test_marks_are_full_marks_less_each_item_up_to_its_cap_and_not_below_zero(
    found: tuple[tuple[str, str | int], ...], marks: str
) -> None:
    assert Rubric(Decimal(100), (ROADS, RIVERS)).marks(visit(*found)) == Decimal(marks)


@pytest.mark.parametrize(
    ("found", "marks"),
    [((), "10"), ((("路面", 9),), "1"), ((("路面", 9), ("河道", "0.9")), "0.1"), ((("路面", 9), ("河道", 2)), "0")],
)
def test_without_items_every_deduction_counts_in_full(found: tuple[tuple[str, str | int], ...], marks: str) -> None:
    assert Rubric(Decimal(10)).marks(visit(*found)) == Decimal(marks)


def test_a_cap_of_zero_deducts_nothing_under_its_item() -> None:
    assert Rubric(Decimal(100), (Item("路面", Decimal(0)),)).marks(visit(("路面", 9), ("墙面", 1))) == 99


@given(st.lists(st.tuples(st.sampled_from(("路面", "河道", "墙面")), st.integers(0, 40)), max_size=6), st.randoms())
def test_one_more_deduction_never_raises_the_marks_and_order_never_matters(
    found: list[tuple[str, int]], random: Any
) -> None:
    rubric = Rubric(Decimal(100), (ROADS, RIVERS))
    shuffled = random.sample(found, len(found))
    assert visit(*shuffled) == visit(*found)
    marks = [rubric.marks(visit(*found[:count])) for count in range(len(found) + 1)]
    assert marks == sorted(marks, reverse=True)


@pytest.mark.parametrize(
    "make",
    [lambda: Rubric(Decimal(-1)), lambda: Rubric(Decimal(100), (ROADS, Item("墙面", Decimal("-0.5"))))],
    ids=["full", "cap"],
)
def test_full_marks_and_caps_are_not_negative(make: Any) -> None:
    with pytest.raises(ValueError, match="full marks and caps are not negative"):
        make()


def test_an_item_listed_twice_is_named() -> None:
    with pytest.raises(ValueError, match="the rubric lists 路面, 河道 more than once"):
        Rubric(Decimal(100), (ROADS, RIVERS, Item("墙面", Decimal(1)), RIVERS, Item("路面", Decimal(1)), ROADS))


def test_a_negative_deduction_is_refused_and_told_to_drop_the_sign() -> None:
    with pytest.raises(ValueError, match=r"a deduction of -1\.5: give the points that are taken off, without a sign"):
        Finding("路面", Decimal("-1.50"))


def test_findings_stand_in_an_order_of_their_own() -> None:
    findings = [
        Finding("路面", Decimal(1), "裂缝", ("b.jpg",)),
        Finding("路面", Decimal(1), "裂缝", ("a.jpg",)),
        Finding("路面", Decimal(1), "坑"),
        Finding("路面", Decimal("0.5")),
        Finding("河道", Decimal(2)),
    ]
    visits = {Inspection("v1", DAY, "督导", order) for order in permutations(findings)}
    assert len(visits) == 1
    assert sorted(visits.pop().findings, key=findings.index) == findings


def test_deducted_is_the_sum_of_the_findings_and_zero_for_a_patrol_that_found_nothing() -> None:
    assert visit(("路面", "1.5"), ("河道", "0.25"), ("路面", "1.5")).deducted == Decimal("3.25")
    assert visit().deducted == 0


@pytest.mark.parametrize("score", [90, 0])
def test_findings_and_a_stated_score_exclude_each_other(score: int) -> None:
    with pytest.raises(ValueError, match="v1 2024-05-01: a stated score and findings; give one of the two"):
        Inspection("v1", DAY, "督导", (Finding("路面", Decimal(1)),), Decimal(score))


@pytest.mark.parametrize(("score", "kept"), [(None, None), ("0", Decimal(0)), ("90.50", Decimal("90.5"))])
def test_a_stated_score_of_zero_is_a_score_and_none_is_none(score: Any, kept: Decimal | None) -> None:
    assert Inspection("v1", DAY, "督导", stated=score).stated == kept


def test_a_visit_does_not_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="v1 2024-05-01: the last day, 2024-04-30, is before the first"):
        Inspection("v1", DAY, "督导", last_day=date(2024, 4, 30))
    assert Inspection("v1", DAY, "督导", last_day=DAY).last_day == DAY


def test_visits_that_are_equal_in_everything_else_are_told_apart_by_id() -> None:
    one, two = (Inspection("v1", DAY, "督导", mode=Mode.COVERT, id=id_) for id_ in ("a", "b"))
    assert one != two
    assert one == Inspection("v1", DAY, "督导", mode=Mode.COVERT, id="a")
