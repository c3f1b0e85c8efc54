"""The places of all units in all rounds: what conditions look at, and their answers as columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import singledispatch
from typing import Any

import narwhals.stable.v2 as nw
from attrs import evolve, field, frozen

from envgov.facts.round import Round
from envgov.frames.engine import Expr, Frame, floor_div, small_table, whole
from envgov.frames.kleene import NO, OPEN, YES, choose
from envgov.frames.past import Asked, Counted, Past
from envgov.frames.ranking import Standings
from envgov.frames.refusal import refuse_kind
from envgov.frames.register import Register
from envgov.frames.rulings import Ruled
from envgov.frames.sheet import KEYS
from envgov.frames.tables import Maxima
from envgov.policy.boards import Board, Lists
from envgov.policy.conditions import places as on
from envgov.policy.conditions.condition import Condition
from envgov.results.placement import Side
from envgov.scheme import Scheme


@frozen
class Placements:
    """Where a board put each unit that was assessed: the position of its tier, -1 while it is pending.

    `open` says of each tier whether a pending unit may end there.
    """

    board: Board
    tier: Expr
    open: tuple[Expr, ...]

    def side(self, side: Side) -> Expr:
        """Whether a unit stands on that side; null while it may."""
        sided = [n for n, tier in enumerate(self.board.tiers) if tier.side == side]
        stands, may = NO, NO
        for n in sided:
            stands, may = stands | (self.tier == whole(n)), may | self.open[n]
        return choose((stands, YES), (may, OPEN), otherwise=NO)


@frozen(eq=False)
class Places:
    """The columnar form of a `Place`, of every unit in every round that was held.

    `judged` are those that boards and ladders ask about. `assessed` says of whom a condition without figure or board
    is asked, where a round was held. `fit` is the board whose lists fit small groups. `of` is the edition that judges
    these rounds, `asking` the one that asks, if that is a later one, which counts them; `counted` is what its counters
    asked, and `past` what they asked in closed rounds.
    """

    register: Register
    rounds: Sequence[Round]
    designations: Frame
    slips: Frame
    rulings: tuple[Ruled, ...]
    inside: Expr
    assessed: Expr
    judged: Expr
    standings: Mapping[str, Standings] = field(factory=dict)
    placements: Mapping[str, Placements] = field(factory=dict)
    maxima: Maxima = field(factory=Maxima)
    heads: Expr | None = None
    edition: Expr | None = None
    fit: Board | None = None
    asked: dict[object, Any] = field(factory=dict)
    of: str = ""
    asking: Scheme | None = None
    past: Past | None = None
    counted: dict[Counted, Asked] = field(factory=dict)

    @property
    def board(self) -> str:
        return "" if self.fit is None else self.fit.id

    def counts(self, counter: Condition) -> Counted:
        return Counted(self.of if self.asking is None else self.asking.edition, self.board, repr(counter))

    def fitted(self, board: Board) -> Places:
        """As this board's conditions see them."""
        return self if board.small_field == "refuse" else evolve(self, fit=board)

    def ask(self, condition: Condition) -> Expr:
        """Whether it holds, at each place: null where a person decides."""
        return self.once((condition, self.board), lambda: answer_of(condition, self))

    def once(self, name: object, column: Callable[[], Expr]) -> Expr:
        """A column that many ask for, kept when it is asked for first."""
        if name not in self.asked:
            self.asked[name] = self.register.keep(column())
        known: Expr = self.asked[name]
        return known

    def settle(self, condition: Condition, held: Expr) -> Expr:
        """The answer; where the rules leave it open, that of a ruling, if there is one."""
        ruled = self.ruling(condition)
        return held if ruled is None else choose((held.is_null(), ruled), otherwise=held)

    def ruling(self, condition: Condition) -> Expr | None:
        """What was ruled on it, null where nothing was; None: nowhere."""
        text = repr(condition)
        found = {
            (position, ruling.unit): ruling.holds
            for ruling in self.rulings
            if ruling.condition == text and not ruling.issue
            for position, round in enumerate(self.rounds)
            if ruling.concerns in round
        }
        if not found:
            return None
        rows = [(*key, holds) for key, holds in found.items()]
        (ruled,) = self.register.note({"round": int, "unit": str, "holds": bool}, rows)
        return ruled


