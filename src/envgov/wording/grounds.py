"""The words for what a reason stands on: facts, counts, and what became of a list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from fractions import Fraction

from envgov.exact import round_half_up
from envgov.facts.acceptance import UnitAcceptance
from envgov.facts.duty import Duty
from envgov.facts.issue import Event, EventKind, Issue, Whistle
from envgov.facts.output import Output
from envgov.facts.slip import Slip
from envgov.facts.stated import StatedRank
from envgov.facts.survey import Survey
from envgov.facts.task import Task
from envgov.reason import Tally
from envgov.results.history import Shortened
from envgov.wording.words import Words

RATE_PLACES = 2
INDENT = "  "


def ground_lines(ground: object, words: Words, names: Mapping[str, str]) -> Iterator[str]:
    """One ground; an issue with the whistles that were blown for it, and who turned up."""
    yield ground_text(ground, words, names)
    if isinstance(ground, Issue):
        for event in ground.events:
            if event.whistle is not None or (event.what is EventKind.ATTENDED and event.by):
                yield INDENT + ground_text(event, words, names)


def ground_text(ground: object, words: Words, names: Mapping[str, str]) -> str:
    """One ground on one line, places by the names that are known; what has no words of its own is shown as it is."""
    say = words.say
    match ground:
        case Tally(counted=counted, among=None, as_of=day):
            return say["count"].format(counted=counted, day=day)
        case Tally(among=0, as_of=day):
            return say["empty"].format(day=day)
        case Tally(counted=counted, among=int(among), as_of=day):
            exact = Fraction(100 * counted, among)
            value = round_half_up(exact, RATE_PLACES)
            equals = "=" if Fraction(value) == exact else "≈"
            return say["tally"].format(counted=counted, among=among, equals=equals, value=value, day=day)
        case Issue():
            text = say["issue"].format(
                id=ground.id,
                place=names.get(ground.place, ground.place),
                found=ground.found,
                description=ground.description,
                state=words.choices["state"].get(ground.state.value, ground.state.value),
            )
            text += say["issue closed"].format(day=ground.closed) if ground.closed else ""
            return text + (say["issue due"].format(due=ground.due) if ground.due else "")
        case Slip(day=day, slip=str(slip), by=by) | Event(day=day, slip=str(slip), by=by) if slip:
            return say["slip"].format(day=day, slip=slip) + _by(by, say, names)
        case Event(day=day, by=by, to=to, whistle=Whistle() as whistle):
            return say["whistle"].format(
                day=day,
                by=_by(by, say, names),
                to=say["listed"].join(names.get(who, who) for who in to),
                report_at=moment_text(whistle.report_at),
                place=whistle.place,
                people=whistle.people,
                leader=whistle.leader,
                task=whistle.task,
            )
        case Event(what=EventKind.ATTENDED, day=day, by=by):
            return say["attended"].format(day=day, by=names.get(by, by))
        case Survey(day=day, channel=channel, asked=asked, answered=answered, satisfied=satisfied):
            return say["survey"].format(day=day, channel=channel, asked=asked, answered=answered, satisfied=satisfied)
        case StatedRank(day=day, channel=channel, rank=rank, of=of):
            return say["stated rank"].format(day=day, channel=channel, rank=rank, of=of)
        case Output(day=day, what=what, amount=amount, measure=measure):
            return say["output"].format(day=day, what=what, amount=f"{amount:f}", measure=measure)
        case Task(name=name, progress=progress, day=day):
            return say["task"].format(name=name, progress=f"{progress:f}", day=day)
        case Duty(what=what, due=due, submission=submission):
            came = say["not come"] if submission is None else say["came"].format(at=moment_text(submission.at))
            return say["duty"].format(what=what, due=moment_text(due), came=came)
        case UnitAcceptance(day=day, passed=passed, by=by):
            result = say["passed" if passed else "failed"]
            return say["acceptance"].format(day=day, passed=result, by=_by(by, say, names))
        case Shortened(seats=seats, size=size):
            return say["shortened"].format(seats=seats, size=size)
        case _:
            return repr(ground)


def _by(who: str, say: Mapping[str, str], names: Mapping[str, str]) -> str:
    return say["by"].format(inspector=names.get(who, who)) if who else ""


def moment_text(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"
