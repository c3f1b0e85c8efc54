"""Numbers from the ledger and the other books, as columns of a sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import reduce
from itertools import chain
from operator import and_

import narwhals.stable.v2 as nw

from envgov.frames.asked import read
from envgov.frames.days import Course, courses_of
from envgov.frames.engine import INT, Expr, Frame, days_of, gather, one, whole
from envgov.frames.lives import FEW, Answer, Reading, given_since, spans_of, sums_at_ends, with_givings
from envgov.frames.number import EXEMPT, KNOWN, NOT_ASSESSED, Number, number
from envgov.frames.reach import lines_up_to, on_the_grid, owing
from envgov.frames.scoring.rule import made, multiple_up_to
from envgov.frames.sheet import KEYS, Plan, Sheet, Source, is_there
from envgov.frames.tallies import Counted, changes_of, names_of, standing
from envgov.policy.conditions.condition import Condition
from envgov.policy.scoring.ledger import (
    By,
    Empty,
    accepted,
    amount,
    count_answers,
    count_duties,
    count_issues,
    progress,
    rate,
    satisfaction,
)

_STATES = {"exempt": EXEMPT, "not assessed": NOT_ASSESSED, "zero": KNOWN, "full": KNOWN}
HUNDRED = 100
_Levels = tuple[str, ...] | None
"""For units of which levels something is asked; None: of any."""
_Asked = tuple[str, tuple[Condition, ...], _Levels]
"""How issues are gathered, and which: those that meet all these conditions."""
SIDE_BY_SIDE = 24
"""Up to so many rounds of an issue are looked at side by side."""


@made.register
def _(rule: count_issues, sheet: Sheet) -> Number:
    (met,) = issues_counted(sheet, (rule.when,), rule.by)
    return _count(sheet, rule, nw.col(met))


@made.register
def _(rule: rate, sheet: Sheet) -> Number:
    met, among = issues_counted(sheet, (rule.counted, rule.among), rule.by, joint=True)
    return _per_cent(sheet, rule, nw.col(met), nw.col(among), rule.empty)


def issues_counted(sheet: Sheet, conditions: Sequence[Condition], by: By, *, joint: bool = False) -> list[str]:
    """Columns with how many issues of each unit meet each condition; `joint`: all of them from that one on."""
    wanted = {
        sheet.plan.name("issues"): ("sum", tuple(conditions[n:]) if joint else (condition,), sheet.levels)
        for n, condition in enumerate(conditions)
    }
    sheet.ask(("issues", by, sheet.rounds), wanted, lambda every: _issues(sheet, every, by))
    *_, greatest = columns = list(wanted)
    sheet.at_most(greatest, sheet.tables.maxima.counted, "issues of one unit", "issues")
    return columns


def _issues(sheet: Sheet, every: Mapping[str, _Asked], by: By) -> Frame:
    """All counts of issues by round and unit of any level that asks, from one look at their events."""
    plan, parts = sheet.plan, []
    distinct = list(dict.fromkeys(conditions for _, conditions, _ in every.values()))
    levels = [levels for *_, levels in every.values()]
    for course in courses_of(sheet.rounds):
        reading = Reading(course)
        asked = [_all([read(condition, reading) for condition in conditions]) for conditions in distinct]
        if by == "place" and len(course) <= SIDE_BY_SIDE and plan.last_position < FEW:
            parts.append(_at_ends(plan, reading, asked, levels))
            continue
        spans = _issue_spans(plan, reading, by)
        counted = [_ones(met) for met in asked]
        key = "place" if by == "place" else "unit"
        changes = changes_of(spans, [name for name, _ in reading.turns.values()], course, counted, key)
        if by == "place":
            sums = dict.fromkeys(names_of(counted), "sum")
            lines = lines_up_to(levels, plan)
            changes = gather(changes.join(lines, on="place", how="inner"), ("unit", "round"), sums)
        parts.append(standing(plan, [(course, changes)], len(distinct)))
    counts = dict(zip(distinct, map(nw.col, names_of(distinct)), strict=True))
    return nw.concat(parts).select(*KEYS, **{name: counts[conditions] for name, (_, conditions, _) in every.items()})


def _at_ends(plan: Plan, reading: Reading, asked: Sequence[Answer], levels: Sequence[_Levels]) -> Frame:
    """The counts of units at the end of each round of a sheet: all rounds of a unit in one row first."""
    course, counts = reading.course, range(len(asked))
    of_rounds = {at: [f"sum_{n}_{at}" for n in counts] for at in range(len(course))}
    wide = _there(plan, course, sums_at_ends(plan, reading, asked, "place"), of_rounds)
    sums = dict.fromkeys(chain.from_iterable(of_rounds.values()), "sum")
    wide = plan.settle(gather(wide.join(lines_up_to(levels, plan), on="place", how="inner"), ("unit",), sums))
    names = names_of(asked)
    rounds = [
        wide.select("unit", round=whole(position), **dict(zip(names, map(nw.col, of_rounds[at]), strict=True)))
        for at, position in course.positions
    ]
    return nw.concat(rounds).select(*KEYS, *names)


def _there(plan: Plan, course: Course, wide: Frame, of_rounds: Mapping[int, Sequence[str]]) -> Frame:
    """The numbers of each place in the rounds on whose grid it is, 0 in others."""
    if not plan.is_dated:
        return wide
    wide = wide.join(plan.tables.units.select("since", "until", place="unit"), on="place", how="inner")
    return wide.with_columns(
        **{
            name: nw.when(is_there(nw.lit(course.rounds[at].start))).then(nw.col(name)).otherwise(whole(0))
            for at, names in of_rounds.items()
            for name in names
        }
    )


def _issue_spans(plan: Plan, reading: Reading, by: By) -> Frame:
    tables = plan.tables
    if by == "place":
        spans = spans_of(plan, tables["events"], reading, ["place", *reading.columns])
        return on_the_grid(spans, plan, reading.course)
    given = given_since(reading)
    spans = spans_of(plan, with_givings(tables["events"], tables["handed"]), reading, list(reading.columns))
    return owing(spans.with_columns(given=given), tables)


def _all(answers: Sequence[Answer]) -> Answer:
    return lambda at: reduce(and_, (answer(at) for answer in answers))


def _ones(met: Answer) -> Counted:
    return lambda at: one(met(at))


def _join_counts(sheet: Sheet, parts: Sequence[tuple[Course, Frame]], counts: int, what: str) -> list[str]:
    """Columns with the counts, of which the last is the greatest."""
    names = {name: sheet.plan.name(what) for name in names_of(range(counts))}
    sheet.join(standing(sheet.plan, parts, counts).rename(names), dict.fromkeys(names.values(), 0))
    *_, greatest = columns = list(names.values())
    sheet.at_most(greatest, sheet.tables.maxima.counted, f"{what} of one unit", what)
    return columns


def _count(sheet: Sheet, rule: object, n: Expr) -> Number:
    return number(sheet, rule, n, whole(KNOWN), (0, sheet.tables.maxima.counted))


def _per_cent(sheet: Sheet, rule: object, met: Expr, among: Expr, empty: Empty) -> Number:
    most = max(sheet.tables.maxima.counted, 1)
    is_empty = among == whole(0)
    return number(
        sheet,
        rule,
        nw.when(is_empty).then(whole(HUNDRED if empty == "full" else 0)).otherwise(met * whole(HUNDRED)),
        nw.when(is_empty).then(whole(_STATES[empty])).otherwise(whole(KNOWN)),
        (0, HUNDRED),
        per=nw.when(is_empty).then(whole(1)).otherwise(among),
        most=most,
        whole_=multiple_up_to(most),
    )


@made.register
def _(rule: satisfaction, sheet: Sheet) -> Number:
    met, among = _surveyed(sheet, rule.channel, "satisfied", rule.among)
    return _per_cent(sheet, rule, met, among, rule.empty)


@made.register
def _(rule: count_answers, sheet: Sheet) -> Number:
    (answered,) = _surveyed(sheet, rule.channel, "answered")
    return _count(sheet, rule, answered)


def _surveyed(sheet: Sheet, channel: str | None, *columns: str) -> list[Expr]:
    """The sums of columns of the round's surveys; the last of them is never less than another."""
    surveys = Source("surveys", lambda: sheet.tables["surveys"])
    where = None if channel is None else nw.col("channel") == nw.lit(channel)
    sums = sheet.tally(surveys, {column: ("sum", nw.col(column)) for column in columns}, where=where)
    sheet.at_most(sums[columns[-1]], sheet.tables.maxima.counted, "residents of one unit", "surveys")
    return [nw.col(sums[column]) for column in columns]


