"""A scheme (考评办法): everything that a locality decides from the facts of a round, as one value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any, Literal

import attrs
from attrs import field, frozen
from attrs.validators import deep_iterable, min_len, optional

from envgov.checks import is_a, is_day, is_day_or_none, is_text, is_tuple
from envgov.errors import FieldError, SchemeError
from envgov.facts.grid import Grid
from envgov.facts.round import Round
from envgov.policy.boards import Board, Lists
from envgov.policy.calendar.cadences import Cadence
from envgov.policy.calendar.deadlines import Limit
from envgov.policy.conditions.condition import Condition
from envgov.policy.conditions.counters import cumulative
from envgov.policy.conditions.logic import all_of, any_of, not_
from envgov.policy.conditions.places import designated, placed, praised, ruled, sanctioned
from envgov.policy.ladders import Ladder
from envgov.policy.ranking import RankBy
from envgov.policy.routines import Routine
from envgov.policy.scoring.inspected import count_repeats
from envgov.policy.scoring.periods import change, mean_over, to_date
from envgov.policy.scoring.rule import Better, ScoringRule
from envgov.policy.term import answers, one_of, terms_in
from envgov.results.ranking import SCORE
from envgov.results.table import Language
from envgov.results.view import View, Viewed


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
    """A further number, scored, ranked and recorded beside the score; conditions name it with `of=`.

    It is ranked among the units that have a score: who is not assessed takes no seat on any list.
    """

    name: str = field(validator=is_text)
    rule: ScoringRule = field(validator=answers("scores"))
    ranking: RankBy = field(validator=is_a(RankBy))


@frozen
class Scheme(Viewed):
    """One scheme in one edition, named by the day `since` which it applies.

    Its field are the units of `levels` (ranked together), on the grid of the round's first day; of these only
    the ones with the designation `among`, if it is given. `groups` are designations too: each unit of the field
    has one of them, and is ranked against its own group only. `head` is the role whose holder heads a unit.
    Without `scoring` nothing is ranked, and boards and ladders ask about what needs no rank. Units for which `exempt`
    holds, by class or by ruling, are listed apart and have no rank. Lists by rank need room: top(n) and bottom(m) of
    one figure need n + m units in each group, and each of them more units than it names; see `Board.small_field`.
    `deadlines` say how long the responsible have for an issue: the first that applies to it. `duties` are returns that
    are owed again and again, and decide nothing; see `owed`. The edition judges rounds that begin since `since`; with
    `judged_on="last day"`, those that end since then. `provider` is the distribution and version of the plugin from
    which a registry has it; it decides nothing.

    Raises:
        SchemeError: a figure, board, tier or rung is named that does not exist, one name is used twice, or something
            is asked of a unit that only an issue can answer.
    """

    id: str = field(validator=is_text)
    levels: tuple[str, ...] = field(validator=(is_tuple, min_len(1)))
    cadence: Cadence = field(validator=answers("round_of"))
    since: date = field(validator=is_day)
    source: Source = field(validator=is_a(Source))
    title: str = ""
    among: str | None = None
    groups: tuple[str, ...] = field(default=(), validator=is_tuple)
    scoring: ScoringRule | None = field(default=None, validator=optional(answers("scores")))
    ranking: RankBy | None = field(default=None, validator=optional(is_a(RankBy)))
    figures: tuple[Figure, ...] = field(default=(), validator=is_tuple)
    boards: tuple[Board, ...] = field(default=(), validator=is_tuple)
    ladders: tuple[Ladder, ...] = field(default=(), validator=is_tuple)
    deadlines: tuple[Limit, ...] = field(default=(), validator=is_tuple)
    duties: tuple[Routine, ...] = field(default=(), validator=deep_iterable(is_a(Routine), is_tuple))
    exempt: Condition | None = field(default=None, validator=optional(answers("at")))
    head: str = ""
    provider: str = field(default="", eq=False)
    judged_on: Literal["first day", "last day"] = field(default="first day", validator=one_of("first day", "last day"))

    def __attrs_post_init__(self) -> None:
        faults = [*self._missing_ranking(), *self._names_used_twice(), *self._unknown_names(), *self._misplaced()]
        for figure in self.ranked:
            faults += _odd_cadences((figure.rule, *figure.ranking.breakers), self.cadence)
        if faults:
            raise SchemeError(f"scheme {self.id}: {'; '.join(faults)}")

    def view(self, language: Language = "zh") -> View:
        """The words of `describe`, as a notebook shows them."""
        from envgov.wording.views import view_of

        return view_of(self, language)

    @property
    def better(self) -> Better | None:
        return None if self.scoring is None else self.scoring.better

    @property
    def edition(self) -> str:
        return self.since.isoformat()

    def judges(self, round: Round) -> bool:
        """Whether this edition is in force for a round, if no later one is."""
        return self.since <= (round.start if self.judged_on == "first day" else round.last_day)

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

    def refuse_small_groups(self, figure: str, sizes: Counter[str], what: str, label: str) -> None:
        """Lists by rank need room in each group; in a group of one unit nobody is first or last, and none is named.

        Raises:
            FieldError: naming the round, the list, the room it needs, and the group with its size.
        """
        by_board = "say in small_field= of the board what happens then"
        by_ladder = "put the list on a board with small_field=, and let the ladder ask placed(board, tier)"
        refusing = [board for board in self.boards if board.small_field == "refuse"]
        lists = [(f"board {board.id!r}", Lists(board), by_board) for board in refusing]
        lists += [(f"the ladder to {ladder.rungs[-1].measure!r}", Lists(ladder), by_ladder) for ladder in self.ladders]
        lists += [("the whole of its boards and ladders", Lists((*refusing, *self.ladders)), by_board)]
        for group, size in sizes.items():
            for name, named, way_out in lists:
                if 1 < size < (room := named.room(figure, size)):
                    where = f"group {group!r}" if group else "the field"
                    raise FieldError(
                        f"scheme {self.id}, {label}: {name} needs a group of {room} units, and {where} has {size} "
                        f"{what}: shorten the list, widen the field, or {way_out}"
                    )

    def _missing_ranking(self) -> list[str]:
        if (self.scoring is None) == (self.ranking is None):
            return ["figures need scoring and ranking beside them"] if self.scoring is None and self.figures else []
        return ["scoring and ranking come together: give both, or neither"]

    def _names_used_twice(self) -> list[str]:
        named = {
            "figure": [SCORE, *(figure.name for figure in self.figures)],
            "board": [board.id for board in self.boards],
            "rung": [rung.measure for ladder in self.ladders for rung in ladder.rungs],
            "return": [f"{r.what} of {who}" for r in self.duties for who in (r.owed_by or (r.of_level,))],
        }
        return [
            f"{what} {name!r} is defined {n} times"
            for what, names in named.items()
            for name, n in Counter(names).items()
            if n > 1
        ]

    def _unknown_names(self) -> list[str]:
        figures = {figure.name: bool(figure.ranking.breakers) for figure in self.ranked}
        boards: dict[str, Board] = {}
        wrong = []
        for board in self.boards:
            for term in terms_in(board):
                wrong += _unknown_in(term, figures, boards, self.head)
            boards[board.id] = board
        for ladder in self.ladders:
            for term in terms_in(ladder):
                wrong += _unknown_in(term, figures, boards, self.head)
            lighter: list[str] = []
            for rung in ladder.rungs:
                there = f"there is {', '.join(map(repr, lighter)) or 'none'}"
                for name in sorted(set(rung.supersedes) - set(lighter)):
                    wrong.append(f"{name!r} is superseded by {rung.measure!r} and is no lighter rung: {there}")
                lighter.append(rung.measure)
        return list(dict.fromkeys(wrong))

    def _misplaced(self) -> list[str]:
        """Conditions that cannot be answered where they are asked, or never hold there."""
        wrong = [
            f"{term!r}: who is exempt is asked before anything is ranked: say it by designated() and ruled()"
            for term in terms_in(self.exempt)
            if not isinstance(term, designated | ruled | all_of | any_of | not_)
        ]
        of_units = (*self.boards, *(ladder for ladder in self.ladders if ladder.subject == "unit"))
        wrong += [
            f"{term!r} asks about an issue: count them in a figure, or let a ladder have issues as subject"
            for term in terms_in(of_units)
            if getattr(term, "subject", "") == "issue" and hasattr(term, "at")
        ]
        wrong += [
            f"{term!r}: name the board: a board knows the tiers of those before it, and earlier rounds those of all"
            for term in terms_in(self.boards)
            if isinstance(term, praised | sanctioned) and term.board is None
        ]
        counters = [t for t in terms_in(self.ladders) if hasattr(t, "repeat") and hasattr(t, "when")]
        for counter in counters:
            wrong += [
                f"{term!r} asks about an issue, and rounds leave no record of issues that {counter.kind} could count"
                for term in terms_in(counter.when)
                if getattr(term, "subject", "") == "issue"
            ]
        wrong += [
            f"{term!r}: no {term.within!r} holds more than one round, so nothing is met {term.k} times in it"
            for term in terms_in((self.boards, self.ladders))
            if isinstance(term, cumulative) and term.k > 1 and not self._is_finer_than(term.within)
        ]
        return list(dict.fromkeys(wrong))

    def _is_finer_than(self, cadence: Cadence) -> bool:
        longer, own = cadence.round_of(self.since), self.cadence.round_of(self.since)
        return longer.end - longer.start > own.end - own.start


def _odd_cadences(rule: Any, cadence: Cadence | None) -> list[str]:
    """Comparisons with an earlier round of another cadence than the rule is asked for: a week is no month.

    None: the rule is asked for a span that grows from round to round, and none is like it.
    """
    if isinstance(rule, tuple):
        return [fault for part in rule for fault in _odd_cadences(part, cadence)]
    if isinstance(rule, mean_over):
        return _odd_cadences(rule.of, rule.cadence)
    if isinstance(rule, to_date):
        return _odd_cadences(rule.of, None)
    wrong = isinstance(rule, change | count_repeats) and rule.cadence != cadence
    asked = "what has grown up to date" if cadence is None else repr(cadence)
    faults = [f"{rule!r}: looks back on rounds of another cadence than {asked}"] if wrong else []
    if attrs.has(type(rule)):
        for a in attrs.fields(type(rule)):
            faults += _odd_cadences(getattr(rule, a.name), cadence)
    return faults


def in_force(editions: Iterable[Scheme], round: Round) -> Scheme | None:
    """The latest of a scheme's editions that judges a round; None before the first."""
    judging = [edition for edition in editions if edition.judges(round)]
    return max(judging, key=lambda edition: edition.since, default=None)


