"""Counters as windows over a unit's rounds: how long a run is, how often something held, in each possible world.

A unit has a row in every round that was held. Going back from one of them, a count ends at a *stop*; the rows after a
stop, and the next stop itself, are a *block*, within which counts are running sums. What is left to a person makes a
place *open*: the count may end there, or go on. So a count lies between a least and a greatest, and both are differences
of running sums. Who heads a unit now decides whether earlier heads stop the count: where that is not known, every
earlier place is open, and no head stops it.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import Any, NamedTuple

import narwhals.stable.v2 as nw
from attrs import field, frozen

from envgov.frames.engine import INT, Expr, floor_div, one, whole
from envgov.frames.kleene import NO, OPEN, agreed, choose, fails, holds
from envgov.frames.lookback import looks_back, seen_at, settled_at
from envgov.frames.places import Places, answer_of
from envgov.frames.register import Register
from envgov.policy.conditions.counters import LASTING, cumulative, k_of_last, streak

NOWHERE = nw.col("round").is_null()
"""What holds of no row, as a column: windows run over nothing less."""


def _either(one: Expr, other: Expr) -> Expr:
    """Where one of the two holds; a plan need not ask for what holds nowhere."""
    if one is NOWHERE or other is NOWHERE:
        return other if one is NOWHERE else one
    return one | other


class _Answered(NamedTuple):
    """What a counter asked at each place: whether it could be answered (the name of that column), and what."""

    is_seen: str
    certain: Expr
    possible: Expr
    pending: Expr

    @property
    def seen(self) -> Expr:
        return nw.col(self.is_seen)


def _asked(counter: Any, places: Places) -> _Answered:
    answer = places.ask(counter.when)
    is_seen = places.register.name(seen_at(counter, places))
    seen = nw.col(is_seen)
    return _Answered(is_seen, seen & holds(answer), seen & ~fails(answer), seen & answer.is_null())


class _Changes(NamedTuple):
    """What changes of editions do to a count, and those of heads, where it is known who heads the unit now."""

    stop: Expr
    head_stop: Expr
    head_unknown: Expr


def _changes(counter: Any, places: Places) -> _Changes:
    stop = head_stop = head_unknown = NOWHERE
    if counter.editions == "restart" and (edition := places.edition) is not None:
        stop = places.once("edition", lambda: _edition_ends(edition))
    if counter.heads == "restart" and (heads := places.heads) is not None:
        head_unknown = heads.is_null()
        head_stop = places.once("head", lambda: _head_ends(places.register, heads))
    return _Changes(stop, head_stop, head_unknown)


def _edition_ends(edition: Expr) -> Expr:
    return (_back(edition, -1, "unit") != edition).fill_null(value=False)


def _head_ends(register: Register, heads: Expr) -> Expr:
    """Where the next head that is known is another one."""
    known = register.name(~heads.is_null())
    return (nw.col(known) & (_back(heads, -1, "unit", known) != heads)).fill_null(value=False)


def _gaps(counter: Any, places: Places, seen: Expr) -> tuple[Expr, Expr]:
    """Where missing rounds and absences stop a count, and where they leave it open."""
    unheld = places.once("unheld", lambda: _missed(places))
    stop = open_ = NOWHERE
    for bridge, gap in ((counter.unheld, unheld), (counter.absent, ~seen)):
        stop = _either(stop, gap) if bridge == "break" else stop
        open_ = _either(open_, gap) if bridge == "decide" else open_
    return stop, open_


def _missed(places: Places) -> Expr:
    """Where the next round that was held does not begin on the day when this one ends."""
    position, missed = 0, [0]
    for earlier, later in pairwise(places.rounds):
        position += 1 if earlier.end == later.start else 2
        missed.append(position - len(missed))
    at = nw.col("round") + places.register.per_round(missed)
    return (_back(at, -1, "unit") - at > whole(1)).fill_null(value=False)


def _back(column: Expr, n: int, *part: str) -> Expr:
    """The column n rows of the part before, or after; null where there is none."""
    return column.shift(n).over(*part, order_by="round")


def _sum(condition: Expr, *part: str) -> Expr:
    """How often it held in the part, this row included."""
    return one(condition).cum_sum().over(*part, order_by="round").cast(INT)


@frozen
class _Blocks:
    """The rows of each unit, parted at its stops, with the number of those that were `seen` so far in the block."""

    register: Register
    part: tuple[str, ...]
    seen_part: tuple[str, ...]
    level_part: tuple[str, ...]
    n: Expr
    sums: dict[str, Expr] = field(factory=dict)

    def back(self, column: Expr, n: int) -> Expr:
        """The column at the place that was seen n seen places before this one; null where the block has none."""
        return _back(column, n, *self.seen_part)

    def sum(self, name: str, condition: Expr) -> Expr:
        """How often what has that name held in the block, this row included."""
        if name not in self.sums:
            self.sums[name] = self.register.keep(_sum(condition, *self.part))
        return self.sums[name]

    def at_level(self, condition: Expr) -> Expr:
        """Whether it holds of a row between this seen place and the next, or of this one."""
        if condition is NOWHERE:
            return one(NOWHERE)
        return self.register.keep(one(condition).max().over(*self.level_part))

    def last(self, condition: Expr, number: Expr) -> Expr:
        """A number that never falls, at the last earlier row of the block where it holds; -1 where it does nowhere."""
        if condition is NOWHERE:
            return whole(-1)
        there = choose((condition, number), otherwise=whole(-1))
        so_far = self.register.keep(there.cum_max().over(*self.part, order_by="round").cast(INT))
        return _back(so_far, 1, *self.part).fill_null(-1)


def _blocks(register: Register, stop: Expr, seen: str, *within: str) -> _Blocks:
    part = ("unit", *within)
    if stop is not NOWHERE:
        part = (*part, register.name(_sum(stop, "unit") - one(stop)))
    n = register.name(_sum(nw.col(seen), *part))
    return _Blocks(register, part, (*part, seen), (*part, n), nw.col(n))


def _counted(counter: Any, changes: _Changes, known: Expr, unknown: Any) -> Expr:
    """The answer where it is known who heads the unit, or the other one."""
    return choose((changes.head_unknown, unknown()), otherwise=known) if counter.heads == "restart" else known


@answer_of.register
@looks_back
def _streak(counter: streak, places: Places) -> Expr:
    register, k, repeat = places.register, counter.k, counter.repeat
    now, changes = _asked(counter, places), _changes(counter, places)
    gap, open_gap = _gaps(counter, places, now.seen)
    stop = _either(_either(changes.stop, gap), now.seen & ~now.possible)
    open_ = _either(_either(open_gap, changes.head_unknown), now.pending)
    blocks = _blocks(register, _either(stop, changes.head_stop), now.is_seen)
    n = blocks.n
    last = blocks.last(open_, n)
    least = choose((now.pending, whole(0)), (last > whole(0), n - last), otherwise=n)
    if repeat == "each":
        some, others = n >= whole(k), least < whole(k)
    elif repeat == "once":
        some = (n == whole(k)) | (blocks.back(blocks.at_level(open_), k).fill_null(0) == whole(1))
        others = (n != whole(k)) | (least != n)
    else:
        rest = register.name(n - floor_div(n, whole(k), spark=register.spark) * whole(k))
        opened = _sum(open_, *blocks.part) - one(open_)
        like = _sum(open_, *blocks.part, rest) - one(open_)
        some = (nw.col(rest) == whole(0)) | (like > whole(0))
        others = (nw.col(rest) != whole(0)) | (opened > like) | now.pending

    def unknown() -> Expr:
        run = _blocks(register, stop, now.is_seen).n
        least = choose((now.pending, whole(0)), otherwise=whole(1))
        return _fires(repeat, k, least, run, register)

    answer = _counted(counter, changes, agreed(some=some, others=others), unknown)
    return places.settle(counter, choose((now.possible, answer), otherwise=NO))


def _fires(repeat: str, k: int, least: Expr, most: Expr, register: Register) -> Expr:
    """What a count says that may be any number from the least to the most."""
    some, others = _worlds(repeat, k, least, most, register)
    return agreed(some=some, others=others)


def _worlds(repeat: str, k: int, least: Expr, most: Expr, register: Register) -> tuple[Expr, Expr]:
    """Whether the counter fires for one of these counts, and whether it does not for one."""
    n = whole(k)
    if repeat in ("each", LASTING):
        return most >= n, least < n
    if repeat == "once":
        return (least <= n) & (most >= n), (least != n) | (most != n)
    below = floor_div(nw.max_horizontal(least, whole(1)) - whole(1), n, spark=register.spark)
    multiples = floor_div(most, n, spark=register.spark) - below
    counts = most - nw.max_horizontal(least, whole(1)) + whole(1)
    return multiples > whole(0), (least < whole(1)) | (counts > multiples)


@answer_of.register
@looks_back
def _cumulative(counter: cumulative, places: Places) -> Expr:
    register, k, repeat = places.register, counter.k, counter.repeat
    now, changes = _asked(counter, places), _changes(counter, places)
    lasting = repeat == LASTING
    starts = [counter.within.round_of(round.last_day).start.toordinal() for round in places.rounds]
    span = register.name(register.per_round([start - starts[0] for start in starts]))
    first_least, first_most = (one(now.certain), one(now.possible)) if lasting else (whole(1), whole(1))

    def counts(stop: Expr) -> tuple[_Blocks, Expr, Expr, Expr, Expr]:
        blocks = _blocks(register, stop, now.is_seen, span)
        certain, possible = blocks.sum("certain", now.certain), blocks.sum("possible", now.possible)
        least = first_least + certain - one(now.certain)
        most = first_most + possible - one(now.possible)
        return blocks, certain, possible, least, most

    blocks, certain, possible, least, most = counts(_either(changes.stop, changes.head_stop))
    some, others = _worlds(repeat, k, least, most, register)
    if counter.heads == "restart":
        more, fewer = _ended(counter, places, blocks, changes, (certain, possible, least, most))
        some, others = some | more, others | fewer
    if not lasting:
        others = others | now.pending

    def unknown() -> Expr:
        *_, most = counts(changes.stop)
        some, others = _worlds(repeat, k, first_least, most, register)
        return agreed(some=some, others=others if lasting else others | now.pending)

    answer = _counted(counter, changes, agreed(some=some, others=others), unknown)
    return places.settle(counter, answer if lasting else choose((now.possible, answer), otherwise=NO))


def _ended(
    counter: cumulative, places: Places, blocks: _Blocks, changes: _Changes, counts: tuple[Expr, Expr, Expr, Expr]
) -> tuple[Expr, Expr]:
    """What the counter says if the count ended at an earlier place of the block whose head is not known."""
    certain, possible, least, most = counts
    if counter.repeat in ("each", LASTING):  # the fewest decide, and they are those since the last such place
        by_then = blocks.last(changes.head_unknown, certain)
        return NOWHERE, (by_then >= whole(0)) & (least - by_then < whole(counter.k))
    rounds = Counter(counter.within.round_of(round.last_day).start for round in places.rounds)
    some, others = NOWHERE, NOWHERE
    for n in range(1, max(rounds.values())):
        ended, certain_then, possible_then = (
            _back(column, n, *blocks.part).fill_null(0) for column in (one(changes.head_unknown), certain, possible)
        )
        fires, fails_to = _worlds(
            counter.repeat, counter.k, least - certain_then, most - possible_then, places.register
        )
        some = some | ((ended == whole(1)) & fires)
        others = others | ((ended == whole(1)) & fails_to)
    return some, others


@answer_of.register
@looks_back
def _k_of_last(counter: k_of_last, places: Places) -> Expr:
    register, k, m = places.register, counter.k, counter.m
    now, changes = _asked(counter, places), _changes(counter, places)
    gap, open_gap = _gaps(counter, places, now.seen)
    open_ = _either(open_gap, changes.head_unknown)
    stop = _either(changes.stop, gap)

    def held(blocks: _Blocks, name: str, holding: Expr) -> Expr:
        """In how many of the last m places that were seen it held."""
        so_far = blocks.sum(name, holding)
        return so_far - blocks.back(so_far, m).fill_null(0)

    blocks = _blocks(register, _either(stop, changes.head_stop), now.is_seen)
    certain = blocks.sum("certain", now.certain)
    opened, by_then = blocks.last(open_, blocks.n), blocks.last(open_, certain)
    is_open = (opened >= whole(0)) & (blocks.n - opened < whole(m))
    least = choose(
        (now.pending, whole(0)), (is_open, certain - by_then), otherwise=held(blocks, "certain", now.certain)
    )
    met = agreed(some=held(blocks, "possible", now.possible) >= whole(k), others=least < whole(k))
    unsure: _Blocks | None = None
    if counter.heads == "restart":
        unsure = _blocks(register, stop, now.is_seen)
        known_not = agreed(some=held(unsure, "possible", now.possible) >= whole(k), others=one(now.certain) < whole(k))
        met = choose((changes.head_unknown, known_not), otherwise=met)
    met = choose((now.possible, met), otherwise=NO)
    if counter.repeat == "each":
        return places.settle(counter, met)
    settled = settled_at(counter, places, places.settle(counter, met))
    before = blocks.back(settled, 1)
    between = blocks.back(blocks.at_level(open_), 1) == whole(1)
    again = choose((blocks.n <= whole(1), NO), (between & holds(before), OPEN), otherwise=before)
    if unsure is not None:
        before = unsure.back(settled, 1)
        then = choose((unsure.n <= whole(1), NO), (holds(before), OPEN), otherwise=before)
        again = choose((changes.head_unknown, then), otherwise=again)
    once = choose((fails(met), NO), (holds(again), NO), (again.is_null(), OPEN), otherwise=met)
    return places.settle(counter, choose((now.seen, once), otherwise=NO))
