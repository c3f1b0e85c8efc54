"""Calendars: what is due, and when rounds are, read back as any calendar reads it."""

import sys
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import icalendar
import pytest
from attrs import evolve
from click.testing import CliRunner
from dateutil.rrule import rrulestr
from hypothesis import given, strategies as st

import envgov as eg
from desks import ADDED, DISPATCHED, opened
from envgov.cli import envgov
from envgov.exchange.ical import calendar_of_deadlines, calendar_of_rounds
from envgov.ledger import Ledger

LOUXING = Path(__file__).parents[2] / "docs" / "examples" / "louxing"
CHINA = timezone(timedelta(hours=8))
MADE = datetime(2024, 5, 2, 9, tzinfo=CHINA)
GRID = eg.Grid([eg.Unit("v1", "甲村", "村"), eg.Unit("v2", "乙村", "村")])
E, K = eg.Event, eg.EventKind
FOUND = E(K.FOUND, date(2024, 5, 1))
GIVEN = E(K.DISPATCHED, date(2024, 5, 1), due=date(2024, 5, 8), to=("v1",))
DONE = E(K.RECTIFIED, date(2024, 5, 6), by="甲村")
STAGES = (
    eg.StageDue("反馈", date(2024, 5, 4), datetime(2024, 5, 4, 17, tzinfo=CHINA)),
    eg.StageDue("整改", date(2024, 5, 8)),
)
STAGED = evolve(GIVEN, dues=STAGES)


def issue(*events: eg.Event, **more: Any) -> eg.Issue:
    return eg.Issue("W1", "v1", (FOUND, *events), ("v1",), **more)


def parts(written: bytes, name: str) -> list[Any]:
    return list(icalendar.Calendar.from_ical(written).walk(name))


def todos(issues: list[eg.Issue], papers: list[eg.Paper] | None = None, **more: Any) -> list[Any]:
    written = calendar_of_deadlines(issues, papers or [], GRID, **{"origin": "qs", "at": MADE, **more})
    return parts(written, "VTODO")


def todo(*events: eg.Event, **more: Any) -> Any:
    [one] = todos([issue(*events, **more)])
    return one


# -- issues
def test_an_open_issue_is_to_be_done_by_its_date() -> None:
    one = todo(GIVEN, category="垃圾堆放")
    assert one["summary"] == "甲村：垃圾堆放（W1）"
    assert (one["due"].dt, one["status"], one["sequence"]) == (date(2024, 5, 8), "NEEDS-ACTION", 1)
    assert (one["uid"], one["location"], one["description"]) == ("issue:W1@qs", "甲村", "责任单位：甲村")
    assert one["categories"].cats == ["垃圾堆放"]
    assert "completed" not in one


def test_it_says_when_it_was_made_and_nothing_of_any_other_clock() -> None:
    assert todo(GIVEN)["dtstamp"].dt == datetime(2024, 5, 2, 1, tzinfo=UTC)


def test_an_issue_without_a_category_is_a_problem_in_the_language_asked_for() -> None:
    [one] = todos([issue(GIVEN, description="路边有垃圾")], language="en")
    assert one["summary"] == "甲村: problem to be fixed (W1)"
    assert one["description"] == "路边有垃圾\nowed by 甲村"
    assert "categories" not in one


def test_an_issue_that_nobody_owes_says_so_of_nobody() -> None:
    given = evolve(GIVEN, to=())
    [one] = todos([eg.Issue("W1", "v9", (FOUND, given))])
    assert (one["description"], one["location"]) == ("", "v9")


def test_an_issue_that_was_never_given_a_date_is_not_in_it() -> None:
    assert todos([issue()]) == []


def test_a_rectified_issue_is_in_process_until_it_is_accepted() -> None:
    one = todo(GIVEN, DONE)
    assert (one["status"], one["due"].dt, one["sequence"]) == ("IN-PROCESS", date(2024, 5, 8), 2)


def test_an_accepted_issue_is_completed_at_its_hour_or_at_the_end_of_its_day_in_china() -> None:
    day = date(2024, 5, 7)
    one = todo(GIVEN, DONE, E(K.ACCEPTED, day, by="镇", at=datetime(2024, 5, 7, 16, 30, tzinfo=CHINA)))
    assert (one["status"], one["completed"].dt) == ("COMPLETED", datetime(2024, 5, 7, 8, 30, tzinfo=UTC))
    one = todo(GIVEN, DONE, E(K.ACCEPTED, day, by="镇"))
    assert one["completed"].dt == datetime(2024, 5, 7, 15, 59, 59, tzinfo=UTC)


def test_a_withdrawn_issue_is_cancelled() -> None:
    assert todo(GIVEN, E(K.WITHDRAWN, date(2024, 5, 3)))["status"] == "CANCELLED"


