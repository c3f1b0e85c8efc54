"""The grid: what is refused (all faults at once), the tree of a day, what lies above and below a unit."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise, permutations, product

import pytest
from hypothesis import event, given, strategies as st

from envgov.errors import Fault, InputError, UnknownUnitError
from envgov.facts.grid import Assignment, Grid, Unit

JULY = date(2024, 7, 1)
LEVELS = ("镇", "村", "组")


def unit(code: str, parent: str | None = None, since: date | None = None, until: date | None = None) -> Unit:
    return Unit(code, f"{code}名", "村", parent, since=since, until=until)


def chain(*codes: str) -> list[Unit]:
    """Each below the next: chain("a", "b", "a") is a cycle of two."""
    return [unit(code, above) for code, above in pairwise(codes)]


def faults_of(units: list[Unit]) -> tuple[Fault, ...]:
    with pytest.raises(InputError) as refused:
        Grid(units)
    return refused.value.faults


TOWN = Grid(
    [
        Unit("t", "柳湖镇", "镇"),
        Unit("v2", "中泉村", "村", "t", frozenset({"涉农"})),
        Unit("v1", "东山村", "村", "t"),
        Unit("g2", "一组", "组", "v1"),
        Unit("g1", "一组", "组", "v2"),
        Unit("s", "石桥镇", "镇"),
        Unit("g3", "三组", "组", "s"),
    ]
)


def test_units_stand_in_code_order_whatever_order_they_came_in() -> None:
    units = [unit("b", "a"), unit("c", "a"), unit("a"), unit("d", "c")]
    assert {Grid(order) for order in permutations(units)} == {Grid(iter(units))}
    assert [u.code for u in Grid(units).units] == ["a", "b", "c", "d"]


def test_a_grid_counts_its_levels_in_its_repr() -> None:
    assert repr(TOWN) == "<Grid of 7 units: 3 组, 2 镇, 2 村>"


def test_a_code_is_in_the_grid_or_asking_for_it_names_it() -> None:
    assert "v1" in TOWN
    assert "东山村" not in TOWN
    assert TOWN["v1"].name == "东山村"
    with pytest.raises(UnknownUnitError, match="the grid has no unit 'v9'"):
        TOWN["v9"]


def test_children_are_right_below_in_code_order_and_the_roots_are_below_none() -> None:
    assert [TOWN.children(code) for code in (None, "t", "v1", "g1")] == [("s", "t"), ("v1", "v2"), ("g2",), ()]


def test_ancestors_are_nearest_first() -> None:
    assert [list(TOWN.ancestors(code)) for code in ("g2", "v1", "t")] == [["v1", "t"], ["t"], []]


def test_descendants_at_a_level_come_branch_by_branch_and_skip_levels() -> None:
    assert TOWN.descendants("t", "组") == ("g2", "g1")
    assert TOWN.descendants("s", "组") == ("g3",)


@pytest.mark.parametrize(("code", "level"), [("v1", "村"), ("g1", "组"), ("v1", "镇"), ("t", "片区")])
def test_a_unit_is_not_its_own_descendant_and_nothing_is_below_at_other_levels(code: str, level: str) -> None:
    assert TOWN.descendants(code, level) == ()


@pytest.mark.parametrize(
    "ask",
    [
        lambda: TOWN.children("v9"),
        lambda: tuple(TOWN.ancestors("v9")),
        lambda: TOWN.descendants("v9", "村"),
        lambda: TOWN.descendants("v9", "片区"),
    ],
    ids=["children", "ancestors", "descendants", "descendants at no level"],
)
def test_an_unknown_unit_is_refused_wherever_it_is_asked_for(ask: Callable[[], object]) -> None:
    with pytest.raises(UnknownUnitError, match="v9"):
        ask()


def test_units_are_found_by_level_and_by_a_name_that_several_share() -> None:
    assert [u.code for u in TOWN.at_levels(("村", "镇"))] == ["s", "t", "v1", "v2"]
    assert [u.code for u in TOWN.named("一组")] == ["g1", "g2"]
    assert TOWN.named("四组") == TOWN.at_levels(()) == ()


@given(st.data())
def test_descendants_agree_with_walking_up_from_every_unit(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 12))
    codes = [f"u{n:02}" for n in data.draw(st.permutations(range(size)))]
    parents = [data.draw(st.sampled_from([None, *codes[:n]])) for n in range(size)]
    levels = data.draw(st.lists(st.sampled_from(LEVELS), min_size=size, max_size=size))
    units = [Unit(c, c, level, parent) for c, level, parent in zip(codes, levels, parents, strict=True)]
    above = dict(zip(codes, parents, strict=True))

    def way_down(code: str) -> tuple[str, ...]:
        """From the root to the unit: in this order a walk meets them, branch by branch, in code order."""
        parent = above[code]
        return (*(way_down(parent) if parent else ()), code)

    grid = Grid(data.draw(st.permutations(units)))
    for code, level in product(codes, LEVELS):
        below = [u.code for u in units if u.level == level and u.code != code and code in way_down(u.code)]
        event(f"{min(len(below), 3)} below")
        assert grid.descendants(code, level) == tuple(sorted(below, key=way_down))
    for code in codes:
        assert (*grid.ancestors(code),) == way_down(code)[-2::-1]
        assert grid.children(code) == tuple(sorted(c for c in codes if above[c] == code))


@pytest.mark.parametrize("deepest_first", [True, False])
def test_a_grid_fifty_thousand_levels_deep_meets_no_recursion_limit(*, deepest_first: bool) -> None:
    codes = [f"{n:05}" for n in range(50_000)]
    units = [unit("00000"), *(unit(code, above) for above, code in pairwise(codes))]
    grid = Grid(units[::-1] if deepest_first else units)
    assert grid.descendants("00000", "村") == tuple(codes[1:])
    assert grid.descendants("49998", "村") == ("49999",)
    assert sum(1 for _ in grid.ancestors("49999")) == 49_999


@pytest.mark.parametrize(
    ("since", "until", "exists"),
    [
        (None, None, "yes yes yes"),
        (JULY, None, "no yes yes"),
        (None, JULY, "yes no no"),
        (JULY, JULY + timedelta(1), "no yes no"),
    ],
)
def test_a_unit_and_an_assignment_run_from_since_up_to_and_without_until(
    since: date | None, until: date | None, exists: str
) -> None:
    days = [JULY - timedelta(1), JULY, JULY + timedelta(1)]
    expected = [answer == "yes" for answer in exists.split()]
    assert [unit("v", since=since, until=until).exists_on(day) for day in days] == expected
    assert [Assignment("张三", "包村", "v", since, until).holds_on(day) for day in days] == expected


def test_the_tree_of_a_day_has_the_units_of_that_day() -> None:
    merged = Grid([unit("t"), unit("a", "t", until=JULY), unit("b", "t", until=JULY), unit("ab", "t", since=JULY)])
    before, after = merged.on(JULY - timedelta(1)), merged.on(JULY)
    assert (before.children("t"), after.children("t")) == (("a", "b"), ("ab",))
    assert "a" not in after
    assert after == Grid([unit("t"), unit("ab", "t", since=JULY)])


def test_a_grid_without_dates_is_the_same_on_every_day() -> None:
    assert TOWN.on(date.min) == TOWN.on(date.max) == TOWN


def test_a_code_given_twice_names_the_row_that_had_it_first() -> None:
    again = "this code is already that of row 1 (found 'a'); give every unit a code of its own"
    assert [str(fault) for fault in faults_of([unit("a"), unit("b"), unit("a"), unit("a", "b")])] == [
        f"row 3, code: {again}",
        f"row 4, code: {again}",
    ]


@pytest.mark.parametrize("parent", ["x", ""])
def test_a_parent_that_no_unit_has_as_its_code_is_refused(parent: str) -> None:
    (fault,) = faults_of([unit("a"), unit("b", parent)])
    assert str(fault) == f"row 2, parent: no unit has this code (found {parent!r}); add the parent, or correct the code"


@pytest.mark.parametrize("until", [date(2023, 7, 1), JULY])
def test_a_unit_that_ends_before_or_as_it_begins_is_refused(until: date) -> None:
    (fault,) = faults_of([unit("a", since=JULY, until=until)])
    assert str(fault) == (
        f"row 1, until: the unit ends before it begins (2024-07-01) (found '{until}'); correct one of the two days"
    )


EARLIER, LATER = date(2020, 1, 1), date(2030, 1, 1)


@pytest.mark.parametrize(
    ("own", "parents", "contained"),
    [
        ((None, None), (None, None), True),
        ((JULY, LATER), (None, None), True),
        ((JULY, LATER), (JULY, LATER), True),
        ((JULY, None), (EARLIER, None), True),
        ((None, JULY), (None, LATER), True),
        ((EARLIER, LATER), (JULY, LATER), False),
        ((JULY, LATER), (EARLIER, date(2029, 12, 31)), False),
        ((None, None), (EARLIER, None), False),
        ((None, None), (None, LATER), False),
        ((None, JULY), (EARLIER, JULY), False),
        ((JULY, None), (JULY, LATER), False),
    ],
)
def test_a_parent_exists_throughout_the_years_of_its_children(
    own: tuple[date | None, date | None], parents: tuple[date | None, date | None], *, contained: bool
) -> None:
    units = [unit("a", "p", *own), unit("p", None, *parents)]
    if contained:
        assert Grid(units).children("p") == ("a",)
    else:
        (fault,) = faults_of(units)
        assert (fault.row, fault.column, fault.value) == (1, "parent", "p")


def test_the_message_about_years_shows_both_spans_and_the_way_out() -> None:
    (fault,) = faults_of([unit("p", since=EARLIER), unit("a", "p", until=JULY)])
    assert str(fault) == (
        "row 2, parent: the parent does not exist throughout the unit's own years "
        "(always to 2024-07-01; parent 2020-01-01 to now) (found 'p'); "
        "correct since and until, or give the unit a successor with a code of its own"
    )


@pytest.mark.parametrize(
    ("units", "row", "circle"),
    [
        (chain("a", "a"), 1, "a < a"),
        (chain("a", "b", "a"), 1, "a < b < a"),
        (chain("e", "d", "c", "b", "a", "e"), 1, "e < d < c < b < a < e"),
        (chain("x", "y", "a", "b", "a"), 3, "a < b < a"),
        ([unit("r"), *chain("x", "a", "a"), unit("y", "x")], 3, "a < a"),
        ([*chain("a", "b", "a"), *chain("x", "y", "a")], 1, "a < b < a"),
    ],
    ids=["one", "two", "five", "two with a tail before it", "one with a tail round it", "two with a tail after it"],
)
def test_a_cycle_is_one_fault_at_a_unit_that_is_on_it(units: list[Unit], row: int, circle: str) -> None:
    (fault,) = faults_of(units)
    assert (fault.row, fault.column, fault.value) == (row, "parent", units[row - 1].parent)
    assert fault.problem == f"the unit is above itself: {circle}"
    assert fault.remedy == "correct one of these parents"


@given(st.data())
def test_there_is_one_fault_for_each_cycle_in_any_order(data: st.DataObject) -> None:
    codes = "abcdefgh"[: data.draw(st.integers(1, 8))]
    above = {code: data.draw(st.sampled_from([None, *codes])) for code in codes}

    def circle_of(code: str) -> frozenset[str]:
        """What one comes through for ever, going up from a unit: nothing, or the cycle above it."""
        at: str | None = code
        for _ in codes:
            at = above[at] if at else None
        seen = set()
        while at and at not in seen:
            seen.add(at)
            at = above[at]
        return frozenset(seen)

    circles = {circle_of(code) for code in codes} - {frozenset()}
    event(f"{len(circles)} cycles")
    units = data.draw(st.permutations([unit(code, parent) for code, parent in above.items()]))
    if circles:
        found = [fault.problem.removeprefix("the unit is above itself: ").split(" < ") for fault in faults_of(units)]
        assert sorted(map(sorted, circles)) == sorted(sorted(set(way)) for way in found)
        assert all(above[lower] == upper for way in found for lower, upper in pairwise(way))
    else:
        assert len(Grid(units).units) == len(codes)


def test_all_faults_are_reported_at_once() -> None:
    units = [
        unit("a"),
        unit("a"),
        unit("b", "nowhere"),
        *chain("c", "d", "c"),
        unit("e", "e"),
        unit("f", since=JULY, until=JULY),
        unit("g", "h"),
        unit("h", until=JULY),
    ]
    found = [(fault.row, fault.column) for fault in faults_of(units)]
    assert sorted(found, key=str) == [
        (2, "code"),
        (3, "parent"),
        (4, "parent"),
        (6, "parent"),
        (7, "until"),
        (8, "parent"),
    ]


def test_the_message_about_a_very_long_cycle_stays_short() -> None:
    codes = [f"{n:04}" for n in range(2000)]
    (fault,) = faults_of(chain(*codes, codes[0]))
    assert len(str(fault)) < 1000


@pytest.mark.parametrize("until", [date(2024, 6, 30), JULY])
def test_an_assignment_ends_after_it_begins(until: date) -> None:
    with pytest.raises(ValueError, match="2024-07-01"):
        Assignment("张三", "包村", "v1", since=JULY, until=until)


def test_a_unit_is_found_by_its_code_or_its_name() -> None:
    grid = Grid((Unit("v1", "甲村", "村"), Unit("甲村", "乙村", "村")))
    assert [grid.code_of(named) for named in ("v1", "甲村", "乙村", "丙村")] == ["v1", "甲村", "甲村", None]


def test_a_name_of_several_units_names_none_of_them() -> None:
    grid = Grid((Unit("x", "甲村", "村"), Unit("y", "甲村", "村")))
    with pytest.raises(UnknownUnitError, match="2 units are called '甲村': give the code of one of them: x, y"):
        grid.code_of("甲村")
