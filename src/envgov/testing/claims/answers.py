"""Claims about what the rules answer, and what is made of it."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from envgov.errors import FieldError, InputError
from envgov.locality import Locality
from envgov.reason import Absent, Reason
from envgov.results.placement import PENDING
from envgov.scheme import in_force
from envgov.testing.trials import NO_KINDS, BrokenError, Kinds, Trial, claim, outcome_of, trials_of


@claim
def check_raises_nothing(locality: Locality, kinds: Kinds = NO_KINDS) -> None:  # noqa: ARG001
    """Nothing raises on facts that fit the field: ties at every cut, one unit, no unit, rounds without facts.

    A FieldError is forgiven: a field without room for the lists of a board is one that the scheme may refuse, or say in
    `small_field` what happens there. So is an InputError: facts that contradict each other.
    """
    for trial in trials_of(locality):
        try:
            season = trial.decide()
            for assessment in season:
                for unit in assessment.units:
                    assessment.explain(unit.code)
        except (FieldError, InputError):  # facts that this scheme is right to refuse
            continue
        except Exception as error:  # noqa: BLE001 - a stranger's code may raise anything
            trial.break_(f"{type(error).__name__}: {error}", "answer an Absent, or None where a person decides")


@claim
def check_decides_something(locality: Locality, kinds: Kinds = NO_KINDS) -> None:  # noqa: ARG001
    """Each scheme assesses somebody in one of the seasons at least, or all other claims would hold of nothing."""
    for editions in locality.schemes.values():
        trials = [trial for trial in trials_of(locality) if trial.editions == editions]
        decided = [season for trial in trials if (season := trial.decided()) is not None]
        judged = [a for season in decided for a in season if a.record.standings or not editions[-1].ranked]
        if not judged:
            trials[0].break_(
                f"in none of {len(trials)} seasons was a unit assessed",
                "let each kind have what it reads (channels, items) in its fields, so that facts can be made for it",
            )


@claim
def check_answers_with_reasons(locality: Locality, kinds: Kinds = NO_KINDS) -> None:  # noqa: ARG001
    """Each kind of its own answers every unit with a Reason: scoring rules a Fraction or Absent, conditions True, False or None."""
    for trial in trials_of(locality):
        for rule, units, evidence in trial.own_rules():
            scores = outcome_of(lambda: rule.scores(units, evidence))  # noqa: B023
            for unit in units if scores is not None else ():
                answer = outcome_of(lambda: scores.get(unit))  # noqa: B023
                _refuse_answer(trial, rule, unit, answer, (Fraction, Absent), "a Fraction or an Absent")
        for condition, place in trial.own_conditions():
            answer = outcome_of(lambda: (condition.at(place),))  # noqa: B023
            if answer is not None:
                wanted = (bool, type(None))
                _refuse_answer(trial, condition, place.unit, answer[0], wanted, "True, False or None")


def _refuse_answer(trial: Trial, rule: Any, unit: str, answer: Any, wanted: tuple[type, ...], said: str) -> None:
    if not isinstance(answer, Reason) or type(answer.value) not in wanted or not isinstance(answer.because, tuple):
        trial.break_(
            f"{rule!r} answered {answer!r} for {unit}", f"answer every unit with Reason(self, {said}, (what was seen,))"
        )


@claim
def check_says_what_was_seen(locality: Locality, kinds: Kinds = NO_KINDS) -> None:  # noqa: ARG001
    """A condition of its own that holds gives the facts or standings on which it rests, wherever a measure cites it."""
    for trial in trials_of(locality):
        for condition, place in trial.own_conditions():
            answer = outcome_of(lambda: condition.at(place))  # noqa: B023
            if isinstance(answer, Reason) and answer.value is True and not answer.because:
                trial.break_(
                    f"{condition!r} holds for {place.unit} and gives no ground",
                    "put the standing, the findings or the inner answers into Reason(..., because)",
                )


@claim
def check_gives_each_unit_one_tier(locality: Locality, kinds: Kinds = NO_KINDS) -> None:  # noqa: ARG001
    """Each assessed unit stands in one tier of each board, one of the board's own or pending, and nobody else does."""
    for trial in trials_of(locality):
        for assessment in trial.decided() or ():
            record = assessment.record
            edition = in_force(trial.editions, record.round)
            assert edition is not None, "it was judged"
            absent = {absence.unit for absence in record.absences}
            assessed = {unit.code for unit in assessment.units} - absent
            placed = Counter((p.board, p.unit) for p in record.placements)
            for board in edition.boards:
                where = f"board {board.id!r} in {record.round.label}"
                remedy = "let the first tier that holds take a unit, and the rest all others"
                for unit in sorted(assessed | {u for b, u in placed if b == board.id}):
                    wanted = 1 if unit in assessed else 0
                    if placed[board.id, unit] != wanted:
                        trial.break_(f"{where} places {unit} {placed[board.id, unit]} times, not {wanted}", remedy)
                strange = {p.tier for p in record.placements if p.board == board.id} - {*board.names, PENDING}
                if strange:
                    trial.break_(f"{where} has no tier {min(strange)!r}", remedy)


@claim
def check_accounts_for_every_unit(locality: Locality, kinds: Kinds = NO_KINDS) -> None:  # noqa: ARG001
    """Each unit of the field has one standing, or is absent with the reason why."""
    for trial in trials_of(locality):
        for assessment in trial.decided() or ():
            record = assessment.record
            counted = Counter([s.unit for s in record.standings] + [a.unit for a in record.absences])
            for unit in assessment.units if record.rankings else ():
                if counted[unit.code] != 1:
                    trial.break_(
                        f"{unit.code} is ranked or absent {counted[unit.code]} times in {record.round.label}",
                        "give each unit of the field one standing, or one absence",
                    )


@claim
def check_parts_the_days(locality: Locality, kinds: Kinds = NO_KINDS) -> None:  # noqa: ARG001
    """Each day lies in one round of a cadence, and every day of the round in the same."""
    for editions in locality.schemes.values():
        for edition in editions:
            for n in range(-40, 400):
                day = edition.since + timedelta(n)
                if not outcome_of(lambda: _is_parted(edition.cadence, day)):  # noqa: B023
                    raise BrokenError(
                        f"scheme {edition.id}: {edition.cadence!r} has no one round for {day}; "
                        "let round_of give the round that holds the day, the same for each of its days"
                    )


def _is_parted(cadence: Any, day: date) -> bool:
    round = cadence.round_of(day)
    return day in round and bool(cadence.round_of(round.start) == cadence.round_of(round.last_day) == round)
