"""What is entered: versions, keys, what was seen, refusals, moments, batches."""

import json
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve

import envgov as eg
from clerks import RULES, E, at, command, enter, event, issue, live, march
from envgov.ledger import Command, Ledger, LedgerError, Refusal, StaleError, Units


def test_an_entry_has_its_place_in_the_book_and_in_the_life_of_its_subject(ledger: Ledger) -> None:
    enter(ledger, "W1", issue("W1"))
    enter(ledger, "W2", issue("W2"))
    entry = enter(ledger, "W1", event(E.DISPATCHED, 2, 10), key="第三笔", by="李会计")
    assert (entry.seq, entry.subject, entry.version, entry.what) == (4, "issue:W1", 2, "dispatched")
    assert (entry.by, entry.at, entry.key) == ("李会计", at(2), "第三笔")
    assert entry.value == event(E.DISPATCHED, 2, 10)
    assert ledger.entries("issue:W1")[-1] == entry


def test_the_hash_of_an_entry_is_that_of_the_one_before_and_of_its_row(ledger: Ledger) -> None:
    first = enter(ledger, "W1", issue("W1"), key="a", by="张")
    entry = enter(ledger, "W1", event(E.DISPATCHED, 2, 10), key="b", by="张")
    value = '{"by":"镇环卫办","day":"2024-03-02","due":"2024-03-10","kind":"Event","schema":1,"to":["v1"],"what":"dispatched"}'
    assert entry.body == f'{{"value":{value}}}'
    row = [3, "issue:W1", 2, "dispatched", "2024-03-02T08:00:00.000000+00:00", "张", "b", entry.body]
    text = first.hash + json.dumps(row, ensure_ascii=False, separators=(",", ":"))
    assert entry.hash == sha256(text.encode()).hexdigest()


def test_what_was_entered_is_there_when_the_ledger_is_opened_again(place: str) -> None:
    with Ledger.create(place) as ledger:
        ledger.record_all([Command("rules:life", RULES, "张", at(1), "rules")])
        enter(ledger, "W1", issue("W1", category="乱堆"))
    with Ledger.open(place) as ledger:
        assert ledger.issue("W1") == issue("W1", category="乱堆")
        assert ledger.verify()


def test_a_command_sent_again_is_entered_once(ledger: Ledger) -> None:
    first = ledger.record("W1", issue("W1"), by="张", at=at(1), key="k")
    again = ledger.record("W1", issue("W1"), by="张", at=at(2), key="k", expected=0)
    assert again == first
    assert len(ledger.entries("issue:W1")) == 1


def test_a_command_sent_twice_in_one_batch_is_entered_once(ledger: Ledger) -> None:
    sent = command("W1", issue("W1"), key="k")
    first, second = ledger.record_all([sent, sent])
    assert first == second


@pytest.mark.parametrize(
    "other",
    [
        command("W2", issue("W2"), key="k", by="张"),
        command("W1", issue("W1", category="乱堆"), key="k", by="张"),
        command("W1", issue("W1"), key="k", by="李"),
    ],
)
def test_a_key_that_is_used_for_something_else_is_refused(ledger: Ledger, other: Command) -> None:
    enter(ledger, "W1", issue("W1"), key="k", by="张")
    with pytest.raises(eg.RefusedError, match="the key k is that of entry 2, found of issue:W1 by 张") as refused:
        ledger.record_all([other])
    assert refused.value.rule == "a key is used for one command"


def test_a_key_is_not_used_for_the_same_event_of_another_issue(ledger: Ledger) -> None:
    listed = event(E.LISTED, 2)
    ledger.record_all([command("W1", issue("W1")), command("W2", issue("W2")), command("W1", listed, key="k")])
    with pytest.raises(eg.RefusedError, match="the key k is that of entry 4, listed for supervision of issue:W1"):
        enter(ledger, "W2", listed, key="k")
    assert len(ledger.issue("W2").events) == 1


