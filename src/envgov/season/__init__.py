"""Assess: from facts and a scheme to rankings, placements and proposed measures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

from attrs import evolve

from envgov.errors import Fault, InputError, SchemeError
from envgov.facts.evidence import Evidence, Facts
from envgov.facts.round import Round
from envgov.policy.conditions.candidates import candidates_of_any
from envgov.policy.conditions.places import ruled
from envgov.policy.ladders import Call, Ladder
from envgov.reason import Absent
from envgov.results.assessment import Assessment, Season
from envgov.results.history import NO_HISTORY, Absence, Designation, Head, History, Place, Record
from envgov.results.measure import Measure
from envgov.results.placement import Placement, Tiers
from envgov.results.ranking import Ranking
from envgov.scheme import Scheme, in_force
from envgov.season.columns import columns_of, excused_of, issues_within
from envgov.season.explanation import Explanation
from envgov.season.notes import notes_of
from envgov.season.questions import questions_of


def assess(scheme: Scheme, round: Round, facts: Facts, history: History = NO_HISTORY) -> Assessment:
    """Decide one round: a pure function of its arguments.

    `history` holds the records of earlier rounds of the scheme, by whatever edition, which counters look back on;
    those that do not end before this round begins are not read. If anybody was assessed, the lists of boards and ladders must fit the field on
    the grid, and those who were assessed.

    Raises:
        SchemeError: the scheme does not apply yet to the round, cannot be decided on this field, or one of its rules
            answered what no rule may answer.
        InputError: a ruling is by another body than the scheme names, or a record that is read is of another scheme.
    """
    if not scheme.judges(round):
        raise SchemeError(
            f"scheme {scheme.id} applies since {scheme.since}, judged on the round's {scheme.judged_on}: "
            f"{round.label} is from {round.start} to {round.last_day}"
        )
    earlier = history.before(round)
    _refuse_records_of_others(scheme.id, earlier)
    evidence = facts.during(round)
    groups = scheme.field_on(evidence.grid)
    record = _rank(scheme, evidence, groups)
    for figure, ranking in zip(scheme.ranked, record.rankings, strict=True):
        if ranking.standings:
            on_the_grid = Counter(figure.ranking.groups_of(groups, evidence).values())
            scheme.refuse_small_groups(ranking.figure, on_the_grid, "units", round.label)
            scheme.refuse_small_groups(ranking.figure, Counter(ranking.sizes), "assessed units", round.label)
    absent = {absence.unit for absence in record.absences}
    judged = tuple(s.unit for s in record.standings) if scheme.ranked else tuple(u for u in groups if u not in absent)
    for board in scheme.boards:  # a board may ask for the tiers of the boards before it
        placements: tuple[Placement, ...] = record.placements
        placements += tuple(board.place(judged, record, earlier))
        record = evolve(record, placements=placements)
    measures = tuple(
        _measure(scheme, call, place)
        for ladder in scheme.ladders
        for place in _subjects(ladder, evidence, record, earlier, judged, groups)
        for call in ladder.climb(place)
    )
    units = tuple(evidence.grid[code] for code in groups)
    owing = {who for measure in measures for who in measure.owed_by}
    notes = notes_of(scheme, evidence, record, earlier, groups, measures)
    questions = questions_of(scheme, record, earlier, measures)
    ask = Explanation(scheme, evidence, units, record, earlier)
    return Assessment(
        scheme.id,
        scheme.title,
        scheme.edition,
        units,
        record,
        measures,
        notes,
        questions,
        tuple(body for body in facts.bodies if body.code in owing),
        tuple(unit for unit in facts.grid.units if unit.code in owing and unit.code not in groups),
        provider=scheme.provider,
        synthetic=facts.synthetic,
        ask=ask,
    )


def _subjects(
    ladder: Ladder,
    evidence: Evidence,
    record: Record,
    earlier: tuple[Record, ...],
    judged: Sequence[str],
    field: Mapping[str, str],
) -> Iterator[Place]:
    """Where a ladder asks: at each unit that it can mean, or for each issue that lies in the field."""
    if ladder.subject == "unit":
        possible = candidates_of_any([rung.when for rung in ladder.rungs], record)
        yield from (Place(unit, record, earlier) for unit in judged if possible is None or unit in possible)
        return
    for unit in field:
        yield from (Place(unit, record, earlier, issue) for issue in issues_within(evidence, unit, field))


def _measure(scheme: Scheme, call: Call, place: Place) -> Measure:
    issue = place.issue
    return Measure(
        scheme=scheme.id,
        edition=scheme.edition,
        rung=call.rung.measure,
        subject=place.unit if issue is None else issue.id,
        unit=place.unit,
        round=place.record.round,
        to=call.rung.to,
        by=call.rung.by,
        pending=call.reason.value is None,
        reason=call.reason,
        owed_by=(place.unit,) if issue is None else issue.owed_by or (issue.place,),
        amount=call.rung.amount,
        about="unit" if issue is None else "issue",
    )


def assess_season(
    scheme: Scheme | Sequence[Scheme],
    facts: Facts,
    *,
    rounds: Iterable[Round] | None = None,
    history: History = NO_HISTORY,
) -> Season:
    """Decide every round of the scheme's cadence in which something happened, oldest first.

    Several editions of one scheme may be given: each round is judged by the one that is in force for it. `rounds`
    names others. A round of a ranking scheme in which no unit of the field was assessed was not held: it is left out,
    and leaves no record. `history` holds records from before these rounds; others in it are not read.

    Raises:
        SchemeError: the editions are not of one scheme, two are of one day, they go over to another cadence in the
            middle of a round, or what `assess` raises.
        InputError: a ruling on this scheme concerns no round in which something happened, or what `assess` raises.
    """
    if not isinstance(facts, Facts):
        raise TypeError(f"assess_season(scheme, facts): {type(facts).__name__} is given as facts")
    editions = editions_of(scheme)
    assessments: list[Assessment] = []
    earlier: History | None = None
    if rounds is None:
        rounds = rounds_of(editions, facts)
        refuse_rulings_on_no_round(editions[0].id, facts, rounds)
    for round in rounds:
        if earlier is None:
            earlier = history = History(history.before(round))
        if assessments and round.start < assessments[-1].record.round.end:
            raise ValueError(f"rounds come oldest first: {assessments[-1].record.round.label}, then {round.label}")
        edition = in_force(editions, round) or editions[0]
        assessment = assess(edition, round, facts, history)
        if assessment.record.standings or edition.scoring is None:
            assessments.append(assessment)
            history = history.add(assessment.record)
    return Season(tuple(assessments), history if earlier is None else earlier)


def rounds_of(scheme: Scheme | Sequence[Scheme], facts: Facts) -> tuple[Round, ...]:
    """The rounds of the scheme's cadence in which something happened that can be scored, oldest first.

    Rounds for which it is not in force yet (`since`) are not among them; of several editions, each gives the rounds
    that it judges.
    """
    return rounds_on(editions_of(scheme), facts.days())


def rounds_on(editions: Sequence[Scheme], days: Collection[date]) -> tuple[Round, ...]:
    """The rounds that one of the editions judges and in which one of the days lies, oldest first."""
    rounds = {
        round
        for edition in editions
        for round in {edition.cadence.round_of(day) for day in days}
        if in_force(editions, round) is edition
    }
    return tuple(sorted(rounds, key=lambda r: r.start))


def rounds_through(editions: Sequence[Scheme], first: date, last: date) -> tuple[Round, ...]:
    """Every round that one of the editions judges, from that of the first day to that of the last, oldest first."""
    found: list[Round] = []
    for edition in editions:
        round = edition.cadence.round_of(first)
        while round.start <= last:
            if in_force(editions, round) is edition:
                found.append(round)
            round = edition.cadence.round_of(round.end)
    return tuple(sorted(found, key=lambda r: r.start))


def editions_of(scheme: Scheme | Sequence[Scheme]) -> tuple[Scheme, ...]:
    """The editions of one scheme, oldest first."""
    editions = (scheme,) if isinstance(scheme, Scheme) else tuple(sorted(scheme, key=lambda edition: edition.since))
    if len({edition.id for edition in editions}) != 1 or len({edition.since for edition in editions}) < len(editions):
        given = ", ".join(f"{edition.id} since {edition.since}" for edition in editions) or "none"
        raise SchemeError(f"editions of one scheme, each with a day of its own, are wanted: {given}")
    for old, new in pairwise(editions):
        starts = {edition.cadence.round_of(new.since).start for edition in (old, new)}
        if old.cadence != new.cadence and starts != {new.since}:
            raise SchemeError(
                f"scheme {new.id} goes over from {old.cadence!r} to {new.cadence!r} on {new.since}, in the middle of a "
                "round: some days would be judged twice or never; let the edition begin where rounds of both begin"
            )
    return editions


def refuse_rulings_on_no_round(scheme: str, facts: Facts, rounds: Sequence[Round]) -> None:
    """A ruling on this very scheme that concerns no round in which something happened would be forgotten in silence.

    Raises:
        InputError: each such ruling, if these are all rounds of the scheme.
    """
    faults = [
        Fault(
            f"{ruling.by} ruled on {scheme}, and in no round of it that holds {ruling.concerns} anything happened: "
            f"{ruling.condition!r}",
            "give a day of the round that the ruling concerns, not the day on which it was made",
            "rulings",
            column="unit",
            value=ruling.unit,
        )
        for ruling in facts.rulings
        if ruling.scheme == scheme and not any(ruling.concerns in round for round in rounds)
    ]
    if faults:
        raise InputError(faults)


def _rank(scheme: Scheme, evidence: Evidence, groups: dict[str, str]) -> Record:
    """What the round leaves behind, as far as it is known before the boards are asked."""
    units = tuple(groups)
    heads = tuple(
        Head(a.place, a.who)
        for a in evidence.facts.assignments
        if a.role == scheme.head and a.place in groups and a.holds_on(evidence.last_day)
    )
    record = Record(
        scheme.id,
        evidence.round,
        scheme.edition,
        (),
        rulings=tuple(ruling for ruling in evidence.rulings if ruling.scheme == scheme.id),
        heads=heads,
        designations=tuple(
            Designation(unit, name) for unit in units for name in sorted(evidence.grid[unit].designations)
        ),
        boards=tuple(Tiers(board.id, board.names) for board in scheme.boards),
        slips=tuple(slip for slip in evidence.facts.slips if slip.unit in groups and slip.day <= evidence.last_day),
    )
    _refuse_rulings_by_others(record)
    columns = columns_of(scheme, units, evidence, record)
    rankings: list[Ranking] = []
    for figure, column in zip(scheme.ranked, columns, strict=True):
        scores = {unit: column[unit] for unit in rankings[0].by_unit} if rankings else column
        rankings.append(figure.ranking.rank(figure.name, figure.rule, scores, groups, evidence))
    answers = columns[0] if columns else excused_of(scheme, units, record)
    absences = tuple(
        Absence(unit, evidence.round, groups[unit], why)
        for unit in units
        if unit in answers and isinstance(why := answers[unit].value, Absent)
    )
    return evolve(record, rankings=tuple(rankings), absences=absences)


def _refuse_records_of_others(scheme: str, earlier: Iterable[Record]) -> None:
    """The tiers and ranks of another scheme are no earlier rounds of this one, whatever they are called."""
    faults = [
        Fault(
            f"{scheme} is assessed, and there are records of another scheme",
            f"give the history that {scheme} left behind, or none",
            "history",
            value=other,
        )
        for other in sorted({record.scheme for record in earlier} - {scheme})
    ]
    if faults:
        raise InputError(faults)


def _refuse_rulings_by_others(record: Record) -> None:
    faults = [
        Fault(
            f"{ruling.by} ruled in {record.round.label} on what the scheme leaves to {ruling.condition.by}: "
            f"{ruling.condition.what!r}, concerning {ruling.concerns}",
            f"if {ruling.condition.by} decided, name it in by (裁定单位), or drop the ruling",
            "rulings",
            column="unit",
            value=ruling.unit,
        )
        for ruling in record.rulings
        if isinstance(ruling.condition, ruled) and ruling.condition.by != ruling.by
    ]
    if faults:
        raise InputError(faults)
