"""Ladders: which measures a unit's place calls for."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Literal, NamedTuple

from attrs import field, frozen
from attrs.converters import optional as or_none
from attrs.validators import min_len, optional

from envgov.checks import is_text, is_tuple
from envgov.exact import as_points
from envgov.policy.calendar.deadlines import Deadline
from envgov.policy.conditions.condition import Condition, answer_of
from envgov.policy.term import answers, one_of, term
from envgov.reason import Reason
from envgov.results.history import Place


@term("Rung")
@frozen(repr=False)
class Rung:
    """A measure and the condition that calls for it; `cite` is the clause that says so.

    `to` are roles relative to the unit (its head, its zone's head), or 单位 or 责任单位 for the unit itself; `by` is the
    body that acts, `within` how long those addressed have, `amount` the money that goes with it (奖惩金), in yuan (元; a
    penalty is negative). While this rung is called for, the rungs of the ladder named in `supersedes` are not proposed.
    """

    measure: str = field(validator=is_text)
    when: Condition = field(validator=answers("at"))
    to: tuple[str, ...] = field(validator=is_tuple)
    by: str = ""
    within: Deadline | None = field(default=None, validator=optional(answers("dues")))
    amount: Decimal | None = field(default=None, converter=or_none(as_points))
    supersedes: tuple[str, ...] = field(default=(), validator=is_tuple)
    cite: str = ""


class Call(NamedTuple):
    """A rung and the answer of its condition at a place: True, False, or None where it is pending."""

    rung: Rung
    reason: Reason


@term("Ladder")
@frozen(repr=False)
class Ladder:
    """Rungs from light to heavy. `publish` proposes "every rung" that is called for, or the "highest" alone.

    Its `subject` is each assessed "unit" of the field, or each "issue" that lies there. What is asked of an issue is
    how it stood at the end of the round, and what holds of the unit where it lies. A pending rung is proposed as
    pending and supersedes nothing yet; under "highest", those above the highest rung that holds are.
    """

    rungs: tuple[Rung, ...] = field(validator=(is_tuple, min_len(1)))
    subject: Literal["unit", "issue"] = field(default="unit", kw_only=True, validator=one_of("unit", "issue"))
    publish: Literal["every rung", "highest"] = field(kw_only=True, validator=one_of("every rung", "highest"))

    def ask(self, place: Place) -> tuple[Call, ...]:
        """Every rung with the answer of its condition, proposed or not."""
        return tuple([Call(rung, answer_of(rung.when, place)) for rung in self.rungs])

    def climb(self, place: Place) -> Iterator[Call]:
        """The calls to propose at a place, light to heavy."""
        calls = self.ask(place)
        held = [i for i, call in enumerate(calls) if call.reason.value is True]
        superseded = {measure for i in held for measure in calls[i].rung.supersedes}
        lightest = held[-1] if held and self.publish == "highest" else 0
        for call in calls[lightest:]:
            if call.reason.value is not False and call.rung.measure not in superseded:
                yield call