def test_a_stale_version_is_refused_and_told_who_changed_what(ledger: Ledger) -> None:
    live(ledger, "W1")
    enter(ledger, "W1", event(E.CLAIMED, 2), by="李会计", expected=2)
    with pytest.raises(
        StaleError, match="seen at version 2 and is at version 3: 李会计 entered claimed at 2024-03"
    ) as found:
        enter(ledger, "W1", event(E.RECTIFIED, 3), expected=2)
    assert [entry.what for entry in found.value.since] == ["claimed"]
    assert ledger.issue("W1").events[-1].what is E.CLAIMED


def test_a_version_that_was_never_there_is_stale_too(ledger: Ledger) -> None:
    with pytest.raises(StaleError, match="seen at version 3 and is at version 0; look"):
        enter(ledger, "W1", issue("W1"), expected=3)


def test_what_is_refused_changes_nothing_and_is_in_the_access_log(ledger: Ledger) -> None:
    before = live(ledger, "W1", [(E.RECTIFIED, 3)])
    head = ledger.head
    with pytest.raises(eg.RefusedError):
        enter(ledger, "W1", event(E.ACCEPTED, 4, by="v1"), by="王会计")
    assert (ledger.issue("W1"), ledger.head) == (before, head)
    [refusal] = ledger.refusals()
    assert refusal == Refusal(
        at(4),
        "王会计",
        "issue:W1",
        "accepted",
        "rectified is accepted by somebody else",
        "issue W1: accepted on 2024-03-04: v1 rectified it",
    )


def test_of_a_batch_everything_is_entered_or_nothing(ledger: Ledger) -> None:
    with pytest.raises(eg.RefusedError):
        ledger.record_all([command("W1", issue("W1")), command("W2", event(E.CLAIMED, 2), by="李")])
    assert ledger.issues() == ()
    assert [(refusal.by, refusal.subject) for refusal in ledger.refusals()] == [("李", "issue:W2")]
    assert ledger.head is not None
    assert ledger.head.seq == 1


def test_a_batch_may_go_on_with_what_it_began(ledger: Ledger) -> None:
    life = [event(E.DISPATCHED, 1, 5), event(E.RECTIFIED, 3), event(E.ACCEPTED, 4)]
    entries = ledger.record_all([command("W1", issue("W1")), *(command("W1", happened) for happened in life)])
    assert [entry.version for entry in entries] == [1, 2, 3, 4]
    assert ledger.issue("W1").state is eg.State.CLOSED
    assert ledger.differing() == ()


def test_nothing_is_entered_by_an_empty_batch(ledger: Ledger) -> None:
    head = ledger.head
    assert ledger.record_all([]) == ()
    assert ledger.head == head


def test_more_issues_than_one_question_names_are_entered_at_once(ledger: Ledger) -> None:
    ids = [f"W{n:04}" for n in range(1100)]
    ledger.record_all(command(id, issue(id)) for id in ids)
    ledger.record_all(command(id, event(E.DISPATCHED, 2, 9, to=("住建局",))) for id in ids)
    assert [issue.id for issue in ledger.issues()] == ids
    assert ledger.differing() == ()
    assert ledger.rates(march(2), "responsible")["住建局"].closed == eg.Tally(0, 1100, march(2))


# -- rules of the ledger itself
def refused(ledger: Ledger, *commands: Command) -> str:
    with pytest.raises(eg.RefusedError) as found:
        ledger.record_all(commands)
    return f"{found.value.rule}: {found.value.told}"


def test_an_issue_needs_the_rules_of_its_life(place: str) -> None:
    with Ledger.create(place) as ledger:
        told = refused(ledger, command("W1", issue("W1")))
    assert told == "issues have rules: the ledger has no rules of an issue's life"


def test_a_subject_is_named_by_its_id(ledger: Ledger) -> None:
    told = refused(ledger, command("W1", issue("W2")))
    assert told == "a subject is named by its id: issue:W1 was given W2"


def test_an_issue_is_entered_once(ledger: Ledger) -> None:
    enter(ledger, "W1", issue("W1"))
    assert refused(ledger, command("W1", issue("W1"))) == "a life begins once: there is issue:W1 already"


def test_an_event_needs_its_issue(ledger: Ledger) -> None:
    told = refused(ledger, command("W1", event(E.CLAIMED, 2)))
    assert told == "a life has its beginning: there is no issue:W1"