@made.register
def _(rule: amount, sheet: Sheet) -> Number:
    outputs, done_what = Source("outputs", lambda: sheet.tables["outputs"]), nw.col("what") == nw.lit(rule.what)
    sums = sheet.tally(outputs, {"amount": ("sum", nw.col("amount")), "outputs": ("sum", whole(1))}, where=done_what)
    done, scale, maxima = nw.col(sums["outputs"]), sheet.tables.scale, sheet.tables.maxima
    sheet.at_most(sums["outputs"], maxima.counted, "outputs of one unit", "outputs")
    most = Fraction(maxima.points * maxima.counted, scale)
    state = nw.when(done > whole(0)).then(whole(KNOWN)).otherwise(whole(_STATES[rule.empty]))
    return number(sheet, rule, nw.col(sums["amount"]), state, (-most, most), scale=scale)


@made.register
def _(rule: progress, sheet: Sheet) -> Number:
    parts = []
    for course in courses_of(sheet.rounds):
        reports = sheet.tables["tasks"]
        reports = reports.with_columns(first=course.past(days_of(nw.col("day"), reports))).filter(
            nw.col("first") < whole(len(course))
        )
        stop = nw.col("first").shift(-1).over("unit", "name", order_by="day").fill_null(whole(len(course))).cast(INT)
        spans = reports.with_columns(stop=stop).filter(nw.col("first") < nw.col("stop"))
        counted: list[Counted] = [lambda _: nw.col("progress"), lambda _: whole(1)]
        parts.append((course, changes_of(spans, (), course, counted, "unit")))
    reported, tasks = map(nw.col, _join_counts(sheet, parts, 2, "tasks"))
    most, has_none = max(sheet.tables.maxima.counted, 1), tasks == whole(0)
    return number(
        sheet,
        rule,
        reported,
        nw.when(has_none).then(whole(NOT_ASSESSED)).otherwise(whole(KNOWN)),
        (0, HUNDRED),
        scale=sheet.tables.scale,
        per=nw.when(has_none).then(whole(1)).otherwise(tasks),
        most=most,
        whole_=multiple_up_to(most),
    )


