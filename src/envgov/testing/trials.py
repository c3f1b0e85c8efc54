"""What a claim is tried on: a scheme of the locality, in a season that fits it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache, wraps
from types import MappingProxyType
from typing import Any, NamedTuple, NoReturn, Protocol, cast

import attrs
from attrs import evolve

from envgov.errors import EnvGovError
from envgov.facts.evidence import Evidence, Facts
from envgov.locality import Locality
from envgov.results.assessment import Season
from envgov.results.history import Place, Record
from envgov.scheme import Scheme, in_force
from envgov.season import assess_season, rounds_of
from envgov.testing.books import own_terms
from envgov.testing.fitted import drawn_for

Kinds = Mapping[str, type]


class Check(Protocol):
    """One claim: raises ConformanceError where a locality, with the plugin's own kinds, does not keep it."""

    __name__: str

    def __call__(self, locality: Locality, kinds: Kinds = ...) -> None: ...


NO_KINDS: Kinds = MappingProxyType({})


class ConformanceError(EnvGovError, AssertionError):
    """A locality does not keep a claim of the kit: which one, where it was seen, and what to do."""


class BrokenError(Exception):
    """What was seen, before it is known which claim is meant."""


class Trial(NamedTuple):
    """The editions of one scheme, and a season that fits them."""

    editions: tuple[Scheme, ...]
    facts: Facts
    number: int

    def decide(self) -> Season:
        return assess_season(self.editions, self.facts)

    def decided(self) -> Season | None:
        """None where deciding raises: which is a claim of its own, and breaks no other."""
        season: Season | None = outcome_of(self.decide)
        return season

    def own_rules(self) -> Iterator[tuple[Any, list[str], Evidence]]:
        """The locality's own scoring rules, each with the field and the evidence of a round."""
        rules = [term for term in own_terms(self.editions) if hasattr(term, "scores")]
        for round in rounds_of(self.editions, self.facts) if rules else ():
            edition = in_force(self.editions, round)
            assert edition is not None, "these are the rounds that one judges"
            evidence = self.facts.during(round)
            units = list(edition.field_on(evidence.grid))
            yield from ((rule, units, evidence) for rule in rules)

    def own_conditions(self) -> Iterator[tuple[Any, Place]]:
        """The locality's own conditions, each with the places at which it may be asked."""
        conditions = [term for term in own_terms(self.editions) if hasattr(term, "at")]
        if not conditions:
            return
        bare = tuple(evolve(e, boards=(), ladders=(), exempt=None) for e in self.editions)
        season = self.decided() or outcome_of(lambda: assess_season(bare, evolve(self.facts, rulings=())))
        earlier: tuple[Record, ...] = ()
        for assessment in season or ():
            evidence = self.facts.during(assessment.record.round)
            for unit in assessment.units:
                place = Place(unit.code, assessment.record, earlier)
                for condition in conditions:
                    if getattr(condition, "subject", "") != "issue":
                        yield condition, place
                    else:
                        yield from ((condition, place._replace(issue=i)) for i in evidence.issues_at(unit.code))
            earlier = (*earlier, assessment.record)

    def break_(self, found: str, remedy: str) -> NoReturn:
        raise BrokenError(f"scheme {self.editions[-1].id}, season {self.number}: {found}; {remedy}")


def outcome_of(act: Callable[[], Any]) -> Any:
    """What an act of the plugin gives; None where it raises."""
    try:
        return act()
    except Exception:  # noqa: BLE001 - a stranger's code may raise anything
        return None


def claim(check: Check) -> Check:
    """Let a check name itself in what it raises."""

    @wraps(check)
    def named(locality: Locality, kinds: Kinds = NO_KINDS) -> None:
        try:
            check(locality, kinds)
        except BrokenError as broken:
            raise ConformanceError(f"{locality.code} breaks {name_of(check)!r} ({told(check)})\n{broken}") from None

    return cast("Check", named)


def name_of(check: Check) -> str:
    return check.__name__.removeprefix("check_")


def told(check: Check) -> str:
    """The claim in one sentence."""
    return " ".join((check.__doc__ or "").split("\n\n")[0].split()).rstrip(".")


@lru_cache(maxsize=4)
def trials_of(locality: Locality) -> tuple[Trial, ...]:
    """The same trials every time: facts alone, for what is decided on them may change."""
    return tuple(
        Trial(editions, facts, number)
        for editions in locality.schemes.values()
        for number, facts in enumerate(drawn_for(editions), 1)
    )


def reordered(facts: Facts) -> Facts:
    """The same facts, each collection given from its end."""
    given: dict[str, Any] = {
        a.name: getattr(facts, a.name)[::-1] for a in attrs.fields(Facts) if isinstance(getattr(facts, a.name), tuple)
    }
    return evolve(facts, grid=evolve(facts.grid, units=facts.grid.units[::-1]), **given)


def leaves_of(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Everything inside a value that holds nothing else, each with the way to it; each value is entered once."""
    yield from _leaves(value, path, {})


def _leaves(value: Any, path: str, entered: dict[int, Any]) -> Iterator[tuple[str, Any]]:
    if id(value) in entered:
        return
    inner: Sequence[tuple[str, Any]]
    if isinstance(value, Mapping):
        inner = [(f"{path}[{key!r}]", item) for key, item in value.items()]
    elif attrs.has(type(value)):
        inner = [(f"{path}.{a.name}", getattr(value, a.name)) for a in attrs.fields(type(value)) if a.name != "_ask"]
    elif isinstance(value, tuple) and hasattr(value, "_fields"):
        inner = [(f"{path}.{name}", item) for name, item in zip(value._fields, value, strict=True)]
    elif isinstance(value, tuple | list | set | frozenset):
        inner = [(f"{path}[{n}]", item) for n, item in enumerate(value, 1)]
    else:
        yield path, value
        return
    entered[id(value)] = value
    for way, item in inner:
        yield from _leaves(item, way, entered)
