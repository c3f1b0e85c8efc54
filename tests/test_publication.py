"""The life of an assessment: drafted, fed back, objected to, reviewed, signed, published, corrected."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from attrs import evolve

from envgov.facts.publication import (
    Publication,
    PublicationEvent,
    PublicationKind,
    enter_publication,
    follow_publication,
)
from envgov.facts.refusal import RefusedError

K = PublicationKind
PERSONS = frozenset({"张书记", "李主任", "王干事"})


def june(day: int) -> date:
    return date(2024, 6, day)


def event(what: PublicationKind, day: int, by: str = "李主任", **more: Any) -> PublicationEvent:
    return PublicationEvent(what, june(day), by=by, **more)


DRAFTED = event(K.DRAFTED, 1, by="王干事", text="a")
FED_BACK = event(K.FED_BACK, 2, by="王干事", to=("甲村", "乙村"), due=june(5))
OBJECTED = event(K.OBJECTED, 5, by="甲村", objection="1", note="3日已清运")
DISMISSED = event(K.REVIEWED, 6, objection="1", note="照片为5日所摄")
UPHELD = evolve(DISMISSED, upheld=True, note="照片属实")
REDRAFTED = event(K.DRAFTED, 7, by="王干事", text="b")
SIGNED = event(K.SIGNED, 8, by="张书记", text="a")
PUBLISHED = event(K.PUBLISHED, 9, by="王干事", text="a")
CORRECTED = event(K.CORRECTED, 12, by="张书记", text="c", note="乙村漏计一次", moved=("乙村",), withdrawn=("p1",))
OUT = (FED_BACK, SIGNED, PUBLISHED)


def publication(*events: PublicationEvent) -> Publication:
    return Publication("demo", "2024-05", (DRAFTED, *events))


def follow(one: Publication, following: PublicationEvent, *, hearing: bool = True) -> Publication:
    return follow_publication(one, following, PERSONS, hearing=hearing)


def followed(*events: PublicationEvent, hearing: bool = True) -> Publication:
    """A publication to which this happened by the rules."""
    one = enter_publication(publication())
    for each in events:
        one = follow(one, each, hearing=hearing)
    return one


def rule_against(one: Publication, following: PublicationEvent, *, hearing: bool = True) -> str:
    with pytest.raises(RefusedError) as refused:
        follow(one, following, hearing=hearing)
    return refused.value.rule


WAY_TO = {
    K.DRAFTED: (),
    K.FED_BACK: (FED_BACK,),
    K.SIGNED: (FED_BACK, SIGNED),
    K.PUBLISHED: OUT,
    K.CORRECTED: (*OUT, CORRECTED),
}
FOLLOWS = """
           drafted fed_back signed published corrected
