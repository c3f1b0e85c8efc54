"""Counters: conditions that ask how often another condition held, in this round and before."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import chain
from typing import Literal, Protocol

from attrs import field, frozen

from envgov.errors import SchemeError
from envgov.policy.calendar.cadences import Cadence
from envgov.policy.conditions.condition import Condition, Needs, answer_of, needs_of
from envgov.policy.conditions.logic import is_answered
from envgov.policy.term import answers, at_least_one, one_of, term
from envgov.reason import Reason
from envgov.results.history import Gap, Place

Bridge = Literal["break", "skip", "decide"]
Repeat = Literal["once", "each", "every k"]
Count = Literal["once", "each", "every k", "from then on"]
Carry = Literal["carry", "restart"]
BRIDGES = ("break", "skip", "decide")
REPEATS = ("once", "each", "every k")
LASTING = "from then on"
CARRIES = ("carry", "restart")


class _Counter(Protocol):
    @property
    def editions(self) -> Carry: ...
    @property
    def heads(self) -> Carry: ...


class _Run(_Counter, Protocol):
    @property
    def unheld(self) -> Bridge: ...
    @property
    def absent(self) -> Bridge: ...


def _changes(counter: _Counter, now: Place, then: Place) -> Iterator[tuple[Gap, Bridge]]:
    """What has changed since an earlier round, and whether that ends a count."""
    round = then.record.round
    if counter.editions == "restart" and then.record.edition != now.record.edition:
        yield Gap(round, "edition"), "break"
    if counter.heads == "restart":
        heads = now.record.heads_of(now.unit), then.record.heads_of(then.unit)
        if not all(heads):
            yield Gap(round, "head unknown"), "decide"
        elif heads[0] != heads[1]:
            yield Gap(round, "head"), "break"


def _gaps(counter: _Run, now: Place, then: Place, later: Place, *, met: bool) -> Iterator[tuple[Gap, Bridge]]:
    """What lies between an earlier place and the later one that was looked at, and what it does to the count."""
    round = then.record.round
    if round.end != later.record.round.start:
        yield Gap(round, "unheld"), counter.unheld
    yield from _changes(counter, now, then)
    if not met:
        yield Gap(round, "absent"), counter.absent


def _fires(repeat: Count, k: int, count: int) -> bool:
    if repeat == "once":
        return count == k
    if repeat in ("each", LASTING):
        return count >= k
    return count > 0 and count % k == 0


@term("streak")
@frozen(repr=False)
class streak:
    """`when` held `k` rounds running, this one included (连续k次). Not for a unit that is absent in this one.

    Everything that ends or bridges a run is declared. `unheld`: rounds are missing between two that were held;
    `absent`: a round was held without the unit, or without a figure or board on which the answer of `when` rests: of
    `any_of`, one part that holds is enough, and of `all_of`, one that does not. Each breaks the run, is skipped, or
    leaves it to a person ("decide": pending, where the answer depends on it). `repeat`: a longer run fires "once", at
    k exactly; in "each" round from k on; or at "every k" rounds (k, 2k, 3k). `editions` and `heads`: rounds judged by
    another edition, or under other heads, count ("carry") or end the run ("restart"); where a head is not known, that
    is left to a person.
    """

    when: Condition = field(validator=answers("at"))
    k: int = field(validator=at_least_one)
    unheld: Bridge = field(kw_only=True, validator=one_of(*BRIDGES))
    absent: Bridge = field(kw_only=True, validator=one_of(*BRIDGES))
    repeat: Repeat = field(kw_only=True, validator=one_of(*REPEATS))
    editions: Carry = field(kw_only=True, validator=one_of(*CARRIES))
    heads: Carry = field(kw_only=True, validator=one_of(*CARRIES))

    def at(self, place: Place) -> Reason:
        now = answer_of(self.when, place)
        if now.value is False or not self.sees(place):
            return Reason(self, False, (now,))
        seen: list[object] = [now]  # newest first: the answers of the run, the gaps in it, and what ended it
        lengths = {0} if now.value is None else set[int]()  # what the run may be, given what is pending
        length, later = 1, place
        for p in place.back():
            if self.repeat != "every k" and length > self.k:
                break  # neither "once" nor "each" changes with a longer run
            met = self.sees(p)
            bridges = set()
            for gap, bridge in _gaps(self, place, p, later, met=met):
                seen.append(gap)
                bridges.add(bridge)
            if "break" in bridges:
                break
            if "decide" in bridges:
                lengths.add(length)
            later = p
            if not met:
                continue
            reason = answer_of(self.when, p)
            seen.append(reason)
            if reason.value is False:
                break
            if reason.value is None:
                lengths.add(length)
            length += 1
        lengths.add(length)
        answers = {_fires(self.repeat, self.k, length) for length in lengths}
        return place.settle(self, answers.pop() if len(answers) == 1 else None, *seen)

    def sees(self, place: Place) -> bool:
        """Whether the round gave the unit what the answer of `when` rests on."""
        return self._needs.are_met(place) or is_answered(self.when, place)

    @cached_property
    def _needs(self) -> Needs:
        return needs_of(self.when)


@term("cumulative")
@frozen(repr=False)
class cumulative:
    """`when` holds in this round, for the k-th time within the year, or another cadence's round (年内累计k次).

    A round counts in the year in which it ends, and the count begins anew with the next. Rounds that were not held,
    or held without the unit, do not count and change nothing. `repeat`, `editions` and `heads` as for `streak`:
    "once" fires at the k-th time, "each" at every time from the k-th on; "from then on" it holds in each round from the
    k-th time to the end of the span, whether `when` holds in it or not (年内累计k次的，当年不得评优).
    """

    when: Condition = field(validator=answers("at"))
    k: int = field(validator=at_least_one)
    within: Cadence = field(kw_only=True, validator=answers("round_of"))
    repeat: Count = field(kw_only=True, validator=one_of(*REPEATS, LASTING))
    editions: Carry = field(kw_only=True, validator=one_of(*CARRIES))
    heads: Carry = field(kw_only=True, validator=one_of(*CARRIES))

    def at(self, place: Place) -> Reason:
        now = answer_of(self.when, place)
        counts_now, lasting = now.value is not False and self.sees(place), self.repeat == LASTING
        if not (counts_now or lasting):
            return Reason(self, False, (now,))
        span = self.within.round_of(place.record.round.last_day)
        seen: list[object] = [now]
        counts, ended = {1} if counts_now else {0}, set[int]()  # how often it may have held, given what is pending
        if now.value is None and lasting:
            counts.add(0)
        for p in place.back():
            if p.record.round.last_day < span.start:
                break
            changes = list(_changes(self, place, p))
            seen += [gap for gap, _ in changes]
            bridges = {bridge for _, bridge in changes}
            if "break" in bridges:
                break
            if "decide" in bridges:
                ended |= counts
            if not self.sees(p) or (reason := answer_of(self.when, p)).value is False:
                continue
            seen.append(reason)
            once_more = {count + 1 for count in counts}
            counts = once_more if reason.value else counts | once_more
        answers = {_fires(self.repeat, self.k, count) for count in counts | ended}
        if now.value is None and not lasting:
            answers.add(False)
        return place.settle(self, answers.pop() if len(answers) == 1 else None, *seen)

    def sees(self, place: Place) -> bool:
        """Whether the round gave the unit what the answer of `when` rests on."""
        return self._needs.are_met(place) or is_answered(self.when, place)

    @cached_property
    def _needs(self) -> Needs:
        return needs_of(self.when)


@term("k_of_last")
@frozen(repr=False)
class k_of_last:
    """`when` holds in this round, and held in `k` at least of the last `m` rounds, this one included (近m次中k次).

    A round that was not held, or was held without the unit, takes none of the m places ("skip"); nothing beyond it
    is looked at ("break"); or a person decides between the two ("decide"), where the answer depends on it.
    `repeat`: "each" round that meets this, or "once": not when the unit's round before met it too, unless something
    lies between that ends the count. `editions` and `heads` as for `streak`.
    """

    when: Condition = field(validator=answers("at"))
    k: int = field(validator=at_least_one)
    m: int = field(validator=at_least_one)
    unheld: Bridge = field(kw_only=True, validator=one_of(*BRIDGES))
    absent: Bridge = field(kw_only=True, validator=one_of(*BRIDGES))
    repeat: Literal["once", "each"] = field(kw_only=True, validator=one_of("once", "each"))
    editions: Carry = field(kw_only=True, validator=one_of(*CARRIES))
    heads: Carry = field(kw_only=True, validator=one_of(*CARRIES))

    def __attrs_post_init__(self) -> None:
        if self.k > self.m:
            raise SchemeError(f"k_of_last: {self.k} of the last {self.m} rounds can never be: k is m at most")

    def at(self, place: Place) -> Reason:
        if not self.sees(place):
            return Reason(self, False, ())
        met, seen = self._is_met(place)
        if self.repeat == "once" and met is not False:
            again = self._was_met_before(place)
            met = False if again is True else None if again is None else met
        return place.settle(self, met, *seen)

    def _was_met_before(self, place: Place) -> bool | None:
        """Whether the unit's round before met it too; where that was open, as it was ruled then."""
        later, is_open = place, False
        for p in place.back():
            seen = self.sees(p)
            bridges = {bridge for _, bridge in _gaps(self, place, p, later, met=seen)}
            if "break" in bridges:
                return False
            is_open |= "decide" in bridges
            later = p
            if seen:
                met, _ = self._is_met(p)
                ruling = p.ruling(self) if met is None else None
                met = met if ruling is None else ruling.holds
                return None if is_open and met else met
        return False

    def _is_met(self, place: Place) -> tuple[bool | None, list[object]]:
        seen: list[object] = []
        least = most = taken = 0  # how often it held among the places taken, given what is pending
        stops = []  # the counts with which the looking back may end
        later = place
        for p in chain((place,), place.back()):
            met = self.sees(p)
            gaps = [] if p is place else list(_gaps(self, place, p, later, met=met))
            seen += [gap for gap, _ in gaps]
            bridges = {bridge for _, bridge in gaps}
            if "break" in bridges:
                break
            if "decide" in bridges:
                stops.append((least, most))
            later = p
            if not met:
                continue
            reason = answer_of(self.when, p)
            seen.append(reason)
            if taken == 0 and reason.value is False:
                return False, seen
            if taken == 0 and reason.value is None:
                stops.append((0, 0))
            most += reason.value is not False
            least += reason.value is True
            taken += 1
            if taken == self.m:
                break
        stops.append((least, most))
        answers = {count >= self.k for stop in stops for count in stop}
        return (answers.pop() if len(answers) == 1 else None), seen

    def sees(self, place: Place) -> bool:
        """Whether the round gave the unit what the answer of `when` rests on."""
        return self._needs.are_met(place) or is_answered(self.when, place)

    @cached_property
    def _needs(self) -> Needs:
        return needs_of(self.when)