def test_an_issue_goes_on_by_events_alone(ledger: Ledger) -> None:
    enter(ledger, "W1", issue("W1"))
    told = refused(ledger, Command("issue:W1", RULES, "张", at(2), "k"))
    assert told == "what has a life goes on by events: issue:W1 was given a LifeRules"


def test_an_issue_is_entered_under_its_kind(ledger: Ledger) -> None:
    told = refused(ledger, Command("measure:W1", issue("W1"), "张", at(2), "k"))
    assert told == "what has a life is entered under its kind: measure:W1 was given found"


def test_a_setting_has_its_kind(ledger: Ledger) -> None:
    told = refused(ledger, Command("rules:life", issue("W1"), "张", at(2), "k"))
    assert told == "a setting has its kind: rules:life was given a found"


def test_nothing_is_entered_before_it_happens(ledger: Ledger) -> None:
    told = refused(ledger, command("W1", issue("W1", 5), at=at(4, 23)))
    assert told == "nothing is entered before it happens: issue:W1: found on 2024-03-05 was to be entered on 2024-03-04"


def test_nothing_is_entered_earlier_on_the_day_than_it_happens(ledger: Ledger) -> None:
    found = eg.Issue("W1", "v1", (eg.Event(E.FOUND, march(5), at=at(5, 18)),))
    with pytest.raises(eg.RefusedError, match="nothing is entered before it happens"):
        enter(ledger, "W1", found, at=at(5, 9))
    assert enter(ledger, "W1", found, at=at(5, 18)).version == 1


def test_what_happened_is_entered_at_once_from_whatever_time_zone(ledger: Ledger) -> None:
    seven = datetime(2024, 3, 5, 7, tzinfo=timezone(timedelta(hours=8)))  # 23:00 of the day before in UTC
    found = eg.Issue("W1", "v1", (eg.Event(E.FOUND, march(5), at=seven),))
    assert enter(ledger, "W1", found, at=datetime(2024, 3, 4, 23, 30, tzinfo=UTC)).version == 1


def test_entries_of_a_subject_do_not_go_back_in_time(ledger: Ledger) -> None:
    enter(ledger, "W1", issue("W1"), at=at(3, 9))
    told = refused(ledger, command("W1", event(E.DISPATCHED, 3, 5), at=at(3, 8)))
    assert told == (
        "entries do not go back in time: issue:W1 was entered at 2024-03-03T09:00:00+00:00, "
        "and now at 2024-03-03T08:00:00+00:00"
    )


def test_a_later_rule_decides_what_comes_and_leaves_what_was(ledger: Ledger) -> None:
    live(ledger, "W1", [(E.RECTIFIED, 3)])
    stricter = eg.LifeRules(
        accepting=("镇",),
        evidence_of=frozenset({E.RECTIFIED}),
        decline_within=3,
        extend_before_due=True,
        undated=frozenset(),
    )
    live(ledger, "W2")
    ledger.record_all([Command("rules:life", stricter, "张", at(4), "stricter")])
    assert refused(ledger, command("W2", event(E.RECTIFIED, 4))).startswith("it has its evidence: issue W2")
    assert ledger.issue("W1").state is eg.State.RECTIFIED


def test_a_rule_of_a_refused_batch_does_not_hold(ledger: Ledger) -> None:
    looser = eg.LifeRules(
        accepting=("镇",),
        evidence_of=frozenset(),
        decline_within=3,
        extend_before_due=True,
        undated=frozenset({"长期"}),
    )
    rule = Command("rules:life", looser, "张", at(1), "looser")
    handed = command("W1", event(E.DISPATCHED, 1))
    entered = command("W1", issue("W1", category="长期"))
    refused(ledger, rule, entered, handed, command("W2", event(E.CLAIMED, 2)))
    ledger.record_all([entered])
    assert refused(ledger, handed).startswith("what is handed over has a date")


