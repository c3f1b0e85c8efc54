"""A locality (地方): every scheme by which it decides, in each of its editions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NoReturn

from attrs import field, frozen

from envgov.checks import is_text
from envgov.errors import SchemeError
from envgov.scheme import Scheme


class _Schemes(dict[str, tuple[Scheme, ...]]):
    """Schemes by their ids; one that is asked for and is not there is told beside those that are."""

    def __missing__(self, id: str) -> NoReturn:
        raise KeyError(f"no scheme {id!r}: the locality has {', '.join(self)}")


def _by_id(given: Iterable[Scheme] | Mapping[str, tuple[Scheme, ...]]) -> Mapping[str, tuple[Scheme, ...]]:
    """A mapping is what this made of them before, in a locality that is varied by `attrs.evolve`."""
    if isinstance(given, Scheme):
        raise SchemeError(f"schemes: {given.id} alone is given: write a list of schemes, [...], or a tuple, (..., )")
    schemes = (scheme for editions in given.values() for scheme in editions) if isinstance(given, Mapping) else given
    editions: dict[str, list[Scheme]] = defaultdict(list)
    for scheme in schemes:
        editions[scheme.id].append(scheme)
    by_id = {id_: tuple(sorted(editions[id_], key=lambda s: s.since)) for id_ in sorted(editions)}
    return MappingProxyType(_Schemes(by_id))


@frozen
class Locality:
    """What a plugin describes: a code by which it is asked for, its name, and its schemes.

    `schemes` are given in any order, each edition by itself; they are read by the scheme's id, as the tuple of its
    editions, oldest first, which `assess_season` takes as it is; an id that it does not have is a KeyError that names
    those it has.

    Raises:
        SchemeError: there is no list of schemes, or none in it, or two editions of one apply since the same day.
    """

    code: str = field(validator=is_text)
    name: str = field(validator=is_text)
    schemes: Mapping[str, tuple[Scheme, ...]] = field(converter=_by_id, hash=False)

    def __attrs_post_init__(self) -> None:
        if not self.schemes:
            raise SchemeError(f"locality {self.code}: give one scheme at least")
        for id_, editions in self.schemes.items():
            if len({edition.since for edition in editions}) < len(editions):
                days = ", ".join(edition.edition for edition in editions)
                raise SchemeError(f"locality {self.code}: two editions of {id_} apply since one day: {days}")
