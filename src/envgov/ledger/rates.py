"""What is due, what is overdue, and the rates of a day, from the table of issues."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Literal

from attrs import frozen
from sqlalchemy import ColumnElement, Connection, and_, case, func, literal, select, true

from envgov.facts.issue import EventKind, Issue, State
from envgov.ledger.statements import statements_of
from envgov.ledger.tables import ISSUES, OWERS
from envgov.reason import Tally

RatesBy = Literal["all", "place", "responsible", "category", "source"]
_C = ISSUES.c
COUNTED = _C.state.not_in((State.SUSPENDED.value, State.ENDED.value))
"""The issues that rates count."""


@frozen
class Rates:
    """The rates of one group of issues at the end of a day; suspended, withdrawn and merged ones are in none of them.

    `rectified` (整改率) counts the rectified and the closed, `closed` (办结率、销号率) the closed, `overdue` (逾期) the
    open whose date has passed, `reworked` (返工率) those rejected at least once, each among all that count. `on_time`
    (按时办结率) counts those closed on their date or before, among those whose date is that day or before it.
    """

    rectified: Tally
    closed: Tally
    overdue: Tally
    reworked: Tally
    on_time: Tally


def due_on(connection: Connection, day: date, stood: Iterable[Issue]) -> tuple[str, ...]:
    """The ids of issues that are open and due on that day. `stood` has those with later events, as they stood."""
    now = statements_of(connection.dialect.name).open_on(connection, "=", day)
    return tuple(sorted((*now, *(i.id for i in stood if i.state is State.OPEN and i.due == day))))


def overdue_at(connection: Connection, day: date, stood: Iterable[Issue]) -> tuple[str, ...]:
    """The ids of issues that are overdue at the end of that day. `stood` as for `due_on`."""
    now = statements_of(connection.dialect.name).open_on(connection, "<", day)
    return tuple(sorted((*now, *(i.id for i in stood if i.is_overdue(day)))))


def rates_on(connection: Connection, day: date, by: RatesBy, stood: Iterable[Issue]) -> Mapping[str, Rates]:
    """The rates of each group that has an issue which counts, in the order of their names. `stood` as for `due_on`."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    counts.update(counted(connection, by, conditions(day), and_(COUNTED, all_but(_C.last > day))))
    for issue in stood:
        if count := count_in(issue, day):
            for group in groups_of(issue, by):
                counts[group].update(count)
    return {group: rates_of(counts[group], day) for group in sorted(counts)}


def count_in(issue: Issue, day: date) -> Mapping[str, int]:
    """What one issue, as it stood at the end of that day, adds to the counts that rates are made of."""
    if issue.state in (State.SUSPENDED, State.ENDED):
        return {}
    return {name: int(meets(issue, day)) for name, meets in _MEETS.items()}


def conditions(day: date) -> dict[str, ColumnElement[bool]]:
    """The same of the issues of the table that count, as they stand now."""
    return {name: when(day) for name, when in _WHEN.items()}


def all_but(changed: ColumnElement[bool]) -> ColumnElement[bool]:
    """The others, which are nearly all: written so that no index is used to find them, which would cost more."""
    return case((changed, 0), else_=1) == 1


def counted(
    connection: Connection, by: RatesBy, conditions: Mapping[str, ColumnElement[bool]], which: ColumnElement[bool]
) -> Iterator[tuple[str, Counter[str]]]:
    """Of each group that has such issues, how many of them meet each condition."""
    group: Any = {
        "all": literal(""), "place": _C.place, "responsible": OWERS.c.who, "category": _C.category, "source": _C.source
    }[by]  # fmt: skip
    met = [func.coalesce(func.sum(case((when, 1), else_=0)), 0).label(name) for name, when in conditions.items()]
    question = select(group.label("of"), *met).where(which)
    if by == "responsible":
        question = question.join_from(ISSUES, OWERS, OWERS.c.issue == _C.id)
    for row in connection.execute(question if by == "all" else question.group_by(group)).mappings():
        yield row["of"], Counter({name: row[name] for name in conditions})


def _due(issue: Issue, day: date) -> bool:
    return issue.due is not None and issue.due <= day


_WHEN: Mapping[str, Callable[[date], ColumnElement[bool]]] = {
    "among": lambda _: true(),
    "rectified": lambda _: _C.state.in_((State.RECTIFIED.value, State.CLOSED.value)),
    "closed": lambda _: _C.state == State.CLOSED.value,
    "overdue": lambda day: and_(_C.state == State.OPEN.value, _C.due < day),
    "reworked": lambda _: _C.rejected > 0,
    "due": lambda day: _C.due <= day,
    "on_time": lambda day: and_(_C.due <= day, _C.closed <= _C.due),
}
_MEETS: Mapping[str, Callable[[Issue, date], bool]] = {
    "among": lambda _, __: True,
    "rectified": lambda issue, _: issue.state in (State.RECTIFIED, State.CLOSED),
    "closed": lambda issue, _: issue.state is State.CLOSED,
    "overdue": lambda issue, day: issue.is_overdue(day),
    "reworked": lambda issue, _: issue.count(EventKind.REJECTED) > 0,
    "due": _due,
    "on_time": lambda issue, day: (
        issue.due is not None and issue.closed is not None and issue.closed <= issue.due <= day
    ),
}


def groups_of(issue: Issue, by: RatesBy) -> Iterable[str]:
    """The groups in which it counts."""
    match by:
        case "all":
            return ("",)
        case "responsible":
            return dict.fromkeys(issue.owed_by)
        case _:
            return (getattr(issue, by),)


def rates_of(count: Mapping[str, int], day: date) -> Rates:
    """The rates that these counts make."""

    def among_all(name: str) -> Tally:
        return Tally(count[name], count["among"], day)

    return Rates(
        among_all("rectified"),
        among_all("closed"),
        among_all("overdue"),
        among_all("reworked"),
        Tally(count["on_time"], count["due"], day),
    )
