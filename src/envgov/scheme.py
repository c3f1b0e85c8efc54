"""A scheme (考评办法): everything that a locality decides from the facts of a round, as one value."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from attrs import field, frozen
from attrs.validators import instance_of, min_len, optional

from envgov.checks import is_day, is_day_or_none, is_text, is_tuple
from envgov.errors import SchemeError
from envgov.facts.grid import Grid
from envgov.policy.boards import Board, room_of
from envgov.policy.calendar import Cadence
from envgov.policy.conditions import bottom, placed, streak, top
from envgov.policy.ladders import Ladder
from envgov.policy.ranking import RankBy
from envgov.policy.scoring import Better, ScoringRule
from envgov.policy.term import answers, terms_in
from envgov.results.ranking import SCORE


@frozen
class Source:
    """Where the rules stand, and in `assumed` each reading chosen where the text leaves something open."""

    title: str = field(validator=is_text)
    published: date | None = field(default=None, validator=is_day_or_none)
    url: str = ""
    document_number: str = ""
    assumed: tuple[str, ...] = field(default=(), validator=is_tuple)


@frozen
class Figure:
    """A further number, scored, ranked and recorded beside the score; conditions name it with `of=`."""

    name: str = field(validator=is_text)
    rule: ScoringRule = field(validator=answers("scores"))
    ranking: RankBy


@frozen
class Scheme:
    """One scheme in one edition, named by the day `since` which it applies.

    Its field are the units of `levels` (ranked together), on the grid of the round's first day; of these only
    the ones with the designation `among`, if it is given. `groups` are designations too: each unit of the field
    has one of them, and is ranked against its own group only. `head` is the role whose holder heads a unit.
    Without `scoring` nothing is ranked. Lists by rank need room: top(n) and bottom(m) of one figure need n + m
    units in each group, and each of them more units than it names.

    Raises:
        SchemeError: a figure, board, tier or rung is named that does not exist, or one name is used twice.
    """

    id: str = field(validator=is_text)
    levels: tuple[str, ...] = field(validator=(is_tuple, min_len(1)))
    cadence: Cadence = field(validator=answers("round_of"))
    since: date = field(validator=is_day)
    source: Source
    title: str = ""
    among: str | None = None
    groups: tuple[str, ...] = field(default=(), validator=is_tuple)
    scoring: ScoringRule | None = field(default=None, validator=optional(answers("scores")))
    ranking: RankBy | None = field(default=None, validator=optional(instance_of(RankBy)))
    figures: tuple[Figure, ...] = field(default=(), validator=is_tuple)
    boards: tuple[Board, ...] = field(default=(), validator=is_tuple)
    ladders: tuple[Ladder, ...] = field(default=(), validator=is_tuple)
    head: str = ""

    def __attrs_post_init__(self) -> None:
        if faults := [*self._missing_ranking(), *self._names_used_twice(), *self._unknown_names()]:
            raise SchemeError(f"scheme {self.id}: {'; '.join(faults)}")

    @property
    def better(self) -> Better | None:
        return None if self.scoring is None else self.scoring.better

    @property
    def edition(self) -> str:
        return self.since.isoformat()

    @property
    def ranked(self) -> tuple[Figure, ...]:
        """The score and the further figures, in the order in which they are recorded."""
        if self.scoring is None or self.ranking is None:
            return ()
        return (Figure(SCORE, self.scoring, self.ranking), *self.figures)

    def field_on(self, grid: Grid) -> dict[str, str]:
        """The codes of the field on a day's grid, each with its group; "" where the scheme has no groups.

        Raises:
            SchemeError: a unit has none of the groups' designations, or several.
        """
        field: dict[str, str] = {}
        wrong = []
        for unit in grid.at_levels(self.levels):
            if self.among is not None and self.among not in unit.designations:
                continue
            groups = [group for group in self.groups if group in unit.designations] if self.groups else [""]
            field[unit.code] = groups[0] if groups else ""
            if len(groups) != 1:
                wrong.append(f"{unit.code} has {', '.join(sorted(unit.designations)) or 'no designation'}")
        if wrong:
            raise SchemeError(
                f"scheme {self.id}: each unit has one of the groups {', '.join(self.groups)}; {'; '.join(wrong)}"
            )
        return field

    def refuse_small_groups(self, figure: str, sizes: Counter[str], what: str) -> None:
        """Lists by rank need room in each group; in a group of one unit nobody is first or last, and none is named.

        Raises:
            SchemeError: naming the list, the room it needs, and the group with its size.
        """
        lists = [(f"board {board.id!r}", room_of(board)) for board in self.boards]
        lists += [(f"the ladder to {ladder.rungs[-1].measure!r}", room_of(ladder)) for ladder in self.ladders]
        for group, size in sizes.items():
            for name, rooms in lists:
                if 1 < size < (room := rooms.get(figure, 0)):
                    where = f"group {group!r}" if group else "the field"
                    raise SchemeError(
                        f"scheme {self.id}: {name} needs a group of {room} units, and {where} has {size} {what}: "
                        "shorten the list or widen the field"
                    )

    def _missing_ranking(self) -> list[str]:
        if (self.scoring is None) == (self.ranking is None):
            if self.scoring is not None or not (self.figures or self.boards or self.ladders):
                return []
            return ["figures, boards and ladders need scoring and ranking"]
        return ["scoring and ranking come together: give both, or neither"]

    def _names_used_twice(self) -> list[str]:
        named = {
            "figure": [SCORE, *(figure.name for figure in self.figures)],
            "board": [board.id for board in self.boards],
            "rung": [rung.measure for ladder in self.ladders for rung in ladder.rungs],
        }
        return [
            f"{what} {name!r} is defined {n} times"
            for what, names in named.items()
            for name, n in Counter(names).items()
            if n > 1
        ]

    def _unknown_names(self) -> list[str]:
        figures = {figure.name: bool(figure.ranking.breakers) for figure in self.ranked}
        boards: dict[str, set[str]] = {}
        wrong = []
        for board in self.boards:
            for term in terms_in(board):
                wrong += _unknown_in(term, figures, boards, self.head)
            boards[board.id] = {board.rest, *(tier.name for tier in board.tiers)}
        for ladder in self.ladders:
            for term in terms_in(ladder):
                wrong += _unknown_in(term, figures, boards, self.head)
            lighter: set[str] = set()
            for rung in ladder.rungs:
                unknown = sorted(set(rung.supersedes) - lighter)
                wrong += [f"{name!r} is superseded by {rung.measure!r} and is no lighter rung" for name in unknown]
                lighter.add(rung.measure)
        return list(dict.fromkeys(wrong))


def _unknown_in(term: Any, figures: dict[str, bool], boards: dict[str, set[str]], head: str) -> list[str]:
    """What a condition names and the scheme does not have.

    `figures` tell whether they have breakers; `boards` are those that stand before the condition.
    """
    match term:
        case placed(board=board, tier=tier) if tier not in boards.get(board, ()):
            return [f"{term!r}: no such tier on a board that stands before"]
        case top(of=figure, ties="break") | bottom(of=figure, ties="break") if not figures.get(figure, True):
            return [f"{term!r}: the ranking of {figure!r} has no breakers"]
        case streak(heads="restart") if not head:
            return [f"{term!r}: say in head= which role heads a unit"]
    of = getattr(term, "of", None)
    return [f"{term!r}: no figure is named {of!r}"] if isinstance(of, str) and of not in figures else []
