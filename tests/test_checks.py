"""Every constructor of a fact refuses a value of the wrong kind, and names the field and the way out."""

import copy
import pickle
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import Any

import pytest
from attrs.exceptions import FrozenInstanceError

import envgov as eg
import towns
from envgov.facts.duty import Duty, Submission
from envgov.facts.evidence import Facts
from envgov.facts.grid import Assignment, Body, Grid, Unit
from envgov.facts.inspection import Finding, Inspection, Item, Rubric
from envgov.facts.issue import Event, EventKind, Issue
from envgov.facts.output import Output
from envgov.facts.round import Round
from envgov.facts.ruling import Ruling
from envgov.facts.stated import StatedRank
from envgov.facts.survey import Survey

DAY = date(2024, 5, 1)
NOON = datetime(2024, 5, 1, 12, tzinfo=timezone(timedelta(hours=8)))
FOUND = Event(EventKind.FOUND, DAY)

VALID: dict[type[Any], dict[str, Any]] = {
    Unit: {"code": "v1", "name": "中泉村", "level": "村"},
    Body: {"code": "b1", "name": "督导组"},
    Assignment: {"who": "张三", "role": "包村", "place": "v1"},
    Item: {"name": "路面", "cap": 5},
    Rubric: {"full": 100},
    Finding: {"item": "路面", "deduction": 1},
    Inspection: {"unit": "v1", "day": DAY, "channel": "督导"},
    Event: {"what": EventKind.FOUND, "day": DAY},
    Issue: {"id": "i1", "place": "v1", "events": (FOUND,)},
    Survey: {"unit": "v1", "day": DAY, "channel": "回访", "asked": 3, "answered": 2, "satisfied": 1},
    StatedRank: {"unit": "v1", "day": DAY, "channel": "无人机", "rank": 3, "of": 11},
    Output: {"unit": "v1", "day": DAY, "what": "清运垃圾", "amount": 300, "measure": "吨"},
    Duty: {"what": "日报", "owed_by": "v1", "due": NOON},
    Submission: {"what": "日报", "by": "v1", "at": NOON},
    Round: {"start": DAY, "end": date(2024, 6, 1), "label": "5月"},
    Ruling: {
        "unit": "v1",
        "concerns": DAY,
        "condition": "c",
        "holds": True,
        "by": "办公室",
        "why": "整改到位",
        "scheme": "办法",
    },
}
DAYS = [(Inspection, "day"), (Event, "day"), (Survey, "day"), (StatedRank, "day"), (Output, "day")]
DAYS += [(Round, "start"), (Round, "end"), (Ruling, "concerns")]
OPTIONAL_DAYS = [(Unit, "since"), (Unit, "until"), (Assignment, "since"), (Assignment, "until")]
OPTIONAL_DAYS += [(Inspection, "last_day"), (Event, "due")]
MOMENTS = [(Duty, "due"), (Submission, "at"), (Event, "at")]
TEXTS = [(Unit, "code"), (Unit, "name"), (Unit, "level"), (Body, "code"), (Body, "name"), (Assignment, "who")]
TEXTS += [(Assignment, "role"), (Item, "name"), (Finding, "item"), (Inspection, "channel"), (Survey, "channel")]
TEXTS += [(StatedRank, "channel"), (Output, "what"), (Output, "measure"), (Round, "label"), (Ruling, "by")]
TEXTS += [(Ruling, "why"), (Duty, "what"), (Duty, "owed_by"), (Submission, "what"), (Submission, "by"), (Issue, "id")]
TUPLES = [(Event, "to"), (Event, "evidence"), (Issue, "events"), (Issue, "responsible"), (Issue, "supporting")]
TUPLES += [(Rubric, "items"), (Finding, "evidence")]
NUMBERS = [(Item, "cap"), (Rubric, "full"), (Finding, "deduction"), (Inspection, "stated"), (Output, "amount")]
COUNTS = [(Survey, "asked"), (Survey, "answered"), (Survey, "satisfied"), (StatedRank, "rank"), (StatedRank, "of")]
PLACES = [
    (Inspection, "unit", "inspections"),
    (Survey, "unit", "surveys"),
    (StatedRank, "unit", "stated_ranks"),
    (Output, "unit", "outputs"),
    (Issue, "place", "issues"),
    (Assignment, "place", "assignments"),
    (Ruling, "unit", "rulings"),
]


class Timestamp(datetime):
    """As pandas.Timestamp: a moment that is also an instance of date."""


