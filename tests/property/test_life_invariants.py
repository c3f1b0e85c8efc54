"""Lives drawn at random: whatever the rules let through, nobody closed what they owe, and nothing was lost."""

from datetime import datetime
from random import Random

from attrs import evolve
from hypothesis import given, strategies as st

from envgov.facts.guards import LifeRules, owners
from envgov.facts.issue import HANDED, Event, EventKind, Issue, State, Whistle
from envgov.facts.life import enter, follow, merge
from envgov.facts.paper import Paper, PaperEvent, PaperState, enter_paper, follow_paper
from envgov.facts.publication import (
    Publication,
    PublicationEvent,
    PublicationKind,
    enter_publication,
    follow_publication,
)
from envgov.facts.refusal import RefusedError
from lives import CHINA, may

K, P, N = EventKind, PaperState, PublicationKind
Lived = tuple[list[tuple[Issue, Event, Issue]], LifeRules]
WHO = ("", "甲村", "乙村", "住建局", "环卫办", "县督导组", "镇")
seeded = st.integers(0, 10**9).map(Random)  # a life goes deeper by chance than by choices that shrink
ROLES = ("村", "镇", "县")
WHISTLE = Whistle(datetime(2024, 6, 1, 9, tzinfo=CHINA), "村口", "各2人", "张主任", "清运渣土")
rules = st.builds(
    LifeRules,
    accepting=st.integers(1, 3).map(lambda n: ROLES[-n:]),
    evidence_of=st.frozensets(st.sampled_from((K.FOUND, K.RECTIFIED)), max_size=1),
    decline_within=st.none() | st.integers(0, 5),
    extend_before_due=st.booleans(),
    undated=st.just(frozenset({"长期坚持"})),
)
OFTEN = (
    K.DISPATCHED,
    K.WHISTLED,
    *(K.ATTENDED, K.CLAIMED, K.COMPLETED) * 6,
    K.EXTENDED,
    K.SUSPENDED,
    K.RESUMED,
    *(K.RECTIFIED, K.PASSED, K.ACCEPTED) * 3,
    K.REJECTED,
    K.RELAPSED,
)


def any_event(chance: Random, day: int) -> Event:
    """Anything that may be said to have happened, most often with what the rules want."""
    what = chance.choice((*EventKind, *OFTEN * 3))
    to = tuple(chance.sample(WHO[1:4], chance.randint(0, 2)))
    return Event(
        what,
        may(day),
        by=chance.choice(WHO),
        to=to,
        due=chance.choice((None, may(chance.randint(1, 31)))) if what in (*HANDED, K.EXTENDED, K.RESUMED) else None,
        note=chance.choice(("说明", "说明", "")),
        evidence=chance.choice((("1.jpg",), ("1.jpg",), ())),
        slip="白单" if what is K.SLIPPED else "",
        whistle=WHISTLE if what is K.WHISTLED and to else None,
        approved_by=chance.choice(WHO) if what in (K.EXTENDED, K.SUSPENDED, K.RESUMED) else "",
        role=chance.choice(("", *ROLES)) if what in (K.PASSED, K.ACCEPTED, K.REJECTED) else "",
    )


@st.composite
def steps(draw: st.DrawFn) -> Lived:
    """An issue before and after each event that was let through, and the rules."""
    fixed, chance = draw(rules), draw(seeded)
    found = Event(K.FOUND, may(1), by="督导组", evidence=("0.jpg",))
    issue = enter(Issue("W1", "甲村", (found,), supporting=draw(st.sampled_from(((), ("乙村",))))), fixed)
    taken: list[tuple[Issue, Event, Issue]] = []
    day = 1
    for _ in range(400):
        event = any_event(chance, day)
        try:
            after = follow(issue, event, fixed)
        except RefusedError:
            continue
        taken.append((issue, event, after))
        issue, day = after, min(day + chance.choice((-1, 0, 0, 1, 1)), 31) or 1
    return taken, fixed


@given(steps())
def test_nothing_is_lost_and_what_is_refused_changes_nothing(drawn: Lived) -> None:
    for before, event, after in drawn[0]:
        assert after.events == (*before.events, event)


@given(steps())
def test_nobody_closes_or_ends_what_they_owe(drawn: Lived) -> None:
    for before, event, _ in drawn[0]:
        if event.what in (K.ACCEPTED, K.WITHDRAWN):
            assert event.by
            assert event.by not in owners(before)


def since(issue: Issue, what: EventKind) -> tuple[Event, ...]:
    last = max(i for i, event in enumerate(issue.events) if event.what is what)
    return issue.events[last:]


@given(steps())
def test_an_issue_is_closed_by_each_role_in_turn_and_by_nobody_who_did_the_work(
    drawn: Lived,
) -> None:
    taken, fixed = drawn
    for _, event, after in taken:
        if event.what is not K.ACCEPTED:
            continue
        rectified, *later = since(after, K.RECTIFIED)
        accepting = [each for each in later if each.what in (K.PASSED, K.ACCEPTED)]
        assert [each.role or fixed.accepting[0] for each in accepting] == list(fixed.accepting)
        assert len({each.by for each in accepting} | {rectified.by}) == len(fixed.accepting) + 1