def test_rules_that_another_entered_decide_here_too(ledger: Ledger, place: str) -> None:
    enter(ledger, "W1", issue("W1"))
    stricter = eg.LifeRules(
        accepting=("镇",),
        evidence_of=frozenset({E.FOUND}),
        decline_within=3,
        extend_before_due=True,
        undated=frozenset(),
    )
    with Ledger.open(place) as other:
        enter(other, "W2", issue("W2"))  # another's entry, and the rules are as they were
        enter(ledger, "W3", issue("W3"))
        other.record_all([Command("rules:life", stricter, "李", at(1), "stricter")])
    assert refused(ledger, command("W4", issue("W4"))).startswith("it has its evidence: issue W4")


# -- the roster
ROSTER = eg.Roster(
    roles=(
        eg.Role("镇环卫办", frozenset({"found", "dispatched", "accepted"})),
        eg.Role("村", frozenset({"rectified", "claimed"})),
        eg.Role("录入", frozenset({"found"})),
    ),
    posts=(
        eg.Post("镇环卫办", "镇环卫办", eg.Scope(unit="t1")),
        eg.Post("v1", "村", eg.Scope(unit="v1")),
        eg.Post("张会计", "录入", eg.Scope(everything=True)),
    ),
    persons=frozenset({"张会计"}),
)
GRID = Units(
    (
        eg.Unit("t1", "甲镇", "镇"),
        eg.Unit("v1", "一村", "村", parent="t1"),
        eg.Unit("t2", "乙镇", "镇"),
        eg.Unit("v2", "二村", "村", parent="t2"),
    )
)


def with_roster(ledger: Ledger) -> None:
    ledger.record_all(
        [Command("grid:units", GRID, "张", at(1), "grid"), Command("roster:duty", ROSTER, "张", at(1), "roster")]
    )


def test_who_acts_within_their_scope_may(ledger: Ledger) -> None:
    with_roster(ledger)
    assert live(ledger, "W1", [(E.RECTIFIED, 2), (E.ACCEPTED, 3)]).state is eg.State.CLOSED


def test_a_role_outside_its_scope_is_refused(ledger: Ledger) -> None:
    with_roster(ledger)
    enter(ledger, "W2", issue("W2", place="v2"))
    told = refused(ledger, command("W2", event(E.DISPATCHED, 2, 9)))
    assert told.startswith("a role stays within its scope: 镇环卫办, dispatched on 2024-03-02 at v2")


def test_who_enters_has_a_post(ledger: Ledger) -> None:
    with_roster(ledger)
    told = refused(ledger, command("W1", issue("W1"), by="路人"))
    assert told == "who acts is on the roster: 路人 enters found of issue:W1 on 2024-03-01, and has no post"


def test_a_roster_needs_its_grid(ledger: Ledger) -> None:
    ledger.record_all([Command("roster:duty", ROSTER, "张", at(1), "roster")])
    assert refused(ledger, command("W1", issue("W1"))) == "a roster has its grid: the ledger has a roster, and no grid"


def test_an_issue_lies_in_the_grid_that_the_ledger_has(ledger: Ledger) -> None:
    with_roster(ledger)
    told = refused(ledger, command("W1", issue("W1", place="v9")))
    assert told == "an issue lies in the grid: issue W1 lies at v9, which is no unit of the grid"


# -- mergers
def test_a_merger_is_entered_in_both_issues(ledger: Ledger) -> None:
    live(ledger, "W1")
    live(ledger, "W2")
    entry = enter(ledger, "W2", event(E.MERGED, 3, note="W1"))
    assert ledger.issue("W2").state is eg.State.ENDED
    assert ledger.issue("W1").events[-1] == eg.Event(E.ABSORBED, march(3), by="镇环卫办", note="W2")
    assert entry.subject == "issue:W2"
    assert ledger.differing() == ()


def test_a_merger_sent_again_is_entered_once(ledger: Ledger) -> None:
    live(ledger, "W1")
    live(ledger, "W2")
    sent = command("W2", event(E.MERGED, 3, note="W1"))
    assert ledger.record_all([sent]) == ledger.record_all([sent])
    assert ledger.issue("W1").count(E.ABSORBED) == 1


def test_a_merger_needs_both_issues(ledger: Ledger) -> None:
    live(ledger, "W2")
    told = refused(ledger, command("W2", event(E.MERGED, 3, note="W1")))
    assert told == "a merge is of two issues: issue:W2 was to be merged into issue:W1, and there are not both"


