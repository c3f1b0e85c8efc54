"""A paper (文书): a measure on its way from proposed to done; people sign, never a program."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from enum import Enum
from typing import Literal

from attrs import evolve, field, frozen
from attrs.validators import in_

from envgov.checks import is_a, is_day, is_day_or_none, is_moment_or_none, is_text, is_tuple
from envgov.facts.order import going_back
from envgov.facts.refusal import RefusedError, unsigned

PERSONNEL: frozenset[str] = frozenset({"组织处理", "停职检查", "调整职务", "责令辞职", "免职", "降职"})
"""What is always a personnel measure, alone or within a longer name: the kinds of 《中国共产党组织处理规定（试行）》 of 2021, and their common name."""


def is_personnel(measure: str) -> bool:
    """Whether the name of a measure holds one of `PERSONNEL`."""
    return any(word in measure for word in PERSONNEL)


class PaperState(Enum):
    """How far a paper is; each event leads to the state of its name."""

    PROPOSED = "proposed"
    SIGNED = "signed"
    NOTIFIED = "notified"
    ANSWERED = "answered"
    DONE = "done"
    WAIVED = "waived"
    """A person decided that nothing follows: it never had, or no longer needs, an effect."""
    VOIDED = "voided"
    """It should not have been signed. Its number stays its own."""


_S = PaperState
_FOLLOWS: Mapping[PaperState, frozenset[PaperState]] = {
    _S.PROPOSED: frozenset({_S.SIGNED, _S.WAIVED}),
    _S.SIGNED: frozenset({_S.NOTIFIED, _S.VOIDED}),
    _S.NOTIFIED: frozenset({_S.ANSWERED, _S.DONE, _S.WAIVED, _S.VOIDED}),
    _S.ANSWERED: frozenset({_S.ANSWERED, _S.DONE, _S.WAIVED, _S.VOIDED}),
    _S.DONE: frozenset({_S.VOIDED}),  # the round was corrected, and the measure is withdrawn
    _S.WAIVED: frozenset(),
    _S.VOIDED: frozenset(),
}


def may_follow(state: PaperState, what: PaperState) -> bool:
    """Whether a paper in that state may go on so, whoever does it."""
    return what in _FOLLOWS[state]


@frozen
class PaperEvent:
    """One thing that happened to a paper: on which day, by whom.

    `number` is the one that it was given when it was signed, and only then; `decided_by` the body that decided before.
    `to` are those who were notified, and `due` until when they are to answer.
    """

    what: PaperState = field(validator=is_a(PaperState))
    day: date = field(validator=is_day)
    by: str = ""
    to: tuple[str, ...] = field(default=(), validator=is_tuple)
    due: date | None = field(default=None, validator=is_day_or_none)
    at: datetime | None = field(default=None, validator=is_moment_or_none)
    note: str = ""
    evidence: tuple[str, ...] = field(default=(), validator=is_tuple)
    number: str = ""
    decided_by: str = ""

    def __attrs_post_init__(self) -> None:
        if self.at is not None and self.at.date() != self.day:
            raise ValueError(f"the moment {self.at.isoformat()} is not on the day {self.day}")
        if self.number and self.what is not PaperState.SIGNED:
            raise ValueError(
                f"{self.what.value} on {self.day} has a number, {self.number!r}: only a signature gives one"
            )


@frozen
class Paper:
    """A measure for a unit or an issue, and what became of it, oldest first.

    `subject` is the unit's code or the issue's id, as `about` says; `scheme` and `round` tell which proposal it is.
    A `personnel` measure (组织处理) needs the body that decides; what is `pending` needs a ruling first, and is then
    proposed anew. `follows` is the id of the paper before it, of which this is the next step.

    Raises:
        ValueError: the events do not begin with proposed, go back in time, or one cannot follow; or a measure whose
            name holds one of `PERSONNEL` is not said to be one.
    """

    id: str = field(validator=is_text)
    measure: str = field(validator=is_text)
    subject: str = field(validator=is_text)
    events: tuple[PaperEvent, ...] = field(validator=is_tuple)
    about: Literal["unit", "issue"] = field(default="unit", kw_only=True, validator=in_(("unit", "issue")))
    personnel: bool = field(kw_only=True, validator=is_a(bool))
    pending: bool = field(default=False, kw_only=True, validator=is_a(bool))
    scheme: str = field(default="", kw_only=True)
    round: str = field(default="", kw_only=True)
    follows: str = field(default="", kw_only=True)

    def __attrs_post_init__(self) -> None:
        if is_personnel(self.measure) and not self.personnel:
            raise ValueError(f"paper {self.id}: {self.measure} is a personnel measure: say personnel=True")
        if not self.events or self.events[0].what is not PaperState.PROPOSED:
            raise ValueError(f"paper {self.id}: its events begin with proposed")
        before = self.events[0]
        for event in self.events[1:]:
            if event.what not in _FOLLOWS[before.what]:
                raise ValueError(_cannot_follow(self.id, before.what, event))
            before = event
        if back := going_back(self.events):
            raise ValueError(f"paper {self.id}: {back}")

    @property
    def state(self) -> PaperState:
        return self.events[-1].what

    @property
    def number(self) -> str:
        """The number that it was given when it was signed, which it keeps; "" before."""
        return next((event.number for event in self.events if event.number), "")

    @property
    def due(self) -> date | None:
        """Until when those who were notified are to answer; None where no date was given."""
        return next((event.due for event in self.events if event.due is not None), None)

    def is_overdue(self, day: date) -> bool:
        """No answer had come by the end of that day, which is after the date."""
        then = [event.what for event in self.events if event.day <= day]
        return bool(then) and then[-1] is PaperState.NOTIFIED and self.due is not None and self.due < day


def enter_paper(paper: Paper) -> Paper:
    """A paper that was just proposed, as it is entered into the ledger.

    Raises:
        RefusedError: more than that happened to it, or it does not say by whom it was proposed.
    """
    if len(paper.events) > 1:
        raise RefusedError(
            "a paper is entered as it was proposed",
            f"paper {paper.id} comes with {len(paper.events)} events",
            "enter it with proposed alone, and let the others follow",
        )
    for refusal in _refusals(paper, paper.events[0], frozenset()):
        raise refusal
    return paper


def follow_paper(paper: Paper, event: PaperEvent, persons: frozenset[str]) -> Paper:
    """The paper after one more event. `persons` are those of the roster: they alone sign, waive and void.

    Raises:
        RefusedError: the event cannot follow, or a rule does not allow it.
    """
    if event.what not in _FOLLOWS[paper.state]:
        raise RefusedError(
            "an event follows the state",
            _cannot_follow(paper.id, paper.state, event),
            "look what happened to it before",
        )
    for refusal in _refusals(paper, event, persons):
        raise refusal
    try:
        return evolve(paper, events=(*paper.events, event))
    except ValueError as error:
        raise RefusedError("events are in order of time", str(error), "correct the day or the hour") from None


def _refusals(paper: Paper, event: PaperEvent, persons: frozenset[str]) -> Iterator[RefusedError]:
    told = f"paper {paper.id}, {paper.measure}: {event.what.value} on {event.day}"
    if not event.by:
        yield RefusedError("somebody did it", f"{told}: it does not say by whom", "say in by who did it")
    match event.what:
        case PaperState.SIGNED:
            yield from _unsigned(paper, event, persons, told)
        case PaperState.NOTIFIED:
            yield from _not_notified(event, told)
        case PaperState.WAIVED | PaperState.VOIDED:
            yield from unsigned(event.by, persons, told)
            if not event.note.strip():
                yield RefusedError("it has its reason", f"{told}: it gives no reason", "give the reason in note")
        case PaperState.DONE if not event.evidence:
            yield RefusedError(
                "what was done is on record", f"{told}: it has no record", "name the record or the reply in evidence"
            )
    addressed = {paper.subject, *(who for earlier in paper.events for who in earlier.to)}
    if (
        event.what in (PaperState.SIGNED, PaperState.DONE, PaperState.WAIVED, PaperState.VOIDED)
        and event.by in addressed
    ):
        yield RefusedError(
            "nobody closes or ends what they owe",
            f"{told}: it is addressed to {event.by}",
            "let somebody do so to whom it is not addressed",
        )


def _not_notified(event: PaperEvent, told: str) -> Iterator[RefusedError]:
    if not event.to:
        yield RefusedError("it goes to somebody", f"{told}: it goes to nobody", "say in to whom it goes to")
    if event.due is not None and event.due < event.day:
        yield RefusedError(
            "a date that is given lies ahead", f"{told}: the date {event.due} was past", "correct one of the two days"
        )


def _unsigned(paper: Paper, event: PaperEvent, persons: frozenset[str], told: str) -> Iterator[RefusedError]:
    yield from unsigned(event.by, persons, told)
    if not event.number:
        yield RefusedError("what is signed has its number", f"{told}: it has none", "take a number for it")
    if paper.pending:
        yield RefusedError(
            "what is pending is ruled on first", f"{told}: it waits for a ruling", "have it ruled on, and proposed anew"
        )
    if paper.personnel and (not event.decided_by or event.decided_by in persons):
        found = f"{event.decided_by} is a person" if event.decided_by else "no body decided it"
        yield RefusedError(
            "a body decides on a personnel measure", f"{told}: {found}", "say in decided_by which body decided it"
        )


def _cannot_follow(paper: str, state: PaperState, event: PaperEvent) -> str:
    return f"paper {paper}: {event.what.value} on {event.day} cannot follow, the paper is {state.value}"
