"""Conditions: what holds of one unit's place. Boards, rungs and counters all ask them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Literal, Protocol

from attrs import field, frozen

from envgov.checks import is_text
from envgov.errors import SchemeError
from envgov.exact import as_points
from envgov.policy.term import answers, at_least_one, one_of, parts, term, terms_in
from envgov.reason import Reason
from envgov.results.history import Gap, Place
from envgov.results.placement import PENDING
from envgov.results.ranking import SCORE, Standing

Ties = Literal["include", "exclude", "break", "decide"]
Bridge = Literal["break", "skip", "decide"]
TIES = ("include", "exclude", "break", "decide")
BRIDGES = ("break", "skip", "decide")


class Condition(Protocol):
    """Holds of a place, or not, or is pending (None): a person decides."""

    def at(self, place: Place) -> Reason: ...


def answer_of(condition: Condition, place: Place) -> Reason:
    """What a condition answers, checked where a locality's own kinds come in.

    Raises:
        SchemeError: it is no Reason, or its value is none of True, False and None.
    """
    answer = condition.at(place)
    if not isinstance(answer, Reason) or not (answer.value is None or isinstance(answer.value, bool)):
        raise SchemeError(
            f"{condition!r} answered {answer!r} for {place.unit}: a Reason of True, False or None is wanted"
        )
    return answer


@term("top")
@frozen(repr=False)
class top:
    """Among the first `n` of its group: fewer than n units are strictly better.

    `ties` says what happens when a tie straddles the cut: all of the tied are in ("include"), none of them
    ("exclude"), the scheme's tie-breakers decide and what they leave level is pending ("break"), or a person
    decides ("decide"). In a group that is all one tie it holds for nobody.
    """

    n: int = field(validator=at_least_one)
    of: str = field(default=SCORE, kw_only=True, validator=is_text)
    ties: Ties = field(kw_only=True, validator=one_of(*TIES))

    def at(self, place: Place) -> Reason:
        s = place.standing(self.of)
        if s is None:
            return Reason(self, False, ())
        return _cut(self, place, s, nearer=s.ahead, nearer_in_tie=s.before)


@term("bottom")
@frozen(repr=False)
class bottom:
    """Among the last `n` of its group: fewer than n units are strictly worse.

    `ties` as for `top`, from the other end: "exclude" names nobody when more than n share the worst number.
    In a group that is all one tie it holds for nobody.
    """

    n: int = field(validator=at_least_one)
    of: str = field(default=SCORE, kw_only=True, validator=is_text)
    ties: Ties = field(kw_only=True, validator=one_of(*TIES))

    def at(self, place: Place) -> Reason:
        s = place.standing(self.of)
        if s is None:
            return Reason(self, False, ())
        return _cut(self, place, s, nearer=s.behind, nearer_in_tie=s.tied - s.before - s.level)


def _cut(condition: top | bottom, place: Place, s: Standing, *, nearer: int, nearer_in_tie: int) -> Reason:
    """Whether a standing lies among the n nearest to an end, `nearer` units being nearer than its number."""
    if s.ahead == s.behind == 0:
        return Reason(condition, False, (s,))
    held = _within(condition.n, nearer, s.tied)
    if held is None and condition.ties == "break":
        held = _within(condition.n, nearer + nearer_in_tie, s.level)
    elif held is None and condition.ties != "decide":
        held = condition.ties == "include"
    return place.settle(condition, held, s)


def _within(n: int, nearer: int, level: int) -> bool | None:
    """None: of the units that are level, some are within n and some are not."""
    if nearer >= n:
        return False
    return True if nearer + level <= n else None


@term("at_least")
@frozen(repr=False)
class at_least:
    """The decided number is x or more (x分以上). Does not hold for a unit without one."""

    x: Decimal = field(converter=as_points)
    of: str = field(default=SCORE, kw_only=True, validator=is_text)

    def at(self, place: Place) -> Reason:
        s = place.standing(self.of)
        return Reason(self, False, ()) if s is None else Reason(self, s.score >= self.x, (s,))


@term("below")
@frozen(repr=False)
class below:
    """The decided number is strictly less than x (低于x分). Does not hold for a unit without one."""

    x: Decimal = field(converter=as_points)
    of: str = field(default=SCORE, kw_only=True, validator=is_text)

    def at(self, place: Place) -> Reason:
        s = place.standing(self.of)
        return Reason(self, False, ()) if s is None else Reason(self, s.score < self.x, (s,))


@term("placed")
@frozen(repr=False)
class placed:
    """The board put the unit in that tier; pending while the placement is. Boards stand before those that ask.

    A ruling settles the condition of the tier, not this one.
    """

    board: str = field(validator=is_text)
    tier: str = field(validator=is_text)

    def at(self, place: Place) -> Reason:
        placement = place.record.tier(self.board, place.unit)
        if placement is None:
            return Reason(self, False, ())
        held = None if placement.tier == PENDING else placement.tier == self.tier
        return Reason(self, held, (place.standing(), placement))


@term("all_of")
@frozen(repr=False, init=False)
class all_of:
    """Every part holds. One that does not decides, even beside pending ones."""

    parts: tuple[Condition, ...] = parts("at")

    def __init__(self, *given: Condition, parts: tuple[Condition, ...] = ()) -> None:  # parts: for attrs.evolve
        self.__attrs_init__((*given, *parts))

    def at(self, place: Place) -> Reason:
        given = tuple(part.at(place) for part in self.parts)
        values = {reason.value for reason in given}
        return place.settle(self, False if False in values else None if None in values else True, *given)


@term("any_of")
@frozen(repr=False, init=False)
class any_of:
    """At least one part holds. One that does decides, even beside pending ones."""

    parts: tuple[Condition, ...] = parts("at")

    def __init__(self, *given: Condition, parts: tuple[Condition, ...] = ()) -> None:  # parts: for attrs.evolve
        self.__attrs_init__((*given, *parts))

    def at(self, place: Place) -> Reason:
        given = tuple(part.at(place) for part in self.parts)
        values = {reason.value for reason in given}
        return place.settle(self, True if True in values else None if None in values else False, *given)


@term("streak")
@frozen(repr=False)
class streak:
    """`when` held `k` rounds running, this one included (连续k次). Not for a unit that is absent in this one.

    Everything that ends or bridges a run is declared. `unheld`: rounds are missing between two that were held;
    `absent`: a round was held without the unit, or without a figure or board that `when` asks for. Each breaks the
    run, is skipped, or leaves it to a person ("decide": pending, where the answer depends on it). `repeat`: a longer
    run fires "once", at k exactly; in "each" round from k on; or at "every k" rounds (k, 2k, 3k). `editions` and
    `heads`: rounds judged by another edition, or under other heads, count ("carry") or end the run ("restart");
    where a head is not known, that is left to a person.
    """

    when: Condition = field(validator=answers("at"))
    k: int = field(validator=at_least_one)
    unheld: Bridge = field(kw_only=True, validator=one_of(*BRIDGES))
    absent: Bridge = field(kw_only=True, validator=one_of(*BRIDGES))
    repeat: Literal["once", "each", "every k"] = field(kw_only=True, validator=one_of("once", "each", "every k"))
    editions: Literal["carry", "restart"] = field(kw_only=True, validator=one_of("carry", "restart"))
    heads: Literal["carry", "restart"] = field(kw_only=True, validator=one_of("carry", "restart"))

    def at(self, place: Place) -> Reason:
        if not self._is_judged(place):
            return Reason(self, False, ())
        seen: list[object] = []  # newest first: the answers of the run, the gaps in it, and what ended it
        lengths = set()  # every length that the run may have, given what is pending
        length = 0
        later = None
        for p in place.back():
            gaps = list(self._gaps(place, p, later))
            seen += [gap for gap, _ in gaps]
            bridges = {bridge for _, bridge in gaps}
            if "break" in bridges:
                break
            if "decide" in bridges:
                lengths.add(length)
            later = p
            if not self._is_judged(p):
                continue
            reason = self.when.at(p)
            seen.append(reason)
            if reason.value is False:
                break
            if reason.value is None:
                lengths.add(length)
            length += 1
            if self.repeat != "every k" and length > self.k:
                break  # neither "once" nor "each" changes with a longer run
        lengths.add(length)
        answers = {self._fires(length) for length in lengths}
        return place.settle(self, answers.pop() if len(answers) == 1 else None, *seen)

    def _gaps(self, now: Place, then: Place, later: Place | None) -> Iterator[tuple[Gap, str]]:
        """What lies between a place and the later one of the run, and whether that breaks it."""
        round = then.record.round
        if later is not None and round.end != later.record.round.start:
            yield Gap(round, "unheld"), self.unheld
        if self.editions == "restart" and then.record.edition != now.record.edition:
            yield Gap(round, "edition"), "break"
        if self.heads == "restart" and later is not None:
            heads = now.record.heads_of(now.unit), then.record.heads_of(then.unit)
            if not all(heads):
                yield Gap(round, "head unknown"), "decide"
            elif heads[0] != heads[1]:
                yield Gap(round, "head"), "break"
        if not self._is_judged(then):
            yield Gap(round, "absent"), self.absent

    def _is_judged(self, place: Place) -> bool:
        """Whether the round gave the unit all that the condition asks for: its figures, and its tiers."""
        figures = {term.of for term in terms_in(self.when) if isinstance(getattr(term, "of", None), str)}
        tiers = [place.record.tier(term.board, place.unit) for term in terms_in(self.when) if isinstance(term, placed)]
        return None not in tiers and all(place.standing(figure) is not None for figure in figures or {SCORE})

    def _fires(self, length: int) -> bool:
        if self.repeat == "once":
            return length == self.k
        if self.repeat == "each":
            return length >= self.k
        return length > 0 and length % self.k == 0
