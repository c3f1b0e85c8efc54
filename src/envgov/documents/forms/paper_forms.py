"""Forms of papers (文书): the supervision slip, the notice and the record of a talk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from attrs import evolve

from envgov.documents.forms.form import Box, Form, Part, What
from envgov.documents.forms.matter import category_of, evidence_of, place_of, problem_of
from envgov.documents.forms.office import Office, moment_of, moment_word
from envgov.errors import EnvGovError
from envgov.facts.issue import EventKind, Issue
from envgov.facts.paper import Paper, PaperEvent, PaperState, is_personnel
from envgov.results.measure import Measure
from envgov.results.table import WORDS, Language
from envgov.scheme import Scheme
from envgov.wording import narrate
from envgov.wording.bulletin import day_word, label_word
from envgov.wording.forms import NAMES, SAY


class Basis(NamedTuple):
    """What a paper rests on: the edition of the scheme, and the measure that it proposed, with its reason.

    `made_up` is what is made up about the facts of the round; "" where nothing is.
    """

    scheme: Scheme
    measure: Measure
    made_up: str = ""


def draft_supervision_slip(
    paper: Paper,
    office: Office,
    language: Language = "zh",
    *,
    basis: Basis | None = None,
    issue: Issue | None = None,
    before: Paper | None = None,
) -> Form:
    """The supervision slip (督办单) of a paper, with its return part (回执联); its level is the name of the measure.

    `basis` gives the clause, the edition and the condition that held; without it, scheme and round alone are told.
    `issue` is the one that it is about, `before` the paper that it follows. Before it is signed it is a draft, and has
    neither number nor day.

    Raises:
        EnvGovError: the issue, the basis or the paper before are of another matter.
    """
    draft = _Draft((paper,), office, language, basis, (issue,) if issue else (), before)
    say = draft.say
    rows = [
        (Box(say["unit"], draft.unit), Box(say["signed on"], moment_word(draft.signed_on, None, language))),
        (Box(say["matter"], draft.matter),),
        *draft.problem(),
        (Box(say["basis"], draft.basis_text),),
        (Box(say["before"], draft.before_text),),
        (Box(say["request"], say["to be accepted"].format(office.body) if issue else "", 2),),
        (Box(say["deadline"], draft.deadline), Box(say["answer by"], moment_word(paper.due, None, language))),
        (Box(say["sent to"], draft.sent_to),),
        (Box(say["drafted by"]), Box(say["checked by"])),
        (Box(say["signed by"]), Box(say["contact"])),
    ]
    back = [
        (Box(say["received by"]), Box(say["received on"])),
        (Box(say["done so"], lines=3),),
        (Box(say["photos after"], lines=2),),
        (Box(say["head"]), Box(say["on day"])),
        (Box(say["verdict"], say["pass or return"]), Box(say["closed on"])),
    ]
    return draft.form("supervision slip", rows, back, level=paper.measure)


def draft_talk_notice(
    papers: Sequence[Paper],
    office: Office,
    language: Language = "zh",
    *,
    basis: Basis | None = None,
    issues: Sequence[Issue] = (),
    before: Paper | None = None,
    talk_at: datetime | None = None,
    place: str = "",
) -> Form:
    """The notice of a talk (约谈通知书); several papers of one measure are one talk. Hour and place may be left blank.

    Raises:
        EnvGovError: there is no paper, they are of several measures, or something else is of another matter.
    """
    draft = _Draft(papers, office, language, basis, issues, before)
    say = draft.say
    rows = [
        *draft.talk(),
        (
            Box(say["talk on"], moment_word(talk_at and talk_at.date(), talk_at, language)),
            Box(say["talk at"], place),
        ),
        (Box(say["talk by"], office.body), Box(say["measure"], papers[0].measure)),
        (Box(say["bring"], lines=2),),
        (Box(say["contact"]), Box(say["phone"])),
    ]
    back = [
        (Box(say["received by"]), Box(say["received on"])),
        (Box(say["comes"], lines=2),),
        (Box(say["head"]), Box(say["on day"])),
    ]
    return draft.form("talk notice", rows, back)


def draft_talk_record(
    papers: Sequence[Paper],
    office: Office,
    language: Language = "zh",
    *,
    basis: Basis | None = None,
    issues: Sequence[Issue] = (),
    before: Paper | None = None,
    place: str = "",
) -> Form:
    """The record of a talk (约谈记录), to be written by hand; its day is that on which the paper was done, if it is.

    Raises:
        EnvGovError: as `draft_talk_notice` does.
    """
    draft = _Draft(papers, office, language, basis, issues, before)
    say = draft.say
    held = draft.event(PaperState.DONE)
    rows = [
        *draft.talk(),
        (
            Box(say["talk on"], moment_of(held, language)),
            Box(say["talk at"], place),
        ),
        (Box(say["talkers"]), Box(say["recorder"])),
        (Box(say["comes"], lines=2),),
        (Box(say["said"], lines=5),),
        (Box(say["promised"], lines=3),),
        (Box(say["promised by"]), Box(say["recorded"], evidence_of(held, language))),
        (Box(say["talker signs"]), Box(say["talked signs"])),
    ]
    return evolve(draft.form("talk record", rows, ()), day=held.day if held else None)


def slips_of(issue: Issue) -> tuple[Paper, ...]:
    """The supervision slips that are events of an issue, each as a paper that follows the one before.

    The note on it is its number, as a signature in the ledger leaves it there.
    """
    papers: list[Paper] = []
    for event in issue.events:
        if event.what is EventKind.SLIPPED:
            proposed = PaperEvent(PaperState.PROPOSED, event.day, by=event.by)
            signed = evolve(proposed, what=PaperState.SIGNED, number=event.note)
            papers.append(
                Paper(
                    f"{issue.id}/{event.slip}/{len(papers) + 1}",
                    event.slip,
                    issue.id,
                    (proposed, signed),
                    about="issue",
                    personnel=is_personnel(event.slip),
                    follows=papers[-1].id if papers else "",
                )
            )
    return tuple(papers)


class _Draft:
    def __init__(
        self,
        papers: Sequence[Paper],
        office: Office,
        language: Language,
        basis: Basis | None,
        issues: Sequence[Issue],
        before: Paper | None,
    ) -> None:
        if len({paper.measure for paper in papers}) != 1:
            told = ", ".join(f"{paper.id} ({paper.measure})" for paper in papers) or "no paper"
            raise EnvGovError(f"{told}: a form is of papers of one measure: give those alone")
        self.papers, self.paper, self.office = tuple(papers), papers[0], office
        self.language, self.say, self.basis, self.before = language, SAY[language], basis, before
        self.issues = {issue.id: issue for issue in issues}
        self._refuse_strangers()
        self.signed = self.event(PaperState.SIGNED)
        self.day = (self.signed or self.paper.events[0]).day

    def _refuse_strangers(self) -> None:
        subjects = {paper.subject for paper in self.papers if paper.about == "issue"}
        if unknown := sorted(set(self.issues) - subjects):
            raise EnvGovError(f"no paper is about issue {', '.join(unknown)}: leave it out")
        if self.basis is not None:
            measure, matters = self.basis.measure, {(p.scheme, p.measure, p.subject, p.round) for p in self.papers}
            if (measure.scheme, measure.rung, measure.subject, measure.round.label) not in matters:
                told = f"{measure.rung} of {measure.scheme} for {measure.subject} in {measure.round.label}"
                raise EnvGovError(f"{told} is not what paper {self.paper.id} is about: give the measure that it is of")
        if self.before is not None and self.before.id not in {paper.follows for paper in self.papers}:
            raise EnvGovError(f"paper {self.paper.id} does not follow {self.before.id}: leave it out")

    def event(self, what: PaperState) -> PaperEvent | None:
        return next((event for event in self.paper.events if event.what is what), None)

    @property
    def signed_on(self) -> date | None:
        return self.signed.day if self.signed else None

    # -- what it is about
    @property
    def units(self) -> dict[str, None]:
        """Who is addressed: the unit, or who owes the issue."""
        found: dict[str, None] = {}
        for paper in self.papers:
            issue = self.issues.get(paper.subject)
            if paper.about == "unit":
                found[paper.subject] = None
            elif issue is not None:
                found.update(dict.fromkeys(issue.owed_by or (issue.place,)))
        return found

    @property
    def unit(self) -> str:
        return self.office.call_all(self.units, self.day, self.language)

    @property
    def matter(self) -> str:
        say = self.say
        abouts = []
        for paper in self.papers:
            if paper.about == "issue":
                abouts.append(say["issue"].format(paper.subject))
            else:
                title = self.basis.scheme.title if self.basis and self.basis.scheme.title else paper.scheme
                abouts.append(say["of round"].format(title=title, round=label_word(paper.round, self.language)))
        return say["joint"].join(dict.fromkeys(abouts))

    def problem(self) -> list[tuple[Box, ...]]:
        """What a slip about one issue says of it."""
        rows: list[tuple[Box, ...]] = []
        for issue in self.issues.values():
            place = place_of(issue, self.office, self.language)
            rows.append((Box(self.say["category"], category_of(issue)), Box(self.say["place"], place)))
            rows.append((Box(self.say["problem"], problem_of(issue)),))
            if photos := evidence_of(issue.events[0], self.language):
                rows.append((Box(self.say["photos"], photos),))
        return rows

    def talk(self) -> list[tuple[Box, ...]]:
        say = self.say
        rows = [
            (Box(say["talked unit"], self.unit), Box(say["talked to"], self.sent_to)),
            (Box(say["why talked"], self.matter),),
        ]
        rows += [
            (Box(say["issue"].format(i.id), say["apart"].join(filter(None, (category_of(i), problem_of(i))))),)
            for i in self.issues.values()
        ]
        return [*rows, (Box(say["talk basis"], self.basis_text),), (Box(say["before"], self.before_text),)]

    @property
    def deadline(self) -> str:
        """Of a slip's one issue; "" where it has none, or is about a unit."""
        return moment_word(next((issue.due for issue in self.issues.values()), None), None, self.language)

    @property
    def sent_to(self) -> str:
        """Those whom it went to; before, the roles that the measure names."""
        notified = self.event(PaperState.NOTIFIED)
        if notified is not None:
            return self.office.call_all(notified.to, notified.day, self.language)
        return self.say["joint"].join(self.basis.measure.to) if self.basis else ""

    # -- what it rests on
    @property
    def basis_text(self) -> str:
        say, round = self.say, label_word(self.paper.round, self.language)
        if self.basis is None:
            if not self.paper.scheme:
                return ""
            return say["of scheme"].format(scheme=self.paper.scheme, round=round)
        scheme, measure, _ = self.basis
        source = scheme.source
        law = say["numbered scheme" if source.document_number else "scheme"].format(
            title=source.title.strip("《》"),
            document=source.document_number,
            edition=day_word(scheme.since, self.language),
        )
        clauses = (rung.cite for ladder in scheme.ladders for rung in ladder.rungs if rung.measure == measure.rung)
        cite = next(clauses, "")
        trigger = narrate(measure.reason, self.language).partition("\n")[0].removesuffix(say["holds"])
        parts = (
            law,
            say["clause"].format(cite) if cite else "",
            say["trigger"].format(round=round, trigger=trigger),
        )
        return say["apart"].join(filter(None, parts))

    @property
    def before_text(self) -> str:
        say, before = self.say, self.before
        if before is None:
            return self.paper.follows or say["none"]
        signed = next((event for event in before.events if event.what is PaperState.SIGNED), before.events[0])
        due = say["due before"].format(day_word(before.due, self.language)) if before.due else ""
        return say["slip before"].format(
            number=before.number or say["no number"],
            measure=before.measure,
            day=day_word(signed.day, self.language),
            due=due,
            state=say[before.state.value],
        )

    # -- the whole
    @property
    def marks(self) -> tuple[str, ...]:
        say = self.say
        made_up = self.basis.made_up if self.basis else ""
        state = self.paper.state
        marks = [WORDS[self.language].synthetic.format(made_up)] if made_up else []
        if self.signed is None:
            marks.append(say["draft"])
        if state in (PaperState.VOIDED, PaperState.WAIVED):
            marks.append(say[state.value])
        return tuple(marks)

    def form(
        self, what: What, rows: Sequence[tuple[Box, ...]], back: Sequence[tuple[Box, ...]], level: str = ""
    ) -> Form:
        heading = self.say["return"].format(self.office.body)
        number = self.say["joint"].join(filter(None, dict.fromkeys(paper.number for paper in self.papers)))
        which = (Box(self.say["of number"], number), Box(self.say["given to"], self.unit))
        return Form(
            what,
            NAMES[self.language][what],
            self.office.body,
            (Part(rows=tuple(rows)),),
            (Part(heading, rows=(which, *back)),) if back else (),
            level=level,
            number=number,
            day=self.signed_on,
            marks=self.marks,
            language=self.language,
        )
