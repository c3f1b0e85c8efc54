"""The duty roster (职责分工表): who may do what, and where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property

from attrs import field, frozen
from attrs.validators import deep_iterable

from envgov.checks import is_a, is_day_or_none, is_frozenset, is_text, is_tuple
from envgov.facts.acceptance import UnitAcceptance
from envgov.facts.grid import Grid
from envgov.facts.issue import Event, EventKind, Issue
from envgov.facts.paper import Paper, PaperEvent, PaperState
from envgov.facts.publication import PublicationEvent, PublicationKind
from envgov.facts.refusal import RefusedError

APPROVE = "approve"
"""The act of whoever approves an extension, a suspension or a new date."""
ACCEPT_UNIT = "unit accepted"
"""The act of whoever passes or fails a whole unit."""
ACTS: frozenset[str] = frozenset(
    (
        *(kind.value for kind in EventKind),
        APPROVE,
        ACCEPT_UNIT,
        *(f"paper {state.value}" for state in PaperState),
        *(f"publication {kind.value}" for kind in PublicationKind),
    )
)
"""Everything that a role may do: to an issue (accepted), to a paper (paper signed), to a publication, to a unit."""
_OWN = (EventKind.ATTENDED, EventKind.CLAIMED, EventKind.COMPLETED, EventKind.DECLINED)
"""What a department says for itself alone."""


@frozen
class Scope:
    """Where a post holds: in the whole grid, at a unit and below it, or for what these departments owe; one of the three."""

    everything: bool = field(default=False, kw_only=True, validator=is_a(bool))
    unit: str = field(default="", kw_only=True)
    departments: frozenset[str] = field(
        default=frozenset(), kw_only=True, validator=deep_iterable(is_text, is_frozenset)
    )

    def __attrs_post_init__(self) -> None:
        if [self.everything, bool(self.unit), bool(self.departments)].count(True) != 1:
            raise ValueError(f"{self!r}: give one of everything=True, unit='...' and departments=frozenset({{...}})")

    def covers(self, grid: Grid, place: str, departments: Iterable[str]) -> bool:
        """Whether all of it lies within: the place, or every department, and at least one."""
        if self.everything:
            return True
        if self.unit:
            return place in grid and (place == self.unit or self.unit in grid.ancestors(place))
        owing = frozenset(departments)
        return bool(owing) and owing <= self.departments


@frozen
class Role:
    """What those of a role may do: words of `ACTS`."""

    name: str = field(validator=is_text)
    may: frozenset[str] = field(validator=deep_iterable(is_text, is_frozenset))

    def __attrs_post_init__(self) -> None:
        if unknown := self.may - ACTS:
            raise ValueError(f"role {self.name}: nothing is called {', '.join(sorted(unknown))}: see envgov.ACTS")


@frozen
class Post:
    """Who (a person, a body or a department) has which role, and where, from `since` up to, and without, `until`."""

    who: str = field(validator=is_text)
    role: str = field(validator=is_text)
    scope: Scope = field(validator=is_a(Scope))
    since: date | None = field(default=None, validator=is_day_or_none)
    until: date | None = field(default=None, validator=is_day_or_none)

    def __attrs_post_init__(self) -> None:
        if self.since is not None and self.until is not None and self.until <= self.since:
            raise ValueError(f"{self.who}, {self.role}: until={self.until} is not after since={self.since}")

    def holds_on(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


@frozen
class Roster:
    """Roles, and who has them. `persons` are those who are people: a body or a program signs nothing.

    Raises:
        ValueError: two roles of one name, or a post in a role that is not there.
    """

    roles: tuple[Role, ...] = field(validator=deep_iterable(is_a(Role), is_tuple))
    posts: tuple[Post, ...] = field(validator=deep_iterable(is_a(Post), is_tuple))
    persons: frozenset[str] = field(validator=deep_iterable(is_text, is_frozenset))

    def __attrs_post_init__(self) -> None:
        names = [role.name for role in self.roles]
        if len(set(names)) < len(names):
            raise ValueError(f"roles have names of their own: {', '.join(names)}")
        if unknown := sorted({post.role for post in self.posts} - set(names)):
            raise ValueError(f"posts in roles that are not there: {', '.join(unknown)}; there are {', '.join(names)}")

    def held_by(self, who: str, day: date) -> tuple[Post, ...]:
        """The posts that somebody holds that day, in the roster's order."""
        return tuple(post for post in self._posts.get(who, ()) if post.holds_on(day))

    @cached_property
    def _posts(self) -> Mapping[str, tuple[Post, ...]]:
        posts: dict[str, list[Post]] = defaultdict(list)
        for post in self.posts:
            posts[post.who].append(post)
        return {who: tuple(held) for who, held in posts.items()}

    def permit(
        self, who: str, act: str, grid: Grid, *, place: str, departments: Iterable[str], day: date, role: str = ""
    ) -> Post:
        """The post by which somebody may do it; of several, the first in the roster.

        `place` is where it lies; what lies at none, "", is within the scope of everything alone. `departments` are those
        whom it concerns; a scope of departments covers it if it covers all of them. `role` is the one in which they act;
        "" is whichever allows it.

        Raises:
            RefusedError: they are not on the roster that day, have no role that may, or not there.
        """
        held = self.held_by(who, day)
        may = [each.name for each in self.roles if act in each.may and role in ("", each.name)]
        able = [post for post in held if post.role in may]
        concerned = tuple(departments)
        for post in able:
            if post.scope.covers(grid, place, concerned):
                return post
        told = f"{who}, {act} on {day}{f' at {place}' if place else ''}"
        if not held:
            raise RefusedError("who acts is on the roster", f"{told}: they have no post", "add them to the roster")
        if not able:
            roles = "、".join(dict.fromkeys(post.role for post in held))
            raise RefusedError(
                "a role does what it may",
                f"{told}{f' as {role}' if role else ''}: their roles are {roles}",
                f"let somebody do it whose role may: {'、'.join(sorted(may)) or 'none may'}",
            )
        raise RefusedError(
            "a role stays within its scope",
            f"{told}: it is outside the scope of {'、'.join(dict.fromkeys(post.role for post in able))}",
            "let somebody do it within whose scope it lies",
        )

    def permit_event(self, who: str, issue: Issue, event: Event, grid: Grid) -> Post:
        """The post by which somebody may add the event to the issue; and whoever approved it may approve it.

        What a department says for itself concerns that department; anything else all that owe the issue as it stood before.

        Raises:
            RefusedError: as `permit` does.
        """
        departments = (event.by,) if event.what in _OWN else issue.owed_by
        if event.approved_by:
            self.permit(event.approved_by, APPROVE, grid, place=issue.place, departments=departments, day=event.day)
        return self.permit(
            who, event.what.value, grid, place=issue.place, departments=departments, day=event.day, role=event.role
        )

    def permit_paper(self, who: str, paper: Paper, event: PaperEvent, issue: Issue | None, grid: Grid) -> Post:
        """The post by which somebody may add the event to the paper.

        A paper about a unit lies at it, and concerns it; one about an issue lies where the issue does, and concerns all
        that owe it. `issue` is that one; of one that nobody knows, None, the paper lies nowhere. An answer concerns
        whoever gives it.

        Raises:
            RefusedError: as `permit` does.
        """
        place = paper.subject if paper.about == "unit" else ""
        departments: tuple[str, ...] = (paper.subject,)
        if issue is not None:
            place, departments = issue.place, issue.owed_by
        if event.what is PaperState.ANSWERED:
            departments = (event.by,)
        return self.permit(who, f"paper {event.what.value}", grid, place=place, departments=departments, day=event.day)

    def permit_acceptance(self, given: UnitAcceptance, grid: Grid) -> Post:
        """The post by which whoever accepts a whole unit may, passed or failed: it lies at the unit, and concerns it.

        Raises:
            RefusedError: as `permit` does.
        """
        return self.permit(given.by, ACCEPT_UNIT, grid, place=given.unit, departments=(given.unit,), day=given.day)

    def permit_publication(self, who: str, event: PublicationEvent, grid: Grid) -> Post:
        """The post by which somebody may add the event to a publication, which is of everything; an objection is of the
        unit that files it.

        Raises:
            RefusedError: as `permit` does.
        """
        filed = event.by if event.what is PublicationKind.OBJECTED else ""
        departments = (filed,) if filed else ()
        return self.permit(
            who, f"publication {event.what.value}", grid, place=filed, departments=departments, day=event.day
        )
