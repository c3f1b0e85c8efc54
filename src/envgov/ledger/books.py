"""What follows of a command: the subject after it, or the rule by which it is refused."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import orjson

from envgov.codec.kinds import kind_of
from envgov.facts.acceptance import UnitAcceptance
from envgov.facts.duty import Submission
from envgov.facts.grid import Grid
from envgov.facts.issue import Event, EventKind, Issue
from envgov.facts.life import enter, follow
from envgov.facts.paper import Paper, PaperEvent, PaperState, enter_paper, follow_paper
from envgov.facts.publication import Publication, PublicationEvent, enter_publication, follow_publication
from envgov.facts.refusal import RefusedError
from envgov.facts.roster import Roster
from envgov.facts.round import Round
from envgov.ledger.acceptances import ACCEPTANCE, subject_of_acceptance
from envgov.ledger.entry import Command, Happening, canonical, value_of
from envgov.ledger.kept import AN_ISSUE, TAGS, issue_kept
from envgov.ledger.returns import SUBMISSION, is_return
from envgov.ledger.settings import HOLDS, Settings
from envgov.ledger.snapshots import SNAPSHOT
from envgov.ledger.standings import Standing

ISSUE, PAPER, PUBLICATION, REPORTER = "issue", "paper", "publication", "reporter"
_BEGINS: Mapping[str, type] = {ISSUE: Issue, PAPER: Paper, PUBLICATION: Publication}
_GOES_ON: Mapping[str, type] = {ISSUE: Event, PAPER: PaperEvent, PUBLICATION: PublicationEvent}
_EVENTS = frozenset(kind_of(cls) for cls in _GOES_ON.values())


def decide(before: object, command: Command, settings: Settings, about: object = None) -> object:
    """The subject after the command; `about` is the issue that a paper is about, where the ledger has it.

    Raises:
        RefusedError: a rule does not let it happen.
    """
    value = command.value
    if command.reporter and not isinstance(value, Issue):
        told = f"{command.subject} goes on with {command.what}, and names a reporter"
        raise RefusedError("a reporter is named with the issue", told, "leave the reporter out")
    last = value.events[-1] if isinstance(value, Issue | Paper | Publication) else value
    if isinstance(last, Happening):
        _refuse_early(last.at or last.day, command)
    if command.kind in _BEGINS:
        _refuse_order(before, command)
        return _live(before, command, settings, about)
    if command.kind == ACCEPTANCE:
        _refuse_acceptance(command, settings)
    if command.kind == SUBMISSION and not is_return(command.subject, value):
        told = f"{command.subject} was given a {command.what}"
        remedy = (
            "enter a Submission under its name, by whom it came, and for which day: submission:日报/甲村/2024-05-08"
        )
        raise RefusedError("a return is named by what it is", told, remedy)
    if isinstance(value, Submission):
        _refuse_early(value.at, command)
    if command.kind == SNAPSHOT and isinstance(value, Round) and command.at.date() < value.last_day:
        told = f"{command.subject} goes on to {value.last_day}, and was to be closed on {command.at.date()}"
        raise RefusedError("a round is closed when it ends", told, "close it on its last day or after it")
    wanted = HOLDS.get(command.subject, object)
    if not isinstance(value, wanted):
        told = f"{command.subject} was given a {command.what}"
        raise RefusedError("a setting has its kind", told, f"give a {wanted.__name__}")
    if isinstance(value, Happening | Issue | Paper | Publication):
        told = f"{command.subject} was given {command.what}"
        kinds = ", ".join(f"{kind}:" for kind in _BEGINS)
        raise RefusedError("what has a life is entered under its kind", told, f"enter it under {kinds} and its id")
    return value


def _refuse_early(when: date | datetime, command: Command) -> None:
    """By its moment, which is one in every time zone; by its day in the sender's, where that is all that is known."""
    entered: date | datetime = command.at if isinstance(when, datetime) else command.at.date()
    if when > entered:
        told = f"{command.subject}: {command.what} on {when.isoformat()} was to be entered on {entered.isoformat()}"
        raise RefusedError("nothing is entered before it happens", told, "correct it, or enter it then")


