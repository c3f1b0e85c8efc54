"""Stored forms over random schemes, seasons and facts: invariants 11 and 12."""

import json
import os
import subprocess
import sys
from calendar import monthrange
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
import tomli_w
from attrs import evolve
from hypothesis import given, strategies as st
from jsonschema import Draft202012Validator

import envgov as eg
from envgov.codec.inline import from_inline, to_inline
from envgov.testing import strategies as own

DAYS = own.days((2023, 12), (2024, 2))
TEXT = st.sampled_from(("", "村口", '引号"、斜杠\\、换行\n', "null", "2024-02-29", "85.5", "\u2028\U0001f5d1"))
NAME = TEXT.filter(bool)
MOMENT = st.builds(
    datetime.combine,
    DAYS,
    st.times(),
    st.sampled_from((UTC, timezone(timedelta(hours=8)), timezone(timedelta(hours=-3, minutes=-30)))),
)
COUNTS = st.tuples(*[st.integers(0, 300)] * 3).map(lambda counts: sorted(counts, reverse=True))


def event_of(what: eg.EventKind, day: date, **more: Any) -> eg.Event:
    return eg.Event(what, day, **more, slip="白单" if what is eg.EventKind.SLIPPED else "")


@st.composite
def written_issues(draw: st.DrawFn) -> eg.Issue:
    """An issue with as many events as may follow one another, and any text."""
    day = draw(DAYS)
    issue = eg.Issue(draw(NAME), "甲", (eg.Event(eg.EventKind.FOUND, day),), ("甲", "环卫办"))
    for what in draw(st.lists(st.sampled_from(eg.EventKind), max_size=6)):
        event = event_of(what, day, by=draw(TEXT), due=draw(st.none() | DAYS), note=draw(TEXT))
        try:
            issue = evolve(issue, events=(*issue.events, event))
        except ValueError:
            continue
    return issue


@cache
def values() -> st.SearchStrategy[Any]:
    return st.one_of(
        written_issues(),
        own.facts(),
        st.builds(
            event_of, st.sampled_from(eg.EventKind), DAYS, by=TEXT, to=st.lists(NAME).map(tuple), due=st.none() | DAYS
        ),
        MOMENT.map(lambda at: eg.Event(eg.EventKind.FOUND, at.date(), at=at)),
        st.builds(lambda c: eg.Survey("甲", date(2024, 2, 29), "回访", *c), COUNTS),
        st.builds(eg.Output, NAME, DAYS, NAME, own.marks(), NAME),
        st.builds(eg.Task, NAME, NAME, TEXT, TEXT, own.marks(), DAYS, st.none() | DAYS),
        st.builds(eg.UnitAcceptance, NAME, DAYS, st.booleans(), TEXT, TEXT),
        st.builds(eg.Slip, NAME, NAME, DAYS, TEXT),
        st.builds(eg.StatedRank, NAME, DAYS, NAME, st.integers(1, 30), st.integers(30, 151)),
        st.builds(eg.Assignment, NAME, NAME, NAME, st.none() | st.just(date(2023, 11, 30)), st.none() | DAYS),
        st.builds(
            eg.Duty,
            st.just("日报"),
            st.just("甲"),
            MOMENT,
            st.none() | st.builds(eg.Submission, st.just("日报"), st.just("甲"), MOMENT),
        ),
        st.builds(eg.Ruling, NAME, DAYS, own.conditions() | own.issue_conditions(), st.booleans(), NAME, NAME, NAME),
        st.builds(
            eg.Unit,
            NAME,
            NAME,
            NAME,
            st.none() | NAME,
            st.frozensets(NAME),
            st.none() | st.integers(0, 9**9),
            st.none() | DAYS,
        ),
        st.builds(eg.Body, NAME, NAME),
        own.rubrics(),
    )


def back(value: object) -> Any:
    return eg.from_dict(json.loads(eg.to_json(value)))


@given(values())
def test_12_a_fact_comes_back_equal(value: Any) -> None:
    assert back(value) == value
    assert eg.from_dict(eg.to_dict(value)) == value
    assert type(back(value)) is type(value)