def test_a_suspended_issue_has_no_date_and_rings_for_nobody() -> None:
    [one] = todos([issue(GIVEN, E(K.SUSPENDED, date(2024, 5, 3)))], remind=2)
    assert (one["status"], one["description"]) == ("NEEDS-ACTION", "责任单位：甲村\n挂账中，不计时限")
    assert "due" not in one
    assert one.subcomponents == []


def test_a_relapsed_issue_is_open_again_without_the_date_that_was_kept() -> None:
    accepted = E(K.ACCEPTED, date(2024, 5, 7), by="镇")
    one = todo(GIVEN, DONE, accepted, E(K.RELAPSED, date(2024, 6, 1)))
    assert (one["status"], one["sequence"]) == ("NEEDS-ACTION", 4)
    assert "due" not in one
    assert "completed" not in one


def test_whoever_owes_it_is_named_if_they_are_a_unit_or_an_agency() -> None:
    one = evolve(issue(GIVEN), responsible=("v1", "户主王五", "环卫办"), events=(FOUND, evolve(GIVEN, to=())))
    [named] = todos([one], agencies=frozenset({"环卫办"}))
    assert named["description"] == "责任单位：甲村、环卫办"
    assert todos([evolve(one, responsible=("户主王五",))])[0]["description"] == ""


# -- stages
def stages(*events: eg.Event) -> dict[str, tuple[str, Any]]:
    return {
        str(one["uid"]).partition("/")[2]: (str(one["status"]), one["due"].dt if "due" in one else None)
        for one in todos([issue(*events)])[1:]
    }


def test_each_stage_is_due_at_its_hour_or_on_its_day() -> None:
    assert stages(STAGED) == {
        "反馈@qs": ("NEEDS-ACTION", datetime(2024, 5, 4, 9, tzinfo=UTC)),
        "整改@qs": ("NEEDS-ACTION", date(2024, 5, 8)),
    }
    assert todos([issue(STAGED)])[1]["summary"] == "甲村：问题整改（W1） 反馈"


def test_a_stage_that_an_event_completed_is_completed_then() -> None:
    fed_back = E(K.COMPLETED, date(2024, 5, 3), by="甲村", stage="反馈")
    assert stages(STAGED, fed_back)["反馈@qs"] == ("COMPLETED", None)
    one = todos([issue(STAGED, fed_back)])[1]
    assert one["completed"].dt == datetime(2024, 5, 3, 15, 59, 59, tzinfo=UTC)


def test_a_stage_that_nobody_completed_goes_with_its_issue() -> None:
    assert stages(STAGED, DONE)["整改@qs"] == ("IN-PROCESS", None)
    assert stages(STAGED, E(K.SUSPENDED, date(2024, 5, 3)))["整改@qs"] == ("NEEDS-ACTION", None)
    one = todos([issue(STAGED, DONE, E(K.ACCEPTED, date(2024, 5, 7), by="镇"))])[2]
    assert (one["status"], one["completed"].dt) == ("COMPLETED", datetime(2024, 5, 7, 15, 59, 59, tzinfo=UTC))


def test_a_stage_that_another_date_does_not_have_is_cancelled() -> None:
    extended = E(K.EXTENDED, date(2024, 5, 3), due=date(2024, 5, 20))
    assert stages(STAGED, extended) == {"反馈@qs": ("CANCELLED", None), "整改@qs": ("CANCELLED", None)}


# -- alarms
def test_what_is_due_on_a_day_rings_at_nine_so_many_days_before_and_what_is_due_at_an_hour_at_that_hour() -> None:
    whole, staged, last = todos([issue(STAGED)], remind=2)
    [alarm] = whole.subcomponents
    assert (alarm["action"], alarm["description"]) == ("DISPLAY", whole["summary"])
    assert alarm["trigger"].params["related"] == "END"
    assert alarm["trigger"].dt == timedelta(days=-2, hours=9)
    assert staged.subcomponents[0]["trigger"].dt == timedelta(days=-2)
    assert last.subcomponents[0]["trigger"].dt == timedelta(days=-2, hours=9)


def test_nothing_rings_unless_it_was_asked_for_or_once_it_is_rectified() -> None:
    assert todo(GIVEN).subcomponents == []
    assert todos([issue(GIVEN, DONE)], remind=2)[0].subcomponents == []


def test_on_the_day_itself_is_no_day_before() -> None:
    assert todos([issue(GIVEN)], remind=0)[0].subcomponents[0]["trigger"].dt == timedelta(hours=9)


# -- papers
P, S = eg.PaperEvent, eg.PaperState
SIGNED = (P(S.PROPOSED, date(2024, 5, 3)), P(S.SIGNED, date(2024, 5, 4), number="督办〔2024〕1号"))
NOTIFIED = P(S.NOTIFIED, date(2024, 5, 4), to=("v1",), due=date(2024, 5, 10))


