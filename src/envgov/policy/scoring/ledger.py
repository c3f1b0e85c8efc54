"""Numbers from the ledger and the other books: counts, rates, work done, progress, returns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, time
from fractions import Fraction
from typing import ClassVar, Literal

from attrs import field, frozen
from attrs.validators import optional

from envgov.checks import is_text
from envgov.errors import Fault, InputError
from envgov.exact import mean_of, total_of
from envgov.facts.duty import Duty
from envgov.facts.evidence import Evidence
from envgov.facts.issue import Issue
from envgov.policy.conditions.condition import Condition, answer_of, asks_issues
from envgov.policy.scoring.rule import Better, Scores
from envgov.policy.term import answers, one_of, term
from envgov.reason import Absent, Reason, Tally
from envgov.results.history import Place, Record

By = Literal["place", "responsible"]
Empty = Literal["exempt", "not assessed", "zero", "full"]
BY = ("place", "responsible")
EMPTY = ("exempt", "not assessed", "zero", "full")
_EMPTY = {
    "exempt": Absent.EXEMPT,
    "not assessed": Absent.NOT_ASSESSED,
    "zero": Fraction(0),
    "full": Fraction(100),
}


def _issues_of(evidence: Evidence, by: By) -> Callable[[str], tuple[Issue, ...]]:
    return evidence.issues_at if by == "place" else evidence.issues_owed_by


def _places(evidence: Evidence) -> Callable[[str, Issue], Place]:
    """Where a condition on issues is asked while nothing of the round is decided yet."""
    record = Record("", evidence.round, "", ())
    return lambda unit, issue: Place(unit, record, (), issue)


@term("count_issues")
@frozen(repr=False)
class count_issues:
    """How many issues meet a condition on issues, as they stood at the end of the round; it may be none.

    `by`: those that lie at the unit or below it ("place"), or those that it owes at that end ("responsible").
    """

    when: Condition = field(validator=[answers("at"), asks_issues])
    by: By = field(kw_only=True, validator=one_of(*BY))
    cite: str = field(default="", kw_only=True)
    better: ClassVar[Better] = "lower"

    def scores(self, units: Sequence[str], evidence: Evidence) -> Scores:
        issues, place = _issues_of(evidence, self.by), _places(evidence)
        out = {}
        for unit in units:
            met = tuple(issue for issue in issues(unit) if answer_of(self.when, place(unit, issue)).value)
            out[unit] = Reason(self, Fraction(len(met)), (Tally(len(met), None, evidence.last_day), *met))
        return out


@term("rate")
@frozen(repr=False)
class rate:
    """A rate in per cent: of the issues that meet `among`, those that meet `counted` too (整改率、办结率、返工率).

    Both are conditions on issues, as they stood at the end of the round. `by` as for `count_issues`. `empty` says
    what it is where no issue meets `among`: the unit is exempt or not assessed, or the rate is 0 or 100.
    The Reason has the numerator, the denominator and the day, and the issues that count against the unit: where
    higher is better those that do not meet `counted`, else those that do.
    """

    counted: Condition = field(validator=[answers("at"), asks_issues])
    among: Condition = field(validator=[answers("at"), asks_issues])
    by: By = field(kw_only=True, validator=one_of(*BY))
    empty: Empty = field(kw_only=True, validator=one_of(*EMPTY))
    better: Better = field(default="higher", kw_only=True, validator=one_of("higher", "lower"))
    cite: str = field(default="", kw_only=True)

    def scores(self, units: Sequence[str], evidence: Evidence) -> Scores:
        issues, place = _issues_of(evidence, self.by), _places(evidence)
        out = {}
        for unit in units:
            asked = [place(unit, issue) for issue in issues(unit)]
            among = [at for at in asked if answer_of(self.among, at).value]
            met = [bool(answer_of(self.counted, at).value) for at in among]
            tally = Tally(sum(met), len(among), evidence.last_day)
            against = self.better == "lower"
            value = Fraction(100 * sum(met), len(among)) if among else _EMPTY[self.empty]
            shown = (at.issue for at, is_met in zip(among, met, strict=True) if is_met is against)
            out[unit] = Reason(self, value, (tally, *shown))
        return out


@term("satisfaction")
@frozen(repr=False)
class satisfaction:
    """A rate in per cent: residents who were satisfied, of those who answered, or of those who were asked (满意率).

    Surveys of one round are added up, in a channel or in every channel. `empty` as for `rate`.
    """

    channel: str | None = field(default=None, validator=optional(is_text))
    among: Literal["answered", "asked"] = field(kw_only=True, validator=one_of("answered", "asked"))
    empty: Empty = field(kw_only=True, validator=one_of(*EMPTY))
    cite: str = field(default="", kw_only=True)
    better: ClassVar[Better] = "higher"

    def scores(self, units: Sequence[str], evidence: Evidence) -> Scores:
        out = {}
        for unit in units:
            surveys = evidence.surveys(unit, self.channel)
            met = sum(s.satisfied for s in surveys)
            among = sum(s.answered if self.among == "answered" else s.asked for s in surveys)
            value = Fraction(100 * met, among) if among else _EMPTY[self.empty]
            out[unit] = Reason(self, value, (Tally(met, among, evidence.last_day), *surveys))
        return out


@term("count_answers")
@frozen(repr=False)
class count_answers:
    """How many residents answered in the round's surveys, in a channel or in every channel; it may be none."""

    channel: str | None = field(default=None, validator=optional(is_text))
    cite: str = field(default="", kw_only=True)
    better: ClassVar[Better] = "higher"

    def scores(self, units: Sequence[str], evidence: Evidence) -> Scores:
        out = {}
        for unit in units:
            surveys = evidence.surveys(unit, self.channel)
            out[unit] = Reason(self, Fraction(sum(s.answered for s in surveys)), surveys)
        return out


