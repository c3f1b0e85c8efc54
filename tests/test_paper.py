"""The life of a measure that was proposed: people sign, number and notify it, and it is done, waived or voided."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from attrs import evolve

from envgov.facts.paper import PERSONNEL, Paper, PaperEvent, PaperState, enter_paper, follow_paper
from envgov.facts.refusal import RefusedError

S = PaperState
PERSONS = frozenset({"张书记", "李主任", "王干事"})


def may(day: int) -> date:
    return date(2024, 5, day)


def event(what: PaperState, day: int, by: str = "李主任", **more: Any) -> PaperEvent:
    return PaperEvent(what, may(day), by=by, **more)


PROPOSED = event(S.PROPOSED, 1, by="envgov")
SIGNED = event(S.SIGNED, 2, by="张书记", number="督〔2024〕7号")
NOTIFIED = event(S.NOTIFIED, 3, to=("甲村",), due=may(10))
ANSWERED = event(S.ANSWERED, 9, by="甲村", evidence=("回执.pdf",))
DONE = event(S.DONE, 11, evidence=("约谈记录.pdf",))
WAIVED = event(S.WAIVED, 11, note="已整改到位")
VOIDED = event(S.VOIDED, 12, note="名次更正")


def paper(*events: PaperEvent, measure: str = "约谈", **fields: Any) -> Paper:
    return Paper("p1", measure, "甲村", (PROPOSED, *events), **({"personnel": False} | fields))


def followed(*events: PaperEvent, **fields: Any) -> Paper:
    """A paper to which this happened by the rules."""
    one = enter_paper(paper(**fields))
    for each in events:
        one = follow_paper(one, each, PERSONS)
    return one


def rule_against(one: Paper, following: PaperEvent) -> str:
    with pytest.raises(RefusedError) as refused:
        follow_paper(one, following, PERSONS)
    return refused.value.rule


WAY_TO = {
    S.PROPOSED: (),
    S.SIGNED: (SIGNED,),
    S.NOTIFIED: (SIGNED, NOTIFIED),
    S.ANSWERED: (SIGNED, NOTIFIED, ANSWERED),
    S.DONE: (SIGNED, NOTIFIED, DONE),
    S.WAIVED: (WAIVED,),
    S.VOIDED: (SIGNED, VOIDED),
}
FOLLOWS = """
            proposed signed notified answered done waived voided