def paper(*events: eg.PaperEvent) -> eg.Paper:
    return eg.Paper("p1", "督办", "v1", (*SIGNED, *events), personnel=False)


def test_a_paper_that_was_notified_waits_for_its_answer() -> None:
    [one] = todos([], [paper(NOTIFIED)], remind=1)
    assert one["summary"] == "督办督办〔2024〕1号：甲村答复"
    assert (one["uid"], one["status"], one["due"].dt) == ("paper:p1@qs", "NEEDS-ACTION", date(2024, 5, 10))
    assert len(one.subcomponents) == 1


def test_a_paper_is_completed_by_its_first_answer() -> None:
    answered = P(S.ANSWERED, date(2024, 5, 8), at=datetime(2024, 5, 8, 9, tzinfo=CHINA))
    [one] = todos([], [paper(NOTIFIED, answered, P(S.DONE, date(2024, 5, 9)))])
    assert (one["status"], one["completed"].dt) == ("COMPLETED", datetime(2024, 5, 8, 1, tzinfo=UTC))
    assert one["sequence"] == 4


def test_a_paper_that_was_voided_is_cancelled() -> None:
    [one] = todos([], [paper(NOTIFIED, P(S.VOIDED, date(2024, 5, 8)))])
    assert one["status"] == "CANCELLED"


def test_a_paper_of_which_no_answer_is_awaited_is_not_in_it() -> None:
    assert todos([], [paper(), paper(evolve(NOTIFIED, due=None))]) == []


# -- text
PLAIN = st.characters(codec="utf-8", exclude_categories=("Cc", "Zl", "Zp"), exclude_characters="\\")
TEXT = st.text(PLAIN, min_size=1).filter(str.strip)


@given(TEXT, TEXT, TEXT)
def test_any_text_comes_back_whole_in_lines_of_75_bytes(id: str, category: str, told: str) -> None:
    one = eg.Issue(id, "v1", (FOUND, GIVEN), category=category, description=f"{told}\n{told}, a;b")
    written = calendar_of_deadlines([one], [], GRID, origin="qs", at=MADE)
    assert max(len(line) for line in written.split(b"\r\n")) <= 75
    [back] = parts(written, "VTODO")
    assert back["uid"] == f"issue:{id}@qs"
    assert back["description"] == f"{told}\n{told}, a;b\n责任单位：甲村"
    assert back["summary"] == f"甲村：{category}（{id}）"
    assert back["categories"].cats == [category]


def test_a_backslash_is_doubled_so_that_it_makes_no_line() -> None:
    written = calendar_of_deadlines([issue(GIVEN, category="a\\nb")], [], GRID, origin="qs", at=MADE)
    assert b"CATEGORIES:a\\\\nb\r\n" in written


def test_what_no_calendar_may_hold_is_a_mark_and_every_line_ends_alike() -> None:
    assert todo(GIVEN, description="一\r\n二\x07\u2028三")["description"] == "一\n二\ufffd\n三\n责任单位：甲村"


def test_a_line_of_a_text_is_no_line_of_the_calendar() -> None:
    hostile = "垃圾\r\nEND:VTODO\r\nBEGIN:VEVENT"
    [one] = todos([issue(GIVEN, category=hostile)])
    assert one["categories"].cats == ["垃圾\nEND:VTODO\nBEGIN:VEVENT"]


def test_the_order_of_issues_and_papers_never_matters() -> None:
    two = [eg.Issue(id, "v1", (FOUND, GIVEN)) for id in ("W2", "W1")]
    papers = [paper(NOTIFIED), evolve(paper(NOTIFIED), id="p0")]
    written = [
        calendar_of_deadlines(these, those, GRID, origin="qs", at=MADE)
        for these, those in ((two, papers), (two[::-1], papers[::-1]))
    ]
    assert written[0] == written[1]


# -- rounds
def rounds(first: date, last: date, *editions: eg.Scheme) -> list[Any]:
    written = calendar_of_rounds(editions, first, last, origin="qs", at=MADE)
    return parts(written, "VEVENT")


def scheme(cadence: eg.Cadence, since: date = date(2024, 1, 1)) -> eg.Scheme:
    return eg.Scheme("s", ("村",), cadence, since, eg.Source("办法"), title="考评", duties=(ROUTINE,))


ROUTINE = eg.Routine("日报", eg.day(), of_level="村")