@cache
def validator_of(kind: str) -> Any:
    return Draft202012Validator(eg.json_schema(kind))


def is_valid(value: object) -> bool:
    return bool(validator_of(type(value).__name__).is_valid(json.loads(eg.to_json(value))))


@given(values().filter(lambda value: not isinstance(value, eg.Facts)) | own.schemes() | own.histories())
def test_what_is_written_is_valid_by_the_schema_of_its_kind(value: Any) -> None:
    assert is_valid(value)


@given(own.cases())
def test_assessments_are_valid_by_their_schema(case: own.Case) -> None:
    assert all(map(is_valid, list(case.season)[-1:]))


@given(values(), st.data())
def test_a_value_with_a_field_too_few_or_too_many_is_valid_by_no_schema(value: Any, data: st.DataObject) -> None:
    written = eg.to_dict(value)
    needed = sorted(eg.json_schema(written["kind"])["required"])
    without = data.draw(st.sampled_from(needed))
    fewer = {name: part for name, part in written.items() if name != without}
    assert not validator_of(written["kind"]).is_valid(fewer)
    assert not validator_of(written["kind"]).is_valid({**written, "别的": 1})


@given(own.histories())
def test_12_a_history_comes_back_equal(history: eg.History) -> None:
    assert back(history) == history


@given(own.schemes())
def test_12_a_scheme_comes_back_equal_from_json_and_toml(scheme: eg.Scheme) -> None:
    assert eg.scheme_from_json(eg.to_json(scheme)) == scheme
    assert eg.scheme_from_toml(tomli_w.dumps(eg.to_dict(scheme))) == scheme
    assert repr(eg.scheme_from_json(eg.to_json(scheme))) == repr(scheme)


@given(own.cases())
def test_12_assessments_records_and_histories_come_back_equal(case: own.Case) -> None:
    season = case.season
    assert back(season.history) == season.history
    for assessment in list(season)[-4:]:
        assert back(assessment) == assessment
        assert [back(m) for m in assessment.measures] == list(assessment.measures)
        assert repr(back(assessment)) == repr(assessment)


@given(own.cases())
def test_12_a_stored_history_decides_the_next_round_as_the_history_itself(case: own.Case) -> None:
    season = case.season
    if len(season):
        *earlier, latest = season
        history = back(eg.History(a.record for a in earlier))
        assert eg.assess(case.judging(latest), latest.record.round, case.facts, history) == latest


# --- 11: equal facts ---


def spelt_otherwise(facts: eg.Facts) -> eg.Facts:
    """The same facts in another order, each number written with three more zeros."""

    def longer(x: Decimal) -> Decimal:
        return Decimal(f"{x:f}000" if "." in f"{x:f}" else f"{x:f}.000")

    def again(i: eg.Inspection) -> eg.Inspection:
        found = tuple(evolve(f, deduction=longer(f.deduction)) for f in reversed(i.findings))
        return evolve(i, findings=found, stated=None if i.stated is None else longer(i.stated))

    def turned(unit: eg.Unit) -> eg.Unit:
        return evolve(unit, designations=frozenset(sorted(unit.designations, reverse=True)))

    def task(t: eg.Task) -> eg.Task:
        return evolve(t, progress=longer(t.progress))

    return eg.Facts(
        eg.Grid(map(turned, reversed(facts.grid.units))),
        inspections=map(again, reversed(facts.inspections)),
        issues=reversed(facts.issues),
        surveys=reversed(facts.surveys),
        stated_ranks=reversed(facts.stated_ranks),
        outputs=(evolve(o, amount=longer(o.amount)) for o in reversed(facts.outputs)),
        bodies=reversed(facts.bodies),
        assignments=reversed(facts.assignments),
        duties=reversed(facts.duties),
        rulings=reversed(facts.rulings),
        tasks=map(task, reversed(facts.tasks)),
        acceptances=reversed(facts.acceptances),
        slips=reversed(facts.slips),
    )