def test_who_may_not_merge_is_refused(ledger: Ledger) -> None:
    with_roster(ledger)
    live(ledger, "W1")
    live(ledger, "W3")
    told = refused(ledger, command("W1", event(E.MERGED, 3, note="W3")))
    assert told.startswith("a role does what it may: 镇环卫办, merged on 2024-03-03 at v1")


def test_who_merges_may_do_so_where_the_other_issue_lies_too(ledger: Ledger) -> None:
    merger = eg.Roster(
        roles=(eg.Role("办", eg.ACTS),),
        posts=(
            *(eg.Post(who, "办", eg.Scope(everything=True)) for who in ("张会计", "镇环卫办")),
            eg.Post("一村专班", "办", eg.Scope(unit="v1")),
        ),
        persons=frozenset(),
    )
    units = Units((eg.Unit("v1", "一村", "村"), eg.Unit("v2", "二村", "村")))
    for subject, value in (("grid:units", units), ("roster:duty", merger)):
        ledger.record_all([Command(subject, value, "张会计", at(1, 0), subject)])
    for id, place in (("W1", "v1"), ("W2", "v2"), ("W3", "v1")):
        enter(ledger, id, issue(id, place=place))
    told = refused(ledger, command("W1", event(E.MERGED, 3, note="W2", by="一村专班")))
    assert told == "a role stays within its scope: 一村专班, merged on 2024-03-03 at v2: it is outside the scope of 办"
    lives = [ledger.issue("W1"), ledger.issue("W2")]
    ended = eg.Event(E.MERGED, march(3), by="一村专班", note="W2")
    absorbed = eg.Event(E.ABSORBED, march(3), by="一村专班", note="W1")
    given = [evolve(one, events=(*one.events, half)) for one, half in zip(lives, (ended, absorbed), strict=True)]
    _, why = ledger.take_in(given, by="张会计", at=at(4)).refused[0]
    assert why.rule == "a role stays within its scope"
    enter(ledger, "W1", event(E.MERGED, 3, note="W3", by="一村专班"))
    assert ledger.issue("W1").state is eg.State.ENDED


def test_the_key_of_the_half_in_the_other_issue_is_used_for_one_command(ledger: Ledger) -> None:
    live(ledger, "W1")
    live(ledger, "W2")
    enter(ledger, "W3", issue("W3"), key="K+absorbed")
    told = refused(ledger, command("W2", event(E.MERGED, 3, note="W1"), key="K"))
    assert told.startswith("a key is used for one command: the key K+absorbed is that of entry 6, found of issue:W3")
    assert ledger.issue("W2").state is eg.State.OPEN


def test_a_merger_does_not_go_back_in_the_time_of_the_other_issue(ledger: Ledger) -> None:
    live(ledger, "W1")
    live(ledger, "W2")
    enter(ledger, "W1", event(E.LISTED, 3), at=at(6))
    told = refused(ledger, command("W2", event(E.MERGED, 4, note="W1"), at=at(5)))
    assert told.startswith("entries do not go back in time: issue:W1 was entered at 2024-03-06T08:00:00+00:00, and now")


# -- moments
def test_a_ledger_can_be_seen_as_of_a_moment(ledger: Ledger) -> None:
    live(ledger, "W1")
    enter(ledger, "W1", event(E.RECTIFIED, 3), at=at(4, 9))
    enter(ledger, "W2", issue("W2", 2), at=at(5))
    assert ledger.issue("W1", as_of=at(4, 8)).state is eg.State.OPEN
    assert ledger.issue("W1", as_of=at(4, 9)).state is eg.State.RECTIFIED
    assert [issue.id for issue in ledger.issues(as_of=at(4))] == ["W1"]
    assert [issue.id for issue in ledger.issues()] == ["W1", "W2"]


def test_a_moment_without_a_time_zone_is_refused(ledger: Ledger) -> None:
    with pytest.raises(ValueError, match=r"a moment without a time zone; add one, such as \+08:00"):
        ledger.issues(as_of=at(3).replace(tzinfo=None))