def _unknown_in(term: Any, figures: dict[str, bool], boards: dict[str, Board], head: str) -> list[str]:
    """What a condition names and the scheme does not have.

    `figures` tell whether they have breakers; `boards` are those that stand before the condition.
    """
    match term:
        case placed(board=board, tier=tier):
            if board not in boards or tier not in boards[board].names:
                tiers = [f"{b.id}: {', '.join(b.names)}" for b in boards.values()]
                return [
                    f"{term!r}: no such tier on a board that stands before; there is {'; '.join(tiers) or 'no board'}"
                ]
        case praised(board=board) | sanctioned(board=board):
            asked = boards.values() if board is None else [boards[board]] if board in boards else []
            side = "praise" if isinstance(term, praised) else "sanction"
            if not any(t.side == side for b in asked for t in b.tiers):
                return [f"{term!r}: no tier with side={side!r} on a board that stands before"]
    of = getattr(term, "of", None)
    if isinstance(of, str) and hasattr(term, "at"):
        if not figures:
            return [f"{term!r}: nothing is ranked there: give scoring and ranking, or leave it out"]
        if of not in figures:
            return [f"{term!r}: no figure is named {of!r}"]
        if getattr(term, "ties", "") == "break" and not figures[of]:
            return [f"{term!r}: the ranking of {of!r} has no breakers"]
    if getattr(term, "heads", "") == "restart" and not head:
        return [f"{term!r}: say in head= which role heads a unit"]
    return []
