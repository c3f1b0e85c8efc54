"""Numbers from the ledger and the other books: what is counted, among what, as of when."""

from datetime import UTC, datetime, timedelta, timezone
from fractions import Fraction
from typing import Any

import pytest

import envgov as eg
from books import MAY_31, day, issue, reasons, values

BEIJING = timezone(timedelta(hours=8))
NOT_ASSESSED, EXEMPT = eg.Absent.NOT_ASSESSED, eg.Absent.EXEMPT
wrong: Any = lambda value: value  # a value that a type checker would refuse
FOUND, CLOSED = eg.happened("found", during="round"), eg.in_state("closed")
LEDGER = (
    issue("1", "甲", "found 05-02", "rectified 05-05", "accepted 05-06", responsible=("乙",)),
    issue("2", "甲", "found 05-03", responsible=("乙", "水务站")),
    issue("3", "甲", "found 05-04", "rectified 05-31", "accepted 06-01", responsible=("甲",)),
    issue("4", "镇", "found 04-30", "rectified 05-05", "accepted 05-31"),
    issue("5", "甲", "found 06-01"),
)


def test_issues_are_counted_where_they_lie_and_above_or_with_those_who_owe_them() -> None:
    where, who = eg.count_issues(FOUND, by="place"), eg.count_issues(FOUND, by="responsible")
    assert values(where, ["镇", "甲", "乙"], issues=LEDGER) == {"镇": 3, "甲": 3, "乙": 0}
    assert values(who, ["镇", "甲", "乙", "水务站"], issues=LEDGER) == {"镇": 0, "甲": 1, "乙": 2, "水务站": 1}


def test_issues_are_counted_as_they_stood_at_the_end_of_the_round() -> None:
    closed = eg.count_issues(CLOSED, by="place")
    assert values(closed, ["镇", "甲"], issues=LEDGER) == {"镇": 2, "甲": 1}
    in_june = eg.month().round_of(day("06-15"))
    assert values(closed, ["镇", "甲"], in_june, issues=LEDGER) == {"镇": 3, "甲": 2}


def test_a_count_shows_how_many_as_of_which_day_and_which_ones() -> None:
    rule = eg.count_issues(eg.all_of(FOUND, eg.not_(CLOSED)), by="place")
    answer = reasons(rule, ["甲", "乙"], issues=LEDGER)
    tally, *met = answer["甲"].because
    assert tally == eg.Tally(2, None, MAY_31)
    assert [i.id for i in met if isinstance(i, eg.Issue)] == ["2", "3"]
    assert answer["乙"] == eg.Reason(rule, Fraction(0), (eg.Tally(0, None, MAY_31),))
    assert rule.better == "lower"


def test_a_rate_is_exact_and_in_per_cent() -> None:
    rule = eg.rate(CLOSED, FOUND, by="place", empty="not assessed")
    assert values(rule, ["甲"], issues=LEDGER) == {"甲": Fraction(100, 3)}
    assert values(eg.rate(CLOSED, FOUND, by="responsible", empty="zero"), ["乙"], issues=LEDGER) == {"乙": 50}


def test_what_is_counted_but_not_among_is_no_part_of_a_rate() -> None:
    """Issue 4 was closed in May and found in April."""
    rule = eg.rate(CLOSED, FOUND, by="place", empty="zero")
    assert reasons(rule, ["镇"], issues=LEDGER)["镇"].because[0] == eg.Tally(1, 3, MAY_31)


@pytest.mark.parametrize(
    ("empty", "expected"), [("exempt", EXEMPT), ("not assessed", NOT_ASSESSED), ("zero", 0), ("full", 100)]
)
def test_without_a_denominator_a_rate_is_what_is_declared(empty: Any, expected: object) -> None:
    rate = eg.rate(CLOSED, FOUND, by="place", empty=empty)
    answer = reasons(rate, ["乙"], issues=LEDGER)["乙"]
    assert answer == eg.Reason(rate, expected, (eg.Tally(0, 0, MAY_31),))
    nobody_answered = eg.Survey("甲", MAY_31, "回访", 5, 0, 0)
    satisfaction = eg.satisfaction(among="answered", empty=empty)
    assert values(satisfaction, surveys=[nobody_answered]) == {"甲": expected, "乙": expected}