def test_what_the_ledger_does_not_have_is_told(ledger: Ledger) -> None:
    with pytest.raises(LookupError, match=r"^the ledger has no issue 'W1'$"):
        ledger.issue("W1")
    enter(ledger, "W1", issue("W1", 5))
    with pytest.raises(LookupError, match=r"no issue 'W1' as of 2024-03-04T08:00:00\+00:00"):
        ledger.issue("W1", as_of=at(4))
    assert ledger.value("measure:M1") is None


def test_the_issues_are_facts_to_assess(ledger: Ledger) -> None:
    live(ledger, "W1")
    grid = eg.Grid([eg.Unit("v1", "一村", "村")])
    assert ledger.facts(grid) == eg.Facts(grid, issues=(ledger.issue("W1"),))


@pytest.mark.parametrize("subject", ["W1", "issue:", "Issue:W1", "issue: "])
def test_a_subject_is_a_kind_and_an_id(subject: str) -> None:
    with pytest.raises(ValueError, match="must match regex"):
        Command(subject, RULES, "张", at(1), "k")


@pytest.mark.parametrize("name", ["W\0", "W\ud800", "长" * 501])
def test_a_name_is_one_that_every_database_can_keep(name: str) -> None:
    with pytest.raises(ValueError, match=r"without NUL and without half characters|Length of 'subject' must be <= 500"):
        command(name, event(E.CLAIMED, 2))
    with pytest.raises(ValueError, match=r"without NUL and without half characters|Length of 'key' must be <= 500"):
        command("W1", event(E.CLAIMED, 2), key=name)


@pytest.mark.parametrize("field", ["by", "reporter", "series"])
def test_texts_beside_the_value_can_be_kept_too(field: str) -> None:
    with pytest.raises(ValueError, match=f"{field}='W.*: give a text without NUL"):
        command("W1", issue("W1"), **{field: "W\0督"})


def test_the_longest_name_is_kept(ledger: Ledger) -> None:
    longest = "".join(chr(0x20000 + n * 37 % 40_000) for n in range(494))  # of four bytes each, and none like another
    enter(ledger, longest, issue(longest), key=longest)
    assert ledger.issue(longest).id == longest


@pytest.mark.parametrize("text", ["a\0", "\\\0", "\ud800"])
def test_a_text_that_not_every_database_can_keep_is_refused(ledger: Ledger, text: str) -> None:
    with pytest.raises(eg.RefusedError) as refused:
        enter(ledger, "W1", issue("W1", place=text))
    assert refused.value.rule == "what is entered can be kept"
    assert [refusal.rule for refusal in ledger.refusals()] == ["what is entered can be kept"]
    assert ledger.issues() == ()


def test_any_other_text_is_kept_as_it_is(ledger: Ledger) -> None:
    hostile = "\\u0000 %_;'\"--\n\x1f\x7f\u200f𠮷" + "长" * 1_000_000
    enter(ledger, "%;'", issue("%;'", description=hostile, place="甲%'"))
    assert ledger.issue("%;'").description == hostile
    assert list(ledger.rates(march(1), "place")) == ["甲%'"]
    assert ledger.verify()


@pytest.mark.parametrize("series", ["督办1", "督办１", "督办〔2024〕第3"])
def test_a_series_does_not_end_in_a_digit(series: str) -> None:
    with pytest.raises(ValueError, match="number 1 of it would read as number 11 of another: end in no digit"):
        command("M1", issue("M1"), series=series)


def test_the_hour_that_comes_twice_is_entered_as_the_one_that_it_was(ledger: Ledger) -> None:
    first = datetime(2024, 11, 3, 1, 30, tzinfo=ZoneInfo("America/Los_Angeles"))
    found = eg.Event(E.FOUND, first.date())
    commands = [
        Command(f"issue:{id}", eg.Issue(id, "v1", (found,)), "张会计", first.replace(fold=fold), id)
        for id, fold in (("W1", 0), ("W2", 1))
    ]
    assert [entry.at.hour for entry in ledger.record_all(commands)] == [8, 9]


def test_a_ledger_says_where_it_lies(file: Ledger) -> None:
    assert repr(file) == f"<Ledger: sqlite:///{file.database.file}>"
    assert issubclass(LedgerError, eg.EnvGovError)
