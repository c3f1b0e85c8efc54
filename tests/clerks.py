"""What clerks enter: short words for issues, events and moments of March 2024."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from typing import Any

import envgov as eg
from envgov.ledger import Command, Entry, Ledger, Units

E = eg.EventKind
RULES = eg.LifeRules(
    accepting=("镇",), evidence_of=frozenset(), decline_within=3, extend_before_due=True, undated=frozenset()
)
_KEYS = count()


def march(day: int) -> date:
    return date(2024, 3, day)


def at(day: int, hour: int = 8) -> datetime:
    return datetime(2024, 3, day, hour, tzinfo=UTC)


def issue(id: str, day: int = 1, place: str = "v1", **fields: Any) -> eg.Issue:
    return eg.Issue(id, place, (eg.Event(E.FOUND, march(day)),), **fields)


def event(what: eg.EventKind, day: int, due: int | None = None, **fields: Any) -> eg.Event:
    by = {"by": "v1" if what in (E.RECTIFIED, E.CLAIMED, E.DECLINED) else "镇环卫办"}
    if what is E.DISPATCHED:
        by["to"] = fields.pop("to", ("v1",))
    if what in (E.REJECTED, E.DECLINED, E.WITHDRAWN, E.SUSPENDED, E.EXTENDED):
        by["note"] = "理由"
    if what in (E.SUSPENDED, E.EXTENDED):
        by["approved_by"] = "县"
    return eg.Event(what, march(day), due=None if due is None else march(due), **{**by, **fields})


def command(id: str, value: eg.Issue | eg.Event, **fields: Any) -> Command:
    """At eight o'clock of the day on which it happened, unless it says otherwise."""
    day = value.day if isinstance(value, eg.Event) else value.events[-1].day
    given = {"by": "张会计", "at": at(day.day), "key": f"k{next(_KEYS)}", **fields}
    return Command(f"issue:{id}", value, **given)


def enter(ledger: Ledger, id: str, value: eg.Issue | eg.Event, **fields: Any) -> Entry:
    [entry] = ledger.record_all([command(id, value, **fields)])
    return entry


def live(ledger: Ledger, id: str, life: Sequence[tuple[eg.EventKind, int]] = (), **fields: Any) -> eg.Issue:
    """Enter an issue found on 1 March, given until 10 March, and what happened then."""
    events = [event(E.DISPATCHED, 1, 10), *(event(what, day) for what, day in life)]
    ledger.record_all([command(id, issue(id, **fields)), *(command(id, happened) for happened in events)])
    return ledger.issue(id)


OFFICE = eg.Roster(
    roles=(eg.Role("办", eg.ACTS),),
    posts=tuple(eg.Post(who, "办", eg.Scope(everything=True)) for who in ("张会计", "镇环卫办", "v1", "县", "王主任")),
    persons=frozenset({"王主任"}),
)
UNITS = Units((eg.Unit("v1", "一村", "村"), eg.Unit("v2", "二村", "村")))


def let_sign(ledger: Ledger) -> None:
    """Enter a roster on which everybody may do everything, and one person signs."""
    ledger.record_all(
        [
            Command("grid:units", UNITS, "张会计", at(1, 0), "grid"),
            Command("roster:duty", OFFICE, "张会计", at(1, 0), "roster"),
        ]
    )


def proposed(id: str) -> Command:
    event = eg.PaperEvent(eg.PaperState.PROPOSED, march(5), by="张会计")
    paper = eg.Paper(id, "督办", "v1", (event,), personnel=False)
    return Command(f"paper:{id}", paper, "张会计", at(5), f"{id} proposed")


def signed(id: str, series: str = "督办〔2024〕") -> Command:
    event = eg.PaperEvent(eg.PaperState.SIGNED, march(5), by="王主任")
    return Command(f"paper:{id}", event, "王主任", at(5), f"{id} signed", series=series)


def opened(place: str | Path) -> Ledger:
    """A new ledger with the rules of life."""
    ledger = Ledger.create(place)
    ledger.record_all([Command("rules:life", RULES, "张会计", at(1, 0), "rules")])
    return ledger
