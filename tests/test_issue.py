"""An issue's life: which event may follow in which state, both clocks, overdue, and how it stood on a day."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from itertools import pairwise

import pytest
from attrs import evolve, fields

from envgov.facts.issue import Event, EventKind, Issue, StageDue, State, Whistle
from envgov.facts.position import Position

E = EventKind
BEIJING = timezone(timedelta(hours=8))
FIRST = date(2024, 3, 1)
BRIDGE = Position(Decimal("112.0"), Decimal("27.7"), "WGS84")


def march(day: int) -> date:
    return date(2024, 3, day)


def event(what: EventKind, day: int, due: int | None = None) -> Event:
    return Event(what, march(day), due=None if due is None else march(due), slip="白单" * (what is E.SLIPPED))


def issue(*events: Event) -> Issue:
    return Issue("i1", "v1", events)


def lived(*life: tuple[EventKind, int]) -> Issue:
    """Found on 1 March, and then this."""
    return issue(event(E.FOUND, 1), *(event(what, day) for what, day in life))


WAY_TO = {
    State.OPEN: (),
    State.SUSPENDED: (E.SUSPENDED,),
    State.RECTIFIED: (E.RECTIFIED,),
    State.CLOSED: (E.RECTIFIED, E.ACCEPTED),
    State.ENDED: (E.WITHDRAWN,),
}
INITIALS = {"o": State.OPEN, "s": State.SUSPENDED, "r": State.RECTIFIED, "c": State.CLOSED, "e": State.ENDED}
FOLLOWS = """
event                   open suspended rectified closed ended
found                    -       -         -       -      -
fixed on the spot        c       -         -       -      -
dispatched               o       -         -       -      -
whistled                 o       -         -       -      -
attended                 o       -         -       -      -
claimed                  o       -         -       -      -
completed                o       -         -       -      -
declined                 o       -         -       -      -
reassigned               o       -         -       -      -
referred up              o       -         -       -      -
extended                 o       -         -       -      -
suspended                s       -         -       -      -
resumed                  -       o         -       -      -
rectified                r       -         -       -      -
passed                   -       -         r       -      -
accepted                 -       -         c       -      -
rejected                 -       -         o       -      -
rechecked                -       -         -       c      -
relapsed                 -       -         -       o      -
merged                   e       e         e       -      -
withdrawn                e       e         e       -      -
listed for supervision   o       s         r       -      -
rewarded                 o       s         r       c      e
slip issued              o       s         r       -      -
absorbed                 o       s         r       -      -
"""


def rows() -> list[tuple[EventKind, State, State | None]]:
    """Each event in each state, with the state that follows; None: refused."""
    header, *lines = FOLLOWS.strip().splitlines()
    states = [State(name) for name in header.split()[1:]]
    table = []
    for line in lines:
        words = line.split()
        what = EventKind(" ".join(words[: -len(states)]))
        letters = words[-len(states) :]
        table += [(what, state, INITIALS.get(to)) for state, to in zip(states, letters, strict=True)]
    return table


def test_the_table_of_events_and_states_is_complete() -> None:
    assert [(what, state) for what, state, _ in rows()] == [(what, state) for what in EventKind for state in State]


@pytest.mark.parametrize(("what", "state", "following"), rows())
def test_an_event_follows_as_the_table_says_or_is_refused(
    what: EventKind, state: State, following: State | None
) -> None:
    before = lived(*((way, 2) for way in WAY_TO[state]))
    assert before.state is state
    if following is not None:
        assert issue(*before.events, event(what, 3)).state is following
    else:
        refusal = f"issue i1: {what.value} on 2024-03-03 cannot follow, the issue is {state.value}"
        with pytest.raises(ValueError, match=refusal):
            issue(*before.events, event(what, 3))


@pytest.mark.parametrize("events", [(), (event(E.DISPATCHED, 1),), (event(E.RECTIFIED, 1), event(E.FOUND, 2))])
def test_an_issue_begins_with_found(events: tuple[Event, ...]) -> None:
    with pytest.raises(ValueError, match="issue i1: its events begin with found"):
        issue(*events)


def test_an_issue_to_which_more_happens_keeps_all_else_that_is_known_of_it() -> None:
    found, rectified = event(E.FOUND, 1), event(E.RECTIFIED, 4)
    known = Issue("i1", "v1", (found,), ("v1",), ("住建局",), "垃圾", "村道旁积存垃圾", "巡查", BRIDGE)
    assert all(getattr(known, field.name) != field.default for field in fields(Issue)), "each field is told"
    assert known.after(rectified) == evolve(known, events=(found, rectified))


def test_events_do_not_go_back_in_days() -> None:
    with pytest.raises(ValueError, match="issue i1: rectified on 2024-03-04 is before dispatched on 2024-03-05"):
        lived((E.DISPATCHED, 5), (E.RECTIFIED, 4))


def at(what: EventKind, moment: datetime) -> Event:
    return Event(what, moment.date(), at=moment)


MORNING, EVENING = (datetime(2024, 3, 5, hour, tzinfo=BEIJING) for hour in (10, 15))


def test_events_of_one_day_do_not_go_back_in_hours_and_the_message_says_which() -> None:
    with pytest.raises(ValueError, match=r"rectified .*10:00.* is before dispatched .*15:00"):
        issue(event(E.FOUND, 1), at(E.DISPATCHED, EVENING), at(E.RECTIFIED, MORNING))


def test_events_of_one_day_do_not_go_back_in_hours_over_one_without_an_hour() -> None:
    with pytest.raises(ValueError, match="is before"):
        issue(event(E.FOUND, 1), at(E.DISPATCHED, EVENING), event(E.CLAIMED, 5), at(E.RECTIFIED, MORNING))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (MORNING, MORNING),
        (MORNING, EVENING),
        (datetime(2024, 3, 5, 12, tzinfo=BEIJING), datetime(2024, 3, 5, 5, tzinfo=UTC)),  # 13:00 in Beijing
    ],
)
def test_moments_are_compared_as_instants_and_equal_ones_may_follow(first: datetime, second: datetime) -> None:
    assert issue(event(E.FOUND, 1), at(E.DISPATCHED, first), at(E.RECTIFIED, second)).state is State.RECTIFIED


def test_an_event_whose_hour_is_unknown_may_follow_one_whose_hour_is_known_on_that_day() -> None:
    assert issue(at(E.FOUND, EVENING), event(E.DISPATCHED, 5), event(E.RECTIFIED, 5)).state is State.RECTIFIED


def test_a_moment_lies_on_its_day_in_its_own_time_zone() -> None:
    late = datetime(2024, 3, 5, 23, 30, tzinfo=UTC)  # 6 March in Beijing
    assert Event(E.FOUND, march(5), at=late).at == late
    with pytest.raises(ValueError, match=r"the moment 2024-03-06T07:30:00\+08:00 is not on the day 2024-03-05"):
        Event(E.FOUND, march(5), at=late.astimezone(BEIJING))


def test_rectified_is_a_claim_and_only_acceptance_closes() -> None:
    claimed = lived((E.DISPATCHED, 2), (E.RECTIFIED, 5))
    assert (claimed.state, claimed.closed) == (State.RECTIFIED, None)
    assert issue(*claimed.events, event(E.ACCEPTED, 7)).closed == march(7)


@pytest.mark.parametrize(
    ("life", "closed"),
    [
        ([], None),
        ([(E.FIXED_ON_THE_SPOT, 1)], 1),
        ([(E.RECTIFIED, 5), (E.ACCEPTED, 7), (E.RECHECKED, 20), (E.REWARDED, 21)], 7),
        ([(E.RECTIFIED, 5), (E.ACCEPTED, 7), (E.RELAPSED, 9)], None),
        ([(E.RECTIFIED, 5), (E.ACCEPTED, 7), (E.RELAPSED, 9), (E.RECTIFIED, 10), (E.ACCEPTED, 12)], 12),
        ([(E.FIXED_ON_THE_SPOT, 1), (E.RELAPSED, 9), (E.RECTIFIED, 10), (E.ACCEPTED, 12)], 12),
        ([(E.RECTIFIED, 5), (E.ACCEPTED, 7), (E.RELAPSED, 9), (E.FIXED_ON_THE_SPOT, 9)], 9),
        ([(E.RECTIFIED, 5), (E.ACCEPTED, 7), (E.RELAPSED, 9), (E.WITHDRAWN, 12)], None),
    ],
)
def test_closed_is_the_day_of_the_closing_that_still_stands(
    life: list[tuple[EventKind, int]], closed: int | None
) -> None:
    assert lived(*life).closed == (None if closed is None else march(closed))


def test_found_due_and_counts_are_read_from_the_events() -> None:
    reworked = issue(
        event(E.FOUND, 1),
        event(E.DISPATCHED, 2, due=10),
        event(E.RECTIFIED, 5),
        event(E.REJECTED, 6),
        event(E.EXTENDED, 7, due=15),
        event(E.RECTIFIED, 8),
        event(E.REJECTED, 9),
        event(E.LISTED, 9),
    )
    assert (reworked.found, reworked.due) == (march(1), march(15))
    assert [reworked.count(what) for what in (E.REJECTED, E.RECTIFIED, E.RELAPSED)] == [2, 2, 0]


def test_no_due_date_is_none_and_never_overdue() -> None:
    undated = lived((E.DISPATCHED, 2))
    assert undated.due is None
    assert not undated.is_overdue(date.max)


def test_as_of_is_the_issue_at_the_end_of_that_day_and_none_before_it_was_found() -> None:
    whole = lived((E.DISPATCHED, 2), (E.RECTIFIED, 5), (E.ACCEPTED, 5), (E.RELAPSED, 9))
    assert whole.as_of(date(2024, 2, 29)) is None
    states = [then.state for day in (1, 4, 5, 8, 9, 31) if (then := whole.as_of(march(day)))]
    assert states == [State.OPEN, State.OPEN, State.CLOSED, State.CLOSED, State.OPEN, State.OPEN]
    assert whole.as_of(march(4)) == lived((E.DISPATCHED, 2))
    assert whole.as_of(march(9)) == whole


DISPATCHED = (event(E.FOUND, 1), event(E.DISPATCHED, 2, due=10))


@pytest.mark.parametrize(
    ("more", "overdue_on"),
    [
        ((), (11, 12, 20, 31)),
        ((event(E.EXTENDED, 5, due=15),), (20, 31)),
        ((event(E.EXTENDED, 12, due=20),), (11, 31)),
        ((event(E.RECTIFIED, 10),), ()),
        ((event(E.RECTIFIED, 12),), (11,)),
        ((event(E.RECTIFIED, 9), event(E.REJECTED, 12)), (12, 20, 31)),
        ((event(E.RECTIFIED, 9), event(E.ACCEPTED, 12)), ()),
        ((event(E.SUSPENDED, 9), event(E.RESUMED, 20)), (20, 31)),
        ((event(E.WITHDRAWN, 12),), (11,)),
    ],
    ids=[
        *("nothing more", "extended", "extended late", "rectified on the due day", "rectified late"),
        *("rejected", "accepted late", "suspended and resumed", "withdrawn"),
    ],
)
def test_overdue_is_open_with_the_due_day_past_at_the_end_of_that_day(
    more: tuple[Event, ...], overdue_on: tuple[int, ...]
) -> None:
    dispatched = issue(*DISPATCHED, *more)
    assert tuple(day for day in (1, 9, 10, 11, 12, 20, 31) if dispatched.is_overdue(march(day))) == overdue_on
    assert not dispatched.is_overdue(date(2024, 2, 29))


SUSPENDED_FIVE_TO_FIFTEEN = ((E.SUSPENDED, 5), (E.RESUMED, 15))
CLOSED_ON_22 = (*SUSPENDED_FIVE_TO_FIFTEEN, (E.RECTIFIED, 20), (E.ACCEPTED, 22))


@pytest.mark.parametrize(
    ("life", "day", "elapsed", "worked"),
    [
        ((), 1, 0, 0),
        ((), 31, 30, 30),
        (SUSPENDED_FIVE_TO_FIFTEEN, 4, 3, 3),
        (SUSPENDED_FIVE_TO_FIFTEEN, 5, 4, 4),
        (SUSPENDED_FIVE_TO_FIFTEEN, 10, 9, 4),
        (SUSPENDED_FIVE_TO_FIFTEEN, 15, 14, 4),
        (SUSPENDED_FIVE_TO_FIFTEEN, 16, 15, 5),
        (SUSPENDED_FIVE_TO_FIFTEEN[:1], 31, 30, 4),
        ((*SUSPENDED_FIVE_TO_FIFTEEN, (E.SUSPENDED, 20), (E.LISTED, 22), (E.RESUMED, 25)), 31, 30, 15),
        (((E.SUSPENDED, 5), (E.RESUMED, 5)), 31, 30, 30),
        (CLOSED_ON_22, 22, 21, 11),
        (CLOSED_ON_22, 31, 21, 11),
        ((*CLOSED_ON_22, (E.RELAPSED, 26)), 31, 30, 20),
        ((*CLOSED_ON_22, (E.RELAPSED, 24), (E.RECTIFIED, 25), (E.ACCEPTED, 26)), 31, 25, 15),
        (((E.SUSPENDED, 5), (E.REWARDED, 7), (E.RESUMED, 15)), 31, 30, 20),
        (((E.SUSPENDED, 5), (E.SLIPPED, 7), (E.ABSORBED, 9), (E.RESUMED, 15)), 31, 30, 20),
        (((E.FIXED_ON_THE_SPOT, 1),), 31, 0, 0),
        (((E.RECTIFIED, 5),), 31, 30, 30),
    ],
)
def test_elapsed_counts_calendar_days_and_worked_leaves_out_those_of_suspension(
    life: tuple[tuple[EventKind, int], ...], day: int, elapsed: int, worked: int
) -> None:
    assert (lived(*life).elapsed(march(day)), lived(*life).worked(march(day))) == (elapsed, worked)


@pytest.mark.parametrize(("day", "elapsed", "worked"), [(1, 0, 0), (4, 3, 3), (10, 9, 4), (18, 17, 7), (21, 20, 10)])
def test_on_a_day_before_the_closing_both_clocks_are_those_of_the_open_issue(
    day: int, elapsed: int, worked: int
) -> None:
    closed = lived(*CLOSED_ON_22)
    assert (closed.elapsed(march(day)), closed.worked(march(day))) == (elapsed, worked)


@pytest.mark.parametrize("life", [(), CLOSED_ON_22, SUSPENDED_FIVE_TO_FIFTEEN])
def test_before_it_was_found_both_clocks_stand_at_zero(life: tuple[tuple[EventKind, int], ...]) -> None:
    early = date(2024, 2, 1)
    assert (lived(*life).elapsed(early), lived(*life).worked(early)) == (0, 0)


@pytest.mark.parametrize("end", [E.WITHDRAWN, E.MERGED])
def test_both_clocks_stop_when_an_issue_is_withdrawn_or_merged(end: EventKind) -> None:
    ended = lived((E.SUSPENDED, 5), (end, 10))
    clocks = [(ended.elapsed(march(day)), ended.worked(march(day))) for day in (5, 9, 10, 31)]
    assert clocks == [(4, 4), (8, 4), (9, 4), (9, 4)]


def test_the_clocks_never_run_backwards_while_the_days_go_on() -> None:
    for life in (SUSPENDED_FIVE_TO_FIFTEEN, CLOSED_ON_22, (*CLOSED_ON_22, (E.RELAPSED, 26))):
        lively = lived(*life)
        for before, after in pairwise(FIRST + timedelta(n) for n in range(31)):
            assert lively.elapsed(before) <= lively.elapsed(after)
            assert lively.worked(before) <= lively.worked(after)


def test_whoever_rectified_does_not_accept() -> None:
    day = date(2024, 3, 1)
    events = (
        Event(EventKind.FOUND, day),
        Event(EventKind.RECTIFIED, day, by="甲村"),
        Event(EventKind.ACCEPTED, day, by="甲村"),
    )
    with pytest.raises(ValueError, match="甲村 accepted on 2024-03-01 what they rectified themselves"):
        Issue("1", "甲", events)
    assert Issue("1", "甲", (*events[:2], Event(EventKind.ACCEPTED, day, by="环卫办"))).closed == day


@pytest.mark.parametrize("slip", ["", " "])
def test_a_slip_that_was_issued_names_its_level(slip: str) -> None:
    with pytest.raises(ValueError, match="slip issued on 2024-03-02: say which, such as slip='白单'"):
        Event(E.SLIPPED, march(2), slip=slip)
    assert Event(E.SLIPPED, march(2), slip="红单").slip == "红单"


@pytest.mark.parametrize("what", [kind for kind in E if kind is not E.SLIPPED])
def test_only_an_issued_slip_has_a_level(what: EventKind) -> None:
    problem = f"{what.value} on 2024-03-02 has a slip, '白单': give that an event of its own"
    with pytest.raises(ValueError, match=problem):
        Event(what, march(2), slip="白单")


WHISTLE = Whistle(datetime(2024, 3, 2, 9, tzinfo=BEIJING), "村口", "2人", "王局长", "清理河道")


@pytest.mark.parametrize("what", [kind for kind in E if kind not in (E.WHISTLED, E.SLIPPED)])
def test_only_a_whistle_asks_what_a_whistle_asks(what: EventKind) -> None:
    with pytest.raises(ValueError, match=f"{what.value} on 2024-03-02 has a whistle: give that an event of its own"):
        Event(what, march(2), to=("住建局",), whistle=WHISTLE)


def test_a_whistle_of_which_the_fact_alone_is_known_asks_nothing() -> None:
    assert Event(E.WHISTLED, march(2)).whistle is None


def test_a_whistle_that_asks_something_says_whom() -> None:
    with pytest.raises(ValueError, match=r"whistled on 2024-03-02: say whom it calls, such as to=\('住建局',\)"):
        Event(E.WHISTLED, march(2), whistle=WHISTLE)
    assert Event(E.WHISTLED, march(2), to=("住建局",), whistle=WHISTLE).whistle == WHISTLE


def test_a_whistle_asks_nobody_to_report_before_its_day() -> None:
    with pytest.raises(ValueError, match=r"whistled on 2024-03-03: to report at 2024-03-02T09:00:00\+08:00, before"):
        Event(E.WHISTLED, march(3), to=("住建局",), whistle=WHISTLE)


def test_after_a_relapse_only_a_new_date_binds() -> None:
    first, again = date(2024, 3, 10), date(2024, 6, 1)
    events = (
        Event(EventKind.FOUND, date(2024, 3, 1), due=first),
        Event(EventKind.FIXED_ON_THE_SPOT, date(2024, 3, 2)),
        Event(EventKind.RELAPSED, date(2024, 5, 1)),
    )
    relapsed = Issue("1", "甲", events)
    assert relapsed.due is None
    assert not relapsed.is_overdue(date(2024, 5, 2))
    assert Issue("1", "甲", (*events, Event(EventKind.DISPATCHED, date(2024, 5, 2), due=again))).due == again


def test_who_owes_it_follows_to_whom_it_was_handed_day_by_day() -> None:
    life = Issue(
        "1",
        "v1",
        (
            Event(EventKind.FOUND, FIRST),
            Event(EventKind.DISPATCHED, FIRST, to=("甲",)),
            Event(EventKind.REASSIGNED, date(2024, 6, 3), to=("乙",)),
            Event(EventKind.EXTENDED, date(2024, 6, 4)),
        ),
        responsible=("丙",),
    )
    then = life.as_of(date(2024, 5, 31))
    assert then is not None
    assert (then.owed_by, life.owed_by) == (("甲",), ("乙",))
    assert Issue("2", "v1", life.events[:1], responsible=("丙",)).owed_by == ("丙",)


# -- staged dates
def staged_issue(*later: Event) -> Issue:
    dues = (StageDue("部署", march(2)), StageDue("反馈", march(5)), StageDue("办结", march(9)))
    return issue(event(E.FOUND, 1), evolve(event(E.DISPATCHED, 2, 9), dues=dues), *later)


def completed(stage: str, day: int) -> Event:
    return Event(E.COMPLETED, march(day), stage=stage)


def names(dues: tuple[StageDue, ...]) -> list[str]:
    return [due.stage for due in dues]


def test_a_stage_is_late_from_the_day_after_its_date_until_it_is_completed() -> None:
    late = staged_issue(completed("反馈", 7))
    assert [names(late.late_stages(march(day))) for day in (2, 3, 5, 6, 7)] == [
        [],
        ["部署"],
        ["部署"],
        ["部署", "反馈"],
        ["部署"],
    ]


def test_no_stage_of_an_issue_that_is_not_open_is_late() -> None:
    assert staged_issue(event(E.RECTIFIED, 3)).late_stages(march(30)) == ()
    assert staged_issue().late_stages(FIRST - timedelta(1)) == ()


def test_a_relapse_leaves_no_stages() -> None:
    back = staged_issue(event(E.RECTIFIED, 3), event(E.ACCEPTED, 3), event(E.RELAPSED, 4))
    assert back.stages == ()


def test_an_extension_leaves_the_stages_that_it_gives_again() -> None:
    assert staged_issue(event(E.EXTENDED, 3, 20)).stages == ()
    again = evolve(event(E.EXTENDED, 3, 20), dues=(StageDue("部署", march(4)), StageDue("办结", march(20))))
    assert names(staged_issue(completed("部署", 2), again).stages) == ["办结"]


def test_stages_are_completed_anew_after_another_hand_over() -> None:
    dues = (StageDue("部署", march(8)),)
    over = evolve(event(E.REASSIGNED, 7, 8), dues=dues)
    assert staged_issue(completed("部署", 2), over).stages == dues


def test_an_issue_that_was_only_found_has_no_stages() -> None:
    assert lived().stages == ()


def test_the_date_is_that_of_the_last_stage() -> None:
    with pytest.raises(ValueError, match="due=2024-03-09 is not the latest of its stages"):
        evolve(event(E.DISPATCHED, 2, 9), dues=(StageDue("部署", march(2)),))


def test_only_what_is_completed_has_a_stage() -> None:
    with pytest.raises(ValueError, match="rectified on 2024-03-02 has a stage, '部署'"):
        evolve(event(E.RECTIFIED, 2), stage="部署")


def test_nothing_is_asked_for_after_it_was_granted() -> None:
    with pytest.raises(ValueError, match="extended on 2024-03-02: it was asked for after that day, on 2024-03-03"):
        evolve(event(E.EXTENDED, 2, 9), asked=march(3))