proposed       -       -       -        -      -     -      -
signed         x       -       -        -      -     -      -
notified       -       x       -        -      -     -      -
answered       -       -       x        x      -     -      -
done           -       -       x        x      -     -      -
waived         x       -       x        x      -     -      -
voided         -       x       x        x      x     -      -
"""


def rows() -> list[tuple[PaperState, PaperState, bool]]:
    header, *lines = FOLLOWS.strip("\n").splitlines()
    states = [S(name) for name in header.split()]
    return [
        (S(words[0]), state, mark == "x")
        for words in map(str.split, lines)
        for state, mark in zip(states, words[1:], strict=True)
    ]


def test_the_table_of_states_is_complete() -> None:
    assert [(what, state) for what, state, _ in rows()] == [(what, state) for what in S for state in S]


@pytest.mark.parametrize(("what", "state", "follows"), rows())
def test_a_paper_goes_on_as_the_table_says_or_is_refused(what: PaperState, state: PaperState, *, follows: bool) -> None:
    before = paper(*WAY_TO[state])
    later = PaperEvent(what, may(20))
    if follows:
        assert evolve(before, events=(*before.events, later)).state is what
        return
    words = f"paper p1: {what.value} on 2024-05-20 cannot follow, the paper is {state.value}"
    with pytest.raises(ValueError, match=words):
        evolve(before, events=(*before.events, later))
    with pytest.raises(RefusedError, match=words) as refused:
        follow_paper(before, later, PERSONS)
    assert refused.value.rule == "an event follows the state"


def test_an_event_without_an_hour_hides_no_hour_of_its_day() -> None:
    at_15, at_9 = (datetime(2024, 5, 9, hour, tzinfo=UTC) for hour in (15, 9))
    answered = evolve(NOTIFIED, day=may(9), at=at_15), ANSWERED
    assert paper(SIGNED, *answered, evolve(DONE, day=may(9), at=at_15)).state is S.DONE
    with pytest.raises(
        ValueError, match=r"paper p1: done on 2024-05-09 09:00.* is before notified on 2024-05-09 15:00"
    ):
        paper(SIGNED, *answered, evolve(DONE, day=may(9), at=at_9))


@pytest.mark.parametrize("events", [(), (SIGNED,)])
def test_a_paper_begins_with_proposed(events: tuple[PaperEvent, ...]) -> None:
    with pytest.raises(ValueError, match="paper p1: its events begin with proposed"):
        Paper("p1", "约谈", "甲村", events, personnel=False)


def test_a_paper_does_not_go_back_in_days_or_hours() -> None:
    with pytest.raises(ValueError, match="paper p1: notified on 2024-05-01 is before signed on 2024-05-02"):
        paper(SIGNED, evolve(NOTIFIED, day=may(1)))
    nine = datetime(2024, 5, 2, 9, tzinfo=timezone(timedelta(hours=8)))
    signed = evolve(SIGNED, at=nine)
    assert rule_against(followed(signed), evolve(NOTIFIED, day=may(1))) == "events are in order of time"
    earlier = evolve(NOTIFIED, day=may(2), at=nine - timedelta(hours=1))
    assert rule_against(followed(signed), earlier) == "events are in order of time"


def test_a_moment_lies_on_its_day() -> None:
    with pytest.raises(ValueError, match="is not on the day 2024-05-01"):
        evolve(PROPOSED, at=datetime(2024, 5, 2, 9, tzinfo=UTC))


def test_only_a_signature_gives_a_number() -> None:
    with pytest.raises(ValueError, match="notified on 2024-05-03 has a number, '7'"):
        evolve(NOTIFIED, number="7")


def test_a_voided_paper_keeps_its_number() -> None:
    assert [followed().number, followed(SIGNED, VOIDED).number] == ["", "督〔2024〕7号"]


def test_a_paper_is_overdue_while_no_answer_came_after_its_date() -> None:
    answered = followed(SIGNED, NOTIFIED, evolve(ANSWERED, day=may(12)))
    assert [answered.is_overdue(may(day)) for day in (10, 11, 12)] == [False, True, False]
    assert followed().due is None
    assert not followed(SIGNED, evolve(NOTIFIED, due=None)).is_overdue(may(31))
    assert not followed(SIGNED).is_overdue(date(2024, 4, 1))


# -- who, and with what
def test_a_paper_is_entered_as_it_was_proposed() -> None:
    with pytest.raises(RefusedError, match="a paper is entered as it was proposed"):
        enter_paper(paper(SIGNED))
    with pytest.raises(RefusedError, match="somebody did it"):
        enter_paper(Paper("p1", "约谈", "甲村", (evolve(PROPOSED, by=""),), personnel=False))


@pytest.mark.parametrize("who", ["envgov", "指挥部"])
@pytest.mark.parametrize(
    ("before", "decision"),
    [((), SIGNED), ((), WAIVED), ((SIGNED,), VOIDED)],
)
def test_neither_a_program_nor_a_body_signs_waives_or_voids(
    before: tuple[PaperEvent, ...], decision: PaperEvent, who: str
) -> None:
    assert rule_against(followed(*before), evolve(decision, by=who)) == "people sign"


def test_a_signature_gives_a_number() -> None:
    assert rule_against(followed(), evolve(SIGNED, number="")) == "what is signed has its number"


def test_what_is_pending_is_ruled_on_before_it_is_signed() -> None:
    assert rule_against(followed(pending=True), SIGNED) == "what is pending is ruled on first"


@pytest.mark.parametrize("decided_by", ["", "张书记", "李主任"])
def test_a_body_decides_on_a_personnel_measure(decided_by: str) -> None:
    proposed = followed(measure="免职", personnel=True)
    assert rule_against(proposed, evolve(SIGNED, decided_by=decided_by)) == "a body decides on a personnel measure"
    assert follow_paper(proposed, evolve(SIGNED, decided_by="县委常委会"), PERSONS).state is S.SIGNED


@pytest.mark.parametrize("measure", [*sorted(PERSONNEL), "予以免职", "停职检查15日"])
def test_a_personnel_measure_is_said_to_be_one(measure: str) -> None:
    with pytest.raises(ValueError, match=f"paper p1: {measure} is a personnel measure: say personnel=True"):
        paper(measure=measure)


@pytest.mark.parametrize(
    ("changed", "rule"), [({"to": ()}, "it goes to somebody"), ({"due": may(2)}, "a date that is given lies ahead")]
)
def test_a_notice_is_refused(changed: dict[str, Any], rule: str) -> None:
    assert rule_against(followed(SIGNED), evolve(NOTIFIED, **changed)) == rule


@pytest.mark.parametrize("decision", [WAIVED, VOIDED])
def test_waiving_and_voiding_have_their_reason(decision: PaperEvent) -> None:
    assert rule_against(followed(SIGNED, NOTIFIED), evolve(decision, note=" ")) == "it has its reason"


def test_what_was_done_is_on_record() -> None:
    assert rule_against(followed(SIGNED, NOTIFIED), evolve(DONE, evidence=())) == "what was done is on record"


def test_somebody_does_whatever_happens_to_a_paper() -> None:
    assert rule_against(followed(SIGNED), evolve(NOTIFIED, by="")) == "somebody did it"


@pytest.mark.parametrize("what", [DONE, WAIVED, VOIDED])
def test_those_whom_it_is_addressed_to_do_not_end_it(what: PaperEvent) -> None:
    notified = followed(SIGNED, evolve(NOTIFIED, to=("王干事",)))
    assert rule_against(notified, evolve(what, by="王干事")) == "nobody closes or ends what they owe"


def test_the_unit_that_it_is_about_does_not_say_that_it_is_done() -> None:
    one = followed(SIGNED, evolve(NOTIFIED, to=("乡镇主要负责人",)))
    assert rule_against(one, evolve(DONE, by="甲村")) == "nobody closes or ends what they owe"


def test_a_paper_goes_from_proposed_to_done() -> None:
    assert followed(SIGNED, NOTIFIED, ANSWERED, DONE).state is S.DONE