def test_each_round_of_months_is_an_event_of_whole_days_and_none_recurs() -> None:
    events = rounds(date(2024, 1, 31), date(2024, 3, 1), scheme(eg.month()))
    assert [(str(e["summary"]), e["dtstart"].dt, e["dtend"].dt) for e in events] == [
        ("考评 2024-01", date(2024, 1, 1), date(2024, 2, 1)),
        ("考评 2024-02", date(2024, 2, 1), date(2024, 3, 1)),
        ("考评 2024-03", date(2024, 3, 1), date(2024, 4, 1)),
    ]
    assert [e["uid"] for e in events][:1] == ["round:s/2024-01-01@qs"]
    assert not any("rrule" in e for e in events)


@pytest.mark.parametrize(("cadence", "length"), [(eg.day(), 1), (eg.week(ends="friday"), 7)])
def test_days_and_weeks_recur_and_that_says_exactly_the_same(cadence: eg.Cadence, length: int) -> None:
    first, last = date(2024, 2, 25), date(2024, 3, 20)
    [event] = rounds(first, last, scheme(cadence))
    assert event["dtend"].dt - event["dtstart"].dt == timedelta(days=length)
    rule = event["rrule"].to_ical().decode()
    told = [at.date() for at in rrulestr(rule, dtstart=datetime.combine(event["dtstart"].dt, datetime.min.time()))]
    day, wanted = cadence.round_of(first), []
    while day.start <= last:
        wanted.append(day.start)
        day = cadence.round_of(day.end)
    assert told == wanted
    assert event["uid"] == "round:s/2024-01-01@qs"


def test_each_edition_has_its_own_rounds_and_those_before_the_first_are_nobodys() -> None:
    editions = scheme(eg.day(), date(2024, 2, 1)), scheme(eg.month(), date(2024, 3, 1))
    days, month = rounds(date(2024, 1, 1), date(2024, 3, 31), *editions)
    assert (days["dtstart"].dt, days["rrule"]["until"]) == (date(2024, 2, 1), [date(2024, 2, 29)])
    assert (month["dtstart"].dt, month["dtend"].dt) == (date(2024, 3, 1), date(2024, 4, 1))


# -- the command line
def test_the_ledger_writes_its_deadlines_under_names_that_stay(tmp_path: Path) -> None:
    desk = opened(tmp_path)
    desk.do(ADDED, DISPATCHED)
    file = tmp_path / "town.ics"
    assert desk.do(f"calendar --remind 1 -o {file} --at 2024-05-02T09:00+08:00") == ""
    [one] = parts(file.read_bytes(), "VTODO")
    with Ledger.open(desk.place) as ledger:
        origin = ledger.entries("grid:units")[0].hash[:16]
    assert one["uid"] == f"issue:W1@{origin}"
    assert one["due"].dt == date(2024, 5, 8)
    assert one["dtstamp"].dt == datetime(2024, 5, 2, 1, tzinfo=UTC)
    assert len(one.subcomponents) == 1
    printed = desk.run("calendar", "--at", "2024-05-02T09:00+08:00", "--remind", "1").stdout_bytes
    assert printed == file.read_bytes()


def test_who_told_of_an_issue_is_not_in_the_calendar(tmp_path: Path) -> None:
    desk = opened(tmp_path)
    desk.do(f"{ADDED} --reporter 举报人李四", DISPATCHED)
    assert "李四" not in desk.do("calendar")


def test_a_body_of_the_roster_is_named_in_the_calendar_and_a_person_is_not(tmp_path: Path) -> None:
    desk = opened(tmp_path, roster=True)
    added = "add W1 --place 甲村 --responsible 王书记 --responsible 镇整治办 --day 2024-05-01"
    desk.do(added, "dispatch W1 --to 王书记 --to 镇整治办 --due 2024-05-08 --day 2024-05-01")
    [one] = parts(desk.run("calendar").stdout_bytes, "VTODO")
    assert one["description"] == "责任单位：镇整治办"


def test_the_rounds_of_a_scheme_are_written() -> None:
    words = ["rounds", str(LOUXING / "townships.toml"), "--from", "2017-04-01", "--until", "2017-05-01"]
    result = CliRunner().invoke(envgov, [*words, "--at", "2017-01-01T08:00+08:00"])
    events = parts(result.stdout_bytes, "VEVENT")
    assert [str(e["uid"]) for e in events] == [
        "round:louxing-townships/2017-04-01@townships",
        "round:louxing-townships/2017-05-01@townships",
    ]
    backwards = CliRunner().invoke(envgov, [*words[:-1], "2017-03-01"])
    assert (backwards.exit_code, "--until 2017-03-01 is before --from 2017-04-01" in backwards.stderr) == (2, True)


def test_without_the_extra_one_line_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "icalendar", None)
    monkeypatch.delitem(sys.modules, "envgov.exchange.ical")
    result = opened(tmp_path).run("calendar")
    assert result.output == "Error: calendars need their extra: python3 -m pip install 'envgov[calendar]'\n"
    assert result.exit_code == 1
