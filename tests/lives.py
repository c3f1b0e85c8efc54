"""Issues and rules with which the tests of their life begin."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Any

from attrs import evolve

from envgov.facts.guards import LifeRules
from envgov.facts.issue import Event, EventKind, Issue, Whistle
from envgov.facts.life import enter, follow

K = EventKind
CHINA = timezone(timedelta(hours=8))
RULES = LifeRules(
    accepting=("环卫办",), evidence_of=frozenset(), decline_within=3, extend_before_due=True, undated=frozenset()
)
STEPS = evolve(RULES, accepting=("村", "镇", "县"))


def may(day: int) -> date:
    return date(2024, 5, day)


def event(what: EventKind, day: int, by: str = "镇整治办", due: int | None = None, **more: Any) -> Event:
    """On a day of May 2024, by the office that keeps the ledger if it is not said."""
    return Event(what, may(day), by=by, due=None if due is None else may(due), **more)


FOUND = event(K.FOUND, 1, by="督导组")
DISPATCHED = event(K.DISPATCHED, 2, to=("甲村",), due=9)
RECTIFIED = event(K.RECTIFIED, 5, by="甲村")
ACCEPTED = event(K.ACCEPTED, 6, by="环卫办")
CALLED = ("住建局", "城管局")
WHISTLED = event(
    K.WHISTLED,
    3,
    by="街道",
    to=CALLED,
    whistle=Whistle(datetime(2024, 5, 4, 9, tzinfo=CHINA), "甲村村口", "各2人", "张主任", "清运渣土"),
)


def turnout(*departments: str, upto: EventKind = K.COMPLETED) -> list[Event]:
    """On the 4th each of the departments attends, claims and completes, as far as is said."""
    steps = (K.ATTENDED, K.CLAIMED, K.COMPLETED)
    return [event(step, 4, by=who) for who in departments for step in steps[: steps.index(upto) + 1]]


def lived(*events: Event, rules: LifeRules = RULES, **fields: Any) -> Issue:
    """An issue of 甲村 found on the 1st, to which this happened by the rules."""
    issue = enter(Issue("W1", "甲村", (FOUND,), **fields), rules)
    for each in events:
        issue = follow(issue, each, rules)
    return issue
