"""A publication (通报): an assessment on its way from draft to published, and corrected after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from enum import Enum

from attrs import evolve, field, frozen

from envgov.checks import is_a, is_day, is_day_or_none, is_moment_or_none, is_text, is_tuple
from envgov.facts.order import going_back
from envgov.facts.refusal import RefusedError, unsigned


class PublicationKind(Enum):
    """What may happen to a publication; after objected and reviewed it is as far as it was."""

    DRAFTED = "drafted"
    FED_BACK = "fed back"
    OBJECTED = "objected"
    REVIEWED = "reviewed"
    SIGNED = "signed"
    PUBLISHED = "published"
    CORRECTED = "corrected"


_K = PublicationKind
_BEFORE_SIGNING = frozenset({_K.DRAFTED, _K.FED_BACK})
_AFTER: Mapping[PublicationKind, frozenset[PublicationKind]] = {
    _K.DRAFTED: frozenset({*_BEFORE_SIGNING, _K.SIGNED}),  # what is wrong in a signed draft is drafted anew
    _K.FED_BACK: _BEFORE_SIGNING,
    _K.OBJECTED: _BEFORE_SIGNING,
    _K.REVIEWED: _BEFORE_SIGNING,
    _K.SIGNED: _BEFORE_SIGNING,
    _K.PUBLISHED: frozenset({_K.SIGNED}),
    _K.CORRECTED: frozenset({_K.PUBLISHED, _K.CORRECTED}),
}
_TEXTS = (_K.DRAFTED, _K.CORRECTED)


@frozen
class PublicationEvent:
    """One thing that happened to a publication: on which day, by whom.

    `text` tells one version from another, such as the SHA-256 of the stored assessment: of what was drafted, signed,
    published, or corrected. `to` are the units that the draft went back to, and `due` the last day on which they may
    object. `objection` names the one that was filed or reviewed, and `upheld` is what the review found. A correction
    says which units `moved`, and which papers are `withdrawn` with it.
    """

    what: PublicationKind = field(validator=is_a(PublicationKind))
    day: date = field(validator=is_day)
    by: str = ""
    text: str = ""
    to: tuple[str, ...] = field(default=(), validator=is_tuple)
    due: date | None = field(default=None, validator=is_day_or_none)
    at: datetime | None = field(default=None, validator=is_moment_or_none)
    note: str = ""
    objection: str = ""
    upheld: bool = field(default=False, validator=is_a(bool))
    moved: tuple[str, ...] = field(default=(), validator=is_tuple)
    withdrawn: tuple[str, ...] = field(default=(), validator=is_tuple)

    def __attrs_post_init__(self) -> None:
        if self.at is not None and self.at.date() != self.day:
            raise ValueError(f"the moment {self.at.isoformat()} is not on the day {self.day}")
        if self.upheld and self.what is not PublicationKind.REVIEWED:
            raise ValueError(f"{self.what.value} on {self.day} is upheld: only a review finds so")


@frozen
class Publication:
    """The assessment of one round by one scheme, and what happened to it, oldest first.

    Raises:
        ValueError: the events do not begin with drafted, go back in time, or one cannot follow.
    """

    scheme: str = field(validator=is_text)
    round: str = field(validator=is_text)
    events: tuple[PublicationEvent, ...] = field(validator=is_tuple)

    def __attrs_post_init__(self) -> None:
        if not self.events or self.events[0].what is not PublicationKind.DRAFTED:
            raise ValueError(f"{self}: its events begin with drafted")
        state = PublicationKind.DRAFTED
        for event in self.events[1:]:
            if state not in _AFTER[event.what]:
                raise ValueError(_cannot_follow(self, state, event))
            state = _state_after(state, event)
        if back := going_back(self.events):
            raise ValueError(f"{self}: {back}")

    def __str__(self) -> str:
        return f"{self.scheme} {self.round}"

    @property
    def state(self) -> PublicationKind:
        """How far it is: drafted, fed back, signed, published or corrected."""
        return next(event.what for event in reversed(self.events) if event.what not in (_K.OBJECTED, _K.REVIEWED))

    @property
    def text(self) -> str:
        """The version that was drafted last; once it is published, the one that holds."""
        return next(event.text for event in reversed(self.events) if event.what in _TEXTS)

    @property
    def objections(self) -> tuple[str, ...]:
        """Those that were filed and not yet reviewed, in the order in which they came."""
        reviewed = {event.objection for event in self.events if event.what is _K.REVIEWED}
        return tuple(e.objection for e in self.events if e.what is _K.OBJECTED and e.objection not in reviewed)


def enter_publication(publication: Publication) -> Publication:
    """A publication that was just drafted, as it is entered into the ledger.

    Raises:
        RefusedError: more than that happened to it, or it does not say by whom it was drafted, and which version.
    """
    if len(publication.events) > 1:
        raise RefusedError(
            "a publication is entered as it was drafted",
            f"{publication} comes with {len(publication.events)} events",
            "enter it with drafted alone, and let the others follow",
        )
    for refusal in _refusals(publication, publication.events[0], frozenset(), hearing=False):
        raise refusal
    return publication


def follow_publication(
    publication: Publication, event: PublicationEvent, persons: frozenset[str], *, hearing: bool
) -> Publication:
    """The publication after one more event. `persons` are those of the roster: they alone review, sign and correct.

    `hearing` says that the units hear of the draft, and may object, before it is signed.

    Raises:
        RefusedError: the event cannot follow, or a rule does not allow it.
    """
    if publication.state not in _AFTER[event.what]:
        told = _cannot_follow(publication, publication.state, event)
        raise RefusedError("an event follows the state", told, "look what happened to it before")
    for refusal in _refusals(publication, event, persons, hearing=hearing):
        raise refusal
    try:
        return evolve(publication, events=(*publication.events, event))
    except ValueError as error:
        raise RefusedError("events are in order of time", str(error), "correct the day or the hour") from None


def _refusals(
    publication: Publication, event: PublicationEvent, persons: frozenset[str], *, hearing: bool
) -> Iterator[RefusedError]:
    told = f"{publication}: {event.what.value} on {event.day}"
    if not event.by:
        yield RefusedError("somebody did it", f"{told}: it does not say by whom", "say in by who did it")
    if event.what in (*_TEXTS, _K.SIGNED, _K.PUBLISHED) and not event.text:
        yield RefusedError("a version is told by its text", f"{told}: it does not say which", "give its digest in text")
    match event.what:
        case PublicationKind.FED_BACK:
            yield from _not_heard(event, told)
        case PublicationKind.OBJECTED:
            yield from _no_objection(publication, event, told)
        case PublicationKind.REVIEWED:
            yield from unsigned(event.by, persons, told)
            yield from _no_review(publication, event, told)
        case PublicationKind.SIGNED:
            yield from unsigned(event.by, persons, told)
            yield from _not_as_drafted(publication, event, told)
            yield from _drafted_by_the_same(publication, event, told)
            yield from _not_ready(publication, event, told, hearing=hearing)
        case PublicationKind.PUBLISHED:
            yield from _not_as_drafted(publication, event, told)
        case PublicationKind.CORRECTED:
            yield from unsigned(event.by, persons, told)
            yield from _no_reason(event, told)
            if event.text == publication.text:
                yield RefusedError(
                    "a correction changes the text",
                    f"{told}: it is the text that holds",
                    "give the digest of the new one",
                )


def _no_reason(event: PublicationEvent, told: str) -> Iterator[RefusedError]:
    if not event.note.strip():
        yield RefusedError("it has its reason", f"{told}: it gives no reason", "give the reason in note")


def _not_heard(event: PublicationEvent, told: str) -> Iterator[RefusedError]:
    if not event.to:
        yield RefusedError("it goes to somebody", f"{told}: it goes to nobody", "say in to which units it goes")
    if event.due is None or event.due < event.day:
        yield RefusedError(
            "units have a day until which they may object",
            f"{told}: until {event.due or 'no day'}",
            "give in due the last day on which they may object",
        )


def _no_objection(publication: Publication, event: PublicationEvent, told: str) -> Iterator[RefusedError]:
    yield from _no_reason(event, told)
    if not event.objection or any(e.objection == event.objection for e in publication.events):
        yield RefusedError(
            "an objection has a name of its own",
            f"{told}: its name is {event.objection or 'empty'}",
            "name it in objection as no other is named",
        )
    heard = _since_fed_back(publication)
    if not heard or event.by not in heard[0].to:
        yield RefusedError(
            "whom it was fed back to objects", f"{told}: not fed back to {event.by}", "feed it back first"
        )
    elif heard[0].due is not None and event.day > heard[0].due:
        yield RefusedError(
            "an objection comes in time",
            f"{told}: it could come until {heard[0].due}",
            "what is wrong is corrected after it was published",
        )


def _no_review(publication: Publication, event: PublicationEvent, told: str) -> Iterator[RefusedError]:
    yield from _no_reason(event, told)
    if event.objection not in publication.objections:
        yield RefusedError(
            "an objection that was filed is reviewed, once",
            f"{told}: {event.objection or 'no objection'} is not among {'、'.join(publication.objections) or 'none'}",
            "name in objection one that waits for its review",
        )
    elif any(e.by == event.by for e in publication.events if e.objection == event.objection):
        yield RefusedError(
            "an objection is reviewed by somebody else", f"{told}: {event.by} filed it", "let somebody else review it"
        )


def _not_as_drafted(publication: Publication, event: PublicationEvent, told: str) -> Iterator[RefusedError]:
    if event.text != publication.text:
        yield RefusedError(
            "what is signed and published is the last draft",
            f"{told}: its text is {event.text}, the draft's {publication.text}",
            "sign and publish the draft, or draft it anew",
        )


def _drafted_by_the_same(publication: Publication, event: PublicationEvent, told: str) -> Iterator[RefusedError]:
    if event.by == next(e.by for e in reversed(publication.events) if e.what is _K.DRAFTED):
        yield RefusedError(
            "it is approved by somebody else",
            f"{told}: {event.by} drafted it",
            "let somebody sign who did not draft it",
        )


def _not_ready(
    publication: Publication, event: PublicationEvent, told: str, *, hearing: bool
) -> Iterator[RefusedError]:
    if waiting := publication.objections:
        yield RefusedError(
            "objections are reviewed before it is signed", f"{told}: not reviewed: {'、'.join(waiting)}", "review them"
        )
    if _upheld_after_drafting(publication):
        yield RefusedError(
            "what was upheld is drafted anew", f"{told}: an objection was upheld since", "draft it anew, and sign that"
        )
    heard = _since_fed_back(publication)
    if hearing and not (heard and _changed_by_objections_alone(heard)):
        yield RefusedError(
            "units hear of it before it is signed", f"{told}: this draft was not fed back", "feed it back to the units"
        )
    if hearing and heard and heard[0].due is not None and event.day <= heard[0].due:
        yield RefusedError(
            "objections are heard before it is signed",
            f"{told}: units may object until {heard[0].due}",
            "sign it after that day",
        )


def _since_fed_back(publication: Publication) -> tuple[PublicationEvent, ...]:
    """The last time that it was fed back, and what came after; nothing where it never was."""
    events = publication.events
    starts = [i for i, event in enumerate(events) if event.what is _K.FED_BACK]
    return events[starts[-1] :] if starts else ()


def _upheld_after_drafting(publication: Publication) -> bool:
    marks = [event for event in publication.events if event.what is _K.DRAFTED or event.upheld]
    return marks[-1].upheld


def _changed_by_objections_alone(heard: tuple[PublicationEvent, ...]) -> bool:
    """Each draft since it was fed back answers an objection that was upheld before it."""
    upheld = False
    for event in heard:
        if event.what is _K.DRAFTED and not upheld:
            return False
        upheld = event.upheld or (upheld and event.what is not _K.DRAFTED)
    return True


def _state_after(state: PublicationKind, event: PublicationEvent) -> PublicationKind:
    return state if event.what in (_K.OBJECTED, _K.REVIEWED) else event.what


def _cannot_follow(publication: Publication, state: PublicationKind, event: PublicationEvent) -> str:
    return f"{publication}: {event.what.value} on {event.day} cannot follow, it is {state.value}"
