"""Rulings on a scheme, read once at the edge: they are few."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import narwhals.stable.v2 as nw
from attrs import evolve

from envgov.codec.inline import from_inline
from envgov.errors import Fault, InputError
from envgov.facts.round import Round
from envgov.frames.doubts import may_be
from envgov.frames.tables import Tables
from envgov.policy.term import terms_in
from envgov.scheme import Scheme


class Ruled(NamedTuple):
    """A ruling, with its condition in the text that its repr gives."""

    unit: str
    concerns: date
    condition: str
    holds: bool
    issue: str = ""
    """The issue that it is about, or none: the unit."""


def rulings_on(editions: Sequence[Scheme], rounds: Sequence[Round], tables: Tables) -> tuple[Ruled, ...]:
    """What was ruled on this scheme, its conditions written on one line of TOML or JSON, as in rulings.csv.

    Raises:
        InputError: one lacks what it says, or its condition is none; two of them say both yes and no of one unit in one
            round.
    """
    own = tables["rulings"].filter(nw.col("scheme") == nw.lit(editions[0].id), may_be(nw.col("concerns")))
    rows = own.select("unit", "concerns", "condition", "holds", "issue").collect("polars").rows()
    found = tuple(Ruled(*row) for row in rows)
    if faults := list(_empty(found)):
        raise InputError(faults)
    found = tuple(ruling for ruling in found if any(ruling.concerns in round for round in rounds))
    meant = _read(editions, {ruling.condition for ruling in found})
    rulings = tuple(ruling._replace(condition=meant[ruling.condition]) for ruling in found)
    if faults := list(_contradicting(rulings, rounds)):
        raise InputError(faults)
    return rulings


def _empty(rulings: Sequence[Ruled]) -> Iterator[Fault]:
    for ruling in rulings:
        for column in ("unit", "concerns", "condition", "holds"):
            if getattr(ruling, column) is None:
                yield Fault("this cell is empty", "fill it in", "rulings", column=column, value=ruling.condition)


def _read(editions: Sequence[Scheme], texts: Collection[str]) -> Mapping[str, str]:
    """The repr of the condition that each of the texts tells; kinds of a locality are those of its scheme."""
    kinds = {term.kind: type(term) for term in terms_in(tuple(editions)) if hasattr(term, "kind")}
    meant, faults = {}, []
    for text in sorted(texts):
        try:
            meant[text] = repr(from_inline(text, kinds))
        except InputError as error:
            faults += [evolve(fault, file="rulings", column="condition", value=text) for fault in error.faults]
    if faults:
        raise InputError(faults)
    return meant


def _contradicting(rulings: Sequence[Ruled], rounds: Sequence[Round]) -> Iterator[Fault]:
    said: dict[tuple[Any, ...], bool] = {}
    for ruling in rulings:
        for round in rounds:
            key = (round.start, ruling.unit, ruling.condition, ruling.issue)
            if ruling.concerns in round and said.setdefault(key, ruling.holds) is not ruling.holds:
                told = f"rulings in {round.label} on {ruling.condition!r} say both yes and no"
                yield Fault(told, "keep the one that stands", "rulings", value=ruling.unit)
