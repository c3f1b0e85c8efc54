"""What of a reason everybody may read (公开): its numbers and their grounds, and nothing that tells of a person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import evolve

from envgov.facts.acceptance import UnitAcceptance
from envgov.facts.duty import Duty
from envgov.facts.grid import Body, Unit
from envgov.facts.inspection import Finding, Inspection
from envgov.facts.issue import Event, Issue
from envgov.facts.output import Output
from envgov.facts.round import Round
from envgov.facts.ruling import Ruling
from envgov.facts.slip import Slip
from envgov.facts.stated import StatedRank
from envgov.facts.survey import Survey
from envgov.facts.task import Task
from envgov.policy.ranking import RankBy
from envgov.reason import Reason, Tally
from envgov.results.history import Absence, Gap, Shortened
from envgov.results.placement import Placement
from envgov.results.ranking import Standing
from envgov.results.table import Language
from envgov.wording.site import SAY

SHOWN_NEIGHBOURS = 12
"""How many grounds the neighbours in rank may have: a long tie is no reason that anybody reads."""

_IMPERSONAL = (Absence, Body, Gap, Output, Placement, Round, Shortened, Standing, StatedRank, Survey, Tally, Unit)
"""What is told with words that name nobody but units and bodies."""


def disclosed(reason: Reason, language: Language) -> Reason:
    """The reason that `explain` of an assessment gave, without persons and without what people typed freely.

    Whoever is neither a unit nor a body (机构) of those that the reason names is taken for a person: inspectors, who
    ruled, who issued or accepted. Remarks, descriptions, positions, photographs, and why something was ruled are free
    texts. A ground of a kind that is not known here, such as a plugin's own, is left out, and so are neighbours in
    rank if they are many.
    """
    known = frozenset(fact.code for fact in reason.because if isinstance(fact, Unit | Body))
    return _Disclosure(known, SAY[language]).of(reason)


class _Disclosure:
    def __init__(self, known: frozenset[str], say: Mapping[str, str]) -> None:
        self.known, self.say = known, say

    def of(self, reason: Reason) -> Reason:
        return reason._replace(because=tuple(kept for ground in reason.because for kept in self._kept(ground)))

    def _kept(self, ground: object) -> Iterator[object]:
        match ground:
            case Reason(rule=RankBy(), because=because) if len(because) > SHOWN_NEIGHBOURS:
                pass
            case Reason():
                yield self.of(ground)
            case Inspection():
                findings = tuple(Finding(finding.item, finding.deduction) for finding in ground.findings)
                inspector = self._known(ground.inspector)
                yield evolve(ground, inspector=inspector, note="", id="", findings=findings)
            case Issue():
                yield self._issue(ground)
            case Event():
                yield self._event(ground)
            case Ruling():
                named = ground.by in self.known or ground.by == getattr(ground.condition, "by", None)
                by = ground.by if named else self.say["deciding body"]
                yield evolve(ground, by=by, why=self.say["withheld"])
            case Slip():
                yield evolve(ground, by=self._known(ground.by))
            case UnitAcceptance():
                yield evolve(ground, by=self._known(ground.by), note="")
            case Task():
                yield evolve(ground, leader="", department="")
            case Duty(submission=came):
                owed_by = self._or_withheld(ground.owed_by)
                yield evolve(ground, owed_by=owed_by, submission=came and evolve(came, by=owed_by))
            case _ if isinstance(ground, _IMPERSONAL):
                yield ground

    def _issue(self, issue: Issue) -> Issue:
        return evolve(
            issue,
            place=self._or_withheld(issue.place),
            events=tuple(map(self._event, issue.events)),
            responsible=tuple(map(self._or_withheld, issue.responsible)),
            supporting=(),
            description="",
            source="",
            position=None,
        )

    def _event(self, event: Event) -> Event:
        to = tuple(map(self._or_withheld, event.to))
        by = self._known(event.by)
        return evolve(event, by=by, to=to, note="", evidence=(), whistle=None, approved_by="")

    def _known(self, who: str) -> str:
        return who if who in self.known else ""

    def _or_withheld(self, who: str) -> str:
        return who if who in self.known else self.say["withheld"]