class Nowhere(tzinfo):
    """A time zone that does not know its offset: its moments are naive."""

    def utcoffset(self, _: datetime | None) -> None: ...
    def dst(self, _: datetime | None) -> None: ...
    def tzname(self, _: datetime | None) -> None: ...


def the(collection: str, facts: Any) -> dict[str, Any]:
    """The one collection of a bundle of facts."""
    return {collection: facts}


def make(kind: type[Any], **changed: Any) -> Any:
    return kind(**{**VALID[kind], **changed})


@pytest.mark.parametrize("kind", VALID)
def test_a_fact_is_frozen_hashable_and_equal_to_its_copies(kind: type[Any]) -> None:
    fact = make(kind)
    assert hash(fact) == hash(make(kind))
    assert make(kind) == fact == copy.deepcopy(fact) == pickle.loads(pickle.dumps(fact))  # noqa: S301
    with pytest.raises(FrozenInstanceError):
        setattr(fact, next(iter(VALID[kind])), "changed")


@pytest.mark.parametrize(("kind", "field"), DAYS + OPTIONAL_DAYS)
@pytest.mark.parametrize("wrong", [datetime(2024, 5, 1, tzinfo=UTC), Timestamp(2024, 5, 1), "2024-05-01", 20240501])
def test_where_a_day_is_wanted_a_moment_or_a_text_is_refused(kind: type[Any], field: str, wrong: Any) -> None:
    with pytest.raises(TypeError) as refused:
        make(kind, **{field: wrong})
    assert f"{field}={wrong!r}: give a day, datetime.date(year, month, day)" in str(refused.value)


@pytest.mark.parametrize(("kind", "field"), DAYS)
def test_a_day_that_is_needed_may_not_be_none(kind: type[Any], field: str) -> None:
    with pytest.raises(TypeError, match=f"{field}=None: give a day"):
        make(kind, **{field: None})


@pytest.mark.parametrize(("kind", "field"), [*OPTIONAL_DAYS, (Event, "at")])
def test_a_day_or_moment_that_may_be_unknown_is_none_by_default(kind: type[Any], field: str) -> None:
    assert make(kind, **{field: None}) == make(kind)


@pytest.mark.parametrize(("kind", "field"), MOMENTS)
@pytest.mark.parametrize("naive", [datetime(2024, 5, 1, 12), datetime(2024, 5, 1, 12, tzinfo=Nowhere())])  # noqa: DTZ001
def test_a_moment_without_a_time_zone_is_refused_and_told_to_add_one(
    kind: type[Any], field: str, naive: datetime
) -> None:
    with pytest.raises(ValueError, match="a moment without a time zone; add one, such as ") as refused:
        make(kind, **{field: naive})
    assert f"{field}={naive!r}" in str(refused.value)


@pytest.mark.parametrize(("kind", "field"), MOMENTS)
@pytest.mark.parametrize("wrong", [DAY, "2024-05-01T12:00+08:00", 1714536000])
def test_where_a_moment_is_wanted_anything_else_is_refused(kind: type[Any], field: str, wrong: Any) -> None:
    with pytest.raises(TypeError) as refused:
        make(kind, **{field: wrong})
    assert f"{field}={wrong!r}: give a moment, a datetime with a time zone" in str(refused.value)


@pytest.mark.parametrize(("kind", "field"), MOMENTS)
def test_a_subclass_of_datetime_with_a_time_zone_is_a_moment(kind: type[Any], field: str) -> None:
    moment = Timestamp(2024, 5, 1, 12, tzinfo=NOON.tzinfo)
    assert getattr(make(kind, **{field: moment}), field) == NOON


@pytest.mark.parametrize(("kind", "field"), TEXTS)
@pytest.mark.parametrize("wrong", ["", " \t", "\u3000", 7, None, b"v1", ("v1",)])
def test_a_code_or_name_is_a_text_that_is_not_empty(kind: type[Any], field: str, wrong: Any) -> None:
    with pytest.raises(TypeError) as refused:
        make(kind, **{field: wrong})
    assert f"{field}={wrong!r}: give a text that is not empty" in str(refused.value)


@pytest.mark.parametrize(("kind", "field"), TUPLES)
@pytest.mark.parametrize("wrong", [[FOUND], "张三", None, {"a"}])
def test_where_several_are_meant_a_list_or_a_text_is_refused(kind: type[Any], field: str, wrong: Any) -> None:
    with pytest.raises(TypeError) as refused:
        make(kind, **{field: wrong})
    assert f"{field}={wrong!r}: give a tuple, such as (a,) or (a, b)" in str(refused.value)