@pytest.mark.parametrize(("better", "against"), [("higher", ["2", "3"]), ("lower", ["1"])])
def test_a_rate_shows_the_issues_that_count_against_the_unit(better: Any, against: list[str]) -> None:
    rule = eg.rate(CLOSED, FOUND, by="place", empty="exempt", better=better)
    tally, *shown = reasons(rule, ["甲"], issues=LEDGER)["甲"].because
    assert tally == eg.Tally(1, 3, MAY_31)
    assert [i.id for i in shown if isinstance(i, eg.Issue)] == against
    assert rule.better == better


def test_the_last_day_of_a_month_is_in_time_and_the_first_of_the_next_is_not() -> None:
    rule = eg.rate(eg.on_time("closed"), eg.due(during="round"), by="place", empty="exempt")
    given = "found 05-20", "dispatched 05-20 due 05-31"
    on_the_31st = issue("1", "甲", *given, "rectified 05-31", "accepted 05-31")
    on_the_1st = issue("2", "乙", *given, "rectified 05-31", "accepted 06-01")
    due_in_june = issue("3", "丙", "found 05-20", "dispatched 05-20 due 06-01")
    ledger = on_the_31st, on_the_1st, due_in_june
    assert values(rule, "甲乙丙", issues=ledger) == {"甲": 100, "乙": 0, "丙": EXEMPT}


def test_what_was_suspended_withdrawn_or_merged_is_left_out_where_the_rule_says_so() -> None:
    """挂账 leaves the denominator: the rule says it by `not_(in_state(...))`."""
    counts = eg.not_(eg.any_of(eg.in_state("suspended"), eg.in_state("ended")))
    rule = eg.rate(CLOSED, eg.all_of(FOUND, counts), by="place", empty="exempt")
    ledger = (
        issue("1", "甲", "found 05-02", "rectified 05-05", "accepted 05-06"),
        issue("2", "甲", "found 05-02", "suspended 05-05"),
        issue("3", "甲", "found 05-02", "withdrawn 05-05"),
        issue("4", "甲", "found 05-02"),
    )
    assert values(rule, "甲", issues=ledger) == {"甲": 50}


@pytest.mark.parametrize(("among", "expected"), [("answered", Fraction(250, 3)), ("asked", Fraction(500, 9))])
def test_satisfied_residents_are_counted_among_those_who_answered_or_were_asked(among: Any, expected: object) -> None:
    """Two surveys are added up: 5 of 6 answers, 9 asked; their mean would be another number."""
    surveys = [
        eg.Survey("甲", day("05-01"), "回访", 4, 2, 2),
        eg.Survey("甲", MAY_31, "回访", 5, 4, 3),
        eg.Survey("甲", MAY_31, "电话", 90, 80, 0),
        eg.Survey("甲", day("06-01"), "回访", 5, 5, 0),
    ]
    rule = eg.satisfaction("回访", among=among, empty="exempt")
    answer = reasons(rule, "甲", surveys=surveys)["甲"]
    assert answer == eg.Reason(rule, expected, (eg.Tally(5, 6 if among == "answered" else 9, MAY_31), *surveys[:2]))
    assert rule.better == "higher"


def test_without_a_channel_the_surveys_of_every_channel_count() -> None:
    surveys = [eg.Survey("甲", MAY_31, channel, 2, 2, n) for channel, n in (("回访", 2), ("电话", 1))]
    assert values(eg.satisfaction(among="asked", empty="exempt"), "甲", surveys=surveys) == {"甲": 75}
    assert values(eg.count_answers(), surveys=surveys) == {"甲": 4, "乙": 0}
    rule = eg.count_answers("电话")
    assert reasons(rule, surveys=surveys)["甲"] == eg.Reason(rule, Fraction(2), (surveys[1],))
    assert rule.better == "higher"


