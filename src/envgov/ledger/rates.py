"""What is due, what is overdue, and the rates of a day, from the table of issues."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Literal

from attrs import frozen
from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, literal, select, true

from envgov.facts.issue import EventKind, Issue, State
from envgov.ledger.statements import statements_of
from envgov.ledger.tables import ISSUES, OWERS
from envgov.reason import Tally

RatesBy = Literal["all", "place", "responsible", "category", "source"]
_C = ISSUES.c
_COUNTED = _C.state.not_in((State.SUSPENDED.value, State.ENDED.value))


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
    for row in connection.execute(_counts(day, by)).mappings():
        counts[row["of"]].update({name: row[name] for name in _WHEN})
    for issue in stood:
        for group in groups_of(issue, by):
            _add(counts, group, issue, day)
    return {group: _rates(counts[group], day) for group in sorted(counts)}


def rates_of(stood: Iterable[Issue], day: date) -> Rates:
    """The rates of these issues, as they stood at the end of that day."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for issue in stood:
        _add(counts, "", issue, day)
    return _rates(counts[""], day)


def _add(counts: Mapping[str, Counter[str]], group: str, issue: Issue, day: date) -> None:
    if issue.state not in (State.SUSPENDED, State.ENDED):
        counts[group].update({name: int(_MEETS[name](issue, day)) for name in _WHEN})


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


def _counts(day: date, by: RatesBy) -> Select[Any]:
    group: Any = {
        "all": literal(""), "place": _C.place, "responsible": OWERS.c.who, "category": _C.category, "source": _C.source
    }[by]  # fmt: skip
    met = {name: func.sum(case((when(day), 1), else_=0)) for name, when in _WHEN.items()}
    counted = [func.coalesce(total, 0).label(name) for name, total in met.items()]
    unchanged = case((_C.last > day, 0), else_=1) == 1  # nearly all: written so that the index of `last` is left alone
    question = select(group.label("of"), *counted).where(_COUNTED, unchanged)
    if by == "responsible":
        question = question.join_from(ISSUES, OWERS, OWERS.c.issue == _C.id)
    return question if by == "all" else question.group_by(group)


def groups_of(issue: Issue, by: RatesBy) -> Iterable[str]:
    """The groups in which it counts."""
    match by:
        case "all":
            return ("",)
        case "responsible":
            return dict.fromkeys(issue.owed_by)
        case _:
            return (getattr(issue, by),)


def _rates(count: Counter[str], day: date) -> Rates:
    def among_all(name: str) -> Tally:
        return Tally(count[name], count["among"], day)

    return Rates(
        among_all("rectified"),
        among_all("closed"),
        among_all("overdue"),
        among_all("reworked"),
        Tally(count["on_time"], count["due"], day),
    )
