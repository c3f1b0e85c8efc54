"""Forms of issues (问题): dispatch slip, rectification notice, whistle notice, acceptance record, exposure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from operator import attrgetter

from envgov.documents.bulletin import Table
from envgov.documents.forms.form import Box, Form, Part, What
from envgov.documents.forms.matter import category_of, evidence_of, place_of, problem_of
from envgov.documents.forms.office import Office, moment_of, moment_word
from envgov.errors import EnvGovError
from envgov.facts.guards import LifeRules
from envgov.facts.issue import HANDED, Event, EventKind, Issue, State
from envgov.results.table import Language
from envgov.texts import mask_numbers
from envgov.wording.bulletin import day_word
from envgov.wording.forms import NAMES, SAY
from envgov.wording.ledger import state_word

_E = EventKind


def draft_dispatch_slip(
    issue: Issue, office: Office, language: Language = "zh", *, rules: LifeRules | None = None
) -> Form:
    """The dispatch slip (交办单) of an issue, as it was handed over last, with its return part; `rules` say until when it
    may be declined.

    Raises:
        EnvGovError: the issue was handed to nobody.
    """
    draft = _Draft(issue, office, language)
    say, handed = draft.say, draft.last(*HANDED)
    if handed is None:
        raise EnvGovError(f"issue {issue.id} was handed to nobody: dispatch it first, or choose another form")
    owed = office.call_all(handed.to or issue.responsible, handed.day, language)
    within = None if rules is None else rules.decline_within
    decline = say["decline"] if within is None else say["decline within"].format(within)
    rows = [
        (Box(say["given to"], owed), Box(say["given by"], office.body)),
        (Box(say["given on"], moment_of(handed, language)), Box(say["deadline"], draft.deadline)),
        *draft.stages(),
        *draft.supporting(),
        *draft.problem(),
        (Box(say["request"], say["apart"].join((say["to be accepted"].format(office.body), decline))),),
        (Box(say["contact"]), Box(say["phone"])),
    ]
    back = (
        (Box(say["of number"], issue.id), Box(say["given to"], owed)),
        (Box(say["received by"]), Box(say["received on"])),
        (Box(say["answer"], say["claim or decline"]), Box(say["why declined"])),
        (Box(say["done so"], lines=3),),
        (Box(say["photos after"], lines=2),),
        (Box(say["head"]), Box(say["on day"])),
    )
    returns = (Part(say["return"].format(office.body), rows=back),)
    return draft.form("dispatch slip", rows, returns, day=handed.day)


def draft_rectification_notice(issues: Sequence[Issue], office: Office, language: Language = "zh") -> Form:
    """The notice (限期整改通知书) of what a unit or department has to put right, and until when, with its return part.

    Number and day are left blank: the ledger has neither.

    Raises:
        EnvGovError: there is no issue, they are owed by several, or one of them is not open.
    """
    if not issues or len({issue.owed_by or (issue.place,) for issue in issues}) > 1:
        told = "; ".join(f"{issue.id} by {', '.join(issue.owed_by) or issue.place}" for issue in issues) or "nothing"
        raise EnvGovError(
            f"a notice goes to those who owe all of it, and this is owed: {told}: give those of one alone"
        )
    if over := [issue.id for issue in issues if issue.state is not State.OPEN]:
        raise EnvGovError(f"there is nothing to put right in {', '.join(over)}: leave it out")
    say, draft = SAY[language], _Draft(issues[0], office, language)
    rows = tuple(
        (
            issue.id,
            place_of(issue, office, language),
            problem_of(issue) or category_of(issue),
            issue.due.isoformat() if issue.due else "",
        )
        for issue in sorted(issues, key=attrgetter("id"))
    )
    back = (
        (Box(say["of number"]), Box(say["given to"], draft.owed)),
        (Box(say["received by"]), Box(say["received on"])),
        (Box(say["done so"], lines=3),),
        (Box(say["head"]), Box(say["on day"])),
    )
    table = Table(tuple(say["heads"].split("|")), rows)
    part = Part(text=(say["listed"].format(body=office.body),), table=table)
    return Form(
        "rectification notice",
        NAMES[language]["rectification notice"],
        office.body,
        (part,),
        (Part(say["return"].format(office.body), rows=back),),
        to=draft.owed,
        language=language,
    )


def draft_whistle_notice(issue: Issue, office: Office, language: Language = "zh") -> Form:
    """The notice of a whistle (吹哨通知单), the last of the issue, with a return part for each department that it calls.

    Who has reported since stands in its return part.

    Raises:
        EnvGovError: nobody was whistled for.
    """
    draft = _Draft(issue, office, language)
    say, whistled = draft.say, draft.last(_E.WHISTLED)
    if whistled is None:
        raise EnvGovError(f"nobody was whistled for issue {issue.id}: whistle first, or choose another form")
    asked = whistled.whistle
    at = moment_word(asked.report_at.date(), asked.report_at, language) if asked else ""
    rows = [
        (Box(say["whistled by"], office.body), Box(say["whistled on"], day_word(whistled.day, language))),
        (Box(say["called"], office.call_all(whistled.to, whistled.day, language)),),
        (Box(say["report at"], at), Box(say["report where"], mask_numbers(asked.place) if asked else "")),
        (
            Box(say["people"], mask_numbers(asked.people) if asked else ""),
            Box(say["leader"], office.call(asked.leader, whistled.day, language) if asked else ""),
        ),
        (Box(say["task"], mask_numbers(asked.task) if asked else ""),),
        *draft.problem(),
        (Box(say["deadline"], draft.deadline), Box(say["phone"])),
    ]
    since = issue.events[issue.events.index(whistled) :]
    returns = []
    for called in dict.fromkeys(whistled.to):
        came = next((event for event in since if event.what is _E.ATTENDED and event.by == called), None)
        name = office.call(called, whistled.day, language)
        attended = moment_of(came, language)
        back = (
            (Box(say["of number"], issue.id), Box(say["deadline"], draft.deadline)),
            (Box(say["attended"], attended), Box(say["answer"], say["claim or decline"])),
            (Box(say["done so"], lines=2),),
            (Box(say["head"]), Box(say["on day"])),
        )
        returns.append(Part(say["department return"].format(name), rows=back))
    return draft.form("whistle notice", rows, tuple(returns), day=whistled.day)


def draft_acceptance_record(
    issue: Issue, office: Office, language: Language = "zh", *, rules: LifeRules | None = None
) -> Form:
    """The record of an acceptance (验收销号单): what was put right, and who has accepted it in which role.

    The roles are those of the `rules`, in their order, and whoever else passed or accepted it; who has not yet is left
    blank. What was fixed on the spot is its own record.

    Raises:
        EnvGovError: nothing is claimed to be put right, so there is nothing to accept.
    """
    draft = _Draft(issue, office, language)
    say, done = draft.say, draft.last(_E.RECTIFIED, _E.FIXED_ON_THE_SPOT)
    if done is None or issue.state not in (State.RECTIFIED, State.CLOSED):
        told = state_word(issue.state, "en")
        raise EnvGovError(f"issue {issue.id} is {told}: there is nothing to accept before somebody rectified it")
    closing = draft.last(*(_E.ACCEPTED, _E.FIXED_ON_THE_SPOT)) if issue.closed is not None else None
    handed = draft.last(*HANDED)
    rows = [
        (Box(say["responsible"], draft.owed), Box(say["found on"], day_word(issue.found, language))),
        *draft.supporting(),
        *draft.problem(),
        (
            Box(say["given on"], moment_of(handed, language)),
            Box(say["deadline"], draft.deadline),
        ),
        (
            Box(say["rectified by"], office.call(done.by, done.day, language) if done.by else draft.owed),
            Box(say["rectified on"], moment_of(done, language)),
        ),
        (Box(say["photos rectified"], evidence_of(done, language)),),
        (Box(say["rework"], str(issue.count(_E.REJECTED))), Box(say["relapse"], str(issue.count(_E.RELAPSED)))),
    ]
    accepted = [*_stages(draft, done, rules)]
    result = "" if closing is None else say["closed" if closing.what is _E.ACCEPTED else "fixed"]
    who = office.call(closing.by, closing.day, language) if closing and closing.by else ""
    accepted += [
        (Box(say["result"], result or say["pass or reject"]),),
        (Box(say["accepted by"], who), Box(say["closed on"], moment_word(issue.closed, None, language))),
        (Box(say["took"], say["days"].format(issue.elapsed(issue.closed)) if issue.closed else ""), Box(say["signs"])),
    ]
    parts = (Part(rows=tuple(rows)), Part(say["accepting"], rows=tuple(accepted)))
    return draft.form("acceptance record", (), (), day=issue.closed, parts=parts)


def _stages(draft: _Draft, done: Event, rules: LifeRules | None) -> list[tuple[Box, ...]]:
    """What each role says of the claim that stands."""
    since = draft.issue.events[draft.issue.events.index(done) :]
    said = {event.role: event for event in since if event.what in (_E.PASSED, _E.ACCEPTED) and event.role}
    roles = dict.fromkeys((*(rules.accepting if rules else ()), *said))
    rows: list[tuple[Box, ...]] = []
    for role in roles:
        text = draft.say["pass or reject"]
        if event := said.get(role):
            who = draft.office.call(event.by, event.day, draft.language)
            text = draft.say["passed"].format(who=who, day=day_word(event.day, draft.language))
        rows.append((Box(draft.say["stage of"].format(role), text), Box(draft.say["signs"])))
    return rows


def draft_exposure(issue: Issue, office: Office, language: Language = "zh", *, on: date | None = None) -> Form:
    """The exposure (曝光) of one problem for the public: where, what, who answers for it, how it stands.

    Neither whoever found it nor anybody else is in it, beside those who owe it. `on` is its day.

    Raises:
        EnvGovError: the issue was withdrawn, or merged into another.
    """
    if issue.state is State.ENDED:
        raise EnvGovError(f"issue {issue.id} was withdrawn or merged: it is not to be exposed")
    draft = _Draft(issue, office, language)
    say = draft.say
    rows = [
        (Box(say["found on"], day_word(issue.found, language)), Box(say["responsible"], draft.owed)),
        *draft.problem(),
        (Box(say["deadline"], draft.deadline), Box(say["state"], state_word(issue.state, language))),
    ]
    told = [tuple(box for box in row if box.text) for row in rows]  # nobody writes on it
    return draft.form("exposure", [row for row in told if row], (), day=on)


class _Draft:
    def __init__(self, issue: Issue, office: Office, language: Language) -> None:
        self.issue, self.office, self.language, self.say = issue, office, language, SAY[language]

    def last(self, *kinds: EventKind) -> Event | None:
        return next((event for event in reversed(self.issue.events) if event.what in kinds), None)

    @property
    def owed(self) -> str:
        issue = self.issue
        return self.office.call_all(issue.owed_by or (issue.place,), issue.events[-1].day, self.language)

    @property
    def deadline(self) -> str:
        return moment_word(self.issue.due, None, self.language)

    def stages(self) -> list[tuple[Box, ...]]:
        issue, say = self.issue, self.say
        words = (
            say["stage"].format(stage=due.stage, day=moment_word(due.day, due.at, self.language))
            for due in issue.stages
        )
        calendar = next((event.calendar for event in reversed(issue.events) if event.calendar), "")
        told = {"stages": say["apart"].join(words), "calendar": calendar}
        return [(Box(say[label], text),) for label, text in told.items() if text]

    def supporting(self) -> list[tuple[Box, ...]]:
        who = self.office.call_all(self.issue.supporting, self.issue.found, self.language)
        return [(Box(self.say["supporting"], who),)] if who else []

    def problem(self) -> list[tuple[Box, ...]]:
        issue, say = self.issue, self.say
        place, photos = place_of(issue, self.office, self.language), evidence_of(issue.events[0], self.language)
        rows: list[tuple[Box, ...]] = [
            (Box(say["category"], category_of(issue)), Box(say["place"], place)),
            (Box(say["problem"], problem_of(issue)),),
        ]
        return [*rows, (Box(say["photos"], photos),)] if photos else rows

    def form(
        self,
        what: What,
        rows: Sequence[tuple[Box, ...]],
        returns: tuple[Part, ...],
        *,
        day: date | None,
        parts: tuple[Part, ...] = (),
    ) -> Form:
        return Form(
            what,
            NAMES[self.language][what],
            self.office.body,
            parts or (Part(rows=tuple(rows)),),
            returns,
            number=self.issue.id,
            day=day,
            language=self.language,
        )