def duty(due: str, came: str | None = None, what: str = "日报") -> eg.Duty:
    at = datetime.fromisoformat(f"2024-{due}").replace(tzinfo=BEIJING)
    if came is None:
        return eg.Duty(what, "甲", at)
    return eg.Duty(what, "甲", at, eg.Submission(what, "甲", datetime.fromisoformat(f"2024-{came}+08:00")))


DUTIES = (
    duty("05-01T17:00", "05-01T17:00"),
    duty("05-02T17:00", "05-02T17:01"),
    duty("05-03T17:00"),
    duty("05-31T17:00", "06-01T00:00"),
    duty("05-30T17:00", "06-01T00:01"),
    duty("05-05T17:00", what="周报"),
    duty("06-01T09:00"),
)


@pytest.mark.parametrize(
    ("which", "of_both", "of_the_daily"), [("late", 2, 2), ("missing", 3, 2), ("late or missing", 5, 4)]
)
def test_a_return_is_late_until_the_round_ends_and_missing_then(which: Any, of_both: int, of_the_daily: int) -> None:
    """Late: 05-02 and 05-31, which came as May ended. Missing: 05-03, 05-30, which came a minute later, 周报."""
    assert values(eg.count_duties(which=which), duties=DUTIES) == {"甲": of_both, "乙": 0}
    assert values(eg.count_duties("日报", which=which), duties=DUTIES) == {"甲": of_the_daily, "乙": 0}


def test_the_returns_that_failed_are_shown_and_the_round_ends_at_midnight_where_they_are_due() -> None:
    rule = eg.count_duties("日报", which="late")
    answer = reasons(rule, duties=DUTIES)["甲"]
    assert answer.because == (eg.Tally(2, None, MAY_31), DUTIES[1], DUTIES[3])
    assert rule.better == "lower"
    in_utc = eg.Duty(
        "日报",
        "甲",
        datetime(2024, 5, 31, 23, tzinfo=UTC),
        eg.Submission("日报", "甲", datetime(2024, 6, 1, 7, 30, tzinfo=BEIJING)),
    )
    assert values(rule, "甲", duties=[in_utc]) == {"甲": 1}


@pytest.mark.parametrize(("empty", "expected"), [("zero", 0), ("not assessed", NOT_ASSESSED)])
def test_work_of_one_sort_is_added_up_and_none_is_what_is_declared(empty: Any, expected: object) -> None:
    done = [
        eg.Output("甲", day("05-01"), "清运垃圾", eg.points("0.1"), "吨"),
        eg.Output("甲", MAY_31, "清运垃圾", eg.points("0.2"), "吨"),
        eg.Output("甲", MAY_31, "清理沟渠", eg.points("5"), "米"),
        eg.Output("甲", day("06-01"), "清运垃圾", eg.points("7"), "吨"),
    ]
    rule = eg.amount("清运垃圾", empty=empty)
    answer = reasons(rule, outputs=done)
    assert answer["甲"] == eg.Reason(rule, Fraction(3, 10), tuple(done[:2]))
    assert answer["乙"] == eg.Reason(rule, expected, ())
    assert rule.better == "higher"
    assert eg.amount("立案", empty=empty, better="lower").better == "lower"


def test_the_progress_of_tasks_is_the_exact_mean_of_their_newest_reports() -> None:
    def task(name: str, on: str, progress: int) -> eg.Task:
        return eg.Task(name, "甲", "张某", "", eg.points(progress), day(on))

    older, newer, other = task("一", "04-10", 30), task("一", "05-31", 50), task("二", "2023-12-31", 100)
    later = task("三", "06-01", 0)
    third = task("四", "05-02", 0)
    rule = eg.progress()
    answer = reasons(rule, tasks=[older, newer, other, later, third])
    assert answer["甲"] == eg.Reason(rule, Fraction(50), (other, third, newer))
    assert values(rule, "甲", tasks=[newer, other, task("五", "05-03", 25)]) == {"甲": Fraction(175, 3)}
    assert answer["乙"] == eg.Reason(rule, NOT_ASSESSED, ())
    assert rule.better == "higher"