@singledispatch
def answer_of(condition: Any, places: Places) -> Expr:
    """The columnar form of a condition: whether it holds at each place; null is pending.

    A kind of one's own gives it by a method `columns(places)`.

    Raises:
        FramesError: a kind without one.
    """
    if not hasattr(condition, "columns"):
        refuse_kind(condition, "a method columns(places)")
    answer: Expr = condition.columns(places)
    return answer


@answer_of.register(on.top)
@answer_of.register(on.bottom)
@answer_of.register(on.top_share)
@answer_of.register(on.bottom_share)
def _cut(condition: Any, places: Places) -> Expr:
    s = places.standings[condition.of]
    n = _seats(condition, s.size, places)
    if places.register.spark:  # it would write out each of the places below where this is read
        n = places.register.keep(n)
    first = condition.end == "first"
    nearer = s.ahead if first else s.behind
    if condition.ties == "include":
        tied = YES
    elif condition.ties == "exclude":
        tied = NO
    elif condition.ties == "decide":
        tied = OPEN
    else:
        in_tie = s.before if first else s.tied - s.before - s.level
        tied = _within(n, nearer + in_tie, s.level, OPEN)
    alone = s.tied == s.size
    return places.settle(condition, choose((~s.known | alone, NO), otherwise=_within(n, nearer, s.tied, tied)))


def _within(n: Expr, nearer: Expr, level: Expr, otherwise: Expr) -> Expr:
    """`otherwise`: where of the units that are level, some are within n and some are not."""
    return choose((nearer >= n, NO), (nearer + level <= n, YES), otherwise=otherwise)


def _seats(condition: Any, size: Expr, places: Places) -> Expr:
    """What a list takes of a group: all that it asks for where the board's lists have room, else as declared."""
    wanted = _wanted(condition, size, spark=places.register.spark)
    board = places.fit
    if board is None:
        return wanted
    room = room_of(board.lists, condition.of, size, spark=places.register.spark)
    if board.small_field == "none":
        less = whole(0)
    elif board.small_field == "fewer":
        less = floor_div(wanted * size, nw.max_horizontal(room, whole(1)), spark=places.register.spark)
    else:
        percent, hundred = board.share.as_integer_ratio() if board.share is not None else (0, 1)
        share = floor_div(whole(percent) * size, whole(100 * hundred), spark=places.register.spark)
        less = nw.min_horizontal(wanted, share)
    return choose((size >= room, wanted), otherwise=less)


def room_of(lists: Lists, figure: str, size: Expr, *, spark: bool) -> Expr:
    """As `Lists.room` has it: the longest list from each end side by side, and one more than the longest of all."""
    ends: dict[str, list[Expr]] = {}
    for part in lists.of(figure):
        ends.setdefault(part.end, []).append(_wanted(part, size, spark=spark))
    longest = [nw.max_horizontal(whole(0), *seats) for seats in ends.values()]
    both = longest[0] if len(longest) == 1 else longest[0] + longest[1]
    return nw.max_horizontal(both, *(seats + whole(1) for seats in longest))


def _wanted(condition: Any, size: Expr, *, spark: bool) -> Expr:
    """What a list has to give in a group of that size."""
    if isinstance(condition, on.top | on.bottom):
        return whole(condition.n)
    percent, hundred = condition.percent.as_integer_ratio()
    hundred *= 100
    exact = whole(percent) * size
    doubled = {"down": exact, "up": exact + whole(hundred - 1), "half up": whole(2) * exact + whole(hundred)}
    by = 2 * hundred if condition.rounding == "half up" else hundred
    rounded = floor_div(doubled[condition.rounding], whole(by), spark=spark)
    return nw.min_horizontal(rounded, size - whole(1))


