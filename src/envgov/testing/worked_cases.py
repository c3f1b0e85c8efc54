"""Worked cases (算例): facts in a few words, what the quoted sentence makes of them, and whether the scheme does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from attrs import field, frozen

from envgov.checks import is_text
from envgov.errors import EnvGovError
from envgov.facts.evidence import Facts
from envgov.reason import Absent
from envgov.results.assessment import Assessment, Row, Season
from envgov.results.table import WORDS
from envgov.scheme import Scheme
from envgov.season import assess_season
from envgov.testing.unheld import causes
from envgov.wording import narrate

_NOTHING = "无"
_WORDS = WORDS["zh"]


class CaseError(EnvGovError, AssertionError):
    """A worked case that came out otherwise: what was expected, what came out, and why."""


@frozen
class Expected:
    """What the case expects of one unit, or of one issue, in one round; None is not asked about.

    `round` is the label of the round; without it the last one is meant. `measures` are all that are proposed about the
    unit, or the issue, and `pending` all that wait for a ruling, each in any order. `score` is the number as it is
    published. An issue is told by its id; it has measures only.
    """

    unit: str
    round: str = ""
    rank: int | None = None
    score: Decimal | None = None
    absent: Absent | None = None
    tiers: Mapping[str, str] = field(factory=dict, hash=False)
    measures: frozenset[str] | None = None
    pending: frozenset[str] | None = None
    issue: str = ""


@frozen
class WorkedCase:
    """One case: the sentence that it is about, the scheme in its editions, the facts, and what is expected."""

    name: str = field(validator=is_text)
    says: str = field(validator=is_text)
    editions: tuple[Scheme, ...] = field(repr=False)
    facts: Facts
    expected: tuple[Expected, ...]

    def verify(self) -> None:
        """Decide the case.

        Raises:
            CaseError: every expectation that is not met, in Chinese, each with the reason of the decision; or what
                keeps the scheme from being decided on these facts.
        """
        try:
            season = assess_season(self.editions, self.facts)
        except EnvGovError as error:
            raise CaseError("\n".join([f"算例“{self.name}”无法考评", f"原文：{self.says}", str(error)])) from error
        failed = [text for expected in self.expected for text in _compare(expected, season, self)]
        if failed:
            raise CaseError("\n".join([f"算例“{self.name}”与原文不符", f"原文：{self.says}", *failed]))


def _compare(expected: Expected, season: Season, case: WorkedCase) -> Iterator[str]:
    held = {assessment.record.round.label: assessment for assessment in season}
    label = expected.round or max(held, key=lambda label: held[label].record.round.start, default="")
    asked = f"问题{expected.issue}" if expected.issue else expected.unit
    if label not in held:
        yield f"{asked}：{label or '最后一期'}无人参评；有考评的各期：{'、'.join(held) or _NOTHING}"
        yield from (f"  可能的原因：{cause}" for cause in causes(case.editions, case.facts, label))
        return
    assessment = held[label]
    codes = _places(case.facts, expected.issue) if expected.issue else (expected.unit,)
    row = next((row for row in assessment.rows() if {row.unit.code, row.unit.name} & {*codes}), None)
    if row is None:
        units = "、".join(unit.name for unit in assessment.units)
        yield f"{asked}：不在{label}的考评范围；参评的有：{units}"
        return
    wrong = [f"  {what}：应为{wanted}，实为{found}" for what, wanted, found in _differences(expected, assessment, row)]
    if wrong:
        yield f"{asked}，{label}"
        yield from wrong
        yield "  为什么："
        yield from (f"    {line}".rstrip() for line in narrate(assessment.explain(row.unit.code)).splitlines())


def _places(facts: Facts, id: str) -> tuple[str, ...]:
    """Where an issue lies, and all that is above."""
    place = next(issue.place for issue in facts.issues if issue.id == id)
    return (place, *facts.grid.ancestors(place))


def _differences(expected: Expected, assessment: Assessment, row: Row) -> Iterator[tuple[str, str, str]]:
    """What was asked about and came out otherwise: what it is, what was expected, what came out."""
    standing = row.standing
    score = None if standing is None else assessment.record.ranking().shown(standing)
    for what, wanted, found in (
        ("名次", expected.rank, standing and standing.rank),
        ("得分", expected.score, score),
        ("参评", expected.absent, row.absent),
    ):
        if wanted is not None and wanted != found:
            yield what, _said(wanted), _said(found)
    placed = {p.board: p.tier for p in assessment.record.placements_of(row.unit.code)}
    for board, tier in expected.tiers.items():
        if placed.get(board) != tier:
            yield f"“{board}”档次", _said(tier), _said(placed.get(board))
    subject = ("issue", expected.issue) if expected.issue else ("unit", row.unit.code)
    proposed = [measure for measure in assessment.measures if (measure.about, measure.subject) == subject]
    for what, rungs, is_pending in (("措施", expected.measures, False), ("待定措施", expected.pending, True)):
        came = frozenset(measure.rung for measure in proposed if measure.pending is is_pending)
        if rungs is not None and rungs != came:
            yield what, "、".join(sorted(rungs)) or _NOTHING, "、".join(sorted(came)) or _NOTHING


def _said(value: object) -> str:
    if isinstance(value, Absent):
        return _WORDS.absent[value]
    return _NOTHING if value is None else _WORDS.tier(str(value))