@made.register
def _(rule: count_duties, sheet: Sheet) -> Number:
    parts = []
    for course in courses_of(sheet.rounds):
        duties = sheet.tables["duties"].rename({"owed_by": "unit"})
        if rule.what is not None:
            duties = duties.filter(nw.col("what") == nw.lit(rule.what))
        owed, came = days_of(nw.col("due"), duties), days_of(nw.col("came"), duties)
        spans = duties.with_columns(
            first=course.past(owed), stop=course.gone(owed), came_in=course.past(came, after=-1)
        ).filter(nw.col("first") < nw.col("stop"))
        failed: Counted = lambda at: one(_is_failed(rule.which, at < nw.col("came_in")))  # noqa: E731
        parts.append((course, changes_of(spans, ("came_in",), course, [failed], "unit")))
    (failed_ones,) = _join_counts(sheet, parts, 1, "duties")
    return _count(sheet, rule, nw.col(failed_ones))


def _is_failed(which: str, missing: Expr) -> Expr:
    match which:
        case "missing":
            return missing
        case "late":
            return nw.col("late") & ~missing
        case _:
            return nw.col("late") | missing


@made.register
def _(rule: accepted, sheet: Sheet) -> Number:
    def dated() -> Frame:
        """What a tally asks is foreseen on one engine and answered by another, so days are numbers before."""
        given = sheet.tables["acceptances"]
        return given.with_columns(at=days_of(nw.col("day"), given))

    day, passed = nw.col("at") * whole(2), nw.col("passed")
    given = {"n": ("sum", whole(1)), "passed": ("max", day + one(passed)), "failed": ("max", day + one(~passed))}
    names = sheet.tally(Source("acceptances", dated), given)
    n, latest, failed = (nw.col(names[key]) for key in given)
    both = (latest % whole(2) == whole(1)) & (failed == latest)
    sheet.refuse(both, "passed and failed on one day", "keep the acceptance that holds", "acceptances")
    state = nw.when(n > whole(0)).then(whole(KNOWN)).otherwise(whole(NOT_ASSESSED))
    return number(sheet, rule, latest % whole(2), state, (0, 1))
