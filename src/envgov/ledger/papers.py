"""The papers of a ledger: which are new among the measures that a round proposes, and which slips they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from attrs import evolve

from envgov.facts.issue import EventKind, Issue
from envgov.facts.paper import Paper, PaperEvent, PaperState, is_personnel
from envgov.facts.slip import Slip
from envgov.results.measure import Measure
from envgov.scheme import Scheme


def paper_id(measure: Measure) -> str:
    """What makes it the same proposal when its round is assessed again, as one text."""
    return f"{measure.scheme}/{measure.round.start}/{measure.subject}/{measure.rung}"


def propose(
    scheme: Scheme, measures: Iterable[Measure], papers: Sequence[Paper], *, day: date, by: str
) -> tuple[Paper, ...]:
    """The papers of those measures that were not proposed yet, in the order of the measures.

    A pending measure becomes none: it is ruled on first. Each names the paper that it `follows`: the one signed last
    of those by the same ladder about the same subject, voided ones apart. A measure is a personnel measure if its name
    holds one of `PERSONNEL`.
    """
    known = {paper.id for paper in papers}
    ladders = {rung.measure: n for n, ladder in enumerate(scheme.ladders) for rung in ladder.rungs}
    proposed = PaperEvent(PaperState.PROPOSED, day, by=by)
    return tuple(
        Paper(
            paper_id(measure),
            measure.rung,
            measure.subject,
            (proposed,),
            about=measure.about,
            personnel=is_personnel(measure.rung),
            scheme=measure.scheme,
            round=measure.round.label,
            follows=_predecessor(measure, papers, ladders),
        )
        for measure in measures
        if not measure.pending and paper_id(measure) not in known
    )


def _predecessor(measure: Measure, papers: Iterable[Paper], ladders: dict[str, int]) -> str:
    before = [
        paper
        for paper in papers
        if (paper.scheme, paper.about, paper.subject) == (measure.scheme, measure.about, measure.subject)
        and ladders.get(paper.measure) == ladders[measure.rung]
        and signature_of(paper) is not None
        and paper.state is not PaperState.VOIDED
    ]
    return max(before, key=_when_signed).id if before else ""


def _when_signed(paper: Paper) -> tuple[date, str, str]:
    signed = signature_of(paper)
    assert signed is not None, "those that were signed are compared"
    return signed.day, signed.number, paper.id


def signature_of(paper: Paper) -> PaperEvent | None:
    """The event by which it was signed; None where it was not."""
    return next((event for event in paper.events if event.what is PaperState.SIGNED), None)


def slips_to_units(papers: Iterable[Paper]) -> Iterator[Slip]:
    """The papers about units that were signed, voided ones apart."""
    for paper in papers:
        signed = signature_of(paper)
        if paper.about == "unit" and signed is not None and paper.state is not PaperState.VOIDED:
            yield Slip(paper.subject, paper.measure, signed.day, signed.by)


def without_voided(issues: Iterable[Issue], papers: Iterable[Paper]) -> Iterator[Issue]:
    """The issues without the slips that were voided: they should not have been issued."""
    voided = {(paper.subject, paper.number) for paper in papers if paper.state is PaperState.VOIDED}
    touched = {subject for subject, _ in voided}
    for issue in issues:
        if issue.id not in touched:
            yield issue
            continue
        kept = (e for e in issue.events if e.what is not EventKind.SLIPPED or (issue.id, e.note) not in voided)
        yield evolve(issue, events=tuple(kept))