def _refuse_acceptance(command: Command, settings: Settings) -> None:
    """A whole unit is accepted in the grid, by somebody else who may, and not before the day on which it was."""
    given = command.value
    if not isinstance(given, UnitAcceptance) or command.subject != subject_of_acceptance(given):
        told = f"{command.subject} was given a {command.what}"
        remedy = "enter a UnitAcceptance under its unit and day: acceptance:甲村/2024-05-08"
        raise RefusedError("an acceptance is named by its unit and day", told, remedy)
    _refuse_early(given.day, command)
    told = f"{given.unit} as a whole, on {given.day}"
    if settings.grid is not None and given.unit not in settings.grid:
        told = f"{told}: it is no unit of the grid"
        raise RefusedError(
            "what is accepted is a unit of the grid", told, "correct the code, or enter the grid with it"
        )
    if not given.by:
        raise RefusedError("somebody did it", f"{told}: it does not say by whom", "say in by who did it")
    if given.by == given.unit:
        remedy = "let somebody accept it who is not the unit"
        raise RefusedError("a unit is accepted by somebody else", f"{told}: by itself", remedy)
    if (duty := _duty(command, settings)) is not None:
        roster, grid = duty
        roster.permit_acceptance(given, grid)


def _refuse_order(before: object, command: Command) -> None:
    """A life begins once, and goes on by its events."""
    begins, goes_on = _BEGINS[command.kind], _GOES_ON[command.kind]
    if not isinstance(command.value, begins | goes_on):
        told = f"{command.subject} was given a {command.what}"
        remedy = f"give a {begins.__name__} or a {goes_on.__name__}"
        raise RefusedError("what has a life goes on by events", told, remedy)
    if before is None and isinstance(command.value, goes_on):
        told = f"there is no {command.subject}"
        raise RefusedError("a life has its beginning", told, f"enter the {begins.__name__} first, or correct the id")
    if before is not None and isinstance(command.value, begins):
        told = f"there is {command.subject} already"
        raise RefusedError("a life begins once", told, "enter what happened to it next, or give it another id")


def _live(before: object, command: Command, settings: Settings, about: object) -> object:
    match before, command.value:
        case _, Issue() as issue:
            _refuse_id(issue.id, command)
            _refuse_place(issue, settings)
            permit(issue, issue.events[0], command, settings)
            return enter(issue, settings.rules)
        case Issue() as issue, Event() as event:
            permit(issue, event, command, settings)
            return follow(issue, event, settings.rules)
        case _, Paper() as paper:
            _refuse_id(paper.id, command)
            entered = enter_paper(paper)
            _permit_paper(entered, about, command, settings)
            return entered
        case Paper() as paper, PaperEvent() as event:
            followed = follow_paper(paper, event, settings.persons)
            _permit_paper(followed, about, command, settings)
            return followed
        case _, Publication() as publication:
            drafted = enter_publication(publication)
            _permit_publication(drafted, command, settings)
            return drafted
        case _:
            assert isinstance(before, Publication), "what there is to go on with was looked at before"
            assert isinstance(command.value, PublicationEvent), "what it goes on by was looked at before"
            gone_on = follow_publication(before, command.value, settings.persons, hearing=settings.hearing)
            _permit_publication(gone_on, command, settings)
            return gone_on


def _refuse_id(id: str, command: Command) -> None:
    if id != command.id:
        told = f"{command.subject} was given {id}"
        raise RefusedError("a subject is named by its id", told, "correct one of them")


def permit(issue: Issue, event: Event, command: Command, settings: Settings) -> None:
    """See that whoever did it may, by the roster, and that whoever enters it is on it.

    Without a roster everybody may enter what the rules of life allow.

    Raises:
        RefusedError: they have no post, or none that may do this there.
    """
    if (duty := _duty(command, settings)) is not None:
        roster, grid = duty
        roster.permit_event(event.by or command.by, issue, event, grid)