@pytest.mark.parametrize("wrong", ["涉农", {"涉农"}, ["涉农"], ("涉农",), None])
def test_designations_are_a_frozenset(wrong: Any) -> None:
    with pytest.raises(TypeError, match="give a frozenset, such as frozenset") as refused:
        make(Unit, designations=wrong)
    assert f"designations={wrong!r}" in str(refused.value)


@pytest.mark.parametrize(("kind", "field"), NUMBERS)
def test_every_number_of_points_goes_through_points(kind: type[Any], field: str) -> None:
    with pytest.raises(TypeError, match=r"0\.5 is a float: give a string or a Decimal"):
        make(kind, **{field: 0.5})
    assert str(getattr(make(kind, **{field: "85.50"}), field)) == "85.5"


@pytest.mark.parametrize(("kind", "field"), COUNTS)
@pytest.mark.parametrize("wrong", [2.0, True, "2", None])
def test_a_count_or_rank_is_an_int(kind: type[Any], field: str, wrong: Any) -> None:
    with pytest.raises(TypeError, match=field):
        make(kind, **{field: wrong})


@pytest.mark.parametrize(("kind", "field", "wrong"), [(Inspection, "mode", "open"), (Event, "what", "found")])
def test_a_word_where_an_enum_is_wanted_is_refused_where_it_is_made(kind: type[Any], field: str, wrong: Any) -> None:
    with pytest.raises(TypeError, match=field):
        make(kind, **{field: wrong})


@pytest.mark.parametrize(("kind", "field", "collection"), PLACES)
@pytest.mark.parametrize("wrong", [7, None])
def test_a_unit_code_that_is_no_text_is_refused_in_readable_words(
    kind: type[Any], field: str, collection: str, wrong: Any
) -> None:
    grid = Grid([make(Unit)])
    with pytest.raises((TypeError, ValueError)) as refused:
        Facts(grid, **the(collection, [make(kind, **{field: wrong}), make(kind)]))
    assert str(wrong) in str(refused.value)


def test_a_parent_code_that_is_no_text_is_refused_in_readable_words() -> None:
    with pytest.raises((TypeError, ValueError)) as refused:
        Grid([make(Unit, parent=7)])
    assert "parent" in str(refused.value)
    assert "7" in str(refused.value)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: towns.scheme(source="办法"), "source='办法': give a Source"),
        (lambda: towns.scheme(ranking=2), "ranking=2: give a RankBy"),
        (lambda: eg.Figure("整改率", eg.constant(1), 2), "ranking=2: give a RankBy"),  # type: ignore[arg-type]
        (lambda: Event("found", DAY), "what='found': give one of EventKind.FOUND, EventKind.FIXED_ON_THE_SPOT"),  # type: ignore[arg-type]
        (lambda: Ruling(**{**VALID[Ruling], "holds": "是"}), "holds='是': give True or False"),
        (lambda: eg.weighted((60, eg.constant(1)), absent="zero"), r"parts=\(60, constant\(1\)\): give a Part"),  # type: ignore[arg-type]
        (lambda: eg.weighted(eg.constant(1), absent="zero"), r"parts=constant\(1\): give a Part"),  # type: ignore[arg-type]
        (lambda: eg.assess_season(towns.facts({}), towns.scheme()), r"assess_season\(scheme, facts\): Scheme is given"),  # type: ignore[arg-type]
    ],
)
def test_a_value_of_another_class_is_refused_where_it_is_made_with_what_to_give(
    make: Callable[[], object], said: str
) -> None:
    with pytest.raises(TypeError, match=f"^{said}") as caught:
        make()
    assert len(caught.value.args) == 1


def test_a_kind_that_was_not_called_is_refused() -> None:
    with pytest.raises(eg.SchemeError, match=r"^cadence=month: this is a kind and no value of it: call it, as month\("):
        towns.scheme(cadence=eg.month)


def test_a_public_name_that_is_misspelt_is_told_with_the_one_that_is_near() -> None:
    with pytest.raises(AttributeError, match=r"no attribute 'weigthed': did you mean 'weighted'\?$"):
        eg.weigthed  # type: ignore[attr-defined]  # noqa: B018
    with pytest.raises(AttributeError, match=r"no attribute '得分'$"):
        eg.得分  # type: ignore[attr-defined]  # noqa: B018