@term("count_duties")
@frozen(repr=False)
class count_duties:
    """How many returns due in the round were "late", "missing" when it ended, or either (迟报、漏报).

    `what` names the return; without it, every one that the unit owes. A unit that owed none was not late: none.
    """

    what: str | None = field(default=None, validator=optional(is_text))
    which: Literal["late", "missing", "late or missing"] = field(
        kw_only=True, validator=one_of("late", "missing", "late or missing")
    )
    cite: str = field(default="", kw_only=True)
    better: ClassVar[Better] = "lower"

    def scores(self, units: Sequence[str], evidence: Evidence) -> Scores:
        out = {}
        for unit in units:
            owed = (duty for duty in evidence.duties(unit) if self.what in (None, duty.what))
            failed = tuple(duty for duty in owed if self._is_failed(duty, evidence))
            out[unit] = Reason(self, Fraction(len(failed)), (Tally(len(failed), None, evidence.last_day), *failed))
        return out

    def _is_failed(self, duty: Duty, evidence: Evidence) -> bool:
        end = datetime.combine(evidence.round.end, time(), duty.due.tzinfo)
        missing = duty.is_missing(end)
        return (
            missing
            if self.which == "missing"
            else duty.is_late() and not missing
            if self.which == "late"
            else (missing or duty.is_late())
        )


@term("amount")
@frozen(repr=False)
class amount:
    """The sum of the work done in the round (清运垃圾300吨); `empty` says what it is where none is on record."""

    what: str = field(validator=is_text)
    empty: Literal["not assessed", "zero"] = field(kw_only=True, validator=one_of("not assessed", "zero"))
    better: Better = field(default="higher", kw_only=True, validator=one_of("higher", "lower"))
    cite: str = field(default="", kw_only=True)

    def scores(self, units: Sequence[str], evidence: Evidence) -> Scores:
        out = {}
        for unit in units:
            done = evidence.outputs(unit, self.what)
            out[unit] = Reason(self, total_of(o.amount for o in done) if done else _EMPTY[self.empty], done)
        return out


@term("progress")
@frozen(repr=False)
class progress:
    """The mean progress of a unit's tasks, in per cent, each as reported last (作战图). Without a task not assessed."""

    cite: str = field(default="", kw_only=True)
    better: ClassVar[Better] = "higher"

    def scores(self, units: Sequence[str], evidence: Evidence) -> Scores:
        out = {}
        for unit in units:
            tasks = evidence.tasks(unit)
            value = mean_of([task.progress for task in tasks]) if tasks else Absent.NOT_ASSESSED
            out[unit] = Reason(self, value, tasks)
        return out


@term("accepted")
@frozen(repr=False)
class accepted:
    """1 where the unit as a whole passed its latest acceptance in the round, 0 where it failed (整村验收).

    Not the sum of its issues. Without an acceptance in the round it is not assessed. Acceptances of one day that say
    different things are refused.

    Raises:
        InputError: the latest day has one that the unit passed and one that it failed.
    """

    cite: str = field(default="", kw_only=True)
    better: ClassVar[Better] = "higher"

    def scores(self, units: Sequence[str], evidence: Evidence) -> Scores:
        out = {}
        for unit in units:
            held = evidence.acceptances(unit)
            latest = tuple(acceptance for acceptance in held if acceptance.day == held[-1].day)
            if len({acceptance.passed for acceptance in latest}) > 1:
                problem = f"passed and failed on {latest[0].day}"
                raise InputError([Fault(problem, "keep the acceptance that holds", "acceptances", value=unit)])
            out[unit] = Reason(self, Fraction(latest[0].passed) if latest else Absent.NOT_ASSESSED, latest)
        return out