def _permit_paper(paper: Paper, about: object, command: Command, settings: Settings) -> None:
    if (duty := _duty(command, settings)) is not None:
        roster, grid = duty
        last = paper.events[-1]
        who = command.by if last.what is PaperState.PROPOSED else last.by  # a program may propose, and has no post
        roster.permit_paper(who, paper, last, about if isinstance(about, Issue) else None, grid)


def _permit_publication(publication: Publication, command: Command, settings: Settings) -> None:
    if (duty := _duty(command, settings)) is not None:
        roster, grid = duty
        last = publication.events[-1]
        roster.permit_publication(last.by, last, grid)


def _duty(command: Command, settings: Settings) -> tuple[Roster, Grid] | None:
    """The roster, and the grid that its scopes lie in; None without one."""
    roster, grid = settings.roster, settings.grid
    if roster is None:
        return None
    if grid is None:
        raise RefusedError("a roster has its grid", "the ledger has a roster, and no grid", "enter the grid")
    if not roster.held_by(command.by, command.at.date()):
        told = f"{command.by} enters {command.what} of {command.subject} on {command.at.date()}, and has no post"
        raise RefusedError("who acts is on the roster", told, "add them to the roster")
    return roster, grid


def _refuse_place(issue: Issue, settings: Settings) -> None:
    if settings.grid is not None and issue.place not in settings.grid:
        told = f"issue {issue.id} lies at {issue.place}, which is no unit of the grid"
        raise RefusedError("an issue lies in the grid", told, "correct the code, or enter the grid with this unit")


def replay(bodies: Iterable[str], day: date | None = None) -> Any:
    """The subject that was entered as these bodies, one after the other; None where there are none.

    With `day` it is an issue that was found by then, as it stood at the end of that day.
    What was accepted is not decided again: a locality that changes its rules changes none of its past.
    """
    entered = list(bodies)
    if not entered:
        return None
    if (issue := [orjson.loads(body)["value"] for body in entered])[0]["kind"] == AN_ISSUE:
        return issue_kept(issue, day)
    subject: Any = None
    for body in entered:
        data = json.loads(body)["value"]  # which reads whole numbers of any length
        if data["kind"] in _EVENTS:
            subject["events"].append({name: told for name, told in data.items() if name not in TAGS})
        else:
            subject = data
    return value_of(subject)


def stand(rows: Iterable[Sequence[Any]]) -> dict[str, Standing]:
    """How these subjects stand: rows of subject, version, moment and body, all of theirs, oldest first."""
    return {
        subject: Standing(of[-1][1], datetime.fromisoformat(of[-1][2]), replay(row[3] for row in of))
        for subject, of in by_subject(rows).items()
    }


def by_subject(rows: Iterable[Sequence[Any]]) -> Mapping[str, Sequence[Sequence[Any]]]:
    """Rows that begin with their subject, as `stand` has them."""
    of: dict[str, list[Sequence[Any]]] = defaultdict(list)
    for row in rows:
        of[row[0]].append(row)
    return of


def row_of(issue: Issue, version: int) -> dict[str, Any]:
    """The issue as the table of issues has it."""
    return {
        "id": issue.id,
        "version": version,
        "place": issue.place,
        "owed_by": canonical(issue.owed_by),
        "category": issue.category,
        "source": issue.source,
        "state": issue.state.value,
        "found": issue.found,
        "due": issue.due,
        "closed": issue.closed,
        "last": issue.events[-1].day,
        "rejected": issue.count(EventKind.REJECTED),
        "relapsed": issue.count(EventKind.RELAPSED),
    }


def owers_of(issue: Issue) -> list[tuple[str, str]]:
    """The rows of the table of owers."""
    return [(issue.id, who) for who in dict.fromkeys(issue.owed_by)]