def test_a_whole_unit_passed_or_failed_as_its_latest_acceptance_says() -> None:
    held = [
        eg.UnitAcceptance("甲", day("05-01"), passed=False),
        eg.UnitAcceptance("甲", MAY_31, passed=True),
        eg.UnitAcceptance("甲", day("06-01"), passed=False),
        eg.UnitAcceptance("乙", day("05-02"), passed=False),
        eg.UnitAcceptance("丙", day("04-30"), passed=True),
    ]
    rule = eg.accepted()
    answer = reasons(rule, "甲乙丙", acceptances=held)
    assert answer["甲"] == eg.Reason(rule, Fraction(1), (held[1],))
    assert answer["乙"] == eg.Reason(rule, Fraction(0), (held[3],))
    assert answer["丙"] == eg.Reason(rule, NOT_ASSESSED, ())
    assert rule.better == "higher"


def test_acceptances_of_one_day_agree_or_are_refused() -> None:
    """Which of two that contradict each other came last, nobody can tell from the books."""

    def held(on: str, by: str, passed: bool) -> eg.UnitAcceptance:
        return eg.UnitAcceptance("甲", day(on), passed, by)

    first, second = held("05-20", "区", passed=True), held("05-20", "县", passed=True)
    answer = reasons(eg.accepted(), "甲", acceptances=[held("05-19", "县", passed=False), first, second])
    assert answer["甲"] == eg.Reason(eg.accepted(), Fraction(1), (first, second))
    with pytest.raises(eg.InputError, match=r"acceptances: passed and failed on 2024-05-20 \(found '甲'\); keep the"):
        values(eg.accepted(), "甲", acceptances=[first, held("05-20", "县", passed=False)])


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (
            lambda: eg.count_issues(wrong("closed"), by="place"),
            r"count_issues: when='closed': this is a text: write the call, closed\(...\)",
        ),
        (lambda: eg.count_issues(FOUND, by=wrong("village")), "count_issues: by='village': choose one of 'place'"),
        (
            lambda: eg.count_issues(eg.all_of(FOUND, eg.below(60)), by="place"),
            r"count_issues: when: below\(60\) asks about a unit, not about an issue",
        ),
        (
            lambda: eg.rate(eg.designated("重点村"), FOUND, by="place", empty="zero"),
            r"rate: counted: designated\('重点村'\) asks about a unit",
        ),
        (
            lambda: eg.rate(FOUND, eg.bottom(1, ties="decide"), by="place", empty="zero"),
            "rate: among: bottom.* asks about a unit",
        ),
        (lambda: eg.rate(CLOSED, FOUND, by="place", empty=wrong("none")), "rate: empty='none': choose one of 'exempt'"),
        (lambda: eg.rate(CLOSED, FOUND, by="place", empty="zero", better=wrong("up")), "rate: better='up': choose"),
        (lambda: eg.satisfaction(among=wrong("all"), empty="zero"), "satisfaction: among='all': choose one of"),
        (lambda: eg.satisfaction(among="asked", empty=wrong("skip")), "satisfaction: empty='skip': choose one of"),
        (lambda: eg.count_duties(which=wrong("early")), "count_duties: which='early': choose one of 'late'"),
        (
            lambda: eg.amount("清运垃圾", empty=wrong("full")),
            "amount: empty='full': choose one of 'not assessed', 'zero'",
        ),
        (lambda: eg.amount("清运垃圾", empty="zero", better=wrong("more")), "amount: better='more'"),
    ],
)
def test_a_rule_that_cannot_be_asked_is_refused_when_it_is_made(make: Any, message: str) -> None:
    with pytest.raises(eg.SchemeError, match=message):
        make()


@pytest.mark.parametrize(
    "make",
    [
        lambda: eg.satisfaction(wrong(1), among="asked", empty="zero"),
        lambda: eg.count_answers(""),
        lambda: eg.count_duties(" ", which="late"),
        lambda: eg.amount(wrong(None), empty="zero"),
    ],
)
def test_a_name_is_a_text(make: Any) -> None:
    with pytest.raises(TypeError, match="give a text that is not empty"):
        make()