drafted       x       x        x       -         -
fed_back      x       x        -       -         -
objected      x       x        -       -         -
reviewed      x       x        -       -         -
signed        x       x        -       -         -
published     -       -        x       -         -
corrected     -       -        -       x         x
"""


def rows() -> list[tuple[PublicationKind, PublicationKind, bool]]:
    header, *lines = FOLLOWS.strip("\n").splitlines()
    states = [K(name.replace("_", " ")) for name in header.split()]
    return [
        (K(words[0].replace("_", " ")), state, mark == "x")
        for words in map(str.split, lines)
        for state, mark in zip(states, words[1:], strict=True)
    ]


def test_the_table_of_events_and_states_is_complete() -> None:
    assert [(what, state) for what, state, _ in rows()] == [(what, state) for what in K for state in WAY_TO]


@pytest.mark.parametrize(("what", "state", "follows"), rows())
def test_an_event_follows_as_the_table_says_or_is_refused(
    what: PublicationKind, state: PublicationKind, *, follows: bool
) -> None:
    before = publication(*WAY_TO[state])
    later = PublicationEvent(what, june(20))
    if follows:
        kept = state if what in (K.OBJECTED, K.REVIEWED) else what
        assert evolve(before, events=(*before.events, later)).state is kept
        return
    words = f"demo 2024-05: {what.value} on 2024-06-20 cannot follow, it is {state.value}"
    with pytest.raises(ValueError, match=words):
        evolve(before, events=(*before.events, later))
    assert rule_against(before, later) == "an event follows the state"


@pytest.mark.parametrize("events", [(), (SIGNED,)])
def test_a_publication_begins_with_drafted(events: tuple[PublicationEvent, ...]) -> None:
    with pytest.raises(ValueError, match="demo 2024-05: its events begin with drafted"):
        Publication("demo", "2024-05", events)


def test_a_publication_does_not_go_back_in_days_or_hours() -> None:
    nine = datetime(2024, 6, 2, 9, tzinfo=timezone(timedelta(hours=8)))
    fed_back = followed(evolve(FED_BACK, at=nine))
    assert rule_against(fed_back, evolve(REDRAFTED, day=june(1))) == "events are in order of time"
    earlier = evolve(REDRAFTED, day=june(2), at=nine - timedelta(hours=1))
    assert rule_against(fed_back, earlier) == "events are in order of time"


def test_a_moment_lies_on_its_day() -> None:
    with pytest.raises(ValueError, match="is not on the day 2024-06-01"):
        evolve(DRAFTED, at=datetime(2024, 6, 2, 9, tzinfo=UTC))


def test_only_a_review_upholds() -> None:
    with pytest.raises(ValueError, match="objected on 2024-06-05 is upheld"):
        evolve(OBJECTED, upheld=True)


def test_a_publication_is_entered_as_it_was_drafted() -> None:
    with pytest.raises(RefusedError, match="a publication is entered as it was drafted"):
        enter_publication(publication(FED_BACK))
    unsaid: list[tuple[dict[str, Any], str]] = [
        ({"by": ""}, "somebody did it"),
        ({"text": ""}, "a version is told by its text"),
    ]
    for changed, rule in unsaid:
        with pytest.raises(RefusedError, match=rule):
            enter_publication(Publication("demo", "2024-05", (evolve(DRAFTED, **changed),)))


# -- the units hear of it
def test_an_assessment_goes_from_draft_to_published_with_an_objection_that_was_dismissed() -> None:
    published = followed(FED_BACK, OBJECTED, DISMISSED, SIGNED, PUBLISHED)
    assert (published.state, published.text, published.objections) == (K.PUBLISHED, "a", ())


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"to": ()}, "it goes to somebody"),
        ({"due": None}, "units have a day until which they may object"),
        ({"due": june(1)}, "units have a day until which they may object"),
    ],
)
def test_feeding_back_names_the_units_and_their_time(changed: dict[str, Any], rule: str) -> None:
    assert rule_against(followed(), evolve(FED_BACK, **changed)) == rule


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"note": ""}, "it has its reason"),
        ({"objection": ""}, "an objection has a name of its own"),
        ({"by": "丙村"}, "whom it was fed back to objects"),
        ({"day": june(6)}, "an objection comes in time"),
    ],
)
def test_an_objection_is_refused(changed: dict[str, Any], rule: str) -> None:
    assert rule_against(followed(FED_BACK), evolve(OBJECTED, **changed)) == rule


def test_what_was_not_fed_back_is_not_objected_to() -> None:
    assert rule_against(followed(), OBJECTED) == "whom it was fed back to objects"


def test_two_objections_have_different_names() -> None:
    assert rule_against(followed(FED_BACK, OBJECTED), OBJECTED) == "an objection has a name of its own"


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"note": ""}, "it has its reason"),
        ({"by": "指挥部"}, "people sign"),
        ({"objection": ""}, "an objection that was filed is reviewed, once"),
        ({"objection": "2"}, "an objection that was filed is reviewed, once"),
    ],
)
def test_a_review_is_refused(changed: dict[str, Any], rule: str) -> None:
    assert rule_against(followed(FED_BACK, OBJECTED), evolve(DISMISSED, **changed)) == rule


def test_an_objection_is_reviewed_once() -> None:
    again = followed(FED_BACK, OBJECTED, DISMISSED)
    assert rule_against(again, UPHELD) == "an objection that was filed is reviewed, once"


def test_whoever_objected_does_not_review() -> None:
    own = followed(evolve(FED_BACK, to=("王干事",)), evolve(OBJECTED, by="王干事"))
    assert rule_against(own, evolve(DISMISSED, by="王干事")) == "an objection is reviewed by somebody else"


# -- signing
@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"by": "指挥部"}, "people sign"),
        ({"by": "王干事"}, "it is approved by somebody else"),
        ({"text": ""}, "a version is told by its text"),
        ({"text": "z"}, "what is signed and published is the last draft"),
        ({"day": june(5)}, "objections are heard before it is signed"),
    ],
)
def test_a_signature_is_refused(changed: dict[str, Any], rule: str) -> None:
    assert rule_against(followed(FED_BACK), evolve(SIGNED, **changed)) == rule


def test_objections_are_reviewed_before_it_is_signed() -> None:
    assert rule_against(followed(FED_BACK, OBJECTED), SIGNED) == "objections are reviewed before it is signed"


def test_what_was_upheld_is_drafted_anew_and_signed_without_being_fed_back_again() -> None:
    upheld = followed(FED_BACK, OBJECTED, UPHELD)
    assert rule_against(upheld, SIGNED) == "what was upheld is drafted anew"
    assert follow(follow(upheld, REDRAFTED), evolve(SIGNED, text="b")).state is K.SIGNED


def test_units_hear_of_a_draft_before_it_is_signed() -> None:
    assert rule_against(followed(), SIGNED) == "units hear of it before it is signed"


@pytest.mark.parametrize("before", [(), (OBJECTED, DISMISSED), (OBJECTED, UPHELD, REDRAFTED)])
def test_a_draft_that_changed_without_an_objection_is_fed_back_again(before: tuple[PublicationEvent, ...]) -> None:
    changed = followed(FED_BACK, *before, evolve(REDRAFTED, text="z"))
    signed = evolve(SIGNED, day=june(20), text="z")
    assert rule_against(changed, signed) == "units hear of it before it is signed"
    assert follow(follow(changed, evolve(FED_BACK, day=june(9), due=june(10))), signed).state is K.SIGNED


def test_where_units_are_not_heard_a_daily_table_is_signed_at_once() -> None:
    assert followed(evolve(SIGNED, day=june(1)), hearing=False).state is K.SIGNED


def test_what_is_wrong_in_a_signed_draft_is_drafted_anew() -> None:
    assert followed(FED_BACK, SIGNED, evolve(REDRAFTED, day=june(9))).state is K.DRAFTED


# -- publishing and after
def test_what_was_signed_is_what_is_published() -> None:
    signed = followed(FED_BACK, SIGNED)
    assert rule_against(signed, evolve(PUBLISHED, text="z")) == "what is signed and published is the last draft"


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"by": "envgov"}, "people sign"),
        ({"note": ""}, "it has its reason"),
        ({"text": "a"}, "a correction changes the text"),
        ({"text": ""}, "a version is told by its text"),
    ],
)
def test_a_correction_is_refused(changed: dict[str, Any], rule: str) -> None:
    assert rule_against(followed(*OUT), evolve(CORRECTED, **changed)) == rule


def test_what_was_corrected_holds_and_may_be_corrected_again() -> None:
    twice = followed(*OUT, CORRECTED, evolve(CORRECTED, day=june(13), text="d"))
    assert (twice.state, twice.text) == (K.CORRECTED, "d")
