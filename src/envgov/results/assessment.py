"""The answer of one round: `Assessment`, and the `Season` of several."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Literal, NamedTuple
from unicodedata import east_asian_width

from attrs import field, frozen

from envgov.errors import EnvGovError
from envgov.facts.grid import Unit
from envgov.reason import Absent, Reason
from envgov.results.history import NO_HISTORY, History, Record
from envgov.results.measure import Measure
from envgov.results.placement import PENDING
from envgov.results.ranking import Standing


@frozen
class _Words:
    heads: tuple[str, ...]
    absent: Mapping[Absent, str]
    tied: str
    pending: str
    aside: str
    joint: str


_WORDS = {
    "zh": _Words(
        heads=("名次", "单位", "得分", "档次", "措施（拟）", "备注"),
        absent={Absent.NOT_ASSESSED: "未参评", Absent.EXEMPT: "免评"},
        tied="并列{}个",
        pending="待定",
        aside="{}（{}）",
        joint="、",
    ),
    "en": _Words(
        heads=("Rank", "Unit", "Score", "Tier", "Measures (proposed)", "Notes"),
        absent={Absent.NOT_ASSESSED: "not assessed", Absent.EXEMPT: "exempt"},
        tied="{} tied",
        pending="pending",
        aside="{} ({})",
        joint=", ",
    ),
}


class Row(NamedTuple):
    """One unit's line of the table; `standing` is None for a unit that is absent from the ranking."""

    unit: Unit
    group: str
    standing: Standing | None
    absent: Absent | None
    tiers: tuple[str, ...]
    measures: tuple[Measure, ...]


@frozen(repr=False)
class Assessment:
    """What a scheme decided in one round. Its text is the table: rank, unit, score, tiers, measures."""

    scheme: str
    title: str
    edition: str
    units: tuple[Unit, ...]
    record: Record
    measures: tuple[Measure, ...]
    _ask: Callable[[str], Reason] | None = field(default=None, eq=False, alias="ask")

    def explain(self, unit: str) -> Reason:
        """Why: asks the rules that decided once more. `unit` is a code, or a name unique in the field.

        Raises:
            UnknownUnitError: the field has no such unit, or several of that name.
            EnvGovError: this assessment was read back from a file; assess the facts again to explain.
        """
        if self._ask is None:
            raise EnvGovError(f"{self.scheme} {self.record.round.label} was stored without its facts: assess again")
        return self._ask(unit)

    def rows(self) -> tuple[Row, ...]:
        """Ranked units group by group, best first; then the absent ones, in code order."""
        by_code = {unit.code: unit for unit in self.units}
        tiers: Mapping[str, list[str]] = defaultdict(list)
        for placement in self.record.placements:
            tiers[placement.unit].append(placement.tier)
        measures: Mapping[str, list[Measure]] = defaultdict(list)
        for measure in self.measures:
            measures[measure.subject].append(measure)
        ranked = [(s.unit, s.group, s, None) for s in self.record.standings]
        absent = [(a.unit, a.group, None, a.why) for a in self.record.absences]
        return tuple(
            Row(by_code[code], group, standing, why, tuple(tiers[code]), tuple(measures[code]))
            for code, group, standing, why in (*ranked, *absent)
        )

    def table(self, language: Literal["zh", "en"] = "zh") -> tuple[tuple[str, ...], ...]:
        """The rows as texts under a header: rank, unit, score, tiers, measures, notes."""
        words = _WORDS[language]
        return (words.heads, *(self._texts(row, words) for row in self.rows()))

    def _texts(self, row: Row, words: _Words) -> tuple[str, ...]:
        s = row.standing
        rank = score = "-"
        if s is not None:
            rank, score = str(s.rank), str(self.record.ranking().shown(s))
            note = words.tied.format(s.tied) if s.tied > 1 else ""
        else:
            assert row.absent is not None, "who has no standing is absent"
            note = words.absent[row.absent]
        name = words.aside.format(row.unit.name, row.group) if row.group else row.unit.name
        tiers = [words.pending if tier == PENDING else tier for tier in row.tiers]
        measures = [words.aside.format(m.rung, words.pending) if m.pending else m.rung for m in row.measures]
        return rank, name, score, words.joint.join(tiers), words.joint.join(measures), note

    def __repr__(self) -> str:
        table = self.table()
        widths = [max(map(_width, column)) for column in zip(*table, strict=True)]
        lines = ["  ".join(map(_pad, line, widths)).rstrip() for line in table]
        return "\n".join([f"{self.title or self.scheme}  {self.record.round.label}", *lines])


def _width(text: str) -> int:
    """Columns in a terminal: a Chinese character takes two."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def _pad(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


@frozen(repr=False)
class Season:
    """The assessments of consecutive rounds, oldest first, and the history that was there before them."""

    assessments: tuple[Assessment, ...]
    earlier: History = NO_HISTORY

    def __repr__(self) -> str:
        return f"<Season of {len(self.assessments)} rounds: {', '.join(a.record.round.label for a in self)}>"

    def __iter__(self) -> Iterator[Assessment]:
        return iter(self.assessments)

    def __len__(self) -> int:
        return len(self.assessments)

    def __getitem__(self, label: str) -> Assessment:
        """The assessment of the round with that label, such as "2017-05"."""
        for assessment in self.assessments:
            if assessment.record.round.label == label:
                return assessment
        held = ", ".join(a.record.round.label for a in self)
        raise KeyError(f"no round {label!r} in this season: {held}")

    @property
    def latest(self) -> Assessment:
        """The newest round that was held.

        Raises:
            EnvGovError: in no round was a unit of the field assessed.
        """
        if not self.assessments:
            raise EnvGovError("the season is empty: no unit of the scheme's field was assessed in any round")
        return self.assessments[-1]

    @property
    def history(self) -> History:
        """The earlier records and those of this season: what the next season looks back on."""
        return History((*self.earlier.records, *(assessment.record for assessment in self)))
