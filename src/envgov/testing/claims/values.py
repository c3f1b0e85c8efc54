"""Claims about the values: they are exact, frozen, and come back from storage as they were."""

from __future__ import annotations

import json
from copy import deepcopy
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
from attrs.exceptions import FrozenInstanceError

from envgov.codec import from_dict, to_json
from envgov.locality import Locality
from envgov.season import assess_season
from envgov.testing.books import own_terms
from envgov.testing.trials import NO_KINDS, BrokenError, Kinds, claim, leaves_of, outcome_of, trials_of

FLOATS = 2**30
"""A Fraction whose denominator is a power of two above this came from a float: points have ten in theirs."""
DIGITS = 20


@claim
def check_uses_no_float(locality: Locality, kinds: Kinds = NO_KINDS) -> None:  # noqa: ARG001
    """No float stands in a scheme, an assessment or an explanation, nor a number that a float left behind."""
    for trial in trials_of(locality):
        seen: list[Any] = [trial.editions]
        for assessment in trial.decided() or ():
            seen += [assessment.record, assessment.measures]
            seen += [outcome_of(lambda: assessment.explain(unit.code)) for unit in assessment.units]  # noqa: B023
        for way, number in leaves_of(tuple(seen)):
            if isinstance(number, float) or _was_a_float(number):
                trial.break_(
                    f"{way} is {number!r}",
                    "compute with Fraction and Decimal from the start; eg.points('0.1') is a tenth, 0.1 is not",
                )


def _was_a_float(number: Any) -> bool:
    if isinstance(number, Fraction):
        return number.denominator > FLOATS and number.denominator.bit_count() == 1
    return isinstance(number, Decimal) and (not number.is_finite() or number.as_tuple().exponent < -DIGITS)  # type: ignore[operator]


@claim
def check_is_made_of_values(locality: Locality, kinds: Kinds = NO_KINDS) -> None:  # noqa: ARG001
    """Terms are frozen to the bottom, and a copy of a scheme equals it and hashes alike."""
    for editions in locality.schemes.values():
        remedy = "use @frozen(repr=False), and tuples and frozensets inside"
        for term in own_terms(editions):
            for a in attrs.fields(type(term)):
                if isinstance(getattr(term, a.name), list | dict | set | bytearray):
                    raise BrokenError(f"{term!r}: {a.name} can be changed; {remedy}")
            if not _is_frozen(term):
                raise BrokenError(f"{term!r} is not frozen; {remedy}")
        for edition in editions:
            copy = deepcopy(edition)
            if copy != edition:
                raise BrokenError(f"scheme {edition.id}: a copy of it is not equal; leave eq= alone, and {remedy}")
            if outcome_of(lambda: hash(copy) == hash(edition)) is not True:  # noqa: B023
                raise BrokenError(f"scheme {edition.id}: it cannot be hashed, or a copy hashes otherwise; {remedy}")


def _is_frozen(term: Any) -> bool:
    for a in attrs.fields(type(term)):
        try:
            setattr(term, a.name, getattr(term, a.name))
        except FrozenInstanceError:
            continue
        return False
    return True


@claim
def check_comes_back_from_storage(locality: Locality, kinds: Kinds = NO_KINDS) -> None:
    """Schemes, assessments and histories read back from JSON with the plugin's kinds are equal, and decide alike."""
    remedy = "declare each field with its type, and let equal fields make equal terms; register the kind"
    for trial in trials_of(locality):
        editions = tuple(_read_back(edition, kinds, f"scheme {edition.id}") for edition in trial.editions)
        season = trial.decided()
        if season is None:
            continue
        if outcome_of(lambda: assess_season(editions, trial.facts)) != season:  # noqa: B023
            trial.break_("the scheme read back decides otherwise", remedy)
        for value in (season.history, *season):
            _read_back(value, kinds, f"scheme {trial.editions[-1].id}, season {trial.number}: {type(value).__name__}")


def _read_back(value: Any, kinds: Kinds, what: str) -> Any:
    remedy = "declare each field of a kind with its type, and name the kind in envgov_kinds()"
    try:
        back = from_dict(json.loads(to_json(value)), kinds)
    except Exception as error:  # noqa: BLE001 - a stranger's code may raise anything
        raise BrokenError(f"{what} cannot be stored and read back: {error}; {remedy}") from None
    if back != value:
        raise BrokenError(f"{what} comes back as another value; {remedy}")
    return back
