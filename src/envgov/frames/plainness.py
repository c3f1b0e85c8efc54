"""What is plainly sound: told by what a plan gathers anyway, so that the largest tables are read once.

What is not plainly sound may still be sound; `soundness` tells.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import or_

import narwhals.stable.v2 as nw

from envgov.facts.issue import EventKind
from envgov.frames.doubts import Doubt, doubts_of, joined
from envgov.frames.engine import Expr, Frame, one, rows_of, whole
from envgov.frames.tables import Tables

BEGINS = (nw.col("position") == 0) & (nw.col("what") == nw.lit(EventKind.FOUND.value))


def any_wrong(doubts: Sequence[Doubt]) -> Expr:
    """1 in rows of which one of the doubts holds, else 0."""
    return one(reduce(or_, (doubt.wrong for doubt in doubts)))


def sound_event(tables: Tables) -> Expr:
    """1 for an event with which nothing is wrong, and which begins its issue if it is the first; else 0."""
    *own, _ = doubts_of(tables, "events")
    begins = (nw.col("position") > whole(0)) | BEGINS
    return one(begins) * (whole(1) - any_wrong(own))


def sound_issue(tables: Tables) -> Expr:
    """1 for an issue with which by itself nothing is wrong; else 0."""
    *own, _ = doubts_of(tables, "issues")
    return whole(1) - any_wrong(own)


def sound_finding(tables: Tables) -> Expr:
    """1 for a finding with which by itself nothing is wrong; else 0."""
    *own, _, _ = doubts_of(tables, "findings")
    return whole(1) - any_wrong(own)


def plain_events(n: Expr, sound: Sequence[Expr], days: Sequence[Expr]) -> Expr:
    """How many events an issue has, if it is plainly sound, else 0.

    It is, if of its `n` events one is `sound` at each of the positions from 0 up to n, so that each is there once, and
    their `days`, 0 where there is no event, do not run backwards.
    """
    plain, latest = (n > whole(0)) & (n <= whole(len(sound))), whole(0)
    for at, (is_sound, day) in enumerate(zip(sound, days, strict=True)):
        plain = plain & ((n <= whole(at)) | (is_sound == whole(1))) & ((day >= latest) | (day == whole(0)))
        latest = day
    return nw.when(plain).then(n).otherwise(whole(0))


def is_plain(rows: Frame, tables: Tables) -> bool:
    """Whether all issues and their events are plainly sound together: `rows` of those that have events, joined to the issues, with `plain_events`.

    An issue that is given twice has its events twice, and one without events no row.
    """
    n = nw.col("plain_events")
    told, events, issues = rows_of(
        [
            rows.select(least=n.min(), events=n.sum(), rows=nw.len()),
            *(tables[name].select(n=nw.len()) for name in ("events", "issues")),
        ]
    )
    return bool(told[0] != 0 and (told[1] or 0, told[2]) == (*events, *issues))


def plain_issues(places: Frame, tables: Tables) -> bool:
    """Whether each issue is sound by itself, and lies at a unit.

    `places`: those where issues lie, each with their number `n`, and how many of them are `sound` by themselves.
    """
    *_, lost = doubts_of(tables, "issues")
    sound = nw.when(lost.wrong).then(whole(0)).otherwise(nw.col("sound"))
    ((n, sound),) = rows_of([joined(tables, "issues", places).select(n=nw.col("n").sum(), sound=sound.sum())])
    return bool(n == sound)


def plain_findings(visits: Frame, tables: Tables) -> bool:
    """Whether all findings are plainly sound.

    `visits`: inspections that may have some, each with how many of its findings are `sound` by themselves. None is given
    twice, so all findings are of one of them and sound, if they have all rows.
    """
    n = nw.col("sound")
    told, (findings,) = rows_of([visits.select(n=n.sum(), most=n.max()), tables["findings"].select(n=nw.len())])
    of_visits, most = (number or 0 for number in told)
    return bool(of_visits == findings and most <= tables.maxima.findings)