@given(steps())
def test_a_later_date_is_a_hand_over_or_was_approved_by_somebody_else(
    drawn: Lived,
) -> None:
    for before, event, after in drawn[0]:
        if after.due != before.due and event.what not in (K.RELAPSED, *HANDED):
            assert event.approved_by not in ("", event.by)
            assert event.approved_by not in owners(before)
        if event.what is K.DISPATCHED:
            assert after.due is not None


@given(steps())
def test_a_whistled_issue_is_rectified_after_every_department_that_did_not_decline(
    drawn: Lived,
) -> None:
    for before, event, _ in drawn[0]:
        if event.what is not K.RECTIFIED or not before.count(K.WHISTLED) or before.count(K.RELAPSED):
            continue
        called = {who for each in before.events if each.what is K.WHISTLED for who in each.to}
        left = {each.by for each in before.events if each.what in (K.COMPLETED, K.DECLINED)}
        assert called <= left


@given(steps(), st.integers(0, 4), st.sampled_from(WHO), st.integers(1, 31))
def test_a_merge_keeps_both_histories_or_is_refused(drawn: Lived, back: int, who: str, day: int) -> None:
    taken, fixed = drawn
    lives = [after for _, _, after in taken] or [Issue("W1", "甲村", (Event(K.FOUND, may(1)),))]
    issue, into = lives[-1], evolve(lives[-1 - min(back, len(lives) - 1)], id="W2")
    try:
        gone, kept = merge(issue, into, Event(K.MERGED, may(day), by=who), fixed)
    except RefusedError:
        return
    assert (gone.events[:-1], kept.events[:-1]) == (issue.events, into.events)
    assert (gone.state, kept.state) == (State.ENDED, into.state)
    assert (gone.events[-1].note, kept.events[-1].note) == ("W2", "W1")


# -- papers and publications
PERSONS = frozenset({"张书记", "李主任"})
SIGNERS = ("", "envgov", "指挥部", "甲村", *sorted(PERSONS))


@st.composite
def papers(draw: st.DrawFn) -> Paper:
    chance = draw(seeded)
    proposed = PaperEvent(P.PROPOSED, may(1), by="envgov")
    paper, day = enter_paper(Paper("p1", "免职", "甲村", (proposed,), personnel=True)), 1
    for _ in range(60):
        what = chance.choice((P.SIGNED, P.NOTIFIED, P.ANSWERED, *P))
        event = PaperEvent(
            what,
            may(day),
            by=chance.choice(SIGNERS),
            to=chance.choice(((), ("甲村",))),
            note=chance.choice(("", "说明")),
            evidence=chance.choice(((), ("1.pdf",))),
            number=chance.choice(("", "7")) if what is P.SIGNED else "",
            decided_by=chance.choice(("", "张书记", "县委常委会")),
        )
        try:
            paper = follow_paper(paper, event, PERSONS)
        except RefusedError:
            continue
        day = min(day + chance.randint(0, 5), 31)
    return paper


@given(papers())
def test_software_signs_waives_and_voids_nothing_and_a_body_decides_on_persons(paper: Paper) -> None:
    for event in paper.events:
        if event.what in (P.SIGNED, P.WAIVED, P.VOIDED):
            assert event.by in PERSONS
        if event.what is P.SIGNED:
            assert (event.number, event.decided_by) == ("7", "县委常委会")
    assert bool(paper.number) == (paper.state not in (P.PROPOSED, P.WAIVED) or len(paper.events) > 2)


@st.composite
def publications(draw: st.DrawFn) -> Publication:
    chance = draw(seeded)
    drafted = PublicationEvent(N.DRAFTED, may(1), by="王干事", text="a")
    one, day = enter_publication(Publication("demo", "2024-04", (drafted,))), 1
    for _ in range(60):
        what = chance.choice((N.SIGNED, N.REVIEWED, N.PUBLISHED, *N))
        event = PublicationEvent(
            what,
            may(day),
            by=chance.choice(SIGNERS),
            text=chance.choice("ab"),
            to=("甲村",) if what is N.FED_BACK else (),
            due=may(min(day + 1, 31)),
            note="说明",
            objection=chance.choice(("1", "2")) if what in (N.OBJECTED, N.REVIEWED) else "",
            upheld=what is N.REVIEWED and chance.choice((True, False)),
        )
        try:
            one = follow_publication(one, event, PERSONS, hearing=True)
        except RefusedError:
            continue
        day = min(day + chance.randint(0, 2), 31)
    return one


@given(publications())
def test_what_is_published_was_heard_signed_by_a_person_and_is_the_draft(publication: Publication) -> None:
    kinds = [event.what for event in publication.events]
    if N.PUBLISHED not in kinds:
        return
    upto = publication.events[: kinds.index(N.PUBLISHED) + 1]
    signed, published = (next(e for e in reversed(upto) if e.what is kind) for kind in (N.SIGNED, N.PUBLISHED))
    heard = next(e for e in reversed(upto) if e.what is N.FED_BACK)
    draft = next(e for e in reversed(upto) if e.what is N.DRAFTED)
    assert published.text == signed.text == draft.text
    assert signed.by in PERSONS
    assert heard.due is not None
    assert signed.day > heard.due
    filed = [e.objection for e in upto if e.what is N.OBJECTED]
    assert sorted(filed) == sorted(e.objection for e in upto if e.what is N.REVIEWED)