def texts(season: Iterable[eg.Assessment]) -> list[str]:
    return [eg.to_json(assessment) for assessment in season]


@given(own.cases())
def test_11_equal_facts_give_equal_results_and_equal_bytes(case: own.Case) -> None:
    other = case._replace(facts=spelt_otherwise(case.facts))
    assert other.facts == case.facts
    assert other.season == case.season
    assert texts(other.season) == texts(case.season)
    assert repr(list(other.season)) == repr(list(case.season))


@given(values(), values())
def test_11_values_are_equal_exactly_where_their_bytes_are(one: Any, other: Any) -> None:
    assert (one == other) is (eg.to_json(one) == eg.to_json(other))
    assert eg.to_json(back(one)) == eg.to_json(one)


@pytest.mark.parametrize(("one", "other"), [("85.5", "85.50"), ("0", "-0"), ("100", "1E+2"), ("7", "007.0")])
def test_11_a_number_has_one_spelling(one: str, other: str) -> None:
    first, second = (eg.Inspection("甲", date(2024, 2, 29), "督导", stated=Decimal(x)) for x in (one, other))
    assert first == second
    assert eg.to_json(first) == eg.to_json(second)
    assert hash(first) == hash(second)


NOON = datetime(2024, 2, 29, 12, tzinfo=timezone(timedelta(hours=8)))
MONTH = (date(2024, 2, 1), date(2024, 3, 1))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            eg.Event(eg.EventKind.FOUND, NOON.date(), at=NOON),
            eg.Event(eg.EventKind.FOUND, NOON.date(), at=NOON.astimezone(UTC)),
        ),
        (eg.Round(*MONTH, "2024-02"), eg.Round(*MONTH, "二月")),
    ],
    ids=["a moment in two time zones", "a round under two labels"],
)
def test_11_exception_labels_and_zones_are_stored_as_they_were_given(one: object, other: object) -> None:
    assert one == other
    assert eg.to_json(one) != eg.to_json(other)


TOWN = """
import envgov as eg
from datetime import date
names = ["涉农", "村级", "示范", "拆迁", "沿路"]
grid = eg.Grid([eg.Unit(u, u, "村", designations=frozenset(names)) for u in "甲乙丙"])
seen = [eg.Inspection(u, date(2024, 2, 29), "督导", stated=80) for u in "甲乙丙"]
heads = [eg.Assignment(who, "支书", "甲") for who in ("张三", "李四", "王五")]
bottom = eg.any_of(eg.bottom(1, ties="decide"), eg.below(90))
scheme = eg.Scheme("s", ("村",), eg.month(), date(2024, 1, 1), eg.Source("办法"), head="支书",
                   scoring=eg.stated("督导", several="mean"), ranking=eg.RankBy(1),
                   ladders=(eg.Ladder((eg.Rung("约谈", bottom, ()),), publish="highest"),))
season = eg.assess_season(scheme, eg.Facts(grid, inspections=seen, assignments=heads))
print(eg.to_json(season.latest), eg.narrate(season.latest.explain("甲")), season.latest)
"""


def test_11_another_process_with_other_hashes_writes_the_same_bytes() -> None:
    written = {
        subprocess.run(
            [sys.executable, "-c", TOWN],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(written) == 1
    assert "约谈" in written.pop().decode()


@given(DAYS)
def test_11_a_month_begins_on_its_first_day_and_ends_before_the_next(day: date) -> None:
    round = eg.month().round_of(day)
    assert (round.start.day, round.label) == (1, f"{day:%Y-%m}")
    assert round.end - round.start == timedelta(days=monthrange(day.year, day.month)[1])
    assert day in round
    assert round.end not in round


@given(own.conditions() | own.issue_conditions() | st.builds(eg.ruled, NAME, NAME))
def test_12_a_condition_on_one_line_comes_back_equal(condition: eg.Condition) -> None:
    text = to_inline(condition)
    assert not {"\n", "\r"} & set(text)
    assert from_inline(text) == condition
