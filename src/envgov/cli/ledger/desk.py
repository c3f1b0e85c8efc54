"""The desk of a clerk: the ledger that is open, with the units that it knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path

import click
from attrs import define

from envgov.cli.ledger.clerk import Clerk
from envgov.errors import Fault, InputError, UnknownUnitError
from envgov.facts.grid import Grid
from envgov.facts.issue import Issue
from envgov.facts.position import Datum
from envgov.facts.roster import Roster
from envgov.ledger import Ledger
from envgov.ledger.entry import Units
from envgov.ledger.lives import datum_held
from envgov.ledger.settings import GRID, ROSTER
from envgov.results.table import Language
from envgov.wording.ledger import SAY


@define(slots=False)
class Desk:
    """An open ledger, and how its units are called."""

    ledger: Ledger

    @cached_property
    def grid(self) -> Grid:
        held = self.ledger.value(GRID)
        return Grid(held.units if isinstance(held, Units) else ())

    @cached_property
    def agencies(self) -> frozenset[str]:
        """The departments and bodies of the roster, none of them a person: whoever may be named outside."""
        roster = self.ledger.value(ROSTER)
        if not isinstance(roster, Roster):
            return frozenset()
        named = {who for post in roster.posts for who in (post.who, *post.scope.departments)}
        return frozenset(named - roster.persons)

    def code(self, named: str, day: date) -> str:
        """The code of a unit that was named by its code, or by a name that is unique on that day; any other as it is.

        Raises:
            UsageError: several units have the name.
        """
        try:
            return self.grid.on(day).code_of(named) or named
        except UnknownUnitError as error:
            raise click.UsageError(str(error)) from None

    def codes(self, named: Iterable[str], day: date) -> tuple[str, ...]:
        return tuple(self.code(each, day) for each in named)

    def place(self, named: str, day: date) -> str:
        """The code of a unit of the grid.

        Raises:
            UsageError: there is none of that code or name, or there are several.
        """
        code = self.code(named, day)
        if self.grid.units and code not in self.grid:
            near = self._near(named)
            hint = f"; did you mean {near}?" if near else ""
            raise click.UsageError(f"the grid has no unit {named!r}{hint}")
        return code

    def name(self, code: str) -> str:
        return self.grid[code].name if code in self.grid else code

    def names(self, codes: Iterable[str]) -> str:
        return "、".join(map(self.name, codes))

    def note_strangers(self, codes: Iterable[str], language: Language) -> None:
        """Tell of whom neither the grid nor the roster knows: whoever is misspelt owes it under that name."""
        strangers = [code for code in codes if code not in self.grid]
        roster = self.ledger.value(ROSTER) if strangers else None
        posts = roster.posts if isinstance(roster, Roster) else ()
        known = {who for post in posts for who in (post.who, *post.scope.departments)}
        say = SAY[language]
        for code in strangers:
            if code not in known:
                near = self._near(code, map(self.name, known))
                click.echo(say["stranger"].format(code) + (say["near"].format(near) if near else ""), err=True)

    def refuse_other_datum(self, given: Datum | None, file: str = "") -> None:
        """Positions of two datums in one ledger lie nowhere.

        Raises:
            InputError: the ledger has its positions in the other one.
        """
        if given is None:
            return
        with self.ledger.database.reading() as connection:
            held = datum_held(connection)
        if held not in (None, given):
            remedy = f"have it made again in {held}: nothing here shifts coordinates"
            raise InputError(
                [Fault(f"this is in {given}, and the positions of the ledger are in {held}", remedy, file)]
            )

    def _near(self, named: str, known: Iterable[str] = ()) -> str:
        """What of the grid, and of these, is written much like it; empty if nothing is."""
        names = sorted({name for unit in self.grid.units for name in (unit.code, unit.name)} | set(known))
        return next(iter(get_close_matches(named, names, n=1, cutoff=0.5)), "")

    def issue(self, id: str) -> Issue | None:
        found = self.ledger.value(f"issue:{id}")
        return found if isinstance(found, Issue) else None

    def known_issue(self, id: str, as_of: datetime | None = None) -> Issue:
        """An issue that somebody asks for.

        Raises:
            UsageError: there is none of that id.
        """
        try:
            return self.ledger.issue(id, as_of)
        except LookupError as error:
            raise click.UsageError(f"{error}; `envgov ledger show` lists them") from None

    def stood(self, ids: Iterable[str], on: date) -> list[Issue]:
        """These issues as they stood at the end of a day."""
        return [then for id in ids if (then := self.ledger.issue(id).as_of(on)) is not None]


@contextmanager
def open_desk(clerk: Clerk) -> Iterator[Desk]:
    place = clerk.where
    if "://" not in place and not Path(place).exists():
        raise click.ClickException(f"{place}: there is no such ledger; begin it with init, or correct the path")
    with Ledger.open(place) as ledger:
        yield Desk(ledger)
