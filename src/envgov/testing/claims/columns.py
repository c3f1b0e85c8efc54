"""Claims about the columnar forms of a locality's own kinds."""

from __future__ import annotations

from importlib.util import find_spec

from envgov.errors import EnvGovError, FieldError, InputError
from envgov.locality import Locality
from envgov.scheme import Scheme, in_force
from envgov.season import assess_season, rounds_of
from envgov.testing.answers import answers_in, answers_of, told_apart
from envgov.testing.books import own_terms
from envgov.testing.trials import NO_KINDS, Kinds, Trial, claim, trials_of

FORMS = ("column", "columns", "read")
"""The methods by which a scoring rule, a condition and a condition on issues give theirs."""


@claim
def check_decides_the_same_in_columns(locality: Locality, kinds: Kinds = NO_KINDS) -> None:  # noqa: ARG001
    """Where its own kinds have a columnar form, frames decide the same as objects, each row of each table.

    A scheme that frames refuse by name is forgiven, for want of another form or for a possible overflow. Without the
    extra `frames` nothing is tried.
    """
    for trial in trials_of(locality) if find_spec("narwhals") and find_spec("polars") else ():
        for edition in trial.editions:
            if any(hasattr(term, form) for term in own_terms((edition,)) for form in FORMS):
                _compare(trial, edition)


def _compare(trial: Trial, edition: Scheme) -> None:
    """The edition alone, over the rounds that it judges."""
    from envgov.frames import FramesError, assess, tables_of

    given = rounds_of(trial.editions, trial.facts)
    rounds = [round for round in given if in_force(trial.editions, round) is edition]
    if not rounds:
        return
    try:
        told = answers_of(edition, assess_season(edition, trial.facts, rounds=rounds), rounds)
        found = answers_in(assess(edition, rounds, tables_of(trial.facts)))
    except (FramesError, FieldError, InputError):
        return
    except EnvGovError as error:
        trial.break_(f"{type(error).__name__}: {error}", "decide in columns whatever is decided of objects")
    if found != told:
        trial.break_("; ".join(told_apart(told, found)), "let the columnar form answer what the kind answers")