@answer_of.register
def _at_least(condition: on.at_least, places: Places) -> Expr:
    s = places.standings[condition.of]
    return s.known & (s.less(condition, places.maxima) >= whole(0))


@answer_of.register
def _below(condition: on.below, places: Places) -> Expr:
    s = places.standings[condition.of]
    return s.known & (s.less(condition, places.maxima) < whole(0))


@answer_of.register
def _at_most(condition: on.at_most, places: Places) -> Expr:
    s = places.standings[condition.of]
    return s.known & (s.less(condition, places.maxima) <= whole(0))


@answer_of.register
def _above(condition: on.above, places: Places) -> Expr:
    s = places.standings[condition.of]
    return s.known & (s.less(condition, places.maxima) > whole(0))


@answer_of.register
def _above_mean(condition: on.above_mean, places: Places) -> Expr:
    s = places.standings[condition.of]
    return s.known & (s.less_mean(condition, places.register, places.maxima) > whole(0))


@answer_of.register
def _below_mean(condition: on.below_mean, places: Places) -> Expr:
    s = places.standings[condition.of]
    return s.known & (s.less_mean(condition, places.register, places.maxima) < whole(0))


@answer_of.register
def _designated(condition: on.designated, places: Places) -> Expr:
    named = places.designations.filter(nw.col("designation") == nw.lit(condition.name))
    named = named.select("unit", is_named=nw.lit(value=True)).unique()
    (is_named,) = places.register.join(named, "is_named", on=["unit"])
    return places.inside & is_named.fill_null(value=False)


@answer_of.register
def _placed(condition: on.placed, places: Places) -> Expr:
    placements = places.placements.get(condition.board)
    if placements is None:
        return NO
    if condition.tier not in placements.board.names:
        return places.judged & _may_be_renamed(placements, places)
    n = placements.board.names.index(condition.tier)
    stands = places.judged & (placements.tier == whole(n))
    return choose((places.judged & placements.open[n], OPEN), otherwise=stands)


def _may_be_renamed(placements: Placements, places: Places) -> Expr:
    """Of a tier that the board had not: open where the unit stood in one that the edition which asks has no more."""
    assert places.asking is not None
    known = {name for board in places.asking.boards if board.id == placements.board.id for name in board.names}
    gone = [-1, *(n for n, name in enumerate(placements.board.names) if name not in known)]
    return choose((placements.tier.is_in(gone), OPEN), otherwise=NO)


@answer_of.register
def _praised(condition: on.praised, places: Places) -> Expr:
    return _sided(condition.board, places, "praise")


@answer_of.register
def _sanctioned(condition: on.sanctioned, places: Places) -> Expr:
    return _sided(condition.board, places, "sanction")


def _sided(board: str | None, places: Places, side: Side) -> Expr:
    held = NO
    for placements in places.placements.values():
        if board in (None, placements.board.id):
            held = held | placements.side(side)
    return choose((places.judged, held), otherwise=NO)


@answer_of.register
def _ruled(condition: on.ruled, places: Places) -> Expr:
    ruled = places.ruling(condition)
    return NO if ruled is None else ruled.fill_null(value=False)


@answer_of.register
def _unit_slipped(condition: on.unit_slipped, places: Places) -> Expr:
    spans = [
        (n, min(round.start, condition.within.round_of(round.last_day).start), round.end)
        for n, round in enumerate(places.rounds)
    ]
    slips = places.slips.filter(nw.col("slip") == nw.lit(condition.level))
    rounds = small_table(slips, {"round": int, "since": date, "end": date}, spans)
    issued = slips.join(rounds, how="cross").filter(nw.col("day") >= nw.col("since"), nw.col("day") < nw.col("end"))
    (issued_to,) = places.register.join(issued.select(*KEYS, issued=nw.lit(value=True)).unique(), "issued")
    return places.inside & issued_to.fill_null(value=False)
