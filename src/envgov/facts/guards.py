"""The rules of an issue's life: who may do what, when, and with what evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta

from attrs import field, frozen
from attrs.validators import deep_iterable, ge, min_len, optional

from envgov.checks import is_a, is_count_or_none, is_frozenset, is_text, is_tuple
from envgov.facts.issue import HANDED, Event, EventKind as K, Issue
from envgov.facts.refusal import RefusedError


@frozen
class LifeRules:
    """What a locality fixes about the life of its issues.

    `accepting` are the roles that accept, in order: the village checks itself, the township accepts, the county checks
    again; the last one closes the issue. `evidence_of` is what happens only with a photograph or a paper.
    `decline_within` is the number of calendar days after the hand-over, the day itself not counted, within which it can
    be declined; None sets no limit. `extend_before_due` says that an extension is asked for on the due date at the
    latest. `undated` are the categories that are handed over without a date (长期坚持).
    """

    accepting: tuple[str, ...] = field(kw_only=True, validator=(deep_iterable(is_text, is_tuple), min_len(1)))
    evidence_of: frozenset[K] = field(kw_only=True, validator=deep_iterable(is_a(K), is_frozenset))
    decline_within: int | None = field(kw_only=True, validator=(is_count_or_none, optional(ge(0))))
    extend_before_due: bool = field(kw_only=True, validator=is_a(bool))
    undated: frozenset[str] = field(kw_only=True, validator=deep_iterable(is_text, is_frozenset))

    def __attrs_post_init__(self) -> None:
        if len(set(self.accepting)) < len(self.accepting):
            raise ValueError(f"accepting={self.accepting!r}: each role accepts once")


def refusals(issue: Issue, event: Event, rules: LifeRules) -> Iterator[RefusedError]:
    """Every rule that the event would break, for an issue in whose state it can follow."""
    for guard in _GUARDS[event.what]:
        yield from guard(issue, event, rules)


# -- what the rules ask of the life so far
def owners(issue: Issue) -> frozenset[str]:
    """Who answers for the work: whoever owes it, or where nobody is named its place; who helps; and whom a whistle calls."""
    return frozenset((*(issue.owed_by or (issue.place,)), *issue.supporting, *called(issue)))


def called(issue: Issue) -> frozenset[str]:
    """The departments that whistles called since the issue was found, or last relapsed, and that did not decline."""
    departments: set[str] = set()
    for event in _spell(issue):
        if event.what is K.WHISTLED:
            departments.update(event.to)
        elif event.what is K.DECLINED:
            departments.discard(event.by)
    return frozenset(departments)


def role_awaited(issue: Issue, rules: LifeRules) -> str:
    """Whose turn it is to accept what was rectified."""
    return rules.accepting[min(len(_passed(issue)), len(rules.accepting) - 1)]  # there may have been more of them


def _spell(issue: Issue) -> tuple[Event, ...]:
    """What happened since it was found, or last relapsed."""
    return _since(issue, (K.FOUND, K.RELAPSED))


def _since(issue: Issue, kinds: tuple[K, ...]) -> tuple[Event, ...]:
    """The last event of these kinds, and what came after it; everything where there is none."""
    for start in range(len(issue.events) - 1, 0, -1):
        if issue.events[start].what in kinds:
            return issue.events[start:]
    return issue.events


def _passed(issue: Issue) -> tuple[Event, ...]:
    """Who passed what was rectified last."""
    return tuple(event for event in _since(issue, (K.RECTIFIED,)) if event.what is K.PASSED)


def _done(issue: Issue, what: K) -> frozenset[str]:
    """Who did that since the last time that a whistle called them."""
    done: set[str] = set()
    for event in _spell(issue):
        if event.what is K.WHISTLED:
            done.difference_update(event.to)
        elif event.what is what and not event.stage:
            done.add(event.by)
    return frozenset(done)


def _all_declined(issue: Issue) -> bool:
    since = _since(issue, (*HANDED, K.FOUND, K.RELAPSED))
    declined = {event.by for event in since if event.what is K.DECLINED}
    return bool(declined) and declined >= set(issue.owed_by or (issue.place,))


def _told(issue: Issue, event: Event, found: str) -> str:
    return f"issue {issue.id}: {event.what.value} on {event.day}: {found}"


def _names(names: frozenset[str]) -> str:
    return "、".join(sorted(names))


# -- of every event
_Guard = Callable[[Issue, Event, LifeRules], Iterator[RefusedError]]
_DATING = (K.FOUND, *HANDED, K.EXTENDED, K.RESUMED, K.REJECTED)
"""What gives a date: anything else would be an extension that nobody approved."""


def _is_done_by_somebody(issue: Issue, event: Event, _: LifeRules) -> Iterator[RefusedError]:
    if not event.by and event.what is not K.FOUND:  # who reports need not be named
        yield RefusedError("somebody did it", _told(issue, event, "it does not say by whom"), "say in by who did it")


def _has_evidence(issue: Issue, event: Event, rules: LifeRules) -> Iterator[RefusedError]:
    if event.what in rules.evidence_of and not event.evidence:
        yield RefusedError(
            "it has its evidence", _told(issue, event, "it has no evidence"), "add the photograph or the paper"
        )


def _gives_a_date_to_come(issue: Issue, event: Event, _: LifeRules) -> Iterator[RefusedError]:
    if event.due is None:
        return
    if event.what not in _DATING:
        yield RefusedError(
            "a date is given with a hand-over or an extension",
            _told(issue, event, f"it gives the date {event.due}"),
            "record the extension as an event of its own",
        )
    if event.due < event.day:
        yield RefusedError(
            "a date that is given lies ahead",
            _told(issue, event, f"the date {event.due} was past already"),
            "correct one of the two days",
        )
    if event.what in (K.REASSIGNED, K.REFERRED_UP, K.REJECTED) and event.by in owners(issue):
        yield RefusedError(
            "who owes it gives it no date",
            _told(issue, event, f"{event.by} owes it, and gives the date {event.due}"),
            "leave the date to others, or have an extension approved",
        )


_ALWAYS: tuple[_Guard, ...] = (_is_done_by_somebody, _has_evidence, _gives_a_date_to_come)


# -- reasons and approvals
def _has_a_reason(issue: Issue, event: Event, _: LifeRules) -> Iterator[RefusedError]:
    if not event.note.strip():
        yield RefusedError("it has its reason", _told(issue, event, "it gives no reason"), "give the reason in note")


def _is_approved(issue: Issue, event: Event, _: LifeRules) -> Iterator[RefusedError]:
    if not event.approved_by:
        found = "nobody approved it"
    elif event.approved_by == event.by:
        found = f"{event.by} approved what they asked for"
    elif event.approved_by in owners(issue):
        found = f"{event.approved_by} approved it, and owes the work"
    else:
        return
    yield RefusedError(
        "it is approved by somebody else",
        _told(issue, event, found),
        "have somebody approve it who neither asked nor owes",
    )


# -- handing over
def _is_addressed(issue: Issue, event: Event, _: LifeRules) -> Iterator[RefusedError]:
    if not event.to and not (event.what is K.DISPATCHED and issue.responsible):
        yield RefusedError("it goes to somebody", _told(issue, event, "it goes to nobody"), "say in to whom it goes to")


def _has_a_date(issue: Issue, event: Event, rules: LifeRules) -> Iterator[RefusedError]:
    if event.due is None and issue.due is None and issue.category not in rules.undated:
        yield RefusedError(
            "what is handed over has a date",
            _told(issue, event, "no date was given"),
            f"give the date in due, or let the rules say that {issue.category or 'its category'} has none",
        )


def _is_handed_over_once(issue: Issue, event: Event, _: LifeRules) -> Iterator[RefusedError]:
    if any(earlier.what in (K.DISPATCHED, K.REASSIGNED) for earlier in _since(issue, (K.RELAPSED, K.REFERRED_UP))):
        yield RefusedError(
            "it is dispatched once",
            _told(issue, event, f"it was handed to {'、'.join(issue.owed_by)} before"),
            "reassign it, refer it up, or extend it",
        )


def _goes_to_another(issue: Issue, event: Event, _: LifeRules) -> Iterator[RefusedError]:
    if event.to and set(event.to) == set(issue.owed_by) and not _all_declined(issue):
        yield RefusedError(
            "what is reassigned goes to somebody else",
            _told(issue, event, f"{'、'.join(event.to)} owes it already"),
            "for a later date, extend it",
        )


def _is_owed_by_them(issue: Issue, event: Event, _: LifeRules) -> Iterator[RefusedError]:
    if event.by not in owners(issue):
        yield RefusedError(
            "whom it was given to claims or declines it",
            _told(issue, event, f"{event.by} was not given it; {_names(owners(issue))} was"),
            "let them say so, or reassign it first",
        )


def _is_in_time_to_decline(issue: Issue, event: Event, rules: LifeRules) -> Iterator[RefusedError]:
    given = _given(issue, event.by)
    if rules.decline_within is not None and event.day > given + timedelta(days=rules.decline_within):
        yield RefusedError(
            "it is declined within its time",
            _told(issue, event, f"it was given on {given}, and could be declined for {rules.decline_within} days"),
            "let whoever dispatched it reassign it",
        )


def _given(issue: Issue, who: str) -> date:
    """The day on which it was last given to them: by name, or to all that owe it."""
    for event in reversed(_spell(issue)):
        if who in event.to and event.what in (*HANDED, K.WHISTLED):
            return event.day
    return _since(issue, (*HANDED, K.FOUND, K.RELAPSED))[0].day


# -- extension and suspension
def _extends_a_date(issue: Issue, event: Event, _: LifeRules) -> Iterator[RefusedError]:
    if issue.due is None or event.due is None or event.due <= issue.due:
        yield RefusedError(
            "an extension gives a later date",
            _told(issue, event, f"from {issue.due or 'no date'} to {event.due or 'no date'}"),
            "give a date in due that is later than the one that holds",
        )


def _is_asked_before_expiry(issue: Issue, event: Event, rules: LifeRules) -> Iterator[RefusedError]:
    asked = event.asked or event.day
    if rules.extend_before_due and issue.due is not None and asked > issue.due:
        yield RefusedError(
            "an extension is asked for before expiry",
            _told(issue, event, f"it was asked for on {asked}, after {issue.due}"),
            "the date stands; if it was asked for earlier, say in asked when",
        )


def _has_its_date_anew(issue: Issue, event: Event, rules: LifeRules) -> Iterator[RefusedError]:
    if event.due is not None:
        yield from _is_approved(issue, event, rules)
    elif issue.due is not None and issue.due < event.day:
        yield RefusedError(
            "what is resumed after its date has a new one",
            _told(issue, event, f"its date was {issue.due}, while its clock stood still"),
            "give the new date in due, and who approved it",
        )


# -- whistles
def _says_what_it_asks(issue: Issue, event: Event, _: LifeRules) -> Iterator[RefusedError]:
    if event.whistle is None:
        yield RefusedError(
            "a whistle says when, where, with whom, led by whom and what for",
            _told(issue, event, "it asks nothing"),
            "give the Whistle in whistle, and in to whom it calls",
        )


def _was_called(issue: Issue, event: Event, _: LifeRules) -> Iterator[RefusedError]:
    if event.by not in called(issue):
        yield RefusedError(
            "whom a whistle called attends",
            _told(issue, event, f"{event.by} was not called; {_names(called(issue)) or 'nobody'} was"),
            "whistle for them first",
        )


def _attended_if_called(issue: Issue, event: Event, _: LifeRules) -> Iterator[RefusedError]:
    if event.by in called(issue) - _done(issue, K.ATTENDED):
        yield RefusedError(
            "who was called attends, claims, completes",
            _told(issue, event, f"{event.by} was called, and has not attended"),
            "record first that they attended",
        )


def _completes_a_part(issue: Issue, event: Event, _: LifeRules) -> Iterator[RefusedError]:
    stages = [due.stage for due in issue.stages]
    if event.stage and event.stage not in stages:
        yield RefusedError(
            "what is completed is a stage that is left",
            _told(issue, event, f"{event.stage} is none of the stages that are left: {'、'.join(stages) or 'none'}"),
            "correct stage",
        )
    elif not event.stage and event.by not in called(issue) & _done(issue, K.CLAIMED):
        yield RefusedError(
            "who was called attends, claims, completes",
            _told(issue, event, f"{event.by} was not called, or has not claimed it"),
            "record first that they claimed it; what is done as a whole is rectified",
        )


def _is_whole(issue: Issue, event: Event, _: LifeRules) -> Iterator[RefusedError]:
    if missing := called(issue) - _done(issue, K.COMPLETED):
        yield RefusedError(
            "it is rectified when every department has completed its part",
            _told(issue, event, f"not completed by {_names(missing)}"),
            "record what they completed, or that they declined",
        )
    if _all_declined(issue):
        yield RefusedError(
            "what was declined is reassigned first",
            _told(issue, event, "all to whom it was given declined it"),
            "reassign it, to the same ones if it is theirs",
        )


# -- closing
def _was_never_handed_over(issue: Issue, event: Event, _: LifeRules) -> Iterator[RefusedError]:
    if any(earlier.what in (*HANDED, K.WHISTLED, K.RECTIFIED) for earlier in _spell(issue)):
        yield RefusedError(
            "what was handed over is closed by acceptance",
            _told(issue, event, "it was handed over or rectified before"),
            "record that it was rectified; somebody else accepts it",
        )


def _acts_in_turn(issue: Issue, event: Event, rules: LifeRules) -> Iterator[RefusedError]:
    awaited = role_awaited(issue, rules)
    if event.role != awaited and (event.role or len(rules.accepting) > 1):
        yield RefusedError(
            "those who accept do so in turn, each in its role",
            _told(issue, event, f"in the role {event.role or 'of nobody'}; it is the turn of {awaited}"),
            f"let {awaited} accept or reject it, and say so in role",
        )


def _closes_as_the_last(issue: Issue, event: Event, rules: LifeRules) -> Iterator[RefusedError]:
    last = role_awaited(issue, rules) == rules.accepting[-1]
    if last != (event.what is K.ACCEPTED):
        yield RefusedError(
            "the last to accept closes",
            _told(issue, event, f"the last to accept is {rules.accepting[-1]}"),
            "record accepted of the last, and passed of those before",
        )


def _is_somebody_else(issue: Issue, event: Event, _: LifeRules) -> Iterator[RefusedError]:
    if event.by in {earlier.by for earlier in _spell(issue) if earlier.what in (K.RECTIFIED, K.COMPLETED)}:
        yield RefusedError(
            "rectified is accepted by somebody else",
            _told(issue, event, f"{event.by} rectified it"),
            "let somebody accept it who did not do the work",
        )
    if event.by in {earlier.by for earlier in _passed(issue)}:
        yield RefusedError(
            "each that accepts is another",
            _told(issue, event, f"{event.by} passed it in another role"),
            "let somebody else accept it",
        )


def _owes_nothing(issue: Issue, event: Event, _: LifeRules) -> Iterator[RefusedError]:
    if event.by in owners(issue):
        yield RefusedError(
            "nobody closes or ends what they owe",
            _told(issue, event, f"{event.by} owes it"),
            "let somebody do so who does not owe the work",
        )


_OF: Mapping[K, tuple[_Guard, ...]] = {
    K.FIXED_ON_THE_SPOT: (_was_never_handed_over,),
    K.DISPATCHED: (_is_addressed, _is_handed_over_once, _has_a_date),
    K.REASSIGNED: (_is_addressed, _goes_to_another, _has_a_date),
    K.REFERRED_UP: (_is_addressed, _has_a_reason),
    K.WHISTLED: (_says_what_it_asks,),
    K.ATTENDED: (_was_called,),
    K.CLAIMED: (_is_owed_by_them, _attended_if_called),
    K.COMPLETED: (_completes_a_part,),
    K.DECLINED: (_is_owed_by_them, _has_a_reason, _is_in_time_to_decline),
    K.EXTENDED: (_has_a_reason, _is_approved, _extends_a_date, _is_asked_before_expiry),
    K.SUSPENDED: (_has_a_reason, _is_approved),
    K.RESUMED: (_has_its_date_anew,),
    K.RECTIFIED: (_is_whole,),
    K.PASSED: (_acts_in_turn, _closes_as_the_last, _is_somebody_else),
    K.ACCEPTED: (_acts_in_turn, _closes_as_the_last, _is_somebody_else, _owes_nothing),
    K.REJECTED: (_acts_in_turn, _has_a_reason),
    K.MERGED: (_owes_nothing,),
    K.WITHDRAWN: (_has_a_reason, _owes_nothing),
}
_GUARDS: Mapping[K, tuple[_Guard, ...]] = {kind: (*_ALWAYS, *_OF.get(kind, ())) for kind in K}
