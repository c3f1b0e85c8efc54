"""Scoring rules over random seasons: counts, rates, means and ranks found by brute force, curves point by point."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise, product
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

import envgov as eg
from envgov.policy.calendar.cadences import WEEKDAYS
from envgov.testing import strategies as own, words
from envgov.testing.dates import CALENDAR, FINER
from envgov.testing.ledger import LIVES
from envgov.testing.seasons import VILLAGES

MANY = settings(max_examples=max(150, settings().max_examples))
ROUNDS = own.days(*CALENDAR).map(eg.month().round_of)
DAY = timedelta(1)
UNITS = ("县", "东镇", "西镇", "甲", "乙", "丁", "庚")


def values(rule: eg.ScoringRule, units: Any, evidence: eg.Evidence) -> dict[str, object]:
    there = [unit for unit in units if unit in evidence.grid]
    return {unit: reason.value for unit, reason in rule.scores(there, evidence).items()}


def numbers(column: dict[str, object]) -> dict[str, Fraction]:
    return {unit: value for unit, value in column.items() if isinstance(value, Fraction)}


# --- issues ---


def asked(condition: eg.Condition, issue: eg.Issue, round: eg.Round) -> bool:
    return condition.at(eg.Place("甲", eg.Record("", round, "", ()), (), issue)).value is True


def lies_at(grid: eg.Grid, issue: eg.Issue, unit: str) -> bool:
    """At the unit, or somewhere below it, climbing from parent to parent."""
    place: str | None = issue.place if issue.place in grid else None
    while place is not None:
        if place == unit:
            return True
        place = grid[place].parent
    return False


def owned(facts: eg.Facts, round: eg.Round, unit: str, by: str) -> list[eg.Issue]:
    """The issues of a unit, each as it stood when the round ended."""
    grid, out = facts.grid.on(round.start), []
    for issue in facts.issues:
        then = issue.as_of(round.end - DAY)
        mine = lies_at(grid, issue, unit) if by == "place" else unit in issue.responsible
        if then is not None and mine:
            out.append(then)
    return out


@MANY
@given(own.seasons(), ROUNDS, own.issue_conditions(), st.sampled_from(words.BY))
def test_issues_are_counted_one_by_one(facts: eg.Facts, round: eg.Round, when: eg.Condition, by: Any) -> None:
    evidence = facts.during(round)
    counted = values(eg.count_issues(when, by=by), UNITS, evidence)
    for unit, value in counted.items():
        assert value == sum(asked(when, issue, round) for issue in owned(facts, round, unit, by))


@MANY
@given(
    own.seasons(),
    ROUNDS,
    own.issue_conditions(),
    own.issue_conditions(0) | st.just(eg.happened("found", during="ever")),
    st.sampled_from(words.BY),
    st.sampled_from(words.EMPTY),
)
def test_a_rate_is_one_count_over_another_and_empty_as_it_declares(
    facts: eg.Facts, round: eg.Round, counted: eg.Condition, among: eg.Condition, by: Any, empty: Any
) -> None:
    rates = values(eg.rate(counted, among, by=by, empty=empty), UNITS, facts.during(round))
    nothing = {"exempt": eg.Absent.EXEMPT, "not assessed": eg.Absent.NOT_ASSESSED, "zero": 0, "full": 100}[empty]
    for unit, value in rates.items():
        base = [issue for issue in owned(facts, round, unit, by) if asked(among, issue, round)]
        met = sum(asked(counted, issue, round) for issue in base)
        assert value == (Fraction(met, len(base)) * 100 if base else nothing)


LIFE = st.sampled_from(LIVES)
END = date(2024, 2, 29)
FEBRUARY = eg.month().round_of(END)


def lived(due: date, life: Any) -> eg.Issue:
    """Found on the 1st, due on a day, and what happened around that day."""
    found = date(2024, 2, 1)
    events = [eg.Event(eg.EventKind.FOUND, found, due=due)]
    for what, after in life:
        day = max(due + after * DAY, events[-1].day)
        slip = "白单" if what is eg.EventKind.SLIPPED else ""
        events.append(eg.Event(what, day, by=what.value, slip=slip))
    issue = eg.Issue("1", "甲", tuple(events)).as_of(END)
    assert issue is not None
    return issue


def standing_closing(issue: eg.Issue) -> date | None:
    """The day of the closing that nothing undid, found by playing the life forward."""
    closed = None
    for event in issue.events:
        if event.what in (eg.EventKind.ACCEPTED, eg.EventKind.FIXED_ON_THE_SPOT):
            closed = event.day
        elif event.what is eg.EventKind.RELAPSED:
            closed = None
    return closed


def standing_claim(issue: eg.Issue) -> date | None:
    """The day of the rectification that was not returned, and after which nothing relapsed."""
    claimed = None
    for event in issue.events:
        if event.what in (eg.EventKind.RECTIFIED, eg.EventKind.FIXED_ON_THE_SPOT):
            claimed = event.day
        elif event.what in (eg.EventKind.REJECTED, eg.EventKind.RELAPSED):
            claimed = None
    return claimed


DUES = st.sampled_from([date(2024, 2, day) for day in (1, 15, 27, 28, 29)] + [date(2024, 3, 1), date(2024, 3, 2)])


@MANY
@given(DUES, LIFE, st.integers(1, 3))
def test_the_date_itself_is_in_time_and_the_next_day_is_one_day_late(due: date, life: Any, days: int) -> None:
    issue = lived(due, life)
    is_open = issue.state is eg.State.OPEN
    if issue.due is None:
        assert not asked(eg.overdue(days), issue, FEBRUARY)
        return
    late_by = (END - issue.due).days
    assert asked(eg.overdue(days), issue, FEBRUARY) is (is_open and late_by >= days)
    closed = standing_closing(issue)
    ended = issue.state is eg.State.ENDED
    in_time = not ended and closed is not None and closed <= issue.due
    assert asked(eg.on_time("closed"), issue, FEBRUARY) is in_time
    claimed = standing_claim(issue)
    assert asked(eg.on_time("rectified"), issue, FEBRUARY) is (
        not ended and claimed is not None and claimed <= issue.due
    )
    counts = issue.state not in (eg.State.SUSPENDED, eg.State.ENDED)
    missed = issue.due <= END and counts and not in_time
    assert asked(eg.not_closed_on_time(during="ever"), issue, FEBRUARY) is missed
    assert asked(eg.due(during="round"), issue, FEBRUARY) is (not ended and issue.due <= END)


# --- over time ---


LEAVES = st.sampled_from((eg.stated(words.CHANNEL, several="mean"), eg.deductions(100, several="mean")))


@MANY
@given(own.seasons(), ROUNDS, st.sampled_from(FINER), LEAVES | own.rules("higher", 0))
def test_the_mean_over_finer_rounds_is_that_of_the_rounds_that_end_in_it(
    facts: eg.Facts, round: eg.Round, finer: eg.Cadence, rule: eg.ScoringRule
) -> None:
    ends = [finer.round_of(round.start + n * DAY) for n in range((round.end - round.start).days)]
    rounds = {r for r in ends if r.end - DAY in round}
    columns = [values(rule, VILLAGES, facts.during(r)) for r in rounds]
    held = [column for column in columns if numbers(column)]
    ways: Any = product(("skip", "zero", "not assessed"), ("skip", "not assessed"))
    for absent, unheld in ways:
        got = values(eg.mean_over(finer, rule, absent=absent, unheld=unheld), VILLAGES, facts.during(round))
        for unit, value in got.items():
            known = [x for column in held if isinstance(x := column.get(unit), Fraction)]
            size = len(held) if absent == "zero" else len(known)
            some_missing = (unheld == "not assessed" and len(held) < len(columns)) or (
                absent == "not assessed" and len(known) < len(held)
            )
            if not known or some_missing:
                assert isinstance(value, eg.Absent)
            else:
                assert value == sum(known, Fraction(0)) / size


@given(own.seasons(), ROUNDS, own.rules("higher", 0), st.integers(1, 2))
def test_a_change_is_the_number_now_less_the_number_then(
    facts: eg.Facts, round: eg.Round, rule: eg.ScoringRule, steps: int
) -> None:
    then = round
    for _ in range(steps):
        then = eg.month().round_of(then.start - DAY)
    before, now = (values(rule, VILLAGES, facts.during(r)) for r in (then, round))
    for unit, value in values(eg.change(eg.month(), rule, steps=steps), VILLAGES, facts.during(round)).items():
        x, y = now[unit], before.get(unit)
        both = isinstance(x, Fraction) and isinstance(y, Fraction)
        assert value == x - y if both else isinstance(value, eg.Absent)  # type: ignore[operator]


@given(own.seasons(), ROUNDS)
def test_a_sum_to_date_is_that_of_the_months_of_the_year(facts: eg.Facts, round: eg.Round) -> None:
    rule = eg.amount(words.WORK, empty="zero")
    months = [eg.month().round_of(date(round.start.year, m, 1)) for m in range(1, round.start.month + 1)]
    columns = [values(rule, VILLAGES, facts.during(month)) for month in months]
    first = facts.grid.on(date(round.start.year, 1, 1))
    for unit, value in values(eg.to_date(eg.year(), rule), VILLAGES, facts.during(round)).items():
        if unit in first:
            assert value == sum(numbers({str(n): c[unit] for n, c in enumerate(columns) if unit in c}).values())
        else:
            assert value is eg.Absent.NOT_ASSESSED


NEAR_NEW_YEAR = st.dates(date(2023, 12, 20), date(2024, 1, 15))


@given(st.lists(NEAR_NEW_YEAR), NEAR_NEW_YEAR, st.sampled_from(WEEKDAYS))
def test_a_sum_to_date_is_that_of_the_weeks_that_end_in_the_year(days: list[date], day: date, ends: Any) -> None:
    week = eg.week(ends=ends).round_of
    visits = [eg.Inspection("甲", on, "督导") for on in days]
    now = week(day)
    expected = sum(week(on).last_day.year == now.last_day.year and on < now.end for on in days)
    evidence = eg.Facts(eg.Grid([eg.Unit("甲", "甲", "村")]), inspections=visits).during(now)
    assert values(eg.to_date(eg.year(), eg.count_inspections()), "甲", evidence) == {"甲": expected}


# --- ranks and distances ---


@given(
    own.seasons(),
    ROUNDS,
    st.one_of(*(st.just(eg.stated(channel, several="mean", better="lower")) for channel in words.CHANNELS), LEAVES)
    | own.rules("higher", 1)
    | own.rules("lower", 1),
    st.integers(0, 2),
)
def test_ranks_in_the_field_are_found_by_sorting(
    facts: eg.Facts, round: eg.Round, rule: eg.ScoringRule, places: int
) -> None:
    evidence = facts.during(round)
    known = numbers(values(rule, VILLAGES, evidence))
    step = Fraction(1, 10**places)
    rounded = {unit: Decimal(0) for unit in known}
    for unit, value in known.items():
        whole = abs(value) / step
        nearest = whole.numerator // whole.denominator
        nearest += whole - nearest >= Fraction(1, 2)
        rounded[unit] = Decimal(nearest) * (1 if value >= 0 else -1)
    best_first = sorted(rounded.values(), reverse=rule.better == "higher")
    ranks = numbers(values(eg.rank_in(rule, places=places), VILLAGES, evidence))
    shares = numbers(values(eg.rank_share(rule, places=places), VILLAGES, evidence))
    assert ranks == {unit: best_first.index(x) + 1 for unit, x in rounded.items()}
    assert shares == {unit: Fraction(best_first.index(x) + 1, len(rounded)) for unit, x in rounded.items()}


@given(own.seasons(), ROUNDS, own.rules("higher", 1))
def test_the_distances_from_the_mean_add_up_to_nothing_and_keep_the_order(
    facts: eg.Facts, round: eg.Round, rule: eg.ScoringRule
) -> None:
    evidence = facts.during(round)
    known = numbers(values(rule, VILLAGES, evidence))
    far = numbers(values(eg.from_mean(rule), VILLAGES, evidence))
    assert sum(far.values()) == 0
    assert all(far[a] - far[b] == known[a] - known[b] for a in known for b in known)


# --- curves ---


def mapped(make: Any, x: Decimal, better: Any) -> Fraction:
    """What a curve makes of one stated number."""
    facts = eg.Facts(
        eg.Grid([eg.Unit("甲", "甲", "村")]), inspections=[eg.Inspection("甲", END, words.CHANNEL, stated=x)]
    )
    inner = eg.stated(words.CHANNEL, several="mean", better=better)
    value = make(inner).scores(["甲"], facts.during(FEBRUARY))["甲"].value
    assert isinstance(value, Fraction)
    return value


X = own.marks(-20, 120)
BETTER = st.sampled_from(("higher", "lower"))
KNOTS = st.lists(st.tuples(own.marks(), own.marks(0, 10)), min_size=2, max_size=4, unique_by=lambda knot: knot[0])


@MANY
@given(X, X, BETTER, own.marks(), own.marks(), st.sampled_from(("1", "0.5", "2.25")), own.marks(0, 30))
def test_short_of_the_target_points_are_lost_by_the_slope_down_to_the_floor(
    x: Decimal, y: Decimal, better: str, target: Decimal, full: Decimal, slope: str, less: Decimal
) -> None:
    curve: Any = lambda of: eg.to_target(of, target, full=full, slope=slope, floor=full - less)
    short = max(target - x if better == "higher" else x - target, Decimal(0))
    assert mapped(curve, x, better) == max(full - Decimal(slope) * short, full - less)
    worse, good = sorted((x, y), reverse=better == "lower")
    assert mapped(curve, worse, better) <= mapped(curve, good, better)


@MANY
@given(X, X, KNOTS, st.booleans())
def test_points_between_knots_lie_on_the_line_and_never_turn(
    x: Decimal, y: Decimal, given_: list[tuple[Decimal, Decimal]], rising: bool
) -> None:
    xs, ys = sorted(x for x, _ in given_), sorted((y for _, y in given_), reverse=not rising)
    knots = list(zip(map(Fraction, xs), map(Fraction, ys), strict=True))
    curve: Any = lambda of: eg.piecewise(of, *(eg.Knot(x, y) for x, y in zip(xs, ys, strict=True)))
    value, at = mapped(curve, x, "higher"), min(max(Fraction(x), knots[0][0]), knots[-1][0])
    (x0, y0), (x1, y1) = next((a, b) for a, b in pairwise(knots) if a[0] <= at <= b[0])
    assert (value - y0) * (x1 - x0) == (y1 - y0) * (at - x0)
    low, high = sorted((x, y))
    first, second = mapped(curve, low, "higher"), mapped(curve, high, "higher")
    assert first <= second if rising else first >= second
    better = curve(eg.stated("督导", several="mean")).better
    assert better == ("higher" if ys[-1] >= ys[0] else "lower")


@MANY
@given(X, X, BETTER, st.lists(own.marks(), min_size=1, max_size=3, unique=True), own.marks(0, 10))
def test_a_number_has_the_points_of_the_best_band_that_it_reaches(
    x: Decimal, y: Decimal, better: str, limits: list[Decimal], rest: Decimal
) -> None:
    best_first = sorted(limits, reverse=better == "higher")
    steps = {limit: rest + len(limits) - n for n, limit in enumerate(best_first)}
    curve: Any = lambda of: eg.bands(of, *(eg.Band(limit, points) for limit, points in steps.items()), rest=rest)
    for number in (x, *limits):
        reached = [
            points for limit, points in steps.items() if (number >= limit if better == "higher" else number <= limit)
        ]
        assert mapped(curve, number, better) == max(reached, default=rest)
    worse, good = sorted((x, y), reverse=better == "lower")
    assert mapped(curve, worse, better) <= mapped(curve, good, better)


# --- parts ---

PARTS = st.lists(st.tuples(st.sampled_from((1, 30, 70)), st.none() | own.marks()), min_size=1, max_size=3)


@MANY
@given(PARTS, st.sampled_from(("renormalise", "zero", "not assessed")))
def test_weights_share_out_what_is_known_as_declared(parts: list[tuple[int, Decimal | None]], absent: Any) -> None:
    facts = eg.Facts(
        eg.Grid([eg.Unit("甲", "甲", "村")]),
        inspections=[eg.Inspection("甲", END, f"渠道{n}", stated=x) for n, (_, x) in enumerate(parts) if x is not None],
    )
    rule = eg.weighted(
        *(eg.Part(weight, eg.stated(f"渠道{n}", several="mean")) for n, (weight, _) in enumerate(parts)),
        absent=absent,
    )
    value = rule.scores(["甲"], facts.during(FEBRUARY))["甲"].value
    known = [(weight, Fraction(x)) for weight, x in parts if x is not None]
    if not known or (absent == "not assessed" and len(known) < len(parts)):
        assert value is eg.Absent.NOT_ASSESSED
    else:
        shares = known if absent == "renormalise" else parts
        assert value == sum(weight * x for weight, x in known) / sum(Fraction(weight) for weight, _ in shares)


@given(own.seasons(), ROUNDS, own.rules("higher", 1))
def test_a_score_never_depends_on_the_order_of_the_units(
    facts: eg.Facts, round: eg.Round, rule: eg.ScoringRule
) -> None:
    units = sorted(VILLAGES)
    assert values(rule, units, facts.during(round)) == values(rule, units[::-1], facts.during(round))


@pytest.mark.parametrize("better", ["higher", "lower"])
def test_a_rule_is_of_the_direction_that_was_asked_for(better: Any) -> None:
    @settings(max_examples=60)
    @given(own.rules(better))
    def check(rule: eg.ScoringRule) -> None:
        assert rule.better == better

    check()
