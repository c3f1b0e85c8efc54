"""Claims about what is said: the explanation, the words, the source."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs

from envgov.codec.kinds import kind_of
from envgov.exact import round_half_up
from envgov.locality import Locality
from envgov.policy.boards import Board
from envgov.policy.ladders import Rung
from envgov.reason import Reason
from envgov.results.assessment import Assessment
from envgov.scheme import Scheme
from envgov.testing.books import own_terms
from envgov.testing.trials import NO_KINDS, BrokenError, Kinds, Trial, claim, leaves_of, outcome_of, trials_of
from envgov.wording import describe, narrate
from envgov.wording.phrases import LANGUAGES

EXAMPLE = "（示例）"
CHOICES = ("ties", "rounding", "several", "absent", "unheld", "repeat", "editions", "heads", "empty")
"""The fields in which a term declares what the text of a method often leaves open."""


@claim
def check_explains_what_it_decided(locality: Locality, kinds: Kinds = NO_KINDS) -> None:  # noqa: ARG001
    """The explanation of each unit gives the standing, the tiers and the measures that were decided."""
    for trial in trials_of(locality):
        for assessment in trial.decided() or ():
            for unit in assessment.units:
                why = outcome_of(lambda: assessment.explain(unit.code))  # noqa: B023
                for problem in _contradictions(assessment, unit.code, why) if isinstance(why, Reason) else ():
                    trial.break_(
                        f"{unit.code} in {assessment.record.round.label}: {problem}",
                        "let a rule answer from its fields and what it is given, the same whenever it is asked",
                    )


def _contradictions(assessment: Assessment, unit: str, why: Reason) -> Iterator[str]:
    record = assessment.record
    parts = [part for part in why.because if isinstance(part, Reason)]
    scores = [part.value for part in parts if hasattr(part.rule, "scores")]
    for ranking, score in zip(record.rankings, scores, strict=False):
        standing = ranking.of(unit)
        if standing is not None and isinstance(score, Fraction) and not _rounds_to(score, standing.score):
            yield f"{ranking.figure} was decided as {standing.score}, and explained as {score}"
    for part in parts:
        if isinstance(part.rule, Board):
            placed = record.tier(part.rule.id, unit)
            if placed is not None and placed.tier != part.value:
                yield f"board {part.rule.id!r} put it into {placed.tier!r}, and explains {part.value!r}"
    called = {part.rule.measure for part in parts if isinstance(part.rule, Rung) and part.value is not False}
    proposed = {measure.rung for measure in assessment.measures if measure.unit == unit}
    if called != proposed:
        yield f"proposed are {sorted(proposed)}, and explained {sorted(called)}"


def _rounds_to(score: Fraction, decided: Decimal | Fraction) -> bool:
    if isinstance(decided, Fraction):
        return score == decided
    exponent = decided.as_tuple().exponent
    assert isinstance(exponent, int), "it is a number"
    return round_half_up(score, max(-exponent, 0)) == decided


@claim
def check_can_be_put_into_words(locality: Locality, kinds: Kinds = NO_KINDS) -> None:  # noqa: ARG001
    """Schemes, tables and explanations can be told in Chinese and in English, a kind of its own by its `words` or as the call that makes it."""
    for editions in locality.schemes.values():
        for term in own_terms(editions):
            if not repr(term).startswith(f"{kind_of(type(term))}("):
                raise BrokenError(f"{term!r} is no call of {kind_of(type(term))}; use @frozen(repr=False) under @term")
            _refuse_words(term)
    for trial in trials_of(locality):
        for language in LANGUAGES:
            _tell(trial, language)


def _refuse_words(term: Any) -> None:
    """Words of a kind that cannot be filled in."""
    for language, words in LANGUAGES.items():
        try:
            words.phrase(term)
        except Exception as error:  # noqa: BLE001 - a stranger's words may name anything
            raise BrokenError(
                f"{term!r} cannot be worded in {language!r}: {type(error).__name__}: {error}; "
                f"let words= be texts by language, with names of its fields in braces: {', '.join(_fields_of(term))}"
            ) from None


def _fields_of(term: Any) -> Iterator[str]:
    return (a.name for a in attrs.fields(type(term)))


def _tell(trial: Trial, language: Any) -> None:
    try:
        for edition in trial.editions:
            describe(edition, language)
        for assessment in trial.decided() or ():
            assessment.table(language)
            assessment.remarks(language)
            for unit in assessment.units:
                why = outcome_of(lambda: assessment.explain(unit.code))  # noqa: B023
                if why is not None:
                    narrate(why, language)
    except Exception as error:  # noqa: BLE001 - a stranger's code may raise anything
        trial.break_(
            f"it cannot be told in {language!r}: {type(error).__name__}: {error}",
            "put facts, standings and Reasons into because, and nothing else",
        )


@claim
def check_names_its_source(locality: Locality, kinds: Kinds = NO_KINDS) -> None:  # noqa: ARG001
    """Each scheme names its source by a title, and where no url and no document number tells where to find it, lists what it assumes."""
    for editions in locality.schemes.values():
        for edition in editions:
            source = edition.source
            if not (source.title.strip() and (source.url or source.document_number or source.assumed)):
                raise BrokenError(
                    f"scheme {edition.id}: {source!r}; give url= or document_number=, or say in assumed= "
                    "on what it rests"
                )


@claim
def check_hides_no_assumption(locality: Locality, kinds: Kinds = NO_KINDS) -> None:  # noqa: ARG001
    """A choice that texts leave open (ties, rounding, several, absent, unheld, repeat, editions, heads, empty) is quoted or assumed.

    Quoted: the term that declares it, or a term, tier or rung around it, has `cite`. Assumed: the scheme's source lists
    something in `assumed`; whether that is this very choice, a person must read. A blank text quotes and assumes nothing.
    """
    for editions in locality.schemes.values():
        for edition in editions:
            unquoted = next(_unquoted(edition, quoted=False), None)
            if unquoted is not None and not any(sentence.strip() for sentence in edition.source.assumed):
                term, choice = unquoted
                raise BrokenError(
                    f"scheme {edition.id}: {term!r} declares {choice}={getattr(term, choice)!r}, nothing quotes it, and "
                    "the source assumes nothing; quote the clause in cite=, or say in assumed= what was chosen"
                )


def _unquoted(value: Any, *, quoted: bool) -> Iterator[tuple[Any, str]]:
    """The choices inside a value that stand under no clause."""
    if isinstance(value, tuple):
        for item in value:
            yield from _unquoted(item, quoted=quoted)
    elif attrs.has(type(value)):
        quoted = quoted or bool(str(getattr(value, "cite", "")).strip())
        for a in attrs.fields(type(value)):
            if a.name in CHOICES and not quoted and isinstance(getattr(value, a.name), str):
                yield value, a.name
            yield from _unquoted(getattr(value, a.name), quoted=quoted)


@claim
def check_keeps_no_example(locality: Locality, kinds: Kinds = NO_KINDS) -> None:  # noqa: ARG001
    """No name and no sentence is left over from the example of `envgov plugin new`, which marks each with （示例）."""
    found = [
        f"locality{way} is {text!r}" for way, text in leaves_of(locality) if isinstance(text, str) and EXAMPLE in text
    ]
    if found:
        raise BrokenError("\n".join([*found, "write what the document says"]))


@claim
def check_tells_its_schemes_apart(locality: Locality, kinds: Kinds = NO_KINDS) -> None:  # noqa: ARG001
    """Ids of schemes differ by more than case, width and spaces, and each scheme names the levels of its field."""
    seen: dict[str, str] = {}
    for editions in locality.schemes.values():
        for edition in editions:
            if any(not level.strip() for level in edition.levels):
                raise BrokenError(f"scheme {edition.id}: a level without a name in {edition.levels}; name it")
        plain = _plain(editions[0])
        if plain in seen:
            raise BrokenError(f"the ids {seen[plain]!r} and {editions[0].id!r} look alike; change one")
        seen[plain] = editions[0].id


def _plain(scheme: Scheme) -> str:
    return "".join(unicodedata.normalize("NFKC", scheme.id).casefold().split())
