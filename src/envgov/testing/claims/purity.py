"""Claims about what a decision depends on: the facts and the scheme, and nothing else."""

from __future__ import annotations

from typing import Any

import attrs
from attrs import evolve

from envgov.facts.evidence import Evidence
from envgov.locality import Locality
from envgov.results.assessment import Assessment, Season
from envgov.season import assess_season
from envgov.testing.outside import What, looks
from envgov.testing.trials import NO_KINDS, Kinds, Trial, claim, leaves_of, outcome_of, reordered, trials_of

WATCHED = 3
"""Seasons in which every call is watched: it is slow."""


def _refuse_looks(locality: Locality, what: What, remedy: str) -> None:
    for trial in trials_of(locality):
        if trial.number > WATCHED:
            continue
        with looks() as seen:
            season = trial.decided()
            if season:
                outcome_of(lambda: season.latest.explain(season.latest.units[0].code))  # noqa: B023 - asked at once
        for look in seen:
            if look.what == what:
                trial.break_(f"{look.by} asked {look.at} while a round was decided", remedy)


@claim
def check_reads_nothing_outside(locality: Locality, kinds: Kinds = NO_KINDS) -> None:  # noqa: ARG001
    """No file, network, process or environment is read while a round is decided."""
    _refuse_looks(locality, "outside", "read it before, and give it to the rule as a field or a fact")


@claim
def check_reads_no_clock(locality: Locality, kinds: Kinds = NO_KINDS) -> None:  # noqa: ARG001
    """No clock is read while a round is decided: the day is that of the round."""
    _refuse_looks(locality, "clock", "take the day from evidence.round, or from place.record.round")


@claim
def check_draws_no_random_numbers(locality: Locality, kinds: Kinds = NO_KINDS) -> None:  # noqa: ARG001
    """No random number is drawn while a round is decided, but from a generator whose seed is told."""
    _refuse_looks(locality, "random", "leave it to a person, or draw before and keep the seed on file (random_draw)")


@claim
def check_is_deterministic(locality: Locality, kinds: Kinds = NO_KINDS) -> None:  # noqa: ARG001
    """The same facts decided twice give equal assessments."""
    for trial in trials_of(locality):
        first, again = trial.decided(), trial.decided()
        _refuse_difference(
            trial, first, again, "decided again", "let a rule answer from its fields and the evidence alone"
        )


@claim
def check_ignores_the_order_of_the_input(locality: Locality, kinds: Kinds = NO_KINDS) -> None:  # noqa: ARG001
    """Facts, editions and units given in another order give equal assessments."""
    remedy = "sort by what the rule says, or settle ties by what it declares"
    for trial in trials_of(locality):
        other = outcome_of(lambda: assess_season(trial.editions[::-1], reordered(trial.facts)))  # noqa: B023
        _refuse_difference(trial, trial.decided(), other, "given from its end", remedy)
        for rule, units, evidence in trial.own_rules():
            there, back = (outcome_of(lambda: rule.scores(order, evidence)) for order in (units, units[::-1]))  # noqa: B023
            for unit in units:
                if there is not None and back is not None and there.get(unit) != back.get(unit):
                    trial.break_(f"{rule!r} answers otherwise for {unit} when the units come in another order", remedy)


@claim
def check_looks_at_no_code(locality: Locality, kinds: Kinds = NO_KINDS) -> None:  # noqa: ARG001
    """Units whose codes and names are exchanged exchange their scores, tiers and measures."""
    for trial in trials_of(locality):
        codes = [unit.code for unit in trial.facts.grid.units]
        names = dict(zip(codes, (f"v{n:04}" for n in range(len(codes), 0, -1)), strict=True))
        other = outcome_of(lambda: assess_season(trial.editions, _renamed(trial.facts, names)))  # noqa: B023
        season = trial.decided()
        if season is None or other is None:
            continue
        for own, its in zip(season, other, strict=False):
            for unit in own.units:
                if _fate(own, unit.code) != _fate(its, names[unit.code]):
                    trial.break_(
                        f"{unit.code} fares otherwise in {own.record.round.label} when it is called {names[unit.code]}",
                        "tell units apart by what they did, or by a designation",
                    )


@claim
def check_changes_no_argument(locality: Locality, kinds: Kinds = NO_KINDS) -> None:  # noqa: ARG001
    """Scheme, facts, evidence and the list of units are the same after a round was decided."""
    remedy = "copy what you change"
    for trial in trials_of(locality):
        given = (trial.editions, trial.facts)
        before = _spelled(given)
        trial.decided()
        if changed := [way for way, text in _spelled(given).items() if before.get(way) != text]:
            trial.break_(f"deciding changed {changed[0]}", remedy)
        for rule, units, evidence in trial.own_rules():
            asked, read = list(units), _read(evidence)
            outcome_of(lambda: rule.scores(asked, evidence))  # noqa: B023
            if asked != units:
                trial.break_(f"{rule!r} changed the list of units that it was given", remedy)
            if _read(evidence) != read:
                trial.break_(f"{rule!r} changed the evidence that it was given", remedy)


def _refuse_difference(trial: Trial, first: Season | None, other: Season | None, how: str, remedy: str) -> None:
    if first == other:
        return
    where = "whether it can be decided"
    if first is not None and other is not None:
        where = next(
            (a.record.round.label for a, b in zip(first, other, strict=False) if a != b), "which rounds it has"
        )
    trial.break_(f"the season {how} differs: {where}", remedy)


def _fate(assessment: Assessment, unit: str) -> tuple[object, ...]:
    """What became of a unit, in words that name no unit."""
    record = assessment.record
    absence = record.absence(unit)
    return (
        [standing[3:] for r in record.rankings for standing in [r.of(unit)] if standing is not None],
        None if absence is None else absence.why,
        [(p.board, p.tier) for p in record.placements_of(unit)],
        sorted(
            (m.rung, m.subject if m.about == "issue" else "", m.pending) for m in assessment.measures if m.unit == unit
        ),
    )


def _renamed(value: Any, names: dict[str, str]) -> Any:
    """The value with other codes in the place of codes, wherever they stand."""
    if isinstance(value, str):
        return names.get(value, value)
    if isinstance(value, tuple):
        return tuple(_renamed(item, names) for item in value)
    if attrs.has(type(value)) and type(value).__module__.startswith("envgov.facts"):
        fields = [a.name for a in attrs.fields(type(value)) if a.init]
        return evolve(value, **{name: _renamed(getattr(value, name), names) for name in fields})
    return value


def _spelled(value: Any) -> dict[str, str]:
    return {way: repr(leaf) for way, leaf in leaves_of(value)}


def _read(evidence: Evidence) -> object:
    """The visits that an evidence gives to its readers, copied."""
    channels = (None, *sorted({visit.channel for visit in evidence.facts.inspections}))
    return [(dict(evidence.listed(channel)), dict(evidence.stated(channel))) for channel in channels]
